"""Fair points of finite sets and tables: known answers, axioms, enumeration, and what other tools get wrong."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from enumeration import consents, floor, is_allowed, packages, utility
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from random_tables import tables
from tables import table

from treves.bargaining.concepts import Answer, Concept
from treves.bargaining.fair import CONCEPTS, LosingCoalition, fair_packages
from treves.bargaining.frontier import frontier_of
from treves.bargaining.raiffa import raiffa
from treves.bargaining.search_demands import deciding
from treves.bargaining.solutions import egalitarian, kalai_smorodinsky, leximin, nash, utilitarian
from treves.bargaining.space import space_of
from treves.model.decision_rule import DecisionRule, RuleKind
from treves.model.table import (
    Constraint,
    Estimate,
    Issue,
    Option,
    Party,
    Position,
    RedLine,
    Reversion,
    Scale,
    Table,
    Term,
)

Vector = tuple[Fraction, ...]

BARTER = {  # what Bill and Jack own, and what each thing is worth to Bill and to Jack
    "Bill": {"book": (2, 4), "whip": (2, 2), "ball": (2, 1), "bat": (2, 2), "box": (4, 1)},
    "Jack": {"pen": (10, 1), "toy": (4, 1), "knife": (6, 2), "hat": (2, 2)},
}


def barter() -> Table:
    """Nash's example of 1950: for every thing, who gets it; without a bargain each keeps his own."""
    things = {thing: worth for owned in BARTER.values() for thing, worth in owned.items()}
    issues = tuple(Issue(t, scale=Scale.UNORDERED, options=(Option("Bill"), Option("Jack"))) for t in things)
    positions = tuple(
        Position(who, thing, None, Estimate(float(worth[place])), ((who, 1.0), (other, 0.0)))
        for place, (who, other) in enumerate((("Bill", "Jack"), ("Jack", "Bill")))
        for thing, worth in things.items()
    )
    kept = tuple((thing, owner) for owner, owned in BARTER.items() for thing in owned)
    return Table("barter", issues, (Party("Bill"), Party("Jack")), positions, reversion=Reversion(package=kept))


def test_nash_barter() -> None:
    """J. Nash, Econometrica 18, 1950: book, whip, ball and bat for pen, toy and knife; gains 12 and 5."""
    found = fair_packages(space_of(barter()))
    point = found.by(Concept.NASH)
    assert found.count(point.points) == 1
    (package,) = found.packages(point.points)
    changed = {thing for thing, owner in package if thing not in BARTER[str(owner)]}
    assert changed == {"book", "whip", "ball", "bat", "pen", "toy", "knife"}
    totals = [sum(worth[i] for owned in BARTER.values() for worth in owned.values()) for i in (0, 1)]
    gains = (point.utilities[0] - np.array(found.origin)) * np.array(totals)
    assert np.allclose(gains, (12, 5), atol=1e-12)


def test_raiffa_steps() -> None:
    """Steps on corners of x + 2y <= 3, y <= 1: (0, 0), (1.5, .5), (1.75, .625)."""
    points = np.array([(3, 0), (0, 1), (1, 1), (2, 0.5), (1.5, 0.75), (1.75, 0.625)])
    found = raiffa(points, np.zeros(2))
    assert list(found.path) == [(0, 0), (1.5, 0.5), (1.75, 0.625)]
    assert found.points == (5,)


def test_known_points_of_a_finite_set() -> None:
    """Points worked out by hand: products 12, 16, 15; parts of the most; least gains; sums."""
    points = np.array([(12.0, 1.0), (4.0, 4.0), (3.0, 5.0), (1.0, 6.0)])
    origin = np.zeros(2)
    assert nash(points, origin).points == (1,)
    assert kalai_smorodinsky(points, origin).points == (1,)  # 4/12 and 4/6; the third has 3/12
    assert egalitarian(points, origin).points == (1,)
    assert utilitarian(points, origin).points == (0,)


def test_reservation_below_the_minimum() -> None:
    """Gains count from the reservation value even where no package is that bad.

    The first party's worst package is worth 0.5 to it, and its reservation value is 0. Products of gains are 0, .27, .30
    and .26; the least gains 0, .3, .5, .5; the least parts of the most 0, .58, .6, .5. Counted from the worst package
    instead, all three would select the second point.
    """
    points = np.array([(1.0, 0.0), (0.9, 0.3), (0.6, 0.5), (0.5, 0.52)])
    for concept in (nash, egalitarian, kalai_smorodinsky):
        assert concept(points, np.zeros(2)).points == (2,)
        assert concept(points, np.array([0.5, 0.0])).points == (1,)


