"""The largest product of gains over a program, to the last digits and with proof.

Inside one convex set the sum of logarithms of gains is concave: SciPy's SLSQP (D. Kraft, 1988) climbs it, Newton steps
on the face where it ends bring it to the optimum, and a linear program proves how far off it can be at most: by
concavity no point's sum of logarithms exceeds this one's by more than the largest ``sum (gain / gain here - 1)``.
"""

from __future__ import annotations

import warnings
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from treves.bargaining.continuous_leximin import leximin
from treves.bargaining.continuous_program import TOLERANCE, Floats, Program, maximise

_ROUNDS = 200
_CLIMBS = 5
_PROVED = 1e-10
_TANGENTS = 24


def best_product(program: Program, origin: Floats, active: list[int], start: Floats) -> tuple[Floats, float]:
    """Return a point with the largest product of the gains of `active` parties, and the gap of its logarithm.

    Args:
        program: the set, with every party's floor.
        origin: by party, what its gain is counted from.
        active: parties that can gain; any point is best if there are none.
        start: a point of the set, best one where all of `active` gain.
    """
    if not active:
        return start, 0.0
    if not program.whole.any():
        return _convex(program, origin, active, start)
    for size in range(len(active), 0, -1):  # as many as can gain together
        found = [
            _union(program, origin, list(some), z)
            for some in combinations(active, size)
            if (z := leximin(program, origin, np.ones(len(origin)), some)) is not None
            and ((program.at(z) - origin)[list(some)] > TOLERANCE).all()
        ]
        if found:
            return max(found, key=lambda one: one[2])[:2]
    return start, 0.0


def _convex(program: Program, origin: Floats, active: list[int], start: Floats) -> tuple[Floats, float]:
    gains = program.utilities[active]
    base = program.offset[active] - origin[active]
    best, gap = start, _gap(program, gains, base, start)
    climbed = start
    for _ in range(_CLIMBS):
        if gap[0] <= _PROVED:
            break
        climbed = _climbed(program, gains, base, climbed)
        for z in (_polished(program, gains, base, climbed), climbed):
            if program.within(z) and _logs(gains, base, z) > _logs(gains, base, best):
                best = z
                break
        gap = _gap(program, gains, base, best)
        climbed = (best + gap[1]) / 2  # from the other side, if that was not it
    return best, max(0.0, gap[0])


def _logs(gains: Floats, base: Floats, z: Floats) -> float:
    have = gains @ z + base
    return float(np.log(have).sum()) if (have > 0).all() else -np.inf


def _gap(program: Program, gains: Floats, base: Floats, z: Floats) -> tuple[float, Floats]:
    """How much more the sum of logarithms can be at most, and where that would be."""
    have = gains @ z + base
    if (have <= 0).any():
        return np.inf, z
    goal = (gains / have[:, None]).sum(axis=0)
    far = maximise(program, goal)
    return (0.0, z) if far is None else (float(goal @ (far - z)), far)


def _climbed(program: Program, gains: Floats, base: Floats, start: Floats) -> Floats:
    """Where SLSQP ends."""

    def fall(z: Floats) -> float:
        have = np.maximum(gains @ z + base, 1e-300)
        return -float(np.log(have).sum())

    def slope(z: Floats) -> Floats:
        have = np.maximum(gains @ z + base, 1e-12)
        return np.asarray(-(gains / have[:, None]).sum(axis=0), np.float64)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of steps cut off at a bound, which is what bounds are for
        found = minimize(
            fall,
            start,
            jac=slope,
            method="SLSQP",
            bounds=list(zip(program.low, program.high, strict=True)),
            constraints={
                "type": "ineq",
                "fun": lambda z: program.limits - program.rows @ z,
                "jac": lambda _: -program.rows,
            },
            options={"ftol": 1e-15, "maxiter": 300},
        )
    return np.asarray(found.x, np.float64)


