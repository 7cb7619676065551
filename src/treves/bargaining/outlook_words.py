"""Levers and what stands in the way, in words."""

from __future__ import annotations

from collections.abc import Callable

from treves.bargaining.draws import line_names, line_stem
from treves.errors import Phrase
from treves.model.outlook import Blocker, Change
from treves.model.table import Issue, Option, Party, Table


def change_sentence(change: Change, table: Table, *, dutch: bool = False) -> Phrase:
    """Tell a lever and what it does; see :meth:`.Phrase.told` for another language.

    Args:
        change: as from :func:`.levers.levers`.
        table: the table that it is a change of.
        dutch: whether parties, issues and options are called by their Dutch names.
    """
    return Phrase(
        "{change}: chance of an agreement {gain:+.0f} points ({low:+.0f} to {high:+.0f}), packages that can pass {more:+.0f}.",
        change=_change(change, table, dutch=dutch),
        gain=100 * change.agreement.mean,
        low=100 * change.agreement.low,
        high=100 * change.agreement.high,
        more=change.passable.mean,
    )


def blocker_sentence(blocker: Blocker, table: Table, *, dutch: bool = False) -> Phrase:
    """Tell how often something stood in the way, likewise."""
    return Phrase(
        "{cause}: alone in {alone:.0f} of 100 negotiations, together with others in {together:.0f}.",
        cause=_cause(blocker, table, dutch=dutch),
        alone=100 * blocker.alone,
        together=100 * blocker.together,
    )


def _change(change: Change, table: Table, *, dutch: bool) -> Phrase:
    party = _party(table.party(change.party), dutch=dutch)
    if change.kind in {"give up", "soften"}:
        name = change.edit.partition("=")[0].removesuffix(".firmness")
        issue = _line(name, table, dutch=dutch)
    else:
        issue = _issues(change.issue, table, dutch=dutch)
    told: dict[str, Callable[[], Phrase]] = {
        "give up": lambda: Phrase("{party} gives up its red line on {issue}", party=party, issue=issue),
        "soften": lambda: Phrase("{party} holds its red line on {issue} half as firmly", party=party, issue=issue),
        "move": lambda: Phrase(
            "{party} moves on {issue} to what {other} wants: {option}",
            party=party,
            issue=issue,
            other=_party(table.party(change.towards), dutch=dutch),
            option=_wanted(change, table, dutch=dutch),
        ),
        "lower": lambda: Phrase("{party} settles for a package worth a tenth less to it", party=party),
        "weigh less": lambda: Phrase("{party} gives {issue} half its weight", party=party, issue=issue),
    }
    return told[change.kind]()


def _cause(blocker: Blocker, table: Table, *, dutch: bool) -> Phrase:
    party = _party(table.party(blocker.party), dutch=dutch)
    if blocker.cause == "red line":
        return Phrase("Red line of {party} on {issue}", party=party, issue=_line(blocker.line, table, dutch=dutch))
    if blocker.cause == "reservation":
        return Phrase("Nothing that could pass is worth enough to {party}", party=party)
    if blocker.cause == "mandate":
        return Phrase("Mandate of {party}", party=party)
    return Phrase("{party} walks out", party=party)


def _wanted(change: Change, table: Table, *, dutch: bool) -> str:
    issue = table.issue(change.issue)
    if change.to is None:
        key = change.edit.rpartition(".value.")[2].partition("=")[0]
        return next((_option(option, dutch=dutch) for option in issue.options if option.key == key), key)
    at = next((_option(option, dutch=dutch) for option in issue.options if option.at == change.to), "")
    return at or f"{change.to:g} {issue.unit}".strip()


def _issues(keys: str, table: Table, *, dutch: bool) -> str:
    """Issues by their keys, joined with "+"."""
    return " + ".join(_issue(table.issue(key), dutch=dutch) for key in keys.split("+") if key)


def _line(name: str, table: Table, *, dutch: bool) -> str:
    """What a red line is about: its own words where a party has several on the same issue."""
    line = table.red_lines[line_names(table).index(name)]
    same = [other for other in table.red_lines if line_stem(other) == line_stem(line)]
    issues = " + ".join(_issue(table.issue(key), dutch=dutch) for key in dict.fromkeys(t.issue for t in line.refuses))
    return f"{issues} ({line.label})" if len(same) > 1 and line.label else issues


def _party(party: Party, *, dutch: bool) -> str:
    return (party.name_nl if dutch else "") or party.name or party.key


def _issue(issue: Issue, *, dutch: bool) -> str:
    return (issue.label_nl if dutch else "") or issue.label or issue.key


def _option(option: Option, *, dutch: bool) -> str:
    return (option.label_nl if dutch else "") or option.label or option.key
