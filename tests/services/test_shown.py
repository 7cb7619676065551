"""Results in notebooks and data frames."""

from __future__ import annotations

from pathlib import Path

import pytest

import treves
from treves.model.outlook import Method
from treves.services.shown import NothingToShow

HAVENMONDE = Path(__file__).parents[2] / "examples" / "tables" / "havenmonde.yaml"


@pytest.fixture(scope="module")
def table() -> treves.Table:
    """The example."""
    return treves.load_table(HAVENMONDE)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_everything_can_be_shown(table: treves.Table, language: str) -> None:
    """Words, numbers and a picture of tables, packages, outlooks and what-ifs, in both languages."""
    quick = {"draws": 40, "method": Method(inner=4)}
    things = [
        treves.show(table, language=language),
        treves.show(treves.packages_of(table), language=language),
        treves.show(treves.outlook(table, **quick), table, language=language),
        treves.show(treves.whatif(table, ["party.hv.reservation=0.1"], **quick), table, language=language),
    ]
    for shown in things:
        bundle = shown._repr_mimebundle_()
        assert bundle["text/plain"]
        assert bundle["text/html"].startswith("<p>")
        spec = bundle["application/vnd.vegalite.v5+json"]
        assert spec["$schema"].endswith("/v5.json")
        assert '"width": -' not in str(spec)


def test_rows_become_data_frames(table: treves.Table) -> None:
    """By the Arrow interface, with one row an outcome; lists become JSON."""
    polars = pytest.importorskip("polars", reason="needs the extra frames")
    shown = treves.show(treves.outlook(table, draws=40, method=Method(inner=4)), table)
    assert polars.DataFrame(shown)["outcome"].to_list() == ["agreement", "collapse", "still_open"]
    assert next(iter(treves.show(table).to_pandas()["party"])) == "hv"
    assert treves.show(treves.packages_of(table)).to_polars().height > 5


def test_an_outlook_needs_its_table(table: treves.Table) -> None:
    """It names parties by key only; and a number has no picture."""
    with pytest.raises(NothingToShow):
        treves.show(treves.outlook(table, draws=40, method=Method(inner=4)))
    with pytest.raises(NothingToShow):
        treves.show(3)
