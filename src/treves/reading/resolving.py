"""Whom a noun phrase stands for where it is told: roles without a name, descriptions, pronouns.

They are resolved in the order of the report, from what it has told so far. Where two actors fit equally well, both are
returned: ambiguous is ambiguous.
"""

from __future__ import annotations

from treves.model.actors import ActorKind
from treves.reading.holders import by_role, from_roster
from treves.reading.nominals import Kind, Mention
from treves.reading.players import Keys, Player, Players
from treves.text import fold

_BODIES = frozenset({ActorKind.BODY, ActorKind.PARTY})
_PAIR = 2
_NEAR = 2
"""How many actors back a description may take up somebody."""


def resolve(players: Players, i: int, recent: list[Keys], speaker: Keys) -> Keys:
    """Return the keys of the actors that noun phrase `i` may stand for; a new actor if it names nobody met so far.

    Args:
        players: the actors of the report.
        i: index of the noun phrase.
        recent: actors told of before this place, the nearest first.
        speaker: who spoke last; empty if nobody did.
    """
    mention = players.mentions[i]
    if mention.kind is Kind.BODY:
        general = _body_before(players, mention, recent)
        if general:
            return general
    if players.of[i]:
        return players.of[i]
    if mention.kind is Kind.PRONOUN:
        return _pronoun(players, mention, recent, speaker)
    if mention.kind in {Kind.ROLE, Kind.PERSON}:
        found = by_role(players, mention, recent, speaker) or from_roster(players, mention)
        if found:
            players.of[i] = found
            if len(found) == 1:
                players.all[found[0]].mentions.append(i)
            return found
    if mention.kind is Kind.NOUN or _is_inhabitant(players, mention):
        found = _varied(players, mention, recent)
        if found:
            players.of[i] = found
            return found
    _introduce(players, i, mention)
    return players.of[i]


def _is_inhabitant(players: Players, mention: Mention) -> bool:
    """Whether a capitalised word behind an article is somebody from somewhere: "de Zwollenaar"."""
    lone = mention.kind is Kind.NAME and mention.determiner and len(mention.name) == 1
    return bool(lone) and players.tokens.lower[mention.last - 1].endswith(players.pack.spelling.occupation)


def _varied(players: Players, mention: Mention, recent: list[Keys]) -> Keys:
    """Whom a definite description that no list knows takes up: "de kweker" the last person, "de belangenclub" the last body."""
    spelling, last = players.pack.spelling, players.tokens.lower[mention.last - 1]
    if mention.determiner not in players.pack.words["definite_articles"]:
        return ()
    near = [keys[0] for keys in recent[:_NEAR] if len(keys) == 1]
    if last.endswith(spelling.collective):
        return tuple(k for k in near if players.all[k].kind in _BODIES)[:1]
    if mention.determiner in players.pack.words["neuter"] or last.endswith(spelling.plural_ends):
        return ()
    general = players.pack.anaphora.get(last)
    wanted = {last, *(general.value.split("|") if general is not None and general.relation == "title" else ())}
    same = [k for k, p in enumerate(players.all) if any(not wanted.isdisjoint(h.office.split()) for h in p.offices)]
    return (same[0],) if len(same) == 1 else tuple(k for k in near if players.all[k].named_person)[:1]


def _introduce(players: Players, i: int, mention: Mention) -> None:
    """Add the new actor that a noun phrase names: a name of one word is taken for a body's."""
    if mention.kind is Kind.NAME and len(mention.name) > 1:
        players.add_person(i)
    elif mention.kind is Kind.NAME:
        players.of[i] = (players.describe_as(" ".join(mention.name), ActorKind.BODY, i),)
    else:
        players.of[i] = (players.describe_as(players.describe(mention), ActorKind.UNNAMED, i),)


def _body_before(players: Players, mention: Mention, recent: list[Keys]) -> Keys:
    """Resolve "de bond", "de fractie", "de partij" without a name: the body last told of, or the party of who was."""
    general = players.pack.anaphora.get(mention.office)
    if general is None or general.relation != "body" or general.value in {"government", "law"} or not recent:
        return ()
    if mention.determiner not in players.pack.words["definite_articles"]:
        return ()
    if mention.name or mention.plural or mention.organisation or mention.party:
        return ()
    keys = recent[0]
    player = players.all[keys[0]]
    unexplained = player.kind is ActorKind.PERSON and not player.offices and not player.gender  # may be no person
    if len(keys) == 1 and (player.kind in {ActorKind.BODY, ActorKind.PARTY} or unexplained):
        return keys
    if general.value == "party" and player.party:
        return (players.described.get(fold(player.party)) or players.add_party(player.party),)
    return ()


# --- pronouns --------------------------------------------------------------------------------------------------------


def _pronoun(players: Players, mention: Mention, recent: list[Keys], speaker: Keys) -> Keys:
    """The nearest actor that number and gender allow; a singular pronoun stands for a person."""
    if players.tokens.lower[mention.first] in players.pack.words["both"]:
        return _both(players, recent)
    for keys in recent:
        several = len(keys) > 1 or players.all[keys[0]].plural
        if mention.plural == several and (mention.plural or _may_be(players.all[keys[0]], mention)):
            return keys
    if mention.plural or speaker:
        return () if mention.plural else speaker
    bodies = (keys for keys in recent if len(keys) == 1 and players.all[keys[0]].kind in _BODIES)
    return next(bodies, ())  # "De stichting betwist dat. Zij wijst erop dat"


def _both(players: Players, recent: list[Keys]) -> Keys:
    """The two whom "beiden" takes up: those named together last, or the last two persons."""
    last: list[int] = []
    for keys in recent:
        if len(keys) == _PAIR:
            return keys
        if len(keys) == 1 and players.all[keys[0]].named_person:
            last.insert(0, keys[0])
        if len(last) == _PAIR:
            return tuple(last)
    return next((keys for keys in recent if players.all[keys[0]].plural), ())


def _may_be(player: Player, pronoun: Mention) -> bool:
    """Whether a singular pronoun may stand for an actor; a person learns its gender from it."""
    if player.kind not in {ActorKind.PERSON, ActorKind.UNNAMED}:
        return False
    if pronoun.gender and player.gender and player.gender != pronoun.gender:
        return False
    if pronoun.gender and not player.gender and player.kind is ActorKind.PERSON:
        player.gender = pronoun.gender
    return True
