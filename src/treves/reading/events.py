"""Events of one report: sessions, deadlines, ultimatums and announced next steps, as its sentences tell them.

The words come from a language pack (``events.toml``), the times from :mod:`treves.reading.times`. Sentences without a
trigger word cost one look-up a word; rules run only where a trigger and a time, or an ultimatum, stand together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from treves.dates import DEFAULT_ZONE, UNKNOWN_MOMENT, Moment, Precision
from treves.dates import zone as zone_named
from treves.model.events import Certainty, Event, EventKind, When, event_id
from treves.model.evidence import Span
from treves.reading.event_limits import read_limits
from treves.reading.event_merging import Group, certainty_of, merge
from treves.reading.event_rules import read_sessions
from treves.reading.event_scenes import Partial, Scene, find_scenes
from treves.reading.event_words import EventWords
from treves.reading.time_publication import Days, Publication, days_moment, later, publication_of
from treves.reading.time_words import Relation
from treves.reading.times import TimeMention
from treves.reading.tokens import Tokens

_LIMITS = (EventKind.DEADLINE, EventKind.ULTIMATUM)


def find_events(
    tokens: Tokens,
    times: Sequence[TimeMention],
    published: Moment,
    actor_spans: Sequence[tuple[Span, int]],
    *,
    document_id: str,
    pack: EventWords,
    zone: str = DEFAULT_ZONE,
) -> tuple[Event, ...]:
    """Return the events of a report in order of place.

    Args:
        tokens: the report.
        times: its times, from :func:`treves.reading.times.find_times` with the same publication and zone.
        published: when it was published, as far as is known.
        actor_spans: where it mentions actors, with the key of each.
        document_id: id of the report.
        pack: the words of its language.
        zone: IANA name of the zone in which its days are meant.

    Raises:
        InvalidTime: there is no such zone.
    """
    publication = publication_of(published, zone_named(zone))
    partials: list[tuple[Partial, Scene]] = []
    before: Partial | None = None
    for scene in find_scenes(tokens, times, publication, actor_spans, pack=pack):
        if before is not None and scene.sentence - before.sentence <= 1:
            scene.before = before
        read = [*read_limits(scene), *read_sessions(scene)]
        partials += [(partial, scene) for partial in read]
        dated = [p for p in read if p.day_key and p.kind not in _LIMITS]
        before = dated[-1] if dated else before
    groups = merge(tokens, [(p, _certainty(p, scene)) for p, scene in partials])
    return _events(tokens, groups, publication, document_id)


def _certainty(partial: Partial, scene: Scene) -> Certainty:
    low = partial.first
    if scene.tokens.lower[low] in scene.pack.clauses.boundaries:
        low = scene.first  # "hij hoopt dat ..." makes the clause after it no more certain
    return certainty_of(
        partial,
        over=_is_over(partial, scene.publication),
        conditional=scene.has("conditional", low, partial.last),
        under_way=partial.rule == "under way",
    )


def _is_over(partial: Partial, publication: Publication) -> bool | None:
    """Whether the time of a partial lay before the publication; None when both overlap or either is not known."""
    if publication.start is None or publication.end is None:
        return None
    for mention in partial.times:
        if mention.day is not None and publication.day is not None and mention.day < publication.day:
            return True
        moment = mention.reference if partial.kind in _LIMITS else mention.when.moment
        if moment.latest is not None and moment.latest <= publication.start:
            return True
        if moment.earliest is not None and moment.earliest >= publication.end:
            return False
    return None


def _events(tokens: Tokens, groups: list[Group], publication: Publication, document: str) -> tuple[Event, ...]:
    found: list[Event] = []
    taken: set[tuple[EventKind, Span]] = set()
    for group in groups:
        span = _span(tokens, group.first, taken)
        taken.add((group.first.kind, span))
        found.append(_event(group, span, publication, document))
    return tuple(sorted(found, key=lambda e: (e.span.start, e.span.end, e.kind)))


def _span(tokens: Tokens, partial: Partial, taken: set[tuple[EventKind, Span]]) -> Span:
    """The clause that tells an event; narrower where another event of its kind has the same, so that ids differ."""
    span = Span(tokens.starts[partial.first], tokens.ends[partial.last - 1])
    first, last = partial.tight
    while (partial.kind, span) in taken and first < last:
        span = Span(tokens.starts[first], tokens.ends[last - 1])
        last -= 1
    return span


def _event(group: Group, span: Span, publication: Publication, document: str) -> Event:
    first, partials = group.first, group.partials
    named = next((p for p in partials if p.named), next((p for p in partials if p.label), first))
    start, end = group.mention("start"), group.mention("end")
    return Event(
        id=event_id(document, first.kind, span),
        document=document,
        kind=first.kind,
        span=span,
        when=_when(group, publication),
        start=start.when if start else None,
        end=end.when if end else None,
        certainty=group.certainty,
        label=named.label,
        participants=tuple(dict.fromkeys(k for p in partials for k in p.who)),
        by=next((p.by for p in partials if p.by), ()),
        place=next((p.place for p in partials if p.place), None),
        duration_minutes=next((p.duration for p in partials if p.duration), None),
        rule=first.rule,
    )


def _when(group: Group, publication: Publication) -> When:
    """The time of an event as a whole: as worded, else the day of its start or end."""
    anchor = next((p.anchor for p in group.partials if p.anchor), None)
    mention, start = group.mention("when"), group.mention("start")
    if mention is not None and start is not None and _contradicts(start, mention):
        mention = None
    if mention is None:
        clock = start or group.mention("end")
        if clock is None:
            return When(anchor=anchor)
        moment = days_moment(Days.one(clock.day), publication.zone) if clock.day else clock.when.moment
        return When(moment, None if clock.day else clock.span, anchor)
    if mention.kind == "duration":
        return When(_time_left(mention, publication), mention.span, anchor)
    if group.first.kind in _LIMITS and mention.relation is not Relation.WITHIN:
        return When(mention.reference, mention.span, anchor)
    return When(mention.when.moment, mention.span, anchor)


def _contradicts(start: TimeMention, whole: TimeMention) -> bool:
    """Whether a session begins before the part of the day that was taken for its time."""
    first, begin = start.when.moment.earliest, whole.when.moment.earliest
    return first is not None and begin is not None and whole.kind != "clock" and first < begin


def _time_left(mention: TimeMention, publication: Publication) -> Moment:
    """The stretch from the publication on in which a limit lies that is given as a length: "nog een week"."""
    start, end, minutes = publication.start, publication.end, mention.duration_minutes
    if start is None or end is None or minutes is None or publication.day is None:
        return UNKNOWN_MOMENT
    return Moment(start, later(end, timedelta(minutes=minutes)), Precision.DAYS)
