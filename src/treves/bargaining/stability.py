"""What would be stable under the decision rule: packages that no winning coalition would leave for another.

Package y beats x if a coalition that can pass packages gains by it: every one of its members is strictly better off with
y than with x. Where the rule lets two separate coalitions both win, two packages may beat each other; that counts for the
core, and as a tie for all that compares each with each. What is stable says what could last, once agreed; never what will
be agreed. All answers are exact on the packages that are given: a utility counts as larger if it is larger by more than
1e-9.
"""

from __future__ import annotations

from typing import ClassVar

import attrs
import numpy as np

from treves.bargaining.feasible import passing
from treves.bargaining.grid import Flags, Floats, Space, package_at, require_listable
from treves.bargaining.refusals import FIRM, allowed
from treves.bargaining.stability_kernels import Ballot, beaten_by, beating, covered, undominated
from treves.bargaining.utilities import all_utilities
from treves.errors import TableError
from treves.model.decision_rule import DecisionRule, RuleKind
from treves.model.table import Package, Table

MOST_CORE = 1_000_000
"""Packages among which a core is sought."""

MOST_PAIRS = 5_000
"""Packages that are compared each with each: for the uncovered set, the top cycle and a Condorcet winner."""


class TooManyToCompare(TableError):
    """More packages are to be compared each with each than memory and time allow."""

    code: ClassVar[str] = "T616"


@attrs.frozen
class Stable:
    """What is stable among some packages; all by their indices, rising.

    Attributes:
        core: beaten by none.
        uncovered: covered by none; None where there were too many to compare.
        top_cycle: the smallest set of which each beats everything outside; None likewise.
        condorcet: the one that beats every other; None if there is none, or there were too many to compare.
    """

    core: tuple[int, ...]
    uncovered: tuple[int, ...] | None
    top_cycle: tuple[int, ...] | None
    condorcet: int | None


@attrs.frozen
class StablePackages:
    """What is stable among the packages of a table.

    Attributes:
        compared: how many packages were compared.
        core, uncovered, top_cycle, condorcet: as for :class:`Stable`, as packages.
    """

    compared: int
    core: tuple[Package, ...]
    uncovered: tuple[Package, ...] | None
    top_cycle: tuple[Package, ...] | None
    condorcet: Package | None

    def rows(self) -> list[dict[str, object]]:
        """Return one row for each package that is stable in some sense: which senses, and the package."""
        named = {"core": self.core, "uncovered": self.uncovered or (), "top_cycle": self.top_cycle or ()}
        listed = dict.fromkeys(package for packages in named.values() for package in packages)
        return [
            {name: package in packages for name, packages in named.items()}
            | {"condorcet": package == self.condorcet, "package": dict(package)}
            for package in listed
        ]


def stable_packages(space: Space, *, acceptable: bool = False, firm: float = FIRM) -> StablePackages:
    """Return what is stable among the packages of a table.

    The uncovered set, the top cycle and a Condorcet winner are left out above :data:`MOST_PAIRS` packages.

    Args:
        space: the packages.
        acceptable: compare only packages that can pass rather than no agreement (enough parties consent, by their red
            lines, mandates and reservation values); else all that meet constraints and budgets.
        firm: firmness, 0-1, from which a red line counts.

    Raises:
        TooManyPackages: the space is too large to list.
        TooManyToCompare: more than :data:`MOST_CORE` packages are left.
        UnknownChoice: the table names an issue or option that is not there.
    """
    require_listable(space)
    utilities = all_utilities(space)
    kept = np.flatnonzero(passing(space, firm=firm, utilities=utilities) if acceptable else allowed(space))
    found = stable(utilities[kept], space.table)

    def packages(rows: tuple[int, ...] | None) -> tuple[Package, ...] | None:
        return None if rows is None else tuple(package_at(space, int(kept[row])) for row in rows)

    return StablePackages(
        len(kept),
        packages(found.core) or (),
        packages(found.uncovered),
        packages(found.top_cycle),
        None if found.condorcet is None else package_at(space, int(kept[found.condorcet])),
    )


def stable(utilities: Floats, table: Table) -> Stable:
    """Return what is stable among points; see the functions for each.

    Args:
        utilities: (points, parties), parties in the order of the table.
        table: whose decision rule and votes count.

    Raises:
        TooManyToCompare: there are more than :data:`MOST_CORE` points.
    """
    unbeaten = core(utilities, table)
    if len(utilities) > MOST_PAIRS:
        return Stable(unbeaten, None, None, None)
    wins = beating(np.ascontiguousarray(utilities, np.float64), ballot_of(table))
    return Stable(unbeaten, _uncovered(wins), _top_cycle(wins), _condorcet(wins))


def core(utilities: Floats, table: Table) -> tuple[int, ...]:
    """Return the points that none of the points beats: no winning coalition can improve on them for all its members.

    Under unanimity these are the weakly Pareto-optimal points; under majority on a line with an odd number of parties
    the median's (D. Black, Journal of Political Economy 56, 1948); in two dimensions and more mostly none
    (C. Plott, American Economic Review 57, 1967). Concept: D. Gillies, 1959; for voting games K. Nakamura, International
    Journal of Game Theory 8, 1979. Limits: says nothing of how an agreement is reached, and is often empty.

    Takes time in proportion to the points times those that nothing dominates, mostly far less.

    Args:
        utilities: (points, parties), parties in the order of the table.
        table: whose decision rule and votes count.

    Raises:
        TooManyToCompare: there are more than :data:`MOST_CORE` points.
    """
    _require_at_most(MOST_CORE, len(utilities))
    if not len(utilities):
        return ()
    values = np.ascontiguousarray(utilities, np.float64)
    ballot = ballot_of(table)
    if ballot.always:  # even nobody's consent is enough, so anything beats anything
        return (0,) if len(utilities) == 1 else ()
    # what beats a point is itself dominated by nothing, or something that dominates it beats the point too
    rivals = np.flatnonzero(undominated(values))
    return tuple(np.flatnonzero(~beaten_by(values, np.ascontiguousarray(values[rivals]), ballot)).tolist())


