"""Dutch time expressions: found, resolved from the publication time, and left open where that does not allow it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treves.dates import UNKNOWN_MOMENT, Moment, Precision, parse_moment
from treves.reading.clauses import Tense
from treves.reading.event_words import event_words
from treves.reading.pack import PackBroken
from treves.reading.time_words import Relation, time_words
from treves.reading.times import TimeMention, find_times
from treves.reading.tokens import tokenise

PACK = time_words("nl")
WEDNESDAY_NOON = "2026-06-10T12:00+02:00"
NIGHT = "2026-06-12T02:30+02:00"  # Friday, in the small hours
PRINT = "2026-06-11"  # Thursday, known to the day


def when(wording: str) -> Moment:
    """The publication time for a wording: hours for a clock time, the day for a date, unknown for nothing."""
    if not wording:
        return UNKNOWN_MOMENT
    return parse_moment(wording, precision=Precision.HOURS if "T" in wording else None)


def times(text: str, published: str = WEDNESDAY_NOON) -> list[TimeMention]:
    """All times of a text."""
    return find_times(tokenise(text), when(published), pack=PACK)


def local(text: str) -> datetime:
    """A wall-clock time in Amsterdam as an instant."""
    moment = parse_moment(text if "T" in text else text + "T00:00")
    assert moment.earliest is not None
    return moment.earliest


def worded(text: str, published: str, wording: str) -> TimeMention:
    """The one time of a text with this wording."""
    found = [t for t in times(text, published) if t.span.of(text).lower() == wording.lower()]
    assert len(found) == 1, [t.span.of(text) for t in times(text, published)]
    return found[0]


def bracketed(marked: str, published: str) -> TimeMention:
    """The time of a text whose wording stands in brackets; the brackets are taken away first."""
    before, rest = marked.split("[")
    wording, after = rest.split("]")
    return worded(before + wording + after, published, wording)


DAYS = [
    # text with the wording in brackets, publication, first day, day after the last
    ("[Woensdag] waren ze het eens.", "2026-06-12T10:00", "2026-06-10", "2026-06-11"),
    ("[Woensdag] praten ze verder.", "2026-06-12T10:00", "2026-06-17", "2026-06-18"),
    ("De raad kwam [woensdag] tot een besluit.", WEDNESDAY_NOON, "2026-06-10", "2026-06-11"),
    ("De raad beslist [woensdag].", WEDNESDAY_NOON, "2026-06-10", "2026-06-11"),
    ("De leden stemmen [zondag] over het akkoord.", WEDNESDAY_NOON, "2026-06-14", "2026-06-15"),
    ("De leden hebben [zondag] ingestemd.", WEDNESDAY_NOON, "2026-06-07", "2026-06-08"),
    ("Hij zei dat het overleg [vrijdag] verdergaat.", WEDNESDAY_NOON, "2026-06-12", "2026-06-13"),
    ("Hij vertelde hoe het er [maandag] aan toeging.", WEDNESDAY_NOON, "2026-06-08", "2026-06-09"),
    ("Of zij [maandag] opstapt, wilde ze niet zeggen.", WEDNESDAY_NOON, "2026-06-15", "2026-06-16"),
    ("Het overleg [maandag] in Assen", WEDNESDAY_NOON, "2026-06-08", "2026-06-09"),
    ("Het overleg [vrijdag] in Assen", WEDNESDAY_NOON, "2026-06-12", "2026-06-13"),
    ("De partijen spraken [gisteren] met elkaar.", WEDNESDAY_NOON, "2026-06-09", "2026-06-10"),
    ("De partijen spraken [eergisteren].", WEDNESDAY_NOON, "2026-06-08", "2026-06-09"),
    ("De partijen spreken [vandaag].", WEDNESDAY_NOON, "2026-06-10", "2026-06-11"),
    ("De partijen spreken [morgen].", WEDNESDAY_NOON, "2026-06-11", "2026-06-12"),
    ("De partijen spreken [overmorgen].", WEDNESDAY_NOON, "2026-06-12", "2026-06-13"),
    ("[Afgelopen dinsdag] liep het mis.", "2026-06-09T18:00", "2026-06-02", "2026-06-03"),
    ("[Komende dinsdag] gaan ze door.", "2026-06-09T18:00", "2026-06-16", "2026-06-17"),
    ("[Aanstaande vrijdag] gaan ze door.", WEDNESDAY_NOON, "2026-06-12", "2026-06-13"),
    ("Als er [deze vrijdag] niets ligt, stapt zij op.", WEDNESDAY_NOON, "2026-06-12", "2026-06-13"),
    ("[Volgende week dinsdag] is er beraad.", WEDNESDAY_NOON, "2026-06-16", "2026-06-17"),
    ("[Vorige week dinsdag] was er beraad.", WEDNESDAY_NOON, "2026-06-02", "2026-06-03"),
    ("[Dinsdag volgende week] is er beraad.", WEDNESDAY_NOON, "2026-06-16", "2026-06-17"),
    ("Op [6 juli] valt het besluit.", WEDNESDAY_NOON, "2026-07-06", "2026-07-07"),
    ("De breuk van [6 juli 2023] was pijnlijk.", "", "2023-07-06", "2023-07-07"),
    ("De breuk van [donderdag 6 juli 2023].", "", "2023-07-06", "2023-07-07"),
    ("Op [2025-11-03] tekenden zij.", "", "2025-11-03", "2025-11-04"),
    ("Op [30 december] werd getekend.", "2027-01-02T09:00", "2026-12-30", "2026-12-31"),
    ("Op [3 januari] wordt getekend.", "2026-12-29T09:00", "2027-01-03", "2027-01-04"),
    ("[Maandag] praten zij verder.", "2026-12-30T09:00", "2027-01-04", "2027-01-05"),
    ("[Vrijdag] liepen zij weg.", "2027-01-02T09:00", "2027-01-01", "2027-01-02"),
    ("Op [1 februari] verandert dat.", "2026-06-10T12:00", "2027-02-01", "2027-02-02"),
    ("De hele week, maar vooral [dit weekend], wordt gepraat.", WEDNESDAY_NOON, "2026-06-13", "2026-06-15"),
    ("[Vorig weekend] brak de ruzie uit.", WEDNESDAY_NOON, "2026-06-06", "2026-06-08"),
    ("[Deze week] moet het lukken.", WEDNESDAY_NOON, "2026-06-08", "2026-06-15"),
    ("[Volgende week] gaan ze door.", WEDNESDAY_NOON, "2026-06-15", "2026-06-22"),
    ("[Vorige maand] mislukte het.", WEDNESDAY_NOON, "2026-05-01", "2026-06-01"),
    ("[Eind mei] was alles klaar.", WEDNESDAY_NOON, "2026-05-22", "2026-06-01"),
    ("[Begin deze week] knalde het.", WEDNESDAY_NOON, "2026-06-08", "2026-06-10"),
    ("In [september] gaan zij verder.", WEDNESDAY_NOON, "2026-09-01", "2026-10-01"),
    ("[Vanaf 2028] geldt de regel.", "", "2028-01-01", "2029-01-01"),
    ("Zij werden het maandag eens. [Drie dagen later] was het stuk.", WEDNESDAY_NOON, "2026-06-11", "2026-06-12"),
    ("[Twee weken geleden] begon het.", WEDNESDAY_NOON, "2026-05-25", "2026-06-01"),
    ("[Over drie dagen] moet het klaar zijn.", WEDNESDAY_NOON, "2026-06-13", "2026-06-14"),
    ("[Met Kerst] ligt het stil.", "2026-11-10T10:00", "2026-12-25", "2026-12-27"),
]


@pytest.mark.parametrize(("marked", "published", "first", "after"), DAYS)
def test_days(marked: str, published: str, first: str, after: str) -> None:
    """Words for days and longer periods become the local days that they mean."""
    found = bracketed(marked, published).reference
    assert (found.earliest, found.latest) == (local(first), local(after))


CLOCKS = [
    # text with the wording in brackets, publication, minute
    ("Het overleg begon om [21.30 uur].", "2026-06-11T01:00", "2026-06-10T21:30"),
    ("[Woensdagavond om half tien] begon het.", PRINT, "2026-06-10T21:30"),
    ("[Donderdag 6 juli om 21:30 uur] begon het.", "2023-07-07T08:00", "2023-07-06T21:30"),
    ("[Vrijdag om kwart over een] begon het.", "2026-06-13", "2026-06-12T13:15"),
    ("[Vrijdagmiddag om kwart voor drie] begon het.", "2026-06-13", "2026-06-12T14:45"),
    ("[Maandagavond om tien over half elf] hield het op.", WEDNESDAY_NOON, "2026-06-08T22:40"),
    ("[Maandagavond om vijf voor half elf] hield het op.", WEDNESDAY_NOON, "2026-06-08T22:25"),
    ("[Dinsdag om elf uur 's avonds] klapte het.", WEDNESDAY_NOON, "2026-06-09T23:00"),
    ("[Zondag om twee uur 's nachts] liep hij weg.", WEDNESDAY_NOON, "2026-06-07T02:00"),
    ("[Donderdagnacht om twee uur] hield het op.", "2026-06-13", "2026-06-12T02:00"),
    ("Woensdagavond begon het. Het duurde [tot half drie].", "2026-06-11T09:00", "2026-06-11T02:30"),
    ("Woensdag begon het om 20.00 uur. Om [01.50 uur] was het klaar.", "2026-06-11T09:00", "2026-06-11T01:50"),
    ("Donderdag praatten zij van 14.00 [tot 17.10 uur].", "2026-06-12T09:00", "2026-06-11T17:10"),
    ("Woensdagavond spraken zij van 22.00 [tot 3.00 uur].", "2026-06-11T09:00", "2026-06-11T03:00"),
    ("[Morgenochtend om 9.30 uur] gaan ze verder.", WEDNESDAY_NOON, "2026-06-11T09:30"),
    ("[Vrijdag om 10 uur] hervatten ze de gesprekken.", WEDNESDAY_NOON, "2026-06-12T10:00"),
    ("[Vrijdag om 14u30] hervatten ze de gesprekken.", WEDNESDAY_NOON, "2026-06-12T14:30"),
    ("Zij zijn [sinds 9.00 uur] bezig.", WEDNESDAY_NOON, "2026-06-10T09:00"),
    ("[Volgende week woensdag, 17 juni, om 19.00 uur] praten ze.", WEDNESDAY_NOON, "2026-06-17T19:00"),
    ("Het stuk moet [8 mei om twaalf uur 's middags] klaar zijn.", "2026-04-25", "2026-05-08T12:00"),
    ("[Vrijdag om drie uur] praten ze.", WEDNESDAY_NOON, "2026-06-12T15:00"),
    (
        "'s Avonds laat, na een zitting die om [half acht] begon, viel het besluit. De raad koos dinsdag.",
        WEDNESDAY_NOON,
        "2026-06-09T19:30",
    ),
]

ROUGH_CLOCKS = [
    # text with the wording in brackets, publication, start, end, precision
    ("[Woensdag] begon het om half tien 's avonds.", PRINT, "2026-06-10", "2026-06-11", "days"),
    (
        "Donderdag praatten ze lang. [Rond twee uur 's nachts] gingen zij naar huis.",
        NIGHT,
        "2026-06-12T01:30",
        "2026-06-12T02:30",
        "hours",
    ),
    (
        "Woensdagavond praatten ze lang. [Even na middernacht] gingen zij.",
        "2026-06-11T09:00",
        "2026-06-11T00:00",
        "2026-06-11T00:30",
        "hours",
    ),
    (
        "Woensdagavond praatten ze, [tot ruim na middernacht].",
        "2026-06-11T09:00",
        "2026-06-11T00:15",
        "2026-06-11T04:00",
        "hours",
    ),
    (
        "Woensdagavond begon het. [Even voor middernacht] ging hij.",
        "2026-06-11T09:00",
        "2026-06-10T23:30",
        "2026-06-11T00:00",
        "hours",
    ),
    (
        "[Woensdagavond, tegen elven], lag er een stuk.",
        "2026-06-11T09:00",
        "2026-06-10T22:30",
        "2026-06-10T23:01",
        "hours",
    ),
    ("[Vrijdag om acht uur] praten ze.", WEDNESDAY_NOON, "2026-06-12T08:00", "2026-06-12T20:01", "daypart"),
]


@pytest.mark.parametrize(("marked", "published", "minute"), CLOCKS)
def test_clocks(marked: str, published: str, minute: str) -> None:
    """Clock times take their day and half of the day from the words around them."""
    found = bracketed(marked, published).reference
    assert (found.earliest, found.precision) == (local(minute), Precision.MINUTES)
    assert found.latest == local(minute) + timedelta(minutes=1)


@pytest.mark.parametrize(("marked", "published", "start", "end", "precision"), ROUGH_CLOCKS)
def test_rough_clocks(marked: str, published: str, start: str, end: str, precision: str) -> None:
    """Words such as "rond" and "ruim na" widen a clock time; one that may be of either half of the day stays open."""
    found = bracketed(marked, published).reference
    assert (found.earliest, found.latest) == (local(start), local(end))
    assert found.precision == Precision(precision)


PARTS = [
    # text with the wording in brackets, publication, start, end
    ("[Woensdagavond] werd gepraat.", PRINT, "2026-06-10T18:00", "2026-06-11T00:00"),
    ("[Woensdagavond laat] werd gepraat.", PRINT, "2026-06-10T22:00", "2026-06-11T00:00"),
    ("[Vrijdagochtend vroeg] kwam hij aan.", "2026-06-13", "2026-06-12T06:00", "2026-06-12T09:00"),
    ("[Donderdagnacht] liep het spaak.", "2026-06-13", "2026-06-11T22:00", "2026-06-12T06:00"),
    ("[Donderdagnacht] liep het spaak.", "2026-06-11T10:00", "2026-06-10T22:00", "2026-06-11T06:00"),
    ("[Woensdagavond] werd gepraat.", "2026-06-10T10:00", "2026-06-03T18:00", "2026-06-04T00:00"),
    ("In de [nacht van dinsdag op woensdag] werd gepraat.", PRINT, "2026-06-09T22:00", "2026-06-10T06:00"),
    ("In de [nacht op woensdag] werd gepraat.", PRINT, "2026-06-09T22:00", "2026-06-10T06:00"),
    ("[Vannacht] werden ze het eens.", "2026-06-10T07:00", "2026-06-09T22:00", "2026-06-10T06:00"),
    ("[Vannacht] praten ze door.", "2026-06-10T20:00", "2026-06-10T22:00", "2026-06-11T06:00"),
    ("[Vanavond] praten ze door.", WEDNESDAY_NOON, "2026-06-10T18:00", "2026-06-11T00:00"),
    ("[Vanavond] was er geen ruzie.", NIGHT, "2026-06-11T18:00", "2026-06-12T00:00"),
    ("[Vanochtend] spraken zij.", WEDNESDAY_NOON, "2026-06-10T06:00", "2026-06-10T12:00"),
    ("[Vanmiddag] spreken zij.", WEDNESDAY_NOON, "2026-06-10T12:00", "2026-06-10T18:00"),
    ("[Gisteravond] spraken zij.", WEDNESDAY_NOON, "2026-06-09T18:00", "2026-06-10T00:00"),
    ("[Afgelopen nacht] spraken zij.", "2026-06-10T07:00", "2026-06-09T22:00", "2026-06-10T06:00"),
    ("Dinsdagavond begon het. [Die nacht] werd het stil.", PRINT, "2026-06-09T22:00", "2026-06-10T06:00"),
    ("Dinsdag begon het. De [volgende ochtend] was alles weg.", PRINT, "2026-06-10T06:00", "2026-06-10T12:00"),
    ("Dinsdag vergaderden zij ['s middags].", PRINT, "2026-06-09T12:00", "2026-06-09T18:00"),
]


@pytest.mark.parametrize(("marked", "published", "start", "end"), PARTS)
def test_parts_of_the_day(marked: str, published: str, start: str, end: str) -> None:
    """Parts of the day become clock ranges; a night reaches into the next day."""
    found = bracketed(marked, published).reference
    assert (found.earliest, found.latest) == (local(start), local(end))
    assert found.precision is Precision.DAYPART


HOLIDAYS = [
    ("voor Prinsjesdag", "2026-06-10T10:00", "2026-09-15"),
    ("na Prinsjesdag", "2027-06-10T10:00", "2027-09-21"),
    ("voor Koningsdag", "2026-03-10T10:00", "2026-04-27"),
    ("voor Koningsdag", "2025-03-10T10:00", "2025-04-26"),  # the 27th is a Sunday
    ("na Pasen", "2026-03-10T10:00", "2026-04-05"),
    ("na Pasen", "2027-02-10T10:00", "2027-03-28"),
    ("voor Hemelvaart", "2026-03-10T10:00", "2026-05-14"),
    ("voor Goede Vrijdag", "2026-03-10T10:00", "2026-04-03"),
    ("na Pinksteren", "2026-05-10T10:00", "2026-05-24"),
    ("voor Nieuwjaar", "2026-11-10T10:00", "2027-01-01"),
]


@pytest.mark.parametrize(("wording", "published", "day"), HOLIDAYS)
def test_holidays_follow_their_calendar_rule(wording: str, published: str, day: str) -> None:
    """Feasts and Prinsjesdag are days by rule, in the year that the report looks to."""
    found = worded(f"Er moet {wording} een akkoord liggen.", published, wording)
    assert found.reference.earliest == local(day)
    assert found.when.anchor is None


@pytest.mark.parametrize(
    ("wording", "anchor"),
    [
        ("na de ministerraad", "ministerraad"),
        ("voor het reces", "reces"),
        ("na het zomerreces", "zomerreces"),
        ("voor de verkiezingen", "verkiezingen"),
        ("na afloop van de raad", "raad"),
        ("voor de zomer", "zomer"),
        ("na de gebruikelijke persconferentie", "persconferentie"),
    ],
)
def test_anchors_without_a_rule_stay_anchors(wording: str, anchor: str) -> None:
    """What hangs on a recess or a meeting keeps the word for it and no date."""
    found = worded(f"Zij willen {wording} verder praten.", WEDNESDAY_NOON, wording)
    assert (found.when.anchor, found.when.moment) == (anchor, UNKNOWN_MOMENT)


def test_a_day_with_an_anchor_keeps_both() -> None:
    """A Friday "na de ministerraad" is that Friday, hanging on the meeting."""
    found = worded("Zij praten vrijdag na de ministerraad verder.", WEDNESDAY_NOON, "vrijdag na de ministerraad")
    assert (found.when.moment.iso(), found.when.anchor) == ("2026-06-12", "ministerraad")


RELATIONS = [
    ("uiterlijk vrijdag", Relation.BY, "2026-06-12", "2026-06-13"),
    ("voor vrijdag", Relation.BEFORE, WEDNESDAY_NOON, "2026-06-12"),
    ("vóór vrijdag", Relation.BEFORE, WEDNESDAY_NOON, "2026-06-12"),
    ("na vrijdag", Relation.AFTER, "2026-06-13", None),
    ("vanaf vrijdag", Relation.FROM, "2026-06-12", "2026-06-13"),
    ("tot en met vrijdag", Relation.UNTIL, "2026-06-12", "2026-06-13"),
    ("binnen twee weken", Relation.WITHIN, WEDNESDAY_NOON, "2026-06-24T13:00"),
]


@pytest.mark.parametrize(("wording", "relation", "earliest", "latest"), RELATIONS)
def test_words_before_a_time_bound_the_event(
    wording: str, relation: Relation, earliest: str, latest: str | None
) -> None:
    """The interval of an event lies before, at or after the time that is named, as the words before it say."""
    found = worded(f"Er moet {wording} een besluit komen.", WEDNESDAY_NOON, wording)
    assert found.relation is relation
    assert found.when.moment.earliest == local(earliest)
    assert found.when.moment.latest == (local(latest) if latest else None)


def test_an_appointment_is_no_deadline() -> None:
    """What "staat voor vrijdag gepland" is on that day, not before it."""
    found = [t for t in times("Het debat staat voor vrijdag gepland.") if t.day]
    assert [t.relation for t in found] == [Relation.AT]


LENGTHS = [
    ("Het overleg duurde bijna vijf uur.", "bijna vijf uur", 300),
    ("Na ruim zes uur praten was het op.", "Na ruim zes uur", 360),
    ("Het duurde anderhalf uur.", "anderhalf uur", 90),
    ("Het duurde een half uur.", "een half uur", 30),
    ("Het duurde drie kwartier.", "drie kwartier", 45),
    ("Het duurde zeven uur en twintig minuten.", "zeven uur en twintig minuten", 440),
    ("Het duurde 36 uur.", "36 uur", 2160),
    ("Het duurde 2,5 uur.", "2,5 uur", 150),
    ("Zij zijn al vijf uur bezig.", "al vijf uur", 300),
    ("Zij geeft hun nog één week om te kiezen.", "nog één week", 10080),
    ("Zij praatten vijfentwintig minuten.", "vijfentwintig minuten", 25),
    ("Het duurde tweeëntwintig minuten.", "tweeëntwintig minuten", 22),
    ("Zij praatten urenlang.", "urenlang", None),
    ("Zij praten al maanden.", "al maanden", None),
]


@pytest.mark.parametrize(("text", "wording", "minutes"), LENGTHS)
def test_lengths(text: str, wording: str, minutes: int | None) -> None:
    """Lengths are told from clock times and counted in minutes; vague ones are not counted."""
    found = worded(text, WEDNESDAY_NOON, wording)
    assert (found.kind, found.duration_minutes) == ("duration", minutes)


@pytest.mark.parametrize(
    "wording", ["om vijf uur", "tot vijf uur", "rond vijf uur", "sinds vijf uur", "tegen vijf uur"]
)
def test_hours_after_a_clock_word_are_clock_times(wording: str) -> None:
    """The same "vijf uur" is a clock time after words such as "om"."""
    text = f"Woensdagmiddag spraken zij. Zij waren {wording} klaar."
    (found,) = [t for t in times(text, PRINT) if t.kind == "clock"]
    assert (found.kind, found.clock) == ("clock", 17 * 60)


def test_what_recurs_is_not_resolved() -> None:
    """What happens "iedere donderdag" has no single day."""
    (found,) = times("Iedere donderdag overleggen zij.")
    assert (found.relation, found.when.moment, found.day) == (Relation.EVERY, UNKNOWN_MOMENT, None)


NO_TIMES = [
    "Zij stemden een voor een.",
    "Hij sprak van een avond in goede sfeer.",
    "Er gaapt een gat van 4,2 miljoen euro.",
    "Zij telden 61 stemmen voor, 38 tegen.",
    "Laat dat duidelijk zijn.",
    "De raad is in vergadering.",
    "Zij praten over migratie.",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_other_words_are_no_times(text: str) -> None:
    """Words that only look like times are left alone."""
    assert times(text) == []


UNRESOLVED = [
    "woensdag",
    "gisteren",
    "vanavond",
    "om 21.30 uur",
    "6 juli",
    "volgende week",
    "morgen",
    "over drie dagen",
]


@pytest.mark.parametrize("wording", UNRESOLVED)
@pytest.mark.parametrize("published", ["", "2023"])
def test_unknown_publication_resolves_no_relative_word(wording: str, published: str) -> None:
    """Without a day of publication such words keep their wording and no time."""
    text = f"De partijen praten {wording} verder."
    (found,) = times(text, published)
    assert found.when.moment == UNKNOWN_MOMENT
    assert found.when.span is not None
    assert found.when.span.of(text) in wording


def test_a_month_of_publication_gives_the_year_only() -> None:
    """A report of July 2023 fixes the year of "6 juli" and what "vorige maand" is, but no weekday."""
    found = times("Woensdag en 6 juli en vorige maand werd gepraat.", "2023-07")
    assert [t.when.moment.iso() for t in found] == ["unknown", "2023-07-06", "2023-06"]


def test_mentions_of_one_unresolved_day_share_a_key() -> None:
    """Two "woensdag" of an undated report are the same day, though nobody knows which."""
    keys = [t.day_key for t in times("Woensdag werd gepraat. Zij spraken woensdagavond. Donderdag was het stil.", "")]
    assert keys[0] is not None
    assert keys[0] == keys[1] != keys[2]


QUOTED = [
    ("2026-06-10T07:00+02:00", "2026-06-10", "2026-06-12"),  # said in the evening before, or that morning
    ("2026-06-10T20:00+02:00", "2026-06-11", "2026-06-12"),  # an evening report quotes its own day
    ("2026-06-10T02:00+02:00", "2026-06-10", "2026-06-12"),  # after midnight "tomorrow" may mean after sleep
]


@pytest.mark.parametrize(("published", "first", "after"), QUOTED)
def test_tomorrow_in_a_quotation_counts_from_when_it_was_said(published: str, first: str, after: str) -> None:
    """A quoted "morgen" covers the days that it can mean."""
    found = worded("‘Wij gaan morgen verder’, zei de voorzitter.", published, "morgen").when.moment
    assert (found.earliest, found.latest) == (local(first), local(after))


def test_a_night_word_brings_the_clock_to_the_night() -> None:
    """The word "nachtsessie" makes two o'clock the one in the night that the paragraph tells of."""
    text = "Donderdag werd het stil. De nachtsessie eindigde rond twee uur. Dat zei hij dinsdagnacht."
    found = worded(text, "2026-06-12", "rond twee uur")
    assert found.when.moment.earliest == local("2026-06-10T01:30")


