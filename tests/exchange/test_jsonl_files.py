"""JSONL reports: out and in without loss, and bad lines that stop no other."""

import io
import json
import tempfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treves.dates import Moment, Precision
from treves.exchange.intake import load, load_all
from treves.exchange.jsonl_files import write_reports
from treves.exchange.reports import MAX_BYTES, Facts, Failure
from treves.model.evidence import Appearance, Document, Origin, document_id

TEXT = "De partijen praten morgen verder."

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=30)
instants = st.datetimes(
    min_value=datetime(1950, 1, 1),  # noqa: DTZ001 - the zone is added
    max_value=datetime(2150, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=2)), timezone(-timedelta(minutes=90))]),
)
lengths = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=900))
moments = st.one_of(
    st.just(Moment()),
    st.builds(lambda i, p: Moment(i, None, p), instants, st.sampled_from(Precision)),
    st.builds(lambda i, p: Moment(None, i, p), instants, st.sampled_from(Precision)),
    st.builds(lambda i, d, p: Moment(i, i + d, p), instants, lengths, st.sampled_from(Precision)),
)
appearances = st.builds(
    Appearance,
    name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
    outlet=st.none() | texts,
    published=moments,
    url=st.none() | texts,
    title=st.none() | texts,
    outlet_origin=st.sampled_from(Origin),
    published_origin=st.sampled_from(Origin),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any document that a store may hold."""
    opening, rest = draw(texts), draw(texts)
    body = f"drie hele woorden {rest}"
    return Document(
        id=document_id(body),
        text=opening + body,
        body_start=len(opening),
        language=draw(st.sampled_from(["und", "nl", "en", "gsw"])),
        appearances=tuple(draw(st.lists(appearances, min_size=1, max_size=3))),
    )


def read(path: Path, facts: Facts | None = None) -> list[Document | Failure]:
    """All that the file `path` gives."""
    return list(load(path, hand=facts or Facts()))


def lines(path: Path, *records: object) -> Path:
    """Write `records` to `path`, one a line."""
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


@given(st.lists(documents(), min_size=1, max_size=4))
def test_round_trip_loses_nothing(given_documents: list[Document]) -> None:
    """Documents that are written and read back are equal in every field."""
    out = io.StringIO()
    write_reports(given_documents, out)
    assert out.getvalue().count("\n") == len(given_documents)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        path.write_text(out.getvalue(), encoding="utf-8", newline="")
        assert read(path) == given_documents


def test_plain_record(tmp_path: Path) -> None:
    """The simple keys give the facts; others are passed over; the line number names what has no name."""
    full = {
        "text": TEXT,
        "name": "n1",
        "outlet": "De Kadekrant",
        "published": "2026-05-01T12:34+02:00",
        "precision": "days",
        "title": "Kop",
        "url": "https://a.example",
        "language": "nl-BE",
        "mood": ["ijzig"],
    }
    first, second, third = read(
        lines(tmp_path / "r.jsonl", full, {"text": TEXT, "id": "x9"}, {"text": TEXT + "\r\nJa."})
    )
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(third, Document)
    assert first.appearances[0] == Appearance(
        "n1", "De Kadekrant", first.published, "https://a.example", "Kop", Origin.HEADER, Origin.HEADER
    )
    assert (first.published.iso(), first.language) == ("2026-05-01", "nl")
    assert (second.name, third.name, third.text) == ("x9", "r.jsonl:3", TEXT + "\nJa.")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", "T121"),
        (b"[1]", "T121"),
        (b'"tekst"', "T121"),
        (b'{"text": 3}', "T121"),
        (b'{"title": "zonder tekst"}', "T121"),
        (b'{"text": "een twee drie vier", "body_start": 99}', "T121"),
        (b'{"text": "een twee drie vier", "body_start": true}', "T121"),
        (b'{"text": "een twee drie vier", "appearances": [{"name": 3}]}', "T121"),
        (b'{"text": "een twee drie vier", "appearances": 7}', "T121"),
        (b'{"text": "een twee drie vier", "appearances": [{"name": "a", "earliest": "ooit"}]}', "T121"),
        (b'{"text": "een twee drie vier", "appearances": [{"name": "a", "earliest": "2026-01-01"}]}', "T121"),
        (b'{"text": "een twee drie \\ud800"}', "T109"),
        (b'{"text": "kort"}', "T104"),
        ('{"text": "één twee drie"}'.encode("cp1252"), "T121"),
        (b"[" * 100_000, "T121"),
        (b"9" * 10_000, "T121"),
    ],
)
def test_bad_line_is_a_failure_that_names_it(line: bytes, code: str, tmp_path: Path) -> None:
    """A bad line is a failure with its number, and the lines around it are read."""
    path = tmp_path / "r.jsonl"
    good = json.dumps({"text": TEXT}).encode()
    path.write_bytes(b"\n".join([good, line, b"", good, b""]))
    first, failure, last = read(path)
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(failure, Failure)
    assert (failure.name, failure.error.code, failure.kept) == ("r.jsonl, line 2", code, False)
    assert last.name == "r.jsonl:4"


@pytest.mark.parametrize(
    "fields", [{"published": "gisteren"}, {"outlet": 7}, {"published": "2026", "precision": "soms"}, {"title": ["a"]}]
)
def test_bad_field_costs_only_itself(fields: dict[str, object], tmp_path: Path) -> None:
    """A fact that cannot be read is told, and the report is kept without it."""
    document, failure = read(lines(tmp_path / "r.jsonl", {"text": TEXT, **fields}))
    assert isinstance(document, Document)
    assert isinstance(failure, Failure)
    assert (failure.error.code, failure.kept) == ("T122", True)
    assert str(next(iter(fields.values()))) in failure.error.what or "precision" in failure.error.what
    assert document.published.earliest is None


def test_facts_by_hand_outrank_the_line(tmp_path: Path) -> None:
    """What a person tells counts before what the file tells, also for documents written here."""
    hand = Facts(outlet="De Havenbode").told_by(Origin.HAND)
    path = lines(tmp_path / "r.jsonl", {"text": TEXT, "outlet": "X"}, {"text": TEXT, "appearances": [{"name": "a"}]})
    for document in read(path, hand):
        assert isinstance(document, Document)
        assert (document.first.outlet, document.first.outlet_origin) == ("De Havenbode", Origin.HAND)


def test_too_large_line_is_skipped_not_held(tmp_path: Path) -> None:
    """A line beyond the size limit is a failure; the next one is read."""
    path = tmp_path / "r.jsonl"
    with path.open("wb") as handle:
        handle.seek(MAX_BYTES * 2 + 5)
        handle.write(b"\n" + json.dumps({"text": TEXT}).encode())
    failure, document = read(path)
    assert isinstance(failure, Failure)
    assert failure.error.code == "T103"
    assert isinstance(document, Document)


def test_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    """A file that begins with a byte order mark is read."""
    path = tmp_path / "r.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps({"text": TEXT}).encode())
    assert isinstance(read(path)[0], Document)


def test_file_that_is_no_jsonl_is_not_read_to_its_end(tmp_path: Path) -> None:
    """Twenty bad lines at the beginning end the reading; behind a good line any number is told."""
    path = tmp_path / "r.jsonl"
    path.write_text("geen json\n" * 5_000, encoding="utf-8")
    codes = [r.error.code for r in load_all([path]) if isinstance(r, Failure)]
    assert codes == ["T121"] * 20 + ["T123"]
    path.write_text(json.dumps({"text": TEXT}) + "\n" + "geen json\n" * 50, encoding="utf-8")
    assert len(read(path)) == 51


@pytest.mark.parametrize("content", [b"", b"\n\n \n", b"\xef\xbb\xbf"])
def test_file_without_lines_is_empty(content: bytes, tmp_path: Path) -> None:
    """A file without any report says so."""
    path = tmp_path / "r.jsonl"
    path.write_bytes(content)
    (failure,) = load_all([path])
    assert isinstance(failure, Failure)
    assert failure.error.code == "T104"
