"""Full-text search, over the reports that are there already too, and watched feeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from treves.store.words import as_fts, as_tsvector

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of feeds and the search index, and fill the index."""
    op.create_table(
        "feed",
        sa.Column("url", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("title", "etag", "modified", "checked_at")),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_feed")),
    )
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5(words, content='', "
            "tokenize='unicode61 remove_diacritics 0 categories ''L* M* N* P* S* C*''')"
        )
        insert, indexed = "INSERT INTO search_index (rowid, words) VALUES (:number, :words)", as_fts
    else:
        op.execute(
            "CREATE TABLE search_index (document INTEGER NOT NULL CONSTRAINT pk_search_index PRIMARY KEY "
            "CONSTRAINT fk_search_index_document REFERENCES document (number), words TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX ix_search_index_words ON search_index USING gin (words)")
        insert = "INSERT INTO search_index (document, words) VALUES (:number, CAST(:words AS tsvector))"
        indexed = as_tsvector
    document = sa.table("document", sa.column("number", sa.Integer), sa.column("text", sa.Text))
    numbers = list(connection.scalars(sa.select(document.c.number).order_by(document.c.number)))
    for number in numbers:  # one at a time: a large dossier need not fit in memory
        text = connection.scalar(sa.select(document.c.text).where(document.c.number == number))
        connection.execute(sa.text(insert), {"number": number, "words": indexed(text or "")})
