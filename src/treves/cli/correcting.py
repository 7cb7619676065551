"""Commands for a person's corrections: correct (with a verb each) and undo."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from treves.cli.output import Command, F, Group, Settings, output_options, write_rows
from treves.cli.tables import Column

if TYPE_CHECKING:
    from treves.model.corrections import Correction, CorrectionValue

LOG_TABLE = (
    Column("correction"),
    Column("kind", coded=True),
    Column("target"),
    Column("made_at"),
    Column("author", least=8),
    Column("values", least=20, below=True),
    Column("undone_at", below=True),
)


def _user() -> str:
    """Name of the user, as far as the system knows one."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def author_option(command: F) -> F:
    """Give a correcting command the option --by."""
    told = "Who corrects; by default your user name."
    return click.option("--by", "author", metavar="NAME", default=_user, help=told)(command)


def _tell(settings: Settings, key: str, made: Correction) -> None:
    settings.say(key, id=made.id, kind=settings.shown(str(made.kind)), target=made.target)


def _correct(
    settings: Settings, dossier: str, kind: str, target: str, values: Mapping[str, CorrectionValue], *, author: str
) -> None:
    from treves.model.corrections import CorrectionKind
    from treves.services.corrections import correct as store_correction
    from treves.store import open_store

    with open_store(dossier) as store:
        made = store_correction(store, CorrectionKind(kind), target, dict(values), author=author)
    _tell(settings, "corrected", made)


@click.group(cls=Group)
def correct() -> None:
    """Correct what the reader made of the reports.

    Corrections outrank the reader, survive reading again, are logged, and can be undone.
    """


@correct.command("rename", short_help="Give an actor another name.")
@click.argument("dossier")
@click.argument("actor")
@click.argument("name")
@click.option("--party", metavar="NAME", help="Also set the party.")
@author_option
@click.pass_obj
def rename(settings: Settings, /, dossier: str, actor: str, name: str, *, party: str | None, author: str) -> None:
    """Give an actor (id) another name; its id stays."""
    values = {"name": name, **({"party": party} if party else {})}
    _correct(settings, dossier, "rename", actor, values, author=author)


@correct.command("merge", short_help="Say that two actors are one.")
@click.argument("dossier")
@click.argument("actor")
@click.argument("into")
@author_option
@click.pass_obj
def merge(settings: Settings, /, dossier: str, actor: str, into: str, *, author: str) -> None:
    """Say that an actor (id) is the same as another (id), INTO."""
    _correct(settings, dossier, "merge", actor, {"into": into}, author=author)


@correct.command("split", short_help="Say that some reports mean another actor.")
@click.argument("dossier")
@click.argument("actor")
@click.argument("name")
@click.argument("reports", nargs=-1, required=True)
@author_option
@click.pass_obj
def split(settings: Settings, /, dossier: str, actor: str, name: str, reports: tuple[str, ...], *, author: str) -> None:
    """Say that where some REPORTS (names or ids) mention an actor (id), they mean another one, called NAME."""
    _correct(settings, dossier, "split", actor, {"name": name, "documents": list(reports)}, author=author)


@correct.command("speaker", short_help="Set who made a statement.")
@click.argument("dossier")
@click.argument("statement")
@click.argument("speakers", nargs=-1)
@author_option
@click.pass_obj
def speaker(settings: Settings, /, dossier: str, statement: str, speakers: tuple[str, ...], *, author: str) -> None:
    """Set who made a statement (id): names or ids of actors; no SPEAKERS means that nobody is named."""
    _correct(settings, dossier, "speaker", statement, {"speakers": list(speakers)}, author=author)


@correct.command("reject", short_help="Say that something is no statement.")
@click.argument("dossier")
@click.argument("statement")
@author_option
@click.pass_obj
def reject(settings: Settings, /, dossier: str, statement: str, *, author: str) -> None:
    """Say that something (id) is no statement."""
    _correct(settings, dossier, "reject", statement, {}, author=author)


@correct.command("add", short_help="Add a statement that the reader missed.")
@click.argument("dossier")
@click.argument("report")
@click.argument("words")
@click.argument("speakers", nargs=-1)
@click.option(
    "--kind",
    type=click.Choice(["direct", "mixed", "indirect"]),
    default="direct",
    show_default=True,
    help="How the words are given.",
)
@author_option
@click.pass_obj
def add(
    settings: Settings, /, dossier: str, report: str, words: str, speakers: tuple[str, ...], *, kind: str, author: str
) -> None:
    """Add a statement that the reader missed: WORDS exactly as they stand in REPORT (name or id), said by SPEAKERS."""
    from treves.model.statements import StatementKind
    from treves.services.corrections import add_statement
    from treves.store import open_store

    with open_store(dossier) as store:
        made = add_statement(store, report, words, speakers, kind=StatementKind(kind), author=author)
    _tell(settings, "corrected", made)


@correct.command("date", short_help="Set when an event was, or a report was published.")
@click.argument("dossier")
@click.argument("target")
@click.argument("moment")
@author_option
@click.pass_obj
def date(settings: Settings, /, dossier: str, target: str, moment: str, *, author: str) -> None:
    """Set when an event (id) took place or will, or when a report (name or id) was published.

    MOMENT is 2023, 2023-07, 2023-07-06 or 2023-07-06T21:30. A report is then read again, for the times that it tells
    hang on its own.
    """
    _correct(settings, dossier, "date", target, {"moment": moment}, author=author)


@correct.command("outlet", short_help="Set who published a report.")
@click.argument("dossier")
@click.argument("report")
@click.argument("name")
@author_option
@click.pass_obj
def outlet(settings: Settings, /, dossier: str, report: str, name: str, *, author: str) -> None:
    """Set who published a report (name or id)."""
    _correct(settings, dossier, "outlet", report, {"outlet": name}, author=author)


@correct.command("log", short_help="List all corrections, undone ones too.")
@click.argument("dossier")
@output_options
@click.pass_obj
def log(settings: Settings, /, dossier: str, *, form: str | None) -> None:
    """List all corrections, undone ones too."""
    from treves.services.corrections import log_rows
    from treves.services.views import zone_of
    from treves.store import open_store

    with open_store(dossier) as store:
        rows = log_rows(store.corrections(in_force=False))
        zone = zone_of(store)
    write_rows(rows, form, settings, columns=LOG_TABLE, names=[c.name for c in LOG_TABLE], zone=zone)


@click.command(cls=Command)
@click.argument("dossier")
@click.argument("correction", required=False)
@click.pass_obj
def undo(settings: Settings, /, dossier: str, correction: str | None) -> None:
    """Undo a correction (C1), by default the latest in force; it stays in the log."""
    from treves.services.corrections import undo as undo_correction
    from treves.store import open_store

    with open_store(dossier) as store:
        undone = undo_correction(store, correction)
    _tell(settings, "undone", undone)
