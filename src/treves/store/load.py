"""From rows to the model: reports with their readings, a few statements per thousand reports."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from treves.collector import collector_paused
from treves.dates import Moment, Precision
from treves.model.actors import Actor, ActorKind, Gender, Role
from treves.model.corrections import Correction, CorrectionKind
from treves.model.events import Certainty, Event, EventKind, When
from treves.model.evidence import Appearance, Document, Origin, Passage, Span
from treves.model.reading import Reading
from treves.model.statements import Speaker, Statement, StatementKind
from treves.model.view import Filed
from treves.store import schema

CHUNK = 500
"""Reports that are loaded by one round of statements; bounds the memory that rows take beside the objects."""

_KINDS = {k.value: k for k in StatementKind}
_ACTOR_KINDS = {k.value: k for k in ActorKind}
_EVENT_KINDS = {k.value: k for k in EventKind}
_CERTAINTIES = {c.value: c for c in Certainty}

Record = Sequence[Any]
Grouped = dict[int, list[Record]]


def chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut `numbers` into pieces that one statement can name."""
    for first in range(0, len(numbers), CHUNK):
        yield numbers[first : first + CHUNK]


def load_documents(connection: Connection, numbers: Sequence[int]) -> list[tuple[int, Document]]:
    """Return the numbered reports, in the order of `numbers`, which must rise."""
    loaded: list[tuple[int, Document]] = []
    table = schema.document
    for some in chunks(numbers):
        appearances = _appearances(connection, some)
        query = select(table.c.number, table.c.id, table.c.text, table.c.body_start, table.c.language)
        for number, id_, text, body_start, language in connection.execute(_of(query, table, some, "number")):
            told = tuple(a for _, a in appearances[number])
            loaded.append((number, Document(id_, text, told, body_start, language)))
    return loaded


def _appearances(connection: Connection, numbers: Sequence[int]) -> dict[int, list[tuple[int, Appearance]]]:
    t = schema.appearance.c
    columns = (t.document, t.position, t.name, t.outlet, t.published_earliest, t.published_latest)
    query = select(*columns, t.published_precision, t.url, t.title, t.outlet_origin, t.published_origin)
    found: dict[int, list[tuple[int, Appearance]]] = defaultdict(list)
    for row in connection.execute(_of(query, schema.appearance, numbers)):
        number, position, name, outlet, earliest, latest, precision, url, title, origin, date_origin = row
        when = moment(earliest, latest, precision)
        told = Appearance(name, outlet, when, url, title, Origin(origin), Origin(date_origin))
        found[number].append((position, told))
    return found


def appearances_of(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[Appearance, ...]]:
    """Return the appearances of numbered reports."""
    found: dict[int, tuple[Appearance, ...]] = {}
    for some in chunks(numbers):
        found |= {number: tuple(a for _, a in told) for number, told in _appearances(connection, some).items()}
    return found


def load_filed(connection: Connection, numbers: Sequence[int]) -> list[Filed]:
    """Return the numbered reports with their readings, in the order of `numbers`, which must rise."""
    filed: list[Filed] = []
    with collector_paused():
        for some in chunks(numbers):
            documents = load_documents(connection, some)
            readings = _readings(connection, dict(documents))
            for number, document in documents:
                reading, run = readings.get(number, (None, ""))
                filed.append(Filed(document, reading, run))
    return filed


def _readings(connection: Connection, documents: dict[int, Document]) -> dict[int, tuple[Reading, str]]:
    numbers = list(documents)
    actors, statements = _actors(connection, documents), _statements(connection, documents)
    events = _events(connection, documents)
    t = schema.reading.c
    query = _of(select(t.document, t.run, t.reader, t.words, t.sketch), schema.reading, numbers)
    found: dict[int, tuple[Reading, str]] = {}
    for number, run, reader, words, sketch in connection.execute(query):
        reading = Reading(
            document=documents[number].id,
            reader=reader,
            actors=actors[number],
            statements=statements[number],
            events=events[number],
            sketch=tuple(json.loads(sketch)),
            words=words,
        )
        found[number] = reading, f"R{run}"
    return found


def _of(query: Select[Any], table: Table, numbers: Sequence[int], column: str = "document") -> Select[Any]:
    """Narrow `query` to the numbered reports, in the order of the table's key."""
    wanted = table.c[column]
    # Reports that follow one another are named by the first and the last: faster to send, parse and look up.
    run_on = len(numbers) == numbers[-1] - numbers[0] + 1
    where = wanted.between(numbers[0], numbers[-1]) if run_on else wanted.in_(numbers)
    return query.where(where).order_by(*table.primary_key.columns)


def _group(connection: Connection, table: Table, numbers: Sequence[int], *names: str) -> Grouped:
    """The named columns of a table of parts, by report, in the order of their key."""
    grouped: Grouped = defaultdict(list)
    query = select(table.c.document, *(table.c[name] for name in names))
    for row in connection.execute(_of(query, table, numbers)).all():
        grouped[row[0]].append(row)
    return grouped


