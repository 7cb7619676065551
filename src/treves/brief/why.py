"""Why: for everything on the page the passages that it rests on, as data for the panel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from treves.brief.clock import Clock
from treves.brief.evidence import Breaks, Context, anchor, breaks, context, sentence
from treves.brief.lookup import Lookup
from treves.brief.naming import office_words
from treves.brief.shown import Shown
from treves.brief.state import Teller
from treves.brief.wording import Wording, capital, plain
from treves.model.corrections import Correction, CorrectionKind
from treves.model.evidence import Document, Passage
from treves.model.view import Difference, JoinedActor, JoinedEvent, Telling, Utterance, Version

MOST = 6
"""At most so many passages are given for an actor's roles and mentions each."""
MOST_TOLD = 12
"""At most so many passages are given for an utterance, an event or a difference."""

Entry = dict[str, object]


@attrs.frozen(eq=False)
class Reasons:
    """Gives the reason of everything in a view.

    Attributes:
        look: the view, indexed.
        clock: says moments.
        in_full: ids of the reports that the page gives in full.
        corrections: by id.
        numbers: number of every report in the page's table of reports, by id, in the order in which they are needed.
        used: anchors of the passages given so far, by document, to be marked in the reports in full; True for those
            of statements, events and differences, False for those that only name somebody.
    """

    look: Lookup
    clock: Clock
    in_full: frozenset[str]
    corrections: Mapping[str, Correction]
    numbers: dict[str, int] = attrs.field(factory=dict)
    used: dict[str, dict[Passage, bool]] = attrs.field(factory=dict)
    _breaks: dict[str, Breaks] = attrs.field(factory=dict)

    @property
    def wording(self) -> Wording:
        """The interface strings."""
        return self.clock.wording

    def passage(self, passage: Passage, rows: Sequence[tuple[str, str]] = (), *, loud: bool = True) -> Entry:
        """Return one passage in its surroundings: report number, text before, words, text after, and rows to tell."""
        document = self.look.documents.get(passage.document)
        found = context(document, passage, self._sentences(document) if document else None)
        used = self.used.setdefault(passage.document, {})
        used[passage] = loud or used.get(passage, False)
        entry: Entry = {
            "d": self.numbers.setdefault(document.id, len(self.numbers)) if document else -1,
            "b": found.before,
            "x": found.exact,
            "a": found.after,
            "r": [[key, plain(value)] for key, value in rows if value],
        }
        if passage.document in self.in_full and not found.lost:
            entry["h"] = anchor(passage)
        if found.lost:
            entry["lost"] = True
        return entry

    def _sentences(self, document: Document) -> Breaks:
        found = self._breaks.get(document.id)
        if found is None:
            found = self._breaks[document.id] = breaks(document.text)
        return found

    def utterance(self, utterance: Utterance) -> Entry:
        """Return the reason of an utterance: every telling of it, the lead first."""
        lead = utterance.tellings[min(utterance.lead, len(utterance.tellings) - 1)]
        told = [lead, *(t for t in utterance.tellings if t is not lead)]
        items = [self.telling(t) for t in told[:MOST_TOLD]]
        return self._entry(items, self.speakers(utterance), left=len(told) - len(items))

    def telling(self, telling: Telling) -> Entry:
        """Return one report's telling as a passage."""
        carried = bool(telling.speakers) and not telling.speaker_words
        rows = [
            ("kind", self.wording(f"said.{telling.kind.value}")),
            ("speaker", self.wording("why.carried") if carried else ", ".join(telling.speaker_words)),
            ("cue", telling.cue or ""),
            ("rule", telling.rule),
            ("copy", self._report(telling.copy_of) if telling.copy_of else ""),
            *self.corrected(telling.corrections),
        ]
        return self.passage(telling.passage, rows)

    def event(self, event: JoinedEvent, teller: Teller) -> Entry:
        """Return the reason of an event: all accounts of it."""
        items = [self.passage(a.passage, [("rule", a.rule)]) for a in event.accounts[:MOST_TOLD]]
        title = f"{capital(teller.label(event).text)}: {teller.when(event)}"
        return self._entry(items, title, self.corrected(event.corrections), left=len(event.accounts) - len(items))

    def difference(self, difference: Difference) -> Entry:
        """Return the reason of a difference: its versions."""
        items = [self.passage(v.passage) for v in difference.versions[:MOST_TOLD]]
        return self._entry(items, aspect(difference, self.wording), left=len(difference.versions) - len(items))

    def sentence(self, passage: Passage) -> Context:
        """Return a passage with the rest of its own sentence."""
        document = self.look.documents.get(passage.document)
        return sentence(document, passage, self._sentences(document) if document else None)

    def actor(self, actor: JoinedActor) -> Entry:
        """Return the reason of an actor: where its roles are said, then where it is named."""
        items = []
        for role in actor.roles[:MOST]:
            words = office_words(role.office, role.organisation, self.wording)
            items += [self.passage(p, [("role", words)], loud=False) for p in role.passages[:2]]
        seen = {(p.document, p.span) for r in actor.roles for p in r.passages}
        named = [p for p in actor.mentions if (p.document, p.span) not in seen]
        items += [self.passage(p, loud=False) for p in named[:MOST]]
        return self._entry(items, actor.name, self.corrected(actor.corrections), left=max(0, len(named) - MOST))

    def corrected(self, ids: Iterable[str]) -> list[tuple[str, str]]:
        """Return a row for every correction among `ids` that is in force."""
        return [("corrected", self.correction(c)) for i in ids if (c := self.corrections.get(i))]

    def correction(self, correction: Correction) -> str:
        """Say one correction: what, by whom and when."""
        values = {k: self._plain(v) for k, v in correction.values.items()}
        key = correction.kind.value
        if correction.kind is CorrectionKind.SET_SPEAKERS and not values.get("speakers"):
            key = "speaker_none"
        template = self.wording.strings[f"correction.{key}"]
        what = template.format_map(_Missing(values))
        author = correction.author or self.wording("correction.nobody")
        moment = self.clock.instant(correction.made_at) if correction.made_at else self.wording("time.unknown")
        return self.wording("correction.by", what=what, author=author, moment=moment)

    def speakers(self, said: Utterance) -> str:
        """Return who said it as one line."""
        names = [
            self.wording.join([a.name for a in self.look.present(candidates)], final="list.or")
            for candidates in said.speakers
        ]
        return self.wording.join([n for n in names if n]) or self.wording("said.no_source")

    def _entry(self, items: list[Entry], title: str, rows: Sequence[tuple[str, str]] = (), *, left: int = 0) -> Entry:
        """Return a reason: title, passages, rows to tell, and how many passages are `left` out."""
        entry: Entry = {"t": plain(title), "i": items}
        if rows:
            entry["r"] = [[key, plain(value)] for key, value in rows]
        if left:
            entry["more"] = self.wording.count("why.more", left)
        return entry

    def _plain(self, value: object) -> str:
        """Return a correction's value as words; ids of actors become their names."""
        values = value if isinstance(value, list) else [] if value is None else [value]
        known = self.look.actors
        return ", ".join(known[str(v)].name if str(v) in known else str(v) for v in values)

    def _report(self, document: str) -> str:
        found = self.look.documents.get(document)
        return (self.wording.join(found.outlets) or found.title) if found else document


