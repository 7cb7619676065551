"""Where it stands: one sentence and three facts, built from the events of a view and from nothing else.

Every clause carries the id of what it rests on. Nothing is inferred that no report tells: a session without an end has
"no end told", not an end; a step without a time has "time not known".
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property

import attrs

from treves.brief.clock import Clock
from treves.brief.lookup import Lookup
from treves.brief.wording import Piece, capital
from treves.dates import Moment
from treves.model.actors import ActorKind
from treves.model.events import Certainty, EventKind
from treves.model.view import JoinedEvent
from treves.text import fold

STALE = timedelta(days=3)
"""A step without a known time is no longer called the next one when no report of the last three days tells of it."""

AHEAD = (Certainty.PLANNED, Certainty.CONDITIONAL)
"""What is announced, but has not been told to have happened."""
LIMITS = (EventKind.DEADLINE, EventKind.ULTIMATUM)
"""Moments that bind, rather than something that takes place."""
_BEGINNING = -1e18
_MET = ("state.met", "state.met_unknown")
_TALKS = ("state.talks", "state.talks_unknown")
_SESSION = ("state.session", "state.session_unknown")


@attrs.frozen
class Clause:
    """One clause of the sentence.

    Attributes:
        pieces: its words.
        target: id of what it rests on; empty when it rests on nothing found.
    """

    pieces: tuple[Piece, ...]
    target: str = ""

    @property
    def text(self) -> str:
        """The words as one string."""
        return "".join(p.text for p in self.pieces)


@attrs.frozen
class Fact:
    """One of the three facts: a name, a value and a note."""

    name: str
    value: tuple[Piece, ...]
    note: tuple[Piece, ...] = ()
    target: str = ""


@attrs.frozen
class State:
    """Where it stands: the clauses of one sentence, and three facts."""

    clauses: tuple[Clause, ...]
    facts: tuple[Fact, ...]


@attrs.frozen(eq=False)
class Teller:
    """Tells the events of a view in one language.

    Attributes:
        look: the view, indexed.
        clock: says moments.
        now: the moment spoken of; None when nothing is dated.
    """

    look: Lookup
    clock: Clock
    now: datetime | None

    def label(self, event: JoinedEvent) -> Piece:
        """Return what an event is called: the report's own word, or its kind; a meeting with the body that meets."""
        if not event.label:
            return Piece(self.clock.wording(f"event.{event.kind.name.lower()}"))
        label = self.clock.wording.label(event.label, self.language_of(event))
        bodies = [a.name for a in self.look.there(event) if a.kind is ActorKind.BODY]
        if len(bodies) == 1 and fold(event.label) in self.clock.wording.meetings:
            return attrs.evolve(label, text=f"{label.text} · {bodies[0]}")
        return label

    def language_of(self, event: JoinedEvent) -> str:
        """Return the language of the report that tells the event first."""
        told = (self.look.documents.get(a.document) for a in event.accounts)
        return next((d.language for d in told if d), "")

    def when(self, event: JoinedEvent) -> str:
        """Return the time of an event in words; an unresolved one as far as it is known."""
        moment = self.moment(event)
        if moment.earliest is not None or moment.latest is not None or event.end.earliest is not None:
            return self.clock.session(event)
        when = self.clock.moment(moment)
        if event.wording:
            return self.clock.wording("state.worded", words=event.wording, when=when)
        return self.clock.wording("state.after_anchor", anchor=event.anchor, when=when) if event.anchor else when

    @staticmethod
    def moment(event: JoinedEvent) -> Moment:
        """Return the moment of an event: its start where told, else its time as a whole."""
        return event.start if event.start.earliest else event.when

    def ahead(self, event: JoinedEvent) -> bool:
        """Return whether an event is, as far as is known, still to come."""
        if event.kind is EventKind.SESSION and event.certainty not in AHEAD:
            return False
        moment = self.moment(event)
        if event.certainty is Certainty.PAST and event.kind not in LIMITS:
            return False
        if moment.earliest is None and moment.latest is None:
            return event.certainty is not Certainty.PAST and self._fresh(event)
        return self.now is None or not moment.certainly_before(self.now)

    def _fresh(self, event: JoinedEvent) -> bool:
        """Return whether a report of the last three days tells of the event."""
        told = [t for a in event.accounts if (t := self.look.published(a.document))]
        return self.now is None or not told or max(told) >= self.now - STALE

    def to_come(self) -> list[JoinedEvent]:
        """Return what is still to come, earliest first; what follows another comes after it, the untimed last."""
        return list(self._coming)

    @cached_property
    def _coming(self) -> tuple[JoinedEvent, ...]:
        return tuple(sorted((e for e in self.look.view.events if self.ahead(e)), key=self._order))

    def past(self) -> list[JoinedEvent]:
        """Return what is no longer to come, the latest first; what has no time comes last."""
        coming = {e.id for e in self._coming}
        rest = [e for e in self.look.view.events if e.id not in coming]
        times = {e.id: m.earliest or m.latest for e in rest for m in (self.moment(e),)}
        timed = [(at, e) for e in rest if (at := times[e.id])]
        ordered = [e for _, e in sorted(timed, key=lambda pair: (pair[0], pair[1].id), reverse=True)]
        return [*ordered, *(e for e in rest if not times[e.id])]

    def _order(self, event: JoinedEvent) -> tuple[float, bool, bool, int, str]:
        """Order by the end of the interval, so that 10:00 comes before "some time that day", and limits come last."""
        moment = self.moment(event)
        instant = moment.latest or moment.earliest
        after = self.look.events.get(event.follows or "")
        if instant is None and after is not None:
            instant = self.moment(after).latest or self.moment(after).earliest
        at = instant.timestamp() if instant else float("inf")
        return at, event.kind in LIMITS, after is not None, -len(event.accounts), event.id

    def last_session(self) -> JoinedEvent | None:
        """Return the latest session that has been or is under way; None when no report tells of one."""
        sessions = (e for e in self.look.view.events if e.kind is EventKind.SESSION and e.certainty not in AHEAD)
        return max((e for e in sessions if self._begun(e)), key=self._recency, default=None)

    def _begun(self, event: JoinedEvent) -> bool:
        return self.now is None or self.moment(event).possibly_before(self.now)

    def _recency(self, event: JoinedEvent) -> tuple[float, float, int, str]:
        """Order sessions by time; those without one by when they were told, before all that have one."""
        moment = self.moment(event)
        times = (self.look.published(a.document) for a in event.accounts)
        told = max((t.timestamp() for t in times if t), default=_BEGINNING)
        at = moment.earliest.timestamp() if moment.earliest else _BEGINNING
        return at, told, len(event.accounts), event.id

    def parties(self, event: JoinedEvent) -> list[str]:
        """Return the keys of the parties that are told to take part, themselves or by their people, each once."""
        keys = (self.look.party_key(a) for a in self.look.present(event.participants))
        return list(dict.fromkeys(k for k in keys if k))

    @cached_property
    def _seats(self) -> int:
        """The most parties that are told to have sat at any session."""
        sessions = (e for e in self.look.view.events if e.kind is EventKind.SESSION)
        return max((len(self.parties(e)) for e in sessions), default=0)

    def who(self, event: JoinedEvent) -> str:
        """Return who took part: a number of parties, or two or three names; empty when that is not told well enough.

        Fewer parties than sat at another session may be all that a report happened to name, so they are not counted;
        nor are two persons of two parties who stand in a picture. Names are given when one report tells all there is.
        """
        there, parties = self.look.there(event), self.parties(event)
        as_parties = sum(a.kind is ActorKind.PARTY for a in there) >= 2
        if len(parties) >= max(2, self._seats) and (as_parties or len(parties) > 2):
            return self.clock.wording.count("state.parties", len(parties))
        names = [a.name for a in there if a.kind is not ActorKind.UNNAMED]
        alone = len({a.document for a in event.accounts}) == 1
        return self.clock.wording.join(names) if alone and 2 <= len(names) <= 3 else ""


