"""Who is found in a report: parties in lists, offices and where their holders belong, families of parties, no photographers."""

import csv
from pathlib import Path

import pytest

import treves.reading
from treves.dates import parse_moment
from treves.model.actors import Actor, ActorKind
from treves.model.evidence import Appearance, Document, document_id
from treves.model.reading import Reading
from treves.reading.reader import read
from treves.reading.tokens import tokenise

PACK = Path(treves.reading.__file__).parent / "nl"


def reading_of(text: str) -> Reading:
    """The reading of a Dutch report with this text, of a Thursday."""
    appearance = Appearance("report", published=parse_moment("2026-06-11T09:00"))
    return read(Document(document_id(text), text, (appearance,), language="nl"))


def named(text: str, kind: ActorKind) -> list[str]:
    """The names of the actors of one kind, in order of their first mention."""
    actors = sorted(reading_of(text).actors, key=lambda a: a.mentions[0].start)
    return [actor.name for actor in actors if actor.kind is kind]


def person(text: str) -> Actor:
    """The only person of `text`."""
    (found,) = (actor for actor in reading_of(text).actors if actor.kind is ActorKind.PERSON)
    return found


# --- lists of parties ------------------------------------------------------------------------------------------------

LISTS = [
    ("Raadsleden van PvdA, SP en Volt praten donderdag over de sluis.", ["PvdA", "SP", "Volt"]),
    ("De wethouders van het CDA en de VVD zijn moe.", ["CDA", "VVD"]),
    ("De woordvoerders namens Lijst Kade en SGP zijn moe.", ["Lijst Kade", "SGP"]),
    ("Ingewijden bij BBB, NSC en JA21 zijn moe.", ["BBB", "NSC", "JA21"]),
    ("De partijen DENK, SP en SGP zijn moe.", ["DENK", "SP", "SGP"]),
    ("Raadsleden van Volt zijn moe.", []),
    ("Raadsleden van Volt en hun familie zijn moe.", []),
]


@pytest.mark.parametrize(("text", "parties"), LISTS)
def test_every_party_of_a_list_is_found(text: str, parties: list[str]) -> None:
    """The first party of a list behind a noun is not lost in it; a lone one says where its people belong."""
    assert named(text, ActorKind.PARTY) == parties


def test_first_party_of_a_list_takes_part() -> None:
    """All parties of a list meet, and the first is mentioned where it stands."""
    text = "Raadsleden van PvdA, SP en Volt overleggen donderdag over de sluis."
    reading = reading_of(text)
    (event,) = reading.events
    assert {reading.actors[key].name for key in event.participants} == {"PvdA", "SP", "Volt"}
    assert [span.of(text) for a in reading.actors if a.name == "PvdA" for span in a.mentions] == ["PvdA"]


def test_those_of_a_list_of_parties_speak_together() -> None:
    """Whose members say something is told for each party of the list."""
    reading = reading_of("Raadsleden van PvdA, SP en Volt zeggen dat de sluis te krap is.")
    (statement,) = reading.statements
    assert [reading.actors[s.actors[0]].party or reading.actors[s.actors[0]].name for s in statement.speakers] == [
        "PvdA",
        "SP",
        "Volt",
    ]


def test_van_before_a_party_is_no_part_of_a_name() -> None:
    """A surname does not go on with "van" and a party."""
    found = person("Wethouder Kramer van D66 zegt dat de sluis te krap is.")
    assert (found.name, found.party) == ("Kramer", "D66")


# --- offices ---------------------------------------------------------------------------------------------------------

OFFICES = [
    ("Medeonderzoeker Pia Kramer", "medeonderzoeker", None),
    ("Ex-wethouder Pia Kramer", "ex-wethouder", None),
    ("Vice-voorzitter Pia Kramer", "vice-voorzitter", None),
    ("Topambtenaar Pia Kramer", "topambtenaar", None),
    ("Sectoreconoom Pia Kramer", "econoom", None),
    ("Klimaatminister Pia Kramer", "minister", "Klimaat"),
    ("Kustpost-verslaggever Pia Kramer", "verslaggever", "Kustpost"),
    ("Kustpost.nl-verslaggever Pia Kramer", "verslaggever", "Kustpost.nl"),
    ("SP-leider Pia Kramer", "leider", None),
]


@pytest.mark.parametrize(("words", "office", "organisation"), OFFICES)
def test_first_part_of_a_compound_office(words: str, office: str, organisation: str | None) -> None:
    """It tells a party, an organisation or a field; "mede", "ex" and "top" are none, and make another office."""
    (role,) = person(f"{words} zegt dat de sluis te krap is.").roles
    assert (role.office, role.organisation) == (office, organisation)


FIELDS = [
    ("Volgens hoogleraar bestuurskunde Pia Kramer is de sluis te krap.", "bestuurskunde"),
    ("De sluis is te krap, zegt docent lokaal bestuur Pia Kramer.", "lokaal bestuur"),
    ("De sluis is te krap, zegt hoogleraar Pia Kramer.", None),
]


@pytest.mark.parametrize(("text", "field"), FIELDS)
def test_field_of_an_expert_stands_before_the_name(text: str, field: str | None) -> None:
    """Between an expert's office and name stands the field; it is no part of either."""
    reading = reading_of(text)
    (statement,) = reading.statements
    found = reading.actors[statement.speakers[0].actors[0]]
    assert (found.name, found.roles[0].organisation) == ("Pia Kramer", field)


