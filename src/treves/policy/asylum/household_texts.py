"""The wording of answers to a household, in English and Dutch, from its file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from treves.policy.asylum.household_rules import Step


@cache
def texts() -> Mapping[str, Any]:
    """Return what the file of rules and wordings holds."""
    return tomllib.loads((resources.files("treves.policy.asylum") / "household.toml").read_text(encoding="utf-8"))


def source_of(rule: str, option: str) -> str:
    """Return what a rule rests on, under an option (its key, perhaps followed by a branch)."""
    own: Mapping[str, str] = texts()["sources"].get(option.split("/", maxsplit=1)[0].split("+", maxsplit=1)[0], {})
    return own.get(rule) or str(texts()["rules"][rule]["source"])


def word(key: str, language: str, **fields: object) -> str:
    """Return a wording in a language, English where it is missing, with its fields filled in."""
    words = texts()["words"]
    return str(words.get(language, words["en"])[key]).format(**fields)


def month_told(month: date, language: str) -> str:
    """Return a month in words, such as "March 2024"."""
    names = texts()["months"]
    return f"{names.get(language, names['en'])[month.month - 1]} {month.year}"


def rule_told(step: Step, language: str) -> str:
    """Return a rule as it is met or not, in a language."""
    rule = texts()["rules"][step.rule]
    fields: dict[str, object] = dict(step.numbers)
    fields["month"] = month_told(step.since, language) if step.since else ""
    fields["met"] = word(step.state, language) if step.state else ""
    fields["why"] = word(step.why, language) if step.why else ""
    fields["until"] = word("until", language, month=fields["month"]) if step.since else ""
    return str(rule.get(language, rule["en"])).format(**fields)
