"""Clauses, their tense, and whether words stand in a quotation: small tests that are made only around a hit."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

import attrs

from treves.reading.pack import read_rows
from treves.reading.tokens import CLOSING, OPENING, Tokens

_MARKS = frozenset({",", ";", ":", "(", ")", "–", "—", "-", "?", "!"})
_QUOTES = (OPENING | CLOSING) - {"(", ")", "[", "]"}
_REACH = 150
"""How many tokens back an opened quotation is looked for."""


class Tense(StrEnum):
    """Which way a clause looks from the publication; NOW is a bare "is" or "has", which may look either way."""

    PAST = "past"
    NOW = "now"
    AHEAD = "ahead"
    WOULD = "would"


@attrs.frozen(eq=False)
class ClauseWords:
    """Words of one language that bound clauses and tell their tense; see ``[tense]`` of ``times.toml``."""

    boundaries: frozenset[str]
    past: frozenset[str]
    present: frozenset[str]
    have: frozenset[str]
    be: frozenset[str]
    would: frozenset[str]
    infinitives: frozenset[str]
    double: frozenset[str]
    planned: frozenset[str]
    participle: re.Pattern[str]
    participles: frozenset[str]
    not_participles: frozenset[str]
    present_form: re.Pattern[str]
    weak_past: re.Pattern[str]
    not_weak_past: frozenset[str]

    def is_participle(self, word: str) -> bool:
        """Return whether the lower-case `word` looks like a past participle."""
        if word in self.participles:
            return True
        return word not in self.not_participles and self.participle.fullmatch(word) is not None

    def tense_of_form(self, word: str) -> Tense | None:
        """Return the tense that the lower-case `word`, which stands where a finite verb stands, seems to have."""
        if self.weak_past.fullmatch(word) is not None:
            return None if word in self.not_weak_past else Tense.PAST
        if any(word[n:] in self.past for n in range(2, len(word) - 2)):  # "toeging", "bijeenkwam"
            return Tense.PAST
        return Tense.AHEAD if self.present_form.fullmatch(word) is not None else None


def clause_words(language: str, table: Mapping[str, Any]) -> ClauseWords:
    """Build the clause words from the table ``[tense]`` and the forms of the pack's reporting verbs.

    Raises:
        KeyError: the table lacks a list.
    """
    past, present, participles = set(table["past"]), set(table["present"]), set(table["participles"])
    infinitives = set()
    for row in read_rows(language, "verbs.csv"):
        past |= {w for column in ("past_sg", "past_pl") for w in row[column].split("|")}
        present |= set(row["present"].split("|"))
        participles |= set(row["participle"].split("|"))
        infinitives.add(row["lemma"].split()[-1].removeprefix(row["particle"]))
    past -= infinitives | present | {""}  # "zetten" is past and present
    return ClauseWords(
        past=frozenset(past),
        present=frozenset(present | infinitives) - past - {""},
        participles=frozenset(participles) - {""},
        participle=re.compile(table["participle"], re.VERBOSE),
        present_form=re.compile(table["present_form"]),
        weak_past=re.compile(table["weak_past"]),
        **{
            name: frozenset(table[name])
            for name in ("boundaries", "have", "be", "would", "infinitives", "double", "planned", "not_participles", "not_weak_past")
        },
    )


def clause_bounds(tokens: Tokens, first: int, last: int, *, sentence: int, words: ClauseWords) -> tuple[int, int]:
    """Return the token range ``[low, high)`` of the clause that holds ``[first, last)``."""
    begin, end = tokens.sentences[sentence]
    lower, boundaries = tokens.lower, words.boundaries
    low = first
    while low > begin and lower[low - 1] not in _MARKS:
        if lower[low - 1] in boundaries:
            low -= 1
            break
        low -= 1
    high = last
    while high < end and lower[high] not in _MARKS and lower[high] not in boundaries:
        high += 1
    return low, high


def tense_of(lower: list[str], low: int, high: int, words: ClauseWords, *, skip: Collection[int] = ()) -> Tense | None:
    """Return the tense of the words ``[low, high)``; None when no verb of it is known.

    Args:
        lower: lower-case tokens.
        low, high: token range.
        words: the language's words.
        skip: token indices that are no verbs (the wording of the time itself).
    """
    past = have = be = would = other = infinitive = planned = participle = double = False
    for i in range(low, high):
        word = lower[i]
        if i in skip:
            continue
        if word in words.past:
            past = True
        elif word in words.would:
            would = True
        elif word in words.have:
            have = True
        elif word in words.be:
            be = True
        elif word in words.planned:
            planned = True
        elif word in words.double:
            double = True
        elif word in words.present:
            other = True
        elif len(word) > 4 and words.is_participle(word):
            participle = True
        infinitive = infinitive or word in words.infinitives
    if would:
        return Tense.PAST if participle and infinitive else Tense.WOULD
    if past or (participle and (have or be) and not planned) or (have and double):
        return Tense.PAST
    if other or planned or double:
        return Tense.AHEAD
    if have or be:
        return Tense.NOW
    return Tense.PAST if participle else None


def tense_around(tokens: Tokens, first: int, last: int, *, sentence: int, words: ClauseWords) -> Tense | None:
    """Return the tense of the clause that holds the time at ``[first, last)``, or else of its neighbours.

    A verb that is not known is still told by its place and ending: right after a time that begins a main clause, or at the
    end of a subordinate clause (so in Dutch and German).
    """
    lower = tokens.lower
    begin, end = tokens.sentences[sentence]
    low, high = clause_bounds(tokens, first, last, sentence=sentence, words=words)
    found = tense_of(lower, low, high, words, skip=range(first, last))
    if found is None and first - low <= 1 and last < high:
        found = words.tense_of_form(lower[last])
    if found is None and high > last and lower[low] in words.boundaries:
        found = words.tense_of_form(lower[high - 1])
    if found is not None:
        return found
    after = min(high + 1, end)
    following = clause_bounds(tokens, after, after, sentence=sentence, words=words)[1]
    return (
        tense_of(lower, high, following, words)
        or tense_of(lower, begin, low, words)
        or tense_of(lower, following, end, words)
    )


def quoted(tokens: Tokens, index: int) -> bool:
    """Return whether token `index` stands in a quotation: the nearest mark before it, in its paragraph, opens one."""
    lower, starts, ends = tokens.lower, tokens.starts, tokens.ends
    sentence = tokens.sentence_at(index)
    while sentence > 0 and tokens.paragraphs[sentence - 1] == tokens.paragraphs[sentence]:
        sentence -= 1
    floor = max(tokens.sentences[sentence][0], index - _REACH)
    for i in range(index - 1, floor - 1, -1):
        if lower[i] in _QUOTES:
            after = i + 1 < len(starts) and starts[i + 1] == ends[i]
            before = i > 0 and ends[i - 1] == starts[i] and lower[i - 1] not in OPENING
            return after and not before
    return False
