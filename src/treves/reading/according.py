"""Attributions beside a clause: "Volgens X ...", "..., aldus X", "wat X betreft", "naar eigen zeggen"."""

from __future__ import annotations

from treves.reading.clause_bounds import attribution_at, complement_end, reports
from treves.reading.findings import Findings, attribution_end
from treves.reading.nominals import Kind
from treves.reading.rows import Row, Subject
from treves.reading.subjects import coordinated, subject_of
from treves.reading.word_groups import (
    ACCORDING,
    AND,
    AS,
    AS_FOR,
    COLON,
    COMMA,
    COMPLEMENTIZERS,
    CONCERNS,
    COORDINATORS,
    DEFINITE_ARTICLES,
    ENDS,
    FINITE,
    FLOATING,
    IT,
    NO_SOURCE,
    NOUN,
    OF,
    OWN,
    PREPOSITIONS,
    QUOTE,
    RELATIVES,
    RELATIVES_OF_NOUN,
    REPORTING_NOUN,
    SAYING,
    STOP,
    SUBORDINATORS,
    THUS,
    TOWARD,
)

_LONGEST_INSERTION = 16


def find_according(found: Findings) -> None:
    """Find the clauses with an attribution that is no clause itself."""
    row, flags = found.row, found.row.flags
    cues = ACCORDING | THUS | AS_FOR | TOWARD | AS | (PREPOSITIONS if row.all_flags & REPORTING_NOUN else 0)
    for i in row.where(cues):
        if found.taken[i]:
            continue
        known = flags[i]
        if known & ACCORDING and flags[i + 1] & NOUN:
            _according_to(found, i)
        elif known & AS_FOR and flags[i + 1] & NOUN and flags[i + 2] & CONCERNS:
            _around(found, i, i + 3, Subject((row.refs[i + 1],), i + 1), "wat betreft")
        elif known & TOWARD and flags[i + 1] & OWN and flags[i + 2] & SAYING:
            _in_own_words(found, i)
        elif known & TOWARD and flags[i + 1] & NOUN and flags[i + 2] & SAYING:
            _as_they_say(found, i)
        elif known & AS and _is_up_to(row, i):
            _around(found, i, i + 5, Subject((row.refs[i + 3],), i + 3), "wat betreft")
        elif known & (PREPOSITIONS | ACCORDING) and row.all_flags & REPORTING_NOUN:
            _in_the_view_of(found, i)
        elif known & THUS and i >= 3 and flags[i - 1] & COMMA:
            _thus(found, i)


def _is_up_to(row: Row, i: int) -> bool:
    """Whether "als het aan X ligt" stands at item `i`."""
    flags = row.flags
    linked = flags[i + 1] & IT and flags[i + 2] & PREPOSITIONS and flags[i + 3] & NOUN
    return bool(linked) and row.lows[i + 4] in row.pack.words["up_to"]


def _in_the_view_of(found: Findings, i: int) -> None:
    """Take "Naar het oordeel van X ...", "In zijn ogen ...": a reporting noun in a phrase of its own, with its owner."""
    row, flags = found.row, found.row.flags
    owned = bool(flags[i + 1] & NOUN) and row.mention(i + 1).kind is Kind.PRONOUN
    noun = i + 2 if owned or flags[i + 1] & DEFINITE_ARTICLES else i + 1
    if f"{row.lows[i]} {row.lows[noun]}" not in row.pack.words["source_phrases"]:
        return
    if owned:
        _around(found, i, noun + 1, Subject((row.refs[i + 1],), i + 1), "volgens")
    elif flags[noun + 1] & OF and flags[noun + 2] & NOUN:
        subject = Subject(coordinated(row, noun + 2), noun + 2)
        _around(found, i, _past_insertion(row, subject.end), subject, "volgens")


def _according_to(found: Findings, i: int) -> None:
    """Take "Volgens X is het akkoord rond", "Het akkoord is volgens X rond"."""
    row = found.row
    mention = row.mention(i + 1)
    if row.pack.flags.get(row.tokens.lower[mention.core[0]], 0) & NO_SOURCE:
        return
    subject = Subject(coordinated(row, i + 1), i + 1)
    _around(found, i, _past_insertion(row, subject.end), subject, "volgens")


def _past_insertion(row: Row, i: int) -> int:
    """End of an apposition or relative clause at item `i`, behind a noun phrase, at its closing comma."""
    flags = row.flags
    inserted = flags[i] & COMMA and flags[i + 1] & (RELATIVES | NOUN)
    if inserted or flags[i] & RELATIVES_OF_NOUN:
        for j in range(i + 2, min(row.size, i + _LONGEST_INSERTION)):
            if flags[j] & COMMA:
                return j + 1
            if flags[j] & ENDS:
                return j
    return i


