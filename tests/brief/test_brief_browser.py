"""The page in a real browser: nothing hostile runs, the keys work, nothing overflows; dark, print, without script."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from brief_views import night_view
from hostile_views import hostile_made, hostile_view

from treves.brief import Made, render
from treves.model.view import View

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PHONE = {"width": 390, "height": 844}
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]

CLICK = """target => document.querySelector(`[data-why='${CSS.escape(target)}']`)
    .dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))"""
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for this module; closed at its end, so that no event loop outlives it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path, made: Made) -> Iterator[Open]:
    """Open a view's page from a file; at the end nothing may have been requested, logged or thrown."""
    contexts, seen = [], []

    def go(
        view: View | None = None, *, language: str = "en", about: Made | None = None, at: str = "", **how: Any
    ) -> Any:
        path = tmp_path / "brief.html"
        page_text = render(view or night_view(), language=language, made=about or made)  # type: ignore[arg-type]
        path.write_text(page_text, encoding="utf-8")
        context = browser.new_context(**how)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: seen.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: seen.append(f"error: {error}"))
        page.on("dialog", lambda dialog: seen.append(f"dialog: {dialog.message}"))
        page.on(
            "request", lambda request: seen.append(request.url) if request.url.split("#")[0] != path.as_uri() else None
        )
        page.goto(path.as_uri() + at)
        return page

    yield go
    for context in contexts:
        context.close()
    assert not seen


def focused(page: Any) -> str:
    """The id of the focused element."""
    return str(page.evaluate("document.activeElement.id"))


def overflow(page: Any) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def test_nothing_hostile_runs(open_page: Open) -> None:
    """Every panel is opened, every fold unfolded and every filter tried: no script of a report's runs."""
    page = open_page(hostile_view(), about=hostile_made())
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    for target in page.evaluate("[...new Set([...document.querySelectorAll('[data-why]')].map(a => a.dataset.why))]"):
        page.evaluate(CLICK, target)
        assert page.locator("#why").is_visible()
        page.keyboard.press("Escape")
    for name in ("party", "person", "outlet", "kind"):
        choices = page.locator(f"select[data-filter={name}] option")
        for i in range(choices.count()):
            page.locator(f"select[data-filter={name}]").select_option(index=i)
        page.locator(f"select[data-filter={name}]").select_option(index=0)
    page.mouse.move(600, 300)
    assert page.evaluate("window.broken") is None
    assert page.evaluate("document.querySelectorAll('img, iframe').length") == 0


