"""Rules for deadlines and ultimatums: times by which something must have happened, and who set them."""

from __future__ import annotations

from treves.model.events import EventKind
from treves.reading.clauses import Tense
from treves.reading.event_scenes import Hit, Partial, Scene
from treves.reading.time_words import Relation
from treves.reading.times import TimeMention
from treves.reading.tokens import OPENING

_BOUND = frozenset({Relation.BEFORE, Relation.BY, Relation.WITHIN})
_LIMIT = _BOUND | {Relation.AT, Relation.AROUND, Relation.UNTIL}
_PERIOD_DAYS = 40


def read_limits(scene: Scene) -> list[Partial]:
    """Return the deadlines and ultimatums that one sentence tells of; a time makes one of them at most."""
    found: list[Partial] = []
    for hit in scene.hits:
        if hit[0].kind is EventKind.ULTIMATUM:
            found += _ultimatum(scene, hit)
    found = _once(found)
    due = any(h[0].kind is EventKind.DEADLINE for h in scene.hits) or scene.has("must", scene.first, scene.last)
    if not due and not any(t.relation is Relation.BY for t in scene.times):
        return found
    taken = [p.when for p in found if p.when is not None]
    for mention in scene.times:
        if mention not in taken and (partial := _deadline(scene, mention)):
            found.append(partial)
    return found


def _once(found: list[Partial]) -> list[Partial]:
    """One ultimatum a time; one without a time gives way to one with."""
    kept: list[Partial] = []
    for partial in sorted(found, key=lambda p: p.when is None):
        same = next((k for k in kept if partial.when is None or k.when is partial.when), None)
        if same is None:
            kept.append(partial)
        elif not same.by:
            same.by = partial.by
    return kept


def _may_come(mention: TimeMention, scene: Scene) -> bool:
    """Whether a limit may lie at a time: a day or finer, or a short period, that was not over at the publication."""
    if mention.kind == "duration" or mention.relation not in _LIMIT:
        return False
    low, high = mention.reference.earliest, mention.reference.latest
    if mention.kind == "period" and low and high and (high - low).days > _PERIOD_DAYS:
        return False
    return high is None or scene.publication.start is None or high > scene.publication.start


def _ultimatum(scene: Scene, hit: Hit) -> list[Partial]:
    frame, first, last = hit
    usable = [t for t in scene.times if _may_come(t, scene)]
    if frame.time == "bound":
        usable = [t for t in usable if t.relation in _BOUND and t.first > first]
    elif frame.time in _CONDITIONS:
        usable = [t for t in usable if t.tense is not Tense.PAST and _CONDITIONS[frame.time](scene, t, hit)]
    elif _denied(scene, first):
        return []
    if not usable and frame.time:
        return []
    mention = min(usable, key=lambda t: (t.relation not in _BOUND, abs(t.first - first)), default=None)
    low = min(first, mention.first) if mention else first
    high = max(last, mention.last) if mention else last
    partial = scene.partial(EventKind.ULTIMATUM, frame.rule, low, high)
    partial.label = scene.word(first) if not frame.time else frame.noun
    partial.when = mention
    if mention is not None:
        partial.day_key, partial.anchor = mention.day_key, mention.when.anchor
    partial.tense = mention.tense if mention else partial.tense
    partial.by = _setters(scene, hit)
    partial.conditional = frame.time in _CONDITIONS
    return [partial]


def _denied(scene: Scene, index: int) -> bool:
    return scene.has("threat_denied", scene.first, index)


def _on_condition(scene: Scene, mention: TimeMention, hit: Hit) -> bool:
    """Whether `mention` stands in a condition ("als er vrijdag geen akkoord ligt") and what is threatened beside it."""
    _, first, last = hit
    high = scene.clause(first, last)[1]
    if not first <= mention.first < high or not scene.has("threat_negation", first, high):
        return False
    if (
        scene.tokens.lower[first] in scene.pack.words["threat_phrases"]
    ):  # "zonder akkoord voor vrijdag stapt de partij op"
        high = mention.last
    return scene.has("threat_words", scene.first, first) or scene.has("threat_words", high, scene.last)


def _inverted(scene: Scene, mention: TimeMention, hit: Hit) -> bool:
    """Whether `mention` stands in a condition that its verb opens ("ligt er vrijdag geen akkoord, dan stapt ... op")."""
    _, first, last = hit
    low, lower = scene.first + (scene.tokens.lower[scene.first] in OPENING), scene.tokens.lower
    if lower[first - 1] != "," or not low <= mention.first < first or lower[low] not in scene.pack.clauses.kinds:
        return False
    return scene.has("threat_negation", low, first) and scene.has("threat_words", last, scene.last)


