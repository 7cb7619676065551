"""Tables in the manner of "Decision-making in the European Union": one row an issue, actors side by side.

Columns tell of the proposal and the issue, then hold the positions (``p`` and the actor's code), saliences (``s`` and the code),
the reference point (``rp``) and the outcome (``out``), all on scales of 0 to 100; empty cells mean that it is not known. A
row without an issue holds the actors' gross domestic product under their positions. Data: J. Arregui and C. Perarnaud,
"The Decision-making in the European Union (DEU) dataset (1999-2019)", doi 10.34810/data53.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from math import isfinite, nan
from typing import TYPE_CHECKING, ClassVar

import attrs

from treves.errors import Phrase, TableError
from treves.exchange.tables.carried import Exported, Imported, losses
from treves.model.decision_rule import DecisionRule, RuleKind
from treves.model.table import Estimate, Issue, Party, Position, Reversion, Scale, Table
from treves.text import slug

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ACTORS = {
    "com": "European Commission",
    "ep": "European Parliament",
    "at": "Austria",
    "be": "Belgium",
    "bu": "Bulgaria",
    "cr": "Croatia",
    "cy": "Cyprus",
    "cz": "Czechia",
    "dk": "Denmark",
    "ee": "Estonia",
    "fi": "Finland",
    "fr": "France",
    "de": "Germany",
    "el": "Greece",
    "hu": "Hungary",
    "ie": "Ireland",
    "it": "Italy",
    "lv": "Latvia",
    "lt": "Lithuania",
    "lu": "Luxembourg",
    "mt": "Malta",
    "nl": "Netherlands",
    "pl": "Poland",
    "pt": "Portugal",
    "ro": "Romania",
    "si": "Slovenia",
    "sk": "Slovakia",
    "es": "Spain",
    "se": "Sweden",
    "uk": "United Kingdom",
}
"""Names of the actors' codes."""
_TOLD = ("prnr", "prname", "isnr", "type", "council", "proc", "counvte")
_MOST_TOLD = 10


class BadDeu(TableError):
    """A table in the manner of the DEU data lacks columns, or holds values that are off the scale."""

    code: ClassVar[str] = "T648"


@attrs.frozen
class DeuIssue:
    """One controversial issue.

    Attributes:
        proposal, proposal_name: number and name of the proposal that it belongs to.
        key: its own number.
        kind: kind of the act ("Reg", "Dir", "Dec").
        council: formation of the Council.
        procedure: "COD" (codecision) or "CNS" (consultation).
        voting: "QMV" or "Unan".
        positions, saliences: by actor, 0-100; None where not known.
        reference: what holds without a decision, 0-100; None where that is no point.
        outcome: what was decided, 0-100; None where not known.
    """

    proposal: str
    proposal_name: str
    key: str
    kind: str
    council: str
    procedure: str
    voting: str
    positions: tuple[float | None, ...]
    saliences: tuple[float | None, ...]
    reference: float | None = None
    outcome: float | None = None

    @property
    def taken(self) -> int:
        """Actors with a position and a salience above 0."""
        return sum(p is not None and bool(s) for p, s in zip(self.positions, self.saliences, strict=True))


@attrs.frozen
class DeuArrays:
    """The same as arrays.

    Attributes:
        positions: (issues, actors), 0-100; NaN where not known.
        saliences: (issues, actors), 0-100; 0 where not known.
        reference, outcomes: (issues,); NaN where not known.
        proposals: (issues,) codes, 0 and up, of the proposals.
    """

    positions: NDArray[np.float64]
    saliences: NDArray[np.float64]
    reference: NDArray[np.float64]
    outcomes: NDArray[np.float64]
    proposals: NDArray[np.int64]


@attrs.frozen
class Deu:
    """All issues of a file.

    Attributes:
        actors: their codes, in the order of the positions.
        gdp: by actor; None where not known.
        issues: in the order of the file.
    """

    actors: tuple[str, ...]
    gdp: tuple[float | None, ...]
    issues: tuple[DeuIssue, ...]

    @property
    def proposals(self) -> tuple[str, ...]:
        """Numbers of the proposals, in the order of the file."""
        return tuple(dict.fromkeys(issue.proposal for issue in self.issues))

    def settled(self, least: int = 3) -> Deu:
        """Return the issues with an outcome and at least `least` actors with a position and salience above 0."""
        kept = tuple(i for i in self.issues if i.outcome is not None and i.taken >= least)
        return attrs.evolve(self, issues=kept)

    def arrays(self) -> DeuArrays:
        """Return the numbers as arrays."""
        import numpy as np

        shape = (len(self.issues), len(self.actors))
        codes = {proposal: code for code, proposal in enumerate(self.proposals)}
        return DeuArrays(
            np.array([[nan if p is None else p for p in i.positions] for i in self.issues], float).reshape(shape),
            np.array([[s or 0.0 for s in i.saliences] for i in self.issues], float).reshape(shape),
            np.array([nan if i.reference is None else i.reference for i in self.issues], float),
            np.array([nan if i.outcome is None else i.outcome for i in self.issues], float),
            np.array([codes[i.proposal] for i in self.issues], np.int64),
        )


