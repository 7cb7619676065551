"""The Pareto frontier of an additive table, issue by issue: exact, without listing its packages.

With additive utilities, what is dominated on some of the issues stays so whatever is chosen on the others, as long as it
leaves no more open there. So the frontier over the first k issues, with one further column for each constraint, budget
and red line that reaches over issue k, is added to the choices on issue k + 1 and pruned again (the sums of Minkowski;
compare the dynamic programs for knapsacks with many goals: C. Bazgan, H. Hugot and D. Vanderpooten, Computers and
Operations Research 36, 2009). Packages that are equal in every column are carried as one, with links to all of them.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import ClassVar

import attrs
import numpy as np

from treves.bargaining.feasible import needed_parties, winning
from treves.bargaining.frontier import Consent, Frontier, by_sum, judged_parties
from treves.bargaining.grid import Flags, Floats, Indices, Space
from treves.bargaining.merge_columns import Column, RuleColumn, budget_column, rule_column
from treves.bargaining.refusals import FIRM
from treves.bargaining.search_demands import deciding, least_count
from treves.bargaining.skyline import Groups, undominated
from treves.errors import TableError

MOST_CANDIDATES = 4_000_000
"""Packages in part that one step of a merge may have before it."""


class FrontierTooLarge(TableError):
    """The merge of an additive table meets more packages in part than it can hold."""

    code: ClassVar[str] = "T604"


@attrs.frozen(eq=False)
class _Step:
    """One issue merged.

    Attributes:
        issue: its index.
        choices: what is chosen on it, those of equal effect together.
        groups: the states after it; members are ``state before * len(choices) + choice``.
    """

    issue: int
    choices: tuple[tuple[int, ...], ...]
    groups: Groups


@attrs.frozen(eq=False)
class _Plan:
    """What a merge looks at.

    Attributes:
        judged: indices of parties whose utility counts.
        carried: indices of others whose utility is needed to know whether they consent.
        hard: indices of parties that must consent.
        soft: indices of parties whose consent may make the difference.
        least: by party, least count that it accepts.
        columns: of constraints, budgets and red lines.
        impossible: whether nothing can pass at all.
        refused: indices of soft parties that refuse everything.
    """

    judged: tuple[int, ...]
    carried: tuple[int, ...]
    hard: frozenset[int]
    soft: tuple[int, ...]
    least: tuple[float, ...]
    columns: tuple[Column, ...]
    impossible: bool
    refused: frozenset[int]


def merged_frontier(
    space: Space, *, parties: Sequence[str] = (), consent: Consent = Consent.RULE, firm: float = FIRM
) -> Frontier:
    """Return the Pareto frontier of an additive table; see :func:`~treves.bargaining.frontier.frontier_of`.

    Time and memory go with the size of the frontier on the way, not with the number of packages: 1e9 packages of four
    parties take a tenth of a second to half a second. Where many budgets and red lines reach over all issues it may be
    no smaller than the space.

    Raises:
        FrontierTooLarge: some step would have more than :data:`MOST_CANDIDATES` packages in part.
        UnknownChoice: the table names an issue or option that is not there, or `parties` one that is not at the table.
    """
    plan = _plan(space, judged_parties(space, parties), consent, firm)
    return _Merge(space, plan).run()


def _plan(space: Space, judged: tuple[str, ...], consent: Consent, firm: float) -> _Plan:
    table, index = space.table, {party: i for i, party in enumerate(space.parties)}
    hard, voting = {Consent.NOBODY: ((), ()), Consent.ALL: (judged, judged)}.get(
        consent, (needed_parties(table), tuple(p for p in space.parties if p in deciding(table)))
    )
    soft = [party for party in voting if party not in hard]
    columns: list[Column] = [rule_column(space, c.when, c.then) for c in table.constraints]
    columns += [budget_column(space, b) for b in table.budgets]
    for party in voting:
        by = index[party] if party in soft else None
        mandate = table.party(party).mandate
        if mandate is not None and mandate.within:
            columns.append(rule_column(space, (), mandate.within, by))
        lines = [r for r in table.red_lines if r.party == party and r.firmness.value >= firm]
        columns += [rule_column(space, line.refuses, (), by) for line in lines]
    void = [column for column in columns if not column.issues]
    broken = [c for c in void if isinstance(c, RuleColumn) or c.room < 0]
    rule_fails = consent is Consent.RULE and not table.rule.passes(list(space.parties), table.weights)
    return _Plan(
        judged=tuple(index[p] for p in judged),
        carried=tuple(index[p] for p in voting if p not in judged),
        hard=frozenset(index[p] for p in hard),
        soft=tuple(index[p] for p in soft),
        least=tuple(float(least_count(space, i)) if p in voting else 0.0 for p, i in index.items()),
        columns=tuple(column for column in columns if column.issues),
        impossible=rule_fails or any(column.party is None for column in broken),
        refused=frozenset(column.party for column in broken if column.party is not None),
    )


class _Merge:
    """The merge of one space under one plan."""

    def __init__(self, space: Space, plan: _Plan) -> None:
        self.space, self.plan = space, plan
        self.followed = (*plan.judged, *plan.carried)
        self.steps: list[_Step] = []
        self.active: list[Column] = []
        # one state: nothing chosen yet
        self.worth = np.zeros((0 if plan.impossible else 1, len(self.followed)))
        self.willing = np.tile(
            np.array([p not in plan.refused for p in plan.soft], dtype=np.float64), (len(self.worth), 1)
        )
        self.extra = np.zeros((len(self.worth), 0))

    def run(self) -> Frontier:
        """Merge all issues."""
        order = _order(self.space, self.plan.columns)
        for place, issue in enumerate(order):
            self._step(issue, frozenset(order[place + 1 :]))
        final = undominated(self.worth[:, : len(self.plan.judged)])
        counts = self._counts(final)
        utilities = final.values / self.space.units[list(self.plan.judged)]
        by_worth = by_sum(utilities)
        strides = [math.prod(self.space.shape[issue + 1 :]) for issue in range(len(self.space.shape))]
        steps = tuple(self.steps)

        def ties(point: int) -> Iterator[int]:
            group = by_worth[point]
            for state in final.members[final.starts[group] : final.starts[group + 1]].tolist():
                yield from _walk(steps, strides, len(steps) - 1, state)

        return Frontier(
            self.space,
            tuple(self.space.parties[p] for p in self.plan.judged),
            utilities[by_worth],
            tuple(int(counts[group]) for group in by_worth),
            ties,
        )

    def _step(self, issue: int, left: frozenset[int]) -> None:
        for column in self.plan.columns:
            if issue in column.issues and column not in self.active:
                self.active.append(column)
                self.extra = np.column_stack((self.extra, np.full(len(self.extra), column.start)))
        choices = self._choices(issue)
        picked = np.array([group[0] for group in choices], dtype=np.int64)
        self._require_room(len(self.worth) * len(choices))
        parts = self.space.counts[issue][list(self.followed)][:, picked].T
        self.worth = (self.worth[:, None, :] + parts[None, :, :]).reshape(
            len(self.worth) * len(choices), len(self.followed)
        )
        self.willing = np.repeat(self.willing, len(choices), axis=0)
        before, self.extra = self.extra, np.repeat(self.extra, len(choices), axis=0)
        stay = np.ones(len(self.worth), dtype=bool)
        for at, column in enumerate(self.active):
            if issue in column.issues:
                found = column.merged(before[:, at], issue, picked, left).ravel()
                self._apply(column, at, found, stay)
        self._consent(left, stay)
        done = [at for at, column in enumerate(self.active) if not column.issues & left]
        self.active = [column for at, column in enumerate(self.active) if at not in done]
        self.extra = np.delete(self.extra, done, axis=1)
        self._prune(issue, choices, stay)

    def _choices(self, issue: int) -> tuple[tuple[int, ...], ...]:
        """Choices that no other makes needless, those of equal effect together."""
        count = len(self.space.choices[issue])
        effects = [self.space.counts[issue][party] for party in self.followed]
        for column in self.active:
            if issue in column.issues:
                effects += column.choice_columns(issue, count)
        matrix = np.column_stack(effects) if effects else np.zeros((count, 0))
        groups = undominated(matrix, judged=len(self.plan.judged))
        return tuple(tuple(groups.members[a:b].tolist()) for a, b in itertools.pairwise(groups.starts.tolist()))

    def _apply(self, column: Column, at: int, found: Floats, stay: Flags) -> None:
        """Take over a column's new values; what breaks it is left out, or loses the consent of a party."""
        broken = np.isnan(found)
        found[broken] = 0.0
        self.extra[:, at] = found
        if column.party is None:
            stay &= ~broken
        else:
            self.willing[broken, self.plan.soft.index(column.party)] = 0.0

    def _consent(self, left: frozenset[int], stay: Flags) -> None:
        """Leave out what too few parties can still consent to, and forget what no longer matters."""
        counts = self.space.counts
        accepting = np.zeros((len(self.space.parties), len(self.worth)), dtype=bool)
        for at, party in enumerate(self.followed):
            most = sum(float(counts[i][party].max()) for i in left)
            enough = self.plan.least[party] - sum(float(counts[i][party].min()) for i in left)
            can = self.worth[:, at] + most >= self.plan.least[party]
            if party in self.plan.hard:
                stay &= can
                accepting[party] = True
            if party in self.plan.soft:
                place = self.plan.soft.index(party)
                self.willing[~can, place] = 0.0
                accepting[party] = self.willing[:, place] > 0
            if party in self.plan.carried:
                np.minimum(self.worth[:, at], enough, out=self.worth[:, at])
                if party in self.plan.soft:
                    self.worth[~accepting[party], at] = 0.0
        if self.plan.soft:
            stay &= winning(self.space.table, accepting)
        for at, column in enumerate(self.active):
            if column.party is not None:
                self.extra[~accepting[column.party], at] = 0.0

    def _prune(self, issue: int, choices: tuple[tuple[int, ...], ...], stay: Flags) -> None:
        judged = len(self.plan.judged)
        matrix = np.column_stack((self.worth, self.willing, self.extra))
        groups = undominated(matrix, judged=judged, among=stay)
        self.worth = groups.values[:, : len(self.followed)]
        self.willing = groups.values[:, len(self.followed) : len(self.followed) + len(self.plan.soft)].copy()
        self.extra = groups.values[:, len(self.followed) + len(self.plan.soft) :]
        self.steps.append(_Step(issue, choices, attrs.evolve(groups, values=np.empty((0, 0)))))

    def _counts(self, final: Groups) -> list[int]:
        """How many packages each point stands for; python's whole numbers where 64 bits may not do."""
        kind = object if self.space.size >= 2**62 else np.int64
        counts = np.ones(0 if self.plan.impossible else 1, dtype=kind)
        for step in self.steps:
            sizes = np.array([len(group) for group in step.choices], dtype=kind)
            before, choice = np.divmod(step.groups.members, max(1, len(sizes)))
            counts = _summed(counts[before] * sizes[choice], step.groups.starts)
        return [int(count) for count in _summed(counts[final.members], final.starts)]

    def _require_room(self, candidates: int) -> None:
        if candidates > MOST_CANDIDATES:
            raise FrontierTooLarge(
                "The frontier of table {table} has {count:,} packages to compare at one step; {most:,} is the most.",
                hint="Take fewer parties, options or steps, or ask for the best packages for each party.",
                table=self.space.table.key,
                count=candidates,
                most=MOST_CANDIDATES,
            )


def _summed(counts: Indices, starts: Indices) -> Indices:
    if len(starts) <= 1:
        return counts[:0]
    summed: Indices = np.add.reduceat(counts, starts[:-1])
    return summed


def _walk(steps: tuple[_Step, ...], strides: Sequence[int], last: int, state: int) -> Iterator[int]:
    """The numbers of the packages, up to step `last`, that a state stands for."""
    if last < 0:
        yield 0
        return
    step = steps[last]
    for member in step.groups.members[step.groups.starts[state] : step.groups.starts[state + 1]].tolist():
        before, choice = divmod(member, len(step.choices))
        for number in _walk(steps, strides, last - 1, before):
            for chosen in step.choices[choice]:
                yield number + chosen * strides[step.issue]


def _order(space: Space, columns: Sequence[Column]) -> list[int]:
    """Issues so that few columns are open at once; among these, those with many choices first."""
    left, order = set(range(len(space.shape))), list[int]()
    while left:

        def cost(issue: int) -> tuple[int, int, int]:
            done = {*order, issue}
            opened = sum(bool(column.issues & done) and bool(column.issues - done) for column in columns)
            return opened, -space.shape[issue], issue

        order.append(min(left, key=cost))
        left.remove(order[-1])
    return order
