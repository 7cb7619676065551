"""What the rules have found in one row so far: drafts of statements, and the items that they have claimed.

What one rule has claimed as content or attribution is not read again by the next, so that a report within a report stays
part of the outer one.
"""

from __future__ import annotations

import attrs

from treves.model.statements import StatementKind
from treves.reading.drafts import Draft
from treves.reading.rows import Row, Subject
from treves.reading.word_groups import COLON, COMMA, COORDINATORS, DASH, ENDS, JUST, LIKE, QUOTE, SEMICOLON, STOP

_LONGEST_DATELINE = 7


@attrs.define(eq=False)
class Findings:
    """The findings in one row.

    Attributes:
        row: the row.
        drafts: reported speech found so far.
        claimed: item ranges that are content or attribution already.
        taken: for every item whether it is claimed.
        groups: how many utterances were found.
    """

    row: Row
    drafts: list[Draft] = attrs.field(factory=list)
    claimed: list[tuple[int, int]] = attrs.field(factory=list)
    taken: bytearray = attrs.field(init=False)
    groups: int = 0

    def __attrs_post_init__(self) -> None:
        """Begin with nothing claimed."""
        self.taken = bytearray(self.row.size)

    def claim(self, first: int, last: int) -> None:
        """Keep the items ``[first, last)`` from being read again."""
        self.claimed.append((first, last))
        first, last = max(first, 0), min(last, self.row.size)
        self.taken[first:last] = b"\1" * (last - first)

    def free(self, first: int, last: int) -> bool:
        """Return whether no rule has claimed any of the items ``[first, last)``."""
        return all(last <= a or first >= b for a, b in self.claimed)

    def new_group(self) -> int:
        """Return a fresh number for an utterance."""
        self.groups += 1
        return self.groups

    def emit(self, first: int, last: int, subject: Subject | None, rule: str, *, cue: int, group: int = 0) -> None:
        """Record the items ``[first, last)`` as reported content, trimmed of marks at its edges.

        Args:
            first: first item; nothing is recorded if only marks are left.
            last: item behind the last.
            subject: who said it; None for hearsay.
            rule: name of the rule.
            cue: item of the reporting word.
            group: number of the utterance of which this is a part; 0 for one of its own.
        """
        row = self.row
        flags, lows = row.flags, row.lows
        while first < last and flags[first] & STOP and lows[first] != "(":
            first += 1
        while last > first and flags[last - 1] & STOP and lows[last - 1] != ")":
            last -= 1
        if first >= last:
            return
        self.claim(first, last)
        content = row.span(first, last)
        kind = StatementKind.MIXED if row.any(QUOTE, first, last) else StatementKind.INDIRECT
        mentions = subject.mentions if subject else ()
        group = group or self.new_group()
        self.drafts.append(Draft(kind, *content, mentions, rule, cue=row.span(cue, cue + 1), group=group))

    def content_start(self, i: int) -> int:
        """Return where the clause that holds item `i` starts, behind anything already claimed."""
        row, flags = self.row, self.row.flags
        start = max((last for _, last in self.claimed if last <= i), default=0)
        while start < i and (flags[start] & STOP or (start > 0 and flags[start] & COORDINATORS)):
            start += 1
        for j in range(i - 1, start, -1):
            if flags[j] & (COLON | SEMICOLON):
                return j + 1
        if flags[start] & LIKE or (flags[start] & JUST and flags[start + 1] & LIKE):  # "Net zoals hij eerder zei, ..."
            for j in range(start, i):
                if flags[j] & COMMA:
                    return j + 1
        return past_dateline(row, start, i)


def past_dateline(row: Row, start: int, limit: int) -> int:
    """Return where the text proper starts behind a dateline ("DEN HAAG (ANN) - "), looked for before item `limit`."""
    if start != 0 or not row.opens:
        return start
    for j in range(1, min(limit, _LONGEST_DATELINE)):
        if row.flags[j] & DASH:
            first, last = row.span(0, j)
            heading = row.tokens.text[row.tokens.starts[first] : row.tokens.ends[last - 1]]
            shouted = sum(c.isupper() for c in heading) * 2 >= sum(c.isalpha() for c in heading)
            proper = all(word[0].isupper() for word in heading.split() if word[0].isalpha())
            return j + 1 if shouted or proper else start
    return start


def attribution_end(row: Row, i: int) -> int:
    """Return where an attribution that holds item `i` ends: at a comma, a colon or the sentence's end."""
    while not row.flags[i] & (ENDS | COMMA | COLON):
        i += 1
    return i
