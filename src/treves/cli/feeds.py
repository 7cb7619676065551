"""Commands for feeds: watch, drop, list, fetch."""

from __future__ import annotations

from pathlib import Path

import click

from treves.cli.dossiers import tell_added
from treves.cli.output import DONE, Group, Settings, output_options, progress, write_rows
from treves.cli.tables import Column

FEED_TABLE = (
    Column("url", least=30),
    Column("checked"),
    Column("title", least=12, below=True),
    Column("outlet", least=10, below=True),
    Column("summaries", below=True),
)


@click.group(cls=Group)
def feed() -> None:
    """Watch RSS and Atom feeds, and fetch what is new.

    Fetching is polite: conditional requests, a pause between requests to one host, robots.txt respected.
    """


@feed.command("watch", short_help="Put feeds on the watched list.")
@click.argument("dossier")
@click.argument("urls", nargs=-1)
@click.option(
    "--list", "lists", metavar="FILE", multiple=True, type=click.Path(path_type=Path), help="A list of feeds."
)
@click.option("--outlet", metavar="NAME", help="Name of the outlet; otherwise the feed's own title.")
@click.option("--summaries", is_flag=True, help="Take the texts in the feed instead of fetching every page.")
@click.pass_obj
def watch(
    settings: Settings,
    /,
    dossier: str,
    urls: tuple[str, ...],
    *,
    lists: tuple[Path, ...],
    outlet: str | None,
    summaries: bool,
) -> None:
    """Put feeds on the dossier's watched list, or change how they are taken.

    A list has one address a line, then optionally the word "summary" and the outlet's name.
    """
    from treves.services.feeds import watch_feed, watch_list
    from treves.store import open_store

    if not urls and not lists:
        raise click.UsageError(settings.word("feeds_missing"))
    with open_store(dossier) as store:
        for url in urls:
            watch_feed(store, url, outlet=outlet, summaries=summaries)
            settings.say("watched", url=url)
        for path in lists:
            for told in watch_list(store, path):
                settings.say("watched", url=told.url)


@feed.command("drop", short_help="Take feeds off the watched list; their reports stay.")
@click.argument("dossier")
@click.argument("urls", nargs=-1, required=True)
@click.pass_obj
def drop(settings: Settings, /, dossier: str, urls: tuple[str, ...]) -> None:
    """Take feeds off the watched list; their reports stay."""
    from treves.services.feeds import drop_feed
    from treves.store import open_store

    with open_store(dossier) as store:
        for url in urls:
            drop_feed(store, url)
            settings.say("unwatched", url=url)


@feed.command("list", short_help="List the watched feeds.")
@click.argument("dossier")
@output_options
@click.pass_obj
def listed(settings: Settings, /, dossier: str, *, form: str | None) -> None:
    """List the watched feeds."""
    from treves.services.feeds import feed_rows
    from treves.services.views import zone_of
    from treves.store import open_store

    with open_store(dossier) as store:
        rows, zone = feed_rows(store), zone_of(store)
    write_rows(rows, form, settings, columns=FEED_TABLE, names=[c.name for c in FEED_TABLE], zone=zone)


@feed.command("fetch", short_help="Fetch what is new in the watched feeds, and add it.")
@click.argument("dossier")
@click.argument("urls", nargs=-1)
@click.pass_obj
def fetch(settings: Settings, /, dossier: str, urls: tuple[str, ...]) -> int:
    """Fetch what is new in the watched feeds, or in some of them, and add it."""
    from treves.services.feeds import fetch_feeds
    from treves.store import open_store

    with open_store(dossier) as store, progress(settings, "fetching") as done:
        if not urls and not store.feeds():
            settings.say("no_feeds")
            return DONE
        added = fetch_feeds(store, urls, progress=done)
    return tell_added(added, settings)
