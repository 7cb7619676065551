"""How well the reader reads: its statements against statements marked by hand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

import attrs

from treves.errors import InputError
from treves.exchange.gold import BadGold, GoldStatement, read_gold
from treves.exchange.reports import Failure
from treves.model.evidence import Span
from treves.model.statements import StatementKind
from treves.reading.scoring import Marked, Score, score
from treves.services.readings import ReadOptions, read_paths, statement_rows


class GoldMismatch(InputError):
    """A gold statement does not say what its report says at that place, or its report is missing."""

    code: ClassVar[str] = "T152"


@attrs.frozen
class Evaluation:
    """The scores of one evaluation.

    Attributes:
        total: over all gold statements.
        kinds: found and attributed gold statements of each kind (precision has no meaning by kind).
        documents: by report.
        failures: reports that could not be read.
    """

    total: Score
    kinds: dict[str, Score]
    documents: dict[str, Score]
    failures: tuple[Failure, ...] = ()

    def rows(self) -> list[dict[str, object]]:
        """Return the scores as flat rows: the whole, the kinds, the reports."""
        named = [("all", self.total), *self.kinds.items(), *self.documents.items()]
        return [_row(name, s, whole=name not in self.kinds) for name, s in named]


def _row(name: str, found: Score, *, whole: bool) -> dict[str, object]:
    return {
        "of": name,
        "gold": found.gold,
        "predicted": found.predicted if whole else None,
        "precision": round(found.precision, 3) if whole else None,
        "recall": round(found.recall, 3),
        "f1": round(found.f1, 3) if whole else None,
        "speaker": round(found.speaker, 3),
        "attributed_f1": round(found.attributed_f1, 3) if whole else None,
    }


def evaluate(gold: Path, paths: Iterable[Path | str], options: ReadOptions | None = None) -> Evaluation:
    """Read the reports in `paths` and score the statements against those in `gold`.

    Raises:
        BadGold: the gold file is damaged, or empty.
        GoldMismatch: it does not fit the reports.
        InputError: a report that it marks cannot be used.
    """
    marked = read_gold(gold)
    if not marked:
        raise BadGold("{name} marks no statement.", hint="Write one JSON object a line.", name=gold.name)
    texts: dict[str, str] = {}
    predicted: dict[str, list[Marked]] = {}
    failures: list[Failure] = []
    for item in read_paths(paths, options):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            texts[item.document.name] = item.document.text
            predicted[item.document.name] = [_predicted(row) for row in statement_rows(item)]
    by_document: dict[str, list[Marked]] = {}
    for one in marked:
        if lost := next((f for f in failures if f.name == one.document and not f.kept), None):
            raise lost.error
        _check(one, texts)
        by_document.setdefault(one.document, []).append(_marked(one))

    def of_kind(kind: StatementKind) -> dict[str, list[Marked]]:
        return {d: [g for g in listed if g.kind == kind] for d, listed in by_document.items()}

    return Evaluation(
        total=score(by_document, predicted),
        kinds={str(kind): score(of_kind(kind), predicted) for kind in StatementKind},
        documents={d: score({d: listed}, predicted) for d, listed in by_document.items()},
        failures=tuple(failures),
    )


def _predicted(row: dict[str, object]) -> Marked:
    speakers = row["speakers"]
    return Marked(
        document=str(row["document"]),
        group=int(str(row["group"])),
        span=Span(int(str(row["start"])), int(str(row["end"]))),
        kind=str(row["kind"]),
        speakers=tuple(speakers) if isinstance(speakers, list) else (),
    )


def _marked(one: GoldStatement) -> Marked:
    return Marked(one.document, one.group, Span(one.start, one.end), str(one.kind), one.speakers, one.optional)


def _check(one: GoldStatement, texts: dict[str, str]) -> None:
    text = texts.get(one.document)
    if text is None:
        raise GoldMismatch(
            "The gold file marks {document}, which is not among the reports.",
            hint="Name its folder too.",
            document=one.document,
        )
    if text[one.start : one.end] != one.content:
        there = text[one.start : one.end][:40]
        raise GoldMismatch(
            "{document} says {there!r} at {offset}, the gold file {content!r}.",
            hint="The report was changed after it was marked.",
            document=one.document,
            there=there,
            offset=one.start,
            content=one.content[:40],
        )
