"""The per-person mode: single persons and families go through the chain by the same rules as the cohorts.

It agrees with the cohort mode in expectation and says what shares cannot: how long single families wait. All random
numbers are drawn beforehand, one row a person, so that the same person meets the same luck under every reform.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import attrs
import numpy as np
from numpy.typing import NDArray

from treves.errors import PolicyError
from treves.model.policy import Parameter, Reference, Reform
from treves.policy.asylum.catalogue import INDICATORS
from treves.policy.asylum.layout import DRAW, HISTORY, NUMBERS, B, Floats
from treves.policy.asylum.persons_layout import CHANCES, OUTSIDE, RECORDS, WATCHED, Crowd, crowd_of, tally_of
from treves.policy.asylum.rules import LAST_APPLICATION
from treves.policy.asylum.stages import EXCLUDED, REFUSED

if TYPE_CHECKING:
    from treves.policy.asylum.model import AsylumModel

MOST = 5_000_000
"""Records at most; about 250 bytes each."""
HOUSEHOLD = Parameter(
    "household",
    "Mean relatives of a family that applies at all",
    "Gemiddeld aantal gezinsleden van een gezin dat nareis aanvraagt",
    "persons",
    3.0,
    2.0,
    4.0,
    (1.0, 20.0),
    "2024",
    Reference("Foreign Office via epd Jan 2025: 7,300 children and 3,200 spouses of 12,000 visas", "2024"),
    assumption=True,
    note="German; matters for how relatives spread over sponsors, not for how many there are",
)
_AMOUNTS = (
    "inflow", "pending", "decision_capacity", "appeals", "court_capacity", "family_pending", "case_capacity", "leaving",
    "holders", "relatives_present", "housing_capacity", "housing_task", "housing_backlog", "places",
)  # fmt: skip
_GONE = (REFUSED, EXCLUDED)
_AMOUNTS_OF_PLAN = ("cap", "hardship_cap", "brake_backlog", "inflow", "decisions", "cases", "housed")


class TooManyPersons(PolicyError):
    """A run of the per-person mode would hold more persons than fit."""

    code: ClassVar[str] = "T720"


@attrs.frozen(eq=False)
class PersonRun:
    """What became of single persons and families.

    Attributes:
        figures: (indicators, months), in persons of the whole country.
        scale: persons in the run for each person of the country, above 0.
        lost: by month, persons not accounted for; empty unless checked.
        crowd: the records; months count from `HISTORY` months before the start, and -1 is never.
        records: how many there are, the watched included.
        watched: the first of the watched records.
        months: of the run.
    """

    figures: Floats
    scale: float
    lost: Floats
    crowd: Crowd
    records: int
    watched: int
    months: int

    def series(self, indicator: str) -> Floats:
        """Return the months of an indicator, by its key."""
        found: Floats = self.figures[[one.key for one in INDICATORS].index(indicator)]
        return found

    def waits(self, *, status: int = B, granted: tuple[int, int] = (0, 1), watched: bool = False) -> Floats:
        """Return months from the grant to arrival, of each relative; infinite for those who never arrive within the run.

        Families whose case is refused, and relatives outside the core family, are left out.

        Args:
            status: of the sponsor, `layout.A` or `layout.B`.
            granted: first and last month of the grants, counted from the start, half-open.
            watched: of the watched sponsors only, one number each; else of all others.
        """
        first, last = (self.watched, self.records) if watched else (0, self.watched)
        people = np.asarray(self.crowd.people)[first:last]
        since = people["granted"].astype(np.int64) - HISTORY
        known = (since >= granted[0]) & (since < granted[1]) & (people["status"] == status)
        people = people[known & (people["family"] != OUTSIDE) & ~np.isin(people["family"], _GONE)]
        months = np.where(people["arrived"] >= 0, people["arrived"].astype(np.float64) - people["granted"], np.inf)
        found: Floats = months if watched else np.repeat(months, people["size"])
        return found


def waiting_rows(waits: Floats, *, quantiles: Sequence[float] = (0.5, 0.9)) -> list[dict[str, float | None]]:
    """Return plain rows of waiting times: at (the quantile), months; None where so many never arrived within the run."""
    if not len(waits):
        return [{"at": at, "months": None} for at in quantiles]
    found = np.quantile(waits, quantiles, method="inverted_cdf")
    return [
        {"at": at, "months": float(months) if np.isfinite(months) else None}
        for at, months in zip(quantiles, found, strict=True)
    ]


def run_persons(
    values: Mapping[str, float],
    *,
    groups: Any,
    plan: Any,
    seed: int,
    scale: float = 1.0,
    watched: Any = None,
    check: bool = False,
) -> PersonRun:
    """Run the chain for single persons, for one draw; about 0.3 microseconds a person and month at worst.

    Args:
        values: by key of the parameter; "household" may be left out.
        groups: of `Country.groups`.
        plan: of `options.plan_of`.
        seed: of all random numbers; the same seed gives the same persons under every plan.
        scale: persons in the run for each person of the country; waiting times do not depend on it, but for chance.
        watched: records of `persons_layout.WATCHED`, followed without taking anybody's place.
        check: whether to count all persons over again every month.

    Raises:
        TooManyPersons: there would be more than `MOST`.
    """
    number = np.zeros(1, dtype=DRAW)
    for name in NUMBERS:
        number[name] = values[name] * (scale if name in _AMOUNTS else 1.0)
    followed = np.zeros(0, dtype=WATCHED) if watched is None else watched
    scaled = _scaled(plan, scale)
    room = _room(number[0], scaled) + len(followed)
    months = len(plan)
    chance = _luck(seed, "persons", room * CHANCES).reshape(room, CHANCES)
    crowd = crowd_of(
        months,
        chance,
        _luck(seed, "persons in line", 2 * room),
        household=float(values.get(HOUSEHOLD.key, HOUSEHOLD.value)),
        watched=followed.view(np.recarray),
    )
    figures = np.empty((len(INDICATORS), months))
    lost = np.empty(months if check else 0)
    from treves.policy.asylum.persons_kernel import run_crowd

    first = run_crowd(
        number.view(np.recarray)[0],
        groups,
        scaled.view(np.recarray),
        crowd,
        tally_of(months, len(groups)),
        figures,
        lost,
    )
    return PersonRun(_unscaled(figures, scale), scale, lost, crowd, int(crowd.counts[RECORDS]), int(first), months)


def follow(
    model: AsylumModel,
    reform: Reform,
    values: Mapping[str, float],
    *,
    months: int,
    start: date,
    seed: int,
    scale: float = 1.0,
) -> PersonRun:
    """Run a reform of the asylum model for single persons; see :func:`run_persons`."""
    from treves.policy.asylum.options import plan_of

    plan = plan_of(reform, months=months, start=start, season=model.place.season, given=model.given)
    groups = model.place.groups()
    return run_persons(values, groups=groups, plan=plan, seed=seed, scale=scale)


def _luck(seed: int, name: str, count: int) -> NDArray[np.float32]:
    """Return numbers between 0 and 1 of the stream with this seed and name; more of them begin with the same."""
    words = np.frombuffer(hashlib.sha256(name.encode()).digest(), dtype="<u4")
    stream = np.random.SFC64(np.random.SeedSequence([seed, *(int(word) for word in words)]))
    return np.random.Generator(stream).random(count, dtype=np.float32)


def _scaled(plan: Any, scale: float) -> NDArray[np.void]:
    found = np.array(plan)
    for name in _AMOUNTS_OF_PLAN:
        found[name] *= scale
    return found


def _unscaled(figures: Floats, scale: float) -> Floats:
    persons = np.array([one.unit.startswith(("persons", "places")) for one in INDICATORS])
    figures[persons] /= scale
    return figures


def _room(number: Any, plan: NDArray[np.void]) -> int:
    """Return how many records are needed at most."""
    drawn = number["inflow"] / 12.0 * plan["season"] * (1.0 + number["inflow_drift"]) ** (np.arange(len(plan)) / 12.0)
    come = np.where(np.isnan(plan["inflow"]), drawn, plan["inflow"]).sum() * 1.01
    present = sum(number[name] for name in ("pending", "appeals", "leaving", "holders", "relatives_present"))
    abroad = number["decision_capacity"] * number["relatives"] * min(LAST_APPLICATION, number["apply_lag"] + 0.1)
    families = number["family_pending"] + abroad
    room = int(come + present + families) + 1_000
    if room > MOST:
        raise TooManyPersons(
            "A run of {count:,} persons is too large.", hint="Give a smaller scale, or fewer months.", count=room
        )
    return room
