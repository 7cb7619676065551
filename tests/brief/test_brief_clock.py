"""Moments in words."""

from datetime import UTC, datetime, timedelta

import attrs
import pytest
from brief_views import ZONE, around, at, hour, minute, whole_day
from hypothesis import given
from hypothesis import strategies as st

from treves.brief.clock import Clock, clock_for
from treves.brief.wording import LANGUAGES, wording
from treves.dates import UNKNOWN_MOMENT, Moment, Precision, at_precision
from treves.model.events import Certainty, EventKind
from treves.model.view import JoinedEvent

EN = Clock(wording("en"), ZONE, 2026)
NL = Clock(wording("nl"), ZONE, 2026)
EVENING = Moment(at(11, 18), at(12, 0), Precision.DAYPART)
NIGHT = Moment(at(12, 0), at(12, 6), Precision.DAYPART)
LATE_NIGHT = Moment(at(11, 22), at(12, 6), Precision.DAYPART)


@pytest.mark.parametrize(
    ("moment", "english", "dutch"),
    [
        (minute(11, 21, 5), "Thursday 11 June, 21:05", "donderdag 11 juni, 21.05 uur"),
        (hour(11, 21), "Thursday 11 June, about 21:00", "donderdag 11 juni, rond 21.00 uur"),
        (EVENING, "Thursday 11 June, evening", "donderdag 11 juni, avond"),
        (
            NIGHT,
            "the night of Thursday 11 June to Friday 12 June",
            "de nacht van donderdag 11 juni op vrijdag 12 juni",
        ),
        (
            LATE_NIGHT,
            "the night of Thursday 11 June to Friday 12 June",
            "de nacht van donderdag 11 juni op vrijdag 12 juni",
        ),
        (whole_day(12), "Friday 12 June", "vrijdag 12 juni"),
        (at_precision(at(12), Precision.WEEKS), "the week of Monday 8 June", "de week van maandag 8 juni"),
        (at_precision(at(12), Precision.MONTHS), "June 2026", "juni 2026"),
        (at_precision(at(12), Precision.YEARS), "2026", "2026"),
        (
            Moment(at(12), at(15), Precision.DAYS),
            "between Friday 12 June and Sunday 14 June",
            "tussen vrijdag 12 juni en zondag 14 juni",
        ),
        (
            Moment(at(12, 9), at(12, 12), Precision.HOURS),
            "Friday 12 June, between 09:00 and 12:00",
            "vrijdag 12 juni, tussen 09.00 en 12.00 uur",
        ),
        (Moment(None, at(12), Precision.DAYS), "before Friday 12 June", "voor vrijdag 12 juni"),
        (
            Moment(at(12, 9), None, Precision.HOURS),
            "after Friday 12 June, 09:00",
            "na vrijdag 12 juni, 09.00 uur",
        ),
        (UNKNOWN_MOMENT, "time not known", "tijdstip niet bekend"),
    ],
)
def test_moments_are_said_as_widely_as_they_are_known(moment: Moment, english: str, dutch: str) -> None:
    """Every precision has its wording in both languages."""
    assert EN.moment(moment) == english
    assert NL.moment(moment) == dutch


def test_times_are_in_the_places_zone() -> None:
    """An instant in another zone is shown in the place's own."""
    assert EN.instant(datetime(2026, 6, 11, 22, 30, tzinfo=UTC)) == "Friday 12 June, 00:30"


def test_other_years_are_named() -> None:
    """The year goes without saying only when it is that of the view."""
    assert EN.moment(at_precision(datetime(2025, 6, 11, tzinfo=ZONE), Precision.DAYS)) == "Wednesday 11 June 2025"
    assert clock_for(wording("en"), ZONE, None).day(at(12)) == "Friday 12 June 2026"
    assert clock_for(wording("en"), ZONE, at(1)).day(at(12)) == "Friday 12 June"


def test_phrases_have_their_preposition() -> None:
    """A moment in a sentence is "on" a day, "in" a night or a week, and neither when it is open."""
    assert NL.phrase(whole_day(12)) == "op vrijdag 12 juni"
    assert EN.phrase(NIGHT).startswith("in the night of")
    assert EN.phrase(UNKNOWN_MOMENT) == "time not known"


DISPUTED = Moment(at(12, 1, 45), at(12, 2, 16), Precision.MINUTES)
SESSION = JoinedEvent("J1", EventKind.SESSION, "overleg", when=whole_day(11))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (minute(11, 20), minute(12, 1, 30), "Thursday 11 June, 20:00 to 01:30"),
        (around(11, 20), around(12, 1), "Thursday 11 June, about 20:00 to about 01:00"),
        (minute(11, 20), DISPUTED, "Thursday 11 June, 20:00 to some time between 01:45 and 02:15"),
        (minute(11, 20), UNKNOWN_MOMENT, "Thursday 11 June, from 20:00 (end not told)"),
        (UNKNOWN_MOMENT, minute(12, 1, 30), "Friday 12 June, until 01:30 (start not told)"),
        (minute(11, 20), minute(13, 1), "Thursday 11 June, 20:00 to Saturday 13 June, 01:00"),
        (UNKNOWN_MOMENT, UNKNOWN_MOMENT, "Thursday 11 June"),
        (EVENING, UNKNOWN_MOMENT, "Thursday 11 June"),
    ],
)
def test_sessions_tell_begin_and_end(start: Moment, end: Moment, expected: str) -> None:
    """What is not told is said not to be told."""
    assert EN.session(attrs.evolve(SESSION, start=start, end=end)) == expected


def test_a_planned_session_needs_no_end() -> None:
    """That nobody tells the end of what is still to come goes without saying."""
    planned = attrs.evolve(SESSION, start=minute(12, 10), certainty=Certainty.PLANNED)
    assert EN.session(planned) == "Friday 12 June, 10:00"


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(300, "about 5 hours"), (60, "about 1 hour"), (45, "about 45 minutes"), (90, "about 1 h 30 min")],
)
def test_lengths(minutes: int, expected: str) -> None:
    """Lengths are in hours where they are whole."""
    assert EN.duration(minutes) == expected


def test_within_a_day_only_the_time_is_said() -> None:
    """Under a day's heading the day is not said again."""
    day = at(11).date()
    assert EN.within(minute(11, 8), day) == "08:00"
    assert EN.within(hour(11, 8), day) == "about 08:00"
    assert EN.within(whole_day(11), day) == ""
    assert EN.within(minute(12, 8), day) == "Friday 12 June, 08:00"
    assert EN.within(EVENING, day) == "Thursday 11 June, evening"


instants = st.integers(0, 40_000).map(lambda hours: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(hours=20 * hours))


@given(
    early=st.none() | instants,
    width=st.none() | st.timedeltas(timedelta(0), timedelta(days=800)),
    precision=st.sampled_from(Precision),
    language=st.sampled_from(LANGUAGES),
)
def test_any_moment_can_be_said(
    early: datetime | None, width: timedelta | None, precision: Precision, language: str
) -> None:
    """Whatever its ends and precision, a moment has words, and none has a brace left in it."""
    late = (early or datetime(2026, 1, 1, tzinfo=UTC)) + width if width is not None else None
    clock = Clock(wording(language), ZONE, 2026)
    for words in (clock.moment(Moment(early, late, precision)), clock.phrase(Moment(early, late, precision))):
        assert words
        assert "{" not in words
