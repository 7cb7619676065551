"""The exchange model's text: lines of actors (#A), issues (#P), levels (#M) and positions (#D).

Cells are parted by tabs, semicolons or commas, with or without quotation marks; lines that begin with ``#/``, ``#0`` or ``#O``
are remarks. Every mistake is told, with its line. The format holds a power for each actor and issue; a table has one
capability for each party, so that the mean is taken where they differ (noted). Remarks behind names are left out (noted).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from math import isfinite

import attrs

from treves.errors import Phrase
from treves.exchange.tables.carried import Exported, Imported, losses
from treves.exchange.tables.reader import bad_table
from treves.exchange.tables.scenario import number_name
from treves.model.findings import Finding, Place, Severity
from treves.model.table import Estimate, Issue, Option, Party, Position, Scale, Table
from treves.text import slug

_REMARKS = ("#/", "#0", "#O")
_LONGEST_KEY = 30
_KEPT = ("capability", "places", "ranges", "labels")


@attrs.define
class _Issue:
    """An issue while its lines are read; levels are places with descriptions."""

    key: str
    name: str
    levels: list[tuple[float, str]] = attrs.field(factory=list)

    @property
    def bounds(self) -> tuple[float, float]:
        places = [place for place, _ in self.levels]
        return (min(places), max(places)) if places else (0.0, 100.0)


def read_exchange(text: str, *, name: str) -> Imported:
    """Return the table of an exchange model's input.

    Args:
        text: the file, decoded.
        name: what errors call it; without its suffix it names the table.

    Raises:
        BadTable: it has mistakes; the message tells them all, with their lines.
    """
    reading = _Reading()
    for line, cells in _rows(text):
        reading.take(line, cells)
    if not reading.positions and not reading.findings:
        reading.error("no-positions", ("positions",), "There are no lines with #D.", hint="Is it such a file?", line=1)
    if reading.findings:
        raise bad_table(name, tuple(reading.findings))
    return reading.table(name.rpartition("/")[2].rpartition(".")[0] or name)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines that say something, as cells, with their numbers."""
    told = [line for line in text.splitlines() if line.strip()]
    sample = "\n".join(told[:200])
    delimiter = max("\t;,", key=sample.count)
    quote = '"' if told and told[0].lstrip().startswith('"') else "'"
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            row = next(csv.reader([line], delimiter=delimiter, quotechar=quote), [])
            yield number, [cell.strip() for cell in row]


