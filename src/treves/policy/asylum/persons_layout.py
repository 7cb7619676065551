"""The shapes that the per-person mode works on: a record a person, and the lines in which persons and families stand.

A record is a person who may be the sponsor of one family. The relatives of a family move together, so that a family is a
part of its sponsor's record. A sponsor who was granted before the run has a record for the family only.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from treves.policy.asylum.layout import HISTORY, Floats
from treves.policy.asylum.stages import FLOWS, STOCKS

OUTSIDE = len(STOCKS)
"""State of a sponsor who is not in the chain, and of a family that is not (yet)."""
NEVER = -1
"""Month of what has not happened."""
LATE = 30_000
"""Months beyond any run."""
_MONTHS = ("came", "decided", "granted", "housed", "applied", "issued", "arrived")
PERSON = np.dtype(
    [(name, np.int16) for name in ("weight", "group", "size", "out", "lag", "state", "family", "status", *_MONTHS)]
    + [(name, np.int32) for name in ("next_family", "next_held", "next_person")],
    align=True,
)
"""A record.

`weight` is 1 for a person of the chain and 0 for a sponsor who is only watched and takes nobody's place; `size` counts the
relatives of the family, without those `out` of the core family; `lag` is months from the grant until the family wants to
apply; `state` is the stage of the person and `family` that of the family, by their places in `STOCKS`, or `OUTSIDE`;
`status` is A or B, of the family; months are `NEVER` for what has not happened: the person `came`, was `decided`, `granted`
and `housed`, the family `applied`, its visa was `issued`, it `arrived`. The last three are links of the calendars.
"""

(
    U_GROUP, U_FATE, U_APPEAL, U_WIN, U_WON, U_SIZE, U_LAG, U_MEANS, U_HARD, U_OUT, U_APPROVED, U_PLACED, U_TRAVEL,
    U_LEAVE, U_HOME,
) = range(15)  # fmt: skip
CHANCES = 15
"""Random numbers a record: each for one question, so that the same person meets the same luck under every reform."""

SEEKERS, COURT, FILES, PUT_OFF, SEVERE, HOUSING = (np.int64(line) for line in range(6))
"""Lines: open asylum cases; appeals; family cases in the order of their applications, which
is also that of the line for the cap; deferred families; hardship; and homes, where families stand as -1 - record. They are no
plain numbers, for which the compiler would make a version of every function that takes a line."""
WANTS, ARRIVES, LEAVES, HELD = range(4)
"""Calendars: families that want to apply, families that arrive, refused persons who leave, by month; and families that may
not apply yet, by the month of the grant."""
RECORDS, COMING, DECIDED, FIRST_CAPPED, STOPPED = range(5)
"""Counts: records; place of the first who has not come yet; place in the line of cases beyond which none is decided; place of
the first that may be in line for the cap; frozen families."""
NO, YES, ASK = range(3)
"""What rules say of a family by the month of the grant alone; `ASK` where it takes means or a home."""
MEANS_LATER, MEANS_NEVER, MEANS_ENOUGH = range(3)
"""Whether a watched sponsor gets sufficient means as others do, never, or has them from the beginning."""
WATCHED = np.dtype(
    [("granted", np.int64), ("status", np.int64), ("lag", np.int64), ("means", np.int64), ("home", np.bool_)],
    align=True,
)
"""A sponsor who is followed through the chain without taking anybody's place: month of the grant (after `HISTORY`),
status, months until the family applies, means, and whether there is a home from the beginning."""


class Crowd(NamedTuple):
    """Records, lines and calendars of one run."""

    people: Any
    """Records of `PERSON`."""
    chance: NDArray[np.float32]
    """(records, `CHANCES`): between 0 and 1."""
    order: NDArray[np.float32]
    """Random numbers by which those who came into a line in the same month are put in order."""
    lines: NDArray[np.int64]
    """(lines, places)."""
    ends: NDArray[np.int64]
    """By line: places that are taken."""
    heads: NDArray[np.int64]
    """By line: the first place that is not served."""
    mixed: NDArray[np.int64]
    """By line: the first place that is not yet in its final order."""
    debts: Floats
    """By line: how far the last family went beyond what was allowed, below 0, to be made good next month. That of the line
    for the cap stands at `PUT_OFF`, which has no capacity of its own."""
    calendars: NDArray[np.int64]
    """(calendars, months): first record."""
    counts: NDArray[np.int64]
    household: float
    """Mean relatives of a family that applies at all."""
    watched: Any
    """Records of `WATCHED`."""


class Tally(NamedTuple):
    """What the per-person mode counts, by the names of `layout.Work`, so that parts of the cohort mode can read it."""

    mix: Floats
    waiting: Floats
    housing: Floats
    housing_first: Floats
    stock: Floats
    flow: Floats
    memory: Floats
    pace: Floats
    """Log of the chance to stay another month: of travelling families, and of refused persons."""
    verdict: NDArray[np.int8]
    """By month of the grant: what the rules for B of this month say before anybody is asked, `NO`, `YES` or `ASK`."""


def crowd_of(
    months: int, chance: NDArray[np.float32], order: NDArray[np.float32], *, household: float, watched: Any
) -> Crowd:
    """Return a crowd without anybody in it.

    Args:
        months: of the run.
        chance: (records at most, `CHANCES`).
        order: at least twice as many numbers as records.
        household: mean relatives of a family that applies at all.
        watched: records of `WATCHED`.
    """
    records = len(chance)
    nobody = np.zeros((), dtype=PERSON)
    for name in _MONTHS:
        nobody[name] = NEVER
    nobody["family"] = nobody["state"] = OUTSIDE
    people = np.repeat(nobody[None], records)

    def zeros() -> NDArray[np.int64]:
        return np.zeros(6, dtype=np.int64)

    return Crowd(
        people=people.view(np.recarray),
        chance=chance,
        order=order,
        lines=np.empty((6, 2 * records), dtype=np.int64),
        ends=zeros(),
        heads=zeros(),
        mixed=zeros(),
        debts=np.zeros(6),
        calendars=np.full((4, HISTORY + months), -1, dtype=np.int64),
        counts=np.zeros(5, dtype=np.int64),
        household=household,
        watched=watched,
    )


def tally_of(months: int, groups: int) -> Tally:
    """Return empty counts."""
    cohorts = HISTORY + months
    return Tally(
        mix=np.zeros((4, groups)),
        waiting=np.zeros(cohorts),
        housing=np.zeros((cohorts, 2)),
        housing_first=np.zeros(cohorts),
        stock=np.zeros(len(STOCKS)),
        flow=np.zeros(len(FLOWS)),
        memory=np.zeros(8),
        pace=np.zeros(2),
        verdict=np.zeros(cohorts, dtype=np.int8),
    )
