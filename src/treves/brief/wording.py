"""The words of the interface: one table of strings a language, read from the data files beside this module."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import ClassVar, Literal, get_args

import attrs

from treves.errors import SettingError
from treves.text import fold

Language = Literal["en", "nl"]
LANGUAGES: tuple[str, ...] = get_args(Language)

_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class UnknownBriefLanguage(SettingError):
    """The brief has no interface in the language asked for."""

    code: ClassVar[str] = "T431"


@attrs.frozen
class Piece:
    """A run of words in one language.

    Attributes:
        text: the words.
        language: ISO 639-1 code when it is not the interface's own, as of words taken from a report; else empty.
    """

    text: str
    language: str = ""


@attrs.frozen(eq=False)
class Wording:
    """The strings of one interface language.

    Attributes:
        language: ISO 639-1 code.
        strings: texts by dotted key; plurals end in ``.one`` and ``.other``.
        lists: lists of words by dotted key (weekdays, months, numbers).
        labels: what words for events in reports are called in this language, by folded word.
        offices: what offices in reports are called in this language, by folded word.
        talks: words, folded, that say no more of a session than that there were talks.
        meetings: those of them that may as well be the meeting of a single body.
    """

    language: str
    strings: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    offices: Mapping[str, str]
    talks: frozenset[str]
    meetings: frozenset[str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of `key` with its braces filled in."""
        text = self.strings[key]
        return text.format(**values) if values else text

    def count(self, key: str, number: int, **values: object) -> str:
        """Return the singular or plural text of `key`; ``{n}`` is the number, ``{words}`` the number in words."""
        form = "one" if number == 1 else "other"
        return self(f"{key}.{form}", n=number, words=self.number(number), **values)

    def number(self, number: int) -> str:
        """Return `number` in words up to twelve, else in figures."""
        words = self.lists["number.words"]
        return words[number] if 0 <= number < len(words) else str(number)

    def join(self, items: Sequence[str], *, final: str = "list.and") -> str:
        """Return `items` as an enumeration: "a, b and c"."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self(final)} {items[-1]}"

    def pieces(self, key: str, **values: Piece | str) -> tuple[Piece, ...]:
        """Return the text of `key` with its braces filled in, keeping apart the words that are in another language."""
        found: list[Piece] = []
        for literal, field, _, _ in Formatter().parse(self.strings[key]):
            value = values[field] if field else ""
            piece = value if isinstance(value, Piece) else Piece(str(value))
            found += [p for p in (Piece(literal), piece) if p.text]
        return tuple(_merged(found))

    def label(self, words: str, language: str) -> Piece:
        """Return the name of an event that a report in `language` calls `words`, translated where that is known."""
        if language == self.language:
            return Piece(words)
        known = self.labels.get(fold(words))
        return Piece(known) if known else Piece(words, language)


def _merged(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Join neighbouring pieces of the same language."""
    held: Piece | None = None
    for piece in pieces:
        if held and held.language == piece.language:
            held = Piece(held.text + piece.text, held.language)
        else:
            if held:
                yield held
            held = piece
    if held:
        yield held


def capital(text: str) -> str:
    """Return `text` with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def plain(text: str) -> str:
    """Return `text` without the invisible marks that turn the direction of what follows them."""
    return text if text.isascii() else _DIRECTION.sub("", text)


def read_strings(name: str) -> dict[str, object]:
    """Return the parsed data file `name` of the strings folder."""
    return tomllib.loads((files("treves.brief") / "strings" / name).read_text(encoding="utf-8"))


def flatten(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Yield dotted keys with their texts or lists of words."""
    for key, value in table.items():
        path = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from flatten(value, f"{path}.")
        elif isinstance(value, list):
            yield path, tuple(str(item) for item in value)
        else:
            yield path, str(value)


@cache
def wording(language: str) -> Wording:
    """Return the interface strings of `language`.

    Raises:
        UnknownBriefLanguage: there is no interface in that language.
    """
    if language not in LANGUAGES:
        raise UnknownBriefLanguage(
            "The brief has no interface in {language!r}.",
            hint="Choose one of: {choices}.",
            language=language,
            choices=", ".join(LANGUAGES),
        )
    entries = dict(flatten(read_strings(f"{language}.toml")))
    names = read_strings("labels.toml")
    lists = dict(flatten(names))
    return Wording(
        language=language,
        strings={k: v for k, v in entries.items() if isinstance(v, str)},
        lists={k: v for k, v in entries.items() if isinstance(v, tuple)},
        labels=_table(names, language, "events"),
        offices=_table(names, language, "offices"),
        talks=frozenset(lists["talks"]),
        meetings=frozenset(lists["meetings"]),
    )


def _table(names: Mapping[str, object], language: str, kind: str) -> dict[str, str]:
    """Return one table of the data file of names; empty where there is none for `language`."""
    start = f"{language}.{kind}."
    return {key.removeprefix(start): str(word) for key, word in flatten(names) if key.startswith(start)}
