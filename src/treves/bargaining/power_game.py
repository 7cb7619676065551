"""Decision rules as voting games: whole votes, who has a veto, and which coalitions pass."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, gcd, inf, lcm

import attrs

from treves.errors import TableError
from treves.model.decision_rule import DecisionRule, RuleKind

MOST_LISTED = 20
"""Parties in listed coalitions at most: all their coalitions are looked at."""


class TooManyToList(TableError):
    """A rule of listed coalitions has too many parties to look at all coalitions."""

    code = "T625"


class VotesRefused(TableError):
    """Votes or a quota that cannot be counted."""

    code = "T626"


class NothingPasses(TableError):
    """A rule under which not even all parties together pass anything: nobody has any power."""

    code = "T627"


@attrs.frozen
class Game:
    """A decision rule, made exact.

    Attributes:
        players: parties whose consent may count, in the order of the table.
        votes: whole votes of each, in units of which the quota is whole too.
        quota: votes that pass, of all players; 0 where votes do not count.
        veto: players without whose consent nothing passes.
        listed: minimal coalitions of which one must consent; empty where votes count.
        unit: how many of the table's votes one vote here stands for.
    """

    players: tuple[str, ...]
    votes: tuple[int, ...]
    quota: int
    veto: frozenset[str]
    listed: tuple[frozenset[str], ...] = ()
    unit: Fraction = Fraction(1)

    @property
    def others(self) -> tuple[tuple[str, int], ...]:
        """Players without a veto, with their votes."""
        pairs = zip(self.players, self.votes, strict=True)
        return tuple((player, votes) for player, votes in pairs if player not in self.veto)

    @property
    def needed(self) -> int:
        """Votes that the players without a veto must bring once all vetoes are lifted; 0 or less for none."""
        return self.quota - sum(v for p, v in zip(self.players, self.votes, strict=True) if p in self.veto)

    def passes(self, coalition: frozenset[str]) -> bool:
        """Return whether the consent of these players passes a proposal."""
        if not self.veto <= coalition:
            return False
        if self.listed:
            return any(one <= coalition for one in self.listed)
        return sum(v for p, v in zip(self.players, self.votes, strict=True) if p in coalition) >= self.quota


def game_of(rule: DecisionRule, weights: Mapping[str, float]) -> Game:
    """Make a decision rule exact.

    Args:
        rule: the rule.
        weights: votes of every party at the table, 0 or more; decimals count as they are written.

    Raises:
        VotesRefused: if a vote is negative, infinite or missing.
        NothingPasses: if all together do not pass anything.
    """
    voters = rule.voters(weights)
    players = tuple(party for party in weights if party in {*voters, *rule.veto})
    _check(rule, weights)
    if rule.kind is RuleKind.WEIGHTED:
        game = _weighted(rule, players, {p: Fraction(str(weights[p])) if p in voters else Fraction(0) for p in players})
    elif rule.kind is RuleKind.UNANIMITY:
        game = Game(players, (0,) * len(players), 0, frozenset(players))
    else:
        game = _listed(rule, weights)
    if not game.players or not game.passes(frozenset(game.players)):
        raise NothingPasses(
            "Under this rule nothing passes, not even with the consent of all {number} parties.",
            hint="Lower the quota, or list a coalition that can form.",
            number=len(game.players),
        )
    return game


def _weighted(rule: DecisionRule, players: tuple[str, ...], votes: Mapping[str, Fraction]) -> Game:
    quota = None if rule.quota is None else Fraction(str(rule.quota))
    # A quota above the next vote is as good as that vote: it need not make the units finer.
    scale = lcm(*(v.denominator for v in votes.values())) if votes else 1
    whole = [int(votes[p] * scale) for p in players]
    needed = sum(whole) // 2 + 1 if quota is None else ceil(quota * scale)
    unit = gcd(*whole) or 1
    whole, needed = [v // unit for v in whole], -(-needed // unit)
    return Game(players, tuple(whole), max(needed, 0), frozenset(rule.veto), unit=Fraction(unit, scale))


def _listed(rule: DecisionRule, weights: Mapping[str, float]) -> Game:
    coalitions = {frozenset(coalition) | frozenset(rule.veto) for coalition in rule.winning}
    minimal = [one for one in coalitions if not any(other < one for other in coalitions)]
    used = frozenset().union(*minimal)
    players = tuple(party for party in weights if party in used)
    places = {party: i for i, party in enumerate(weights)}
    ordered = sorted(minimal, key=lambda one: (len(one), sorted(places[p] for p in one)))
    veto = frozenset(p for p in used if all(p in one for one in ordered))
    return Game(players, (0,) * len(players), 0, veto, tuple(ordered))


def _check(rule: DecisionRule, weights: Mapping[str, float]) -> None:
    named = {*rule.parties, *rule.veto, *(p for coalition in rule.winning for p in coalition)}
    for party in named - weights.keys():
        raise VotesRefused(
            "The decision rule names {party}, which is not at the table.", hint="Add it, or leave it out.", party=party
        )
    for party, votes in weights.items():
        if not 0 <= votes < inf:
            raise VotesRefused(
                "The party {party} cannot have {votes} votes.",
                hint="Give a number of 0 or more.",
                party=party,
                votes=str(votes),
            )
    if rule.quota is not None and not 0 <= rule.quota < inf:
        raise VotesRefused("The quota cannot be {quota}.", hint="Give a number of 0 or more.", quota=str(rule.quota))
