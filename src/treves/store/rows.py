"""From the model to rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from treves.dates import Moment
from treves.errors import Phrase
from treves.model.actors import Actor
from treves.model.corrections import Correction
from treves.model.events import Event, When
from treves.model.evidence import CONTEXT, Appearance, Document, Passage, Span
from treves.model.reading import Reading
from treves.model.statements import Statement
from treves.store import faults

Row = dict[str, object]
Rows = defaultdict[str, list[Row]]
"""Rows to insert, by the name of their table."""

NO_PASSAGE: Row = {"start": None, "end": None, "exact": None, "prefix": None, "suffix": None}


def document_row(number: int, document: Document, added_at: str) -> Row:
    """Return the row of a report.

    Raises:
        TextUnstorable: the text holds a NUL or half of a surrogate pair.
    """
    if "\0" in document.text:
        raise faults.unstorable(Phrase("The report {name!r}", name=document.name))
    try:
        document.text.encode()
    except UnicodeEncodeError:
        raise faults.unstorable(Phrase("The report {name!r}", name=document.name)) from None
    return {
        "number": number,
        "id": document.id,
        "text": document.text,
        "body_start": document.body_start,
        "language": document.language,
        "added_at": added_at,
    }


def appearance_rows(number: int, appearances: Iterable[Appearance]) -> list[Row]:
    """Return the rows of a report's appearances."""
    return [
        {
            "document": number,
            "position": position,
            "name": a.name,
            "outlet": a.outlet,
            **moment_row(a.published, "published_"),
            "url": a.url,
            "title": a.title,
            "outlet_origin": a.outlet_origin.value,
            "published_origin": a.published_origin.value,
        }
        for position, a in enumerate(appearances)
    ]


def moment_row(moment: Moment, prefix: str = "") -> Row:
    """Return the three columns of a moment, their names preceded by `prefix`."""
    return {
        prefix + "earliest": moment.earliest and moment.earliest.isoformat(),
        prefix + "latest": moment.latest and moment.latest.isoformat(),
        prefix + "precision": moment.precision.value,
    }


def add_reading(rows: Rows, number: int, run: int, text: str, reading: Reading) -> None:
    """Put the rows of `reading`, taken from `text` by `run`, into `rows`.

    Raises:
        ReadingMisfit: a span lies outside `text`, or an actor is named that is not there.
    """
    rows["reading"].append(
        {
            "document": number,
            "run": run,
            "reader": reading.reader,
            "words": reading.words,
            "sketch": json.dumps(reading.sketch, separators=(",", ":")),
        }
    )
    sheet = _Sheet(rows, number, run, text)
    for actor in reading.actors:
        sheet.actor(actor)
    keys = {actor.key for actor in reading.actors}
    for position, statement in enumerate(reading.statements):
        _require(keys, (key for s in statement.speakers for key in s.actors), statement.id)
        sheet.statement(position, statement)
    for position, event in enumerate(reading.events):
        _require(keys, (*event.participants, *event.by), event.id)
        sheet.event(position, event)


def _require(keys: set[int], named: Iterable[int], what: str) -> None:
    if unknown := set(named) - keys:
        raise faults.misfit(
            Phrase("{id} names actor {actor}, which the report does not have", id=what, actor=min(unknown))
        )