def test_times_of_day_around_the_clock_changes() -> None:
    """On the day that clocks go forward or back a time covers what it may mean, and is never empty."""
    skipped = worded(
        "Zondag 29 maart 2026 om 02.30 uur liep hij weg.", "", "Zondag 29 maart 2026 om 02.30 uur"
    ).reference
    doubled = worded(
        "Zondag 25 oktober 2026 om 02.30 uur liep hij weg.", "", "Zondag 25 oktober 2026 om 02.30 uur"
    ).reference
    assert skipped.earliest is not None and skipped.latest is not None
    assert doubled.earliest is not None and doubled.latest is not None
    assert skipped.earliest.astimezone(UTC) < skipped.latest.astimezone(UTC)
    assert doubled.earliest.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert doubled.latest.astimezone(UTC) == datetime(2026, 10, 25, 1, 31, tzinfo=UTC)


def test_days_of_a_clock_change_are_whole_local_days() -> None:
    """The Sunday of a clock change runs from local midnight to local midnight: 23 or 25 hours."""
    for text, hours in (("Zondag 29 maart 2026", 23), ("Zondag 25 oktober 2026", 25)):
        (found,) = times(text + ".", "")
        assert found.when.moment.earliest is not None and found.when.moment.latest is not None
        length = found.when.moment.latest.astimezone(UTC) - found.when.moment.earliest.astimezone(UTC)
        assert length == timedelta(hours=hours)


