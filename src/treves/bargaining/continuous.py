"""Fair points over sets that have no gaps: polygons and polytopes of utilities.

What would be fair if the parties to a set all must agree; never a forecast. Each concept is answered for a
:class:`~treves.bargaining.continuous_program.Program` and two lists of utilities: `origin`, what each party has without
agreement, and `floors`, the least it accepts (no less than `origin` where it is left out). Tables with ranges are put in
this form by :mod:`~treves.bargaining.continuous_tables`, curves by :mod:`~treves.bargaining.continuous_curves`.

Exactness: linear programming, 1e-9 or better on the scale of the data; Nash's point by convex programming, brought to
the optimum on its face by Newton steps, with `gap` as proof of how far it can be off. Where a program has whole
variables, the set is a union of convex sets and papers' uniqueness no longer holds; each docstring says what then.
"""

from __future__ import annotations

import attrs
import numpy as np

from treves.bargaining.concepts import Answer, Concept
from treves.bargaining.continuous_leximin import leximin
from treves.bargaining.continuous_program import TOLERANCE, Floats, Program, maximise

_STEPS = 200
_UNION_NEAR = 1e-6
_SLACK = 1e-12
"""What a floor that was itself computed gives way, so that the point it came from is not lost to rounding."""


@attrs.frozen
class FairPoint:
    """One fair point.

    Attributes:
        concept: what it is fair by.
        answer: whether there is one; the rest is empty or 0 unless it is found.
        utilities: by party.
        at: the variables of the program there.
        unique: False when other points are as good, of which this is one (utilitarian only; the others are unique in
            utilities on convex sets).
        path: the steps that led there, origin first (Raiffa only).
        gap: how much the sum of logarithms of gains could at most be above this point's (Nash only).
        idle: indices of parties that can gain nothing over their origin, so that the concept is about the others.
    """

    concept: Concept
    answer: Answer
    utilities: tuple[float, ...] = ()
    at: tuple[float, ...] = ()
    unique: bool = True
    path: tuple[tuple[float, ...], ...] = ()
    gap: float = 0.0
    idle: tuple[int, ...] = ()


def polytope(rows: Floats, limits: Floats, *, utilities: Floats | None = None, offset: Floats | None = None) -> Program:
    """Return the set ``rows @ x <= limits`` as a program.

    Args:
        rows: (rows, variables).
        limits: (rows,).
        utilities: ``u = utilities @ x + offset``, (parties, variables); the variables themselves if left out.
        offset: (parties,); 0 if left out.

    Raises:
        UnusableProgram: the sizes do not fit together, or a number is not finite.
    """
    rows = np.atleast_2d(np.asarray(rows, np.float64))
    matrix = np.eye(rows.shape[1]) if utilities is None else np.atleast_2d(np.asarray(utilities, np.float64))
    count = rows.shape[1]
    return Program(
        rows=rows,
        limits=np.asarray(limits, np.float64).ravel(),
        utilities=matrix,
        offset=np.zeros(len(matrix)) if offset is None else np.asarray(offset, np.float64).ravel(),
        low=np.full(count, -np.inf),
        high=np.full(count, np.inf),
        whole=np.zeros(count, np.bool_),
    )


def utilitarian(program: Program, origin: Floats, floors: Floats | None = None) -> FairPoint:
    """Return the point with the largest sum of utilities among those that give every party its floor.

    Axioms: Pareto optimality, symmetry, linearity (R. Myerson, Econometrica 49, 1981). Limits: depends on how parties'
    utilities compare, which a scale of 0 to 1 for each is only a convention for; may leave a party at its floor. Where
    several points are as good, one that is best for the least-off among them is given and `unique` is False.
    """
    bound, refusal = _bounded(program, origin, floors, Concept.UTILITARIAN)
    if refusal is not None:
        return refusal
    goal = bound.utilities.sum(axis=0)
    best = maximise(bound, goal)
    if best is None:
        return _none(program, Concept.UTILITARIAN)
    face = bound.limited([(-goal, TOLERANCE * _size(bound.at(best)) - float(goal @ best))])
    ends = [maximise(face, sign * row) for row in bound.utilities for sign in (1.0, -1.0)]
    spread = max(
        (
            abs(float(row @ (up - down)))
            for row, up, down in zip(bound.utilities, ends[::2], ends[1::2], strict=True)
            if up is not None and down is not None
        ),
        default=0.0,
    )
    unique = spread <= 1e3 * TOLERANCE * _size(bound.at(best))
    if not unique:
        z = leximin(face, origin, np.ones(len(origin)), range(len(origin)))
        best = best if z is None else z
    return attrs.evolve(_found(program, Concept.UTILITARIAN, best), unique=unique)


