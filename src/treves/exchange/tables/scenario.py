"""Additive utilities as other negotiation programs keep them: a weight for each issue and a value for each choice.

Trêves keeps values and utilities from 0 to 1. A profile that already does is taken as it is; any other is stretched so
that its worst package is 0 and its best 1, which changes no comparison, and its reservation value with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import attrs

from treves.errors import Phrase, TableError
from treves.exchange.tables.carried import Imported, losses
from treves.model.table import Estimate, Issue, Option, Package, Party, Position, Reversion, Scale, Table
from treves.text import slug

MOST_CHOICES = 10_000
"""Choices on one issue above which a scenario is refused."""
_CLOSE = 1e-9


class BadScenario(TableError):
    """A Genius, GeniusWeb or NegMAS scenario does not have the form of one, or is of a kind that is not additive."""

    code: ClassVar[str] = "T647"


@attrs.frozen
class Profile:
    """What one party makes of a scenario.

    Attributes:
        party: its name.
        weights: by issue, in the scenario's order.
        values: by issue, a value for each choice; of a range those of its bounds, between which it is straight.
        bias: added to every utility.
        reservation: utility below which it refuses, on the same scale; None if it has none.
    """

    party: str
    weights: tuple[float, ...]
    values: tuple[tuple[float, ...], ...]
    bias: float = 0.0
    reservation: float | None = None


@attrs.frozen
class Scenario:
    """Issues with their choices, and what parties make of them.

    Attributes:
        name: what it is called.
        issues: keys with the names of their choices.
        profiles: one for each party.
    """

    name: str
    issues: tuple[tuple[str, tuple[str, ...]], ...]
    profiles: tuple[Profile, ...]


def scenario_of(table: Table, *, kept: Sequence[str] = ()) -> tuple[Scenario, tuple[Phrase, ...]]:
    """Return a table as a scenario, with notes on what that leaves out; ranges become their `steps` values.

    Args:
        table: a table without mistakes.
        kept: what the format carries besides, as for :func:`treves.exchange.tables.carried.losses`.

    Raises:
        BadScenario: an issue has more choices than :data:`MOST_CHOICES`.
    """
    issues = tuple((issue.key, choice_names(issue)) for issue in table.issues)
    profiles = tuple(_profile(table, party) for party in table.parties)
    return Scenario(table.key, issues, profiles), losses(table, kept)


def choice_names(issue: Issue) -> tuple[str, ...]:
    """Return the names of an issue's choices; the numbers of a range, as they are written.

    Raises:
        BadScenario: there are more than :data:`MOST_CHOICES`.
    """
    if issue.scale is not Scale.RANGE:
        return tuple(option.key for option in issue.options)
    if issue.steps > MOST_CHOICES:
        raise BadScenario(
            "Issue {issue} has {count:,} steps; other programs need {most:,} choices or fewer.",
            hint="Lower its steps.",
            issue=issue.key,
            count=issue.steps,
            most=MOST_CHOICES,
        )
    return tuple(number_name(value) for value in _stepped(issue))


def _stepped(issue: Issue) -> list[float]:
    low, high = issue.bounds
    return [low + (high - low) * step / (issue.steps - 1) for step in range(issue.steps)]


def number_name(value: float) -> str:
    """Return a number as a name: "500", "0.25"."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _profile(table: Table, party: Party) -> Profile:
    held = {position.issue: position for position in table.positions if position.party == party.key}
    raw = [held[issue.key].salience.value if issue.key in held else 0.0 for issue in table.issues]
    total = sum(raw)
    # weights that sum to 1 already are kept to the last digit, so that a file that was read is written the same
    weights = tuple(raw if abs(total - 1) < _CLOSE else [weight / (total or 1.0) for weight in raw])
    values = tuple(_values(issue, held.get(issue.key)) for issue in table.issues)
    profile = Profile(party.key, weights, values)
    if party.reservation is not None:
        return attrs.evolve(profile, reservation=party.reservation.value)
    if party.reversion_value is not None:
        return attrs.evolve(profile, reservation=party.reversion_value.value)
    chosen = dict(table.reversion.package)
    worth = 0.0
    for issue, weight, of_choices in zip(table.issues, weights, values, strict=True):
        if issue.key in chosen:
            choice = chosen[issue.key]
            worth += weight * _value_of(issue, held.get(issue.key), choice, of_choices)
    return attrs.evolve(profile, reservation=worth)


def _values(issue: Issue, position: Position | None) -> tuple[float, ...]:
    places = _stepped(issue) if issue.scale is Scale.RANGE else [o.at or 0.0 for o in issue.options]
    if position is None:
        return (0.0,) * len(places)
    if position.values:
        own = dict(position.values)
        return tuple(own.get(option.key, 0.0) for option in issue.options)
    return tuple(_by_distance(issue, position, place) for place in places)


def _by_distance(issue: Issue, position: Position, place: float) -> float:
    low, high = issue.bounds
    point = position.point.value if position.point else low
    return 1 - abs(place - point) / (high - low)


def _value_of(issue: Issue, position: Position | None, choice: str | float, values: tuple[float, ...]) -> float:
    if isinstance(choice, str):
        return values[[o.key for o in issue.options].index(choice)]
    return _by_distance(issue, position, choice) if position else 0.0


@attrs.frozen
class Topic:
    """An issue of a scenario that is read.

    Attributes:
        issue: as it will stand in the table.
        choices: the names of its choices; empty for a range.
    """

    issue: Issue
    choices: tuple[str, ...]


