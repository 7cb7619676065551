"""What is wrong or odd in a table's decision rule, red lines, constraints, budgets, fallback and deadline."""

from __future__ import annotations

from collections.abc import Iterable

from treves.model.decision_rule import DecisionRule, RuleKind
from treves.model.findings import Findings, Place
from treves.model.table import Budget, Cost, Scale, Table
from treves.model.table_cycles import check_cycles
from treves.model.table_term_checks import (
    Names,
    check_terms,
    find_issue,
    holds_always,
    known_option,
    known_party,
    listed,
)


def check_rules(found: Findings, table: Table, names: Names) -> None:
    """Note what is wrong or odd in everything that limits packages or decides on them."""
    _check_rule(found, table, names)
    _check_red_lines(found, table, names)
    _check_interactions(found, table, names)
    _check_constraints(found, table, names)
    for budget in table.budgets:
        _check_budget(found, table, names, budget)
    _check_reversion(found, table, names)
    place = ("deadline",)
    found.number((*place, "rounds"), table.deadline.rounds, 1, 1_000_000)
    found.estimate((*place, "firmness"), table.deadline.firmness, 0, 1)
    if table.deadline.when is not None and table.deadline.when.tzinfo is None:
        found.error("no-zone", (*place, "when"), "The time has no time zone.", hint="Add one, such as +02:00.")


def _known_parties(found: Findings, names: Names, place: Place, keys: Iterable[str]) -> None:
    for key in keys:
        known_party(found, names, place, key)


def _check_rule(found: Findings, table: Table, names: Names) -> None:
    rule = table.rule
    _known_parties(found, names, ("rule", "veto"), rule.veto)
    _known_parties(found, names, ("rule", "parties"), rule.parties)
    if rule.setter:
        known_party(found, names, ("rule", "setter"), rule.setter)
    if rule.kind is RuleKind.WEIGHTED:
        _check_quota(found, table, rule)
    elif rule.quota is not None:
        found.warning(
            "quota-ignored",
            ("rule", "quota"),
            "The rule is {kind}, so that its quota counts for nothing.",
            hint="Write kind: weighted, or drop the quota.",
            kind=rule.kind,
        )
    if rule.kind is RuleKind.COALITIONS:
        _check_coalitions(found, names, rule)
    elif rule.winning:
        found.warning(
            "coalitions-ignored",
            ("rule", "winning"),
            "The rule is {kind}, so that its winning coalitions count for nothing.",
            hint="Write kind: coalitions, or drop them.",
            kind=rule.kind,
        )


def _check_quota(found: Findings, table: Table, rule: DecisionRule) -> None:
    place = ("rule", "quota")
    weights = table.weights
    voters = set(rule.voters(weights))
    votes = {key: weight for key, weight in weights.items() if key in voters}
    total = sum(votes.values())
    if table.parties and not total > 0:
        found.error(
            "no-votes", ("rule",), "The parties that decide have no votes.", hint="Give them seats.", total=total
        )
        return
    if rule.quota is None or not found.number(place, rule.quota):
        return
    if rule.quota <= 0:
        found.error(
            "bad-quota",
            place,
            "A quota of {quota:g} would pass everything.",
            hint="Give the votes that are needed, or drop it for more than half.",
            quota=rule.quota,
        )
    elif rule.quota > total:
        found.error(
            "bad-quota",
            place,
            "The quota of {quota:g} is out of reach: there are {total:g} votes.",
            hint="Lower it, or add who is missing.",
            quota=rule.quota,
            total=total,
        )
    elif rule.quota * 2 <= total:
        found.warning(
            "low-quota",
            place,
            "With a quota of {quota:g} of {total:g} votes two opposite packages may both pass.",
            hint="Ask for more than half.",
            quota=rule.quota,
            total=total,
        )


def _check_coalitions(found: Findings, names: Names, rule: DecisionRule) -> None:
    place = ("rule", "winning")
    if not rule.winning:
        found.error("no-coalitions", place, "No coalition is named, so that nothing passes.", hint="Name one.")
    for number, coalition in enumerate(rule.winning, 1):
        where = (*place, str(number))
        _known_parties(found, names, where, coalition)
        if not coalition:
            found.error(
                "empty-coalition",
                where,
                "A coalition of nobody would pass everything.",
                hint="Name its parties.",
            )
        outside = [key for key in coalition if rule.parties and key not in rule.parties]
        if outside:
            found.error(
                "outside-voters",
                where,
                "{parties} belong to a winning coalition, but their consent does not count.",
                hint="Add them to the parties of the rule, or drop them here.",
                parties=", ".join(outside),
            )
        smaller = next((c for c in rule.winning if c and set(c) < set(coalition)), None)
        if smaller is not None:
            found.warning(
                "needless-coalition",
                where,
                "The coalition {larger} wins already with {smaller}.",
                hint="Drop the larger one.",
                larger=", ".join(coalition),
                smaller=", ".join(smaller),
            )


