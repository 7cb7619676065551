"""Clock times: on which side of noon and on which day they lie, by the words and the times around them."""

from __future__ import annotations

from treves.dates import Moment, Precision
from treves.reading.clauses import Tense
from treves.reading.time_drafts import Draft
from treves.reading.time_patterns import Parts
from treves.reading.time_publication import Days, Publication, instant, interval
from treves.reading.time_words import Relation, TimeWords

_DAY = 1440
_HALF = 720
_SMALL_HOURS = 360
_LATE = 1080


def bounded(draft: Draft, publication: Publication) -> Moment:
    """Return the interval in which an event lies that is told with the draft's relation to its reference."""
    reference, relation = draft.reference, draft.relation
    if draft.anchor and "holiday" not in draft.parts:
        return reference  # "vrijdag na de ministerraad": the Friday; what comes before it is the anchor
    if relation is Relation.AFTER:
        return Moment(reference.latest, None, reference.precision)
    if relation is Relation.BEFORE and reference.earliest:
        known = publication.start is not None and publication.start < reference.earliest
        limit = reference.latest if draft.parts.get("third") == "end" else reference.earliest
        return Moment(publication.start if known else None, limit, reference.precision)
    return reference


def place_clock(draft: Draft, days: Days, publication: Publication, pack: TimeWords, *, focus: Draft | None) -> None:
    """Fill in reference and moment of a clock time whose day is known; `focus` is the time that gave it the day."""
    where, day = publication.zone, days.first
    minutes, sure = _clock(draft, days, publication, pack, focus=focus)
    draft.clock = minutes if sure else None
    length = (days.after - days.first).days
    if not sure:
        draft.reference = draft.moment = interval(day, minutes, minutes + _HALF + 1, where, Precision.DAYPART)
        return
    draft.reference = interval(
        day, minutes, minutes + 1 + _DAY * (length - 1), where, Precision.MINUTES if length == 1 else Precision.DAYS
    )
    draft.moment = draft.reference
    if draft.window:
        low, high = draft.window
        span = interval(day, minutes + low, minutes + max(high, low + 1), where, Precision.HOURS)
        if draft.relation is Relation.BEFORE and focus is None:
            draft.moment = bounded(draft, publication)
        else:
            draft.moment = span
            if draft.relation not in (Relation.BEFORE, Relation.AFTER):
                draft.reference = span


def _clock(
    draft: Draft, days: Days, publication: Publication, pack: TimeWords, *, focus: Draft | None
) -> tuple[int, bool]:
    """Minutes from the midnight of the day, and whether the half of the day is sure."""
    parts = draft.parts
    minutes = parts["minutes"] + parts.get("add", 0) + parts.get("sign", 1) * parts.get("past", 0)
    exact = parts.get("exact", False)
    options = [minutes, minutes + _DAY] if exact else [minutes % _HALF + _HALF * n for n in range(4)]
    part = parts.get("part")
    if part:
        return _clock_in_part(parts, part, minutes, options, pack), True
    if focus is not None:
        found = _clock_from_focus(draft, focus, options, pack, exact=exact)
        if found is not None:
            return found, True
    if exact:
        return minutes, True
    return _bare_clock(draft, days, options, publication, pack)


def _clock_in_part(parts: Parts, part: str, minutes: int, options: list[int], pack: TimeWords) -> int:
    low, high = pack.dayparts[part].clock
    if parts.get("apart") or "monthday" in parts:  # "zondag om twee uur 's nachts" is early on that Sunday
        night_here = (
            [o for o in options if o < _DAY and (o < low - _HALF or o >= low)] if high > _DAY + _SMALL_HOURS else []
        )
        if night_here:
            return night_here[0]
    inside = [o for o in [*options, minutes + _HALF] if low <= o <= high]
    return inside[0] if inside else minutes


def _clock_from_focus(draft: Draft, focus: Draft, options: list[int], pack: TimeWords, *, exact: bool) -> int | None:
    """The clock time that follows on the time which the report spoke of before; None when that does not settle it."""
    part = focus.parts.get("part")
    if (
        focus.clock is not None
        and focus.sentence == draft.sentence
        and draft.relation is Relation.UNTIL
        and focus.first < draft.first
    ):
        later = [o for o in options if o > focus.clock]
        return later[0] if later else None
    start = pack.dayparts[part].start if part else focus.clock
    if start is None:
        return None
    if exact:
        late = start >= _LATE or (focus.clock or 0) >= _LATE
        return options[1] if late and options[0] < _SMALL_HOURS else options[0]
    later = [o for o in options if o >= start - 60]
    return later[0] if later else None


def _bare_clock(
    draft: Draft, days: Days, options: list[int], publication: Publication, pack: TimeWords
) -> tuple[int, bool]:
    """A clock time of twelve hours with nothing by it that tells the half of the day."""
    low, high = pack.daytime
    first = next((o for o in options if low <= o < high), options[0])
    if not pack.unsure[0] <= first < pack.unsure[1] or draft.parts.get("digits"):
        return first, True
    if publication.sharp and publication.start and publication.end and days.first == publication.day:
        over = [instant(days.first, o, publication.zone) <= publication.end for o in (first, first + _HALF)]
        if draft.tense is Tense.PAST and over == [True, False]:
            return first, True
        if draft.tense is Tense.AHEAD and over == [True, False]:
            return first + _HALF, True
    return first, False
