"""The German quota of 1,000 relatives a month: visas of 2020-2024, from what was known at the end of 2019."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import numpy as np

from treves.model.policy import Reform
from treves.policy.asylum.catalogue import INDICATORS
from treves.policy.asylum.cohort import run_cohorts
from treves.policy.asylum.country import country
from treves.policy.asylum.options import month_of, plan_of
from treves.policy.asylum.validation import BAND, Point
from treves.policy.asylum.validation_data import Record, banded, months_in, record, total_in, weights_of
from treves.policy.draws import Floats, drawn, overridden, uniforms

START, MONTHS = date(2018, 8, 1), 77
YEARS = ("2020", "2021", "2022", "2023", "2024")
CAP = 1_000.0
_LEARNT = ("2019-01..06", "2019-07..11", "2019-12")
"""Periods that draws are weighted by. The first months follow from the cases selected, which are given."""
_CLOSED = date(2020, 4, 1)
_ONLY_B = {
    "closed_share": 0.0, "grant_rate": 1.0, "share_b": 1.0, "appeals": 0.0, "appeal_share": 0.0,
    "status_appeal_share": 0.0, "visa_lag": 0.0, "pending": 900_000.0,
}  # fmt: skip
"""The chain for holders of subsidiary protection alone, whose grants are given: every decision is a grant. Visas are counted
when they are issued, so travel takes no time."""


def quota(draws: int, seed: int, *, blind: bool) -> list[Point]:
    """Predict visas by year.

    Args:
        draws: of the parameters.
        seed: of all random numbers.
        blind: whether nothing after 2019 is given but grants and the closed visa sections of April 2020.
    """
    from scipy.special import ndtri

    known, place = record("de", START), country("de")
    values = drawn((*overridden(place.at(START), _ONLY_B), *known.parameters), draws=draws, seed=seed)
    values["family_pending"] = values["family_pending"] * values["live"]
    grants = _grants(values, known)
    values["decision_capacity"] = grants[:, 0]
    settings = (("two_status", True), ("cap", CAP), ("transition", "pending"), ("carry_over", True))
    reform = Reform("quota", "Quota", settings=(*settings, ("carry_until", date(2019, 1, 1))))
    plan = np.array(plan_of(reform, months=MONTHS, start=START, season=place.season))
    visas, pending = np.empty((draws, MONTHS)), np.empty((draws, MONTHS))
    keys = [one.key for one in INDICATORS]
    groups = place.groups()
    for draw in range(draws):
        one = {key: figures[draw : draw + 1] for key, figures in values.items()}
        plan["decisions"] = grants[draw]
        plan["cases"], plan["cap"], plan["carry"] = _capacities(one, known, blind=blind)
        out, _ = run_cohorts(one, groups=groups, plan=plan.view(np.recarray))
        visas[draw], pending[draw] = out[0, keys.index("arrivals_b")], out[0, keys.index("family_pending")]
    noise = np.exp(_spread_of_years(known) * ndtri(uniforms(seed, "visas against selected", draws * len(YEARS))))
    weights = _weights(visas, pending[:, month_of(date(2019, 12, 1), START)] / values["family_pending"], known)
    rows = noise.reshape(len(YEARS), draws)
    return [
        _point(year, total_in(visas, year, START) * row, weights, known) for year, row in zip(YEARS, rows, strict=True)
    ]


def _weights(visas: Floats, left: Floats, known: Record) -> Floats:
    """Weigh draws by the visas of 2019 and by how far requests went down until its end."""
    fell = known.value("requests", "2019-12") / known.value("requests", "2018-09")
    pairs = [(total_in(visas, period, START), known.value("visas", period), 0.1) for period in _LEARNT]
    return weights_of([*pairs, (left, fell, 0.2)])


def _spread_of_years(known: Record) -> float:
    """Return how far visas of a year lie from the cases selected in it, in logs: as in 2019, before what is predicted."""
    return abs(math.log(known.value("visas", "2019") / known.value("selected", "2019")))


def _point(year: str, visas: Floats, weights: Floats, known: Record) -> Point:
    low, median, high = banded(visas, weights, (BAND[0], 0.5, BAND[1]))
    observed = known.series["visas"][year]
    naive = known.value("visas", str(int(year) - 1))
    unit, label = known.units["visas"], known.labels["visas"]
    found = (median, low, high)
    return Point(year, label, unit, found, naive, observed.value, observed.source, 12.0 * CAP)


def _grants(values: Mapping[str, Floats], known: Record) -> Floats:
    """Return (draws, months) of grants; where only a total with removal bans was published, by the drawn share."""
    share = values["subsidiary"][:, None]
    found = np.empty((len(share), MONTHS))
    for year in ("2018", "2019", "2020", "2021", "2023", "2024"):
        granted = known.series["granted"].get(year)
        total = granted.value if granted else known.value("other_protection", year) * share
        _spread(found, year, total / 12.0)
    first = known.value("granted", "2022-01..03")
    _spread(found, "2022", (known.value("other_protection", "2022") * share - first) / 9.0)
    _spread(found, "2022-01..03", first / 3.0)
    return found


def _spread(months: Floats, period: str, each: Floats | float) -> None:
    place = months_in(period, START)
    months[:, max(0, place.start) : place.stop] = each


def _capacities(one: Mapping[str, Floats], known: Record, *, blind: bool) -> tuple[Floats, Floats, Floats]:
    """Return by month: files that embassies can send, visas that can be issued, and whether unused cap carries over."""
    files = np.empty((1, MONTHS))
    last_year = known.value("files", "2019-01..11") + known.value("files", "2019-12")
    files[:] = last_year / 12.0 * one["files_after"][0]
    for period, figure in known.series["files"].items():
        _spread(files, period, figure.value / len(months_in(period, START)))
    issued = np.full((1, MONTHS), CAP)
    for period in ("2018-08", "2018-09"):
        _spread(issued, period, known.value("selected", period))
    if blind:
        open_part = _reopening(float(one["reopening"][0]))
        files *= open_part
        issued *= open_part
    else:
        after = month_of(date(2020, 1, 1), START)
        files[:, after:] = np.inf  # what was published is of the whole way from the embassy to the visa
        issued[0, after:] = np.minimum(CAP, _published(float(one["between"][0]), known)[after:])
    carry = np.arange(MONTHS) < month_of(date(2019, 1, 1), START)
    carry[:2] = False  # what could not be selected is no room that is left
    return files[0], issued[0], carry


def _reopening(months: float) -> Floats:
    """Return the open part of the visa sections by month: half in March 2020, none in April, then evenly up again."""
    closed = month_of(_CLOSED, START)
    since = np.arange(MONTHS) - closed
    found = np.where(since < 0, 1.0, np.clip(since / months, 0.0, 1.0))
    found[closed - 1] = 0.5
    return found


def _published(between: float, known: Record) -> Floats:
    """Return the visas that could be issued by month, straight from one published figure to the next."""
    monthly = {months_in(p, START)[0]: f.value for p, f in known.series["visas"].items() if p[5:] in _FIRST_MONTHS}
    early = [value for month, value in monthly.items() if month >= month_of(date(2021, 1, 1), START)]
    places, figures = list(monthly), list(monthly.values())
    places.append(month_of(date(2021, 5, 1), START))
    figures.append(float(np.mean(early)))
    for year in ("2023", "2024"):
        at = months_in(year, START)
        places += [at[0], at[-1]]
        figures += [known.value("selected", year) / 12.0] * 2
    found: Floats = np.interp(np.arange(MONTHS), places, figures)
    given = np.isin(np.arange(MONTHS), places) | (np.arange(MONTHS) >= month_of(date(2023, 1, 1), START))
    return np.where(given, found, found * between)


_FIRST_MONTHS = ("01", "02", "03", "04")
