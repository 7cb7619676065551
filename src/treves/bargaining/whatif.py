"""What if a cell of the table were different: two outlooks on the same random numbers, and their differences."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from datetime import datetime

import attrs
import numpy as np

from treves.bargaining.bands import band, difference
from treves.bargaining.chances import chances_of
from treves.bargaining.edits import edited
from treves.bargaining.outlook import check, concluded, months_left, task_of
from treves.bargaining.sampling import sample_all
from treves.model.outlook import Comparison, Method
from treves.model.table import Table


def whatif(
    table: Table,
    edits: Sequence[str],
    *,
    draws: int = 2_000,
    seed: int = 1,
    now: datetime | None = None,
    method: Method = Method(),  # noqa: B008 (frozen)
    executor: Executor | None = None,
) -> Comparison:
    """Return what changes of cells do to the outlook.

    Both tables are drawn, and their talks run, with the same random numbers (common random numbers), so that a difference
    is an effect of the changes: a change without any shows as exactly 0.

    Args:
        table: a table without faults.
        edits: changes, as :mod:`~treves.bargaining.edits` describes.
        draws: draws of what is not exactly known, 2 or more.
        seed: of all random numbers, 0 or more.
        now: the moment to reckon from, as for :func:`~treves.bargaining.outlook.outlook`.
        method: protocols and effort.
        executor: spreads the work over processes or machines.

    Raises:
        EditNotUnderstood, NoSuchCell, ValueOutOfRange: a change is not usable.
        TableError: as for :func:`~treves.bargaining.outlook.outlook`.
    """
    changed = edited(table, edits)
    check(table, draws, seed, method)
    months = months_left(table, method, now)
    pair = (
        task_of(table, seed=seed, method=method, now=now, beside=(changed.table,)),
        attrs.evolve(task_of(changed.table, seed=seed, method=method, now=now, beside=(table,)), relief=changed.relief),
    )
    before, after = sample_all(pair, draws, executor=executor)
    old, new = chances_of(before, months), chances_of(after, months)
    count = int(before.inner.sum())
    return Comparison(
        edits=tuple(edits),
        before=concluded(before, now),
        after=concluded(after, now),
        agreement=difference(old.agreement, new.agreement, count),
        collapse=difference(old.collapse, new.collapse, count),
        still_open=difference(old.still_open, new.still_open, count),
        passable=band((after.tally.passable - before.tally.passable).astype(np.float64)),
    )
