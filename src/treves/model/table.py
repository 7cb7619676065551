"""A table: who bargains over what, under which rule, and what each party wants and refuses.

The numbers are those of the field: positions on a scale of 0 to 100 (or in the issue's own unit), salience as a raw
weight, utilities, firmness and reservation values from 0 to 1. Any number that is not exactly known is an
:class:`Estimate` with its central 90% interval. Nothing here checks itself: a table that a person is still typing may be
wrong in many places at once, and :mod:`treves.model.table_checks` tells them all.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

import attrs

from treves.model.decision_rule import DecisionRule


@attrs.frozen
class Estimate:
    """A number with what is known of it.

    Attributes:
        value: the best guess (the median).
        low, high: the central 90% interval; both None when the number is taken as exact.
    """

    value: float
    low: float | None = None
    high: float | None = None

    @property
    def interval(self) -> tuple[float, float]:
        """The central 90% interval; the value twice when it is taken as exact."""
        return (self.value if self.low is None else self.low, self.value if self.high is None else self.high)

    @property
    def exact(self) -> bool:
        """Whether the number has no interval, or one without width."""
        low, high = self.interval
        return low == high


class Scale(StrEnum):
    """How the options of an issue relate."""

    ORDERED = "ordered"
    """Options have places on a scale of 0 to 100; a party likes what is near its position."""
    UNORDERED = "unordered"
    """Options have no order; each party gives each option a value of its own."""
    RANGE = "range"
    """Any number between two bounds, in a unit."""


@attrs.frozen
class Option:
    """One possible answer to an issue.

    Attributes:
        key: short name, unique within the issue.
        label, label_nl: what readers see, in English and in Dutch; the key where empty.
        at: place on the scale, 0-100; None on an unordered issue.
    """

    key: str
    label: str = ""
    label_nl: str = ""
    at: float | None = None


@attrs.frozen
class Issue:
    """One question to be settled.

    Attributes:
        key: short name, unique within the table.
        label, label_nl: what readers see; the key where empty.
        scale: whether the options are ordered, unordered, or a range of numbers.
        options: the possible answers, in the order of the scale; empty for a range.
        low, high: bounds of a range, in its unit; None otherwise.
        unit: unit of a range ("million euro"); empty otherwise.
        steps: values of a range, bounds included, that methods over packages look at; 2 or more.
    """

    key: str
    label: str = ""
    label_nl: str = ""
    scale: Scale = Scale.ORDERED
    options: tuple[Option, ...] = ()
    low: float | None = None
    high: float | None = None
    unit: str = ""
    steps: int = 11

    @property
    def bounds(self) -> tuple[float, float]:
        """Lowest and highest place on the scale: 0 and 100 but for a range."""
        if self.scale is Scale.RANGE:
            return (self.low or 0.0, 100.0 if self.high is None else self.high)
        return (0.0, 100.0)


Choice = str | float
"""An option's key, or a number on a range."""
Package = tuple[tuple[str, Choice], ...]
"""One choice for every issue, as (issue key, choice) in the order of the table's issues."""


@attrs.frozen
class Term:
    """A condition on one issue: that the choice is one of some options, or lies within bounds.

    Attributes:
        issue: key of the issue.
        options: keys of options; empty when bounds are meant.
        low, high: bounds on the place on the scale (or on the number of a range), both included; None for no bound.
    """

    issue: str
    options: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@attrs.frozen
class Constraint:
    """A logical rule on packages: where every term of `when` holds, every term of `then` must hold too.

    An empty `when` holds always; an empty `then` forbids what `when` describes. "A hardship exception only if there is a
    limit" is ``when=(exception: yes), then=(limit: yes)``.
    """

    key: str
    when: tuple[Term, ...] = ()
    then: tuple[Term, ...] = ()
    label: str = ""


@attrs.frozen
class Cost:
    """What an option, or each unit of a range, takes from a budget.

    Attributes:
        issue, option: keys; `option` is empty on a range, where `amount` counts for each unit above the lower bound.
        amount: in the budget's unit; may be negative (a yield).
    """

    issue: str
    amount: float
    option: str = ""


