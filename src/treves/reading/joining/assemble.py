"""From many readings to one view: the steps of joining, in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from treves.collector import collector_paused
from treves.dates import DEFAULT_ZONE
from treves.model.actors import Roster
from treves.model.corrections import Correction, CorrectionKind
from treves.model.view import Filed, View
from treves.reading.joining.actors import join_actors
from treves.reading.joining.apply import correct_actors, correct_statements
from treves.reading.joining.copies import find_copies
from treves.reading.joining.differences import differences
from treves.reading.joining.finish import finish
from treves.reading.joining.tellings import tell
from treves.reading.joining.timeline import date_events, join_events
from treves.reading.joining.utterances import join_utterances
from treves.reading.joining.visible import Visible, in_force, visible


def join(
    filed: Sequence[Filed],
    corrections: Sequence[Correction] = (),
    *,
    as_of: datetime | None = None,
    zone: str = DEFAULT_ZONE,
    roster: Roster | None = None,
) -> View:
    """Return everything that the reports tell, joined across them, as of a moment.

    Pure: the same reports, corrections and roster give the same view, in whatever order they come. The cost grows a
    little faster than the number of reports (`benchmarks/joining.py` measures it).

    Args:
        filed: the reports with their readings.
        corrections: a person's corrections; those undone are passed over.
        as_of: the moment, timezone-aware; reports that were not certainly published by then are left out. None for all.
        zone: IANA name of the zone in which days are counted and times without an offset are meant.
        roster: persons known beforehand, or None.

    Raises:
        InvalidTime: `as_of` has no time zone, or `zone` is none.
    """
    with collector_paused():
        return _join(filed, in_force(corrections), as_of=as_of, zone=zone, roster=roster)


def _join(
    filed: Sequence[Filed],
    standing: tuple[Correction, ...],
    *,
    as_of: datetime | None,
    zone: str,
    roster: Roster | None,
) -> View:
    seen = visible(filed, standing, as_of=as_of, zone=zone)
    documents, readings = seen.documents, seen.readings
    groups = find_copies(documents, readings)
    copy_of = {i: group[0] for group in groups for i in group[1:]}
    joints = join_actors(documents, readings, roster)
    applied = set(seen.applied)
    applied |= correct_actors(joints, documents, standing)
    tellings = tell(documents, readings, joints, copy_of)
    applied |= correct_statements(tellings, joints, documents, standing)
    utterances = join_utterances(documents, tellings, joints, copy_of)
    occasions, dated = date_events(join_events(documents, readings, joints, copy_of, zone), documents, standing, zone)
    applied |= dated
    return View(
        as_of=as_of,
        documents=documents,
        copies=tuple(tuple(documents[i].id for i in group) for group in groups),
        left_out=seen.left_out,
        actors=tuple(finish(j, documents, joints.parties) for j in joints.all),
        utterances=utterances,
        events=tuple(o.event for o in occasions),
        differences=differences(documents, occasions, utterances, joints, copy_of),
        corrections=standing,
        zone=zone,
        orphaned=tuple(c.id for c in standing if c.id not in applied and not _waiting(c, seen)),
    )


def _waiting(correction: Correction, seen: Visible) -> bool:
    """Return whether a correction is about a report that is kept but does not count in this view."""
    counted = {d.id for d in seen.documents}
    about = correction.passage.document if correction.passage else correction.target
    on_document = correction.kind in (CorrectionKind.SET_DATE, CorrectionKind.SET_OUTLET)
    return about in seen.known and about not in counted and not (on_document and about == correction.target)