class _Missing(dict[str, str]):
    """Fills a template's braces, with an ellipsis for what a correction does not carry."""

    def __missing__(self, key: str) -> str:
        return "…"


def aspect(difference: Difference, wording: Wording) -> str:
    """Return what kind of difference it is, in words."""
    key = f"differ.{difference.aspect}"
    return wording(key if key in wording.strings else "differ.other")


def value_words(difference: Difference, version: Version, clock: Clock) -> str:
    """Return what a version says: as worded, a length in the interface's words."""
    minutes = version.value.removesuffix(" min")
    if difference.aspect == "duration" and minutes.isdecimal():
        return clock.duration(int(minutes))
    return version.value


def reasons_for(reasons: Reasons, teller: Teller, shown: Shown) -> dict[str, Entry]:
    """Return the reasons of everything that is shown, by its id."""
    found = {e.id: reasons.event(e, teller) for e in shown.events}
    found |= {d.id: reasons.difference(d) for d in shown.differences}
    found |= {u.id: reasons.utterance(u) for u in shown.utterances}
    with_reason = (a for a in shown.people if a.mentions or a.roles or a.corrections)
    return found | {actor_anchor(a.id): reasons.actor(a) for a in with_reason}


def actor_anchor(actor: str) -> str:
    """Return the id of an actor's row on the page."""
    return f"a-{actor}"
