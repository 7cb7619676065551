"""What is stable: answers known from the literature, and the definitions spelled out on random tables."""

import itertools

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from random_tables import rules
from tables import table

from treves.bargaining import stability
from treves.bargaining.space import all_utilities, space_of
from treves.bargaining.stability import (
    TooManyToCompare,
    condorcet_winner,
    core,
    stable,
    stable_packages,
    top_cycle,
    uncovered_set,
)
from treves.model.decision_rule import DecisionRule, RuleKind
from treves.model.table import Constraint, Estimate, Party, RedLine, Table, Term

MAJORITY = DecisionRule(RuleKind.WEIGHTED)


def voting(rule: DecisionRule = MAJORITY, parties: int = 3) -> Table:
    """A table of which only the rule and the parties matter."""
    keys = [f"p{n}" for n in range(parties)]
    return attrs.evolve(table({"i": (0, 100)}, {p: {"i": (0, 1)} for p in keys}), rule=rule)


def line(*points: float) -> NDArray[np.float64]:
    """Utilities of the places 0, 1 ... 10 to parties with these points."""
    return np.array([[1 - abs(x - p) / 10 for p in points] for x in range(11)])


def test_the_median_is_the_core_on_a_line() -> None:
    """Three parties and a majority: the middle party's point, which beats every other (Black 1948)."""
    found = stable(line(2, 5, 9), voting())
    assert found == stability.Stable(core=(5,), uncovered=(5,), top_cycle=(5,), condorcet=5)


def test_the_core_between_two_medians() -> None:
    """Four parties with one vote each and a majority of three: everything between the two middle points."""
    assert core(line(1, 4, 6, 9), voting(parties=4)) == (4, 5, 6)
    assert condorcet_winner(line(1, 4, 6, 9), voting(parties=4)) is None


def test_a_cycle_has_no_core_and_covers_nothing() -> None:
    """Condorcet's cycle: each of three is beaten by another, all three are uncovered and in the top cycle."""
    cycle = np.array([[3.0, 1, 2], [2, 3, 1], [1, 2, 3]]) / 3
    assert stable(cycle, voting()) == stability.Stable((), (0, 1, 2), (0, 1, 2), None)
    worse = np.vstack([cycle, cycle[0] - 0.1])
    assert uncovered_set(worse, voting()) == (0, 1, 2)
    assert core(worse, voting()) == ()


def test_the_uncovered_set_can_be_smaller_than_the_top_cycle() -> None:
    """A fourth point that only one of a cycle is beaten by is in the top cycle, and covered (Miller 1980)."""
    # 0 beats 1, 1 beats 2, 2 beats 0; 3 is as 2 but a little worse for all: 2 covers it; yet 3 beats 0 as well
    points = np.array([[3.0, 1, 2], [2, 3, 1], [1, 2, 3], [0.9, 1.9, 2.9]]) / 3
    assert top_cycle(points, voting()) == (0, 1, 2, 3)
    assert uncovered_set(points, voting()) == (0, 1, 2)


def test_unanimity_leaves_all_weakly_optimal_points() -> None:
    """Under unanimity only what all would leave is unstable."""
    points = np.array([[0.2, 0.2], [0.5, 0.2], [0.5, 0.5], [0.1, 0.1]])
    assert core(points, voting(DecisionRule(), 2)) == (1, 2)


def test_a_veto_player_keeps_its_best() -> None:
    """With a veto, whatever is best for the one who has it cannot be beaten."""
    rule = DecisionRule(RuleKind.WEIGHTED, veto=("p0",))
    assert 2 in core(line(2, 5, 9), voting(rule))
    assert core(line(2, 5, 9), voting(rule)) == (2, 3, 4, 5)


def test_two_separate_winning_coalitions_leave_ties() -> None:
    """If either of two parties alone decides, opposite points beat each other: no core, and no winner by pairs."""
    rule = DecisionRule(RuleKind.COALITIONS, winning=(("p0",), ("p1",)))
    points = np.array([[1.0, 0.0], [0.0, 1.0]])
    assert stable(points, voting(rule, 2)) == stability.Stable((), (0, 1), (0, 1), None)


def test_nothing_to_compare_and_one_thing() -> None:
    """No packages have no stable ones; a single one is stable."""
    assert stable(np.zeros((0, 3)), voting()) == stability.Stable((), (), (), None)
    assert stable(np.zeros((1, 3)), voting()) == stability.Stable((0,), (0,), (0,), 0)


