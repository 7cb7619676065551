"""From an approved family case to arrival: the deferral until there is a home, the caps, visa and travel. Compiled."""

from __future__ import annotations

import math
from typing import Any

from treves.policy.asylum.compiling import compiled
from treves.policy.asylum.fast_rules import falls_under, monthly, newly_met
from treves.policy.asylum.layout import A, B, Work
from treves.policy.asylum.stages import (
    CAPPED,
    CASES,
    DEFERRED,
    F_APPLIED,
    F_ARRIVED_A,
    F_ARRIVED_B,
    F_ARRIVED_WAIT,
    HARDSHIP,
    RELATIVES,
    TOGETHER,
    TRAVELLING,
)

_CAPPED, _HARDSHIP, _UNUSED = 3, 4, 2  # places in Work.heads, and in Work.memory
_TINY = 1e-12


@compiled
def housed_share(granted: float, work: Work) -> float:
    """Return the share of the sponsors granted in a month that have a home; between months, in proportion."""
    low = math.floor(granted)
    part = granted - low
    if part == 0.0:
        return _housed(low, work)
    return (1.0 - part) * _housed(low, work) + part * _housed(low + 1, work)


@compiled
def _housed(cohort: int, work: Work) -> float:
    """Of sponsors granted so long ago that none is on record, all have one."""
    if cohort < 0 or cohort >= len(work.housing_first) or work.housing_first[cohort] <= _TINY:
        return 1.0
    found: float = 1.0 - min(1.0, work.housing[cohort, 0] / work.housing_first[cohort])
    return found


@compiled
def approve(at: int, cohort: int, part: float, approval: float, rule: Any, work: Work) -> None:
    """Take a part of a cohort of cases out of the queue; what is approved goes on.

    Args:
        at: this month.
        cohort: month of the application.
        part: share of its cases that is decided.
        approval: share of those that is approved.
        rule: of this month.
        work: stages.
    """
    for status in range(2):
        row, deferred = work.cases[cohort, status], work.deferred[cohort, status]
        last = len(row) - 1
        persons = 0.0
        for g in range(last):
            persons += row[g]
        if persons <= 0.0:
            continue
        granted = row[last] / persons
        persons *= part * approval
        now = 1.0
        if rule.in_force and rule.deferral and falls_under(rule.transition, rule.since, granted, float(cohort)):
            now = housed_share(granted, work) if at - cohort < rule.deferral_most else 1.0
            work.deferred_met[cohort, status] = now
            work.stock[DEFERRED] += persons * (1.0 - now)
        capped = int(status == B and binds(rule, granted, cohort))
        to = work.capped[cohort] if capped else work.visas[status]
        for g in range(last + 1):
            decided = row[g] * part
            row[g] -= decided
            to[g] += decided * approval * now
            deferred[g] += decided * approval * (1.0 - now)
        _count(cohort, persons * now, capped, work)


@compiled
def binds(rule: Any, granted: float, applied: int) -> bool:
    """Return whether the cap binds relatives with this sponsor's grant and this application."""
    if not rule.in_force or math.isinf(rule.cap):
        return False
    return falls_under(rule.transition, rule.since, granted, float(applied))


@compiled
def _count(cohort: int, persons: float, capped: int, work: Work) -> None:
    if capped:
        work.capped_total[cohort] += persons
        work.stock[CAPPED] += persons
        if persons > 0.0:
            work.heads[_CAPPED] = min(work.heads[_CAPPED], cohort)
    else:
        work.stock[TRAVELLING] += persons


