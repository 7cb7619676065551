"""Flat rows of a view, one function for every format: statements, actors, events, differences and reports."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from treves.dates import Moment
from treves.model.evidence import Document
from treves.model.view import Difference, JoinedActor, JoinedEvent, Telling, Utterance, View

Cell = str | int | bool | None | list[str] | list[list[str]]
"""A value of a row. Text is never empty: what is not there is None."""
Row = dict[str, Cell]


class RowKind(StrEnum):
    """What the rows are of."""

    STATEMENTS = "statements"
    """One row a telling: an utterance in one report."""
    ACTORS = "actors"
    EVENTS = "events"
    DIFFERENCES = "differences"
    """One row a version of a difference."""
    REPORTS = "reports"


COLUMNS: dict[RowKind, dict[str, type]] = {
    RowKind.STATEMENTS: {
        "utterance": str,
        "statement": str,
        "document": str,
        "report": str,
        "outlet": str,
        "published": str,
        "kind": str,
        "speakers": list,
        "speaker_names": list,
        "speaker_words": list,
        "cue": str,
        "content": str,
        "start": int,
        "end": int,
        "prefix": str,
        "suffix": str,
        "group": int,
        "lead": bool,
        "independent": int,
        "rule": str,
        "copy_of": str,
        "corrections": list,
    },
    RowKind.ACTORS: {
        "actor": str,
        "kind": str,
        "name": str,
        "party": str,
        "gender": str,
        "aliases": list,
        "offices": list,
        "organisations": list,
        "mentions": int,
        "documents": list,
        "doubts": list,
        "corrections": list,
    },
    RowKind.EVENTS: {
        "event": str,
        "kind": str,
        "label": str,
        "certainty": str,
        "when": str,
        "when_precision": str,
        "when_earliest": str,
        "when_latest": str,
        "start": str,
        "end": str,
        "wording": str,
        "anchor": str,
        "follows": str,
        "participants": list,
        "by": list,
        "place": str,
        "duration_minutes": int,
        "documents": list,
        "accounts": list,
        "corrections": list,
    },
    RowKind.DIFFERENCES: {
        "difference": str,
        "aspect": str,
        "about": str,
        "version": int,
        "value": str,
        "document": str,
        "content": str,
        "start": int,
        "end": int,
    },
    RowKind.REPORTS: {
        "document": str,
        "name": str,
        "title": str,
        "outlet": str,
        "outlet_origin": str,
        "published": str,
        "published_precision": str,
        "published_origin": str,
        "language": str,
        "url": str,
        "characters": int,
        "left_out": str,
    },
}
"""Columns of every kind of row, in order, with the type of their values; a list holds texts or lists of texts."""


def rows(view: View, kind: RowKind) -> Iterator[Row]:
    """Yield the rows of `view`, in the view's order, with exactly the columns that :data:`COLUMNS` names.

    Times are worded as :meth:`treves.dates.Moment.iso` words them. In ``speakers`` every speaker is the list of actors
    that it may be: one where the report is plain.
    """
    match kind:
        case RowKind.STATEMENTS:
            yield from _statements(view)
        case RowKind.ACTORS:
            yield from (_actor(a) for a in view.actors)
        case RowKind.EVENTS:
            yield from (_event(e) for e in view.events)
        case RowKind.DIFFERENCES:
            yield from (row for d in view.differences for row in _versions(d))
        case RowKind.REPORTS:
            yield from (_report(d, None) for d in view.documents)
            yield from (_report(left.document, left.reason) for left in view.left_out)


def _statements(view: View) -> Iterator[Row]:
    documents = {d.id: d for d in view.documents}
    names = {a.id: a.name for a in view.actors}
    for utterance in view.utterances:
        for number, telling in enumerate(utterance.tellings):
            yield _telling(
                utterance,
                telling,
                document=documents.get(telling.document),
                names=names,
                lead=number == utterance.lead,
            )


def _telling(
    utterance: Utterance, telling: Telling, *, document: Document | None, names: dict[str, str], lead: bool
) -> Row:
    passage = telling.passage
    return {
        "utterance": utterance.id,
        "statement": telling.statement,
        "document": telling.document,
        "report": document.name if document else None,
        "outlet": document.first.outlet if document else None,
        "published": document.published.iso() if document else None,
        "kind": str(telling.kind),
        "speakers": [list(candidates) for candidates in telling.speakers],
        "speaker_names": [" / ".join(names.get(a, a) for a in candidates) for candidates in telling.speakers],
        "speaker_words": list(telling.speaker_words),
        "cue": telling.cue or None,
        "content": passage.exact or None,
        "start": passage.span.start,
        "end": passage.span.end,
        "prefix": passage.prefix or None,
        "suffix": passage.suffix or None,
        "group": telling.group,
        "lead": lead,
        "independent": utterance.independent,
        "rule": telling.rule or None,
        "copy_of": telling.copy_of,
        "corrections": list(telling.corrections),
    }


def _actor(actor: JoinedActor) -> Row:
    return {
        "actor": actor.id,
        "kind": str(actor.kind),
        "name": actor.name or None,
        "party": actor.party or None,
        "gender": str(actor.gender) if actor.gender else None,
        "aliases": list(actor.aliases),
        "offices": [role.office for role in actor.roles],
        "organisations": list(dict.fromkeys(role.organisation for role in actor.roles if role.organisation)),
        "mentions": len(actor.mentions),
        "documents": list(dict.fromkeys(document for document, _ in actor.local)),
        "doubts": list(actor.doubts),
        "corrections": list(actor.corrections),
    }


def _event(event: JoinedEvent) -> Row:
    return {
        "event": event.id,
        "kind": str(event.kind),
        "label": event.label or None,
        "certainty": str(event.certainty),
        "when": event.when.iso(),
        "when_precision": str(event.when.precision),
        "when_earliest": _instant(event.when, "earliest"),
        "when_latest": _instant(event.when, "latest"),
        "start": event.start.iso(),
        "end": event.end.iso(),
        "wording": event.wording or None,
        "anchor": event.anchor or None,
        "follows": event.follows,
        "participants": list(event.participants),
        "by": list(event.by),
        "place": event.place or None,
        "duration_minutes": event.duration_minutes,
        "documents": list(dict.fromkeys(account.document for account in event.accounts)),
        "accounts": [account.passage.exact for account in event.accounts],
        "corrections": list(event.corrections),
    }


def _instant(moment: Moment, end: str) -> str | None:
    instant = moment.earliest if end == "earliest" else moment.latest
    return instant.isoformat() if instant else None


def _versions(difference: Difference) -> Iterator[Row]:
    for number, version in enumerate(difference.versions, start=1):
        yield {
            "difference": difference.id,
            "aspect": difference.aspect,
            "about": difference.about or None,
            "version": number,
            "value": version.value or None,
            "document": version.passage.document,
            "content": version.passage.exact or None,
            "start": version.passage.span.start,
            "end": version.passage.span.end,
        }


def _report(document: Document, left_out: str | None) -> Row:
    first = document.first
    return {
        "document": document.id,
        "name": first.name,
        "title": document.title or None,
        "outlet": first.outlet,
        "outlet_origin": str(first.outlet_origin),
        "published": first.published.iso(),
        "published_precision": str(first.published.precision),
        "published_origin": str(first.published_origin),
        "language": document.language,
        "url": first.url,
        "characters": len(document.body),
        "left_out": left_out,
    }
