"""Draws of a table and the negotiations on them, in blocks that any executor may work.

What a draw brings depends on the seed and on its number only, and results are counts of negotiations: so the outcome is
the same for any size of blocks, number of workers and order of work, and a block that is lost may be worked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from functools import lru_cache
from typing import Any, TypeVar

import attrs
import numpy as np

from treves.bargaining.board import PROTOCOLS, Board, Course, Floats, Integers, Tally
from treves.bargaining.candidates import Candidates, allowed_digits, candidates
from treves.bargaining.draws import drawn, inputs_of, line_names, stream_key
from treves.bargaining.grid import Space
from treves.bargaining.seating import board_of, stakes_of
from treves.bargaining.tallying import empty_log, joined, tally_of
from treves.bargaining.utilities import space_of
from treves.model.outlook import Method
from treves.model.table import Table

_Done = TypeVar("_Done")
Progress = Callable[[int, int], None]
"""Told how many blocks are done, of how many."""


class Watched(Executor):
    """An executor that tells how far it is.

    Args:
        progress: told each time that something is done, of how much.
        executor: what does the work; None works here.
    """

    def __init__(self, progress: Progress, executor: Executor | None = None) -> None:
        self._progress, self._executor = progress, executor

    def map(
        self, fn: Callable[..., _Done], *iterables: Iterable[Any], timeout: float | None = None, chunksize: int = 1
    ) -> Iterator[_Done]:
        """Do the work as :meth:`concurrent.futures.Executor.map` does, and tell."""
        listed = [list(iterable) for iterable in iterables]
        total = min(len(one) for one in listed)
        results: Iterator[_Done] = map(fn, *listed)
        if self._executor is not None:
            results = self._executor.map(fn, *listed, timeout=timeout, chunksize=chunksize)
        for done, found in enumerate(results, 1):
            self._progress(done, total)
            yield found


@attrs.frozen
class Task:
    """What is to be sampled.

    Attributes:
        table: the table.
        seed: of all random numbers, 0 or more.
        method: how.
        rounds: rounds that are left, 1 or more.
        elapsed: part of the time for concessions that is gone, 0-1.
        relief: (party, by how much its reservation value lies lower than drawn).
        pool: tables on whose packages to look, so that two tables can be compared on the same ones; empty for its own.
    """

    table: Table
    seed: int
    method: Method
    rounds: int
    elapsed: float = 0.0
    relief: tuple[tuple[str, float], ...] = ()
    pool: tuple[Table, ...] = ()


@attrs.frozen(eq=False)
class Sample:
    """What came of all negotiations on a number of draws.

    Attributes:
        task: what was sampled.
        draws: how many.
        tally: counts.
    """

    task: Task
    draws: int
    tally: Tally

    @property
    def seats(self) -> Seats:
        """The table as numbers."""
        return seats_of(self.task)

    @property
    def shares(self) -> Floats:
        """Weights of the protocols, as parts of 1."""
        weights = dict(self.task.method.protocols)
        found: Floats = np.array([weights.get(name, 0.0) for name in PROTOCOLS])
        return found / float(found.sum())

    @property
    def inner(self) -> Integers:
        """Negotiations per draw, by protocol."""
        return inner_of(self.task.method)


@attrs.frozen(eq=False)
class Seats:
    """A table as numbers: its space, the packages to look at, and what no draw changes."""

    space: Space
    found: Candidates
    board: Board


def seats_of(task: Task) -> Seats:
    """Return a task's table as numbers; remembered, for every block asks for it."""
    return _seats(task.table, task.pool or (task.table,), task.method.packages)


def inner_of(method: Method) -> Integers:
    """Return negotiations per draw by protocol: shared out by weight, 2 or more where there is a weight at all."""
    weights = dict(method.protocols)
    shares = np.array([weights.get(name, 0.0) for name in PROTOCOLS])
    found: Integers = np.floor(shares / shares.sum() * method.inner + 0.5).astype(np.int64)
    found[(shares > 0) & (found < 2)] = 2
    return found


def sample(task: Task, draws: int, *, executor: Executor | None = None) -> Sample:
    """Run the negotiations on draws 0 to `draws`.

    Args:
        task: what to sample.
        draws: how many, 1 or more.
        executor: spreads the blocks over processes or machines; None works here. What it raises when it breaks passes.

    Raises:
        TooManySeats: the table has too many parties or red lines.
    """
    return sample_all([task], draws, executor=executor)[0]


def sample_all(tasks: Sequence[Task], draws: int, *, executor: Executor | None = None) -> list[Sample]:
    """Do the same for several tasks, whose blocks are handed out together."""
    blocks = [
        (task, (start, min(start + task.method.block, draws)))
        for task in tasks
        for start in range(0, draws, task.method.block)
    ]
    mapped = map(work, *_turned(blocks)) if executor is None else executor.map(work, *_turned(blocks))
    parts: list[list[Tally]] = []
    for (_, (start, _)), part in zip(blocks, mapped, strict=True):
        if start == 0:
            parts.append([])
        parts[-1].append(part)
    return [Sample(task, draws, joined(own)) for task, own in zip(tasks, parts, strict=True)]


def work(task: Task, bounds: tuple[int, int]) -> Tally:
    """Run the negotiations on draws `bounds` (half-open) of a task."""
    from treves.bargaining.protocols import negotiate

    seats = seats_of(task)
    start, stop = bounds
    draws = drawn(inputs_of(task.table), task.seed, start, stop)
    course = _course(task, start)
    log = empty_log(stop - start, int(course.inner.sum()))
    negotiate(seats.board, stakes_of(seats.space, draws, task.relief), course, log)
    return tally_of(seats.board, course, log)


@lru_cache(maxsize=4)
def _seats(table: Table, pool: tuple[Table, ...], most: int) -> Seats:
    space = space_of(table)
    each = [candidates(space if other == table else space_of(other), most=most) for other in pool]
    digits = np.unique(np.concatenate([found.digits for found in each]), axis=0)
    complete = all(found.complete for found in each)
    found = Candidates(digits[allowed_digits(space, digits)], complete=complete)
    return Seats(space, found, board_of(space, found))


def _turned(blocks: Sequence[tuple[Task, tuple[int, int]]]) -> tuple[list[Task], list[tuple[int, int]]]:
    return [task for task, _ in blocks], [bounds for _, bounds in blocks]


def _course(task: Task, start: int) -> Course:
    table = task.table
    return Course(
        start=start,
        inner=inner_of(task.method),
        rounds=task.rounds,
        elapsed=task.elapsed,
        search=task.method.search,
        key=np.uint64(stream_key(task.seed, "talks")),
        party_keys=np.array([stream_key(task.seed, f"walk_out.{p.key}") for p in table.parties], dtype=np.uint64),
        line_keys=np.array([stream_key(task.seed, name) for name in line_names(table)], dtype=np.uint64),
    )
