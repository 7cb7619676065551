"""Relatives until their case is decided: who may apply when, hardship, frozen cases, decisions within a capacity. Compiled."""

from __future__ import annotations

import math
from typing import Any

from treves.policy.asylum.compiling import compiled
from treves.policy.asylum.fast_rules import (
    LAST_APPLICATION,
    PENDING,
    brake_met,
    conditions_met,
    falls_under,
    income_share,
    newly_met,
    not_yet,
)
from treves.policy.asylum.layout import HISTORY, RELATED, A, B, Work
from treves.policy.asylum.seekers import spread
from treves.policy.asylum.stages import (
    ABROAD,
    BLOCKED,
    CASES,
    EXCLUDED,
    F_APPLIED,
    FROZEN,
    REFUSED,
)
from treves.policy.asylum.stages import HARDSHIP as IN_HARDSHIP
from treves.policy.asylum.visas import approve, housed_share

_CASES, _BRAKE = 2, 0  # places in Work.heads and Work.memory
_TINY, _NOBODY = 1e-12, 1e-6


@compiled
def share_met(at: int, granted: float, rule: Any, work: Work) -> float:
    """Return the share of the sponsors of B status granted in a month who meet what is asked of them this month."""
    if not rule.in_force or not falls_under(min(rule.transition, 1), rule.since, granted, float(at)):
        return 1.0
    if rule.suspended:
        return 0.0
    months = at - math.floor(granted)
    income = work.means[min(months, len(work.means) - 1)]
    met = (income, housed_share(granted, work) if rule.needs_housing else 1.0)
    found = conditions_met(rule.wait, (rule.needs_income, rule.needs_housing), months, met)
    if work.memory[_BRAKE] > 0.0:
        found *= brake_met(rule.brake_wait, months, income)
    return found


@compiled
def want_to_apply(at: int, number: Any, rule: Any, work: Work) -> None:
    """Let relatives apply who want to and may; hold back those who may not, but for hardship."""
    binds = rule.in_force and (
        rule.suspended or rule.needs_income or rule.needs_housing or rule.wait > 0.0 or work.memory[_BRAKE] > 0.0
    )
    narrow = rule.in_force and rule.core_family
    if not binds and not narrow and work.stock[BLOCKED] <= _NOBODY:
        _apply_freely(at, work)
        return
    severe = number.hardship_share if rule.in_force and rule.hardship else 0.0
    first = HISTORY - LAST_APPLICATION  # nobody is on record from before
    if not binds and work.stock[BLOCKED] <= _NOBODY:
        first = max(0, at - LAST_APPLICATION)
    for cohort in range(first, at + 1):
        wants = _wants(at - cohort, work)
        if wants <= 0.0 and work.blocked[cohort] <= 0.0:
            continue
        out = 0.0
        if narrow and falls_under(min(rule.transition, 1), rule.since, float(cohort), float(at)):
            out = number.excluded_share
        work.stock[ABROAD] -= wants * (work.abroad_total[cohort, A] + work.abroad_total[cohort, B])
        _apply(at, cohort, A, wants, out, work)
        met = share_met(at, float(cohort), rule, work) if binds else 1.0
        _apply_b(at, cohort, wants, met, out, severe, work)
        work.met[cohort] = met


@compiled
def _wants(months: int, work: Work) -> float:
    """Return the share of relatives who newly want to apply so many months after the grant."""
    found: float = (work.waiting[months - 1] if months > 0 else 1.0) - work.waiting[months]
    return found


@compiled
def _apply_freely(at: int, work: Work) -> None:
    """Let all apply who want to, of A and B alike."""
    cases = work.cases_both[at]
    persons = 0.0
    for cohort in range(max(0, at - LAST_APPLICATION), at + 1):
        wants = _wants(at - cohort, work)
        if wants > 0.0:
            row = work.abroad_both[cohort]
            for g in range(len(row)):
                cases[g] += row[g] * wants
            persons += wants * (work.abroad_total[cohort, A] + work.abroad_total[cohort, B])
    work.cases_total[at] += persons
    work.stock[ABROAD] -= persons
    work.stock[CASES] += persons
    work.flow[F_APPLIED] += persons


@compiled
def _apply_b(at: int, cohort: int, wants: float, met: float, out: float, severe: float, work: Work) -> None:
    """Let relatives of B holders apply: those who met the conditions since last month, and those who newly want to.

    Args:
        at: this month.
        cohort: month of the sponsors' grants.
        wants: share of their relatives who newly want to apply.
        met: share that meets the conditions.
        out: share outside the core family.
        severe: share with recognised hardship.
        work: stages.
    """
    total = work.abroad_total[cohort, B]
    freed = work.blocked[cohort] * newly_met(work.met[cohort], met) if work.blocked[cohort] > 0.0 else 0.0
    _apply(at, cohort, B, wants * met + freed, out, work)
    held = wants * (1.0 - met)
    if held > 0.0 and severe > 0.0:
        row, hardship = work.abroad[cohort, B], work.hardship[at]
        for g in range(len(row)):
            hardship[g] += row[g] * held * severe
        work.hardship_total[at] += total * held * severe
        work.stock[IN_HARDSHIP] += total * held * severe
    kept = held * (1.0 - severe) - freed
    work.blocked[cohort] += kept
    work.stock[BLOCKED] += kept * total