def _polished(program: Program, gains: Floats, base: Floats, z: Floats) -> Floats:
    """Newton steps on the face of the set where `z` lies; a row that stops a step joins it, one that holds back leaves."""
    rows = np.vstack([program.rows, np.eye(len(z)), -np.eye(len(z))])
    limits = np.concatenate([program.limits, program.high, -program.low])
    known = np.isfinite(limits)
    rows, limits = rows[known], limits[known]
    tight = limits - rows @ z <= 1e-6 * max(1.0, float(np.abs(z).max(initial=0.0)))
    for _ in range(_ROUNDS):
        have = gains @ z + base
        if (have <= 0).any():
            break
        step, press = _step(gains, have, rows[tight], limits[tight] - rows[tight] @ z)
        length, stop = _length(rows @ step, limits - rows @ z, ~tight)
        # logarithms are self-concordant: a step damped like this always helps (Y. Nesterov and A. Nemirovski, 1994)
        size = float(np.linalg.norm((gains @ step) / have))
        damped = 1.0 if size < 0.25 else 1.0 / (1.0 + size)
        if damped < length:
            length, stop = damped, -1
        z = z + length * step
        if stop >= 0:
            tight[stop] = True
        elif length * float(np.abs(step).max(initial=0.0)) < 1e-13:
            if press.min(initial=0.0) >= -1e-9:
                break
            tight[np.flatnonzero(tight)[int(np.argmin(press))]] = False
    return z


def _step(gains: Floats, have: Floats, face: Floats, short: Floats) -> tuple[Floats, Floats]:
    """A Newton step for the sum of logarithms that keeps to a face, and how hard each of its rows presses inwards."""
    slope = (gains / have[:, None]).sum(axis=0)
    curve = -(gains.T / have**2) @ gains
    system = np.block([[curve, face.T], [face, np.zeros((len(face), len(face)))]])
    found = np.linalg.lstsq(system, np.concatenate([-slope, short]), rcond=1e-13)[0]
    return found[: gains.shape[1]], -found[gains.shape[1] :]


def _length(climb: Floats, room: Floats, free: NDArray[np.bool_]) -> tuple[float, int]:
    """How much of a step stays in the set, and the row that stops it; -1 if none does."""
    met = np.flatnonzero(free & (climb > 1e-14))
    if not len(met):
        return 1.0, -1
    parts = np.maximum(room[met], 0.0) / climb[met]
    first = int(np.argmin(parts))
    return (float(parts[first]), int(met[first])) if parts[first] < 1 else (1.0, -1)


def _union(program: Program, origin: Floats, active: list[int], start: Floats) -> tuple[Floats, float, float]:
    """Outer approximation: tangents bound the product, each part that they point at is solved and then left out."""
    parties = len(active)
    count = program.utilities.shape[1]
    master = program.widened([-np.inf] * parties, [np.inf] * parties)
    goal = np.concatenate([np.zeros(count), np.ones(parties)])
    most = np.array(
        [
            float((program.utilities[p] @ z) + program.offset[p] - origin[p])
            for p in active
            if (z := maximise(program, program.utilities[p])) is not None
        ]
    )
    for at in np.geomspace(1e-3, 1.0, _TANGENTS):
        master = _touched(master, origin, active, at * most)
    best = start
    level = _logs(program.utilities[active], program.offset[active] - origin[active], start)
    bound = np.inf
    for _ in range(_ROUNDS):
        z = maximise(master, goal)
        bound = level if z is None else float(goal @ z)
        if z is None or bound <= level + TOLERANCE / 10:
            break
        found = _part(program.fixed(z[:count]), origin, active)
        if found is not None:
            gain = _logs(program.utilities[active], program.offset[active] - origin[active], found)
            best, level = (found, gain) if gain > level else (best, level)
            master = _touched(master, origin, active, (program.at(found) - origin)[active])
        master = master.without(z)
    return best, max(0.0, bound - level), level


def _part(part: Program, origin: Floats, active: list[int]) -> Floats | None:
    """The best point of one convex part; None where not all can gain."""
    start = leximin(part, origin, np.ones(len(origin)), active)
    if start is None or ((part.at(start) - origin)[active] <= TOLERANCE).any():
        return None
    return _convex(part, origin, active, start)[0]


def _touched(master: Program, origin: Floats, active: list[int], gains: Floats) -> Program:
    """The master with one more tangent to each party's logarithm of its gain."""
    first = master.utilities.shape[1] - len(active)
    rows = []
    for j, (party, gain) in enumerate(zip(active, gains, strict=True)):
        row = -master.utilities[party] / gain
        row[first + j] = 1.0
        rows.append((row, float(np.log(gain) - 1.0 + (master.offset[party] - origin[party]) / gain)))
    return master.limited(rows)
