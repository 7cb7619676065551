"""What speaks for and against two actors being one person: party, office, gender."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import attrs

from treves.model.actors import Actor, ActorKind, Gender, RosterEntry
from treves.reading.joining.joints import Joint, Member
from treves.reading.joining.names import PersonName, fullest, name_key, parse_name

PartyKey = Callable[[str], str]
"""Gives the key of a party for any of its names."""

_PARTY, _OFFICE, _PORTFOLIO, _GENDER = 4, 3, 2, 1


@attrs.frozen
class Traits:
    """What is told of a person.

    Attributes:
        parties: keys of parties.
        offices: names of offices, folded.
        portfolios: (office, organisation), folded, where both are told.
        gender: None when not told.
    """

    parties: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    portfolios: frozenset[tuple[str, str]] = frozenset()
    gender: Gender | None = None


def traits_of(actor: Actor | RosterEntry, party_key: PartyKey) -> Traits:
    """Return what a report or a roster tells of one person."""
    told = [r.party for r in actor.roles if r.party]
    if isinstance(actor, Actor) and actor.party:
        told.append(actor.party)
    return Traits(
        parties=frozenset(party_key(p) for p in told),
        offices=frozenset(name_key(r.office) for r in actor.roles),
        portfolios=frozenset((name_key(r.office), name_key(r.organisation)) for r in actor.roles if r.organisation),
        gender=actor.gender,
    )


def support(first: Traits, second: Traits) -> int:
    """Return how much two persons have in common: 0 when nothing, higher is more."""
    return (
        _PARTY * bool(first.parties & second.parties)
        + _OFFICE * bool(first.offices & second.offices)
        + _PORTFOLIO * bool(first.portfolios & second.portfolios)
        + _GENDER * (first.gender is not None and first.gender is second.gender)
    )


def conflict(first: Traits, second: Traits) -> bool:
    """Return whether two persons cannot well be one.

    Different parties exclude one another, and so do genders, unless party or office speaks for the same person
    (a pronoun is more easily misread than an office).
    """
    if first.parties and second.parties and not first.parties & second.parties:
        return True
    differ = first.gender is not None and second.gender is not None and first.gender is not second.gender
    return differ and support(first, second) < _OFFICE


def unlikely(short: Traits, full: Traits) -> bool:
    """Return whether a person of whom only the surname is told holds an office elsewhere than the one it may be.

    "Directeur Bruin van het Havenbedrijf" is not simply party leader Karin Bruin, though no other Bruin is known.
    """
    if support(short, full) >= _OFFICE:
        return False
    return bool(short.portfolios) and bool(full.offices) and bool(short.parties) != bool(full.parties)


@attrs.define(eq=False)
class Person:
    """A person known by a full name, or from the roster, with what is told of the person."""

    joint: Joint
    name: PersonName
    traits: Traits
    count: int

    @property
    def rank(self) -> tuple[bool, int, int, str]:
        """Sort key: roster first, then the most often named, then the fullest name."""
        return (self.joint.entry is None, -self.count, -len(self.joint.name), self.joint.name)


def person(members: list[Member], party_key: PartyKey, *, entry: RosterEntry | None = None) -> Person:
    """Return the person whom `members` (and the roster's `entry`) tell of, under the name that is most often used."""
    names = Counter(m.actor.name for m in members)
    best = entry.name if entry else fullest(names)
    found = Traits()
    told = [traits_of(a, party_key) for a in (*(m.actor for m in members), *((entry,) if entry else ()))]
    joint = Joint(ActorKind.PERSON, best, members, entry)
    if told:
        found = Traits(
            parties=frozenset().union(*(t.parties for t in told)),
            offices=frozenset().union(*(t.offices for t in told)),
            portfolios=frozenset().union(*(t.portfolios for t in told)),
            gender=joint.gender,
        )
    return Person(joint, parse_name(best), found, len(members))
