"""Rows as CSV and JSONL, out and back in without loss.

A CSV cell holds a text as it stands, a number, "true" or "false", or a list as JSON; an empty cell is None. Text is
never changed: a report may hold words that begin with =, +, - or @, which a spreadsheet may take for a formula. Import
such a file with its columns set to text.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from reprlib import repr as shortened
from typing import ClassVar, TextIO

from treves.errors import InputError
from treves.exchange.rows import COLUMNS, Cell, Row, RowKind


class BadRows(InputError):
    """A table of rows does not have the columns or values of its kind."""

    code: ClassVar[str] = "T155"


def write_csv(rows: Iterable[Row], kind: RowKind, out: TextIO) -> None:
    """Write `rows` to `out` as CSV with a header (RFC 4180, lines ended by CR LF).

    Args:
        rows: from :func:`treves.exchange.rows.rows`.
        kind: what they are of.
        out: a text file opened with ``newline=""``, or a stream.
    """
    writer = csv.writer(out)
    columns = list(COLUMNS[kind])
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)


def write_jsonl(rows: Iterable[Row], out: TextIO) -> None:
    """Write `rows` to `out` as JSONL, one object a line."""
    out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def read_csv(text: str, kind: RowKind) -> Iterator[Row]:
    """Yield the rows of a CSV that :func:`write_csv` wrote.

    Raises:
        BadRows: the columns are not those of `kind`, or a value is not of its column's type.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    columns = COLUMNS[kind]
    header = next(reader, [])
    if header != list(columns):
        raise BadRows(
            "The columns are not those of {kind}: {header}.",
            hint="They are {columns}.",
            kind=kind,
            header=shortened(header),
            columns=", ".join(columns),
        )
    for cells in reader:
        if len(cells) != len(header):
            raise BadRows(
                "Line {line} has {cells} cells, not {columns}.",
                hint="Export it again.",
                line=reader.line_num,
                cells=len(cells),
                columns=len(header),
            )
        yield {
            column: _value(cell, columns[column], reader.line_num) for column, cell in zip(header, cells, strict=True)
        }


def read_jsonl(text: str, kind: RowKind) -> Iterator[Row]:
    """Yield the rows of a JSONL that :func:`write_jsonl` wrote.

    Raises:
        BadRows: a line is no JSON object with the keys of `kind`.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if not line:
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadRows(
                "Line {number} is no JSON: {error}.", hint="Export it again.", number=number, error=error
            ) from None
        if not isinstance(row, dict) or list(row) != list(COLUMNS[kind]):
            raise BadRows(
                "Line {number} has not the keys of {kind}.",
                hint="They are {columns}.",
                number=number,
                kind=kind,
                columns=", ".join(COLUMNS[kind]),
            )
        yield row


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _value(cell: str, kind: type, line: int) -> Cell:
    if not cell:
        return None
    if kind is str:
        return cell
    try:
        value: Cell = json.loads(cell)
    except ValueError:
        value = None
    if type(value) is not kind:
        raise BadRows(
            "Line {line}: {cell} is no {kind}.",
            hint="Export it again.",
            line=line,
            cell=shortened(cell),
            kind=kind.__name__,
        )
    return value
