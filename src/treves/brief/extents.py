"""From when to when an event is drawn in the timeline, and which of its ends are open."""

from __future__ import annotations

from datetime import datetime, timedelta

import attrs

from treves.brief.state import AHEAD, LIMITS
from treves.dates import Known, Moment
from treves.model.view import JoinedEvent

FADE = timedelta(hours=4)
"""How far an open end is drawn before it has faded away."""
SLIGHT = timedelta(minutes=10)
"""An end that is told more closely is drawn as a point."""


@attrs.frozen
class Extent:
    """From when to when an event is drawn, and which ends are open.

    Attributes:
        start, end: its begin and end.
        fades: "", "left", "right" or "both": which ends are not told.
        latest: until when its end may have been; None when it is told to a few minutes.
    """

    start: datetime
    end: datetime
    fades: str = ""
    latest: datetime | None = None


def extent(event: JoinedEvent, now: datetime | None, after: JoinedEvent | None = None) -> Extent | None:
    """Return what to draw of an event; None when its time is not known at all.

    A told length stands in for a begin or end that is not told. An end that remains open fades over four hours, not
    past `now` when the event has been. What is told to come `after` another event is not drawn before it.
    """
    start, end = _told(event.start), _told(event.end)
    if start and end and end < start:
        end = None
    length = timedelta(minutes=event.duration_minutes) if event.duration_minutes else None
    if length and start and not end:
        end = start + length
    elif length and end and not start:
        start = end - length
    if start and end:
        late = event.end.latest if end == _told(event.end) else None
        return Extent(start, end, latest=late if late and late - end > SLIGHT else None)
    if event.kind in LIMITS or event.certainty in AHEAD:
        found = _interval(Moment(start, start) if start else event.when, "")
        anchor = (_told(after.start) or _told(after.when)) if after else None
        if found and anchor and found.start < anchor < found.end:
            return attrs.evolve(found, start=anchor)
        return found
    if start:
        latest = now if now and now > start else start + FADE
        return Extent(start, min(start + FADE, latest), "right")
    if end:
        return Extent(end - FADE, end, "left")
    return _interval(event.when, "both")


def _told(moment: Moment) -> datetime | None:
    return moment.earliest if moment.known is Known.KNOWN else None


def _interval(moment: Moment, fades: str) -> Extent | None:
    early, late = moment.earliest, moment.latest
    if early and late:
        return Extent(early, late, fades)
    if early:
        return Extent(early, early + FADE, "right")
    return Extent(late - FADE, late, "left") if late else None
