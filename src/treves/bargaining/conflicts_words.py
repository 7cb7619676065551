"""Why nothing can pass, told for people.

Sentences are :class:`~treves.errors.Phrase`, so that they can be told in other languages; the names of parties, issues
and options are taken in the language asked for where the table has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from treves.bargaining.conflicts import Conflict, Opening
from treves.bargaining.search_demands import Demand, DemandKind
from treves.bargaining.utilities import reservations, space_of
from treves.errors import Phrase
from treves.model.table import Issue, Table, Term

Language = Literal["en", "nl"]


def conflict_told(table: Table, conflict: Conflict, *, language: Language = "en") -> tuple[Phrase, ...]:
    """Return why nothing can pass, and what would open the table: one sentence each.

    Args:
        table: the table.
        conflict: as :func:`~treves.bargaining.conflicts.conflict_of` found it.
        language: that of the names; the sentences are told in another language by :meth:`~treves.errors.Phrase.told`.
    """
    if conflict.rule_blocks:
        return (Phrase("No package can pass: even all parties together are not enough under the decision rule."),)
    asked = [demand_told(table, demand, language=language) for demand in conflict.demands]
    if len(asked) == 1:
        told = [Phrase("No package can pass because of one demand: {demand}.", demand=asked[0])]
    else:
        listed = _and(asked)
        told = [
            Phrase(
                "No package can pass, for these {count} demands cannot all be met: {demands}.",
                count=len(asked),
                demands=listed,
            )
        ]
    if len(asked) > 1:
        told.append(Phrase("Without any one of them the others can be met."))
    told += _openings_told(table, conflict.openings, language)
    return tuple(told)


def opening_told(table: Table, opening: Opening, *, language: Language = "en") -> Phrase:
    """Return what must be given up together for a package to pass, in one sentence.

    Args:
        table: the table.
        opening: as :func:`~treves.bargaining.conflicts.smallest_opening` found it.
        language: as for :func:`conflict_told`.
    """
    if not opening.demands:
        return Phrase("A package can pass without anything given up.")
    asked = [demand_told(table, demand, language=language) for demand in opening.demands]
    return Phrase("A package can pass if this is given up: {demands}.", demands=_and(asked))


def demand_told(table: Table, demand: Demand, *, language: Language = "en") -> Phrase:
    """Return a demand as part of a sentence.

    Args:
        table: the table.
        demand: one of its demands.
        language: as for :func:`conflict_told`.
    """
    match demand.kind:
        case DemandKind.CONSTRAINT:
            constraint = table.constraints[demand.index]
            return Phrase("the rule “{rule}”", rule=constraint.label or constraint.key)
        case DemandKind.BUDGET:
            budget = table.budgets[demand.index]
            return Phrase(
                "the budget “{budget}” ({limit})",
                budget=budget.label or budget.key,
                limit=_amount(budget.limit, budget.unit),
            )
        case DemandKind.RED_LINE:
            line = table.red_lines[demand.index]
            refused = line.label.rstrip(".") or terms_told(table, line.refuses, language=language)
            return Phrase("the red line of {party} ({line})", party=_party(table, demand, language), line=refused)
        case DemandKind.MANDATE:
            mandate = table.parties[demand.index].mandate
            within = terms_told(table, mandate.within if mandate else (), language=language)
            return Phrase("the mandate of {party} ({within})", party=_party(table, demand, language), within=within)
        case DemandKind.RESERVATION:
            least = float(reservations(space_of(table))[demand.index])
            return Phrase(
                "that {party} accepts nothing worth less to it than {least:.6g}",
                party=_party(table, demand, language),
                least=least,
            )


def terms_told(table: Table, terms: Sequence[Term], *, language: Language = "en") -> Phrase:
    """Return conditions as part of a sentence: "family limit: none or 200 a month".

    Args:
        table: the table.
        terms: conditions that hold together.
        language: as for :func:`conflict_told`.
    """
    return _and([_term(table, term, language) for term in terms]) if terms else Phrase("anything")


def _term(table: Table, term: Term, language: Language) -> Phrase:
    issue = table.issue(term.issue)
    name = _named(issue.key, issue.label, issue.label_nl, language)
    if term.options:
        labels = [_option(issue, key, language) for key in term.options]
        return Phrase("{issue}: {options}", issue=name, options=_or(labels))
    if term.low is not None and term.high is not None:
        return Phrase(
            "{issue}: {low} to {high}",
            issue=name,
            low=_amount(term.low, issue.unit),
            high=_amount(term.high, issue.unit),
        )
    if term.low is not None:
        return Phrase("{issue}: {low} or more", issue=name, low=_amount(term.low, issue.unit))
    if term.high is not None:
        return Phrase("{issue}: {high} or less", issue=name, high=_amount(term.high, issue.unit))
    return Phrase("{issue}: anything", issue=name)


def _openings_told(table: Table, openings: Sequence[Opening], language: Language) -> Iterator[Phrase]:
    if not openings:
        yield Phrase("No single demand that is given up lets a package pass.")
        return
    asked = [demand_told(table, opening.demands[0], language=language) for opening in openings]
    if len(asked) == 1:
        yield Phrase("A package can pass if this is given up: {demands}.", demands=asked[0])
    else:
        yield Phrase("A package can pass if one of these is given up: {demands}.", demands=_or(asked))


def _and(parts: Sequence[Phrase]) -> Phrase:
    return parts[0] if len(parts) == 1 else Phrase("{first} and {last}", first=_commas(parts[:-1]), last=parts[-1])


def _or(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else Phrase("{first} or {last}", first=_commas(parts[:-1]), last=parts[-1])


def _commas(parts: Sequence[str]) -> str:
    first = parts[0]
    for part in parts[1:]:
        first = Phrase("{first}, {last}", first=first, last=part)
    return first


def _amount(number: float, unit: str) -> Phrase:
    if not unit:
        return Phrase("{number:.6g}", number=number)
    return Phrase("{number:.6g} {unit}", number=number, unit=unit)


def _party(table: Table, demand: Demand, language: Language) -> str:
    party = table.party(demand.party)
    return _named(party.key, party.name, party.name_nl, language)


def _option(issue: Issue, key: str, language: Language) -> str:
    for option in issue.options:
        if option.key == key:
            return _named(key, option.label, option.label_nl, language)
    return key


def _named(key: str, name: str, name_nl: str, language: Language) -> str:
    return (name_nl if language == "nl" else name) or name or name_nl or key
