"""Reported clauses before their verb: "Het akkoord is rond, zegt X", "..., zo meldt X", "A, geeft X toe, B"."""

from __future__ import annotations

from treves.reading.clause_bounds import complement_end, opens_clause, reports
from treves.reading.drafts import Carry
from treves.reading.findings import Findings, attribution_end
from treves.reading.nominals import Kind
from treves.reading.rows import Row, Subject
from treves.reading.sources import heard_from
from treves.reading.subjects import subject_after, take_subject
from treves.reading.verbs import CLAUSE, FOLLOWS, QUOTED, SPEECH, VerbForm
from treves.reading.word_groups import (
    ABOUT,
    ACCORDING,
    ASKED,
    AUXILIARIES,
    COLON,
    COMMA,
    COMPLEMENTIZERS,
    COORDINATORS,
    DEFINITE_ARTICLES,
    DENIALS,
    FINITE,
    IT,
    NEGATIONS,
    NOUN,
    OF,
    PREPOSITIONS,
    QUESTIONS,
    QUOTE,
    REFLEXIVE,
    REFUSALS,
    RELATIVES,
    REPORTING_NOUN,
    SO,
    SOUNDING,
    SOUNDING_VERBS,
    SUBORDINATORS,
    THAT,
    VERB,
    WHETHER,
    WORD,
    WRITTEN,
)

_SHORTEST = 5
"""Items below which words without a verb of their own are an opening phrase rather than content."""
_REACH = 8


def find_fronted(found: Findings) -> None:
    """Find the clauses that end at a comma before a reporting verb with its subject, "zo" or nothing between them."""
    row, flags = found.row, found.row.flags
    for comma in row.where(COMMA):
        if not 0 < comma < row.size - 1 or (comma == 1 and flags[0] & QUOTE):
            continue
        _front(found, comma, comma + 1)
        if flags[comma + 1] & SO:
            _front(found, comma, comma + 2)


def _front(found: Findings, comma: int, v: int) -> None:
    """Take the clause before the comma, and what goes on behind it, if the verb at item `v` reports it."""
    row, flags = found.row, found.row.flags
    if not flags[v] & WORD or found.taken[v]:
        return
    so = v - 1 if flags[v - 1] & SO else v
    if (so < v and row.any(SOUNDING, v, row.size)) or (flags[v] & SOUNDING and flags[v + 1] & IT):
        _so_it_sounds(found, comma, v)
        return
    if flags[v] & WRITTEN and _is_read_out(found, comma, v):
        return
    subject = subject_after(row, v) if flags[v] & (VERB | AUXILIARIES) else None
    if subject is None:
        return
    stop = attribution_end(row, subject.end)
    if not _reports_before(row, v, stop) or _has_complement(row, subject.at, stop):
        return
    start = _behind_another(row, found.content_start(comma), comma)
    second = _goes_on(row, stop)
    if not _is_content(row, (start, comma), (v, stop), split=second):
        return
    take_subject(row, subject, v)
    group = found.new_group()
    found.claim(v, stop)
    found.emit(start + 1 if flags[start] & THAT else start, comma, subject, "fronted", cue=v, group=group)
    if second:
        end, _ = complement_end(row, stop + 1)
        found.emit(stop + 1, end, subject, "fronted", cue=v, group=group)


def _is_read_out(found: Findings, comma: int, v: int) -> bool:
    """Take "..., luidt de uitleg (van X)", "..., is haar conclusie": its owner speaks, or who was told of before."""
    row, flags = found.row, found.row.flags
    start, noun = found.content_start(comma), v + 2
    owned = bool(flags[v + 1] & NOUN) and row.mention(v + 1).kind is Kind.PRONOUN
    if not (owned or flags[v + 1] & DEFINITE_ARTICLES) or not flags[noun] & REPORTING_NOUN:
        return False
    subject = Subject((row.refs[v + 1],), v + 1) if owned else None
    if flags[noun + 1] & OF and flags[noun + 2] & NOUN:
        subject = Subject((row.refs[noun + 2],), noun + 2)
    stop = attribution_end(row, noun)
    sounding = any(form.verb.groups & SOUNDING_VERBS for form in row.forms(v))
    if not (subject or (sounding and stop == noun + 1)) or flags[start] & (WHETHER | QUESTIONS) or comma - start < 2:
        return False
    found.claim(v, stop)
    found.emit(start, comma, subject, "written", cue=v)
    if subject is None and found.drafts:
        found.drafts[-1].carry = Carry.BEFORE
    return True


