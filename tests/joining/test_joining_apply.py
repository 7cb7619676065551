"""A person's corrections: they outrank the reader, survive a re-reading, can be undone, and are never guessed."""

from datetime import UTC, datetime

import attrs
import pytest
from joining_builder import Report, correction, moment

from treves.dates import parse_as_of
from treves.model.actors import ActorKind
from treves.model.corrections import Correction, CorrectionKind, CorrectionValue
from treves.model.evidence import Passage, Span
from treves.model.statements import StatementKind
from treves.model.view import Telling, View
from treves.reading.joining import join, orphaned
from treves.reading.joining.apply import BY_HAND

TEXT = (
    "Volgens Els Bruin is de pont betaalbaar. Joris Plantinga (Waterpartij) ziet dat anders. "
    "„Eerst de cijfers, dan de pont”, zei hij. „En dan pas een lintje.” Bruin lachte erom. Een bron noemde het toneel."
)


def table() -> tuple[Report, dict[str, str]]:
    """A report with two persons and an unnamed source, and the ids of its statements."""
    report = Report(TEXT)
    els = report.actor("Els Bruin", mentions=["Els Bruin", "Bruin lachte"])
    joris = report.actor("Joris Plantinga", party="Waterpartij", mentions=["Joris Plantinga"])
    source = report.actor("bron", kind=ActorKind.UNNAMED, mentions=["Een bron"])
    said = {
        "pont": report.says(els, "de pont betaalbaar", kind=StatementKind.INDIRECT)[0],
        "toneel": report.says(source, "toneel")[0],
    }
    said["cijfers"], said["lintje"] = report.says(joris, "Eerst de cijfers, dan de pont", "En dan pas een lintje.")
    return report, said


def told(view: View) -> dict[str, Telling]:
    """All tellings by their words."""
    return {t.passage.exact: t for u in view.utterances for t in u.tellings}


def view_of(*corrections: Correction, report: Report | None = None) -> View:
    """The view of one report with these corrections."""
    return join([(report or table()[0]).filed()], corrections)


def names(view: View) -> dict[str, str]:
    """Names of the actors by id."""
    return {a.id: a.name for a in view.actors}


