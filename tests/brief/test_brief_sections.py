"""Parties, sources and reasons."""

import attrs
import pytest
from brief_views import ZONE, at, event, party, passage, person, report, telling, utterance

from treves.brief import parties, sources
from treves.brief.clock import clock_for
from treves.brief.evidence import anchor
from treves.brief.lookup import lookup
from treves.brief.shown import select
from treves.brief.state import Teller
from treves.brief.why import MOST, Reasons, actor_anchor, reasons_for, value_words
from treves.brief.wording import wording
from treves.model.actors import ActorKind
from treves.model.corrections import Correction, CorrectionKind
from treves.model.events import EventKind
from treves.model.view import Difference, JoinedActor, LeftOut, SeenRole, Version, View


def reasons(view: View) -> Reasons:
    """What answers "why?" of a view, in English."""
    look = lookup(view)
    return Reasons(
        look=look,
        clock=clock_for(wording("en"), ZONE, look.now()),
        in_full=frozenset(d.id for d in view.documents),
        corrections={c.id: c for c in view.corrections},
    )


def outlet_rows(view: View) -> list[sources.OutletRow]:
    """The rows of the outlets of a view."""
    look = lookup(view)
    return sources.outlet_rows(look, sources.tallies(look))


def report_rows(view: View) -> list[sources.ReportRow]:
    """The rows of the reports of a view."""
    look = lookup(view)
    return sources.report_rows(look, sources.tallies(look))


def test_a_row_per_party_the_most_quoted_first(night: View) -> None:
    """Rows are ordered by utterances, then by name; an ambiguous utterance counts for both."""
    look = lookup(night)
    found = parties.rows(look, parties.spoken(look))
    assert [(r.name, r.statements) for r in found] == [
        ("Stad en Streek", 4),
        ("De Middenweg", 2),
        ("Groen Verbond", 2),
        ("Polderpartij", 1),
    ]
    assert [a.name for a in found[0].delegation] == ["Joris Adema"]
    assert found[0].others == ()


def test_only_people_in_a_session_are_at_the_table() -> None:
    """Others who speak for the party stand apart; beyond the limit they are counted."""
    people = [person(f"Lid {i}", "Duinpartij") for i in range(parties.MOST_NAMES + 3)]
    document = report("Er was overleg.", outlet=None)
    session = event(EventKind.SESSION, "overleg", (document, "Er was overleg."), participants=("lid-1",))
    look = lookup(View(documents=(document,), actors=tuple(people), events=(session,)))
    (row,) = parties.rows(look, parties.spoken(look))
    assert [a.name for a in row.delegation] == ["Lid 1"]
    assert len(row.others) == parties.MOST_NAMES
    assert row.hidden == 2
    assert (row.key, row.name, row.actor) == ("duinpartij", "Duinpartij", None)


def test_people_without_a_party_and_bodies_have_no_row(night: View) -> None:
    """They are listed apart."""
    look = lookup(night)
    counts = parties.spoken(look)
    assert [a.name for a in parties.unaligned(look, counts)] == ["Ineke Draaisma"]
    assert parties.bodies(look, counts) == []
    body = JoinedActor("polderraad", ActorKind.BODY, "Polderraad")
    named = lookup(attrs.evolve(night, actors=(*night.actors, body)))
    assert parties.bodies(named, counts) == [body]


def test_a_body_without_a_name_is_shown_only_when_it_speaks() -> None:
    """The parties at large take no line and sit at no table; the council that says something does."""
    document = report("Er was overleg. ‘Nee’, zei de raad.", outlet=None)
    crowd = JoinedActor("partijen", ActorKind.BODY, "partijen")
    council = JoinedActor("raad", ActorKind.BODY, "de raad")
    session = event(EventKind.SESSION, "overleg", (document, "Er was overleg."), participants=("partijen", "raad"))
    said = utterance(telling(document, "Nee", ["raad"]))
    look = lookup(View(documents=(document,), actors=(crowd, council), events=(session,), utterances=(said,)))
    assert look.there(session) == []
    assert parties.listed(look) == [council]


