"""Appearances that are told again: what is better known replaces, and nothing is lost."""

from __future__ import annotations

from datetime import datetime, timedelta

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import SUMMER, moments

from treves.dates import Moment, Precision, at_precision
from treves.model.evidence import Appearance, Origin
from treves.store.appearances import merge

DAY = datetime(2023, 7, 4, tzinfo=SUMMER)
APPEARANCES = st.lists(
    st.builds(
        Appearance,
        st.sampled_from("ab"),
        st.sampled_from([None, "Havenbode", "De Kustgids"]),
        moments(),
        st.sampled_from([None, "https://example.org"]),
        st.sampled_from([None, "Kop"]),
        st.sampled_from(Origin),
        st.sampled_from(Origin),
    ),
    max_size=4,
)


def told(outlet: str | None, origin: Origin, *, when: Moment | None = None, name: str = "a.txt") -> Appearance:
    """An appearance whose outlet and time have the same origin."""
    moment = when or at_precision(DAY, Precision.DAYS)
    return Appearance(name, outlet, moment, outlet_origin=origin, published_origin=origin)


def test_new_name_is_appended() -> None:
    """Another name is another appearance, even with the same outlet."""
    first, second = told("Havenbode", Origin.HEADER), told("Havenbode", Origin.HEADER, name="b.txt")
    assert merge([first], [second]) == (first, second)


def test_stronger_origin_replaces_in_place() -> None:
    """A stronger origin wins for outlet and time apart; a weaker one changes nothing."""
    page = told("page.example", Origin.PAGE)
    later = at_precision(DAY + timedelta(hours=3), Precision.MINUTES)
    mixed = attrs.evolve(told("Havenbode", Origin.HAND, when=later), published_origin=Origin.TEXT)
    (best,) = merge([page], [mixed])
    assert (best.outlet, best.outlet_origin, best.published) == ("Havenbode", Origin.HAND, page.published)
    assert merge([best], [page]) == (best,)


def test_unknown_is_filled_by_any_origin() -> None:
    """What was not known is taken from whoever tells it, and address and headline likewise."""
    bare = Appearance("a.txt")
    full = attrs.evolve(told("Havenbode", Origin.TEXT), url="https://example.org", title="Kop")
    assert merge([bare], [full]) == (full,)
    assert merge([full], [bare]) == (full,)


def test_contradiction_of_equals_keeps_both() -> None:
    """Two folders may have a file of the same name from different outlets: both count, however often they are told."""
    one, other = told("Havenbode", Origin.SIDECAR), told("De Kustgids", Origin.SIDECAR)
    both = merge([one], [other])
    assert [(a.name, a.outlet) for a in both] == [("a.txt", "Havenbode"), ("a.txt (De Kustgids)", "De Kustgids")]
    assert merge(both, [other, one, other]) == both
    assert merge([one], [attrs.evolve(one, outlet="HAVENBODE")]) == (one,)


def test_person_puts_a_time_right() -> None:
    """A person who gives another time in the same way replaces it; a feed that is touched does not."""
    later = at_precision(DAY + timedelta(days=1), Precision.DAYS)
    for origin, wins in ((Origin.HAND, True), (Origin.SIDECAR, True), (Origin.HEADER, False), (Origin.FEED, False)):
        (best,) = merge([told("Havenbode", origin)], [told("Havenbode", origin, when=later)])
        assert (best.published == later) is wins


@settings(deadline=None)
@given(held=APPEARANCES, new=APPEARANCES)
def test_merging_twice_is_merging_once(held: list[Appearance], new: list[Appearance]) -> None:
    """Names stay unique, no known outlet is lost, and the result does not change when the same is told again."""
    first = merge(merge([], held), [])
    once = merge(first, new)
    assert merge(once, new) == once
    assert len({a.name for a in once}) == len(once) >= len(first)
    assert {a.name for a in once} >= {a.name for a in (*first, *new)}
