"""The reader: one report in, one reading out."""

from __future__ import annotations

import treves
from treves.dates import DEFAULT_ZONE, Moment
from treves.model.actors import Role, Roster
from treves.model.evidence import Document
from treves.model.reading import Reading
from treves.reading.attribution import Attribution, statements_of
from treves.reading.cast import Cast
from treves.reading.mentions import find_mentions
from treves.reading.pack import KNOWN_LANGUAGES, load_pack
from treves.reading.quotes import find_quotes
from treves.reading.tokens import tokenise


def reader_name(language: str) -> str:
    """Return name and version of the reader for an ISO 639-1 code; empty when there is no pack for it."""
    return f"{language}-grammar {treves.__version__}" if language in KNOWN_LANGUAGES else ""


def read(document: Document, *, roster: Roster | None = None, zone: str = DEFAULT_ZONE) -> Reading:
    """Read one report.

    Args:
        document: the report; its language decides the pack. A report in a language without a pack yields an empty reading.
        roster: persons known beforehand; None if there are none.
        zone: IANA name of the time zone in which the report's clock times are meant.
    """
    reader = reader_name(document.language)
    if not reader:
        return Reading(document.id, "")
    pack = load_pack(document.language)
    tokens = tokenise(document.text, start=document.body_start, abbreviations=pack.words["abbreviations"])
    quotes = find_quotes(tokens, pack.speech)
    mentions = find_mentions(tokens, pack, [(q.first, q.last) for q in quotes])
    cast = Cast(tokens, pack, mentions)
    cast.join_names(roster, lambda role: _held(role, document.published))
    attribution = Attribution(document.id, tokens, pack, quotes, mentions, cast)
    attribution.run()
    used = {k for told in attribution.told for s in told.speakers for k in s.actors}
    actors, renumbered = cast.actors(used)
    return Reading(
        document=document.id,
        reader=reader,
        actors=actors,
        statements=statements_of(attribution, renumbered),
        words=sum(1 for w in tokens.words if w[0].isalnum()),
    )


def _held(role: Role, published: Moment) -> bool:
    """Whether a dated roster role was held when the report was published (true where either is undated)."""
    if published.earliest is None or published.latest is None:
        return True
    first, last = published.earliest.date(), published.latest.date()
    return (role.start is None or role.start <= last) and (role.end is None or role.end > first)
