"""The shapes that the compiled chain works on: numbers of a draw, groups, a plan a month, stocks, flows and work space."""

from __future__ import annotations

from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from treves.policy.asylum.stages import FLOWS, STOCKS

Floats = NDArray[np.float64]

HISTORY = 36
"""Months before the start from which cohorts may still be in a stage."""
A, B = 0, 1
"""The two statuses: granted as persecuted, and granted for the risk of serious harm."""
TURNED_DOWN, RELATED = 2, 3
"""After A and B: the rows of `Work.mix` for those refused, and for relatives per person granted."""
REFUSED, STATUS = 0, 1
"""The two kinds of appeal: against a refusal, and of a B holder who asks for A."""
HOLDER, RELATIVE = 0, 1
"""Who waits for a home."""

NUMBERS = (
    "inflow", "inflow_drift", "inflow_response", "pending", "decision_capacity", "decision_least", "closed_share",
    "grant_rate", "share_b", "appeals", "appeal_share", "appeal_success", "court_capacity", "status_appeal_share",
    "status_appeal_success", "relatives", "apply_lag", "family_pending", "case_capacity", "case_least", "approval",
    "income_24", "income_60", "excluded_share", "hardship_share", "visa_lag", "leaving", "departure_lag",
    "seekers_share", "holders", "relatives_present", "relatives_share", "housing_least", "housing_capacity",
    "housing_task", "housing_backlog", "places", "fill_rate",
)  # fmt: skip
"""Keys of the parameters, in the order of a draw's record."""
GROUP = np.dtype([(name, np.float64) for name in ("share", "grant", "share_b", "relatives")], align=True)
"""A nationality: share of the inflow, grant rate, share of B among those granted, and relatives relative to the mean."""
_SWITCHES = (
    "in_force", "two_status", "suspended", "needs_income", "needs_housing", "core_family", "carry", "hardship",
    "deferral", "brake", "half_year",
)  # fmt: skip
_WHOLE = ("since", "transition")
_AMOUNTS = (
    "season", "cap", "wait", "hardship_cap", "deferral_most", "brake_wait", "brake_least", "brake_occupancy",
    "brake_backlog", "brake_decision", "steps", "inflow", "decisions", "cases", "housed",
)  # fmt: skip
PLAN = np.dtype(
    [(name, np.bool_) for name in _SWITCHES]
    + [(name, np.int64) for name in _WHOLE]
    + [(name, np.float64) for name in _AMOUNTS],
    align=True,
)
"""A month: which rules hold, and whether a half-year begins.

`inflow`, `decisions`, `cases` and `housed` replace the drawn figures unless they are not a number.
"""
DRAW = np.dtype([(name, np.float64) for name in NUMBERS], align=True)
"""A draw: one value of each parameter."""


class Work(NamedTuple):
    """Stages of one draw. Cohorts stand on the first axis, by the month in which they came in, after `HISTORY`.

    Where a last column follows the groups it holds the persons times the month of their sponsors' grants, so that mean
    waiting times move along with the persons.
    """

    every: Floats
    """All that follows but `heads`, in one row."""
    mix: Floats
    """(4, groups): of those decided on the merits, granted A, granted B, refused; and relatives per person granted."""
    waiting: Floats
    """By months since the grant: share of relatives who have not yet wanted to apply."""
    means: Floats
    """By months since the grant: share of sponsors with sufficient means."""
    seekers: Floats
    seekers_total: Floats
    court: Floats
    """(cohorts, kinds of appeal, groups)."""
    court_total: Floats
    abroad: Floats
    """(cohorts of sponsors, statuses, groups + 1): relatives, whether or not they have applied since."""
    abroad_both: Floats
    """The same, with statuses and groups in one row."""
    abroad_total: Floats
    blocked: Floats
    """(cohorts of sponsors): share of the relatives of B holders who want to apply and may not."""
    met: Floats
    """(cohorts of sponsors): share that met the conditions last month."""
    cases: Floats
    """(cohorts, statuses, groups + 1)."""
    cases_both: Floats
    """The same, with statuses and groups in one row."""
    cases_total: Floats
    frozen: Floats
    frozen_met: Floats
    deferred: Floats
    deferred_met: Floats
    capped: Floats
    capped_total: Floats
    hardship: Floats
    hardship_total: Floats
    visas: Floats
    """(statuses, groups + 1): issued this month."""
    travelling: Floats
    housing: Floats
    """(cohorts, who)."""
    housing_first: Floats
    """(cohorts): status holders who came in."""
    stock: Floats
    """By stage, in the order of `STOCKS`: persons."""
    flow: Floats
    """By flow, in the order of `FLOWS`: this month."""
    heads: NDArray[np.int64]
    """First cohort that is not empty, by queue."""
    scratch: Floats
    """(2, groups)."""
    memory: Floats
    """Figures that last from month to month; see `reception` and `visas`."""


HEADS = ("seekers", "court", "cases", "capped", "hardship", "housing")
MEMORY = ("brake", "brake_left", "unused_cap", "task", "entered", "backlog", "for_a")


def workspace(months: int, groups: int) -> Work:
    """Return empty stages for runs of this length."""
    cohorts = HISTORY + months
    last = groups + 1
    shapes: dict[str, tuple[int, ...]] = {
        "mix": (4, groups),
        "waiting": (cohorts,),
        "means": (cohorts,),
        "seekers": (cohorts, groups),
        "seekers_total": (cohorts,),
        "court": (cohorts, 2, groups),
        "court_total": (cohorts,),
        "abroad": (cohorts, 2, last),
        "abroad_total": (cohorts, 2),
        "blocked": (cohorts,),
        "met": (cohorts,),
        "cases": (cohorts, 2, last),
        "cases_total": (cohorts,),
        "frozen": (cohorts, last),
        "frozen_met": (cohorts,),
        "deferred": (cohorts, 2, last),
        "deferred_met": (cohorts, 2),
        "capped": (cohorts, last),
        "capped_total": (cohorts,),
        "hardship": (cohorts, last),
        "hardship_total": (cohorts,),
        "visas": (2, last),
        "travelling": (2, last),
        "housing": (cohorts, 2),
        "housing_first": (cohorts,),
        "stock": (len(STOCKS),),
        "flow": (len(FLOWS),),
        "scratch": (2, groups),
        "memory": (len(MEMORY),),
    }
    # one block for all, so that it can be cleared at once
    every = np.zeros(sum(prod(shape) for shape in shapes.values()))
    parts, used = {}, 0
    for name, shape in shapes.items():
        parts[name] = every[used : used + prod(shape)].reshape(shape)
        used += prod(shape)
    for name in ("abroad", "cases"):
        parts[f"{name}_both"] = parts[name].reshape(cohorts, 2 * last)
    return Work(every=every, heads=np.zeros(len(HEADS), dtype=np.int64), **parts)
