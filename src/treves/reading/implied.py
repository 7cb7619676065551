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


def learn_capacities(players: Players) -> None:
    """Give a person the role that a sentence says of them: "X is hoogleraar", "X werkt als verpleegkundige"."""
    mentions, lower, words = players.mentions, players.tokens.lower, players.pack.words
    for i, mention in enumerate(mentions):
        if mention.kind is not Kind.ROLE or mention.plural or mention.appositive >= 0 or not mention.office:
            continue
        if mention.determiner and mention.determiner not in words["definite_articles"] | words["indefinite"]:
            continue
        before = mentions[i - 1] if i else None
        copular = before is not None and all(word in words["be"] for word in lower[before.last : mention.first])
        capacity = not mention.determiner and lower[mention.first - 1] in words["as"]
        keys: tuple[int, ...] = ()
        if before is not None and before.last < mention.first and (copular or capacity):
            keys = _person_of(players, i - 1, i)
        if not keys and capacity and i + 1 < len(mentions):
            keys = _person_of(players, i + 1, i)
        if not keys and i + 1 < len(mentions) and mention.determiner and _follows_be(players, i):
            keys = _person_of(players, i + 1, i)
            players.of[i] = keys
        if keys:
            players.learn(keys[0], i)


def _follows_be(players: Players, i: int) -> bool:
    """Whether a full name stands behind the role `i` and a form of "zijn": "Haar opvolger wordt Anna Vos"."""
    role, named = players.mentions[i], players.mentions[i + 1]
    between = players.tokens.lower[role.last : named.first]
    if not between or len(named.name) < 2 or not all(word in players.pack.words["be"] for word in between):
        return False
    if named.kind is Kind.NAME and not players.of[i + 1]:
        players.add_person(i + 1)
    return named.kind in {Kind.NAME, Kind.PERSON}


def _person_of(players: Players, index: int, role: int) -> tuple[int, ...]:
    """The one person whom a noun phrase names in the sentence of the `role`; empty if it names none."""
    mention, keys, tokens = players.mentions[index], players.of[index], players.tokens
    personal = len(keys) == 1 and players.all[keys[0]].named_person and not mention.preposition
    same = tokens.sentence_at(mention.first) == tokens.sentence_at(players.mentions[role].first)
    return keys if personal and same else ()


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
