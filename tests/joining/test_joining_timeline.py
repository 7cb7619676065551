"""One timeline: which accounts tell the same event, how narrow its time gets, what follows what."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joining_builder import Report, between, moment

from treves.dates import UNKNOWN_MOMENT, Moment, Precision, zone
from treves.model.actors import ActorKind
from treves.model.events import Certainty, EventKind
from treves.model.view import JoinedEvent
from treves.reading.joining import join
from treves.reading.joining.accounts import TALKS, label_class
from treves.reading.joining.moments import agreed, common, differ, far_apart, home_days, reach

HERE = zone("Europe/Amsterdam")
TUESDAY = moment("2031-03-04")
EVENING = between("2031-03-04T18:00+01:00", "2031-03-05T00:00+01:00")
PAST, PLANNED, CONDITIONAL = Certainty.PAST, Certainty.PLANNED, Certainty.CONDITIONAL
STEP, DEADLINE, ULTIMATUM = EventKind.NEXT_STEP, EventKind.DEADLINE, EventKind.ULTIMATUM


def clock(text: str) -> Moment:
    """A clock time of Tuesday 4 March, or of the Wednesday after it when it begins with "+"."""
    day = "05" if text.startswith("+") else "04"
    return moment(f"2031-03-{day}T{text.lstrip('+')}+01:00")


def telling(number: int, *, day: int = 5, **fields: object) -> Report:
    """A report of one event."""
    report = Report(
        f"Bericht {number}: daar werd vergaderd op dinsdag, laat.", published=f"2031-03-{day:02}T0{number}:00+01:00"
    )
    report.event("daar werd vergaderd op dinsdag", **fields)  # type: ignore[arg-type]
    return report


def events(*reports: Report) -> tuple[JoinedEvent, ...]:
    """The events of a view of these reports."""
    return join([r.filed() for r in reports]).events


def only(*reports: Report) -> JoinedEvent:
    """The single event of these reports."""
    (event,) = events(*reports)
    return event


class TestMoments:
    """Moments of several accounts."""

    def test_small_hours_belong_to_the_evening_before_too(self) -> None:
        """What ends at ten to two may be Tuesday's session."""
        assert home_days(clock("+01:50"), HERE) == (date(2031, 3, 4), date(2031, 3, 5))
        assert home_days(clock("19:30"), HERE) == home_days(TUESDAY, HERE) == (date(2031, 3, 4),)
        assert home_days(moment("2031-03"), HERE) == home_days(UNKNOWN_MOMENT, HERE) == ()
        assert reach(TUESDAY, HERE) is None
        hours = reach(clock("+01:50"), HERE)
        assert hours is not None
        assert hours[1] - hours[0] == timedelta(hours=7, minutes=51).total_seconds()

    def test_the_long_day_of_a_change_of_clocks_is_a_day(self) -> None:
        """23 and 25 hours are a day as well."""
        assert home_days(moment("2031-03-30"), HERE) == (date(2031, 3, 30),)
        assert home_days(moment("2031-10-26"), HERE) == (date(2031, 10, 26),)

    def test_around_leaves_half_an_hour(self) -> None:
        """Around two and ten to two agree; half past two and ten to two do not."""
        around = Moment(clock("+02:00").earliest, clock("+02:10").earliest, Precision.HOURS)
        assert not differ(around, clock("+01:50"))
        assert differ(clock("+02:30"), clock("+01:50"))
        assert not differ(UNKNOWN_MOMENT, clock("+01:50"))
        assert not differ(Moment(clock("+01:00").earliest, None), clock("+01:50"))

    def test_agreement_narrows_and_difference_widens(self) -> None:
        """Where all agree the intersection holds, else the whole range that is told."""
        assert agreed([EVENING, clock("19:30")]) == clock("19:30")
        told = agreed([clock("+01:50"), clock("+02:30")])
        assert (told.earliest, told.latest) == (clock("+01:50").earliest, clock("+02:30").latest)
        assert agreed([]) == agreed([UNKNOWN_MOMENT]) == UNKNOWN_MOMENT
        assert common([TUESDAY, clock("+01:50")]) == TUESDAY

    def test_far_apart_asks_for_two_narrow_times(self) -> None:
        """A whole day is far from nothing in it."""
        assert far_apart(clock("09:00"), clock("19:00"))
        assert not far_apart(clock("19:00"), clock("21:30"))
        assert not far_apart(TUESDAY, clock("19:00"))

    @given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 90)), min_size=1, max_size=6))
    def test_the_agreed_time_lies_within_what_is_told(self, listed: list[tuple[int, int]]) -> None:
        """Neither intersection nor hull reaches beyond the accounts; the order of the accounts is immaterial."""
        start = clock("10:00").earliest
        assert start is not None
        told = [
            Moment(start + timedelta(minutes=a), start + timedelta(minutes=a + b), Precision.MINUTES) for a, b in listed
        ]
        found = agreed(told)
        assert found == agreed(told[::-1])
        assert found.earliest is not None
        assert found.latest is not None
        assert found.earliest >= min(m.earliest for m in told if m.earliest)
        assert found.latest <= max(m.latest for m in told if m.latest)


