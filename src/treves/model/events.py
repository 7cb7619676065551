"""Events: sessions, deadlines, ultimatums and announced next steps as one report gives them."""

from __future__ import annotations

from enum import StrEnum

import attrs

from treves.dates import UNKNOWN_MOMENT, Moment
from treves.model.evidence import Span
from treves.text import digest


class EventKind(StrEnum):
    """What an event is."""

    SESSION = "session"
    DEADLINE = "deadline"
    ULTIMATUM = "ultimatum"
    NEXT_STEP = "next step"


class Certainty(StrEnum):
    """How certain the report is that it happened or will."""

    PAST = "past"
    ONGOING = "ongoing"
    PLANNED = "planned"
    CONDITIONAL = "conditional"


@attrs.frozen
class When:
    """A time as worded and as resolved from the publication time.

    Attributes:
        span: the wording in the report; None when it follows from other wordings.
        moment: the resolved interval; unknown when the publication time does not allow more.
        anchor: what an unresolved wording hangs on ("na de ministerraad" -> "ministerraad"), if any.
    """

    moment: Moment = UNKNOWN_MOMENT
    span: Span | None = None
    anchor: str | None = None


@attrs.frozen
class Event:
    """One event of one report.

    Attributes:
        id: stable over re-reading as long as kind and span stay.
        document: id of the report.
        kind: session, deadline, ultimatum or next step.
        span: the sentence or clause that tells it.
        when: its time as a whole (a session's day, a deadline's moment).
        start, end: a session's begin and end where the report gives them.
        certainty: past, ongoing, planned or conditional.
        label: the words for the event itself ("ministerraad", "overleg"), from the report.
        participants: keys of the report's actors that take part.
        by: keys of the actors that set an ultimatum or deadline.
        place: where, as said.
        duration_minutes: length as said ("bijna vijf uur" is 300), if said.
        rule: name of the rule that made it.
    """

    id: str
    document: str
    kind: EventKind
    span: Span
    when: When = When()
    start: When | None = None
    end: When | None = None
    certainty: Certainty = Certainty.PAST
    label: str = ""
    participants: tuple[int, ...] = ()
    by: tuple[int, ...] = ()
    place: str | None = None
    duration_minutes: int | None = None
    rule: str = ""


def event_id(document: str, kind: str, span: Span) -> str:
    """Return the identifier of an event: "E" and 12 hexadecimal digits."""
    return "E" + digest(document, kind, str(span.start), str(span.end), length=12)
