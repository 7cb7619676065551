"""Rules for sessions and next steps: from the frames, session nouns and times of one sentence to partial events."""

from __future__ import annotations

from treves.model.events import EventKind
from treves.reading.clauses import Tense
from treves.reading.event_scenes import Hit, Partial, Scene
from treves.reading.event_words import TALK, Frame
from treves.reading.time_words import Relation
from treves.reading.times import TimeMention

_OF_SESSIONS = frozenset(
    {Relation.AT, Relation.AROUND, Relation.ABOUT, Relation.FROM, Relation.SINCE, Relation.UNTIL, Relation.AFTER}
)
_POINTS = frozenset({"date", "daypart", "clock"})
_FARTHEST = 80
_PAUSE = 6
_WEEKEND, _WEEK, _QUARTER = 3, 14, 100


def read_sessions(scene: Scene) -> list[Partial]:
    """Return the sessions and next steps that one sentence tells of."""
    hits = [h for h in scene.hits if h[0].kind in (EventKind.SESSION, EventKind.NEXT_STEP) and _applies(scene, h)]
    found = _lengths(scene, hits)
    steps = [p for h in hits if h[0].kind is EventKind.NEXT_STEP and (p := _step(scene, h))]
    found += steps
    sessions = [h for h in hits if h[0].kind is EventKind.SESSION]
    if steps:  # the words of a next step do not tell of a session as well
        sessions = [h for h in sessions if h[0].label_needed or h[0].role != "at"]
    found += _from_frames(scene, sessions)
    found += _labels_at_times(scene, found)
    found += _sequels(scene, found)
    for partial in found:
        partial.who = _participants(scene)
        partial.place = _place(scene, partial)
    return found + _anchored(scene)


def _applies(scene: Scene, hit: Hit) -> bool:
    """Whether the words that must, and must not, stand by a trigger do so."""
    frame, first, last = hit
    low, high = scene.clause(first, last)
    lower = scene.tokens.lower
    clause = lower[low:high]
    if not frame.unless.isdisjoint(clause) or scene.pack.called_off(clause):
        return False
    if frame.role == "at" and not scene.pack.words["negation"].isdisjoint(clause):
        return False
    return not frame.needed or not frame.needed.isdisjoint(lower[scene.first : scene.last] if frame.wide else clause)


def _for_sessions(mention: TimeMention, scene: Scene) -> bool:
    if mention.kind == "duration":
        return mention.duration_minutes is not None and mention.duration_minutes <= scene.pack.longest
    if mention.kind == "shift":
        return mention.day is not None and mention.relation is Relation.AT
    if mention.relation not in _OF_SESSIONS:
        return False
    return mention.kind in _POINTS or _short(mention, _WEEKEND if mention.tense is Tense.PAST else _WEEK)


def _short(mention: TimeMention, days: int) -> bool:
    """Whether a period is short enough for a day of it to be meant ("dit weekend", "volgende week")."""
    low, high = mention.reference.earliest, mention.reference.latest
    return low is not None and high is not None and (high - low).days <= days


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
        if t.kind in _POINTS and t.when.moment.earliest and t.tense in (Tense.PAST, None) and t is not length
    ]
    if points:
        return min(points, key=lambda t: abs(t.first - length.first))
    return scene.spoken


def _from_frames(scene: Scene, hits: list[Hit]) -> list[Partial]:
    """Sessions from frames: each time goes to the trigger nearest to it, clause ends counting for more than words."""
    usable = [t for t in scene.times if _for_sessions(t, scene)]
    owned: dict[int, list[TimeMention]] = {}
    timed = [n for n, h in enumerate(hits) if h[0].role != "who"]
    for mention in usable:
        costs = [(_cost(scene, mention, hits[n]), n) for n in timed if _suits(scene, hits[n], mention, usable)]
        if costs and min(costs)[0] < _FARTHEST:
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
        and not _for_sessions(t, scene)
        and t.relation is not Relation.AFTER
        and t.long
        for t in scene.times
    )


def _suits(scene: Scene, hit: Hit, mention: TimeMention, usable: list[TimeMention]) -> bool:
    """Whether a time may be one of a trigger: of its kind, and for verbs of meeting in the same clause."""
    frame, first, last = hit
    if frame.time == "clock":
        return mention.kind == "clock" or mention.kind in ("date", "daypart")
    if frame.time == "range":
        relations = {t.relation for t in usable if t.kind == "clock"}
        return Relation.UNTIL in relations or Relation.FROM in relations
    if frame.role == "at":
        low, high = scene.clause(first, last)
        return low <= mention.first < high
    return True


def _cost(scene: Scene, mention: TimeMention, hit: Hit) -> int:
    _, first, last = hit
    if mention.last <= first:
        return first - mention.last + _PAUSE * scene.pauses(mention.last, first)
    return mention.first - last + _PAUSE * scene.pauses(last, mention.first)


def _session(scene: Scene, frame: Frame, at: tuple[int, int], times: list[TimeMention]) -> Partial | None:
    label = _label(scene, at[0], at[1])
    if frame.label_needed and label is None:
        return None
    first = min([at[0], *(t.first for t in times)])
    last = max([at[1], *(t.last for t in times)])
    partial = scene.partial(EventKind.SESSION, frame.rule, first, last)
    _name(scene, partial, label, frame)
    for mention in times:
        _assign(partial, mention, frame.role)
    if frame.time == "clock" and partial.end is None:
        return None
    if partial.tense is None and times:
        partial.tense = times[0].tense
    return partial


