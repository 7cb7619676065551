"""Rules for quotations: cue behind, colon before, split quotes, quotes that stand alone, and quoted parts of a sentence."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from treves.model.statements import StatementKind
from treves.reading.pack import Verb
from treves.reading.rows import Row, Subject
from treves.reading.drafts import Carry, Draft
from treves.reading.mentions import Kind
from treves.reading.units import NOUN, QUOTE, STOP, WORD, Item

_SPEECH = frozenset({"s", "h"})


@attrs.define(eq=False)
class _Cue:
    """Reporting words beside a quotation."""

    mentions: tuple[int, ...]
    first: int
    last: int
    rule: str
    carry: Carry = Carry.NONE
    fallback: tuple[int, int] | None = None


@attrs.define(eq=False)
class Speech:
    """The quotations of one row.

    Attributes:
        row: the row.
        claimed: item ranges used up as content or attribution.
        drafts: what was found.
    """

    row: Row
    claimed: list[tuple[int, int]] = attrs.field(factory=list)
    drafts: list[Draft] = attrs.field(factory=list)

    def whole(self) -> list[Draft]:
        """Return the quotations that are utterances of their own."""
        row = self.row
        current: _Cue | None = None
        group = 900
        for p, item in enumerate(row.items):
            if item.kind != QUOTE or not self._clean(p):
                continue
            cue = self._cue_behind(p)
            if cue is None and current is not None and self._goes_on(p):
                cue = current
            elif cue is not None or current is None:
                group += 1
            if cue is None and row.low(p - 1) == ",":
                cue = self._cue_between(p)
            if cue is None and row.low(p - 1) == ":":
                cue = self._cue_before(p - 1)
            if cue is None and self._alone(p):
                cue = _Cue((), p, p, "no cue", Carry.BEFORE)
            if cue is None:
                continue
            self._take(p, cue, group)
            current = cue
        return self.drafts

    def parts(self, claimed: list[tuple[int, int]]) -> list[Draft]:
        """Return the quoted parts of sentences that are an utterance: "noemt Y 'Z'", "sprak van 'Z'"."""
        row = self.row
        found: list[Draft] = []
        group = 0
        last_verb = -1
        for p, item in enumerate(row.items):
            if item.kind != QUOTE or any(a <= p < b for a, b in (*claimed, *self.claimed)):
                continue
            hit = self._naming_verb(p) or self._object_verb(p) or self._predicate(p)
            if hit is None:
                continue
            verb, subject, rule = hit
            if verb != last_verb:
                group += 1
            last_verb = verb
            quote = row.quotes[item.ref]
            cue = (row.items[verb].first, row.items[verb].last) if verb >= 0 else None
            found.append(Draft(StatementKind.DIRECT, quote.inner_first, quote.inner_last, subject.mentions, rule, cue=cue, group=800 + group))
        return found

    # --- whole quotations ----------------------------------------------------------------------------------------

    def _take(self, p: int, cue: _Cue, group: int) -> None:
        row = self.row
        quote = row.quotes[row.items[p].ref]
        self.claimed.append((p, p + 1))
        if cue.first > p:
            self.claimed.append((cue.first, cue.last))  # words before the quotation may be a report of their own
        words = (row.items[cue.first].first, row.items[cue.last - 1].last) if cue.last > cue.first else None
        self.drafts.append(
            Draft(
                StatementKind.DIRECT, quote.inner_first, quote.inner_last, cue.mentions, cue.rule,
                cue=words, group=group, carry=cue.carry, fallback=cue.fallback,
            )  # fmt: skip
        )

    def _clean(self, p: int) -> bool:
        """Whether the quotation at `p` starts where an utterance may start."""
        row = self.row
        if p == 0 or row.low(p - 1) in {":", ".", "?", "!", "…", "-", "–", "—", ")"}:
            return True
        if row.low(p - 1) == ",":
            claimed = any(b in {p, p - 1} for _, b in self.claimed)
            return claimed or self._after_attribution(p) or self._cue_between(p) is not None
        return row.is_kind(p - 1, QUOTE)

    def _after_attribution(self, p: int) -> bool:
        return any(a < p for a, _ in self.claimed) and all(self.row.items[k].kind != QUOTE for k in range(max(0, p - 12), p - 1) if k > max((b for _, b in self.claimed if b <= p), default=0))

    def _goes_on(self, p: int) -> bool:
        return self.row.low(p - 1) in {",", ":", ".", "–", "-"} or self.row.is_kind(p - 1, QUOTE)

    def _alone(self, p: int) -> bool:
        """Whether nothing but marks stands beside the quotation in its row."""
        row = self.row
        others = [i for i in row.items if i.kind not in {QUOTE, STOP}]
        if others:
            return False
        quote = row.quotes[row.items[p].ref]
        stopped = any(i.low in {".", "!", "?", "…"} for i in others_after(row, p))
        return stopped or quote.continues or not quote.closed or not self._titular(quote.inner_first, quote.inner_last)

    def _titular(self, first: int, last: int) -> bool:
        """Whether a quotation that is a paragraph of its own is rather a heading: no mark ends it."""
        words = self.row.tokens.words
        return last - first <= 12 and words[last - 1] not in {".", "!", "?", "…", ","}

    def _cue_behind(self, p: int) -> _Cue | None:
        row = self.row
        j = p + 1
        if row.low(j) == ",":
            j += 1
        low = row.low(j)
        if low in {"aldus", "volgens"}:
            return self._named_cue(j, low)
        if low == "zo" and row.is_kind(j + 1, WORD):
            j += 1
        if not row.is_kind(j, WORD):
            return self._aside(p)
        stop = self._stop(j)
        subject = row.subject_after(j)
        if row.low(j + 1) == "het" and any(f.verb.lemma in {"klinken", "luiden", "heten"} for f in row.forms(j)):
            return self._sounds(j, stop)
        form = next((f for f in row.senses(j, stop) if f.form == "finite" and self._speaks(f.verb.frames)), None)
        if form is None and row.has("auxiliaries", j):
            form = self._cluster_form(j, stop)
        if form is None:
            return self._written(j, stop)
        if subject is None or (subject.at > stop and stop > j):
            return self._nobody_named(j, stop)
        row.last_subject = subject
        return _Cue(subject.mentions, j, self._tail(subject, stop), "cue behind")

    def _speaks(self, frames: frozenset[str]) -> bool:
        return "q" in frames or ("v" in frames and bool(frames & _SPEECH)) or "s" in frames

    def _named_cue(self, j: int, low: str) -> _Cue | None:
        row = self.row
        if row.is_kind(j + 1, NOUN):
            mentions = row.coordinated(j + 1)
            return _Cue(mentions, j, j + 2 * len(mentions), low)
        end = self._stop(j)
        if end > j + 1:
            return _Cue((), j, end, low, Carry.NONE, (row.items[j + 1].first, row.items[end - 1].last))
        return None

    def _cue_between(self, p: int) -> _Cue | None:
        """An attribution between commas before the quotation: "Zonder stroomnet, zegt hij, 'leggen we ...'"."""
        row = self.row
        if not row.is_kind(p - 2, NOUN) or row.low(p - 4) != "," or not row.is_kind(p - 3, WORD):
            return None
        if any(f.form == "finite" and f.verb.bare and self._speaks(f.verb.frames) for f in row.forms(p - 3)):
            return _Cue((row.items[p - 2].ref,), p - 3, p - 1, "cue between")
        return None

    def _aside(self, p: int) -> _Cue | None:
        """A narrated aside between two halves of a quotation: "'..., dan', hij aarzelde even, 'dan ...'"."""
        row = self.row
        if row.low(p + 1) != "," or not row.is_kind(p + 2, NOUN):
            return None
        for k in range(p + 3, min(p + 10, len(row.items))):
            if row.is_kind(k, QUOTE) and row.low(k - 1) == ",":
                return _Cue((row.items[p + 2].ref,), p + 2, k - 1, "aside")
        return None

    def _stop(self, j: int) -> int:
        row = self.row
        k = j
        while k < len(row.items) and row.items[k].kind != QUOTE and not row.ends(k) and row.low(k) not in {",", ":"}:
            k += 1
        return k

    def _tail(self, subject: Subject, stop: int) -> int:
        return max(subject.at + 2 * len(subject.mentions) - 1, stop)

    def _sounds(self, j: int, stop: int) -> _Cue:
        """"klinkt het bij de partij": who is behind "bij" speaks; without one, who was spoken of before."""
        row = self.row
        for k in range(j + 2, stop):
            if row.is_kind(k, NOUN) and (row.low(k - 1) in {"bij", "binnen", "vanuit", "uit"} or row.mention(k).kind is Kind.UNNAMED):
                return _Cue((row.items[k].ref,), j, stop, "klinkt het")
        return _Cue((), j, stop, "klinkt het", Carry.BEFORE)

    def _cluster_form(self, j: int, stop: int) -> object | None:
        row = self.row
        for k in range(stop - 1, j, -1):
            if row.is_kind(k, WORD):
                for form in row.senses(k, stop):
                    if form.form != "finite" and self._speaks(form.verb.frames):
                        return form
        return None

    def _written(self, j: int, stop: int) -> _Cue | None:
        """"staat in een schriftelijke reactie", "luidt het antwoord": the speaker is who was spoken of before."""
        row = self.row
        if row.low(j) in {"staat", "stond", "luidt", "luidde", "klinkt", "klonk", "is", "was"}:
            if any(row.low(k) in row.pack.nouns for k in range(j + 1, stop)):
                return _Cue((), j, stop, "written", Carry.BEFORE)
        return None

    def _nobody_named(self, j: int, stop: int) -> _Cue | None:
        """A cue whose subject is no known noun phrase ("pocht een kaderlid"): the words describe the speaker."""
        row = self.row
        k = j + 1
        while k < stop and row.has("floating", k):
            k += 1
        if row.low(k) in {"het", "de"} and row.low(k + 1) in row.pack.nouns:
            return _Cue((), j, stop, "cue behind", Carry.BEFORE)
        if row.has("determiners", k) or row.has("possessives", k):
            end = k + 1
            while end < stop and row.is_kind(end, WORD) and not row.has("prepositions", end) and not row.has("floating", end):
                end += 1
            return _Cue((), j, stop, "cue behind", Carry.NONE, (row.items[k].first, row.items[end - 1].last))
        if row.low(k) in {"", "ik", "wij", "we", "je", "men"}:
            return None
        return _Cue((), j, stop, "cue behind", Carry.BEFORE) if stop == j + 1 else None

    def _cue_before(self, colon: int) -> _Cue:
        """Who speaks before a colon: the subject of the reporting verb, else of the sentence, else who was named first."""
        row = self.row
        for j in range(colon):
            if row.low(j) == "volgens" and row.is_kind(j + 1, NOUN):
                return _Cue((row.items[j + 1].ref,), j, j + 2, "colon")
        for j in range(colon - 1, -1, -1):
            if row.is_kind(j, WORD) and any(f.form == "finite" and f.verb.frames & (_SPEECH | {"q"}) for f in row.senses(j, colon)):
                subject = row.subject(j)
                if subject is not None:
                    return _Cue(subject.mentions, j, j + 1, "colon")
        for j in range(colon):
            if row.finite(j):
                subject = row.subject(j)
                if subject is not None:
                    return _Cue(subject.mentions, j, j + 1, "colon")
        named = [i for i in range(colon) if row.is_kind(i, NOUN) and not row.mention(i).preposition]
        if named:
            return _Cue((row.items[named[0]].ref,), colon, colon + 1, "colon")
        if row.low(0) in row.pack.words["determiners"] and colon <= 5:
            return _Cue((), colon, colon + 1, "colon", Carry.NONE, (row.items[0].first, row.items[colon - 1].last))
        return _Cue((), colon, colon + 1, "colon", Carry.BEFORE)

    # --- quoted parts --------------------------------------------------------------------------------------------

    def _naming_verb(self, p: int) -> tuple[int, Subject, str] | None:
        """A verb that names or describes something in the quoted words: "noemt Y 'Z'", "spreekt van 'Z'"."""
        row = self.row
        start = row.clause_start(p)
        candidates = [*range(p - 1, -1, -1)]
        if row.is_kind(p + 1, WORD):
            candidates.append(p + 1)
        for v in candidates:
            if not row.is_kind(v, WORD):
                continue
            for form in row.forms(v):
                verb = form.verb
                if "n" not in verb.frames or not verb.frames & _SPEECH or not self._near(verb, p):
                    continue
                lows = [i.low for i in row.items[: p + 3]]
                if verb.particle and not form.joined and verb.particle not in lows[v:]:
                    continue
                if any(w not in lows for w in verb.fixed):
                    continue
                finite = v if form.form == "finite" else next((k for k in range(v, -1, -1) if row.has("auxiliaries", k)), -1)
                subject = row.subject(finite) if finite >= 0 else None
                if subject is not None:
                    return v, subject, "naming"
            if v <= start and any(row.finite(k) for k in range(start, p)) and v != p + 1:
                break
        return None

    def _near(self, verb: Verb, p: int) -> bool:
        row = self.row
        correlate = verb.correlate
        if not correlate:
            if verb.fixed and row.low(p - 1) == verb.fixed[-1]:
                return True
            return row.low(p - 1) not in row.pack.words["prepositions"] and row.low(p - 1) not in {"als"}
        return any(row.low(k) == correlate for k in range(max(0, p - 3), p))

    def _object_verb(self, p: int) -> tuple[int, Subject, str] | None:
        """A verb of saying with the quotation as its object or after "voor": "zei 'Z'", "waarschuwt voor 'Z'"."""
        row = self.row
        preposition = row.low(p - 1) in {"voor", "over"}
        for v in range(p - 1, max(-1, p - 7), -1):
            if row.is_kind(v, STOP):
                return None
            if not row.is_kind(v, WORD):
                continue
            for form in row.senses(v, p):
                frames = form.verb.frames
                if form.form != "finite" or "s" not in frames:
                    continue
                between = [k for k in range(v + 1, p) if row.is_kind(k, WORD) and not row.has("floating", k)]
                warns = preposition and form.verb.lemma in row.pack.words["warnings"]
                if warns or ("q" in frames and not between):
                    subject = row.subject(v)
                    if subject is not None:
                        return v, subject, "object"
        return None

    def _predicate(self, p: int) -> tuple[int, Subject, str] | None:
        """A quotation that is itself what its subject does: "De VVD'er 'proeft bereidheid' om eruit te komen"."""
        row = self.row
        quote = row.quotes[row.items[p].ref]
        if p < 1 or not row.is_kind(p - 1, NOUN) or row.mention(p - 1).preposition or quote.inner_last - quote.inner_first < 3:
            return None
        if any(row.finite(k) for k in range(p)):
            return None
        first = row.tokens.lower[quote.inner_first]
        if first in row.pack.finite or first in row.pack.words["auxiliaries"] or first.endswith("t"):
            return -1, Subject((row.items[p - 1].ref,), p - 1), "predicate"
        return None


def others_after(row: Row, p: int) -> list[Item]:
    """Return the items behind item `p`."""
    return row.items[p + 1 :]


def find_speech(row: Row) -> Iterator[Draft]:
    """Yield the whole quotations of `row`."""
    yield from Speech(row).whole()
