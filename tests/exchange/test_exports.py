"""Exports: rows of a view as CSV and JSONL without loss, and passages as web annotations."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treves.dates import Moment, Precision
from treves.exchange.exports import BadRows, read_csv, read_jsonl, write_csv, write_jsonl
from treves.exchange.rows import COLUMNS, Row, RowKind, rows
from treves.exchange.web_annotations import CONTEXT, annotation_page, write_annotations
from treves.model.actors import ActorKind, Gender
from treves.model.events import EventKind
from treves.model.evidence import Appearance, Document, Origin, Span, document_id, passage_of
from treves.model.statements import StatementKind
from treves.model.view import (
    Account,
    Difference,
    JoinedActor,
    JoinedEvent,
    LeftOut,
    SeenRole,
    Telling,
    Utterance,
    Version,
    View,
)

START = datetime(2026, 4, 28, 19, 30, tzinfo=UTC)
TEXT = 'date 2026-04 "=1+1; wij zijn er bijna", zei Brink.\n\nOf dat zo is, wist\tniemand.'
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def view_of(text: str = TEXT, *, speaker: str = "Ans Brink", value: str = "19.30 uur") -> View:
    """A view of one report with one of everything."""
    document = Document(
        id=document_id(text),
        text=text,
        appearances=(
            Appearance("a.txt", "De Kadekrant", Moment(START, None, Precision.MINUTES), "https://a.example", speaker),
        ),
        language="nl",
    )
    said = passage_of(document, Span(14, min(len(text), 37)))
    told = passage_of(document, Span(0, len(text)))
    telling = Telling(
        statement="S1",
        document=document.id,
        kind=StatementKind.DIRECT,
        passage=said,
        speakers=(("brink", "de-bruin"), ("kade",)),
        cue="zei",
        speaker_words=(speaker,),
        rule="quote",
    )
    event = JoinedEvent(
        id="J1",
        kind=EventKind.SESSION,
        label="overleg",
        when=Moment(START, START + timedelta(hours=6), Precision.HOURS),
        participants=("kade",),
        accounts=(Account("E1", document.id, told, "session"),),
        duration_minutes=380,
    )
    return View(
        documents=(document,),
        actors=(
            JoinedActor(
                "brink",
                ActorKind.PERSON,
                speaker,
                aliases=("Brink", 'zegt "Brink"; of zo'),
                roles=(SeenRole("voorzitter", "Kade"), SeenRole("lid")),
                gender=Gender.FEMALE,
                mentions=(said,),
                local=((document.id, 0), (document.id, 3)),
            ),
        ),
        utterances=(Utterance("U1", telling.speakers, (telling,)),),
        events=(event,),
        differences=(Difference("D1", "start", "J1", (Version(value, told), Version("20 uur", said))),),
        left_out=(LeftOut(document, "published later"),),
    )


def csv_of(view: View, kind: RowKind) -> str:
    """The rows of `view` as CSV."""
    out = io.StringIO(newline="")
    write_csv(rows(view, kind), kind, out)
    return out.getvalue()


@pytest.mark.parametrize("kind", RowKind)
def test_rows_have_the_columns_of_their_kind(kind: RowKind) -> None:
    """Every row has exactly the columns, in order, with values of their types, and no empty text."""
    found = list(rows(view_of(), kind))
    assert found
    for row in found:
        assert list(row) == list(COLUMNS[kind])
        for column, value in row.items():
            assert value is None or type(value) is COLUMNS[kind][column], column
            assert value != ""


@pytest.mark.parametrize("kind", RowKind)
@given(words=WORDS, value=WORDS)
def test_csv_and_jsonl_lose_nothing(kind: RowKind, words: str, value: str) -> None:
    """Rows come back from CSV and JSONL as they went, whatever the report's words are."""
    view = view_of(TEXT + words, speaker=words, value=value)
    expected = list(rows(view, kind))
    assert list(read_csv(csv_of(view, kind), kind)) == expected
    out = io.StringIO()
    write_jsonl(expected, out)
    assert list(read_jsonl(out.getvalue(), kind)) == expected


