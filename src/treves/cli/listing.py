"""Commands that list: statements, actors, events; and export."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import click

from treves.cli.output import Command, Settings, as_of_option, output_options, write_rows
from treves.cli.tables import Column

EXPORTS = ("statements", "actors", "events", "differences", "reports", "annotations", "texts", "corrections")
STATEMENTS_TABLE = (
    Column("statement"),
    Column("published"),
    Column("outlet", least=12),
    Column("speaker_names", least=16),
    Column("content", least=32, below=True),
)
ACTORS_TABLE = (
    Column("actor"),
    Column("kind", coded=True),
    Column("name", least=16, below=True),
    Column("party", least=12, below=True),
    Column("offices", least=16, below=True),
    Column("mentions", below=True, right=True),
)
EVENTS_TABLE = (
    Column("event"),
    Column("kind", coded=True),
    Column("certainty", coded=True),
    Column("when"),
    Column("label", least=12),
    Column("start", below=True),
    Column("end", below=True),
    Column("wording", least=20, below=True),
)


def _rows(dossier: str, kind: str, as_of: str | None) -> tuple[list[dict[str, Any]], str]:
    """The rows of one kind, and the dossier's time zone."""
    from treves.services.views import instant_of, rows_of, zone_of
    from treves.store import open_store

    with open_store(dossier) as store:
        rows = rows_of(store, kind, as_of=instant_of(store, as_of))
        return [dict(row) for row in rows], zone_of(store)


def _names(kind: str) -> list[str]:
    from treves.exchange.rows import COLUMNS, RowKind

    return list(COLUMNS[RowKind(kind)])


@click.command(cls=Command)
@click.argument("dossier")
@click.option("--speaker", metavar="WORDS", help="Only of speakers whose name has these words.")
@as_of_option
@output_options
@click.pass_obj
def statements(
    settings: Settings, /, dossier: str, *, speaker: str | None, as_of: str | None, form: str | None
) -> None:
    """List who said what, one line a telling, utterances told by several outlets together.

    A speaker such as "Jan / Piet" is one of the two: the report leaves open which.
    """
    from treves.text import fold

    rows, zone = _rows(dossier, "statements", as_of)
    if speaker:
        wanted = fold(speaker)
        rows = [r for r in rows if any(wanted in fold(name) for name in r["speaker_names"])]
    write_rows(rows, form, settings, columns=STATEMENTS_TABLE, names=_names("statements"), zone=zone)


@click.command(cls=Command)
@click.argument("dossier")
@as_of_option
@output_options
@click.pass_obj
def actors(settings: Settings, /, dossier: str, *, as_of: str | None, form: str | None) -> None:
    """List persons, parties, bodies and unnamed sources, joined across reports."""
    rows, zone = _rows(dossier, "actors", as_of)
    write_rows(rows, form, settings, columns=ACTORS_TABLE, names=_names("actors"), zone=zone)


@click.command(cls=Command)
@click.argument("dossier")
@as_of_option
@output_options
@click.pass_obj
def events(settings: Settings, /, dossier: str, *, as_of: str | None, form: str | None) -> None:
    """List sessions, deadlines, ultimatums and next steps, in order of time."""
    rows, zone = _rows(dossier, "events", as_of)
    if form in (None, "table"):
        rows = [r | {end: None if r[end] == "unknown" else r[end] for end in ("start", "end")} for r in rows]
    write_rows(rows, form, settings, columns=EVENTS_TABLE, names=_names("events"), zone=zone)


@click.command(cls=Command)
@click.argument("dossier")
@click.argument("kind", metavar="KIND", type=click.Choice(EXPORTS))
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default=Path("-"),
    help="The file to write, whole or not at all; stdout if none is named.",
)
@click.option(
    "--format", "form", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True, help="Format of rows."
)
@as_of_option
@click.pass_obj
def export(settings: Settings, /, dossier: str, kind: str, *, out: Path, form: str, as_of: str | None) -> None:
    """Write everything of one kind.

    KIND is statements, actors, events, differences or reports (rows, as CSV or JSONL), annotations (W3C Web
    Annotations, JSON-LD), texts (the reports themselves, JSONL, which can be added again) or corrections (JSONL).
    """
    from treves.services.exporting import export_text
    from treves.services.files import write_whole
    from treves.services.views import instant_of
    from treves.store import open_store

    buffer = io.StringIO(newline="")
    with open_store(dossier) as store:
        count = export_text(store, kind, buffer, form=form, as_of=instant_of(store, as_of))
    if str(out) == "-":
        sys.stdout.write(buffer.getvalue())
    else:
        write_whole(out, buffer.getvalue())
        settings.say("exported", count=count, target=out)
