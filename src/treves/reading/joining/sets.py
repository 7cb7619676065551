"""Disjoint sets: things that turn out to be the same, joined two at a time."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class DisjointSets(Generic[T]):
    """Sets of items that are joined two at a time; nearly constant cost a step (R. E. Tarjan, JACM 22(2), 1975)."""

    def __init__(self, items: Iterable[T] = ()) -> None:
        """Start with every one of `items` in a set of its own."""
        self._parent: dict[T, T] = {item: item for item in items}
        self._size: dict[T, int] = dict.fromkeys(self._parent, 1)

    def find(self, item: T) -> T:
        """Return the item that stands for the set of `item`; an unknown item gets a set of its own."""
        parent = self._parent
        if item not in parent:
            parent[item], self._size[item] = item, 1
        root = item
        while parent[root] != root:
            root = parent[root]
        while parent[item] != root:
            parent[item], item = root, parent[item]
        return root

    def union(self, first: T, second: T) -> T:
        """Join the sets of two items; return the item that stands for the joined set."""
        a, b = self.find(first), self.find(second)
        if a == b:
            return a
        if self._size[a] < self._size[b]:
            a, b = b, a
        self._parent[b] = a
        self._size[a] += self._size[b]
        return a

    def groups(self) -> list[list[T]]:
        """Return the sets, items and sets in the order in which the items were first seen."""
        found: dict[T, list[T]] = {}
        for item in list(self._parent):
            found.setdefault(self.find(item), []).append(item)
        return list(found.values())
