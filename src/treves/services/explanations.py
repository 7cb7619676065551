"""Why: from anything with an id down to the passage, the report, the rule, the run and a person's corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import attrs

from treves.errors import CorrectionError
from treves.model.corrections import Correction
from treves.model.evidence import Document, Passage
from treves.model.view import Difference, JoinedActor, JoinedEvent, Telling, Utterance, View
from treves.services.views import view_of
from treves.store import Run, Store

MENTIONS = 10
"""Passages shown of an actor's mentions."""


class NothingCalled(CorrectionError):
    """Nothing has the id for which reasons are asked."""

    code: ClassVar[str] = "T304"


@attrs.frozen
class Reason:
    """One step of an answer to "why?".

    Attributes:
        what: what this passage shows ("statement", "session", "mention", "role", "version", "report", "correction",
            "run", ...).
        detail: of which sort: direct, mixed or indirect for a statement, the certainty of an event, the aspect of a
            difference, who told a report's time, the kind of a correction; empty where there are no sorts.
        about: what it is the reason for, in names, times and labels.
        id: of the utterance, event, actor, difference, report, correction or run that it belongs to.
        report, outlet, published: where it stands and who published it when, as far as is known.
        passage: the words, with what stands around them; None for reports, runs and what they tell.
        rule: the rule that read it; empty for mentions.
        run: run, reader and version that made the reading; empty where no reading is concerned.
        corrections: a person's corrections that shaped it, in words.
    """

    what: str
    about: str
    id: str
    detail: str = ""
    report: str | None = None
    outlet: str | None = None
    published: str | None = None
    passage: Passage | None = None
    rule: str = ""
    run: str = ""
    corrections: tuple[str, ...] = ()

    def row(self) -> dict[str, object]:
        """Return the reason as a flat row."""
        passage = self.passage
        return {
            "what": self.what,
            "detail": self.detail or None,
            "about": self.about or None,
            "id": self.id,
            "report": self.report,
            "outlet": self.outlet,
            "published": self.published,
            "prefix": passage.prefix if passage else None,
            "exact": passage.exact if passage else None,
            "suffix": passage.suffix if passage else None,
            "start": passage.span.start if passage else None,
            "end": passage.span.end if passage else None,
            "rule": self.rule or None,
            "run": self.run or None,
            "corrections": list(self.corrections),
        }


def why(store: Store, target: str) -> list[Reason]:
    """Return the reasons for whatever is called `target`: what it rests on, passage by passage.

    Args:
        store: the dossier.
        target: id of an utterance, statement, event, actor, difference, report, correction or run, or a report's name.

    Raises:
        NothingCalled: nothing in the dossier has that id.
    """
    view = view_of(store)
    reasons = list(_Explainer.of_store(store, view).of(target))
    if not reasons:
        hint = "List ids with: treves statements, actors, events, or export … differences, reports, corrections."
        raise NothingCalled("Nothing in the dossier is called {target!r}.", hint=hint, target=target)
    return reasons


