"""Linear programs over utilities: what HiGHS is asked when issues are ranges.

A :class:`Program` is a set of points z, given by linear rows and bounds, of which some variables may be whole numbers,
with one utility a party that is linear in z. A concave piecewise-linear utility fits too: its variable is held below
each of its pieces, so the set also holds points where somebody gets less than need be (free disposal); every method
asks for "at least", so that this changes no answer.

Linear programs are solved by HiGHS (Q. Huangfu and J. Hall, Mathematical Programming Computation 10, 2018) through
SciPy. Where whole numbers are involved, SCIP (through OR-Tools) finds them; they are fixed, and the rest is solved again as
a linear program, so that an answer is as exact as linear programming is: 1e-9 or better on the scale of the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import attrs
import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver.python import model_builder
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from treves.errors import TableError

Floats = NDArray[np.float64]
Rows = Sequence[tuple[Floats, float]]
"""Linear rows ``a . z <= b`` beside those of the program."""

TOLERANCE = 1e-9
"""Utilities that differ by no more than this count as equal."""

_OPTIMAL, _INFEASIBLE, _UNBOUNDED = 0, 2, 3


class UnboundedSet(TableError):
    """A set of utilities has no end in the direction asked for."""

    code: ClassVar[str] = "T613"


class SolverStopped(TableError):
    """The solver gave up without an answer."""

    code: ClassVar[str] = "T614"


class UnusableProgram(TableError):
    """Rows, limits, bounds and utilities do not fit together."""

    code: ClassVar[str] = "T615"


@attrs.frozen(eq=False)
class Program:
    """A set of points with a utility a party.

    Attributes:
        rows, limits: ``rows @ z <= limits``; (rows, variables) and (rows,).
        utilities, offset: ``u = utilities @ z + offset``; (parties, variables) and (parties,).
        low, high: bounds of the variables; infinite where there are none.
        whole: which variables are whole numbers.
    """

    rows: Floats
    limits: Floats
    utilities: Floats
    offset: Floats
    low: Floats
    high: Floats
    whole: NDArray[np.bool_]

    def __attrs_post_init__(self) -> None:
        count = self.utilities.shape[1] if self.utilities.ndim == 2 else -1
        shapes = (self.limits.shape == self.rows.shape[:1], self.offset.shape == self.utilities.shape[:1])
        sizes = {count, *(one.size for one in (self.low, self.high, self.whole))}
        if self.rows.ndim != 2 or self.rows.shape[1] != count or len(sizes) != 1 or not all(shapes):
            raise UnusableProgram(
                "The set has {rows} rows of limits and {utilities} of utilities that do not fit together.",
                hint="Give every row one number for each variable, and every row a limit.",
                rows=len(self.rows),
                utilities=len(self.utilities),
            )
        finite = (self.rows, self.limits, self.utilities, self.offset)
        if any(not np.isfinite(one).all() for one in finite) or np.isnan(self.low).any() or np.isnan(self.high).any():
            raise UnusableProgram(
                "The set has a limit or a utility that is not a number.",
                hint="Leave a row out where there is no limit.",
            )

    def at(self, z: Floats) -> Floats:
        """Return the parties' utilities at a point."""
        return self.utilities @ z + self.offset

    def within(self, z: Floats, *, slack: float = TOLERANCE) -> bool:
        """Return whether a point is in the set but for `slack`."""
        return bool(
            (self.rows @ z <= self.limits + slack).all()
            and (z >= self.low - slack).all()
            and (z <= self.high + slack).all()
        )

    def floors(self, least: Floats) -> Program:
        """Return the part of the set where each party has at least this utility; -inf asks nothing of a party."""
        asked = np.isfinite(least)
        return attrs.evolve(
            self,
            rows=np.vstack([self.rows, -self.utilities[asked]]),
            limits=np.concatenate([self.limits, self.offset[asked] - least[asked]]),
        )

    def fixed(self, z: Floats) -> Program:
        """Return the same with the whole variables fixed as in `z`: a set without whole variables left."""
        rounded = np.round(z)
        return attrs.evolve(
            self,
            low=np.where(self.whole, rounded, self.low),
            high=np.where(self.whole, rounded, self.high),
            whole=np.zeros_like(self.whole),
        )

    def without(self, z: Floats) -> Program:
        """Return the same without the points whose whole variables (each 0 or 1) are all as in `z`."""
        ones = np.where(self.whole, np.round(z), 0.0)
        row = np.where(self.whole, 2.0 * ones - 1.0, 0.0)
        return attrs.evolve(
            self, rows=np.vstack([self.rows, row]), limits=np.append(self.limits, float(ones.sum()) - 1.0)
        )

    def widened(self, low: Sequence[float], high: Sequence[float]) -> Program:
        """Return the same with further variables, on which nothing depends yet."""
        more = len(low)
        return attrs.evolve(
            self,
            rows=np.hstack([self.rows, np.zeros((len(self.rows), more))]),
            utilities=np.hstack([self.utilities, np.zeros((len(self.utilities), more))]),
            low=np.append(self.low, low),
            high=np.append(self.high, high),
            whole=np.append(self.whole, np.zeros(more, np.bool_)),
        )

    def limited(self, rows: Rows) -> Program:
        """Return the part of the set that meets further rows."""
        if not rows:
            return self
        return attrs.evolve(
            self,
            rows=np.vstack([self.rows, *(row for row, _ in rows)]),
            limits=np.append(self.limits, [limit for _, limit in rows]),
        )


