"""The web client's manners and limits, against a server on this machine."""

import socket
from collections.abc import Iterator

import attrs
import pytest
from loopback import Answer, Site, serving

from treves.errors import NetworkError
from treves.exchange.web_client import TEMPORARY, Client


@pytest.fixture
def site() -> Iterator[Site]:
    """A site without answers."""
    with serving() as running:
        yield running


@attrs.define
class Clock:
    """A clock that only moves when someone sleeps, or by itself as much as told each time it is looked at."""

    now: float = 1000.0
    step: float = 0.0
    slept: list[float] = attrs.field(factory=list)

    def time(self) -> float:
        """The time, in seconds."""
        self.now += self.step
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds


def client(**options: float) -> Client:
    """A client that does not wait."""
    return Client(pause=0.0, **options)  # type: ignore[arg-type]


def code(site: Site, path: str, given: Client | None = None) -> str:
    """The code of the error that fetching `path` gives."""
    with pytest.raises(NetworkError) as caught:
        (given or client()).get(site.url + path)
    assert caught.value.hint
    assert caught.value.what
    return caught.value.code


def test_page_is_fetched_under_our_name(site: Site) -> None:
    """The body, status and encoding come back; the request says who we are."""
    site.answers["/a"] = Answer("één".encode("cp1252"), headers={"Content-Type": "text/html; charset=windows-1252"})
    found = client().get(site.url + "/a")
    assert (found.body.decode("cp1252"), found.status, found.charset) == ("één", 200, "windows-1252")
    assert all(headers["user-agent"].startswith("treves/") for _, headers in site.requests)
    Client(user_agent="kade/2 (https://kade.example)", pause=0).get(site.url + "/a")
    assert site.requests[-1][1]["user-agent"] == "kade/2 (https://kade.example)"


def test_compressed_answers(site: Site) -> None:
    """A compressed body comes back as it was, and what blows up beyond the limit is refused."""
    site.answers["/a"] = Answer(b"dijk " * 50_000, zipped=True)
    assert client().get(site.url + "/a").body == b"dijk " * 50_000
    assert code(site, "/a", client(max_bytes=100_000)) == "T507"


def test_robots_are_respected(site: Site) -> None:
    """What robots.txt forbids us is not asked for; it is asked for once a host."""
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /\n\nUser-agent: treves\nDisallow: /private\n")
    site.answers["/a"] = site.answers["/private/a"] = Answer(b"x")
    fetching = client()
    assert fetching.get(site.url + "/a").body == b"x"
    assert code(site, "/private/a", fetching) == "T503"
    assert code(site, "/a", Client(user_agent="other/1", pause=0)) == "T503"
    assert site.paths == ["/a"]
    assert [path for path, _ in site.requests].count("/robots.txt") == 2


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_no_robots_file_allows_all(site: Site, status: int) -> None:
    """A site without a robots.txt, or that shows it to nobody, allows everything."""
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /", status)
    site.answers["/a"] = Answer(b"x")
    assert client().get(site.url + "/a").body == b"x"


@pytest.mark.parametrize("answer", [Answer(status=500), Answer(status=503), Answer(status=429), Answer(wait=0.6)])
def test_robots_that_cannot_be_had_refuse_all(site: Site, answer: Answer) -> None:
    """A robots.txt in trouble means no for now, and is asked for again next time."""
    site.answers["/robots.txt"] = answer
    site.answers["/a"] = Answer(b"x")
    fetching = client(timeout=0.3)
    assert code(site, "/a", fetching) == "T509"
    site.answers["/robots.txt"] = Answer(b"")
    assert fetching.get(site.url + "/a").body == b"x"
    assert site.paths == ["/a"]


def test_robots_are_asked_again_after_a_day(site: Site) -> None:
    """Rules are kept for a day, not for ever."""
    site.answers["/a"] = Answer(b"x")
    clock = Clock()
    fetching = Client(pause=0, clock=clock.time, sleep=clock.sleep)
    fetching.get(site.url + "/a")
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /")
    fetching.get(site.url + "/a")
    clock.now += 24 * 3600 + 1
    assert code(site, "/a", fetching) == "T503"


def test_pause_between_requests_to_a_host(site: Site) -> None:
    """Requests to one host keep the pause; a longer crawl delay counts, but none of hours; other hosts do not wait."""
    site.answers["/a"] = Answer(b"x")
    clock = Clock()
    fetching = Client(pause=2.0, clock=clock.time, sleep=clock.sleep)
    for _ in range(3):
        fetching.get(site.url + "/a")
    assert clock.slept == [2.0, 2.0, 2.0]
    clock.now += 1.5
    fetching.get(site.url + "/a")
    assert clock.slept[3:] == [0.5]
    fetching.get(site.url.replace("127.0.0.1", "localhost") + "/a")
    assert clock.slept[4:] == [2.0]  # only between that host's own robots.txt and its page