class TestSessions:
    """Sessions over several reports."""

    def test_a_session_is_told_once(self) -> None:
        """Day, evening, begin and end from four reports make one session, as narrow as they agree."""
        event = only(
            telling(1, when=TUESDAY, label="asieloverleg", place="het postkantoor"),
            telling(2, when=EVENING, start=clock("19:30"), label="nachtsessie"),
            telling(3, when=clock("+01:50"), end=clock("+01:50"), label="overleg", minutes=380),
            telling(4, start=clock("19:30"), label="overleg", place="het postkantoor", minutes=380),
        )
        assert (event.when.iso(), event.start, event.end) == ("2031-03-04T19:30+01:00", clock("19:30"), clock("+01:50"))
        assert (event.label, event.place, event.duration_minutes) == ("overleg", "het postkantoor", 380)
        assert len(event.accounts) == 4
        assert event.id.startswith("J")

    def test_two_sessions_of_one_day_stay_apart(self) -> None:
        """The morning's and the evening's have begins that are far apart."""
        found = events(
            telling(1, when=TUESDAY, start=clock("09:00"), end=clock("12:00")),
            telling(2, when=TUESDAY, start=clock("19:30")),
        )
        assert [e.start for e in found] == [clock("09:00"), clock("19:30")]

    def test_parts_of_a_day_keep_sessions_apart(self) -> None:
        """Without begins, morning and evening are enough."""
        morning = between("2031-03-04T06:00+01:00", "2031-03-04T12:00+01:00")
        assert len(events(telling(1, when=morning), telling(2, when=EVENING))) == 2

    def test_a_session_cannot_end_before_it_begins(self) -> None:
        """One that ended at noon is not the one that began in the evening."""
        assert (
            len(events(telling(1, when=TUESDAY, end=clock("12:00")), telling(2, when=TUESDAY, start=clock("19:30"))))
            == 2
        )

    def test_other_days_are_other_sessions(self) -> None:
        """Tuesday's talks and Wednesday's."""
        assert len(events(telling(1, when=TUESDAY), telling(2, when=moment("2031-03-05")))) == 2

    def test_other_kinds_of_meetings_stay_apart(self) -> None:
        """The council of ministers is not the coalition talks; a party's own meeting is not either."""
        labels = ("overleg", "ministerraad", "fractieoverleg", "persconferentie")
        assert len(events(*(telling(i, when=TUESDAY, label=w) for i, w in enumerate(labels, 1)))) == 4

    def test_a_session_without_a_label_is_talks(self) -> None:
        """An empty label fits talks and nothing else."""
        assert len(events(telling(1, when=TUESDAY, label=""), telling(2, when=TUESDAY))) == 1
        assert len(events(telling(1, when=TUESDAY, label=""), telling(2, when=TUESDAY, label="ministerraad"))) == 2

    def tables(self, *lists: Sequence[tuple[str, str | None]]) -> tuple[JoinedEvent, ...]:
        """The events of reports that each list participants with their parties."""
        reports = []
        for number, listed in enumerate(lists, 1):
            report = telling(number)
            keys = [report.actor(name, party=party) for name, party in listed]
            report.events.clear()
            report.event("daar werd vergaderd", when=TUESDAY, participants=keys)
            reports.append(report)
        return events(*reports)

    def test_two_parties_at_each_of_two_tables(self) -> None:
        """Persons stand for their parties; where none of two or more is shared it is another table."""
        found = self.tables(
            [("Els Bruin", "WP"), ("Tom Smit", "LP")],
            [("Ida Bos", "ZP"), ("Jan Dam", "KP")],
            [("Piet Vos", "WP"), ("Kim Bel", "KP")],
        )
        assert sorted(len(e.accounts) for e in found) == [1, 2]
        assert len(self.tables([("Els Bruin", "WP"), ("Tom Smit", "LP")], [("Ida Bos", "ZP")])) == 1

    def test_a_party_is_at_the_table_of_its_people(self) -> None:
        """Two parties in one report, their people in the other."""
        one, two = telling(1), telling(2)
        keys = [one.actor("WP", kind=ActorKind.PARTY), one.actor("LP", kind=ActorKind.PARTY)]
        people = [two.actor("Els Bruin", party="WP"), two.actor("Tom Smit", party="LP")]
        for report, listed in ((one, keys), (two, people)):
            report.events.clear()
            report.event("daar werd vergaderd", when=TUESDAY, participants=listed)
        assert only(one, two).participants == ("wp", "lp", "els-bruin", "tom-smit")

    def test_people_without_party_at_two_tables(self) -> None:
        """Two lists of two with nobody in common are two tables; a body is at any table."""
        pair, other = [("Els Bruin", None), ("Tom Smit", None)], [("Ida Bos", None), ("Jan Dam", None)]
        assert len(self.tables(pair, other)) == 2
        assert len(self.tables(pair, pair[:1])) == 1

    def test_what_was_planned_and_took_place_is_past(self) -> None:
        """An announced step and the session that it became are one event, whoever told it last."""
        event = only(
            telling(1, kind=STEP, when=TUESDAY, certainty=PLANNED, label="praten verder"),
            telling(2, when=EVENING, certainty=PAST),
            telling(3, kind=STEP, when=TUESDAY, certainty=PLANNED),
        )
        assert (event.kind, event.certainty) == (EventKind.SESSION, PAST)

    def test_the_latest_report_tells_how_certain_a_plan_is(self) -> None:
        """A condition that was dropped is no condition any more."""
        reports = (
            telling(1, kind=STEP, when=TUESDAY, certainty=CONDITIONAL),
            telling(2, kind=STEP, when=TUESDAY, certainty=PLANNED),
        )
        assert only(*reports).certainty is PLANNED

    def test_one_report_does_not_plan_what_it_tells_as_past(self) -> None:
        """Within a report, the session that was and the one that will be are two, also on one day."""
        report = Report("Zij praatten dinsdag. Zij praten dinsdag verder.")
        report.event("Zij praatten dinsdag", when=TUESDAY, certainty=PAST)
        report.event("Zij praten dinsdag verder", when=TUESDAY, certainty=PLANNED, kind=STEP)
        assert len(events(report)) == 2

    def test_one_report_may_tell_a_session_twice(self) -> None:
        """Begin in one sentence, end in another."""
        report = Report("Het begon om half acht. Om tien voor twee was het klaar.")
        report.event("Het begon om half acht", start=clock("19:30"))
        report.event("Om tien voor twee was het klaar", end=clock("+01:50"))
        event = only(report)
        assert (event.start, event.end) == (clock("19:30"), clock("+01:50"))

    def test_differing_ends_show_their_range(self) -> None:
        """No verdict: from the earliest to the latest end that is told."""
        event = only(telling(1, when=TUESDAY, end=clock("+01:50")), telling(2, when=TUESDAY, end=clock("+02:30")))
        assert (event.end.earliest, event.end.latest) == (clock("+01:50").earliest, clock("+02:30").latest)

    def test_the_narrowest_wording_is_shown(self) -> None:
        """The account that tells the time best lends its words."""
        assert only(telling(1, when=TUESDAY), telling(2, when=TUESDAY, worded="dinsdag")).wording == "dinsdag"
        begin = telling(3, start=clock("21:00"), start_worded="dinsdag, laat")
        assert only(telling(2, when=TUESDAY, worded="dinsdag"), begin).wording == "dinsdag, laat"
        assert only(telling(1, when=TUESDAY)).wording is None


