"""Web pages: the report's text, its facts in several styles of metadata, and pages that are none."""

from pathlib import Path

import pytest

from treves.dates import Precision
from treves.errors import InputError
from treves.exchange.html_pages import NoArticle, Page, PageUnreadable, plain_text, read_archive, read_page
from treves.exchange.intake import load
from treves.exchange.page_guard import MAX_ATTRIBUTES, MAX_TAGS, PageTooComplex, check_page
from treves.model.evidence import Document, Origin

EXAMPLES = Path(__file__).parents[2] / "examples" / "havenmonde"
PARAGRAPHS = (
    "De vier partijen in het waterschap Rietvoorde hebben tot diep in de nacht gepraat over de nieuwe dijk.",
    "„We zijn er bijna, maar bijna is nog niet helemaal”, zei dijkgraaf Wiebe Hoogland na afloop tegen verslaggevers.",
    "Volgens een ingewijde ligt alleen de rekening van 12 miljoen euro nog op tafel. Morgen praten zij verder.",
)
TEXT = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
MENU = '<nav><ul><li><a href="/">Voorpagina</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
FOOTER = "<footer><p>Alle rechten voorbehouden</p></footer>"


def html(head: str = "", body: str = f"<article><h1>Nacht van de dijk</h1>{TEXT}</article>") -> bytes:
    """A page with `head` and `body`, as its server sends it."""
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{MENU}{body}{FOOTER}</body></html>".encode()
    )


def linked(data: str) -> str:
    """A script of linked data."""
    return f'<script type="application/ld+json">{data}</script>'


def page(head: str = "", **options: str) -> Page:
    """What is read from a page with `head`."""
    return read_page(html(head), name="p.html", **options)


def test_text_has_headline_and_paragraphs_only() -> None:
    """The text is the headline and the paragraphs with empty lines between, without menu and footer."""
    assert page().text == "\n\n".join(("Nacht van de dijk", *PARAGRAPHS))


def test_headline_is_added_once() -> None:
    """A headline that the page tells only in its metadata becomes the first line; one that is there is not repeated."""
    head = '<meta property="og:title" content="Nog geen dijk - De Rietkraag">'
    head += '<meta property="og:site_name" content="De Rietkraag">'
    without = read_page(html(head, f"<article>{TEXT}</article>"), name="p.html")
    assert without.text.split("\n\n") == ["Nog geen dijk", *PARAGRAPHS]
    assert without.facts.title == "Nog geen dijk"
    assert page(head).text.split("\n\n")[0] == "Nacht van de dijk"


@pytest.mark.parametrize(
    ("head", "iso"),
    [
        ('<meta property="article:published_time" content="2026-02-03T01:20:00+01:00">', "2026-02-03T01:20+01:00"),
        ('<meta property="article:published_time" content="2026-02-03T01:20:00">', "2026-02-03T01:20+01:00"),
        ('<meta property="article:published_time" content="2026-02-03T00:00:00+01:00">', "2026-02-03"),
        ('<meta name="date" content="2026-02-03">', "2026-02-03"),
        ('<meta name="DC.date.issued" content="3 februari 2026">', "2026-02-03"),
        ('<meta itemprop="datePublished" content="2026-02-03T00:20:00Z">', "2026-02-03T00:20+00:00"),
        (
            linked('{"@type":"NewsArticle","datePublished":"2026-02-03T01:20:00+01:00"}'),
            "2026-02-03T01:20+01:00",
        ),
        (
            linked(
                '[{"@graph":[{"@type":"WebPage"},{"datePublished":"2026-02-03T01:20+01:00","dateModified":"2026"}]}]'
            ),
            "2026-02-03T01:20+01:00",
        ),
        (
            '<meta name="date" content="2026-02-03">' + linked('{"datePublished":"2026-02-03T01:20:00+01:00"}'),
            "2026-02-03T01:20+01:00",
        ),
        ('<meta property="article:modified_time" content="2026-02-03T01:20:00+01:00">', "unknown"),
        ('<meta itemprop="dateModified" content="2026-02-03T01:20:00+01:00">', "unknown"),
        (linked('{"dateModified":"2026-02-03T01:20:00+01:00"}'), "unknown"),
        ('<meta property="article:published_time" content="onlangs">', "unknown"),
        ('<script type="application/ld+json">{"datePublished": {"a": [1]}}</script>', "unknown"),
        ('<script type="application/ld+json">{geen json</script>', "unknown"),
        ("<script type='application/ld+json'>" + "[" * 20000 + "</script>", "unknown"),
    ],
)
def test_publication_time(head: str, iso: str) -> None:
    """The time is taken from metadata in its many styles, as fine as told; times of change and nonsense are not."""
    facts = page(head).facts
    assert facts.published.iso() == iso
    assert facts.published_origin is (Origin.NONE if iso == "unknown" else Origin.PAGE)


