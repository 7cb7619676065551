"""The cast of one report: which noun phrases name the same actor, and who a role or a pronoun stands for.

Names are joined by their endings ("Van der Kwast" is the end of "Annelot van der Kwast"), by initials and by double surnames.
Roles and pronouns are resolved where they are needed, from what the report has told so far. Where two actors fit equally well,
both are returned: ambiguous is ambiguous.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from treves.model.actors import Actor, ActorKind, Gender, Role, Roster, RosterEntry
from treves.model.evidence import Span
from treves.reading.mentions import Kind, Mention
from treves.reading.pack import Anaphor, Pack
from treves.reading.tokens import Tokens
from treves.text import fold

_KINDS = {Kind.PARTY: ActorKind.PARTY, Kind.BODY: ActorKind.BODY, Kind.OUTLET: ActorKind.OUTLET}


@attrs.define(eq=False)
class Player:
    """An actor while the report is read."""

    kind: ActorKind
    name: tuple[str, ...]
    folded: tuple[str, ...]
    mentions: list[int] = attrs.field(factory=list)
    offices: list[tuple[str, str, int]] = attrs.field(factory=list)
    party: str = ""
    gender: str = ""
    roster: RosterEntry | None = None
    plural: bool = False


@attrs.define(eq=False)
class Cast:
    """All actors of one report, and what each mention stands for.

    Attributes:
        players: the actors, in order of first mention.
        of: for every mention the keys of the actors it may name; empty while it is not resolved.
    """

    tokens: Tokens
    pack: Pack
    mentions: list[Mention]
    players: list[Player] = attrs.field(factory=list)
    of: list[tuple[int, ...]] = attrs.field(factory=list)
    holders: list[tuple[str, str, RosterEntry]] = attrs.field(factory=list)
    """Offices of the roster at the time of publication: office, folded organisation, holder."""
    _by_last: dict[str, list[int]] = attrs.field(factory=dict)
    _described: dict[str, int] = attrs.field(factory=dict)

    # --- names ---------------------------------------------------------------------------------------------------

    def join_names(self, roster: Roster | None, holds: Callable[[Role], bool]) -> None:
        """Join the mentions that carry a name: full names first, so that a surname in the headline finds its owner.

        Args:
            roster: persons known beforehand; None if there are none.
            holds: whether a dated roster role holds when the report was published.
        """
        self.of = [()] * len(self.mentions)
        personal = [i for i, m in enumerate(self.mentions) if m.kind is Kind.PERSON and m.name]
        for i in sorted(personal, key=lambda i: (len(self.mentions[i].name) < 2, i)):
            self._place_person(i)
        for i, mention in enumerate(self.mentions):
            if mention.kind is Kind.NAME:
                self._place_name(i)
            elif mention.kind in _KINDS:
                self._place_known(i)
        for i, mention in enumerate(self.mentions):
            if mention.appositive >= 0:
                self._explain(i, mention)
        self._share_offices()
        self._infer_parties()
        if roster is not None:
            self._consult(roster, holds)

    def _place_person(self, i: int) -> None:
        mention = self.mentions[i]
        folded = _folded(mention.name)
        found = self._same_name(folded, mention)
        if not found:
            found = [self._add(ActorKind.PERSON, mention.name, folded)]
        self.of[i] = tuple(found)
        if len(found) == 1:
            self._learn(found[0], i)

    def _place_name(self, i: int) -> None:
        """A bare capitalised name: a person already met, else nobody until it speaks."""
        mention = self.mentions[i]
        folded = _folded(mention.name)
        found = self._same_name(folded, mention)
        if found:
            self.of[i] = tuple(found)
            if len(found) == 1:
                self.players[found[0]].mentions.append(i)
        elif len(folded) > 1 and (mention.party or mention.portfolio):
            self.of[i] = (self._add(ActorKind.PERSON, mention.name, folded),)
            self._learn(self.of[i][0], i)

    def _place_known(self, i: int) -> None:
        mention = self.mentions[i]
        name = self.describe(mention)
        self.of[i] = (self._describe_as(name, _KINDS[mention.kind], i),)

    def _describe_as(self, name: str, kind: ActorKind, i: int) -> int:
        folded = fold(name)
        key = self._described.get(folded)
        if key is None and kind is ActorKind.BODY and self.mentions[i].determiner and " " not in folded:
            # "de vereniging" after "de huisartsenvereniging"
            key = next((k for n, k in self._described.items() if n.endswith(folded) and n != folded), None)
        if key is None:
            key = self._add(kind, tuple(name.split()), ())
            self._described[folded] = key
            self.players[key].party = self.mentions[i].party
        player = self.players[key]
        player.mentions.append(i)
        player.plural = player.plural or self.mentions[i].plural
        return key

    def _add(self, kind: ActorKind, name: tuple[str, ...], folded: tuple[str, ...]) -> int:
        key = len(self.players)
        self.players.append(Player(kind, name, folded))
        if kind is ActorKind.PERSON and folded:
            for ending in {folded[-1], folded[-1].split("-")[0], folded[-1].split("-")[-1]}:
                self._by_last.setdefault(ending, []).append(key)
        return key

    def _same_name(self, folded: tuple[str, ...], mention: Mention) -> list[int]:
        """Keys of the persons whose name `folded` may be; several only when the words leave it open."""
        last = folded[-1]
        keys: list[int] = []
        for form in (last, last.removesuffix("'s"), last.removesuffix("s")):
            keys = [k for k in self._by_last.get(form, ()) if _compatible(self.players[k].folded, (*folded[:-1], form))]
            if keys:
                break
        if not keys and len(folded) == 1 and last in self.pack.first_names:
            keys = [k for k, p in enumerate(self.players) if p.folded and p.folded[0] in {last, last.removesuffix("s")}]
        if not keys and len(folded) == 1 and last.endswith("s") and last[:-1] in self.pack.first_names:
            keys = [k for k, p in enumerate(self.players) if p.folded and p.folded[0] == last[:-1]]
        if len(keys) > 1:
            keys = self._narrow(keys, mention)
        return keys

    def _narrow(self, keys: list[int], mention: Mention) -> list[int]:
        for test in (
            lambda p: bool(mention.office) and any(o == mention.office for o, _, _ in p.offices),
            lambda p: bool(mention.party) and p.party == mention.party,
            lambda p: bool(mention.gender) and p.gender == mention.gender,
        ):
            fitting = [k for k in keys if test(self.players[k])]
            if len(fitting) == 1:
                return fitting
        return keys

    def _learn(self, key: int, i: int) -> None:
        """Take what the mention `i` tells of the actor `key`."""
        mention, player = self.mentions[i], self.players[key]
        if mention.name:
            player.mentions.append(i)
            if len(mention.name) > len(player.name):
                player.name, player.folded = mention.name, _folded(mention.name)
        player.party = player.party or mention.party
        player.gender = player.gender or mention.gender
        if mention.office:
            player.offices.append((mention.office, mention.modifier, i))

    def _explain(self, i: int, mention: Mention) -> None:
        """Join an apposition with what it explains."""
        anchor = mention.appositive
        if mention.kind is Kind.ROLE and len(self.of[anchor]) == 1:
            self.of[i] = self.of[anchor]
            self._learn(self.of[anchor][0], i)
        elif mention.name:
            if not self.of[i]:
                folded = _folded(mention.name)
                self.of[i] = (self._add(ActorKind.PERSON, mention.name, folded),)
                self._learn(self.of[i][0], i)
            self.of[anchor] = self.of[i]
            if len(self.of[i]) == 1:
                self._learn(self.of[i][0], anchor)

    def _share_offices(self) -> None:
        """"de vicepremiers X (A), Y (B) en Z (C)": each holds the office."""
        for i, mention in enumerate(self.mentions):
            if mention.kind is not Kind.ROLE or not mention.plural:
                continue
            end = mention.last
            for j in range(i + 1, len(self.mentions)):
                following = self.mentions[j]
                between = self.tokens.lower[end : following.first]
                if following.kind is not Kind.PERSON or following.office or between not in ([], [","], ["en"], [",", "en"]):
                    break
                if len(self.of[j]) == 1:
                    self.players[self.of[j][0]].offices.append((mention.office, mention.modifier, i))
                end = following.last

    def _infer_parties(self) -> None:
        """A party that the words imply: "X's partijgenoot Y", "zijn partijgenoot Y", a group's chair after "de A-fractie"."""
        person, group = -1, ""
        for i, mention in enumerate(self.mentions):
            keys = self.of[i]
            player = self.players[keys[0]] if len(keys) == 1 else None
            if mention.kind is Kind.BODY and mention.party:
                group = mention.party
            if player is None or player.kind is not ActorKind.PERSON:
                continue
            if not player.party and person >= 0 and self._same_party(mention):
                player.party = self.players[person].party
            elif not player.party and group and self.pack.has("faction_offices", mention.office) and not mention.organisation:
                player.party = group
            person = keys[0]
            group = group if player.party == group else ""

    def _same_party(self, mention: Mention) -> bool:
        words = self.tokens.lower[max(0, mention.first - 1) : mention.last]
        return any(self.pack.anaphora[w].value in {"same-party", "same-faction"} for w in words if w in self.pack.anaphora)

    def _consult(self, roster: Roster, holds: Callable[[Role], bool]) -> None:
        """Fill in names, parties and gender from the roster where exactly one entry fits."""
        self.holders = [
            (role.office.lower(), fold(role.organisation or ""), entry)
            for entry in roster.entries
            for role in entry.roles
            if holds(role)
        ]
        for player in self.players:
            if player.kind is not ActorKind.PERSON or not player.folded:
                continue
            fitting = [e for e in roster.entries if _in_roster(e, player.folded)]
            if len(fitting) != 1:
                continue
            entry = fitting[0]
            player.roster = entry
            if len(entry.name.split()) > len(player.name):
                player.name = tuple(entry.name.split())
                player.folded = _folded(player.name)
            player.gender = player.gender or (entry.gender or "")
            current = [r for r in entry.roles if holds(r)]
            player.party = player.party or next((r.party for r in current if r.party), "")

    # --- speakers ------------------------------------------------------------------------------------------------

    def resolve(self, i: int, recent: list[tuple[int, ...]], speaker: tuple[int, ...]) -> tuple[int, ...]:
        """Return the keys of the actors that mention `i` may stand for; a new actor if it names nobody met so far.

        Args:
            i: index of the mention.
            recent: actors told of before this place, the nearest first.
            speaker: who spoke last; empty if nobody did.
        """
        mention = self.mentions[i]
        if mention.kind is Kind.BODY:
            general = self._body_before(mention, recent)
            if general:
                return general
        if self.of[i]:
            return self.of[i]
        if mention.kind is Kind.PRONOUN:
            return self._pronoun(mention, recent, speaker)
        if mention.kind is Kind.ROLE or mention.kind is Kind.PERSON:
            found = self._by_role(mention, recent, speaker) or self._from_roster(mention)
            if found:
                self.of[i] = found
                if len(found) == 1:
                    self.players[found[0]].mentions.append(i)
                return found
        if mention.kind is Kind.NAME:
            kind = ActorKind.PERSON if len(mention.name) > 1 else ActorKind.BODY
            folded = _folded(mention.name)
            key = self._add(kind, mention.name, folded) if kind is ActorKind.PERSON else self._describe_as(" ".join(mention.name), kind, i)
            if kind is ActorKind.PERSON:
                self._learn(key, i)
        else:
            key = self._describe_as(self.describe(mention), ActorKind.UNNAMED, i)
        self.of[i] = (key,)
        return (key,)

    def _body_before(self, mention: Mention, recent: list[tuple[int, ...]]) -> tuple[int, ...]:
        """"de bond", "de fractie", "de partij" without a name: the body last spoken of, or the party of who was."""
        general = self.pack.anaphora.get(mention.office)
        if general is None or general.relation != "body" or mention.name or mention.determiner not in {"de", "het"}:
            return ()
        if mention.plural or mention.organisation or mention.party:
            return ()
        if general.value in {"government", "law"}:
            return ()
        for keys in recent[:1]:
            player = self.players[keys[0]]
            bare = not player.offices and not player.gender  # a name of which nothing says that it is a person's
            if len(keys) == 1 and (player.kind in {ActorKind.BODY, ActorKind.PARTY} or bare and player.kind is ActorKind.PERSON):
                return keys
            if general.value == "party" and player.party:
                return (self._described.get(fold(player.party)) or self._party_key(player.party),)
        return ()

    def _party_key(self, party: str) -> int:
        key = self._add(ActorKind.PARTY, tuple(party.split()), ())
        self._described[fold(party)] = key
        self.players[key].party = party
        return key

    def _pronoun(self, mention: Mention, recent: list[tuple[int, ...]], speaker: tuple[int, ...]) -> tuple[int, ...]:
        for keys in recent:
            if mention.plural != (len(keys) > 1 or any(self.players[k].plural for k in keys)):
                continue
            players = [self.players[k] for k in keys]
            if not mention.plural:
                player = players[0]
                human = player.kind in {ActorKind.PERSON, ActorKind.UNNAMED}
                if not human or (mention.gender and player.gender and player.gender != mention.gender):
                    continue
                if mention.gender and not player.gender and player.kind is ActorKind.PERSON:
                    player.gender = mention.gender
            return keys
        return speaker if not mention.plural else ()

    def _by_role(self, mention: Mention, recent: list[tuple[int, ...]], speaker: tuple[int, ...]) -> tuple[int, ...]:
        """Who a role without a name stands for; empty if it is nobody met so far."""
        general = self.pack.anaphora.get(mention.office)
        if mention.plural or mention.determiner in self.pack.words["indefinite"]:
            return ()
        if general is not None and general.relation == "other":
            return self._fellow(general, speaker)
        if mention.organisation and not mention.party and self._told_apart(mention):
            order = [keys[0] for keys in recent[:1] if len(keys) == 1]
            return self._taken_up(mention, order) if self._varies(mention) else ()
        if mention.determiner in self.pack.words["possessives"]:
            return ()
        persons = [k for k, p in enumerate(self.players) if p.kind is ActorKind.PERSON and p.folded]
        order = [keys[0] for keys in recent if len(keys) == 1]
        if order and mention.determiner and not mention.organisation and self._unranked(self.players[order[0]], mention):
            return (order[0],)
        fitting = [k for k in persons if self._fits(self.players[k], mention, exact=True)]
        fitting = fitting or [k for k in persons if self._fits(self.players[k], mention, exact=False)]
        if not fitting and mention.determiner and not mention.organisation:
            return self._taken_up(mention, order)
        if len(fitting) <= 1:
            return tuple(fitting)
        ranked = sorted(fitting, key=lambda k: order.index(k) if k in order else len(order))
        return (ranked[0],) if ranked[0] in order else tuple(fitting)

    def _from_roster(self, mention: Mention) -> tuple[int, ...]:
        """The one person who held the office when the report was published, according to the roster."""
        if not self.holders or mention.plural or mention.determiner in self.pack.words["indefinite"] or not mention.office:
            return ()
        wanted = fold(mention.organisation or mention.portfolio)
        fitting = [e for office, organisation, e in self.holders if office == mention.office and wanted in organisation]
        if len(fitting) != 1:
            return ()
        name = tuple(fitting[0].name.split())
        key = self._add(ActorKind.PERSON, name, _folded(name))
        self.players[key].roster = fitting[0]
        self.players[key].gender = fitting[0].gender or ""
        return (key,)

    def _unranked(self, player: Player, mention: Mention) -> bool:
        """Whether the person last spoken of has no office yet, so that a general role may well be theirs."""
        ranked = [o for o, _, _ in player.offices if not self._is_fellow(o)]
        if not mention.office and not player.party:
            ranked = []  # "de VVD'er": whoever was just spoken of, if no other party is theirs
        if player.kind is not ActorKind.PERSON or ranked or not player.folded:
            return False
        clash = (mention.gender and player.gender and mention.gender != player.gender) or (
            mention.party and player.party and mention.party != player.party
        )
        return not clash and (mention.office in self.pack.anaphora or not mention.office)

    def _is_fellow(self, office: str) -> bool:
        general = self.pack.anaphora.get(office)
        return general is not None and general.relation == "other"

    def _varies(self, mention: Mention) -> bool:
        """Whether "de veehouder uit Ommen", "de oud-burgemeester van Tholen" rather varies on the person just named."""
        office = self.pack.offices.get(mention.office)
        former = mention.modifier.lower() in self.pack.words["office_prefixes"]
        ordinary = office is not None and office.kind not in {"politics", "government", "press", "union"}
        return mention.determiner in {"de", "het"} and (former or ordinary)

    def _told_apart(self, mention: Mention) -> bool:
        """Whether "van ..." names an organisation that no person met so far is said to belong to."""
        wanted = fold(mention.organisation)
        return not any(
            wanted in fold(self.mentions[i].organisation + " " + self.mentions[i].portfolio)
            for p in self.players for office, _, i in p.offices if office == mention.office
        )  # fmt: skip

    def _taken_up(self, mention: Mention, order: list[int]) -> tuple[int, ...]:
        """A definite role that nobody was given takes up the person last spoken of, if nothing speaks against it."""
        for key in order[:2]:
            player = self.players[key]
            if player.kind is not ActorKind.PERSON or not player.folded:
                continue
            gender = mention.gender and player.gender and mention.gender != player.gender
            party = mention.party and player.party and mention.party != player.party
            ranked = any(not self._is_fellow(o) for o, _, _ in player.offices)
            specific = self._specific(mention) and not (mention.party and mention.party == player.party)
            if gender or party or (ranked and specific) or any(o == mention.office for o, _, _ in player.offices):
                continue
            if mention.party:
                player.party = mention.party
            return (key,)
        return ()

    def _specific(self, mention: Mention) -> bool:
        """Whether a role is an office that few hold, so that it is no mere variation on a name ("de informateur")."""
        office = self.pack.offices.get(mention.office)
        public = office is not None and office.kind in {"politics", "government", "press"}
        return public and not self.pack.has("generic", mention.office) and not self._varies(mention)

    def _fellow(self, general: Anaphor, speaker: tuple[int, ...]) -> tuple[int, ...]:
        """"zijn partijgenoot" without a name: the one other person of the speaker's party, if there is just one."""
        if general.value not in {"same-party", "same-faction"} or not speaker:
            return ()
        party = self.players[speaker[0]].party
        others = [k for k, p in enumerate(self.players) if party and p.party == party and k not in speaker and p.folded]
        return tuple(others) if len(others) == 1 else ()

    def _fits(self, player: Player, mention: Mention, *, exact: bool) -> bool:
        """Whether a role without a name may stand for `player`."""
        if mention.party and player.party and mention.party != player.party:
            return False
        if mention.gender and player.gender and mention.gender != player.gender:
            return False
        held = [(o, m) for o, m, _ in player.offices]
        if not mention.office:
            return (bool(mention.party) and mention.party == player.party) or any(
                m and fold(m) == fold(mention.modifier) for _, m in held
            )
        general = self.pack.anaphora.get(mention.office)
        if not exact:
            if general is None or general.relation != "office" or not self.pack.has("generic", mention.office):
                return False
            kinds = {self.pack.offices[o].kind for o, _ in held if o in self.pack.offices}
            return general.value in kinds
        for office, modifier in held:
            if office != mention.office and not office.endswith(mention.office):
                continue
            if mention.modifier and not mention.party:
                same = modifier and fold(mention.modifier) == fold(modifier)
                if not same and (modifier or not self._portfolio(player, mention)):
                    continue
            return True
        return False

    def _portfolio(self, player: Player, mention: Mention) -> bool:
        return any(fold(mention.modifier)[:5] in fold(self.mentions[i].portfolio + self.mentions[i].organisation) for _, _, i in player.offices)

    def describe(self, mention: Mention) -> str:
        """Return the words that name an actor without a personal name: without determiner, with the organisation."""
        tokens = self.tokens
        if mention.kind in {Kind.PARTY, Kind.OUTLET}:
            return mention.name[0]
        first = mention.first + 1 if mention.determiner in self.pack.words["determiners"] else mention.first
        return tokens.text[tokens.starts[first] : tokens.ends[mention.last - 1]]

    # --- result --------------------------------------------------------------------------------------------------

    def actors(self, used: set[int]) -> tuple[tuple[Actor, ...], dict[int, int]]:
        """Return the actors worth keeping, numbered anew, and the new key of each old one.

        Args:
            used: keys of the actors that speak or act; persons, parties and bodies are kept in any case.
        """
        kept = [k for k, p in enumerate(self.players) if k in used or (p.mentions and self._worth(p))]
        renumbered = {old: new for new, old in enumerate(kept)}
        return tuple(self._actor(self.players[old], new) for old, new in renumbered.items()), renumbered

    def _worth(self, player: Player) -> bool:
        """Whether an actor that does not speak is kept: persons, parties, and bodies with a name of their own."""
        if player.kind is ActorKind.BODY:
            return any(self.mentions[i].name or self.mentions[i].party for i in player.mentions)
        return player.kind is not ActorKind.UNNAMED

    def _actor(self, player: Player, key: int) -> Actor:
        spans = sorted({self._span(i) for i in player.mentions})
        roles: dict[tuple[str, str | None], Role] = {}
        for office, modifier, i in player.offices:
            mention = self.mentions[i]
            organisation = mention.portfolio or mention.organisation or (modifier if not self.pack.parties.get(fold(modifier)) else "")
            role = Role(office, organisation or None, mention.party or player.party or None, span=self._span(i))
            roles.setdefault((office, role.organisation), role)
        if player.roster is not None:
            for role in player.roster.roles:
                roles.setdefault((role.office, role.organisation), role)
        return Actor(
            key=key,
            kind=player.kind,
            name=" ".join(player.name),
            mentions=tuple(spans),
            roles=tuple(roles.values()),
            party=player.party or None,
            gender=Gender(player.gender) if player.gender in {"m", "f"} else None,
            in_roster=player.roster is not None,
        )

    def _span(self, i: int) -> Span:
        mention = self.mentions[i]
        return Span(self.tokens.starts[mention.first], self.tokens.ends[mention.core[1] - 1])


def _folded(name: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(w).replace("’", "'") for w in name)


def _compatible(full: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Whether `short` may be a shorter form of the name `full` (both folded): its end, an initial, half a double surname."""
    if full == short:
        return True
    last_full, last = full[-1], short[-1]
    if last_full != last and not last_full.startswith(last + "-") and not last_full.endswith("-" + last):
        return False
    if len(short) > len(full):
        return _compatible(short, full)
    head = short[:-1]
    if not head or full[-len(short) : -1] == head:
        return True
    first = head[0].rstrip(".")
    given = full[0].rstrip(".")
    same_given = given == first or "." in head[0] and given.startswith(first[0]) or "." in full[0] and first.startswith(given[0]) or len(first) == 1 and given.startswith(first)
    middle = [w for w in full[1:-1] if len(w) > 1]
    return same_given and all(w in middle for w in head[1:] if len(w) > 1)


def _in_roster(entry: RosterEntry, folded: tuple[str, ...]) -> bool:
    return any(_compatible(_folded(tuple(n.split())), folded) for n in (entry.name, *entry.aliases) if n)
