"""The outcome logit: a distribution over the scale that learns from settled issues what outcomes are near to.

Every place x of the scale has a log weight that is linear in a few readable features: how near x is to the means and the median
of positions, how much capability and salience stands around it, whether an actor took that very position, how far it is from
the reference point, the proposer and the reviser. The weights are those that give the least continuous ranked probability
score on the training issues (minimum-score estimation: T. Gneiting and A. Raftery, JASA 102, 2007), with a ridge penalty whose
size is chosen by cross-validation within the training issues. It is a conditional logit (D. McFadden, 1974) over places.

Limits: it knows nothing of procedures beyond these features, needs a hundred or so settled issues of the same kind to learn
from, and treats the issues of one proposal as separate once it is learned.
"""

from __future__ import annotations

import attrs
import numpy as np
from numpy.typing import NDArray

from treves.bargaining.backtests.cases import Cases, folds
from treves.bargaining.backtests.scores import GRID

Floats = NDArray[np.float64]

PENALTIES = (0.003, 0.01, 0.03, 0.1)
_STRIDE = 5
"""Places of the grid between two places of the model: 2.5 points."""
PLACES: Floats = GRID[::_STRIDE]
_STEP = float(PLACES[1] - PLACES[0])
FEATURES = (
    *("support within 4 points", "support within 12 points", "support within 30 points", "capability within 12 points"),
    *("nearness to the mean", "nearness to the mean, squared", "nearness to the mean without proposer and reviser"),
    *("nearness to the median", "nearness to the proposer", "nearness to the reviser", "nearness to the reference"),
    *("at the reference", "an actor's very position", "an end of the scale", "the middle of the scale", "place"),
    "outside the range of positions",
)


@attrs.frozen(eq=False)
class OutcomeLogit:
    """A fitted model.

    Attributes:
        weights: one for each of :data:`FEATURES`.
        penalty: the ridge penalty that was chosen.
    """

    weights: Floats
    penalty: float

    def forecast(self, cases: Cases) -> Floats:
        """Return the distribution function of each issue's outcome on :data:`scores.GRID`."""
        mass = _mass(features(cases) @ self.weights)
        cdf = np.cumsum(mass, axis=1)
        return np.minimum(np.repeat(cdf, _STRIDE, axis=1)[:, : len(GRID)], 1.0)


def fit(cases: Cases, *, seed: int, inner: int = 5) -> OutcomeLogit:
    """Fit on settled issues; takes a second or two for 300.

    Args:
        cases: issues with outcomes; their groups stay together in the inner folds.
        seed: of the inner folds.
        inner: folds in which the penalty is chosen.
    """
    told, came = features(cases), _came(cases.outcomes)
    losses = dict.fromkeys(PENALTIES, 0.0)
    for training, test in folds(cases.groups, inner, seed):
        weights = np.zeros(len(FEATURES))
        for penalty in sorted(PENALTIES, reverse=True):  # each starts from the one before, which is near
            weights = _minimise(told[training], came[training], penalty, weights)
            losses[penalty] += float(_loss(weights, told[test], came[test])[0].sum())
    best = min(PENALTIES, key=lambda p: losses[p])
    return OutcomeLogit(_minimise(told, came, best, np.zeros(len(FEATURES))), best)


def features(cases: Cases) -> Floats:
    """Return the features of every place of every issue, (issues, places, features), about 0-1 each."""
    taken = cases.taken
    at = np.where(taken, cases.positions, 0.0)
    weight = np.where(taken, cases.saliences, 0.0)
    strong = weight * np.sqrt(cases.capabilities)
    council = weight.copy()
    for column in (cases.proposer, cases.reviser):
        if column >= 0:
            council[:, column] = 0.0
    mean = _mean(at, weight)
    council_mean = np.where(council.sum(axis=1) > 0, _mean(at, council), mean)
    median = np.array([np.median(row[m]) for row, m in zip(at, taken, strict=True)])
    low, high = np.where(taken, at, np.inf).min(axis=1), np.where(taken, at, -np.inf).max(axis=1)
    hit = (np.abs(PLACES[None, None, :] - at[:, :, None]) <= _STEP / 2) & taken[:, :, None]
    shape = (len(cases), len(PLACES))
    near_mean = _near(mean)
    columns = [
        *(_support(at, weight, width) for width in (4.0, 12.0, 30.0)),
        _support(at, strong, 12.0),
        near_mean,
        -(near_mean**2),
        _near(council_mean),
        _near(median),
        _near(_column(cases, cases.proposer)),
        _near(_column(cases, cases.reviser)),
        _near(cases.reference),
        np.abs(PLACES - cases.reference[:, None]) < 3.0,
        hit.any(axis=1),
        np.broadcast_to((PLACES == 0) | (PLACES == 100), shape),
        np.broadcast_to(np.abs(PLACES - 50) < 3.0, shape),
        np.broadcast_to(PLACES / 100, shape),
        (PLACES - low[:, None] < -1) | (PLACES - high[:, None] > 1),
    ]
    return np.stack([np.asarray(c, dtype=np.float64) for c in columns], axis=2)


def _mean(at: Floats, weight: Floats) -> Floats:
    return np.asarray((weight * at).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-12))


def _column(cases: Cases, column: int) -> Floats:
    if column < 0:
        return np.full(len(cases), np.nan)
    return np.where(cases.taken[:, column], cases.positions[:, column], np.nan)


def _near(point: Floats) -> Floats:
    """Nearness of every place to a point, -1 to 0; 0 all over where there is no point."""
    return np.nan_to_num(-np.abs(PLACES[None, :] - point[:, None]) / 100)


def _support(at: Floats, weight: Floats, width: float) -> Floats:
    """Part of the weight that stands around each place, 0-1, by a normal kernel of this width in points."""
    share = weight / np.maximum(weight.sum(axis=1, keepdims=True), 1e-12)
    kernel = np.exp(-0.5 * ((PLACES[None, None, :] - at[:, :, None]) / width) ** 2)
    return np.asarray((share[:, :, None] * kernel).sum(axis=1))


def _came(outcomes: Floats) -> Floats:
    return (PLACES[None, :] >= outcomes[:, None] - 1e-9).astype(np.float64)


def _mass(scores: Floats) -> Floats:
    mass = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(mass / mass.sum(axis=1, keepdims=True))


def _loss(weights: Floats, told: Floats, came: Floats) -> tuple[Floats, Floats]:
    """The score of each case on the model's own places, and its gradient by the log weights of places."""
    mass = _mass(told @ weights)
    gap = np.cumsum(mass, axis=1) - came
    by_mass = np.cumsum((2 * gap * _STEP)[:, ::-1], axis=1)[:, ::-1]
    return (gap**2).sum(axis=1) * _STEP, mass * (by_mass - (mass * by_mass).sum(axis=1, keepdims=True))


def _minimise(told: Floats, came: Floats, penalty: float, start: Floats) -> Floats:
    from scipy.optimize import minimize

    def objective(weights: Floats) -> tuple[float, Floats]:
        loss, slope = _loss(weights, told, came)
        gradient = slope.ravel() @ told.reshape(-1, told.shape[2]) / len(told) + 2 * penalty * weights
        return float(loss.mean() + penalty * (weights**2).sum()), gradient

    settings = {"maxiter": 150, "ftol": 1e-8}
    return np.asarray(minimize(objective, start, jac=True, method="L-BFGS-B", options=settings).x)
