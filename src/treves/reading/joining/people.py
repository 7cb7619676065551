"""Joining persons across reports by name, with party, office and gender as witnesses.

Equal full names are one person. A surname or initials join the only person of that surname who does not conflict; where
several fit, the one for whom party or office speaks; where that does not settle it, the actor stays by itself with its
doubts. Persons are compared within blocks of like surnames only, so the cost grows with the number of mentions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import attrs

from treves.model.actors import ActorKind, Roster, RosterEntry
from treves.reading.joining.evidence import (
    PartyKey,
    Person,
    Traits,
    conflict,
    person,
    support,
    traits_of,
    unlikely,
)
from treves.reading.joining.joints import Joint, Member
from treves.reading.joining.names import NameForm, PersonName, name_key, parse_name, whole_key

LONG = 6
"""Letters that a surname must have for a one-letter difference to count as a slip of spelling."""
_LONG_GIVEN = 4
_OFFICE_OR_PARTY = 3


def join_people(members: Sequence[Member], roster: Roster | None, party_key: PartyKey) -> list[Joint]:
    """Return the persons whom reports name by name, every member in exactly one of them.

    Args:
        members: the reports' persons that carry a name, earliest report first.
        roster: persons known beforehand; those whom no report names are left out.
        party_key: gives the key of a party for any of its names.
    """
    entries = _roster_keys(roster)
    full: dict[str, list[Member]] = defaultdict(list)
    rest: list[Member] = []
    for member in members:
        key = whole_key(member.actor.name)
        if key in entries and (member.actor.in_roster or parse_name(member.actor.name).form is NameForm.FULL):
            full[whole_key(entries[key].name)].append(member)
        elif parse_name(member.actor.name).form is NameForm.FULL:
            full[key].append(member)
        else:
            rest.append(member)
    people = [person(found, party_key, entry=entries.get(key)) for key, found in full.items()]
    present = {id(p.joint.entry) for p in people}
    people += [person([], party_key, entry=e) for e in (roster.entries if roster else ()) if id(e) not in present]
    people = _merge_spellings(people, party_key)
    joints = _place_short(rest, people, party_key)
    return [p.joint for p in people if p.joint.members] + joints


def _roster_keys(roster: Roster | None) -> dict[str, RosterEntry]:
    """Return roster entries by name and by every alias that only one of them has."""
    found: dict[str, list[RosterEntry]] = defaultdict(list)
    for entry in roster.entries if roster else ():
        for key in {whole_key(n) for n in (entry.name, *entry.aliases)}:
            found[key].append(entry)
    return {key: entries[0] for key, entries in found.items() if len(entries) == 1}


def _deletions(word: str) -> Iterator[str]:
    """Yield `word` and every word that is left when one letter is dropped."""
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


def _spelling_keys(name: PersonName) -> set[tuple[str, str]]:
    """Return keys of which two names that may be spellings of one share at least one."""
    given = name.given[0] if name.given else ""
    keys = {(given, stem) for stem in name.stems}
    if len(name.surname) >= LONG:
        keys |= {(given, d) for d in _deletions(name.surname)}
    if len(given) >= _LONG_GIVEN:
        keys |= {(d, name.surname) for d in _deletions(given)}
    return keys


def _one_letter(first: str, second: str) -> bool:
    """Return whether two words differ in at most one letter: added, dropped or changed."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(first, second, score_cutoff=1) <= 1


def _same_spelling(first: Person, second: Person) -> bool:
    """Return whether two full names are spellings of one person's name."""
    if conflict(first.traits, second.traits):
        return False
    a, b = first.name, second.name
    backed = support(first.traits, second.traits) >= _OFFICE_OR_PARTY
    if a.given == b.given:
        if set(a.stems) & set(b.stems):
            return True
        long = min(len(a.surname), len(b.surname)) >= LONG
        return long and _one_letter(a.surname, b.surname)
    if a.surname != b.surname or not backed:
        return False
    shorter, longer = sorted((a.given, b.given), key=len)
    if longer[: len(shorter)] == shorter:
        return True
    return min(len(a.given[0]), len(b.given[0])) >= _LONG_GIVEN and (_one_letter(a.given[0], b.given[0]))


def _merge_spellings(people: list[Person], party_key: PartyKey) -> list[Person]:
    """Return the people with spellings of one name joined, the most often used one leading."""
    kept: list[Person] = []
    index: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for one in sorted(people, key=lambda p: p.rank):
        keys = _spelling_keys(one.name)
        near = {id(p): p for key in keys for p in index[key]}
        same = [p for p in sorted(near.values(), key=lambda p: p.rank) if _same_spelling(p, one)]
        if same and not (one.joint.entry and same[0].joint.entry):
            leader = same[0]
            leader.joint.members.extend(one.joint.members)
            wider = person(leader.joint.members, party_key, entry=leader.joint.entry)
            leader.traits, leader.count = wider.traits, wider.count
        else:
            kept.append(one)
            for key in keys:
                index[key].append(one)
    return kept