def test_another_zone_counts_its_own_days() -> None:
    """The same instant of publication is another day elsewhere."""
    text = "Vandaag werd gepraat."
    (here,) = find_times(tokenise(text), when("2026-06-10T23:30+02:00"), pack=PACK)
    (there,) = find_times(tokenise(text), when("2026-06-10T23:30+02:00"), zone="Asia/Tokyo", pack=PACK)
    assert (str(here.day), str(there.day)) == ("2026-06-10", "2026-06-11")


WORDINGS = (
    """
woensdag, woensdagavond laat, donderdagnacht, vannacht, vanavond, gisteren, gisteravond, morgen, vandaag, afgelopen
nacht, vorige week dinsdag, komende vrijdag, dit weekend, het weekend, begin deze week, eind mei, 6 juli, 31
december, 29 februari, om 21.30 uur, rond twee uur 's nachts, om 02.30 uur, even na middernacht, ruim na
middernacht, tegen elven, tot half drie, uiterlijk vrijdag, voor vrijdag, na vrijdag, binnen twee weken, over drie
dagen, drie dagen later, twee uur eerder, na de ministerraad, na Pasen, voor Prinsjesdag, bijna vijf uur, de
volgende ochtend, om acht uur, van 14.00 tot 17.10 uur, vorig jaar, sinds maart, in de nacht van dinsdag op
woensdag, die nacht
""".replace("\n", " ")
    .strip()
    .split(", ")
)
VERBS = ["praatten zij", "praten zij", "zullen zij praten", "hebben zij gepraat", "zou zijn gepraat", ""]
PUBLISHED = st.one_of(
    st.just(UNKNOWN_MOMENT),
    st.builds(
        lambda at, precision: parse_moment(at.isoformat(), precision=precision),
        st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
        st.sampled_from([p for p in Precision if p is not Precision.UNKNOWN]),
    ),
)
SENTENCES = st.lists(st.tuples(st.sampled_from(WORDINGS), st.sampled_from(VERBS)), min_size=1, max_size=4)
ZONES = st.sampled_from(
    ["Europe/Amsterdam", "America/Curacao", "Asia/Tokyo", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]
)


