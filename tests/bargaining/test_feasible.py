"""Which packages can pass, who blocks one, and by what."""

import itertools

import numpy as np
import pytest
from enumeration import consents, is_allowed, packages
from hypothesis import given, settings
from random_tables import tables
from tables import table

from treves.bargaining.feasible import feasible_set, judge, needed_parties, passing, winning
from treves.bargaining.search_demands import DemandKind, deciding
from treves.bargaining.space import package_at, space_of
from treves.model.decision_rule import DecisionRule, RuleKind
from treves.model.table import (
    Budget,
    Constraint,
    Cost,
    Estimate,
    Mandate,
    Package,
    Party,
    RedLine,
    Table,
    Term,
)


@settings(max_examples=120, deadline=None)
@given(tables(most_parties=6))
def test_the_feasible_set_equals_enumeration(random: Table) -> None:
    """Package by package: whether it passes, and all that the summary counts."""
    space = space_of(random)
    listed = packages(random)
    agreeing = [{p for p in space.parties if consents(random, p, x)} for x in listed]
    lawful = [is_allowed(random, x) for x in listed]
    expected = [law and random.rule.passes(a, random.weights) for a, law in zip(agreeing, lawful, strict=True)]
    assert passing(space).tolist() == expected
    found = feasible_set(space)
    assert found.passing.tolist() == expected
    assert (found.count, found.allowed, found.numbers.tolist()) == (
        sum(expected),
        sum(lawful),
        [i for i, e in enumerate(expected) if e],
    )
    for row, party in zip(found.rows(), space.parties, strict=True):
        open_ = [a for a, law in zip(agreeing, lawful, strict=True) if law]
        alone = [a for a in open_ if not random.rule.passes(a, random.weights)]
        assert row["acceptable"] == sum(party in a for a in open_)
        assert row["blocks_alone"] == sum(
            party not in a and random.rule.passes(a | {party}, random.weights) for a in alone
        )


@settings(max_examples=60, deadline=None)
@given(tables(most_parties=5))
def test_the_judgement_of_a_package_equals_the_list(random: Table) -> None:
    """One package at a time gives the same answer, and what it says of blockers is true."""
    space = space_of(random)
    expected = passing(space)
    for number in range(0, space.size, max(1, space.size // 10)):
        found = judge(space, package_at(space, number))
        assert found.passes == expected[number]
        unlawful = any(not o.demand.party for o in found.objections)
        everybody = set(space.parties)
        for party in found.blocking:
            assert not random.rule.passes(everybody - {party}, random.weights)
        for party in found.pivots:
            assert random.rule.passes({*found.consenting, party}, random.weights)
            assert not unlawful
            assert not found.passes


@settings(max_examples=60, deadline=None)
@given(tables(most_parties=5))
def test_winning_is_the_rule_of_the_table(random: Table) -> None:
    """For every set of parties at once."""
    keys = [p.key for p in random.parties]
    sets = list(itertools.product((False, True), repeat=len(keys)))
    agreeing = [[k for k, yes in zip(keys, row, strict=True) if yes] for row in sets]
    expected = [random.rule.passes(a, random.weights) for a in agreeing]
    assert winning(random, np.array(sets).T).tolist() == expected


def seats(rule: DecisionRule) -> Table:
    """Three parties of 3, 2 and 2 seats on a line, a red line and a budget."""
    made = table({"x": (0, 25, 50, 75, 100)}, {"A": {"x": (0, 1)}, "B": {"x": (50, 1)}, "C": {"x": (100, 1)}})
    return Table(
        "seats",
        made.issues,
        (
            Party("A", "Alpha", seats=3, reservation=Estimate(0.3)),
            Party("B", seats=2),
            Party("C", seats=2, mandate=Mandate(within=(Term("x", low=25),))),
        ),
        made.positions,
        rule=rule,
        red_lines=(
            RedLine("B", (Term("x", ("d",)),), label="never 75."),
            RedLine("B", (Term("x", ("c",)),), Estimate(0.4)),
        ),
        budgets=(Budget("money", 10, (Cost("x", 12.5, "e"),), label="the purse", unit="million euro"),),
        constraints=(Constraint("calm", (Term("x", ("b",)),), label="no 25"),),
    )


def at(option: str) -> Package:
    """The package that chooses an option on the one issue."""
    return (("x", option),)


def test_who_blocks_and_by_what() -> None:
    """Unanimity: each objection in words, with how much is missing."""
    space = space_of(seats(DecisionRule()))
    assert [bool(p) for p in passing(space)] == [False, False, True, False, False]
    assert [str(o.words) for o in judge(space, at("d")).objections] == [
        "It is worth 0.050 too little to Alpha to be accepted.",
        "It crosses a red line of B: never 75.",
    ]
    found = judge(space, at("e"))
    assert [(o.demand.kind, round(o.short, 9)) for o in found.objections] == [
        (DemandKind.BUDGET, 2.5),
        (DemandKind.RESERVATION, 0.3),
    ]
    assert str(found.objections[0].words) == "It takes 2.5 million euro more than the budget “the purse” has."
    assert (found.passes, found.consenting, found.blocking, found.pivots) == (False, ("B", "C"), ("A",), ())
    assert str(judge(space, at("b")).objections[0].words) == "It breaks the rule “no 25”."
    outside = judge(space, at("a"))
    assert [str(o.words) for o in outside.objections] == ["It lies outside the mandate of C."]
    assert (outside.blocking, outside.pivots) == (("C",), ("C",))


def test_firmness_decides_which_red_lines_count() -> None:
    """A lower threshold counts softer red lines."""
    space = space_of(seats(DecisionRule()))
    assert judge(space, at("c")).passes
    soft = judge(space, at("c"), firm=0.4)
    assert (soft.passes, soft.pivots) == (False, ("B",))
    assert str(soft.objections[0].words) == "It crosses a red line of B."
    assert feasible_set(space, firm=0.4).count == 0
    assert feasible_set(space).rows()[1] == {"party": "B", "acceptable": 2, "refused": 1, "blocks_alone": 0}


@pytest.mark.parametrize(
    ("rule", "open_", "needed"),
    [
        (DecisionRule(), "c", ("A", "B", "C")),
        (DecisionRule(RuleKind.WEIGHTED), "ac", ()),
        (DecisionRule(RuleKind.WEIGHTED, quota=5), "ac", ("A",)),
        (DecisionRule(RuleKind.WEIGHTED, veto=("C",)), "c", ("C",)),
        (DecisionRule(RuleKind.COALITIONS, winning=(("A", "B"), ("C",))), "acd", ()),
        (DecisionRule(RuleKind.COALITIONS, winning=(("B", "C"),), veto=("A",)), "c", ("A", "B", "C")),
        (DecisionRule(parties=("B", "C")), "c", ("B", "C")),
    ],
)
def test_every_kind_of_rule(rule: DecisionRule, open_: str, needed: tuple[str, ...]) -> None:
    """Which options can pass, and without whom nothing does."""
    made = seats(rule)
    space = space_of(made)
    assert "".join(o for o, passes in zip("abcde", passing(space), strict=True) if passes) == open_
    assert needed_parties(made) == needed
    assert set(needed) <= deciding(made)
