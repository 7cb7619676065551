"""Draws of what is not exactly known of a table.

Every uncertain number has a name, which is also its path in a what-if ("position.cda.limit"), and random numbers of its
own, keyed by seed and name: they are the same whatever else is in the table, however many draws are made at a time and
wherever. So two tables that differ in one cell differ in nothing else (common random numbers).

An :class:`~treves.model.table.Estimate` is drawn from two half normals that join at its median: one reaches the 5% point
at its `low`, the other the 95% point at its `high`; what falls beyond the bounds of the number lies on the bound. It is
the one family that meets median and interval exactly for positions and for chances alike: a beta or logit-normal cannot
where an interval ends at 0 or 1, as that of a party that may never bluff does, and truncation moves the interval.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping

import attrs
import numpy as np
from numpy.typing import NDArray

from treves.model.table import Estimate, Party, RedLine, Table

Floats = NDArray[np.float64]
Draws = Mapping[str, Floats]
"""Drawn values by the name of the number."""

_AT_95 = 1.6448536269514722  # standard normal quantile of .95
_BY_COUNTER = 4  # numbers that Philox makes per step of its counter


@attrs.frozen
class Input:
    """A number of the table that is drawn.

    Attributes:
        name: its path in a what-if.
        estimate: what is known of it.
        low, high: its bounds.
    """

    name: str
    estimate: Estimate
    low: float = -math.inf
    high: float = math.inf


def line_names(table: Table) -> tuple[str, ...]:
    """Return a name for each red line: "redline.PARTY.ISSUE", issues joined with "+", and ".2" for a second one."""
    names: list[str] = []
    for line in table.red_lines:
        stem = line_stem(line)
        earlier = sum(line_stem(other) == stem for other in table.red_lines[: len(names)])
        names.append(f"{stem}.{earlier + 1}" if earlier else stem)
    return tuple(names)


def line_stem(line: RedLine) -> str:
    """Return the name of a red line but for the number that tells it from others of that party on that issue."""
    return f"redline.{line.party}." + "+".join(dict.fromkeys(term.issue for term in line.refuses))


def inputs_of(table: Table) -> tuple[Input, ...]:
    """Return all numbers of a table that bear on an outlook, exact or not, in the order of the table."""
    return tuple(_inputs(table))


def drawn(inputs: Iterable[Input], seed: int, start: int, stop: int) -> dict[str, Floats]:
    """Return draws `start` to `stop` (half-open) of each number.

    Args:
        inputs: the numbers.
        seed: 0 or more.
        start: first draw; draw 17 is the same whatever range it is asked in.
        stop: behind the last.
    """
    return {
        one.name: np.full(stop - start, float(min(max(one.estimate.value, one.low), one.high)))
        if one.estimate.exact
        else quantiles(one, uniforms(seed, one.name, start, stop))
        for one in inputs
    }


def quantiles(number: Input, at: Floats) -> Floats:
    """Return the quantiles of a number at these probabilities, 0-1."""
    from scipy.special import ndtri

    low, high = number.estimate.interval
    score = ndtri(np.clip(at, 1e-12, 1 - 1e-12)) / _AT_95
    spread = np.where(score < 0, number.estimate.value - low, high - number.estimate.value)
    found: Floats = np.clip(number.estimate.value + score * np.maximum(spread, 0.0), number.low, number.high)
    return found


def uniforms(seed: int, name: str, start: int, stop: int) -> Floats:
    """Return random numbers `start` to `stop` (half-open), between 0 and 1, of the stream with this seed and name."""
    words = np.frombuffer(hashlib.sha256(name.encode()).digest(), dtype="<u4")
    stream = np.random.Philox(np.random.SeedSequence([seed, *(int(word) for word in words)]))
    skipped, rest = divmod(start, _BY_COUNTER)
    stream.advance(skipped)
    found: Floats = np.random.Generator(stream).random(rest + stop - start)[rest:]
    return found


def stream_key(seed: int, name: str) -> int:
    """Return a 64-bit key for the random numbers within negotiations, by seed and name."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{name}".encode()).digest()[:8], "little")


def _inputs(table: Table) -> Iterator[Input]:
    bounds = {issue.key: issue.bounds for issue in table.issues}
    for position in table.positions:
        name = f"position.{position.party}.{position.issue}"
        if position.point is not None:
            yield Input(name, position.point, *bounds.get(position.issue, (0.0, 100.0)))
        yield Input(f"{name}.salience", position.salience, 0.0)
    for line, name in zip(table.red_lines, line_names(table), strict=True):
        yield Input(f"{name}.firmness", line.firmness, 0.0, 1.0)
    for party in table.parties:
        yield from _party_inputs(party)
    for valuation in table.valuations:
        yield Input(f"valuation.{valuation.party}.{valuation.indicator}.salience", valuation.salience, 0.0)
    for number, effect in enumerate(table.effects, 1):
        yield Input(f"effect.{number}", effect.amount)
    yield Input("deadline.firmness", table.deadline.firmness, 0.0, 1.0)


def _party_inputs(party: Party) -> Iterator[Input]:
    path = f"party.{party.key}"
    if party.reservation is not None:
        yield Input(f"{path}.reservation", party.reservation, 0.0, 1.0)
    if party.reversion_value is not None:
        yield Input(f"{path}.reversion", party.reversion_value, 0.0, 1.0)
    yield Input(f"{path}.concession", party.conduct.concession, 0.05, 20.0)
    yield Input(f"{path}.give_way", party.conduct.give_way, 0.0, 1.0)
    yield Input(f"{path}.bluff", party.conduct.bluff, 0.0, 1.0)
    yield Input(f"{path}.walk_out", party.conduct.walk_out, 0.0, 1.0)
