"""Moments in words: in the place's own time zone, never finer than they are known."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import attrs

from treves.brief.wording import Wording
from treves.dates import Known, Moment, Precision
from treves.model.events import Certainty
from treves.model.view import JoinedEvent

_INSTANT = timedelta(microseconds=1)
_DAYPARTS = ((6, "night"), (12, "morning"), (18, "afternoon"), (24, "evening"))
_NIGHT = timedelta(hours=12)
_SHARP, _ABOUT, _MINUTE = timedelta(hours=2), timedelta(hours=1), timedelta(minutes=1)


@attrs.frozen(eq=False)
class Clock:
    """Says moments in one language and zone.

    Attributes:
        wording: the interface strings.
        zone: the place's time zone.
        year: the year that goes without saying; other years are named.
    """

    wording: Wording
    zone: ZoneInfo
    year: int
    _said: dict[tuple[Moment, bool], str] = attrs.field(factory=dict)

    def local(self, instant: datetime) -> datetime:
        """Return `instant` in the place's zone."""
        return instant.astimezone(self.zone)

    def time(self, instant: datetime, *, plain: bool = False) -> str:
        """Return the clock time of `instant`; `plain` leaves out a word such as "uur"."""
        return self.local(instant).strftime(self.wording("time.clock_plain" if plain else "time.clock"))

    def day(self, instant: datetime, *, year: bool = False) -> str:
        """Return the weekday and date of `instant`, with its year when that does not go without saying."""
        local = self.local(instant)
        key = "time.day_year" if year or local.year != self.year else "time.day"
        return self.wording(key, **self._parts(local, ""))

    def short_day(self, instant: datetime) -> str:
        """Return the abbreviated weekday and date of `instant`, for an axis."""
        return self.wording("time.day_short", **self._parts(self.local(instant), "_short"))

    def instant(self, instant: datetime, *, year: bool = False) -> str:
        """Return day and clock time of `instant`."""
        return self.wording("time.at", day=self.day(instant, year=year), time=self.time(instant))

    def moment(self, moment: Moment, *, year: bool = False) -> str:
        """Return `moment` in words, as wide as it is known, to stand by itself ("Thursday 6 July, evening")."""
        words = self._said.get((moment, year))
        if words is None:
            words = self._said[moment, year] = self._say(moment, year=year)[1]
        return words

    def phrase(self, moment: Moment) -> str:
        """Return `moment` in words, to stand in a sentence ("on Thursday 6 July, evening")."""
        form, words = self._say(_sharpened(moment))
        return self.wording(f"time.in_sentence.{form}", when=words)

    def within(self, moment: Moment, day: date | None) -> str:
        """Return the clock time of a moment on `day`, which is already said; a moment on another day as a whole."""
        early = moment.earliest
        if early is None or day is None or self.local(early).date() != day:
            return self.moment(moment)
        match moment.precision:
            case Precision.MINUTES:
                return self.time(early)
            case Precision.HOURS:
                return self.wording("time.about", time=self.time(early))
            case Precision.DAYS:
                return ""
        return self.moment(moment)

    def _say(self, moment: Moment, *, year: bool = False) -> tuple[str, str]:
        """Return which preposition goes with the moment (day, period or none), and its words."""
        early, late = moment.earliest, moment.latest
        if early is None or late is None:
            return "none", self._open(early, late, moment.precision)
        width = late - early
        match moment.precision:
            case Precision.MINUTES if width <= timedelta(hours=1):
                return "day", self.instant(early, year=year)
            case Precision.HOURS if width <= timedelta(hours=2):
                about = self.wording("time.about", time=self.time(early))
                return "day", self.wording("time.at", day=self.day(early, year=year), time=about)
            case Precision.DAYPART if width <= timedelta(hours=14):
                return self._daypart(early, late, year=year)
            case Precision.WEEKS if width <= timedelta(days=8):
                return "period", self.wording("time.week", day=self.day(early, year=year))
            case Precision.MONTHS if width <= timedelta(days=32):
                local = self.local(early)
                month = self.wording.lists["time.months"][local.month - 1]
                return "period", self.wording("time.month", month=month, year=str(local.year))
            case Precision.YEARS if width <= timedelta(days=367):
                return "period", str(self.local(early).year)
        return self._interval(early, late, year=year)

    def session(self, event: JoinedEvent, *, phrase: bool = False) -> str:
        """Return when a session was, with its begin and end where they are told; as a `phrase` in a sentence."""
        start, end = event.start, event.end
        begun = start.earliest if start.known is Known.KNOWN else None
        ended = end.earliest if end.known is Known.KNOWN else None
        if begun and ended:
            words = self._from_to((begun, start), (ended, end))
        elif begun and event.certainty in (Certainty.PLANNED, Certainty.CONDITIONAL):
            # Nobody tells the end of what is still to come, so its absence is not worth a word.
            words = self.wording("time.at", day=self.day(begun), time=self._told(start))
        elif begun:
            words = self.wording("time.from", day=self.day(begun), start=self._told(start))
        elif ended:
            words = self.wording("time.until", day=self.day(ended), end=self._told(end))
        else:
            return self.phrase(event.when) if phrase else self.moment(_sharpened(event.when))
        return self.wording("time.in_sentence.day", when=words) if phrase else words

    def _from_to(self, begin: tuple[datetime, Moment], finish: tuple[datetime, Moment]) -> str:
        """Say a session whose begin and end are told; a night needs no second date."""
        (begun, start), (ended, end) = begin, finish
        times = {"start": self._told(start, plain=True), "end": self._told(end)}
        if ended - begun < _NIGHT or self.local(begun).date() == self.local(ended).date():
            return self.wording("time.range", day=self.day(begun), **times)
        days = {"first": self.day(begun), "last": self.day(ended)}
        return self.wording("time.range_days", **times, **days)

    def duration(self, minutes: int) -> str:
        """Return a length in words ("about 5 hours")."""
        hours, rest = divmod(minutes, 60)
        if hours and rest:
            return self.wording("time.hours_minutes", hours=hours, minutes=rest)
        return self.wording.count("time.hours", hours) if hours else self.wording.count("time.minutes", rest)

    def _told(self, moment: Moment, *, plain: bool = False) -> str:
        """Return the clock time of a begin or end that is known to the hour; where accounts differ, between which."""
        sharp = _sharpened(moment)
        early, late = sharp.earliest, moment.latest
        if early is None:
            return self.wording("time.unknown")
        if moment.earliest and late and late - moment.earliest > (_ABOUT if sharp is not moment else _MINUTE):
            last = late - _MINUTE if moment.precision is Precision.MINUTES or late.minute % 5 == 1 else late
            ends = {"first": self.time(moment.earliest, plain=True), "last": self.time(last, plain=plain)}
            return self.wording("time.sometime", **ends)
        words = self.time(early, plain=plain)
        return words if moment.precision is Precision.MINUTES else self.wording("time.about", time=words)

    def _parts(self, local: datetime, form: str) -> dict[str, str]:
        lists = self.wording.lists
        return {
            "weekday": lists[f"time.weekdays{form}"][local.weekday()],
            "day": str(local.day),
            "month": lists[f"time.months{form}"][local.month - 1],
            "year": str(local.year),
        }

    def _open(self, early: datetime | None, late: datetime | None, precision: Precision) -> str:
        """Say a moment with an open end."""
        fine = precision in (Precision.MINUTES, Precision.HOURS)
        if early is not None:
            return self.wording("time.after", moment=self.instant(early) if fine else self.day(early))
        if late is not None:
            return self.wording("time.before", moment=self.instant(late) if fine else self.day(late))
        return self.wording("time.unknown")

    def _daypart(self, early: datetime, late: datetime, *, year: bool) -> tuple[str, str]:
        """Name the part of the day in the middle of the interval; a night is called by both its days."""
        middle = self.local(early + (late - early) / 2)
        part = next(name for hour, name in _DAYPARTS if middle.hour < hour)
        if part != "night":
            return "day", self.wording(f"time.{part}", day=self.day(early, year=year))
        evening = early - _NIGHT if self.local(early).hour < 12 else early
        days = {"first": self.day(evening), "last": self.day(evening + timedelta(days=1), year=year)}
        return "period", self.wording("time.night", **days)

    def _interval(self, early: datetime, late: datetime, *, year: bool) -> tuple[str, str]:
        """Say an interval by its first and last day, or by its clock times within a day."""
        last = max(early, late - _INSTANT)
        first_day, last_day = self.day(early, year=year), self.day(last, year=year)
        whole_days = all(self.local(end).strftime("%H%M") == "0000" for end in (early, late))
        if whole_days and first_day == last_day:
            return "day", first_day
        if whole_days or late - early > timedelta(days=2):
            return "none", self.wording("time.between", first=first_day, last=last_day)
        if first_day == last_day:
            times = self.wording("time.between", first=self.time(early, plain=True), last=self.time(late))
            return "day", self.wording("time.at", day=first_day, time=times)
        return "none", self.wording("time.between", first=self.instant(early), last=self.instant(late))


def _sharpened(moment: Moment) -> Moment:
    """Return the time of an event that is told to the hour ("around two"), from its middle on; others as they are."""
    early, late = moment.earliest, moment.latest
    if moment.precision is not Precision.HOURS or early is None or late is None or late - early > _SHARP:
        return moment
    return Moment(early + (late - early) / 2, late, Precision.HOURS)


def clock_for(wording: Wording, zone: ZoneInfo, now: datetime | None) -> Clock:
    """Return a clock whose silent year is that of `now`; without one every year is named."""
    return Clock(wording, zone, now.astimezone(zone).year if now else 0)
