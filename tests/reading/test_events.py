"""Events of short Dutch reports on several kinds of negotiations: sessions, deadlines, ultimatums, next steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treves.dates import UNKNOWN_MOMENT, Moment, Precision, parse_moment
from treves.model.events import Certainty, Event, EventKind
from treves.model.evidence import Span
from treves.reading.event_words import event_words
from treves.reading.events import find_events
from treves.reading.time_words import time_words
from treves.reading.times import find_times
from treves.reading.tokens import tokenise

TIMES = time_words("nl")
EVENTS = event_words("nl")
PACK_WORDS = TIMES.starters | TIMES.followers
THURSDAY = "2026-06-11T09:00+02:00"


def when(wording: str) -> Moment:
    """The publication time for a wording: hours for a clock time, the day for a date, unknown for nothing."""
    if not wording:
        return UNKNOWN_MOMENT
    return parse_moment(wording, precision=Precision.HOURS if "T" in wording else None)


def events(text: str, published: str = THURSDAY, actors: Sequence[str] = ()) -> list[Event]:
    """The events of a text; every place where one of `actors` stands is a mention of the actor with that index."""
    tokens = tokenise(text)
    spans = [
        (Span(at, at + len(name)), key)
        for key, name in enumerate(actors)
        for at in range(len(text))
        if text.startswith(name, at)
    ]
    found = find_times(tokens, when(published), pack=TIMES)
    return list(find_events(tokens, found, when(published), spans, document_id="d1", pack=EVENTS))


def of_kind(kind: EventKind, text: str, published: str = THURSDAY, actors: Sequence[str] = ()) -> Event:
    """The one event of this kind that a text tells of."""
    found = [e for e in events(text, published, actors) if e.kind is kind]
    assert len(found) == 1, found
    return found[0]


def session(text: str, published: str = THURSDAY, actors: Sequence[str] = ()) -> Event:
    """The one session that a text tells of."""
    return of_kind(EventKind.SESSION, text, published, actors)


def local(text: str) -> datetime:
    """A wall-clock time in Amsterdam as an instant."""
    moment = parse_moment(text if "T" in text else text + "T00:00")
    assert moment.earliest is not None
    return moment.earliest


def starts(event: Event) -> datetime | None:
    """The earliest start of an event."""
    return event.start.moment.earliest if event.start else None


def ends(event: Event) -> datetime | None:
    """The earliest end of an event."""
    return event.end.moment.earliest if event.end else None


CABINET = """De bewindslieden van vier partijen kwamen woensdagavond in het Catshuis bijeen om over stikstof te praten.
De onderhandelingen begonnen om 20.15 uur. Premier Ter Horst sprak van 'nuttige uren'.

Het overleg duurde bijna zes uur. Even na twee uur 's nachts kwamen de ministers naar buiten.

