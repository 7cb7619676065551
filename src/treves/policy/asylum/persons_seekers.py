"""The per-person mode for those who ask for asylum: appeals, decisions, homes, departures. Compiled."""

from __future__ import annotations

import math
from typing import Any

from treves.policy.asylum.compiling import compiled
from treves.policy.asylum.layout import RELATED, TURNED_DOWN, A, B
from treves.policy.asylum.persons_layout import (
    COMING,
    COURT,
    FILES,
    HOUSING,
    LEAVES,
    SEEKERS,
    U_APPEAL,
    U_FATE,
    U_LAG,
    U_SIZE,
    U_WIN,
    U_WON,
    Crowd,
    Tally,
)
from treves.policy.asylum.persons_open import lag_at, leave_later, mix_line, push, size_at, wait_for_home, want_later
from treves.policy.asylum.stages import (
    ABROAD,
    APPEALING,
    BLOCKED,
    CASES,
    CLOSED,
    F_APPLIED,
    F_DECIDED,
    F_DECIDED_WAIT,
    F_ENTERED_RELATIVES,
    F_ENTERED_SEEKERS,
    F_GRANTED_A,
    F_GRANTED_B,
    F_HOUSED,
    F_INFLOW,
    F_LEFT,
    HOLDERS,
    HOMES,
    LEAVING,
    LEFT,
    RELATIVES,
    SEEKING,
    TOGETHER,
)

_FOR_A = 6  # place in Work.memory
_TINY = 1e-12


@compiled
def come(at: int, crowd: Crowd, work: Tally) -> None:
    """Let those in who apply for asylum this month."""
    place = crowd.counts[COMING]
    while place < crowd.ends[SEEKERS] and crowd.people[crowd.lines[SEEKERS, place]].came <= at:
        crowd.people[crowd.lines[SEEKERS, place]].state = SEEKING
        work.stock[SEEKING] += 1.0
        work.flow[F_INFLOW] += 1.0
        work.flow[F_ENTERED_SEEKERS] += 1.0
        place += 1
    crowd.counts[COMING] = place


@compiled
def hear(at: int, number: Any, crowd: Crowd, work: Tally) -> None:
    """Decide the oldest appeals of both kinds, within the capacity of the courts."""
    left = number.court_capacity + crowd.debts[COURT]
    place = crowd.heads[COURT]
    while left > _TINY and place < crowd.ends[COURT] and crowd.people[crowd.lines[COURT, place]].decided < at:
        i = crowd.lines[COURT, place]
        place += 1
        left -= crowd.people[i].weight
        if crowd.people[i].state == APPEALING:
            _hear_refusal(at, i, number, crowd, work)
        else:
            work.memory[_FOR_A] -= crowd.people[i].weight
            if crowd.chance[i, U_WIN] < number.status_appeal_success:
                _upgrade(at, i, crowd, work)
    crowd.heads[COURT] = place
    crowd.debts[COURT] = min(0.0, left)


@compiled
def _hear_refusal(at: int, i: int, number: Any, crowd: Crowd, work: Tally) -> None:
    work.stock[APPEALING] -= crowd.people[i].weight
    with_a, with_b = work.mix[A, crowd.people[i].group], work.mix[B, crowd.people[i].group]
    if crowd.chance[i, U_WIN] < number.appeal_success and with_a + with_b > _TINY:
        status = A if crowd.chance[i, U_WON] * (with_a + with_b) < with_a else B
        grant(at, i, status, crowd, work)
    else:
        leave_later(at, i, crowd, work)


@compiled
def _upgrade(at: int, i: int, crowd: Crowd, work: Tally) -> None:
    """Give status A for the family of somebody who won it; held back by the rules for B, it applies at once."""
    if crowd.people[i].family == ABROAD:
        crowd.people[i].status = A
    elif crowd.people[i].family == BLOCKED:
        crowd.people[i].status = A
        work.stock[BLOCKED] -= crowd.people[i].size
        apply(at, i, crowd, work)


@compiled
def apply(at: int, i: int, crowd: Crowd, work: Tally) -> None:
    """Put a family in line for a decision on its case."""
    crowd.people[i].family, crowd.people[i].applied = CASES, at
    push(FILES, i, crowd)
    work.stock[CASES] += crowd.people[i].size
    work.flow[F_APPLIED] += crowd.people[i].size


