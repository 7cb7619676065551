"""Who is behind a report whose verb has no plain subject: owners of reporting nouns, places where something is heard."""

from __future__ import annotations

import attrs

from treves.reading.findings import Findings
from treves.reading.nominals import Kind
from treves.reading.rows import Row, Subject
from treves.reading.subjects import elided, subject_of
from treves.reading.word_groups import (
    BE,
    COMMA,
    DETERMINERS,
    FINITE,
    HEARD_AT,
    IMPERSONAL,
    IT,
    NOUN,
    OF,
    PLACES,
    POSSESSIVES,
    QUESTIONS,
    RELATIVES,
    REPORTING_NOUN,
    SOUNDING,
    SOUNDING_VERBS,
    WORD,
)

_REACH = 5
"""How many items from its verb a body that something is heard from, or a reporting noun, may stand."""


@attrs.frozen(eq=False)
class Source:
    """Who is behind a report.

    Attributes:
        subject: the noun phrases; None if none names the source.
        words: token range of words that describe it and are no known noun phrase; None if there are none.
        impersonal: whether nobody in particular speaks.
    """

    subject: Subject | None = None
    words: tuple[int, int] | None = None
    impersonal: bool = False


def sounds(row: Row, i: int) -> bool:
    """Return whether the verb at item `i` tells what is heard: "is te horen", "heet het", "Wie met X praat, hoort"."""
    if row.flags[i] & SOUNDING:
        return True
    if row.flags[i + 1] & IT and any(form.verb.groups & SOUNDING_VERBS for form in row.forms(i)):
        return True
    return _opens_general(row) and row.lows[i] in row.pack.words["heard"]


def _opens_general(row: Row) -> bool:
    """Whether a row begins with whoever does something: "Wie met X praat, ..."."""
    return bool(row.flags[0] & QUESTIONS and row.flags[0] & RELATIVES)


def heard_from(row: Row, anchor: int) -> Source:
    """Return who is behind "bij X klinkt het dat"; nobody for "is te horen dat", "in Den Haag klinkt dat"."""
    words = row.pack.words
    for j in range(max(0, anchor - _REACH), min(row.size, anchor + _REACH + 1)):
        if not row.flags[j] & NOUN:
            continue
        mention = row.mention(j)
        within = bool(mention.organisation and mention.kind is Kind.UNNAMED) or (
            mention.kind is Kind.BODY and not mention.name
        )
        known = mention.preposition in words["heard_at"] or (within and mention.preposition in words["heard_in"])
        if known or (j < anchor and mention.preposition and _opens_general(row)):
            return Source(Subject((row.refs[j],), j))
    described = None
    if row.flags[0] & HEARD_AT and 2 <= anchor <= _REACH + 1 and not row.flags[1] & PLACES:
        described = row.span(1, anchor)
    return Source(None, described, impersonal=True)


def source_besides(found: Findings, c: int, anchor: int, finite: int, *, evident: bool) -> Source | None:
    """Return who is behind a report whose verb has no noun phrase for a subject; None if that cannot be told.

    Args:
        found: what was found in the row so far.
        c: item that opens the reported clause.
        anchor: the reporting verb.
        finite: the finite verb of its clause; -1 if none.
        evident: whether anything may be the verb's subject, so that other words before it name no source.
    """
    row = found.row
    start = row.clause_start(anchor)
    if row.lows[start] in row.pack.words["felt_by"] and row.flags[start + 1] & NOUN and finite == start + 2:
        return Source(Subject((row.refs[start + 1],), start + 1))  # "Voor X staat vast dat"
    if row.flags[finite] & IMPERSONAL:  # "er wordt gezegd dat", "aan tafel valt te horen dat"
        return Source(impersonal=True)
    subject = owner_of(row, finite) or _main_subject(row, anchor, c)
    if subject is not None:
        return Source(subject)
    if finite >= 0 and found.drafts and elided(row, finite):
        before = found.drafts[-1]
        return Source(Subject(before.mentions), before.fallback)
    words = None if evident else _words_before(row, finite)
    return Source(None, words) if words is not None else None


def owner_of(row: Row, finite: int) -> Subject | None:
    """Return whose reporting noun is the subject: "Haar verwachting is dat", "De vrees van X is dat"."""
    flags = row.flags
    if finite < 1 or not flags[finite] & BE:
        return None
    for j in range(finite - 1, max(-1, finite - _REACH - 1), -1):
        if flags[j] & REPORTING_NOUN:
            if flags[j - 1] & NOUN and row.mention(j - 1).kind is Kind.PRONOUN:
                return Subject((row.refs[j - 1],), j - 1)
            if flags[j + 1] & OF and flags[j + 2] & NOUN:
                return Subject((row.refs[j + 2],), j + 2)
    return None


def _main_subject(row: Row, anchor: int, c: int) -> Subject | None:
    """The subject of the main clause behind a participle clause: "Erop wijzend dat ..., voorspelt X"."""
    if not row.lows[anchor].endswith(row.pack.spelling.present_participle):
        return None
    for j in range(c + 1, row.size):
        if row.flags[j] & FINITE and row.flags[j - 1] & COMMA:
            return subject_of(row, j)
    return None


def _words_before(row: Row, finite: int) -> tuple[int, int] | None:
    """The words of an ordinary noun phrase that is the subject ("De belangenclub betwijfelt of")."""
    flags = row.flags
    if finite < 1:
        return None
    start = row.clause_start(finite)
    if not 2 <= finite - start <= _REACH or not flags[start] & (DETERMINERS | POSSESSIVES):
        return None
    if flags[start] & RELATIVES or flags[start + 1] & REPORTING_NOUN:
        return None
    plain = all(flags[j] & WORD and not flags[j] & FINITE for j in range(start, finite))
    return row.span(start, finite) if plain else None
