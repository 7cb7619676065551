"""What the numbers of a table mean, package by package, written down as plainly as can be: the tests' reference."""

import functools
import itertools
from fractions import Fraction

from treves.model.table import Choice, Issue, Scale, Table, Term

Chosen = dict[str, Choice]


@functools.lru_cache(maxsize=1000)
def number(value: float) -> Fraction:
    """A decimal as an exact fraction."""
    return Fraction(repr(float(value)))


def choices(issue: Issue) -> list[tuple[Choice, Fraction | None]]:
    """Choices of an issue with their places."""
    if issue.scale is Scale.RANGE:
        low, high = (number(b) for b in issue.bounds)
        places = [low + (high - low) * k / (issue.steps - 1) for k in range(issue.steps)]
        return [(float(p), p) for p in places]
    return [(o.key, number(o.at) if o.at is not None else None) for o in issue.options]


def packages(table: Table) -> list[dict[str, tuple[Choice, Fraction | None]]]:
    """All packages; the last issue varies fastest."""
    grid = itertools.product(*(choices(i) for i in table.issues))
    return [dict(zip([i.key for i in table.issues], picked, strict=True)) for picked in grid]


def holds(package: dict[str, tuple[Choice, Fraction | None]], terms: tuple[Term, ...]) -> bool:
    """Whether all terms hold."""
    for term in terms:
        choice, place = package[term.issue]
        if term.options and choice not in term.options:
            return False
        near = Fraction(1, 10**8)
        if term.low is not None and (place is None or place < number(term.low) - near):
            return False
        if term.high is not None and (place is None or place > number(term.high) + near):
            return False
    return True


def utility(table: Table, party: str, package: dict[str, tuple[Choice, Fraction | None]]) -> Fraction:
    """Utility of a package to a party."""
    raw = {p.issue: number(p.salience.value) for p in table.positions if p.party == party}
    raw |= {v.indicator: number(v.salience.value) for v in table.valuations if v.party == party}
    total = sum(raw.values())
    found = Fraction(0)
    for issue in table.issues:
        position = table.position(party, issue.key)
        if position is None or total == 0:
            continue
        choice, place = package[issue.key]
        value = Fraction(0)
        if position.point is not None and place is not None:
            low, high = issue.bounds
            value = 1 - abs(place - number(position.point.value)) / (number(high) - number(low))
        value = next((number(v) for key, v in position.values if key == choice), value)
        found += raw[issue.key] / total * value
    for valuation in table.valuations:
        if valuation.party == party and total > 0:
            level = sum((number(i.baseline) for i in table.indicators if i.key == valuation.indicator), Fraction(0))
            level += sum(
                number(e.amount.value)
                for e in table.effects
                if e.indicator == valuation.indicator and holds(package, e.terms)
            )
            worst, best = number(valuation.worst), number(valuation.best)
            value = min(max((level - worst) / (best - worst), Fraction(0)), Fraction(1))
            found += raw[valuation.indicator] / total * value
    if table.interactions:
        found += sum(number(i.value) for i in table.interactions if i.party == party and holds(package, i.terms))
        found = min(max(found, Fraction(0)), Fraction(1))
    return found


def is_allowed(table: Table, package: dict[str, tuple[Choice, Fraction | None]]) -> bool:
    """Whether a package meets all constraints and budgets."""
    for constraint in table.constraints:
        if holds(package, constraint.when) and not (constraint.then and holds(package, constraint.then)):
            return False
    for budget in table.budgets:
        spent = Fraction(0)
        for cost in budget.costs:
            choice, place = package[cost.issue]
            issue = table.issue(cost.issue)
            if issue.scale is Scale.RANGE and place is not None:
                spent += number(cost.amount) * (place - number(issue.bounds[0]))
            elif cost.option == choice:
                spent += number(cost.amount)
        if spent > number(budget.limit) + Fraction(1, 10**8):
            return False
    return True


def refused(table: Table, party: str, package: dict[str, tuple[Choice, Fraction | None]], firm: float = 0.5) -> bool:
    """Whether a party refuses a package by red line or mandate."""
    mandate = table.party(party).mandate
    if mandate and not holds(package, mandate.within):
        return True
    lines = [r for r in table.red_lines if r.party == party and r.firmness.value >= firm]
    return any(holds(package, r.refuses) for r in lines)


def floor(table: Table, party: str) -> Fraction:
    """Utility below which a party refuses; tables with a reversion package are not meant."""
    given = table.party(party)
    stated = given.reservation or given.reversion_value
    return number(stated.value) if stated else Fraction(0)


def consents(table: Table, party: str, package: dict[str, tuple[Choice, Fraction | None]], firm: float = 0.5) -> bool:
    """Whether a party consents to a package."""
    return not refused(table, party, package, firm) and utility(table, party, package) >= floor(table, party)
