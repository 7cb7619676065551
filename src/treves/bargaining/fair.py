"""The fair packages of a table, and what is best for each party.

They are sought among the packages to which every party of a coalition consents: the parties that count under the decision
rule, unless others are named. What each has without agreement is its reservation value, which is its value of the
reversion point unless the table gives another. All fair points lie on the Pareto frontier, so that large additive tables
need no list of packages.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import ClassVar

import attrs
import numpy as np

from treves.bargaining.concepts import Answer, Concept
from treves.bargaining.frontier import Consent, Frontier, frontier_of, judged_parties
from treves.bargaining.grid import Space, package_at
from treves.bargaining.raiffa import raiffa
from treves.bargaining.refusals import FIRM
from treves.bargaining.solutions import FairSet, egalitarian, kalai_smorodinsky, nash, utilitarian
from treves.bargaining.utilities import reservations
from treves.errors import TableError
from treves.model.table import Package

CONCEPTS = {
    Concept.NASH: nash,
    Concept.KALAI_SMORODINSKY: kalai_smorodinsky,
    Concept.EGALITARIAN: egalitarian,
    Concept.UTILITARIAN: utilitarian,
    Concept.RAIFFA: raiffa,
}
"""The function of each concept, on a finite set."""


class LosingCoalition(TableError):
    """Fair packages are sought for parties that cannot pass anything together."""

    code: ClassVar[str] = "T605"


@attrs.frozen(eq=False)
class FairPackages:
    """The fair packages of a table.

    Attributes:
        frontier: of the packages to which all parties of the coalition consent; points of `fair` are its points.
        origin: what each of its parties has without agreement.
        fair: what each concept selects.
        nothing: EMPTY when constraints and budgets leave no package, NOBODY when some party refuses each that they
            leave; FOUND otherwise.
    """

    frontier: Frontier
    origin: tuple[float, ...]
    fair: tuple[FairSet, ...]
    nothing: Answer

    def by(self, concept: Concept) -> FairSet:
        """Return what a concept selects."""
        return next(found for found in self.fair if found.concept is concept)

    def best_for(self, party: str) -> tuple[int, ...]:
        """Return the points of the frontier that are best for a party; empty where there is none."""
        utilities = self.frontier.utilities[:, self.frontier.parties.index(party)]
        return tuple(np.flatnonzero(utilities == utilities.max(initial=0.0)).tolist())

    def count(self, points: Sequence[int]) -> int:
        """Return how many packages these points stand for."""
        return sum(self.frontier.counts[point] for point in points)

    def packages(self, points: Sequence[int], *, most: int = 10) -> tuple[Package, ...]:
        """Return the packages that these points stand for, `most` of them at most."""
        numbers: Iterator[int] = itertools.chain.from_iterable(self.frontier.numbers(point) for point in points)
        return tuple(package_at(self.frontier.space, number) for number in itertools.islice(numbers, most))

    def rows(self) -> list[dict[str, object]]:
        """Return one row for each concept and point: its utilities, how many packages, one of them, who gains nothing."""
        found: list[dict[str, object]] = []
        for fair in self.fair:
            idle = [self.frontier.parties[p] for p in fair.idle]
            if fair.answer is not Answer.FOUND:
                found.append({"concept": fair.concept.value, "answer": fair.answer.value})
            for point, utilities in zip(fair.points, fair.utilities.tolist(), strict=True):
                row: dict[str, object] = {"concept": fair.concept.value, "answer": fair.answer.value}
                row |= dict(zip(self.frontier.parties, utilities, strict=True))
                row |= {"packages": self.frontier.counts[point], "package": dict(self.packages([point], most=1)[0])}
                found.append(row | {"gain_nothing": idle})
        return found


def fair_packages(
    space: Space, *, coalition: Sequence[str] = (), firm: float = FIRM, origin: Sequence[float] = ()
) -> FairPackages:
    """Return the fair packages of a table, by every concept.

    Args:
        space: the packages.
        coalition: parties that must all consent, and whose gains are compared; those whose consent counts under the rule
            unless given.
        firm: firmness, 0-1, from which a red line counts.
        origin: what each party of the table has without agreement, in its order; reservation values unless given. No
            package below a party's reservation value is looked at in any case.

    Raises:
        LosingCoalition: the coalition is given, and cannot pass anything.
        TooManyPackages, FrontierTooLarge, UnknownChoice: see :func:`~treves.bargaining.frontier.frontier_of`.
    """
    parties = judged_parties(space, coalition)
    table = space.table
    if coalition and not table.rule.passes(parties, table.weights):
        raise LosingCoalition(
            "The parties {parties} cannot pass anything together under the rule of table {table}.",
            hint="Name parties that can, or none to take all that count.",
            parties=", ".join(parties),
            table=table.key,
        )
    # a rule that even all parties together do not meet passes nothing
    consent = Consent.ALL if table.rule.passes(space.parties, table.weights) else Consent.RULE
    frontier = frontier_of(space, parties=parties, consent=consent, firm=firm)
    rows = [space.parties.index(party) for party in parties]
    start = np.asarray(origin or reservations(space), dtype=np.float64)[rows]
    floors = reservations(space)[rows]
    nothing = Answer.FOUND
    if not len(frontier):
        nothing = Answer.NOBODY if _any_allowed(space) else Answer.EMPTY
    return FairPackages(
        frontier,
        tuple(start.tolist()),
        tuple(
            concept(frontier.utilities, start, floors) if len(frontier) else FairSet(name, nothing)
            for name, concept in CONCEPTS.items()
        ),
        nothing,
    )


def _any_allowed(space: Space) -> bool:
    one = space.parties[:1]
    return len(frontier_of(space, parties=one, consent=Consent.NOBODY)) > 0
