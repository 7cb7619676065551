"""What other formats carry of a table, and the words for what they leave behind."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import attrs

from treves.errors import Phrase
from treves.model.decision_rule import DecisionRule
from treves.model.table import Conduct, Estimate, Party, Scale, Table, TableDeadline


@attrs.frozen
class Imported:
    """A table from another format.

    Attributes:
        table: the table; it is not yet checked.
        notes: what of the file could not be kept, or was added, in words.
    """

    table: Table
    notes: tuple[Phrase, ...] = ()


@attrs.frozen
class Exported:
    """A table in another format.

    Attributes:
        files: their names (without folders) and contents; one without a name is the whole export, in one file.
        notes: what of the table could not be kept, in words.
    """

    files: tuple[tuple[str, str | bytes], ...]
    notes: tuple[Phrase, ...] = ()


def losses(table: Table, kept: Collection[str] = ()) -> tuple[Phrase, ...]:
    """Return what a format leaves behind, one note for each kind.

    Args:
        table: what is exported.
        kept: names of kinds that it does carry: "seats", "capability", "places", "labels", "intervals", "ranges".
    """
    return tuple(
        Phrase("Left out: {what} ({count}).", what=what, count=count)
        for name, what, count in _counts(table)
        if count and name not in kept
    )


def _counts(table: Table) -> Iterator[tuple[str, Phrase, int]]:
    """The kinds of things that a table may hold beside names, options and utilities, each with their number."""
    yield "intervals", Phrase("intervals around best guesses"), sum(1 for e in _estimates(table) if not e.exact)
    yield "red_lines", Phrase("red lines"), len(table.red_lines)
    yield "mandates", Phrase("mandates"), sum(1 for p in table.parties if p.mandate is not None)
    yield "constraints", Phrase("constraints"), len(table.constraints)
    yield "budgets", Phrase("budgets"), len(table.budgets)
    yield "interactions", Phrase("interactions"), len(table.interactions)
    yield "indicators", Phrase("indicators and how they are valued"), len(table.indicators) + len(table.valuations)
    yield "rule", Phrase("the decision rule"), int(table.rule != DecisionRule())
    yield "seats", Phrase("seats"), sum(1 for p in table.parties if p.seats is not None)
    yield "capability", Phrase("capabilities"), sum(1 for p in table.parties if p.capability is not None)
    yield "people", Phrase("members and conduct of parties"), sum(1 for p in table.parties if _has_people(p))
    ordered = sum(1 for i in table.issues if i.scale is Scale.ORDERED)
    yield "places", Phrase("places of options on their scale, by issue"), ordered
    yield (
        "ranges",
        Phrase("ranges, of which single values are written"),
        sum(1 for i in table.issues if i.scale is Scale.RANGE),
    )
    yield "labels", Phrase("labels and full names"), sum(1 for _ in _labels(table))
    yield "reasons", Phrase("reasons"), sum(1 for p in table.positions if p.reasons)
    yield "deadline", Phrase("the deadline"), int(table.deadline != TableDeadline())


def _estimates(table: Table) -> Iterator[Estimate]:
    for position in table.positions:
        yield position.salience
        if position.point is not None:
            yield position.point


def _has_people(party: Party) -> bool:
    return bool(party.members) or party.conduct != Conduct()


def _labels(table: Table) -> Iterator[str]:
    for issue in table.issues:
        yield from filter(None, (issue.label, issue.label_nl))
        yield from (o.label or o.label_nl for o in issue.options if o.label or o.label_nl)
    yield from filter(None, (p.name or p.name_nl for p in table.parties))
    yield from filter(None, (table.title, table.title_nl, table.note))
