"""The table of parties: who sits there for whom, and everybody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import attrs

from treves.brief.lookup import Lookup, speakers_of
from treves.model.actors import ActorKind
from treves.model.events import EventKind
from treves.model.view import JoinedActor

MOST_NAMES = 6
"""A cell of the table lists at most so many names; the rest stand under People."""


@attrs.frozen
class Row:
    """One party's row.

    Attributes:
        key: key of the party, as in the filters; empty for persons without one.
        name: the party's name.
        actor: the party itself; None when reports name only its people.
        delegation: its people whom a report places in a session.
        others: its other people who are quoted or hold a role, the most quoted first.
        hidden: number of further `others` that are not listed.
        statements: utterances by the party and its people.
    """

    key: str
    name: str
    actor: JoinedActor | None
    delegation: tuple[JoinedActor, ...]
    others: tuple[JoinedActor, ...]
    hidden: int
    statements: int


def spoken(look: Lookup) -> Counter[str]:
    """Count the utterances of every actor that may have spoken them, by actor id."""
    return Counter(i for u in look.view.utterances for i in speakers_of(u))


def rows(look: Lookup, counts: Mapping[str, int]) -> list[Row]:
    """Return a row per party, the most quoted first; names break ties."""
    at_table = _at_table(look)
    people: dict[str, list[JoinedActor]] = {}
    for actor in look.view.actors:
        if actor.kind is ActorKind.PERSON and (key := look.party_key(actor)):
            people.setdefault(key, []).append(actor)
        elif actor.kind is ActorKind.PARTY:
            people.setdefault(actor.id, [])
    spoke: Counter[str] = Counter()
    for speakers, number in Counter(u.speakers for u in look.view.utterances).items():
        for key in {look.party_key(a) for a in look.present(i for ids in speakers for i in ids)} - {""}:
            spoke[key] += number
    found = [_row(look, key, members, at_table, counts, spoke[key]) for key, members in people.items()]
    return sorted(found, key=lambda row: (-row.statements, row.name))


def _at_table(look: Lookup) -> set[str]:
    """Return the ids of those whom a report places in a session of several parties; where there is none, in any."""
    sessions = [e for e in look.view.events if e.kind is EventKind.SESSION]
    shared = [e for e in sessions if len({look.party_key(a) for a in look.present(e.participants)} - {""}) > 1]
    return {i for e in shared or sessions for i in e.participants}


def _row(
    look: Lookup,
    key: str,
    members: list[JoinedActor],
    at_table: set[str],
    counts: Mapping[str, int],
    statements: int,
) -> Row:
    ordered = sorted(members, key=lambda a: (-counts.get(a.id, 0), a.name))
    others = [a for a in ordered if a.id not in at_table]
    return Row(
        key=key,
        name=look.party_name(key),
        actor=look.actors.get(key),
        delegation=tuple(a for a in ordered if a.id in at_table),
        others=tuple(others[:MOST_NAMES]),
        hidden=max(0, len(others) - MOST_NAMES),
        statements=statements,
    )


def bodies(look: Lookup, counts: Mapping[str, int]) -> list[JoinedActor]:
    """Return the bodies that speak or have a name of their own, the most quoted first."""
    found = [a for a in look.view.actors if a.kind is ActorKind.BODY and a.id not in look.generic]
    return sorted(found, key=lambda a: (-counts.get(a.id, 0), a.name))


def unaligned(look: Lookup, counts: Mapping[str, int]) -> list[JoinedActor]:
    """Return the persons whose party is not told and who speak or hold an office, the most quoted first."""
    people = (a for a in look.view.actors if a.kind is ActorKind.PERSON and not a.party)
    found = [a for a in people if a.roles or counts.get(a.id)]
    return sorted(found, key=lambda a: (-counts.get(a.id, 0), a.name))


def people(look: Lookup, counts: Mapping[str, int], limit: int) -> list[JoinedActor]:
    """Return at most `limit` actors that are worth a line, the most quoted first; names break ties."""
    return sorted(listed(look), key=lambda a: (-counts.get(a.id, 0), a.name))[:limit]


def listed(look: Lookup) -> list[JoinedActor]:
    """Return the actors but for outlets, and for bodies that neither speak nor have a name of their own."""
    return [a for a in look.view.actors if a.kind is not ActorKind.OUTLET and a.id not in look.generic]
