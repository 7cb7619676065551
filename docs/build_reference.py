"""Writes the reference pages of the docs from the program itself: commands, errors and the Python interface.

Run it from anywhere, without arguments: ``python docs/build_reference.py``. A test fails when the pages are stale.
"""

from __future__ import annotations

import ast
import inspect
import os
import re
import sys
from collections.abc import Callable, Iterator
from enum import Enum
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from pkgutil import walk_packages

import click

import treves
from treves.cli import PROGRAM, treves_command
from treves.errors import TrevesError

DOCS = Path(__file__).parent
SOURCE = DOCS.parent / "src" / "treves"
WIDTH = 80
NOTE = "<!-- Written by docs/build_reference.py: do not edit. -->\n\n"
ENVIRONMENT = {
    "COLUMNS": "Width of tables and help, in characters; otherwise that of the terminal.",
    "NO_COLOR": "When set to anything, nothing is shown in bold or in colour.",
    "TERM": "A `dumb` terminal gets neither bold nor colour.",
    "TREVES_LANGUAGE": "`en` or `nl`: language of help, messages, tables and briefs, where `--language` does not tell.",
    "_TREVES_COMPLETE": "Set by the shell for completion; see below.",
}
"""Every setting that the program takes from the environment."""
COMMANDS_INTRO = """# Commands

`treves COMMAND --help` prints what stands here. Data goes to stdout, everything else to stderr. `--silent` and
`--language` may stand before a command or behind it; with `--language nl` help, messages and errors are in Dutch.

| Exit code | Meaning |
|---|---|
| 0 | done |
| 1 | data error: nothing could be used, or the dossier failed; see the [errors](errors.md) |
| 2 | usage error: the command line, a setting or a place to write to is wrong |
| 3 | done, but something wants review: part of what was given could not be used |
| 130 | interrupted; what was done before is kept |
"""
COMPLETION = """
Completion of commands and options in the shell:

```text
eval "$(_TREVES_COMPLETE=bash_source treves)"        in ~/.bashrc
eval "$(_TREVES_COMPLETE=zsh_source treves)"         in ~/.zshrc
_TREVES_COMPLETE=fish_source treves | source         in config.fish
```
"""
ERRORS_INTRO = """# Errors

Every error says what went wrong, where and on which value, and what to do next. Its code stays the same, so that it can
be searched for. The program ends with exit code 1, or with 2 for the settings of T4xx; in Python each is a class below
`treves.TrevesError` with the attributes `code`, `what` and `hint`.

In the hints below, … stands for what the case fills in.
"""
GROUPS = {
    "T0": "Trêves itself",
    "T1": "reports, feeds, rosters, gold",
    "T2": "the dossier",
    "T3": "corrections and ids",
    "T4": "options and settings",
    "T5": "the network",
    "T6": "tables, and what is asked of them",
    "T7": "policy models",
}
"""What the errors with a code that begins so are about."""
API_INTRO = """# Python

Everything that the commands do can be done from Python: `import treves`. Names that are not listed here may change.
"""


# Commands


