"""The per-person mode for families: who may apply when, cases, deferral, caps, visa and travel. Compiled.

A family meets a rule or not: shares of the rules are 0 or 1 here.
"""

from __future__ import annotations

import math
from typing import Any

from treves.policy.asylum.compiling import compiled
from treves.policy.asylum.fast_rules import PENDING, brake_met, conditions_met, falls_under, income_share
from treves.policy.asylum.layout import HISTORY, A, B
from treves.policy.asylum.persons_layout import (
    ARRIVES,
    ASK,
    DECIDED,
    FILES,
    FIRST_CAPPED,
    HELD,
    HOUSING,
    NO,
    OUTSIDE,
    PUT_OFF,
    SEVERE,
    STOPPED,
    U_APPROVED,
    U_HARD,
    U_HOME,
    U_MEANS,
    U_OUT,
    U_PLACED,
    U_TRAVEL,
    WANTS,
    YES,
    Crowd,
    Tally,
)
from treves.policy.asylum.persons_open import mix_line, months_at, push
from treves.policy.asylum.persons_seekers import apply
from treves.policy.asylum.stages import (
    ABROAD,
    BLOCKED,
    CAPPED,
    CASES,
    DEFERRED,
    EXCLUDED,
    F_ARRIVED_A,
    F_ARRIVED_B,
    F_ARRIVED_WAIT,
    FROZEN,
    HARDSHIP,
    HOMES,
    REFUSED,
    RELATIVES,
    TOGETHER,
    TRAVELLING,
)
from treves.policy.asylum.visas import binds, housed_share

_BRAKE, _UNUSED = 0, 2  # places in Work.memory
_TINY = 1e-12


@compiled
def has_home(i: int, crowd: Crowd, work: Tally) -> bool:
    """Return whether a sponsor has a home; of sponsors outside the chain, as many as of others granted that month."""
    if crowd.people[i].state == OUTSIDE:
        return bool(crowd.chance[i, U_HOME] < housed_share(float(crowd.people[i].granted), work))
    return bool(crowd.people[i].state == HOMES)


@compiled
def judge(at: int, rule: Any, work: Tally) -> None:
    """Set what the rules for B say by the month of the grant, so that few families have to be asked."""
    for granted in range(at + 1):
        months = at - granted
        if not rule.in_force or not falls_under(min(rule.transition, 1), rule.since, float(granted), float(at)):
            work.verdict[granted] = YES
        elif rule.suspended or months < rule.wait:
            work.verdict[granted] = NO
        elif rule.needs_income or rule.needs_housing or (work.memory[_BRAKE] > 0.0 and months < rule.brake_wait):
            work.verdict[granted] = ASK
        else:
            work.verdict[granted] = YES


@compiled
def may_apply(at: int, i: int, number: Any, rule: Any, crowd: Crowd, work: Tally) -> bool:
    """Return whether a family of a B holder meets what is asked of it this month."""
    granted = crowd.people[i].granted
    verdict = work.verdict[max(granted, 0)]
    if verdict != ASK:
        return bool(verdict == YES)
    months = at - granted
    income = 1.0 if crowd.chance[i, U_MEANS] < income_share(number.income_24, number.income_60, months) else 0.0
    home = 1.0 if not rule.needs_housing or has_home(i, crowd, work) else 0.0
    met = conditions_met(rule.wait, (rule.needs_income, rule.needs_housing), months, (income, home))
    if work.memory[_BRAKE] > 0.0:
        met *= brake_met(rule.brake_wait, months, income)
    return bool(met > 0.5)


@compiled
def freeze_cases(at: int, number: Any, rule: Any, crowd: Crowd, work: Tally) -> None:
    """Freeze cases of B holders when a measure starts that covers them, and free those who meet its conditions."""
    if rule.in_force and rule.transition == PENDING and at == max(rule.since, HISTORY):
        for place in range(crowd.heads[FILES], crowd.ends[FILES]):
            i = crowd.lines[FILES, place]
            if (
                crowd.people[i].family == CASES
                and crowd.people[i].status == B
                and not may_apply(at, i, number, rule, crowd, work)
            ):
                _take_out(i, crowd, work)
                crowd.people[i].family = FROZEN
                work.stock[FROZEN] += crowd.people[i].size
                crowd.counts[STOPPED] += 1
    if crowd.counts[STOPPED] == 0:
        return
    first = crowd.ends[FILES]
    for place in range(crowd.ends[FILES] - 1, crowd.heads[FILES] - 1, -1):
        i = crowd.lines[FILES, place]
        if crowd.people[i].family == FROZEN and may_apply(at, i, number, rule, crowd, work):
            _take_out(i, crowd, work)
            crowd.people[i].family = CASES
            work.stock[CASES] += crowd.people[i].size
            crowd.counts[STOPPED] -= 1
            first = place
    crowd.heads[FILES] = min(crowd.heads[FILES], first)


@compiled
def _take_out(i: int, crowd: Crowd, work: Tally) -> None:
    """Count a family no longer where it is; the caller says where it goes, as a stage that is passed costs compiling."""
    work.stock[crowd.people[i].family] -= crowd.people[i].size


