"""The brief: one page made of a dossier, or straight of files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from datetime import UTC, datetime
from pathlib import Path

import attrs

import treves
from treves.brief import Made, render
from treves.brief.wording import Language
from treves.exchange.reports import Failure
from treves.reading.measured import MEASURED
from treves.reading.pack import KNOWN_LANGUAGES
from treves.reading.reader import reader_name
from treves.services.readings import ReadOptions, ReadReport, read_paths
from treves.services.views import view_of, view_of_reports
from treves.store import Store


@attrs.frozen
class BriefOfPaths:
    """A brief made of files.

    Attributes:
        page: the HTML page.
        reports: number of reports that could be used.
        failures: what could not be used, and why.
        unread: names of the reports in a language without a pack, with the language.
    """

    page: str
    reports: int
    failures: tuple[Failure, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


def brief_of_dossier(
    store: Store, *, as_of: datetime | None = None, language: Language = "en", command: str = ""
) -> str:
    """Return the brief of a dossier as one HTML page.

    Args:
        store: the dossier.
        as_of: the moment that the brief speaks of, timezone-aware; None means everything.
        language: "en" or "nl", of the interface.
        command: the command that asked for it, shown at the end of the page.

    Raises:
        InvalidTime: the moment has no time zone.
        UnknownBriefLanguage: there is no interface in `language`.
    """
    runs = tuple(r.id for r in store.runs() if r.readings)
    made = _made(language, command, runs=runs, title=store.setting("name"))
    return render(view_of(store, as_of=as_of), language=language, made=made)


def brief_of_paths(
    paths: Iterable[Path | str],
    options: ReadOptions | None = None,
    *,
    as_of: datetime | None = None,
    language: Language = "en",
    command: str = "",
    executor: Executor | None = None,
) -> BriefOfPaths:
    """Return the brief of files and folders without a dossier.

    Args:
        paths: files and folders.
        options: how to read.
        as_of: the moment that the brief speaks of, timezone-aware; None means everything.
        language: "en" or "nl", of the interface.
        command: the command that asked for it, shown at the end of the page.
        executor: spreads the reading; see :func:`treves.services.readings.executor_of`.

    Raises:
        InvalidTime: the moment has no time zone, or there is no such zone.
        UnknownBriefLanguage: there is no interface in `language`.
    """
    told = options or ReadOptions()
    reports: list[ReadReport] = []
    failures: list[Failure] = []
    for item in read_paths(paths, told, executor=executor):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            reports.append(item)
    view = view_of_reports(reports, as_of=as_of, zone=told.zone, roster=told.roster)
    return BriefOfPaths(
        page=render(view, language=language, made=_made(language, command, settings=told.told())),
        reports=len(reports),
        failures=tuple(failures),
        unread=tuple((r.document.name, r.document.language) for r in reports if not r.reading.reader),
    )


def _made(
    language: Language,
    command: str,
    *,
    runs: tuple[str, ...] = (),
    title: str = "",
    settings: Mapping[str, str] | None = None,
) -> Made:
    """What the last section of the page tells."""
    return Made(
        version=treves.__version__,
        reader=", ".join(reader_name(known) for known in KNOWN_LANGUAGES),
        runs=runs,
        made_at=datetime.now(UTC),
        settings=settings or {},
        scores=MEASURED.get(language, ""),
        command=command,
        title=title,
    )
