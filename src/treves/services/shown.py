"""Results in a notebook and as data frames: one call shows a table, packages, an outlook or a what-if."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import attrs

from treves.errors import TableError
from treves.model.outlook import Comparison, Outlook
from treves.model.table import Table
from treves.pictures.outlook_figures import comparison_figures, comparison_sentences, outlook_figures, outlook_sentences
from treves.pictures.package_figures import package_figures
from treves.pictures.page import Figure
from treves.pictures.table_figures import table_figures, table_sentences
from treves.pictures.wording import wording
from treves.services.frames import arrow_table, library
from treves.services.negotiations import packages_sentences
from treves.services.packages import PackagesAnswer

_VEGA_LITE = ("application/vnd.vegalite.v6+json", "application/vnd.vegalite.v5+json")


class NothingToShow(TableError):
    """A thing has no picture, or its table is not given."""

    code = "T663"


@attrs.frozen
class Shown:
    """A result, ready for a notebook and for any data frame library.

    A notebook draws its first picture, or shows its sentences and numbers where it draws no Vega-Lite. Any library that
    speaks the Arrow C stream interface takes it as it is: ``polars.DataFrame(shown)``.

    Attributes:
        result: what is shown.
        sentences: what it says in words.
        figures: its pictures, with their numbers.
        rows: its numbers, one row each.
    """

    result: object
    sentences: Sequence[str]
    figures: Sequence[Figure]
    rows: Sequence[Mapping[str, Any]]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:  # noqa: ARG002
        """Return what a notebook shows: HTML, and the first picture as Vega-Lite."""
        bundle: dict[str, Any] = {"text/plain": "\n".join(self.sentences), "text/html": self._html()}
        spec = next((dict(f.spec) for f in self.figures if f.spec), None)
        if spec:
            wide = json.loads(json.dumps(spec), object_hook=_with_width)
            bundle |= {kind: wide | {"$schema": wide["$schema"].replace("v6", kind[-7:-5])} for kind in _VEGA_LITE}
        return bundle

    def _html(self) -> str:
        told = "".join(f"<p>{escape(sentence)}</p>" for sentence in self.sentences)
        figure = next((f for f in self.figures if f.rows), None)
        if figure is None:
            return told
        head = "".join(f"<th>{escape(str(column))}</th>" for column in figure.columns)
        body = "".join(f"<tr>{''.join(f'<td>{escape(_short(c))}</td>' for c in row)}</tr>" for row in figure.rows)
        return f"{told}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def to_arrow(self) -> Any:
        """Return a pyarrow table; ExtraNeeded if pyarrow is not installed."""
        return arrow_table(self.rows)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand the rows over by the Arrow C stream interface."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def to_pandas(self) -> Any:
        """Return a pandas data frame; ExtraNeeded if pandas or pyarrow is not installed."""
        library("pandas")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """Return a polars data frame; ExtraNeeded if polars or pyarrow is not installed."""
        return library("polars").from_arrow(self.to_arrow())


def show(thing: object, table: Table | None = None, *, language: str = "en") -> Shown:
    """Return a table, packages, an outlook or a what-if in a form that notebooks and data frames understand.

    Args:
        thing: a :class:`Table`, or what ``packages_of``, ``outlook`` or ``whatif`` returned.
        table: that it is about; needed for outlooks and what-ifs, which name parties and issues by key only.
        language: "en" or "nl".

    Raises:
        NothingToShow: the thing is none of these, or its table is missing.
    """
    words = wording(language)
    match thing:
        case Table():
            rows = [attrs.asdict(p, recurse=True) for p in thing.positions]
            return Shown(thing, table_sentences(thing, words), table_figures(thing, words), rows)
        case PackagesAnswer():
            rows = list(thing.rows())
            figures = package_figures(thing.table, rows, words, reservations=thing.reservations)
            told = [*packages_sentences(thing, language), *map(str, thing.reasons)]
            return Shown(thing, told, figures, rows)
        case Outlook() if table is not None:
            told, figures = outlook_sentences(table, thing, words), outlook_figures(table, thing, words)
            return Shown(thing, told, figures, list(thing.rows()))
        case Comparison() if table is not None:
            told = comparison_sentences(table, thing, words)
            return Shown(thing, told, comparison_figures(thing, words), list(thing.rows()))
    raise NothingToShow(
        "There is no picture of a {kind}.",
        hint="Show a table, packages, an outlook or a what-if; give the table with the last two.",
        kind=type(thing).__name__,
    )


def _short(cell: object) -> str:
    return f"{cell:.3g}" if isinstance(cell, float) else str(cell)


def _with_width(spec: dict[str, Any]) -> dict[str, Any]:
    """Turn widths that count from the edge of a page into one that fits a notebook."""
    width = spec.get("width")
    return spec | {"width": max(700 + width, 200)} if isinstance(width, int) and width < 0 else spec
