"""Fetching pages politely: one request at a time, with a pause between requests to a host, as robots.txt allows."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import attrs

from treves import __version__
from treves.errors import NetworkError

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

USER_AGENT = f"treves/{__version__} (reads news feeds for one person)"
MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ROBOTS_BYTES = 512_000  # the standard asks readers to take at least 500 KiB
_ROBOTS_SECONDS = 24 * 3600.0
_LONGEST_PAUSE = 60.0  # seconds; a longer crawl delay is meant for crawlers of whole sites
_CHUNK = 65_536


class BadAddress(NetworkError):
    """An address is not one of a web page."""

    code: ClassVar[str] = "T501"


class Unreachable(NetworkError):
    """A server does not answer, or breaks off."""

    code: ClassVar[str] = "T502"


class RefusedByRobots(NetworkError):
    """The site's robots.txt does not allow fetching an address."""

    code: ClassVar[str] = "T503"


class RobotsUnavailable(RefusedByRobots):
    """The site's robots.txt cannot be had, which counts as a refusal for now."""

    code: ClassVar[str] = "T509"


class PageRefused(NetworkError):
    """The server answers that there is no such page, or that we may not have it (4xx)."""

    code: ClassVar[str] = "T504"


class ServerTrouble(NetworkError):
    """The server is in trouble or busy (5xx, 429); try again later."""

    code: ClassVar[str] = "T505"


class TooManyRedirects(NetworkError):
    """An address leads on and on to others."""

    code: ClassVar[str] = "T506"


class ResponseTooLarge(NetworkError):
    """A response is larger than the limit."""

    code: ClassVar[str] = "T507"


class TooSlow(NetworkError):
    """A server takes longer than the limit."""

    code: ClassVar[str] = "T508"


TEMPORARY = (Unreachable, RobotsUnavailable, ServerTrouble, TooSlow)
"""Errors after which it is worth trying again."""


