"""Feeds through the service, against a server on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Answer, Site, serving

from treves.exchange.feed_list import BadFeedList
from treves.exchange.web_client import BadAddress, Client
from treves.services.feeds import NotWatched, drop_feed, feed_rows, fetch_feeds, watch_feed, watch_list
from treves.services.views import rows_of
from treves.store import AddOutcome, Store

ITEM = """<item><title>{title}</title><link>{url}/{page}</link><guid>{url}/{page}</guid>
<pubDate>Mon, 04 Mar 2024 18:00:00 +0100</pubDate><description>{title}: {words}</description></item>"""
PAGE = """<html lang="nl"><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>De onderhandelingen over de brug bij {title} zijn maandag hervat in het raadhuis, na een week van stilte.</p>
<p>"Wij gaan door tot het licht uitgaat", zei wethouder Margriet Zeilstra na afloop over {title}. Volgens haar is er
genoeg geld voor de brug, en is het nu aan de raad om er een besluit over te nemen.</p>
<p>Morgenavond om 20.00 uur praten de partijen verder over {title}.</p></article></body></html>"""
WORDS = "„Wij stoppen niet”, zei wethouder Margriet Zeilstra maandag na het overleg over de brug in het raadhuis."


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with a feed of two pages; everything else is not found."""
    with serving() as made:
        made.answers["/robots.txt"] = Answer(b"User-agent: *\nAllow: /\n")
        put_feed(made, "Waterdorp", "Bruggendam")
        yield made


def put_feed(site: Site, *titles: str, etag: str = '"1"', missing: tuple[str, ...] = ()) -> None:
    """Serve a feed with an entry for every title, and their pages but for the `missing` ones."""
    items = "".join(ITEM.format(title=t, url=site.url, page=t, words=WORDS) for t in titles)
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>De Bode</title>{items}</channel></rss>'
    headers = {"Content-Type": "application/rss+xml", "ETag": etag}
    site.answers["/feed"] = Answer(feed.encode(), headers=headers)
    for title in titles:
        page = Answer(PAGE.format(title=title).encode(), headers={"Content-Type": "text/html; charset=utf-8"})
        site.answers[f"/{title}"] = Answer(b"gone", 410) if title in missing else page


@pytest.fixture
def client() -> Client:
    """A client that does not wait."""
    return Client(pause=0, sleep=lambda _seconds: None)


def test_what_is_new_is_added_once(empty: Store, site: Site, client: Client) -> None:
    """The first visit adds every entry, with outlet, time and statements; the second hears that nothing changed."""
    watch_feed(empty, f"{site.url}/feed")
    added = fetch_feeds(empty, client=client)
    assert added.failures == []
    assert added.outcomes[AddOutcome.ADDED] == 2
    rows = rows_of(empty, "statements")
    assert {r["outlet"] for r in rows} == {"De Bode"}
    assert {r["published"] for r in rows} == {"2024-03-04T18:00+01:00"}
    assert any("Margriet Zeilstra" in str(r["speaker_names"]) for r in rows)
    site.requests.clear()
    again = fetch_feeds(empty, client=client)
    assert site.paths == ["/feed"]
    assert sum(again.outcomes.values()) == 0
    (row,) = feed_rows(empty)
    assert (row["title"], row["url"]) == ("De Bode", f"{site.url}/feed")
    assert row["checked"]


def test_only_new_entries_are_fetched(empty: Store, site: Site, client: Client) -> None:
    """When the feed has changed, known pages are left alone."""
    watch_feed(empty, f"{site.url}/feed")
    fetch_feeds(empty, client=client)
    put_feed(site, "Waterdorp", "Bruggendam", "Sluiswijk", etag='"2"')
    site.requests.clear()
    added = fetch_feeds(empty, client=client)
    assert added.outcomes[AddOutcome.ADDED] == 1
    assert site.paths == ["/feed", "/Sluiswijk"]


def test_the_outlet_that_a_person_tells_counts(empty: Store, site: Site, client: Client) -> None:
    """A name given with the feed outranks the feed's own title."""
    watch_feed(empty, f"{site.url}/feed", outlet="Streekbode")
    fetch_feeds(empty, client=client)
    assert {r["outlet"] for r in rows_of(empty, "reports")} == {"Streekbode"}
    assert {r["outlet_origin"] for r in rows_of(empty, "reports")} == {"hand"}