def read_deu(text: str, *, name: str) -> Deu:
    """Return the issues of a file, parted by tabs, semicolons or commas.

    Raises:
        BadDeu: columns are missing, or values are no numbers from 0 to 100; the message tells them with their lines.
    """
    rows = list(_rows(text))
    header = rows[0][1] if rows else []
    missing = [column for column in ("prnr", "isnr", "out") if column not in header]
    actors = tuple(c[1:] for c in header if c.startswith("p") and c not in _TOLD and f"s{c[1:]}" in header)
    if missing or not actors:
        raise BadDeu(
            "{name} has no column {columns}.",
            hint="The first line must name the columns: prnr, isnr, positions as p…, saliences as s…, rp and out.",
            name=name,
            columns=", ".join(missing) or "p…, s…",
        )
    reading = _Reading(name, header, actors)
    issues, gdp = [], tuple[float | None, ...]([None] * len(actors))
    for line, cells in rows[1:]:
        row = dict(zip(header, cells, strict=False))
        if row.get("isnr"):
            issues.append(reading.issue(line, row))
        else:
            gdp = tuple(reading.number(line, f"p{actor}", row, scale=False) for actor in actors)
    reading.raise_if_bad()
    return Deu(actors, gdp, tuple(issues))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.partition("\n")[0]
    delimiter = max("\t;,", key=first.count)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    begins = 1
    for row in reader:
        if any(cell.strip() for cell in row):
            yield begins, [cell.strip() for cell in row]
        begins = reader.line_num + 1


class _Reading:
    """Takes numbers out of rows, and gathers what is wrong."""

    def __init__(self, name: str, header: Sequence[str], actors: tuple[str, ...]) -> None:
        self._name = name
        self._columns = len(header)
        self._actors = actors
        self._bad: list[Phrase] = []
        self._seen: set[str] = set()

    def number(self, line: int, column: str, row: dict[str, str], *, scale: bool = True) -> float | None:
        written = row.get(column, "")
        if written in ("", "NA", "."):
            return None
        try:
            value = float(written.replace(",", "."))
        except ValueError:
            value = nan
        if not isfinite(value) or (scale and not 0 <= value <= 100):
            self._bad.append(
                Phrase(
                    "line {line}, {column}: {value!r} is no number from 0 to 100",
                    line=line,
                    column=column,
                    value=written,
                )
            )
            return None
        return value

    def issue(self, line: int, row: dict[str, str]) -> DeuIssue:
        told = {column: row.get(column, "") for column in _TOLD}
        if told["isnr"] in self._seen:
            self._bad.append(Phrase("line {line}: issue {issue} stands here twice", line=line, issue=told["isnr"]))
        self._seen.add(told["isnr"])
        if len(row) < self._columns:
            self._bad.append(Phrase("line {line}: the line is cut off", line=line))
        return DeuIssue(
            proposal=told["prnr"],
            proposal_name=told["prname"],
            key=told["isnr"],
            kind=told["type"],
            council=told["council"],
            procedure=told["proc"],
            voting=told["counvte"],
            positions=tuple(self.number(line, f"p{actor}", row) for actor in self._actors),
            saliences=tuple(self.number(line, f"s{actor}", row) for actor in self._actors),
            reference=self.number(line, "rp", row),
            outcome=self.number(line, "out", row),
        )

    def raise_if_bad(self) -> None:
        if not self._bad:
            return
        told = self._bad[0]
        for one in self._bad[1:_MOST_TOLD]:
            told = Phrase("{first}; {rest}", first=told, rest=one)
        raise BadDeu(
            "{name} has {count} mistakes: {told}.",
            hint="Correct them; leave a cell empty where something is not known.",
            name=self._name,
            count=len(self._bad),
            told=told,
        )


