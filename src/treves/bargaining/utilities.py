"""What packages are worth to parties, exactly.

The utility of package x to party p is the sum over issues of ``w * v(x)``: w is its salience as part of 1, v the value
of the choice: ``1 - |place - point| / length of the scale``, or what `values` say. An issue without a position weighs
nothing. To that come valuations of indicators (1 at best, 0 at worst, straight between, flat beyond; an indicator is its
baseline plus the effects whose terms all hold) and interactions; only with interactions the sum is cut to 0-1.

All numbers are taken as the decimals that a person wrote and added as whole numbers of a unit of the party's own, so
that two packages which are worth the same to it are found to be. Where no unit up to 2**-44 divides all its numbers (long
random decimals), each part is rounded to that unit: an error below 1e-12.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs
import numpy as np

from treves.bargaining.grid import (
    Extra,
    Floats,
    Piece,
    Space,
    UnknownChoice,
    choice_index,
    choices_of,
    exact,
    issue_index,
    require_listable,
    term_holds,
    terms_by_issue,
)
from treves.model.table import Choice, Issue, Package, Position, Table, Term, Valuation

_FINEST = 2**44


@attrs.frozen
class _Measure:
    """A party's unit: counts that make a utility of 1, and the weight of each issue and indicator in counts."""

    unit: int
    weights: Mapping[str, int]


def space_of(table: Table) -> Space:
    """Return a table as numbers.

    Raises:
        UnusableNumber: an issue has nothing to choose, or a number is not finite.
        UnknownChoice: an effect or interaction names an issue or option that is not there.
    """
    listed = [choices_of(issue) for issue in table.issues]
    measures = [_measure(table, party.key) for party in table.parties]
    positions = tuple(
        np.array(
            [
                [
                    _part(measure, table.position(party.key, issue.key), issue, c, at)
                    for c, at in zip(*found, strict=True)
                ]
                for party, measure in zip(table.parties, measures, strict=True)
            ],
            dtype=np.float64,
        ).reshape(len(measures), len(found[0]))
        for issue, found in zip(table.issues, listed, strict=True)
    )
    units = np.array([measure.unit for measure in measures], dtype=np.float64)
    space = Space(
        table=table,
        choices=tuple(choices for choices, _ in listed),
        places=tuple(np.array([np.nan if at is None else float(at) for at in ats]) for _, ats in listed),
        parts=tuple(part / units[:, None] for part in positions),
        additive=False,
        size=math.prod(len(choices) for choices, _ in listed),
        parties=tuple(party.key for party in table.parties),
        units=units,
        counts=positions,
        positions=positions,
        extras=tuple(_extras(table, measures)),
        clipped=bool(table.interactions),
    )
    return _folded(space)


def all_utilities(space: Space) -> Floats:
    """Return the utility of every package to every party, (packages, parties).

    Takes 8 bytes per package and party.

    Raises:
        TooManyPackages: the space is too large to list.
    """
    require_listable(space)
    found = np.empty((space.size, len(space.parties)))
    for party, unit in enumerate(space.units):
        counts = np.zeros(1)
        for part in space.counts if space.additive else space.positions:
            counts = np.add.outer(counts, part[party]).ravel()
        for extra in () if space.additive else space.extras:
            if extra.party == party:
                total = _pieces_total(space, extra)
                counts += np.clip(total, extra.floor, extra.ceiling, out=total)
        if space.clipped:
            np.clip(counts, 0.0, unit, out=counts)
        np.divide(counts, unit, out=found[:, party])
    return found


