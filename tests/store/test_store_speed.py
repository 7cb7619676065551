"""Adding takes the same time for every report, loading is fast, and searching takes milliseconds.

The limits are several times what a slow laptop needs; they are there to notice what grows with the dossier.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event
from store_samples import READER, make_document, make_reading

from treves.store import open_store
from treves.store.sql import SqlStore

COUNT = 2000


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """Processor time that `work` takes, the best of some times."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[float]]:
    """A dossier of two thousand reports, and the time that each quarter took to add."""
    path = tmp_path_factory.mktemp("speed") / "large.treves"
    items = [(document, make_reading(document)) for document in map(make_document, range(COUNT))]
    quarter = COUNT // 4
    with open_store(path, create=True) as store:
        run = store.start_run(READER, "0.1.0")
        taken = [
            seconds(lambda part=items[first : first + quarter]: store.add_many(part, run=run))  # type: ignore[misc]
            for first in range(0, COUNT, quarter)
        ]
    return path, taken


def test_adding_takes_constant_time(large: tuple[Path, list[float]]) -> None:
    """The last quarter is added as fast as the first, at a few milliseconds for each report."""
    first, *_, last = large[1]
    assert last < 2.5 * first
    assert max(large[1]) / (COUNT / 4) < 0.008


def test_loading_and_searching(large: tuple[Path, list[float]]) -> None:
    """Two thousand readings are loaded within two seconds, and a word in all of them is found in no time."""
    with open_store(large[0]) as store:
        assert seconds(store.filed, 3) < 2
        assert seconds(lambda: store.search("terpstra"), 3) < 0.1
        assert seconds(lambda: store.search("1234"), 3) < 0.02
        assert len(store.filed()) == COUNT


def test_statements_do_not_grow_with_the_dossier(large: tuple[Path, list[float]]) -> None:
    """A report is added with as many statements as ever, and reports are loaded by the chunk."""
    path, _ = large
    with open_store(path) as store:
        assert isinstance(store, SqlStore)
        count = 0

        @event.listens_for(store._engine, "before_cursor_execute")
        def counting(*_: object) -> None:
            nonlocal count
            count += 1

        document = make_document(COUNT)
        store.add_many([(document, make_reading(document))], run="R1")
        assert count < 25
        count = 0
        store.filed()
        assert count < 15 * (1 + COUNT / 500)
