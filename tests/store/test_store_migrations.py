"""Older dossiers are brought up to date, wholly or not at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from store_samples import READER, make_document, make_reading

from treves.model.corrections import Correction, CorrectionKind
from treves.store import Store, migrate, open_store, schema
from treves.store.faults import DossierOutdated
from treves.store.sql import SqlStore


def opened(target: str) -> SqlStore:
    """The dossier at `target`, made if need be, with access to its tables."""
    store = open_store(target, create=True)
    assert isinstance(store, SqlStore)
    return store


def go_back(store: SqlStore) -> None:
    """Take away what the second revision brought."""
    with store._write() as connection:
        connection.exec_driver_sql("DROP TABLE search_index")
        connection.exec_driver_sql("DROP TABLE feed")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")


def fill(store: Store) -> None:
    """Add three reports and a correction."""
    run = store.start_run(READER, "0.1.0")
    store.add_many(((make_document(n), make_reading(make_document(n))) for n in range(3)), run=run)
    store.correct(Correction(CorrectionKind.RENAME_ACTOR, "ilse-terpstra", {"name": "I. Terpstra"}))


def test_old_dossier_is_upgraded(target: str) -> None:
    """A dossier of the first revision keeps all it holds, and its old reports can be searched."""
    with opened(target) as store:
        fill(store)
        before = store.filed(), store.corrections(), store.runs()
        go_back(store)
    for _ in range(2):
        with opened(target) as store:
            assert (store.filed(), store.corrections(), store.runs()) == before
            assert len(store.search("terpstra")) == 3
            assert store.feeds() == []
            assert store.intact() == []
            assert store.info().revision == schema.REVISION


def shape(store: SqlStore) -> dict[str, Any]:
    """Everything the database knows of the shape of the tables, in an order of its own."""
    from sqlalchemy import inspect

    with store._read() as connection:
        look = inspect(connection)
        if connection.dialect.name == "sqlite":
            rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            return {name: " ".join(sql.split()).replace('"', "").replace("[", "").lower() for name, sql in rows}
        return {
            name: (
                [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(name)],
                look.get_pk_constraint(name),
                sorted(look.get_foreign_keys(name), key=lambda key: str(key["name"])),
                sorted(look.get_unique_constraints(name), key=lambda key: str(key["name"])),
                sorted(look.get_indexes(name), key=lambda key: str(key["name"])),
            )
            for name in look.get_table_names()
        }


def test_migrations_lead_to_the_schema_of_today(target: str) -> None:
    """Tables that the migrations make are those that a new dossier gets, to the last constraint."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with opened(target) as store:
        fresh = shape(store)
        with store._write() as connection:
            connection.exec_driver_sql("DROP TABLE search_index")
            schema.metadata.drop_all(connection)
            connection.exec_driver_sql("DROP TABLE alembic_version")
            migrate.upgrade(connection)
        migrated = shape(store)
        with store._read() as connection:
            ours = {*schema.metadata.tables}
            context = MigrationContext.configure(
                connection,
                opts={"include_name": lambda name, kind, _: kind != "table" or name in ours, "compare_type": True},
            )
            assert compare_metadata(context, schema.metadata) == []
    assert fresh.keys() == migrated.keys()
    if "postgres" in target:
        assert migrated == fresh
    else:
        assert {n: normal(s) for n, s in migrated.items()} == {n: normal(s) for n, s in fresh.items()}


def normal(statement: str) -> list[str]:
    """The parts of a CREATE statement, in order of the alphabet."""
    inner = statement.replace(", constraint", ",\n constraint").replace("( ", "(").replace(" )", ")")
    return sorted(part.strip() for part in inner.split("\n"))


def test_revisions_are_in_order() -> None:
    """The newest migration is the schema's revision, and every one follows the one before."""
    scripts = list(migrate.scripts().walk_revisions())
    assert scripts[0].revision == schema.REVISION
    numbers = [int(script.revision) for script in reversed(scripts)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(script.doc and len(script.revision) == 4 for script in scripts)


def test_upgrade_that_fails_changes_nothing(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """When an upgrade is broken off, the dossier is still the old one, and the next upgrade works."""
    with opened(target) as store:
        fill(store)
        go_back(store)
        before = shape(store)
    with monkeypatch.context() as patch:
        patch.setattr("treves.store.words.as_fts", broken)
        patch.setattr("treves.store.words.as_tsvector", broken)
        with pytest.raises(KeyboardInterrupt):
            open_store(target)
    engine_only = opened_unchecked(target)
    try:
        assert shape(engine_only) == before
    finally:
        engine_only.close()
    with opened(target) as store:
        assert len(store.search("terpstra")) == 3


def broken(_: str) -> str:
    """Break off, as a person or the system may."""
    raise KeyboardInterrupt


def opened_unchecked(target: str) -> SqlStore:
    """The dossier at `target` as it is, without an upgrade."""
    original = SqlStore._upgrade
    try:
        SqlStore._upgrade = lambda self: None  # type: ignore[method-assign]
        return opened(target)
    finally:
        SqlStore._upgrade = original  # type: ignore[method-assign]


def test_old_and_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An old dossier that cannot be written is refused, with a way out."""
    path = tmp_path / "old.treves"
    with opened(str(path)) as store:
        go_back(store)
    before = path.read_bytes()
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(DossierOutdated, match="copy"):
        open_store(path)
    assert path.read_bytes() == before


def test_two_processes_upgrade_at_once(tmp_path: Path) -> None:
    """The second of two processes that find an old dossier finds it new when it is its turn."""
    path = tmp_path / "old.treves"
    with opened(str(path)) as store:
        fill(store)
        go_back(store)
    script = "import sys; from treves.store import open_store; print(len(open_store(sys.argv[1]).search('terpstra')))"
    runs = [
        subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    assert [run.communicate(timeout=60)[0] for run in runs] == ["3\n", "3\n"]
