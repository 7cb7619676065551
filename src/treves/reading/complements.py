"""Reported clauses behind their verb: "X zegt dat ...", "vraagt of ...", "legt uit hoe ...", "haar verwachting is dat ..."."""

from __future__ import annotations

from treves.reading.anchors import anchor_of, finite_of
from treves.reading.clause_bounds import clause_parts
from treves.reading.findings import Findings
from treves.reading.rows import Row, Subject
from treves.reading.sources import Source, heard_from, owner_of, sounds, source_besides
from treves.reading.subjects import subject_of
from treves.reading.verbs import INFINITIVE, SAID
from treves.reading.word_groups import (
    AUXILIARIES,
    COMPLEMENTIZERS,
    COORDINATORS,
    DETERMINERS,
    ENDS,
    FINITE,
    HEARD_AT,
    JUDGING,
    NEGATIONS,
    NEUTER,
    NOUN,
    QUESTIONS,
    QUOTE,
    REFUSALS,
    REPORTING_NOUN,
    STOP,
    THAT,
    TO,
    WHETHER,
    WORD,
)

_INFINITIVE = 12
"""How many items before an infinitive the verb may stand whose report it is."""
_HELD = 8
"""Items within which "Bij X leeft de vrees dat" stands."""
_JUDGEMENT = 3
"""How many words a judgement of a bare "dat" has at the most ("vindt dat veel te veel")."""


def find_complements(found: Findings) -> None:
    """Find the clauses that "dat", "of" or a question word opens behind a reporting verb or noun."""
    row = found.row
    for c in row.where(COMPLEMENTIZERS | QUESTIONS):
        if c == 0 or found.taken[c]:
            continue
        anchor = anchor_of(found, c)
        if anchor is not None:
            at, evident = anchor
            _take(found, c, at, evident=evident)
        elif row.any(REFUSALS, 0, c) and row.any(NEGATIONS, 0, c):
            found.claim(c, clause_parts(row, c + 1)[-1][1])  # what somebody would not go into
        elif row.flags[c] & COMPLEMENTIZERS:
            _take_nominal(found, c)


def _take(found: Findings, c: int, anchor: int, *, evident: bool) -> None:
    """Take the clause at item `c`, which hangs on the verb at `anchor`."""
    row, flags = found.row, found.row.flags
    if _within_infinitive(row, anchor) or _is_judged(row, c, anchor):
        return
    plain = bool(flags[c] & COMPLEMENTIZERS)
    finite = finite_of(row, anchor)
    subject = subject_of(row, finite) if finite >= 0 else None
    if (not plain or flags[c] & WHETHER) and row.any(NEGATIONS, row.clause_start(anchor), c):
        found.claim(anchor, c + 1)  # "wilde niet zeggen of": a refusal says nothing
        return
    if sounds(row, anchor):
        source: Source | None = heard_from(row, anchor)
    elif subject is not None:
        source = Source(subject)
    else:
        source = source_besides(found, c, anchor, finite, evident=evident)
    start = c + 1 if plain else c
    parts = clause_parts(row, start)
    if source is None or _is_pronoun(row, start, parts[-1][1]):
        return
    rule = "hearsay" if source.impersonal and source.words is None else "complement" if plain else "question"
    group = found.new_group()
    for first, last in parts:
        end = last if last == parts[-1][1] else _without_join(row, first, last)
        found.emit(first, end, source.subject, rule, cue=anchor, group=group)
        if found.drafts:
            found.drafts[-1].fallback = source.words
    found.claim(anchor, anchor + 1)


def _within_infinitive(row: Row, anchor: int) -> bool:
    """Whether the verb is the infinitive of a report itself: "zegt niet uit te sluiten dat", "zegt te hopen dat"."""
    if not row.flags[anchor - 1] & TO:
        return False
    for j in range(anchor - 2, max(-1, anchor - _INFINITIVE), -1):
        if row.flags[j] & (STOP | COMPLEMENTIZERS):
            return False
        if any(f.finite and f.verb.bare and f.verb.frames & INFINITIVE and f.verb.frames & SAID for f in row.forms(j)):
            return True
    return False


def _is_judged(row: Row, c: int, anchor: int) -> bool:
    """Whether "dat" at `c` is what is judged, and opens no clause: "vindt dat onbespreekbaar"."""
    flags = row.flags
    if not flags[c] & THAT or not flags[anchor] & JUDGING or flags[c + 1] & DETERMINERS:
        return False
    end = c + 1
    while not flags[end] & (STOP | ENDS):
        end += 1
    plain = all(flags[j] & WORD for j in range(c + 1, end))
    return plain and 0 < end - c - 1 <= _JUDGEMENT and not _verbal(row, end - 1)


def _verbal(row: Row, i: int) -> bool:
    """Whether a word looks like a verb that ends a clause."""
    return bool(row.flags[i] & AUXILIARIES) or row.lows[i].endswith(row.pack.spelling.participle)


def _is_pronoun(row: Row, start: int, end: int) -> bool:
    """Whether too little follows for a clause: "ontkent dat formeel", but not "gelooft dat dat klopt"."""
    return end - start <= 2 and not row.any(NOUN | QUOTE, start, end) and not row.flags[start] & NEUTER


def _without_join(row: Row, first: int, last: int) -> int:
    """End of a part of a clause without the "en" or comma before the next part."""
    while last > first and row.flags[last - 1] & (COORDINATORS | STOP):
        last -= 1
    return last


def _holder_of(row: Row, c: int) -> Subject | None:
    """Who holds what a noun right before "dat" tells: "Bij X leeft de vrees dat", "X kwam met de boodschap dat"."""
    flags = row.flags
    if (
        not flags[c - 1] & REPORTING_NOUN
        or not flags[c] & THAT
        or row.lows[c - 2] not in row.pack.words["common_articles"]
    ):
        return None
    if row.lows[c - 3] in row.pack.words["conveying"]:
        finite = next((j for j in range(c - 4, -1, -1) if flags[j] & FINITE), -1)
        return subject_of(row, finite) if finite >= 0 else None
    if flags[0] & NOUN and row.mention(0).preposition:
        return None
    if flags[0] & HEARD_AT and flags[1] & NOUN and c <= _HELD:
        return Subject((row.refs[1],), 1)
    return None


def _take_nominal(found: Findings, c: int) -> None:
    """Take "Haar verwachting is dat ...", "De vrees van X is dat ...": a reporting noun, its owner, a form of "zijn"."""
    row = found.row
    subject = owner_of(row, c - 1) or _holder_of(row, c)
    if subject is None:
        return
    group = found.new_group()
    for first, last in clause_parts(row, c + 1):
        found.emit(first, last, subject, "nominal", cue=c - 1, group=group)
