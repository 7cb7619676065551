"""Actors: who acts and speaks, with the roles and parties that reports or a roster give them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import attrs

from treves.model.evidence import Span


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    PARTY = "party"
    BODY = "body"
    OUTLET = "outlet"
    UNNAMED = "unnamed"


class Gender(StrEnum):
    """Grammatical gender that reports use for a person, for pronouns only."""

    MALE = "m"
    FEMALE = "f"


@attrs.frozen
class Role:
    """An office as a report or roster gives it.

    Attributes:
        office: what it is called ("staatssecretaris", "fractievoorzitter").
        organisation: ministry, portfolio, faction or firm, if said.
        party: party, if said.
        start, end: dates between which a roster says it was held, ``[start, end)``; None when open or unknown.
        span: where the report says so; None when it comes from a roster.
    """

    office: str
    organisation: str | None = None
    party: str | None = None
    start: date | None = None
    end: date | None = None
    span: Span | None = None


@attrs.frozen
class Actor:
    """An actor of one report: all mentions in it that the reader takes for the same.

    Attributes:
        key: number within the report, from 0 in order of first mention.
        kind: person, party, body, outlet or unnamed source.
        name: the fullest name the report (or a matching roster entry) gives; for an unnamed source its description.
        mentions: where the report names it by name or role (pronouns left out), in order.
        roles: offices said of it.
        party: name of its party, if said or known from the roster.
        gender: as pronouns, titles or the roster tell; None when not told.
        in_roster: whether a roster entry was joined.
    """

    key: int
    kind: ActorKind
    name: str
    mentions: tuple[Span, ...] = ()
    roles: tuple[Role, ...] = ()
    party: str | None = None
    gender: Gender | None = None
    in_roster: bool = False


@attrs.frozen
class RosterEntry:
    """One person of a roster: who held which office for which party, dated."""

    name: str
    aliases: tuple[str, ...] = ()
    gender: Gender | None = None
    roles: tuple[Role, ...] = ()


@attrs.frozen
class Roster:
    """Persons known beforehand. Optional: unknown persons are read as well."""

    entries: tuple[RosterEntry, ...] = ()
