"""Checks of what an option sets: levers that exist, values within their range, in their kind."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

import attrs

from treves.errors import PolicyError
from treves.model.policy import Lever, LeverKind, Reform, UnknownReform, Value

_ON, _OFF = ("on", "yes", "true", "1"), ("off", "no", "false", "0")


class UnknownLever(PolicyError):
    """An option sets a lever that the model does not have."""

    code: ClassVar[str] = "T705"


class SettingRefused(PolicyError):
    """A lever cannot be set to that."""

    code: ClassVar[str] = "T706"


class PeriodRefused(PolicyError):
    """A period ends before it starts, or is too short or too long."""

    code: ClassVar[str] = "T707"


def lever_of(levers: Sequence[Lever], key: str) -> Lever:
    """Return the lever called `key`.

    Raises:
        UnknownLever: there is none.
    """
    for lever in levers:
        if lever.key == key:
            return lever
    raise UnknownLever(
        "There is no lever {key!r}.", hint="There are: {keys}.", key=key, keys=", ".join(lever.key for lever in levers)
    )


def settings_of(levers: Sequence[Lever], reform: Reform) -> dict[str, Value]:
    """Return what every lever is set to under a reform, checked.

    Raises:
        UnknownLever: it sets a lever that is not there.
        SettingRefused: a value is out of range or of the wrong kind.
    """
    found: dict[str, Value] = {lever.key: lever.default for lever in levers}
    for key, value in reform.settings:
        found[key] = checked(lever_of(levers, key), value)
    return found


def checked(lever: Lever, value: Value) -> Value:
    """Return a setting in the kind of its lever; words are read, as the command line gives them.

    Raises:
        SettingRefused: it is out of range or of the wrong kind.
    """
    match lever.kind:
        case LeverKind.NUMBER:
            return _number(lever, value)
        case LeverKind.SWITCH:
            return _switch(lever, value)
        case LeverKind.DATE:
            return _date(lever, value)
        case LeverKind.CHOICE:
            return _choice(lever, value)


def reforms_of(known: Sequence[Reform], asked: Sequence[Reform | str]) -> tuple[Reform, ...]:
    """Return reforms by their keys, or as they are.

    Raises:
        UnknownReform: there is none of that key.
        SettingRefused: two have the same key.
    """
    by_key = {reform.key: reform for reform in known}
    found: dict[str, Reform] = {}
    for one in asked:
        if isinstance(one, str) and one not in by_key:
            raise UnknownReform(
                "There is no reform {key!r}.", hint="There are: {keys}.", key=one, keys=", ".join(by_key)
            )
        reform = by_key[one] if isinstance(one, str) else one
        if reform.key in found:
            raise SettingRefused("Two reforms are called {key!r}.", hint="Give each a name of its own.", key=reform.key)
        found[reform.key] = reform
    return tuple(found.values())


def with_settings(reform: Reform, key: str, settings: Sequence[tuple[str, Value]]) -> Reform:
    """Return a reform under another key, with more settings that outrank its own."""
    merged = dict(reform.settings) | dict(settings)
    return attrs.evolve(reform, key=key, settings=tuple(merged.items()))


def checked_months(months: int) -> int:
    """Return the length of a run.

    Raises:
        PeriodRefused: it is not 1 to 600.
    """
    if not 1 <= months <= 600:
        raise PeriodRefused("A run of {months} months is not possible.", hint="Give 1 to 600.", months=months)
    return months


def _number(lever: Lever, value: Value) -> float:
    low, high = lever.bounds
    try:
        if isinstance(value, (bool, date)):
            raise ValueError
        found = float(value)
    except ValueError:
        raise SettingRefused(
            "{value!r} for {key} is no number.",
            hint="Give {low} to {high}.",
            value=value,
            key=lever.key,
            low=low,
            high=high,
        ) from None
    if math.isnan(found) or not low <= found <= high:
        raise SettingRefused(
            "{value} is out of the range of {key}.",
            hint="Give {low} to {high} {unit}.",
            value=value,
            key=lever.key,
            low=low,
            high=high,
            unit=lever.unit,
        )
    return found


def _switch(lever: Lever, value: Value) -> bool:
    word = str(value).strip().lower()
    if isinstance(value, bool) or word in _ON + _OFF:
        return value if isinstance(value, bool) else word in _ON
    raise SettingRefused(
        "{value!r} for {key} is neither on nor off.", hint="Give on or off.", value=value, key=lever.key
    )


def _date(lever: Lever, value: Value) -> date | str:
    if value == "" or isinstance(value, date):
        return value
    word = f"{value}-01" if len(str(value)) == len("2023-07") else str(value)
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise SettingRefused(
            "{value!r} for {key} is no date.", hint="Write 2023-07-01 or 2023-07.", value=value, key=lever.key
        ) from None


def _choice(lever: Lever, value: Value) -> str:
    if isinstance(value, str) and value in lever.choices:
        return value
    raise SettingRefused(
        "{value!r} is no choice of {key}.",
        hint="Choose from: {choices}.",
        value=value,
        key=lever.key,
        choices=", ".join(lever.choices),
    )


def number_of(settings: Mapping[str, Value], key: str) -> float:
    """Return the setting of a lever that is a number."""
    value = settings[key]
    return float(value) if isinstance(value, (int, float)) else math.nan
