"""A person's corrections, end to end: they show, survive reading again, are told by why, and can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from example import DUTCH, ENGLISH, everything

from treves.dates import InvalidTime
from treves.errors import CorrectionError
from treves.model.corrections import Correction, CorrectionKind, CorrectionValue
from treves.model.statements import StatementKind
from treves.services.corrections import (
    NoSuchPassage,
    NoTarget,
    NothingSaid,
    WrongTarget,
    add_statement,
    correct,
    log_rows,
    undo,
)
from treves.services.dossiers import add_paths, hand_facts, reread
from treves.services.explanations import NothingCalled, why
from treves.services.views import rows_of, view_of
from treves.store import Store, open_store
from treves.store.faults import NothingToUndo

FIRST = "01-vier-partijen-aan-tafel.txt"
THIRD = "03-groen-stelt-ultimatum.txt"
Row = Mapping[str, Any]


def statement_with(store: Store, words: str) -> Row:
    """The first row of a statement whose content holds `words`."""
    return next(r for r in rows_of(store, "statements") if words in str(r["content"]))


def _rename(store: Store) -> Correction:
    values: dict[str, CorrectionValue] = {"name": "Hedwig Merelaar", "party": "Geen"}
    return correct(store, CorrectionKind.RENAME_ACTOR, "hedwig-van-merelaar", values, author="anna")


def _merge(store: Store) -> Correction:
    return correct(store, CorrectionKind.MERGE_ACTORS, "pim-rozendrecht", {"into": "hedwig-van-merelaar"})


def _split(store: Store) -> Correction:
    values: dict[str, CorrectionValue] = {"name": "Fenna Lindenaar", "documents": [THIRD]}
    return correct(store, CorrectionKind.SPLIT_ACTOR, "famke-lindenaar", values)


def _speaker(store: Store) -> Correction:
    target = str(statement_with(store, "wacht op niemand")["statement"])
    values: dict[str, CorrectionValue] = {"speakers": ["Wim Nieuweling", "famke-lindenaar"]}
    return correct(store, CorrectionKind.SET_SPEAKERS, target, values)


def _reject(store: Store) -> Correction:
    return correct(store, CorrectionKind.REJECT_STATEMENT, str(statement_with(store, "wacht op niemand")["statement"]))


def _add(store: Store) -> Correction:
    return add_statement(store, FIRST, "hij pakte zijn fiets", ["barend-kwartel"], kind=StatementKind.INDIRECT)


def _date_of_event(store: Store) -> Correction:
    event = next(r for r in rows_of(store, "events") if r["kind"] == "deadline")
    return correct(store, CorrectionKind.SET_DATE, str(event["event"]), {"moment": "2026-05-09T13:00"})


def _date_of_report(store: Store) -> Correction:
    return correct(store, CorrectionKind.SET_DATE, FIRST, {"moment": "2026-04-16T20:00"})


def _outlet(store: Store) -> Correction:
    return correct(store, CorrectionKind.SET_OUTLET, FIRST, {"outlet": "De Nieuwe Bode"})


def _renamed(store: Store) -> bool:
    told = {r["actor"]: (r["name"], r["party"]) for r in rows_of(store, "actors")}
    return told["hedwig-van-merelaar"] == ("Hedwig Merelaar", "Geen")


def _merged(store: Store) -> bool:
    return "pim-rozendrecht" not in {r["actor"] for r in rows_of(store, "actors")}


def _was_split(store: Store) -> bool:
    document = next(d.id for d in store.documents() if d.name == THIRD)
    names = {r["name"]: r["documents"] for r in rows_of(store, "actors")}
    other = names.get("Fenna Lindenaar")
    return other == [document] and document not in str(names["Famke Lindenaar"])


def _has_speaker(store: Store) -> bool:
    return list(statement_with(store, "wacht op niemand")["speaker_names"]) == ["Wim Nieuweling", "Famke Lindenaar"]


def _rejected(store: Store) -> bool:
    reports = {r["report"] for r in rows_of(store, "statements") if "wacht op niemand" in str(r["content"])}
    return FIRST not in reports


def _was_added(store: Store) -> bool:
    found = [r for r in rows_of(store, "statements") if r["content"] == "hij pakte zijn fiets"]
    return [(r["rule"], r["speaker_names"], r["kind"]) for r in found] == [
        ("added by hand", ["Barend Kwartel"], "indirect")
    ]


def _event_dated(store: Store) -> bool:
    return "2026-05-09T13:00+02:00" in {r["when"] for r in rows_of(store, "events")}


def _report_dated(store: Store) -> bool:
    """The report has its time, and what it said about the next morning has moved along."""
    days = {str(r["when"])[:10] for r in rows_of(store, "events")}
    published = {r["name"]: r["published"] for r in rows_of(store, "reports")}
    return published[FIRST] == "2026-04-16T20:00+02:00" and "2026-04-17" in days


def _has_outlet(store: Store) -> bool:
    return str(statement_with(store, "geen letter geschreven")["outlet"]) == "De Nieuwe Bode"


CASES = {
    "rename": (_rename, _renamed),
    "merge": (_merge, _merged),
    "split": (_split, _was_split),
    "speaker": (_speaker, _has_speaker),
    "reject": (_reject, _rejected),
    "add": (_add, _was_added),
    "date of an event": (_date_of_event, _event_dated),
    "date of a report": (_date_of_report, _report_dated),
    "outlet": (_outlet, _has_outlet),
}


@pytest.mark.parametrize("case", CASES)
def test_a_correction_holds_until_it_is_undone(store: Store, case: str) -> None:
    """It shows at once and after reading again; undoing it gives back exactly what was there before."""
    make, holds = CASES[case]
    before = everything(store)
    assert not holds(store)
    made = make(store)
    assert holds(store)
    reread(store)
    assert holds(store)
    assert view_of(store).orphaned == ()
    assert undo(store).id == made.id
    assert everything(store) == before
    reread(store)
    assert everything(store) == before


@pytest.mark.parametrize("case", CASES)
def test_a_correction_is_told_by_why_and_by_the_log(store: Store, case: str) -> None:
    """Asked for, a correction says what it does; its target says that it was corrected."""
    made = CASES[case][0](store)
    (own,) = why(store, made.id)
    assert (own.what, own.detail, own.id) == ("correction", str(made.kind), made.id)
    answers = why(store, made.target)
    told = {c.split(":")[0] for r in answers for c in r.corrections} | {r.id for r in answers if r.what == "correction"}
    assert made.id in told
    (row,) = log_rows(store.corrections(in_force=False))
    assert (row["correction"], row["kind"], row["undone_at"]) == (made.id, str(made.kind), None)
    undo(store, made.id)
    (row,) = log_rows(store.corrections(in_force=False))
    assert row["undone_at"] is not None
    assert not any(r.corrections for r in why(store, FIRST))


def test_a_correction_survives_a_new_process(dossier: Path) -> None:
    """Closed and opened again, the dossier still has it, with who made it."""
    with open_store(dossier) as store:
        _rename(store)
    with open_store(dossier) as store:
        assert _renamed(store)
        assert log_rows(store.corrections())[0]["author"] == "anna"


def test_corrections_may_be_made_on_what_is_corrected(store: Store) -> None:
    """Renaming what was merged, and undoing the earlier one of two, leaves the other in force."""
    merged = _merge(store)
    _rename(store)
    undo(store, merged.id)
    assert _renamed(store)
    assert not _merged(store)


@pytest.mark.parametrize(
    ("kind", "target", "values", "error"),
    [
        ("rename", "nobody-at-all", {"name": "X"}, NoTarget),
        ("rename", FIRST, {"name": "X"}, WrongTarget),
        ("rename", "famke-lindenaar", {"name": "  "}, NothingSaid),
        ("rename", "famke-lindenaar", {}, NothingSaid),
        ("merge", "famke-lindenaar", {"into": "famke-lindenaar"}, NothingSaid),
        ("merge", "famke-lindenaar", {"into": "nobody-at-all"}, NoTarget),
        ("merge", "famke-lindenaar", {}, NoTarget),
        ("split", "famke-lindenaar", {"name": "X", "documents": []}, NothingSaid),
        ("split", "famke-lindenaar", {"name": "X", "documents": ["none.txt"]}, NoTarget),
        ("split", "aysel-demirkaya", {"name": "X", "documents": [FIRST]}, WrongTarget),
        ("split", "famke-lindenaar", {"name": "", "documents": [FIRST]}, NothingSaid),
        ("speaker", "famke-lindenaar", {"speakers": []}, WrongTarget),
        ("speaker", "S000000000000", {"speakers": []}, NoTarget),
        ("reject", FIRST, {}, WrongTarget),
        ("date", "famke-lindenaar", {"moment": "2026"}, WrongTarget),
        ("date", FIRST, {"moment": "yesterday"}, InvalidTime),
        ("date", FIRST, {}, InvalidTime),
        ("outlet", "famke-lindenaar", {"outlet": "X"}, WrongTarget),
        ("outlet", FIRST, {"outlet": ""}, NothingSaid),
        ("add", FIRST, {}, CorrectionError),
    ],
)
def test_a_correction_that_cannot_hold_is_refused(
    store: Store, kind: str, target: str, values: dict[str, CorrectionValue], error: type[Exception]
) -> None:
    """A target that is not there, is of another kind, or a value that says nothing stores nothing."""
    before = everything(store)
    with pytest.raises(error):
        correct(store, CorrectionKind(kind), target, values)
    assert store.corrections(in_force=False) == []
    assert everything(store) == before


def test_an_utterance_told_several_times_is_not_corrected_as_one(store: Store) -> None:
    """The error names its statements; an utterance told once goes by either id."""
    utterances = view_of(store).utterances
    several = next(u for u in utterances if len(u.tellings) > 1)
    once = next(u for u in utterances if len(u.tellings) == 1)
    with pytest.raises(WrongTarget) as caught:
        correct(store, CorrectionKind.REJECT_STATEMENT, several.id)
    assert several.tellings[1].statement in caught.value.hint
    made = correct(store, CorrectionKind.REJECT_STATEMENT, once.id)
    assert made.target == once.tellings[0].statement


@pytest.mark.parametrize(
    ("report", "words", "error"),
    [
        (FIRST, "these words are not there", NoSuchPassage),
        (FIRST, "de", NoSuchPassage),
        (FIRST, "   ", NoSuchPassage),
        ("none.txt", "hij pakte zijn fiets", NoTarget),
    ],
)
def test_added_words_must_stand_in_the_report_once(
    store: Store, report: str, words: str, error: type[CorrectionError]
) -> None:
    """Words that cannot be found, or in several places, are refused."""
    with pytest.raises(error):
        add_statement(store, report, words, [])
    assert store.corrections() == []


def test_nothing_is_added_to_a_report_that_is_not_read(empty: Store, tmp_path: Path) -> None:
    """A report without a language pack is in no view, so that a statement in it would never show."""
    (tmp_path / "foreign.txt").write_text(ENGLISH, encoding="utf-8")
    add_paths(empty, [tmp_path / "foreign.txt"])
    with pytest.raises(WrongTarget, match="not read"):
        add_statement(empty, "foreign.txt", "nowhere near an agreement", [])


def test_a_report_without_a_time_gets_one(empty: Store, tmp_path: Path) -> None:
    """Setting when a report was published resolves the times in it; undoing it makes them unknown again."""
    (tmp_path / "bridge.txt").write_text(DUTCH, encoding="utf-8")
    add_paths(empty, [tmp_path / "bridge.txt"])
    before = everything(empty)
    correct(empty, CorrectionKind.SET_DATE, "bridge.txt", {"moment": "2024-03-04"})
    assert "2024-03-05T20:00+01:00" in {r["start"] for r in rows_of(empty, "events")}
    add_paths(empty, [tmp_path / "bridge.txt"], hand=hand_facts(empty, published="2024-03-11"))
    assert "2024-03-05T20:00+01:00" in {r["start"] for r in rows_of(empty, "events")}
    undo(empty)
    assert "2024-03-12T20:00+01:00" in {r["start"] for r in rows_of(empty, "events")}
    assert before["events"]


def test_there_is_nothing_to_undo(store: Store) -> None:
    """Without a correction in force, and for an unknown one, undo is an error."""
    with pytest.raises(NothingToUndo):
        undo(store)
    with pytest.raises(NothingToUndo):
        undo(store, "C9")


def test_why_of_nothing_is_an_error(store: Store) -> None:
    """An id that is none is said to be none."""
    with pytest.raises(NothingCalled, match="S-nothing"):
        why(store, "S-nothing")
