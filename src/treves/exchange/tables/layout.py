"""Which names may stand where in a table file: shared by what reads it, what writes it, and the schema's test."""

from __future__ import annotations

FORMAT = "treves-table/1"
"""What a table file says it is."""

TABLE = (
    "format",
    "key",
    "title",
    "title_nl",
    "as_of",
    "note",
    "issues",
    "parties",
    "rule",
    "constraints",
    "budgets",
    "indicators",
    "effects",
    "reversion",
    "deadline",
    "positions",
    "red_lines",
    "interactions",
    "valuations",
)
ISSUE = ("label", "label_nl", "scale", "options", "low", "high", "unit", "steps")
OPTION = ("at", "label", "label_nl")
PARTY = (
    "name",
    "name_nl",
    "seats",
    "capability",
    "members",
    "mandate",
    "reservation",
    "reversion_value",
    "conduct",
    "positions",
    "red_lines",
    "interactions",
    "valuations",
)
MANDATE = ("by", "until", "within")
CONDUCT = ("concession", "give_way", "bluff", "walk_out")
POSITION = ("point", "salience", "values", "reasons")
RED_LINE = ("refuses", "firmness", "label", "reasons")
INTERACTION = ("when", "value")
VALUATION = ("best", "worst", "salience", "reasons")
TERM = ("options", "low", "high")
CONSTRAINT = ("when", "then", "label")
BUDGET = ("limit", "costs", "label", "unit")
INDICATOR = ("baseline", "label", "label_nl", "unit")
EFFECT = ("indicator", "when", "amount", "reasons")
RULE = ("kind", "quota", "veto", "winning", "parties", "setter")
REVERSION = ("label", "label_nl", "package")
DEADLINE = ("label", "when", "rounds", "firmness")
ESTIMATE = ("value", "low", "high")
