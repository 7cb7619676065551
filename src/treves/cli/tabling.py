"""The command `table`: write, check, show and convert the table of a negotiation."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from treves.cli.bargaining import (
    TABLE_FILE,
    command_line,
    figure_options,
    spoken_phrase,
    write_json,
    write_page,
    write_told,
)
from treves.cli.output import DATA_ERROR, DONE, WANTS_REVIEW, Command, Group, Settings, output_options, write_rows
from treves.cli.tables import Column

TEMPLATES = ("coalition", "council", "bilateral")
FORMATS = ("yaml", "json", "csv", "parquet", "genius", "geniusweb", "negmas", "exchange", "deu")
FINDINGS_TABLE = (
    Column("severity", coded=True),
    Column("line", right=True),
    Column("where", least=16),
    Column("message", least=30, below=True),
    Column("hint", least=20, below=True),
)
POSITIONS_TABLE = (
    Column("issue", least=14),
    Column("name", least=12),
    Column("point", right=True),
    Column("low", right=True),
    Column("high", right=True),
    Column("salience", right=True),
    Column("refuses", least=20, below=True),
)
POSITIONS = ("issue", "party", "point", "low", "high", "salience", "values", "refuses", "reasons")
_OUT = click.option(
    "--out", metavar="FILE", required=True, type=click.Path(path_type=Path), help="The file or folder to write."
)
_PLACE = click.Path(path_type=Path)


@click.group(cls=Group)
def table() -> None:
    """Write, check, show and convert the table of a negotiation.

    A table is a YAML or JSON file: parties, issues with options, positions, red lines, decision rule, deadline.
    """


@table.command(cls=Command)
@click.argument("file", type=TABLE_FILE)
@click.option(
    "--template", type=click.Choice(TEMPLATES), default="coalition", show_default=True, help="What to start from."
)
@click.option("--overwrite", is_flag=True, help="Replace a file that is there.")
@click.pass_obj
def new(settings: Settings, /, file: Path, *, template: str, overwrite: bool) -> None:
    """Begin a table file from a template, to be edited by hand."""
    from treves.services.tables import new_table

    new_table(file, template, overwrite=overwrite)
    settings.say("written", target=file)


@table.command(cls=Command)
@click.argument("file", type=TABLE_FILE)
@output_options
@click.pass_obj
def check(settings: Settings, /, file: Path, *, form: str | None) -> int:
    """Tell everything that is wrong or odd in a table file, with lines and what to do.

    Exit code 1 if the table cannot be used, 3 if it only has oddities.
    """
    from treves.services.tables import check_table

    found = check_table(file).findings
    rows = [
        {
            "severity": f.severity.value,
            "code": f.code,
            "line": f.line,
            "where": f.where,
            "message": spoken_phrase(f.message, settings.language),
            "hint": spoken_phrase(f.hint, settings.language),
        }
        for f in found
    ]
    names = ("severity", "code", "line", "where", "message", "hint")
    write_rows(rows, form, settings, columns=FINDINGS_TABLE, names=names)
    if any(r["severity"] == "error" for r in rows):
        return DATA_ERROR
    return WANTS_REVIEW if rows else DONE


@table.command(cls=Command)
@click.argument("file", type=TABLE_FILE)
@figure_options
@click.pass_obj
def show(settings: Settings, /, file: Path, *, form: str | None, html: Path | None) -> None:
    """Show what each party wants and refuses, and how it is decided."""
    from treves.services.negotiations import plain, table_page
    from treves.services.tables import load_table

    known = load_table(file)
    page = table_page(known, language=settings.language, command=command_line(settings))
    if html:
        write_page(html, page, settings)
    if form == "json":
        write_json(plain(known))
    elif form or not html:
        rows = _positions(known, settings.language)
        if form in (None, "table"):
            write_told(page.sentences)
            rows = [r | {n: "" if r[n] is None else f"{r[n]:g}" for n in ("point", "low", "high")} for r in rows]
        write_rows(rows, form, settings, columns=POSITIONS_TABLE, names=POSITIONS)


def _positions(known: Any, language: str) -> list[dict[str, Any]]:
    """One row for each issue and party: what it wants there, and what it refuses."""
    from treves.pictures.table_figures import term_words
    from treves.pictures.wording import wording

    words = wording(language)
    rows = []
    for issue in known.issues:
        for party in known.parties:
            wanted = known.position(party.key, issue.key)
            refused = [
                r.label or " / ".join(term_words(known, t, words) for t in r.refuses)
                for r in known.red_lines
                if r.party == party.key and any(t.issue == issue.key for t in r.refuses)
            ]
            if wanted is None and not refused:
                continue
            point = wanted.point if wanted else None
            low, high = point.interval if point else (None, None)
            rows.append(
                {
                    "issue": words.label(issue),
                    "party": party.key,
                    "name": words.label(party),
                    "point": point.value if point else None,
                    "low": low,
                    "high": high,
                    "salience": round(known.normalised_salience(party.key).get(issue.key, 0.0), 3) if wanted else None,
                    "values": dict(wanted.values) if wanted else {},
                    "refuses": "; ".join(refused),
                    "reasons": list(wanted.reasons) if wanted else [],
                }
            )
    return rows


@table.command(name="import", cls=Command)
@click.argument("source", type=_PLACE)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default=None, help="The format; by default told by the name."
)
@click.option("--proposal", metavar="NUMBER", default="", help="Of a file in the DEU layout: the proposal to take.")
@_OUT
@click.pass_obj
def import_(settings: Settings, /, source: Path, *, form: str | None, proposal: str, out: Path) -> int:
    """Make a table file from another format: CSV, Parquet, Genius, GeniusWeb, NegMAS, exchange model, DEU.

    What the table cannot hold is told on stderr; the exit code is 3 then.
    """
    from treves.services.tables import import_table, save_table

    found = import_table(source, form or "", proposal=proposal)
    save_table(found.table, out)
    return _tell_notes(found.notes, out, settings)


@table.command(name="export", cls=Command)
@click.argument("file", type=TABLE_FILE)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default=None, help="The format; by default told by the name."
)
@_OUT
@click.pass_obj
def export_(settings: Settings, /, file: Path, *, form: str | None, out: Path) -> int:
    """Write a table file in another format: CSV, Parquet, Genius, GeniusWeb, NegMAS, exchange model, DEU.

    What the format cannot hold is told on stderr; the exit code is 3 then.
    """
    from treves.services.tables import export_table, load_table

    return _tell_notes(export_table(load_table(file), out, form or ""), out, settings)


def _tell_notes(notes: Iterable[Any], out: Path, settings: Settings) -> int:
    listed = list(notes)
    for note in listed:
        click.echo(spoken_phrase(note, settings.language), err=True)
    settings.say("written", target=out)
    return WANTS_REVIEW if listed else DONE
