"""The chances of agreement, collapse and talks that go on, draw by draw."""

from __future__ import annotations

import attrs
import numpy as np

from treves.bargaining.board import Floats
from treves.bargaining.draws import Input, drawn, inputs_of
from treves.bargaining.sampling import Sample
from treves.model.outlook import BaseRate


@attrs.frozen(eq=False)
class Chances:
    """Chances by draw, and the variance with which each is estimated.

    Attributes:
        agreement, collapse, still_open: they add up to 1 in every draw.
        noise: the variances, in the same order.
    """

    agreement: Floats
    collapse: Floats
    still_open: Floats
    noise: tuple[Floats, Floats, Floats]


def chances_of(sample: Sample, months: float | None = None) -> Chances:
    """Return the chances of each draw.

    Talks without an agreement at the deadline end there with the deadline's drawn firmness, else they go on. A record of
    cases, if the method names one, is mixed in by its weight: it tells only how often talks collapse in so many months,
    and leaves the odds of the other two outcomes as they are (a linear pool).

    Args:
        sample: negotiations.
        months: until the deadline; needed for a record of cases.
    """
    inputs = [one for one in inputs_of(sample.task.table) if one.name == "deadline.firmness"]
    ends = drawn(inputs, sample.task.seed, 0, sample.draws)["deadline.firmness"]
    agreement, collapse, still_open = (np.zeros(sample.draws) for _ in range(3))
    noise = [np.zeros(sample.draws) for _ in range(3)]
    for protocol, share in enumerate(sample.shares):
        if share == 0:
            continue
        count = int(sample.inner[protocol])
        agreed, walked = sample.tally.agreed[protocol] / count, sample.tally.walked[protocol] / count
        stuck = (count - sample.tally.agreed[protocol] - sample.tally.walked[protocol]) / count
        agreement += share * agreed
        collapse += share * (walked + stuck * ends)
        still_open += share * stuck * (1 - ends)
        squares = (agreed, walked + stuck * ends**2, stuck * (1 - ends) ** 2)
        means = (agreed, walked + stuck * ends, stuck * (1 - ends))
        for kind in range(3):
            noise[kind] += share**2 * (squares[kind] - means[kind] ** 2) / (count - 1)
    found = Chances(agreement, collapse, still_open, (noise[0], noise[1], noise[2]))
    rate = sample.task.method.base_rate
    return found if rate is None or months is None else _pooled(found, rate, months, sample)


def _pooled(found: Chances, rate: BaseRate, months: float, sample: Sample) -> Chances:
    hazard = drawn([Input("base_rate.hazard", rate.hazard, 0.0)], sample.task.seed, 0, sample.draws)
    recorded = 1 - np.exp(-hazard["base_rate.hazard"] * months)
    collapse = (1 - rate.weight) * found.collapse + rate.weight * recorded
    other = found.agreement + found.still_open
    agreed = np.divide(found.agreement, other, out=np.zeros_like(other), where=other > 0)
    agreement = agreed * (1 - collapse)
    kept = (1 - rate.weight) ** 2
    noise = (found.noise[0] * kept, found.noise[1] * kept, found.noise[2] * kept)
    return Chances(agreement, collapse, 1 - collapse - agreement, noise)
