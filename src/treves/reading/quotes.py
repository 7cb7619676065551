"""Quotation marks paired into quotes, in every style that Dutch papers use, unbalanced ones included.

A mark opens or closes by the white space around it and by its shape. An opened quote that its paragraph does not close runs
on where the next paragraph opens with the same mark (the custom for long quotes); else it ends where its sentence does.
A closing mark that nothing opened closes a quote from the start of its sentence, if a comma or full stop goes with it.
"""

from __future__ import annotations

from collections.abc import Collection

import attrs

from treves.reading.tokens import TERMINAL, Tokens

_PARTNERS: dict[str, Collection[str]] = {
    '"': '"”“',
    "“": '”"“',
    "”": '”"',
    "„": '”“"',
    "«": "»",
    "»": "«",
    "‘": "’'",
    "‚": "’‘",
    "’": "’'",
    "'": "'’",
    ",,": ("”", '"', "“", "''", "'"),
    "''": ("''", "'"),
    "``": ("''", "'"),
}
_MARKS = frozenset(_PARTNERS)
_OPENING = frozenset({"„", ",,", "“", "‘", "«", "``", "‚"})
_SINGLE = frozenset("'’‘‚")
_AFTER_CLOSE = frozenset(",.;:?!)…-–—")
_BEFORE_OPEN = frozenset("([-–—/:")
_SIBILANT = ("s", "x", "z")


@attrs.frozen(eq=False)
class Quote:
    """One stretch between quotation marks.

    Attributes:
        first, last: token range ``[first, last)`` with the marks.
        inner_first, inner_last: token range without the marks.
        closed: whether a closing mark was found.
        opened: whether an opening mark was found.
        continues: whether it carries on the quote of the paragraph before.
    """

    first: int
    last: int
    inner_first: int
    inner_last: int
    opened: bool = True
    closed: bool = True
    continues: bool = False


@attrs.frozen(eq=False)
class _Report:
    """The marks of a report, with what bounds them.

    Attributes:
        tokens: the report.
        marks: indices of the tokens that may be quotation marks.
        paragraphs: token ranges of the paragraphs.
        cues: lower-case reporting verbs.
    """

    tokens: Tokens
    marks: list[int]
    paragraphs: list[tuple[int, int]]
    cues: Collection[str]


def find_quotes(tokens: Tokens, cues: Collection[str] = ()) -> list[Quote]:
    """Return the outermost quotes of a report, in order and without overlap.

    Args:
        tokens: the report.
        cues: lower-case reporting verbs; one after a comma ends a quote whose closing mark is missing.
    """
    found: list[Quote] = []
    marks = [i for i, word in enumerate(tokens.words) if word in _MARKS]
    if not marks:
        return found
    report = _Report(tokens, marks, _paragraphs(tokens), cues)
    paragraph = position = 0
    carried = ""  # the mark that the quote before left open, to be carried on by this paragraph
    while position < len(marks):
        index = marks[position]
        while report.paragraphs[paragraph][1] <= index:
            paragraph += 1
        first = report.paragraphs[paragraph][0]
        if _opens(tokens, index, first):
            quote, carried = _quote_from(report, position, paragraph, carried)
            found.append(quote)
            position = _skip(marks, position + 1, quote.last)
            continue
        if _closes_unopened(tokens, index):
            start = max(_sentence_start(tokens, index), found[-1].last if found else 0, first)
            if index - start >= 2:
                found.append(Quote(start, index + 1, start, index, opened=False))
        position += 1
    return found


def _paragraphs(tokens: Tokens) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    current = -1
    for (first, last), paragraph in zip(tokens.sentences, tokens.paragraphs, strict=True):
        if paragraph == current:
            bounds[-1] = (bounds[-1][0], last)
        else:
            bounds.append((first, last))
            current = paragraph
    return bounds


def _quote_from(report: _Report, position: int, paragraph: int, carried: str) -> tuple[Quote, str]:
    """The quote that the mark at `position` opens, and the mark that it leaves open for the next paragraph."""
    tokens, index = report.tokens, report.marks[position]
    mark = tokens.words[index]
    first, last = report.paragraphs[paragraph]
    end = _closing(report, position, last)
    if end is not None:
        return Quote(index, end + 1, index + 1, end, continues=carried == mark and index == first), ""
    end = _closing_beyond(report, index, paragraph)
    if end is not None:
        return Quote(index, end + 1, index + 1, end), ""
    runs_on = paragraph + 1 < len(report.paragraphs) and tokens.words[report.paragraphs[paragraph + 1][0]] == mark
    end = last if runs_on else _open_end(report, index, last)
    continues = bool(carried) and index == first
    return Quote(index, end, index + 1, end, closed=False, continues=continues), mark if runs_on else ""


