"""What the rules for sessions and next steps share: which time belongs to a trigger, labels, participants, places."""

from __future__ import annotations

from treves.reading.clauses import Tense
from treves.reading.event_scenes import Hit, Partial, Scene
from treves.reading.event_words import TALK, Frame
from treves.reading.time_words import Relation
from treves.reading.times import TimeMention

_OF_SESSIONS = frozenset(
    {Relation.AT, Relation.AROUND, Relation.ABOUT, Relation.FROM, Relation.SINCE, Relation.UNTIL, Relation.AFTER}
)
POINTS = frozenset({"date", "daypart", "clock"})
"""Kinds of time that name a day or a part of it."""
FARTHEST = 80
"""Cost (see :func:`cost`) beyond which a time is not a trigger's."""
_PAUSE = 6
_WEEKEND, _WEEK = 3, 14


def for_sessions(mention: TimeMention, scene: Scene) -> bool:
    """Return whether a time may be one of a session: a day, a part of it, a clock time or a length in hours."""
    if mention.kind == "duration":
        return mention.duration_minutes is not None and mention.duration_minutes <= scene.pack.longest
    if mention.kind == "shift":
        return mention.day is not None and mention.relation is Relation.AT
    if mention.relation not in _OF_SESSIONS:
        return False
    return mention.kind in POINTS or short(mention, _WEEKEND if mention.tense is Tense.PAST else _WEEK)


def short(mention: TimeMention, days: int) -> bool:
    """Return whether a period is short enough for a day of it to be meant ("dit weekend", "volgende week")."""
    low, high = mention.reference.earliest, mention.reference.latest
    return low is not None and high is not None and (high - low).days <= days


def cost(scene: Scene, mention: TimeMention, hit: Hit) -> int:
    """Return how far a time stands from a trigger: words between them, a clause end counting for six."""
    _, first, last = hit
    if mention.last <= first:
        return first - mention.last + _PAUSE * scene.pauses(mention.last, first)
    return mention.first - last + _PAUSE * scene.pauses(last, mention.first)


def label_of(scene: Scene, first: int, last: int) -> tuple[int, str] | None:
    """Return the session noun of a trigger's clause; else the nearest before it in the sentence, else the first."""
    if not scene.labels:
        return None
    low, high = scene.clause(first, last)
    inside = [entry for entry in scene.labels if low <= entry[0] < high]
    if inside:
        return min(inside, key=lambda e: abs(e[0] - first))
    before = [entry for entry in scene.labels if entry[0] < first]
    return before[-1] if before else scene.labels[0]


def name_event(scene: Scene, partial: Partial, label: tuple[int, str] | None, frame: Frame) -> None:
    """Give a session the noun that the report has for it, or else that of the frame."""
    if label is not None and (frame.label_class == TALK or frame.label_class == label[1]):
        partial.label, partial.label_class, partial.named = scene.word(label[0]), label[1], True
    else:
        partial.label, partial.label_class = frame.noun, frame.label_class


def assign(partial: Partial, mention: TimeMention, role: str) -> None:
    """Give a time its place in a session, by the role of the frame and the words before the time."""
    partial.day_key = partial.day_key or mention.day_key
    if mention.when.anchor:
        partial.anchor = mention.when.anchor
    if mention.kind == "duration":
        partial.duration = partial.duration or mention.duration_minutes
        return
    relation = mention.relation
    if mention.kind == "clock":
        closes = relation is Relation.UNTIL or (
            role in ("end", "length") and relation not in (Relation.FROM, Relation.SINCE)
        )
        second = partial.start is not None and partial.start.relation is Relation.FROM
        if (closes or second) and partial.end is None:
            partial.end = mention
        elif partial.start is None:
            partial.start = mention
        return
    if relation is Relation.UNTIL and partial.end is None:
        partial.end = mention
    elif relation is Relation.SINCE and partial.start is None:
        partial.start = mention
    if partial.when is None:
        partial.when = mention


def participants(scene: Scene) -> tuple[int, ...]:
    """Return the actors of the sentence, those left out whose saying is reported ("volgens de minister")."""
    tokens, without = scene.tokens, scene.pack.words["without"]
    found: list[int] = []
    for span, key in scene.actors:
        first = next((i for i in range(scene.first, scene.last) if tokens.ends[i] > span.start), scene.first)
        after = next((i for i in range(first, scene.last) if tokens.starts[i] >= span.end), scene.last)
        beside = tokens.lower[max(scene.first, first - 1) : first] + tokens.lower[after : min(after + 1, scene.last)]
        if without.isdisjoint(beside) and key not in found:
            found.append(key)
    return tuple(found)


def place_of(scene: Scene, partial: Partial) -> str | None:
    """Return where a session is: a noun for a building or room after a preposition, else a name in its clause."""
    lower, words = scene.tokens.lower, scene.pack.words
    named: str | None = None
    for i in range(scene.first, scene.last - 1):
        if lower[i] not in words["place_prepositions"]:
            continue
        at = i + 1 + (lower[i + 1] in words["place_articles"])
        if at >= scene.last or lower[at] in words["place_not"]:
            continue
        if lower[at].endswith(scene.pack.place_suffixes):
            return _whole_place(scene, at)
        clear = named is None and at == i + 1 and i > scene.first and partial.first <= i < partial.last
        if clear and scene.word(at)[0].isupper() and not _is_actor(scene, at):
            named = _whole_place(scene, at)
    return named


def _is_actor(scene: Scene, index: int) -> bool:
    start = scene.tokens.starts[index]
    return any(span.start <= start < span.end for span, _ in scene.actors)


def _whole_place(scene: Scene, at: int) -> str:
    """The place that begins at a token: "Den Haag", "ministerie van Sociale Zaken", "Tolhuis"."""
    tokens, last = scene.tokens, at + 1
    named = tokens.words[at][0].isupper()
    if (
        last + 1 < scene.last
        and tokens.lower[last] in scene.pack.words["place_of"]
        and tokens.words[last + 1][0].isupper()
    ):
        last, named = last + 2, True
    while named and last < scene.last and tokens.words[last][0].isupper():
        last += 1
    return tokens.text[tokens.starts[at] : tokens.ends[last - 1]]
