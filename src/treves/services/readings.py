"""Reading reports without a dossier: files in, readings out, on one processor or several."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import gettempdir
from typing import Any, ClassVar, TypeVar

import attrs

from treves.dates import DEFAULT_ZONE
from treves.errors import SettingError
from treves.exchange.intake import load_all
from treves.exchange.reports import Failure
from treves.model.actors import Roster
from treves.model.evidence import Document
from treves.model.reading import Reading
from treves.store.faults import full

P = TypeVar("P")
STATEMENT_KEYS = ("document", "start", "end", "kind", "speakers", "cue", "group", "content", "rule")
"""Keys of the rows that :func:`statement_rows` yields, in order."""
_BATCH = 64  # reports that are handed out at a time, so that few are held


class ExtraNeeded(SettingError):
    """An option asks for a library that is not installed."""

    code: ClassVar[str] = "T402"


class NoCluster(SettingError):
    """No Dask scheduler answers at the address that was given."""

    code: ClassVar[str] = "T404"


class ReaderLost(SettingError):
    """A process that was reading has been ended from outside, mostly for want of memory."""

    code: ClassVar[str] = "T405"


@attrs.frozen
class ReadReport:
    """One report with what was read in it."""

    document: Document
    reading: Reading


@attrs.frozen
class ReadOptions:
    """How reports are read.

    Attributes:
        roster: persons known beforehand; None if there are none.
        zone: IANA name of the time zone of the place.
        pipeline: name of an installed spaCy pipeline whose parse names the speakers; empty for none.
    """

    roster: Roster | None = None
    zone: str = DEFAULT_ZONE
    pipeline: str = ""

    def told(self) -> dict[str, str]:
        """Return the options that bear on the result, for the log of runs."""
        persons = str(len(self.roster.entries)) if self.roster else ""
        given = {"zone": self.zone, "pipeline": self.pipeline, "roster": persons}
        return {name: value for name, value in given.items() if value}


def identify_language(document: Document) -> Document:
    """Return `document` with its language identified, unless something told it before.

    Raises:
        DiskFull: there is no room for the temporary file that this needs, the first time.
    """
    if document.language != "und":
        return document
    from treves.reading.language import identify

    try:
        return attrs.evolve(document, language=identify(document.body))
    except OSError as error:
        raise full(f"{gettempdir()}, the folder for temporary files") from error


def read_document(document: Document, options: ReadOptions) -> ReadReport:
    """Identify the language of one report and read it."""
    from treves.reading.reader import read

    told = identify_language(document)
    return ReadReport(told, read(told, roster=options.roster, zone=options.zone, pipeline=options.pipeline))


def _read_loaded(item: Document | P, options: ReadOptions) -> ReadReport | P:
    return read_document(item, options) if isinstance(item, Document) else item


def read_loaded(
    items: Iterable[Document | P], options: ReadOptions, *, executor: Executor | None = None
) -> Iterator[ReadReport | P]:
    """Read loaded reports, in their order; whatever is no document (a failure) passes through.

    Args:
        items: reports and other things as loaded.
        options: how to read.
        executor: spreads the reading over processes or machines (see :func:`executor_of`); None reads here.

    Raises:
        ReaderLost: a process of the executor has died.
    """
    work: Callable[[Document | P], ReadReport | P] = partial(_read_loaded, options=options)
    if executor is None:
        yield from map(work, items)
        return
    rest = iter(items)
    try:
        while batch := list(islice(rest, _BATCH)):
            yield from executor.map(work, batch)
    except BrokenExecutor as error:
        raise ReaderLost("A process that was reading has been ended from outside.", hint="Use fewer --jobs.") from error


@contextmanager
def executor_of(jobs: int = 1, dask: str = "") -> Iterator[Executor | None]:
    """Provide what spreads the reading: nothing for one job, else a pool of processes, or a Dask cluster.

    A program that asks for several jobs must be safe to import (``if __name__ == "__main__":``), for the processes are
    started afresh: a copy of this one would hold the open dossier too.

    Args:
        jobs: number of processes, 1 or more.
        dask: address of a Dask scheduler ("tcp://host:8786"); empty for none.

    Raises:
        ExtraNeeded: Dask is asked for and not installed.
        NoCluster: the scheduler does not answer.
    """
    if dask:
        with _dask_client(dask) as client, client.get_executor() as executor:
            yield executor
    elif jobs > 1:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_leave_interrupts)
        try:
            yield pool
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    else:
        yield None


def _leave_interrupts() -> None:
    """Let Ctrl-C be handled by the process that started this one, which then ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _dask_client(address: str) -> Any:
    try:
        import distributed
    except ImportError as error:
        raise ExtraNeeded("Dask is not installed.", hint="pip install 'treves[dask]'") from error
    connect: Any = distributed.Client  # which has no types
    try:
        return connect(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise NoCluster(
            "No Dask scheduler answers at {address} ({error}).",
            hint="Start one with: dask scheduler",
            address=address,
            error=error,
        ) from error


def read_paths(
    paths: Iterable[Path | str], options: ReadOptions | None = None, *, executor: Executor | None = None
) -> Iterator[ReadReport | Failure]:
    """Read the reports in files and folders, in order; one that cannot be used is a failure and stops no other."""
    told = options or ReadOptions()
    yield from read_loaded(load_all(paths, zone=told.zone), told, executor=executor)


def statement_rows(report: ReadReport) -> Iterator[dict[str, Any]]:
    """Yield the statements of one report as flat rows, in the format of gold files.

    Keys: document (the file's name), start, end, kind, speakers (names; every candidate where the report is ambiguous),
    cue, group, content, rule.
    """
    text = report.document.text
    for statement in report.reading.statements:
        names = [report.reading.actors[key].name for speaker in statement.speakers for key in speaker.actors]
        yield {
            "document": report.document.name,
            "start": statement.content.start,
            "end": statement.content.end,
            "kind": str(statement.kind),
            "speakers": list(dict.fromkeys(names)),
            "cue": statement.cue.of(text) if statement.cue else None,
            "group": statement.group,
            "content": statement.content.of(text),
            "rule": statement.rule,
        }