@attrs.frozen
class _Explainer:
    """Finds reasons in a view of a dossier.

    Attributes:
        view: the view.
        runs: the dossier's runs, by id.
        made_by: id of the run that made each report's reading, by report.
        corrections: all of the dossier's corrections, undone ones too, by id.
    """

    view: View
    runs: Mapping[str, Run]
    made_by: Mapping[str, str]
    corrections: Mapping[str, Correction]

    @classmethod
    def of_store(cls, store: Store, view: View) -> _Explainer:
        """Return the explainer for `store`, of which `view` is the view."""
        return cls(
            view=view,
            runs={r.id: r for r in store.runs()},
            made_by={f.document.id: f.run for f in store.filed()},
            corrections={c.id: c for c in store.corrections(in_force=False)},
        )

    def of(self, target: str) -> Iterator[Reason]:
        """Yield the reasons for whatever is called `target`; nothing when there is no such thing."""
        found = False
        for reason in self._found(target):
            found = True
            yield reason
        # What a person rejected, or what a re-reading no longer gives, is still told by the correction about it.
        for correction in self.corrections.values():
            about_it = not found and correction.target == target
            if correction.id == target or about_it:
                yield self._correction(correction)

    def _found(self, target: str) -> Iterator[Reason]:
        for utterance in self.view.utterances:
            mine = [t for t in utterance.tellings if target in (utterance.id, t.statement)]
            yield from (self._telling(t, utterance) for t in mine)
        for event in self.view.events:
            yield from self._event(event, target)
        for actor in self.view.actors:
            if actor.id == target:
                yield from self._actor(actor)
        for difference in self.view.differences:
            if difference.id == target:
                yield from self._difference(difference)
        for document in self._documents():
            if target == document.id or any(target == a.name for a in document.appearances):
                yield from self._report(document)
        if run := self.runs.get(target):
            yield self._run(run)

    def _telling(self, telling: Telling, utterance: Utterance) -> Reason:
        names = {a.id: a.name for a in self.view.actors}
        speakers = ", ".join(" / ".join(names.get(i, i) for i in one) for one in telling.speakers)
        reason = Reason("statement", speakers, utterance.id, str(telling.kind), rule=telling.rule)
        return self._at(reason, telling.passage, telling.corrections)

    def _event(self, event: JoinedEvent, target: str) -> Iterator[Reason]:
        about = f"{event.label}, {event.when.iso()}"
        for account in event.accounts:
            if target in (event.id, account.event):
                reason = Reason(str(event.kind), about, event.id, str(event.certainty), rule=account.rule)
                yield self._at(reason, account.passage, event.corrections)

    def _actor(self, actor: JoinedActor) -> Iterator[Reason]:
        for role in actor.roles:
            office = " ".join(p for p in (role.office, role.organisation, role.party and f"({role.party})") if p)
            reason = Reason("role", f"{actor.name}: {office}", actor.id)
            yield from (self._at(reason, passage, actor.corrections) for passage in role.passages[:1])
        for passage in actor.mentions[:MENTIONS]:
            yield self._at(Reason("mention", actor.name, actor.id, str(actor.kind)), passage, actor.corrections)
        if not actor.mentions:
            told = Reason(str(actor.kind), actor.name, actor.id)
            yield attrs.evolve(told, corrections=self._told(actor.corrections))

    def _difference(self, difference: Difference) -> Iterator[Reason]:
        for version in difference.versions:
            reason = Reason("version", version.value, difference.id, difference.aspect)
            yield self._at(reason, version.passage)

    def _report(self, document: Document) -> Iterator[Reason]:
        left_out = {left.document.id: left.reason for left in self.view.left_out}
        about_it = [c.id for c in self.view.corrections if c.target == document.id]
        for appearance in document.appearances:
            yield Reason(
                "report",
                document.title,
                document.id,
                str(appearance.published_origin),
                report=appearance.name,
                outlet=appearance.outlet,
                published=appearance.published.iso(),
                rule=left_out.get(document.id, ""),
                run=self._run_of(document.id),
                corrections=self._told(about_it),
            )

    def _correction(self, correction: Correction) -> Reason:
        undone = f", undone {correction.undone_at.isoformat(timespec='seconds')}" if correction.undone_at else ""
        reason = Reason("correction", f"{_words(correction)}{undone}", correction.id, str(correction.kind))
        return self._at(reason, correction.passage) if correction.passage else reason

    def _run(self, run: Run) -> Reason:
        settings = ", ".join(f"{name} {value}" for name, value in run.settings.items())
        started = run.started_at.isoformat(timespec="seconds")
        about = f"{run.reader}, treves {run.treves}, {started}, {run.readings} readings"
        return Reason("run", ", ".join(p for p in (about, settings) if p), run.id)

    def _at(self, reason: Reason, passage: Passage, corrections: tuple[str, ...] = ()) -> Reason:
        """The reason with its passage, and all that is known of where that stands."""
        document = next((d for d in self._documents() if d.id == passage.document), None)
        return attrs.evolve(
            reason,
            passage=passage,
            report=document.name if document else passage.document,
            outlet=", ".join(document.outlets) or None if document else None,
            published=document.published.iso() if document else None,
            run=self._run_of(passage.document) if reason.rule else "",
            corrections=self._told(corrections),
        )

    def _documents(self) -> Iterator[Document]:
        yield from self.view.documents
        yield from (left.document for left in self.view.left_out)

    def _run_of(self, document: str) -> str:
        run = self.runs.get(self.made_by.get(document, ""))
        return f"{run.id}: {run.reader}, treves {run.treves}" if run else ""

    def _told(self, ids: tuple[str, ...] | list[str]) -> tuple[str, ...]:
        return tuple(f"{i}: {_words(self.corrections[i])}" for i in dict.fromkeys(ids) if i in self.corrections)


def _words(correction: Correction) -> str:
    """A correction on one line: what it does, to what, with which values, and who made it."""
    values = ", ".join(
        f"{name} {', '.join(value) if isinstance(value, list) else value}" for name, value in correction.values.items()
    )
    by = f" (by {correction.author})" if correction.author else ""
    return " ".join(p for p in (str(correction.kind), correction.target, values) if p) + by
