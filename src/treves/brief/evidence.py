"""The passage behind a thing: cut out of its report with a sentence on either side, or marked in the whole report."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

import attrs

from treves.model.evidence import Document, Passage

_BOUNDARY = re.compile(
    r"[.!?…](?<!\b[A-Za-z][.!?…])[.!?…]*['\"’”»)\]]*\s+(?=['\"‘“„«(\[]?[A-Z0-9\u00C0-\u00DE])|\n\s*\n"
)
"""Where a sentence ends: at a mark before a capital (not after a single letter, an initial), or at a blank line."""
REACH = 320
"""At most so many code points of context on either side."""


@attrs.frozen
class Context:
    """A passage in its surroundings.

    Attributes:
        before, exact, after: the text before, the passage, the text after.
        lost: whether the report no longer has these words at this place.
    """

    before: str
    exact: str
    after: str
    lost: bool = False


@attrs.frozen
class Segment:
    """A run of a report's text.

    Attributes:
        text: the words.
        covered: anchors of the passages that cover it.
        opens: anchors of the passages that begin here.
    """

    text: str
    covered: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()


@attrs.frozen(eq=False)
class Breaks:
    """Where the sentences of a text end, found once for all passages in it; in rising order.

    Attributes:
        stops: where a sentence stops, its last mark included.
        nexts: where the next one begins.
    """

    stops: tuple[int, ...]
    nexts: tuple[int, ...]


def breaks(text: str) -> Breaks:
    """Find where the sentences of `text` end; linear."""
    found = [(m.start() + len(m.group().rstrip()), m.end()) for m in _BOUNDARY.finditer(text)]
    return Breaks(tuple([stop for stop, _ in found]), tuple([after for _, after in found]))


def anchor(passage: Passage) -> str:
    """Return the id of the place where a passage is marked in its report in full."""
    return f"p-{passage.document}-{passage.span.start}-{passage.span.end}"


def context(document: Document | None, passage: Passage, sentences: Breaks | None = None) -> Context:
    """Return `passage` with the rest of its sentence and one sentence on either side.

    Where the document is gone, or has other words at that place, the passage is given as it was kept, and marked lost.

    Args:
        document: the report; None when it is gone.
        passage: what to cut out.
        sentences: where its sentences end; found here when not given.
    """
    if document is None or passage.orphaned(document.text):
        return Context(passage.prefix, passage.exact, passage.suffix, lost=True)
    text, span = document.text, passage.span
    ends = sentences or breaks(text)
    first = max(document.body_start if span.start >= document.body_start else 0, span.start - REACH)
    last = min(len(text), span.end + REACH)
    start, end = _back(ends, first, span.start), _forward(ends, span.end, last)
    before, after = text[start : span.start], text[span.end : end]
    cut_before = "… " if start == first > document.body_start else ""
    cut_after = " …" if end == last < len(text) else ""
    return Context(cut_before + before.lstrip(), passage.exact, after.rstrip() + cut_after)


def sentence(document: Document | None, passage: Passage, sentences: Breaks | None = None) -> Context:
    """Return `passage` with the rest of its own sentence; arguments as in :func:`context`."""
    if document is None or passage.orphaned(document.text):
        return Context(passage.prefix, passage.exact, passage.suffix, lost=True)
    text, span = document.text, passage.span
    ends = sentences or breaks(text)
    first, last = max(0, span.start - REACH), min(len(text), span.end + REACH)
    index = bisect_right(ends.nexts, span.start) - 1
    start = max(first, ends.nexts[index]) if index >= 0 else first
    index = bisect_left(ends.stops, span.end)
    end = min(last, ends.stops[index]) if index < len(ends.stops) else last
    start = max(start, document.body_start) if span.start >= document.body_start else start
    return Context(text[start : span.start].lstrip(), passage.exact, text[span.end : end].rstrip())


def _back(ends: Breaks, first: int, start: int) -> int:
    """Return where the sentence before the one that holds `start` begins, not before `first`."""
    # A passage that opens its sentence has the break right before it: the sentence before lies one further back.
    index = bisect_right(ends.nexts, start) - 2
    return max(first, ends.nexts[index]) if index >= 0 else first


def _forward(ends: Breaks, end: int, last: int) -> int:
    """Return where the sentence after the one that holds `end` stops, not after `last`."""
    index = bisect_left(ends.stops, end) + 1
    return min(last, ends.stops[index]) if index < len(ends.stops) else last


def marked(document: Document, passages: Iterable[Passage]) -> Iterator[Segment]:
    """Yield the report's text in runs, each with the passages that cover it; lost passages are left out.

    Overlapping passages share runs, so that marks never cross. Linear in the text, log-linear in the passages.
    """
    text = document.text
    spans: dict[tuple[int, int], str] = {}
    for passage in passages:
        start, end = passage.span.start, passage.span.end
        if start < end and not passage.orphaned(text):
            spans.setdefault((start, end), anchor(passage))
    edges = sorted({0, len(text), *(edge for span in spans for edge in span)})
    waiting = sorted(spans, reverse=True)
    open_now: list[tuple[int, int]] = []
    for low, high in pairwise(edges):
        open_now = [s for s in open_now if s[1] > low]
        opens: list[tuple[int, int]] = []
        while waiting and waiting[-1][0] == low:
            opens.append(waiting.pop())
        open_now += opens
        yield Segment(text[low:high], tuple(spans[s] for s in open_now), tuple(spans[s] for s in opens))
