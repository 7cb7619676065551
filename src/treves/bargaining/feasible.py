"""Which packages can pass, who blocks one, and by what.

A party consents to a package that no red line of its own (of some firmness) and no mandate refuses and that is worth at
least its reservation value to it. A package can pass if it meets all constraints and budgets and the parties that
consent to it are enough under the decision rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
import numpy as np

from treves.bargaining.grid import Flags, Floats, Indices, Space, choice_index, require_listable
from treves.bargaining.refusals import FIRM, allowed, budget_costs, budget_mask, constraint_mask, refusals
from treves.bargaining.search_demands import Demand, DemandKind, broken, consenting, deciding, passes
from treves.bargaining.utilities import all_utilities, reservations, utility_of
from treves.errors import Phrase
from treves.model.decision_rule import RuleKind
from treves.model.table import Package, Table


@attrs.frozen
class Objection:
    """Something that a package does not meet.

    Attributes:
        demand: what it is.
        short: by how much: utility below a reservation value, or units over a budget; 0 for other demands.
        words: told for people.
    """

    demand: Demand
    short: float
    words: Phrase


@attrs.frozen
class Judgement:
    """Whether a package can pass, and what stands in its way.

    Attributes:
        package: which.
        utilities: by party, in the order of the table.
        passes: whether it can.
        consenting: parties that consent, of those whose consent can count.
        objections: all that it does not meet; objections of parties that are not needed are among them.
        blocking: parties that do not consent and without whom nothing passes, whatever the others do.
        pivots: parties whose change of mind alone would make it pass; empty when it passes or breaks a rule.
    """

    package: Package
    utilities: tuple[float, ...]
    passes: bool
    consenting: tuple[str, ...]
    objections: tuple[Objection, ...]
    blocking: tuple[str, ...]
    pivots: tuple[str, ...]


@attrs.frozen(eq=False)
class FeasibleSet:
    """What all packages of a space look like under the rules of the table.

    Attributes:
        space: the packages.
        passing: which can pass, (packages,).
        allowed: how many meet all constraints and budgets.
        acceptable: by party, how many of these it consents to.
        refused: by party, how many of these its red lines and mandate refuse.
        alone: by party, how many packages fail for want of its consent alone.
        broken: how many packages break each constraint, then each budget, by key.
    """

    space: Space
    passing: Flags
    allowed: int
    acceptable: tuple[int, ...]
    refused: tuple[int, ...]
    alone: tuple[int, ...]
    broken: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        """How many packages can pass."""
        return int(np.count_nonzero(self.passing))

    @property
    def numbers(self) -> Indices:
        """The numbers of the packages that can pass, rising."""
        return np.flatnonzero(self.passing)

    def rows(self) -> list[dict[str, str | int]]:
        """Return one row for each party: what it consents to, refuses, and blocks alone."""
        return [
            {"party": party, "acceptable": a, "refused": r, "blocks_alone": b}
            for party, a, r, b in zip(self.space.parties, self.acceptable, self.refused, self.alone, strict=True)
        ]


def acceptance(space: Space, *, firm: float = FIRM, utilities: Floats | None = None) -> Flags:
    """Return which parties consent to which packages, (parties, packages); rules of the table left aside.

    Args:
        space: the packages.
        firm: firmness, 0-1, from which a red line counts.
        utilities: of all packages, if they are known already.

    Raises:
        TooManyPackages: the space is too large to list.
        UnknownChoice: a red line or mandate names an issue or option that is not there.
    """
    found = all_utilities(space) if utilities is None else utilities
    return ~refusals(space, firm=firm) & (found >= reservations(space)).T


def winning(table: Table, accepting: Flags) -> Flags:
    """Return for each column whether the parties that consent in it are enough under the decision rule.

    Args:
        table: whose rule it is.
        accepting: (parties, columns), parties in the order of the table.
    """
    rows = {party.key: row for party, row in zip(table.parties, accepting, strict=True)}
    rule, weights = table.rule, table.weights
    found = _all_of(rule.veto, rows, accepting.shape[1])
    if rule.kind is RuleKind.UNANIMITY:
        return found & _all_of(rule.voters(weights), rows, accepting.shape[1])
    if rule.kind is RuleKind.COALITIONS:
        any_of = np.zeros(accepting.shape[1], dtype=bool)
        for coalition in rule.winning:
            any_of |= _all_of(coalition, rows, accepting.shape[1])
        return found & any_of
    votes = np.zeros(accepting.shape[1])
    for voter in rule.voters(weights):
        if voter in rows:
            votes += np.where(rows[voter], weights[voter], 0.0)
    needed: Flags = votes >= rule.needed(weights)
    return found & needed


def passing(space: Space, *, firm: float = FIRM, utilities: Floats | None = None) -> Flags:
    """Return for every package whether it can pass; see :func:`acceptance` for arguments and errors."""
    return allowed(space) & winning(space.table, acceptance(space, firm=firm, utilities=utilities))


def feasible_set(space: Space, *, firm: float = FIRM) -> FeasibleSet:
    """Return which packages can pass, and how many each party, constraint and budget keeps out.

    Takes some 10 bytes per package and party.

    Args:
        space: the packages.
        firm: firmness, 0-1, from which a red line counts.

    Raises:
        TooManyPackages: the space is too large to list.
        UnknownChoice: the table names an issue or option that is not there.
    """
    require_listable(space)
    open_ = allowed(space)
    refusing = refusals(space, firm=firm)
    accepting = acceptance(space, firm=firm)
    can_pass = open_ & winning(space.table, accepting)
    alone = []
    for row in accepting:
        kept = row.copy()
        row[:] = True
        alone.append(int(np.count_nonzero(open_ & ~can_pass & ~kept & winning(space.table, accepting))))
        row[:] = kept
    kept_out = [(c.key, constraint_mask(space, c)) for c in space.table.constraints]
    kept_out += [(b.key, budget_mask(space, b)) for b in space.table.budgets]
    return FeasibleSet(
        space,
        can_pass,
        int(np.count_nonzero(open_)),
        tuple(int(n) for n in np.count_nonzero(accepting & open_, axis=1)),
        tuple(int(n) for n in np.count_nonzero(refusing & open_, axis=1)),
        tuple(alone),
        tuple((key, int(np.count_nonzero(~mask))) for key, mask in kept_out),
    )


def judge(space: Space, package: Package, *, firm: float = FIRM) -> Judgement:
    """Return whether a package can pass, who blocks it, and by what; in a space of any size.

    Args:
        space: the packages.
        package: one choice for every issue, of those in `space.choices`.
        firm: firmness, 0-1, from which a red line counts.

    Raises:
        UnknownChoice: the package leaves out an issue, or names a choice that is not there.
    """
    unmet = broken(space, package, firm=firm)
    agreeing = consenting(space.table, unmet)
    can_pass = passes(space.table, unmet)
    lawful = all(demand.party for demand in unmet)
    against = [p for p in space.parties if p in deciding(space.table) and p not in agreeing]
    return Judgement(
        package,
        tuple(float(u) for u in utility_of(space, package)),
        can_pass,
        agreeing,
        tuple(_objections(space, package, unmet)),
        tuple(p for p in against if p in needed_parties(space.table)),
        tuple(p for p in against if lawful and not can_pass and _would_pass(space.table, (*agreeing, p))),
    )


def needed_parties(table: Table) -> tuple[str, ...]:
    """Return the parties without whom nothing passes: all under unanimity, else veto players and those too large."""
    keys = [party.key for party in table.parties]
    return tuple(p for p in keys if p in deciding(table) and not _would_pass(table, [k for k in keys if k != p]))


def _would_pass(table: Table, agreeing: Iterable[str]) -> bool:
    return table.rule.passes(list(agreeing), table.weights)


def _all_of(parties: Iterable[str], rows: dict[str, Flags], count: int) -> Flags:
    found = np.ones(count, dtype=bool)
    for party in parties:
        found &= rows.get(party, np.False_)
    return found


def _objections(space: Space, package: Package, unmet: Iterable[Demand]) -> Iterator[Objection]:
    for demand in unmet:
        short = 0.0
        if demand.kind is DemandKind.BUDGET:
            short = _spent(space, package, demand.index) - space.table.budgets[demand.index].limit
        elif demand.kind is DemandKind.RESERVATION:
            short = float(reservations(space)[demand.index] - utility_of(space, package)[demand.index])
        yield Objection(demand, short, _words(space.table, demand, short))


def _words(table: Table, demand: Demand, short: float) -> Phrase:
    match demand.kind:
        case DemandKind.CONSTRAINT:
            constraint = table.constraints[demand.index]
            return Phrase("It breaks the rule “{rule}”.", rule=constraint.label or constraint.key)
        case DemandKind.BUDGET:
            budget = table.budgets[demand.index]
            name = budget.label or budget.key
            if not budget.unit:
                return Phrase("It takes {over:.6g} more than the budget “{budget}” has.", over=short, budget=name)
            return Phrase(
                "It takes {over:.6g} {unit} more than the budget “{budget}” has.",
                over=short,
                unit=budget.unit,
                budget=name,
            )
        case DemandKind.RED_LINE:
            label = table.red_lines[demand.index].label
            if not label:
                return Phrase("It crosses a red line of {party}.", party=_name(table, demand))
            return Phrase(
                "It crosses a red line of {party}: {line}.", party=_name(table, demand), line=label.rstrip(".")
            )
        case DemandKind.MANDATE:
            return Phrase("It lies outside the mandate of {party}.", party=_name(table, demand))
        case DemandKind.RESERVATION:
            return Phrase(
                "It is worth {short:.3f} too little to {party} to be accepted.", party=_name(table, demand), short=short
            )


def _name(table: Table, demand: Demand) -> str:
    return table.party(demand.party).name or demand.party


def _spent(space: Space, package: Package, index: int) -> float:
    chosen = dict(package)
    costs = budget_costs(space, space.table.budgets[index])
    return sum(
        float(cost[choice_index(issue, choices, chosen[issue.key])])
        for issue, choices, cost in zip(space.table.issues, space.choices, costs, strict=True)
    )
