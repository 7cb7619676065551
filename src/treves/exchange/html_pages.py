"""Web pages and saved pages: the report's text, with what the page tells about it. Nothing in a page is ever run."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from email.message import Message
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

import attrs

from treves.dates import DEFAULT_ZONE, UNKNOWN_MOMENT, InvalidTime, Precision
from treves.errors import InputError
from treves.exchange.decoding import decode
from treves.exchange.page_facts import headings, page_facts
from treves.exchange.page_guard import PageTooComplex, check_page
from treves.exchange.published import read_published
from treves.exchange.reports import Facts, Failure, document_of, is_told, tidy
from treves.exchange.source import Source
from treves.model.evidence import Document, Origin
from treves.text import fold, squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_CHARSET_WITHIN = 4_096  # bytes at the beginning of a page in which it may declare its encoding
_MOST_PARTS = 500  # parts of a saved archive that are looked at
_MOST_MARKS = 20_000  # lines in an archive that may divide its parts
_SENTENCE_WORDS = 8  # words of a page's longest paragraph below which it has menus and labels, but no report
_MODIFIED = re.compile(r"modif|updat|revis|lastmod", re.IGNORECASE)
# What the parser and the extraction raise on damaged pages; each is a fault of the page, not of the caller.
_PAGE_FAULTS = (ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError)


class NoArticle(InputError):
    """A page has no report in it that can be told from its menus and teasers."""

    code: ClassVar[str] = "T111"


class PageUnreadable(InputError):
    """A page cannot be parsed at all."""

    code: ClassVar[str] = "T113"


@attrs.frozen
class Page:
    """The report on a page.

    Attributes:
        text: headline, empty line, paragraphs with empty lines between them.
        facts: what the page tells about it.
    """

    text: str
    facts: Facts


def read_html_file(source: Source) -> Iterator[Document | Failure]:
    """Read the one report of a saved page (.html).

    Raises:
        InputError: the file cannot be read, is no page, or has no report in it.
    """
    page = read_page(source.read(), name=source.name, zone=source.zone)
    yield _document(page, source)


def read_mhtml_file(source: Source) -> Iterator[Document | Failure]:
    """Read the one report of a page saved as one file (.mhtml).

    Raises:
        InputError: the file cannot be read, holds no page, or has no report in it.
    """
    page = read_archive(source.read(), name=source.name, zone=source.zone)
    yield _document(page, source)


def _document(page: Page, source: Source) -> Document:
    """The document of a saved page; its host stands for an outlet that nobody tells."""
    by_host = Facts(outlet=_host(page.facts.url)).told_by(Origin.PAGE)
    return document_of(page.text, name=source.name, facts=source.facts.over(page.facts).over(by_host))


def _host(url: str | None) -> str | None:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def read_archive(data: bytes, *, name: str, zone: str = DEFAULT_ZONE) -> Page:
    """Return the report on the first page in a saved archive; arguments and errors as :func:`read_page`."""
    from email import message_from_bytes

    if data.count(b"\n--") > _MOST_MARKS:
        raise PageTooComplex(
            "{name} has more parts than any saved page.", hint="Save the page again, as HTML.", name=name
        )
    try:
        message = message_from_bytes(data)
        part = _first_page(message)
        body = part.get_payload(decode=True) if part else None
    except _PAGE_FAULTS:
        part = body = None
    if part is None or not isinstance(body, bytes):
        raise PageUnreadable("{name} holds no page.", hint="Save the page again, as HTML.", name=name)
    address = tidy(str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or ""))
    return read_page(body, name=name, charset=part.get_content_charset(), url=address, zone=zone)


def _first_page(message: Message) -> Message | None:
    for count, part in enumerate(message.walk()):
        if count >= _MOST_PARTS:
            return None
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            return part
    return None


def read_page(
    data: bytes, *, name: str, charset: str | None = None, url: str | None = None, zone: str = DEFAULT_ZONE
) -> Page:
    """Take the report and its facts out of a web page.

    The text is found by trafilatura; outlet and time come from the page's metadata, linked data and time tags. Where
    these are silent, trafilatura's outlet counts, and the day that htmldate finds in the address or among the visible
    dates.

    Args:
        data: the page as served or saved.
        name: what errors call it.
        charset: encoding that the server named, if any.
        url: address it was fetched from, if known.
        zone: IANA name of the zone for times without an offset.

    Raises:
        NotText, UnknownEncoding: it is binary.
        PageTooComplex: it was built to keep the parser busy.
        PageUnreadable: it cannot be parsed.
        NoArticle: it has no report in it.
    """
    text = decode(data, name=name, declared=charset or _declared_charset(data), lenient=True)
    check_page(text, name=name)
    with _faults_of(name):
        tree = _parse(text)
        _drop_times_of_change(tree)
        facts = page_facts(tree, text, where=zone)
        if not is_told(facts.published):
            facts = facts.over(_found_day(tree, url or facts.url, zone))
        titles = headings(tree)
        found = _extract(tree, url or facts.url)
    paragraphs = [p for line in str(found.text or "").split("\n") if (p := line.strip())] if found else []
    if not found or max((len(p.split()) for p in paragraphs), default=0) < _SENTENCE_WORDS:
        raise NoArticle(
            "{name} has no report that can be told from the rest of the page.", hint="Save it as text.", name=name
        )
    facts = facts.over(Facts(url=url, title=tidy(found.title or "")))
    site = tidy(found.sitename or "")
    if site and site.lower() not in (facts.url or "").lower():  # else it is only the host of the address
        facts = facts.over(Facts(outlet=site).told_by(Origin.PAGE))
    return Page(_with_headline(paragraphs, facts.title, titles), facts)


def plain_text(fragment: str, *, name: str) -> str:
    """Return the text of a piece of HTML (a feed's summary), one paragraph a block, with empty lines between.

    Raises:
        PageTooComplex: see :func:`treves.exchange.page_guard.check_page`.
        PageUnreadable: it cannot be parsed.
    """
    if not fragment.strip():
        return ""
    check_page(fragment, name=name)
    with _faults_of(name):
        tree = _parse(f"<html><body>{fragment}</body></html>")
        for element in tree.xpath("//script | //style | //template"):
            element.drop_tree()
        for element in tree.iter("p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "tr", "ul", "ol"):
            element.tail = "\n" + (element.tail or "")
            element.text = "\n" + (element.text or "")
        lines = [squeeze(line) for line in str(tree.text_content()).split("\n")]
    return "\n\n".join(line for line in lines if line)


def _declared_charset(data: bytes) -> str | None:
    match = _META_CHARSET.search(data[:_CHARSET_WITHIN])
    return match[1].decode("ascii") if match else None


@contextmanager
def _faults_of(name: str) -> Iterator[None]:
    """Turn whatever the parser and the extraction raise on a damaged page into an error of ours."""
    from lxml.etree import LxmlError

    try:
        yield
    except (LxmlError, *_PAGE_FAULTS) as error:
        raise PageUnreadable(
            "{name} cannot be read as a page: {error}.", hint="Save it as text.", name=name, error=error
        ) from None


def _parse(text: str) -> HtmlElement:
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    return document_fromstring(text.encode("utf-8", "replace"), parser=parser)


def _drop_times_of_change(tree: HtmlElement) -> None:
    """Take out the metadata that tells when the page was changed, lest it be taken for its publication."""
    for element in list(tree.iter("meta", "time")):
        names = " ".join(element.get(key) or "" for key in ("property", "name", "itemprop", "class"))
        if _MODIFIED.search(names) and "publish" not in names.lower():
            element.drop_tree()


@cache
def _quiet() -> None:
    """Keep the extraction's own remarks off standard error; our errors say what was wrong."""
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).addHandler(logging.NullHandler())


