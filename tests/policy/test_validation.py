"""Validation: what the chain predicts against what happened, with honest misses."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treves.policy.asylum.validation import BAND, CASES, COVERED, Check, UnknownCase, checks, described, validate
from treves.policy.asylum.validation import Point as Predicted
from treves.policy.asylum.validation_data import banded, months_in, read_record, record, total_in, weights_of
from treves.policy.files import ParameterFileBroken

START = date(2018, 8, 1)


def found(case: str, draws: int = 600) -> tuple[list[Check], Check]:
    """The figures of a case, and the case as a whole."""
    *points, whole = validate([case], draws=draws)
    return points, whole


def test_the_german_quota_is_predicted_from_grants_and_capacities() -> None:
    """Within 20 per cent on average, far better than "visas = cap" and last year's value; bands hold four of five years."""
    points, whole = found("de-quota")
    assert [one.period for one in points] == ["2020", "2021", "2022", "2023", "2024"]
    assert whole.error <= whole.target == 0.2
    assert whole.passed and whole.held is not None and whole.held >= COVERED
    assert whole.other is not None
    assert whole.other == pytest.approx(0.527, abs=0.01)
    assert whole.naive == pytest.approx(0.361, abs=0.01)
    assert whole.error < whole.naive < whole.other


def test_what_is_not_carried_is_told_as_a_miss() -> None:
    """Without capacities the quota is missed, and so is the deferral; each says why."""
    for case in ("de-quota-blind", "nl-deferral"):
        points, whole = found(case, draws=300)
        assert not whole.passed
        assert any(not one.passed for one in points)
        assert "published" in whole.note
        assert whole.note_nl


def test_no_figure_of_the_predicted_years_is_used_when_blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other visas in the predicted years change neither the model nor its band."""
    from treves.policy.asylum import validation_de

    before = found("de-quota-blind", draws=100)[0]
    known = record("de", START)
    after = {p: type(f)(f.value * 3, f.source) if p >= "2020" else f for p, f in known.series["visas"].items()}
    changed = type(known)({**known.series, "visas": after}, known.labels, known.units, known.parameters)
    monkeypatch.setattr(validation_de, "record", lambda *_: changed)
    again = found("de-quota-blind", draws=100)[0]
    assert [(one.model, one.low, one.high) for one in before] == [(one.model, one.low, one.high) for one in again]
    assert [one.observed for one in before] != [one.observed for one in again]


def test_reception_a_year_ahead() -> None:
    """From the end of 2022 and of 2023 within 13 per cent and inside the band, and better than as at the start."""
    points, whole = found("nl-reception", draws=300)
    assert [one.period for one in points] == ["2023-04", "2023-12", "2024-11"]
    for one in points[1:]:
        assert abs(one.error) < 0.13
        assert one.inside
    assert whole.error < whole.naive


def test_rows_are_plain_and_in_two_languages() -> None:
    """Every row can be written as JSON; Dutch words differ."""
    rows = validate(["de-quota", "nl-reception"], draws=50)
    for one in rows:
        english, dutch = one.row(), one.row("nl")
        json.dumps([english, dutch])
        assert english["label"] != dutch["label"]
        assert english["error"] == dutch["error"]
        assert bool(english["note"]) == (english["observed"] is None)
        assert english["source"] or english["observed"] is None


def test_the_same_seed_gives_the_same_rows() -> None:
    """Validation can be repeated."""
    assert validate(["nl-deferral"], draws=50) == validate(["nl-deferral"], draws=50)
    assert validate(["nl-deferral"], draws=50, seed=1) != validate(["nl-deferral"], draws=50)


def test_an_unknown_case_is_an_error() -> None:
    """It names the cases that there are."""
    with pytest.raises(UnknownCase, match="se-law") as error:
        validate(["se-law"])
    assert all(key in error.value.hint for key in CASES)


def test_cases_are_described_in_both_languages() -> None:
    """Every case has its words."""
    assert set(described()) == set(CASES)
    for told in described().values():
        assert all(told[f"{word}_nl"] for word in ("label", "note", "naive"))
        assert 0 < told["target"] <= 0.2


def test_a_case_is_summed_up() -> None:
    """Errors are averaged without their signs, and points outside their bands are counted."""
    points = [
        Predicted("2020", "visas", "persons", (110.0, 90.0, 120.0), 50.0, 100.0, "x", 200.0),
        Predicted("2021", "visas", "persons", (60.0, 50.0, 70.0), 100.0, 100.0, "x", 200.0),
    ]
    first, second, whole = checks("de-quota", points)
    assert (first.inside, second.inside) == (True, False)
    assert [first.error, second.error, whole.error] == pytest.approx([0.1, -0.4, 0.25])
    assert (whole.naive, whole.other) == (0.25, 1.0)
    assert (whole.held, whole.inside, whole.passed) == (0.5, False, False)
    assert first.passed and not second.passed


@pytest.mark.parametrize(
    ("period", "months"),
    [
        ("2018-08", [0]),
        ("2018-08..12", [0, 1, 2, 3, 4]),
        ("2019", list(range(5, 17))),
        ("2018-Q4", [2, 3, 4]),
        ("x", []),
    ],
)
def test_periods_are_months_from_the_start(period: str, months: list[int]) -> None:
    """Years, quarters, months and ranges of months."""
    assert list(months_in(period, START)) == months


@given(st.lists(st.floats(1, 1e6), min_size=2, max_size=40), st.floats(1, 1e6))
def test_draws_nearer_to_what_was_seen_weigh_more(made: list[float], seen: float) -> None:
    """Weights add up to one, and follow the distance in logs."""
    weights = weights_of([(np.array(made), seen, 0.5)])
    assert weights.sum() == pytest.approx(1)
    nearest = int(np.argmin(np.abs(np.log(np.array(made) / seen))))
    assert weights[nearest] == pytest.approx(weights.max())


def test_bands_follow_the_weights() -> None:
    """A draw without weight does not count."""
    values, weights = np.array([1.0, 2.0, 3.0, 100.0]), np.array([0.25, 0.5, 0.25, 0.0])
    assert banded(values, weights, (*BAND, 0.5)) == (1.0, 3.0, 2.0)
    assert total_in(np.arange(10.0)[None, :], "2018-Q4", START)[0] == 2 + 3 + 4


def test_published_figures_agree_with_one_another() -> None:
    """Parts of a year do not exceed it; derived figures add up."""
    known = record("de", START)
    assert sum(known.value("visas", p) for p in ("2019-01..06", "2019-07..11", "2019-12")) == known.value(
        "visas", "2019"
    )
    for year in ("2020", "2021"):
        assert sum(known.value("visas", f"{year}-0{month}") for month in (1, 2, 3, 4)) < known.value("visas", year)
    dutch = record("nl", date(2022, 1, 1))
    assert sum(dutch.value("applications", f"2023-Q{quarter}") for quarter in (1, 2, 3, 4)) == 38_377
    assert all(one.source for series in (*known.series.values(), *dutch.series.values()) for one in series.values())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("visas = 3", "visas"),
        ('[visas.values]\n"2020" = 5', r"visas\.2020"),
        ('[visas.values]\n"2020" = [5, ""]', r"visas\.2020"),
        ('[visas.values]\n"2020" = ["many", "x"]', r"visas\.2020"),
        ("[visas", "cannot be read"),
    ],
)
def test_a_damaged_file_names_file_and_key(text: str, said: str) -> None:
    """A figure without a source is refused, as is what is no figure."""
    with pytest.raises(ParameterFileBroken, match=said) as error:
        read_record(text, "de/validation.toml", START)
    assert "de/validation.toml" in str(error.value)
