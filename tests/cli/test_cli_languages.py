"""The command line in Dutch: errors, help and click's own words, complete and without anything stale."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from phrases import Sentences, fields, sentences
from running import Done, run_alone

from treves import cli
from treves.cli.languages import catalogue, language_of, spoken, translated
from treves.cli.output import words

Run = Callable[..., Done]
ERRORS = catalogue("errors", "nl")
HELP = catalogue("help", "nl")
UNSHOWN = ("policy/asylum/persons", "policy/asylum/household", "policy/asylum/validation")
"""Where sentences may still lack Dutch: no command shows what stands there. A command that does takes its place out."""
_CAPITALS = re.compile(r"[A-Z]+")


@pytest.fixture(scope="module")
def source() -> Sentences:
    """Every sentence of an error in the source."""
    return sentences()


def commands(command: click.Command = cli.treves_command, path: str = "treves") -> Iterator[tuple[str, click.Command]]:
    """Every command with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below
            yield from commands(below, f"{path} {name}")


def paragraphs(text: str | None) -> set[str]:
    """The paragraphs of a help text, each on one line."""
    return {" ".join(p.split()) for p in inspect.cleandoc(text or "").split("\n\n")} - {""}


def test_both_files_of_words_have_the_same_keys_and_fields() -> None:
    """What the interface says in English it can say in Dutch."""
    english, dutch = words("en"), words("nl")
    assert list(english) == list(dutch)
    assert all(fields(english[key]) >= fields(dutch[key]) for key in english)


def test_every_sentence_of_an_error_can_be_followed(source: Sentences) -> None:
    """Errors are raised with plain templates or phrases, and with a value for every field."""
    assert [fault for fault in source.faults if not fault.startswith(UNSHOWN)] == []
    assert len(source.templates) > 200


def test_every_sentence_of_an_error_has_a_dutch_one(source: Sentences) -> None:
    """None is missing, and each has the same fields."""
    missing = {told: places for told, places in source.templates.items() if told not in ERRORS}
    assert [f"{p}: {told}" for told, places in missing.items() for p in places if not p.startswith(UNSHOWN)] == []
    differ = [told for told in source.templates if told in ERRORS and fields(told) != fields(ERRORS[told])]
    assert differ == []


def test_no_dutch_sentence_of_an_error_is_stale(source: Sentences) -> None:
    """Every entry is of a sentence in the source."""
    assert sorted(set(ERRORS) - set(source.templates) - {","}) == []


def test_the_search_for_sentences_finds_what_is_wrong() -> None:
    """Filled text, unknown names and fields without a value are told; phrases are found wherever they stand."""
    from phrases import _search

    module = ast.parse(
        'HINT = "Do {x}."\n'
        "def f(what: str, phrase: Phrase, **k):\n"
        "    raise InputError(f'{what} fails', hint=HINT, x=1)\n"
        "    raise InputError(what)\n"
        "    raise InputError('{a} and {b}', hint=phrase, a=1)\n"
        "    kinds = [Phrase('a file')]\n"
        "    found.error('code', place, '{b} is odd', hint='Mend {b}.', b=2)\n"
        "    raise InputError(what, **k)\n"
    )
    found = Sentences()
    _search(module, "x.py", {"InputError", "Phrase"}, found)
    assert set(found.templates) == {"Do {x}.", "{a} and {b}", "a file", "{b} is odd", "Mend {b}."}
    assert [fault.split(":")[1] for fault in found.faults] == ["3", "4", "5"]


def test_every_command_and_option_has_dutch_help() -> None:
    """Every paragraph, and what stands for values."""
    said, stood = set[str](), {"OPTIONS", "COMMAND", "ARGS"}
    for _, command in commands():
        said |= paragraphs(command.help) | paragraphs(command.short_help)
        for parameter in command.params:
            said |= paragraphs(getattr(parameter, "help", None))
            named = parameter.metavar or (parameter.name or "").upper() * isinstance(parameter, click.Argument)
            stood |= set(_CAPITALS.findall(named))
    said |= {short for _, short in cli.COMMANDS.values()}
    assert sorted(said - set(HELP["help"])) == []
    assert sorted(set(HELP["help"]) - said) == [], "stale"
    assert sorted(stood - set(HELP["metavar"])) == []
    assert sorted(set(HELP["metavar"]) - stood) == [], "stale"


