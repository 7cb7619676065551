"""The arithmetic of exchanges of voting positions, compiled."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from treves.bargaining.decisions.arena import Members, Numbers

_NOTHING = 1e-9  # a shift or gain below this is rounding
_TIE = 1e-12  # gains this close are equal; chance decides between them

Rows = npt.NDArray[np.int64]
Pairs = npt.NDArray[np.int64]
"""One row for each potential exchange: actor a, actor b, the issue that a demands, and the issue that b demands."""


@njit(cache=True)
def potential(places: Numbers, saliences: Numbers, outcomes: Numbers, known: Members) -> Pairs:
    """Return all potential exchanges: pairs of actors on opposite sides of the outcome on both of two issues."""
    actors, issues = places.shape
    found = np.empty((actors * (actors - 1) * issues * (issues - 1) // 4, 4), dtype=np.int64)
    count = 0
    away = np.where(known, places - outcomes, 0.0)
    for p in range(issues):
        for q in range(p + 1, issues):
            for i in range(actors):
                for j in range(i + 1, actors):
                    if away[i, p] * away[j, p] >= 0 or away[i, q] * away[j, q] >= 0:
                        continue
                    # whoever cares more for p, compared with q, demands p
                    swapped = saliences[i, p] * saliences[j, q] < saliences[i, q] * saliences[j, p]
                    found[count, 0] = j if swapped else i
                    found[count, 1] = i if swapped else j
                    found[count, 2] = p
                    found[count, 3] = q
                    count += 1
    return found[:count].copy()


@njit(cache=True)
def realise(
    pairs: Pairs, wanted: Numbers, saliences: Numbers, parts: Numbers, chances: Numbers
) -> tuple[Rows, Numbers]:
    """Realise exchanges, the highest gain first, until none is left.

    Args:
        pairs: the potential exchanges.
        wanted: (actors, issues) preferred positions, 0 where there is none.
        saliences: of the same shape.
        parts: of the same shape: the actor's part of all weight on the issue.
        chances: draws from 0-1 that decide ties; used again from the start when they run out.

    Returns:
        Rows of `pairs` in the order of realisation; and for each the gain and the shifts of b on p and of a on q.
    """
    votes, deals = wanted.copy(), np.zeros((len(pairs), 3))
    alive, left = np.arange(len(pairs)), len(pairs)
    for k in range(len(pairs)):
        _agree(k, pairs, wanted, votes, parts, saliences, deals)
    order, agreed = np.empty(len(pairs), dtype=np.int64), np.empty((len(pairs), 3))
    done = ties = 0
    left = _drop(alive, left, deals)
    while left > 0 and done < len(pairs):
        chosen, equals = _best(alive, left, deals, chances[ties % len(chances)])
        ties += equals > 1
        order[done], agreed[done] = chosen, deals[chosen]
        a, b, p, q = pairs[chosen]
        votes[b, p] += deals[chosen, 1]
        votes[a, q] += deals[chosen, 2]
        done += 1
        for at in range(left):
            k = alive[at]
            if _supplies(k, pairs, b, p) or _supplies(k, pairs, a, q):
                _agree(k, pairs, wanted, votes, parts, saliences, deals)
        left = _drop(alive, left, deals)
    return order[:done].copy(), agreed[:done].copy()


@njit(cache=True)
def effects_of(
    pairs: Pairs, agreed: Numbers, wanted: Numbers, saliences: Numbers, parts: Numbers
) -> tuple[Numbers, Numbers]:
    """Return what each realised exchange does to each actor, and the voting positions after all of them.

    Args:
        pairs: the realised exchanges, in order.
        agreed: their gains and shifts, as from :func:`realise`.
        wanted: as for :func:`realise`.
        saliences: of the same shape; 0 where there is no position.
        parts: as for :func:`realise`.
    """
    votes, outcomes = wanted.copy(), (parts * wanted).sum(axis=0)
    effects = np.zeros((len(pairs), len(wanted)))
    for k in range(len(pairs)):
        a, b, p, q = pairs[k, 0], pairs[k, 1], pairs[k, 2], pairs[k, 3]
        votes[b, p] += agreed[k, 1]
        votes[a, q] += agreed[k, 2]
        after_p, after_q = outcomes[p] + agreed[k, 1] * parts[b, p], outcomes[q] + agreed[k, 2] * parts[a, q]
        for i in range(len(wanted)):
            nearer_p = abs(wanted[i, p] - outcomes[p]) - abs(wanted[i, p] - after_p)
            nearer_q = abs(wanted[i, q] - outcomes[q]) - abs(wanted[i, q] - after_q)
            effects[k, i] = saliences[i, p] * nearer_p + saliences[i, q] * nearer_q
        outcomes[p], outcomes[q] = after_p, after_q
    return effects, votes


@njit(cache=True)
def _agree(
    k: int, pairs: Pairs, wanted: Numbers, votes: Numbers, parts: Numbers, saliences: Numbers, deals: Numbers
) -> None:
    """Write into row k of `deals` the gain and both shifts at equal gains; a gain of 0 when nothing is left to trade."""
    a, b, p, q = pairs[k, 0], pairs[k, 1], pairs[k, 2], pairs[k, 3]
    deals[k, 0] = 0.0
    towards_p = np.sign(wanted[a, p] - wanted[b, p])
    towards_q = np.sign(wanted[b, q] - wanted[a, q])
    room_p = towards_p * (wanted[a, p] - votes[b, p])
    room_q = towards_q * (wanted[b, q] - votes[a, q])
    if room_p <= _NOTHING or room_q <= _NOTHING or parts[b, p] <= 0 or parts[a, q] <= 0:
        return
    move_p, move_q = room_p * parts[b, p], room_q * parts[a, q]  # what full shifts do to the outcomes
    worth_p, worth_q = saliences[a, p] + saliences[b, p], saliences[a, q] + saliences[b, q]
    if move_p * worth_p > move_q * worth_q:
        move_p = move_q * worth_q / worth_p
        room_p = move_p / parts[b, p]
    else:
        move_q = move_p * worth_p / worth_q
        room_q = move_q / parts[a, q]
    gain = saliences[a, p] * move_p - saliences[a, q] * move_q
    if gain > _NOTHING:
        deals[k, 0], deals[k, 1], deals[k, 2] = gain, towards_p * room_p, towards_q * room_q


@njit(cache=True)
def _supplies(k: int, pairs: Pairs, actor: int, issue: int) -> bool:
    """Whether this actor would shift on this issue in the exchange."""
    return bool((pairs[k, 1] == actor and pairs[k, 2] == issue) or (pairs[k, 0] == actor and pairs[k, 3] == issue))


@njit(cache=True)
def _best(alive: Rows, left: int, deals: Numbers, chance: float) -> tuple[int, int]:
    """The exchange with the highest gain, and how many have it; `chance` (0-1) picks one of them."""
    most, equals = 0.0, 0
    for at in range(left):
        most = max(most, deals[alive[at], 0])
    for at in range(left):
        equals += deals[alive[at], 0] >= most - _TIE
    skipped = min(int(chance * equals), equals - 1)
    for at in range(left):
        if deals[alive[at], 0] >= most - _TIE:
            if skipped == 0:
                return alive[at], equals
            skipped -= 1
    return alive[0], equals


@njit(cache=True)
def _drop(alive: Rows, left: int, deals: Numbers) -> int:
    """Keep the exchanges in which there is something to gain, in their order; return how many are left."""
    kept = 0
    for at in range(left):
        if deals[alive[at], 0] > 0:
            alive[kept] = alive[at]
            kept += 1
    return kept
