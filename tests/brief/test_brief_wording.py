"""The interface's words: complete in both languages, all used, and put together well."""

import re
from pathlib import Path
from string import Formatter

import pytest

import treves.brief
from treves.brief.wording import LANGUAGES, Piece, UnknownBriefLanguage, flatten, plain, read_strings, wording
from treves.model.corrections import CorrectionKind
from treves.model.events import Certainty, EventKind
from treves.model.statements import StatementKind

SOURCE = Path(treves.brief.__file__).parent
REASONS = ("published_later", "perhaps_published_later", "publication_time_unknown", "no_language_pack")
BUILT = {
    *(f"correction.{kind.value}" for kind in CorrectionKind),
    *(f"event.{kind.name.lower()}" for kind in EventKind),
    *(f"event.{certainty.value}" for certainty in Certainty),
    *(f"differ.{a}" for a in ("start", "end", "duration", "participants", "number", "wording", "mood", "place")),
    *(f"facts.{name}{form}" for name in ("stuck", "outlook") for form in ("", "_value", "_note")),
    *("facts.next", "correction.speaker_none"),
    *(f"nav.{s}" for s in ("timeline", "table", "said", "differ", "next", "sources", "people", "reports", "made")),
    *(f"reason.{why}" for why in REASONS),
    *(f"said.{kind.value}" for kind in StatementKind),
    *(f"said.{name}" for name in ("party", "person", "outlet", "kind")),
    *(f"state.{name}{form}" for name in ("met", "session") for form in ("", "_unknown")),
    *(f"state.{name}{form}" for name in ("deadline", "ultimatum") for form in ("", "_by")),
    *(f"time.{part}" for part in ("morning", "afternoon", "evening", "night")),
    *(f"time.in_sentence.{form}" for form in ("day", "period", "none")),
    *(f"why.{row}" for row in ("kind", "speaker", "cue", "rule", "copy", "corrected", "role")),
}
"""Keys that are put together from values of the model."""


def fields(text: str) -> set[str]:
    """The braces of a text."""
    return {field for _, field, _, _ in Formatter().parse(text) if field}


def test_both_languages_have_the_same_keys() -> None:
    """What is said in one language is said in the other."""
    en, nl = (dict(flatten(read_strings(f"{language}.toml"))) for language in LANGUAGES)
    assert en.keys() == nl.keys()
    assert all(type(en[key]) is type(nl[key]) for key in en)


def test_both_languages_fill_in_the_same_values() -> None:
    """A text has the same braces in both languages, except that a plural may say its number in words or figures."""
    en, nl = wording("en"), wording("nl")
    for key, text in en.strings.items():
        number = {"n", "words"} if key.endswith((".one", ".other")) else set()
        clock = {"start", "end", "time"} if key.startswith("time.clock") else set()
        assert fields(text) - number - clock == fields(nl.strings[key]) - number - clock, key


def test_lists_have_the_same_length() -> None:
    """There are seven weekdays and twelve months in both languages."""
    en, nl = wording("en").lists, wording("nl").lists
    assert {k: len(v) for k, v in en.items()} == {k: len(v) for k, v in nl.items()}
    assert len(en["time.weekdays"]) == 7
    assert len(en["time.months_short"]) == 12


def test_every_key_that_is_put_together_exists() -> None:
    """Whatever kind, certainty, aspect or reason the model knows has its words."""
    assert not BUILT - wording("en").strings.keys()


def test_no_string_is_left_over() -> None:
    """Every string is used by a template, the script or a module."""
    files = [*SOURCE.glob("*.py"), *SOURCE.glob("templates/*.j2"), *SOURCE.glob("static/*.js")]
    text = "\n".join(p.read_text(encoding="utf-8") for p in files)
    keys = {re.sub(r"\.(one|other)$", "", key) for key in wording("en").strings} - BUILT
    handed = {f"why.{word}" for word in words_of_script(text)}
    assert not {key for key in keys - handed if not re.search(f"[\"']{re.escape(key)}[\"']", text)}


def words_of_script(text: str) -> set[str]:
    """The strings that are handed to the script, by their last part."""
    handed = re.search(r"_SCRIPT_STRINGS = \((.*?)\n\)", text, re.DOTALL)
    assert handed
    return set(re.findall(r"[a-z_]+", handed.group(1)))


def test_no_text_is_empty_or_untranslated() -> None:
    """No Dutch text is missing, and few are the same as in English."""
    en, nl = wording("en").strings, wording("nl").strings
    assert all(text.strip() for text in nl.values())
    same = {k for k, text in en.items() if text == nl[k] and re.search(r"[a-z]{4}", fields_out(text))}
    assert same <= {"page.kicker", "event.deadline", "event.ultimatum", "made.version", "made.runs"}


def fields_out(text: str) -> str:
    """A text without its braces."""
    return re.sub(r"\{\w+\}|%\w", "", text)


def test_an_unknown_language_is_refused() -> None:
    """The error names the language and the choices."""
    with pytest.raises(UnknownBriefLanguage, match=r"T431.*'fr'.*en, nl"):
        wording("fr")


@pytest.mark.parametrize(
    ("items", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_enumerations(items: list[str], expected: str) -> None:
    """The last item is joined with a word."""
    assert wording("en").join(items) == expected


def test_counts_choose_their_form() -> None:
    """One is singular, none and many are plural."""
    nl = wording("nl")
    assert [nl.count("basis.reports", n) for n in (0, 1, 2)] == ["0 berichten", "1 bericht", "2 berichten"]
    assert nl.count("state.parties", 4) == "vier partijen"
    assert nl.number(13) == "13"


def test_pieces_keep_foreign_words_apart() -> None:
    """Words in another language stay a piece of their own; the rest runs together."""
    found = wording("en").pieces("state.next", label=Piece("kapstokronde", "nl"), when="Friday")
    assert found == (Piece("next: "), Piece("kapstokronde", "nl"), Piece(", Friday"))
    assert wording("en").pieces("state.next", label="talks", when="Friday") == (Piece("next: talks, Friday"),)


def test_labels_are_translated_where_known() -> None:
    """A known Dutch word gets its English name, an unknown one is kept with its language, and Dutch stays Dutch."""
    en = wording("en")
    assert en.label("Ministerraad", "nl") == Piece("council of ministers")
    assert en.label("heidesessie", "nl") == Piece("heidesessie", "nl")
    assert wording("nl").label("ministerraad", "nl") == Piece("ministerraad")


def test_plain_drops_direction_marks_only() -> None:
    """Invisible marks go, letters of right-to-left scripts stay."""
    assert plain("a\u202eb\u2066c\u200f שלום é") == "abc שלום é"