def maximise(program: Program, goal: Floats) -> Floats | None:
    """Return a point where ``goal @ z`` is largest; None if the set is empty.

    Raises:
        UnboundedSet: there is no largest.
        SolverStopped: HiGHS gave up.
    """
    while True:
        z = _solved(program, goal)
        if z is None or not program.whole.any():
            return z
        exact = _solved(program.fixed(z), goal)
        if exact is not None:
            return exact
        program = program.without(z)  # within the search's tolerance, but not in the set


def _solved(program: Program, goal: Floats) -> Floats | None:
    return _searched(program, goal) if program.whole.any() else _climbed(program, goal)


def _climbed(program: Program, goal: Floats) -> Floats | None:
    """A largest point of a program without whole variables, by HiGHS."""
    found = _asked(program, goal)
    if found.status not in {_OPTIMAL, _INFEASIBLE, _UNBOUNDED}:
        found = _asked(program, goal, presolve=False)  # "unbounded or infeasible" is told apart without it
    if found.status == _OPTIMAL:
        return np.asarray(found.x, np.float64)
    if found.status == _INFEASIBLE:
        return None
    raise _unbounded() if found.status == _UNBOUNDED else _stopped(found.message)


def _asked(program: Program, goal: Floats, *, presolve: bool = True):  # type: ignore[no-untyped-def]  # SciPy has no types
    return linprog(
        -goal,
        A_ub=program.rows,
        b_ub=program.limits,
        bounds=np.column_stack([program.low, program.high]),
        method="highs",
        options={
            "presolve": presolve,
            "primal_feasibility_tolerance": 1e-10,
            "dual_feasibility_tolerance": 1e-10,
        },
    )


def _searched(program: Program, goal: Floats) -> Floats | None:
    """A largest point of a program with whole variables, by SCIP: HiGHS' search prints, and stops on steep rows."""
    asked = model_builder.Model()  # type: ignore[no-untyped-call]
    helper: Any = asked.helper  # its arrays are not typed as NumPy types them
    helper.fill_model_from_sparse_data(
        program.low,
        program.high,
        np.asarray(goal, np.float64),
        np.full(len(program.rows), -np.inf),
        program.limits,
        csr_matrix(program.rows),
    )
    for variable in np.flatnonzero(program.whole):
        helper.set_var_integrality(int(variable), True)  # noqa: FBT003
    helper.set_maximize(True)
    made = model_builder.Solver("scip")
    made.set_solver_specific_parameters("limits/gap = 0\nnumerics/feastol = 1e-9")
    status = made.solve(asked)
    if status == model_builder.SolveStatus.OPTIMAL:
        return np.array([made.value(variable) for variable in asked.get_variables()], np.float64)
    if status == model_builder.SolveStatus.INFEASIBLE:
        return None
    raise _unbounded() if status == model_builder.SolveStatus.UNBOUNDED else _stopped(status.name)


def _unbounded() -> UnboundedSet:
    return UnboundedSet(
        "The set of utilities has no end: a party can gain without limit.",
        hint="Give every issue bounds, or add the limit that holds in practice.",
    )


def _stopped(reason: str) -> SolverStopped:
    return SolverStopped(
        "The solver stopped without an answer: {reason}.",
        hint="Look for numbers of very different sizes in the table.",
        reason=reason.rstrip("."),
    )
