"""Utterances as rows: versions, parts, speakers, filter keys, order."""

from itertools import pairwise

import attrs
from brief_views import ZONE, minute, party, person, report, telling, utterance, whole_day
from hypothesis import given
from hypothesis import strategies as st

from treves.brief.clock import clock_for
from treves.brief.differences import Run
from treves.brief.lookup import Lookup, lookup
from treves.brief.said import BETWEEN_PARTS, Said, Version, _split, by_day, keys_of, latest_first, said
from treves.brief.wording import wording
from treves.dates import UNKNOWN_MOMENT
from treves.model.statements import StatementKind
from treves.model.view import View


def rows(view: View) -> dict[str, Said]:
    """All rows of a view by the first words of their lead."""
    look = lookup(view)
    return {text(row.lead)[:12]: row for row in (said(u, look) for u in view.utterances)}


def text(version: Version) -> str:
    """The words of a version."""
    return BETWEEN_PARTS.join("".join(r.text for r in part.runs) for part in version.parts)


def differing(version: Version) -> list[str]:
    """The words of a version that differ."""
    return [r.text for part in version.parts for r in part.runs if r.differs]


def test_one_utterance_once_with_its_versions(night: View) -> None:
    """The lead comes first, the other report's version beside it with its parts joined, differing words marked."""
    row = rows(night)["We zijn er n"]
    assert [text(v) for v in row.versions] == [
        "We zijn er nog niet, maar we zijn ook niet weg",
        "We zijn er niet, maar we lopen ook niet weg … En dat is al heel wat.",
    ]
    assert differing(row.versions[0]) == ["nog", "zijn"]
    assert differing(row.versions[1]) == ["lopen", "En dat is al heel wat"]
    assert [v.lead for v in row.versions] == [True, False]
    assert row.reports == 2


def test_wire_copies_are_folded_into_what_they_copy(night: View) -> None:
    """A copy is no version of its own; its outlet is named."""
    row = rows(night)["We zijn er n"]
    assert row.lead.copies == ("De Kustbode",)
    assert all(v.document is None or v.document.outlets != ("De Kustbode",) for v in row.versions)


def test_a_copy_whose_original_does_not_tell_it_stands_by_itself(night: View) -> None:
    """Folding needs something to fold into."""
    document = night.documents[3]
    lone = utterance(telling(document, "Een akkoord over het dijkfonds", "marit-van-loon", copy_of="elsewhere"))
    assert said(lone, lookup(night)).lead.document == document


def test_direct_speech_is_marked_and_reported_speech_is_not(night: View) -> None:
    """Only direct parts get marks; words that bring their own are not marked twice."""
    found = rows(night)
    assert [p.direct for p in found["We hebben al"].lead.parts] == [True]
    assert [p.direct for p in found["draait het o"].lead.parts] == [False]
    assert [p.direct for p in found["de nachttrei"].lead.parts] == [False]
    document = report("‘Ja’, zei ze.", outlet=None)
    view = View(documents=(document,), utterances=(utterance(telling(document, "‘Ja’")),))
    assert [p.direct for p in rows(view)["‘Ja’"].lead.parts] == [False]


def test_speakers_may_be_ambiguous_unnamed_or_absent(night: View) -> None:
    """Two candidates stay two; an unnamed source is known as such; hearsay has nobody."""
    found = rows(night)
    assert [a.name for a in found["het fonds te"].speakers[0].candidates] == ["Joris Adema", "Pieter Oldenkamp"]
    assert found["draait het o"].speakers[0].unnamed
    assert found["ligt er een "].speakers == ()


def test_filter_keys_hold_party_person_outlet_and_kind(night: View) -> None:
    """Every way to filter finds the utterance, by each of its candidates and each of its reports."""
    look = lookup(night)
    by_words = {u.tellings[0].passage.exact: set(keys_of(u, look)) for u in night.utterances}
    assert by_words["het fonds te splitsen"] == {
        "a:joris-adema",
        "a:pieter-oldenkamp",
        "p:stad-en-streek",
        "p:de-middenweg",
        "k:indirect",
        "o:Persdienst Noordzee",
    }
    assert "u:unnamed" in by_words["draait het om 240 miljoen euro"]
    assert "u:none" in by_words["ligt er een voorstel om het fonds in tweeën te knippen"]
    assert {"o:Persdienst Noordzee", "o:De Kustbode", "o:Oosterlander Courant"} <= by_words[
        "We zijn er nog niet, maar we zijn ook niet weg"
    ]


