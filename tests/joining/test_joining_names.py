"""Names: surnames with particles, double surnames, initials, offices instead of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treves.model.actors import Actor, ActorKind, Role
from treves.reading.joining.names import NameForm, is_definite, is_name, name_key, names_office, parse_name, whole_key


@pytest.mark.parametrize(
    ("name", "form", "given", "surname"),
    [
        ("Els Bruin", NameForm.FULL, ("els",), "bruin"),
        ("Hendrik Jan van der Zee", NameForm.FULL, ("hendrik", "jan"), "van der zee"),
        ("Jan-Willem Sluis", NameForm.FULL, ("jan", "willem"), "sluis"),
        ("J.W. Sluis", NameForm.INITIALS, ("j.w.",), "sluis"),
        ("J. Sluis", NameForm.INITIALS, ("j.",), "sluis"),
        ("De Wit", NameForm.SURNAME, (), "de wit"),
        ("Van der Zee", NameForm.SURNAME, (), "van der zee"),
        ("Özgür Şahin", NameForm.FULL, ("ozgur",), "sahin"),
        ("In 't Hout", NameForm.SURNAME, (), "in t hout"),
        ("Plato", NameForm.SURNAME, (), "plato"),
    ],
)
def test_parts_of_a_name(name: str, form: NameForm, given: tuple[str, ...], surname: str) -> None:
    """The surname is the last word with the particles before it."""
    parsed = parse_name(name)
    assert (parsed.form, parsed.given, parsed.surname) == (form, given, surname)


def test_a_double_surname_may_be_cut_short() -> None:
    """Who is called Verhoeven-de Groot may be called Verhoeven."""
    assert parse_name("Aïsha Kaya-Smit").stems == ("kaya smit", "kaya")
    assert parse_name("Ida van Dam-Bos").stems == ("van dam bos", "van dam")


def test_initials_of_names_and_of_initials() -> None:
    """Both give the same letters."""
    assert parse_name("Hendrik Jan Zee").initials == parse_name("H.J. Zee").initials == "hj"


@pytest.mark.parametrize(
    ("name", "office", "expected"),
    [
        ("de staatssecretaris", None, True),
        ("wethouder van Financiën", None, True),
        ("de minister van Wonen", None, True),
        ("Premier", "premier", True),
        ("van der Zee", None, False),
        ("de Wit", None, False),
        ("Els Bruin", "minister", False),
    ],
)
def test_offices_instead_of_names(name: str, office: str | None, expected: bool) -> None:
    """A small word that is no particle starts an office; so does the office itself with a capital."""
    roles = (Role(office),) if office else ()
    assert names_office(Actor(0, ActorKind.PERSON, name, roles=roles)) is expected


def test_definite_and_indefinite() -> None:
    """A minister may be anybody."""
    assert is_definite(Actor(0, ActorKind.PERSON, "de minister"))
    assert not is_definite(Actor(0, ActorKind.PERSON, "een minister"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [("De partij", False), ("de Waterpartij", True), ("WP", True), ("kabinet", False), ("De", False)],
)
def test_names_have_a_capital_of_their_own(words: str, expected: bool) -> None:
    """The capital of an article that opens a sentence does not count."""
    assert is_name(words) is expected


def test_keys_fold_and_drop_articles() -> None:
    """Accents, hyphens and the article of a body make no difference; a person's particle does."""
    assert name_key("De Ráád-van State") == "raad van state"
    assert name_key("de") == "de"
    assert whole_key("De Wit") == "de wit"
    assert whole_key("Yıldız") == "yildiz"


@given(st.text(max_size=40))
def test_any_text_is_parsed(text: str) -> None:
    """No name, however broken, is too much; a key does not change when it is made again."""
    parse_name(text)
    assert name_key(name_key(text)) in (name_key(text), name_key(text).partition(" ")[2])
