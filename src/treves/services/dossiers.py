"""Making and filling dossiers: new, add, read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import ClassVar

import attrs

import treves
from treves.dates import UNKNOWN_MOMENT, parse_moment
from treves.dates import zone as zone_of
from treves.errors import DossierError
from treves.exchange.intake import load_all
from treves.exchange.reports import NO_FACTS, Facts, Failure
from treves.model.evidence import Document, Origin
from treves.model.reading import Reading
from treves.reading.pack import KNOWN_LANGUAGES
from treves.reading.reader import reader_name
from treves.services.readings import ReadOptions, ReadReport, read_loaded
from treves.services.rosters import keep_roster, roster_of
from treves.services.views import documents_as_told
from treves.store import AddOutcome, Store, open_store
from treves.store.faults import DossierMissing

Progress = Callable[[str], None]
"""Called with the name of every report that is done."""


class DossierThere(DossierError):
    """A new dossier is asked for where there is one already."""

    code: ClassVar[str] = "T215"


@attrs.define
class Added:
    """What adding did.

    Attributes:
        outcomes: how many reports were added, known already, or known and now better told.
        failures: what could not be used, and why.
        unread: names of the reports kept in a language without a pack, with the language ("und" when it cannot be
            told).
        statements: number of statements read in the reports that were added.
    """

    outcomes: dict[AddOutcome, int] = attrs.field(factory=lambda: dict.fromkeys(AddOutcome, 0))
    failures: list[Failure] = attrs.field(factory=list)
    unread: list[tuple[str, str]] = attrs.field(factory=list)
    statements: int = 0

    def plus(self, other: Added) -> Added:
        """Return the sum of two additions."""
        return Added(
            {outcome: count + other.outcomes[outcome] for outcome, count in self.outcomes.items()},
            [*self.failures, *other.failures],
            [*self.unread, *other.unread],
            self.statements + other.statements,
        )


def new_dossier(target: str | Path, *, name: str = "", zone: str = "") -> None:
    """Make an empty dossier at `target`.

    Args:
        target: path of the file, or address of a PostgreSQL database.
        name: title shown on briefs.
        zone: IANA name of the place's time zone; by default Europe/Amsterdam.

    Raises:
        DossierThere: there is one already.
        DossierError: it cannot be made.
        InvalidTime: there is no such zone.
    """
    if zone:
        zone_of(zone)
    try:
        with open_store(target) as store:
            there = store.info().target  # without a password
    except DossierMissing:
        with open_store(target, create=True) as store:
            for setting, value in (("name", name), ("zone", zone)):
                if value:
                    store.put_setting(setting, value)
    else:
        hint = "It was left as it is; choose another name."
        raise DossierThere("There is a dossier at {there} already.", hint=hint, there=there)


def options_of(store: Store, options: ReadOptions | None = None) -> ReadOptions:
    """Return how this dossier is read: in its own time zone, and with its own roster where none is given."""
    asked = options or ReadOptions()
    return attrs.evolve(asked, zone=store.setting("zone", asked.zone), roster=asked.roster or roster_of(store))


def hand_facts(store: Store, *, outlet: str | None = None, published: str | None = None) -> Facts:
    """Return what a person tells about reports; a time without an offset is one of the dossier's zone.

    Raises:
        InvalidTime: `published` is no date or time.
    """
    moment = parse_moment(published, where=options_of(store).zone) if published else UNKNOWN_MOMENT
    return Facts(outlet=outlet, published=moment).told_by(Origin.HAND)


def add_paths(
    store: Store,
    paths: Iterable[Path | str],
    options: ReadOptions | None = None,
    *,
    hand: Facts = NO_FACTS,
    sidecar: Path | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Added:
    """Read files and folders and add them to a dossier; what cannot be used is told and stops nothing.

    Adding twice is adding once: a report that the dossier has is not read again, unless this version's reader is
    another one or its publication time has become better known.

    Args:
        store: the dossier.
        paths: files and folders.
        options: how to read; a roster in it is kept in the dossier.
        hand: outlet and publication time as a person tells them, for all reports.
        sidecar: a table for all reports; by default each folder's own ``reports.csv``.
        executor: spreads the reading; see :func:`treves.services.readings.executor_of`.
        progress: told the name of every report that is done.

    Raises:
        DossierError: the dossier cannot be written.
    """
    if options and options.roster:
        keep_roster(store, options.roster)
    told = options_of(store, options)
    loaded = load_all(paths, sidecar=sidecar, hand=hand, zone=told.zone)
    return add_loaded(store, loaded, told, executor=executor, progress=progress)


@attrs.frozen
class _Known:
    """A report that need not be read again."""

    document: Document


@attrs.define
class _Adding:
    """One addition under way: what goes into the dossier, and what is to be told of it."""

    added: Added = attrs.field(factory=Added)
    put: list[tuple[str, int]] = attrs.field(factory=list)
    progress: Progress | None = None

    def usable(self, items: Iterable[ReadReport | _Known | Failure]) -> Iterator[tuple[Document, Reading | None]]:
        """Yield reports with their readings; keep count of them, and of what cannot be used."""
        for item in items:
            if isinstance(item, Failure):
                self.added.failures.append(item)
                continue
            document = item.document
            reading = item.reading if isinstance(item, ReadReport) else None
            if reading is not None and not reading.reader:
                self.added.unread.append((document.name, document.language))
            self.put.append((document.id, len(reading.statements) if reading else 0))
            yield document, reading
            if self.progress:
                self.progress(document.name)

    def settle(self, outcomes: Iterable[AddOutcome]) -> list[str]:
        """Count what happened to each report; return the ids of those that are better told now."""
        better: list[str] = []
        for (id_, statements), outcome in zip(self.put, outcomes, strict=True):
            self.added.outcomes[outcome] += 1
            if outcome is AddOutcome.ADDED:
                self.added.statements += statements
            elif outcome is AddOutcome.APPEARANCE:
                better.append(id_)
        return better


def add_loaded(
    store: Store,
    loaded: Iterable[Document | Failure],
    options: ReadOptions,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Added:
    """Read loaded reports and add them to a dossier; see :func:`add_paths`."""
    run = store.start_run(reader_name(KNOWN_LANGUAGES[0]), treves.__version__, options.told())
    present = {reader_name(language) for language in KNOWN_LANGUAGES}
    read = {id_ for id_, reader in store.read_by().items() if reader in present}
    waiting = (_Known(d) if isinstance(d, Document) and d.id in read else d for d in loaded)
    adding = _Adding(progress=progress)
    outcomes = store.add_many(adding.usable(read_loaded(waiting, options, executor=executor)), run=run)
    # A time in a report hangs on when it was published, so one that is better told is read again.
    renew(store, [*adding.settle(outcomes), *_unread(store)], options, run=run)
    return adding.added


def _unread(store: Store) -> list[str]:
    """The reports without a reading that could be read: kept by a version without a pack, or with another header."""
    ids = {id_ for id_, reader in store.read_by().items() if not reader}
    return [f.document.id for f in store.filed(ids) if reader_name(f.document.language)] if ids else []


def renew(store: Store, ids: Iterable[str], options: ReadOptions | None = None, *, run: str = "") -> int:
    """Read the reports called `ids` again, with the publication times that a person gave, and return how many."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return 0
    told = options_of(store, options)
    documents = documents_as_told(store, [store.document(i) for i in wanted])
    made = run or store.start_run(reader_name(KNOWN_LANGUAGES[0]), treves.__version__, told.told())
    return store.put_readings((r.reading for r in read_loaded(documents, told)), run=made)