@attrs.define(eq=False)
class _Surnames:
    """People by the surnames they may be called by, and by near spellings of those."""

    exact: dict[str, list[Person]] = attrs.Factory(lambda: defaultdict(list))
    near: dict[str, list[Person]] = attrs.Factory(lambda: defaultdict(list))

    def add(self, one: Person) -> None:
        aliases = [whole_key(a) for a in one.joint.entry.aliases] if one.joint.entry else []
        for stem in dict.fromkeys((*one.name.stems, *aliases)):
            self.exact[stem].append(one)
        if len(one.name.surname) >= LONG:
            for variant in _deletions(one.name.surname):
                self.near[variant].append(one)

    def fitting(self, name: PersonName, traits: Traits) -> list[Person]:
        """Return who may be meant, the best supported first."""
        found = [p for p in self.exact.get(name.surname, ()) if _initials_fit(name, p.name)]
        if not found and len(name.surname) >= LONG:
            near = {id(p): p for d in _deletions(name.surname) for p in self.near.get(d, ())}
            found = [
                p
                for p in near.values()
                if _initials_fit(name, p.name)
                and support(traits, p.traits) >= _OFFICE_OR_PARTY
                and _one_letter(name.surname, p.name.surname)
            ]
        fits = [p for p in found if not conflict(traits, p.traits)]
        return sorted(fits, key=lambda p: (-support(traits, p.traits), p.rank))


def _initials_fit(name: PersonName, full: PersonName) -> bool:
    """Return whether the initials of `name`, if it has any, may be those of `full`."""
    short, long = name.initials, full.initials
    return not short or not long or short.startswith(long) or long.startswith(short)


def _place_short(rest: Iterable[Member], people: list[Person], party_key: PartyKey) -> list[Joint]:
    """Give every surname or initials to the person meant; return new actors for those where none or several fit."""
    surnames = _Surnames()
    for one in people:
        surnames.add(one)
    placed: list[tuple[Member, Person]] = []
    unknown: dict[str, list[tuple[Member, Traits]]] = defaultdict(list)
    doubtful: dict[tuple[str, tuple[int, ...]], tuple[Joint, list[Person]]] = {}
    for member in rest:
        traits = traits_of(member.actor, party_key)
        name = parse_name(member.actor.name)
        fits = surnames.fitting(name, traits)
        best = _settled(fits, traits)
        if best is not None:
            placed.append((member, best))
        elif not fits:
            unknown[name.surname].append((member, traits))
        else:
            group = (name.surname, tuple(sorted(id(p) for p in fits)))
            joint, _ = doubtful.setdefault(group, (Joint(ActorKind.PERSON, member.actor.name), fits))
            joint.members.append(member)
    for member, one in placed:
        one.joint.members.append(member)
    joints = [j for group in unknown.values() for j in _surname_actors(group)]
    for joint, fits in doubtful.values():
        joint.doubts = [p.joint for p in fits]
        joints.append(joint)
    return joints


def _settled(fits: list[Person], traits: Traits) -> Person | None:
    """Return the one person meant; None when nobody fits or several do equally."""
    if not fits:
        return None
    best = fits[0]
    if len(fits) == 1:
        return None if unlikely(traits, best.traits) else best
    lead = support(traits, best.traits)
    return best if lead >= _OFFICE_OR_PARTY and lead > support(traits, fits[1].traits) else None


def _surname_actors(group: list[tuple[Member, Traits]]) -> list[Joint]:
    """Return actors for one surname that is nowhere told in full: one for each set linked by party or office."""
    linked: list[tuple[set[str], list[Member]]] = []
    plain: list[Member] = []
    for member, traits in group:
        marks = {f"party {p}" for p in traits.parties} | {f"office {o}" for o in traits.offices}
        if not marks:
            plain.append(member)
            continue
        members = [member]
        for other in [entry for entry in linked if entry[0] & marks]:
            marks |= other[0]
            members = other[1] + members
            linked.remove(other)
        linked.append((marks, members))
    if not linked:
        return [_surname_joint(plain)]
    if len(linked) == 1:
        return [_surname_joint(linked[0][1] + plain)]
    joints = [_surname_joint(members) for _, members in linked]
    if plain:
        joints.append(_surname_joint(plain))
    for joint in joints:
        joint.doubts = [j for j in joints if j is not joint]
    return joints


def _surname_joint(members: list[Member]) -> Joint:
    """Return the actor of these members, under the name that says most."""
    names = sorted({m.actor.name for m in members}, key=lambda n: (-len(name_key(n)), n))
    return Joint(ActorKind.PERSON, names[0], members)
