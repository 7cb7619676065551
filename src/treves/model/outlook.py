"""What may come of a table: the chances of an agreement, a collapse and talks that go on, with what they rest on.

Chances are shares, 0-1. Every band has two layers kept apart: the *process*, how talks would go if every number of the
table were known (walk-outs, who proposes, whether a red line holds), is averaged within a draw into that draw's chance;
what is *not known* of the numbers makes the chance differ between draws, and that is what a band spans.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from treves.model.table import Choice, Estimate, Package


@attrs.frozen
class Band:
    """A quantity with what is not known of it.

    Attributes:
        mean: over all draws: the best single figure.
        low, high: the central 90% of draws.
        inner_low, inner_high: the central 50% of draws.
        error: standard error of `mean` by the number of draws; it shrinks with more draws, the band does not.
    """

    mean: float
    low: float
    high: float
    inner_low: float
    inner_high: float
    error: float = 0.0


@attrs.frozen
class BaseRate:
    """How often talks of this kind collapse at all, by a record of cases.

    Attributes:
        hazard: collapses per month.
        weight: 0-1, how much the record counts beside the model of the table; 0 leaves the model alone.
        source: what record it is, in words.
    """

    hazard: Estimate
    weight: float = 0.25
    source: str = ""


@attrs.frozen
class Method:
    """How an outlook is reckoned. All of it is kept in the audit record.

    Attributes:
        protocols: (name, weight) of the ways in which talks may go: "alternating" offers or a "mediated" single text.
        inner: negotiations per draw, shared out over the protocols by weight.
        search: packages that a proposer looks at before an offer, 1 or more.
        packages: most packages that are looked at; of a larger space a part stands for all.
        block: draws that are worked at a time; the result does not depend on it.
        base_rate: a record of cases to lean on; None for none.
    """

    protocols: tuple[tuple[str, float], ...] = (("alternating", 0.5), ("mediated", 0.5))
    inner: int = 50
    search: int = 8
    packages: int = 5_000
    block: int = 250
    base_rate: BaseRate | None = None


@attrs.frozen
class LandingZone:
    """Where an issue ends, given agreement.

    Attributes:
        issue: key.
        choices: (choice, share of the agreements), in the order of the issue.
        low, inner_low, median, inner_high, high: quantiles .05, .25, .5, .75, .95 of the place on the scale; None on an
            unordered issue, and where there is no agreement at all.
    """

    issue: str
    choices: tuple[tuple[Choice, float], ...]
    low: float | None = None
    inner_low: float | None = None
    median: float | None = None
    inner_high: float | None = None
    high: float | None = None


@attrs.frozen
class LikelyPackage:
    """A package that is often agreed on: its share of the agreements."""

    package: Package
    share: float


@attrs.frozen
class Blocker:
    """What stood between the parties and an agreement.

    Attributes:
        party: key.
        cause: "red line", "reservation" (nothing that could pass is worth enough to it), "mandate" or "walk-out".
        line: name of the red line as in a what-if path ("redline.cu.limit"); empty for other causes.
        alone: share of all negotiations that failed and would not have without this alone.
        together: share of all negotiations that failed by this and others at once.
    """

    party: str
    cause: str
    line: str
    alone: float
    together: float


@attrs.frozen
class RoundShare:
    """Shares of all negotiations that end in a round (from 1), before the last by agreement or walk-out."""

    round: int
    agreement: float
    walked_out: float


@attrs.frozen
class Sensitivity:
    """How one uncertain number moves the chance of agreement.

    Attributes:
        name: the number, as in a what-if path.
        correlation: Spearman's, of the number with the chance, -1 to 1.
        share: part of the chance's variance between draws that the number explains by itself (first-order Sobol index).
        low, high: mean chance where the number is in its lowest and in its highest fifth.
        noise: largest absolute correlation that 95 of 100 numbers without any effect would show.
    """

    name: str
    correlation: float
    share: float
    low: float
    high: float
    noise: float

    @property
    def swing(self) -> float:
        """How far the chance moves from the number's lowest to its highest fifth."""
        return self.high - self.low


