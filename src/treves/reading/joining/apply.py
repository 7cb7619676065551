"""A person's corrections, applied to what the reports gave.

A correction finds its target by id, or else by its passage: the same document and at least half of the span in common
(intersection over union), so it survives a re-reading that gives other ids. A target that is not found is never
guessed; the correction is kept and reported as orphaned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from treves.model.actors import ActorKind
from treves.model.corrections import Correction, CorrectionKind
from treves.model.evidence import Document, Passage, passage_of
from treves.model.statements import StatementKind, statement_id
from treves.model.view import Telling, View
from treves.reading.joining.joints import Joint, Joints

SAME_PLACE = 0.5
"""Intersection over union from which two spans of a document are the same place."""
BY_HAND = "added by hand"
"""Rule of a statement that a person added."""

Tellings = list[dict[str, Telling]]
"""For every report of a view its tellings by statement id."""


def orphaned(view: View, corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return those of `corrections` whose target is not in `view`: kept, reported, never guessed."""
    lost = frozenset(view.orphaned)
    return tuple(c for c in corrections if c.id in lost and c.undone_at is None)


def _listed(value: object) -> list[str]:
    """Return a value that may be one string or a list as a list of strings that are not empty."""
    found = value if isinstance(value, list) else [value]
    return [v.strip() for v in found if isinstance(v, str) and v.strip()]


# Actors


def correct_actors(joints: Joints, documents: Sequence[Document], corrections: Iterable[Correction]) -> set[str]:
    """Rename, merge and split actors in place; return the ids of the corrections that found their target."""
    reports = {d.id: i for i, d in enumerate(documents)}
    applied: set[str] = set()
    for correction in corrections:
        if correction.kind not in (
            CorrectionKind.RENAME_ACTOR,
            CorrectionKind.MERGE_ACTORS,
            CorrectionKind.SPLIT_ACTOR,
        ):
            continue
        joint = find_actor(joints, correction.target, correction.passage, reports)
        if joint is not None and _correct_actor(joints, joint, correction, reports):
            applied.add(correction.id)
    return applied


def find_actor(joints: Joints, target: str, passage: Passage | None, reports: Mapping[str, int]) -> Joint | None:
    """Return the actor with the id `target`, unless the passage names another; None when neither is found.

    The passage decides where it can, since the number in an id ("jan-jansen-2") may pass to another person when
    reports are added.
    """
    found = joints.find(target)
    if passage is None or passage.document not in reports:
        return found
    report = reports[passage.document]
    scores: list[tuple[float, tuple[int, int], Joint]] = []
    for joint in joints.all:
        spans = [s for m in joint.members if m.report == report for s in m.actor.mentions]
        best = max((s.overlap(passage.span) for s in spans), default=0.0)
        if best >= SAME_PLACE:
            scores.append((-best, joint.order, joint))
    if not scores or any(j is found for _, _, j in scores):
        return found
    return min(scores, key=lambda s: s[:2])[2]


def _correct_actor(joints: Joints, joint: Joint, correction: Correction, reports: Mapping[str, int]) -> bool:
    match correction.kind:
        case CorrectionKind.RENAME_ACTOR:
            return _rename(joint, correction)
        case CorrectionKind.MERGE_ACTORS:
            return _merge(joints, joint, correction)
        case _:
            return _split(joints, joint, correction, reports)


def _rename(joint: Joint, correction: Correction) -> bool:
    """Give an actor another name, and a party if one is told; its id stays, so that it can be corrected again."""
    name, party = correction.values.get("name"), correction.values.get("party")
    if isinstance(name, str) and name.strip():
        joint.name = name.strip()
    if isinstance(party, str) and party.strip():
        joint.party = party.strip()
    joint.corrections.append(correction.id)
    return True


def _merge(joints: Joints, joint: Joint, correction: Correction) -> bool:
    into = joints.find(str(correction.values.get("into") or ""))
    if into is None:
        return False
    if into is not joint:
        joints.merge(joint, into)
    into.corrections.append(correction.id)
    return True


def _split(joints: Joints, joint: Joint, correction: Correction, reports: Mapping[str, int]) -> bool:
    """Give the mentions in some documents to another actor: the only one of that name, or else a new one."""
    chosen = {reports[d] for d in _listed(correction.values.get("documents")) if d in reports}
    moved = [m for m in joint.members if m.report in chosen]
    names = _listed(correction.values.get("name"))
    if not moved or not names:
        return False
    joint.members = [m for m in joint.members if m.report not in chosen]
    other = joints.named(names[0], joint.kind)
    if other is None or other is joint:
        other = joints.add(Joint(joint.kind, names[0]))
    other.members.extend(moved)
    for member in moved:
        joints.of[member.report, member.actor.key] = other
    for one in (joint, other):
        one.corrections.append(correction.id)
    return True


