"""As of a moment, nothing shows that was published later: in rows, search, exports and the brief."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from example import HAVENMONDE, with_roster
from hypothesis import given, settings
from hypothesis import strategies as st

from treves.dates import InvalidTime
from treves.exchange.rows import RowKind
from treves.model.corrections import CorrectionKind
from treves.services.briefs import brief_of_dossier, brief_of_paths
from treves.services.corrections import correct, undo
from treves.services.exporting import export_text
from treves.services.views import instant_of, rows_of, search, view_of
from treves.store import Store, open_store

START = datetime(2026, 4, 23, tzinfo=UTC)
INSTANTS = st.integers(0, 9 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


def later_than(store: Store, moment: datetime) -> dict[str, str]:
    """Id and first sentence of every report that was not certainly published before `moment`."""
    later = (d for d in store.documents() if not d.published.certainly_before(moment))
    return {d.id: next(s for s in reversed(d.body.split("\n")) if s)[:40] for d in later}


@given(moment=INSTANTS)
@settings(max_examples=30, deadline=None)
def test_no_row_rests_on_a_later_report(made_dossier: Path, moment: datetime) -> None:
    """Whatever the moment, no row of any kind and no hit of a search has to do with a report published later."""
    with open_store(made_dossier) as store:
        later = later_than(store, moment)
        view = view_of(store, as_of=moment)
        assert {left.document.id for left in view.left_out} == set(later)
        for kind in RowKind:
            rows = [r for r in rows_of(store, kind, as_of=moment) if not r.get("left_out")]
            told = json.dumps(rows, ensure_ascii=False)
            assert not [document for document in later if document in told]
        hits = search(store, "havenmonde", as_of=moment)
        assert {h.document.id for h in hits} == {d.id for d in view.documents}


@given(moment=INSTANTS)
@settings(max_examples=8, deadline=None)
def test_the_brief_and_the_texts_tell_nothing_later(made_dossier: Path, moment: datetime) -> None:
    """No sentence of a later report stands in the brief, nor in the texts that are exported."""
    with open_store(made_dossier) as store:
        sentences = later_than(store, moment).values()
        out = io.StringIO()
        export_text(store, "texts", out, as_of=moment)
        told = brief_of_dossier(store, as_of=moment) + out.getvalue()
        assert not [s for s in sentences if s in told]


@given(earlier=INSTANTS, minutes=st.integers(0, 9 * 24 * 60))
@settings(max_examples=20, deadline=None)
def test_what_was_known_stays_known(made_dossier: Path, earlier: datetime, minutes: int) -> None:
    """A later view has every statement of an earlier one."""
    with open_store(made_dossier) as store:
        first = {str(r["statement"]) for r in rows_of(store, "statements", as_of=earlier)}
        then = earlier + timedelta(minutes=minutes)
        second = {str(r["statement"]) for r in rows_of(store, "statements", as_of=then)}
    assert first <= second


def test_long_after_everything_is_known(store: Store) -> None:
    """A view as of the far future is the view of everything."""
    future = datetime(2100, 1, 1, tzinfo=UTC)
    for kind in RowKind:
        assert rows_of(store, kind, as_of=future) == rows_of(store, kind)


def test_a_date_means_the_end_of_that_day_in_the_place_itself(store: Store) -> None:
    """The example's zone decides when a day ends."""
    instant = instant_of(store, "2026-04-24")
    assert instant is not None
    assert instant.isoformat() == "2026-04-25T00:00:00+02:00"
    assert instant_of(store, None) is None
    for wrong in ("24 april", "9999-12-31", "0001", "2026-02-30"):
        with pytest.raises(InvalidTime):
            instant_of(store, wrong)


def test_a_moment_needs_a_zone(store: Store) -> None:
    """A naive datetime is refused, not guessed at."""
    with pytest.raises(InvalidTime):
        view_of(store, as_of=datetime(2026, 4, 24))  # noqa: DTZ001 - that is the point


def test_a_corrected_publication_time_decides(store: Store) -> None:
    """A report that turns out to have been published earlier counts earlier."""
    moment = datetime(2026, 4, 24, 0, 0, tzinfo=UTC)
    name = "07-nog-een-ronde-nog-een-deadline.txt"
    assert name not in {d.name for d in view_of(store, as_of=moment).documents}
    correct(store, CorrectionKind.SET_DATE, name, {"moment": "2026-04-20"})
    assert name in {d.name for d in view_of(store, as_of=moment).documents}
    assert name in {h.document.name for h in search(store, "walstroomplicht", as_of=moment)}
    undo(store)
    assert name not in {d.name for d in view_of(store, as_of=moment).documents}


def test_files_without_a_dossier_can_be_seen_as_of_a_moment_too() -> None:
    """The brief of files leaves out what was published later."""
    moment = datetime(2026, 4, 25, 12, 0, tzinfo=UTC)
    whole = brief_of_paths([HAVENMONDE], with_roster()).page
    part = brief_of_paths([HAVENMONDE], with_roster(), as_of=moment).page
    assert "Eindelijk een stoel" in whole
    assert "Eindelijk een stoel" not in part
    assert "Alles mag op tafel" in part
