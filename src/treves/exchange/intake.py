"""Getting reports in: finds the files, reads each with its reader, and lets no bad one stop the others."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import ClassVar

from treves import dates
from treves.dates import DEFAULT_ZONE
from treves.errors import InputError, TrevesError
from treves.exchange.feed_list import FEED_LIST_NAME
from treves.exchange.html_pages import read_html_file, read_mhtml_file
from treves.exchange.jsonl_files import read_jsonl_file
from treves.exchange.reports import NO_FACTS, Facts, Failure
from treves.exchange.sidecar import SIDECAR_NAME, Sidecar, read_sidecar
from treves.exchange.source import Reader, Source, check_file, head, readable_name
from treves.exchange.text_files import read_text_file
from treves.model.evidence import Document

READERS: dict[str, Reader] = {
    ".txt": read_text_file,
    ".text": read_text_file,
    ".md": read_text_file,
    ".html": read_html_file,
    ".htm": read_html_file,
    ".xhtml": read_html_file,
    ".mhtml": read_mhtml_file,
    ".mht": read_mhtml_file,
    ".jsonl": read_jsonl_file,
    ".ndjson": read_jsonl_file,
}
"""Readers by suffix. The entry points of the group ``treves.readers`` add others, named after their suffix ("docx")."""

ENTRY_POINTS = "treves.readers"
_NO_REPORTS = frozenset({SIDECAR_NAME, FEED_LIST_NAME, "roster.yaml", "readme.md", "readme.txt"})
_ASSETS = re.compile(r"(.+)(?:_files|_bestanden|\.files)")  # what a browser saves beside a page
_PAGE_START = re.compile(rb"(?is)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])")
_ARCHIVE_START = re.compile(rb"(?i)(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?content-type:\s*multipart/related")
_JSON_START = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')
_SNIFFED = 4_096  # bytes that are looked at to tell what a file is
_DATA = frozenset(
    {".atom", ".cfg", ".css", ".csv", ".ini", ".js", ".json", ".py", ".rss", ".toml", ".tsv", ".xml", ".yaml", ".yml"}
)


class UnknownFormat(InputError):
    """A file is of a kind that no reader reads."""

    code: ClassVar[str] = "T107"


class NoReports(InputError):
    """A folder has no reports in it."""

    code: ClassVar[str] = "T171"


def find_reports(paths: Iterable[Path | str]) -> list[Path]:
    """Return the files that hold reports: named files as they are, folders searched with all below them.

    Sidecar tables, feed lists, rosters and READMEs are passed over, also where a pattern such as ``folder/*`` names
    them; in folders hidden files, files of other kinds and the folders that browsers save beside pages as well. A path
    that is not there stays in the list: reading it says so. The order is that of `paths`, in folders alphabetical; a
    file that is found twice stands there once.
    """
    return [path for path, _ in _found(paths)]


def load(
    path: Path,
    *,
    name: str | None = None,
    sidecar: Sidecar | None = None,
    hand: Facts = NO_FACTS,
    zone: str = DEFAULT_ZONE,
) -> Iterator[Document | Failure]:
    """Read the reports of one file; a line or fact that cannot be used is a failure among them.

    For the outlet and the publication time the strongest source counts: a person, then the sidecar table, the header,
    the page, the feed, the text.

    Args:
        path: the file; the suffix tells the reader, the content where the suffix does not.
        name: what its report is called; by default the file's name.
        sidecar: the table that tells about it.
        hand: what a person tells about it.
        zone: IANA name of the zone for times without an offset.

    Raises:
        InputError: nothing of the file can be used.
        InvalidTime: there is no such zone.
    """
    dates.zone(zone)
    called = name or readable_name(path.name)
    facts = hand.over(sidecar.facts(path.name) if sidecar else NO_FACTS)
    yield from _reader_of(path)(Source(path, called, facts, zone))
    for error in sidecar.errors_of(path.name) if sidecar else ():
        yield Failure(called, error, kept=True)


def load_all(
    paths: Iterable[Path | str], *, sidecar: Path | None = None, hand: Facts = NO_FACTS, zone: str = DEFAULT_ZONE
) -> Iterator[Document | Failure]:
    """Read all reports that :func:`find_reports` finds; one that cannot be read is a failure and stops no other.

    Args:
        paths: files and folders.
        sidecar: a table for all of them; by default each folder's own ``reports.csv``.
        hand: what a person tells about all of them.
        zone: IANA name of the zone for times without an offset.

    Raises:
        InvalidTime: there is no such zone.
    """
    dates.zone(zone)
    given = [Path(p) for p in paths]
    tables = _Sidecars(sidecar, zone)
    for path, name in _found(given):
        table, failure = tables.of(path)
        if failure:
            yield failure
        try:
            yield from load(path, name=name, sidecar=table, hand=hand, zone=zone)
        except TrevesError as error:
            yield Failure(name, error)
    yield from tables.missing(given)
    for folder in given:
        if folder.is_dir() and not find_reports([folder]):
            name = readable_name(folder)
            yield Failure(
                name,
                NoReports(
                    "The folder {name} has no reports.",
                    hint="Put {suffixes} files in it.",
                    name=name,
                    suffixes=_suffixes(),
                ),
            )


class _Sidecars:
    """The sidecar tables of folders, each read once."""

    def __init__(self, explicit: Path | None, zone: str) -> None:
        self._explicit = explicit
        self._zone = zone
        self._read: dict[Path, Sidecar | None] = {}

    def of(self, report: Path) -> tuple[Sidecar | None, Failure | None]:
        """Return the table for `report`, and a failure when it is asked for first and cannot be read."""
        path = self._explicit or report.parent / SIDECAR_NAME
        if path in self._read:
            return self._read[path], None
        self._read[path] = None
        if self._explicit is None and not path.exists():
            return None, None
        try:
            self._read[path] = read_sidecar(path, zone=self._zone)
        except TrevesError as error:
            return None, Failure(readable_name(path), error, kept=True)
        return self._read[path], None

    def missing(self, given: list[Path]) -> Iterator[Failure]:
        """Yield what tables list and is not there, and rows without a name, for folders that were asked for whole."""
        for path, table in self._read.items():
            if table is None or not (path == self._explicit or any(_within(path, folder) for folder in given)):
                continue
            yield from (Failure(SIDECAR_NAME, error, kept=True) for error in table.errors_of(""))
            yield from (Failure(SIDECAR_NAME, error) for error in table.missing())


def _within(path: Path, folder: Path) -> bool:
    return folder.is_dir() and path.parent.is_relative_to(folder)


def _found(paths: Iterable[Path | str]) -> Iterator[tuple[Path, str]]:
    """The files with the names of their reports: below a folder the path from there, else the file's own name."""
    seen: set[Path] = set()
    for given in map(Path, paths):
        inside = _below(given) if given.is_dir() else [given]
        for path in inside:
            real = path.absolute()
            if real not in seen and path.name.lower() not in _NO_REPORTS:
                seen.add(real)
                yield path, readable_name(path.relative_to(given) if given.is_dir() else Path(path.name))


def _below(folder: Path) -> list[Path]:
    """The files below `folder` that may hold reports; links to folders are not followed."""
    found: list[Path] = []
    for root, folders, files in os.walk(folder):
        pages = {Path(f).stem for f in files if Path(f).suffix.lower() in (".html", ".htm")}
        folders[:] = [f for f in folders if not f.startswith(".") and not _beside_page(f, pages)]
        found += [Path(root) / f for f in files if not f.startswith(".")]
    kinds = set(READERS) | set(_plugins())
    return sorted((p for p in found if p.suffix.lower() in kinds), key=lambda p: p.relative_to(folder).parts)


def _beside_page(folder: str, pages: set[str]) -> bool:
    match = _ASSETS.fullmatch(folder)
    return match is not None and match[1] in pages


@cache
def _plugins() -> dict[str, Reader]:
    return {f".{point.name.lower()}": point.load() for point in entry_points(group=ENTRY_POINTS)}


def _suffixes() -> str:
    return ", ".join(sorted(READERS))


def _reader_of(path: Path) -> Reader:
    """The reader for `path`: by what the file begins with, then by its suffix."""
    suffix = path.suffix.lower()
    reader = _plugins().get(suffix) or READERS.get(suffix)
    if reader is not None and reader is not read_text_file:
        return reader
    check_file(path)
    start = head(path, _SNIFFED)
    if _PAGE_START.match(start):
        return read_html_file
    if reader is not None:
        return reader
    if suffix in _DATA:
        raise UnknownFormat(
            "{name} is data, not a report: no reader reads {suffix} files.",
            hint="Give one of {suffixes}.",
            name=readable_name(path),
            suffix=suffix,
            suffixes=_suffixes(),
        )
    if _ARCHIVE_START.match(start):
        return read_mhtml_file
    return read_jsonl_file if _JSON_START.match(start) else read_text_file
