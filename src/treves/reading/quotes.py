"""Quotation marks paired into quotes, in every style that Dutch papers use, unbalanced ones included.

A mark opens or closes by the white space around it and by its shape. An opened quote that its paragraph does not close runs
on where the next paragraph opens with the same mark (the custom for long quotes); else it ends where its sentence does.
A closing mark that nothing opened closes a quote from the start of its sentence, if reporting words follow it.
"""

from __future__ import annotations

from collections.abc import Collection

import attrs

from treves.reading.tokens import TERMINAL, Tokens

_PARTNERS = {
    '"': '"”“',
    "“": "”\"“",
    "”": "”\"",
    "„": "”“\"",
    "«": "»",
    "»": "«",
    "‘": "’'",
    "‚": "’‘",
    "’": "’'",
    "'": "'’",
    ",,": "”\"“''",
    "''": "''",
    "``": "''",
}
_MARKS = frozenset(_PARTNERS) | {"”", "’", "»"}
_SINGLE = frozenset("'’‘‚")
_AFTER_CLOSE = frozenset(",.;:?!)…-–—")
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


def find_quotes(tokens: Tokens, cues: Collection[str] = ()) -> list[Quote]:
    """Return the outermost quotes of a report, in order and without overlap.

    Args:
        tokens: the report.
        cues: lower-case reporting verbs; one after a comma ends a quote whose closing mark is missing.
    """
    found: list[Quote] = []
    marks = [i for i, w in enumerate(tokens.words) if w in _MARKS]
    if not marks:
        return found
    bounds = _paragraph_bounds(tokens)
    paragraph = 0
    position = 0
    carried = ""
    while position < len(marks):
        index = marks[position]
        while bounds[paragraph][1] <= index:
            paragraph += 1
        first, last = bounds[paragraph]
        if opens(tokens, index, first):
            closing = _closing(tokens, marks, position, last)
            if closing is not None:
                end = marks[closing]
                found.append(Quote(index, end + 1, index + 1, end, continues=carried == tokens.words[index] and index == first))
                carried = ""
                position = closing + 1
                continue
            beyond = _closing_beyond(tokens, index, bounds, paragraph)
            if beyond is not None:
                found.append(Quote(index, beyond + 1, index + 1, beyond))
                carried = ""
                position = _skip(marks, position + 1, beyond + 1)
                continue
            runs_on = paragraph + 1 < len(bounds) and tokens.words[bounds[paragraph + 1][0]] == tokens.words[index]
            end = last if runs_on else _open_end(tokens, index, last, cues)
            found.append(Quote(index, end, index + 1, end, closed=False, continues=bool(carried) and index == first))
            carried = tokens.words[index] if runs_on else ""
            position = _skip(marks, position + 1, end)
            continue
        if _stray_close(tokens, index):
            start = max(_sentence_start(tokens, index), found[-1].last if found else 0, first)
            if index - start >= 2:
                found.append(Quote(start, index + 1, start, index, opened=False))
        position += 1
    return found


def _paragraph_bounds(tokens: Tokens) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    current = -1
    for (first, last), paragraph in zip(tokens.sentences, tokens.paragraphs, strict=True):
        if paragraph == current:
            bounds[-1] = (bounds[-1][0], last)
        else:
            bounds.append((first, last))
            current = paragraph
    return bounds


def opens(tokens: Tokens, index: int, first: int) -> bool:
    """Return whether the mark at `index` opens a quote in the paragraph that starts at token `first`."""
    word = tokens.words[index]
    if index + 1 >= len(tokens.words):
        return False
    spaced_after = tokens.starts[index + 1] > tokens.ends[index]
    if word in {"„", ",,", "“", "‘", "«", "``", "‚"}:
        # the German way closes with “, the Dutch way opens with it; white space decides
        return not spaced_after or not _joined_before(tokens, index, first)
    if spaced_after:
        return word == '"' and not _joined_before(tokens, index, first)  # " set loose "
    if not _joined_before(tokens, index, first):
        return True
    before = tokens.words[index - 1]
    return before in {"(", "[", "-", "–", "—", "/", ":"} and word != "”"


