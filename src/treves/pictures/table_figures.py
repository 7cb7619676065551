"""The pictures of a table: who sits there, what each party wants and refuses, and how it is decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from treves.model.decision_rule import RuleKind
from treves.model.table import Estimate, Issue, Position, RedLine, Scale, Table, Term
from treves.pictures.charts import positions
from treves.pictures.page import Figure
from treves.pictures.wording import Wording

_HALF = 0.6745 / 1.6449
"""Width of the central 50% of a normal distribution as a part of its central 90%."""


def table_sentences(table: Table, words: Wording) -> list[str]:
    """Return how the table decides, what happens without a deal, and until when, in a sentence each."""
    told = [_rule(table, words)]
    if table.rule.veto:
        told.append(words("table.veto", parties=_parties(table, table.rule.veto, words)))
    reversion = words.label(table.reversion)
    if reversion:
        told.append(words("table.reversion", label=reversion))
    deadline = table.deadline
    if deadline.label or deadline.when:
        when = deadline.when.strftime("%Y-%m-%d %H:%M") if deadline.when else ""
        told.append(words("table.deadline", label=", ".join(filter(None, (deadline.label, when)))) + ".")
    return told


def table_figures(table: Table, words: Wording) -> list[Figure]:
    """Return the strip chart of positions, the parties, the red lines, and the preferences that have no order."""
    return [_strip(table, words), _party_list(table, words), _red_lines(table, words), *_unordered(table, words)]


def term_words(table: Table, term: Term, words: Wording) -> str:
    """Return a condition on one issue in words: "family limit: none or quota"."""
    issue = table.issue(term.issue)
    if term.options:
        named = {o.key: words.label(o) for o in issue.options}
        what = " / ".join(named.get(key, key) for key in term.options)
    elif term.low is not None and term.high is not None:
        what = words("table.at_or", low=f"{term.low:g}", high=f"{term.high:g}")
    elif term.low is not None:
        what = words("table.at_least", low=f"{term.low:g}")
    else:
        what = words("table.at_most", high=f"{term.high:g}")
    return f"{words.label(issue)}: {what}"


def _rule(table: Table, words: Wording) -> str:
    rule, weights = table.rule, table.weights
    if rule.kind is RuleKind.WEIGHTED:
        total = sum(weights[v] for v in rule.voters(weights))
        return words("table.weighted", needed=f"{rule.needed(weights):g}", total=f"{total:g}")
    if rule.kind is RuleKind.COALITIONS:
        listed = "; ".join(_parties(table, coalition, words) for coalition in rule.winning)
        return words("table.coalitions", coalitions=listed)
    if rule.parties:
        return words("table.unanimity_of", parties=_parties(table, rule.parties, words))
    return words("table.unanimity")


def _parties(table: Table, keys: Sequence[str], words: Wording) -> str:
    named = [words.label(table.party(key)) for key in keys]
    return words("table.and").join(filter(None, (", ".join(named[:-1]), named[-1]))) if named else ""


def _strip(table: Table, words: Wording) -> Figure:
    rows: list[dict[str, Any]] = []
    numbers: list[tuple[str | float, ...]] = []
    for issue in table.issues:
        if issue.scale is Scale.UNORDERED:
            continue
        title = words.label(issue) + (f" ({issue.unit})" if issue.unit else "")
        rows += _wants(table, issue, title, words)
        rows += _refused(table, issue, title, words)
        rows += _places(issue, title, words)
        for position in _positions(table, issue):
            point = position.point or Estimate(0.0)
            low, high = point.interval
            salience = table.normalised_salience(position.party).get(issue.key, 0.0)
            party = words.label(table.party(position.party))
            reasons = "; ".join(position.reasons)
            numbers.append((words.label(issue), party, point.value, f"{low:g}–{high:g}", salience, reasons))
    heads = ("issue", "party", "position", "interval", "salience", "reasons")
    return Figure(
        "positions",
        words("table.positions"),
        words("table.positions_lead"),
        positions(rows, scale=words("table.scale")) if rows else None,
        [words(f"table.{head}") for head in heads],
        numbers,
    )


def _positions(table: Table, issue: Issue) -> Iterator[Position]:
    for party in table.parties:
        found = table.position(party.key, issue.key)
        if found is not None and found.point is not None:
            yield found


def _wants(table: Table, issue: Issue, title: str, words: Wording) -> Iterator[dict[str, Any]]:
    for position in _positions(table, issue):
        point = position.point or Estimate(0.0)
        low, high = point.interval
        party = words.label(table.party(position.party))
        salience = table.normalised_salience(position.party).get(issue.key, 0.0)
        told = words(
            "table.told",
            party=party,
            point=f"{point.value:g}",
            low=f"{low:g}",
            high=f"{high:g}",
            salience=f"{salience:.2f}",
        )
        yield {
            "kind": "position",
            "issue": title,
            "party": party,
            "point": _at(issue, point.value),
            "low90": _at(issue, low),
            "high90": _at(issue, high),
            "low50": _at(issue, point.value - _HALF * (point.value - low)),
            "high50": _at(issue, point.value + _HALF * (high - point.value)),
            "salience": salience,
            "told": told,
        }


def _refused(table: Table, issue: Issue, title: str, words: Wording) -> Iterator[dict[str, Any]]:
    """The refused ground on one issue; a red line on several issues at once has no place in a panel."""
    for red_line in table.red_lines:
        if len(red_line.refuses) != 1 or red_line.refuses[0].issue != issue.key:
            continue
        party = words.label(table.party(red_line.party))
        for low, high in _ground(issue, red_line):
            yield {
                "kind": "red line",
                "issue": title,
                "party": party,
                "low": _at(issue, low),
                "high": _at(issue, high),
                "firmness": red_line.firmness.value,
                "told": _red_line_words(table, red_line, words),
            }


def _ground(issue: Issue, red_line: RedLine) -> Iterator[tuple[float, float]]:
    """The stretches of the scale that a red line covers: each refused option reaches half-way to its neighbours."""
    term, (bottom, top) = red_line.refuses[0], issue.bounds
    if not term.options:
        yield (bottom if term.low is None else term.low, top if term.high is None else term.high)
        return
    places = sorted((o.at or 0.0, o.key in term.options) for o in issue.options)
    edges = [bottom, *((a + b) / 2 for (a, _), (b, _) in pairwise(places)), top]
    for (_, refused), low, high in zip(places, edges, edges[1:], strict=False):
        if refused:
            yield (low, high)


def _places(issue: Issue, title: str, words: Wording) -> Iterator[dict[str, Any]]:
    listed = [(o.at, words.label(o)) for o in issue.options if o.at is not None]
    if issue.scale is Scale.RANGE:
        listed = [(end, f"{end:g}") for end in issue.bounds]
    for at, label in listed:
        yield {"kind": "option", "issue": title, "party": "", "at": _at(issue, at), "label": label}


def _at(issue: Issue, value: float) -> float:
    """A place on the panel, 0-100."""
    low, high = issue.bounds
    return 100 * (value - low) / (high - low) if high > low else 50.0


def _red_line_words(table: Table, red_line: RedLine, words: Wording) -> str:
    what = red_line.label or words("table.and").join(term_words(table, t, words) for t in red_line.refuses)
    party = words.label(table.party(red_line.party))
    return words("table.told_red", party=party, what=what, firmness=f"{red_line.firmness.value:g}")


def _party_list(table: Table, words: Wording) -> Figure:
    rows = [
        (words.label(p), "" if p.seats is None else p.seats, ", ".join(p.members), p.mandate.by if p.mandate else "")
        for p in table.parties
    ]
    heads = [words(f"table.{head}") for head in ("party", "seats", "members", "mandate")]
    return Figure("parties", words("table.parties"), columns=heads, rows=rows)


def _red_lines(table: Table, words: Wording) -> Figure:
    rows = [
        (
            words.label(table.party(r.party)),
            r.label or words("table.and").join(term_words(table, t, words) for t in r.refuses),
            r.firmness.value,
            "–".join(f"{end:g}" for end in r.firmness.interval),
            "; ".join(r.reasons),
        )
        for r in table.red_lines
    ]
    heads = [words(f"table.{head}") for head in ("party", "refuses", "firmness", "interval", "reasons")]
    return Figure("red-lines", words("table.red_lines"), columns=heads, rows=rows)


def _unordered(table: Table, words: Wording) -> Iterator[Figure]:
    rows = [
        (words.label(issue), words.label(table.party(p.party)), words.label(option), dict(p.values)[option.key])
        for issue in table.issues
        for p in table.positions
        if p.issue == issue.key and p.values
        for option in issue.options
        if option.key in dict(p.values)
    ]
    if rows:
        heads = [words(f"table.{head}") for head in ("issue", "party", "option", "value")]
        yield Figure("preferences", words("table.preferences"), columns=heads, rows=rows)
