"""Why: from anything with an id down to the passage, the report, the rule, the run and a person's corrections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import attrs

from treves.errors import CorrectionError
from treves.model.corrections import Correction
from treves.model.evidence import Document, Passage
from treves.model.view import JoinedActor, JoinedEvent, Telling, Utterance, View
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
        what: what this passage shows ("statement", "session", "mention", ...).
        about: what it is the reason for, in words.
        report, outlet, published: where it stands and who published it when, as far as is known.
        passage: the words, with what stands around them.
        rule: the rule that read it; empty for mentions.
        run: run, reader and version that made the reading; empty outside a dossier.
        corrections: a person's corrections that shaped it, in words.
    """

    what: str
    about: str
    report: str
    outlet: str | None
    published: str
    passage: Passage
    rule: str = ""
    run: str = ""
    corrections: tuple[str, ...] = ()

    def row(self) -> dict[str, object]:
        """Return the reason as a flat row."""
        return {
            "what": self.what,
            "about": self.about,
            "report": self.report,
            "outlet": self.outlet,
            "published": self.published,
            "prefix": self.passage.prefix,
            "exact": self.passage.exact,
            "suffix": self.passage.suffix,
            "start": self.passage.span.start,
            "end": self.passage.span.end,
            "rule": self.rule or None,
            "run": self.run or None,
            "corrections": list(self.corrections),
        }


def why(store: Store, target: str) -> list[Reason]:
    """Return the reasons for the utterance, statement, event, actor or difference called `target`.

    Raises:
        NothingCalled: nothing in the dossier has that id.
    """
    view = view_of(store)
    runs = {r.id: r for r in store.runs()}
    made_by = {f.document.id: f.run for f in store.filed({d.id for d in view.documents})}
    reasons = list(_Explainer(view, runs, made_by).of(target))
    if not reasons:
        raise NothingCalled(f"Nothing in the dossier is called {target!r}.", hint="List ids with: treves statements, actors, events.")
    return reasons


@attrs.frozen
class _Explainer:
    view: View
    runs: dict[str, Run]
    made_by: dict[str, str]

    def of(self, target: str) -> Iterator[Reason]:
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
                for version in difference.versions:
                    yield self._reason("version", f"{difference.aspect}: {version.value}", version.passage)

    def _telling(self, telling: Telling, utterance: Utterance) -> Reason:
        names = {a.id: a.name for a in self.view.actors}
        speakers = [" or ".join(names.get(i, i) for i in one) for one in telling.speakers]
        about = f"{telling.kind} speech of {', '.join(speakers) or 'nobody named'} ({utterance.id})"
        return self._reason("statement", about, telling.passage, telling.rule, telling.corrections)

    def _event(self, event: JoinedEvent, target: str) -> Iterator[Reason]:
        for account in event.accounts:
            if target in (event.id, account.event):
                about = f"{event.kind} {event.label!r}, {event.certainty}, {event.when.iso()} ({event.id})"
                yield self._reason(str(event.kind), about, account.passage, account.rule, event.corrections)

    def _actor(self, actor: JoinedActor) -> Iterator[Reason]:
        for role in actor.roles:
            about = " ".join(p for p in (role.office, role.organisation, role.party and f"({role.party})") if p)
            for passage in role.passages[:1]:
                yield self._reason("role", f"{actor.name}: {about}", passage, "", actor.corrections)
        for passage in actor.mentions[:MENTIONS]:
            yield self._reason("mention", actor.name, passage, "", actor.corrections)

    def _reason(
        self, what: str, about: str, passage: Passage, rule: str = "", corrections: tuple[str, ...] = ()
    ) -> Reason:
        document: Document | None = next((d for d in self.view.documents if d.id == passage.document), None)
        run = self.runs.get(self.made_by.get(passage.document, ""))
        by_id = {c.id: c for c in self.view.corrections}
        return Reason(
            what=what,
            about=about,
            report=document.name if document else passage.document,
            outlet=", ".join(document.outlets) or None if document else None,
            published=document.published.iso() if document else "unknown",
            passage=passage,
            rule=rule,
            run=f"{run.id}: {run.reader}, treves {run.treves}" if run else "",
            corrections=tuple(_told(by_id[c]) for c in corrections if c in by_id),
        )


def _told(correction: Correction) -> str:
    values = ", ".join(f"{k}={v}" for k, v in correction.values.items())
    by = f" by {correction.author}" if correction.author else ""
    return f"{correction.id}: {correction.kind} {values}{by}"