def test_dutch_help_names_what_is_typed_as_it_is() -> None:
    """Words that stand for values are those of the usage line; options, times and commands stay."""
    for english, dutch in HELP["help"].items():
        stand = {HELP["metavar"].get(w, w) for w in re.findall(r"\b[A-Z]{4,}\b", english) if w in HELP["metavar"]}
        assert stand <= set(re.findall(r"\b[A-Z]{4,}\b", dutch)), dutch
        typed = set(re.findall(r"--[a-z-]+|\d{4}-\d\d\S*\d|\w+\.csv|robots\.txt", english))
        assert all(word in dutch for word in typed), dutch


@pytest.mark.parametrize("path", [path for path, _ in commands()])
def test_no_english_is_left_in_dutch_help(treves: Run, path: str) -> None:
    """The help of every command, with click's own words."""
    done = treves(*path.split()[1:], "--help", "--language", "nl")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Gebruik: {path} [OPTIES]")
    assert "Toon deze hulp en stop." in done.out
    assert not re.search(r"\b(Usage|Options|Commands|Show|the|and|required|default)\b", done.out), done.out


@pytest.mark.parametrize("place", ["before", "behind", "joined", "environment"])
def test_dutch_can_be_asked_for_everywhere(
    treves: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: str
) -> None:
    """Before a command, behind it, in one word, and for good."""
    missing = tmp_path / "x.treves"
    arguments: tuple[str | Path, ...] = ("info", missing)
    if place == "before":
        arguments = ("--language", "nl", *arguments)
    elif place == "behind":
        arguments = (*arguments, "--language", "nl")
    elif place == "joined":
        arguments = (*arguments, "--language=nl")
    else:
        monkeypatch.setenv("TREVES_LANGUAGE", "nl")
    done = treves(*arguments)
    assert (done.code, done.out) == (1, "")
    told = f"Fout T201: Er is geen dossier {missing}. Controleer de naam, of maak er een met: treves new.\n"
    assert done.err == told


@pytest.mark.parametrize(
    ("arguments", "variable", "language"),
    [
        ([], "", "en"),
        ([], "nl", "nl"),
        ([], "fr", "en"),
        (["--language", "en"], "nl", "en"),
        (["--language", "en", "info", "--language=nl"], "", "nl"),
        (["search", "x", "--", "--language", "nl"], "", "en"),
        (["--language"], "", "en"),
        (["--language", "fr"], "nl", "en"),
    ],
)
def test_the_language_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], variable: str, language: str
) -> None:
    """The last that the command line tells, then the environment, then English."""
    monkeypatch.setenv("TREVES_LANGUAGE", variable)
    assert language_of(arguments) == language


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add",), "Fout: Er ontbreekt een argument: 'DOSSIER'."),
        (("brief",), "Fout: Er ontbreekt een optie: '--out'."),
        (("brief", "--out", "x.html"), "Fout: Noem berichten om te lezen, of een dossier met --dossier."),
        (("feed", "watch", "x"), "Fout: Noem feeds, of een lijst met feeds met --list."),
        (("sing",), "Fout: Er is geen opdracht 'sing'."),
        (("read", "--loud", "x.txt"), "Fout: Er is geen optie"),
        (("--loud",), "Fout: Er is geen optie"),
        (("actors", "x", "y"), "Fout: Er staat een argument te veel (y)"),
        (("actors", "x", "y", "z"), "Fout: Er staan argumenten te veel (y z)"),
        (("search", "x", "y", "--limit", "0"), "Fout: Ongeldige waarde voor '--limit': 0 ligt niet in het bereik"),
        (("export", "x", "songs"), "Fout: Ongeldige waarde voor 'SOORT': 'songs' is niet een van"),
        (("statements", "x", "--as-of"), "Fout: De optie '--as-of' vraagt een waarde."),
        (("brief", "--out", ".", "x"), "Fout: Ongeldige waarde voor '--out': '.' is een map."),
    ],
)
def test_usage_errors_in_dutch(treves: Run, arguments: tuple[str, ...], told: str) -> None:
    """They exit 2 and leave no English, also where the command line cannot be parsed."""
    done = treves(*arguments, "--language", "nl") if arguments[-1] != "--as-of" else treves("--language=nl", *arguments)
    assert done.code == 2
    assert told in done.err
    assert not re.search(r"\b(Usage|Try|Error|Missing|Invalid|No such|is not)\b", done.err), done.err


