"""Who takes part in an event, whose meeting it is, and who stands behind an ultimatum."""

from collections.abc import Sequence

import pytest
from joining_builder import Report, moment

from treves.model.actors import ActorKind
from treves.model.events import Certainty, EventKind
from treves.model.view import JoinedEvent, View
from treves.reading.joining import join

DAY = moment("2031-03-04")
TEXT = (
    "De VVD en minister Els Bruin praten dinsdag met Tom Smit. Foto Piet Vos / De Maasbode. Volgens ingewijden vergadert "
    "de Provincieraad dinsdag. De partij stelt een ultimatum."
)


def view_of(*reports: Report) -> View:
    """The view of some reports."""
    return join([r.filed() for r in reports])


def event_of(report: Report) -> JoinedEvent:
    """The only event of a report."""
    (event,) = view_of(report).events
    return event


def meeting(*listed: tuple[str, ActorKind, str], label: str = "overleg", words: str = "praten dinsdag met") -> Report:
    """A report that lists actors (name, kind, office) in a session."""
    report = Report(TEXT)
    keys = [report.actor(name, kind=kind, roles=[(office, None)] if office else []) for name, kind, office in listed]
    report.event(words, when=DAY, participants=keys, label=label)
    return report


BRUIN = ("Els Bruin", ActorKind.PERSON, "minister")
SMIT, VOS = ("Tom Smit", ActorKind.PERSON, ""), ("Piet Vos", ActorKind.PERSON, "")
OUTLET = ("De Maasbode", ActorKind.OUTLET, "")
SOURCES = ("ingewijden", ActorKind.UNNAMED, "")


def test_outlets_and_unnamed_sources_never_take_part() -> None:
    """A picture credit and a source in the sentence are not at the table."""
    assert event_of(meeting(BRUIN, OUTLET, SOURCES)).participants == ("els-bruin",)


def test_a_name_without_party_or_office_gives_way_to_those_with() -> None:
    """A photographer beside a minister is left out; where nobody has either, everybody stays."""
    assert event_of(meeting(BRUIN, VOS)).participants == ("els-bruin",)
    assert event_of(meeting(SMIT, VOS)).participants == ("tom-smit", "piet-vos")


def test_the_meeting_itself_does_not_take_part() -> None:
    """A council that is the event is no participant of it."""
    council = ("Provincieraad", ActorKind.BODY, "")
    assert event_of(meeting(BRUIN, council, label="provincieraad")).participants == ("els-bruin",)


@pytest.mark.parametrize(
    ("words", "expected"), [("minister Els Bruin praten dinsdag", ()), ("dan praten we dinsdag", (0,))]
)
def test_who_says_it_does_not_take_part_unless_it_is_we(words: str, expected: Sequence[int]) -> None:
    """The speaker of the words that tell the event is left out; one who says "we" is in."""
    report = Report(f"Bruin: De VVD en {words} met Tom Smit. Els Bruin zei dat.")
    key = report.actor("Els Bruin", roles=[("minister", None)], mentions=[])
    report.says(key, words)
    report.event(words, when=DAY, participants=[key])
    assert event_of(report).participants == tuple("els-bruin" for _ in expected)


def told(number: int, label: str, *listed: tuple[str, ActorKind, str], anchor: str | None = None) -> Report:
    """A report of its own with one session on the day."""
    report = Report(f"{TEXT} Bericht {number}.")
    keys = [report.actor(name, kind=kind, roles=[(office, None)] if office else []) for name, kind, office in listed]
    report.event("dinsdag", when=DAY, participants=keys, label=label, anchor=anchor)
    return report


def test_the_meeting_of_a_chamber_is_not_the_talks() -> None:
    """What "de Kamer vergadert" tells is another event than the talks of that day, and the same in two reports."""
    chamber = ("Tweede Kamer", ActorKind.BODY, "")
    found = view_of(told(1, "overleg"), told(2, "vergadering", chamber), told(3, "vergadering", chamber)).events
    assert sorted(len(e.accounts) for e in found) == [1, 2]


def test_talks_after_a_council_are_not_the_council() -> None:
    """A body that the time hangs on, or parties at the table, leave a meeting the talks that it is."""
    council, party = ("Provincieraad", ActorKind.BODY, ""), ("VVD", ActorKind.PARTY, "")
    assert len(view_of(told(1, "overleg"), told(2, "vergadering", council, anchor="raad")).events) == 1
    assert len(view_of(told(1, "overleg"), told(2, "vergadering", council, party)).events) == 1


def test_words_for_asking_the_members_are_one_class() -> None:
    """A consultation in one report and the members' meeting in the other are one event."""
    assert len(view_of(told(1, "raadpleging"), told(2, "ledenvergadering")).events) == 1
    assert len(view_of(told(1, "overleg"), told(2, "ledenvergadering")).events) == 2


def ultimatum(number: int, name: str, kind: ActorKind) -> Report:
    """A report of an ultimatum that someone sets."""
    report = Report(f"{TEXT} Bericht {number}.")
    report.actor("VVD", kind=ActorKind.PARTY)
    key = report.actor(name, kind=kind)
    words = "stelt een ultimatum"
    options = {"kind": EventKind.ULTIMATUM, "certainty": Certainty.PLANNED, "label": "ultimatum"}
    report.event(words, when=DAY, by=[key], **options)  # type: ignore[arg-type]  # the keywords are the method's own
    return report


def test_a_party_and_its_group_set_one_ultimatum() -> None:
    """A "VVD-fractie" in one report is "de VVD" in another; another party's group is not."""
    first = ultimatum(1, "VVD-fractie", ActorKind.BODY)
    assert len(view_of(first, ultimatum(2, "VVD-top", ActorKind.BODY)).events) == 1
    assert len(view_of(first, ultimatum(2, "CDA", ActorKind.PARTY)).events) == 2
