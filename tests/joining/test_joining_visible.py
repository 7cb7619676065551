"""Which reports count: corrections of documents, as-of moments, languages without a pack."""

from datetime import datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from joining_builder import Report, correction, moment

from treves.dates import InvalidTime, Precision, parse_as_of
from treves.model.corrections import CorrectionKind, CorrectionValue
from treves.model.evidence import Appearance, Origin
from treves.model.view import Filed
from treves.reading.joining import join
from treves.reading.joining.visible import in_force

NOON = parse_as_of("2031-03-04T12:00+01:00")


def reasons(*reports: Report, as_of: datetime | None = NOON) -> list[str]:
    """Why the view leaves reports out."""
    return [left.reason for left in join([r.filed() for r in reports], as_of=as_of).left_out]


def test_a_report_counts_when_it_was_published_before() -> None:
    """A report from the morning counts at noon."""
    report = Report("Er wordt gepraat.", published="2031-03-04T09:00+01:00")
    view = join([report.filed()], as_of=NOON)
    assert [d.id for d in view.documents] == [report.id]
    assert view.left_out == ()


def test_a_report_published_at_the_moment_itself_is_later() -> None:
    """What appears at noon is not yet known at noon."""
    assert reasons(Report("Er wordt gepraat.", published="2031-03-04T12:00+01:00")) == ["published later"]


def test_a_report_known_to_the_day_may_be_later() -> None:
    """The day of the moment is not certainly before it; the day before is."""
    same = Report("Vandaag.", published="2031-03-04", precision=Precision.DAYS)
    before = Report("Gisteren.", published="2031-03-03", precision=Precision.DAYS)
    view = join([same.filed(), before.filed()], as_of=NOON)
    assert [d.id for d in view.documents] == [before.id]
    assert [left.reason for left in view.left_out] == ["perhaps published later"]


def test_a_report_without_a_time_is_left_out_of_a_dated_view_only() -> None:
    """An unknown publication time is no reason to drop a report when no moment is asked."""
    report = Report("Ooit.", published=None)
    assert reasons(report) == ["publication time unknown"]
    assert reasons(report, as_of=None) == []


def test_a_report_in_a_language_without_pack_is_kept_apart() -> None:
    """It is kept with its reason, whether it was read with an empty result or not at all."""
    report = Report("Se habla.", language="es", published="2031-03-04T09:00+01:00")
    unread = Filed(report.document, None)
    empty = Filed(report.document, attrs.evolve(report.reading, reader=""))
    for filed in (unread, empty):
        view = join([filed], as_of=NOON)
        assert view.documents == ()
        assert [(left.document.id, left.reason) for left in view.left_out] == [(report.id, "no language pack for es")]


def test_a_later_report_says_so_even_without_a_language_pack() -> None:
    """The time is the first reason: a view of noon knows nothing of the evening's languages."""
    report = Report("Se habla.", language="es")
    assert [left.reason for left in join([Filed(report.document)], as_of=NOON).left_out] == ["published later"]


def test_later_appearances_stay_out_of_a_dated_view() -> None:
    """A text that a second outlet printed in the evening is at noon the first outlet's alone."""
    report = Report("Er wordt gepraat.", published="2031-03-04T09:00+01:00")
    second = Appearance("avond.txt", "Avondpost", moment("2031-03-04T19:00+01:00"))
    document = attrs.evolve(report.document, appearances=(*report.document.appearances, second))
    filed = Filed(document, report.reading)
    assert join([filed], as_of=NOON).documents[0].outlets == ("De Maasbode",)
    assert join([filed]).documents[0].outlets == ("De Maasbode", "Avondpost")