def egalitarian(program: Program, origin: Floats, floors: Floats | None = None) -> FairPoint:
    """Return the leximin point: the least gain is as large as can be, then the next least, and so on.

    Axioms: Pareto optimality, symmetry, monotonicity (E. Kalai, Econometrica 45, 1977; the lexicographic extension to
    sets where equal gains waste something: H. Imai, Econometrica 51, 1983; computed as W. Ogryczak and T. Sliwinski,
    2006). Limits: compares gains between parties; on a union of convex sets several points may have the same gains in
    another order, of which one is given.
    """
    bound, refusal = _bounded(program, origin, floors, Concept.EGALITARIAN)
    if refusal is not None:
        return refusal
    z = leximin(bound, origin, np.ones(len(origin)), range(len(origin)))
    return _none(program, Concept.EGALITARIAN) if z is None else _found(program, Concept.EGALITARIAN, z)


def kalai_smorodinsky(program: Program, origin: Floats, floors: Floats | None = None) -> FairPoint:
    """Return the point where the parties gain equal parts of the most that each could gain.

    The most is taken over points that give every party its floor. Axioms for two parties: Pareto optimality, symmetry,
    scale invariance, individual monotonicity (E. Kalai and M. Smorodinsky, Econometrica 43, 1975). For more, and where
    equal parts waste something, its lexicographic extension (H. Imai, Econometrica 51, 1983). A party that can gain
    nothing is left out of the comparison and named in `idle`.
    """
    bound, refusal = _bounded(program, origin, floors, Concept.KALAI_SMORODINSKY)
    if refusal is not None:
        return refusal
    most = ideal(bound)
    if most is None:
        return _none(program, Concept.KALAI_SMORODINSKY)
    reach = most - origin
    active = [p for p in range(len(origin)) if reach[p] > TOLERANCE]
    z = leximin(bound, origin, np.where(reach > TOLERANCE, reach, 1.0), active)
    if z is None:
        return _none(program, Concept.KALAI_SMORODINSKY)
    return attrs.evolve(_found(program, Concept.KALAI_SMORODINSKY, z), idle=_others(active, len(origin)))


def raiffa(program: Program, origin: Floats, floors: Floats | None = None) -> FairPoint:
    """Return where H. Raiffa's discrete steps lead, with the steps.

    Each step moves every party by 1/n of the most that it could still gain while no other falls below where it stands
    (H. Raiffa, in Kuhn and Tucker, Contributions to the Theory of Games II, 1953; axioms: H. Salonen, European Journal
    of Political Economy 4, 1988, and A. Diskin, M. Koppel and D. Samet, Games and Economic Behavior 73, 2011). Steps
    start at the floors where those lie above the origin, and end when none can gain more than 1e-9.

    On a union of convex sets 1e-6 has to do, and a step may lead to no point of the set; then they end before it, and
    the point is given where the least part of what a party could still gain is largest (leximin). Limits: the order of
    steps is a story about how a mediator might proceed, not about how parties do.
    """
    bound, refusal = _bounded(program, origin, floors, Concept.RAIFFA)
    if refusal is not None:
        return refusal
    here = np.asarray(origin if floors is None else np.maximum(origin, floors), np.float64)
    most = ideal(bound)
    path: list[Floats] = []
    reach = np.zeros(len(here))
    near = _UNION_NEAR if program.whole.any() else TOLERANCE
    while most is not None and len(path) < _STEPS:
        path.append(here)
        reach = np.maximum(most - here, 0.0)
        if reach.max(initial=0.0) <= near:
            break
        most = ideal(program.floors(here + reach / len(here) - _SLACK * _size(here)))
        if most is not None:
            here = here + reach / len(here)
    active = [p for p in range(len(here)) if reach[p] > near]
    z = leximin(program.floors(here - _SLACK * _size(here)), here, np.where(reach > near, reach, 1.0), active)
    if z is None:
        return _none(program, Concept.RAIFFA)
    return attrs.evolve(_found(program, Concept.RAIFFA, z), path=tuple(map(_numbers, path)))


