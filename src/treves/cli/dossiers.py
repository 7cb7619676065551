"""Commands that make and fill dossiers: new, add, reread, feed, info."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from treves.cli.output import Settings, output_options, progress, report_failures, write_rows
from treves.cli.reading import options_from, reading_options


@click.command()
@click.argument("dossier")
@click.option("--name", default="", help="Title shown on briefs.")
@click.option("--zone", default="", help="Time zone of the place (IANA); by default Europe/Amsterdam.")
@click.pass_obj
def new(settings: Settings, /, dossier: str, *, name: str, zone: str) -> None:
    """Make an empty dossier: a file, or a PostgreSQL address."""
    from treves.services.dossiers import new_dossier

    new_dossier(dossier, name=name, zone=zone)
    settings.say("made", target=dossier)


def tell_added(added: Any, settings: Settings) -> int:
    """Say what adding did and return the exit code."""
    for name, language in added.unread:
        settings.say("unread", name=name, language=language)
    counts = {str(outcome): count for outcome, count in added.outcomes.items()}
    settings.say("added", statements=added.statements, **counts)
    return report_failures(added.failures, settings)


@click.command()
@click.argument("dossier")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--create", is_flag=True, help="Make the dossier if there is none.")
@click.option("--sidecar", type=click.Path(path_type=Path), help="Table of outlets and times, for all the files.")
@click.option("--outlet", help="Who published these reports.")
@click.option("--published", help="When they were published.")
@reading_options
@click.pass_obj
def add(settings: Settings, /, dossier: str, paths: tuple[Path, ...], *, create: bool, **given: Any) -> int:
    """Read reports and add them to a dossier.

    A report is stored once, however often it is added. Outlet and publication time come from the options, a sidecar
    table reports.csv, a header, the page or the text, in this order.
    """
    from treves.services.dossiers import add_paths, hand_facts
    from treves.services.readings import executor_of
    from treves.store import open_store

    options = options_from(given["roster"], given["zone"], given["pipeline"])
    hand = hand_facts(given["outlet"], given["published"], given["zone"])
    with (
        open_store(dossier, create=create) as store,
        executor_of(given["jobs"], given["dask"]) as executor,
        progress(settings, "reading") as done,
    ):
        added = add_paths(store, paths, options, hand=hand, sidecar=given["sidecar"], executor=executor, progress=done)
    return tell_added(added, settings)


@click.command()
@click.argument("dossier")
@reading_options
@click.pass_obj
def reread(settings: Settings, /, dossier: str, **given: Any) -> None:
    """Read every report of a dossier again; corrections stay as they are."""
    from treves.services.dossiers import reread as read_again
    from treves.store import open_store

    options = options_from(given["roster"], given["zone"], given["pipeline"])
    with open_store(dossier) as store, progress(settings, "reading") as done:
        count = read_again(store, options, progress=done)
    settings.say("reread", count=count)


@click.group()
def feed() -> None:
    """Watch RSS and Atom feeds, and fetch what is new.

    Fetching is polite: conditional requests, a pause between requests to one host, robots.txt respected.
    """


@feed.command("watch")
@click.argument("dossier")
@click.argument("urls", nargs=-1, required=True)
@click.pass_obj
def watch(settings: Settings, /, dossier: str, urls: tuple[str, ...]) -> None:
    """Put feeds on the dossier's watched list."""
    from treves.services.dossiers import watch_feed
    from treves.store import open_store

    with open_store(dossier) as store:
        for url in urls:
            watch_feed(store, url)
            settings.say("watched", url=url)


@feed.command("drop")
@click.argument("dossier")
@click.argument("urls", nargs=-1, required=True)
@click.pass_obj
def drop(settings: Settings, /, dossier: str, urls: tuple[str, ...]) -> None:
    """Take feeds off the watched list; their reports stay."""
    from treves.store import open_store

    with open_store(dossier) as store:
        for url in urls:
            store.drop_feed(url)
            settings.say("unwatched", url=url)


@feed.command("list")
@click.argument("dossier")
@output_options
@click.pass_obj
def listed(settings: Settings, /, dossier: str, *, form: str | None) -> None:
    """List the watched feeds."""
    from treves.store import open_store

    with open_store(dossier) as store:
        rows = [
            {"url": f.url, "title": f.title, "checked": f.checked_at.isoformat() if f.checked_at else None}
            for f in store.feeds()
        ]
    write_rows(rows, form, settings, columns=("url", "title", "checked"))


@feed.command("fetch")
@click.argument("dossier")
@click.argument("urls", nargs=-1)
@click.pass_obj
def fetch(settings: Settings, /, dossier: str, urls: tuple[str, ...]) -> int:
    """Fetch what is new in the watched feeds, or in some of them, and add it."""
    from treves.services.dossiers import fetch_feeds
    from treves.store import open_store

    with open_store(dossier) as store, progress(settings, "fetching") as done:
        added = fetch_feeds(store, urls, progress=done)
    return tell_added(added, settings)


@click.command()
@click.argument("dossier")
@click.option("--check", is_flag=True, help="Look for damage.")
@output_options
@click.pass_obj
def info(settings: Settings, /, dossier: str, *, check: bool, form: str | None) -> int:
    """Tell what a dossier holds, and whether it is intact."""
    from treves.store import open_store

    with open_store(dossier) as store:
        told = store.info()
        faults = store.intact() if check else []
    rows = [{"fact": name, "value": value} for name, value in (*told.counts.items(), ("zone", told.zone))]
    write_rows(rows, form, settings, columns=("fact", "value"))
    for fault in faults:
        click.echo(fault, err=True)
    if check and not faults:
        settings.say("intact")
    return 1 if faults else 0
