"""How talks go: compiled rounds of bargaining over a list of packages, under a decision rule and red lines.

Time runs from 0 to 1 at the deadline. At time t a party aspires to ``best - (best - reservation) * t ** (1 / concession)``
(time-dependent concessions: P. Faratin, C. Sierra and N. Jennings, Robotics and Autonomous Systems 24, 1998) and accepts
what is worth that much to it. Two protocols:

- *alternating offers*: parties propose in turn. A proposer looks at some packages, at random, that meet its own
  aspiration, and offers the one that it thinks the others can best live with: it knows what they want, not where their
  reservation lies nor how they concede.
- *mediated single text* (H. Raiffa, The Art and Science of Negotiation, 1982; M. Klein, P. Faratin, H. Sayama and
  Y. Bar-Yam, Group Decision and Negotiation 12, 2003): a mediator proposes one improvement of one text after another; a
  change is made when parties that can pass it each like it better or can live with it, and the text is agreed when they
  accept it.

Until the last round every stated red line binds. In the last one (the deadline effect: A. Roth, J. Murnighan and
F. Schoumaker, American Economic Review 78, 1988) all aspirations are down to the reservation values and everything is
looked at: a line that is real stands, one that is only a demand falls with the chance that its party gives way. If then a
package can pass, it is agreed: the favourite of the one whose turn it is, or the mediator's. So a chance of agreement is
not lowered by a lack of skill in finding what can pass.

At the end of each earlier round a party may walk out; if no coalition of those who stay can pass anything, talks collapse.

Random numbers are keyed by draw, negotiation and what they decide, never by the order in which they are asked for.

All compiled functions that call one another stand in this one file: Numba compiles a cached function afresh when its own file
changes, not when that of one it calls does.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from treves.bargaining.board import ALTERNATING, Board, Course, Floats, Integers, Log, Rule, Stakes, State, Steps
from treves.bargaining.splitmix import GOLDEN, keyed, mixed, unit

_NEVER = 1 << 60
_TOLERANCE = 1e-9  # utilities that differ by less count as equal
_S32 = np.uint64(32)


@njit(cache=True)
def passes(rule: Rule, consent: int) -> bool:
    """Return whether the consent of these parties passes a package."""
    if consent & rule.veto != rule.veto:
        return False
    for coalition in rule.coalitions:
        if consent & coalition == coalition:
            return True
    if rule.coalitions.size:
        return False
    total = 0.0
    for party in range(rule.weights.size):
        if consent >> party & 1:
            total += rule.weights[party]
    return total >= rule.quota


@njit(cache=True)
def worth(board: Board, stakes: Stakes, draw: int) -> Floats:
    """Return the utility of every package to every party in one draw, (N, P)."""
    packages, issues = board.columns.shape
    parties = stakes.values.shape[1]
    values = stakes.values[draw]
    found = board.extra.copy()
    for x in range(packages):
        for i in range(issues):
            column = board.columns[x, i]
            for p in range(parties):
                found[x, p] += values[p, column]
    if board.valued.shape[0]:
        for x in range(packages):
            indicators = board.baselines.copy()
            for e in range(board.effect_of.size):
                if board.holds[e, x]:
                    indicators[board.effect_of[e]] += stakes.amounts[draw, e]
            for v in range(board.valued.shape[0]):
                worst, best = board.ends[v, 0], board.ends[v, 1]
                part = (indicators[board.valued[v, 1]] - worst) / (best - worst) if best != worst else 0.0
                found[x, board.valued[v, 0]] += stakes.weights[draw, v] * min(max(part, 0.0), 1.0)
    if board.clipped:
        for x in range(packages):
            for p in range(parties):
                found[x, p] = min(max(found[x, p], 0.0), 1.0)
    return found


@njit(cache=True)
def bests(utility: Floats) -> Floats:
    """Return the most that each party can get."""
    return np.array([utility[:, p].max() if utility.shape[0] else 0.0 for p in range(utility.shape[1])])


@njit(cache=True)
def levels(rule: Rule, least: Floats) -> Floats:
    """Return for each row the highest level at which the parties that reach it can pass something; else minus infinity."""
    rows, parties = least.shape[0], least.shape[1]
    found = np.empty(rows)
    if rule.coalitions.size == 1:
        needed = rule.coalitions[0] | rule.veto
        members = np.array([p for p in range(parties) if needed >> p & 1])
        for x in range(rows):
            lowest = np.inf
            for p in members:
                lowest = min(lowest, least[x, p])
            found[x] = lowest
        return found
    for x in range(rows):
        consent, found[x] = 0, -np.inf
        for _ in range(parties):
            pick = -1
            for p in range(parties):
                if not consent >> p & 1 and (pick < 0 or least[x, p] > least[x, pick]):
                    pick = p
            consent |= 1 << pick
            if passes(rule, consent):
                found[x] = least[x, pick]
                break
    return found


@njit(cache=True)
def appeals(rule: Rule, utility: Floats, best: Floats) -> Floats:
    """Return for each package the share of its best that the least pleased of those who can pass it still gets."""
    share = np.empty_like(utility)
    part = np.array([1.0 / most if most > 0 else 0.0 for most in best])
    base = np.array([0.0 if most > 0 else 1.0 for most in best])
    for x in range(share.shape[0]):
        for p in range(share.shape[1]):
            share[x, p] = utility[x, p] * part[p] + base[p]
    return levels(rule, share)


@njit(cache=True)
def acceptance(board: Board, stakes: Stakes, course: Course, draw: int, state: tuple[Floats, Floats]) -> Steps:
    """Return the first step at which each party accepts each early package, (E, P); the number of steps for never."""
    utility, best = state
    parties = utility.shape[1]
    steps = (course.rounds - 1) * board.proposers.size
    found = np.empty((board.early.size, parties), dtype=np.int32)
    aspired = np.empty(steps)
    for p in range(parties):
        low = stakes.reservation[draw, p]
        for s in range(steps):
            time = course.elapsed + (1 - course.elapsed) * s / (steps + board.proposers.size - 1)
            aspired[s] = best[p] - (best[p] - low) * time ** (1 / stakes.concession[draw, p]) - _TOLERANCE
        for e in range(board.early.size):
            have = utility[board.early[e], p]
            found[e, p] = steps
            if have < low - _TOLERANCE or (board.stated[board.early[e]] >> p & 1):
                continue
            first, last = 0, steps
            while first < last:
                middle = (first + last) // 2
                if aspired[middle] <= have:
                    last = middle
                else:
                    first = middle + 1
            found[e, p] = first
    return found


@njit(cache=True)
def first_passing(rule: Rule, ready: Steps, steps: int) -> tuple[Steps, int]:
    """Return the first step at which each early package passes if nobody has left, and the first of all of them."""
    level = levels(rule, -ready.astype(np.float64))
    found, soonest = np.empty(level.size, dtype=np.int32), steps
    for e in range(level.size):
        found[e] = int(min(-level[e], float(steps)))
        soonest = min(soonest, int(found[e]))
    return found, soonest


@njit(cache=True)
def by_step(ready: Steps, steps: int) -> tuple[Steps, Integers]:
    """Order packages by the step at which a party accepts them, and count those accepted by each step."""
    packages, parties = ready.shape
    order = np.empty((parties, packages), dtype=np.int32)
    counts = np.zeros((parties, steps + 1), dtype=np.int64)
    for p in range(parties):
        for e in range(packages):
            counts[p, ready[e, p]] += 1
        place = np.zeros(steps + 2, dtype=np.int64)
        for s in range(steps + 1):
            place[s + 1] = place[s] + counts[p, s]
        for e in range(packages):
            order[p, place[ready[e, p]]] = e
            place[ready[e, p]] += 1
        for s in range(1, steps + 1):
            counts[p, s] += counts[p, s - 1]
    return order, counts


@njit(cache=True)
def classes(board: Board, meets: Integers) -> tuple[Integers, Integers]:
    """Tell apart the ways in which packages are refused: a package for each way, and the packages nobody must refuse.

    These last can pass if no red line stands.
    """
    way, barred, rule = board.way, board.barred, board.rule
    first, after = np.empty(board.ways, dtype=np.int64), np.empty(meets.size, dtype=np.int64)
    first[:] = -1
    found, hopeful = np.empty(meets.size, dtype=np.int64), np.empty(meets.size, dtype=np.int64)
    hope = np.empty(meets.size, dtype=np.bool_)
    count, hopes = 0, 0
    for x in range(meets.size):
        at = first[way[x]]
        while at >= 0 and meets[found[at]] != meets[x]:
            at = after[at]
        if at < 0:
            at, count = count, count + 1
            found[at], after[at], first[way[x]] = x, first[way[x]], at
            hope[at] = passes(rule, meets[x] & ~barred[x])
        if hope[at]:
            hopeful[hopes], hopes = x, hopes + 1
    return found[:count].copy(), hopeful[:hopes].copy()


@njit(cache=True)
def prepared(board: Board, stakes: Stakes, course: Course, draw: int) -> State:
    """Work out one draw."""
    utility = worth(board, stakes, draw)
    best = bests(utility)
    packages, parties = utility.shape
    meets = np.zeros(packages, dtype=np.int64)
    for p in range(parties):
        for x in range(packages):
            meets[x] |= int(utility[x, p] >= stakes.reservation[draw, p] - _TOLERANCE) << p
    found, hopeful = classes(board, meets)
    steps = (course.rounds - 1) * board.proposers.size
    appeal = appeals(board.rule, utility, best)
    ready = acceptance(board, stakes, course, draw, (utility, best))
    order, counts = by_step(ready, steps)
    lure = np.empty((parties + 1, board.early.size))
    for e in range(board.early.size):
        lure[parties, e] = appeal[board.early[e]]
    for p in range(parties):
        for place in range(order.shape[1]):
            lure[p, place] = lure[parties, order[p, place]]
    passing, soonest = first_passing(board.rule, ready, steps)
    return State(utility, appeal, meets, hopeful, found, ready, passing, soonest, order, lure, counts)


@njit(cache=True)
def refusers(lines: Integers, crossed: int, barred: int) -> int:
    """Return the parties that refuse a package by mandate or because it crosses one of their lines."""
    if crossed:
        for p in range(lines.size):
            if crossed & lines[p]:
                barred |= 1 << p
    return barred


@njit(cache=True)
def favourites(board: Board, state: State, standing: int, absent: int, found: Integers) -> None:
    """Tell what passes in the last round: each party's favourite, and last the mediator's; -1 for nothing."""
    utility, appeal, parties = state.utility, state.appeal, board.lines.size
    found[:] = -1
    for x in state.classes:
        refusing = refusers(board.lines, board.crossed[x] & standing, board.barred[x])
        if passes(board.rule, state.meets[x] & ~refusing & ~absent):
            break
    else:
        return
    for x in state.hopeful:
        refusing = refusers(board.lines, board.crossed[x] & standing, board.barred[x])
        consent = state.meets[x] & ~refusing & ~absent
        if not passes(board.rule, consent):
            continue
        for p in range(parties):
            if consent >> p & 1:
                held = found[p]
                gain = 1.0 if held < 0 else utility[x, p] - utility[held, p]
                if gain > _TOLERANCE or (gain >= -_TOLERANCE and appeal[x] > appeal[held]):
                    found[p] = x
        if found[parties] < 0 or appeal[x] > appeal[found[parties]]:
            found[parties] = x


@njit(cache=True)
def objections(board: Board, state: State, standing: int, absent: int, found: Integers) -> None:
    """Tell what stands in the way when nothing can pass.

    Six sets of bits: lines, parties' reservations and mandates that do so alone, then the same that do so together: those
    on the packages with the fewest objections. The latter are empty if anything does so alone.
    """
    rule, lines, fewest = board.rule, board.lines, 1 << 30
    alone_0, alone_1, alone_2 = 0, 0, 0
    found[:] = 0
    for x in state.classes:
        meets, barred, crossed = state.meets[x], board.barred[x], board.crossed[x] & standing
        consent = meets & ~refusers(lines, crossed, barred) & ~absent
        missing, number, all_lines = rule.voters & ~consent & ~absent, 0, 0
        for p in range(lines.size):
            if not missing >> p & 1:
                continue
            own, causes = crossed & lines[p], (~meets >> p & 1) + (barred >> p & 1)
            all_lines |= own
            rest = own
            while rest:
                rest &= rest - 1
                causes += 1
            number += causes
            if causes == 1 and passes(rule, consent | 1 << p):
                alone_0 |= own
                alone_1 |= ~meets & 1 << p
                alone_2 |= barred & 1 << p
        if number < fewest:
            fewest, found[3], found[4], found[5] = number, 0, 0, 0
        if number == fewest:
            found[3] |= all_lines
            found[4] |= missing & ~meets
            found[5] |= missing & barred
    if alone_0 or alone_1 or alone_2:
        found[0], found[1], found[2], found[3], found[4], found[5] = alone_0, alone_1, alone_2, 0, 0, 0


@njit(cache=True)
def departures(stakes: Stakes, course: Course, draw: int, negotiation: int) -> Integers:
    """Return the round, from 0, at whose end each party would walk out."""
    parties = course.party_keys.size
    found = np.empty(parties, dtype=np.int64)
    for p in range(parties):
        found[p] = _NEVER
        chance = stakes.walk_out[draw, p]
        if chance >= 1.0:
            found[p] = 0
        elif chance > 0.0:
            u = unit(keyed(course.party_keys[p], course.start + draw, negotiation))
            found[p] = int(min(np.log(1.0 - u) / np.log(1.0 - chance), float(_NEVER)))
    return found


@njit(cache=True)
def stands(stakes: Stakes, course: Course, draw: int, negotiation: int) -> int:
    """Return the red lines that still stand in the last round: real ones, and demands that are not given up."""
    found = 0
    for line in range(course.line_keys.size):
        bits = keyed(course.line_keys[line], course.start + draw, negotiation)
        if unit(bits) < stakes.real[draw, line] or unit(mixed(bits + GOLDEN)) >= stakes.give_way[draw, line]:
            found |= 1 << line
    return found


@njit(cache=True)
def walked(leaving: Integers, ended: int) -> int:
    """Return the parties that have walked out by the end of a round."""
    found = 0
    for p in range(leaving.size):
        if leaving[p] <= ended:
            found |= 1 << p
    return found


@njit(cache=True)
def accepting(rule: Rule, ready: Steps, e: int, step: int, absent: int) -> bool:
    """Return whether an early package passes at a step without those who have left."""
    consent = 0
    for p in range(ready.shape[1]):
        if ready[e, p] <= step:
            consent |= 1 << p
    return passes(rule, consent & ~absent)


@njit(cache=True)
def pick(lure: Floats, choice: int, search: int, bits: np.uint64) -> int:
    """Return the place of the most luring of a few packages at random, of the first `choice`."""
    best, most = np.int64(0), -np.inf
    for _ in range(search):
        bits = mixed(bits + GOLDEN)
        place = np.int64(((bits >> _S32) * np.uint64(choice)) >> _S32)
        if lure[place] > most:
            best, most = place, lure[place]
    return int(best)


@njit(cache=True)
def alternating(board: Board, state: State, course: Course, leaving: Integers, bits: np.uint64) -> tuple[int, int]:
    """Run alternating offers in all rounds but the last; see :func:`before_deadline`."""
    rule, proposers, search = board.rule, board.proposers, course.search
    ready, passing, order, lure, counts = state.ready, state.passing, state.order, state.lure, state.counts
    turns, first, absent, last = proposers.size, int(unit(bits) * proposers.size), 0, course.rounds - 1
    for step in range(last * turns):
        if step % turns == 0:
            absent = walked(leaving, step // turns - 1)
            if absent and not passes(rule, rule.voters & ~absent):
                return step // turns - 1, -1
        if step < state.soonest:
            continue  # whatever is offered, it cannot pass yet
        party = proposers[(first + step) % turns]
        if absent >> party & 1 or counts[party, step] == 0:
            continue
        place = pick(lure[party], counts[party, step], search, mixed(bits + GOLDEN * np.uint64(step + 1)))
        e = order[party, place]
        if passing[e] <= step and (absent == 0 or accepting(rule, ready, e, step, absent)):
            return step // turns, board.early[e]
    return last, -1


@njit(cache=True)
def mediated(board: Board, state: State, course: Course, leaving: Integers, bits: np.uint64) -> tuple[int, int]:
    """Run a mediated single text in all rounds but the last; see :func:`before_deadline`."""
    rule, stated, early, search = board.rule, board.stated, board.early, course.search
    ready, passing, worths, lure = state.ready, state.passing, state.utility, state.lure[-1]
    turns, absent, text, last = board.proposers.size, 0, -1, course.rounds - 1
    for step in range(last * turns):
        if step % turns == 0:
            absent = walked(leaving, step // turns - 1)
            if absent and not passes(rule, rule.voters & ~absent):
                return step // turns - 1, -1
        if early.size == 0:
            continue
        draft = pick(lure, early.size, search, mixed(bits + GOLDEN * np.uint64(step + 1)))
        if text < 0:
            text = draft
        elif draft != text:
            x, y, consent = early[text], early[draft], 0
            for p in range(ready.shape[1]):
                liked = worths[y, p] >= worths[x, p] and not stated[y] >> p & 1
                consent |= (1 << p) if liked or ready[draft, p] <= step else 0
            if passes(rule, consent & ~absent):
                text = draft
        if passing[text] <= step and (absent == 0 or accepting(rule, ready, text, step, absent)):
            return step // turns, early[text]
    return last, -1


@njit(cache=True)
def before_deadline(
    board: Board, state: State, course: Course, leaving: Integers, course_of: tuple[int, np.uint64]
) -> tuple[int, int]:
    """Run all rounds but the last.

    Returns:
        the round, from 0, and the package agreed on; -1 for the package if talks collapsed at the end of that round; the
        last round and -1 if it is still open.
    """
    protocol, bits = course_of
    if protocol == ALTERNATING:
        ended, found = alternating(board, state, course, leaving, bits)
    else:
        ended, found = mediated(board, state, course, leaving, bits)
    if found < 0 and ended == course.rounds - 1:
        absent = walked(leaving, course.rounds - 2)
        if absent and not passes(board.rule, board.rule.voters & ~absent):
            return course.rounds - 2, -1
    return ended, found


@njit(cache=True)
def concluded(proposers: Integers, favoured: Integers, protocol: int, first: np.int64) -> int:
    """Return the package of the last round: of the first proposer, from `first` on, who has one; or the mediator's."""
    if protocol != ALTERNATING:
        return int(favoured[-1])
    for turn in range(proposers.size):
        found = int(favoured[proposers[(first + turn) % proposers.size]])
        if found >= 0:
            return found
    return -1


