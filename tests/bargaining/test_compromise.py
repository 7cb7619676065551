"""The array form, and the models without bargaining: means, medians, reference points and agenda setters."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import ordered, table

from treves.bargaining.decisions.arena import ArenaMisshapen, ArenaValueRefused, arena_from, arena_of
from treves.bargaining.decisions.compromise import compromise, median, reference_mean, weighted_median
from treves.bargaining.decisions.models import MODELS, ModelUnknown, ParameterRefused, forecast, forecasts
from treves.bargaining.decisions.procedural import SetterMissing, procedural, winning_interval
from treves.model.decision_rule import DecisionRule, RuleKind
from treves.model.table import Estimate, Issue, Party, Position, Reversion, Scale, Table

NAN = float("nan")
places = st.lists(st.integers(0, 20).map(lambda n: n * 5.0), min_size=1, max_size=7)


def test_weighted_mean() -> None:
    """Three actors: capability times salience weighs, and exponents change how much."""
    arena = arena_from([0.0, 50.0, 100.0], [1.0, 0.5, 0.25], capabilities=[1.0, 1.0, 2.0])
    assert compromise(arena)[0] == pytest.approx((0.5 * 50 + 0.5 * 100) / 2)
    assert compromise(arena, salience_exponent=0, capability_exponent=0)[0] == pytest.approx(50)
    assert compromise(arena, salience_exponent=0)[0] == pytest.approx(62.5)
    assert compromise(arena, salience_exponent=2)[0] == pytest.approx((0.25 * 50 + 0.125 * 100) / 1.375)


def test_actors_without_a_position_do_not_count() -> None:
    """A missing position weighs nothing, whatever its salience; an issue with none has no forecast."""
    arena = arena_from(
        [[10.0, NAN], [30.0, NAN], [NAN, NAN]], [[1.0, NAN], [1.0, 1.0], [5.0, 1.0]], reference=[NAN, 40]
    )
    np.testing.assert_array_equal(compromise(arena), [20.0, NAN])
    np.testing.assert_array_equal(median(arena), [20.0, NAN])
    np.testing.assert_array_equal(reference_mean(arena), [20.0, NAN])


@given(places, st.data())
def test_the_median_beats_every_other_point(points: list[float], data: st.DataObject) -> None:
    """No point is nearer to a larger weight of actors than the median is (Black 1948)."""
    votes = data.draw(st.lists(st.integers(1, 5), min_size=len(points), max_size=len(points)))
    x, w = np.array(points), np.array(votes, dtype=float)
    middle = weighted_median(x, w)
    for rival in np.linspace(0, 100, 41):
        nearer = np.abs(x - rival) < np.abs(x - middle)
        farther = np.abs(x - rival) > np.abs(x - middle)
        assert w[nearer].sum() <= w[farther].sum() + 1e-9


def test_weights_that_are_equal_but_for_rounding() -> None:
    """0.1 + 0.2 against 0.3 is a tie: the middle of the gap is the median."""
    assert weighted_median(np.array([0.0, 0.0, 10.0]), np.array([0.1, 0.2, 0.3])) == 5.0
    assert np.isnan(weighted_median(np.array([]), np.array([])))


def test_the_reference_point_pulls() -> None:
    """A reference point of weight 1 counts as much as all actors; unknown, it does nothing."""
    arena = arena_from([[20.0, 20.0], [40.0, 40.0]], np.ones((2, 2)), reference=[90.0, NAN])
    assert reference_mean(arena, reference_weight=1.0) == pytest.approx([60.0, 30.0])
    assert reference_mean(arena, reference_weight=0.0) == pytest.approx([30.0, 30.0])


def passable(points: Sequence[float], reference: float, needed: float) -> list[float]:
    """All points of a fine grid that enough actors like at least as much as the reference point."""
    grid = np.linspace(0, 100, 201)
    x = np.array(points)[:, None]
    consent = np.abs(grid - x) <= np.abs(reference - x) + 1e-9
    return [float(y) for y in grid[consent.sum(axis=0) >= needed - 1e-9]]


@settings(deadline=None)
@given(places, st.integers(0, 20), st.sampled_from([None, 1.0, 0.75]), st.data())
def test_the_setter_gets_the_nearest_point_that_passes(
    points: list[float], at: int, quota: float | None, data: st.DataObject
) -> None:
    """The proposal is what a search of all points on a grid finds, and so is the interval that passes."""
    reference, setter = at * 5.0, data.draw(st.integers(0, len(points) - 1))
    needed = len(points) // 2 + 1 if quota is None else quota * len(points)
    arena = arena_from(points, np.ones(len(points)), reference=reference)
    options = passable(points, reference, needed)
    assert winning_interval(arena, 0, quota=quota) == pytest.approx((min(options), max(options)))
    best = min(abs(y - points[setter]) for y in options)
    found = procedural(arena, setter=setter, quota=quota)[0]
    assert abs(found - points[setter]) == pytest.approx(best)


def test_unanimity_cannot_leave_the_reference_point_between_two() -> None:
    """Of two actors on both sides of the reference point each blocks the other; on one side the nearer one decides."""
    between = arena_from([20.0, 80.0], [1, 1], reference=50.0)
    assert procedural(between, setter=0, quota=1.0) == pytest.approx([50.0])
    beyond = arena_from([60.0, 80.0], [1, 1], reference=50.0)
    assert procedural(beyond, setter=1, quota=1.0) == pytest.approx([70.0])


def test_procedures_with_gaps() -> None:
    """Without a reference point no forecast; a setter who does not care leaves things as they are; no setter is an error."""
    arena = arena_from([[NAN, 10.0], [70.0, 90.0]], np.ones((2, 2)), reference=[40.0, NAN])
    np.testing.assert_array_equal(procedural(arena, setter=0), [40.0, NAN])
    with pytest.raises(SetterMissing, match="2 actors"):
        procedural(arena)
    with pytest.raises(SetterMissing):
        procedural(arena, setter=2)


def cabinet() -> Table:
    """Three parties, of which the last has no view on the second issue; a range, and an issue without order."""
    issues = (
        ordered("limit", 0, 50, 100),
        Issue("money", scale=Scale.RANGE, low=10.0, high=30.0),
        Issue("colour", scale=Scale.UNORDERED),
    )
    positions = (
        *(Position(p, "limit", Estimate(x), Estimate(s)) for p, x, s in [("a", 100, 1), ("b", 50, 1), ("c", 0, 2)]),
        *(Position(p, "money", Estimate(x)) for p, x in [("a", 30), ("b", 20)]),
        Position("a", "colour", values=(("red", 1.0),)),
    )
    return Table(
        "cabinet",
        issues,
        tuple(Party(key, seats=seats) for key, seats in [("a", 30), ("b", 20), ("c", 15)]),
        positions,
        rule=DecisionRule(RuleKind.WEIGHTED, setter="a"),
        reversion=Reversion(package=(("limit", "a"), ("money", 10.0))),
    )


def test_a_table_as_arrays() -> None:
    """Ordered issues and ranges come in, with seats as capability, the reversion package as reference, and the rule."""
    arena = arena_of(cabinet())
    assert arena.issues == ("limit", "money")
    np.testing.assert_array_equal(arena.positions, [[100, 30], [50, 20], [0, NAN]])
    np.testing.assert_allclose(arena.capabilities[:, 0], [1, 2 / 3, 1 / 2])
    np.testing.assert_array_equal(arena.reference, [0.0, 10.0])
    np.testing.assert_array_equal(arena.highs, [100, 30])
    assert arena.setter == 0
    assert arena.passes is not None
    assert arena.passes(np.array([True, False, True]))
    assert not arena.passes(np.array([False, True, False]))


def test_forecasts_for_a_table() -> None:
    """Every model answers for a table; the setter needs one of the others, and who does not care lets it pass."""
    told = {name: forecasts(cabinet(), name) for name in MODELS}
    assert all(set(points) == {"limit", "money"} for points in told.values())
    assert told["compromise"]["limit"] == pytest.approx((100 * 1 + 50 * 2 / 3) / (1 + 2 / 3 + 1))
    assert told["procedural"]["limit"] == pytest.approx(100.0)
    assert told["procedural"]["money"] == pytest.approx(30.0)
    assert all(0 <= points["limit"] <= 100 and 10 <= points["money"] <= 30 for points in told.values())


def test_one_table_of_the_helpers() -> None:
    """A table and the same numbers as arrays give the same forecast."""
    wants = {"x": {"p": (0.0, 1.0), "q": (100.0, 3.0)}, "y": {"p": (100.0, 2.0), "q": (0.0, 1.0)}}
    arena = arena_from([[0, 100], [100, 0]], [[1, 3], [2, 1]])
    for name in ("compromise", "median", "exchange", "challenge"):
        np.testing.assert_allclose(forecast(table({"p": (0, 100), "q": (0, 100)}, wants), name), forecast(arena, name))


@pytest.mark.parametrize(
    ("model", "parameters", "error", "said"),
    [
        ("tea leaves", {}, ModelUnknown, "no model 'tea leaves'"),
        ("median", {"speed": 1}, ParameterRefused, "no parameter 'speed'"),
        ("median", {"salience_exponent": -1}, ParameterRefused, "cannot be '-1'"),
        ("median", {"salience_exponent": NAN}, ParameterRefused, "cannot be 'nan'"),
        ("challenge", {"conflict": "duel"}, ParameterRefused, "cannot be 'duel'"),
        ("challenge", {"risk": 2}, ParameterRefused, "cannot be '2'"),
        ("exchange", {"rounds": True}, ParameterRefused, "cannot be 'True'"),
        ("procedural", {"quota": 0}, ParameterRefused, "cannot be '0'"),
    ],
)
def test_refused_requests(
    model: str, parameters: dict[str, float | str | bool], error: type[Exception], said: str
) -> None:
    """Unknown models and parameters, and values out of range, are named together with what there is."""
    with pytest.raises(error, match=said) as raised:
        forecast(arena_from([0.0, 1.0], [1, 1], reference=0.0), model, **parameters)
    assert getattr(raised.value, "hint", "")


def test_defaults_of_the_registry_are_those_of_the_models() -> None:
    """A model called by name without parameters is the model called directly."""
    arena = arena_from([[0.0, 80.0], [60.0, 10.0], [100.0, 40.0]], np.ones((3, 2)), reference=30.0, setter=1)
    np.testing.assert_array_equal(forecast(arena, "compromise"), compromise(arena))
    np.testing.assert_array_equal(forecast(arena, "median"), median(arena))
    np.testing.assert_array_equal(forecast(arena, "reference"), reference_mean(arena))
    np.testing.assert_array_equal(forecast(arena, "procedural"), procedural(arena))


@pytest.mark.parametrize(
    ("positions", "saliences", "others", "error", "said"),
    [
        ([0.0, 1.0], [1.0], {}, ArenaMisshapen, "saliences"),
        ([0.0, 1.0], [1.0, 1.0], {"capabilities": [1.0, 1.0, 1.0]}, ArenaMisshapen, "capabilities"),
        ([0.0, 1.0], [1.0, 1.0], {"reference": [1.0, 2.0]}, ArenaMisshapen, "reference"),
        ([0.0, 1.0], [1.0, 1.0], {"names": (["a"], ["p"])}, ArenaMisshapen, "1 x 1 names"),
        ([0.0, 101.0], [1.0, 1.0], {}, ArenaValueRefused, "position of actor 2 on issue 1 cannot be 101.0"),
        ([0.0, float("inf")], [1.0, 1.0], {}, ArenaValueRefused, "cannot be inf"),
        ([0.0, 1.0], [1.0, -1.0], {}, ArenaValueRefused, "salience of actor 2"),
        ([0.0, 1.0], [1.0, NAN], {}, ArenaValueRefused, "salience of actor 2"),
        ([0.0, 1.0], [1.0, 1.0], {"capabilities": [-1.0, 1.0]}, ArenaValueRefused, "capability of actor 1"),
    ],
)
def test_arrays_that_do_not_fit(
    positions: list[float], saliences: list[float], others: dict[str, object], error: type[Exception], said: str
) -> None:
    """Shapes that disagree and numbers that mean nothing are told by where they stand."""
    with pytest.raises(error, match=said):
        arena_from(positions, saliences, **others)  # type: ignore[arg-type]
