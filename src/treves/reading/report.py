"""Rules for reported speech: that-clauses, infinitives, fronted clauses, "volgens", nominal frames, hearsay.

Each rule is a method that yields drafts and is named in them. Rules run from the surest to the loosest; what one has claimed
as content is not read again, so that a report within a report stays part of the outer one.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from treves.model.statements import StatementKind
from treves.reading.rows import Row, Subject
from treves.reading.drafts import Carry, Draft
from treves.reading.mentions import Kind
from treves.reading.pack import VerbForm
from treves.reading.units import NOUN, QUOTE, STOP, WORD

_SPEECH = frozenset({"s", "h"})
_FAR = 14


@attrs.define(eq=False)
class Reports:
    """The reported speech of one row.

    Attributes:
        row: the row.
        claimed: item ranges that are content or attribution already.
        drafts: what was found.
    """

    row: Row
    claimed: list[tuple[int, int]] = attrs.field(factory=list)
    drafts: list[Draft] = attrs.field(factory=list)
    _group: int = 0

    def find(self) -> list[Draft]:
        """Return the drafts of all rules, in order of place."""
        self._fronted()
        self._complements()
        self._according()
        self._infinitives()
        self._opinions()
        self._colon()
        self._hearsay()
        return sorted(self.drafts, key=lambda d: d.first)

    # --- helpers -------------------------------------------------------------------------------------------------

    def free(self, first: int, last: int) -> bool:
        """Return whether no rule has claimed any of the items ``[first, last)``."""
        return all(last <= a or first >= b for a, b in self.claimed)

    def new_group(self) -> int:
        """Return a fresh group number."""
        self._group += 1
        return self._group

    def emit(self, first: int, last: int, subject: Subject | None, rule: str, *, cue: int = -1, group: int = 0, carry: Carry = Carry.NONE) -> None:
        """Record the items ``[first, last)`` as content, trimmed of marks at its edges."""
        items = self.row.items
        while first < last and (items[first].kind == STOP and items[first].low not in {"("}):
            first += 1
        while last > first and items[last - 1].kind == STOP and items[last - 1].low not in {")"}:
            last -= 1
        if first >= last:
            return
        quoted = [i for i in items[first:last] if i.kind == QUOTE]
        kind = StatementKind.MIXED if quoted else StatementKind.INDIRECT
        token_first, token_last = items[first].first, items[last - 1].last
        self.claimed.append((first, last))
        self.drafts.append(
            Draft(
                kind, token_first, token_last, subject.mentions if subject else (), rule,
                cue=(items[cue].first, items[cue].last) if cue >= 0 else None, group=group, carry=carry,
            )  # fmt: skip
        )

    # --- that-clauses --------------------------------------------------------------------------------------------

    def _complements(self) -> None:
        """"X zegt dat ...", "vraagt of ...", "legt uit hoe ...", with its coordinated parts."""
        row = self.row
        for c, item in enumerate(row.items):
            if item.kind != WORD or c == 0:
                continue
            plain = item.low in row.pack.words["complementizers"]
            if not (plain or item.low in row.pack.words["questions"]) or not self.free(c, c + 1):
                continue
            found = self._anchor(c, "d" if item.low == "dat" else "o")
            if found is None:
                self._nominal_frame(c)
                continue
            anchor, form = found
            self._complement(c, anchor, form, plain=plain)

    def _nominal_frame(self, c: int) -> None:
        """"Haar verwachting is dat ...", "De vrees van X is dat ...": a reporting noun, its owner, a form of "zijn"."""
        row = self.row
        if not row.has("be", c - 1) or row.low(c) not in row.pack.words["complementizers"]:
            return
        subject = self._possessive_noun(c - 1)
        if subject is None:
            return
        end, parts = row.complement_end(c + 1)
        group = self.new_group()
        for first, last in zip([c + 1, *[p + 1 for p in parts]], [*parts, end], strict=True):
            self.emit(first, last, subject, "nominal", cue=c - 1, group=group)

    def _anchor(self, c: int, frame: str) -> tuple[int, VerbForm] | None:
        """The reporting verb to which the clause that item `c` opens is the complement."""
        row = self.row
        if row.low(c - 1) in {"en", "maar"} or (row.is_kind(c - 1, STOP) and row.low(c - 1) != ")"):
            return None
        reach = _FAR if frame == "d" else 8
        for i in range(c - 1, max(-1, c - reach), -1):
            low = row.low(i)
            if low in {":", ";"} or (low in row.pack.words["complementizers"] and not self._pronoun_that(i)):
                return None
            if not self.free(i, i + 1):
                return None
            if row.is_kind(i, QUOTE):
                return None
            if row.items[i].kind != WORD:
                continue
            if frame == "d" and row.has("sounding", i):
                return i, row.forms(i)[0]
            for form in row.senses(i, c):
                if frame in form.verb.frames and form.verb.frames & _SPEECH and self._plausible(form, i, c):
                    return i, form
        return None

    def _pronoun_that(self, i: int) -> bool:
        return self.row.finite(i + 1) or self.row.low(i + 1) == "te"

    def _plausible(self, form: VerbForm, i: int, c: int) -> bool:
        row = self.row
        verb = form.verb
        if verb.lemma in row.pack.words["wishes"]:
            return False
        refuses = row.low(i) in row.pack.words["refusals"] and any(row.has("negations", j) for j in range(row.clause_start(i), i))
        if refuses:
            return False  # "wilde niet ingaan op berichten dat"
        if form.form == "infinitive" and row.low(i - 1) != "te" and not self._auxiliary_before(i):
            return self._plural_present(i)
        phrase = any(row.has("prepositions", j) for j in range(max(i + 1, c - 4), c - 1))
        if verb.bare and row.low(c - 1) in row.pack.nouns and not phrase:
            return False
        return not self._relative(c, i)

    def _plural_present(self, i: int) -> bool:
        """Whether an infinitive form is rather a plural present: "de bonden zeggen dat"."""
        return any(f.form == "finite" for f in self.row.forms(i))

    def _auxiliary_before(self, i: int) -> bool:
        return any(self.row.has("auxiliaries", j) for j in range(max(0, i - 10), i))

    def _relative(self, c: int, anchor: int) -> bool:
        """Whether "dat" at `c` is a relative pronoun: a neuter noun phrase without preposition stands right before it."""
        row = self.row
        if row.low(c) != "dat":
            return False
        if row.is_kind(c - 1, NOUN):
            mention = row.mention(c - 1)
            neuter = mention.determiner in {"het", "dit", "dat"} and mention.kind in {Kind.BODY, Kind.ROLE, Kind.NOUN}
            return neuter and not mention.preposition and row.subject_before(anchor) is not None
        for j in range(c - 2, max(anchor, c - 5), -1):
            if row.low(j) in {"het", "een", "elk", "ieder"} and row.is_kind(j, WORD):
                return row.low(j - 1) not in row.pack.words["prepositions"] and j - 1 > anchor - 1 and row.low(c - 1) not in row.pack.words["floating"] and c - j >= 2 and not row.forms(c - 1)
            if not row.is_kind(j, WORD):
                return False
        return False

    def _complement(self, c: int, anchor: int, form: VerbForm, *, plain: bool) -> None:
        row = self.row
        if self._within_infinitive(anchor) or self._judged_that(anchor, c, form):
            return
        finite = self._finite_of(anchor, form)
        subject = row.subject(finite) if finite >= 0 else None
        if not plain or row.low(c) == "of":
            if self._refuses(anchor, c):
                self.claimed.append((anchor, c + 1))
                return
        fallback: tuple[int, int] | None = None
        sounding = row.has("sounding", anchor)
        if sounding:
            subject, fallback = self._heard_from(anchor)
        impersonal = subject is None and (self._impersonal(finite) or sounding)
        if subject is None and not impersonal:
            subject = self._possessive_noun(finite) or self._main_subject(anchor, c)
            if subject is None and finite >= 0 and row.elided(finite) and self.drafts:
                subject, fallback = Subject(self.drafts[-1].mentions), self.drafts[-1].fallback
            elif subject is None and "p" not in form.verb.frames:
                fallback = self._words_before(finite)
            if subject is None and fallback is None:
                return
        start = c + 1 if plain else c
        end, parts = row.complement_end(start)
        if end - start <= 2 and not any(row.is_kind(j, NOUN) or row.is_kind(j, QUOTE) for j in range(start, end)):
            return  # "ontkent dat formeel": a pronoun
        group = self.new_group()
        rule = "complement" if plain else "question"
        bounds = [start, *[p + 1 for p in parts]]
        stops = [*parts, end]
        for first, last in zip(bounds, stops, strict=True):
            while last > first and (row.low(last - 1) in row.pack.words["coordinators"] or row.is_kind(last - 1, STOP)) and last != end:
                last -= 1
            self.emit(first, last, subject, "hearsay" if impersonal and fallback is None else rule, cue=anchor, group=group)
            if self.drafts:
                self.drafts[-1].fallback = fallback
        self.claimed.append((anchor, anchor + 1))

    def _within_infinitive(self, anchor: int) -> bool:
        """Whether the verb is the infinitive of a report itself: "zegt niet uit te sluiten dat", "zegt te hopen dat"."""
        row = self.row
        if row.low(anchor - 1) != "te":
            return False
        for j in range(anchor - 2, max(-1, anchor - 12), -1):
            if row.is_kind(j, STOP) or row.has("complementizers", j):
                return False
            if any(f.form == "finite" and f.verb.bare and {"t", "s"} <= f.verb.frames for f in row.forms(j)):
                return True
        return False

    def _judged_that(self, anchor: int, c: int, form: VerbForm) -> bool:
        """Whether "dat" is what is judged and no clause follows: "vindt dat onbespreekbaar"."""
        row = self.row
        if row.low(c) != "dat" or form.verb.lemma not in row.pack.words["opinions"]:
            return False
        end = next((j for j in range(c + 1, len(row.items)) if row.is_kind(j, STOP)), len(row.items))
        words = [row.low(j) for j in range(c + 1, end)]
        verbal = any(w.endswith(("t", "en", "d")) or w in row.pack.words["auxiliaries"] for w in words[-1:])
        return 0 < len(words) <= 3 and all(words) and not verbal and not row.has("determiners", c + 1)

    def _heard_from(self, anchor: int) -> tuple[Subject | None, tuple[int, int] | None]:
        """Who is behind "bij X klinkt het dat"; nobody for "is te horen dat", "in Den Haag klinkt dat"."""
        row = self.row
        for j in range(len(row.items)):
            if row.is_kind(j, NOUN) and row.mention(j).preposition in {"bij", "binnen", "vanuit", "aan"} and abs(j - anchor) <= 5:
                return Subject((row.items[j].ref,), j), None
        if row.low(0) in {"bij", "aan", "binnen", "vanuit"} and 2 <= anchor <= 6 and not row.has("places", 1):
            return None, (row.items[1].first, row.items[anchor - 1].last)
        return None, None

    def _words_before(self, finite: int) -> tuple[int, int] | None:
        """The words of an ordinary noun phrase that is the subject ("De belangenclub betwijfelt of")."""
        row = self.row
        if finite < 1:
            return None
        start = row.clause_start(finite)
        plain = all(row.is_kind(j, WORD) and not row.finite(j) for j in range(start, finite))
        opens = row.has("determiners", start) or row.has("possessives", start)
        if plain and opens and 2 <= finite - start <= 5 and row.low(start) not in row.pack.words["relatives"] and row.low(start + 1) not in row.pack.nouns:
            return row.items[start].first, row.items[finite - 1].last
        return None

    def _finite_of(self, anchor: int, form: VerbForm) -> int:
        """The finite verb of the clause in which the anchor stands: itself, or the auxiliary before it; -1 if none."""
        row = self.row
        if any(f.form == "finite" for f in row.forms(anchor)) and row.low(anchor - 1) != "te" and not self._cluster(anchor):
            return anchor
        start = row.clause_start(anchor)
        for j in range(anchor - 1, start - 1, -1):
            if row.has("auxiliaries", j) or (row.finite(j) and not self._cluster(j)):
                if row.has("double_forms", j):  # "laten", "hebben": an infinitive if another finite verb precedes
                    earlier = [k for k in range(j - 1, start - 1, -1) if row.has("auxiliaries", k) and not row.has("double_forms", k)]
                    return earlier[0] if earlier else j
                return j
        return -1

    def _cluster(self, i: int) -> bool:
        """Whether the verb form at `i` hangs on an auxiliary: a participle or infinitive at the end of its clause."""
        row = self.row
        forms = row.forms(i)
        if not any(f.form in {"participle", "infinitive"} for f in forms):
            return False
        for j in range(i - 1, max(-1, i - 12), -1):
            if row.low(j) in {":", ";"} or (row.low(j) == "," and not row.is_kind(j - 1, NOUN)):
                return False
            if row.has("auxiliaries", j):
                return True
        return False

    def _refuses(self, anchor: int, c: int) -> bool:
        row = self.row
        start = row.clause_start(anchor)
        return any(row.has("negations", j) for j in range(start, c))

    def _impersonal(self, finite: int) -> bool:
        """Whether nobody in particular speaks: "er wordt gezegd dat", "aan tafel valt te horen dat"."""
        low = self.row.low(finite)
        return low in {"wordt", "werd", "valt", "viel", "gaat", "ging", "is"} and finite >= 0

    def _possessive_noun(self, finite: int) -> Subject | None:
        """"Haar verwachting is dat": the possessive names the speaker."""
        row = self.row
        if finite < 1 or not row.has("be", finite):
            return None
        for j in range(finite - 1, max(-1, finite - 6), -1):
            if row.low(j) in row.pack.nouns and row.is_kind(j, WORD):
                if row.is_kind(j - 1, NOUN) and row.mention(j - 1).kind is Kind.PRONOUN:
                    return Subject((row.items[j - 1].ref,), j - 1)
                if row.is_kind(j + 1, WORD) and row.low(j + 1) == "van" and row.is_kind(j + 2, NOUN):
                    return Subject((row.items[j + 2].ref,), j + 2)
        return None

    def _main_subject(self, anchor: int, c: int) -> Subject | None:
        """The subject of the main clause behind a participle clause: "Erop wijzend dat ..., voorspelt X"."""
        row = self.row
        if not row.low(anchor).endswith("nd"):
            return None
        for j in range(c + 1, len(row.items)):
            if row.low(j - 1) == "," and row.finite(j):
                return row.subject(j)
        return None

    # --- volgens, aldus ------------------------------------------------------------------------------------------

    def _according(self) -> None:
        """"Volgens X ...", "... volgens X ...", "..., aldus X", "wat X betreft", "naar eigen zeggen"."""
        row = self.row
        for i, item in enumerate(row.items):
            if item.kind != WORD or not self.free(i, i + 1):
                continue
            if item.low == "volgens" and row.is_kind(i + 1, NOUN):
                self._volgens(i, i + 1)
            elif item.low == "volgens" and row.is_kind(i + 1, WORD) and not row.has("no_source", i + 1):
                self._volgens_noun(i)
            elif item.low == "wat" and row.low(i + 2) == "betreft" and row.is_kind(i + 1, NOUN):
                self._clause_around(i, i + 3, Subject((row.items[i + 1].ref,), i + 1), "wat betreft")
            elif item.low == "naar" and row.low(i + 1) == "eigen" and row.low(i + 2) == "zeggen":
                self._own_words(i)
            elif item.low == "aldus" and i >= 3 and not row.is_kind(i + 1, NOUN) and row.low(i - 1) == ",":
                end = self._attribution_end(i + 1)
                self._content_before(i, Subject(()), "aldus")
                if self.drafts and end > i + 1:
                    self.drafts[-1].fallback = (row.items[i + 1].first, row.items[end - 1].last)
            elif item.low == "aldus" and row.is_kind(i + 1, NOUN) and i >= 3 and row.low(i - 1) == ",":
                self._content_before(i, Subject(row.coordinated(i + 1), i + 1), "aldus")

    def _volgens_noun(self, i: int) -> None:
        """"volgens" before an ordinary noun phrase ("volgens het rapport") is taken when the clause is about it."""
        return

    def _volgens(self, i: int, noun: int) -> None:
        row = self.row
        mention = row.mention(noun)
        if mention.core[0] < len(row.tokens.lower) and row.tokens.lower[mention.core[0]] in row.pack.words["no_source"]:
            return
        subject = Subject(row.coordinated(noun), noun)
        last = noun + 1
        for _ in subject.mentions[1:]:
            last += 2
        last = self._past_insertion(last)
        self._clause_around(i, last, subject, "volgens")

    def _past_insertion(self, last: int) -> int:
        """End of an apposition or relative clause behind a noun phrase, at its closing comma."""
        row = self.row
        opens = row.low(last) == "," and (row.low(last + 1) in row.pack.words["relatives"] or (row.is_kind(last + 1, NOUN)))
        if row.low(last) in {"die", "dat"}:
            opens = True
        if not opens:
            return last
        for j in range(last + 2, min(len(row.items), last + 16)):
            if row.low(j) == ",":
                return j + 1
            if row.ends(j):
                return j
        return last

    def _clause_around(self, i: int, last: int, subject: Subject, rule: str) -> None:
        """Content is the clause in which the attribution ``[i, last)`` stands, without it where it stands at an edge."""
        row = self.row
        start = self._content_start(i)
        end, _ = row.complement_end(last)
        group = self.new_group()
        if i == start or (i == start + 1 and row.has("coordinators", start)):
            first = last + 1 if row.low(last) == "," else last
            self.claimed.append((i, first))
            self.emit(first, self._main_end(first), subject, rule, cue=i, group=group)
            return
        tail = row.ends(last) or row.low(last) == ","
        if tail and row.low(i - 1) == ",":
            self.claimed.append((i, last))
            self.emit(start, i - 1, subject, rule, cue=i, group=group)
        elif tail and row.ends(last):
            self.claimed.append((i, last))
            self.emit(start, i, subject, rule, cue=i, group=group)
        else:
            self.emit(start, max(end, last), subject, rule, cue=i, group=group)

    def _main_end(self, first: int) -> int:
        """Where a main clause that follows "Volgens X" ends: at the sentence's end, a colon before a quotation or a new report."""
        row = self.row
        for j in range(first, len(row.items)):
            if row.ends(j) or (row.low(j) == ":" and row.is_kind(j + 1, QUOTE)):
                return j
            if row.low(j) == "," and row.attribution_at(j + 1):
                return j
            if row.low(j) in {",", "en"} and j + 2 < len(row.items):
                after = j + 2 if row.has("coordinators", j + 1) else j + 1
                if row.is_kind(after, NOUN) and row.finite(after + 1) and row.reports(after + 1):
                    return j
        return len(row.items)

    def _content_start(self, i: int) -> int:
        """Where the clause that holds item `i` starts, behind anything already claimed."""
        row = self.row
        start = 0
        for _, b in self.claimed:
            if b <= i:
                start = max(start, b)
        while start < i and (row.is_kind(start, STOP) or (start > 0 and row.has("coordinators", start))):
            start += 1
        if start == 0 or True:
            for j in range(i - 1, start, -1):
                if row.low(j) in {";", ":"}:
                    return j + 1
            start = self._past_fronted_adverbial(start, i)
        return start

    def _past_fronted_adverbial(self, start: int, i: int) -> int:
        """Skip "Net zoals hij eerder zei," and a dateline before the clause proper."""
        row = self.row
        if row.low(start) == "net" and row.low(start + 1) == "zoals" or row.low(start) == "zoals":
            for j in range(start, i):
                if row.low(j) == ",":
                    return j + 1
        return self.past_dateline(start, i)

    def past_dateline(self, start: int, limit: int) -> int:
        """Return where the text proper starts behind a dateline ("DEN HAAG (ANN) - ")."""
        row = self.row
        if start != 0 or not row.unit.opens:
            return start
        for j in range(1, min(limit, 7)):
            if row.low(j) in {"-", "–", "—"}:
                heading = row.tokens.text[row.tokens.starts[row.items[0].first] : row.tokens.ends[row.items[j - 1].last - 1]]
                shouted = sum(c.isupper() for c in heading) * 2 >= sum(c.isalpha() for c in heading)
                return j + 1 if shouted or all(w[0].isupper() for w in heading.split() if w[0].isalpha()) else start
        return start

    def _own_words(self, i: int) -> None:
        row = self.row
        for j in range(i - 1, -1, -1):
            if row.finite(j):
                subject = row.subject(j)
                if subject is not None:
                    end, _ = row.complement_end(i + 3)
                    self.emit(self._content_start(i), end, subject, "naar eigen zeggen", cue=i, group=self.new_group())
                return

    def _content_before(self, i: int, subject: Subject, rule: str) -> None:
        start = self._content_start(i)
        if any(item.kind == QUOTE for item in self.row.items[start:i]) and self.row.is_kind(start, QUOTE) and i - start <= 2:
            return
        self.claimed.append((i, i + 2))
        self.emit(start, i - 1, subject, rule, cue=i, group=self.new_group())

    # --- fronted -------------------------------------------------------------------------------------------------

    def _fronted(self) -> None:
        """"Het akkoord is rond, zegt X", "..., zo meldt X", "A, geeft X toe, B", "Dat ..., ontkent X"."""
        row = self.row
        for v in range(2, len(row.items)):
            if row.items[v].kind != WORD or not self.free(v, v + 1):
                continue
            comma = v - 1 if row.low(v - 1) == "," else v - 2 if row.low(v - 1) == "zo" and row.low(v - 2) == "," else -1
            if comma < 1 or row.is_kind(comma - 1, QUOTE) and comma == 1:
                continue
            self._front(v, comma)

    def _front(self, v: int, comma: int) -> None:
        row = self.row
        subject = row.subject_after(v)
        if row.low(v - 1) == "zo" and any(row.has("sounding", j) for j in range(v, len(row.items))):
            self._so_it_sounds(v, comma)
            return
        if subject is None:
            return
        tail = subject.at + 2 * len(subject.mentions) - 1
        stop = self._attribution_end(tail)
        form = self._fronting_form(v, stop)
        if form is None or self._has_complement(subject.at, stop):
            return
        start = self._content_start(comma)
        rest = self._second_part(stop)
        if comma - start < 2 or self._unfit(start, comma, (v, stop), split=rest):
            return
        opens = row.low(start)
        whole = any(row.low(j) == "," and row.finite(j + 1) for j in range(start, comma))
        if opens in row.pack.words["subordinators"] and not rest and not whole:
            return
        if opens in row.pack.words["complementizers"] and opens == "dat":
            start += 1
        row.last_subject = subject
        group = self.new_group()
        self.claimed.append((v, stop))
        self.emit(start, comma, subject, "fronted", cue=v, group=group)
        if rest:
            end, _ = row.complement_end(stop + 1)
            self.emit(stop + 1, end, subject, "fronted", cue=v, group=group)

    def _so_it_sounds(self, v: int, comma: int) -> None:
        """"..., zo klinkt het bij X", "..., zo is te horen bij X"."""
        row = self.row
        sounding = next(j for j in range(v, len(row.items)) if row.has("sounding", j))
        subject, _ = self._heard_from(sounding)
        stop = self._attribution_end(v)
        start = self._content_start(comma)
        self.claimed.append((v - 1, stop))
        self.emit(start, comma, subject, "fronted" if subject else "hearsay", cue=v, group=self.new_group())

    def _attribution_end(self, tail: int) -> int:
        row = self.row
        j = tail
        while j < len(row.items) and not row.ends(j) and row.low(j) not in {",", ":"}:
            j += 1
        return j

    def _fronting_form(self, v: int, stop: int) -> VerbForm | None:
        row = self.row
        for form in row.senses(v, stop):
            if form.form == "finite" and form.verb.frames & {"q", "v"} and form.verb.frames & _SPEECH:
                if "v" in form.verb.frames or form.verb.lemma in row.pack.words["denials"] or not form.verb.bare:
                    return form
            if form.form == "finite" and form.verb.frames & _SPEECH and "d" in form.verb.frames and not form.verb.bare:
                return form
        if row.has("auxiliaries", v):
            for j in range(stop - 1, v, -1):
                for form in row.senses(j, stop) if row.is_kind(j, WORD) else ():
                    if form.form != "finite" and form.verb.frames & {"v", "q"} and form.verb.frames & _SPEECH:
                        return form
        if row.low(v - 1) == "zo":
            return next(iter(row.senses(v, stop)), None)
        return None

    def _has_complement(self, after: int, stop: int) -> bool:
        """Whether the verb has its content behind it instead: a clause, or a colon without a quotation."""
        row = self.row
        if row.low(stop) == ":" and not row.is_kind(stop + 1, QUOTE):
            return True
        return any(row.has("complementizers", j) and row.opens_clause(j) for j in range(after, stop))

    def _unfit(self, start: int, comma: int, attribution: tuple[int, int], *, split: bool) -> bool:
        """Whether what stands before the verb is no content: a refusal's question, or an opening phrase."""
        row = self.row
        refused = any(row.has("negations", j) for j in range(*attribution))
        opens = row.low(start)
        if refused and (opens == "of" or opens in row.pack.words["questions"]):
            return True
        silent = any(row.has("refusals", j) for j in range(*attribution))
        if silent and (opens == "of" or opens in row.pack.words["questions"]):
            return True
        if opens in {"gevraagd", "desgevraagd", "daarop"}:
            return True
        said = any(row.finite(j) or row.items[j].kind == QUOTE for j in range(start, comma))
        return not said and not split and comma - start < 5

    def _second_part(self, stop: int) -> bool:
        row = self.row
        if row.low(stop) != "," or len(row.items) - stop < 4:
            return False
        after = stop + 1
        if row.low(after) in row.pack.words["relatives"] or row.is_kind(after, NOUN) and row.mention(after).appositive >= 0:
            return False
        if row.has("coordinators", after):
            return not any(row.reports(j) for j in range(after + 1, min(len(row.items), after + 8)))
        return not row.is_kind(after, QUOTE)

    # --- infinitives ---------------------------------------------------------------------------------------------

    def _infinitives(self) -> None:
        """"zegt te hopen dat ...", "roept hen op terug te keren", "adviseert om ... te ..."."""
        row = self.row
        v = 0
        while v < len(row.items):
            if row.items[v].kind == WORD and self.free(v, v + 1) and row.forms(v):
                self._infinitive(v)
            v += 1

    def _infinitive(self, v: int) -> None:
        row = self.row
        t = self._infinitive_at(v)
        if t < 0:
            return
        for form in row.senses(v, t):
            verb = form.verb
            if "t" not in verb.frames or not verb.frames & _SPEECH or verb.lemma in row.pack.words["raising"]:
                continue
            threat = verb.lemma in row.pack.words["threats"]
            if verb.bare and "x" in verb.frames or verb.lemma in row.pack.words["deeds"] or form.form == "infinitive" and row.low(v - 1) == "te":
                continue
            if form.form == "infinitive" and not self._plural_present(v):
                continue
            finite = self._finite_of(v, form)
            subject = row.subject(finite) if finite >= 0 else None
            if subject is None or row.object_pronoun(row.mentions[subject.mentions[0]]):
                return
            if threat and row.mentions[subject.mentions[0]].kind is Kind.BODY:
                return  # "het kabinet dreigt te vallen"
            start = self._infinitive_start(v, t, form, subject)
            if not self.free(start, t + 1):
                return
            end, _ = row.complement_end(start)
            self.emit(start, end, subject, "infinitive", cue=v, group=self.new_group())
            return

    def _infinitive_at(self, v: int) -> int:
        """Item of the "te" whose infinitive hangs on the verb at `v`; -1 if there is none."""
        row = self.row
        for j in range(v + 1, min(len(row.items), v + 18)):
            low = row.low(j)
            if low == "om" and row.is_kind(j + 1, QUOTE):
                return j
            if low == "te" and row.is_kind(j + 1, WORD) and row.low(j + 1).endswith("n"):
                return j
            if row.ends(j) or low in {":", ";"}:
                return -1
            if low in row.pack.words["complementizers"] and not self._pronoun_that(j) and not self._determiner_that(j):
                return -1
            if low == "," and row.low(j + 1) not in {"om", "noch"} and not row.is_kind(j - 1, QUOTE):
                return -1
        return -1

    def _determiner_that(self, j: int) -> bool:
        """Whether "dat" at `j` is a determiner or pronoun: no finite verb follows it in its clause, but "te" does."""
        row = self.row
        if row.low(j) != "dat":
            return False
        for k in range(j + 1, len(row.items)):
            if row.is_kind(k, STOP):
                return False
            if row.low(k) == "te":
                return True
            if row.finite(k):
                return False
        return False

    def _infinitive_start(self, v: int, t: int, form: VerbForm, subject: Subject) -> int:
        row = self.row
        start = v + 1
        if subject.after and subject.at >= 0:
            start = subject.at + 2 * len(subject.mentions) - 1
        verb = form.verb
        needed = {verb.particle, verb.correlate, *verb.fixed} - {""}
        for j in range(start, t):
            if row.low(j) in needed or (verb.correlate.startswith("er") and row.low(j) == verb.correlate[2:]):
                start = j + 1
            if row.low(j) == "om":
                return j
        if row.low(t) == "om":
            return t
        while start < t and (row.has("calendar", start) or row.low(start) in {"ook", "nu", "gisteren", "vandaag", "donderdag", ","}):
            start += 1
        if start < t and row.is_kind(start, NOUN) and not subject.after and t - start > 1:
            start += 1
        return start

    # --- opinions ------------------------------------------------------------------------------------------------

    def _opinions(self) -> None:
        """"X vindt het bod een belediging", "noemt dat onverstandig": a judgement without a clause of its own."""
        row = self.row
        for v in range(len(row.items)):
            forms = row.forms(v) if self.free(v, v + 1) else ()
            form = next((f for f in forms if f.verb.bare and f.verb.lemma in row.pack.words["opinions"]), None)
            if form is None or form.form != "finite" or row.low(v - 1) == "te":
                continue
            subject = row.subject(v)
            if subject is None:
                continue
            start = subject.at + 2 * len(subject.mentions) - 1 if subject.after else v + 1
            while start < len(row.items) and row.has("floating", start) and row.low(start) != "het":
                start += 1
            end, _ = row.complement_end(start)
            quoted = any(row.is_kind(j, QUOTE) for j in range(start, end))
            if end - start < 2 or quoted or not self.free(start, end) or not self._judged(start):
                continue
            self.emit(start, end, subject, "opinion", cue=v, group=self.new_group())

    def _judged(self, start: int) -> bool:
        """Whether what follows is a thing judged: "het", "dat", a noun phrase."""
        row = self.row
        return row.is_kind(start, NOUN) or row.low(start) in row.pack.words["determiners"] | {"dat", "het", "dit"}

    # --- colon ---------------------------------------------------------------------------------------------------

    def _colon(self) -> None:
        """"Formateur X: geen akkoord zonder ...", "Zijn boodschap aan de bonden: kom terug"."""
        row = self.row
        for i, item in enumerate(row.items):
            if item.low != ":" or i == 0 or not row.items[i + 1 :] or row.is_kind(i + 1, QUOTE) or not self.free(i - 1, i + 2):
                continue
            subject = self._before_colon(i)
            if subject is None:
                return
            end, _ = row.complement_end(i + 1)
            self.emit(i + 1, end, subject, "colon", cue=i, group=self.new_group())
            return

    def _before_colon(self, i: int) -> Subject | None:
        row = self.row
        first = row.items[0]
        if first.kind != NOUN:
            return None
        mention = row.mention(0)
        if i == 1 and mention.kind in {Kind.PERSON, Kind.ROLE, Kind.PARTY, Kind.BODY, Kind.NAME, Kind.UNNAMED}:
            return Subject((first.ref,), 0)
        possessive = row.tokens.lower[mention.first] in row.pack.words["possessives"]
        if mention.kind is Kind.PRONOUN and possessive and row.low(1) in row.pack.nouns and i <= 6:
            return Subject((first.ref,), 0)
        return None

    # --- hearsay -------------------------------------------------------------------------------------------------

    def _hearsay(self) -> None:
        """"Naar verluidt ...", "X zou ... hebben gezegd": reported without a source."""
        row = self.row
        for i, item in enumerate(row.items):
            if item.low == "verluidt" and row.low(i - 1) == "naar" and self.free(i, i + 1):
                end, _ = row.complement_end(i + 1)
                start = self._content_start(i - 1)
                if start >= i - 1:
                    self.emit(i + 1, end, None, "hearsay", cue=i, group=self.new_group())
                else:
                    self.emit(start, end, None, "hearsay", cue=i, group=self.new_group())
            elif item.low in row.pack.words["epistemic"] and self.free(i, i + 1) and not self.drafts and self._told(i):
                self.emit(self.past_dateline(0, i), len(row.items), None, "zou", cue=i, group=self.new_group())

    def _told(self, i: int) -> bool:
        """Whether "zou" at `i` is that of hearsay: with a perfect ("zou ... hebben gezegd"), or "er zou ... liggen"."""
        row = self.row
        if any(row.has("conditionals", j) for j in range(len(row.items)) if j != i):
            return False
        named = i <= 3 and any(row.is_kind(j, NOUN) for j in range(i))
        subject_first = named or row.low(0) in {"er", "een", "één", "die"} or row.is_kind(i + 1, NOUN)
        for j in range(i + 1, len(row.items)):
            if row.has("have_infinitives", j):
                participle = row.low(j + 1), row.low(j - 1)
                if any(_participle(w) for w in participle):
                    return True
        last = row.low(len(row.items) - 2)
        if row.low(0) == "er":
            return last.endswith("en")
        return subject_first and row.low(0) not in {"dat", "dit", "het"} and last in row.pack.words["positions"]


def _participle(word: str) -> bool:
    return len(word) > 4 and (word.startswith(("ge", "be", "ver", "ont", "her")) or "ge" in word[2:6]) and word.endswith(("d", "t", "en"))


def find_reports(row: Row, claimed: list[tuple[int, int]]) -> Iterator[Draft]:
    """Yield the reported speech of `row`, leaving alone the item ranges in `claimed`."""
    yield from Reports(row, list(claimed)).find()