# Statements


def correct_statements(
    tellings: Tellings, joints: Joints, documents: Sequence[Document], corrections: Iterable[Correction]
) -> set[str]:
    """Reject and add statements and set speakers, in place; return the ids of the corrections that found their target.

    A speaker whom no actor is called becomes an actor of its own.
    """
    reports = {d.id: i for i, d in enumerate(documents)}
    applied: set[str] = set()
    for correction in corrections:
        match correction.kind:
            case CorrectionKind.REJECT_STATEMENT:
                done = _reject(tellings, reports, correction)
            case CorrectionKind.SET_SPEAKERS:
                done = _set_speakers(tellings, reports, correction, joints)
            case CorrectionKind.ADD_STATEMENT:
                done = _add(tellings, reports, correction, joints, documents)
            case _:
                continue
        if done:
            applied.add(correction.id)
    return applied


def _find(tellings: Tellings, reports: Mapping[str, int], correction: Correction) -> tuple[int, Telling] | None:
    """Return the report and telling that a correction is about; None when neither id nor passage finds it."""
    passage = correction.passage
    if passage is not None:
        listed: Sequence[int] = [reports[passage.document]] if passage.document in reports else []
    else:
        listed = range(len(tellings))
    for report in listed:
        if (telling := tellings[report].get(correction.target)) is not None:
            return report, telling
    if passage is None or not listed:
        return None
    report = listed[0]
    near = [(t.passage.span.overlap(passage.span), t) for t in tellings[report].values()]
    near = [(o, t) for o, t in near if o >= SAME_PLACE]
    if not near:
        return None
    return report, max(near, key=lambda item: (item[0], -item[1].passage.span.start, item[1].statement))[1]


def _reject(tellings: Tellings, reports: Mapping[str, int], correction: Correction) -> bool:
    found = _find(tellings, reports, correction)
    if found is None:
        return False
    report, telling = found
    del tellings[report][telling.statement]
    return True


def _set_speakers(tellings: Tellings, reports: Mapping[str, int], correction: Correction, joints: Joints) -> bool:
    """Set who spoke, for all parts of the utterance in this report that had the same speakers."""
    found = _find(tellings, reports, correction)
    if found is None:
        return False
    report, target = found
    speakers = _speakers(joints, correction)
    for key, telling in tellings[report].items():
        if telling.group == target.group and telling.speakers == target.speakers:
            tellings[report][key] = attrs.evolve(
                telling, speakers=speakers, speaker_words=(), corrections=(*telling.corrections, correction.id)
            )
    return True


def _speakers(joints: Joints, correction: Correction) -> tuple[tuple[str, ...], ...]:
    """Return the ids of the speakers that a correction gives, by id or by name; unknown names become actors."""
    found: list[tuple[str, ...]] = []
    for name in _listed(correction.values.get("speakers")):
        joint = joints.find(name) or joints.named(name)
        if joint is None:
            joint = joints.add(Joint(ActorKind.PERSON, name))
            joint.corrections.append(correction.id)
        found.append((joint.id,))
    return tuple(dict.fromkeys(found))


def _add(
    tellings: Tellings,
    reports: Mapping[str, int],
    correction: Correction,
    joints: Joints,
    documents: Sequence[Document],
) -> bool:
    """Add a statement where the passage still stands; what the reader found in the same place gives way."""
    passage, report = correction.passage, reports.get(correction.target)
    if passage is None or report is None or passage.document != correction.target:
        return False
    document = documents[report]
    kind = str(correction.values.get("kind") or StatementKind.DIRECT)
    if passage.orphaned(document.text) or kind not in set(StatementKind):
        return False
    own = tellings[report]
    replaced = [t for t in own.values() if t.passage.span.overlap(passage.span) >= SAME_PLACE]
    group = replaced[0].group if replaced else max((t.group for t in own.values()), default=-1) + 1
    for telling in replaced:
        del own[telling.statement]
    added = Telling(
        statement=statement_id(document.id, kind, passage.span),
        document=document.id,
        kind=StatementKind(kind),
        passage=passage_of(document, passage.span),
        speakers=_speakers(joints, correction),
        group=group,
        rule=BY_HAND,
        corrections=(correction.id,),
    )
    own[added.statement] = added
    return True
