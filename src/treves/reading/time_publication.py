"""The publication time as the clock to which words such as "yesterday" are tied, and days and clock times as instants.

Days are counted in the local calendar of the publication's zone. Minutes of a day may run past 1440: a night belongs to
the day on which it begins. Clock times that a change of clocks skips or repeats become the interval that covers both.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

import attrs

from treves.dates import Moment, Precision

_DAY = timedelta(days=1)
_SMALL_HOURS = 6
_MORNING_OVER = 12
_YEARS = (1800, 2200)
"""Years of publication for which words are resolved; far from where the calendar of the machine ends."""


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
        high = later(low, timedelta(minutes=max(end - start, 1)))
    return Moment(low, high, precision)


def days_moment(days: Days, where: tzinfo) -> Moment:
    """Return whole days as a moment."""
    return Moment(
        datetime.combine(days.first, time(), where), datetime.combine(days.after, time(), where), days.precision
    )


def later(at: datetime, step: timedelta) -> datetime:
    """Return the instant that lies `step` after `at`, by elapsed time and not by the clock on the wall."""
    return (at.astimezone(UTC) + step).astimezone(at.tzinfo)
