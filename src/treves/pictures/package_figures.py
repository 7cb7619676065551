"""The pictures of packages: what they are worth to each party, where they lie, who accepts how many, and power."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from treves.model.table import Table
from treves.pictures.charts import Spec, frontier, utilities
from treves.pictures.outlook_figures import Cells, choice_words
from treves.pictures.page import Figure
from treves.pictures.wording import Wording

Row = Mapping[str, Any]


def package_name(table: Table, row: Row, words: Wording) -> str:
    """Return what a package is called: "Nash", "Best for VVD", "What VVD would want most"."""
    party = words.label(table.party(row["party"])) if row["party"] else ""
    return words(f"package.{row['kind']}", party=party)


def package_figures(
    table: Table,
    rows: Sequence[Row],
    words: Wording,
    *,
    points: Sequence[tuple[Sequence[float], bool]] = (),
    rooms: Sequence[Row] = (),
    reservations: Sequence[float],
) -> list[Figure]:
    """Return the figures of what can pass.

    Args:
        table: that it is about.
        rows: packages with kind, party, package, utilities (by party), passes, blocking, objections (in words), tied.
        words: the language.
        points: of the frontier: utilities in the order of the parties, and whether the package can pass.
        rooms: by party: how many packages it accepts, refuses, and blocks alone; none where they were not counted.
        reservations: by party, 0-1.
    """
    floors = dict(zip((p.key for p in table.parties), reservations, strict=True))
    figures = [_values(table, rows, floors, words), _contents(table, rows, words)]
    if points:
        figures.append(_frontier(table, rows, points, words))
    figures.append(_blocked(table, rows, words))
    if rooms:
        figures.append(_rooms(table, rooms, words))
    return figures


def power_figure(table: Table, rows: Sequence[Row], words: Wording) -> Figure:
    """Return the table of power: rows with party, votes, shapley, shapley_exact, banzhaf, banzhaf_exact, veto."""
    numbers: list[Cells] = [
        (
            words.label(table.party(r["party"])),
            r["votes"],
            f"{r['shapley_exact']} ({r['shapley']:.3f})",
            f"{r['banzhaf_exact']} ({r['banzhaf']:.3f})",
            words("package.yes") if r["veto"] else "",
        )
        for r in rows
    ]
    heads = [words(f"package.{h}") for h in ("party", "votes", "shapley", "banzhaf", "veto")]
    return Figure("power", words("package.power"), words("package.power_lead"), columns=heads, rows=numbers)


def _values(table: Table, rows: Sequence[Row], floors: Mapping[str, float], words: Wording) -> Figure:
    shown = [
        {
            "package": package_name(table, row, words),
            "party": words.label(table.party(party)),
            "utility": value,
            "reservation": floors[party],
            "accepts": value >= floors[party] and party not in row["blocking"],
        }
        for row in rows
        for party, value in row["utilities"].items()
    ]
    numbers: list[Cells] = [(package_name(table, r, words), *r["utilities"].values()) for r in rows]
    heads = [words("package.package"), *(words.label(p) for p in table.parties)]
    spec: Spec | None = utilities(shown, axis=words("package.axis")) if shown else None
    return Figure("values", words("package.values"), words("package.values_lead"), spec, heads, numbers)


def _contents(table: Table, rows: Sequence[Row], words: Wording) -> Figure:
    numbers: list[Cells] = [
        (
            package_name(table, row, words),
            words("package.yes" if row["passes"] else "package.no"),
            row["tied"] or "?",
            *(choice_words(table, issue, choice, words) for issue, choice in row["package"].items()),
        )
        for row in rows
    ]
    heads = [words(f"package.{h}") for h in ("package", "passes", "tied")] + [words.label(i) for i in table.issues]
    return Figure("contents", words("package.contents"), words("package.contents_lead"), columns=heads, rows=numbers)


def _frontier(
    table: Table, rows: Sequence[Row], points: Sequence[tuple[Sequence[float], bool]], words: Wording
) -> Figure:
    keys = [p.key for p in table.parties]

    def place(values: Sequence[float], *, passes: bool, name: str) -> dict[str, Any]:
        told = ", ".join(f"{words.label(table.party(k))} {v:.2f}" for k, v in zip(keys, values, strict=True))
        return {"x": min(values), "y": sum(values) / len(values), "passes": passes, "name": name, "told": told}

    shown = [place(values, passes=passes, name="") for values, passes in points]
    named: dict[tuple[float, ...], list[str]] = {}
    for row in rows:
        if not row["party"]:
            named.setdefault(tuple(row["utilities"].values()), []).append(package_name(table, row, words))
    shown += [place(values, passes=True, name=", ".join(names)) for values, names in named.items()]
    spec = frontier(shown, x=words("package.least_axis"), y=words("package.mean_axis"))
    return Figure("frontier", words("package.frontier"), words("package.frontier_lead"), spec)


def _blocked(table: Table, rows: Sequence[Row], words: Wording) -> Figure:
    numbers: list[Cells] = [
        (
            package_name(table, row, words),
            ", ".join(words.label(table.party(p)) for p in row["blocking"]),
            " ".join(row["objections"]),
        )
        for row in rows
        if not row["passes"]
    ]
    heads = [words(f"package.{h}") for h in ("package", "blocked_by", "because")]
    return Figure("blocked", words("package.blocked"), words("package.blocked_lead"), columns=heads, rows=numbers)


def _rooms(table: Table, rooms: Sequence[Row], words: Wording) -> Figure:
    numbers: list[Cells] = [
        (words.label(table.party(r["party"])), r["acceptable"], r["refused"], r["blocks_alone"]) for r in rooms
    ]
    heads = [words(f"package.{h}") for h in ("party", "acceptable", "refused", "alone")]
    return Figure("rooms", words("package.rooms"), words("package.rooms_lead"), columns=heads, rows=numbers)
