"""Publication times in the wordings of headers, pages and feeds."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treves.dates import InvalidTime, Precision
from treves.exchange.published import read_published


@pytest.mark.parametrize(
    ("wording", "iso", "precision"),
    [
        ("2023", "2023", "years"),
        ("2023-07", "2023-07", "months"),
        ("2023-07-06", "2023-07-06", "days"),
        ("20230706", "2023-07-06", "days"),
        ("2023-07-06T21:30+02:00", "2023-07-06T21:30+02:00", "minutes"),
        ("2023-07-06T21:30:15.123Z", "2023-07-06T21:30+00:00", "minutes"),
        ("2023-07-06 21:30", "2023-07-06T21:30+02:00", "minutes"),
        ("2023-01-06 21:30", "2023-01-06T21:30+01:00", "minutes"),
        ("Thu, 06 Jul 2023 21:30:00 +0200", "2023-07-06T21:30+02:00", "minutes"),
        ("Thu, 06 Jul 2023 21:30:00 GMT", "2023-07-06T21:30+00:00", "minutes"),
        ("Thu, 06 Jul 2023 21:30:00 CEST", "2023-07-06T21:30+02:00", "minutes"),
        ("6 juli 2023", "2023-07-06", "days"),
        ("6 jul. 2023", "2023-07-06", "days"),
        ("donderdag 6 juli 2023, 21.30 uur", "2023-07-06T21:30+02:00", "minutes"),
        ("6 July 2023 at 21:30", "2023-07-06T21:30+02:00", "minutes"),
    ],
)
def test_wordings(wording: str, iso: str, precision: str) -> None:
    """Each wording gives its moment, as fine as it is worded."""
    moment = read_published(wording)
    assert (moment.iso(), moment.precision) == (iso, precision)


@pytest.mark.parametrize(
    "wording",
    [
        "",
        "gisteren",
        "2023-13",
        "2023-02-30",
        "31 februari 2023",
        "0001-01-01",
        "9999-12-31",
        "6 foo 2023",
        "1" * 500,
        "25:00",
    ],
)
def test_no_date(wording: str) -> None:
    """What is no date, or no plausible one, is refused with a hint."""
    with pytest.raises(InvalidTime) as caught:
        read_published(wording)
    assert caught.value.hint


def test_precision_widens_and_never_narrows() -> None:
    """A coarser precision widens the moment; a finer one than the wording is refused."""
    wide = read_published("2026-04-25T00:00+02:00", precision=Precision.DAYS)
    assert wide.iso() == "2026-04-25"
    hour = read_published("2026-04-25T12:34+02:00", precision=Precision.HOURS)
    assert hour.earliest is not None
    assert hour.latest is not None
    assert (hour.earliest.minute, hour.latest - hour.earliest) == (0, timedelta(hours=1))
    assert read_published("2026-04-25T12:34", precision=Precision.DAYPART).precision is Precision.DAYPART
    assert read_published("2026-04-25", precision=Precision.UNKNOWN).earliest is None
    with pytest.raises(InvalidTime, match="month"):
        read_published("2023-07", precision=Precision.HOURS)


def test_midnight_of_a_program_is_a_day() -> None:
    """Programs that know no time write midnight; a person who writes it means it."""
    assert read_published("2023-07-06T00:00:00+02:00", midnight_is_day=True).precision is Precision.DAYS
    assert read_published("2023-07-06T00:00:00+02:00").precision is Precision.MINUTES


@given(st.datetimes(min_value=datetime(1700, 1, 1), max_value=datetime(2199, 12, 30)))  # noqa: DTZ001 - the zone is added
def test_every_iso_time_lies_in_its_moment(naive: datetime) -> None:
    """The moment read from an ISO time holds that instant and lasts a minute."""
    instant = naive.replace(tzinfo=UTC)
    moment = read_published(instant.isoformat())
    assert moment.earliest is not None
    assert moment.latest is not None
    assert moment.earliest <= instant < moment.latest
    assert moment.latest - moment.earliest == timedelta(minutes=1)


@given(st.text(max_size=40))
def test_any_wording_gives_a_moment_or_an_error(wording: str) -> None:
    """No wording crashes the reader."""
    try:
        assert read_published(wording).earliest is not None
    except InvalidTime as error:
        assert error.code == "T401"
