"""What a table file says of its parties: who they are, what they want and refuse, and how they bargain."""

from __future__ import annotations

import attrs

from treves.errors import Phrase
from treves.exchange.tables import layout
from treves.exchange.tables.choices import Choices
from treves.exchange.tables.fields import Fields
from treves.exchange.tables.nodes import Node
from treves.model.findings import Place
from treves.model.table import Conduct, Estimate, Interaction, Mandate, Party, Position, RedLine, Valuation


@attrs.define
class Wants:
    """What parties want and refuse, in the order of the file."""

    positions: list[Position] = attrs.field(factory=list)
    red_lines: list[RedLine] = attrs.field(factory=list)
    interactions: list[Interaction] = attrs.field(factory=list)
    valuations: list[Valuation] = attrs.field(factory=list)


class Seats:
    """Reads parties, with what they want under their names or apart from them.

    Attributes:
        wants: what has been read of that so far.
    """

    def __init__(self, fields: Fields, choices: Choices) -> None:
        self._in = fields
        self._choices = choices
        self.wants = Wants()

    def read_parties(self, node: Node | None) -> tuple[Party, ...]:
        """Return the parties under ``parties``; what they want is added to :attr:`wants`."""
        entries = self._in.entries(node, ("parties",), Phrase("a party"))
        return tuple(self._party(key, body) for key, body in entries)

    def read_apart(self, parts: dict[str, Node]) -> None:
        """Add what stands in lists of the table itself, each item with its party (and issue or indicator)."""
        for kind, names in (
            ("positions", ("party", "issue", *layout.POSITION)),
            ("red_lines", ("party", *layout.RED_LINE)),
            ("interactions", ("party", *layout.INTERACTION)),
            ("valuations", ("party", "indicator", *layout.VALUATION)),
        ):
            for item, where in self._in.items(parts.get(kind), (kind,)):
                fields = self._in.fields(item, where, names, Phrase("an item of {kind}", kind=kind))
                party = self._in.text(fields.get("party"), (*where, "party"))
                if not party:
                    self._in.error(
                        "no-party", where, "Here no party is named.", hint="Write party: and its key.", node=item
                    )
                    continue
                self._one(kind, party, item, fields, where)
                self._note_line(kind, party, item, fields)

    def _note_line(self, kind: str, party: str, item: Node, fields: dict[str, Node]) -> None:
        """Remember the line under the place that it would have below its party, where checks look for it."""
        named = fields.get("issue") or fields.get("indicator")
        if kind in ("positions", "valuations"):
            last = named.text or "" if named else ""
        else:
            last = str(sum(1 for one in getattr(self.wants, kind) if one.party == party))
        self._in.lines.setdefault(("parties", party, kind, last), item.line)

    def _one(self, kind: str, party: str, item: Node, fields: dict[str, Node], place: Place) -> None:
        if kind == "positions":
            issue = self._in.text(fields.get("issue"), (*place, "issue"))
            self.wants.positions.append(self._choices.position(party, issue, item, place))
        elif kind == "red_lines":
            self.wants.red_lines.append(self._red_line(party, fields, place))
        elif kind == "interactions":
            self.wants.interactions.append(self._interaction(party, fields, place))
        else:
            indicator = self._in.text(fields.get("indicator"), (*place, "indicator"))
            self.wants.valuations.append(self._valuation(party, indicator, fields, place))

    def _party(self, key: str, node: Node) -> Party:
        place = ("parties", key)
        parts = self._in.fields(node, place, layout.PARTY, Phrase("a party"))
        self._wants(key, parts, place)
        return Party(
            key,
            name=self._in.text(parts.get("name"), (*place, "name")),
            name_nl=self._in.text(parts.get("name_nl"), (*place, "name_nl")),
            seats=self._in.optional_number(parts.get("seats"), (*place, "seats")),
            capability=self._in.optional_estimate(parts.get("capability"), (*place, "capability")),
            members=self._in.texts(parts.get("members"), (*place, "members")),
            mandate=self._mandate(parts.get("mandate"), (*place, "mandate")),
            reservation=self._in.optional_estimate(parts.get("reservation"), (*place, "reservation")),
            reversion_value=self._in.optional_estimate(parts.get("reversion_value"), (*place, "reversion_value")),
            conduct=self._conduct(parts.get("conduct"), (*place, "conduct")),
        )

    def _wants(self, party: str, parts: dict[str, Node], place: Place) -> None:
        where = (*place, "positions")
        if "positions" in parts:
            for issue, body in self._in.mapping(parts["positions"], where, Phrase("an issue with a position")):
                self.wants.positions.append(self._choices.position(party, issue, body, (*where, issue)))
        for body, spot in self._in.items(parts.get("red_lines"), (*place, "red_lines")):
            known = self._in.fields(body, spot, layout.RED_LINE, Phrase("a red line"))
            self.wants.red_lines.append(self._red_line(party, known, spot))
        for body, spot in self._in.items(parts.get("interactions"), (*place, "interactions")):
            known = self._in.fields(body, spot, layout.INTERACTION, Phrase("an interaction"))
            self.wants.interactions.append(self._interaction(party, known, spot))
        where = (*place, "valuations")
        if "valuations" in parts:
            for indicator, body in self._in.mapping(parts["valuations"], where, Phrase("an indicator with its value")):
                known = self._in.fields(body, (*where, indicator), layout.VALUATION, Phrase("a valuation"))
                self.wants.valuations.append(self._valuation(party, indicator, known, (*where, indicator)))

    def _red_line(self, party: str, parts: dict[str, Node], place: Place) -> RedLine:
        return RedLine(
            party,
            self._choices.terms(parts.get("refuses"), (*place, "refuses")),
            firmness=self._in.estimate(parts.get("firmness"), (*place, "firmness"), Estimate(1.0)),
            label=self._in.text(parts.get("label"), (*place, "label")),
            reasons=self._in.texts(parts.get("reasons"), (*place, "reasons")),
        )

    def _interaction(self, party: str, parts: dict[str, Node], place: Place) -> Interaction:
        value = self._in.required_number(parts, "value", place)
        return Interaction(party, self._choices.terms(parts.get("when"), (*place, "when")), value)

    def _valuation(self, party: str, indicator: str, parts: dict[str, Node], place: Place) -> Valuation:
        best, worst = (self._in.required_number(parts, name, place) for name in ("best", "worst"))
        return Valuation(
            party,
            indicator,
            best,
            worst,
            salience=self._in.estimate(parts.get("salience"), (*place, "salience"), Estimate(1.0)),
            reasons=self._in.texts(parts.get("reasons"), (*place, "reasons")),
        )

    def _mandate(self, node: Node | None, place: Place) -> Mandate | None:
        if node is None:
            return None
        parts = self._in.fields(node, place, layout.MANDATE, Phrase("a mandate"))
        return Mandate(
            by=self._in.text(parts.get("by"), (*place, "by")),
            until=self._in.day(parts.get("until"), (*place, "until")),
            within=self._choices.terms(parts.get("within"), (*place, "within")),
        )

    def _conduct(self, node: Node | None, place: Place) -> Conduct:
        usual = Conduct()
        if node is None:
            return usual
        parts = self._in.fields(node, place, layout.CONDUCT, Phrase("a conduct"))
        return Conduct(
            **{
                name: self._in.estimate(parts.get(name), (*place, name), getattr(usual, name))
                for name in layout.CONDUCT
            }
        )