def _actors(connection: Connection, documents: dict[int, Document]) -> dict[int, tuple[Actor, ...]]:
    numbers = list(documents)
    span = ("start", "end")
    mentions = _group(connection, schema.mention, numbers, "actor", *span)
    fields = ("actor", "office", "organisation", "party", "held_from", "held_until", *span)
    roles = _group(connection, schema.role, numbers, *fields)
    rows = _group(connection, schema.actor, numbers, "key", "kind", "name", "party", "gender", "in_roster")
    found: dict[int, tuple[Actor, ...]] = {}
    for number in numbers:
        spans: dict[int, list[Span]] = defaultdict(list)
        for _, key, start, end in mentions[number]:
            spans[key].append(Span(start, end))
        offices: dict[int, list[Role]] = defaultdict(list)
        for _, key, *role in roles[number]:
            offices[key].append(_role(*role))
        found[number] = tuple(
            Actor(
                key,
                _ACTOR_KINDS[kind],
                name,
                tuple(spans[key]) if key in spans else (),
                tuple(offices[key]) if key in offices else (),
                party,
                Gender(gender) if gender else None,
                in_roster,
            )
            for _, key, kind, name, party, gender, in_roster in rows[number]
        )
    return found


def _role(*row: Any) -> Role:
    office, organisation, party, start, end, span_start, span_end = row
    return Role(
        office,
        organisation,
        party,
        date.fromisoformat(start) if start else None,
        date.fromisoformat(end) if end else None,
        _span(span_start, span_end),
    )


def _statements(connection: Connection, documents: dict[int, Document]) -> dict[int, tuple[Statement, ...]]:
    numbers = list(documents)
    t = schema.statement_speaker
    named = _group(connection, t, numbers, "statement", "position", "alternative", "actor", "start", "end", "rule")
    fields = ("position", "id", "group", "kind", "rule", "start", "end", "cue_start", "cue_end")
    rows = _group(connection, schema.statement, numbers, *fields)
    found: dict[int, tuple[Statement, ...]] = {}
    for number, document in documents.items():
        speakers = _speakers(named[number])
        found[number] = tuple(
            Statement(
                id_,
                document.id,
                group,
                _KINDS[kind],
                Span(start, end),
                tuple(speakers[position]) if position in speakers else (),
                _span(cue_start, cue_end),
                rule,
            )
            for _, position, id_, group, kind, rule, start, end, cue_start, cue_end in rows[number]
        )
    return found


def _speakers(rows: Iterable[Record]) -> dict[int, list[Speaker]]:
    """The speakers of one report's statements, by the statement's position."""
    speakers: dict[int, list[Speaker]] = defaultdict(list)
    for _, statement, _, alternative, actor, start, end, rule in rows:
        if alternative:
            before = speakers[statement].pop()
            speakers[statement].append(Speaker((*before.actors, actor), before.span, before.rule))
        else:
            speakers[statement].append(Speaker(() if actor is None else (actor,), _span(start, end), rule))
    return speakers


def _events(connection: Connection, documents: dict[int, Document]) -> dict[int, tuple[Event, ...]]:
    numbers = list(documents)
    fields = ("event", "part", "earliest", "latest", "precision", "start", "end", "anchor")
    timed = _group(connection, schema.event_time, numbers, *fields)
    joined = _group(connection, schema.event_participant, numbers, "event", "part", "actor")
    described = ("kind", "certainty", "label", "rule", "place", "duration_minutes", "start", "end")
    rows = _group(connection, schema.event, numbers, "position", "id", *described)
    found: dict[int, tuple[Event, ...]] = {}
    for number, document in documents.items():
        times: dict[tuple[int, str], When] = {}
        for _, position, part, earliest, latest, precision, start, end, anchor in timed[number]:
            times[position, part] = When(moment(earliest, latest, precision), _span(start, end), anchor)
        keys: dict[tuple[int, str], list[int]] = defaultdict(list)
        for _, position, part, actor in joined[number]:
            keys[position, part].append(actor)
        found[number] = tuple(
            Event(
                id=id_,
                document=document.id,
                kind=_EVENT_KINDS[kind],
                span=Span(start, end),
                when=times[position, "when"],
                start=times.get((position, "start")),
                end=times.get((position, "end")),
                certainty=_CERTAINTIES[certainty],
                label=label,
                participants=tuple(keys.get((position, "participant"), ())),
                by=tuple(keys.get((position, "by"), ())),
                place=place,
                duration_minutes=minutes,
                rule=rule,
            )
            for _, position, id_, kind, certainty, label, rule, place, minutes, start, end in rows[number]
        )
    return found


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


@lru_cache(maxsize=4096)
def moment(earliest: str | None, latest: str | None, precision: str) -> Moment:
    """Return the moment of three columns."""
    return Moment(
        datetime.fromisoformat(earliest) if earliest else None,
        datetime.fromisoformat(latest) if latest else None,
        Precision(precision),
    )


def correction_of(row: Any) -> Correction:
    """Return the correction of a whole row."""
    passage = None
    if row.start is not None:
        passage = Passage(row.document, Span(row.start, row.end), row.exact, row.prefix, row.suffix)
    return Correction(
        kind=CorrectionKind(row.kind),
        target=row.target,
        values=json.loads(row.values),
        passage=passage,
        author=row.author,
        made_at=datetime.fromisoformat(row.made_at),
        undone_at=datetime.fromisoformat(row.undone_at) if row.undone_at else None,
        id=f"C{row.number}",
    )
