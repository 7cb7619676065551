"""The first schema: reports, appearances, runs, readings, corrections and settings."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables. They are written out, not taken from the schema of today, which goes on changing."""
    _ledger()
    _reports()
    _actors()
    _statements()
    _events()
    _participants()


def _int(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=null, autoincrement=False)


def _text(*names: str, null: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=null) for name in names]


def _passage(*, null: bool = False) -> list[sa.Column[Any]]:
    return [_int("start", null=null), _int("end", null=null), *_text("exact", "prefix", "suffix", null=null)]


def _key(table: str, *names: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*names, name=op.f(f"pk_{table}"))


def _refers(table: str, *names: str, to: str) -> sa.ForeignKeyConstraint:
    """The columns `names` refer to columns "table.column, ..." of another table."""
    return sa.ForeignKeyConstraint(names, to.split(", "), name=op.f(f"fk_{table}_{'_'.join(names)}"))


def _ledger() -> None:
    op.create_table("dossier", *_text("format", "made_by", "made_at"), _key("dossier", "format"))
    op.create_table("run", _int("number"), *_text("reader", "treves", "settings", "started_at"), _key("run", "number"))
    op.create_table(
        "correction",
        _int("number"),
        *_text("kind", "target", "values"),
        *_text("document", null=True),
        *_passage(null=True),
        *_text("author", "made_at"),
        *_text("undone_at", null=True),
        _key("correction", "number"),
    )
    op.create_table("setting", *_text("name", "value"), _key("setting", "name"))


def _reports() -> None:
    op.create_table(
        "document",
        _int("number"),
        *_text("id", "text"),
        _int("body_start"),
        *_text("language", "added_at"),
        _key("document", "number"),
        sa.UniqueConstraint("id", name=op.f("uq_document_id")),
    )
    op.create_table(
        "appearance",
        _int("document"),
        _int("position"),
        *_text("name"),
        *_text("outlet", "published_earliest", "published_latest", null=True),
        *_text("published_precision"),
        *_text("url", "title", null=True),
        *_text("outlet_origin", "published_origin"),
        _key("appearance", "document", "position"),
        sa.UniqueConstraint("document", "name", name=op.f("uq_appearance_document_name")),
        _refers("appearance", "document", to="document.number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reading",
        _int("document"),
        _int("run"),
        *_text("reader"),
        _int("words"),
        *_text("sketch"),
        _key("reading", "document"),
        _refers("reading", "document", to="document.number"),
        _refers("reading", "run", to="run.number"),
    )
    op.create_index(op.f("ix_reading_run"), "reading", ["run"])


def _actors() -> None:
    op.create_table(
        "actor",
        _int("document"),
        _int("key"),
        _int("run"),
        *_text("kind", "name"),
        *_text("party", "gender", null=True),
        sa.Column("in_roster", sa.Boolean, nullable=False),
        _key("actor", "document", "key"),
        _refers("actor", "document", to="reading.document"),
        _refers("actor", "run", to="run.number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mention",
        *(_int(name) for name in ("document", "actor", "position")),
        *_passage(),
        _key("mention", "document", "actor", "position"),
        _refers("mention", "document", "actor", to="actor.document, actor.key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "role",
        *(_int(name) for name in ("document", "actor", "position")),
        *_text("office"),
        *_text("organisation", "party", "held_from", "held_until", null=True),
        *_passage(null=True),
        _key("role", "document", "actor", "position"),
        _refers("role", "document", "actor", to="actor.document, actor.key"),
        sqlite_with_rowid=False,
    )


def _statements() -> None:
    op.create_table(
        "statement",
        _int("document"),
        _int("position"),
        *_text("id"),
        _int("run"),
        _int("group"),
        *_text("kind", "rule"),
        *_passage(),
        _int("cue_start", null=True),
        _int("cue_end", null=True),
        *_text("cue", null=True),
        _key("statement", "document", "position"),
        _refers("statement", "document", to="reading.document"),
        _refers("statement", "run", to="run.number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "statement_speaker",
        *(_int(name) for name in ("document", "statement", "position", "alternative")),
        *(_int(name, null=True) for name in ("actor", "start", "end")),
        *_text("exact", null=True),
        *_text("rule"),
        _key("statement_speaker", "document", "statement", "position", "alternative"),
        _refers("statement_speaker", "document", "statement", to="statement.document, statement.position"),
        _refers("statement_speaker", "document", "actor", to="actor.document, actor.key"),
        sqlite_with_rowid=False,
    )


def _events() -> None:
    op.create_table(
        "event",
        _int("document"),
        _int("position"),
        *_text("id"),
        _int("run"),
        *_text("kind", "certainty", "label", "rule"),
        *_text("place", null=True),
        _int("duration_minutes", null=True),
        *_passage(),
        _key("event", "document", "position"),
        _refers("event", "document", to="reading.document"),
        _refers("event", "run", to="run.number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event_time",
        _int("document"),
        _int("event"),
        *_text("part"),
        *_text("earliest", "latest", null=True),
        *_text("precision"),
        _int("start", null=True),
        _int("end", null=True),
        *_text("exact", "anchor", null=True),
        _key("event_time", "document", "event", "part"),
        _refers("event_time", "document", "event", to="event.document, event.position"),
        sqlite_with_rowid=False,
    )


def _participants() -> None:
    op.create_table(
        "event_participant",
        _int("document"),
        _int("event"),
        *_text("part"),
        _int("position"),
        _int("actor"),
        _key("event_participant", "document", "event", "part", "position"),
        _refers("event_participant", "document", "event", to="event.document, event.position"),
        _refers("event_participant", "document", "actor", to="actor.document, actor.key"),
        sqlite_with_rowid=False,
    )
