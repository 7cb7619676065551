"""Reported infinitives: "zegt te hopen dat ...", "roept hen op terug te keren", "adviseert om ... te ..."."""

from __future__ import annotations

from itertools import pairwise

from treves.reading.anchors import finite_of, is_pronoun_that
from treves.reading.clause_bounds import complement_end
from treves.reading.findings import Findings
from treves.reading.nominals import Kind
from treves.reading.rows import Row, Subject
from treves.reading.subjects import is_object_pronoun, subject_of
from treves.reading.verbs import SAID, Form, Verb, VerbForm, urges
from treves.reading.word_groups import (
    CALENDAR,
    COLON,
    COMMA,
    COMPLEMENTIZERS,
    COORDINATORS,
    DETERMINERS,
    ENDS,
    EPISTEMIC,
    FINITE,
    FINITE_SENSE,
    IN_ORDER,
    INFINITIVE_ADVERBS,
    INFINITIVE_JOINS,
    NOUN,
    PREPOSITIONS,
    QUOTE,
    STOP,
    SUBORDINATORS,
    THAT,
    THREATS,
    TO,
    URGING,
    WORD,
)

_REACH = 18
"""How many items behind a verb its infinitive may stand."""


def find_infinitives(found: Findings) -> None:
    """Find the infinitives with "te" that tell what a verb of saying or wanting reports."""
    row = found.row
    if not row.all_flags & (TO | IN_ORDER | QUOTE):
        return
    for v in row.where(URGING):
        if not found.taken[v]:
            mark = _infinitive_behind(row, v)
            if mark >= 0:
                _take(found, v, mark)


def _take(found: Findings, v: int, mark: int) -> None:
    """Take the infinitive with "te" or "om" at item `mark`, if it hangs on the verb at item `v`."""
    row = found.row
    form = next((form for form in row.senses(v, mark) if _urges(row, form, v)), None)
    if form is None:
        return
    finite = finite_of(row, v)
    subject = subject_of(row, finite) if finite >= 0 else None
    if subject is None or (row.flags[finite] & EPISTEMIC and not form.verb.frames & SAID):
        return  # "hij zou bereid zijn te": who says so is not told
    mention = row.mentions[subject.mentions[0]]
    if is_object_pronoun(row, mention):
        return
    if form.verb.groups & THREATS and mention.kind is Kind.BODY:
        return  # "het kabinet dreigt te vallen"
    start = _content_start(row, v, mark, form.verb, subject)
    if found.free(start, mark + 1):
        end, _ = complement_end(row, start)
        found.emit(start, end, subject, "infinitive", cue=v)


def _urges(row: Row, form: VerbForm, v: int) -> bool:
    """Whether the verb at `v` in this sense reports an infinitive; an infinitive itself only as a plural ("zij hopen")."""
    if not urges(form.verb):
        return False
    if form.form is not Form.INFINITIVE:
        return True
    return bool(row.flags[v] & FINITE_SENSE) and not row.flags[v - 1] & TO


def _infinitive_behind(row: Row, v: int) -> int:
    """Item of the "te" whose infinitive hangs on the verb at `v`, or of "om" before a quotation; -1 if there is none."""
    flags = row.flags
    for j in range(v + 1, min(row.size, v + _REACH)):
        known = flags[j]
        if known & QUOTE and _goes_on_behind(row, j):
            return j
        if known & IN_ORDER and flags[j + 1] & QUOTE:
            return j
        if known & TO and flags[j + 1] & WORD and row.lows[j + 1].endswith(row.pack.spelling.infinitive):
            return j
        if known & (ENDS | COLON):
            return -1
        if known & COMPLEMENTIZERS and not is_pronoun_that(row, j) and not _is_determiner_that(row, j):
            return -1
        if known & COMMA and not flags[j + 1] & INFINITIVE_JOINS and not flags[j - 1] & QUOTE:
            return -1
    return -1


def _goes_on_behind(row: Row, p: int) -> bool:
    """Whether the quotation at `p` is an infinitive with "te" that goes on outside: "'niet te wachten', maar in te grijpen"."""
    flags = row.flags
    if flags[p + 1] & ENDS or (flags[p + 1] & COMMA and not flags[p + 2] & (COORDINATORS | SUBORDINATORS)):
        return False
    return is_infinitive(row, p)


def is_infinitive(row: Row, p: int) -> bool:
    """Return whether the quotation at item `p` holds an infinitive with "te"."""
    quote = row.quotes[row.refs[p]]
    words = row.tokens.lower[quote.inner_first : quote.inner_last]
    pairs = pairwise(words)
    known = row.pack.flags
    return any(known.get(word, 0) & TO and after.endswith(row.pack.spelling.infinitive) for word, after in pairs)


def _is_determiner_that(row: Row, j: int) -> bool:
    """Whether "dat" at `j` is a determiner or pronoun: no finite verb follows it in its clause, but "te" does."""
    if not row.flags[j] & THAT:
        return False
    for k in range(j + 1, row.size):
        if row.flags[k] & TO:
            return True
        if row.flags[k] & (STOP | FINITE):
            return False
    return False


def _content_start(row: Row, v: int, mark: int, verb: Verb, subject: Subject) -> int:
    """Where what is said starts: behind the verb, its subject, its other words, adverbs and one object ("vroeg X om")."""
    flags = row.flags
    start = subject.end if subject.after and subject.at >= 0 else v + 1
    needed = {verb.particle, verb.correlate, verb.stem, *verb.fixed} - {""}
    for j in range(start, mark):
        if row.lows[j] in needed:
            start = j + 1
        if flags[j] & IN_ORDER:
            return j
    if flags[mark] & IN_ORDER:
        return mark
    while start < mark and flags[start] & (CALENDAR | INFINITIVE_ADVERBS | COMMA):
        start += 1
    if start < mark - 1 and flags[start] & NOUN and not subject.after:
        start += 1
    occasion = flags[start] & PREPOSITIONS and not flags[start + 1] & (NOUN | DETERMINERS)  # "na afloop 'moe' te zijn"
    return start + 2 if occasion and start + 2 < mark and flags[start + 2] & QUOTE else start
