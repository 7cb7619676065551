"""Backtests: scores against their definitions, folds that leak nothing, survival models against known answers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from treves.bargaining.backtests import cabinets as survival
from treves.bargaining.backtests import outcomes, scores
from treves.bargaining.backtests.base_rate import CABINETS
from treves.bargaining.backtests.cabinets import Cabinets
from treves.bargaining.backtests.cases import Cases, folds
from treves.bargaining.backtests.outcome_logit import fit
from treves.services.backtests import load_cabinets

Floats = NDArray[np.float64]


def settled(count: int = 90, *, seed: int = 3) -> Cases:
    """Issues of three to a proposal whose outcome is near the weighted mean."""
    rng = np.random.default_rng(seed)
    positions = rng.choice([0.0, 30.0, 50.0, 80.0, 100.0], (count, 6))
    positions[rng.random((count, 6)) < 0.15] = np.nan
    saliences = np.where(np.isnan(positions), 0.0, rng.uniform(10, 100, (count, 6)))
    reference = np.where(rng.random(count) < 0.3, np.nan, rng.choice([0.0, 100.0], count))
    weighted = np.nansum(positions * saliences, axis=1) / saliences.sum(axis=1)
    reached = np.clip(weighted + rng.normal(0, 8, count), 0, 100)
    return Cases(positions, saliences, np.ones(6), reference, reached, np.arange(count) // 3, proposer=0)


def mean_of(cases: Cases) -> Floats:
    """The compromise model in two lines."""
    weight = np.where(cases.taken, cases.saliences, 0.0)
    return np.asarray((weight * np.where(cases.taken, cases.positions, 0.0)).sum(axis=1) / weight.sum(axis=1))


@given(st.lists(st.integers(0, 200), min_size=1, max_size=8), st.floats(0, 100))
def test_crps_is_its_expectation_form(places: list[int], outcome: float) -> None:
    """CRPS = E|X - y| - E|X - X'| / 2 (Gneiting and Raftery 2007, eq. 21)."""
    sample = np.array(places) / 2
    expected = np.abs(sample - outcome).mean() - np.abs(sample[:, None] - sample[None, :]).mean() / 2
    found = scores.crps(scores.empirical(sample[None, :]), np.array([outcome]))
    assert found[0] == pytest.approx(expected, abs=1e-9)


def test_crps_of_a_point_is_its_error() -> None:
    """A forecast without doubt is scored by its distance."""
    assert scores.crps(scores.empirical(np.array([[30.0]])), np.array([71.5]))[0] == pytest.approx(41.5)


def test_crps_of_a_known_distribution() -> None:
    """Even mass over 0-100 and an outcome of 50: the integral is 100/12, but for the steps of the grid."""
    cdf = scores.empirical(scores.GRID[None, :])
    assert scores.crps(cdf, np.array([50.0]))[0] == pytest.approx(100 / 12, abs=0.2)


def test_medians_and_coverage() -> None:
    """The median has half of the mass on either side; the central half holds half of an even sample."""
    cdf = np.repeat(scores.empirical(scores.GRID[None, :]), 201, axis=0)
    assert scores.medians(cdf)[0] == 50
    assert scores.coverage(cdf, scores.GRID, 0.5) == pytest.approx(0.5, abs=0.02)


@given(st.lists(st.integers(0, 9), min_size=4, max_size=60), st.integers(2, 6), st.integers(0, 99))
def test_folds_keep_groups_together(codes: list[int], count: int, seed: int) -> None:
    """Every case is tested once, and its group is never in the training set then."""
    groups = np.array(codes)
    tested = []
    for training, test in folds(groups, count, seed):
        assert not set(groups[training]) & set(groups[test])
        tested += test.tolist()
    assert sorted(tested) == list(range(len(codes)))


def test_the_logit_learns_what_settles_issues() -> None:
    """On issues that end near the weighted mean it beats what always happens, and says so with the right confidence."""
    found = outcomes.backtest(settled(), {"mean": mean_of}, count=5, seed=2)
    by_name = {m.model: m for m in found.models}
    assert (found.issues, found.groups, found.folds) == (90, 30, 5)
    assert by_name["outcome logit"].crps < 0.8 * by_name["climatology"].crps
    assert by_name["mean"].mae < by_name["climatology"].mae
    assert 0.75 <= by_name["outcome logit"].coverage90 <= 1
    assert found.models[0].against is None
    assert all(m.against is not None for m in found.models[1:])
    assert by_name["climatology"].against is not None
    assert not by_name["climatology"].against.noise


def test_spread_over_workers_it_is_the_same() -> None:
    """Folds may be worked on by others, in any order."""
    with ThreadPoolExecutor(2) as pool:
        spread = outcomes.backtest(settled(45), {"mean": mean_of}, count=3, seed=2, executor=pool)
    assert spread == outcomes.backtest(settled(45), {"mean": mean_of}, count=3, seed=2)


