"""The picture: where things stand on the axis, which ends are open, and that nothing overlaps."""

import re
from datetime import datetime, timedelta
from itertools import pairwise

import attrs
import pytest
from brief_views import ZONE, at, event, hour, large_view, minute, report, whole_day
from hypothesis import given
from hypothesis import strategies as st

from treves.brief import timeline
from treves.brief.axis import axis_over
from treves.brief.clock import clock_for
from treves.brief.extents import FADE, Extent, extent
from treves.brief.lookup import lookup
from treves.brief.state import Teller
from treves.brief.timeline import LETTER, MOST_EVENTS, MOST_ROWS, Mark, Picture, picture
from treves.brief.wording import wording
from treves.dates import UNKNOWN_MOMENT, Moment, Precision, at_precision
from treves.model.events import Certainty, EventKind
from treves.model.view import JoinedEvent, View

SESSION = JoinedEvent("J1", EventKind.SESSION, "overleg", when=whole_day(11))
START, END = minute(11, 20), minute(12, 1, 30)


def drawn(view: View, language: str = "en") -> Picture:
    """The picture of a view that has one."""
    look = lookup(view)
    found = picture(look, Teller(look, clock_for(wording(language), ZONE, look.now()), look.now()), view.events)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"start": START, "end": END}, Extent(at(11, 20), at(12, 1, 30))),
        ({"start": START}, Extent(at(11, 20), at(12, 0), "right")),
        ({"end": END}, Extent(at(12, 1, 30) - FADE, at(12, 1, 30), "left")),
        ({"start": START, "duration_minutes": 300}, Extent(at(11, 20), at(12, 1))),
        ({"end": END, "duration_minutes": 90}, Extent(at(12, 0), at(12, 1, 30))),
        ({}, Extent(at(11), at(12), "both")),
        ({"when": UNKNOWN_MOMENT}, None),
        ({"start": END, "end": START}, Extent(at(12, 1, 30), at(12, 5, 30), "right")),
        ({"when": Moment(None, at(11), Precision.DAYS)}, Extent(at(11) - FADE, at(11), "left")),
        ({"kind": EventKind.DEADLINE}, Extent(at(11), at(12))),
        ({"certainty": Certainty.PLANNED, "start": START}, Extent(at(11, 20), at(11, 20))),
    ],
)
def test_open_ends_fade(change: dict[str, object], expected: Extent | None) -> None:
    """A begin or end that is not told is drawn open; a told length closes it; a limit has no open ends."""
    event = attrs.evolve(SESSION, **change)  # type: ignore[arg-type]  # the keywords are the class's own
    assert extent(event, at(13)) == expected


def test_an_end_that_accounts_differ_on_fades_from_the_first_to_the_last() -> None:
    """The certain part is drawn whole, what may have been fades; a few minutes make no difference."""
    disputed = Moment(at(12, 1, 30), at(12, 2, 16), Precision.MINUTES)
    found = extent(attrs.evolve(SESSION, start=START, end=disputed), at(13))
    assert found == Extent(at(11, 20), at(12, 1, 30), latest=at(12, 2, 16))
    close = Moment(at(12, 1, 30), at(12, 1, 36), Precision.MINUTES)
    assert extent(attrs.evolve(SESSION, start=START, end=close), at(13)) == Extent(at(11, 20), at(12, 1, 30))
    document = report("Er was overleg.", outlet=None, published=minute(13, 12))
    session = event(EventKind.SESSION, "overleg", (document, "Er was overleg."), start=START, end=disputed)
    (mark,) = drawn(View(documents=(document,), events=(session,))).marks
    assert (mark.tail > 0, mark.fades) == (True, "")


def test_an_open_end_does_not_reach_beyond_now() -> None:
    """What has been is not drawn into the future."""
    assert extent(attrs.evolve(SESSION, start=START), at(11, 21)) == Extent(at(11, 20), at(11, 21), "right")


