"""Which packages can pass: the fair ones, the best for each party, who blocks what a party wants, and why nothing passes."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from treves.bargaining.concepts import Answer
from treves.bargaining.conflicts import Conflict, conflict_of
from treves.bargaining.conflicts_words import conflict_told
from treves.bargaining.fair import FairPackages, fair_packages
from treves.bargaining.feasible import FeasibleSet, Judgement, feasible_set, judge
from treves.bargaining.frontier import Consent, frontier_of
from treves.bargaining.grid import MOST_PACKAGES, Space
from treves.bargaining.refusals import FIRM
from treves.bargaining.search import Aim, AimKind, best, first_package
from treves.bargaining.space import space_of
from treves.bargaining.utilities import reservations, utility_of
from treves.errors import Phrase, TableError
from treves.model.table import Package, Table

BEST, WISH = "best", "wish"
"""What a shown package is, besides the name of a concept: the best that can pass for a party, and what it would want most."""
_POINTS = 1_500


@attrs.frozen
class ShownPackage:
    """A package worth looking at.

    Attributes:
        kind: a concept ("nash"), "sum" or "least" where only a search could be made, or BEST or WISH of a party.
        party: key of that party; empty otherwise.
        package: one choice for every issue.
        utilities: by party, 0-1, in the order of the table.
        tied: packages that are worth just as much to every party, this one included; 0 where they were not counted.
        passes: whether it can.
        blocking: parties that do not consent and without whom nothing passes.
        objections: what it does not meet, in words.
    """

    kind: str
    party: str
    package: Package
    utilities: tuple[float, ...]
    tied: int
    passes: bool
    blocking: tuple[str, ...]
    objections: tuple[Phrase, ...]


@attrs.frozen
class PartyRoom:
    """What a party accepts of the packages that the rules of the table allow: how many, and how many it blocks alone."""

    party: str
    acceptable: int
    refused: int
    blocks_alone: int


@attrs.frozen
class FrontierPoint:
    """A point of the frontier: utilities by party, and whether the package behind it can pass."""

    utilities: tuple[float, ...]
    passes: bool


@attrs.frozen
class PackagesAnswer:
    """What can still pass at a table.

    Attributes:
        table: which.
        size: conceivable packages.
        allowed: those that constraints and budgets leave; None where there are too many to list.
        passing: those that can pass; None likewise.
        rooms: by party; empty likewise.
        reservations: by party, 0-1.
        shown: fair packages first, then the best for each party, then what each would want most.
        frontier: points of the frontier of all allowed packages, the best in sum first; empty where it is too large.
        conflict: why nothing can pass; None if something can.
        reasons: the same in words; empty likewise.
    """

    table: Table
    size: int
    allowed: int | None
    passing: int | None
    rooms: tuple[PartyRoom, ...]
    reservations: tuple[float, ...]
    shown: tuple[ShownPackage, ...]
    frontier: tuple[FrontierPoint, ...]
    conflict: Conflict | None = None
    reasons: tuple[Phrase, ...] = ()

    @property
    def feasible(self) -> bool:
        """Whether some package can pass."""
        return self.conflict is None

    def rows(self) -> Iterator[dict[str, object]]:
        """Yield one row for each shown package."""
        parties = [p.key for p in self.table.parties]
        for one in self.shown:
            yield {
                "kind": one.kind,
                "party": one.party,
                "passes": one.passes,
                "tied": one.tied,
                "package": dict(one.package),
                "utilities": dict(zip(parties, one.utilities, strict=True)),
                "blocking": list(one.blocking),
                "objections": [str(words) for words in one.objections],
            }


def packages_of(table: Table, *, firm: float = FIRM, language: str = "en") -> PackagesAnswer:
    """Return what can still pass.

    Args:
        table: a table without faults.
        firm: firmness, 0-1, from which a red line counts.
        language: "en" or "nl", in which labels are quoted in the reasons.

    Raises:
        TableError: a search was not finished, or the table names what is not there.
    """
    space = space_of(table)
    listed = feasible_set(space, firm=firm) if space.size <= MOST_PACKAGES else None
    possible = listed.count > 0 if listed is not None else first_package(space, firm=firm) is not None
    conflict = None if possible else conflict_of(space, firm=firm)
    told = () if conflict is None else conflict_told(table, conflict, language="nl" if language == "nl" else "en")
    return PackagesAnswer(
        table=table,
        size=space.size,
        allowed=listed.allowed if listed else None,
        passing=listed.count if listed else None,
        rooms=_rooms(listed) if listed else (),
        reservations=tuple(float(r) for r in reservations(space)),
        shown=(*(_fair(space, firm) if possible else ()), *_wishes(space, firm)),
        frontier=tuple(_frontier(space, firm)),
        conflict=conflict,
        reasons=told,
    )


def _rooms(listed: FeasibleSet) -> tuple[PartyRoom, ...]:
    counts = zip(listed.space.parties, listed.acceptable, listed.refused, listed.alone, strict=True)
    return tuple(PartyRoom(*one) for one in counts)


def _fair(space: Space, firm: float) -> Iterator[ShownPackage]:
    """The fair packages and the best for each party; from a search where the frontier is too large to hold."""
    try:
        found = fair_packages(space, firm=firm)
    except TableError:
        yield from _searched(space, firm)
        return
    if found.nothing is not Answer.FOUND:  # something passes, but never with the consent of all
        yield from _searched(space, firm)
        return
    for fair in found.fair:
        if fair.points:
            yield _of_points(found, fair.points, fair.concept.value, "", firm)
    for party in found.frontier.parties:
        yield _of_points(found, found.best_for(party), BEST, party, firm)


def _of_points(found: FairPackages, points: tuple[int, ...], kind: str, party: str, firm: float) -> ShownPackage:
    (package,) = found.packages(points, most=1)
    return _shown(found.frontier.space, package, kind, party, found.count(points), firm)


def _searched(space: Space, firm: float) -> Iterator[ShownPackage]:
    aims = [(Aim(AimKind.SUM), "sum", ""), (Aim(AimKind.LEAST, origin=tuple(reservations(space))), "least", "")]
    aims += [(Aim(AimKind.PARTY, party=party), BEST, party) for party in space.parties]
    for aim, kind, party in aims:
        ranking = best(space, aim, firm=firm)
        if ranking.found:
            tied = 0 if ranking.more_tied else len(ranking.found)
            yield _shown(space, ranking.found[0].package, kind, party, tied, firm)


def _wishes(space: Space, firm: float) -> Iterator[ShownPackage]:
    """What each party would want most of all that the rules of the table allow, whoever refuses it."""
    for party in space.parties:
        try:
            wanted = frontier_of(space, parties=(party,), consent=Consent.NOBODY, firm=firm)
        except TableError:
            continue
        if len(wanted):
            package = next(wanted.packages(0, most=1))
            yield _shown(space, package, WISH, party, wanted.counts[0], firm)


def _shown(space: Space, package: Package, kind: str, party: str, tied: int, firm: float) -> ShownPackage:
    judged: Judgement = judge(space, package, firm=firm)
    return ShownPackage(
        kind=kind,
        party=party,
        package=package,
        utilities=judged.utilities,
        tied=tied,
        passes=judged.passes,
        blocking=judged.blocking,
        objections=tuple(o.words for o in judged.objections),
    )


def _frontier(space: Space, firm: float) -> Iterator[FrontierPoint]:
    """The best of the frontier of all that is allowed, each with whether it can pass."""
    try:
        whole = frontier_of(space, parties=space.parties, consent=Consent.NOBODY, firm=firm)
    except TableError:
        return
    for point in range(min(len(whole), _POINTS)):
        package = next(whole.packages(point, most=1))
        passes = judge(space, package, firm=firm).passes
        yield FrontierPoint(tuple(float(u) for u in utility_of(space, package)), passes)
