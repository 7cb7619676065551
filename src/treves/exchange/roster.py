"""A roster of persons known beforehand, from a YAML file; every error names its line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from treves.dates import InvalidTime, Moment, parse_moment
from treves.errors import InputError, Phrase
from treves.exchange.decoding import decode
from treves.exchange.source import read_bytes, readable_name
from treves.model.actors import Gender, Role, Roster, RosterEntry

if TYPE_CHECKING:
    from yaml import Node

_PERSON_KEYS = ("name", "aliases", "gender", "roles")
_ROLE_KEYS = ("office", "organisation", "party", "from", "until")
_NULL_TAG = "tag:yaml.org,2002:null"


class BadRoster(InputError):
    """A roster file does not have the form of a roster."""

    code: ClassVar[str] = "T141"


def read_roster(path: Path) -> Roster:
    """Read a list of persons: ``name``, ``aliases``, ``gender`` (m, f or null), ``roles``.

    A role has ``office``, ``organisation``, ``party``, ``from`` and ``until``. Dates may be partial; ``until`` is the
    last day, month or year in office, so that :attr:`treves.model.actors.Role.end` is the day after it.

    Raises:
        BadRoster: the file is no YAML or does not have this form; the message names line, key and value.
        InputError: it cannot be read or decoded.
    """
    name = readable_name(path)
    text = decode(read_bytes(path), name=name)
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise BadRoster(
            "{name} is no YAML: {error}.", hint="Check its indentation.", name=name, error=" ".join(str(error).split())
        ) from None
    if root is None:
        return Roster()
    return Roster(tuple(_person(node, name) for node in _items(root, name, Phrase("the roster"))))


def _bad(node: Node, file: str, what: Phrase, hint: Phrase) -> BadRoster:
    return BadRoster("{file}, line {line}: {what}.", hint=hint, file=file, line=node.start_mark.line + 1, what=what)


def _person(node: Node, file: str) -> RosterEntry:
    fields = _fields(node, file, _PERSON_KEYS, Phrase("a person"))
    if "name" not in fields:
        raise _bad(node, file, Phrase("a person has no name"), Phrase("Begin each person with - name: …"))
    name = _text(fields["name"], file, "name")
    if name is None:
        raise _bad(fields["name"], file, Phrase("a name is empty"), Phrase("Write the full name."))
    aliases = [_text(a, file, Phrase("an alias")) for a in _items(fields.get("aliases"), file, "aliases")]
    gender = _text(fields["gender"], file, "gender") if "gender" in fields else None
    if gender is not None and gender not in list(Gender):
        raise _bad(
            fields["gender"],
            file,
            Phrase("the gender {gender!r} is unknown", gender=gender),
            Phrase("Write m, f or null."),
        )
    return RosterEntry(
        name=name,
        aliases=tuple(a for a in aliases if a),
        gender=Gender(gender) if gender else None,
        roles=tuple(_role(r, file) for r in _items(fields.get("roles"), file, "roles")),
    )


def _role(node: Node, file: str) -> Role:
    fields = _fields(node, file, _ROLE_KEYS, Phrase("a role"))
    told = {key: _text(value, file, key) for key, value in fields.items()}
    office = told.get("office")
    if not office:
        raise _bad(node, file, Phrase("a role has no office"), Phrase("Write office: minister, or the like."))
    start, end = (_date(fields[k], file, t) if (t := told.get(k)) else None for k in ("from", "until"))
    role = Role(
        office=office,
        organisation=told.get("organisation"),
        party=told.get("party"),
        start=_day(start.earliest if start else None),
        end=_day(end.latest if end else None),
    )
    if role.start and role.end and role.end <= role.start:
        raise _bad(
            node,
            file,
            Phrase("the role {office!r} ends before it begins", office=office),
            Phrase("Check from and until."),
        )
    return role


def _day(instant: date | None) -> date | None:
    return date(instant.year, instant.month, instant.day) if instant else None


def _date(node: Node, file: str, wording: str) -> Moment:
    try:
        return parse_moment(wording)
    except (InvalidTime, OverflowError):
        raise _bad(
            node,
            file,
            Phrase("{wording!r} is no date", wording=wording),
            Phrase("Write 2023-07-06, 2023-07, 2023 or null."),
        ) from None


def _fields(node: Node, file: str, known: tuple[str, ...], what: Phrase) -> dict[str, Node]:
    """The values of a mapping by key; a key that is not known is an error, for it is mostly a misspelling."""
    from yaml import MappingNode

    if not isinstance(node, MappingNode):
        raise _bad(
            node,
            file,
            Phrase("{what} is expected here", what=what),
            Phrase("Write {what} with the keys {keys}.", what=what, keys=", ".join(known)),
        )
    found: dict[str, Node] = {}
    for key, value in node.value:
        name = key.value if isinstance(key.value, str) else "?"
        if name not in known or name in found:
            twice = Phrase("the key {name!r} stands here twice", name=name)
            problem = twice if name in found else Phrase("the key {name!r} is unknown", name=name)
            raise _bad(key, file, problem, Phrase("The keys are {keys}.", keys=", ".join(known)))
        found[name] = value
    return found


def _items(node: Node | None, file: str, what: str) -> Iterator[Node]:
    from yaml import SequenceNode

    if node is None or node.tag == _NULL_TAG:
        return
    if not isinstance(node, SequenceNode):
        raise _bad(
            node, file, Phrase("{what} is no list", what=what), Phrase("Write one item a line, each behind a hyphen.")
        )
    yield from node.value


def _text(node: Node, file: str, what: str) -> str | None:
    """The wording of a plain value, numbers and dates as written; None for null and for nothing."""
    from yaml import ScalarNode

    if not isinstance(node, ScalarNode):
        raise _bad(node, file, Phrase("{what} is no plain text", what=what), Phrase("Write one text."))
    if node.tag == _NULL_TAG:
        return None
    return " ".join(str(node.value).split()) or None
