"""What moves the chance of agreement, from the draws that there are: no further negotiations are run."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from treves.bargaining.bands import DIGITS
from treves.bargaining.board import Floats
from treves.model.outlook import Sensitivity


def sensitivities(inputs: Mapping[str, Floats], chances: Floats, noise: float = 0.0) -> tuple[Sensitivity, ...]:
    """Return how each uncertain number moves the chance of agreement, largest swing first.

    Three measures that look at one number at a time, averaging over all others: Spearman's rank correlation; the
    first-order Sobol index, estimated from given data by bins of equal size (E. Plischke, E. Borgonovo and C. Smith, Global
    sensitivity measures from given data, European Journal of Operational Research 226, 2013), less what bins of pure noise
    would show and as a part of the variance that is not noise; and the mean chance in the number's lowest and highest fifth.
    What two numbers do only together none of them shows.

    Args:
        inputs: drawn values by name; those that do not vary are left out.
        chances: chance of agreement of each draw.
        noise: mean variance with which these chances are estimated.
    """
    found = [_one(name, values, chances, noise) for name, values in inputs.items() if np.ptp(values) > 0]
    return tuple(sorted(found, key=lambda one: (-abs(one.swing), one.name)))


def _one(name: str, values: Floats, chances: Floats, noise: float) -> Sensitivity:
    count = len(values)
    sorted_ = chances[np.argsort(values, kind="stable")]
    fifth = max(1, count // 5)
    numbers = (_correlation(values, chances), _share(sorted_, noise), sorted_[:fifth].mean(), sorted_[-fifth:].mean())
    found = (*numbers, min(1.0, 1.96 / max(count - 1, 1) ** 0.5))
    return Sensitivity(name, *(round(float(number), DIGITS) + 0.0 for number in found))


def _correlation(values: Floats, chances: Floats) -> float:
    ranks = _ranks(values), _ranks(chances)
    spread = float(np.std(ranks[0]) * np.std(ranks[1]))
    return float(np.mean(ranks[0] * ranks[1]) - np.mean(ranks[0]) * np.mean(ranks[1])) / spread if spread > 0 else 0.0


def _ranks(values: Floats) -> Floats:
    """Ranks from 0, the mean rank for equal values."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    found: Floats = (np.cumsum(counts) - (counts + 1) / 2)[inverse]
    return found


def _share(chances: Floats, noise: float) -> float:
    """First-order share of the variance of chances that stand in the order of a number."""
    count, total = len(chances), float(np.var(chances))
    bins = min(20, count // 10)
    if bins < 2 or total <= 0 or total <= noise:
        return 0.0
    within = sum(float(np.var(part)) * len(part) for part in np.array_split(chances, bins)) / count
    explained = 1 - (within / total) * (count - 1) / (count - bins)
    return min(1.0, max(0.0, explained) * total / (total - noise))
