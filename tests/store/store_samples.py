"""Reports and readings for the tests of the dossier: fixed ones by number, and strategies for any."""

from __future__ import annotations

import itertools
import math
import os
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import TypeVar

import attrs
from hypothesis import strategies as st

from treves.dates import Moment, Precision, at_precision
from treves.model.actors import Actor, ActorKind, Gender, Role
from treves.model.corrections import Correction, CorrectionKind
from treves.model.events import Certainty, Event, EventKind, When, event_id
from treves.model.evidence import Appearance, Document, Origin, Passage, Span, document_id
from treves.model.reading import Reading
from treves.model.statements import Speaker, Statement, StatementKind, statement_id

READER = "nl-grammar 0.1.0"
SUMMER = timezone(timedelta(hours=2))
T = TypeVar("T")
_COUNTER = itertools.count()

_BODY = (
    "Wethouder Ilse Terpstra zei dinsdag dat de Oude Werf van Havenmonde niet wordt verkocht. "
    "‘Wij tekenen niets vóór vrijdag’, aldus Terpstra over bericht {number}. Volgens een ingewijde loopt het "
    "overleg van 10.00 tot 14.30 uur in het Tolhuis; daarna beslist de gemeenteraad."
)


def make_document(number: int = 0, *, header: str = "", **appearance: object) -> Document:
    """The report with this number, told by one outlet at a minute that follows from the number."""
    body = _BODY.format(number=number)
    published = at_precision(datetime(2023, 7, 4, 12, tzinfo=SUMMER) + timedelta(minutes=number), Precision.MINUTES)
    told = Appearance(
        name=f"{number:03}.txt",
        outlet="Havenbode",
        published=published,
        outlet_origin=Origin.SIDECAR,
        published_origin=Origin.SIDECAR,
    )
    told = attrs.evolve(told, **appearance)  # type: ignore[arg-type]
    return Document(document_id(body), header + body, (told,), len(header), "nl")


def span_of(document: Document, words: str) -> Span:
    """Where `words` first stand in the report."""
    start = document.text.index(words)
    return Span(start, start + len(words))


def make_reading(document: Document, reader: str = READER) -> Reading:
    """What a reader would take from :func:`make_document`."""
    woman = span_of(document, "Ilse Terpstra")
    office = Role("wethouder", "Havenmonde", "Groen", date(2022, 6, 1), None, span_of(document, "Wethouder"))
    again = Span(document.text.index("aldus Terpstra") + 6, document.text.index("aldus Terpstra") + 14)
    actors = (
        Actor(0, ActorKind.PERSON, "Ilse Terpstra", (woman, again), (office,), "Groen", Gender.FEMALE, in_roster=True),
        Actor(1, ActorKind.UNNAMED, "een ingewijde", (span_of(document, "een ingewijde"),)),
        Actor(2, ActorKind.BODY, "gemeenteraad", (span_of(document, "de gemeenteraad"),)),
    )
    quoted, told = span_of(document, "Wij tekenen niets vóór vrijdag"), span_of(document, "de Oude Werf")
    hers = (Speaker((0,), again),)
    statements = (
        _statement(document, told, StatementKind.INDIRECT, (Speaker((0,), woman),), span_of(document, "zei")),
        _statement(document, quoted, StatementKind.DIRECT, hers, span_of(document, "aldus")),
        _statement(document, span_of(document, "overleg"), StatementKind.INDIRECT, (Speaker((1, 2), None, "role"),)),
    )
    sentence = span_of(document, "overleg van 10.00 tot 14.30 uur in het Tolhuis")
    begin = datetime(2023, 7, 4, 10, tzinfo=SUMMER)
    event = Event(
        id=event_id(document.id, "session", sentence),
        document=document.id,
        kind=EventKind.SESSION,
        span=sentence,
        when=When(at_precision(begin, Precision.DAYS), span_of(document, "dinsdag")),
        start=When(at_precision(begin, Precision.MINUTES), span_of(document, "10.00")),
        certainty=Certainty.PLANNED,
        label="overleg",
        participants=(0, 2),
        by=(1,),
        place="Tolhuis",
        duration_minutes=270,
        rule="session",
    )
    words = len(document.body.split())
    return Reading(document.id, reader, actors, statements, (event,), (3, 2**64 - 1), words)


