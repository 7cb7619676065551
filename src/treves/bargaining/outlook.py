"""How likely a deal is, and where it lands: negotiations on many draws of a table, counted."""

from __future__ import annotations

import math
from collections.abc import Iterator
from concurrent.futures import Executor
from datetime import datetime
from typing import ClassVar

import attrs
import numpy as np

from treves.bargaining.audit import result_hash, table_hash, versions
from treves.bargaining.bands import DIGITS, band
from treves.bargaining.board import CAUSES, PROTOCOLS, Floats
from treves.bargaining.candidates import package_of
from treves.bargaining.chances import Chances, chances_of
from treves.bargaining.draws import drawn, inputs_of, line_names
from treves.bargaining.sampling import Sample, Task, sample
from treves.bargaining.sensitivity import sensitivities
from treves.errors import TableError
from treves.model.outlook import (
    Audit,
    Blocker,
    Considered,
    LandingZone,
    LikelyPackage,
    Method,
    Outlook,
    RoundShare,
    Sensitivity,
)
from treves.model.table import Table

_LIKELY = 10  # packages that an outlook names
_DAYS_A_MONTH = 365.25 / 12


class UnusableSetting(TableError):
    """A number of draws, a seed or a setting of the method is out of its range."""

    code: ClassVar[str] = "T634"


class NoTimeLeft(TableError):
    """The time that is left cannot be told: the deadline has passed, or a moment is missing."""

    code: ClassVar[str] = "T635"


def outlook(
    table: Table,
    *,
    draws: int = 2_000,
    seed: int = 1,
    now: datetime | None = None,
    method: Method = Method(),  # noqa: B008 (frozen)
    executor: Executor | None = None,
) -> Outlook:
    """Return the chances of agreement, collapse and talks that go on, and where an agreement would land.

    It is a conditional forecast: what follows if the table's numbers and the assumptions of
    :mod:`~treves.bargaining.protocols` hold. Takes about a second for the default on four parties and a thousand packages.

    Args:
        table: a table without faults.
        draws: draws of what is not exactly known, 2 or more. Bands need some hundreds.
        seed: of all random numbers, 0 or more: the same seed gives the same bytes.
        now: the moment to reckon from, timezone-aware: rounds and time for concessions that are over since the table's
            `as_of` are left out. None for all of them.
        method: protocols and effort.
        executor: any :class:`concurrent.futures.Executor`, of processes or a Dask cluster: the result is the same. See
            :class:`~treves.bargaining.sampling.Watched` for progress.

    Raises:
        UnusableSetting: `draws`, `seed` or `method` is out of range, or the table has no party or no issue.
        NoTimeLeft: `now` lies after the deadline, or the table lacks the moments that `now` or a base rate needs.
        TooManySeats: there are too many parties or red lines.
        UnknownChoice, UnusableNumber: the table is faulty.
    """
    check(table, draws, seed, method)
    task = task_of(table, seed=seed, method=method, now=now)
    months_left(table, method, now)
    return concluded(sample(task, draws, executor=executor), now)


def task_of(table: Table, *, seed: int, method: Method, now: datetime | None, beside: tuple[Table, ...] = ()) -> Task:
    """Return what is to be sampled.

    Args:
        table: as for :func:`outlook`.
        seed: likewise.
        method: likewise.
        now: likewise.
        beside: other tables on whose packages to look too.

    Raises:
        NoTimeLeft: as for :func:`outlook`.
    """
    elapsed = _elapsed(table, now)
    rounds = max(1, math.ceil(max(1, table.deadline.rounds) * (1 - elapsed) - 1e-9))
    return Task(table, seed, method, rounds, elapsed, pool=(table, *beside) if beside else ())


