"""Cutting a report into rows: sentences, joined where a quotation runs over several, with quotations and noun phrases folded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

from treves.reading.nominals import Mention
from treves.reading.pack import Pack
from treves.reading.quotes import Quote
from treves.reading.rows import Row
from treves.reading.tokens import Tokens
from treves.reading.word_groups import ENDS, FINITE, NOUN, QUOTE, TO

_BLANK_WORDS = [""] * 8
_BLANK_FLAGS = [ENDS] * 8
"""What stands behind a row."""
_NOTHING = [-1]

_Items = tuple[int, list[str], list[int], list[int], list[int], list[int], int]
_Fold = tuple[int, int, int, int]
"""A quotation or noun phrase: first and last token, what it is, its index."""


def cut_rows(tokens: Tokens, pack: Pack, quotes: Sequence[Quote], mentions: list[Mention]) -> list[Row]:
    """Cut a report into rows, in order."""
    folds: list[_Fold] = [(quote.first, quote.last, QUOTE, i) for i, quote in enumerate(quotes)]
    folds += [
        (mention.first, mention.last, NOUN, i)
        for i, mention in enumerate(mentions)
        if not (mention.quoted or mention.inner)
    ]
    folds.sort()
    flags = pack.flags_of(tokens.lower)
    rows: list[Row] = []
    position = 0
    for first, last, paragraph in _joined_sentences(tokens, quotes):
        while position < len(folds) and folds[position][0] < first:
            position += 1
        within = position
        while position < len(folds) and folds[position][0] < last:
            position += 1
        items = _items(tokens.lower, flags, (first, last), folds[within:position])
        rows.append(Row(tokens, pack, mentions, quotes, paragraph, *items))
    for i, row in enumerate(rows):
        row.opens = i == 0 or rows[i - 1].paragraph != row.paragraph
        row.alone = row.opens and (i + 1 == len(rows) or rows[i + 1].paragraph != row.paragraph)
    return rows


def _joined_sentences(tokens: Tokens, quotes: Sequence[Quote]) -> list[tuple[int, int, int]]:
    """Token ranges of the sentences, with their paragraphs; those that one quotation runs over are one."""
    ranges: list[tuple[int, int, int]] = []
    position = 0
    for (first, last), paragraph in zip(tokens.sentences, tokens.paragraphs, strict=True):
        while position < len(quotes) and quotes[position].last <= first:
            position += 1
        if ranges and position < len(quotes) and quotes[position].first < first < quotes[position].last:
            ranges[-1] = (ranges[-1][0], last, ranges[-1][2])
        else:
            ranges.append((first, last, paragraph))
    return ranges


def _items(lower: list[str], flags: list[int], tokens: tuple[int, int], folds: Sequence[_Fold]) -> _Items:
    """The items of a range of tokens: size, words, flags, first and last tokens, references, and all flags together."""
    lows: list[str] = []
    known: list[int] = []
    firsts: list[int] = []
    lasts: list[int] = []
    refs: list[int] = []
    cut, last = tokens
    for start, end, kind, ref in (*folds, (last, last, 0, -1)):
        if start < cut:
            continue
        if start > cut:
            lows += lower[cut:start]
            known += flags[cut:start]
            firsts += range(cut, start)
            lasts += range(cut + 1, start + 1)
            refs += _NOTHING * (start - cut)
        if kind:
            lows.append("")
            known.append(kind)
            firsts.append(start)
            lasts.append(end)
            refs.append(ref)
        cut = end
    size = len(lows)
    together = reduce(or_, known)
    lows += _BLANK_WORDS
    known += _BLANK_FLAGS
    if together & TO:
        for i in range(size):
            if known[i] & TO:
                known[i + 1] &= ~FINITE
    return size, lows, known, firsts, lasts, refs, together
