"""Whole quotations and who speaks them: "'...', zegt X", "X: '...'", split ones, and those that stand alone."""

from __future__ import annotations

from itertools import chain

import attrs

from treves.model.statements import StatementKind
from treves.reading.drafts import Carry, Draft
from treves.reading.findings import Findings
from treves.reading.nominals import Kind
from treves.reading.rows import Row
from treves.reading.subjects import coordinated, subject_after, subject_of, take_subject
from treves.reading.verbs import FOLLOWS, QUOTED, SAID, SPEECH, VerbForm
from treves.reading.word_groups import (
    ACCORDING,
    AUXILIARIES,
    COLON,
    COMMA,
    DEFINITE_ARTICLES,
    DETERMINERS,
    ENDS,
    FINITE,
    FLOATING,
    IT,
    NOUN,
    OF,
    POSSESSIVES,
    PREPOSITIONS,
    QUOTE,
    REPORTING_NOUN,
    SO,
    SOUNDING_VERBS,
    SOUNDS_FROM,
    THUS,
    UNRESOLVED_PRONOUNS,
    VERB,
    WORD,
    WRITTEN,
)

_BEFORE_UTTERANCE = frozenset({":", ".", "?", "!", "…", "-", "–", "—", ")"})
_BEFORE_REST = frozenset({",", ":", ".", "–", "-"})
_ENDS_SENTENCE = frozenset({".", "!", "?", "…"})
_ENDS_UTTERANCE = frozenset({".", "!", "?", "…", ","})
_LONGEST_HEADING = 12
_LONGEST_ASIDE = 10
_LONGEST_OPENING = 5
_LONGEST_BETWEEN = 9
_NEAR = 12


@attrs.frozen(eq=False)
class _Cue:
    """Reporting words beside a quotation: who is named, the item range of the words, and how the speaker is found."""

    mentions: tuple[int, ...]
    first: int
    last: int
    rule: str
    carry: Carry = Carry.NONE
    fallback: tuple[int, int] | None = None


def find_quotations(found: Findings) -> list[Draft]:
    """Return the quotations of a row that are utterances of their own, and claim them with their reporting words."""
    row, flags = found.row, found.row.flags
    drafts: list[Draft] = []
    if not row.all_flags & QUOTE:
        return drafts
    current: _Cue | None = None
    group = 0
    for p in row.where(QUOTE):
        if not _may_be_utterance(found, p):
            continue
        cue = _cue_behind(row, p)
        if cue is None and current is not None and _goes_on(row, p):
            cue = current
        elif cue is not None or current is None:
            group = found.new_group()
        if cue is None and flags[p - 1] & COMMA:
            cue = _cue_between(row, p)
        if cue is None and flags[p - 1] & COLON:
            cue = _cue_before(row, p - 1)
        if cue is None and _stands_alone(row, p):
            cue = _Cue((), p, p, "no cue", Carry.BEFORE)
        if cue is not None:
            drafts.append(_take(found, p, cue, group))
            current = cue
    return drafts


def _take(found: Findings, p: int, cue: _Cue, group: int) -> Draft:
    row = found.row
    found.claim(p, p + 1)
    if cue.first > p:
        found.claim(cue.first, cue.last)  # words before the quotation may be a report of their own
    quote = row.quotes[row.refs[p]]
    return Draft(
        StatementKind.DIRECT,
        quote.inner_first,
        quote.inner_last,
        cue.mentions,
        cue.rule,
        cue=row.span(cue.first, cue.last) if cue.last > cue.first else None,
        group=group,
        carry=cue.carry,
        fallback=cue.fallback,
    )


# --- which quotations are utterances ---------------------------------------------------------------------------------


def _may_be_utterance(found: Findings, p: int) -> bool:
    """Whether the quotation at `p` starts where an utterance may start, rather than within a sentence."""
    row = found.row
    before = row.lows[p - 1]
    if p == 0 or before in _BEFORE_UTTERANCE:
        return True
    if before != ",":
        return bool(row.flags[p - 1] & QUOTE)
    claimed = any(last in {p, p - 1} for _, last in found.claimed)
    return claimed or _is_second_half(found, p) or _cue_between(row, p) is not None


