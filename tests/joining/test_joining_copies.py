"""Wire copies: trimmed and re-headlined texts are found, reports that only share quotes are not."""

import random

from hypothesis import given
from hypothesis import strategies as st
from joining_builder import Report

from treves.reading.joining import join, sketch
from treves.reading.joining.copies import COMMON, SIZE, are_copies, containment, find_copies, grams

WIRE = """Onderhandelaars Oeverland bijna rond

OEVERSTAD (PB) - De drie partijen die in Oeverland over een nieuw college praten, zijn elkaar in de nacht van maandag
op dinsdag dicht genaderd. Het overleg in het oude postkantoor begon om acht uur en duurde tot ver na middernacht.

"De fundering ligt er, nu de trap nog", zei bemiddelaar Agnes Wiersema toen zij naar buiten kwam. Zij sprak van een
avond met veel koffie. Over de inhoud wilde ze niets zeggen.

Volgens mensen aan tafel zijn de partijen het op hoofdlijnen eens over een veerpont die vanaf 2033 gratis wordt. De
Waterpartij had dat een jaar eerder gewild. Op het terrein van de suikerfabriek zouden driehonderd huizen komen.

Fractieleider Joris Plantinga van de Waterpartij praat morgen zijn achterban bij. "Mijn mensen willen eerst de cijfers
zien", zei hij vannacht. Over de toeristenbelasting is nog niets afgesproken.

De bemiddelaar geeft donderdag om tien uur een toelichting in het provinciehuis, laat haar woordvoerder weten."""

TRIMMED = (
    WIRE.replace("Onderhandelaars Oeverland bijna rond", "Nacht in het postkantoor: bijna rond")
    .replace(" Zij sprak van een\navond met veel koffie.", "")
    .replace("morgen zijn achterban", "vandaag zijn achterban")
    .replace('"', "“")
    .replace(", laat haar woordvoerder weten", "")
)

OWN = """Wiersema ziet de trap al voor zich

In de hal van het oude postkantoor staat de koffie koud te worden. Pas tegen tweeën gaat de deur open. "De fundering
ligt er, nu de trap nog", zegt bemiddelaar Agnes Wiersema. Ze heeft haar jas al aan en loopt door naar de auto.

Binnen is er volgens een deelnemer urenlang gerekend aan de pont en aan de huizen op het fabrieksterrein. De
gedeputeerde had tabellen laten aanrukken die niemand had gevraagd. Twee keer werd er geschorst.

Joris Plantinga lacht als hij naar de stemming wordt gevraagd. "Mijn mensen willen eerst de cijfers zien", zegt hij.
Zijn partij vergadert in een café aan de dijk, waar de biljarttafel voor de gelegenheid opzij is geschoven."""


def view_copies(*texts: str) -> list[list[int]]:
    """Groups of copies in a view of these texts, as indices."""
    reports = [Report(t, published=f"2031-03-04T{8 + i:02}:00+01:00") for i, t in enumerate(texts)]
    ids = [r.id for r in reports]
    return [[ids.index(c) for c in group] for group in join([r.filed() for r in reports]).copies]


def test_a_trimmed_copy_under_another_headline_is_found() -> None:
    """Another headline, other quotation marks, a dropped sentence and a changed word make no new report."""
    assert view_copies(WIRE, TRIMMED) == [[0, 1]]


def test_a_report_that_shares_quotes_is_no_copy() -> None:
    """Two reporters at one door note the same two sentences."""
    assert view_copies(WIRE, OWN) == []


def test_the_first_paragraphs_alone_are_a_copy() -> None:
    """An agency report cut to its first half is still that report."""
    assert view_copies(WIRE, "Kort nieuws\n\n" + WIRE[: len(WIRE) // 2]) == [[0, 1]]


def test_a_long_report_that_takes_over_a_short_one_is_its_own() -> None:
    """A page with ten times as much of its own is not a copy of the brief that it quotes."""
    brief = WIRE.split("\n\n")[2]
    own = " ".join(f"Zin nummer {i} gaat over onderwerp {i * 7} en over plaats {i * 13}." for i in range(80))
    assert view_copies(brief, own + "\n\n" + brief) == []


def test_two_short_messages_with_one_quote_are_no_copies() -> None:
    """In a message of two lines the quote is most of the text; that does not make it a copy."""
    quote = '"Wij gaan hier pas weg als er een handtekening staat en geen minuut eerder"'
    assert view_copies(f"Plantinga: {quote}. Zo klonk het vanavond in de hal.", f"Net buiten: {quote}, aldus P.") == []


def test_a_group_starts_with_the_earliest() -> None:
    """Of three printings the first published leads, whatever the order of adding."""
    assert view_copies(TRIMMED, OWN, WIRE, WIRE.replace("dinsdag", "vandaag")) == [[0, 2, 3]]


def test_readings_without_a_sketch_are_sketched_here() -> None:
    """An older reading may lack its sketch."""
    documents = [Report(t).document for t in (WIRE, TRIMMED)]
    readings = [Report(t).reading.__class__(d.id, "nl-test 1") for t, d in zip((WIRE, TRIMMED), documents, strict=True)]
    assert find_copies(documents, readings) == ((0, 1),)


def test_boilerplate_does_not_make_every_pair_a_candidate() -> None:
    """A footer that all reports share is passed over once more than a few dozen groups have it."""
    footer = "Lees ook het overzicht van alle berichten over de vorming van het nieuwe college op onze site. " * 2
    rng = random.Random(4)
    letters = "abcdefghijklmnopqrstuvwxyz"
    texts = [
        " ".join("".join(rng.choices(letters, k=6)) for _ in range(60)) + ". " + footer for _ in range(COMMON + 20)
    ]
    reports = [Report(t) for t in texts]
    assert find_copies([r.document for r in reports], [r.reading for r in reports]) == ()


def test_a_sketch_is_stable_and_small() -> None:
    """The sketch of a text is the same in every release, ascending, and never longer than 64 values."""
    assert sketch("Een deal is pas een deal als er een deal is.") == tuple(
        sorted(grams("een DEAL is pas een deal, als er een deal is"))
    )
    assert sketch("Een deal is pas een deal") == (65491179236585, 248690599938798)
    values = sketch(WIRE * 3)
    assert len(values) == SIZE
    assert list(values) == sorted(set(values))


def test_short_and_strange_texts_have_sketches_too() -> None:
    """Fewer than five words give none; other scripts give their own."""
    assert sketch("") == sketch("Vier woorden, niet meer.") == ()
    assert len(sketch("один два три четыре пять шесть")) == 2
    assert sketch("ijskoud één twee drie vier") == sketch("IJskoud een twee drie vier")


@given(st.text(max_size=300))
def test_every_text_contains_itself(text: str) -> None:
    """A text with five words or more is a copy of itself; its sketch is part of its grams."""
    found = grams(text)
    assert set(sketch(text)) <= found
    assert containment(found, found) == (1.0 if found else 0.0)
    assert are_copies(found, found) is bool(found)


@given(st.lists(st.sampled_from("abcdefghij"), max_size=60), st.lists(st.sampled_from("abcdefghij"), max_size=60))
def test_copying_is_mutual(first: list[str], second: list[str]) -> None:
    """If one is a copy of the other, so is the other of the one."""
    one, two = grams(" ".join(first)), grams(" ".join(second))
    assert are_copies(one, two) is are_copies(two, one)
    assert 0.0 <= containment(one, two) <= 1.0
