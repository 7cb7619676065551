"""Near-same wording: whether two tellings by one speaker give the same utterance.

Words are folded and lightly stemmed; function words fall away; what is left is weighed by rarity in the view (inverse
document frequency: K. Spärck Jones, Journal of Documentation 28, 1972). Word order counts as well, since a paraphrase
keeps the order of its rare words more often than chance does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from math import log

import attrs

from treves.reading.joining.vocabulary import FUNCTION_WORDS, NEGATIONS, NUMBERS, STEMS, WORN_WORDS
from treves.text import fold

RUN = 4
"""Words in a row that count as quoting."""
REACH = 3
"""How far apart, in content words, an ordered pair may stand."""

_WORD = re.compile(r"\d+(?:[.,:]\d+)+|\w+(?:['-]\w+)*")
_DOUBLE = re.compile(r"([^\W\d_])\1")
_VOWELS = frozenset("aeou")
DAYS_VERBATIM, DAYS_MUCH, DAYS_SOME, DAYS_LITTLE, DAYS_PHRASE = 14.0, 7.0, 5.0, 3.0, 1.5
"""Days that may lie between two reports of one utterance, by how much they share."""

_MUCH, _SOME, _LITTLE, _ROW, _LEAST = 3.0, 1.8, 1.3, 0.7, 0.35
_WORN = 0.4
_PRIOR = 100
"""Utterances that a small view is thought to be a sample of: words do not look rare for want of reports."""


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """Return the light stem of a folded Dutch `word`; number words become digits.

    Endings are cut by rule ("stappen" and "stap", "draait" and "draaien"), strong verbs are looked up. Words of other
    languages are only cut where the same endings occur.
    """
    if word in NUMBERS:
        return str(NUMBERS[word])
    if word in STEMS:
        return STEMS[word]
    if word[0].isdigit() or len(word) < 4:
        return word
    cut = word
    if len(cut) > 6 and cut.startswith("ge") and cut[-1] in "dt":
        cut = cut[2:-1]
    elif len(cut) > 4 and cut.endswith("en"):
        cut = cut[:-2]
    elif cut.endswith(("e", "rs", "ls", "'s")):
        cut = cut[:-1].rstrip("'")
    cut = _DOUBLE.sub(r"\1", cut)
    if len(cut) > 3 and cut[-1] == "t" and cut[-2] not in _VOWELS:
        cut = cut[:-1]
    return cut[:-1] + {"v": "f", "z": "s"}.get(cut[-1], cut[-1])


_WORN_STEMS = frozenset(stem(w) for w in WORN_WORDS)


@lru_cache(maxsize=1 << 17)
def content_stem(word: str) -> str:
    """Return the stem of a folded content word; empty for a function word."""
    return "" if word in FUNCTION_WORDS else stem(word)


def split_words(text: str) -> list[str]:
    """Return the words of `text`, folded; numbers keep their points and commas."""
    return _WORD.findall(fold(text).replace("’", "'").replace("‘", "'"))


@attrs.define(eq=False)
class Wording:
    """The words of one telling.

    Attributes:
        words: all words, folded.
        content: stems of the content words, in order.
        stems: the same as a set.
        runs: rows of four words, in full.
    """

    words: tuple[str, ...]
    content: tuple[str, ...]
    stems: frozenset[str]
    runs: frozenset[tuple[str, ...]]
    _pairs: frozenset[tuple[str, str]] | None = None

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Ordered pairs of content stems that stand near one another."""
        if self._pairs is None:
            listed = enumerate(self.content)
            self._pairs = frozenset((a, b) for i, a in listed for b in self.content[i + 1 : i + 1 + REACH] if a != b)
        return self._pairs

    @property
    def negations(self) -> int:
        """Number of negating words."""
        return sum(w in NEGATIONS for w in self.words)


def wording(text: str) -> Wording:
    """Return the words of `text` for comparison."""
    return from_words(split_words(text))


def stems_of(text: str) -> frozenset[str]:
    """Return the stems of the content words of `text`: :attr:`Wording.stems` alone, in half the time."""
    return frozenset([s for w in split_words(text) if (s := content_stem(w))])


def from_words(words: Iterable[str]) -> Wording:
    """Return the wording that consists of these folded `words`."""
    listed = tuple(words)
    content = tuple([s for w in listed if (s := content_stem(w))])
    runs = frozenset(zip(*(listed[i:] for i in range(RUN)), strict=False))
    return Wording(listed, content, frozenset(content), runs)


