"""From the parts of a worded time to days, parts of days and lengths: no words of any language."""

from __future__ import annotations

from datetime import date, timedelta, tzinfo

from treves.dates import Moment, Precision, calendar_span
from treves.reading.clauses import Tense
from treves.reading.time_calendar import WEEK_SHIFT, calendar_day, holiday_days, period_days, shifted
from treves.reading.time_patterns import Parts
from treves.reading.time_publication import Days, Publication, interval, later
from treves.reading.time_words import TimeWords

_DAY = timedelta(days=1)
_WEEK = 7
_LONGEST = 100.0
"""Longest shift from the publication, in years."""
_MINUTES = {"minute": 1, "quarter": 15, "hour": 60, "day": 1440, "week": 10080}
_MONTH_MINUTES = 43_830


def resolve_days(parts: Parts, publication: Publication, tense: Tense | None, pack: TimeWords) -> Days | None:
    """Return the days that `parts` name; None when they name none or the publication does not allow it."""
    if "monthday" in parts and "month" in parts:
        return calendar_day(parts, publication, tense)
    if "holiday" in parts:
        return holiday_days(pack.holidays[parts["holiday"]], parts, publication, tense)
    today = publication.day
    if "weekday" in parts:
        return Days.one(_weekday(parts, today, publication, tense)) if today else None
    if "offset" in parts:
        return _deictic(parts, today, publication, tense) if today else None
    if "mod" in parts and "part" in parts and "period" not in parts:
        return _named_part(parts, today, publication, tense) if today else None
    return period_days(parts, publication, tense)


def _weekday(parts: Parts, today: date, publication: Publication, tense: Tense | None) -> date:
    weekday, mod = parts["weekday"], parts.get("mod")
    monday = today - timedelta(days=today.weekday())
    ahead = (weekday - today.weekday()) % _WEEK
    if mod and (parts.get("period") == "week" or mod == "this"):
        return monday + timedelta(days=weekday + _WEEK * WEEK_SHIFT[mod])
    if mod in ("last", "past"):
        return today - timedelta(days=(-ahead) % _WEEK or _WEEK)
    if mod in ("next", "coming"):
        return today + timedelta(days=ahead or _WEEK)
    if parts.get("before"):
        ahead -= 1
    if tense is Tense.PAST:
        return _last_weekday(parts, today + timedelta(days=ahead), today, publication)
    if tense is None and ahead > _WEEK // 2:
        ahead -= _WEEK  # the nearest one, when nothing tells which way the clause looks
    return today + timedelta(days=ahead)


def _last_weekday(parts: Parts, day: date, today: date, publication: Publication) -> date:
    """The latest such day whose named part has begun by the publication."""
    if day > today:
        day -= timedelta(days=_WEEK)
    if day < today:
        return day
    hour = publication.start.hour if publication.sharp and publication.start else 23
    match parts.get("part"):
        case "night" if hour < 22 or not publication.sharp:
            return day - _DAY  # the night that ended on that day
        case "evening" if hour < 17:
            return day - timedelta(days=_WEEK)
        case "afternoon" if hour < 11:
            return day - timedelta(days=_WEEK)
    return day


def _deictic(parts: Parts, today: date, publication: Publication, tense: Tense | None) -> Days:
    offset, part = parts["offset"], parts.get("part")
    day = today + timedelta(days=offset)
    if part == "night" and offset == 0:
        late = publication.later_in_day
        begun = tense is not Tense.AHEAD or not late
        return Days.one(day - _DAY if begun and not (late and tense is None) else day)
    if not publication.small_hours:
        return Days.one(day)
    if offset == 0 and tense is not Tense.AHEAD:
        return Days.one(day - _DAY) if part else Days(day - _DAY, day + _DAY)
    if offset == 1 and not part:
        return Days(day - _DAY, day + _DAY)
    return Days.one(day)


def _named_part(parts: Parts, today: date, publication: Publication, tense: Tense | None) -> Days:
    """A part of the day with "this", "last" or "next" before it."""
    mod, night = parts["mod"], parts["part"] == "night"
    if mod == "this":
        return _deictic({"offset": 0, "part": parts["part"]}, today, publication, tense)
    if mod in ("last", "past"):
        evening_over = publication.sharp and publication.start is not None and publication.start.hour >= 22
        return Days.one(today if evening_over and not night else today - _DAY)
    return Days.one(today)


def part_moment(parts: Parts, day: date, where: tzinfo, pack: TimeWords) -> Moment:
    """Return the part of `day` that `parts` name, narrowed by "early" or "late"."""
    spec = pack.dayparts[parts["part"]]
    start, end = spec.start, spec.end
    match parts.get("edge"):
        case "early":
            end = spec.early
        case "late":
            start = spec.late
    return interval(day, start, end, where, Precision.DAYPART)


def shift_moment(parts: Parts, publication: Publication) -> Moment | None:
    """Return the moment that lies an amount of time from the publication; None when it is not known well enough."""
    way, amount, unit = parts.get("way"), parts.get("amount"), parts.get("unit")
    start, end, day = publication.start, publication.end, publication.day
    if amount is None or unit is None or start is None or end is None or day is None or parts.get("vague"):
        return None
    minutes = amount * _MINUTES.get(unit, _MONTH_MINUTES if unit == "month" else 12 * _MONTH_MINUTES)
    if minutes > _LONGEST * 12 * _MONTH_MINUTES:
        return None
    if way in ("within", "past"):
        reach = timedelta(minutes=minutes)
        if way == "within":
            return Moment(start, later(end, reach), _unit_precision(unit))
        return Moment(later(start, -reach), end, _unit_precision(unit))
    sign = -1 if way == "ago" else 1
    if unit in ("minute", "quarter", "hour"):
        step = sign * timedelta(minutes=minutes)
        return Moment(later(start, step), later(end, step), Precision.HOURS) if publication.sharp else None
    if unit in ("month", "year"):
        months = round(sign * amount * (1 if unit == "month" else 12))
        target = shifted(day, "month", months).first
        return calendar_span(target, Precision.MONTHS if unit == "month" else Precision.YEARS, publication.zone)
    target = day + timedelta(days=sign * round(amount * (1 if unit == "day" else _WEEK)))
    return calendar_span(target, _unit_precision(unit), publication.zone)


def _unit_precision(unit: str) -> Precision:
    fine = {"day": Precision.DAYS, "week": Precision.WEEKS, "month": Precision.MONTHS, "year": Precision.YEARS}
    return fine.get(unit, Precision.HOURS)


def length_minutes(parts: Parts) -> int | None:
    """Return the length that `parts` give, in minutes; None when vague or counted in months or years."""
    amount, unit = parts.get("amount"), parts.get("unit", "hour")
    if amount is None or unit not in _MINUTES or parts.get("vague"):
        return None
    return round(amount * _MINUTES[unit]) + parts.get("extra", 0)