def test_outcomes_of_the_test_fold_change_no_forecast_of_it() -> None:
    """Nothing of an issue's own proposal is learned: its outcome may be anything."""
    cases = settled(60)
    training, test = next(folds(cases.groups, 4, 1))
    wrong = cases.outcomes.copy()
    wrong[test] = 100 - wrong[test]
    other = attrs.evolve(cases, outcomes=wrong)
    first = fit(cases.only(training), seed=1).forecast(cases.only(test))
    second = fit(other.only(training), seed=1).forecast(other.only(test))
    assert np.array_equal(first, second)


def test_forecasts_are_distributions() -> None:
    """They rise to 1 and never fall."""
    cases = settled(30)
    cdf = fit(cases, seed=1).forecast(cases)
    assert (np.diff(cdf, axis=1) >= -1e-12).all()
    assert np.allclose(cdf[:, -1], 1)


def test_usable_issues() -> None:
    """An issue needs an outcome and three actors that took a position and care."""
    cases = settled(4)
    cases.outcomes[0] = np.nan
    cases.saliences[1, :4] = 0
    cases.saliences[1, 4:] = 1
    assert len(cases.usable(3)) == 2


def test_a_difference_of_nothing_is_noise() -> None:
    """Two models that do equally well but for chance; and one that is plainly worse."""
    rng = np.random.default_rng(1)
    loss, groups = rng.random(200), np.arange(200) // 4
    assert scores.difference(loss, loss + rng.normal(0, 0.1, 200), groups, seed=1).noise
    assert not scores.difference(loss, loss + 0.2, groups, seed=1).noise


def test_reliability_of_true_chances() -> None:
    """Chances that come true as often as they say lie within the bands, nearly always."""
    rng = np.random.default_rng(4)
    stated = rng.random(5_000)
    table = scores.reliability_of(stated, rng.random(5_000) < stated)
    assert sum(b.count for b in table) == 5_000
    assert sum(b.low <= b.observed <= b.high for b in table) >= 7


def lives(count: int = 400, *, seed: int = 5) -> Cabinets:
    """Cabinets with a constant hazard of 0.05 a month times exp(trait), censored after 48 months."""
    rng = np.random.default_rng(seed)
    trait = rng.normal(0, 1, (count, 1))
    months = rng.exponential(1 / (0.05 * np.exp(trait[:, 0])))
    return Cabinets(np.minimum(months, 48), months < 48, trait, ("trait",), np.arange(count) % 8)


def test_concordance_of_a_small_case() -> None:
    """Three cases by hand: of the pairs that can be compared, the riskier one fell first in two of three."""
    risk, months = np.array([3.0, 1.0, 2.0]), np.array([1.0, 2.0, 3.0])
    assert survival.concordance(risk, months, np.array([True, True, True])) == pytest.approx(2 / 3)
    assert survival.concordance(risk, months, np.array([True, False, True])) == 1.0


def test_the_hazard_finds_what_made_the_data() -> None:
    """Slope 1 by standardised trait, rate 0.05 in every stretch, within sampling error."""
    pytest.importorskip("statsmodels", reason="needs the extra backtest")
    made = lives(3_000)
    found = survival.fit_hazard(made)
    assert found.slopes[0] == pytest.approx(made.traits.std(), abs=0.1)
    assert np.exp(found.log_rates[:4]) == pytest.approx(0.05, rel=0.25)
    assert found.collapse(age=12, days=7) == pytest.approx(0.05 * 7 / 30.4375, rel=0.25)


def test_the_cabinet_backtest_beats_knowing_nothing() -> None:
    """Hazard and Cox agree on such data, and both beat the curve without traits; by country as well."""
    pytest.importorskip("statsmodels", reason="needs the extra backtest")
    for by_country in (False, True):
        found = survival.backtest(lives(), count=5, by_country=by_country)
        hazard, cox, plain = found.models
        assert hazard.concordance > 0.65
        assert abs(hazard.concordance - cox.concordance) < 0.02
        assert plain.concordance == 0.5
        assert dict(hazard.brier)[24.0] < dict(plain.brier)[24.0]
        assert abs(found.hazard_less_cox.mean) < 0.02


def test_the_base_rate_is_that_of_the_data() -> None:
    """Fitted again, the hazard in the second year has the median and spread that outlooks lean on."""
    pytest.importorskip("statsmodels", reason="needs the extra backtest")
    data = Path(__file__).parents[3] / "shared" / "data" / "cabinets-314.tab.gz"
    if not data.is_file():
        pytest.skip("the shared data are not here")
    cabinets = load_cabinets(data)
    fitted = survival.fit_hazard(cabinets)
    rates = fitted.risk(cabinets.traits) * np.exp(fitted.log_rates[2])
    told = (CABINETS.low, CABINETS.value, CABINETS.high)
    assert np.quantile(rates, (0.05, 0.5, 0.95)) == pytest.approx(told, abs=0.001)
