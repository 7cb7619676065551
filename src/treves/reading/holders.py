"""Who holds a role that stands without a name: "de minister", "de VVD'er", "zijn partijgenoot", "de burgervader".

Exact words go before general ones, and who was told of last goes before the others; where two fit equally well, both are
returned.
"""

from __future__ import annotations

from treves.reading.lexicon import Anaphor
from treves.reading.nominals import Mention
from treves.reading.players import Held, Keys, Player, Players
from treves.text import fold

_RANKED_KINDS = frozenset({"politics", "government", "press", "union"})
"""Kinds of office that one person does not take up in passing, as "de veehouder uit ..." may."""
_PUBLIC_KINDS = frozenset({"politics", "government", "press"})
"""Kinds of office that few hold."""
_PRIVATE_KINDS = frozenset({"citizen", "society"})
"""Kinds that say nothing against another office."""
_VARYING_KINDS = frozenset({"expert", "agriculture", "business", "union", "press"})
"""Kinds of which one word may vary on another."""
_STEM = 5
"""Letters of a portfolio that must agree ("financ" for financiën and financieel)."""
_NEAR = 2
"""How many actors back a definite role may take up somebody of whom no office was said."""


def by_role(players: Players, mention: Mention, recent: list[Keys], speaker: Keys) -> Keys:
    """Who a role without a name stands for; empty if it is nobody met so far."""
    words = players.pack.words
    if mention.plural or mention.determiner in words["indefinite"]:
        return ()
    general = players.pack.anaphora.get(mention.office)
    if general is not None and general.relation == "other":
        return _fellow(players, general, mention, speaker) or _companion(players, general, mention, recent, speaker)
    if mention.organisation and not mention.party and _sets_apart(players, mention):
        latest = [keys[0] for keys in recent[:1] if len(keys) == 1]
        return _taken_up(players, mention, latest) if _varies(players, mention) else ()
    if mention.determiner in words["possessives"]:
        return ()
    order = [keys[0] for keys in recent if len(keys) == 1]
    holder = _only_holder(players, mention)
    if holder and not (order and players.all[order[0]].party and _unranked(players, players.all[order[0]], mention)):
        return holder
    definite = bool(mention.determiner) and not mention.organisation
    known = any(p.party == mention.party for p in players.all if p.named_person)
    told = bool(mention.party) and known and _is_adherent(players, mention)
    if order and definite and not told and _unranked(players, players.all[order[0]], mention):
        return (order[0],)
    return _holders(players, mention, order, definite=definite)


def _only_holder(players: Players, mention: Mention) -> Keys:
    """The one person of whom the office of a role was said; empty if it was said of none or several."""
    holding = (
        k for k, p in enumerate(players.all) if mention.office and p.named_person and _holds(players, p, mention)
    )
    found = tuple(holding)
    return found if len(found) == 1 else ()


def _holders(players: Players, mention: Mention, order: list[int], *, definite: bool) -> Keys:
    """The persons met so far who hold an office, the one told of last if several do."""
    persons = [k for k, player in enumerate(players.all) if player.named_person]
    fitting = [k for k in persons if _holds(players, players.all[k], mention)]
    fitting = fitting or [k for k in persons if _holds_kind(players, players.all[k], mention)]
    fitting = fitting or _only_head(players, mention, persons)
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
    if _is_adherent(players, mention):
        same_party = bool(mention.party) and mention.party == player.party
        return same_party or any(h.modifier and fold(h.modifier) == fold(mention.modifier) for h in player.offices)
    return any(_is_same_office(players, player, held, mention) for held in player.offices)


def _is_adherent(players: Players, mention: Mention) -> bool:
    """Whether a role is somebody of a party and nothing else: "de VVD'er", "de liberaal"."""
    general = players.pack.anaphora.get(mention.office)
    return not mention.office or (general is not None and general.relation == "adherent")


def _only_head(players: Players, mention: Mention, persons: list[int]) -> list[int]:
    """The one person of whose office a compound tells more ("de rechtenstudent" after "student X"), if nothing else is told."""
    if not mention.modifier or mention.party or mention.modifier.lower() in players.pack.words["office_prefixes"]:
        return []
    found = [
        k
        for k in persons
        for held in players.all[k].offices
        if held.office == mention.office and not held.modifier and not players.mentions[held.mention].portfolio
    ]
    return found if len(found) == 1 and not players.all[found[0]].clashes(mention) else []