def commands_of(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the words of a command and of all below it."""
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path[-1])
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from commands_of(below, (*path, name))


def help_of(path: tuple[str, ...]) -> str:
    """Return what ``--help`` prints for the command with these words."""
    command: click.Command = treves_command
    context = click.Context(command, info_name=PROGRAM, terminal_width=WIDTH, help_option_names=["-h", "--help"])
    for name in path[1:]:
        if isinstance(command, click.Group) and (below := command.get_command(context, name)) is not None:
            command = below
            context = click.Context(command, info_name=name, parent=context, terminal_width=WIDTH)
    return command.get_help(context)


def commands_page() -> str:
    """Return the page on commands."""
    parts = [NOTE, COMMANDS_INTRO]
    parts += [
        f"\n## {' '.join(path)}\n\n```text\n{help_of(path)}\n```\n" for path in commands_of(treves_command, (PROGRAM,))
    ]
    parts.append("\n## Environment\n\n| Variable | Meaning |\n|---|---|\n")
    parts += [f"| `{name}` | {meaning} |\n" for name, meaning in ENVIRONMENT.items()]
    parts.append(COMPLETION)
    return "".join(parts)


# Errors


def modules() -> Iterator[str]:
    """Yield the names of all modules of the package."""
    for found in walk_packages(treves.__path__, "treves."):
        if not found.name.endswith("__main__"):
            yield found.name


def error_classes() -> list[type[TrevesError]]:
    """Return every error of the package, by code."""
    for name in modules():
        import_module(name)
    found: set[type[TrevesError]] = set()
    waiting: list[type[TrevesError]] = [TrevesError]
    while waiting:
        kind = waiting.pop()
        found.add(kind)
        waiting += kind.__subclasses__()
    ours = (k for k in found if k.__module__.startswith("treves."))
    return sorted(ours, key=lambda k: (k.code, k.__name__))


def hints() -> dict[str, list[str]]:
    """Return the hints that the source gives with each class of error, by the name of the class."""
    found: dict[str, list[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for name, hint in _hints_in(ast.parse(path.read_text(encoding="utf-8"))):
            listed = found.setdefault(name, [])
            if hint and hint not in listed:
                listed.append(hint)
    return found


def _hints_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Names of what is called with a hint, and the hint; a name stands for what it was last given above the call."""
    given = [
        (node.lineno, target.id, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for value in (k.value for k in node.keywords if k.arg == "hint"):
            if isinstance(value, ast.Name):
                above = [(line, told) for line, called, told in given if called == value.id and line <= node.lineno]
                yield name, _words(max(above, key=lambda pair: pair[0])[1]) if above else ""
            else:
                yield name, _words(value)


_FIELD = re.compile(r"\{\w+(?:![rs])?(?::[^}]*)?\}")


def _words(node: ast.expr) -> str:
    """The words of a text in the source, with … for what is filled in."""
    match node:
        case ast.Constant(value=str(text)):
            return _FIELD.sub("…", text)
        case ast.Call(func=ast.Name(id="Phrase"), args=[template, *_]):
            return _words(template)
        case ast.IfExp(body=one, orelse=other):
            return " / ".join(p for p in (_words(one), _words(other)) if p)
        case _:
            return ""


def errors_page() -> str:
    """Return the page on errors."""
    given = hints()
    parts = [NOTE, ERRORS_INTRO]
    group = ""
    for kind in error_classes():
        if kind.code[:2] != group:
            group = kind.code[:2]
            parts.append(
                f"\n## {group}xx: {GROUPS[group]}\n\n| Code | Class | Meaning | What to do |\n|---|---|---|---|\n"
            )
        meaning = (inspect.getdoc(kind) or "").split("\n\n")[0].replace("\n", " ")
        advice = "<br>".join(given.get(kind.__name__, [])) or "–"
        where = kind.__module__.removeprefix("treves.")
        parts.append(f"| {kind.code} | `{where}.{kind.__name__}` | {_cell(meaning)} | {_cell(advice)} |\n")
    return "".join(parts)


def _cell(text: str) -> str:
    return _plain(text).replace("|", "\\|")


# The Python interface


def api_page() -> str:
    """Return the page on the Python interface."""
    names = [n for n in treves.__all__ if n != "__version__"]
    functions = [n for n in names if inspect.isfunction(getattr(treves, n))]
    classes = [n for n in names if inspect.isclass(getattr(treves, n))]
    parts = [NOTE, API_INTRO, "\n## Functions\n"]
    for name in functions:
        found = getattr(treves, name)
        parts.append(f"\n### {name}\n\n```python\n{_signature(name, found)}\n```\n\n{_markdown(found)}\n")
    parts.append("\n## Classes\n")
    parts += [_class(name, getattr(treves, name)) for name in classes]
    return "".join(parts)


def _class(name: str, found: type) -> str:
    parts = [f"\n### {name}\n\n{_markdown(found)}\n"]
    for member, value in vars(found).items():
        documented = not member.startswith("_") and inspect.getdoc(value) and value is not None
        if inspect.isfunction(value) and documented:
            parts.append(f"\n```python\n{_signature(member, value)}\n```\n\n{_markdown(value)}\n")
        elif isinstance(value, property) and documented:
            parts.append(f"\n`{member}`: {_plain(inspect.getdoc(value) or '')}\n")
    if issubclass(found, Enum):
        parts.append("\n" + "".join(f"- `{m.name}` (`{m.value}`){_meaning(found, m.name)}\n" for m in found))
    return "".join(parts)


def _meaning(found: type, member: str) -> str:
    """What the source says below a member of an enumeration; nothing where it says nothing."""
    (told,) = ast.parse(inspect.getsource(found)).body
    body = told.body if isinstance(told, ast.ClassDef) else []
    for line, below in pairwise(body):
        named = isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name) and line.targets[0].id == member
        if named and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            return f": {_plain(str(below.value.value))}"
    return ""


def _signature(name: str, found: Callable[..., object]) -> str:
    """How a function is called, one parameter a line where it is long."""
    signature = inspect.signature(found)
    told: list[str] = []
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in told:
            told.append("*")
        told.append(_parameter(parameter))
    back = str(signature.return_annotation)
    if hasattr(found, "__wrapped__"):  # a context manager
        name, back = f"with {name}", back.removeprefix("Iterator[").removesuffix("]")
    short = f"{name}({', '.join(told)}) -> {back}"
    if len(short) <= 100:
        return short
    return "\n".join([f"{name}(", *(f"    {p}," for p in told), f") -> {back}"])


def _parameter(parameter: inspect.Parameter) -> str:
    kind = "" if parameter.annotation is parameter.empty else f": {parameter.annotation}"
    default = parameter.default
    if default is parameter.empty:
        return f"{parameter.name}{kind}"
    plain = default is None or isinstance(default, str | int | float | tuple)
    return f"{parameter.name}{kind} = {str(default) if isinstance(default, Enum) else repr(default) if plain else '…'}"


_SECTION = re.compile(r"(Args|Attributes|Raises|Returns|Yields):")
_ROLE = re.compile(r":\w+:`~?(?:[\w.]*\.)?(\w+)`")
_ITEM = re.compile(r"    ([\w*, .]+): (.*)")


def _plain(text: str) -> str:
    return _ROLE.sub(r"`\1`", text).replace("``", "`")


def _markdown(found: object) -> str:
    """A docstring as Markdown: its sections become lists."""
    lines: list[str] = []
    inside = False
    for line in (inspect.getdoc(found) or "").splitlines():
        if heading := _SECTION.fullmatch(line):
            inside = True
            lines += [f"**{heading[1]}**", ""]
        elif inside and (item := _ITEM.fullmatch(line)):
            lines.append(f"- `{item[1]}`: {item[2]}")
        elif inside and line.startswith("    "):
            lines.append(f"  {line.strip()}" if lines[-1].startswith(("-", "  ")) else line.strip())
        else:
            inside = inside and not line
            lines.append(line)
    return _plain("\n".join(lines).strip())


PAGES = {"commands.md": commands_page, "errors.md": errors_page, "api.md": api_page}
"""The pages, with what writes each."""


def main() -> None:
    """Write the pages."""
    os.environ["COLUMNS"] = str(WIDTH)
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8", newline="\n")
        sys.stdout.write(f"docs/{name}\n")


if __name__ == "__main__":
    main()
