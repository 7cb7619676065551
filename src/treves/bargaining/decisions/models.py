"""All models of collective decisions under their names, with their parameters, answered in one form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

import attrs

from treves.bargaining.decisions.arena import Arena, Numbers, arena_of
from treves.bargaining.decisions.challenge import ChallengeSettings, Choice, Conflict, challenge
from treves.bargaining.decisions.compromise import compromise, median, reference_mean
from treves.bargaining.decisions.procedural import procedural
from treves.errors import TableError
from treves.model.table import Table

Setting = float | int | bool | str | None


class ModelUnknown(TableError):
    """There is no model of collective decisions with this name."""

    code = "T622"


class ParameterRefused(TableError):
    """A model has no such parameter, or not with this value."""

    code = "T623"


@attrs.frozen
class Parameter:
    """What can be set in a model.

    Attributes:
        name: as the keyword that sets it.
        default: its value when it is not set; None for "as the table has it".
        low, high: bounds, both included; None for no bound. Not for words and switches.
        choices: the words that it may be; empty for numbers and switches.
        fitted: whether a back-test may choose it, within folds.
    """

    name: str
    default: Setting
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    fitted: bool = False


@attrs.frozen
class Model:
    """A model of collective decisions.

    Attributes:
        name: by which it is called.
        label, label_nl: what readers see, in English and in Dutch.
        parameters: what can be set.
        run: from an arena and every parameter by its name to (issues,) places on the issues' own scales, NaN for none.
        reference: whether it makes no forecast without a reference point.
        joint: whether its forecast on one issue depends on the others.
    """

    name: str
    label: str
    label_nl: str
    parameters: tuple[Parameter, ...]
    run: Callable[..., Numbers]
    reference: bool = False
    joint: bool = False


def _words(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(word.value for word in kind)


def _exchange(arena: Arena, *, rounds: int, seed: int) -> Numbers:
    from treves.bargaining.decisions.exchange import exchange  # compiled code: loaded when it is used

    return exchange(arena, rounds=int(rounds), seed=int(seed))


def _challenge(arena: Arena, *, rounds: int, conflict: str, choice: str, **others: float) -> Numbers:
    settings = ChallengeSettings(
        rounds=int(rounds),
        risk=bool(others["risk"]),
        stays=others["stays"],
        conflict=Conflict(conflict),
        choice=Choice(choice),
        mean=bool(others["mean"]),
    )
    return challenge(arena, settings=settings)


def _exponents(salience: float) -> tuple[Parameter, ...]:
    return (
        Parameter("salience_exponent", salience, 0.0, 10.0, fitted=True),
        Parameter("capability_exponent", 1.0, 0.0, 10.0, fitted=True),
    )


_CHALLENGE = (
    Parameter("rounds", 3, 0, 1000),
    Parameter("risk", default=True),
    Parameter("stays", 1.0, 0.0, 1.0, fitted=True),
    Parameter("conflict", Conflict.STAND.value, choices=_words(Conflict)),
    Parameter("choice", Choice.STRONGEST.value, choices=_words(Choice)),
    Parameter("mean", default=False),
)
_EXCHANGE = (Parameter("rounds", 1, 0, 1000), Parameter("seed", 0, 0))
_PROCEDURAL = (Parameter("setter", None, 0), Parameter("quota", None, 1e-9, 1.0))
_REFERENCE = (Parameter("reference_weight", 0.2, 0.0, 1e6, fitted=True), *_exponents(1.0))

MODELS: Mapping[str, Model] = MappingProxyType(
    {
        model.name: model
        for model in (
            Model(
                "compromise",
                "compromise (weighted mean)",
                "compromis (gewogen gemiddelde)",
                _exponents(1.0),
                compromise,
            ),
            Model("median", "weighted median", "gewogen mediaan", _exponents(0.0), median),
            Model(
                "reference",
                "compromise with the reversion point",
                "compromis met terugvaloptie",
                _REFERENCE,
                reference_mean,
            ),
            Model("procedural", "agenda setter", "agendabepaler", _PROCEDURAL, procedural, reference=True),
            Model("challenge", "challenge (expected utility)", "druk (verwacht nut)", _CHALLENGE, _challenge),
            Model("exchange", "exchange of voting positions", "ruil van standpunten", _EXCHANGE, _exchange, joint=True),
        )
    }
)
"""All models, by name."""


def forecast(where: Arena | Table, model: str, **parameters: Setting) -> Numbers:
    """Return what a model forecasts on each issue.

    Args:
        where: an arena, or a table whose ordered issues and ranges are meant (see :func:`.arena.arena_of`).
        model: name of the model, a key of :data:`MODELS`.
        **parameters: by name; those left out take their defaults.

    Returns:
        (issues,): places on the issues' own scales, NaN where the model says nothing.

    Raises:
        ModelUnknown: if there is no such model.
        ParameterRefused: if it has no such parameter, or not with this value.
        SetterMissing: if the model needs an agenda setter and there is none.
    """
    chosen = MODELS.get(model)
    if chosen is None:
        raise ModelUnknown(
            "There is no model {model!r}.", hint="Choose from {known}.", model=model, known=", ".join(MODELS)
        )
    known = {parameter.name: parameter for parameter in chosen.parameters}
    for name, value in parameters.items():
        if name not in known:
            raise ParameterRefused(
                "The model {model} has no parameter {name!r}.",
                hint="It has {known}.",
                model=model,
                name=name,
                known=", ".join(known),
            )
        _check(chosen, known[name], value)
    values = {parameter.name: parameters.get(parameter.name, parameter.default) for parameter in chosen.parameters}
    return chosen.run(where if isinstance(where, Arena) else arena_of(where), **values)


def forecasts(table: Table, model: str, **parameters: Setting) -> dict[str, float]:
    """Return what a model forecasts for a table, by issue; issues on which it says nothing are left out.

    See :func:`forecast`.
    """
    arena = arena_of(table)
    points = forecast(arena, model, **parameters)
    return {key: float(point) for key, point in zip(arena.issues, points, strict=True) if point == point}


def _check(model: Model, parameter: Parameter, value: Setting) -> None:
    if value is None and parameter.default is None:
        return
    if parameter.choices:
        fits = value in parameter.choices
    elif isinstance(parameter.default, bool):
        fits = isinstance(value, bool)
    else:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        fits = number and (parameter.low or 0.0) <= float(value or 0) <= (parameter.high or float("inf"))
    if not fits:
        raise ParameterRefused(
            "The parameter {name} of the model {model} cannot be {value!r}.",
            hint="It is {bounds}.",
            name=parameter.name,
            model=model.name,
            value=str(value),
            bounds=_bounds(parameter),
        )


def _bounds(parameter: Parameter) -> str:
    if parameter.choices:
        return " / ".join(parameter.choices)
    if isinstance(parameter.default, bool):
        return "true / false"
    return f"{parameter.low or 0:g} - {'' if parameter.high is None else format(parameter.high, 'g')}".rstrip(" -")