@compiled
def _apply(at: int, cohort: int, status: int, share: float, out: float, work: Work) -> None:
    """Move a share of a cohort's relatives into the case queue, less those outside the core family."""
    if share <= 0.0:
        return
    kept = share * (1.0 - out)
    cases, abroad = work.cases[at, status], work.abroad[cohort, status]
    for g in range(len(abroad)):
        cases[g] += abroad[g] * kept
    total = work.abroad_total[cohort, status]
    work.cases_total[at] += total * kept
    work.stock[CASES] += total * kept
    work.flow[F_APPLIED] += total * kept
    work.stock[EXCLUDED] += total * share * out


@compiled
def freeze(at: int, rule: Any, work: Work) -> None:
    """Freeze pending cases of B holders when a measure starts that covers them, and free those who meet its conditions."""
    if rule.in_force and rule.transition == PENDING and at == max(rule.since, HISTORY):
        for cohort in range(at):
            _freeze(at, cohort, rule, work)
    if work.stock[FROZEN] <= 0.0:
        return
    for cohort in range(at):
        persons = 0.0
        for g in range(work.frozen.shape[1] - 1):
            persons += work.frozen[cohort, g]
        if persons <= 0.0:
            continue
        met = share_met(at, work.frozen[cohort, -1] / persons, rule, work)
        share = newly_met(work.frozen_met[cohort], met)
        work.frozen_met[cohort] = met
        for g in range(work.frozen.shape[1]):
            work.cases[cohort, B, g] += work.frozen[cohort, g] * share
            work.frozen[cohort, g] *= 1.0 - share
        work.cases_total[cohort] += persons * share
        work.stock[FROZEN] -= persons * share
        work.stock[CASES] += persons * share
        if share > 0.0:
            work.heads[_CASES] = min(work.heads[_CASES], cohort)


@compiled
def _freeze(at: int, cohort: int, rule: Any, work: Work) -> None:
    persons = 0.0
    for g in range(work.cases.shape[2] - 1):
        persons += work.cases[cohort, B, g]
    if persons <= _TINY:
        return
    met = share_met(at, work.cases[cohort, B, -1] / persons, rule, work)
    for g in range(work.cases.shape[2]):
        work.frozen[cohort, g] = work.cases[cohort, B, g] * (1.0 - met)
        work.cases[cohort, B, g] *= met
    work.frozen_met[cohort] = met
    work.cases_total[cohort] -= persons * (1.0 - met)
    work.stock[CASES] -= persons * (1.0 - met)
    work.stock[FROZEN] += persons * (1.0 - met)


@compiled
def decide_cases(at: int, number: Any, rule: Any, work: Work) -> None:
    """Decide the oldest family cases, within the capacity, A and B alike."""
    left = number.case_capacity if math.isnan(rule.cases) else rule.cases
    last = at - int(number.case_least)
    cohort = work.heads[_CASES]
    while cohort <= last and left > _TINY:
        total = work.cases_total[cohort]
        part = 1.0 if total <= left else left / total
        left -= total * part
        work.stock[CASES] -= total * part
        work.stock[REFUSED] += total * part * (1.0 - number.approval)
        if total > 0.0:
            approve(at, cohort, part, number.approval, rule, work)
        work.cases_total[cohort] = total * (1.0 - part)
        if part < 1.0:
            break
        cohort += 1
    work.heads[_CASES] = cohort


@compiled
def open_family(number: Any, groups: Any, work: Work) -> None:
    """Set the stages of the first month: open cases of evenly spread ages, and relatives who are still to apply.

    Past months are taken to have decided as many cases as the capacity allows.
    """
    ages = spread(number.family_pending, number.case_capacity)
    weight = 0.0
    for g in range(len(groups)):
        weight += (work.mix[A, g] + work.mix[B, g]) * groups.share[g] * work.mix[RELATED, g]
    for cohort in range(HISTORY - ages, HISTORY):
        if weight <= 0.0:
            break
        for status in range(2):
            persons = 0.0
            for g in range(len(groups)):
                part = work.mix[status, g] * groups.share[g] * work.mix[RELATED, g] / weight
                work.cases[cohort, status, g] = number.family_pending / ages * part
                persons += work.cases[cohort, status, g]
            work.cases[cohort, status, -1] = persons * (cohort - number.apply_lag)
            work.cases_total[cohort] += persons
            work.stock[CASES] += persons
    _open_abroad(number, groups, work)


@compiled
def _open_abroad(number: Any, groups: Any, work: Work) -> None:
    merits = number.decision_capacity * (1.0 - number.closed_share)
    for cohort in range(HISTORY - LAST_APPLICATION, HISTORY):
        for status in range(2):
            for g in range(len(groups)):
                granted = merits * work.mix[status, g] * groups.share[g]
                work.abroad[cohort, status, g] = granted * work.mix[RELATED, g]
                work.abroad_total[cohort, status] += work.abroad[cohort, status, g]
            work.abroad[cohort, status, len(groups)] = work.abroad_total[cohort, status] * cohort
            work.stock[ABROAD] += work.abroad_total[cohort, status] * work.waiting[HISTORY - 1 - cohort]


@compiled
def fill_waiting(mean: float, work: Work) -> None:
    """Set the share of relatives who have not yet wanted to apply, by months since the grant."""
    for months in range(len(work.waiting)):
        work.waiting[months] = not_yet(mean, months)


@compiled
def fill_means(number: Any, work: Work) -> None:
    """Set the share of sponsors with sufficient means, by months since the grant."""
    for months in range(len(work.means)):
        work.means[months] = income_share(number.income_24, number.income_60, months)
