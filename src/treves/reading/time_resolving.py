"""From the parts of a worded time to an interval: calendar and clock arithmetic, no words of any language.

Days are counted in the local calendar of the publication's zone. Minutes of a day may run past 1440: a night belongs to
the day on which it begins. Clock times that a change of clocks skips or repeats become the interval that covers both.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

import attrs

from treves.dates import Moment, Precision, calendar_span
from treves.reading.clauses import Tense
from treves.reading.time_words import Parts, TimeWords

_DAY = timedelta(days=1)
_WEEK = 7
_SMALL_HOURS = 6
_MORNING_OVER = 12
_FAR = 120
"""Days beyond which the tense, not nearness, chooses the year of a date without one."""
_YEARS = (1800, 2200)
"""Years of publication for which words are resolved; far from where the calendar of the machine ends."""
_LONGEST = 100.0
"""Longest shift from the publication, in years."""
_MINUTES = {"minute": 1, "quarter": 15, "hour": 60, "day": 1440, "week": 10080}
_MONTH_MINUTES = 43_830
_WEEK_SHIFT = {"this": 0, "last": -1, "past": -1, "next": 1, "coming": 1}


@attrs.frozen
class Publication:
    """The publication time as far as it helps to resolve words.

    Attributes:
        zone: the zone in which days and clock times are counted.
        day: local day; None when it is not known to the day.
        near: a local day within the publication known to the month or better; None when it is not.
        start, end: bounds of the publication; None when unknown.
        sharp: whether the hour is known.
    """

    zone: tzinfo
    day: date | None = None
    near: date | None = None
    start: datetime | None = None
    end: datetime | None = None
    sharp: bool = False

    @property
    def small_hours(self) -> bool:
        """Whether it appeared after midnight and before the morning, when "today" may still mean the day before."""
        return self.sharp and self.start is not None and self.start.hour < _SMALL_HOURS

    @property
    def later_in_day(self) -> bool:
        """Whether it is known to have appeared in the afternoon or evening."""
        return self.sharp and self.start is not None and self.start.hour >= _MORNING_OVER


def publication_of(published: Moment, where: tzinfo) -> Publication:
    """Return what a publication `published` in the zone `where` allows to resolve."""
    if published.earliest is None or published.latest is None or published.precision is Precision.UNKNOWN:
        return Publication(where)
    if not _YEARS[0] <= published.earliest.year <= published.latest.year <= _YEARS[1]:
        return Publication(where)
    start, end = published.earliest.astimezone(where), published.latest.astimezone(where)
    length = end - start
    if length > timedelta(days=31, hours=1):
        return Publication(where, start=start, end=end)
    near = (start + length / 2).date()
    if length > timedelta(days=1, hours=1):
        return Publication(where, near=near, start=start, end=end)
    sharp = published.precision in (Precision.MINUTES, Precision.HOURS)
    return Publication(where, day=start.date(), near=near, start=start, end=end, sharp=sharp)


@attrs.frozen
class Days:
    """Whole days ``[first, after)`` with how finely they were given; `key` is the day to which a part of it belongs."""

    first: date
    after: date
    precision: Precision = Precision.DAYS

    @classmethod
    def one(cls, day: date) -> Days:
        """Return the single `day`."""
        return cls(day, day + _DAY)


def instant(day: date, minutes: int, where: tzinfo, *, last: bool = False) -> datetime:
    """Return the instant `minutes` after the midnight of `day` by the clock on the wall.

    Where clocks are changed, the earliest instant that this may be, or with `last` the latest.
    """
    extra, minute = divmod(minutes, 1440)
    wall = datetime.combine(day + timedelta(days=extra), time(minute // 60, minute % 60), where)
    folded = wall.replace(fold=1)
    if wall.utcoffset() == folded.utcoffset():
        return wall
    both = wall.astimezone(UTC), folded.astimezone(UTC)
    return (max(both) if last else min(both)).astimezone(where)


def interval(day: date, start: int, end: int, where: tzinfo, precision: Precision) -> Moment:
    """Return the moment from `start` to `end` minutes after the midnight of `day`."""
    low, high = instant(day, start, where), instant(day, end, where, last=True)
    if high.astimezone(UTC) <= low.astimezone(UTC):  # all of it falls into the hour that a change of clocks skips
        high = (low.astimezone(UTC) + timedelta(minutes=max(end - start, 1))).astimezone(where)
    return Moment(low, high, precision)


def days_moment(days: Days, where: tzinfo) -> Moment:
    """Return whole days as a moment."""
    return Moment(
        datetime.combine(days.first, time(), where), datetime.combine(days.after, time(), where), days.precision
    )


def resolve_days(parts: Parts, publication: Publication, tense: Tense | None, pack: TimeWords) -> Days | None:
    """Return the days that `parts` name; None when they name none or the publication does not allow it."""
    if "monthday" in parts and "month" in parts:
        return _calendar_day(parts, publication, tense)
    if "holiday" in parts:
        return _holiday(pack.holidays[parts["holiday"]], parts, publication, tense)
    today = publication.day
    if "weekday" in parts:
        return Days.one(_weekday(parts, today, publication, tense)) if today else None
    if "offset" in parts:
        return _deictic(parts, today, publication, tense) if today else None
    if "mod" in parts and "part" in parts and "period" not in parts:
        return _named_part(parts, today, publication, tense) if today else None
    return _period(parts, publication, tense)


def _calendar_day(parts: Parts, publication: Publication, tense: Tense | None) -> Days | None:
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


def _weekday(parts: Parts, today: date, publication: Publication, tense: Tense | None) -> date:
    weekday, mod = parts["weekday"], parts.get("mod")
    monday = today - timedelta(days=today.weekday())
    ahead = (weekday - today.weekday()) % _WEEK
    if mod and (parts.get("period") == "week" or mod == "this"):
        return monday + timedelta(days=weekday + _WEEK * _WEEK_SHIFT[mod])
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


def _period(parts: Parts, publication: Publication, tense: Tense | None) -> Days | None:
    period, mod, today = parts.get("period"), parts.get("mod", "this"), publication.day
    found: Days | None = None
    if period == "week":
        found = _week(mod, today) if today else None
    elif period == "weekend":
        found = _weekend(mod, today, tense) if today else None
    elif period in ("month", "year") and publication.near:
        found = _shifted(publication.near, period, _WEEK_SHIFT[mod])
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
    first = monday + timedelta(days=_WEEK * _WEEK_SHIFT[mod])
    return Days(first, first + timedelta(days=_WEEK), Precision.WEEKS)


def _weekend(mod: str, today: date, tense: Tense | None) -> Days:
    saturday = today + timedelta(days=5 - today.weekday())
    over = tense is Tense.PAST and today.weekday() < 5
    shift = -1 if mod in ("last", "past") or (mod == "nearest" and over) else 0
    shift += mod == "next" and today.weekday() >= 5
    first = saturday + timedelta(days=_WEEK * shift)
    return Days(first, first + timedelta(days=2))


def _shifted(near: date, period: str, shift: int) -> Days:
    months = near.year * 12 + near.month - 1 + shift if period == "month" else (near.year + shift) * 12
    length = 1 if period == "month" else 12
    first, after = (date(m // 12, m % 12 + 1, 1) for m in (months, months + length))
    return Days(first, after, Precision.MONTHS if period == "month" else Precision.YEARS)


def _month(parts: Parts, publication: Publication, tense: Tense | None) -> Days | None:
    month, near = parts["month"], publication.near
    if "year" in parts:
        return _shifted(date(parts["year"], month, 1), "month", 0)
    if near is None:
        return None
    middle = _nearest([date(y, month, 15) for y in range(near.year - 1, near.year + 2)], near, tense)
    return _shifted(middle, "month", 0)


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


def _holiday(rule: Mapping[str, Any], parts: Parts, publication: Publication, tense: Tense | None) -> Days | None:
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
            return Moment(start, _plus(end, reach), _unit_precision(unit))
        return Moment(_plus(start, -reach), end, _unit_precision(unit))
    sign = -1 if way == "ago" else 1
    if unit in ("minute", "quarter", "hour"):
        step = sign * timedelta(minutes=minutes)
        return Moment(_plus(start, step), _plus(end, step), Precision.HOURS) if publication.sharp else None
    if unit in ("month", "year"):
        months = round(sign * amount * (1 if unit == "month" else 12))
        target = _shifted(day, "month", months).first
        return calendar_span(target, Precision.MONTHS if unit == "month" else Precision.YEARS, publication.zone)
    target = day + timedelta(days=sign * round(amount * (1 if unit == "day" else _WEEK)))
    return calendar_span(target, _unit_precision(unit), publication.zone)


def _plus(moment: datetime, step: timedelta) -> datetime:
    return (moment.astimezone(UTC) + step).astimezone(moment.tzinfo)


def _unit_precision(unit: str) -> Precision:
    fine = {"day": Precision.DAYS, "week": Precision.WEEKS, "month": Precision.MONTHS, "year": Precision.YEARS}
    return fine.get(unit, Precision.HOURS)


def length_minutes(parts: Parts) -> int | None:
    """Return the length that `parts` give, in minutes; None when vague or counted in months or years."""
    amount, unit = parts.get("amount"), parts.get("unit", "hour")
    if amount is None or unit not in _MINUTES or parts.get("vague"):
        return None
    return round(amount * _MINUTES[unit]) + parts.get("extra", 0)
