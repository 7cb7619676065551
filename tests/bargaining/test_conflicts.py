"""Conflicts: proved minimal against listing, every single demand that opens the table, and told in two languages."""

import itertools

import attrs
import pytest
from enumeration import holds, is_allowed, packages, refused, utility
from hypothesis import assume, given, settings
from random_tables import tables
from tables import table
from test_search import large

from treves.bargaining.conflicts import conflict_of, smallest_conflict, smallest_opening
from treves.bargaining.conflicts_words import conflict_told, opening_told
from treves.bargaining.search_demands import Demand, DemandKind, broken, demands_of
from treves.bargaining.space import space_of
from treves.errors import Phrase
from treves.model.decision_rule import DecisionRule, RuleKind
from treves.model.table import (
    Budget,
    Constraint,
    Cost,
    Estimate,
    Mandate,
    Option,
    Party,
    RedLine,
    Table,
    Term,
)

Listed = list[frozenset[Demand]]


def unmet(one: Table) -> Listed:
    """For every package the demands that it does not meet, by listing."""
    counted = demands_of(space_of(one))
    return [frozenset(d for d in counted if not _met(one, d, package)) for package in packages(one)]


def _met(one: Table, demand: Demand, package: dict) -> bool:  # type: ignore[type-arg]
    bare = attrs.evolve(one, constraints=(), budgets=(), red_lines=())
    bare = attrs.evolve(bare, parties=tuple(attrs.evolve(p, mandate=None) for p in bare.parties))
    if demand.kind is DemandKind.CONSTRAINT:
        return is_allowed(attrs.evolve(bare, constraints=(one.constraints[demand.index],)), package)
    if demand.kind is DemandKind.BUDGET:
        return is_allowed(attrs.evolve(bare, budgets=(one.budgets[demand.index],)), package)
    if demand.kind is DemandKind.RED_LINE:
        return not holds(package, one.red_lines[demand.index].refuses)
    party = one.parties[demand.index]
    if demand.kind is DemandKind.MANDATE:
        return party.mandate is None or holds(package, party.mandate.within)
    assert party.reservation
    return utility(one, party.key, package) >= party.reservation.value


def passes(one: Table, listed: Listed, kept: frozenset[Demand]) -> bool:
    """Whether some package passes if only these demands count."""
    for missed in listed:
        against = missed & kept
        agreed = [p.key for p in one.parties if all(d.party != p.key for d in against)]
        if all(d.party for d in against) and one.rule.passes(agreed, one.weights):
            return True
    return False


@settings(max_examples=80, deadline=None)
@given(tables(most_parties=4))
def test_a_conflict_is_minimal_and_its_openings_are_all(one: Table) -> None:
    """Nothing passes with the conflict's demands, something does without any one; openings are all that open alone."""
    space = space_of(one)
    listed = unmet(one)
    every = frozenset(demands_of(space))
    found = conflict_of(space)
    assert (found is None) == passes(one, listed, every)
    if found is None:
        return
    kept = frozenset(found.demands)
    assert not passes(one, listed, kept)
    assert all(passes(one, listed, kept - {d}) for d in kept)
    openers = {d for d in every if passes(one, listed, every - {d})}
    assert {o.demands[0] for o in found.openings} == openers
    for opening in found.openings:
        assert set(broken(space, opening.package)) >= set(opening.demands)


@settings(max_examples=40, deadline=None)
@given(tables(most_parties=3))
def test_the_smallest_conflict_and_opening_are_smallest(one: Table) -> None:
    """No smaller set of demands leaves nothing, and none smaller that is given up leaves something."""
    space, listed = space_of(one), unmet(one)
    every = demands_of(space)
    assume(len(every) <= 9)
    conflict, opening = smallest_conflict(space), smallest_opening(space)
    sets = [frozenset(c) for size in range(len(every) + 1) for c in itertools.combinations(every, size)]
    least_conflict = next((c for c in sets if not passes(one, listed, c)), None)
    assert (conflict is None) == (least_conflict is None)
    if conflict is not None and least_conflict is not None:
        assert len(conflict) == len(least_conflict)
        assert not passes(one, listed, frozenset(conflict))
    least_opening = next((c for c in sets if passes(one, listed, frozenset(every) - c)), None)
    assert (opening is None) == (least_opening is None)
    if opening is not None and least_opening is not None:
        assert len(opening.demands) == len(least_opening)
        assert passes(one, listed, frozenset(every) - set(opening.demands))


