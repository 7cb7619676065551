"""How fast the asylum chain runs: full cohort runs per CPU-second, and the answer to one option with 2,000 draws.

``python benchmarks/policy.py``. The kernel is compiled before anything is timed; each figure is the best of several
rounds, since other work on the machine only ever adds time.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from treves.policy.asylum.catalogue import INDICATORS
from treves.policy.asylum.kernel import run_draws
from treves.policy.asylum.layout import DRAW, NUMBERS, workspace
from treves.policy.asylum.model import AsylumModel, netherlands
from treves.policy.asylum.options import plan_of
from treves.policy.draws import drawn
from treves.policy.sensitivity import Question, variance_split

MONTHS, DRAWS, ROUNDS, NEEDED = 60, 2_000, 40, 5_000


def best(work: Callable[[], object], clock: Callable[[], float]) -> float:
    """Return the shortest time that `work` took, in seconds."""
    taken = []
    for _ in range(ROUNDS):
        start = clock()
        work()
        taken.append(clock() - start)
    return min(taken)


def runs_per_second(model: AsylumModel, key: str, *, draws: int = 100) -> float:
    """Return full cohort runs per CPU-second under an option, in one thread."""
    values = drawn(model.parameters, draws=draws, seed=1)
    rows = np.empty(draws, dtype=DRAW)
    for name in NUMBERS:
        rows[name] = values[name]
    reform = next(one for one in model.reforms if one.key == key)
    plan = plan_of(reform, months=MONTHS, start=model.start, season=model.place.season)
    groups, room = model.place.groups(), workspace(MONTHS, len(model.place.nationalities))
    out, unchecked = np.empty((draws, len(INDICATORS), MONTHS)), np.empty((0, MONTHS))
    return draws / best(
        lambda: run_draws(rows.view(np.recarray), groups, plan, room, out, unchecked), time.process_time
    )


def main() -> None:
    """Print the figures."""
    model = netherlands()
    start = time.perf_counter()
    model.run(["one-status"], draws=2)
    print(f"ready after {time.perf_counter() - start:.1f} s (compiled, or loaded from disk)")
    found = {reform.key: runs_per_second(model, reform.key) for reform in model.reforms}
    print(f"full cohort runs of {MONTHS} months and {len(model.place.nationalities)} groups per CPU-second:")
    for key, count in found.items():
        print(f"  {key:14} {count:8,.0f}{'' if count >= NEEDED else f'  below {NEEDED:,}'}")
    for asked in (["r1"], ["one-status", "r1"], ["one-status", "r1", "r2", "r3", "bill-36703"]):
        wall = best(lambda asked=asked: model.run(asked, draws=DRAWS), time.perf_counter)  # type: ignore[misc]
        print(f"answer with {DRAWS:,} draws, {len(asked)} option(s): {1000 * wall:,.0f} ms")
    question = Question(model.reforms[2], "arrivals", model.reforms[0])
    start = time.perf_counter()
    shares = variance_split(model, question)
    print(f"split of the variance (256 points): {time.perf_counter() - start:.2f} s; most: {shares[0].parameter.key}")


if __name__ == "__main__":
    main()
