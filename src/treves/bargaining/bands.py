"""Bands: how far a quantity differs between draws."""

from __future__ import annotations

import numpy as np

from treves.bargaining.board import Floats
from treves.model.outlook import Band

DIGITS = 10
"""Decimals that results are rounded to, so that they are the same on every processor."""


def band(values: Floats, noise: Floats | float = 0.0) -> Band:
    """Return mean and bands of a quantity over draws.

    A draw's chance is itself only estimated, by a few negotiations, and that would widen the bands. Their spread is
    therefore drawn in to what differs between draws beyond that noise (the variance components of A. O'Hagan, M. Stevenson
    and J. Madan, Monte Carlo probabilistic sensitivity analysis for patient level simulation models, Health Economics 16,
    2007).

    Args:
        values: by draw.
        noise: variance of each value as an estimate of what it would be with endless negotiations.
    """
    mean, total = float(np.mean(values)), float(np.var(values))
    kept = max(0.0, 1.0 - float(np.mean(noise)) / total) ** 0.5 if total > 0 else 0.0
    low, inner_low, inner_high, high = mean + kept * (np.quantile(values, [0.05, 0.25, 0.75, 0.95]) - mean)
    error = (total / len(values)) ** 0.5
    found = (mean, low, high, inner_low, inner_high, error)
    return Band(*(round(float(number), DIGITS) + 0.0 for number in found))


def difference(before: Floats, after: Floats, negotiations: int) -> Band:
    """Return mean and bands of the change of a chance between two tables on the same random numbers.

    Args:
        before: chances by draw.
        after: likewise.
        negotiations: per draw, on which each chance rests. A change is taken to go one way within a draw, which makes its
            noise that of a chance of its size.
    """
    change = after - before
    return band(change, np.abs(change) * (1 - np.abs(change)) / max(negotiations - 1, 1))
