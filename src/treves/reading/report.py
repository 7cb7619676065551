"""Reported speech in one row: the rules, from the surest to the loosest."""

from __future__ import annotations

from treves.reading.according import find_according
from treves.reading.complements import find_complements
from treves.reading.drafts import Draft
from treves.reading.findings import Findings
from treves.reading.fronted import find_fronted
from treves.reading.infinitives import find_infinitives
from treves.reading.judgements import find_behind_colon, find_hearsay, find_opinions

_RULES = (
    find_fronted,
    find_complements,
    find_according,
    find_infinitives,
    find_opinions,
    find_behind_colon,
    find_hearsay,
)


def find_reports(found: Findings) -> list[Draft]:
    """Return the reported speech of a row, in order of place; what is claimed already is left alone."""
    for rule in _RULES:
        rule(found)
    return sorted(found.drafts, key=lambda draft: draft.first)
