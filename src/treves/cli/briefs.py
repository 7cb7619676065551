"""The command that makes briefs."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from treves.cli.dossiers import tell_added
from treves.cli.output import (
    DATA_ERROR,
    Command,
    Settings,
    as_of_option,
    masked,
    progress,
    report_failures,
    tell_unread,
)
from treves.cli.reading import options_from, reading_options, spreading_options

if TYPE_CHECKING:
    from treves.brief.wording import Language


@click.command(cls=Command)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dossier", metavar="DOSSIER", help="PATHS are added to this dossier; the brief is of all it holds.")
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The HTML file to write.",
)
@as_of_option
@reading_options
@click.option("--zone", metavar="NAME", default="", help="Time zone of the place, for a brief without a dossier.")
@spreading_options
@click.pass_obj
def brief(settings: Settings, /, paths: tuple[Path, ...], *, dossier: str | None, out: Path, **given: Any) -> int:
    """Make the brief of reports or of a dossier: one self-contained HTML page.

    Every line of the page leads back to the sentence that it rests on. A dossier is made if there is none and PATHS
    are given.
    """
    from treves.services.files import write_whole

    if not paths and not dossier:
        raise click.UsageError(settings.word("reports_missing"))
    if dossier and given["zone"]:
        raise click.UsageError(settings.word("zone_given"))
    if dossier:
        page, code = _of_dossier(settings, dossier, paths, given)
    else:
        page, code = _of_paths(settings, paths, given)
    if code != DATA_ERROR:
        write_whole(out, page)
        settings.say("brief", target=out)
    return code


def _asked(settings: Settings) -> dict[str, Any]:
    language: Language = "nl" if settings.language == "nl" else "en"
    return {"language": language, "command": shlex.join(["treves", *map(masked, settings.arguments)])}


def _of_dossier(settings: Settings, dossier: str, paths: tuple[Path, ...], given: dict[str, Any]) -> tuple[str, int]:
    """The brief of a dossier, to which reports are added first, and the exit code."""
    from treves.services.briefs import brief_of_dossier
    from treves.services.dossiers import add_paths
    from treves.services.readings import executor_of
    from treves.services.views import instant_of
    from treves.store import open_store

    code = 0
    options = options_from(given["roster"], given["pipeline"])
    with open_store(dossier, create=bool(paths)) as store:
        moment = instant_of(store, given["as_of"])
        if paths:
            with executor_of(given["jobs"], given["dask"]) as executor, progress(settings, "reading") as done:
                added = add_paths(store, paths, options, executor=executor, progress=done)
            code = tell_added(added, settings)
        return brief_of_dossier(store, as_of=moment, **_asked(settings)), code


def _of_paths(settings: Settings, paths: tuple[Path, ...], given: dict[str, Any]) -> tuple[str, int]:
    """The brief of files, and the exit code."""
    from treves.dates import parse_as_of
    from treves.services.briefs import brief_of_paths
    from treves.services.readings import executor_of

    options = options_from(given["roster"], given["pipeline"], zone=given["zone"])
    moment = parse_as_of(given["as_of"], where=options.zone) if given["as_of"] else None
    with executor_of(given["jobs"], given["dask"]) as executor:
        made = brief_of_paths(paths, options, as_of=moment, executor=executor, **_asked(settings))
    tell_unread(made.unread, settings)
    return made.page, report_failures(made.failures, settings, used=made.reports)