@compiled
def end_deferral(at: int, rule: Any, work: Work) -> None:
    """Let those go on whose sponsor got a home, who have waited longest, or all when the measure is over."""
    if work.stock[DEFERRED] <= 0.0:
        return
    last = work.deferred.shape[2] - 1
    active = rule.in_force and rule.deferral
    for cohort in range(at + 1):
        for status in range(2):
            persons = 0.0
            for g in range(last):
                persons += work.deferred[cohort, status, g]
            if persons <= 0.0:
                continue
            granted = work.deferred[cohort, status, last] / persons
            met = housed_share(granted, work) if active and at - cohort < rule.deferral_most else 1.0
            share = newly_met(work.deferred_met[cohort, status], met)
            work.deferred_met[cohort, status] = met
            capped = int(status == B and binds(rule, granted, cohort))
            to = work.capped[cohort] if capped else work.visas[status]
            for g in range(last + 1):
                moved = work.deferred[cohort, status, g] * share
                work.deferred[cohort, status, g] -= moved
                to[g] += moved
            work.stock[DEFERRED] -= persons * share
            _count(cohort, persons * share, capped, work)


@compiled
def issue(at: int, rule: Any, work: Work) -> None:
    """Issue visas to those in line, the first first, within the caps; to all when the measure is over."""
    allowed = rule.cap if rule.in_force else math.inf
    if rule.in_force and rule.carry:
        allowed += work.memory[_UNUSED]
    head, issued = _take(work.capped, work.capped_total, work.heads[_CAPPED], at, allowed, work)
    work.heads[_CAPPED] = head
    work.stock[CAPPED] -= issued
    work.stock[TRAVELLING] += issued
    work.memory[_UNUSED] = allowed - issued if rule.in_force and rule.carry and not math.isinf(allowed) else 0.0
    if rule.in_force and rule.hardship:
        head, issued = _take(work.hardship, work.hardship_total, work.heads[_HARDSHIP], at, rule.hardship_cap, work)
        work.heads[_HARDSHIP] = head
        work.stock[HARDSHIP] -= issued
        work.stock[TRAVELLING] += issued
    elif work.stock[HARDSHIP] > 0.0:
        _apply_instead(at, work)


@compiled
def _take(queue: Any, totals: Any, head: int, at: int, allowed: float, work: Work) -> tuple[int, float]:
    """Give visas to the first in a queue; return the first cohort that is left, and how many got one."""
    left, cohort, issued = allowed, head, 0.0
    while cohort <= at and left > _TINY:
        total = totals[cohort]
        part = 1.0 if total <= left else left / total
        row, visas = queue[cohort], work.visas[B]
        for g in range(len(row)):
            visas[g] += row[g] * part
            row[g] -= row[g] * part
        totals[cohort] = total * (1.0 - part)
        issued += total * part
        left -= total * part
        if part < 1.0:
            break
        cohort += 1
    return min(cohort, at), issued


@compiled
def _apply_instead(at: int, work: Work) -> None:
    """Without an exception any more, those in line for it apply in the ordinary way."""
    persons = 0.0
    for cohort in range(at + 1):
        for g in range(work.hardship.shape[1]):
            work.cases[at, B, g] += work.hardship[cohort, g]
            work.hardship[cohort, g] = 0.0
        persons += work.hardship_total[cohort]
        work.hardship_total[cohort] = 0.0
    work.cases_total[at] += persons
    work.stock[CASES] += persons
    work.flow[F_APPLIED] += persons
    work.stock[HARDSHIP] = 0.0
    work.heads[_HARDSHIP] = at


@compiled
def arrive(at: int, number: Any, work: Work) -> float:
    """Let relatives arrive, after visa and travel; return how many need a place in reception."""
    last = work.travelling.shape[1] - 1
    chance = monthly(number.visa_lag)
    arrived, born = 0.0, 0.0
    for status in range(2):
        persons = 0.0
        here, visas = work.travelling[status], work.visas[status]
        for g in range(last + 1):
            here[g] += visas[g]
            visas[g] = 0.0
            if g < last:
                persons += here[g] * chance
            else:
                born += here[g] * chance
            here[g] *= 1.0 - chance
        work.flow[F_ARRIVED_A if status == A else F_ARRIVED_B] = persons
        arrived += persons
    work.stock[TRAVELLING] -= arrived
    work.flow[F_ARRIVED_WAIT] = arrived * at - born
    placed: float = arrived * number.relatives_share
    work.stock[RELATIVES] += placed
    work.stock[TOGETHER] += arrived - placed
    work.housing[at, 1] += placed
    return placed