def test_summaries_need_no_pages(empty: Store, site: Site, client: Client) -> None:
    """With summaries only the feed itself is fetched."""
    watch_feed(empty, f"{site.url}/feed", summaries=True)
    added = fetch_feeds(empty, client=client)
    assert added.outcomes[AddOutcome.ADDED] == 2
    assert site.paths == ["/feed"]
    assert all("Wij stoppen niet" in d.text for d in empty.documents())


def test_a_page_that_is_gone_is_asked_for_once(empty: Store, site: Site, client: Client) -> None:
    """An entry that was refused for good is told, and left alone as long as the feed has it."""
    put_feed(site, "Waterdorp", "Bruggendam", missing=("Bruggendam",))
    watch_feed(empty, f"{site.url}/feed")
    added = fetch_feeds(empty, client=client)
    assert [f.error.code for f in added.failures] == ["T504"]
    assert added.outcomes[AddOutcome.ADDED] == 1
    put_feed(site, "Waterdorp", "Bruggendam", "Sluiswijk", etag='"2"', missing=("Bruggendam",))
    site.requests.clear()
    assert fetch_feeds(empty, client=client).failures == []
    assert site.paths == ["/feed", "/Sluiswijk"]
    put_feed(site, "Sluiswijk", etag='"3"')
    fetch_feeds(empty, client=client)
    put_feed(site, "Sluiswijk", "Bruggendam", etag='"4"')
    assert fetch_feeds(empty, client=client).outcomes[AddOutcome.ADDED] == 1


def test_a_page_that_is_in_trouble_is_tried_again(empty: Store, site: Site, client: Client) -> None:
    """A fault that may pass is told, and the entry taken at the next visit."""
    site.answers["/Bruggendam"] = Answer(b"later", 503)
    watch_feed(empty, f"{site.url}/feed")
    assert [f.error.code for f in fetch_feeds(empty, client=client).failures] == ["T505"]
    put_feed(site, "Waterdorp", "Bruggendam")
    assert fetch_feeds(empty, client=client).outcomes[AddOutcome.ADDED] == 1
    assert len(empty.documents()) == 2


def test_a_feed_that_fails_stops_no_other(empty: Store, site: Site, client: Client) -> None:
    """Every fault is told with its address and code, and keeps nothing from the next visit."""
    site.answers["/page"] = Answer(b"<html><body>no feed</body></html>")
    for path in ("/page", "/none", "/feed"):
        watch_feed(empty, f"{site.url}{path}")
    added = fetch_feeds(empty, [f"{site.url}{p}" for p in ("/page", "/none", "/feed", "/unwatched")], client=client)
    assert {(f.name.removeprefix(site.url), f.error.code) for f in added.failures} == {
        ("/page", "T161"),
        ("/none", "T504"),
        ("/unwatched", "T164"),
    }
    assert added.outcomes[AddOutcome.ADDED] == 2
    checked = {str(r["url"]).removeprefix(site.url): r["checked"] for r in feed_rows(empty)}
    assert checked["/page"] is None
    assert checked["/feed"] is not None


def test_watching_and_dropping(empty: Store) -> None:
    """A feed is watched once, how it is taken can be changed, and dropping forgets that."""
    url = "https://example.org/rss"
    watch_feed(empty, url, outlet="A")
    watch_feed(empty, url, outlet="B", summaries=True)
    assert [(r["url"], r["outlet"], r["summaries"]) for r in feed_rows(empty)] == [(url, "B", True)]
    drop_feed(empty, url)
    assert feed_rows(empty) == []
    assert empty.settings() == {}
    with pytest.raises(NotWatched, match="not watched"):
        drop_feed(empty, url)


@pytest.mark.parametrize("url", ["example.org/rss", "file:///etc/passwd", "https://", ""])
def test_only_addresses_of_the_web_are_watched(empty: Store, url: str) -> None:
    """Anything else is refused at once, not at the first visit."""
    with pytest.raises(BadAddress):
        watch_feed(empty, url)
    assert empty.feeds() == []


def test_a_list_of_feeds(empty: Store, tmp_path: Path) -> None:
    """A list is watched whole, with outlets and summaries; a bad line watches nothing."""
    path = tmp_path / "feeds.txt"
    path.write_text("# feeds\nhttps://example.org/a summary De Bode\n\nhttps://example.org/b\n", encoding="utf-8")
    assert len(watch_list(empty, path)) == 2
    assert [(r["outlet"], r["summaries"]) for r in feed_rows(empty)] == [("De Bode", True), (None, False)]
    path.write_text("https://example.org/c\nnonsense\n", encoding="utf-8")
    with pytest.raises(BadFeedList):
        watch_list(empty, path)
    assert len(feed_rows(empty)) == 2
