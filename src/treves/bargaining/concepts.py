"""Names that fair points of finite sets and of sets without gaps share."""

from __future__ import annotations

from enum import StrEnum


class Concept(StrEnum):
    """What a fair point is fair by."""

    NASH = "nash"
    KALAI_SMORODINSKY = "kalai_smorodinsky"
    EGALITARIAN = "egalitarian"
    UTILITARIAN = "utilitarian"
    RAIFFA = "raiffa"


class Answer(StrEnum):
    """What came of a question for a fair point."""

    FOUND = "found"
    EMPTY = "empty"
    """The set itself has no points."""
    NOBODY = "nobody"
    """The set has points, but none that gives every party its floor: no agreement is better for somebody."""