class _Reading:
    """Takes line after line, and gathers what is wrong."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.actors: dict[str, str] = {}
        self.issues: dict[str, _Issue] = {}
        self.positions: dict[tuple[str, str], tuple[float, float, float]] = {}
        self.title = ""
        self._remarks = 0
        self._where: Place = ()

    def error(self, code: str, place: Place, what: str, /, *, hint: str, line: int, **values: object) -> None:
        """Note something that is wrong on a line."""
        message, then = Phrase(what, **values), Phrase(hint, **values)
        self.findings.append(Finding(code, Severity.ERROR, place, message, then, line))

    def take(self, line: int, cells: list[str]) -> None:
        kind, *rest = cells
        if kind.startswith(_REMARKS):
            if kind == "#O" and rest and not self.title:
                self.title = rest[0]
        elif kind == "#A":
            self._actor(line, rest)
        elif kind == "#P":
            self._issue(line, rest)
        elif kind == "#M":
            self._level(line, rest)
        elif kind == "#D":
            self._position(line, rest)
        else:
            self.error(
                "bad-line",
                (kind[:20],),
                "The line does not begin with #A, #P, #M or #D.",
                hint="Begin remarks with #/.",
                line=line,
            )

    def _full(self, line: int, kind: str, cells: list[str], least: int) -> bool:
        if len(cells) >= least and all(cells[:least]):
            return True
        self.error(
            "short-line",
            (kind,),
            "The line has {count} values behind {kind}; it needs {least}.",
            hint="Part them by tabs.",
            line=line,
            count=sum(map(bool, cells)),
            kind=kind,
            least=least,
        )
        return False

    def _new(self, line: int, kind: str, cells: list[str], known: dict[str, object]) -> bool:
        if not self._full(line, kind, cells, 1):
            return False
        self._remarks += bool(len(cells) > 2 and cells[2] and cells[2] not in cells[:2])
        if cells[0] in known:
            self.error(
                "duplicate-key",
                (kind, cells[0]),
                "{name} stands here twice.",
                hint="Drop one.",
                line=line,
                name=cells[0],
            )
            return False
        return True

    def _actor(self, line: int, cells: list[str]) -> None:
        if self._new(line, "#A", cells, dict(self.actors)):
            self.actors[cells[0]] = cells[1] if len(cells) > 1 else ""

    def _issue(self, line: int, cells: list[str]) -> None:
        if self._new(line, "#P", cells, dict(self.issues)):
            self.issues[cells[0]] = _Issue(cells[0], cells[1] if len(cells) > 1 else "")

    def _level(self, line: int, cells: list[str]) -> None:
        if not self._full(line, "#M", cells, 2):
            return
        place = self._number(line, ("#M", cells[0]), cells[1])
        if self._known(line, "#M", cells[0], self.issues) and place is not None:
            self.issues[cells[0]].levels.append((place, cells[2] if len(cells) > 2 else ""))

    def _known(self, line: int, kind: str, key: str, known: dict[str, _Issue] | dict[str, str]) -> bool:
        if key in known:
            return True
        self.error(
            "unknown-name",
            (kind, key),
            "{key} has not been named above.",
            hint="Known are {known}.",
            line=line,
            key=key,
            known=", ".join(known) or "-",
        )
        return False

    def _number(self, line: int, place: Place, written: str) -> float | None:
        try:
            value = float(written.replace(",", "."))
        except ValueError:
            value = float("nan")
        if isfinite(value):
            return value
        self.error(
            "no-number",
            place,
            "{value} is no number.",
            hint="Write a number, such as 40 or 0.5.",
            line=line,
            value=written,
        )
        return None

    def _position(self, line: int, cells: list[str]) -> None:
        if not self._full(line, "#D", cells, 5):
            return
        actor, issue = cells[:2]
        place = ("#D", actor, issue)
        known = [self._known(line, "#D", actor, self.actors), self._known(line, "#D", issue, self.issues)]
        numbers = [self._number(line, place, cell) for cell in cells[2:5]]
        point, salience, power = numbers
        if not all(known) or point is None or salience is None or power is None:
            return
        if (actor, issue) in self.positions:
            self.error(
                "stated-twice",
                place,
                "What {party} wants on {subject} is stated twice.",
                hint="Drop one.",
                line=line,
                party=actor,
                subject=issue,
            )
        self._within(line, (*place, "position"), point, self.issues[issue].bounds)
        self._within(line, (*place, "salience"), salience, (0.0, 1.0))
        self._within(line, (*place, "power"), power, (0.0, 1.0))
        self.positions[actor, issue] = point, salience, power

    def _within(self, line: int, place: Place, value: float, bounds: tuple[float, float]) -> None:
        low, high = bounds
        if not low <= value <= high:
            self.error(
                "out-of-range",
                place,
                "{value:g} is not from {low:g} to {high:g}.",
                hint="Give a number from {low:g} to {high:g}.",
                line=line,
                value=value,
                low=low,
                high=high,
            )

    def table(self, name: str) -> Imported:
        """Return what was read, which had no mistakes."""
        notes = []
        if self._remarks:
            notes.append(
                Phrase("Left out: {what} ({count}).", what=Phrase("remarks behind names"), count=self._remarks)
            )
        parties = []
        for key, full in self.actors.items():
            powers = [power for (actor, _), (_, _, power) in self.positions.items() if actor == key]
            if powers and max(powers) > min(powers):
                notes.append(Phrase("{party} has different powers on its issues; their mean is kept.", party=key))
            mean = powers[0] if powers and max(powers) == min(powers) else sum(powers) / max(len(powers), 1)
            capability = Estimate(mean) if powers else None
            parties.append(Party(key, name="" if full == key else full, capability=capability))
        issues = []
        for issue in self.issues.values():
            made, note = _made(issue)
            issues.append(made)
            notes += note
        positions = tuple(
            Position(actor, issue, Estimate(point), Estimate(salience))
            for (actor, issue), (point, salience, _) in self.positions.items()
        )
        table = Table(slug(name), tuple(issues), tuple(parties), positions, title=self.title)
        return Imported(table, tuple(notes))


def _made(issue: _Issue) -> tuple[Issue, list[Phrase]]:
    """An issue with options where its levels from 0 to 100 are described, else a range."""
    label = "" if issue.name == issue.key else issue.name
    low, high = issue.bounds
    described = sorted((place, words) for place, words in issue.levels if words)
    if described and (low, high) == (0, 100):
        options: dict[str, Option] = {}
        for place, words in described:
            key = words if len(words) <= _LONGEST_KEY else slug(words)[:_LONGEST_KEY]
            key = key if key not in options else f"{key} {number_name(place)}"
            options[key] = Option(key, label="" if key == words else words, at=place)
        return Issue(issue.key, label=label, options=tuple(options.values())), []
    kept = Issue(issue.key, label=label, scale=Scale.RANGE, low=low, high=high if high > low else low + 1)
    if described:
        what = Phrase("descriptions of the levels of issue {issue}", issue=issue.key)
        return kept, [Phrase("Left out: {what} ({count}).", what=what, count=len(described))]
    return kept, []


def write_exchange(table: Table) -> Exported:
    """Return a table without mistakes as the exchange model's text, parted by tabs.

    Salience is divided by the largest where that is above 1; positions without a point are left out (both noted).
    """
    notes = list(losses(table, _KEPT))
    written = [p for p in table.positions if p.point is not None]
    if len(written) < len(table.positions):
        missing = len(table.positions) - len(written)
        notes.append(Phrase("Left out: {what} ({count}).", what=Phrase("positions without a point"), count=missing))
    most = max((p.salience.value for p in written), default=1.0)
    if most > 1:
        notes.append(Phrase("Salience is divided by {most:g}, the largest.", most=most))
    lines: list[list[str]] = [["#O", table.title]] if table.title else []
    lines += [["#A", party.key, party.name or party.key, ""] for party in table.parties]
    for issue in table.issues:
        lines.append(["#P", issue.key, issue.label or issue.key, ""])
        lines += [["#M", issue.key, repr(place), words] for place, words in _levels(issue)]
    capabilities = table.capabilities
    for position in written:
        point, salience = position.point, position.salience.value / max(most, 1.0)
        values = (point.value if point else 0.0, salience, capabilities[position.party])
        lines.append(["#D", position.party, position.issue, *map(repr, values)])
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", quotechar="'", lineterminator="\n")
    writer.writerows([[" ".join(cell.split()) for cell in line] for line in lines])
    return Exported((("", out.getvalue()),), tuple(notes))


def _levels(issue: Issue) -> list[tuple[float, str]]:
    low, high = issue.bounds
    named = [(option.at, option.label or option.key) for option in issue.options if option.at is not None]
    if issue.scale is Scale.UNORDERED:
        return []
    return sorted([*named, *((end, "") for end in (low, high) if all(place != end for place, _ in named))])
