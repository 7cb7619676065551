"""Intake: which files hold reports, which reader reads them, and whose word counts."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from treves.dates import InvalidTime
from treves.errors import InputError
from treves.exchange import intake, source
from treves.exchange.intake import ENTRY_POINTS, find_reports, load, load_all
from treves.exchange.reports import Facts, Failure, document_of
from treves.exchange.source import Source
from treves.model.evidence import Document, Origin

TEXT = "De partijen praten morgen verder over de kade."
PAGE = f"<html><body><article><p>{TEXT} Dat zei de voorzitter na afloop tegen ons.</p></article></body></html>"

ARCHIVE = f"From: x\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n{PAGE}"


def write(path: Path, content: str | bytes = TEXT) -> Path:
    """Write `content` to `path`, with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def outcome(path: Path) -> str:
    """The code of the error that reading `path` gives, or the names of its reports."""
    try:
        return " ".join(d.name for d in load(path))
    except InputError as error:
        assert error.hint
        return error.code


def test_folders_are_searched_in_stable_order(tmp_path: Path) -> None:
    """Reports of all kinds are found below a folder, alphabetically; what is no report is passed over."""
    wanted = ["a.txt", "b/a.md", "b/z.HTML", "b.jsonl", "b.mhtml", "c/d/e.text"]
    others = [
        "reports.csv",
        "README.md",
        "roster.yaml",
        "feeds.txt",
        ".x.txt",
        ".git/a.txt",
        "p.png",
        "b/z_files/ad.html",
    ]
    for name in [*reversed(wanted), *others, "geen_files/a.txt"]:
        write(tmp_path / name)
    found = [p.relative_to(tmp_path).as_posix() for p in find_reports([tmp_path])]
    assert found == sorted([*wanted, "geen_files/a.txt"], key=lambda n: n.split("/"))


def test_named_files_come_in_their_order_and_once(tmp_path: Path) -> None:
    """Files named, also by a pattern, keep their order; a second mention and tables beside them are passed over."""
    a, b = write(tmp_path / "a.txt"), write(tmp_path / "b.odd")
    write(tmp_path / "reports.csv")
    gone = tmp_path / "weg.txt"
    assert find_reports([b, a, str(a), tmp_path, gone, *tmp_path.iterdir()]) == [b, a, gone]


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    """A link back to the folder does not make the search endless."""
    write(tmp_path / "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert len(find_reports([tmp_path])) == 1


def test_names_below_a_folder_tell_the_way(tmp_path: Path) -> None:
    """Two files of one name in two folders give two names; a named file has its own."""
    write(tmp_path / "x" / "1.txt")
    write(tmp_path / "y" / "1.txt", TEXT + " Nu.")
    assert [d.name for d in load_all([tmp_path])] == ["x/1.txt", "y/1.txt"]
    assert [d.name for d in load_all([tmp_path / "x" / "1.txt"])] == ["1.txt"]


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("a.txt", TEXT, "a.txt"),
        ("a.odd", TEXT, "a.odd"),
        ("noname", TEXT, "noname"),
        ("page.txt", PAGE, "page.txt"),
        ("page", "<?xml version='1.0'?>\n<!-- saved -->\n<!DOCTYPE html>" + PAGE, "page"),
        ("lines", '{"text": "een twee drie vier", "name": "n"}\n', "n"),
        ("a.html", PAGE, "a.html"),
        ("a.html", TEXT, "a.html"),
        ("archive", ARCHIVE, "archive"),
        ("a.json", "{}", "T107"),
        ("a.csv", TEXT, "T107"),
        ("a.xml", "<rss/>", "T107"),
        ("a.txt", "", "T104"),
        ("a.txt", " \n\t\n", "T104"),
        ("a.txt", "twee woorden", "T104"),
        ("a.txt", "outlet: X\ntitle: Een hele lange titel\n\n", "T104"),
        ("a.txt", "date 2023-07", "T104"),
        ("a.txt", b"\x00\x01\x02", "T105"),
        ("a.docx", b"PK\x03\x04\x14", "T105"),
        ("a.txt", "één vóór twee".encode() + b"\xc3", "T106"),
        ("a.html", "<html></html>", "T111"),
        ("a.html", "", "T113"),
        ("a.html", "<b>" * 60_000, "T112"),
        ("a.mhtml", "", "T113"),
    ],
)
def test_readers_and_errors(name: str, content: str | bytes, wanted: str, tmp_path: Path) -> None:
    """Suffix and content tell the reader; each way to fail has its code."""
    if name == "a.html" and content == TEXT:
        content = TEXT + " Dat zei de voorzitter."
    assert outcome(write(tmp_path / name, content)) == wanted


