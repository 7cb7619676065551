"""The tables of a dossier. A change here needs a migration beside it and a new `REVISION`.

Rows that were read hang on their report (`document`, a number; the content hash is its `id`) and know the run that made
them. They keep their passage whole (`start`, `end`, `exact`, `prefix`, `suffix`), so that a row can be followed, and be
seen to be orphaned, without the program. Times are ISO 8601 text with the offset that was given.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

REVISION = "0002"
"""The newest migration; four digits that rise."""

APPLICATION_ID = 0x54524556
"""Marks a SQLite file as a dossier ("TREV")."""

FORMAT = "treves dossier"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, autoincrement=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _passage(*, optional: bool = False) -> list[Column[int] | Column[str]]:
    return [
        Column("start", Integer, nullable=optional),
        Column("end", Integer, nullable=optional),
        *(Column(name, Text, nullable=optional) for name in ("exact", "prefix", "suffix")),
    ]


def _moment(prefix: str = "") -> list[Column[str]]:
    return [Column(prefix + "earliest", Text), Column(prefix + "latest", Text), _text(prefix + "precision")]


def _part(name: str, key: tuple[str, ...], *parts: SchemaItem) -> Table:
    """A table of parts of a report, stored in the order of their key so that a report's rows lie together."""
    return Table(name, metadata, *parts, PrimaryKeyConstraint(*key), sqlite_with_rowid=False)


dossier = Table("dossier", metadata, Column("format", Text, primary_key=True), _text("made_by"), _text("made_at"))

alembic_version = Table(
    "alembic_version",
    MetaData(),  # Alembic's own table, so not part of what it compares
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

run = Table(
    "run",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("reader"),
    _text("treves"),
    _text("settings"),
    _text("started_at"),
)

document = Table(
    "document",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("id"),
    _text("text"),
    _number("body_start"),
    _text("language"),
    _text("added_at"),
    UniqueConstraint("id"),
)

appearance = _part(
    "appearance",
    ("document", "position"),
    _number("document"),
    _number("position"),
    _text("name"),
    Column("outlet", Text),
    *_moment("published_"),
    Column("url", Text),
    Column("title", Text),
    _text("outlet_origin"),
    _text("published_origin"),
    UniqueConstraint("document", "name"),
    ForeignKeyConstraint(["document"], ["document.number"]),
)

reading = Table(
    "reading",
    metadata,
    Column("document", Integer, ForeignKey("document.number"), primary_key=True, autoincrement=False),
    Column("run", Integer, ForeignKey("run.number"), nullable=False),
    _text("reader"),
    _number("words"),
    _text("sketch"),
    Index(None, "run"),
)

actor = _part(
    "actor",
    ("document", "key"),
    _number("document"),
    _number("key"),
    _number("run"),
    _text("kind"),
    _text("name"),
    Column("party", Text),
    Column("gender", Text),
    Column("in_roster", Boolean, nullable=False),
    ForeignKeyConstraint(["document"], ["reading.document"]),
    ForeignKeyConstraint(["run"], ["run.number"]),
)

mention = _part(
    "mention",
    ("document", "actor", "position"),
    _number("document"),
    _number("actor"),
    _number("position"),
    *_passage(),
    ForeignKeyConstraint(["document", "actor"], ["actor.document", "actor.key"]),
)

role = _part(
    "role",
    ("document", "actor", "position"),
    _number("document"),
    _number("actor"),
    _number("position"),
    _text("office"),
    Column("organisation", Text),
    Column("party", Text),
    Column("held_from", Text),
    Column("held_until", Text),
    *_passage(optional=True),
    ForeignKeyConstraint(["document", "actor"], ["actor.document", "actor.key"]),
)

statement = _part(
    "statement",
    ("document", "position"),
    _number("document"),
    _number("position"),
    _text("id"),
    _number("run"),
    _number("group"),
    _text("kind"),
    _text("rule"),
    *_passage(),
    Column("cue_start", Integer),
    Column("cue_end", Integer),
    Column("cue", Text),
    ForeignKeyConstraint(["document"], ["reading.document"]),
    ForeignKeyConstraint(["run"], ["run.number"]),
)

statement_speaker = _part(
    "statement_speaker",
    ("document", "statement", "position", "alternative"),
    _number("document"),
    _number("statement"),
    _number("position"),
    _number("alternative"),  # from 0; several where the report leaves open who it is
    Column("actor", Integer),  # none where the words name nobody known
    Column("start", Integer),
    Column("end", Integer),
    Column("exact", Text),
    _text("rule"),
    ForeignKeyConstraint(["document", "statement"], ["statement.document", "statement.position"]),
    ForeignKeyConstraint(["document", "actor"], ["actor.document", "actor.key"]),
)

event = _part(
    "event",
    ("document", "position"),
    _number("document"),
    _number("position"),
    _text("id"),
    _number("run"),
    _text("kind"),
    _text("certainty"),
    _text("label"),
    _text("rule"),
    Column("place", Text),
    Column("duration_minutes", Integer),
    *_passage(),
    ForeignKeyConstraint(["document"], ["reading.document"]),
    ForeignKeyConstraint(["run"], ["run.number"]),
)

event_time = _part(
    "event_time",
    ("document", "event", "part"),
    _number("document"),
    _number("event"),
    _text("part"),  # "when", "start" or "end"
    *_moment(),
    Column("start", Integer),
    Column("end", Integer),
    Column("exact", Text),
    Column("anchor", Text),
    ForeignKeyConstraint(["document", "event"], ["event.document", "event.position"]),
)

event_participant = _part(
    "event_participant",
    ("document", "event", "part", "position"),
    _number("document"),
    _number("event"),
    _text("part"),  # "participant", or "by" for who set it
    _number("position"),
    _number("actor"),
    ForeignKeyConstraint(["document", "event"], ["event.document", "event.position"]),
    ForeignKeyConstraint(["document", "actor"], ["actor.document", "actor.key"]),
)

correction = Table(
    "correction",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("kind"),
    _text("target"),
    _text("values"),
    Column("document", Text),
    *_passage(optional=True),
    _text("author"),
    _text("made_at"),
    Column("undone_at", Text),
)

feed = Table(
    "feed",
    metadata,
    Column("url", Text, primary_key=True),
    *(Column(name, Text) for name in ("title", "etag", "modified", "checked_at")),
)

setting = Table("setting", metadata, Column("name", Text, primary_key=True), _text("value"))

READ_TABLES = (reading, actor, mention, role, statement, statement_speaker, event, event_time, event_participant)
"""What a reading fills, each after those that it refers to."""