def state_of(look: Lookup, clock: Clock) -> State:
    """Return where it stands, from the events of the view.

    Args:
        look: the view, indexed.
        clock: says moments in the interface's language.
    """
    teller = Teller(look, clock, look.now())
    clauses = _empty(teller) or _clauses(teller)
    first = clauses[0]
    head = attrs.evolve(first.pieces[0], text=capital(first.pieces[0].text))
    opened = attrs.evolve(first, pieces=(head, *first.pieces[1:]))
    return State(clauses=(opened, *clauses[1:]), facts=_facts(teller))


def _empty(teller: Teller) -> list[Clause]:
    """Return what to say when there is nothing to build from; empty when there is."""
    wording, view = teller.clock.wording, teller.look.view
    if not view.documents and view.left_out and view.as_of:
        moment = teller.clock.instant(view.as_of, year=True)
        return [Clause(wording.pieces("state.none_counted", moment=moment), "left-out")]
    if not view.documents:
        return [Clause(wording.pieces("state.no_reports"), "left-out" if view.left_out else "")]
    if not view.events:
        key = "state.no_events" if view.utterances else "state.nothing_understood"
        return [Clause(wording.pieces(key), "sources")]
    return []


def _clauses(teller: Teller) -> list[Clause]:
    """Return the last session, what comes next and after it, and the nearest deadline."""
    wording = teller.clock.wording
    last, coming = teller.last_session(), teller.to_come()
    clauses = [_session(teller, last)] if last else [Clause(wording.pieces("state.no_session"), "next")]
    if last and (differing := next((d for d in teller.look.view.differences if d.about == last.id), None)):
        clauses.append(Clause(wording.pieces("state.differ"), differing.id))
    steps = [e for e in coming if e.kind not in LIMITS]
    limits = [e for e in coming if e.kind in LIMITS]
    if steps:
        clauses.append(_step(teller, steps[0]))
        following = [e for e in steps[1:] if e.follows == steps[0].id] or steps[1:]
        clauses += [_then(teller, e, after=steps[0]) for e in following[:1]]
    if limits:
        clauses.append(_limit(teller, limits[0]))
    if not coming:
        clauses.append(Clause(wording.pieces("state.no_next"), "next"))
    return clauses


