"""The dossier in a database: addresses, rights and neighbours."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_samples import READER, make_document, make_reading

from treves.store import AddOutcome, open_store
from treves.store.faults import (
    CannotConnect,
    DossierCorrupt,
    DossierLocked,
    DossierMissing,
    DossierReadOnly,
    DossierTooNew,
    ExtraMissing,
    NotADossier,
    TextUnstorable,
)
from treves.store.schema import APPLICATION_ID, metadata

pytestmark = pytest.mark.postgres


def run_sql(target: str, *statements: str) -> None:
    """Change a database behind the dossier's back."""
    import psycopg

    with psycopg.connect(target, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


@pytest.fixture
def filled(postgres_target: str) -> Iterator[str]:
    """Address of a dossier with three reports, closed."""
    with open_store(postgres_target, create=True) as store:
        run = store.start_run(READER, "0.1.0")
        store.add_many(((make_document(n), make_reading(make_document(n))) for n in range(3)), run=run)
    yield postgres_target


@pytest.mark.parametrize("prefix", ["postgres://", "postgresql+psycopg://"])
def test_other_spellings(filled: str, prefix: str) -> None:
    """An address may begin in other ways that are in use."""
    with open_store(prefix + filled.removeprefix("postgresql://")) as store:
        assert len(store.documents()) == 3


def test_dossiers_side_by_side(filled: str, postgres_server: str) -> None:
    """Each schema of a database holds a dossier of its own."""
    run_sql(postgres_server, "CREATE SCHEMA IF NOT EXISTS beside")
    other = f"{postgres_server}&options=-csearch_path%3Dbeside"
    with open_store(other, create=True) as store, open_store(filled) as first:
        store.add(make_document(9))
        assert len(store.documents()) == 1
        assert len(first.documents()) == 3


def test_missing_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the driver, the error names what to install."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ExtraMissing, match=r"treves\[postgres\]"):
        open_store("postgresql://localhost/none")


@pytest.mark.parametrize("address", ["postgresql://u:s3cret@localhost:notaport/x", "postgresql://u:s3cret@[::1/x"])
def test_unreadable_address(address: str) -> None:
    """An address that cannot be read is not repeated, for it may hold a password."""
    with pytest.raises(CannotConnect) as caught:
        open_store(address)
    assert "s3cret" not in str(caught.value)


def test_no_server(tmp_path: Path) -> None:
    """A server that does not answer is an error with the address, but not its password."""
    with pytest.raises(CannotConnect, match="u:") as caught:
        open_store(f"postgresql://u:s3cret@/x?host={tmp_path}")
    assert "s3cret" not in str(caught.value)


def test_no_database(postgres_server: str) -> None:
    """A database that does not exist cannot be reached; it is never made."""
    with pytest.raises(CannotConnect, match="nowhere"):
        open_store(postgres_server.replace("/postgres?", "/nowhere?"), create=True)


def test_tables_of_another_program(postgres_target: str) -> None:
    """Where another program keeps tables of the same names, nothing is made or changed."""
    run_sql(postgres_target, "CREATE TABLE document (id int)", "CREATE TABLE dossier (id int)")
    with pytest.raises(DossierMissing):
        open_store(postgres_target)
    with pytest.raises(NotADossier, match="document, dossier"):
        open_store(postgres_target, create=True)
    run_sql(postgres_target, "INSERT INTO document VALUES (1)")


def test_newer_version_is_refused(filled: str) -> None:
    """A dossier of a newer version is neither read nor changed."""
    run_sql(filled, "UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(DossierTooNew, match="0999"):
        open_store(filled)


def test_lost_table_is_damage(filled: str) -> None:
    """A table that is gone while the dossier is open is damage, said as such."""
    with open_store(filled) as store:
        run_sql(filled, "DROP TABLE feed")
        with pytest.raises(DossierCorrupt, match="feed"):
            store.feeds()


def test_lock_that_stays(filled: str) -> None:
    """Who has waited long enough for another writer is told so; reading goes on all the while."""
    import psycopg

    with psycopg.connect(filled) as other, open_store(filled, wait=0.2) as store:
        other.execute("SELECT pg_advisory_xact_lock(%s, hashtext(current_schema()))", (APPLICATION_ID,))
        with pytest.raises(DossierLocked):
            store.add(make_document(9))
        assert len(store.documents()) == 3
        other.rollback()
        assert store.add(make_document(9)) is AddOutcome.ADDED


def test_right_to_read_only(filled: str, postgres_server: str) -> None:
    """Who may only read, reads; writing is an error that says so."""
    schema = filled.rsplit("%3D", 1)[1]
    run_sql(
        postgres_server,
        f"CREATE ROLE guest_{schema} LOGIN",
        f"GRANT USAGE ON SCHEMA {schema} TO guest_{schema}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO guest_{schema}",
    )
    with open_store(filled.replace("treves@", f"guest_{schema}@")) as store:
        assert len(store.filed()) == 3
        assert len(store.search("terpstra")) == 3
        with pytest.raises(DossierReadOnly):
            store.add(make_document(9))


def test_read_only_server(filled: str) -> None:
    """A copy that follows another server is read-only, and says so."""
    with open_store(filled + "%20-cdefault_transaction_read_only%3Don") as store:
        assert store.info().read_only
        assert len(store.filed()) == 3
        with pytest.raises(DossierReadOnly):
            store.put_setting("name", "Havenmonde")


def test_nul_in_small_texts(filled: str) -> None:
    """PostgreSQL keeps no NUL anywhere; it is refused as such."""
    with open_store(filled) as store, pytest.raises(TextUnstorable):
        store.put_setting("name", "Haven\0monde")


def test_server_that_goes_away(filled: str) -> None:
    """When the connection is cut, that is said; when the server is back, work goes on."""
    with open_store(filled) as store:
        ended = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename='treves'"
        )
        assert len(store.documents()) == 3
        run_sql(filled, ended)
        assert len(store.documents()) == 3
        with pytest.raises(CannotConnect), store._write() as connection:  # type: ignore[attr-defined]
            run_sql(filled, ended)
            connection.exec_driver_sql("SELECT 1")


def test_every_table_is_in_the_schema(filled: str) -> None:
    """All tables are made where the address points, and nowhere else."""
    import psycopg

    with psycopg.connect(filled) as connection:
        query = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
        names = {name for (name,) in connection.execute(query)}
    assert names == {*metadata.tables, "alembic_version", "search_index"}
