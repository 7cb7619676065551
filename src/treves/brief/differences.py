"""Which words two versions of an utterance do not share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import attrs

from treves.text import fold

_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")


@attrs.frozen
class Run:
    """A run of text; `differs` when the other version lacks its words."""

    text: str
    differs: bool = False


def words_of(text: str) -> list[tuple[int, int, str]]:
    """Return start, end and folded form of every word of `text`; case, accents and punctuation make no difference."""
    return [(m.start(), m.end(), fold(m.group())) for m in _WORD.finditer(text)]


def lacking(first: Sequence[str], second: Sequence[str]) -> tuple[set[int], set[int]]:
    """Return the indices of the words of each that are not in their longest common subsequence (quadratic, in C)."""
    from rapidfuzz.distance import Indel

    left: set[int] = set()
    right: set[int] = set()
    for step in Indel.opcodes(first, second):
        if step.tag != "equal":
            left.update(range(step.src_start, step.src_end))
            right.update(range(step.dest_start, step.dest_end))
    return left, right


def runs(text: str, differing: set[int]) -> tuple[Run, ...]:
    """Cut `text` into runs that differ and runs that do not; neighbouring differing words are one run."""
    words = words_of(text)
    found: list[Run] = []
    at = 0
    index = 0
    while index < len(words):
        if index not in differing:
            index += 1
            continue
        start = words[index][0]
        while index + 1 in differing:
            index += 1
        end = words[index][1]
        if start > at:
            found.append(Run(text[at:start]))
        found.append(Run(text[start:end], differs=True))
        at = end
        index += 1
    if at < len(text) or not found:
        found.append(Run(text[at:]))
    return tuple(found)


def compare(lead: str, others: Iterable[str]) -> tuple[tuple[Run, ...], list[tuple[Run, ...]]]:
    """Mark `lead` and `others` against each other.

    Returns:
        The runs of the lead, where a word differs when any other version lacks it; and for each other version its
        runs, where a word differs when the lead lacks it.
    """
    versions = list(others)
    if not versions:
        return (Run(lead),), []
    lead_words = [w for _, _, w in words_of(lead)]
    missing: set[int] = set()
    marked: list[tuple[Run, ...]] = []
    for other in versions:
        left, right = lacking(lead_words, [w for _, _, w in words_of(other)])
        missing |= left
        marked.append(runs(other, right))
    return runs(lead, missing), marked