def stuck() -> Table:
    """Two parties whose red lines meet, a mandate and a budget that do not matter, and a third party that is easy."""
    one = table({"limit": (0, 50, 100), "cost": (0, 100)}, {"p": {"limit": (0, 1)}, "q": {"limit": (100, 1)}})
    limit = attrs.evolve(
        one.issues[0],
        label="family limit",
        label_nl="gezinslimiet",
        options=(
            Option("a", "none", "geen", 0.0),
            Option("b", "half", "half", 50.0),
            Option("c", "full", "volledig", 100.0),
        ),
    )
    return attrs.evolve(
        one,
        issues=(limit, one.issues[1]),
        parties=(
            Party("p", "Party P", "Partij P"),
            Party("q", "Party Q", "Partij Q", mandate=Mandate(within=(Term("cost", low=0.0),))),
        ),
        red_lines=(
            RedLine("p", (Term("limit", options=("b", "c")),)),
            RedLine("q", (Term("limit", high=50.0),), label="no limit, no deal."),
            RedLine("q", (Term("cost", options=("a",)),), firmness=Estimate(0.2)),
        ),
        budgets=(Budget("money", 50.0, (Cost("cost", 100.0, "b"),), label="the purse", unit="million"),),
    )


def test_a_conflict_is_told() -> None:
    """Two red lines that meet: both named, both open the table alone."""
    one = stuck()
    found = conflict_of(space_of(one))
    assert found is not None
    assert [(d.kind, d.party) for d in found.demands] == [(DemandKind.RED_LINE, "p"), (DemandKind.RED_LINE, "q")]
    assert [str(s) for s in conflict_told(one, found)] == [
        (
            "No package can pass, for these 2 demands cannot all be met: the red line of Party P (family limit: half or "
            "full) and the red line of Party Q (no limit, no deal)."
        ),
        "Without any one of them the others can be met.",
        (
            "A package can pass if one of these is given up: the red line of Party P (family limit: half or full) or the "
            "red line of Party Q (no limit, no deal)."
        ),
    ]
    assert dict(found.openings[0].package)["limit"] == "c"


def test_a_conflict_is_told_with_dutch_names() -> None:
    """Names follow the language; sentences are templates for it."""
    one = stuck()
    found = conflict_of(space_of(one))
    assert found is not None
    told = conflict_told(one, found, language="nl")[0]
    dutch = told.told({"{first} or {last}": "{first} of {last}", "the red line of {party} ({line})": "{party}: {line}"})
    assert "Partij P: gezinslimiet: half of volledig" in dutch


def test_every_sort_of_demand_is_told() -> None:
    """Constraint, budget, mandate, reservation value: each alone in the way, each named with its numbers."""
    one = table({"i": (0, 100)}, {"p": {"i": (0, 1)}, "q": {"i": (0, 1)}})
    cases = {
        "the rule “never”": attrs.evolve(one, constraints=(Constraint("never"),)),
        "the budget “purse” (1 million)": attrs.evolve(
            one, budgets=(Budget("purse", 1.0, (Cost("i", 2.0, "a"), Cost("i", 3.0, "b")), unit="million"),)
        ),
        "the mandate of p (i: 40 to 60)": attrs.evolve(
            one, parties=(Party("p", mandate=Mandate(within=(Term("i", low=40.0, high=60.0),))), Party("q"))
        ),
        "that q accepts nothing worth less to it than 1.1": attrs.evolve(
            one, parties=(Party("p"), Party("q", reservation=Estimate(1.1)))
        ),
    }
    for words, case in cases.items():
        found = conflict_of(space_of(case))
        assert found is not None
        assert conflict_told(case, found) == (
            f"No package can pass because of one demand: {words}.",
            f"A package can pass if this is given up: {words}.",
        )


