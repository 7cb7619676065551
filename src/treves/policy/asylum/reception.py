"""Reception and homes: who is there, who is housed, and whether the emergency brake is on. Compiled."""

from __future__ import annotations

import math
from typing import Any

from treves.policy.asylum.compiling import compiled
from treves.policy.asylum.layout import HISTORY, Work
from treves.policy.asylum.seekers import spread
from treves.policy.asylum.stages import (
    APPEALING,
    F_HOUSED,
    HOLDERS,
    HOMES,
    LEAVING,
    RELATIVES,
    SEEKING,
    TOGETHER,
)

_HOUSING = 5  # place in Work.heads
_BRAKE, _BRAKE_LEFT, _TASK, _ENTERED, _BACKLOG = 0, 1, 3, 4, 5  # places in Work.memory
_TINY = 1e-12


@compiled
def house(at: int, number: Any, rule: Any, work: Work) -> None:
    """House the first status holders and relatives in line, within what municipalities can do."""
    left = number.housing_capacity if math.isnan(rule.housed) else rule.housed
    last = at - int(number.housing_least)
    cohort = work.heads[_HOUSING]
    while cohort <= last and left > _TINY:
        holders, relatives = work.housing[cohort, 0], work.housing[cohort, 1]
        total = holders + relatives
        part = 1.0 if total <= left else left / total
        left -= total * part
        work.housing[cohort, 0] = holders * (1.0 - part)
        work.housing[cohort, 1] = relatives * (1.0 - part)
        work.stock[HOLDERS] -= holders * part
        work.stock[HOMES] += holders * part
        work.stock[RELATIVES] -= relatives * part
        work.stock[TOGETHER] += relatives * part
        work.flow[F_HOUSED] += total * part
        if part < 1.0:
            break
        cohort += 1
    work.heads[_HOUSING] = min(cohort, at)


@compiled
def count_task(rule: Any, entered: float, work: Work) -> None:
    """Hold what was housed against the half-yearly task: those who came to wait for a home in the half-year before.

    Args:
        rule: of this month.
        entered: persons who came to wait for a home this month.
        work: stages.
    """
    if rule.half_year and work.memory[_ENTERED] > 0.0:
        work.memory[_TASK] = work.memory[_ENTERED]
    if rule.half_year:
        work.memory[_ENTERED] = 0.0
    work.memory[_ENTERED] += entered
    work.memory[_BACKLOG] = max(0.0, work.memory[_BACKLOG] + work.memory[_TASK] / 6.0 - work.flow[F_HOUSED])


@compiled
def occupancy(number: Any, work: Work) -> float:
    """Return persons in reception."""
    seekers = number.seekers_share * (work.stock[SEEKING] + work.stock[APPEALING])
    found: float = seekers + work.stock[LEAVING] + work.stock[HOLDERS] + work.stock[RELATIVES]
    return found


@compiled
def set_brake(number: Any, rule: Any, work: Work) -> None:
    """Put the emergency brake on when a trigger is passed; it stays on for its least term, and while one is passed."""
    if not rule.in_force or not rule.brake:
        work.memory[_BRAKE] = 0.0
        work.memory[_BRAKE_LEFT] = 0.0
        return
    passed = False
    if rule.brake_occupancy > 0.0:
        passed = occupancy(number, work) / number.fill_rate > rule.brake_occupancy * number.places
    if rule.brake_backlog > 0.0:
        passed = passed or work.memory[_BACKLOG] > rule.brake_backlog
    if rule.brake_decision > 0.0:
        passed = passed or work.stock[SEEKING] > rule.brake_decision * max(number.decision_capacity, _TINY)
    if passed:
        if work.memory[_BRAKE] <= 0.0:
            work.memory[_BRAKE_LEFT] = rule.brake_least
        work.memory[_BRAKE] = 1.0
    elif work.memory[_BRAKE_LEFT] <= 0.0:
        work.memory[_BRAKE] = 0.0
    work.memory[_BRAKE_LEFT] -= 1.0


@compiled
def open_reception(number: Any, work: Work) -> None:
    """Set the stages of the first month: status holders and relatives in reception, of evenly spread ages."""
    relatives = min(number.relatives_present, number.holders)
    ages = spread(number.holders, number.housing_capacity)
    for cohort in range(HISTORY - ages, HISTORY):
        work.housing[cohort, 0] = (number.holders - relatives) / ages
        work.housing[cohort, 1] = relatives / ages
        work.housing_first[cohort] = work.housing[cohort, 0]
    work.stock[HOLDERS] = number.holders - relatives
    work.stock[RELATIVES] = relatives
    work.memory[_TASK] = number.housing_task
    work.memory[_BACKLOG] = number.housing_backlog
