"""The reporting verb on which a clause hangs, and the finite verb of that verb's own clause."""

from __future__ import annotations

from treves.reading.findings import Findings
from treves.reading.nominals import Kind
from treves.reading.rows import Row
from treves.reading.sources import sounds
from treves.reading.subjects import subject_before
from treves.reading.verbs import CLAUSE, EVIDENT, QUESTION, SPEECH, Form, VerbForm
from treves.reading.word_groups import (
    AUXILIARIES,
    CLAUSE_COORDINATORS,
    COLON,
    COMMA,
    COMPLEMENTIZERS,
    DEPENDENT,
    DOUBLE_FORMS,
    FINITE,
    FINITE_SENSE,
    FLOATING,
    NEGATIONS,
    NEUTER_ARTICLES,
    NOUN,
    PREPOSITIONS,
    QUOTE,
    REFUSALS,
    REPORTING_NOUN,
    SEMICOLON,
    SOUNDING,
    STOP,
    THAT,
    TO,
    VERB,
    WISHES,
    WORD,
)

_FAR = 14
_NEAR = 8
"""How many items before its clause a reporting verb may stand: for "dat", for questions."""
_CLUSTER = 12
_AUXILIARY = 10
_PHRASE = 4
_NEUTER = 5
_ONE_WORD = 3
"""Tokens of a quoted word with its marks."""
_NEUTER_KINDS = frozenset({Kind.BODY, Kind.ROLE, Kind.NOUN})


def anchor_of(found: Findings, c: int) -> tuple[int, bool] | None:
    """Return the reporting verb to which the clause that item `c` opens is the complement.

    Returns:
        Its item, and whether anything may be its subject ("toont aan dat"); None if there is none.
    """
    row, flags = found.row, found.row.flags
    if flags[c - 1] & CLAUSE_COORDINATORS or (flags[c - 1] & STOP and row.lows[c - 1] != ")"):
        return None
    frame, reach = (CLAUSE, _FAR) if flags[c] & THAT else (QUESTION, _NEAR)
    for i in range(c - 1, max(-1, c - reach), -1):
        known = flags[i]
        word = known & QUOTE and i == c - 1 and row.lasts[i] - row.firsts[i] <= _ONE_WORD  # "hoopt 'vurig' dat"
        if found.taken[i] or known & (COLON | SEMICOLON) or (known & QUOTE and not word):
            return None
        if known & COMPLEMENTIZERS and not is_pronoun_that(row, i):
            return None
        if not known & (VERB | SOUNDING):
            continue
        if frame == CLAUSE and sounds(row, i):
            return i, False
        for form in row.senses(i, c):
            frames = form.verb.frames
            if frames & frame and frames & SPEECH and _plausible(row, form, i, c):
                return i, bool(frames & EVIDENT)
    return None


def is_pronoun_that(row: Row, i: int) -> bool:
    """Return whether "dat" at item `i` is a pronoun: a verb or "te" follows it at once."""
    return bool(row.flags[i + 1] & (FINITE | TO))


def _plausible(row: Row, form: VerbForm, i: int, c: int) -> bool:
    """Whether the clause at `c` is what the verb at `i` reports, rather than part of a noun phrase or of another clause."""
    flags = row.flags
    if form.verb.groups & WISHES and form.verb.bare:
        return False
    if flags[i - 1] & PREPOSITIONS and not flags[i - 1] & TO:
        return False  # "op berichten dat"
    if flags[i] & REFUSALS and row.any(NEGATIONS, row.clause_start(i), i):
        return False  # "wilde niet ingaan op berichten dat"
    if form.form is Form.INFINITIVE and not flags[i - 1] & TO and not row.any(AUXILIARIES, max(0, i - _AUXILIARY), i):
        return bool(flags[i] & FINITE_SENSE)  # rather a plural present: "de bonden zeggen dat"
    if form.verb.bare and flags[c - 1] & REPORTING_NOUN and not row.any(PREPOSITIONS, max(i + 1, c - _PHRASE), c - 1):
        return False
    return row.lows[c - 1] in form.verb.fixed or not (flags[c] & THAT and _relative(row, c, i))


def _relative(row: Row, c: int, anchor: int) -> bool:
    """Whether "dat" at `c` is a relative pronoun: a neuter noun phrase without preposition stands right before it."""
    flags = row.flags
    if flags[c - 1] & NOUN:
        mention = row.mention(c - 1)
        neuter = mention.determiner in row.pack.words["neuter"] and mention.kind in _NEUTER_KINDS
        return neuter and not mention.preposition and subject_before(row, anchor) is not None
    for j in range(c - 2, max(anchor, c - _NEUTER), -1):
        if flags[j] & NEUTER_ARTICLES:
            return not flags[j - 1] & PREPOSITIONS and not flags[c - 1] & (FLOATING | VERB)
        if not flags[j] & WORD:
            return False
    return False


def finite_of(row: Row, anchor: int) -> int:
    """Return the finite verb of the clause in which the anchor stands: itself, or an auxiliary before it; -1 if none."""
    flags = row.flags
    if anchor == 0 and flags[0] & DEPENDENT and flags[1] & AUXILIARIES:
        return 1  # "Toezeggen wilde X alleen dat"
    if flags[anchor] & FINITE_SENSE and not flags[anchor - 1] & TO and not _depends(row, anchor):
        return anchor
    start = row.clause_start(anchor)
    for j in range(anchor - 1, start - 1, -1):
        if flags[j] & AUXILIARIES or (flags[j] & FINITE and not _depends(row, j)):
            return _first_of_cluster(row, j, start) if flags[j] & DOUBLE_FORMS else j
    return -1


def _first_of_cluster(row: Row, j: int, start: int) -> int:
    """Which verb is finite if "laten", "hebben" at `j` may be an infinitive: a surer auxiliary before it, else itself."""
    for k in range(j - 1, start - 1, -1):
        if row.flags[k] & AUXILIARIES and not row.flags[k] & DOUBLE_FORMS:
            return k
    return j


def _depends(row: Row, i: int) -> bool:
    """Whether the verb form at `i` hangs on an auxiliary: a participle or infinitive at the end of its clause."""
    flags = row.flags
    if not flags[i] & DEPENDENT:
        return False
    for j in range(i - 1, max(-1, i - _CLUSTER), -1):
        if flags[j] & (COLON | SEMICOLON) or (flags[j] & COMMA and not flags[j - 1] & NOUN):
            return False
        if flags[j] & AUXILIARIES:
            return True
    return False
