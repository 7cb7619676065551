"""Commands that look: formats, filters, Dutch, and what is not there."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from running import Run

from treves.exchange.exports import read_csv
from treves.exchange.rows import COLUMNS, RowKind
from treves.services.views import rows_of
from treves.store import open_store

LISTINGS = ["statements", "actors", "events"]


@pytest.mark.parametrize("command", LISTINGS)
def test_every_format_holds_the_same_rows(treves: Run, dossier: Path, command: str) -> None:
    """JSON, JSONL and CSV give the rows of the service, each whole."""
    with open_store(dossier) as store:
        rows = rows_of(store, command)
    assert json.loads(treves(command, dossier, "--json").out) == rows
    assert [json.loads(line) for line in treves(command, dossier, "--jsonl").out.splitlines()] == rows
    assert list(read_csv(treves(command, dossier, "--csv").out, RowKind(command))) == rows


@pytest.mark.parametrize("command", LISTINGS)
def test_an_empty_listing_is_no_failure(treves: Run, tmp_path: Path, command: str) -> None:
    """Nothing found is said on stderr, exits 0, and a CSV has its header all the same."""
    dossier = tmp_path / "x.treves"
    treves("new", dossier)
    done = treves(command, dossier)
    assert (done.code, done.out, done.err) == (0, "", "Nothing found.\n")
    assert treves(command, dossier, "--json").out == "[]\n"
    assert treves(command, dossier, "--jsonl").out == ""
    header = treves(command, dossier, "--csv").out.splitlines()
    assert header == [",".join(COLUMNS[RowKind(command)])]


def test_statements_of_one_speaker(treves: Run, dossier: Path) -> None:
    """Only the speaker's statements are listed, whatever the case and accents."""
    rows = [
        json.loads(line) for line in treves("statements", dossier, "--speaker", "LÍNDENAAR", "--jsonl").out.splitlines()
    ]
    assert rows
    assert all(any("Lindenaar" in name for name in r["speaker_names"]) for r in rows)
    assert treves("statements", dossier, "--speaker", "nobody at all").err == "Nothing found.\n"


@pytest.mark.parametrize("command", LISTINGS)
def test_a_view_as_of_a_moment(treves: Run, dossier: Path, command: str) -> None:
    """With --as-of fewer rows are listed, and none before the first report."""
    now = treves(command, dossier, "--jsonl").out.count("\n")
    then = treves(command, dossier, "--as-of", "2026-04-24T12:00", "--jsonl").out.count("\n")
    assert 0 < then < now
    assert treves(command, dossier, "--as-of", "2026-04-22").err == "Nothing found.\n"
    wrong = treves(command, dossier, "--as-of", "gisteren")
    assert (wrong.code, wrong.out) == (2, "")
    assert "T401" in wrong.err