def test_failures_of_reports_in_dutch(treves: Run, tmp_path: Path) -> None:
    """What is named is told in the same language, and numbers as they are written there."""
    (tmp_path / "a.jsonl").write_text('{"text": 1}\n', encoding="utf-8")
    (tmp_path / "b.pdf.txt").write_bytes(b"%PDF-1.7")
    (tmp_path / "c.txt").write_bytes(b"woord " * 4_000_000)
    done = treves("read", "--language", "nl", tmp_path / "a.jsonl", tmp_path / "b.pdf.txt", tmp_path / "c.txt")
    assert done.code == 1
    nothing, first, second, third, count = done.err.splitlines()
    assert nothing == "Niets gevonden."
    assert first.startswith(
        'a.jsonl, regel 1: T121: a.jsonl, regel 1 heeft geen "text". Schrijf elk bericht als {"text"'
    )
    assert " is een PDF-bestand, geen tekst. Sla de tekst op" in second
    assert "telt 24.000.000 bytes of meer; de grens is 20.000.000." in third
    assert count == "Niet te gebruiken: 3; zie hierboven."


def test_damage_in_dutch(treves: Run, dossier: Path) -> None:
    """What a check of a dossier finds."""
    import sqlite3

    with sqlite3.connect(dossier) as connection:
        connection.execute("UPDATE document SET text = replace(text, 'Tolhuis', 'Raadhuis') WHERE number = 4")
    connection.close()
    done = treves("info", dossier, "--check", "--language", "nl")
    assert done.code == 1
    assert ": de tekst is niet die welke is toegevoegd\n" in done.err


def test_english_is_as_it_was_after_dutch(treves: Run) -> None:
    """One run in Dutch leaves nothing behind in the process."""
    before = treves("add", "--help")
    assert treves("add", "--help", "--language", "nl").out != before.out
    assert treves("add", "--help") == before
    assert before.out.startswith("Usage: treves add [OPTIONS] DOSSIER PATHS...")
    assert translated(cli.treves_command, "en") is cli.treves_command


def test_every_word_of_click_that_may_be_shown_is_dutch() -> None:
    """All that its parser, its formatting and its errors say, in the version that is installed."""
    import click.exceptions
    import click.formatting
    import click.parser

    for module in (click.exceptions, click.formatting, click.parser):
        for call in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("_", "ngettext"):
                for text in (a.value for a in call.args if isinstance(a, ast.Constant)):
                    assert text in HELP["click"], f"{module.__name__}: {text!r}"
    for english, dutch in HELP["click"].items():
        assert fields(english) - {"name"} == fields(dutch) - {"name"}, dutch


def test_click_has_its_own_words_back_after_an_error() -> None:
    """Whatever happens while it speaks Dutch."""
    import click.exceptions

    missing = click.exceptions.MissingParameter(param_type="option", param_hint="'--x'")
    with pytest.raises(KeyError), spoken("nl"):
        assert missing.format_message() == "Er ontbreekt een optie: '--x'."
        raise KeyError
    assert missing.format_message() == "Missing option '--x'."


def test_completion_speaks_dutch() -> None:
    """The help beside what the shell offers."""
    asked = {"_TREVES_COMPLETE": "zsh_complete", "COMP_WORDS": "treves a", "COMP_CWORD": "1", "TREVES_LANGUAGE": "nl"}
    assert "add\nLees berichten en voeg ze toe" in run_alone(env=asked).out
