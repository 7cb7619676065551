"""The compiled rounds: utilities, decision rules, concessions and the way an agreement comes about."""

from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_tables import rules, tables
from tables import table

from treves.bargaining import protocols
from treves.bargaining.board import Board, Course, Stakes, State
from treves.bargaining.draws import drawn, inputs_of
from treves.bargaining.outlook import task_of
from treves.bargaining.sampling import _course, sample, seats_of
from treves.bargaining.seating import rule_of, stakes_of
from treves.bargaining.space import all_utilities, allowed, reservations, space_of
from treves.bargaining.splitmix import keyed, unit
from treves.model.decision_rule import DecisionRule
from treves.model.outlook import Method
from treves.model.table import Conduct, Estimate, Mandate, Party, RedLine, Reversion, Table, TableDeadline, Term

METHOD = Method(inner=40)
CALM = Conduct(Estimate(1.0), Estimate(0.0), Estimate(0.0), Estimate(0.0))


def prepared(known: Table) -> tuple[Board, Stakes, Course, State]:
    """The first draw of a table, worked out."""
    task = task_of(known, seed=1, method=METHOD, now=None)
    seats, course = seats_of(task), _course(task, 0)
    stakes = stakes_of(seats.space, drawn(inputs_of(known), 1, 0, 1))
    return seats.board, stakes, course, protocols.prepared(seats.board, stakes, course, 0)


def quarrel(*, concession: float = 1.0, rounds: int = 11, **changes: Any) -> Table:
    """Two parties at the ends of a scale with eleven options, whose reservation values leave the middle open."""
    made = table({"x": tuple(range(0, 101, 10))}, {"a": {"x": (0, 1)}, "b": {"x": (100, 1)}})
    conduct = attrs.evolve(CALM, concession=Estimate(concession))
    parties = tuple(Party(p, reservation=Estimate(0.0), conduct=conduct) for p in "ab")
    return attrs.evolve(made, parties=parties, deadline=TableDeadline(rounds=rounds), **changes)


@given(tables(most_parties=4))
def test_utilities_are_those_of_the_space(known: Table) -> None:
    """With exact numbers every package is worth what the space says, and reservation values are the same."""
    space = space_of(known)
    board, stakes, _, state = prepared(known)
    assert state.utility == pytest.approx(all_utilities(space)[allowed(space)], abs=1e-9)
    assert stakes.reservation[0] == pytest.approx(reservations(space), abs=1e-9)
    assert len(board.crossed) == allowed(space).sum()


@given(tables(most_parties=3), st.data())
def test_the_value_of_no_agreement_is_that_of_the_reversion_package(known: Table, data: st.DataObject) -> None:
    """A reversion package, whole or in part, is worth the same in draws as in the space."""
    space = space_of(known)
    named = data.draw(st.sets(st.sampled_from([i.key for i in known.issues])))
    package = tuple(
        (issue.key, data.draw(st.sampled_from(choices)))
        for issue, choices in zip(known.issues, space.choices, strict=True)
        if issue.key in named
    )
    fallen = attrs.evolve(known, reversion=Reversion(package=package))
    draws = drawn(inputs_of(fallen), 1, 0, 1)
    found = stakes_of(space_of(fallen), draws).reservation[0]
    assert found == pytest.approx(np.maximum(reservations(space_of(fallen)), 0), abs=1e-9)


@given(st.data())
def test_decision_rules_are_those_of_the_table(data: st.DataObject) -> None:
    """As bits, a rule passes exactly what it passes as a rule."""
    keys = [f"p{n}" for n in range(data.draw(st.integers(1, 5)))]
    known = Table(
        "t", (), tuple(Party(k, seats=data.draw(st.integers(0, 4))) for k in keys), rule=data.draw(rules(keys))
    )
    rule = rule_of(known)
    for consent in range(1 << len(keys)):
        named = [key for p, key in enumerate(keys) if consent >> p & 1]
        assert protocols.passes(rule, consent) == known.rule.passes(named, known.weights)
        assert protocols.passes(rule, consent & rule.voters) == protocols.passes(rule, consent)