def test_reservation_below_the_minimum_of_a_table() -> None:
    """The same for a table whose reservation values are given."""
    options = tuple(Option(key) for key in "abcd")
    values = {"A": (1.0, 0.9, 0.6, 0.5), "B": (0.0, 0.3, 0.5, 0.52)}
    positions = tuple(
        Position(party, "x", None, values=tuple((o.key, v) for o, v in zip(options, worth, strict=True)))
        for party, worth in values.items()
    )
    parties = tuple(Party(key, reservation=Estimate(0.0)) for key in values)
    found = fair_packages(
        space_of(Table("t", (Issue("x", scale=Scale.UNORDERED, options=options),), parties, positions))
    )
    for concept in (Concept.NASH, Concept.EGALITARIAN, Concept.KALAI_SMORODINSKY):
        assert found.packages(found.by(concept).points) == ((("x", "c"),),)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_nothing_to_choose_from(concept: Concept) -> None:
    """No points at all, and none that everybody accepts, are answers."""
    assert CONCEPTS[concept](np.zeros((0, 2)), np.zeros(2)).answer is Answer.EMPTY
    refused = CONCEPTS[concept](np.array([[0.9, 0.1], [0.1, 0.9]]), np.array([0.2, 0.2]))
    assert (refused.answer, refused.points, refused.pointless) == (Answer.NOBODY, (), False)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_points_that_gain_nobody_anything(concept: Concept) -> None:
    """They are given, all of them, and said to be pointless."""
    found = CONCEPTS[concept](np.array([[0.4, 0.5], [0.4, 0.5], [0.3, 0.6]]), np.array([0.4, 0.5]))
    assert (found.points, found.idle, found.pointless) == ((0, 1), (0, 1), True)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_a_party_that_can_gain_nothing(concept: Concept) -> None:
    """It is named, and the others' gains decide."""
    points = np.array([[0.5, 0.2, 0.9], [0.5, 0.6, 0.6], [0.5, 0.9, 0.2], [0.4, 1.0, 1.0]])
    found = CONCEPTS[concept](points, np.array([0.5, 0.0, 0.0]))
    assert (found.points, found.idle, found.pointless) == ((1,), (0,), False)


def test_all_equal_points_are_given() -> None:
    """Ties in the product of gains, in whatever order the parties have them."""
    points = np.array([*itertools.permutations((0.1, 0.2, 0.7)), (0.1, 0.1, 0.9)])
    assert nash(points, np.zeros(3)).points == tuple(range(6))
    assert egalitarian(points, np.zeros(3)).points == tuple(range(6))
    assert utilitarian(points, np.zeros(3)).points == (6,)


def test_floors_above_the_origin() -> None:
    """What a party accepts and what it has without agreement may differ."""
    points = np.array([(0.9, 0.2), (0.5, 0.5), (0.3, 0.7)])
    assert nash(points, np.zeros(2)).points == (1,)
    assert nash(points, np.zeros(2), np.array([0.6, 0.0])).points == (0,)


def test_leximin_decides_by_the_next_least() -> None:
    """Equal least values are told apart by the others."""
    assert leximin(np.array([(0.2, 0.9, 0.3), (0.4, 0.2, 0.4), (0.1, 1.0, 1.0)])).tolist() == [1]


def chosen(points: list[Vector], origin: Vector, concept: Concept) -> set[Vector]:
    """What a concept selects, by its definition, in fractions."""
    gains = {p: tuple(x - o for x, o in zip(p, origin, strict=True)) for p in points}
    most = [max(g[i] for g in gains.values()) for i in range(len(origin))]

    def score(point: Vector) -> object:
        gained = gains[point]
        if concept is Concept.NASH:
            positive = [g for g in gained if g > 0]
            return len(positive), math.prod(positive)
        if concept is Concept.KALAI_SMORODINSKY:
            return sorted(g / m for g, m in zip(gained, most, strict=True) if m > 0)
        return sorted(gained) if concept is Concept.EGALITARIAN else sum(point)

    best = max(map(score, points))  # type: ignore[type-var]
    return {p for p in points if score(p) == best}


def raiffa_by_definition(points: list[Vector], origin: Vector) -> set[Vector]:
    """The steps in fractions."""
    here, left = origin, points
    while True:
        most = tuple(max(p[i] for p in left) for i in range(len(here)))
        if most in left:
            return {most}
        there = tuple(h + (m - h) / len(here) for h, m in zip(here, most, strict=True))
        after = [p for p in left if all(x >= t for x, t in zip(p, there, strict=True))]
        if not after:
            return chosen(left, here, Concept.KALAI_SMORODINSKY)
        here, left = there, after


@settings(max_examples=120, deadline=None)
@given(tables(unanimous=True, most_parties=6), st.booleans())
def test_fair_packages_equal_enumeration(random: Table, additive: bool) -> None:
    """All concepts, all tied packages, from the frontier as from a list of everything."""
    space = space_of(random)
    assume(space.additive is additive or not additive)
    found = fair_packages(space)
    listed = packages(random)
    lawful = [i for i, x in enumerate(listed) if is_allowed(random, x)]
    open_ = [i for i in lawful if all(consents(random, p, listed[i]) for p in space.parties)]
    if not open_:
        assert found.nothing is (Answer.NOBODY if lawful else Answer.EMPTY)
        assert all(fair.answer is found.nothing and not fair.points for fair in found.fair)
        return
    vectors = {i: tuple(utility(random, p, listed[i]) for p in space.parties) for i in open_}
    origin = tuple(floor(random, p) for p in space.parties)
    different = sorted(set(vectors.values()))
    for fair in found.fair:
        raiffas = fair.concept is Concept.RAIFFA
        best = raiffa_by_definition(different, origin) if raiffas else chosen(different, origin, fair.concept)
        numbers = sorted(n for point in fair.points for n in found.frontier.numbers(point))
        assert numbers == sorted(i for i, vector in vectors.items() if vector in best), fair.concept
        assert found.count(fair.points) == len(numbers)