def _found_day(tree: HtmlElement, url: str | None, zone: str) -> Facts:
    """The day of publication that the address or a visible date tells, where the metadata is silent."""
    from htmldate import find_date

    _quiet()
    visible = deepcopy(tree)
    for script in list(visible.iter("script")):
        script.drop_tree()  # any date in a script would do for the search
    day = find_date(visible, url=url, extensive_search=False, original_date=True)
    try:
        published = read_published(day, precision=Precision.DAYS, where=zone) if day else UNKNOWN_MOMENT
    except InvalidTime:
        published = UNKNOWN_MOMENT
    return Facts(published=published).told_by(Origin.PAGE)


def _extract(tree: HtmlElement, url: str | None) -> Any:
    from trafilatura import bare_extraction

    _quiet()
    return bare_extraction(tree, url=url, include_comments=False, with_metadata=True)


def _with_headline(paragraphs: list[str], title: str | None, titles: tuple[str, ...]) -> str:
    """The text with its headline as first line, unless it begins with one already."""
    beginning = fold(squeeze(" ".join(paragraphs[:3])))
    known = [fold(squeeze(t)) for t in (title, *titles) if t]
    lines = paragraphs if not title or any(beginning.startswith(t) for t in known) else [title, *paragraphs]
    return "\n\n".join(lines)
