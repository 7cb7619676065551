"""The per-person mode: nobody is lost, it agrees with the cohorts, and the same person meets the same luck everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treves.model.policy import Reform, Value
from treves.policy.asylum.catalogue import INDICATORS
from treves.policy.asylum.cohort import run_cohorts
from treves.policy.asylum.country import Country, Nationality, country
from treves.policy.asylum.layout import HISTORY, A, B, Floats
from treves.policy.asylum.model import netherlands
from treves.policy.asylum.options import plan_of
from treves.policy.asylum.persons import HOUSEHOLD, PersonRun, TooManyPersons, follow, run_persons, waiting_rows
from treves.policy.asylum.persons_layout import MEANS_ENOUGH, MEANS_NEVER, WATCHED
from treves.policy.asylum.persons_open import lag_at, part_of, size_at
from treves.policy.asylum.rules import not_yet
from treves.policy.draws import drawn

START = date(2023, 7, 1)
SETS = 20
COMPARED = (
    "decisions", "granted_a", "granted_b", "family_applications", "family_pending", "blocked", "deferred", "cap_queue",
    "hardship_queue", "arrivals", "arrivals_b", "occupancy", "holders_waiting", "relatives_waiting", "departures",
)  # fmt: skip
STEADY = {
    "inflow": 12_000, "inflow_drift": 0, "pending": 0, "decision_capacity": 100_000, "decision_least": 0,
    "closed_share": 0, "grant_rate": 1, "share_b": 0.78, "appeals": 0, "leaving": 0, "holders": 0, "relatives_present": 0,
    "relatives": 10_927 / 12_000, "apply_lag": 0.01, "family_pending": 0, "case_capacity": 100_000, "case_least": 0,
    "approval": 1, "visa_lag": 0, "status_appeal_share": 0, "housing_least": 0, "housing_capacity": 2_000,
}  # fmt: skip


@cache
def values(draw: int) -> Mapping[str, float]:
    """One draw of the parameters."""
    found = drawn((*country("nl").at(START), HOUSEHOLD), draws=SETS, seed=11)
    return {key: float(figures[draw]) for key, figures in found.items()}


def plan(reform: Reform, months: int, place: Country | None = None) -> Any:
    """The plan of a reform."""
    return plan_of(reform, months=months, start=START, season=(place or country("nl")).season)


def run(
    reform: Reform, numbers: Mapping[str, float], *, months: int = 36, scale: float = 0.02, **more: Any
) -> PersonRun:
    """A run of the Dutch chain for persons."""
    groups = country("nl").groups()
    return run_persons(numbers, groups=groups, plan=plan(reform, months), scale=scale, **{"seed": 1, **more})


def option(**set_to: Value) -> Reform:
    """A reform with these settings."""
    return Reform("option", "Option", settings=tuple(set_to.items()))


def steady(reform: Reform, months: int = 60) -> PersonRun:
    """A run of a chain in which no stage takes time: a thousand granted a month."""
    everybody = Nationality("ALL", "All", "Alle", 1.0, 0.8, 0.5, 1.0)
    place = attrs.evolve(country("nl"), nationalities=(everybody,), season=np.ones(12))
    numbers = {one.key: one.value for one in place.at(START)} | STEADY
    return run_persons(numbers, groups=place.groups(), plan=plan(reform, months, place), seed=3)


options = st.fixed_dictionaries(
    {
        "two_status": st.booleans(),
        "transition": st.sampled_from(("grants", "applications", "pending")),
        "start": st.sampled_from((date(2022, 1, 1), START, date(2024, 6, 1))),
        "months": st.sampled_from((0, 1, 14)),
        "core_family": st.booleans(),
        "deferral": st.booleans(),
        "brake": st.booleans(),
        "suspended": st.booleans(),
        "income": st.booleans(),
        "housing": st.booleans(),
        "wait": st.sampled_from((0, 7, 24)),
        "carry_over": st.booleans(),
    },
    optional={"cap": st.integers(0, 800), "hardship_cap": st.integers(0, 300)},
)


@settings(max_examples=40, deadline=None)
@given(set_to=options, draw=st.integers(0, SETS - 1), seed=st.integers(0, 2**32))
def test_nobody_is_lost_to_the_last_person(set_to: dict[str, Value], draw: int, seed: int) -> None:
    """Under any option, every month, those counted over again from the records are those who came in."""
    found = run(option(**set_to), values(draw), seed=seed, check=True)
    assert found.lost.max() == 0
    assert found.records <= len(found.crowd.people)


def test_the_check_would_find_a_loss() -> None:
    """A person who is taken out of the records by hand is missed."""
    from treves.policy.asylum.persons_kernel import _lost

    found = run(option(), values(0))
    totals = found.figures[:, -1]
    assert np.isfinite(totals[[one.key for one in INDICATORS].index("occupancy")])
    recount = _lost.py_func  # type: ignore[attr-defined]
    from treves.policy.asylum.persons_layout import tally_of

    tally = tally_of(36, 10)
    people = found.crowd.people
    for stage in range(len(tally.stock)):
        tally.stock[stage] = (people.weight * (people.state == stage) + people["size"] * (people.family == stage)).sum()
    tally.stock[17] += people.out.sum()
    persons, relatives = tally.stock[:7].sum(), tally.stock[7:].sum()
    crowd = found.crowd._replace(counts=np.array([0, 0, 0, 0, 0]))
    assert recount(persons, relatives, crowd, tally) == persons + relatives


def test_both_modes_agree_on_random_parameters() -> None:
    """On 20 random sets of parameters, each under an option, means over persons are within sampling error of the cohorts.

    Each set is run for eight crowds. Deviations in standard errors follow Student's distribution with seven degrees of
    freedom, whose root mean square is 1.18; a systematic difference of one per cent would make it several times that.
    """
    keys = [one.key for one in INDICATORS]
    rows = [keys.index(key) for key in COMPARED]
    reforms = [one for one in netherlands().reforms if one.key not in ("deferral", "one-status")]
    groups, scale, months, crowds = country("nl").groups(), 0.2, 48, 8
    deviations = []
    for draw in range(SETS):
        made = plan(reforms[draw % len(reforms)], months)
        numbers = values(draw)
        persons = np.array(
            [
                run_persons(numbers, groups=groups, plan=made, seed=seed, scale=scale).figures[rows].mean(axis=1)
                for seed in range(crowds)
            ]
        )
        cohorts = run_cohorts({key: np.array([one]) for key, one in numbers.items()}, groups=groups, plan=made)[0][0]
        expected = cohorts[rows].mean(axis=1)
        error = persons.std(axis=0, ddof=1) / np.sqrt(crowds)
        known = (error > 0) & (expected > 1.0)
        error = np.hypot(error, 1.0 / scale / np.sqrt(12 * crowds))  # whole persons
        deviations += list(((persons.mean(axis=0) - expected) / error)[known])
    found = np.array(deviations)
    assert len(found) > 10 * SETS
    assert np.sqrt((found**2).mean()) < 1.5
    assert abs(found).max() < 7


def test_the_same_seed_gives_the_same_persons() -> None:
    """Same seed, same bytes; another seed, other persons; another option, the same persons with another fate."""
    reforms = {one.key: one for one in netherlands().reforms}
    one, again, other = (run(reforms["r1"], values(2), seed=seed) for seed in (5, 5, 6))
    assert one.figures.tobytes() == again.figures.tobytes()
    assert one.figures.tobytes() != other.figures.tobytes()
    elsewhere = run(reforms["bill-36703"], values(2), seed=5)
    for name in ("group", "came", "decided", "granted"):
        assert (one.crowd.people[name] == elsewhere.crowd.people[name]).all()
    assert (one.crowd.people.arrived != elsewhere.crowd.people.arrived).any()


def test_hand_check_of_the_quota_with_persons() -> None:
    """In steady state 200 relatives of B holders arrive a month, and the line grows by about 510."""
    found = steady(option(two_status=True, cap=200))
    assert found.series("arrivals_b")[24:].mean() == pytest.approx(200, abs=0.2)
    growth = np.diff(found.series("cap_queue"))[24:].mean()
    assert growth == pytest.approx(10_927 * 0.78 / 12 - 200, rel=0.03)


def test_a_cap_is_kept_over_time_though_families_are_not_split() -> None:
    """A month may go over by part of a family, which the next one makes good."""
    found = steady(option(two_status=True, cap=200))
    arrived = np.cumsum(found.series("arrivals_b"))
    allowed = 200 * np.arange(1, len(arrived) + 1)
    assert (arrived <= allowed + found.crowd.people["size"].max()).all()
    assert (np.diff(arrived) % 1 == 0).all()


def test_waits_of_single_families() -> None:
    """With a wait of two years nobody comes before; those in line at the end have no end to their wait."""
    found = steady(option(two_status=True, wait=24, cap=200))
    waits = found.waits(status=B, granted=(0, 12))
    assert waits.min() >= 24
    rows = waiting_rows(waits)
    assert [row["at"] for row in rows] == [0.5, 0.9]
    assert rows[0]["months"] is None or rows[0]["months"] >= 24
    late = found.waits(status=B, granted=(40, 60))
    assert np.isinf(late).all()
    assert waiting_rows(late) == [{"at": 0.5, "months": None}, {"at": 0.9, "months": None}]
    assert waiting_rows(late[:0]) == [{"at": 0.5, "months": None}, {"at": 0.9, "months": None}]
    assert found.waits(status=A, granted=(0, 30)).max() <= 1


def test_waits_grow_with_the_line() -> None:
    """Under a cap that is too small, the later the grant the longer the median wait."""
    found = steady(option(two_status=True, cap=300), months=120)
    medians = [waiting_rows(found.waits(granted=(year, year + 12)))[0]["months"] for year in (0, 12, 24)]
    assert medians == sorted(medians)  # type: ignore[type-var]
    assert medians[2] > medians[0] + 12  # type: ignore[operator]


def watched(count: int = 5, **set_to: Any) -> Any:
    """Sponsors to watch."""
    found = np.zeros(count, dtype=WATCHED)
    found["granted"], found["status"], found["lag"] = HISTORY + 6, B, 1
    for key, value in set_to.items():
        found[key] = value
    return found


def test_watched_families_take_nobodys_place() -> None:
    """Nobody who is watched is counted, or uses up a decision or a visa; only the order within a month may differ."""
    reforms = {one.key: one for one in netherlands().reforms}
    without = run(reforms["r1"], values(4), months=60)
    seen = run(reforms["r1"], values(4), months=60, watched=watched())
    assert seen.records - seen.watched == 5
    assert len(seen.waits(granted=(6, 7), watched=True)) == 5
    for key in ("granted_b", "family_applications", "blocked", "inflow", "departures"):
        assert (without.series(key) == seen.series(key)).all()
    for key in ("arrivals", "cap_queue", "occupancy", "housed"):
        assert seen.series(key).sum() == pytest.approx(without.series(key).sum(), rel=0.01)


def test_means_and_home_decide_for_a_watched_family() -> None:
    """Where both are asked, who has them comes after the wait, and who never gets them never comes."""
    reform = option(two_status=True, income=True, housing=True, wait=12)
    numbers = dict(values(1)) | {"case_capacity": 100_000.0}
    for means, home, comes in ((MEANS_ENOUGH, True, True), (MEANS_NEVER, True, False)):
        found = run(reform, numbers, months=60, watched=watched(means=means, home=home))
        waits = found.waits(granted=(6, 7), watched=True)
        assert np.isfinite(waits).all() == comes
        assert waits.min() >= 12


def test_a_scale_changes_the_noise_and_not_the_figures() -> None:
    """A twentieth of the country gives the same figures but for chance."""
    small, large = (run(option(), values(3), scale=scale).series("occupancy") for scale in (0.05, 0.2))
    assert small == pytest.approx(large, rel=0.02)


def test_a_run_that_is_too_large_is_refused() -> None:
    """More persons than fit are an error that says how many."""
    with pytest.raises(TooManyPersons, match="too large"):
        run(option(), dict(values(0)) | {"inflow": 1e6}, months=600, scale=20)


def test_a_reform_can_be_followed_by_the_model() -> None:
    """The model's own seasons and groups are used."""
    model = netherlands()
    found = follow(model, model.reforms[0], values(5), months=12, start=START, seed=1, scale=0.02)
    assert found.series("inflow").sum() == pytest.approx(values(5)["inflow"], rel=0.1)
    assert found.months == 12