@compiled
def want(at: int, number: Any, rule: Any, crowd: Crowd, work: Tally) -> None:
    """Let families apply who want to and may; hold back those who may not, but for hardship."""
    for granted in range(at + 1):
        if work.verdict[granted] != NO and crowd.calendars[HELD, granted] >= 0:
            _free(at, granted, number, rule, crowd, work)
    i = crowd.calendars[WANTS, at]
    while i >= 0:
        following = crowd.people[i].next_family
        if crowd.people[i].status == A or may_apply(at, i, number, rule, crowd, work):
            work.stock[ABROAD] -= crowd.people[i].size
            _apply_in_part(at, i, number, rule, crowd, work)
        elif rule.in_force and rule.hardship and crowd.chance[i, U_HARD] < number.hardship_share:
            _take_out(i, crowd, work)
            crowd.people[i].family = HARDSHIP
            work.stock[HARDSHIP] += crowd.people[i].size
            push(SEVERE, i, crowd)
        else:
            _take_out(i, crowd, work)
            crowd.people[i].family = BLOCKED
            work.stock[BLOCKED] += crowd.people[i].size
            _hold(i, crowd)
        i = following


@compiled
def _hold(i: int, crowd: Crowd) -> None:
    granted = crowd.people[i].granted
    crowd.people[i].next_held = crowd.calendars[HELD, granted]
    crowd.calendars[HELD, granted] = i


@compiled
def _free(at: int, granted: int, number: Any, rule: Any, crowd: Crowd, work: Tally) -> None:
    """Let those apply who now may, of the families held back whose sponsors were granted in a month."""
    i = crowd.calendars[HELD, granted]
    crowd.calendars[HELD, granted] = -1
    while i >= 0:
        following = crowd.people[i].next_held
        if crowd.people[i].family == BLOCKED:  # else its sponsor has won status A
            if may_apply(at, i, number, rule, crowd, work):
                work.stock[BLOCKED] -= crowd.people[i].size
                _apply_in_part(at, i, number, rule, crowd, work)
            else:
                _hold(i, crowd)
        i = following


@compiled
def _apply_in_part(at: int, i: int, number: Any, rule: Any, crowd: Crowd, work: Tally) -> None:
    """Let the part of a family apply that is within the core family, where that is asked."""
    if rule.in_force and rule.core_family and crowd.people[i].weight:
        granted = float(crowd.people[i].granted)
        if falls_under(min(rule.transition, 1), rule.since, granted, float(at)):
            out = _outside(crowd.chance[i, U_OUT], crowd.people[i].size, number.excluded_share)
            work.stock[EXCLUDED] += out
            crowd.people[i].size -= out
            crowd.people[i].out = out
            if crowd.people[i].size == 0:
                crowd.people[i].family = EXCLUDED
                return
    apply(at, i, crowd, work)


@compiled
def _outside(chance: float, size: int, share: float) -> int:
    """Return how many of a family are outside the core family: binomial."""
    if share >= 1.0:
        return size
    term = (1.0 - share) ** size
    out = 0
    while chance >= term and out < size:
        chance -= term
        term *= (size - out) / (out + 1.0) * share / (1.0 - share)
        out += 1
    return out


@compiled
def end_deferrals(at: int, rule: Any, crowd: Crowd, work: Tally) -> None:
    """Let families go on whose sponsor got a home, who have waited longest, or all when the measure is over."""
    kept = 0
    for place in range(crowd.ends[PUT_OFF]):
        i = crowd.lines[PUT_OFF, place]
        if _must_wait(at, i, rule, crowd, work):
            crowd.lines[PUT_OFF, kept] = i
            kept += 1
        else:
            _pass(at, i, rule, crowd, work)
    crowd.ends[PUT_OFF] = kept


@compiled
def _must_wait(at: int, i: int, rule: Any, crowd: Crowd, work: Tally) -> bool:
    if not rule.in_force or not rule.deferral or at - crowd.people[i].applied >= rule.deferral_most:
        return False
    return not has_home(i, crowd, work)


@compiled
def _pass(at: int, i: int, rule: Any, crowd: Crowd, work: Tally) -> None:
    """Let an approved family go on: to the line for the cap, or to its visa."""
    if crowd.people[i].status == B and binds(rule, float(crowd.people[i].granted), crowd.people[i].applied):
        _take_out(i, crowd, work)
        crowd.people[i].family = CAPPED
        work.stock[CAPPED] += crowd.people[i].size
    else:
        _give_visa(at, i, crowd, work)


@compiled
def _give_visa(at: int, i: int, crowd: Crowd, work: Tally) -> None:
    """Let a family travel, and note the month in which it arrives."""
    _take_out(i, crowd, work)
    crowd.people[i].family = TRAVELLING
    work.stock[TRAVELLING] += crowd.people[i].size
    crowd.people[i].issued = at
    month = at + months_at(crowd.chance[i, U_TRAVEL], work.pace[0])
    if month < crowd.calendars.shape[1]:
        crowd.people[i].next_family = crowd.calendars[ARRIVES, month]
        crowd.calendars[ARRIVES, month] = i


