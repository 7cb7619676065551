"""Commands that need no dossier: read and evaluate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from treves.cli.output import (
    Command,
    F,
    Settings,
    output_options,
    progress,
    report_failures,
    tell_unread,
    write_rows,
)
from treves.cli.tables import Column

if TYPE_CHECKING:
    from treves.services.readings import ReadOptions

READ_TABLE = (
    Column("document"),
    Column("kind", coded=True),
    Column("speakers", least=14),
    Column("content", least=34, below=True),
)
SCORES_TABLE = (
    Column("of", least=12, coded=True),
    *(
        Column(name, right=True)
        for name in ("gold", "predicted", "precision", "recall", "f1", "speaker", "attributed_f1")
    ),
)


def reading_options(command: F) -> F:
    """Give a command the options that say what the reader knows beforehand."""
    roster = click.option("--roster", metavar="FILE", type=click.Path(path_type=Path), help="YAML file of persons.")
    pipeline = click.option(
        "--pipeline", metavar="NAME", default="", help="A spaCy pipeline that names the speakers (extra: spacy)."
    )
    return roster(pipeline(command))


def spreading_options(command: F) -> F:
    """Give a command the options that spread the reading over processes or machines."""
    jobs = click.option(
        "--jobs", metavar="N", type=click.IntRange(1, 256), default=1, help="Processes that read, 1-256; 1 by default."
    )
    dask = click.option("--dask", metavar="ADDRESS", default="", help="Read on a Dask cluster (extra: dask).")
    return jobs(dask(command))


def zone_option(command: F) -> F:
    """Give a command without a dossier the option --zone."""
    told = "Time zone of the place (IANA name)."
    return click.option("--zone", metavar="NAME", default="Europe/Amsterdam", show_default=True, help=told)(command)


def options_from(roster: Path | None, pipeline: str, *, zone: str = "") -> ReadOptions:
    """Return the reading options that the command line gives.

    Raises:
        BadRoster: the roster cannot be read.
        InvalidTime: there is no such zone.
    """
    from treves import dates
    from treves.exchange.roster import read_roster
    from treves.services.readings import ReadOptions

    if zone:
        dates.zone(zone)
    return ReadOptions(read_roster(roster) if roster else None, zone or dates.DEFAULT_ZONE, pipeline)


@click.command(cls=Command)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@reading_options
@zone_option
@spreading_options
@output_options
@click.pass_obj
def read(settings: Settings, /, paths: tuple[Path, ...], *, form: str | None, **given: Any) -> int:
    """Read reports without a dossier and print the statements.

    PATHS are files (text, HTML, saved pages, JSONL) and folders. Every statement knows its place in the text, its
    speakers, its reporting words and the rule that read it.
    """
    from treves.exchange.reports import Failure
    from treves.services.readings import STATEMENT_KEYS, executor_of, read_paths, statement_rows

    failures: list[Failure] = []
    used = 0
    options = options_from(given["roster"], given["pipeline"], zone=given["zone"])

    def rows() -> Iterator[dict[str, Any]]:
        nonlocal used
        with executor_of(given["jobs"], given["dask"]) as executor, progress(settings, "reading") as done:
            for item in read_paths(paths, options, executor=executor):
                if isinstance(item, Failure):
                    failures.append(item)
                    continue
                used += 1
                done(item.document.name)
                if not item.reading.reader:
                    tell_unread([(item.document.name, item.document.language)], settings)
                yield from statement_rows(item)

    write_rows(rows(), form, settings, columns=READ_TABLE, names=STATEMENT_KEYS)
    return report_failures(failures, settings, used=used)


@click.command(cls=Command)
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@reading_options
@zone_option
@output_options
@click.pass_obj
def evaluate(settings: Settings, /, gold: Path, paths: tuple[Path, ...], *, form: str | None, **given: Any) -> int:
    """Score the reader against statements marked by hand.

    GOLD is a JSONL file with one statement a line (document, group, start, end, kind, speakers, content); PATHS are the
    reports it marks. A statement is found when its place and the marked one share at least half of their union.
    """
    from treves.services.evaluation import evaluate as score_against

    found = score_against(gold, paths, options_from(given["roster"], given["pipeline"], zone=given["zone"]))
    write_rows(found.rows(), form, settings, columns=SCORES_TABLE)
    return report_failures(found.failures, settings)
