"""What the words imply of persons: an office shared by several, a party told by the company they keep."""

from __future__ import annotations

from treves.model.actors import ActorKind
from treves.reading.nominals import Kind, Mention
from treves.reading.players import Held, Players

_SAME_PARTY = frozenset({"same-party", "same-faction"})


def tell_families(players: Players) -> None:
    """Give "de liberalen" and "de socialist" their party where the report names just one of that family.

    The plural stands for the party itself, unless it opens a list of persons.
    """
    mentions, families = players.mentions, players.pack.names.families
    told = {mention.party for mention in mentions if mention.party}
    for i, mention in enumerate(mentions):
        family = _family(players, mention)
        fitting = [party for party in told if family in families.get(party, ())] if family else []
        if len(fitting) != 1:
            continue
        mention.party = fitting[0]
        listed = i + 1 < len(mentions) and mentions[i + 1].first == mention.last
        if mention.kind is Kind.ROLE and mention.plural and not listed:
            mention.kind, mention.name = Kind.PARTY, (mention.party,)


def _family(players: Players, mention: Mention) -> str:
    """The family to whose adherents a phrase refers; empty where it says more of them ("de Britse liberalen")."""
    general = players.pack.anaphora.get(mention.office)
    plain = not (mention.party or mention.organisation or mention.portfolio)
    bare = mention.core[0] - mention.first == bool(mention.determiner)
    if general is None or general.relation != "adherent" or not plain or not bare:
        return ""
    return "" if mention.determiner in players.pack.words["indefinite"] else general.value


def share_offices(players: Players) -> None:
    """Give an office in the plural to each that it lists: "de vicepremiers X (A), Y (B) en Z (C)"."""
    mentions, lower = players.mentions, players.tokens.lower
    for i, mention in enumerate(mentions):
        if mention.kind is not Kind.ROLE or not mention.plural:
            continue
        end = mention.last
        for j in range(i + 1, len(mentions)):
            listed = mentions[j]
            if listed.kind is not Kind.PERSON or listed.office or not _lists(players, lower[end : listed.first]):
                break
            if len(players.of[j]) == 1:
                players.all[players.of[j][0]].offices.append(Held(mention.office, mention.modifier, i))
            end = listed.last


def _lists(players: Players, between: list[str]) -> bool:
    """Whether the words between two names are those of a list: nothing, a comma, "en"."""
    return len(between) <= 2 and all(word == "," or word in players.pack.words["conjunctions"] for word in between)


def infer_parties(players: Players) -> None:
    """Find a party that nobody says: "X's partijgenoot Y", "zijn partijgenoot Y", the chair named after "de A-fractie"."""
    person, group = -1, ""
    for i, mention in enumerate(players.mentions):
        if mention.kind is Kind.BODY and mention.party:
            group = mention.party
        keys = players.of[i]
        player = players.all[keys[0]] if len(keys) == 1 else None
        if player is None or player.kind is not ActorKind.PERSON:
            continue
        if not player.party and person >= 0 and _names_fellow(players, mention):
            player.party = players.all[person].party
        elif not player.party and group and _is_of_faction(players, mention):
            player.party = group
        person = keys[0]
        group = group if player.party == group else ""


def _names_fellow(players: Players, mention: Mention) -> bool:
    words = players.tokens.lower[max(0, mention.first - 1) : mention.last]
    anaphora = players.pack.anaphora
    return any(anaphora[word].value in _SAME_PARTY for word in words if word in anaphora)


def _is_of_faction(players: Players, mention: Mention) -> bool:
    return mention.office in players.pack.words["faction_offices"] and not mention.organisation
