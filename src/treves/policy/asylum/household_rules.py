"""The rules of an option for one household, one by one, without any simulation."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

import attrs

from treves.model.policy import Reform, Value
from treves.policy.asylum.catalogue import LEVERS
from treves.policy.asylum.household_texts import source_of
from treves.policy.asylum.options import TRANSITIONS, month_of, term
from treves.policy.asylum.rules import NEW_GRANTS, conditions_met, falls_under
from treves.policy.settings import number_of, settings_of

if TYPE_CHECKING:
    from treves.policy.asylum.household import Household

TERM = 6
"""Months within which a decision on a family application is due."""


@attrs.frozen
class Step:
    """One rule, applied to a household.

    Attributes:
        rule: its key.
        met: whether the household meets it; None where that is not a yes or a no.
        since: the month from which it is met, or until which it holds.
        source: what it rests on.
        state: "met", "unmet" or "later", for the wording.
        why: key of a reason, for the wording.
        numbers: for the wording.
    """

    rule: str
    met: bool | None
    since: date | None = None
    source: str = ""
    state: str = ""
    why: str = ""
    numbers: tuple[tuple[str, object], ...] = ()


@attrs.frozen
class Ruling:
    """What the rules say.

    Attributes:
        kind: "at_once", "from" (a month), "conditions" (a month, and something else), "hardship" (only), "never" (as long
            as the measure holds) or "excluded" (none of the relatives).
        earliest: the first month in which the family may apply, if it meets the conditions by then; None for the last three.
        needs: "means" and "home", as far as they are asked for and not there.
        count: relatives who may come, if any may.
        steps: the rules one by one.
    """

    kind: str
    earliest: date | None
    needs: tuple[str, ...]
    count: int
    steps: tuple[Step, ...]


def later(day: date, months: int) -> date:
    """Return the first day of the month that is so many months after that of `day`."""
    place = 12 * day.year + day.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def ruling(asked: Household, reform: Reform, *, start: date) -> Ruling:
    """Apply the rules of an option to a household.

    Args:
        asked: the household.
        reform: the option, or a branch of it.
        start: first month of the options that set no start.

    Raises:
        PolicyError: a setting of the option cannot be used.
    """
    settings = settings_of(LEVERS, reform)
    granted = asked.granted.replace(day=1)
    at = month_of(granted, start)
    begins, ends = term(settings, start)
    covered = _covered(settings, at, at + asked.applies_after, begins, ends)
    core = bool(settings["core_family"]) and covered == ""
    count = asked.core if core else asked.relatives
    steps = list(_steps(asked, settings, start, covered))
    limited = asked.status == "B" and covered == ""
    wait, needs = _conditions(asked, settings) if limited else (0, ())
    over = later(start, int(ends)) if limited and not math.isinf(ends) else None
    kind, earliest = _when(settings, granted, wait, needs, over) if limited else ("at_once", granted)
    frees = over is not None and _restricts(settings) and not settings["suspended"]
    if frees and (earliest is None or over == earliest or needs):
        steps.append(Step("over", met=None, since=over))
    if not count:
        kind, earliest = "excluded", None
    cited = tuple(attrs.evolve(step, source=source_of(step.rule, reform.key)) for step in steps)
    return Ruling(kind, earliest, needs if kind == "conditions" else (), count, cited)


def _covered(settings: Mapping[str, Value], granted: int, applied: int, begins: int, ends: float) -> str:
    """Return why a measure does not cover a household; empty if it does."""
    transition = TRANSITIONS[str(settings["transition"])]
    if applied >= ends:
        return "over"
    if falls_under(transition, begins, granted, applied):
        return ""
    return "granted" if transition == NEW_GRANTS else "applied"


def _conditions(asked: Household, settings: Mapping[str, Value]) -> tuple[int, tuple[str, ...]]:
    """Return months after the permit before which the family may not come, and what else is asked and not there."""
    wait = int(number_of(settings, "wait"))
    needs = []
    if settings["income"] and asked.means != "enough":
        needs.append("means")
    if settings["housing"] and not asked.home:
        needs.append("home")
    if settings["brake"] and asked.means != "enough":
        wait = max(wait, int(number_of(settings, "brake_wait")))
    return wait, tuple(needs)


def _when(
    settings: Mapping[str, Value], granted: date, wait: int, needs: tuple[str, ...], over: date | None
) -> tuple[str, date | None]:
    """Return the kind of the ruling for a B holder who falls under a measure, and the first month."""
    asked = (bool(settings["income"]), bool(settings["housing"]))
    had = (0.0 if "means" in needs else 1.0, 0.0 if "home" in needs else 1.0)
    free = later(granted, wait)
    if settings["suspended"]:
        if over is not None:
            return "from", over
        return ("hardship" if number_of(settings, "hardship_cap") >= 0 else "never"), None
    if conditions_met(wait, asked, wait, had) > 0.0:
        earliest = min(free, over) if over is not None and over > granted else free
        return ("from" if earliest > granted else "at_once"), earliest
    return "conditions", free


def _restricts(settings: Mapping[str, Value]) -> bool:
    return bool(settings["suspended"] or settings["income"] or settings["housing"] or number_of(settings, "wait"))


def _steps(asked: Household, settings: Mapping[str, Value], start: date, covered: str) -> Iterator[Step]:
    """Yield the rules that bear on a household."""
    granted = asked.granted.replace(day=1)
    if covered and any(key != "two_status" and settings[key] != lever_default(key) for key in settings):
        yield Step("outside", met=None, why=covered)
    if not covered:
        if settings["core_family"]:
            numbers = (("count", asked.core), ("all", asked.relatives))
            yield Step("core_family", met=asked.core == asked.relatives, numbers=numbers)
        if asked.status == "A" and settings["two_status"]:
            yield Step("status_a", met=True)
        if asked.status == "B":
            yield from _limits(asked, settings, start)
        if settings["deferral"]:
            most = int(number_of(settings, "deferral_most"))
            yield Step("deferral", asked.home, state="met" if asked.home else "later", numbers=(("months", most),))
    limited = not covered and asked.status == "B" and (_restricts(settings) or settings["brake"])
    if not limited:
        yield Step("window", met=True, since=granted)
    yield Step("term", met=None, numbers=(("months", TERM),))


def _limits(asked: Household, settings: Mapping[str, Value], start: date) -> Iterator[Step]:
    """Yield the rules for B holders."""
    granted = asked.granted.replace(day=1)
    _, ends = term(settings, start)
    wait, brake = int(number_of(settings, "wait")), int(number_of(settings, "brake_wait"))
    means = {"enough": "met", "none": "later", "never": "unmet"}[asked.means]
    if settings["suspended"]:
        yield Step("suspended", met=False, since=None if math.isinf(ends) else later(start, int(ends)))
    if wait:
        yield Step("wait", met=None, since=later(granted, wait), numbers=(("months", wait),))
    if settings["income"]:
        yield Step("income", met=means == "met", state=means)
    if settings["housing"]:
        yield Step("housing", met=asked.home, state="met" if asked.home else "later")
    if settings["brake"]:
        yield Step("brake", met=means == "met", since=later(granted, brake), state=means, numbers=(("months", brake),))
    held = settings["suspended"] or wait or settings["income"] or settings["housing"] or settings["brake"]
    if held and number_of(settings, "hardship_cap") >= 0:
        yield Step("hardship", met=None, numbers=(("cap", f"{number_of(settings, 'hardship_cap'):.0f}"),))
    if number_of(settings, "cap") >= 0:
        yield Step("cap", met=None, numbers=(("cap", f"{number_of(settings, 'cap'):.0f}"),))
    if settings["two_status"] and (held or number_of(settings, "cap") >= 0):
        yield Step("appeal", met=None)


def lever_default(key: str) -> Value:
    """Return the setting of a lever in the baseline."""
    return next(lever.default for lever in LEVERS if lever.key == key)
