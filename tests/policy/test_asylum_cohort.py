"""The cohort core of the asylum chain: nobody is lost, queues and caps do what the rules say, the same seed the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treves.model.policy import Reform, Result, Value
from treves.policy.asylum.catalogue import INDICATORS
from treves.policy.asylum.cohort import run_cohorts
from treves.policy.asylum.country import Country, Nationality, country
from treves.policy.asylum.layout import NUMBERS
from treves.policy.asylum.model import AsylumModel, germany, netherlands
from treves.policy.asylum.options import in_court, plan_of
from treves.policy.asylum.rules import income_share
from treves.policy.draws import Floats
from treves.policy.sensitivity import Question, swings, variance_split

START = date(2023, 7, 1)
AT = {indicator.key: place for place, indicator in enumerate(INDICATORS)}
STEADY = {
    "inflow": 12_000, "inflow_drift": 0, "pending": 0, "decision_capacity": 100_000, "decision_least": 0,
    "closed_share": 0, "grant_rate": 1, "share_b": 0.78, "appeals": 0, "leaving": 0, "holders": 0, "relatives_present": 0,
    "relatives": 10_927 / 12_000, "apply_lag": 0.01, "family_pending": 0, "case_capacity": 100_000, "case_least": 0,
    "approval": 1, "visa_lag": 0, "status_appeal_share": 0, "housing_least": 0, "housing_capacity": 2_000,
}  # fmt: skip
"""A thousand granted a month, with 10,927 relatives a year of whom .78 join B holders; no stage takes time."""


@cache
def one_group() -> Country:
    """The Netherlands with one nationality and without seasons."""
    everybody = Nationality("ALL", "All", "Alle", 1.0, 0.8, 0.5, 1.0)
    return attrs.evolve(country("nl"), nationalities=(everybody,), season=np.ones(12))


def steady(reform: Reform, numbers: Mapping[str, float] | None = None, *, months: int = 60) -> Mapping[str, Floats]:
    """The indicators of one run of the steady chain, by key."""
    model = AsylumModel(one_group(), key="steady", start=START)
    result = model.run([reform], months=months, draws=1, overrides=STEADY | dict(numbers or {}))
    return {key: result.values[0, 0, place] for key, place in AT.items()}


def option(**set_to: Value) -> Reform:
    """A reform with these settings."""
    return Reform("option", "Option", settings=tuple(set_to.items()))


@cache
def ready_made() -> Result:
    """All ready-made options, with few draws."""
    model = netherlands()
    return model.run([reform.key for reform in model.reforms], draws=200)


def test_hand_check_of_the_quota() -> None:
    """R1 admits 200 relatives of B holders a month, and its queue grows by the 510 that are over."""
    found = steady(Reform("r1", "R1", settings=(("two_status", True), ("cap", 200.0), ("wait", 24.0))))
    assert np.allclose(found["arrivals_b"][30:], 200)
    over = 10_927 * 0.78 / 12 - 200
    assert over == pytest.approx(510, abs=0.5)
    assert np.allclose(np.diff(found["cap_queue"])[30:], over)
    assert np.allclose((found["arrivals"] - found["arrivals_b"])[1:], 10_927 * 0.22 / 12)


@given(
    st.integers(0, 2**32),
    st.fixed_dictionaries(
        {},
        optional={
            "two_status": st.booleans(),
            "cap": st.integers(0, 3000),
            "carry_over": st.booleans(),
            "wait": st.integers(0, 40),
            "income": st.booleans(),
            "housing": st.booleans(),
            "core_family": st.booleans(),
            "suspended": st.booleans(),
            "hardship_cap": st.integers(0, 300),
            "deferral": st.booleans(),
            "deferral_most": st.integers(0, 30),
            "brake": st.booleans(),
            "brake_wait": st.integers(0, 40),
            "transition": st.sampled_from(["grants", "applications", "pending"]),
            "start": st.sampled_from([date(2022, 1, 5), date(2023, 7, 1), date(2024, 2, 29)]),
            "struck": st.sampled_from([date(2024, 2, 29), date(2025, 1, 1), date(2029, 1, 1)]),
            "months": st.integers(0, 30),
        },
    ),
)
@settings(max_examples=60)
def test_nobody_is_lost(seed: int, set_to: dict[str, Value]) -> None:
    """Whatever the parameters and the option: persons in are persons in stages and out, every month; none is negative."""
    place, chance = country("nl"), np.random.default_rng(seed)
    values = {
        p.key: np.clip(p.value * np.exp(chance.normal(size=20)), max(p.bounds[0], 0), p.bounds[1])
        for p in place.at(START)
    }
    plan = plan_of(option(**set_to), months=36, start=START, season=place.season)
    out, error = run_cohorts(values, groups=place.groups(), plan=plan, check=True)
    assert error.shape == (20, 36)
    assert error.max() < 1e-9
    assert np.nanmin(out) > -1e-6


def test_the_check_would_find_a_loss() -> None:
    """A group without a number of applicants is told."""
    place = country("nl")
    values = {p.key: np.full(1, p.value) for p in place.at(START)}
    groups = place.groups()
    groups["share"][0] = np.nan
    plan = plan_of(Reform("b", "B"), months=2, start=START, season=place.season)
    _, error = run_cohorts(values, groups=groups, plan=plan, check=True)
    assert not (error < 1e-9).all()


def test_a_queue_in_balance_waits_as_long_as_it_is_deep() -> None:
    """Little's law: 12,000 open cases at 1,000 a month wait 12 months, first in, first out."""
    found = steady(option(), {"pending": 12_000, "decision_capacity": 1_000})
    assert np.allclose(found["pending"], 12_000)
    assert np.allclose(found["processing_time"][12:], 12)


