"""Lexicographic maximin over a program: the least is as large as can be, then the next least, and so on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from treves.bargaining.continuous_program import Floats, Program, maximise


def leximin(program: Program, origin: Floats, scale: Floats, active: Sequence[int]) -> Floats | None:
    """Return the leximin point of the gains ``(u - origin) / scale`` of `active` parties; None if the set is empty.

    The sum of the k least of n numbers g is the largest of ``k r - sum max(0, r - g)`` over r, which is linear in more
    variables; so leximin is n linear programs, on unions of convex sets as well (W. Ogryczak and T. Sliwinski,
    Computational Science and Its Applications, LNCS 3982, 2006). Without active parties, a largest sum of utilities.
    """
    count = program.utilities.shape[1]
    if not active:
        return maximise(program, program.utilities.sum(axis=0))
    slack = 1e-9 if program.whole.any() else 1e-12
    found: Floats | None = None
    for k in range(1, len(active) + 1):
        program, goal = _least(program, origin, scale, active, k)
        z = maximise(program, goal)
        if z is None:  # the levels reached before hold only just
            break
        program = program.limited([(-goal, slack - float(goal @ z))])
        found = z[:count]
    return found


def _least(program: Program, origin: Floats, scale: Floats, active: Sequence[int], k: int) -> tuple[Program, Floats]:
    """The program with variables for the sum of the `k` least gains, and that sum."""
    first = program.utilities.shape[1]
    program = program.widened([-np.inf, *[0.0] * len(active)], [np.inf] * (len(active) + 1))
    below = []
    for j, party in enumerate(active):
        row = -program.utilities[party] / scale[party]
        row[first], row[first + 1 + j] = 1.0, -1.0
        below.append((row, float(program.offset[party] - origin[party]) / float(scale[party])))
    goal = np.zeros(program.utilities.shape[1])
    goal[first], goal[first + 1 :] = float(k), -1.0
    return program.limited(below), goal
