"""RSS and Atom feeds: what is new in them, as reports. State goes in and comes out; nothing is kept here."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any, ClassVar

import attrs

from treves.dates import DEFAULT_ZONE, UNKNOWN_MOMENT, InvalidTime, Moment
from treves.errors import InputError, NetworkError
from treves.exchange.html_pages import plain_text, read_page
from treves.exchange.published import read_published
from treves.exchange.reports import Facts, Failure, document_of, is_told, tidy
from treves.exchange.web_client import TEMPORARY, Client
from treves.model.evidence import Document, Origin
from treves.text import digest

MAX_PAGES = 100
"""Entries taken from a feed in one go; the rest comes next time."""
_MOST_LISTED = 5_000  # entries of one feed that are looked at


class NotAFeed(InputError):
    """What an address answers with is no RSS or Atom feed."""

    code: ClassVar[str] = "T161"


class BadEntry(InputError):
    """A feed's entry has neither an address nor a text."""

    code: ClassVar[str] = "T162"


@attrs.frozen
class FeedState:
    """What must be remembered of a feed between two visits.

    Attributes:
        etag, modified: what the server gave to ask "has it changed?" with; None when it gave nothing, or when entries
            are left for the next visit.
        seen: names of the entries that need not be taken again.
    """

    etag: str | None = None
    modified: str | None = None
    seen: tuple[str, ...] = ()


@attrs.frozen
class FeedResult:
    """What one visit to a feed gave.

    Attributes:
        documents: the new reports, in the feed's order.
        failures: entries that could not be used.
        state: what to remember for the next visit.
        title: the feed's title; None when it has none or nothing changed.
        changed: whether the server said, or did not deny, that the feed has changed.
    """

    documents: tuple[Document, ...] = ()
    failures: tuple[Failure, ...] = ()
    state: FeedState = FeedState()
    title: str | None = None
    changed: bool = True


@attrs.frozen
class Entry:
    """One entry of a feed.

    Attributes:
        name: its id, or else its address, or else a digest of its words.
        link: address of its page; None when it has none.
        title: headline; None when it has none.
        published: when, as the feed says.
        html: the text or summary that the feed itself carries; may be empty.
    """

    name: str
    link: str | None = None
    title: str | None = None
    published: Moment = UNKNOWN_MOMENT
    html: str = ""


def fetch(
    url: str,
    state: FeedState | None = None,
    *,
    client: Client,
    outlet: str | None = None,
    full_text: bool = True,
    zone: str = DEFAULT_ZONE,
) -> FeedResult:
    """Fetch what is new in a feed.

    An entry that fails is reported and stops no other. It is tried again at the next visit when the fault may pass;
    entries that were read, or that will never be had, are not.

    Args:
        url: address of the feed.
        state: what the last visit returned; None at the first.
        client: does the fetching, and keeps the manners.
        outlet: name of the outlet, when a person tells it.
        full_text: fetch every entry's page; otherwise take the text or summary from the feed.
        zone: IANA name of the zone for times without an offset.

    Raises:
        NetworkError: the feed itself cannot be fetched.
        NotAFeed: what answers is no feed.
    """
    known = state or FeedState()
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    found = client.get(url, headers={name: value for name, value in asked.items() if value})
    if found.status == 304:
        return FeedResult(state=known, changed=False)
    title, entries = read_feed(found.body, url=found.url, content_type=found.headers.get("content-type"), zone=zone)
    facts = Facts(outlet=outlet).told_by(Origin.HAND)
    reader = _EntryReader(client, facts, Facts(outlet=title), full_text, zone)
    fresh = [e for e in entries if e.name not in set(known.seen)]
    documents, failures, again = _take(fresh[:MAX_PAGES], reader)
    left = {e.name for e in fresh[MAX_PAGES:]} | again
    return FeedResult(
        documents=documents,
        failures=failures,
        state=FeedState(
            # With entries left over, the next visit must not hear that nothing has changed.
            etag=None if left else found.headers.get("etag"),
            modified=None if left else found.headers.get("last-modified"),
            seen=tuple(e.name for e in entries if e.name not in left),
        ),
        title=title,
    )


