"""Why: everything with an id leads down to passages, rules and runs."""

from __future__ import annotations

import pytest
from example import REPORTS

from treves.services.explanations import Reason, why
from treves.services.views import rows_of, view_of
from treves.store import Store


def grounded(reasons: list[Reason], store: Store) -> bool:
    """Whether every reason has a passage that stands where it says."""
    texts = {d.id: d.text for d in store.documents()}
    return bool(reasons) and all(r.passage and not r.passage.orphaned(texts[r.passage.document]) for r in reasons)


def test_every_statement_and_utterance_has_its_passages(store: Store) -> None:
    """A statement rests on one passage, an utterance on one for each telling; each names its rule and run."""
    for utterance in view_of(store).utterances:
        reasons = why(store, utterance.id)
        assert grounded(reasons, store)
        assert [r.passage for r in reasons] == [t.passage for t in utterance.tellings]
        assert all(r.rule and r.run.startswith("R1: nl-grammar") for r in reasons)
        (own,) = why(store, utterance.tellings[0].statement)
        assert own in reasons


@pytest.mark.parametrize(("kind", "key"), [("events", "event"), ("actors", "actor"), ("differences", "difference")])
def test_every_id_that_is_listed_has_an_answer(store: Store, kind: str, key: str) -> None:
    """No row shows an id for which there is no reason."""
    ids = {str(r[key]) for r in rows_of(store, kind)}
    assert ids
    for id_ in ids:
        assert grounded(why(store, id_), store), id_


def test_a_report_says_who_told_its_outlet_and_time(store: Store) -> None:
    """By id or by name, a report gives its outlet, its time and where that came from."""
    told = {r.report: (r.outlet, r.detail) for d in store.documents() for r in why(store, d.id)}
    assert len(told) == REPORTS
    assert told["02-botsing-over-oude-werf.html"] == ("Omroep Monde", "page")
    assert told["04-nachtsessie-in-het-tolhuis.txt"] == ("Persbureau Kust", "header")
    assert told["05-partijen-dicht-bij-deelakkoord.txt"] == ("Het Stadsblad", "sidecar")
    document = store.documents()[0]
    assert why(store, document.name) == why(store, document.id)


def test_a_run_says_what_made_it(store: Store) -> None:
    """A run names the reader, its version and how many reports it read."""
    (reason,) = why(store, "R1")
    assert "nl-grammar" in reason.about
    assert f"{REPORTS} readings" in reason.about


def test_reasons_are_flat_rows(store: Store) -> None:
    """A row has the words apart from what stands around them, and no empty texts."""
    row = why(store, str(rows_of(store, "statements")[0]["statement"]))[0].row()
    assert row["exact"] == rows_of(store, "statements")[0]["content"]
    assert "" not in row.values()
    assert all(r.row()["exact"] is None for r in why(store, "R1"))
