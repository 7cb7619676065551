"""Rows for people to read: a table where it fits the terminal, otherwise a few lines for each row."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import attrs

UNLIMITED = 100_000
"""Width of a table that goes to a file or another program, in columns: no line is broken there."""
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
        least: narrowest width to which its words may be wrapped, in columns; 0 for ids, times and numbers, which are
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
) -> int:
    """Write rows to stdout, as a table or in blocks, and return how many there were; nothing is written for none.

    Args:
        rows: the rows.
        columns: what to show of them.
        words: what the interface calls columns ("column_…") and coded values ("value_…").
        zone: IANA name of the zone in which times are shown; as they are when empty.
    """
    local = ZoneInfo(zone) if zone else None
    shown = [[_shown(row.get(c.name), c, words, local) for c in columns] for row in rows]
    if not shown:
        return 0
    heads = [words.get(f"column_{c.name}", c.name.replace("_", " ")) for c in columns]
    width = _width()
    if _needed(shown, heads, columns) <= width:
        _write_grid(shown, heads, columns, width)
    else:
        _write_blocks(shown, heads, columns, width)
    return len(shown)


def write_blocks(
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[Column],
    *,
    words: Mapping[str, str],
    zone: str = "",
) -> None:
    """Write rows to stdout in blocks, however wide the terminal is; see :func:`write_table`."""
    local = ZoneInfo(zone) if zone else None
    shown = [[_shown(row.get(c.name), c, words, local) for c in columns] for row in rows]
    heads = [words.get(f"column_{c.name}", c.name.replace("_", " ")) for c in columns]
    _write_blocks(shown, heads, columns, min(_width(), 100))


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


def _needed(shown: Sequence[Sequence[str]], heads: Sequence[str], columns: Sequence[Column]) -> int:
    """Width below which the table could not be read, in columns of the terminal."""
    from rich.cells import cell_len

    total = _GAP * (len(columns) - 1)
    for number, column in enumerate(columns):
        longest = max(cell_len(row[number]) for row in shown)
        wanted = min(longest, column.least) if column.least else longest
        total += max(wanted, cell_len(heads[number]))
    return total


def _write_grid(shown: Sequence[Sequence[str]], heads: Sequence[str], columns: Sequence[Column], width: int) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, _GAP, 0, 0))
    for head, column in zip(heads, columns, strict=True):
        justify = "right" if column.right else "left"
        table.add_column(head, justify=justify, overflow="fold", no_wrap=not column.least, min_width=min(column.least, 8))
    for row in shown:
        table.add_row(*row)
    _print([table], width)


def _write_blocks(shown: Sequence[Sequence[str]], heads: Sequence[str], columns: Sequence[Column], width: int) -> None:
    """Write for each row a line with its short values, and the long ones below it, labelled where there are several."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    labelled = sum(c.below for c in columns) > 1
    out: list[Any] = []
    for number, row in enumerate(shown):
        if number and labelled:
            out.append(Text())
        first, *rest = [v or _UNTOLD for v, c in zip(row, columns, strict=True) if not c.below]
        line = Text(first, style="bold")
        for value in rest:
            line.append(f"{' ' * _GAP}{value}", style="not bold")
        out.append(line)
        grid = Table.grid(padding=(0, _GAP, 0, 0))
        for head, value, column in zip(heads, row, columns, strict=True):
            if column.below and value:
                grid.add_row(*([Text(head, style="dim")] if labelled else []), value)
        if grid.row_count:
            out.append(Padding(grid, (0, 0, 0, _INDENT)))
    _print(out, width)


def _print(renderables: Sequence[Any], width: int) -> None:
    """Print to stdout, in colour on a terminal only, without the blanks that fill up a line."""
    from rich.console import Console

    plain = "NO_COLOR" in os.environ or not sys.stdout.isatty()
    text = StringIO()
    console = Console(
        file=text,
        width=width,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
        force_terminal=not plain,
        color_system=None if plain else "standard",
    )
    for renderable in renderables:
        console.print(renderable)
    sys.stdout.write("".join(f"{line.rstrip(' ')}\n" for line in text.getvalue().split("\n")[:-1]))
