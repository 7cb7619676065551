"""Table files in YAML and JSON: read whole, with every mistake told at once, each with its line and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import attrs

from treves.errors import Phrase, TableError
from treves.exchange.decoding import decode
from treves.exchange.source import check_file, head, readable_name
from treves.exchange.tables.assembly import Assembly
from treves.exchange.tables.fields import Fields
from treves.exchange.tables.nodes import NoTableFile, read_json, read_yaml
from treves.model.findings import Finding, Place, Severity
from treves.model.table import Table
from treves.model.table_checks import problems
from treves.text import slug

MAX_TABLE_BYTES = 5_000_000
"""Size above which a table file is refused, in bytes."""
MOST_TOLD = 25
"""Mistakes that the message of one error lists; the others are counted."""
# what follows from it when something of these kinds could not be read
_FOLLOWING = {
    "issues": ("unknown-issue", "unknown-option", "no-issues"),
    "parties": ("unknown-party", "no-parties"),
    "indicators": ("unknown-indicator",),
}


class BadTable(TableError):
    """A table has mistakes: of form, or in what it says.

    Attributes:
        findings: what is wrong, and what is odd, in the order of the file.
    """

    code: ClassVar[str] = "T640"
    findings: tuple[Finding, ...] = ()


class TableTooLarge(TableError):
    """A table file is larger than :data:`MAX_TABLE_BYTES`."""

    code: ClassVar[str] = "T642"


@attrs.frozen
class Parsed:
    """A table file as read.

    Attributes:
        table: what it says, as far as it can be understood.
        findings: what is wrong and what is odd, in the order of the file.
    """

    table: Table
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What makes the table useless."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)


def read_table_text(path: Path) -> str:
    """Return the text of a table file.

    Raises:
        TableTooLarge: it is larger than the limit.
        InputError: there is no such file, or it cannot be read or decoded.
    """
    size = check_file(path).st_size
    data = head(path, MAX_TABLE_BYTES + 1)
    if max(size, len(data)) > MAX_TABLE_BYTES:
        raise TableTooLarge(
            "{name} has {size:,} bytes; a table may have {limit:,}.",
            hint="Is it a table? Keep long reasons out of it.",
            name=readable_name(path),
            size=max(size, len(data)),
            limit=MAX_TABLE_BYTES,
        )
    return decode(data, name=readable_name(path))


def read_table(path: Path) -> Table:
    """Read a table from a YAML or JSON file (``.json``), and check it.

    Raises:
        BadTable: it has mistakes; the message tells them all.
        NoTableFile: it is no YAML or JSON.
        TableTooLarge, InputError: it cannot be read.
    """
    name = readable_name(path)
    parsed = parse_table(read_table_text(path), name=name)
    if parsed.errors:
        raise bad_table(name, parsed.findings)
    return parsed.table


def parse_table(text: str, *, name: str) -> Parsed:
    """Read and check the text of a table file.

    Args:
        text: the file, decoded.
        name: its name; one that ends in ``.json`` is read as JSON, any other as YAML.

    Raises:
        NoTableFile: it is no YAML or JSON.
    """
    is_json = name.lower().endswith(".json")
    node = read_json(text, name=name) if is_json else read_yaml(text, name=name)
    if node is None or node.nothing:
        raise NoTableFile("{name} is empty.", hint="Begin one with: treves table new", name=name)
    fields = Fields()
    table = Assembly(fields).table(node, slug(Path(name).stem))
    return Parsed(table, findings_of(fields, table))


def findings_of(fields: Fields, table: Table) -> tuple[Finding, ...]:
    """Return what was wrong while `table` was read and what is wrong in it, by line, each once.

    What only follows from a part that could not be read is left out.
    """
    found = list(fields.findings)
    spoilt = {f.place for f in found}
    misspelt = {f.place[:-1] for f in found if f.code == "unknown-field"}
    kinds = {place[0] for place in spoilt if place and (place[0] == "issues" or len(place) <= 2)}
    following = {code for kind in kinds for code in _FOLLOWING.get(kind, ())}
    above = {part for place in spoilt for part in _prefixes(place)}
    for finding in problems(table):
        parts = _prefixes(finding.place)
        within = finding.place in above or any(part in spoilt for part in parts)
        missing = finding.code.startswith("no-") and any(part in misspelt for part in parts)
        if not within and not missing and finding.code not in following:
            found.append(attrs.evolve(finding, line=_line(fields, finding.place)))
    return tuple(sorted(dict.fromkeys(found), key=lambda f: f.line))


def _prefixes(place: Place) -> list[Place]:
    """A place and all places around it."""
    return [place[:length] for length in range(len(place) + 1)]


def _line(fields: Fields, place: Place) -> int:
    """The line of a place, or of the nearest one around it."""
    while place and place not in fields.lines:
        place = place[:-1]
    return fields.lines.get(place, 1)


def bad_table(name: str, findings: tuple[Finding, ...]) -> BadTable:
    """Return the error that tells the mistakes (not the oddities) among `findings`."""
    errors = [f for f in findings if f.severity is Severity.ERROR]
    lines = [_told(f) for f in errors[:MOST_TOLD]]
    if len(errors) > MOST_TOLD:
        lines.append(Phrase("… and {count} more.", count=len(errors) - MOST_TOLD))
    told = lines[-1]
    for line in reversed(lines[:-1]):
        told = Phrase("{first}\n{rest}", first=line, rest=told)
    error = BadTable("{name} is no good table ({count}):\n{told}", name=name, count=len(errors), told=told)
    error.findings = findings
    return error


def _told(finding: Finding) -> Phrase:
    where, message, then = finding.where, finding.message, finding.hint
    if finding.line:
        line = finding.line
        return Phrase("line {line}, {where}: {message} {then}", line=line, where=where, message=message, then=then)
    return Phrase("{where}: {message} {then}", where=where, message=message, then=then)