class _Sheet:
    """The rows of one reading while they are written down."""

    def __init__(self, rows: Rows, number: int, run: int, text: str) -> None:
        self.rows, self.number, self.run, self.text = rows, number, run, text

    def words(self, span: Span | None) -> tuple[int | None, int | None, str | None]:
        if span is None:
            return None, None, None
        if not 0 <= span.start <= span.end <= len(self.text):
            outside = "the span {start}-{end} lies outside a text of {length} characters"
            raise faults.misfit(Phrase(outside, start=span.start, end=span.end, length=len(self.text)))
        return span.start, span.end, self.text[span.start : span.end]

    def passage(self, span: Span | None) -> Row:
        if span is None:
            return NO_PASSAGE
        start, end, exact = self.words(span)
        return {
            "start": start,
            "end": end,
            "exact": exact,
            "prefix": self.text[max(0, span.start - CONTEXT) : span.start],
            "suffix": self.text[span.end : span.end + CONTEXT],
        }

    def actor(self, actor: Actor) -> None:
        self.rows["actor"].append(
            {
                "document": self.number,
                "key": actor.key,
                "run": self.run,
                "kind": actor.kind.value,
                "name": actor.name,
                "party": actor.party,
                "gender": actor.gender and actor.gender.value,
                "in_roster": actor.in_roster,
            }
        )
        for position, span in enumerate(actor.mentions):
            place: Row = {"document": self.number, "actor": actor.key, "position": position}
            self.rows["mention"].append(place | self.passage(span))
        for position, role in enumerate(actor.roles):
            self.rows["role"].append(
                {
                    "document": self.number,
                    "actor": actor.key,
                    "position": position,
                    "office": role.office,
                    "organisation": role.organisation,
                    "party": role.party,
                    "held_from": role.start and role.start.isoformat(),
                    "held_until": role.end and role.end.isoformat(),
                    **self.passage(role.span),
                }
            )

    def statement(self, position: int, statement: Statement) -> None:
        cue_start, cue_end, cue = self.words(statement.cue)
        self.rows["statement"].append(
            {
                "document": self.number,
                "position": position,
                "id": statement.id,
                "run": self.run,
                "group": statement.group,
                "kind": statement.kind.value,
                "rule": statement.rule,
                "cue_start": cue_start,
                "cue_end": cue_end,
                "cue": cue,
                **self.passage(statement.content),
            }
        )
        for which, speaker in enumerate(statement.speakers):
            start, end, exact = self.words(speaker.span)
            named: Row = {"start": start, "end": end, "exact": exact, "rule": speaker.rule}
            for alternative, actor in enumerate(speaker.actors or (None,)):
                key = {"document": self.number, "statement": position, "position": which, "alternative": alternative}
                self.rows["statement_speaker"].append({**key, "actor": actor, **named})

    def event(self, position: int, event: Event) -> None:
        self.rows["event"].append(
            {
                "document": self.number,
                "position": position,
                "id": event.id,
                "run": self.run,
                "kind": event.kind.value,
                "certainty": event.certainty.value,
                "label": event.label,
                "rule": event.rule,
                "place": event.place,
                "duration_minutes": event.duration_minutes,
                **self.passage(event.span),
            }
        )
        for part, when in (("when", event.when), ("start", event.start), ("end", event.end)):
            if when is not None:
                self.rows["event_time"].append(self.time(position, part, when))
        for part, keys in (("participant", event.participants), ("by", event.by)):
            for place, actor in enumerate(keys):
                self.rows["event_participant"].append(
                    {"document": self.number, "event": position, "part": part, "position": place, "actor": actor}
                )

    def time(self, event: int, part: str, when: When) -> Row:
        start, end, exact = self.words(when.span)
        return {
            "document": self.number,
            "event": event,
            "part": part,
            **moment_row(when.moment),
            "start": start,
            "end": end,
            "exact": exact,
            "anchor": when.anchor,
        }


def correction_row(number: int, correction: Correction) -> Row:
    """Return the row of a correction that is dated."""
    made, undone = correction.made_at, correction.undone_at
    return {
        "number": number,
        "kind": correction.kind.value,
        "target": correction.target,
        "values": as_json(correction.values),
        "document": correction.passage.document if correction.passage else None,
        **(passage_row(correction.passage) if correction.passage else NO_PASSAGE),
        "author": correction.author,
        "made_at": made and made.isoformat(),
        "undone_at": undone and undone.isoformat(),
    }


def passage_row(passage: Passage) -> Row:
    """Return the columns of a passage, but for its report."""
    return {
        "start": passage.span.start,
        "end": passage.span.end,
        "exact": passage.exact,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
    }


def as_json(values: Mapping[str, object]) -> str:
    """Return `values` as JSON that people can read, the same for the same values."""
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
