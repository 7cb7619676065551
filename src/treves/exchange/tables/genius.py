"""Genius XML: one file with the domain, and one for each party's profile.

Read are discrete, integer and real issues, with evaluations, linear and triangular evaluators, weights and reservation
values; as Genius does, evaluations are divided by the largest of their issue. A discount factor is passed over (noted).
Written are discrete issues with evaluations.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from treves.errors import Phrase
from treves.exchange.tables.carried import Exported, Imported
from treves.exchange.tables.scenario import (
    MOST_CHOICES,
    BadScenario,
    Profile,
    Scenario,
    Topic,
    by_name,
    number_name,
    ordered_topic,
    range_topic,
    scenario_of,
    table_of,
    unordered_topic,
)
from treves.model.table import Table
from treves.text import slug

Element = Any
"""An element of lxml, which has no types."""

_TRIANGLE_STEPS = 21


def write_genius(table: Table) -> Exported:
    """Return a table without mistakes as ``domain.xml`` and one profile for each party.

    Raises:
        BadScenario: an issue has too many choices.
    """
    from lxml import etree

    scenario, notes = scenario_of(table)
    template = etree.Element("negotiation_template")
    template.append(_space(scenario, None))
    files: list[tuple[str, str | bytes]] = [("domain.xml", _xml(template))]
    for number, profile in enumerate(scenario.profiles, 1):
        scaled, stretched = _at_most_one(profile)
        if stretched:
            party = profile.party
            notes += (Phrase("The utilities of {party} were stretched to run from 0 to 1.", party=party),)
        files.append((f"profile-{number:02}-{slug(profile.party)}.xml", _xml(_space(scenario, scaled))))
    return Exported(tuple(files), notes)


def _at_most_one(profile: Profile) -> tuple[Profile, bool]:
    """The same with 1 as the best value of every issue, for Genius divides by it."""
    best = [max(values) for values in profile.values]
    if all(b == 1 or w == 0 for b, w in zip(best, profile.weights, strict=True)):
        return profile, False
    weights = [w * b for w, b in zip(profile.weights, best, strict=True)]
    total = sum(weights) or 1.0
    values = tuple(tuple(v / (b or 1.0) for v in vs) for vs, b in zip(profile.values, best, strict=True))
    reservation = None if profile.reservation is None else profile.reservation / total
    return Profile(profile.party, tuple(w / total for w in weights), values, reservation=reservation), True


def _space(scenario: Scenario, profile: Profile | None) -> Any:
    from lxml import etree

    space = etree.Element("utility_space", number_of_issues=str(len(scenario.issues)))
    told = {"name": "root", "type": "objective", "etype": "objective", "index": "0"}
    told["description"] = profile.party if profile else scenario.name
    objective = etree.SubElement(space, "objective", told)
    for index, (key, choices) in enumerate(scenario.issues):
        number = str(index + 1)
        kind = {"index": number, "name": key, "type": "discrete", "etype": "discrete", "vtype": "discrete"}
        issue = etree.SubElement(objective, "issue", kind)
        for place, choice in enumerate(choices):
            item = etree.SubElement(issue, "item", index=str(place + 1), value=choice)
            if profile:
                item.set("evaluation", repr(profile.values[index][place]))
    if profile:
        for index, weight in enumerate(profile.weights):
            etree.SubElement(objective, "weight", index=str(index + 1), value=repr(weight))
        etree.SubElement(space, "discount_factor", value="1.0")
        etree.SubElement(space, "reservation", value=repr(profile.reservation or 0.0))
    return space


def _xml(element: Any) -> str:
    from lxml import etree

    try:
        etree.indent(element)
        return str(etree.tostring(element, encoding="unicode")) + "\n"
    except ValueError as error:
        raise BadScenario("A name cannot stand in XML: {error}.", hint="Change it.", error=error) from None


def read_genius(files: Sequence[tuple[str, str]]) -> Imported:
    """Return the table of a domain and its profiles.

    Args:
        files: names and texts of the XML files; one of them may be the domain, the others are profiles.

    Raises:
        BadScenario: a file is no Genius XML, or holds utilities that are not additive; the message names the line.
    """
    roots = [(name, _root(name, text)) for name, text in files]
    domains = [(name, root) for name, root in roots if root.tag == "negotiation_template"]
    spaces = [(name, root) for name, root in roots if root.tag == "utility_space"]
    if not spaces:
        raise BadScenario("There is no Genius profile.", hint="Give the folder with the domain and the profiles.")
    name, first = (domains or spaces)[0]
    topics = [_topic(name, issue, [root for _, root in spaces]) for issue in _issues(name, first)]
    notes = [
        Phrase("{name}: the discount factor {factor} is left out.", name=name, factor=found.get("value"))
        for name, root in spaces
        for found in root.iter("discount_factor")
        if found.get("value") not in (None, "1", "1.0")
    ]
    profiles = [_profile(name, root, topics) for name, root in spaces]
    objective = first.find(".//objective")
    title = objective.get("description", "") if objective is not None else ""
    return table_of(title if title and domains else _stem(name), topics, profiles, notes=notes)


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0] or name


def _root(name: str, text: str) -> Element:
    from lxml import etree

    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise BadScenario(
            "{name} is no XML: {error}.", hint="Get the whole file.", name=name, error=error.msg or "?"
        ) from None
    if root.getroottree().docinfo.doctype:
        raise BadScenario("{name} has a document type, which Genius files have not.", hint="Remove it.", name=name)
    return root


def _bad(name: str, element: Element, what: Phrase) -> BadScenario:
    line = getattr(element, "sourceline", 0) or 0
    hint = "Check the file with Genius."
    return BadScenario("{name}, line {line}: {what}.", hint=hint, name=name, line=line, what=what)


def _number(name: str, element: Element, attribute: str, default: float | None = None) -> float:
    written = element.get(attribute)
    try:
        value = float(written) if written is not None else default
    except ValueError:
        value = None
    if value is None or not abs(value) < 1e300:
        raise _bad(name, element, Phrase("{attribute} is {value!r}, no number", attribute=attribute, value=written))
    return value


def _issues(name: str, root: Element) -> list[Element]:
    found = sorted(root.iter("issue"), key=lambda issue: _number(name, issue, "index", 0))
    if not found:
        raise _bad(name, root, Phrase("there are no issues"))
    for issue in found:
        if not issue.get("name"):
            raise _bad(name, issue, Phrase("an issue has no name"))
    return found


def _kind(issue: Element) -> str:
    return issue.get("vtype") or issue.get("type") or issue.get("etype") or "discrete"


def _items(name: str, issue: Element) -> list[str]:
    found = [item.get("value") for item in issue.iter("item")]
    if not all(found):
        raise _bad(name, issue, Phrase("an item of issue {issue} has no value", issue=issue.get("name")))
    return [value for value in found if value]


def _bounds(name: str, issue: Element) -> tuple[float, float]:
    holder = issue.find("range")
    holder = issue if holder is None else holder
    low, high = (_number(name, holder, bound) for bound in ("lowerbound", "upperbound"))
    if not low < high:
        raise _bad(name, issue, Phrase("the range of issue {issue} is empty", issue=issue.get("name")))
    return low, high


def _topic(name: str, issue: Element, spaces: list[Element]) -> Topic:
    key = issue.get("name", "")
    kind = _kind(issue)
    if issue.find("item") is not None:
        items = _items(name, issue)
        return ordered_topic(key, items) if kind == "integer" else unordered_topic(key, items)
    if kind not in ("integer", "real"):
        raise _bad(name, issue, Phrase("issue {issue} has no items", issue=key))
    low, high = _bounds(name, issue)
    if kind == "integer":
        if high - low >= MOST_CHOICES:
            raise _bad(name, issue, Phrase("issue {issue} has too many values", issue=key))
        return ordered_topic(key, [str(number) for number in range(round(low), round(high) + 1)])
    triangular = any(
        e.get("ftype") == "triangular"
        for root in spaces
        for i in root.iter("issue")
        if i.get("name") == key
        for e in i.iter("evaluator")
    )
    if triangular:  # no straight line: looked at in steps
        steps = [low + (high - low) * n / (_TRIANGLE_STEPS - 1) for n in range(_TRIANGLE_STEPS)]
        return ordered_topic(key, [number_name(value) for value in steps])
    return range_topic(key, low, high)


def _profile(name: str, root: Element, topics: list[Topic]) -> Profile:
    if next(root.iter("utility_function", "ufun", "hyper_rectangle"), None) is not None:
        raise _bad(name, root, Phrase("these utilities are not additive"))
    by_key = {issue.get("name"): issue for issue in _issues(name, root)}
    weights = {w.get("index"): _number(name, w, "value") for w in root.iter("weight")}
    values, weighed = [], []
    for topic in topics:
        issue = by_key.get(topic.issue.key)
        if issue is None:
            raise _bad(name, root, Phrase("issue {issue} is missing", issue=topic.issue.key))
        values.append(_values(name, issue, topic))
        weighed.append(weights.get(issue.get("index"), _number(name, issue, "weight", 0)))
    objective = root.find("objective")
    party = objective.get("description", "") if objective is not None else ""
    held = root.find(".//reservation")
    reservation = None if held is None else _number(name, held, "value")
    return Profile(party or _stem(name), tuple(weighed), tuple(values), reservation=reservation)


def _values(name: str, issue: Element, topic: Topic) -> tuple[float, ...]:
    evaluator = issue.find("evaluator")
    if issue.find("item") is not None:
        items = {i.get("value", ""): _number(name, i, "evaluation") for i in issue.iter("item")}
        values = by_name(name, topic, items)
        best = max(values)
        return tuple(v / best for v in values) if best > 0 else values
    if evaluator is None:
        raise _bad(name, issue, Phrase("issue {issue} has no evaluations", issue=topic.issue.key))
    try:
        places = [float(choice) for choice in topic.choices] or list(topic.issue.bounds)
    except ValueError:
        raise _bad(name, issue, Phrase("the values of issue {issue} are no numbers", issue=topic.issue.key)) from None
    function = _Evaluator.read(name, issue, evaluator)
    start = places[0] if _kind(issue) == "integer" else 0.0  # as Genius does: integers count from the lower bound
    return tuple(function.at(place, start) for place in places)


@attrs.frozen
class _Evaluator:
    """A function of a number: straight (offset and slope) or triangular (start, end and peak)."""

    straight: bool
    first: float
    second: float
    peak: float = 0.0

    @classmethod
    def read(cls, name: str, issue: Element, element: Element) -> _Evaluator:
        kind = element.get("ftype") or element.get("type")
        if kind == "linear":
            offset = "offset" if element.get("offset") else "parameter0"
            slope = "slope" if element.get("slope") else "parameter1"
            return cls(True, _number(name, element, offset, 0.0), _number(name, element, slope, 1.0))  # noqa: FBT003
        if kind == "triangular":
            first, second, peak = (_number(name, element, f"parameter{n}") for n in range(3))
            return cls(False, first, second, peak)  # noqa: FBT003
        raise _bad(name, issue, Phrase("the evaluator {kind!r} is not known", kind=kind))

    def at(self, place: float, start: float) -> float:
        if self.straight:
            return self.first + self.second * (place - start)
        if not self.first <= place <= self.second:
            return 0.0
        if place <= self.peak:
            return (place - self.first) / (self.peak - self.first) if self.peak > self.first else 1.0
        return (self.second - place) / (self.second - self.peak)