@settings(max_examples=50, deadline=None)
@given(tables(additive=True, unanimous=True), st.integers(0, 4), st.sampled_from((0.5, 2.0)))
def test_scale_does_not_matter(random: Table, which: int, factor: float) -> None:
    """Scale invariance: Nash's and Kalai and Smorodinsky's points stay when one party's utility is scaled."""
    found = fair_packages(space_of(random))
    assume(len(found.frontier) > 0)
    scale = np.ones(len(found.origin))
    scale[which % len(scale)] = factor
    for concept in (Concept.NASH, Concept.KALAI_SMORODINSKY):
        scaled = CONCEPTS[concept](found.frontier.utilities * scale, np.array(found.origin) * scale)
        assert scaled.points == found.by(concept).points


def test_huge_tables_have_fair_packages() -> None:
    """1e30 packages of two opposed parties, each caring most about other issues."""
    keys = [f"i{n}" for n in range(30)]
    wants = {
        "A": {k: (100.0, float(1 + n % 3)) for n, k in enumerate(keys)},
        "B": {k: (0.0, float(1 + (n + 1) % 3)) for n, k in enumerate(keys)},
    }
    found = fair_packages(space_of(table({k: tuple(range(0, 91, 10)) for k in keys}, wants)))
    by = {fair.concept: fair.utilities[0] for fair in found.fair}
    assert by[Concept.NASH].prod() == max(u.prod() for u in by.values())
    assert by[Concept.EGALITARIAN].min() == max(u.min() for u in by.values())
    assert by[Concept.UTILITARIAN].sum() == max(u.sum() for u in by.values())
    assert found.frontier.space.size == 10**30
    assert found.best_for("A") == (min(found.best_for("A")),)
    assert found.rows()[0]["concept"] == "nash"


def test_a_coalition_may_be_named() -> None:
    """Under a majority rule the fair packages of a winning coalition differ from those of all."""
    made = table({"x": (0, 25, 50, 75, 100)}, {"A": {"x": (0, 1)}, "B": {"x": (50, 1)}, "C": {"x": (100, 1)}})
    majority = Table("t", made.issues, made.parties, made.positions, rule=DecisionRule(RuleKind.WEIGHTED))
    space = space_of(majority)
    assert fair_packages(space).packages(fair_packages(space).by(Concept.EGALITARIAN).points) == ((("x", "c"),),)
    two = fair_packages(space, coalition=("A", "B"))
    assert two.frontier.parties == ("A", "B")
    assert two.packages(two.by(Concept.EGALITARIAN).points) == ((("x", "b"),),)
    with pytest.raises(LosingCoalition, match="T605: The parties A cannot pass anything together"):
        fair_packages(space, coalition=("A",))


def test_red_lines_and_constraints_decide_what_nothing_means() -> None:
    """No lawful package, and packages that somebody refuses, are told apart."""
    made = table({"x": (0, 100)}, {"A": {"x": (0, 1)}, "B": {"x": (100, 1)}})
    refused = tuple(RedLine(p, (Term("x", (o,)),)) for p, o in (("A", "b"), ("B", "a")))
    stuck = Table("t", made.issues, made.parties, made.positions, red_lines=refused)
    assert fair_packages(space_of(stuck)).nothing is Answer.NOBODY
    assert fair_packages(space_of(stuck)).rows()[0] == {"concept": "nash", "answer": "nobody"}
    shut = Table("t", made.issues, made.parties, made.positions, constraints=(Constraint("no", (Term("x"),)),))
    assert fair_packages(space_of(shut)).nothing is Answer.EMPTY
    unreachable = DecisionRule(RuleKind.WEIGHTED, quota=3)
    never = Table("t", made.issues, made.parties, made.positions, rule=unreachable)
    assert fair_packages(space_of(never)).nothing is Answer.NOBODY


@settings(max_examples=40, deadline=None)
@given(tables(most_parties=4))
def test_best_for_each_party(random: Table) -> None:
    """No package that all accept is better for the party."""
    space = space_of(random)
    assume(deciding(random))
    found = fair_packages(space)
    assume(len(found.frontier) > 0)
    for column, party in enumerate(found.frontier.parties):
        best = found.frontier.utilities[list(found.best_for(party)), column]
        assert (best == found.frontier.utilities[:, column].max()).all()
    assert len(frontier_of(space)) > 0
