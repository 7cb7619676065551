"""Settled issues with their outcomes, as arrays."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@attrs.frozen(eq=False)
class Cases:
    """Settled issues of which positions and the outcome are known.

    Attributes:
        positions: (issues, actors), 0-100; NaN where an actor took none.
        saliences: (issues, actors), 0 or more; 0 where an actor took no position.
        capabilities: (actors,), above 0.
        reference: (issues,), 0-100: what holds without a decision; NaN where that is no point on the scale.
        outcomes: (issues,), 0-100.
        groups: (issues,) codes of what the issues were decided in (a proposal): issues of a group stay together in folds.
        proposer: column of the actor that makes the proposals; -1 for none.
        reviser: column of a second body that must agree; -1 for none.
        names: names of the issues.
    """

    positions: Floats
    saliences: Floats
    capabilities: Floats
    reference: Floats
    outcomes: Floats
    groups: NDArray[np.int64]
    proposer: int = -1
    reviser: int = -1
    names: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Return the number of issues."""
        return len(self.outcomes)

    @property
    def taken(self) -> Bools:
        """Which actors took a position that they care about."""
        return np.isfinite(self.positions) & (self.saliences > 0)

    def usable(self, least: int = 3) -> Cases:
        """Return the issues that have an outcome and at least `least` actors with a position and positive salience."""
        return self.only(np.isfinite(self.outcomes) & (self.taken.sum(axis=1) >= least))

    def only(self, chosen: Bools | NDArray[np.int64]) -> Cases:
        """Return the issues that a mask or a list of indices chooses."""
        indices = np.flatnonzero(chosen) if chosen.dtype == np.bool_ else chosen
        return attrs.evolve(
            self,
            positions=self.positions[indices],
            saliences=self.saliences[indices],
            reference=self.reference[indices],
            outcomes=self.outcomes[indices],
            groups=self.groups[indices],
            names=tuple(self.names[i] for i in indices) if self.names else (),
        )


def folds(groups: NDArray[np.int64], count: int, seed: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield (training, test) indices so that no group stands in both.

    Args:
        groups: code of each case's group.
        count: number of folds, 2 or more.
        seed: decides which groups come together.
    """
    codes = np.unique(groups)
    order = np.random.default_rng(seed).permutation(len(codes))
    fold = dict(zip(codes[order].tolist(), np.arange(len(codes)) % count, strict=True))
    of_case = np.array([fold[g] for g in groups.tolist()])
    for k in range(min(count, len(codes))):
        yield np.flatnonzero(of_case != k), np.flatnonzero(of_case == k)
