"""Sidecar tables: outlet and time of the reports beside them, with errors that say where."""

from pathlib import Path

import pytest

from treves.exchange.intake import load_all
from treves.exchange.reports import Failure
from treves.exchange.sidecar import BadSidecar, Sidecar, read_sidecar
from treves.model.evidence import Document, Origin

TEXT = "De partijen praten morgen verder over de kade."


def table(folder: Path, text: str, encoding: str = "utf-8") -> Sidecar:
    """The table `text`, saved in `folder` and read."""
    path = folder / "reports.csv"
    path.write_bytes(text.encode(encoding))
    return read_sidecar(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_dialects(delimiter: str, encoding: str, end: str, tmp_path: Path) -> None:
    """Commas, semicolons and tabs, with any line end and encoding, give the same facts."""
    rows = [
        ["file", "outlet", "published", "precision", "note"],
        ["a.txt", "Café Krant", "2026-05-01T12:34+02:00", "hours", '"een, twee; ""drie"""'],
        ["b.txt", "", "2026-05", "", ""],
    ]
    found = table(tmp_path, end.join(delimiter.join(row) for row in rows) + end, encoding)
    facts = found.facts("a.txt")
    assert (facts.outlet, facts.published.iso()) == ("Café Krant", "2026-05-01T12:00+02:00")
    assert (facts.outlet_origin, facts.published_origin) == (Origin.SIDECAR, Origin.SIDECAR)
    assert (found.facts("b.txt").published.iso(), found.facts("b.txt").outlet_origin) == ("2026-05", Origin.NONE)
    assert found.facts("c.txt").outlet is None
    assert not found.errors


def test_dutch_columns_in_any_order(tmp_path: Path) -> None:
    """Column names may be Dutch, in any case and order; unknown ones are notes."""
    found = table(tmp_path, "Gepubliceerd;ruis;Krant;Bestand;Titel\n2026-05-01;x;De Havenbode;a.txt;Kop\n")
    facts = found.facts("a.txt")
    assert (facts.outlet, facts.title, facts.published.iso()) == ("De Havenbode", "Kop", "2026-05-01")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a.txt,X,gisteren,", ("line 2", '"published"', "gisteren")),
        ("a.txt,X,2026-05-01,uren", ("line 2", '"precision"', "uren", "hours")),
        ("a.txt,X,2026-05,hours", ("line 2", '"published"', "2026-05")),
        ("a.txt,X,2026-05-01,days,extra,cell", ("line 2", "6 cells", "4 columns")),
        ("a.txt,X,2026-05-01,\na.txt,Y,2026-05-02,", ("line 3", "a.txt", "line 2")),
    ],
)
def test_bad_row_says_where_and_costs_only_itself(row: str, told: tuple[str, ...], tmp_path: Path) -> None:
    """An error names line, column and value; the outlet of the row is still used."""
    found = table(tmp_path, f"file,outlet,published,precision\n{row}\n")
    (error,) = found.errors_of("a.txt")
    assert error.code == "T132"
    assert all(part in str(error) for part in told)
    assert found.facts("a.txt").outlet == "X"


@pytest.mark.parametrize("text", ["", "\n\n", "outlet,published\nX,2026\n", 'file,outlet\n"a.txt,X\n', 'file\n"a"b\n'])
def test_no_table(text: str, tmp_path: Path) -> None:
    """A table without the column "file", or with broken quotation marks, is refused as a whole."""
    with pytest.raises(BadSidecar) as caught:
        table(tmp_path, text)
    assert caught.value.code == "T131"
    assert caught.value.hint


def test_precedence_over_header_page_and_text(tmp_path: Path) -> None:
    """The sidecar outranks the header and the leading date; what it leaves open they fill in."""
    (tmp_path / "a.txt").write_text(f"outlet: Kop\npublished: 2026-01-01\ntitle: T\n\n{TEXT}", encoding="utf-8")
    (tmp_path / "b.txt").write_text(f" date 2026-01 {TEXT}", encoding="utf-8")
    (tmp_path / "reports.csv").write_text("file,outlet,published\na.txt,Tabel,\nb.txt,,2026-01-05\n", encoding="utf-8")
    first, second = load_all([tmp_path])
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    one, two = first.first, second.first
    assert (one.outlet, one.outlet_origin, one.published_origin) == ("Tabel", Origin.SIDECAR, Origin.HEADER)
    assert (two.published.iso(), two.published_origin) == ("2026-01-05", Origin.SIDECAR)


def test_accents_of_file_names_match(tmp_path: Path) -> None:
    """A file name with taken-apart accents is found in a table that has them whole."""
    found = table(tmp_path, "file,outlet\ncafé.txt,X\n")
    assert found.facts("cafe\u0301.txt").outlet == "X"


def test_listed_file_that_is_missing_is_told_for_a_folder(tmp_path: Path) -> None:
    """A misspelt file name in the table is told when the folder is read, not when another file is."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    table(tmp_path, "file,outlet\na.txt,X\nweg.txt,Y\n,Z\n")
    document, *failures = load_all([tmp_path])
    assert isinstance(document, Document)
    assert sorted(f.error.code for f in failures if isinstance(f, Failure)) == ["T132", "T133"]
    assert any("weg.txt" in f.error.what and "line 3" in f.error.what for f in failures if isinstance(f, Failure))
    assert len(list(load_all([tmp_path / "a.txt"]))) == 1


def test_broken_table_stops_no_report(tmp_path: Path) -> None:
    """Reports are read without their table when that cannot be read, which is told once."""
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"{TEXT} {name}", encoding="utf-8")
    (tmp_path / "reports.csv").write_bytes(b"\x00\x01")
    results = list(load_all([tmp_path]))
    assert [r.error.code for r in results if isinstance(r, Failure)] == ["T105"]
    assert sum(isinstance(r, Document) for r in results) == 3


def test_table_elsewhere(tmp_path: Path) -> None:
    """A table may be named, and one that is not there is told."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    other = folder / "times.csv"
    other.write_text("file,outlet\na.txt,X\n", encoding="utf-8")
    (document,) = load_all([folder / "a.txt"], sidecar=other)
    assert isinstance(document, Document)
    assert document.outlets == ("X",)
    failure, _ = load_all([folder / "a.txt"], sidecar=tmp_path / "weg.csv")
    assert isinstance(failure, Failure)
    assert failure.error.code == "T101"
