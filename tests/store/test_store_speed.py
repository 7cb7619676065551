"""What costs time does not grow with the dossier: statements are counted, not seconds (`benchmarks/dossier.py` times them)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from store_samples import READER, make_document, make_reading

from treves.store import Store, open_store
from treves.store.sql import SqlStore

COUNT = 1200


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier of more than a thousand reports."""
    path = tmp_path_factory.mktemp("speed") / "large.treves"
    with open_store(path, create=True) as store:
        run = store.start_run(READER, "0.1.0")
        store.add_many(((document, make_reading(document)) for document in map(make_document, range(COUNT))), run=run)
    return path


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """The statements that are sent to the database."""
    assert isinstance(store, SqlStore)
    sent: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        sent.append(statement)

    event.listen(store._engine, "before_cursor_execute", note)
    yield sent
    event.remove(store._engine, "before_cursor_execute", note)


def added(store: Store, number: int) -> int:
    """How many statements it takes to add a report."""
    document = make_document(number)
    run = store.start_run(READER, "0.1.0")
    with counted(store) as sent:
        store.add_many([(document, make_reading(document))], run=run)
    return len(sent)


def test_a_report_is_added_with_as_many_statements_as_ever(large: Path, tmp_path: Path) -> None:
    """The thousandth takes no more than the second, and few."""
    with open_store(tmp_path / "small.treves", create=True) as small, open_store(large) as store:
        added(small, COUNT)
        assert added(store, COUNT) <= added(small, COUNT + 1) < 25


def test_reports_are_loaded_by_the_chunk(large: Path) -> None:
    """A few statements for each five hundred reports, however many statements and events those hold."""
    with open_store(large) as store, counted(store) as sent:
        assert len(store.filed()) >= COUNT
        assert len(sent) < 15 * (1 + COUNT / 500)


def test_searching_is_one_look_up(large: Path) -> None:
    """Words are found by the index: as many statements for a word in all reports as for one in none."""
    with open_store(large) as store:
        counts = set()
        for words in ("terpstra", "nergensteveinden"):
            with counted(store) as sent:
                store.search(words)
            counts.add(len(sent))
        assert max(counts) < 8