def _opens(tokens: Tokens, index: int, first: int) -> bool:
    """Whether the mark at `index` opens a quote in the paragraph that starts at token `first`."""
    word = tokens.words[index]
    if index + 1 >= len(tokens.words):
        return False
    spaced_after = tokens.starts[index + 1] > tokens.ends[index]
    joined_before = index > first and tokens.starts[index] == tokens.ends[index - 1]
    if word in _OPENING:
        # the German way closes with “, the Dutch way opens with it; white space decides
        return not spaced_after or not joined_before
    if spaced_after:
        return word == '"' and not joined_before  # " set loose "
    return not joined_before or (word != "”" and tokens.words[index - 1] in _BEFORE_OPEN)


def _closing(report: _Report, position: int, last: int) -> int | None:
    """Index of the mark that closes the one at `position` within the paragraph ending at `last`."""
    tokens, marks = report.tokens, report.marks
    opener = tokens.words[marks[position]]
    partners = _PARTNERS[opener]
    single = opener in _SINGLE
    for later in range(position + 1, len(marks)):
        index = marks[later]
        if index >= last:
            return None
        word = tokens.words[index]
        if word not in partners:
            continue
        if not _closes(tokens, index, last):
            if word == opener and not single:
                return None  # the same mark opens again: the first was never closed
            continue
        if not (single and _is_possessive(report, later, last)):
            return index
    return None


def _closes(tokens: Tokens, index: int, last: int) -> bool:
    """Whether the mark at `index` closes a quote in the paragraph ending at `last`."""
    loose = index + 1 >= last or tokens.starts[index + 1] > tokens.ends[index]
    after = "" if loose else tokens.words[index + 1]
    if tokens.starts[index] > tokens.ends[index - 1]:
        return tokens.words[index] in {"”", "»", '"'} and (loose or after in _AFTER_CLOSE)
    return loose or after in _AFTER_CLOSE or after in _MARKS or after in {"]", "/"}


def _is_possessive(report: _Report, later: int, last: int) -> bool:
    """Whether a single mark after s, x or z is rather the apostrophe of a name ("Jansens’ plan")."""
    tokens, index = report.tokens, report.marks[later]
    if not tokens.lower[index - 1].endswith(_SIBILANT) or index + 1 >= last or not tokens.words[index + 1][0].islower():
        return False
    for other in report.marks[later + 1 :]:
        if other >= last:
            return False
        if tokens.words[other] in _SINGLE:
            return _closes(tokens, other, last)
    return False


def _closing_beyond(report: _Report, index: int, paragraph: int) -> int | None:
    """Index of the mark in the next paragraph that closes the one at `index`, if that paragraph opens none itself."""
    if paragraph + 1 >= len(report.paragraphs):
        return None
    tokens = report.tokens
    first, last = report.paragraphs[paragraph + 1]
    partners = _PARTNERS[tokens.words[index]]
    for later in range(first, last):
        word = tokens.words[later]
        if word in _MARKS:
            return later if later > first and word in partners and _closes(tokens, later, last) else None
    return None


def _open_end(report: _Report, index: int, last: int) -> int:
    """Where a quote ends that nothing closes: before its reporting words, else with its paragraph or sentence."""
    tokens = report.tokens
    words, sentences = tokens.words, tokens.sentences
    sentence_first, sentence_last = sentences[tokens.sentence_at(index)]
    sentence_last = min(sentence_last, last)
    for i in range(index + 2, last - 1):
        if words[i] == "," and tokens.lower[i + 1] in report.cues:
            return i
        if words[i] in _MARKS and _opens(tokens, i, index):
            return sentences[tokens.sentence_at(i - 1)][1] if words[i - 1] in TERMINAL else sentence_last
    return last if index == sentence_first else sentence_last


def _skip(marks: list[int], position: int, end: int) -> int:
    while position < len(marks) and marks[position] < end:
        position += 1
    return position


def _closes_unopened(tokens: Tokens, index: int) -> bool:
    """Whether a mark that closes nothing ends a quote whose opening mark is missing."""
    if index == 0 or index + 1 >= len(tokens.words) or tokens.starts[index] != tokens.ends[index - 1]:
        return False
    before = tokens.words[index - 1]
    return tokens.words[index + 1] == "," or before in TERMINAL or before == ","


def _sentence_start(tokens: Tokens, index: int) -> int:
    return tokens.sentences[tokens.sentence_at(index)][0]
