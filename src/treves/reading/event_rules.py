"""Rules for sessions: from the frames, session nouns and times of one sentence to partial events."""

from __future__ import annotations

from treves.model.events import EventKind
from treves.reading.clauses import Tense
from treves.reading.event_parts import (
    FARTHEST,
    POINTS,
    assign,
    cost,
    for_sessions,
    label_of,
    name_event,
    participants,
    place_of,
)
from treves.reading.event_scenes import Hit, Partial, Scene
from treves.reading.event_steps import read_anchored, read_sequels, read_step
from treves.reading.event_words import TALK, Frame
from treves.reading.time_words import Relation
from treves.reading.times import TimeMention


def read_sessions(scene: Scene) -> list[Partial]:
    """Return the sessions and next steps that one sentence tells of."""
    hits = [h for h in scene.hits if h[0].kind in (EventKind.SESSION, EventKind.NEXT_STEP) and _applies(scene, h)]
    found = _lengths(scene, hits)
    steps = [p for h in hits if h[0].kind is EventKind.NEXT_STEP and (p := read_step(scene, h))]
    found += steps
    sessions = [h for h in hits if h[0].kind is EventKind.SESSION]
    if steps:  # the words of a next step do not tell of a session as well
        sessions = [h for h in sessions if h[0].label_needed or h[0].role != "at"]
    found += _from_frames(scene, sessions)
    found += _labels_at_times(scene, found)
    found += read_sequels(scene, found)
    who = participants(scene) if found else ()
    for partial in found:
        partial.who = who
        partial.place = place_of(scene, partial)
    return found + read_anchored(scene)


def _applies(scene: Scene, hit: Hit) -> bool:
    """Whether the words that must, and must not, stand by a trigger do so."""
    frame, first, last = hit
    low, high = scene.clause(first, last)
    lower = scene.tokens.lower
    clause = lower[low:high]
    if not frame.unless.isdisjoint(clause) or (frame.time != "until" and scene.pack.called_off(clause)):
        return False
    if frame.role == "at" and not scene.pack.words["negation"].isdisjoint(clause):
        return False
    return not frame.needed or not frame.needed.isdisjoint(lower[scene.first : scene.last] if frame.wide else clause)


def _lengths(scene: Scene, hits: list[Hit]) -> list[Partial]:
    """Lengths right before a verb of talking ("na zeven uur praten"); such verbs tell no more, and leave `hits`."""
    found: list[Partial] = []
    for hit in list(hits):
        frame, first, last = hit
        mention = next((t for t in scene.times if t.last == first and t.kind == "duration"), None)
        if (
            frame.rule == "talked"
            and mention is not None
            and mention.relation is Relation.AFTER
            and mention.duration_minutes
        ):
            hits.remove(hit)
            partial = scene.partial(EventKind.SESSION, frame.rule, mention.first, last)
            partial.duration = mention.duration_minutes
            partial.label = frame.noun
            partial.tense = None
            partial.near = _told_at(scene, mention)
            found.append(partial)
    return found


def _told_at(scene: Scene, length: TimeMention) -> TimeMention | None:
    """The time at which something was said or done after talks of some length: in the sentence, else before it."""
    points = [
        t
        for t in scene.times
        if t.kind in POINTS and t.when.moment.earliest and t.tense in (Tense.PAST, None) and t is not length
    ]
    if points:
        return min(points, key=lambda t: abs(t.first - length.first))
    return scene.spoken


def _from_frames(scene: Scene, hits: list[Hit]) -> list[Partial]:
    """Sessions from frames: each time goes to the trigger nearest to it, clause ends counting for more than words."""
    usable = [t for t in scene.times if for_sessions(t, scene)]
    owned: dict[int, list[TimeMention]] = {}
    timed = [n for n, h in enumerate(hits) if h[0].role != "who"]
    for mention in usable:
        costs = [(cost(scene, mention, hits[n]), n) for n in timed if _suits(scene, hits[n], mention, usable)]
        if costs and min(costs)[0] < FARTHEST:
            owned.setdefault(min(costs)[1], []).append(mention)
    found: list[Partial] = []
    for number, hit in enumerate(hits):
        frame, first, last = hit
        if not owned.get(number) and not (frame.role == "who" and not usable) and frame.rule != "under way":
            continue
        if frame.role == "at" and _for_months(scene, first, last):
            continue
        partial = _session(scene, frame, (first, last), owned.get(number, []))
        if partial is not None:
            found.append(partial)
    return found


