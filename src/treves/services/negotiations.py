"""What may come of a table: outlooks, what-ifs and power, with the pages that show them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

import attrs

from treves.bargaining.audit import canonical, outlook_bytes
from treves.bargaining.backtests.base_rate import cabinet_base_rate
from treves.bargaining.levers import levers
from treves.bargaining.outlook import outlook
from treves.bargaining.power import Power, table_power
from treves.bargaining.power_words import sentences
from treves.bargaining.whatif import whatif
from treves.errors import Phrase
from treves.model.outlook import Change, Comparison, Method, Outlook
from treves.model.table import Table
from treves.pictures.outlook_figures import (
    comparison_figures,
    comparison_sentences,
    made_of,
    outlook_figures,
    outlook_sentences,
)
from treves.pictures.package_figures import package_figures, power_figure
from treves.pictures.page import Page, render
from treves.pictures.table_figures import table_figures, table_sentences
from treves.pictures.wording import wording
from treves.services.packages import PackagesAnswer

__all__ = ["Told", "levers", "outlook", "outlook_bytes", "outlook_page", "power_of_table", "table_page", "whatif"]


@attrs.frozen
class Told:
    """A page with the sentences that stand at its top.

    Attributes:
        sentences: what it says first.
        html: the whole page.
    """

    sentences: tuple[str, ...]
    html: str


@attrs.frozen
class PowerAnswer:
    """Voting power at a table.

    Attributes:
        power: by party, exact.
        sentences: the same in words.
    """

    power: Power
    sentences: tuple[Phrase, ...]


def title_of(table: Table, language: str) -> str:
    """Return the title of a table in a language; its key where it has none."""
    return (table.title_nl if language == "nl" else "") or table.title or table.key


def table_page(table: Table, *, language: str = "en", command: str = "") -> Told:
    """Return the page of a table: positions with red lines, parties, rule and deadline."""
    words = wording(language)
    told = table_sentences(table, words)
    return _page(table, language, told, table_figures(table, words), (), command=command)


def packages_page(found: PackagesAnswer, told: Sequence[str], *, language: str = "en", command: str = "") -> Told:
    """Return the page of what can pass.

    Args:
        found: the answer.
        told: its reasons, in the language, where nothing can pass.
        language: "en" or "nl".
        command: what makes the page again.
    """
    words = wording(language)
    figures = package_figures(
        found.table,
        list(found.rows()),
        words,
        points=[(p.utilities, p.passes) for p in found.frontier],
        rooms=[attrs.asdict(room) for room in found.rooms],
        reservations=found.reservations,
    )
    return _page(found.table, language, [*packages_sentences(found, language), *told], figures, (), command=command)


def packages_sentences(found: PackagesAnswer, language: str) -> list[str]:
    """Return how many packages there are and can pass, and that none can where none can."""
    words = wording(language)
    if found.passing is None:
        told = [words("package.size_large", size=f"{found.size:.3g}")]
    else:
        told = [words("package.size", size=found.size, allowed=found.allowed, passing=found.passing)]
    return told if found.feasible else [*told, words("package.none")]


def outlook_page(
    table: Table, found: Outlook, *, changes: Sequence[Change] = (), language: str = "en", command: str = ""
) -> Told:
    """Return the page of an outlook, with the levers if they were worked out."""
    words = wording(language)
    figures = outlook_figures(table, found, words, levers=changes)
    record = outlook_bytes(found).decode()
    told = outlook_sentences(table, found, words)
    return _page(table, language, told, figures, made_of(found, words), record=record, command=command)


def comparison_page(table: Table, found: Comparison, *, language: str = "en", command: str = "") -> Told:
    """Return the page of a what-if: both outlooks and their difference."""
    words = wording(language)
    told = comparison_sentences(table, found, words)
    record = canonical(found.after.audit).decode()
    made = made_of(found.before, words)
    return _page(table, language, told, comparison_figures(found, words), made, record=record, command=command)


def power_of_table(table: Table, *, language: str = "en") -> PowerAnswer:
    """Return the voting power of the parties of a table, exactly, and in sentences.

    Raises:
        TableError: nothing passes under the rule, or it is too large for exact counts.
    """
    words = wording(language)
    power = table_power(table)
    return PowerAnswer(power, sentences(power, names={p.key: words.label(p) for p in table.parties}))


def power_page(
    table: Table, found: PowerAnswer, told: Sequence[str], *, language: str = "en", command: str = ""
) -> Told:
    """Return the page of voting power; `told` are its sentences in the language."""
    figure = power_figure(table, found.power.rows(), wording(language))
    return _page(table, language, told, [figure], (), command=command)


def plain(thing: object) -> Any:
    """Return a result as plain data for JSON: what its canonical form holds."""
    return json.loads(canonical(thing))


@contextmanager
def cluster(address: str) -> Iterator[Executor | None]:
    """Provide the executor of a Dask cluster; None where no address is given.

    Raises:
        ExtraNeeded: Dask is not installed.
        NoCluster: the scheduler does not answer.
    """
    from treves.services.readings import executor_of

    with executor_of(dask=address) as executor:
        yield executor


def method(*, inner: int = 50, base_rate: float = 0.0) -> Method:
    """Return the method of an outlook.

    Args:
        inner: negotiations per draw.
        base_rate: weight, 0-1, of the record of cabinets beside the model; needs a deadline with a date.
    """
    return Method(inner=inner, base_rate=cabinet_base_rate(base_rate) if base_rate else None)


def _page(
    table: Table,
    language: str,
    told: Sequence[str],
    figures: Sequence[Any],
    made: Sequence[tuple[str, str]],
    *,
    record: str = "",
    command: str = "",
) -> Told:
    page = Page(title_of(table, language), tuple(told), figures, made, record, command)
    return Told(tuple(told), render(page, language=language))
