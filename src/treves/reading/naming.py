"""Which names are the same actor's: by their endings, by initials, by double surnames, by a roster.

"Van der Kwast" is the end of "Annelot van der Kwast", "A. Vos" may be "Anna Vos", and "Smit" half of "Smit-Bakker".
"""

from __future__ import annotations

from collections.abc import Callable

from treves.model.actors import ActorKind, Role, Roster, RosterEntry
from treves.reading.implied import infer_parties, learn_capacities, share_offices, tell_families
from treves.reading.nominals import Kind, Mention
from treves.reading.players import Holder, Player, Players, folded_name
from treves.text import fold

_KINDS = {Kind.PARTY: ActorKind.PARTY, Kind.BODY: ActorKind.BODY, Kind.OUTLET: ActorKind.OUTLET}


def join_names(players: Players, roster: Roster | None, holds: Callable[[Role], bool]) -> None:
    """Join the mentions that carry a name: full names first, so that a surname in the headline finds its owner.

    Args:
        players: the actors of the report, none yet.
        roster: persons known beforehand; None if there are none.
        holds: whether a dated roster role holds when the report was published.
    """
    mentions = players.mentions
    players.of = [()] * len(mentions)
    tell_families(players)
    personal = [i for i, mention in enumerate(mentions) if mention.kind is Kind.PERSON and mention.name]
    for i in sorted(personal, key=lambda i: len(mentions[i].name) < 2):
        _place_person(players, i)
    for i, mention in enumerate(mentions):
        if mention.kind is Kind.NAME:
            _place_name(players, i)
        elif mention.kind in _KINDS:
            key = players.describe_as(players.describe(mention), _KINDS[mention.kind], i)
            players.of[i] = (key,)
    for i, mention in enumerate(mentions):
        if mention.appositive >= 0:
            _explain(players, i, mention)
    _recall(players)
    _tell_apart(players)
    share_offices(players)
    learn_capacities(players)
    infer_parties(players)
    if roster is not None:
        _consult(players, roster, holds)


def _place_person(players: Players, i: int) -> None:
    found = _same_name(players, players.mentions[i])
    if not found:
        players.add_person(i)
        return
    players.of[i] = tuple(found)
    if len(found) == 1:
        players.learn(found[0], i)


def _place_name(players: Players, i: int) -> None:
    """A bare capitalised name: a person already met, else nobody until it speaks."""
    mention = players.mentions[i]
    found = _same_name(players, mention)
    if found:
        players.of[i] = tuple(found)
        if len(found) == 1:
            players.all[found[0]].mentions.append(i)
    elif (len(mention.name) > 1 and (mention.party or mention.portfolio)) or _is_given(players, mention):
        players.add_person(i)


def _recall(players: Players) -> None:
    """Take a full name of which nothing else tells whose it is for a person's where its last word alone takes it up."""
    unmet = [i for i, m in enumerate(players.mentions) if m.kind is Kind.NAME and not players.of[i]]
    alone = {fold(players.mentions[i].name[-1]) for i in unmet if len(players.mentions[i].name) == 1}
    for i in unmet:
        mention = players.mentions[i]
        if (
            len(mention.name) > 1
            and not players.of[i]
            and fold(mention.name[-1]) in alone
            and not _same_name(players, mention)
        ):
            players.add_person(i)
    for i in unmet:
        if not players.of[i]:
            _place_name(players, i)


def _is_given(players: Players, mention: Mention) -> bool:
    """Whether a phrase is a given name alone, of somebody whom the report calls by nothing else."""
    return len(mention.name) == 1 and fold(mention.name[0]) in players.pack.first_names


def _same_name(players: Players, mention: Mention) -> list[int]:
    """Keys of the persons whose name a noun phrase may give; several only when the words leave it open."""
    folded = folded_name(mention.name)
    forms = _without_genitive(players, folded[-1])
    keys: list[int] = []
    for form in forms:
        short = (*folded[:-1], form)
        keys = [k for k in players.by_last.get(form, ()) if compatible(players.all[k].folded, short)]
        if keys:
            break
    if not keys and len(folded) == 1:
        keys = _by_given_name(players, folded[0])
    return _narrow(players, keys, mention) if len(keys) > 1 else keys


def _without_genitive(players: Players, last: str) -> list[str]:
    """A surname as it stands and without each genitive ending ("Bakkers plan", "Vos's plan")."""
    return [last, *(last.removesuffix(ending) for ending in players.pack.spelling.genitive)]