def test_corrected_time_and_outlet_hold_for_dated_views() -> None:
    """A report without a time counts once a person has dated it, and shows who said so."""
    report = Report("Ooit.", published=None)
    view = join(
        [report.filed()],
        [
            correction(1, CorrectionKind.SET_DATE, report.id, moment="2031-03-03"),
            correction(2, CorrectionKind.SET_OUTLET, report.id, outlet="Havenkrant"),
        ],
        as_of=NOON,
    )
    appearance = view.documents[0].appearances[0]
    assert appearance.outlet == "Havenkrant"
    assert appearance.published.iso() == "2031-03-03"
    assert {appearance.outlet_origin, appearance.published_origin} == {Origin.HAND}
    assert view.orphaned == ()


def test_the_later_correction_wins() -> None:
    """Corrections are applied in order of their number, not of their place in the list."""
    report = Report("Ooit.")
    listed = [
        correction(10, CorrectionKind.SET_OUTLET, report.id, outlet="Tien"),
        correction(9, CorrectionKind.SET_OUTLET, report.id, outlet="Negen"),
    ]
    assert join([report.filed()], listed).documents[0].outlets == ("Tien",)


def test_one_appearance_can_be_corrected() -> None:
    """The value `appearance` names the one that is meant."""
    report = Report("Ooit.", name="a.txt")
    second = Appearance("b.txt", "Avondpost", moment("2031-03-05T19:00+01:00"))
    document = attrs.evolve(report.document, appearances=(*report.document.appearances, second))
    fix = correction(1, CorrectionKind.SET_OUTLET, report.id, outlet="Nachtpost", appearance="b.txt")
    view = join([Filed(document, report.reading)], [fix])
    assert view.documents[0].outlets == ("De Maasbode", "Nachtpost")


@pytest.mark.parametrize(
    ("target", "values"),
    [
        ("0000000000000000", {"moment": "2031-03-03"}),
        ("report", {"moment": "gisteren"}),
        ("report", {}),
        ("report", {"moment": "2031-03-03", "appearance": "zoek.txt"}),
    ],
)
def test_a_correction_that_does_not_fit_is_reported(target: str, values: dict[str, CorrectionValue]) -> None:
    """A vanished report, a time that is none or an unknown appearance change nothing and are said to be orphaned."""
    report = Report("Ooit.")
    fix = correction(1, CorrectionKind.SET_DATE, report.id if target == "report" else target, values)
    view = join([report.filed()], [fix])
    assert view.documents[0].appearances == report.document.appearances
    assert view.orphaned == ("C1",)
    assert view.corrections == (fix,)


def test_undone_corrections_are_out_of_force() -> None:
    """What was undone is neither applied nor listed."""
    done = correction(1, CorrectionKind.SET_OUTLET, "x", outlet="Y", undone=NOON)
    assert in_force([done]) == ()


def test_a_naive_moment_is_refused() -> None:
    """A moment without a time zone is no moment."""
    with pytest.raises(InvalidTime, match="no time zone"):
        join([], as_of=datetime(2031, 3, 4, 12))  # noqa: DTZ001


def test_the_latest_run_of_a_report_counts() -> None:
    """A report that was filed twice appears once, with the reading of the latest run."""
    report = Report("Els Bruin sprak.")
    before = report.filed(run="R9")
    report.actor("Els Bruin")
    view = join([report.filed(run="R10"), before])
    assert len(view.documents) == 1
    assert [a.name for a in view.actors] == ["Els Bruin"]


@given(hours=st.lists(st.integers(0, 400), max_size=8), first=st.integers(0, 400), second=st.integers(0, 400))
def test_a_later_view_knows_at_least_as_much(hours: list[int], first: int, second: int) -> None:
    """Whatever counts at one moment counts at every later one."""
    begin = datetime.fromisoformat("2031-03-01T00:00+01:00")
    reports = [
        Report(f"Bericht {i} van uur {h}.", published=(begin + timedelta(hours=h)).isoformat()).filed()
        for i, h in enumerate(hours)
    ]
    low, high = sorted((first, second))
    early = join(reports, as_of=begin + timedelta(hours=low))
    late = join(reports, as_of=begin + timedelta(hours=high))
    assert {d.id for d in early.documents} <= {d.id for d in late.documents}
    assert len(early.documents) + len(early.left_out) == len({r.document.id for r in reports})
