"""Passages in their surroundings, and marked in the whole report."""

import attrs
from brief_views import passage, report
from hypothesis import given
from hypothesis import strategies as st

from treves.brief.evidence import REACH, anchor, breaks, context, marked, sentence
from treves.model.evidence import Document, Passage, Span, passage_of

TEXT = (
    "Kop zonder punt\n\nEerste zin. Tweede zin zegt dat het regent in de duinen. Derde zin! Vierde zin?\n\nVijfde zin."
)
REPORT = report(TEXT, outlet="Bode")


def test_a_sentence_on_either_side() -> None:
    """The rest of its sentence, the sentence before and the one after, and no more."""
    found = context(REPORT, passage(REPORT, "het regent"))
    assert found.before == "Eerste zin. Tweede zin zegt dat "
    assert found.exact == "het regent"
    assert found.after == " in de duinen. Derde zin!"


def test_a_passage_that_is_a_whole_sentence() -> None:
    """One sentence before and one after it."""
    found = context(REPORT, passage(REPORT, "Derde zin!"))
    assert found.before.strip() == "Tweede zin zegt dat het regent in de duinen."
    assert found.after.strip() == "Vierde zin?"


def test_a_passage_at_the_edges_of_the_report() -> None:
    """The first and last sentence have context on one side only."""
    first, last = context(REPORT, passage(REPORT, "Kop zonder punt")), context(REPORT, passage(REPORT, "Vijfde zin."))
    assert (first.before, first.after.strip()) == ("", "Eerste zin.")
    assert (last.before.strip(), last.after) == ("Vierde zin?", "")


def test_initials_do_not_end_a_sentence() -> None:
    """A capital and a point before a name are no sentence end."""
    document = report("Zij belde gisteren. Daarna zei J. Berg dat het goed was. Klaar.", outlet=None)
    assert context(document, passage(document, "dat het goed was")).before == "Zij belde gisteren. Daarna zei J. Berg "


def test_long_surroundings_are_cut_and_say_so() -> None:
    """A sentence without end is cut at a fixed reach, with an ellipsis."""
    document = report("woord " * 300 + "kern " + "woord " * 300, outlet=None)
    found = context(document, passage(document, "kern"))
    assert found.before.startswith("… ")
    assert found.after.endswith(" …")
    assert len(found.before) <= REACH + 2


def test_the_header_is_no_context() -> None:
    """What stands before the body is not shown as the sentence before."""
    document = attrs.evolve(report("Van: redactie\nEerste zin. Tweede zin.", outlet=None), body_start=14)
    assert context(document, passage(document, "Eerste zin.")).before == ""


def test_lost_words_are_given_as_they_were_kept() -> None:
    """A passage that no longer fits its report is marked lost; so is one whose report is gone."""
    kept = passage_of(report("Iets heel anders, zei ze, en ze ging.", outlet=None), Span(5, 16))
    for document in (REPORT, None):
        found = context(document, kept)
        assert found.lost
        assert (found.before, found.exact, found.after) == (kept.prefix, kept.exact, kept.suffix)


def test_its_own_sentence_and_no_more() -> None:
    """For a version of a difference the sentence that holds it is enough; a lost one is given as it was kept."""
    found = sentence(REPORT, passage(REPORT, "het regent"))
    assert (found.before, found.exact, found.after) == ("Tweede zin zegt dat ", "het regent", " in de duinen.")
    whole = sentence(REPORT, passage(REPORT, "Derde zin!"))
    assert (whole.before, whole.after) == ("", "")
    assert sentence(None, passage(REPORT, "Derde zin!")).lost


def test_sentence_ends_found_once_serve_every_passage() -> None:
    """Context is the same whether the ends are handed over or found."""
    ends = breaks(TEXT)
    for words in ("Kop zonder punt", "het regent", "Derde zin!", "Vijfde zin."):
        assert context(REPORT, passage(REPORT, words), ends) == context(REPORT, passage(REPORT, words))


texts = st.text(alphabet='aB. \n?!‘’“"é', max_size=80)


@st.composite
def passages(draw: st.DrawFn) -> tuple[Document, list[Passage]]:
    """A report with passages in it, nested and crossing ones too."""
    document = report(draw(texts), outlet=None)
    size = len(document.text)
    ends = st.tuples(st.integers(0, size), st.integers(0, size)).map(sorted)
    spans = draw(st.lists(ends, max_size=6))
    return document, [passage_of(document, Span(*ends)) for ends in spans]


@given(passages())
def test_context_is_cut_out_of_the_text(case: tuple[Document, list[Passage]]) -> None:
    """Before, words and after stand in the report in that order, without a gap."""
    document, found = case
    for one in found:
        cut = context(document, one)
        assert not cut.lost
        whole = cut.before.removeprefix("… ") + cut.exact + cut.after.removesuffix(" …")
        assert whole in document.text


@given(passages())
def test_marked_text_is_the_text(case: tuple[Document, list[Passage]]) -> None:
    """The runs join to the report's text, and each passage's runs join to its words."""
    document, found = case
    segments = list(marked(document, found))
    assert "".join(s.text for s in segments) == document.text
    for one in found:
        if one.exact:
            assert "".join(s.text for s in segments if anchor(one) in s.covered) == one.exact
            assert sum(anchor(one) in s.opens for s in segments) == 1


def test_lost_passages_are_not_marked() -> None:
    """Nothing is marked where the words are not."""
    kept = passage_of(report("Iets heel anders, zei ze.", outlet=None), Span(5, 16))
    assert [s.covered for s in marked(REPORT, [kept])] == [()]
