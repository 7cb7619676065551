"""Builds reports with readings by hand; every span is found by its words, so the tests can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import attrs

from treves.dates import UNKNOWN_MOMENT, Moment, Precision, parse_moment
from treves.model.actors import Actor, ActorKind, Gender, Role
from treves.model.corrections import Correction, CorrectionKind, CorrectionValue
from treves.model.events import Certainty, Event, EventKind, When, event_id
from treves.model.evidence import Appearance, Document, Passage, Span, document_id, passage_of
from treves.model.reading import Reading
from treves.model.statements import Speaker, Statement, StatementKind, statement_id
from treves.model.view import Filed
from treves.reading.joining import sketch


def moment(text: str | None, precision: Precision | None = None) -> Moment:
    """The moment that `text` gives; unknown for None."""
    return parse_moment(text, precision=precision) if text else UNKNOWN_MOMENT


def between(first: str, after: str, precision: Precision = Precision.DAYPART) -> Moment:
    """The moment from `first` to `after`."""
    return Moment(moment(first).earliest, moment(after).earliest, precision)


@attrs.define
class Report:
    """One report and what a reader took from it."""

    text: str
    outlet: str = "De Maasbode"
    published: str | None = "2031-03-04T20:00+01:00"
    precision: Precision | None = None
    language: str = "nl"
    name: str = ""
    actors: list[Actor] = attrs.Factory(list)
    statements: list[Statement] = attrs.Factory(list)
    events: list[Event] = attrs.Factory(list)

    @property
    def id(self) -> str:
        """Id of the document."""
        return document_id(self.text)

    @property
    def document(self) -> Document:
        """The report as stored."""
        when = moment(self.published, self.precision)
        appearance = Appearance(self.name or f"{self.outlet} {self.id}.txt", self.outlet, when)
        return Document(self.id, self.text, (appearance,), language=self.language)

    def span(self, words: str, nth: int = 0) -> Span:
        """Where the words stand for the `nth` time."""
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return Span(start, start + len(words))

    def passage(self, words: str, nth: int = 0) -> Passage:
        """The passage with these words."""
        return passage_of(self.document, self.span(words, nth))

    def actor(
        self,
        name: str,
        *,
        kind: ActorKind = ActorKind.PERSON,
        party: str | None = None,
        roles: Sequence[tuple[str, str | None]] = (),
        gender: str | None = None,
        mentions: Sequence[str] | None = None,
        in_roster: bool = False,
    ) -> int:
        """Add an actor and return its key; mentioned where its name stands, if it does."""
        words = mentions if mentions is not None else [name] if name in self.text else []
        self.actors.append(
            Actor(
                key=len(self.actors),
                kind=kind,
                name=name,
                mentions=tuple(self.span(w) for w in words),
                roles=tuple(Role(office, organisation) for office, organisation in roles),
                party=party,
                gender=Gender(gender) if gender else None,
                in_roster=in_roster,
            )
        )
        return len(self.actors) - 1

    def says(
        self,
        speaker: int | Sequence[int] | None,
        *parts: str,
        kind: StatementKind | str = StatementKind.DIRECT,
        words: str | None = None,
    ) -> list[str]:
        """Add a statement in one or more parts and return their ids; several keys are candidates for one speaker."""
        group = 1 + max((s.group for s in self.statements), default=0)
        keys = () if speaker is None else (speaker,) if isinstance(speaker, int) else tuple(speaker)
        speakers = (Speaker(keys, self.span(words) if words else None),) if keys else ()
        ids = []
        for part in parts:
            content = self.span(part)
            key = statement_id(self.id, StatementKind(kind), content)
            self.statements.append(Statement(key, self.id, group, StatementKind(kind), content, speakers, rule="hand"))
            ids.append(key)
        return ids

    def event(
        self,
        words: str,
        *,
        kind: EventKind = EventKind.SESSION,
        when: Moment = UNKNOWN_MOMENT,
        worded: str | None = None,
        anchor: str | None = None,
        start: Moment | None = None,
        start_worded: str | None = None,
        end: Moment | None = None,
        certainty: Certainty = Certainty.PAST,
        label: str = "overleg",
        participants: Sequence[int] = (),
        by: Sequence[int] = (),
        place: str | None = None,
        minutes: int | None = None,
    ) -> str:
        """Add an event told by `words` and return its id."""
        span = self.span(words)
        key = event_id(self.id, kind, span)
        self.events.append(
            Event(
                id=key,
                document=self.id,
                kind=kind,
                span=span,
                when=When(when, self.span(worded) if worded else None, anchor),
                start=When(start, self.span(start_worded) if start_worded else None) if start else None,
                end=When(end) if end else None,
                certainty=certainty,
                label=label,
                participants=tuple(participants),
                by=tuple(by),
                place=place,
                duration_minutes=minutes,
                rule="hand",
            )
        )
        return key

    @property
    def reading(self) -> Reading:
        """What the reader took from the report."""
        return Reading(
            document=self.id,
            reader=f"{self.language}-test 1",
            actors=tuple(self.actors),
            statements=tuple(self.statements),
            events=tuple(self.events),
            sketch=sketch(self.text),
            words=len(self.text.split()),
        )

    def filed(self, *, run: str = "R1") -> Filed:
        """The report with its reading."""
        return Filed(self.document, self.reading, run)


def correction(
    number: int,
    kind: CorrectionKind,
    target: str,
    listed: Mapping[str, CorrectionValue] | None = None,
    /,
    *,
    passage: Passage | None = None,
    undone: datetime | None = None,
    **values: CorrectionValue,
) -> Correction:
    """A correction called "C" and `number`, with its values listed or named."""
    return Correction(
        kind, target, {**(listed or {}), **values}, passage, author="Tess", undone_at=undone, id=f"C{number}"
    )
