"""Units: sentences joined where a quotation runs over several, each as a short row of items.

An item is a word, a punctuation mark, a whole quotation or a whole noun phrase. The rules of ``speech`` and ``report`` are
patterns over these rows; they never look at raw text.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from treves.reading.mentions import Mention
from treves.reading.quotes import Quote
from treves.reading.tokens import TERMINAL, Tokens

WORD, STOP, NOUN, QUOTE = "w", "p", "n", "q"
_STOPS = frozenset(",.:;?!…()[]–—-•/|") | TERMINAL


@attrs.define(eq=False)
class Item:
    """One item of a unit.

    Attributes:
        kind: "w" word, "p" punctuation, "n" noun phrase, "q" quotation.
        first, last: token range ``[first, last)``.
        low: lower-case word or mark; empty for noun phrases and quotations.
        ref: index of the mention or quotation; -1 for words and marks.
    """

    kind: str
    first: int
    last: int
    low: str = ""
    ref: int = -1


@attrs.define(eq=False)
class Unit:
    """A sentence, or several that one quotation joins.

    Attributes:
        first, last: token range ``[first, last)``.
        paragraph: number of the paragraph.
        items: the row of items.
        alone: whether it is all there is of its paragraph.
        opens: whether it opens its paragraph.
    """

    first: int
    last: int
    paragraph: int
    items: list[Item]
    alone: bool = False
    opens: bool = False


def cut_units(tokens: Tokens, quotes: Sequence[Quote], mentions: Sequence[Mention]) -> list[Unit]:
    """Cut a report into units, with quotations and noun phrases folded into single items."""
    ranges = _joined_sentences(tokens, quotes)
    units: list[Unit] = []
    quote_at = {q.first: i for i, q in enumerate(quotes)}
    mention_at = {m.first: i for i, m in enumerate(mentions) if not m.quoted}
    for first, last, paragraph in ranges:
        units.append(Unit(first, last, paragraph, _items(tokens, first, last, quotes, quote_at, mentions, mention_at)))
    for i, unit in enumerate(units):
        unit.opens = i == 0 or units[i - 1].paragraph != unit.paragraph
        closes = i + 1 == len(units) or units[i + 1].paragraph != unit.paragraph
        unit.alone = unit.opens and closes
    return units


def _joined_sentences(tokens: Tokens, quotes: Sequence[Quote]) -> list[tuple[int, int, int]]:
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


def _items(
    tokens: Tokens,
    first: int,
    last: int,
    quotes: Sequence[Quote],
    quote_at: dict[int, int],
    mentions: Sequence[Mention],
    mention_at: dict[int, int],
) -> list[Item]:
    items: list[Item] = []
    lower = tokens.lower
    i = first
    while i < last:
        quote = quote_at.get(i)
        if quote is not None:
            items.append(Item(QUOTE, i, quotes[quote].last, ref=quote))
            i = quotes[quote].last
            continue
        mention = mention_at.get(i)
        if mention is not None:
            items.append(Item(NOUN, i, mentions[mention].last, ref=mention))
            i = mentions[mention].last
            continue
        low = lower[i]
        items.append(Item(STOP if low in _STOPS else WORD, i, i + 1, low))
        i += 1
    return items
