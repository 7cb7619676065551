"""What a rule hands on: a statement still in tokens, with its speaker as found and not yet resolved."""

from __future__ import annotations

from enum import StrEnum

import attrs

from treves.model.evidence import Span
from treves.model.statements import Speaker, StatementKind
from treves.reading.tokens import Tokens


class Carry(StrEnum):
    """How a speaker is found who is not named beside the content."""

    NONE = "none"
    """Named, or nobody at all."""
    BEFORE = "before"
    """Who spoke or was spoken of just before."""


@attrs.define(eq=False)
class Draft:
    """One statement as a rule found it.

    Attributes:
        kind: direct, mixed or indirect.
        first, last: token range ``[first, last)`` of the content.
        mentions: indices of the noun phrases that name the speakers; empty for hearsay and carried speakers.
        rule: name of the rule.
        cue: token range of the reporting words; None if there are none.
        group: parts of one utterance share it; numbers are local to the row, 0 means a group of its own.
        carry: where to look for the speaker if no noun phrase names it.
        fallback: token range whose words describe a speaker that no noun phrase names; None if there is none.
    """

    kind: StatementKind
    first: int
    last: int
    mentions: tuple[int, ...]
    rule: str
    cue: tuple[int, int] | None = None
    group: int = 0
    carry: Carry = Carry.NONE
    fallback: tuple[int, int] | None = None

    def spans(self, tokens: Tokens) -> tuple[Span, Span | None]:
        """Return the spans of content and cue in the stored text."""
        cue = None
        if self.cue is not None:
            cue = Span(tokens.starts[self.cue[0]], tokens.ends[self.cue[1] - 1])
        return Span(tokens.starts[self.first], tokens.ends[self.last - 1]), cue


@attrs.define(eq=False)
class Told:
    """A draft with its place in the report and its speakers.

    Attributes:
        draft: the draft.
        row: number of its row.
        group: number of its utterance within the report.
        speakers: who said it.
    """

    draft: Draft
    row: int
    group: int
    speakers: tuple[Speaker, ...] = ()
