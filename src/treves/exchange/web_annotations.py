"""Passages as W3C Web Annotations (JSON-LD): each can be found again by its words or by its place.

Source: Web Annotation Data Model, W3C Recommendation, 23 February 2017. Positions are code points of the stored text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

from treves import __version__
from treves.model.evidence import Document, Passage
from treves.model.view import Account, JoinedEvent, Telling, View

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_GENERATOR = {"type": "Software", "name": f"treves {__version__}"}


def annotation_page(view: View) -> dict[str, Any]:
    """Return all statements and accounts of events in `view` as one annotation page."""
    items = list(_items(view))
    return {
        "@context": CONTEXT,
        "id": "urn:treves:annotations",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    }


def write_annotations(view: View, out: TextIO) -> None:
    """Write the annotation page of `view` to `out` as JSON-LD."""
    json.dump(annotation_page(view), out, ensure_ascii=False, indent=1)
    out.write("\n")


def target_of(passage: Passage, document: Document | None) -> dict[str, Any]:
    """Return the target of an annotation: the report, with a selector by words and one by place.

    Args:
        passage: what is annotated.
        document: its report; None where only its id is known.
    """
    source: dict[str, Any] = {"id": f"urn:treves:document:{passage.document}", "type": "Text", "format": "text/plain"}
    if document is not None:
        source |= {"language": document.language} if document.language != "und" else {}
        source |= {"via": document.first.url} if document.first.url else {}
    return {
        "type": "SpecificResource",
        "source": source,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": passage.exact,
                "prefix": passage.prefix,
                "suffix": passage.suffix,
            },
            {"type": "TextPositionSelector", "start": passage.span.start, "end": passage.span.end},
        ],
    }


def _items(view: View) -> Iterator[dict[str, Any]]:
    documents = {d.id: d for d in view.documents}
    names = {a.id: a.name for a in view.actors}
    for utterance in view.utterances:
        for telling in utterance.tellings:
            yield _statement(telling, documents.get(telling.document), names)
    for event in view.events:
        for account in event.accounts:
            yield _account(event, account, documents.get(account.document))


def _statement(telling: Telling, document: Document | None, names: dict[str, str]) -> dict[str, Any]:
    speakers = [
        {
            "type": "TextualBody",
            "purpose": "identifying",
            "format": "text/plain",
            "value": " / ".join(names.get(actor, actor) for actor in candidates),
        }
        for candidates in telling.speakers
    ]
    return _annotation(
        f"urn:treves:statement:{telling.statement}", str(telling.kind), speakers, telling.passage, document
    )


def _account(event: JoinedEvent, account: Account, document: Document | None) -> dict[str, Any]:
    about = [
        {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "value": f"{event.label or event.kind}: {event.when.iso()}",
        }
    ]
    return _annotation(f"urn:treves:account:{account.event}", str(event.kind), about, account.passage, document)


def _annotation(
    address: str, tag: str, bodies: list[dict[str, str]], passage: Passage, document: Document | None
) -> dict[str, Any]:
    return {
        "id": address,
        "type": "Annotation",
        "generator": _GENERATOR,
        "body": [{"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": tag}, *bodies],
        "target": target_of(passage, document),
    }
