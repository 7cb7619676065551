"""Moments: points in time that may be known only in part, as half-open intervals of aware datetimes.

Two clocks run in Trêves: when something happened and when it became known. Both are moments. A moment that is known
to the day is the interval from that midnight to the next one; nothing is rounded to a point that was not given.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import attrs

from treves.errors import SettingError

DEFAULT_ZONE = "Europe/Amsterdam"


class InvalidTime(SettingError):
    """A time, date or time zone that cannot be read."""

    code: ClassVar[str] = "T401"


class Precision(StrEnum):
    """How finely a moment is known, from finest to coarsest; UNKNOWN when nothing is known."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYPART = "daypart"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    UNKNOWN = "unknown"


class Known(StrEnum):
    """Whether a fact about a report is known, known in part, or unknown."""

    KNOWN = "known"
    PARTLY = "partly known"
    UNKNOWN = "unknown"


@attrs.frozen
class Moment:
    """A half-open interval ``[earliest, latest)`` within which something happened or will happen.

    Attributes:
        earliest: first instant that is possible, timezone-aware; None when open towards the past.
        latest: first instant that is no longer possible, timezone-aware; None when open towards the future.
        precision: how finely the source gave it.
    """

    earliest: datetime | None = None
    latest: datetime | None = None
    precision: Precision = Precision.UNKNOWN

    def __attrs_post_init__(self) -> None:
        """Refuse naive datetimes and empty intervals.

        Raises:
            InvalidTime: an end has no time zone, or the interval ends before it starts.
        """
        for end in (self.earliest, self.latest):
            if end is not None and end.tzinfo is None:
                raise InvalidTime(
                    "The time {time} has no time zone.", hint="Add one, such as +02:00.", time=end.isoformat()
                )
        if self.earliest and self.latest and self.latest < self.earliest:
            raise InvalidTime(
                "The interval {start} to {end} ends before it starts.", start=self.earliest, end=self.latest
            )

    @property
    def known(self) -> Known:
        """KNOWN to the hour or better, UNKNOWN if nothing is known, else PARTLY."""
        if self.precision in (Precision.MINUTES, Precision.HOURS):
            return Known.KNOWN
        return Known.UNKNOWN if self.precision is Precision.UNKNOWN else Known.PARTLY

    def certainly_before(self, instant: datetime) -> bool:
        """Return whether the whole interval lies at or before `instant` (never true of an open or unknown end)."""
        return self.latest is not None and self.latest <= instant

    def possibly_before(self, instant: datetime) -> bool:
        """Return whether the interval may have begun by `instant` (true of an unknown moment)."""
        return self.earliest is None or self.earliest <= instant

    def overlaps(self, other: Moment) -> bool:
        """Return whether both may be the same time (an open end reaches for ever)."""
        low = max((m for m in (self.earliest, other.earliest) if m), default=None)
        high = min((m for m in (self.latest, other.latest) if m), default=None)
        return low is None or high is None or low < high or low == high == self.earliest == other.earliest

    def iso(self) -> str:
        """Return the wording used in exports: "2023-07-06", "2023-07-06T21:30+02:00" or "unknown"."""
        if self.earliest is None:
            return "unknown" if self.latest is None else f"before {self.latest.isoformat(timespec='minutes')}"
        match self.precision:
            case Precision.YEARS:
                return f"{self.earliest:%Y}"
            case Precision.MONTHS:
                return f"{self.earliest:%Y-%m}"
            case Precision.DAYS | Precision.DAYPART | Precision.WEEKS:
                return f"{self.earliest:%Y-%m-%d}"
            case _:
                return self.earliest.isoformat(timespec="minutes")


UNKNOWN_MOMENT = Moment()

_SPAN = {Precision.MINUTES: timedelta(minutes=1), Precision.HOURS: timedelta(hours=1)}


def zone(name: str = DEFAULT_ZONE) -> ZoneInfo:
    """Return the time zone called `name` (IANA).

    Raises:
        InvalidTime: there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidTime(
            "There is no time zone {name!r}.", hint="Use an IANA name such as Europe/Amsterdam.", name=name
        ) from None


def at_precision(instant: datetime, precision: Precision) -> Moment:
    """Return the moment that holds `instant` and is as wide as `precision`.

    Minutes and hours start at `instant` itself; days, weeks (Monday), months and years are the calendar's, in the
    zone of `instant`.

    Raises:
        InvalidTime: `instant` has no time zone.
    """
    if precision is Precision.UNKNOWN:
        return UNKNOWN_MOMENT
    if precision in _SPAN:
        return Moment(instant, instant + _SPAN[precision], precision)
    return calendar_span(instant.date(), precision, instant.tzinfo or UTC)


def calendar_span(day: date, precision: Precision, where: tzinfo) -> Moment:
    """Return the day, week, month or year that holds `day`, in the zone `where`."""
    first, after = day, day + timedelta(days=1)
    if precision is Precision.WEEKS:
        first = day - timedelta(days=day.weekday())
        after = first + timedelta(days=7)
    elif precision is Precision.MONTHS:
        first = day.replace(day=1)
        after = (first + timedelta(days=32)).replace(day=1)
    elif precision is Precision.YEARS:
        first, after = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return Moment(datetime.combine(first, time(), where), datetime.combine(after, time(), where), precision)


_FIRST_YEAR, _LAST_YEAR = 2, 9998  # so that any zone and any period around a time can be reckoned with
_PARTIAL = re.compile(r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")


def parse_moment(text: str, *, precision: Precision | None = None, where: str = DEFAULT_ZONE) -> Moment:
    """Read an ISO 8601 date or time, whole or partial: "2023", "2023-07", "2023-07-06", "2023-07-06T21:30+02:00".

    Args:
        text: the wording; a time without an offset is taken in the zone `where`.
        precision: how wide the moment is; by default as fine as the wording.
        where: IANA name of the zone for times without an offset.

    Raises:
        InvalidTime: `text` is no such date or time.
    """
    wording = text.strip()
    local = zone(where)
    try:
        if partial := _PARTIAL.match(wording):
            year, month, day = (int(g) if g else None for g in partial.groups())
            found = Precision.DAYS if day else Precision.MONTHS if month else Precision.YEARS
            start = datetime.combine(date(year or 1, month or 1, day or 1), time(), local)
        else:
            start = datetime.fromisoformat(wording)
            start = start if start.tzinfo else start.replace(tzinfo=local)
            found = Precision.MINUTES
    except ValueError:
        raise InvalidTime(
            "{text!r} is no date or time.", hint="Write 2023, 2023-07, 2023-07-06 or 2023-07-06T21:30+02:00.", text=text
        ) from None
    if not _FIRST_YEAR <= start.year <= _LAST_YEAR:
        raise InvalidTime(
            "{text!r} is out of range.",
            hint="Give a year from {first} to {last}.",
            text=text,
            first=_FIRST_YEAR,
            last=_LAST_YEAR,
        )
    return at_precision(start, precision or found)


def parse_as_of(text: str, *, where: str = DEFAULT_ZONE) -> datetime:
    """Read the instant of an as-of view; a date or coarser means the end of that period.

    Raises:
        InvalidTime: `text` is no date or time.
    """
    moment = parse_moment(text, where=where)
    end = moment.earliest if moment.precision is Precision.MINUTES else moment.latest
    if end is None:
        raise InvalidTime("{text!r} gives no instant.", text=text)
    return end
