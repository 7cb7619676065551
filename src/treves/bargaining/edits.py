"""Changes of single cells of a table, as text: ``party.vvd.reservation=0.3``.

====================================================  ==========================================================
path                                                  what it is
====================================================  ==========================================================
``party.P.reservation``, ``.reversion``               utility, 0-1
``party.P.concession``                                exponent, 0.05-20
``party.P.give_way``, ``.bluff``, ``.walk_out``       chances, 0-1
``party.P.seats``                                     votes
``position.P.I``                                      place on the scale, or an option's key
``position.P.I.salience``                             raw weight, 0 or more
``position.P.I.value.O``                              worth of option O, 0-1
``redline.P.I.firmness``                              chance, 0-1; a second line on the same issue is ``redline.P.I.2``
``redline.P.I=off``, ``constraint.C=off``             leaves it out
``valuation.P.K.salience``                            raw weight, 0 or more
``effect.N``                                          amount of the N-th effect, from 1
``budget.B.limit``, ``rule.quota``                    numbers
``deadline.rounds``, ``deadline.firmness``            whole number from 1; chance, 0-1
====================================================  ==========================================================

A bare number is taken as exact; ``40 [30, 50]`` has a central 90% interval. ``+=`` and ``-=`` move a number with its
interval; a reservation value that the table leaves open is then moved with the value of having no agreement.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import ClassVar, TypeVar

import attrs

from treves.bargaining.draws import line_names
from treves.errors import TableError
from treves.model.table import Estimate, Issue, Party, Position, Scale, Table


class EditNotUnderstood(TableError):
    """A change of a table is not of the form path=value."""

    code: ClassVar[str] = "T630"


class NoSuchCell(TableError):
    """A change names a cell that the table does not have."""

    code: ClassVar[str] = "T631"


class ValueOutOfRange(TableError):
    """A change gives a cell a value that it cannot have."""

    code: ClassVar[str] = "T632"


@attrs.frozen
class Edit:
    """One change, read.

    Attributes:
        text: as given.
        path: parts between dots are not split yet: keys may hold dots.
        sign: 0 to set, 1 to add, -1 to take away.
        value: what stands behind the sign, stripped.
    """

    text: str
    path: str
    sign: int
    value: str


@attrs.frozen
class Edited:
    """A table after changes.

    Attributes:
        table: the table.
        relief: (party, by how much its reservation value lies lower than the value of having no agreement).
    """

    table: Table
    relief: tuple[tuple[str, float], ...] = ()


_FORM = re.compile(r"\s*([^=\s]+?)\s*([+-]?=)\s*(.+?)\s*\Z")
_NUMBER = re.compile(r"([+-]?\d*\.?\d+(?:[eE][+-]?\d+)?)(?:\s*\[\s*([^,\]]+?)\s*,\s*([^,\]]+?)\s*\])?\Z")
_PARTY_BOUNDS = {
    "reservation": (0.0, 1.0),
    "reversion": (0.0, 1.0),
    "concession": (0.05, 20.0),
    "give_way": (0.0, 1.0),
    "bluff": (0.0, 1.0),
    "walk_out": (0.0, 1.0),
    "seats": (0.0, math.inf),
}
_Thing = TypeVar("_Thing")


def parse(text: str) -> Edit:
    """Read one change.

    Raises:
        EditNotUnderstood: it is not of the form path=value.
    """
    found = _FORM.match(text)
    if found is None:
        raise EditNotUnderstood(
            "The change '{text}' is not of the form path=value.",
            hint="For instance: party.{party}.reservation=0.3",
            text=text,
            party="vvd",
        )
    return Edit(text, found[1], {"=": 0, "+=": 1, "-=": -1}[found[2]], found[3])


def edited(table: Table, edits: Iterable[str]) -> Edited:
    """Return a table after changes, made one after another.

    Raises:
        EditNotUnderstood: a change is not of the form path=value.
        NoSuchCell: it names a cell that is not there.
        ValueOutOfRange: it gives a value that the cell cannot have.
    """
    found = Edited(table)
    for text in edits:
        edit = parse(text)
        kind, _, rest = edit.path.partition(".")
        if kind not in _KINDS:
            raise _no_cell(edit, kind, _KINDS)
        found = _KINDS[kind](found, edit, rest)
    return found


def _party(found: Edited, edit: Edit, rest: str) -> Edited:
    table = found.table
    key, field = _key(edit, rest, [party.key for party in table.parties])
    if field not in _PARTY_BOUNDS:
        raise _no_cell(edit, field, _PARTY_BOUNDS)
    party, bounds = table.party(key), _PARTY_BOUNDS[field]
    if field == "seats":
        new = attrs.evolve(party, seats=_estimate(edit, Estimate(party.seats or 0.0), bounds).value)
    elif field == "reservation" and party.reservation is None and edit.sign:
        size = _estimate(attrs.evolve(edit, sign=0), None, bounds).value
        lowered = dict(found.relief)
        lowered[key] = lowered.get(key, 0.0) - edit.sign * size
        return attrs.evolve(found, relief=tuple(lowered.items()))
    elif field in {"reservation", "reversion"}:
        new = _worth(party, field, edit, bounds)
    else:
        value = _estimate(edit, getattr(party.conduct, field), bounds)
        new = attrs.evolve(party, conduct=attrs.evolve(party.conduct, **{field: value}))
    return attrs.evolve(found, table=attrs.evolve(table, parties=_put(table.parties, party, new)))


def _worth(party: Party, field: str, edit: Edit, bounds: tuple[float, float]) -> Party:
    if field == "reservation":
        return attrs.evolve(party, reservation=_estimate(edit, party.reservation, bounds))
    return attrs.evolve(party, reversion_value=_estimate(edit, party.reversion_value, bounds))


def _position(found: Edited, edit: Edit, rest: str) -> Edited:
    table = found.table
    key, rest = _key(edit, rest, [party.key for party in table.parties])
    about = [position.issue for position in table.positions if position.party == key]
    issue_key, field = _key(edit, rest, about)
    position, issue = table.position(key, issue_key), table.issue(issue_key)
    if position is None:
        raise _no_cell(edit, issue_key, about)
    if field == "":
        new = attrs.evolve(position, point=_point(edit, position, issue))
    elif field == "salience":
        new = attrs.evolve(position, salience=_estimate(edit, position.salience, (0.0, math.inf)))
    elif field.startswith("value."):
        option, _ = _key(edit, field.removeprefix("value."), [option.key for option in issue.options])
        values = dict(position.values)
        known = Estimate(values[option]) if option in values else None
        values[option] = _estimate(edit, known, (0.0, 1.0)).value
        new = attrs.evolve(position, values=tuple(values.items()))
    else:
        raise _no_cell(edit, field, ["salience", "value"])
    return attrs.evolve(found, table=attrs.evolve(table, positions=_put(table.positions, position, new)))


def _point(edit: Edit, position: Position, issue: Issue) -> Estimate:
    if issue.scale is Scale.UNORDERED:
        options = [f"value.{option.key}" for option in issue.options]
        raise _no_cell(edit, "point", options)
    for option in issue.options:
        if option.key == edit.value and option.at is not None and not edit.sign:
            return Estimate(option.at)
    return _estimate(edit, position.point, issue.bounds)


def _red_line(found: Edited, edit: Edit, rest: str) -> Edited:
    table = found.table
    names = line_names(table)
    name, field = _key(edit, f"redline.{rest}", names)
    line = table.red_lines[names.index(name)]
    if field == "" and edit.value == "off":
        return attrs.evolve(found, table=attrs.evolve(table, red_lines=_put(table.red_lines, line, None)))
    if field != "firmness":
        raise _no_cell(edit, field, ["firmness", "=off"])
    new = attrs.evolve(line, firmness=_estimate(edit, line.firmness, (0.0, 1.0)))
    return attrs.evolve(found, table=attrs.evolve(table, red_lines=_put(table.red_lines, line, new)))


def _valuation(found: Edited, edit: Edit, rest: str) -> Edited:
    table = found.table
    key, rest = _key(edit, rest, [party.key for party in table.parties])
    own = {valuation.indicator: valuation for valuation in table.valuations if valuation.party == key}
    indicator, field = _key(edit, rest, list(own))
    if field != "salience":
        raise _no_cell(edit, field, ["salience"])
    old = own[indicator]
    new = attrs.evolve(old, salience=_estimate(edit, old.salience, (0.0, math.inf)))
    return attrs.evolve(found, table=attrs.evolve(table, valuations=_put(table.valuations, old, new)))


def _effect(found: Edited, edit: Edit, rest: str) -> Edited:
    table = found.table
    numbers = [str(number) for number in range(1, len(table.effects) + 1)]
    if rest not in numbers:
        raise _no_cell(edit, rest, numbers)
    old = table.effects[int(rest) - 1]
    new = attrs.evolve(old, amount=_estimate(edit, old.amount, (-math.inf, math.inf)))
    return attrs.evolve(found, table=attrs.evolve(table, effects=_put(table.effects, old, new)))


def _budget(found: Edited, edit: Edit, rest: str) -> Edited:
    table = found.table
    key, field = _key(edit, rest, [budget.key for budget in table.budgets])
    if field != "limit":
        raise _no_cell(edit, field, ["limit"])
    old = next(budget for budget in table.budgets if budget.key == key)
    new = attrs.evolve(old, limit=_estimate(edit, Estimate(old.limit), (-math.inf, math.inf)).value)
    return attrs.evolve(found, table=attrs.evolve(table, budgets=_put(table.budgets, old, new)))


def _constraint(found: Edited, edit: Edit, rest: str) -> Edited:
    table = found.table
    key, field = _key(edit, rest, [constraint.key for constraint in table.constraints])
    if field or edit.value != "off":
        raise _no_cell(edit, field or edit.value, ["=off"])
    kept = tuple(constraint for constraint in table.constraints if constraint.key != key)
    return attrs.evolve(found, table=attrs.evolve(table, constraints=kept))


def _rule(found: Edited, edit: Edit, rest: str) -> Edited:
    table = found.table
    if rest != "quota":
        raise _no_cell(edit, rest, ["quota"])
    known = Estimate(table.rule.needed(table.weights))
    quota = _estimate(edit, known, (0.0, math.inf)).value
    return attrs.evolve(found, table=attrs.evolve(table, rule=attrs.evolve(table.rule, quota=quota)))


def _deadline(found: Edited, edit: Edit, rest: str) -> Edited:
    table = found.table
    if rest == "firmness":
        new = attrs.evolve(table.deadline, firmness=_estimate(edit, table.deadline.firmness, (0.0, 1.0)))
    elif rest == "rounds":
        rounds = _estimate(edit, Estimate(table.deadline.rounds), (1.0, 10_000.0)).value
        if not float(rounds).is_integer():
            raise _out_of_range(edit, (1.0, 10_000.0))
        new = attrs.evolve(table.deadline, rounds=int(rounds))
    else:
        raise _no_cell(edit, rest, ["firmness", "rounds"])
    return attrs.evolve(found, table=attrs.evolve(table, deadline=new))


_KINDS: dict[str, Callable[[Edited, Edit, str], Edited]] = {
    "party": _party,
    "position": _position,
    "redline": _red_line,
    "valuation": _valuation,
    "effect": _effect,
    "budget": _budget,
    "constraint": _constraint,
    "rule": _rule,
    "deadline": _deadline,
}


def _key(edit: Edit, rest: str, keys: Sequence[str]) -> tuple[str, str]:
    """Split a path into the longest key that it starts with, and what follows the dot."""
    for key in sorted(keys, key=len, reverse=True):
        if rest == key or rest.startswith(f"{key}."):
            return key, rest[len(key) + 1 :]
    raise _no_cell(edit, rest.removeprefix("redline."), [key.removeprefix("redline.") for key in keys])


def _estimate(edit: Edit, known: Estimate | None, bounds: tuple[float, float]) -> Estimate:
    found = _NUMBER.match(edit.value)
    try:
        numbers = [float(part) for part in found.groups() if part is not None] if found else []
    except ValueError:
        numbers = []
    if not numbers or (edit.sign and (known is None or len(numbers) > 1)):
        raise _out_of_range(edit, bounds)
    if edit.sign and known is not None:
        step = edit.sign * numbers[0]
        moved = [None if n is None else _within(n + step, bounds) for n in (known.value, known.low, known.high)]
        return Estimate(_within(known.value + step, bounds), moved[1], moved[2])
    value, low, high = numbers if len(numbers) == 3 else (numbers[0], numbers[0], numbers[0])
    if not bounds[0] <= low <= value <= high <= bounds[1] or not math.isfinite(low) or not math.isfinite(high):
        raise _out_of_range(edit, bounds)
    return Estimate(value, low, high) if len(numbers) == 3 else Estimate(value)


def _within(number: float, bounds: tuple[float, float]) -> float:
    return min(max(number, bounds[0]), bounds[1])


def _put(things: tuple[_Thing, ...], old: _Thing, new: _Thing | None) -> tuple[_Thing, ...]:
    """Put `new` where `old` stands, by identity; None takes it out."""
    put = [new if thing is old else thing for thing in things]
    return tuple(thing for thing in put if thing is not None)


def _no_cell(edit: Edit, part: str, known: Iterable[str]) -> NoSuchCell:
    listed = list(known)
    close = get_close_matches(part.split(".", maxsplit=1)[0], listed, n=3) or listed
    return NoSuchCell(
        "The change '{text}' names {part}, which is not in the table.",
        hint="There is: {known}.",
        text=edit.text,
        part=f"'{part}'",
        known=", ".join(close) or "-",
    )


def _out_of_range(edit: Edit, bounds: tuple[float, float]) -> ValueOutOfRange:
    return ValueOutOfRange(
        "The change '{text}' gives {value}, which that cell cannot have.",
        hint="Give a number from {low} to {high}, alone or as '40 [30, 50]' with its interval around it.",
        text=edit.text,
        value=edit.value,
        low=f"{bounds[0]:g}",
        high=f"{bounds[1]:g}",
    )
