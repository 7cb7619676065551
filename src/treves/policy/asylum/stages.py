"""The stages of the chain and the ways between them, as data: what the compiled chain counts, and what the picture shows."""

from __future__ import annotations

import tomllib
from importlib import resources
from types import MappingProxyType

import attrs


@attrs.frozen
class Stage:
    """Where persons are.

    Attributes:
        key: short name.
        label, label_nl: what readers see.
        strand: "seekers" for those who ask for asylum, "relatives" for their families.
        kind: "queue" (first in, first out, within a capacity), "pool" (left by a rule or at a rate) or "out".
        at: column and row in the picture.
    """

    key: str
    label: str
    label_nl: str
    strand: str
    kind: str
    at: tuple[int, int]

    def told(self, language: str = "en") -> str:
        """Return its label in a language."""
        return self.label_nl if language == "nl" else self.label


@attrs.frozen
class Way:
    """How persons get from one stage to another.

    Attributes:
        source: key of a stage; empty for those who come into the chain.
        target: key of a stage.
        label, label_nl: what readers see.
    """

    source: str
    target: str
    label: str
    label_nl: str

    def told(self, language: str = "en") -> str:
        """Return its label in a language."""
        return self.label_nl if language == "nl" else self.label


def _read() -> tuple[tuple[Stage, ...], tuple[Way, ...]]:
    found = tomllib.loads((resources.files("treves.policy.asylum") / "chain.toml").read_text(encoding="utf-8"))
    stages = tuple(Stage(**entry | {"at": tuple(entry["at"])}) for entry in found["stages"])
    ways = tuple(Way(e["from"], e["to"], e["label"], e["label_nl"]) for e in found["ways"])
    return stages, ways


STAGES, WAYS = _read()
STRANDS = MappingProxyType({"seekers": ("Asylum", "Asiel"), "relatives": ("Family reunification", "Nareis")})
"""The two strands, with their titles in English and Dutch."""
STOCKS = tuple(stage.key for stage in STAGES)
"""The stages, in the order in which the compiled chain keeps its stocks."""
FLOWS = (
    "inflow", "decided", "decided_wait", "granted_a", "granted_b", "applied", "arrived_a", "arrived_b",
    "arrived_wait", "housed", "left", "entered_seekers", "entered_relatives",
)  # fmt: skip
"""What the compiled chain counts in a month; those that end in `_wait` are months times persons."""

(
    SEEKING, APPEALING, LEAVING, HOLDERS, CLOSED, LEFT, HOMES, ABROAD, BLOCKED, CASES, FROZEN, DEFERRED, CAPPED,
    HARDSHIP, TRAVELLING, RELATIVES, REFUSED, EXCLUDED, TOGETHER,
) = range(len(STOCKS))  # fmt: skip
(
    F_INFLOW, F_DECIDED, F_DECIDED_WAIT, F_GRANTED_A, F_GRANTED_B, F_APPLIED, F_ARRIVED_A, F_ARRIVED_B,
    F_ARRIVED_WAIT, F_HOUSED, F_LEFT, F_ENTERED_SEEKERS, F_ENTERED_RELATIVES,
) = range(len(FLOWS))  # fmt: skip

_SHAPES = MappingProxyType({"queue": ("[", "]"), "pool": ("(", ")"), "out": ("([", "])")})


def mermaid(language: str = "en") -> str:
    """Return the stock-flow picture as a Mermaid flowchart, "en" or "nl"; queues square, pools round, ends as pills."""
    lines = ["flowchart LR"]
    for strand, titles in STRANDS.items():
        lines.append(f'  subgraph {strand}_strand["{titles[language == "nl"]}"]')
        lines.append(f"    {strand}_in(( ))")
        for stage in STAGES:
            if stage.strand == strand:
                opening, closing = _SHAPES[stage.kind]
                lines.append(f'    {stage.key}{opening}"{stage.told(language)}"{closing}')
        lines.append("  end")
    strands = {stage.key: stage.strand for stage in STAGES}
    for way in WAYS:
        source = way.source or f"{strands[way.target]}_in"
        lines.append(f'  {source} -->|"{way.told(language)}"| {way.target}')
    lines.append("  holders -.-> relatives_in")
    return "\n".join(lines) + "\n"
