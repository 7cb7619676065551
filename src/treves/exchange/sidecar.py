"""The sidecar table ``reports.csv``: outlet and publication time of the reports beside it."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from reprlib import repr as shortened
from typing import ClassVar

import attrs

from treves.dates import DEFAULT_ZONE, InvalidTime, Precision
from treves.errors import InputError, Phrase
from treves.exchange.decoding import decode
from treves.exchange.delimited import read_table
from treves.exchange.published import read_published
from treves.exchange.reports import NO_FACTS, Facts, language_code, tidy
from treves.exchange.source import read_bytes, readable_name
from treves.exchange.text_files import FIELD_NAMES, FIELDS
from treves.model.evidence import Origin

SIDECAR_NAME = "reports.csv"
"""Name of the table in a folder of reports."""


class BadSidecar(InputError):
    """A sidecar table cannot be read as a whole."""

    code: ClassVar[str] = "T131"


class BadSidecarRow(InputError):
    """A cell or row of a sidecar table cannot be used; the report is kept without it."""

    code: ClassVar[str] = "T132"


class ListedReportMissing(InputError):
    """A sidecar table lists a report that is not there."""

    code: ClassVar[str] = "T133"


@attrs.frozen
class Sidecar:
    """A sidecar table as read.

    Attributes:
        path: where it is.
        rows: facts by the name of the file they are about.
        errors: what could not be used, by the name of the file concerned.
        lines: number of the line that lists each file.
    """

    path: Path
    rows: Mapping[str, Facts] = attrs.field(factory=dict)
    errors: Mapping[str, tuple[BadSidecarRow, ...]] = attrs.field(factory=dict)
    lines: Mapping[str, int] = attrs.field(factory=dict)

    def facts(self, name: str) -> Facts:
        """Return what the table tells about the file `name`; nothing where it does not list it."""
        return self.rows.get(_key(name), NO_FACTS)

    def errors_of(self, name: str) -> tuple[BadSidecarRow, ...]:
        """Return what could not be used in the row of the file `name`."""
        return self.errors.get(_key(name), ())

    def missing(self) -> list[ListedReportMissing]:
        """Return an error for every listed file that is not beside the table."""
        return [
            ListedReportMissing(
                "{table}, line {line}: there is no file {name}.",
                hint="Correct the name in the table, or put the report beside it.",
                table=readable_name(self.path),
                line=line,
                name=name,
            )
            for name, line in self.lines.items()
            if not (self.path.parent / name).exists()
        ]


def read_sidecar(path: Path, *, zone: str = DEFAULT_ZONE) -> Sidecar:
    """Read a table with the columns file, outlet, published, precision (and title, url, language; others are notes).

    A row that cannot be used never stops the others: see :attr:`Sidecar.errors`.

    Args:
        path: the table, with commas, semicolons or tabs.
        zone: IANA name of the zone for times without an offset.

    Raises:
        BadSidecar: it is no table, or has no column "file".
        InputError: it cannot be read or decoded.
    """
    name = readable_name(path)
    try:
        table = list(read_table(decode(read_bytes(path), name=name)))
    except csv.Error as error:
        raise BadSidecar("{name} is no table: {error}.", hint="Save it as CSV.", name=name, error=error) from None
    header = [FIELDS.get(cell.strip().lower().replace("_", " "), "") for cell in table[0][1]] if table else []
    if "file" not in header:
        wanted = ", ".join(f for f in FIELD_NAMES if f != "author")
        raise BadSidecar(
            '{name}, line 1 has no column "file".', hint="Name the columns: {wanted}.", name=name, wanted=wanted
        )
    rows: dict[str, Facts] = {}
    errors: dict[str, tuple[BadSidecarRow, ...]] = {}
    lines: dict[str, int] = {}
    for line, row in table[1:]:
        found = _Row(name, line, header, row, zone)
        key = _key(found.cell("file"))
        problems = found.problems(seen=lines)
        if key and key not in rows:
            rows[key], lines[key] = found.facts(problems), line
        if problems:
            errors[key] = (*errors.get(key, ()), *problems)
    return Sidecar(path, rows, errors, lines)


@attrs.frozen
class _Row:
    """One row, with what is needed to say where it stands."""

    table: str
    line: int
    header: list[str]
    cells: list[str]
    zone: str

    def cell(self, column: str) -> str:
        place = self.header.index(column) if column in self.header else len(self.cells)
        return self.cells[place].strip() if place < len(self.cells) else ""

    def problem(self, what: Phrase, hint: Phrase) -> BadSidecarRow:
        return BadSidecarRow("{table}, line {line}{what}", hint=hint, table=self.table, line=self.line, what=what)

    def problems(self, *, seen: Mapping[str, int]) -> list[BadSidecarRow]:
        """What is wrong with the row as a row."""
        name = self.cell("file")
        if not name:
            return [self.problem(Phrase(', column "file" is empty.'), Phrase("Write the name of the report's file."))]
        if _key(name) in seen:
            what = Phrase(": {name} is listed before, on line {line}.", name=name, line=seen[_key(name)])
            return [self.problem(what, Phrase("Keep one row for each report."))]
        if len(self.cells) > len(self.header):
            what = Phrase(
                " has {cells} cells; there are {columns} columns.", cells=len(self.cells), columns=len(self.header)
            )
            return [self.problem(what, Phrase("Put cells with a delimiter in them in quotation marks."))]
        return []

    def facts(self, problems: list[BadSidecarRow]) -> Facts:
        """What the row tells; what cannot be read is added to `problems`."""
        facts = Facts(
            outlet=tidy(self.cell("outlet")),
            title=tidy(self.cell("title")),
            url=tidy(self.cell("url")),
            language=language_code(self.cell("language")),
        )
        published, given = self.cell("published"), self.cell("precision").lower()
        precision = next((p for p in Precision if p == given), None)
        if given and precision is None:
            what = Phrase(', column "precision": there is no precision {value}.', value=shortened(given))
            problems.append(self.problem(what, Phrase("Write one of {choices}.", choices=", ".join(Precision))))
        elif published and published.lower() != "unknown":
            try:
                moment = read_published(published, precision=precision, where=self.zone)
                facts = attrs.evolve(facts, published=moment)
            except InvalidTime as error:
                problems.append(self.problem(Phrase(', column "published": {what}', what=error.what), error.hint))
        return facts.told_by(Origin.SIDECAR)


def _key(name: str) -> str:
    # Some systems take the accents of file names apart; a table seldom does.
    return unicodedata.normalize("NFC", name.strip())
