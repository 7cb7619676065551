"""The words of pages and pictures, in English and Dutch."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import attrs


@attrs.frozen
class Wording:
    """The strings of one language, called by key: ``words("page.made")``.

    Attributes:
        language: "en" or "nl".
        strings: dotted key -> template with fields as for :meth:`str.format`.
    """

    language: str
    strings: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the string called `key`, filled in; KeyError if there is none."""
        template = self.strings[key]
        return template.format(**values) if values else template

    def label(self, one: object) -> str:
        """Return what readers see for something of a table: its label in this language, else in English, else its key."""
        dutch = getattr(one, "label_nl", "") or getattr(one, "name_nl", "")
        english = getattr(one, "label", "") or getattr(one, "name", "")
        return str((dutch if self.language == "nl" else "") or english or getattr(one, "key", ""))

    def percent(self, part: float) -> str:
        """Return a part of 1 as a whole percentage; a chance that is neither 0 nor 1 is not told as 0% or 100%."""
        if 0 < part < 0.005:
            return "<1%"
        return ">99%" if 0.995 <= part < 1 else f"{part:.0%}"


@cache
def wording(language: str) -> Wording:
    """Return the words in `language`, "en" or "nl"."""
    text = (files("treves.pictures") / "strings" / f"{language}.toml").read_text(encoding="utf-8")
    strings = {f"{group}.{key}": told for group, listed in tomllib.loads(text).items() for key, told in listed.items()}
    return Wording(language, strings)
