"""Whether what a table refers to is there: parties, and the terms of constraints, red lines and effects."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import attrs

from treves.model.findings import Findings, Place
from treves.model.table import Issue, Scale, Table, Term

_MOST_LISTED = 12


@attrs.frozen(eq=False)
class Names:
    """What a table names, for looking up.

    Attributes:
        parties, indicators: their keys, in order.
        issues: by key.
        options: keys of the options of every issue, by its key.
    """

    parties: dict[str, None]
    indicators: dict[str, None]
    issues: dict[str, Issue]
    options: dict[str, dict[str, None]]


def names_of(table: Table) -> Names:
    """Return what `table` names."""
    return Names(
        dict.fromkeys(party.key for party in table.parties),
        dict.fromkeys(indicator.key for indicator in table.indicators),
        {issue.key: issue for issue in reversed(table.issues)},
        {issue.key: dict.fromkeys(o.key for o in issue.options) for issue in reversed(table.issues)},
    )


def listed(keys: Iterable[str]) -> str:
    """Return names for a message: the first dozen, and a sign that there are more."""
    first = list(islice(keys, _MOST_LISTED + 1))
    return ", ".join([*first[:_MOST_LISTED], *(["…"] if len(first) > _MOST_LISTED else [])]) or "-"


def known_party(found: Findings, names: Names, place: Place, party: str) -> bool:
    """Note a party that is not at the table; return whether it is."""
    if party in names.parties:
        return True
    found.error(
        "unknown-party",
        place,
        "There is no party {party}.",
        hint="The parties are {parties}.",
        party=party,
        parties=listed(names.parties),
    )
    return False


def find_issue(found: Findings, names: Names, place: Place, key: str) -> Issue | None:
    """Return the issue with this key; note it and return None if there is none."""
    if key in names.issues:
        return names.issues[key]
    found.error(
        "unknown-issue",
        place,
        "There is no issue {issue}.",
        hint="The issues are {issues}.",
        issue=key,
        issues=listed(names.issues),
    )
    return None


def known_option(found: Findings, names: Names, issue: Issue, place: Place, option: str) -> bool:
    """Note an option that an issue does not have; return whether it has."""
    if option in names.options[issue.key]:
        return True
    found.error(
        "unknown-option",
        place,
        "Issue {issue} has no option {option}.",
        hint="Its options are {options}.",
        issue=issue.key,
        option=option,
        options=listed(names.options[issue.key]),
    )
    return False


def check_terms(found: Findings, names: Names, place: Place, terms: tuple[Term, ...]) -> None:
    """Note what is wrong with terms that stand at `place`."""
    for term in terms:
        where = (*place, term.issue)
        issue = find_issue(found, names, where, term.issue)
        if issue is not None:
            _check_term(found, names, issue, where, term)


def _check_term(found: Findings, names: Names, issue: Issue, place: Place, term: Term) -> None:
    bounded = term.low is not None or term.high is not None
    if bounded == bool(term.options):
        found.error(
            "bad-term",
            place,
            "The condition on issue {issue} must name options or bounds, and not both.",
            hint="Write an option, a list of options, or low and high.",
            issue=issue.key,
        )
    if bounded and issue.scale is Scale.UNORDERED:
        found.error(
            "bounds-on-unordered",
            place,
            "Issue {issue} has no order, so that bounds on it have no meaning.",
            hint="Name options.",
            issue=issue.key,
        )
    known = [known_option(found, names, issue, place, option) for option in term.options]
    good = [found.number(place, bound) for bound in (term.low, term.high)]
    low, high = term.low, term.high
    if all(good) and low is not None and high is not None and low > high:
        found.error(
            "empty-bounds",
            place,
            "The bounds run from {low:g} down to {high:g}.",
            hint="Swap them.",
            low=low,
            high=high,
        )
    elif all(known) and all(good) and bounded != bool(term.options) and _never(issue, term):
        found.warning(
            "never-holds",
            place,
            "The condition on issue {issue} holds for none of its choices.",
            hint="Check its bounds.",
            issue=issue.key,
        )


def _never(issue: Issue, term: Term) -> bool:
    if issue.scale is Scale.RANGE:
        low, high = issue.bounds
        return (term.low is not None and term.low > high) or (term.high is not None and term.high < low)
    return issue.scale is Scale.ORDERED and bool(issue.options) and not meant(issue, term)


def meant(issue: Issue, term: Term) -> tuple[str, ...]:
    """Return the options of an issue with options for which a term on it holds."""
    if term.options:
        return tuple(o.key for o in issue.options if o.key in term.options)
    low = -float("inf") if term.low is None else term.low
    high = float("inf") if term.high is None else term.high
    return tuple(o.key for o in issue.options if o.at is not None and low <= o.at <= high)


def holds_always(issue: Issue, term: Term) -> bool:
    """Return whether a term holds for every choice on its issue; one that says nothing is told elsewhere."""
    if not term.options and term.low is None and term.high is None:
        return False
    if issue.scale is Scale.RANGE:
        low, high = issue.bounds
        return (term.low is None or term.low <= low) and (term.high is None or term.high >= high)
    return len(meant(issue, term)) == len(issue.options)