Vrijdag na de ministerraad praten de partijen verder."""


def test_clauses_on_one_session_become_one_event() -> None:
    """Start, length, end and place of the same evening are told in four sentences and make one session."""
    found = session(CABINET.rsplit("\n\n", 1)[0])
    assert (found.label, found.certainty, found.place) == ("onderhandelingen", Certainty.PAST, "Catshuis")
    assert starts(found) == local("2026-06-10T20:15")
    assert ends(found) == local("2026-06-11T02:00")
    assert found.duration_minutes == 360
    assert found.when.moment.iso() == "2026-06-10"


def test_next_step_hangs_on_a_meeting_that_is_planned_too() -> None:
    """What is to come "vrijdag na de ministerraad" is a next step, and that meeting is planned before it."""
    found = events(CABINET)
    step = next(e for e in found if e.kind is EventKind.NEXT_STEP)
    meeting = next(e for e in found if e.label == "ministerraad")
    assert (step.when.moment.iso(), step.when.anchor, step.certainty) == (
        "2026-06-12",
        "ministerraad",
        Certainty.PLANNED,
    )
    assert (meeting.kind, meeting.when.moment.iso(), meeting.certainty) == (
        EventKind.SESSION,
        "2026-06-12",
        Certainty.PLANNED,
    )


SESSIONS = [
    # text, label, day, start, end, minutes, certainty
    ("De raad begon dinsdagavond om 19.30 uur aan het debat, dat tot 23.00 uur duurde.",
     "debat", "2026-06-09", "2026-06-09T19:30", "2026-06-09T23:00", None, "past"),
    ("De cao-onderhandelingen eindigden woensdag om 16.00 uur zonder resultaat.",
     "cao-onderhandelingen", "2026-06-10", None, "2026-06-10T16:00", None, "past"),
    ("Bonden en werkgevers zaten woensdag van 10.00 tot 15.30 uur in een hotel in Zwolle.",
     "overleg", "2026-06-10", "2026-06-10T10:00", "2026-06-10T15:30", None, "past"),
    ("De regeringsleiders hebben woensdag negen uur aan een stuk vergaderd.",
     "vergadering", "2026-06-10", None, None, 540, "past"),
    ("De wethouder overlegde dinsdag met de bewoners.",
     "overleg", "2026-06-09", None, None, None, "past"),
    ("De gesprekken woensdagavond verliepen stroef.",
     "gesprekken", "2026-06-10", None, None, None, "past"),
    ("Het topoverleg van dinsdag leverde niets op.",
     "topoverleg", "2026-06-09", None, None, None, "past"),
    ("De ledenvergadering van de partij is zaterdag 13 juni om 10.00 uur.",
     "ledenvergadering", "2026-06-13", "2026-06-13T10:00", None, None, "planned"),
    ("De informateur geeft vrijdag om 11.00 uur een persconferentie.",
     "persconferentie", "2026-06-12", "2026-06-12T11:00", None, None, "planned"),
    ("Maandag om 9.30 uur komt het gezelschap weer bij elkaar.",
     "bijeenkomst", "2026-06-15", "2026-06-15T09:30", None, None, "planned"),
    ("Donderdag 18 juni debatteert de gemeenteraad over de zaak.",
     "debat", "2026-06-18", None, None, None, "planned"),
    ("De partijen zijn sinds 8.30 uur aan het onderhandelen.",
     "onderhandelingen", "2026-06-11", "2026-06-11T08:30", None, None, "ongoing"),
    ("De partijen hopen dat er dit weekend wordt vergaderd.",
     "vergadering", "2026-06-13", None, None, None, "conditional"),
    ("Om 23.40 uur gingen de onderhandelaars woensdag uiteen.",
     "overleg", "2026-06-10", None, "2026-06-10T23:40", None, "past"),
    ("Het cao-overleg hervatte men dinsdag om 13.00 uur.",
     "cao-overleg", "2026-06-09", "2026-06-09T13:00", None, None, "past"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "label", "day", "start", "end", "minutes", "certainty"), SESSIONS)
def test_sessions(
    text: str, label: str, day: str, start: str | None, end: str | None, minutes: int | None, certainty: str
) -> None:
    """One sentence tells of one session, with what it says of its times."""
    found = session(text)
    assert (found.label, found.when.moment.iso()[:10], found.certainty) == (label, day, Certainty(certainty))
    assert starts(found) == (local(start) if start else None)
    assert ends(found) == (local(end) if end else None)
    assert found.duration_minutes == minutes


def test_a_pronoun_carries_the_session_on() -> None:
    """A clause such as "ze waren om drie uur begonnen" tells the start of the session of the sentence before."""
    text = "De partijen zijn woensdagavond laat uit elkaar gegaan. Ze waren om drie uur 's middags begonnen."
    found = session(text)
    assert starts(found) == local("2026-06-10T15:00")
    assert ends(found) == local("2026-06-10T22:00")


def test_a_suspended_session_has_an_end_and_a_next_step() -> None:
    """A round that was suspended in the night until Friday ended then, and goes on on Friday."""
    text = "Tegen 2.00 uur 's nachts werd het overleg geschorst tot vrijdagmiddag."
    found = {e.kind: e for e in events(text)}
    assert ends(found[EventKind.SESSION]) == local("2026-06-11T01:30")
    assert found[EventKind.NEXT_STEP].when.moment.iso() == "2026-06-12"


NO_EVENTS = [
    "De partijen praten al maanden over het plan.",
    "De top van de partij overweegt woensdag niets te doen.",
    "Maandag wordt er niet vergaderd.",
    "De minister zegde het gesprek van vrijdag af.",
    "De bijeenkomst van vanavond is uitgesteld.",
    "Zij sprak woensdag van een wonder.",
    "Even voor middernacht kwam de voorzitter als eerste naar buiten.",
    "Iedere donderdag bespreken de partijen de week.",
    "Hij hoopt op een akkoord voor Pasen.",
    "De vakbond ontkent dat er een ultimatum ligt.",
    "Zij hielden het plan tegen het licht.",
    "Verder wil de partij maandag niets zeggen.",
]


@pytest.mark.parametrize("text", NO_EVENTS)
def test_general_talk_makes_no_event(text: str) -> None:
    """Talks in general, refusals, cancelled and recurring meetings, hopes and sayings are no events."""
    assert events(text) == []


def test_institutional_meetings_stay_apart_from_talks() -> None:
    """Talks and a meeting of the council on one day are two sessions."""
    text = "De onderhandelaars overlegden woensdag vier uur. De raad hield woensdag een vergadering over iets anders."
    found = events(text)
    assert [(e.label, e.duration_minutes) for e in found] == [("overleg", 240), ("vergadering", None)]


def test_two_sessions_of_one_day_stay_apart_by_their_clock_times() -> None:
    """A morning round and an evening round on the same day are two sessions."""
    text = "Het overleg begon woensdag om 9.00 uur. De tweede ronde begon woensdag om 20.00 uur."
    assert [starts(e) for e in events(text)] == [local("2026-06-10T09:00"), local("2026-06-10T20:00")]


def test_past_and_planned_talks_stay_apart() -> None:
    """What took place and what is announced are never one event."""
    text = "De gesprekken begonnen woensdag om 10.00 uur. Het volgende gesprek begint dinsdag om 10.00 uur."
    assert [e.certainty for e in events(text)] == [Certainty.PAST, Certainty.PLANNED]


def test_talks_told_only_by_their_length_lie_before_the_time_of_telling() -> None:
    """Fourteen hours of talks before something said early on Thursday began on Wednesday."""
    found = session(
        "Na veertien uur praten zei de minister donderdagochtend vroeg dat er niets is.", "2026-06-11T10:00"
    )
    assert found.duration_minutes == 840
    assert (found.when.moment.earliest, found.when.moment.latest) == (
        local("2026-06-10T16:00"),
        local("2026-06-11T09:00"),
    )


def test_what_follows_on_a_dated_meeting_is_on_its_day() -> None:
    """A press conference after a planned meeting is planned on the same day, and hangs on it."""
    text = "Vrijdag komt de ministerraad bij elkaar, waarna de premier zijn persconferentie geeft."
    found = {e.label: e for e in events(text)}
    assert found["persconferentie"].when.moment.iso() == "2026-06-12"
    assert found["persconferentie"].when.anchor == "ministerraad"
    assert found["persconferentie"].certainty is Certainty.PLANNED


def test_participants_come_from_the_sentence_but_not_from_its_source() -> None:
    """Who is quoted on a session takes no part in it by that alone; who joins is told in another sentence."""
    actors = ["Bakker", "Yıldız", "Smit", "De Wit"]
    text = (
        "Volgens Smit spraken Bakker en Yıldız woensdag drie uur met elkaar. "
        "Ook schoof De Wit, die net terug was, nog aan."
    )
    assert session(text, actors=actors).participants == (0, 1, 3)


PLACES = [
    ("Het overleg in het provinciehuis begon woensdag om 10.00 uur.", "provinciehuis"),
    ("Het overleg op het ministerie van Sociale Zaken begon woensdag om 10.00 uur.", "ministerie van Sociale Zaken"),
    ("De partijen kwamen woensdag in Brussel bijeen.", "Brussel"),
    ("De partijen kwamen woensdag bijeen.", None),
]


@pytest.mark.parametrize(("text", "place"), PLACES)
def test_places(text: str, place: str | None) -> None:
    """A building, room or town after a preposition is the place."""
    assert session(text).place == place


DEADLINES = [
    ("Uiterlijk vrijdag om 12.00 uur moet de begroting bij de raad liggen.", "begroting", "2026-06-12T12:00+02:00"),
    ("De nota moet vrijdag 19 juni bij de raad liggen.", "nota", "2026-06-19"),
    ("Voor 1 juli moet er een akkoord liggen, zegt de minister.", "akkoord", "2026-07-01"),
    ("De deadline is vrijdag.", "deadline", "2026-06-12"),
    ("De bonden krijgen tot dinsdag de tijd.", "termijn", "2026-06-16"),
    ("Binnen twee weken moeten zij een voorstel doen.", "voorstel", "2026-06-11"),
]


@pytest.mark.parametrize(("text", "label", "iso"), DEADLINES)
def test_deadlines(text: str, label: str, iso: str) -> None:
    """A demand with a bound, a named deadline or time that is given makes a deadline at the time that is named."""
    found = of_kind(EventKind.DEADLINE, text)
    assert (found.label, found.when.moment.iso(), found.certainty) == (label, iso, Certainty.PLANNED)


def test_deadline_before_a_recess_keeps_its_anchor_and_whose_demand_it_is() -> None:
    """A deadline that hangs on the recess has no date, but it has an anchor and someone who set it."""
    text = "Aan de eis van de Polderpartij dat er voor het reces een akkoord moest liggen, is niet voldaan."
    found = of_kind(EventKind.DEADLINE, text, actors=["Polderpartij"])
    assert (found.when.moment, found.when.anchor, found.by) == (UNKNOWN_MOMENT, "reces", (0,))
    assert found.certainty is Certainty.PAST


def test_time_that_is_left_counts_from_the_publication() -> None:
    """One more week is a deadline within a week from the report."""
    found = of_kind(EventKind.DEADLINE, "De informateur geeft de partijen nog een week om het eens te worden.")
    assert (found.when.moment.earliest, found.duration_minutes) == (local("2026-06-11T09:00"), 10080)


ULTIMATUMS = [
    ("De Bond stelt een ultimatum: vóór maandagavond een beter bod.", "2026-06-15", "planned"),
    ("De Bond eist dat er voor vrijdag 17.00 uur een beter bod ligt.", "2026-06-12T17:00+02:00", "planned"),
    ("Het ultimatum van de Bond staat. Als er vrijdag niets ligt, trekt hij de stekker eruit.", "2026-06-12", "planned"),
    ("De druk is groot na het ultimatum van de Bond. Als er vrijdag niets ligt, stapt hij op.", "2026-06-12", "planned"),
    ("Als er vrijdag geen akkoord ligt, stapt de Bond op.", "2026-06-12", "conditional"),
    ("De Bond dreigt met acties als er vrijdag geen bod ligt.", "2026-06-12", "conditional"),
    ("Komt er maandag geen loonbod, dan gaan de leden van de Bond staken.", "2026-06-15", "conditional"),
    ("Zonder bod voor maandag breekt de Bond het overleg af.", "2026-06-15", "conditional"),
    ("De Bond wil uiterlijk vrijdag een handtekening, anders volgen stakingen.", "2026-06-12", "conditional"),
    ("Er moet vrijdag een bod liggen, en anders loopt de Bond weg.", "2026-06-12", "conditional"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "iso", "certainty"), ULTIMATUMS)
def test_ultimatums(text: str, iso: str, certainty: str) -> None:
    """A named ultimatum, a demand with a bound and a threat on a condition are ultimatums, with who set them."""
    found = of_kind(EventKind.ULTIMATUM, text, actors=["Bond"])
    assert (found.when.moment.iso(), found.by, found.certainty) == (iso, (0,), certainty)


NO_ULTIMATUMS = [
    "Als het vrijdag regent, loopt de kerkdienst uit.",
    "Anders dan maandag stapte vrijdag niemand op.",
    "De zaal liep vrijdag niet vol, maar dan stapt de fanfare binnen.",
    "De wethouder stapte vrijdag op, anders had de raad hem weggestuurd.",
    "Meer dan vrijdag stappen er geen leden op.",
]


@pytest.mark.parametrize("text", NO_ULTIMATUMS)
def test_no_threat_is_no_ultimatum(text: str) -> None:
    """A condition without a threat, a comparison and what is over threaten nobody."""
    assert not [event for event in events(text) if event.kind is EventKind.ULTIMATUM]


STEPS = [
    ("De onderhandelingen worden vrijdag voortgezet.", "onderhandelingen", "2026-06-12"),
    ("Vrijdag om 10 uur hervatten de gesprekken.", "gesprekken", "2026-06-12T10:00+02:00"),
    ("Er wordt maandag verder gesproken.", "overleg", "2026-06-15"),
    ("De leden stemmen zaterdag over het akkoord.", "stemming", "2026-06-13"),
    ("Dinsdag 16 juni komt het college met een nieuw voorstel.", "voorstel", "2026-06-16"),
    ("Zij legt het akkoord zaterdag voor aan haar leden.", "raadpleging", "2026-06-13"),
    ("Vrijdag neemt de ministerraad een besluit.", "besluit", "2026-06-12"),
    ("Woensdag om 14 uur brengt de formateur, die moe is, verslag uit.", "verslag", "2026-06-17T14:00+02:00"),
]


@pytest.mark.parametrize(("text", "label", "iso"), STEPS)
def test_next_steps(text: str, label: str, iso: str) -> None:
    """What is announced is a next step at its time."""
    found = of_kind(EventKind.NEXT_STEP, text)
    assert (found.label, found.when.moment.iso(), found.certainty) == (label, iso, Certainty.PLANNED)


def test_next_steps_told_twice_are_one() -> None:
    """The headline, the text and a quoted "morgen" tell of the same round."""
    text = (
        "Partijen praten vrijdag verder\n\nDe gesprekken worden vrijdag na de ministerraad hervat.\n\n"
        "‘Morgen gaan wij verder’, zei de premier."
    )
    step = of_kind(EventKind.NEXT_STEP, text, "2026-06-11T22:00")
    assert (step.label, step.when.moment.iso(), step.when.anchor) == ("gesprekken", "2026-06-12", "ministerraad")


def test_unknown_publication_keeps_the_wording_without_a_date() -> None:
    """An undated report still tells of its session, in its own words."""
    text = "De onderhandelingen begonnen woensdag om 21.30 uur. Woensdagnacht om twee uur was het overleg afgelopen."
    found = session(text, "")
    assert found.when.moment == UNKNOWN_MOMENT
    assert found.start is not None and found.start.span is not None and found.end is not None
    assert found.start.span.of(text) == "woensdag om 21.30 uur"


def test_ids_follow_the_span() -> None:
    """Two events of one kind in one sentence have different spans and so different ids."""
    found = events("Vrijdag komt de ministerraad bij elkaar, en vrijdag geeft de premier een persconferentie.")
    assert len({e.id for e in found}) == len(found) == 2


def test_a_table_without_sentences_gives_no_events() -> None:
    """A very long run of words without a full stop is a list, not prose."""
    assert events("overleg woensdag om 10.00 uur " * 120) == []


SENTENCES = """
Het overleg begon om 21.30 uur | De gesprekken duurden bijna vijf uur | Vrijdag praten zij verder
Ruim na middernacht ging men uiteen | Woensdagavond kwamen zij bijeen in Assen | De Bond stelt een ultimatum
Uiterlijk vrijdag moet er een akkoord liggen | Als er vrijdag niets ligt, stapt de Bond op
Morgen is er een persconferentie | De ministerraad vergadert vrijdag | Zij zijn sinds 9.00 uur aan het praten
Daarna volgt het debat | Na zeven uur praten gingen zij uiteen | Ook schoof de Bond aan | De leden stemmen op 3 juli
Donderdagnacht om twee uur was het overleg afgelopen | Er was een gesprek van drie uur
"""
SENTENCE = st.sampled_from(SENTENCES.strip().replace("\n", " | ").split(" | "))
TEXTS = st.lists(SENTENCE, min_size=1, max_size=8).map(lambda lines: ". ".join(lines) + ".")
PUBLISHED = st.sampled_from(["", "2026", "2026-06", "2026-06-11", "2026-06-11T01:30+02:00", "2026-10-25T02:30+01:00"])


@given(TEXTS, PUBLISHED)
def test_events_are_told_in_the_text_and_deterministic(text: str, published: str) -> None:
    """Every event has a span in the text, an id of its own and the same value on every run."""
    found = events(text, published, ["Bond"])
    assert found == events(text, published, ["Bond"])
    assert len({(e.id, e.kind) for e in found}) == len(found)
    for event in found:
        assert event.span.of(text).strip() == event.span.of(text) != ""
        assert event.duration_minutes is None or 0 < event.duration_minutes <= 10080


@given(TEXTS)
def test_unknown_publication_never_gives_an_event_a_date(text: str) -> None:
    """No date is made up for any part of any event."""
    for event in events(text, ""):
        for part in (event.when, event.start, event.end):
            assert part is None or part.moment == UNKNOWN_MOMENT


@given(TEXTS, PUBLISHED)
def test_sessions_do_not_end_before_they_start(text: str, published: str) -> None:
    """A merged session has its times in order."""
    for event in events(text, published):
        first, last = starts(event), ends(event)
        assert first is None or last is None or first < last or event.kind is not EventKind.SESSION


SOUP = sorted(
    EVENTS.interesting | PACK_WORDS | {",", ".", "van", "de", "Bond", "Assen", "in", "en", "‘", "’", "(", "\n\n"}
)


@given(st.lists(st.sampled_from(SOUP), max_size=60), PUBLISHED)
def test_no_order_of_trigger_words_breaks_the_finder(words: list[str], published: str) -> None:
    """Whatever the words, events have spans in the text and ids of their own."""
    text = " ".join(words)
    found = events(text, published, ["Bond"])
    assert len({(e.kind, e.span) for e in found}) == len(found)
    assert all(0 <= e.span.start < e.span.end <= len(text) for e in found)
