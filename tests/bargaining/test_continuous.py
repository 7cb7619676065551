"""Fair points of sets without gaps: answers from papers and by hand, and conditions that only the right point meets."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from treves.bargaining import solutions
from treves.bargaining.concepts import Answer, Concept
from treves.bargaining.continuous import (
    FairPoint,
    egalitarian,
    fair_points,
    ideal,
    kalai_smorodinsky,
    nash,
    polytope,
    raiffa,
    utilitarian,
)
from treves.bargaining.continuous_curves import NotConcave, curve_points
from treves.bargaining.continuous_program import Program, UnboundedSet, UnusableProgram

Array = NDArray[np.float64]
ZERO = np.zeros(2)


def rows(*listed: tuple[float, ...]) -> Program:
    """A polytope of rows whose last number is the limit."""
    matrix = np.array(listed)
    return polytope(matrix[:, :-1], matrix[:, -1])


POLYGON = rows((-1, 0, 0), (0, -1, 0), (0, 1, 1), (1, 2, 3))


@pytest.mark.parametrize(
    ("concept", "expected"),
    [
        (nash, (1.5, 0.75)),
        (kalai_smorodinsky, (1.8, 0.6)),
        (egalitarian, (1, 1)),
        (utilitarian, (3, 0)),
        (raiffa, (1.75, 0.625)),
    ],
)
def test_the_polygon(concept: Callable[[Program, Array], FairPoint], expected: tuple[float, float]) -> None:
    """x, y >= 0, y <= 1, x + 2y <= 3, from nothing."""
    found = concept(POLYGON, ZERO)
    assert found.answer is Answer.FOUND
    assert found.utilities == pytest.approx(expected, abs=1e-9)
    assert found.at == pytest.approx(expected, abs=1e-9)
    assert found.unique


def test_the_steps_of_raiffa() -> None:
    """From nothing to half of each party's most, and on: (0, 0), (1.5, .5), (1.75, .625)."""
    assert np.array(raiffa(POLYGON, ZERO).path) == pytest.approx(
        np.array([(0, 0), (1.5, 0.5), (1.75, 0.625)]), abs=1e-9
    )


def test_the_barter_of_nash() -> None:
    """Nash 1950: Bill and Jack trade goods; the best trade of whole goods gains 12 and 5; shares do no worse."""
    goods = [(-2, 4), (-2, 2), (-2, 1), (-2, 2), (-4, 1)]  # book, whip, ball, bat, box: Bill's
    other = [(10, -1), (4, -1), (6, -2), (2, -2)]  # pen, toy, knife, hat: Jack's
    # a share between 0 and 1 of each good changes hands: utilities add up
    moves = np.array(goods + other, np.float64).T
    box = np.vstack([np.eye(9), -np.eye(9)])
    found = nash(polytope(box, np.repeat([1.0, 0.0], 9), utilities=moves), ZERO)
    assert found.gap <= 1e-9
    trades = np.array([(moves * np.array(given)).sum(axis=1) for given in np.ndindex(*[2] * 9)])
    pure = solutions.nash(trades, ZERO)
    assert pure.utilities.tolist() == [[12.0, 5.0]]
    assert math.prod(found.utilities) >= 60 - 1e-9


def test_points_above_a_disagreement_point() -> None:
    """Gains count from where parties stand: x + y <= 10 from (2, 4) is split at (4, 6)."""
    found = fair_points(rows((1, 1, 10)), np.array([2.0, 4.0]))
    for one in found:
        if one.concept is not Concept.UTILITARIAN:
            assert one.utilities == pytest.approx((4, 6), abs=1e-8)
        else:
            assert not one.unique
            assert sum(one.utilities) == pytest.approx(10)


def test_a_reservation_value_below_what_a_party_can_get_anyway_changes_nothing_it_should_not() -> None:
    """Gains count from the origin even where no point is as bad: 1 <= x <= 3, 0 <= y, x + y <= 4 from (0, 0)."""
    program = rows((-1, 0, -1), (1, 0, 3), (0, -1, 0), (1, 1, 4))
    assert nash(program, ZERO).utilities == pytest.approx((2, 2), abs=1e-9)
    assert kalai_smorodinsky(program, ZERO).utilities == pytest.approx((2, 2), abs=1e-9)
    low = np.array([-2.0, 0.0])
    assert nash(program, low).utilities == pytest.approx((1, 3), abs=1e-9)
    assert kalai_smorodinsky(program, low).utilities == pytest.approx((1.75, 2.25), abs=1e-9)


