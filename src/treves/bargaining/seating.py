"""A table as the plain arrays that compiled bargaining works on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from treves.bargaining.board import MOST_BITS, Board, Floats, Integers, Rule, Stakes
from treves.bargaining.candidates import Candidates, holds
from treves.bargaining.draws import Draws, line_names
from treves.bargaining.grid import Space, choice_index, term_holds
from treves.errors import TableError
from treves.model.decision_rule import RuleKind
from treves.model.table import Choice, Issue, Position, Scale, Table, Term


class TooManySeats(TableError):
    """A table has more parties or red lines than an outlook can work with."""

    code: ClassVar[str] = "T633"


def board_of(space: Space, found: Candidates) -> Board:
    """Return what no draw changes.

    Raises:
        TooManySeats: there are more parties or red lines than :data:`~treves.bargaining.board.MOST_BITS`.
        UnknownChoice: a term names an issue or option that is not there.
    """
    table = space.table
    _check(table)
    digits = found.digits
    offsets = np.cumsum([0, *space.shape[:-1]])
    indicators = [indicator.key for indicator in table.indicators]
    crossed, lines = _crossed(space, digits)
    barred, stated = _barred(space, digits), np.zeros(len(digits), dtype=np.int64)
    for p, own in enumerate(lines.tolist()):
        stated |= np.where(crossed & own, 1 << p, 0)
    stated |= barred
    ways, way = np.unique(np.stack([crossed, barred], axis=1), axis=0, return_inverse=True)
    early = [x for x, refusing in enumerate(stated.tolist()) if _passes(table, ~refusing)]
    return Board(
        columns=digits + offsets,
        crossed=crossed,
        barred=barred,
        way=way,
        ways=len(ways),
        stated=stated,
        early=np.array(early, dtype=np.int64),
        lines=lines,
        holds=_held(space, digits),
        effect_of=np.array([indicators.index(e.indicator) for e in table.effects], dtype=np.int64),
        baselines=np.array([i.baseline for i in table.indicators], dtype=np.float64),
        valued=np.array(
            [(space.parties.index(v.party), indicators.index(v.indicator)) for v in table.valuations], dtype=np.int64
        ).reshape(-1, 2),
        ends=np.array([(v.worst, v.best) for v in table.valuations], dtype=np.float64).reshape(-1, 2),
        extra=_interactions(space, digits),
        clipped=bool(table.interactions),
        proposers=_proposers(table),
        rule=rule_of(table),
    )


def rule_of(table: Table) -> Rule:
    """Return the decision rule of a table as bits."""
    keys = [party.key for party in table.parties]
    rule, votes = table.rule, table.weights

    def bits(parties: Sequence[str]) -> int:
        return sum(1 << keys.index(party) for party in dict.fromkeys(parties))

    voters = rule.voters(votes)
    weights = np.array([votes[key] if key in voters else 0.0 for key in keys], dtype=np.float64)
    quota = rule.needed(votes) if rule.kind is RuleKind.WEIGHTED else np.inf
    listed = [voters] if rule.kind is RuleKind.UNANIMITY else list(rule.winning)
    coalitions = np.array([] if rule.kind is RuleKind.WEIGHTED else [bits(c) for c in listed], dtype=np.int64)
    heard = [key for coalition in listed for key in coalition] if rule.kind is RuleKind.COALITIONS else voters
    return Rule(bits((*heard, *rule.veto)), bits(rule.veto), coalitions, weights, float(quota))


def stakes_of(space: Space, draws: Draws, relief: Sequence[tuple[str, float]] = ()) -> Stakes:
    """Return the drawn numbers of a table.

    Args:
        space: the table.
        draws: of all its inputs.
        relief: (party, by how much its reservation value lies lower than drawn, 0-1).
    """
    table = space.table
    parties = table.parties
    weights = _weights(table, draws)
    lowered = dict(relief)
    reservation = np.stack([_reservation(table, party.key, draws, weights) for party in parties], axis=1)
    reservation -= np.array([lowered.get(party.key, 0.0) for party in parties])
    owners = [line.party for line in table.red_lines]
    firmness = [draws[f"{name}.firmness"] for name in line_names(table)]
    count = len(reservation)
    return Stakes(
        values=_values(space, draws, weights),
        amounts=_columns([draws[f"effect.{n}"] for n in range(1, len(table.effects) + 1)], count),
        weights=_columns([weights[v.party, v.indicator] for v in table.valuations], count),
        reservation=np.maximum(reservation, 0.0),
        concession=_columns([draws[f"party.{p.key}.concession"] for p in parties], count),
        walk_out=_columns([draws[f"party.{p.key}.walk_out"] for p in parties], count),
        real=_columns(
            [firm * (1 - draws[f"party.{owner}.bluff"]) for owner, firm in zip(owners, firmness, strict=True)], count
        ),
        give_way=_columns([draws[f"party.{owner}.give_way"] for owner in owners], count),
    )


def _check(table: Table) -> None:
    if max(len(table.parties), len(table.red_lines)) > MOST_BITS:
        raise TooManySeats(
            "The table {table} has {parties} parties and {lines} red lines; an outlook takes at most {most} of each.",
            hint="Leave out parties that always go along with another, and red lines that others contain.",
            table=table.key,
            parties=len(table.parties),
            lines=len(table.red_lines),
            most=MOST_BITS,
        )


def _passes(table: Table, consent: int) -> bool:
    keys = [party.key for bit, party in enumerate(table.parties) if consent >> bit & 1]
    return table.rule.passes(keys, table.weights)


def _proposers(table: Table) -> Integers:
    keys = [party.key for party in table.parties]
    if table.rule.setter in keys:
        return np.array([keys.index(table.rule.setter)], dtype=np.int64)
    heard = rule_of(table).voters
    return np.array([p for p in range(len(keys)) if heard >> p & 1], dtype=np.int64)


def _crossed(space: Space, digits: Integers) -> tuple[Integers, Integers]:
    """Red lines that each package crosses, and red lines of each party, as bits."""
    crossed, lines = np.zeros(len(digits), dtype=np.int64), np.zeros(len(space.parties), dtype=np.int64)
    for bit, line in enumerate(space.table.red_lines):
        crossed[holds(space, line.refuses, digits)] |= 1 << bit
        lines[space.parties.index(line.party)] |= 1 << bit
    return crossed, lines


def _barred(space: Space, digits: Integers) -> Integers:
    """Parties whose mandate excludes each package, as bits."""
    barred = np.zeros(len(digits), dtype=np.int64)
    for bit, party in enumerate(space.table.parties):
        if party.mandate is not None:
            barred[~holds(space, party.mandate.within, digits)] |= 1 << bit
    return barred


def _held(space: Space, digits: Integers) -> NDArray[np.bool_]:
    held = [holds(space, effect.terms, digits) for effect in space.table.effects]
    return np.array(held, dtype=bool).reshape(len(held), len(digits))


def _interactions(space: Space, digits: Integers) -> Floats:
    found = np.zeros((len(digits), len(space.parties)))
    for one in space.table.interactions:
        found[holds(space, one.terms, digits), space.parties.index(one.party)] += one.value
    return found


def _columns(found: Sequence[Floats], count: int) -> Floats:
    return np.stack(found, axis=1) if found else np.zeros((count, 0))


def _weights(table: Table, draws: Draws) -> dict[tuple[str, str], Floats]:
    """Salience as parts of 1, by party and issue or indicator; 0 where a draw gives a party none at all."""
    raw = {(p.party, p.issue): draws[f"position.{p.party}.{p.issue}.salience"] for p in table.positions}
    raw |= {(v.party, v.indicator): draws[f"valuation.{v.party}.{v.indicator}.salience"] for v in table.valuations}
    found = {}
    for (party, about), values in raw.items():
        total = np.sum([other for (owner, _), other in raw.items() if owner == party], axis=0)
        found[party, about] = np.divide(values, total, out=np.zeros_like(values), where=total > 0)
    return found


def _value(position: Position, issue: Issue, choice: Choice, draws: Draws) -> Floats | float:
    """Worth 0-1 of a choice by itself, in every draw."""
    for option, value in position.values:
        if option == choice:
            return value
    place = _place(issue, choice)
    if position.point is None or place is None:
        return 0.0
    low, high = issue.bounds
    points = draws[f"position.{position.party}.{position.issue}"]
    found: Floats = 1 - np.abs(place - points) / (high - low)
    return found


def _place(issue: Issue, choice: Choice) -> float | None:
    if not isinstance(choice, str):
        return float(choice)
    at = next((o.at for o in issue.options if o.key == choice), None)
    return at if issue.scale is Scale.ORDERED else None


def _values(space: Space, draws: Draws, weights: dict[tuple[str, str], Floats]) -> Floats:
    count = len(draws["deadline.firmness"])
    found = np.zeros((count, len(space.parties), sum(space.shape)))
    offset = 0
    for issue, choices in zip(space.table.issues, space.choices, strict=True):
        for p, party in enumerate(space.parties):
            position = space.table.position(party, issue.key)
            if position is not None:
                for c, choice in enumerate(choices):
                    found[:, p, offset + c] = weights[party, issue.key] * _value(position, issue, choice, draws)
        offset += len(choices)
    return found


def _reservation(table: Table, party: str, draws: Draws, weights: dict[tuple[str, str], Floats]) -> Floats:
    """A party's reservation value in every draw: its own, else that of having no agreement."""
    for given in ("reservation", "reversion"):
        if f"party.{party}.{given}" in draws:
            return draws[f"party.{party}.{given}"].copy()
    found = np.zeros(len(draws["deadline.firmness"]))
    if not table.reversion.package:
        return found
    chosen = dict(table.reversion.package)
    for issue in table.issues:
        position = table.position(party, issue.key)
        if position is not None and issue.key in chosen:
            if isinstance(chosen[issue.key], str):
                choice_index(issue, [option.key for option in issue.options], chosen[issue.key])
            found += weights[party, issue.key] * _value(position, issue, chosen[issue.key], draws)
    for valuation in table.valuations:
        if valuation.party == party and valuation.best != valuation.worst:
            reached = found * 0 + sum(i.baseline for i in table.indicators if i.key == valuation.indicator)
            for n, effect in enumerate(table.effects, 1):
                if effect.indicator == valuation.indicator and _met(table, effect.terms, chosen):
                    reached += draws[f"effect.{n}"]
            part = np.clip((reached - valuation.worst) / (valuation.best - valuation.worst), 0.0, 1.0)
            found += weights[party, valuation.indicator] * part
    found += sum(i.value for i in table.interactions if i.party == party and _met(table, i.terms, chosen))
    return np.clip(found, 0.0, 1.0) if table.interactions else found


def _met(table: Table, terms: Sequence[Term], chosen: dict[str, Choice]) -> bool:
    return all(t.issue in chosen and term_holds(table.issue(t.issue), t, chosen[t.issue]) for t in terms)
