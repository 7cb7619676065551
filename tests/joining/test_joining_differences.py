"""Where accounts differ: times, lengths, places, participants, numbers, negations; copies and near-agreement do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joining_builder import Report, moment
from test_joining_copies import TRIMMED, WIRE

from treves.dates import Moment
from treves.model.statements import StatementKind
from treves.model.view import Difference
from treves.reading.joining import join
from treves.reading.joining.numbers import find_numbers

TUESDAY = moment("2031-03-04")


def clock(text: str, day: int = 5) -> Moment:
    """A clock time in March."""
    return moment(f"2031-03-{day:02}T{text}+01:00")


def telling(number: int, words: str = "Het overleg duurde lang.", **fields: object) -> Report:
    """A report of Tuesday's session."""
    report = Report(f"Bericht {number}. {words}", published=f"2031-03-05T{number:02}:00+01:00")
    report.event(words, when=TUESDAY, **fields)  # type: ignore[arg-type]
    return report


def quoting(number: int, words: str, *, kind: StatementKind = StatementKind.DIRECT) -> Report:
    """A report in which Els Bruin says something."""
    report = Report(f"Bericht {number} van Els Bruin: {words}.", published=f"2031-03-05T{number:02}:00+01:00")
    report.says(report.actor("Els Bruin"), words, kind=kind)
    return report


def differences(*reports: Report) -> tuple[Difference, ...]:
    """The differences in a view of these reports."""
    return join([r.filed() for r in reports]).differences


def values(*reports: Report) -> list[tuple[str, list[str]]]:
    """Aspect and versions of every difference."""
    return [(d.aspect, [v.value for v in d.versions]) for d in differences(*reports)]


class TestEvents:
    """Accounts of one session."""

    def test_ends_that_exclude_one_another(self) -> None:
        """Ten to two and half past two differ, with the passages; a third that agrees with one is shown as well."""
        reports = (
            telling(6, "Om 01.50 uur gingen ze.", end=clock("01:50")),
            telling(7, "Om half drie gingen ze.", end=clock("02:30")),
            telling(8, "Om 02.30 uur gingen ze.", end=clock("02:30")),
        )
        (found,) = differences(*reports)
        assert found.aspect == "end"
        assert [v.passage.document for v in found.versions] == [r.id for r in reports]
        assert found.about == join([r.filed() for r in reports]).events[0].id
        assert found.id.startswith("D")

    def test_begins_that_agree_more_or_less_do_not_differ(self) -> None:
        """An evening and a clock time in it, or no time at all, are no contradiction."""
        evening = Moment(clock("18:00", 4).earliest, clock("00:00", 5).earliest)
        assert not differences(telling(6, start=clock("19:30", 4)), telling(7, start=evening), telling(8))

    def test_wire_copies_do_not_differ(self) -> None:
        """A slip in a copy is no second account."""
        reports = []
        for hour, text, end in ((8, WIRE, "01:50"), (9, TRIMMED, "02:30")):
            report = Report(text, published=f"2031-03-05T{hour:02}:00+01:00")
            report.event("Het overleg in het oude postkantoor begon om acht uur", when=TUESDAY, end=clock(end))
            reports.append(report)
        assert not differences(*reports)

    @pytest.mark.parametrize(("first", "second", "differ"), [(300, 290, False), (360, 420, True), (60, 75, False)])
    def test_lengths(self, first: int, second: int, differ: bool) -> None:
        """Twenty minutes and a tenth of the whole are within what "about" covers."""
        found = values(telling(6, minutes=first), telling(7, minutes=second))
        assert found == ([("duration", [f"{first} min", f"{second} min"])] if differ else [])

    def test_places(self) -> None:
        """A hall of the town hall is in the town hall; the post office is not."""
        hall = telling(6, "Ze zaten in de zaal van het raadhuis.", place="de zaal van het raadhuis")
        house = telling(7, "Ze zaten in het raadhuis.", place="het raadhuis")
        post = telling(8, "Ze zaten in het postkantoor.", place="het postkantoor")
        assert not differences(hall, house)
        ((aspect, told),) = values(hall, house, post)
        assert aspect == "place"
        assert told == ["de zaal van het raadhuis", "het raadhuis", "het postkantoor"]
        assert differences(hall, post)[0].versions[1].passage.exact == "het postkantoor"

    def test_participants_differ_when_two_whole_lists_do(self) -> None:
        """A shorter list is not a denial; two lists of three that each name somebody else are."""
        lists = {6: "ABC", 7: "ABCD", 8: "ABD"}
        reports = {}
        for number, letters in lists.items():
            report = telling(number)
            keys = [report.actor(f"Persoon {c}ee", party="WP") for c in letters]
            report.events.clear()
            report.event("Het overleg duurde lang.", when=TUESDAY, participants=keys)
            reports[number] = report
        assert not differences(reports[6], reports[7])
        ((aspect, told),) = values(reports[6], reports[8])
        assert (aspect, told[0]) == ("participants", "Persoon Aee, Persoon Bee, Persoon Cee")