class TestActors:
    """Renaming, merging and splitting."""

    def test_rename_keeps_the_id(self) -> None:
        """The actor gets another name and party, shows why, and can be corrected again under the same id."""
        fix = correction(1, CorrectionKind.RENAME_ACTOR, "els-bruin", name="Elsbeth Bruin", party="Landpartij")
        again = correction(2, CorrectionKind.RENAME_ACTOR, "els-bruin", name="Elsje Bruin")
        actor = view_of(fix, again).actors[0]
        assert (actor.id, actor.name, actor.party) == ("els-bruin", "Elsje Bruin", "Landpartij")
        assert actor.corrections == ("C1", "C2")
        assert actor.aliases == ("Els Bruin", "Bruin lachte")

    def test_merge_brings_mentions_and_statements_along(self) -> None:
        """After a merge the source's statement is the person's, and its id is gone."""
        report, _ = table()
        source = f"bron-{report.id[:6]}"
        view = view_of(correction(1, CorrectionKind.MERGE_ACTORS, source, into="els-bruin"))
        assert source not in names(view)
        assert told(view)["toneel"].speakers == (("els-bruin",),)
        merged = view.actors[0]
        assert merged.kind is ActorKind.PERSON
        assert merged.corrections == ("C1",)
        assert len(merged.local) == 2

    def test_a_merged_actor_is_found_under_its_old_id(self) -> None:
        """Later corrections of an id that was merged away reach the actor that took it over."""
        report, _ = table()
        source = f"bron-{report.id[:6]}"
        view = view_of(
            correction(1, CorrectionKind.MERGE_ACTORS, source, into="els-bruin"),
            correction(2, CorrectionKind.MERGE_ACTORS, "els-bruin", into="joris-plantinga"),
            correction(3, CorrectionKind.RENAME_ACTOR, source, name="J. Plantinga"),
        )
        assert names(view) == {"joris-plantinga": "J. Plantinga"}
        assert view.orphaned == ()

    def test_merging_an_actor_with_itself_changes_nothing(self) -> None:
        """It is no error either."""
        view = view_of(correction(1, CorrectionKind.MERGE_ACTORS, "els-bruin", into="els-bruin"))
        assert len(view.actors) == 3

    def test_a_merge_moves_doubts(self) -> None:
        """Who was in doubt about the merged actor is in doubt about the one that took it over."""
        reports = [Report(f"{n} sprak.") for n in ("Karin Bruin", "Piet Bruin", "Bruin")]
        for one in reports:
            one.actor(one.text.removesuffix(" sprak."))
        filed = [r.filed() for r in reports]
        merged = join(filed, [correction(1, CorrectionKind.MERGE_ACTORS, "karin-bruin", into="piet-bruin")])
        assert {a.id: a.doubts for a in merged.actors}["bruin"] == ("piet-bruin",)
        settled = join(filed, [correction(1, CorrectionKind.MERGE_ACTORS, "bruin", into="piet-bruin")])
        assert {a.id: a.doubts for a in settled.actors} == {"karin-bruin": (), "piet-bruin": ()}

    def test_split_makes_another_actor(self) -> None:
        """The mentions in one report are somebody else's; so are the statements."""
        reports = [Report(f"Els Bruin zei nummer {i}.") for i in range(3)]
        for i, one in enumerate(reports):
            one.says(one.actor("Els Bruin"), f"nummer {i}")
        fix = correction(
            1, CorrectionKind.SPLIT_ACTOR, "els-bruin", documents=[reports[1].id, "weg"], name="Els de Bruin"
        )
        view = join([r.filed() for r in reports], [fix])
        assert names(view) == {"els-bruin": "Els Bruin", "els-de-bruin": "Els de Bruin"}
        assert told(view)["nummer 1"].speakers == (("els-de-bruin",),)
        assert told(view)["nummer 2"].speakers == (("els-bruin",),)
        assert [a.corrections for a in view.actors] == [("C1",), ("C1",)]

    def test_split_joins_an_actor_of_that_name(self) -> None:
        """If somebody of the given name is there already, the mentions are theirs."""
        report, _ = table()
        other = Report("Bruin sprak ook hier, zei Joris Plantinga.")
        other.actor("Els Bruin", mentions=["Bruin"])
        fix = correction(1, CorrectionKind.SPLIT_ACTOR, "els-bruin", documents=[other.id], name="Joris Plantinga")
        view = join([report.filed(), other.filed()], [fix])
        assert len([a for a in view.actors if a.name == "Joris Plantinga"]) == 1

    def test_the_passage_outweighs_an_id_that_passed_to_another(self) -> None:
        """The number in "bruin-2" depends on what came before; the passage does not."""
        first, second = Report("Bruin van de LP sprak.", published="2031-03-01"), Report("Hier sprak Bruin (WP).")
        first.actor("Bruin", party="LP")
        second.actor("Bruin", party="WP")
        fix = correction(1, CorrectionKind.RENAME_ACTOR, "bruin", passage=second.passage("Bruin"), name="Piet Bruin")
        assert names(join([second.filed()], [fix])) == {"bruin": "Piet Bruin"}
        assert names(join([first.filed(), second.filed()], [fix])) == {"bruin": "Bruin", "bruin-2": "Piet Bruin"}

    @pytest.mark.parametrize(
        ("kind", "target", "values"),
        [
            (CorrectionKind.RENAME_ACTOR, "niemand", {"name": "X"}),
            (CorrectionKind.MERGE_ACTORS, "els-bruin", {"into": "niemand"}),
            (CorrectionKind.MERGE_ACTORS, "els-bruin", {}),
            (CorrectionKind.SPLIT_ACTOR, "els-bruin", {"documents": ["weg"], "name": "X"}),
            (CorrectionKind.SPLIT_ACTOR, "els-bruin", {"documents": [], "name": ""}),
            (CorrectionKind.REJECT_STATEMENT, "S000000000000", {}),
            (CorrectionKind.SET_SPEAKERS, "S000000000000", {"speakers": ["els-bruin"]}),
            (CorrectionKind.ADD_STATEMENT, "0000000000000000", {"kind": "direct"}),
            (CorrectionKind.SET_DATE, "E000000000000", {"moment": "2031-03-04"}),
            (CorrectionKind.SET_OUTLET, "0000000000000000", {"outlet": "X"}),
        ],
    )
    def test_a_vanished_target_is_reported_and_never_guessed(
        self, kind: CorrectionKind, target: str, values: dict[str, CorrectionValue]
    ) -> None:
        """The view is as without the correction, lists it as in force, and says that it found nothing."""
        fix = correction(1, kind, target, values)
        view = view_of(fix)
        assert orphaned(view, [fix]) == (fix,)
        assert attrs.evolve(view, corrections=(), orphaned=()) == view_of()


