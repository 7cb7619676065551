"""Commands that look: statements, actors, events, search, why, export."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import click

from treves.cli.output import Settings, as_of_option, output_options, write_rows

EXPORTS = ("statements", "actors", "events", "differences", "reports", "annotations", "texts", "corrections")


def _rows(dossier: str, kind: str, as_of: str | None) -> list[dict[str, Any]]:
    from treves.dates import parse_as_of
    from treves.exchange.rows import RowKind, rows
    from treves.services.views import view_of
    from treves.store import open_store

    with open_store(dossier) as store:
        zone = store.setting("zone", "Europe/Amsterdam")
        view = view_of(store, as_of=parse_as_of(as_of, where=zone) if as_of else None)
    return [dict(row) for row in rows(view, RowKind(kind))]


@click.command()
@click.argument("dossier")
@click.option("--speaker", help="Only of speakers whose name has these words.")
@as_of_option
@output_options
@click.pass_obj
def statements(settings: Settings, /, dossier: str, *, speaker: str | None, as_of: str | None, form: str | None) -> None:
    """List who said what, one line a telling, utterances told by several outlets together."""
    from treves.text import fold

    rows = _rows(dossier, "statements", as_of)
    if speaker:
        wanted = fold(speaker)
        rows = [r for r in rows if wanted in fold(" ".join(n for names in r["speaker_names"] for n in names))]
    write_rows(rows, form, settings, columns=("statement", "published", "outlet", "speaker_names", "content"))


@click.command()
@click.argument("dossier")
@as_of_option
@output_options
@click.pass_obj
def actors(settings: Settings, /, dossier: str, *, as_of: str | None, form: str | None) -> None:
    """List persons, parties, bodies and unnamed sources, joined across reports."""
    rows = _rows(dossier, "actors", as_of)
    write_rows(rows, form, settings, columns=("actor", "kind", "name", "party", "offices", "mentions"))


@click.command()
@click.argument("dossier")
@as_of_option
@output_options
@click.pass_obj
def events(settings: Settings, /, dossier: str, *, as_of: str | None, form: str | None) -> None:
    """List sessions, deadlines, ultimatums and next steps, in order of time."""
    rows = _rows(dossier, "events", as_of)
    columns = ("event", "kind", "label", "when", "start", "end", "certainty", "wording")
    write_rows(rows, form, settings, columns=columns)


@click.command()
@click.argument("dossier")
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="At most so many.")
@as_of_option
@output_options
@click.pass_obj
def search(settings: Settings, /, dossier: str, query: str, *, limit: int, as_of: str | None, form: str | None) -> None:
    """Find reports by their words.

    All words must occur; "words in quotes" must follow one another; a star stands for any ending (migra*).
    """
    from treves.dates import parse_as_of
    from treves.services.views import search as find
    from treves.store import open_store

    with open_store(dossier) as store:
        hits = find(store, query, limit=limit, as_of=parse_as_of(as_of) if as_of else None)
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
    write_rows(rows, form, settings, columns=("name", "published", "outlet", "snippet"))


@click.command()
@click.argument("dossier")
@click.argument("id_", metavar="ID")
@output_options
@click.pass_obj
def why(settings: Settings, /, dossier: str, id_: str, *, form: str | None) -> None:
    """Follow anything with an id to the passages, rules, runs and corrections that it rests on."""
    from treves.services.explanations import why as reasons_of
    from treves.store import open_store

    with open_store(dossier) as store:
        reasons = reasons_of(store, id_)
    columns = ("what", "about", "exact", "report", "outlet", "published", "rule", "run", "corrections")
    write_rows([r.row() for r in reasons], form, settings, columns=columns)


@click.command()
@click.argument("dossier")
@click.argument("kind", type=click.Choice(EXPORTS))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write.")
@click.option("--format", "form", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True, help="Of rows.")
@as_of_option
@click.pass_obj
def export(settings: Settings, /, dossier: str, kind: str, *, out: Path, form: str, as_of: str | None) -> None:
    """Write everything of one kind to a file.

    Annotations are W3C Web Annotations (JSON-LD); texts are the reports themselves (JSONL, can be added again).
    """
    from treves.dates import parse_as_of
    from treves.services.exporting import export_text
    from treves.services.files import write_whole
    from treves.store import open_store

    buffer = io.StringIO()
    with open_store(dossier) as store:
        count = export_text(store, kind, buffer, form=form, as_of=parse_as_of(as_of) if as_of else None)
    write_whole(out, buffer.getvalue())
    settings.say("exported", count=count, target=out)
