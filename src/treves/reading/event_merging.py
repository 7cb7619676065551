"""Merging: what several clauses of one report tell of the same event becomes one event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice

import attrs

from treves.dates import Moment, Precision
from treves.model.events import Certainty, EventKind, When
from treves.reading.clauses import Tense
from treves.reading.event_scenes import Partial
from treves.reading.time_publication import later
from treves.reading.time_words import Relation
from treves.reading.times import TimeMention
from treves.reading.tokens import Tokens

_FINENESS = {precision: rank for rank, precision in enumerate(Precision)}
_LIMITS = (EventKind.DEADLINE, EventKind.ULTIMATUM)
_NEAR_SENTENCES = 3
_HALF_DAY = 720
_REACH_GROUPS = 200
"""How many events back the same one may have been told; keeps very long documents fast."""
_SAME_START = 90
"""Minutes by which two starts may differ and still be those of one session."""


class Group:
    """The partials of one event, the first told first."""

    __slots__ = ("certainty", "partials")

    def __init__(self, partial: Partial, certainty: Certainty) -> None:
        self.partials = [partial]
        self.certainty = certainty

    @property
    def first(self) -> Partial:
        """The partial that was told first."""
        return self.partials[0]

    @property
    def day_key(self) -> str | None:
        """The day of the event, as far as any of its partials tells it."""
        return next((p.day_key for p in self.partials if p.day_key), None)

    def mention(self, slot: str) -> TimeMention | None:
        """The time in `slot` ("when", "start" or "end"): the first resolved, of clock times and limits the finest."""
        told: list[TimeMention] = [t for p in self.partials if (t := getattr(p, slot)) is not None]
        resolved = [t for t in told if t.reference.earliest or t.when.moment.earliest]
        if not resolved:
            return told[0] if told else None
        if slot == "when" and self.first.kind in (EventKind.SESSION, EventKind.NEXT_STEP):
            return resolved[0]
        return min(resolved, key=lambda t: _FINENESS[t.reference.precision])


def merge(tokens: Tokens, partials: Iterable[tuple[Partial, Certainty]]) -> list[Group]:
    """Return the partials of a report in groups of one event each; those that tell too little are left out."""
    groups: list[Group] = []
    waiting: list[Partial] = []
    for partial, certainty in partials:
        group = _group_of(tokens, partial, certainty, groups)
        if group is None and partial.kind is EventKind.SESSION and not _stands_alone(partial):
            waiting.append(partial)
        elif group is None:
            groups.append(Group(partial, certainty))
        else:
            untimed = group.mention("when") is None
            group.partials.append(partial)
            told = untimed and partial.when and not partial.conditional
            if untimed and partial.when and certainty is Certainty.CONDITIONAL and group.first.kind in _LIMITS:
                group.certainty = Certainty.PLANNED  # the time that a threat names lies ahead
            else:
                group.certainty = certainty if told else _joint(group.certainty, certainty, group)
    for partial in waiting:  # what was told before the session itself: "na een gesprek van drie uur"
        near = [g for g in groups if _may_complete(tokens, partial, g)]
        if near:
            near[0].partials.append(partial)
        elif partial.near is not None and partial.duration:
            partial.when = _before(partial.near, partial.duration)
            groups.append(Group(partial, Certainty.PAST))
    return groups


def _before(mention: TimeMention, minutes: int) -> TimeMention:
    """The stretch in which talks of some length lie that were over at the time of `mention`."""
    moment, length = mention.when.moment, timedelta(minutes=minutes)
    if moment.precision is Precision.DAYS and minutes <= _HALF_DAY:
        return mention
    earliest = later(moment.earliest, -length) if moment.earliest else None
    coarser = moment.precision if moment.precision in (Precision.DAYS, Precision.DAYPART) else Precision.DAYPART
    when = When(Moment(earliest, moment.latest, coarser), mention.span)
    return attrs.evolve(mention, kind="daypart", when=when, reference=when.moment)


def _stands_alone(partial: Partial) -> bool:
    """Whether a session has a time of its own; a length alone does not make one."""
    return bool(partial.when or partial.start or partial.end)


def _joint(left: Certainty, right: Certainty, group: Group) -> Certainty:
    if Certainty.ONGOING in (left, right) and group.mention("end") is None:
        return Certainty.ONGOING
    return left if left is not Certainty.CONDITIONAL else right


def _group_of(tokens: Tokens, partial: Partial, certainty: Certainty, groups: list[Group]) -> Group | None:
    for group in islice(reversed(groups), _REACH_GROUPS):
        if group.first.kind is not partial.kind:
            continue
        if partial.kind is EventKind.SESSION:
            same = _same_session(tokens, partial, certainty, group)
        elif partial.kind is EventKind.NEXT_STEP:
            same = group.first.rule == partial.rule and _same_time(partial, group)
        else:
            same = _same_limit(partial, group)
        if same:
            return group
    return None


def _over(certainty: Certainty) -> bool:
    return certainty in (Certainty.PAST, Certainty.ONGOING)


def _same_session(tokens: Tokens, partial: Partial, certainty: Certainty, group: Group) -> bool:
    if partial.label_class != group.first.label_class:
        return False
    if not _stands_alone(partial):
        return _may_complete(tokens, partial, group)
    if _over(certainty) != _over(group.certainty):
        return False
    if partial.day_key and group.day_key:
        return partial.day_key == group.day_key and not _apart(partial, group)
    return _near(tokens, partial, group) and not _apart(partial, group)


def _near(tokens: Tokens, partial: Partial, group: Group) -> bool:
    last = group.partials[-1].sentence
    distance = abs(partial.sentence - last)
    return distance <= _NEAR_SENTENCES or tokens.paragraphs[partial.sentence] == tokens.paragraphs[last]


def _may_complete(tokens: Tokens, partial: Partial, group: Group) -> bool:
    """Whether a partial without any time may add to a session that was told near it."""
    if group.first.kind is not EventKind.SESSION or group.first.label_class != partial.label_class:
        return False
    if partial.duration and not _over(group.certainty):  # a length is told of talks that took place
        return False
    if partial.duration and any(p.duration and p.duration != partial.duration for p in group.partials):
        return False
    return _near(tokens, partial, group) and (not partial.day_key or partial.day_key == group.day_key)


def _apart(partial: Partial, group: Group) -> bool:
    """Whether the clock times show two sessions on one day."""
    start, end = _clock(partial.start), _clock(partial.end)
    other_start, other_end = _clock(group.mention("start")), _clock(group.mention("end"))
    if start is not None and other_start is not None and abs(start - other_start) > _SAME_START:
        return True
    if start is not None and other_end is not None and start >= other_end:
        return True
    return end is not None and other_start is not None and end <= other_start


def _clock(mention: TimeMention | None) -> int | None:
    return mention.clock if mention is not None else None


def _same_time(partial: Partial, group: Group) -> bool:
    """Whether two next steps or limits may lie at the same time."""
    if partial.day_key and group.day_key:
        return partial.day_key == group.day_key
    mine, other = partial.when, group.mention("when")
    if mine is None or other is None:
        return partial.anchor == group.first.anchor
    if not mine.when.moment.earliest or not other.when.moment.earliest:
        anchors = {p.anchor for p in (partial, *group.partials) if p.anchor}
        return len(anchors) == 1  # "na de raad verder" and "morgen verder" are one step
    return mine.when.moment.overlaps(other.when.moment)


def _same_limit(partial: Partial, group: Group) -> bool:
    if partial.when is None or group.mention("when") is None:
        return (
            partial.kind is EventKind.ULTIMATUM
            and abs(partial.sentence - group.partials[-1].sentence) <= _NEAR_SENTENCES
        )
    if partial.day_key or group.day_key:
        return partial.day_key == group.day_key
    return partial.anchor is not None and partial.anchor == group.first.anchor


def certainty_of(partial: Partial, *, over: bool | None, conditional: bool, under_way: bool) -> Certainty:
    """Return how certain a partial is.

    Args:
        partial: the partial.
        over: whether its time lay before the publication; None when that is not known.
        conditional: whether its clause carries a condition.
        under_way: whether its clause says that it is still going on.
    """
    limit = partial.kind in (EventKind.DEADLINE, EventKind.ULTIMATUM)
    since = any(t.relation is Relation.SINCE for t in partial.times)
    if (
        not limit
        and (since or under_way)
        and over is not False
        and partial.end is None
        and partial.tense is not Tense.PAST
    ):
        return Certainty.ONGOING
    if over is True:
        return Certainty.PAST
    ahead = over is False or partial.tense in (Tense.AHEAD, Tense.NOW, Tense.WOULD)
    if not ahead and partial.tense is Tense.PAST:
        return Certainty.PAST
    if partial.conditional or (not limit and (conditional or partial.tense is Tense.WOULD)):
        return Certainty.CONDITIONAL
    if over is None and not ahead:
        return Certainty.PAST
    return Certainty.PLANNED