def utility_of(space: Space, package: Package) -> Floats:
    """Return the utility of one package to every party; numbers on a range need not be steps.

    Issues that it leaves out count for nothing, and terms on them do not hold.

    Raises:
        UnknownChoice: it names an issue or choice that is not there.
    """
    chosen = dict(package)
    for key in chosen:
        space.issue_index(key)
    counts = np.zeros(len(space.parties))
    for index, issue in enumerate(space.table.issues):
        if issue.key in chosen:
            counts += _choice_counts(space, index, chosen[issue.key])
    issues = {issue.key: issue for issue in space.table.issues}
    for extra in space.extras:
        total = extra.base
        for piece in extra.pieces:
            if all(t.issue in chosen and term_holds(issues[t.issue], t, chosen[t.issue]) for t in piece.terms):
                total += piece.count
        counts[extra.party] += min(max(total, extra.floor), extra.ceiling)
    return (np.clip(counts, 0.0, space.units) if space.clipped else counts) / space.units


def reversion_values(space: Space) -> Floats:
    """Return for each party the utility, 0-1, of having no agreement.

    As the table gives it, else the utility of the reversion package; 0 where that is not known either.
    """
    package = space.table.reversion.package
    worked_out = utility_of(space, package) if package else np.zeros(len(space.parties))
    given = [party.reversion_value for party in space.table.parties]
    return np.array([v if g is None else g.value for g, v in zip(given, worked_out, strict=True)], dtype=np.float64)


def reservations(space: Space) -> Floats:
    """Return for each party the utility below which it refuses: as given, else its reversion value."""
    fallback = reversion_values(space)
    given = [party.reservation for party in space.table.parties]
    return np.array([v if g is None else g.value for g, v in zip(given, fallback, strict=True)], dtype=np.float64)


def _measure(table: Table, party: str) -> _Measure:
    raw = {p.issue: exact(p.salience.value) for p in table.positions if p.party == party}
    raw |= {v.indicator: exact(v.salience.value) for v in table.valuations if v.party == party}
    total = sum(raw.values())
    weights = {key: value / total for key, value in raw.items()} if total > 0 else {}
    unit = 1
    for number in _numbers(table, party, weights):
        unit = math.lcm(unit, number.denominator)
        if unit > _FINEST:
            return _Measure(_FINEST, _shared_out(weights, _FINEST))
    unit *= _FINEST // unit  # fine enough for numbers between the steps of a range, too
    return _Measure(unit, {key: int(weight * unit) for key, weight in weights.items()})


def _numbers(table: Table, party: str, weights: Mapping[str, Fraction]) -> Iterator[Fraction]:
    """Every number that a party's unit must divide."""
    yield from weights.values()
    for position in table.positions:
        if position.party == party and position.issue in weights:
            issue = table.issues[issue_index(table, position.issue)]
            for choice, at in zip(*choices_of(issue), strict=True):
                yield weights[issue.key] * _value(position, issue, choice, at)
    for valuation in table.valuations:
        if valuation.party == party:
            yield from (weights.get(valuation.indicator, Fraction(0)) * s for _, s in _steps(table, valuation))
    yield from (exact(i.value) for i in table.interactions if i.party == party)


def _shared_out(weights: Mapping[str, Fraction], unit: int) -> dict[str, int]:
    """Weights as whole numbers that add up to `unit`, by largest remainder."""
    shared = {key: int(weight * unit) for key, weight in weights.items()}
    for key in sorted(weights, key=lambda k: shared[k] - weights[k] * unit)[: unit - sum(shared.values())]:
        shared[key] += 1
    return shared


def _value(position: Position, issue: Issue, choice: Choice, at: Fraction | None) -> Fraction:
    """Value 0-1 of a choice by itself."""
    for option, value in position.values:
        if option == choice:
            return exact(value)
    if position.point is None or at is None:
        return Fraction(0)
    low, high = issue.bounds
    return 1 - abs(at - exact(position.point.value)) / (exact(high) - exact(low))


def _part(measure: _Measure, position: Position | None, issue: Issue, choice: Choice, at: Fraction | None) -> int:
    weight = measure.weights.get(issue.key, 0)
    return round(weight * _value(position, issue, choice, at)) if position and weight else 0