class TestStatements:
    """Rejecting, adding and setting speakers."""

    def test_reject(self) -> None:
        """A rejected statement is gone; the other parts of its utterance stay."""
        _, said = table()
        view = view_of(correction(1, CorrectionKind.REJECT_STATEMENT, said["lintje"]))
        assert "En dan pas een lintje." not in told(view)
        assert "Eerst de cijfers, dan de pont" in told(view)
        assert view.orphaned == ()

    def test_set_speakers_by_id_and_by_name(self) -> None:
        """Ids and names do; a name that nobody has becomes an actor of its own."""
        _, said = table()
        fix = correction(
            1, CorrectionKind.SET_SPEAKERS, said["pont"], speakers=["joris-plantinga", "Els Bruin", "Tjerk"]
        )
        view = view_of(fix)
        assert told(view)["de pont betaalbaar"].speakers == (("joris-plantinga",), ("els-bruin",), ("tjerk",))
        assert told(view)["de pont betaalbaar"].corrections == ("C1",)
        added = next(a for a in view.actors if a.id == "tjerk")
        assert (added.kind, added.local, added.corrections) == (ActorKind.PERSON, (), ("C1",))

    def test_no_speakers_means_not_known(self) -> None:
        """An empty list empties the speakers."""
        _, said = table()
        view = view_of(correction(1, CorrectionKind.SET_SPEAKERS, said["pont"], speakers=[]))
        assert told(view)["de pont betaalbaar"].speakers == ()

    def test_the_parts_of_an_utterance_keep_one_speaker(self) -> None:
        """Correcting one part corrects the quote."""
        _, said = table()
        view = view_of(correction(1, CorrectionKind.SET_SPEAKERS, said["lintje"], speakers="els-bruin"))
        assert {told(view)[w].speakers for w in ("Eerst de cijfers, dan de pont", "En dan pas een lintje.")} == {
            (("els-bruin",),)
        }
        assert len(view.utterances) == 3

    def test_corrections_survive_a_re_reading(self) -> None:
        """The next reading takes the statement to be a bit longer and of another kind; the passage still finds it."""
        report, said = table()
        fix = correction(
            1,
            CorrectionKind.SET_SPEAKERS,
            said["cijfers"],
            passage=report.passage("Eerst de cijfers, dan de pont"),
            speakers=["els-bruin"],
        )
        again = Report(TEXT)
        again.actor("Els Bruin")
        joris = again.actor("Joris Plantinga")
        again.says(joris, "„Eerst de cijfers, dan de pont”", kind=StatementKind.MIXED)
        view = view_of(fix, report=again)
        assert told(view)["„Eerst de cijfers, dan de pont”"].speakers == (("els-bruin",),)
        assert view.orphaned == ()

    def test_a_passage_that_hardly_overlaps_is_not_taken(self) -> None:
        """Less than half in common is another statement."""
        report, said = table()
        fix = correction(
            1, CorrectionKind.REJECT_STATEMENT, said["cijfers"], passage=report.passage("Eerst de cijfers")
        )
        again = Report(TEXT)
        again.says(again.actor("Joris Plantinga"), "„Eerst de cijfers, dan de pont”, zei hij")
        view = view_of(fix, report=again)
        assert len(view.utterances) == 1
        assert view.orphaned == ("C1",)

    def test_add(self) -> None:
        """A statement that the reader missed, with its kind and speaker; it can be corrected in its turn."""
        report, _ = table()
        words = "Joris Plantinga (Waterpartij) ziet dat anders."
        fix = correction(
            1,
            CorrectionKind.ADD_STATEMENT,
            report.id,
            passage=report.passage(words),
            kind="indirect",
            speakers=["joris-plantinga"],
        )
        added = told(view_of(fix))[words]
        assert (added.kind, added.rule, added.speakers) == (StatementKind.INDIRECT, BY_HAND, (("joris-plantinga",),))
        reject = correction(2, CorrectionKind.REJECT_STATEMENT, added.statement)
        assert words not in told(view_of(fix, reject))

    def test_an_added_statement_takes_the_place_of_the_readers(self) -> None:
        """What the reader finds there, now or after a re-reading, gives way to the person's."""
        report, _ = table()
        fix = correction(
            1,
            CorrectionKind.ADD_STATEMENT,
            report.id,
            passage=report.passage("is de pont betaalbaar"),
            speakers=["Tom"],
        )
        found = told(view_of(fix))
        assert "de pont betaalbaar" not in found
        assert found["is de pont betaalbaar"].kind is StatementKind.DIRECT

    @pytest.mark.parametrize("fault", ["moved", "none", "kind", "elsewhere"])
    def test_an_added_statement_that_no_longer_stands_is_not_guessed(self, fault: str) -> None:
        """Other words at the place, no passage, an unknown kind, a passage of another report: nothing is added."""
        report, _ = table()
        passage: Passage | None = report.passage("ziet dat anders")
        if fault == "moved":
            passage = Passage(report.id, Span(3, 18), "ziet dat anders")
        elif fault == "none":
            passage = None
        elif fault == "elsewhere":
            passage = Passage("0000000000000000", Span(3, 18), "ziet dat anders")
        kind = "shouted" if fault == "kind" else "direct"
        view = view_of(correction(1, CorrectionKind.ADD_STATEMENT, report.id, passage=passage, kind=kind))
        assert len(told(view)) == 4
        assert view.orphaned == ("C1",)


