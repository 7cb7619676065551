"""Commands that need no dossier: read and evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from treves.cli.output import Settings, output_options, progress, report_failures, write_rows

TABLE = ("document", "speakers", "kind", "content")


def reading_options(command: Any) -> Any:
    """Give a command the options that say how to read."""
    for option in (
        click.option("--dask", metavar="ADDRESS", default="", help="Read on a Dask cluster (extra: dask)."),
        click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read."),
        click.option("--pipeline", metavar="NAME", default="", help="A spaCy pipeline for the speakers (extra: spacy)."),
        click.option("--zone", default="Europe/Amsterdam", show_default=True, help="Time zone of the place."),
        click.option("--roster", type=click.Path(path_type=Path), help="YAML file of persons with their offices."),
    ):
        command = option(command)
    return command


def options_from(roster: Path | None, zone: str, pipeline: str) -> Any:
    """Return the reading options that the command line gives."""
    from treves.exchange.roster import read_roster
    from treves.services.readings import ReadOptions

    return ReadOptions(roster=read_roster(roster) if roster else None, zone=zone, pipeline=pipeline)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@reading_options
@output_options
@click.pass_obj
def read(
    settings: Settings,
    /,
    paths: tuple[Path, ...],
    *,
    form: str | None,
    roster: Path | None,
    zone: str,
    pipeline: str,
    jobs: int,
    dask: str,
) -> int:
    """Read reports without a dossier and print the statements.

    PATHS are files (text, HTML, saved pages, JSONL) and folders. Every statement knows its place in the text, its
    speakers, its reporting words and the rule that read it.
    """
    from treves.exchange.reports import Failure
    from treves.services.readings import executor_of, read_paths, statement_rows

    failures: list[Failure] = []
    options = options_from(roster, zone, pipeline)

    def rows() -> Any:
        with executor_of(jobs, dask) as executor, progress(settings, "reading") as done:
            for item in read_paths(paths, options, executor=executor):
                if isinstance(item, Failure):
                    failures.append(item)
                    continue
                done(item.document.name)
                if not item.reading.reader:
                    settings.say("unread", name=item.document.name, language=item.document.language)
                yield from statement_rows(item)

    write_rows(rows(), form, settings, columns=TABLE)
    return report_failures(failures, settings)


@click.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@reading_options
@output_options
@click.pass_obj
def evaluate(
    settings: Settings,
    /,
    gold: Path,
    paths: tuple[Path, ...],
    *,
    form: str | None,
    roster: Path | None,
    zone: str,
    pipeline: str,
    jobs: int,
    dask: str,
) -> int:
    """Score the reader against statements marked by hand.

    GOLD is a JSONL file with one statement a line (document, group, start, end, kind, speakers, content); PATHS are the
    reports it marks.
    """
    from treves.services.evaluation import evaluate as score_against

    del jobs, dask  # scoring is quick
    found = score_against(gold, paths, options_from(roster, zone, pipeline))
    columns = ("of", "gold", "predicted", "precision", "recall", "f1", "speaker", "attributed_f1")
    write_rows(found.rows(), form, settings, columns=columns)
    return report_failures(found.failures, settings)
