"""Which words differ between versions."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from treves.brief.differences import Run, compare


def differing(runs: tuple[Run, ...]) -> list[str]:
    """The words that differ."""
    return [r.text for r in runs if r.differs]


def test_the_words_that_differ_are_marked_on_both_sides() -> None:
    """The lead is marked where another lacks its word, the other where the lead does."""
    lead, (other,) = compare("We zijn er nog niet, zei ze", ["We zijn er niet, maar toch"])
    assert differing(lead) == ["nog", "zei ze"]
    assert differing(other) == ["maar toch"]


def test_case_accents_and_punctuation_make_no_difference() -> None:
    """Only words count."""
    lead, (other,) = compare("“Een oplossing”, dus.", ["één OPLOSSING dus"])
    assert differing(lead) == differing(other) == []


def test_a_lead_is_marked_against_all_others() -> None:
    """A word of the lead that any other version lacks is marked."""
    lead, others = compare("a b c", ["a b", "b c"])
    assert differing(lead) == ["a", "c"]
    assert [differing(o) for o in others] == [[], []]


def test_a_lone_version_is_one_run() -> None:
    """Without others nothing differs."""
    assert compare("Niets aan de hand", []) == ((Run("Niets aan de hand"),), [])


sentences = st.lists(st.sampled_from(["ja", "nee", "“maar”", "Éen", "1,8", ",", "…", "z'n"]), max_size=12).map(" ".join)


@given(sentences, st.lists(sentences, max_size=3))
def test_runs_join_to_the_text(lead: str, others: list[str]) -> None:
    """No character is lost or added, and no two neighbouring runs are alike."""
    marked_lead, marked_others = compare(lead, others)
    for text, runs in zip([lead, *others], [marked_lead, *marked_others], strict=True):
        assert "".join(r.text for r in runs) == text
        assert all(a.differs or b.differs for a, b in pairwise(runs))


@given(sentences)
def test_the_same_words_never_differ(text: str) -> None:
    """A version compared with itself has no marks."""
    lead, (other,) = compare(text, [text])
    assert not differing(lead)
    assert not differing(other)
