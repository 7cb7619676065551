"""What a rule hands on: a statement still in tokens, with its speaker as found and not yet resolved."""

from __future__ import annotations

from enum import StrEnum

import attrs

from treves.model.statements import StatementKind


class Carry(StrEnum):
    """How a speaker is found who is not named beside the content."""

    NONE = "none"
    """Named, or nobody at all."""
    BEFORE = "before"
    """Who spoke or was spoken of just before."""
    AFTER = "after"
    """Who is named right after ("... Aldus X.")."""


@attrs.define(eq=False)
class Draft:
    """One statement as a rule found it.

    Attributes:
        kind: direct, mixed or indirect.
        first, last: token range ``[first, last)`` of the content.
        mentions: indices of the noun phrases that name the speakers; empty for hearsay and carried speakers.
        rule: name of the rule.
        cue: token range of the reporting words; None if there are none.
        group: parts of one utterance share it; numbers are local to the unit, 0 means a group of its own.
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
