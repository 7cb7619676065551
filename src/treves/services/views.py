"""Looking: the joined view of a dossier as of a moment, and search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import attrs

from treves.model.view import Filed, View
from treves.reading.joining import join
from treves.services.readings import ReadReport
from treves.store import Hit, Store


def view_of(store: Store, *, as_of: datetime | None = None) -> View:
    """Return everything a dossier knows as of a moment; what was published later stays out.

    Args:
        store: the dossier.
        as_of: the moment, timezone-aware; None means everything.
    """
    info_zone = store.setting("zone", "Europe/Amsterdam")
    return join(store.filed(), store.corrections(), as_of=as_of, zone=info_zone, roster=None)


def view_of_reports(reports: Iterable[ReadReport], *, as_of: datetime | None = None, zone: str) -> View:
    """Return the joined view of reports that stand in no dossier."""
    filed = [Filed(r.document, r.reading) for r in reports]
    first_by_text: dict[str, Filed] = {}
    for f in filed:
        known = first_by_text.get(f.document.id)
        if known is None:
            first_by_text[f.document.id] = f
        else:
            appearances = (*known.document.appearances, *f.document.appearances)
            document = attrs.evolve(known.document, appearances=tuple(dict.fromkeys(appearances)))
            first_by_text[f.document.id] = attrs.evolve(known, document=document)
    return join(list(first_by_text.values()), (), as_of=as_of, zone=zone, roster=None)


def search(store: Store, query: str, *, limit: int = 20, as_of: datetime | None = None) -> list[Hit]:
    """Return the reports that hold all words of `query`, best first; as of a moment only those published before it."""
    hits = store.search(query, limit=limit if as_of is None else 10_000)
    if as_of is None:
        return hits
    return [h for h in hits if h.document.published.certainly_before(as_of)][:limit]
