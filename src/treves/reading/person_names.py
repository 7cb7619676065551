"""Names of persons: given names, initials, prefixes, double surnames, titles ("mr. Jan Willem van den Berg-Smit")."""

from __future__ import annotations

from collections.abc import Sequence

from treves.reading.nominals import Kind, Mention
from treves.reading.organisations import take_bracket, take_organisation
from treves.reading.scan import Scan
from treves.reading.word_groups import (
    AND,
    BRACKET,
    CALENDAR,
    COLON,
    COMMA,
    FINITE,
    PHRASE_OPENERS,
    REPORTING_NOUN,
    TITLES,
    VERB,
)
from treves.text import fold

_APOSTROPHES = frozenset({"'", "’"})
_LONGEST = 7
"""Words of the longest personal name."""


def name_at(scan: Scan, i: int) -> bool:
    """Return whether a person's name may start at token `i`, behind an office: a title or a capital.

    A surname without a given name is written with a capital prefix there ("minister Van der Linde"); "van" links a place.
    """
    if i >= scan.total or i in scan.openings:
        return False
    if scan.flags[i] & TITLES:
        return True
    if not scan.capital[i]:
        return False
    return scan.known_name(i) is None or fold(scan.lower[i]) in scan.pack.first_names


def plain_opening(scan: Scan, j: int) -> bool:
    """Return whether a lone capitalised word that opens a sentence is likely no name: nothing verbal follows, or a label."""
    word = fold(scan.lower[j])
    if scan.flags[j] & (REPORTING_NOUN | VERB) or (scan.flags[j + 1] & COLON and j + 3 not in scan.openings):
        return word not in scan.pack.first_names and word not in scan.seen
    if scan.flags[j + 1] & (FINITE | BRACKET | COMMA | COLON | AND):
        return False
    return word not in scan.pack.first_names and word not in scan.seen


def with_name(scan: Scan, first: int, head: int, i: int, determiner: str) -> Mention:
    """Return the phrase from `first` whose head starts at `head` and whose name, if any, starts at `i`, titles allowed."""
    i = _past_titles(scan, i)
    name, end = _read_name(scan, i)
    named = bool(name)
    kind = Kind.NAME
    if head < i:  # an office or title stands before the name
        kind = Kind.PERSON if named else Kind.ROLE
    elif named and _personal(scan, name, i):
        kind = Kind.PERSON
    end = max(end, head + 1)
    mention = Mention(first, end, (head, end), kind, name=tuple(name), determiner=determiner)
    if named:
        mention.gender = _gender_of(scan, name[0])
    take_bracket(scan, mention)
    take_organisation(scan, mention)
    return mention


def _past_titles(scan: Scan, i: int) -> int:
    while scan.flags[i] & TITLES:
        i += 2 if scan.words[i + 1] == "." else 1
    return i


def _read_name(scan: Scan, start: int) -> tuple[list[str], int]:
    """The words of the name that starts at `start`, and where it ends."""
    name: list[str] = []
    end = start
    while end < scan.total and len(name) < _LONGEST:
        after = _name_word(scan, end, start)
        if after == end:
            break
        if after - end > 1 and scan.words[end].islower() and not _surname_open(scan, name):
            break
        name += [word for word in scan.words[end:after] if word not in {"(", ")", "."}]
        end = after
    return name, end


def _name_word(scan: Scan, i: int, start: int) -> int:
    """End of the piece of a personal name that starts at `i`, in a name from `start`; `i` itself if none does."""
    word = scan.words[i]
    within = i > start
    if within and (i in scan.openings or scan.gap(i) > 1):
        return i
    if len(word) == 1 and word.isupper() and scan.words[i + 1] == ".":
        return i + 2
    prefixed = scan.prefix_end(i)
    if prefixed > i:
        if within and _ends_name(scan, prefixed):
            return i  # "minister Vos van D66"
        if within or _starts_surname(scan, i):
            return prefixed + 1
        if i in scan.openings:
            return i
    if scan.capital[i] and word[0].isalpha():
        return i if within and _ends_name(scan, i) else i + 1
    if within and word == "(" and scan.words[i + 2] == ")":  # "J. (Jan) Smit"
        nickname = scan.capital[i + 1] and scan.capital[scan.prefix_end(i + 3)] and "." in scan.words[start]
        return i + 3 if nickname else i
    return i


def _ends_name(scan: Scan, i: int) -> bool:
    """Whether a capitalised word goes on no name: a month, or a party's abbreviation."""
    return bool(scan.flags[i] & CALENDAR) or (scan.words[i].isupper() and scan.lower[i] in scan.pack.names.parties)


def _starts_surname(scan: Scan, i: int) -> bool:
    """Whether a capitalised prefix may open a surname ("Van der Linde"), not a phrase ("In de Kamer")."""
    return (scan.capital[i] or scan.words[i][0] in _APOSTROPHES) and not scan.flags[i] & PHRASE_OPENERS


def _surname_open(scan: Scan, name: Sequence[str]) -> bool:
    """Whether a surname may still begin: so far there are only given names ("Jan Willem" + "van der Berg")."""
    return len(name) < 2 or all(_is_given(scan, word) or "." in word or len(word) == 1 for word in name)


def _personal(scan: Scan, name: Sequence[str], i: int) -> bool:
    """Whether a name at `i` is a person's by itself: it has an initial, or a given name before a surname."""
    if (len(scan.words[i]) == 1 and scan.words[i + 1] == ".") or "." in name[0]:
        return True
    return len(name) > 1 and _is_given(scan, name[0])


def _is_given(scan: Scan, word: str) -> bool:
    first_names = scan.pack.first_names
    return fold(word) in first_names or fold(word.split("-", maxsplit=1)[0]) in first_names


def _gender_of(scan: Scan, given: str) -> str:
    gender = scan.pack.first_names.get(fold(given), "")
    if not gender and "-" in given:
        gender = scan.pack.first_names.get(fold(given.split("-", maxsplit=1)[0]), "")
    return gender
