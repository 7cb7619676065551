"""Text reports: header blocks, leading dates, and offsets that match the file."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treves.exchange.intake import load
from treves.exchange.reports import Failure
from treves.exchange.text_files import Opening, read_opening
from treves.model.evidence import Document, Origin, document_id

BODY = "De partijen zijn het nog niet eens.\n\n„Wij praten verder”, zei de voorzitter.\n"


def opening(text: str) -> Opening:
    """The opening of `text`, in Dutch time."""
    return read_opening(text, name="r.txt", where="Europe/Amsterdam")


def one(path: Path) -> Document:
    """The only report in the file `path`."""
    (document,) = load(path)
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize(
    "header",
    [
        "outlet: De Kadekrant\npublished: 2026-04-21T23:40+02:00\ntitle: Nog geen akkoord\n\n",
        "Medium: De Kadekrant\nGepubliceerd: 21 april 2026, 23.40 uur\nTitel: Nog geen akkoord\nAuteur: Iemand\n\n",
        "krant:De Kadekrant\n\tdatum :  2026-04-21 23:40\n  KOP: Nog geen akkoord\nrubriek: politiek\n\n\n",
        "\nbron: De Kadekrant\ndate: Tue, 21 Apr 2026 23:40:00 +0200\nheadline: Nog geen akkoord\nlink: x\n \t\n",
    ],
)
def test_header(header: str) -> None:
    """Keys in English and Dutch give the facts, and the report begins behind the empty line."""
    found = opening(header + BODY)
    assert found.facts.outlet == "De Kadekrant"
    assert found.facts.published.iso() == "2026-04-21T23:40+02:00"
    assert found.facts.title == "Nog geen akkoord"
    assert found.facts.outlet_origin is Origin.HEADER
    assert found.facts.published_origin is Origin.HEADER
    assert (header + BODY)[found.body_start :] == BODY
    assert not found.errors


@pytest.mark.parametrize(
    ("leading", "iso"),
    [
        (" date 2023-07 ", "2023-07"),
        ("date 2023-07-06 ", "2023-07-06"),
        ("datum 2023-07-06\n", "2023-07-06"),
        ("Datum: 2023-07\n", "2023-07"),
        ("date: 2023-07 ", "2023-07"),
        ("\n  date  2023-7-6  \n\n", "2023-07-06"),
    ],
)
def test_leading_date(leading: str, iso: str) -> None:
    """A partial date before the text is the publication time, told by the text, and no part of the report."""
    found = opening(leading + BODY)
    assert found.facts.published.iso() == iso
    assert found.facts.published_origin is Origin.TEXT
    assert (leading + BODY)[found.body_start :] == BODY


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "Terwindt: wij praten verder\n\nDat zei zij.",
        "Kop: Nee\nDe partijen praten verder.\n\nMeer nieuws.",
        "date 2023-13 was nooit een maand.",
        "update 2023-07 van de zaak",
        "dat is 2023-07 gebeurd",
        "De datum 2023-07 staat vast.",
        "titel: a\nx: b\ny: c\n\nTekst",
        "titel: a\n" * 200 + "\nTekst",
        "titel: " + "a" * 3000 + "\n\nTekst",
        "",
    ],
)
def test_no_opening(text: str) -> None:
    """What only looks like a header or date belongs to the report."""
    assert opening(text) == Opening()


def test_date_alone_above_an_empty_line_is_a_header() -> None:
    """A key with nothing but a date is a header; a date with text behind it is not."""
    assert opening("datum: 2023-07\n\n" + BODY).facts.published_origin is Origin.HEADER
    assert opening("datum: 2023-07 De partijen praten.\n\n" + BODY).facts.published_origin is Origin.TEXT


def test_bad_header_values_are_told_and_the_report_is_kept(tmp_path: Path) -> None:
    """A date or precision that cannot be read costs the report only that fact."""
    path = tmp_path / "r.txt"
    path.write_text(f"outlet: De Kadekrant\npublished: gisteren\nprecision: ongeveer\n\n{BODY}", encoding="utf-8")
    document, *failures = load(path)
    assert isinstance(document, Document)
    assert document.outlets == ("De Kadekrant",)
    assert document.published.earliest is None
    told = {str(f.error.code): f.kept for f in failures if isinstance(f, Failure)}
    assert told == {"T108": True}
    assert [f.error.what.split(" of ")[0] for f in failures if isinstance(f, Failure)] == [
        "r.txt, line 3",
        "r.txt, line 2",
    ]


@given(
    paragraphs=st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"])), min_size=1, max_size=6),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    leading=st.sampled_from(["", " date 2023-07 ", "outlet: X\n\n", "datum 2024-05-06\n"]),
)
def test_offsets_match_the_file(paragraphs: list[str], end: str, leading: str) -> None:
    """The stored text is the file read with universal newlines, and the id depends on the body alone."""
    text = leading + "Drie hele woorden.\n" + "\n".join(paragraphs)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "r.txt"
        path.write_bytes(text.replace("\n", end).encode())
        document = one(path)
        assert document.text == path.read_text(encoding="utf-8")
    assert document.body.startswith("Drie hele")
    assert document.id == document_id(document.body)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_same_report_in_any_encoding_is_one_document(encoding: str, end: str, tmp_path: Path) -> None:
    """Encoding and line ends leave no trace in the id."""
    path = tmp_path / "r.txt"
    path.write_bytes(("outlet: Kadekrant\n\n" + BODY).replace("\n", end).encode(encoding))
    assert one(path).id == document_id(BODY)


def test_language_of_the_header_counts(tmp_path: Path) -> None:
    """A language in the header is taken; without one it is left to be told."""
    path = tmp_path / "r.txt"
    path.write_text(f"taal: nl-NL\n\n{BODY}", encoding="utf-8")
    assert one(path).language == "nl"
    path.write_text(BODY, encoding="utf-8")
    assert one(path).language == "und"
