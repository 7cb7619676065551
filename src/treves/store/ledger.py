"""Runs, corrections, settings and feeds: the small tables, within one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

import attrs
from sqlalchemy import Connection, delete, func, insert, select, update

from treves.model.corrections import Correction
from treves.store import faults, load, reports, rows, schema
from treves.store.protocol import Feed, Run


def start_run(connection: Connection, reader: str, treves: str, settings: Mapping[str, str]) -> str:
    """Note a run and return its id."""
    number = (connection.scalar(select(func.max(schema.run.c.number))) or 0) + 1
    row = {
        "number": number,
        "reader": reader,
        "treves": treves,
        "settings": rows.as_json(settings),
        "started_at": datetime.now(UTC).isoformat(),
    }
    connection.execute(insert(schema.run), row)
    return f"R{number}"


def runs(connection: Connection) -> list[Run]:
    """Return all runs, earliest first."""
    readings = reports.group_sizes(connection)
    return [
        Run(
            id=f"R{row.number}",
            reader=row.reader,
            treves=row.treves,
            started_at=datetime.fromisoformat(row.started_at),
            settings=json.loads(row.settings),
            readings=readings[row.number],
        )
        for row in connection.execute(select(schema.run).order_by(schema.run.c.number))
    ]


def correct(connection: Connection, correction: Correction) -> Correction:
    """Store `correction` under the next id, dated now where it has no date."""
    number = (connection.scalar(select(func.max(schema.correction.c.number))) or 0) + 1
    stored = attrs.evolve(correction, id=f"C{number}", made_at=correction.made_at or datetime.now(UTC))
    connection.execute(insert(schema.correction), rows.correction_row(number, stored))
    return stored


def undo(connection: Connection, id_: str | None) -> Correction:
    """Mark the correction called `id_`, or the latest in force, as undone now.

    Raises:
        NothingToUndo: it does not exist, or is undone already.
    """
    table = schema.correction
    in_force = select(table).where(table.c.undone_at.is_(None))
    if id_ is None:
        row = connection.execute(in_force.order_by(table.c.number.desc()).limit(1)).first()
        if row is None:
            raise faults.NothingToUndo("No correction is in force.")
    else:
        row = connection.execute(in_force.where(table.c.number == reports.tail_number(id_, "C"))).first()
        if row is None:
            hint = "List the corrections to see which are in force."
            raise faults.NothingToUndo("No correction {id!r} is in force.", hint=hint, id=id_)
    undone = attrs.evolve(load.correction_of(row), undone_at=datetime.now(UTC))
    marked = rows.correction_row(row.number, undone)["undone_at"]
    connection.execute(update(table).where(table.c.number == row.number).values(undone_at=marked))
    return undone


def corrections(connection: Connection, *, in_force: bool) -> list[Correction]:
    """Return corrections in the order in which they were made; the undone ones only if not `in_force`."""
    query = select(schema.correction).order_by(schema.correction.c.number)
    if in_force:
        query = query.where(schema.correction.c.undone_at.is_(None))
    return [load.correction_of(row) for row in connection.execute(query)]


def settings(connection: Connection) -> dict[str, str]:
    """Return all settings, by name."""
    table = schema.setting.c
    return dict(sorted((name, value) for name, value in connection.execute(select(table.name, table.value))))


def put_setting(connection: Connection, name: str, value: str | None) -> None:
    """Set `name` to `value`, or unset it."""
    connection.execute(delete(schema.setting).where(schema.setting.c.name == name))
    if value is not None:
        connection.execute(insert(schema.setting), {"name": name, "value": value})


def feeds(connection: Connection) -> list[Feed]:
    """Return the watched feeds, by address."""
    found = [
        Feed(
            url=row.url,
            title=row.title,
            etag=row.etag,
            modified=row.modified,
            checked_at=datetime.fromisoformat(row.checked_at) if row.checked_at else None,
        )
        for row in connection.execute(select(schema.feed))
    ]
    return sorted(found, key=lambda feed: feed.url)


def put_feed(connection: Connection, feed: Feed) -> None:
    """Watch `feed`, or renew what is known of it."""
    drop_feed(connection, feed.url)
    row = attrs.asdict(feed) | {"checked_at": feed.checked_at and feed.checked_at.isoformat()}
    connection.execute(insert(schema.feed), row)


def drop_feed(connection: Connection, url: str) -> bool:
    """Watch the feed at `url` no longer; return whether it was watched."""
    return connection.execute(delete(schema.feed).where(schema.feed.c.url == url)).rowcount > 0
