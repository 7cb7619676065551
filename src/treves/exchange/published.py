"""Publication times as headers, tables, pages and feeds write them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_tz
from reprlib import repr as shortened

from treves.dates import DEFAULT_ZONE, InvalidTime, Moment, Precision, at_precision, parse_moment

_MONTHS = {
    name: number
    for names in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "january february march april may june july august september october november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
    for number, name in enumerate(names.split(), start=1)
}
_WRITTEN = re.compile(
    r"(?:[^\W\d_]+,?\s+)?(?P<day>\d{1,2})\s+(?P<month>[^\W\d_]+)[.,]?\s+(?P<year>\d{4})"
    r"(?:,?\s+(?:om\s+|at\s+)?(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:\s*uur)?)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d[T ]\d{1,2}[:.]?\d{2}")
# Named zones of European feeds that the standard for mail dates does not know.
_ZONES = {"CET": "+0100", "CEST": "+0200", "MET": "+0100", "MEST": "+0200", "WEST": "+0100", "EEST": "+0300"}
_MAIL_ZONE = re.compile(r"\b(" + "|".join(_ZONES) + r")\s*$")
_FINENESS = {precision: rank for rank, precision in enumerate(Precision)}
_LONGEST = 100  # characters of a wording
_YEARS = range(1600, 2201)


def read_published(
    text: str, *, precision: Precision | None = None, where: str = DEFAULT_ZONE, midnight_is_day: bool = False
) -> Moment:
    """Read a publication time: ISO 8601 (whole or partial), a mail date, or a date in Dutch or English words.

    Args:
        text: the wording: "2023-07", "2026-04-21T23:40+02:00", "Thu, 06 Jul 2023 21:30:00 GMT",
            "donderdag 6 juli 2023, 21.30 uur".
        precision: how finely it is known; by default as fine as the wording.
        where: IANA name of the zone for times without an offset.
        midnight_is_day: take a time of exactly 00:00 for a day, as programs write it that have no time to tell.

    Raises:
        InvalidTime: `text` is no date or time, its year is not in 1600-2200, or `precision` is finer than the wording.
    """
    wording = " ".join(text.split())
    if len(wording) > _LONGEST:
        raise InvalidTime(
            "{text} is no date or time.", hint="Write 2023-07-06 or 2023-07-06T21:30+02:00.", text=shortened(text)
        )
    try:
        moment = _mail_date(wording) or _written_date(wording, where) or _iso_date(wording, where)
    except (ValueError, OverflowError):
        raise InvalidTime(
            "{text!r} is no date or time.", hint="Write 2023-07-06 or 2023-07-06T21:30+02:00.", text=text
        ) from None
    start = moment.earliest
    if start is None or start.year not in _YEARS:
        raise InvalidTime(
            "The year of {text!r} is not in {first}-{last}.",
            hint="Check the year.",
            text=text,
            first=_YEARS[0],
            last=_YEARS[-1],
        )
    if moment.precision is Precision.MINUTES:
        midnight = start.hour == start.minute == start.second == 0
        told = Precision.DAYS if midnight and midnight_is_day else Precision.MINUTES
        moment = at_precision(start.replace(second=0, microsecond=0), told)
    return _at_most(moment, precision, text)


def _at_most(moment: Moment, precision: Precision | None, text: str) -> Moment:
    """Widen `moment` to `precision`; refuse to narrow it."""
    if precision is None or moment.earliest is None:
        return moment
    if _FINENESS[precision] < _FINENESS[moment.precision]:
        raise InvalidTime(
            "{text!r} is known to {known}, not to {precision}.",
            hint="Give the time as finely as the precision says, or a coarser precision.",
            text=text,
            known=moment.precision,
            precision=precision,
        )
    whole = moment.earliest.replace(minute=0) if precision is Precision.HOURS else moment.earliest
    return at_precision(whole, precision)


def _iso_date(wording: str, where: str) -> Moment:
    if re.fullmatch(r"\d{4}(-\d{1,2}){0,2}", wording) or _CLOCK.search(wording):
        return parse_moment(wording, where=where)
    return parse_moment(wording, precision=Precision.DAYS, where=where)


def _mail_date(wording: str) -> Moment | None:
    """A date as in mail and RSS; None when `wording` is of another kind or tells no time."""
    if not re.search(r"\d{1,2}:\d{2}", wording) or re.match(r"\d{4}", wording):
        return None
    parsed = parsedate_tz(_MAIL_ZONE.sub(lambda m: _ZONES[m[1]], wording))
    if parsed is None:
        return None
    zone = timezone(timedelta(seconds=parsed[9] or 0))
    return at_precision(datetime(*parsed[:6], tzinfo=zone), Precision.MINUTES)


def _written_date(wording: str, where: str) -> Moment | None:
    match = _WRITTEN.fullmatch(wording)
    month = _MONTHS.get(match["month"].lower()) if match else None
    if match is None or month is None:
        return None
    day = f"{match['year']}-{month:02d}-{int(match['day']):02d}"
    if match["hour"] is None:
        return parse_moment(day, where=where)
    return parse_moment(f"{day}T{int(match['hour']):02d}:{match['minute']}", where=where)
