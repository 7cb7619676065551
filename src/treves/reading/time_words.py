"""Words and patterns of time of one language, read from ``times.toml`` of its pack.

Patterns become a tree that is walked from the few words with which a time can begin, so that all other words cost one
look-up. The engine knows the names of kinds, slots and relations, but no word of any language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, TypedDict

import attrs

from treves.reading.clauses import ClauseWords, clause_words
from treves.reading.pack import PackBroken, read_toml

_APOSTROPHES = "'’‘`"
_HALF_DAY = 12
_FIVES = (5, 10, 20, 25)


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


class Parts(TypedDict, total=False):
    """What the words of one time give, before it is resolved; absent what they do not give."""

    weekday: int  # 0 is Monday
    monthday: int
    month: int
    year: int
    offset: int  # days from the publication
    focus: int  # days from the day that the report speaks of
    mod: str  # this, last, past, next, coming
    period: str  # week, weekend, month, year
    third: str  # begin, middle, end
    part: str  # morning, afternoon, evening, night
    apart: bool  # the part of the day is worded apart from its day ("woensdag om twee uur 's nachts")
    edge: str  # early, late
    before: int  # 1: the night before the day that is named
    minutes: int  # clock time, minutes from midnight
    exact: bool  # the clock time is written in 24 hours
    digits: bool  # the hour is written in digits
    past: int  # minutes to add or take away
    add: int
    sign: int
    amount: float
    unit: str
    extra: int  # minutes on top of the amount
    vague: bool
    way: str  # later, earlier, ago, past, within
    anchor: bool
    holiday: str


@attrs.frozen(eq=False)
class Goal:
    """The end of a pattern: what it makes."""

    rank: int
    kind: str
    fixed: Parts
    needs_prefix: bool


class Node:
    """One step in the tree of patterns."""

    __slots__ = ("goal", "hidden", "slots", "words")

    def __init__(self) -> None:
        self.words: dict[str, Node] = {}
        self.slots: dict[str, Node] = {}
        self.hidden: dict[str, Node] = {}
        self.goal: Goal | None = None


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


Slots = tuple[tuple[str, Parts], ...]


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
                found = self._numerals[word] = tuple(_numeral(word, self.ordinals, self.clock_letters))
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


_HM = re.compile(r"(\d{1,2})[.:](\d{2})")
_SUFFIXED = re.compile(r"(\d{1,2})-?(\D+)")
_DECIMAL = re.compile(r"\d{1,3},\d{1,2}")


def _numeral(word: str, ordinals: frozenset[str], clock_letters: frozenset[str]) -> Iterable[tuple[str, Parts]]:
    if word.isdecimal():
        yield from _number_slots(int(word), digits=True) if len(word) <= 4 else ()
    elif clock := _HM.fullmatch(word):
        hour, minute = int(clock[1]), int(clock[2])
        if hour <= 24 and minute < 60 and hour * 60 + minute <= 1440:
            yield "hm", {"minutes": hour * 60 + minute, "exact": True}
    elif _DECIMAL.fullmatch(word):
        yield "number", {"amount": float(word.replace(",", "."))}
    elif suffixed := _SUFFIXED.fullmatch(word):
        number, suffix = int(suffixed[1]), suffixed[2]
        if suffix in ordinals and 1 <= number <= 31:
            yield "monthday", {"monthday": number}
        elif suffix in clock_letters and number <= 24:
            yield "hu", {"minutes": number * 60, "exact": True}


def _number_slots(number: int, *, digits: bool) -> Iterable[tuple[str, Parts]]:
    yield "number", {"amount": float(number)}
    if 1 <= number <= 12:
        yield "monthnumber", {"month": number}
    if 0 <= number <= 24:
        exact = number == 0 or number > _HALF_DAY
        yield "hour", {"minutes": number * 60, "exact": exact, "digits": digits, "amount": float(number)}
    if 1 <= number <= 31:
        yield "monthday", {"monthday": number}
    if 0 <= number <= 59:
        yield "past", {"past": number}
        yield "extra", {"extra": number}
    if number in _FIVES:
        yield "fives", {"past": number}
    if digits and 1900 <= number <= 2100:
        yield "year", {"year": number}


def _spellings(word: str) -> list[str]:
    """All spellings of a word that begins with an apostrophe; otherwise the word itself."""
    return [mark + word[1:] for mark in _APOSTROPHES] if word[0] == "'" else [word]


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)


class _Builder:
    """Collects vocabulary and patterns while a pack is read."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.vocabulary: dict[str, list[tuple[str, Parts]]] = {}
        self.root = Node()

    def add(self, words: Iterable[str], slot: str, parts: Parts) -> None:
        for word in words:
            self.vocabulary.setdefault(word, []).append((slot, parts))

    def words(self) -> None:
        """Fill the vocabulary from the tables of words."""
        self._days()
        for slot, table in (
            ("mod", "mods"),
            ("period", "periods"),
            ("third", "thirds"),
            ("edge", "edges"),
            ("unit", "units"),
        ):
            for value, words in self.data[table].items():
                self.add(words, slot, {slot: value})  # type: ignore[misc]
        self.add((w for w in self.data["anchors"]["words"] if " " not in w), "anchor", {"anchor": True})
        for name in self.data["holidays"]:
            if " " not in name:
                self.add([name], "holiday", {"holiday": name})
        self._numbers(self.data["numbers"])

    def _days(self) -> None:
        data, parts = self.data, self.data["dayparts"]
        for number, names in enumerate(data["weekdays"]["names"]):
            self.add(names, "weekday", {"weekday": number})
            for part, spec in parts.items() if data["weekdays"]["compound"] else ():
                self.add((n + j for n in names for j in spec["joined"]), "weekday", {"weekday": number, "part": part})
        for number, (names, short) in enumerate(zip(data["months"]["names"], data["months"]["short"], strict=True), 1):
            self.add([*names, *short], "month", {"month": number})
            self.add(names, "monthname", {"month": number})
        for part, spec in parts.items():
            self.add(spec["words"], "part", {"part": part})
        for word, (offset, *part) in data["days"].items():
            self.add([word], "dayword", {"offset": offset, "part": part[0]} if part else {"offset": offset})

    def _numbers(self, numbers: Mapping[str, Any]) -> None:
        units, tens = numbers["units"], numbers["tens"]
        known: dict[str, float] = {w: n for n, w in enumerate(units, 1)} | {w: 10 * n for n, w in enumerate(tens, 2)}
        joiner = numbers["compound"]
        for number, unit in enumerate(units, 1):
            join = joiner["after_vowel"] if unit[-1] in "aeiou" else joiner["join"]
            known |= {unit + join + ten: 10 * n + number for n, ten in enumerate(tens, 2)}
        known |= numbers["words"]
        for word, value in known.items():
            for slot, parts in _number_slots(int(value), digits=False) if value == int(value) else ():
                self.add([word], slot, parts)
            if value != int(value):
                self.add([word], "number", {"amount": float(value)})
        for number, word in enumerate(numbers["plural"], 1):
            self.add([word], "plural", {"minutes": number * 60, "exact": False})

    def patterns(self) -> None:
        """Grow the tree of patterns."""
        for rank, pattern in enumerate(self.data["pattern"]):
            goal = Goal(rank, pattern["kind"], pattern.get("set", {}), pattern.get("needs") == "prefix")
            for line in pattern["match"]:
                self._grow(line.split(), goal)
        for slot, entries in (("anchor", self.data["anchors"]["words"]), ("holiday", self.data["holidays"])):
            for entry in entries:
                if " " in entry:
                    fixed: Parts = {"holiday": entry} if slot == "holiday" else {"anchor": True}
                    self._grow(entry.split(), Goal(0, "anchor", fixed, needs_prefix=True))

    def _grow(self, elements: list[str], goal: Goal) -> None:
        ends = [self.root]
        for element in elements:
            optional = element.endswith("?")
            name = element.rstrip("?")
            reached = list(ends) if optional else []
            if name[0] == "{":
                for node in ends:
                    table = node.hidden if name[1] == "_" else node.slots
                    reached.append(table.setdefault(name.strip("{_}"), Node()))
            else:
                for word in (s for w in name.split("|") for s in _spellings(w)):
                    reached += [node.words.setdefault(word, Node()) for node in ends]
            ends = reached
        for node in ends:
            if node.goal is None or goal.rank < node.goal.rank:
                node.goal = goal

    def starters(self, *, alone: bool = False) -> frozenset[str]:
        """Words with which a pattern can begin, or which with `alone` are one by themselves (digits apart)."""
        slots = {slot for slot, node in self.root.slots.items() if node.goal or not alone}
        words = {word for word, node in self.root.words.items() if node.goal or not alone}
        return frozenset(words | {w for w, found in self.vocabulary.items() if any(slot in slots for slot, _ in found)})

    def followers(self) -> frozenset[str]:
        """All words that can stand in a pattern after its first word (digits apart)."""
        found = set(self.vocabulary)
        nodes = [*self.root.words.values(), *self.root.slots.values()]
        while nodes:
            node = nodes.pop()
            found |= node.words.keys()
            nodes += [*node.words.values(), *node.slots.values(), *node.hidden.values()]
        return frozenset(found)


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
    builder = _Builder(data)
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
            length_before=frozenset(context["length_before"]),
            length_after=frozenset(context["length_after"]),
            daytime=(_minutes(daytime[0]), _minutes(daytime[1])),
            unsure=(_minutes(unsure[0]), _minutes(unsure[1])),
            clauses=clause_words(language, data["tense"]),
            ordinals=frozenset(data["numbers"]["ordinal"]),
            clock_letters=frozenset(data["numbers"]["clock"]),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise PackBroken(f"times.toml of the language pack {language!r} is wrong: {error!r}.") from error
