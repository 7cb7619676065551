"""Times while they are read: single ones found by pattern, their prefixes taken in, and neighbours joined into one."""

from __future__ import annotations

from datetime import date

from treves.dates import UNKNOWN_MOMENT
from treves.reading.clauses import Tense
from treves.reading.time_patterns import Parts
from treves.reading.time_words import Prefix, Relation, TimeWords
from treves.reading.tokens import Tokens

STRONG = frozenset(Relation) - {Relation.AT, Relation.AROUND, Relation.ABOUT}
"""Relations that say on which side of the time the event lies."""
_NAMES = frozenset(
    {"weekday", "monthday", "month", "offset", "focus", "part", "minutes", "period", "way", "holiday", "anchor"}
)
DAY_NAMES = frozenset({"weekday", "monthday", "offset", "holiday"})
"""Parts that name a day by themselves."""
_MAX_PREFIXES = 3
_LOOSE = frozenset({Relation.AFTER, Relation.BEFORE, Relation.WITHIN, Relation.AHEAD})


class Draft:
    """A time while it is being read: its tokens, its parts and the words before it."""

    __slots__ = (
        *("first", "last", "shown", "outer", "sentence", "kind", "parts", "tense"),
        *("relation", "window", "strong_clock", "anchor"),
        *("day", "day_key", "clock", "moment", "reference"),
    )

    def __init__(self, first: int, last: int, *, sentence: int, kind: str, parts: Parts) -> None:
        self.first = self.shown = self.outer = first
        self.last = last
        self.sentence = sentence
        self.kind = kind
        self.parts = parts
        self.relation = Relation.AT
        self.window: tuple[int, int] | None = None
        self.strong_clock = False
        self.anchor: tuple[int, int] | None = None
        self.tense: Tense | None = None
        self.day: date | None = None
        self.day_key: str | None = None
        self.clock: int | None = None
        self.reference = UNKNOWN_MOMENT
        self.moment = UNKNOWN_MOMENT


def scan(tokens: Tokens, pack: TimeWords) -> list[Draft]:
    """Return all single times, with the prefixes of each."""
    lower, starters, sentences = tokens.lower, pack.starters, tokens.sentences
    drafts: list[Draft] = []
    free = sentence = 0
    total = len(lower)
    for i in [i for i, word in enumerate(lower) if word in starters or (word < ":" and word[0].isdigit())]:
        if i < free or not pack.may_begin(lower[i], lower[i + 1] if i + 1 < total else ""):
            continue
        while sentences[sentence][1] <= i:
            sentence += 1
        begin, end = sentences[sentence]
        found = pack.match(lower, i, end)
        if found is None:
            continue
        last, goal, parts = found
        kind = "daypart" if goal.kind == "date" and "part" in parts else goal.kind
        draft = Draft(i, last, sentence=sentence, kind=kind, parts=parts)
        _read_prefixes(draft, lower, max(begin, free), pack)
        if (goal.needs_prefix and draft.outer == draft.first) or not _fits(draft, lower, end, pack):
            continue
        if "anchor" in parts or "holiday" in parts:
            draft.anchor = (i, last)
        drafts.append(draft)
        free = last
    return drafts


def _read_prefixes(draft: Draft, lower: list[str], floor: int, pack: TimeWords) -> None:
    """Take the words before the time that tell how an event lies to it, from the inside out."""
    for _ in range(_MAX_PREFIXES):
        found = _prefix_at(draft, lower, floor, pack)
        if found is None:
            return
        prefix, start = found
        draft.outer = start
        if prefix.shown:
            draft.shown = start
        if draft.window is None:
            draft.window = prefix.window
        if draft.relation not in STRONG or prefix.relation in STRONG:
            draft.relation = prefix.relation
        draft.strong_clock = draft.strong_clock or prefix.clock
        if prefix.edge and "edge" not in draft.parts:
            draft.parts["edge"] = prefix.edge


