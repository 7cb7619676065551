"""Making and filling dossiers: new, add, read again, watch and fetch feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from datetime import UTC, datetime
from pathlib import Path

import attrs

import treves
from treves.dates import UNKNOWN_MOMENT, parse_moment
from treves.exchange.feeds import FeedState, fetch
from treves.exchange.intake import load_all
from treves.exchange.reports import NO_FACTS, Facts, Failure
from treves.exchange.web_client import Client
from treves.errors import TrevesError
from treves.model.evidence import Document, Origin
from treves.model.reading import Reading
from treves.reading.reader import reader_name
from treves.services.readings import ReadOptions, ReadReport, read_document, read_loaded
from treves.store import AddOutcome, Feed, Store, open_store

Progress = Callable[[str], None]
"""Called with the name of every report that is done."""


@attrs.define
class Added:
    """What adding did.

    Attributes:
        outcomes: how many reports were added, known already, or known and now better told.
        failures: what could not be used, and why.
        unread: names of the reports kept in a language without a pack, with the language.
        statements: number of statements read.
    """

    outcomes: dict[AddOutcome, int] = attrs.field(factory=lambda: dict.fromkeys(AddOutcome, 0))
    failures: list[Failure] = attrs.field(factory=list)
    unread: list[tuple[str, str]] = attrs.field(factory=list)
    statements: int = 0


def new_dossier(target: str | Path, *, name: str = "", zone: str = "") -> None:
    """Make an empty dossier at `target`.

    Args:
        target: path of the file, or address of a PostgreSQL database.
        name: title shown on briefs.
        zone: IANA name of the place's time zone; by default Europe/Amsterdam.

    Raises:
        DossierError: it cannot be made.
        InvalidTime: there is no such zone.
    """
    from treves.dates import zone as zone_of

    if zone:
        zone_of(zone)
    with open_store(target, create=True) as store:
        if name:
            store.put_setting("name", name)
        if zone:
            store.put_setting("zone", zone)


def options_of(store: Store, options: ReadOptions | None = None) -> ReadOptions:
    """Return how this dossier is read: as asked for, in its own time zone and with its own roster where none is given."""
    zone = store.setting("zone")
    asked = options or ReadOptions()
    return attrs.evolve(asked, zone=zone) if zone else asked


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

    Args:
        store: the dossier.
        paths: files and folders.
        options: how to read.
        hand: outlet and publication time as a person tells them, for all reports.
        sidecar: a table for all reports; by default each folder's own ``reports.csv``.
        executor: spreads the reading; see :func:`treves.services.readings.executor_of`.
        progress: told the name of every report that is done.

    Raises:
        DossierError: the dossier cannot be written.
    """
    told = options_of(store, options)
    loaded = load_all(paths, sidecar=sidecar, hand=hand, zone=told.zone)
    return _add(store, read_loaded(loaded, told, executor=executor), told, progress)


def hand_facts(outlet: str | None, published: str | None, zone: str) -> Facts:
    """Return what a person tells about reports.

    Raises:
        InvalidTime: `published` is no date or time.
    """
    moment = parse_moment(published, where=zone) if published else UNKNOWN_MOMENT
    return Facts(outlet=outlet, published=moment).told_by(Origin.HAND)


def _add(
    store: Store, items: Iterable[ReadReport | Failure], options: ReadOptions, progress: Progress | None
) -> Added:
    added = Added()
    run = store.start_run(reader_name("nl"), treves.__version__, options.told())

    def usable() -> Iterator[tuple[Document, Reading | None]]:
        for item in items:
            if isinstance(item, Failure):
                added.failures.append(item)
                continue
            if not item.reading.reader:
                added.unread.append((item.document.name, item.document.language))
            added.statements += len(item.reading.statements)
            yield item.document, item.reading
            if progress:
                progress(item.document.name)

    for outcome in store.add_many(usable(), run=run):
        added.outcomes[outcome] += 1
    _read_left(store, options, run)
    return added


def _read_left(store: Store, options: ReadOptions, run: str) -> None:
    """Read reports that stand in the dossier under another header than the one just read, or that were never read."""
    left = [i for i, reader in store.read_by().items() if not reader]
    languages = {i: store.document(i) for i in left}
    todo = [d for d in languages.values() if reader_name(d.language)]
    if todo:
        store.put_readings((read_document(d, options).reading for d in todo), run=run)


def reread(store: Store, options: ReadOptions | None = None, *, progress: Progress | None = None) -> int:
    """Read every report of a dossier again and return how many; corrections stay as they are."""
    told = options_of(store, options)
    run = store.start_run(reader_name("nl"), treves.__version__, told.told())

    def readings() -> Iterator[Reading]:
        for document in store.documents():
            yield read_document(document, told).reading
            if progress:
                progress(document.name)

    return store.put_readings(readings(), run=run)


def watch_feed(store: Store, url: str) -> None:
    """Put a feed on the watched list."""
    if url not in {f.url for f in store.feeds()}:
        store.put_feed(Feed(url))


def fetch_feeds(
    store: Store, urls: Iterable[str] = (), *, client: Client | None = None, progress: Progress | None = None
) -> Added:
    """Fetch what is new in the watched feeds, or in `urls`, and add it.

    A feed that fails is told and stops no other. The validators of a visit are kept only after its reports are.
    """
    asked = list(urls)
    options = options_of(store)
    total = Added()
    caller = client or Client()
    for feed in [f for f in store.feeds() if not asked or f.url in asked]:
        try:
            result = fetch(feed.url, _state(store, feed), client=caller, zone=options.zone)
        except TrevesError as error:
            total.failures.append(Failure(feed.url, error))
            continue
        added = _add(store, read_loaded(result.documents, options), options, progress)
        total.failures += [*result.failures, *added.failures]
        total.unread += added.unread
        total.statements += added.statements
        for outcome, count in added.outcomes.items():
            total.outcomes[outcome] += count
        store.put_feed(
            attrs.evolve(
                feed,
                title=result.title or feed.title,
                etag=result.state.etag,
                modified=result.state.modified,
                checked_at=datetime.now(UTC),
            )
        )
    return total


def _state(store: Store, feed: Feed) -> FeedState:
    """What to remember of a feed: its validators, and as seen every name that the dossier has."""
    seen = tuple(a.name for d in store.documents() for a in d.appearances)
    return FeedState(feed.etag, feed.modified, seen)
