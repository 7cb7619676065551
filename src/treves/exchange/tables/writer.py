"""Tables as YAML and JSON: everything that differs from what counts when it is left out, in the order of the format.

Reading what is written gives an equal table. Moments keep their offset from UTC, not the name of their zone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, TypeVar

import attrs

from treves.errors import TableError
from treves.exchange.tables import layout
from treves.exchange.tables.nodes import has_surrogates
from treves.exchange.tables.reader import bad_table
from treves.model.decision_rule import DecisionRule, RuleKind
from treves.model.findings import Severity
from treves.model.table import (
    Budget,
    Conduct,
    Estimate,
    Interaction,
    Issue,
    Party,
    Position,
    RedLine,
    Scale,
    Table,
    TableDeadline,
    Term,
    Valuation,
)
from treves.model.table_checks import problems

# what YAML takes for the end of a line, or leaves out, where it stands without a backslash
_UNUSUAL = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

Plain = dict[str, Any]
"""Mappings, lists, texts and numbers only, as JSON knows them."""


class UnwritableText(TableError):
    """A text in a table holds half a character, which no file can keep."""

    code: ClassVar[str] = "T643"


def write_json(table: Table) -> str:
    """Return `table` as the text of a JSON file.

    Raises:
        BadTable: it has mistakes, so that it could not be read back.
        UnwritableText: a text in it cannot be kept in a file.
    """
    return _sound(json.dumps(checked(table), ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def write_yaml(table: Table) -> str:
    """Return `table` as the text of a YAML file.

    Raises:
        BadTable: it has mistakes, so that it could not be read back.
        UnwritableText: a text in it cannot be kept in a file.
    """
    import yaml

    plain = checked(table)
    _sound(json.dumps(plain, ensure_ascii=False))
    return yaml.dump(plain, Dumper=_dumper(), sort_keys=False, allow_unicode=True, width=110, default_flow_style=None)


def _sound(text: str) -> str:
    if has_surrogates(text):
        raise UnwritableText(
            "A text in the table holds half a character.", hint="Copy the text again from where it came."
        )
    return text


def _dumper() -> type[Any]:
    """A dumper that keeps short things on one line and texts of several lines readable."""
    import yaml

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the signature is the library's
            return True

    def text(dumper: Dumper, written: str) -> Any:
        style = '"' if _UNUSUAL.search(written) else "|" if "\n" in written else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", written, style=style)

    Dumper.add_representer(str, text)
    return Dumper


def checked(table: Table) -> Plain:
    """Return a table without mistakes as mappings, lists, texts and numbers.

    Raises:
        BadTable: it has mistakes.
    """
    findings = problems(table)
    if any(f.severity is Severity.ERROR for f in findings):
        raise bad_table(table.key, findings)
    return plain_table(table)


def checked_apart(table: Table) -> Plain:
    """Return the same with what parties want in lists of the table itself, and points as numbers.

    Raises:
        BadTable: it has mistakes.
    """
    checked(table)
    plain = _plain_table(table, nested=set())
    for written, position in zip(plain.get("positions", ()), table.positions, strict=True):
        if position.point is not None:
            written["point"] = _estimate(position.point)
    return plain


def plain_table(table: Table) -> Plain:
    """Return a table as mappings, lists, texts and numbers; its keys must be unique."""
    names = ("positions", "red_lines", "interactions", "valuations")
    return _plain_table(table, nested={name for name in names if _grouped(table, name)})


def _plain_table(table: Table, *, nested: set[str]) -> Plain:
    plain: Plain = {"format": layout.FORMAT, "key": table.key}
    plain |= _kept(table, ("title", "title_nl", "note"))
    if table.as_of is not None:
        plain["as_of"] = table.as_of.isoformat()
    plain["issues"] = {issue.key: _issue(issue) for issue in table.issues}
    plain["parties"] = {party.key: _party(table, party, nested) for party in table.parties}
    plain["rule"] = _rule(table.rule)
    plain["constraints"] = {
        c.key: _without_empty({"when": _terms(c.when), "then": _terms(c.then), "label": c.label})
        for c in table.constraints
    }
    plain["budgets"] = {budget.key: _budget(budget) for budget in table.budgets}
    plain["indicators"] = {
        i.key: {"baseline": _number(i.baseline)} | _kept(i, ("label", "label_nl", "unit")) for i in table.indicators
    }
    plain["effects"] = [
        {"indicator": e.indicator}
        | _without_empty({"when": _terms(e.terms)})
        | {"amount": _estimate(e.amount)}
        | _without_empty({"reasons": list(e.reasons)})
        for e in table.effects
    ]
    plain["reversion"] = _kept(table.reversion, ("label", "label_nl")) | _without_empty(
        {
            "package": {
                key: choice if isinstance(choice, str) else _number(choice) for key, choice in table.reversion.package
            }
        }
    )
    plain["deadline"] = _deadline(table.deadline)
    plain |= _apart(table, nested)
    return {name: value for name, value in plain.items() if value not in ({}, [])}


_Owned = TypeVar("_Owned", Position, RedLine, Interaction, Valuation)


def _of(listed: Iterable[_Owned], party: str) -> list[_Owned]:
    return [one for one in listed if one.party == party]


def _grouped(table: Table, name: str) -> bool:
    """Whether what parties want stands in their order, so that it can be written under their names."""
    listed: Sequence[Any] = getattr(table, name)
    order = {party.key: number for number, party in enumerate(table.parties)}
    numbers = [order.get(one.party, -1) for one in listed]
    return -1 not in numbers and numbers == sorted(numbers)


def _apart(table: Table, nested: set[str]) -> Plain:
    plain: Plain = {}
    if "positions" not in nested:
        issues = {i.key: i for i in table.issues}
        plain["positions"] = [
            {"party": p.party, "issue": p.issue} | _position(issues[p.issue], p) for p in table.positions
        ]
    if "red_lines" not in nested:
        plain["red_lines"] = [{"party": line.party} | _red_line(line) for line in table.red_lines]
    if "interactions" not in nested:
        plain["interactions"] = [{"party": one.party} | _interaction(one) for one in table.interactions]
    if "valuations" not in nested:
        plain["valuations"] = [
            {"party": one.party, "indicator": one.indicator} | _valuation(one) for one in table.valuations
        ]
    return plain


def _without_empty(plain: Plain) -> Plain:
    return {name: value for name, value in plain.items() if value not in ("", {}, [], None)}


def _kept(one: Any, names: tuple[str, ...]) -> Plain:
    return _without_empty({name: getattr(one, name) for name in names})


def _number(value: float) -> float | int:
    """A number as people write it: whole ones without a point."""
    whole = int(value) if float(value).is_integer() and abs(value) < 1e15 else value
    return whole if whole == value else value


def _estimate(value: Estimate) -> Any:
    if value.low is None and value.high is None:
        return _number(value.value)
    if value.low is not None and value.high is not None:
        return [_number(value.low), _number(value.value), _number(value.high)]
    parts = {"value": value.value, "low": value.low, "high": value.high}
    return {name: _number(part) for name, part in parts.items() if part is not None}


def _issue(issue: Issue) -> Plain:
    plain = _kept(issue, ("label", "label_nl"))
    if issue.scale is not Scale.ORDERED:
        plain["scale"] = str(issue.scale)
    options: Plain = {}
    for option in issue.options:
        texts = _kept(option, ("label", "label_nl"))
        at = {} if option.at is None else {"at": _number(option.at)}
        options[option.key] = at["at"] if at and not texts else at | texts
    bare = issue.scale is Scale.UNORDERED and all(options[key] == {} for key in options)
    plain |= _without_empty({"options": list(options) if bare else options})
    plain |= {name: _number(value) for name in ("low", "high") if (value := getattr(issue, name)) is not None}
    plain |= _kept(issue, ("unit",))
    return plain | ({} if issue.steps == 11 else {"steps": issue.steps})


def _party(table: Table, party: Party, nested: set[str]) -> Plain:
    plain = _kept(party, ("name", "name_nl"))
    if party.seats is not None:
        plain["seats"] = _number(party.seats)
    if party.capability is not None:
        plain["capability"] = _estimate(party.capability)
    plain |= _without_empty({"members": list(party.members)})
    if party.mandate is not None:
        until = party.mandate.until.isoformat() if party.mandate.until else ""
        within = _terms(party.mandate.within)
        plain["mandate"] = _without_empty({"by": party.mandate.by, "until": until, "within": within})
    for name in ("reservation", "reversion_value"):
        if (value := getattr(party, name)) is not None:
            plain[name] = _estimate(value)
    usual = Conduct()
    conduct = {
        n: _estimate(getattr(party.conduct, n))
        for n in layout.CONDUCT
        if getattr(party.conduct, n) != getattr(usual, n)
    }
    plain |= _without_empty({"conduct": conduct})
    return plain | _without_empty(_wants(table, party.key, nested))


def _wants(table: Table, party: str, nested: set[str]) -> Plain:
    issues = {i.key: i for i in table.issues}
    plain: Plain = {}
    if "positions" in nested:
        plain["positions"] = {p.issue: _short_position(issues[p.issue], p) for p in _of(table.positions, party)}
    if "red_lines" in nested:
        plain["red_lines"] = [_red_line(line) for line in _of(table.red_lines, party)]
    if "interactions" in nested:
        plain["interactions"] = [_interaction(one) for one in _of(table.interactions, party)]
    if "valuations" in nested:
        plain["valuations"] = {one.indicator: _valuation(one) for one in _of(table.valuations, party)}
    return plain


def _short_position(issue: Issue, position: Position) -> Any:
    plain = _position(issue, position)
    return plain["point"] if list(plain) == ["point"] else plain


def _position(issue: Issue, position: Position) -> Plain:
    plain: Plain = {}
    if position.point is not None:
        plain["point"] = _point(issue, position)
    if position.salience != Estimate(1.0):
        plain["salience"] = _estimate(position.salience)
    plain |= _without_empty({"values": {option: _number(value) for option, value in position.values}})
    return plain | _without_empty({"reasons": list(position.reasons)})


def _point(issue: Issue, position: Position) -> Any:
    """The point by its option's key where that says the same, which reads better than a number."""
    point = position.point or Estimate(0.0)
    if point.low is None and point.high is None:
        named = [o.key for o in issue.options if o.at == point.value]
        if len(named) == 1:
            return named[0]
    return _estimate(point)


