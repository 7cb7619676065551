"""How fast negotiations run: ``python benchmarks/outlook.py``.

Prints processor seconds. First for 100,000 negotiations of 4 parties over 1,000 packages in 25 rounds, 100 steps: 2,000
draws, each with its own utilities, red lines and conduct, and 50 negotiations on it. All of it counts: drawing, working
out what packages are worth, the talks, and counting what came of them. So that no negotiation is over early, parties in a
second run want too much, and all 100 steps are taken. Then for a whole outlook, its levers and a what-if on the worked
example tables, and for compiling everything anew (a first command on a new machine).
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import attrs
import numpy as np

from treves.bargaining.levers import levers
from treves.bargaining.outlook import outlook, task_of
from treves.bargaining.sampling import Sample, sample
from treves.bargaining.whatif import whatif
from treves.exchange.tables.reader import read_table
from treves.model.outlook import Method
from treves.model.table import Estimate, Issue, Option, Party, Position, RedLine, Table, TableDeadline, Term

EXAMPLES = Path(__file__).parent.parent / "examples" / "tables"
DRAWS, METHOD = 2_000, Method(inner=50)
_COMPILE = "import runpy, sys; sys.argv = ['outlook.py', '--compile']; runpy.run_path({path!r}, run_name='__main__')"


def made(*, reservation: float, rounds: int = 25) -> Table:
    """Four parties that differ on three issues with ten options each, and three red lines."""
    random = np.random.default_rng(5)
    options = tuple(Option(f"o{n}", at=float(at)) for n, at in enumerate(np.linspace(0, 100, 10)))
    issues = tuple(Issue(f"i{n}", options=options) for n in range(3))
    parties = tuple(Party(f"p{n}", reservation=Estimate(reservation, reservation, reservation + 0.1)) for n in range(4))
    positions = tuple(
        Position(party.key, issue.key, Estimate(at, max(0.0, at - 10), min(100.0, at + 10)), Estimate(1, 0.5, 2))
        for party in parties
        for issue, at in zip(issues, random.integers(0, 101, 3).astype(float), strict=True)
    )
    lines = tuple(
        RedLine(f"p{n}", (Term(f"i{n}", low=80) if n == 0 else Term(f"i{n}", high=20 + 10 * (n - 1)),), Estimate(0.6))
        for n in range(3)
    )
    return Table("made", issues, parties, positions, red_lines=lines, deadline=TableDeadline(rounds=rounds))


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of the better of two runs."""
    found = []
    for _ in range(2):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def negotiations(table: Table) -> tuple[float, Sample]:
    """Processor seconds of all negotiations on a table, and what came of them."""
    task = task_of(table, seed=1, method=METHOD, now=None)
    sample(task, 2)
    return seconds(lambda: sample(task, DRAWS)), sample(task, DRAWS)


def main() -> None:
    """Run all."""
    for name, reservation in (("willing", 0.35), ("stubborn", 0.9)):
        calm = made(reservation=reservation)
        if name == "stubborn":
            calm = attrs.evolve(
                calm,
                parties=tuple(
                    attrs.evolve(p, conduct=attrs.evolve(p.conduct, walk_out=Estimate(0.0))) for p in calm.parties
                ),
            )
        spent, found = negotiations(calm)
        rounds = found.tally.rounds[:, :, 0].sum(axis=0)
        mean = float((rounds * np.arange(1, len(rounds) + 1)).sum() / max(rounds.sum(), 1))
        share = found.tally.agreed.sum() / (DRAWS * METHOD.inner)
        print(f"100,000 negotiations, {name}: {spent:.2f} s; agreed {share:.0%}, in the mean in round {mean:.1f} of 25")
    for path in sorted(EXAMPLES.glob("*.yaml")):
        example(path)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _COMPILE.format(path=__file__)]
        subprocess.run(command, check=True, env={"NUMBA_CACHE_DIR": folder})
        first = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        subprocess.run(command, check=True, env={"NUMBA_CACHE_DIR": folder})
        second = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - first
        print(f"a process that makes one small outlook: {first:.1f} s compiling anew, {second:.1f} s ever after")


def example(path: Path) -> None:
    """Time all that is asked of one table."""
    table = read_table(path)
    outlook(table, draws=2)
    edit = f"party.{table.parties[0].key}.give_way=0.9"
    times = [seconds(work) for work in (lambda: outlook(table), lambda: whatif(table, [edit]), lambda: levers(table))]
    print("{}: outlook {:.2f} s, what-if {:.2f} s, levers {:.2f} s".format(path.stem, *times))


if __name__ == "__main__":
    if "--compile" in sys.argv:
        outlook(made(reservation=0.35), draws=2)
    else:
        main()
