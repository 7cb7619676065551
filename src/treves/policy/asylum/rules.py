"""The rules of family reunification as pure functions; persons and cohorts go by the same ones.

:mod:`treves.policy.asylum.fast_rules` has them compiled.

Months are whole numbers; `since_grant` counts from the month in which the sponsor was granted, which is 0. A share is
0-1: of a cohort the part that meets a rule, of a person 0 or 1.
"""

from __future__ import annotations

NEW_GRANTS, NEW_APPLICATIONS, PENDING = 0, 1, 2
"""Transition rules: who falls under a measure. Relatives of sponsors granted from its start; relatives who had not applied
at its start; or everybody whose visa was not issued."""
LAST_APPLICATION = 24
"""Months since the grant after which nobody who was free to apply still has to."""
FEW = 0.002
"""Share of relatives who have not applied yet, below which all have."""


def not_yet(mean: float, since_grant: int) -> float:
    """Return the share of relatives who have not yet wanted to apply at the end of month `since_grant`.

    Months until the application are geometric with this mean; they end at `LAST_APPLICATION`, or when fewer than `FEW`
    of all are left.
    """
    if since_grant < 0:
        return 1.0
    left = (mean / (1.0 + mean)) ** (since_grant + 1)
    return 0.0 if since_grant >= LAST_APPLICATION or left < FEW else left


def income_share(by_24: float, by_60: float, since_grant: int) -> float:
    """Return the share of sponsors with sufficient means, `since_grant` months after their grant.

    Args:
        by_24: share at 24 months; it grows evenly until then.
        by_60: share that comes on top of it until 60 months; it grows evenly on after 24 months, to 1 at most.
        since_grant: months.
    """
    if since_grant <= 24:
        return min(1.0, by_24 * since_grant / 24.0)
    return min(1.0, by_24 + by_60 * (since_grant - 24) / 36.0)


def conditions_met(wait: float, asked: tuple[bool, bool], since_grant: int, met: tuple[float, float]) -> float:
    """Return the share whose sponsor meets the conditions of a measure.

    Args:
        wait: months since the grant before which nobody may come.
        asked: whether sufficient means are asked for, and whether a home is.
        since_grant: months.
        met: shares of sponsors with sufficient means and with a home, independent of one another.
    """
    share = 1.0 if since_grant >= wait else 0.0
    if asked[0]:
        share *= met[0]
    if asked[1]:
        share *= met[1]
    return share


def brake_met(wait: float, since_grant: int, income: float) -> float:
    """Return the share that may come while the emergency brake is on: after the wait, or with sufficient means."""
    return 1.0 if since_grant >= wait else income


def newly_met(before: float, now: float) -> float:
    """Return the share of those who did not meet the conditions before that meets them now."""
    if now <= before:
        return 0.0
    return (now - before) / (1.0 - before)


def falls_under(transition: int, since: float, granted: float, applied: float) -> bool:
    """Return whether a relative falls under a measure.

    Args:
        transition: who does: `NEW_GRANTS`, `NEW_APPLICATIONS` or `PENDING`.
        since: month in which the measure starts.
        granted: month of the sponsor's grant; for a cohort the mean.
        applied: month of the application.
    """
    if transition == NEW_GRANTS:
        return granted >= since
    if transition == NEW_APPLICATIONS:
        return applied >= since
    return True


def shifted(share: float, factor: float) -> float:
    """Return a share, 0-1, whose odds are multiplied by `factor`."""
    return share * factor / (1.0 - share + share * factor)


def monthly(mean: float) -> float:
    """Return the chance per month of leaving a stage in which one stays `mean` months on average, 0 or more."""
    return 1.0 / (1.0 + mean)
