"""Whatever a report holds stays text: checked on the markup; a real browser checks that nothing runs."""

import json
import re
from typing import Any

import pytest
from hostile_views import OVERRIDE, PAYLOADS, RUN, hostile_made, hostile_view
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from treves.brief import render
from treves.brief.pages import _json, safe_url
from treves.brief.wording import LANGUAGES


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request: pytest.FixtureRequest) -> str:
    """The hostile view as a page."""
    return render(hostile_view(), language=request.param, made=hostile_made())


def test_no_element_or_handler_gets_in(page: str) -> None:
    """The page has its own two scripts and one style, and no element, handler or address of a report's."""
    tree: Any = html.document_fromstring(page)
    assert len(tree.xpath("//script")) == 2
    assert len(tree.xpath("//style")) == 1
    assert not tree.xpath("//img|//iframe|//b|//textarea")
    assert not [a for a in tree.xpath("//@*") if a.attrname.lower().startswith("on")]
    assert not [h for h in tree.xpath("//@href") if not h.startswith("#")]


def test_the_data_stays_data(page: str) -> None:
    """The embedded data is one valid JSON text without anything that ends its element or a line."""
    raw = page.split('<script type="application/json" id="data">')[1].split("</script>", maxsplit=1)[0]
    assert not set("<>&\u2028\u2029") & set(raw)
    assert raw.isascii()
    shown = json.loads(raw)["why"]["J0"]["i"][0]["x"]
    assert shown == PAYLOADS[0]


def test_direction_marks_stay_within_passages(page: str) -> None:
    """Outside elements that isolate their direction no invisible mark is left to turn the page around."""
    tree: Any = html.document_fromstring(page)
    assert not [a for a in tree.xpath("//@*") if set(OVERRIDE) & set(a)]
    for element in tree.iter():
        if isinstance(element.tag, str) and set(OVERRIDE) & set(element.text or ""):
            assert element.xpath("ancestor-or-self::*[@dir='auto' or self::bdi]")


def test_the_page_can_be_written(page: str) -> None:
    """Lone surrogates and control characters are replaced, so that the page is valid UTF-8."""
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", page)
    page.encode("utf-8")


def test_templates_in_reports_are_not_run(page: str) -> None:
    """Braces of template languages and of format strings are shown as they are."""
    assert "{{ 7*7 }}" in page
    assert ">49<" not in page


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://courant.example/a?b=1#c", "https://courant.example/a?b=1#c"),
        ("HTTP://courant.example/", "HTTP://courant.example/"),
        (f"javascript:{RUN}", ""),
        (f" javascript:{RUN}", ""),
        (f"data:text/html,<script>{RUN}</script>", ""),
        ("//courant.example/", ""),
        ("file:///etc/passwd", ""),
        ("https:///", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, expected: str) -> None:
    """An address of another scheme is no link."""
    assert safe_url(url) == expected


@given(st.text(), st.text())
def test_any_text_survives_the_data_block(key: str, value: str) -> None:
    """What goes into the data comes out the same, and nothing in it can end the block."""
    embedded = str(_json({key: value}))
    assert not set("<>&'\u2028\u2029") & set(embedded)
    assert json.loads(embedded) == {key: value}