@attrs.frozen
class Budget:
    """A limit on the sum of costs of a package, in any unit ("million euro a year", "places")."""

    key: str
    limit: float
    costs: tuple[Cost, ...] = ()
    label: str = ""
    unit: str = ""


@attrs.frozen
class Position:
    """What a party wants on an issue.

    Attributes:
        party, issue: keys.
        point: preferred place on the scale (or number of the range); None on an unordered issue.
        salience: raw weight that the party gives the issue, 0 or more; see :func:`normalised_salience`.
        values: (option key, value 0-1) where distance to the point does not tell it: needed on unordered issues,
            elsewhere it replaces the distance.
        reasons: what it rests on: claims, passages, or a signed judgement, in words or as ids.
    """

    party: str
    issue: str
    point: Estimate | None = None
    salience: Estimate = Estimate(1.0)
    values: tuple[tuple[str, float], ...] = ()
    reasons: tuple[str, ...] = ()


@attrs.frozen
class RedLine:
    """Choices on an issue that a party refuses.

    Attributes:
        party: key.
        refuses: what it refuses; the terms' issues may differ, then it refuses only their conjunction.
        firmness: chance that the party would rather have no agreement than this, 0-1.
        label: in words.
        reasons: what it rests on.
    """

    party: str
    refuses: tuple[Term, ...]
    firmness: Estimate = Estimate(1.0)
    label: str = ""
    reasons: tuple[str, ...] = ()


@attrs.frozen
class Interaction:
    """What a party gains (or loses, below 0) in utility, -1 to 1, from a package in which all terms hold together."""

    party: str
    terms: tuple[Term, ...]
    value: float


@attrs.frozen
class Indicator:
    """A quantity that a package brings about and that parties may value ("relatives arriving a month").

    Attributes:
        key, label, label_nl, unit: as for an issue.
        baseline: its value if nothing changes.
    """

    key: str
    baseline: float
    label: str = ""
    label_nl: str = ""
    unit: str = ""


@attrs.frozen
class Effect:
    """What packages in which all terms hold add to an indicator, in its unit."""

    indicator: str
    terms: tuple[Term, ...]
    amount: Estimate
    reasons: tuple[str, ...] = ()


@attrs.frozen
class Valuation:
    """How a party values an indicator: 1 at `best`, 0 at `worst`, straight between them and flat beyond.

    Attributes:
        party, indicator: keys.
        best, worst: in the indicator's unit.
        salience: raw weight beside those of the party's positions.
    """

    party: str
    indicator: str
    best: float
    worst: float
    salience: Estimate = Estimate(1.0)
    reasons: tuple[str, ...] = ()


@attrs.frozen
class Mandate:
    """Who authorised a party, until when, and within which choices.

    Attributes:
        by: who gave it ("party congress").
        until: last day; None when it does not end.
        within: terms that every package must meet for the party to agree without asking again.
    """

    by: str = ""
    until: date | None = None
    within: tuple[Term, ...] = ()


@attrs.frozen
class Conduct:
    """How a party bargains. All are judgements, hence with intervals.

    Attributes:
        concession: exponent of its time-dependent concessions: below 1 it holds out to the end, above 1 it yields early
            (P. Faratin, C. Sierra and N. Jennings, Robotics and Autonomous Systems 24, 1998).
        give_way: chance, 0-1, that it gives up a red line that is no more than a demand when the deadline comes.
        bluff: chance, 0-1, that a red line which it states is not meant.
        walk_out: chance, 0-1, per round that it leaves the table for reasons outside the packages.
    """

    concession: Estimate = Estimate(0.5, 0.2, 1.0)
    give_way: Estimate = Estimate(0.6, 0.3, 0.85)
    bluff: Estimate = Estimate(0.1, 0.0, 0.3)
    walk_out: Estimate = Estimate(0.002, 0.0, 0.01)


