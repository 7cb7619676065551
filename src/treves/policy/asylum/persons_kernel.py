"""The per-person mode, month by month. Compiled; it keeps to the rules and the order of :mod:`treves.policy.asylum.kernel`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from treves.policy.asylum.compiling import compiled, kernel, stamp
from treves.policy.asylum.kernel import _report
from treves.policy.asylum.layout import HISTORY, Floats
from treves.policy.asylum.persons_family import (
    decide_families,
    end_deferrals,
    freeze_cases,
    issue_visas,
    judge,
    let_arrive,
    want,
)
from treves.policy.asylum.persons_layout import MEANS_ENOUGH, MEANS_NEVER, RECORDS, U_MEANS, Crowd, Tally
from treves.policy.asylum.persons_open import add, open_crowd
from treves.policy.asylum.persons_seekers import come, decide_seekers, grant, hear, house_persons, let_leave
from treves.policy.asylum.reception import count_task, set_brake
from treves.policy.asylum.stages import (
    ABROAD,
    EXCLUDED,
    F_ENTERED_RELATIVES,
    F_ENTERED_SEEKERS,
    F_GRANTED_A,
    F_GRANTED_B,
    HOMES,
)


@compiled
def _month(since_start: int, number: Any, rule: Any, crowd: Crowd, work: Tally) -> None:
    at = HISTORY + since_start
    work.flow[:] = 0.0
    set_brake(number, rule, work)
    come(at, crowd, work)
    hear(at, number, crowd, work)
    decide_seekers(at, number, rule, crowd, work)
    judge(at, rule, work)
    freeze_cases(at, number, rule, crowd, work)
    want(at, number, rule, crowd, work)
    end_deferrals(at, rule, crowd, work)
    decide_families(at, number, rule, crowd, work)
    issue_visas(at, rule, crowd, work)
    placed = let_arrive(at, number, crowd, work)
    house_persons(at, number, rule, crowd, work)
    let_leave(at, crowd, work)
    count_task(rule, placed + work.flow[F_GRANTED_A] + work.flow[F_GRANTED_B], work)


@compiled
def _watch(crowd: Crowd) -> int:
    """Add sponsors that are only watched; return the first record."""
    first = crowd.counts[RECORDS]
    for one in crowd.watched:
        i = add(one.granted, crowd)
        crowd.people[i].weight, crowd.people[i].group = 0, 0
        crowd.people[i].lag = one.lag
        if one.means == MEANS_NEVER:
            crowd.chance[i, U_MEANS] = 2.0  # shares are 1 at most
        elif one.means == MEANS_ENOUGH:
            crowd.chance[i, U_MEANS] = -1.0
    return int(first)


@compiled
def _grant_watched(at: int, first: int, crowd: Crowd, work: Tally) -> None:
    for place in range(len(crowd.watched)):
        i = first + place
        if crowd.people[i].came == at:
            grant(at, i, crowd.watched[place].status, crowd, work)
            if crowd.watched[place].home:
                crowd.people[i].state = HOMES


@compiled
def _lost(persons: float, relatives: float, crowd: Crowd, work: Tally) -> float:
    """Return how many persons are not where the stocks say, counted over again from the records."""
    lost = abs(work.stock[:ABROAD].sum() - persons) + abs(work.stock[ABROAD:].sum() - relatives)
    for stage in range(len(work.stock)):
        count = 0
        for i in range(crowd.counts[RECORDS]):
            person = crowd.people[i]
            count += person.weight * (person.state == stage) + person.size * (person.family == stage)
            if stage == EXCLUDED:
                count += person.out
        lost += abs(count - work.stock[stage])
    return lost


def _made(source: int) -> Callable[..., int]:
    @kernel
    def run_crowd(
        number: Any,
        groups: Any,
        plan: Any,
        crowd: Crowd,
        work: Tally,
        out: Floats,
        lost: Floats,
    ) -> int:
        open_crowd(number, groups, plan, crowd, work)
        first = _watch(crowd)
        persons = work.stock[:ABROAD].sum()
        relatives = work.stock[ABROAD:].sum()
        for month in range(len(plan) if source >= 0 else 0):
            if len(crowd.watched):
                _grant_watched(HISTORY + month, first, crowd, work)
            _month(month, number, plan[month], crowd, work)
            _report(number, work, out[:, month])
            if len(lost):
                persons += work.flow[F_ENTERED_SEEKERS]
                relatives += work.flow[F_ENTERED_RELATIVES]
                lost[month] = _lost(persons, relatives, crowd, work)
        return first

    return run_crowd


run_crowd = _made(stamp())
"""Run the chain for the persons of one draw; returns the first of the watched records."""