def _behind_another(row: Row, start: int, comma: int) -> int:
    """Where content from `start` begins if its first clause has a source of its own: "X is volgens hem A, maar B, zegt hij"."""
    flags = row.flags
    for j in range(comma - 1, start, -1):
        if flags[j] & COORDINATORS and flags[j - 1] & COMMA:
            own = any(flags[k] & ACCORDING and flags[k + 1] & NOUN for k in range(start, j - 1))
            return j + 1 if own else start
    return start


def _so_it_sounds(found: Findings, comma: int, v: int) -> None:
    """Take "..., zo klinkt het bij X", "..., zo is te horen bij X"; without X it is hearsay."""
    row = found.row
    sounding = next(j for j in range(v, row.size) if row.flags[j] & SOUNDING)
    subject = heard_from(row, sounding).subject
    start, stop = found.content_start(comma), attribution_end(row, v)
    rule = "fronted" if subject else "hearsay"
    group = found.new_group()
    found.claim(v - 1, stop)
    found.emit(start, comma, subject, rule, cue=v, group=group)
    if _goes_on(row, stop):
        end, _ = complement_end(row, stop + 1)
        found.emit(stop + 1, end, subject, rule, cue=v, group=group)


def _reports_before(row: Row, v: int, stop: int) -> bool:
    """Whether the verb at `v`, with its words before item `stop`, may follow what it reports."""
    flags = row.flags
    senses = row.senses(v, stop)
    if any(_follows(form) for form in senses):
        return True
    if flags[v] & AUXILIARIES:  # "heeft X gezegd"
        for j in range(stop - 1, v, -1):
            if flags[j] & VERB and any(_completes(form) for form in row.senses(j, stop)):
                return True
    return bool(flags[v - 1] & SO and senses)


def _follows(form: VerbForm) -> bool:
    """Whether a finite sense may follow its content; one that needs no other words only if the list says so."""
    verb, frames = form.verb, form.verb.frames
    if not form.finite or not frames & SPEECH:
        return False
    if frames & FOLLOWS:
        return True
    return bool(frames & QUOTED and verb.groups & DENIALS) or bool(frames & (QUOTED | CLAUSE) and not verb.bare)


def _completes(form: VerbForm) -> bool:
    return not form.finite and bool(form.verb.frames & SPEECH and form.verb.frames & (FOLLOWS | QUOTED))


def _has_complement(row: Row, after: int, stop: int) -> bool:
    """Whether the verb has its content behind it instead: a clause, or a colon without a quotation."""
    flags = row.flags
    if flags[stop] & COLON and not flags[stop + 1] & QUOTE:
        return True
    return any(flags[j] & COMPLEMENTIZERS and opens_clause(row, j) for j in range(after, stop))


def _is_content(row: Row, clause: tuple[int, int], attribution: tuple[int, int], *, split: bool) -> bool:
    """Whether what stands before the verb is content: no refusal's question, no opening phrase, no subordinate clause.

    Args:
        row: the row.
        clause: item range of what stands before the verb.
        attribution: item range of the verb and its subject.
        split: whether the content goes on behind the attribution.
    """
    flags = row.flags
    start, comma = clause
    if comma - start < 2 or flags[start] & ASKED:
        return False
    asks = flags[start] & (WHETHER | QUESTIONS) or (flags[start] & PREPOSITIONS and flags[start + 1] & QUESTIONS)
    kept = any(flags[j] & ABOUT and flags[j + 1] & REFLEXIVE for j in range(*attribution))  # "houdt X voor zich"
    if asks and (kept or row.any(NEGATIONS | REFUSALS, *attribution)):
        return False
    if not split and comma - start < _SHORTEST and not row.any(FINITE | QUOTE, start, comma):
        return False
    if flags[attribution[1]] & COLON and flags[start] & PREPOSITIONS:
        return False  # "Op de vraag of hij blijft, antwoordt X: ..."
    if split or not flags[start] & SUBORDINATORS:
        return True
    return any(flags[j] & COMMA and flags[j + 1] & FINITE for j in range(start, comma))


def _goes_on(row: Row, stop: int) -> bool:
    """Whether the content goes on behind the attribution: "A, geeft X toe, B"."""
    flags, after = row.flags, stop + 1
    if not flags[stop] & COMMA or row.size - stop < 4 or flags[after] & (RELATIVES | QUOTE):
        return False
    if flags[after] & NOUN and row.mention(after).appositive >= 0:
        return False
    if flags[after] & COORDINATORS:
        return not any(reports(row, j) for j in range(after + 1, min(row.size, after + _REACH)))
    return True
