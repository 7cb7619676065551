"""How often cabinets fall at all: the record that an outlook may lean on.

From the hazard that :mod:`treves.bargaining.backtests.cabinets` fits to 314 cabinets of 15 democracies (G. King, J. Alt,
N. Burns and M. Laver, American Journal of Political Science 34, 1990); a test fits it again where the data are at hand.
"""

from __future__ import annotations

from treves.model.outlook import BaseRate
from treves.model.table import Estimate

CABINETS = Estimate(0.054, 0.018, 0.203)
"""Collapses per month in the second year of a cabinet: the median of the 314, with the central 90% of them."""


def cabinet_base_rate(weight: float) -> BaseRate:
    """Return the record of cabinets with a weight, 0-1, beside the model of the table."""
    return BaseRate(CABINETS, weight, "314 cabinets, King and others 1990")
