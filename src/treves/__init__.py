"""Trêves: from the reporting on a political negotiation to a working model of the table.

The public names are loaded when first used, so that ``import treves`` stays fast.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "Added": "treves.services.dossiers",
    "Evaluation": "treves.services.evaluation",
    "ReadOptions": "treves.services.readings",
    "ReadReport": "treves.services.readings",
    "Reason": "treves.services.explanations",
    "TrevesError": "treves.errors",
    "add_paths": "treves.services.dossiers",
    "add_statement": "treves.services.corrections",
    "BriefOfPaths": "treves.services.briefs",
    "brief_of_dossier": "treves.services.briefs",
    "brief_of_paths": "treves.services.briefs",
    "correct": "treves.services.corrections",
    "evaluate": "treves.services.evaluation",
    "fetch_feeds": "treves.services.feeds",
    "frame": "treves.services.frames",
    "new_dossier": "treves.services.dossiers",
    "open_store": "treves.store",
    "read_paths": "treves.services.readings",
    "reread": "treves.services.dossiers",
    "search": "treves.services.views",
    "statement_rows": "treves.services.readings",
    "undo": "treves.services.corrections",
    "view_of": "treves.services.views",
    "why": "treves.services.explanations",
}
"""Public names and the modules that define them."""

__all__ = ["__version__", *sorted(_PUBLIC)]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    """Load a public name from its module on first use.

    Raises:
        AttributeError: the package offers no such name.
    """
    if name in _PUBLIC:
        from importlib import import_module

        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'treves' has no attribute {name!r}")
