"""The cascade: from a report's units to statements with speakers.

Order within a unit: whole quotations, reported speech, quoted parts. Order over units: as they stand, because a pronoun or a
quotation without reporting words is told by what came before it.
"""

from __future__ import annotations

import attrs

from treves.model.actors import ActorKind
from treves.model.evidence import Span
from treves.model.statements import Speaker, Statement, StatementKind, statement_id
from treves.reading.cast import Cast
from treves.reading.rows import Row, Subject
from treves.reading.drafts import Carry, Draft
from treves.reading.mentions import Kind, Mention
from treves.reading.pack import Pack
from treves.reading.quotes import Quote
from treves.reading.report import Reports
from treves.reading.spacy_parse import Parse, attach
from treves.reading.speech import Speech
from treves.reading.tokens import TERMINAL, Tokens
from treves.reading.units import NOUN, QUOTE, STOP, Unit, cut_units

_MEMORY = 12
"""How many actors back a pronoun may reach."""


@attrs.define(eq=False)
class _Told:
    """A draft with its place in the report and its speakers."""

    draft: Draft
    unit: int
    group: int
    speakers: tuple[Speaker, ...] = ()


@attrs.define(eq=False)
class Attribution:
    """The attribution of one report.

    Attributes:
        document: id of the report.
        tokens, pack, quotes, mentions, cast: what is known of it.
    """

    document: str
    tokens: Tokens
    pack: Pack
    quotes: list[Quote]
    mentions: list[Mention]
    cast: Cast
    parse: Parse | None = None
    told: list[_Told] = attrs.field(factory=list)
    recent: list[tuple[int, ...]] = attrs.field(factory=list)
    speaker: tuple[int, ...] = ()
    focus: tuple[int, ...] = ()
    """The person who spoke or was the subject in the unit before."""
    topic: tuple[int, ...] = ()
    """The actor of any kind that was the subject in the unit before."""
    _groups: int = 0

    def run(self) -> list[_Told]:
        """Return the statements of the report, in order of place."""
        units = cut_units(self.tokens, self.quotes, self.mentions)
        for number, unit in enumerate(units):
            row = Row(unit, self.tokens, self.pack, self.mentions, self.quotes)
            if self._boilerplate(unit, row):
                continue
            drafts = self._drafts(row)
            if not drafts:
                drafts = self._anaphoric(row, units, number)
            self._follow_aldus(row, units, number)
            self._settle(row, number, drafts, units)
        self.told.sort(key=lambda t: (t.draft.first, t.draft.last))
        return self.told

    def _boilerplate(self, unit: Unit, row: Row) -> bool:
        return unit.opens and row.low(0) in self.pack.words["boilerplate"] and len(unit.items) < 40

    def _drafts(self, row: Row) -> list[Draft]:
        speech = Speech(row)
        drafts = list(speech.whole())
        reports = Reports(row, list(speech.claimed))
        drafts += reports.find()
        drafts += speech.parts(reports.claimed)
        return sorted(drafts, key=lambda d: d.first)

    def _anaphoric(self, row: Row, units: list[Unit], number: int) -> list[Draft]:
        """"Dat heeft X gezegd", "Dat meldt X": the sentence before is what was said."""
        if row.low(0) not in self.pack.words["anaphoric_cues"] or number == 0 or not row.finite(1):
            return []
        end = next((i for i in range(1, len(row.items)) if row.ends(i) or row.low(i) == ","), len(row.items))
        said = any(
            {"s"} <= f.verb.frames and f.verb.frames & {"d", "v"} and f.verb.lemma not in self.pack.words["denials"]
            for i in range(1, end)
            if row.items[i].low
            for f in row.senses(i, end)
        )
        if not said or any(row.has("negations", i) for i in range(1, end)):
            return []
        subject = row.subject(1)
        if subject is None:
            return []
        before = units[number - 1]
        for told in self.told:
            if told.unit == number - 1:
                if told.draft.rule == "no cue":
                    self._assign(told, subject, row)
                return []
        earlier = Row(before, self.tokens, self.pack, self.mentions, self.quotes)
        reports = Reports(earlier)
        first = reports.past_dateline(0, len(before.items))
        last = len(before.items)
        while last > first and before.items[last - 1].kind == STOP:
            last -= 1
        if last <= first:
            return []
        kind = StatementKind.MIXED if any(i.kind == QUOTE for i in before.items[first:last]) else StatementKind.INDIRECT
        cue = (row.items[1].first, row.items[1].last)
        return [Draft(kind, before.items[first].first, before.items[last - 1].last, subject.mentions, "dat zei", cue=cue)]

    def _assign(self, told: _Told, subject: Subject, row: Row) -> None:
        told.speakers = self._resolve(subject.mentions, row)

    def _follow_aldus(self, row: Row, units: list[Unit], number: int) -> None:
        """"'...' Aldus X.": X spoke the quotation of the sentence before."""
        if row.low(0) != "aldus" or not row.is_kind(1, NOUN):
            return
        speakers = self._resolve((row.items[1].ref,), row)
        for told in self.told:
            if told.unit == number - 1 and told.draft.rule == "no cue":
                told.speakers = speakers

    # --- speakers ------------------------------------------------------------------------------------------------

    def _settle(self, row: Row, number: int, drafts: list[Draft], units: list[Unit]) -> None:
        """Resolve the speakers of the drafts of one unit, and remember who was spoken of in it."""
        groups: dict[int, int] = {}
        before_unit = list(self.recent)
        for draft in drafts:
            if draft.group not in groups or draft.group == 0:
                self._groups += 1
                groups[draft.group] = self._groups
            group = groups[draft.group]
            speakers = self._speakers(draft, row)
            if draft.carry is Carry.BEFORE and draft.rule == "no cue":
                group = self._continued(draft, number, group, units)
            self.told.append(_Told(draft, number, group, speakers))
            keys = speakers[0].actors if len(speakers) == 1 else tuple(k for s in speakers for k in s.actors[:1])
            if keys:
                self.speaker = keys
                self._remember(keys)
        self._remember_unit(row, drafts, before_unit)

    def _parsed(self, draft: Draft) -> tuple[int, ...]:
        """The noun phrase that a user's parser takes for the subject of the reporting words; empty if it tells nothing new."""
        if self.parse is None or draft.cue is None or len(draft.mentions) > 1:
            return ()
        _, cue = spans_of(self.tokens, draft)
        spans = [(self.tokens.starts[m.first], self.tokens.ends[m.last - 1]) for m in self.mentions]
        found = attach(self.parse, cue, spans)
        return (found,) if isinstance(found, int) else ()

    def _continued(self, draft: Draft, number: int, group: int, units: list[Unit]) -> int:
        """The group of a quotation that carries on the one before it."""
        if not self.told:
            return group
        last = self.told[-1]
        same = last.unit >= number - 1 and last.draft.kind is StatementKind.DIRECT
        quote = next((q for q in self.quotes if q.inner_first == draft.first), None)
        if same and (quote is not None and quote.continues or units[number].paragraph == units[last.unit].paragraph and last.draft.rule != "no cue"):
            return last.group
        return group

    def _speakers(self, draft: Draft, row: Row) -> tuple[Speaker, ...]:
        mentions = self._parsed(draft) or draft.mentions
        if mentions:
            return self._resolve(mentions, row)
        if draft.fallback is not None:
            mention = Mention(draft.fallback[0], draft.fallback[1], draft.fallback, Kind.NOUN, determiner=self.tokens.lower[draft.fallback[0]])
            self.mentions.append(mention)
            self.cast.of.append(())
            return self._resolve((len(self.mentions) - 1,), row)
        if draft.carry is Carry.BEFORE:
            keys = self.topic if draft.rule == "written" and self.topic else self.focus or self.speaker
            return (Speaker(keys, None, "carried"),) if keys else ()
        return ()

    def _resolve(self, mentions: tuple[int, ...], row: Row) -> tuple[Speaker, ...]:
        speakers: list[Speaker] = []
        for index in mentions:
            mention = self.mentions[index]
            recent = self.recent
            if mention.kind is Kind.PRONOUN:
                recent = [*self._within(row, mention), *recent]
            keys = self.cast.resolve(index, recent, self.speaker)
            if mention.kind is Kind.PRONOUN and len(keys) > 1:
                speakers += [Speaker((k,), self._span(mention), "pronoun") for k in keys]
            elif keys:
                speakers.append(Speaker(keys, self._span(mention), str(mention.kind)))
        return tuple(speakers)

    def _within(self, row: Row, pronoun: Mention) -> list[tuple[int, ...]]:
        """Actors named earlier in the same unit, the nearest first."""
        earlier = [i.ref for i in row.items if i.kind == NOUN and i.last <= pronoun.first]
        named = [r for r in reversed(earlier) if self.mentions[r].kind in {Kind.PERSON, Kind.NAME, Kind.ROLE}]
        pairs = [p for p in self._pairs(row) if row.items and p] if pronoun.plural else []
        return [*pairs, *(self.cast.of[r] for r in named if self.cast.of[r] and not self.mentions[r].preposition)]

    def _pairs(self, row: Row) -> list[tuple[int, ...]]:
        """Actors that the unit coordinates: "X en Y"."""
        found: list[tuple[int, ...]] = []
        for i, item in enumerate(row.items):
            if item.kind == NOUN and row.low(i + 1) == "en" and row.is_kind(i + 2, NOUN):
                keys = tuple(k for r in row.coordinated(i) for k in self.cast.of[r][:1])
                if len(keys) > 1:
                    found.append(keys)
        return found

    def _span(self, mention: Mention) -> Span:
        return Span(self.tokens.starts[mention.first], self.tokens.ends[mention.core[1] - 1])

    def _remember(self, keys: tuple[int, ...]) -> None:
        if keys in self.recent:
            self.recent.remove(keys)
        self.recent.insert(0, keys)
        del self.recent[_MEMORY:]

    def _remember_unit(self, row: Row, drafts: list[Draft], before: list[tuple[int, ...]]) -> None:
        """Put the actors of a unit before those of earlier ones: its subject or speaker first, then the others."""
        named: list[tuple[int, ...]] = []
        for item in row.items:
            if item.kind == NOUN:
                mention = self.mentions[item.ref]
                keys = self.cast.of[item.ref]
                single = mention.kind in {Kind.ROLE, Kind.PERSON} and not mention.plural
                if not keys and not mention.preposition and (single or (mention.kind is Kind.PRONOUN and not named)):
                    keys = self.cast.resolve(item.ref, before, self.speaker)
                if keys and (not named or not mention.preposition):
                    named.append(keys)
                    if not mention.preposition and len(named) == 1:
                        self.topic = keys
        lead = [self.speaker] if drafts and self.speaker else []
        pairs = self._pairs(row)
        if pairs and not drafts:
            named = [pairs[0], *named]
        persons = [k for k in named if self.cast.players[k[0]].kind in {ActorKind.PERSON, ActorKind.UNNAMED}]
        if lead:
            self.focus = self.topic = self.speaker
        elif persons:
            self.focus = persons[0]
        for keys in reversed([*lead, *named]):
            self._remember(keys)


