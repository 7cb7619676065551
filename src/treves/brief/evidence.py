"""The passage behind a thing: cut out of its report with a sentence on either side, or marked in the whole report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import attrs

from treves.model.evidence import Document, Passage, Span

_BOUNDARY = re.compile(r"(?<!\b[A-Z])(?<!\b[a-z])[.!?…]+['\"’”»)\]]*\s+(?=['\"‘“„«(\[]?[A-Z0-9\u00C0-\u00DE])|\n\s*\n")
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


def anchor(passage: Passage) -> str:
    """Return the id of the place where a passage is marked in its report in full."""
    return f"p-{passage.document}-{passage.span.start}-{passage.span.end}"


def context(document: Document | None, passage: Passage) -> Context:
    """Return `passage` with the rest of its sentence and one sentence on either side.

    Where the document is gone, or has other words at that place, the passage is given as it was kept, and marked lost.
    """
    if document is None or passage.orphaned(document.text):
        return Context(passage.prefix, passage.exact, passage.suffix, lost=True)
    text, span = document.text, passage.span
    first = max(document.body_start if span.start >= document.body_start else 0, span.start - REACH)
    last = min(len(text), span.end + REACH)
    start, end = _back(text, first, span.start), _forward(text, span.end, last)
    before, after = text[start : span.start], text[span.end : end]
    cut_before = "… " if start == first > document.body_start else ""
    cut_after = " …" if end == last < len(text) else ""
    return Context(cut_before + before.lstrip(), passage.exact, after.rstrip() + cut_after)


def _back(text: str, first: int, start: int) -> int:
    """Return where the sentence before the one that holds `start` begins, not before `first`."""
    ends = [m.end() for m in _BOUNDARY.finditer(text, first, start + 1) if m.end() <= start]
    if not ends:
        return first
    # A passage that opens its sentence has the boundary right before it: the sentence before lies one further back.
    return ends[-2] if len(ends) > 1 else first


def _forward(text: str, end: int, last: int) -> int:
    """Return where the sentence after the one that holds `end` stops, not after `last`."""
    stops = [m.start() + len(m.group().rstrip()) for m in _BOUNDARY.finditer(text, max(0, end - 1), last)]
    later = [s for s in stops if s >= end]
    return later[1] if len(later) > 1 else last


def marked(document: Document, passages: Iterable[Passage]) -> Iterator[Segment]:
    """Yield the report's text in runs, each with the passages that cover it; lost passages are left out.

    Overlapping passages share runs, so that marks never cross. Linear in the text, log-linear in the passages.
    """
    text = document.text
    spans: dict[Span, str] = {}
    for passage in passages:
        if passage.span.start < passage.span.end and not passage.orphaned(text):
            spans.setdefault(passage.span, anchor(passage))
    edges = sorted({0, len(text), *(e for s in spans for e in (s.start, s.end))})
    waiting = sorted(spans, reverse=True)
    open_now: list[Span] = []
    for low, high in pairwise(edges):
        open_now = [s for s in open_now if s.end > low]
        opens: list[Span] = []
        while waiting and waiting[-1].start == low:
            opens.append(waiting.pop())
        open_now += opens
        yield Segment(text[low:high], tuple(spans[s] for s in open_now), tuple(spans[s] for s in opens))