def uncovered_set(utilities: Floats, table: Table) -> tuple[int, ...]:
    """Return the points that no other covers.

    y covers x if y beats x, beats all that x beats, and is beaten by nothing that does not beat x: covering as N. Miller
    (American Journal of Political Science 24, 1980) had it for tournaments, in both directions where neither of two may
    beat the other (R. McKelvey, American Journal of Political Science 30, 1986). Outcomes of sophisticated voting, of
    competing candidates and of amendment agendas lie in it. Never empty. Limits: supposes that every winning coalition
    can form, and is often large.

    Args:
        utilities: (points, parties), parties in the order of the table.
        table: whose decision rule and votes count.

    Raises:
        TooManyToCompare: there are more than :data:`MOST_PAIRS` points.
    """
    return _uncovered(wins_of(utilities, table))


def top_cycle(utilities: Floats, table: Table) -> tuple[int, ...]:
    """Return the smallest set of points of which each beats every point outside it.

    I. Good (Behavioral Science 16, 1971), J. Smith (Econometrica 41, 1973). Never empty; in more than one dimension it
    may hold almost everything (R. McKelvey, Journal of Economic Theory 12, 1976).

    Args:
        utilities: (points, parties), parties in the order of the table.
        table: whose decision rule and votes count.

    Raises:
        TooManyToCompare: there are more than :data:`MOST_PAIRS` points.
    """
    return _top_cycle(wins_of(utilities, table))


def condorcet_winner(utilities: Floats, table: Table) -> int | None:
    """Return the point that beats every other; None if there is none.

    M. de Condorcet, 1785. A single point wins over nothing.

    Args:
        utilities: (points, parties), parties in the order of the table.
        table: whose decision rule and votes count.

    Raises:
        TooManyToCompare: there are more than :data:`MOST_PAIRS` points.
    """
    return _condorcet(wins_of(utilities, table))


def wins_of(utilities: Floats, table: Table) -> Flags:
    """Return for every two points whether the first beats the second and not the reverse, (points, points).

    Args:
        utilities: (points, parties), parties in the order of the table.
        table: whose decision rule and votes count.

    Raises:
        TooManyToCompare: there are more than :data:`MOST_PAIRS` points.
    """
    _require_at_most(MOST_PAIRS, len(utilities))
    return beating(np.ascontiguousarray(utilities, np.float64), ballot_of(table))


def ballot_of(table: Table) -> Ballot:
    """Return a table's decision rule as arrays over its parties."""
    rule, weights = table.rule, table.weights
    keys = [party.key for party in table.parties]
    known = set(keys)
    coalitions: list[set[str]] = []
    if rule.kind is RuleKind.UNANIMITY:
        coalitions = [set(rule.voters(weights))]
    elif rule.kind is RuleKind.COALITIONS:
        coalitions = [set(coalition) for coalition in rule.winning]
    whole = [coalition | set(rule.veto) for coalition in coalitions if coalition <= known]
    possible = set(rule.veto) <= known
    votes = _votes(rule, table) if rule.kind is RuleKind.WEIGHTED else dict.fromkeys(keys, 0.0)
    return Ballot(
        np.array([[key in c for key in keys] for c in whole if possible], np.bool_).reshape(-1, len(keys)),
        np.array([key in rule.veto for key in keys], np.bool_),
        np.array([votes[key] for key in keys], np.float64),
        (rule.needed(weights) if possible else np.inf) if rule.kind is RuleKind.WEIGHTED else np.inf,
        always=rule.passes((), weights),
    )


def _votes(rule: DecisionRule, table: Table) -> dict[str, float]:
    counted = set(rule.voters(table.weights))
    return {key: weight if key in counted else 0.0 for key, weight in table.weights.items()}


def _uncovered(wins: Flags) -> tuple[int, ...]:
    return tuple(np.flatnonzero(~covered(wins)).tolist()) if len(wins) else ()


def _top_cycle(wins: Flags) -> tuple[int, ...]:
    if not len(wins):
        return ()
    # the point beaten by the fewest belongs to it; with each member, so does whatever that member does not beat
    inside = np.zeros(len(wins), np.bool_)
    waiting = [int(np.argmin(wins.sum(axis=0)))]
    inside[waiting] = True
    while waiting:
        more = ~wins[waiting.pop()] & ~inside
        inside |= more
        waiting += np.flatnonzero(more).tolist()
    return tuple(np.flatnonzero(inside).tolist())


def _condorcet(wins: Flags) -> int | None:
    others = len(wins) - 1
    found = np.flatnonzero(wins.sum(axis=1) - wins.diagonal() == others)
    return int(found[0]) if len(found) == 1 else None


def _require_at_most(most: int, count: int) -> None:
    if count > most:
        raise TooManyToCompare(
            "There are {count} packages to compare with each other; at most {most} can be.",
            hint="Take fewer options or steps, or only packages that can pass.",
            count=count,
            most=most,
        )
