"""A whole table as sheets: one for each kind of thing, with a row for each; for CSV and Parquet.

Cells hold texts, numbers, or JSON for lists and conditions. An estimate takes three columns: the value, and its low and high
end. The sheet of positions alone has the long form that spreadsheets use: party, issue, point, low, high, salience.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import attrs

from treves.errors import Phrase, TableError
from treves.exchange.tables.assembly import Assembly
from treves.exchange.tables.carried import Imported
from treves.exchange.tables.fields import Fields
from treves.exchange.tables.nodes import Node, NoTableFile, read_json
from treves.exchange.tables.writer import checked_apart
from treves.model.table import Table

Row = dict[str, str | float]
"""A row by column; empty cells are left out."""

_TEXT, _NUMBER, _JSON = "text", "number", "json"
_ESTIMATE = "estimate"
SHEETS: dict[str, dict[str, str]] = {
    "table": {
        "key": _TEXT,
        "title": _TEXT,
        "title_nl": _TEXT,
        "as_of": _TEXT,
        "note": _TEXT,
        "rule": _JSON,
        "reversion": _JSON,
        "deadline": _JSON,
    },
    "issues": {
        "key": _TEXT,
        "label": _TEXT,
        "label_nl": _TEXT,
        "scale": _TEXT,
        "low": _NUMBER,
        "high": _NUMBER,
        "unit": _TEXT,
        "steps": _NUMBER,
    },
    "options": {"issue": _TEXT, "key": _TEXT, "at": _NUMBER, "label": _TEXT, "label_nl": _TEXT},
    "parties": {
        "key": _TEXT,
        "name": _TEXT,
        "name_nl": _TEXT,
        "seats": _NUMBER,
        "capability": _ESTIMATE,
        "members": _JSON,
        "mandate": _JSON,
        "reservation": _ESTIMATE,
        "reversion_value": _ESTIMATE,
        "conduct": _JSON,
    },
    "positions": {
        "party": _TEXT,
        "issue": _TEXT,
        "point": _ESTIMATE,
        "salience": _ESTIMATE,
        "values": _JSON,
        "reasons": _JSON,
    },
    "red_lines": {"party": _TEXT, "refuses": _JSON, "firmness": _ESTIMATE, "label": _TEXT, "reasons": _JSON},
    "constraints": {"key": _TEXT, "when": _JSON, "then": _JSON, "label": _TEXT},
    "budgets": {"key": _TEXT, "limit": _NUMBER, "costs": _JSON, "label": _TEXT, "unit": _TEXT},
    "interactions": {"party": _TEXT, "when": _JSON, "value": _NUMBER},
    "indicators": {"key": _TEXT, "baseline": _NUMBER, "label": _TEXT, "label_nl": _TEXT, "unit": _TEXT},
    "effects": {"indicator": _TEXT, "when": _JSON, "amount": _ESTIMATE, "reasons": _JSON},
    "valuations": {
        "party": _TEXT,
        "indicator": _TEXT,
        "best": _NUMBER,
        "worst": _NUMBER,
        "salience": _ESTIMATE,
        "reasons": _JSON,
    },
}
"""The columns of every sheet, with what their cells hold."""
BOUNDS = ("scale_low", "scale_high")
"""Columns of positions that stand alone: the bounds of their issue."""
_KEYED = ("issues", "parties", "constraints", "budgets", "indicators")
_ENDS = ("value", "low", "high")


class BadSheet(TableError):
    """A CSV or Parquet file of a table lacks columns, or its cells do not hold what they should."""

    code: ClassVar[str] = "T649"


@attrs.frozen
class Sheet:
    """Rows of one kind.

    Attributes:
        rows: the cells by column.
        lines: the line of the file on which each row begins.
    """

    rows: tuple[Row, ...]
    lines: tuple[int, ...] = ()


def columns(sheet: str) -> tuple[str, ...]:
    """Return the columns of a sheet; an estimate has three, those of a point are point, low and high."""
    return tuple(part for name, kind in SHEETS[sheet].items() for part in _parts(name, kind))


def _parts(name: str, kind: str) -> tuple[str, ...]:
    if kind != _ESTIMATE:
        return (name,)
    return ("point", "low", "high") if name == "point" else (name, f"{name}_low", f"{name}_high")


def numeric(sheet: str) -> frozenset[str]:
    """Return the columns of a sheet that hold numbers."""
    kinds = SHEETS[sheet].items()
    return frozenset(part for name, kind in kinds if kind in (_NUMBER, _ESTIMATE) for part in _parts(name, kind))


def sheets_of(table: Table) -> dict[str, Sheet]:
    """Return a table as sheets; those without rows are left out, except positions.

    Raises:
        BadTable: the table has mistakes.
    """
    plain = checked_apart(table)
    bodies: dict[str, list[Mapping[str, Any]]] = {name: [] for name in SHEETS}
    bodies["table"] = [plain]
    bodies["options"] = [
        {"issue": issue.key, **attrs.asdict(option)} for issue in table.issues for option in issue.options
    ]
    for name in SHEETS:
        held = plain.get(name, ())
        bodies[name] += [{"key": key, **body} for key, body in held.items()] if name in _KEYED and held else []
        if name not in _KEYED and name not in ("table", "options"):
            bodies[name] += held
    found = {name: Sheet(tuple(_row(name, body) for body in listed)) for name, listed in bodies.items()}
    return {name: sheet for name, sheet in found.items() if sheet.rows or name == "positions"}


def _row(sheet: str, body: Mapping[str, Any]) -> Row:
    row: Row = {}
    for name, kind in SHEETS[sheet].items():
        value = body.get(name)
        if value is None or value == "":
            continue
        if kind == _ESTIMATE:
            row |= zip(_parts(name, kind), _ends(value), strict=True)
        elif kind == _JSON:
            row[name] = json.dumps(value, ensure_ascii=False)
        else:
            row[name] = float(value) if kind == _NUMBER else str(value)
    return {name: value for name, value in row.items() if value is not None}


def _ends(value: Any) -> tuple[Any, Any, Any]:
    """Value, low and high end of a written estimate; None where it has no ends."""
    if isinstance(value, list):
        return float(value[1]), float(value[0]), float(value[2])
    if isinstance(value, dict):
        return float(value["value"]), value.get("low"), value.get("high")
    return float(value), None, None


def table_of_sheets(
    sheets: Mapping[str, Sheet], *, name: str, bounds: Mapping[str, tuple[Node, Node]] | None = None
) -> tuple[Table, Fields]:
    """Return the table of sheets, and what was wrong in them so far.

    Args:
        sheets: by name; issues and parties that have no sheet are those of the positions.
        name: names the table where its sheet does not.
        bounds: of issues that have no sheet; 0 to 100 where missing.

    Raises:
        BadSheet: a sheet lacks a column that it needs, or has one that is not known.
    """
    for kind, sheet in sheets.items():
        _check_columns(kind, sheet)
    pairs = [(_word(kind), _listed(kind, sheet)) for kind, sheet in sheets.items() if kind not in ("table", "options")]
    if "issues" in sheets:
        pairs = [
            (key, _with_options(node, sheets.get("options")) if key.text == "issues" else node) for key, node in pairs
        ]
    pairs += [(_word(kind), node) for kind, node in _implied(sheets, bounds or {})]
    if "table" in sheets and sheets["table"].rows:
        pairs += _cells("table", sheets["table"].rows[0], 2)
    fields = Fields()
    return Assembly(fields).table(Node(1, pairs=tuple(pairs)), name), fields


def positions_only(sheet: Sheet, *, name: str) -> tuple[Imported, Fields]:
    """Return the table of a sheet of positions alone: every issue is a range, and all parties must agree (noted).

    Ranges run from 0 to 100, or as the columns of :data:`BOUNDS` say.
    """
    bounds: dict[str, tuple[Node, Node]] = {}
    rows = []
    lines = sheet.lines or tuple(range(2, len(sheet.rows) + 2))
    for row, line in zip(sheet.rows, lines, strict=True):
        low, high = (_number(row.get(column, usual), line) for column, usual in zip(BOUNDS, (0.0, 100.0), strict=True))
        bounds.setdefault(str(row.get("issue", "")), (low, high))
        rows.append({column: cell for column, cell in row.items() if column not in BOUNDS})
    table, fields = table_of_sheets({"positions": Sheet(tuple(rows), lines)}, name=name, bounds=bounds)
    note = Phrase("The file holds positions only: issues are ranges, and every party must agree.")
    return Imported(table, (note,)), fields


def _check_columns(kind: str, sheet: Sheet) -> None:
    known = columns(kind)
    unknown = sorted({column for row in sheet.rows for column in row} - set(known))
    if unknown:
        raise BadSheet(
            "The sheet {sheet} has the unknown columns {columns}.",
            hint="Its columns are {known}.",
            sheet=kind,
            columns=", ".join(unknown[:5]),
            known=", ".join(known),
        )


def _implied(sheets: Mapping[str, Sheet], bounds: Mapping[str, tuple[Node, Node]]) -> Iterator[tuple[str, Node]]:
    """Issues and parties that only the positions name."""
    rows = sheets["positions"].rows if "positions" in sheets else ()
    for kind, column in (("issues", "issue"), ("parties", "party")):
        if kind in sheets:
            continue
        bodies = []
        for key in dict.fromkeys(str(row[column]) for row in rows if column in row):
            low, high = bounds.get(key, (_plain("0"), _plain("100")))
            ranged = ((_word("scale"), _word("range")), (_word("low"), low), (_word("high"), high))
            bodies.append((_word(key), Node(1, pairs=ranged if kind == "issues" else ())))
        yield kind, Node(1, pairs=tuple(bodies))


def _word(text: str, line: int = 1) -> Node:
    return Node(line, text=text)


def _plain(text: str, line: int = 1) -> Node:
    return Node(line, text=text, plain=True)


def _listed(kind: str, sheet: Sheet) -> Node:
    lines = sheet.lines or tuple(range(2, len(sheet.rows) + 2))
    rows = [Node(line, pairs=tuple(_cells(kind, row, line))) for row, line in zip(sheet.rows, lines, strict=True)]
    return Node(1, items=tuple(rows))


def _cells(kind: str, row: Row, line: int) -> list[tuple[Node, Node]]:
    found = []
    for name, holds in SHEETS[kind].items():
        parts = [(end, row[part]) for end, part in zip(_ENDS, _parts(name, holds), strict=False) if part in row]
        if not parts:
            continue
        if holds == _ESTIMATE and [end for end, _ in parts] != ["value"]:
            node = Node(line, pairs=tuple((_word(end), _number(value, line)) for end, value in parts))
        elif holds in (_ESTIMATE, _NUMBER):
            node = _number(parts[0][1], line)
        elif holds == _JSON:
            node = _json(kind, name, str(parts[0][1]), line)
        else:
            node = _word(str(parts[0][1]), line)
        found.append((_word(name, line), node))
    return found


def _number(value: str | float, line: int) -> Node:
    """A number as written; what is none is a word: the name of an option, or a mistake."""
    written = value if isinstance(value, str) else repr(value)
    try:
        float(written)
    except ValueError:
        return _word(written, line)
    return _plain(written, line)


def _json(kind: str, name: str, written: str, line: int) -> Node:
    """A cell with JSON; a plain word stands for itself, so that one reason needs no brackets."""
    if written[:1] not in '[{"':
        return _word(written, line)
    try:
        return _at_line(read_json(written, name=f"{kind}.{name}"), line)
    except NoTableFile as error:
        raise BadSheet("Line {line}: {what}", hint="Check the cell.", line=line, what=error.what) from None


def _at_line(node: Node, line: int) -> Node:
    pairs = node.pairs and tuple((_at_line(key, line), _at_line(value, line)) for key, value in node.pairs)
    items = node.items and tuple(_at_line(item, line) for item in node.items)
    return attrs.evolve(node, line=line, pairs=pairs, items=items)


def _with_options(issues: Node, sheet: Sheet | None) -> Node:
    """Issues with the options of their own sheet."""
    options: dict[str, list[Node]] = {}
    listed = _listed("options", sheet) if sheet else Node(1, items=())
    for item, row in zip(listed.items or (), sheet.rows if sheet else (), strict=True):
        pairs = tuple(p for p in item.pairs or () if p[0].text != "issue")
        options.setdefault(str(row.get("issue", "")), []).append(attrs.evolve(item, pairs=pairs))
    made = []
    for item in issues.items or ():
        key = next((value.text for name, value in item.pairs or () if name.text == "key"), None)
        own = tuple(options.get(key or "", ()))
        more = ((_word("options"), Node(item.line, items=own)),) if own else ()
        made.append(attrs.evolve(item, pairs=(item.pairs or ()) + more))
    return attrs.evolve(issues, items=tuple(made))