def _joined_before(tokens: Tokens, index: int, first: int) -> bool:
    return index > first and tokens.starts[index] == tokens.ends[index - 1]


def _closing(tokens: Tokens, marks: list[int], position: int, last: int) -> int | None:
    """Position in `marks` of the mark that closes the one at `position` within the paragraph ending at `last`."""
    opener = tokens.words[marks[position]]
    partners = _PARTNERS.get(opener, "")
    depth_opener = opener in _SINGLE
    for later in range(position + 1, len(marks)):
        index = marks[later]
        if index >= last:
            return None
        word = tokens.words[index]
        if word not in partners and not (opener == ",," and word in {"”", '"', "''"}):
            continue
        if not _closes(tokens, index, last):
            if word == opener and not depth_opener:
                return None  # the same mark opens again: the first was never closed
            continue
        if depth_opener and _possessive(tokens, marks, later, last):
            continue
        return later
    return None


def _closes(tokens: Tokens, index: int, last: int) -> bool:
    if tokens.starts[index] > tokens.ends[index - 1]:
        loose = index + 1 >= last or tokens.starts[index + 1] > tokens.ends[index] or tokens.words[index + 1] in _AFTER_CLOSE
        return tokens.words[index] in {"”", "»", '"'} and loose
    if index + 1 >= last:
        return True
    after = tokens.words[index + 1]
    return tokens.starts[index + 1] > tokens.ends[index] or after in _AFTER_CLOSE or after in _MARKS or after in {"]", "/"}


def _possessive(tokens: Tokens, marks: list[int], later: int, last: int) -> bool:
    """Whether a single mark after s, x or z is rather the apostrophe of a name ("Jansens’ plan")."""
    index = marks[later]
    if not tokens.lower[index - 1].endswith(_SIBILANT) or index + 1 >= last or not tokens.words[index + 1][0].islower():
        return False
    for other in marks[later + 1 :]:
        if other >= last:
            return False
        if tokens.words[other] in _SINGLE:
            return _closes(tokens, other, last)
    return False


def _closing_beyond(tokens: Tokens, index: int, bounds: list[tuple[int, int]], paragraph: int) -> int | None:
    """Index of the mark in the next paragraph that closes the one at `index`, if that paragraph opens none itself."""
    if paragraph + 1 >= len(bounds):
        return None
    after, last = bounds[paragraph + 1]
    partners = _PARTNERS.get(tokens.words[index], "")
    for later in range(after, last):
        word = tokens.words[later]
        if word in _MARKS:
            return later if later > after and word in partners and _closes(tokens, later, last) else None
    return None


def _open_end(tokens: Tokens, index: int, last: int, cues: Collection[str]) -> int:
    """Where a quote ends that nothing closes: before its reporting words, else with its paragraph or sentence."""
    sentence_last = min(tokens.sentences[tokens.sentence_at(index)][1], last)
    for i in range(index + 2, last - 1):
        if tokens.words[i] == "," and tokens.lower[i + 1] in cues:
            return i
        if tokens.words[i] in _MARKS and opens(tokens, i, index):
            return tokens.sentences[tokens.sentence_at(i - 1)][1] if tokens.words[i - 1] in TERMINAL else sentence_last
    starts_sentence = index == tokens.sentences[tokens.sentence_at(index)][0]
    return last if starts_sentence else sentence_last


def _skip(marks: list[int], position: int, end: int) -> int:
    while position < len(marks) and marks[position] < end:
        position += 1
    return position


def _stray_close(tokens: Tokens, index: int) -> bool:
    """Whether a mark that closes nothing ends a quote whose opening mark is missing."""
    if index == 0 or index + 1 >= len(tokens.words) or tokens.words[index] in {"'", "’"} and not _comma_or_stop(tokens, index):
        return False
    return tokens.starts[index] == tokens.ends[index - 1] and _comma_or_stop(tokens, index)


def _comma_or_stop(tokens: Tokens, index: int) -> bool:
    return tokens.words[index + 1] == "," or tokens.words[index - 1] in TERMINAL or tokens.words[index - 1] == ","


def _sentence_start(tokens: Tokens, index: int) -> int:
    return tokens.sentences[tokens.sentence_at(index)][0]
