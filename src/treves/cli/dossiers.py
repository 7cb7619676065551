"""Commands that make and fill dossiers: new, add, reread, info."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from treves.cli.output import (
    DATA_ERROR,
    DONE,
    Command,
    Settings,
    masked,
    output_options,
    progress,
    report_failures,
    tell_unread,
    write_rows,
)
from treves.cli.reading import options_from, reading_options, spreading_options
from treves.cli.tables import Column

if TYPE_CHECKING:
    from treves.services.dossiers import Added

INFO_TABLE = (Column("fact", coded=True, least=16), Column("value", least=16))


@click.command(cls=Command)
@click.argument("dossier")
@click.option("--name", metavar="TITLE", default="", help="Title shown on briefs.")
@click.option("--zone", metavar="NAME", default="", help="Time zone of the place; Europe/Amsterdam if none.")
@click.pass_obj
def new(settings: Settings, /, dossier: str, *, name: str, zone: str) -> None:
    """Make an empty dossier: a file, or tables at a PostgreSQL address."""
    from treves.services.dossiers import new_dossier

    new_dossier(dossier, name=name, zone=zone)
    settings.say("made", target=masked(dossier))


def tell_added(added: Added, settings: Settings) -> int:
    """Say what adding did and return the exit code."""
    tell_unread(added.unread, settings)
    counts = {str(outcome): count for outcome, count in added.outcomes.items()}
    settings.say("added", statements=added.statements, **counts)
    return report_failures(added.failures, settings, used=sum(counts.values()))


@click.command(cls=Command)
@click.argument("dossier")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--create", is_flag=True, help="Make the dossier if there is none.")
@click.option("--sidecar", metavar="FILE", type=click.Path(path_type=Path), help="Table of outlets and times for all.")
@click.option("--outlet", metavar="NAME", help="Who published these reports.")
@click.option("--published", metavar="TIME", help="When they were published (2023, 2023-07-06, 2023-07-06T21:30).")
@reading_options
@spreading_options
@click.pass_obj
def add(settings: Settings, /, dossier: str, paths: tuple[Path, ...], *, create: bool, **given: Any) -> int:
    """Read reports and add them to a dossier.

    PATHS are files (text, HTML, saved pages, JSONL) and folders. A report is stored once, however often it is added.
    Outlet and publication time come from the options, a sidecar table reports.csv, a header, the page or the text, in
    this order. A roster is kept in the dossier.
    """
    from treves.services.dossiers import add_paths, hand_facts
    from treves.services.readings import executor_of
    from treves.store import open_store

    options = options_from(given["roster"], given["pipeline"])
    with (
        open_store(dossier, create=create) as store,
        executor_of(given["jobs"], given["dask"]) as executor,
        progress(settings, "reading") as done,
    ):
        hand = hand_facts(store, outlet=given["outlet"], published=given["published"])
        added = add_paths(store, paths, options, hand=hand, sidecar=given["sidecar"], executor=executor, progress=done)
    return tell_added(added, settings)


@click.command(cls=Command)
@click.argument("dossier")
@reading_options
@spreading_options
@click.pass_obj
def reread(settings: Settings, /, dossier: str, *, jobs: int, dask: str, **given: Any) -> None:
    """Read every report of a dossier again; corrections stay as they are.

    Do so after an upgrade, or to give the dossier another roster.
    """
    from treves.services.dossiers import reread as read_again
    from treves.services.readings import executor_of
    from treves.store import open_store

    options = options_from(given["roster"], given["pipeline"])
    with (
        open_store(dossier) as store,
        executor_of(jobs, dask) as executor,
        progress(settings, "reading") as done,
    ):
        count = read_again(store, options, executor=executor, progress=done)
    settings.say("reread", count=count)


@click.command(cls=Command)
@click.argument("dossier")
@click.option("--check", is_flag=True, help="Look for damage; exit code 1 if there is any.")
@output_options
@click.pass_obj
def info(settings: Settings, /, dossier: str, *, check: bool, form: str | None) -> int:
    """Tell what a dossier holds, and whether it is intact."""
    from treves.services.dossiers import facts_of
    from treves.store import open_store

    with open_store(dossier) as store:
        rows = facts_of(store)
        faults = store.intact() if check else []
    write_rows(rows, form, settings, columns=INFO_TABLE)
    for fault in faults:
        click.echo(settings.told(fault), err=True)
    if check and not faults:
        settings.say("intact")
    return DATA_ERROR if faults else DONE
