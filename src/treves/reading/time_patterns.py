"""Patterns of time as a tree, grown from a pack's data: from words to the parts of a time that they give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

import attrs

_APOSTROPHES = "'’‘`"
_HALF_DAY = 12
_FIVES = (5, 10, 20, 25)
_HM = re.compile(r"(\d{1,2})[.:](\d{2})")
_SUFFIXED = re.compile(r"(\d{1,2})-?(\D+)")
_DECIMAL = re.compile(r"\d{1,3},\d{1,2}")


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


def numeral_slots(word: str, ordinals: frozenset[str], clock_letters: frozenset[str]) -> Iterable[tuple[str, Parts]]:
    """Yield the sorts of time word that a word in digits may be: an hour, a day, a year, a clock time, a number."""
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


class PatternBuilder:
    """Collects vocabulary and patterns while a pack is read."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.vocabulary: dict[str, list[tuple[str, Parts]]] = {}
        self.root = Node()

    def add(self, words: Iterable[str], slot: str, parts: Parts) -> None:
        """Add `words` to the vocabulary of a slot."""
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