def test_time_tag_of_the_article_counts() -> None:
    """A time tag in the article is taken, one in the menu is not."""
    times = f'<article><time datetime="2026-02-03T01:20:00+01:00">dinsdag</time>{TEXT}</article>'
    assert read_page(html(body=times), name="p").facts.published.iso() == "2026-02-03T01:20+01:00"
    changed = '<article><time class="updated" datetime="2026-02-05T01:00Z">x</time><time class="published updated" '
    changed += f'datetime="2026-02-03T01:20:00+01:00">dinsdag</time>{TEXT}</article>'
    assert read_page(html(body=changed), name="p").facts.published.iso() == "2026-02-03T01:20+01:00"
    outside = (
        f'<div class="x"><time datetime="2026-02-04T09:00:00+01:00">woensdag</time></div><article>{TEXT}</article>'
    )
    assert read_page(html(body=outside), name="p").facts.published.precision is not Precision.MINUTES


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:site_name" content="de Rietkraag">',
        '<script type="application/ld+json">{"publisher":{"@type":"Organization","name":"de Rietkraag"}}</script>',
        '<script type="application/ld+json">{"publisher":[{"name":"de Rietkraag"}]}</script>',
        '<meta name="application-name" content="de Rietkraag">',
        '<meta name="publisher" content=" de  Rietkraag ">',
    ],
)
def test_outlet(head: str) -> None:
    """The outlet is taken as the page spells it."""
    facts = page(head).facts
    assert (facts.outlet, facts.outlet_origin) == ("de Rietkraag", Origin.PAGE)


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://rietkraag.example/dijk">',
        '<meta property="og:url" content="https://rietkraag.example/dijk"><link rel=canonical href="javascript:x">',
        "<!-- saved from url=(0030)https://rietkraag.example/dijk -->",
    ],
)
def test_address(head: str) -> None:
    """The address comes from the page; only addresses of pages count."""
    assert page(head).facts.url == "https://rietkraag.example/dijk"


def test_fetched_page_without_address_has_the_one_it_was_fetched_from() -> None:
    """The address of fetching fills in, but does not outrank the page's own."""
    assert page(url="https://a.example/1").facts.url == "https://a.example/1"
    own = page('<link rel="canonical" href="https://b.example/2">', url="https://a.example/1")
    assert own.facts.url == "https://b.example/2"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252"),
        ('<meta charset="utf-16le">', "utf-8"),
        ("", "utf-8-sig"),
        ("", "cp1252"),
        ('<?xml version="1.0" encoding="utf-8"?>', "utf-8"),
    ],
)
def test_encodings(declared: str, encoding: str) -> None:
    """The declared encoding counts, and a page without or with a wrong declaration is read too."""
    source = f"{declared}<html><body><article>{TEXT}</article></body></html>".encode(encoding)
    assert PARAGRAPHS[1] in read_page(source, name="p").text


def test_scripts_are_never_part_of_the_text() -> None:
    """Scripts, handlers and styles leave no trace, and the paragraphs around them stay."""
    hostile = (
        f'<article><script>document.write("boe")</script><p onclick="boe()">{PARAGRAPHS[0]}<script>boe()</script></p>'
        f"<style>p{{content:'boe'}}</style><p>{PARAGRAPHS[1]}</p><img src=x onerror=boe()><p>{PARAGRAPHS[2]}</p>"
        '<iframe src="javascript:boe()"></iframe><svg><script>boe()</script></svg></article>'
    )
    text = read_page(html(body=hostile), name="p").text
    assert "boe" not in text
    assert all(p in text for p in PARAGRAPHS)


@pytest.mark.parametrize("source", [b"<html></html>", html(body=""), html(body="<div><a href=/1>Meer</a></div>")])
def test_page_without_article(source: bytes) -> None:
    """A page without a report says so."""
    with pytest.raises(InputError) as caught:
        load_text(source)
    assert caught.value.code in {"T111", "T104"}


def load_text(source: bytes) -> str:
    """The text of the page `source`."""
    return read_page(source, name="p.html").text


def test_empty_page_is_unreadable() -> None:
    """A page of nothing cannot be parsed."""
    with pytest.raises((PageUnreadable, NoArticle)):
        load_text(b"")


