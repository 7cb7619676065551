"""The cascade: from a report's rows to statements with speakers.

Order within a row: whole quotations, reported speech, quoted parts. Order over rows: as they stand, because a pronoun or a
quotation without reporting words is told by what came before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import attrs

from treves.model.statements import Speaker, Statement, StatementKind, statement_id
from treves.reading.cast import Cast
from treves.reading.drafts import Carry, Draft, Told
from treves.reading.findings import Findings, past_dateline
from treves.reading.nominals import Kind, Mention
from treves.reading.pack import Pack
from treves.reading.quoted_parts import find_quoted_parts
from treves.reading.quotes import Quote
from treves.reading.report import find_reports
from treves.reading.rows import Row
from treves.reading.spacy_parse import Parse
from treves.reading.speakers import Speakers
from treves.reading.speech import find_quotations
from treves.reading.subjects import subject_of
from treves.reading.tokens import TERMINAL, Tokens
from treves.reading.units import cut_rows
from treves.reading.verbs import CLAUSE, FOLLOWS, SAID
from treves.reading.word_groups import (
    ANAPHORIC_CUES,
    BOILERPLATE,
    COLON,
    COMMA,
    DENIALS,
    ENDS,
    FINITE,
    NEGATIONS,
    NOUN,
    QUOTE,
    STOP,
    THUS,
    VERB,
)

_LONGEST_BOILERPLATE = 40
_PERSONAL = frozenset({Kind.PERSON, Kind.ROLE, Kind.NAME})
_NO_CUE = "no cue"
"""Rule of a quotation beside which nobody is named."""


@attrs.define(eq=False)
class Attribution:
    """The attribution of one report.

    Attributes:
        document: id of the report.
        tokens, pack, quotes, mentions, cast: what is known of it.
        parse: the parse of a user's spaCy pipeline; None without one.
        told: the statements found, in order of place once it has run.
    """

    document: str
    tokens: Tokens
    pack: Pack
    quotes: list[Quote]
    mentions: list[Mention]
    cast: Cast
    parse: Parse | None = None
    told: list[Told] = attrs.field(factory=list)
    _speakers: Speakers = attrs.field(init=False)
    _groups: int = attrs.field(init=False, default=0)

    def __attrs_post_init__(self) -> None:
        """Begin with nobody told of."""
        self._speakers = Speakers(self.cast, self.parse)

    def run(self) -> list[Told]:
        """Return the statements of the report, in order of place."""
        before: Row | None = None
        rows = cut_rows(self.tokens, self.pack, self.quotes, self.mentions)
        for number, row in enumerate(rows):
            if not _is_boilerplate(row):
                drafts = _drafts(row)
                if not drafts and before is not None and row.flags[0] & ANAPHORIC_CUES:
                    drafts = self._take_up(row, number, before)
                if row.flags[0] & THUS and row.flags[1] & NOUN:
                    self._name_before(row, number)
                self._settle(row, number, drafts, rows)
            before = row
        self._look_ahead()
        self.told.sort(key=lambda told: (told.draft.first, told.draft.last))
        return self.told

    def _look_ahead(self) -> None:
        """Give the quotations with which a report opens, before it names anybody, to the first person it names behind them."""
        for told in self.told:
            if told.speakers or told.draft.kind is not StatementKind.DIRECT:
                return
            pronoun = self.mentions[told.draft.mentions[0]] if told.draft.mentions else None
            if pronoun is not None and pronoun.plural:
                return
            persons = (
                (min(p.mentions), k, p) for k, p in enumerate(self.cast.players) if p.named_person and p.mentions
            )
            behind = (found for found in persons if self.mentions[found[0]].first >= told.draft.last)
            _, key, player = min(behind, default=(0, -1, None), key=lambda found: found[0])
            if player is None or (pronoun is not None and player.clashes(pronoun)):
                return
            told.speakers = (Speaker((key,), None, "carried"),)

    def _told_in(self, number: int) -> list[Told]:
        return [told for told in self.told if told.row == number]

    def _take_up(self, row: Row, number: int, before: Row) -> list[Draft]:
        """The row before is what was said: "Dat heeft X gezegd", "Dat meldt X"."""
        if not _says_so(row):
            return []
        subject = subject_of(row, 1)
        if subject is None:
            return []
        earlier = self._told_in(number - 1)
        if earlier:
            if earlier[0].draft.rule == _NO_CUE:
                earlier[0].speakers = self._speakers.named(subject.mentions, row)
            return []
        first = past_dateline(before, 0, before.size)
        last = before.size
        while last > first and before.flags[last - 1] & STOP:
            last -= 1
        if last <= first:
            return []
        kind = StatementKind.MIXED if before.any(QUOTE, first, last) else StatementKind.INDIRECT
        return [Draft(kind, *before.span(first, last), subject.mentions, "dat zei", cue=row.span(1, 2))]

    def _name_before(self, row: Row, number: int) -> None:
        """Give a quotation of the row before its speaker: "'...' Aldus X."."""
        speakers = self._speakers.named((row.refs[1],), row)
        for told in self._told_in(number - 1):
            if told.draft.rule == _NO_CUE:
                told.speakers = speakers

    def _settle(self, row: Row, number: int, drafts: list[Draft], rows: list[Row]) -> None:
        """Resolve the speakers of the drafts of one row, and remember who was told of in it."""
        groups: dict[int, int] = {}
        before = list(self._speakers.recent)
        for draft in drafts:
            if draft.group not in groups or draft.group == 0:
                self._groups += 1
                groups[draft.group] = self._groups
            group = groups[draft.group]
            asked = draft.rule == _NO_CUE and number > 0 and _is_question(rows[number - 1], row)
            speakers = (self._answering() if asked else ()) or self._speakers.of(draft, row)
            if draft.carry is Carry.BEFORE and draft.rule == _NO_CUE:
                group = self._continued(draft, number, group, rows)
            self.told.append(Told(draft, number, group, speakers))
            self._speakers.remember_speakers(speakers)
        self._speakers.remember_row(row, before, spoken=bool(drafts))

    def _answering(self) -> tuple[Speaker, ...]:
        """Who answers the questions of an interview: the person who has said most so far."""
        said = Counter(key for told in self.told for speaker in told.speakers for key in speaker.actors[:1])
        persons = [key for key, _ in said.most_common() if self.cast.players[key].named_person]
        return (Speaker((persons[0],), None, "carried"),) if persons else ()

    def _continued(self, draft: Draft, number: int, group: int, rows: list[Row]) -> int:
        """The group of a quotation that carries on the one before it; else its own `group`."""
        last = self.told[-1] if self.told else None
        if last is None or last.row < number - 1 or last.draft.kind is not StatementKind.DIRECT:
            return group
        continues = any(quote.continues for quote in self.quotes if quote.inner_first == draft.first)
        same_paragraph = rows[number].paragraph == rows[last.row].paragraph
        return last.group if continues or (same_paragraph and last.draft.rule != _NO_CUE) else group


def _drafts(row: Row) -> list[Draft]:
    """What the rules find in a row, in order of place."""
    found = Findings(row)
    drafts = find_quotations(found)
    drafts += find_reports(found)
    drafts += find_quoted_parts(found)
    drafts.sort(key=lambda draft: draft.first)
    return drafts


def _is_question(before: Row, row: Row) -> bool:
    """Whether a row answers a question that ends the paragraph before, as interviews print it, and that names nobody."""
    if not row.opens or before.lows[before.size - 1] != "?" or before.all_flags & (QUOTE | COLON):
        return False
    return not any(before.mention(i).kind in _PERSONAL for i in before.where(NOUN))


def _is_boilerplate(row: Row) -> bool:
    """Whether a row is a reference to something else: "Lees ook: ...", "Bekijk de beelden"."""
    return bool(row.opens and row.flags[0] & BOILERPLATE) and row.size < _LONGEST_BOILERPLATE


def _says_so(row: Row) -> bool:
    """Whether a row that "dat" or "dit" opens says, without denying it, that somebody said the row before."""
    flags = row.flags
    if not flags[1] & FINITE:
        return False
    end = next(i for i in range(1, row.size + 1) if flags[i] & (ENDS | COMMA))
    if row.any(NEGATIONS, 1, end):
        return False
    senses = (form.verb for i in range(1, end) if flags[i] & VERB for form in row.senses(i, end))
    return any(v.frames & SAID and v.frames & (CLAUSE | FOLLOWS) and not v.groups & DENIALS for v in senses)


def statements_of(attribution: Attribution, renumbered: Mapping[int, int]) -> tuple[Statement, ...]:
    """Turn what was told into statements, with actor keys as `renumbered`; what holds no more than a mark is left out."""
    found: list[Statement] = []
    seen: set[tuple[int, int]] = set()
    for told in attribution.told:
        draft = told.draft
        place = draft.first, draft.last
        mark = draft.last - draft.first == 1 and attribution.tokens.words[draft.first] in TERMINAL
        if draft.first >= draft.last or place in seen or mark:
            continue
        seen.add(place)
        content, cue = draft.spans(attribution.tokens)
        found.append(
            Statement(
                id=statement_id(attribution.document, draft.kind, content),
                document=attribution.document,
                group=told.group,
                kind=draft.kind,
                content=content,
                speakers=tuple(_renumbered(speaker, renumbered) for speaker in told.speakers),
                cue=cue,
                rule=draft.rule,
            )
        )
    return tuple(found)


def _renumbered(speaker: Speaker, renumbered: Mapping[int, int]) -> Speaker:
    actors = tuple(renumbered[key] for key in speaker.actors if key in renumbered)
    return speaker if actors == speaker.actors else Speaker(actors, speaker.span, speaker.rule)