def _statement(
    document: Document, span: Span, kind: StatementKind, speakers: tuple[Speaker, ...], cue: Span | None = None
) -> Statement:
    return Statement(statement_id(document.id, kind, span), document.id, 0, kind, span, speakers, cue, "cue")


# Strategies. Only what no text file holds is left out: NUL, and halves of surrogate pairs.

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=120)
MAYBE_TEXTS = st.none() | TEXTS
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=OFFSETS)  # noqa: DTZ001 - gets a zone


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    """Any moment: open, half open or closed, of any precision."""
    ends = sorted(draw(st.lists(INSTANTS, min_size=2, max_size=2)))
    earliest, latest = (draw(st.sampled_from([None, end])) for end in ends)
    return Moment(earliest, latest, draw(st.sampled_from(Precision)))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any report, never the same twice."""
    header = draw(TEXTS)
    body = f"{next(_COUNTER):08} {draw(TEXTS)}"
    origins = st.sampled_from(Origin)
    told = st.builds(
        Appearance, TEXTS, MAYBE_TEXTS, moments(), MAYBE_TEXTS, MAYBE_TEXTS, outlet_origin=origins,
        published_origin=origins,
    )  # fmt: skip
    appearances = draw(st.lists(told, min_size=1, max_size=3, unique_by=lambda a: a.name))
    return Document(
        document_id(body), header + body, tuple(appearances), len(header), draw(st.sampled_from(["nl", "und"]))
    )


@st.composite
def readings(draw: st.DrawFn, document: Document) -> Reading:
    """Any reading that fits the report."""
    size = len(document.text)
    spans = st.tuples(st.integers(0, size), st.integers(0, size)).map(lambda ends: Span(min(ends), max(ends)))
    maybe = st.none() | spans
    dates = st.none() | st.dates()
    roles = st.builds(Role, TEXTS, MAYBE_TEXTS, MAYBE_TEXTS, dates, dates, maybe)
    count = draw(st.integers(0, 4))
    actors = tuple(
        draw(
            st.builds(
                Actor, st.just(key), st.sampled_from(ActorKind), TEXTS, _tuples(spans), _tuples(roles), MAYBE_TEXTS,
                st.sampled_from([None, *Gender]), st.booleans(),
            )
        )
        for key in range(count)
    )  # fmt: skip
    keys = _tuples(st.sampled_from(range(count)), unique=True) if count else st.just(())
    statements = st.builds(
        Statement, TEXTS, st.just(document.id), st.integers(0, 99), st.sampled_from(StatementKind), spans,
        _tuples(st.builds(Speaker, keys, maybe, TEXTS)), maybe, TEXTS,
    )  # fmt: skip
    times = st.builds(When, moments(), maybe, MAYBE_TEXTS)
    events = st.builds(
        Event, TEXTS, st.just(document.id), st.sampled_from(EventKind), spans, times, st.none() | times,
        st.none() | times, st.sampled_from(Certainty), TEXTS, keys, keys, MAYBE_TEXTS,
        st.none() | st.integers(0, 10**6), TEXTS,
    )  # fmt: skip
    sketch = _tuples(st.integers(0, 2**64 - 1))
    made = st.builds(
        Reading, st.just(document.id), TEXTS, st.just(actors), _tuples(statements), _tuples(events), sketch
    )
    return draw(made)


def _tuples(items: st.SearchStrategy[T], *, unique: bool = False) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(items, max_size=3, unique=unique).map(tuple)


def corrections() -> st.SearchStrategy[Correction]:
    """Any correction, not yet stored."""
    numbers = st.integers(-(2**70), 2**70) | st.floats(allow_nan=False).filter(math.isfinite)
    values = st.dictionaries(TEXTS, MAYBE_TEXTS | numbers | st.booleans() | st.lists(TEXTS, max_size=3), max_size=4)
    spans = st.builds(Span, st.integers(0, 10**6), st.integers(0, 10**6))
    passages = st.none() | st.builds(Passage, TEXTS, spans, TEXTS, TEXTS, TEXTS)
    return st.builds(Correction, st.sampled_from(CorrectionKind), TEXTS, values, passages, TEXTS, INSTANTS)


def environment() -> dict[str, str]:
    """What a process of our own needs to import this module."""
    paths = [str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


NOON = datetime(2023, 7, 5, 12, tzinfo=UTC)
