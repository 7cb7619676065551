"""GeniusWeb JSON: one file with the domain, and a linear additive profile for each party.

Read are lists of values and ranges of numbers, with their utilities, under the names of older and newer versions. A
reservation bid becomes the fallback when all profiles have the same, else the party's reservation value. Written are
lists of values; a fallback that names every issue becomes the reservation bid. The format holds no other reservation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from treves.errors import Phrase
from treves.exchange.tables.carried import Exported, Imported
from treves.exchange.tables.scenario import (
    MOST_CHOICES,
    BadScenario,
    Profile,
    Scenario,
    Topic,
    by_name,
    number_name,
    ordered_topic,
    scenario_of,
    table_of,
    unordered_topic,
)
from treves.model.table import Package, Table
from treves.text import slug

_SPACE = "LinearAdditiveUtilitySpace"
_DISCRETE = ("DiscreteValueSetUtilities", "discreteutils")
_NUMBERS = ("NumberValueSetUtilities", "numberutils")


def write_geniusweb(table: Table) -> Exported:
    """Return a table without mistakes as ``domain.json`` and one profile for each party.

    Weights are rounded to 12 decimals, for GeniusWeb wants their sum to be exactly 1.

    Raises:
        BadScenario: an issue has too many choices.
    """
    scenario, notes = scenario_of(table)
    bid = _bid(table, scenario)
    own = sum(1 for party in table.parties if party.reservation or party.reversion_value)
    lost = own if bid else sum(1 for profile in scenario.profiles if profile.reservation)
    if lost:
        notes += (Phrase("Left out: {what} ({count}).", what=Phrase("reservation values"), count=lost),)
    domain = {"name": scenario.name, "issuesValues": {key: {"values": list(c)} for key, c in scenario.issues}}
    files: list[tuple[str, str | bytes]] = [("domain.json", _json(domain))]
    for number, profile in enumerate(scenario.profiles, 1):
        space = {
            "name": profile.party,
            "domain": domain,
            "issueUtilities": {
                key: {_DISCRETE[0]: {"valueUtilities": dict(zip(choices, values, strict=True))}}
                for (key, choices), values in zip(scenario.issues, profile.values, strict=True)
            },
            "issueWeights": dict(zip([key for key, _ in scenario.issues], _exact(profile.weights), strict=True)),
            "reservationBid": None if bid is None else {"issuevalues": bid},
        }
        files.append((f"profile-{number:02}-{slug(profile.party)}.json", _json({_SPACE: space})))
    return Exported(tuple(files), notes)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _bid(table: Table, scenario: Scenario) -> dict[str, str] | None:
    chosen = {k: c if isinstance(c, str) else number_name(c) for k, c in table.reversion.package}
    known = all(chosen.get(key) in choices for key, choices in scenario.issues)
    return {key: chosen[key] for key, _ in scenario.issues} if known else None


def _exact(weights: tuple[float, ...]) -> list[float]:
    """Weights whose decimals sum to exactly 1; what rounding leaves goes to the largest."""
    rounded = [Decimal(repr(w)).quantize(Decimal(1).scaleb(-12)) for w in weights]
    largest = max(range(len(rounded)), key=lambda index: rounded[index])
    rounded[largest] += 1 - sum(rounded)
    return [float(w) for w in rounded]


def read_geniusweb(files: Sequence[tuple[str, str]]) -> Imported:
    """Return the table of a domain and its profiles.

    Args:
        files: names and texts of the JSON files; one of them may be the domain, the others are profiles.

    Raises:
        BadScenario: a file is no GeniusWeb JSON, or holds utilities that are not linear and additive.
    """
    read = [(name, _object(name, text)) for name, text in files]
    spaces = [(name, _within(name, found, _SPACE)) for name, found in read if _SPACE in found]
    others = [name for name, found in read if _SPACE not in found and "issuesValues" not in found]
    if others or not spaces:
        raise BadScenario(
            "{name} is no linear additive GeniusWeb profile.",
            hint="Give the folder with the domain and such profiles.",
            name=others[0] if others else "-",
        )
    domains = [(name, found) for name, found in read if "issuesValues" in found]
    name, domain = domains[0] if domains else (spaces[0][0], _within(*spaces[0], "domain"))
    topics = [_topic(name, key, body) for key, body in _within(name, domain, "issuesValues").items()]
    profiles = [_profile(name, space, topics) for name, space in spaces]
    bids = [_reserved(space) for _, space in spaces]
    fallback: Package = ()
    if bids[0] and all(bid == bids[0] for bid in bids):
        fallback = tuple((t.issue.key, bids[0][t.issue.key]) for t in topics if t.issue.key in bids[0])
    else:
        profiles = [_with_reservation(p, bid, topics) for p, bid in zip(profiles, bids, strict=True)]
    title = str(domain.get("name") or "table")
    return table_of(title, topics, profiles, fallback=fallback)


def _object(name: str, text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        raise BadScenario("{name} is no JSON: {error}.", hint="Get the whole file.", name=name, error=error) from None
    if not isinstance(found, dict):
        raise BadScenario("{name} holds no JSON object.", hint="Check the file.", name=name)
    return found


def _within(name: str, holder: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = holder.get(key)
    if not isinstance(found, dict):
        raise BadScenario("{name} has no {key}.", hint="Check the file with GeniusWeb.", name=name, key=key)
    return found


def _number(name: str, value: Any, key: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    if not abs(number) < 1e300:
        raise BadScenario(
            "{name}: {key} is {value!r}, no number.", hint="Check the file.", name=name, key=key, value=value
        )
    return number


def _topic(name: str, key: str, body: Any) -> Topic:
    if isinstance(body, dict) and isinstance(body.get("values"), list):
        return unordered_topic(key, [str(value) for value in body["values"]])
    spread = body.get("range") if isinstance(body, dict) else None
    if isinstance(spread, dict):
        spread = [spread.get(part) for part in ("low", "high", "step")]
    if not isinstance(spread, list) or len(spread) != 3:
        raise BadScenario(
            "{name}: issue {issue} has no values.", hint="Check the file with GeniusWeb.", name=name, issue=key
        )
    low, high, step = (Decimal(repr(_number(name, part, key)).removesuffix(".0")) for part in spread)
    if not (step > 0 and high >= low and (high - low) / step < MOST_CHOICES):
        raise BadScenario("{name}: the range of issue {issue} is empty.", hint="Check it.", name=name, issue=key)
    numbers = [low + step * n for n in range(int((high - low) / step) + 1)]
    return ordered_topic(key, [number_name(float(n)) for n in numbers])


def _profile(name: str, space: Mapping[str, Any], topics: list[Topic]) -> Profile:
    party = str(space.get("name") or name.rpartition("/")[2].rpartition(".")[0])
    utilities = _within(name, space, "issueUtilities")
    weights = _within(name, space, "issueWeights")
    keys = [topic.issue.key for topic in topics]
    return Profile(
        party,
        tuple(_number(name, weights.get(key), key) for key in keys),
        tuple(_values(name, party, topic, _within(name, utilities, topic.issue.key)) for topic in topics),
    )


def _values(name: str, party: str, topic: Topic, body: Mapping[str, Any]) -> tuple[float, ...]:
    key = topic.issue.key
    for kind in _DISCRETE:
        if kind in body:
            given = _within(name, _within(name, body, kind), "valueUtilities")
            return by_name(party, topic, {str(c): _number(name, v, key) for c, v in given.items()})
    for kind in _NUMBERS:
        if kind in body:
            ends = _within(name, body, kind)
            low, at_low, high, at_high = (
                _number(name, ends.get(part), part) for part in ("lowValue", "lowUtility", "highValue", "highUtility")
            )
            width = (high - low) or 1.0
            places = [_number(name, choice, key) for choice in topic.choices]
            return tuple(at_low + (at_high - at_low) * (place - low) / width for place in places)
    raise BadScenario("{name}: issue {issue} has no utilities.", hint="Check the file.", name=name, issue=key)


def _reserved(space: Mapping[str, Any]) -> dict[str, str]:
    bid = space.get("reservationBid")
    chosen = bid.get("issuevalues") if isinstance(bid, dict) else None
    if not isinstance(chosen, dict):
        return {}
    return {str(key): number_name(float(c)) if isinstance(c, int | float) else str(c) for key, c in chosen.items()}


def _with_reservation(profile: Profile, bid: Mapping[str, str], topics: list[Topic]) -> Profile:
    if not bid:
        return profile
    worth = 0.0
    for topic, weight, values in zip(topics, profile.weights, profile.values, strict=True):
        choice = bid.get(topic.issue.key)
        if choice in topic.choices:
            worth += weight * values[topic.choices.index(choice)]
    return attrs.evolve(profile, reservation=worth)
