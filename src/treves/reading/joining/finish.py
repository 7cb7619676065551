"""What a joined actor shows: its names, roles and mentions, with their passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from treves.model.actors import Role
from treves.model.evidence import Document, Passage, Span, passage_of
from treves.model.view import JoinedActor, SeenRole
from treves.reading.joining.joints import Joint, Member
from treves.reading.joining.names import name_key
from treves.reading.joining.vocabulary import RELATIONS
from treves.text import fold, squeeze

MENTIONS = 50
"""Passages that a joined actor shows at most."""
ROLE_PASSAGES = 10
"""Passages that a role shows at most."""
ALIASES = 20
"""Other names that a joined actor shows at most."""

_Key = tuple[str, str, str]
"""Office, organisation and party of a role, folded; empty where it is not told."""


def finish(joint: Joint, documents: Sequence[Document], parties: Mapping[str, str]) -> JoinedActor:
    """Return the joined actor, with its passages in order of publication.

    Args:
        joint: the actor, joined.
        documents: the reports, earliest first.
        parties: names of parties by every name that they go by, folded.
    """
    members = sorted(joint.members, key=lambda m: (m.report, m.actor.key))
    spans = list(_spans(members))
    return JoinedActor(
        id=joint.id,
        kind=joint.kind,
        name=joint.name,
        aliases=_aliases(joint, members, spans, documents),
        party=joint.party,
        roles=_roles(joint, members, documents, parties),
        gender=joint.gender,
        mentions=tuple(passage_of(documents[report], span) for report, span in spans[:MENTIONS]),
        local=tuple((documents[m.report].id, m.actor.key) for m in members),
        doubts=tuple(sorted(d.id for d in joint.doubts if d is not joint and d.id)),
        corrections=tuple(joint.corrections),
    )


def _spans(members: Sequence[Member]) -> Iterator[tuple[int, Span]]:
    """Yield report and span of every mention, in order of report and place."""
    reports: dict[int, dict[tuple[int, int], Span]] = {}
    for member in members:
        found = reports.setdefault(member.report, {})
        found.update({(s.start, s.end): s for s in member.actor.mentions})
    for report, spans in reports.items():
        for _, span in sorted(spans.items()):
            yield report, span


def _aliases(
    joint: Joint, members: Sequence[Member], spans: Iterable[tuple[int, Span]], documents: Sequence[Document]
) -> tuple[str, ...]:
    """Return names and descriptions other than the name, the most often used first."""
    printed = Counter(m.actor.name for m in members)
    printed.update(span.of(documents[report].text) for report, span in spans)
    own = fold(joint.name)
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for word, number in printed.items():
        plain = squeeze(word)
        key = fold(plain)
        if plain and key != own:
            counts[key] += number
            shown.setdefault(key, plain)
    ranked = sorted(counts, key=lambda k: (-counts[k], k))
    return tuple(shown[k] for k in ranked[:ALIASES])


def _roles(
    joint: Joint, members: Sequence[Member], documents: Sequence[Document], parties: Mapping[str, str]
) -> tuple[SeenRole, ...]:
    """Return the roles that reports and the roster give, the most often said first.

    One that is told with a party and without is one role; an organisation that is the party says no more than the
    party does; "partijgenoot" is a relation and no office.
    """
    told = [(m.report, r) for m in members for r in m.actor.roles]
    told += [(-1, r) for r in (joint.entry.roles if joint.entry else ())]
    plain = [(report, _without_party(role, joint, parties)) for report, role in told]
    counts: Counter[_Key] = Counter()
    shown: dict[_Key, SeenRole] = {}
    passages: dict[_Key, list[Passage]] = {}
    named = _parties_of(role for _, role in plain)
    for report, role in plain:
        key = _key(role)
        if not key[2] and len(same := named.get(key[:2], ())) == 1:
            key = (*key[:2], next(iter(same)))
        if key[0] in RELATIONS:
            continue
        seen = shown.setdefault(key, SeenRole(role.office, role.organisation, role.party))
        if role.party and not seen.party:
            shown[key] = attrs.evolve(seen, party=role.party)
        counts[key] += report >= 0
        kept = passages.setdefault(key, [])
        if report >= 0 and role.span is not None and len(kept) < ROLE_PASSAGES:
            kept.append(passage_of(documents[report], role.span))
    ranked = sorted(shown, key=lambda k: (-counts[k], k))
    return tuple(attrs.evolve(shown[k], passages=tuple(passages[k])) for k in ranked)


def _without_party(role: Role, joint: Joint, parties: Mapping[str, str]) -> Role:
    """Return a role whose organisation, if it is only the party, is told as the party."""
    name = parties.get(name_key(role.organisation)) if role.organisation else None
    if role.organisation and joint.party and name_key(role.organisation) == _initials(joint.party):
        name = joint.party
    own = name is not None and name in (role.party and parties.get(name_key(role.party), role.party), joint.party)
    return attrs.evolve(role, organisation=None, party=role.party or name) if own else role


def _initials(name: str) -> str:
    """Return the first letters of the words of a name, folded ("wp" for "Water Partij"); empty for a single word."""
    words = name_key(name).split()
    return "".join(w[0] for w in words) if len(words) > 1 else ""


def _parties_of(roles: Iterable[Role]) -> dict[tuple[str, str], set[str]]:
    """Return the parties that are told of every office and organisation, folded."""
    found: dict[tuple[str, str], set[str]] = {}
    for role in roles:
        if role.party:
            office, organisation, party = _key(role)
            found.setdefault((office, organisation), set()).add(party)
    return found


def _key(role: Role) -> _Key:
    return (fold(role.office), fold(role.organisation or ""), fold(role.party or ""))