def _name(scene: Scene, partial: Partial, label: tuple[int, str] | None, frame: Frame) -> None:
    if label is not None and (frame.label_class == TALK or frame.label_class == label[1]):
        partial.label, partial.label_class, partial.named = scene.word(label[0]), label[1], True
    else:
        partial.label, partial.label_class = frame.noun, frame.label_class


def _label(scene: Scene, first: int, last: int) -> tuple[int, str] | None:
    """The session noun of a trigger's clause; else the nearest before it in the sentence, else the first after it."""
    if not scene.labels:
        return None
    low, high = scene.clause(first, last)
    inside = [entry for entry in scene.labels if low <= entry[0] < high]
    if inside:
        return min(inside, key=lambda e: abs(e[0] - first))
    before = [entry for entry in scene.labels if entry[0] < first]
    return before[-1] if before else scene.labels[0]


def _assign(partial: Partial, mention: TimeMention, role: str) -> None:
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
        _assign(partial, mention, "at")
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
        if not _for_sessions(mention, scene):
            continue
        if label_class != TALK and mention.kind in _POINTS and low <= mention.first and mention.last <= high:
            return mention
        first, last = (index + 1, mention.first) if mention.first > index else (mention.last, index)
        between = range(first, last)
        if len(between) > scene.pack.reach:
            continue
        loose = sum(lower[i] not in connectors and not scene.word(i)[0].isupper() for i in between)
        if loose <= (mention.last <= index) and not any(lower[i] in (",", ".", ";") for i in between):
            return mention
    return None


def _anchored(scene: Scene) -> list[Partial]:
    """Meetings that a dated time hangs on: "vrijdag na de ministerraad" tells that there is one on that Friday."""
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


def _sequels(scene: Scene, found: list[Partial]) -> list[Partial]:
    """What follows on something dated on the same day: "..., waarna hij een persconferentie geeft"."""
    added: list[Partial] = []
    for index in scene.sequel:
        low, high = scene.clause(index, index + 1)
        earlier = [p for p in found if p.day_key and p.first < index] or ([scene.before] if scene.before else [])
        labels = [entry for entry in scene.labels if low <= entry[0] < high]
        timed = any(low <= t.first < high for t in scene.times if t.kind in _POINTS)
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


def _step(scene: Scene, hit: Hit) -> Partial | None:
    """An announced next step, or the session that it was when it is told as past."""
    frame, first, last = hit
    usable = [t for t in scene.times if _ahead(t, scene)]
    costs = sorted((_cost(scene, t, hit), n) for n, t in enumerate(usable))
    chosen = usable[costs[0][1]] if costs and costs[0][0] < _FARTHEST else None
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
    _name(scene, partial, inside[0] if inside else None, frame)
    return partial


def _past_step(scene: Scene, hit: Hit) -> Partial | None:
    frame, first, last = hit
    if not frame.past_role:
        return None
    times = [
        t for t in scene.times if _for_sessions(t, scene) and t.tense is Tense.PAST and _cost(scene, t, hit) < _FARTHEST
    ]
    if not times:
        return None
    partial = scene.partial(EventKind.SESSION, frame.rule, min(first, times[0].first), max(last, times[0].last))
    _name(scene, partial, _label(scene, first, last), frame)
    for mention in times:
        _assign(partial, mention, frame.past_role)
    return partial


def _ahead(mention: TimeMention, scene: Scene) -> bool:
    """Whether an announced step may lie at a time: not before the publication, nor told as past."""
    if mention.kind == "duration" or mention.relation in (Relation.UNTIL, Relation.SINCE, Relation.BEFORE, Relation.BY):
        return False
    if mention.kind == "period" and mention.reference.earliest and not _short(mention, _QUARTER):
        return False
    over = mention.when.moment.latest
    if over is not None and scene.publication.start is not None:
        return over > scene.publication.start and (mention.tense is not Tense.PAST or _later_day(mention, scene))
    return mention.tense is not Tense.PAST


def _later_day(mention: TimeMention, scene: Scene) -> bool:
    return mention.day is not None and scene.publication.day is not None and mention.day > scene.publication.day


def _participants(scene: Scene) -> tuple[int, ...]:
    """Actors of the sentence, those left out whose saying is reported ("volgens de minister")."""
    tokens, without = scene.tokens, scene.pack.words["without"]
    found: list[int] = []
    for span, key in scene.actors:
        first = next((i for i in range(scene.first, scene.last) if tokens.ends[i] > span.start), scene.first)
        after = next((i for i in range(first, scene.last) if tokens.starts[i] >= span.end), scene.last)
        beside = tokens.lower[max(scene.first, first - 1) : first] + tokens.lower[after : min(after + 1, scene.last)]
        if without.isdisjoint(beside) and key not in found:
            found.append(key)
    return tuple(found)


def _place(scene: Scene, partial: Partial) -> str | None:
    """Where a session is: a noun for a building or room after a preposition, else a name after one in its clause."""
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
    tokens = scene.tokens
    last = at + 1
    if (
        last + 1 < scene.last
        and tokens.lower[last] in scene.pack.words["place_of"]
        and tokens.words[last + 1][0].isupper()
    ):
        last += 2
    while last < scene.last and tokens.words[last][0].isupper() and tokens.words[at][0].isupper():
        last += 1
    while last < scene.last and last > at + 1 and tokens.words[last][0].isupper():
        last += 1
    return tokens.text[tokens.starts[at] : tokens.ends[last - 1]]