def test_a_party_without_an_actor_can_be_filtered_by(night: View) -> None:
    """The party of a person counts even where no report names the party itself; aliases lead to the same key."""
    document = report("‘Ja’, zei Ada.", outlet=None)
    said_it = utterance(telling(document, "Ja", "ada"))
    ada = person("Ada", "Duinpartij")
    look = lookup(View(documents=(document,), actors=(ada,), utterances=(said_it,)))
    assert "p:duinpartij" in keys_of(said_it, look)
    actors = (ada, party("Partij van de Duinen", aliases=("duinpartij",)))
    assert "p:partij-van-de-duinen" in keys_of(said_it, lookup(View(documents=(document,), actors=actors)))


def test_latest_first_and_in_the_order_of_the_report(night: View) -> None:
    """The latest report comes first; within a report its own order holds."""
    look = lookup(night)
    order = [u.tellings[0].passage.exact for u in latest_first(look, 99)]
    assert order[0] == "Ik ga eerst slapen."
    assert order.index("We zijn er nog niet, maar we zijn ook niet weg") < order.index("het fonds te splitsen")
    assert order[-1] == "draait het om 240 miljoen euro"
    assert [u.tellings[0].passage.exact for u in latest_first(look, 2)] == order[:2]


def test_days_are_those_of_publication(night: View) -> None:
    """Rows are grouped by day in the place's zone; undated ones come last, under no day."""
    document = attrs.evolve(
        night.documents[0], appearances=(attrs.evolve(night.documents[0].first, published=UNKNOWN_MOMENT),)
    )
    look = lookup(attrs.evolve(night, documents=(document, *night.documents[1:])))
    days = list(by_day(latest_first(look, 99), look, clock(look)))
    assert [d.day.day if d.day else None for d in days] == [12, 11, None]
    assert sum(len(d.rows) for d in days) == len(night.utterances)


def clock(look: Lookup):  # type: ignore[no-untyped-def]
    """An English clock for a view."""
    return clock_for(wording("en"), ZONE, look.now())


def test_identical_versions_say_so() -> None:
    """Another report with the same words is marked as the same."""
    first = report("‘Genoeg’, zei Ada.", outlet="A", published=minute(10, 9))
    second = report("Ada zei ‘Genoeg’.", outlet="B", published=whole_day(11))
    found = utterance(telling(first, "Genoeg", "ada"), telling(second, "Genoeg", "ada"))
    row = said(found, lookup(View(documents=(first, second), actors=(person("Ada", None),), utterances=(found,))))
    assert [v.same for v in row.versions] == [False, True]


def test_a_report_that_is_gone_does_not_break_the_row() -> None:
    """An utterance of a report that the view lost is still shown."""
    lost = report("‘Genoeg’, zei Ada.", outlet="A")
    row = said(utterance(telling(lost, "Genoeg", kind=StatementKind.MIXED)), lookup(View()))
    assert row.lead.document is None
    assert text(row.lead) == "Genoeg"


@given(st.lists(st.text(min_size=1, max_size=9), min_size=1, max_size=4), st.data())
def test_parts_are_split_where_they_were_joined(parts: list[str], data: st.DataObject) -> None:
    """Cutting the marked runs of a joined text gives back its parts, whatever the runs."""
    joined = BETWEEN_PARTS.join(parts)
    cuts = sorted({0, len(joined), *data.draw(st.lists(st.integers(0, len(joined)), max_size=5))})
    runs = [Run(joined[a:b], differs=bool(a % 2)) for a, b in pairwise(cuts)]
    found = list(_split(runs, [len(p) for p in parts]))
    assert ["".join(r.text for r in part) for part in found] == parts
