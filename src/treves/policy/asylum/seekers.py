"""Those who ask for asylum: applications, decisions within a capacity, appeals. Compiled."""

from __future__ import annotations

import math
from typing import Any

from treves.policy.asylum.compiling import compiled
from treves.policy.asylum.fast_rules import monthly, shifted
from treves.policy.asylum.layout import HISTORY, REFUSED, RELATED, STATUS, TURNED_DOWN, A, B, Floats, Work
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
    F_INFLOW,
    F_LEFT,
    HOLDERS,
    LEAVING,
    LEFT,
    SEEKING,
)

_SEEKERS, _COURT, _FOR_A = 0, 1, 6  # places in Work.heads and Work.memory
_WIDEST = 14.0  # log odds by which a group's share is moved at most
_TINY = 1e-12


@compiled
def set_mix(number: Any, groups: Any, mix: Floats) -> None:
    """Set what becomes of those decided on the merits, by group, so that grant rate and share of B are met over all.

    The rates of the groups move together, each by the same change of its odds. So do relatives per person granted, by
    the same factor.
    """
    granted, b, turned_down, related = mix[A], mix[B], mix[TURNED_DOWN], mix[RELATED]
    _move(groups.share, groups.grant, number.grant_rate, turned_down)  # for now: those granted
    for g in range(len(groups)):
        granted[g] = groups.share[g] * turned_down[g]
    _move(granted, groups.share_b, number.share_b, b)
    total, relatives = 0.0, 0.0
    for g in range(len(groups)):
        total += granted[g]
        relatives += granted[g] * groups.relatives[g]
    for g in range(len(groups)):
        rate = turned_down[g]
        turned_down[g] = 1.0 - rate
        mix[A, g] = rate * (1.0 - b[g])
        mix[B, g] = rate * b[g]
        related[g] = number.relatives * groups.relatives[g] * (total / relatives if relatives > 0.0 else 1.0)


@compiled
def _move(weights: Floats, shares: Floats, wanted: float, found: Floats) -> None:
    """Set `found` to `shares` with their odds moved alike so that their weighted mean is as wanted, by bisection."""
    total = 0.0
    for g in range(len(weights)):
        total += weights[g]
    low, high = -_WIDEST, _WIDEST
    for _ in range(40):
        factor = math.exp(0.5 * (low + high))
        mean = 0.0
        for g in range(len(weights)):
            mean += weights[g] * shifted(shares[g], factor)
        if mean < wanted * total:
            low = 0.5 * (low + high)
        else:
            high = 0.5 * (low + high)
    for g in range(len(weights)):
        found[g] = wanted if wanted <= 0.0 or wanted >= 1.0 else shifted(shares[g], math.exp(low))


@compiled
def apply_for_asylum(at: int, since_start: int, number: Any, groups: Any, rule: Any, work: Work) -> None:
    """Add the first applications of a month."""
    total = rule.inflow
    if math.isnan(total):
        total = number.inflow / 12.0 * rule.season * (1.0 + number.inflow_drift) ** (since_start / 12.0)
    total *= 1.0 + number.inflow_response * rule.steps
    for g in range(len(groups)):
        work.seekers[at, g] += total * groups.share[g]
    work.seekers_total[at] += total
    work.stock[SEEKING] += total
    work.flow[F_INFLOW] = total
    work.flow[F_ENTERED_SEEKERS] = total


@compiled
def decide(at: int, number: Any, rule: Any, work: Work) -> None:
    """Decide the oldest cases, within the capacity: closed, granted A or B, or refused."""
    left = number.decision_capacity if math.isnan(rule.decisions) else rule.decisions
    last = at - int(number.decision_least)
    cohort = work.heads[_SEEKERS]
    decided = work.scratch[0]
    decided[:] = 0.0
    while cohort <= last and left > _TINY:
        total = work.seekers_total[cohort]
        part = 1.0 if total <= left else left / total
        taken = total * part
        left -= taken
        work.flow[F_DECIDED] += taken
        work.flow[F_DECIDED_WAIT] += taken * (at - cohort)
        row = work.seekers[cohort]
        for g in range(len(row)):
            decided[g] += row[g] * part
            row[g] -= row[g] * part
        work.seekers_total[cohort] = total - taken
        if part < 1.0:
            break
        cohort += 1
    work.heads[_SEEKERS] = cohort
    _settle(at, number, rule, work)


@compiled
def _settle(at: int, number: Any, rule: Any, work: Work) -> None:
    """Give those decided this month their outcome, and let those refused appeal."""
    decided, turned_down = work.scratch[0], work.mix[TURNED_DOWN]
    merits, appeals = work.scratch[1], work.court[at, REFUSED]
    total, refused = 0.0, 0.0
    for g in range(len(decided)):
        total += decided[g]
        merits[g] = decided[g] * (1.0 - number.closed_share)
        refused += merits[g] * turned_down[g]
        appeals[g] += merits[g] * turned_down[g] * number.appeal_share
    lodged = refused * number.appeal_share
    work.stock[SEEKING] -= total
    work.stock[CLOSED] += total * number.closed_share
    work.stock[APPEALING] += lodged
    work.stock[LEAVING] += refused - lodged
    grant(at, merits, work)
    if rule.two_status:
        for g in range(len(decided)):
            for_a = merits[g] * work.mix[B, g] * number.status_appeal_share
            work.court[at, STATUS, g] += for_a
            lodged += for_a
            work.memory[_FOR_A] += for_a
    work.court_total[at] += lodged


