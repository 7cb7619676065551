"""The Pareto frontier, by list and by merge, equal to what enumeration says."""

from collections import defaultdict

import numpy as np
import pytest
from enumeration import consents, is_allowed, packages, utility
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from random_tables import tables
from tables import ordered, table

from treves.bargaining.additive_frontier import FrontierTooLarge, merged_frontier
from treves.bargaining.frontier import Consent, Frontier, frontier_of, listed_frontier
from treves.bargaining.search_demands import deciding
from treves.bargaining.skyline import undominated
from treves.bargaining.space import TooManyPackages, UnknownChoice, index_of, package_at, space_of
from treves.model.table import Budget, Constraint, Cost, Interaction, Issue, Option, Party, Table, Term

Expected = dict[tuple[float, ...], list[int]]


def dominates(better: tuple[float, ...], worse: tuple[float, ...]) -> bool:
    """Whether one is at least as good everywhere, and better somewhere."""
    return better != worse and all(b >= w for b, w in zip(better, worse, strict=True))


def enumerated(made: Table, parties: tuple[str, ...], consent: Consent) -> Expected:
    """The frontier by its definition: utilities, and the numbers of the packages that have them."""
    listed = packages(made)
    found: Expected = defaultdict(list)
    for number, package in enumerate(listed):
        agreeing = [p.key for p in made.parties if consent is not Consent.NOBODY and consents(made, p.key, package)]
        looked_at = {
            Consent.NOBODY: True,
            Consent.ALL: set(agreeing) >= set(parties),
            Consent.RULE: made.rule.passes(agreeing, made.weights),
        }[consent]
        if looked_at and is_allowed(made, package):
            found[tuple(float(utility(made, p, package)) for p in parties)].append(number)
    return {u: ties for u, ties in found.items() if not any(dominates(v, u) for v in found)}


def told(frontier: Frontier) -> Expected:
    """A frontier in the form of :func:`enumerated`."""
    found = {tuple(row): sorted(frontier.numbers(i)) for i, row in enumerate(frontier.utilities.tolist())}
    assert list(frontier.counts) == [len(set(frontier.numbers(i))) for i in range(len(frontier))]
    return found


@settings(max_examples=120, deadline=None)
@given(tables(additive=True, most_parties=8), st.sampled_from(Consent), st.data())
def test_the_merge_equals_enumeration(random: Table, consent: Consent, data: st.DataObject) -> None:
    """Points, ties and their numbers, under constraints, budgets, red lines, mandates and any rule."""
    keys = [p.key for p in random.parties]
    some = data.draw(st.sets(st.sampled_from(keys))) if deciding(random) else set(keys)
    space = space_of(random)
    frontier = merged_frontier(space, parties=tuple(some), consent=consent)
    assert told(frontier) == enumerated(random, frontier.parties, consent)


@settings(max_examples=80, deadline=None)
@given(tables(), st.sampled_from(Consent))
def test_the_list_equals_enumeration(random: Table, consent: Consent) -> None:
    """The same for arbitrary utilities."""
    frontier = listed_frontier(space_of(random), consent=consent)
    assert told(frontier) == enumerated(random, frontier.parties, consent)


@settings(max_examples=60, deadline=None)
@given(tables(additive=True), st.sampled_from(Consent))
def test_list_and_merge_are_the_same_in_the_same_order(random: Table, consent: Consent) -> None:
    """Whoever asks gets one answer, whichever method gave it."""
    space = space_of(random)
    assert space.additive
    listed, merged = listed_frontier(space, consent=consent), frontier_of(space, consent=consent)
    assert np.array_equal(listed.utilities, merged.utilities)
    assert listed.counts == merged.counts
    assert listed.parties == merged.parties


@settings(max_examples=200, deadline=None)
@given(
    st.integers(1, 5).flatmap(
        lambda d: arrays(
            np.float64, st.tuples(st.integers(0, 60), st.just(d)), elements=st.sampled_from((0.0, 0.3, 0.5, 1.0))
        )
    ),
    st.data(),
)
def test_points_that_nothing_dominates(values: np.ndarray, data: st.DataObject) -> None:
    """Against the definition, with columns that are not judged and points left out."""
    judged = data.draw(st.integers(1, values.shape[1]))
    among = np.array(data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values))), dtype=bool)
    groups = undominated(values, judged=judged, among=among)
    rows = [i for i in range(len(values)) if among[i]]
    kept = [
        i
        for i in rows
        if not any((values[j] >= values[i]).all() and (values[j, :judged] > values[i, :judged]).any() for j in rows)
    ]
    assert sorted(groups.members.tolist()) == kept
    for group in range(len(groups.values)):
        for member in groups.members[groups.starts[group] : groups.starts[group + 1]]:
            assert np.array_equal(values[member], groups.values[group])


