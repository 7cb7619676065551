"""Pages of charts: drawn in a real browser without a network, with hostile names, and what they are made of."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from treves.pictures import charts
from treves.pictures.page import Figure, Page, render
from treves.pictures.wording import wording

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
HOSTILE = "</script><script>window.stolen=1</script><img src=x onerror='window.stolen=1'>"


def banded(**fields: Any) -> dict[str, Any]:
    """A row with a median and bands around .5."""
    return {"low90": 0.2, "low50": 0.4, "median": 0.5, "high50": 0.6, "high90": 0.8, "chance": 0.5, **fields}


def figures(name: str) -> list[Figure]:
    """One figure of each chart, in which a party, package and input are called `name`."""
    option = {"kind": "option", "issue": "Limit", "party": "", "at": 50, "label": "quota"}
    wants = banded(kind="position", issue="Limit", party=name, point=40, salience=0.5, told="40")
    wants |= {"low90": 20, "low50": 35, "high50": 45, "high90": 70}
    refuses = {
        "kind": "red line",
        "issue": "Limit",
        "party": name,
        "low": 60,
        "high": 100,
        "firmness": 0.7,
        "told": "no",
    }
    series = [banded(at=t, series=name) for t in range(3)]
    return [
        Figure("positions", "Positions", spec=charts.positions([option, wants, refuses], scale="place")),
        Figure(
            "packages",
            "Packages",
            spec=charts.utilities(
                [{"package": "Nash", "party": name, "utility": 0.6, "reservation": 0.4, "accepts": True}],
                axis="utility",
            ),
            columns=("Party", "Utility"),
            rows=[(name, 0.6)],
        ),
        Figure(
            "frontier",
            "Frontier",
            spec=charts.frontier([{"x": 0.2, "y": 0.6, "passes": True, "name": name, "told": name}], x="x", y="y"),
        ),
        Figure("chances", "Chances", spec=charts.chances([banded(outcome=name)], axis="chance")),
        Figure("landing", "Landing", spec=charts.landing([banded(issue="Limit", option=name)], axis="chance")),
        Figure(
            "tornado",
            "Tornado",
            spec=charts.tornado([{"input": name, "low": 0.2, "high": 0.7, "told": name}], axis="chance", base=0.4),
        ),
        Figure("fan", "Fan", spec=charts.fan(series, x="round", y="chance", share=True)),
        Figure("panels", "Panels", spec=charts.fan(series, x="month", y="persons", panels=True)),
        Figure(
            "chain",
            "Chain",
            spec=charts.flow(
                [{"x": 0, "y": 0, "label": name, "kind": "queue"}, {"x": 1, "y": 1, "label": name, "kind": "end"}],
                [{"x": 0, "y": 0, "x2": 1, "y2": 1, "label": name}],
            ),
        ),
        Figure(
            "calibration",
            "Calibration",
            spec=charts.calibration(
                [{"series": name, "stated": 0.3, "observed": 0.4, "low": 0.2, "high": 0.6, "count": 9}], x="a", y="b"
            ),
        ),
    ]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(QUIET))
        yield started
        started.close()


@pytest.mark.browser
@pytest.mark.parametrize(("name", "width"), [("Oosterbeek", 1200), ("Oosterbeek", 390), (HOSTILE, 900)])
def test_every_chart_is_drawn(browser: Any, tmp_path: Path, name: str, width: int) -> None:
    """Each has marks, nothing is fetched, no name runs as a script, and nothing stands out beside a narrow page."""
    shown = figures(name)
    target = tmp_path / "page.html"
    target.write_text(render(Page(name, (name,), shown, ((name, name),), json.dumps(name), name)), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    fetched: list[str] = []
    broken: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(target.as_uri())
    for figure in shown:
        page.wait_for_selector(f"[data-figure='{figure.key}'][data-drawn='yes'] svg", timeout=10_000)
        assert page.locator(
            f"[data-figure='{figure.key}'] svg .mark-group path, [data-figure='{figure.key}'] svg line"
        ).count()
    assert page.evaluate("window.stolen") is None
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.close()
    assert fetched == [target.as_uri()]
    assert broken == []


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_page_without_pictures_needs_no_script(language: str) -> None:
    """Tables alone are a page of a few kilobytes; numbers stand right and keep three decimals."""
    page = render(Page("T", figures=[Figure("t", "Table", columns=("a",), rows=[(0.12345,)])]), language=language)
    assert "vega" not in page
    assert '<td class="number">0.123</td>' in page
    assert f'lang="{language}"' in page


def test_an_empty_figure_says_so() -> None:
    """No rows and no picture: a sentence, not a hole."""
    assert "There is nothing to show." in render(Page("T", figures=[Figure("t", "Table")]))


def test_the_same_page_twice_is_the_same() -> None:
    """Nothing of the clock or of chance goes into a page."""
    assert render(Page("T", figures=figures("a"))) == render(Page("T", figures=figures("a")))


def test_panels_and_names_stand_in_the_order_of_the_rows() -> None:
    """Vega-Lite would sort them by the alphabet."""
    spec = charts.landing([banded(issue=i, option=o) for i in ("Z", "A") for o in ("no", "a")], axis="")
    assert spec["facet"]["row"]["sort"] == ["Z", "A"]
    assert spec["spec"]["layer"][0]["encoding"]["y"]["sort"] == ["no", "a"]


def test_the_policy_lets_no_other_script_run() -> None:
    """Only the two scripts of the page, by their hashes; nothing is evaluated and nothing loaded."""
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', render(Page("T", figures=figures("a"))))
    assert policy
    assert "unsafe-eval" not in policy[1]
    assert policy[1].count("sha256-") == 2
    assert policy[1].startswith("default-src &#39;none&#39;")


def test_both_languages_have_the_same_strings() -> None:
    """A string that one lacks would be an error on a page; fields are the same too."""
    english, dutch = wording("en").strings, wording("nl").strings
    assert english.keys() == dutch.keys()
    for key, told in english.items():
        assert set(re.findall(r"\{(\w+)", told)) == set(re.findall(r"\{(\w+)", dutch[key])), key
