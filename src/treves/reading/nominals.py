"""Noun phrases that name who may speak or act: what is known of one, before anybody decides who it is."""

from __future__ import annotations

from enum import StrEnum

import attrs


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
        inner: whether it stands within the mention before it: the first party of "leden van A, B en C".
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
    inner: bool = False
