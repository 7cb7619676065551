"""Plain text reports: an optional header block or leading date, then the report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from reprlib import repr as shortened
from typing import ClassVar

import attrs

from treves.dates import InvalidTime, Precision
from treves.errors import InputError, Phrase
from treves.exchange.decoding import decode
from treves.exchange.published import read_published
from treves.exchange.reports import NO_FACTS, Facts, Failure, document_of, language_code, newlines, tidy
from treves.exchange.source import Source
from treves.model.evidence import Document, Origin

FIELD_NAMES = {
    "file": ("file", "bestand"),
    "outlet": ("outlet", "medium", "krant", "bron", "newspaper", "publication", "publicatie"),
    "published": ("published", "published at", "date", "datum", "gepubliceerd", "publicatiedatum"),
    "precision": ("precision", "precisie", "nauwkeurigheid"),
    "title": ("title", "titel", "headline", "kop"),
    "url": ("url", "link", "adres"),
    "language": ("language", "lang", "taal"),
    "author": ("author", "auteur", "byline"),
}
"""Names of the fields of headers and sidecar tables, with the words that stand for them."""

FIELDS = {word: field for field, words in FIELD_NAMES.items() for word in words}

_HEADER_LINE = re.compile(r"[ \t]*([^\W\d_][\w .-]{0,24}?)[ \t]*:[ \t]*(.*)")
_MOST_LINES = 100  # of a header, empty lines above it included
_LONGEST_LINE = 2_000  # characters of a header's line
_SPACE = re.compile(r"\s*")
_LEADING_DATE = re.compile(
    r"\s*(?:date|datum)[ \t]*:?[ \t]+(?P<date>\d{4}-\d{1,2}(?:-\d{1,2})?)(?=\s|$)\s*", re.IGNORECASE
)


class BadHeader(InputError):
    """A value in a report's header cannot be read; the report is kept without it."""

    code: ClassVar[str] = "T108"


@attrs.frozen
class Opening:
    """What stands before a report in its file.

    Attributes:
        facts: what it tells.
        body_start: offset at which the report begins.
        errors: values that could not be read.
    """

    facts: Facts = NO_FACTS
    body_start: int = 0
    errors: tuple[BadHeader, ...] = ()


def read_text_file(source: Source) -> Iterator[Document | Failure]:
    """Read the one report of a text file; a header value that cannot be read follows it as a failure.

    Raises:
        InputError: the file is missing, too large, binary, in no known encoding, or has no report in it.
    """
    text = newlines(decode(source.read(), name=source.name))
    opening = read_opening(text, name=source.name, where=source.zone)
    facts = source.facts.over(opening.facts)
    yield document_of(text, name=source.name, facts=facts, body_start=opening.body_start)
    for error in opening.errors:
        yield Failure(source.name, error, kept=True)


def read_opening(text: str, *, name: str, where: str) -> Opening:
    """Find the header block or the leading date of `text`.

    A header is a run of "key: value" lines at the very top, closed by an empty line or the end, in which the first key
    is known and known keys are not outnumbered. A leading date is "date 2023-07" or "datum 2023-07-06" with the report
    behind it.

    Args:
        text: a report's text with line feeds.
        name: what errors call it.
        where: IANA name of the zone for times without an offset.
    """
    leading = _LEADING_DATE.match(text)
    header = _header(text)
    if header is not None:
        opening = _facts_of(*header, name=name, where=where)
        # "date: 2023-07 The talks ..." above an empty line is no header with a strange date, but a leading date.
        if not (opening.errors and leading and len(header[0]) == 1):
            return opening
    if leading is None:
        return Opening()
    try:
        published = read_published(leading["date"], where=where)
    except InvalidTime:
        return Opening()  # no month 13: these words belong to the report
    return Opening(Facts(published=published).told_by(Origin.TEXT), leading.end())


def _header(text: str) -> tuple[dict[str, tuple[int, str]], int] | None:
    """The values by field with their line numbers, and where the report begins; None when there is no header."""
    start = position = _after_blank_lines(text, 0)
    values: dict[str, tuple[int, str]] = {}
    unknown = 0
    for number in count(text.count("\n", 0, start) + 1):
        end = text.find("\n", position)
        line = text[position : end if end >= 0 else len(text)]
        if not line.strip():
            break
        if number > _MOST_LINES or len(line) > _LONGEST_LINE:
            return None
        match = _HEADER_LINE.fullmatch(line)
        field = FIELDS.get(match[1].lower().replace("_", " ")) if match else None
        if match is None or (field is None and position == start):
            return None
        if field is None:
            unknown += 1
        else:
            values.setdefault(field, (number, match[2].strip()))
        position = end + 1 if end >= 0 else len(text)
    if not values or unknown > len(values):
        return None
    return values, _after_blank_lines(text, position)


def _after_blank_lines(text: str, position: int) -> int:
    space = _SPACE.match(text, position)
    end = space.end() if space else position
    return end if end == len(text) else max(position, text.rfind("\n", position, end) + 1)


def _facts_of(values: dict[str, tuple[int, str]], body_start: int, *, name: str, where: str) -> Opening:
    told = {field: value for field, (_, value) in values.items()}
    facts = Facts(
        outlet=tidy(told.get("outlet", "")),
        title=tidy(told.get("title", "")),
        url=tidy(told.get("url", "")),
        language=language_code(told.get("language")),
    )
    errors = []
    try:
        precision = Precision(told["precision"].lower()) if told.get("precision") else None
    except ValueError:
        precision = None
        errors.append(_bad(name, values["precision"], Phrase("Write one of {choices}.", choices=", ".join(Precision))))
    try:
        if told.get("published"):
            facts = attrs.evolve(facts, published=read_published(told["published"], precision=precision, where=where))
    except InvalidTime as error:
        errors.append(_bad(name, values["published"], error.hint))
    return Opening(facts.told_by(Origin.HEADER), body_start, tuple(errors))


def _bad(name: str, place: tuple[int, str], hint: Phrase) -> BadHeader:
    return BadHeader(
        "{name}, line {line} of its header: {value} cannot be read.",
        hint=hint,
        name=name,
        line=place[0],
        value=shortened(place[1]),
    )
