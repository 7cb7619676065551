"""Whether packages pass when only some demands count: the question that all work on conflicts asks again and again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ortools.sat.python import cp_model

from treves.bargaining.grid import Space
from treves.bargaining.refusals import FIRM
from treves.bargaining.search import EFFORT, answered
from treves.bargaining.search_demands import Demand, broken, demands_of, passes
from treves.bargaining.search_model import PackageModel, solver
from treves.model.table import Package


class DemandTester:
    """One model of a table in which each demand can be switched off.

    Args:
        space: the packages.
        firm: firmness, 0-1, from which a red line counts.
        effort: most work for one question, in CP-SAT's deterministic time.

    Attributes:
        demands: all that count.
    """

    def __init__(self, space: Space, *, firm: float = FIRM, effort: float = EFFORT) -> None:
        self.space, self.firm, self.effort = space, firm, effort
        self.demands = demands_of(space, firm=firm)
        self._built = PackageModel(space, self.demands, switched=True)
        self._by_index = {switch.index: demand for demand, switch in self._built.switches.items()}

    def package(self, kept: Iterable[Demand]) -> Package | None:
        """Return a package that passes if only these demands count; None if there is none.

        Raises:
            SearchUnfinished: the effort was not enough.
        """
        return self._asked(tuple(kept))[0]

    def core(self, kept: Iterable[Demand]) -> tuple[Demand, ...] | None:
        """Return some of these demands that together leave no package; None if there is one that meets all.

        Raises:
            SearchUnfinished: the effort was not enough.
        """
        package, core = self._asked(tuple(kept))
        return core if package is None else None

    def grown(self, kept: Iterable[Demand]) -> frozenset[Demand]:
        """Return a largest set of demands, these among them, that leaves a package; no further one can join it.

        Raises:
            SearchUnfinished: the effort was not enough.
        """
        have = list(kept)
        package = self.package(have)
        for demand in self.demands:
            if demand in have:
                continue
            if package is not None and self._passes(package, [*have, demand]):
                have.append(demand)
            elif (other := self.package([*have, demand])) is not None:
                have.append(demand)
                package = other
        return frozenset(have)

    def cheapest(self, costs: Mapping[Demand, int]) -> tuple[tuple[Demand, ...], Package] | None:
        """Return the demands of the least cost that let a package pass if given up, and the package; None if none can.

        Raises:
            SearchUnfinished: the effort was not enough.
        """
        switches = self._built.switches
        while True:
            asked = self._built.model.clone()
            asked.maximize(
                cp_model.LinearExpr.weighted_sum([switches[d] for d in self.demands], [costs[d] for d in self.demands])
            )
            made = solver(effort=self.effort)
            if not answered(made.solve(asked), self.space):
                return None
            kept = [d for d in self.demands if made.boolean_value(switches[d])]
            package = self._built.package(made.boolean_value)
            if self._passes(package, kept):
                return tuple(d for d in self.demands if d not in kept), package
            self._forbid(package, kept)

    def _asked(self, kept: tuple[Demand, ...]) -> tuple[Package | None, tuple[Demand, ...]]:
        """A package that passes, or demands that leave none."""
        model = self._built.model
        while True:
            model.clear_assumptions()
            model.add_assumptions([self._built.switches[demand] for demand in kept])
            made = solver(effort=self.effort)
            if not answered(made.solve(model), self.space):
                core = {self._by_index[i] for i in made.sufficient_assumptions_for_infeasibility()}
                return None, tuple(demand for demand in kept if demand in core)
            package = self._built.package(made.boolean_value)
            if self._passes(package, kept):
                return package, ()
            self._forbid(package, kept)

    def _unmet(self, package: Package, kept: Iterable[Demand]) -> tuple[Demand, ...]:
        counted = set(kept)
        return tuple(demand for demand in broken(self.space, package, firm=self.firm) if demand in counted)

    def _passes(self, package: Package, kept: Iterable[Demand]) -> bool:
        return passes(self.space.table, self._unmet(package, kept))

    def _forbid(self, package: Package, kept: Iterable[Demand]) -> None:
        """Take note that a package which the model let through for rounding of costs does not pass."""
        self._built.forbid(package, unless=self._unmet(package, kept))
