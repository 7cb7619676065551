"""A view in which every text that comes from outside tries to break out of the page."""

from __future__ import annotations

import attrs
from brief_views import at, minute, passage, report, telling, utterance, whole_day

from treves.brief import Made
from treves.model.actors import ActorKind
from treves.model.corrections import Correction, CorrectionKind
from treves.model.events import Certainty, EventKind
from treves.model.evidence import Document
from treves.model.view import (
    Account,
    Difference,
    JoinedActor,
    JoinedEvent,
    LeftOut,
    SeenRole,
    Version,
    View,
)

RUN = "window.broken=(window.broken||0)+1"
OVERRIDE = "\u202e\u2066"
SEPARATORS = "\u2028\u2029"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</style><img src=x onerror={RUN}>",
    f"]]><svg onload={RUN}>",
    f"\"' onmouseover={RUN} autofocus onfocus={RUN} x='",
    f"--><script>{RUN}</script><!--",
    f"</title></textarea></template></dialog><iframe srcdoc='<script>parent.{RUN}</script>'>",
    f"{{{{ 7*7 }}}}{{% raw %}} {{0}} {{name}} %s ${{{RUN}}} `{RUN}`",
    f"{SEPARATORS}{OVERRIDE}</b>&lt;script&gt;&#60;",
    "\x00\x0b\x1b\x7f\ud800\ufffe",
)
ALL = " ".join(PAYLOADS)
SCRIPT_ADDRESS = f"javascript:{RUN}"


def hostile_document(payload: str) -> Document:
    """A report whose text, name, outlet, title and address are hostile."""
    made = report(f"{payload} begin.\n\n‘{payload}’, zei {payload}. Einde {payload}", outlet=payload, title=payload)
    appearance = attrs.evolve(made.first, name=payload, url=SCRIPT_ADDRESS, published=minute(11, 9))
    return attrs.evolve(made, appearances=(appearance,), language='nl"><script>')


def hostile_view() -> View:
    """A report, utterance, event, difference and actor for every payload, and corrections that carry them."""
    documents = tuple(hostile_document(p) for p in PAYLOADS)
    actors, said, events, differences = [], [], [], []
    for i, (payload, document) in enumerate(zip(PAYLOADS, documents, strict=True)):
        where = passage(document, payload)
        kind = list(ActorKind)[i % len(ActorKind)]
        role = SeenRole(payload, payload, payload, (where,))
        actors.append(
            JoinedActor(
                f"x{i}", kind, payload, (payload,), payload, (role,), None, (where,), (), (f"x{i - 1}",), ("C1",)
            )
        )
        told = telling(document, payload, f"x{i}", cue=payload, named=[payload], rule=payload, corrections=("C1",))
        said.append(utterance(told))
        events.append(
            JoinedEvent(
                f"J{i}",
                list(EventKind)[i % len(EventKind)],
                payload,
                when=whole_day(10 + i % 4),
                certainty=list(Certainty)[i % len(Certainty)],
                participants=(f"x{i}",),
                by=(f"x{i}",),
                place=payload,
                accounts=(Account(f"E{i}", document.id, where, payload),),
                wording=payload,
                anchor=payload,
                corrections=("C1",),
            )
        )
        versions = (Version(payload, where), Version(payload, where))
        differences.append(Difference(f"D{i}", payload, said[-1].id, versions))
    spoken = {"speakers": list(PAYLOADS)}
    return View(
        as_of=at(12, 8),
        documents=documents,
        left_out=tuple(LeftOut(attrs.evolve(hostile_document(p), id=f"left{i}"), p) for i, p in enumerate(PAYLOADS)),
        actors=tuple(actors),
        utterances=tuple(said),
        events=tuple(events),
        differences=tuple(differences),
        corrections=(Correction(CorrectionKind.SET_SPEAKERS, ALL, spoken, author=ALL, made_at=at(12), id="C1"),),
    )


def hostile_made() -> Made:
    """Everything about the making is hostile too."""
    return Made(ALL, ALL, (ALL,), at(12), {ALL: ALL}, ALL, ALL, ALL)
