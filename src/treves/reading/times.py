"""Times in a report: found by the words of a language pack, resolved from the publication time.

Resolution is honest before it is complete: what the publication time does not allow stays an unknown moment with its
wording. A clock time without a day takes the day that the report speaks of, in the same sentence or before it. A night
belongs to the day on which it begins, so its small hours lie on the next calendar day.
"""

from __future__ import annotations

from datetime import date

import attrs

from treves.dates import DEFAULT_ZONE, UNKNOWN_MOMENT, Moment
from treves.dates import zone as zone_named
from treves.model.events import When
from treves.model.evidence import Span
from treves.reading.clauses import Tense
from treves.reading.time_drafts import Draft, join, scan
from treves.reading.time_focus import settle
from treves.reading.time_publication import publication_of
from treves.reading.time_resolving import length_minutes
from treves.reading.time_words import Relation, TimeWords
from treves.reading.tokens import Tokens

_LONG_UNITS = frozenset({"day", "week", "month", "year"})


@attrs.frozen
class TimeMention:
    """One worded time.

    Attributes:
        span: its wording, with the words before it that tell how an event lies to it ("uiterlijk vrijdag").
        first, last: its token range ``[first, last)``.
        sentence: number of its sentence.
        kind: "date", "period", "daypart", "clock", "duration", "shift" or "anchor".
        relation: how an event lies to it; EVERY for what recurs, which is not resolved.
        when: the interval in which an event with this wording lies, with the wording and what it hangs on.
        reference: the time that is named, before the relation is applied: the Friday of "voor vrijdag".
        duration_minutes: length, for durations that give one.
        day: the local day to which it belongs; a night belongs to the day on which it begins. None if unresolved.
        day_key: the same as text, or a text that mentions of the same unresolved day share; None if none.
        tense: which way its clause looks, as far as it was needed.
        clock: minutes from the midnight of `day`, for clock times; beyond 1440 for the small hours of a night.
        long: whether it is a length counted in days or more, exact or not ("al maanden").
    """

    span: Span
    first: int
    last: int
    sentence: int
    kind: str
    relation: Relation
    when: When
    reference: Moment = UNKNOWN_MOMENT
    duration_minutes: int | None = None
    day: date | None = None
    day_key: str | None = None
    tense: Tense | None = None
    clock: int | None = None
    long: bool = False


def find_times(tokens: Tokens, published: Moment, *, zone: str = DEFAULT_ZONE, pack: TimeWords) -> list[TimeMention]:
    """Return the times of a report in order, resolved as far as `published` allows.

    Args:
        tokens: the report.
        published: when it was published, as far as is known.
        zone: IANA name of the zone in which the report's days and clock times are meant.
        pack: the words of the report's language.

    Raises:
        InvalidTime: there is no such zone.
    """
    publication = publication_of(published, zone_named(zone))
    drafts = join(tokens, scan(tokens, pack), pack)
    settle(tokens, drafts, publication, pack)
    return [_mention(tokens, draft) for draft in drafts]


def _mention(tokens: Tokens, draft: Draft) -> TimeMention:
    """The finished mention of a settled draft."""
    span = Span(tokens.starts[draft.shown], tokens.ends[draft.last - 1])
    anchor = None
    if draft.anchor and ("holiday" not in draft.parts or draft.reference.earliest is None):
        first, last = draft.anchor
        anchor = tokens.text[tokens.starts[first] : tokens.ends[last - 1]]
    duration = None
    if draft.kind in ("duration", "shift"):
        duration = length_minutes(draft.parts)
    return TimeMention(
        span=span,
        first=draft.shown,
        last=draft.last,
        sentence=draft.sentence,
        kind=draft.kind,
        relation=draft.relation,
        when=When(draft.moment, span, anchor),
        reference=draft.reference,
        duration_minutes=duration,
        day=draft.day,
        day_key=draft.day_key,
        tense=draft.tense,
        clock=draft.clock,
        long=draft.kind == "duration" and draft.parts.get("unit") in _LONG_UNITS,
    )
