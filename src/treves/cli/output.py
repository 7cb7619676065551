"""What all commands share: output formats, messages, progress, exit with review."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

import attrs
import click

from treves.cli.languages import LANGUAGES, catalogue
from treves.cli.tables import Column, write_table
from treves.errors import Phrase, TrevesError

F = TypeVar("F", bound=Callable[..., Any])
_PASSWORD = re.compile(r"(://[^/@:]*:).*@")
_QUERY_PASSWORD = re.compile(r"((?:ssl)?password=)[^&]*")
DONE, DATA_ERROR, USAGE_ERROR, WANTS_REVIEW, INTERRUPTED = 0, 1, 2, 3, 130


@attrs.define
class Settings:
    """Options that hold for every command.

    Attributes:
        silent: print no progress and no messages.
        language: "en" or "nl", of help, messages, errors, tables and briefs.
        arguments: the whole command line, without the name of the program.
    """

    silent: bool = False
    language: str = "en"
    arguments: tuple[str, ...] = ()

    def say(self, key: str, **values: object) -> None:
        """Print the message called `key` to stderr, unless silent."""
        if not self.silent:
            click.echo(self.word(key).format(**values), err=True)

    def word(self, key: str) -> str:
        """Return the message or word called `key` in the language of the interface."""
        return words(self.language)[key]

    def told(self, what: str | TrevesError) -> str:
        """Return an error, or words of one, in the language of the interface; other text as it is."""
        return what.told(catalogue("errors", self.language)) if isinstance(what, Phrase | TrevesError) else what

    def shown(self, value: str) -> str:
        """Return a value of the domain ("person", "next step") as the interface calls it."""
        return words(self.language).get(f"value_{value.replace(' ', '_')}", value)


@cache
def words(language: str) -> dict[str, str]:
    """Return the messages and column headings in `language` ("en" or "nl")."""
    import tomllib
    from importlib.resources import files

    text = (files("treves.cli") / "words" / f"{language}.toml").read_text(encoding="utf-8")
    found: dict[str, str] = tomllib.loads(text)
    return found


def _be_silent(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    if value:
        ctx.ensure_object(Settings).silent = True


def common_options(*, env: bool = False) -> list[click.Parameter]:
    """Return the options --silent and --language, which may stand anywhere.

    The language is already known when they are parsed, see :func:`treves.cli.languages.language_of`; here it is checked.

    Args:
        env: whether the environment may tell the language, by TREVES_LANGUAGE.
    """
    silent = click.Option(
        ["--silent"],
        is_flag=True,
        expose_value=False,
        callback=_be_silent,
        help="Print no progress and no messages, only data and errors.",
    )
    language = click.Option(
        ["--language"],
        type=click.Choice(LANGUAGES),
        envvar="TREVES_LANGUAGE" if env else None,
        expose_value=False,
        help="Language of help, messages, tables and briefs; English by default.",
    )
    return [silent, language]


class Command(click.Command):
    """A command with the options that all commands have."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(common_options())


class Group(click.Group):
    """A command with commands of its own; it and they have the options that all commands have."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(common_options())


def output_options(command: F) -> F:
    """Give a listing command the options --json, --jsonl, --csv and --table (the default)."""
    for name, told in (
        ("table", "Print a table (the default)."),
        ("csv", "Print comma-separated values."),
        ("jsonl", "Print one JSON object a line."),
        ("json", "Print one JSON array."),
    ):
        command = click.option(f"--{name}", "form", flag_value=name, type=str, default=None, help=told)(command)
    return command


def as_of_option(command: F) -> F:
    """Give a command the option --as-of."""
    told = "Only what was published before this time (2023-07-06T12:00); a date means the end of that day."
    return click.option("--as-of", "as_of", metavar="TIME", help=told)(command)


def write_rows(
    rows: Iterable[Mapping[str, Any]],
    form: str | None,
    settings: Settings,
    *,
    columns: tuple[Column, ...],
    names: Iterable[str] = (),
    zone: str = "",
) -> None:
    """Write rows to stdout.

    Args:
        rows: the rows; all have the same keys.
        form: "json", "jsonl" or "csv", which hold every column; otherwise a table of `columns`.
        settings: the language of the table.
        columns: what the table shows.
        names: all keys of a row, for the header of a CSV without rows.
        zone: IANA name of the zone in which the table shows times; as they are when empty.
    """
    if form == "json":
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=1))
    elif form == "jsonl":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    elif form == "csv":
        _write_csv(rows, list(names))
    elif not write_table(rows, columns, words=words(settings.language), zone=zone):
        settings.say("nothing")


def _write_csv(rows: Iterable[Mapping[str, Any]], names: list[str]) -> None:
    """Write the cells as :mod:`treves.exchange.exports` does: texts as they are, None as nothing, all else as JSON."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    header = names
    if header:
        writer.writerow(header)
    for row in rows:
        if not header:
            header = list(row)
            writer.writerow(header)
        writer.writerow(_cell(row[name]) for name in header)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@contextmanager
def progress(settings: Settings, label: str) -> Iterator[Callable[[str], None]]:
    """Show a counter on stderr while the block runs: on a terminal only, and never when silent."""
    if settings.silent or not sys.stderr.isatty():
        yield lambda _name: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    shown = Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed}"), TimeElapsedColumn(),
        console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=True,
    )  # fmt: skip
    with shown:
        task = shown.add_task(settings.word(label), total=None)
        yield lambda _name: shown.advance(task)


def tell_unread(unread: Iterable[tuple[str, str]], settings: Settings) -> None:
    """Say which reports are kept but not read, for want of a language pack."""
    for name, language in unread:
        settings.say("unread_unknown" if language == "und" else "unread", name=name, language=language)


def report_failures(failures: Iterable[Any], settings: Settings, *, used: int = 1) -> int:
    """Print what could not be used to stderr and return the exit code.

    Args:
        failures: what could not be used.
        settings: the language.
        used: number of reports that could be used.

    Returns:
        0 when all is well, 3 when something wants review, 1 when nothing at all could be used.
    """
    listed = list(failures)
    for failure in listed:
        click.echo(f"{settings.told(failure.name)}: {settings.told(failure.error)}", err=True)
    if not listed:
        return DONE
    settings.say("failed", count=len(listed))
    return WANTS_REVIEW if used or any(f.kept for f in listed) else DATA_ERROR


def masked(argument: str) -> str:
    """Return an argument without the password that the address of a database may hold."""
    if not argument.startswith(("postgres:", "postgresql:", "postgresql+", "--dossier=postgres")):
        return argument
    return _QUERY_PASSWORD.sub(r"\1***", _PASSWORD.sub(r"\1***@", argument))