@pytest.mark.parametrize(
    "source",
    [
        "<b>" * (MAX_TAGS + 1),
        "<p " + " ".join(f"a{i}" for i in range(MAX_ATTRIBUTES + 2)) + ">",
        "<p " + " ".join(f'a{i}=">"' for i in range(MAX_ATTRIBUTES + 2)) + ">",
        "<p " + "/".join(f"a{i}='<'" for i in range(MAX_ATTRIBUTES + 2)),
        '<p "' + " ".join(f"a{i}" for i in range(MAX_ATTRIBUTES + 2)) + '">',
        ("<p " + " ".join(f"a{i}" for i in range(400)) + ">") * 501,
    ],
)
def test_pages_built_to_exhaust_are_refused(source: str) -> None:
    """More tags or attributes than any real page has are refused before parsing."""
    with pytest.raises(PageTooComplex) as caught:
        check_page(source, name="p")
    assert caught.value.code == "T112"


def test_what_is_no_tag_does_not_count() -> None:
    """Scripts, comments and values in quotation marks may hold as many angle brackets as they like."""
    many = "a<b && " * (MAX_TAGS + 1)
    check_page(f"<script>{many}</script><!-- {many} --><p title='{many}'>x</p><style>{many}", name="p")
    check_page("<" * 1000 + " 1 < 2 " * (MAX_TAGS + 1), name="p")


def test_deep_nesting_does_not_crash() -> None:
    """Tags nested thousands deep end in a page or a coded error."""
    for deep in (
        "<div>" * 20_000 + TEXT,
        "<table><tr><td>" * 5_000 + TEXT,
        "<span>" * 9_000 + TEXT + "</span>" * 9_000,
    ):
        try:
            load_text(html(body=deep))
        except InputError as error:
            assert error.code in {"T111", "T113"}


def test_archived_page() -> None:
    """A page saved with its parts in one file is read, with the address it was saved from."""
    part = html('<meta property="og:site_name" content="De Rietkraag">').decode()
    lines = (
        "From: <Saved by a browser>",
        "Snapshot-Content-Location: https://rietkraag.example/dijk",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related; type="text/html"; boundary="--x"',
        "\r\n----x",
        "Content-Type: image/gif",
        "\r\nGIF8",
        "----x",
        "Content-Type: text/html; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"\r\n{part}",
        "----x--\r\n",
    )
    found = read_archive("\r\n".join(lines).encode(), name="p.mhtml")
    assert found.text.startswith("Nacht van de dijk\n\nDe vier partijen")
    assert found.facts.outlet == "De Rietkraag"
    assert found.facts.url == "https://rietkraag.example/dijk"


def test_archive_of_countless_parts_is_refused() -> None:
    """An archive with more parts than any page is refused before it is taken apart."""
    with pytest.raises(PageTooComplex):
        read_archive(b"Content-Type: multipart/related; boundary=b\n\n" + b"--b\n\n" * 20_001, name="p.mhtml")


@pytest.mark.parametrize("data", [b"", b"geen archief", b"Content-Type: multipart/related\n\n--x\n", b"\xff" * 99])
def test_archive_without_page(data: bytes) -> None:
    """A file that holds no page says so."""
    with pytest.raises(PageUnreadable) as caught:
        read_archive(data, name="p.mhtml")
    assert caught.value.code == "T113"


def test_host_stands_for_an_outlet_that_nobody_tells(tmp_path: Path) -> None:
    """A saved page without an outlet has its host as outlet; a host that makes no sense is none."""
    path = tmp_path / "p.html"
    for address, outlet in (("https://www.rietkraag.example/dijk", "rietkraag.example"), ("http://[x", None)):
        path.write_bytes(html(f'<link rel="canonical" href="{address}">'))
        (document,) = load(path)
        assert isinstance(document, Document)
        assert document.first.outlet == outlet
    assert page('<link rel="canonical" href="https://www.rietkraag.example/dijk">').facts.outlet is None


def test_example_page() -> None:
    """The saved page of the worked example gives its report and facts."""
    (document,) = load(EXAMPLES / "02-botsing-over-oude-werf.html")
    assert isinstance(document, Document)
    assert document.outlets == ("Omroep Monde",)
    assert document.published.iso() == "2026-04-24T15:20+02:00"
    assert document.first.url == "https://www.omroepmonde.example/nieuws/ijzige-sfeer-aan-formatietafel"
    assert document.text.split("\n\n")[0] == document.title
    assert document.text.count(document.title) == 1
    assert "cookies" not in document.text
    assert "Groen Havenmonde & Sociaal Havenmonde" in document.text


def test_summary_as_text() -> None:
    """A fragment of HTML gives its words, a paragraph a block, without scripts."""
    fragment = "<p>Een &amp; <b>twee</b></p><script>boe()</script><ul><li>drie</li><li>vier</li></ul>vijf<br>zes"
    assert plain_text(fragment, name="e").split("\n\n") == ["Een & twee", "drie", "vier", "vijf", "zes"]
    assert plain_text("  ", name="e") == ""
    assert plain_text("zonder tags", name="e") == "zonder tags"
