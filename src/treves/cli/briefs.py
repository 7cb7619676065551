"""The command that makes briefs."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

import click

from treves.cli.output import Settings, as_of_option, report_failures
from treves.cli.reading import options_from, reading_options


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dossier", help="A dossier: PATHS are added to it first, and the brief is of all it holds.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The HTML file to write.")
@as_of_option
@reading_options
@click.pass_obj
def brief(
    settings: Settings, /, paths: tuple[Path, ...], *, dossier: str | None, out: Path, as_of: str | None, **given: Any
) -> int:
    """Make the brief of reports or of a dossier: one self-contained HTML page.

    Every line of the page leads back to the sentence that it rests on.
    """
    from treves.dates import parse_as_of
    from treves.services import briefs
    from treves.services.files import write_whole

    if not paths and not dossier:
        raise click.UsageError("Name reports to read, or a dossier with --dossier.")
    options = options_from(given["roster"], given["zone"], given["pipeline"])
    moment = parse_as_of(as_of, where=given["zone"]) if as_of else None
    command = shlex.join(["treves", *sys.argv[1:]])
    asked: dict[str, Any] = {"as_of": moment, "language": settings.language, "command": command}
    if dossier:
        page, failures = briefs.brief_of_both(dossier, paths, options, **asked)
    else:
        page, failures = briefs.brief_of_paths(paths, options, **asked)
    write_whole(out, page)
    settings.say("brief", target=out)
    return report_failures(failures, settings)
