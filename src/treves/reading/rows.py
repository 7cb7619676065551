"""What the rules ask of a row of items: verb forms, the words a verb needs, its subject, where a clause ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from treves.reading.mentions import Kind, Mention
from treves.reading.pack import Pack, Verb, VerbForm
from treves.reading.quotes import Quote
from treves.reading.tokens import Tokens
from treves.reading.units import NOUN, QUOTE, STOP, WORD, Item, Unit

_ENDS = frozenset(".?!;…") | {"..", "..."}
_REACH = 9
"""How many items a finite verb may stand from the beginning of a clause for it to count as that clause's second place."""


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


@attrs.define(eq=False)
class Row:
    """A unit with the means to ask about its items.

    Attributes:
        unit, tokens, pack, mentions, quotes: the unit and what its items refer to.
        last_subject: the subject found last, for clauses that leave it out ("..., maar zei").
    """

    unit: Unit
    tokens: Tokens
    pack: Pack
    mentions: list[Mention]
    quotes: Sequence[Quote]
    last_subject: Subject | None = None

    @property
    def items(self) -> list[Item]:
        """The items of the unit."""
        return self.unit.items

    def low(self, i: int) -> str:
        """Lower-case word of item `i`; empty beyond the row and for noun phrases and quotations."""
        items = self.unit.items
        return items[i].low if 0 <= i < len(items) else ""

    def is_kind(self, i: int, kind: str) -> bool:
        """Return whether item `i` exists and is of `kind`."""
        return 0 <= i < len(self.unit.items) and self.unit.items[i].kind == kind

    def mention(self, i: int) -> Mention:
        """The noun phrase at item `i`."""
        return self.mentions[self.unit.items[i].ref]

    def has(self, group: str, i: int) -> bool:
        """Return whether the word at item `i` is in the word group."""
        low = self.low(i)
        return bool(low) and low in self.pack.words[group]

    def ends(self, i: int) -> bool:
        """Return whether item `i` is beyond the row or a mark that ends a sentence."""
        return i >= len(self.unit.items) or self.unit.items[i].low in _ENDS

    # --- verbs ---------------------------------------------------------------------------------------------------

    def forms(self, i: int) -> tuple[VerbForm, ...]:
        """What the word at item `i` may be as a form of a reporting verb."""
        item = self.unit.items[i]
        return self.pack.verbs.get(item.low, ()) if item.kind == WORD else ()

    def finite(self, i: int) -> bool:
        """Return whether item `i` is a finite verb that the pack knows."""
        low = self.low(i)
        return (low in self.pack.words["auxiliaries"] or low in self.pack.finite) and self.low(i - 1) != "te"

    def senses(self, i: int, stop: int) -> Iterator[VerbForm]:
        """Yield the verb senses at item `i` whose other words stand between it and item `stop`, most demanding first."""
        for form in self.forms(i):
            if self._satisfied(form, i, stop):
                yield form

    def _satisfied(self, form: VerbForm, i: int, stop: int) -> bool:
        verb = form.verb
        if verb.bare or (form.joined and not verb.particle):
            return True
        final = stop == i + 1  # a verb at the end of its clause has its words before it
        left = i if form.form == "finite" and not form.joined and not final else max(0, i - 6)
        region = [it.low for it in self.unit.items[left:stop] if it.low]
        if verb.particle and not form.joined and verb.particle not in region[1:]:
            return "er" in region and verb.correlate[2:] + verb.particle in region  # "er ... vanuit"
        if verb.correlate and not (verb.fixed and verb.correlate.startswith("er")) and not _has_correlate(verb, region, [it.low for it in self.unit.items[:stop]]):
            return False
        return all(self._has_fixed(w, region, i, stop) for w in verb.fixed)

    def _has_fixed(self, word: str, region: list[str], i: int, stop: int) -> bool:
        if word in region[1:] or (word == "zich" and "zich" in [it.low for it in self.unit.items[:stop]]):
            return True
        # a fixed noun may have been folded into a noun phrase
        near = self.unit.items[max(0, i - 6) : stop]
        return any(it.kind == NOUN and word in self.tokens.lower[it.first : it.last] for it in near)

    # --- subjects ------------------------------------------------------------------------------------------------

    def subject(self, i: int) -> Subject | None:
        """Return the subject of the clause whose finite verb is item `i`; None if there is no noun phrase for it."""
        found = self._find_subject(i)
        if found is not None and found.mentions:
            self.last_subject = found
            self._number(found, i)
        return found

    def _number(self, subject: Subject, i: int) -> None:
        """Tell "zij" (she) from "zij" (they) by the number of the verb."""
        mention = self.mentions[subject.mentions[0]]
        if mention.kind is Kind.PRONOUN and self.tokens.lower[mention.first] in self.pack.words["pronouns_either"]:
            mention.plural = self.low(i).endswith("en") or self.low(i) in {"zijn", "gaan", "staan", "doen", "zien"}
            mention.gender = "" if mention.plural else "f"

    def _find_subject(self, i: int) -> Subject | None:
        after = self.subject_after(i)
        before = self.subject_before(i)
        if after is not None and not self._agrees(after, i):
            after = None
        fronted = self.low(i - 1) == "," and not (before is not None and before.at == 0)
        if after is not None and (before is None or self._pronominal(after) or fronted):
            return after
        if before is not None:
            return before
        if self.elided(i):
            earlier = self.last_subject or self._earlier_subject(i)
            if earlier is not None:
                return Subject(earlier.mentions)
        return after

    def _earlier_subject(self, i: int) -> Subject | None:
        """The subject of the nearest finite verb before item `i` that has one of its own."""
        for k in range(i - 2, -1, -1):
            if self.finite(k):
                found = self.subject_before(k) or self.subject_after(k)
                if found is not None:
                    self._number(found, k)
                    return found
        for j in range(min(i, 2)):
            if self.is_kind(j, NOUN) and not self.mention(j).preposition:
                return Subject(self.coordinated(j), j)
        return None

    def _agrees(self, subject: Subject, i: int) -> bool:
        """Whether a noun phrase behind the verb at `i` has its number: a plural one is no subject of a singular verb."""
        mention = self.mentions[subject.mentions[0]]
        several = len(subject.mentions) > 1 or mention.plural
        if not several or self._pronominal(subject):
            return True
        return self.low(i).endswith("en") or self.low(i) in {"zijn", "gaan", "staan", "doen", "zien", "slaan"}

    def _pronominal(self, subject: Subject) -> bool:
        mention = self.mentions[subject.mentions[0]]
        return mention.kind is Kind.PRONOUN and self.tokens.lower[mention.first] in self.pack.words["subject_pronouns"]

    def subject_after(self, i: int) -> Subject | None:
        """The subject behind the verb at item `i` (inversion), past a few floating words and prepositional phrases."""
        j = i + 1
        steps = 0
        while j < len(self.items) and steps < 7:
            item = self.items[j]
            if item.kind == NOUN:
                mention = self.mention(j)
                if not mention.preposition and not self.object_pronoun(mention):
                    return Subject(self.coordinated(j), j, after=True)
            elif item.kind == QUOTE or item.low in {",", ":", ".", ";", "(", "–"}:
                return None
            elif item.low in self.pack.words["complementizers"]:
                return None
            elif item.low in self.pack.words["questions"] and steps > 0 and not self.has("prepositions", j - 1):
                return None
            j += 1
            steps += 1
        return None

    def object_pronoun(self, mention: Mention) -> bool:
        """Return whether the noun phrase is a pronoun that cannot be a subject ("hem", "haar")."""
        low = self.tokens.lower[mention.first]
        return mention.kind is Kind.PRONOUN and low not in self.pack.words["subject_pronouns"]

    def subject_before(self, i: int) -> Subject | None:
        """The subject before the verb: next to it, past floating words, or before an inserted apposition or clause."""
        j = i - 1
        steps = 0
        while j >= 0 and steps < 5 and self.is_kind(j, WORD) and (self.has("floating", j) or self.low(j).endswith("lijk")):
            j -= 1
            steps += 1
        if j >= 0 and self.items[j].kind == NOUN and not self.mention(j).preposition:
            return Subject(self._coordinated_before(j), j)
        if j >= 0 and self.low(j) == "," and steps == 0:
            return self._before_insertion(j)
        if j >= 0 and self.low(j) in self.pack.words["relatives"] and self.is_kind(j - 1, STOP):
            return self._antecedent(j)
        return self._clause_final(i)

    def _before_insertion(self, comma: int) -> Subject | None:
        """The noun phrase before an insertion that ends at `comma`: "X, fractievoorzitter van Y, zegt"."""
        start = self.clause_start(comma)
        for j in range(start, comma - 1):
            if self.items[j].kind != NOUN or self.mention(j).preposition:
                continue
            if self.low(j + 1) == "," or self.low(j + 1) in self.pack.words["relatives"]:
                if any(self.finite(k) for k in range(start, j)):
                    return None
                return Subject(self._coordinated_before(j), j)
        return None

    def _antecedent(self, relative: int) -> Subject | None:
        j = relative - 2 if self.is_kind(relative - 1, STOP) else relative - 1
        if self.is_kind(j, NOUN):
            return Subject(self._coordinated_before(j), j)
        return None

    def _clause_final(self, i: int) -> Subject | None:
        """The subject of a subordinate clause whose verb stands at its end: "die ... sprak", "toen X zei"."""
        for j in range(i - 1, max(-1, i - 14), -1):
            low = self.low(j)
            if low in self.pack.words["relatives"] and (self.low(j - 1) == "," or low == "die" and self.is_kind(j - 1, NOUN)):
                return self._antecedent(j)
            if low in self.pack.words["subordinators"] or low in self.pack.words["complementizers"]:
                if self.is_kind(j + 1, NOUN) and not self.mention(j + 1).preposition:
                    return Subject(self.coordinated(j + 1), j + 1)
                return None
            if low in {",", ":", ";"} or (self.is_kind(j, QUOTE) and i - j > 2):
                return None
            if self.finite(j) and j < i - 1 and not (low.endswith("en") and not self.has("auxiliaries", j)):
                return None
        return None

    def elided(self, i: int) -> bool:
        """Return whether the clause of the verb at item `i` leaves its subject out ("..., maar zei")."""
        j = i - 1
        while j > 0 and self.has("floating", j):
            j -= 1
        return self.has("coordinators", j)

    def coordinated(self, j: int) -> tuple[int, ...]:
        """Return the noun phrase at item `j` with those joined to its right ("X, Y en Z")."""
        found = [self.items[j].ref]
        k = j
        while self.low(k + 1) in {",", "en", "én"} and self.is_kind(k + 2, NOUN):
            if self.low(k + 1) == "," and not (self.low(k + 3) in {"en", ","} and self.is_kind(k + 4, NOUN)):
                break
            if self.mention(k + 2).appositive >= 0:
                break
            found.append(self.items[k + 2].ref)
            k += 2
        return tuple(found)

    def _coordinated_before(self, j: int) -> tuple[int, ...]:
        found = [self.items[j].ref]
        k = j
        while self.low(k - 1) in {"en", "én"} and self.is_kind(k - 2, NOUN) and not self.mention(k - 2).preposition:
            found.insert(0, self.items[k - 2].ref)
            k -= 2
            while self.low(k - 1) == "," and self.is_kind(k - 2, NOUN) and not self.mention(k - 2).preposition:
                found.insert(0, self.items[k - 2].ref)
                k -= 2
        return tuple(found)

    # --- clauses -------------------------------------------------------------------------------------------------

    def clause_start(self, i: int) -> int:
        """Return where the main clause that holds item `i` starts: behind a coordinator, semicolon or colon, or at 0."""
        for j in range(i - 1, -1, -1):
            low = self.low(j)
            if low in {";", ":"} or (low in {"maar", "want", "al", "terwijl"} and self.low(j - 1) in {",", "–"}):
                return j + 1
            if low == "en" and self.low(j - 1) == ",":
                return j + 1
        return 0

    def main_clause(self, i: int) -> bool:
        """Return whether a main clause (finite verb second) starts at item `i`, rather than a subordinate one going on."""
        limit = min(len(self.items), i + _REACH)
        for j in range(i, limit):
            if self.items[j].kind == STOP:
                return False
            if self.items[j].kind != WORD or not self.finite(j):
                continue
            if j == i:
                return self.reports(j)
            after = j + 1
            final = after >= len(self.items) or self.items[after].kind == STOP
            fronted = self.has("prepositions", i) or self.has("floating", i) or self.has("function", i)
            return not final and not self.finite(after) and (j == i + 1 or fronted)
        return False

    def reports(self, i: int) -> bool:
        """Return whether the verb at item `i` opens a report of its own ("en wees erop dat", "maar zei niet te willen")."""
        for stop in range(i + 1, min(len(self.items), i + 9) + 1):
            ended = stop >= len(self.items)
            opens = self.has("complementizers", stop) or self.has("questions", stop) or self.is_kind(stop, QUOTE)
            if ended or opens or self.low(stop) == "te":
                speaks = any(f.form == "finite" and f.verb.frames & {"s", "h"} for f in self.senses(i, stop))
                if not speaks and self.has("auxiliaries", i):
                    late = (f for k in range(i + 1, stop) for f in self.senses(k, stop))
                    speaks = any(f.form != "finite" and f.verb.frames & {"s", "h"} for f in late)
                if speaks or ended or self.low(stop) != "te":
                    return speaks and not ended
            if self.items[stop].kind == STOP:
                return False
        return False

    def attribution_at(self, i: int) -> bool:
        """Return whether an attribution stands at item `i`: "aldus X", "zegt X", "zo meldde X", "volgens X"."""
        if self.has("quote_openers", i):
            return self.low(i) == "aldus" or self.finite(i + 1)
        if self.low(i) == "volgens":
            return self.is_kind(i + 1, NOUN)
        if not self.is_kind(i, WORD):
            return False
        if any(f.form == "finite" and f.verb.frames & {"q", "v"} for f in self.forms(i)):
            return self.subject_after(i) is not None
        return False

    def complement_end(self, start: int) -> tuple[int, list[int]]:
        """Return where a reported clause that starts at `start` ends, and where coordinated parts of it begin.

        The parts are item indices of the complementizers ("en dat", "maar of") that open a further part.
        """
        parts: list[int] = []
        i = start
        total = len(self.items)
        while i < total:
            item = self.items[i]
            if item.kind == STOP:
                if self.ends(i) or (item.low == ":" and self.is_kind(i + 1, QUOTE)):
                    return i, parts
                if item.low == "," and self._closes_at(i, parts):
                    return i, parts
            elif item.low in self.pack.words["coordinators"] and self.low(i - 1) != ",":
                if self.has("complementizers", i + 1) and self.opens_clause(i + 1):
                    parts.append(i + 1)
                elif (self.finite(i + 1) or self.is_kind(i + 1, NOUN)) and self.main_clause(i + 1):
                    return i, parts
            i += 1
        return total, parts

    def _closes_at(self, comma: int, parts: list[int]) -> bool:
        i = comma + 1
        if self.attribution_at(i) and (not self.is_kind(i, WORD) or self.has("quote_openers", i) or self.low(i) == "volgens" or self.subject_after(i)):
            return True
        if self.has("coordinators", i):
            if self.has("complementizers", i + 1) and self.opens_clause(i + 1):
                parts.append(i + 1)
                return False
            return self.main_clause(i + 1)
        if self.low(i) in {"al", "terwijl", "hoewel"}:
            return any(self.reports(j) or self._reports_late(j) for j in range(i + 1, min(len(self.items), i + 10)))
        return self.is_kind(i, NOUN) and self.finite(i + 1) and self.reports(i + 1)

    def _reports_late(self, j: int) -> bool:
        """Whether a subordinate clause ends in a report: "terwijl X er vertrouwen in heeft dat"."""
        return self.has("complementizers", j + 1) and any(f.verb.frames & {"s", "h"} for f in self.forms(j))

    def opens_clause(self, i: int) -> bool:
        """Return whether "dat" or "of" at item `i` opens a clause (and is no pronoun: "dat te hebben gezegd")."""
        return self.low(i + 1) not in {"te", ""} or self.is_kind(i + 1, NOUN) or self.is_kind(i + 1, QUOTE)


def _has_correlate(verb: Verb, region: list[str], whole: list[str]) -> bool:
    word = verb.correlate
    if word in region[1:] or word in whole:
        return True
    if word.startswith(("er", "daar", "hier")) and len(word) > 3:
        stem = word[2:] if word.startswith("er") else word[4:]
        return "er" in whole and stem in region[1:]
    return False
