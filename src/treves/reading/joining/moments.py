"""Moments of several accounts together: what they agree on, and whether they really differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from treves.dates import UNKNOWN_MOMENT, Moment, Precision

DAY = timedelta(days=1)
NARROW = timedelta(hours=3)
"""A moment that is no wider says when something began or ended."""
EVENING, SMALL_HOURS = 18, 6
"""Local hours: what is told of before the second may belong to an evening that began at the first."""

_SLACK = timedelta(minutes=30)
_ORDER = tuple(Precision)


def width(moment: Moment) -> timedelta | None:
    """Return how wide a moment is; None when an end is open."""
    if moment.earliest is None or moment.latest is None:
        return None
    return timedelta(seconds=moment.latest.timestamp() - moment.earliest.timestamp())


def narrow(moment: Moment) -> bool:
    """Return whether a moment is known to three hours or better."""
    size = width(moment)
    return size is not None and size <= NARROW


def home_days(moment: Moment, zone: ZoneInfo) -> tuple[date, ...]:
    """Return the one or two local days to which an event at `moment` may belong; none when it is wider than two days.

    The small hours belong to the evening before and to their own day. What runs past midnight belongs to its first day.
    """
    size = width(moment)
    if moment.earliest is None or moment.latest is None or size is None or size > 2 * DAY:
        return ()
    first = moment.earliest.astimezone(zone)
    if size < timedelta(hours=23):
        day = first.date()
        return (day - DAY, day) if first.hour < SMALL_HOURS else (day,)
    last = (moment.latest.astimezone(zone) - timedelta(microseconds=1)).date()
    return tuple(dict.fromkeys((first.date(), last)))


def reach(moment: Moment, zone: ZoneInfo) -> tuple[float, float] | None:
    """Return the part of a day in which a session at `moment` may have been, in seconds since 1970.

    What is told of the small hours reaches back to the evening before. None for a whole day or more.
    """
    size = width(moment)
    if moment.earliest is None or moment.latest is None or size is None or size >= timedelta(hours=23):
        return None
    first = moment.earliest.astimezone(zone)
    low = moment.earliest.timestamp()
    if first.hour < SMALL_HOURS:
        evening = datetime.combine(first.date() - DAY, time(EVENING), zone)
        low = evening.timestamp()
    return (low, moment.latest.timestamp())


def far_apart(first: Moment, second: Moment, limit: timedelta = NARROW) -> bool:
    """Return whether two moments, each known to three hours or better, lie more than `limit` apart."""
    if not narrow(first) or not narrow(second):
        return False
    gap = _gap(first, second)
    return gap is not None and gap > limit


def _gap(first: Moment, second: Moment) -> timedelta | None:
    """Return the time between two moments, zero or less where they touch or overlap; None when an end is open."""
    if first.earliest is None or first.latest is None or second.earliest is None or second.latest is None:
        return None
    return max(first.earliest - second.latest, second.earliest - first.latest)


def differ(first: Moment, second: Moment) -> bool:
    """Return whether two tellings of one moment exclude one another.

    "Around two o'clock" leaves half an hour on either side; an open end excludes nothing that it may reach.
    """
    low, high = sorted((_wide(first), _wide(second)), key=_start)
    return low.latest is not None and high.earliest is not None and low.latest <= high.earliest


def _start(moment: Moment) -> float:
    return moment.earliest.timestamp() if moment.earliest else float("-inf")


def _wide(moment: Moment) -> Moment:
    if moment.precision is not Precision.HOURS or moment.earliest is None or moment.latest is None:
        return moment
    return Moment(moment.earliest - _SLACK, moment.latest + _SLACK, moment.precision)


def agreed(moments: Sequence[Moment]) -> Moment:
    """Return what all moments agree on, or the span that covers them where they differ; unknown if there are none."""
    known = list(dict.fromkeys(m for m in moments if m.earliest is not None or m.latest is not None))
    if not known:
        return UNKNOWN_MOMENT
    if any(differ(a, b) for i, a in enumerate(known) for b in known[i + 1 :]):
        return _hull(known)
    return common(sorted(known, key=lambda m: _ORDER.index(m.precision)))


def common(moments: Sequence[Moment]) -> Moment:
    """Return the intersection of moments, passing over those that do not overlap what came before them."""
    found = UNKNOWN_MOMENT
    for moment in moments:
        if found is UNKNOWN_MOMENT:
            found = moment
            continue
        low = _later(found.earliest, moment.earliest)
        high = _earlier(found.latest, moment.latest)
        if low is None or high is None or low < high:
            found = Moment(low, high, min(found.precision, moment.precision, key=_ORDER.index))
    return found


def _hull(moments: Sequence[Moment]) -> Moment:
    lows = [m.earliest for m in moments if m.earliest]
    highs = [m.latest for m in moments if m.latest]
    return Moment(
        min(lows) if len(lows) == len(moments) else None,
        max(highs) if len(highs) == len(moments) else None,
        max((m.precision for m in moments), key=_ORDER.index),
    )


def _later(first: datetime | None, second: datetime | None) -> datetime | None:
    return max(first, second) if first and second else first or second


def _earlier(first: datetime | None, second: datetime | None) -> datetime | None:
    return min(first, second) if first and second else first or second