def test_a_wait_holds_back_until_it_is_over() -> None:
    """Relatives of B holders arrive two years after the grant, those of A holders at once."""
    found = steady(option(two_status=True, wait=24, transition="grants"))
    assert np.allclose(found["arrivals_b"][1:24], 0, atol=5)
    assert np.allclose(found["arrivals_b"][26:], 10_927 * 0.78 / 12)
    assert found["blocked"][23] == pytest.approx(24 * 10_927 * 0.78 / 12, rel=0.02)
    assert np.allclose(found["wait"][30:], 0.78 * 24 + 0.22 * 0, atol=0.05)


def test_means_come_with_the_years() -> None:
    """With sufficient means asked, the share of a cohort that has come is that of the sponsors with means."""
    set_to = option(two_status=True, income=True, transition="grants")
    found = steady(set_to, {"income_24": 0.24, "income_60": 0.36}, months=120)
    means = np.array([income_share(0.24, 0.36, months) for months in range(2, 120)])
    assert means[70] == pytest.approx(0.24 + 0.01 * 48)
    assert np.allclose(np.diff(found["blocked"])[1:], 10_927 * 0.78 / 12 * (1 - means))


def test_hardship_is_served_before_the_rest_and_capped() -> None:
    """With 40 per cent hardship, 284 a month ask and 200 get it; the others stay blocked."""
    found = steady(option(two_status=True, suspended=True, hardship_cap=200), {"hardship_share": 0.4})
    monthly = 10_927 * 0.78 / 12
    assert np.allclose(found["arrivals_b"][2:], 200)
    assert np.allclose(np.diff(found["hardship_queue"])[2:], 0.4 * monthly - 200)
    assert np.allclose(np.diff(found["blocked"])[2:], 0.6 * monthly)


def test_a_measure_that_is_struck_down_lets_all_go() -> None:
    """After the ruling nobody is blocked or in line for the cap, and all who waited arrive."""
    set_to: dict[str, Value] = {"two_status": True, "cap": 200, "wait": 24, "struck": date(2026, 7, 1)}
    found, free = steady(option(**set_to)), steady(option(two_status=True))
    assert found["cap_queue"][35] > 5_000
    assert found["blocked"][35] > 15_000
    assert np.allclose(found["cap_queue"][36:], 0)
    assert np.allclose(found["blocked"][36:], 0, atol=1e-6)
    assert found["arrivals"][:40].sum() == pytest.approx(free["arrivals"][:40].sum())


