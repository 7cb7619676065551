"""Voting power: how often each party makes the difference, exactly.

L. Shapley and M. Shubik (American Political Science Review 48, 1954, 787-792) count the orders in which parties may join a
proposal, and who brings it over the quota. L. Penrose (Journal of the Royal Statistical Society 109, 1946, 53-57) and
J. Banzhaf (Rutgers Law Review 19, 1965, 317-343) count the coalitions that pass with a party and fail without it. Both look at
the rule alone: every order, or every coalition, is as likely as any other, whatever the parties want.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import factorial

import attrs

from treves.bargaining.power_counts import Counts, swings
from treves.bargaining.power_game import Game, game_of
from treves.bargaining.power_sets import Groups, minimal_blocking, minimal_passing
from treves.model.decision_rule import DecisionRule
from treves.model.table import Table


@attrs.frozen
class PartyPower:
    """The power of one party.

    Attributes:
        party: key.
        votes: as the table has them.
        shapley: part of all orders of joining in which its consent is the one that passes the proposal; sums to 1 (to 0 where
            everything passes by itself, with a quota of 0).
        banzhaf: its part of all swings; likewise.
        swings: coalitions of other players that its consent turns from failing into passing.
        decisive: its swings as a part of all coalitions of other players (the absolute Banzhaf, or Penrose, measure).
        veto: whether nothing passes without it.
        needless: whether its consent never makes a difference.
    """

    party: str
    votes: float
    shapley: Fraction
    banzhaf: Fraction
    swings: int
    decisive: Fraction
    veto: bool
    needless: bool


@attrs.frozen
class Power:
    """The power of all parties under a decision rule.

    Attributes:
        parties: one for each party at the table, in its order; parties whose consent does not count have none.
        game: the rule, made exact.
        passing: coalitions that just pass.
        blocking: groups that can just block.
    """

    parties: tuple[PartyPower, ...]
    game: Game
    passing: Groups
    blocking: Groups

    def __getitem__(self, party: str) -> PartyPower:
        """Return the power of one party; KeyError if it is not at the table."""
        for one in self.parties:
            if one.party == party:
                return one
        raise KeyError(party)

    def rows(self) -> tuple[dict[str, str | float | bool], ...]:
        """Return a row for each party; fractions as decimals, and as text beside them."""
        return tuple(
            {
                "party": one.party,
                "votes": one.votes,
                "shapley": float(one.shapley),
                "shapley_exact": str(one.shapley),
                "banzhaf": float(one.banzhaf),
                "banzhaf_exact": str(one.banzhaf),
                "decisive": float(one.decisive),
                "veto": one.veto,
                "needless": one.needless,
            }
            for one in self.parties
        )


def power_of(rule: DecisionRule, weights: Mapping[str, float], *, most: int = 1000) -> Power:
    """Return the power of all parties under a decision rule, exactly.

    Votes with a quota, with or without vetoes, to 200 parties and more: time grows with parties squared times votes (200
    parties with 1,000 votes: about a second). Listed coalitions to 20 parties, by looking at all of their coalitions.

    Args:
        rule: the decision rule.
        weights: votes of every party at the table.
        most: passing coalitions, and blocking groups, to list at most.

    Raises:
        VotesRefused: if votes cannot be counted.
        NothingPasses: if not even all parties pass anything.
        TooManyToList: if listed coalitions hold more than 20 parties.
    """
    game = game_of(rule, weights)
    counted = swings(game)
    total = sum(sum(counts) for counts in counted.values())
    orders = _orders(len(game.players))
    return Power(
        parties=tuple(
            _party(party, float(votes), game, (counted.get(party, ()), orders, total))
            for party, votes in weights.items()
        ),
        game=game,
        passing=minimal_passing(game, most=most),
        blocking=minimal_blocking(game, most=most),
    )


def table_power(table: Table, *, most: int = 1000) -> Power:
    """Return the power of the parties of a table under its decision rule; see :func:`power_of`."""
    return power_of(table.rule, table.weights, most=most)


def shapley_shubik(rule: DecisionRule, weights: Mapping[str, float]) -> dict[str, Fraction]:
    """Return the Shapley-Shubik index of every party; they sum to 1. Errors as for :func:`power_of`."""
    return {one.party: one.shapley for one in power_of(rule, weights, most=0).parties}


def banzhaf(rule: DecisionRule, weights: Mapping[str, float]) -> dict[str, Fraction]:
    """Return the normalised Banzhaf index of every party; they sum to 1. Errors as for :func:`power_of`."""
    return {one.party: one.banzhaf for one in power_of(rule, weights, most=0).parties}


def _orders(players: int) -> tuple[int, ...]:
    """For each size of a coalition: the orders in which exactly its members come before one further player."""
    return tuple(factorial(size) * factorial(players - size - 1) for size in range(players))


def _party(party: str, votes: float, game: Game, counts: tuple[Counts, tuple[int, ...], int]) -> PartyPower:
    own, orders, total = counts
    turned = sum(own)
    pivots = sum(count * ways for count, ways in zip(own, orders, strict=True)) if own else 0
    return PartyPower(
        party=party,
        votes=votes,
        shapley=Fraction(pivots, factorial(len(game.players))),
        banzhaf=Fraction(turned, total or 1),
        swings=turned,
        decisive=Fraction(turned, 1 << (len(game.players) - 1)),
        veto=party in game.players and not game.passes(frozenset(game.players) - {party}),
        needless=turned == 0,
    )
