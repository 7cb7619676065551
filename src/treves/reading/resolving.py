"""Whom a noun phrase stands for where it is told: roles without a name, general words, pronouns.

They are resolved in the order of the report, from what it has told so far. Where two actors fit equally well, both are
returned: ambiguous is ambiguous.
"""

from __future__ import annotations

from treves.model.actors import ActorKind
from treves.reading.lexicon import Anaphor
from treves.reading.nominals import Kind, Mention
from treves.reading.players import Player, Players
from treves.text import fold

Keys = tuple[int, ...]
"""Keys of actors told of together."""

_RANKED_KINDS = frozenset({"politics", "government", "press", "union"})
"""Kinds of office that one person does not take up in passing, as "de veehouder uit ..." may."""
_PUBLIC_KINDS = frozenset({"politics", "government", "press"})
"""Kinds of office that few hold."""
_STEM = 5
"""Letters of a portfolio that must agree ("financ" for financiën and financieel)."""
_NEAR = 2
"""How many actors back a definite role may take up somebody of whom no office was said."""


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
        found = _by_role(players, mention, recent, speaker) or _from_roster(players, mention)
        if found:
            players.of[i] = found
            if len(found) == 1:
                players.all[found[0]].mentions.append(i)
            return found
    _introduce(players, i, mention)
    return players.of[i]


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
    for keys in recent:
        several = len(keys) > 1 or players.all[keys[0]].plural
        if mention.plural == several and (mention.plural or _may_be(players.all[keys[0]], mention)):
            return keys
    return () if mention.plural else speaker


def _may_be(player: Player, pronoun: Mention) -> bool:
    """Whether a singular pronoun may stand for an actor; a person learns its gender from it."""
    if player.kind not in {ActorKind.PERSON, ActorKind.UNNAMED}:
        return False
    if pronoun.gender and player.gender and player.gender != pronoun.gender:
        return False
    if pronoun.gender and not player.gender and player.kind is ActorKind.PERSON:
        player.gender = pronoun.gender
    return True


# --- roles -----------------------------------------------------------------------------------------------------------


def _by_role(players: Players, mention: Mention, recent: list[Keys], speaker: Keys) -> Keys:
    """Who a role without a name stands for; empty if it is nobody met so far."""
    words = players.pack.words
    if mention.plural or mention.determiner in words["indefinite"]:
        return ()
    general = players.pack.anaphora.get(mention.office)
    if general is not None and general.relation == "other":
        return _fellow(players, general, speaker)
    if mention.organisation and not mention.party and _sets_apart(players, mention):
        latest = [keys[0] for keys in recent[:1] if len(keys) == 1]
        return _taken_up(players, mention, latest) if _varies(players, mention) else ()
    if mention.determiner in words["possessives"]:
        return ()
    order = [keys[0] for keys in recent if len(keys) == 1]
    definite = bool(mention.determiner) and not mention.organisation
    if order and definite and _unranked(players, players.all[order[0]], mention):
        return (order[0],)
    return _holders(players, mention, order, definite=definite)


def _holders(players: Players, mention: Mention, order: list[int], *, definite: bool) -> Keys:
    """The persons met so far who hold an office, the one told of last if several do."""
    persons = [k for k, player in enumerate(players.all) if player.named_person]
    fitting = [k for k in persons if _holds(players, players.all[k], mention)]
    fitting = fitting or [k for k in persons if _holds_kind(players, players.all[k], mention)]
    if not fitting and definite:
        return _taken_up(players, mention, order)
    if len(fitting) <= 1:
        return tuple(fitting)
    nearest = min(fitting, key=lambda k: order.index(k) if k in order else len(order))
    return (nearest,) if nearest in order else tuple(fitting)


def _holds(players: Players, player: Player, mention: Mention) -> bool:
    """Whether a person was said to hold the office of a role, in the same words or shorter ones."""
    if player.clashes(mention):
        return False
    if not mention.office:
        same_party = bool(mention.party) and mention.party == player.party
        return same_party or any(h.modifier and fold(h.modifier) == fold(mention.modifier) for h in player.offices)
    for held in player.offices:
        if held.office != mention.office and not held.office.endswith(mention.office):
            continue
        if not mention.modifier or mention.party:
            return True
        if held.modifier and fold(mention.modifier) == fold(held.modifier):
            return True
        if not held.modifier and _has_portfolio(players, player, mention):
            return True
    return False


