"""The chain, month by month, draw by draw. Compiled; runs without the interpreter's lock, so threads can share the draws."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from treves.policy.asylum.compiling import compiled, kernel, stamp
from treves.policy.asylum.family import decide_cases, fill_means, fill_waiting, freeze, open_family, want_to_apply
from treves.policy.asylum.layout import HISTORY, B, Floats, Work
from treves.policy.asylum.reception import count_task, house, occupancy, open_reception, set_brake
from treves.policy.asylum.seekers import apply_for_asylum, decide, depart, hear_appeals, open_seekers, set_mix
from treves.policy.asylum.stages import (
    ABROAD,
    APPEALING,
    BLOCKED,
    CAPPED,
    CASES,
    CLOSED,
    DEFERRED,
    F_APPLIED,
    F_ARRIVED_A,
    F_ARRIVED_B,
    F_ARRIVED_WAIT,
    F_DECIDED,
    F_DECIDED_WAIT,
    F_ENTERED_RELATIVES,
    F_ENTERED_SEEKERS,
    F_GRANTED_A,
    F_GRANTED_B,
    F_HOUSED,
    F_INFLOW,
    F_LEFT,
    FROZEN,
    HARDSHIP,
    HOLDERS,
    HOMES,
    LEAVING,
    LEFT,
    REFUSED,
    RELATIVES,
    SEEKING,
)
from treves.policy.asylum.visas import arrive, end_deferral, issue

_BRAKE, _BACKLOG, _FOR_A = 0, 5, 6  # places in Work.memory
_LONGEST = 600.0  # months in line beyond which it no longer matters how many


@compiled
def _month(since_start: int, number: Any, groups: Any, rule: Any, work: Work) -> None:
    """Move everybody by one month, stage after stage."""
    at = HISTORY + since_start
    work.flow[:] = 0.0
    set_brake(number, rule, work)
    apply_for_asylum(at, since_start, number, groups, rule, work)
    hear_appeals(at, number, work)
    decide(at, number, rule, work)
    freeze(at, rule, work)
    want_to_apply(at, number, rule, work)
    end_deferral(at, rule, work)
    decide_cases(at, number, rule, work)
    issue(at, rule, work)
    placed = arrive(at, number, work)
    house(at, number, rule, work)
    depart(number, work)
    count_task(rule, placed + work.flow[F_GRANTED_A] + work.flow[F_GRANTED_B], work)


@compiled
def _report(number: Any, work: Work, out: Floats) -> None:
    """Write the indicators of a month, in the order of indicators.toml."""
    stock, flow = work.stock, work.flow
    arrived = flow[F_ARRIVED_A] + flow[F_ARRIVED_B]
    present = occupancy(number, work)
    out[0] = flow[F_INFLOW]
    out[1] = flow[F_DECIDED]
    out[2] = flow[F_GRANTED_A]
    out[3] = flow[F_GRANTED_B]
    out[4] = stock[SEEKING]
    out[5] = flow[F_DECIDED_WAIT] / flow[F_DECIDED] if flow[F_DECIDED] > 0.0 else math.nan
    out[6] = stock[APPEALING] + work.memory[_FOR_A]
    out[7] = flow[F_APPLIED]
    # what is left of an empty stock is rounding, and may lie a little below 0
    out[8] = max(0.0, stock[CASES] + stock[FROZEN])
    out[9] = max(0.0, stock[BLOCKED])
    out[10] = max(0.0, stock[DEFERRED])
    out[11] = max(0.0, stock[CAPPED])
    out[12] = max(0.0, stock[HARDSHIP])
    out[13] = arrived
    out[14] = flow[F_ARRIVED_B]
    out[15] = flow[F_ARRIVED_WAIT] / arrived if arrived > 1e-9 else math.nan
    line = out[8] + out[9] + out[10] + out[11] + out[12]
    out[16] = min(_LONGEST, line / arrived) if arrived > 1e-9 else _LONGEST
    out[17] = present
    out[18] = max(0.0, present / number.fill_rate - number.places)
    out[19] = stock[HOLDERS]
    out[20] = stock[RELATIVES]
    out[21] = flow[F_HOUSED]
    out[22] = work.memory[_BACKLOG]
    out[23] = flow[F_LEFT]
    out[24] = work.memory[_BRAKE]


@compiled
def _imbalance(at: int, persons: float, relatives: float, work: Work) -> float:
    """Return the largest relative gap between who came in and who is somewhere, counted over again from the stages."""
    groups = work.mix.shape[1]
    court = work.court[:, 0].sum()
    seekers = work.seekers.sum() + court + work.stock[LEAVING] + work.housing[:, 0].sum()
    seekers += work.stock[CLOSED] + work.stock[LEFT] + work.stock[HOMES]
    family = 0.0
    for cohort in range(at + 1):
        family += work.abroad[cohort, :, :groups].sum() * work.waiting[at - cohort]
        family += work.abroad[cohort, B, :groups].sum() * work.blocked[cohort]
    family += work.cases[:, :, :groups].sum() + work.frozen[:, :groups].sum() + work.deferred[:, :, :groups].sum()
    family += work.capped[:, :groups].sum() + work.hardship[:, :groups].sum() + work.travelling[:, :groups].sum()
    family += work.housing[:, 1].sum() + work.stock[REFUSED:].sum()
    gap = max(abs(seekers - persons), abs(work.stock[:ABROAD].sum() - persons)) / max(persons, 1.0)
    other = max(abs(family - relatives), abs(work.stock[ABROAD:].sum() - relatives)) / max(relatives, 1.0)
    # a maximum drops what is not a number; a sum keeps it
    found: float = max(gap, other) + 0.0 * (seekers + family)
    return found


def _made(source: int) -> Callable[[Any, Any, Any, Work, Floats, Floats], None]:
    """Return the kernel; it closes over the stamp of its source (see `compiling`)."""

    @kernel
    def run_draws(draws: Any, groups: Any, plan: Any, work: Work, out: Floats, error: Floats) -> None:
        for draw in range(len(draws) if source >= 0 else 0):
            number = draws[draw]
            work.every[:] = 0.0
            work.heads[:] = 0
            fill_waiting(number.apply_lag, work)
            fill_means(number, work)
            set_mix(number, groups, work.mix)
            open_seekers(number, groups, work)
            open_family(number, groups, work)
            open_reception(number, work)
            persons = work.stock[:ABROAD].sum()
            relatives = work.stock[ABROAD:].sum()
            for month in range(len(plan)):
                _month(month, number, groups, plan[month], work)
                _report(number, work, out[draw, :, month])
                if len(error):
                    persons += work.flow[F_ENTERED_SEEKERS]
                    relatives += work.flow[F_ENTERED_RELATIVES]
                    error[draw, month] = _imbalance(HISTORY + month, persons, relatives, work)

    return run_draws


run_draws = _made(stamp("kernel"))
"""Run the chain for each draw.

Args:
    draws: records of `layout.DRAW`.
    groups: records of `layout.GROUP`, one a nationality.
    plan: records of `layout.PLAN`, one a month.
    work: stages, for use by this call alone.
    out: (draws, indicators, months) filled in here.
    error: (draws, months) filled with how far persons are from conserved, relative to all who ever came in; or with no
        rows, to leave that check out.
"""