def beats(one: Table, utilities: NDArray[np.float64], y: int, x: int) -> bool:
    """Whether a winning coalition strictly gains, by the definition."""
    gaining = [p.key for p, a, b in zip(one.parties, utilities[y], utilities[x], strict=True) if a > b + 1e-9]
    return one.rule.passes(gaining, one.weights)


@st.composite
def votes(draw: st.DrawFn) -> tuple[Table, NDArray[np.float64]]:
    """A rule and up to nine points, with coarse utilities so that ties are common."""
    parties = draw(st.integers(1, 4))
    one = voting(draw(rules([f"p{n}" for n in range(parties)])), parties)
    seats = tuple(Party(p.key, seats=draw(st.integers(1, 3))) for p in one.parties)
    count = draw(st.integers(1, 9))
    values = draw(st.lists(st.integers(0, 4), min_size=count * parties, max_size=count * parties))
    return attrs.evolve(one, parties=seats), np.array(values, np.float64).reshape(count, parties) / 4


@settings(max_examples=250, deadline=None)
@given(votes())
def test_stable_points_by_their_definitions(drawn: tuple[Table, NDArray[np.float64]]) -> None:
    """Core, uncovered set, top cycle and Condorcet winner as written down, point by point and set by set."""
    one, utilities = drawn
    points = range(len(utilities))
    plain = {(y, x) for y in points for x in points if y != x and beats(one, utilities, y, x)}
    found = stable(utilities, one)
    assert found.core == tuple(x for x in points if not any((y, x) in plain for y in points))
    wins = {(y, x) for y, x in plain if (x, y) not in plain}

    def covers(y: int, x: int) -> bool:
        down = all((y, z) in wins for z in points if (x, z) in wins)
        return (y, x) in wins and down and all((z, x) in wins for z in points if (z, y) in wins)

    assert found.uncovered == tuple(x for x in points if not any(covers(y, x) for y in points))
    ruling = next(
        inside
        for size in range(1, len(points) + 1)
        for inside in itertools.combinations(points, size)
        if all((y, x) in wins for y in inside for x in points if x not in inside)
    )
    assert found.top_cycle == ruling
    assert found.uncovered
    assert set(found.uncovered) <= set(ruling)
    winner = [y for y in points if all((y, x) in wins for x in points if x != y)]
    assert found.condorcet == (winner[0] if winner else None)


def test_the_stable_packages_of_a_table() -> None:
    """Only packages that the rules allow are compared; those that can pass, if asked."""
    one = table(
        {"i": (0, 50, 100), "j": (0, 100)},
        {"p": {"i": (0, 3), "j": (0, 1)}, "q": {"i": (50, 3), "j": (0, 1)}, "r": {"i": (100, 3), "j": (100, 1)}},
    )
    one = attrs.evolve(one, rule=MAJORITY)
    found = stable_packages(space_of(one))
    assert found.core == ((("i", "b"), ("j", "a")),)
    assert found.condorcet == found.core[0]
    assert found.compared == 6
    assert found.rows()[0] == {
        "core": True,
        "uncovered": True,
        "top_cycle": True,
        "condorcet": True,
        "package": {"i": "b", "j": "a"},
    }
    barred = attrs.evolve(one, constraints=(Constraint("c", (Term("i", ("b",)), Term("j", ("a",)))),))
    assert stable_packages(space_of(barred)).compared == 5
    refusing = attrs.evolve(
        one,
        parties=tuple(attrs.evolve(p, reservation=Estimate(0.0)) for p in one.parties),
        red_lines=tuple(RedLine(p, (Term("j", ("a",)),)) for p in ("p", "q")),
    )
    left = stable_packages(space_of(refusing), acceptable=True)
    assert left.compared == 3
    assert all(dict(package)["j"] == "b" for package in left.core)


def test_many_packages_have_a_core_but_are_not_all_compared() -> None:
    """Above the limit of pairs the core is still found; the functions for pairs refuse."""
    issues = {f"i{n}": tuple(float(x) for x in range(0, 101, 10)) for n in range(4)}
    one = table(
        issues,
        {p: {f"i{n}": (float(place), n + 1.0) for n in range(4)} for p, place in zip("pqr", (0, 40, 100), strict=True)},
    )
    one = attrs.evolve(one, rule=MAJORITY)
    space = space_of(one)
    found = stable_packages(space)
    assert found.core == (tuple((f"i{n}", "e") for n in range(4)),)
    assert (found.uncovered, found.top_cycle, found.condorcet) == (None, None, None)
    with pytest.raises(TooManyToCompare, match="14641 packages"):
        uncovered_set(all_utilities(space), one)