@pytest.mark.parametrize("columns", [2, 3, 4, 6])
@pytest.mark.parametrize("spread", [3, 30, 10**6])
def test_many_points(columns: int, spread: int) -> None:
    """Enough points for the tree to have several levels and for strong points to throw others out first."""
    random = np.random.default_rng(columns)
    values = random.integers(0, spread, (100_000, columns)).astype(np.float64)
    groups = undominated(values)
    unique = np.unique(values, axis=0)
    for point in groups.values[:: max(1, len(groups.values) // 50)]:
        assert not ((unique >= point).all(axis=1) & (unique > point).any(axis=1)).any()
    dominated = np.setdiff1d(np.arange(len(values)), groups.members)
    for point in values[dominated[:: max(1, len(dominated) // 50)]]:
        assert ((groups.values >= point).all(axis=1) & (groups.values > point).any(axis=1)).any()


def test_equal_packages_are_kept_in_huge_spaces() -> None:
    """1e30 packages in which thirty issues weigh the same: ties are counted exactly and can be walked through."""
    wants = {f"i{n}": (100.0, 1.0) for n in range(30)}
    made = table({key: tuple(range(0, 100, 10)) for key in wants}, {"A": wants, "B": dict.fromkeys(wants, (0.0, 1.0))})
    frontier = frontier_of(space_of(made))
    assert sum(frontier.counts) == 10**30
    assert len(frontier) == 271
    first = next(frontier.packages(135))
    assert len(first) == 30
    assert len(list(frontier.packages(135, most=7))) == 7


def test_a_dear_package_that_is_worth_the_same_is_kept() -> None:
    """What costs more but is worth the same and fits the budget is no worse."""
    made = Table(
        "t",
        (ordered("x", 0, 100), Issue("how", options=(Option("cheap", at=0), Option("dear", at=100)))),
        (Party("A"), Party("B")),
        table({"x": (0, 100)}, {"A": {"x": (0, 1)}, "B": {"x": (100, 1)}}).positions,
        budgets=(Budget("money", 5, (Cost("how", 4, "dear"), Cost("x", 2, "a"))),),
    )
    frontier = frontier_of(space_of(made))
    assert frontier.counts == (1, 2)
    assert frontier.rows()[0] == {"A": 1.0, "B": 0.0, "packages": 1, "package": {"x": "a", "how": "cheap"}}


def test_nothing_feasible_is_an_empty_frontier() -> None:
    """No package at all: no points, no error."""
    made = table({"x": (0, 100)}, {"A": {"x": (0, 1)}, "B": {"x": (100, 1)}})
    shut = Table("t", made.issues, made.parties, made.positions, constraints=(Constraint("none", (Term("x"),)),))
    for method in (merged_frontier, listed_frontier):
        frontier = method(space_of(shut))
        assert (len(frontier), frontier.counts, frontier.rows()) == (0, (), [])


def test_questions_that_cannot_be_answered_say_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown party, a list that would be too long, a merge that would be too large."""
    wants = {f"i{n}": (100.0 * (n % 2), 1.0 + n) for n in range(30)}
    made = table(
        {key: tuple(range(10)) for key in wants}, {"A": wants, "B": {k: (100 - p, s) for k, (p, s) in wants.items()}}
    )
    with pytest.raises(UnknownChoice, match=r"T602: The table test has no party C. It has: A, B."):
        frontier_of(space_of(made), parties=("C",))
    joined = Table(
        "t", made.issues, made.parties, made.positions, interactions=(Interaction("A", (Term("i1", ("a",)),), 0.1),)
    )
    with pytest.raises(TooManyPackages, match="T601"):
        frontier_of(space_of(joined))
    monkeypatch.setattr("treves.bargaining.additive_frontier.MOST_CANDIDATES", 20)
    with pytest.raises(FrontierTooLarge, match=r"T604: The frontier of table test has [0-9,]+ packages to compare"):
        frontier_of(space_of(made))
    small = table({key: tuple(range(10)) for key in ("i0", "i1")}, {"A": {k: wants[k] for k in ("i0", "i1")}})
    assert len(frontier_of(space_of(small))) == 1


def test_packages_of_a_point_have_its_utilities() -> None:
    """The numbers lead back to packages."""
    made = table(
        {"x": (0, 50, 100), "y": (0, 50, 100)}, {"A": {"x": (0, 1), "y": (0, 1)}, "B": {"x": (100, 1), "y": (100, 1)}}
    )
    space = space_of(made)
    frontier = frontier_of(space)
    assert frontier.counts == (1, 2, 3, 2, 1)
    for number, package in zip(frontier.numbers(2), frontier.packages(2), strict=True):
        assert package_at(space, number) == package
        assert index_of(space, package) == number
