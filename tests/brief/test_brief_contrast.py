"""Contrast of the style sheet's colours by the WCAG 2.2 formula."""

import re

import pytest

from treves.brief.pages import asset

CSS = asset("brief.css")
BLOCKS = {
    "light": re.search(r":root \{(.*?)\n\}", CSS, re.DOTALL),
    "dark by the system": re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\n  \}', CSS, re.DOTALL),
    "dark by choice": re.search(r'\n:root\[data-theme="dark"\] \{(.*?)\n\}', CSS, re.DOTALL),
}
TEXT = [
    ("ink", "paper"),
    ("ink", "ground"),
    ("ink", "tint"),
    ("soft", "paper"),
    ("soft", "ground"),
    ("accent", "paper"),
]
TEXT += [("accent", "ground"), ("on-accent", "accent")]
EDGES = [("edge", "paper"), ("edge", "ground"), ("accent", "paper"), ("accent", "tint")]


def colours(name: str) -> dict[str, str]:
    """The colour variables of a block."""
    block = BLOCKS[name]
    assert block
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block.group(1)))


def luminance(colour: str) -> float:
    """Relative luminance of a colour like "#1b4f8a"."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(first: str, second: str) -> float:
    """Contrast ratio, 1-21."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula() -> None:
    """Black on white is 21 to 1; a known grey is 4.54 to 1."""
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", BLOCKS)
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(theme: str, front: str, back: str) -> None:
    """Text has at least 4.5 to 1 (WCAG AA)."""
    found = colours(theme)
    assert ratio(found[front], found[back]) >= 4.5


@pytest.mark.parametrize("theme", BLOCKS)
@pytest.mark.parametrize(("front", "back"), EDGES)
def test_edges_that_mean_something_can_be_seen(theme: str, front: str, back: str) -> None:
    """Borders of controls and marks have at least 3 to 1 (WCAG AA)."""
    found = colours(theme)
    assert ratio(found[front], found[back]) >= 3


def test_both_ways_to_dark_are_the_same() -> None:
    """The system's dark and the chosen dark do not drift apart, and every colour has its dark counterpart."""
    assert colours("dark by the system") == colours("dark by choice")
    assert colours("light").keys() == colours("dark by choice").keys()


def test_colours_come_from_variables_only() -> None:
    """Outside the themes (and print, which is black on white) no rule has a colour of its own."""
    rules = CSS[CSS.index("* { box-sizing") : CSS.index("@media print")]
    assert not re.findall(r":[^;{}]*(?<!\()#[0-9a-f]{3,8}\b[^;{}]*;", rules)