@settings(max_examples=30, deadline=None)
@given(related=st.floats(0.05, 3.5), household=st.floats(1.0, 4.0))
def test_families_have_the_mean_size_that_is_asked(related: float, household: float) -> None:
    """Over all chances, relatives per person granted are `related`; a family that applies has one at least."""
    chances = (np.arange(4_000) + 0.5) / 4_000
    sizes = np.array([size_at.py_func(one, related, household) for one in chances])  # type: ignore[attr-defined]
    assert sizes.mean() == pytest.approx(related, abs=0.02)
    assert (sizes >= 0).all()
    assert sizes[sizes > 0].mean() == pytest.approx(max(related, household), rel=0.05)


@given(mean=st.floats(0.01, 12.0))
def test_lags_follow_the_rule(mean: float) -> None:
    """The share of families that have not wanted to apply is that of the rule, at any month."""
    from treves.policy.asylum.persons_layout import tally_of

    tally = tally_of(0, 1)
    tally.waiting[:] = [not_yet(mean, months) for months in range(len(tally.waiting))]
    chances = (np.arange(2_000) + 0.5) / 2_000
    lags = np.array([lag_at.py_func(one, tally) for one in chances])  # type: ignore[attr-defined]
    shares: Floats = np.array([(lags > months).mean() for months in range(26)])
    assert shares == pytest.approx(np.array([not_yet(mean, months) for months in range(26)]), abs=0.001)


@given(total=st.floats(0, 1e5), parts=st.integers(1, 36))
def test_parts_are_whole_and_add_up(total: float, parts: int) -> None:
    """A stock that is spread over months is spread in whole persons."""
    found = [part_of.py_func(total, place, parts) for place in range(parts)]  # type: ignore[attr-defined]
    assert sum(found) == int(np.floor(total + 1e-9))
    assert max(found) - min(found) <= 1
