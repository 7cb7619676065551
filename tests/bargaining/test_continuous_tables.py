"""Fair packages over all numbers of ranges: known answers, and never behind a fine grid or ahead of what it allows."""

import math
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_tables import tables

from treves.bargaining.concepts import Answer, Concept
from treves.bargaining.continuous_cells import cells_of
from treves.bargaining.continuous_tables import FairChoice, fair_choices
from treves.bargaining.fair import LosingCoalition, fair_packages
from treves.bargaining.search_demands import DemandKind
from treves.bargaining.space import reservations, space_of
from treves.model.decision_rule import DecisionRule, RuleKind
from treves.model.table import (
    Budget,
    Constraint,
    Cost,
    Effect,
    Estimate,
    Indicator,
    Interaction,
    Issue,
    Option,
    Party,
    Position,
    RedLine,
    Scale,
    Table,
    Term,
    Valuation,
)


def money(**more: Any) -> Table:
    """Two parties at the ends of one range of 0 to 100 million."""
    return Table(
        "money",
        (Issue("sum", scale=Scale.RANGE, low=0.0, high=100.0, unit="million"),),
        (Party("p"), Party("q")),
        (Position("p", "sum", Estimate(0.0)), Position("q", "sum", Estimate(100.0))),
        **more,
    )


def by(found: tuple[FairChoice, ...], concept: Concept) -> FairChoice:
    """The package of one concept."""
    return next(one for one in found if one.concept is concept)


def number(one: FairChoice, issue: str = "sum") -> float:
    """What is chosen on a range."""
    return float(dict(one.package)[issue])


def test_opposite_ends_meet_halfway() -> None:
    """By symmetry everything but the plain sum chooses the middle, and the sum is the same everywhere."""
    found = fair_choices(space_of(money()))
    for concept in (Concept.NASH, Concept.KALAI_SMORODINSKY, Concept.EGALITARIAN, Concept.RAIFFA):
        assert number(by(found, concept)) == pytest.approx(50, abs=1e-7)
    assert not by(found, Concept.UTILITARIAN).unique
    assert by(found, Concept.NASH).utilities == pytest.approx((0.5, 0.5), abs=1e-9)


def test_reservation_values_move_the_point() -> None:
    """A party that accepts no less than 0.6 starts from there: the gains of .2 each meet at 20 million."""
    one = money()
    one = attrs.evolve(one, parties=(Party("p", reservation=Estimate(0.6)), Party("q")))
    assert number(by(fair_choices(space_of(one)), Concept.NASH)) == pytest.approx(20, abs=1e-6)


def test_a_red_line_on_a_range_is_kept_off_by_a_hair() -> None:
    """What is refused from 40 on leaves everything below it, however near."""
    one = money(red_lines=(RedLine("p", (Term("sum", low=40.0),)),))
    space = space_of(one)
    found = fair_choices(space)
    assert number(by(found, Concept.EGALITARIAN)) == pytest.approx(40 - 1e-4, abs=1e-6)
    for choice in found:
        assert not [d for d in (DemandKind.RED_LINE,) if number(choice) >= 40.0]
    mild = money(red_lines=(RedLine("p", (Term("sum", low=40.0),), Estimate(0.3)),))
    assert number(by(fair_choices(space_of(mild)), Concept.EGALITARIAN)) == pytest.approx(50, abs=1e-6)


def test_a_condition_that_must_hold_includes_its_bound() -> None:
    """A rule that the sum be 30 at most allows 30 itself."""
    one = money(constraints=(Constraint("cap", then=(Term("sum", high=30.0),)),))
    assert number(by(fair_choices(space_of(one)), Concept.NASH)) == 30.0


def test_a_budget_limits_a_range() -> None:
    """Each million costs a place, and there are 25."""
    one = money(budgets=(Budget("places", 25.0, (Cost("sum", 1.0),)),))
    assert number(by(fair_choices(space_of(one)), Concept.NASH)) == pytest.approx(25, abs=1e-6)


