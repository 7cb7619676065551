"""What is wrong, or odd, in a table: each finding says where, what, and what to do next."""

from __future__ import annotations

import math
from enum import StrEnum

import attrs

from treves.errors import Phrase
from treves.model.table import Estimate

Place = tuple[str, ...]
"""Where in a table: the names that lead there in its file, such as ``("parties", "vvd", "seats")``."""


class Severity(StrEnum):
    """Whether a table with this finding can be used."""

    ERROR = "error"
    """It cannot: an answer would mean nothing."""
    WARNING = "warning"
    """It can, but it may not say what was meant."""


@attrs.frozen
class Finding:
    """One thing that is wrong or odd.

    Attributes:
        code: stable name, of small letters and hyphens.
        severity: whether the table can be used all the same.
        place: where it is.
        message: what is wrong, with the value.
        hint: what to do next.
        line: line of the file, from 1; 0 when it has none or it is not known.
    """

    code: str
    severity: Severity
    place: Place
    message: Phrase
    hint: Phrase = Phrase("")  # noqa: RUF009 - a phrase cannot be changed
    line: int = 0

    @property
    def where(self) -> str:
        """The place as one word, such as "parties.vvd.seats"; "table" for the whole."""
        return ".".join(self.place) or "table"


class Findings:
    """Gathers findings while a table is looked at."""

    def __init__(self) -> None:
        self.found: list[Finding] = []

    def error(self, code: str, place: Place, what: str, /, *, hint: str = "", **values: object) -> None:
        """Note something that makes the table useless; `values` fill the fields of both texts."""
        self._add(code, Severity.ERROR, place, Phrase(what, **values), Phrase(hint, **values))

    def warning(self, code: str, place: Place, what: str, /, *, hint: str = "", **values: object) -> None:
        """Note something odd; `values` fill the fields of both texts."""
        self._add(code, Severity.WARNING, place, Phrase(what, **values), Phrase(hint, **values))

    def _add(self, code: str, severity: Severity, place: Place, message: Phrase, hint: Phrase) -> None:
        self.found.append(Finding(code, severity, place, message, hint))

    def number(self, place: Place, value: float | None, low: float = -math.inf, high: float = math.inf) -> bool:
        """Note a number that is not finite or not from `low` to `high`; return whether it is good (or None)."""
        if value is None:
            return True
        if not math.isfinite(value):
            self.error("not-finite", place, "{value} is no number to reckon with.", hint="Write a number.", value=value)
            return False
        if low <= value <= high:
            return True
        if math.isinf(high):
            self.error("out-of-range", place, "{value:g} is below {low:g}.", hint="Raise it.", value=value, low=low)
        else:
            self.error(
                "out-of-range",
                place,
                "{value:g} is not from {low:g} to {high:g}.",
                hint="Give a number from {low:g} to {high:g}.",
                value=value,
                low=low,
                high=high,
            )
        return False

    def estimate(self, place: Place, value: Estimate | None, low: float = -math.inf, high: float = math.inf) -> None:
        """Note what is wrong with an estimate of a number from `low` to `high`."""
        if value is None:
            return
        good = all(self.number(place, n, low, high) for n in (value.value, value.low, value.high))
        least, most = value.interval
        if good and not least <= value.value <= most:
            self.error(
                "estimate-order",
                place,
                "The value {value:g} does not lie within its interval, {low:g} to {high:g}.",
                hint="Write [low, value, high], in this order.",
                value=value.value,
                low=least,
                high=most,
            )