def _holds_kind(players: Players, player: Player, mention: Mention) -> bool:
    """Whether a person holds an office of the kind that a general word names ("de bewindsvrouw")."""
    if player.clashes(mention):
        return False
    if not mention.office:
        return _holds(players, player, mention)
    general = players.pack.anaphora.get(mention.office)
    if general is None or general.relation != "office" or mention.office not in players.pack.words["generic"]:
        return False
    offices = (players.pack.offices.get(held.office) for held in player.offices)
    return any(office is not None and office.kind == general.value for office in offices)


def _has_portfolio(players: Players, player: Player, mention: Mention) -> bool:
    """Whether a modifier ("justitieminister") agrees with a portfolio said of a person ("minister van Justitie")."""
    stem = fold(mention.modifier)[:_STEM]
    told = (players.mentions[held.mention] for held in player.offices)
    return any(stem in fold(m.portfolio + m.organisation) for m in told)


def _sets_apart(players: Players, mention: Mention) -> bool:
    """Whether "van ..." names an organisation that no person met so far is said to belong to in that office."""
    wanted = fold(mention.organisation)
    held = (h for player in players.all for h in player.offices if h.office == mention.office)
    told = (players.mentions[h.mention] for h in held)
    return not any(wanted in fold(f"{m.organisation} {m.portfolio}") for m in told)


def _varies(players: Players, mention: Mention) -> bool:
    """Whether "de veehouder uit Ommen", "de oud-burgemeester van Tholen" rather varies on the person just named."""
    words = players.pack.words
    office = players.pack.offices.get(mention.office)
    former = mention.modifier.lower() in words["office_prefixes"]
    ordinary = office is not None and office.kind not in _RANKED_KINDS
    return mention.determiner in words["definite_articles"] and (former or ordinary)


def _unranked(players: Players, player: Player, mention: Mention) -> bool:
    """Whether the person last told of has no office yet, so that a general role may well be theirs."""
    anaphora = players.pack.anaphora
    ranked = _is_ranked(players, player)
    if not mention.office and not player.party:
        ranked = False  # "de VVD'er": whoever was just told of, if no other party is theirs
    known = mention.office in anaphora or not mention.office
    if _is_single(players, mention):
        return False
    return player.named_person and not ranked and not player.clashes(mention) and known


def _is_ranked(players: Players, player: Player) -> bool:
    """Whether an office was said of a person; being somebody's fellow is none."""
    generals = (players.pack.anaphora.get(held.office) for held in player.offices)
    return any(general is None or general.relation != "other" for general in generals)


def _taken_up(players: Players, mention: Mention, order: list[int]) -> Keys:
    """A definite role that nobody was given takes up the person last told of, if nothing speaks against it."""
    for key in order[:_NEAR]:
        player = players.all[key]
        same_party = bool(mention.party) and mention.party == player.party
        ranked = _is_specific(players, mention) and _is_ranked(players, player)
        if (ranked or _is_single(players, mention)) and not same_party:
            continue
        if player.named_person and not player.clashes(mention) and not player.holds(mention.office):
            player.party = mention.party or player.party
            return (key,)
    return ()


def _is_single(players: Players, mention: Mention) -> bool:
    """Whether a role is one that a single person at a table holds ("de informateur", no "oud-informateur")."""
    return mention.office in players.pack.words["single_offices"] and not mention.modifier


def _is_specific(players: Players, mention: Mention) -> bool:
    """Whether a role is an office that few hold, so that it is no mere variation on a name ("de informateur")."""
    office = players.pack.offices.get(mention.office)
    public = office is not None and office.kind in _PUBLIC_KINDS
    return public and mention.office not in players.pack.words["generic"] and not _varies(players, mention)


def _from_roster(players: Players, mention: Mention) -> Keys:
    """The one person who held the office when the report was published, according to the roster."""
    if not players.holders or mention.plural or not mention.office:
        return ()
    if mention.determiner in players.pack.words["indefinite"]:
        return ()
    wanted = fold(mention.organisation or mention.portfolio)
    fitting = [h for h in players.holders if h.office == mention.office and wanted in h.organisation]
    return (players.add_entry(fitting[0].entry),) if len(fitting) == 1 else ()


def _fellow(players: Players, general: Anaphor, speaker: Keys) -> Keys:
    """Resolve "zijn partijgenoot" without a name: the one other person of the speaker's party, if there is just one."""
    if general.value not in {"same-party", "same-faction"} or not speaker:
        return ()
    party = players.all[speaker[0]].party
    others = [k for k, p in enumerate(players.all) if party and p.party == party and k not in speaker and p.folded]
    return tuple(others) if len(others) == 1 else ()