@pytest.mark.parametrize(("delay", "waited"), [("7", 7.0), ("86400", 60.0), ("0", 1.0), ("x", 1.0)])
def test_crawl_delay(site: Site, delay: str, waited: float) -> None:
    """A crawl delay lengthens the pause, up to a minute."""
    site.answers["/robots.txt"] = Answer(f"User-agent: *\nCrawl-delay: {delay}\n".encode())
    site.answers["/a"] = Answer(b"x")
    clock = Clock()
    Client(pause=1.0, clock=clock.time, sleep=clock.sleep).get(site.url + "/a")
    assert clock.slept == [waited]


def test_redirects_are_followed_within_the_rules(site: Site) -> None:
    """A redirect leads to the page, and not where robots.txt forbids or to what is no web page."""
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /private\n")
    site.answers["/a"] = Answer(status=301, headers={"Location": "b?c=1"})
    site.answers["/b?c=1"] = Answer(b"x")
    site.answers["/secret"] = Answer(status=302, headers={"Location": "/private"})
    site.answers["/file"] = Answer(status=302, headers={"Location": "file:///etc/passwd"})
    site.answers["/nowhere"] = Answer(status=302)
    found = client().get(site.url + "/a")
    assert (found.url, found.body) == (f"{site.url}/b?c=1", b"x")
    assert code(site, "/secret") == "T503"
    assert code(site, "/file") == "T501"
    assert code(site, "/nowhere") == "T504"


def test_redirect_loop_ends(site: Site) -> None:
    """A page that leads to itself is given up after a few times, also for robots.txt."""
    site.answers["/a"] = Answer(status=302, headers={"Location": "/a"})
    assert code(site, "/a") == "T506"
    assert len(site.paths) == 6
    site.answers["/robots.txt"] = Answer(status=302, headers={"Location": "/robots.txt"})
    assert code(site, "/a", client()) == "T509"


@pytest.mark.parametrize(
    ("status", "expected"), [(400, "T504"), (403, "T504"), (404, "T504"), (429, "T505"), (500, "T505"), (503, "T505")]
)
def test_bad_statuses(site: Site, status: int, expected: str) -> None:
    """A refusal is told from trouble that may pass."""
    site.answers["/a"] = Answer(b"x", status, {"Retry-After": "120"})
    assert code(site, "/a") == expected
    assert (expected in {kind.code for kind in TEMPORARY}) is (expected == "T505")


def test_retry_after_is_passed_on(site: Site) -> None:
    """The server's wish when to come back is in the hint."""
    site.answers["/a"] = Answer(b"x", 503, {"Retry-After": "120"})
    with pytest.raises(NetworkError) as caught:
        client().get(site.url + "/a")
    assert "120 seconds" in caught.value.hint


def test_too_large(site: Site) -> None:
    """An answer beyond the limit is broken off."""
    site.answers["/a"] = Answer(b"x" * 300_000)
    assert code(site, "/a", client(max_bytes=100_000)) == "T507"
    assert len(client(max_bytes=300_000).get(site.url + "/a").body) == 300_000


def test_too_slow(site: Site) -> None:
    """A server that is silent, and one that trickles, are both given up."""
    site.answers["/silent"] = Answer(b"x", wait=0.6)
    site.answers["/trickle"] = Answer(b"x" * 100, trickle=0.05)
    assert code(site, "/silent", client(timeout=0.2)) == "T508"
    assert code(site, "/trickle", client(deadline=0.3)) == "T508"


@pytest.mark.parametrize(
    "url",
    ["", "nos.nl", "ftp://a.example/x", "file:///etc/passwd", "http://", "http://[", "http://a:99999/", "https:///x"],
)
def test_bad_addresses(url: str) -> None:
    """What is no address of a page is refused before anything is sent."""
    with pytest.raises(NetworkError) as caught:
        client().get(url)
    assert caught.value.code == "T501"


def test_nobody_answers() -> None:
    """A port where nobody listens is unreachable, which may pass."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NetworkError) as caught:
        client(timeout=0.5).get(f"http://127.0.0.1:{port}/")
    assert caught.value.code == "T509"  # not even its robots.txt can be had


def test_answer_that_breaks_off(site: Site) -> None:
    """An answer shorter than promised, or not compressed as it says, is no answer."""
    site.answers["/a"] = Answer(b"geen gzip", headers={"Content-Encoding": "gzip"})
    assert code(site, "/a") == "T502"