@attrs.frozen
class Considered:
    """Which packages were looked at.

    Attributes:
        packages: how many, all of them within constraints and budgets.
        complete: whether these are all that there are; otherwise the best for many weightings of the parties, with and
            without each red line, and a random part.
        passable: how many of them can pass with every stated red line in force.
    """

    packages: int
    complete: bool
    passable: Band


@attrs.frozen
class Audit:
    """What is needed to make an outlook again, byte for byte.

    Attributes:
        table: SHA-256 of the table's canonical JSON, in hexadecimal.
        beside: the same of other tables on whose packages it looked too; empty unless only a part of them was looked at.
        relief: (party, by how much its reservation value was taken lower than drawn), from a what-if.
        seed, draws, method: as asked.
        now: the moment that it was reckoned for, ISO 8601; empty for the table's own.
        versions: (name, version) of what reckoned it.
        result: SHA-256 of the outlook's canonical JSON without this record.
    """

    table: str
    seed: int
    draws: int
    method: Method
    now: str
    versions: tuple[tuple[str, str], ...]
    result: str = ""
    beside: tuple[str, ...] = ()
    relief: tuple[tuple[str, float], ...] = ()


@attrs.frozen
class Outlook:
    """What may come of a table by its deadline.

    Attributes:
        table: key of the table.
        agreement, collapse, still_open: chances of the three outcomes; their means add up to 1.
        by_protocol: (protocol, mean chance of agreement).
        landing: by issue, given agreement.
        packages: the most likely ones, given agreement, most likely first.
        blockers: what stood in the way, most often first.
        rounds: when it ends.
        sensitivity: what moves the chance of agreement, most first.
        considered: which packages were looked at.
        audit: how to make it again.
    """

    table: str
    agreement: Band
    collapse: Band
    still_open: Band
    by_protocol: tuple[tuple[str, float], ...]
    landing: tuple[LandingZone, ...]
    packages: tuple[LikelyPackage, ...]
    blockers: tuple[Blocker, ...]
    rounds: tuple[RoundShare, ...]
    sensitivity: tuple[Sensitivity, ...]
    considered: Considered
    audit: Audit

    def rows(self) -> Iterator[dict[str, str | float]]:
        """Yield one row per outcome: its name, mean and bands."""
        for name in ("agreement", "collapse", "still_open"):
            yield {"outcome": name, **attrs.asdict(getattr(self, name))}


@attrs.frozen
class Change:
    """One single change at the table, and what it does.

    Attributes:
        party: key of who changes.
        kind: "give up", "soften", "move", "lower" or "weigh less".
        edit: the change as a what-if edit ("redline.cu.limit=off").
        issue: key of the issue it is about; empty for a reservation value.
        to: place or option on the scale that is moved to, or the new number; None where there is none.
        towards: key of the party whose option is moved to; empty otherwise.
        agreement: what the chance of agreement gains, in parts of 1.
        passable: how many more packages can pass with every stated red line in force.
    """

    party: str
    kind: str
    edit: str
    issue: str
    to: float | None
    towards: str
    agreement: Band
    passable: Band


@attrs.frozen
class Comparison:
    """Two outlooks on the same draws, and their differences (after less before).

    Attributes:
        edits: what was changed.
        before, after: the outlooks.
        agreement, collapse, still_open, passable: differences with bands.
    """

    edits: tuple[str, ...]
    before: Outlook
    after: Outlook
    agreement: Band
    collapse: Band
    still_open: Band
    passable: Band

    def rows(self) -> Iterator[dict[str, str | float]]:
        """Yield one row per outcome: both means, and the difference with its bands."""
        for name in ("agreement", "collapse", "still_open"):
            means = {"before": getattr(self.before, name).mean, "after": getattr(self.after, name).mean}
            yield {"outcome": name, **means, **attrs.asdict(getattr(self, name))}
