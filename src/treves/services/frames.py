"""Rows for any data frame library: pyarrow, pandas and polars are loaded when asked for (extra: frames)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import attrs

from treves.exchange.rows import COLUMNS, Row, RowKind, rows
from treves.model.view import View
from treves.services.readings import ExtraNeeded


@attrs.frozen
class Frame:
    """Rows of one kind, ready for a data frame.

    Any library that speaks the Arrow C stream interface takes it as it is: ``polars.DataFrame(frame)``.

    Attributes:
        kind: what the rows are of.
        rows: the rows; all have the columns that :data:`treves.exchange.rows.COLUMNS` names.
    """

    kind: RowKind
    rows: Sequence[Row]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def to_arrow(self) -> Any:
        """Return a pyarrow table.

        Raises:
            ExtraNeeded: pyarrow is not installed.
        """
        arrow = library("pyarrow")
        names = COLUMNS[self.kind]
        types = {str: arrow.string(), int: arrow.int64(), bool: arrow.bool_()}
        fields = [(name, types.get(kind, arrow.string())) for name, kind in names.items()]
        columns = [[_plain(row[name]) for row in self.rows] for name in names]
        return arrow.table(columns, schema=arrow.schema(fields))

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand the rows over by the Arrow C stream interface."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def to_pandas(self) -> Any:
        """Return a pandas data frame.

        Raises:
            ExtraNeeded: pandas or pyarrow is not installed.
        """
        library("pandas")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """Return a polars data frame.

        Raises:
            ExtraNeeded: polars or pyarrow is not installed.
        """
        return library("polars").from_arrow(self.to_arrow())


def frame(view: View, kind: RowKind | str) -> Frame:
    """Return the rows of a view as a frame; lists become text with " | " between their members."""
    chosen = RowKind(kind)
    return Frame(chosen, list(rows(view, chosen)))


def arrow_table(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Return rows with the same keys as a pyarrow table; lists and mappings become JSON.

    Raises:
        ExtraNeeded: pyarrow is not installed.
    """
    arrow = library("pyarrow")
    return arrow.Table.from_pylist([{name: _flat(value) for name, value in row.items()} for row in rows])


def _flat(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | tuple | dict) else value


def _plain(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return " | ".join(" / ".join(v) if isinstance(v, list) else str(v) for v in value)


def library(name: str) -> Any:
    """Return an optional library; ExtraNeeded if it is not installed."""
    try:
        return import_module(name)
    except ImportError as error:
        raise ExtraNeeded("{name} is not installed.", hint="pip install 'treves[frames]'", name=name) from error
