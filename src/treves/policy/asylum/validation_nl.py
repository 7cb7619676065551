"""Dutch cases: the deferral of October 2022, and reception a year ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from treves.model.policy import Reform
from treves.policy.asylum.catalogue import INDICATORS
from treves.policy.asylum.cohort import run_cohorts
from treves.policy.asylum.country import country
from treves.policy.asylum.options import month_of, plan_of
from treves.policy.asylum.validation import BAND, Point
from treves.policy.asylum.validation_data import Record, banded, months_in, record, total_in, weights_of
from treves.policy.draws import Floats, drawn

BEGIN = date(2022, 1, 1)
_QUARTERS = ("2022-Q4", "2023-Q1", "2023-Q2")
_HELD = "2022-10-03..2023-01-11"
_RUNS = (("2022-06", "2023-04"), ("2022-12", "2023-12"), ("2023-12", "2024-11"))
"""Months of reception: the last that is known, and the one that is predicted, as near to a year later as was counted."""
_ORDER = (BAND[0], 0.5, BAND[1])


def deferral(draws: int, seed: int) -> list[Point]:
    """Predict arrivals by quarter under the deferral, and the relatives held back."""
    known = record("nl", BEGIN)
    values = drawn(country("nl").at(BEGIN), draws=draws, seed=seed)
    settings = (("deferral", True), ("transition", "pending"))
    reform = Reform(
        "deferral", "Deferral", settings=(*settings, ("start", date(2022, 10, 3)), ("struck", date(2023, 2, 8)))
    )
    found = _run(values, reform, BEGIN, months=18)
    arrivals, held = found["arrivals"], found["deferred"]
    learnt = [(total_in(arrivals, one, BEGIN), known.value("arrivals", one), 0.1) for one in ("2022-Q2", "2022-Q3")]
    weights = weights_of(learnt)
    points = [_point("arrivals", one, total_in(arrivals, one, BEGIN), weights, known) for one in _QUARTERS]
    december, january = (held[:, month_of(day, BEGIN)] for day in (date(2022, 12, 1), date(2023, 1, 1)))
    return [*points, _point("held", _HELD, december + (january - december) * 11 / 31, weights, known)]


def _point(name: str, period: str, made: Floats, weights: Floats, known: Record) -> Point:
    low, median, high = banded(made, weights, _ORDER)
    observed = known.series[name][period]
    naive = known.value("arrivals", "2022-Q3") if name == "arrivals" else 0.0
    label, unit = known.labels[name], known.units[name]
    return Point(period, label, unit, (median, low, high), naive, observed.value, observed.source)


def reception(draws: int, seed: int, *, given: bool) -> list[Point]:
    """Predict reception occupancy about a year ahead.

    Args:
        draws: of the parameters.
        seed: of all random numbers.
        given: whether first applications of the predicted year are taken as counted.
    """
    return [_year_ahead(run, draws, seed, given=given) for run in _RUNS]


def _year_ahead(run: tuple[str, str], draws: int, seed: int, *, given: bool) -> Point:
    first, then = run
    last = date.fromisoformat(f"{first}-01")
    start = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    if first == "2022-06":  # counted on the first day
        start = last
    months = month_of(date.fromisoformat(f"{then}-01"), start) + 1
    known = record("nl", start)
    seen = known.value("occupancy", first)
    values = drawn(country("nl").at(start), draws=draws, seed=seed)
    inside = seen - values["leaving"] - values["holders"]
    values["seekers_share"] = np.clip(inside / (values["pending"] + values["appeals"]), 0.0, 1.0)
    refused = values["decision_capacity"] * (1.0 - values["closed_share"]) * (1.0 - values["grant_rate"])
    values["court_capacity"] = refused * values["appeal_share"]
    counted = {"inflow": _applications(known, start, months)} if given else None
    made = _run(values, Reform("as-is", "As is"), start, months=months, given=counted)["occupancy"][:, -1]
    low, median, high = banded(made, np.full(draws, 1.0 / draws), _ORDER)
    observed = known.series["occupancy"][then]
    label, unit = known.labels["occupancy"], known.units["occupancy"]
    return Point(then, label, unit, (median, low, high), seen, observed.value, observed.source)


def _applications(known: Record, start: date, months: int) -> list[float]:
    """Return first applications by month, even within each quarter."""
    found = [0.0] * months
    for quarter, figure in known.series["applications"].items():
        for month in months_in(quarter, start):
            if 0 <= month < months:
                found[month] = figure.value / 3.0
    return found


def _run(
    values: Mapping[str, Floats],
    reform: Reform,
    start: date,
    *,
    months: int,
    given: Mapping[str, Sequence[float]] | None = None,
) -> dict[str, Any]:
    place = country("nl")
    plan = plan_of(reform, months=months, start=start, season=place.season, given=given)
    found, _ = run_cohorts(values, groups=place.groups(), plan=plan)
    return {one.key: found[:, at] for at, one in enumerate(INDICATORS)}
