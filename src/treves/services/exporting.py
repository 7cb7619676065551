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
from treves.services.views import documents_as_told, view_of
from treves.store import Store

KINDS = (*(str(kind) for kind in RowKind), "annotations", "texts", "corrections")
"""What can be written."""


def export_text(store: Store, kind: str, out: TextIO, *, form: str = "csv", as_of: datetime | None = None) -> int:
    """Write everything of one kind and return how many rows, annotated reports or reports it were.

    Args:
        store: the dossier.
        kind: one of :data:`KINDS`.
        out: where to write; for CSV a text file opened with ``newline=""``.
        form: "csv" or "jsonl", of rows; annotations are JSON-LD, texts and corrections always JSONL.
        as_of: the moment, timezone-aware: what was published later stays out (of corrections all are written). None
            means everything.
    """
    if kind == "texts":
        return _write_texts(store, out, as_of)
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


def _write_texts(store: Store, out: TextIO, as_of: datetime | None) -> int:
    documents = documents_as_told(store, store.documents(), as_of=as_of)
    write_reports(documents, out)
    return len(documents)