def test_unused_cap_carries_over_only_when_told() -> None:
    """A cap of 1,000 that starts half a year before those who fall under it admits more at first, or not."""
    common: dict[str, Value] = {"two_status": True, "wait": 6, "cap": 400, "transition": "grants"}
    plain, carried = steady(option(**common)), steady(option(carry_over=True, **common))
    until = steady(option(carry_over=True, carry_until=date(2023, 9, 1), **common))
    assert plain["arrivals_b"][7:].max() == pytest.approx(400)
    assert carried["arrivals_b"][7] == pytest.approx(10_927 * 0.78 / 12, rel=0.02)
    assert until["arrivals_b"][7:].max() == pytest.approx(400)
    assert np.allclose(carried["arrivals_b"][40:], 400)


def test_the_transition_rule_says_who_falls_under_a_measure() -> None:
    """Pending cases stop only where they are covered; sponsors from before the start are free under "grants"."""
    numbers = {"family_pending": 6_000, "case_capacity": 1_000, "apply_lag": 2.0, "decision_capacity": 1_000}
    runs = {
        rule: steady(option(two_status=True, suspended=True, transition=rule), numbers)
        for rule in ("grants", "applications", "pending")
    }
    early = {rule: found["arrivals_b"][:12].sum() for rule, found in runs.items()}
    assert early["pending"] < 1e-6
    assert early["applications"] == pytest.approx(6_000 * 0.78, rel=0.01)
    assert early["grants"] > early["applications"] + 500


def test_frozen_cases_go_on_where_they_were() -> None:
    """After a suspension of two years the files are worked off, the oldest first, and nobody is missing."""
    numbers = {"family_pending": 6_000, "case_capacity": 2_000}
    found = steady(option(two_status=True, suspended=True, transition="pending", months=24), numbers)
    free = steady(option(), numbers)
    assert found["family_pending"][20] == pytest.approx(6_000 * 0.78, rel=0.01)
    assert found["arrivals_b"][24] > 0
    assert found["arrivals"].sum() == pytest.approx(free["arrivals"].sum(), rel=1e-6)


def test_deferral_lasts_until_there_is_a_home_or_its_longest_term() -> None:
    """With homes for nobody the visa comes after 15 months; with homes for all at once there is no deferral."""
    shut = steady(option(deferral=True, transition="pending"), {"housing_capacity": 0})
    assert shut["arrivals"][14] < shut["arrivals"][16]
    assert np.allclose(shut["arrivals"][17:], 10_927 / 12)
    assert np.diff(shut["deferred"])[3:13].min() > 900
    at_once = steady(option(deferral=True, transition="pending"))["deferred"]
    assert at_once.max() < 10_927 / 12, "who is granted and decided in one month has a home in the next"


def test_the_brake_goes_on_when_a_trigger_is_passed() -> None:
    """And stays on for its least term; without a trigger it stays off."""
    none: dict[str, Value] = {"brake_occupancy": 0.0, "brake_backlog": 0.0, "brake_decision": 0.0}
    assert steady(option(brake=True, **none))["brake"].max() == 0
    small = {"places": 3_000.0, "fill_rate": 1.0, "holders": 4_000.0, "relatives_share": 0.0}
    found = steady(option(two_status=True, brake=True, **none | {"brake_occupancy": 1.0, "brake_least": 8.0}), small)
    assert found["brake"][:8].tolist() == [1.0] * 8
    assert found["brake"][20:].max() == 0
    assert found["arrivals_b"][:8].sum() < found["arrivals_b"][8:16].sum()


def test_two_statuses_bring_appeals() -> None:
    """B holders ask for A where it is worth something; who wins is free of the rules for B."""
    numbers = {"status_appeal_share": 0.5, "status_appeal_success": 0.4, "court_capacity": 10_000}
    base = steady(option(), numbers)
    two = steady(option(two_status=True, wait=24, transition="grants"), numbers)
    assert base["appeals"].max() < 1e-9
    assert two["appeals"][20] == pytest.approx(0.5 * 780, rel=0.01)
    assert two["arrivals"][10] == pytest.approx((0.22 + 0.78 * 0.2) * 10_927 / 12, rel=0.02)


def test_the_core_family_leaves_out_its_share() -> None:
    """Of A holders' relatives too."""
    found = steady(option(core_family=True), {"excluded_share": 0.25})
    assert np.allclose(found["arrivals"][2:], 0.75 * 10_927 / 12)