def test_outlets_are_no_people(night: View) -> None:
    """Outlets stand under sources only."""
    look = lookup(night)
    assert "radio-oost" not in {a.id for a in parties.people(look, parties.spoken(look), 99)}
    assert len(parties.people(look, parties.spoken(look), 3)) == 3


def test_statements_are_counted_by_named_and_other_sources(night: View) -> None:
    """Unnamed sources and hearsay are counted together, apart from those with a name."""
    rows = {r.name: r for r in outlet_rows(night)}
    courant = rows["Oosterlander Courant"]
    assert (courant.reports, courant.tally.statements, courant.tally.named, courant.tally.unnamed) == (2, 8, 6, 2)
    assert list(rows)[-1] == ""
    assert rows[""].reports == 1


def test_a_statement_with_an_unnamed_candidate_is_not_counted_as_named() -> None:
    """A source that may be unnamed does not count as a named one."""
    document = report("‘Ja’, klonk het.", outlet="A")
    actors = (person("Ada", None), JoinedActor("bron", ActorKind.UNNAMED, "een bron"))
    view = View(documents=(document,), actors=actors, utterances=(utterance(telling(document, "Ja", ["ada", "bron"])),))
    assert sources.tallies(lookup(view))[document.id] == sources.Tally(1, 0)


def test_wire_copies_are_folded_and_the_latest_report_is_first(night: View) -> None:
    """A copy stands under the report that it copies."""
    rows = report_rows(night)
    assert [r.document.outlets for r in rows] == [
        ("Oosterlander Courant",),
        (),
        ("Persdienst Noordzee",),
        ("Radio Oost",),
        ("Oosterlander Courant",),
    ]
    assert [d.outlets for d in rows[2].copies] == [("De Kustbode",)]
    assert sources.outlets_of(lookup(night)) == (
        ["Oosterlander Courant", "Radio Oost", "Persdienst Noordzee", "De Kustbode"],
        1,
    )


def test_left_out_reports_are_counted_by_reason(night: View) -> None:
    """The commonest reason comes first."""
    left = (*night.left_out, LeftOut(night.documents[0], "published later"))
    assert sources.left_out(lookup(attrs.evolve(night, left_out=left))) == [
        ("published later", 2),
        ("no language pack for de", 1),
    ]


def test_everything_in_a_view_has_its_reason(night: View) -> None:
    """Events, differences, utterances and actors each lead to passages that stand in their reports."""
    found = reasons(night)
    look = found.look
    teller = Teller(look, found.clock, look.now())
    why = reasons_for(found, teller, select(look, teller, parties.spoken(look)))
    assert {e.id for e in night.events} | {u.id for u in night.utterances} <= why.keys()
    assert {d.id for d in night.differences} <= why.keys()
    assert actor_anchor("joris-adema") in why
    for entry in why.values():
        items = entry["i"]
        assert isinstance(items, list)
        for item in items:
            text = look.documents[list(found.numbers)[item["d"]]].text
            assert item["b"].removeprefix("… ") + item["x"] + item["a"].removesuffix(" …") in text


def test_a_length_is_said_in_the_interfaces_words(night: View) -> None:
    """Minutes become hours; what is worded stays."""
    clock = clock_for(wording("nl"), ZONE, None)
    length = Version("300 min", passage(night.documents[0], "van 19.00 tot 23.45 uur"))
    assert value_words(Difference("D1", "duration", "", (length,)), length, clock) == "ongeveer 5 uur"
    assert value_words(Difference("D1", "number", "", (length,)), length, clock) == "300 min"


def test_a_telling_gives_rule_cue_speaker_and_correction(night: View) -> None:
    """The panel tells how a statement was read and who corrected it."""
    corrected = night.utterances[4]
    rows = dict(reasons(night).telling(corrected.tellings[0])["r"])  # type: ignore[call-overload]
    assert rows == {
        "kind": "direct speech",
        "speaker": "hij",
        "cue": "zei",
        "rule": "quote-before-cue",
        "corrected": "speaker set to Joris Adema, by A. Redacteur, Friday 12 June, 07:00",
    }