def test_statement_row() -> None:
    """A statement's row names report, speakers by id and name, words and place."""
    (row,) = rows(view_of(), RowKind.STATEMENTS)
    assert (row["report"], row["outlet"], row["published"]) == ("a.txt", "De Kadekrant", "2026-04-28T19:30+00:00")
    assert row["speakers"] == [["brink", "de-bruin"], ["kade"]]
    assert row["speaker_names"] == ["Ans Brink / de-bruin", "kade"]
    assert (row["content"], row["start"], row["end"]) == ("=1+1; wij zijn er bijna", 14, 37)
    assert (row["kind"], row["lead"], row["independent"]) == ("direct", True, 1)


def test_report_rows_name_what_is_left_out() -> None:
    """Reports that a view leaves out have their reason; the others have none."""
    used, left = rows(view_of(), RowKind.REPORTS)
    assert (used["left_out"], left["left_out"]) == (None, "published later")
    assert used["outlet_origin"] == str(Origin.NONE)


def test_words_like_formulas_stay_exact() -> None:
    """A content that a spreadsheet would take for a formula is written as it stands."""
    (line,) = csv.DictReader(io.StringIO(csv_of(view_of(), RowKind.STATEMENTS), newline=""))
    assert line["content"] == "=1+1; wij zijn er bijna"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("utterance,statement", "x,y"), "columns"),
        ((",14,37,", ",veertien,37,"), "veertien"),
        ((",14,37,", ",true,37,"), "true"),
        ((",14,37,", ",37,"), "cells"),
        ((",true,", ",1,"), "bool"),
    ],
)
def test_csv_that_is_not_ours(change: tuple[str, str], told: str) -> None:
    """Other columns and values of other types are refused."""
    text = csv_of(view_of(), RowKind.STATEMENTS)
    assert change[0] in text
    with pytest.raises(BadRows, match=told) as caught:
        list(read_csv(text.replace(*change), RowKind.STATEMENTS))
    assert caught.value.code == "T155"


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}'])
def test_jsonl_that_is_not_ours(text: str) -> None:
    """Lines that are no rows of the kind are refused with their number."""
    with pytest.raises(BadRows, match="Line 1"):
        list(read_jsonl(text, RowKind.ACTORS))
    assert list(read_jsonl("", RowKind.ACTORS)) == []


def test_empty_view_gives_headers_only() -> None:
    """A view of nothing gives a CSV with its header, and an empty page of annotations."""
    assert csv_of(View(), RowKind.ACTORS) == ",".join(COLUMNS[RowKind.ACTORS]) + "\r\n"
    assert annotation_page(View())["items"] == []


@given(WORDS)
def test_annotations_lead_back_to_their_words(words: str) -> None:
    """Selectors of every annotation find the words in the stored text, by place and by quotation."""
    view = view_of(TEXT + words, speaker=words)
    out = io.StringIO()
    write_annotations(view, out)
    page = json.loads(out.getvalue())
    assert page == annotation_page(view)
    assert page["@context"] == CONTEXT
    text = view.documents[0].text
    for item in page["items"]:
        quote, place = item["target"]["selector"]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
        assert item["target"]["source"]["id"].endswith(view.documents[0].id)


def test_annotations_have_the_form_of_the_standard() -> None:
    """Types, ids and bodies are those that the Web Annotation model asks for."""
    page = annotation_page(view_of())
    statement, account = page["items"]
    assert page["type"] == "AnnotationPage"
    assert statement["type"] == account["type"] == "Annotation"
    assert len({statement["id"], account["id"], page["id"]}) == 3
    assert [b["value"] for b in statement["body"]] == ["direct", "Ans Brink / de-bruin", "kade"]
    assert {b["type"] for b in (*statement["body"], *account["body"])} == {"TextualBody"}
    assert [s["type"] for s in statement["target"]["selector"]] == ["TextQuoteSelector", "TextPositionSelector"]
    assert statement["target"]["source"]["language"] == "nl"
    assert "overleg: 2026-04-28T19:30+00:00" in account["body"][1]["value"]


def test_row_type_is_plain() -> None:
    """Rows are plain dictionaries, so that any program may take them."""
    row: Row = next(rows(view_of(), RowKind.EVENTS))
    assert json.loads(json.dumps(row)) == row