@attrs.frozen
class Fetched:
    """A response.

    Attributes:
        url: the address that answered, after redirects.
        status: 200-299, or 304 when nothing changed.
        headers: by name in lower case.
        body: the content, decompressed.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def charset(self) -> str | None:
        """The encoding that the server names; None when it names none."""
        match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", self.headers.get("content-type", ""), re.IGNORECASE)
        return match[1] if match else None


@attrs.define
class Client:
    """Fetches addresses, politely. Keep one for all feeds: it knows when it last asked each host. Not thread-safe.

    Attributes:
        user_agent: what it calls itself; the part before the slash is what robots.txt goes by.
        pause: seconds between two requests to a host; a longer crawl delay in robots.txt counts instead.
        timeout: seconds without any answer before giving up.
        deadline: seconds for a whole response.
        max_bytes: size of a response above which it is refused, decompressed.
        sleep, clock: how it waits and tells the time, in seconds.
    """

    user_agent: str = USER_AGENT
    pause: float = 1.0
    timeout: float = 20.0
    deadline: float = 60.0
    max_bytes: int = 20_000_000
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _pool: PoolManager | None = attrs.field(default=None, init=False)
    _asked: dict[str, float] = attrs.field(factory=dict, init=False)
    _robots: dict[str, tuple[float, RobotFileParser | None]] = attrs.field(factory=dict, init=False)

    def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Fetched:
        """Fetch `url`, following redirects as far as robots.txt allows.

        Args:
            url: an http or https address.
            headers: further request headers, such as If-None-Match.

        Raises:
            BadAddress, Unreachable, RefusedByRobots, PageRefused, ServerTrouble, TooManyRedirects, ResponseTooLarge,
            TooSlow: as their names say.
        """
        found = self._follow(url, headers or {}, limit=self.max_bytes, ask_robots=True)
        if found.status == 429 or found.status >= 500:
            wait = found.headers.get("retry-after", "")
            raise ServerTrouble(
                "{url} answers with status {status}.",
                hint="Try again in {wait} seconds." if wait.isdigit() else "Try again later.",
                url=found.url,
                status=found.status,
                wait=wait,
            )
        if found.status >= 400 or (found.status >= 300 and found.status != 304):
            raise PageRefused(
                "{url} answers with status {status}.", hint="Check the address.", url=found.url, status=found.status
            )
        return found

    def _follow(self, url: str, headers: Mapping[str, str], *, limit: int, ask_robots: bool) -> Fetched:
        """Fetch `url` and where it leads; any final status is returned."""
        address = url
        for _ in range(MAX_REDIRECTS + 1):
            host = _origin(address)
            if ask_robots:
                self._ask_robots(host, address)
            self._wait(host)
            found = self._request(address, headers, limit)
            if found.status not in _REDIRECTS or "location" not in found.headers:
                return found
            address = urljoin(address, found.headers["location"])
        raise TooManyRedirects(
            "{url} leads to more than {limit} other addresses.", hint="Check the address.", url=url, limit=MAX_REDIRECTS
        )

    def _request(self, url: str, headers: Mapping[str, str], limit: int) -> Fetched:
        from urllib3 import PoolManager, Timeout

        if self._pool is None:
            self._pool = PoolManager(
                retries=False, timeout=Timeout(connect=self.timeout, read=self.timeout), maxsize=1, num_pools=20
            )
        sent = {"User-Agent": self.user_agent, "Accept-Encoding": "gzip, deflate", **headers}
        with _faults_of(url):
            response = self._pool.request("GET", url, headers=sent, redirect=False, preload_content=False)
            try:
                told = {name.lower(): value for name, value in response.headers.items()}
                body = b"" if response.status in _REDIRECTS else self._body(response, url, limit)
            finally:
                # What is left unread would be taken for the next answer on this connection.
                response.close()
        return Fetched(url, response.status, told, body)

    def _body(self, response: BaseHTTPResponse, url: str, limit: int) -> bytes:
        """The decompressed body, read as it comes, so that neither a flood nor a trickle goes on for ever."""
        end = self.clock() + self.deadline
        body = bytearray()
        while chunk := response.read1(_CHUNK, decode_content=True):
            body += chunk
            if len(body) > limit:
                raise ResponseTooLarge(
                    "{url} has more than {limit:,} bytes.", hint="Check the address.", url=url, limit=limit
                )
            if self.clock() > end:
                raise TooSlow(
                    "{url} takes longer than {deadline:g} seconds.",
                    hint="Try again later.",
                    url=url,
                    deadline=self.deadline,
                )
        return bytes(body)

    def _wait(self, host: str) -> None:
        """Sleep until the pause since the last request to `host` is over."""
        _, robots = self._robots.get(host, (0.0, None))
        delay = robots.crawl_delay(self.user_agent) if robots else None
        pause = max(self.pause, min(float(delay or 0), _LONGEST_PAUSE))
        last = self._asked.get(host)
        if last is not None and (left := last + pause - self.clock()) > 0:
            self.sleep(left)
        self._asked[host] = self.clock()

    def _ask_robots(self, host: str, url: str) -> None:
        known = self._robots.get(host)
        if known is None or known[0] < self.clock():
            known = (self.clock() + _ROBOTS_SECONDS, self._fetch_robots(host))
            self._robots[host] = known
        if known[1] is None:
            del self._robots[host]  # ask again next time
            raise RobotsUnavailable(
                "{host}/robots.txt cannot be had, so nothing is fetched.", hint="Try again later.", host=host
            )
        if not known[1].can_fetch(self.user_agent, url):
            raise RefusedByRobots(
                "{host}/robots.txt does not allow {url}.", hint="Ask the outlet, or leave it out.", host=host, url=url
            )

    def _fetch_robots(self, host: str) -> RobotFileParser | None:
        """The rules of a host: none at all when it has no file (4xx); None when the file cannot be had (RFC 9309)."""
        try:
            found = self._follow(f"{host}/robots.txt", {}, limit=_ROBOTS_BYTES, ask_robots=False)
        except NetworkError:
            return None
        if found.status >= 500 or found.status == 429:
            return None
        rules = RobotFileParser()
        rules.parse(found.body.decode("utf-8-sig", "replace").splitlines() if found.status < 300 else [])
        return rules


def _origin(url: str) -> str:
    """Scheme, host and port of `url`.

    Raises:
        BadAddress: it is no http or https address.
    """
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        fine = False
    if not fine:
        raise BadAddress("{url!r} is no address of a web page.", hint="Write one that begins with https://.", url=url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


@contextmanager
def _faults_of(url: str) -> Iterator[None]:
    """Say what went wrong with the network in our own words."""
    from urllib3 import exceptions

    try:
        yield
    except (exceptions.LocationParseError, exceptions.URLSchemeUnknown, UnicodeError):
        raise BadAddress("{url!r} is no address of a web page.", hint="Check the address.", url=url) from None
    except exceptions.TimeoutError:
        raise TooSlow("{url} does not answer in time.", hint="Try again later.", url=url) from None
    except (exceptions.HTTPError, OSError) as error:
        raise Unreachable(
            "{url} cannot be fetched: {error}.", hint="Check the address and connection.", url=url, error=error
        ) from None
