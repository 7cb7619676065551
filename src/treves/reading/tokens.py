"""Tokens, sentences and paragraphs of a report: one regular expression and a list of abbreviations.

The result is a handful of parallel lists rather than token objects: the grammar walks over many words per second.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection
from operator import itemgetter

import attrs

_TOKEN = re.compile(
    r"""
      [A-Za-zÀ-ÖØ-öø-ÿ]{2,}+(?=[ ,\n]|\.\s)           # plain words, which are nearly all: tried first for speed
    | \d+(?:[.,:]\d+)*(?:-?[^\W\d_]+)?                 # numbers, clock times, 21e, 65-plussers
    | [^\W\d_](?:\.[^\W\d_])+\.?(?!\w)                 # o.a. d.w.z. J.P.
    | (?<!\w)['’‘`](?:s|t|n|k|m|r|ns)(?![\w'’])        # 's avonds, 't, z'n
    | \w[\w\-]*\.(?:nl|be|com|eu|org|net|tv)(?!\w)(?:-\w+)*  # NU.nl, NU.nl-verslaggever
    | \w+(?:['’\-&]\w+)*                               # words, with inner apostrophes and hyphens
    | ,,(?=\S) | ''|``                                 # low opening marks and doubled marks typed as two characters
    | \.{2,} | [^\w\s]
    """,
    re.VERBOSE,
)
_BREAK = re.compile(r"\n\s*\n\s*|\n")
"""A blank line, or the end of a line."""
TERMINAL = frozenset({".", "?", "!", "…", "..", "..."})
CLOSING = frozenset("\"'”’»)]“") | {"''"}
OPENING = frozenset("\"'“‘„«([‚”’") | {",,", "``", "''"}
_LINE_ENDS = TERMINAL | CLOSING | {":"}
_SHORT_LINE = 60
"""Code points below which a line is taken to end its paragraph."""


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
        return bisect_right(self.sentences, index, key=itemgetter(1))


def tokenise(text: str, *, start: int = 0, abbreviations: Collection[str] = ()) -> Tokens:
    """Cut `text` from offset `start` into tokens, sentences and paragraphs.

    Args:
        text: the stored text.
        start: offset at which the report begins; offsets in the result refer to the whole of `text`.
        abbreviations: lower-case words, without their full stop, after which a full stop ends no sentence.
    """
    words = _TOKEN.findall(text, start)
    starts, ends = _offsets(text, start, words)
    lower = [word.lower() for word in words]
    breaks = _breaks(text, start, words, starts)
    sentences, paragraphs = _sentences(_cuts(words, lower, starts, ends, abbreviations), breaks, len(words))
    return Tokens(text, words, lower, starts, ends, sentences, paragraphs)


def _offsets(text: str, at: int, words: list[str]) -> tuple[list[int], list[int]]:
    """Where the words start and end: only white space stands between them, so that each is the next to be found."""
    starts: list[int] = []
    ends: list[int] = []
    for word in words:
        first = text.find(word, at)
        at = first + len(word)
        starts.append(first)
        ends.append(at)
    return starts, ends


def _breaks(text: str, start: int, words: list[str], starts: list[int]) -> set[int]:
    """Indices of the tokens before which a paragraph, and not just a line, ends."""
    breaks: set[int] = set()
    line_start = start
    for match in _BREAK.finditer(text, start):
        index = bisect_left(starts, match.start())
        blank = text.count("\n", *match.span()) > 1
        if blank or (index and _ends_line(words[index - 1], match.start() - line_start)):
            breaks.add(index)
        line_start = match.end()
    return breaks


def _ends_line(before: str, length: int) -> bool:
    """Whether a single line break ends a paragraph: yes after a full stop or on a short line, no in wrapped text."""
    return before in _LINE_ENDS or length < _SHORT_LINE


def _cuts(
    words: list[str], lower: list[str], starts: list[int], ends: list[int], abbreviations: Collection[str]
) -> set[int]:
    """Indices of the tokens that start a sentence because a full stop, question or exclamation mark stands before."""
    cuts: set[int] = set()
    total = len(words)
    for i in [i for i, word in enumerate(words) if word in TERMINAL]:
        if _inner_stop(i, words, lower, starts, ends, abbreviations):
            continue
        after = i + 1
        while after < total and words[after] in CLOSING and starts[after] == ends[after - 1]:
            after += 1
        if after < total and starts[after] > ends[after - 1] and _may_start(words[after]):
            cuts.add(after)
    return cuts


def _sentences(cuts: set[int], breaks: set[int], total: int) -> tuple[list[tuple[int, int]], list[int]]:
    """Sentence ranges, and for each the number of its paragraph."""
    sentences: list[tuple[int, int]] = []
    paragraphs: list[int] = []
    first = paragraph = 0
    for cut in sorted(cuts | breaks):
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
    """Whether a word may start a sentence: a capital, a figure, an opening or loose mark."""
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
