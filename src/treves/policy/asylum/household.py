"""Answers to one household: from when, under which option, may the family come, and how long does it wait?

The rules are applied one by one, each with what it rests on; the waiting time is that of watched families which go through
the simulated chain with everybody else, under parameters drawn from their ranges.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

import attrs

from treves.errors import PolicyError
from treves.model.policy import Reform
from treves.policy.asylum.household_rules import Ruling, Step, ruling
from treves.policy.asylum.household_texts import month_told, rule_told, word
from treves.policy.asylum.model import AsylumModel, netherlands
from treves.policy.protocol import SEED

DRAWS, FAMILIES, SCALE, HORIZON = 100, 10, 0.05, 120
"""Draws of the parameters; watched families a draw; persons in a run for each person of the country; months after the grant."""


class HouseholdRefused(PolicyError):
    """A household, or a question about it, cannot be answered."""

    code: ClassVar[str] = "T721"


class Means(StrEnum):
    """Whether the sponsor has sufficient means."""

    NONE = "none"
    """Not now; later as others do."""
    NEVER = "never"
    ENOUGH = "enough"


@attrs.frozen
class Household:
    """A sponsor and the relatives abroad.

    Attributes:
        granted: day of the permit.
        status: "A" or "B".
        spouse: a married partner.
        partner: an unmarried partner.
        children: minor children.
        others: adult children and other relatives.
        means: of the sponsor.
        home: whether the sponsor has a home.
        applies_after: months from the permit until the family applies, if it may; 0-3 by the rule in force.
    """

    granted: date
    status: str = "B"
    spouse: bool = False
    partner: bool = False
    children: int = 0
    others: int = 0
    means: Means = Means.NONE
    home: bool = False
    applies_after: int = 1

    @property
    def relatives(self) -> int:
        """How many relatives there are."""
        return int(self.spouse) + int(self.partner) + self.children + self.others

    @property
    def core(self) -> int:
        """How many of them are core family: married partner and minor children."""
        return int(self.spouse) + self.children


@attrs.frozen
class Waiting:
    """Months from the permit to arrival, over draws and families; None where so many have not come within the horizon.

    Attributes:
        median, low50, high50, low90, high90: quantiles.
        share: of families that come within the horizon, 0-1.
        months: the horizon.
        median_of_those: median of the families that come.
    """

    median: float | None
    low50: float | None
    high50: float | None
    low90: float | None
    high90: float | None
    share: float
    months: int
    median_of_those: float | None


@attrs.frozen
class Answer:
    """What one option means for a household.

    Attributes:
        option: key of the option, with its branch.
        label, label_nl: what readers see.
        ruling: from when by the rules, with the rules one by one.
        waiting: simulated; None where nobody of the household may come.
        all: relatives of the household.
    """

    option: str
    label: str
    label_nl: str
    ruling: Ruling
    waiting: Waiting | None
    all: int

    def told(self, language: str = "en") -> str:
        """Return the answer as a few sentences, in "en" or "nl"."""
        label = self.label_nl if language == "nl" and self.label_nl else self.label
        return " ".join(_sentences(self, label, language))

    def rows(self, language: str = "en") -> list[dict[str, Any]]:
        """Return a plain row for each rule: option, rule, met, from, text, source."""
        return [
            {
                "option": self.option,
                "rule": step.rule,
                "met": step.met,
                "from": step.since.isoformat()[:7] if step.since else None,
                "text": rule_told(step, language),
                "source": step.source,
            }
            for step in self.ruling.steps
        ]


def household(
    asked: Household,
    options: Sequence[Reform | str] = (),
    *,
    model: AsylumModel | None = None,
    start: date | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> tuple[Answer, ...]:
    """Answer for a household under options.

    Args:
        asked: the household.
        options: each one of the model's by key, or made by hand; all of the model's when empty.
        model: the Netherlands unless another is given.
        start: first month of the run, and of the options that set no start; the model's own or the month of the permit,
            whichever is earlier.
        draws: of the parameters; 0 leaves out the simulation.
        seed: of all random numbers; the same seed gives the same answer.

    Raises:
        HouseholdRefused: there are no relatives, or a number or a date cannot be.
        PolicyError: an option cannot be used.
    """
    chain = model or netherlands()
    first = (start or min(chain.start, asked.granted)).replace(day=1)
    _check(asked, first, draws)
    parts = chain.parts(tuple(options) or tuple(one.key for one in chain.reforms), start=first)
    found = []
    for reform in parts:
        by_rule = ruling(asked, reform, start=first)
        waiting = None
        if draws and by_rule.count:
            from treves.policy.asylum.household_waits import waiting_of

            waiting = waiting_of(asked, reform, chain, start=first, draws=draws, seed=seed)
        found.append(Answer(reform.key, reform.label, reform.label_nl, by_rule, waiting, asked.relatives))
    return tuple(found)


def _check(asked: Household, start: date, draws: int) -> None:
    if asked.status not in ("A", "B"):
        raise HouseholdRefused("There is no status {status!r}.", hint="Give A or B.", status=asked.status)
    if min(asked.children, asked.others) < 0 or not asked.relatives:
        raise HouseholdRefused(
            "A household of {children} children and {others} others without a partner has nobody to come.",
            hint="Give a spouse, a partner, children or others, each 0 or more.",
            children=asked.children,
            others=asked.others,
        )
    if asked.granted < start or not 0 <= asked.applies_after <= 24 or draws < 0:
        raise HouseholdRefused(
            "A permit of {granted}, an application {months} months later and {draws} draws do not fit a run from {start}.",
            hint="Give a permit from the start on, 0 to 24 months, and 0 draws or more.",
            granted=asked.granted,
            months=asked.applies_after,
            draws=draws,
            start=start,
        )


def _sentences(answer: Answer, label: str, language: str) -> list[str]:
    by_rule = answer.ruling
    month = month_told(by_rule.earliest, language) if by_rule.earliest else ""
    needs = word("and", language).join(word(need, language) for need in by_rule.needs)
    found = [word(by_rule.kind, language, option=label, month=month, needs=needs)]
    if 0 < by_rule.count < answer.all:
        found.append(word("some", language, count=by_rule.count, all=answer.all))
    if (waiting := answer.waiting) is None:
        return found
    if waiting.share <= 0:
        return [*found, word("wait_none", language, months=waiting.months)]
    beyond = word("beyond", language, months=waiting.months)
    if waiting.median is None:
        median = f"{waiting.median_of_those:.0f}"
        told = word("wait_some", language, share=waiting.share, months=waiting.months, median=median)
    else:
        named = {
            name: beyond if months is None else f"{months:.0f}"
            for name in ("median", "low50", "high50", "low90", "high90")
            for months in [getattr(waiting, name)]
        }
        told = word("wait_all", language, **named)
    return [*found, told, word("assumed", language)]


__all__ = ["Answer", "Household", "HouseholdRefused", "Means", "Ruling", "Step", "Waiting", "household"]
