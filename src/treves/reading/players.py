"""The actors of one report while it is read, and what each noun phrase stands for."""

from __future__ import annotations

import attrs

from treves.model.actors import ActorKind, RosterEntry
from treves.model.evidence import Span
from treves.reading.nominals import Kind, Mention
from treves.reading.pack import Pack
from treves.reading.tokens import Tokens
from treves.text import fold

Keys = tuple[int, ...]
"""Keys of actors told of together."""


@attrs.frozen
class Held:
    """An office that a noun phrase says of an actor: the words, and the index of the phrase."""

    office: str
    modifier: str
    mention: int


@attrs.frozen
class Holder:
    """Who held an office when the report was published, according to the roster; the organisation is folded."""

    office: str
    organisation: str
    entry: RosterEntry


@attrs.define(eq=False)
class Player:
    """An actor while the report is read.

    Attributes:
        kind: what it is.
        name: the words of its fullest name so far.
        folded: the same without case and accents; empty for actors that are described rather than named.
        mentions: indices of the noun phrases that name it.
        offices: what was said of its offices.
        party: canonical name of its party; empty if not told.
        gender: "m", "f" or "" if not told.
        roster: the roster entry that was joined; None if none.
        plural: whether it is several ("ingewijden").
    """

    kind: ActorKind
    name: tuple[str, ...]
    folded: tuple[str, ...]
    mentions: list[int] = attrs.field(factory=list)
    offices: list[Held] = attrs.field(factory=list)
    party: str = ""
    gender: str = ""
    roster: RosterEntry | None = None
    plural: bool = False

    @property
    def named_person(self) -> bool:
        """Whether it is a person with a personal name."""
        return self.kind is ActorKind.PERSON and bool(self.folded)

    def clashes(self, mention: Mention) -> bool:
        """Return whether gender or party of a noun phrase speaks against this actor."""
        return bool(
            (mention.gender and self.gender and mention.gender != self.gender)
            or (mention.party and self.party and mention.party != self.party)
        )

    def holds(self, office: str) -> bool:
        """Return whether `office` was said of it in just that word."""
        return any(held.office == office for held in self.offices)


@attrs.define(eq=False)
class Players:
    """All actors of one report.

    Attributes:
        tokens, pack, mentions: the report, its language and its noun phrases.
        all: the actors, in order of first mention; an actor's key is its place here.
        of: for every noun phrase the keys of the actors it may name; empty while it is not resolved.
        by_last: keys of persons by their folded surname, double surnames by either half too.
        described: keys of the other actors by their folded description.
        holders: the offices of the roster at the time of publication.
    """

    tokens: Tokens
    pack: Pack
    mentions: list[Mention]
    all: list[Player] = attrs.field(factory=list)
    of: list[tuple[int, ...]] = attrs.field(factory=list)
    by_last: dict[str, list[int]] = attrs.field(factory=dict)
    described: dict[str, int] = attrs.field(factory=dict)
    holders: list[Holder] = attrs.field(factory=list)

    def add(self, kind: ActorKind, name: tuple[str, ...], folded: tuple[str, ...] = ()) -> int:
        """Add an actor and return its key."""
        key = len(self.all)
        self.all.append(Player(kind, name, folded))
        if kind is ActorKind.PERSON and folded:
            halves = folded[-1].split("-")
            for ending in {folded[-1], halves[0], halves[-1]}:
                self.by_last.setdefault(ending, []).append(key)
        return key

    def add_person(self, i: int) -> int:
        """Add the person that noun phrase `i` names, and return its key."""
        name = self.mentions[i].name
        key = self.add(ActorKind.PERSON, name, folded_name(name))
        self.of[i] = (key,)
        self.learn(key, i)
        return key

    def add_entry(self, entry: RosterEntry) -> int:
        """Add the person of a roster entry, whom the report names by an office only, and return the key."""
        name = tuple(entry.name.split())
        key = self.add(ActorKind.PERSON, name, folded_name(name))
        self.all[key].roster, self.all[key].gender = entry, entry.gender or ""
        return key

    def add_party(self, party: str) -> int:
        """Add a party that no noun phrase names, and return its key."""
        key = self.add(ActorKind.PARTY, tuple(party.split()))
        self.described[fold(party)] = key
        self.all[key].party = party
        return key

    def learn(self, key: int, i: int) -> None:
        """Take what noun phrase `i` tells of the actor `key`."""
        mention, player = self.mentions[i], self.all[key]
        if mention.name:
            player.mentions.append(i)
            if len(mention.name) > len(player.name):
                player.name, player.folded = mention.name, folded_name(mention.name)
        player.party = player.party or mention.party
        player.gender = player.gender or mention.gender
        if mention.office:
            player.offices.append(Held(mention.office, mention.modifier, i))

    def describe_as(self, description: str, kind: ActorKind, i: int) -> int:
        """Return the key of the actor with the `description` that noun phrase `i` gives, added if it is new."""
        mention, folded = self.mentions[i], fold(description)
        key = self.described.get(folded)
        if key is None and kind is ActorKind.BODY and mention.determiner and " " not in folded:
            # "de vereniging" after "de huisartsenvereniging"
            key = next((k for told, k in self.described.items() if told.endswith(folded) and told != folded), None)
        if key is None:
            key = self.add(kind, tuple(description.split()))
            self.described[folded] = key
            self.all[key].party = mention.party
        player = self.all[key]
        player.mentions.append(i)
        player.plural = player.plural or mention.plural
        return key

    def describe(self, mention: Mention) -> str:
        """Return the words that name an actor without a personal name: without determiner, with the organisation."""
        if mention.kind in {Kind.PARTY, Kind.OUTLET}:
            return mention.name[0]
        tokens = self.tokens
        led = mention.determiner in self.pack.words["determiners"] and mention.last > mention.first + 1
        first = mention.first + 1 if led else mention.first
        return tokens.text[tokens.starts[first] : tokens.ends[mention.last - 1]]

    def span(self, mention: Mention) -> Span:
        """Return where a noun phrase stands, without what follows its name or head."""
        return Span(self.tokens.starts[mention.first], self.tokens.ends[mention.core[1] - 1])


def folded_name(name: tuple[str, ...]) -> tuple[str, ...]:
    """Return a name for comparison: without case and accents, and with one kind of apostrophe."""
    return tuple(fold(word).replace("’", "'") for word in name)
