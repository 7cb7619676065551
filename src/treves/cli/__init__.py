"""The command line: thin commands over the services. Data goes to stdout, everything else to stderr.

Exit codes: 0 done; 1 data error; 2 usage error; 3 done, but something wants review; 130 interrupted.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

import treves

DATA_ERROR, USAGE_ERROR, WANTS_REVIEW, INTERRUPTED = 1, 2, 3, 130

COMMANDS = {
    "actors": ("listing", "List persons, parties, bodies and unnamed sources, joined across reports."),
    "add": ("dossiers", "Read reports and add them to a dossier."),
    "brief": ("briefs", "Make the brief of reports or of a dossier: one HTML page."),
    "correct": ("correcting", "Correct what the reader made of the reports."),
    "evaluate": ("reading", "Score the reader against statements marked by hand."),
    "events": ("listing", "List sessions, deadlines, ultimatums and next steps."),
    "export": ("listing", "Write everything of one kind to a file."),
    "feed": ("dossiers", "Watch RSS and Atom feeds, and fetch what is new."),
    "info": ("dossiers", "Tell what a dossier holds, and whether it is intact."),
    "new": ("dossiers", "Make an empty dossier."),
    "read": ("reading", "Read reports without a dossier and print the statements."),
    "reread": ("dossiers", "Read every report of a dossier again; corrections stay."),
    "search": ("listing", "Find reports by their words."),
    "statements": ("listing", "List who said what, one line a telling."),
    "undo": ("correcting", "Undo a correction."),
    "why": ("listing", "Follow anything with an id to the passages it rests on."),
}
"""Commands, the module that holds each, and its short help (so that --help loads none of them)."""


class _LazyGroup(click.Group):
    """Loads a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load and return one command; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"treves.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their short help, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, told[1]) for name, told in sorted(COMMANDS.items())])


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(treves.__version__, prog_name="treves")
@click.option("--silent", is_flag=True, help="Print no progress and no messages, only data and errors.")
@click.option(
    "--language",
    type=click.Choice(["en", "nl"]),
    envvar="TREVES_LANGUAGE",
    default="en",
    show_default=True,
    help="Language of messages, tables and briefs.",
)
@click.pass_context
def treves_command(ctx: click.Context, *, silent: bool, language: str) -> None:
    """Turn the reporting on a political negotiation into a working model of the table.

    A dossier is one file (or a PostgreSQL address) with everything read and everything a person corrected.
    """
    from treves.cli.output import Settings

    ctx.obj = Settings(silent=silent, language=language)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit; the edge at which errors become messages and exit codes."""
    from treves.errors import SettingError, TrevesError

    try:
        code = treves_command.main(args=arguments, prog_name="treves", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE_ERROR)
    except SettingError as error:
        click.echo(f"Error {error}", err=True)
        sys.exit(USAGE_ERROR)
    except TrevesError as error:
        click.echo(f"Error {error}", err=True)
        sys.exit(DATA_ERROR)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted.", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone; nothing is wrong
        sys.exit(0)
