"""Levers, reforms and indicators of the chain, from their files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any

from treves.model.policy import Indicator, Lever, LeverKind, Reform


def _read(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    text = (resources.files("treves.policy.asylum") / name).read_text(encoding="utf-8")
    yield from tomllib.loads(text).items()


def _lever(key: str, entry: dict[str, Any]) -> Lever:
    low, high = entry.get("bounds", (float("-inf"), float("inf")))
    return Lever(
        key,
        entry["label"],
        entry["label_nl"],
        LeverKind(entry["kind"]),
        entry.get("unit", ""),
        (float(low), float(high)),
        tuple(entry.get("choices", ())),
        entry["default"],
    )


LEVERS = tuple(_lever(key, entry) for key, entry in _read("levers.toml"))
INDICATORS = tuple(
    Indicator(key, e["label"], e["label_nl"], e["unit"], e.get("direction", ""), tuple(e.get("drivers", ())))
    for key, e in _read("indicators.toml")
)
"""In the order in which the compiled chain writes them."""
REFORMS = tuple(
    Reform(key, e["label"], e["label_nl"], tuple(e.get("settings", {}).items())) for key, e in _read("reforms.toml")
)
