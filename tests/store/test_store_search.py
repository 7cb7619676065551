"""Full-text search finds the same reports in a file and in a database."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import make_document

from treves.dates import UNKNOWN_MOMENT
from treves.model.evidence import Appearance, Document, Span, document_id
from treves.store import Store
from treves.store.words import (
    LONGEST,
    Term,
    as_tsvector,
    cut_snippet,
    find_matches,
    fts_query,
    index_words,
    parse_query,
    tsquery,
)

TEXTS = {
    "harbour": "De Oude Werf ligt aan de haven. Çelikgöz en Terpstra spraken er over de werf.",
    "council": "Het college-Terpstra zou volgens de Volkskrant 12.500 euro per woning betalen; werf noch haven.",
    "night": "Na een nacht van overleg was er om 4.30 uur nog geen akkoord over de wérven, zei één bron.",
    "accents": "Een cafe\u0301 aan de A\u0308ußere Straße; snake_case en ½ liter.",
}


@pytest.fixture
def filled(store: Store) -> Store:
    """A dossier with the four texts."""
    store.add_many((report(text), None) for text in TEXTS.values())
    return store


def report(text: str) -> Document:
    """A report that is only a text."""
    return Document(document_id(text), text, (Appearance(text[:10], None, UNKNOWN_MOMENT),))


def found(store: Store, query: str) -> set[str]:
    """Names of the texts that `query` finds."""
    names = {document_id(text): name for name, text in TEXTS.items()}
    return {names[hit.document.id] for hit in store.search(query)}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("werf", {"harbour", "council"}),
        ("WERF haven", {"harbour", "council"}),
        ("celikgoz", {"harbour"}),
        ("Çelikgöz terpstra", {"harbour"}),
        ("terpstra", {"harbour", "council"}),
        ('"oude werf"', {"harbour"}),
        ('"werf oude"', set()),
        ('"werf oude', {"harbour"}),
        ("college-terpstra", {"council"}),
        ("terpstra-college", set()),
        ("werv*", {"night"}),
        ("wer*", {"harbour", "council", "night"}),
        ('"oude we"*', {"harbour"}),
        ('"oude we*"', set()),
        ("12.500", {"council"}),
        ("12", {"council"}),
        ("4.30", {"night"}),
        ("één", {"night", "accents"}),
        ("café strasse", {"accents"}),
        ("café straße", {"accents"}),
        ("case", {"accents"}),
        ("snake_case", {"accents"}),
        ("½", {"accents"}),
        ("werf AND haven", set()),
        ("werf OR nacht", set()),
        ("NOT werf", set()),
        ("werf NEAR haven", set()),
        ("words:werf", set()),
        ("", set()),
        ('* - () "" \' ^ : \\', set()),
        ("werf ) -(", {"harbour", "council"}),
        ("wérf!*", {"harbour", "council"}),
    ],
)
def test_queries(filled: Store, query: str, wanted: set[str]) -> None:
    """Words are found without regard to case and accents, phrases in order, beginnings by a star."""
    assert found(filled, query) == wanted


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=30) | st.text("\"*()-:^+&|!<>\\' werfWERF\0", max_size=30))
def test_no_query_is_an_error(filled: Store, query: str) -> None:
    """Whatever is typed, the search answers."""
    assert len(filled.search(query)) <= len(TEXTS)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60))
def test_every_word_finds_its_report(store: Store, text: str) -> None:
    """A report is found by every word in it, and by the whole of its words in order."""
    document = report(text)
    store.add(document)
    for query in [*text.split(), f'"{text.replace(chr(34), " ")}"']:
        if parse_query(query):
            assert document.id in {hit.document.id for hit in store.search(query, limit=1000)}


def test_hits_show_where(filled: Store) -> None:
    """A hit has the words around its first match, and the offsets of all matches in them."""
    (hit,) = filled.search("celikgoz werf")
    assert hit.document.text == TEXTS["harbour"]
    assert [span.of(hit.document.text) for span in hit.matches] == ["Werf", "Çelikgöz", "werf"]
    assert hit.document.text[hit.start : hit.start + len(hit.snippet)] == hit.snippet
    assert hit.score > 0


def test_best_first_and_limited(store: Store) -> None:
    """A report that speaks of nothing else comes before one that mentions it; the limit is kept."""
    for n in range(30):
        store.add(report(f"Bericht {n} noemt de haven een keer, en verder van alles over de stad en haar raad."))
    store.add(report("Haven, haven, haven: de haven in de haven."))
    hits = store.search("haven", limit=5)
    assert len(hits) == 5
    assert hits[0].document.text.startswith("Haven, haven")
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert store.search("haven", limit=0) == []


def test_another_appearance_is_not_another_hit(store: Store) -> None:
    """A report that two outlets told is found once."""
    store.add(make_document())
    store.add(make_document(name="b.txt", outlet="De Kustgids"))
    (hit,) = store.search("terpstra")
    assert hit.document.outlets == ("Havenbode", "De Kustgids")


def test_long_reports_and_words(store: Store) -> None:
    """A text with more words than an index counts, and a word that is longer than it keeps, are stored and found."""
    long = "x" * 5000
    store.add(report(f"{long} begin " + "woord nog een " * 40_000 + " slot"))
    (hit,) = store.search("begin")
    assert hit.matches == (Span(5001, 5006),)
    assert store.search("x" * LONGEST)[0].matches[0] == Span(0, 5000)


def test_index_words() -> None:
    """Words are letters and digits, folded; signs part them."""
    assert index_words("Vóór d'66: 12.500 ÉÉN_twee İ ﬁn") == ["voor", "d", "66", "12", "500", "een", "twee", "i", "fin"]


def test_parse_query() -> None:
    """Quotes and stars are read; the same term counts once."""
    assert parse_query('Haven* "de oude" haven* ""* -') == [Term(("haven",), open=True), Term(("de", "oude"))]


def test_queries_as_written() -> None:
    """Terms are written in each database's own language."""
    terms = [Term(("de", "oude"), open=True), Term(("werf",))]
    assert fts_query(terms) == '"de oude" * AND "werf"'
    assert tsquery(terms) == "('de' <-> 'oude':*) & ('werf')"
    assert as_tsvector("De oude, de") == "'de':1,3 'oude':2"


