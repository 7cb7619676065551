"""A table with ranges as a linear program with whole variables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs
import numpy as np

from treves.bargaining.continuous_cells import Cell, cells_of, holding
from treves.bargaining.continuous_program import Program
from treves.bargaining.grid import Extra, Space, choice_index
from treves.bargaining.refusals import FIRM, budget_room
from treves.bargaining.search_demands import Demand, DemandKind, demands_of, refused_terms
from treves.model.table import Issue, Position, Scale, Term


@attrs.frozen(eq=False)
class Built:
    """A program and what its variables stand for.

    Attributes:
        program: with a utility for each party asked for.
        cells: by issue, what can be chosen.
        first: by issue, the variable of its first cell.
        number: by issue, the variable of the number on its range; -1 where it has options.
    """

    program: Program
    cells: tuple[tuple[Cell, ...], ...]
    first: tuple[int, ...]
    number: tuple[int, ...]


@attrs.frozen
class Linear:
    """A sum of variables with factors, and a constant."""

    factors: Mapping[int, float] = attrs.field(factory=dict)
    constant: float = 0.0

    def __add__(self, other: Linear) -> Linear:
        factors = dict(self.factors)
        for variable, factor in other.factors.items():
            factors[variable] = factors.get(variable, 0.0) + factor
        return Linear(factors, self.constant + other.constant)

    def times(self, factor: float) -> Linear:
        """Return the same, so many times."""
        return Linear({v: f * factor for v, f in self.factors.items()}, self.constant * factor)


def built_program(space: Space, parties: Sequence[str], *, firm: float = FIRM) -> Built:
    """Return the packages that meet the rules of a table and the red lines and mandates of some parties.

    Their reservation values are left to whoever asks for points.

    Args:
        space: the packages; steps of ranges are not looked at.
        parties: keys; the program has their utilities, in this order.
        firm: firmness, 0-1, from which a red line counts.

    Raises:
        UnknownChoice: the table names an issue or option that is not there.
    """
    return _Builder(space).built(parties, firm)


class _Builder:
    """Variables and rows, one by one."""

    def __init__(self, space: Space) -> None:
        self._space = space
        self._cells = cells_of(space)
        self._low: list[float] = []
        self._high: list[float] = []
        self._whole: list[bool] = []
        self._rows: list[tuple[Linear, float]] = []
        self._both: dict[tuple[tuple[int, tuple[bool, ...]], ...], Linear] = {}
        self._first: list[int] = []
        self._number: list[int] = []
        for issue, cells in zip(space.table.issues, self._cells, strict=True):
            self._add_issue(issue, cells)

    def built(self, parties: Sequence[str], firm: float) -> Built:
        """The program."""
        for demand in demands_of(self._space, firm=firm):
            if not demand.party or demand.party in parties:
                self._require(demand)
        utilities = [self._utility(party) for party in parties]
        count = len(self._low)
        program = Program(
            rows=np.array([_row(sum_, count) for sum_, _ in self._rows]).reshape(-1, count),
            limits=np.array([limit - sum_.constant for sum_, limit in self._rows]),
            utilities=np.array([_row(sum_, count) for sum_ in utilities]).reshape(-1, count),
            offset=np.array([sum_.constant for sum_ in utilities]),
            low=np.array(self._low),
            high=np.array(self._high),
            whole=np.array(self._whole, np.bool_),
        )
        return Built(program, self._cells, tuple(self._first), tuple(self._number))

    def _variable(self, low: float, high: float, *, whole: bool = False) -> Linear:
        self._low.append(low)
        self._high.append(high)
        self._whole.append(whole)
        return Linear({len(self._low) - 1: 1.0})

    def _at_most(self, sum_: Linear, limit: float) -> None:
        self._rows.append((sum_, limit))

    def _add_issue(self, issue: Issue, cells: Sequence[Cell]) -> None:
        self._first.append(len(self._low))
        free = len(cells) > 1
        chosen = [self._variable(0.0 if free else 1.0, 1.0, whole=free) for _ in cells]
        if free:
            self._at_most(_total(chosen), 1.0)
            self._at_most(_total(chosen).times(-1.0), -1.0)
        if issue.scale is not Scale.RANGE:
            self._number.append(-1)
            return
        self._number.append(len(self._low))
        number = self._variable(cells[0].low, cells[-1].high)
        if free:
            lows = _total(c.times(-cell.low) for c, cell in zip(chosen, cells, strict=True))
            highs = _total(c.times(-cell.high) for c, cell in zip(chosen, cells, strict=True))
            self._at_most(number + highs, 0.0)
            self._at_most((number + lows).times(-1.0), 0.0)

    def _literals(self, terms: Iterable[Term]) -> list[Linear]:
        """For each issue that terms speak of, a sum that is 1 if all of them hold on it and 0 if not."""
        return [self._literal(index, mask) for index, mask in self._masks(terms)]

    def _masks(self, terms: Iterable[Term]) -> list[tuple[int, tuple[bool, ...]]]:
        listed = list(terms)
        found = sorted({self._space.issue_index(term.issue) for term in listed})
        for term in listed:
            index = self._space.issue_index(term.issue)
            for option in term.options:
                choice_index(self._space.table.issues[index], self._space.choices[index], option)
        return [(i, holding(self._space.table.issues[i], self._cells[i], listed)) for i in found]

    def _literal(self, index: int, mask: Sequence[bool]) -> Linear:
        return Linear({self._first[index] + k: 1.0 for k, inside in enumerate(mask) if inside})

    def _all(self, terms: Sequence[Term]) -> Linear:
        """A sum that is 1 if all terms hold and 0 if not."""
        masks = tuple(self._masks(terms))
        literals = [self._literal(index, mask) for index, mask in masks]
        if len(literals) < 2:
            return literals[0] if literals else Linear(constant=1.0)
        if masks not in self._both:
            both = self._variable(0.0, 1.0)
            for literal in literals:
                self._at_most(both + literal.times(-1.0), 0.0)
            self._at_most(_total(literals) + both.times(-1.0), len(literals) - 1.0)
            self._both[masks] = both
        return self._both[masks]

    def _require(self, demand: Demand) -> None:
        table = self._space.table
        if demand.kind is DemandKind.CONSTRAINT:
            constraint = table.constraints[demand.index]
            when = self._literals(constraint.when)
            for then in self._literals(constraint.then) or [Linear()]:
                self._at_most(_total(when) + then.times(-1.0), len(when) - 1.0)
        elif demand.kind is DemandKind.BUDGET:
            self._keep_budget(demand.index)
        elif demand.kind is DemandKind.RED_LINE:
            lines = self._literals(refused_terms(self._space, demand))
            self._at_most(_total(lines), len(lines) - 1.0)
        elif demand.kind is DemandKind.MANDATE:
            for literal in self._literals(refused_terms(self._space, demand)):
                self._at_most(literal.times(-1.0), -1.0)

    def _keep_budget(self, index: int) -> None:
        budget = self._space.table.budgets[index]
        total = Linear()
        for cost in budget.costs:
            i = self._space.issue_index(cost.issue)
            issue = self._space.table.issues[i]
            if issue.scale is Scale.RANGE:
                total += Linear({self._number[i]: cost.amount}, -cost.amount * issue.bounds[0])
            else:
                k = choice_index(issue, self._space.choices[i], cost.option)
                total += Linear({self._first[i] + k: cost.amount})
        self._at_most(total, budget_room(budget))

    def _utility(self, key: str) -> Linear:
        """A sum that can be as high as a party's utility, and no higher."""
        space, party = self._space, self._space.parties.index(key)
        unit = float(space.units[party])
        weights = space.table.normalised_salience(key)
        found, low = Linear(), 0.0
        for i, issue in enumerate(space.table.issues):
            if issue.scale is Scale.RANGE:
                position, weight = space.table.position(key, issue.key), weights.get(issue.key, 0.0)
                if position is not None and weight > 0:
                    found += self._nearness(i, position, weight)
            else:
                parts = space.positions[i][party] / unit
                found += Linear({self._first[i] + k: float(part) for k, part in enumerate(parts) if part})
                low += float(parts.min())
        for extra in space.extras:
            if extra.party == party:
                part, least = self._extra(extra, unit)
                found, low = found + part, low + least
        return self._cut(found, low, 0.0, 1.0) if space.clipped else found

    def _nearness(self, index: int, position: Position, weight: float) -> Linear:
        """What a number is worth to a party by its distance to a point: the lower of two lines."""
        if position.point is None:
            return Linear()
        low, high = self._space.table.issues[index].bounds
        slope, point = weight / (high - low), position.point.value
        worth = self._variable(-np.inf, np.inf)
        for sign in (1.0, -1.0):
            self._at_most(worth + Linear({self._number[index]: sign * slope}), weight + sign * slope * point)
        return worth

    def _extra(self, extra: Extra, unit: float) -> tuple[Linear, float]:
        total = Linear(constant=extra.base / unit)
        low = high = extra.base / unit
        for piece in extra.pieces:
            size = piece.count / unit
            total += self._all(piece.terms).times(size)
            low, high = low + min(size, 0.0), high + max(size, 0.0)
        floor, ceiling = extra.floor / unit, extra.ceiling / unit
        if floor <= low and high <= ceiling:
            return total, low
        return self._cut(total, low, floor, ceiling), min(max(low, floor), ceiling)

    def _cut(self, sum_: Linear, low: float, floor: float, ceiling: float) -> Linear:
        """A sum that can be as high as another cut to two bounds; below the lower one only a whole variable can tell."""
        cut = self._variable(-np.inf, ceiling)
        if low >= floor:
            self._at_most(cut + sum_.times(-1.0), 0.0)
            return cut
        above = self._variable(0.0, 1.0, whole=True)
        self._at_most(cut + sum_.times(-1.0) + above.times(floor - low), floor - low)
        self._at_most(cut + above.times(floor - ceiling), floor)
        return cut


def _total(sums: Iterable[Linear]) -> Linear:
    total = Linear()
    for one in sums:
        total += one
    return total


def _row(sum_: Linear, count: int) -> list[float]:
    row = [0.0] * count
    for variable, factor in sum_.factors.items():
        row[variable] = factor
    return row