def spans_of(tokens: Tokens, draft: Draft) -> tuple[Span, Span | None]:
    """Return the spans of a draft's content and cue in the stored text."""
    content = Span(tokens.starts[draft.first], tokens.ends[draft.last - 1])
    cue = Span(tokens.starts[draft.cue[0]], tokens.ends[draft.cue[1] - 1]) if draft.cue else None
    return content, cue


def statements_of(attribution: Attribution, renumbered: dict[int, int]) -> tuple[Statement, ...]:
    """Turn what was told into statements, with actor keys as `renumbered`."""
    found: list[Statement] = []
    seen: set[tuple[int, int]] = set()
    for told in attribution.told:
        draft = told.draft
        if draft.first >= draft.last or (draft.first, draft.last) in seen:
            continue
        if draft.last - draft.first == 1 and attribution.tokens.words[draft.first] in TERMINAL:
            continue
        seen.add((draft.first, draft.last))
        content, cue = spans_of(attribution.tokens, draft)
        speakers = tuple(
            attrs.evolve(s, actors=tuple(renumbered[k] for k in s.actors if k in renumbered)) for s in told.speakers
        )
        found.append(
            Statement(
                id=statement_id(attribution.document, draft.kind, content),
                document=attribution.document,
                group=told.group,
                kind=draft.kind,
                content=content,
                speakers=speakers,
                cue=cue,
                rule=draft.rule,
            )
        )
    return tuple(found)
