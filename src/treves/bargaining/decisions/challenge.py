"""The challenge model: actors press one another to move, as far as each expects to win."""

from __future__ import annotations

from enum import StrEnum

import attrs
import numpy as np

from treves.bargaining.decisions.arena import Arena, Numbers
from treves.bargaining.decisions.compromise import weighted_median


class Conflict(StrEnum):
    """What happens between two actors who both expect to gain from a challenge; the papers leave it open."""

    STAND = "stand"
    """Neither moves: conflict has an uncertain outcome (Bueno de Mesquita, International Interactions 23, 1997, 244)."""
    YIELD = "yield"
    """Who expects less moves to the other (Bueno de Mesquita 1984, reading a conflict as one that the stronger wins)."""


class Choice(StrEnum):
    """Which offer an actor accepts that has several; the papers name both rules."""

    STRONGEST = "strongest"
    """That of the challenger who expects most from it; of equal ones the nearest."""
    NEAREST = "nearest"
    """That which asks for the least movement."""


@attrs.frozen
class ChallengeSettings:
    """Variants of the challenge model.

    Attributes:
        rounds: rounds of challenges at most, 0 or more; it stops sooner when nobody moves.
        risk: whether actors that stand where others would gladly challenge them are taken to be ready for risks, and those
            that stand safely to be careful (else all are neutral to risk).
        stays: chance, 0-1, that nothing changes for an actor who makes no challenge (Q; 1 in Scholz et al., where T then
            plays no part).
        conflict, choice: see their classes.
        mean: whether the forecast is the weighted mean of the positions in the last round, not their weighted median.
    """

    rounds: int = 3
    risk: bool = True
    stays: float = 1.0
    conflict: Conflict = Conflict.STAND
    choice: Choice = Choice.STRONGEST
    mean: bool = False


@attrs.frozen(eq=False)
class ChallengeRun:
    """What the challenge model makes of one issue.

    Attributes:
        positions: (rounds + 1, actors): at the start and after each round; NaN for actors that take no part.
        medians, means: (rounds + 1,): of these positions, weighted by capability and salience.
        risk: (actors,): exponent of each actor's utility in the last round; 1 neutral, below 1 daring, above 1 careful.
    """

    positions: Numbers
    medians: Numbers
    means: Numbers
    risk: Numbers


def challenge(arena: Arena, *, settings: ChallengeSettings | None = None) -> Numbers:
    """Return what the challenge (expected utility) model forecasts on each issue.

    B. Bueno de Mesquita (American Political Science Review 78, 1984, 226-236; European Community Decision Making, 1994,
    71-104; International Interactions 23, 1997, 235-266), with the formulas that J. Scholz, G. Calbert and G. Smith
    reconstructed (Journal of Theoretical Politics 23, 2011, 510-531). With ``d = |x_i - x_j| / range`` and i's exponent r:

    - success ``Us = 2 - 4 (0.5 - 0.5 d)^r``, failure ``Uf = 2 - 4 (0.5 + 0.5 d)^r``, as before ``Uq = 2 - 4 * 0.5^r``;
    - i prevails over j with chance ``P_ij``: the part of the votes ``c_k s_k (|x_k - x_j| - |x_k - x_i|)`` that goes to i;
    - ``E(U_ij) = s_j (P_ij Us + (1 - P_ij) Uf) + (1 - s_j) Us - Q Uq - (1 - Q)(T Ub + (1 - T) Uw)``;
    - threat ``S_i = sum_j E^j(U_ji)``, ``R_i = (2 S_i - max S - min S) / (max S - min S)``,
      ``r_i = (1 - R_i/3) / (1 + R_i/3)``, with r = 1 for all when the threats are worked out;
    - who expects to win from one that expects to lose moves it: the whole way if the other expects to lose more than is
      won, else by the part that the expected loss is of the expected gain.

    Limits: the author never published his program; the re-implementations differ in what a conflict does, which of several
    offers is taken, and when to stop (see :class:`ChallengeSettings`), and their forecasts for the same data differ by more
    than two scale points in six. Small changes of input can move the result much. It treats issues one by one.

    Args:
        arena: positions, salience (0-1, or per cent where any is above 1) and capability.
        settings: the variant.

    Returns:
        (issues,); NaN where nobody with any weight has a position.
    """
    chosen = settings or ChallengeSettings()
    forecasts = np.full(len(arena.issues), np.nan)
    for issue in range(len(arena.issues)):
        run = challenges(arena, issue, settings=chosen)
        forecasts[issue] = (run.means if chosen.mean else run.medians)[-1]
    return forecasts


