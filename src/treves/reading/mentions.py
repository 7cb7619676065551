"""The noun phrases of a report that name who may speak or act, found and tied to what explains them."""

from __future__ import annotations

from collections.abc import Sequence

from treves.reading.credits import find_credits
from treves.reading.nominals import Kind, Mention
from treves.reading.pack import Pack
from treves.reading.phrases import find_phrases
from treves.reading.scan import scan_of
from treves.reading.tokens import TERMINAL, Tokens

_CLOSES = frozenset({",", ".", ":", "”", '"', "("})


def find_mentions(tokens: Tokens, pack: Pack, quoted: Sequence[tuple[int, int]]) -> list[Mention]:
    """Return the noun phrases of a report, in order; only the first party of a list lies within the phrase before it.

    Args:
        tokens: the report.
        pack: its language.
        quoted: token ranges that stand between quotation marks, in order.
    """
    scan = scan_of(tokens, pack, quoted)
    mentions = find_phrases(scan)
    for first, last in find_credits(scan):
        mentions = [mention for mention in mentions if not first <= mention.first < last]
    position = 0
    for mention in mentions:
        while position < len(quoted) and quoted[position][1] <= mention.first:
            position += 1
        mention.quoted = position < len(quoted) and quoted[position][0] <= mention.first
    _tie_appositions(mentions, tokens)
    _tie_specified(mentions, tokens)
    return mentions


def _tie_appositions(mentions: Sequence[Mention], tokens: Tokens) -> None:
    """Tie "X, fractievoorzitter van Y," and "De voorzitter, X," together: the second phrase explains the first."""
    for index in range(1, len(mentions)):
        before, after = mentions[index - 1], mentions[index]
        if after.first != before.last + 1 or tokens.words[before.last] != "," or before.quoted != after.quoted:
            continue
        closes = after.last >= len(tokens.words) or tokens.words[after.last] in _CLOSES
        anchor = mentions[before.appositive] if before.appositive >= 0 else before
        full = anchor.kind is Kind.PERSON or (anchor.kind is Kind.NAME and len(anchor.name) > 1)
        named_role = full and after.kind is Kind.ROLE and not after.plural
        role_name = anchor.kind is Kind.ROLE and not anchor.plural and after.kind in {Kind.PERSON, Kind.NAME}
        one_of_them = (
            anchor.kind is Kind.UNNAMED and not anchor.plural and after.kind in {Kind.PERSON, Kind.NAME} and closes
        )
        role_name = role_name or one_of_them  # "De ander, Jan Vos, ..."
        if (closes or (named_role and not after.determiner)) and (named_role or role_name):
            after.appositive = before.appositive if before.appositive >= 0 else index - 1


def _tie_specified(mentions: Sequence[Mention], tokens: Tokens) -> None:
    """Tie a role to the person whom a colon tells at the sentence's end: "Er komt een bemiddelaar: oud-minister X."."""
    for index in range(1, len(mentions)):
        role, named = mentions[index - 1], mentions[index]
        if tokens.words[named.first - 1] != ":" or named.kind is not Kind.PERSON or named.quoted:
            continue
        ends = named.last >= len(tokens.words) or tokens.words[named.last] in TERMINAL
        nameless = role.kind is Kind.ROLE and not role.plural and role.appositive < 0 and role.last <= named.first - 1
        if ends and nameless and tokens.sentence_at(role.first) == tokens.sentence_at(named.first):
            named.appositive = index - 1