def reread(
    store: Store,
    options: ReadOptions | None = None,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> int:
    """Read every report of a dossier again and return how many; corrections stay as they are.

    Args:
        store: the dossier.
        options: how to read; a roster in it is kept in the dossier.
        executor: spreads the reading; see :func:`treves.services.readings.executor_of`.
        progress: told the name of every report that is done.

    Raises:
        DossierError: the dossier cannot be written.
    """
    if options and options.roster:
        keep_roster(store, options.roster)
    told = options_of(store, options)
    run = store.start_run(reader_name(KNOWN_LANGUAGES[0]), treves.__version__, told.told())

    def readings() -> Iterator[Reading]:
        for report in read_loaded(documents_as_told(store, store.documents()), told, executor=executor):
            yield report.reading
            if progress:
                progress(report.document.name)

    return store.put_readings(readings(), run=run)


def facts_of(store: Store) -> list[dict[str, object]]:
    """Return what a dossier holds as flat rows: fact and value."""
    told = store.info()
    roster = roster_of(store)
    facts: dict[str, object] = {
        "target": told.target,
        "name": told.settings.get("name"),
        "zone": told.zone,
        "roster": len(roster.entries) if roster else 0,
        **told.counts,
        "revision": told.revision,
        "read_only": told.read_only,
    }
    return [{"fact": fact, "value": value} for fact, value in facts.items() if value is not None]
