"""The exact Pareto frontier of a table: packages that no other improves for one party without harming another.

Packages that are worth the same to every party are one point of the frontier, and all of them can be listed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum

import attrs
import numpy as np

from treves.bargaining.feasible import acceptance, winning
from treves.bargaining.grid import Flags, Floats, Space, UnknownChoice, package_at, require_listable
from treves.bargaining.refusals import FIRM, allowed
from treves.bargaining.search_demands import deciding
from treves.bargaining.skyline import undominated
from treves.bargaining.utilities import all_utilities
from treves.errors import TableError
from treves.model.table import Package


class Consent(StrEnum):
    """Which packages are looked at, of those that meet all constraints and budgets."""

    NOBODY = "nobody"
    """All, whoever refuses them."""
    RULE = "rule"
    """Those that can pass under the decision rule."""
    ALL = "all"
    """Those to which each of the parties looked at consents."""


@attrs.frozen(eq=False)
class Frontier:
    """Points that nothing dominates.

    Attributes:
        space: the packages.
        parties: those whose utility counts.
        utilities: (points, parties), by falling sum, then by falling utility of the first party, and so on.
        counts: how many packages each point stands for.
    """

    space: Space
    parties: tuple[str, ...]
    utilities: Floats
    counts: tuple[int, ...]
    _ties: Callable[[int], Iterator[int]] = attrs.field(alias="ties")

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self.utilities)

    def numbers(self, point: int) -> Iterator[int]:
        """Iterate over the numbers of the packages that a point stands for, in a fixed order."""
        return self._ties(point)

    def packages(self, point: int, *, most: int | None = None) -> Iterator[Package]:
        """Iterate over the packages that a point stands for, `most` of them at most."""
        for number in itertools.islice(self.numbers(point), most):
            yield package_at(self.space, number)

    def rows(self) -> list[dict[str, object]]:
        """Return one row for each point: utility by party, how many packages it stands for, and one of them."""
        return [
            dict(zip(self.parties, map(float, utilities), strict=True))
            | {"packages": count, "package": dict(next(self.packages(point)))}
            for point, (utilities, count) in enumerate(zip(self.utilities, self.counts, strict=True))
        ]


def frontier_of(
    space: Space, *, parties: Sequence[str] = (), consent: Consent = Consent.RULE, firm: float = FIRM
) -> Frontier:
    """Return the Pareto frontier of a table.

    Additive tables are merged issue by issue, so that 1e9 packages take about a second; others are listed, up to 1e7
    packages. The frontier grows steeply with the number of parties: past six, expect a large part of all packages.

    Args:
        space: the packages.
        parties: whose utilities count; those whose consent counts under the rule unless given.
        consent: which packages are looked at.
        firm: firmness, 0-1, from which a red line counts.

    Raises:
        TooManyPackages: utilities are not additive, and there are too many packages to list.
        FrontierTooLarge: the merge meets more packages than fit in memory.
        UnknownChoice: the table names an issue or option that is not there, or `parties` one that is not at the table.
    """
    from treves.bargaining.additive_frontier import FrontierTooLarge, merged_frontier

    if space.additive:
        try:
            return merged_frontier(space, parties=parties, consent=consent, firm=firm)
        except FrontierTooLarge as too_large:
            try:
                require_listable(space)
            except TableError:
                raise too_large from None
    return listed_frontier(space, parties=parties, consent=consent, firm=firm)


def listed_frontier(
    space: Space, *, parties: Sequence[str] = (), consent: Consent = Consent.RULE, firm: float = FIRM
) -> Frontier:
    """Return the Pareto frontier from a list of all packages; see :func:`frontier_of`.

    Takes some 10 bytes per package and party.
    """
    require_listable(space)
    judged = judged_parties(space, parties)
    utilities = all_utilities(space)
    among = looked_at(space, judged, consent, firm=firm, utilities=utilities)
    columns = [space.parties.index(party) for party in judged]
    whole = columns == list(range(len(space.parties)))
    groups = undominated(utilities if whole else utilities[:, columns], among=among)
    order = by_sum(groups.values)

    def ties(point: int) -> Iterator[int]:
        group = order[point]
        return iter(groups.members[groups.starts[group] : groups.starts[group + 1]].tolist())

    return Frontier(space, judged, groups.values[order], tuple(groups.sizes[order].tolist()), ties)


def looked_at(
    space: Space, parties: Sequence[str], consent: Consent, *, firm: float = FIRM, utilities: Floats | None = None
) -> Flags:
    """Return for every package whether it is looked at; see :func:`frontier_of`.

    Raises:
        TooManyPackages: the space is too large to list.
    """
    found = allowed(space)
    if consent is Consent.NOBODY:
        return found
    accepting = acceptance(space, firm=firm, utilities=utilities)
    if consent is Consent.RULE:
        return found & winning(space.table, accepting)
    for party in parties:
        found &= accepting[space.parties.index(party)]
    return found


def judged_parties(space: Space, parties: Sequence[str]) -> tuple[str, ...]:
    """Return the parties whose utilities count, in the order of the table.

    Raises:
        UnknownChoice: one is not at the table.
    """
    for party in parties:
        if party not in space.parties:
            raise UnknownChoice(
                "The table {table} has no party {party}.",
                hint="It has: {known}.",
                table=space.table.key,
                party=party,
                known=", ".join(space.parties),
            )
    counted = set(parties) or deciding(space.table)
    return tuple(party for party in space.parties if party in counted)


def by_sum(utilities: Floats) -> list[int]:
    """Return the order of points by falling sum, then by falling utility of the first party, and so on."""
    keys = (*(-utilities[:, column] for column in reversed(range(utilities.shape[1]))), -utilities.sum(axis=1))
    return [int(row) for row in np.lexsort(keys)]
