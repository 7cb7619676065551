"""Rows as data frames, of whichever library is installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from treves.exchange.rows import COLUMNS, RowKind
from treves.services.frames import Frame, frame
from treves.services.readings import ExtraNeeded
from treves.services.views import rows_of, view_of
from treves.store import Store, open_store


@pytest.fixture(params=list(RowKind))
def framed(request: pytest.FixtureRequest, store: Store) -> Frame:
    """The example's rows of each kind in turn."""
    return frame(view_of(store), str(request.param))


def test_an_arrow_table_has_every_row_and_column(framed: Frame) -> None:
    """Columns and types are those of the rows; what is None stays null."""
    arrow = pytest.importorskip("pyarrow", reason="the extra treves[frames] is not installed")
    table = framed.to_arrow()
    assert table.column_names == list(COLUMNS[framed.kind])
    assert table.num_rows == len(framed) == len(framed.rows) > 0
    expected = {str: arrow.string(), int: arrow.int64(), bool: arrow.bool_(), list: arrow.string()}
    assert [f.type for f in table.schema] == [expected[t] for t in COLUMNS[framed.kind].values()]
    for name, kind in COLUMNS[framed.kind].items():
        if kind is not list:
            assert table.column(name).to_pylist() == [r[name] for r in framed.rows]


def test_pandas_and_polars_agree(framed: Frame) -> None:
    """Both hold as many rows and the same texts."""
    for library in ("pyarrow", "pandas", "polars"):
        pytest.importorskip(library, reason="the extra treves[frames] is not installed")
    one, other = framed.to_pandas(), framed.to_polars()
    assert list(one.columns) == other.columns
    first = other.columns[0]
    assert one[first].tolist() == other[first].to_list() == [r[first] for r in framed.rows]


def test_a_library_may_take_the_frame_as_it_is(framed: Frame) -> None:
    """The Arrow C stream interface hands the rows over without our saying which library."""
    pytest.importorskip("pyarrow", reason="the extra treves[frames] is not installed")
    polars = pytest.importorskip("polars", reason="the extra treves[frames] is not installed")
    assert polars.DataFrame(framed).equals(framed.to_polars())


def test_lists_become_text_with_bars(made_dossier: Path) -> None:
    """Several speakers are told apart by bars; the candidates for one by strokes."""
    pytest.importorskip("pyarrow", reason="the extra treves[frames] is not installed")
    with open_store(made_dossier) as store:
        rows = rows_of(store, "statements")
        row = {**rows[0], "speakers": [["a", "b"], ["c"]], "corrections": []}
    table = Frame(RowKind.STATEMENTS, [row]).to_arrow()
    assert table.column("speakers").to_pylist() == ["a / b | c"]
    assert table.column("corrections").to_pylist() == [""]


@pytest.mark.parametrize("library", ["pyarrow", "pandas", "polars"])
def test_a_library_that_is_missing_is_said(library: str, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the library and how to get it."""
    monkeypatch.setitem(sys.modules, library, None)
    made = frame(view_of(store), "reports")
    turn = {"pyarrow": made.to_arrow, "pandas": made.to_pandas, "polars": made.to_polars}[library]
    with pytest.raises(ExtraNeeded, match=library) as caught:
        turn()
    assert "treves[frames]" in caught.value.hint
