"""Which reports count in a view: a person's corrections of outlet and time first, then what was known by a moment.

A report counts when its publication lies *certainly* before the moment; what may have been published later stays out,
with the reason, so that a view as of a moment never shows what was not yet known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

import attrs

from treves.dates import InvalidTime, Known, Moment, parse_moment
from treves.model.corrections import Correction, CorrectionKind
from treves.model.evidence import Document, Origin
from treves.model.reading import Reading
from treves.model.view import Filed, LeftOut

_FOR_EVER = float("inf")


@attrs.frozen(eq=False)
class Visible:
    """What a view is made of.

    Attributes:
        documents: the reports that count, earliest publication first, those without a known time last.
        readings: their readings, at the same index.
        left_out: reports that do not count or could not be read, in the same order.
        applied: ids of the corrections that found their document.
        known: ids of all documents that were filed, counted or not.
    """

    documents: tuple[Document, ...]
    readings: tuple[Reading, ...]
    left_out: tuple[LeftOut, ...]
    applied: frozenset[str]
    known: frozenset[str]


def in_force(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return the corrections that are not undone, in the order in which they were made."""
    return tuple(sorted((c for c in corrections if c.undone_at is None), key=_age))


def _age(correction: Correction) -> tuple[int, str]:
    digits = correction.id.removeprefix("C")
    return (int(digits) if digits.isdecimal() else 0, correction.id)


def visible(filed: Sequence[Filed], corrections: Sequence[Correction], *, as_of: datetime | None, zone: str) -> Visible:
    """Return the reports that count as of a moment, corrected and in order of publication.

    Corrections hold for every moment: they mend what is known of a report, not what the report knew.

    Args:
        filed: the reports with their readings, in any order.
        corrections: those in force, oldest first; other kinds than those on documents are passed over.
        as_of: the moment, timezone-aware; None lets every report count.
        zone: IANA name of the zone of times without an offset.

    Raises:
        InvalidTime: `as_of` has no time zone.
    """
    if as_of is not None and as_of.tzinfo is None:
        unzoned = "The as-of time {time} has no time zone."
        raise InvalidTime(unzoned, hint="Add one, such as +02:00.", time=as_of.isoformat())
    latest = {f.document.id: f for f in sorted(filed, key=lambda f: (f.reading is not None, len(f.run), f.run))}
    documents = {key: f.document for key, f in latest.items()}
    applied = _correct(documents, corrections, zone)
    counted: list[tuple[Document, Reading]] = []
    left_out: list[LeftOut] = []
    for document in sorted(documents.values(), key=publication_order):
        reading = latest[document.id].reading
        known, reason = _as_of(document, as_of)
        if not reason and (reading is None or not reading.reader):
            reason = f"no language pack for {document.language}"
        if reason or reading is None:
            left_out.append(LeftOut(known, reason))
        else:
            counted.append((known, reading))
    return Visible(
        documents=tuple(d for d, _ in counted),
        readings=tuple(r for _, r in counted),
        left_out=tuple(left_out),
        applied=frozenset(applied),
        known=frozenset(documents),
    )


def publication_order(document: Document) -> tuple[float, float, str]:
    """Return a sort key: earliest and latest possible publication, then the document's id."""
    moment = document.published
    return (_stamp(moment.earliest), _stamp(moment.latest), document.id)


def _stamp(instant: datetime | None) -> float:
    return instant.timestamp() if instant else _FOR_EVER


def _as_of(document: Document, as_of: datetime | None) -> tuple[Document, str]:
    """Return the report with the appearances that count, and why it does not count (empty if it does)."""
    if as_of is None:
        return document, ""
    known = tuple(a for a in document.appearances if a.published.certainly_before(as_of))
    if known:
        return attrs.evolve(document, appearances=known), ""
    moments = [a.published for a in document.appearances]
    if all(m.known is Known.UNKNOWN and m.latest is None for m in moments):
        return document, "publication time unknown"
    if any(m.possibly_before(as_of) and m.earliest != as_of for m in moments):
        return document, "perhaps published later"
    return document, "published later"


def _correct(documents: dict[str, Document], corrections: Iterable[Correction], zone: str) -> set[str]:
    """Correct outlets and publication times in place; return the ids of the corrections that found their target."""
    applied: set[str] = set()
    for correction in corrections:
        document = documents.get(correction.target)
        if document is None or correction.kind not in (CorrectionKind.SET_OUTLET, CorrectionKind.SET_DATE):
            continue
        changed = _corrected(document, correction, zone)
        if changed is not None:
            documents[document.id] = changed
            applied.add(correction.id)
    return applied


def _corrected(document: Document, correction: Correction, zone: str) -> Document | None:
    """Return the corrected report, or None when the correction does not fit.

    A text that appeared in several places is corrected in all of them, unless the value ``appearance`` names one.
    """
    named = correction.values.get("appearance")
    chosen = {a.name for a in document.appearances if named in (None, a.name)}
    if not chosen:
        return None
    if correction.kind is CorrectionKind.SET_OUTLET:
        outlet = str(correction.values.get("outlet") or "") or None
        change = partial(attrs.evolve, outlet=outlet, outlet_origin=Origin.HAND)
    elif moment := moment_of(correction, zone):
        change = partial(attrs.evolve, published=moment, published_origin=Origin.HAND)
    else:
        return None
    changed = tuple(change(a) if a.name in chosen else a for a in document.appearances)
    return attrs.evolve(document, appearances=changed)


def moment_of(correction: Correction, zone: str) -> Moment | None:
    """Return the moment that a correction carries; None when it carries none that can be read."""
    try:
        return parse_moment(str(correction.values.get("moment") or ""), where=zone)
    except InvalidTime:
        return None