def test_what_follows_is_not_drawn_before_what_it_follows() -> None:
    """A step later that day begins where the step it follows stands."""
    first = JoinedEvent("J2", EventKind.NEXT_STEP, "vergadering", when=minute(12, 10), certainty=Certainty.PLANNED)
    later = JoinedEvent("J3", EventKind.NEXT_STEP, "overleg", when=whole_day(12), certainty=Certainty.PLANNED)
    assert extent(later, at(12), first) == Extent(at(12, 10), at(13))


def test_shapes_tell_kinds_apart(night: View) -> None:
    """Sessions are bars, steps hollow, limits flags; conditions dashed and ultimatums filled."""
    marks = {m.name.split(",")[0]: (m.shape, m.style) for m in drawn(night).marks}
    assert marks["session: talks"] == ("bar", "")
    assert marks["next step: meeting of the parliamentary group"] == ("hollow", "")
    assert marks["next step: members' council"] == ("hollow", "conditional")
    assert marks["ultimatum: handtekening"] == ("flag", "ultimatum")
    assert marks["deadline: aantreden"] == ("flag", "")


def test_every_report_with_a_time_has_a_tick(night: View) -> None:
    """Reports stand underneath, in order of publication."""
    found = drawn(night)
    assert {t.target for t in found.ticks} == {d.id for d in night.documents}
    assert [t.x for t in found.ticks] == sorted(t.x for t in found.ticks)
    undated = attrs.evolve(
        night.documents[0], appearances=(attrs.evolve(night.documents[0].first, published=UNKNOWN_MOMENT),)
    )
    assert len(drawn(attrs.evolve(night, documents=(undated, *night.documents[1:]))).ticks) == len(night.documents) - 1


def test_names_say_what_is_pointed_at(night: View) -> None:
    """A mark's name holds kind, label, time, certainty and who set it."""
    names = [m.name for m in drawn(night).marks]
    assert "session: talks, Wednesday 10 June, 19:00 to 23:45" in names
    assert "ultimatum: handtekening, Friday 12 June, set by Polderpartij, planned" in names
    assert "next step: members' council, Saturday 13 June, on a condition" in names


def test_events_without_a_time_are_listed_apart(night: View) -> None:
    """An event whose time is not known is not drawn anywhere."""
    lost = JoinedEvent("Jlost", EventKind.NEXT_STEP, "debat")
    found = drawn(attrs.evolve(night, events=(*night.events, lost)))
    assert [e.id for e in found.untimed] == ["Jlost"]
    assert "Jlost" not in {m.target for m in found.marks}


def test_nothing_dated_gives_no_picture(night: View) -> None:
    """Without a single time there is nothing to draw."""
    look = lookup(View(events=(attrs.evolve(SESSION, when=UNKNOWN_MOMENT),)))
    assert picture(look, Teller(look, clock_for(wording("en"), ZONE, None), None), look.view.events) is None


def test_the_moment_spoken_of_is_drawn(night: View) -> None:
    """The line of now stands between what has been and what comes."""
    found = drawn(night)
    assert found.now is not None
    for mark in found.marks:
        assert (mark.x > found.now) == (mark.shape != "bar" and "handtekening" not in mark.name)
    assert found.now_label == "as of 08:00"
    assert drawn(attrs.evolve(night, as_of=None)).now_label == "latest report"


def room(mark: Mark) -> tuple[float, float]:
    """From where to where a mark and its label take room."""
    wide = len(mark.label.text) * LETTER
    return min(mark.x, mark.label_x if wide else mark.x), max(mark.x + mark.width + mark.tail, mark.label_x + wide)


