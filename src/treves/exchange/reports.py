"""What every reader of reports shares: the facts told about a report, failures, and how a document is made."""

from __future__ import annotations

import re
from itertools import islice
from typing import ClassVar

import attrs

from treves.dates import UNKNOWN_MOMENT, Moment
from treves.errors import InputError, TrevesError
from treves.model.evidence import Appearance, Document, Origin, document_id

MAX_BYTES = 20_000_000
"""Size above which a report is refused, in bytes (of a JSONL file: a line)."""
MIN_WORDS = 3
"""Words below which a report counts as empty."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_SURROGATE = re.compile("[\ud800-\udfff]")


class ReportTooLarge(InputError):
    """A report is larger than :data:`MAX_BYTES`."""

    code: ClassVar[str] = "T103"


class ReportEmpty(InputError):
    """A report has fewer words than :data:`MIN_WORDS`."""

    code: ClassVar[str] = "T104"


class BadCharacters(InputError):
    """A report holds code points that are no characters (lone surrogates) and could not be stored."""

    code: ClassVar[str] = "T109"


@attrs.frozen
class Failure:
    """A report, or one fact about it, that could not be used.

    Attributes:
        name: file name, feed entry or line concerned.
        error: what was wrong, with its code.
        kept: whether the report itself was kept, without the fact concerned.
    """

    name: str
    error: TrevesError
    kept: bool = False


@attrs.frozen
class Facts:
    """What one or more sources tell about a report besides its text.

    Attributes:
        outlet: who published it; None when not told.
        published: when; unknown when not told.
        title: headline; None when not told.
        url: address; None when not told.
        language: ISO 639 code as told by a person or file; None when not told.
        outlet_origin, published_origin: who told it.
    """

    outlet: str | None = None
    published: Moment = UNKNOWN_MOMENT
    title: str | None = None
    url: str | None = None
    language: str | None = None
    outlet_origin: Origin = Origin.NONE
    published_origin: Origin = Origin.NONE

    def told_by(self, origin: Origin) -> Facts:
        """Return these facts with `origin` as the source of the outlet and publication time that are there."""
        return attrs.evolve(
            self,
            outlet_origin=origin if self.outlet else Origin.NONE,
            published_origin=origin if is_told(self.published) else Origin.NONE,
        )

    def over(self, weaker: Facts) -> Facts:
        """Return these facts, with what they leave open filled in from `weaker`."""
        best = attrs.evolve(
            self,
            title=self.title or weaker.title,
            url=self.url or weaker.url,
            language=self.language or weaker.language,
        )
        if not self.outlet:
            best = attrs.evolve(best, outlet=weaker.outlet, outlet_origin=weaker.outlet_origin)
        if not is_told(self.published):
            best = attrs.evolve(best, published=weaker.published, published_origin=weaker.published_origin)
        return best

    def appearance(self, name: str) -> Appearance:
        """Return the appearance called `name` to which these facts belong."""
        return Appearance(
            name=name,
            outlet=self.outlet,
            published=self.published,
            url=self.url,
            title=self.title,
            outlet_origin=self.outlet_origin,
            published_origin=self.published_origin,
        )


NO_FACTS = Facts()


def is_told(moment: Moment) -> bool:
    """Return whether anything is known of `moment`."""
    return moment.earliest is not None or moment.latest is not None


def tidy(value: str) -> str | None:
    """Return `value` on one line without white space at its edges; None when nothing is left."""
    return " ".join(value.split()) or None


def language_code(value: str | None) -> str | None:
    """Return the language of a tag such as "nl-NL" ("nl"); None when `value` is none."""
    first = (value or "").replace("_", "-").split("-")[0].strip().lower()
    return first if re.fullmatch(r"[a-z]{2,3}", first) else None


def newlines(text: str) -> str:
    """Return `text` with every line end as a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def document_of(text: str, *, name: str, facts: Facts, body_start: int = 0) -> Document:
    """Make the document of a report, with one appearance.

    Args:
        text: the whole text; line ends become line feeds.
        name: name of the appearance.
        facts: what is told about it.
        body_start: offset in `text` (with line feeds) at which the report begins.

    Raises:
        ReportEmpty: the report has fewer than :data:`MIN_WORDS` words.
        BadCharacters: the text holds lone surrogates.
    """
    stored = newlines(text)
    if bad := _SURROGATE.search(stored):
        raise BadCharacters(
            "{name} holds the code point U+{code:04X} at offset {offset}, which is no character.",
            hint="Write the report again with the program that made it, as UTF-8.",
            name=name,
            code=ord(bad[0]),
            offset=bad.start(),
        )
    words = sum(1 for _ in islice(_WORD.finditer(stored, body_start), MIN_WORDS))
    if words < MIN_WORDS:
        raise ReportEmpty(
            "{name} has {words} words; a report has at least {least}.",
            hint="Check that the text was saved, not only its title or address.",
            name=name,
            words=words,
            least=MIN_WORDS,
        )
    return Document(
        id=document_id(stored[body_start:]),
        text=stored,
        appearances=(facts.appearance(name),),
        body_start=body_start,
        language=facts.language or "und",
    )
