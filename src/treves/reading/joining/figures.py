"""Numbers in running text that differ between reports about the same thing ("650 woningen", "700 woningen").

Conservative: the same thing counted, in sentences that share a name or two other words, name the same actors or none,
and appeared within two days. What is counted is looked up in an index, so the cost grows with the number of figures.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import attrs

from treves.model.evidence import Document, Span, passage_of
from treves.model.view import Version
from treves.reading.joining.numbers import Number, find_numbers
from treves.reading.joining.sets import DisjointSets
from treves.reading.joining.vocabulary import UNITS, WORN_WORDS
from treves.reading.joining.wording import split_words, stem, stems_of

DAYS = 2.0
"""Days between two reports within which their figures are of the same state of affairs."""

_COMPARED = 20
_SHARED, _SHARED_UNIT = 2, 3
_LONGEST = 600
_SECONDS = 86_400.0
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s+(?=[\"'“‘„«(]*[^\W\d_a-z])|\n")
_CAPITAL = re.compile(r"(?<=[\w,;:] )[^\W\d_a-z][\w'’-]+")
_WORN = frozenset(stem(w) for w in WORN_WORDS)
_UNITS = frozenset(stem(w) for w in UNITS)


class _Sentences:
    """Where the sentences of one report end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._ends = [m.end() for m in _SENTENCE_END.finditer(text)]

    def at(self, position: int) -> Span:
        """Return the sentence that holds `position`; of an endless one, what begins 600 code points before."""
        index = bisect_right(self._ends, position)
        start = self._ends[index - 1] if index else 0
        end = self._ends[index] if index < len(self._ends) else len(self.text)
        return Span(max(start, position - _LONGEST), end)


@attrs.define(eq=False)
class Figure:
    """A number in a report, with the sentence around it and the one before."""

    report: int
    number: Number
    published: float
    sentences: _Sentences

    @cached_property
    def units(self) -> frozenset[str]:
        """Units in which the number is told."""
        return _UNITS.intersection(self.number.counted)

    @cached_property
    def sentence(self) -> Span:
        """The sentence that holds the number."""
        return self.sentences.at(self.number.span.start)

    @cached_property
    def names(self) -> frozenset[str]:
        """Words with a capital in the sentence, folded, but for its first word."""
        found = _CAPITAL.findall(self.sentence.of(self.sentences.text))
        return frozenset(w for name in found for w in split_words(name))

    @cached_property
    def context(self) -> frozenset[str]:
        """Content stems of the sentence and the one before, but for numbers, what is counted and worn words."""
        span, text = self.sentence, self.sentences.text
        before = self.sentences.at(max(0, span.start - 2))
        plain = {s for s in stems_of(text[before.start : span.end]) if not s[0].isdigit()}
        return frozenset(plain - _WORN - set(self.number.counted))


def differing_figures(documents: Sequence[Document], copy_of: Mapping[int, int]) -> Iterator[list[Version]]:
    """Yield the versions of every figure that independent reports give differently, earliest report first.

    Args:
        documents: the reports, earliest first.
        copy_of: for a wire copy, the index of the report that it copies; copies are passed over.
    """
    figures = list(_figures(documents, copy_of))
    index: dict[str, list[int]] = defaultdict(list)
    for i, figure in enumerate(figures):
        for word in figure.number.counted:
            index[word].append(i)
    same: DisjointSets[int] = DisjointSets()
    for _, listed in sorted(index.items()):
        for i, one in enumerate(listed):
            for other in listed[max(0, i - _COMPARED) : i]:
                if same.find(other) != same.find(one) and _same_thing(figures[other], figures[one]):
                    same.union(other, one)
    for group in same.groups():
        if len(group) > 1 and (versions := _versions([figures[i] for i in sorted(group)], documents)):
            yield versions


def _figures(documents: Sequence[Document], copy_of: Mapping[int, int]) -> Iterator[Figure]:
    """Yield the figures of the reports that have a known time and copy no other."""
    for report, document in enumerate(documents):
        earliest = document.published.earliest
        if report in copy_of or earliest is None:
            continue
        published = earliest.timestamp() / _SECONDS
        sentences = _Sentences(document.text)
        for number in find_numbers(document.text, start=document.body_start):
            yield Figure(report, number, published, sentences)


def _same_thing(first: Figure, second: Figure) -> bool:
    """Return whether two figures count the same thing at about the same time."""
    if first.report == second.report or abs(first.published - second.published) > DAYS:
        return False
    if not first.units.isdisjoint(second.units):
        return first.names == second.names and len(first.context & second.context) >= _SHARED_UNIT
    if first.names and second.names:
        shared = len(first.names & second.names)
        return shared > 0 and len(first.names ^ second.names) <= shared
    return len(first.context & second.context) >= _SHARED


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
    firsts = [passage_of(documents[group[0].report], group[0].number.span) for group in listed]
    return [Version(p.exact, p) for p in firsts]