@attrs.frozen(eq=False)
class Rarity:
    """How much a stem says, from the number of utterances in the view that hold it."""

    weights: dict[str, float]
    _sums: dict[Wording, float] = attrs.Factory(dict)

    def __call__(self, stem_: str) -> float:
        """Return the weight of a stem: 1 for one that stands in one or two utterances, towards 0 for the commonest."""
        weight = self.weights.get(stem_)
        if weight is None:
            return _WORN if stem_ in _WORN_STEMS else 1.0
        return weight

    def sum(self, one: Wording) -> float:
        """Return the weight of all stems of `one`."""
        found = self._sums.get(one)
        if found is None:
            found = self._sums[one] = sum(map(self, one.stems))
        return found


def rarity(wordings: Iterable[Wording]) -> Rarity:
    """Return the weights of stems over all utterances of a view."""
    counts: Counter[str] = Counter()
    size = 0
    for one in wordings:
        counts.update(one.stems)
        size += 1
    total = max(size, _PRIOR) + 1
    scale = log(total)
    # a stem of two utterances may well be that of one, told twice: it is as rare as that of one
    weights = {s: (scale - log(max(n - 1, 1))) / scale for s, n in counts.items()}
    for worn in _WORN_STEMS & weights.keys():
        weights[worn] = min(weights[worn], _WORN)
    return Rarity(weights)


@attrs.frozen
class Likeness:
    """How surely two tellings by one speaker give the same utterance.

    Attributes:
        score: 0 for not at all, 1 for all of the shorter in other words, 2 for word for word.
        days: how far apart the reports may be for it to count.
    """

    score: float
    days: float


UNLIKE = Likeness(0.0, 0.0)


def likeness(first: Wording, second: Wording, rarity: Rarity) -> Likeness:
    """Return whether two tellings by one speaker give the same utterance.

    They do when the shorter stands word for word in the longer, or when they share enough rare words, more or less in
    the same order. What is shared is weighed against the shorter telling, since reports cut quotes short. The less is
    shared, the nearer in time the reports must be: speakers repeat themselves.
    """
    if (len(first.words), first.words) <= (len(second.words), second.words):
        shorter, longer = first, second
    else:
        shorter, longer = second, first
    shared = shorter.stems & longer.stems
    common = sum(map(rarity, shared))
    if holds(longer, shorter):
        return Likeness(2.0, DAYS_VERBATIM if common >= _SOME else DAYS_PHRASE)
    part = common / min(rarity.sum(shorter), rarity.sum(longer)) if len(shared) > 1 else 0.0
    if part < _LEAST:
        return UNLIKE
    days = _days(shorter, longer, shared, rarity, common, part)
    return Likeness(part, days) if days else UNLIKE


def _days(
    shorter: Wording, longer: Wording, shared: frozenset[str], rarity: Rarity, common: float, part: float
) -> float:
    """Return the days over which tellings that share so much may be of one utterance; 0 when they are not.

    Args:
        shorter: the telling with fewer words.
        longer: the other.
        shared: stems of both.
        rarity: what stems say.
        common: what the shared stems say together.
        part: the same as a part of what the shorter telling says.
    """

    def ordered(least: int) -> bool:
        both = shorter.pairs & longer.pairs
        return len(both) >= least and sum(p[0] in shared and p[1] in shared for p in both) >= least

    if common >= _MUCH:
        return DAYS_MUCH if part >= 0.5 or ordered(3) else 0.0
    if common >= _SOME:
        return DAYS_SOME if part >= 0.6 or (part >= 0.45 and ordered(1)) else 0.0
    if common >= _LITTLE and (part >= 0.6 or (part >= 0.5 and ordered(1)) or (part >= 0.42 and ordered(2))):
        return DAYS_LITTLE
    if part < 0.4:
        return 0.0
    run = max((sum(rarity(s) for s in set(map(stem, r)) & shared) for r in shorter.runs & longer.runs), default=0.0)
    return DAYS_LITTLE if run >= _ROW else 0.0


def holds(longer: Wording, shorter: Wording) -> bool:
    """Return whether all of `shorter`, at least four words, stands word for word in `longer`."""
    size = len(shorter.words)
    if size < RUN or size > len(longer.words) or not shorter.runs <= longer.runs:
        return False
    return any(longer.words[i : i + size] == shorter.words for i in range(len(longer.words) - size + 1))
