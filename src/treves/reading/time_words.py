"""Words and patterns of time of one language, read from ``times.toml`` of its pack.

Patterns become a tree that is walked from the few words with which a time can begin, so that all other words cost one
look-up. The engine knows the names of kinds, slots and relations, but no word of any language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any

import attrs

from treves.reading.clauses import ClauseWords, clause_words
from treves.reading.pack_files import PackBroken, read_toml
from treves.reading.time_patterns import Goal, Node, Parts, PatternBuilder, numeral_slots

Slots = tuple[tuple[str, Parts], ...]


class Relation(StrEnum):
    """How an event lies to the time that is named."""

    AT = "at"
    AROUND = "around"
    ABOUT = "about"
    BEFORE = "before"
    BY = "by"
    AFTER = "after"
    SINCE = "since"
    FROM = "from"
    UNTIL = "until"
    WITHIN = "within"
    AHEAD = "ahead"
    EVERY = "every"


@attrs.frozen(eq=False)
class Prefix:
    """Words before a time that tell how the event lies to it."""

    words: tuple[str, ...]
    relation: Relation
    window: tuple[int, int] | None
    clock: bool
    shown: bool
    kinds: frozenset[str]
    edge: str | None
    unless: frozenset[str]


@attrs.frozen(eq=False)
class Daypart:
    """A part of the day, in minutes from the midnight at which its day begins."""

    start: int
    end: int
    clock: tuple[int, int]
    early: int
    late: int


@attrs.frozen(eq=False)
class TimeWords:
    """All that is known of times in one language; see ``times.toml`` for the meaning of each table."""

    language: str
    root: Node
    vocabulary: Mapping[str, Slots]
    starters: frozenset[str]
    singles: frozenset[str]
    followers: frozenset[str]
    prefixes: Mapping[str, tuple[Prefix, ...]]
    dayparts: Mapping[str, Daypart]
    hints: Mapping[str, str]
    holidays: Mapping[str, Mapping[str, Any]]
    articles: frozenset[str]
    adjectives: frozenset[str]
    glue: frozenset[str]
    appointed: frozenset[str]
    extended: frozenset[str]
    length_before: frozenset[str]
    length_after: frozenset[str]
    daytime: tuple[int, int]
    unsure: tuple[int, int]
    clauses: ClauseWords
    ordinals: frozenset[str]
    clock_letters: frozenset[str]
    _numerals: dict[str, Slots] = attrs.field(factory=dict)

    def may_begin(self, word: str, following: str) -> bool:
        """Return whether a pattern may begin with `word` before `following`: a quick test that spares most walks."""
        if word in self.singles or following in self.followers or following[:1].isdigit():
            return True
        return len(word) > 3 and word[0].isdigit()  # a year or a clock time

    def slots_of(self, word: str) -> Slots:
        """Return the sorts of time word that the lower-case `word` may be, with their values."""
        if word[0].isdigit():
            found = self._numerals.get(word)
            if found is None:
                if len(self._numerals) > 5000:  # a bound, not a tuning: archives hold endless numbers
                    self._numerals.clear()
                found = self._numerals[word] = tuple(numeral_slots(word, self.ordinals, self.clock_letters))
            return found
        return self.vocabulary.get(word, ())

    def match(self, lower: list[str], first: int, end: int) -> tuple[int, Goal, Parts] | None:
        """Return the longest pattern at token `first`: the token after it, its goal and its values; None if none."""
        best: tuple[int, Goal, tuple[Parts, ...]] | None = None
        stack: list[tuple[Node, int, tuple[Parts, ...]]] = [(self.root, first, ())]
        while stack:
            node, at, got = stack.pop()
            goal = node.goal
            if goal is not None and (best is None or (at, -goal.rank) > (best[0], -best[1].rank)):
                best = at, goal, got
            if at == end:
                continue
            word = lower[at]
            step = node.words.get(word)
            if step is not None:
                stack.append((step, at + 1, got))
            if node.slots or node.hidden:
                for slot, value in self.slots_of(word):
                    if (step := node.slots.get(slot)) is not None:
                        stack.append((step, at + 1, (*got, value)))
                    if (step := node.hidden.get(slot)) is not None:
                        stack.append((step, at + 1, got))
        if best is None:
            return None
        parts: Parts = {}
        for value in best[2]:
            parts.update(value)
        parts.update(best[1].fixed)
        return best[0], best[1], parts


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)


def _prefixes(entries: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Prefix, ...]]:
    found: dict[str, list[Prefix]] = {}
    for entry in entries:
        window = entry.get("window")
        for phrase in entry["words"]:
            words = tuple(phrase.split())
            prefix = Prefix(
                words=words,
                relation=Relation(entry["relation"]),
                window=(window[0], window[1]) if window else None,
                clock=entry.get("clock", False),
                shown=entry.get("shown", True),
                kinds=frozenset(entry.get("kinds", ())),
                edge=entry.get("edge"),
                unless=frozenset(entry.get("unless", ())),
            )
            found.setdefault(words[-1], []).append(prefix)
    return {last: tuple(sorted(entries, key=lambda p: -len(p.words))) for last, entries in found.items()}


def _dayparts(table: Mapping[str, Any]) -> dict[str, Daypart]:
    return {
        name: Daypart(
            start=_minutes(spec["from"]),
            end=_minutes(spec["to"]),
            clock=(_minutes(spec["clock"][0]), _minutes(spec["clock"][1])),
            early=_minutes(spec["early"]),
            late=_minutes(spec["late"]),
        )
        for name, spec in table.items()
    }


@cache
def time_words(language: str) -> TimeWords:
    """Return the time words of the ISO 639-1 `language`; read once and kept.

    Raises:
        PackBroken: the pack has no ``times.toml``, or a table is missing or wrong in it.
    """
    data = read_toml(language, "times.toml")
    builder = PatternBuilder(data)
    try:
        builder.words()
        builder.patterns()
        context = data["context"]
        daytime, unsure = context["daytime"], context["unsure"]
        return TimeWords(
            language=language,
            root=builder.root,
            vocabulary={w: tuple(found) for w, found in builder.vocabulary.items()},
            starters=builder.starters(),
            singles=builder.starters(alone=True),
            followers=builder.followers(),
            prefixes=_prefixes(data["prefix"]),
            dayparts=_dayparts(data["dayparts"]),
            hints={w: part for part, spec in data["dayparts"].items() for w in spec.get("hints", ())},
            holidays=data["holidays"],
            articles=frozenset(context["articles"]),
            adjectives=frozenset(context["adjectives"]),
            glue=frozenset(context["glue"]),
            appointed=frozenset(context["appointed"]),
            extended=frozenset(context["extended"]),
            length_before=frozenset(context["length_before"]),
            length_after=frozenset(context["length_after"]),
            daytime=(_minutes(daytime[0]), _minutes(daytime[1])),
            unsure=(_minutes(unsure[0]), _minutes(unsure[1])),
            clauses=clause_words(language, data["tense"]),
            ordinals=frozenset(data["numbers"]["ordinal"]),
            clock_letters=frozenset(data["numbers"]["clock"]),
        )
    except (KeyError, ValueError, TypeError) as error:
        wrong = "times.toml of the language pack {code!r} is wrong: {error}."
        raise PackBroken(wrong, hint="Install Trêves again.", code=language, error=repr(error)) from error
