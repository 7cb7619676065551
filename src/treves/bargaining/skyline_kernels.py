"""Compiled loops over points: order, and a k-d tree that tells whether some point in it dominates another."""

from __future__ import annotations

import numpy as np
from numba import njit

from treves.bargaining.grid import Flags, Floats, Indices

_LEAF = 16

Tree = tuple[Floats, Floats, Indices, Indices, Indices]
"""Best values by node, points by leaf, where leaves start, how many points are in each, and room for a search."""


@njit(cache=True)
def _before(values: Floats, a: int, b: int) -> bool:
    for column in range(values.shape[1]):
        if values[a, column] != values[b, column]:
            return bool(values[a, column] > values[b, column])
    return a < b


@njit(cache=True)
def sort_runs(values: Floats, sums: Floats, order: Indices) -> None:
    """Sort points of equal sum among themselves, in place: a heap sort, so that long runs do no harm."""
    count = len(order)
    start = 0
    while start < count:
        end = start + 1
        while end < count and sums[order[end]] == sums[order[start]]:
            end += 1
        length = end - start
        for root in range(length // 2 - 1, -1, -1):
            _sift(values, order, start, root, length)
        for last in range(length - 1, 0, -1):
            order[start], order[start + last] = order[start + last], order[start]
            _sift(values, order, start, 0, last)
        start = end


@njit(cache=True)
def _sift(values: Floats, order: Indices, start: int, root: int, length: int) -> None:
    while 2 * root + 1 < length:
        child = 2 * root + 1
        if child + 1 < length and _before(values, order[start + child], order[start + child + 1]):
            child += 1
        if not _before(values, order[start + root], order[start + child]):
            return
        order[start + root], order[start + child] = order[start + child], order[start + root]
        root = child


@njit(cache=True)
def firsts_of(values: Floats) -> Indices:
    """Where each run of equal rows starts, and the number of rows at the end."""
    found = np.empty(len(values) + 1, np.int64)
    groups = 0
    for row in range(len(values)):
        new = row == 0
        for column in range(values.shape[1]):
            new = new or values[row, column] != values[row - 1, column]
        if new:
            found[groups] = row
            groups += 1
    found[groups] = len(values)
    return found[: groups + 1]


@njit(cache=True)
def _dominates(strong: Floats, a: int, values: Floats, b: int, judged: int) -> bool:
    """Whether row `a` is at least as good as row `b` everywhere, and better in a judged column."""
    for column in range(values.shape[1]):
        if strong[a, column] < values[b, column]:
            return False
    for column in range(judged):  # noqa: SIM110 (loops are what is compiled well)
        if strong[a, column] > values[b, column]:
            return True
    return False


@njit(cache=True)
def _select(values: Floats, order: Indices, start: int, end: int, middle: int, column: int) -> None:
    """Bring the point that belongs at `middle` by this column there, smaller ones before it (Hoare's selection)."""
    low, high = start, end - 1
    while low < high:
        a, b, c = values[order[low], column], values[order[(low + high) // 2], column], values[order[high], column]
        pivot = max(min(a, b), min(max(a, b), c))
        left, right = low, high
        while left <= right:
            while values[order[left], column] < pivot:
                left += 1
            while values[order[right], column] > pivot:
                right -= 1
            if left <= right:
                order[left], order[right] = order[right], order[left]
                left += 1
                right -= 1
        if middle <= right:
            high = right
        elif middle >= left:
            low = left
        else:
            return


@njit(cache=True)
def _widest(values: Floats, order: Indices, start: int, end: int) -> int:
    best, width = 0, -1.0
    step = max(1, (end - start) // 32)
    for column in range(values.shape[1]):
        low = high = values[order[start], column]
        for place in range(start, end, step):
            low = min(low, values[order[place], column])
            high = max(high, values[order[place], column])
        if high - low > width:
            best, width = column, high - low
    return best


@njit(cache=True)
def _leaves(values: Floats, levels: int) -> tuple[Indices, Indices]:
    """The leaf of each point in a balanced k-d tree, and where the points of each leaf start."""
    order = np.arange(len(values))
    bounds = np.zeros((1 << levels) + 1, np.int64)
    bounds[-1] = len(values)
    step = 1 << levels
    while step > 1:
        for first in range(0, 1 << levels, step):
            start, end = bounds[first], bounds[first + step]
            middle = (start + end) // 2
            bounds[first + step // 2] = middle
            if end - start > 1:
                _select(values, order, start, end, middle, _widest(values, order, start, end))
        step //= 2
    leaf = np.empty(len(values), np.int64)
    for number in range(1 << levels):
        for place in range(bounds[number], bounds[number + 1]):
            leaf[order[place]] = number
    return leaf, bounds


@njit(cache=True)
def _reaches(best: Floats, node: int, values: Floats, row: int) -> bool:
    for column in range(values.shape[1]):  # noqa: SIM110
        if best[node, column] < values[row, column]:
            return False
    return True


@njit(cache=True)
def _dominator(values: Floats, row: int, judged: int, tree: Tree) -> int:
    """The place in the tree of a point that dominates this row; -1 if none does."""
    best, kept, bounds, counts, stack = tree
    leaves = len(counts)
    stack[0] = 1
    depth = 1
    while depth > 0:
        depth -= 1
        node = stack[depth]
        if node >= leaves:
            start = bounds[node - leaves]
            for place in range(start, start + counts[node - leaves]):
                if _dominates(kept, place, values, row, judged):
                    return place
            continue
        for child in (2 * node, 2 * node + 1):
            if _reaches(best, child, values, row):
                stack[depth] = child
                depth += 1
    return -1


@njit(cache=True)
def planted(values: Floats) -> tuple[Tree, Indices]:
    """A tree with room for all these points and none in it yet, and the leaf of each."""
    levels = 0
    while len(values) > _LEAF << levels:
        levels += 1
    leaf, bounds = _leaves(values, levels)
    leaves = 1 << levels
    best = np.full((2 * leaves, values.shape[1]), -np.inf)
    tree = (best, np.empty_like(values), bounds, np.zeros(leaves, np.int64), np.empty(2 * levels + 2, np.int64))
    return tree, leaf


@njit(cache=True)
def _keep(values: Floats, row: int, leaf: int, tree: Tree) -> None:
    """Put a point into its leaf, and let the nodes above know."""
    best, kept, bounds, counts, _ = tree
    kept[bounds[leaf] + counts[leaf]] = values[row]
    counts[leaf] += 1
    node = len(counts) + leaf
    while node > 0:
        for column in range(values.shape[1]):
            best[node, column] = max(best[node, column], values[row, column])
        node //= 2


@njit(cache=True)
def plant(values: Floats, leaf: Indices, tree: Tree) -> None:
    """Put all points into the tree made for them."""
    for row in range(len(values)):
        _keep(values, row, leaf[row], tree)


@njit(cache=True)
def sift_rows(values: Floats, judged: int, tree: Tree, leaf: Indices, stay: Flags, bounds: tuple[int, int]) -> None:
    """Mark which of the rows from one bound to the other stay, and put them into the tree."""
    for row in range(bounds[0], bounds[1]):
        if _dominator(values, row, judged, tree) < 0:
            stay[row] = True
            _keep(values, row, leaf[row], tree)


@njit(cache=True)
def left_over(
    values: Floats, judged: int, tree: Tree, among: Flags, found: Indices, bounds: tuple[int, int, int]
) -> int:
    """Put the rows between bounds, in steps, that no point of the tree dominates into `found`; return how many."""
    # what dominated one point often dominates the next
    recent = np.zeros(8, np.int64)
    count = 0
    for row in range(bounds[0], bounds[1], bounds[2]):
        if len(among) > 0 and not among[row]:
            continue
        dominated = False
        for place in recent[: len(tree[1])]:
            if _dominates(tree[1], place, values, row, judged):
                dominated = True
                break
        if not dominated:
            place = _dominator(values, row, judged, tree)
            if place >= 0:
                recent[1:] = recent[:-1].copy()
                recent[0] = place
            else:
                found[count] = row
                count += 1
    return count
