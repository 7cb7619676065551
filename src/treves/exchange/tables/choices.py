"""What a table file says of issues, and of choices on them: terms, points and packages."""

from __future__ import annotations

from functools import partial

import attrs

from treves.errors import Phrase
from treves.exchange.tables import layout
from treves.exchange.tables.fields import Fields, is_number, shown
from treves.exchange.tables.nodes import Node
from treves.model.findings import Place
from treves.model.table import Choice, Cost, Estimate, Issue, Option, Package, Position, Scale, Term
from treves.model.table_term_checks import listed

_SCALES = tuple(str(scale) for scale in Scale)


class Choices:
    """Reads the issues of a file, then whatever refers to them.

    Attributes:
        issues: by key, as far as they have been read.
    """

    def __init__(self, fields: Fields) -> None:
        self._in = fields
        self.issues: dict[str, Issue] = {}

    def read_issues(self, node: Node | None) -> tuple[Issue, ...]:
        """Return the issues under ``issues``."""
        for key, body in self._in.entries(node, ("issues",), Phrase("an issue")):
            self.issues[key] = self._issue(key, body)
        return tuple(self.issues.values())

    def _issue(self, key: str, node: Node) -> Issue:
        place = ("issues", key)
        parts = self._in.fields(node, place, layout.ISSUE, Phrase("an issue"))
        scale = self._scale(parts.get("scale"), place)
        return Issue(
            key,
            label=self._in.text(parts.get("label"), (*place, "label")),
            label_nl=self._in.text(parts.get("label_nl"), (*place, "label_nl")),
            scale=scale,
            options=self._options(parts.get("options"), (*place, "options"), scale),
            low=self._in.optional_number(parts.get("low"), (*place, "low")),
            high=self._in.optional_number(parts.get("high"), (*place, "high")),
            unit=self._in.text(parts.get("unit"), (*place, "unit")),
            steps=self._in.whole(parts.get("steps"), (*place, "steps"), 11),
        )

    def _scale(self, node: Node | None, place: Place) -> Scale:
        written = self._in.text(node, (*place, "scale"))
        if node is None or written in _SCALES:
            return Scale(written or "ordered")
        self._in.error(
            "bad-scale",
            (*place, "scale"),
            "{value} is no scale.",
            hint="Write ordered, unordered or range.",
            node=node,
            value=shown(node),
        )
        return Scale.ORDERED

    def _options(self, node: Node | None, place: Place, scale: Scale) -> tuple[Option, ...]:
        options = [
            self._option(key, body, (*place, key)) for key, body in self._in.entries(node, place, Phrase("an option"))
        ]
        listed = node is not None and node.items is not None
        if listed and scale is Scale.ORDERED and len(options) > 1 and all(o.at is None for o in options):
            # a plain list, in the order of the scale: evenly spread over it
            last = len(options) - 1
            return tuple(attrs.evolve(o, at=100 * i / last) for i, o in enumerate(options))
        return tuple(options)

    def _option(self, key: str, node: Node, place: Place) -> Option:
        if node.text is not None and not node.nothing:
            if is_number(node):
                return Option(key, at=self._in.number(node, place))
            return Option(key, label=self._in.text(node, place))
        parts = self._in.fields(node, place, layout.OPTION, Phrase("an option"))
        return Option(
            key,
            label=self._in.text(parts.get("label"), (*place, "label")),
            label_nl=self._in.text(parts.get("label_nl"), (*place, "label_nl")),
            at=self._in.optional_number(parts.get("at"), (*place, "at")),
        )

    def terms(self, node: Node | None, place: Place) -> tuple[Term, ...]:
        """Return conditions: a mapping from issues to what must hold there, or a list of them with their ``issue``."""
        if node is None or node.nothing:
            return ()
        if node.items is None:
            pairs = self._in.mapping(node, place, Phrase("an issue with its options or bounds"))
            return tuple(self._term(key, body, (*place, key)) for key, body in pairs)
        terms = []
        for item, where in self._in.items(node, place):
            parts = self._in.fields(item, where, ("issue", *layout.TERM), Phrase("a condition"))
            issue = self._in.text(parts.pop("issue", None), where)
            terms.append(self._bounds(issue, parts, where))
        return tuple(terms)

    def _term(self, issue: str, node: Node, place: Place) -> Term:
        if node.pairs is not None:
            return self._bounds(issue, self._in.fields(node, place, layout.TERM, Phrase("a condition")), place)
        if node.nothing:
            return Term(issue)
        if node.text is not None and self._is_range(issue):
            value = self._in.number(node, place)
            return Term(issue, low=value, high=value)
        return Term(issue, self._in.texts(node, place))

    def _bounds(self, issue: str, parts: dict[str, Node], place: Place) -> Term:
        return Term(
            issue,
            self._in.texts(parts.get("options"), (*place, "options")),
            self._in.optional_number(parts.get("low"), (*place, "low")),
            self._in.optional_number(parts.get("high"), (*place, "high")),
        )

    def _is_range(self, issue: str) -> bool:
        return issue in self.issues and self.issues[issue].scale is Scale.RANGE

    def package(self, node: Node | None, place: Place) -> Package:
        """Return choices: a mapping from issues to an option's key, or to a number on a range."""
        if node is None:
            return ()
        found: list[tuple[str, Choice]] = []
        for key, body in self._in.mapping(node, place, Phrase("an issue with a choice")):
            if self._is_range(key):
                value = self._in.number(body, (*place, key))
                if value is not None:
                    found.append((key, value))
            elif option := self._in.text(body, (*place, key)):
                found.append((key, option))
        return tuple(found)

    def costs(self, node: Node | None, place: Place) -> tuple[Cost, ...]:
        """Return costs: a mapping from issues to an amount for each unit (of a range), or to amounts by option.

        A list of mappings with issue, option and amount does too, for costs in another order.
        """
        if node is None or node.nothing:
            return ()
        if node.items is not None:
            return tuple(self._listed_cost(item, where) for item, where in self._in.items(node, place))
        costs: list[Cost] = []
        for issue, body in self._in.mapping(node, place, Phrase("an issue with its costs")):
            where = (*place, issue)
            if body.pairs is None:
                costs.append(Cost(issue, self._in.number(body, where) or 0.0))
                continue
            for option, amount in self._in.mapping(body, where, Phrase("an option with its cost")):
                costs.append(Cost(issue, self._in.number(amount, (*where, option)) or 0.0, option))
        return tuple(costs)

    def _listed_cost(self, node: Node, place: Place) -> Cost:
        parts = self._in.fields(node, place, ("issue", "option", "amount"), Phrase("a cost"))
        amount = self._in.optional_number(parts.get("amount"), (*place, "amount"))
        texts = [self._in.text(parts.get(name), (*place, name)) for name in ("issue", "option")]
        return Cost(texts[0], amount or 0.0, texts[1])

    def position(self, party: str, issue: str, node: Node, place: Place) -> Position:
        """Return a position: a point alone, an option, an interval, or a mapping with more."""
        estimate = bool(node.pairs) and all(name.text in layout.ESTIMATE for name, _ in node.pairs or ())
        if node.pairs is None or estimate:
            parts = {} if node.nothing else {"point": node}
        else:
            parts = self._in.fields(node, place, (*layout.POSITION, "party", "issue"), Phrase("a position"))
        point, values = parts.get("point"), self._values(parts.get("values"), (*place, "values"))
        if point is not None and point.text is not None and not values:
            values = self._favourite(issue, point.text)
            point = None if values else point
        missing = Estimate(0.0)
        reader = partial(self._place_on, issue)
        return Position(
            party,
            issue,
            point=None if point is None else self._in.estimate(point, (*place, "point"), missing, reader),
            salience=self._in.estimate(parts.get("salience"), (*place, "salience"), Estimate(1.0)),
            values=values,
            reasons=self._in.texts(parts.get("reasons"), (*place, "reasons")),
        )

    def _favourite(self, issue: str, option: str) -> tuple[tuple[str, float], ...]:
        """On an issue without order, an option alone is worth 1 and the others nothing."""
        found = self.issues.get(issue)
        if found is None or found.scale is not Scale.UNORDERED or all(o.key != option for o in found.options):
            return ()
        return tuple((o.key, float(o.key == option)) for o in found.options)

    def _values(self, node: Node | None, place: Place) -> tuple[tuple[str, float], ...]:
        if node is None:
            return ()
        pairs = self._in.mapping(node, place, Phrase("an option with its value"))
        read = [(key, self._in.number(body, (*place, key))) for key, body in pairs]
        return tuple((key, value) for key, value in read if value is not None)

    def _place_on(self, issue: str, node: Node, place: Place) -> float | None:
        """The place that a point names: a number of the scale, or the place of an option.

        A number off the scale that is the name of an option (a year) means the option; one on it never does.
        """
        found = self.issues.get(issue)
        options = found.options if found else ()
        option = next((o for o in options if o.key == node.text), None)
        if is_number(node) and found and found.bounds[0] <= float(node.text or 0) <= found.bounds[1]:
            return self._in.number(node, place)
        if option is not None and option.at is not None:
            return option.at
        if node.text is None or is_number(node) or not options:
            # of an issue that does not exist the checks tell; what stands on it does not matter then
            return self._in.number(node, place) if found or is_number(node) else None
        if option is None:
            self._in.error(
                "unknown-option",
                place,
                "Issue {issue} has no option {option}.",
                hint="Its options are {options}.",
                node=node,
                issue=issue,
                option=node.text,
                options=listed(o.key for o in options),
            )
        return None