def months_left(table: Table, method: Method, now: datetime | None) -> float | None:
    """Return the months until the deadline; None where no base rate needs them.

    Raises:
        NoTimeLeft: a base rate needs them and they are not known.
    """
    if method.base_rate is None:
        return None
    start = now or table.as_of
    if table.deadline.when is None or start is None:
        raise NoTimeLeft(
            "The table {table} lacks the moment of its deadline, or that it speaks of, which a base rate needs.",
            hint="Give deadline.when and as_of, or leave out the base rate.",
            table=table.key,
        )
    return max(0.0, (table.deadline.when - start).total_seconds() / 86_400 / _DAYS_A_MONTH)


def concluded(found: Sample, now: datetime | None = None) -> Outlook:
    """Return the outlook that negotiations come down to."""
    task = found.task
    chances = chances_of(found, months_left(task.table, task.method, now))
    whole = Outlook(
        table=task.table.key,
        agreement=band(chances.agreement, chances.noise[0]),
        collapse=band(chances.collapse, chances.noise[1]),
        still_open=band(chances.still_open, chances.noise[2]),
        by_protocol=tuple(_by_protocol(found)),
        landing=tuple(_landing(found)),
        packages=tuple(_likely(found)),
        blockers=tuple(sorted(_blockers(found), key=lambda b: (-b.alone - b.together, b.party, b.cause, b.line))),
        rounds=tuple(_rounds(found)),
        sensitivity=_sensitivity(found, chances),
        considered=Considered(
            packages=len(found.seats.found.digits),
            complete=found.seats.found.complete,
            passable=band(found.tally.passable.astype(np.float64)),
        ),
        audit=_audit(found, now),
    )
    return _sealed(whole)


def _sealed(whole: Outlook) -> Outlook:
    return attrs.evolve(whole, audit=attrs.evolve(whole.audit, result=result_hash(whole)))


def _audit(found: Sample, now: datetime | None) -> Audit:
    task = found.task
    beside = () if found.seats.found.complete else tuple(table_hash(other) for other in task.pool[1:])
    return Audit(
        table=table_hash(task.table),
        beside=beside,
        seed=task.seed,
        draws=found.draws,
        method=task.method,
        now=now.isoformat() if now else "",
        versions=versions(),
        relief=task.relief,
    )


def check(table: Table, draws: int, seed: int, method: Method) -> None:
    """Refuse settings that are out of range.

    Raises:
        UnusableSetting: a number or weight is out of its range, or the table has no party or no issue.
    """
    weights = [weight for _, weight in method.protocols]
    names = [name for name, _ in method.protocols]
    rate = method.base_rate
    faults = {
        f"draws = {draws}": draws < 2,
        f"seed = {seed}": seed < 0,
        f"protocols = {names}": not set(names) <= set(PROTOCOLS) or len(set(names)) < len(names),
        f"weights = {weights}": min(weights, default=0.0) < 0 or not 0 < sum(weights) < math.inf,
        f"inner = {method.inner}": method.inner < 2,
        f"search = {method.search}": method.search < 1,
        f"packages = {method.packages}": method.packages < 1,
        f"block = {method.block}": method.block < 1,
        f"base_rate.weight = {rate.weight if rate else 0}": rate is not None and not 0 <= rate.weight <= 1,
    }
    for told, wrong in faults.items():
        if wrong:
            raise UnusableSetting(
                "An outlook cannot be made with {setting}.",
                hint="Draws and inner are 2 or more, seed 0 or more, weights 0 to 1, protocols: {known}.",
                setting=told,
                known=", ".join(PROTOCOLS),
            )
    if not table.parties or not table.issues:
        raise UnusableSetting(
            "The table {table} has no parties or no issues.", hint="Add at least one of each.", table=table.key
        )


def _elapsed(table: Table, now: datetime | None) -> float:
    if now is None:
        return 0.0
    when, start = table.deadline.when, table.as_of
    if now.tzinfo is None or when is None or start is None:
        raise NoTimeLeft(
            "What time is left at {now} cannot be told for table {table}.",
            hint="Give the moment with its time zone, and the table deadline.when and as_of.",
            now=now.isoformat(),
            table=table.key,
        )
    if now >= when:
        raise NoTimeLeft(
            "At {now} the deadline of table {table}, {when}, has passed.",
            hint="Give an earlier moment, or the table a new deadline.",
            now=now.isoformat(),
            table=table.key,
            when=when.isoformat(),
        )
    return max(0.0, (now - start) / (when - start)) if when > start else 0.0