def _is_same_office(players: Players, player: Player, held: Held, mention: Mention) -> bool:
    """Whether an office said of a person is that of a role, which may be shorter, or longer by what is known of the person."""
    words = players.pack.words
    if held.office != mention.office and not held.office.endswith(mention.office):
        longer = mention.office.endswith(held.office)
        first = mention.office.removesuffix(held.office)
        known = first in words["compound_prefixes"] or _has_portfolio(players, player, mention.office)
        return held.office.startswith(mention.office + " ") or (longer and known)
    if not mention.modifier or mention.party:
        return True
    if held.modifier and fold(mention.modifier) == fold(held.modifier):
        return True
    if mention.modifier.lower() in words["former"]:
        told = players.mentions[held.mention]
        said = {held.modifier.lower(), *players.tokens.lower[told.first : told.core[1]]}
        return not said.isdisjoint(words["former"])
    return not held.modifier and _has_portfolio(players, player, mention.modifier)


def _holds_kind(players: Players, player: Player, mention: Mention) -> bool:
    """Whether a person holds an office of the kind that a general word names ("de bewindsvrouw")."""
    if player.clashes(mention):
        return False
    if not mention.office:
        return _holds(players, player, mention)
    general, words = players.pack.anaphora.get(mention.office), players.pack.words
    if mention.office in words["members"] and any(held.office in words["leading"] for held in player.offices):
        return True
    if general is not None and general.relation == "title":
        return any(held.office.endswith(tuple(general.value.split("|"))) for held in player.offices)
    if general is None or general.relation != "office" or mention.office not in players.pack.words["generic"]:
        return False
    offices = (players.pack.offices.get(held.office) for held in player.offices)
    kinds = general.value.split("|")
    return any(office is not None and (office.kind in kinds or general.value == "any") for office in offices)


def _has_portfolio(players: Players, player: Player, modifier: str) -> bool:
    """Whether a modifier ("justitieminister") agrees with a portfolio said of a person ("minister van Justitie")."""
    stem = fold(modifier)[:_STEM]
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
        ranked = _is_ranked(players, player) and not _may_vary(players, player, mention)
        if (ranked or _is_single(players, mention)) and not same_party:
            continue
        if player.named_person and not player.clashes(mention) and not player.holds(mention.office):
            player.party = mention.party or player.party
            return (key,)
    return ()


def _may_vary(players: Players, player: Player, mention: Mention) -> bool:
    """Whether a role may be another word for the office that a person holds: no public one, and of the same kind."""
    if _is_specific(players, mention):
        return False
    if mention.modifier.lower() in players.pack.words["office_prefixes"]:
        return True  # "de oud-burgemeester"
    offices = players.pack.offices
    role = offices.get(mention.office)
    general = players.pack.anaphora
    if any(held.office in general and general[held.office].value == "any" for held in player.offices):
        return True  # a "bestuurder" or "voorzitter" may be anything
    kinds = {offices[held.office].kind for held in player.offices if held.office in offices}
    return role is None or role.kind in kinds & _VARYING_KINDS or role.kind in _PRIVATE_KINDS or not kinds


def _is_single(players: Players, mention: Mention) -> bool:
    """Whether a role is one that a single person at a table holds ("de informateur", no "oud-informateur")."""
    return mention.office in players.pack.words["single_offices"] and not mention.modifier


def _is_specific(players: Players, mention: Mention) -> bool:
    """Whether a role is an office that few hold, so that it is no mere variation on a name ("de informateur")."""
    office = players.pack.offices.get(mention.office)
    public = office is not None and office.kind in _PUBLIC_KINDS
    return public and mention.office not in players.pack.words["generic"] and not _varies(players, mention)


def from_roster(players: Players, mention: Mention) -> Keys:
    """The one person who held the office when the report was published, according to the roster."""
    if not players.holders or mention.plural or not mention.office:
        return ()
    if mention.determiner in players.pack.words["indefinite"]:
        return ()
    wanted = fold(mention.organisation or mention.portfolio)
    fitting = [h for h in players.holders if h.office == mention.office and wanted in h.organisation]
    return (players.add_entry(fitting[0].entry),) if len(fitting) == 1 else ()


def _fellow(players: Players, general: Anaphor, mention: Mention, speaker: Keys) -> Keys:
    """Resolve "zijn partijgenoot" without a name: the one other person of the speaker's party, if there is just one."""
    if general.value not in {"same-party", "same-faction"} or not speaker or mention.organisation:
        return ()
    party = players.all[speaker[0]].party
    others = [k for k, p in enumerate(players.all) if party and p.party == party and k not in speaker and p.folded]
    return tuple(others) if len(others) == 1 else ()


def _companion(players: Players, general: Anaphor, mention: Mention, recent: list[Keys], speaker: Keys) -> Keys:
    """Resolve "zijn maat" without a name: the other one of the two persons told of last."""
    if general.value != "companion" or mention.determiner not in players.pack.words["possessives"] or not speaker:
        return ()
    others = [keys[0] for keys in recent if len(keys) == 1 and keys != speaker and players.all[keys[0]].named_person]
    return tuple(k for k in others[:1] if not players.all[k].clashes(mention))
