"""Everything out, and back in: rows read back equal, and exported texts make the same dossier again."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from example import ENGLISH, REPORTS, everything, with_roster

from treves.exchange.exports import read_csv, read_jsonl
from treves.exchange.rows import RowKind
from treves.model.corrections import CorrectionKind
from treves.services.corrections import correct, undo
from treves.services.dossiers import add_paths
from treves.services.exporting import KINDS, export_text
from treves.services.views import rows_of
from treves.store import Store, open_store


def written(store: Store, kind: str, form: str = "csv") -> tuple[str, int]:
    """What exporting writes, and the number that it tells."""
    out = io.StringIO(newline="")
    count = export_text(store, kind, out, form=form)
    return out.getvalue(), count


@pytest.mark.parametrize("kind", list(RowKind))
def test_rows_read_back_equal(store: Store, kind: RowKind) -> None:
    """CSV and JSONL give back exactly the rows of the view."""
    rows = rows_of(store, kind)
    assert rows
    text, count = written(store, kind, "csv")
    assert (list(read_csv(text, kind)), count) == (rows, len(rows))
    text, count = written(store, kind, "jsonl")
    assert (list(read_jsonl(text, kind)), count) == (rows, len(rows))


def nameless(rows: dict[str, list[Mapping[str, Any]]]) -> dict[str, list[Mapping[str, Any]]]:
    """The rows, without who told outlet and time: that becomes the file they come from."""
    return {kind: [{k: v for k, v in r.items() if not k.endswith("_origin")} for r in of] for kind, of in rows.items()}


def test_texts_make_the_same_dossier_again(store: Store, tmp_path: Path) -> None:
    """The reports of one dossier, added to a fresh one, give the same statements, actors and events."""
    text, count = written(store, "texts")
    assert count == REPORTS
    path = tmp_path / "reports.jsonl"
    path.write_text(text, encoding="utf-8", newline="")
    with open_store(tmp_path / "fresh.treves", create=True) as fresh:
        added = add_paths(fresh, [path], with_roster())
        assert added.failures == []
        assert nameless(everything(fresh)) == nameless(everything(store))
        again, _ = written(fresh, "texts")
    assert again == text


def test_texts_carry_a_persons_corrections_of_time_and_outlet(store: Store, tmp_path: Path) -> None:
    """What a person corrected about a report is not lost on the way out."""
    name = "01-vier-partijen-aan-tafel.txt"
    correct(store, CorrectionKind.SET_OUTLET, name, {"outlet": "De Nieuwe Bode"})
    correct(store, CorrectionKind.SET_DATE, name, {"moment": "2026-04-22"})
    records = {r["name"]: r for r in map(json.loads, written(store, "texts")[0].splitlines())}
    assert (records[name]["outlet"], records[name]["published"]) == ("De Nieuwe Bode", "2026-04-22")


def test_unread_reports_go_out_too(empty: Store, tmp_path: Path) -> None:
    """A report in a language without a pack is among the texts."""
    (tmp_path / "foreign.txt").write_text(ENGLISH, encoding="utf-8")
    add_paths(empty, [tmp_path / "foreign.txt"])
    (record,) = map(json.loads, written(empty, "texts")[0].splitlines())
    assert (record["text"], record["language"]) == (ENGLISH, "en")


def test_the_log_of_corrections_goes_out(store: Store) -> None:
    """Undone corrections are in it, marked."""
    correct(store, CorrectionKind.RENAME_ACTOR, "famke-lindenaar", {"name": "F. Lindenaar"})
    undo(store)
    text, count = written(store, "corrections")
    (record,) = map(json.loads, text.splitlines())
    assert count == 1
    assert (record["values"], record["undone_at"] is None) == ({"name": "F. Lindenaar"}, False)


def test_annotations_point_at_the_words(store: Store) -> None:
    """Every annotation's place holds its words in the report that it names."""
    page = json.loads(written(store, "annotations")[0])
    texts = {d.id: d.text for d in store.documents()}
    assert len(page["items"]) > REPORTS
    for item in page["items"]:
        quote, place = item["target"]["selector"]
        text = texts[item["target"]["source"]["id"].removeprefix("urn:treves:document:")]
        assert text[place["start"] : place["end"]] == quote["exact"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_dossier_exports(empty: Store, kind: str) -> None:
    """Nothing is exported as nothing, or as a header alone."""
    text, count = written(empty, kind)
    assert count == 0
    assert text.count("\n") <= 1 or kind == "annotations"
