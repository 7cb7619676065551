"""Reported speech in one row: the rules, from the surest to the loosest."""

from __future__ import annotations

from treves.reading.according import find_according
from treves.reading.complements import find_complements
from treves.reading.drafts import Draft
from treves.reading.findings import Findings
from treves.reading.fronted import find_fronted
from treves.reading.infinitives import find_infinitives
from treves.reading.judgements import find_behind_colon, find_hearsay, find_opinions
from treves.reading.word_groups import (
    ACCORDING,
    AS,
    AS_FOR,
    COLON,
    COMMA,
    COMPLEMENTIZERS,
    EPISTEMIC,
    JUDGING,
    QUESTIONS,
    REPORTING_NOUN,
    RUMOUR,
    THUS,
    TOWARD,
    URGING,
)

_RULES = (
    (COMMA, find_fronted),
    (COMPLEMENTIZERS | QUESTIONS, find_complements),
    (ACCORDING | THUS | AS_FOR | TOWARD | AS | REPORTING_NOUN, find_according),
    (URGING, find_infinitives),
    (JUDGING, find_opinions),
    (COLON, find_behind_colon),
    (RUMOUR | EPISTEMIC, find_hearsay),
)
"""The rules, each behind the words without one of which it finds nothing."""


def find_reports(found: Findings) -> list[Draft]:
    """Return the reported speech of a row, in order of place; what is claimed already is left alone."""
    known = found.row.all_flags
    for needed, rule in _RULES:
        if known & needed:
            rule(found)
    return sorted(found.drafts, key=lambda draft: draft.first)
