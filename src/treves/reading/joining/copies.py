"""Wire copies: reports that are, but for a headline and some trimming, the same text.

A report's word 5-grams are hashed; the smallest hash values stand for the whole. Two reports that share many of them
are compared on their texts, by the part of the shorter that the longer holds too (containment).

Sources: A. Broder, "On the resemblance and containment of documents", SEQUENCES 1997; E. Cohen and H. Kaplan,
"Summarizing data using bottom-k sketches", PODC 2007.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import accumulate, islice

from treves.model.evidence import Document
from treves.model.reading import Reading
from treves.text import fold

SIZE = 64
"""Hash values in a sketch."""
GRAM = 5
"""Words in a gram: long enough that chance matches are rare, short enough that an edited word spoils few."""
CONTAINED = 0.55
"""Part of the shorter report's grams that the longer one must hold. One changed word spoils five grams, so a copy with
a word changed in every second sentence still holds two thirds; reports that only share quotes hold a quarter."""
CONTAINED_SHORT = 0.85
"""The same for reports of fewer than `SHORT` grams, of which a shared quote may be the greater part."""
SHORT = 40
RATIO = 0.3
"""The shorter must have at least this part of the longer's grams: else the longer is a report that quotes another."""

COMMON = 64
"""A hash value that more groups share is boilerplate ("Lees ook ..."), which says nothing about copying."""

_CANDIDATE, _TRIES, _KEPT = 4, 8, 2_000
_PROMISING = 0.25
"""Containment that the sketches of two reports must promise; 64 values tell it to within 0.1, far below `CONTAINED`."""
_WORD = re.compile(r"\w+")
_MIX, _MASK = 0x9E3779B97F4A7C15, (1 << 48) - 1


def grams(text: str) -> set[int]:
    """Return the hash values, 0 to 2**48 - 1, of the folded word 5-grams of `text`; empty below five words.

    The hash (CRC-32, spread by a multiplication) is the same on every machine and in every release.
    """
    words = _WORD.findall(fold(text))
    if len(words) < GRAM:
        return set()
    joined = " ".join(words)
    data = joined.encode("utf-8", "surrogatepass")
    parts = words if len(data) == len(joined) else data.split(b" ")
    steps = [len(part) + 1 for part in parts]
    starts, ends = accumulate(steps, initial=0), islice(accumulate(steps, initial=-1), GRAM, None)
    crc = zlib.crc32
    return {crc(data[a:b]) * _MIX & _MASK for a, b in zip(starts, ends, strict=False)}


def sketch(text: str) -> tuple[int, ...]:
    """Return the bottom-k sketch of `text`: the 64 smallest hash values of its word 5-grams, ascending.

    Takes about a microsecond a word. Fewer values when the text has fewer grams.
    """
    return tuple(sorted(grams(text))[:SIZE])


def containment(first: set[int], second: set[int]) -> float:
    """Return the part, 0-1, of the smaller gram set that the larger one holds too; 0 when either is empty."""
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def are_copies(first: set[int], second: set[int]) -> bool:
    """Return whether two reports with these grams are the same text but for trimming and light editing."""
    smaller, larger = sorted((len(first), len(second)))
    if not smaller or smaller < RATIO * larger:
        return False
    return containment(first, second) >= (CONTAINED if smaller >= SHORT else CONTAINED_SHORT)


def find_copies(documents: Sequence[Document], readings: Sequence[Reading]) -> tuple[tuple[int, ...], ...]:
    """Return groups of indices of reports that are wire copies of one another, the earliest first in each.

    Every report is compared with the first of the (at most eight) groups that share most sketch values with it, at
    least four, so the cost grows with the number of reports, not with its square, also when thousands print one text.

    Args:
        documents: the reports, earliest first.
        readings: their readings, whose sketches are used (made here where one is empty).
    """
    index: dict[int, list[int]] = defaultdict(list)
    groups: dict[int, list[int]] = {}
    kept: dict[int, set[int]] = {}
    for i, (document, reading) in enumerate(zip(documents, readings, strict=True)):
        values = reading.sketch or sketch(document.body)
        shared = Counter(
            leader for value in values if len(leaders := index.get(value, ())) <= COMMON for leader in leaders
        )
        likely = _likely(i, shared, readings)
        leader = _leader(i, likely, documents, kept)
        if leader is None:
            groups[i] = [i]
            for value in values:
                index[value].append(i)
        else:
            groups[leader].append(i)
            kept.pop(i, None)
        if len(kept) > _KEPT:
            kept.clear()
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def promised(shared: int, sizes: tuple[int, int]) -> float:
    """Return the containment of two reports as their sketches tell it, or more.

    Args:
        shared: sketch values that both have.
        sizes: words of either report, at least 1.
    """
    resemblance = min(1.0, shared / SIZE)
    return resemblance / (1 + resemblance) * sum(sizes) / min(sizes)


def _likely(i: int, shared: Counter[int], readings: Sequence[Reading]) -> list[int]:
    """Return the first reports of the groups that report `i` may belong to, the likeliest first."""
    ranked = sorted((-n, leader) for leader, n in shared.items() if n >= _CANDIDATE)[:_TRIES]
    words = readings[i].words
    return [
        leader
        for n, leader in ranked
        # short reports, and readings without a count of words, are always compared
        if min(words, readings[leader].words) < 2 * SIZE or promised(-n, (words, readings[leader].words)) >= _PROMISING
    ]


def _leader(i: int, likely: Sequence[int], documents: Sequence[Document], kept: dict[int, set[int]]) -> int | None:
    """Return the first report of the group that report `i` belongs to, or None; verified on the texts."""
    for leader in likely:
        for one in (i, leader):
            if one not in kept:
                kept[one] = grams(documents[one].body)
        if are_copies(kept[i], kept[leader]):
            return leader
    return None
