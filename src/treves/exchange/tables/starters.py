"""Tables to begin with: files of the package that a person fills in."""

from __future__ import annotations

from importlib.resources import files
from typing import ClassVar

from treves.errors import TableError

TEMPLATES = ("coalition", "council", "bilateral")
"""Names of the tables to begin with."""


class UnknownTemplate(TableError):
    """There is no table of this name to begin with."""

    code: ClassVar[str] = "T644"


def template_text(name: str) -> str:
    """Return the text of a table to begin with, as YAML with remarks.

    Raises:
        UnknownTemplate: there is none of this name.
    """
    if name not in TEMPLATES:
        hint = "There are {known}."
        raise UnknownTemplate("There is no template {name!r}.", hint=hint, name=name, known=", ".join(TEMPLATES))
    return (files("treves.exchange.tables") / "templates" / f"{name}.yaml").read_text(encoding="utf-8")


def table_schema() -> str:
    """Return the JSON Schema of table files, as text; it stands in the docs too."""
    return (files("treves.exchange.tables") / "table.schema.json").read_text(encoding="utf-8")
