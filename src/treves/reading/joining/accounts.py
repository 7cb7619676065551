"""Accounts of events: one report's event with what is needed to tell whether another report tells the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

import attrs

from treves.dates import Moment
from treves.model.actors import ActorKind
from treves.model.events import Certainty, Event, EventKind
from treves.model.evidence import Document
from treves.reading.joining.joints import Joints
from treves.reading.joining.moments import NARROW, far_apart, home_days, reach
from treves.reading.joining.names import name_key
from treves.reading.joining.vocabulary import MEETINGS, OWN_MEETINGS
from treves.reading.joining.wording import split_words, stem, stems_of, wording
from treves.text import fold

TALKS = "talks"
"""Class of all words for talks at the table."""

_AHEAD = (Certainty.PLANNED, Certainty.CONDITIONAL)
_MEETINGS = (EventKind.SESSION, EventKind.NEXT_STEP)
_COPIED_DAYS = 2
_SECONDS = 86_400.0


@attrs.frozen(eq=False)
class Told:
    """One report's event, ready to be compared.

    Attributes:
        report, first: index of the report, and of the one of which it is a copy (itself if it is none).
        event: the event as read.
        when: its time; from its start or end where only those are told.
        days: local days to which it may belong; empty when that is not known.
        hours: the part of the day, in seconds since 1970; None when not told.
        label: class of its label; empty when it has none.
        participants, by: ids of joined actors.
        parties: ids or names of the parties that take part, themselves or by their people.
        people: ids of the persons that take part.
        words: content stems of the sentence that tells it.
        published: publication time in days since 1970; None when unknown.
    """

    report: int
    first: int
    event: Event
    when: Moment
    days: tuple[date, ...]
    hours: tuple[float, float] | None
    label: str
    participants: tuple[str, ...]
    by: tuple[str, ...]
    parties: frozenset[str]
    people: frozenset[str]
    words: frozenset[str]
    published: float | None

    @property
    def meeting(self) -> bool:
        """Whether it is a session or an announced step, which may be a session once it takes place."""
        return self.event.kind in _MEETINGS


def told(event: Event, document: Document, joints: Joints, *, report: int, first: int, zone: ZoneInfo) -> Told:
    """Return an event of the report at index `report`, which copies the report at index `first`."""
    when = event.when.moment
    for part in (event.start, event.end):
        if when.earliest is None and when.latest is None and part is not None:
            when = part.moment
    ids = [tuple(_ids(keys, report, joints)) for keys in (event.participants, event.by)]
    earliest = document.published.earliest
    return Told(
        report=report,
        first=first,
        event=event,
        when=when,
        days=home_days(when, zone),
        hours=reach(when, zone),
        label=label_class(event.label),
        participants=ids[0],
        by=ids[1],
        parties=_parties(ids[0], joints),
        people=frozenset(i for i in ids[0] if (j := joints.find(i)) is not None and j.kind is ActorKind.PERSON),
        words=stems_of(event.span.of(document.text)),
        published=earliest.timestamp() / _SECONDS if earliest else None,
    )


def _ids(keys: Sequence[int], report: int, joints: Joints) -> list[str]:
    found = [joints.of.get((report, key)) for key in keys]
    return list(dict.fromkeys(j.id for j in found if j is not None))


def _parties(ids: Sequence[str], joints: Joints) -> frozenset[str]:
    found: set[str] = set()
    for joint in (joints.find(i) for i in ids):
        if joint is not None and joint.kind is ActorKind.PARTY:
            found.add(name_key(joint.name))
        elif joint is not None and joint.party:
            found.add(name_key(joint.party))
    return frozenset(found)


@lru_cache(maxsize=1 << 12)
def label_class(label: str) -> str:
    """Return the class of a label: "talks" for any word for talks at the table, else its stems.

    "Asieloverleg" and "nachtsessie" are talks; "fractieoverleg", "ledenvergadering" and "ministerraad" are not.
    """
    listed = split_words(label)
    for word in listed:
        ending = next((m for m in MEETINGS if word.endswith(m)), None)
        if ending is not None and not any(word.startswith(own) for own in OWN_MEETINGS):
            return TALKS
    return " ".join(wording(label).content) or " ".join(map(stem, listed))


def same_event(one: Told, other: Told) -> bool:
    """Return whether two accounts tell the same event."""
    if one.meeting != other.meeting or (not one.meeting and one.event.kind is not other.event.kind):
        return False
    if not _same_time(one, other):
        return False
    return _same_meeting(one, other) if one.meeting else _same_limit(one, other)


def _same_time(one: Told, other: Told) -> bool:
    """Return whether both lie on one day and in one part of it; without a day, whether they are worded alike."""
    if one.days and other.days:
        if not set(one.days) & set(other.days):
            return False
        if one.hours is None or other.hours is None:
            return True
        gap = max(one.hours[0], other.hours[0]) - min(one.hours[1], other.hours[1])
        return gap <= NARROW.total_seconds()
    if one.days or other.days:
        return False
    if one.first == other.first and one.report != other.report:
        return one.label == other.label and one.when == other.when
    near = one.published is None or other.published is None or abs(one.published - other.published) <= _COPIED_DAYS
    anchors = [fold(t.event.when.anchor or "") for t in (one, other)]
    told_alike = one.when == other.when and anchors[0] == anchors[1]
    known = one.when.earliest is not None or one.when.latest is not None or bool(anchors[0])
    return near and told_alike and known and one.label == other.label


def _same_meeting(one: Told, other: Told) -> bool:
    if one.label != other.label and {one.label, other.label} != {"", TALKS}:
        return False
    if one.report == other.report and (one.event.certainty in _AHEAD) != (other.event.certainty in _AHEAD):
        return False
    if _other_table(one.parties, other.parties):
        return False
    if not (one.parties or other.parties) and _other_table(one.people, other.people):
        return False
    return not _apart(one.event, other.event)


def _other_table(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two lists of participants, each of two or more, have nobody in common."""
    return min(len(one), len(other)) >= 2 and not one & other


def _apart(one: Event, other: Event) -> bool:
    """Return whether begin and end cannot be those of one session."""
    start, end, other_start, other_end = (w.moment if w else None for w in (one.start, one.end, other.start, other.end))
    if start and other_start and far_apart(start, other_start):
        return True
    if end and other_end and far_apart(end, other_end):
        return True
    return _ends_before(end, other_start) or _ends_before(other_end, start)


def _ends_before(end: Moment | None, start: Moment | None) -> bool:
    """Return whether an end certainly comes before a begin."""
    return bool(end and start and end.latest and start.earliest and end.latest < start.earliest)


def _same_limit(one: Told, other: Told) -> bool:
    """Return whether two deadlines or two ultimatums at one time are the same."""
    if one.by and other.by and not set(one.by) & set(other.by):
        return False
    if not one.when.overlaps(other.when):
        return False
    if one.event.kind is EventKind.ULTIMATUM and set(one.by) & set(other.by):
        return True
    return one.label == other.label != "" or len(one.words & other.words) >= 2
