"""What an answer depends on: the variance of an indicator by parameter, and its swings from one end to the other.

The indices are those of Sobol: `first` is the part of the variance that goes when the parameter were known, `total` the
part that stays when all others were known. Estimators: Saltelli et al. (2010) for the first and Jansen (1999) for the
total, as :func:`scipy.stats.sobol_indices` has them, on a scrambled Sobol sequence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import attrs
import numpy as np

from treves.model.policy import Parameter, Reform, UnknownIndicator
from treves.policy.draws import Floats, overridden, quantile
from treves.policy.protocol import MONTHS, SEED
from treves.policy.runs import Simulated
from treves.policy.settings import checked_months


@attrs.frozen
class Share:
    """A parameter's part in the variance of an indicator.

    Attributes:
        parameter: which one.
        first: first-order index, about 0-1; a little below 0 is sampling error.
        total: total index, about 0-1; the more it exceeds `first`, the more the parameter works through others.
    """

    parameter: Parameter
    first: float
    total: float


@attrs.frozen
class Swing:
    """An indicator with one parameter at the low or high end of its 90% interval and all others at their values.

    Attributes:
        parameter: which one.
        low, high: the indicator with the parameter at its low and at its high end.
        base: the indicator with all parameters at their values.
    """

    parameter: Parameter
    low: float
    high: float
    base: float

    @property
    def width(self) -> float:
        """How far the ends lie from the base, together."""
        return abs(self.low - self.base) + abs(self.high - self.base)


@attrs.frozen
class Question:
    """A figure that is asked of a model: one number.

    Attributes:
        reform: under which reform.
        indicator: key.
        base: a reform to give the difference with; None for the figure itself.
        months: how long the run is, in months.
        month: which month of it, from 0; None for the mean over all.
        start: first month; None for that of the model.
    """

    reform: Reform
    indicator: str
    base: Reform | None = None
    months: int = MONTHS
    month: int | None = None
    start: date | None = None


def variance_split(
    model: Simulated,
    question: Question,
    *,
    size: int = 256,
    seed: int = SEED,
    overrides: Mapping[str, float] | None = None,
) -> tuple[Share, ...]:
    """Return the parts of the parameters in the variance of a figure, the largest total first.

    It takes `size` x (parameters that are not exact + 2) runs of the model for each reform in the question.

    Args:
        model: which one.
        question: the figure.
        size: points of the sequence, a power of 2; the sampling error of an index is about 2 / sqrt(size).
        seed: of the scrambling.
        overrides: values of parameters that are taken as exact.
    """
    from scipy.stats import sobol_indices

    parameters = _known(model, question, overrides)
    free = [parameter for parameter in parameters if not parameter.exact]

    def figures(points: Floats) -> Floats:
        values = {p.key: np.full(points.shape[1], p.value) for p in parameters}
        values |= {p.key: row for p, row in zip(free, points, strict=True)}
        return _asked(model, question, values)[None]

    if not free:
        return ()
    found = sobol_indices(func=figures, n=size, dists=[_Spread(p) for p in free], random_state=seed)
    first, total = np.nan_to_num(found.first_order).ravel(), np.nan_to_num(found.total_order).ravel()
    shares = [Share(p, float(f), float(t)) for p, f, t in zip(free, first, total, strict=True)]
    return tuple(sorted(shares, key=lambda share: -share.total))


def swings(model: Simulated, question: Question, *, overrides: Mapping[str, float] | None = None) -> tuple[Swing, ...]:
    """Return the swings of a figure, the widest first; two runs of the model a parameter."""
    parameters = _known(model, question, overrides)
    free = [parameter for parameter in parameters if not parameter.exact]
    count = 2 * len(free) + 1
    values = {p.key: np.full(count, p.value) for p in parameters}
    for place, parameter in enumerate(free):
        values[parameter.key][2 * place : 2 * place + 2] = parameter.low, parameter.high
    found = _asked(model, question, values)
    made = [Swing(p, float(found[2 * i]), float(found[2 * i + 1]), float(found[-1])) for i, p in enumerate(free)]
    return tuple(sorted(made, key=lambda swing: -swing.width))


@attrs.frozen
class _Spread:
    """A parameter as a distribution, as far as SciPy asks for one."""

    parameter: Parameter

    def ppf(self, at: Floats) -> Floats:
        return quantile(self.parameter, at)


def _known(model: Simulated, question: Question, overrides: Mapping[str, float] | None) -> tuple[Parameter, ...]:
    return overridden(model.at((question.start or model.start).replace(day=1)), overrides or {})


def _asked(model: Simulated, question: Question, values: Mapping[str, Floats]) -> Floats:
    found = _figure(model, question.reform, question, values)
    return found if question.base is None else found - _figure(model, question.base, question, values)


def _figure(model: Simulated, reform: Reform, question: Question, values: Mapping[str, Floats]) -> Floats:
    start = (question.start or model.start).replace(day=1)
    parts: Sequence[Reform] = tuple(model.parts([reform], start=start))
    figures = model.simulate(parts[0], values, months=checked_months(question.months), start=start)
    keys = [indicator.key for indicator in model.indicators]
    if question.indicator not in keys:
        raise UnknownIndicator(
            "{key!r} is no indicator of {model}.",
            hint="It has: {keys}.",
            key=question.indicator,
            model=model.key,
            keys=", ".join(keys),
        )
    series = figures[:, keys.index(question.indicator)]
    if question.month is not None:
        found: Floats = np.nan_to_num(series[:, question.month])
        return found
    known = ~np.isnan(series)
    mean: Floats = np.where(known, series, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return mean
