"""The interface in another language than English: help texts, click's own words and errors, each from a data file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from functools import cache
from gettext import gettext, ngettext
from importlib import import_module
from inspect import cleandoc
from itertools import pairwise
from typing import Any, TypeVar

import click

C = TypeVar("C", bound=click.Command)
P = TypeVar("P", bound=click.Parameter)
LANGUAGES = ("en", "nl")
_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "types")
_CAPITALS = re.compile(r"[A-Z]+")


@cache
def catalogue(name: str, language: str) -> Mapping[str, Any]:
    """Return what the data file `name` ("errors" or "help") has in `language` for the English of the source.

    Nothing for English itself.
    """
    if language == "en":
        return {}
    import tomllib
    from importlib.resources import files

    return tomllib.loads((files("treves.cli") / "words" / f"{name}.{language}.toml").read_text(encoding="utf-8"))


def language_of(arguments: Sequence[str]) -> str:
    """Return the language that a command line asks for, wherever in it; then that of TREVES_LANGUAGE, then English.

    It is looked for before anything is parsed, for what is said of a command line that cannot be parsed.
    """
    told = os.environ.get("TREVES_LANGUAGE", "")
    given = arguments[: arguments.index("--")] if "--" in arguments else arguments
    for word, after in pairwise([*given, ""]):
        if word == "--language":
            told = after
        elif word.startswith("--language="):
            told = word.partition("=")[2]
    return told if told in LANGUAGES else "en"


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Have click say its own words in `language` while the block runs.

    Click asks gettext for them, which reads nothing but compiled files; so the functions that it calls are exchanged.
    """
    texts = catalogue("help", language).get("click", {})

    def one(message: str) -> str:
        return texts.get(message) or gettext(message)

    def some(singular: str, plural: str, count: int) -> str:
        return texts.get(singular if count == 1 else plural) or ngettext(singular, plural, count)

    changed: list[tuple[Any, str, Any]] = []
    for module in (import_module(f"click.{name}") for name in _MODULES if texts):
        for called, function in (("_", one), ("ngettext", some)):
            if hasattr(module, called):
                changed.append((module, called, getattr(module, called)))
                setattr(module, called, function)
    try:
        yield
    finally:
        for module, called, before in changed:
            setattr(module, called, before)


def helped(text: str, language: str) -> str:
    """Return a help text in `language`; paragraphs that it has no words for stay English."""
    texts = catalogue("help", language).get("help", {})
    paragraphs = (" ".join(p.split()) for p in cleandoc(text).split("\n\n"))
    return "\n\n".join(texts.get(p, p) for p in paragraphs) if texts else text


def translated(command: C, language: str) -> C:
    """Return `command` with its help in `language`, and all below it that is loaded: a copy, unless it is English."""
    if language == "en":
        return command
    made = copy(command)
    made._help_option = None  # click keeps the one it made, in the language of that moment
    made.help = helped(made.help, language) if made.help else None
    made.short_help = helped(made.short_help, language) if made.short_help else None
    made.options_metavar = _metavar(made.options_metavar or "", language)
    made.params = [_translated_parameter(p, language) for p in made.params]
    if isinstance(made, click.Group):
        made.subcommand_metavar = _metavar(made.subcommand_metavar, language)
        made.commands = {name: translated(c, language) for name, c in made.commands.items()}
    return made


def _translated_parameter(parameter: P, language: str) -> P:
    made = copy(parameter)
    if isinstance(made, click.Option) and made.help:
        made.help = helped(made.help, language)
    if isinstance(made, click.Argument) and not made.metavar:
        named = (made.name or "").upper()
        made.metavar = (named if made.required else f"[{named}]") + ("" if made.nargs == 1 else "...")
    if made.metavar:
        made.metavar = _metavar(made.metavar, language)
    return made


def _metavar(text: str, language: str) -> str:
    """What stands for a value ("[PATHS]...") in `language`."""
    texts = catalogue("help", language).get("metavar", {})
    return _CAPITALS.sub(lambda match: str(texts.get(match[0], match[0])), text)