def _steps(table: Table, valuation: Valuation) -> Iterator[tuple[tuple[Term, ...], Fraction]]:
    """The baseline, without terms, and each effect, with its terms, as parts of the way from worst to best."""
    length = exact(valuation.best) - exact(valuation.worst)
    if length == 0:
        return
    for indicator in table.indicators:
        if indicator.key == valuation.indicator:
            yield (), (exact(indicator.baseline) - exact(valuation.worst)) / length
    for effect in table.effects:
        if effect.indicator == valuation.indicator:
            yield effect.terms, exact(effect.amount.value) / length


def _extras(table: Table, measures: list[_Measure]) -> Iterator[Extra]:
    for index, (party, measure) in enumerate(zip(table.parties, measures, strict=True)):
        for valuation in table.valuations:
            weight = measure.weights.get(valuation.indicator, 0)
            if valuation.party == party.key and weight:
                steps = [Piece(terms, float(round(weight * size))) for terms, size in _steps(table, valuation)]
                base = sum((piece.count for piece in steps if not piece.terms), 0.0)
                yield Extra(index, base, 0.0, float(weight), tuple(piece for piece in steps if piece.terms))
        pieces = [i for i in table.interactions if i.party == party.key]
        if pieces:
            sized = tuple(Piece(i.terms, float(round(exact(i.value) * measure.unit))) for i in pieces)
            yield Extra(index, 0.0, -math.inf, math.inf, sized)


def _folded(space: Space) -> Space:
    """The same space with extras taken into the parts, if they can be: additive."""
    if space.clipped:
        return space
    counts = [part.copy() for part in space.positions]
    for extra in space.extras:
        by_issue = [np.zeros(len(choices)) for choices in space.choices]
        for piece in extra.pieces:
            masks = terms_by_issue(space, piece.terms)
            if len(masks) != 1:
                return space
            (index, mask) = next(iter(masks.items()))
            by_issue[index][mask] += piece.count
        lowest = extra.base + sum(part.min() for part in by_issue)
        highest = extra.base + sum(part.max() for part in by_issue)
        if not by_issue or lowest < extra.floor or highest > extra.ceiling:
            return space
        by_issue[0] += extra.base
        for part, gained in zip(counts, by_issue, strict=True):
            part[extra.party] += gained
    parts = tuple(part / space.units[:, None] for part in counts)
    return attrs.evolve(space, counts=tuple(counts), parts=parts, additive=True)


def _pieces_total(space: Space, extra: Extra) -> Floats:
    """The sum of an extra for every package, before it is cut; each piece is added at the last issue it speaks of."""
    pieces = [(piece.count, terms_by_issue(space, piece.terms)) for piece in extra.pieces]
    total = np.full(1, extra.base + sum(count for count, masks in pieces if not masks))
    held = [np.ones(1, dtype=bool) for _ in pieces]
    for index, choices in enumerate(space.choices):
        total = np.repeat(total, len(choices))
        for number, (count, masks) in enumerate(pieces):
            if index > max(masks, default=-1):
                continue
            if index in masks:
                held[number] = np.logical_and.outer(held[number], masks[index]).ravel()
            else:
                held[number] = np.repeat(held[number], len(choices))
            if index == max(masks):
                total[held[number]] += count
    return total


def _choice_counts(space: Space, index: int, choice: Choice) -> Floats:
    """Counts of one choice on one issue to every party, by positions."""
    issue = space.table.issues[index]
    try:
        return space.positions[index][:, choice_index(issue, space.choices[index], choice)]
    except UnknownChoice:
        if isinstance(choice, str) or not issue.bounds[0] <= choice <= issue.bounds[1] or issue.options:
            raise
    measures = (_measure(space.table, party) for party in space.parties)
    found = [
        _part(measure, space.table.position(party, issue.key), issue, choice, exact(choice))
        for party, measure in zip(space.parties, measures, strict=True)
    ]
    return np.array(found, dtype=np.float64)