def _for_months(scene: Scene, first: int, last: int) -> bool:
    """Whether the clause speaks of talks in general: "praat al maanden over migratie"."""
    low, high = scene.clause(first, last)
    return any(
        t.kind == "duration"
        and low <= t.first < high
        and not for_sessions(t, scene)
        and t.relation is not Relation.AFTER
        and t.long
        for t in scene.times
    )


def _suits(scene: Scene, hit: Hit, mention: TimeMention, usable: list[TimeMention]) -> bool:
    """Whether a time may be one of a trigger: of its kind, and for verbs of meeting in the same clause."""
    frame, first, last = hit
    if frame.time in ("clock", "part"):
        return mention.kind in POINTS
    if frame.role == "end" and mention.relation is Relation.UNTIL and mention.kind != "clock":
        return False  # "geschorst tot vrijdag" tells of the next round
    if frame.time == "range":
        relations = {t.relation for t in usable if t.kind == "clock"}
        return Relation.UNTIL in relations or Relation.FROM in relations
    if frame.role == "at":
        low, high = scene.clause(first, last)
        return low <= mention.first < high
    return True


def _session(scene: Scene, frame: Frame, at: tuple[int, int], times: list[TimeMention]) -> Partial | None:
    label = label_of(scene, at[0], at[1])
    if frame.label_needed and label is None and not _carried(scene, at):
        return None
    first = min([at[0], *(t.first for t in times)])
    last = max([at[1], *(t.last for t in times)])
    partial = scene.partial(EventKind.SESSION, frame.rule, first, last)
    name_event(scene, partial, label, frame)
    for mention in times:
        assign(partial, mention, frame.role)
    if frame.label_needed and label is None and scene.before is not None:
        partial.label, partial.label_class = scene.before.label, scene.before.label_class
    if frame.time == "part" and partial.end is None and partial.when and partial.when.kind == "daypart":
        partial.end = partial.when  # "gingen woensdagavond laat uiteen"
    if frame.time in ("clock", "part") and partial.end is None:
        return None
    if partial.tense is None and times:
        partial.tense = times[0].tense
    return partial


def _carried(scene: Scene, at: tuple[int, int]) -> bool:
    """Whether the clause speaks of the session of the sentence right before it: "Ze waren om drie uur begonnen"."""
    before = scene.before
    if before is None or before.kind is not EventKind.SESSION or scene.labels:
        return False
    low, high = scene.clause(*at)
    return scene.has("carried", low, high)


def _labels_at_times(scene: Scene, found: list[Partial]) -> list[Partial]:
    """Session nouns with a time of their own: "de gesprekken woensdagavond", "geeft donderdag een persconferentie"."""
    used = {p.label for p in found if p.named}
    added: list[Partial] = []
    for index, label_class in scene.labels:
        low, high = scene.clause(index, index + 1)
        if scene.word(index) in used or scene.pack.called_off(scene.tokens.lower[low:high]):
            continue
        mention = _time_of_label(scene, index, label_class)
        if mention is None:
            continue
        first, last = min(index, mention.first), max(index + 1, mention.last)
        partial = scene.partial(EventKind.SESSION, "noun with time", first, last)
        partial.label, partial.label_class, partial.named = scene.word(index), label_class, True
        assign(partial, mention, "at")
        if mention.kind == "duration":
            partial.near = _told_at(scene, mention)
        if partial.tense is None:
            partial.tense = mention.tense
        used.add(partial.label)
        added.append(partial)
    return added


def _time_of_label(scene: Scene, index: int, label_class: str) -> TimeMention | None:
    """The time that belongs to a session noun: for talks next to it, for institutional meetings in its clause."""
    low, high = scene.clause(index, index + 1)
    lower, connectors = scene.tokens.lower, scene.pack.words["connectors"]
    for mention in scene.times:
        if not for_sessions(mention, scene):
            continue
        if label_class != TALK and mention.kind in POINTS and low <= mention.first and mention.last <= high:
            return mention
        first, last = (index + 1, mention.first) if mention.first > index else (mention.last, index)
        between = range(first, last)
        if len(between) > scene.pack.reach:
            continue
        loose = sum(lower[i] not in connectors and not scene.word(i)[0].isupper() for i in between)
        if loose <= (mention.last <= index) and not any(lower[i] in (",", ".", ";") for i in between):
            return mention
    return None
