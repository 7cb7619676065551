"""A report being scanned for noun phrases, with the looks ahead that all phrases share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from treves.reading.lexicon import KnownName, Office
from treves.reading.pack import NO_COMPOUND, Pack, compound
from treves.reading.tokens import Tokens
from treves.reading.word_groups import (
    AND,
    BRACKET,
    CALENDAR,
    COMMA,
    DETERMINERS,
    FINITE,
    FUNCTION,
    KNOWN,
    OFFICE,
    OFFICE_PHRASE,
    POSSESSIVES,
    PREFIXES,
    REPORTING,
    SHOUTED,
    WORD,
)
from treves.text import fold

_AHEAD = 8
"""How far the lists run on past the report's end, so that a look ahead needs no test."""
_MOST_PREFIXES = 3
_MOST_CAPITALS = 5
_SHORTEST_EPITHET = 4


@attrs.frozen(eq=False)
class Head:
    """An office as the words give it: what it is compounded with, and how many words it takes."""

    office: Office
    modifier: str
    length: int


@attrs.define(eq=False)
class Scan:
    """A report being scanned.

    Attributes:
        tokens, pack: the report and its language.
        total: number of tokens.
        words, lower, flags, capital: per token the word, in lower case, what it may be, and whether it has a capital.
        openings: tokens whose capital tells nothing, because they open a sentence or a quotation.
        seen: folded words that have a capital within a sentence somewhere in the report.
        surnames: what the report has as somebody's surname and could be another word ("Visser", "Brussel").
        epithets: words that the report puts before a full name, as an occupation ("imker Jan Vos"), and no list knows.
    """

    tokens: Tokens
    pack: Pack
    total: int
    words: list[str]
    lower: list[str]
    flags: list[int]
    capital: list[bool]
    openings: frozenset[int]
    seen: frozenset[str]
    surnames: frozenset[str] = frozenset()
    epithets: frozenset[str] = frozenset()

    def gap(self, j: int) -> int:
        """Return how many code points lie between token `j` and the one before it."""
        return self.tokens.starts[j] - self.tokens.ends[j - 1]

    def text(self, first: int, last: int) -> str:
        """Return the tokens ``[first, last)`` as printed."""
        return self.tokens.text[self.tokens.starts[first] : self.tokens.ends[last - 1]]

    def known_name(self, j: int) -> tuple[int, KnownName] | None:
        """Return the known name that starts at token `j`, with its length in tokens."""
        if self.flags[j] & KNOWN:
            for form, name in self.pack.names.index[self.lower[j]]:
                if j + len(form) <= self.total and all(self._written(j + k, part) for k, part in enumerate(form)):
                    return len(form), name
        return None

    def party_length(self, j: int) -> int:
        """Return how many tokens the name of a party at token `j` takes, a local one by its pattern; 0 if none stands there."""
        found = self.known_name(j)
        if found is not None and found[1].kind == "party" and self.capital[j]:
            return found[0]
        end = self.capitals_end(j)
        return end - j if self.pack.names.is_local_party(self.words[j:end]) else 0

    def _written(self, j: int, form: str) -> bool:
        """Whether token `j` is the name `form`: capitals matter ("OM" is a body, "om" is not), headlines aside."""
        word = self.words[j]
        if word == form:
            return True
        if form.isupper() and (
            len(form) < 3 or not self.capital[j] or (len(form) == 3 and bool(self.flags[j] & SHOUTED))
        ):
            return False
        return self.lower[j] == form.lower() and (self.capital[j] or form[0].islower())

    def ordinary(self, j: int) -> bool:
        """Return whether a word that opens a sentence may just be an ordinary word ("Vooruit", "Groen", "Trouw")."""
        word = self.words[j]
        if (word.isupper() and len(word) > 1) or not word.isalpha():
            return False
        return not self.flags[j + 1] & (REPORTING | AND | COMMA | BRACKET)

    def office_at(self, j: int) -> Head | None:
        """Return the office that the words at `j` name; None if they name none."""
        pack, low, flags = self.pack, self.lower[j], self.flags[j]
        if flags & OFFICE_PHRASE:
            for phrase in pack.phrases[low]:
                if tuple(self.lower[j : j + len(phrase)]) == phrase:
                    return Head(pack.offices[" ".join(phrase)], "", len(phrase))
        if flags & OFFICE:
            return Head(pack.offices[low], "", 1)
        if self.capital[j] and self.capital[j + 1] and not flags & FUNCTION and "-" in self.lower[j + 1]:
            modifier, _, word = self.words[j + 1].rpartition("-")
            office = pack.offices.get(word) or pack.heads.get(word)
            if office is not None:
                return Head(office, f"{self.words[j]} {modifier}", 2)  # "Open Vld-voorzitter"
        named = compound(pack, self.words[j])
        return Head(named.office, named.modifier, 1) if named.office is not None else None

    def body(self, j: int) -> KnownName | None:
        """Return the body that the common noun at `j` names ("ministerie", "artsenbond")."""
        return compound(self.pack, self.words[j]).body

    def capitals_end(self, i: int) -> int:
        """Return the end of a run of capitalised words from `i` (a proper name that need not be a person's)."""
        end = i
        while self.capital[end] and end - i < _MOST_CAPITALS and self.words[end][0].isalpha():
            if end in self.openings:
                break
            end += 1
        return end

    def prefix_end(self, i: int) -> int:
        """Return the end of a run of surname prefixes from `i`, if a capitalised word follows; else `i`."""
        end = i
        while self.flags[end] & PREFIXES and end - i < _MOST_PREFIXES:
            end += 1
        return end if end > i and self.capital[end] and self.words[end][0].isalpha() else i

    def named_next(self, j: int) -> bool:
        """Return whether a name follows the noun at `j` ("vakbond AFMP", "waterschap De Lage Mieden")."""
        return self.capital[j + 1] and j + 1 not in self.openings


