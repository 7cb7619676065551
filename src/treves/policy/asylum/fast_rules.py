"""The rules, compiled."""

from __future__ import annotations

from treves.policy.asylum import rules
from treves.policy.asylum.compiling import compiled
from treves.policy.asylum.rules import LAST_APPLICATION, NEW_APPLICATIONS, PENDING

__all__ = [
    "LAST_APPLICATION",
    "NEW_APPLICATIONS",
    "PENDING",
    "brake_met",
    "conditions_met",
    "falls_under",
    "income_share",
    "monthly",
    "newly_met",
    "not_yet",
    "shifted",
]

brake_met = compiled(rules.brake_met)
conditions_met = compiled(rules.conditions_met)
falls_under = compiled(rules.falls_under)
income_share = compiled(rules.income_share)
monthly = compiled(rules.monthly)
newly_met = compiled(rules.newly_met)
not_yet = compiled(rules.not_yet)
shifted = compiled(rules.shifted)
