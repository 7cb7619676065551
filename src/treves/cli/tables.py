"""Rows for people to read: a table where it fits the terminal, otherwise a few lines for each row."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from textwrap import wrap
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import click

UNLIMITED = 100_000
"""Width of a table that goes to a file or another program, in characters: no line is broken there."""
_GAP = 2
_INDENT = 4
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d\S*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_UNTOLD = "–"


@attrs.frozen
class Column:
    """One column of a table.

    Attributes:
        name: key of the row.
        least: narrowest width to which its words may be wrapped, in characters; 0 for ids, times and numbers, which are
            never broken.
        below: where the table does not fit, stands on a line of its own below the others.
        coded: its values are words of the domain, which the interface has words for.
        right: numbers, aligned on the right.
    """

    name: str
    least: int = 0
    below: bool = False
    coded: bool = False
    right: bool = False


def write_table(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[Column],
    *,
    words: Mapping[str, str],
    zone: str = "",
    blocks: bool = False,
) -> int:
    """Write rows to stdout, as a table or in blocks, and return how many there were; nothing is written for none.

    Args:
        rows: the rows.
        columns: what to show of them.
        words: what the interface calls columns ("column_…") and coded values ("value_…").
        zone: IANA name of the zone in which times are shown; as they are when empty.
        blocks: a few lines for each row, however wide the terminal is.
    """
    local = ZoneInfo(zone) if zone else None
    shown = [[_shown(row.get(c.name), c, words, local) for c in columns] for row in rows]
    if not shown:
        return 0
    table = [[words.get(f"column_{c.name}", c.name.replace("_", " ")) for c in columns], *shown]
    width = _width()
    widths = None if blocks else _widths(table, columns, width)
    lines = _blocks(table, columns, width) if widths is None else _grid(table, columns, widths)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return len(shown)


def _width() -> int:
    """Columns of the terminal, or what COLUMNS says; none are counted where the output goes elsewhere."""
    told = os.environ.get("COLUMNS", "")
    if told.isdigit() and int(told) > 0:
        return int(told)
    return os.get_terminal_size(sys.stdout.fileno()).columns or 80 if sys.stdout.isatty() else UNLIMITED


def _shown(value: object, column: Column, words: Mapping[str, str], zone: ZoneInfo | None) -> str:
    """A value as a person reads it, on one line, without anything that could steer a terminal."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return words[f"value_{str(value).lower()}"]
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, list):
        parts = (_shown(v, column, words, zone) for v in value)
        return ", ".join(dict.fromkeys(p for p in parts if p))
    if isinstance(value, Mapping):
        return ", ".join(f"{k} {_shown(v, column, words, zone)}" for k, v in value.items())
    text = _CONTROL.sub("\ufffd", " ".join(str(value).split()))
    if column.coded or text == "unknown":
        return words.get(f"value_{text.replace(' ', '_')}", text)
    return _local(text, zone) if zone and _TIME.fullmatch(text) else text


def _local(text: str, zone: ZoneInfo) -> str:
    """A time in the dossier's own zone, to the minute: "2023-07-06 21:30"."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment.tzinfo else text


def _widths(table: Sequence[Sequence[str]], columns: Sequence[Column], width: int) -> list[int] | None:
    """The width of each column, the widest ones cut down to what they need; None where the table does not fit."""
    widths = [max(map(len, cells)) for cells in zip(*table, strict=True)]
    over = sum(widths) + _GAP * (len(widths) - 1) - width
    while over > 0:
        loose = [i for i, c in enumerate(columns) if c.least and widths[i] > max(c.least, len(table[0][i]))]
        if not loose:
            return None
        widest = max(loose, key=lambda i: widths[i])
        widths[widest] -= 1
        over -= 1
    return widths


def _grid(table: Sequence[Sequence[str]], columns: Sequence[Column], widths: Sequence[int]) -> Iterator[str]:
    """The lines of a table, its first row in bold."""
    for number, row in enumerate(table):
        cells = [_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
        for line in zip_longest(*cells, fillvalue=""):
            padded = (
                part.rjust(width) if column.right else part.ljust(width)
                for part, column, width in zip(line, columns, widths, strict=True)
            )
            text = (" " * _GAP).join(padded).rstrip()
            yield _styled(text, bold=True) if number == 0 else text


def _blocks(table: Sequence[Sequence[str]], columns: Sequence[Column], width: int) -> Iterator[str]:
    """For each row a line with its short values, and the long ones below it, labelled where there are several."""
    heads, *rows = table
    below = [i for i, c in enumerate(columns) if c.below]
    label = max(len(heads[i]) for i in below) + _GAP if len(below) > 1 else 0
    indent = " " * (_INDENT + label)
    for number, row in enumerate(rows):
        if number and label:
            yield ""
        first, *rest = [v or _UNTOLD for v, c in zip(row, columns, strict=True) if not c.below]
        start, *more = _wrapped((" " * _GAP).join([first, *rest]), max(width, 20), indent=" " * _INDENT)
        yield _styled(start[: len(first)], bold=True) + start[len(first) :]
        yield from more
        for i in below:
            if row[i]:
                head, *others = _wrapped(row[i], max(width - len(indent), 20))
                yield " " * _INDENT + _styled((heads[i] if label else "").ljust(label), dim=True) + head
                yield from (indent + line for line in others)


def _wrapped(text: str, width: int, *, indent: str = "") -> list[str]:
    """`text` on lines of at most `width` characters, broken between words where that can be."""
    if len(text) <= width:
        return [text]
    return wrap(text, width, subsequent_indent=indent, break_on_hyphens=False, expand_tabs=False)


def _styled(text: str, **style: bool) -> str:
    """`text` in bold or dim, on a terminal that can and may show that."""
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb" or not sys.stdout.isatty()
    return text if plain or not text else click.style(text, **style)
