"""Policy models as a user calls them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from running import Done

Run = Callable[..., Done]
QUICK = ("--draws", "30", "--months", "30")


def test_the_models_are_listed(treves: Run) -> None:
    """With their options and levers."""
    rows = json.loads(treves("policy", "models", "--json").out)
    assert {"asylum", "asylum-de"} <= {r["model"] for r in rows}
    assert {"r1", "r2", "r3", "brake", "bill-36703", "deferral"} <= set(rows[0]["options"])


def test_options_side_by_side(treves: Run) -> None:
    """Every month with its bands; a cap of 150 is kept; the same seed gives the same bytes."""
    asked = (
        "policy",
        "run",
        "asylum",
        "--option",
        "one-status",
        "--option",
        "r1-no-wait:cap=150,transition=pending",
        *QUICK,
        "--json",
    )
    first = treves(*asked)
    assert first.out == treves(*asked).out
    rows = [r for r in json.loads(first.out)["rows"] if r["indicator"] == "arrivals_b"]
    assert len(rows) == 60
    assert all(r["low90"] <= r["low50"] <= r["median"] <= r["high50"] <= r["high90"] for r in rows)
    capped = [r for r in rows if r["reform"].startswith("r1") and r["at"] > "2025-06"]
    assert max(r["high90"] for r in capped) <= 151


def test_the_page_of_a_run(treves: Run, tmp_path: Path) -> None:
    """Fan charts, the chain, what it depends on, every parameter with its source; in Dutch."""
    page = tmp_path / "page.html"
    asked = ("--option", "one-status", "--option", "brake", "--depends", "arrivals", "--html", page)
    assert treves("--language", "nl", "policy", "run", "asylum", *QUICK, *asked).code == 0
    text = page.read_text(encoding="utf-8")
    for heading in ("De keten", "Waar dit van afhangt", "Waarop het berust", "Aanname"):
        assert heading in text


def test_why_a_figure_is_what_it_is(treves: Run) -> None:
    """Each parameter with unit, period and source, or named an assumption."""
    rows = json.loads(treves("policy", "explain", "asylum", "arrivals_b", "--json").out)
    assert len(rows) > 5
    assert all(r["source"] and r["unit"] for r in rows)
    assert any(r["assumption"] for r in rows)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run", "nitrogen"), "nitrogen"),
        (("run", "asylum", "--option", "r9"), "r9"),
        (("run", "asylum", "--option", "r1:roof=3"), "roof"),
        (("run", "asylum", "--option", "r1:cap=-7"), "cap"),
        (("run", "asylum", "--option", "r1:start=2025-01-01,end=2024-01-01"), "end"),
        (("run", "asylum", "--set", "b_share=7"), "b_share"),
        (("explain", "asylum", "happiness"), "happiness"),
    ],
)
def test_questions_that_cannot_be(treves: Run, arguments: tuple[str, ...], told: str) -> None:
    """A code, what is wrong by name, a hint, and nothing on stdout."""
    done = treves("policy", *arguments)
    assert (done.code, done.out) == (1, "")
    assert "T7" in done.err
    assert told in done.err
    assert "Traceback" not in done.err
