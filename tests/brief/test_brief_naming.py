"""How actors are named: offices once, in the interface's language; other names that tell something."""

import pytest
from brief_views import passage, person, report

from treves.brief.naming import Office, generic, office_words, offices, other_names
from treves.brief.wording import wording
from treves.model.actors import ActorKind
from treves.model.view import JoinedActor, SeenRole

EN, NL = wording("en"), wording("nl")
REPORT = report("Minister Ada Berg en staatssecretaris Bas Duin.", outlet=None)
SAID = (passage(REPORT, "Minister"),)


@pytest.mark.parametrize(
    ("office", "organisation", "english", "dutch"),
    [
        ("staatssecretaris", "Wonen", "state secretary (staatssecretaris), Wonen", "staatssecretaris, Wonen"),
        ("Premier", None, "prime minister (Premier)", "Premier"),
        ("leider", None, "leader", "leider"),
        ("minister", "Haven", "minister, Haven", "minister, Haven"),
        ("dijkgraaf", None, "dijkgraaf", "dijkgraaf"),
    ],
)
def test_offices_are_said_in_the_interfaces_language(
    office: str, organisation: str | None, english: str, dutch: str
) -> None:
    """A known office is translated, with the printed word unless both are nearly the same; others are as printed."""
    assert office_words(office, organisation, EN) == english
    assert office_words(office, organisation, NL) == dutch


def test_an_office_stands_there_once_with_its_portfolios() -> None:
    """Wordings of one portfolio give the longest; another portfolio is added; the roster's alone is marked."""
    roles = (
        SeenRole("minister", "Asiel", None, SAID),
        SeenRole("Minister", "Asiel en Migratie", "WP", SAID),
        SeenRole("minister", "Haven", None, SAID),
        SeenRole("minister", None, None, SAID),
        SeenRole("voorvrouw"),
        SeenRole("leider"),
    )
    found = offices(person("Ada Berg", "WP", *roles), EN)
    assert found == (Office("minister, Asiel en Migratie; Haven", True), Office("leader (voorvrouw)", False))


def named(*aliases: str, name: str = "Ada van der Berg", kind: ActorKind = ActorKind.PERSON) -> tuple[str, ...]:
    """The other names of an actor with these aliases."""
    roles = (SeenRole("wethouder", "Financiën", None, SAID),) if kind is ActorKind.PERSON else ()
    return other_names(JoinedActor("a", kind, name, aliases, roles=roles))


def test_parts_of_the_name_and_descriptions_tell_nothing() -> None:
    """Surname, office, portfolio, party member and the name with its office are left out."""
    aliases = (
        "Van der Berg",
        "de wethouder",
        "Wethouder Van der Berg",
        "WP-leider Berg",
        "De WP'er",
        "wethouder Ada van der Berg",
    )
    assert named(*aliases, "wethouder van Financiën") == ()


def test_another_name_is_told() -> None:
    """A nickname, a former name and a party's short name are."""
    assert named("Adje Berg", "mevrouw De Wit") == ("Adje Berg", "De Wit")
    assert named("de Waterpartij", "Water", name="Waterpartij Zeestad", kind=ActorKind.PARTY) == (
        "Waterpartij",
        "Water",
    )


def test_bodies_without_a_name_that_are_silent_are_generic() -> None:
    """Parties at large are; a body with a name, one that speaks, and persons are not."""
    crowd, chamber = (JoinedActor(n, ActorKind.BODY, n) for n in ("partijen", "Tweede Kamer"))
    assert generic(crowd, speaks=False)
    assert not generic(crowd, speaks=True)
    assert not generic(chamber, speaks=False)
    assert not generic(JoinedActor("x", ActorKind.PERSON, "x"), speaks=False)
