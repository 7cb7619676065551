"""The packages that an outlook looks at: all that the table's rules allow, or a part that stands for them.

A part is taken of a space with more than :data:`LISTED` packages, or more allowed ones than asked for. It holds, by
median numbers, those that are best for many weightings of the parties (so each party's best, and what lies on the upper
hull of the frontier), with all red lines respected, with none, and with each one alone given up; what lies one choice away
from these in a large space; and for the rest a random part. Packages between may be missed: chances of agreement are then
a little too low, and a landing zone is a little coarse.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import numpy as np
from numpy.typing import NDArray

from treves.bargaining.grid import Flags, Floats, Space, terms_by_issue
from treves.bargaining.refusals import allowed, budget_costs, budget_room
from treves.bargaining.utilities import all_utilities
from treves.model.table import Package, RedLine, Term

Digits = NDArray[np.int64]
"""Packages as the place of the choice on each issue, (packages, issues)."""
LISTED = 200_000
"""Packages up to which a space is listed whole before a part is taken."""
_RANDOM = 20_000
_WEIGHTINGS = 48
_BEST = 0.6  # part of the packages taken for being best, at most


@attrs.frozen(eq=False)
class Candidates:
    """Packages to look at.

    Attributes:
        digits: which, as places of choices.
        complete: whether they are all that the table's rules allow.
    """

    digits: Digits
    complete: bool


def candidates(space: Space, *, most: int, seed: int = 1) -> Candidates:
    """Return the packages to look at, at most `most`, in the order of their numbers.

    Raises:
        UnknownChoice: a constraint, budget or red line names an issue or option that is not there.
    """
    random = np.random.default_rng([seed, space.size % 2**63])
    if space.size <= LISTED:
        open_ = np.flatnonzero(allowed(space))
        digits = np.stack(np.unravel_index(open_, space.shape), axis=1).astype(np.int64)
        if len(digits) <= most:
            return Candidates(digits, complete=True)
        utilities = all_utilities(space)[open_]
    else:
        digits = _sampled(space, random)
        digits = digits[allowed_digits(space, digits)]
        if len(digits) <= most:
            return Candidates(digits, complete=False)
        utilities = _rough_utilities(space, digits)
    return Candidates(digits[_chosen(space, digits, utilities, most, random)], complete=False)


def package_of(space: Space, digits: Digits) -> Package:
    """Return one package by the places of its choices."""
    return tuple(
        (issue.key, choices[int(digit)])
        for issue, choices, digit in zip(space.table.issues, space.choices, digits, strict=True)
    )


def holds(space: Space, terms: tuple[Term, ...], digits: Digits) -> Flags:
    """Return for each package whether all terms hold.

    Raises:
        UnknownChoice: a term names an issue or option that is not there.
    """
    found = np.ones(len(digits), dtype=bool)
    for index, mask in terms_by_issue(space, terms).items():
        found &= mask[digits[:, index]]
    return found


def allowed_digits(space: Space, digits: Digits) -> Flags:
    """Return for each package whether it meets all constraints and budgets."""
    found = np.ones(len(digits), dtype=bool)
    for constraint in space.table.constraints:
        met = holds(space, constraint.then, digits) if constraint.then else np.zeros(len(digits), dtype=bool)
        found &= ~holds(space, constraint.when, digits) | met
    for budget in space.table.budgets:
        total = np.zeros(len(digits))
        for index, costs in enumerate(budget_costs(space, budget)):
            total += costs[digits[:, index]]
        found &= total <= budget_room(budget)
    return found


def _sampled(space: Space, random: np.random.Generator) -> Digits:
    """Packages of a space that is too large to list: random ones, the best for many weightings, and their neighbours."""
    best = [_best_of(space, weights, lines) for weights in _weightings(space, random) for lines in _kept_lines(space)]
    unique = np.unique(np.array(best, dtype=np.int64), axis=0)
    near = [unique]
    for index, size in enumerate(space.shape):
        for choice in range(size):
            moved = unique.copy()
            moved[:, index] = choice
            near.append(moved)
    scattered = np.stack([random.integers(size, size=_RANDOM) for size in space.shape], axis=1)
    return np.unique(np.concatenate([*near, scattered]), axis=0)


def _best_of(space: Space, weights: Floats, lines: tuple[RedLine, ...]) -> list[int]:
    """The best package for a weighting of the parties by positions, without choices that single lines refuse."""
    found = [weights @ part for part in space.parts]
    for line in lines:
        masks = terms_by_issue(space, line.refuses)
        if len(masks) == 1:
            (index, mask) = next(iter(masks.items()))
            if not mask.all():
                found[index] = np.where(mask, -np.inf, found[index])
    return [int(values.argmax()) for values in found]


def _rough_utilities(space: Space, digits: Digits) -> Floats:
    """Utilities by positions alone: they only choose which packages to look at."""
    found = np.zeros((len(digits), len(space.parties)))
    for index, part in enumerate(space.parts):
        found += part.T[digits[:, index]]
    return found


def _weightings(space: Space, random: np.random.Generator) -> Iterator[Floats]:
    """Weights of the parties: all alike, one only, and random ones."""
    parties = len(space.parties)
    yield np.full(parties, 1 / parties)
    yield from 0.99 * np.eye(parties) + 0.01 / parties
    yield from random.dirichlet(np.ones(parties), size=_WEIGHTINGS)


def _kept_lines(space: Space) -> Iterator[tuple[RedLine, ...]]:
    """Red lines: all of them, none, and all but one."""
    lines = space.table.red_lines
    yield lines
    if lines:
        yield ()
    if len(lines) > 1:
        for left_out in range(len(lines)):
            yield lines[:left_out] + lines[left_out + 1 :]


def _chosen(space: Space, digits: Digits, utilities: Floats, most: int, random: np.random.Generator) -> Digits:
    """Places of the packages to keep: the best by each weighting in turn, then random ones."""
    ranked = []
    each = max(1, most // 200)
    for lines in _kept_lines(space):
        kept = np.ones(len(digits), dtype=bool)
        for line in lines:
            kept &= ~holds(space, line.refuses, digits)
        rows = np.flatnonzero(kept)
        for weights in _weightings(space, random):
            score = -(utilities[rows] @ weights)
            front = np.argpartition(score, each)[:each] if len(rows) > each else np.arange(len(rows))
            ranked.append(rows[front[np.argsort(score[front], kind="stable")]])
    longest = max(len(r) for r in ranked)
    table = np.full((longest, len(ranked)), -1)
    for column, rows in enumerate(ranked):
        table[: len(rows), column] = rows
    turns = table.ravel()
    first = np.unique(turns, return_index=True)
    by_turn = first[0][np.argsort(first[1], kind="stable")]
    best = by_turn[by_turn >= 0][: int(most * _BEST)]
    rest = np.setdiff1d(np.arange(len(digits)), best)
    return np.sort(np.concatenate([best, random.choice(rest, size=most - len(best), replace=False)]))
