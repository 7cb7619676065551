"""Finding things of a view by their id, and the few joins that every section needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import attrs

from treves.brief.naming import generic
from treves.dates import Moment
from treves.model.actors import ActorKind
from treves.model.evidence import Document
from treves.model.view import JoinedActor, JoinedEvent, Telling, Utterance, View
from treves.text import fold, slug


@attrs.frozen(eq=False)
class Lookup:
    """What is in a view, by id.

    Attributes:
        view: the view.
        documents, actors, events, utterances: by id.
        times: when every report was published, by its id.
        party_ids: ids of party actors by folded name and alias.
        generic: ids of bodies that neither speak nor have a name of their own.
    """

    view: View
    documents: Mapping[str, Document]
    actors: Mapping[str, JoinedActor]
    events: Mapping[str, JoinedEvent]
    utterances: Mapping[str, Utterance]
    times: Mapping[str, Moment]
    party_ids: Mapping[str, str]
    generic: frozenset[str]

    def party_key(self, actor: JoinedActor) -> str:
        """Return the key of the party an actor belongs to or is; empty when not told."""
        if actor.kind is ActorKind.PARTY:
            return actor.id
        return self.party_named(actor.party) if actor.party else ""

    def party_named(self, name: str) -> str:
        """Return the key of the party called `name`: the id of its actor, or a slug where the view has none."""
        return self.party_ids.get(fold(name)) or slug(name)

    def party_name(self, key: str) -> str:
        """Return the shortest common name of a party: its actor's name, or what its people are said to belong to."""
        if actor := self.actors.get(key):
            return actor.name
        names = (a.party for a in self.view.actors if a.party and slug(a.party) == key)
        return next(names, key)

    def present(self, ids: Iterable[str]) -> list[JoinedActor]:
        """Return the actors with these ids that the view has, in order."""
        return [self.actors[i] for i in ids if i in self.actors]

    def there(self, event: JoinedEvent) -> list[JoinedActor]:
        """Return who is told to take part in an event, bodies without a name of their own left out."""
        return [a for a in self.present(event.participants) if not generic(a, speaks=False)]

    def published(self, document: str) -> datetime | None:
        """Return the earliest instant at which a report may have been published; None when not known."""
        found = self.times.get(document)
        return found.earliest if found else None

    def latest(self) -> Moment | None:
        """Return when the latest report was published, as far as is known; None when nothing is dated."""
        dated = [(m.earliest, m) for m in self.times.values() if m.earliest]
        return max(dated, key=lambda pair: pair[0])[1] if dated else None

    def now(self) -> datetime | None:
        """Return the moment that the view speaks of: its as-of, else the latest publication; None when neither."""
        latest = self.latest()
        return self.view.as_of or (latest.earliest if latest else None)


def speakers_of(telling: Telling | Utterance) -> tuple[str, ...]:
    """Return the ids of all actors that may have spoken, each once."""
    return tuple(dict.fromkeys(i for candidates in telling.speakers for i in candidates))


def lookup(view: View) -> Lookup:
    """Index `view`."""
    parties: dict[str, str] = {}
    for actor in view.actors:
        if actor.kind is ActorKind.PARTY:
            for name in (actor.name, *actor.aliases):
                parties.setdefault(fold(name), actor.id)
    speaking = {i for speakers in {u.speakers for u in view.utterances} for ids in speakers for i in ids}
    return Lookup(
        view=view,
        documents={d.id: d for d in view.documents},
        actors={a.id: a for a in view.actors},
        events={e.id: e for e in view.events},
        utterances={u.id: u for u in view.utterances},
        times={d.id: d.published for d in view.documents},
        party_ids=parties,
        generic=frozenset(a.id for a in view.actors if generic(a, speaks=a.id in speaking)),
    )