def test_site_is_one_word() -> None:
    """The name of a site is one word, with a compound too; a full stop without a space ends a word all the same."""
    words = tokenise("Kustpost.nl-redacteur leest de-sluis.nl. Nu.Dan niet.be. Echt.").words
    assert words == [
        "Kustpost.nl-redacteur",
        "leest",
        "de-sluis.nl",
        ".",
        "Nu",
        ".",
        "Dan",
        "niet.be",
        ".",
        "Echt",
        ".",
    ]


# --- what stands for nobody ------------------------------------------------------------------------------------------


def test_the_last_of_something_is_nobody() -> None:
    """The words "de laatste" take up somebody alone, and nobody before a noun."""
    before = "Wethouder Pia Kramer (SP) sprak Bo Smit. "
    text = before + "De laatste vergadering van het jaar liep uit. De eerste ronde ook."
    (kramer,) = (actor for actor in reading_of(text).actors if actor.name == "Pia Kramer")
    assert [span.of(text) for span in kramer.mentions] == ["Wethouder Pia Kramer"]
    reading = reading_of(before + "De laatste zegt dat de sluis te krap is.")
    assert [reading.actors[s.speakers[0].actors[0]].kind for s in reading.statements] == [ActorKind.PERSON]


CREDITS = [
    "Foto: ANP / Pia Kramer\n\nDe raad praat verder.",
    "De raad praat verder. Foto Pia Kramer",
    "De wethouder komt aan. (Foto: Pia Kramer/Kustpost via Hollandse Hoogte)",
    "Wie komt er nog (beeld: Pia van der Kramer)",
    "De raad praat verder © Pia Kramer",
    "Beeld Pia Kramer en Bo Smit\n\nDe raad praat verder.",
    "Illustratie: Pia Kramer. De raad praat verder.",
]


@pytest.mark.parametrize("text", CREDITS)
def test_who_made_a_picture_is_nobody(text: str) -> None:
    """The names of a picture credit are no actors."""
    assert named(text, ActorKind.PERSON) == []


@pytest.mark.parametrize(
    "text",
    [
        "Op de foto staat Pia Kramer.",
        "Foto: wethouder Pia Kramer komt aan.",
        "Beeld dat Pia Kramer schetst, klopt niet.",
    ],
)
def test_who_is_in_a_picture_is_somebody(text: str) -> None:
    """A caption and a sentence about a picture name persons."""
    assert named(text, ActorKind.PERSON) == ["Pia Kramer"]


# --- families of parties ---------------------------------------------------------------------------------------------

FAMILIES = [
    ("MR-voorzitster An Maes zwijgt. De liberalen zeggen dat de sluis te krap is.", "MR"),
    ("De groenen zeggen dat de sluis te krap is. De top van Ecolo zwijgt.", "Ecolo"),
    ("Pia Kramer (CDA) zwijgt. De christen-democraten zeggen dat de sluis te krap is.", "CDA"),
    ("De N-VA zwijgt. De Vlaams-nationalisten zeggen dat de sluis te krap is.", "N-VA"),
    ("PS en MR zwijgen. De socialisten zeggen dat de sluis te krap is.", "PS"),
    ("MR en Open VLD zwijgen. De liberalen zeggen dat de sluis te krap is.", "liberalen"),
    ("De SP zwijgt. De liberalen zeggen dat de sluis te krap is.", "liberalen"),
    ("De MR zwijgt. De Britse liberalen zeggen dat de sluis te krap is.", "Britse liberalen"),
    ("De MR zwijgt. Enkele liberalen zeggen dat de sluis te krap is.", "liberalen"),
]


@pytest.mark.parametrize(("text", "speaker"), FAMILIES)
def test_adherents_stand_for_the_only_party_of_their_family(text: str, speaker: str) -> None:
    """Where the report names one party of the family it is that one; else the words are left as they are."""
    reading = reading_of(text)
    (statement,) = reading.statements
    assert [reading.actors[key].name for s in statement.speakers for key in s.actors] == [speaker]


def test_adherent_is_of_the_only_party_of_the_family() -> None:
    """One liberal is the person of the liberal party, and a list of liberals is a list of persons."""
    text = "Pia Kramer (MR) en Bo Smit (PS) zwegen. De liberaal zei dat de sluis te krap is."
    reading = reading_of(text)
    assert [reading.actors[s.speakers[0].actors[0]].name for s in reading.statements] == ["Pia Kramer"]
    text = "De MR zweeg. De liberalen Pia Kramer en Bo Smit zeggen dat de sluis te krap is."
    assert named(text, ActorKind.PERSON) == ["Pia Kramer", "Bo Smit"]


# --- the pack --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(PACK.glob("*.csv")), ids=lambda path: path.name)
def test_every_column_of_the_pack_is_explained(path: Path) -> None:
    """The pack's README names every column of its word lists, and the lists have no others."""
    readme = (PACK / "README.md").read_text(encoding="utf-8")
    section = readme if path.name == "verbs.csv" else next(r for r in readme.splitlines() if f"| `{path.name}`" in r)
    with path.open(encoding="utf-8") as lines:
        header = next(csv.reader(lines))
    assert [column for column in header if f"`{column}`" not in section] == []


def test_lists_without_a_use_are_gone() -> None:
    """The list of unnamed sources holds what is read and nothing else."""
    with (PACK / "unnamed.csv").open(encoding="utf-8") as lines:
        assert next(csv.reader(lines)) == ["noun", "number"]


def test_who_comes_first_holds_no_office() -> None:
    """The words "als eerste" say in what order, not who; "de eerste" may take somebody up."""
    found = person("Wethouder Anna de Wit kwam na het overleg als eerste naar buiten.")
    assert [role.office for role in found.roles] == ["wethouder"]
