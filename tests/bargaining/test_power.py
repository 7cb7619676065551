"""Voting power: known answers, and everything against looking at all coalitions and all orders."""

from fractions import Fraction
from itertools import combinations, permutations
from math import factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treves.bargaining.power import Power, banzhaf, power_of, shapley_shubik, table_power
from treves.bargaining.power_game import NothingPasses, TooManyToList, VotesRefused
from treves.bargaining.power_sets import pivotal
from treves.bargaining.power_words import pivotal_sentence, sentences
from treves.errors import TableError
from treves.model.decision_rule import DecisionRule, RuleKind
from treves.model.table import Party, Table

SIX = {"DE": 4.0, "FR": 4.0, "IT": 4.0, "NL": 2.0, "BE": 2.0, "LU": 1.0}
CABINET = {"VVD": 34.0, "D66": 24.0, "CDA": 14.0, "CU": 5.0}


def votes(quota: float | None, *veto: str) -> DecisionRule:
    """A rule of votes."""
    return DecisionRule(RuleKind.WEIGHTED, quota=quota, veto=veto)


def fractions(*texts: str) -> list[Fraction]:
    """Exact fractions."""
    return [Fraction(text) for text in texts]


def test_the_six_of_the_first_community() -> None:
    """Luxembourg had a vote and no power; three large members 7/30 each, in swings 5/21."""
    power = power_of(votes(12), SIX)
    assert [one.shapley for one in power.parties] == fractions("7/30", "7/30", "7/30", "3/20", "3/20", "0")
    assert [one.banzhaf for one in power.parties] == fractions("5/21", "5/21", "5/21", "1/7", "1/7", "0")
    assert [one.needless for one in power.parties] == [False] * 5 + [True]
    assert ("DE", "FR", "IT") in power.passing.groups


def test_the_security_council_as_votes() -> None:
    """Five members with 7 votes and ten with 1, quota 39: .196270 and .001865."""
    weights = {f"P{i}": 7.0 for i in range(5)} | {f"N{i}": 1.0 for i in range(10)}
    indices = shapley_shubik(votes(39), weights)
    assert float(indices["P0"]) == pytest.approx(0.196270, abs=5e-7)
    assert float(indices["N0"]) == pytest.approx(0.001865, abs=5e-7)
    assert sum(indices.values()) == 1


def test_the_security_council_as_vetoes() -> None:
    """Nine consenting members with five vetoes is the same rule."""
    weights = {f"P{i}": 7.0 for i in range(5)} | {f"N{i}": 1.0 for i in range(10)}
    rule = votes(9, *(f"P{i}" for i in range(5)))
    by_votes, by_vetoes = power_of(votes(39), weights), power_of(rule, dict.fromkeys(weights, 1.0))
    assert [one.shapley for one in by_votes.parties] == [one.shapley for one in by_vetoes.parties]
    assert [one.banzhaf for one in by_votes.parties] == [one.banzhaf for one in by_vetoes.parties]
    assert by_votes.passing == by_vetoes.passing
    assert by_votes.blocking == by_vetoes.blocking


def test_a_majority_in_the_house_needs_all_four() -> None:
    """34, 24, 14 and 5 seats with 76 needed: everybody has a veto."""
    power = power_of(votes(76), CABINET)
    assert [one.shapley for one in power.parties] == [Fraction(1, 4)] * 4
    assert all(one.veto for one in power.parties)
    assert power.blocking.groups == (("VVD",), ("D66",), ("CDA",), ("CU",))


def test_a_majority_inside_the_coalition() -> None:
    """With more than half of their own 77 seats the largest has half of the power, and the small one as much as the second."""
    power = power_of(votes(None), CABINET)
    assert power.game.quota == 39
    assert [one.shapley for one in power.parties] == fractions("1/2", "1/6", "1/6", "1/6")
    assert power.passing.groups == (("VVD", "D66"), ("VVD", "CDA"), ("VVD", "CU"), ("D66", "CDA", "CU"))


def test_unanimity_is_equal_power() -> None:
    """Every party is needed, whatever its seats; a party whose consent does not count has none."""
    rule = DecisionRule(parties=("VVD", "CU"))
    power = power_of(rule, CABINET)
    assert [one.shapley for one in power.parties] == fractions("1/2", "0", "0", "1/2")
    assert [one.veto for one in power.parties] == [True, False, False, True]
    assert power.passing.groups == (("VVD", "CU"),)


