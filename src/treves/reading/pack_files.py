"""The files of a language pack, read and checked. A pack is a folder beside this file, named by its ISO 639-1 code."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, ClassVar

from treves.errors import TrevesError


class PackBroken(TrevesError):
    """A language pack's data file cannot be read."""

    code: ClassVar[str] = "T001"


def _folder(code: str) -> Traversable:
    return resources.files("treves.reading") / code


def read_rows(code: str, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of the CSV file `name` of the pack `code`.

    Raises:
        PackBroken: the file is missing or a row has too few columns.
    """
    try:
        text = (_folder(code) / name).read_text(encoding="utf-8")
    except OSError as error:
        lacks = "The language pack {code!r} lacks {name}: {error}."
        raise PackBroken(lacks, hint="Install Trêves again.", code=code, name=name, error=error) from error
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        if None in row.values():
            short = "Row {number} of {code}/{name} has too few columns."
            raise PackBroken(short, hint="Install Trêves again.", number=number, code=code, name=name)
        yield row


def read_toml(code: str, name: str) -> dict[str, Any]:
    """Return the TOML file `name` of the pack `code`.

    Raises:
        PackBroken: the file is missing or is no TOML.
    """
    try:
        return tomllib.loads((_folder(code) / name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        what = "{name} of the language pack {code!r} cannot be read: {error}."
        raise PackBroken(what, hint="Install Trêves again.", name=name, code=code, error=error) from error


def alternatives(cell: str) -> list[str]:
    """Return what a cell lists between bars ("zei|zeide"); nothing for an empty cell."""
    return [part for part in cell.split("|") if part]
