"""Rows: a sentence as a short row of items, and the senses of the verbs in it.

An item is a word, a mark, a whole quotation or a whole noun phrase. The rules are patterns over rows; they never look at raw
text. The lists of a row run on past its end with blanks, so that a look ahead, or before the first item, needs no test.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import attrs

from treves.reading.nominals import Mention
from treves.reading.pack import Pack
from treves.reading.quotes import Quote
from treves.reading.tokens import Tokens
from treves.reading.verbs import Verb, VerbForm
from treves.reading.word_groups import AND, CLAUSE_OPENERS, COLON, COMMA, NOUN, REFLEXIVE, SEMICOLON, THERE

_NEAR = 6
"""How many items before a verb form its other words may stand."""


@attrs.frozen(eq=False)
class Subject:
    """Who does what a verb says.

    Attributes:
        mentions: indices of the noun phrases, several when coordinated ("X en Y zeggen").
        at: index of the item of the first one; -1 when carried over from an earlier clause.
        after: whether it stands behind its verb.
    """

    mentions: tuple[int, ...]
    at: int = -1
    after: bool = False

    @property
    def end(self) -> int:
        """The item behind a subject that stands behind its verb, joined phrases and what joins them included."""
        return self.at + 2 * len(self.mentions) - 1


@attrs.define(eq=False)
class Row:
    """A sentence, or several that one quotation joins, as a row of items.

    Attributes:
        tokens, pack, mentions, quotes: the report, its language, and what items refer to.
        paragraph: number of its paragraph.
        size: number of items.
        lows: lower-case word or mark of every item; empty for noun phrases and quotations, and beyond the row.
        flags: what every item may be; ``ENDS`` beyond the row.
        firsts, lasts: token range ``[first, last)`` of every item.
        refs: index of the mention or quotation of every item; -1 for words and marks.
        opens: whether it opens its paragraph.
        alone: whether it is all there is of its paragraph.
        all_flags: everything that any of its items may be.
        last_subject: the subject found last, for clauses that leave it out ("..., maar zei").
    """

    tokens: Tokens
    pack: Pack
    mentions: list[Mention]
    quotes: Sequence[Quote]
    paragraph: int
    size: int
    lows: list[str]
    flags: list[int]
    firsts: list[int]
    lasts: list[int]
    refs: list[int]
    all_flags: int
    opens: bool = False
    alone: bool = False
    last_subject: Subject | None = None

    def mention(self, i: int) -> Mention:
        """Return the noun phrase at item `i`."""
        return self.mentions[self.refs[i]]

    def any(self, flags: int, first: int, last: int) -> bool:
        """Return whether any of the items ``[first, last)`` may be one of `flags`."""
        known = self.flags
        for i in range(first, last):  # noqa: SIM110 - the hottest loop of the rules: a generator costs twice as much
            if known[i] & flags:
                return True
        return False

    def where(self, flags: int) -> list[int]:
        """Return the items that may be one of `flags`, which ``ENDS`` is none of."""
        return [i for i, known in enumerate(self.flags) if known & flags]

    def opens_with(self, mention: Mention, flags: int) -> bool:
        """Return whether the first word of a noun phrase may be one of `flags`."""
        return bool(self.pack.flags.get(self.tokens.lower[mention.first], 0) & flags)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the token range of the items ``[first, last)``."""
        return self.firsts[first], self.lasts[last - 1]

    def clause_start(self, i: int) -> int:
        """Return where the main clause that holds item `i` starts: behind a coordinator, semicolon or colon, or at 0."""
        flags = self.flags
        for j in range(i - 1, -1, -1):
            known = flags[j]
            if known & (COLON | SEMICOLON) or (known & AND and flags[j - 1] & COMMA):
                return j + 1
            if known & CLAUSE_OPENERS and self.lows[j - 1] in {",", "–"}:
                return j + 1
        return 0

    # --- verbs -------------------------------------------------------------------------------------------------------

    def forms(self, i: int) -> tuple[VerbForm, ...]:
        """Return what the word at item `i` may be as a form of a reporting verb."""
        return self.pack.verbs.get(self.lows[i], ())

    def senses(self, i: int, stop: int) -> list[VerbForm]:
        """Return the verb senses at item `i` whose other words stand by before item `stop`, most demanding first."""
        forms = self.pack.verbs.get(self.lows[i])
        if forms is None:
            return []
        present = self._present
        return [form for form in forms if form.complete or (form.key in present and self._completed(form, i, stop))]

    @cached_property
    def _present(self) -> frozenset[str]:
        """All words of the row, those within noun phrases included, and the empty one."""
        return frozenset(["", *self.tokens.lower[self.firsts[0] : self.lasts[self.size - 1]]])

    def _completed(self, form: VerbForm, i: int, stop: int) -> bool:
        """Whether the other words that a verb sense needs stand by it, before item `stop`."""
        verb, present = form.verb, self._present
        if verb.required and present.isdisjoint(verb.signs):
            return False
        if verb.fixed and not present.issuperset(verb.fixed):
            return False
        apart = bool(verb.particle) and not form.joined
        if apart and verb.particle not in present and verb.merged not in present:
            return False
        final = stop == i + 1  # a verb at the end of its clause has its words before it
        left = i if form.finite and not form.joined and not final else max(0, i - _NEAR)
        region = [low for low in self.lows[left:stop] if low]
        rest = region[1:]
        if apart and verb.particle not in rest:
            return verb.merged in region and self.any(THERE, left, stop)
        if verb.required and not self._has_correlate(verb, rest, stop):
            return False
        return all(word in rest or self._has_fixed(word, i, stop) for word in verb.fixed)

    def _has_correlate(self, verb: Verb, rest: Sequence[str], stop: int) -> bool:
        """Whether the adverb of a verb stands by, whole ("erop") or in two ("er ... op")."""
        if verb.required in self.lows[:stop]:
            return True
        return bool(verb.stem) and verb.stem in rest and self.any(THERE, 0, stop)

    def _has_fixed(self, word: str, i: int, stop: int) -> bool:
        """Whether a fixed word stands further off: a reflexive anywhere before, a noun within a noun phrase nearby."""
        if self.pack.flags.get(word, 0) & REFLEXIVE and self.any(REFLEXIVE, 0, stop):
            return True
        lower = self.tokens.lower
        near = (j for j in range(max(0, i - _NEAR), stop) if self.flags[j] & NOUN)
        return any(word in lower[self.firsts[j] : self.lasts[j]] for j in near)