def write_deu(data: Deu) -> str:
    """Return issues as the text of a file, parted by tabs; reading it gives the same."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    header = [*_TOLD, *(f"p{a}" for a in data.actors), *(f"s{a}" for a in data.actors), "rp", "out"]
    writer.writerow(header)
    if any(value is not None for value in data.gdp):
        writer.writerow(["" for _ in _TOLD] + [_cell(v) for v in data.gdp] + ["" for _ in range(len(data.actors) + 2)])
    for issue in data.issues:
        told = [" ".join(str(text).split()) for text in attrs.astuple(issue, recurse=False)[: len(_TOLD)]]
        numbers = (*issue.positions, *issue.saliences, issue.reference, issue.outcome)
        writer.writerow([*told, *map(_cell, numbers)])
    return out.getvalue()


def _cell(value: float | None) -> str:
    return "" if value is None else repr(value)


def deu_table(data: Deu, proposal: str) -> Imported:
    """Return one proposal as a table: its issues as ranges, the reference points as what holds without a deal.

    The rule is unanimity, or a majority of the actors at the table, for the file holds no votes (noted). What was
    decided is told in a note, for a table does not hold outcomes.

    Raises:
        BadDeu: there is no such proposal.
    """
    issues = [issue for issue in data.issues if issue.proposal == proposal]
    if not issues:
        raise BadDeu(
            "There is no proposal {proposal!r}.",
            hint="The first are {known}.",
            proposal=proposal,
            known=", ".join(data.proposals[:8]),
        )
    seated = [
        (column, actor)
        for column, actor in enumerate(data.actors)
        if any(i.positions[column] is not None for i in issues)
    ]
    positions = [
        Position(actor, issue.key, Estimate(point), Estimate(issue.saliences[column] or 0.0))
        for column, actor in seated
        for issue in issues
        if (point := _stance(issue, column)) is not None
    ]
    stated = sum(1 for issue in issues for point in issue.positions if point is not None)
    notes = [
        Phrase("Issue {issue} was settled at {outcome:g}.", issue=issue.key, outcome=issue.outcome)
        for issue in issues
        if issue.outcome is not None
    ]
    if stated > len(positions):
        what = Phrase("positions without salience")
        notes.append(Phrase("Left out: {what} ({count}).", what=what, count=stated - len(positions)))
    unanimous = issues[0].voting.startswith("Unan")
    if not unanimous:
        notes.append(Phrase("The file holds no votes: a majority of the actors at the table decides."))
    table = Table(
        slug(f"{proposal} {issues[0].proposal_name}"),
        tuple(Issue(issue.key, scale=Scale.RANGE, low=0.0, high=100.0) for issue in issues),
        tuple(Party(actor, name=ACTORS.get(actor, "")) for _, actor in seated),
        tuple(positions),
        rule=DecisionRule(RuleKind.UNANIMITY if unanimous else RuleKind.WEIGHTED),
        reversion=Reversion(package=tuple((i.key, i.reference) for i in issues if i.reference is not None)),
        title=issues[0].proposal_name,
    )
    return Imported(table, tuple(notes))


def _stance(issue: DeuIssue, column: int) -> float | None:
    """The position of an actor that cares about the issue."""
    return issue.positions[column] if issue.saliences[column] else None


def write_deu_table(table: Table) -> Exported:
    """Return a table without mistakes as one proposal; ranges are brought to the scale of 0 to 100 (noted).

    Positions without a point are left out (noted); saliences are brought to 0-100 where one is above that (noted).
    """
    notes = list(losses(table, ("places",)))
    most = max((p.salience.value for p in table.positions), default=0.0)
    if most > 100:
        notes.append(Phrase("Salience is divided by {most:g}, the largest.", most=most / 100))
    missing = sum(1 for p in table.positions if p.point is None)
    if missing:
        notes.append(Phrase("Left out: {what} ({count}).", what=Phrase("positions without a point"), count=missing))
    stated = {(position.party, position.issue): position for position in table.positions}
    fallback = dict(table.reversion.package)
    issues = []
    for issue in table.issues:
        held = [stated.get((party.key, issue.key)) for party in table.parties]
        points = tuple(_scaled(issue, p.point.value) if p and p.point else None for p in held)
        saliences = tuple(p.salience.value * min(1.0, 100 / (most or 1.0)) if p and p.point else None for p in held)
        choice = fallback.get(issue.key)
        at = next((o.at for o in issue.options if o.key == choice), None) if isinstance(choice, str) else choice
        reference = None if at is None else _scaled(issue, at)
        told = (table.key, table.title or table.key, issue.key, "", "", "", "")
        issues.append(DeuIssue(*told, points, saliences, reference))
    actors = tuple(party.key for party in table.parties)
    return Exported((("", write_deu(Deu(actors, (None,) * len(actors), tuple(issues)))),), tuple(notes))


def _scaled(issue: Issue, value: float) -> float:
    low, high = issue.bounds
    return value if (low, high) == (0, 100) else min(max(100 * (value - low) / (high - low), 0.0), 100.0)
