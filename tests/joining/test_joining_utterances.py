"""One utterance over several reports: clusters, leads, speakers, copies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joining_builder import Report, moment
from test_joining_copies import TRIMMED, WIRE

from treves.dates import Precision
from treves.model.actors import ActorKind
from treves.model.statements import StatementKind
from treves.model.view import Utterance, View
from treves.reading.joining import join

DIRECT, MIXED, INDIRECT = StatementKind.DIRECT, StatementKind.MIXED, StatementKind.INDIRECT


def quoting(
    speaker: str,
    *parts: str,
    day: float = 4,
    kind: StatementKind = DIRECT,
    published: str | None = "",
    **fields: object,
) -> Report:
    """A report in which one speaker says these parts."""
    hour = int(day % 1 * 24)
    when = f"2031-03-{int(day):02}T{hour:02}:00+01:00" if published == "" else published
    report = Report(f"{speaker} bericht {day}: " + " / ".join(parts), published=when)
    report.says(report.actor(speaker, **fields), *parts, kind=kind)  # type: ignore[arg-type]
    return report


def view_of(*reports: Report) -> View:
    """The view of these reports."""
    return join([r.filed() for r in reports])


def sizes(*reports: Report) -> list[int]:
    """Number of tellings of each utterance, in order."""
    return [len(u.tellings) for u in view_of(*reports).utterances]


def only(*reports: Report) -> Utterance:
    """The single utterance of these reports."""
    (utterance,) = view_of(*reports).utterances
    return utterance


QUOTE = "Als hier een fabriek komt, ruikt over tien jaar niemand nog zee"
SHORT = "ruikt over tien jaar niemand nog zee"
RETOLD = "er na een fabriek over tien jaar niemand meer zee ruikt"


def test_tellings_of_one_utterance_come_together() -> None:
    """Direct, shortened and retold, in order of publication; the longest direct one leads."""
    reports = (
        quoting("Els Bruin", RETOLD, day=1, kind=INDIRECT),
        quoting("Bruin", SHORT, day=2),
        quoting("Els Bruin", QUOTE, day=3),
    )
    utterance = only(*reports)
    assert [t.passage.exact for t in utterance.tellings] == [RETOLD, SHORT, QUOTE]
    assert utterance.lead == 2
    assert utterance.independent == 3
    assert utterance.speakers == (("els-bruin",),)
    assert utterance.id.startswith("U")


def test_mixed_leads_before_indirect() -> None:
    """Where nobody quotes in full, the one with quoted words leads."""
    utterance = only(quoting("Els Bruin", RETOLD, kind=INDIRECT), quoting("Els Bruin", SHORT, day=5, kind=MIXED))
    assert utterance.tellings[utterance.lead].kind is MIXED


def test_other_speakers_are_other_utterances() -> None:
    """The same words of two people are two utterances, empty words and full ones alike."""
    for words in ("dat zien we dan wel weer", QUOTE):
        assert sizes(quoting("Els Bruin", words), quoting("Joris Plantinga", words, day=5)) == [1, 1]


def test_speakers_repeat_themselves() -> None:
    """The same empty words a week later are another utterance; the same telling quote of a week ago is quoted again."""
    assert sizes(
        quoting("Els Bruin", "dat zien we dan wel weer"), quoting("Els Bruin", "dat zien we dan wel weer", day=11)
    ) == [1, 1]
    assert sizes(quoting("Els Bruin", QUOTE), quoting("Els Bruin", QUOTE, day=11)) == [2]
    assert sizes(quoting("Els Bruin", QUOTE), quoting("Els Bruin", QUOTE, day=25)) == [1, 1]


def test_words_for_talks_and_for_going_on_stand_for_one_another() -> None:
    """Outlets say "overleg" for "gesprek", "hervatten" for "verder": that alone keeps no quotation apart, nor joins any."""
    spoken = "Wij zien grond om morgen verder te praten"
    told = "Wij zitten hier niet voor de koffie en zien grond om zaterdag na de raad het overleg te hervatten"
    assert sizes(quoting("Els Bruin", spoken), quoting("Els Bruin", told)) == [2]
    assert sizes(quoting("Els Bruin", "Morgen praten we verder"), quoting("Els Bruin", "Het overleg is hervat")) == [
        1,
        1,
    ]


def test_a_paraphrase_must_be_near_in_time() -> None:
    """After two weeks only the very words are the same utterance."""
    assert sizes(quoting("Els Bruin", QUOTE), quoting("Els Bruin", RETOLD, day=7, kind=INDIRECT)) == [2]
    assert sizes(quoting("Els Bruin", QUOTE), quoting("Els Bruin", RETOLD, day=20, kind=INDIRECT)) == [1, 1]


def test_reports_without_a_time_are_compared_with_all() -> None:
    """An unknown time is near every time."""
    assert sizes(quoting("Els Bruin", QUOTE, day=20), quoting("Els Bruin", RETOLD, published=None)) == [2]


def test_a_day_is_near_the_hours_in_it() -> None:
    """Distance counts from the end of a day that is known to the day."""
    printed = quoting("Els Bruin", "dat zien we dan wel weer", published="2031-03-05")
    printed.precision = Precision.DAYS
    assert sizes(printed, quoting("Els Bruin", "dat zien we dan wel weer", day=7.3)) == [2]


def test_parts_of_one_utterance_stay_together() -> None:
    """A quote that one report breaks up and another gives in one piece."""
    whole = "Ik ben geen dromer en geen zwartkijker, maar een rekenaar. Morgen tellen we verder"
    broken = quoting("Els Bruin", "Het gaat niet om dromer of zwartkijker zijn", "Ik ben een rekenaar", day=5)
    utterance = only(quoting("Els Bruin", whole), broken)
    assert [t.passage.exact for t in utterance.tellings[1:]] == [s.content.of(broken.text) for s in broken.statements]
    assert utterance.independent == 2


def test_two_utterances_of_a_report_are_not_joined_by_a_third_report() -> None:
    """A retelling that resembles both joins the one that it resembles most."""
    first = quoting("Els Bruin", "De pont moet varen voor de zomer begint")
    first.says(0, "bericht")
    both = Report("Els Bruin: De pont moet varen voor de zomer. De pont moet gratis varen in de zomer van 2033.")
    key = both.actor("Els Bruin")
    both.says(key, "De pont moet varen voor de zomer")
    both.says(key, "De pont moet gratis varen in de zomer van 2033")
    view = view_of(both, first)
    assert not any(len({t.group for t in u.tellings if t.document == both.id}) > 1 for u in view.utterances)


def test_a_headline_that_repeats_its_quote_is_the_same_utterance() -> None:
    """Word for word the same within one report is told once."""
    report = Report("„Eerst de cijfers, dan de pont”\n\nJoris Plantinga zei: „Eerst de cijfers, dan de pont.”")
    key = report.actor("Joris Plantinga")
    report.says(key, "Eerst de cijfers, dan de pont")
    report.says(key, "Eerst de cijfers, dan de pont.")
    assert report.statements[0].content != report.statements[1].content
    utterance = only(report)
    assert (len(utterance.tellings), utterance.independent) == (2, 1)


def test_unnamed_sources_of_two_reports_never_share_an_utterance() -> None:
    """Insiders are not known to be the same people, whatever their words."""
    reports = [Report(f"Volgens ingewijden {d}: {QUOTE}") for d in (1, 2)]
    for one in reports:
        one.says(one.actor("ingewijden", kind=ActorKind.UNNAMED), QUOTE)
    assert sizes(*reports) == [1, 1]


def test_copies_count_once_and_their_unnamed_sources_are_the_same() -> None:
    """A wire copy tells the agency's utterances again: also of unnamed sources and of nobody at all."""
    reports = []
    for hour, text in ((8, WIRE), (9, TRIMMED)):
        one = Report(text, published=f"2031-03-04T{hour:02}:00+01:00")
        source = one.actor("mensen aan tafel", kind=ActorKind.UNNAMED)
        one.says(one.actor("Agnes Wiersema"), "De fundering ligt er, nu de trap nog")
        one.says(source, "zijn de partijen het op hoofdlijnen eens over een veerpont", kind=INDIRECT)
        one.says(None, "zouden driehonderd huizen komen", kind=INDIRECT)
        reports.append(one)
    view = view_of(*reports)
    assert [(len(u.tellings), u.independent) for u in view.utterances] == [(2, 1)] * 3
    assert {t.copy_of for u in view.utterances for t in u.tellings} == {None, reports[0].id}
    assert view.utterances[2].speakers == ()


