"""What validation works with: published figures by period, and quantiles of weighted draws."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources

import attrs
import numpy as np

from treves.errors import Phrase
from treves.model.policy import Parameter
from treves.policy.draws import Floats
from treves.policy.files import number_in, parameters_in, read_toml, refused

_PERIOD = re.compile(r"^(\d{4})(?:-(\d{2})(?:\.\.(\d{2}))?|-Q([1-4]))?$")


@attrs.frozen
class Published:
    """A published figure.

    Attributes:
        value: the figure.
        source: where it stands.
    """

    value: float
    source: str


@attrs.frozen
class Record:
    """The published figures of a country, for validation.

    Attributes:
        series: by name of the series and by period.
        labels: of the series.
        units: of the series.
        parameters: that only validation needs.
    """

    series: Mapping[str, Mapping[str, Published]]
    labels: Mapping[str, str]
    units: Mapping[str, str]
    parameters: tuple[Parameter, ...]

    def value(self, name: str, period: str) -> float:
        """Return a figure."""
        return self.series[name][period].value


@cache
def record(country: str, start: date) -> Record:
    """Return the figures of a country, with parameters as known at `start`.

    Raises:
        ParameterFileBroken: a value cannot be used.
    """
    name = f"{country}/validation.toml"
    text = (resources.files("treves.policy.asylum") / country / "validation.toml").read_text(encoding="utf-8")
    return read_record(text, name, start)


def read_record(text: str, name: str, start: date) -> Record:
    """Return the figures that a file holds.

    Args:
        text: what the file holds.
        name: of the file, for messages.
        start: month at which parameters are wanted.

    Raises:
        ParameterFileBroken: a value cannot be used.
    """
    content = dict(read_toml(text, name))
    parameters = tuple(one.at(start) for one in parameters_in(content, name)) if "parameters" in content else ()
    content.pop("parameters", None)
    series: dict[str, dict[str, Published]] = {}
    for key, entry in content.items():
        if not isinstance(entry, dict) or not isinstance(entry.get("values"), dict):
            raise refused(name, key, Phrase("it holds no values"))
        series[key] = {}
        for period, pair in entry["values"].items():
            where = f"{key}.{period}"
            if not isinstance(pair, list) or len(pair) != 2 or not str(pair[1]).strip():  # a figure and its source
                raise refused(name, where, Phrase("it has no source or no period"))
            series[key][period] = Published(number_in(pair[0], name, where), str(pair[1]))
    labels = {key: str(entry.get("label", key)) for key, entry in content.items()}
    units = {key: str(entry.get("unit", "")) for key, entry in content.items()}
    return Record(series, labels, units, parameters)


def months_in(period: str, start: date) -> range:
    """Return the months of a period, counted from `start`: "2020", "2019-07..11", "2022-Q4" or "2020-04"."""
    found = _PERIOD.match(period)
    if not found:
        return range(0)
    year, first, last, quarter = found.groups()
    begin, end = 1, 12
    if quarter:
        begin, end = 3 * int(quarter) - 2, 3 * int(quarter)
    elif first:
        begin, end = int(first), int(last or first)
    base = 12 * (int(year) - start.year) - start.month
    return range(base + begin, base + end + 1)


def total_in(months: Floats, period: str, start: date) -> Floats:
    """Return (draws) totals over a period of (draws, months)."""
    place = months_in(period, start)
    found: Floats = months[:, place.start : place.stop].sum(axis=1)
    return found


def weights_of(pairs: Sequence[tuple[Floats, float, float]]) -> Floats:
    """Return weights of draws, adding up to 1, by how well each gives what was observed.

    Args:
        pairs: (figures by draw, what was observed, relative standard error to allow for).
    """
    score = sum(-0.5 * (np.log(np.maximum(made, 1e-9) / seen) / error) ** 2 for made, seen, error in pairs)
    found: Floats = np.exp(score - np.max(score))
    return found / found.sum()


def banded(values: Floats, weights: Floats, quantiles: Sequence[float]) -> tuple[float, ...]:
    """Return weighted quantiles: the first value at which that much of the weight is reached."""
    found = np.quantile(values, quantiles, weights=weights, method="inverted_cdf")
    return tuple(float(one) for one in found)
