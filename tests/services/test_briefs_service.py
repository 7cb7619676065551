"""Briefs of files and of dossiers are the same brief, and say how they were made."""

from __future__ import annotations

import re

import pytest
from example import HAVENMONDE, REPORTS, with_roster

from treves.brief.wording import UnknownBriefLanguage
from treves.services.briefs import brief_of_dossier, brief_of_paths
from treves.store import Store


def words_of(page: str) -> list[str]:
    """What stands on the page up to its section on how it was made, as words."""
    body = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", page).partition('id="made"')[0]
    return re.sub(r"<[^>]+>", " ", body.partition("<main")[2]).split()


def test_files_and_dossier_give_the_same_brief(store: Store) -> None:
    """What is said about the negotiation does not depend on where the reports are kept."""
    made = brief_of_paths([HAVENMONDE], with_roster())
    assert made.reports == REPORTS
    assert (made.failures, made.unread) == ((), ())
    assert len(words_of(made.page)) > 500
    assert words_of(made.page) == words_of(brief_of_dossier(store))


def test_a_brief_says_how_it_was_made(store: Store) -> None:
    """Command, version and run stand on the page, escaped."""
    page = brief_of_dossier(store, command="treves brief --out '<b>.html'")
    assert "treves brief --out &#39;&lt;b&gt;.html&#39;" in page
    assert "<b>.html" not in page
    assert "nl-grammar" in page


def test_briefs_speak_english_and_dutch(store: Store) -> None:
    """The interface follows the language asked for; another is an error."""
    assert '<html lang="en"' in brief_of_dossier(store)
    assert '<html lang="nl"' in brief_of_dossier(store, language="nl")
    with pytest.raises(UnknownBriefLanguage):
        brief_of_dossier(store, language="fr")  # type: ignore[arg-type]
