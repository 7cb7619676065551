"""What was said: utterances as rows for the page, with their versions, speakers and filter keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, tzinfo
from itertools import groupby

import attrs

from treves.brief.clock import Clock
from treves.brief.differences import Run, compare
from treves.brief.evidence import anchor
from treves.brief.lookup import Lookup, speakers_of
from treves.model.actors import ActorKind
from treves.model.evidence import Document
from treves.model.statements import StatementKind
from treves.model.view import JoinedActor, Telling, Utterance

BETWEEN_PARTS = " … "
MOST_VERSIONS = 12
"""At most so many versions of an utterance stand side by side."""
_UNDATED = -1.0
_MARKS = "\"'“”‘’«»„"


@attrs.frozen
class Part:
    """One part of a version: its words and whether they are given as direct speech."""

    runs: tuple[Run, ...]
    direct: bool


@attrs.frozen
class Version:
    """One report's version of an utterance.

    Attributes:
        document: the report; None when the view has lost it.
        kind: how it is given.
        parts: its parts, in order of place.
        statement: id of its first statement.
        passage: anchor of its first passage in the report in full.
        copies: outlets of wire copies of this report that repeat it.
        same: whether it has the lead's words exactly.
        lead: whether it is the lead.
    """

    document: Document | None
    kind: StatementKind
    parts: tuple[Part, ...]
    statement: str
    passage: str
    copies: tuple[str, ...] = ()
    same: bool = False
    lead: bool = False


@attrs.frozen
class SpokenBy:
    """One speaker: the actors it may be."""

    candidates: tuple[JoinedActor, ...]

    @property
    def unnamed(self) -> bool:
        """Whether this is an unnamed source."""
        return any(a.kind is ActorKind.UNNAMED for a in self.candidates)


@attrs.frozen
class Said:
    """One utterance as a row.

    Attributes:
        id: its id.
        speakers: who may have said it; empty when no source is given.
        lead: the version shown.
        versions: all versions side by side, the lead first; empty when there is one only.
        reports: number of independent reports.
        keys: filter keys, see :func:`keys_of`.
        hidden: number of further versions that are not shown.
    """

    id: str
    speakers: tuple[SpokenBy, ...]
    lead: Version
    versions: tuple[Version, ...]
    reports: int
    keys: tuple[str, ...]
    hidden: int = 0


@attrs.frozen
class Day:
    """The utterances first published on one day; `day` is None when that is not known."""

    day: date | None
    rows: tuple[Said, ...]

    def midnight(self, where: tzinfo) -> datetime:
        """Return the instant at which the day begins in the zone `where`; the day must be known."""
        return datetime.combine(self.day or date.min, time(), where)


def latest_first(look: Lookup, limit: int) -> list[Utterance]:
    """Return at most `limit` utterances, the latest published first, those of one report in its own order."""
    order = {d.id: i for i, d in enumerate(look.view.documents)}

    def key(utterance: Utterance) -> tuple[float, int, int]:
        first = utterance.tellings[0]
        published = look.published(first.document)
        at = published.timestamp() if published else _UNDATED
        return -at, -order.get(first.document, -1), first.passage.span.start

    return sorted((u for u in look.view.utterances if u.tellings), key=key)[:limit]


def by_day(utterances: Iterable[Utterance], look: Lookup, clock: Clock) -> Iterator[Day]:
    """Yield the days of `utterances`, which are in order, with their rows."""

    def day(utterance: Utterance) -> date | None:
        published = look.published(utterance.tellings[0].document)
        return clock.local(published).date() if published else None

    for found, group in groupby(utterances, key=day):
        yield Day(found, tuple(said(u, look) for u in group))


def said(utterance: Utterance, look: Lookup) -> Said:
    """Return one utterance as a row."""
    versions, hidden = _versions(utterance, look)
    speakers = tuple(SpokenBy(tuple(look.present(ids))) for ids in utterance.speakers)
    return Said(
        id=utterance.id,
        speakers=tuple(s for s in speakers if s.candidates),
        lead=versions[0],
        versions=versions if len(versions) > 1 else (),
        reports=utterance.independent,
        keys=keys_of(utterance, look),
        hidden=hidden,
    )


def keys_of(utterance: Utterance, look: Lookup) -> tuple[str, ...]:
    """Return what an utterance can be filtered by: "p:party", "a:actor", "o:outlet", "k:kind", "u:" for unnamed."""
    actors = look.present(speakers_of(utterance))
    keys = [f"a:{a.id}" for a in actors] + [f"p:{key}" for a in actors if (key := look.party_key(a))]
    keys += ["u:unnamed" for a in actors if a.kind is ActorKind.UNNAMED] or ([] if actors else ["u:none"])
    for telling in utterance.tellings:
        keys.append(f"k:{telling.kind.value}")
        document = look.documents.get(telling.document)
        keys += [f"o:{outlet}" for outlet in document.outlets] if document else []
    return tuple(dict.fromkeys(keys))


def _versions(utterance: Utterance, look: Lookup) -> tuple[tuple[Version, ...], int]:
    """Return the versions, the lead first, wire copies folded into the report they copy; and how many are left out."""
    lead_document = utterance.tellings[min(utterance.lead, len(utterance.tellings) - 1)].document
    per_report: dict[str, list[Telling]] = {}
    for telling in utterance.tellings:
        per_report.setdefault(telling.document, []).append(telling)
    folded: dict[str, list[str]] = {}
    for document in [d for d in per_report if d != lead_document]:
        original = per_report[document][0].copy_of
        if original in per_report and original != document:
            folded.setdefault(str(original), []).append(document)
            del per_report[document]
    order = [lead_document, *(d for d in per_report if d != lead_document)][:MOST_VERSIONS]
    told = [sorted(per_report[d], key=_place) for d in order]
    texts = [[t.passage.exact for t in tellings] for tellings in told]
    lead_runs, other_runs = compare(BETWEEN_PARTS.join(texts[0]), [BETWEEN_PARTS.join(t) for t in texts[1:]])
    found = []
    for document, tellings, runs in zip(order, told, [lead_runs, *other_runs], strict=True):
        copies = tuple(outlet for d in folded.get(document, ()) for outlet in _outlets(look, d))
        found.append(_version(look, tellings, runs, copies))
    first = attrs.evolve(found[0], lead=True)
    same = texts[0]
    rest = (attrs.evolve(v, same=t == same) for v, t in zip(found[1:], texts[1:], strict=True))
    return (first, *rest), len(per_report) - len(order)


def _place(telling: Telling) -> tuple[int, int]:
    return telling.passage.span.start, telling.passage.span.end


def _version(look: Lookup, tellings: Sequence[Telling], runs: tuple[Run, ...], copies: tuple[str, ...]) -> Version:
    parts = tuple(
        Part(part, telling.kind is StatementKind.DIRECT and telling.passage.exact[:1] not in _MARKS)
        for telling, part in zip(tellings, _split(runs, [len(t.passage.exact) for t in tellings]), strict=True)
    )
    first = tellings[0]
    return Version(
        document=look.documents.get(first.document),
        kind=first.kind,
        parts=parts,
        statement=first.statement,
        passage=anchor(first.passage),
        copies=copies,
    )


def _split(runs: Sequence[Run], lengths: Sequence[int]) -> Iterator[tuple[Run, ...]]:
    """Yield the runs of every part of a text that was joined with :data:`BETWEEN_PARTS` from parts of `lengths`."""
    if len(lengths) == 1:
        yield tuple(runs)
        return
    start = 0
    for length in lengths:
        end, at, found = start + length, 0, []
        for run in runs:
            low, high = max(start, at), min(end, at + len(run.text))
            if low < high:
                found.append(Run(run.text[low - at : high - at], run.differs))
            at += len(run.text)
        yield tuple(found)
        start = end + len(BETWEEN_PARTS)


def _outlets(look: Lookup, document: str) -> tuple[str, ...]:
    found = look.documents.get(document)
    return (found.outlets or (found.name,)) if found else ()
