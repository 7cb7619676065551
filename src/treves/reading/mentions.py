"""Noun phrases that name who may speak or act: persons, offices, parties, bodies, unnamed sources, pronouns.

A phrase is a short regular pattern over tokens: determiner, adjectives, office, titles, name, a bracket with party or
portfolio, and "van/namens ..." for the organisation. Nothing here decides who it is; that is ``coreference``.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import attrs

from treves.reading.pack import KnownName, Office, Pack
from treves.reading.tokens import Tokens
from treves.text import fold


class Kind(StrEnum):
    """What a noun phrase names."""

    PERSON = "person"
    ROLE = "role"
    PARTY = "party"
    BODY = "body"
    OUTLET = "outlet"
    UNNAMED = "unnamed"
    PRONOUN = "pronoun"
    NAME = "name"
    """A capitalised name of which it is not plain what it names."""
    NOUN = "noun"
    """Any other noun phrase, taken up only when it stands where a speaker stands."""


@attrs.define(eq=False)
class Mention:
    """One noun phrase.

    Attributes:
        first, last: token range ``[first, last)``, with bracket and organisation.
        core: token range of the phrase without what follows the name or head.
        kind: what it names.
        name: words of the proper name; empty if it has none.
        office: office word in lower case, without its modifier; empty if none.
        modifier: what the office is compounded with ("CDA" of CDA-leider, "justitie" of justitieminister).
        organisation: words after "van/namens", as printed; empty if none.
        party: canonical name of a party said in the phrase; empty if none.
        portfolio: words in the bracket that are no party; empty if none.
        gender: "m", "f" or "" when not told by the words.
        plural: whether it names several.
        determiner: lower-case determiner or possessive; empty if none.
        preposition: lower-case preposition right before the phrase; empty if none.
        quoted: whether it stands within quotation marks.
        appositive: index of the mention that it explains; -1 if none.
    """

    first: int
    last: int
    core: tuple[int, int]
    kind: Kind
    name: tuple[str, ...] = ()
    office: str = ""
    modifier: str = ""
    organisation: str = ""
    party: str = ""
    portfolio: str = ""
    gender: str = ""
    plural: bool = False
    determiner: str = ""
    preposition: str = ""
    quoted: bool = False
    appositive: int = -1


@attrs.define(eq=False)
class _Scan:
    """A report being scanned for noun phrases."""

    tokens: Tokens
    pack: Pack
    sentence_starts: frozenset[int]
    seen: frozenset[str] = frozenset()
    """Folded words that stand with a capital within a sentence somewhere in the report."""

    def find(self) -> list[Mention]:
        pack = self.pack
        words, lower = self.tokens.words, self.tokens.lower
        determiners = pack.words["determiners"] | pack.words["possessives"]
        total = len(words)
        found: list[Mention] = []
        i = 0
        while i < total:
            word, low = words[i], lower[i]
            mention = None
            if low in determiners or low in pack.words["partitives"]:
                mention = self._after_determiner(i)
            elif low in pack.words["pronouns"]:
                mention = self._pronoun(i)
            elif word[0].isupper() or low in pack.offices or low in pack.phrases or low in pack.unnamed or low in pack.adherents:
                mention = self._nominal(i, i, "")
            elif low in pack.bodies or low in pack.names:
                mention = self._nominal(i, i, "")
            elif low in pack.words["titles"] or (i + 1 < total and words[i + 1][0].isupper() and self._compound_before_name(i)):
                mention = self._nominal(i, i, "")
            if mention is None:
                i += 1
                continue
            if mention.first and lower[mention.first - 1] in pack.words["prepositions"]:
                mention.preposition = lower[mention.first - 1]
            found.append(mention)
            i = mention.last
        return found

    def _compound_before_name(self, i: int) -> bool:
        """Whether the lower-case word before a capital is a compound office ("sectoreconoom Jurriaan ...")."""
        return len(self.tokens.lower[i]) >= 6 and i + 1 not in self.sentence_starts and self._office(i)[0] is not None

    def _pronoun(self, i: int) -> Mention | None:
        low = self.tokens.lower[i]
        groups = self.pack.words
        gender = "m" if low in groups["pronouns_m"] else "f" if low in groups["pronouns_f"] else ""
        plural = low in groups["pronouns_p"]
        if low in groups["possessives"] and self._noun_follows(i) and not (i and self.tokens.lower[i - 1] == "volgens"):
            return None
        return Mention(i, i + 1, (i, i + 1), Kind.PRONOUN, gender=gender, plural=plural)

    def _noun_follows(self, i: int) -> bool:
        """Whether a possessive that may also be a pronoun ("haar", "zijn") stands before a noun."""
        if i + 1 >= len(self.tokens.words):
            return False
        after = self.tokens.words[i + 1]
        low = self.tokens.lower[i + 1]
        verbal = low in self.pack.finite or low in self.pack.words["auxiliaries"]
        return after[0].isalpha() and not verbal and not self.pack.has("function", low)

    def _after_determiner(self, i: int) -> Mention | None:
        lower, words = self.tokens.lower, self.tokens.words
        determiner = lower[i]
        if i + 2 < len(words) and lower[i + 1] == "van" and self.pack.has("partitives", determiner):
            return self._one_of(i)
        j = i + 1
        limit = min(len(words), i + 5)
        while j < limit:
            low = lower[j]
            if words[j][0].isupper() and low.endswith(("e", "s")) and j + 1 < limit and words[j + 1][0].islower():
                mention = self._nominal(i, j + 1, determiner)  # "de Utrechtse huisarts"
                if mention is not None and mention.office:
                    return mention
            mention = self._nominal(i, j, determiner)
            if mention is not None:
                return mention
            adjective = (low.endswith(("e", "en", "s")) or low.isdigit() or self.pack.has("adjectives", low)) and low[0].isalnum()
            if not adjective or self.pack.has("function", low) or low in self.pack.words["prepositions"]:
                break
            j += 1
        if determiner in self.pack.words["possessives"] and i + 1 < len(lower) and lower[i + 1] in self.pack.nouns:
            return self._possessor(i)
        if determiner in self.pack.words["pronouns"]:
            return self._pronoun(i)
        return None

    def _one_of(self, i: int) -> Mention | None:
        """"een van de betrokkenen", "een van hen": one of several, unnamed."""
        inner = self._pronoun(i + 2) if self.pack.has("pronouns", self.tokens.lower[i + 2]) else self._after_determiner(i + 2)
        if inner is None or inner.kind is Kind.PERSON:
            return None
        last = inner.last if inner.kind is not Kind.PRONOUN else i + 3
        return Mention(i, last, (i, last), Kind.UNNAMED)

    def _possessor(self, i: int) -> Mention:
        """The possessive before a reporting noun ("haar verwachting"): it stands for whoever said it."""
        groups, low = self.pack.words, self.tokens.lower[i]
        gender = "m" if low in groups["pronouns_m"] else "f" if low in groups["pronouns_f"] else ""
        return Mention(i, i + 1, (i, i + 1), Kind.PRONOUN, gender=gender, plural=low in groups["pronouns_p"])

    def _nominal(self, first: int, j: int, determiner: str) -> Mention | None:
        """A phrase whose head starts at token `j`, after the determiner and adjectives from `first`."""
        words, lower = self.tokens.words, self.tokens.lower
        if lower[j] in self.pack.words["office_prefixes"] and j + 1 < len(words):
            after = self._nominal(first, j + 1, determiner)  # "Vlaams minister", "demissionair premier"
            if after is not None and after.office and after.core[0] == j + 1:
                return after
        known = self._known_name(j)
        if known is not None:
            length, name = known
            if name.kind == "body" or length > 1 or words[j][0].isupper() or words[j].isupper():
                if not (j in self.sentence_starts and length == 1 and self._ordinary(j) ):
                    return self._of_known(first, j, length, name, determiner)
        low = lower[j]
        if low in self.pack.adherents or (low.endswith(("'er", "’er")) and words[j][0].isupper()):
            return self._adherent(first, j, determiner)
        if low in self.pack.unnamed or self._unnamed_compound(low):
            return self._unnamed(first, j, determiner)
        office, modifier, length = self._office(j)
        if office is not None:
            return self._official(first, j, (office, modifier, length), determiner)
        body = self._body(j)
        if body is not None and (determiner or body.plural or words[j][0].isupper() or self._named_next(j)):
            return self._bodied(first, j, body, determiner)
        if low in self.pack.words["titles"] or words[j][0].isupper():
            return self._named(first, j, determiner)
        return None

    def _named_next(self, j: int) -> bool:
        """Whether a name follows the noun at `j` ("vakbond AFMP", "waterschap De Lage Mieden")."""
        words = self.tokens.words
        return j + 1 < len(words) and words[j + 1][0].isupper() and j + 1 not in self.sentence_starts

    def _known_name(self, j: int) -> tuple[int, KnownName] | None:
        words = self.tokens.words
        for form, name in self.pack.names.get(self.tokens.lower[j], ()):
            if all(_written_as(a, b) for a, b in zip(words[j : j + len(form)], form, strict=False)) and j + len(form) <= len(words):
                return len(form), name
        return None

    def _ordinary(self, j: int) -> bool:
        """Whether a word that opens a sentence may just be an ordinary word ("Vooruit", "Groen", "Trouw")."""
        word = self.tokens.words[j]
        if word.isupper() and len(word) > 1 or not word.isalpha():
            return False
        after = self.tokens.lower[j + 1] if j + 1 < len(self.tokens.lower) else ""
        return after not in self.pack.finite and after not in {"(", ",", "en"}

    def _party(self, word: str) -> str:
        return self.pack.parties.get(fold(word), "")

    def _office(self, j: int) -> tuple[Office | None, str, int]:
        """The office that the words at `j` name, what it is compounded with, and how many words it takes."""
        lower = self.tokens.lower
        low = lower[j]
        for phrase in self.pack.phrases.get(low, ()):
            if tuple(lower[j : j + len(phrase)]) == phrase:
                return self.pack.offices[" ".join(phrase)], "", len(phrase)
        office = self.pack.offices.get(low)
        if office is not None:
            return office, "", 1
        if self.tokens.words[j][0].isupper() and j + 1 < len(lower) and "-" in lower[j + 1] and self.tokens.words[j + 1][0].isupper() and low not in self.pack.words["function"]:
            modifier, _, head = self.tokens.words[j + 1].rpartition("-")
            office = self.pack.offices.get(head) or self.pack.office_heads.get(head)
            if office is not None:
                return office, f"{self.tokens.words[j]} {modifier}", 2  # "Open Vld-voorzitter"
        if len(low) < 6 or not low[0].isalpha() or low in self.pack.finite:
            return None, "", 0
        word = self.tokens.words[j]
        if "-" in low:
            modifier, _, head = word.rpartition("-")
            office = self.pack.offices.get(head.lower()) or self.pack.office_heads.get(head.lower()) or self._closed(head.lower())
            return office, modifier, 1
        general = self.pack.anaphora.get(low)
        if general is not None and general.relation not in {"body", "group", "unnamed"}:
            return Office(low, general.value or general.relation, general.gender, plural=general.plural), "", 1
        for cut in range(2, len(low) - 3):
            office = self.pack.office_heads.get(low[cut:])
            if office is not None:
                return office, word[:cut], 1
        return None, "", 0

    def _closed(self, low: str) -> Office | None:
        for cut in range(2, len(low) - 3):
            office = self.pack.office_heads.get(low[cut:])
            if office is not None:
                return office
        return None

    def _unnamed_compound(self, low: str) -> bool:
        return low.endswith(("bron", "bronnen")) and len(low) > 6 and self.pack.has("source_heads", low.rsplit("bron", 1)[0])

    def _body(self, j: int) -> KnownName | None:
        low = self.tokens.lower[j]
        body = self.pack.bodies.get(low)
        if body is not None or len(low) < 7 or not low[0].isalpha():
            return body
        head = low.rpartition("-")[2]
        if head != low:
            return self.pack.bodies.get(head)
        for cut in range(3, len(low) - 4):
            body = self.pack.bodies.get(low[cut:])
            if body is not None:
                return body
        return None

    def _of_known(self, first: int, j: int, length: int, name: KnownName, determiner: str) -> Mention:
        last = j + length
        if name.kind == "body":
            return self._bodied(first, j, name, determiner, length)
        party = name.name if name.kind == "party" else ""
        return Mention(first, last, (j, last), Kind(name.kind), name=(name.name,), party=party, determiner=determiner)

    def _adherent(self, first: int, j: int, determiner: str) -> Mention:
        low = self.tokens.lower[j].replace("’", "'")
        mention = self._with_name(first, j, j + 1, determiner)
        mention.party = self.pack.adherents.get(low) or self._party(low[:-3])
        mention.modifier = mention.party or self.tokens.words[j][:-3]
        return mention

    def _official(self, first: int, j: int, head: tuple[Office, str, int], determiner: str) -> Mention | None:
        lower = self.tokens.lower
        office, modifier, length = head
        party = self._party(modifier) if modifier else ""
        end = j + length
        while end + 1 < len(lower) and lower[end] in self.pack.words["conjunctions"]:
            other, other_modifier, taken = self._office(end + 1)
            if other is None or other.plural:
                break
            party = party or (self._party(other_modifier) if other_modifier else "")
            end += 1 + taken
        if office.plural:
            return self._role(first, j, j + length, (office, modifier, party), determiner)
        named = self._past_portfolio(end)
        if not self._name_at(named):
            known = self._known_name(end) if end < len(lower) else None
            plain = known is not None and known[1].kind == "party" and not determiner
            return self._role(first, j, end if plain else j + length, (office, modifier, party), determiner)
        mention = self._with_name(first, j, named, determiner)
        if named > end:
            mention.portfolio = self.tokens.text[self.tokens.starts[end + 1] : self.tokens.ends[named - 1]]
        mention.office, mention.modifier = office.singular or office.word, modifier
        mention.party = mention.party or party
        mention.gender = mention.gender or office.gender
        return mention

    def _past_portfolio(self, end: int) -> int:
        """Where a name may start behind "van Financiën" or "voor Klimaat"; `end` itself if no portfolio stands there."""
        words, lower = self.tokens.words, self.tokens.lower
        if end + 2 < len(words) and lower[end] in {"van", "voor"} and words[end + 1][0].isupper():
            j = end + 2
            while j + 1 < len(words) and lower[j] == "en" and words[j + 1][0].isupper():
                j += 2
            if j < len(words) and words[j][0].isupper() and not self._known_name(j) and self.tokens.starts[j] - self.tokens.ends[j - 1] == 1:
                return j
        return end

    def _role(self, first: int, j: int, end: int, head: tuple[Office, str, str], determiner: str) -> Mention:
        office, modifier, party = head
        mention = Mention(
            first, end, (j, end), Kind.ROLE, office=office.singular or office.word, modifier=modifier, party=party,
            gender=office.gender, plural=office.plural, determiner=determiner,
        )  # fmt: skip
        self._bracket(mention)
        self._organisation(mention)
        return mention

    def _unnamed(self, first: int, j: int, determiner: str) -> Mention:
        low = self.tokens.lower[j]
        plural = self.pack.unnamed.get(low, low.endswith("nen"))
        mention = Mention(first, j + 1, (j, j + 1), Kind.UNNAMED, plural=plural, determiner=determiner)
        self._organisation(mention, also=("rond", "rondom", "binnen", "in", "dicht", "uit", "nabij"))
        return mention

    def _bodied(self, first: int, j: int, body: KnownName, determiner: str, length: int = 1) -> Mention:
        words = self.tokens.words
        end = j + length
        name: tuple[str, ...] = ()
        low = self.tokens.lower[j]
        party = self._party(words[j].rpartition("-")[0]) if "-" in low else ""
        if length == 1 and not words[j].isupper() and "-" not in low and not body.plural:
            named = self._capitals(end)
            if named > end:
                name = tuple(words[end:named])
                end = named
        mention = Mention(
            first, end, (j, end), Kind.BODY, name=name or ((body.name,) if body.name[0].isupper() else ()),
            office=low, party=party, plural=body.plural, determiner=determiner,
        )  # fmt: skip
        self._bracket(mention)
        self._organisation(mention)
        return mention

    def _capitals(self, i: int) -> int:
        """End of a run of capitalised words from `i` (a proper name that need not be a person's)."""
        words = self.tokens.words
        end = i
        while end < len(words) and words[end][0].isupper() and words[end][0].isalpha() and end - i < 5:
            if end in self.sentence_starts:
                break
            end += 1
        return end

    def _name_at(self, i: int) -> bool:
        """Whether a person's name may start at `i`: a title, initial, prefix before a capital, or a capital."""
        words, lower = self.tokens.words, self.tokens.lower
        if i >= len(words) or i in self.sentence_starts:
            return False
        if lower[i] in self.pack.words["titles"]:
            return True
        if words[i][0].isupper():
            known = self._known_name(i)
            return known is None or fold(lower[i]) in self.pack.first_names
        # a surname without a given name is written with a capital prefix ("minister Van der Burg"); "van" links a place
        return False

    def _prefix_end(self, i: int) -> int:
        """End of a run of surname prefixes from `i`, if a capitalised word follows; else `i`."""
        words, lower = self.tokens.words, self.tokens.lower
        end = i
        while end < len(words) and end - i < 3 and lower[end].replace("’", "'") in self.pack.words["prefixes"]:
            end += 1
        return end if i < end < len(words) and words[end][0].isupper() and words[end][0].isalpha() else i

    def _named(self, first: int, j: int, determiner: str) -> Mention | None:
        low = self.tokens.lower[j]
        if determiner and j == first:
            return None
        if self.pack.has("calendar", low):
            return None
        opening = j in self.sentence_starts
        if opening and self.pack.has("function", low) and self._prefix_end(j) == j:
            return None
        mention = self._with_name(first, j, j, determiner)
        if not mention.name:
            return None
        if len(mention.name) == 1 and opening and self._plain_opening(j):
            return None
        return mention

    def _plain_opening(self, j: int) -> bool:
        """Whether a lone capitalised word that opens a sentence is likely no name: nothing verbal follows."""
        lower = self.tokens.lower
        after = lower[j + 1] if j + 1 < len(lower) else ""
        if after in self.pack.finite or after in self.pack.words["auxiliaries"] or after in {"(", ",", ":", "en"}:
            return False
        word = fold(lower[j])
        return word not in self.pack.first_names and word not in self.seen

    def _with_name(self, first: int, j: int, i: int, determiner: str) -> Mention:
        """A phrase whose proper name, if any, starts at `i` (titles allowed) and whose head starts at `j`."""
        words, lower = self.tokens.words, self.tokens.lower
        while i < len(words) and lower[i] in self.pack.words["titles"]:
            i += 2 if i + 1 < len(words) and words[i + 1] == "." else 1
        end = i
        name: list[str] = []
        while end < len(words) and len(name) < 7:
            after = self._name_word(end, i)
            if after == end or (after - end > 1 and words[end].islower() and not self._surname_open(name)):
                break
            name += [w for w in words[end:after] if w not in {"(", ")", "."}]
            end = after
        kind = Kind.PERSON if j < i or self._personal(name, words[i : i + 2]) else Kind.NAME
        core_end = max(end, j + 1)
        mention = Mention(first, core_end, (j, core_end), kind, name=tuple(name), determiner=determiner)
        if not name and j < i:
            mention.kind = Kind.ROLE
        if name:
            mention.gender = self._given_gender(name[0])
        self._bracket(mention)
        self._organisation(mention)
        return mention

    def _surname_open(self, name: Sequence[str]) -> bool:
        """Whether a surname may still begin: so far there are only given names ("Jan Willem" + "van der Berg")."""
        return len(name) < 2 or all(self._given(w) or "." in w or len(w) == 1 for w in name)

    def _name_word(self, i: int, start: int) -> int:
        """End of the piece of a personal name that starts at `i`; `i` itself if none does."""
        words = self.tokens.words
        word = words[i]
        if i > start and i in self.sentence_starts:
            return i
        if i > start and self.tokens.starts[i] - self.tokens.ends[i - 1] > 1:
            return i
        if len(word) == 1 and word.isupper() and i + 1 < len(words) and words[i + 1] == ".":
            return i + 2
        prefixed = self._prefix_end(i)
        if prefixed > i and (i > start or self._starts_surname(i)):
            return prefixed + 1
        if prefixed > i and i == start and i in self.sentence_starts:
            return i
        if word[0].isupper() and word[0].isalpha():
            low = self.tokens.lower[i]
            if i > start and (self.pack.has("calendar", low) or low in self.pack.parties and word.isupper()):
                return i
            return i + 1
        if i > start and word == "(" and i + 2 < len(words) and words[i + 2] == ")":
            return i + 3 if words[i + 1][0].isupper() and "." in words[start] else i
        return i

    def _starts_surname(self, i: int) -> bool:
        """Whether a capitalised prefix may open a surname ("Van der Burg"), not a phrase ("In de Kamer")."""
        return self.tokens.words[i][0].isupper() and self.tokens.lower[i] not in self.pack.words["phrase_openers"]

    def _personal(self, name: Sequence[str], opening: Sequence[str]) -> bool:
        if not name:
            return False
        initial = len(opening) > 1 and opening[1] == "." and len(opening[0]) == 1 or "." in name[0]
        return initial or (len(name) > 1 and self._given(name[0]))

    def _given(self, word: str) -> bool:
        return fold(word) in self.pack.first_names or fold(word.split("-")[0]) in self.pack.first_names

    def _given_gender(self, word: str) -> str:
        gender = self.pack.first_names.get(fold(word), "")
        if not gender and "-" in word:
            gender = self.pack.first_names.get(fold(word.split("-")[0]), "")
        return gender

    def _bracket(self, mention: Mention) -> None:
        """Take up a bracket such as (D66), (Klimaat, D66) or (54) right after the phrase."""
        words = self.tokens.words
        i = mention.last
        if i >= len(words) or words[i] != "(":
            return
        for close in range(i + 1, min(i + 12, len(words))):
            if words[close] == ")":
                break
        else:
            return
        inside = self.tokens.text[self.tokens.ends[i] : self.tokens.starts[close]]
        portfolio: list[str] = []
        for part in inside.split(","):
            piece = part.strip()
            party = self._party(piece)
            if party and not mention.party:
                mention.party = party
            elif piece and not piece.isdigit() and piece[0].isupper():
                portfolio.append(piece)
        mention.portfolio = ", ".join(portfolio)
        mention.last = close + 1

    def _organisation(self, mention: Mention, also: tuple[str, ...] = ()) -> None:
        """Take up "van het ministerie", "namens D66", "(VVD) van Leeuwerdam" right after the phrase."""
        words, lower = self.tokens.words, self.tokens.lower
        i = mention.last
        links = self.pack.words["organisation_links"]
        if i + 1 >= len(words) or not (lower[i] in links or lower[i] in also) or mention.kind is Kind.NAME:
            return
        j = i + 1
        if lower[i] == "dicht" and lower[j] in {"bij", "op"}:
            j += 1
        if j < len(words) and (lower[j] in self.pack.words["determiners"] or lower[j] in self.pack.words["possessives"]):
            j += 1
        end = self._organisation_end(j, mention)
        if end > j:
            mention.organisation = self.tokens.text[self.tokens.starts[i + 1] : self.tokens.ends[end - 1]]
            mention.last = end
            for k in range(i + 1, end):
                mention.party = mention.party or (self._party(words[k]) if words[k][0].isupper() else "")

    def _organisation_end(self, j: int, mention: Mention) -> int:
        words, lower = self.tokens.words, self.tokens.lower
        if j >= len(words):
            return j
        if words[j][0].isupper() and j not in self.sentence_starts:
            known = self._known_name(j)
            if known is not None:
                return j + known[0]
            end = self._capitals(self._prefix_end(j))
            while end + 1 < len(words) and lower[end] == "en" and words[end + 1][0].isupper() and end - j < 4:
                ministry = mention.office and mention.kind is not Kind.UNNAMED and not mention.name
                if not ministry:
                    break
                end = self._capitals(end + 1)
            return end
        prefixed = self._prefix_end(j)
        if prefixed > j:
            return self._capitals(prefixed)
        if mention.kind is Kind.UNNAMED or mention.office:
            # an ordinary noun: "van de partij", "rond de minister"; with a name after it: "van de koepel Groen Verbond"
            if self.pack.has("function", lower[j]) or not words[j][0].isalpha() or lower[j] in self.pack.finite:
                return j
            return self._capitals(j + 1)
        return self._capitals(j + 1) if self._body(j) and self._capitals(j + 1) > j + 1 else j


_SHORT = frozenset("als dat den die dit een elk fel hem hen het hij hun ook pas wat wie wij zij".split())


def _written_as(word: str, form: str) -> bool:
    """Whether a word is the name `form`: capitals matter ("OM" is a body, "om" is not), all-capitals headlines aside."""
    if word == form:
        return True
    if form.isupper() and (len(form) < 3 or not word[0].isupper() or len(form) == 3 and word.lower() in _SHORT):
        return False
    return word.lower() == form.lower() and (word[0].isupper() or form[0].islower())


def find_mentions(tokens: Tokens, pack: Pack, quoted: Sequence[tuple[int, int]]) -> list[Mention]:
    """Return the noun phrases of a report, in order and without overlap.

    Args:
        tokens: the report.
        pack: its language.
        quoted: token ranges that stand between quotation marks, in order.
    """
    starts = {first for first, _ in tokens.sentences}
    starts |= {inner + 1 for inner, _ in quoted}
    seen = {fold(w) for i, w in enumerate(tokens.words) if w[0].isupper() and i not in starts and w[0].isalpha()}
    mentions = _Scan(tokens, pack, frozenset(starts), frozenset(seen)).find()
    position = 0
    for mention in mentions:
        while position < len(quoted) and quoted[position][1] <= mention.first:
            position += 1
        mention.quoted = position < len(quoted) and quoted[position][0] <= mention.first
    _appositions(mentions, tokens)
    return mentions


def _appositions(mentions: list[Mention], tokens: Tokens) -> None:
    """Join "X, fractievoorzitter van Y," and "De voorzitter, X," into one: the second explains the first."""
    for index in range(1, len(mentions)):
        before, after = mentions[index - 1], mentions[index]
        if after.first != before.last + 1 or tokens.words[before.last] != "," or before.quoted != after.quoted:
            continue
        closes = after.last >= len(tokens.words) or tokens.words[after.last] in {",", ".", ":", "”", '"', "("}
        anchor = mentions[before.appositive] if before.appositive >= 0 else before
        named_role = anchor.kind is Kind.PERSON and after.kind is Kind.ROLE and not after.plural
        role_name = anchor.kind is Kind.ROLE and not anchor.plural and after.kind in {Kind.PERSON, Kind.NAME}
        if (closes or (named_role and not after.determiner)) and (named_role or role_name):
            after.appositive = before.appositive if before.appositive >= 0 else index - 1