def test_a_speaker_without_words_is_said_to_be_carried_over(night: View) -> None:
    """Where the report does not name the speaker again, that is told; hearsay has no such row."""
    found = reasons(night)
    carried = dict(found.telling(night.utterances[9].tellings[0])["r"])  # type: ignore[call-overload]
    assert carried["speaker"] == "carried over from the words before"
    hearsay = dict(found.telling(night.utterances[10].tellings[0])["r"])  # type: ignore[call-overload]
    assert "speaker" not in hearsay


def test_the_lead_comes_first_and_speakers_are_named(night: View) -> None:
    """The panel opens with the version that is shown; ambiguous speakers are both named."""
    found = reasons(night)
    assert found.utterance(night.utterances[8])["t"] == "Joris Adema or Pieter Oldenkamp"
    assert found.utterance(night.utterances[10])["t"] == "no source given"
    turned = attrs.evolve(night.utterances[6], lead=2)
    items = found.utterance(turned)["i"]
    assert isinstance(items, list)
    assert items[0]["x"] == "We zijn er niet, maar we lopen ook niet weg"
    assert len(items) == 4


def test_an_actor_rests_on_roles_and_first_mentions() -> None:
    """Roles come first, then mentions that are no role, up to a limit that is told."""
    document = report("Wethouder Ada Berg. " + "Berg lacht. " * 20, outlet=None)
    role = SeenRole("wethouder", "Wonen", None, (passage(document, "Wethouder"),))
    berg = [attrs.evolve(passage(document, "Berg lacht")) for _ in range(MOST + 4)]
    ada = person("Ada Berg", None, role, mentions=(passage(document, "Wethouder"), *berg))
    entry = reasons(View(documents=(document,), actors=(ada,))).actor(ada)
    items = entry["i"]
    assert isinstance(items, list)
    assert items[0]["r"] == [["role", "alderman (wethouder), Wonen"]]
    assert len(items) == 1 + MOST
    assert entry["more"] == "4 more passages are not listed."


def test_marks_know_statements_from_mere_mentions(night: View) -> None:
    """A passage that only names somebody is not marked like one that a statement rests on."""
    found = reasons(night)
    words = passage(night.documents[1], "Joris Adema")
    found.passage(words, loud=False)
    assert found.used[words.document] == {words: False}
    found.passage(words)
    found.passage(words, loud=False)
    assert found.used[words.document] == {words: True}
    assert found.passage(words)["h"] == anchor(words)


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        (CorrectionKind.RENAME_ACTOR, {"name": "Ada"}, "renamed to Ada"),
        (CorrectionKind.MERGE_ACTORS, {"into": "joris-adema"}, "the same as Joris Adema"),
        (CorrectionKind.SPLIT_ACTOR, {"name": "Ada", "documents": ["d"]}, "kept apart as Ada"),
        (CorrectionKind.SET_SPEAKERS, {"speakers": []}, "speaker set to not known"),
        (CorrectionKind.SET_SPEAKERS, {"speakers": ["Ada", "Bas"]}, "speaker set to Ada, Bas"),
        (CorrectionKind.REJECT_STATEMENT, {}, "rejected"),
        (CorrectionKind.ADD_STATEMENT, {"kind": "direct"}, "added by hand"),
        (CorrectionKind.SET_DATE, {"moment": "2026-06-12"}, "date set to 2026-06-12"),
        (CorrectionKind.SET_OUTLET, {}, "outlet set to …"),
    ],
)
def test_every_kind_of_correction_can_be_said(
    night: View, kind: CorrectionKind, values: dict[str, str | list[str]], expected: str
) -> None:
    """What a correction does, by whom and when, even where it carries less than it should."""
    made = Correction(kind, "x", values, author="E. Ditor", made_at=at(12, 9))
    assert reasons(night).correction(made) == f"{expected}, by E. Ditor, Friday 12 June, 09:00"


def test_a_party_is_known_by_its_aliases() -> None:
    """A person's party in other words leads to the same row."""
    actors = (party("Partij voor de Duinen", aliases=("PvdD",)), person("Ada", "pvdd"))
    look = lookup(View(actors=actors))
    (row,) = parties.rows(look, parties.spoken(look))
    assert row.name == "Partij voor de Duinen"
    assert [a.name for a in row.others] == ["Ada"]
