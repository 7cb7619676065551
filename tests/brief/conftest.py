"""Views that were built by hand, and pages made of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from brief_views import at, night_view

from treves.brief import Made, render
from treves.model.view import View


@pytest.fixture(scope="session")
def made() -> Made:
    """What made the pages of these tests."""
    return Made(
        version="0.1.0",
        reader="nl-grammar 0.1.0",
        runs=("R1", "R2"),
        made_at=at(12, 8, 1),
        settings={"zone": "Europe/Amsterdam", "as_of": "2026-06-12T08:00+02:00"},
        scores="Statements: precision 0.91, recall 0.82.",
        command="treves brief oosterland.treves",
        title="Oosterland",
    )


@pytest.fixture(scope="session")
def night() -> View:
    """A night of talks in six reports."""
    return night_view()


@pytest.fixture(scope="session")
def page(made: Made) -> Callable[..., str]:
    """Render a view, in English unless told otherwise."""

    def make(view: View, language: str = "en") -> str:
        return render(view, language=language, made=made)  # type: ignore[arg-type]  # tests try wrong ones too

    return make
