"""What can be chosen on an issue for linear programs: an option, or a piece of a range on which every condition is settled."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import attrs

from treves.bargaining.grid import Space, term_holds
from treves.model.table import Choice, Issue, Scale, Table, Term

MARGIN = 1e-6
"""How far, as part of its length, a choice on a range stays off a condition that it must not meet."""


@attrs.frozen
class Cell:
    """An option, or a piece of a range.

    Attributes:
        sample: the option, or a number in the piece: a condition holds for it or for none of the cell.
        low, high: bounds of the piece, both included; 0 for an option.
    """

    sample: Choice
    low: float = 0.0
    high: float = 0.0


def cells_of(space: Space) -> tuple[tuple[Cell, ...], ...]:
    """Return by issue its options, or the pieces of its range."""
    terms = list(_terms(space.table))
    return tuple(
        tuple(_pieces(issue, [t for t in terms if t.issue == issue.key]))
        if issue.scale is Scale.RANGE
        else tuple(Cell(choice) for choice in choices)
        for issue, choices in zip(space.table.issues, space.choices, strict=True)
    )


def holding(issue: Issue, cells: Sequence[Cell], terms: Sequence[Term]) -> tuple[bool, ...]:
    """Return for each cell of an issue whether all terms on that issue hold."""
    own = [term for term in terms if term.issue == issue.key]
    return tuple(all(term_holds(issue, term, cell.sample) for term in own) for cell in cells)


def _terms(table: Table) -> list[Term]:
    """Every condition of a table."""
    sets = [c.when + c.then for c in table.constraints]
    sets += [line.refuses for line in table.red_lines]
    sets += [party.mandate.within for party in table.parties if party.mandate]
    sets += [interaction.terms for interaction in table.interactions]
    sets += [effect.terms for effect in table.effects]
    return [term for terms in sets for term in terms]


def _pieces(issue: Issue, terms: Sequence[Term]) -> list[Cell]:
    """The range cut where conditions begin or end; neighbours for which the same hold are one piece."""
    low, high = issue.bounds
    ends = {bound for term in terms for bound in (term.low, term.high) if bound is not None and low < bound < high}
    marks = [low, *sorted(ends), high]
    parts = [(marks[0], marks[0])]  # points and open stretches in turn
    for left, right in pairwise(marks):
        parts += [(left, right), (right, right)]
    groups: list[list[tuple[float, float]]] = []
    known: tuple[bool, ...] | None = None
    for part in parts:
        truth = tuple(term_holds(issue, term, (part[0] + part[1]) / 2) for term in terms)
        if truth != known:
            groups.append([])
            known = truth
        groups[-1].append(part)
    return [_piece(group, high - low) for group in groups]


def _piece(group: Sequence[tuple[float, float]], length: float) -> Cell:
    (low, low_end), (high_start, high) = group[0], group[-1]
    margin = min(MARGIN * length, (high - low) / 4)
    sample = low if low == low_end else (low + low_end) / 2
    return Cell(sample, low if low == low_end else low + margin, high if high == high_start else high - margin)
