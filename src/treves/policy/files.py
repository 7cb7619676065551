"""Files of dated parameters: read, checked, and asked for as of a month.

Every value has a unit and a period and either a source or ``assumption: true``; an assumption has an interval. What does
not fit is an error that names file and key. See the page on policy models for the format.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

import attrs

from treves.errors import Phrase, PolicyError
from treves.model.policy import Parameter, Reference

_MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")
_HEAD = {"label", "label_nl", "unit", "bounds", "values"}
_VALUE = {"from", "value", "low", "high", "period", "source", "assumption", "note"}


class ParameterFileBroken(PolicyError):
    """A file of parameters cannot be read, or a value in it cannot be used."""

    code: ClassVar[str] = "T710"


@attrs.frozen
class Dated:
    """A parameter with all its dated values.

    Attributes:
        key: its name.
        values: (first month from which it holds, the parameter as known then), in order of time.
    """

    key: str
    values: tuple[tuple[date, Parameter], ...]

    def at(self, month: date) -> Parameter:
        """Return the last value that is dated no later than `month`; before the first one, the first."""
        known = [parameter for since, parameter in self.values if since <= month]
        return known[-1] if known else self.values[0][1]


def read_toml(text: str, name: str) -> Mapping[str, Any]:
    """Return what a TOML file holds.

    Args:
        text: the file's text.
        name: of the file, for messages.

    Raises:
        ParameterFileBroken: it is no TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ParameterFileBroken(
            "{name} cannot be read: {error}.", hint="Correct it, or install Trêves again.", name=name, error=error
        ) from error


def read_parameters(text: str, name: str) -> tuple[Dated, ...]:
    """Return the parameters under the key `parameters` of a file.

    Args:
        text: what the file holds.
        name: of the file, for messages.

    Raises:
        ParameterFileBroken: it cannot be read, or a value cannot be used.
    """
    return parameters_in(read_toml(text, name), name)


def parameters_in(content: Mapping[str, Any], name: str) -> tuple[Dated, ...]:
    """Return the parameters of a file that has been read; see :func:`read_parameters`."""
    entries = content.get("parameters")
    if not isinstance(entries, dict) or not entries:
        raise refused(name, "parameters", Phrase("it holds no parameters"))
    return tuple(_dated(str(key), entry, name) for key, entry in entries.items())


def refused(name: str, key: str, why: Phrase) -> ParameterFileBroken:
    """Return the error for a key of a file that cannot be used."""
    return ParameterFileBroken(
        "{name}, {key}: {why}.", hint="Correct it, or install Trêves again.", name=name, key=key, why=why
    )


def number_in(value: object, name: str, key: str) -> float:
    """Return a number of a file.

    Raises:
        ParameterFileBroken: it is no finite number.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise refused(name, key, Phrase("{value!r} is no number", value=str(value)))
    return float(value)


def _dated(key: str, entry: object, name: str) -> Dated:
    if not isinstance(entry, dict):
        raise refused(name, key, Phrase("it holds no keys"))
    _same_keys(entry, _HEAD, name, key)
    if missing := sorted(_HEAD - set(entry)):
        raise refused(name, key, Phrase("it lacks {missing}", missing=", ".join(missing)))
    values = entry["values"]
    if not isinstance(values, list) or not values:
        raise refused(name, f"{key}.values", Phrase("it holds no values"))
    found = [_value(key, entry, value, name) for value in values]
    months = [month for month, _ in found]
    if months != sorted(set(months)):
        raise refused(name, f"{key}.values", Phrase("the months are not in order, or one comes twice"))
    return Dated(key, tuple(found))


def _value(key: str, head: Mapping[str, Any], entry: object, name: str) -> tuple[date, Parameter]:
    if not isinstance(entry, dict) or "from" not in entry or "value" not in entry:
        raise refused(name, f"{key}.values", Phrase("each needs from and value"))
    _same_keys(entry, _VALUE, name, key)
    month = _MONTH.match(str(entry["from"]))
    if not month:
        raise refused(name, f"{key}.from", Phrase("{value!r} is no month", value=str(entry["from"])))
    where = f"{key} ({entry['from']})"
    value = number_in(entry["value"], name, where)
    low, high = (number_in(entry.get(end, value), name, f"{where}.{end}") for end in ("low", "high"))
    bounds = _bounds(head["bounds"], name, f"{key}.bounds")
    source, assumption = str(entry.get("source") or ""), entry.get("assumption") is True
    if not bounds[0] <= low <= value <= high <= bounds[1]:
        wrong = Phrase(
            "{value} with interval {low} to {high} does not lie within its bounds {floor} to {top}",
            value=value,
            low=low,
            high=high,
            floor=bounds[0],
            top=bounds[1],
        )
        raise refused(name, where, wrong)
    if not source and not assumption:
        raise refused(name, where, Phrase("it has no source and is not marked as an assumption"))
    if assumption and low == high:
        raise refused(name, where, Phrase("an assumption needs an interval"))
    period, note = str(entry.get("period") or ""), str(entry.get("note") or "")
    if not period:
        raise refused(name, where, Phrase("it has no period"))
    label, label_nl, unit = (str(head[part]) for part in ("label", "label_nl", "unit"))
    made = Parameter(
        key, label, label_nl, unit, value, low, high, bounds, period, Reference(source, period), assumption, note
    )
    return date(int(month[1]), int(month[2]), 1), made


def _bounds(value: object, name: str, key: str) -> tuple[float, float]:
    if not isinstance(value, Sequence) or len(value) != len(("low", "high")):
        raise refused(name, key, Phrase("it needs a lowest and a highest value"))
    return number_in(value[0], name, key), number_in(value[1], name, key)


def _same_keys(entry: Mapping[str, Any], known: set[str], name: str, key: str) -> None:
    if unknown := sorted(set(map(str, entry)) - known):
        raise refused(name, key, Phrase("it has unknown keys: {unknown}", unknown=", ".join(unknown)))
