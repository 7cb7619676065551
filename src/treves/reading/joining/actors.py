"""Joining the actors of many reports: persons by name and office, parties and bodies by their names.

Actors of different kinds are never joined, but for a person whom a report names by office alone. An unnamed source
belongs to its report: "ingewijden" of two reports need not be the same people.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from treves.model.actors import ActorKind, Roster
from treves.model.evidence import Document
from treves.model.reading import Reading
from treves.reading.joining.evidence import PartyKey
from treves.reading.joining.joints import Joint, Joints, Member
from treves.reading.joining.names import fullest, is_name, name_key, names_office
from treves.reading.joining.offices import join_offices
from treves.reading.joining.people import join_people
from treves.reading.joining.sets import DisjointSets
from treves.text import squeeze

_OWN_ID = 6
"""Digits of the report's id in the id of an actor that belongs to it alone."""


def join_actors(documents: Sequence[Document], readings: Sequence[Reading], roster: Roster | None) -> Joints:
    """Return the actors of all reports, joined, with ids.

    Ids are given in order of first appearance, so they depend on the reports and not on the order of adding them.

    Args:
        documents: the reports, earliest first.
        readings: their readings, at the same index.
        roster: persons known beforehand, or None.
    """
    kinds: dict[ActorKind, list[Member]] = defaultdict(list)
    for report, reading in enumerate(readings):
        for actor in reading.actors:
            kinds[actor.kind].append(Member(report, actor))
    parties = join_named(kinds[ActorKind.PARTY], documents)
    names = _party_names(parties, documents)
    party_key = _party_keys(names)
    joints = [
        *parties,
        *join_named(kinds[ActorKind.BODY], documents),
        *join_named(kinds[ActorKind.OUTLET], documents),
        *_persons(kinds[ActorKind.PERSON], kinds[ActorKind.UNNAMED], documents, roster, party_key),
    ]
    for joint in joints:
        if joint.kind is ActorKind.PERSON:
            joint.party = _party_of(joint, party_key, names)
    found = Joints([], {}, names)
    for joint in sorted(joints, key=lambda j: j.order):
        found.add(joint, hint=f"-{documents[joint.order[0]].id[:_OWN_ID]}" if joint.own else "")
    return found


def _persons(
    members: Sequence[Member],
    unnamed: Sequence[Member],
    documents: Sequence[Document],
    roster: Roster | None,
    party_key: PartyKey,
) -> list[Joint]:
    """Return persons, and the actors without a name: one for each description in each report."""
    by_office = {id(m) for m in members if not m.actor.in_roster and names_office(m.actor)}
    people = join_people([m for m in members if id(m) not in by_office], roster, party_key)
    entries = {id(j.entry) for j in people}
    listed = roster.entries if roster else ()
    spare = [Joint(ActorKind.PERSON, e.name, entry=e) for e in listed if id(e) not in entries]
    rest = [m for m in members if id(m) in by_office]
    alone = join_offices([*rest, *unnamed], [*people, *spare], documents, party_key)
    return [*people, *(j for j in spare if j.members), *alone]


def join_named(members: Sequence[Member], documents: Sequence[Document]) -> list[Joint]:
    """Return parties, bodies or outlets joined by name, and by an abbreviation or short name that some report gives.

    A name joins another when some report calls the other by it, no second actor is called so, and no report has
    both as different actors. A party that is named without its place ("Groen" for "Groen Havenmonde") joins the one it
    is short for. All `members` must be of one kind.
    """
    groups: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        groups[name_key(member.actor.name)].append(member)
    aliases = _aliases(groups, documents)
    reports = {key: {m.report for m in found} for key, found in groups.items()}
    names = DisjointSets(groups)
    for key in sorted(groups):
        owners = aliases.get(key, set()) - {key}
        if len(owners) == 1 and not reports[key] & reports[owner := next(iter(owners))]:
            names.union(key, owner)
        elif (whole := _whole_of(key, groups)) is not None:
            names.union(key, whole)
    return [_named_joint([m for key in keys for m in groups[key]]) for keys in names.groups()]


def _whole_of(key: str, groups: Mapping[str, Sequence[Member]]) -> str | None:
    """Return the name of the party that `key` is short for; None when that is not sure.

    It is when the rest of the only longer name stands in the name of another party too, as a place does, is no party
    itself, and the longer name is used more often.
    """
    if groups[key][0].actor.kind is not ActorKind.PARTY:
        return None
    longer = [other for other in groups if other.startswith(f"{key} ")]
    if len(longer) != 1 or len(groups[longer[0]]) <= len(groups[key]):
        return None
    place = longer[0].removeprefix(f"{key} ")
    others = (other for other in groups if other != longer[0] and place in other.split())
    return longer[0] if place not in groups and any(others) else None


def _aliases(groups: dict[str, list[Member]], documents: Sequence[Document]) -> dict[str, set[str]]:
    """Return, for every name, the names of those actors that some report calls so as well."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, members in groups.items():
        words = {
            squeeze(span.of(documents[m.report].text)) for m in members for span in m.actor.mentions if len(groups) > 1
        }
        for word in words:
            if is_name(word) and name_key(word) in groups:
                found[name_key(word)].add(key)
    return found


def _named_joint(members: list[Member]) -> Joint:
    counts = Counter(m.actor.name for m in members)
    return Joint(members[0].actor.kind, fullest(counts), members)


def _party_names(parties: Sequence[Joint], documents: Sequence[Document]) -> dict[str, str]:
    """Return the name of a party for every name it goes by, folded; names of two parties are left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for joint in parties:
        words = {m.actor.name for m in joint.members}
        for member in joint.members:
            words |= {span.of(documents[member.report].text) for span in member.actor.mentions}
        for word in words:
            if is_name(word):
                found[name_key(word)].add(joint.name)
    own = {name_key(j.name): j.name for j in parties}
    return {key: next(iter(names)) for key, names in found.items() if len(names) == 1} | own


def _party_keys(names: dict[str, str]) -> PartyKey:
    """Return a function from any name of a party to its key."""
    keys = {key: name_key(name) for key, name in names.items()}

    def party_key(name: str) -> str:
        key = name_key(name)
        return keys.get(key, key)

    return party_key


def _party_of(joint: Joint, party_key: Callable[[str], str], names: dict[str, str]) -> str | None:
    """Return the party that most reports tell of a person, else the roster's; what differs stays in the roles."""
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for member in joint.members:
        told = {member.actor.party, *(r.party for r in member.actor.roles)} - {None}
        for name in sorted(n for n in told if n):
            key = party_key(name)
            shown.setdefault(key, names.get(key, name))
        counts.update({party_key(n) for n in told if n})
    for role in joint.entry.roles if joint.entry else ():
        if role.party:
            key = party_key(role.party)
            shown.setdefault(key, names.get(key, role.party))
            counts[key] += 1
    best = min(counts, key=lambda k: (-counts[k], k), default=None)
    return shown[best] if best else None