def unordered_topic(key: str, choices: Sequence[str]) -> Topic:
    """Return an issue whose choices have no order.

    Raises:
        BadScenario: there are none, too many, or two of the same name.
    """
    _check_choices(key, choices)
    return Topic(Issue(key, scale=Scale.UNORDERED, options=tuple(map(Option, choices))), tuple(choices))


def ordered_topic(key: str, choices: Sequence[str]) -> Topic:
    """Return an issue whose choices are numbers in their order, spread evenly over the scale; as above."""
    _check_choices(key, choices)
    last = max(len(choices) - 1, 1)
    options = tuple(Option(choice, at=100 * number / last) for number, choice in enumerate(choices))
    return Topic(Issue(key, options=options), tuple(choices))


def range_topic(key: str, low: float, high: float) -> Topic:
    """Return an issue on which any number from `low` to `high` can be chosen."""
    return Topic(Issue(key, scale=Scale.RANGE, low=low, high=high), ())


def _check_choices(key: str, choices: Sequence[str]) -> None:
    twice = next((c for n, c in enumerate(choices) if c in choices[:n]), None) if len(choices) <= MOST_CHOICES else None
    if choices and twice is None and len(choices) <= MOST_CHOICES:
        return
    if twice is not None:
        raise BadScenario("Issue {issue} has the choice {choice} twice.", hint="Drop one.", issue=key, choice=twice)
    raise BadScenario(
        "Issue {issue} has {count:,} choices; there may be 1 to {most:,}.",
        hint="Check the file.",
        issue=key,
        count=len(choices),
        most=MOST_CHOICES,
    )


def table_of(
    name: str,
    topics: Sequence[Topic],
    profiles: Sequence[Profile],
    *,
    fallback: Package = (),
    notes: Sequence[Phrase] = (),
) -> Imported:
    """Return the table of a scenario that was read.

    Args:
        name: what the scenario is called.
        topics: its issues.
        profiles: of each party; those with the same name get a number behind it.
        fallback: what takes effect without an agreement.
        notes: what the file's reader has to say.
    """
    told = list(notes)
    named: dict[str, Profile] = {}
    for number, profile in enumerate(profiles, 1):
        key = profile.party.strip() or f"party-{number}"
        key = key if key not in named else f"{key}-{number}"
        good = _fits(profile, topics)
        named[key] = attrs.evolve(_clipped(profile) if good else _stretched(profile), party=key)
        if not good:
            told.append(Phrase("The utilities of {party} were stretched to run from 0 to 1.", party=key))
    table = Table(
        slug(name),
        tuple(topic.issue for topic in topics),
        tuple(Party(key, reservation=_estimate(profile.reservation)) for key, profile in named.items()),
        tuple(
            _position(profile.party, topic, weight, values)
            for profile in named.values()
            for topic, weight, values in zip(topics, profile.weights, profile.values, strict=True)
        ),
        reversion=Reversion(package=fallback),
        title=name,
    )
    return Imported(table, tuple(told))


def _estimate(value: float | None) -> Estimate | None:
    return None if value is None else Estimate(min(max(value, 0.0), 1.0))


def _fits(profile: Profile, topics: Sequence[Topic]) -> bool:
    """Whether weights and values are such as Trêves keeps them; those of a range must run from 0 to 1."""
    values = [value for of_issue in profile.values for value in of_issue]
    good = all(-_CLOSE <= v <= 1 + _CLOSE for v in values) and all(w >= 0 for w in profile.weights)
    ranges = [v for topic, v in zip(topics, profile.values, strict=True) if topic.issue.scale is Scale.RANGE]
    straight = all(sorted(ends) == [0, 1] for ends in ranges)
    return good and straight and abs(sum(profile.weights) - 1) < 1e-6 and profile.bias == 0


def _clipped(profile: Profile) -> Profile:
    values = tuple(tuple(min(max(v, 0.0), 1.0) for v in of_issue) for of_issue in profile.values)
    return attrs.evolve(profile, values=values)


def _stretched(profile: Profile) -> Profile:
    weights, values_by_issue = [], []
    least = profile.bias
    for weight, of_issue in zip(profile.weights, profile.values, strict=True):
        worths = [weight * value for value in of_issue]
        low, width = min(worths), max(worths) - min(worths)
        least += low
        weights.append(width)
        values_by_issue.append(tuple((w - low) / width if width > 0 else 0.0 for w in worths))
    total = sum(weights) or 1.0
    reservation = None if profile.reservation is None else (profile.reservation - least) / total
    return Profile(profile.party, tuple(w / total for w in weights), tuple(values_by_issue), reservation=reservation)


def _position(party: str, topic: Topic, weight: float, values: tuple[float, ...]) -> Position:
    if topic.issue.scale is not Scale.RANGE:
        return Position(
            party, topic.issue.key, salience=Estimate(weight), values=tuple(zip(topic.choices, values, strict=True))
        )
    low, high = topic.issue.bounds
    at_low, at_high = values
    # straight from 0 to 1: the distance to the better bound
    return Position(party, topic.issue.key, Estimate(high if at_high >= at_low else low), Estimate(weight))


def by_name(party: str, topic: Topic, values: Mapping[str, float]) -> tuple[float, ...]:
    """Return the values of an issue's choices in their order.

    Raises:
        BadScenario: a choice has no value.
    """
    missing = [choice for choice in topic.choices if choice not in values]
    if missing:
        raise BadScenario(
            "{party} gives no value to {choices} on issue {issue}.",
            hint="Give every choice a value.",
            party=party,
            choices=", ".join(missing[:5]),
            issue=topic.issue.key,
        )
    return tuple(values[choice] for choice in topic.choices)
