"""Takes values out of the tree of a file, and gathers everything that is wrong instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from difflib import get_close_matches
from math import isfinite

from treves.dates import InvalidTime, parse_as_of, parse_moment
from treves.errors import Phrase
from treves.exchange.tables.nodes import Node, has_surrogates
from treves.model.findings import Finding, Place, Severity
from treves.model.table import Estimate

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")

_MOST_GUESSES = 200  # beyond so many mistakes the file is something else, and guessing takes its time

Numbers = Callable[[Node, Place], float | None]
"""Takes a number out of a node; None when there is none, which is then noted."""


class Fields:
    """Reads values and remembers on which line each place stands.

    Attributes:
        findings: what was wrong so far.
        lines: the line of every place that was read.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.lines: dict[Place, int] = {}

    def error(self, code: str, place: Place, what: str, /, *, hint: str, node: Node, **values: object) -> None:
        """Note something that is wrong with `node`; `values` fill the fields of both texts."""
        message, next_step = Phrase(what, **values), Phrase(hint, **values)
        self.findings.append(Finding(code, Severity.ERROR, place, message, next_step, node.line))

    def mapping(self, node: Node, place: Place, what: Phrase) -> Iterator[tuple[str, Node]]:
        """Yield names and values of a mapping; a name that stands there twice is noted and passed over."""
        if node.nothing:
            return
        if node.pairs is None:
            hint = "Write names with their values, each as name: value."
            self.error(
                "no-mapping",
                place,
                "Here {what} should stand, not {value}.",
                hint=hint,
                node=node,
                what=what,
                value=shown(node),
            )
            return
        seen: set[str] = set()
        for name, value in node.pairs:
            if name.text is None or has_surrogates(name.text):
                self.error("bad-name", place, "A name must be a plain word.", hint="Write a word.", node=name)
            elif name.text in seen:
                self.error(
                    "duplicate-key",
                    (*place, name.text),
                    "{name} stands here twice.",
                    hint="Join the two, or give one another name.",
                    node=name,
                    name=name.text,
                )
            else:
                seen.add(name.text)
                self.lines.setdefault((*place, name.text), name.line)
                yield name.text, value

    def fields(self, node: Node, place: Place, known: tuple[str, ...], what: Phrase) -> dict[str, Node]:
        """Return the values of a mapping with known names; others are noted, for they are mostly misspelt."""
        found: dict[str, Node] = {}
        self.lines.setdefault(place, node.line)
        for name, value in self.mapping(node, place, what):
            if name in known:
                if not value.nothing:
                    found[name] = value
                continue
            self._unknown(name, value, place, known, what)
        return found

    def _unknown(self, name: str, value: Node, place: Place, known: tuple[str, ...], what: Phrase) -> None:
        near = get_close_matches(name, known, 1) if len(self.findings) < _MOST_GUESSES else []
        if value.nothing and " " in name:  # the rest of a text with a comma, in a mapping on one line
            hint = Phrase("Put a text with a comma between quotation marks.")
        elif near:
            hint = Phrase("Did you mean {near}?", near=near[0])
        else:
            hint = Phrase("Here may stand: {known}.", known=", ".join(known))
        where = (*place, name)
        message = Phrase("{name} is not known in {what}.", name=name, what=what)
        self.findings.append(Finding("unknown-field", Severity.ERROR, where, message, hint, self.lines[where]))

    def entries(self, node: Node | None, place: Place, what: Phrase) -> Iterator[tuple[str, Node]]:
        """Yield the keys and bodies of keyed things: a mapping, or a list of mappings that hold their ``key``."""
        if node is None or node.items is None:
            yield from self.mapping(node, place, what) if node else ()
            return
        seen: set[str] = set()
        for number, item in enumerate(node.items, 1):
            pairs = item.pairs or ()
            keys = [value for name, value in pairs if name.text == "key" and value.text]
            if item.text is not None and not item.nothing:
                key = item.text
                body = Node(item.line, text="", plain=True)
            elif keys and keys[0].text is not None:
                key = keys[0].text
                body = Node(item.line, pairs=tuple(p for p in pairs if p[0].text != "key"))
            else:
                self.error(
                    "no-key",
                    (*place, str(number)),
                    "Number {number} of the list, {what}, has no key.",
                    hint="Give it one: key: …",
                    node=item,
                    what=what,
                    number=number,
                )
                continue
            if key in seen:
                self.error(
                    "duplicate-key",
                    (*place, key),
                    "{name} stands here twice.",
                    hint="Join the two, or give one another name.",
                    node=item,
                    name=key,
                )
                continue
            seen.add(key)
            self.lines.setdefault((*place, key), item.line)
            yield key, body

    def items(self, node: Node | None, place: Place) -> Iterator[tuple[Node, Place]]:
        """Yield the values of a list with their places, numbered from 1; one value alone counts as a list of one."""
        if node is None or node.nothing:
            return
        for number, item in enumerate((node,) if node.items is None else node.items, 1):
            where = (*place, str(number))
            self.lines.setdefault(where, item.line)
            yield item, where

    def text(self, node: Node | None, place: Place) -> str:
        """Return the words of a single value; "" where there is none."""
        if node is None or node.nothing:
            return ""
        if node.text is None or has_surrogates(node.text):
            self.error(
                "no-text",
                place,
                "Here a text should stand, not {value}.",
                hint="Write one text.",
                node=node,
                value=shown(node),
            )
            return ""
        return node.text

    def texts(self, node: Node | None, place: Place) -> tuple[str, ...]:
        """Return a list of texts; one text alone counts as a list of one."""
        return tuple(self.text(item, where) for item, where in self.items(node, place))

    def number(self, node: Node, place: Place) -> float | None:
        """Return a finite number; None, and note it, when there is none."""
        text = node.text
        if text is None or not is_number(node):
            quoted = text is not None and not node.plain and _NUMBER.fullmatch(text)
            finite = text is None or text.lower().strip("+-.") not in ("inf", "infinity", "nan")
            hint = "Take the quotation marks away." if quoted else "Write a number, such as 40 or 0.5."
            what = "{value} is no number." if finite else "{value} is no number to reckon with."
            self.error("no-number", place, what, hint=hint, node=node, value=shown(node))
            return None
        value = float(text)
        if not isfinite(value):
            self.error(
                "no-number",
                place,
                "{value} is no number to reckon with.",
                hint="Write a smaller number.",
                node=node,
                value=shown(node),
            )
            return None
        return value

    def optional_number(self, node: Node | None, place: Place) -> float | None:
        """Return a number, or None where nothing is written."""
        return None if node is None else self.number(node, place)

    def required_number(self, parts: dict[str, Node], name: str, place: Place) -> float:
        """Return the number called `name`; note it, and return 0, where it is missing or wrong."""
        if name not in parts:
            self.error(
                "missing",
                place,
                "{name} is missing.",
                hint="Write {name}: and a number.",
                node=Node(self.lines.get(place, 0)),
                name=name,
            )
            return 0.0
        return self.number(parts[name], (*place, name)) or 0.0

    def whole(self, node: Node | None, place: Place, default: int) -> int:
        """Return a whole number, or `default` where nothing (or something wrong) is written."""
        value = self.optional_number(node, place)
        if value is None or node is None:
            return default
        if not value.is_integer() or abs(value) > 1e15:
            self.error(
                "no-number", place, "{value} is no whole number.", hint="Write 1, 2, 3 …", node=node, value=shown(node)
            )
            return default
        return int(value)

    def estimate(self, node: Node | None, place: Place, default: Estimate, number: Numbers | None = None) -> Estimate:
        """Return an estimate: a number, ``[low, value, high]``, or a mapping with value, low and high.

        Args:
            node: what is written; None where nothing is.
            place: where it stands.
            default: what counts where nothing, or something wrong, is written.
            number: takes one number; by default :meth:`number`.
        """
        take = number or self.number
        if node is None or node.nothing:
            return default
        if node.items is not None:
            if len(node.items) != 3:
                self.error(
                    "bad-estimate",
                    place,
                    "An interval has three numbers, not {count}.",
                    hint="Write [low, value, high].",
                    node=node,
                    count=len(node.items),
                )
                return default
            low, value, high = (take(item, place) for item in node.items)
        elif node.pairs is not None:
            parts = self.fields(node, place, ("value", "low", "high"), Phrase("an estimate"))
            if "value" not in parts:
                self.error(
                    "bad-estimate", place, "The estimate has no value.", hint="Write value: and a number.", node=node
                )
                return default
            value, low, high = (
                take(parts[name], (*place, name)) if name in parts else None for name in ("value", "low", "high")
            )
        else:
            value, low, high = take(node, place), None, None
        return default if value is None else Estimate(value, low, high)

    def optional_estimate(self, node: Node | None, place: Place) -> Estimate | None:
        """Return an estimate, or None where nothing is written."""
        return None if node is None else self.estimate(node, place, Estimate(0.0))

    def moment(self, node: Node | None, place: Place) -> datetime | None:
        """Return an instant; a time without an offset is Dutch time, and a date means the end of that day."""
        if node is None:
            return None
        written = self.text(node, place)
        try:
            whole = datetime.fromisoformat(written) if ":" in written else None
            return whole if whole is not None and whole.tzinfo else parse_as_of(written)
        except (InvalidTime, ValueError, OverflowError):
            self.error(
                "no-time",
                place,
                "{value} is no date or time.",
                hint="Write 2023-07-07T12:00+02:00.",
                node=node,
                value=shown(node),
            )
            return None

    def day(self, node: Node | None, place: Place) -> date | None:
        """Return a date."""
        if node is None:
            return None
        written = self.text(node, place)
        try:
            moment = parse_moment(written)
        except (InvalidTime, OverflowError):
            moment = None
        if moment is None or moment.earliest is None or len(written.strip()) != 10:
            self.error("no-date", place, "{value} is no date.", hint="Write 2023-07-07.", node=node, value=shown(node))
            return None
        return moment.earliest.date()


def is_number(node: Node) -> bool:
    """Return whether a node is written as a number is, without quotation marks."""
    return node.plain and node.text is not None and bool(_NUMBER.fullmatch(node.text))


def shown(node: Node) -> str:
    """Return what a node holds, short enough for a message."""
    if node.text is None:
        return Phrase("a mapping") if node.pairs is not None else Phrase("a list")
    text = node.text.encode("utf-8", "replace").decode()
    return repr(text if len(text) <= 40 else text[:39] + "…")