@compiled
def decide_families(at: int, number: Any, rule: Any, crowd: Crowd, work: Tally) -> None:
    """Decide the oldest family cases, within the capacity, A and B alike."""
    mix_line(FILES, crowd)
    left = (number.case_capacity if math.isnan(rule.cases) else rule.cases) + crowd.debts[FILES]
    last = at - int(number.case_least)
    place, head = crowd.heads[FILES], -1
    while left > _TINY and place < crowd.ends[FILES]:
        i = crowd.lines[FILES, place]
        if crowd.people[i].family == CASES:
            if crowd.people[i].applied > last:
                break
            left -= crowd.people[i].size
            _settle(at, i, number, rule, crowd, work)
        elif crowd.people[i].family == FROZEN and head < 0:
            head = place
        place += 1
    crowd.counts[DECIDED] = max(crowd.counts[DECIDED], place)
    crowd.heads[FILES] = place if head < 0 else head
    crowd.debts[FILES] = min(0.0, left)


@compiled
def _settle(at: int, i: int, number: Any, rule: Any, crowd: Crowd, work: Tally) -> None:
    granted, applied = float(crowd.people[i].granted), float(crowd.people[i].applied)
    if crowd.people[i].weight and crowd.chance[i, U_APPROVED] >= number.approval:
        _take_out(i, crowd, work)
        crowd.people[i].family = REFUSED
        work.stock[REFUSED] += crowd.people[i].size
    elif falls_under(rule.transition, rule.since, granted, applied) and _must_wait(at, i, rule, crowd, work):
        _take_out(i, crowd, work)
        crowd.people[i].family = DEFERRED
        work.stock[DEFERRED] += crowd.people[i].size
        push(PUT_OFF, i, crowd)
    else:
        _pass(at, i, rule, crowd, work)


@compiled
def issue_visas(at: int, rule: Any, crowd: Crowd, work: Tally) -> None:
    """Issue visas to those in line, the first first, within the caps; to all when the measure is over."""
    allowed = (rule.cap if rule.in_force else math.inf) + crowd.debts[PUT_OFF]
    if rule.in_force and rule.carry:
        allowed += work.memory[_UNUSED]
    left = _issue_capped(at, allowed, crowd, work)
    crowd.debts[PUT_OFF] = min(0.0, left)
    work.memory[_UNUSED] = max(0.0, left) if rule.in_force and rule.carry and not math.isinf(left) else 0.0
    if rule.in_force and rule.hardship:
        left = rule.hardship_cap + crowd.debts[SEVERE]
        while left > _TINY and crowd.heads[SEVERE] < crowd.ends[SEVERE]:
            i = crowd.lines[SEVERE, crowd.heads[SEVERE]]
            crowd.heads[SEVERE] += 1
            left -= crowd.people[i].size
            _give_visa(at, i, crowd, work)
        crowd.debts[SEVERE] = min(0.0, left)
    else:
        for place in range(crowd.heads[SEVERE], crowd.ends[SEVERE]):
            i = crowd.lines[SEVERE, place]
            work.stock[HARDSHIP] -= crowd.people[i].size
            apply(at, i, crowd, work)
        crowd.heads[SEVERE] = crowd.ends[SEVERE]


@compiled
def _issue_capped(at: int, allowed: float, crowd: Crowd, work: Tally) -> float:
    """Issue visas to those in line for the cap; return what is left of it, below 0 if the last family was too large."""
    head = -1
    place = crowd.counts[FIRST_CAPPED]
    while allowed > _TINY and place < crowd.counts[DECIDED]:
        i = crowd.lines[FILES, place]
        stage = crowd.people[i].family
        if stage == CAPPED:
            allowed -= crowd.people[i].size
            _give_visa(at, i, crowd, work)
        elif head < 0 and stage in (CASES, FROZEN, DEFERRED):
            head = place
        place += 1
    crowd.counts[FIRST_CAPPED] = place if head < 0 else head
    return allowed


@compiled
def let_arrive(at: int, number: Any, crowd: Crowd, work: Tally) -> float:
    """Let families arrive whose month has come; return how many persons need a place in reception."""
    placed = 0.0
    i = crowd.calendars[ARRIVES, at]
    while i >= 0:
        size = float(crowd.people[i].size)
        crowd.people[i].arrived = at
        work.stock[TRAVELLING] -= size
        work.flow[F_ARRIVED_A if crowd.people[i].status == A else F_ARRIVED_B] += size
        work.flow[F_ARRIVED_WAIT] += size * (at - crowd.people[i].granted)
        if crowd.chance[i, U_PLACED] < number.relatives_share:
            crowd.people[i].family = RELATIVES
            work.stock[RELATIVES] += size
            placed += size
            push(HOUSING, -1 - i, crowd)
        else:
            crowd.people[i].family = TOGETHER
            work.stock[TOGETHER] += size
        i = crowd.people[i].next_family
    return placed