def _red_line(line: RedLine) -> Plain:
    plain: Plain = _without_empty({"refuses": _terms(line.refuses)})
    if line.firmness != Estimate(1.0):
        plain["firmness"] = _estimate(line.firmness)
    return plain | _without_empty({"label": line.label, "reasons": list(line.reasons)})


def _interaction(one: Interaction) -> Plain:
    return _without_empty({"when": _terms(one.terms)}) | {"value": _number(one.value)}


def _valuation(one: Valuation) -> Plain:
    plain: Plain = {"best": _number(one.best), "worst": _number(one.worst)}
    if one.salience != Estimate(1.0):
        plain["salience"] = _estimate(one.salience)
    return plain | _without_empty({"reasons": list(one.reasons)})


def _terms(terms: tuple[Term, ...]) -> Any:
    if len({term.issue for term in terms}) < len(terms):
        return [{"issue": t.issue} | _bounds(t) for t in terms]
    return {term.issue: _term(term) for term in terms}


def _term(term: Term) -> Any:
    if term.options and term.low is None and term.high is None:
        return term.options[0] if len(term.options) == 1 else list(term.options)
    return _bounds(term)


def _bounds(term: Term) -> Plain:
    bounds = {name: _number(value) for name in ("low", "high") if (value := getattr(term, name)) is not None}
    return _without_empty({"options": list(term.options)}) | bounds