def test_hearsay_of_two_reports_is_not_joined() -> None:
    """Nobody's words in two reports are not known to be one person's."""
    reports = [Report(f"Er zouden driehonderd huizen komen op het terrein, bericht {d}.") for d in (1, 2)]
    for one in reports:
        one.says(None, "driehonderd huizen komen op het terrein")
    assert sizes(*reports) == [1, 1]


def test_the_plainest_telling_names_the_speakers() -> None:
    """One report leaves open who spoke, the other does not."""
    open_ = Report(f"Els Bruin en Joris Plantinga kwamen naar buiten. {QUOTE}.", published="2031-03-03")
    keys = [open_.actor("Els Bruin"), open_.actor("Joris Plantinga")]
    open_.says(keys, QUOTE)
    utterance = only(open_, quoting("Joris Plantinga", QUOTE))
    assert utterance.tellings[0].speakers == (("els-bruin", "joris-plantinga"),)
    assert utterance.speakers == (("joris-plantinga",),)


def test_a_doubtful_surname_needs_a_sure_likeness() -> None:
    """An ambiguous Bruin joins the very words of one of the two, but not a mere echo of them."""
    known = [quoting("Els Bruin", QUOTE, day=1), quoting("Piet Bruin", "Eerst maar eens koffie", day=1.5)]
    assert sizes(*known, quoting("Bruin", QUOTE, day=2)) == [2, 1]
    assert sizes(*known, quoting("Bruin", "een trap van koffie en zee", day=2)) == [1, 1, 1]


