"""Feeds: which a dossier watches, and what is new in them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

import attrs

from treves.errors import InputError, NetworkError
from treves.exchange.feed_list import WatchedFeed, read_feed_list
from treves.exchange.feeds import FeedResult, FeedState, fetch
from treves.exchange.reports import Failure
from treves.exchange.web_client import BadAddress, Client
from treves.services.dossiers import Added, Progress, add_loaded, options_of
from treves.store import Feed, Store


class NotWatched(InputError):
    """A feed is named that the dossier does not watch."""

    code: ClassVar[str] = "T164"


@attrs.frozen
class _Told:
    """What a person said about a feed, and which of its entries will never be had.

    Attributes:
        outlet: name of the outlet; None to take the feed's own title.
        summaries: take the texts in the feed instead of fetching every page.
        refused: names of entries that were refused for good and are still in the feed.
    """

    outlet: str | None = None
    summaries: bool = False
    refused: tuple[str, ...] = ()


def watch_feed(store: Store, url: str, *, outlet: str | None = None, summaries: bool = False) -> None:
    """Put a feed on the watched list, or change how it is taken.

    Args:
        store: the dossier.
        url: its address, beginning with http:// or https://.
        outlet: name of the outlet; None to take the feed's own title.
        summaries: take the texts in the feed instead of fetching every page.

    Raises:
        BadAddress: `url` is no such address.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise BadAddress("{url!r} is no address of a feed.", hint="Write one that begins with https://.", url=url)
    if url not in {f.url for f in store.feeds()}:
        store.put_feed(Feed(url))
    _tell(store, url, attrs.evolve(_told(store, url), outlet=outlet, summaries=summaries))


def watch_list(store: Store, path: Path) -> tuple[WatchedFeed, ...]:
    """Put all feeds of a list on the watched list, and return them; see :mod:`treves.exchange.feed_list`.

    Raises:
        BadFeedList: a line of the list is no address, or stands there twice.
        InputError: the list cannot be read.
    """
    feeds = read_feed_list(path)
    for feed in feeds:
        watch_feed(store, feed.url, outlet=feed.outlet, summaries=feed.summaries)
    return feeds


def drop_feed(store: Store, url: str) -> None:
    """Take a feed off the watched list; its reports stay.

    Raises:
        NotWatched: it is not on it.
    """
    if not store.drop_feed(url):
        raise _not_watched(url)
    store.put_setting(_setting(url), None)


def feed_rows(store: Store) -> list[dict[str, object]]:
    """Return the watched feeds as flat rows: address, title, outlet, summaries, when last fetched."""
    rows: list[dict[str, object]] = []
    for feed in store.feeds():
        told = _told(store, feed.url)
        checked = feed.checked_at.isoformat(timespec="seconds") if feed.checked_at else None
        rows.append(
            {
                "url": feed.url,
                "title": feed.title,
                "outlet": told.outlet,
                "summaries": told.summaries,
                "checked": checked,
            }
        )
    return rows


def fetch_feeds(
    store: Store, urls: Iterable[str] = (), *, client: Client | None = None, progress: Progress | None = None
) -> Added:
    """Fetch what is new in the watched feeds, or in some of them, and add it.

    A feed that fails is told and stops no other. What is remembered of a visit is kept only after its reports are, so
    that nothing is lost when fetching is broken off.

    Args:
        store: the dossier.
        urls: addresses of watched feeds; none means all.
        client: does the fetching, and keeps the manners.
        progress: told the name of every report that is done.

    Raises:
        DossierError: the dossier cannot be written.
    """
    visits = _Visits(store, client or Client(), {a.name for d in store.documents() for a in d.appearances})
    watched = {f.url: f for f in store.feeds()}
    total = Added()
    for url in list(dict.fromkeys(urls)) or list(watched):
        try:
            if url not in watched:
                raise _not_watched(url)
            result = visits.pay(watched[url])
        except (InputError, NetworkError) as error:
            total.failures.append(Failure(url, error))
            continue
        total = total.plus(add_loaded(store, result.documents, options_of(store), progress=progress))
        total.failures.extend(result.failures)
        visits.remember(watched[url], result)
    return total


@attrs.frozen
class _Visits:
    """Visits to feeds, one after the other.

    Attributes:
        store: the dossier.
        client: does the fetching.
        names: names of all that the dossier has.
    """

    store: Store
    client: Client
    names: set[str]

    def pay(self, feed: Feed) -> FeedResult:
        """Return what is new in `feed`.

        Raises:
            NetworkError: it cannot be fetched.
            NotAFeed: what answers is no feed.
        """
        told = _told(self.store, feed.url)
        return fetch(
            feed.url,
            FeedState(feed.etag, feed.modified, (*self.names, *told.refused)),
            client=self.client,
            outlet=told.outlet,
            full_text=not told.summaries,
            zone=options_of(self.store).zone,
        )

    def remember(self, feed: Feed, result: FeedResult) -> None:
        """Keep what the next visit must know."""
        self.names.update(a.name for d in result.documents for a in d.appearances)
        if result.changed:
            told = _told(self.store, feed.url)
            _tell(self.store, feed.url, attrs.evolve(told, refused=_refused(told, result)))
        state = result.state
        seen = attrs.evolve(feed, title=result.title or feed.title, etag=state.etag, modified=state.modified)
        self.store.put_feed(attrs.evolve(seen, checked_at=datetime.now(UTC)))


def _refused(told: _Told, result: FeedResult) -> tuple[str, ...]:
    """The entries that were refused for good, as far as the feed still has them."""
    done = set(result.state.seen)
    names = [*told.refused, *(f.name for f in result.failures if not f.kept)]
    return tuple(dict.fromkeys(name for name in names if name in done))


def _not_watched(url: str) -> NotWatched:
    return NotWatched(
        "The feed {url} is not watched.", hint="See: treves feed list; watch it with: treves feed watch", url=url
    )


def _setting(url: str) -> str:
    return f"feed {url}"


def _told(store: Store, url: str) -> _Told:
    kept = store.setting(_setting(url))
    if not kept:
        return _Told()
    record = json.loads(kept)
    return _Told(record.get("outlet"), record.get("summaries", False), tuple(record.get("refused", ())))


def _tell(store: Store, url: str, told: _Told) -> None:
    same = told == _Told()
    store.put_setting(_setting(url), None if same else json.dumps(attrs.asdict(told), ensure_ascii=False))
