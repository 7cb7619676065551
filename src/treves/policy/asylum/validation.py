"""The asylum chain held against what happened: cases that were predicted from what was known before.

Nothing is tuned to the figures that are predicted. Parameters have the ranges of the country's file; each draw is weighted
by how well it gives the figures before the predicted period.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, ClassVar

import attrs

from treves.errors import PolicyError
from treves.policy.protocol import SEED

DRAWS = 2_000
BAND = (0.1, 0.9)
"""The quantiles of the bands: 80 per cent."""
COVERED = 0.75
"""Share of observed figures that the bands must hold."""


class UnknownCase(PolicyError):
    """There is no validation case of that name."""

    code: ClassVar[str] = "T722"


@attrs.frozen
class Check:
    """A figure of a case, or a case as a whole.

    Attributes:
        case: key of the case.
        label, label_nl: of the case.
        period: what is predicted, such as "2021" or "2022-Q4"; empty for the case as a whole.
        figure, unit: what is compared; for a case as a whole the mean absolute error, a share.
        model: median of the prediction, or the mean absolute error of the medians.
        low, high: its 80% band; for a case as a whole None.
        naive: what the naive rule gives, or its mean absolute error.
        naive_rule, naive_rule_nl: that rule.
        other, other_rule, other_rule_nl: a second naive rule, where the case has one.
        observed: what happened; for a case as a whole None.
        target: the largest error that is good enough, a share.
        held: for a case as a whole, the share of observed figures within their bands.
        note, note_nl: what the case rests on, or why published figures do not carry it.
        source: of the observed figure.
    """

    case: str
    label: str
    label_nl: str
    period: str
    figure: str
    unit: str
    model: float
    low: float | None
    high: float | None
    naive: float
    naive_rule: str
    naive_rule_nl: str
    observed: float | None
    target: float
    other: float | None = None
    other_rule: str = ""
    other_rule_nl: str = ""
    held: float | None = None
    note: str = ""
    note_nl: str = ""
    source: str = ""

    @property
    def error(self) -> float:
        """Relative error of the model, signed; of a case as a whole its mean absolute error."""
        return self.model if self.observed is None else self.model / self.observed - 1.0

    @property
    def naive_error(self) -> float:
        """Relative error of the naive rule, likewise."""
        return self.naive if self.observed is None else self.naive / self.observed - 1.0

    @property
    def other_error(self) -> float | None:
        """Relative error of the second naive rule, likewise; None where there is none."""
        return self.other if self.other is None or self.observed is None else self.other / self.observed - 1.0

    @property
    def inside(self) -> bool | None:
        """Whether the band holds what happened, or bands of a case hold enough; None without a band."""
        if self.held is not None:
            return self.held >= COVERED
        if self.low is None or self.high is None or self.observed is None:
            return None
        return self.low <= self.observed <= self.high

    @property
    def passed(self) -> bool:
        """Whether the error is no larger than the target."""
        return abs(self.error) <= self.target

    def row(self, language: str = "en") -> dict[str, Any]:
        """Return a plain row, with wording in "en" or "nl"."""
        dutch = language == "nl"
        return {
            "case": self.case,
            "label": self.label_nl if dutch else self.label,
            "period": self.period,
            "figure": self.figure,
            "unit": self.unit,
            "model": self.model,
            "low80": self.low,
            "high80": self.high,
            "naive": self.naive,
            "naive_rule": self.naive_rule_nl if dutch else self.naive_rule,
            "other": self.other,
            "other_rule": self.other_rule_nl if dutch else self.other_rule,
            "observed": self.observed,
            "error": self.error,
            "naive_error": self.naive_error,
            "other_error": self.other_error,
            "inside": self.inside,
            "held": self.held,
            "target": self.target,
            "passed": self.passed,
            "note": self.note_nl if dutch else self.note,
            "source": self.source,
        }


@attrs.frozen
class Point:
    """A prediction of one figure.

    Attributes:
        period, figure, unit, observed, source: see :class:`Check`.
        model: median, low and high end of the band.
        naive: what the naive rule gives.
        other: what the second naive rule gives, where the case has one.
    """

    period: str
    figure: str
    unit: str
    model: tuple[float, float, float]
    naive: float
    observed: float
    source: str
    other: float | None = None


def validate(cases: Sequence[str] = (), *, draws: int = DRAWS, seed: int = SEED) -> tuple[Check, ...]:
    """Predict the cases and compare: a row a figure, and one for each case as a whole.

    Takes a few seconds.

    Args:
        cases: keys of `CASES`; all when empty.
        draws: of the parameters, 100 or more for bands that mean something.
        seed: of all random numbers; the same seed gives the same rows.

    Raises:
        UnknownCase: there is no such case.
    """
    for key in cases:
        if key not in CASES:
            raise UnknownCase("There is no case {key!r}.", hint="There are: {keys}.", key=key, keys=", ".join(CASES))
    found: list[Check] = []
    for key in cases or CASES:
        found += checks(key, CASES[key](draws, seed))
    return tuple(found)


def checks(case: str, points: Sequence[Point]) -> list[Check]:
    """Return the rows of a case: one for each point, and one for the whole."""
    told = described()[case]
    words = {name: told[name] for name in ("label", "label_nl", "target")}
    words |= {"naive_rule": told["naive"], "naive_rule_nl": told["naive_nl"]}
    words |= {"other_rule": told.get("other", ""), "other_rule_nl": told.get("other_nl", "")}
    found = [
        Check(
            case=case,
            period=one.period,
            figure=one.figure,
            unit=one.unit,
            model=one.model[0],
            low=one.model[1],
            high=one.model[2],
            naive=one.naive,
            other=one.other,
            observed=one.observed,
            source=one.source,
            **words,
        )
        for one in points
    ]
    count = len(found)
    whole = Check(
        case=case,
        period="",
        figure="mean absolute error",
        unit="share",
        model=sum(abs(one.error) for one in found) / count,
        low=None,
        high=None,
        naive=sum(abs(one.naive_error) for one in found) / count,
        other=sum(abs(one.other_error or 0.0) for one in found) / count if words["other_rule"] else None,
        observed=None,
        held=sum(bool(one.inside) for one in found) / count,
        note=told["note"],
        note_nl=told["note_nl"],
        **words,
    )
    return [*found, whole]


@cache
def described() -> Mapping[str, Any]:
    """Return what the file of cases holds, by case."""
    return tomllib.loads((resources.files("treves.policy.asylum") / "validation.toml").read_text(encoding="utf-8"))


def _quota(draws: int, seed: int) -> list[Point]:
    from treves.policy.asylum.validation_de import quota

    return quota(draws, seed, blind=False)


def _quota_blind(draws: int, seed: int) -> list[Point]:
    from treves.policy.asylum.validation_de import quota

    return quota(draws, seed, blind=True)


def _deferral(draws: int, seed: int) -> list[Point]:
    from treves.policy.asylum.validation_nl import deferral

    return deferral(draws, seed)


def _reception(draws: int, seed: int) -> list[Point]:
    from treves.policy.asylum.validation_nl import reception

    return reception(draws, seed, given=False)


def _reception_given(draws: int, seed: int) -> list[Point]:
    from treves.policy.asylum.validation_nl import reception

    return reception(draws, seed, given=True)


CASES: Mapping[str, Callable[[int, int], list[Point]]] = MappingProxyType(
    {
        "de-quota": _quota,
        "de-quota-blind": _quota_blind,
        "nl-deferral": _deferral,
        "nl-reception": _reception,
        "nl-reception-given": _reception_given,
    }
)
"""What predicts each case, by its key."""
