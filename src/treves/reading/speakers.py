"""Who speaks, resolved as the report is told: names, roles and pronouns beside the words, or whoever was told of before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from treves.model.actors import ActorKind
from treves.model.evidence import Span
from treves.model.statements import Speaker
from treves.reading.cast import Cast
from treves.reading.drafts import Carry, Draft
from treves.reading.nominals import Kind, Mention
from treves.reading.players import Keys
from treves.reading.rows import Row
from treves.reading.spacy_parse import Parse, attach
from treves.reading.subjects import coordinated
from treves.reading.word_groups import AND, COMMA, FINITE, NOUN

_MEMORY = 12
"""How many actors back a pronoun may reach."""
_SINGLE_KINDS = frozenset({Kind.ROLE, Kind.PERSON})
_NAMED_KINDS = frozenset({Kind.PERSON, Kind.NAME, Kind.ROLE})
_HUMAN_KINDS = frozenset({ActorKind.PERSON, ActorKind.UNNAMED})


@attrs.define(eq=False)
class Speakers:
    """What the report has told so far of who speaks and acts.

    Attributes:
        cast: its actors.
        parse: the parse of a user's pipeline; None without one.
        recent: actors told of, the nearest first.
        speaker: who spoke last.
        focus: the person who spoke or was the subject in the row before.
        topic: the actor of any kind that was the subject in the row before.
        unmet: a noun phrase that leads the row before and names somebody new; -1 if none does.
    """

    cast: Cast
    parse: Parse | None = None
    recent: list[Keys] = attrs.field(factory=list)
    speaker: Keys = ()
    focus: Keys = ()
    topic: Keys = ()
    unmet: int = -1

    def of(self, draft: Draft, row: Row) -> tuple[Speaker, ...]:
        """Return the speakers of a draft; nobody for hearsay."""
        mentions = self._parsed(draft) or draft.mentions
        if mentions:
            return self.named(mentions, row)
        if draft.fallback is not None:
            return self.named((self.cast.add_words(*draft.fallback),), row)
        if draft.carry is Carry.BEFORE:
            if self.unmet >= 0:
                return self.named((self.unmet,), row)
            written = draft.rule == "written" and self.topic
            keys = self.topic if written else self.focus or self.speaker
            return (Speaker(keys, None, "carried"),) if keys else ()
        return ()

    def _parsed(self, draft: Draft) -> tuple[int, ...]:
        """The noun phrase that a user's parser takes for the subject of the reporting words; empty if it tells nothing."""
        if self.parse is None or draft.cue is None or len(draft.mentions) > 1:
            return ()
        tokens, mentions = self.cast.tokens, self.cast.mentions
        cue = Span(tokens.starts[draft.cue[0]], tokens.ends[draft.cue[1] - 1])
        spans = [(tokens.starts[m.first], tokens.ends[m.last - 1]) for m in mentions]
        found = attach(self.parse, cue, spans)
        return (found,) if isinstance(found, int) else ()

    def named(self, mentions: Iterable[int], row: Row) -> tuple[Speaker, ...]:
        """Return the speakers that noun phrases of `row` name; several for a plural pronoun."""
        speakers: list[Speaker] = []
        for index in mentions:
            mention = self.cast.mentions[index]
            pronoun = mention.kind is Kind.PRONOUN
            recent = [*self._earlier_in(row, mention), *self._met(mention), *self.recent] if pronoun else self.recent
            keys = self.cast.resolve(index, recent, self.speaker)
            if pronoun and len(keys) > 1:
                speakers += [Speaker((key,), self.cast.span(mention), "pronoun") for key in keys]
            elif keys:
                speakers.append(Speaker(keys, self.cast.span(mention), str(mention.kind)))
        return tuple(speakers)

    def _met(self, pronoun: Mention) -> list[Keys]:
        """The newcomer of the row before, whom a singular pronoun takes up."""
        if self.unmet < 0 or pronoun.plural:
            return []
        keys = self.cast.resolve(self.unmet, self.recent, self.speaker)
        self.unmet = -1
        return [keys] if keys else []

    def _earlier_in(self, row: Row, pronoun: Mention) -> list[Keys]:
        """Actors named earlier in the same row, the nearest first; for a plural pronoun those joined by "en" before all."""
        found = self._pairs(row) if pronoun.plural else []
        for i in range(row.size - 1, -1, -1):
            if row.flags[i] & NOUN and row.lasts[i] <= pronoun.first:
                mention, keys = row.mention(i), self.cast.of[row.refs[i]]
                fits = mention.kind in _NAMED_KINDS or (pronoun.plural and mention.plural)
                if keys and fits and not mention.preposition:
                    found.append(keys)
        return found

    def _pairs(self, row: Row) -> list[Keys]:
        """Actors that the row joins: "X en Y"."""
        found: list[Keys] = []
        if not row.all_flags & AND:
            return found
        flags, of = row.flags, self.cast.of
        for i in row.where(NOUN):
            if flags[i + 1] & AND and flags[i + 2] & NOUN:
                keys = tuple(key for ref in coordinated(row, i) for key in of[ref][:1])
                if len(keys) > 1:
                    found.append(keys)
        return found

    # --- memory ------------------------------------------------------------------------------------------------------

    def remember_speakers(self, speakers: Sequence[Speaker]) -> None:
        """Remember who spoke."""
        keys = speakers[0].actors if len(speakers) == 1 else tuple(key for s in speakers for key in s.actors[:1])
        if keys:
            self.speaker = keys
            self._remember(keys)

    def remember_row(self, row: Row, before: list[Keys], *, spoken: bool) -> None:
        """Put the actors of a row before those of earlier ones: its speaker or subject first, then the others.

        Args:
            row: the row.
            before: `recent` as it was before the row.
            spoken: whether somebody spoke in it.
        """
        named = self._actors_of(row, before) if row.all_flags & NOUN else []
        players = self.cast.players
        newcomer = -1 if spoken or not row.all_flags & NOUN else self._newcomer(row)
        if newcomer >= 0 or (self.unmet >= 0 and (spoken or any(players[k[0]].kind in _HUMAN_KINDS for k in named))):
            self.unmet = newcomer
        lead = [self.speaker] if spoken and self.speaker else []
        pairs = [] if spoken else self._pairs(row)
        named = [*pairs[:1], *named]
        if lead:
            self.focus = self.topic = self.speaker
        else:
            self.focus = next((keys for keys in named if players[keys[0]].kind in _HUMAN_KINDS), self.focus)
        for keys in reversed([*lead, *named]):
            self._remember(keys)

    def _actors_of(self, row: Row, before: list[Keys]) -> list[Keys]:
        """The actors that a row names, roles and a leading pronoun resolved; the first one becomes the topic."""
        named: list[Keys] = []
        for i in row.where(NOUN):
            ref = row.refs[i]
            mention, keys = row.mentions[ref], self.cast.of[ref]
            if mention.preposition and (named or not keys):
                continue
            if not keys:
                single = mention.kind in _SINGLE_KINDS and not mention.plural
                if single and (mention.determiner or mention.name or i == 0):
                    keys = self.cast.resolve(ref, before, self.speaker)
                elif mention.kind is Kind.PRONOUN and not named:
                    keys = self.cast.resolve(ref, [*self._met(mention), *before], self.speaker)
            if keys:
                if not named and not mention.preposition:
                    self.topic = keys
                named.append(keys)
        return named

    def _newcomer(self, row: Row) -> int:
        """The noun phrase that leads a row and names one nobody met so far: a full name, a source without one; -1 if none."""
        i = next(i for i, known in enumerate(row.flags) if known & NOUN)
        apposed = row.flags[i - 1] & COMMA and row.flags[i + 1] & COMMA  # "De een, Anna Vos, ..."
        if i and not row.flags[i - 1] & FINITE and not apposed:
            return -1
        ref = row.refs[i]
        if self.cast.of[ref]:
            return -1
        mention = row.mentions[ref]
        full = mention.kind is Kind.NAME and len(mention.name) > 1
        return ref if full or (mention.kind is Kind.UNNAMED and not mention.plural) else -1

    def _remember(self, keys: Keys) -> None:
        if keys in self.recent:
            self.recent.remove(keys)
        self.recent.insert(0, keys)
        del self.recent[_MEMORY:]
