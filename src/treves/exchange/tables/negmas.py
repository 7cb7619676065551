"""NegMAS YAML: one file with the outcome space, and one with a linear additive utility function for each party.

Read are categorical, ordinal, cardinal, contiguous and continuous issues, with value functions that are tables, straight
lines, constants or the identity; other utility functions are refused. Written are categorical issues with tables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from treves.errors import Phrase
from treves.exchange.tables.carried import Exported, Imported
from treves.exchange.tables.fields import is_number
from treves.exchange.tables.nodes import Node, read_yaml
from treves.exchange.tables.scenario import (
    MOST_CHOICES,
    BadScenario,
    Profile,
    Topic,
    by_name,
    number_name,
    ordered_topic,
    range_topic,
    scenario_of,
    table_of,
    unordered_topic,
)
from treves.model.table import Scale, Table
from treves.text import slug

_SPACE = "CartesianOutcomeSpace"
_FUNCTION = "LinearAdditiveUtilityFunction"


def write_negmas(table: Table) -> Exported:
    """Return a table without mistakes as ``domain.yml`` and one utility function for each party.

    Raises:
        BadScenario: an issue has too many choices.
    """
    scenario, notes = scenario_of(table)
    domain = {
        "type": _SPACE,
        "name": scenario.name,
        "path": None,
        "issues": [{"type": "CategoricalIssue", "name": key, "values": list(c)} for key, c in scenario.issues],
    }
    files: list[tuple[str, str | bytes]] = [("domain.yml", _yaml(domain))]
    for number, profile in enumerate(scenario.profiles, 1):
        tables = [
            {"type": "TableFun", "mapping": dict(zip(choices, values, strict=True))}
            for (_, choices), values in zip(scenario.issues, profile.values, strict=True)
        ]
        function = {
            "type": _FUNCTION,
            "name": profile.party,
            "reserved_value": profile.reservation or 0.0,
            "reserved_outcome": None,
            "weights": list(profile.weights),
            "values": tables,
        }
        files.append((f"profile-{number:02}-{slug(profile.party)}.yml", _yaml(function)))
    return Exported(tuple(files), notes)


def _yaml(value: Any) -> str:
    import yaml

    return str(yaml.safe_dump(value, sort_keys=False, allow_unicode=True))


def read_negmas(files: Sequence[tuple[str, str]]) -> Imported:
    """Return the table of an outcome space and its utility functions.

    Args:
        files: names and texts of the YAML files; one is the outcome space, the others are utility functions.

    Raises:
        BadScenario: a file is no NegMAS scenario, or its utilities are not linear and additive.
        NoTableFile: a file is no YAML.
    """
    read = [(name, _mapping(name, read_yaml(text, name=name))) for name, text in files]
    domains = [(name, parts) for name, parts in read if "issues" in parts]
    functions = [(name, parts) for name, parts in read if "issues" not in parts]
    if len(domains) != 1 or not functions:
        raise BadScenario(
            "A NegMAS scenario has one outcome space and at least one utility function, not {spaces} and {functions}.",
            hint="Give the folder that NegMAS wrote.",
            spaces=len(domains),
            functions=len(functions),
        )
    name, space = domains[0]
    topics = [_topic(name, _mapping(name, node)) for node in space["issues"].items or ()]
    profiles = [_profile(name, parts, topics) for name, parts in functions]
    title = space["name"].text if "name" in space else None
    return table_of(title or "table", topics, profiles)


def _bad(name: str, line: int, what: Phrase) -> BadScenario:
    hint = "Save the scenario again with NegMAS."
    return BadScenario("{name}, line {line}: {what}.", hint=hint, name=name, line=line, what=what)


def _mapping(name: str, node: Node | None) -> dict[str, Node]:
    if node is None or node.pairs is None:
        raise _bad(name, node.line if node else 1, Phrase("a mapping is missing"))
    return {key.text or "": value for key, value in node.pairs}


def _part(name: str, parts: Mapping[str, Node], key: str) -> Node:
    if key not in parts:
        line = min((node.line for node in parts.values()), default=1)
        raise _bad(name, line, Phrase("{key} is missing", key=key))
    return parts[key]


def _kind(parts: Mapping[str, Node]) -> str:
    node = parts.get("type") or parts.get("__python_class__")
    return (node.text or "" if node else "").rpartition(".")[2]


def _number(name: str, node: Node) -> float:
    if not is_number(node) or not abs(float(node.text or 0)) < 1e300:
        raise _bad(name, node.line, Phrase("{value!r} is no number", value=node.text))
    return float(node.text or 0)


def _topic(name: str, parts: dict[str, Node]) -> Topic:
    key = _part(name, parts, "name").text or ""
    node = _part(name, parts, "values")
    kind = _kind(parts)
    values = node.items or ()
    if kind in ("ContiguousIssue", "ContinuousIssue"):
        if len(values) != 2:
            raise _bad(name, node.line, Phrase("a range has two bounds"))
        low, high = (_number(name, value) for value in values)
        if not low < high or (kind == "ContiguousIssue" and high - low >= MOST_CHOICES):
            raise _bad(name, node.line, Phrase("the range of issue {issue} is empty or too large", issue=key))
        if kind == "ContinuousIssue":
            return range_topic(key, low, high)
        return ordered_topic(key, [str(number) for number in range(round(low), round(high) + 1)])
    names = [value.text or "" for value in values]
    ordered = kind in ("OrdinalIssue", "CardinalIssue", "DiscreteOrdinalIssue", "DiscreteCardinalIssue")
    return ordered_topic(key, names) if ordered else unordered_topic(key, names)


def _profile(name: str, parts: dict[str, Node], topics: list[Topic]) -> Profile:
    if _kind(parts) not in (_FUNCTION, "LinearUtilityAggregationFunction"):
        line = min((node.line for node in parts.values()), default=1)
        raise _bad(name, line, Phrase("{kind!r} is no linear additive utility function", kind=_kind(parts)))
    weights = _by_issue(name, _part(name, parts, "weights"), topics)
    functions = _by_issue(name, _part(name, parts, "values"), topics)
    held = parts.get("reserved_value")
    reservation = _number(name, held) if held is not None and is_number(held) else None
    party = parts["name"].text if "name" in parts else None
    profile = Profile(
        party or name.rpartition("/")[2].rpartition(".")[0],
        tuple(_number(name, node) for node in weights),
        tuple(_values(name, topic, _mapping(name, node)) for topic, node in zip(topics, functions, strict=True)),
        bias=_number(name, parts["bias"]) if "bias" in parts else 0.0,
        reservation=reservation,
    )
    return _with_reserved_outcome(profile, parts.get("reserved_outcome"), topics)


def _by_issue(name: str, node: Node, topics: list[Topic]) -> list[Node]:
    """What a list, or a mapping by issue, holds for each issue."""
    if node.pairs is not None:
        named = _mapping(name, node)
        return [_part(name, named, topic.issue.key) for topic in topics]
    if len(node.items or ()) != len(topics):
        raise _bad(name, node.line, Phrase("there are {count} issues", count=len(topics)))
    return list(node.items or ())


def _values(name: str, topic: Topic, parts: dict[str, Node]) -> tuple[float, ...]:
    kind = _kind(parts)
    if kind == "TableFun":
        node = _part(name, parts, "mapping")
        if node.pairs is None or topic.issue.scale is Scale.RANGE:
            raise _bad(name, node.line, Phrase("a table of values does not fit issue {issue}", issue=topic.issue.key))
        given = {key.text or "": _number(name, value) for key, value in node.pairs}
        for key, _ in node.pairs:
            if is_number(key):  # 3.0 for the choice 3
                given.setdefault(number_name(float(key.text or 0)), given[key.text or ""])
        return by_name(name, topic, given)
    function = _straight(name, kind, parts)
    if topic.issue.scale is Scale.RANGE:
        return tuple(function(end) for end in topic.issue.bounds)
    try:
        return tuple(function(float(choice)) for choice in topic.choices)
    except ValueError:
        line = min((node.line for node in parts.values()), default=1)
        raise _bad(name, line, Phrase("the values of issue {issue} are no numbers", issue=topic.issue.key)) from None


def _straight(name: str, kind: str, parts: dict[str, Node]) -> Callable[[float], float]:
    slope, bias = (_number(name, parts[key]) if key in parts else 0.0 for key in ("slope", "bias"))
    if kind in ("AffineFun", "LinearFun"):
        return lambda x: slope * x + bias
    if kind == "IdentityFun":
        return lambda x: x
    if kind == "ConstFun":
        return lambda _: bias
    line = min((node.line for node in parts.values()), default=1)
    raise _bad(name, line, Phrase("the value function {kind!r} is not known", kind=kind))


def _with_reserved_outcome(profile: Profile, node: Node | None, topics: list[Topic]) -> Profile:
    if profile.reservation is not None or node is None or len(node.items or ()) != len(topics):
        return profile
    worth = profile.bias
    for topic, weight, values, chosen in zip(topics, profile.weights, profile.values, node.items or (), strict=True):
        if topic.issue.scale is not Scale.RANGE and chosen.text in topic.choices:
            worth += weight * values[topic.choices.index(chosen.text or "")]
    return attrs.evolve(profile, reservation=worth)
