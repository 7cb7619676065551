"""Numbers in running text, with what they count: "650 woningen", "acht procent", "4,2 miljoen euro"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import attrs

from treves.model.evidence import Span
from treves.reading.joining.vocabulary import FUNCTION_WORDS, HEDGES, MULTIPLES, NUMBERS, TIMES
from treves.reading.joining.wording import stem
from treves.text import fold

ESTIMATE = 0.15
"""Part by which an estimate ("ruim zestig") may differ from another number without contradicting it."""

_REACH = 3
_DIGITS = r"(?P<digits>\d(?<![\w.,-]\d)\d*(?:[.,]\d+)*)(?![\w-]|[.:]\d)"
_NUMBER = re.compile(rf"{_DIGITS}|\b(?P<word>{'|'.join(sorted(NUMBERS, key=len, reverse=True))})\b")
"""Over lower-case text: a third of the time of matching without regard to case."""
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_GAP = re.compile(r"[\s%]*$")
_YEAR = re.compile(r"(?:19|20)\d\d")


@attrs.frozen
class Number:
    """A number with what it counts.

    Attributes:
        value: its value; multiples worked out.
        counted: stems of the one or two words after it.
        span: from the number to the last of those words.
        estimate: whether a word such as "ruim" stands before it.
    """

    value: float
    counted: tuple[str, ...]
    span: Span
    estimate: bool = False

    def differs(self, other: Number) -> bool:
        """Return whether both cannot be the same number."""
        larger = max(abs(self.value), abs(other.value))
        slack = ESTIMATE * larger if self.estimate or other.estimate else 0.0
        return abs(self.value - other.value) > slack


def find_numbers(text: str, *, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """Yield the numbers of ``text[start:end]`` that count something; times, dates, years and bare numbers are left out.

    Args:
        text: the stored text; spans refer to the whole of it.
        start: where to begin.
        end: where to stop; the end of the text by default.
    """
    stop = len(text) if end is None else end
    for match in _NUMBER.finditer(_lower(text), start, stop):
        digits = match["digits"]
        value = _value(digits) if digits else float(NUMBERS[match["word"]])
        after = _after(text, match.end(), stop)
        if after and (multiple := MULTIPLES.get(fold(after[0][0]))):
            value *= multiple
            after = after[1:]
        elif digits and _YEAR.fullmatch(digits):
            continue
        if not after or fold(after[0][0]) in TIMES:
            continue
        kept = after[:2]
        before = _WORD.findall(text[max(start, match.start() - 20) : match.start()])[-2:]
        yield Number(
            value,
            tuple(stem(fold(w)) for w, _ in kept),
            Span(match.start(), kept[-1][1]),
            estimate=any(fold(w) in HEDGES for w in before),
        )


@lru_cache(maxsize=64)
def _lower(text: str) -> str:
    """Return `text` in lower case, of the same length (the Turkish capital İ is the one letter that would grow)."""
    return text.replace("İ", "I").lower()


def _after(text: str, position: int, stop: int) -> list[tuple[str, int]]:
    """Return the words right after `position` with their ends, up to a mark or a function word."""
    found: list[tuple[str, int]] = []
    if text[position : position + 2].strip().startswith("%"):
        return [("procent", text.index("%", position) + 1)]
    while len(found) < _REACH:
        match = _WORD.search(text, position, stop)
        if match is None or not _GAP.match(text[position : match.start()]) or fold(match[0]) in FUNCTION_WORDS:
            break
        found.append((match[0], match.end()))
        position = match.end()
    return found


def _value(digits: str) -> float:
    """Return the value of a number in digits; groups of three after a point or comma are thousands."""
    if _THOUSANDS.fullmatch(digits):
        return float(re.sub("[.,]", "", digits))
    whole, _, part = digits.replace(",", ".").partition(".")
    return float(f"{whole}.{part.replace('.', '') or '0'}")