def _check_red_lines(found: Findings, table: Table, names: Names) -> None:
    counted: dict[str, int] = {}
    issues = names.issues
    for line in table.red_lines:
        counted[line.party] = counted.get(line.party, 0) + 1
        place = ("parties", line.party, "red_lines", str(counted[line.party]))
        known_party(found, names, place, line.party)
        check_terms(found, names, (*place, "refuses"), line.refuses)
        found.estimate((*place, "firmness"), line.firmness, 0, 1)
        if not line.refuses:
            found.error(
                "empty-red-line",
                place,
                "A red line of {party} does not say what it refuses.",
                hint="Name an issue with options or bounds.",
                party=line.party,
            )
        elif all(t.issue in issues and holds_always(issues[t.issue], t) for t in line.refuses):
            found.warning(
                "refuses-everything",
                place,
                "{party} refuses every choice on {issues}: no package can pass with its consent.",
                hint="Leave it a choice, unless this is meant.",
                party=line.party,
                issues=", ".join(t.issue for t in line.refuses),
            )


def _check_interactions(found: Findings, table: Table, names: Names) -> None:
    counted: dict[str, int] = {}
    for one in table.interactions:
        counted[one.party] = counted.get(one.party, 0) + 1
        place = ("parties", one.party, "interactions", str(counted[one.party]))
        known_party(found, names, place, one.party)
        check_terms(found, names, (*place, "when"), one.terms)
        found.number((*place, "value"), one.value, -1, 1)
        if not one.terms:
            found.error(
                "empty-interaction",
                place,
                "An interaction of {party} does not say when it holds.",
                hint="Name the choices that go together.",
                party=one.party,
            )


def _check_constraints(found: Findings, table: Table, names: Names) -> None:
    for constraint in table.constraints:
        place = ("constraints", constraint.key)
        check_terms(found, names, (*place, "when"), constraint.when)
        check_terms(found, names, (*place, "then"), constraint.then)
        if not constraint.when and not constraint.then:
            found.error(
                "empty-constraint",
                place,
                "Constraint {constraint} says nothing.",
                hint="Give what it needs under then, and under when the choices for which it does.",
                constraint=constraint.key,
            )
    check_cycles(found, table)


def _check_budget(found: Findings, table: Table, names: Names, budget: Budget) -> None:
    place = ("budgets", budget.key)
    good = found.number((*place, "limit"), budget.limit)
    seen: set[tuple[str, str]] = set()
    for cost in budget.costs:
        where = (*place, "costs", cost.issue, *([cost.option] if cost.option else []))
        good = _check_cost(found, names, cost, where) and good
        if (cost.issue, cost.option) in seen:
            found.error(
                "cost-twice",
                where,
                "Budget {budget} has two costs for the same choice.",
                hint="Add them up.",
                budget=budget.key,
            )
        seen.add((cost.issue, cost.option))
    if good and (least := _cheapest(table, budget)) > budget.limit:
        found.warning(
            "budget-out-of-reach",
            place,
            "Even the cheapest package takes {least:g} from budget {budget}, whose limit is {limit:g}.",
            hint="Raise the limit, unless this is meant.",
            least=least,
            budget=budget.key,
            limit=budget.limit,
        )


def _check_cost(found: Findings, names: Names, cost: Cost, place: Place) -> bool:
    good = found.number((*place,), cost.amount)
    issue = find_issue(found, names, place, cost.issue)
    if issue is None:
        return False
    if issue.scale is Scale.RANGE and not cost.option:
        return good
    if not cost.option:
        found.error(
            "no-option",
            place,
            "A cost on issue {issue} does not say of which option.",
            hint="Its options are {options}.",
            issue=issue.key,
            options=listed(names.options[issue.key]),
        )
        return False
    return known_option(found, names, issue, place, cost.option) and good


def _cheapest(table: Table, budget: Budget) -> float:
    """The least that a package can take; costs of several options of an issue exclude one another."""
    total = 0.0
    by_issue: dict[str, dict[str, float]] = {}
    for cost in budget.costs:
        by_issue.setdefault(cost.issue, {})[cost.option] = cost.amount
    for issue in table.issues:
        costs = by_issue.get(issue.key)
        if not costs:
            continue
        if issue.scale is Scale.RANGE:
            low, high = issue.bounds
            total += min(0.0, sum(costs.values()) * (high - low))
        else:
            total += min(costs.get(o.key, 0.0) for o in issue.options)
    return total


def _check_reversion(found: Findings, table: Table, names: Names) -> None:
    seen: set[str] = set()
    for key, choice in table.reversion.package:
        place = ("reversion", "package", key)
        issue = find_issue(found, names, place, key)
        if key in seen:
            found.error(
                "stated-twice-fallback",
                place,
                "The fallback names issue {issue} twice.",
                hint="Drop one.",
                issue=key,
            )
        seen.add(key)
        if issue is None:
            continue
        if isinstance(choice, str):
            known_option(found, names, issue, place, choice)
        elif issue.scale is Scale.RANGE:
            found.number(place, choice, *issue.bounds)
        else:
            known_option(found, names, issue, place, f"{choice:g}")
