"""Statements as one report gives them: who said, in which words, where, and which rule saw it."""

from __future__ import annotations

from enum import StrEnum

import attrs

from treves.model.evidence import Span
from treves.text import digest


class StatementKind(StrEnum):
    """How the content is given."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


@attrs.frozen
class Speaker:
    """One speaker of a statement.

    Attributes:
        actors: keys of the report's actors it may be: one when plain, several when the report is ambiguous.
        span: the words that name the speaker here (a pronoun too); None when the speaker is carried over.
        rule: how the words were resolved ("name", "role", "pronoun", "carried", ...).
    """

    actors: tuple[int, ...]
    span: Span | None = None
    rule: str = "name"


@attrs.frozen
class Statement:
    """One attributed utterance, or one part of it, in one report.

    Attributes:
        id: stable over re-reading as long as span and kind stay: hash of document, kind, start and end.
        document: id of the report.
        group: number within the report; parts of one utterance share it.
        kind: direct, mixed or indirect.
        content: span of what is said.
        cue: span of the reporting words; None when there are none.
        speakers: who said it, all of them; empty for hearsay without any source.
        rule: name of the rule that made it.
    """

    id: str
    document: str
    group: int
    kind: StatementKind
    content: Span
    speakers: tuple[Speaker, ...]
    cue: Span | None = None
    rule: str = ""

    @property
    def ambiguous(self) -> bool:
        """Whether the report leaves open which of several actors spoke."""
        return any(len(s.actors) > 1 for s in self.speakers)


def statement_id(document: str, kind: str, content: Span) -> str:
    """Return the identifier of a statement: "S" and 12 hexadecimal digits."""
    return "S" + digest(document, kind, str(content.start), str(content.end), length=12)
