"""What a policy model offers the table: parameters, levers, indicators, reforms, and what comes of a run.

A model answers "what would this option do?". Its *parameters* are what is known, dated and cited; its *levers* are what
an option may change; a *reform* sets levers; its *indicators* are what it reports. All runs of one question share their
random numbers, so that two reforms differ by nothing but their settings.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from treves.errors import PolicyError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Value = float | str | bool | date
"""What a lever may be set to, by its kind: a number, one of its choices, on or off, a date."""
BANDS = (("low90", 0.05), ("low50", 0.25), ("median", 0.5), ("high50", 0.75), ("high90", 0.95))
"""The names of the quantiles that are shown, and the quantiles."""


class UnknownIndicator(PolicyError):
    """A result, or a model, has no indicator of that name."""

    code: ClassVar[str] = "T701"


class UnknownReform(PolicyError):
    """A model, or a result, has no reform of that name."""

    code: ClassVar[str] = "T702"


class UnweightedBranches(PolicyError):
    """Outcomes in court can only be mixed when each has been given a chance."""

    code: ClassVar[str] = "T703"


@attrs.frozen
class Reference:
    """What a number rests on.

    Attributes:
        title: the publication, as short as it can be found by; empty for an assumption.
        period: what it tells about, such as "2023" or "2022-Q3".
        note: what to bear in mind.
    """

    title: str
    period: str = ""
    note: str = ""


@attrs.frozen
class Parameter:
    """A dated value with unit and source, and what is not known of it.

    Attributes:
        key: short name, unique within the model; also the name of its stream of random numbers.
        label, label_nl: what readers see.
        unit: such as "persons/month".
        value: the best guess (the median).
        low, high: the central 90% interval; both equal to `value` when it is taken as exact.
        bounds: the values that are possible at all.
        period: what time the value belongs to.
        source: what it rests on.
        assumption: whether it rests on nothing that was published; its interval is wide then.
        note: what to bear in mind.
    """

    key: str
    label: str
    label_nl: str
    unit: str
    value: float
    low: float
    high: float
    bounds: tuple[float, float]
    period: str = ""
    source: Reference = Reference("")
    assumption: bool = False
    note: str = ""

    @property
    def exact(self) -> bool:
        """Whether it is the same in every draw."""
        return self.low == self.high

    def told(self, language: str = "en") -> str:
        """Return its label in a language."""
        return _told(self, language)


class LeverKind(StrEnum):
    """What a lever is set to."""

    NUMBER = "number"
    CHOICE = "choice"
    DATE = "date"
    SWITCH = "switch"


@attrs.frozen
class Lever:
    """Something that an option may change.

    Attributes:
        key: short name, unique within the model.
        label, label_nl: what readers see.
        kind: what it is set to.
        unit: of a number.
        bounds: of a number; both ends allowed.
        choices: of a choice.
        default: the setting of the baseline; "" for a date that is not set.
    """

    key: str
    label: str
    label_nl: str
    kind: LeverKind
    unit: str = ""
    bounds: tuple[float, float] = (float("-inf"), float("inf"))
    choices: tuple[str, ...] = ()
    default: Value = 0.0

    def told(self, language: str = "en") -> str:
        """Return its label in a language."""
        return _told(self, language)


@attrs.frozen
class Indicator:
    """Something that a model reports, for every month.

    Attributes:
        key: short name, unique within the model.
        label, label_nl: what readers see.
        unit: such as "persons".
        direction: "lower" or "higher", whichever most would call better; "" where people differ.
        drivers: keys of the parameters on which it depends; empty for all.
    """

    key: str
    label: str
    label_nl: str
    unit: str
    direction: str = ""
    drivers: tuple[str, ...] = ()

    def told(self, language: str = "en") -> str:
        """Return its label in a language."""
        return _told(self, language)


@attrs.frozen
class Branch:
    """A way in which a reform may fare, such as in court; each is run and shown on its own.

    Attributes:
        key: short name, unique within the reform.
        label, label_nl: what readers see.
        settings: (lever, value), on top of those of the reform.
        weight: its chance, 0-1, if somebody has given one; else None, and the branches are never mixed.
    """

    key: str
    label: str
    label_nl: str
    settings: tuple[tuple[str, Value], ...] = ()
    weight: float | None = None


@attrs.frozen
class Reform:
    """Levers that are set: what an option implies. Without settings it is the baseline.

    Attributes:
        key: short name, unique within the model; of a run, followed by what was run ("r1/struck", "r1+inflow").
        label, label_nl: what readers see.
        settings: (lever, value); what is not set keeps its default.
        branches: ways in which it may fare; empty for one way only.
        of: in a result, the key of the reform that was asked for; empty before it is run.
        weight: in a result, the chance of its branch; None where nobody gave one.
        part: in a result, "mechanical", or "with response" where behaviour outside the rules was switched on.
    """

    key: str
    label: str
    label_nl: str = ""
    settings: tuple[tuple[str, Value], ...] = ()
    branches: tuple[Branch, ...] = ()
    of: str = ""
    weight: float | None = None
    part: str = "mechanical"

    def told(self, language: str = "en") -> str:
        """Return its label in a language."""
        return _told(self, language)


@attrs.frozen
class Explanation:
    """What drives an indicator.

    Attributes:
        indicator: which one.
        parameters: those on which it depends, each with its source.
        assumed: those of them that are assumptions.
    """

    indicator: Indicator
    parameters: tuple[Parameter, ...]

    @property
    def assumed(self) -> tuple[Parameter, ...]:
        """The parameters that rest on nothing that was published."""
        return tuple(p for p in self.parameters if p.assumption)


@attrs.frozen(eq=False)
class Result:
    """What came of a run.

    Attributes:
        model: key of the model.
        reforms: what was run: a reform for each branch, and one more where a response was switched on.
        indicators: what is reported.
        months: "2023-07" and so on.
        values: the figures, with the dimensions of `DIMENSIONS`; not a number where an indicator has no value, such as
            the waiting time of those who arrived in a month without arrivals.
        parameters: as they were drawn from.
        inputs: (draws, parameters) the drawn values.
        seed: of all random numbers.
        versions: of what made it, by name.
    """

    DIMENSIONS: ClassVar[tuple[str, ...]] = ("reform", "draw", "indicator", "month")

    model: str
    reforms: tuple[Reform, ...]
    indicators: tuple[Indicator, ...]
    months: tuple[str, ...]
    values: Floats
    parameters: tuple[Parameter, ...]
    inputs: Floats
    seed: int
    versions: Mapping[str, str]

    @property
    def draws(self) -> int:
        """How many draws there are of each reform."""
        return int(self.values.shape[1])

    def series(self, reform: str, indicator: str) -> Floats:
        """Return (draws, months) of an indicator under a reform.

        Raises:
            UnknownReform: it was not run.
            UnknownIndicator: it is not reported.
        """
        found: Floats = self.values[self._reform(reform), :, self._indicator(indicator)]
        return found

    def difference(self, reform: str, indicator: str, *, base: str) -> Floats:
        """Return (draws, months): how much more under `reform` than under `base`, draw by draw."""
        found: Floats = self.series(reform, indicator) - self.series(base, indicator)
        return found

    def quantile(self, reform: str, indicator: str, at: float) -> Floats:
        """Return the quantile `at` (0-1) over draws, for every month; not a number where no draw has a value."""
        found: Floats = quantiles(self.series(reform, indicator), (at,))[0]
        return found

    def band(self, reform: str, indicator: str, *, base: str = "") -> list[dict[str, Any]]:
        """Return a plain row a month: at, low90, low50, median, high50, high90, and mean.

        Args:
            reform: key of what was run.
            indicator: key.
            base: key of another run, to give the difference with it; empty for the figures themselves.
        """
        series = self.difference(reform, indicator, base=base) if base else self.series(reform, indicator)
        return self._rows(series)

    def mixed(self, reform: str, indicator: str) -> list[dict[str, Any]]:
        """Return the rows of :meth:`band` over all branches of a reform, by their chances.

        Raises:
            UnweightedBranches: a branch has been given no chance.
        """
        import numpy as np

        parts = [r for r in self.reforms if r.of == reform and r.part == "mechanical"]
        if not parts:
            self._reform(reform)
        weights = [part.weight for part in parts]
        if any(weight is None for weight in weights):
            raise UnweightedBranches(
                "The branches of {reform} have no chances to mix them by.",
                hint="Show each on its own, or give every branch a chance.",
                reform=reform,
            )
        chances = np.repeat(np.array(weights, dtype=np.float64) / self.draws, self.draws)
        return self._rows(np.concatenate([self.series(part.key, indicator) for part in parts]), chances)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield a plain row for every reform, indicator and month: reform, indicator, unit and those of :meth:`band`."""
        for reform in self.reforms:
            for indicator in self.indicators:
                for row in self.band(reform.key, indicator.key):
                    yield {"reform": reform.key, "indicator": indicator.key, "unit": indicator.unit, **row}

    def _rows(self, series: Floats, weights: Floats | None = None) -> list[dict[str, Any]]:
        found = quantiles(series, tuple(at for _, at in BANDS), weights)
        means = _means(series, weights)
        return [
            {"at": month}
            | {name: _plain(found[i, m]) for i, (name, _) in enumerate(BANDS)}
            | {"mean": _plain(means[m])}
            for m, month in enumerate(self.months)
        ]

    def _reform(self, key: str) -> int:
        keys = [reform.key for reform in self.reforms]
        if key in keys:
            return keys.index(key)
        raise UnknownReform(
            "{key!r} is no reform of this result.", hint="It has: {keys}.", key=key, keys=", ".join(keys)
        )

    def _indicator(self, key: str) -> int:
        keys = [indicator.key for indicator in self.indicators]
        if key in keys:
            return keys.index(key)
        raise UnknownIndicator(
            "{key!r} is no indicator of {model}.",
            hint="It has: {keys}.",
            key=key,
            model=self.model,
            keys=", ".join(keys),
        )


