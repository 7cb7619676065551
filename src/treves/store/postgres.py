"""The dossier in a PostgreSQL database, for several people at once; needs the extra ``treves[postgres]``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import URL, Connection, Engine, create_engine, func, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.sql.expression import column, table

from treves.errors import DossierError, Phrase
from treves.store import faults, migrate, schema, words
from treves.store.sql import SqlStore

SEARCH = (
    (
        "CREATE TABLE search_index (document INTEGER NOT NULL CONSTRAINT pk_search_index PRIMARY KEY "
        "CONSTRAINT fk_search_index_document REFERENCES document (number), words TSVECTOR NOT NULL)"
    ),
    "CREATE INDEX ix_search_index_words ON search_index USING gin (words)",
)
_CONNECT_SECONDS = 10
_INDEX = text("INSERT INTO search_index (document, words) VALUES (:number, CAST(:words AS tsvector))")
_MATCH = text(
    "SELECT document, ts_rank_cd(words, sought) AS score FROM search_index, CAST(:sought AS tsquery) AS sought "
    "WHERE words @@ sought ORDER BY score DESC, document LIMIT :limit"
)
_LOCK_TIMEOUT = text("SELECT set_config('lock_timeout', :wait, true)")
_LOCK = text("SELECT pg_advisory_xact_lock(:mark, hashtext(current_schema()))")


class PostgresStore(SqlStore):
    """A dossier in one schema of a database; see :func:`treves.store.open_store`."""

    def __init__(self, engine: Engine, target: str, driver: type[Exception], *, wait: float) -> None:
        super().__init__(engine, target, (driver,))
        self._wait = wait

    def _fault(self, error: Exception) -> DossierError:
        state = getattr(error, "sqlstate", None) or ""
        simple: dict[str, Callable[[str], DossierError]] = {
            "25006": faults.read_only,  # read-only transaction
            "42501": faults.read_only,  # insufficient privilege
            "53100": faults.full,
            "55P03": faults.locked,  # lock not available
            "40P01": faults.locked,  # deadlock
        }
        detail = str(error).strip().split("\n")[0]
        if state in simple:
            return simple[state](self._target)
        if state in ("XX001", "XX002", "42P01", "42703"):  # corrupted data or index, no such table or column
            return faults.corrupt(self._target, detail)
        if state.startswith("23"):
            return faults.misfit(detail)
        if "NUL" in detail or state == "22021":
            return faults.unstorable(Phrase("A text"))
        if not state or state[:2] in ("08", "28", "3D", "57"):  # no answer, not allowed in, no such database, shut down
            return faults.CannotConnect(
                "The database {target} cannot be reached ({detail}).",
                hint="Check that the server runs, the address, and your rights to it.",
                target=self._target,
                detail=detail,
            )
        return DossierError("PostgreSQL failed on {target} ({detail}).", target=self._target, detail=detail)

    def _reading(self) -> Connection:
        # One state throughout, although a report and its reading are fetched by several statements.
        return self._engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def _writing(self) -> Connection:
        return self._engine.connect()

    def _lock(self, connection: Connection) -> None:
        # One writer at a time, as in a file: numbers rise without gaps, and nobody adds what another is adding.
        connection.execute(_LOCK_TIMEOUT, {"wait": f"{int(self._wait * 1000)}ms"})
        connection.execute(_LOCK, {"mark": schema.APPLICATION_ID})

    def _index(self, connection: Connection, texts: list[tuple[int, str]]) -> None:
        connection.execute(_INDEX, [{"number": number, "words": words.as_tsvector(text)} for number, text in texts])

    def _indexed(self, connection: Connection) -> int:
        counted = select(func.count()).select_from(table("search_index", column("document")))
        return connection.scalar(counted) or 0

    def _matching(self, connection: Connection, terms: Sequence[words.Term], limit: int) -> list[tuple[int, float]]:
        found = connection.execute(_MATCH, {"sought": words.tsquery(terms), "limit": limit})
        return [(number, score) for number, score in found]

    def _damage(self, connection: Connection) -> list[str]:  # noqa: ARG002 - as in SQLite
        return []  # the server checks its constraints and pages itself


def open_postgres(address: str, *, create: bool = False, wait: float = 30.0) -> PostgresStore:
    """Open the dossier in the database at `address`; see :func:`treves.store.open_store` for arguments and errors."""
    try:
        import psycopg
    except ImportError:
        raise faults.ExtraMissing(
            "A dossier in PostgreSQL needs the driver psycopg.", hint="Install treves[postgres]."
        ) from None
    url = _url(address)
    engine = create_engine(url, pool_pre_ping=True, connect_args=_timeout(url))
    store = PostgresStore(engine, url.set(drivername="postgresql").render_as_string(), psycopg.Error, wait=wait)
    try:
        _settle(store, create=create)
    except BaseException:
        store.close()
        raise
    return store


def _url(address: str) -> URL:
    try:
        return make_url(address).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        # The address is not repeated: it may hold a password.
        raise faults.CannotConnect(
            "The address of the database cannot be read.", hint="Write postgresql://user@host:5432/name."
        ) from None


def _timeout(url: URL) -> dict[str, int]:
    return {} if "connect_timeout" in url.query else {"connect_timeout": _CONNECT_SECONDS}


def _settle(store: PostgresStore, *, create: bool) -> None:
    """Make the tables if there are none and that is asked for; otherwise bring them up to date."""
    with store._read() as connection:
        present = _present(connection)
        read_only = connection.scalar(text("SHOW default_transaction_read_only")) == "on"
    if not present:
        if not create:
            raise faults.missing(store._target)
        with store._write() as connection:
            # Another process may have been quicker.
            if not _present(connection):
                _require_room(connection, store._target)
                migrate.create(connection, SEARCH)
    store._read_only = read_only
    store._upgrade()


def _present(connection: Connection) -> bool:
    """Whether the schema holds a dossier."""
    names = inspect(connection)
    if not names.has_table("dossier") or not names.has_table("alembic_version"):
        return False
    columns = {c["name"] for c in names.get_columns("dossier")}
    return "format" in columns and connection.scalar(select(schema.dossier.c.format)) == schema.FORMAT


def _require_room(connection: Connection, target: str) -> None:
    taken = set(inspect(connection).get_table_names()) & {"alembic_version", *schema.metadata.tables}
    if taken:
        hint = "Use a schema or database of its own."
        raise faults.NotADossier(
            "{target} has other tables called {names}.", hint=hint, target=target, names=", ".join(sorted(taken))
        )