def _or_else(scene: Scene, mention: TimeMention, hit: Hit) -> bool:
    """Whether something is demanded by `mention`, and "anders" tells what happens if it is not done."""
    _, first, last = hit
    demanded = mention.relation in _BOUND or scene.has("must", scene.first, first)
    return demanded and mention.first < first and scene.has("threat_words", last, scene.last)


_CONDITIONS = {"condition": _on_condition, "inverted": _inverted, "otherwise": _or_else}
"""When a time is one at which something is threatened, by the frame's `time`."""


def _setters(scene: Scene, hit: Hit) -> tuple[int, ...]:
    """Who set an ultimatum: whose it is ("het ultimatum van de fractie"), else who stands before it, else after it."""
    _, first, last = hit
    starts, ends = scene.tokens.starts, scene.tokens.ends
    after = [a for a in scene.actors if a[0].start >= ends[last - 1]]
    if after and last < scene.last and scene.tokens.lower[last] in scene.pack.words["place_of"]:
        near = after[0][0].start < ends[min(last + 4, scene.last - 1)]
        if near:
            return (after[0][1],)
    before = [a for a in scene.actors if a[0].end <= starts[first]]
    if before:
        return (before[-1][1],)
    return (after[0][1],) if after else ()


def _deadline(scene: Scene, mention: TimeMention) -> Partial | None:
    low, high = scene.clause(mention.first, mention.last)
    rule, noun, trigger = _deadline_rule(scene, mention, low, high)
    if not rule:
        return None
    first, last = (
        (min(mention.first, trigger[0]), max(mention.last, trigger[1])) if trigger else (mention.first, mention.last)
    )
    partial = scene.partial(EventKind.DEADLINE, rule, first, last)
    partial.when, partial.day_key, partial.anchor = mention, mention.day_key, mention.when.anchor
    partial.label = _goal(scene, low, high) or noun or _goal(scene, scene.first, scene.last)
    partial.tense = mention.tense or partial.tense
    partial.by = _demanded_by(scene)
    if mention.kind == "duration":
        partial.duration = mention.duration_minutes
    return partial


def _deadline_rule(scene: Scene, mention: TimeMention, low: int, high: int) -> tuple[str, str, tuple[int, int] | None]:
    """The rule by which a time is a deadline, the noun it gives and its trigger; empty when it is none."""
    hits = [h for h in scene.hits if h[0].kind is EventKind.DEADLINE]
    if mention.kind == "duration":
        left = scene.tokens.lower[mention.first] in scene.pack.words["left"]
        hit = next((h for h in hits if h[0].time == "left" and left and _needed(scene, h)), None)
        return (hit[0].rule, hit[0].noun, hit[1:]) if hit else ("", "", None)
    if not _may_come(mention, scene) and mention.tense is not Tense.PAST:
        return "", "", None
    for hit in hits:
        frame = hit[0]
        named = not frame.time and abs(mention.first - hit[1]) < 12 and mention.kind != "anchor"
        if (named and mention.relation in _LIMIT) or (frame.time == "until" and mention.relation is Relation.UNTIL):
            return frame.rule, scene.word(hit[1]) if named else frame.noun, hit[1:]
    if mention.relation is Relation.BY:
        return "at the latest", "", None
    if not scene.has("must", low, high):
        return "", "", None
    if mention.relation in (Relation.BEFORE, Relation.WITHIN):
        return "must before", "", None
    firm = scene.has("firm", low, high) or any(
        word in scene.tokens.lower[low:high] and by in scene.tokens.lower[low:high]
        for word, by in scene.pack.firm_with.items()
    )
    if mention.relation is Relation.AT and firm and mention.day is not None and mention.tense is not Tense.PAST:
        return "must at", "", None
    return "", "", None


def _needed(scene: Scene, hit: Hit) -> bool:
    return not hit[0].needed or not hit[0].needed.isdisjoint(scene.tokens.lower[hit[1] : scene.last])


def _goal(scene: Scene, low: int, high: int) -> str:
    """The noun for what is due, as printed; empty if none is known."""
    goals, suffixes = scene.pack.words["goals"], scene.pack.goal_suffixes
    for i in range(low, high):
        word = scene.tokens.lower[i]
        if word in goals or (len(word) > 5 and word.endswith(suffixes)):
            return scene.word(i)
    return ""


def _demanded_by(scene: Scene) -> tuple[int, ...]:
    """Whose demand a deadline is: the actor after "de eis van"."""
    lower = scene.tokens.lower
    for i in range(scene.first, scene.last - 1):
        if lower[i] in scene.pack.words["demands"] and lower[i + 1] in scene.pack.words["place_of"]:
            after = [key for span, key in scene.actors if scene.tokens.ends[i] < span.start]
            return (after[0],) if after else ()
    return ()
