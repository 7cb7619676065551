"""Tellings: every report's statements, with the actors that were joined across reports as speakers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from treves.model.evidence import Document, passage_of
from treves.model.reading import Reading
from treves.model.statements import Speaker, Statement
from treves.model.view import Telling
from treves.reading.joining.apply import Tellings
from treves.reading.joining.joints import Joints


def tell(
    documents: Sequence[Document], readings: Sequence[Reading], joints: Joints, copy_of: Mapping[int, int]
) -> Tellings:
    """Return for every report its tellings by statement id, in order of place.

    Args:
        documents: the reports, earliest first.
        readings: their readings, at the same index.
        joints: the actors joined across reports.
        copy_of: for a wire copy, the index of the report that it copies.
    """
    found: Tellings = []
    for report, (document, reading) in enumerate(zip(documents, readings, strict=True)):
        first = copy_of.get(report)
        original = documents[first].id if first is not None else None
        statements = sorted(reading.statements, key=lambda s: (s.content.start, s.content.end, s.id))
        found.append({s.id: _telling(s, document, report, joints, original) for s in statements})
    return found


def _telling(statement: Statement, document: Document, report: int, joints: Joints, original: str | None) -> Telling:
    text = document.text
    return Telling(
        statement=statement.id,
        document=document.id,
        kind=statement.kind,
        passage=passage_of(document, statement.content),
        speakers=tuple(ids for s in statement.speakers if (ids := _ids(s, report, joints))),
        cue=statement.cue.of(text) if statement.cue else None,
        speaker_words=tuple(s.span.of(text) for s in statement.speakers if s.span),
        group=statement.group,
        rule=statement.rule,
        copy_of=original,
    )


def _ids(speaker: Speaker, report: int, joints: Joints) -> tuple[str, ...]:
    """Return the ids of the joined actors that a speaker may be, each once."""
    joined = (joints.of.get((report, key)) for key in speaker.actors)
    return tuple(dict.fromkeys(j.id for j in joined if j is not None))
