"""Actors while they are being joined: mutable, before ids and passages are fixed in a :class:`JoinedActor`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import attrs

from treves.model.actors import Actor, ActorKind, Gender, RosterEntry
from treves.reading.joining.names import name_key
from treves.text import slug


@attrs.frozen(eq=False)
class Member:
    """One report's actor: the index of the report in the view, and the actor."""

    report: int
    actor: Actor


@attrs.define(eq=False)
class Joint:
    """One actor over all reports, while it is being put together.

    Attributes:
        kind: what it is.
        name: the fullest name.
        members: the reports' actors that were joined.
        entry: the roster entry it was joined with, if any.
        own: whether it belongs to one report alone (an unnamed source, an office without a name).
        doubts: actors with which it may be confused.
        party: the party's name, once decided.
        corrections: ids of the corrections that shaped it.
        id: its identifier, once given.
    """

    kind: ActorKind
    name: str
    members: list[Member] = attrs.Factory(list)
    entry: RosterEntry | None = None
    own: bool = False
    doubts: list[Joint] = attrs.Factory(list)
    party: str | None = None
    corrections: list[str] = attrs.Factory(list)
    id: str = ""

    @property
    def order(self) -> tuple[int, int]:
        """Where it is first named: report and key; after all reports if nowhere."""
        return min(((m.report, m.actor.key) for m in self.members), default=(1 << 60, 0))

    @property
    def gender(self) -> Gender | None:
        """The gender that most reports tell; the roster's where they are even or silent."""
        counts = Counter(m.actor.gender for m in self.members if m.actor.gender)
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            return ranked[0][0]
        return self.entry.gender if self.entry else None


@attrs.define(eq=False)
class Joints:
    """All actors of a view while they are being put together.

    Attributes:
        all: the actors, in order of first appearance.
        of: the joined actor of a report's actor, by index of the report and key.
        parties: names of parties by every name that they go by, see :func:`name_key`.
        moved: where the ids of actors that were merged away lead.
    """

    all: list[Joint]
    of: dict[tuple[int, int], Joint]
    parties: Mapping[str, str] = attrs.Factory(dict)
    moved: dict[str, Joint] = attrs.Factory(dict)
    _ids: dict[str, Joint] = attrs.Factory(dict)
    _placed: dict[str, bool] = attrs.Factory(dict)

    def placed(self, joint: Joint) -> bool:
        """Return whether a party or an office of an actor is told."""
        found = self._placed.get(joint.id)
        if found is None:
            told = joint.party or joint.entry or any(m.actor.roles for m in joint.members)
            found = self._placed[joint.id] = bool(joint.kind is ActorKind.PARTY or told)
        return found

    def find(self, key: str) -> Joint | None:
        """Return the actor with the id `key`, or the one it was merged into."""
        return self._ids.get(key) or self.moved.get(key)

    def named(self, name: str, kind: ActorKind | None = None) -> Joint | None:
        """Return the only actor called `name`; None when there is none or more than one."""
        found = [j for j in self.all if name_key(j.name) == name_key(name) and kind in (None, j.kind)]
        return found[0] if len(found) == 1 else None

    def add(self, joint: Joint, *, hint: str = "") -> Joint:
        """Take up `joint` under an id of its own: the slug of its name, with a number if that is taken."""
        base = slug(joint.name) + hint
        key, number = base, 2
        while key in self._ids or key in self.moved:
            key, number = f"{base}-{number}", number + 1
        joint.id = key
        self._ids[key] = joint
        self.all.append(joint)
        for member in joint.members:
            self.of[member.report, member.actor.key] = joint
        return joint

    def merge(self, joint: Joint, into: Joint) -> None:
        """Let `into` take over all of `joint`: its doubts are settled by that, and its id leads there from now on."""
        into.members.extend(joint.members)
        into.party = into.party or joint.party
        into.corrections.extend(c for c in joint.corrections if c not in into.corrections)
        into.doubts = [d for d in into.doubts if d is not joint]
        for other in self.all:
            if joint in other.doubts:
                other.doubts = [d for d in other.doubts if d is not joint]
                if other is not into and into not in other.doubts:
                    other.doubts.append(into)
        for member in joint.members:
            self.of[member.report, member.actor.key] = into
        self.all.remove(joint)
        del self._ids[joint.id]
        self.moved[joint.id] = into
        for key, target in self.moved.items():
            if target is joint:
                self.moved[key] = into
