"""Which single change by which party opens the most, or does most for the chance of an agreement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from datetime import datetime

import attrs
import numpy as np

from treves.bargaining.bands import band, difference
from treves.bargaining.board import Floats
from treves.bargaining.chances import chances_of
from treves.bargaining.draws import line_names
from treves.bargaining.edits import edited
from treves.bargaining.outlook import check, months_left, task_of
from treves.bargaining.sampling import Sample, Task, sample_all
from treves.model.outlook import Band, Change, Method
from treves.model.table import Estimate, Issue, Position, Scale, Table

GIVE_UP, SOFTEN, MOVE, LOWER, WEIGH_LESS = "give up", "soften", "move", "lower", "weigh less"
STEP = 0.1
"""By how much a reservation value is lowered."""
Effect = tuple[Band, Band]
_FIRST_LOOK = 5  # part of the draws, as a divisor, on which all changes are tried


def levers(
    table: Table,
    *,
    most: int = 12,
    draws: int = 500,
    seed: int = 1,
    now: datetime | None = None,
    method: Method = Method(),  # noqa: B008 (frozen)
    executor: Executor | None = None,
) -> tuple[Change, ...]:
    """Return the single changes that do most for an agreement, most first.

    Tried are, for every party: to give up a red line, to soften one (half the firmness), to move its position on an issue
    to the nearest option on either side that another party wants, to lower its reservation value by :data:`STEP`, and to
    give an issue half its weight. All on the same random numbers as the table as it is. A fifth of the draws sorts out
    which changes are looked at with all of them, so that a change which does very little may be missing; what cannot be
    told from noise is left out.

    Ranked by what the chance of agreement gains, then by the packages that become passable. A lever is what would help if a
    party pulled it, not what the party should do, nor what it is likely to do. Takes some seconds.

    Args:
        table: a table without faults.
        most: how many to return.
        draws: draws of what is not exactly known, 10 or more.
        seed: of all random numbers, 0 or more.
        now: the moment to reckon from, as for :func:`~treves.bargaining.outlook.outlook`.
        method: protocols and effort.
        executor: spreads the work over processes or machines.

    Raises:
        TableError: as for :func:`~treves.bargaining.outlook.outlook`.
    """
    check(table, draws // _FIRST_LOOK, seed, method)
    months = months_left(table, method, now)
    base = task_of(table, seed=seed, method=method, now=now)
    tried = list(trials(table))
    tasks = [_task(base, trial) for trial in tried]
    first = _effects(base, tasks, draws // _FIRST_LOOK, months, executor)
    by_chance = sorted(range(len(tried)), key=lambda n: -first[n][0].mean)[:most]
    by_room = sorted(range(len(tried)), key=lambda n: -first[n][1].mean)[:most]
    chosen = sorted({*by_chance, *by_room})
    effects = _effects(base, [tasks[n] for n in chosen], draws, months, executor)
    found = [_change(tried[n], agreement, passable) for n, (agreement, passable) in zip(chosen, effects, strict=True)]
    found = [change for change in found if _helps(change.agreement) or _helps(change.passable)]
    found.sort(key=lambda c: (-c.agreement.mean, -c.passable.mean, c.edit))
    return tuple(found[:most])


@attrs.frozen
class Trial:
    """A change to be tried; fields as of :class:`~treves.model.outlook.Change`."""

    party: str
    kind: str
    edit: str
    issue: str = ""
    to: float | None = None
    towards: str = ""


def trials(table: Table) -> Iterator[Trial]:
    """Yield the single changes that can be tried on a table."""
    for line, name in zip(table.red_lines, line_names(table), strict=True):
        issues = "+".join(dict.fromkeys(term.issue for term in line.refuses))
        yield Trial(line.party, GIVE_UP, f"{name}=off", issues)
        if line.firmness.value > 0:
            half = _scaled(line.firmness, 0.5)
            yield Trial(line.party, SOFTEN, f"{name}.firmness={_told(half)}", issues, half.value)
    for position in table.positions:
        yield from _moves(table, position)
        if position.salience.value > 0:
            half = _scaled(position.salience, 0.5)
            path = f"position.{position.party}.{position.issue}.salience"
            yield Trial(position.party, WEIGH_LESS, f"{path}={_told(half)}", position.issue, half.value)
    for party in table.parties:
        if party.reservation is None or party.reservation.value > 0:
            yield Trial(party.key, LOWER, f"party.{party.key}.reservation-={STEP}", to=-STEP)


def _moves(table: Table, position: Position) -> Iterator[Trial]:
    """To what others want most: the nearest on either side of a scale, or each option without one."""
    issue = table.issue(position.issue)
    path = f"position.{position.party}.{position.issue}"
    others = [p for p in table.positions if p.issue == issue.key and p.party != position.party]
    if issue.scale is Scale.UNORDERED:
        own = max(position.values, key=lambda pair: pair[1], default=("", 0.0))[0]
        for other in others:
            wanted, worth = max(other.values, key=lambda pair: pair[1], default=("", 0.0))
            if wanted not in ("", own) and dict(position.values).get(wanted, 0.0) < worth:
                yield Trial(position.party, MOVE, f"{path}.value.{wanted}=1", issue.key, None, other.party)
        return
    if position.point is None:
        return
    here, own_place = position.point.value, _nearest(issue, position.point.value)
    places = {_nearest(issue, other.point.value): other.party for other in reversed(others) if other.point is not None}
    for side in (-1, 1):
        on_side = [place for place in places if (place - here) * side > 0 and place != own_place]
        if on_side:
            place = min(on_side, key=lambda at: abs(at - here))
            moved = _shifted(position.point, place - here, issue.bounds)
            yield Trial(position.party, MOVE, f"{path}={_told(moved)}", issue.key, place, places[place])


def _nearest(issue: Issue, place: float) -> float:
    """The option nearest to a place; the place itself on a range."""
    options = [option.at for option in issue.options if option.at is not None]
    return min(options, key=lambda at: abs(at - place)) if options else place


def _scaled(estimate: Estimate, by: float) -> Estimate:
    low, high = estimate.interval
    return Estimate(estimate.value * by, low * by, high * by)


def _shifted(estimate: Estimate, by: float, bounds: tuple[float, float]) -> Estimate:
    def within(number: float) -> float:
        return min(max(number + by, bounds[0]), bounds[1])

    low, high = estimate.interval
    return Estimate(within(estimate.value), within(low), within(high))


def _told(estimate: Estimate) -> str:
    if estimate.exact:
        return repr(float(estimate.value))
    low, high = estimate.interval
    return f"{float(estimate.value)!r} [{float(low)!r}, {float(high)!r}]"


def _helps(gain: Band) -> bool:
    """Whether a gain is more than the noise of a limited number of draws."""
    return gain.mean > 2 * gain.error


def _change(trial: Trial, agreement: Band, passable: Band) -> Change:
    return Change(
        trial.party,
        trial.kind,
        trial.edit,
        trial.issue,
        trial.to,
        trial.towards,
        agreement=agreement,
        passable=passable,
    )


def _task(base: Task, trial: Trial) -> Task:
    changed = edited(base.table, [trial.edit])
    return attrs.evolve(base, table=changed.table, relief=changed.relief, pool=(base.table,))


def _effects(
    base: Task, tasks: Sequence[Task], draws: int, months: float | None, executor: Executor | None
) -> list[Effect]:
    """What each change does to the chance of agreement and to the packages that can pass."""
    before, *after = sample_all([base, *tasks], draws, executor=executor)
    old = chances_of(before, months).agreement
    return [_effect(before, old, one, months) for one in after]


def _effect(before: Sample, old: Floats, after: Sample, months: float | None) -> Effect:
    agreement = difference(old, chances_of(after, months).agreement, int(before.inner.sum()))
    return agreement, band((after.tally.passable - before.tally.passable).astype(np.float64))
