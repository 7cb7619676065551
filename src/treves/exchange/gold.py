"""Gold: attributed statements of reports, marked by hand, to measure the reader with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from reprlib import repr as shortened
from typing import ClassVar

import attrs

from treves.errors import InputError, Phrase
from treves.exchange.decoding import decode
from treves.exchange.source import read_bytes, readable_name
from treves.model.statements import StatementKind


class BadGold(InputError):
    """A line of a gold file is no gold statement."""

    code: ClassVar[str] = "T151"


@attrs.frozen
class GoldStatement:
    """One attributed statement as a person marked it.

    Attributes:
        document: file name of the report.
        group: number within the report; parts of one utterance share it.
        start, end: the content's place in the stored text, ``[start, end)``.
        kind: direct, mixed or indirect.
        speakers: canonical names or descriptions.
        content: the words themselves, as long as the range.
        cue: the reporting words; None when there are none.
        optional: neither demanded nor punished when scored.
    """

    document: str
    group: int
    start: int
    end: int
    kind: StatementKind
    speakers: tuple[str, ...]
    content: str
    cue: str | None = None
    optional: bool = False


def read_gold(path: Path) -> tuple[GoldStatement, ...]:
    """Read a gold file (JSONL), in its order. That contents equal the reports' texts is left to the caller.

    Raises:
        BadGold: a line lacks a key, or a value does not fit; the message names line and key.
        InputError: the file cannot be read or decoded.
    """
    name = readable_name(path)
    text = decode(read_bytes(path), name=name)
    return tuple(
        _statement(line, Phrase("{name}, line {number}", name=name, number=number))
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    )


def _statement(line: str, place: Phrase) -> GoldStatement:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadGold(
            "{place} is no JSON: {error}.", hint="Write one JSON object a line.", place=place, error=error
        ) from None
    if not isinstance(record, dict):
        raise BadGold("{place} is no JSON object.", hint="Write one JSON object a line.", place=place)
    cue, optional, speakers = record.get("cue"), record.get("optional", False), record.get("speakers")
    statement = GoldStatement(
        document=_text(record, "document", place),
        group=_number(record, "group", place),
        start=_number(record, "start", place),
        end=_number(record, "end", place),
        kind=_kind(record, place),
        speakers=tuple(speakers) if isinstance(speakers, list) else (),
        content=_text(record, "content", place),
        cue=cue if isinstance(cue, str) else None,
        optional=optional is True,
    )
    if not statement.speakers or any(not isinstance(s, str) or not s for s in statement.speakers):
        raise _bad(place, "speakers", speakers, Phrase("Give a list of one or more names."))
    if not isinstance(cue, str | None):
        raise _bad(place, "cue", cue, Phrase("Give the reporting words, or null."))
    if not isinstance(optional, bool):
        raise _bad(place, "optional", optional, Phrase("Write true or false."))
    if statement.end - statement.start != len(statement.content):
        start, end = statement.start, statement.end
        hint = Phrase("From {start} to {end} are {count} code points.", start=start, end=end, count=end - start)
        raise _bad(place, "content", statement.content, hint)
    return statement


def _bad(place: Phrase, key: str, value: object, hint: Phrase) -> BadGold:
    return BadGold('{place}: "{key}" is {value}.', hint=hint, place=place, key=key, value=shortened(value))


def _text(record: Mapping[str, object], key: str, place: Phrase) -> str:
    value = record.get(key)
    if not isinstance(value, str) or not value:
        raise _bad(place, key, value, Phrase("Give a text."))
    return value


def _number(record: Mapping[str, object], key: str, place: Phrase) -> int:
    value = record.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _bad(place, key, value, Phrase("Give a whole number from 0."))
    return value


def _kind(record: Mapping[str, object], place: Phrase) -> StatementKind:
    value = record.get("kind")
    kind = next((k for k in StatementKind if k == value), None)
    if kind is None:
        raise _bad(place, "kind", value, Phrase("Write one of {choices}.", choices=", ".join(StatementKind)))
    return kind