def ideal(program: Program) -> Floats | None:
    """Return the most that each party can have in a set; None if it is empty.

    Raises:
        UnboundedSet: there is no most.
    """
    ends = [maximise(program, row) for row in program.utilities]
    if any(z is None for z in ends):
        return None
    return np.array([float(program.at(z)[p]) for p, z in enumerate(ends) if z is not None])


def nash(program: Program, origin: Floats, floors: Floats | None = None) -> FairPoint:
    """Return the point with the largest product of gains.

    Axioms: Pareto optimality, symmetry, scale invariance, independence of irrelevant alternatives (J. Nash,
    Econometrica 18, 1950). Parties that can gain nothing are named in `idle` and left out of the product. On a union of
    convex sets: the largest product over all of them (M. Kaneko, Theory and Decision 12, 1980), found by outer
    approximation (M. Duran and I. Grossmann, Mathematical Programming 36, 1986); where no point of it lets all of them
    gain, the one with the most parties that gain, and then the largest product.
    Limits: says nothing of who could enforce what.

    Raises:
        UnboundedSet: gains have no end.
    """
    from treves.bargaining.continuous_nash import best_product

    bound, refusal = _bounded(program, origin, floors, Concept.NASH)
    if refusal is not None:
        return refusal
    most = ideal(bound)
    if most is None:
        return _none(program, Concept.NASH)
    active = [p for p in range(len(origin)) if most[p] - origin[p] > TOLERANCE]
    start = leximin(bound, origin, np.where(most - origin > TOLERANCE, most - origin, 1.0), active)
    if start is None:
        return _none(program, Concept.NASH)
    z, gap = best_product(bound, origin, active, start)
    return attrs.evolve(_found(program, Concept.NASH, z), gap=gap, idle=_others(active, len(origin)))


def fair_points(program: Program, origin: Floats, floors: Floats | None = None) -> tuple[FairPoint, ...]:
    """Return all five fair points; see their functions.

    Raises:
        UnboundedSet: gains have no end.
    """
    return tuple(f(program, origin, floors) for f in (nash, kalai_smorodinsky, egalitarian, utilitarian, raiffa))


def _bounded(
    program: Program, origin: Floats, floors: Floats | None, concept: Concept
) -> tuple[Program, FairPoint | None]:
    """The part of the set above the floors, and what to say if there is none."""
    least = np.asarray(origin if floors is None else np.maximum(origin, floors), np.float64)
    bound = program.floors(least)
    if maximise(bound, np.zeros(program.utilities.shape[1])) is None:
        return bound, _none(program, concept)
    return bound, None


def _none(program: Program, concept: Concept) -> FairPoint:
    empty = maximise(program, np.zeros(program.utilities.shape[1])) is None
    return FairPoint(concept, Answer.EMPTY if empty else Answer.NOBODY)


def _found(program: Program, concept: Concept, z: Floats) -> FairPoint:
    count = program.utilities.shape[1]
    return FairPoint(concept, Answer.FOUND, _numbers(program.at(z[:count])), _numbers(z[:count]))


def _others(active: list[int], count: int) -> tuple[int, ...]:
    return tuple(p for p in range(count) if p not in active)


def _size(numbers: Floats) -> float:
    return max(1.0, float(np.abs(numbers).max(initial=0.0)))


def _numbers(found: Floats) -> tuple[float, ...]:
    return tuple(float(number) + 0.0 for number in found)  # no minus zero
