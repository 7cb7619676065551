"""Looking: the joined view of a dossier as of a moment, its rows, and search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import attrs

from treves.dates import DEFAULT_ZONE, parse_as_of
from treves.exchange.rows import Row, RowKind, rows
from treves.model.actors import Roster
from treves.model.evidence import Document
from treves.model.reading import Reading
from treves.model.view import Filed, View
from treves.reading.joining import join
from treves.reading.joining.visible import visible
from treves.services.readings import ReadReport
from treves.services.rosters import roster_of
from treves.store import Hit, Store


def zone_of(store: Store) -> str:
    """Return the IANA name of the time zone of the dossier's place."""
    return store.setting("zone", DEFAULT_ZONE)


def instant_of(store: Store, as_of: str | None) -> datetime | None:
    """Return the instant that `as_of` means in the dossier's time zone; None for none.

    Raises:
        InvalidTime: it is no date or time.
    """
    return parse_as_of(as_of, where=zone_of(store)) if as_of else None


def view_of(store: Store, *, as_of: datetime | None = None) -> View:
    """Return everything a dossier knows as of a moment; what was published later stays out.

    The cost is about linear in the number of reports: a second or so for a thousand.

    Args:
        store: the dossier.
        as_of: the moment, timezone-aware; None means everything.

    Raises:
        InvalidTime: `as_of` has no time zone.
    """
    return join(store.filed(), store.corrections(), as_of=as_of, zone=zone_of(store), roster=roster_of(store))


def view_of_reports(
    reports: Iterable[ReadReport],
    *,
    as_of: datetime | None = None,
    zone: str = DEFAULT_ZONE,
    roster: Roster | None = None,
) -> View:
    """Return the joined view of reports that stand in no dossier; a text that stands there twice counts once.

    Args:
        reports: reports with what was read in them.
        as_of: the moment, timezone-aware; None means everything.
        zone: IANA name of the time zone of the place.
        roster: persons known beforehand; None if there are none.

    Raises:
        InvalidTime: `as_of` has no time zone, or there is no such zone.
    """
    by_text: dict[str, Filed] = {}
    for report in reports:
        filed = Filed(report.document, report.reading)
        if known := by_text.get(report.document.id):
            told = (*known.document.appearances, *report.document.appearances)
            document = attrs.evolve(known.document, appearances=tuple(dict.fromkeys(told)))
            filed = attrs.evolve(known, document=document)
        by_text[report.document.id] = filed
    return join(list(by_text.values()), (), as_of=as_of, zone=zone, roster=roster)


def rows_of(store: Store, kind: RowKind | str, *, as_of: datetime | None = None) -> list[Row]:
    """Return the flat rows of one kind ("statements", "actors", "events", "differences", "reports") of a dossier.

    Args:
        store: the dossier.
        kind: what the rows are of.
        as_of: the moment, timezone-aware; None means everything.
    """
    return list(rows(view_of(store, as_of=as_of), RowKind(kind)))


def search(store: Store, query: str, *, limit: int = 20, as_of: datetime | None = None) -> list[Hit]:
    """Return the reports that hold all words of `query`, best first.

    Args:
        store: the dossier.
        query: words; "words in quotes" must follow one another, a star stands for any ending.
        limit: at most so many, 1 or more.
        as_of: the moment, timezone-aware: only reports that were certainly published before it; None means all.
    """
    hits = store.search(query, limit=limit if as_of is None else store.info().counts["documents"] or 1)
    told = {d.id: d for d in documents_as_told(store, [h.document for h in hits], as_of=as_of)}
    return [attrs.evolve(h, document=told[h.document.id]) for h in hits if h.document.id in told][:limit]


def documents_as_told(store: Store, documents: Iterable[Document], *, as_of: datetime | None = None) -> list[Document]:
    """Return reports with a person's corrections of outlet and publication time, earliest publication first.

    Args:
        store: the dossier whose corrections are meant.
        documents: reports of that dossier.
        as_of: the moment, timezone-aware: only reports that were certainly published before it; None means all.
    """
    # Whether there is a language pack for a report does not matter here, so each counts as read.
    filed = [Filed(d, Reading(d.id, "any")) for d in documents]
    return list(visible(filed, store.corrections(), as_of=as_of, zone=zone_of(store)).documents)