def challenges(arena: Arena, issue: int, *, settings: ChallengeSettings | None = None) -> ChallengeRun:
    """Run the challenge model on one issue, round by round.

    Args:
        arena: as for :func:`challenge`.
        issue: index of the issue.
        settings: as for :func:`challenge`.
    """
    chosen = settings or ChallengeSettings()
    weights = arena.weights[:, issue]
    part = weights > 0
    places, votes = arena.positions[part, issue], weights[part]
    saliences = _as_chances(arena.saliences[part, issue])
    history, risk = [places], np.ones(len(places))
    for _ in range(chosen.rounds):
        if len(places) == 0 or np.ptp(places) <= 0:
            break
        moved, risk = _round(places, saliences, votes, chosen)
        history.append(moved)
        if np.allclose(moved, places, rtol=0, atol=1e-9):
            break
        places = moved
    positions = np.full((len(history), len(part)), np.nan)
    positions[:, part] = np.array(history)
    exponents = np.full(len(part), np.nan)
    exponents[part] = risk
    total = votes.sum()
    return ChallengeRun(
        positions=positions,
        medians=np.array([weighted_median(x, votes) for x in history]),
        means=np.array([x @ votes / total if total > 0 else np.nan for x in history]),
        risk=exponents,
    )


def _round(places: Numbers, saliences: Numbers, votes: Numbers, settings: ChallengeSettings) -> tuple[Numbers, Numbers]:
    """One round of challenges: everybody's new position, and the risk exponents that led to it."""
    prevails = _prevails(places, votes)
    middle = weighted_median(places, votes)
    risk = np.ones(len(places))
    gains = _expected(places, saliences, prevails, middle, (risk, settings.stays))
    if settings.risk:
        risk = _exponents(gains)
        gains = _expected(places, saliences, prevails, middle, (risk, settings.stays))
    return _moved(places, gains, settings), risk


def _prevails(places: Numbers, votes: Numbers) -> Numbers:
    """Chance that row's actor prevails over column's: the part of all votes between their positions that it draws."""
    away = np.abs(places[:, None] - places[None, :])
    # favour[i, j, k]: how much nearer i's position is to actor k than j's is, times k's votes
    favour = (away[None, :, :] - away[:, None, :]) * votes[None, None, :]
    total = np.abs(favour).sum(axis=2)
    chances: Numbers = np.zeros_like(total)
    np.divide(np.clip(favour, 0, None).sum(axis=2), total, out=chances, where=total > 0)
    return chances


def _expected(
    places: Numbers, saliences: Numbers, prevails: Numbers, middle: float, views: tuple[Numbers, float]
) -> Numbers:
    """What row's actor expects to gain from challenging column's, in utility (-2 to 2); 0 for itself."""
    risk, stays = views[0][:, None], views[1]
    span = float(np.ptp(places)) or 1.0
    d = np.abs(places[:, None] - places[None, :]) / span
    success, failure = 2 - 4 * (0.5 - 0.5 * d) ** risk, 2 - 4 * (0.5 + 0.5 * d) ** risk
    resists = saliences[None, :]  # it is the challenged actor that puts up a fight or not
    idle = stays * (2 - 4 * 0.5**risk)
    if stays < 1:
        to_middle = np.abs(places - middle)[:, None] / span
        change = np.clip(0.25 * (to_middle + d), 0, 0.5)
        better, worse = 2 - 4 * (0.5 - change) ** risk, 2 - 4 * (0.5 + change) ** risk
        idle = idle + (1 - stays) * np.where(to_middle < d, better, worse)
    gains = resists * (prevails * success + (1 - prevails) * failure) + (1 - resists) * success - idle
    np.fill_diagonal(gains, 0.0)
    return np.asarray(gains, dtype=np.float64)


def _exponents(gains: Numbers) -> Numbers:
    """Risk exponents, 0.5-2: who holds a position that tempts others to a challenge dares, who is left alone is careful."""
    threat = gains.sum(axis=0)
    span = np.ptp(threat)
    if span <= 0:
        return np.ones(len(threat))
    relative = (2 * threat - threat.max() - threat.min()) / span
    return np.asarray((1 - relative / 3) / (1 + relative / 3), dtype=np.float64)


def _moved(places: Numbers, gains: Numbers, settings: ChallengeSettings) -> Numbers:
    """Where everybody stands after the offers."""
    differ = places[:, None] != places[None, :]
    other = gains.T
    upper = differ & (gains > 0) & (other < 0)
    part = np.divide(np.abs(other), gains, out=np.zeros_like(gains), where=upper)
    share = np.where(upper, np.minimum(part, 1.0), 0.0)
    if settings.conflict is Conflict.YIELD:
        share = np.where(differ & (other > 0) & (gains > other), 1.0, share)
    after = places.copy()
    for target in range(len(places)):
        makers = np.flatnonzero(share[:, target] > 0)
        if len(makers) == 0:
            continue
        steps = (places[makers] - places[target]) * share[makers, target]
        strength, effort = -gains[makers, target].round(12), np.abs(steps).round(12)
        keys = (steps, effort, strength) if settings.choice is Choice.STRONGEST else (steps, strength, effort)
        after[target] += steps[np.lexsort(keys)[0]]
    return after


def _as_chances(saliences: Numbers) -> Numbers:
    """Saliences as chances that an actor resists: percentages and raw weights are brought to 0-1."""
    most = saliences.max(initial=0.0)
    return saliences if most <= 1 else np.asarray(saliences / max(100.0, most), dtype=np.float64)
