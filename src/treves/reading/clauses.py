"""Clauses, their tense, and whether words stand in a quotation: small tests that are made only around a hit."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

import attrs

from treves.reading.pack_files import read_rows
from treves.reading.tokens import CLOSING, OPENING, TERMINAL, Tokens

_MARKS = frozenset({",", ";", ":", "(", ")", "–", "—", "-", "?", "!"})
_LONGEST_PARTICLE = 8
_ENDS = TERMINAL | CLOSING
_QUOTES = (OPENING | CLOSING) - {"(", ")", "[", "]"}
_REMEMBERED = 1 << 14
"""Words whose form is kept: enough for the running vocabulary of an archive, about a megabyte."""
_REACH = 100
"""How many tokens away from a hit a clause end or an opened quotation is looked for."""


class Tense(StrEnum):
    """Which way a clause looks from the publication; NOW is a bare "is" or "has", which may look either way."""

    PAST = "past"
    NOW = "now"
    AHEAD = "ahead"
    WOULD = "would"


@attrs.frozen(eq=False)
class ClauseWords:
    """Words of one language that bound clauses and tell their tense; see ``[tense]`` of ``times.toml``.

    Attributes:
        boundaries: conjunctions and relatives, which open a clause.
        stops: what ends one: boundaries and marks.
        kinds: what a word tells of the tense: "past", "would", "have", "be", "planned", "double" or "present".
    """

    boundaries: frozenset[str]
    stops: frozenset[str]
    kinds: Mapping[str, str]
    infinitives: frozenset[str]
    particles: frozenset[str]
    bare_ending: str
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

    def kind_of_compound(self, word: str) -> str | None:
        """Return the kind of the verb form that follows a particle at the start of `word` ("bijeenkomt"), if any."""
        for n in range(2, min(len(word) - 1, _LONGEST_PARTICLE + 1)):
            if word[:n] in self.particles and (kind := self.kinds.get(word[n:])):
                return kind
        return None

    def tense_of_compounds(self, clause: list[str]) -> Tense | None:
        """Return the tense of a clause with no known verb but one that begins with a particle ("bijeenkomt")."""
        kinds = {self.kind_of_compound(word) for word in clause if len(word) > 4}
        if "past" in kinds:
            return Tense.PAST
        return Tense.AHEAD if "present" in kinds else None

    def tense_of_form(self, word: str) -> Tense | None:
        """Return the tense that the lower-case `word`, which stands where a finite verb stands, seems to have."""
        if self.weak_past.fullmatch(word) is not None:
            return None if word in self.not_weak_past else Tense.PAST
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
    kinds = dict.fromkeys(present | infinitives, "present")
    kinds |= dict.fromkeys(past, "past")
    for kind in ("double", "planned", "be", "have", "would"):
        kinds |= dict.fromkeys(table[kind], kind)
    kinds.pop("", None)
    return ClauseWords(
        boundaries=frozenset(table["boundaries"]),
        stops=_MARKS.union(table["boundaries"]),
        kinds=kinds,
        infinitives=frozenset(table["infinitives"]),
        particles=frozenset(table["particles"]),
        bare_ending=table["bare_ending"],
        participle=re.compile(table["participle"], re.VERBOSE),
        participles=frozenset(participles) - {""},
        not_participles=frozenset(table["not_participles"]),
        present_form=re.compile(table["present_form"]),
        weak_past=re.compile(table["weak_past"]),
        not_weak_past=frozenset(table["not_weak_past"]),
    )


def _within(tokens: Tokens, first: int, last: int, sentence: int) -> tuple[int, int]:
    """The sentence, cut where it is far longer than any clause, so that lists and tables stay cheap."""
    begin, end = tokens.sentences[sentence]
    return max(begin, first - _REACH), min(end, last + _REACH)


def clause_bounds(tokens: Tokens, first: int, last: int, *, sentence: int, words: ClauseWords) -> tuple[int, int]:
    """Return the token range ``[low, high)`` of the clause that holds ``[first, last)``."""
    begin, end = _within(tokens, first, last, sentence)
    lower, stops = tokens.lower, words.stops
    low, high = first, last
    while low > begin and lower[low - 1] not in stops:
        low -= 1
    if low > begin and lower[low - 1] in words.boundaries:
        low -= 1
    while high < end and lower[high] not in stops:
        high += 1
    while high > last and lower[high - 1] in _ENDS:
        high -= 1
    return low, high


def tense_of(
    lower: list[str], low: int, high: int, words: ClauseWords, *, skip: Collection[int] = (), finite: bool = False
) -> Tense | None:
    """Return the tense of the words ``[low, high)``; None when no verb of it is known.

    Args:
        lower: lower-case tokens.
        low: first token.
        high: token after the last.
        words: the language's words.
        skip: token indices that are no verbs (the wording of the time itself).
        finite: whether forms that may be infinitives ("na zes uur praten") are left out.
    """
    seen: set[str] = set()
    kinds, infinitives = words.kinds, words.infinitives
    for i in range(low, high):
        if i in skip:
            continue
        word = lower[i]
        kind = kinds.get(word)
        if kind is None:
            if len(word) > 4 and "participle" not in seen and (form := _unlisted_form(words, word)):
                seen.add(form)
        elif kind != "present" or not (finite and word.endswith(words.bare_ending)):
            seen.add(kind)
        if word in infinitives:
            seen.add("infinitive")
    return _judge(seen) if seen else None


@lru_cache(maxsize=_REMEMBERED)
def _unlisted_form(words: ClauseWords, word: str) -> str:
    """What a word that is not listed tells by its spelling: "participle", or the kind of a compound; empty if nothing."""
    return words.kind_of_compound(word) or "participle" if words.is_participle(word) else ""


def _judge(seen: set[str]) -> Tense | None:
    """The tense that the kinds of verb forms of a clause make together."""
    participle = "participle" in seen
    if "would" in seen:
        return Tense.PAST if participle and "infinitive" in seen else Tense.WOULD
    auxiliary = "have" in seen or "be" in seen
    perfect = participle and auxiliary and "planned" not in seen
    if "past" in seen or perfect or ("have" in seen and "double" in seen):
        return Tense.PAST
    if not seen.isdisjoint(("present", "planned", "double")):
        return Tense.AHEAD
    if auxiliary:
        return Tense.NOW
    return Tense.PAST if participle else None


def tense_around(tokens: Tokens, first: int, last: int, *, sentence: int, words: ClauseWords) -> Tense | None:
    """Return the tense of the clause that holds the time at ``[first, last)``, or else of its neighbours.

    A verb that is not known is still told by its place and ending: right after a time that begins a main clause, or at
    the end of a subordinate clause (so in Dutch and German).
    """
    lower = tokens.lower
    begin, end = _within(tokens, first, last, sentence)
    low, high = clause_bounds(tokens, first, last, sentence=sentence, words=words)
    found = tense_of(lower, low, high, words, skip=range(first, last))
    found = found or words.tense_of_compounds(lower[low:first] + lower[last:high])
    if found is None and first - low <= 1 and last < high:
        found = words.tense_of_form(lower[last])
    if found is None and high > last and lower[low] in words.boundaries:
        found = words.tense_of_form(lower[high - 1])
    if found is not None:
        return found
    after = min(high + 1, end)
    following = clause_bounds(tokens, after, after, sentence=sentence, words=words)[1]
    neighbours = ((high, following), (begin, low), (following, end))
    for finite in (True, False):
        for first_word, last_word in neighbours:
            found = tense_of(lower, first_word, last_word, words, finite=finite)
            if found is not None:
                return found
    return None


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
