"""Reports as JSONL: one report a line, in and out without loss.

Keys: ``text`` (required), ``name`` or ``id``, ``outlet``, ``published``, ``precision``, ``title``, ``url`` and
``language``; others are passed over. Files written here add ``body_start`` and ``appearances``, which hold all that a
document knows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from reprlib import repr as shortened
from typing import Any, ClassVar, TextIO

import attrs

from treves.dates import InvalidTime, Moment, Precision
from treves.errors import InputError, Phrase, TrevesError
from treves.exchange.published import read_published
from treves.exchange.reports import (
    MAX_BYTES,
    Facts,
    Failure,
    ReportEmpty,
    ReportTooLarge,
    document_of,
    language_code,
    newlines,
    tidy,
)
from treves.exchange.source import ReportUnreadable, Source, check_file
from treves.model.evidence import Appearance, Document, Origin

_MOST_BAD = 20  # bad lines from the beginning after which a file is no JSONL of reports
_TEXT_FIELDS = ("outlet", "title", "url", "language")
_FORM = Phrase('Write each report as {"text": "…", "outlet": "…"}.')


class BadLine(InputError):
    """A line of a JSONL file is no report."""

    code: ClassVar[str] = "T121"


class BadField(InputError):
    """A fact in a line of a JSONL file cannot be read; the report is kept without it."""

    code: ClassVar[str] = "T122"


class NotJsonl(InputError):
    """A file that is called JSONL is something else."""

    code: ClassVar[str] = "T123"


def read_jsonl_file(source: Source) -> Iterator[Document | Failure]:
    """Read the reports of a JSONL file, one line at a time; a bad line is a failure that names it.

    Raises:
        NotJsonl: none of the first lines is a report, so that the file is not read on.
        InputError: the file is missing, empty or cannot be read.
    """
    good = bad = 0
    for number, line in _lines(source.path):
        if not isinstance(line, TrevesError) and not line.strip():
            continue
        try:
            if isinstance(line, TrevesError):
                raise line
            yield from _read_line(line, source=source, number=number)
            good += 1
        except InputError as error:
            bad += 1
            yield Failure(_place(source, number), error)
        if bad >= _MOST_BAD and not good:
            raise NotJsonl(
                "None of the first {count} lines of {name} is a report; it is not read on.",
                hint="Give a file with one JSON object a line, or correct its suffix.",
                count=bad,
                name=source.name,
            )
    if not good and not bad:
        raise ReportEmpty("{name} has no reports in it.", hint="Check that it was saved.", name=source.name)


def write_reports(documents: Iterable[Document], out: TextIO) -> None:
    """Write `documents` to `out` as JSONL, so that reading them back gives equal documents."""
    for document in documents:
        first = document.first
        record = {
            "id": document.id,
            "name": first.name,
            "title": first.title,
            "outlet": first.outlet,
            "published": first.published.iso(),
            "precision": str(first.published.precision),
            "url": first.url,
            "language": document.language,
            "body_start": document.body_start,
            "appearances": [_record_of(a) for a in document.appearances],
            "text": document.text,
        }
        out.write(json.dumps(record, ensure_ascii=False) + "\n")


def _lines(path: Path) -> Iterator[tuple[int, bytes | TrevesError]]:
    """The lines of `path` from 1, or what is wrong with them; a line beyond the size limit is skipped, not held."""
    check_file(path)
    try:
        with path.open("rb") as handle:
            number = 0
            while line := handle.readline(MAX_BYTES + 1):
                number += 1
                if len(line) <= MAX_BYTES:
                    yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                    continue
                while line and not line.endswith(b"\n"):
                    line = handle.readline(MAX_BYTES)
                yield (
                    number,
                    ReportTooLarge(
                        "Line {number} of {name} has more than {limit:,} bytes.",
                        hint="Split the report.",
                        number=number,
                        name=path.name,
                        limit=MAX_BYTES,
                    ),
                )
    except OSError as error:
        raise ReportUnreadable(
            "{path} cannot be read: {reason}.", hint="Check its permissions.", path=path, reason=error.strerror
        ) from None


def _read_line(line: bytes, *, source: Source, number: int) -> Iterator[Document | Failure]:
    place = _place(source, number)
    record = _parse(line, place)
    text = record.get("text")
    if not isinstance(text, str):
        raise BadLine('{place} has no "text".', hint=_FORM, place=place)
    names = (record.get("name"), record.get("id"), f"{source.name}:{number}")
    name = next(n for n in names if isinstance(n, str) and n.strip())
    body_start = _body_start(record, text, place)
    if record.get("appearances"):
        document = document_of(text, name=name, facts=Facts(), body_start=body_start)
        told = [source.facts.over(_facts_in(a)).appearance(a.name) for a in _appearances(record, place)]
        yield attrs.evolve(
            document,
            appearances=tuple(told),
            language=source.facts.language or language_code(_string(record.get("language"))) or "und",
        )
        return
    facts, errors = _facts(record, place, source.zone)
    yield document_of(text, name=name, facts=source.facts.over(facts), body_start=body_start)
    for error in errors:
        yield Failure(name, error, kept=True)


def _place(source: Source, number: int) -> Phrase:
    return Phrase("{name}, line {number}", name=source.name, number=number)


def _parse(line: bytes, place: Phrase) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadLine(
            "{place} is not UTF-8 at byte {byte}.", hint="Write the file as UTF-8.", place=place, byte=error.start
        ) from None
    except (ValueError, RecursionError) as error:
        raise BadLine(
            "{place} is no JSON: {error}.", hint="Write one JSON object a line.", place=place, error=error
        ) from None
    if not isinstance(record, dict):
        raise BadLine("{place} is no JSON object.", hint=_FORM, place=place)
    return record


def _body_start(record: dict[str, Any], text: str, place: Phrase) -> int:
    given = record.get("body_start", 0)
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= len(text):
        raise BadLine(
            '{place}: "body_start" is {value}.',
            hint="Give an offset from 0 to {length}.",
            place=place,
            value=shortened(given),
            length=len(text),
        )
    return len(newlines(text[:given]))


def _facts(record: dict[str, Any], place: Phrase, where: str) -> tuple[Facts, list[BadField]]:
    errors = [
        BadField(
            '{place}: "{key}" is {value}, not text.',
            hint="Put it in quotation marks.",
            place=place,
            key=key,
            value=shortened(record[key]),
        )
        for key in _TEXT_FIELDS
        if not isinstance(record.get(key), str | None)
    ]
    told = {key: tidy(_string(record.get(key)) or "") for key in _TEXT_FIELDS}
    facts = Facts(outlet=told["outlet"], title=told["title"], url=told["url"], language=language_code(told["language"]))
    published, precision = record.get("published"), record.get("precision")
    if published not in (None, "", "unknown"):
        try:
            moment = read_published(str(published), precision=Precision(precision) if precision else None, where=where)
            facts = attrs.evolve(facts, published=moment)
        except InvalidTime as error:
            errors.append(BadField('{place}: "published": {what}', hint=error.hint, place=place, what=error.what))
        except ValueError:
            hint = Phrase("Write one of {choices}.", choices=", ".join(Precision))
            errors.append(
                BadField('{place}: "precision" is {value}.', hint=hint, place=place, value=shortened(precision))
            )
    return facts.told_by(Origin.HEADER), errors


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _record_of(appearance: Appearance) -> dict[str, object]:
    moment = appearance.published
    return {
        "name": appearance.name,
        "outlet": appearance.outlet,
        "published": moment.iso(),
        "precision": str(moment.precision),
        "earliest": moment.earliest.isoformat() if moment.earliest else None,
        "latest": moment.latest.isoformat() if moment.latest else None,
        "url": appearance.url,
        "title": appearance.title,
        "outlet_origin": str(appearance.outlet_origin),
        "published_origin": str(appearance.published_origin),
    }


def _appearances(record: dict[str, Any], place: Phrase) -> list[Appearance]:
    try:
        return [_appearance(a) for a in record["appearances"]]
    except (KeyError, TypeError, AttributeError, ValueError, InvalidTime) as error:
        raise BadLine(
            '{place}: "appearances" cannot be read: {error}.',
            hint="Leave them as Trêves wrote them, or leave them out.",
            place=place,
            error=error,
        ) from None


def _appearance(record: dict[str, Any]) -> Appearance:
    texts = {key: record.get(key) for key in ("name", "outlet", "url", "title")}
    if not isinstance(texts["name"], str) or any(not isinstance(t, str | None) for t in texts.values()):
        raise TypeError(f"name, outlet, url and title are texts, not {shortened(texts)}")
    earliest, latest = (datetime.fromisoformat(v) if (v := record.get(k)) else None for k in ("earliest", "latest"))
    return Appearance(
        name=texts["name"],
        outlet=texts["outlet"],
        url=texts["url"],
        title=texts["title"],
        published=Moment(earliest, latest, Precision(record.get("precision", "unknown"))),
        outlet_origin=Origin(record.get("outlet_origin", "none")),
        published_origin=Origin(record.get("published_origin", "none")),
    )


def _facts_in(appearance: Appearance) -> Facts:
    return Facts(
        outlet=appearance.outlet,
        published=appearance.published,
        title=appearance.title,
        url=appearance.url,
        outlet_origin=appearance.outlet_origin,
        published_origin=appearance.published_origin,
    )