def test_options_and_ranges_together() -> None:
    """An option that p gives up is bought with money that q gives up: the same as by hand.

    p: half 1 - sum/100, half the option "no"; q: half sum/100, half the option "yes". With "yes" the utilities are
    (1 - s)/2 and (1 + s)/2, with "no" (2 - s)/2 and s/2: the product is largest at 1/4 with "yes" and s = 0, or "no"
    and s = 1, and both give (.5, .5).
    """
    one = money()
    option = Issue("option", scale=Scale.UNORDERED, options=(Option("yes"), Option("no")))
    one = attrs.evolve(
        one,
        issues=(*one.issues, option),
        positions=(
            *one.positions,
            Position("p", "option", values=(("no", 1.0),)),
            Position("q", "option", values=(("yes", 1.0),)),
        ),
    )
    found = fair_choices(space_of(one))
    nash = by(found, Concept.NASH)
    assert nash.utilities == pytest.approx((0.5, 0.5), abs=1e-9)
    assert nash.gap <= 1e-9
    assert (dict(nash.package)["option"], round(number(nash))) in {("yes", 0), ("no", 100)}
    liked = attrs.evolve(one, interactions=(Interaction("p", (Term("option", ("yes",)), Term("sum", high=20.0)), 0.4),))
    better = by(fair_choices(space_of(liked)), Concept.NASH)
    assert dict(better.package) == {"option": "yes", "sum": pytest.approx(20, abs=1e-6)}
    assert math.prod(better.utilities) == pytest.approx(0.8 * 0.6, abs=1e-6)


def test_as_many_gain_as_can_where_not_all_can() -> None:
    """Where every package leaves somebody with nothing, the product of all says nothing: two who gain outweigh one."""
    option = Issue("option", scale=Scale.UNORDERED, options=(Option("one"), Option("two"), Option("none")))
    liked = {"p": (1.0, 0.0, 0.0), "q": (0.0, 0.5, 0.0), "r": (0.0, 0.5, 0.0)}
    one = Table(
        "few",
        (option, Issue("sum", scale=Scale.RANGE, low=0.0, high=1.0)),
        tuple(map(Party, liked)),
        tuple(
            Position(p, "option", values=tuple(zip(("one", "two", "none"), values, strict=True)))
            for p, values in liked.items()
        ),
    )
    found = by(fair_choices(space_of(one)), Concept.NASH)
    assert dict(found.package)["option"] == "two"
    assert fair_packages(space_of(one)).by(Concept.NASH).utilities[0].tolist() == [0.0, 0.5, 0.5]


def test_nothing_left_is_told_from_nobody_content() -> None:
    """Rules that leave no package, and packages that somebody refuses, are different answers."""
    never = money(constraints=(Constraint("never"),))
    assert {one.answer for one in fair_choices(space_of(never))} == {Answer.EMPTY}
    greedy = attrs.evolve(money(), parties=tuple(Party(p, reservation=Estimate(0.6)) for p in "pq"))
    assert {one.answer for one in fair_choices(space_of(greedy))} == {Answer.NOBODY}
    nobody = money(rule=DecisionRule(RuleKind.WEIGHTED, quota=3))
    assert {one.answer for one in fair_choices(space_of(nobody))} == {Answer.NOBODY}
    with pytest.raises(LosingCoalition):
        fair_choices(space_of(money()), coalition=["p"])


def test_a_range_is_cut_where_conditions_begin_and_end() -> None:
    """Pieces keep what holds on them together; a bound belongs to the condition."""
    one = money(
        constraints=(Constraint("a", (Term("sum", low=20.0),), (Term("sum", high=60.0),)),),
        red_lines=(RedLine("p", (Term("sum", low=60.0, high=60.0),)),),
    )
    (cells,) = cells_of(space_of(one))
    assert [(round(c.low, 3), round(c.high, 3)) for c in cells] == [(0, 20), (20, 60), (60, 60), (60, 100)]
    assert [c.low for c in cells][1:3] == [20.0, 60.0]
    assert cells[0].high < 20
    assert cells[1].high < 60 < cells[3].low


