"""What stands in the way of packages, one by one: rules of the table, and what parties insist on."""

from __future__ import annotations

import math
from enum import StrEnum

import attrs
import numpy as np

from treves.bargaining.grid import Flags, Space, choice_index, terms_by_issue
from treves.bargaining.refusals import FIRM, budget_costs, budget_room
from treves.bargaining.utilities import reservations, utility_of
from treves.model.decision_rule import DecisionRule, RuleKind
from treves.model.table import Package, Table, Term


class DemandKind(StrEnum):
    """Sorts of demands."""

    CONSTRAINT = "constraint"
    BUDGET = "budget"
    RED_LINE = "red_line"
    MANDATE = "mandate"
    RESERVATION = "reservation"


@attrs.frozen
class Demand:
    """One thing that packages must meet.

    Attributes:
        kind: its sort.
        index: place in the table's constraints, budgets or red lines; of the party for a mandate or reservation.
        party: key of the party that demands it; empty for rules of the table.
    """

    kind: DemandKind
    index: int
    party: str = ""


def demands_of(space: Space, *, firm: float = FIRM) -> tuple[Demand, ...]:
    """Return all demands that count: of the table, and of parties whose consent can count.

    Args:
        space: the packages.
        firm: firmness, 0-1, from which a red line counts.
    """
    table, found = space.table, list[Demand]()
    found += [Demand(DemandKind.CONSTRAINT, i) for i in range(len(table.constraints))]
    found += [Demand(DemandKind.BUDGET, i) for i in range(len(table.budgets))]
    counted = deciding(table)
    least = reservations(space)
    for index, party in enumerate(table.parties):
        if party.key not in counted:
            continue
        for i, line in enumerate(table.red_lines):
            if line.party == party.key and line.firmness.value >= firm:
                found.append(Demand(DemandKind.RED_LINE, i, party.key))
        if party.mandate is not None and party.mandate.within:
            found.append(Demand(DemandKind.MANDATE, index, party.key))
        if least[index] > 0:  # utilities are never below 0
            found.append(Demand(DemandKind.RESERVATION, index, party.key))
    return tuple(found)


def deciding(table: Table) -> frozenset[str]:
    """Return the keys of parties at the table whose consent can count under its rule."""
    rule, known = table.rule, {party.key for party in table.parties}
    if rule.kind is RuleKind.COALITIONS:
        return frozenset(known & {*rule.veto, *(p for coalition in rule.winning for p in coalition)})
    return frozenset(known & {*rule.veto, *rule.voters(table.weights)})


def least_count(space: Space, party: int) -> int:
    """Return the least count of a party's unit whose utility is no less than its reservation value."""
    least, unit = float(reservations(space)[party]), float(space.units[party])
    count = math.floor(least * unit) - 2
    while count / unit < least:
        count += 1
    return count


def refused_terms(space: Space, demand: Demand) -> tuple[Term, ...]:
    """Return the terms that a red line refuses, or that a mandate keeps within."""
    if demand.kind is DemandKind.RED_LINE:
        return space.table.red_lines[demand.index].refuses
    mandate = space.table.parties[demand.index].mandate
    return mandate.within if mandate is not None else ()


def broken(space: Space, package: Package, *, firm: float = FIRM) -> tuple[Demand, ...]:
    """Return the demands that a package does not meet, each tested on its own and exactly.

    Args:
        space: the packages.
        package: one choice for every issue, of those in `space.choices`.
        firm: firmness, 0-1, from which a red line counts.

    Raises:
        UnknownChoice: the package leaves out an issue, or names a choice that is not there.
    """
    return tuple(demand for demand in demands_of(space, firm=firm) if not meets(space, package, demand))


def meets(space: Space, package: Package, demand: Demand) -> bool:
    """Return whether a package meets one demand."""
    chosen = dict(package)
    at = tuple(
        choice_index(issue, choices, chosen[issue.key])
        for issue, choices in zip(space.table.issues, space.choices, strict=True)
    )
    if demand.kind is DemandKind.RESERVATION:
        return bool(utility_of(space, package)[demand.index] >= reservations(space)[demand.index])
    if demand.kind is DemandKind.BUDGET:
        budget = space.table.budgets[demand.index]
        total = 0.0
        for costs, choice in zip(budget_costs(space, budget), at, strict=True):
            total += float(costs[choice])
        return total <= budget_room(budget)
    if demand.kind is DemandKind.CONSTRAINT:
        constraint = space.table.constraints[demand.index]
        if not _hold(space, constraint.when, at):
            return True
        return bool(constraint.then) and _hold(space, constraint.then, at)
    refused = _hold(space, refused_terms(space, demand), at)
    return refused if demand.kind is DemandKind.MANDATE else not refused


def consenting(table: Table, unmet: tuple[Demand, ...]) -> tuple[str, ...]:
    """Return the parties that consent to a package which leaves these demands unmet."""
    against = {demand.party for demand in unmet}
    counted = deciding(table)
    return tuple(party.key for party in table.parties if party.key in counted and party.key not in against)


def passes(table: Table, unmet: tuple[Demand, ...]) -> bool:
    """Return whether a package which leaves these demands unmet passes under the table's rule."""
    if any(not demand.party for demand in unmet):
        return False
    return table.rule.passes(consenting(table, unmet), table.weights)


def rule_can_pass(rule: DecisionRule, table: Table) -> bool:
    """Return whether a package passes under a rule if every party at the table consents."""
    return rule.passes([party.key for party in table.parties], table.weights)


def _hold(space: Space, terms: tuple[Term, ...], at: tuple[int, ...]) -> bool:
    masks: dict[int, Flags] = terms_by_issue(space, terms)
    return all(bool(np.asarray(mask)[at[index]]) for index, mask in masks.items())
