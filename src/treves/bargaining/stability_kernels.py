"""Compiled comparisons of every point with others under a decision rule."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from treves.bargaining.grid import Flags, Floats

NEAR = 1e-9


class Ballot(NamedTuple):
    """A decision rule over parties by index.

    Attributes:
        coalitions: (coalitions, parties), of which all members must gain; none under a weighted rule.
        veto: (parties,), who must gain under a weighted rule.
        votes: (parties,), under a weighted rule.
        quota: votes needed; infinite for other rules.
        always: whether it passes what nobody consents to.
    """

    coalitions: Flags
    veto: Flags
    votes: Floats
    quota: float
    always: bool


@njit(cache=True)
def _beats(one: Floats, other: Floats, ballot: Ballot) -> bool:
    """Whether a winning coalition is strictly better off with one point than with another."""
    if ballot.quota < np.inf:
        votes = 0.0
        for p in range(len(one)):
            if one[p] > other[p] + NEAR:
                votes += ballot.votes[p]
            elif ballot.veto[p]:
                return False
        return votes >= ballot.quota
    for c in range(len(ballot.coalitions)):
        wins = True
        for p in range(len(one)):
            if ballot.coalitions[c, p] and one[p] <= other[p] + NEAR:
                wins = False
                break
        if wins:
            return True
    return False


@njit(cache=True)
def undominated(points: Floats) -> Flags:
    """Return which points no other dominates: none is as good for all and better for some; of equals the first stays."""
    order = np.argsort(-points.sum(axis=1), kind="mergesort")
    kept = np.zeros(len(points), np.bool_)
    front = np.empty(len(points), np.int64)
    size = 0
    for x in order:
        hit = -1
        for j in range(size):
            as_good = True
            for p in range(points.shape[1]):
                if points[front[j], p] < points[x, p]:
                    as_good = False
                    break
            if as_good:
                hit = j
                break
        if hit < 0:
            kept[x] = True
            front[size] = x
            size += 1
        elif hit > 0:  # what dominates once mostly does so again: look there first
            front[hit], front[hit // 2] = front[hit // 2], front[hit]
    return kept


@njit(cache=True)
def beaten_by(points: Floats, rivals: Floats, ballot: Ballot) -> Flags:
    """Return which points one of the rivals beats."""
    found = np.zeros(len(points), np.bool_)
    order = np.arange(len(rivals))
    for x in range(len(points)):
        for j in range(len(order)):
            if _beats(rivals[order[j]], points[x], ballot):
                found[x] = True
                order[j], order[j // 2] = order[j // 2], order[j]
                break
    return found


@njit(cache=True)
def beating(points: Floats, ballot: Ballot) -> Flags:
    """Return for every two points whether the first beats the second and not the reverse."""
    found = np.zeros((len(points), len(points)), np.bool_)
    for y in range(len(points)):
        for x in range(len(points)):
            if x != y:
                found[y, x] = ballot.always or _beats(points[y], points[x], ballot)
    return found & ~found.T


@njit(cache=True)
def _packed(wins: Flags) -> np.ndarray:
    """Rows of flags as bits, 64 to a word."""
    count = len(wins)
    found = np.zeros((count, (count + 63) // 64), np.uint64)
    for y in range(count):
        for x in range(count):
            if wins[y, x]:
                found[y, x // 64] |= np.uint64(1) << np.uint64(x % 64)
    return found


@njit(cache=True)
def covered(wins: Flags) -> Flags:
    """Return which points some other covers: beats, with whatever the point beats, and beaten by nothing else than it."""
    count = len(wins)
    down, up = _packed(wins), _packed(wins.T)
    found = np.zeros(count, np.bool_)
    for x in range(count):
        for y in range(count):
            if wins[y, x] and _within(down[x], down[y]) and _within(up[y], up[x]):
                found[x] = True
                break
    return found


@njit(cache=True)
def _within(part: np.ndarray, whole: np.ndarray) -> bool:
    word = 0
    while word < len(part) and not part[word] & ~whole[word]:
        word += 1
    return word == len(part)
