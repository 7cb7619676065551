"""Records of cabinets: how long each lasted, in the layout of the Zelig package's coalition data."""

from __future__ import annotations

import csv
import gzip
import io
import math
from pathlib import Path
from typing import ClassVar

import attrs

from treves.errors import TableError
from treves.exchange.source import check_file, head, readable_name

TRAITS = ("invest", "fract", "polar", "numst2", "crisis")
"""Investiture vote, fractionalization, polarization, majority status, days of the formation."""
_NEEDED = ("duration", "ciep12", *TRAITS)
_MAX_BYTES = 5_000_000


class BadCabinets(TableError):
    """A record of cabinets lacks a column, or holds something that is no number."""

    code: ClassVar[str] = "T662"


@attrs.frozen
class CabinetRow:
    """One cabinet.

    Attributes:
        months: how long it lasted, above 0.
        ended: whether it fell, and was not ended by an election within a year of the last possible date.
        traits: in the order of :data:`TRAITS`.
        country: empty where the record does not tell it.
    """

    months: float
    ended: bool
    traits: tuple[float, ...]
    country: str = ""


def read_cabinets(path: Path) -> tuple[CabinetRow, ...]:
    """Read a record of cabinets: columns parted by spaces, tabs or commas, packed with gzip or not.

    Args:
        path: with columns duration, ciep12 (1 for ended, 0 for censored) and :data:`TRAITS`, and country if it is known; a
            first column without a heading (the number of the row) is passed over.

    Raises:
        BadCabinets: a column is missing, a row is short, or a cell is no number.
        InputError: the file cannot be read.
    """
    name = readable_name(path)
    check_file(path)
    rows = _rows(head(path, _MAX_BYTES), name)
    header = rows[0] if rows else []
    missing = [column for column in _NEEDED if column not in header]
    if missing:
        raise BadCabinets(
            "{name} lacks the columns {missing}.",
            hint="The first line names the columns: {needed}.",
            name=name,
            missing=", ".join(missing),
            needed=", ".join(_NEEDED),
        )
    return tuple(_cabinet(header, row, line, name) for line, row in enumerate(rows[1:], 2))


def _rows(data: bytes, name: str) -> list[list[str]]:
    try:
        text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise BadCabinets(
            "{name} cannot be unpacked or is no text: {error}.", hint="Fetch it again.", name=name, error=error
        ) from error
    first = text.partition("\n")[0]
    delimiter = max("\t, ", key=first.count)
    return [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]


def _cabinet(header: list[str], row: list[str], line: int, name: str) -> CabinetRow:
    shift = len(row) - len(header)
    if shift not in (0, 1):
        raise BadCabinets(
            "Line {line} of {name} has {cells} cells; its header has {columns}.",
            hint="Mend the line.",
            line=line,
            name=name,
            cells=len(row),
            columns=len(header),
        )
    cells = dict(zip(header, row[shift:], strict=True))
    numbers = {column: _number(cells[column], column, line, name) for column in _NEEDED}
    if numbers["duration"] <= 0:
        raise BadCabinets(
            "Line {line} of {name}: a cabinet cannot last {months:g} months.",
            hint="Give a duration above 0.",
            line=line,
            name=name,
            months=numbers["duration"],
        )
    traits = tuple(numbers[trait] for trait in TRAITS)
    return CabinetRow(numbers["duration"], numbers["ciep12"] == 1, traits, cells.get("country", ""))


def _number(cell: str, column: str, line: int, name: str) -> float:
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise BadCabinets(
            "Line {line} of {name}: {cell!r} in column {column} is no number.",
            hint="Mend the cell, or leave the line out.",
            line=line,
            name=name,
            cell=cell[:40],
            column=column,
        )
    return number