def test_a_rule_that_nobody_can_meet_is_told() -> None:
    """A quota above all votes lets nothing pass, whatever parties want."""
    one = attrs.evolve(
        table({"i": (0, 100)}, {"p": {"i": (0, 1)}, "q": {"i": (100, 1)}}),
        rule=DecisionRule(RuleKind.WEIGHTED, quota=3),
    )
    found = conflict_of(space_of(one))
    assert found is not None
    assert found.rule_blocks
    assert found.demands == ()
    assert "decision rule" in conflict_told(one, found)[0]
    assert smallest_conflict(space_of(one)) == ()
    assert smallest_opening(space_of(one)) is None


def test_more_than_one_demand_may_have_to_go() -> None:
    """Two separate conflicts: none opens alone, two together do; weights choose which."""
    one = table({"i": (0, 100), "j": (0, 100)}, {"p": {"i": (0, 1)}, "q": {"i": (100, 1)}})
    lines = tuple(RedLine(p, (Term(i, options=(o,)),)) for i in "ij" for p, o in (("p", "a"), ("q", "b")))
    one = attrs.evolve(one, red_lines=lines)
    space = space_of(one)
    found = conflict_of(space)
    assert found is not None
    assert found.openings == ()
    assert conflict_told(one, found)[-1] == "No single demand that is given up lets a package pass."
    opening = smallest_opening(space, weights={Demand(DemandKind.RED_LINE, n, "p"): 5.0 for n in (0, 2)})
    assert opening is not None
    assert {d.party for d in opening.demands} == {"q"}
    assert opening_told(one, opening).startswith("A package can pass if this is given up: the red line of q")
    dear = {Demand(DemandKind.RED_LINE, n, p): 5.0 for n, p in ((0, "p"), (1, "q"))}
    assert {d.index for d in smallest_conflict(space, weights=dear) or ()} == {2, 3}


def test_nothing_in_the_way_is_no_conflict() -> None:
    """A table on which something passes has no conflict and opens at no cost."""
    space = space_of(table({"i": (0, 100)}, {"p": {"i": (0, 1)}, "q": {"i": (100, 1)}}))
    assert conflict_of(space) is None
    assert smallest_conflict(space) is None
    opening = smallest_opening(space)
    assert opening is not None
    assert opening.demands == ()
    assert isinstance(opening_told(space.table, opening), Phrase)


def test_a_conflict_in_1e30_packages() -> None:
    """Size is no hindrance: one party asks more than any package within the budget gives it."""
    one = large()
    tight = (attrs.evolve(one.budgets[0], limit=-1.0),)
    found = conflict_of(space_of(attrs.evolve(one, budgets=tight)))
    assert found is not None
    assert [d.kind for d in found.demands] == [DemandKind.BUDGET]
    greedy = attrs.evolve(one, parties=tuple(attrs.evolve(p, reservation=Estimate(0.99)) for p in one.parties))
    found = conflict_of(space_of(greedy))
    assert found is not None
    assert len(found.demands) <= 3


@pytest.mark.parametrize("firm", [0.1, 0.9])
def test_firmness_decides_which_red_lines_count(firm: float) -> None:
    """A red line less firm than asked for is no demand."""
    one = attrs.evolve(stuck(), red_lines=tuple(attrs.evolve(r, firmness=Estimate(0.5)) for r in stuck().red_lines))
    assert (conflict_of(space_of(one), firm=firm) is None) == (firm == 0.9)
    assert refused(one, "p", packages(one)[2], firm) == (firm == 0.1)