def _is_second_half(found: Findings, p: int) -> bool:
    """Whether an attribution stands before the quotation at `p`, and no other quotation between them."""
    if not any(first < p for first, _ in found.claimed):
        return False
    behind = max((last for _, last in found.claimed if last <= p), default=0)
    return not found.row.any(QUOTE, max(0, p - _NEAR, behind + 1), p - 1)


def _cue_between(row: Row, p: int) -> _Cue | None:
    """An attribution between commas before the quotation: "Zonder stroomnet, zegt hij, 'leggen we ...'"."""
    flags = row.flags
    comma = next((j for j in range(p - 4, max(0, p - _LONGEST_BETWEEN), -1) if flags[j] & COMMA), -1)
    if comma < 0:
        return None
    j = comma + 2 if flags[comma + 1] & SO else comma + 1
    subject = subject_after(row, j) if flags[j] & (VERB | AUXILIARIES) else None
    if subject is None or subject.at >= p - 1 or not _reports_quotation(row, j, p - 1):
        return None
    return _Cue(subject.mentions, j, p - 1, "cue between")


def _goes_on(row: Row, p: int) -> bool:
    return row.lows[p - 1] in _BEFORE_REST or bool(row.flags[p - 1] & QUOTE)


def _stands_alone(row: Row, p: int) -> bool:
    """Whether nothing but marks stands beside the quotation in its row, and it is no heading."""
    if row.any(WORD | NOUN, 0, row.size):
        return False
    quote = row.quotes[row.refs[p]]
    short = quote.inner_last - quote.inner_first <= _LONGEST_HEADING
    titular = short and row.tokens.words[quote.inner_last - 1] not in _ENDS_UTTERANCE
    stopped = any(row.lows[i] in _ENDS_SENTENCE for i in range(p + 1, row.size))
    return stopped or quote.continues or not quote.closed or not titular


# --- reporting words behind ------------------------------------------------------------------------------------------


def _cue_behind(row: Row, p: int) -> _Cue | None:
    """The reporting words behind the quotation at `p`: "', zegt X", "', aldus X", "', zo heeft X laten weten"."""
    flags = row.flags
    j = p + 2 if flags[p + 1] & COMMA else p + 1
    if flags[j] & (THUS | ACCORDING):
        return _named_cue(row, j)
    if flags[j] & SO and flags[j + 1] & WORD:
        j += 1
    if not flags[j] & WORD:
        return _aside(row, p)
    stop = _stop(row, j)
    if flags[j + 1] & IT and any(form.verb.groups & SOUNDING_VERBS for form in row.forms(j)):
        return _sounds(row, j, stop)
    if not _reports_quotation(row, j, stop):
        return _written(row, j, stop)
    subject = subject_after(row, j)
    if subject is None or (subject.at > stop > j):
        return _described(row, j, stop)
    take_subject(row, subject, j)
    return _Cue(subject.mentions, j, max(subject.end, stop), "cue behind")


def _stop(row: Row, j: int) -> int:
    """Where the reporting words that start at `j` end: at a mark or the next quotation."""
    while not row.flags[j] & (ENDS | COMMA | COLON | QUOTE):
        j += 1
    return j


def _speaks(form: VerbForm) -> bool:
    frames = form.verb.frames
    return bool(frames & (QUOTED | SAID)) or bool(frames & FOLLOWS and frames & SPEECH)


def _reports_quotation(row: Row, j: int, stop: int) -> bool:
    """Whether the verb at `j`, or one that hangs on it as an auxiliary, may report a quotation."""
    if any(form.finite and _speaks(form) for form in row.senses(j, stop)):
        return True
    if not row.flags[j] & AUXILIARIES:
        return False
    late = (k for k in range(stop - 1, j, -1) if row.flags[k] & VERB)
    return any(not form.finite and _speaks(form) for k in late for form in row.senses(k, stop))


def _named_cue(row: Row, j: int) -> _Cue | None:
    """Whom "aldus X" or "volgens X" names; X may be words that no noun phrase names."""
    rule = row.lows[j]
    if row.flags[j + 1] & NOUN:
        mentions = coordinated(row, j + 1)
        return _Cue(mentions, j, j + 2 * len(mentions), rule)
    end = _stop(row, j)
    return _Cue((), j, end, rule, fallback=row.span(j + 1, end)) if end > j + 1 else None


