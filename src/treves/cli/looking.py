"""Commands that look something up: search and why."""

from __future__ import annotations

from typing import Any

import click

from treves.cli.output import Command, Settings, as_of_option, output_options, words, write_rows
from treves.cli.tables import Column, write_table

SEARCH_KEYS = ("document", "name", "published", "outlet", "snippet")
SEARCH_TABLE = (
    Column("name", least=16),
    Column("published"),
    Column("outlet", least=12),
    Column("snippet", least=40, below=True),
)
WHY_TABLE = (
    Column("what"),
    Column("about", below=True),
    Column("passage", below=True),
    Column("report", below=True),
    Column("outlet", below=True),
    Column("published", below=True),
    Column("place", below=True),
    Column("rule", below=True),
    Column("run", below=True),
    Column("corrections", below=True),
    Column("id", below=True),
)


@click.command(cls=Command)
@click.argument("dossier")
@click.argument("query")
@click.option(
    "--limit", metavar="N", type=click.IntRange(1, 10_000), default=20, help="At most so many reports; 20 by default."
)
@as_of_option
@output_options
@click.pass_obj
def search(settings: Settings, /, dossier: str, query: str, *, limit: int, as_of: str | None, form: str | None) -> None:
    """Find reports by their words.

    All words must occur; "words in quotes" must follow one another; a star stands for any ending (migra*).
    """
    from treves.services.views import instant_of, zone_of
    from treves.services.views import search as find
    from treves.store import open_store

    with open_store(dossier) as store:
        hits = find(store, query, limit=limit, as_of=instant_of(store, as_of))
        zone = zone_of(store)
    rows = [
        {
            "document": h.document.id,
            "name": h.document.name,
            "published": h.document.published.iso(),
            "outlet": ", ".join(h.document.outlets) or None,
            "snippet": h.snippet,
        }
        for h in hits
    ]
    write_rows(rows, form, settings, columns=SEARCH_TABLE, names=SEARCH_KEYS, zone=zone)


@click.command(cls=Command)
@click.argument("dossier")
@click.argument("id_", metavar="ID")
@output_options
@click.pass_obj
def why(settings: Settings, /, dossier: str, id_: str, *, form: str | None) -> None:
    """Follow anything with an id to the passages, rules, runs and corrections that it rests on.

    ID is that of a statement, utterance, actor, event, difference, report (or its name), correction or run.
    """
    from treves.services.explanations import why as reasons_of
    from treves.services.views import zone_of
    from treves.store import open_store

    with open_store(dossier) as store:
        rows = [r.row() for r in reasons_of(store, id_)]
        zone = zone_of(store)
    if form in (None, "table"):
        shown = (_readable(row, settings) for row in rows)
        write_table(shown, WHY_TABLE, words=words(settings.language), zone=zone, blocks=True)
    else:
        write_rows(rows, form, settings, columns=WHY_TABLE)


def _readable(row: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """A reason with its passage in context, the words themselves in square brackets, and its place as a range."""
    sort = f", {settings.shown(row['detail'])}" if row["detail"] else ""
    row |= {"what": settings.shown(row["what"]) + sort}
    if row["exact"] is None:
        return row
    before = f"…{row['prefix']}" if row["prefix"] else ""
    after = f"{row['suffix']}…" if row["suffix"] else ""
    return row | {"passage": f"{before}[{row['exact']}]{after}", "place": f"{row['start']}-{row['end']}"}
