"""Draws of parameters, each from a stream of its own, so that what is drawn for one never depends on another.

A parameter is drawn from two half normals that join at its value: one reaches the 5% point at `low`, the other the 95%
point at `high`; what falls beyond the bounds lies on the bound. So median, interval and bounds are met exactly, also for
an interval that ends at a bound.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import ClassVar

import attrs
import numpy as np
from numpy.typing import ArrayLike, NDArray

from treves.errors import PolicyError
from treves.model.policy import Parameter

Floats = NDArray[np.float64]
_AT_95 = 1.6448536269514722  # standard normal quantile of .95


class ParameterRefused(PolicyError):
    """A value for a parameter is out of its range, or there is no such parameter."""

    code: ClassVar[str] = "T704"


def overridden(parameters: Sequence[Parameter], overrides: Mapping[str, float]) -> tuple[Parameter, ...]:
    """Return parameters with some taken as exact, at other values.

    Raises:
        ParameterRefused: there is no such parameter, or its bounds exclude the value.
    """
    known = {parameter.key: parameter for parameter in parameters}
    for key, value in overrides.items():
        if key not in known:
            raise ParameterRefused(
                "There is no parameter {key!r}.", hint="There are: {keys}.", key=key, keys=", ".join(known)
            )
        low, high = known[key].bounds
        if not low <= value <= high:
            raise ParameterRefused(
                "{value} is out of the range of the parameter {key}.",
                hint="Give {low} to {high} {unit}.",
                value=value,
                key=key,
                low=low,
                high=high,
                unit=known[key].unit,
            )
        exact = float(value)
        known[key] = attrs.evolve(known[key], value=exact, low=exact, high=exact)
    return tuple(known.values())


def drawn(parameters: Sequence[Parameter], *, draws: int, seed: int) -> dict[str, Floats]:
    """Return the draws of each parameter, by key."""
    return {
        one.key: np.full(draws, one.value) if one.exact else quantile(one, uniforms(seed, one.key, draws))
        for one in parameters
    }


def quantile(parameter: Parameter, at: ArrayLike) -> Floats:
    """Return the quantiles of a parameter at probabilities `at`, 0-1."""
    from scipy.special import ndtri

    score = ndtri(np.clip(at, 1e-12, 1 - 1e-12)) / _AT_95
    spread = np.where(score < 0, parameter.value - parameter.low, parameter.high - parameter.value)
    found: Floats = np.clip(parameter.value + score * np.maximum(spread, 0.0), *parameter.bounds)
    return found


def uniforms(seed: int, name: str, draws: int) -> Floats:
    """Return `draws` numbers between 0 and 1 of the stream with this seed and name; more of them begin with the same."""
    words = np.frombuffer(hashlib.sha256(name.encode()).digest(), dtype="<u4")
    stream = np.random.Philox(np.random.SeedSequence([seed, *(int(word) for word in words)]))
    return np.random.Generator(stream).random(draws)