def test_two_hundred_parties_are_exact() -> None:
    """Indices of 200 parties sum to exactly 1, equal votes have equal power, more votes never less."""
    weights = {f"p{i}": float(1 + i % 7) for i in range(200)}
    power = power_of(votes(None), weights, most=3)
    assert sum(one.shapley for one in power.parties) == 1
    assert sum(one.banzhaf for one in power.parties) == 1
    by_votes = {one.votes: one for one in power.parties}
    assert all(one.shapley == by_votes[one.votes].shapley for one in power.parties)
    ranked = [by_votes[float(n)].shapley for n in range(1, 8)]
    assert ranked == sorted(set(ranked))
    assert not power.passing.complete
    assert len(power.passing.groups) == 3


def test_decimal_votes_count_as_written() -> None:
    """0.1, 0.2 and 0.3: the quota of 0.3 is reached by 0.1 and 0.2 together, floating point or not."""
    power = power_of(votes(0.3), {"a": 0.1, "b": 0.2, "c": 0.3})
    assert power.passing.groups == (("c",), ("a", "b"))


@st.composite
def rules(draw: st.DrawFn) -> tuple[DecisionRule, dict[str, float]]:
    """A rule of any kind, and the votes at its table."""
    parties = [f"p{i}" for i in range(draw(st.integers(1, 6)))]
    weights = {p: float(draw(st.integers(0, 9))) for p in parties}
    some = st.lists(st.sampled_from(parties), max_size=3, unique=True).map(tuple)
    kind = draw(st.sampled_from(RuleKind))
    quota = draw(st.one_of(st.none(), st.integers(0, 25).map(float)))
    listed = st.lists(st.sampled_from(parties), min_size=1, max_size=3, unique=True).map(tuple)
    winning = tuple(draw(st.lists(listed, max_size=4))) if kind is RuleKind.COALITIONS else ()
    return DecisionRule(kind, quota=quota, veto=draw(some), winning=winning, parties=draw(some)), weights


def enumerated(rule: DecisionRule, weights: dict[str, float]) -> tuple[dict[str, Fraction], dict[str, int]]:
    """Shapley values by all orders, and swings by all coalitions, of all parties at the table."""
    parties = list(weights)
    pivots, turned = dict.fromkeys(parties, 0), dict.fromkeys(parties, 0)
    for order in permutations(parties):
        joined: list[str] = []
        for party in order:
            before = rule.passes(joined, weights)
            joined.append(party)
            if not before and rule.passes(joined, weights):
                pivots[party] += 1
    for size in range(len(parties)):
        for coalition in combinations(parties, size):
            for party in set(parties) - set(coalition):
                turned[party] += not rule.passes(coalition, weights) and rule.passes((*coalition, party), weights)
    return {p: Fraction(n, factorial(len(parties))) for p, n in pivots.items()}, turned


def just(rule: DecisionRule, weights: dict[str, float], *, blocking: bool) -> set[frozenset[str]]:
    """All minimal passing coalitions, or all minimal blocking groups."""
    parties = frozenset(weights)
    groups = [frozenset(c) for n in range(len(parties) + 1) for c in combinations(sorted(parties), n)]
    able = [g for g in groups if (not rule.passes(parties - g, weights) if blocking else rule.passes(g, weights))]
    return {g for g in able if not any(other < g for other in able)}


def powers(rule: DecisionRule, weights: dict[str, float]) -> Power | None:
    """The power under a rule; None where nothing passes."""
    try:
        return power_of(rule, weights)
    except NothingPasses:
        assert not rule.passes(list(weights), weights) or not rule.voters(weights)
        return None


@settings(max_examples=150, deadline=None)
@given(rules())
def test_power_is_what_enumeration_finds(drawn: tuple[DecisionRule, dict[str, float]]) -> None:
    """Efficiency, symmetry, null players and all: Shapley by orders, Banzhaf by coalitions, and both kinds of groups."""
    rule, weights = drawn
    power = powers(rule, weights)
    if power is None:
        return
    shapley, turned = enumerated(rule, weights)
    if not any(turned.values()):  # the empty coalition passes: no consent makes a difference
        assert all(one.needless for one in power.parties)
        return
    assert {one.party: one.shapley for one in power.parties} == shapley
    assert sum(shapley.values()) == 1
    total = sum(turned.values())
    assert {one.party: one.banzhaf for one in power.parties} == {p: Fraction(n, total) for p, n in turned.items()}
    decisive = {p: Fraction(n, 2 ** (len(weights) - 1)) for p, n in turned.items()}
    assert {one.party: one.decisive for one in power.parties} == decisive
    assert set(map(frozenset, power.passing.groups)) == just(rule, weights, blocking=False)
    assert set(map(frozenset, power.blocking.groups)) == just(rule, weights, blocking=True)
    parties = frozenset(weights)
    assert {one.party for one in power.parties if one.veto} == {
        p for p in parties if not rule.passes(parties - {p}, weights)
    }


