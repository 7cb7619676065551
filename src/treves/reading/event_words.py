"""Words and frames of events of one language, read from ``events.toml`` of its pack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import attrs

from treves.model.events import EventKind
from treves.reading.clauses import ClauseWords
from treves.reading.pack_files import PackBroken, read_toml
from treves.reading.time_words import time_words

_PAUSES = frozenset({",", ";", ":", "(", ")", "–", "—"})
TALK = "talk"
"""The class of session nouns that stand for any talks."""
COUNCIL = "council"
"""The class of meetings of an elected body."""


@attrs.frozen(eq=False)
class Frame:
    """A wording that tells of an event: trigger words, what must and must not stand by them, what a time then gives.

    Attributes:
        rule: name of the rule, as events carry it.
        kind: what it tells of.
        role: what a time gives: "start", "end", "length", "at", or "who" for a frame that only adds participants.
        triggers: phrases of which one must stand.
        needed: of these words one must stand in the clause; empty if none is needed.
        unless: none of these may stand in the clause.
        label_needed: whether a session noun must stand in the sentence.
        noun: the label where no session noun stands by.
        time: "clock", "part", "range", "until", "left", "bound", "condition", "inverted" or "otherwise" where only such a
            time will do.
        label_class: class of the session where no session noun tells it.
        past_role: role of the session that a next step told as past is ("hervatten gisteren"); empty if none.
        wide: whether the needed words may stand anywhere in the sentence.
    """

    rule: str
    kind: EventKind
    role: str
    triggers: tuple[tuple[str, ...], ...]
    needed: frozenset[str]
    unless: frozenset[str]
    label_needed: bool
    noun: str
    time: str
    label_class: str
    past_role: str
    wide: bool


@attrs.frozen(eq=False)
class EventWords:
    """All that is known of events in one language; see ``events.toml`` for the meaning of each table."""

    language: str
    labels: Mapping[str, str]
    label_suffixes: Mapping[str, str]
    suffixes: tuple[str, ...]
    not_before: Mapping[str, frozenset[str]]
    frames: Mapping[str, tuple[tuple[tuple[str, ...], Frame], ...]]
    interesting: frozenset[str]
    timeless: frozenset[str]
    clauses: ClauseWords
    pauses: frozenset[str]
    words: Mapping[str, frozenset[str]]
    cancelled: re.Pattern[str]
    cancelled_with: Mapping[str, frozenset[str]]
    firm_with: Mapping[str, str]
    goal_suffixes: tuple[str, ...]
    place_suffixes: tuple[str, ...]
    reach: int
    longest: int
    _known: dict[str, str] = attrs.field(factory=dict)

    def called_off(self, clause: list[str]) -> bool:
        """Return whether the lower-case words of a clause say that something was called off."""
        if self.cancelled.search(" ".join(clause)):
            return True
        return any(word in clause and not others.isdisjoint(clause) for word, others in self.cancelled_with.items())

    def label_class(self, word: str) -> str | None:
        """Return the class of the session noun `word` (lower case); None if it is none."""
        found = self._known.get(word)
        if found is None:
            found = self.labels.get(word, "")
            if not found and word.endswith(self.suffixes):
                found = next(c for suffix, c in self.label_suffixes.items() if word.endswith(suffix))
            if len(self._known) > 5000:  # a bound, not a tuning
                self._known.clear()
            self._known[word] = found
        return found or None


def _frames(entries: Iterable[Mapping[str, Any]]) -> dict[str, tuple[tuple[tuple[str, ...], Frame], ...]]:
    """Frames by the last word of each of their triggers (the rarer one: "aan tafel"), longest trigger first."""
    found: dict[str, list[tuple[tuple[str, ...], Frame]]] = {}
    for entry in entries:
        frame = Frame(
            rule=entry["rule"],
            kind=EventKind(entry["kind"]),
            role=entry["role"],
            triggers=tuple(tuple(t.split()) for t in dict.fromkeys(entry["triggers"])),
            needed=frozenset(entry.get("with", ())),
            unless=frozenset(entry.get("unless", ())),
            label_needed=entry.get("label") == "needed",
            noun=entry.get("noun", ""),
            time=entry.get("time", ""),
            label_class=entry.get("class", TALK),
            past_role=entry.get("past", ""),
            wide=entry.get("reach") == "sentence",
        )
        for trigger in frame.triggers:
            found.setdefault(trigger[-1], []).append((trigger, frame))
    return {word: tuple(sorted(frames, key=lambda f: -len(f[0]))) for word, frames in found.items()}


def _tells_alone(frame: Frame) -> bool:
    """Whether a frame tells something in a sentence without any time."""
    return frame.role == "who" or (frame.kind is EventKind.ULTIMATUM and not frame.time)


@cache
def event_words(language: str) -> EventWords:
    """Return the event words of the ISO 639-1 `language`; read once and kept.

    Raises:
        PackBroken: the pack has no ``events.toml``, or a table is missing or wrong in it.
    """
    data = read_toml(language, "events.toml")
    try:
        labels = {word: name for name, spec in data["labels"].items() for word in spec["words"]}
        ends = {suffix: name for name, spec in data["labels"].items() for suffix in spec.get("suffixes", ())}
        ends = dict(sorted(ends.items(), key=lambda e: -len(e[0])))
        frames = _frames(data["frame"])
        context, deadlines, places, threats = (data[t] for t in ("context", "deadlines", "places", "threats"))
        words = {
            **{k: frozenset(v) for k, v in context.items() if isinstance(v, list)},
            **{k: frozenset(deadlines[k]) for k in ("must", "firm", "goals", "demands")},
            **{f"place_{k}": frozenset(places[k]) for k in ("prepositions", "articles", "of", "not")},
            **{f"threat_{k}": frozenset(threats[k]) for k in ("negation", "words", "denied", "phrases")},
        }
        clauses = time_words(language).clauses
        return EventWords(
            language=language,
            labels=labels,
            label_suffixes=ends,
            suffixes=tuple(ends),
            not_before={k: frozenset(v) for k, v in context["not_before"].items()},
            frames=frames,
            interesting=frozenset(labels) | frozenset(frames) | words["sequel"] | words["must"],
            clauses=clauses,
            pauses=_PAUSES | clauses.boundaries | words["and"],
            timeless=words["sequel"] | {w for w, found in frames.items() if any(_tells_alone(f) for _, f in found)},
            words=words,
            cancelled=re.compile("|".join(map(re.escape, context["cancelled"])) or "(?!)"),
            cancelled_with={k: frozenset(v) for k, v in context["cancelled_with"].items()},
            firm_with=deadlines["firm_with"],
            goal_suffixes=tuple(deadlines["goal_suffixes"]),
            place_suffixes=tuple(places["suffixes"]),
            reach=context["reach"],
            longest=context["longest"],
        )
    except (KeyError, ValueError, TypeError) as error:
        wrong = "events.toml of the language pack {code!r} is wrong: {error}."
        raise PackBroken(wrong, hint="Install Trêves again.", code=language, error=repr(error)) from error
