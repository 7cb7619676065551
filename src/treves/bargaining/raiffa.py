"""Raiffa's discrete solution on a finite set."""

from __future__ import annotations

import attrs
import numpy as np

from treves.bargaining.concepts import Answer, Concept
from treves.bargaining.grid import Floats, Indices
from treves.bargaining.solutions import FairSet, leximin

_NEAR = 1e-12


def raiffa(points: Floats, origin: Floats, floors: Floats | None = None) -> FairSet:
    """Return where Raiffa's discrete steps lead, with the steps.

    Each step moves every party by 1/n of the most that it could still gain while no other falls below where it stands
    (H. Raiffa, in Kuhn and Tucker, Contributions to the Theory of Games II, 1953; axioms on convex sets: H. Salonen,
    European Journal of Political Economy 4, 1988, and A. Diskin, M. Koppel and D. Samet, Games and Economic Behavior 73,
    2011). Steps start at the floors where those
    lie above the origin. On a finite set they end when one package gives every party the most that it can still have,
    or when a further step would leave no package; then those are given that come nearest to that step: the least part
    of the most that a party could still gain is largest, then the next least (leximin).
    Limits: the order of steps is a story about how a mediator might proceed, not about how parties do.

    Args:
        points: (points, parties), finite.
        origin: (parties,).
        floors: (parties,).
    """
    here = np.asarray(origin if floors is None else np.maximum(origin, floors), dtype=np.float64)
    near = _NEAR * max(1.0, float(np.abs(points).max(initial=0.0)))
    rows = np.flatnonzero((points >= here).all(axis=1))
    if not len(rows):
        return FairSet(Concept.RAIFFA, Answer.NOBODY if len(points) else Answer.EMPTY)
    idle = tuple(np.flatnonzero((points[rows] - origin).max(axis=0) <= near).tolist())
    path = [here]
    while True:
        most = points[rows].max(axis=0)
        if (points[rows] >= most - near).all(axis=1).any():
            break
        there = here + (most - here) / len(here)
        # half the tolerance above, so that what does not reach `most` is left behind after some steps
        left = rows[(points[rows] >= there - near / 2).all(axis=1)]
        if not len(left):
            break
        here, rows = there, left
        path.append(here)
    best = rows[_nearest(points[rows], here, near)]
    found = FairSet(Concept.RAIFFA, Answer.FOUND, tuple(best.tolist()), points[best], idle)
    return attrs.evolve(found, path=tuple(tuple(float(x) for x in step) for step in path))


def _nearest(points: Floats, here: Floats, near: float) -> Indices:
    reach = points.max(axis=0) - here
    active = reach > near
    return leximin((points[:, active] - here[active]) / reach[active])
