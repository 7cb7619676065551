"""The dossier as one SQLite file."""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, insert, text
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql.expression import column, table

from treves.errors import DossierError, Phrase
from treves.store import faults, migrate, schema, words
from treves.store.sql import SqlStore

# The words stand in the index only, for the text stands in its own table; what is indexed never changes.
# Whatever is no space belongs to a word, for the words are cut and folded before they come here.
SEARCH = (
    (
        "CREATE VIRTUAL TABLE search_index USING fts5(words, content='', "
        "tokenize='unicode61 remove_diacritics 0 categories ''L* M* N* P* S* C*''')"
    ),
)
_MAGIC = b"SQLite format 3\0"
_SEARCH_INDEX = table("search_index", column("rowid"), column("words"))
_WRITES = "treves_writes"


class SqliteStore(SqlStore):
    """A dossier in a file; see :func:`treves.store.open_store`."""

    def __init__(self, engine: Engine, path: Path, *, read_only: bool) -> None:
        super().__init__(engine, str(path), (sqlite3.Error,))
        self._read_only = read_only

    def _fault(self, error: Exception) -> DossierError:
        # The extended code holds the plain one in its lowest byte.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        simple: dict[int, Callable[[str], DossierError]] = {
            sqlite3.SQLITE_FULL: faults.full,
            sqlite3.SQLITE_BUSY: faults.locked,
            sqlite3.SQLITE_LOCKED: faults.locked,
            sqlite3.SQLITE_READONLY: faults.read_only,
            sqlite3.SQLITE_CANTOPEN: faults.read_only,
            sqlite3.SQLITE_PERM: faults.read_only,
        }
        if code in simple:
            return simple[code](self._target)
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return faults.corrupt(self._target, str(error))
        if code == sqlite3.SQLITE_CONSTRAINT:
            return faults.misfit(str(error))
        if code == sqlite3.SQLITE_IOERR:
            hint = "Check the disk, its free space and your rights."
            return DossierError(
                "Reading or writing {target} failed ({error}).", hint=hint, target=self._target, error=error
            )
        if any(sign in str(error) for sign in ("no such table", "no such column", "not decode")):
            return faults.corrupt(self._target, str(error))
        return DossierError("SQLite failed on {target} ({error}).", target=self._target, error=error)

    def _reading(self) -> Connection:
        return self._engine.connect()

    def _writing(self) -> Connection:
        return self._engine.connect().execution_options(**{_WRITES: True})

    def _lock(self, connection: Connection) -> None:
        pass  # BEGIN IMMEDIATE has done it

    def _index(self, connection: Connection, texts: list[tuple[int, str]]) -> None:
        rows = [{"rowid": number, "words": words.as_fts(text)} for number, text in texts]
        connection.execute(insert(_SEARCH_INDEX), rows)

    def _indexed(self, connection: Connection) -> int:
        return int(connection.exec_driver_sql("SELECT count(*) FROM search_index_docsize").scalar_one())

    def _matching(self, connection: Connection, terms: Sequence[words.Term], limit: int) -> list[tuple[int, float]]:
        query = text(
            "SELECT rowid, -bm25(search_index) AS score FROM search_index WHERE search_index MATCH :match "
            "ORDER BY score DESC, rowid LIMIT :limit"
        )
        found = connection.execute(query, {"match": words.fts_query(terms), "limit": limit})
        return [(number, score) for number, score in found]

    def _damage(self, connection: Connection) -> list[str]:
        found = [str(line) for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars() if line != "ok"]
        for name, rowid, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            lost = "a row of {table} ({row}) refers to a row of {parent} that is not there"
            found.append(Phrase(lost, table=name, row=rowid, parent=parent))
        return found


def open_sqlite(path: Path, *, create: bool = False, wait: float = 30.0) -> SqliteStore:
    """Open the dossier file at `path`; see :func:`treves.store.open_store` for arguments and errors."""
    try:
        there = path.exists()
    except OSError as error:
        raise faults.unreadable(str(path), error) from error
    if not there:
        if not create:
            raise faults.missing(str(path))
        _create(path, wait)
    _require_sqlite(path)
    uri, read_only = _address(path)
    store = SqliteStore(_engine(uri, wait), path, read_only=read_only)
    try:
        with store._read() as connection:
            if connection.exec_driver_sql("PRAGMA application_id").scalar() != schema.APPLICATION_ID:
                raise faults.foreign(str(path), Phrase("another program's SQLite file"))
        store._upgrade()
    except BaseException:
        store.close()
        raise
    return store


def _require_sqlite(path: Path) -> None:
    if path.is_dir():
        raise faults.foreign(str(path), Phrase("a folder"))
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except OSError as error:
        raise faults.unreadable(str(path), error) from error
    if not magic:
        raise faults.foreign(str(path), Phrase("an empty file"))
    if magic != _MAGIC:
        raise faults.foreign(str(path), Phrase("another kind of file"))


def _address(path: Path) -> tuple[str, bool]:
    """The URI under which SQLite can open `path`, and whether that is for reading only."""
    real = path.resolve()
    if os.access(real, os.W_OK) and os.access(real.parent, os.W_OK):
        return f"{real.as_uri()}?mode=rw", False
    log = real.with_name(real.name + "-wal")
    if log.exists() and log.stat().st_size:
        # Somebody who may write is at it, or was killed; the log must be read along with the file.
        return f"{real.as_uri()}?mode=ro", True
    # Even a reader of a file with a write-ahead log writes beside it, unless it is told that nobody changes it.
    return f"{real.as_uri()}?mode=ro&immutable=1", True


def _engine(uri: str, wait: float) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA foreign_keys = ON")
        # FULL: what was committed survives a power cut too, at the price of one flush for each transaction.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -32768")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    # sqlite3 begins no transaction before SELECT or CREATE TABLE, so SQLAlchemy is told to begin them itself; one that
    # writes takes its lock at once, for a reader that turns writer cannot wait.
    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _create(path: Path, wait: float) -> None:
    """Make an empty dossier at `path`, unless another process is quicker; it appears whole or not at all."""
    if not path.parent.is_dir():
        hint = "Make the folder first, or check the name."
        raise faults.DossierMissing(
            "There is no folder {folder} to make the dossier in.", hint=hint, folder=path.parent
        )
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex[:12]}")
    store = SqliteStore(_engine(f"{draft.resolve().as_uri()}?mode=rwc", wait), path, read_only=False)
    try:
        with faults.translated(store._driver_errors, store._fault), store._engine.connect() as connection:
            connection.connection.execute("PRAGMA journal_mode = WAL")
        with store._write() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            migrate.create(connection, SEARCH)
        store.close()
        _place(draft, path)
    except OSError as error:
        raise faults.read_only(str(path)) from error
    finally:
        store.close()
        for suffix in ("", "-wal", "-shm", "-journal"):
            draft.with_name(draft.name + suffix).unlink(missing_ok=True)


def _place(draft: Path, path: Path) -> None:
    """Give `draft` the name `path`, unless there is something by that name."""
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        if not path.exists():
            draft.rename(path)
