"""Dates, weeks, months, years and feasts, found from the publication and from the way that a clause looks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from treves.dates import Precision
from treves.reading.clauses import Tense
from treves.reading.time_patterns import Parts
from treves.reading.time_publication import Days, Publication

_DAY = timedelta(days=1)
_WEEK = 7
_FAR = 120
"""Days beyond which the tense, not nearness, chooses the year of a date without one."""
WEEK_SHIFT = {"this": 0, "last": -1, "past": -1, "next": 1, "coming": 1}
"""Weeks (months, years) that "this", "last" and "next" lie from the one of the publication."""


def calendar_day(parts: Parts, publication: Publication, tense: Tense | None) -> Days | None:
    """Return the day of a day and month, in the year that is written, fits its weekday or is nearest; else None."""
    monthday, month = parts["monthday"], parts["month"]
    if "year" in parts:
        day = _valid(parts["year"], month, monthday)
        return Days.one(day) if day else None
    near = publication.near
    if near is None:
        return None
    options = [d for y in range(near.year - 1, near.year + 2) if (d := _valid(y, month, monthday))]
    weekday = parts.get("weekday")
    fitting = [d for d in options if d.weekday() == weekday] if weekday is not None else options
    return Days.one(_nearest(fitting or options, near, tense)) if options else None


def _valid(year: int, month: int, monthday: int) -> date | None:
    try:
        return date(year, month, monthday)
    except ValueError:
        return None


def _nearest(options: list[date], near: date, tense: Tense | None) -> date:
    """The option nearest to `near`; when even that is far, the nearest on the side to which the tense looks."""
    best = min(options, key=lambda d: abs(d - near))
    if tense is None or abs(best - near).days <= _FAR:
        return best
    side = [d for d in options if (d <= near if tense is Tense.PAST else d >= near)]
    return min(side, key=lambda d: abs(d - near)) if side else best


def period_days(parts: Parts, publication: Publication, tense: Tense | None) -> Days | None:
    """Return the week, weekend, month or year that `parts` name; None when the publication does not allow it."""
    period, mod, today = parts.get("period"), parts.get("mod", "this"), publication.day
    found: Days | None = None
    if period == "week":
        found = _week(mod, today) if today else None
    elif period == "weekend":
        found = _weekend(mod, today, tense) if today else None
    elif period in ("month", "year") and publication.near:
        found = shifted(publication.near, period, WEEK_SHIFT[mod])
    elif period is None and "month" in parts:
        found = _month(parts, publication, tense)
    elif period is None and "year" in parts:
        found = Days(date(parts["year"], 1, 1), date(parts["year"] + 1, 1, 1), Precision.YEARS)
    return _third(found, parts["third"]) if found and "third" in parts else found


def _week(mod: str, today: date) -> Days:
    monday = today - timedelta(days=today.weekday())
    if mod == "past":
        return Days(today - timedelta(days=_WEEK), today + _DAY, Precision.WEEKS)
    if mod == "coming":
        return Days(today + _DAY, monday + timedelta(days=2 * _WEEK), Precision.WEEKS)
    first = monday + timedelta(days=_WEEK * WEEK_SHIFT[mod])
    return Days(first, first + timedelta(days=_WEEK), Precision.WEEKS)


def _weekend(mod: str, today: date, tense: Tense | None) -> Days:
    saturday = today + timedelta(days=5 - today.weekday())
    over = tense is Tense.PAST and today.weekday() < 5
    shift = -1 if mod in ("last", "past") or (mod == "nearest" and over) else 0
    shift += mod == "next" and today.weekday() >= 5
    first = saturday + timedelta(days=_WEEK * shift)
    return Days(first, first + timedelta(days=2))


def shifted(near: date, period: str, shift: int) -> Days:
    """Return the month or year that lies `shift` of them from the one that holds `near`."""
    months = near.year * 12 + near.month - 1 + shift if period == "month" else (near.year + shift) * 12
    length = 1 if period == "month" else 12
    first, after = (date(m // 12, m % 12 + 1, 1) for m in (months, months + length))
    return Days(first, after, Precision.MONTHS if period == "month" else Precision.YEARS)


def _month(parts: Parts, publication: Publication, tense: Tense | None) -> Days | None:
    month, near = parts["month"], publication.near
    if "year" in parts:
        return shifted(date(parts["year"], month, 1), "month", 0)
    if near is None:
        return None
    middle = _nearest([date(y, month, 15) for y in range(near.year - 1, near.year + 2)], near, tense)
    return shifted(middle, "month", 0)


def _third(days: Days, third: str) -> Days:
    length = (days.after - days.first).days
    one, two = length // 3, length - length // 3
    finer = {Precision.YEARS: Precision.MONTHS, Precision.MONTHS: Precision.WEEKS}.get(days.precision, Precision.DAYS)
    low, high = {"begin": (0, one), "middle": (one, two), "end": (two, length)}[third]
    return Days(days.first + timedelta(days=low), days.first + timedelta(days=max(high, low + 1)), finer)


def _easter(year: int) -> date:
    """Easter Sunday, Gregorian: the anonymous algorithm (Meeus, Astronomical Algorithms, 1991, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def holiday_days(rule: Mapping[str, Any], parts: Parts, publication: Publication, tense: Tense | None) -> Days | None:
    """Return the days of a feast by its calendar `rule`, in the year to which the clause looks; None if not known."""
    length = timedelta(days=rule.get("days", 1))
    if "year" in parts:
        day = _holiday_in(rule, parts["year"])
        return Days(day, day + length)
    near = publication.near
    if near is None:
        return None
    options = [_holiday_in(rule, y) for y in range(near.year - 1, near.year + 2)]
    if tense is Tense.AHEAD or tense is Tense.WOULD:
        day = min(d for d in options if d + length > near)
    else:
        day = _nearest(options, near, tense)
    return Days(day, day + length)


def _holiday_in(rule: Mapping[str, Any], year: int) -> date:
    if "easter" in rule:
        return _easter(year) + timedelta(days=rule["easter"])
    if "nth" in rule:
        first = date(year, rule["month"], 1)
        return first + timedelta(days=(rule["weekday"] - first.weekday()) % _WEEK + _WEEK * (rule["nth"] - 1))
    day = date.fromisoformat(f"{year}-{rule['fixed']}")
    return day + timedelta(days=rule.get("sunday", 0)) if day.weekday() == 6 else day
