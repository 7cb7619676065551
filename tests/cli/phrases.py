"""Every sentence of an error that stands in the source, and what is wrong with how it stands there."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import attrs

import treves

SOURCE = Path(treves.__file__).parent
_CLASS = re.compile(r"^class (\w+)\((\w+)\):", re.MULTILINE)
Scope = ast.Module | ast.FunctionDef


@attrs.frozen
class Sentences:
    """What a search found.

    Attributes:
        templates: every template, with the places where it stands.
        faults: what cannot be followed to a template, and fields without a value.
    """

    templates: dict[str, list[str]] = attrs.field(factory=dict)
    faults: list[str] = attrs.field(factory=list)


def fields(template: str) -> set[str]:
    """The names of the fields of a template; braces around anything else are braces."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name and name.isidentifier()}


def sentences() -> Sentences:
    """Search the whole package."""
    found = Sentences()
    makers = _makers()
    for path in sorted(SOURCE.rglob("*.py")):
        _search(ast.parse(path.read_text(encoding="utf-8")), str(path.relative_to(SOURCE)), makers, found)
    return found


def _makers() -> set[str]:
    """The names of all classes of errors, and of phrases."""
    pairs = [pair for path in SOURCE.rglob("*.py") for pair in _CLASS.findall(path.read_text(encoding="utf-8"))]
    names = {"TrevesError"}
    while more := {name for name, base in pairs if base in names} - names:
        names |= more
    return names | {"Phrase"}


def _search(module: ast.Module, place: str, makers: set[str], found: Sentences) -> None:
    functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
    for call in ast.walk(module):
        if not isinstance(call, ast.Call) or any(k.arg is None for k in call.keywords):
            continue  # who hands on the values of another is handed its template too
        what = call.args[:1] if _name(call.func) in makers else _finding(call)
        if not what:
            continue
        inside = [f for f in functions if f.lineno <= call.lineno <= (f.end_lineno or 0)]
        scopes: list[Scope] = [*sorted(inside, key=lambda f: -f.lineno), module]
        given = {k.arg for k in call.keywords} - {"hint"}
        for node in [*what, *(k.value for k in call.keywords if k.arg == "hint")]:
            for template in _templates(node, scopes):
                where = f"{place}:{node.lineno}"
                if template is None:
                    found.faults.append(f"{where}: {ast.unparse(node)} is no plain text and no Phrase")
                    continue
                if template:
                    found.templates.setdefault(template, []).append(where)
                if not fields(template) <= given:
                    found.faults.append(f"{where}: no value for {fields(template) - given} of {template!r}")


def _finding(call: ast.Call) -> list[ast.expr]:
    """What a call notes as wrong in a table: ``found.error(code, place, what, ...)``."""
    noted = isinstance(call.func, ast.Attribute) and call.func.attr in ("error", "warning")
    return call.args[2:3] if noted else []


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _templates(node: ast.expr, scopes: list[Scope]) -> Iterator[str | None]:
    """The templates that an expression may stand for; None for what is neither plain text nor a phrase."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from _templates(one, scopes)
            yield from _templates(other, scopes)
        case ast.Call() if _name(node.func) == "Phrase":
            pass  # found on its own
        case ast.Attribute(attr="what" | "hint"):
            pass  # of another error
        case ast.Name(id=name):
            yield from _named(name, scopes)
        case _:
            yield None


def _named(name: str, scopes: list[Scope]) -> Iterator[str | None]:
    """What a name was given in the nearest scope that knows it."""
    for scope in scopes:
        if isinstance(scope, ast.FunctionDef):
            parameters = {a.arg: ast.unparse(a.annotation or ast.Constant("")) for a in _arguments(scope)}
            if name in parameters:
                if parameters[name] != "Phrase":
                    yield None
                return
        values = [
            node.value
            for node in ast.walk(scope)
            if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets)
        ]
        if values:
            for value in values:
                yield from _templates(value, scopes)
            return
    yield None


def _arguments(function: ast.FunctionDef) -> list[ast.arg]:
    told = function.args
    return [*told.posonlyargs, *told.args, *told.kwonlyargs]
