"""How long a repetition of the exchange model takes: ``python benchmarks/exchange.py [FILE ...]``.

Files are in the #A, #P, #M and #D form; without any, a synthetic case with the size of the Paris climate talks (15 actors, 13
issues) is used. Prints potential and realised exchanges and the best and median processor time of a repetition, in milliseconds,
and what the first one in this process took (compiled code is read from the cache).
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

import numpy as np

from treves.bargaining.decisions.arena import Arena, arena_from

REPETITIONS = 50


def read(path: Path) -> Arena:
    """Read a case."""
    rows = [[cell.strip("'") for cell in line.split("\t")] for line in path.read_text(encoding="utf-8").splitlines()]
    actors, issues = ([row[1] for row in rows if row[0] == kind] for kind in ("#A", "#P"))
    ends = np.array([[float(row[2]) for row in rows if row[0] == "#M" and row[1] == issue] for issue in issues])
    numbers = np.full((3, len(actors), len(issues)), np.nan)
    for row in rows:
        if row[0] == "#D":
            numbers[:, actors.index(row[1]), issues.index(row[2])] = [float(cell) for cell in row[3:6]]
    bounds = ends.min(axis=1), ends.max(axis=1)
    return arena_from(numbers[0], numbers[1], capabilities=numbers[2], bounds=bounds, names=(actors, issues))


def synthetic() -> Arena:
    """A case of that size, from seed 1."""
    generator = np.random.default_rng(1)
    positions = generator.choice([0, 10, 20, 50, 70, 80, 90, 100], size=(15, 13)).astype(float)
    return arena_from(
        positions, generator.uniform(0.3, 1, (15, 13)).round(2), capabilities=generator.uniform(0.05, 1, 15)
    )


def measure(name: str, arena: Arena) -> None:
    """Time repetitions, each from another seed."""
    started = time.perf_counter()
    from treves.bargaining.decisions.exchange import exchange_rounds

    exchange_rounds(arena)
    first, times, ran = time.perf_counter() - started, [], exchange_rounds(arena)[0]
    for seed in range(REPETITIONS):
        started = time.process_time()
        ran = exchange_rounds(arena, seed=seed)[0]
        times.append(1000 * (time.process_time() - started))
    print(
        f"{name}: {ran.potential} potential, {len(ran.exchanges)} realised; "
        f"best {min(times):.2f} ms, median {statistics.median(times):.2f} ms; first {1000 * first:.0f} ms"
    )


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        measure(Path(argument).name, read(Path(argument)))
    if not sys.argv[1:]:
        measure("synthetic, 15 x 13", synthetic())
