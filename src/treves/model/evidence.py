"""Evidence: reports as stored, where they appeared, and passages of them."""

from __future__ import annotations

from enum import StrEnum

import attrs

from treves.dates import UNKNOWN_MOMENT, Moment
from treves.text import digest

CONTEXT = 40
"""Code points of context that a passage keeps on either side."""


class Origin(StrEnum):
    """Who told the outlet or publication time, from the strongest to the weakest."""

    HAND = "hand"
    SIDECAR = "sidecar"
    HEADER = "header"
    PAGE = "page"
    FEED = "feed"
    TEXT = "text"
    NONE = "none"


@attrs.frozen
class Appearance:
    """One place where a report appeared: the same text may be told by several outlets.

    Attributes:
        name: file name, feed entry id or address; unique within a document.
        outlet: who published it; None when unknown.
        published: when; its precision says how finely that is known.
        url: address, if any.
        title: headline as the page or header gives it, if any.
        outlet_origin, published_origin: who said so.
    """

    name: str
    outlet: str | None = None
    published: Moment = UNKNOWN_MOMENT
    url: str | None = None
    title: str | None = None
    outlet_origin: Origin = Origin.NONE
    published_origin: Origin = Origin.NONE


@attrs.frozen
class Document:
    """One report as stored.

    Attributes:
        id: content hash: the first 16 hexadecimal digits of the SHA-256 of the body.
        text: the stored text, to which all offsets refer; line ends are line feeds.
        body_start: offset at which the report begins, after a header block or leading date.
        language: ISO 639-1 code as identified, "und" when it cannot be told.
        appearances: where it was told; never empty.
    """

    id: str
    text: str
    appearances: tuple[Appearance, ...]
    body_start: int = 0
    language: str = "und"

    @property
    def body(self) -> str:
        """The report without its header."""
        return self.text[self.body_start :]

    @property
    def first(self) -> Appearance:
        """The appearance with the earliest known publication; the first added where none is known."""
        told = [(early, i) for i, a in enumerate(self.appearances) if (early := a.published.earliest)]
        return self.appearances[min(told)[1] if told else 0]

    @property
    def published(self) -> Moment:
        """When it first appeared, as far as is known."""
        return self.first.published

    @property
    def outlets(self) -> tuple[str, ...]:
        """The known outlets, in order of appearance, each once."""
        return tuple(dict.fromkeys(a.outlet for a in self.appearances if a.outlet))

    @property
    def name(self) -> str:
        """Name of the first appearance."""
        return self.first.name

    @property
    def title(self) -> str:
        """The headline: as given, or else the first line of the body, cut at 120 characters."""
        given = next((a.title for a in self.appearances if a.title), None)
        line = given or next((s for s in (raw.strip() for raw in self.body.split("\n")) if s), "")
        return line if len(line) <= 120 else line[:119].rstrip() + "…"


def document_id(body: str) -> str:
    """Return the content hash that identifies a report with this `body`."""
    return digest(body.strip(), length=16)


@attrs.frozen(order=True)
class Span:
    """A half-open range ``[start, end)`` of code points in a stored text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the part of `text` that the span covers."""
        return text[self.start : self.end]

    def overlap(self, other: Span) -> float:
        """Return intersection over union with `other`, 0-1."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        return shared / (max(self.end, other.end) - min(self.start, other.start)) if shared > 0 else 0.0


@attrs.frozen
class Passage:
    """A span of evidence that can be found again, or seen to be lost.

    Attributes:
        document: id of the document.
        span: where it stands in the stored text.
        exact: the words themselves.
        prefix, suffix: up to 40 code points before and after.
    """

    document: str
    span: Span
    exact: str
    prefix: str = ""
    suffix: str = ""

    def orphaned(self, text: str) -> bool:
        """Return whether `text` no longer has these words at this place; they are never guessed elsewhere."""
        return self.span.of(text) != self.exact


def passage_of(document: Document, span: Span) -> Passage:
    """Cut the passage at `span` out of `document`, with its context."""
    text = document.text
    return Passage(
        document=document.id,
        span=span,
        exact=span.of(text),
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
    )
