"""Looking a dossier over: how much it holds, whether its rows still stand where they say, whether it is whole."""

from __future__ import annotations

from sqlalchemy import Connection, ScalarSelect, Table, func, select

from treves.errors import Phrase
from treves.model.evidence import Passage, Span, document_id
from treves.store import load, reports, schema
from treves.store.protocol import Orphan

_NAMED = frozenset({"statement", "event"})
_EXACT = tuple(t for t in schema.READ_TABLES if "exact" in t.c)


def counts(connection: Connection) -> dict[str, int]:
    """Return how many rows of each kind there are, under the names of :class:`treves.store.protocol.Info`."""
    undone = schema.correction.c.undone_at

    def count(table: Table) -> ScalarSelect[int]:
        return select(func.count()).select_from(table).scalar_subquery()

    query = select(
        count(schema.document).label("documents"),
        count(schema.appearance).label("appearances"),
        count(schema.reading).label("read"),
        count(schema.statement).label("statements"),
        count(schema.actor).label("actors"),
        count(schema.event).label("events"),
        select(func.count()).where(undone.is_(None)).scalar_subquery().label("corrections"),
        select(func.count()).where(undone.is_not(None)).scalar_subquery().label("undone"),
        count(schema.run).label("runs"),
        count(schema.feed).label("feeds"),
    )
    return {name: int(number) for name, number in connection.execute(query).one()._mapping.items()}


def orphans(connection: Connection) -> list[Orphan]:
    """Return the rows whose words no longer stand where they say."""
    found = [orphan for table in _EXACT for orphan in _orphans_in(connection, table)]
    found += _orphans_in(connection, schema.statement, ("cue_start", "cue_end", "cue"))
    table, document = schema.correction, schema.document
    joined = table.outerjoin(document, table.c.document == document.c.id)
    query = select(table, document.c.text).select_from(joined).where(table.c.start.is_not(None))
    for row in connection.execute(query.order_by(table.c.number)):
        correction = load.correction_of(row)
        if correction.passage and (row.text is None or correction.passage.orphaned(row.text)):
            found.append(Orphan("correction", correction.id, correction.passage))
    return found


def _orphans_in(
    connection: Connection, table: Table, names: tuple[str, str, str] = ("start", "end", "exact")
) -> list[Orphan]:
    document = schema.document
    start, end, exact = (table.c[name] for name in names)
    whole = names[0] == "start" and "prefix" in table.c
    columns = [document.c.id, start, end, exact, *((table.c.prefix, table.c.suffix) if whole else ())]
    # Neither database counts otherwise than in code points here, so the comparison can stay where the text is.
    there = func.substr(document.c.text, start + 1, end - start)
    query = select(*columns, *((table.c.id,) if table.name in _NAMED else ()))
    query = query.join_from(table, document, table.c.document == document.c.number).where(there != exact)
    found: list[Orphan] = []
    for row in connection.execute(query.order_by(*table.primary_key.columns)):
        values = list(row)
        own = values.pop() if table.name in _NAMED else values[0]
        id_, first, last, words, *context = values
        found.append(Orphan(table.name, own, Passage(id_, Span(first, last), words, *context)))
    return found


def problems(connection: Connection, indexed: int) -> list[str]:
    """Return what is wrong with the contents, in words, given how many reports the search index holds."""
    found: list[str] = []
    numbers = reports.numbers_of(connection, None)
    for some in load.chunks(numbers):
        for _, document in load.load_documents(connection, some):
            if document_id(document.body) != document.id:
                found.append(Phrase("report {id}: the text is not the one that was added", id=document.id))
            if not document.appearances:
                found.append(Phrase("report {id}: it is not said where it appeared", id=document.id))
    found += [
        Phrase("{table} {id}: its words are not at {start}-{end}", table=o.table, id=o.id, start=s.start, end=s.end)
        for o in orphans(connection)
        for s in (o.passage.span,)
    ]
    if indexed != len(numbers):
        found.append(Phrase("the search index holds {indexed} of {count} reports", indexed=indexed, count=len(numbers)))
    return found
