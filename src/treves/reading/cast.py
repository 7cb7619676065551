"""The cast of one report: which noun phrases name the same actor, and who a role or a pronoun stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

from treves.model.actors import Actor, ActorKind, Gender, Role, Roster
from treves.model.evidence import Span
from treves.reading.naming import join_names
from treves.reading.nominals import Kind, Mention
from treves.reading.pack import Pack
from treves.reading.players import Held, Keys, Player, Players
from treves.reading.resolving import resolve
from treves.reading.tokens import Tokens


@attrs.define(eq=False)
class Cast:
    """All actors of one report, and what each noun phrase stands for.

    Attributes:
        tokens, pack, mentions: the report, its language and its noun phrases; `mentions` grows when a rule takes words for
            a noun phrase that nobody saw before.
    """

    tokens: Tokens
    pack: Pack
    mentions: list[Mention]
    _players: Players = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Begin without actors."""
        self._players = Players(self.tokens, self.pack, self.mentions)

    @property
    def players(self) -> Sequence[Player]:
        """The actors, in order of first mention; an actor's key is its place here."""
        return self._players.all

    @property
    def of(self) -> Sequence[Keys]:
        """For every noun phrase the keys of the actors it may name; empty while it is not resolved."""
        return self._players.of

    def join_names(self, roster: Roster | None, holds: Callable[[Role], bool]) -> None:
        """Join the mentions that carry a name: full names first, so that a surname in the headline finds its owner.

        Args:
            roster: persons known beforehand; None if there are none.
            holds: whether a dated roster role holds when the report was published.
        """
        join_names(self._players, roster, holds)

    def resolve(self, i: int, recent: list[Keys], speaker: Keys) -> Keys:
        """Return the keys of the actors that mention `i` may stand for; a new actor if it names nobody met so far.

        Args:
            i: index of the mention.
            recent: actors told of before this place, the nearest first.
            speaker: who spoke last; empty if nobody did.
        """
        return resolve(self._players, i, recent, speaker)

    def add_words(self, first: int, last: int) -> int:
        """Take the tokens ``[first, last)`` for a noun phrase of its own kind, and return its index."""
        determiner = self.tokens.lower[first]
        self.mentions.append(Mention(first, last, (first, last), Kind.NOUN, determiner=determiner))
        self._players.of.append(())
        return len(self.mentions) - 1

    def span(self, mention: Mention) -> Span:
        """Return where a noun phrase stands, without what follows its name or head."""
        return self._players.span(mention)

    def actors(self, used: set[int]) -> tuple[tuple[Actor, ...], dict[int, int]]:
        """Return the actors worth keeping, numbered anew, and the new key of each old one.

        Args:
            used: keys of the actors that speak or act; persons, parties and named bodies are kept in any case.
        """
        kept = [
            key for key, player in enumerate(self.players) if key in used or (player.mentions and self._is_kept(player))
        ]
        renumbered = {old: new for new, old in enumerate(kept)}
        return tuple(self._actor(self.players[old], new) for old, new in renumbered.items()), renumbered

    def _is_kept(self, player: Player) -> bool:
        """Whether an actor that does not speak is kept: persons, parties, and bodies with a name of their own."""
        if player.kind is ActorKind.BODY:
            return any(self.mentions[i].name or self.mentions[i].party for i in player.mentions)
        return player.kind is not ActorKind.UNNAMED

    def _actor(self, player: Player, key: int) -> Actor:
        return Actor(
            key=key,
            kind=player.kind,
            name=" ".join(player.name),
            mentions=tuple(sorted({self.span(self.mentions[i]) for i in player.mentions}, key=lambda span: span.start)),
            roles=self._roles(player),
            party=player.party or None,
            gender=Gender(player.gender) if player.gender in {"m", "f"} else None,
            in_roster=player.roster is not None,
        )

    def _roles(self, player: Player) -> tuple[Role, ...]:
        """The offices said of an actor, and those of its roster entry, each once."""
        roles: dict[tuple[str, str | None], Role] = {}
        for held in player.offices:
            mention = self.mentions[held.mention]
            organisation = mention.portfolio or mention.organisation or self._area(held, mention) or None
            office = self._office(held, mention)
            role = Role(office, organisation, mention.party or player.party or None, span=self.span(mention))
            roles.setdefault((role.office, role.organisation), role)
        for role in player.roster.roles if player.roster is not None else ():
            roles.setdefault((role.office, role.organisation), role)
        return tuple(roles.values())

    def _office(self, held: Held, mention: Mention) -> str:
        """The office, with what makes it another one: an "ex-wethouder" is no wethouder, a "medeonderhandelaar" not the one."""
        if held.modifier.lower() not in self.pack.words["compound_prefixes"]:
            return held.office
        printed = self.tokens.lower[mention.core[0] : mention.core[1]]
        return next((word for word in printed if word.endswith(held.office)), held.office)

    def _area(self, held: Held, mention: Mention) -> str:
        """What the first part of a compound office says of where its holder belongs: a field of policy, or a proper name.

        A party is told apart from it, and "mede", "oud", "top" say nothing of the kind.
        """
        modifier = held.modifier
        low, words = modifier.lower(), self.pack.words
        if low in words["compound_prefixes"] or self.pack.party(modifier):
            return ""
        printed = self.tokens.words[mention.core[0] : mention.core[1]]
        named = modifier[:1].isupper() and any(word.startswith(modifier.split()[-1] + "-") for word in printed)
        return modifier if named or low in words["fields"] else ""
