"""Tokens, sentences and paragraphs of a report: one regular expression and a list of abbreviations.

The result is a handful of parallel lists rather than token objects: the grammar walks over many words per second.
"""

from __future__ import annotations

import re
from collections.abc import Collection

import attrs

_TOKEN = re.compile(
    r"""
      \n\s*\n\s* | \n                                  # paragraph or line break
    | \d+(?:[.,:]\d+)*(?:-?[^\W\d_]+)?                 # numbers, clock times, 21e, 65-plussers
    | [^\W\d_](?:\.[^\W\d_])+\.?(?!\w)                 # o.a. d.w.z. J.P.
    | (?<!\w)['’‘`](?:s|t|n|k|m|r|ns)(?![\w'’])        # 's avonds, 't, z'n
    | \w+(?:['’\-&]\w+)*                               # words, with inner apostrophes and hyphens
    | ,,(?=\S) | ''|``                                 # low opening marks and doubled marks typed as two characters
    | \.{2,} | [^\w\s]
    """,
    re.VERBOSE,
)
TERMINAL = frozenset({".", "?", "!", "…", "..", "..."})
CLOSING = frozenset("\"'”’»)]“") | {"''"}
OPENING = frozenset("\"'“‘„«([‚”’") | {",,", "``", "''"}
_SHORT_LINE = 60


@attrs.frozen(eq=False)
class Tokens:
    """A report cut into tokens.

    Attributes:
        text: the stored text.
        words: the tokens as printed, white space left out.
        lower: the same in lower case.
        starts, ends: offsets in `text`.
        sentences: ranges ``[first, last)`` of token indices, in order, without gaps.
        paragraphs: for every sentence the number of its paragraph, from 0.
    """

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[tuple[int, int]]
    paragraphs: list[int]

    def sentence_at(self, index: int) -> int:
        """Return the number of the sentence that holds token `index`, by bisection."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle][1] <= index:
                low = middle + 1
            else:
                high = middle
        return low


def tokenise(text: str, *, start: int = 0, abbreviations: Collection[str] = ()) -> Tokens:
    """Cut `text` from offset `start` into tokens, sentences and paragraphs.

    Args:
        text: the stored text.
        start: offset at which the report begins; offsets in the result refer to the whole of `text`.
        abbreviations: lower-case words, without their full stop, after which a full stop ends no sentence.
    """
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: dict[int, bool] = {}  # token index -> whether a paragraph (not just a line) ends before it
    line_start = start
    for match in _TOKEN.finditer(text, start):
        token = match.group()
        if token[0] == "\n":
            if token.count("\n") > 1:
                breaks[len(words)] = True
            elif _ends_line(words, match.start() - line_start):
                breaks.setdefault(len(words), True)
            line_start = match.end()
            continue
        words.append(token)
        starts.append(match.start())
        ends.append(match.end())
    lower = [w.lower() for w in words]
    sentences, paragraphs = _sentences(words, lower, starts, ends, breaks, abbreviations)
    return Tokens(text, words, lower, starts, ends, sentences, paragraphs)


def _ends_line(words: list[str], length: int) -> bool:
    """Whether a single line break ends a paragraph: yes after a full stop or on a short line, no in wrapped text."""
    return bool(words) and (words[-1] in TERMINAL or words[-1] in CLOSING or words[-1] == ":" or length < _SHORT_LINE)


def _sentences(
    words: list[str],
    lower: list[str],
    starts: list[int],
    ends: list[int],
    breaks: dict[int, bool],
    abbreviations: Collection[str],
) -> tuple[list[tuple[int, int]], list[int]]:
    sentences: list[tuple[int, int]] = []
    paragraphs: list[int] = []
    first = paragraph = 0
    total = len(words)
    cuts = set(breaks)
    for i, word in enumerate(words):
        if word in TERMINAL and not _inner_stop(i, words, lower, starts, ends, abbreviations):
            after = i + 1
            while after < total and words[after] in CLOSING and starts[after] == ends[after - 1]:
                after += 1
            if after < total and (starts[after] > ends[after - 1]) and _may_start(words[after]):
                cuts.add(after)
    for cut in sorted(cuts):
        if cut > first:
            sentences.append((first, cut))
            paragraphs.append(paragraph)
            first = cut
        if cut in breaks and sentences:
            paragraph += 1
    if total > first:
        sentences.append((first, total))
        paragraphs.append(paragraph)
    return sentences, paragraphs


def _may_start(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or word in OPENING or word[0] in "'’‘`-–—•"


def _inner_stop(
    i: int, words: list[str], lower: list[str], starts: list[int], ends: list[int], abbreviations: Collection[str]
) -> bool:
    """Whether the full stop at `i` belongs to an abbreviation or an initial."""
    if words[i] != "." or i == 0 or starts[i] != ends[i - 1]:
        return False
    before = words[i - 1]
    initial = len(before) == 1 and before.isupper() and before.isalpha()
    named = i + 1 < len(words) and words[i + 1][0].isalpha()
    return lower[i - 1] in abbreviations or (initial and named)
