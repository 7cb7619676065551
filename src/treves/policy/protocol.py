"""What any policy model offers; :class:`treves.policy.runs.Simulated` gives most of it to a model that can simulate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from treves.model.policy import Explanation, Indicator, Lever, Parameter, Reform, Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DRAWS, MONTHS, SEED = 2_000, 60, 2023
"""Draws, months and seed where none are asked for."""


@runtime_checkable
class PolicyModel(Protocol):
    """A model that says what options would do.

    Attributes:
        key: short name under which it is registered.
        start: the first month of a run where none is asked for.
        parameters: what it rests on, as known at `start`.
        levers: what a reform may change.
        indicators: what it reports.
        reforms: ready-made options, the baseline first.
    """

    key: str
    start: date
    parameters: tuple[Parameter, ...]
    levers: tuple[Lever, ...]
    indicators: tuple[Indicator, ...]
    reforms: tuple[Reform, ...]

    def title(self, language: str = "en") -> str:
        """Return what readers see, in a language."""
        ...

    def at(self, start: date) -> tuple[Parameter, ...]:
        """Return the parameters as they are known for a run from `start`."""
        ...

    def run(
        self,
        reforms: Sequence[Reform | str],
        *,
        months: int = MONTHS,
        start: date | None = None,
        draws: int = DRAWS,
        seed: int = SEED,
        overrides: Mapping[str, float] | None = None,
    ) -> Result:
        """Run reforms on the same random numbers.

        Args:
            reforms: each one of `reforms` by key, or made by hand.
            months: how many, 1-600.
            start: the first month; any day of it.
            draws: how many, 1 or more.
            seed: of all random numbers, 0 or more; the same seed gives the same bytes.
            overrides: values of parameters that are taken as exact instead of drawn, by key.

        Raises:
            PolicyError: a reform, lever, setting, parameter or period cannot be used.
        """
        ...

    def explain(self, indicator: str, *, start: date | None = None) -> Explanation:
        """Return which parameters drive an indicator, with their sources.

        Raises:
            UnknownIndicator: it is not reported.
        """
        ...


class Simulator(Protocol):
    """What a model writes itself: the figures of one reform for given values of the parameters."""

    def simulate(
        self, reform: Reform, values: Mapping[str, NDArray[np.float64]], *, months: int, start: date
    ) -> NDArray[np.float64]:
        """Return (draws, indicators, months).

        It must be a pure function: no random numbers of its own, no clock, no state.

        Args:
            reform: with settings that have been checked against the levers.
            values: by key of the parameter, one number a draw.
            months: how many.
            start: first day of the first month.
        """
        ...
