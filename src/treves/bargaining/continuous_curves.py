"""Fair points of one number that everybody values with a concave function: a frontier given by its parameter.

For utilities that are not straight: ``lambda x: (sqrt(x), 1 - x)`` on 0 to 1. SciPy's bounded scalar search and root
finding (R. Brent, 1973); choices are within 1e-7 of the length of the range, utilities closer still.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

import attrs
import numpy as np
from scipy.optimize import brentq, minimize_scalar

from treves.bargaining.concepts import Answer, Concept
from treves.bargaining.continuous import FairPoint
from treves.bargaining.continuous_program import Floats, UnboundedSet
from treves.errors import TableError

_NEAR = 1e-9
_SAMPLES = 65
_STEPS = 200
Worth = Callable[[float], Sequence[float]]
Span = tuple[float, float]


class NotConcave(TableError):
    """Utilities along a curve are not concave, so that its fair points cannot be found by climbing."""

    code: ClassVar[str] = "T612"


def curve_points(
    worth: Worth, low: float, high: float, *, origin: Sequence[float], floors: Sequence[float] | None = None
) -> tuple[FairPoint, ...]:
    """Return the fair points of a curve: Nash, Kalai-Smorodinsky, egalitarian, utilitarian, Raiffa.

    Their axioms, papers and limits are those in :mod:`~treves.bargaining.continuous`; free disposal is assumed. `at` of
    each point holds the one number.

    Args:
        worth: utilities of all parties for a number; each concave in it.
        low: least number.
        high: largest number.
        origin: what each party has without agreement.
        floors: the least that each accepts, if above `origin`.

    Raises:
        NotConcave: a utility bends the wrong way between 65 numbers that were tried.
        UnboundedSet: a bound or a utility is not finite.
    """
    curve = _Curve(worth, low, high, np.asarray(origin, np.float64))
    curve.check()
    least = curve.origin if floors is None else np.maximum(curve.origin, np.asarray(floors, np.float64))
    span = curve.above((low, high), least)
    if span is None:
        return tuple(FairPoint(concept, Answer.NOBODY) for concept in Concept)
    most = np.array([curve.u(x)[p] for p, x in enumerate(curve.peaks(span))])
    reach = most - curve.origin
    active = [p for p in range(len(reach)) if reach[p] > _NEAR]
    idle = tuple(p for p in range(len(reach)) if p not in active)
    logs = curve.peak(span, lambda u: float(np.log(np.maximum(u - curve.origin, 1e-300))[active].sum()))
    equal = curve.leximin(span, np.ones(len(reach)), list(range(len(reach))))
    parts = curve.leximin(span, np.where(reach > _NEAR, reach, 1.0), active)
    total = curve.peak(span, lambda u: float(u.sum()))
    return (
        attrs.evolve(curve.point(Concept.NASH, logs), idle=idle),
        attrs.evolve(curve.point(Concept.KALAI_SMORODINSKY, parts), idle=idle),
        curve.point(Concept.EGALITARIAN, equal),
        attrs.evolve(curve.point(Concept.UTILITARIAN, total), unique=curve.alone(span, total)),
        curve.raiffa(span, least),
    )


@attrs.frozen(eq=False)
class _Curve:
    worth: Worth
    low: float
    high: float
    origin: Floats

    def u(self, x: float) -> Floats:
        return np.asarray(self.worth(x), np.float64)

    def check(self) -> None:
        """Refuse what is not finite or not concave on a grid."""
        if not (np.isfinite([self.low, self.high]).all() and self.low < self.high):
            raise UnboundedSet(
                "A curve runs from {low} to {high}.",
                hint="Give two finite bounds, the lower one first.",
                low=self.low,
                high=self.high,
            )
        at = np.linspace(self.low, self.high, _SAMPLES)
        values = np.array([self.u(float(x)) for x in at])
        if not np.isfinite(values).all():
            raise UnboundedSet(
                "A utility is not finite between {low} and {high}.",
                hint="Choose bounds within which every utility is a number.",
                low=self.low,
                high=self.high,
            )
        bend = values[1:-1] - (values[:-2] + values[2:]) / 2
        if bend.min() < -_NEAR * max(1.0, float(np.abs(values).max())):
            worst = int(np.argmin(bend.min(axis=1)))
            raise NotConcave(
                "The utility of party {party} is not concave near {x:.6g}.",
                hint="Give utilities that rise ever less steeply, or take the range in steps.",
                party=int(np.argmin(bend[worst])) + 1,
                x=float(at[worst + 1]),
            )

    def peak(self, span: Span, value: Callable[[Floats], float]) -> float:
        """The number where a concave value is largest."""
        if span[1] - span[0] <= 0:
            return span[0]
        found = minimize_scalar(
            lambda x: -value(self.u(float(x))), bounds=span, method="bounded", options={"xatol": 1e-13, "maxiter": 500}
        )
        return max((span[0], float(found.x), span[1]), key=lambda x: value(self.u(x)))

    def peaks(self, span: Span) -> list[float]:
        """For each party the number that is best for it."""
        return [self.peak(span, lambda u, p=p: float(u[p])) for p in range(len(self.origin))]  # type: ignore[misc]

    def above(self, span: Span, least: Floats, *, but: int = -1) -> Span | None:
        """The part of a span where every party but one has at least this much; None if there is none."""
        for p, floor in enumerate(least):
            if p == but:
                continue
            top = self.peak(span, lambda u, p=p: float(u[p]))  # type: ignore[misc]
            if self.u(top)[p] < floor - _NEAR:
                return None
            span = (self._edge(p, floor, top, span[0]), self._edge(p, floor, top, span[1]))
        return span

    def _edge(self, party: int, floor: float, top: float, end: float) -> float:
        """How far towards an end a party still has its floor."""
        if self.u(end)[party] >= floor or self.u(top)[party] <= floor:
            return end if self.u(end)[party] >= floor else top
        return float(brentq(lambda x: float(self.u(float(x))[party]) - floor, top, end, xtol=1e-15, rtol=1e-15))

    def leximin(self, span: Span, scale: Floats, active: list[int]) -> float:
        """The number where the least gain is largest, then the next least."""
        left = list(active)
        while left:
            among = list(left)
            best = self.peak(span, lambda u, among=among: float(((u - self.origin) / scale)[among].min()))  # type: ignore[misc]
            level = float(((self.u(best) - self.origin) / scale)[left].min())
            least = np.full(len(self.origin), -np.inf)
            least[left] = (self.origin + (level - 1e-13) * scale)[left]
            narrowed = self.above(span, least)
            if narrowed is None or narrowed[1] - narrowed[0] <= _NEAR * (self.high - self.low):
                return best
            span = narrowed
            left = [p for p, x in enumerate(self.peaks(span)) if p in left and self._gain(x, p, scale) > level + _NEAR]
            if len(left) == len(among):
                return best
        return self.peak(span, lambda u: float(u.sum()))

    def _gain(self, x: float, party: int, scale: Floats) -> float:
        return float((self.u(x)[party] - self.origin[party]) / scale[party])

    def alone(self, span: Span, best: float) -> bool:
        """Whether no number far from the best has the same sum."""
        step = 1e-3 * (self.high - self.low)
        level = float(self.u(best).sum())
        others = [x for x in (best - step, best + step) if span[0] <= x <= span[1]]
        return all(float(self.u(x).sum()) < level - 1e-12 for x in others)

    def raiffa(self, span: Span, least: Floats) -> FairPoint:
        """Where Raiffa's steps lead; see :func:`treves.bargaining.continuous.raiffa`."""
        here, path = least, list[Floats]()
        for _ in range(_STEPS):
            path.append(here)
            most = here.copy()
            for p in range(len(here)):
                part = self.above((self.low, self.high), here - 1e-14, but=p)
                if part is not None:
                    most[p] = max(here[p], float(self.u(self.peak(part, lambda u, p=p: float(u[p])))[p]))  # type: ignore[misc]
            if (most - here).max() <= _NEAR:
                break
            here = here + (most - here) / len(here)
        end = self.above(span, here - _NEAR) or span
        best = self.peak(end, lambda u: float((u - here).min()))
        steps = tuple(tuple(float(x) for x in step) for step in path)
        return attrs.evolve(self.point(Concept.RAIFFA, best), path=steps)

    def point(self, concept: Concept, x: float) -> FairPoint:
        return FairPoint(concept, Answer.FOUND, tuple(float(v) for v in self.u(x)), (float(x),))