def _rounded(number: float) -> float:
    return round(float(number), DIGITS) + 0.0


def _shares(found: Sample, counts: np.ndarray) -> Floats:
    """Counts by protocol (first axis) as shares of all negotiations, by the protocols' weights."""
    each = found.shares / np.maximum(found.inner, 1) / found.draws
    mixed: Floats = np.tensordot(each, counts, axes=1)
    return mixed


def _by_protocol(found: Sample) -> Iterator[tuple[str, float]]:
    for name, agreed, count in zip(PROTOCOLS, found.tally.agreed, found.inner, strict=True):
        if count:
            yield name, _rounded(agreed.sum() / (count * found.draws))


def _agreed_shares(found: Sample) -> Floats:
    """Share of each package in the agreements; all 0 if there are none."""
    shares = _shares(found, found.tally.packages)
    total = shares.sum()
    return shares / total if total > 0 else shares


def _landing(found: Sample) -> Iterator[LandingZone]:
    shares = _agreed_shares(found)
    space, digits = found.seats.space, found.seats.found.digits
    for index, (issue, choices, places) in enumerate(zip(space.table.issues, space.choices, space.places, strict=True)):
        each = np.bincount(digits[:, index], weights=shares, minlength=len(choices))
        listed = tuple((choice, _rounded(share)) for choice, share in zip(choices, each, strict=True))
        if np.isnan(places).any() or each.sum() == 0:
            yield LandingZone(issue.key, listed)
            continue
        order = np.argsort(places, kind="stable")
        reached = np.cumsum(each[order]) + 1e-12
        at = [_rounded(places[order][np.argmax(reached >= q)]) for q in (0.05, 0.25, 0.5, 0.75, 0.95)]
        yield LandingZone(issue.key, listed, *at)


def _likely(found: Sample) -> Iterator[LikelyPackage]:
    shares = _agreed_shares(found)
    for x in np.argsort(-shares, kind="stable")[:_LIKELY]:
        if shares[x] > 0:
            package = package_of(found.seats.space, found.seats.found.digits[x])
            yield LikelyPackage(package, _rounded(shares[x]))


def _blockers(found: Sample) -> Iterator[Blocker]:
    objected, left = _shares(found, found.tally.objected), _shares(found, found.tally.left)
    parties = found.seats.space.parties
    for line, (name, one) in enumerate(zip(line_names(found.task.table), found.task.table.red_lines, strict=True)):
        if objected[line, 0] + objected[line, 3] > 0:
            yield Blocker(one.party, CAUSES[0], name, _rounded(objected[line, 0]), _rounded(objected[line, 3]))
    for p, party in enumerate(parties):
        for cause in (1, 2):
            if objected[p, cause] + objected[p, cause + 3] > 0:
                alone, together = objected[p, cause], objected[p, cause + 3]
                yield Blocker(party, CAUSES[cause], "", _rounded(alone), _rounded(together))
        if left[p] > 0:
            yield Blocker(party, "walk-out", "", _rounded(left[p]), 0.0)


def _rounds(found: Sample) -> Iterator[RoundShare]:
    for number, (agreed, walked) in enumerate(_shares(found, found.tally.rounds), 1):
        yield RoundShare(number, _rounded(agreed), _rounded(walked))


def _sensitivity(found: Sample, chances: Chances) -> tuple[Sensitivity, ...]:
    uncertain = [one for one in inputs_of(found.task.table) if not one.estimate.exact]
    values = drawn(uncertain, found.task.seed, 0, found.draws)
    return sensitivities(values, chances.agreement, float(chances.noise[0].mean()))