def _budget(budget: Budget) -> Plain:
    costs: Plain = {}
    for cost in budget.costs:
        if cost.option:
            costs.setdefault(cost.issue, {})[cost.option] = _number(cost.amount)
        else:
            costs[cost.issue] = _number(cost.amount)
    order = [(c.issue, c.option) for c in budget.costs]
    if order != [(i, o) for i, c in costs.items() for o in (c if isinstance(c, dict) else [""])]:
        listed = [attrs.asdict(c) | {"amount": _number(c.amount)} for c in budget.costs]
        return {"limit": _number(budget.limit), "costs": [_without_empty(c) for c in listed]} | _kept(
            budget, ("label", "unit")
        )
    return {"limit": _number(budget.limit)} | _without_empty({"costs": costs}) | _kept(budget, ("label", "unit"))


def _rule(rule: DecisionRule) -> Any:
    plain: Plain = {"kind": str(rule.kind)}
    if rule.quota is not None:
        plain["quota"] = _number(rule.quota)
    plain |= _without_empty({"veto": list(rule.veto), "winning": [list(c) for c in rule.winning]})
    plain |= _without_empty({"parties": list(rule.parties), "setter": rule.setter})
    if list(plain) != ["kind"]:
        return plain
    return "majority" if rule.kind is RuleKind.WEIGHTED else str(rule.kind)


def _deadline(deadline: TableDeadline) -> Plain:
    usual = TableDeadline()
    plain = _kept(deadline, ("label",))
    if deadline.when is not None:
        plain["when"] = deadline.when.isoformat()
    if deadline.rounds != usual.rounds:
        plain["rounds"] = deadline.rounds
    if deadline.firmness != usual.firmness:
        plain["firmness"] = _estimate(deadline.firmness)
    return plain