def test_figures_that_are_given_replace_the_drawn_ones() -> None:
    """Month by month, where they are numbers."""
    given_ = {"inflow": [500.0, float("nan"), 700.0]}
    model = AsylumModel(one_group(), key="given", start=START, given=given_)
    result = model.run([option()], months=3, draws=1, overrides=STEADY)
    assert result.series("option", "inflow")[0].tolist() == [500, 1_000, 700]


def test_options_share_their_draws() -> None:
    """What an option does not touch is the same to the last bit in every draw."""
    result = ready_made()
    for key in ("inflow", "decisions", "pending"):
        assert np.array_equal(result.series("one-status", key), result.series("r3", key))
    fewer = result.difference("r3", "arrivals_b", base="one-status")[:, 24:].sum(axis=1)
    assert (fewer < 0).mean() > 0.95, "hardship cases take no case capacity, so a few draws have more"


def test_the_same_seed_gives_the_same_bytes_on_any_number_of_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """And a draw does not depend on how many there are."""
    one = netherlands().run(["r1"], draws=900, months=24)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    two = netherlands().run(["r1"], draws=900, months=24)
    fewer = netherlands().run(["r1"], draws=450, months=24)
    assert one.values.tobytes() == two.values.tobytes()
    assert fewer.values.tobytes() == one.values[:, :450].tobytes()


def test_the_response_of_the_inflow_is_run_apart() -> None:
    """The mechanical run has the inflow of the baseline; the other one has 5 per cent less."""
    reform = option(two_status=True, suspended=True, response=True)
    result = netherlands().run(["one-status", reform], draws=3, months=12, overrides={"inflow_response": -0.05})
    assert [r.key for r in result.reforms] == ["one-status", "option", "option+response"]
    base, rules, both = (result.series(r.key, "inflow") for r in result.reforms)
    assert np.array_equal(base, rules)
    assert np.allclose(both, 0.95 * base)


def test_courts_are_branches() -> None:
    """Each is run; without a chance they are not mixed."""
    r1 = next(reform for reform in netherlands().reforms if reform.key == "r1")
    result = netherlands().run([in_court(r1, struck=date(2025, 1, 1), chance=0.4)], draws=50)
    assert [r.key for r in result.reforms] == ["r1/stands", "r1/struck"]
    stands, struck = (result.series(r.key, "arrivals_b")[:, 40].mean() for r in result.reforms)
    assert stands < result.mixed("r1", "arrivals_b")[40]["mean"] < struck


def test_the_mean_rates_are_met_over_all_groups() -> None:
    """Grants and statuses of the first months follow the parameters, whatever the rates of the groups."""
    numbers = {"grant_rate": 0.6, "share_b": 0.7, "closed_share": 0.1, "appeals": 0.0, "decision_capacity": 1_000.0}
    result = netherlands().run(["one-status"], draws=1, months=1, overrides=numbers)
    granted_a, granted_b = (result.series("one-status", key)[0, 0] for key in ("granted_a", "granted_b"))
    assert granted_a + granted_b == pytest.approx(1_000 * 0.9 * 0.6, rel=1e-6)
    assert granted_b / (granted_a + granted_b) == pytest.approx(0.7, rel=1e-6)


def test_b_holders_bring_the_share_of_relatives_that_was_found() -> None:
    """The mix of nationalities gives 70 to 88 per cent."""
    result = netherlands().run(["one-status"], draws=1, months=24)
    share = result.series("one-status", "arrivals_b") / result.series("one-status", "arrivals")
    assert 0.70 < share[0, -1] < 0.88


def test_germany_runs() -> None:
    """With one group, and figures of the right size: about 1,000 visas a month at most under the quota."""
    result = germany().run(["quota-de"], draws=100, months=17)
    assert result.series("quota-de", "arrivals_b").max() < 1_400
    assert tuple(p.key for p in germany().parameters) == NUMBERS


def test_the_variance_of_an_answer_is_split() -> None:
    """The parameters that matter stand first, and swings agree with them."""
    model = netherlands()
    question = Question(model.reforms[0], "occupancy", months=24, month=23)
    shares, found = variance_split(model, question, size=64), swings(model, question)
    assert shares[0].parameter.key == found[0].parameter.key == "inflow"
    assert sum(share.total for share in shares) > 0.8
    assert {share.parameter.key for share in shares if share.total > 0.02} <= {s.parameter.key for s in found[:14]}