def test_three_parties_by_leximin() -> None:
    """A cap of .2 holds one party back, which the others need not wait for."""
    program = rows((1, 0, 0, 0.2), (0, 1, 1, 1), (0, -1, 0, 0), (0, 0, -1, 0))
    origin = np.zeros(3)
    assert egalitarian(program, origin).utilities == pytest.approx((0.2, 0.5, 0.5), abs=1e-9)
    assert nash(program, origin).utilities == pytest.approx((0.2, 0.5, 0.5), abs=1e-9)
    assert kalai_smorodinsky(program, origin).utilities == pytest.approx((0.2, 0.5, 0.5), abs=1e-9)


def test_an_empty_set_and_one_that_nobody_accepts() -> None:
    """Two answers, neither an error."""
    empty = rows((1, 0, 0), (-1, 0, -1))
    assert {one.answer for one in fair_points(empty, ZERO)} == {Answer.EMPTY}
    assert {one.answer for one in fair_points(POLYGON, np.array([2.0, 2.0]))} == {Answer.NOBODY}
    floors = np.array([2.0, 0.9])
    assert {one.answer for one in fair_points(POLYGON, ZERO, floors)} == {Answer.NOBODY}
    assert ideal(empty) is None


def test_floors_above_the_origin_are_kept() -> None:
    """Nash's point moves to the floor of a party that accepts no less than 2."""
    found = nash(POLYGON, ZERO, np.array([2.0, 0.0]))
    assert found.utilities == pytest.approx((2, 0.5), abs=1e-9)


def test_a_party_that_can_gain_nothing_is_named() -> None:
    """Where x is fixed at 0 the points are about y alone."""
    fixed = rows((1, 0, 0), (-1, 0, 0), (0, 1, 1), (0, -1, 0))
    for concept in (nash, kalai_smorodinsky):
        found = concept(fixed, ZERO)
        assert found.idle == (0,)
        assert found.utilities == pytest.approx((0, 1), abs=1e-9)
    nothing = rows((1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0))
    assert nash(nothing, ZERO).idle == (0, 1)
    assert nash(nothing, ZERO).utilities == pytest.approx((0, 0), abs=1e-12)


@pytest.mark.parametrize("listed", [((-1, 0, 0), (0, 1, 1)), ((1, -1, 1),), ((-1, -1, 0),)])
def test_a_set_without_end_is_refused(listed: tuple[tuple[float, ...], ...]) -> None:
    """A party that can gain without limit has no fair point."""
    with pytest.raises(UnboundedSet, match="T613"):
        nash(rows(*listed), ZERO)
    with pytest.raises(UnboundedSet):
        utilitarian(rows(*listed), ZERO)


def test_rows_that_do_not_fit_are_refused() -> None:
    """Sizes and numbers are looked at before anything is solved."""
    with pytest.raises(UnusableProgram):
        polytope(np.eye(2), np.ones(3))
    with pytest.raises(UnusableProgram):
        polytope(np.eye(2), np.ones(2), utilities=np.eye(3))
    with pytest.raises(UnusableProgram, match="not a number"):
        polytope(np.eye(2), np.array([1.0, math.nan]))


@st.composite
def polytopes(draw: st.DrawFn) -> tuple[Program, Array]:
    """Two to four parties, up to three variables more, a box and a few rows through it; the origin is inside or near."""
    parties, count = draw(st.integers(2, 4)), draw(st.integers(2, 5))
    whole = st.integers(-3, 6)
    extra = [[draw(st.integers(0, 4)) for _ in range(count)] for _ in range(draw(st.integers(1, 4)))]
    limits = [float(draw(st.integers(2, 9))) for _ in extra]
    worth = [[draw(whole) for _ in range(count)] for _ in range(parties)]
    matrix = np.vstack([np.array(extra), np.eye(count), -np.eye(count)])
    program = polytope(matrix, np.array(limits + [3.0] * count + [0.0] * count), utilities=np.array(worth))
    return program, np.array([draw(st.integers(-2, 1)) / 2 for _ in range(parties)])


