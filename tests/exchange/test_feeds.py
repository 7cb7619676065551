"""Feeds: what is new in them, against a server on this machine."""

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Answer, Site, serving

from treves.errors import InputError, NetworkError
from treves.exchange import feeds
from treves.exchange.feed_list import WatchedFeed, read_feed_list
from treves.exchange.feeds import FeedResult, FeedState, NotAFeed, fetch, read_feed
from treves.exchange.web_client import Client
from treves.model.evidence import Origin

SENTENCES = "De partijen zijn er nog niet uit, zei de dijkgraaf na afloop. Morgen praten zij weer verder."


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with a feed of two entries and their pages."""
    with serving() as running:
        running.answers["/feed"] = feed(running, "een", "twee")
        for name in ("een", "twee", "drie"):
            running.answers[f"/{name}"] = Answer(page(name), headers={"Content-Type": "text/html; charset=utf-8"})
        yield running


def page(name: str, head: str = "") -> bytes:
    """The page of the entry `name`."""
    body = f"<article><h1>Dijk {name}</h1><p>{SENTENCES} Dit is bericht {name}.</p><p>{SENTENCES}</p></article>"
    return f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def item(site: Site, name: str) -> str:
    """The entry `name` in RSS."""
    summary = escape(f"<p>Kort: {SENTENCES}</p><script>boe()</script><p>Bericht {name} &amp; meer.</p>")
    return (
        f"<item><title>Dijk {name}</title><link>{site.url}/{name}</link><guid isPermaLink='false'>id-{name}</guid>"
        f"<pubDate>Tue, 03 Feb 2026 01:20:00 +0100</pubDate><description>{summary}</description></item>"
    )


def feed(site: Site, *names: str, **headers: str) -> Answer:
    """A feed with the entries `names`."""
    items = "".join(item(site, name) for name in names)
    text = f"<?xml version='1.0'?><rss version='2.0'><channel><title>De Rietkraag</title>{items}</channel></rss>"
    return Answer(text.encode(), headers={"Content-Type": "application/rss+xml", **headers})


def visit(site: Site, state: FeedState | None = None, **options: str | bool) -> FeedResult:
    """One visit to the site's feed."""
    return fetch(f"{site.url}/feed", state, client=Client(pause=0), **options)  # type: ignore[arg-type]


def test_entries_become_reports(site: Site) -> None:
    """Each entry's page is a report, with the feed's title and time where the page tells neither."""
    result = visit(site)
    assert [d.name for d in result.documents] == ["id-een", "id-twee"]
    first = result.documents[0].first
    assert result.documents[0].text.startswith("Dijk een\n\nDe partijen")
    assert (first.outlet, first.outlet_origin) == ("De Rietkraag", Origin.FEED)
    assert (first.published.iso(), first.published_origin) == ("2026-02-03T01:20+01:00", Origin.FEED)
    assert (first.url, first.title) == (f"{site.url}/een", "Dijk een")
    assert (result.title, result.changed, result.failures) == ("De Rietkraag", True, ())


def test_page_outranks_feed_and_hand_outranks_page(site: Site) -> None:
    """The page's own outlet and time count before the feed's; an outlet told by a person before both."""
    head = '<meta property="og:site_name" content="Rietkraag.nl">'
    head += '<meta property="article:published_time" content="2026-02-03T02:00:00+01:00">'
    site.answers["/een"] = Answer(page("een", head))
    first = visit(site).documents[0].first
    assert (first.outlet, first.outlet_origin) == ("Rietkraag.nl", Origin.PAGE)
    assert (first.published.iso(), first.published_origin) == ("2026-02-03T02:00+01:00", Origin.PAGE)
    told = visit(site, outlet="Rietkraag (papier)").documents[0].first
    assert (told.outlet, told.outlet_origin, told.published_origin) == ("Rietkraag (papier)", Origin.HAND, Origin.PAGE)


def test_summaries_need_no_pages(site: Site) -> None:
    """With summaries only the feed is fetched; the text is its title and summary without scripts."""
    result = visit(site, full_text=False)
    assert site.paths == ["/feed"]
    assert result.documents[0].text == f"Dijk een\n\nKort: {SENTENCES}\n\nBericht een & meer."
    assert result.documents[0].first.outlet == "De Rietkraag"


