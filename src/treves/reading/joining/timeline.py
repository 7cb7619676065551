"""One timeline: the events of all reports, each once, with its time as narrow as the accounts agree on.

Accounts are compared within one local day only, so the cost grows with the number of events.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

import attrs

from treves.dates import UNKNOWN_MOMENT, Moment
from treves.dates import zone as zone_named
from treves.model.corrections import Correction, CorrectionKind
from treves.model.events import Certainty, EventKind
from treves.model.evidence import Document, passage_of
from treves.model.reading import Reading
from treves.model.view import Account, JoinedEvent
from treves.reading.joining.accounts import Source, Told, same_event, told
from treves.reading.joining.apply import SAME_PLACE
from treves.reading.joining.attendance import party_names
from treves.reading.joining.joints import Joints
from treves.reading.joining.moments import agreed, common, width
from treves.reading.joining.visible import moment_of
from treves.reading.joining.vocabulary import BEFORE
from treves.reading.joining.wording import split_words, stem
from treves.text import digest

T = TypeVar("T", bound=Hashable)
D = TypeVar("D")

_COMPARED = 8
_ENDING, _WORDS_BEFORE = 3, 3
_NEAR = timedelta(days=7)
_DAY = timedelta(days=1)


@attrs.frozen(eq=False)
class Occasion:
    """A joined event with the accounts that it was joined from, earliest report first."""

    event: JoinedEvent
    tolds: tuple[Told, ...]


def join_events(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    joints: Joints,
    copy_of: Mapping[int, int],
    zone: str,
) -> list[Occasion]:
    """Return the events of a view, each once, in order of time, those without a known time last.

    Args:
        documents: the reports, earliest first.
        readings: their readings, at the same index.
        joints: the actors joined across reports.
        copy_of: for a wire copy, the index of the report that it copies.
        zone: IANA name of the zone in which days are counted.
    """
    where, names = zone_named(zone), party_names(joints.all)
    groups: list[list[Told]] = []
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for report, (document, reading) in enumerate(zip(documents, readings, strict=True)):
        source = Source(report, copy_of.get(report, report), document, reading)
        for event in sorted(reading.events, key=lambda e: (e.span.start, e.span.end, e.id)):
            one = told(event, source, joints, names, where)
            keys: list[Hashable] = [(one.meeting, d) for d in one.days]
            keys = keys or [(one.meeting, one.when, one.label)]
            near = dict.fromkeys(i for key in keys for i in blocks[key])
            chosen = next((i for i in near if all(same_event(one, t) for t in groups[i][:_COMPARED])), None)
            if chosen is None:
                chosen = len(groups)
                groups.append([])
            groups[chosen].append(one)
            for key in keys:
                if chosen not in blocks[key]:
                    blocks[key].append(chosen)
    return order([Occasion(_joined(group, documents), tuple(group)) for group in groups], documents)


def joined_id(event: str) -> str:
    """Return the id of the joined event whose earliest account is the event with the id `event`."""
    return "J" + digest(event, length=12)


def _joined(tolds: Sequence[Told], documents: Sequence[Document]) -> JoinedEvent:
    when = common([t.when for t in tolds if t.when.earliest is not None or t.when.latest is not None])
    unresolved = when.earliest is None and when.latest is None
    return JoinedEvent(
        id=joined_id(tolds[0].event.id),
        kind=EventKind.SESSION if any(t.event.kind is EventKind.SESSION for t in tolds) else tolds[0].event.kind,
        label=_most([(t, t.event.label) for t in tolds if t.event.label], ""),
        when=when,
        start=agreed([t.event.start.moment for t in tolds if t.event.start]),
        end=agreed([t.event.end.moment for t in tolds if t.event.end]),
        certainty=_certainty(tolds),
        participants=tuple(dict.fromkeys(i for t in tolds for i in t.participants)),
        by=tuple(dict.fromkeys(i for t in tolds for i in t.by)),
        place=_most([(t, t.event.place) for t in tolds if t.event.place], None),
        duration_minutes=_most(
            [(t, t.event.duration_minutes) for t in tolds if t.event.duration_minutes], default=None
        ),
        accounts=tuple(
            Account(t.event.id, documents[t.report].id, passage_of(documents[t.report], t.event.span), t.event.rule)
            for t in tolds
        ),
        wording=_wording(tolds, documents),
        anchor=next((t.event.when.anchor for t in tolds if t.event.when.anchor), None) if unresolved else None,
    )


def _most(told: Sequence[tuple[Told, T]], default: D) -> T | D:
    """Return what most independent reports say; the earliest report decides where they are even."""
    votes: dict[T, set[int]] = defaultdict(set)
    for one, value in told:
        votes[value].add(one.first)
    return max(votes, key=lambda v: len(votes[v])) if votes else default


def _wording(tolds: Sequence[Told], documents: Sequence[Document]) -> str | None:
    """Return the time in the words of the account that tells it best: of the whole, or else of the begin."""
    worded = [
        (width(when.moment) or timedelta.max, part, one.report, when.span.of(documents[one.report].text))
        for one in tolds
        for part, when in enumerate((one.event.when, one.event.start))
        if when is not None and when.span is not None
    ]
    return min(worded)[3] if worded else None


def _certainty(tolds: Sequence[Told]) -> Certainty:
    """Return what the latest report says; what has happened stays so."""
    told = [t.event.certainty for t in tolds]
    return Certainty.PAST if Certainty.PAST in told else told[-1]


def date_events(
    occasions: Sequence[Occasion], documents: Sequence[Document], corrections: Iterable[Correction], zone: str
) -> tuple[list[Occasion], set[str]]:
    """Apply a person's dates to events; return the events in order, and the ids of the corrections that found one.

    A begin or end that does not lie at the corrected time is dropped: it belonged to the mistaken one.
    """
    found = list(occasions)
    applied: set[str] = set()
    for correction in corrections:
        moment = moment_of(correction, zone) if correction.kind is CorrectionKind.SET_DATE else None
        target = _target(found, correction) if moment else None
        if moment is None or target is None:
            continue
        event = found[target].event
        changed = attrs.evolve(
            event,
            when=moment,
            start=event.start if moment.overlaps(event.start) else UNKNOWN_MOMENT,
            end=event.end if moment.overlaps(event.end) else UNKNOWN_MOMENT,
            wording=None,
            anchor=None,
            corrections=(*event.corrections, correction.id),
        )
        found[target] = Occasion(changed, found[target].tolds)
        applied.add(correction.id)
    return (order(found, documents) if applied else found), applied


def _target(occasions: Sequence[Occasion], correction: Correction) -> int | None:
    """Return the index of the event that a correction is about, by id or else by passage; None if there is none."""
    for i, occasion in enumerate(occasions):
        ids = {occasion.event.id, *(a.event for a in occasion.event.accounts)}
        if correction.target in ids or correction.target in {joined_id(a.event) for a in occasion.event.accounts}:
            return i
    passage = correction.passage
    if passage is None:
        return None
    scores = [
        (a.passage.span.overlap(passage.span), -i)
        for i, occasion in enumerate(occasions)
        for a in occasion.event.accounts
        if a.document == passage.document
    ]
    best = max(scores, default=(0.0, 0))
    return -best[1] if best[0] >= SAME_PLACE else None


# Order


def order(occasions: Sequence[Occasion], documents: Sequence[Document]) -> list[Occasion]:
    """Return the events in order of time, each after the one that it follows, those without a known time last."""
    labels: dict[str, list[Occasion]] = defaultdict(list)
    for occasion in occasions:
        for word in {stem(w) for t in occasion.tolds for w in split_words(t.event.label)}:
            labels[word].append(occasion)
    found = [_followed(o, labels, documents) for o in occasions]
    times = {o.event.id: _stamps(o.event.when) for o in found}

    def key(occasion: Occasion) -> tuple[float, float, bool, str]:
        event = occasion.event
        own = times[event.id]
        after = times[event.follows] if event.follows else None
        low, high = after if after and own[0] == float("inf") else own
        return (low, high, event.follows is not None, event.id)

    return sorted(found, key=key)


def _stamps(moment: Moment) -> tuple[float, float]:
    low, high = moment.earliest or moment.latest, moment.latest or moment.earliest
    return (low.timestamp() if low else float("inf"), high.timestamp() if high else float("inf"))


def _followed(occasion: Occasion, labels: Mapping[str, list[Occasion]], documents: Sequence[Document]) -> Occasion:
    """Return the event with the one that it follows: the nearest with the anchor's name, at or before its own time."""
    for one in occasion.tolds:
        anchor = one.event.when.anchor
        if not anchor or _says_before(one, anchor, documents[one.report]):
            continue
        others = [o for o in _called(anchor, labels) if o is not occasion and o.event.when.earliest is not None]
        if found := _nearest(occasion, others, documents[one.report].published):
            return Occasion(attrs.evolve(occasion.event, follows=found.event.id), occasion.tolds)
    return Occasion(attrs.evolve(occasion.event, follows=None), occasion.tolds)


