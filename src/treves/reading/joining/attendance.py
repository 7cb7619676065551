"""Who takes part in an event, out of the actors that a report names beside it.

A reader takes everybody in the sentence. Left out here: outlets and unnamed sources; whoever merely says it ("Volgens
de minister komt de raad vrijdag bijeen"); the meeting itself where it is a body too ("de ministerraad"); and, among
people of whom a party or an office is told, a name without either (a photographer in a caption).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from treves.model.actors import ActorKind
from treves.model.events import Event
from treves.model.evidence import Document
from treves.model.reading import Reading
from treves.reading.joining.joints import Joint, Joints
from treves.reading.joining.names import name_key
from treves.reading.joining.vocabulary import OURS
from treves.reading.joining.wording import split_words

_NEVER = (ActorKind.OUTLET, ActorKind.UNNAMED)
_SAID = 0.8
"""Part of the words for an event that must stand in a statement for its speaker to be the one who says it."""
_FACTION = ("fractie", "top", "delegatie", "leden", "achterban", "partijraad")


def joined(keys: Iterable[int], report: int, joints: Joints) -> list[Joint]:
    """Return the joined actors of a report's actors with these keys, each once, in order."""
    found = (joints.of.get((report, key)) for key in keys)
    return list({j.id: j for j in found if j is not None}.values())


def attending(event: Event, document: Document, reading: Reading, joints: Joints, *, report: int) -> tuple[Joint, ...]:
    """Return the joined actors that take part in `event` of the report at index `report`, each once, in order."""
    if not event.participants:
        return ()
    sayers, label = _sayers(event, document, reading), name_key(event.label)
    listed = joined((k for k in event.participants if k not in sayers), report, joints)
    found = [j for j in listed if j.kind not in _NEVER and name_key(j.name) != label]
    if any(map(joints.placed, found)):
        found = [j for j in found if j.kind is not ActorKind.PERSON or joints.placed(j)]
    return tuple(found)


def _sayers(event: Event, document: Document, reading: Reading) -> set[int]:
    """Return keys of the actors who say what tells the event, unless they speak of themselves ("dan praten we")."""
    if not OURS.isdisjoint(split_words(event.span.of(document.text))):
        return set()
    start, end = event.span.start, event.span.end
    least = _SAID * (end - start)
    return {
        key
        for statement in reading.statements
        if min(end, statement.content.end) - max(start, statement.content.start) >= least
        for speaker in statement.speakers
        for key in speaker.actors
    }


def parties_of(found: Iterable[Joint], known: Mapping[str, str]) -> frozenset[str]:
    """Return the keys of the parties that actors are, belong to or are a part of ("VVD-fractie").

    Args:
        found: the actors.
        known: see :func:`party_names`.
    """
    return frozenset(key for joint in found for key in _parties(joint, known))


def _parties(joint: Joint, known: Mapping[str, str]) -> Iterator[str]:
    if joint.kind is ActorKind.PARTY:
        yield name_key(joint.name)
    elif joint.party:
        yield name_key(joint.party)
    elif joint.kind is ActorKind.BODY:
        words = name_key(joint.name).split()
        if any(word.endswith(_FACTION) for word in words):
            yield from (known[word] for word in words if word in known)


def party_names(joints: Sequence[Joint]) -> dict[str, str]:
    """Return the key of every party by its names of one word, folded."""
    found: dict[str, str] = {}
    for joint in joints:
        if joint.kind is ActorKind.PARTY:
            for name in (joint.name, *(m.actor.name for m in joint.members)):
                if " " not in (key := name_key(name)):
                    found.setdefault(key, name_key(joint.name))
    return found
