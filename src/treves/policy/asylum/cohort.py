"""Runs of the compiled chain: draws in, figures out, shared over threads."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from treves.policy.asylum.catalogue import INDICATORS
from treves.policy.asylum.kernel import run_draws
from treves.policy.asylum.layout import DRAW, NUMBERS, Floats, workspace

_WORTH_A_THREAD = 200  # draws


def run_cohorts(values: Mapping[str, Floats], *, groups: Any, plan: Any, check: bool = False) -> tuple[Floats, Floats]:
    """Run the chain for every draw; about a tenth of a millisecond each for 60 months and ten groups.

    Args:
        values: by key of the parameter, one number a draw.
        groups: of `Country.groups`.
        plan: of `options.plan_of`.
        check: whether to count persons over again every month, at twice the time.

    Returns:
        (draws, indicators, months); and (draws, months) of how far persons are from conserved, relative to all who came
        in, without rows unless checked.
    """
    count = len(next(iter(values.values())))
    draws = np.empty(count, dtype=DRAW)
    for name in NUMBERS:
        draws[name] = values[name]
    out = np.empty((count, len(INDICATORS), len(plan)))
    error = np.empty((count if check else 0, len(plan)))
    parts = min(os.cpu_count() or 1, max(1, count // _WORTH_A_THREAD))
    edges = np.linspace(0, count, parts + 1).astype(int)

    def work(part: int) -> None:
        low, high = edges[part], edges[part + 1]
        room = workspace(len(plan), len(groups))
        run_draws(draws[low:high].view(np.recarray), groups, plan, room, out[low:high], error[low:high])

    if parts == 1:
        work(0)
    else:
        with ThreadPoolExecutor(parts) as pool:
            list(pool.map(work, range(parts)))
    return out, error
