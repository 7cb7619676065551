"""What every dossier can do, wherever it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

import attrs

from treves.model.corrections import Correction
from treves.model.evidence import Document, Passage, Span
from treves.model.reading import Reading
from treves.model.view import Filed


class AddOutcome(StrEnum):
    """What adding a report changed."""

    ADDED = "added"
    """The text is new."""
    APPEARANCE = "appearance"
    """The text was known; where or when it appeared is new, or better known."""
    SEEN = "seen"
    """Nothing is new."""


@attrs.frozen
class Run:
    """One run of the reader over reports.

    Attributes:
        id: "R" and a number that rises within the dossier.
        reader: name and version of the reader and its language packs.
        treves: version of Trêves.
        started_at: when, timezone-aware.
        settings: options that bear on the result.
        readings: number of reports whose present reading this run made.
    """

    id: str
    reader: str
    treves: str
    started_at: datetime
    settings: Mapping[str, str] = attrs.field(factory=dict)
    readings: int = 0


@attrs.frozen
class Feed:
    """A watched feed, with what its server wants to be told at the next visit.

    Attributes:
        url: its address.
        title: as the feed gives it.
        etag, modified: the validators of the last answer, as sent.
        checked_at: when it was last fetched, timezone-aware; None if never.
    """

    url: str
    title: str | None = None
    etag: str | None = None
    modified: str | None = None
    checked_at: datetime | None = None


@attrs.frozen
class Hit:
    """One report that a search found.

    Attributes:
        document: the report.
        snippet: part of the stored text around the first match, every white space shown as one space.
        start: offset of the snippet in the stored text.
        matches: spans of the stored text, within the snippet, that match the query.
        score: fitness, higher is better; comparable only within one search.
    """

    document: Document
    snippet: str
    start: int
    matches: tuple[Span, ...]
    score: float


@attrs.frozen
class Orphan:
    """A row whose words no longer stand where it says; it is shown as lost, never moved by guessing.

    Attributes:
        table: where the row is ("statement", "event", "correction", ...).
        id: of the statement, event or correction; otherwise that of the report.
        passage: the passage as stored.
    """

    table: str
    id: str
    passage: Passage


@attrs.frozen
class Info:
    """Facts about a dossier.

    Attributes:
        target: path, or address without its password.
        revision: of the schema.
        read_only: whether it can be read only.
        counts: number of rows by what they are ("documents", "appearances", "read", "statements", "actors", "events",
            "corrections" in force, "undone" ones, "runs", "feeds").
        settings: all settings.
        zone: IANA name of the place's own time zone.
    """

    target: str
    revision: str
    read_only: bool
    counts: Mapping[str, int]
    settings: Mapping[str, str]
    zone: str


class Store(Protocol):
    """A dossier, open. Use it as a context manager; it may be shared by threads, not by forked processes.

    Every call is one transaction, save the long ones that say so: it is done wholly, or not at all. When it returns,
    what it wrote outlives the process. Every method raises :class:`treves.errors.DossierError` or one of its
    subclasses when the file or database fails it, and never an error of the database library.
    """

    def __enter__(self) -> Self:
        """Return the store itself."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        ...

    def close(self) -> None:
        """Let go of the file or database."""
        ...

    def add(self, document: Document) -> AddOutcome:
        """Add a report, or where else it appeared if its text is known.

        An appearance under a known name is completed, and its outlet or time replaced where the new origin is
        stronger; another name, or another outlet of the same origin, makes another appearance.

        Raises:
            TextUnstorable: the text holds a NUL or half of a surrogate pair.
        """
        ...

    def add_many(self, items: Iterable[tuple[Document, Reading | None]], *, run: str = "") -> list[AddOutcome]:
        """Add reports with their readings, a small batch per transaction; a report never stands without its reading.

        A reading is kept unless the dossier has one by the same reader, or holds the report under another header (its
        offsets would be wrong; read the stored text instead). When `items` raises, what came before it is added.

        Args:
            items: reports and what was read in them; taken one by one, and no lock is held while they are made.
            run: id of the run that made the readings; may be empty if there are none.

        Returns:
            what happened to each, in order.

        Raises:
            UnknownRun: there is a reading, and no such run.
            ReadingMisfit: a reading does not fit its report.
            TextUnstorable: see :meth:`add`.
        """
        ...

    def put_reading(self, reading: Reading, run: str) -> None:
        """Put the reading in the place of the report's earlier one; see :meth:`put_readings`."""
        ...

    def put_readings(self, readings: Iterable[Reading], *, run: str) -> int:
        """Put readings in the place of earlier ones, a small batch per transaction; return how many.

        Corrections are not touched. Doing it twice leaves the same as doing it once.

        Raises:
            UnknownDocument: a report is not in the dossier.
            UnknownRun: there is no such run.
            ReadingMisfit: a span or actor key does not fit the stored text.
        """
        ...

    def start_run(self, reader: str, treves: str, settings: Mapping[str, str] | None = None) -> str:
        """Note that a run begins, and return its id; see :class:`Run` for the arguments."""
        ...

    def runs(self) -> list[Run]:
        """Return all runs, earliest first."""
        ...

    def documents(self) -> list[Document]:
        """Return all reports, in the order in which they were added."""
        ...

    def document(self, id: str) -> Document:  # noqa: A002 - the name of the attribute it looks for
        """Return the report called `id`.

        Raises:
            UnknownDocument: there is none.
        """
        ...

    def read_by(self) -> dict[str, str]:
        """Return, by report, the name and version of the reader; empty where it has not been read."""
        ...

    def filed(self, ids: Iterable[str] | None = None) -> list[Filed]:
        """Return reports with their readings, in the order of adding; all of them, or those called `ids`.

        Linear in the number of reports. An id that is not in the dossier is passed over.
        """
        ...

    def search(self, query: str, *, limit: int = 20) -> list[Hit]:
        """Return the reports that hold all words of `query`, best first.

        Case and accents do not matter; words in double quotes must follow one another; a star at the end of a word
        stands for any ending. Nothing else is special, so that any query is valid; one without a word finds nothing.

        Args:
            query: what to look for.
            limit: at most so many, 1 or more.
        """
        ...

    def correct(self, correction: Correction) -> Correction:
        """Store a person's correction and return it with its id; it is dated now where it has no date."""
        ...

    def undo(self, id: str | None = None) -> Correction:  # noqa: A002 - the name of the attribute it looks for
        """Undo the correction called `id`, or the latest in force; it stays in the log, marked as undone.

        Raises:
            NothingToUndo: it does not exist, or is undone already.
        """
        ...

    def corrections(self, *, in_force: bool = True) -> list[Correction]:
        """Return corrections, earliest first: those in force, or the whole log."""
        ...

    def settings(self) -> dict[str, str]:
        """Return all settings that are set."""
        ...

    def setting(self, name: str, default: str = "") -> str:
        """Return the setting called `name`, or else `default`."""
        ...

    def put_setting(self, name: str, value: str | None) -> None:
        """Set `name` to `value`; None unsets it."""
        ...

    def feeds(self) -> list[Feed]:
        """Return the watched feeds, by address."""
        ...

    def put_feed(self, feed: Feed) -> None:
        """Watch `feed`, or renew what is known of it."""
        ...

    def drop_feed(self, url: str) -> bool:
        """Watch the feed at `url` no longer; return whether it was watched."""
        ...

    def info(self) -> Info:
        """Return facts about the dossier. Linear in its size, about 0.1 s for 10,000 reports."""
        ...

    def orphans(self) -> list[Orphan]:
        """Return the rows whose words no longer stand where they say. Linear in the size of the dossier."""
        ...

    def intact(self) -> list[str]:
        """Look for damage and return what is wrong, in words; empty if nothing. Linear in the size of the dossier."""
        ...
