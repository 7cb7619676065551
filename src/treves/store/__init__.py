"""The dossier: everything read and everything a person corrected, in one SQLite file or in a PostgreSQL database.

Both stand behind one protocol, :class:`Store`; :func:`open_store` chooses by the target.
"""

from __future__ import annotations

from pathlib import Path

from treves.store.protocol import AddOutcome, Feed, Hit, Info, Orphan, Run, Store

__all__ = ["AddOutcome", "Feed", "Hit", "Info", "Orphan", "Run", "Store", "open_store"]

_POSTGRES = ("postgresql://", "postgres://", "postgresql+psycopg://")


def open_store(target: str | Path, *, create: bool = False, wait: float = 30.0) -> Store:
    """Open the dossier at `target`, bringing it up to this version's schema if it is older.

    A file that cannot be written, or in a folder that cannot, is opened for reading only.

    Args:
        target: path of a file, or the address of a database ("postgresql://user@host/name"), where
            ``?options=-csearch_path%3Dname`` picks a schema for one of several dossiers.
        create: whether to make a dossier where there is none; reading never makes one.
        wait: seconds to wait for another process that is writing.

    Raises:
        DossierMissing: there is nothing at `target`, and `create` is off.
        NotADossier: what is there is no dossier.
        DossierTooNew: a newer version of Trêves made it.
        DossierOutdated: it must be upgraded first, but cannot be written.
        ExtraMissing: a database is asked for, and its driver is not installed.
        CannotConnect: the database does not answer, or refuses.
        DossierError: another fault of file or database; see :mod:`treves.store.faults`.
    """
    if isinstance(target, str) and target.startswith(_POSTGRES):
        from treves.store.postgres import open_postgres

        return open_postgres(target, create=create, wait=wait)
    from treves.store.sqlite import open_sqlite

    return open_sqlite(Path(target), create=create, wait=wait)
