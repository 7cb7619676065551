"""Whatever the model can hold comes back from the dossier as it was."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import TEXTS, corrections, documents, make_document, moments, readings

from treves.dates import Moment, Precision
from treves.model.corrections import Correction
from treves.model.evidence import Document
from treves.store import Store, open_store
from treves.store.load import moment
from treves.store.rows import moment_row

ANY = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


def offsets(found: Moment) -> list[object]:
    """The offsets from UTC of a moment's ends, which equality leaves out."""
    return [end and end.utcoffset() for end in (found.earliest, found.latest)]


@ANY
@given(document=documents())
def test_documents_come_back(store: Store, document: Document) -> None:
    """A report comes back with all its appearances, and with the offsets of their times."""
    store.add(document)
    held = store.document(document.id)
    assert held == document
    pairs = zip(held.appearances, document.appearances, strict=True)
    assert all(offsets(a.published) == offsets(b.published) for a, b in pairs)


@ANY
@given(data=st.data())
def test_readings_come_back(store: Store, data: st.DataObject) -> None:
    """Any reading comes back, and so does the one that takes its place."""
    document = data.draw(documents())
    run = store.start_run("any", "0")
    for reading in data.draw(st.lists(readings(document), min_size=1, max_size=2)):
        store.add(document)
        store.put_reading(reading, run)
        (filed,) = store.filed([document.id])
        assert filed.reading == reading
        assert filed.run == run


@ANY
@given(correction=corrections())
def test_corrections_come_back(store: Store, correction: Correction) -> None:
    """Any correction comes back under its id, and stays the same but for its end when it is undone."""
    stored = store.correct(correction)
    assert attrs.evolve(stored, id="C0") == correction
    assert store.corrections()[-1] == stored
    assert attrs.evolve(store.undo(stored.id), undone_at=None) == stored
    assert attrs.evolve(store.corrections(in_force=False)[-1], undone_at=None) == stored


@settings(deadline=None)
@given(when=moments())
def test_moments_come_back(when: Moment) -> None:
    """The three columns of a moment hold all of it, to the microsecond and with its offsets."""
    row = {name: value for name, value in moment_row(when).items() if value is None or isinstance(value, str)}
    back = moment(row["earliest"], row["latest"], str(row["precision"]))
    assert back == when
    assert offsets(back) == offsets(when)


@pytest.mark.parametrize("fold", [0, 1])
def test_zones_come_back_as_offsets(store: Store, fold: int) -> None:
    """The hour that a clock shows twice stays the one that was meant, as an offset."""
    twice = datetime(2023, 10, 29, 2, 30, tzinfo=ZoneInfo("Europe/Amsterdam"), fold=fold)
    document = make_document(published=Moment(twice, None, Precision.MINUTES))
    store.add(document)
    held = store.document(document.id).published.earliest
    assert held is not None
    assert (held.timestamp(), held.utcoffset()) == (twice.timestamp(), twice.utcoffset())
    assert held.replace(tzinfo=None) == datetime(2023, 10, 29, 2, 30)  # noqa: DTZ001 - the wall clock is compared


@pytest.fixture(scope="module")
def shelf() -> Iterator[Store]:
    """One dossier for all examples."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "x.treves", create=True) as store:
        yield store


@settings(max_examples=30, deadline=None)
@given(items=st.dictionaries(TEXTS, TEXTS, max_size=4))
def test_settings_come_back(shelf: Store, items: dict[str, str]) -> None:
    """Any names and values of settings come back."""
    for name in shelf.settings():
        shelf.put_setting(name, None)
    for name, value in items.items():
        shelf.put_setting(name, value)
    assert shelf.settings() == items
