"""Persons whom a report names by their office alone ("de informateur"): who held it when the report appeared.

Such an actor joins the only person of the view who is told to hold that office in the same months, or whom the roster
has in it on that day. Where several fit, or none, it stays an actor of its own report. This is the one place where an
unnamed actor becomes part of a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import attrs

from treves.model.actors import Actor, ActorKind, Role
from treves.model.evidence import Document
from treves.reading.joining.evidence import PartyKey
from treves.reading.joining.joints import Joint, Member
from treves.reading.joining.names import is_definite, name_key
from treves.reading.joining.vocabulary import ARTICLES, INDEFINITE, PARTICLES
from treves.text import fold, squeeze

_WORDS = 3
"""Words that the name of an office has at most."""
_DOUBTS = 5
"""More holders than these are a generic word ("minister") rather than a doubt worth showing."""


@attrs.frozen(eq=False)
class _Held:
    """An office that a person is told to hold."""

    joint: Joint
    organisation: str
    party: str


@attrs.define(eq=False)
class _Offices:
    """Who is told to hold which office in which month; month None is for reports without a known time."""

    months: Sequence[int | None]
    days: Sequence[date | None]
    party_key: PartyKey
    told: dict[tuple[str, int | None], dict[tuple[int, str, str], _Held]] = attrs.Factory(lambda: defaultdict(dict))
    dated: dict[str, list[tuple[Role, _Held]]] = attrs.Factory(lambda: defaultdict(list))
    seen: dict[str, set[int | None]] = attrs.Factory(lambda: defaultdict(set))
    aliases: dict[str, Joint] = attrs.Factory(dict)

    def add(self, joint: Joint) -> None:
        """Take up the offices of a person."""
        parties = {self.party_key(m.actor.party) for m in joint.members if m.actor.party}
        for member in joint.members:
            for role in member.actor.roles:
                self._tell(joint, role, self.months[member.report], parties)
        for role in joint.entry.roles if joint.entry else ():
            self.dated[name_key(role.office)].append((role, self._held(joint, role, parties)))
        for alias in joint.entry.aliases if joint.entry else ():
            self.aliases.setdefault(name_key(alias), joint)

    def _held(self, joint: Joint, role: Role, parties: Iterable[str]) -> _Held:
        party = self.party_key(role.party) if role.party else min(parties, default="")
        return _Held(joint, name_key(role.organisation or ""), party)

    def _tell(self, joint: Joint, role: Role, month: int | None, parties: Iterable[str]) -> None:
        held = self._held(joint, role, parties)
        office = name_key(role.office)
        self.told[office, month].setdefault((id(joint), held.organisation, held.party), held)
        self.seen[office].add(month)

    def holders(self, member: Member) -> list[Joint]:
        """Return who may be meant, each once, in order of first appearance."""
        actor, month = member.actor, self.months[member.report]
        if (alias := self.aliases.get(name_key(actor.name))) is not None:
            return [alias]
        found: dict[int, Joint] = {}
        for office, organisation, party in self._sought(actor):
            near = self.seen.get(office, set()) if month is None else {None, month - 1, month, month + 1}
            holders = [h for m in near if (office, m) in self.told for h in self.told[office, m].values()]
            holders += [h for role, h in self.dated.get(office, ()) if _holds(role, self.days[member.report])]
            exact = [h for h in holders if organisation and h.organisation == organisation]
            for held in exact or holders:
                apart = organisation and held.organisation and held.organisation != organisation
                if not apart and not (party and held.party and held.party != party):
                    found[id(held.joint)] = held.joint
        fits = [j for j in found.values() if actor.gender is None or j.gender in (None, actor.gender)]
        return sorted(fits, key=lambda j: (j.order, j.name))

    def _sought(self, actor: Actor) -> list[tuple[str, str, str]]:
        """Return (office, organisation, party) that the actor is named by, folded."""
        own = self.party_key(actor.party) if actor.party else ""
        if actor.roles:
            return [
                (name_key(r.office), name_key(r.organisation or ""), self.party_key(r.party) if r.party else own)
                for r in actor.roles
            ]
        listed = name_key(actor.name).split()
        for size in range(min(len(listed), _WORDS), 0, -1):
            office = " ".join(listed[:size])
            if office in self.seen or office in self.dated:
                return [(office, " ".join(w for w in listed[size:] if w not in PARTICLES), own)]
        return []


def _holds(role: Role, day: date | None) -> bool:
    """Return whether the roster has the role held on `day`; any day will do when it is not known."""
    if day is None:
        return True
    return (role.start is None or role.start <= day) and (role.end is None or day < role.end)


def names_definite_office(actor: Actor, document: Document) -> bool:
    """Return whether an actor without a name is pointed at as one certain person: "de informateur", not "een bron"."""
    printed = [name_key(span.of(document.text)) for span in actor.mentions]
    first = [fold(span.of(document.text)).split(" ", 1)[0] for span in actor.mentions]
    if not printed:
        return fold(actor.name).split(" ", 1)[0] in ARTICLES - INDEFINITE
    # a mention may be the core of the name: "de wethouder" for "wethouder van Financiën"
    return all(name_key(actor.name).startswith(p) and f not in INDEFINITE for p, f in zip(printed, first, strict=True))


def join_offices(
    members: Sequence[Member], people: Sequence[Joint], documents: Sequence[Document], party_key: PartyKey
) -> list[Joint]:
    """Join actors that are named by office alone, in place; return those that stay by themselves.

    Args:
        members: the reports' actors named by office alone.
        people: the persons already joined, and those of the roster whom no report names (they may get members).
        documents: the reports, for their times.
        party_key: gives the key of a party for any of its names.
    """
    offices = _Offices(
        months=[_month(d) for d in documents],
        days=[d.published.earliest.date() if d.published.earliest else None for d in documents],
        party_key=party_key,
    )
    for joint in people:
        offices.add(joint)
    found = [(m, offices.holders(m) if _certain(m, documents) else []) for m in members]
    alone: dict[tuple[int, str, str], Joint] = {}
    for member, fits in found:
        if len(fits) == 1:
            fits[0].members.append(member)
            continue
        actor = member.actor
        joint = alone.setdefault(
            (member.report, actor.kind, name_key(actor.name)), Joint(actor.kind, squeeze(actor.name), own=True)
        )
        joint.members.append(member)
        if len(fits) <= _DOUBTS:
            joint.doubts.extend(j for j in fits if j.members and j not in joint.doubts)
    return list(alone.values())


def _certain(member: Member, documents: Sequence[Document]) -> bool:
    if member.actor.kind is ActorKind.UNNAMED:
        return names_definite_office(member.actor, documents[member.report])
    return is_definite(member.actor)


def _month(document: Document) -> int | None:
    earliest = document.published.earliest
    return earliest.year * 12 + earliest.month if earliest else None
