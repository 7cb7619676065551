"""The sentence and the three facts: only what events tell, every clause with its reason."""

from datetime import timedelta

import attrs
import pytest
from brief_views import ZONE, at, event, events, minute, party, person, report, whole_day
from brief_views import night as night_reports

from treves.brief.clock import clock_for
from treves.brief.lookup import lookup
from treves.brief.state import State, Teller, state_of
from treves.brief.wording import wording
from treves.dates import UNKNOWN_MOMENT
from treves.model.events import Certainty, EventKind
from treves.model.view import Difference, JoinedActor, JoinedEvent, LeftOut, Version, View

REPORT = report("Er was overleg. Er komt een debat. De termijn loopt af.", outlet="Bode", published=minute(11, 12))


def told(kind: EventKind, label: str, words: str = "Er was overleg.", **more: object) -> JoinedEvent:
    """An event of the small report, with an id of its own."""
    return attrs.evolve(event(kind, label, (REPORT, words), **more), id=f"J{label}")


def state(view: View, language: str = "en") -> State:
    """The state of a view."""
    look = lookup(view)
    return state_of(look, clock_for(wording(language), ZONE, look.now()))


def sentence(view: View, language: str = "en") -> str:
    """The sentence of a view."""
    return "; ".join(c.text for c in state(view, language).clauses)


def of(*found: JoinedEvent, **more: object) -> View:
    """A view of the small report with these events."""
    return attrs.evolve(View(as_of=at(11, 12), documents=(REPORT,), events=found), **more)  # type: ignore[arg-type]


def test_the_night_in_both_languages(night: View) -> None:
    """Who met when, that accounts differ, what comes next and the ultimatum."""
    assert sentence(night) == (
        "Four parties last met on Thursday 11 June, 20:00 to about 01:00; accounts of it differ; "
        "next: meeting of the parliamentary group, Friday 12 June, 10:00; after that: talks; "
        "Polderpartij set an ultimatum: Friday 12 June"
    )
    assert sentence(night, "nl") == (
        "Vier partijen zaten het laatst om tafel op donderdag 11 juni, 20.00 tot rond 01.00 uur; "
        "de berichten daarover verschillen; hierna: fractievergadering, vrijdag 12 juni, 10.00 uur; daarna: overleg; "
        "Polderpartij stelde een ultimatum: vrijdag 12 juni"
    )


def test_every_clause_rests_on_something_in_the_view(night: View) -> None:
    """No clause is without its event or difference."""
    known = {e.id for e in night.events} | {d.id for d in night.differences}
    assert all(c.target in known for c in state(night).clauses)


def test_facts_are_honest_about_what_is_not_computed(night: View) -> None:
    """The next step is told with its certainty; issues and outlook are said to be missing."""
    following, stuck, outlook = state(night).facts
    assert "".join(p.text for p in following.value) == "Meeting of the parliamentary group"
    assert following.note[0].text == "Friday 12 June, 10:00, planned"
    assert stuck.value[0].text == "Not yet clear"
    assert "not computed in this version" in stuck.note[0].text
    assert outlook.value[0].text == "Not computed"
    assert (stuck.target, outlook.target) == ("", "")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_states_without_anything_to_tell(language: str) -> None:
    """No reports, none that counts, nothing understood, and no events each have their own sentence."""
    left = LeftOut(REPORT, "published later")
    sentences = {
        sentence(View(), language),
        sentence(View(as_of=at(1), left_out=(left,)), language),
        sentence(View(documents=(REPORT,)), language),
    }
    assert len(sentences) == 3
    assert "2026" in sentence(View(as_of=at(1), left_out=(left,)), language)


def test_an_open_end_is_said_to_be_open() -> None:
    """A begin without an end is not given one."""
    assert sentence(of(told(EventKind.SESSION, "overleg", start=minute(10, 20), when=whole_day(10)))) == (
        "Talks were last held on Wednesday 10 June, from 20:00 (end not told); no next step was found in the reports"
    )


def test_a_told_length_is_passed_on() -> None:
    """How long it took is said when the end is not told."""
    session = told(EventKind.SESSION, "overleg", when=whole_day(10), duration_minutes=300)
    assert "on Wednesday 10 June, for about 5 hours" in sentence(of(session))


def test_a_session_without_a_time_is_still_told() -> None:
    """A session at an unknown time is said to have one that is not known."""
    assert sentence(of(told(EventKind.SESSION, "overleg"))).startswith(
        "Talks were last held at a time that is not told"
    )
    council = sentence(of(told(EventKind.SESSION, "ministerraad")))
    assert council.startswith("The last session told of (council of ministers) has no known time")


def test_two_people_are_named_and_a_lone_party_is_not_counted() -> None:
    """Persons without parties are named; "one party met" is never said."""
    people = (person("Ada Berg", None), person("Bas Duin", None))
    session = told(EventKind.SESSION, "gesprek", when=whole_day(10), participants=("ada-berg", "bas-duin"))
    assert sentence(of(session, actors=people)).startswith("Ada Berg and Bas Duin last met on Wednesday 10 June")
    alone = attrs.evolve(session, participants=("ada-berg",))
    assert sentence(of(alone, actors=(person("Ada Berg", "Duinpartij"),))).startswith("Talks were last held on")


def people_of(*parties: str) -> tuple[JoinedActor, ...]:
    """One person for each party, called after it."""
    return tuple(person(f"Lid {name}", name) for name in parties)


