"""Runs of a model: every reform and branch on the same draws. A model that can simulate inherits the rest from here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib import metadata
from types import MappingProxyType

import attrs
import numpy as np

from treves.model.policy import Explanation, Indicator, Lever, Parameter, Reform, Result, UnknownIndicator
from treves.policy.draws import Floats, ParameterRefused, drawn, overridden
from treves.policy.protocol import DRAWS, MONTHS, SEED
from treves.policy.settings import checked_months, reforms_of, settings_of, with_settings

RESPONSE = "response"
"""Key of the lever, if a model has one, that switches on a response outside the rules; it is always run apart."""


class Simulated:
    """A policy model whose :meth:`simulate` says what a reform does for given values of the parameters.

    A class of such a model names what it offers (see :class:`~treves.policy.protocol.PolicyModel`) and simulates; draws,
    branches, checks and explanations are the same for all.
    """

    key: str = ""
    titles: Mapping[str, str] = MappingProxyType({})
    start: date = date(2023, 7, 1)
    parameters: tuple[Parameter, ...] = ()
    levers: tuple[Lever, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    reforms: tuple[Reform, ...] = ()

    def title(self, language: str = "en") -> str:
        """Return what readers see, in a language; in English where that is missing."""
        return self.titles.get(language) or self.titles.get("en") or self.key

    def at(self, start: date) -> tuple[Parameter, ...]:
        """Return the parameters as they are known for a run from `start`; the same for all, unless a model says otherwise."""
        del start
        return self.parameters

    def check(self, reform: Reform, *, start: date) -> None:
        """Refuse settings that do not go together; a model that has such says which."""

    def simulate(self, reform: Reform, values: Mapping[str, Floats], *, months: int, start: date) -> Floats:
        """Return (draws, indicators, months) of a reform; see :class:`~treves.policy.protocol.Simulator`."""
        raise NotImplementedError

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
        """Run reforms on the same random numbers; see :class:`~treves.policy.protocol.PolicyModel`."""
        first = (start or self.start).replace(day=1)
        checked_months(months)
        if draws < 1 or seed < 0:
            raise ParameterRefused(
                "{draws} draws with seed {seed} are not possible.",
                hint="Give 1 draw or more, and a seed of 0 or more.",
                draws=draws,
                seed=seed,
            )
        asked = tuple(self.parts(reforms, start=first))
        parameters = overridden(self.at(first), overrides or {})
        values = drawn(parameters, draws=draws, seed=seed)
        figures = np.empty((len(asked), draws, len(self.indicators), months))
        for place, reform in enumerate(asked):
            figures[place] = self.simulate(reform, values, months=months, start=first)
        return Result(
            model=self.key,
            reforms=asked,
            indicators=self.indicators,
            months=months_from(first, months),
            values=figures,
            parameters=parameters,
            inputs=np.column_stack([values[p.key] for p in parameters]) if parameters else np.empty((draws, 0)),
            seed=seed,
            versions={name: metadata.version(name) for name in ("treves", "numpy")},
        )

    def parts(self, reforms: Sequence[Reform | str], *, start: date) -> Iterator[Reform]:
        """Yield what is run for reforms: each branch, and each again with the response where that is switched on.

        Raises:
            PolicyError: a reform, lever or setting cannot be used.
        """
        known = {lever.key for lever in self.levers}
        for reform in reforms_of(self.reforms, reforms):
            settings_of(self.levers, reform)
            for part in _branches(reform):
                responds = RESPONSE in known and bool(settings_of(self.levers, part)[RESPONSE])
                rules = with_settings(part, part.key, [(RESPONSE, False)]) if responds else part
                self.check(rules, start=start)
                yield rules
                if responds:
                    yield attrs.evolve(part, key=f"{part.key}+response", part="with response")

    def explain(self, indicator: str, *, start: date | None = None) -> Explanation:
        """Return which parameters drive an indicator, with their sources.

        Raises:
            UnknownIndicator: it is not reported.
        """
        for one in self.indicators:
            if one.key == indicator:
                parameters = self.at((start or self.start).replace(day=1))
                return Explanation(one, tuple(p for p in parameters if not one.drivers or p.key in one.drivers))
        raise UnknownIndicator(
            "{key!r} is no indicator of {model}.",
            hint="It has: {keys}.",
            key=indicator,
            model=self.key,
            keys=", ".join(one.key for one in self.indicators),
        )


def months_from(start: date, months: int) -> tuple[str, ...]:
    """Return `months` months from that of `start`, as "2023-07"."""
    first = 12 * start.year + start.month - 1
    return tuple(f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, first + months))


def _branches(reform: Reform) -> Iterator[Reform]:
    if not reform.branches:
        yield attrs.evolve(reform, of=reform.key, weight=1.0)
    for branch in reform.branches:
        one = with_settings(reform, f"{reform.key}/{branch.key}", branch.settings)
        label, label_nl = f"{reform.label}: {branch.label}", f"{reform.told('nl')}: {branch.label_nl or branch.label}"
        yield attrs.evolve(one, label=label, label_nl=label_nl, branches=(), of=reform.key, weight=branch.weight)