def test_injected_markup_would_be_stopped_by_the_policy(open_page: Open, browser: Any) -> None:
    """Even where escaping failed, the policy lets no other script or handler run."""
    page = browser.new_context().new_page()
    text = render(night_view(), language="en", made=Made("0"))
    page.set_content(
        text.replace("</main>", "<script>window.broken=1</script><img src=x onerror='window.broken=1'></main>")
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.broken") is None
    page.context.close()


def test_a_walk_by_keyboard(open_page: Open) -> None:
    """J and k move between items, enter opens the reason, esc closes it and gives the focus back."""
    page = open_page()
    page.keyboard.press("j")
    first = focused(page)
    page.keyboard.press("j")
    second = focused(page)
    assert first
    assert second not in ("", first)
    page.keyboard.press("k")
    assert focused(page) == first
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert page.locator("#why").is_visible()
    assert focused(page) == "why-title"
    page.keyboard.press("Escape")
    assert not page.locator("#why").is_visible()
    assert focused(page) == second


def test_the_panel_follows_j_and_k(open_page: Open) -> None:
    """With the panel open, the next item's reason is shown and the focus stays in the text."""
    page = open_page()
    page.locator(".u").first.focus()
    page.keyboard.press("Enter")
    before = page.locator("#why-what").inner_text()
    page.keyboard.press("j")
    assert page.locator("#why-what").inner_text() != before
    assert focused(page) == page.locator(".u").nth(1).get_attribute("id")
    page.keyboard.press("Escape")
    assert focused(page) == page.locator(".u").nth(1).get_attribute("id")


def test_the_panel_shows_passage_report_rule_and_link(open_page: Open) -> None:
    """The words are marked in their sentence; who reported it when, the rule and the correction stand below."""
    page = open_page()
    page.locator(".u", has_text="al weken").locator("a.why").click()
    panel = page.locator("#why")
    assert panel.locator("blockquote mark").inner_text() == "Dat weten de anderen al weken"
    assert "zei hij in de ochtenduitzending." in panel.locator("blockquote").inner_text()
    shown = panel.inner_text()
    for part in ("Radio Oost", "Thursday 11 June 2026, about 08:00", "quote-before-cue", "A. Redacteur"):
        assert part in shown
    link = panel.locator("#why-link").get_attribute("href")
    assert link == page.evaluate("location.hash")
    panel.locator("a.in-full").click()
    lit = page.locator(".text .lit")
    assert lit.inner_text() == "Dat weten de anderen al weken"
    assert lit.is_visible()


def test_a_permanent_link_opens_its_reason(open_page: Open) -> None:
    """Opening the page at an id shows that thing and its reason."""
    utterance = night_view().utterances[6]
    page = open_page(at=f"#{utterance.id}")
    assert page.locator("#why-what").inner_text() == "Marit van Loon"
    assert page.locator("#why-list > li").count() == 4
    assert page.locator(f"#{utterance.id}").is_visible()


def test_search_and_filters(open_page: Open) -> None:
    """The slash goes to the search field; words, person, party, outlet and kind narrow what is shown; all come back."""
    page = open_page()
    visible = page.locator(".u:not([hidden])")
    everything = visible.count()
    page.keyboard.press("/")
    assert focused(page) == "search"
    page.keyboard.type("TWEEEN knippen")
    assert visible.count() == 1
    assert page.locator("#result").inner_text() == f"1 of {everything} shown"
    assert page.locator(".day-group:not([hidden])").count() == 1
    page.keyboard.press("Escape")
    assert visible.count() == everything
    for name, choice, expected in (
        ("person", "Joris Adema", 4),
        ("party", "Groen Verbond", 2),
        ("outlet", "De Kustbode", 2),
        ("kind", "partly quoted", 1),
        ("person", "Unnamed sources", 1),
        ("person", "No source given", 1),
    ):
        page.locator(f"select[data-filter={name}]").select_option(label=choice)
        assert visible.count() == expected
        page.locator("#clear").click()
        page.wait_for_function("n => document.querySelectorAll('.u:not([hidden])').length === n", arg=everything)
    page.locator("#search").fill("zzz")
    assert page.locator("#result").inner_text().startswith("Nothing matches")


def test_keys_do_nothing_while_typing_or_when_turned_off(open_page: Open) -> None:
    """A j in the search field is a letter; single keys can be turned off, and the choice holds."""
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("jk?")
    assert page.locator("#search").input_value() == "jk?"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.locator("#single").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('[data-item]')") is None
    page.reload()
    page.keyboard.press("?")
    assert not page.locator("#keys").is_visible()


def test_the_timeline_by_keyboard_and_pointer(open_page: Open) -> None:
    """One tab stop; arrows move along it; what has the focus or the pointer is named; enter opens its reason."""
    page = open_page()
    assert page.locator("#picture .ev[tabindex='0']").count() == 1
    page.locator("#picture .ev[tabindex='0']").focus()
    first = page.locator("#pointed").inner_text()
    page.keyboard.press("ArrowRight")
    second = page.locator("#pointed").inner_text()
    assert first
    assert second not in ("", first)
    page.locator("#picture .ev-flag.ultimatum .label").hover()
    assert page.locator("#pointed").inner_text().startswith("ultimatum: handtekening, Friday 12 June")
    page.locator("#picture .ev-bar .label").first.focus()
    page.locator("#picture .ev-bar").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#why-what").inner_text().startswith("Talks: Wednesday 10 June, 19:00 to 23:45")


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("hostile", [False, True])
def test_no_sideways_overflow_on_a_phone(open_page: Open, language: str, hostile: bool) -> None:
    """At phone width only the timeline and a table scroll sideways, within themselves; with the panel too."""
    view = hostile_view() if hostile else None
    page = open_page(view, language=language, viewport=PHONE)
    assert overflow(page) <= 0
    page.locator(".u a.why").first.click()
    assert overflow(page) <= 0
    box = page.locator("#why").bounding_box()
    assert box["width"] == PHONE["width"]
    page.keyboard.press("Escape")
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    assert overflow(page) <= 0


def test_the_first_screen_fits_a_laptop(open_page: Open) -> None:
    """Sentence, facts and what it rests on are in sight without scrolling."""
    page = open_page(viewport={"width": 1280, "height": 800})
    box = page.locator(".basis").bounding_box()
    assert box["y"] + box["height"] < 800
    assert overflow(page) <= 0


def test_dark_by_system_and_by_choice(open_page: Open) -> None:
    """The page follows the system until a reader chooses; the choice holds over a reload."""
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    page = open_page(color_scheme="dark")
    dark = page.evaluate(ground)
    assert dark == "rgb(21, 23, 27)"
    page.locator("#theme").click()
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    assert page.locator("#theme").inner_text() == "Colours: light"
    page.reload()
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.locator("#theme").click()
    assert page.evaluate(ground) == dark


def test_print_is_black_on_white_and_unfolded(open_page: Open) -> None:
    """On paper there are no controls, the reports in full are left out, and versions lie open."""
    page = open_page(color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    for hidden in ("#filters", "#tools", "#reports", ".contents", "a.why"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator(".variants .version").first.is_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.querySelector('.variants').open") is False


def test_without_script_everything_can_be_read(open_page: Open) -> None:
    """Reports lie open, links lead to the marked passage, and controls that would do nothing are not there."""
    page = open_page(java_script_enabled=False)
    for hidden in ("#filters", "#tools", "#why", ".pointed"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator(".report .text").first.is_visible()
    link = page.locator(".u", has_text="al weken").locator("a.why")
    target = link.get_attribute("href")
    link.click()
    assert page.url.endswith(target)
    assert page.locator(f"[data-p~='{target[1:]}']").first.is_visible()
    page.locator(".variants summary").first.click()
    assert page.locator(".variants .version").first.is_visible()


@pytest.mark.parametrize("view", [View(), View(documents=night_view().documents)], ids=["no reports", "not understood"])
def test_empty_states_work_in_a_browser(open_page: Open, view: View) -> None:
    """Without items the keys and the help still work, and nothing is thrown."""
    page = open_page(view)
    for key in ("j", "k", "/", "Enter", "Escape"):
        page.keyboard.press(key)
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
