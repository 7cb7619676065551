"""A person's corrections: rename, merge, split, fix a speaker, reject, add, set a date or outlet; undo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

import attrs

from treves.dates import parse_moment
from treves.errors import CorrectionError, Phrase
from treves.model.corrections import Correction, CorrectionKind, CorrectionValue
from treves.model.evidence import Document, Passage, Span, passage_of
from treves.model.statements import StatementKind
from treves.model.view import JoinedActor, View
from treves.services.dossiers import renew
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


class NothingSaid(CorrectionError):
    """A correction says nothing: a name is empty, or an actor is to be merged with itself."""

    code: ClassVar[str] = "T306"


_ACTOR_KINDS = {CorrectionKind.RENAME_ACTOR, CorrectionKind.MERGE_ACTORS, CorrectionKind.SPLIT_ACTOR}
_STATEMENT_KINDS = {CorrectionKind.SET_SPEAKERS, CorrectionKind.REJECT_STATEMENT}
_DOCUMENT_KINDS = {CorrectionKind.SET_DATE, CorrectionKind.SET_OUTLET}
_LIST_HINT = "List ids with: treves statements, actors, events, or export … reports."


def correct(
    store: Store,
    kind: CorrectionKind,
    target: str,
    values: dict[str, CorrectionValue] | None = None,
    *,
    author: str = "",
) -> Correction:
    """Store a correction after checking that it can hold, and return it with its id.

    A report of which the publication time is corrected is read again, for the times in it hang on that.

    Args:
        store: the dossier.
        kind: what to correct; statements are added with :func:`add_statement`.
        target: id of an actor, statement, utterance, event or report, as the listings show it, or a report's name.
        values: what the correction carries; see :class:`treves.model.corrections.CorrectionKind`.
        author: who corrects.

    Raises:
        NoTarget: nothing has that id.
        WrongTarget: what has that id is of another kind.
        NothingSaid: a name is empty, or an actor is to be merged with itself.
        InvalidTime: a date cannot be read.
    """
    view = view_of(store)
    found = _find(view, kind, target)
    carried = _checked(view, kind, found, dict(values or {}))
    made = store.correct(Correction(kind, found.id, carried, found.passage, author))
    if found.is_report and kind is CorrectionKind.SET_DATE:
        renew(store, [found.id])
    return made


@attrs.frozen
class _Target:
    """What a correction is about.

    Attributes:
        id: of the actor, statement, event or report.
        passage: where it stands; None for a report.
        is_report: whether it is one.
    """

    id: str
    passage: Passage | None = None
    is_report: bool = False


def _find(view: View, kind: CorrectionKind, target: str) -> _Target:
    """What `target` names, of the sort that `kind` corrects."""
    found = next((t for names, t in _targets(view, kind) if target in names), None)
    if found is None and kind in _DOCUMENT_KINDS and (document := _document(view, target)):
        found = _Target(document.id, is_report=True)
    if found is None:
        raise _missing(view, kind, target)
    return found


def _targets(view: View, kind: CorrectionKind) -> Iterator[tuple[tuple[str, ...], _Target]]:
    """Everything that `kind` corrects, reports apart, with the ids that it goes by."""
    if kind in _ACTOR_KINDS:
        for actor in view.actors:
            yield (actor.id,), _Target(actor.id, next(iter(actor.mentions), None))
    elif kind in _STATEMENT_KINDS:
        for utterance in view.utterances:
            whole = (utterance.id,) if len(utterance.tellings) == 1 else ()
            for telling in utterance.tellings:
                yield (telling.statement, *whole), _Target(telling.statement, telling.passage)
    elif kind is CorrectionKind.SET_DATE:
        for event in view.events:
            for account in event.accounts:
                yield (account.event, event.id), _Target(account.event, account.passage)


def _missing(view: View, kind: CorrectionKind, target: str) -> CorrectionError:
    if kind in _STATEMENT_KINDS and (utterance := next((u for u in view.utterances if u.id == target), None)):
        each = ", ".join(t.statement for t in utterance.tellings)
        return WrongTarget(
            "{target} is told {count} times.",
            hint="Correct one of {each}.",
            target=target,
            count=len(utterance.tellings),
            each=each,
        )
    others = (k for k in (*_ACTOR_KINDS, *_STATEMENT_KINDS, CorrectionKind.SET_DATE) if k is not kind)
    if _document(view, target) or any(target in names for k in others for names, _ in _targets(view, k)):
        return WrongTarget(
            "{target} is nothing that '{kind}' corrects.", hint="See: treves correct --help", target=target, kind=kind
        )
    return NoTarget("Nothing in the dossier is called {target!r}.", hint=_LIST_HINT, target=target)


def _checked(
    view: View, kind: CorrectionKind, found: _Target, values: dict[str, CorrectionValue]
) -> dict[str, CorrectionValue]:
    """The values of a correction, with ids of reports for their names; refuses what would change nothing."""
    match kind:
        case CorrectionKind.SET_DATE:
            parse_moment(str(values.get("moment", "")), where=view.zone)
        case CorrectionKind.MERGE_ACTORS:
            into = _find(view, kind, str(values.get("into", "")))
            if into.id == found.id:
                raise NothingSaid("{id} is to be merged with itself.", hint="Name another actor.", id=found.id)
        case CorrectionKind.RENAME_ACTOR:
            _require(values, "name", Phrase("The name is empty."))
        case CorrectionKind.SET_OUTLET:
            _require(values, "outlet", Phrase("The outlet is empty."))
        case CorrectionKind.SPLIT_ACTOR:
            _require(values, "name", Phrase("The name is empty."))
            values["documents"] = _reports_with(view, found.id, values.get("documents"))
        case CorrectionKind.ADD_STATEMENT:
            raise WrongTarget("A statement is added with its words.", hint="Use add_statement.")
        case _:
            pass
    return values


def _require(values: dict[str, CorrectionValue], key: str, empty: Phrase) -> None:
    if not str(values.get(key) or "").strip():
        raise NothingSaid(empty, hint="Give it in quotation marks, for instance 'Jan de Wit'.")


def _reports_with(view: View, actor: str, named: CorrectionValue) -> list[str]:
    """The ids of the reports `named`, each of which must mention `actor`."""
    told: JoinedActor = next(a for a in view.actors if a.id == actor)
    mentioned = {document for document, _ in told.local}
    found: list[str] = []
    for name in named if isinstance(named, list) else []:
        document = _document(view, name)
        if document is None:
            raise NoTarget("There is no report {name!r} in the dossier.", hint=_LIST_HINT, name=name)
        if document.id not in mentioned:
            raise WrongTarget(
                "The report {name} does not mention {actor}.", hint="See: treves why … {actor}", name=name, actor=actor
            )
        found.append(document.id)
    if not found:
        raise NothingSaid("No report is named.", hint="Name the reports that mean somebody else.")
    return found


def _document(view: View, target: str) -> Document | None:
    everything = (*view.documents, *(left.document for left in view.left_out))
    return next((d for d in everything if target == d.id or any(target == a.name for a in d.appearances)), None)


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
        WrongTarget: the report is in a language without a pack.
        NoSuchPassage: the words are not there, or more than once.
    """
    view = view_of(store)
    document = _document(view, report)
    if document is None:
        raise NoTarget("There is no report {report!r} in the dossier.", hint=_LIST_HINT, report=report)
    if document not in view.documents:
        hint = "Say in which language it is, with a header or in reports.csv, if that was not recognised."
        raise WrongTarget("{report} is kept but not read: there is no language pack for it.", hint=hint, report=report)
    count = document.text.count(words) if words.strip() else 0
    if count != 1:
        hint = "Copy them exactly as they are printed, and enough of them to be found once."
        absent = "The words {words!r} do not stand in {name}."
        several = "The words {words!r} stand {count} times in {name}."
        raise NoSuchPassage(several if count else absent, hint=hint, words=words[:60], count=count, name=document.name)
    start = document.text.index(words)
    passage = passage_of(document, Span(start, start + len(words)))
    values: dict[str, CorrectionValue] = {"kind": str(kind), "speakers": list(speakers)}
    return store.correct(Correction(CorrectionKind.ADD_STATEMENT, document.id, values, passage, author))


def undo(store: Store, correction: str | None = None) -> Correction:
    """Undo a correction, by default the latest in force; it stays in the log.

    Args:
        store: the dossier.
        correction: its id ("C3"); None for the latest.

    Raises:
        NothingToUndo: there is none, or it is undone already.
    """
    undone = store.undo(correction)
    if undone.kind is CorrectionKind.SET_DATE and undone.target in store.read_by():
        renew(store, [undone.target])
    return undone


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
