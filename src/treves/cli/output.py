"""What all commands share: output formats, messages, progress, exit with review."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

import attrs
import click

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("json", "jsonl", "csv", "table")


@attrs.frozen
class Settings:
    """Options that hold for every command."""

    silent: bool = False
    language: str = "en"

    def say(self, key: str, **values: object) -> None:
        """Print the message called `key` to stderr, unless silent."""
        if not self.silent:
            click.echo(words(self.language)[key].format(**values), err=True)


@cache
def words(language: str) -> dict[str, str]:
    """Return the messages and column headings in `language` ("en" or "nl")."""
    import tomllib
    from importlib.resources import files

    text = (files("treves.cli") / "words" / f"{language}.toml").read_text(encoding="utf-8")
    found: dict[str, str] = tomllib.loads(text)
    return found


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


def write_rows(rows: Iterable[Mapping[str, Any]], form: str | None, settings: Settings, *, columns: tuple[str, ...]) -> None:
    """Write rows to stdout in the format `form`; a table shows only `columns`, the other formats everything."""
    if form == "json":
        listed = list(rows)
        click.echo(json.dumps(listed, ensure_ascii=False, indent=1))
    elif form == "jsonl":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    elif form == "csv":
        _write_csv(rows)
    else:
        _write_table(rows, settings, columns)


def _write_csv(rows: Iterable[Mapping[str, Any]]) -> None:
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(sys.stdout, fieldnames=list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow({k: json.dumps(v, ensure_ascii=False) if isinstance(v, list | dict) else v for k, v in row.items()})


def _write_table(rows: Iterable[Mapping[str, Any]], settings: Settings, columns: tuple[str, ...]) -> None:
    from rich.console import Console
    from rich.table import Table

    told = words(settings.language)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(told.get(f"column_{column}", column), overflow="fold")
    count = 0
    for row in rows:
        table.add_row(*(_cell(row.get(column)) for column in columns))
        count += 1
    if count:
        width = None if sys.stdout.isatty() else 160
        Console(width=width, highlight=False, markup=False).print(table)
    else:
        settings.say("nothing")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(" / ".join(v) if isinstance(v, list) else str(v) for v in value)
    return str(value)


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
        console=Console(stderr=True), transient=True,
    )  # fmt: skip
    with shown:
        task = shown.add_task(words(settings.language)[label], total=None)
        yield lambda _name: shown.advance(task)


def report_failures(failures: Iterable[Any], settings: Settings) -> int:
    """Print what could not be used to stderr and return the exit code: 3 if anything, else 0."""
    listed = list(failures)
    for failure in listed:
        click.echo(f"{failure.name}: {failure.error}", err=True)
    if listed:
        settings.say("failed", count=len(listed))
    return 3 if listed else 0
