"""What a web page tells about itself: title, outlet, address and publication time, from its metadata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from treves.dates import UNKNOWN_MOMENT, InvalidTime, Moment, Precision
from treves.exchange.published import read_published
from treves.exchange.reports import Facts, tidy
from treves.model.evidence import Origin
from treves.text import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Names of meta tags (property, name or itemprop), the most reliable first.
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date.published",
    "publication_date",
    "publishdate",
    "publish-date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "date",
)
_OUTLET = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher")
_TITLE = ("og:title", "twitter:title", "headline", "dc.title", "dcterms.title")
_LINKED_OUTLET = ("application-name", "apple-mobile-web-app-title")
_TITLE_SEPARATORS = "-–—|·•: "
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_MOST_LINKED_DATA = 2_000  # objects of linked data looked at in one page


def page_facts(tree: HtmlElement, text: str, *, where: str) -> Facts:
    """Return what the page says about itself; nothing is guessed from its running text.

    Args:
        tree: the parsed page.
        text: its source.
        where: IANA name of the zone for times without an offset.
    """
    metas = _metas(tree)
    linked = list(_linked_data(tree))
    outlet = _first(metas, _OUTLET) or _publisher(linked) or _first(metas, _LINKED_OUTLET)
    title = _first(metas, _TITLE) or next((t for o in linked if (t := _string(o.get("headline")))), None)
    title = title or _lone_heading(tree)
    return Facts(
        outlet=outlet,
        published=_published([*_told_times(tree, metas, linked)], where=where),
        title=_without_outlet(title, outlet) if title else None,
        url=_address(tree, metas, text),
    ).told_by(Origin.PAGE)


def headings(tree: HtmlElement) -> tuple[str, ...]:
    """Return the page's first-level headings."""
    return tuple(h for e in tree.iter("h1") if (h := tidy(str(e.text_content()))))


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Contents of meta tags and of elements with an itemprop, by name in lower case; the first of each counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = tidy(element.get("content") or "")
        for attribute in ("property", "name", "itemprop"):
            key = (element.get(attribute) or "").strip().lower()
            if key and content:
                found.setdefault(key, content)
    return found


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """The objects of the page's JSON-LD, outer before inner; what is no JSON is passed over."""
    count = 0
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        try:
            pending: list[object] = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while pending and count < _MOST_LINKED_DATA:
            item = pending.pop(0)
            count += 1
            if isinstance(item, dict):
                yield item
                pending.extend(v for k, v in item.items() if k in ("@graph", "mainEntity", "mainEntityOfPage"))
            elif isinstance(item, list):
                pending.extend(item)


def _string(value: object) -> str | None:
    return tidy(value) if isinstance(value, str) else None


def _publisher(linked: list[dict[str, object]]) -> str | None:
    for item in linked:
        publisher = item.get("publisher")
        for one in publisher if isinstance(publisher, list) else [publisher]:
            if name := _string(one.get("name") if isinstance(one, dict) else one):
                return name
    return None


def _told_times(tree: HtmlElement, metas: dict[str, str], linked: list[dict[str, object]]) -> Iterator[str]:
    """Wordings of the publication time, the most reliable first; times of change are left out."""
    yield from (metas[name] for name in _PUBLISHED[:3] if name in metas)
    yield from (t for item in linked if (t := _string(item.get("datePublished"))))
    for element in tree.xpath("//*[@itemprop='datePublished']"):
        yield from _time_of(element)
    yield from (metas[name] for name in _PUBLISHED[3:] if name in metas)
    for element in tree.xpath("//time[@pubdate] | //article//time | //main//time")[:1]:
        yield from _time_of(element)


def _time_of(element: HtmlElement) -> Iterator[str]:
    wording = element.get("datetime") or element.get("content") or str(element.text_content())
    if tidied := tidy(wording):
        yield tidied


def _published(wordings: list[str], *, where: str) -> Moment:
    """The first time that can be read, made finer by a later one that does not contradict it."""
    best = UNKNOWN_MOMENT
    for wording in wordings:
        try:
            moment = read_published(wording, where=where, midnight_is_day=True)
        except InvalidTime:
            continue
        if moment.precision is Precision.MINUTES and moment.overlaps(best):
            return moment
        if best.earliest is None:
            best = moment
    return best


def _address(tree: HtmlElement, metas: dict[str, str], text: str) -> str | None:
    canonical = [str(e.get("href") or "") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    saved = _SAVED_FROM.search(text, 0, 4_000)
    for address in (*canonical, metas.get("og:url", ""), saved[1] if saved else ""):
        if re.match(r"https?://[^\s/]+", address.strip()):
            return address.strip()
    return None


def _lone_heading(tree: HtmlElement) -> str | None:
    found = headings(tree)
    return found[0] if len(found) == 1 else None


def _without_outlet(title: str, outlet: str | None) -> str:
    """Cut " - Outlet" from the end of a title."""
    if outlet and len(title) > len(outlet) and fold(title[-len(outlet) :]) == fold(outlet):
        rest = title[: -len(outlet)].rstrip()
        if rest.endswith(tuple(_TITLE_SEPARATORS)) and rest.rstrip(_TITLE_SEPARATORS):
            return rest.rstrip(_TITLE_SEPARATORS)
    return title