class TestLimits:
    """Deadlines and ultimatums."""

    def test_a_deadline_in_two_reports(self) -> None:
        """The same day and words in common make one deadline."""
        one = Report("De begroting moet dinsdag bij de raad liggen.", published="2031-03-01")
        two = Report("Uiterlijk dinsdag om twaalf uur ligt de begroting bij de raad.", published="2031-03-02")
        one.event(one.text, kind=DEADLINE, when=TUESDAY, certainty=PLANNED, label="begroting")
        two.event(two.text, kind=DEADLINE, when=clock("12:00"), certainty=PLANNED, label="deadline")
        assert only(one, two).when == clock("12:00")

    def test_two_deadlines_on_one_day_stay_apart(self) -> None:
        """Other words, another thing to be done."""
        one = Report("De begroting moet dinsdag bij de raad liggen.")
        two = Report("Dinsdag sluit de inschrijving voor woningen.")
        one.event(one.text, kind=DEADLINE, when=TUESDAY, label="begroting")
        two.event(two.text, kind=DEADLINE, when=TUESDAY, label="inschrijving")
        assert len(events(one, two)) == 2

    def test_an_ultimatum_belongs_to_who_set_it(self) -> None:
        """Of two parties two ultimatums, of one party one."""
        reports = [telling(i) for i in (1, 2, 3)]
        for report, party in zip(reports, ("WP", "LP", "WP"), strict=True):
            report.actor(party, kind=ActorKind.PARTY)
            report.events.clear()
            report.event("daar werd vergaderd", kind=ULTIMATUM, when=TUESDAY, by=[0])
        assert sorted((e.by, len(e.accounts)) for e in events(*reports)) == [(("lp",), 1), (("wp",), 2)]

    def test_a_deadline_is_no_session(self) -> None:
        """Kinds stay apart."""
        assert len(events(telling(1, when=TUESDAY), telling(2, when=TUESDAY, kind=DEADLINE))) == 2


