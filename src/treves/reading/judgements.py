"""Looser reports: judgements ("vindt het bod een belediging"), a colon without a quotation, hearsay without a source."""

from __future__ import annotations

from treves.reading.clause_bounds import complement_end
from treves.reading.findings import Findings, past_dateline
from treves.reading.nominals import Kind
from treves.reading.rows import Row, Subject
from treves.reading.subjects import subject_of
from treves.reading.verbs import QUOTED, SPEECH
from treves.reading.word_groups import (
    BE,
    COLON,
    CONDITIONALS,
    DETERMINERS,
    EPISTEMIC,
    FINITE,
    FLOATING,
    HAVE_INFINITIVES,
    IT,
    JUDGING,
    NEUTER,
    NOUN,
    OF,
    POSITIONS,
    POSSESSIVES,
    QUOTE,
    REPORTING_NOUN,
    RUMOUR,
    RUMOURED_SUBJECTS,
    THAT,
    THERE,
    TO,
    TOWARD,
)

_SPEAKERS = frozenset({Kind.PERSON, Kind.ROLE, Kind.PARTY, Kind.BODY, Kind.NAME, Kind.UNNAMED})
_LONGEST_HEADING = 6
_OWNED = 4
_SHORTEST_PARTICIPLE = 5


def find_opinions(found: Findings) -> None:
    """Find "X vindt het bod een belediging", "noemt dat onverstandig": a judgement without a clause of its own."""
    row, flags = found.row, found.row.flags
    for v in row.where(JUDGING):
        if found.taken[v] or flags[v - 1] & TO:
            continue
        subject = subject_of(row, v)
        if subject is None:
            continue
        start = subject.end if subject.after else v + 1
        while flags[start] & FLOATING and not flags[start] & IT:
            start += 1
        end, _ = complement_end(row, start, verb_final=True)
        judged = flags[start] & (NOUN | DETERMINERS | NEUTER)
        in_marks = flags[start] & IT and flags[start + 1] & QUOTE and flags[start + 2] & THAT  # "vindt het 'gek' dat"
        if judged and end - start >= 2 and (in_marks or not row.any(QUOTE, start, end)) and found.free(start, end):
            found.emit(start, end, subject, "opinion", cue=v)


def find_behind_colon(found: Findings) -> None:
    """Find "Formateur X: geen akkoord zonder ...", "Zijn boodschap aan de bonden: kom terug"."""
    row, flags = found.row, found.row.flags
    for i in row.where(COLON):
        if 0 < i < row.size - 1 and not flags[i + 1] & QUOTE and found.free(i - 1, i + 2):
            subject = _before_colon(row, i) or _said_before_colon(row, i)
            if subject is not None:
                end, _ = complement_end(row, i + 1)
                found.emit(i + 1, end, subject, "colon", cue=i)
            return


def _before_colon(row: Row, i: int) -> Subject | None:
    """Who speaks before a colon: a lone noun phrase, or the owner of a reporting noun."""
    flags = row.flags
    if flags[0] & DETERMINERS and flags[1] & REPORTING_NOUN and flags[2] & OF and flags[3] & NOUN and i == _OWNED:
        return Subject((row.refs[3],), 3)  # "Het voorstel van X: ..."
    if not flags[0] & NOUN:
        return None
    mention = row.mention(0)
    lone = i == 1 and mention.kind in _SPEAKERS
    owner = mention.kind is Kind.PRONOUN and row.opens_with(mention, POSSESSIVES)
    if lone or (owner and row.flags[1] & REPORTING_NOUN and i <= _LONGEST_HEADING):
        return Subject((row.refs[0],), 0)
    return None


def _said_before_colon(row: Row, i: int) -> Subject | None:
    """Who speaks in "X waarschuwt: er komt geen geld", "X is duidelijk: ...": nothing else may stand before the colon."""
    flags = row.flags
    if not row.any(FINITE, i + 1, row.size):
        return None
    for v in range(i - 1, -1, -1):
        if not flags[v] & FINITE:
            continue
        speaks = any(f.finite and f.verb.frames & SPEECH and f.verb.frames & QUOTED for f in row.senses(v, i))
        outspoken = flags[v] & BE and row.lows[i - 1] in row.pack.words["outspoken"]
        subject = subject_of(row, v) if speaks or outspoken else None
        plain = all(
            flags[j] & (NOUN | FLOATING | IT) or row.lows[j] in row.pack.words["outspoken"] for j in range(v + 1, i)
        )
        return subject if plain and subject is not None and subject.at >= 0 else None
    return None


def find_hearsay(found: Findings) -> None:
    """Find "Naar verluidt ...", "Het plan zou zijn aangepast": reported without a source."""
    row, flags = found.row, found.row.flags
    for i in row.where(RUMOUR | EPISTEMIC):
        if found.taken[i]:
            continue
        if flags[i] & RUMOUR and flags[i - 1] & TOWARD:
            start = found.content_start(i - 1)
            end, _ = complement_end(row, i + 1)
            found.emit(i + 1 if start >= i - 1 else start, end, None, "hearsay", cue=i)
        elif flags[i] & EPISTEMIC and not found.drafts and _is_hearsay(row, i):
            found.emit(past_dateline(row, 0, i), row.size, None, "zou", cue=i)


def _is_hearsay(row: Row, i: int) -> bool:
    """Whether "zou" at `i` is that of hearsay: with a perfect ("zou ... hebben gezegd"), or "er zou ... liggen"."""
    flags, lows = row.flags, row.lows
    if row.any(CONDITIONALS, 0, i) or row.any(CONDITIONALS, i + 1, row.size):
        return False
    for j in range(i + 1, row.size):
        if flags[j] & HAVE_INFINITIVES and (_is_participle(row, j + 1) or _is_participle(row, j - 1)):
            return True
    last = row.size - 2  # before the full stop
    if flags[0] & THERE:
        return lows[last].endswith(row.pack.spelling.plural)
    if flags[0] & NEUTER or not flags[last] & POSITIONS:
        return False
    named = i <= 3 and row.any(NOUN, 0, i)
    return named or bool(flags[0] & RUMOURED_SUBJECTS or flags[i + 1] & NOUN)


def _is_participle(row: Row, i: int) -> bool:
    """Whether the word at item `i` is spelled like a participle."""
    word, spelling = row.lows[i], row.pack.spelling
    if len(word) < _SHORTEST_PARTICIPLE or not word.endswith(spelling.participle):
        return False
    return word.startswith(spelling.participle_opening) or any(
        inner in word[2:6] for inner in spelling.participle_inner
    )
