"""The dossier in SQL: all that SQLite and PostgreSQL have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, select

from treves.dates import DEFAULT_ZONE, InvalidTime
from treves.errors import DossierError, Phrase
from treves.model.corrections import Correction
from treves.model.evidence import Document
from treves.model.reading import Reading
from treves.model.view import Filed
from treves.store import checks, faults, ledger, load, migrate, reports, schema, words
from treves.store.protocol import AddOutcome, Feed, Hit, Info, Orphan, Run, Store


class SqlStore(Store, ABC):
    """A dossier behind a SQLAlchemy engine; :class:`treves.store.protocol.Store` tells more of every method.

    Args:
        engine: opens connections; the store disposes of it when it is closed.
        target: how messages name the dossier.
        driver_errors: what the driver raises by itself, without SQLAlchemy.
    """

    def __init__(self, engine: Engine, target: str, driver_errors: tuple[type[Exception], ...]) -> None:
        self._driver_errors = driver_errors
        self._engine = engine
        self._target = target
        self._revision = schema.REVISION
        self._read_only = False

    # What each database does in its own way.

    @abstractmethod
    def _fault(self, error: Exception) -> DossierError:
        """Return our error for one of the driver."""

    @abstractmethod
    def _reading(self) -> Connection:
        """Return a connection whose transaction sees one state throughout."""

    @abstractmethod
    def _writing(self) -> Connection:
        """Return a connection for a transaction that writes."""

    @abstractmethod
    def _lock(self, connection: Connection) -> None:
        """Wait until no other process writes, and keep others from writing until the transaction ends."""

    @abstractmethod
    def _index(self, connection: Connection, texts: list[tuple[int, str]]) -> None:
        """Put numbered texts into the search index."""

    @abstractmethod
    def _indexed(self, connection: Connection) -> int:
        """Return how many reports the search index holds."""

    @abstractmethod
    def _matching(self, connection: Connection, terms: Sequence[words.Term], limit: int) -> list[tuple[int, float]]:
        """Return numbers of the reports that hold all `terms`, with their scores, best first."""

    @abstractmethod
    def _damage(self, connection: Connection) -> list[str]:
        """Return what the database itself finds wrong."""

    # Transactions.

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with faults.translated(self._driver_errors, self._fault), self._reading() as connection, connection.begin():
            try:
                yield connection
            except UnicodeEncodeError:
                raise
            except (KeyError, TypeError, ValueError, InvalidTime) as error:
                # Only a row that this version never writes can be the reason: damage, or another program's hand.
                raise faults.corrupt(
                    self._target, Phrase("a row cannot be understood: {error}", error=repr(error))
                ) from error

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        if self._read_only:
            raise faults.read_only(self._target)
        with faults.translated(self._driver_errors, self._fault), self._writing() as connection, connection.begin():
            self._lock(connection)
            yield connection

    def _upgrade(self) -> None:
        """Bring the schema to this version's revision, if it is older.

        Raises:
            DossierTooNew: it is newer.
            DossierOutdated: it is older, and cannot be written.
        """
        with self._read() as connection:
            if migrate.is_current(connection, self._target):
                return
        if self._read_only:
            raise faults.DossierOutdated(
                "The dossier {target} was made by an older version and must be upgraded, but is read-only.",
                hint="Work on a copy that can be written.",
                target=self._target,
            )
        with self._write() as connection:  # another process may have been quicker: look again under the lock
            if not migrate.is_current(connection, self._target):
                migrate.upgrade(connection)

    # The store.

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file or database."""
        with faults.translated(self._driver_errors, self._fault):
            self._engine.dispose()

    def add(self, document: Document) -> AddOutcome:
        """Add a report, or where else it appeared."""
        return self.add_many([(document, None)])[0]

    def add_many(self, items: Iterable[tuple[Document, Reading | None]], *, run: str = "") -> list[AddOutcome]:
        """Add reports with their readings, a small batch per transaction."""
        outcomes: list[AddOutcome] = []
        for batch in reports.batches(items):
            with self._write() as connection:
                done = reports.add_batch(connection, batch, run, self._index)
            outcomes += done
        return outcomes

    def put_reading(self, reading: Reading, run: str) -> None:
        """Put the reading in the place of the report's earlier one."""
        self.put_readings([reading], run=run)

    def put_readings(self, readings: Iterable[Reading], *, run: str) -> int:
        """Put readings in the place of earlier ones, a small batch per transaction; return how many."""
        count = 0
        for batch in reports.batches(readings):
            with self._write() as connection:
                reports.put_batch(connection, batch, run)
            count += len(batch)
        return count

    def start_run(self, reader: str, treves: str, settings: Mapping[str, str] | None = None) -> str:
        """Note that a run begins, and return its id."""
        with self._write() as connection:
            return ledger.start_run(connection, reader, treves, settings or {})

    def runs(self) -> list[Run]:
        """Return all runs, earliest first."""
        with self._read() as connection:
            return ledger.runs(connection)

    def documents(self) -> list[Document]:
        """Return all reports, in the order in which they were added."""
        with self._read() as connection:
            return [d for _, d in load.load_documents(connection, reports.numbers_of(connection, None))]

    def document(self, id: str) -> Document:  # noqa: A002 - as in the protocol
        """Return the report called `id`."""
        with self._read() as connection:
            found = load.load_documents(connection, reports.numbers_of(connection, [id]))
        if not found:
            raise reports.unknown_document(id)
        return found[0][1]

    def read_by(self) -> dict[str, str]:
        """Return the reader of every report; empty where it has not been read."""
        query = select(schema.document.c.id, schema.reading.c.reader).outerjoin_from(schema.document, schema.reading)
        with self._read() as connection:
            return {id_: reader or "" for id_, reader in connection.execute(query.order_by(schema.document.c.number))}

    def filed(self, ids: Iterable[str] | None = None) -> list[Filed]:
        """Return reports with their readings; all of them, or those called `ids`."""
        with self._read() as connection:
            return load.load_filed(connection, reports.numbers_of(connection, ids))

    def search(self, query: str, *, limit: int = 20) -> list[Hit]:
        """Return the reports that hold all words of `query`, best first."""
        terms = words.parse_query(query)
        if not terms or limit < 1:
            return []
        with self._read() as connection:
            ranked = self._matching(connection, terms, limit)
            found = dict(load.load_documents(connection, sorted(number for number, _ in ranked)))
        hits = []
        for number, score in ranked:
            document = found[number]
            snippet, start, matches = words.cut_snippet(document.text, words.find_matches(document.text, terms))
            hits.append(Hit(document, snippet, start, matches, score))
        return hits

    def correct(self, correction: Correction) -> Correction:
        """Store a correction under the next id."""
        with self._write() as connection:
            return ledger.correct(connection, correction)

    def undo(self, id: str | None = None) -> Correction:  # noqa: A002 - as in the protocol
        """Undo a correction, the latest in force by default."""
        with self._write() as connection:
            return ledger.undo(connection, id)

    def corrections(self, *, in_force: bool = True) -> list[Correction]:
        """Return corrections, earliest first: those in force, or the whole log."""
        with self._read() as connection:
            return ledger.corrections(connection, in_force=in_force)

    def settings(self) -> dict[str, str]:
        """Return all settings that are set."""
        with self._read() as connection:
            return ledger.settings(connection)

    def setting(self, name: str, default: str = "") -> str:
        """Return the setting called `name`, or else `default`."""
        return self.settings().get(name, default)

    def put_setting(self, name: str, value: str | None) -> None:
        """Set `name` to `value`; None unsets it."""
        with self._write() as connection:
            ledger.put_setting(connection, name, value)

    def feeds(self) -> list[Feed]:
        """Return the watched feeds, by address."""
        with self._read() as connection:
            return ledger.feeds(connection)

    def put_feed(self, feed: Feed) -> None:
        """Watch `feed`, or renew what is known of it."""
        with self._write() as connection:
            ledger.put_feed(connection, feed)

    def drop_feed(self, url: str) -> bool:
        """Watch the feed at `url` no longer; return whether it was watched."""
        with self._write() as connection:
            return ledger.drop_feed(connection, url)

    def info(self) -> Info:
        """Return facts about the dossier."""
        with self._read() as connection:
            counts, settings = checks.counts(connection), ledger.settings(connection)
        zone = settings.get("zone", DEFAULT_ZONE)
        return Info(self._target, self._revision, self._read_only, counts, settings, zone)

    def orphans(self) -> list[Orphan]:
        """Return the rows whose words no longer stand where they say."""
        with self._read() as connection:
            return checks.orphans(connection)

    def intact(self) -> list[str]:
        """Look for damage and return what is wrong; empty if nothing."""
        found: list[str] = []
        try:
            with self._read() as connection:
                found += self._damage(connection)
                if not found:  # what lies on damaged pages says nothing
                    found += checks.problems(connection, self._indexed(connection))
        except faults.DossierCorrupt as damage:
            found.append(damage.what)
        return found
