"""Who made a picture: "Foto: ANP / Jan Jansen", "(beeld: Freek van den Berg)", "© Sanne Bos". Nobody there takes part."""

from __future__ import annotations

from treves.reading.scan import Scan
from treves.reading.word_groups import AND, CREDIT_LINKS, CREDITS, PREFIXES

_LONGEST = 12
"""Tokens of the longest credit."""
_AMONG = AND | PREFIXES | CREDITS | CREDIT_LINKS
_OPENING = frozenset({"(", "["})
_CLOSING = frozenset({")", "]"})


def find_credits(scan: Scan) -> list[tuple[int, int]]:
    """Return the token ranges of the picture credits: a word such as "foto" and nothing but names up to the end."""
    found: list[tuple[int, int]] = []
    for i in [i for i, known in enumerate(scan.flags) if known & CREDITS]:
        bracketed = scan.words[i - 1] in _OPENING
        if not (bracketed or scan.capital[i] or not scan.words[i][0].isalpha()):
            continue  # "de foto van Jan Jansen"
        end = _end(scan, i, bracketed=bracketed)
        if i + 1 < end <= i + _LONGEST and all(_may_stand(scan, j) for j in range(i + 1, end)):
            found.append((i, end))
    return found


def _end(scan: Scan, i: int, *, bracketed: bool) -> int:
    last: int = scan.tokens.sentences[scan.tokens.sentence_at(i)][1]
    return next((j for j in range(i, last) if scan.words[j] in _CLOSING), last) if bracketed else last


def _may_stand(scan: Scan, j: int) -> bool:
    """Whether a token may be part of a credit: a name or its prefix, a figure, a mark, "en", "via", "foto" once more."""
    return scan.capital[j] or not scan.words[j][0].isalpha() or bool(scan.flags[j] & _AMONG)
