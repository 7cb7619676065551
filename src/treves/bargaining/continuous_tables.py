"""Fair packages of tables whose issues are ranges, alone or beside issues with options.

A range is cut where a condition (of a constraint, red line, mandate, interaction or effect) begins or ends; within each
piece everything is linear but the distance to a party's point, which is concave: so a table is a program with a whole
variable (0 or 1) for each option or piece. Numbers are given to nine digits of their range
(reservation values are met to as many), and utilities are worked out anew from the package itself. A condition refuses
its bounds too, so that the best package next to it may not exist; a piece next to one is kept off it by 1e-6 of the
length of the range.

Where :mod:`~treves.bargaining.fair` looks at the steps of a range, these methods look at all its numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from treves.bargaining import continuous
from treves.bargaining.concepts import Answer, Concept
from treves.bargaining.continuous_cells import Cell
from treves.bargaining.continuous_rows import Built, built_program
from treves.bargaining.fair import LosingCoalition
from treves.bargaining.frontier import judged_parties
from treves.bargaining.grid import Space
from treves.bargaining.refusals import FIRM
from treves.bargaining.search_demands import rule_can_pass
from treves.bargaining.utilities import reservations, utility_of
from treves.model.table import Choice, Package, Scale

_DIGITS = 9


@attrs.frozen
class FairChoice:
    """A fair package of a table with ranges.

    Attributes:
        concept: what it is fair by.
        answer: whether there is one; the rest is empty unless it is found.
        parties: whose gains are compared, and who all consent.
        package: one choice for every issue, a number on a range.
        utilities: of all parties of the table, in its order, worked out from the package.
        unique: False when other packages are as good, of which this is one (utilitarian only).
        path: steps of utilities of `parties`, origin first (Raiffa only).
        gap: how much the sum of logarithms of gains could at most be above this package's (Nash only).
        idle: parties that can gain nothing over their origin, so that the concept is about the others.
    """

    concept: Concept
    answer: Answer
    parties: tuple[str, ...]
    package: Package = ()
    utilities: tuple[float, ...] = ()
    unique: bool = True
    path: tuple[tuple[float, ...], ...] = ()
    gap: float = 0.0
    idle: tuple[str, ...] = ()


def fair_choices(
    space: Space, *, coalition: Sequence[str] = (), firm: float = FIRM, origin: Sequence[float] = ()
) -> tuple[FairChoice, ...]:
    """Return the fair packages of a table over all numbers of its ranges, by every concept.

    On a table with options, or with conditions on ranges, the set of packages is a union of convex sets; see the
    concepts in :mod:`~treves.bargaining.continuous` for what they mean there. Of packages that are as good as each other
    one is given.

    Args:
        space: the packages; the steps of ranges are not looked at.
        coalition: parties that must all consent, and whose gains are compared; those whose consent counts under the rule
            unless given.
        firm: firmness, 0-1, from which a red line counts.
        origin: what each party of the table has without agreement, in its order; reservation values unless given. No
            package below a party's reservation value is looked at in any case.

    Raises:
        LosingCoalition: the coalition is given, and cannot pass anything.
        UnknownChoice: the table names an issue or option that is not there.
        SolverStopped: the solver gave up.
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
    if not rule_can_pass(table.rule, table):
        return tuple(FairChoice(concept, Answer.NOBODY, parties) for concept in Concept)
    rows = [space.parties.index(party) for party in parties]
    floors = reservations(space)
    start = np.asarray(origin or floors, np.float64)[rows]
    built = built_program(space, parties, firm=firm)
    found = continuous.fair_points(built.program, start, floors[rows])
    return tuple(_choice(space, built, parties, point) for point in found)


def _choice(space: Space, built: Built, parties: tuple[str, ...], point: continuous.FairPoint) -> FairChoice:
    if point.answer is not Answer.FOUND:
        return FairChoice(point.concept, point.answer, parties)
    package = package_of(space, built, point.at)
    return FairChoice(
        concept=point.concept,
        answer=point.answer,
        parties=parties,
        package=package,
        utilities=tuple(float(u) for u in utility_of(space, package)),
        unique=point.unique,
        path=point.path,
        gap=point.gap,
        idle=tuple(parties[p] for p in point.idle),
    )


def package_of(space: Space, built: Built, at: Sequence[float]) -> Package:
    """Return the package that a point of a table's program stands for; numbers to nine digits of their range."""
    chosen: list[tuple[str, Choice]] = []
    for issue, cells, first, number in zip(space.table.issues, built.cells, built.first, built.number, strict=True):
        cell: Cell = max(zip(at[first : first + len(cells)], cells, strict=True), key=lambda pair: pair[0])[1]
        if issue.scale is not Scale.RANGE:
            chosen.append((issue.key, cell.sample))
            continue
        length = issue.bounds[1] - issue.bounds[0]
        rounded = issue.bounds[0] + round((at[number] - issue.bounds[0]) / length, _DIGITS) * length
        ends = [end for end in (cell.low, cell.high) if abs(rounded - end) <= 2 * length * 10**-_DIGITS]
        chosen.append((issue.key, ends[0] if ends else round(rounded, 12)))
    return tuple(chosen)
