"""Weighted means and medians of positions: the baselines that any other model has to beat."""

from __future__ import annotations

import numpy as np

from treves.bargaining.decisions.arena import Arena, Numbers


def compromise(arena: Arena, *, salience_exponent: float = 1.0, capability_exponent: float = 1.0) -> Numbers:
    """Return the weighted mean position on each issue: the compromise model.

    ``O_p = sum_i w_ip x_ip / sum_i w_ip`` with ``w_ip = c_i^a s_ip^b``. With a = b = 1 this is the first stage of
    F. Stokman and R. van Oosten ("The exchange of voting positions", in Bueno de Mesquita and Stokman (eds), European
    Community Decision Making, 1994, 105-127), and an approximation to the Nash bargaining solution when having no
    agreement is the worst for all (C. Achen, in Thomson et al. (eds), The European Union Decides, 2006, 86-129). It was
    the most accurate published model on the issues of that volume.

    Limits: it knows no decision rule and no reversion point; it never forecasts an extreme unless all stand there.

    Args:
        arena: the positions.
        salience_exponent: b; 0 weighs every actor with a position alike, above 1 lets the most concerned prevail.
        capability_exponent: a, likewise.

    Returns:
        (issues,) on each issue's own scale; NaN where nobody with any weight has a position.
    """
    weights = _weights(arena, salience_exponent, capability_exponent)
    return _ratio(np.sum(weights * np.nan_to_num(arena.positions), axis=0), weights.sum(axis=0))


def median(arena: Arena, *, salience_exponent: float = 0.0, capability_exponent: float = 1.0) -> Numbers:
    """Return the weighted median position on each issue.

    D. Black ("On the rationale of group decision-making", Journal of Political Economy 56, 1948, 23-34): with single-peaked
    preferences on one dimension no other point beats the median by a majority of the votes; here the votes are
    ``c_i^a s_ip^b``, by default capability alone. Where the weights below and above a gap are equal, every point of the gap
    is a median and its middle is returned.

    Limits: it is stable under simple majority only, and moves in jumps.

    Args:
        arena: the positions.
        salience_exponent: as for :func:`compromise`; with 1 it is the median of the challenge model.
        capability_exponent: as for :func:`compromise`.

    Returns:
        (issues,); NaN where nobody with any weight has a position.
    """
    weights = _weights(arena, salience_exponent, capability_exponent)
    columns = zip(arena.positions.T, weights.T, strict=True)
    return np.array([weighted_median(places, column) for places, column in columns], dtype=np.float64)


def weighted_median(places: Numbers, weights: Numbers) -> float:
    """Return the median of places with weights of 0 or more; NaN if there is no weight."""
    held = weights > 0
    if not held.any():
        return float("nan")
    order = np.argsort(places[held], kind="stable")
    ordered, totals = places[held][order], np.cumsum(weights[held][order])
    # One part in a billion: weights such as 0.1 + 0.2 and 0.3 must count as equal.
    half, slack = totals[-1] / 2, totals[-1] * 1e-9
    lower = int(np.searchsorted(totals, half - slack))
    upper = int(np.searchsorted(totals, half + slack, side="right"))
    return float((ordered[lower] + ordered[min(upper, len(ordered) - 1)]) / 2)


def reference_mean(
    arena: Arena,
    *,
    reference_weight: float = 0.2,
    salience_exponent: float = 1.0,
    capability_exponent: float = 1.0,
) -> Numbers:
    """Return the compromise with the reference point as one more position.

    ``O_p = (M_p + v r_p) / (1 + v)``, where ``M_p`` is :func:`compromise`, ``r_p`` the point that takes effect without a
    decision and v its weight relative to all actors together. Achen (2006; see :func:`compromise`) derives such a pull from
    the Nash bargaining solution once having no agreement is no longer the worst for all; R. Thomson et al. (2006) and
    R. Thomson (Resolving Controversy in the European Union, 2011) compare models with and without it.

    Limits: v is no quantity that anybody observes; it has to be fitted, and differs between kinds of decisions.

    Args:
        arena: the positions and the reference points.
        reference_weight: v, 0 or more; 0 gives the compromise.
        salience_exponent: as for :func:`compromise`.
        capability_exponent: as for :func:`compromise`.

    Returns:
        (issues,); the compromise where the reference point is not known.
    """
    means = compromise(arena, salience_exponent=salience_exponent, capability_exponent=capability_exponent)
    pulled = (means + reference_weight * arena.reference) / (1.0 + reference_weight)
    return np.where(np.isnan(arena.reference), means, pulled)


def _weights(arena: Arena, salience_exponent: float, capability_exponent: float) -> Numbers:
    return np.where(arena.known, arena.saliences**salience_exponent * arena.capabilities**capability_exponent, 0.0)


def _ratio(tops: Numbers, bottoms: Numbers) -> Numbers:
    return np.divide(tops, bottoms, out=np.full_like(tops, np.nan), where=bottoms > 0)
