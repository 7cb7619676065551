"""How long cabinets last: the base rate of a collapse, as a hazard that is checked against a Cox model.

The hazard is constant within stretches of a cabinet's life and log-linear in what is known of it when it starts (a
piecewise exponential model, fitted as a Poisson regression: M. Friedman, Annals of Statistics 10, 1982). Unlike Cox's model
(D. Cox, JRSS B 34, 1972) it gives a chance for any period, which is what an outlook starts from. Cabinets that ended within a
year of the latest date of an election are censored there, as in G. King, J. Alt, N. Burns and M. Laver, AJPS 34, 1990.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from treves.bargaining.backtests.cases import folds
from treves.bargaining.backtests.scores import Bin, Difference, difference, reliability_of
from treves.errors import TableError

Floats = NDArray[np.float64]

CUTS = (0.0, 6.0, 12.0, 24.0, 36.0)
"""Months at which the hazard may change."""
HORIZONS = (12.0, 24.0, 36.0)
"""Months at which chances are scored."""
HAZARD, COX, KAPLAN_MEIER = "hazard", "Cox", "Kaplan-Meier"


class StatsmodelsNeeded(TableError):
    """The extra that fits survival models is not installed."""

    code = "T660"


@attrs.frozen(eq=False)
class Cabinets:
    """Cabinets with how long they lasted.

    Attributes:
        months: (cabinets,) duration, above 0.
        ended: (cabinets,) whether it fell; else it was censored by an election.
        traits: (cabinets, traits) what was known at its start.
        names: of the traits.
        countries: (cabinets,) codes; all 0 where the country is not known.
    """

    months: Floats
    ended: NDArray[np.bool_]
    traits: Floats
    names: tuple[str, ...]
    countries: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of cabinets."""
        return len(self.months)

    def only(self, indices: NDArray[np.int64]) -> Cabinets:
        """Return the cabinets with these indices."""
        return Cabinets(
            self.months[indices], self.ended[indices], self.traits[indices], self.names, self.countries[indices]
        )


@attrs.frozen(eq=False)
class Hazard:
    """A fitted piecewise exponential hazard.

    Attributes:
        log_rates: log hazard per month in each stretch between :data:`CUTS`, for a cabinet with mean traits.
        slopes: of the log hazard, by standardised trait.
        mean: of the traits.
        scale: standard deviations of the traits.
    """

    log_rates: Floats
    slopes: Floats
    mean: Floats
    scale: Floats

    def risk(self, traits: Floats) -> Floats:
        """Return the hazard of cabinets with these traits as a multiple of that of a mean one."""
        return np.asarray(np.exp((traits - self.mean) / self.scale @ self.slopes))

    def cumulative(self, months: float) -> float:
        """Return the cumulative hazard of a mean cabinet over its first `months`."""
        return float((np.exp(self.log_rates) * _exposure(np.array([months]))[0]).sum())

    def survival(self, traits: Floats, months: float) -> Floats:
        """Return the chance, 0-1, that cabinets with these traits last longer than `months`."""
        return np.asarray(np.exp(-self.cumulative(months) * self.risk(traits)))

    def collapse(self, *, age: float, days: float) -> float:
        """Return the chance that a mean cabinet which is `age` months old falls within `days`: the base rate of a collapse."""
        return 1.0 - float(np.exp(self.cumulative(age) - self.cumulative(age + days / 30.4375)))


@attrs.frozen
class SurvivalScore:
    """How one model did on cabinets that it was not fitted on.

    Attributes:
        model: its name.
        concordance: chance that of two comparable cabinets the one with the higher risk fell first (Harrell's C), 0-1.
        brier: by horizon in months, the mean squared error of the chance to last, weighted for censoring (E. Graf and
            others, Statistics in Medicine 18, 1999).
        reliability: of the chance to have fallen by the second horizon; empty where the model gives none.
    """

    model: str
    concordance: float
    brier: tuple[tuple[float, float], ...]
    reliability: tuple[Bin, ...] = ()


@attrs.frozen
class CabinetBacktest:
    """The result of a backtest on cabinets.

    Attributes:
        cabinets: how many.
        ended: how many of them fell.
        folds: how many; cabinets of one country stay together when `by_country`.
        by_country: see above.
        seed: of the folds.
        models: hazard, Cox, and Kaplan-Meier, which knows no traits.
        hazard_less_cox: difference of their Brier scores at the second horizon.
        log_rates: of the hazard fitted on all cabinets, per stretch.
    """

    cabinets: int
    ended: int
    folds: int
    by_country: bool
    seed: int
    models: tuple[SurvivalScore, ...]
    hazard_less_cox: Difference
    log_rates: tuple[float, ...]


def fit_hazard(cabinets: Cabinets) -> Hazard:
    """Fit the hazard.

    Raises:
        StatsmodelsNeeded: the extra is not installed.
    """
    api = _statsmodels()
    mean, scale = cabinets.traits.mean(axis=0), np.maximum(cabinets.traits.std(axis=0), 1e-9)
    exposure = _exposure(cabinets.months)
    within = np.maximum(np.searchsorted(CUTS, cabinets.months, side="left") - 1, 0)
    rows = np.argwhere(exposure > 0)
    cabinet, stretch = rows[:, 0], rows[:, 1]
    fell = (within[cabinet] == stretch) & cabinets.ended[cabinet]
    told = np.hstack([np.eye(len(CUTS))[stretch], ((cabinets.traits - mean) / scale)[cabinet]])
    model = api.GLM(fell.astype(float), told, family=api.families.Poisson(), exposure=exposure[cabinet, stretch])
    found = np.asarray(model.fit().params)
    return Hazard(found[: len(CUTS)], found[len(CUTS) :], mean, scale)


