"""The procedural model: an agenda setter picks what it likes best of all that the rule lets pass."""

from __future__ import annotations

import numpy as np

from treves.bargaining.decisions.arena import Arena, Members, Numbers
from treves.errors import TableError


class SetterMissing(TableError):
    """A model with an agenda setter has none, or one that is not at the table."""

    code = "T624"


def procedural(arena: Arena, *, setter: int | None = None, quota: float | None = None) -> Numbers:
    """Return the agenda setter's best proposal on each issue.

    Each issue is one dimension, preferences are single-peaked and fall with distance. An actor prefers a proposal y to the
    reference point r when y is no farther from its position. The setter proposes the point nearest to its own position of
    those that the decision rule passes against r. T. Romer and H. Rosenthal (Public Choice 33, 1978, 27-43); for procedures
    of the European Union B. Steunenberg (Public Choice 80, 1994) and G. Tsebelis (American Political Science Review 88, 1994);
    tested on issues with positions by B. Steunenberg and T. Selck (in Thomson et al. (eds), The European Union Decides, 2006).

    Limits: complete information, one issue at a time, a setter whose proposal cannot be amended. Salience plays no part. Much
    depends on the reference point; with an extreme one nearly everything passes.

    Args:
        arena: positions, reference points and the rule.
        setter: index of the setter; the arena's when left out.
        quota: part of the capabilities of the actors with a position that passes a proposal, above 0 and up to 1 (1 is
            unanimity, 0.5 means more than half); the arena's rule when left out, and 0.5 if it has none. Under the arena's
            rule an actor without a position lets a proposal pass.

    Returns:
        (issues,); the reference point where the setter has no position, NaN where the reference point is not known.

    Raises:
        SetterMissing: if there is no setter, or no such actor.
    """
    chosen = arena.setter if setter is None else setter
    if chosen is None or not 0 <= chosen < len(arena.actors):
        raise SetterMissing(
            "The procedural model needs an agenda setter who is one of the {number} actors.",
            hint="Name the setter in the decision rule of the table.",
            number=len(arena.actors),
        )
    return np.array([_proposal(arena, issue, chosen, quota) for issue in range(len(arena.issues))], dtype=np.float64)


def winning_interval(arena: Arena, issue: int, *, quota: float | None = None) -> tuple[float, float]:
    """Return the lowest and highest point that the rule passes against the reference point, which lies between them.

    Args:
        arena: positions, reference points and the rule.
        issue: index of the issue.
        quota: as for :func:`procedural`.

    Returns:
        The bounds, within those of the issue; both NaN where the reference point is not known.
    """
    reference = arena.reference[issue]
    if np.isnan(reference):
        return float("nan"), float("nan")
    places = arena.positions[:, issue]
    # An actor at x accepts everything between r and the mirror image of r in x: the rule decides how far that reaches.
    mirrors = 2 * places - reference
    low = high = float(reference)
    for mirror in np.unique(mirrors[arena.known[:, issue]]):
        if mirror > high and _wins(arena, issue, ~(mirrors < mirror), quota):
            high = float(mirror)
        if mirror < low and _wins(arena, issue, ~(mirrors > mirror), quota):
            low = float(mirror)
    if _wins(arena, issue, ~arena.known[:, issue], quota):  # those who do not care pass anything by themselves
        low, high = -np.inf, np.inf
    return max(low, float(arena.lows[issue])), min(high, float(arena.highs[issue]))


def _proposal(arena: Arena, issue: int, setter: int, quota: float | None) -> float:
    low, high = winning_interval(arena, issue, quota=quota)
    ideal = arena.positions[setter, issue]
    return float(arena.reference[issue] if np.isnan(ideal) else np.clip(ideal, low, high))


def _wins(arena: Arena, issue: int, consenting: Members, quota: float | None) -> bool:
    if quota is None and arena.passes is not None:
        return arena.passes(consenting)
    votes = np.where(arena.known[:, issue], arena.capabilities[:, issue], 0.0)
    needed, got, slack = votes.sum() * (0.5 if quota is None else quota), votes[consenting].sum(), votes.sum() * 1e-9
    strict = quota is None or quota == 0.5  # half is no majority, while unanimity needs no more than all
    return bool(got > needed + slack if strict else got >= needed - slack) and got > 0
