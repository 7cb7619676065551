"""How well a reader's statements match statements marked by hand.

A predicted statement matches a gold one of the same document when the spans share at least half of their union; each is used
once, best overlaps first. The parts of one utterance (same group) may be matched as one joined span. A speaker is right when
the two sets of names share a surname (the last word, folded) or, for unnamed sources, a content word. Optional gold rows are
neither demanded nor punished.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import attrs

from treves.model.evidence import Span
from treves.text import fold

MATCH = 0.5
"""Least intersection over union of two spans that match."""

UNNAMED = "ongenoemd"
"""What gold files write for hearsay without a source."""

_NO_CONTENT = frozenset({"een", "de", "het", "enkele", "volgens", "van", "en", "the", "a", "of", "and"})
_WORD = re.compile(r"[^\s]+")


@attrs.frozen
class Marked:
    """A statement as marked by hand or predicted: where it stands and who made it."""

    document: str
    group: int
    span: Span
    kind: str
    speakers: tuple[str, ...]
    optional: bool = False


@attrs.frozen
class Score:
    """Counts and the measures that follow from them, each 0-1.

    Attributes:
        gold, predicted: numbers of statements.
        found: gold statements that were matched.
        right: predicted statements that were matched.
        attributed: matched gold statements whose speaker is right.
    """

    gold: int = 0
    predicted: int = 0
    found: int = 0
    right: int = 0
    attributed: int = 0

    @property
    def precision(self) -> float:
        """Share of the predicted statements that match."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold statements that were matched."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def speaker(self) -> float:
        """Share of the matched gold statements whose speaker is right."""
        return self.attributed / self.found if self.found else 0.0

    @property
    def attributed_f1(self) -> float:
        """F1 times speaker accuracy."""
        return self.f1 * self.speaker

    def plus(self, other: Score) -> Score:
        """Return the sum of two scores, count by count."""
        return Score(*(a + b for a, b in zip(attrs.astuple(self), attrs.astuple(other), strict=True)))


def same_speaker(gold: Sequence[str], predicted: Sequence[str]) -> bool:
    """Return whether two lists of speakers share a surname or a content word."""
    ours = {fold(n).split()[-1] for n in predicted if n.strip()}
    theirs = {fold(n).split()[-1] for n in gold if n.strip()}
    if ours & theirs:
        return True
    if list(gold) == [UNNAMED]:
        return not ours or UNNAMED in ours
    return bool(_content_words(gold) & _content_words(predicted))


def _content_words(names: Iterable[str]) -> set[str]:
    return {w for n in names for w in _WORD.findall(fold(n))} - _NO_CONTENT


def _targets(gold: Sequence[Marked]) -> list[tuple[Span, Marked, frozenset[int]]]:
    """Gold spans with the indices they stand for; the parts of a group also as one joined span."""
    targets = [(g.span, g, frozenset({i})) for i, g in enumerate(gold)]
    groups: dict[int, list[int]] = {}
    for i, g in enumerate(gold):
        groups.setdefault(g.group, []).append(i)
    for members in groups.values():
        if len(members) > 1:
            span = Span(min(gold[i].span.start for i in members), max(gold[i].span.end for i in members))
            targets.append((span, gold[members[0]], frozenset(members)))
    return targets


def score_document(marked: Sequence[Marked], predicted: Sequence[Marked]) -> Score:
    """Return the score of one document."""
    gold = [g for g in marked if not g.optional]
    optional = [g for g in marked if g.optional]
    targets = _targets(gold)

    def overlaps(p: Marked, spans: Iterable[Span]) -> bool:
        return any(p.span.overlap(s) >= MATCH for s in spans)

    counted = [
        p for p in predicted if not overlaps(p, (o.span for o in optional)) or overlaps(p, (s for s, _, _ in targets))
    ]
    pairs = [(t[0].overlap(p.span), i, j) for i, t in enumerate(targets) for j, p in enumerate(counted)]
    pairs = sorted((pair for pair in pairs if pair[0] >= MATCH), key=lambda pair: -pair[0])
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    attributed = 0
    for _, i, j in pairs:
        _, first, members = targets[i]
        if j in used_predicted or members & used_gold:
            continue
        used_predicted.add(j)
        used_gold |= members
        attributed += len(members) * same_speaker(first.speakers, counted[j].speakers)
    return Score(len(gold), len(counted), len(used_gold), len(used_predicted), attributed)


def score(gold: Mapping[str, Sequence[Marked]], predicted: Mapping[str, Sequence[Marked]]) -> Score:
    """Return the score over all documents that `gold` holds."""
    total = Score()
    for document, marked in gold.items():
        total = total.plus(score_document(marked, predicted.get(document, ())))
    return total
