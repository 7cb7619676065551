"""Names as reports print them: which part is the surname, and which actors are named by their office alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

import attrs

from treves.model.actors import Actor
from treves.reading.joining.vocabulary import ARTICLES, INDEFINITE, PARTICLES
from treves.text import fold

_NOT_WORD = re.compile(r"[\W_]+")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]?\.?|[^\W\d_]")


class NameForm(StrEnum):
    """How fully a person is named."""

    FULL = "full"
    """With at least one first name ("Karin de Wit")."""
    INITIALS = "initials"
    """With initials only ("K. de Wit")."""
    SURNAME = "surname"
    """By surname alone ("De Wit")."""


@attrs.frozen
class PersonName:
    """A person's name in its parts, all folded.

    Attributes:
        form: how fully the person is named.
        given: first names or initials, in order.
        surname: the surname with its particles ("van der linde"), hyphens as spaces.
        stems: surnames by which the person may be called: the whole, and the first part of a double surname.
    """

    form: NameForm
    given: tuple[str, ...]
    surname: str
    stems: tuple[str, ...]

    @property
    def initials(self) -> str:
        """The first letters of the first names ("jp")."""
        if self.form is NameForm.INITIALS:
            return "".join(_NOT_WORD.sub("", g) for g in self.given)
        return "".join(g[0] for g in self.given)


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """Return `name` for comparison: folded, punctuation as spaces, without a leading article."""
    words = _NOT_WORD.sub(" ", fold(name)).split()
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    return " ".join(words)


@lru_cache(maxsize=1 << 16)
def whole_key(name: str) -> str:
    """Return a person's `name` for comparison: folded, punctuation as spaces; "De Wit" keeps its particle."""
    return _NOT_WORD.sub(" ", fold(name)).strip()


@lru_cache(maxsize=1 << 16)
def parse_name(name: str) -> PersonName:
    """Cut a person's `name` into first names and surname.

    The surname is the last word with the particles before it; what stands before those are first names.
    """
    words = fold(name).split() or [""]
    start = len(words) - 1
    while start > 0 and words[start - 1] in PARTICLES:
        start -= 1
    given = tuple(words[:start])
    particles, core = words[start:-1], words[-1]
    parts = [p for p in _NOT_WORD.sub(" ", core).split() if p]
    head = " ".join(_NOT_WORD.sub(" ", p).strip() for p in particles)
    surname = f"{head} {' '.join(parts)}".strip()
    stems = [surname]
    if "-" in core and len(parts) > 1:
        stems.append(f"{head} {parts[0]}".strip())
    if not given:
        form = NameForm.SURNAME
    elif all(_INITIALS.fullmatch(g) for g in given):
        form = NameForm.INITIALS
    else:
        form = NameForm.FULL
        given = tuple(w for g in given for w in _NOT_WORD.sub(" ", g).split())
    return PersonName(form, given, surname, tuple(stems))


def names_office(actor: Actor) -> bool:
    """Return whether a person is named by an office alone ("de staatssecretaris", "wethouder van Financiën")."""
    key = name_key(actor.name)
    if any(key == name_key(r.office) for r in actor.roles):
        return True
    for word in actor.name.split():
        lower = word == word.lower() and word[0].isalpha()
        if lower and fold(word) in (PARTICLES | ARTICLES):
            continue
        return lower
    return bool(actor.name)


def fullest(names: Mapping[str, int]) -> str:
    """Return the name that is most often used, of equals the one with most accents, then the longest.

    Args:
        names: how often each name is used; at least one.
    """
    return min(names, key=lambda n: (-names[n], sum(c.isascii() for c in n) - len(n), -len(n), n))


def is_name(words: str) -> bool:
    """Return whether `words` are a name: a capital beyond a leading article. "De partij" is whichever is spoken of."""
    first, _, rest = words.strip().partition(" ")
    told = rest if fold(first) in ARTICLES else words
    return any(c.isupper() for c in told)


def is_definite(actor: Actor) -> bool:
    """Return whether the name points at one certain person: no "een" before it."""
    return fold(actor.name.split(" ", 1)[0]) not in INDEFINITE