class TestUtterances:
    """Tellings of one utterance."""

    def test_a_number_that_differs(self) -> None:
        """Nine per cent here, twelve there, in otherwise the same words."""
        one = quoting(6, "Meer dan negen procent krijg ik thuis aan de keukentafel niet verkocht")
        two = quoting(7, "Boven twaalf procent krijg ik thuis aan de keukentafel niets verkocht")
        assert values(one, two) == [("number", ["negen procent krijg", "twaalf procent krijg"])]

    def test_the_same_number_in_letters_and_digits(self) -> None:
        """Nine is 9."""
        one = quoting(6, "Meer dan negen procent krijg ik thuis niet verkocht")
        two = quoting(7, "Boven de 9 procent krijg ik het thuis niet verkocht")
        assert [aspect for aspect, _ in values(one, two)] == ["wording"]
        assert len(join([one.filed(), two.filed()]).utterances) == 1

    def test_other_words_between_the_marks(self) -> None:
        """Two papers that quote one utterance in other words are shown side by side; a shorter quotation is no other."""
        one = quoting(6, "Boven de negen procent krijg ik het thuis aan de keukentafel niet verkocht")
        two = quoting(7, "Meer dan negen procent, dat krijg ik thuis aan mijn keukentafel niet verkocht")
        part = quoting(7, "krijg ik het thuis aan de keukentafel niet verkocht")
        assert [aspect for aspect, _ in values(one, two)] == ["wording"]
        assert values(one, part) == []

    def test_a_negation_that_differs(self) -> None:
        """Onbetaalbaar and niet onbetaalbaar are a difference in wording; other variants are not."""
        one = quoting(6, "Die pont is voor de provincie Oeverland onbetaalbaar")
        two = quoting(7, "Die pont is voor de provincie Oeverland niet onbetaalbaar")
        three = quoting(8, "Voor de provincie Oeverland is die pont onbetaalbaar")
        assert [d.aspect for d in differences(one, two)] == ["wording"]
        assert differences(one, three) == ()

    def test_a_retelling_may_turn_a_sentence_around(self) -> None:
        """Only quotes are held to their negation."""
        one = quoting(6, "Die pont is voor de provincie Oeverland onbetaalbaar")
        two = quoting(
            7, "de pont voor de provincie Oeverland niet te betalen en dus onbetaalbaar is", kind=StatementKind.INDIRECT
        )
        assert differences(one, two) == ()