class TestUnknownTimes:
    """Events without a day."""

    def test_unknown_times_are_not_joined(self) -> None:
        """Two sessions of which nobody tells when may be any two."""
        assert len(events(telling(1), telling(2))) == 2

    def test_the_same_anchor_at_the_same_time_is_one_event(self) -> None:
        """After the council in two reports of one night; a week later it is another."""
        assert len(events(telling(1, anchor="ministerraad"), telling(2, anchor="Ministerraad"))) == 1
        assert len(events(telling(1, anchor="ministerraad"), telling(2, anchor="ministerraad", day=15))) == 2

    def test_a_month_is_joined_with_the_same_month_only(self) -> None:
        """Coarse times are compared as worded."""
        march, april = moment("2031-03"), moment("2031-04")
        assert len(events(telling(1, when=march), telling(2, when=march), telling(3, when=april))) == 2
        assert len(events(telling(1, when=march), telling(2, when=TUESDAY))) == 2


class TestFollowing:
    """What comes after what."""

    def council(self, day: str = "2031-03-07") -> Report:
        """A report that announces the council of ministers."""
        report = Report(f"De ministerraad komt bijeen op {day}.", published="2031-03-05")
        report.event(report.text, kind=STEP, when=moment(day), certainty=PLANNED, label="ministerraad")
        return report

    def after(
        self, when: Moment, *, words: str = "na de ministerraad", published: str | None = "2031-03-05T02:00+01:00"
    ) -> Report:
        """A report that puts the talks after the council."""
        report = Report(f"Zij praten {words} verder.", published=published)
        report.event(
            report.text, kind=STEP, when=when, worded=words, anchor="ministerraad", certainty=PLANNED, label="praten"
        )
        return report

    @pytest.mark.parametrize("when", [UNKNOWN_MOMENT, moment("2031-03-07")])
    def test_talks_follow_the_council(self, when: Moment) -> None:
        """With or without a day of their own they come after the council, and are shown after it."""
        council, talks = events(self.after(when), self.council())
        assert talks.follows == council.id
        assert council.follows is None
        assert talks.anchor == (None if when.earliest else "ministerraad")

    def test_before_is_not_after(self) -> None:
        """What comes before the council does not follow it."""
        found = events(self.after(UNKNOWN_MOMENT, words="voor de ministerraad"), self.council())
        assert [e.follows for e in found] == [None, None]

    def test_the_anchor_may_be_short_or_stand_elsewhere(self) -> None:
        """After "the council" is after the council of ministers; the wording of the time need not hold it."""
        report = Report("Vrijdag praten zij verder, zodra de raad klaar is.")
        report.event(
            report.text, kind=STEP, when=moment("2031-03-07"), worded="Vrijdag", anchor="raad", certainty=PLANNED
        )
        council, talks = events(report, self.council())
        assert talks.follows == council.id

    def test_a_council_of_another_week_is_not_meant(self) -> None:
        """Nor one that lies behind."""
        for day in ("2031-03-28", "2031-02-28"):
            assert not any(e.follows for e in events(self.after(UNKNOWN_MOMENT), self.council(day)))
        assert not any(e.follows for e in events(self.after(TUESDAY), self.council()))

    def test_without_a_publication_time_only_a_single_council_will_do(self) -> None:
        """One is meant; of two nobody knows which."""
        talks = self.after(UNKNOWN_MOMENT, published=None)
        assert any(e.follows for e in events(talks, self.council()))
        assert not any(e.follows for e in events(talks, self.council(), self.council("2031-03-14")))


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("asieloverleg", TALKS),
        ("de vierde ronde", TALKS),
        ("praten verder", TALKS),
        ("fractieoverleg", "fractieoverleg"),
        ("Ministerraad", "ministerad"),
        ("de", "de"),
        ("", ""),
    ],
)
def test_label_classes(label: str, expected: str) -> None:
    """Any word for talks is one class; other meetings are their own."""
    assert label_class(label) == expected


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(EventKind)),
            st.sampled_from(["overleg", "ministerraad", ""]),
            st.integers(0, 72),
            st.sampled_from([Precision.HOURS, Precision.DAYS, Precision.MONTHS, Precision.UNKNOWN]),
            st.sampled_from(list(Certainty)),
        ),
        max_size=10,
    )
)
def test_every_account_is_told_once_and_in_order(
    listed: list[tuple[EventKind, str, int, Precision, Certainty]],
) -> None:
    """Joining loses no account, never mixes deadlines with meetings, and orders by time with the unknown last."""
    begin = clock("00:00").earliest
    assert begin is not None
    reports = []
    for i, (kind, label, hour, precision, certainty) in enumerate(listed):
        report = Report(f"Bericht {i}: er was iets.")
        at = moment((begin + timedelta(hours=hour)).isoformat(), precision)
        report.event("er was iets", kind=kind, label=label, when=at, certainty=certainty)
        reports.append(report)
    found = events(*reports)
    assert sorted(a.event for e in found for a in e.accounts) == sorted(r.events[0].id for r in reports)
    kinds = {r.events[0].id: r.events[0].kind for r in reports}
    for event in found:
        told = {kinds[a.event] for a in event.accounts}
        assert told == {event.kind} or told == {EventKind.SESSION, STEP}
    times = [e.when.earliest.timestamp() if e.when.earliest else float("inf") for e in found]
    assert times == sorted(times)
