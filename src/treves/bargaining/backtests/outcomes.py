"""The backtest on settled issues: every model forecasts issues of proposals that it has not learned from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from functools import partial

import attrs
import numpy as np
from numpy.typing import NDArray

from treves.bargaining.backtests import scores
from treves.bargaining.backtests.cases import Cases, folds
from treves.bargaining.backtests.outcome_logit import fit
from treves.bargaining.backtests.scores import Bin, Difference

Floats = NDArray[np.float64]
Fold = tuple[NDArray[np.int64], NDArray[np.int64]]
PointModel = Callable[[Cases], Floats]
"""Returns a forecast, 0-100, for each issue, without having seen any outcome."""

LOGIT = "outcome logit"
CLIMATOLOGY = "climatology"


@attrs.frozen
class ModelScore:
    """How one model did.

    Attributes:
        model: its name.
        mae: mean absolute error of the median of its forecasts, in points of the scale.
        mae_low: 5% point of the mean over resampled groups.
        mae_high: 95% point.
        crps: mean continuous ranked probability score of its forecasts, in points of the scale.
        coverage50: part of the outcomes within the central 50% of its forecasts.
        coverage90: the same for 90%.
        reliability: how often what it gave a chance came true.
        against: difference of its CRPS to that of the best model; None for the best itself.
    """

    model: str
    mae: float
    mae_low: float
    mae_high: float
    crps: float
    coverage50: float
    coverage90: float
    reliability: tuple[Bin, ...]
    against: Difference | None = None


@attrs.frozen
class OutcomeBacktest:
    """The result of a backtest.

    Attributes:
        issues: number of issues that were forecast.
        groups: number of groups (proposals) that they come from.
        folds: number of folds, by group.
        seed: of the folds and resamples.
        models: the best CRPS first.
    """

    issues: int
    groups: int
    folds: int
    seed: int
    models: tuple[ModelScore, ...]


def backtest(
    cases: Cases,
    models: Mapping[str, PointModel],
    *,
    count: int = 10,
    seed: int = 1,
    executor: Executor | None = None,
    progress: Callable[[], None] | None = None,
) -> OutcomeBacktest:
    """Forecast every issue from the folds that do not hold its group, and score the forecasts.

    A model that gives points gets the errors that it made on the training issues as its distribution, so that points and
    distributions are scored alike. Everything that is fitted is fitted on the training issues alone.

    Args:
        cases: settled issues; see :meth:`Cases.usable`.
        models: point models by name; the outcome logit and climatology (outcomes of the training issues) are added.
        count: number of folds.
        seed: of folds, inner folds and resamples.
        executor: spreads the folds over processes or machines, with the same result; None works here.
        progress: called after each fold.
    """
    points = {name: model(cases) for name, model in models.items()}
    told = {name: np.zeros((len(cases), len(scores.GRID))) for name in (*models, LOGIT, CLIMATOLOGY)}
    parted = list(folds(cases.groups, count, seed))
    work = partial(_forecast, cases, points, seed)
    for (_, test), found in zip(parted, (executor.map if executor else map)(work, parted), strict=True):
        for name, cdf in found.items():
            told[name][test] = cdf
        if progress:
            progress()
    return OutcomeBacktest(
        issues=len(cases),
        groups=len(np.unique(cases.groups)),
        folds=count,
        seed=seed,
        models=_scored(told, cases, seed),
    )


def _forecast(cases: Cases, points: Mapping[str, Floats], seed: int, fold: Fold) -> dict[str, Floats]:
    """The forecasts of all models for the test issues of one fold."""
    training, test = fold
    past = cases.only(training)
    found = {
        name: scores.around_points(forecast[test], past.outcomes - forecast[training])
        for name, forecast in points.items()
    }
    found[LOGIT] = fit(past, seed=seed).forecast(cases.only(test))
    found[CLIMATOLOGY] = scores.empirical(np.broadcast_to(past.outcomes, (len(test), len(past))))
    return found


def _scored(told: Mapping[str, Floats], cases: Cases, seed: int) -> tuple[ModelScore, ...]:
    losses = {name: scores.crps(cdf, cases.outcomes) for name, cdf in told.items()}
    best = min(losses, key=lambda name: float(losses[name].mean()))
    nothing = np.zeros(len(cases))
    found = []
    for name, cdf in told.items():
        errors = np.abs(scores.medians(cdf) - cases.outcomes)
        spread = scores.difference(errors, nothing, cases.groups, seed=seed)
        found.append(
            ModelScore(
                model=name,
                mae=float(errors.mean()),
                mae_low=spread.low,
                mae_high=spread.high,
                crps=float(losses[name].mean()),
                coverage50=scores.coverage(cdf, cases.outcomes, 0.5),
                coverage90=scores.coverage(cdf, cases.outcomes, 0.9),
                reliability=scores.reliability(cdf, cases.outcomes),
                against=None
                if name == best
                else scores.difference(losses[name], losses[best], cases.groups, seed=seed),
            )
        )
    return tuple(sorted(found, key=lambda s: s.crps))
