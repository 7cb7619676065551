"""The list of watched feeds, ``feeds.txt``: one address a line, with the outlet's name behind it if wanted."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import attrs

from treves.errors import InputError
from treves.exchange.decoding import decode
from treves.exchange.reports import tidy
from treves.exchange.source import read_bytes, readable_name

FEED_LIST_NAME = "feeds.txt"
"""Name of the list in a folder of reports."""


class BadFeedList(InputError):
    """A line of a list of feeds is no address, or stands there twice."""

    code: ClassVar[str] = "T163"


@attrs.frozen
class WatchedFeed:
    """One feed to watch.

    Attributes:
        url: its address.
        outlet: name of the outlet; None to take the feed's own title.
        summaries: take the texts in the feed instead of fetching every page.
    """

    url: str
    outlet: str | None = None
    summaries: bool = False


def read_feed_list(path: Path) -> tuple[WatchedFeed, ...]:
    """Read a list of feeds.

    A line is an address, then optionally the word "summary" and the outlet's name:
    ``https://example.org/rss summary De Courant``. Empty lines and lines that begin with # are passed over.

    Raises:
        BadFeedList: a line is no address, or stands there twice; the message names the line.
        InputError: the list cannot be read or decoded.
    """
    name = readable_name(path)
    feeds: dict[str, WatchedFeed] = {}
    for number, line in enumerate(decode(read_bytes(path), name=name).splitlines(), start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        url, rest = words[0], words[1:]
        if not url.lower().startswith(("http://", "https://")):
            raise BadFeedList(
                "{name}, line {number}: {url!r} is no address.",
                hint="Begin it with https://.",
                name=name,
                number=number,
                url=url,
            )
        if url in feeds:
            raise BadFeedList(
                "{name}, line {number}: {url} stands here twice.",
                hint="Remove one of them.",
                name=name,
                number=number,
                url=url,
            )
        summaries = bool(rest) and rest[0].lower() == "summary"
        feeds[url] = WatchedFeed(url, tidy(" ".join(rest[1:] if summaries else rest)), summaries)
    return tuple(feeds.values())
