"""Numbers in running text that differ between reports about the same thing ("650 woningen", "700 woningen").

Conservative: the same thing counted, in sentences that share a name or two other words, name the same actors or none,
and appeared within two days. What is counted is looked up in an index, so the cost grows with the number of figures.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import attrs

from treves.model.evidence import Document, Span, passage_of
from treves.model.view import Version
from treves.reading.joining.numbers import Number, find_numbers
from treves.reading.joining.sets import DisjointSets
from treves.reading.joining.vocabulary import UNITS, WORN_WORDS
from treves.reading.joining.wording import split_words, stem, wording

DAYS = 2.0
"""Days between two reports within which their figures are of the same state of affairs."""

_COMPARED = 20
_SHARED, _SHARED_UNIT = 2, 3
_SECONDS = 86_400.0
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s+(?=[\"'“‘„«(]*[^\W\d_a-z])|\n")
_CAPITAL = re.compile(r"(?<=[\w,;:] )[^\W\d_a-z][\w'’-]+")
_WORN = frozenset(stem(w) for w in WORN_WORDS)
_UNITS = frozenset(stem(w) for w in UNITS)


@attrs.define(eq=False)
class Figure:
    """A number in a report, with the sentence around it and the one before."""

    report: int
    number: Number
    text: str
    published: float | None
    _names: frozenset[str] | None = None
    _context: frozenset[str] | None = None

    @property
    def sentence(self) -> Span:
        """The sentence that holds the number."""
        return _sentence(self.text, self.number.span.start)

    @property
    def names(self) -> frozenset[str]:
        """Words with a capital in the sentence, folded, but for its first word."""
        if self._names is None:
            found = _CAPITAL.findall(self.sentence.of(self.text))
            self._names = frozenset(w for name in found for w in split_words(name))
        return self._names

    @property
    def context(self) -> frozenset[str]:
        """Content stems of the sentence and the one before, but for numbers, what is counted and worn words."""
        if self._context is None:
            span = self.sentence
            before = _sentence(self.text, max(0, span.start - 2))
            found = wording(self.text[before.start : span.end]).stems
            plain = {s for s in found if not s[0].isdigit()}
            self._context = frozenset(plain - _WORN - set(self.number.counted))
        return self._context


def _sentence(text: str, position: int) -> Span:
    """Return the sentence that holds `position`."""
    floor = max(0, position - 600)
    ends = [m.end() for m in _SENTENCE_END.finditer(text, floor, position)]
    start = ends[-1] if ends else floor
    after = _SENTENCE_END.search(text, position)
    return Span(start, after.end() if after else len(text))


def differing_figures(documents: Sequence[Document], copy_of: Mapping[int, int]) -> Iterator[list[Version]]:
    """Yield the versions of every figure that independent reports give differently, earliest report first.

    Args:
        documents: the reports, earliest first.
        copy_of: for a wire copy, the index of the report that it copies; copies are passed over.
    """
    index: dict[str, list[int]] = defaultdict(list)
    figures: list[Figure] = []
    for report, document in enumerate(documents):
        if report in copy_of:
            continue
        earliest = document.published.earliest
        published = earliest.timestamp() / _SECONDS if earliest else None
        for number in find_numbers(document.text, start=document.body_start):
            figure = len(figures)
            figures.append(Figure(report, number, document.text, published))
            for word in number.counted:
                index[word].append(figure)
    same: DisjointSets[int] = DisjointSets()
    for _, listed in sorted(index.items()):
        for i, one in enumerate(listed):
            for other in listed[max(0, i - _COMPARED) : i]:
                if _same_thing(figures[other], figures[one]):
                    same.union(other, one)
    for group in same.groups():
        if versions := _versions([figures[i] for i in sorted(group)], documents):
            yield versions


def _same_thing(first: Figure, second: Figure) -> bool:
    """Return whether two figures count the same thing at about the same time."""
    if first.report == second.report:
        return False
    if first.published is None or second.published is None or abs(first.published - second.published) > DAYS:
        return False
    shared = first.context & second.context
    unit = bool(_UNITS & set(first.number.counted) & set(second.number.counted))
    if unit:
        return first.names == second.names and len(shared) >= _SHARED_UNIT
    if first.names and second.names and not first.names & second.names:
        return False
    if first.names and second.names and len(first.names ^ second.names) > len(first.names & second.names):
        return False
    return bool(first.names & second.names) or len(shared) >= _SHARED


def _versions(figures: Sequence[Figure], documents: Sequence[Document]) -> list[Version]:
    """Return one version for each report if any two reports differ in all of their figures, else nothing."""
    told: dict[int, list[Figure]] = {}
    for figure in figures:
        told.setdefault(figure.report, []).append(figure)
    listed = list(told.values())
    apart = any(
        all(x.number.differs(y.number) for x in a for y in b) for i, a in enumerate(listed) for b in listed[i + 1 :]
    )
    if not apart:
        return []
    firsts = [group[0] for group in listed]
    return [Version(f.number.span.of(f.text), passage_of(documents[f.report], f.number.span)) for f in firsts]
