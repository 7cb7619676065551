"""Trêves: from the reporting on a political negotiation to a working model of the table.

The public names are loaded when first used, so that ``import treves`` stays fast.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "AddOutcome": "treves.store",
    "Added": "treves.services.dossiers",
    "BadTable": "treves.exchange.tables.reader",
    "BriefOfPaths": "treves.services.briefs",
    "Comparison": "treves.model.outlook",
    "Correction": "treves.model.corrections",
    "CorrectionKind": "treves.model.corrections",
    "Document": "treves.model.evidence",
    "Evaluation": "treves.services.evaluation",
    "Failure": "treves.exchange.reports",
    "Frame": "treves.services.frames",
    "Outlook": "treves.model.outlook",
    "PackagesAnswer": "treves.services.packages",
    "ReadOptions": "treves.services.readings",
    "ReadReport": "treves.services.readings",
    "Reading": "treves.model.reading",
    "Reason": "treves.services.explanations",
    "Roster": "treves.model.actors",
    "RowKind": "treves.exchange.rows",
    "Shown": "treves.services.shown",
    "StatementKind": "treves.model.statements",
    "Store": "treves.store",
    "Table": "treves.model.table",
    "TrevesError": "treves.errors",
    "View": "treves.model.view",
    "add_paths": "treves.services.dossiers",
    "add_statement": "treves.services.corrections",
    "brief_of_dossier": "treves.services.briefs",
    "brief_of_paths": "treves.services.briefs",
    "check_table": "treves.services.tables",
    "correct": "treves.services.corrections",
    "drop_feed": "treves.services.feeds",
    "evaluate": "treves.services.evaluation",
    "executor_of": "treves.services.readings",
    "export_table": "treves.services.tables",
    "export_text": "treves.services.exporting",
    "fetch_feeds": "treves.services.feeds",
    "frame": "treves.services.frames",
    "hand_facts": "treves.services.dossiers",
    "import_table": "treves.services.tables",
    "levers": "treves.services.negotiations",
    "load_table": "treves.services.tables",
    "new_dossier": "treves.services.dossiers",
    "open_store": "treves.store",
    "outlook": "treves.services.negotiations",
    "packages_of": "treves.services.packages",
    "power_of_table": "treves.services.negotiations",
    "read_paths": "treves.services.readings",
    "read_roster": "treves.exchange.roster",
    "reread": "treves.services.dossiers",
    "rows_of": "treves.services.views",
    "save_table": "treves.services.tables",
    "search": "treves.services.views",
    "show": "treves.services.shown",
    "statement_rows": "treves.services.readings",
    "undo": "treves.services.corrections",
    "view_of": "treves.services.views",
    "view_of_reports": "treves.services.views",
    "watch_feed": "treves.services.feeds",
    "whatif": "treves.services.negotiations",
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
