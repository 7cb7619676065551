"""Quoted parts of a sentence that are an utterance: "noemt het 'onzin'", "sprak van 'onzin'", "X 'weigert elk overleg'"."""

from __future__ import annotations

from treves.model.statements import StatementKind
from treves.reading.drafts import Draft
from treves.reading.findings import Findings
from treves.reading.infinitives import is_infinitive
from treves.reading.rows import Row, Subject
from treves.reading.subjects import subject_of
from treves.reading.verbs import NAMES, QUOTED, SAID, SPEECH, Verb, VerbForm, urges
from treves.reading.word_groups import (
    ABOUT,
    AS,
    AUXILIARIES,
    FINITE,
    FLOATING,
    NAMING,
    NOUN,
    PREPOSITIONS,
    QUOTE,
    SPEAKING,
    STOP,
    WARNINGS,
    WORD,
)

_REACH = 7
_SHORTEST_PREDICATE = 3

_Hit = tuple[int, Subject, str]
"""Item of the verb (-1 if it is quoted too), who speaks, name of the rule."""


def find_quoted_parts(found: Findings) -> list[Draft]:
    """Return the quoted parts of a row's sentences that are an utterance; what is claimed already is left alone."""
    row = found.row
    drafts: list[Draft] = []
    if not row.all_flags & QUOTE:
        return drafts
    group = 0
    last_verb = -1
    for p in row.where(QUOTE):
        if found.taken[p]:
            continue
        hit = _naming(row, p) or _saying(row, p) or _predicate(row, p)
        if hit is None:
            continue
        verb, subject, rule = hit
        if verb != last_verb or not group:
            group = found.new_group()
        last_verb = verb
        quote = row.quotes[row.refs[p]]
        cue = row.span(verb, verb + 1) if verb >= 0 else None
        content = quote.inner_first, quote.inner_last
        drafts.append(Draft(StatementKind.DIRECT, *content, subject.mentions, rule, cue=cue, group=group))
    return drafts


def _naming(row: Row, p: int) -> _Hit | None:
    """A verb that names or describes something in the quoted words: "noemt het 'onzin'", "spreekt van 'onzin'"."""
    flags = row.flags
    if not row.all_flags & NAMING:
        return None
    start = row.clause_start(p)
    main = row.any(FINITE, start, p)
    for v in range(p - 1, -1, -1):
        hit = _named_by(row, p, v) if flags[v] & NAMING else None
        if hit is not None or (v <= start and main and flags[v] & WORD):
            return hit
    return _named_by(row, p, p + 1) if flags[p + 1] & NAMING else None


def _named_by(row: Row, p: int, v: int) -> _Hit | None:
    """The hit of the verb at `v` for the quotation at `p`, if one of its senses names and its other words stand by."""
    for form in row.forms(v):
        verb = form.verb
        if not (verb.frames & NAMES and verb.frames & SPEECH) or not _near(row, verb, p):
            continue
        if not _complete(row, form, v, p):
            continue
        finite = v if form.finite else next((k for k in range(v, -1, -1) if row.flags[k] & AUXILIARIES), -1)
        subject = subject_of(row, finite) if finite >= 0 else None
        if subject is not None:
            return v, subject, "naming"
    return None


def _near(row: Row, verb: Verb, p: int) -> bool:
    """Whether the word that links a verb with what it names stands before the quotation at `p`; without one, none does."""
    if verb.correlate:
        return verb.correlate in row.lows[max(0, p - 3) : p]
    if verb.fixed and row.lows[p - 1] == verb.fixed[-1]:
        return True
    return not row.flags[p - 1] & (PREPOSITIONS | AS)


def _complete(row: Row, form: VerbForm, v: int, p: int) -> bool:
    """Whether particle and fixed words of the verb at `v` stand before the quotation at `p` or right behind it."""
    verb, end = form.verb, p + 3
    if verb.particle and not form.joined and verb.particle not in row.lows[v:end]:
        return False
    return all(word in row.lows[:end] for word in verb.fixed)


def _saying(row: Row, p: int) -> _Hit | None:
    """A verb of saying with the quotation as its object or after "voor": "zei 'nee'", "waarschuwt voor 'chaos'"."""
    flags = row.flags
    about = flags[p - 1] & ABOUT
    for v in range(p - 1, max(-1, p - _REACH), -1):
        if flags[v] & STOP:
            return None
        if not flags[v] & SPEAKING:
            continue
        plain = all(not flags[k] & WORD or flags[k] & FLOATING for k in range(v + 1, p))
        for form in row.senses(v, p):
            frames = form.verb.frames
            if not form.finite or not frames & SAID:
                continue
            asked = urges(form.verb) and is_infinitive(row, p)  # "roept X op 'niet te wachten'"
            if (about and form.verb.groups & WARNINGS) or (plain and frames & QUOTED) or asked:
                subject = subject_of(row, v)
                if subject is not None:
                    return v, subject, "object"
    return None


def _predicate(row: Row, p: int) -> _Hit | None:
    """A quotation that is itself what its subject does: "De liberaal 'proeft bereidheid' om eruit te komen"."""
    quote = row.quotes[row.refs[p]]
    if not row.flags[p - 1] & NOUN or row.mention(p - 1).preposition or row.any(FINITE, 0, p):
        return None
    if quote.inner_last - quote.inner_first < _SHORTEST_PREDICATE:
        return None
    first = row.tokens.lower[quote.inner_first]
    if row.pack.flags.get(first, 0) & FINITE or first.endswith(row.pack.spelling.singular):
        return -1, Subject((row.refs[p - 1],), p - 1), "predicate"
    return None
