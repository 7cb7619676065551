"""Who is in the chain when the per-person mode begins, and who comes in later. Compiled."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from treves.policy.asylum.compiling import compiled
from treves.policy.asylum.family import fill_waiting
from treves.policy.asylum.fast_rules import LAST_APPLICATION, monthly
from treves.policy.asylum.layout import HISTORY, RELATED, A, B
from treves.policy.asylum.persons_layout import (
    COMING,
    COURT,
    FILES,
    HOUSING,
    LATE,
    LEAVES,
    RECORDS,
    SEEKERS,
    U_FATE,
    U_GROUP,
    U_LAG,
    U_LEAVE,
    U_SIZE,
    WANTS,
    Crowd,
    Tally,
)
from treves.policy.asylum.reception import open_reception
from treves.policy.asylum.seekers import set_mix, spread
from treves.policy.asylum.stages import ABROAD, APPEALING, CASES, HOLDERS, LEAVING, RELATIVES, SEEKING

_BEGIN = np.int64(HISTORY)
_ROUNDING = 1e-9


@compiled
def open_crowd(number: Any, groups: Any, plan: Any, crowd: Crowd, work: Tally) -> None:
    """Fill the records with everybody of the run, and the lines with those of the first month.

    Args:
        number: the draw.
        groups: nationalities.
        plan: of every month.
        crowd: without anybody.
        work: empty stages.
    """
    set_pace(number, work)
    fill_waiting(number.apply_lag, work)
    set_mix(number, groups, work.mix)
    open_reception(number, work)
    _open_seekers(number, groups, crowd, work)
    _open_homes(crowd, work)
    _open_cases(number, groups, crowd, work)
    _open_abroad(number, groups, crowd, work)
    crowd.counts[COMING] = crowd.ends[SEEKERS]
    _come(number, groups, plan, crowd)


@compiled
def add(came: int, crowd: Crowd) -> int:
    """Add a person who came in a month, and return the record."""
    i = crowd.counts[RECORDS]
    crowd.counts[RECORDS] = i + 1
    person = crowd.people[i]
    person.weight, person.came = 1, came
    return int(i)


@compiled
def push(line: int, i: int, crowd: Crowd) -> None:
    """Put a record at the end of a line."""
    crowd.lines[line, crowd.ends[line]] = i
    crowd.ends[line] += 1


@compiled
def mix_line(line: int, crowd: Crowd) -> None:
    """Put those who came into a line this month in random order, so that each is served at the same chance."""
    row, first = crowd.lines[line], crowd.mixed[line]
    for place in range(crowd.ends[line] - 1, first, -1):
        other = first + int(crowd.order[place] * (place - first + 1))
        row[place], row[other] = row[other], row[place]
    crowd.mixed[line] = crowd.ends[line]


@compiled
def part_of(total: float, place: int, parts: int) -> int:
    """Return how many of a total fall in one of `parts` equal parts, in whole persons that add up to the total."""
    before = math.floor(total * place / parts + _ROUNDING)
    return math.floor(total * (place + 1) / parts + _ROUNDING) - before


@compiled
def group_at(chance: float, groups: Any) -> int:
    """Return the nationality of an applicant with this random number."""
    for g in range(len(groups)):
        chance -= groups.share[g]
        if chance < 0.0:
            return g
    return len(groups) - 1


@compiled
def size_at(chance: float, related: float, household: float) -> int:
    """Return the relatives of a person granted: none, or 1 and a Poisson number more; `related` on average."""
    mean = max(household, related)
    if chance * mean >= related:
        return 0
    left, size = chance * mean / related, 1
    term = math.exp(1.0 - mean)
    while left >= term and size < 60:
        left -= term
        term *= (mean - 1.0) / size
        size += 1
    return size


@compiled
def lag_at(chance: float, work: Tally) -> int:
    """Return the months from the grant until a family wants to apply, by `rules.not_yet`."""
    for months in range(LAST_APPLICATION):
        if work.waiting[months] <= chance:
            return months
    return LAST_APPLICATION


@compiled
def set_pace(number: Any, work: Tally) -> None:
    """Set how fast travelling families arrive, and refused persons leave."""
    for place in range(2):
        stays = 1.0 - monthly(number.visa_lag if place == 0 else number.departure_lag)
        work.pace[place] = math.log(stays) if stays > 0.0 else -math.inf


@compiled
def months_at(chance: float, pace: float) -> int:
    """Return months in a stage that is left at an even chance a month; `pace` is the log of the chance to stay."""
    return int(min(float(LATE), math.log(max(chance, 1e-30)) / pace))


@compiled
def leave_later(at: int, i: int, crowd: Crowd, work: Tally) -> None:
    """Put a refused person among those who leave reception some months later."""
    crowd.people[i].state = LEAVING
    work.stock[LEAVING] += crowd.people[i].weight
    month = at + months_at(crowd.chance[i, U_LEAVE], work.pace[1])
    if month < crowd.calendars.shape[1]:
        crowd.people[i].next_person = crowd.calendars[LEAVES, month]
        crowd.calendars[LEAVES, month] = i


@compiled
def _open_seekers(number: Any, groups: Any, crowd: Crowd, work: Tally) -> None:
    for kind in range(2):
        persons = number.pending if kind == 0 else number.appeals
        ages = spread(persons, number.decision_capacity if kind == 0 else number.court_capacity)
        for age in range(ages):
            for _ in range(part_of(persons, age, ages)):
                i = add(HISTORY - ages + age, crowd)
                crowd.people[i].state = SEEKING if kind == 0 else APPEALING
                crowd.people[i].group = group_at(crowd.chance[i, U_GROUP], groups)
                if kind == 0:
                    push(SEEKERS, i, crowd)
                else:
                    crowd.people[i].decided = crowd.people[i].came
                    push(COURT, i, crowd)
                work.stock[SEEKING if kind == 0 else APPEALING] += 1.0
    for _ in range(math.floor(number.leaving + _ROUNDING)):
        i = add(_BEGIN, crowd)
        crowd.people[i].group = group_at(crowd.chance[i, U_GROUP], groups)
        leave_later(_BEGIN, i, crowd, work)


@compiled
def wait_for_home(at: int, i: int, crowd: Crowd, work: Tally) -> None:
    """Put a status holder in line for a home."""
    push(HOUSING, i, crowd)
    work.housing[at, 0] += crowd.people[i].weight
    work.housing_first[at] += crowd.people[i].weight


@compiled
def _open_homes(crowd: Crowd, work: Tally) -> None:
    """Replace the shares that reception opens with by whole persons."""
    holders, relatives = work.stock[HOLDERS], work.stock[RELATIVES]
    ages = 0
    for cohort in range(HISTORY):
        ages += work.housing[cohort, 0] + work.housing[cohort, 1] > 0.0
    work.housing[:] = 0.0
    work.housing_first[:] = 0.0
    work.stock[HOLDERS], work.stock[RELATIVES] = 0.0, 0.0
    for age in range(ages):
        at = HISTORY - ages + age
        for _ in range(part_of(holders, age, ages)):
            i = add(at, crowd)
            crowd.people[i].state = HOLDERS
            crowd.people[i].granted = at
            work.stock[HOLDERS] += 1.0
            wait_for_home(at, i, crowd, work)
        for _ in range(part_of(relatives, age, ages)):
            i = add(at, crowd)
            crowd.people[i].family, crowd.people[i].size, crowd.people[i].arrived = RELATIVES, 1, at
            work.stock[RELATIVES] += 1.0
            push(HOUSING, -1 - i, crowd)
        mix_line(HOUSING, crowd)


@compiled
def _sponsor(groups: Any, crowd: Crowd, work: Tally) -> int:
    """Add a sponsor who was granted before the run and has a family."""
    i = add(_BEGIN, crowd)
    mix = work.mix
    total = 0.0
    for status in range(2):
        for g in range(len(groups)):
            total += mix[status, g] * groups.share[g] * mix[RELATED, g] / max(crowd.household, mix[RELATED, g])
    left = crowd.chance[i, U_GROUP] * total
    crowd.people[i].status, crowd.people[i].group = A, 0
    for status in range(2):
        for g in range(len(groups)):
            weight = mix[status, g] * groups.share[g] * mix[RELATED, g] / max(crowd.household, mix[RELATED, g])
            if left >= 0.0 and weight > 0.0:
                crowd.people[i].status, crowd.people[i].group = status, g
                left -= weight
    related = max(crowd.household, mix[RELATED, crowd.people[i].group])
    crowd.people[i].size = size_at(crowd.chance[i, U_SIZE], related, related)
    return i


@compiled
def _open_cases(number: Any, groups: Any, crowd: Crowd, work: Tally) -> None:
    """Add the families whose cases are open, of evenly spread ages."""
    if _weight(groups, work) <= 0.0:
        return
    ages = spread(number.family_pending, number.case_capacity)
    for age in range(ages):
        while work.stock[CASES] < number.family_pending * (age + 1) / ages - _ROUNDING:
            i = _sponsor(groups, crowd, work)
            applied = HISTORY - ages + age
            since = number.apply_lag
            whole = math.floor(since)
            crowd.people[i].granted = applied - whole - int(crowd.chance[i, U_FATE] < since - whole)
            crowd.people[i].applied, crowd.people[i].family = applied, CASES
            push(FILES, i, crowd)
            work.stock[CASES] += crowd.people[i].size
    crowd.mixed[FILES] = crowd.ends[FILES]


@compiled
def _open_abroad(number: Any, groups: Any, crowd: Crowd, work: Tally) -> None:
    """Add the families of those granted before the run who have not applied yet."""
    each = _weight(groups, work) * number.decision_capacity * (1.0 - number.closed_share)
    if each <= 0.0:
        return
    wanted = 0.0
    for cohort in range(HISTORY - LAST_APPLICATION, HISTORY):
        left = work.waiting[HISTORY - 1 - cohort]
        wanted += each * left
        while work.stock[ABROAD] < wanted - _ROUNDING:
            i = _sponsor(groups, crowd, work)
            crowd.people[i].granted, crowd.people[i].family = cohort, ABROAD
            crowd.people[i].lag = lag_at(crowd.chance[i, U_LAG] * left, work)
            want_later(i, crowd)
            work.stock[ABROAD] += crowd.people[i].size


@compiled
def _weight(groups: Any, work: Tally) -> float:
    """Return relatives per person decided on the merits."""
    found = 0.0
    for g in range(len(groups)):
        found += (work.mix[A, g] + work.mix[B, g]) * groups.share[g] * work.mix[RELATED, g]
    return found


@compiled
def want_later(i: int, crowd: Crowd) -> None:
    """Note the month in which a family wants to apply."""
    month = crowd.people[i].granted + crowd.people[i].lag
    if month < crowd.calendars.shape[1]:
        crowd.people[i].next_family = crowd.calendars[WANTS, month]
        crowd.calendars[WANTS, month] = i


@compiled
def _come(number: Any, groups: Any, plan: Any, crowd: Crowd) -> None:
    """Add those who will apply during the run."""
    total, before = 0.0, 0
    for month in range(len(plan)):
        total += inflow(month, number, plan[month])
        for _ in range(math.floor(total + _ROUNDING) - before):
            i = add(HISTORY + month, crowd)
            crowd.people[i].group = group_at(crowd.chance[i, U_GROUP], groups)
            push(SEEKERS, i, crowd)
        before = math.floor(total + _ROUNDING)


@compiled
def inflow(month: int, number: Any, rule: Any) -> float:
    """Return the first applications of a month, as `seekers.apply_for_asylum` counts them."""
    total = rule.inflow
    if math.isnan(total):
        total = number.inflow / 12.0 * rule.season * (1.0 + number.inflow_drift) ** (month / 12.0)
    return float(total * (1.0 + number.inflow_response * rule.steps))