def _called(anchor: str, labels: Mapping[str, list[Occasion]]) -> list[Occasion]:
    """Return the events that an anchor may name: "na de raad" may be after the ministerraad."""
    words = split_words(anchor)
    if not words:
        return []
    key = stem(words[-1])
    ends = [label for label in labels if label == key or (len(key) >= _ENDING and label.endswith(key))]
    return list({o.event.id: o for label in ends for o in labels[label]}.values())


def _says_before(one: Told, anchor: str, document: Document) -> bool:
    """Return whether the words right before the anchor put the event before it."""
    when = one.event.when.span
    span = when if when and anchor in when.of(document.text) else one.event.span
    before, found, _ = span.of(document.text).partition(anchor)
    return bool(found) and not BEFORE.isdisjoint(split_words(before)[-_WORDS_BEFORE:])


def _nearest(occasion: Occasion, others: Sequence[Occasion], published: Moment) -> Occasion | None:
    """Return the last of `others` at or before the event; for an event without a time the first after publication."""
    own = occasion.event.when
    timed = [(o.event.when.earliest, o) for o in others if o.event.when.earliest]
    if own.latest is not None:
        latest = own.latest
        fits = [(latest - t, o.event.id, o) for t, o in timed if timedelta() < latest - t <= _NEAR]
    elif published.earliest is not None:
        start = published.earliest - _DAY
        fits = [(t - start, o.event.id, o) for t, o in timed if timedelta() <= t - start <= _NEAR]
    else:
        fits = [(timedelta(), o.event.id, o) for _, o in timed] if len(timed) == 1 else []
    return min(fits, key=lambda f: f[:2])[2] if fits else None
