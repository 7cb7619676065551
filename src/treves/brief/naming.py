"""How actors are shown: roles each once, the names that tell something, and which bodies are worth a line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import attrs

from treves.brief.wording import Wording
from treves.model.actors import ActorKind
from treves.model.view import JoinedActor
from treves.text import fold

_COMPOUND = re.compile(r"-[^\W\d_A-Z]+$")
"""The end of a word such as "WP-leider", which is no name."""
_ALIKE = 3
"""Letters in which two words may differ and still be read as one."""
_STEM = 5
"""Letters by which two portfolios are taken for wordings of one ("Asiel", "Asielzaken")."""


@attrs.frozen
class Office:
    """An office as it is shown.

    Attributes:
        words: office and portfolios in one line.
        told: whether a report tells it; else only the roster does.
    """

    words: str
    told: bool


@lru_cache(maxsize=1 << 12)
def office_words(office: str, organisation: str | None, wording: Wording) -> str:
    """Return a role as one line: the office, with what it is called in the interface's language, and organisation.

    The printed word follows in parentheses, unless both are nearly the same ("leader", "leider").
    """
    from rapidfuzz.distance import Levenshtein

    known = wording.offices.get(fold(office), office)
    alike = Levenshtein.distance(fold(known), fold(office), score_cutoff=_ALIKE) <= _ALIKE
    called = known if alike else f"{known} ({office})"
    return f"{called}, {organisation}" if organisation else called


def offices(actor: JoinedActor, wording: Wording) -> tuple[Office, ...]:
    """Return the offices of an actor, each once with all its portfolios, the most often said first."""
    found: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    told: set[str] = set()
    for role in actor.roles:
        key = wording.offices.get(fold(role.office), fold(role.office))
        names.setdefault(key, role.office)
        found.setdefault(key, [])
        if role.organisation:
            found[key].append(role.organisation)
        if role.passages:
            told.add(key)
    return tuple(
        Office(office_words(names[key], "; ".join(_portfolios(listed)) or None, wording), key in told)
        for key, listed in found.items()
    )


def _portfolios(listed: Iterable[str]) -> list[str]:
    """Return organisations, of those that begin alike the longest."""
    found: dict[str, str] = {}
    for name in listed:
        key = fold(name)[:_STEM]
        found[key] = max(found.get(key, ""), name, key=len)
    return list(found.values())


def other_names(actor: JoinedActor) -> tuple[str, ...]:
    """Return the other names that tell something: no parts of a person's name, no descriptions, no name with an office.

    All words by which reports call an actor stand in its reason.
    """
    own = {word for role in actor.roles for word in fold(f"{role.office} {role.organisation or ''}").split()}
    if actor.kind is ActorKind.PERSON:
        own |= set(fold(actor.name).replace("-", " ").split())
    found: dict[str, str] = {}
    for alias in actor.aliases:
        words = alias.split()
        last = words[-1] if words else ""
        if not any(c.isupper() for c in last) or fold(last).endswith("'er"):
            continue
        new = [w for w in words if fold(w) not in own and w[:1].isupper() and not _COMPOUND.search(w)]
        if new and fold(actor.name) not in fold(alias):
            told = " ".join(words[next(i for i, w in enumerate(words) if any(c.isupper() for c in w)) :])
            found.setdefault(fold(told), told)
    return tuple(found.values())


def generic(actor: JoinedActor, *, speaks: bool) -> bool:
    """Return whether an actor is a body that neither speaks nor has a name of its own ("partijen", "meerderheid")."""
    return actor.kind is ActorKind.BODY and not speaks and not any(c.isupper() for c in actor.name)
