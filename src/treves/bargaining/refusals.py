"""Which packages the rules of the table and the red lines of parties leave open."""

from __future__ import annotations

import numpy as np

from treves.bargaining.grid import (
    Flags,
    Floats,
    Space,
    choice_index,
    require_listable,
    terms_by_issue,
    terms_mask,
)
from treves.model.table import Budget, Constraint, Mandate, RedLine, Scale

FIRM = 0.5
"""Firmness, 0-1, from which a red line counts."""


def allowed(space: Space) -> Flags:
    """Return for every package whether it meets all constraints and budgets.

    Raises:
        TooManyPackages: the space is too large to list.
        UnknownChoice: a constraint or budget names an issue or option that is not there.
    """
    require_listable(space)
    found = np.ones(space.size, dtype=bool)
    for constraint in space.table.constraints:
        found &= constraint_mask(space, constraint)
    for budget in space.table.budgets:
        found &= budget_mask(space, budget)
    return found


def constraint_mask(space: Space, constraint: Constraint) -> Flags:
    """Return for every package whether it meets a constraint."""
    broken = terms_mask(space, constraint.when)
    if constraint.then:
        broken &= ~terms_mask(space, constraint.then)
    return ~broken


def budget_mask(space: Space, budget: Budget) -> Flags:
    """Return for every package whether its costs stay within a budget."""
    require_listable(space)
    total = np.zeros(1)
    for costs in budget_costs(space, budget):
        total = np.add.outer(total, costs).ravel()
    return total <= budget_room(budget)


def budget_costs(space: Space, budget: Budget) -> tuple[Floats, ...]:
    """Return by issue what each choice takes from a budget, in its unit.

    Raises:
        UnknownChoice: it names an issue or option that is not there.
    """
    found = [np.zeros(len(choices)) for choices in space.choices]
    for cost in budget.costs:
        index = space.issue_index(cost.issue)
        issue = space.table.issues[index]
        if issue.scale is Scale.RANGE:
            found[index] += cost.amount * (space.places[index] - issue.bounds[0])
        else:
            found[index][choice_index(issue, space.choices[index], cost.option)] += cost.amount
    return tuple(found)


def budget_room(budget: Budget) -> float:
    """Return a budget's limit, with room for the rounding of decimal sums."""
    largest = max((abs(cost.amount) for cost in budget.costs), default=0.0)
    return budget.limit + 1e-9 * max(abs(budget.limit), largest)


def red_line_mask(space: Space, red_line: RedLine) -> Flags:
    """Return for every package whether a red line refuses it, however firm.

    Raises:
        TooManyPackages: the space is too large to list.
        UnknownChoice: it names an issue or option that is not there.
    """
    return terms_mask(space, red_line.refuses)


def refusals(space: Space, *, firm: float = FIRM) -> Flags:
    """Return which parties refuse which packages by red line or mandate, (parties, packages).

    Args:
        space: the packages.
        firm: firmness, 0-1, from which a red line counts; a mandate counts as 1.

    Raises:
        TooManyPackages: the space is too large to list.
        UnknownChoice: a red line or mandate names an issue or option that is not there.
    """
    require_listable(space)
    found = np.zeros((len(space.parties), space.size), dtype=bool)
    for row, party in zip(found, space.table.parties, strict=True):
        if party.mandate is not None:
            np.logical_or(row, mandate_mask(space, party.mandate), out=row)
        for line in space.table.red_lines:
            if line.party == party.key and line.firmness.value >= firm:
                np.logical_or(row, red_line_mask(space, line), out=row)
    return found


def mandate_mask(space: Space, mandate: Mandate) -> Flags:
    """Return for every package whether it lies outside a mandate."""
    return ~terms_mask(space, mandate.within)


def pure_refusals(space: Space, *, firm: float = FIRM) -> tuple[Flags, ...]:
    """Return by issue which choices a party refuses whatever else is in the package, (parties, choices).

    These are red lines on one issue and mandates; red lines on several issues are left out.
    """
    found = tuple(np.zeros((len(space.parties), len(choices)), dtype=bool) for choices in space.choices)
    for row, party in enumerate(space.table.parties):
        for index, mask in terms_by_issue(space, party.mandate.within if party.mandate else ()).items():
            found[index][row] |= ~mask
        for line in space.table.red_lines:
            masks = terms_by_issue(space, line.refuses)
            if line.party == party.key and line.firmness.value >= firm and len(masks) == 1:
                (index, mask) = next(iter(masks.items()))
                found[index][row] |= mask
    return found