def prose(parts: list[tuple[str, str]]) -> str:
    """One sentence for each pair of a wording and a verb."""
    return " ".join(f"{wording.capitalize()} {verb} verder in Assen." for wording, verb in parts)


@given(SENTENCES, PUBLISHED, ZONES)
def test_resolved_intervals_are_aware_and_not_empty(parts: list[tuple[str, str]], published: Moment, zone: str) -> None:
    """Whatever is resolved is an interval of aware datetimes that holds some time."""
    for found in find_times(tokenise(prose(parts)), published, zone=zone, pack=PACK):
        for moment in (found.when.moment, found.reference):
            for end in (moment.earliest, moment.latest):
                assert end is None or end.utcoffset() is not None
            if moment.earliest and moment.latest:
                assert moment.earliest.astimezone(UTC) < moment.latest.astimezone(UTC)


@given(SENTENCES, PUBLISHED)
def test_finding_times_is_deterministic(parts: list[tuple[str, str]], published: Moment) -> None:
    """The same report and publication give the same times."""
    text = prose(parts)
    first = find_times(tokenise(text), published, pack=PACK)
    assert first == find_times(tokenise(text), published, pack=PACK)
    assert all(0 <= t.span.start < t.span.end <= len(text) and t.first < t.last for t in first)


@given(SENTENCES)
def test_unknown_publication_never_gives_a_date(parts: list[tuple[str, str]]) -> None:
    """No date is made up: only a year that is written could give one."""
    for found in find_times(tokenise(prose(parts)), UNKNOWN_MOMENT, pack=PACK):
        assert found.when.moment == UNKNOWN_MOMENT
        assert found.day is None


