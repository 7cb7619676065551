"""The command line: thin commands over the services. Data goes to stdout, everything else to stderr.

Exit codes: 0 done; 1 data error; 2 usage error; 3 done, but something wants review; 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import Any

import click

import treves
from treves.cli.languages import catalogue, helped, language_of, spoken, translated
from treves.cli.output import DATA_ERROR, DONE, INTERRUPTED, USAGE_ERROR, Settings, common_options

PROGRAM = "treves"
COMMANDS = {
    "actors": ("listing", "List persons, parties, bodies and unnamed sources, joined across reports."),
    "add": ("dossiers", "Read reports and add them to a dossier."),
    "backtest": ("backtesting", "Tell how far off the models would have been."),
    "brief": ("briefs", "Make the brief of reports or of a dossier: one HTML page."),
    "correct": ("correcting", "Correct what the reader made of the reports."),
    "evaluate": ("reading", "Score the reader against statements marked by hand."),
    "events": ("listing", "List sessions, deadlines, ultimatums and next steps."),
    "export": ("listing", "Write everything of one kind."),
    "feed": ("feeds", "Watch RSS and Atom feeds, and fetch what is new."),
    "info": ("dossiers", "Tell what a dossier holds, and whether it is intact."),
    "new": ("dossiers", "Make an empty dossier."),
    "outlook": ("bargaining", "Tell how likely an agreement and a collapse are at the deadline."),
    "packages": ("bargaining", "Tell which packages can pass, and who blocks what."),
    "policy": ("policies", "Tell what options would do, by models with cited parameters."),
    "power": ("bargaining", "Tell how much power the decision rule gives each party."),
    "read": ("reading", "Read reports without a dossier and print the statements."),
    "reread": ("dossiers", "Read every report of a dossier again; corrections stay."),
    "search": ("looking", "Find reports by their words."),
    "statements": ("listing", "List who said what, one line a telling."),
    "table": ("tabling", "Write, check, show and convert the table of a negotiation."),
    "undo": ("correcting", "Undo a correction."),
    "whatif": ("bargaining", "Tell what a change of the table does to the outlook."),
    "why": ("looking", "Follow anything with an id to the passages it rests on."),
}
"""Commands, the module that holds each, and its short help (so that --help loads none of them)."""


class _LazyGroup(click.Group):
    """Loads a command's module when the command is asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(common_options(env=True))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load and return one command; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"treves.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return translated(command, _language(ctx))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their short help, without loading them."""
        language = _language(ctx)
        with formatter.section(catalogue("help", language).get("click", {}).get("Commands", "Commands")):
            formatter.write_dl([(name, helped(told[1], language)) for name, told in sorted(COMMANDS.items())])


def _language(ctx: click.Context) -> str:
    settings = ctx.find_object(Settings)
    return settings.language if settings else "en"


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(treves.__version__, prog_name=PROGRAM)
@click.pass_context
def treves_command(ctx: click.Context) -> None:
    """Turn the reporting on a political negotiation into a working model of the table.

    A dossier is one file (or a PostgreSQL address) with everything read and everything a person corrected.

    Exit codes: 0 done; 1 data error; 2 usage error; 3 done, but something wants review; 130 interrupted.
    """
    ctx.ensure_object(Settings)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit; the edge at which errors become messages and exit codes."""
    told = sys.argv[1:] if arguments is None else arguments
    settings = Settings(language=language_of(told), arguments=tuple(told))
    command = translated(treves_command, settings.language)
    if "_TREVES_COMPLETE" in os.environ:
        from click.shell_completion import shell_complete

        sys.exit(
            shell_complete(command, {"obj": settings}, PROGRAM, "_TREVES_COMPLETE", os.environ["_TREVES_COMPLETE"])
        )
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    with spoken(settings.language):
        code = _run(command, list(told), settings)
    sys.exit(code)


def _run(command: click.Command, arguments: list[str], settings: Settings) -> int:
    """Run the command line and return the exit code."""
    from treves.errors import SettingError, TrevesError

    try:
        # Not click's own main: it takes a broken pipe for a failure.
        with command.make_context(PROGRAM, arguments, obj=settings) as ctx:
            code = command.invoke(ctx)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return USAGE_ERROR
    except TrevesError as error:
        click.echo(f"{settings.word('error')} {settings.told(error)}", err=True)
        return USAGE_ERROR if isinstance(error, SettingError) else DATA_ERROR
    except (KeyboardInterrupt, click.Abort):
        click.echo(settings.word("interrupted"), err=True)
        return INTERRUPTED
    except OSError as error:
        return _output_lost(error, settings)
    return code if isinstance(code, int) else DONE


def _output_lost(error: OSError, settings: Settings) -> int:
    """The exit code when stdout cannot be written: its reader has gone, which is fine, or there is no room."""
    gone = isinstance(error, BrokenPipeError)
    if not gone:
        click.echo(f"{settings.word('error')}: {settings.word('output_lost').format(reason=error.strerror)}", err=True)
    # What is still waiting to be written must not fail once more at the end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return DONE if gone else DATA_ERROR
