"""Questions about packages that need not list them: is there one that passes, and which are best?

For tables with logical constraints, or too many packages to list (1e30 is no hindrance): OR-Tools' CP-SAT searches and
proves. What it finds is tested again on the table's own numbers, and nothing is claimed that is not proved. Values are
compared as utilities: packages whose values differ by no more than :data:`TIED` share a rank. Where the parties' numbers
are not whole in common parts of 2**-28, the model rounds (by some 1e-7 on a large table); it then lists all packages
within that of the best and ranks them by their own values.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import ClassVar

import attrs
from ortools.sat.python import cp_model

from treves.bargaining.grid import Space, told_size
from treves.bargaining.refusals import FIRM
from treves.bargaining.search_demands import Demand, broken, consenting, demands_of, passes
from treves.bargaining.search_model import LARGEST, Linear, PackageModel, SearchUnfinished, roundings, solver
from treves.bargaining.utilities import utility_of
from treves.errors import TableError
from treves.model.table import Package

TIED = 1e-9
"""Values that differ by no more than this are as good as each other."""

TRIES = 1000
"""Packages that a model lets through for rounding and that do not pass, after which a search gives up."""

EFFORT = 60.0
"""Most work for one question, in CP-SAT's deterministic time (about seconds)."""


class UnknownAim(TableError):
    """A search is asked to do well by a party that is not at the table."""

    code: ClassVar[str] = "T611"


class AimKind(StrEnum):
    """What packages can be ranked by."""

    PARTY = "party"
    SUM = "sum"
    LEAST = "least"


@attrs.frozen
class Aim:
    """What a package is to be good for.

    Attributes:
        kind: one party's utility, the sum of all, or that of the least-off.
        party: key of the party; empty for the other kinds.
        origin: by party, utility from which its gain is counted when the least-off is sought; empty to compare
            utilities themselves.
    """

    kind: AimKind
    party: str = ""
    origin: tuple[float, ...] = ()


@attrs.frozen
class Found:
    """A package that passes.

    Attributes:
        package: one choice for every issue.
        utilities: by party, in the order of the table.
        value: what the aim makes of it; 0 without an aim.
        rank: 1 for the best; packages as good as each other share it.
        consenting: parties that consent, of those whose consent can count.
    """

    package: Package
    utilities: tuple[float, ...]
    value: float
    rank: int
    consenting: tuple[str, ...]


@attrs.frozen
class Ranking:
    """The best packages.

    Attributes:
        aim: what they are good for.
        found: best first; equal ones in the order of the table's issues and choices. Empty if none passes.
        every: whether these are known to be all packages that pass.
        more_tied: whether further packages may share the last rank, or, within 1e-7, come before it.
    """

    aim: Aim
    found: tuple[Found, ...]
    every: bool
    more_tied: bool


def first_package(space: Space, *, firm: float = FIRM, effort: float = EFFORT) -> Found | None:
    """Return some package that passes, or None: proof that there is none.

    Args:
        space: the packages.
        firm: firmness, 0-1, from which a red line counts.
        effort: most work, in CP-SAT's deterministic time.

    Raises:
        SearchUnfinished: `effort` was not enough.
        UnknownChoice: the table names an issue or option that is not there.
    """
    demands = demands_of(space, firm=firm)
    built = PackageModel(space, demands)
    for _ in range(TRIES):
        package = _solution(built, effort)
        if package is None:
            return None
        unmet = broken(space, package, firm=firm)
        if passes(space.table, unmet):
            return _told(space, package, unmet, None)
        built.forbid(package)
    raise unfinished(space)


def best(
    space: Space, aim: Aim, *, count: int = 1, most_tied: int = 100, firm: float = FIRM, effort: float = EFFORT
) -> Ranking:
    """Return the `count` best packages that pass, and all that are as good as the last of them.

    Args:
        space: the packages.
        aim: what they are to be good for.
        count: packages wanted, 1 or more.
        most_tied: packages of one rank that are listed, 1 or more.
        firm: firmness, 0-1, from which a red line counts.
        effort: most work for one step, in CP-SAT's deterministic time.

    Raises:
        SearchUnfinished: `effort` was not enough.
        UnknownAim: the aim's party is not at the table.
        UnknownChoice: the table names an issue or option that is not there.
    """
    built = PackageModel(space, demands_of(space, firm=firm), listed=True)
    goal = _goal(built, aim)
    pool: list[Found] = []  # all that the model holds above what is upcoming
    upcoming = goal.top(built, effort)
    more = False
    while upcoming is not None and not more:
        top, package = upcoming
        if sum(one.value > goal.ceiling(top) + TIED for one in pool) >= count:
            break
        level = [package]
        built.forbid(package)
        upcoming = goal.top(built, effort)
        if upcoming is not None and upcoming[0] >= top - goal.band:
            others, more = goal.tied(built, top, most_tied - 1, effort)
            level += others
            for package in others:
                built.forbid(package)
            upcoming = None if more else goal.top(built, effort)
        pool += _tested(space, aim, level, firm=firm)
    found = _ranked(space, pool, count)
    every = upcoming is None and not more and len(found) == len(pool)
    return Ranking(aim, tuple(found), every=every, more_tied=more)


def _ranked(space: Space, pool: list[Found], count: int) -> list[Found]:
    """The best of these, with all that are as good as the last of them; equal ones in the order of issues and choices."""
    pool = sorted(pool, key=lambda one: -one.value)
    groups: list[list[Found]] = []
    for one in pool:
        if groups and one.value >= groups[-1][0].value - TIED:
            groups[-1].append(one)
        elif sum(map(len, groups)) < count:
            groups.append([one])
        else:
            break
    found: list[Found] = []
    for group in groups:
        rank = len(found) + 1
        found += [attrs.evolve(one, rank=rank) for one in sorted(group, key=lambda one: _order(space, one.package))]
    return found