@pytest.mark.parametrize("command", [*LISTINGS, "info"])
def test_tables_in_dutch(treves: Run, dossier: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Headings and coded values are Dutch with --language before or after the command, or in the environment."""
    monkeypatch.setenv("COLUMNS", "160")
    english = treves(command, dossier).out
    dutch = treves("--language", "nl", command, dossier).out
    assert english != dutch
    assert treves(command, dossier, "--language", "nl").out == dutch
    monkeypatch.setenv("TREVES_LANGUAGE", "nl")
    assert treves(command, dossier).out == dutch
    assert treves(command, dossier, "--language", "en").out == english
    expected = {"statements": "gepubliceerd", "actors": "persoon", "events": "geweest", "info": "uitspraken"}
    assert expected[command] in dutch


def test_times_are_shown_in_the_zone_of_the_dossier(treves: Run, dossier: Path) -> None:
    """A table has local time to the minute; data keeps its offset."""
    assert "2026-04-23 20:00" in treves("statements", dossier).out
    assert "2026-04-23T20:00+02:00" in treves("statements", dossier, "--csv").out


def test_search_finds_reports(treves: Run, dossier: Path) -> None:
    """Hits are told with outlet and passage, best first, at most so many, as of a moment if asked."""
    rows = [json.loads(line) for line in treves("search", dossier, "walstroom*", "--jsonl").out.splitlines()]
    assert len(rows) > 2
    assert all("walstroom" in r["snippet"].lower() for r in rows)
    assert treves("search", dossier, "walstroom*", "--limit", "1", "--jsonl").out.count("\n") == 1
    early = treves("search", dossier, "walstroom*", "--as-of", "2026-04-24", "--jsonl").out
    assert early.count("\n") < len(rows)
    assert treves("search", dossier, '"niet bestaande woorden"').err == "Nothing found.\n"
    table = treves("search", dossier, "tolhuis").out
    assert "Persbureau Kust" in table
    assert max(map(len, table.splitlines())) <= 80


def test_why_shows_the_passage_in_its_report(treves: Run, dossier: Path) -> None:
    """A statement's words stand in brackets between what surrounds them, with report, place, rule and run."""
    row = json.loads(treves("statements", dossier, "--jsonl").out.splitlines()[0])
    told = treves("why", dossier, row["statement"])
    assert told.code == 0
    squeezed = " ".join(told.out.split())
    assert f"[{row['content']}]" in squeezed
    for word in (row["report"], row["outlet"], row["rule"], "R1: nl-grammar", f"{row['start']}-{row['end']}"):
        assert word in squeezed
    assert max(map(len, told.out.splitlines())) <= 80
    assert json.loads(treves("why", dossier, row["statement"], "--json").out)[0]["exact"] == row["content"]


def test_unknown_ids_and_dossiers_are_data_errors(treves: Run, dossier: Path, tmp_path: Path) -> None:
    """Nothing is printed on stdout, and no file is made."""
    missing = tmp_path / "none" / "x.treves"
    for arguments in (
        ("why", dossier, "S123"),
        ("correct", "reject", dossier, "S123"),
        ("undo", dossier, "C5"),
        *((c, missing) for c in (*LISTINGS, "info", "reread")),
        ("search", missing, "x"),
        ("why", missing, "x"),
        ("export", missing, "texts"),
        ("feed", "list", missing),
        ("feed", "fetch", missing),
        ("correct", "log", missing),
        ("undo", missing),
        ("add", missing, dossier.parent),
        ("brief", "--dossier", missing, "--out", tmp_path / "b.html"),
    ):
        done = treves(*arguments)
        assert (done.code, done.out) == (1, ""), arguments
        assert done.err.startswith("Error T"), arguments
    assert sorted(p.name for p in tmp_path.iterdir() if not p.name.startswith("havenmonde")) == []


def test_a_foreign_file_is_left_as_it_is(treves: Run, tmp_path: Path) -> None:
    """A file that is no dossier is named as such, and not touched."""
    other = tmp_path / "notes.treves"
    other.write_text("notes\n" * 100, encoding="utf-8")
    for command in ("info", "statements", "new"):
        done = treves(command, other)
        assert done.code == 1
        assert "T202" in done.err
    assert other.read_text(encoding="utf-8") == "notes\n" * 100


@pytest.mark.parametrize("kind", ["statements", "reports", "texts", "annotations", "corrections", "differences"])
def test_export_to_a_file_and_to_stdout(treves: Run, dossier: Path, tmp_path: Path, kind: str) -> None:
    """Both hold the same; the file is announced on stderr, stdout holds data alone."""
    path = tmp_path / "out.data"
    told = treves("export", dossier, kind, "--out", path)
    assert (told.code, told.out) == (0, "")
    assert str(path) in told.err
    streamed = treves("export", dossier, kind)
    assert (streamed.code, streamed.err) == (0, "")
    assert path.read_bytes().decode("utf-8") == streamed.out


def test_export_as_of_a_moment(treves: Run, dossier: Path) -> None:
    """What was published later is not in the rows."""
    rows = list(csv.DictReader(io.StringIO(treves("export", dossier, "reports", "--as-of", "2026-04-24").out)))
    assert sum(not r["left_out"] for r in rows) == 2


def test_export_where_it_cannot_be_written(treves: Run, dossier: Path, tmp_path: Path) -> None:
    """A missing folder is a usage error."""
    done = treves("export", dossier, "texts", "--out", tmp_path / "none" / "x.jsonl")
    assert done.code == 2
    assert "T403" in done.err


def test_info_counts_and_checks(treves: Run, dossier: Path) -> None:
    """Facts are rows; a whole dossier is said to be intact."""
    rows = {r["fact"]: r["value"] for r in json.loads(treves("info", dossier, "--json").out)}
    assert (rows["name"], rows["documents"], rows["roster"], rows["read_only"]) == ("Havenmonde", 7, 7, False)
    done = treves("info", dossier, "--check")
    assert (done.code, done.err) == (0, "The dossier is intact.\n")


def test_info_tells_of_damage(treves: Run, dossier: Path) -> None:
    """A text that was changed behind our back is damage: exit code 1, told on stderr."""
    import sqlite3

    with sqlite3.connect(dossier) as connection:
        connection.execute("UPDATE document SET text = replace(text, 'Tolhuis', 'Raadhuis') WHERE number = 4")
    connection.close()
    done = treves("info", dossier, "--check")
    assert done.code == 1
    assert "the text is not the one that was added" in done.err


def test_hostile_words_cannot_steer_a_terminal(treves: Run, tmp_path: Path) -> None:
    """Control characters of a report are shown as such in tables, and escaped in JSON."""
    (tmp_path / "r.txt").write_text(
        "„Wij gaan \x1b[2Jdoor \u202etot het licht\x07 uitgaat”, zei wethouder Margriet Zeilstra maandag na afloop.\n",
        encoding="utf-8",
    )
    dossier = tmp_path / "x.treves"
    assert treves("add", "--create", dossier, tmp_path / "r.txt").code == 0
    told = treves("statements", dossier).out
    assert "\ufffd[2Jdoor" in told
    assert not set(told) & {"\x1b", "\x07", "\u202e"}
    assert "\x1b" not in treves("statements", dossier, "--jsonl").out
