"""The reader: one report in, one reading out."""

from __future__ import annotations

from operator import itemgetter

import treves
from treves.dates import DEFAULT_ZONE, Moment
from treves.model.actors import Actor, Role, Roster
from treves.model.events import Event
from treves.model.evidence import Document
from treves.model.reading import Reading
from treves.reading.attribution import Attribution, statements_of
from treves.reading.cast import Cast
from treves.reading.event_words import event_words
from treves.reading.events import find_events
from treves.reading.joining.copies import sketch
from treves.reading.lemmas import with_lemmas
from treves.reading.mentions import find_mentions
from treves.reading.pack import KNOWN_LANGUAGES, load_pack
from treves.reading.quotes import find_quotes
from treves.reading.spacy_parse import load_parser
from treves.reading.time_words import time_words
from treves.reading.times import find_times
from treves.reading.tokens import Tokens, tokenise


def reader_name(language: str) -> str:
    """Return name and version of the reader for an ISO 639-1 code; empty when there is no pack for it."""
    return f"{language}-grammar {treves.__version__}" if language in KNOWN_LANGUAGES else ""


def read(document: Document, *, roster: Roster | None = None, zone: str = DEFAULT_ZONE, pipeline: str = "") -> Reading:
    """Read one report.

    Args:
        document: the report; its language decides the pack. A report in a language without a pack yields an empty reading.
        roster: persons known beforehand; None if there are none.
        zone: IANA name of the time zone in which the report's clock times are meant.
        pipeline: name of an installed spaCy pipeline whose parse names the speakers; empty for none.
    """
    reader = reader_name(document.language)
    grams = sketch(document.body)
    if not reader:
        return Reading(document.id, "", sketch=grams)
    pack = load_pack(document.language)
    tokens = tokenise(document.text, start=document.body_start, abbreviations=pack.words["abbreviations"])
    quotes = find_quotes(tokens, pack.speech)
    mentions = find_mentions(tokens, pack, [(q.first, q.last) for q in quotes])
    cast = Cast(tokens, pack, mentions)
    cast.join_names(roster, lambda role: _held(role, document.published))
    parse = load_parser(pipeline)(document.text) if pipeline else None
    known = pack if parse is None else with_lemmas(pack, tokens, parse)
    attribution = Attribution(document.id, tokens, known, quotes, mentions, cast, parse)
    attribution.run()
    used = {k for told in attribution.told for s in told.speakers for k in s.actors}
    actors, renumbered = cast.actors(used)
    events = _events(document, tokens, actors, zone)
    return Reading(
        document=document.id,
        reader=reader,
        actors=actors,
        statements=statements_of(attribution, renumbered),
        events=events,
        sketch=grams,
        words=sum(map(str.isalnum, map(itemgetter(0), tokens.words))),
    )


def _events(document: Document, tokens: Tokens, actors: tuple[Actor, ...], zone: str) -> tuple[Event, ...]:
    language = document.language
    times = find_times(tokens, document.published, zone=zone, pack=time_words(language))
    spans = [(span, actor.key) for actor in actors for span in actor.mentions]
    spans.sort(key=lambda told: (told[0].start, told[1]))
    return find_events(
        tokens, times, document.published, spans, document_id=document.id, pack=event_words(language), zone=zone
    )


def _held(role: Role, published: Moment) -> bool:
    """Whether a dated roster role was held when the report was published (true where either is undated)."""
    if published.earliest is None or published.latest is None:
        return True
    first, last = published.earliest.date(), published.latest.date()
    return (role.start is None or role.start <= last) and (role.end is None or role.end > first)
