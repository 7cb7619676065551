"""Settling drafts: first the times that name their own day, then those that take the day that the report speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from treves.dates import UNKNOWN_MOMENT, Moment, Precision
from treves.reading.clauses import Tense, quoted, tense_around
from treves.reading.time_clock import bounded, place_clock
from treves.reading.time_drafts import DAY_NAMES, Draft
from treves.reading.time_patterns import Parts
from treves.reading.time_publication import Days, Publication, days_moment, later
from treves.reading.time_resolving import part_moment, resolve_days, shift_moment
from treves.reading.time_words import Relation, TimeWords
from treves.reading.tokens import Tokens

_REACH_SENTENCES = 12
"""How many sentences back the day that a report speaks of may stand."""
_REACH_HINT = 60
"""How many tokens away a word such as "nachtsessie" may stand."""
_REACH_DAYS = 31
"""How far from the publication a day may lie to count as the day that later sentences speak of."""
_FORWARD = frozenset({Relation.BEFORE, Relation.BY, Relation.WITHIN, Relation.AHEAD})


def settle(tokens: Tokens, drafts: list[Draft], publication: Publication, pack: TimeWords) -> None:
    """Resolve all drafts in place."""
    waiting: list[int] = []
    for index, draft in enumerate(drafts):
        if draft.kind == "duration" or draft.relation is Relation.EVERY:
            continue
        draft.tense = tense_around(tokens, draft.outer, draft.last, sentence=draft.sentence, words=pack.clauses)
        _adjust_tense(tokens, draft, pack)
        if draft.relation is Relation.BEFORE and not pack.appointed.isdisjoint(_around(tokens, draft)):
            draft.relation = Relation.AT  # "staat voor vrijdag gepland" names no deadline
        if not _own(tokens, draft, publication, pack):
            waiting.append(index)
    for index in waiting:
        _borrow(tokens, drafts, index, publication, pack)


def _adjust_tense(tokens: Tokens, draft: Draft, pack: TimeWords) -> None:
    """Let the words before a time tell which way it lies where the verb leaves it open, or says otherwise."""
    put_off = draft.relation is Relation.UNTIL and not pack.extended.isdisjoint(_around(tokens, draft))
    if draft.relation is Relation.SINCE:
        draft.tense = Tense.PAST
    elif put_off or (draft.tense is None and draft.relation in _FORWARD):
        draft.tense = Tense.AHEAD
    elif draft.tense is Tense.NOW:
        draft.tense = None if draft.relation is Relation.UNTIL else Tense.AHEAD


def _around(tokens: Tokens, draft: Draft) -> list[str]:
    begin, end = tokens.sentences[draft.sentence]
    return tokens.lower[max(begin, draft.first - 6) : min(end, draft.last + 6)]


def _own(tokens: Tokens, draft: Draft, publication: Publication, pack: TimeWords) -> bool:
    """Resolve a time that names its own day or period; return whether it need not borrow one."""
    parts = draft.parts
    if draft.kind == "shift" and parts.get("way") in ("ago", "past", "within", "ahead"):
        draft.moment = draft.reference = shift_moment(parts, publication) or UNKNOWN_MOMENT
        return True
    names_day = not DAY_NAMES.isdisjoint(parts)
    if not names_day and (
        draft.kind in ("clock", "shift") or ("part" in parts and "mod" not in parts) or "focus" in parts
    ):
        return False
    days = resolve_days(parts, publication, draft.tense, pack)
    if days is None:
        draft.day_key = _unresolved_key(parts) if names_day else None
        return True
    deictic = "offset" in parts and not publication.later_in_day and quoted(tokens, draft.first)
    if (days.after - days.first).days == 1 or "offset" in parts:
        draft.day = None if deictic else days.first
        draft.day_key = None if deictic else days.first.isoformat()
    _place(draft, days, publication, pack, focus=None)
    if deictic and not publication.small_hours:  # in the small hours the days are wide already
        _widen(draft)
    return True


def _unresolved_key(parts: Parts) -> str:
    """A text that is the same for two mentions of the same unresolved day."""
    return "-".join(
        f"{name}{parts.get(name)}" for name in ("weekday", "month", "monthday", "offset", "holiday") if name in parts
    )


def _widen(draft: Draft) -> None:
    """Let a word such as "morgen" in a quotation count from the day of the publication or the day before it.

    A report of the morning quotes what was said the evening before; one of the afternoon quotes what was said that day.
    """
    day = timedelta(days=1)
    for name in ("moment", "reference"):
        moment: Moment = getattr(draft, name)
        if moment.earliest:
            precision = Precision.DAYS if moment.precision in (Precision.MINUTES, Precision.HOURS) else moment.precision
            setattr(draft, name, Moment(moment.earliest - day, moment.latest, precision))


def _place(draft: Draft, days: Days, publication: Publication, pack: TimeWords, *, focus: Draft | None) -> None:
    """Fill in reference and moment of a draft whose day is known."""
    parts, where = draft.parts, publication.zone
    if "minutes" in parts:
        place_clock(draft, days, publication, pack, focus=focus)
        return
    if "part" in parts:
        draft.reference = part_moment(parts, days.first, where, pack)
    else:
        draft.reference = days_moment(days, where)
    draft.moment = bounded(draft, publication)


def _borrow(tokens: Tokens, drafts: list[Draft], index: int, publication: Publication, pack: TimeWords) -> None:
    """Resolve a time without a day of its own by the day that the report speaks of."""
    draft = drafts[index]
    parts = draft.parts
    hint = parts.get("part") or _hint(tokens, draft, pack)
    focus = _focus(tokens, drafts, index, publication, hint)
    if focus is None:
        if draft.kind == "clock" and "focus" not in parts:
            _from_publication(draft, publication, pack)
        return
    draft.day_key = focus.day_key
    if focus.day is None:
        return
    if draft.kind == "shift":
        _shift_from(draft, focus, publication)
        return
    day = focus.day + timedelta(days=parts.get("focus", 0))
    if hint and "part" not in parts and focus.parts.get("part") != hint:
        draft.parts["part"] = hint  # "de nachtsessie, die rond twee uur eindigde"
    draft.day, draft.day_key = day, day.isoformat()
    _place(draft, Days.one(day), publication, pack, focus=focus)
    _step_back(draft, publication, pack, focus)
    if draft.tense is Tense.PAST and _after_publication(draft, publication):
        draft.day = draft.day_key = draft.clock = None  # told as past, so the day was not this one
        draft.moment = draft.reference = UNKNOWN_MOMENT


def _step_back(draft: Draft, publication: Publication, pack: TimeWords, focus: Draft) -> None:
    """Take the night before when the report tells as past what would else lie after its publication."""
    if draft.tense is not Tense.PAST or draft.day is None or draft.parts.get("part") != "night":
        return
    if _after_publication(draft, publication):
        draft.day -= timedelta(days=1)
        draft.day_key = draft.day.isoformat()
        _place(draft, Days.one(draft.day), publication, pack, focus=focus)


def _after_publication(draft: Draft, publication: Publication) -> bool:
    earliest = draft.reference.earliest
    return publication.end is not None and earliest is not None and earliest >= publication.end


def _hint(tokens: Tokens, draft: Draft, pack: TimeWords) -> str | None:
    """A part of the day that another word of the sentence tells ("nachtsessie"), for clock times of twelve hours."""
    if draft.kind != "clock" or draft.parts.get("exact"):
        return None
    begin, end = tokens.sentences[draft.sentence]
    begin, end = max(begin, draft.first - _REACH_HINT), min(end, draft.last + _REACH_HINT)
    return next((pack.hints[w] for w in tokens.lower[begin:end] if w in pack.hints), None)


def _focus(tokens: Tokens, drafts: list[Draft], index: int, publication: Publication, hint: str | None) -> Draft | None:
    """The time whose day the draft takes: in its sentence, else with its part of the day in the paragraph, else before.

    At the start of a report, where nothing stands before it, the next sentence may tell the day.
    """
    draft = drafts[index]
    usable = [d for d in _neighbours(drafts, index) if d.day_key is not None and _compatible(d, draft, publication)]
    here = [d for d in usable if d.sentence == draft.sentence]
    if here:
        return min(here, key=lambda d: (abs(d.first - draft.first), d.first > draft.first))
    if hint:
        paragraph = tokens.paragraphs[draft.sentence]
        same = [d for d in usable if tokens.paragraphs[d.sentence] == paragraph and d.parts.get("part") == hint]
        if same:
            return min(same, key=lambda d: (abs(d.first - draft.first), d.first > draft.first))
    before = [d for d in usable if d.first < draft.first]
    if before:
        return before[-1]
    return next((d for d in usable if d.sentence == draft.sentence + 1 and d.first > draft.first), None)


def _neighbours(drafts: list[Draft], index: int) -> Iterator[Draft]:
    """The drafts within reach of one, in order."""
    sentence = drafts[index].sentence
    low, high = index, index + 1
    while low > 0 and sentence - drafts[low - 1].sentence <= _REACH_SENTENCES:
        low -= 1
    while high < len(drafts) and drafts[high].sentence - sentence <= _REACH_SENTENCES:
        high += 1
    return (drafts[i] for i in range(low, high) if i != index)


def _compatible(focus: Draft, draft: Draft, publication: Publication) -> bool:
    """Whether the day of `focus` may be the day of `draft`: both look the same way from the publication."""
    if focus.day is not None and publication.day is not None:
        apart = (focus.day - publication.day).days
        if abs(apart) > _REACH_DAYS and focus.sentence != draft.sentence:
            return False
        if draft.tense is Tense.PAST:
            return apart <= 0
        return draft.tense is None or apart >= 0
    return draft.tense is None or focus.tense is None or (focus.tense is Tense.PAST) == (draft.tense is Tense.PAST)


def _from_publication(draft: Draft, publication: Publication, pack: TimeWords) -> None:
    """A clock time in a report that speaks of no day: the last one before the publication, or the next one after it."""
    today = publication.day
    if not publication.sharp or today is None or publication.start is None or publication.end is None:
        return
    ahead = draft.tense in (Tense.AHEAD, Tense.WOULD)
    for step in (0, 1) if ahead else (0, -1):
        day = today + timedelta(days=step)
        draft.day, draft.day_key = day, day.isoformat()
        _place(draft, Days.one(day), publication, pack, focus=None)
        at = draft.reference.earliest
        if at and (at >= publication.start if ahead else at <= publication.end):
            return


def _shift_from(draft: Draft, focus: Draft, publication: Publication) -> None:
    """Resolve "drie dagen later" and "een uur eerder" from the time that the report spoke of."""
    parts = draft.parts
    amount, unit = parts.get("amount"), parts.get("unit")
    if amount is None or unit is None or focus.day is None:
        return
    sign = -1 if parts.get("way") == "earlier" else 1
    if unit in ("day", "week") and amount <= 1000:
        day = focus.day + timedelta(days=sign * round(amount * (1 if unit == "day" else 7)))
        draft.day, draft.day_key = day, day.isoformat()
        draft.reference = draft.moment = days_moment(Days.one(day), publication.zone)
    elif (
        unit in ("minute", "quarter", "hour")
        and focus.reference.precision is Precision.MINUTES
        and focus.reference.earliest
    ):
        step = timedelta(minutes=sign * amount * {"minute": 1, "quarter": 15, "hour": 60}[unit])
        at = later(focus.reference.earliest, step)
        draft.day, draft.day_key = focus.day, focus.day_key
        draft.reference = draft.moment = Moment(at, later(at, timedelta(minutes=30)), Precision.HOURS)
