"""What is wrong or odd in a table, all of it at once: keys, scales, positions, salience and who is at the table.

Rules, constraints, budgets and red lines are looked at in :mod:`treves.model.table_rule_checks`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from treves.model.findings import Finding, Findings, Place, Severity
from treves.model.table import Conduct, Issue, Option, Party, Position, Scale, Table, Valuation
from treves.model.table_rule_checks import check_rules
from treves.model.table_term_checks import Names, check_terms, find_issue, known_option, known_party, listed, names_of

__all__ = ["Finding", "Severity", "problems"]

_MOST_STEPS = 100_000
_NO_KEY = ("Cc", "Cs", "Zl", "Zp")


def problems(table: Table) -> tuple[Finding, ...]:
    """Return everything that is wrong (errors) or odd (warnings) in `table`, in the order in which it is written.

    A table in which no package is feasible is not wrong: that is an answer.
    """
    found = Findings()
    names = names_of(table)
    _check_keys(found, table)
    for issue in table.issues:
        _check_issue(found, issue)
    held: dict[str, list[float]] = {}
    for position in table.positions:
        held.setdefault(position.party, []).append(position.salience.value)
    for valuation in table.valuations:
        held.setdefault(valuation.party, []).append(valuation.salience.value)
    for party in table.parties:
        _check_party(found, names, party, held.get(party.key, []))
    _check_positions(found, table, names)
    _check_valuations(found, table, names)
    check_rules(found, table, names)
    if table.as_of is not None and table.as_of.tzinfo is None:
        _no_zone(found, ("as_of",))
    return tuple(found.found)


def _no_zone(found: Findings, place: Place) -> None:
    found.error("no-zone", place, "The time has no time zone.", hint="Add one, such as +02:00.")


def _check_keys(found: Findings, table: Table) -> None:
    _check_key(found, ("key",), table.key)
    for kind, keyed in (
        ("issues", table.issues),
        ("parties", table.parties),
        ("constraints", table.constraints),
        ("budgets", table.budgets),
        ("indicators", table.indicators),
    ):
        _unique(found, (kind,), (one.key for one in keyed))
    if not table.issues:
        found.error("no-issues", ("issues",), "The table has no issues.", hint="Add what is to be settled.")
    if not table.parties:
        found.error("no-parties", ("parties",), "The table has no parties.", hint="Add who is to settle it.")
    for key in {i.key for i in table.indicators} & {i.key for i in table.issues}:
        found.error(
            "shared-key",
            ("indicators", key),
            "{key} is the name of an issue and of an indicator.",
            hint="Give one of them another name.",
            key=key,
        )


def _check_key(found: Findings, place: Place, key: str) -> None:
    if not key or key != key.strip() or any(unicodedata.category(c) in _NO_KEY for c in key):
        found.error(
            "bad-key",
            place,
            "{key!r} cannot be a name: it is empty, or has a space at its edge or a control character.",
            hint="Use letters, digits and hyphens.",
            key=key,
        )


def _unique(found: Findings, place: Place, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        _check_key(found, (*place, key), key)
        if key in seen:
            found.error(
                "duplicate-key",
                (*place, key),
                "The name {key} is used twice.",
                hint="Give one of them another name, or drop it.",
                key=key,
            )
        seen.add(key)


def _check_issue(found: Findings, issue: Issue) -> None:
    place = ("issues", issue.key)
    _unique(found, (*place, "options"), (o.key for o in issue.options))
    if issue.scale is Scale.RANGE:
        _check_range(found, issue, place)
        return
    if not issue.options:
        found.error(
            "no-options",
            (*place, "options"),
            "Issue {issue} has no options.",
            hint="Give its options, or make it a range with low and high.",
            issue=issue.key,
        )
    if issue.low is not None or issue.high is not None:
        found.warning(
            "bounds-ignored",
            place,
            "Issue {issue} is no range, so that its low and high count for nothing.",
            hint="Write scale: range, or drop them.",
            issue=issue.key,
        )
    for option in issue.options:
        _check_option(found, issue, option)
    places = [o.at for o in issue.options if o.at is not None]
    if issue.scale is Scale.ORDERED and places != sorted(places):
        found.warning(
            "options-out-of-order",
            (*place, "options"),
            "The options of issue {issue} are not in the order of their places.",
            hint="Put them in the order of the scale.",
            issue=issue.key,
        )


def _check_option(found: Findings, issue: Issue, option: Option) -> None:
    place = ("issues", issue.key, "options", option.key)
    if issue.scale is Scale.UNORDERED:
        if option.at is not None:
            found.warning(
                "place-ignored",
                place,
                "Issue {issue} has no order, so that the place of option {option} counts for nothing.",
                hint="Write scale: ordered, or drop the place.",
                issue=issue.key,
                option=option.key,
            )
    elif option.at is None:
        found.error(
            "no-place",
            place,
            "Option {option} of issue {issue} has no place on the scale.",
            hint="Give its place, 0 to 100, or write scale: unordered.",
            issue=issue.key,
            option=option.key,
        )
    elif not 0 <= option.at <= 100:
        found.error(
            "off-scale",
            place,
            "Option {option} of issue {issue} is at {at:g}, off the scale of 0 to 100.",
            hint="Move it to the scale; for amounts in a unit write scale: range.",
            issue=issue.key,
            option=option.key,
            at=option.at,
        )


def _check_range(found: Findings, issue: Issue, place: Place) -> None:
    if issue.options:
        found.error(
            "options-on-range",
            (*place, "options"),
            "Issue {issue} is a range and has options too.",
            hint="Drop the options, or the range.",
            issue=issue.key,
        )
    good = [found.number((*place, name), value) for name, value in (("low", issue.low), ("high", issue.high))]
    if issue.low is None or issue.high is None:
        found.error(
            "no-bounds",
            place,
            "The range of issue {issue} has no bounds.",
            hint="Give low and high, in its unit.",
            issue=issue.key,
        )
    elif all(good) and not issue.low < issue.high:
        found.error(
            "empty-range",
            place,
            "The range of issue {issue} runs from {low:g} to {high:g}.",
            hint="Make high larger than low.",
            issue=issue.key,
            low=issue.low,
            high=issue.high,
        )
    found.number((*place, "steps"), issue.steps, 2, _MOST_STEPS)


def _check_party(found: Findings, names: Names, party: Party, held: list[float]) -> None:
    place = ("parties", party.key)
    found.number((*place, "seats"), party.seats, 0)
    for name in ("capability", "reservation", "reversion_value"):
        found.estimate((*place, name), getattr(party, name), 0, 1)
    _check_conduct(found, (*place, "conduct"), party.conduct)
    if party.mandate:
        check_terms(found, names, (*place, "mandate", "within"), party.mandate.within)
    if not held:
        found.warning(
            "indifferent",
            place,
            "{party} has a position on no issue: every package is the same to it.",
            hint="Give its positions, or leave it out.",
            party=party.name or party.key,
        )
    elif not sum(held) > 0:
        found.error(
            "no-salience",
            (*place, "positions"),
            "The salience that {party} gives its issues sums to nothing.",
            hint="Give at least one issue a salience above 0.",
            party=party.name or party.key,
        )


def _check_conduct(found: Findings, place: Place, conduct: Conduct) -> None:
    for name in ("give_way", "bluff", "walk_out"):
        found.estimate((*place, name), getattr(conduct, name), 0, 1)
    found.estimate((*place, "concession"), conduct.concession, 0)
    if conduct.concession.value == 0:
        found.error(
            "out-of-range",
            (*place, "concession"),
            "A concession of 0 has no meaning.",
            hint="Give a number above 0: below 1 the party holds out, above 1 it yields early.",
        )


def _once(found: Findings, place: Place, key: tuple[str, str], seen: set[tuple[str, str]]) -> None:
    if key in seen:
        found.error(
            "stated-twice",
            place,
            "What {party} wants on {subject} is stated twice.",
            hint="Drop one.",
            party=key[0],
            subject=key[1],
        )
    seen.add(key)


def _check_positions(found: Findings, table: Table, names: Names) -> None:
    seen: set[tuple[str, str]] = set()
    for position in table.positions:
        place = ("parties", position.party, "positions", position.issue)
        known_party(found, names, place, position.party)
        _once(found, place, (position.party, position.issue), seen)
        found.estimate((*place, "salience"), position.salience, 0)
        issue = find_issue(found, names, place, position.issue)
        if issue is not None:
            _check_point(found, issue, position, place)
            _check_values(found, names, issue, position)


def _check_point(found: Findings, issue: Issue, position: Position, place: Place) -> None:
    if issue.scale is Scale.UNORDERED:
        if position.point is not None:
            found.error(
                "point-on-unordered",
                (*place, "point"),
                "Issue {issue} has no order, so that a point on it has no meaning.",
                hint="Give a value from 0 to 1 for each option.",
                issue=issue.key,
            )
        return
    if position.point is None and not position.values:
        found.error(
            "no-point",
            place,
            "{party} has no point on issue {issue}.",
            hint="Give a place on the scale, an option, or values.",
            party=position.party,
            issue=issue.key,
        )
    low, high = issue.bounds
    if issue.scale is Scale.ORDERED or (issue.low is not None and issue.high is not None and low < high):
        found.estimate((*place, "point"), position.point, low, high)


def _check_values(found: Findings, names: Names, issue: Issue, position: Position) -> None:
    where = ("parties", position.party, "positions", position.issue, "values")
    for option, value in position.values:
        found.number((*where, option), value, 0, 1)
        known_option(found, names, issue, (*where, option), option)
    _unique(found, where, (option for option, _ in position.values))
    valued = dict(position.values)
    missing = [key for key in names.options[issue.key] if key not in valued]
    if missing and (valued or issue.scale is Scale.UNORDERED):
        found.error(
            "no-values",
            where,
            "{party} gives no value to {options} on issue {issue}.",
            hint="Give every option a value from 0 to 1.",
            party=position.party,
            options=listed(missing),
            issue=issue.key,
        )


def _check_valuations(found: Findings, table: Table, names: Names) -> None:
    seen: set[tuple[str, str]] = set()
    for valuation in table.valuations:
        place: Place = ("parties", valuation.party, "valuations", valuation.indicator)
        known_party(found, names, place, valuation.party)
        _once(found, place, (valuation.party, valuation.indicator), seen)
        _check_valuation(found, names, valuation, place)
    for indicator in table.indicators:
        found.number(("indicators", indicator.key, "baseline"), indicator.baseline)
    for number, effect in enumerate(table.effects, 1):
        place = ("effects", str(number))
        _known_indicator(found, names, place, effect.indicator)
        check_terms(found, names, (*place, "when"), effect.terms)
        found.estimate((*place, "amount"), effect.amount)


def _check_valuation(found: Findings, names: Names, valuation: Valuation, place: Place) -> None:
    _known_indicator(found, names, place, valuation.indicator)
    found.estimate((*place, "salience"), valuation.salience, 0)
    good = [found.number((*place, name), getattr(valuation, name)) for name in ("best", "worst")]
    if all(good) and valuation.best == valuation.worst:
        found.error(
            "best-is-worst",
            place,
            "Best and worst of {indicator} are the same for {party}.",
            hint="Make them differ.",
            indicator=valuation.indicator,
            party=valuation.party,
        )


def _known_indicator(found: Findings, names: Names, place: Place, indicator: str) -> None:
    if indicator not in names.indicators:
        found.error(
            "unknown-indicator",
            place,
            "There is no indicator {indicator}.",
            hint="The indicators are {indicators}.",
            indicator=indicator,
            indicators=listed(names.indicators),
        )
