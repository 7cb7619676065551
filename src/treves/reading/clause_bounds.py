"""Where a reported clause ends: at the sentence's end, at an attribution, or where another main clause or report starts."""

from __future__ import annotations

from treves.reading.rows import Row
from treves.reading.subjects import subject_after
from treves.reading.verbs import SPEECH
from treves.reading.word_groups import (
    ACCORDING,
    AUXILIARIES,
    COLON,
    COMMA,
    COMPLEMENTIZERS,
    CONTRASTS,
    COORDINATORS,
    DETERMINERS,
    ENDS,
    FINITE,
    FLOATING,
    FOLLOWING,
    FUNCTION,
    NEGATIONS,
    NOUN,
    PREPOSITIONS,
    QUESTIONS,
    QUOTE,
    QUOTE_OPENERS,
    REPORTING,
    SPEAKING,
    STOP,
    THUS,
    TO,
    VERB,
    WORD,
)

_PAUSES = STOP | COORDINATORS
_REACH = 9
"""How many items from its beginning the finite verb of a main clause, or the content of a report, may stand."""


def complement_end(row: Row, start: int, *, verb_final: bool = False) -> tuple[int, list[int]]:
    """Return where a reported clause that starts at `start` ends, and where coordinated parts of it begin.

    The parts are item indices of the complementizers ("en dat", "maar of") that open a further part. In a clause that is
    `verb_final`, a finite verb right behind a coordinator with more behind it goes on with the main clause ("maar wil niet").
    """
    parts: list[int] = []
    flags = row.flags
    for i in range(start, row.size):
        known = flags[i]
        if not known & _PAUSES:
            continue
        if known & STOP:
            if known & ENDS or (known & COLON and flags[i + 1] & QUOTE):
                return i, parts
            if known & COMMA and (_closes_at(row, i, parts) or (verb_final and _resumes(row, i + 1))):
                return i, parts
        elif not flags[i - 1] & COMMA:
            if flags[i + 1] & COMPLEMENTIZERS and opens_clause(row, i + 1):
                parts.append(i + 1)
            elif flags[i + 1] & (FINITE | NOUN) and (main_clause(row, i + 1) or (verb_final and _resumes(row, i))):
                return i, parts
    return row.size, parts


def clause_parts(row: Row, start: int) -> list[tuple[int, int]]:
    """Return the item ranges of a reported clause that starts at `start` and of its coordinated parts."""
    end, parts = complement_end(row, start, verb_final=True)
    return list(zip([start, *(part + 1 for part in parts)], [*parts, end], strict=True))


def _closes_at(row: Row, comma: int, parts: list[int]) -> bool:
    """Whether a reported clause ends at a comma; a part that goes on behind it is added to `parts`."""
    flags, i = row.flags, comma + 1
    if attribution_at(row, i):
        return True
    if flags[i] & COORDINATORS:
        if flags[i + 1] & COMPLEMENTIZERS and opens_clause(row, i + 1):
            parts.append(i + 1)
            return False
        return main_clause(row, i + 1)
    if flags[i] & CONTRASTS:
        return any(reports(row, j) or _reports_late(row, j) for j in range(i + 1, min(row.size, i + 1 + _REACH)))
    return bool(flags[i] & NOUN and flags[i + 1] & FINITE) and reports(row, i + 1)


def _resumes(row: Row, i: int) -> bool:
    """Whether "maar wil niet ..." at item `i` goes on with the main clause: its finite verb stands before what belongs to it."""
    flags = row.flags
    if not (flags[i] & COORDINATORS and flags[i + 1] & FINITE):
        return False
    lexical = flags[i + 1] & REPORTING and not flags[i + 1] & AUXILIARIES  # "en belooft beterschap"
    return bool(flags[i + 2] & (NEGATIONS | NOUN | DETERMINERS)) or bool(
        lexical and not flags[i + 2] & (STOP | FINITE | ENDS)
    )


def _reports_late(row: Row, j: int) -> bool:
    """Whether a subordinate clause ends in a report: "terwijl X er vertrouwen in heeft dat"."""
    return bool(row.flags[j + 1] & COMPLEMENTIZERS and row.flags[j] & SPEAKING)


def main_clause(row: Row, i: int) -> bool:
    """Return whether a main clause (finite verb second) starts at item `i`, rather than a subordinate one going on."""
    flags = row.flags
    for j in range(i, min(row.size, i + _REACH)):
        if flags[j] & STOP:
            return False
        if not flags[j] & WORD or not flags[j] & FINITE:
            continue
        if j == i:
            return reports(row, j)
        final = j + 1 >= row.size or flags[j + 1] & (STOP | FINITE)
        second = j == i + 1 or bool(flags[i] & (PREPOSITIONS | FLOATING | FUNCTION))
        return not final and second
    return False


def reports(row: Row, i: int) -> bool:
    """Return whether the verb at item `i` opens a report of its own ("en wees erop dat", "maar zei niet te willen")."""
    flags = row.flags
    if not flags[i] & (VERB | AUXILIARIES):
        return False
    for stop in range(i + 1, min(row.size, i + 1 + _REACH)):
        if flags[stop] & (COMPLEMENTIZERS | QUESTIONS | QUOTE | TO):
            speaks = _speaks(row, i, stop)
            if speaks or not flags[stop] & TO:
                return speaks
        if flags[stop] & STOP:
            return False
    return False


def _speaks(row: Row, i: int, stop: int) -> bool:
    """Whether the verb at item `i`, or one that hangs on it as an auxiliary, is a reporting verb before item `stop`."""
    if any(form.finite and form.verb.frames & SPEECH for form in row.senses(i, stop)):
        return True
    if not row.flags[i] & AUXILIARIES:
        return False
    late = (form for k in range(i + 1, stop) for form in row.senses(k, stop))
    return any(not form.finite and form.verb.frames & SPEECH for form in late)


def attribution_at(row: Row, i: int) -> bool:
    """Return whether an attribution stands at item `i`: "aldus X", "zegt X", "zo meldde X", "volgens X"."""
    known = row.flags[i]
    if known & QUOTE_OPENERS:
        return bool(known & THUS or row.flags[i + 1] & FINITE)
    if known & ACCORDING:
        return bool(row.flags[i + 1] & NOUN)
    return bool(known & WORD and known & FOLLOWING) and subject_after(row, i) is not None


def opens_clause(row: Row, i: int) -> bool:
    """Return whether "dat" or "of" at item `i` opens a clause (and is no pronoun: "dat te hebben gezegd")."""
    return i + 1 < row.size and not row.flags[i + 1] & TO
