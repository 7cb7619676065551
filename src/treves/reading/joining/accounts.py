"""Accounts of events: one report's event with what is needed to tell whether another report tells the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

import attrs

from treves.dates import Moment
from treves.model.actors import ActorKind
from treves.model.events import Certainty, Event, EventKind
from treves.model.evidence import Document
from treves.model.reading import Reading
from treves.reading.joining.attendance import attending, joined, parties_of
from treves.reading.joining.joints import Joint, Joints
from treves.reading.joining.moments import NARROW, far_apart, home_days, reach
from treves.reading.joining.names import name_key
from treves.reading.joining.vocabulary import ASSEMBLED, ASSEMBLIES, MEETINGS, MEMBERS, OWN_MEETINGS
from treves.reading.joining.wording import split_words, stem, stems_of, wording
from treves.text import fold

TALKS, ASKING = "talks", "members asked"
"""Classes of all words for talks at the table, and for a party that asks its members."""

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
        parties: keys of the parties that take part, themselves or by their people.
        behind: keys of the parties of those who set a deadline or an ultimatum.
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
    behind: frozenset[str]
    people: frozenset[str]
    words: frozenset[str]
    published: float | None

    @property
    def meeting(self) -> bool:
        """Whether it is a session or an announced step, which may be a session once it takes place."""
        return self.event.kind in _MEETINGS


@attrs.frozen(eq=False)
class Source:
    """One report whose events are compared with those of others.

    Attributes:
        report, first: index of the report, and of the one of which it is a copy (itself if it is none).
        document, reading: the report and what was read in it.
    """

    report: int
    first: int
    document: Document
    reading: Reading


def told(event: Event, source: Source, joints: Joints, names: Mapping[str, str], zone: ZoneInfo) -> Told:
    """Return an event of a report, ready to be compared.

    Args:
        event: the event as read.
        source: its report.
        joints: the actors joined across reports.
        names: keys of parties by their names, see :func:`treves.reading.joining.attendance.party_names`.
        zone: the zone in which days are counted.
    """
    when = event.when.moment
    for part in (event.start, event.end):
        if when.earliest is None and when.latest is None and part is not None:
            when = part.moment
    there = attending(event, source.document, source.reading, joints, report=source.report)
    setters = joined(event.by, source.report, joints)
    earliest = source.document.published.earliest
    return Told(
        report=source.report,
        first=source.first,
        event=event,
        when=when,
        days=home_days(when, zone),
        hours=reach(when, zone),
        label=_meeting_class(event, there),
        participants=tuple(j.id for j in there),
        by=tuple(j.id for j in setters),
        parties=parties_of(there, names),
        behind=parties_of(setters, names),
        people=frozenset(j.id for j in there if j.kind is ActorKind.PERSON),
        words=stems_of(event.span.of(source.document.text)),
        published=earliest.timestamp() / _SECONDS if earliest else None,
    )


def _meeting_class(event: Event, there: Sequence[Joint]) -> str:
    """Return the class of an event: of its label, or of the assembly whose own meeting it is ("de Kamer vergadert")."""
    if fold(event.label) in ASSEMBLED and not any(j.kind is ActorKind.PARTY for j in there):
        anchor = name_key(event.when.anchor or "")
        for joint in there:
            name = name_key(joint.name)
            if joint.kind is ActorKind.BODY and name.endswith(ASSEMBLIES) and not (anchor and name.endswith(anchor)):
                return label_class(name)
    return label_class(event.label)


@lru_cache(maxsize=1 << 12)
def label_class(label: str) -> str:
    """Return the class of a label: "talks" for any word for talks at the table, else its stems.

    "Asieloverleg" and "nachtsessie" are talks; "fractieoverleg" and "ministerraad" are not. "Ledenvergadering" and
    "raadpleging" are both a party asking its members.
    """
    listed = split_words(label)
    if any(word.startswith(MEMBERS) for word in listed):
        return ASKING
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
    shared = bool(set(one.by) & set(other.by) or one.behind & other.behind)
    if (one.by and other.by and not shared) or not one.when.overlaps(other.when):
        return False
    if one.event.kind is EventKind.ULTIMATUM and shared:
        return True
    return one.label == other.label != "" or len(one.words & other.words) >= 2