def _prefix_at(draft: Draft, lower: list[str], floor: int, pack: TimeWords) -> tuple[Prefix, int] | None:
    """The prefix that ends right before the time; an article, and before an anchor adjectives, may stand between."""
    stop = draft.outer
    adjectives = 2 if draft.kind == "anchor" else 1
    while stop > floor:
        for prefix in pack.prefixes.get(lower[stop - 1], ()):
            start = stop - len(prefix.words)
            if start < floor or tuple(lower[start:stop]) != prefix.words:
                continue
            if prefix.kinds and draft.kind not in prefix.kinds:
                continue
            if prefix.unless and not prefix.unless.isdisjoint(lower[max(floor, start - 2) : start]):
                continue
            return prefix, start
        skipped = lower[stop - 1]
        if skipped in pack.articles and stop == draft.outer:
            stop -= 1
        elif adjectives and skipped in pack.adjectives and draft.kind in ("anchor", "daypart", "date"):
            adjectives -= 1
            stop -= 1
        elif skipped in pack.articles and stop == draft.outer - 1:
            stop -= 1
        else:
            return None
    return None


def _fits(draft: Draft, lower: list[str], end: int, pack: TimeWords) -> bool:
    """Tell clock times from lengths where the words by the time do, and drop what is no time after all."""
    if draft.kind == "hours":
        after = lower[draft.last] if draft.last < end else ""
        length = after in pack.length_after
        if draft.strong_clock and draft.relation is not Relation.AFTER and not (length and draft.relation in _LOOSE):
            draft.kind = "clock"
        elif length or draft.relation in (Relation.ABOUT, Relation.WITHIN, Relation.AHEAD):
            draft.kind = "duration"
            draft.parts["unit"] = "hour"
    if draft.kind == "duration" and draft.relation in (Relation.WITHIN, Relation.AHEAD):
        draft.kind = "shift"
        draft.parts["way"] = draft.relation.value
    # "in de ministerraad" says where, not when
    return draft.kind != "anchor" or "holiday" in draft.parts or draft.relation not in (Relation.EVERY, Relation.AT)


def join(tokens: Tokens, drafts: list[Draft], pack: TimeWords) -> list[Draft]:
    """Join neighbours that are one time: "dinsdagavond om 19.30 uur", "twee uur 's nachts", "woensdag, 6 mei"."""
    joined: list[Draft] = []
    for draft in drafts:
        if joined and joined[-1].sentence == draft.sentence and _joinable(tokens, joined[-1], draft, pack):
            _merge(joined[-1], draft)
        else:
            joined.append(draft)
    for draft in joined:
        if draft.kind == "hours":  # nothing by it says that it is a clock time
            draft.kind = "duration"
            draft.parts["unit"] = "hour"
    return joined


def _joinable(tokens: Tokens, left: Draft, right: Draft, pack: TimeWords) -> bool:
    kinds = {left.kind, right.kind}
    if "duration" in kinds or "shift" in kinds or not _NAMES.isdisjoint(left.parts.keys() & right.parts.keys()):
        return False
    gap = tokens.lower[left.last : right.outer]
    if "hours" in kinds:  # "vrijdag 12 uur", "twee uur 's nachts"
        other = left.kind if right.kind == "hours" else right.kind
        return not gap and (other == "daypart" or (other == "date" and right.parts.get("digits", False)))
    if (left.relation in STRONG and right.relation in STRONG) or right.relation is Relation.EVERY:
        return False
    if "year" in left.parts and "month" not in left.parts:
        return False
    if "," in gap:
        exact = "minutes" in right.parts or ("weekday" in left.parts and "monthday" in right.parts)
        return exact and len(gap) <= 2 and pack.glue.issuperset(gap)
    return len(gap) <= 2 and pack.glue.issuperset(gap)


def _merge(left: Draft, right: Draft) -> None:
    """Make `right` part of `left`."""
    if "part" in right.parts and "minutes" in left.parts and not DAY_NAMES.isdisjoint(left.parts):
        left.parts["apart"] = True
    left.parts.update(right.parts)
    left.last = right.last
    if right.anchor:
        left.anchor = right.anchor
    else:
        left.window = left.window or right.window
        if left.relation not in STRONG and right.relation not in (Relation.AT, Relation.ABOUT):
            left.relation = right.relation
    if "minutes" in left.parts:
        left.kind = "clock"
    elif "part" in left.parts:
        left.kind = "daypart"
    elif left.kind == "anchor":
        left.kind = right.kind