def _aside(row: Row, p: int) -> _Cue | None:
    """A narrated aside between two halves of a quotation: "'..., dan', hij aarzelde even, 'dan ...'"."""
    flags = row.flags
    if not flags[p + 1] & COMMA or not flags[p + 2] & NOUN:
        return None
    for k in range(p + 3, min(p + _LONGEST_ASIDE, row.size)):
        if flags[k] & QUOTE and flags[k - 1] & COMMA:
            return _Cue((row.refs[p + 2],), p + 2, k - 1, "aside")
    return None


def _sounds(row: Row, j: int, stop: int) -> _Cue:
    """Who speaks in "klinkt het bij de partij": who is behind "bij"; without one, who was told of before."""
    for k in range(j + 2, stop):
        if row.flags[k] & NOUN and (row.flags[k - 1] & SOUNDS_FROM or row.mention(k).kind is Kind.UNNAMED):
            return _Cue((row.refs[k],), j, stop, "klinkt het")
    return _Cue((), j, stop, "klinkt het", Carry.BEFORE)


def _written(row: Row, j: int, stop: int) -> _Cue | None:
    """What is read out, "staat in een schriftelijke reactie", "luidt het antwoord": the speaker is who was told of before."""
    if row.flags[j] & WRITTEN and row.any(REPORTING_NOUN, j + 1, stop):
        return _Cue((), j, stop, "written", Carry.BEFORE)
    return None


def _described(row: Row, j: int, stop: int) -> _Cue | None:
    """A cue whose subject is no known noun phrase ("pocht een kaderlid"): the words describe the speaker."""
    flags = row.flags
    k = j + 1
    while k < stop and flags[k] & FLOATING:
        k += 1
    if flags[k] & DEFINITE_ARTICLES and flags[k + 1] & REPORTING_NOUN:
        return _Cue((), j, stop, "cue behind", Carry.BEFORE)
    if flags[k] & (DETERMINERS | POSSESSIVES):
        end = k + 1
        while end < stop and flags[end] & WORD and not flags[end] & (PREPOSITIONS | FLOATING):
            end += 1
        if end == k + 1:  # "zegt die"
            return _Cue((), j, stop, "cue behind", Carry.BEFORE)
        return _Cue((), j, stop, "cue behind", fallback=row.span(k, end))
    if stop == j + 1 and row.lows[k] and not flags[k] & UNRESOLVED_PRONOUNS:
        return _Cue((), j, stop, "cue behind", Carry.BEFORE)
    return None


# --- a colon before --------------------------------------------------------------------------------------------------


def _cue_before(row: Row, colon: int) -> _Cue:
    """Who speaks before a colon: the subject of the reporting verb, else of the sentence, else who was named first."""
    flags = row.flags
    for j in range(colon):
        if flags[j] & ACCORDING and flags[j + 1] & NOUN:
            return _Cue((row.refs[j + 1],), j, j + 2, "colon")
    reporting = (j for j in range(colon - 1, -1, -1) if flags[j] & VERB and _reports_at(row, j, colon))
    finite = (j for j in range(colon) if flags[j] & FINITE)
    for j in chain(reporting, finite):
        subject = subject_of(row, j)
        if subject is not None:
            return _Cue(subject.mentions, j, j + 1, "colon")
    for j in range(colon):
        if flags[j] & NOUN and not row.mention(j).preposition:
            return _Cue((row.refs[j],), colon, colon + 1, "colon")
    if flags[1] & REPORTING_NOUN and flags[2] & OF and flags[3] & NOUN:  # "De reactie van X: ..."
        return _Cue((row.refs[3],), colon, colon + 1, "colon")
    if flags[0] & DETERMINERS and colon <= _LONGEST_OPENING:
        return _Cue((), colon, colon + 1, "colon", fallback=row.span(0, colon))
    return _Cue((), colon, colon + 1, "colon", Carry.BEFORE)


def _reports_at(row: Row, j: int, colon: int) -> bool:
    return any(form.finite and form.verb.frames & (SPEECH | QUOTED) for form in row.senses(j, colon))
