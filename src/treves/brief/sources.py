"""Sources: outlets and reports, with how many statements each gave and on whose word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import attrs

from treves.brief.lookup import Lookup, speakers_of
from treves.model.actors import ActorKind
from treves.model.evidence import Document


@attrs.frozen
class Tally:
    """Statements counted: how many there are, and how many of them have a source with a name."""

    statements: int = 0
    named: int = 0

    @property
    def unnamed(self) -> int:
        """Statements by an unnamed source, or with none given."""
        return self.statements - self.named


@attrs.frozen
class OutletRow:
    """One outlet; `name` is empty for reports whose outlet is not known."""

    name: str
    reports: int
    tally: Tally


@attrs.frozen
class ReportRow:
    """One report with its wire copies.

    Attributes:
        document: the report.
        tally: its statements.
        copies: reports that repeat it, in order of publication.
    """

    document: Document
    tally: Tally
    copies: tuple[Document, ...] = ()


def tallies(look: Lookup) -> dict[str, Tally]:
    """Count the statements of every report, by its id."""
    total: Counter[str] = Counter()
    named: Counter[str] = Counter()
    known: dict[tuple[tuple[str, ...], ...], bool] = {}
    for utterance in look.view.utterances:
        for telling in utterance.tellings:
            if telling.speakers not in known:
                actors = look.present(speakers_of(telling))
                known[telling.speakers] = bool(actors) and all(a.kind is not ActorKind.UNNAMED for a in actors)
            total[telling.document] += 1
            named[telling.document] += known[telling.speakers]
    return {d: Tally(n, named[d]) for d, n in total.items()}


def report_rows(look: Lookup, found: Mapping[str, Tally]) -> list[ReportRow]:
    """Return a row per report, the latest first, wire copies folded under the report they copy.

    Args:
        look: the view, indexed.
        found: the statements of every report, counted.
    """
    copies: dict[str, list[str]] = {}
    for group in look.view.copies:
        present = [d for d in group if d in look.documents]
        if present:
            copies[present[0]] = present[1:]
    folded = {d for group in copies.values() for d in group}
    rows = [
        ReportRow(d, found.get(d.id, Tally()), tuple(look.documents[c] for c in copies.get(d.id, ())))
        for d in look.view.documents
        if d.id not in folded
    ]
    undated = [r for r in rows if not r.document.published.earliest]
    return [*reversed([r for r in rows if r.document.published.earliest]), *undated]


def outlet_rows(look: Lookup, found: Mapping[str, Tally]) -> list[OutletRow]:
    """Return a row per outlet, the one with most statements first; a report told by several counts for each.

    Args:
        look: the view, indexed.
        found: the statements of every report, counted.
    """
    per_outlet: dict[str, list[Document]] = {}
    for document in look.view.documents:
        for outlet in document.outlets or ("",):
            per_outlet.setdefault(outlet, []).append(document)
    rows = [OutletRow(outlet, len(documents), _sum(documents, found)) for outlet, documents in per_outlet.items()]
    return sorted(rows, key=lambda r: (not r.name, -r.tally.statements, r.name))


def _sum(documents: list[Document], found: Mapping[str, Tally]) -> Tally:
    each = [found.get(d.id, Tally()) for d in documents]
    return Tally(sum(t.statements for t in each), sum(t.named for t in each))


def left_out(look: Lookup) -> list[tuple[str, int]]:
    """Return why reports were left out, with how many for each reason, the commonest first."""
    return Counter(left.reason for left in look.view.left_out).most_common()


def outlets_of(look: Lookup) -> tuple[list[str], int]:
    """Return the known outlets, each once, and the number of reports whose outlet is not known."""
    documents = look.view.documents
    return list(dict.fromkeys(o for d in documents for o in d.outlets)), sum(not d.outlets for d in documents)