@attrs.frozen
class Party:
    """A seat at the table.

    Attributes:
        key: short name, unique within the table.
        name, name_nl: what readers see; the key where empty.
        seats: votes in the body that decides; None where seats do not count.
        capability: potential influence, 0-1; None to take its part of the seats.
        members: people who speak for it.
        mandate: None when nothing is known of it.
        reservation: utility, 0-1, below which it refuses; None to take its value of the reversion point.
        reversion_value: utility, 0-1, of having no agreement; None to work it out from the reversion package.
        conduct: how it bargains.
    """

    key: str
    name: str = ""
    name_nl: str = ""
    seats: float | None = None
    capability: Estimate | None = None
    members: tuple[str, ...] = ()
    mandate: Mandate | None = None
    reservation: Estimate | None = None
    reversion_value: Estimate | None = None
    conduct: Conduct = Conduct()


@attrs.frozen
class Reversion:
    """What takes effect without a deal.

    Attributes:
        label, label_nl: in words ("the cabinet falls").
        package: (issue key, choice) for the issues on which it is known; other issues count for nothing.
    """

    label: str = ""
    label_nl: str = ""
    package: Package = ()


@attrs.frozen
class TableDeadline:
    """When it must be done.

    Attributes:
        label: in words.
        when: the moment, timezone-aware; None when it is not known.
        rounds: rounds of bargaining until then, 1 or more.
        firmness: chance, 0-1, that an open negotiation ends then; else it goes on, "still open".
    """

    label: str = ""
    when: datetime | None = None
    rounds: int = 10
    firmness: Estimate = Estimate(0.8, 0.5, 1.0)


@attrs.frozen
class Table:
    """Everything that a bargaining model needs to know.

    Attributes:
        key: short name.
        title, title_nl: what readers see.
        as_of: the moment that it speaks of, timezone-aware; None when it has none.
        issues, parties: in the order in which they are shown.
        others: as described by their classes; at most one position for a party and issue, one valuation for a party and
            indicator.
        note: where it comes from, in words.
    """

    key: str
    issues: tuple[Issue, ...]
    parties: tuple[Party, ...]
    positions: tuple[Position, ...] = ()
    rule: DecisionRule = attrs.field(factory=DecisionRule)
    red_lines: tuple[RedLine, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    budgets: tuple[Budget, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    effects: tuple[Effect, ...] = ()
    valuations: tuple[Valuation, ...] = ()
    reversion: Reversion = Reversion()
    deadline: TableDeadline = TableDeadline()
    title: str = ""
    title_nl: str = ""
    as_of: datetime | None = None
    note: str = ""

    def issue(self, key: str) -> Issue:
        """Return the issue with this key; KeyError if there is none."""
        return _find(self.issues, key)

    def party(self, key: str) -> Party:
        """Return the party with this key; KeyError if there is none."""
        return _find(self.parties, key)

    def position(self, party: str, issue: str) -> Position | None:
        """Return what `party` wants on `issue`, or None if that is not known."""
        return next((p for p in self.positions if p.party == party and p.issue == issue), None)

    @property
    def weights(self) -> dict[str, float]:
        """Votes by party: its seats, and 1 for each where no party has any."""
        if all(p.seats is None for p in self.parties):
            return {p.key: 1.0 for p in self.parties}
        return {p.key: p.seats or 0.0 for p in self.parties}

    @property
    def capabilities(self) -> dict[str, float]:
        """Potential influence by party, 0-1: as given, else its part of the largest party's votes."""
        weights = self.weights
        most = max(weights.values(), default=0.0) or 1.0
        return {p.key: weights[p.key] / most if p.capability is None else p.capability.value for p in self.parties}

    def normalised_salience(self, party: str) -> dict[str, float]:
        """Return the salience of a party's issues and indicators as parts of 1, by key; empty if all are 0."""
        raw = {p.issue: p.salience.value for p in self.positions if p.party == party}
        raw |= {v.indicator: v.salience.value for v in self.valuations if v.party == party}
        total = sum(raw.values())
        return {key: value / total for key, value in raw.items()} if total > 0 else {}


_Keyed = TypeVar("_Keyed", Issue, Party)


def _find(listed: tuple[_Keyed, ...], key: str) -> _Keyed:
    for one in listed:
        if one.key == key:
            return one
    raise KeyError(key)
