"""Near-same wording: stems, rarity and likeness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treves.reading.joining.wording import (
    DAYS_PHRASE,
    DAYS_VERBATIM,
    holds,
    likeness,
    rarity,
    split_words,
    stem,
    wording,
)

PLAIN = rarity([])


def alike(first: str, second: str) -> bool:
    """Whether two tellings by one speaker on one evening give the same utterance."""
    return likeness(wording(first), wording(second), PLAIN).score > 0


@pytest.mark.parametrize(
    "forms",
    [
        "stappen stap",
        "draait draaien",
        "praten praat",
        "lege leeg",
        "wachten wacht gewacht",
        "blijven blijft",
        "reizen reis",
        "bewoners bewoner",
        "staan stond stonden gestaan",
        "negen 9",
        "leden lid",
        "foto's foto",
    ],
)
def test_forms_of_a_word_share_a_stem(forms: str) -> None:
    """Endings, doubled letters, strong verbs, number words."""
    assert len({stem(w) for w in forms.split()}) == 1


def test_words_are_folded_and_numbers_kept_whole() -> None:
    """A decimal is one word, a name with a figure too, marks are none."""
    assert split_words("D66 wil 1,8 miljard: ’t café, „zo’n” plan!") == [
        "d66", "wil", "1,8", "miljard", "t", "cafe", "zo'n", "plan",
    ]  # fmt: skip


PARAPHRASES = [
    (
        "Als hier een fabriek komt, ruikt over tien jaar niemand nog zee",
        "Zet hier een fabriek neer en niemand ruikt over tien jaar nog de zee",
    ),
    ("De fundering ligt er, nu de trap nog", "de fundering lag maar dat de trap nog ontbrak"),
    ("Iedereen wil die pont, maar niemand wil hem betalen", "dat iedereen de pont wil en niemand hem betaalt"),
    ("We weten nu precies waar de schoen wringt, en dat is winst", "nu tenminste helder is waar de schoen wringt"),
    ("Dat loket sluit voor niemand later", "het loket op zeven mei voor niemand later sluit dan twaalf uur"),
    ("duur, maar niet onbetaalbaar", "een pont in 2033 duur, maar niet onbetaalbaar"),
    ("Het is een trap van veel treden, en ik tel ze niet", "een trede op een trap met vele treden"),
]


@pytest.mark.parametrize(("first", "second"), PARAPHRASES)
def test_paraphrases_are_alike(first: str, second: str) -> None:
    """Other word order, indirect speech and cuts leave enough rare words."""
    assert alike(first, second)
    assert alike(second, first)


DIFFERENT = [
    ("Zonder pont kom ik met lege zakken bij mijn leden", "Mijn zakken zijn niet langer leeg, maar vol evenmin"),
    ("een goed gesprek, al weet je dat pas achteraf", "dat er een goed gesprek is gevoerd"),
    ("We zijn er nog niet", "We zijn er bijna, maar nog niet helemaal"),
    ("Meer dan negen procent krijg ik thuis niet verkocht", "de heffing hooguit negen procent omhoog"),
    ("Ik ben hier om te luisteren", "Ik ben hier niet om te praten"),
    ("", "Wij wachten op de cijfers"),
    ("de pont", "de pont"[:2]),
]


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_other_statements_are_not_alike(first: str, second: str) -> None:
    """Worn words, two shared words in another order, or none at all do not suffice."""
    assert not alike(first, second)


def test_a_quote_that_is_part_of_another_is_verbatim() -> None:
    """Word for word counts for longest, unless the words are empty."""
    full = wording("Eerst naar bed en dat zien we dan wel weer")
    rich = wording("Makkelijk is het niet, zegt de kapitein van de veerpont")
    assert likeness(full, wording("dat zien we dan wel weer"), PLAIN).days == DAYS_PHRASE
    assert likeness(rich, wording("de kapitein van de veerpont"), PLAIN).days == DAYS_VERBATIM


def test_three_words_are_too_few_to_be_verbatim() -> None:
    """Anybody may say "dat is zo"."""
    assert not holds(wording("ja dat is zo en blijft zo"), wording("dat is zo"))
    assert holds(wording("ja dat is zo en blijft zo"), wording("dat is zo en"))
    assert not holds(wording("is zo en dat blijft"), wording("dat is zo en"))


def test_rare_words_weigh_more() -> None:
    """A word of every report says nothing, one of a single report all."""
    weights = rarity([wording(f"pont woord{i}x") for i in range(300)])
    assert weights(stem("pont")) < 0.01
    assert weights(stem("woord7x")) == 1.0
    assert weights("nergens") == 1.0


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_mutual(first: str, second: str) -> None:
    """It does not matter which telling comes first."""
    a, b = wording(first), wording(second)
    assert likeness(a, b, PLAIN) == likeness(b, a, PLAIN)


@given(st.lists(st.sampled_from(["pont", "zee", "trap", "cijfers", "loket", "haven"]), min_size=4, max_size=12))
def test_every_wording_is_like_itself(listed: list[str]) -> None:
    """Four words or more are the same as themselves."""
    one = wording(" ".join(listed))
    assert likeness(one, one, PLAIN).score == 2.0