def read_feed(
    data: bytes, *, url: str, content_type: str | None = None, zone: str = DEFAULT_ZONE
) -> tuple[str | None, tuple[Entry, ...]]:
    """Return the title and the entries of a feed, each entry once.

    Args:
        data: the feed as served.
        url: its address, against which relative ones are read.
        content_type: what the server said that it is, if anything.
        zone: IANA name of the zone for times without an offset.

    Raises:
        NotAFeed: `data` is no RSS or Atom feed.
    """
    import feedparser

    headers = {"content-location": url, **({"content-type": content_type} if content_type else {})}
    try:
        # Bytes alone would be taken for a file name or an address to open.
        parsed = feedparser.parse(io.BytesIO(data), response_headers=headers)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError) as error:
        raise NotAFeed(
            "{url} cannot be read as a feed: {error}.", hint="Check the address.", url=url, error=error
        ) from None
    if not parsed.get("version"):
        raise NotAFeed("{url} is no RSS or Atom feed.", hint="Look for the feed's own address on the site.", url=url)
    # In RSS the only other date, dc:date, is one of publication; in Atom it is one of change.
    dates = ("published", "updated") if parsed.version.startswith("rss") else ("published",)
    entries = [_entry(e, dates, zone) for e in parsed.entries[:_MOST_LISTED]]
    return tidy(_words(parsed.feed, "title")), tuple({e.name: e for e in reversed(entries)}.values())[::-1]


def _entry(raw: Any, dates: tuple[str, ...], zone: str) -> Entry:
    contents = [c.get("value") or "" for c in raw.get("content") or [] if isinstance(c, dict)]
    html = max([*contents, _words(raw, "summary")], key=len)
    link = tidy(_words(raw, "link"))
    title = tidy(_plain_title(_words(raw, "title")))
    return Entry(
        name=tidy(_words(raw, "id")) or link or digest(title or "", html, length=16),
        link=link,
        title=title,
        published=next((m for d in dates if is_told(m := _moment(raw, d, zone))), UNKNOWN_MOMENT),
        html=html,
    )


def _plain_title(title: str) -> str:
    """A feed's title without the tags and entities that some feeds leave in it."""
    if "<" not in title and "&" not in title:
        return title
    try:
        return plain_text(title, name="a title")
    except InputError:
        return title


def _words(raw: Any, key: str) -> str:
    value = raw.get(key)
    return value if isinstance(value, str) else ""


def _moment(raw: Any, key: str, zone: str) -> Moment:
    """The date `key` of an entry; unknown where it cannot be read (feedparser's own guesses make dates up)."""
    try:
        return read_published(_words(raw, key), where=zone, midnight_is_day=True) if key in raw else UNKNOWN_MOMENT
    except InvalidTime:
        return UNKNOWN_MOMENT


@attrs.frozen
class _EntryReader:
    """Turns entries into documents: what a person tells outranks the page, and the page the feed."""

    client: Client
    told: Facts
    feed: Facts
    full_text: bool
    zone: str

    def read(self, entry: Entry) -> Document:
        """Return the report of `entry`.

        Raises:
            NetworkError: its page cannot be fetched.
            InputError: there is no report in it.
        """
        own = Facts(outlet=self.feed.outlet, published=entry.published, title=entry.title, url=entry.link)
        by_feed = own.told_by(Origin.FEED)
        if not self.full_text or entry.link is None:
            return self._from_feed(entry, by_feed)
        found = self.client.get(entry.link)
        page = read_page(found.body, name=entry.link, charset=found.charset, url=found.url, zone=self.zone)
        facts = self.told.over(page.facts).over(by_feed)
        return document_of(page.text, name=entry.name, facts=facts)

    def _from_feed(self, entry: Entry, by_feed: Facts) -> Document:
        text = plain_text(entry.html, name=entry.name)
        if not text and not entry.title:
            raise BadEntry(
                "The entry {name} has no text.", hint="Fetch full texts instead of summaries.", name=entry.name
            )
        parts = [part for part in (entry.title, text) if part]
        return document_of("\n\n".join(parts), name=entry.name, facts=self.told.over(by_feed))


def _take(
    entries: Iterable[Entry], reader: _EntryReader
) -> tuple[tuple[Document, ...], tuple[Failure, ...], frozenset[str]]:
    """The documents and failures of `entries`, and the names of those to try again."""
    documents, failures, again = [], [], set()
    for entry in entries:
        try:
            documents.append(reader.read(entry))
        except (InputError, NetworkError) as error:
            failures.append(Failure(entry.name, error))
            if isinstance(error, TEMPORARY):
                again.add(entry.name)
    return tuple(documents), tuple(failures), frozenset(again)