def _by_given_name(players: Players, given: str) -> list[int]:
    """Keys of the persons whom a lone given name may be."""
    short = given.removesuffix(players.pack.spelling.genitive[-1])
    known = players.pack.first_names
    if given in known:
        keys = [k for k, p in enumerate(players.all) if p.folded and p.folded[0] in {given, short}]
        if keys:
            return keys
    if short != given and short in known:
        return [k for k, p in enumerate(players.all) if p.folded and p.folded[0] == short]
    return []


def _narrow(players: Players, keys: list[int], mention: Mention) -> list[int]:
    """Those of `keys` that the phrase's office, party or gender leaves, if that is just one."""

    def same_office(player: Player) -> bool:
        return bool(mention.office) and player.holds(mention.office)

    def same_party(player: Player) -> bool:
        return bool(mention.party) and player.party == mention.party

    def same_gender(player: Player) -> bool:
        return bool(mention.gender) and player.gender == mention.gender

    for test in (same_office, same_party, same_gender):
        fitting = [k for k in keys if test(players.all[k])]
        if len(fitting) == 1:
            return fitting
    return keys


def _tell_apart(players: Players) -> None:
    """Of several persons whom a surname may name, keep the one who was introduced before it, if just one was."""
    for i, keys in enumerate(players.of):
        if len(keys) > 1:
            introduced = [k for k in keys if players.all[k].mentions and min(players.all[k].mentions) < i]
            if len(introduced) == 1:
                players.of[i] = (introduced[0],)
                players.learn(introduced[0], i)


def _explain(players: Players, i: int, mention: Mention) -> None:
    """Join an apposition with what it explains."""
    anchor, of = mention.appositive, players.of
    if mention.kind is Kind.ROLE and not of[anchor] and players.mentions[anchor].kind is Kind.NAME:
        players.add_person(anchor)
    if mention.kind is Kind.ROLE and len(of[anchor]) == 1:
        of[i] = of[anchor]
        players.learn(of[anchor][0], i)
    elif mention.name:
        if not of[i]:
            players.add_person(i)
        of[anchor] = of[i]
        if len(of[i]) == 1:
            players.learn(of[i][0], anchor)


def _consult(players: Players, roster: Roster, holds: Callable[[Role], bool]) -> None:
    """Fill in names, parties and gender from the roster where exactly one entry fits."""
    players.holders = [
        Holder(role.office.lower(), fold(role.organisation or ""), entry)
        for entry in roster.entries
        for role in entry.roles
        if holds(role)
    ]
    entries = [(entry, _names_of(entry)) for entry in roster.entries]
    for player in players.all:
        if not player.named_person:
            continue
        fitting = [entry for entry, names in entries if any(compatible(name, player.folded) for name in names)]
        if len(fitting) == 1:
            _join_entry(player, fitting[0], holds)


def _names_of(entry: RosterEntry) -> list[tuple[str, ...]]:
    return [folded_name(tuple(name.split())) for name in (entry.name, *entry.aliases) if name.strip()]


def _join_entry(player: Player, entry: RosterEntry, holds: Callable[[Role], bool]) -> None:
    player.roster = entry
    name = tuple(entry.name.split())
    if len(name) > len(player.name):
        player.name, player.folded = name, folded_name(name)
    player.gender = player.gender or (entry.gender or "")
    player.party = player.party or next((role.party for role in entry.roles if role.party and holds(role)), "")


def compatible(full: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Return whether of two folded names one may be a shorter form of the other.

    A shorter form is the name's end, has an initial for a given name, or half of a double surname.
    """
    if full == short:
        return True
    last_full, last = full[-1], short[-1]
    if last_full != last and not last_full.startswith(last + "-") and not last_full.endswith("-" + last):
        return False
    if len(short) > len(full):
        return compatible(short, full)
    head = short[:-1]
    if not head or full[-len(short) : -1] == head:
        return True
    if full[-len(short)].endswith("-" + head[0]) and full[1 - len(short) : -1] == head[1:]:
        return True  # "Van Dam" of "Ria Bos-van Dam"
    middle = [word for word in full[1:-1] if len(word) > 1]
    return _same_given(full[0], head[0]) and all(word in middle for word in head[1:] if len(word) > 1)


def _same_given(full: str, short: str) -> bool:
    """Whether two given names may be one: the same, or one the initial of the other."""
    given, first = full.rstrip("."), short.rstrip(".")
    if given == first or ("." in short and given.startswith(first[0])) or ("." in full and first.startswith(given[0])):
        return True
    return len(first) == 1 and given.startswith(first)
