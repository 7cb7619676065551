"""Coalitions that just pass, and groups that can just block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import attrs

from treves.bargaining.power_game import Game

Group = tuple[str, ...]


@attrs.frozen
class Groups:
    """Groups of parties, each in the order of the table.

    Attributes:
        groups: the groups, the smallest first.
        complete: whether these are all; there may be very many.
    """

    groups: tuple[Group, ...]
    complete: bool


def minimal_passing(game: Game, *, most: int = 1000) -> Groups:
    """Return the coalitions that pass and would fail without any one member.

    Args:
        game: the rule.
        most: how many to return at most.
    """
    if game.listed:
        return _ordered(game, iter(game.listed), most)
    vetoes = game.veto
    return _ordered(game, (vetoes | group for group in _reaching(game.others, game.needed)), most)


def minimal_blocking(game: Game, *, most: int = 1000) -> Groups:
    """Return the groups without whose consent nothing passes, and that would no longer block without any one member.

    Args:
        game: the rule.
        most: how many to return at most.
    """
    if game.listed:
        return _ordered(game, iter(_hitting(game.listed, most)), most)
    return _ordered(game, _vote_blocks(game), most)


def pivotal(game: Game, coalition: Iterable[str]) -> Group:
    """Return the members of a passing coalition without whom it would fail; none if it does not pass anyway."""
    members = frozenset(coalition)
    if not game.passes(members):
        return ()
    return tuple(player for player in game.players if player in members and not game.passes(members - {player}))


def _vote_blocks(game: Game) -> Iterator[frozenset[str]]:
    for player in game.players:
        if player in game.veto:
            yield frozenset([player])
    if game.needed > 0:
        total = sum(votes for _, votes in game.others)
        yield from _reaching(game.others, total - game.needed + 1)


def _reaching(others: tuple[tuple[str, int], ...], needed: int) -> Iterator[frozenset[str]]:
    """Groups that reach this many votes and would not without any one member."""
    if needed <= 0:
        yield frozenset()
        return
    ranked = sorted(others, key=lambda pair: -pair[1])
    left = [sum(votes for _, votes in ranked[i:]) for i in range(len(ranked) + 1)]
    # From the largest down: the member that reaches the number is the smallest of the group, so no member can be missed.
    stack: list[tuple[int, int, frozenset[str]]] = [(0, 0, frozenset())]
    while stack:
        at, got, group = stack.pop()
        if got + left[at] < needed:
            continue
        player, votes = ranked[at]
        stack.append((at + 1, got, group))
        if got + votes >= needed:
            yield group | {player}
        else:
            stack.append((at + 1, got + votes, group | {player}))


def _hitting(listed: tuple[frozenset[str], ...], most: int) -> list[frozenset[str]]:
    """Minimal groups that share a member with every listed coalition (C. Berge's method: coalition by coalition)."""
    found: list[frozenset[str]] = [frozenset()]
    for coalition in listed:
        extended = {group if group & coalition else group | {p} for group in found for p in coalition}
        found = [group for group in extended if not any(other < group for other in extended)]
        found = sorted(found, key=lambda group: (len(group), sorted(group)))[: 20 * most]
    return found


def _ordered(game: Game, groups: Iterator[frozenset[str]], most: int) -> Groups:
    taken = list(islice(groups, most + 1))
    places = {player: i for i, player in enumerate(game.players)}
    rows = sorted((sorted(places[p] for p in group) for group in taken[:most]), key=lambda row: (len(row), row))
    return Groups(tuple(tuple(game.players[i] for i in row) for row in rows), len(taken) <= most)