def _around(found: Findings, i: int, last: int, subject: Subject, rule: str) -> None:
    """Take the clause in which the attribution ``[i, last)`` stands, without it where it stands at an edge."""
    row, flags = found.row, found.row.flags
    opener = _subordinate(row, i)
    if opener >= 0:
        end = next(j for j in range(last, row.size + 1) if flags[j] & (COMMA | ENDS))
        found.emit(opener, end, subject, rule, cue=i)
        return
    start = max(found.content_start(i), row.clause_start(i))
    if i == start or (i == start + 1 and flags[start] & (COORDINATORS | FLOATING)):
        first = last + 1 if flags[last] & COMMA else last
        found.claim(i, first)
        found.emit(first, _main_end(row, first), subject, rule, cue=i)
        return
    after_comma = flags[i - 1] & COMMA
    if flags[last] & ENDS or (flags[last] & COMMA and after_comma):
        found.claim(i, last)
        found.emit(start, i - 1 if after_comma else i, subject, rule, cue=i)
    else:
        end, _ = complement_end(row, last)
        found.emit(start, max(end, last), subject, rule, cue=i)


def _subordinate(row: Row, i: int) -> int:
    """Where the subordinate clause begins in which item `i` stands ("omdat het volgens X te laat is"); -1 for a main one."""
    flags = row.flags
    for j in range(i - 1, -1, -1):
        if flags[j] & (FINITE | STOP | QUOTE):
            return -1
        if flags[j] & (SUBORDINATORS | RELATIVES) and (j == 0 or flags[j - 1] & COMMA):
            return j if flags[j] & RELATIVES else j + 1
    return -1


def _main_end(row: Row, first: int) -> int:
    """Where a main clause behind "Volgens X" ends: with its sentence, before a quotation, attribution or new report."""
    flags = row.flags
    for j in range(first, row.size):
        known = flags[j]
        if known & ENDS or (known & COLON and flags[j + 1] & QUOTE):
            return j
        if known & COMMA and attribution_at(row, j + 1):
            return j
        if known & (COMMA | AND) and j + 2 < row.size:
            after = j + 2 if flags[j + 1] & COORDINATORS else j + 1
            if flags[after] & NOUN and flags[after + 1] & FINITE and reports(row, after + 1):
                return j
    return row.size


def _as_they_say(found: Findings, i: int) -> None:
    """Take "die naar haar zeggen ...": what stands in the clause, from its relative on if it has one."""
    row, flags = found.row, found.row.flags
    start = found.content_start(i)
    start = next((j for j in range(i - 1, start, -1) if flags[j] & RELATIVES and flags[j - 1] & COMMA), start)
    end, _ = complement_end(row, i + 3)
    found.emit(start, end, Subject((row.refs[i + 1],), i + 1), "naar zeggen", cue=i)


def _in_own_words(found: Findings, i: int) -> None:
    """Take "X heeft naar eigen zeggen ...": the subject of the clause speaks of itself."""
    row = found.row
    if row.any(COMPLEMENTIZERS, i, row.size) and found.drafts:
        return  # "gaat er naar eigen zeggen van uit dat"
    if i == found.content_start(i) and row.flags[i + 3] & FINITE:
        found.emit(i + 3, complement_end(row, i + 3)[0], subject_of(row, i + 3), "naar eigen zeggen", cue=i)
        return
    for j in range(i - 1, -1, -1):
        if row.flags[j] & FINITE:
            subject = subject_of(row, j)
            if subject is not None:
                end, _ = complement_end(row, i + 3)
                start = max(found.content_start(i), row.clause_start(i))
                found.emit(start, end, subject, "naar eigen zeggen", cue=i)
            return


def _thus(found: Findings, i: int) -> None:
    """Take "..., aldus X"; X may be words that no noun phrase names."""
    row = found.row
    named = bool(row.flags[i + 1] & NOUN)
    start = found.content_start(i)
    if not (row.flags[start] & QUOTE and i - start <= 2):
        found.claim(i, i + 2)
        found.emit(start, i - 1, Subject(coordinated(row, i + 1) if named else ()), "aldus", cue=i)
    end = i if named else attribution_end(row, i + 1)
    if found.drafts and end > i + 1:
        found.drafts[-1].fallback = row.span(i + 1, end)
