"""What a merge of issues must remember of constraints, budgets and red lines beside utilities: one column each.

A column tells how much a package, chosen on some of the issues, still leaves open; more is better. It is carried from the
first issue that it speaks of to the last.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import numpy as np

from treves.bargaining.grid import Flags, Floats, Indices, Space, terms_by_issue
from treves.bargaining.refusals import budget_costs, budget_room
from treves.model.table import Budget, Term

_SAFE, _OPEN, _FAILED = 2.0, 1.0, 0.0


@attrs.frozen(eq=False)
class RuleColumn:
    """A rule "when these hold, those must hold too" over issues; a red line is one without a second part.

    Values: 2, it can no longer be broken; 1, all conditions held so far, and so did all that they ask; 0, all conditions
    held so far, and something that they ask did not.

    Attributes:
        whens: by index of an issue, for which choices the conditions hold.
        thens: by index of an issue, for which choices holds what they ask.
        asks: whether they ask anything; else they forbid.
        party: index of the party that refuses what breaks it; None where no package may break it.
    """

    whens: Mapping[int, Flags]
    thens: Mapping[int, Flags]
    asks: bool
    party: int | None = None

    @property
    def issues(self) -> frozenset[int]:
        """The issues that it speaks of."""
        return frozenset((*self.whens, *self.thens))

    @property
    def start(self) -> float:
        """The value before any issue."""
        return _OPEN if self.asks else _FAILED

    def choice_columns(self, issue: int, count: int) -> list[Floats]:
        """What each choice on an issue does, more being better."""
        when, then = self._masks(issue, count)
        return [-when.astype(np.float64), then.astype(np.float64)]

    def merged(self, values: Floats, issue: int, choices: Indices, left: frozenset[int]) -> Floats:
        """The values after an issue, (states, choices); nan where the rule is broken.

        Args:
            values: before it, (states,).
            issue: its index.
            choices: indices of the choices that are looked at.
            left: issues that are still to come.
        """
        when, then = (mask[choices] for mask in self._masks(issue, int(choices.max()) + 1))
        found = np.repeat(values[:, None], len(choices), axis=1)
        found[:, ~then] = np.where(found[:, ~then] == _SAFE, _SAFE, _FAILED)
        found[:, ~when] = _SAFE
        if self.asks and not left & self.thens.keys():
            found[found == _OPEN] = _SAFE
        if not left & self.whens.keys():
            found[found == _FAILED] = np.nan
        return found

    def _masks(self, issue: int, count: int) -> tuple[Flags, Flags]:
        always = np.ones(count, dtype=bool)
        return self.whens.get(issue, always), self.thens.get(issue, always)


@attrs.frozen(eq=False)
class BudgetColumn:
    """What is left of a budget, negative costs so far; counted no higher than what can still be spent.

    Attributes:
        costs: by issue, what each choice takes.
        room: the limit.
    """

    costs: tuple[Floats, ...]
    room: float
    party: None = None

    @property
    def issues(self) -> frozenset[int]:
        """The issues that it speaks of."""
        return frozenset(issue for issue, costs in enumerate(self.costs) if costs.any())

    @property
    def start(self) -> float:
        """The value before any issue."""
        return 0.0

    def choice_columns(self, issue: int, count: int) -> list[Floats]:
        """What each choice on an issue does, more being better."""
        return [-self.costs[issue][:count]]

    def merged(self, values: Floats, issue: int, choices: Indices, left: frozenset[int]) -> Floats:
        """The values after an issue, (states, choices), as :meth:`RuleColumn.merged`."""
        found = values[:, None] - self.costs[issue][choices][None, :]
        least = sum(float(self.costs[i].min()) for i in left)
        most = sum(float(self.costs[i].max()) for i in left)
        found[-found + least > self.room] = np.nan
        # a hair short of what can still be spent, so that rounding makes nothing too dear later on
        hair = 1e-12 * (abs(self.room) + sum(float(np.abs(costs).max()) for costs in self.costs))
        result: Floats = np.minimum(found, most - self.room + hair)
        return result


Column = RuleColumn | BudgetColumn


def rule_column(space: Space, when: tuple[Term, ...], then: tuple[Term, ...], party: int | None = None) -> RuleColumn:
    """Return the column of a constraint, or, without `then`, of a red line."""
    return RuleColumn(terms_by_issue(space, when), terms_by_issue(space, then), bool(then), party)


def budget_column(space: Space, budget: Budget) -> BudgetColumn:
    """Return the column of a budget."""
    return BudgetColumn(budget_costs(space, budget), budget_room(budget))
