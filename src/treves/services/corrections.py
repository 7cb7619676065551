"""A person's corrections: rename, merge, split, fix a speaker, reject, add, set a date or outlet; undo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar


from treves.dates import parse_moment
from treves.errors import CorrectionError
from treves.model.corrections import Correction, CorrectionKind, CorrectionValue
from treves.model.evidence import Document, Passage, Span, passage_of
from treves.model.statements import StatementKind
from treves.model.view import View
from treves.services.views import view_of
from treves.store import Store


class NoTarget(CorrectionError):
    """There is nothing with the id that a correction names."""

    code: ClassVar[str] = "T301"


class WrongTarget(CorrectionError):
    """What a correction names is of another kind than it corrects."""

    code: ClassVar[str] = "T302"


class NoSuchPassage(CorrectionError):
    """The words that a person wants to add do not stand in the report, or stand there more than once."""

    code: ClassVar[str] = "T303"


_ACTOR_KINDS = {CorrectionKind.RENAME_ACTOR, CorrectionKind.MERGE_ACTORS, CorrectionKind.SPLIT_ACTOR}
_STATEMENT_KINDS = {CorrectionKind.SET_SPEAKERS, CorrectionKind.REJECT_STATEMENT}


def correct(
    store: Store,
    kind: CorrectionKind,
    target: str,
    values: dict[str, CorrectionValue] | None = None,
    *,
    author: str = "",
) -> Correction:
    """Store a correction after checking that its target is there, and return it with its id.

    Args:
        store: the dossier.
        kind: what to correct.
        target: id of an actor, statement, utterance, event or report, as the listings show it.
        values: what the correction carries; see :class:`treves.model.corrections.CorrectionKind`.
        author: who corrects.

    Raises:
        NoTarget: nothing has that id.
        WrongTarget: what has that id is of another kind.
        InvalidTime: a date cannot be read.
    """
    view = view_of(store)
    carried = dict(values or {})
    if kind is CorrectionKind.SET_DATE:
        parse_moment(str(carried.get("moment", "")), where=view.zone)
    passage, target_id = _find(view, kind, target)
    if kind is CorrectionKind.MERGE_ACTORS:
        _find(view, kind, str(carried.get("into", "")))
    return store.correct(Correction(kind=kind, target=target_id, values=carried, passage=passage, author=author))


def _find(view: View, kind: CorrectionKind, target: str) -> tuple[Passage | None, str]:
    """The passage and the id of what `target` names, of the sort that `kind` corrects."""
    if kind in _ACTOR_KINDS:
        for actor in view.actors:
            if actor.id == target:
                return next(iter(actor.mentions), None), actor.id
    elif kind in _STATEMENT_KINDS:
        for utterance in view.utterances:
            for telling in utterance.tellings:
                if telling.statement == target or utterance.id == target:
                    return telling.passage, telling.statement
    elif kind is CorrectionKind.SET_DATE:
        for event in view.events:
            for account in event.accounts:
                if target in (event.id, account.event):
                    return account.passage, account.event
    if kind in {CorrectionKind.SET_DATE, CorrectionKind.SET_OUTLET, CorrectionKind.ADD_STATEMENT}:
        return None, _document(view, target).id
    raise _missing(view, kind, target)


def _missing(view: View, kind: CorrectionKind, target: str) -> CorrectionError:
    everything = {a.id for a in view.actors} | {e.id for e in view.events} | {u.id for u in view.utterances}
    everything |= {t.statement for u in view.utterances for t in u.tellings} | {d.id for d in view.documents}
    if target in everything:
        return WrongTarget(f"{target} cannot be corrected with '{kind}'.", hint="See: treves correct --help")
    return NoTarget(f"Nothing in the dossier is called {target!r}.", hint="List ids with: treves statements, actors, events.")


def _document(view: View, target: str) -> Document:
    everything = [*view.documents, *(left.document for left in view.left_out)]
    for document in everything:
        if target == document.id or any(target == a.name for a in document.appearances):
            return document
    raise _missing(view, CorrectionKind.SET_OUTLET, target)


def reject(store: Store, statement: str, *, author: str = "") -> Correction:
    """Record that `statement` is none."""
    return correct(store, CorrectionKind.REJECT_STATEMENT, statement, author=author)


def add_statement(
    store: Store,
    report: str,
    words: str,
    speakers: Iterable[str],
    *,
    kind: StatementKind = StatementKind.DIRECT,
    author: str = "",
) -> Correction:
    """Record that `words`, as they stand in `report`, are a statement of `speakers`.

    Args:
        store: the dossier.
        report: id or name of the report.
        words: exactly as printed; they must stand in the report just once.
        speakers: names or actor ids; empty for hearsay.
        kind: direct, mixed or indirect.
        author: who adds it.

    Raises:
        NoTarget: there is no such report.
        NoSuchPassage: the words are not there, or more than once.
    """
    document = _document(view_of(store), report)
    count = document.text.count(words) if words else 0
    if count != 1:
        found = "do not stand" if count == 0 else f"stand {count} times"
        raise NoSuchPassage(
            f"The words {words[:60]!r} {found} in {document.name}.", hint="Copy them exactly, and enough to be found once."
        )
    start = document.text.index(words)
    passage = passage_of(document, Span(start, start + len(words)))
    values: dict[str, CorrectionValue] = {"kind": str(kind), "speakers": list(speakers)}
    made = Correction(CorrectionKind.ADD_STATEMENT, document.id, values, passage, author)
    return store.correct(made)


def undo(store: Store, correction: str | None = None) -> Correction:
    """Undo a correction, by default the latest in force; it stays in the log.

    Raises:
        NothingToUndo: there is none, or it is undone already.
    """
    return store.undo(correction)


def log_rows(corrections: Iterable[Correction]) -> list[dict[str, object]]:
    """Return corrections as flat rows, undone ones too."""
    return [
        {
            "correction": c.id,
            "kind": str(c.kind),
            "target": c.target,
            "values": dict(c.values),
            "author": c.author or None,
            "made_at": c.made_at.isoformat(timespec="seconds") if c.made_at else None,
            "undone_at": c.undone_at.isoformat(timespec="seconds") if c.undone_at else None,
        }
        for c in corrections
    ]


