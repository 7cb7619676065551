"""Draws: intervals and bounds are met, and every number has random numbers of its own."""

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import table

from treves.bargaining.draws import Input, drawn, inputs_of, line_names, quantiles, uniforms
from treves.model.table import Estimate, Mandate, Party, RedLine, Term, Valuation

FRACTIONS = st.floats(0, 1)


@given(st.lists(FRACTIONS, min_size=3, max_size=3).map(sorted))
def test_median_and_interval_are_met(points: list[float]) -> None:
    """The quantiles .05, .5 and .95 are what the estimate says, also where it ends at a bound."""
    low, value, high = points
    found = quantiles(Input("x", Estimate(value, low, high), 0.0, 1.0), np.array([0.05, 0.5, 0.95]))
    assert found == pytest.approx([low, value, high], abs=1e-12)


@given(st.lists(st.floats(0, 100), min_size=3, max_size=3).map(sorted), st.lists(FRACTIONS, min_size=2, max_size=20))
def test_draws_stay_within_bounds_and_in_order(points: list[float], at: list[float]) -> None:
    """No quantile leaves the bounds, and they rise with the probability."""
    low, value, high = points
    found = quantiles(Input("x", Estimate(value, low, high), 0.0, 100.0), np.sort(np.array(at)))
    assert (found >= 0).all()
    assert (found <= 100).all()
    assert (np.diff(found) >= 0).all()


def test_draws_follow_the_estimate() -> None:
    """A twentieth of many draws lies below the interval and a twentieth above it."""
    one = Input("x", Estimate(40, 30, 70), 0.0, 100.0)
    found = drawn([one], 1, 0, 20_000)["x"]
    assert np.quantile(found, [0.05, 0.5, 0.95]) == pytest.approx([30, 40, 70], abs=0.7)


@given(st.integers(0, 2**64), st.text(max_size=10), st.integers(0, 50), st.integers(1, 50))
def test_a_draw_is_the_same_in_any_range(seed: int, name: str, start: int, size: int) -> None:
    """Numbers `start` to `stop` are a part of those from 0."""
    whole = uniforms(seed, name, 0, start + size)
    assert np.array_equal(uniforms(seed, name, start, start + size), whole[start:])
    assert ((whole >= 0) & (whole < 1)).all()


def test_streams_differ_by_name_and_by_seed() -> None:
    """Two numbers, or two seeds, share no random numbers and are not correlated."""
    one, other, reseeded = (uniforms(*key, 0, 4_000) for key in ((1, "a"), (1, "b"), (2, "a")))
    for pair in ((one, other), (one, reseeded)):
        assert abs(np.corrcoef(*pair)[0, 1]) < 0.06


def test_an_edited_cell_leaves_all_other_draws_alone() -> None:
    """Another party, another red line, another position: what stays in the table is drawn as before."""
    made = table({"x": (0, 50, 100)}, {"a": {"x": (0, 1)}, "b": {"x": (100, 1)}})
    lines = (RedLine("a", (Term("x", low=60),), Estimate(0.5, 0.2, 0.8)),)
    made = attrs.evolve(made, red_lines=lines)
    edited = attrs.evolve(
        made,
        parties=(Party("new"), *made.parties),
        positions=(attrs.evolve(made.positions[0], point=Estimate(20, 10, 30)), made.positions[1]),
        red_lines=(RedLine("b", (Term("x", high=10),), Estimate(0.9, 0.5, 1.0)), *lines),
    )
    before, after = (drawn(inputs_of(one), 7, 0, 50) for one in (made, edited))
    assert set(before) < set(after)
    changed = {name for name in before if not np.array_equal(before[name], after[name])}
    assert changed == {"position.a.x"}


def test_all_that_is_uncertain_has_a_name() -> None:
    """Names are what-if paths; red lines on the same issue are told apart by a number."""
    made = table({"x": (0, 100), "y": (0, 100)}, {"a": {"x": (0, 1)}, "b": {"x": (100, 1)}})
    both = (Term("x", low=50), Term("y", low=50))
    lines = tuple(RedLine(p, terms) for p, terms in (("a", both[:1]), ("a", both[:1]), ("b", both)))
    whole = attrs.evolve(
        made,
        red_lines=lines,
        parties=(
            Party("a", reservation=Estimate(0.1)),
            Party("b", reversion_value=Estimate(0.2), mandate=Mandate("congress")),
        ),
        valuations=(Valuation("a", "n", 1, 0),),
    )
    assert line_names(whole) == ("redline.a.x", "redline.a.x.2", "redline.b.x+y")
    names = [one.name for one in inputs_of(whole)]
    assert len(names) == len(set(names))
    assert {
        "position.a.x",
        "position.b.x.salience",
        "redline.b.x+y.firmness",
        "party.a.reservation",
        "party.b.reversion",
        "party.b.walk_out",
        "valuation.a.n.salience",
        "deadline.firmness",
    } < set(names)