@st.composite
def ranged(draw: st.DrawFn) -> Table:
    """A table of one or two ranges, in steps of a fortieth, and perhaps one issue with options."""
    one = draw(tables(most_parties=3, unanimous=True))
    keys = [p.key for p in one.parties]
    listed = [Issue(f"r{n}", scale=Scale.RANGE, low=0.0, high=10.0, steps=41) for n in range(draw(st.integers(1, 2)))]
    if draw(st.booleans()):
        listed.append(Issue("o", scale=Scale.UNORDERED, options=(Option("x"), Option("y"), Option("z"))))
    places = st.integers(0, 10).map(float)
    positions = tuple(
        Position(
            p,
            i.key,
            None if i.options else Estimate(draw(places)),
            Estimate(draw(st.sampled_from((0.5, 1.0, 2.0)))),
            tuple((o.key, draw(st.integers(0, 4)) / 4) for o in i.options),
        )
        for p in keys
        for i in listed
    )
    bound = Term("r0", low=draw(places))
    other = Term(listed[-1].key, options=("x",)) if listed[-1].options else Term(listed[-1].key, high=draw(places))
    return Table(
        "ranged",
        tuple(listed),
        tuple(Party(p, reservation=Estimate(draw(st.sampled_from((0.0, 0.3, 0.5))))) for p in keys),
        positions,
        constraints=(Constraint("c", (other,), (bound,)),) if draw(st.booleans()) else (),
        red_lines=(RedLine(keys[0], (bound, other)),) if draw(st.booleans()) else (),
        budgets=(Budget("b", draw(st.integers(2, 12)) * 1.0, (Cost("r0", 1.0),)),) if draw(st.booleans()) else (),
        interactions=(Interaction(keys[1], (bound, other), draw(st.sampled_from((-0.6, 0.3)))),)
        if draw(st.booleans())
        else (),
        indicators=(Indicator("n", 5.0),),
        effects=(
            Effect("n", (bound, other), Estimate(draw(st.sampled_from((-8.0, 3.0, 9.0))))),
            Effect("n", (other,), Estimate(2.0)),
        ),
        valuations=tuple(Valuation(p, "n", best=10.0, worst=0.0) for p in keys if draw(st.integers(0, 2)) == 0),
    )


@settings(max_examples=25, deadline=None)
@given(ranged())
def test_no_grid_does_better_and_what_is_found_is_open(one: Table) -> None:
    """On the steps of the ranges nothing is better by a concept's own measure; what is given passes."""
    space = space_of(one)
    found, grid = fair_choices(space), fair_packages(space)
    origin = reservations(space)
    for choice in found:
        listed = grid.by(choice.concept)
        if choice.answer is not Answer.FOUND:
            assert listed.answer is not Answer.FOUND
            continue
        assert not set(_broken(one, choice))
        assert choice.gap <= 1e-6
        gains = np.array(choice.utilities) - origin
        assert gains.min() >= -1e-9
        if listed.answer is not Answer.FOUND:
            continue
        against = listed.utilities[0] - origin
        if choice.concept is Concept.UTILITARIAN:
            assert gains.sum() >= against.sum() - 1e-5
        elif choice.concept is Concept.EGALITARIAN:
            assert gains.min() >= against.min() - 1e-5
        elif choice.concept is Concept.NASH and not choice.idle:
            assert max(gains.prod(), 0) >= against.prod() - 1e-5


def _broken(one: Table, choice: FairChoice) -> list[str]:
    """What a package of numbers breaks, worked out by hand."""
    at = dict(choice.package)

    def holds(terms: tuple[Term, ...]) -> bool:
        return all(
            at[t.issue] in t.options
            if t.options
            else (t.low is None or at[t.issue] >= t.low) and (t.high is None or at[t.issue] <= t.high)  # type: ignore[operator]
            for t in terms
        )

    faults = [c.key for c in one.constraints if holds(c.when) and not holds(c.then)]
    faults += [r.party for r in one.red_lines if holds(r.refuses)]
    return faults + [b.key for b in one.budgets if float(at["r0"]) > b.limit + 1e-6]