def test_missing_and_odd_files(tmp_path: Path) -> None:
    """A file that is not there, a device and a folder are told apart from reports."""
    assert outcome(tmp_path / "weg.txt") == "T101"
    assert outcome(tmp_path / "a\0b.txt") == "T102"
    assert outcome(tmp_path) == "T102"
    os.mkfifo(tmp_path / "pipe.txt")
    assert outcome(tmp_path / "pipe.txt") == "T102"


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl"])
def test_unreadable_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be opened says so."""
    path = write(tmp_path / name)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert outcome(path) == "T102"


def test_file_of_fifty_megabytes_is_refused_unread(tmp_path: Path) -> None:
    """A file far beyond the limit is refused by its size, whatever its kind; JSONL has its limit a line."""
    for name in ("a.txt", "a.html", "a.mhtml", "a.odd"):
        with (tmp_path / name).open("wb") as handle:
            handle.truncate(50_000_000)
        assert outcome(tmp_path / name) == "T103"


def test_limit_holds_while_a_file_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit counts what is read, not only what the folder says."""
    path = write(tmp_path / "a.txt", TEXT)
    monkeypatch.setattr(source, "MAX_BYTES", 10)
    assert outcome(path) == "T103"


def test_one_bad_report_stops_no_other(tmp_path: Path) -> None:
    """Between bad files the good ones are read, and every path is accounted for."""
    for number in range(20):
        write(tmp_path / f"{number:02}.txt", b"\0" if number % 3 == 0 else f"{TEXT} Nummer {number}.")
    results = list(load_all([tmp_path, tmp_path / "weg.txt"]))
    failures = [r for r in results if isinstance(r, Failure)]
    assert len(results) == 21
    assert [f.name for f in failures] == [*(f"{n:02}.txt" for n in range(0, 20, 3)), "weg.txt"]
    assert not any(f.kept for f in failures)


def test_empty_folder_is_told(tmp_path: Path) -> None:
    """A folder without reports is a failure of its own."""
    (failure,) = load_all([tmp_path])
    assert isinstance(failure, Failure)
    assert failure.error.code == "T171"


def test_hand_outranks_all(tmp_path: Path) -> None:
    """What a person tells counts before the header; what they leave open the header tells."""
    path = write(tmp_path / "a.txt", f"outlet: Kop\ntitle: T\n\n{TEXT}")
    (document,) = load_all([path], hand=Facts(outlet="Hand").told_by(Origin.HAND))
    assert isinstance(document, Document)
    assert (document.first.outlet, document.first.outlet_origin, document.first.title) == ("Hand", Origin.HAND, "T")


def test_zone_of_times_without_offset(tmp_path: Path) -> None:
    """A time without an offset is taken in the zone given; an unknown zone stops everything at once."""
    path = write(tmp_path / "a.txt", f"published: 2026-05-01T12:00\n\n{TEXT}")
    (document,) = load_all([path], zone="America/New_York")
    assert isinstance(document, Document)
    assert document.published.iso() == "2026-05-01T12:00-04:00"
    with pytest.raises(InvalidTime):
        list(load_all([path], zone="Nergens/Huizen"))


def test_file_names_in_any_bytes(tmp_path: Path) -> None:
    """A file name that is no UTF-8 becomes one that can be stored."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    write(path)
    (document,) = load_all([tmp_path])
    assert isinstance(document, Document)
    assert document.name == "caf\ufffd.txt"
    document.name.encode()


def test_readers_come_as_entry_points(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed reader is found by its suffix, in folders too."""

    def shout(given: Source) -> Iterator[Document | Failure]:
        yield document_of(given.read().decode().upper(), name=given.name, facts=given.facts)

    class Point:
        name = "shout"

        def load(self) -> object:
            return shout

    def points(*, group: str) -> list[Point]:
        return [Point()] if group == ENTRY_POINTS else []

    monkeypatch.setattr(intake, "entry_points", points)
    intake._plugins.cache_clear()
    try:
        write(tmp_path / "a.shout")
        (document,) = load_all([tmp_path])
    finally:
        intake._plugins.cache_clear()
    assert isinstance(document, Document)
    assert document.text == TEXT.upper()


def test_error_survives_a_process_boundary(tmp_path: Path) -> None:
    """A failure can be sent between processes with its code, words and hint."""
    import pickle

    (failure,) = load_all([tmp_path / "weg.txt"])
    again = pickle.loads(pickle.dumps(failure))
    assert (again.name, str(again.error), type(again.error)) == (failure.name, str(failure.error), type(failure.error))  # type: ignore[union-attr]
