"""A look at a page's source before it is parsed: pages built to exhaust the parser are refused."""

from __future__ import annotations

import re
from typing import ClassVar

from treves.errors import InputError

MAX_TAGS = 50_000
"""Tags above which a page is refused; news pages have a few thousand. The time to extract grows with the square."""
MAX_ATTRIBUTES = 500
"""Attributes of one tag above which a page is refused; parsing takes time with their square."""
MAX_ALL_ATTRIBUTES = 200_000
"""Attributes of all tags together above which a page is refused; news pages have some ten thousand."""

_OPENING = re.compile(r"<(?:(!--)|/?([a-zA-Z][^\s/>]*))")
# One attribute as HTML reads it; quotes count only behind an equals sign.
_ATTRIBUTE = re.compile(r"""[\s/]*+(?:=?[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?|=|$)""")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})


class PageTooComplex(InputError):
    """A page has more tags, or a tag more attributes, than any real page."""

    code: ClassVar[str] = "T112"


def check_page(text: str, *, name: str) -> None:
    """Refuse a page that would keep the parser busy for minutes. Cost: linear in the length of `text`.

    Args:
        text: the page's source.
        name: what errors call it.

    Raises:
        PageTooComplex: it has more than :data:`MAX_TAGS` tags, a tag with more than :data:`MAX_ATTRIBUTES` attributes,
            or more than :data:`MAX_ALL_ATTRIBUTES` in all.
    """
    tags = position = total = 0
    while opening := _OPENING.search(text, position):
        if opening[1]:
            position = text.find("-->", opening.end()) + 3
            if position < 3:
                return
            continue
        tags += 1
        position, attributes = _skip_attributes(text, opening.end())
        total += attributes
        if tags > MAX_TAGS or attributes > MAX_ATTRIBUTES or total > MAX_ALL_ATTRIBUTES:
            raise PageTooComplex(
                "{name} has more than {tags:,} tags, {attributes:,} attributes in a tag or {total:,} in all.",
                hint="Save the text of the report as a text file.",
                name=name,
                tags=MAX_TAGS,
                attributes=MAX_ATTRIBUTES,
                total=MAX_ALL_ATTRIBUTES,
            )
        position = _after_raw(text, opening[2].lower(), position)


def _skip_attributes(text: str, position: int) -> tuple[int, int]:
    """Where the tag ends, and how many attributes it has (counted up to the limit)."""
    count = 0
    while count <= MAX_ATTRIBUTES and position < len(text) and text[position] != ">":
        attribute = _ATTRIBUTE.match(text, position)
        if attribute is None or attribute.end() == position:
            break
        position = attribute.end()
        count += 1
    return position, count


def _after_raw(text: str, tag: str, position: int) -> int:
    """Where the contents of a tag end in which nothing else is a tag; `position` for other tags."""
    if tag not in _RAW:
        return position
    end = re.compile(f"</{tag}", re.IGNORECASE).search(text, position)
    return end.start() if end else len(text)