def test_undoing_restores_the_view() -> None:
    """Every kind of correction, undone, leaves the view as it was."""
    report, said = table()
    when = datetime(2031, 3, 5, tzinfo=UTC)
    listed = [
        correction(1, CorrectionKind.MERGE_ACTORS, f"bron-{report.id[:6]}", into="els-bruin"),
        correction(2, CorrectionKind.RENAME_ACTOR, "els-bruin", name="Elsbeth"),
        correction(3, CorrectionKind.SPLIT_ACTOR, "joris-plantinga", documents=[report.id], name="Jelle"),
        correction(4, CorrectionKind.SET_SPEAKERS, said["pont"], speakers=["Tom"]),
        correction(5, CorrectionKind.REJECT_STATEMENT, said["toneel"]),
        correction(6, CorrectionKind.ADD_STATEMENT, report.id, passage=report.passage("Bruin lachte erom")),
        correction(7, CorrectionKind.SET_OUTLET, report.id, outlet="Havenkrant"),
        correction(8, CorrectionKind.SET_DATE, report.id, moment="2031-01-01"),
    ]
    for fix in listed:
        assert view_of(fix) != view_of()
        assert view_of(fix).orphaned == ()
    assert view_of(*(attrs.evolve(fix, undone_at=when) for fix in listed)) == view_of()


def test_corrections_of_reports_that_do_not_count_yet_are_waiting() -> None:
    """In a view of before the report its corrections are not lost, only not needed."""
    report, said = table()
    fix = correction(1, CorrectionKind.REJECT_STATEMENT, said["toneel"], passage=report.passage("toneel"))
    view = join([report.filed()], [fix], as_of=parse_as_of("2031-01-01"))
    assert view.documents == ()
    assert view.orphaned == ()
    assert view.corrections == (fix,)


def test_a_date_for_an_event() -> None:
    """A corrected event shows the person's time, without the wording that misled."""
    report = Report("Vrijdag komen ze weer bijeen, om negen uur.")
    key = report.event(
        "Vrijdag komen ze weer bijeen, om negen uur",
        when=moment("2031-03-07"),
        start=moment("2031-03-07T09:00+01:00"),
        worded="Vrijdag",
    )
    joined = join([report.filed()]).events[0]
    for target in (key, joined.id):
        view = join([report.filed()], [correction(1, CorrectionKind.SET_DATE, target, moment="2031-03-14")])
        event = view.events[0]
        assert (event.id, event.when.iso(), event.start.iso(), event.wording) == (
            joined.id,
            "2031-03-14",
            "unknown",
            None,
        )
        assert event.corrections == ("C1",)
    by_place = correction(
        1, CorrectionKind.SET_DATE, "E0", passage=report.passage("Vrijdag komen ze weer bijeen"), moment="2031-03-07"
    )
    event = join([report.filed()], [by_place]).events[0]
    assert event.start.iso() == "2031-03-07T09:00+01:00"