@compiled
def decide_seekers(at: int, number: Any, rule: Any, crowd: Crowd, work: Tally) -> None:
    """Decide the oldest cases, within the capacity: closed, granted A or B, or refused."""
    left = (number.decision_capacity if math.isnan(rule.decisions) else rule.decisions) + crowd.debts[SEEKERS]
    last = at - int(number.decision_least)
    place = crowd.heads[SEEKERS]
    while left > _TINY and place < crowd.ends[SEEKERS] and crowd.people[crowd.lines[SEEKERS, place]].came <= last:
        i = crowd.lines[SEEKERS, place]
        place += 1
        left -= 1.0
        work.stock[SEEKING] -= 1.0
        work.flow[F_DECIDED] += 1.0
        work.flow[F_DECIDED_WAIT] += at - crowd.people[i].came
        crowd.people[i].decided = at
        _settle(at, i, number, rule, crowd, work)
    crowd.heads[SEEKERS] = place
    crowd.debts[SEEKERS] = min(0.0, left)


@compiled
def _settle(at: int, i: int, number: Any, rule: Any, crowd: Crowd, work: Tally) -> None:
    fate, g = crowd.chance[i, U_FATE], crowd.people[i].group
    if fate < number.closed_share:
        crowd.people[i].state = CLOSED
        work.stock[CLOSED] += 1.0
        return
    fate = (fate - number.closed_share) / (1.0 - number.closed_share)
    if fate < work.mix[TURNED_DOWN, g]:
        if crowd.chance[i, U_APPEAL] < number.appeal_share:
            crowd.people[i].state = APPEALING
            work.stock[APPEALING] += 1.0
            push(COURT, i, crowd)
        else:
            leave_later(at, i, crowd, work)
        return
    status = A if fate < work.mix[TURNED_DOWN, g] + work.mix[A, g] else B
    grant(at, i, status, crowd, work)
    if status == B and rule.two_status and crowd.chance[i, U_APPEAL] < number.status_appeal_share:
        work.memory[_FOR_A] += 1.0
        push(COURT, i, crowd)


@compiled
def grant(at: int, i: int, status: int, crowd: Crowd, work: Tally) -> None:
    """Grant a status: the holder waits for a home, and the family abroad may come into the chain."""
    weight = crowd.people[i].weight
    crowd.people[i].state, crowd.people[i].status, crowd.people[i].granted = HOLDERS, status, at
    work.stock[HOLDERS] += weight
    work.flow[F_GRANTED_A if status == A else F_GRANTED_B] += weight
    wait_for_home(at, i, crowd, work)
    if weight:
        crowd.people[i].size = size_at(
            crowd.chance[i, U_SIZE], work.mix[RELATED, crowd.people[i].group], crowd.household
        )
        if crowd.people[i].size == 0:
            return
        crowd.people[i].lag = lag_at(crowd.chance[i, U_LAG], work)
    crowd.people[i].family = ABROAD
    work.stock[ABROAD] += crowd.people[i].size
    work.flow[F_ENTERED_RELATIVES] += crowd.people[i].size
    want_later(i, crowd)


@compiled
def _since(entry: int, crowd: Crowd) -> int:
    """Return the month from which somebody waits for a home."""
    return int(crowd.people[entry].granted if entry >= 0 else crowd.people[-1 - entry].arrived)


@compiled
def house_persons(at: int, number: Any, rule: Any, crowd: Crowd, work: Tally) -> None:
    """House the first status holders and families in line, within what municipalities can do."""
    mix_line(HOUSING, crowd)
    left = (number.housing_capacity if math.isnan(rule.housed) else rule.housed) + crowd.debts[HOUSING]
    last = at - int(number.housing_least)
    place = crowd.heads[HOUSING]
    while left > _TINY and place < crowd.ends[HOUSING] and _since(crowd.lines[HOUSING, place], crowd) <= last:
        i = crowd.lines[HOUSING, place]
        place += 1
        if i < 0:
            i = -1 - i
            persons = float(crowd.people[i].size)
            crowd.people[i].family = TOGETHER
            work.stock[RELATIVES] -= persons
            work.stock[TOGETHER] += persons
        else:
            persons = float(crowd.people[i].weight)
            crowd.people[i].state, crowd.people[i].housed = HOMES, at
            work.stock[HOLDERS] -= persons
            work.stock[HOMES] += persons
            work.housing[crowd.people[i].granted, 0] -= persons
        work.flow[F_HOUSED] += persons
        left -= persons
    crowd.heads[HOUSING] = place
    crowd.debts[HOUSING] = min(0.0, left)


@compiled
def let_leave(at: int, crowd: Crowd, work: Tally) -> None:
    """Let refused persons leave reception whose month has come."""
    i = crowd.calendars[LEAVES, at]
    while i >= 0:
        crowd.people[i].state = LEFT
        work.stock[LEAVING] -= crowd.people[i].weight
        work.stock[LEFT] += crowd.people[i].weight
        work.flow[F_LEFT] += crowd.people[i].weight
        i = crowd.people[i].next_person