@njit(cache=True)
def passing_count(board: Board, state: State) -> int:
    """Count the packages that can pass with every stated red line in force."""
    rule, meets, stated, found = board.rule, state.meets, board.stated, 0
    for x in state.hopeful:
        found += passes(rule, meets[x] & ~stated[x])
    return found


@njit(cache=True)
def negotiate(board: Board, stakes: Stakes, course: Course, log: Log) -> None:
    """Run all negotiations of some draws and write down what came of them."""
    patterns, parties = log.ended.shape[1], board.lines.size
    known, known_objections = np.empty((patterns, 2), dtype=np.int64), np.empty((patterns, 6), dtype=np.int64)
    favoured = np.empty((patterns, parties + 1), dtype=np.int64)
    for draw in range(log.ended.shape[0]):
        state, seen = prepared(board, stakes, course, draw), 0
        log.passable[draw] = passing_count(board, state)
        for column in range(patterns):
            protocol = int(column >= course.inner[0])
            number = int(2 * (column - protocol * course.inner[0]) + protocol)
            bits = keyed(course.key, course.start + draw, number)
            leaving = departures(stakes, course, draw, number)
            ended, found = before_deadline(board, state, course, leaving, (protocol, bits))
            log.absent[draw, column] = walked(leaving, min(ended, course.rounds - 2))
            if found < 0 and ended == course.rounds - 1:
                standing, absent, at = stands(stakes, course, draw, number), int(log.absent[draw, column]), 0
                while at < seen and (known[at, 0] != standing or known[at, 1] != absent):
                    at += 1
                if at == seen:
                    known[at, 0], known[at, 1], seen = standing, absent, seen + 1
                    favourites(board, state, standing, absent, favoured[at])
                    if favoured[at, parties] < 0:
                        objections(board, state, standing, absent, known_objections[at])
                found = concluded(board.proposers, favoured[at], protocol, np.int64(bits >> _S32))
                if found < 0:
                    for kind in range(6):
                        log.objected[draw, column, kind] = known_objections[at, kind]
            log.ended[draw, column], log.found[draw, column] = ended, found
