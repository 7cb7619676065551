"""The use cases, one function each: the command line, Python and the web call these and nothing below them."""

from treves.services.briefs import brief_of_dossier, brief_of_paths
from treves.services.corrections import add_statement, correct, reject, undo
from treves.services.dossiers import Added, add_paths, fetch_feeds, new_dossier, reread, watch_feed
from treves.services.evaluation import Evaluation, evaluate
from treves.services.explanations import Reason, why
from treves.services.readings import ReadReport, read_paths, statement_rows
from treves.services.views import search, view_of

__all__ = [
    "Added",
    "Evaluation",
    "ReadReport",
    "Reason",
    "add_paths",
    "add_statement",
    "brief_of_dossier",
    "brief_of_paths",
    "correct",
    "evaluate",
    "fetch_feeds",
    "new_dossier",
    "read_paths",
    "reject",
    "reread",
    "search",
    "statement_rows",
    "undo",
    "view_of",
    "watch_feed",
    "why",
]
