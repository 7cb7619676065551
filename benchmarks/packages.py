"""Frontier and fair points against NegMAS: ``python benchmarks/packages.py [ours]``; with `ours`, without NegMAS.

Prints processor seconds, best of three for Trêves and one run of NegMAS's `pareto_frontier`, on the same random tables of
four parties: "places", options on a scale, with positions and salience; "values", a random value for every option; and
"joint", places with an indicator that depends on pairs of issues, so that utilities are not additive. Trêves' times
hold everything from the table on: utilities, frontier with ties, the five fair points and what is best for each party;
NegMAS's its utility functions and the frontier alone. Both frontiers are checked to be the same.
"""

from __future__ import annotations

import gc
import importlib.util
import itertools
import resource
import sys
import time
from collections.abc import Callable, Iterable

import numpy as np

from treves.bargaining.fair import FairPackages, fair_packages
from treves.bargaining.space import all_utilities, space_of
from treves.model.table import (
    Effect,
    Estimate,
    Indicator,
    Issue,
    Option,
    Party,
    Position,
    Scale,
    Table,
    Term,
    Valuation,
)

OPTIONS, PARTIES = 10, 4


def made(kind: str, issues: int, seed: int) -> Table:
    """A random table."""
    random = np.random.default_rng([seed, issues])
    ordered = kind != "values"
    options = tuple(Option(f"o{k}", at=round(100 * k / (OPTIONS - 1), 3) if ordered else None) for k in range(OPTIONS))
    scale = Scale.ORDERED if ordered else Scale.UNORDERED
    listed = tuple(Issue(f"i{n}", scale=scale, options=options) for n in range(issues))
    parties = tuple(Party(f"p{n}") for n in range(PARTIES))
    positions = tuple(
        Position(
            party.key,
            issue.key,
            Estimate(float(random.uniform(0, 100))) if ordered else None,
            Estimate(float(random.uniform())),
            () if ordered else tuple((o.key, float(random.uniform())) for o in options),
        )
        for party in parties
        for issue in listed
    )
    if kind != "joint":
        return Table(kind, listed, parties, positions)
    effects = tuple(
        Effect("n", (Term(a.key, high=50), Term(b.key, low=40)), Estimate(float(random.normal())))
        for a, b in itertools.pairwise(listed)
    )
    valued = tuple(Valuation(p.key, "n", best=float(random.choice((-3, 3))), worst=0.5) for p in parties)
    return Table(
        kind, listed, parties, positions, indicators=(Indicator("n", 0.0),), effects=effects, valuations=valued
    )


def timed(method: Callable[[], FairPackages], times: int = 3) -> tuple[float, FairPackages]:
    """The best processor time of some runs, and what the last gave."""
    spent = []
    for _ in range(times):
        gc.collect()
        start = time.process_time()
        found = method()
        spent.append(time.process_time() - start)
    return min(spent), found


def ours(table: Table) -> FairPackages:
    """Everything from the table on."""
    found = fair_packages(space_of(table))
    for party in found.frontier.parties:
        found.best_for(party)
    return found


def theirs(table: Table) -> tuple[float, set[tuple[float, ...]]]:
    """NegMAS's processor time for the frontier, and its points to nine digits."""
    negmas = importlib.import_module("negmas")
    ops = importlib.import_module("negmas.preferences.ops")
    space = space_of(table)
    issues = [
        negmas.make_issue([str(c) for c in choices], i.key)
        for i, choices in zip(table.issues, space.choices, strict=True)
    ]
    outcomes = negmas.make_os(issues)
    if space.additive:
        ufuns = [
            negmas.LinearAdditiveUtilityFunction(
                [
                    dict(zip(map(str, c), part[p].tolist(), strict=True))
                    for c, part in zip(space.choices, space.parts, strict=True)
                ],
                outcome_space=outcomes,
            )
            for p in range(PARTIES)
        ]
    else:
        keys = list(itertools.product(*(map(str, choices) for choices in space.choices)))
        ufuns = [
            negmas.MappingUtilityFunction(dict(zip(keys, column.tolist(), strict=True)), outcome_space=outcomes)
            for column in all_utilities(space).T
        ]
        del keys
    gc.collect()
    start = time.process_time()
    points, _ = ops.pareto_frontier(ufuns, issues=issues)
    return time.process_time() - start, rounded(points)


def rounded(points: Iterable[Iterable[float]]) -> set[tuple[float, ...]]:
    """Points to nine digits."""
    return {tuple(round(float(u), 9) for u in point) for point in points}


def main(*, without: bool) -> None:
    """Print all figures."""
    start, wall = time.process_time(), time.perf_counter()
    ours(made("places", 2, 0)), ours(made("joint", 5, 0))
    print(
        f"first question: {time.process_time() - start:.2f} s of processor, {time.perf_counter() - wall:.2f} s in all"
    )
    for kind, issues in itertools.product(("places", "values"), (6, 7, 9)):
        for seed in range(3):
            table = made(kind, issues, seed)
            spent, found = timed(lambda table=table: ours(table))  # type: ignore[misc]
            print(f"{kind:>7} 1e{issues} table {seed}: {spent:8.4f} s, {len(found.frontier):>6} points")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")
    for issues in (6, 7):
        spent, found = timed(lambda issues=issues: ours(made("joint", issues, 0)))  # type: ignore[misc]
        print(f"  joint 1e{issues} table 0: {spent:8.4f} s, {len(found.frontier):>6} points")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")
    if without or importlib.util.find_spec("negmas") is None:
        print("NegMAS is left out; install it with: pip install 'treves[bench]'")
        return
    for kind in ("places", "values", "joint"):
        table = made(kind, 6, 0)
        spent, found = timed(lambda table=table: ours(table))  # type: ignore[misc]
        other, points = theirs(table)
        same = rounded(found.frontier.utilities.tolist()) == points
        print(
            f"{kind:>7} 1e6: Trêves {spent:.4f} s, NegMAS {other:.1f} s: {other / spent:.0f} times; "
            f"{len(points)} points, {'the same' if same else 'NOT the same'}"
        )


if __name__ == "__main__":
    main(without="ours" in sys.argv[1:])