def scan_of(tokens: Tokens, pack: Pack, quoted: Sequence[tuple[int, int]]) -> Scan:
    """Prepare a report for scanning; `quoted` are the token ranges between quotation marks, in order."""
    words = tokens.words
    capital = [word[0].isupper() for word in words]
    openings = {first for first, _ in tokens.sentences}
    openings.update(first + 1 for first, _ in quoted)
    scan = Scan(
        tokens=tokens,
        pack=pack,
        total=len(words),
        words=[*words, *[""] * _AHEAD],
        lower=[*tokens.lower, *[""] * _AHEAD],
        flags=[*pack.flags_of(tokens.lower), *[0] * _AHEAD],
        capital=[*capital, *[False] * _AHEAD],
        openings=frozenset(openings),
        seen=frozenset(
            fold(word) for i, word in enumerate(words) if capital[i] and i not in openings and word[0].isalpha()
        ),
    )
    # where two capitals follow one another, but for prefixes, stands a full name
    full = [i for i, is_capital in enumerate(capital) if is_capital and scan.capital[scan.prefix_end(i + 1)]]
    scan.epithets = frozenset(scan.lower[i - 1] for i in full if i > 0 and _is_epithet(scan, i - 1))
    scan.surnames = frozenset(_surnames(scan, full))
    return scan


def _surnames(scan: Scan, full: Sequence[int]) -> Iterator[str]:
    """Yield the words behind a given name, in lower case: in this report they name a person, whatever else they may be.

    A capital behind an office is a given name too.

    Args:
        scan: the report.
        full: where a full name may start.
    """
    first_names, flags = scan.pack.first_names, scan.flags
    for i in full:
        j = scan.prefix_end(i + 1)
        if flags[i] & (FUNCTION | FINITE | KNOWN) or flags[j] & (CALENDAR | FUNCTION) or j in scan.openings:
            continue
        given = fold(scan.lower[i]) in first_names or (i > 0 and i not in scan.openings and _is_office(scan, i - 1))
        if given and scan.words[j][-1].islower():
            yield scan.lower[j]
            yield from scan.lower[j].split("-")[::2]


def _is_office(scan: Scan, i: int) -> bool:
    return bool(scan.flags[i] & OFFICE) or compound(scan.pack, scan.words[i]).office is not None


def _is_epithet(scan: Scan, i: int) -> bool:
    """Whether the word before the full name at ``i + 1`` is an occupation, as a plain word there is: "imker Jan Vos"."""
    first_names = scan.pack.first_names
    low = scan.lower[i]
    if len(low) < _SHORTEST_EPITHET or not low.isalpha() or scan.pack.flags.get(low, WORD) != WORD:
        return False
    if scan.capital[i] and (i not in scan.openings or fold(low) in scan.seen):
        return False
    if fold(low) in first_names or i + 1 in scan.openings or compound(scan.pack, scan.words[i]) is not NO_COMPOUND:
        return False
    if fold(scan.lower[i + 1].split("-")[0]) not in first_names:
        telling = low.endswith(scan.pack.spelling.occupation) and low not in scan.pack.words["no_occupations"]
        if not telling or scan.flags[i + 1] & (PREFIXES | KNOWN):
            return False
    return not (scan.flags[i - 1] & (DETERMINERS | POSSESSIVES) and low.endswith(scan.pack.spelling.adjective[0]))
