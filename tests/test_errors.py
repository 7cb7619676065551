"""Errors: what they say, in English and other languages, and that nothing of that is lost on the way."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treves.errors import InputError, Phrase, TrevesError

DUTCH = {
    "{name} has {size:,} bytes; the limit is {limit}.": "De grens is {limit}; {name} telt {size:,} bytes.",
    "{place} is no list": "{place} is geen lijst",
    "{name}, line {line}": "{name}, regel {line}",
    "Look at {name}.": "Kijk naar {name}.",
    ",": ".",
}


def large() -> InputError:
    """An error with two fields, a number and a hint."""
    return InputError(
        "{name} has {size:,} bytes; the limit is {limit}.",
        hint="Look at {name}.",
        name="x.txt",
        size=20_000_000,
        limit=5.5,
    )


def test_an_error_says_its_code_what_and_hint() -> None:
    """Fields are filled in both sentences."""
    error = large()
    assert str(error) == "T100: x.txt has 20,000,000 bytes; the limit is 5.5. Look at x.txt."
    assert (error.what, error.hint) == ("x.txt has 20,000,000 bytes; the limit is 5.5.", "Look at x.txt.")
    assert error.what.template == "{name} has {size:,} bytes; the limit is {limit}."
    assert str(TrevesError("That fails.")) == "T000: That fails."


def test_an_error_can_be_told_in_another_language() -> None:
    """The order of the words and the sign between thousands are those of the other language."""
    assert large().told(DUTCH) == "T100: De grens is 5.5; x.txt telt 20.000.000 bytes. Kijk naar x.txt."


def test_what_another_language_lacks_stays_english() -> None:
    """Each sentence on its own."""
    told = large().told({"Look at {name}.": "Kijk naar {name}."})
    assert told == "T100: x.txt has 20,000,000 bytes; the limit is 5.5. Kijk naar x.txt."


def test_phrases_hold_phrases() -> None:
    """A part of a sentence is told in the other language within it."""
    place = Phrase("{name}, line {line}", name="x.yaml", line=3)
    error = InputError("{place} is no list", place=place)
    assert str(error) == "T100: x.yaml, line 3 is no list"
    assert error.told(DUTCH) == "T100: x.yaml, regel 3 is geen lijst"
    wrapped = InputError(error.what, hint=error.hint)
    assert wrapped.told(DUTCH) == error.told(DUTCH)


def test_numbers_of_any_kind_are_numbers() -> None:
    """Those of NumPy too; a truth value is a word."""
    error = InputError(
        "{count:,} of {all:,}, {part:.2f}, {so}", count=np.int64(1200), all=5000, part=np.float32(0.25), so=True
    )
    assert str(error) == "T100: 1,200 of 5,000, 0.25, True"
    assert error.told(DUTCH) == "T100: 1.200 of 5.000, 0.25, True"


def test_words_without_values_are_taken_as_they_are() -> None:
    """Braces mean nothing then."""
    assert str(InputError('Write {"text": "…"}.', hint="{x}")) == 'T100: Write {"text": "…"}. {x}'
    assert Phrase("{x} {").told({}) == "{x} {"


@given(st.text(), st.text())
def test_values_may_hold_anything(name: str, other: str) -> None:
    """Braces in a value are never taken for fields, in no language."""
    error = InputError("{name!r} {other}", hint="{other}", name=name, other=other)
    assert error.what == f"{name!r} {other}"
    assert error.hint == other
    assert error.told({"{name!r} {other}": "{other} {name!r}"}) == f"T100: {other} {name!r} {other}".rstrip()


@pytest.mark.parametrize("again", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy])
def test_an_error_can_be_sent_elsewhere(again: object) -> None:
    """Class, sentences, and what they are made of arrive, though a value could not be sent itself."""
    assert callable(again)
    error = InputError("{place} is no list: {cause}", place=Phrase("{name}, line {line}", name="é", line=1), cause=open)
    got = again(error)
    assert type(got) is InputError
    assert (str(got), got.what, got.hint) == (str(error), error.what, error.hint)
    assert got.what.template == error.what.template
    assert "é, regel 1" in got.told(DUTCH)
    assert got.told(DUTCH) == error.told(DUTCH)