@pytest.mark.parametrize(("mark", "question"), [("ETag", "if-none-match"), ("Last-Modified", "if-modified-since")])
def test_unchanged_feed_costs_one_request(site: Site, mark: str, question: str) -> None:
    """The next visit asks whether anything changed; if not, nothing else is fetched and the state stays."""
    value = '"abc"' if mark == "ETag" else "Tue, 03 Feb 2026 00:20:00 GMT"
    site.answers["/feed"] = feed(site, "een", "twee", **{mark: value})
    first = visit(site)
    site.requests.clear()
    second = visit(site, first.state)
    assert site.paths == ["/feed"]
    assert site.requests[-1][1][question] == value
    assert (second.changed, second.documents, second.state) == (False, (), first.state)


def test_only_new_entries_are_fetched(site: Site) -> None:
    """A changed feed gives what was not seen; entries that left the feed leave the state."""
    state = visit(site).state
    site.requests.clear()
    site.answers["/feed"] = feed(site, "drie", "twee")
    result = visit(site, state)
    assert site.paths == ["/feed", "/drie"]
    assert [d.name for d in result.documents] == ["id-drie"]
    assert result.state.seen == ("id-drie", "id-twee")


def test_failing_entry_stops_no_other_and_is_tried_again(site: Site) -> None:
    """Trouble that may pass is tried at the next visit, even when the feed itself has not changed by then."""
    site.answers["/feed"] = feed(site, "een", "twee", ETag='"abc"')
    good = site.answers["/een"]
    site.answers["/een"] = Answer(status=503)
    first = visit(site)
    assert [d.name for d in first.documents] == ["id-twee"]
    assert [(f.name, f.error.code) for f in first.failures] == [("id-een", "T505")]
    assert first.state.etag is None
    site.answers["/een"] = good
    second = visit(site, first.state)
    assert [d.name for d in second.documents] == ["id-een"]
    assert second.state.etag == '"abc"'


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(status=404), "T504"),
        (Answer(b"<html><body><nav><a href=/>Menu</a></nav></body></html>"), "T111"),
        (Answer(b"%PDF-1.4"), "T105"),
        (Answer(b""), "T113"),
        (Answer(status=302, headers={"Location": "/een"}), "T506"),
        (Answer(b"<b>" * 60_000), "T112"),
    ],
)
def test_entry_that_will_never_be_had_is_told_once(site: Site, answer: Answer, expected: str) -> None:
    """A lasting fault is reported with its code and not tried again."""
    site.answers["/een"] = answer
    result = visit(site)
    assert [(f.name, f.error.code, f.kept) for f in result.failures] == [("id-een", expected, False)]
    assert visit(site, result.state).failures == ()


def test_entry_that_robots_forbid(site: Site) -> None:
    """A page that robots.txt forbids is a failure; the feed's other entries are read."""
    site.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /een\n")
    result = visit(site)
    assert [(f.name, f.error.code) for f in result.failures] == [("id-een", "T503")]
    assert site.paths == ["/feed", "/twee"]


