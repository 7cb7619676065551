"""Decision rules: which parties' joint consent passes a package."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

import attrs


class RuleKind(StrEnum):
    """The families of monotone rules: once enough parties consent, a further one does no harm."""

    UNANIMITY = "unanimity"
    WEIGHTED = "weighted"
    COALITIONS = "coalitions"


@attrs.frozen
class DecisionRule:
    """Which parties' consent passes a package.

    Attributes:
        kind: all parties; a weight of votes; or any of the listed coalitions.
        quota: votes needed under a weighted rule; None for more than half of them.
        veto: parties that must consent under any kind ("a chair with a veto").
        winning: coalitions of which one must consent, for the kind "coalitions"; supersets win too.
        parties: parties whose consent counts; empty for all at the table.
        setter: the party that makes the proposals (the agenda setter); empty for none in particular.
    """

    kind: RuleKind = RuleKind.UNANIMITY
    quota: float | None = None
    veto: tuple[str, ...] = ()
    winning: tuple[tuple[str, ...], ...] = ()
    parties: tuple[str, ...] = ()
    setter: str = ""

    def voters(self, weights: Mapping[str, float]) -> tuple[str, ...]:
        """Return the parties whose consent counts; `weights` holds the votes of every party at the table."""
        return self.parties or tuple(weights)

    def needed(self, weights: Mapping[str, float]) -> float:
        """Return the votes that pass under a weighted rule: the quota, else the least number above half.

        Votes that are whole numbers need the next whole number above half; others anything above half.
        """
        if self.quota is not None:
            return self.quota
        half = sum(weights[v] for v in self.voters(weights)) / 2
        whole = all(float(weights[v]).is_integer() for v in self.voters(weights))
        return float(half // 1 + 1) if whole else half * (1 + 1e-12) + 1e-12

    def passes(self, consenting: Collection[str], weights: Mapping[str, float]) -> bool:
        """Return whether these parties' consent passes a package.

        Args:
            consenting: keys of parties.
            weights: votes of every party at the table, 0 or more.
        """
        agreed = set(consenting)
        if not agreed.issuperset(self.veto):
            return False
        voters = self.voters(weights)
        if self.kind is RuleKind.UNANIMITY:
            return agreed.issuperset(voters)
        if self.kind is RuleKind.COALITIONS:
            return any(agreed.issuperset(coalition) for coalition in self.winning)
        return sum(weights[v] for v in voters if v in agreed) >= self.needed(weights)
