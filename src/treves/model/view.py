"""A view: everything a dossier knows as of a moment, joined across its reports. Computed, never stored."""

from __future__ import annotations

from datetime import datetime

import attrs

from treves.dates import UNKNOWN_MOMENT, Moment
from treves.model.actors import ActorKind, Gender
from treves.model.corrections import Correction
from treves.model.events import Certainty, EventKind
from treves.model.evidence import Document, Passage
from treves.model.reading import Reading
from treves.model.statements import StatementKind


@attrs.frozen
class Filed:
    """A report with its reading, as the dossier holds it.

    Attributes:
        document: the report.
        reading: what the reader took from it; None while it has not been read or has no language pack.
        run: id of the run that read it; empty if none.
    """

    document: Document
    reading: Reading | None = None
    run: str = ""


@attrs.frozen
class SeenRole:
    """A role that reports or a roster give an actor, with where it is said.

    Attributes:
        office, organisation, party: as said; see :class:`treves.model.actors.Role`.
        passages: where; empty when only the roster says so.
    """

    office: str
    organisation: str | None = None
    party: str | None = None
    passages: tuple[Passage, ...] = ()


@attrs.frozen
class JoinedActor:
    """One actor over all reports of a view.

    Attributes:
        id: readable and stable: the slug of the joined name ("anna-bakker").
        kind: person, party, body, outlet or unnamed source.
        name: the fullest name.
        aliases: other names and descriptions that reports use.
        party: name of the party; None when not told.
        roles: offices, the most often said first.
        gender: for pronouns; None when not told.
        mentions: passages that name it, in order of publication (at most 50).
        local: the (document id, key) pairs that were joined.
        doubts: ids of other actors with which some mention may be confused.
        corrections: ids of the corrections that shaped it.
    """

    id: str
    kind: ActorKind
    name: str
    aliases: tuple[str, ...] = ()
    party: str | None = None
    roles: tuple[SeenRole, ...] = ()
    gender: Gender | None = None
    mentions: tuple[Passage, ...] = ()
    local: tuple[tuple[str, int], ...] = ()
    doubts: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()


@attrs.frozen
class Telling:
    """One report's version of an utterance.

    Attributes:
        statement: id of the statement.
        document: id of the report.
        kind: direct, mixed or indirect.
        passage: the content in its report.
        cue: the reporting words; None when there are none.
        speakers: for every speaker the ids of the joined actors it may be; empty for hearsay without a source.
        speaker_words: how this report names the speakers here, as printed; empty when carried over.
        group: parts of one utterance in one report share it.
        rule: the rule that read it, or "added by hand".
        corrections: ids of the corrections that shaped it.
        copy_of: id of the report of which this report is a wire copy; None if it is none.
    """

    statement: str
    document: str
    kind: StatementKind
    passage: Passage
    speakers: tuple[tuple[str, ...], ...]
    cue: str | None = None
    speaker_words: tuple[str, ...] = ()
    group: int = 0
    rule: str = ""
    corrections: tuple[str, ...] = ()
    copy_of: str | None = None


@attrs.frozen
class Utterance:
    """One utterance with all its tellings, earliest report first.

    Attributes:
        id: "U" and hexadecimal digits, from its earliest statement.
        speakers: as in :class:`Telling`, from the telling that is plainest.
        tellings: the versions side by side; parts of one utterance follow one another.
        lead: index in `tellings` of the version to show first (direct before mixed before indirect, longest first).
        independent: number of reports that tell it, wire copies counted once.
    """

    id: str
    speakers: tuple[tuple[str, ...], ...]
    tellings: tuple[Telling, ...]
    lead: int = 0
    independent: int = 1


@attrs.frozen
class Account:
    """One report's account of an event.

    Attributes:
        event: id of the report's event.
        document: id of the report.
        passage: the sentence or clause that tells it.
        rule: the rule that read it.
    """

    event: str
    document: str
    passage: Passage
    rule: str = ""


@attrs.frozen
class JoinedEvent:
    """One event over all reports of a view.

    Attributes:
        id: "J" and hexadecimal digits, from its earliest account.
        kind, label, certainty, place, duration_minutes: see :class:`treves.model.events.Event`.
        when: the time as a whole, as narrow as the accounts agree on.
        start, end: begin and end of a session; unknown when not told.
        participants, by: ids of joined actors.
        accounts: who tells it, earliest report first.
        wording: the time as worded in the best account; None when it is not worded.
        anchor: what an unresolved time hangs on ("ministerraad"); None if resolved.
        follows: id of the joined event after which it comes, where that is told; None if not.
        corrections: ids of the corrections that shaped it.
    """

    id: str
    kind: EventKind
    label: str
    when: Moment = UNKNOWN_MOMENT
    start: Moment = UNKNOWN_MOMENT
    end: Moment = UNKNOWN_MOMENT
    certainty: Certainty = Certainty.PAST
    participants: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    place: str | None = None
    duration_minutes: int | None = None
    accounts: tuple[Account, ...] = ()
    wording: str | None = None
    anchor: str | None = None
    follows: str | None = None
    corrections: tuple[str, ...] = ()


@attrs.frozen
class Version:
    """What one report says where accounts differ: the value as worded, and where it stands."""

    value: str
    passage: Passage


@attrs.frozen
class Difference:
    """Two or more accounts that differ; no verdict.

    Attributes:
        id: "D" and hexadecimal digits.
        aspect: "start", "end", "duration", "participants", "number", "wording", "mood" or "place".
        about: id of the joined event or utterance that it concerns; empty where it concerns neither (a number in
            running text).
        versions: at least two, earliest report first.
    """

    id: str
    aspect: str
    about: str
    versions: tuple[Version, ...]


@attrs.frozen
class LeftOut:
    """A report that a view leaves out, and why ("published later", "publication time unknown", "no language pack")."""

    document: Document
    reason: str


@attrs.frozen
class View:
    """All that a dossier knows as of a moment.

    Attributes:
        as_of: the moment; None means everything.
        documents: the reports that count, earliest publication first (unknown ones last).
        copies: groups of ids of reports that are near-duplicates, the earliest first in each.
        left_out: reports that do not count or could not be read.
        actors, utterances, events, differences: joined over the reports.
        corrections: those in force.
        zone: IANA name of the place's own time zone, for showing times.
        orphaned: ids of corrections in force whose target this view does not have; they are kept, never guessed.
    """

    as_of: datetime | None = None
    documents: tuple[Document, ...] = ()
    copies: tuple[tuple[str, ...], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    actors: tuple[JoinedActor, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    events: tuple[JoinedEvent, ...] = ()
    differences: tuple[Difference, ...] = ()
    corrections: tuple[Correction, ...] = ()
    zone: str = "Europe/Amsterdam"
    orphaned: tuple[str, ...] = ()