@settings(max_examples=60, deadline=None)
@given(rules(), st.data())
def test_pivotal_members_are_those_that_cannot_be_missed(
    drawn: tuple[DecisionRule, dict[str, float]], data: st.DataObject
) -> None:
    """A member is pivotal when the coalition passes with it and fails without it."""
    rule, weights = drawn
    power = powers(rule, weights)
    if power is None:
        return
    coalition = data.draw(st.lists(st.sampled_from(sorted(weights)), unique=True))
    wanted = {
        p for p in coalition if rule.passes(coalition, weights) and not rule.passes(set(coalition) - {p}, weights)
    }
    assert set(pivotal(power.game, coalition)) == wanted


@pytest.mark.parametrize(
    ("rule", "weights", "error", "said"),
    [
        (votes(78), CABINET, NothingPasses, "all 4 parties"),
        (DecisionRule(RuleKind.COALITIONS), CABINET, NothingPasses, "nothing passes"),
        (votes(3), {"a": -1.0}, VotesRefused, "a cannot have -1.0 votes"),
        (votes(3), {"a": float("nan")}, VotesRefused, "a cannot have nan votes"),
        (votes(float("inf")), {"a": 1.0}, VotesRefused, "quota cannot be inf"),
        (votes(1, "z"), {"a": 1.0}, VotesRefused, "names z"),
        (votes(None), {f"p{i}": 1e9 + i for i in range(60)}, VotesRefused, "too finely divided"),
    ],
)
def test_rules_without_an_answer(
    rule: DecisionRule, weights: dict[str, float], error: type[TableError], said: str
) -> None:
    """Votes that cannot be counted, and rules that nothing meets, are told with what to do."""
    with pytest.raises(error, match=said) as raised:
        power_of(rule, weights)
    assert raised.value.hint


def test_too_many_listed_parties() -> None:
    """Listed coalitions are looked at one by one: 21 parties are refused, not waited for."""
    weights = {f"p{i}": 1.0 for i in range(21)}
    with pytest.raises(TooManyToList, match="21 parties"):
        power_of(DecisionRule(RuleKind.COALITIONS, winning=(tuple(weights),)), weights)


def test_a_table_has_power() -> None:
    """A table's parties have the power that its rule and seats give; rows are plain."""
    table = Table("t", (), tuple(Party(key, seats=seats) for key, seats in CABINET.items()), rule=votes(None))
    power = table_power(table)
    assert power["VVD"].shapley == Fraction(1, 2)
    row = power.rows()[0]
    assert row["shapley"] == 0.5
    assert row["shapley_exact"] == "1/2"
    assert banzhaf(table.rule, table.weights)["CU"] == Fraction(1, 6)
    with pytest.raises(KeyError):
        power["nobody"]


def test_power_in_words() -> None:
    """Who is needed, who does not matter, which groups pass and block, and who tips a given coalition."""
    told = sentences(power_of(votes(12), SIX), names={"LU": "Luxembourg"})
    assert told[0] == "A proposal passes with 12 of 17 votes."
    assert "DE, FR, IT each decide in 23.3% of all orders of joining (Shapley-Shubik 7/30)" in told[1]
    assert "The consent of Luxembourg never makes a difference." in told
    assert told[-1].startswith("These can just block: DE + FR;")
    veto = sentences(power_of(votes(2, "b"), {"a": 1.0, "b": 1.0, "c": 1.0}))
    assert "Nothing passes without b." in veto
    game = power_of(votes(None), CABINET).game
    members = pivotal(game, ("VVD", "D66", "CU"))
    assert (
        pivotal_sentence(("VVD", "D66", "CU"), members)
        == "Together VVD, D66 and CU pass a proposal, but not without VVD."
    )
    whole = pivotal_sentence(tuple(CABINET), ())
    assert whole == "Together VVD, D66, CDA and CU pass a proposal, and would still do so without any one of them."
    dutch = {
        "{whole}.{tenth}%": "{whole},{tenth}%",
        told[1].template: "{parties}: elk {orders}, {shapley}, {swings}, {banzhaf}",
    }
    assert told[1].told(dutch) == "DE, FR, IT: elk 23,3%, 7/30, 23,8%, 5/21"


def test_many_groups_are_told_in_part() -> None:
    """Words stop where nobody would read on, and say so."""
    weights = {f"p{i}": 1.0 for i in range(9)}
    assert any(
        s.startswith("126 coalitions just pass, among them: p0 + p1") for s in sentences(power_of(votes(5), weights))
    )
    short = sentences(power_of(votes(5), weights, most=20))
    assert any(s.startswith("More than 20 coalitions just pass, among them:") for s in short)
    assert any(s.startswith("More than 20 groups can just block, among them:") for s in short)
