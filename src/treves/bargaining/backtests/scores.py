"""How good forecasts were: absolute error, continuous ranked probability score, calibration, and what is noise.

The continuous ranked probability score (CRPS) of a forecast with distribution function F for an outcome y is the integral of
(F(x) - 1[x >= y])^2 over x; it is in the units of the scale and equals the absolute error for a point. T. Gneiting and A.
Raftery, "Strictly proper scoring rules, prediction, and estimation", JASA 102, 2007.
"""

from __future__ import annotations

import attrs
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

GRID: Floats = np.linspace(0.0, 100.0, 201)
"""Places at which distributions are held; between two of them the distribution function is flat."""


def crps(cdf: Floats, outcomes: Floats) -> Floats:
    """Return the CRPS of each forecast, in points of the scale.

    Args:
        cdf: (cases, places) distribution functions on :data:`GRID`, all mass on the places themselves.
        outcomes: (cases,), 0-100. They need not lie on the grid: the integral is exact.
    """
    step = np.diff(GRID)
    below: Floats = (cdf[:, :-1] ** 2) @ step  # as if the outcome lay above everything
    # from the outcome on, (F - 1)^2 stands in for F^2: a difference of 1 - 2F
    start = np.clip(outcomes[:, None], GRID[None, :-1], GRID[None, 1:])
    above = ((1 - 2 * cdf[:, :-1]) * (GRID[None, 1:] - start)).sum(axis=1)
    return np.asarray(below + above, dtype=np.float64)


def medians(cdf: Floats) -> Floats:
    """Return the medians of distributions on the grid: the point forecast with the least expected absolute error."""
    return np.asarray(GRID[(cdf >= 0.5 - 1e-12).argmax(axis=1)])


def empirical(values: Floats, weights: Floats | None = None) -> Floats:
    """Return the distribution functions of samples, on the grid.

    Args:
        values: (cases, samples), 0-100; each is moved to the nearest place of the grid.
        weights: (samples,) or (cases, samples); equal where None.
    """
    cases, samples = values.shape
    share = np.full((cases, samples), 1.0 / samples) if weights is None else np.broadcast_to(weights, values.shape)
    places = np.rint(np.clip(values, 0, 100) / 100 * (len(GRID) - 1)).astype(np.int64)
    mass = np.zeros((cases, len(GRID)))
    np.add.at(mass, (np.arange(cases)[:, None], places), share)
    return np.asarray(np.minimum(np.cumsum(mass, axis=1) / mass.sum(axis=1, keepdims=True), 1.0))


def around_points(points: Floats, residuals: Floats) -> Floats:
    """Return the distributions of point forecasts whose errors are like past ones, moved into the scale.

    Args:
        points: (cases,) forecasts.
        residuals: (past,) outcomes less forecasts, from other cases.
    """
    return empirical(points[:, None] + residuals[None, :])


@attrs.frozen
class Bin:
    """One row of a reliability table.

    Attributes:
        stated: mean chance that forecasts gave to an event.
        observed: part of the cases in which it came true.
        low, high: central 90% interval of that part if the stated chance were right (binomial, normal approximation).
        count: cases.
    """

    stated: float
    observed: float
    low: float
    high: float
    count: int


def reliability(cdf: Floats, outcomes: Floats, *, bins: int = 10) -> tuple[Bin, ...]:
    """Return the reliability table of the statements "the outcome is at most x", for x over the whole scale.

    Args:
        cdf: (cases, places).
        outcomes: (cases,).
        bins: of stated chance, equally wide.
    """
    places = range(10, len(GRID) - 1, 20)
    stated = np.concatenate([cdf[:, i] for i in places])
    came = np.concatenate([outcomes <= GRID[i] + 1e-9 for i in places])
    return reliability_of(stated, came, bins=bins, per_case=len(places))


def reliability_of(stated: Floats, came: NDArray[np.bool_], *, bins: int = 10, per_case: int = 1) -> tuple[Bin, ...]:
    """Return the reliability table of statements with a chance each.

    Args:
        stated: chances, 0-1.
        came: whether each came true.
        bins: of stated chance, equally wide; empty ones are left out.
        per_case: statements that were made on one case and are therefore not independent: widens the interval.
    """
    found = []
    which = np.minimum((stated * bins).astype(np.int64), bins - 1)
    for k in range(bins):
        chosen = which == k
        count = int(chosen.sum())
        if not count:
            continue
        mean = float(stated[chosen].mean())
        half = 1.645 * float(np.sqrt(mean * (1 - mean) / max(count / per_case, 1.0)))
        observed = float(came[chosen].mean())
        found.append(Bin(mean, observed, max(0.0, mean - half), min(1.0, mean + half), count))
    return tuple(found)


def coverage(cdf: Floats, outcomes: Floats, part: float) -> float:
    """Return how often the outcome lay in the central `part` of its forecast (0-1)."""
    tail = (1 - part) / 2
    low = GRID[(cdf >= tail - 1e-12).argmax(axis=1)]
    high = GRID[(cdf >= 1 - tail - 1e-12).argmax(axis=1)]
    return float(((outcomes >= low - 0.25) & (outcomes <= high + 0.25)).mean())


@attrs.frozen
class Difference:
    """How much better one model did than another.

    Attributes:
        mean: mean loss of the first less that of the second; below 0 the first is better.
        low, high: central 90% interval over resampled groups of cases.
        noise: whether that interval holds 0.
    """

    mean: float
    low: float
    high: float

    @property
    def noise(self) -> bool:
        """Whether the difference may well be chance."""
        return self.low <= 0 <= self.high


def difference(
    first: Floats, second: Floats, groups: NDArray[np.int64], *, seed: int, resamples: int = 2_000
) -> Difference:
    """Return the paired difference of losses with its interval from a bootstrap over groups of cases.

    Args:
        first: loss of each case under one model.
        second: the same under the other.
        groups: code of each case's group; cases of one group are resampled together.
        seed: of the bootstrap.
        resamples: of the bootstrap.
    """
    codes, index = np.unique(groups, return_inverse=True)
    sums = np.bincount(index, weights=first - second)
    counts = np.bincount(index).astype(np.float64)
    drawn = np.random.default_rng(seed).integers(0, len(codes), (resamples, len(codes)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, (0.05, 0.95))
    return Difference(float((first - second).mean()), float(low), float(high))
