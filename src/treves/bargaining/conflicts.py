"""Why no package can pass: which demands cannot all be met, and which of them, given up, would open the table.

A conflict is a set of demands (red lines, mandates and reservation values of parties, constraints and budgets of the
table) that leaves no package under the decision rule. It is minimal: without any one of its members there is a package
again. Found by OR-Tools' CP-SAT in spaces of any size, with a deletion filter (J. Chinneck and E. Dravnieks, ORSA Journal
on Computing 3, 1991) over the demands that its proof used; every step is proved, and every package that it rests on is
tested on the table's own numbers.

A table may have many minimal conflicts; every demand that opens the table by itself is in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs
from ortools.sat.python import cp_model

from treves.bargaining.conflicts_tester import DemandTester
from treves.bargaining.grid import Space
from treves.bargaining.refusals import FIRM
from treves.bargaining.search import EFFORT, answered
from treves.bargaining.search_demands import Demand, rule_can_pass
from treves.bargaining.search_model import solver
from treves.model.table import Package

Weights = Mapping[Demand, float]
"""What it costs to count or give up a demand, above 0; 1 for those left out."""


_PARTS = 10**6


@attrs.frozen
class Opening:
    """Demands that, given up together, let a package pass.

    Attributes:
        demands: none of which can be left out of this list.
        package: one that can pass then.
    """

    demands: tuple[Demand, ...]
    package: Package


@attrs.frozen
class Conflict:
    """Why nothing can pass.

    Attributes:
        demands: a minimal set that leaves no package; empty if the decision rule alone already lets nothing pass.
        openings: all single demands that, given up alone, let a package pass; all others kept.
        rule_blocks: whether even the consent of all parties is not enough under the decision rule.
    """

    demands: tuple[Demand, ...]
    openings: tuple[Opening, ...]
    rule_blocks: bool = False


def conflict_of(
    space: Space, *, weights: Weights | None = None, firm: float = FIRM, effort: float = EFFORT
) -> Conflict | None:
    """Return why no package can pass, or None if one can.

    Args:
        space: the packages.
        weights: demands with a larger weight are left out of the conflict first, where there is a choice; without them
            those of the table before those of parties, and the last before the first.
        firm: firmness, 0-1, from which a red line counts.
        effort: most work for one step, in CP-SAT's deterministic time.

    Raises:
        SearchUnfinished: `effort` was not enough.
        UnknownChoice: the table names an issue or option that is not there.
    """
    tester = DemandTester(space, firm=firm, effort=effort)
    core = tester.core(tester.demands)
    if core is None:
        return None
    if not rule_can_pass(space.table.rule, space.table):
        return Conflict((), (), rule_blocks=True)
    cost = weights or {}
    order = sorted(core, key=lambda d: (-cost.get(d, 1.0), bool(d.party), -tester.demands.index(d)))
    for demand in order:
        if demand in core:
            less = tester.core([d for d in core if d != demand])
            core = core if less is None else less
    return Conflict(core, tuple(_openings(tester, core)))


def smallest_conflict(
    space: Space, *, weights: Weights | None = None, firm: float = FIRM, effort: float = EFFORT
) -> tuple[Demand, ...] | None:
    """Return a conflict of the least weight (the fewest demands, without weights), or None if a package can pass.

    By hitting sets of corrections (A. Ignatiev, A. Previti, M. Liffiton and J. Marques-Silva, CP 2015). May take many
    more steps than :func:`conflict_of` where there are dozens of demands.

    Args:
        space: the packages.
        weights: above 0.
        firm: firmness, 0-1, from which a red line counts.
        effort: most work for one step, in CP-SAT's deterministic time.

    Raises:
        SearchUnfinished: `effort` was not enough.
        UnknownChoice: the table names an issue or option that is not there.
    """
    tester = DemandTester(space, firm=firm, effort=effort)
    if tester.package(tester.demands) is not None:
        return None
    costs = _whole(tester.demands, weights or {})
    corrections: list[tuple[Demand, ...]] = []
    while True:
        chosen = _hitting(costs, corrections, tester)
        if tester.package(chosen) is None:
            return chosen
        kept = tester.grown(chosen)
        corrections.append(tuple(d for d in tester.demands if d not in kept))


def smallest_opening(
    space: Space, *, weights: Weights | None = None, firm: float = FIRM, effort: float = EFFORT
) -> Opening | None:
    """Return the demands of the least weight (the fewest, without weights) that let a package pass if given up.

    None if nothing can pass under the decision rule whatever is given up. Without demands if a package can pass already.

    Args:
        space: the packages.
        weights: above 0.
        firm: firmness, 0-1, from which a red line counts.
        effort: most work, in CP-SAT's deterministic time.

    Raises:
        SearchUnfinished: `effort` was not enough.
        UnknownChoice: the table names an issue or option that is not there.
    """
    tester = DemandTester(space, firm=firm, effort=effort)
    found = tester.cheapest(_whole(tester.demands, weights or {}))
    return None if found is None else Opening(*found)


def _openings(tester: DemandTester, core: Sequence[Demand]) -> Iterator[Opening]:
    """Demands that open the table by themselves: each is in every conflict, so only those of one need be tried."""
    for demand in core:
        package = tester.package([d for d in tester.demands if d != demand])
        if package is not None:
            yield Opening((demand,), package)


def _whole(demands: Iterable[Demand], weights: Weights) -> dict[Demand, int]:
    """Weights as whole numbers, in the same proportions to six digits or better."""
    largest = max((weights.get(d, 1.0) for d in demands), default=1.0)
    return {d: max(1, round(weights.get(d, 1.0) / largest * _PARTS)) for d in demands}


def _hitting(
    costs: Mapping[Demand, int], corrections: Sequence[Sequence[Demand]], tester: DemandTester
) -> tuple[Demand, ...]:
    """Demands of the least cost of which every correction gives up at least one."""
    model = cp_model.CpModel()
    chosen = {demand: model.new_bool_var("") for demand in costs}
    for correction in corrections:
        model.add_bool_or([chosen[demand] for demand in correction])
    model.minimize(cp_model.LinearExpr.weighted_sum(list(chosen.values()), list(costs.values())))
    made = solver(effort=tester.effort)
    answered(made.solve(model), tester.space)
    return tuple(demand for demand, literal in chosen.items() if made.boolean_value(literal))