def test_speaker_words_and_cues_are_kept_as_printed() -> None:
    """How this report names the speaker here; nothing where the speaker is carried over."""
    report = Report("De gedeputeerde zei: „Dat kan niet.” „Echt niet.”")
    key = report.actor("Els Bruin", mentions=["De gedeputeerde"])
    report.says(key, "Dat kan niet.", words="De gedeputeerde")
    report.says(key, "Echt niet.")
    first, second = (u.tellings[0] for u in view_of(report).utterances)
    assert (first.speaker_words, second.speaker_words) == (("De gedeputeerde",), ())
    assert first.rule == "hand"


def test_a_speaker_key_without_an_actor_is_passed_over() -> None:
    """A broken reading does not break the view."""
    report = Report("Iemand zei iets.")
    report.says(7, "iets")
    assert only(report).speakers == ()


@pytest.mark.parametrize("count", [3, 60])
def test_a_viral_quote_is_one_utterance(count: int) -> None:
    """However many reports print it, in a few wordings."""
    wordings = (QUOTE, SHORT, RETOLD)
    reports = [quoting("Els Bruin", wordings[i % 3], day=1 + i / 24) for i in range(count)]
    assert only(*reports).independent == count


def test_utterances_follow_one_another_in_order_of_telling() -> None:
    """Earliest report first, then the place in it."""
    late, early = quoting("Els Bruin", "Dat was het", day=9), quoting("Els Bruin", "Dit is het", day=2)
    early.says(0, "bericht")
    words = [u.tellings[0].passage.exact for u in view_of(late, early).utterances]
    assert words == ["bericht", "Dit is het", "Dat was het"]
    assert moment("2031-03-02").earliest is not None


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Els Bruin", "Joris Plantinga", "Bruin"]),
            st.sampled_from([QUOTE, SHORT, RETOLD, "dat zien we dan wel weer", "Eerst de cijfers"]),
            st.sampled_from(list(StatementKind)),
            st.integers(1, 20),
        ),
        max_size=10,
    )
)
def test_every_statement_is_told_exactly_once(listed: list[tuple[str, str, StatementKind, int]]) -> None:
    """Clustering neither loses nor doubles a statement, and the lead is the most direct telling."""
    reports = [quoting(name, words, day=day, kind=kind) for name, words, kind, day in listed]
    unique = {r.id: r for r in reports}
    view = view_of(*unique.values())
    told = [t.statement for u in view.utterances for t in u.tellings]
    assert sorted(told) == sorted(s.id for r in unique.values() for s in r.statements)
    order = [DIRECT, MIXED, INDIRECT]
    for utterance in view.utterances:
        kinds = [order.index(t.kind) for t in utterance.tellings]
        assert kinds[utterance.lead] == min(kinds)
        assert 1 <= utterance.independent <= len({t.document for t in utterance.tellings})
