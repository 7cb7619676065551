"""Fair points of a finite set: Nash, Kalai-Smorodinsky, egalitarian and utilitarian (Raiffa's stands apart).

What would be fair if the parties to a set all must agree; never a forecast. Each concept takes the utilities of points,
`origin`, what each party has without agreement, and `floors`, the least it accepts (no less than `origin`, which is also
what is taken if they are left out). `origin` may lie below everything that a party can get: gains are counted from there
all the same.

On a finite set none of the concepts need be a single point: all points that are as good as each other, to twelve
digits, are given. Only points that nothing dominates are ever among them, so a Pareto frontier will do for the set.
"""

from __future__ import annotations

import attrs
import numpy as np

from treves.bargaining.concepts import Answer, Concept
from treves.bargaining.grid import Flags, Floats, Indices

_NEAR = 1e-12


@attrs.frozen(eq=False)
class FairSet:
    """The points that a concept selects.

    Attributes:
        concept: what they are fair by.
        answer: whether there are any; the rest is empty unless they are found.
        points: indices of all points that are as good, rising.
        utilities: of these, (points, parties).
        idle: indices of parties that gain nothing over their origin anywhere in the set; the concept is about the others.
        path: the steps that led there, origin first (Raiffa only).
    """

    concept: Concept
    answer: Answer
    points: tuple[int, ...] = ()
    utilities: Floats = attrs.field(factory=lambda: np.zeros((0, 0)))
    idle: tuple[int, ...] = ()
    path: tuple[tuple[float, ...], ...] = ()

    @property
    def pointless(self) -> bool:
        """Whether nobody gains anything by these points, so that nobody has a reason to accept one."""
        return self.answer is Answer.FOUND and len(self.idle) == self.utilities.shape[1]


def nash(points: Floats, origin: Floats, floors: Floats | None = None) -> FairSet:
    """Return the points with the largest product of gains.

    Axioms on convex sets: Pareto optimality, symmetry, scale invariance, independence of irrelevant alternatives
    (J. Nash, Econometrica 18, 1950); on finite sets M. Mariotti, Social Choice and Welfare 15, 1998. Where no point lets
    every party gain, the product is 0 everywhere and says nothing: then as many parties as possible gain, and the product
    is theirs (as I. Caragiannis and others, ACM Transactions on Economics and Computation 7, 2019).
    Limits: no lotteries between packages, which Nash allowed; says nothing of who could enforce what.

    Args:
        points: (points, parties), finite.
        origin: (parties,).
        floors: (parties,).
    """
    rows = _acceptable(points, origin, floors)
    if not len(rows):
        return _nothing(Concept.NASH, points)
    gains = points[rows] - origin
    gaining = gains > _near(points)
    idle = gains.max(axis=0) <= _near(points)
    most = gaining.sum(axis=1)
    product = np.log(np.where(gaining, gains, 1.0)).sum(axis=1)
    product[most < most.max()] = -np.inf
    near = _NEAR * max(1.0, abs(product.max()))
    return _found(Concept.NASH, points, rows[product >= product.max() - near], idle)


def kalai_smorodinsky(points: Floats, origin: Floats, floors: Floats | None = None) -> FairSet:
    """Return the points where the least part that a party gains, of the most it could gain, is largest.

    The most is taken over the points that give every party its floor. Among equals the next least part decides, and so
    on (leximin). Axioms for two parties on convex sets: Pareto optimality, symmetry, scale invariance, individual
    monotonicity (E. Kalai and M. Smorodinsky, Econometrica 43, 1975); on finite sets R. Nagahisa and M. Tanaka, Social
    Choice and Welfare 19, 2002; leximin for more parties H. Imai, Econometrica 51, 1983.
    Limits: on a finite set parts are rarely equal; one package that is very good for one party moves the point.

    Args:
        points: (points, parties), finite.
        origin: (parties,).
        floors: (parties,).
    """
    rows = _acceptable(points, origin, floors)
    if not len(rows):
        return _nothing(Concept.KALAI_SMORODINSKY, points)
    gains = points[rows] - origin
    idle = gains.max(axis=0) <= _near(points)
    parts = gains[:, ~idle] / gains[:, ~idle].max(axis=0)
    return _found(Concept.KALAI_SMORODINSKY, points, rows[leximin(parts)], idle)


def egalitarian(points: Floats, origin: Floats, floors: Floats | None = None) -> FairSet:
    """Return the points where the least gain is largest; among equals the next least decides, and so on (leximin).

    Axioms: Pareto optimality, symmetry, strong monotonicity (E. Kalai, Econometrica 45, 1977; leximin, which never wastes
    what one party can have without harm to another: H. Imai, Econometrica 51, 1983). Limits: compares gains between
    parties, which utilities of 0 to 1 for each make possible only by convention.

    Args:
        points: (points, parties), finite.
        origin: (parties,).
        floors: (parties,).
    """
    rows = _acceptable(points, origin, floors)
    if not len(rows):
        return _nothing(Concept.EGALITARIAN, points)
    gains = points[rows] - origin
    best = leximin(gains, near=_near(points))
    return _found(Concept.EGALITARIAN, points, rows[best], gains.max(axis=0) <= _near(points))


def utilitarian(points: Floats, origin: Floats, floors: Floats | None = None) -> FairSet:
    """Return the points with the largest sum of utilities among those that give every party its floor.

    Axioms: Pareto optimality, symmetry, linearity (R. Myerson, Econometrica 49, 1981; J. Harsanyi, Journal of Political
    Economy 63, 1955). Limits: depends on how parties' utilities compare, which a scale of 0 to 1 for each is only a
    convention for; may leave a party at its floor.

    Args:
        points: (points, parties), finite.
        origin: (parties,).
        floors: (parties,).
    """
    rows = _acceptable(points, origin, floors)
    if not len(rows):
        return _nothing(Concept.UTILITARIAN, points)
    sums = points[rows].sum(axis=1)
    best = sums >= sums.max() - _near(points) * points.shape[1]
    return _found(Concept.UTILITARIAN, points, rows[best], (points[rows] - origin).max(axis=0) <= _near(points))


def leximin(values: Floats, *, near: float = _NEAR) -> Indices:
    """Return the rows whose least value is largest, of these those whose next least is largest, and so on.

    Args:
        values: (rows, columns), at least one row.
        near: differences up to this are none.
    """
    rows = np.arange(len(values))
    ordered = np.sort(values, axis=1)
    for column in range(values.shape[1]):
        level = ordered[rows, column]
        rows = rows[level >= level.max() - near]
    return rows


def _acceptable(points: Floats, origin: Floats, floors: Floats | None) -> Indices:
    """Rows that give every party its floor."""
    least = np.asarray(origin if floors is None else np.maximum(origin, floors), dtype=np.float64)
    return np.flatnonzero((points >= least).all(axis=1))


def _near(points: Floats) -> float:
    return _NEAR * max(1.0, float(np.abs(points).max(initial=0.0)))


def _nothing(concept: Concept, points: Floats) -> FairSet:
    return FairSet(concept, Answer.NOBODY if len(points) else Answer.EMPTY)


def _found(concept: Concept, points: Floats, rows: Indices, idle: Flags) -> FairSet:
    return FairSet(concept, Answer.FOUND, tuple(rows.tolist()), points[rows], tuple(np.flatnonzero(idle).tolist()))
