"""Rules for next steps, and for meetings that are told by what comes before or after them."""

from __future__ import annotations

from treves.model.events import EventKind
from treves.reading.clauses import Tense
from treves.reading.event_parts import FARTHEST, POINTS, assign, cost, for_sessions, label_of, name_event, short
from treves.reading.event_scenes import Hit, Partial, Scene
from treves.reading.event_words import TALK
from treves.reading.time_words import Relation
from treves.reading.times import TimeMention

_QUARTER = 100
"""Days beyond which a period is too long for a step in it to be an appointment."""


def read_step(scene: Scene, hit: Hit) -> Partial | None:
    """Return an announced next step, or the session that it was when it is told as past."""
    frame, first, last = hit
    usable = [t for t in scene.times if _ahead(t, scene, until=frame.time == "until")]
    costs = sorted((cost(scene, t, hit), n) for n, t in enumerate(usable))
    chosen = usable[costs[0][1]] if costs and costs[0][0] < FARTHEST else None
    low, high = scene.clause(first, last)
    if chosen is None:
        if not any(low <= i < high for i in scene.sequel) or scene.before is None:
            return _past_step(scene, hit)
        partial = scene.partial(EventKind.NEXT_STEP, frame.rule, first, last)
        if partial.tense is Tense.PAST:
            return None
        _follow(partial, scene.before)
    else:
        partial = scene.partial(EventKind.NEXT_STEP, frame.rule, min(first, chosen.first), max(last, chosen.last))
        partial.when, partial.day_key, partial.anchor = chosen, chosen.day_key, chosen.when.anchor
        if chosen.kind == "clock":
            partial.start = chosen
        partial.tense = partial.tense or chosen.tense
    inside = [entry for entry in scene.labels if low <= entry[0] < high] if frame.past_role else []
    name_event(scene, partial, inside[0] if inside else None, frame)
    return partial


def _past_step(scene: Scene, hit: Hit) -> Partial | None:
    frame, first, last = hit
    if not frame.past_role:
        return None
    times = [
        t for t in scene.times if for_sessions(t, scene) and t.tense is Tense.PAST and cost(scene, t, hit) < FARTHEST
    ]
    if not times:
        return None
    partial = scene.partial(EventKind.SESSION, frame.rule, min(first, times[0].first), max(last, times[0].last))
    name_event(scene, partial, label_of(scene, first, last), frame)
    for mention in times:
        assign(partial, mention, frame.past_role)
    return partial


def _ahead(mention: TimeMention, scene: Scene, *, until: bool) -> bool:
    """Whether an announced step may lie at a time: not before the publication, nor told as past."""
    if mention.kind == "duration" or mention.relation in (Relation.SINCE, Relation.BEFORE, Relation.BY):
        return False
    if (mention.relation is Relation.UNTIL) is not until:
        return False
    if not (mention.when.moment.earliest or mention.day_key or mention.when.anchor or scene.publication.start is None):
        return False
    if mention.kind == "period" and mention.reference.earliest and not short(mention, _QUARTER):
        return False
    over = mention.when.moment.latest
    if over is not None and scene.publication.start is not None:
        return over > scene.publication.start and (mention.tense is not Tense.PAST or _later_day(mention, scene))
    return mention.tense is not Tense.PAST


def _later_day(mention: TimeMention, scene: Scene) -> bool:
    return mention.day is not None and scene.publication.day is not None and mention.day > scene.publication.day


def read_anchored(scene: Scene) -> list[Partial]:
    """Return meetings that a dated time hangs on: "vrijdag na de ministerraad" tells of one on that Friday."""
    found: list[Partial] = []
    for mention in scene.times:
        if mention.day is None or not mention.when.anchor:
            continue
        anchor = mention.when.anchor.lower()
        label_class = scene.pack.label_class(anchor)
        index = next((i for i in range(mention.first, mention.last) if scene.tokens.lower[i] == anchor), None)
        if label_class in (None, TALK) or index is None:
            continue
        partial = scene.partial(EventKind.SESSION, "hangs on it", mention.first, mention.last)
        partial.label, partial.label_class, partial.named = mention.when.anchor, label_class or TALK, True
        partial.day_key, partial.tense, partial.when = mention.day_key, mention.tense, mention
        if mention.kind == "clock" and index < mention.last - 1:
            partial.start = mention
        found.append(partial)
    return found


def read_sequels(scene: Scene, found: list[Partial]) -> list[Partial]:
    """Return what follows on something dated on the same day: "..., waarna hij een persconferentie geeft"."""
    added: list[Partial] = []
    for index in scene.sequel:
        low, high = scene.clause(index, index + 1)
        earlier = [p for p in found if p.day_key and p.first < index] or ([scene.before] if scene.before else [])
        labels = [entry for entry in scene.labels if low <= entry[0] < high]
        timed = any(low <= t.first < high for t in scene.times if t.kind in POINTS)
        if not earlier or not labels or timed or any(p.first <= labels[0][0] < p.last for p in found):
            continue
        partial = scene.partial(EventKind.SESSION, "follows on", index, labels[0][0] + 1)
        partial.label, partial.label_class, partial.named = scene.word(labels[0][0]), labels[0][1], True
        _follow(partial, earlier[-1])
        added.append(partial)
    return added


def _follow(partial: Partial, earlier: Partial) -> None:
    partial.day_key, partial.anchor = earlier.day_key, earlier.label or None
    partial.when = next(iter(earlier.times), None)
