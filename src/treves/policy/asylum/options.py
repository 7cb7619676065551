"""From the settings of a reform to a plan: which rules hold in which month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from treves.model.policy import Branch, Reform, Value
from treves.policy.asylum.catalogue import LEVERS
from treves.policy.asylum.layout import HISTORY, PLAN, Floats
from treves.policy.asylum.rules import NEW_APPLICATIONS, NEW_GRANTS, PENDING
from treves.policy.settings import PeriodRefused, SettingRefused, number_of, settings_of, with_settings

TRANSITIONS = {"grants": NEW_GRANTS, "applications": NEW_APPLICATIONS, "pending": PENDING}
GIVEN = ("inflow", "decisions", "cases", "housed")
"""What may be given month by month in place of the drawn figures."""
_SAME = ("suspended", "core_family", "deferral", "brake")
_AMOUNTS = ("wait", "deferral_most", "brake_wait", "brake_least", "brake_occupancy", "brake_backlog", "brake_decision")


def plan_of(
    reform: Reform,
    *,
    months: int,
    start: date,
    season: Floats,
    given: Mapping[str, Sequence[float]] | None = None,
) -> Any:
    """Return the plan of a reform: a record of `layout.PLAN` for every month.

    Args:
        reform: settings of levers.
        months: how many.
        start: first month of the run.
        season: first applications by calendar month, relative to the mean.
        given: figures by month that replace drawn ones, by the names of `GIVEN`; not a number leaves the drawn one.

    Raises:
        PeriodRefused: the measure ends, or is struck down, before it starts.
        SettingRefused: figures are given under another name or for another number of months.
    """
    settings = settings_of(LEVERS, reform)
    plan = np.zeros(months, dtype=PLAN)
    first, after = term(settings, start)
    at = np.arange(months)
    plan["in_force"] = (at >= first) & (at < after)
    plan["since"] = HISTORY + first
    plan["two_status"] = bool(settings["two_status"]) & (at >= first)
    plan["needs_income"], plan["needs_housing"] = bool(settings["income"]), bool(settings["housing"])
    plan["transition"] = TRANSITIONS[str(settings["transition"])]
    for name in _SAME:
        plan[name] = bool(settings[name])
    for name in _AMOUNTS:
        plan[name] = number_of(settings, name)
    cap, hardship = number_of(settings, "cap"), number_of(settings, "hardship_cap")
    plan["cap"] = cap if cap >= 0 else np.inf
    plan["hardship"], plan["hardship_cap"] = hardship >= 0, max(hardship, 0.0)
    until = settings["carry_until"]
    plan["carry"] = bool(settings["carry_over"]) & (
        at < (month_of(until, start) if isinstance(until, date) else months)
    )
    plan["steps"] = plan["in_force"] * (number_of(settings, "response_steps") if settings["response"] else 0.0)
    calendar = (start.month - 1 + at) % 12
    plan["season"], plan["half_year"] = season[calendar], calendar % 6 == 0
    for name in GIVEN:
        plan[name] = np.nan
    _give(plan, given or {})
    return plan.view(np.recarray)


def term(settings: Mapping[str, Value], start: date) -> tuple[int, float]:
    """Return the months, counted from the start of the run, in which a measure begins and in which it no longer holds.

    A measure holds for the whole of the month in which it begins, and no longer from the month in which it ends.

    Raises:
        PeriodRefused: it ends, or is struck down, before it starts.
    """
    begins = settings["start"] if isinstance(settings["start"], date) else start
    first = month_of(begins, start)
    after = float("inf")
    for name in ("end", "struck"):
        ends = settings[name]
        if not isinstance(ends, date):
            continue
        if ends < begins:
            raise PeriodRefused(
                "The measure starts on {begins} and {name} is {ends}.",
                hint="Give {name} a day after the start.",
                begins=begins,
                ends=ends,
                name=name,
            )
        after = min(after, month_of(ends, start))
    if limit := number_of(settings, "months"):
        after = min(after, first + limit)
    return first, after


def month_of(day: date, start: date) -> int:
    """Return the month of a day, counted from the month in which a run starts, which is 0."""
    return 12 * (day.year - start.year) + day.month - start.month


def in_court(reform: Reform, *, struck: date, chance: float | None = None) -> Reform:
    """Return a reform with two branches: it stands, or a court strikes it down on a day.

    Args:
        reform: the measure.
        struck: the day.
        chance: that it is struck down, 0-1; None leaves it open, and the branches are never mixed.

    Raises:
        SettingRefused: the chance is not from 0 to 1.
    """
    if chance is not None and not 0 <= chance <= 1:
        raise SettingRefused("{chance} is no chance.", hint="Give 0 to 1.", chance=chance)
    stands = Branch(
        "stands", "stands in court", "houdt stand bij de rechter", (), None if chance is None else 1 - chance
    )
    falls = Branch(
        "struck",
        f"struck down in {struck:%Y-%m}",
        f"buiten werking gesteld in {struck:%Y-%m}",
        (("struck", struck),),
        chance,
    )
    return Reform(reform.key, reform.label, reform.label_nl, reform.settings, (stands, falls))


def with_start(reform: Reform, day: date) -> Reform:
    """Return a reform that starts on a day."""
    return with_settings(reform, reform.key, [("start", day)])


def _give(plan: Any, given: Mapping[str, Sequence[float]]) -> None:
    for name, figures in given.items():
        if name not in GIVEN or len(figures) != len(plan):
            raise SettingRefused(
                "{count} figures are given for {name}.",
                hint="Give {months} figures for any of: {names}.",
                count=len(figures),
                name=name,
                months=len(plan),
                names=", ".join(GIVEN),
            )
        plan[name] = figures