def test_parties_are_counted_only_where_all_seats_are_told() -> None:
    """Two of four parties in a picture are not "two parties"; three at every session known are three."""
    four = told(EventKind.SESSION, "overleg", when=whole_day(9), participants=("lid-a", "lid-b", "lid-c", "lid-d"))
    other = told(EventKind.SESSION, "beraad", when=whole_day(10), participants=("lid-a", "lid-b"))
    twice = attrs.evolve(other, accounts=(*other.accounts, attrs.evolve(other.accounts[0], document="elders")))
    people = people_of("A", "B", "C", "D")
    assert sentence(of(four, twice, actors=people)).startswith("Talks were last held on Wednesday 10 June")
    assert sentence(of(four, other, actors=people)).startswith("Lid A and Lid B last met on Wednesday 10 June")
    assert sentence(of(four, actors=people)).startswith("Four parties last met on Tuesday 9 June")
    assert sentence(of(twice, actors=people)).startswith("Talks were last held")


def test_two_parties_that_are_named_as_such_are_counted() -> None:
    """Two parties met when the reports place the parties themselves there."""
    session = told(EventKind.SESSION, "overleg", when=whole_day(9), participants=("a", "b"))
    twice = attrs.evolve(session, accounts=(*session.accounts, attrs.evolve(session.accounts[0], document="elders")))
    assert sentence(of(twice, actors=(party("A"), party("B")))).startswith("Two parties last met")


def test_an_ongoing_session_is_told_as_of_its_last_report() -> None:
    """Nothing is said about what happened after the report."""
    session = told(EventKind.SESSION, "overleg", start=minute(11, 10), when=whole_day(11), certainty=Certainty.ONGOING)
    assert "under way when last reported on" in sentence(of(session))


def test_a_later_session_is_not_in_an_earlier_view() -> None:
    """Of two sessions the later one that has begun is told; one that lies ahead is not "last"."""
    first = told(EventKind.SESSION, "overleg", when=whole_day(9))
    second = told(EventKind.SESSION, "beraad", when=whole_day(10))
    future = told(EventKind.SESSION, "gesprek", when=whole_day(20))
    assert "Talks were last held on Wednesday 10 June" in sentence(of(first, second, future))


def test_what_has_passed_is_not_next() -> None:
    """A planned step whose time has gone by is no longer announced."""
    assert "no next step was found" in sentence(
        of(told(EventKind.NEXT_STEP, "debat", when=whole_day(10), certainty=Certainty.PLANNED))
    )


def test_a_condition_is_passed_on() -> None:
    """A step on a condition is never told as certain."""
    debate = told(EventKind.NEXT_STEP, "debat", when=whole_day(12), certainty=Certainty.CONDITIONAL)
    assert "next, on a condition: debate, Friday 12 June" in sentence(of(debate))
    assert state(of(debate)).facts[0].note[0].text == "Friday 12 June, on a condition"


def test_an_unresolved_step_hangs_on_its_anchor_and_grows_stale() -> None:
    """A step "after the council of ministers" is told so, for three days after the last report of it."""
    debate = told(EventKind.NEXT_STEP, "debat", certainty=Certainty.PLANNED, anchor="ministerraad")
    assert "next: debate, after ministerraad, time not known" in sentence(of(debate))
    assert "next: debate, “voor het reces”, time not known" in sentence(
        of(attrs.evolve(debate, wording="voor het reces"))
    )
    assert "no next step was found" in sentence(of(debate, as_of=at(11, 12) + timedelta(days=4)))


def test_limits_do_not_count_as_the_next_step_in_the_sentence() -> None:
    """A deadline has a clause of its own, with who set it where that is told."""
    limit = told(EventKind.DEADLINE, "termijn", when=whole_day(15), certainty=Certainty.PLANNED)
    assert sentence(of(limit)).endswith("a deadline has been set: Monday 15 June")
    by = attrs.evolve(limit, by=("ada-berg",))
    assert sentence(of(by, actors=(person("Ada Berg", None),))).endswith("Ada Berg set a deadline: Monday 15 June")


def test_steps_are_ordered_by_when_they_are_certain_to_have_been() -> None:
    """Ten o'clock comes before "some time that day", what follows it after it, a limit last, the untimed at the end."""
    n = night_reports()
    view = View(as_of=at(12, 8), documents=n.all, events=tuple(reversed(events(n))))
    look = lookup(view)
    coming = Teller(look, clock_for(wording("nl"), ZONE, look.now()), look.now()).to_come()
    assert [e.label for e in coming] == ["fractievergadering", "overleg", "handtekening", "ledenraad", "aantreden"]


def test_a_difference_about_the_last_session_is_mentioned() -> None:
    """The clause links to the difference."""
    session = told(EventKind.SESSION, "overleg", when=whole_day(10))
    passage = session.accounts[0].passage
    differing = Difference("D1", "start", session.id, (Version("a", passage), Version("b", passage)))
    clause = state(of(session, differences=(differing,))).clauses[1]
    assert (clause.text, clause.target) == ("accounts of it differ", "D1")


def test_undated_reports_give_a_state_without_now() -> None:
    """A view in which nothing is dated still says what it can."""
    bare = report("Er was overleg.", outlet=None)
    view = View(
        documents=(bare,), events=(event(EventKind.SESSION, "overleg", (bare, "Er was overleg."), when=UNKNOWN_MOMENT),)
    )
    assert "Talks were last held at a time that is not told" in sentence(view)
