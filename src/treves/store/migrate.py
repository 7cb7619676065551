"""Making the tables of a new dossier, and bringing those of an older one up to date."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select

from treves import __version__
from treves.errors import Phrase
from treves.store import faults, schema

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

HERE = Path(__file__).parent / "migrations"


def create(connection: Connection, search: tuple[str, ...]) -> None:
    """Make all tables in the newest form, and the search index by the statements `search`."""
    schema.metadata.create_all(connection, checkfirst=False)
    for statement in search:
        connection.exec_driver_sql(statement)
    schema.alembic_version.create(connection)
    connection.execute(insert(schema.alembic_version), {"version_num": schema.REVISION})
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(
        insert(schema.dossier), {"format": schema.FORMAT, "made_by": f"treves {__version__}", "made_at": made_at}
    )


def is_current(connection: Connection, target: str) -> bool:
    """Return whether the schema is this version's; False if it is older.

    Raises:
        DossierTooNew: it is newer.
        DossierCorrupt: it does not say.
    """
    found = connection.scalars(select(schema.alembic_version.c.version_num)).all()
    if len(found) != 1:
        raise faults.corrupt(target, Phrase("{count} schema revisions instead of one", count=len(found)))
    if found[0] > schema.REVISION:
        raise faults.DossierTooNew(
            "The dossier {target} has schema revision {found}; this version knows up to {revision}.",
            hint="Install a newer version of Trêves; the dossier was left as it is.",
            target=target,
            found=found[0],
            revision=schema.REVISION,
        )
    return str(found[0]) == schema.REVISION


def scripts() -> ScriptDirectory:
    """Return the migrations that come with this version."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory(HERE, version_locations=[HERE])


def upgrade(connection: Connection, to: str = schema.REVISION) -> None:
    """Run the migrations that are missing, up to the revision `to`, in the transaction of `connection`."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    context, directory = MigrationContext.configure(connection), scripts()
    since = context.get_current_revision()
    missing = [s for s in directory.iterate_revisions(to, since) if s.revision != since]
    with Operations.context(context):
        for script in reversed(missing):
            script.module.upgrade()
    context.stamp(directory, to)
