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


def test_one_household(treves: Run) -> None:
    """From when under each option, rule by rule with a source, in either language; a wait of two years is two years."""
    asked = ("policy", "household", "asylum", "--granted", "2024-03", "--spouse", "--children", "2", "--draws", "20")
    found = json.loads(treves(*asked, "--option", "one-status", "--option", "r1", "--json").out)
    assert [a["option"] for a in found] == ["one-status", "r1"]
    assert all(rule["source"] for answer in found for rule in answer["rules"])
    assert "March 2026" in found[1]["told"]
    assert "maart 2026" in treves("--language", "nl", *asked, "--option", "r1").out


def test_nobody_to_come(treves: Run) -> None:
    """A household without relatives is a mistake, told as one."""
    done = treves("policy", "household", "asylum", "--granted", "2024-03")
    assert done.code == 1
    assert "T721" in done.err


def test_the_model_is_held_against_what_happened(treves: Run) -> None:
    """Observed beside predicted, naive rules beside both, and misses named as misses."""
    rows = json.loads(treves("policy", "validate", "asylum", "--draws", "60", "--json").out)
    assert {"model", "low80", "high80", "naive", "observed", "error", "passed", "source"} <= set(rows[0])
    assert any(r["passed"] for r in rows)
    assert any(not r["passed"] for r in rows)
