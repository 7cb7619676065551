"""A country's parameters, read from its folder and checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import attrs
import numpy as np

from treves.errors import Phrase
from treves.model.policy import Parameter, Reference
from treves.policy.asylum.layout import GROUP, NUMBERS, Floats
from treves.policy.files import Dated, ParameterFileBroken, number_in, parameters_in, read_toml, refused

FILE = "parameters.toml"
_RANGES = {"share": (0.0, 1.0), "grant": (0.0, 1.0), "share_b": (0.0, 1.0), "relatives": (0.0, 10.0)}
_MONTHS = 12


@attrs.frozen
class Nationality:
    """A group of applicants.

    Attributes:
        key: short name.
        label, label_nl: what readers see.
        share: of first applications, 0-1.
        grant: grant rate on the merits, 0-1.
        share_b: of B among those granted, 0-1.
        relatives: per person granted, relative to the mean of all.
    """

    key: str
    label: str
    label_nl: str
    share: float
    grant: float
    share_b: float
    relatives: float


@attrs.frozen(eq=False)
class Country:
    """What the chain rests on in a country.

    Attributes:
        key: folder of its file, such as "nl".
        dated: parameters with all their dated values, in the order of `layout.NUMBERS`.
        nationalities: groups; their shares add up to 1.
        season: first applications by calendar month, relative to the mean month.
        sources: by column of the groups, and "season": what they rest on.
    """

    key: str
    dated: tuple[Dated, ...]
    nationalities: tuple[Nationality, ...]
    season: Floats
    sources: Mapping[str, Reference]

    def at(self, start: date) -> tuple[Parameter, ...]:
        """Return the parameters as known for a run from `start`."""
        return tuple(one.at(start) for one in self.dated)

    def groups(self) -> Any:
        """Return the groups as records of `layout.GROUP`."""
        rows = [(n.share, n.grant, n.share_b, n.relatives) for n in self.nationalities]
        return np.array(rows, dtype=GROUP).view(np.recarray)


@cache
def country(key: str) -> Country:
    """Return the country in the folder `key` beside this file.

    Raises:
        ParameterFileBroken: there is none, or a value in it cannot be used.
    """
    name = f"{key}/{FILE}"
    try:
        text = (resources.files("treves.policy.asylum") / key / FILE).read_text(encoding="utf-8")
    except OSError as error:
        raise ParameterFileBroken(
            "{name} cannot be read: {error}.", hint="Correct it, or install Trêves again.", name=name, error=error
        ) from error
    return read_country(text, key=key, name=name)


def read_country(text: str, *, key: str, name: str) -> Country:
    """Return the country that a file describes.

    Args:
        text: what the file holds.
        key: short name of the country.
        name: of the file, for messages.

    Raises:
        ParameterFileBroken: a value in it cannot be used.
    """
    content = read_toml(text, name)
    found = {one.key: one for one in parameters_in(content, name)}
    for lacking in sorted(set(NUMBERS) - set(found)):
        raise refused(name, f"parameters.{lacking}", Phrase("it is missing"))
    for unknown in sorted(set(found) - set(NUMBERS)):
        raise refused(name, f"parameters.{unknown}", Phrase("the chain has no such parameter"))
    sources = {column: _source(content, column, name) for column in _RANGES}
    season, sources["season"] = _season(content, name)
    return Country(key, tuple(found[one] for one in NUMBERS), _nationalities(content, name), season, sources)


def _season(content: Mapping[str, Any], name: str) -> tuple[Floats, Reference]:
    entry = content.get("season")
    values = entry.get("values") if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or not isinstance(values, list) or len(values) != _MONTHS:
        raise refused(name, "season.values", Phrase("it needs twelve values"))
    found = np.array([number_in(value, name, "season.values") for value in values])
    if not (found > 0).all():
        raise refused(name, "season.values", Phrase("a month needs more than 0"))
    source = Reference(str(entry.get("source", "")), str(entry.get("period", "")), str(entry.get("note", "")))
    return found / found.mean(), source


def _source(content: Mapping[str, Any], column: str, name: str) -> Reference:
    groups = content.get("groups")
    columns = groups.get("columns") if isinstance(groups, dict) else None
    entry = columns.get(column) if isinstance(columns, dict) else None
    if not isinstance(entry, dict) or not (entry.get("source") or entry.get("assumption")) or not entry.get("period"):
        raise refused(name, f"groups.columns.{column}", Phrase("it has no source or no period"))
    return Reference(str(entry.get("source", "")), str(entry["period"]), str(entry.get("note", "")))


def _nationalities(content: Mapping[str, Any], name: str) -> tuple[Nationality, ...]:
    rows = content["groups"].get("rows")
    if not isinstance(rows, dict) or not rows:
        raise refused(name, "groups.rows", Phrase("it holds no groups"))
    found = tuple(_nationality(str(key), row, name) for key, row in rows.items())
    total = sum(one.share for one in found)
    if abs(total - 1.0) > 0.005:
        raise refused(name, "groups.rows", Phrase("the shares add up to {total:.3f}, not 1", total=total))
    return tuple(attrs.evolve(one, share=one.share / total) for one in found)


def _nationality(key: str, row: object, name: str) -> Nationality:
    where = f"groups.rows.{key}"
    if not isinstance(row, dict) or not {"label", "label_nl", *_RANGES} <= set(row):
        raise refused(name, where, Phrase("it lacks a label or a value"))
    values = {column: number_in(row[column], name, f"{where}.{column}") for column in _RANGES}
    for column, (low, high) in _RANGES.items():
        if not low <= values[column] <= high:
            wrong = Phrase("{value} is not from {low} to {high}", value=values[column], low=low, high=high)
            raise refused(name, f"{where}.{column}", wrong)
    return Nationality(key, str(row["label"]), str(row["label_nl"]), **values)
