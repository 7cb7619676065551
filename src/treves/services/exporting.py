"""Everything out: rows, annotations, reports and the log of corrections."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TextIO

from treves.exchange.exports import write_csv, write_jsonl
from treves.exchange.jsonl_files import write_reports
from treves.exchange.rows import RowKind, rows
from treves.exchange.web_annotations import write_annotations
from treves.services.corrections import log_rows
from treves.services.views import view_of
from treves.store import Store


def export_text(store: Store, kind: str, out: TextIO, *, form: str = "csv", as_of: datetime | None = None) -> int:
    """Write everything of one kind and return how many rows, annotated reports or reports it were.

    Args:
        store: the dossier.
        kind: a row kind, "annotations", "texts" or "corrections".
        out: where to write.
        form: "csv" or "jsonl", of rows.
        as_of: the moment, timezone-aware; None means everything.
    """
    if kind == "texts":
        documents = store.documents()
        write_reports(documents, out)
        return len(documents)
    if kind == "corrections":
        logged = log_rows(store.corrections(in_force=False))
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in logged)
        return len(logged)
    view = view_of(store, as_of=as_of)
    if kind == "annotations":
        write_annotations(view, out)
        return len(view.documents)
    listed = list(rows(view, RowKind(kind)))
    if form == "csv":
        write_csv(listed, RowKind(kind), out)
    else:
        write_jsonl(listed, out)
    return len(listed)