class TestFigures:
    """Numbers in running text."""

    def report(self, number: int, sentence: str, *, published: str = "") -> Report:
        """A report that consists of one telling sentence."""
        return Report(f"Bericht {number}.\n\n{sentence}", published=published or f"2031-03-05T{number:02}:00+01:00")

    def test_the_same_thing_counted_differently(self) -> None:
        """650 and 700 huizen on the grounds of one named factory; both are shown, about neither event nor utterance."""
        (found,) = differences(
            self.report(6, "Op het terrein van de fabriek Zoetvoort komen 650 huizen."),
            self.report(7, "In de notitie staan 700 nieuwe huizen bij de fabriek Zoetvoort."),
        )
        assert (found.aspect, found.about) == ("number", "")
        assert [v.value for v in found.versions] == ["650 huizen", "700 nieuwe huizen"]

    @pytest.mark.parametrize(
        "other",
        [
            "Bij de fabriek Zoetvoort komen 650 huizen.",
            "Bij de fabriek Zoetvoort werken 700 mensen.",
            "In het dorp Achterwold komen 700 huizen.",
            "Bij de fabriek Zoetvoort komen ruim 600 huizen.",
            "Bij de fabriek Zoetvoort komen geen 650 maar 700 huizen, of toch 650 huizen.",
            "In 2033 komen er huizen bij de fabriek Zoetvoort.",
        ],
    )
    def test_what_is_no_contradiction(self, other: str) -> None:
        """The same number, another thing, another place, an estimate, a report that has both, a year."""
        assert not differences(
            self.report(6, "Op het terrein van de fabriek Zoetvoort komen 650 huizen."), self.report(7, other)
        )

    def test_a_week_later_things_may_have_moved(self) -> None:
        """A number of last week is not contradicted by today's."""
        one = self.report(6, "Op het terrein van de fabriek Zoetvoort komen 650 huizen.", published="2031-02-20")
        two = self.report(7, "Bij de fabriek Zoetvoort komen 700 huizen.")
        undated = self.report(8, "Bij de fabriek Zoetvoort komen 800 huizen.")
        undated.published = None
        assert not differences(one, two, undated)

    def test_units_need_more_in_common(self) -> None:
        """Per cents of different things are everywhere."""
        assert not differences(
            self.report(6, "De Waterpartij wil negen procent meer belasting."),
            self.report(7, "De Waterpartij haalde twaalf procent van de stemmen."),
        )
        assert differences(
            self.report(6, "De toeristenbelasting op campings stijgt volgens de tekst met negen procent."),
            self.report(7, "In de tekst stijgt de toeristenbelasting op campings met twaalf procent."),
        )

    def test_what_a_quote_already_shows_is_not_shown_again(self) -> None:
        """A number within an utterance is a difference about that utterance alone."""
        found = differences(
            quoting(6, "Bij de fabriek Zoetvoort komen straks 650 huizen en een school"),
            quoting(7, "Bij de fabriek Zoetvoort komen straks 700 huizen en een school"),
        )
        assert [bool(d.about) for d in found] == [True]


class TestNumbers:
    """Numbers with what they count."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("650 huizen", [(650, "huis")]),
            ("3.100 mensen", [(3100, "mens")]),
            ("1,8 procent", [(1.8, "procen")]),
            ("12%", [(12, "procen")]),
            ("4,2 miljoen euro", [(4.2e6, "euro")]),
            ("twee miljard gulden", [(2e9, "guld")]),
            ("driehonderd huizen", [(300, "huis")]),
            ("acht uur", []),
            ("8 mei", []),
            ("in 2033 huizen", []),
            ("de 65-plussers", []),
            ("om 19.30 uur", []),
            ("twaalf, dertien", []),
            ("", []),
        ],
    )
    def test_value_and_thing(self, text: str, expected: list[tuple[float, str]]) -> None:
        """Times, dates, years, ages and bare numbers are left out."""
        assert [(n.value, n.counted[0]) for n in find_numbers(text)] == expected

    def test_estimates_leave_room(self) -> None:
        """Bijna 700 does not contradict 650, and does contradict 400."""
        near, exact, far = (next(find_numbers(t)) for t in ("bijna 700 huizen", "650 huizen", "400 huizen"))
        assert near.estimate
        assert not near.differs(exact)
        assert near.differs(far)

    @given(st.text(max_size=120))
    def test_any_text_is_searched(self, text: str) -> None:
        """Spans lie within the text and in order, values are finite numbers."""
        found = list(find_numbers(text))
        assert [n.span for n in found] == sorted(n.span for n in found)
        for number in found:
            assert 0 <= number.span.start < number.span.end <= len(text)
            assert number.value == number.value
