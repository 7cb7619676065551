"""Whether packages pass when only some demands count: the question that all work on conflicts asks again and again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ortools.sat.python import cp_model

from treves.bargaining.grid import Space
from treves.bargaining.refusals import FIRM
from treves.bargaining.search import EFFORT, TRIES, answered, unfinished
from treves.bargaining.search_demands import Demand, broken, demands_of, passes
from treves.bargaining.search_model import PackageModel, solver
from treves.model.table import Package

_CORE_EFFORT = 0.5


class DemandTester:
    """Answers about a table of which only some demands count.

    Each question is asked of a model with these demands and no others, which is far easier to prove empty than one in
    which demands are switched; a switched one only tells which demands a proof needed, if it does so quickly.

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
        self._passed_over: list[tuple[Package, tuple[Demand, ...]]] = []

    def package(self, kept: Iterable[Demand]) -> Package | None:
        """Return a package that passes if only these demands count; None if there is none.

        Raises:
            SearchUnfinished: the effort was not enough.
        """
        counted = tuple(kept)
        for _ in range(TRIES):
            built = PackageModel(self.space, counted)
            for over, unmet in self._passed_over:
                if set(unmet) <= set(counted):
                    built.forbid(over)
            made = solver(effort=self.effort)
            if not answered(made.solve(built.model), self.space):
                return None
            package = built.package(made.boolean_value)
            if self._passes(package, counted):
                return package
            self._pass_over(package, counted)
        raise unfinished(self.space)

    def core(self, kept: Iterable[Demand]) -> tuple[Demand, ...] | None:
        """Return some of these demands that together leave no package; None if there is one that meets all.

        Raises:
            SearchUnfinished: the effort was not enough.
        """
        counted = tuple(kept)
        if self.package(counted) is not None:
            return None
        built = self._switched()
        built.model.add_assumptions([built.switches[demand] for demand in counted])
        made = solver(effort=min(_CORE_EFFORT, self.effort))
        made.parameters.linearization_level = 2
        if made.solve(built.model) != cp_model.INFEASIBLE:
            return counted
        needed = set(made.sufficient_assumptions_for_infeasibility())
        return tuple(demand for demand in counted if built.switches[demand].index in needed)

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
        for _ in range(TRIES):
            built = self._switched()
            switches = built.switches
            built.model.maximize(
                cp_model.LinearExpr.weighted_sum([switches[d] for d in self.demands], [costs[d] for d in self.demands])
            )
            made = solver(effort=self.effort)
            made.parameters.linearization_level = 2
            if not answered(made.solve(built.model), self.space):
                return None
            kept = [d for d in self.demands if made.boolean_value(switches[d])]
            package = built.package(made.boolean_value)
            if self._passes(package, kept):
                return tuple(d for d in self.demands if d not in kept), package
            self._pass_over(package, kept)
        raise unfinished(self.space)

    def _switched(self) -> PackageModel:
        built = PackageModel(self.space, self.demands, switched=True)
        for package, unmet in self._passed_over:
            built.forbid(package, unless=unmet)
        return built

    def _unmet(self, package: Package, kept: Iterable[Demand]) -> tuple[Demand, ...]:
        counted = set(kept)
        return tuple(demand for demand in broken(self.space, package, firm=self.firm) if demand in counted)

    def _passes(self, package: Package, kept: Iterable[Demand]) -> bool:
        return passes(self.space.table, self._unmet(package, kept))

    def _pass_over(self, package: Package, kept: Iterable[Demand]) -> None:
        """Take note that a package which a model let through for rounding of costs does not pass."""
        self._passed_over.append((package, self._unmet(package, kept)))