@pytest.mark.parametrize("concession", [0.2, 1.0, 3.0])
def test_parties_concede_as_the_paper_says(concession: float) -> None:
    """A package of worth u is accepted at the first step at which 1 - t ** (1 / concession) is no more than u."""
    board, _, course, state = prepared(quarrel(concession=concession))
    steps = (course.rounds - 1) * 2
    for e, x in enumerate(board.early):
        worth = state.utility[x, 0]
        accepted = [s for s in range(steps) if 1 - (s / (steps + 1)) ** (1 / concession) <= worth + 1e-9]
        assert state.ready[e, 0] == (accepted[0] if accepted else steps)


def test_those_who_hold_out_agree_later() -> None:
    """The mean round of agreement falls as parties yield earlier; the halves of the scale meet in the middle."""
    means = []
    for concession in (0.2, 0.5, 1.0, 3.0):
        found = sample(task_of(quarrel(concession=concession), seed=1, method=METHOD, now=None), 20).tally
        assert (found.agreed.sum(axis=0) == METHOD.inner).all()
        by_round = found.rounds[:, :, 0].sum(axis=0)
        means.append((by_round * np.arange(len(by_round))).sum() / by_round.sum())
        assert found.packages.sum(axis=0).argmax() in (4, 5, 6)
    assert means == sorted(means, reverse=True)
    assert means[0] > means[-1] + 2


def test_a_concession_of_nought_is_holding_out() -> None:
    """An exponent of 0 is taken as the least there is: nothing is conceded until the last round."""
    found = sample(task_of(quarrel(concession=0.0), seed=1, method=METHOD, now=None), 5).tally
    assert found.rounds[:, -1, 0].sum() == 5 * METHOD.inner


def test_who_yields_more_gets_less() -> None:
    """Against one who holds out, one who yields early ends nearer to what the other wants."""
    made = quarrel()
    hard, soft = (attrs.evolve(CALM, concession=Estimate(c)) for c in (0.2, 3.0))
    uneven = attrs.evolve(
        made,
        parties=tuple(attrs.evolve(p, conduct=c) for p, c in zip(made.parties, (hard, soft), strict=True)),
    )
    counts = sample(task_of(uneven, seed=1, method=METHOD, now=None), 20).tally.packages.sum(axis=0)
    assert (counts * np.arange(11)).sum() / counts.sum() < 4


def test_a_mandate_or_line_holds_before_the_deadline() -> None:
    """What a stated line refuses is no early package; without one all are."""
    assert list(prepared(quarrel())[0].early) == list(range(11))
    lined = quarrel(red_lines=(RedLine("a", (Term("x", low=60),), Estimate(0.01)),))
    assert list(prepared(lined)[0].early) == list(range(6))
    held = attrs.evolve(lined, rule=DecisionRule(parties=("b",)))
    assert list(prepared(held)[0].early) == list(range(11)), "the consent of a party that does not count"
    mandated = quarrel()
    barred = attrs.evolve(mandated.parties[0], mandate=Mandate(within=(Term("x", high=30),)))
    assert list(prepared(attrs.evolve(mandated, parties=(barred, mandated.parties[1])))[0].early) == [0, 1, 2, 3]


def test_walk_outs_come_at_their_rate() -> None:
    """With a chance of w a round and two parties, talks live through r rounds with chance (1 - w) ** (2 r)."""
    leaving = attrs.evolve(CALM, walk_out=Estimate(0.05))
    made = quarrel(rounds=6)
    parties = tuple(attrs.evolve(p, conduct=leaving, reservation=Estimate(0.9)) for p in made.parties)
    found = sample(task_of(attrs.evolve(made, parties=parties), seed=1, method=METHOD, now=None), 400).tally
    assert found.agreed.sum() == 0
    assert found.walked.sum() / (400 * METHOD.inner) == pytest.approx(1 - 0.95**10, abs=0.015)


def test_random_bits_are_even() -> None:
    """Keyed numbers are spread evenly over 0-1 and differ by every part of their key."""
    found = np.array([unit(np.uint64(keyed(np.uint64(5), d, n))) for d in range(60) for n in range(60)])
    assert len(set(found)) == 3600
    assert np.histogram(found, bins=10, range=(0, 1))[0] == pytest.approx(360, abs=75)
    assert found.mean() == pytest.approx(0.5, abs=0.02)
