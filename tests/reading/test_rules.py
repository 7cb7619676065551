"""One sentence a construction: what is said, by whom, in which kind, by which rule; and what is no statement."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treves.model.evidence import Appearance, Document, document_id
from treves.model.reading import Reading
from treves.reading.reader import read

ROOT = Path(__file__).parent.parent.parent
TEXTS = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "examples" / "havenmonde").glob("0*.txt"))]
WHO = "Wethouder Hanna Vos (SP)"


def reading_of(text: str) -> Reading:
    """The reading of a Dutch report with this text."""
    return read(Document(document_id(text), text, (Appearance("report"),), language="nl"))


def told(text: str) -> list[tuple[str, str, list[str]]]:
    """The statements of `text`: content, kind, names of all speakers that it may be."""
    reading = reading_of(text)
    return [
        (s.content.of(text), str(s.kind), [reading.actors[k].name for speaker in s.speakers for k in speaker.actors])
        for s in reading.statements
    ]


MARKS = ['""', "“”", "””", "„”", "„“", "‘’", "’’", "''", "«»"]
CONSTRUCTIONS = [
    (f"„De dijk blijft”, zegt {WHO}.", "De dijk blijft", "direct"),
    (f"{WHO} zegt: „De dijk blijft.”", "De dijk blijft.", "direct"),
    (f"„De dijk blijft”, aldus {WHO}.", "De dijk blijft", "direct"),
    (f"„De dijk blijft. En het bos ook”, reageert {WHO}.", "De dijk blijft. En het bos ook", "direct"),
    (f"{WHO} noemt het plan „een vergissing”.", "een vergissing", "direct"),
    (f"{WHO} sprak van „een lange avond”.", "een lange avond", "direct"),
    (f"{WHO} vindt dat de dijk „hoe dan ook” moet blijven.", "de dijk „hoe dan ook” moet blijven", "mixed"),
    (f"{WHO} zegt dat de dijk blijft.", "de dijk blijft", "indirect"),
    (f"{WHO} vraagt zich af of de dijk blijft.", "de dijk blijft", "indirect"),
    (f"{WHO} legt uit waarom de dijk blijft.", "waarom de dijk blijft", "indirect"),
    (f"Volgens {WHO} blijft de dijk.", "blijft de dijk", "indirect"),
    (f"De dijk blijft, volgens {WHO}.", "De dijk blijft", "indirect"),
    (f"De dijk blijft staan, meldt {WHO}.", "De dijk blijft staan", "indirect"),
    (f"{WHO} wees erop dat de dijk blijft.", "de dijk blijft", "indirect"),
    (f"{WHO} gaat ervan uit dat de dijk blijft.", "de dijk blijft", "indirect"),
    (f"{WHO} sluit niet uit dat de dijk verdwijnt.", "de dijk verdwijnt", "indirect"),
    (f"{WHO} heeft laten weten dat de dijk blijft.", "de dijk blijft", "indirect"),
    (f"{WHO} zegt te hopen dat de dijk blijft.", "te hopen dat de dijk blijft", "indirect"),
    (f"{WHO} vindt het plan een vergissing.", "het plan een vergissing", "indirect"),
    (f"{WHO}, die namens de stad onderhandelt, zegt dat de dijk blijft.", "de dijk blijft", "indirect"),
    (f"Donderdag zei {WHO} dat de dijk blijft.", "de dijk blijft", "indirect"),
]


@pytest.mark.parametrize("marks", MARKS)
def test_every_style_of_marks(marks: str) -> None:
    """A quotation is found in any style of marks, apostrophes notwithstanding."""
    words = "We gaan 's avonds door, foto's of niet"
    assert told(f"{marks[0]}{words}{marks[1]}, zegt {WHO}.") == [(words, "direct", ["Hanna Vos"])]


@pytest.mark.parametrize(("text", "content", "kind"), CONSTRUCTIONS)
def test_constructions(text: str, content: str, kind: str) -> None:
    """Each way of reporting gives the content alone, with its speaker."""
    assert told(text) == [(content, kind, ["Hanna Vos"])]


@pytest.mark.parametrize(
    "text",
    [
        f"{WHO} wilde niet zeggen of de dijk blijft.",
        f"Of de dijk blijft, liet {WHO} in het midden.",
        f"{WHO} wilde niet ingaan op berichten dat de dijk verdwijnt.",
        "De term „dijkdenken” duikt steeds vaker op.",
        "Lees ook: „De dijk van mijn vader”",
        f"{WHO} zei de afspraak af.",
        "Dat zou in elk geval tijd kopen.",
    ],
)
def test_no_statement(text: str) -> None:
    """Refusals, scare quotes, titles and verbs that only look like reporting give nothing."""
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Minister Jan Bos (CDA) en wethouder Hanna Vos (SP) zijn er. „Het kan”, zegt zij.", ["Hanna Vos"]),
        ("Minister Jan Bos (CDA) en wethouder Hanna Vos (SP) zijn er. „Het kan”, zegt de wethouder.", ["Hanna Vos"]),
        ("Minister Jan Bos (CDA) en wethouder Hanna Vos (SP) zijn er. „Het kan”, zegt de CDA'er.", ["Jan Bos"]),
        ("Wethouder Hanna Vos komt binnen. „Het kan.”", ["Hanna Vos"]),
        ("Piet Vos en Karel Vos zijn er. „Het kan”, zegt Vos.", ["Piet Vos", "Karel Vos"]),
        ("„Het kan”, zeggen ingewijden.", ["ingewijden"]),
    ],
)
def test_who_speaks(text: str, speakers: list[str]) -> None:
    """Pronouns, roles and bare surnames find their owner; two who fit equally well are shown as two."""
    assert told(text)[-1][2] == speakers


def test_hearsay_has_no_speaker() -> None:
    """What is said without any source has no speaker."""
    assert told("Naar verluidt ligt er een plan.") == [("ligt er een plan", "indirect", [])]


def test_parts_of_one_utterance_share_a_group() -> None:
    """A quotation that its attribution splits is one utterance in two parts."""
    text = f"„Het kan”, zegt {WHO}, „maar niet morgen.”"
    groups = [s.group for s in reading_of(text).statements]
    assert len(groups) == 2
    assert len(set(groups)) == 1


@given(text=st.sampled_from(TEXTS), start=st.integers(0, 2500), length=st.integers(0, 600))
def test_any_cut_of_a_report_can_be_read(text: str, start: int, length: int) -> None:
    """A report cut anywhere is read, and every span lies within it."""
    cut = text[start : start + length]
    for statement in reading_of(cut).statements:
        assert 0 <= statement.content.start < statement.content.end <= len(cut)


@given(st.lists(st.sampled_from([*" ".join(TEXTS).split(), *'"„”‘’:', "een", "de", "van"]), max_size=40))
def test_any_row_of_words_can_be_read(words: list[str]) -> None:
    """Words and marks in any order are read, twice with the same result."""
    text = " ".join(words)
    assert reading_of(text) == reading_of(text)