def test_find_matches() -> None:
    """Matches are spans of the text as printed, accents set apart included, phrases over line ends too."""
    text = "Cafe\u0301 De\nOude werf, de oude"

    def found(query: str) -> list[str]:
        return [span.of(text) for span in find_matches(text, parse_query(query))]

    assert found('cafe "de oude"') == ["Cafe\u0301", "De\nOude", "de oude"]
    assert found('"de ou"* we*') == ["De\nOude", "werf", "de oude"]
    assert found('"de werf"') == []


@settings(deadline=None)
@given(text=st.text(max_size=400), ends=st.tuples(st.integers(0, 400), st.integers(0, 400)))
def test_snippets_are_parts_of_the_text(text: str, ends: tuple[int, int]) -> None:
    """A snippet stands where it says, space for white space, and holds the first match."""
    start, end = sorted(min(e, len(text)) for e in ends)
    matches = [Span(start, end)] if end > start else []
    snippet, offset, within = cut_snippet(text, matches)
    part = text[offset : offset + len(snippet)]
    assert snippet == "".join(" " if c.isspace() else c for c in part)
    assert within == tuple(matches)


def test_snippet_of_a_long_text() -> None:
    """A snippet begins and ends between words."""
    text = "woord " * 200 + "Haven" + " einde" * 200
    matches = find_matches(text, parse_query("haven"))
    snippet, offset, within = cut_snippet(text, matches)
    assert 150 < len(snippet) < 260
    assert set(snippet.split()) == {"woord", "Haven", "einde"}
    assert within == tuple(matches)
    assert text[offset - 1] == " "
    assert attrs.asdict(within[0]) == {"start": 1200, "end": 1205}
