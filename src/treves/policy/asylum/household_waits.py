"""How long families like one household wait: watched through the simulated chain, over draws of the parameters."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from treves.model.policy import Reform
from treves.policy.asylum.household import FAMILIES, HORIZON, SCALE, Household, Waiting
from treves.policy.asylum.layout import HISTORY, A, B, Floats
from treves.policy.asylum.options import month_of, plan_of
from treves.policy.asylum.persons import HOUSEHOLD, run_persons
from treves.policy.asylum.persons_layout import MEANS_ENOUGH, MEANS_LATER, MEANS_NEVER, WATCHED
from treves.policy.draws import drawn

if TYPE_CHECKING:
    from treves.policy.asylum.model import AsylumModel

_MEANS = {"none": MEANS_LATER, "never": MEANS_NEVER, "enough": MEANS_ENOUGH}


def waiting_of(asked: Household, reform: Reform, model: AsylumModel, *, start: date, draws: int, seed: int) -> Waiting:
    """Return how long families like this one wait under an option, if their case is approved.

    Args:
        asked: the household.
        reform: the option, or a branch of it.
        model: the chain.
        start: first month of the run.
        draws: of the parameters, 1 or more.
        seed: of all random numbers.
    """
    at = month_of(asked.granted, start)
    watched = np.zeros(FAMILIES, dtype=WATCHED)
    watched["granted"], watched["status"] = HISTORY + at, A if asked.status == "A" else B
    watched["lag"], watched["means"], watched["home"] = asked.applies_after, _MEANS[asked.means], asked.home
    values = drawn((*model.at(start), HOUSEHOLD), draws=draws, seed=seed)
    plan = plan_of(reform, months=at + HORIZON + 1, start=start, season=model.place.season, given=model.given)
    groups = model.place.groups()

    def waits(draw: int) -> Floats:
        one = {key: float(figures[draw]) for key, figures in values.items()}
        run = run_persons(one, groups=groups, plan=plan, seed=seed + draw, scale=SCALE, watched=watched)
        return run.waits(status=A if asked.status == "A" else B, granted=(at, at + 1), watched=True)

    with ThreadPoolExecutor(min(os.cpu_count() or 1, draws)) as pool:
        found = np.concatenate(list(pool.map(waits, range(draws))))
    return summed_up(np.where(found > HORIZON, np.inf, found))


def summed_up(waits: Floats) -> Waiting:
    """Return the bands of waiting times, of which those without end are infinite."""

    def at(quantile: float) -> float | None:
        months = float(np.quantile(waits, quantile, method="inverted_cdf"))
        return months if np.isfinite(months) else None

    come = waits[np.isfinite(waits)]
    share = len(come) / len(waits) if len(waits) else 0.0
    of_those = float(np.median(come)) if len(come) else None
    if not len(waits):
        return Waiting(None, None, None, None, None, share, HORIZON, of_those)
    return Waiting(at(0.5), at(0.25), at(0.75), at(0.05), at(0.95), share, HORIZON, of_those)