def value_of(space: Space, aim: Aim, utilities: tuple[float, ...]) -> float:
    """Return what an aim makes of a package's utilities.

    Raises:
        UnknownAim: the aim's party is not at the table.
    """
    if aim.kind is AimKind.PARTY:
        return utilities[_party(space, aim)]
    if aim.kind is AimKind.SUM:
        return math.fsum(utilities)
    return min((u - o for u, o in zip(utilities, aim.origin or [0.0] * len(utilities), strict=True)), default=0.0)


def _party(space: Space, aim: Aim) -> int:
    if aim.party not in space.parties:
        raise UnknownAim(
            "The table {table} has no party {party}.",
            hint="It has: {known}.",
            table=space.table.key,
            party=aim.party,
            known=", ".join(space.parties),
        )
    return space.parties.index(aim.party)


@attrs.frozen(eq=False)
class _Goal:
    """What to make largest: the least of some whole numbers, in parts of 1, each `rounded` parts off at most."""

    parts: tuple[Linear, ...]
    unit: int
    rounded: int

    @property
    def band(self) -> int:
        """Parts below the largest value within which another package may be as good or better."""
        return math.floor(TIED * self.unit) + 2 * self.rounded

    def ceiling(self, top: int) -> float:
        """The most that packages of which the largest value is `top` can be worth."""
        return (top + self.rounded) / self.unit

    def top(self, built: PackageModel, effort: float) -> tuple[int, Package] | None:
        """The largest value of the goal, and a package that has it; None if nothing passes."""
        asked = built.model.clone()
        goal = self.parts[0]
        if len(self.parts) > 1:
            # Held below each part: far faster to search than a variable that equals the least.
            goal = asked.new_int_var(-2 * self.unit, 2 * self.unit, "")
            for part in self.parts:
                asked.add(goal <= part)
        asked.maximize(goal)
        made = solver(effort=effort)
        if not answered(made.solve(asked), built.space):
            return None
        return min(int(made.value(part)) for part in self.parts), built.package(made.boolean_value)

    def tied(self, built: PackageModel, top: int, most: int, effort: float) -> tuple[list[Package], bool]:
        """Up to `most` packages as good as `top`, and whether there are more."""
        asked = built.model.clone()
        for part in self.parts:
            asked.add(part >= top - self.band)
        made = solver(effort=effort)
        made.parameters.enumerate_all_solutions = True
        listing = _Listing(built, most)
        status = made.solve(asked, listing)
        more = len(listing.packages) > most
        if not more:
            answered(status, built.space)
        return list(listing.packages)[:most], more


def _goal(built: PackageModel, aim: Aim) -> _Goal:
    space = built.space
    parties = [_party(space, aim)] if aim.kind is AimKind.PARTY else list(range(len(space.parties)))
    # in a sum, one choice's coefficients add up
    most = LARGEST // max(1, len(parties)) if aim.kind is AimKind.SUM else LARGEST
    common = math.lcm(1, *(int(space.units[p]) for p in parties))
    unit = common if common <= most and not aim.origin else most
    lost = 0 if unit == common and not aim.origin else sum(roundings(space, p) for p in parties) // 2 + 1
    worths = [built.worth(p, unit).expression for p in parties]
    if aim.kind is AimKind.LEAST:
        origin = [round(o * unit) for o in aim.origin] or [0] * len(parties)
        worths = [worth - o for worth, o in zip(worths, origin, strict=True)] or [0]
    else:
        worths = [cp_model.LinearExpr.sum(worths)]
    return _Goal(tuple(worths), unit, lost)


def _solution(built: PackageModel, effort: float) -> Package | None:
    made = solver(effort=effort)
    if not answered(made.solve(built.model), built.space):
        return None
    return built.package(made.boolean_value)


def answered(status: object, space: Space) -> bool:
    """Return whether CP-SAT found what was asked, or proved that there is none.

    Raises:
        SearchUnfinished: neither.
    """
    if status in {cp_model.OPTIMAL, cp_model.INFEASIBLE}:
        return bool(status == cp_model.OPTIMAL)
    raise unfinished(space)


def unfinished(space: Space) -> SearchUnfinished:
    """Return the error that says so."""
    return SearchUnfinished(
        "The search over {size} packages was not finished.",
        hint="Allow more effort, or take fewer options or steps.",
        size=told_size(space.size),
    )


class _Listing(cp_model.CpSolverSolutionCallback):
    """Collects packages up to a number."""

    def __init__(self, built: PackageModel, most: int) -> None:
        super().__init__()
        self._built, self._most = built, most
        self.packages: dict[Package, None] = {}

    def on_solution_callback(self) -> None:
        """Take one more package; stop when there is one too many."""
        self.packages[self._built.package(self.boolean_value)] = None
        if len(self.packages) > self._most:
            self.stop_search()


def _tested(space: Space, aim: Aim, level: list[Package], *, firm: float) -> list[Found]:
    """Those of some packages that pass on the table's own numbers."""
    found = []
    for package in level:
        unmet = broken(space, package, firm=firm)
        if passes(space.table, unmet):
            found.append(_told(space, package, unmet, aim))
    return found


def _told(space: Space, package: Package, unmet: tuple[Demand, ...], aim: Aim | None) -> Found:
    utilities = tuple(float(u) for u in utility_of(space, package))
    value = value_of(space, aim, utilities) if aim else 0.0
    return Found(package, utilities, value, 1, consenting(space.table, unmet))


def _order(space: Space, package: Package) -> tuple[int, ...]:
    return tuple(choices.index(choice) for choices, (_, choice) in zip(space.choices, package, strict=True))
