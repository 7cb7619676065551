"""The brief: one page made of a dossier, or straight of files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import treves
from treves.brief import Made, render
from treves.brief.wording import Language
from treves.exchange.reports import Failure
from treves.model.view import View
from treves.reading.reader import reader_name
from treves.services.readings import ReadOptions, ReadReport, read_paths
from treves.services.views import view_of, view_of_reports
from treves.store import Store

SCORES = "docs/reading.md"
"""Where the measured scores of the reader are written down."""


def brief_of_dossier(store: Store, *, as_of: datetime | None = None, language: str = "en", command: str = "") -> str:
    """Return the brief of a dossier as one HTML page.

    Args:
        store: the dossier.
        as_of: the moment that the brief speaks of, timezone-aware; None means everything.
        language: "en" or "nl", of the interface.
        command: the command that asked for it, shown at the end of the page.
    """
    view = view_of(store, as_of=as_of)
    runs = tuple(r.id for r in store.runs() if r.readings)
    return _page(view, language=language, command=command, runs=runs, title=store.setting("name"))


def brief_of_paths(
    paths: Iterable[Path | str],
    options: ReadOptions | None = None,
    *,
    as_of: datetime | None = None,
    language: str = "en",
    command: str = "",
) -> tuple[str, list[Failure]]:
    """Return the brief of files and folders without a dossier, and what could not be used."""
    told = options or ReadOptions()
    reports: list[ReadReport] = []
    failures: list[Failure] = []
    for item in read_paths(paths, told):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            reports.append(item)
    view = view_of_reports(reports, as_of=as_of, zone=told.zone)
    return _page(view, language=language, command=command, settings=told.told()), failures


def brief_of_both(
    dossier: str,
    paths: Iterable[Path | str],
    options: ReadOptions | None = None,
    *,
    as_of: datetime | None = None,
    language: str = "en",
    command: str = "",
) -> tuple[str, list[Failure]]:
    """Add reports to a dossier, making it if there are reports and it is not there, and return the brief of all it holds."""
    from treves.services.dossiers import add_paths
    from treves.store import open_store

    listed = list(paths)
    with open_store(dossier, create=bool(listed)) as store:
        failures = add_paths(store, listed, options).failures if listed else []
        return brief_of_dossier(store, as_of=as_of, language=language, command=command), failures


def _page(
    view: View,
    *,
    language: str,
    command: str,
    runs: tuple[str, ...] = (),
    title: str = "",
    settings: dict[str, str] | None = None,
) -> str:
    made = Made(
        version=treves.__version__,
        reader=reader_name("nl"),
        runs=runs,
        made_at=datetime.now(UTC),
        settings=settings or {},
        scores=_scores(language),
        command=command,
        title=title,
    )
    return render(view, language=_interface(language), made=made)


def _interface(language: str) -> Language:
    return "nl" if language == "nl" else "en"


def _scores(language: str) -> str:
    """The reader's measured scores, in the words of the interface."""
    from treves.reading.measured import MEASURED

    return MEASURED[language]
