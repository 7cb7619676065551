"""A table as a model for OR-Tools' CP-SAT: one Boolean a choice, all else follows from them.

Terms are sets of choices, which is exact. Utilities, costs and votes are whole numbers up to :data:`LARGEST`: their own
where such numbers can be found (decimals as people write them), else rounded, in favour of packages, so that no package
is lost. Whoever uses the model tests what it finds on the table's own numbers.

CP-SAT: L. Perron, F. Didier and S. Gay, CP 2023. One worker and a fixed seed make it repeat itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import ClassVar

import attrs
from ortools.sat.python import cp_model, cp_model_helper

from treves.bargaining.grid import Extra, Flags, Space, exact, terms_by_issue
from treves.bargaining.refusals import budget_costs, budget_room
from treves.bargaining.search_demands import Demand, DemandKind, deciding, least_count, refused_terms
from treves.errors import TableError
from treves.model.decision_rule import RuleKind
from treves.model.table import Package, Term

LARGEST = 2**28
"""Largest coefficient: from about 2**32 on CP-SAT 9.15 has been seen to lose solutions when it simplifies a model."""

Literal = cp_model_helper.Literal
Linear = cp_model.LinearExprT


class SearchUnfinished(TableError):
    """The search reached its limit of effort before it had proved its answer."""

    code: ClassVar[str] = "T610"


@attrs.frozen(eq=False)
class Sum:
    """A linear sum of the model, with bounds of what it can come to."""

    expression: Linear
    low: int
    high: int


class PackageModel:
    """The packages of a space that pass, for CP-SAT.

    Args:
        space: the packages.
        demands: those that count.
        switched: whether each demand counts only if its literal in `switches` is true.
        listed: whether packages are to be listed one by one, so that all other variables must follow from the package;
            a search for one package is faster without.

    Attributes:
        model: the CP-SAT model.
        chosen: by issue, a literal for each choice.
        switches: by demand, if switched.
    """

    def __init__(
        self, space: Space, demands: Sequence[Demand], *, switched: bool = False, listed: bool = False
    ) -> None:
        self.space = space
        self.model = cp_model.CpModel()
        self.chosen = [[self.model.new_bool_var("") for _ in choices] for choices in space.choices]
        self.switches: dict[Demand, Literal] = {}
        self._known: dict[tuple[object, ...], Literal] = {}
        self._listed = listed
        self._yes = self.model.new_constant(1)
        for literals in self.chosen:
            self.model.add_exactly_one(literals)
        if switched:
            self.switches = {demand: self.model.new_bool_var("") for demand in demands}
        table_wide = [demand for demand in demands if not demand.party]
        for demand in table_wide:
            self._require(demand, self._switch(demand))
        self._apply_rule([demand for demand in demands if demand.party])

    def forbid(self, package: Package, *, unless: Iterable[Demand] = ()) -> None:
        """Leave a package out, unless the switch of one of these demands is off."""
        literals = [self._literal_of(issue, choice) for issue, choice in enumerate(c for _, c in package)]
        self.model.add_bool_or(
            [literal.negated() for literal in literals] + [self.switches[demand].negated() for demand in unless]
        )

    def worth(self, party: int, unit: int) -> Sum:
        """Return a party's utility in parts of `unit`; exact if its own unit divides `unit`, else rounded by part."""
        space, factor = self.space, unit / Fraction(float(self.space.units[party]))
        terms: list[Linear] = []
        low = high = 0
        for literals, counts in zip(self.chosen, space.counts if space.additive else space.positions, strict=True):
            row = [round(Fraction(float(count)) * factor) for count in counts[party]]
            low, high = low + min(row), high + max(row)
            if any(row):
                terms.append(cp_model.LinearExpr.weighted_sum(literals, row))
        for extra in () if space.additive else space.extras:
            if extra.party == party:
                part = self._extra(extra, factor)
                low, high = low + part.low, high + part.high
                terms.append(part.expression)
        whole = Sum(cp_model.LinearExpr.sum(terms), low, high)
        return self._clipped(whole, 0, unit) if space.clipped else whole

    def package(self, value: Callable[[Literal], bool]) -> Package:
        """Return the package of a solution, given the value of each literal."""
        return tuple(
            (issue.key, choices[next(i for i, literal in enumerate(row) if value(literal))])
            for issue, choices, row in zip(self.space.table.issues, self.space.choices, self.chosen, strict=True)
        )

    def _literal_of(self, issue: int, choice: object) -> Literal:
        return self.chosen[issue][self.space.choices[issue].index(choice)]

    def _switch(self, demand: Demand) -> list[Literal]:
        return [self.switches[demand]] if demand in self.switches else []

    def _term(self, issue: int, mask: Flags) -> Literal:
        """A literal that is true if the choice on an issue is in a set."""
        among = [literal for literal, inside in zip(self.chosen[issue], mask, strict=True) if inside]
        if len(among) in {0, len(mask)}:
            return self._yes if among else self._yes.negated()
        if len(among) == 1:
            return among[0]
        key = ("term", issue, mask.tobytes())
        if key not in self._known:
            self._known[key] = literal = self.model.new_bool_var("")
            self.model.add(cp_model.LinearExpr.sum(among) == literal)
        return self._known[key]

    def _terms(self, terms: tuple[Term, ...]) -> list[Literal]:
        return [self._term(issue, mask) for issue, mask in sorted(terms_by_issue(self.space, terms).items())]

    def _all(self, literals: list[Literal]) -> Literal:
        """A literal that is true if all of these are."""
        if not literals:
            return self._yes
        if len(literals) == 1:
            return literals[0]
        key = ("all", *(literal.index for literal in literals))
        if key not in self._known:
            self._known[key] = both = self.model.new_bool_var("")
            self.model.add_bool_and(literals).only_enforce_if(both)
            self.model.add_bool_or([both, *(literal.negated() for literal in literals)])
        return self._known[key]

    def _extra(self, extra: Extra, factor: Fraction) -> Sum:
        base = round(Fraction(extra.base) * factor)
        sizes = [round(Fraction(piece.count) * factor) for piece in extra.pieces]
        literals = [self._all(self._terms(piece.terms)) for piece in extra.pieces]
        found = Sum(
            cp_model.LinearExpr.weighted_sum(literals, sizes) + base,
            base + sum(min(size, 0) for size in sizes),
            base + sum(max(size, 0) for size in sizes),
        )
        floor = None if math.isinf(extra.floor) else round(Fraction(extra.floor) * factor)
        return found if floor is None else self._clipped(found, floor, round(Fraction(extra.ceiling) * factor))

    def _clipped(self, found: Sum, floor: int, ceiling: int) -> Sum:
        if floor <= found.low and found.high <= ceiling:
            return found
        raised = self.model.new_int_var(max(found.low, floor), max(found.high, floor), "")
        self.model.add_max_equality(raised, [found.expression, floor])
        low, high = min(max(found.low, floor), ceiling), min(max(found.high, floor), ceiling)
        cut = self.model.new_int_var(low, high, "")
        self.model.add_min_equality(cut, [raised, ceiling])
        return Sum(cut, low, high)

    def _require(self, demand: Demand, given: list[Literal]) -> None:
        """Make a package meet a demand if all of `given` are true."""
        if demand.kind is DemandKind.CONSTRAINT:
            constraint = self.space.table.constraints[demand.index]
            unless = [literal.negated() for literal in self._terms(constraint.when)]
            for then in self._terms(constraint.then) or [self._yes.negated()]:
                self._enforced(self.model.add_bool_or([*unless, then]), given)
        elif demand.kind is DemandKind.BUDGET:
            self._keep_budget(demand, given)
        elif demand.kind is DemandKind.RED_LINE:
            lines = self._terms(refused_terms(self.space, demand))
            self._enforced(self.model.add_bool_or([literal.negated() for literal in lines]), given)
        elif demand.kind is DemandKind.MANDATE:
            self._enforced(self.model.add_bool_and(self._terms(refused_terms(self.space, demand))), given)
        else:
            worth, least = self._reserved(demand.index)
            if worth.low < least:
                self._enforced(self.model.add(worth.expression >= least), given)

    def _enforced(self, constraint: cp_model.Constraint, given: list[Literal]) -> None:
        if given:
            constraint.only_enforce_if(given)

    def _reserved(self, party: int) -> tuple[Sum, int]:
        """A party's utility, and the least that it may come to, in the same parts."""
        unit, least = int(self.space.units[party]), least_count(self.space, party)
        if unit <= LARGEST:
            return self.worth(party, unit), least
        lost = roundings(self.space, party) // 2 + 1
        return self.worth(party, LARGEST), math.floor(Fraction(least, unit) * LARGEST) - lost

    def _keep_budget(self, demand: Demand, given: list[Literal]) -> None:
        budget = self.space.table.budgets[demand.index]
        costs = [[exact(round(float(cost), 12)) for cost in row] for row in budget_costs(self.space, budget)]
        most = sum(max(abs(cost) for cost in row) for row in costs)
        unit = Fraction(math.lcm(1, *(cost.denominator for row in costs for cost in row)))
        if most * unit > LARGEST:
            unit = Fraction(LARGEST) / most
        total = cp_model.LinearExpr.sum(
            [
                cp_model.LinearExpr.weighted_sum(literals, [math.floor(cost * unit) for cost in row])
                for literals, row in zip(self.chosen, costs, strict=True)
            ]
        )
        room = math.floor(Fraction(budget_room(budget)) * unit)
        if room < LARGEST:
            self._enforced(self.model.add(total <= max(room, -2 * LARGEST)), given)

    def _apply_rule(self, demands: list[Demand]) -> None:
        table, rule = self.space.table, self.space.table.rule
        counted = deciding(table)
        needed = {*rule.veto, *(rule.voters(table.weights) if rule.kind is RuleKind.UNANIMITY else ())}
        if not needed <= counted:
            self.model.add_bool_or([self._yes.negated()])
        consent: dict[str, Literal] = {}
        for party in sorted(counted):
            own = [demand for demand in demands if demand.party == party]
            if party in needed:
                consent[party] = self._yes
                for demand in own:
                    self._require(demand, self._switch(demand))
            else:
                consent[party] = self._consent(own)
        if rule.kind is RuleKind.WEIGHTED:
            self._keep_quota(consent)
        elif rule.kind is RuleKind.COALITIONS:
            whole = [c for c in rule.winning if counted.issuperset(c)]
            self.model.add_bool_or([self._all([consent[p] for p in sorted(set(c))]) for c in whole])

    def _consent(self, demands: list[Demand]) -> Literal:
        if self._listed:
            return self._all([self._met(demand) for demand in demands])
        literal: Literal = self.model.new_bool_var("")
        for demand in demands:
            self._require(demand, [literal, *self._switch(demand)])
        return literal

    def _met(self, demand: Demand) -> Literal:
        """A literal that is true if a package meets a demand of a party."""
        if demand.kind is DemandKind.MANDATE:
            return self._all(self._terms(refused_terms(self.space, demand)))
        if demand.kind is DemandKind.RED_LINE:
            return self._all(self._terms(refused_terms(self.space, demand))).negated()
        worth, least = self._reserved(demand.index)
        if worth.low >= least or worth.high < least:
            return self._yes if worth.low >= least else self._yes.negated()
        met = self.model.new_bool_var("")
        self.model.add(worth.expression >= least).only_enforce_if(met)
        self.model.add(worth.expression < least).only_enforce_if(met.negated())
        return met

    def _keep_quota(self, consent: dict[str, Literal]) -> None:
        table = self.space.table
        weights = table.weights
        voters = [v for v in dict.fromkeys(table.rule.voters(weights)) if v in consent]
        exact_votes = [exact(weights[v]) for v in voters]
        quota = exact(table.rule.needed(weights))
        unit = Fraction(math.lcm(1, *(number.denominator for number in [*exact_votes, quota])))
        if sum(exact_votes) * unit > LARGEST:
            unit = Fraction(LARGEST) / sum(exact_votes)
        sizes = [math.ceil(number * unit) for number in exact_votes]
        total = cp_model.LinearExpr.weighted_sum([consent[v] for v in voters], sizes)
        self.model.add(total >= min(math.ceil(quota * unit), sum(sizes) + 1))


def roundings(space: Space, party: int) -> int:
    """Return how many roundings, of one half at most, a party's utility in parts other than its own can have."""
    return len(space.choices) + sum(len(extra.pieces) + 3 for extra in space.extras if extra.party == party) + 1


def solver(*, effort: float) -> cp_model.CpSolver:
    """Return a solver that repeats itself.

    Args:
        effort: most work, in CP-SAT's deterministic time, about seconds.
    """
    made = cp_model.CpSolver()
    made.parameters.num_workers = 1
    made.parameters.random_seed = 0
    made.parameters.max_deterministic_time = effort
    return made
