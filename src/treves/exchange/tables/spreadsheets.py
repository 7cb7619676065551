"""Tables as CSV and Parquet: a folder with a file for each sheet, or one file with the positions alone.

The folder keeps everything; the one file keeps points and salience with their intervals (the rest is noted).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, ClassVar

from treves.errors import Phrase, TableError
from treves.exchange.tables.carried import Exported, Imported, losses
from treves.exchange.tables.fields import Fields
from treves.exchange.tables.reader import bad_table, findings_of
from treves.exchange.tables.sheets import (
    BOUNDS,
    SHEETS,
    BadSheet,
    Row,
    Sheet,
    columns,
    numeric,
    positions_only,
    sheets_of,
    table_of_sheets,
)
from treves.model.findings import Severity
from treves.model.table import Table
from treves.text import slug

_LONG = ("party", "issue", "point", "low", "high", "salience", "salience_low", "salience_high", *BOUNDS)


class ArrowNeeded(TableError):
    """Parquet files need pyarrow, which is not installed."""

    code: ClassVar[str] = "T650"


def write_csv_folder(table: Table) -> Exported:
    """Return a table without mistakes as a CSV file for each sheet; nothing is lost.

    Raises:
        BadTable: the table has mistakes.
    """
    return Exported(tuple((f"{name}.csv", _csv(sheet, columns(name))) for name, sheet in sheets_of(table).items()))


def write_parquet_folder(table: Table) -> Exported:
    """Return a table without mistakes as a Parquet file for each sheet; nothing is lost.

    Raises:
        BadTable: the table has mistakes.
        ArrowNeeded: pyarrow is not installed.
    """
    sheets = sheets_of(table).items()
    return Exported(tuple((f"{name}.parquet", _parquet(name, sheet, columns(name))) for name, sheet in sheets))


def write_positions_csv(table: Table) -> Exported:
    """Return the positions of a table without mistakes as one CSV file; the rest is noted as left out."""
    sheet, notes = _positions(table)
    return Exported((("", _csv(sheet, _LONG)),), notes)


def write_positions_parquet(table: Table) -> Exported:
    """Return the positions of a table without mistakes as one Parquet file; the rest is noted as left out.

    Raises:
        ArrowNeeded: pyarrow is not installed.
    """
    sheet, notes = _positions(table)
    return Exported((("", _parquet("positions", sheet, _LONG)),), notes)


def _positions(table: Table) -> tuple[Sheet, tuple[Phrase, ...]]:
    rows = []
    for position in table.positions:
        if position.point is None:
            continue
        row: Row = {"party": position.party, "issue": position.issue}
        row |= zip(BOUNDS, table.issue(position.issue).bounds, strict=True)
        for name, estimate in (("", position.point), ("salience", position.salience)):
            parts = ("point", "low", "high") if not name else (name, f"{name}_low", f"{name}_high")
            ends = (estimate.value, estimate.low, estimate.high)
            row |= {part: end for part, end in zip(parts, ends, strict=True) if end is not None}
        rows.append(row)
    notes = losses(table, ("intervals",))
    if len(rows) < len(table.positions):
        missing = len(table.positions) - len(rows)
        notes += (Phrase("Left out: {what} ({count}).", what=Phrase("positions without a point"), count=missing),)
    return Sheet(tuple(rows)), notes


def _csv(sheet: Sheet, names: Sequence[str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)  # lines end in CR LF, so that a CR within a text is quoted too
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in sheet.rows)
    return out.getvalue()


def _cell(value: str | float | None) -> str:
    return "" if value is None else value if isinstance(value, str) else repr(value)


def _parquet(kind: str, sheet: Sheet, names: Sequence[str]) -> bytes:
    arrow, parquet = _arrow()
    numbers = numeric(kind) | set(BOUNDS)
    fields = [(name, arrow.float64() if name in numbers else arrow.string()) for name in names]
    cells = [[row.get(name) for row in sheet.rows] for name in names]
    out = io.BytesIO()
    parquet.write_table(arrow.table(cells, schema=arrow.schema(fields)), out)
    return out.getvalue()


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise ArrowNeeded("Parquet files need pyarrow.", hint="pip install 'treves[frames]'") from error
    return pa, parquet


def read_csv(files: Sequence[tuple[str, str]], *, name: str) -> Imported:
    """Return the table of CSV files: a folder's, by their names, or one with positions alone.

    Args:
        files: names and texts.
        name: what errors call the folder or file; also names a table that has no name of its own.

    Raises:
        BadSheet: a file is no such sheet.
        BadTable: the table has mistakes; the message tells them all, with their lines.
    """
    return _table([(file, _read_csv(file, text)) for file, text in files], name)


def read_parquet(files: Sequence[tuple[str, bytes]], *, name: str) -> Imported:
    """Return the table of Parquet files; arguments and errors as for :func:`read_csv`.

    Raises:
        ArrowNeeded: pyarrow is not installed.
        BadSheet, BadTable: as their names say.
    """
    return _table([(file, _read_parquet(file, data)) for file, data in files], name)


def _table(sheets: Sequence[tuple[str, Sheet]], name: str) -> Imported:
    key = slug(name.rstrip("/").rpartition("/")[2].rpartition(".")[0] or name.rstrip("/").rpartition("/")[2])
    named = {file.rpartition("/")[2].rpartition(".")[0]: sheet for file, sheet in sheets}
    fields: Fields
    if len(sheets) == 1:
        found, fields = positions_only(sheets[0][1], name=key)
    else:
        unknown = [kind for kind in named if kind not in SHEETS]
        if unknown:
            raise BadSheet(
                "{name} holds {sheets}, which are no sheets of a table.",
                hint="The sheets are {known}.",
                name=name,
                sheets=", ".join(sorted(unknown)[:5]),
                known=", ".join(SHEETS),
            )
        table, fields = table_of_sheets(named, name=key)
        found = Imported(table)
    findings = findings_of(fields, found.table)
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise bad_table(name, findings)
    return found


def _read_csv(name: str, text: str) -> Sheet:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, lines = [], []
    begins = 1
    header: list[str] = []
    try:
        for cells in reader:
            if not header:
                header = [cell.strip() for cell in cells]
            elif any(cells):
                rows.append(_of_cells(name, begins, header, cells, comma=delimiter != ","))
                lines.append(begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _broken(name, begins, Phrase("no CSV: {error}", error=error)) from None
    return Sheet(tuple(rows), tuple(lines))


def _of_cells(name: str, line: int, header: list[str], cells: list[str], *, comma: bool) -> Row:
    if len(cells) != len(header):
        wrong = Phrase("{cells} cells, not {columns}", cells=len(cells), columns=len(header))
        raise _broken(name, line, wrong)
    row: Row = {column: cell for column, cell in zip(header, cells, strict=True) if cell}
    if comma:  # where the comma does not part cells, it may stand in numbers
        numbers = frozenset(BOUNDS).union(*map(numeric, SHEETS))
        for column in numbers & set(row):
            row[column] = str(row[column]).replace(",", ".")
    return row


def _broken(name: str, line: int, what: Phrase) -> BadSheet:
    hint = "Export it again."
    return BadSheet("{name}, line {line}: {what}.", hint=hint, name=name, line=line, what=what)


def _read_parquet(name: str, data: bytes) -> Sheet:
    arrow, parquet = _arrow()
    try:
        listed: list[dict[str, Any]] = parquet.read_table(io.BytesIO(data)).to_pylist()
    except (arrow.ArrowException, OSError, ValueError) as error:
        raise _broken(name, 1, Phrase("no Parquet: {error}", error=str(error).partition("\n")[0])) from None
    return Sheet(tuple({str(c): _held(v) for c, v in row.items() if v is not None and v != ""} for row in listed))


def _held(value: Any) -> str | float:
    return float(value) if isinstance(value, int | float) else str(value)