@compiled
def grant(at: int, persons: Floats, work: Work) -> None:
    """Grant the statuses to persons by group, as the mix says: holders wait for a home, and relatives may come in."""
    with_a, with_b, related = work.mix[A], work.mix[B], work.mix[RELATED]
    family_a, family_b = work.abroad[at, A], work.abroad[at, B]
    granted_a, granted_b, relatives_a, relatives_b = 0.0, 0.0, 0.0, 0.0
    for g in range(len(persons)):
        a, b = persons[g] * with_a[g], persons[g] * with_b[g]
        granted_a += a
        granted_b += b
        relatives_a += a * related[g]
        relatives_b += b * related[g]
        family_a[g] += a * related[g]
        family_b[g] += b * related[g]
    family_a[len(persons)] += relatives_a * at
    family_b[len(persons)] += relatives_b * at
    work.abroad_total[at, A] += relatives_a
    work.abroad_total[at, B] += relatives_b
    work.stock[ABROAD] += relatives_a + relatives_b
    work.flow[F_ENTERED_RELATIVES] += relatives_a + relatives_b
    work.stock[HOLDERS] += granted_a + granted_b
    work.housing[at, 0] += granted_a + granted_b
    work.housing_first[at] += granted_a + granted_b
    work.flow[F_GRANTED_A] += granted_a
    work.flow[F_GRANTED_B] += granted_b


@compiled
def hear_appeals(at: int, number: Any, work: Work) -> None:
    """Decide the oldest appeals of both kinds, within the capacity of the courts."""
    left = number.court_capacity
    cohort = work.heads[_COURT]
    won = work.scratch[0]
    won[:] = 0.0
    heard = 0.0
    while cohort < at and left > _TINY:
        total = work.court_total[cohort]
        part = 1.0 if total <= left else left / total
        left -= total * part
        row = work.court[cohort, REFUSED]
        for g in range(len(row)):
            heard += row[g] * part
            won[g] += row[g] * part * number.appeal_success
            row[g] -= row[g] * part
        if work.memory[_FOR_A] > 0.0:
            _hear_for_a(at, cohort, part, number, work)
        work.court_total[cohort] = total * (1.0 - part)
        if part < 1.0:
            break
        cohort += 1
    work.heads[_COURT] = cohort
    granted = 0.0
    for g in range(len(won)):  # who wins gets A or B as others of the group do; where none is granted, none wins
        share = work.mix[A, g] + work.mix[B, g]
        granted += won[g] if share > _TINY else 0.0
        won[g] = won[g] / share if share > _TINY else 0.0
    work.stock[APPEALING] -= heard
    work.stock[LEAVING] += heard - granted
    grant(at, won, work)


@compiled
def _hear_for_a(at: int, cohort: int, part: float, number: Any, work: Work) -> None:
    for g in range(work.court.shape[2]):
        heard = work.court[cohort, STATUS, g] * part
        work.court[cohort, STATUS, g] -= heard
        work.memory[_FOR_A] -= heard
        _upgrade(at, cohort, g, heard * number.status_appeal_success * work.mix[RELATED, g], work)


@compiled
def _upgrade(at: int, granted: int, g: int, relatives: float, work: Work) -> None:
    """Move relatives of sponsors who won status A; those whom the rules for B held back apply at once."""
    if relatives <= 0.0:
        return
    for status, more in ((B, -relatives), (A, relatives)):
        work.abroad[granted, status, g] += more
        work.abroad[granted, status, -1] += more * granted
        work.abroad_total[granted, status] += more
    freed = relatives * work.blocked[granted]
    work.cases[at, A, g] += freed
    work.cases[at, A, -1] += freed * granted
    work.cases_total[at] += freed
    work.stock[BLOCKED] -= freed
    work.flow[F_APPLIED] += freed
    work.stock[CASES] += freed


@compiled
def depart(number: Any, work: Work) -> None:
    """Let refused persons leave."""
    gone = work.stock[LEAVING] * monthly(number.departure_lag)
    work.stock[LEAVING] -= gone
    work.stock[LEFT] += gone
    work.flow[F_LEFT] = gone


@compiled
def open_seekers(number: Any, groups: Any, work: Work) -> None:
    """Set the stages of the first month: open cases, appeals and refused persons, of evenly spread ages."""
    for kind in range(2):
        persons = number.pending if kind == 0 else number.appeals
        pace = number.decision_capacity if kind == 0 else number.court_capacity
        ages = spread(persons, pace)
        for cohort in range(HISTORY - ages, HISTORY):
            for g in range(len(groups)):
                if kind == 0:
                    work.seekers[cohort, g] = persons / ages * groups.share[g]
                else:
                    work.court[cohort, REFUSED, g] = persons / ages * groups.share[g]
            if kind == 0:
                work.seekers_total[cohort] = persons / ages
            else:
                work.court_total[cohort] = persons / ages
    work.stock[SEEKING] = number.pending
    work.stock[APPEALING] = number.appeals
    work.stock[LEAVING] = number.leaving


@compiled
def spread(persons: float, pace: float) -> int:
    """Return over how many months of age a stock is spread: as long as it takes to work it off, 1 to `HISTORY`."""
    if persons <= 0.0:
        return 1
    if pace <= 0.0:
        return HISTORY
    return min(HISTORY, max(1, math.ceil(persons / pace)))