def test_no_two_marks_overlap(night: View) -> None:
    """Marks and labels in one row stand apart, also when there are many."""
    for found in (drawn(night), drawn(large_view(90, 1))):
        rows: dict[tuple[bool, float], list[Mark]] = {}
        for mark in found.marks:
            rows.setdefault((mark.shape == "flag", mark.y), []).append(mark)
        for marks in rows.values():
            spans = sorted(room(m) for m in marks)
            assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_many_events_take_few_rows_and_the_latest_are_kept() -> None:
    """Labels give way before the picture grows tall, and events beyond the limit are counted."""
    found = drawn(large_view(3 * MOST_EVENTS + 30, 0))
    assert len({m.y for m in found.marks}) <= MOST_ROWS
    assert len(found.marks) == MOST_EVENTS
    assert found.hidden == 10


def test_very_many_reports_share_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports a few pixels apart become one tick that tells how many there are, from when to when."""
    monkeypatch.setattr(timeline, "MOST_TICKS", 50)
    view = large_view(400, 0)
    found = drawn(view)
    assert len(found.ticks) < 400
    assert len({t.x for t in found.ticks}) == len(found.ticks)
    shared = [t for t in found.ticks if not t.target]
    told = sum(int(t.name.split(" ")[0]) for t in shared)
    assert told + len(found.ticks) - len(shared) == 400
    assert re.fullmatch(r"\d+ reports, .+ to .+", shared[0].name)


def test_everything_lies_within_the_picture(night: View) -> None:
    """No mark, tick or label sticks out."""
    found = drawn(night)
    assert all(room(m)[0] >= 0 and room(m)[1] <= found.width for m in found.marks)
    assert all(0 <= t.x <= found.width and found.ticks_y + t.y < found.height for t in found.ticks)


def test_days_are_labelled_in_the_places_zone(night: View) -> None:
    """Midnights carry weekday and date."""
    labels = [label for _, label, _ in drawn(night, "nl").days if label]
    assert {"do 11 juni", "vr 12 juni", "za 13 juni", "ma 15 juni"} <= set(labels)


def test_a_long_silence_is_cut_out() -> None:
    """Three weeks in which nothing happened take the width of a break."""
    axis = axis_over([(at(1), at(1, 6)), (at(22), at(22, 6))], left=0, width=600)
    assert axis is not None
    assert len(axis.breaks) == 1
    assert axis.x(at(1)) < axis.x(at(10)) < axis.x(at(22))
    assert axis.right == pytest.approx(600)


def test_midnights_follow_the_clock_change() -> None:
    """A day of 25 hours is one day."""
    start = datetime(2026, 10, 24, 12, tzinfo=ZONE)
    axis = axis_over([(start, start + timedelta(days=2))], left=0, width=500)
    assert axis is not None
    assert [f"{day:%d %H:%M}" for day, _ in axis.days(ZONE)] == ["25 00:00", "26 00:00"]


hours = st.integers(0, 24 * 400).map(lambda h: datetime(2026, 1, 1, tzinfo=ZONE) + timedelta(hours=h))
intervals = st.lists(st.tuples(hours, hours).map(lambda pair: (min(pair), max(pair))), min_size=1, max_size=12)


@given(intervals)
def test_the_axis_keeps_order(found: list[tuple[datetime, datetime]]) -> None:
    """Later is never further left, ends are in sight, and every stretch has the same scale."""
    axis = axis_over(found, left=10, width=800)
    assert axis is not None
    instants = sorted(instant for pair in found for instant in pair)
    places = [axis.x(i) for i in instants]
    assert places == sorted(places)
    assert axis.left <= places[0] <= places[-1] <= axis.right
    assert all(s.width / (s.end - s.start) == pytest.approx(axis.scale / 3600) for s in axis.stretches)


def test_hours_and_days_of_planned_steps() -> None:
    """A step known to the hour is as wide as the mark's least width, a day as wide as a day."""
    step = JoinedEvent("J4", EventKind.NEXT_STEP, "debat", when=hour(12, 14), certainty=Certainty.PLANNED)
    assert extent(step, None) == Extent(at(12, 14), at(12, 15))
    assert extent(attrs.evolve(step, when=at_precision(at(12), Precision.DAYS)), None) == Extent(at(12), at(13))
