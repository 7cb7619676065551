"""Which of many points no other point dominates: exact, for any number of columns, in compiled code.

A point is dominated if another is at least as good in every column and better in one of those that are judged. Points
are taken by falling sum of the judged columns, so that whatever dominates a point was met before it; those kept stand in
a k-d tree over all points, each node of which knows the best value of its kept points in every column. A box that is
worse than the point anywhere is skipped (compare J. Bentley, K. Clarkson and D. Levine, Algorithmica 9, 1993, on maxima
in expected linear time, and H. Kung, F. Luccio and F. Preparata, Journal of the ACM 22, 1975). In practice the time
grows little faster than the number of points while few columns are judged; at worst it is quadratic.
"""

from __future__ import annotations

import math

import attrs
import numpy as np

from treves.bargaining.grid import Flags, Floats, Indices
from treves.bargaining.skyline_kernels import firsts_of, left_over, plant, planted, sift_rows, sort_runs

_SMALL, _SAMPLE = 80_000, 2_000  # points up to which no sample is taken, and of the first sample
_SLICE = 50_000  # rows between two moments at which a person may interrupt


@attrs.frozen(eq=False)
class Groups:
    """Points that nothing dominates, those that are equal in every column together.

    Attributes:
        values: (groups, columns), by falling sum of the judged columns, then by falling columns.
        members: indices of points, group after group, rising within each.
        starts: where each group begins in `members`, and its length at the end; (groups + 1).
    """

    values: Floats
    members: Indices
    starts: Indices

    @property
    def sizes(self) -> Indices:
        """How many points each group has."""
        return np.diff(self.starts)


def undominated(values: Floats, *, judged: int | None = None, among: Flags | None = None) -> Groups:
    """Return the points that no other point dominates.

    Time grows little faster than the number of points: for a million random points of four columns a tenth of a second.

    Args:
        values: (points, columns), higher is better; finite.
        judged: how many columns, from the first on, are judged; all unless given. A point that is worse only in the
            others is not dominated: these say what it leaves open, and equals in what is judged are kept.
        among: points to look at, (points,); all unless given.
    """
    values = np.ascontiguousarray(values, dtype=np.float64)
    judged = values.shape[1] if judged is None else judged
    among = None if among is None or among.all() else among
    rows = _survivors(values, judged, among)
    kept = values[rows]
    order = _order(kept, judged)
    kept = np.ascontiguousarray(kept[order])
    firsts = firsts_of(kept)
    unique = np.ascontiguousarray(kept[firsts[:-1]])
    stay = _skyline(unique, judged)
    sizes = np.diff(firsts)
    return Groups(
        unique[stay],
        rows[order][np.repeat(stay, sizes)],
        np.concatenate(([0], np.cumsum(sizes[stay]))).astype(np.int64),
    )


def _survivors(values: Floats, judged: int, among: Flags | None) -> Indices:
    """Indices of points that are left once the undominated ones of ever larger samples threw out what they dominate."""
    count = len(values)
    if count < _SMALL:
        return np.arange(count) if among is None else np.flatnonzero(among)
    step, strong = _coprime(count // _SAMPLE, count), np.empty((0, values.shape[1]))
    looked_at = np.empty(0, dtype=np.bool_) if among is None else among
    while True:
        rows = _filter(values, strong, judged, looked_at, step)
        if step == 1:
            return rows
        strong = undominated(np.concatenate((strong, values[rows])), judged=judged).values
        step = _coprime(step // 10, count) if step > 10 else 1


def _coprime(step: int, count: int) -> int:
    """The first step from `step` on that meets every choice of every issue: packages come in the order of choices."""
    while math.gcd(step, count) > 1:
        step += 1
    return step


def _order(values: Floats, judged: int) -> Indices:
    """Points by falling sum of the judged columns; equal sums by falling columns, then by rising index."""
    sums = values[:, :judged].sum(axis=1)
    order = np.argsort(-sums)
    sort_runs(values, sums, order)
    return order


def _skyline(values: Floats, judged: int) -> Flags:
    """Which of these different points, in falling order, no other dominates."""
    tree, leaf = planted(values)
    stay = np.zeros(len(values), dtype=np.bool_)
    for start in range(0, len(values), _SLICE):
        sift_rows(values, judged, tree, leaf, stay, (start, min(start + _SLICE, len(values))))
    return stay


def _filter(values: Floats, strong: Floats, judged: int, among: Flags, step: int) -> Indices:
    """Every so many rows, without those that a strong point dominates; `among` may be empty for all."""
    tree, leaf = planted(strong)
    plant(strong, leaf, tree)
    found, room = list[Indices](), np.empty(_SLICE, dtype=np.int64)
    for start in range(0, len(values), _SLICE * step):
        count = left_over(values, judged, tree, among, room, (start, min(start + _SLICE * step, len(values)), step))
        found.append(room[:count].copy())
    return np.concatenate(found)
