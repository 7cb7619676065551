"""Writing reports and readings within one transaction, and finding their numbers."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TypeVar

import attrs
from sqlalchemy import Connection, func, insert, select

from treves.model.evidence import Appearance, Document
from treves.model.reading import Reading
from treves.store import faults, load, rows, schema
from treves.store.appearances import merge
from treves.store.protocol import AddOutcome

BATCH = 64
"""Reports that are written in one transaction at most."""
BATCH_SECONDS = 1.0
"""Seconds after which a batch is written even if it is small, so that a kill costs little."""

Item = TypeVar("Item")
Index = Callable[[Connection, list[tuple[int, str]]], None]
"""Puts numbered texts into the search index."""


@attrs.define
class _Held:
    """What the dossier holds of a report, as it changes within a batch."""

    number: int
    text: str
    reader: str | None = None
    appearances: tuple[Appearance, ...] = ()


def batches(items: Iterable[Item], size: int = BATCH, seconds: float = BATCH_SECONDS) -> Iterator[list[Item]]:
    """Cut `items` into lists of at most `size`, each gathered for little more than `seconds`.

    When `items` raises, what came before is still given out, and then the error goes on.
    """
    batch: list[Item] = []
    begun = time.monotonic()
    try:
        for item in items:
            batch.append(item)
            if len(batch) >= size or time.monotonic() - begun > seconds:
                yield batch
                batch, begun = [], time.monotonic()
    except GeneratorExit:
        raise
    except BaseException:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def add_batch(
    connection: Connection, items: Sequence[tuple[Document, Reading | None]], run: str, index: Index
) -> list[AddOutcome]:
    """Add reports, and their readings by `run`; see :meth:`treves.store.protocol.Store.add_many`."""
    made = run_number(connection, run) if any(reading for _, reading in items) else 0
    held = _held(connection, {document.id for document, _ in items})
    fresh = (connection.scalar(select(func.max(schema.document.c.number))) or 0) + 1
    now = datetime.now(UTC).isoformat(timespec="seconds")
    new: dict[int, Document] = {}
    moved: dict[int, tuple[Appearance, ...]] = {}
    readings: dict[int, tuple[str, Reading]] = {}
    outcomes: list[AddOutcome] = []
    for document, reading in items:
        report, outcome = held.get(document.id), AddOutcome.SEEN
        if report is None:
            report = held[document.id] = _Held(fresh, document.text)
            new[fresh] = document
            fresh += 1
            outcome = AddOutcome.ADDED
        if (told := merge(report.appearances, document.appearances)) != report.appearances:
            report.appearances = moved[report.number] = told
            outcome = outcome if outcome is AddOutcome.ADDED else AddOutcome.APPEARANCE
        if reading is not None and reading.reader != report.reader and report.text == document.text:
            readings[report.number] = report.text, reading
            report.reader = reading.reader
        outcomes.append(outcome)
    sheet = rows.Rows(list)
    sheet["document"] = [rows.document_row(number, document, now) for number, document in new.items()]
    sheet["appearance"] = [row for number, told in moved.items() for row in rows.appearance_rows(number, told)]
    _delete(connection, ("appearance",), [number for number in moved if number not in new])
    _insert(connection, sheet, ("document", "appearance"))
    if new:
        index(connection, [(number, document.text) for number, document in new.items()])
    write_readings(connection, readings, made)
    return outcomes


def put_batch(connection: Connection, readings: Sequence[Reading], run: str) -> None:
    """Put `readings` by `run` in the place of the earlier ones.

    Raises:
        UnknownDocument: a report is not in the dossier.
        UnknownRun: there is no such run.
        ReadingMisfit: a reading does not fit its report.
    """
    made = run_number(connection, run)
    texts = {id_: (number, text) for id_, number, text, _ in _texts(connection, {r.document for r in readings})}
    for reading in readings:
        if reading.document not in texts:
            raise unknown_document(reading.document)
    write_readings(connection, {texts[r.document][0]: (texts[r.document][1], r) for r in readings}, made)


def write_readings(connection: Connection, readings: dict[int, tuple[str, Reading]], run: int) -> None:
    """Replace the readings of numbered reports, given with their stored text."""
    if not readings:
        return
    sheet = rows.Rows(list)
    for number, (text, reading) in readings.items():
        rows.add_reading(sheet, number, run, text, reading)
    known = select(schema.reading.c.document).where(schema.reading.c.document.in_(readings))
    earlier = connection.scalars(known).all()
    names = [table.name for table in schema.READ_TABLES]
    _delete(connection, list(reversed(names)), earlier)
    _insert(connection, sheet, names)


def _delete(connection: Connection, names: Iterable[str], numbers: Sequence[int]) -> None:
    for some in load.chunks(numbers):
        for name in names:
            table = schema.metadata.tables[name]
            connection.execute(table.delete().where(table.c.document.in_(some)))


def _insert(connection: Connection, sheet: rows.Rows, names: Iterable[str]) -> None:
    for name in names:
        if sheet[name]:
            connection.execute(insert(schema.metadata.tables[name]), sheet[name])


def _texts(connection: Connection, ids: Iterable[str]) -> Iterator[tuple[str, int, str, str | None]]:
    """Id, number, text and reader of the reports called `ids` that are there."""
    document, reading = schema.document, schema.reading
    query = select(document.c.id, document.c.number, document.c.text, reading.c.reader).outerjoin(reading)
    wanted = sorted(ids)
    for first in range(0, len(wanted), load.CHUNK):
        for row in connection.execute(query.where(document.c.id.in_(wanted[first : first + load.CHUNK]))):
            yield row.id, row.number, row.text, row.reader


def _held(connection: Connection, ids: Iterable[str]) -> dict[str, _Held]:
    held = {id_: _Held(number, text, reader) for id_, number, text, reader in _texts(connection, ids)}
    appearances = load.appearances_of(connection, sorted(h.number for h in held.values()))
    for report in held.values():
        report.appearances = appearances.get(report.number, ())
    return held


def numbers_of(connection: Connection, ids: Iterable[str] | None) -> list[int]:
    """Return the numbers of the reports called `ids` that are there, or of all, rising."""
    table = schema.document.c
    if ids is None:
        return list(connection.scalars(select(table.number).order_by(table.number)))
    wanted = sorted(set(ids))
    found: list[int] = []
    for first in range(0, len(wanted), load.CHUNK):
        found += connection.scalars(select(table.number).where(table.id.in_(wanted[first : first + load.CHUNK])))
    return sorted(found)


def run_number(connection: Connection, run: str) -> int:
    """Return the number of the run called `run`.

    Raises:
        UnknownRun: there is no such run.
    """
    number = tail_number(run, "R")
    if number is None or connection.scalar(select(schema.run.c.number).where(schema.run.c.number == number)) is None:
        raise faults.UnknownRun("There is no run {run!r} in the dossier.", hint="Start one first.", run=run)
    return number


def tail_number(id_: str, letter: str) -> int | None:
    """Return the number of an id such as "C12"; None if it has another form."""
    found = re.fullmatch(letter + "([0-9]{1,9})", id_)
    return int(found[1]) if found else None


def unknown_document(id_: str) -> faults.UnknownDocument:
    """Return the error for a report that is not there."""
    return faults.UnknownDocument(
        "There is no report {id!r} in the dossier.", hint="Add it first, or check its id.", id=id_
    )


def group_sizes(connection: Connection) -> defaultdict[int, int]:
    """Return, by number of the run, how many present readings it made."""
    counted = connection.execute(select(schema.reading.c.run, func.count()).group_by(schema.reading.c.run))
    return defaultdict(int, {row[0]: row[1] for row in counted})