def test_many_entries_come_in_turns(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A feed with more entries than are taken in one go gives the rest at the next visit."""
    monkeypatch.setattr(feeds, "MAX_PAGES", 1)
    site.answers["/feed"] = feed(site, "een", "twee", ETag='"abc"')
    first = visit(site)
    second = visit(site, first.state)
    assert [d.name for d in (*first.documents, *second.documents)] == ["id-een", "id-twee"]
    assert (first.state.etag, second.state.etag) == (None, '"abc"')


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b""),
        Answer(b"/etc/hostname"),
        Answer(b"http://127.0.0.1:9/"),
        Answer(page("een")),
        Answer(b"\x00\xff\x12" * 500),
        Answer(b"{}", headers={"Content-Type": "application/json"}),
        Answer(b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"),
    ],
)
def test_what_is_no_feed(site: Site, answer: Answer) -> None:
    """What is no feed says so; its content is never taken for a file or address to open."""
    site.answers["/feed"] = answer
    with pytest.raises(NotAFeed) as caught:
        visit(site)
    assert caught.value.code == "T161"
    assert site.paths == ["/feed"]


def test_feed_that_cannot_be_fetched(site: Site) -> None:
    """A feed that is gone, loops, is too large or forbidden is an error of the network."""
    for answer, expected in (
        (Answer(status=410), "T504"),
        (Answer(status=301, headers={"Location": "/feed"}), "T506"),
        (Answer(b" " * 200_000), "T507"),
    ):
        site.answers["/feed"] = answer
        with pytest.raises(NetworkError) as caught:
            fetch(f"{site.url}/feed", client=Client(pause=0, max_bytes=100_000))
        assert caught.value.code == expected


def test_atom_and_broken_feeds_are_read(site: Site) -> None:
    """Atom is read like RSS, with relative addresses; a feed that breaks off gives the entries before."""
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>De Rietkraag</title><entry><id>urn:1</id><title>Dijk</title>"
        "<link href='een'/><updated>2026-02-05T00:00:00Z</updated><published>2026-02-03T01:20:00+01:00</published>"
        "<content type='html'>&lt;p&gt;Tekst&lt;/p&gt;</content></entry><entry><title>&amp;lt;b&amp;gt;Kop</title>"
    )
    title, entries = read_feed(atom.encode(), url="https://rietkraag.example/nieuws/feed")
    assert title == "De Rietkraag"
    assert (entries[0].name, entries[0].link) == ("urn:1", "https://rietkraag.example/nieuws/een")
    assert (entries[0].published.iso(), entries[0].html) == ("2026-02-03T01:20+01:00", "<p>Tekst</p>")
    only_updated = atom.replace("<published>2026-02-03T01:20:00+01:00</published>", "")
    assert read_feed(only_updated.encode(), url="https://a.example/")[1][0].published.iso() == "unknown"


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("<pubDate>Tue, 03 Feb 2026 01:20:00 CET</pubDate>", "2026-02-03T01:20+01:00"),
        ("<pubDate>Tue, 03 Feb 2026 00:00:00 +0100</pubDate>", "2026-02-03"),
        ("<pubDate>2026-február-03T01:20+01:00</pubDate>", "unknown"),
        ("<dc:date>2026-02-03T01:20:00+01:00</dc:date>", "2026-02-03T01:20+01:00"),
        ("<pubDate>vroeger</pubDate>", "unknown"),
        ("<pubDate>Tue, 03 Feb 9999 01:20:00 GMT</pubDate>", "unknown"),
        ("", "unknown"),
    ],
)
def test_dates_of_entries(date: str, iso: str) -> None:
    """Dates are read in the wordings that feeds use; what cannot be read is unknown."""
    start = "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>"
    data = f"{start}<item><title>Dijk</title>{date}</item></channel></rss>".encode()
    (entry,) = read_feed(data, url="https://a.example/feed")[1]
    assert entry.published.iso() == iso


def test_entry_without_anything_is_a_failure(site: Site) -> None:
    """An entry with neither address nor words says so."""
    site.answers["/feed"] = Answer(
        b"<rss version='2.0'><channel><item><guid isPermaLink='false'>leeg</guid></item></channel></rss>"
    )
    result = visit(site, full_text=False)
    assert [(f.name, f.error.code) for f in result.failures] == [("leeg", "T162")]


def test_entry_twice_counts_once(site: Site) -> None:
    """An entry that a feed repeats is read once."""
    site.answers["/feed"] = feed(site, "een", "een")
    assert len(visit(site).documents) == 1


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda t: f"<rss version='2.0'><channel>{t}".encode()))
def test_any_bytes_are_a_feed_or_an_error(data: bytes) -> None:
    """No bytes crash the reader of feeds."""
    try:
        read_feed(data, url="https://a.example/feed")
    except InputError as error:
        assert error.code == "T161"


def test_feed_list(tmp_path: Path) -> None:
    """A list names feeds with their outlets; remarks and empty lines are passed over."""
    path = tmp_path / "feeds.txt"
    path.write_text(
        "# wat wij volgen\n\nhttps://a.example/rss\nhttps://b.example/rss De  Rietkraag\n"
        "\thttps://c.example/rss summary De Kadekrant # online\nHTTPS://d.example/rss summary\n",
        encoding="utf-8",
    )
    assert read_feed_list(path) == (
        WatchedFeed("https://a.example/rss"),
        WatchedFeed("https://b.example/rss", "De Rietkraag"),
        WatchedFeed("https://c.example/rss", "De Kadekrant # online", summaries=True),
        WatchedFeed("HTTPS://d.example/rss", summaries=True),
    )


@pytest.mark.parametrize("line", ["nos.nl", "ftp://a.example", "https://a.example/rss X"])
def test_bad_feed_list(line: str, tmp_path: Path) -> None:
    """A line that is no address, or stands there twice, is named."""
    path = tmp_path / "feeds.txt"
    path.write_text(f"https://a.example/rss\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2") as caught:
        read_feed_list(path)
    assert caught.value.code == "T163"