def quantiles(series: Floats, at: tuple[float, ...], weights: Floats | None = None) -> Floats:
    """Return (quantiles, months) of (draws, months), without what is not a number.

    Args:
        series: figures.
        at: quantiles, 0-1.
        weights: of the draws; None for equal ones.
    """
    import numpy as np

    if weights is None and not np.isnan(series).any():
        found: Floats = np.quantile(series, at, axis=0)
        return found
    found = np.full((len(at), series.shape[1]), np.nan)
    for month, column in enumerate(series.T):
        known = ~np.isnan(column)
        if not known.any():
            continue
        if weights is None:
            found[:, month] = np.quantile(column[known], at)
        else:
            found[:, month] = np.quantile(column[known], at, weights=weights[known], method="inverted_cdf")
    return found


def _means(series: Floats, weights: Floats | None) -> Floats:
    import numpy as np

    known = ~np.isnan(series)
    weight = known * (np.ones(len(series)) if weights is None else weights)[:, None]
    total = weight.sum(axis=0)
    summed = (np.where(known, series, 0.0) * weight).sum(axis=0)
    found: Floats = np.divide(summed, total, out=np.full(series.shape[1], np.nan), where=total > 0)
    return found


def _plain(value: float) -> float | None:
    """A number that JSON knows: None for what is not a number."""
    return None if math.isnan(value) else float(value)


def _told(named: Parameter | Lever | Indicator | Reform, language: str) -> str:
    return (named.label_nl if language == "nl" else named.label) or named.label or named.key