def backtest(cabinets: Cabinets, *, count: int = 10, seed: int = 1, by_country: bool = False) -> CabinetBacktest:
    """Fit on all folds but one, forecast that one, and score.

    Args:
        cabinets: with their durations.
        count: folds.
        seed: of the folds.
        by_country: keep the cabinets of a country in one fold, as for a country that the model has not seen.

    Raises:
        StatsmodelsNeeded: the extra is not installed.
    """
    groups = cabinets.countries if by_country else np.arange(len(cabinets))
    risk = {name: np.zeros(len(cabinets)) for name in (HAZARD, COX, KAPLAN_MEIER)}
    lasting = {name: np.zeros((len(cabinets), len(HORIZONS))) for name in risk}
    for training, test in folds(groups, count, seed):
        past, now = cabinets.only(training), cabinets.only(test)
        ours = fit_hazard(past)
        risk[HAZARD][test] = ours.risk(now.traits)
        lasting[HAZARD][test] = np.stack([ours.survival(now.traits, h) for h in HORIZONS], axis=1)
        risk[COX][test], lasting[COX][test] = _cox(past, now)
        lasting[KAPLAN_MEIER][test] = [_kaplan_meier(past.months, past.ended, h) for h in HORIZONS]
    losses = {name: _brier(cabinets, told) for name, told in lasting.items()}
    return CabinetBacktest(
        cabinets=len(cabinets),
        ended=int(cabinets.ended.sum()),
        folds=count,
        by_country=by_country,
        seed=seed,
        models=tuple(
            SurvivalScore(
                name,
                concordance(risk[name], cabinets.months, cabinets.ended),
                tuple(zip(HORIZONS, losses[name].mean(axis=0).tolist(), strict=True)),
                _reliable(cabinets, lasting[name][:, 1]),
            )
            for name in risk
        ),
        hazard_less_cox=difference(losses[HAZARD][:, 1], losses[COX][:, 1], groups, seed=seed),
        log_rates=tuple(fit_hazard(cabinets).log_rates.tolist()),
    )


def concordance(risk: Floats, months: Floats, ended: NDArray[np.bool_]) -> float:
    """Return Harrell's C: of pairs of which it is known who fell first, the part in which that one had the higher risk.

    Args:
        risk: of each case; equal risks count half.
        months: duration.
        ended: whether the case ended then; else it is known to have lasted longer.
    """
    first = ended[:, None] & (
        (months[:, None] < months[None, :]) | ((months[:, None] == months[None, :]) & ~ended[None, :])
    )
    higher = (risk[:, None] > risk[None, :]) + 0.5 * (risk[:, None] == risk[None, :])
    pairs = first.sum()
    return float((first * higher).sum() / pairs) if pairs else 0.5


def _exposure(months: Floats) -> Floats:
    """Months that each case spent in each stretch."""
    starts = np.array(CUTS)
    ends = np.array([*CUTS[1:], np.inf])
    return np.asarray(np.clip(np.minimum(months[:, None], ends) - starts, 0.0, None))


def _cox(past: Cabinets, now: Cabinets) -> tuple[Floats, Floats]:
    """Risk and chances to last by Cox's model, with Breslow's baseline hazard."""
    api = _statsmodels()
    mean, scale = past.traits.mean(axis=0), np.maximum(past.traits.std(axis=0), 1e-9)
    told = (past.traits - mean) / scale
    slopes = np.asarray(api.PHReg(past.months, told, status=past.ended.astype(int), ties="efron").fit().params)
    weight = np.exp(told @ slopes)
    risk = np.exp((now.traits - mean) / scale @ slopes)
    at_risk = np.array([weight[past.months >= t].sum() for t in past.months])
    cumulative = [(past.ended & (past.months <= h)) @ (1 / at_risk) for h in HORIZONS]
    return risk, np.exp(-np.outer(risk, cumulative))


def _kaplan_meier(months: Floats, ended: NDArray[np.bool_], horizon: float) -> float:
    """The chance to last beyond a horizon, without traits."""
    lasting = 1.0
    for t in np.unique(months[ended & (months <= horizon)]):
        lasting *= 1 - (ended & (months == t)).sum() / (months >= t).sum()
    return lasting


def _brier(cabinets: Cabinets, lasting: Floats) -> Floats:
    """Squared errors by case and horizon, each weighted by the inverse of the chance not to have been censored."""
    losses = np.zeros_like(lasting)
    for column, horizon in enumerate(HORIZONS):
        fell = cabinets.ended & (cabinets.months <= horizon)
        lasted = cabinets.months > horizon
        kept = np.array([_uncensored(cabinets, min(m, horizon)) for m in cabinets.months])
        weight = np.where(fell | lasted, 1 / np.maximum(kept, 1e-9), 0.0)
        losses[:, column] = weight * (lasted - lasting[:, column]) ** 2
    return losses


def _uncensored(cabinets: Cabinets, month: float) -> float:
    return _kaplan_meier(cabinets.months, ~cabinets.ended, month - 1e-9)


def _reliable(cabinets: Cabinets, lasting: Floats) -> tuple[Bin, ...]:
    horizon = HORIZONS[1]
    known = (cabinets.ended & (cabinets.months <= horizon)) | (cabinets.months > horizon)
    return reliability_of(1 - lasting[known], cabinets.months[known] <= horizon, bins=5)


def _statsmodels() -> Any:
    try:
        import statsmodels.api as api
    except ImportError as error:
        raise StatsmodelsNeeded("statsmodels is not installed.", hint="pip install 'treves[backtest]'") from error
    return api