@settings(max_examples=25, deadline=None)
@given(polytopes())
def test_points_meet_the_conditions_that_define_them(drawn: tuple[Program, Array]) -> None:
    """Every point is in the set, above the floors and Pareto-optimal; each meets its own definition by other means."""
    program, origin = drawn
    found = {one.concept: one for one in fair_points(program, origin)}
    if {one.answer for one in found.values()} != {Answer.FOUND}:
        assert {one.answer for one in found.values()} == {Answer.NOBODY}
        return
    most = ideal(program.floors(origin))
    assert most is not None
    for one in found.values():
        at, worth = np.array(one.at), np.array(one.utilities)
        assert program.within(at, slack=1e-8)
        assert program.at(at) == pytest.approx(worth)
        assert (worth >= origin - 1e-8).all()
        assert _room(program, worth) <= 1e-6
    best = np.array(found[Concept.UTILITARIAN].utilities)
    for one in found.values():
        assert sum(one.utilities) <= best.sum() + 1e-7
        gains, equal = np.array(one.utilities) - origin, np.array(found[Concept.EGALITARIAN].utilities) - origin
        assert gains.min() <= equal.min() + 1e-7
    active = [p for p in range(len(origin)) if p not in found[Concept.NASH].idle]
    gains = (np.array(found[Concept.NASH].utilities) - origin)[active]
    assert (gains > 0).all()
    assert found[Concept.NASH].gap <= 1e-8
    # no point gains more on average, in parts of what Nash's gives: what makes its product largest
    slope = (program.utilities[active] / gains[:, None]).sum(axis=0)
    top = _largest(program.floors(origin), slope)
    assert top - slope @ np.array(found[Concept.NASH].at) <= 1e-6


def _largest(program: Program, goal: Array) -> float:
    found = linprog(-goal, program.rows, program.limits, bounds=[(None, None)] * len(goal))
    return float(-found.fun)


def _room(program: Program, worth: Array) -> float:
    """How much all could gain together without anyone losing."""
    return _largest(program.floors(worth - 1e-9), program.utilities.sum(axis=0)) - float((worth - program.offset).sum())


def test_the_curve() -> None:
    """From (sqrt x, 1 - x): Nash at 1/3, Kalai-Smorodinsky and the egalitarian at .381966, the sum at 1/4."""
    found = {one.concept: one for one in curve_points(lambda x: (math.sqrt(x), 1 - x), 0, 1, origin=(0, 0))}
    assert found[Concept.NASH].at == pytest.approx((1 / 3,), abs=1e-7)
    assert found[Concept.KALAI_SMORODINSKY].at == pytest.approx(((3 - math.sqrt(5)) / 2,), abs=1e-9)
    assert found[Concept.EGALITARIAN].at == pytest.approx((0.3819660112501051,), abs=1e-9)
    assert found[Concept.UTILITARIAN].at == pytest.approx((0.25,), abs=1e-7)
    assert found[Concept.UTILITARIAN].unique
    # Raiffa by hand: (0, 0), half of (1, 1), then from there the most is (sqrt .5, .75)
    path = found[Concept.RAIFFA].path
    assert path[1] == pytest.approx((0.5, 0.5), abs=1e-9)
    assert path[2] == pytest.approx(((0.5 + math.sqrt(0.5)) / 2, 0.625), abs=1e-9)
    assert found[Concept.RAIFFA].utilities == pytest.approx(path[-1], abs=1e-8)


def test_a_curve_of_three_parties() -> None:
    """Two ends and one in the middle: the middle is where the least-off is best off."""
    found = curve_points(
        lambda x: (1 - x * x, 1 - (1 - x) ** 2, 1 - abs(x - 0.5)), 0, 1, origin=(0, 0, 0), floors=(0.2, 0.2, 0.2)
    )
    for one in found:
        assert one.at == pytest.approx((0.5,), abs=1e-4)


def test_a_curve_that_nobody_or_nothing_fits() -> None:
    """Floors that no number meets, a curve that bends the wrong way, and bounds without end."""
    found = curve_points(lambda x: (x, 1 - x), 0, 1, origin=(0.6, 0.6))
    assert {one.answer for one in found} == {Answer.NOBODY}
    with pytest.raises(NotConcave, match="party 1"):
        curve_points(lambda x: (x * x, 1 - x), 0, 1, origin=(0, 0))
    with pytest.raises(UnboundedSet):
        curve_points(lambda x: (x, 1 - x), 0, math.inf, origin=(0, 0))
    with pytest.raises(UnboundedSet):
        curve_points(lambda x: (math.inf, 1 - x), 0, 1, origin=(0, 0))


def test_a_flat_part_leaves_a_choice_that_is_told() -> None:
    """Where the sum is the same everywhere the utilitarian point is one of many."""
    found = curve_points(lambda x: (x, 1 - x), 0, 1, origin=(0, 0))
    assert not next(one for one in found if one.concept is Concept.UTILITARIAN).unique
    leximin = next(one for one in found if one.concept is Concept.EGALITARIAN)
    assert leximin.at == pytest.approx((0.5,), abs=1e-9)
