"""Commands for a person's corrections: correct (with a verb each) and undo."""

from __future__ import annotations

import getpass
from typing import Any

import click

from treves.cli.output import Settings, output_options, write_rows


def _correct(settings: Settings, dossier: str, kind: str, target: str, values: dict[str, Any], author: str) -> None:
    from treves.model.corrections import CorrectionKind
    from treves.services.corrections import correct as store_correction
    from treves.store import open_store

    with open_store(dossier) as store:
        made = store_correction(store, CorrectionKind(kind), target, values, author=author)
    settings.say("corrected", id=made.id, kind=str(made.kind), target=made.target)


author_option = click.option("--by", "author", default=getpass.getuser, help="Who corrects; by default your user name.")


@click.group()
def correct() -> None:
    """Correct what the reader made of the reports.

    Corrections outrank the reader, survive reading again, are logged, and can be undone.
    """


@correct.command()
@click.argument("dossier")
@click.argument("actor")
@click.argument("name")
@click.option("--party", help="Also set the party.")
@author_option
@click.pass_obj
def rename(settings: Settings, /, dossier: str, actor: str, name: str, *, party: str | None, author: str) -> None:
    """Give an actor another name."""
    values = {"name": name, **({"party": party} if party else {})}
    _correct(settings, dossier, "rename", actor, values, author)


@correct.command()
@click.argument("dossier")
@click.argument("actor")
@click.argument("into")
@author_option
@click.pass_obj
def merge(settings: Settings, /, dossier: str, actor: str, into: str, *, author: str) -> None:
    """Say that an actor is the same as another, INTO."""
    _correct(settings, dossier, "merge", actor, {"into": into}, author)


@correct.command()
@click.argument("dossier")
@click.argument("actor")
@click.argument("name")
@click.argument("documents", nargs=-1, required=True)
@author_option
@click.pass_obj
def split(settings: Settings, /, dossier: str, actor: str, name: str, documents: tuple[str, ...], *, author: str) -> None:
    """Say that an actor's mentions in some reports (ids) are another one, called NAME."""
    _correct(settings, dossier, "split", actor, {"name": name, "documents": list(documents)}, author)


@correct.command()
@click.argument("dossier")
@click.argument("statement")
@click.argument("speakers", nargs=-1)
@author_option
@click.pass_obj
def speaker(settings: Settings, /, dossier: str, statement: str, speakers: tuple[str, ...], *, author: str) -> None:
    """Set who made a statement; no SPEAKERS means that nobody is named."""
    _correct(settings, dossier, "speaker", statement, {"speakers": list(speakers)}, author)


@correct.command()
@click.argument("dossier")
@click.argument("statement")
@author_option
@click.pass_obj
def reject(settings: Settings, /, dossier: str, statement: str, *, author: str) -> None:
    """Say that something is no statement."""
    _correct(settings, dossier, "reject", statement, {}, author)


@correct.command()
@click.argument("dossier")
@click.argument("report")
@click.argument("words")
@click.argument("speakers", nargs=-1)
@click.option("--kind", type=click.Choice(["direct", "mixed", "indirect"]), default="direct", show_default=True)
@author_option
@click.pass_obj
def add(settings: Settings, /, dossier: str, report: str, words: str, speakers: tuple[str, ...], *, kind: str, author: str) -> None:
    """Add a statement that the reader missed: WORDS exactly as they stand in REPORT."""
    from treves.model.statements import StatementKind
    from treves.services.corrections import add_statement
    from treves.store import open_store

    with open_store(dossier) as store:
        made = add_statement(store, report, words, speakers, kind=StatementKind(kind), author=author)
    settings.say("corrected", id=made.id, kind=str(made.kind), target=made.target)


@correct.command()
@click.argument("dossier")
@click.argument("target")
@click.argument("moment")
@author_option
@click.pass_obj
def date(settings: Settings, /, dossier: str, target: str, moment: str, *, author: str) -> None:
    """Set when an event took place or will, or when a report was published."""
    _correct(settings, dossier, "date", target, {"moment": moment}, author)


@correct.command()
@click.argument("dossier")
@click.argument("report")
@click.argument("name")
@author_option
@click.pass_obj
def outlet(settings: Settings, /, dossier: str, report: str, name: str, *, author: str) -> None:
    """Set who published a report."""
    _correct(settings, dossier, "outlet", report, {"outlet": name}, author)


@correct.command("log")
@click.argument("dossier")
@output_options
@click.pass_obj
def log(settings: Settings, /, dossier: str, *, form: str | None) -> None:
    """List all corrections, undone ones too."""
    from treves.services.corrections import log_rows
    from treves.store import open_store

    with open_store(dossier) as store:
        rows = log_rows(store.corrections(in_force=False))
    write_rows(rows, form, settings, columns=("correction", "kind", "target", "values", "author", "made_at", "undone_at"))


@click.command()
@click.argument("dossier")
@click.argument("correction", required=False)
@click.pass_obj
def undo(settings: Settings, /, dossier: str, correction: str | None) -> None:
    """Undo a correction, by default the latest."""
    from treves.services.corrections import undo as undo_correction
    from treves.store import open_store

    with open_store(dossier) as store:
        undone = undo_correction(store, correction)
    settings.say("undone", id=undone.id, kind=str(undone.kind), target=undone.target)
