"""What a whole table file says, from the tree of the file."""

from __future__ import annotations

from treves.errors import Phrase
from treves.exchange.tables import layout
from treves.exchange.tables.choices import Choices
from treves.exchange.tables.fields import Fields, shown
from treves.exchange.tables.nodes import Node
from treves.exchange.tables.seats import Seats
from treves.model.decision_rule import DecisionRule, RuleKind
from treves.model.findings import Place
from treves.model.table import (
    Budget,
    Constraint,
    Effect,
    Estimate,
    Indicator,
    Reversion,
    Table,
    TableDeadline,
)


class Assembly:
    """Reads the parts of a table in the order in which they refer to one another."""

    def __init__(self, fields: Fields) -> None:
        self._in = fields
        self._choices = Choices(fields)
        self._seats = Seats(fields, self._choices)

    def table(self, node: Node, key: str) -> Table:
        """Return the table under `node`; `key` names it where the file does not."""
        parts = self._in.fields(node, (), layout.TABLE, Phrase("a table"))
        if "format" in parts and self._in.text(parts["format"], ("format",)) != layout.FORMAT:
            self._in.error(
                "bad-format",
                ("format",),
                "The format {value} is not known.",
                hint="Write {format}, or update Trêves.",
                node=parts["format"],
                value=shown(parts["format"]),
                format=layout.FORMAT,
            )
        issues = self._choices.read_issues(parts.get("issues"))
        parties = self._seats.read_parties(parts.get("parties"))
        self._seats.read_apart(parts)
        wants = self._seats.wants
        return Table(
            self._in.text(parts.get("key"), ("key",)) or key,
            issues,
            parties,
            positions=tuple(wants.positions),
            rule=self._rule(parts.get("rule")),
            red_lines=tuple(wants.red_lines),
            constraints=self._constraints(parts.get("constraints")),
            budgets=self._budgets(parts.get("budgets")),
            interactions=tuple(wants.interactions),
            indicators=self._indicators(parts.get("indicators")),
            effects=self._effects(parts.get("effects")),
            valuations=tuple(wants.valuations),
            reversion=self._reversion(parts.get("reversion")),
            deadline=self._deadline(parts.get("deadline")),
            title=self._in.text(parts.get("title"), ("title",)),
            title_nl=self._in.text(parts.get("title_nl"), ("title_nl",)),
            as_of=self._in.moment(parts.get("as_of"), ("as_of",)),
            note=self._in.text(parts.get("note"), ("note",)),
        )

    def _rule(self, node: Node | None) -> DecisionRule:
        place = ("rule",)
        if node is None:
            return DecisionRule()
        if node.text is not None:
            self._in.lines.setdefault(place, node.line)
            return DecisionRule(self._kind(node, place))
        parts = self._in.fields(node, place, layout.RULE, Phrase("a rule"))
        kind = self._kind(parts["kind"], (*place, "kind")) if "kind" in parts else RuleKind.UNANIMITY
        if "kind" not in parts and ("quota" in parts or "winning" in parts):
            kind = RuleKind.WEIGHTED if "quota" in parts else RuleKind.COALITIONS
        winning = self._in.items(parts.get("winning"), (*place, "winning"))
        return DecisionRule(
            kind,
            quota=self._in.optional_number(parts.get("quota"), (*place, "quota")),
            veto=self._in.texts(parts.get("veto"), (*place, "veto")),
            winning=tuple(self._in.texts(item, where) for item, where in winning),
            parties=self._in.texts(parts.get("parties"), (*place, "parties")),
            setter=self._in.text(parts.get("setter"), (*place, "setter")),
        )

    def _kind(self, node: Node, place: Place) -> RuleKind:
        written = self._in.text(node, place)
        if written == "majority":
            return RuleKind.WEIGHTED
        if written in list(RuleKind):
            return RuleKind(written)
        self._in.error(
            "bad-rule",
            place,
            "{value} is no decision rule.",
            hint="Write unanimity, majority, or kind: weighted or coalitions.",
            node=node,
            value=shown(node),
        )
        return RuleKind.UNANIMITY

    def _constraints(self, node: Node | None) -> tuple[Constraint, ...]:
        found = []
        for key, body in self._in.entries(node, ("constraints",), Phrase("a constraint")):
            place = ("constraints", key)
            parts = self._in.fields(body, place, layout.CONSTRAINT, Phrase("a constraint"))
            when, then = (self._choices.terms(parts.get(name), (*place, name)) for name in ("when", "then"))
            found.append(Constraint(key, when, then, self._in.text(parts.get("label"), (*place, "label"))))
        return tuple(found)

    def _budgets(self, node: Node | None) -> tuple[Budget, ...]:
        found = []
        for key, body in self._in.entries(node, ("budgets",), Phrase("a budget")):
            place = ("budgets", key)
            parts = self._in.fields(body, place, layout.BUDGET, Phrase("a budget"))
            limit = self._in.required_number(parts, "limit", place)
            costs = self._choices.costs(parts.get("costs"), (*place, "costs"))
            label, unit = (self._in.text(parts.get(name), (*place, name)) for name in ("label", "unit"))
            found.append(Budget(key, limit, costs, label, unit))
        return tuple(found)

    def _indicators(self, node: Node | None) -> tuple[Indicator, ...]:
        found = []
        for key, body in self._in.entries(node, ("indicators",), Phrase("an indicator")):
            place = ("indicators", key)
            parts = self._in.fields(body, place, layout.INDICATOR, Phrase("an indicator"))
            baseline = self._in.required_number(parts, "baseline", place)
            texts = [self._in.text(parts.get(name), (*place, name)) for name in ("label", "label_nl", "unit")]
            found.append(Indicator(key, baseline, *texts))
        return tuple(found)

    def _effects(self, node: Node | None) -> tuple[Effect, ...]:
        found = []
        for item, place in self._in.items(node, ("effects",)):
            parts = self._in.fields(item, place, layout.EFFECT, Phrase("an effect"))
            if "amount" not in parts:
                self._in.error(
                    "no-amount", place, "The effect has no amount.", hint="Write amount: and a number.", node=item
                )
            found.append(
                Effect(
                    self._in.text(parts.get("indicator"), (*place, "indicator")),
                    self._choices.terms(parts.get("when"), (*place, "when")),
                    self._in.estimate(parts.get("amount"), (*place, "amount"), Estimate(0.0)),
                    self._in.texts(parts.get("reasons"), (*place, "reasons")),
                )
            )
        return tuple(found)

    def _reversion(self, node: Node | None) -> Reversion:
        place = ("reversion",)
        if node is None:
            return Reversion()
        if node.text is not None:
            return Reversion(self._in.text(node, place))
        parts = self._in.fields(node, place, layout.REVERSION, Phrase("a fallback"))
        label, label_nl = (self._in.text(parts.get(name), (*place, name)) for name in ("label", "label_nl"))
        return Reversion(label, label_nl, self._choices.package(parts.get("package"), (*place, "package")))

    def _deadline(self, node: Node | None) -> TableDeadline:
        place = ("deadline",)
        usual = TableDeadline()
        if node is None:
            return usual
        parts = self._in.fields(node, place, layout.DEADLINE, Phrase("a deadline"))
        return TableDeadline(
            label=self._in.text(parts.get("label"), (*place, "label")),
            when=self._in.moment(parts.get("when"), (*place, "when")),
            rounds=self._in.whole(parts.get("rounds"), (*place, "rounds"), usual.rounds),
            firmness=self._in.estimate(parts.get("firmness"), (*place, "firmness"), usual.firmness),
        )