def _session(teller: Teller, event: JoinedEvent) -> Clause:
    wording, who = teller.clock.wording, teller.who(event)
    label = _aside(teller, event)
    moment = teller.moment(event)
    timed = moment.earliest is not None or moment.latest is not None
    if event.certainty is Certainty.ONGOING:
        key = "state.ongoing" if who else "state.ongoing_session"
        return Clause(wording.pieces(key, who=who, label=label, when=teller.clock.session(event)), event.id)
    plain = not event.label or fold(event.label) in wording.talks
    known, unknown = _MET if who else _TALKS if plain else _SESSION
    key = known if timed else unknown
    pieces = wording.pieces(key, who=who, label=label, when=teller.clock.session(event, phrase=True))
    if event.duration_minutes and event.end.earliest is None:
        duration = teller.clock.duration(event.duration_minutes)
        pieces += wording.pieces("state.lasting", duration=duration)
    return Clause(pieces, event.id)


def _aside(teller: Teller, event: JoinedEvent) -> Piece:
    """Return the label of a session in parentheses; nothing when it only says that it is a session."""
    label = teller.label(event)
    own = teller.clock.wording("event.session")
    return attrs.evolve(label, text=f" ({label.text})") if fold(label.text) != fold(own) else Piece("")


def _step(teller: Teller, event: JoinedEvent) -> Clause:
    key = "state.next_conditional" if event.certainty is Certainty.CONDITIONAL else "state.next"
    return Clause(teller.clock.wording.pieces(key, label=_with(teller, event), when=teller.when(event)), event.id)


def _with(teller: Teller, event: JoinedEvent) -> Piece:
    """Return what a step is called, with whom where it is a conversation with one or two."""
    label, there = teller.label(event), teller.look.there(event)
    wording = teller.clock.wording
    if event.label and fold(event.label) in wording.talks and len(there) in (1, 2):
        told = wording("state.with", label=label.text, who=wording.join([a.name for a in there]))
        return attrs.evolve(label, text=told)
    return label


def _then(teller: Teller, event: JoinedEvent, *, after: JoinedEvent) -> Clause:
    """Tell the second step; without a time of its own, and told to follow the first, it is simply "after that"."""
    wording = teller.clock.wording
    timed = event.start.earliest is not None and event.start.earliest != event.when.earliest
    if event.follows == after.id and not timed:
        return Clause(wording.pieces("state.then_after", label=teller.label(event)), event.id)
    key = "state.then_conditional" if event.certainty is Certainty.CONDITIONAL else "state.then"
    return Clause(wording.pieces(key, label=_with(teller, event), when=teller.when(event)), event.id)


def _limit(teller: Teller, event: JoinedEvent) -> Clause:
    wording = teller.clock.wording
    by = wording.join([a.name for a in teller.look.present(event.by)][:3])
    key = f"state.{event.kind.value}{'_by' if by else ''}"
    return Clause(wording.pieces(key, by=by, when=teller.when(event)), event.id)


def _facts(teller: Teller) -> tuple[Fact, ...]:
    """Return next, stuck on and outlook; the last two say that this version does not compute them."""
    wording = teller.clock.wording
    coming = teller.to_come()
    if coming:
        event = coming[0]
        note = ", ".join([teller.when(event), wording(f"event.{event.certainty.value}")])
        label = _with(teller, event)
        following = Fact("next", (attrs.evolve(label, text=capital(label.text)),), (Piece(note),), event.id)
    else:
        following = Fact("next", wording.pieces("facts.no_next"), wording.pieces("facts.no_next_note"))
    return (
        following,
        *(
            Fact(name, wording.pieces(f"facts.{name}_value"), wording.pieces(f"facts.{name}_note"))
            for name in ("stuck", "outlook")
        ),
    )
