"""Making and filling dossiers: adding twice is adding once, nothing is lost, and what is kept unread is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from example import DUTCH, ENGLISH, GERMAN, HAVENMONDE, REPORTS, everything, with_roster, write_made_up

from treves.dates import InvalidTime, Precision
from treves.errors import DossierError
from treves.services.dossiers import (
    DossierThere,
    add_paths,
    facts_of,
    hand_facts,
    new_dossier,
    options_of,
    renew,
    reread,
)
from treves.services.readings import ReadOptions, executor_of
from treves.services.rosters import RosterUnreadable, keep_roster, roster_of
from treves.services.views import rows_of, view_of
from treves.store import AddOutcome, Store, open_store
from treves.store.faults import DossierMissing


def test_the_example_is_read_whole(empty: Store) -> None:
    """Every report of the example is added, read, and none is left out."""
    added = add_paths(empty, [HAVENMONDE], with_roster())
    assert added.outcomes == {AddOutcome.ADDED: REPORTS, AddOutcome.APPEARANCE: 0, AddOutcome.SEEN: 0}
    assert (added.failures, added.unread) == ([], [])
    assert added.statements == empty.info().counts["statements"] > 40
    view = view_of(empty)
    assert len(view.documents) == REPORTS
    assert not view.left_out


def test_adding_twice_is_adding_once(store: Store) -> None:
    """A report that is added again changes no row, and is not read again."""
    before = everything(store)
    again = add_paths(store, [HAVENMONDE, HAVENMONDE / "01-vier-partijen-aan-tafel.txt"])
    assert again.outcomes[AddOutcome.SEEN] == REPORTS
    assert again.statements == 0
    assert everything(store) == before
    assert store.runs()[-1].readings == 0


def test_a_report_that_is_better_told_is_read_again(empty: Store, tmp_path: Path) -> None:
    """Times in a report follow its publication time, also when that is told later."""
    path = tmp_path / "bridge.txt"
    path.write_text(DUTCH, encoding="utf-8")
    add_paths(empty, [path])
    assert [r["when"] for r in rows_of(empty, "events")] == ["unknown"] * len(rows_of(empty, "events"))
    told = add_paths(empty, [path], hand=hand_facts(empty, outlet="De Bode", published="2024-03-04T18:00"))
    assert told.outcomes[AddOutcome.APPEARANCE] == 1
    assert "2024-03-05T20:00+01:00" in {r["start"] for r in rows_of(empty, "events")}
    assert {r["outlet"] for r in rows_of(empty, "statements")} == {"De Bode"}


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (GERMAN, "de"), ("12 juni. Ja. Nee. Wel.", "und")])
def test_a_language_without_a_pack_is_kept_and_said(empty: Store, tmp_path: Path, text: str, language: str) -> None:
    """A report that cannot be read is in the dossier, is found by its words, and is said to be unread."""
    path = tmp_path / "foreign.txt"
    path.write_text(text, encoding="utf-8")
    added = add_paths(empty, [path])
    assert added.unread == [("foreign.txt", language)]
    assert added.outcomes[AddOutcome.ADDED] == 1
    assert [d.text for d in empty.documents()] == [text]
    assert [left.reason for left in view_of(empty).left_out] == [f"no language pack for {language}"]
    assert empty.info().counts["statements"] == 0


def test_what_cannot_be_used_stops_nothing(empty: Store, tmp_path: Path) -> None:
    """A missing file, an empty one and a binary one are told, each with its code; the rest is added."""
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "good.txt").write_text(DUTCH, encoding="utf-8")
    names = ["missing.txt", "empty.txt", "binary.txt", "good.txt"]
    added = add_paths(empty, [tmp_path / name for name in names])
    assert [f.name for f in added.failures] == names[:3]
    assert all(f.error.code.startswith("T1") for f in added.failures)
    assert added.outcomes[AddOutcome.ADDED] == 1


def test_several_processes_give_the_same(empty: Store, tmp_path: Path) -> None:
    """Two jobs read what one reads, in the same order."""
    write_made_up(tmp_path / "reports", 6)
    add_paths(empty, [tmp_path / "reports"])
    with open_store(tmp_path / "two.treves", create=True) as two, executor_of(2) as executor:
        assert executor is not None
        add_paths(two, [tmp_path / "reports"], executor=executor)
        assert everything(two) == everything(empty)
        assert [d.name for d in two.documents()] == [d.name for d in empty.documents()]
        assert reread(two, executor=executor) == 6
        assert everything(two) == everything(empty)


def test_the_progress_of_adding_names_every_report(empty: Store) -> None:
    """Progress is told once for each report."""
    names: list[str] = []
    add_paths(empty, [HAVENMONDE], progress=names.append)
    assert sorted(names) == sorted(d.name for d in empty.documents())


def test_reading_again_changes_nothing(store: Store) -> None:
    """Reading every report again gives the same rows, and counts the reports."""
    before = everything(store)
    assert reread(store) == REPORTS
    assert everything(store) == before
    assert store.runs()[-1].readings == REPORTS


def test_the_roster_is_kept_in_the_dossier(store: Store) -> None:
    """Reading again without naming the roster knows the same persons; another roster takes its place."""
    assert roster_of(store) == with_roster().roster
    assert options_of(store).roster == with_roster().roster
    before = rows_of(store, "actors")
    reread(store)
    assert rows_of(store, "actors") == before
    smaller = with_roster().roster
    assert smaller is not None
    reread(store, ReadOptions(roster=type(smaller)(smaller.entries[:2])))
    kept = roster_of(store)
    assert kept is not None
    assert kept.entries == smaller.entries[:2]


def test_an_empty_roster_is_dropped(store: Store) -> None:
    """Keeping an empty roster leaves the dossier without one."""
    kept = roster_of(store)
    assert kept is not None
    keep_roster(store, type(kept)())
    assert roster_of(store) is None


def test_a_roster_that_another_program_wrote_is_an_error(store: Store) -> None:
    """What cannot be understood is not passed over in silence."""
    for damaged in ("no json", '{"entries": 5}', '{"entries": [{"aliases": []}]}'):
        store.put_setting("roster", damaged)
        with pytest.raises(RosterUnreadable, match="roster"):
            roster_of(store)


def test_a_new_dossier_takes_its_name_and_zone(tmp_path: Path) -> None:
    """Name and zone are kept, and times by hand are taken in that zone."""
    path = tmp_path / "islands.treves"
    new_dossier(path, name="Eilandsraad", zone="America/Curacao")
    with open_store(path) as store:
        assert store.setting("name") == "Eilandsraad"
        facts = hand_facts(store, published="2024-03-04T18:00")
        assert facts.published.iso() == "2024-03-04T18:00-04:00"
        assert facts.published.precision is Precision.MINUTES
        assert options_of(store, ReadOptions(zone="Europe/Paris")).zone == "America/Curacao"
        assert {"fact": "zone", "value": "America/Curacao"} in facts_of(store)


def test_a_new_dossier_never_takes_the_place_of_one(dossier: Path) -> None:
    """Asking for a new dossier where there is one changes nothing."""
    before = dossier.read_bytes()
    with pytest.raises(DossierThere, match="already"):
        new_dossier(dossier, name="Other")
    assert dossier.read_bytes() == before


def test_a_dossier_is_not_made_when_its_zone_is_none(tmp_path: Path) -> None:
    """A wrong zone is found before anything is made."""
    with pytest.raises(InvalidTime):
        new_dossier(tmp_path / "x.treves", zone="Europe/Nowhere")
    assert list(tmp_path.iterdir()) == []


def test_looking_makes_nothing(tmp_path: Path) -> None:
    """Opening a dossier that is not there makes none."""
    with pytest.raises(DossierMissing):
        open_store(tmp_path / "x.treves")
    assert list(tmp_path.iterdir()) == []


def test_renewing_nothing_starts_no_run(store: Store) -> None:
    """Where nothing is to be read again, no run is noted."""
    runs = len(store.runs())
    assert renew(store, []) == 0
    assert len(store.runs()) == runs


def test_an_unknown_report_cannot_be_renewed(store: Store) -> None:
    """An id that is none is an error."""
    with pytest.raises(DossierError, match="no report"):
        renew(store, ["0123456789abcdef"])