@given(st.text(alphabet=st.sampled_from(list("0123456789.:-,' ’uehlaftwo\n"))), PUBLISHED)
def test_no_text_breaks_the_finder(text: str, published: Moment) -> None:
    """Odd numbers and marks are read or left alone, never an error."""
    for found in find_times(tokenise(text), published, pack=PACK):
        assert found.span.of(text).strip()


def test_a_clock_time_told_as_past_is_never_after_the_publication() -> None:
    """A report of nine o'clock that something ended "tegen enen" leaves the day open."""
    found = worded("Om half negen begon het, tegen enen was het voorbij.", "2026-06-11T09:00", "tegen enen")
    assert found.when.moment == UNKNOWN_MOMENT


def test_put_off_looks_ahead() -> None:
    """What "is uitgesteld tot dinsdag" is on the next Tuesday, though the verb is past."""
    assert str(worded("Het debat is uitgesteld tot dinsdag.", PRINT, "tot dinsdag").day) == "2026-06-16"


def test_verbs_with_a_particle_tell_the_tense() -> None:
    """An unknown verb such as "bijeenkomt" is told by its parts, against a past verb in the clause before."""
    found = worded("Bekend werd dat de raad vrijdag bijeenkomt voor beraad.", PRINT, "vrijdag")
    assert str(found.day) == "2026-06-12"


def test_a_language_without_a_pack_is_named_in_the_error() -> None:
    """Asking for the words of a language that has none says which."""
    with pytest.raises(PackBroken, match="xx"):
        time_words("xx")
    with pytest.raises(PackBroken, match="xx"):
        event_words("xx")


TENSES = [
    ("De partijen praten {} verder.", Tense.AHEAD),
    ("De partijen spraken {} met elkaar.", Tense.PAST),
    ("De partijen hebben {} met elkaar gesproken.", Tense.PAST),
    ("Het debat is voor {} gepland.", Tense.AHEAD),
    ("Zij zou {} zijn opgestapt.", Tense.PAST),
    ("Zij zou {} opstappen.", Tense.WOULD),
    ("Hij heeft {} laten weten dat het goed komt.", Tense.PAST),
    ("Hij zei dat er {} een besluit wordt genomen.", Tense.AHEAD),
    ("Na zes uur praten, {}, kwamen zij naar buiten.", Tense.PAST),
]


@pytest.mark.parametrize(("sentence", "tense"), TENSES)
def test_the_clause_tells_which_way_a_time_looks(sentence: str, tense: Tense) -> None:
    """The tense is that of the time's own clause, also in the perfect, in hearsay and in announcements."""
    (found,) = [t for t in times(sentence.format("vrijdag")) if t.kind == "date"]
    assert found.tense is tense
