"""The exchange model: published cases, the rules of an exchange, and what must hold for any numbers."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treves.bargaining.decisions.arena import Arena, Numbers, arena_from
from treves.bargaining.decisions.compromise import compromise
from treves.bargaining.decisions.exchange import exchange, exchange_rounds, potential_exchanges

DATA = Path(__file__).parents[3] / "shared" / "data" / "exchange"


def case(name: str) -> Arena:
    """Read a case in the #A, #P, #M and #D form; skips where the data set is not at hand."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the data set {name} is not at hand")
    rows = [[cell.strip("'") for cell in line.split("\t")] for line in path.read_text(encoding="utf-8").splitlines()]
    actors, issues = ([row[1] for row in rows if row[0] == kind] for kind in ("#A", "#P"))
    ends = np.array([[float(row[2]) for row in rows if row[0] == "#M" and row[1] == issue] for issue in issues])
    numbers = np.full((3, len(actors), len(issues)), np.nan)
    for row in rows:
        if row[0] == "#D":
            numbers[:, actors.index(row[1]), issues.index(row[2])] = [float(cell) for cell in row[3:6]]
    bounds = ends.min(axis=1), ends.max(axis=1)
    return arena_from(numbers[0], numbers[1], capabilities=numbers[2], bounds=bounds, names=(actors, issues))


@pytest.mark.parametrize(
    ("name", "number", "gains"),
    [
        ("sample_data.txt", 240, (1.973684210526, 1.792636308765)),
        ("copenhagen.csv", 437, ()),
        ("cop21.csv", 2094, (2.190721649,)),
    ],
)
def test_published_cases(name: str, number: int, gains: tuple[float, ...]) -> None:
    """Groningen, Copenhagen and Paris: the number of potential exchanges, and the first gains."""
    ran = exchange_rounds(case(name))[0]
    assert ran.potential == number
    assert [one.gain for one in ran.exchanges[: len(gains)]] == pytest.approx(gains, abs=1e-9)


@pytest.mark.xfail(reason="the papers do not tell in full which exchanges remain possible after one is realised")
@pytest.mark.parametrize(("name", "number"), [("sample_data.txt", 39), ("copenhagen.csv", 48), ("cop21.csv", 126)])
def test_published_numbers_of_realised_exchanges(name: str, number: int) -> None:
    """Another program realises 39, 48 and 126 exchanges in the first round; not reached for any fall of the ties."""
    assert number in {len(exchange_rounds(case(name), seed=seed)[0].exchanges) for seed in range(10)}


@pytest.mark.parametrize(
    ("name", "numbers"), [("sample_data.txt", {42, 44}), ("copenhagen.csv", {43, 44, 45}), ("cop21.csv", {129, 130})]
)
def test_own_numbers_of_realised_exchanges(name: str, numbers: set[int]) -> None:
    """What these rules realise in the published cases, as the ties fall."""
    assert {len(exchange_rounds(case(name), seed=seed)[0].exchanges) for seed in range(40)} == numbers


def test_two_actors_trade() -> None:
    """Opposed on two issues with weights 60 to 10 and 25 to 45: decisions 85.7143 and 35.7143, then a gain of 500 for each."""
    arena = arena_from([[100.0, 100.0], [0.0, 0.0]], [[60, 25], [10, 45]])
    assert compromise(arena) == pytest.approx([600 / 7, 250 / 7])
    ran = exchange_rounds(arena)[0]
    (one,) = ran.exchanges
    assert one.gain == pytest.approx(500)
    assert one.effects == pytest.approx([500, 500])
    assert (one.first, one.demand, one.supply) == (0, 0, 1)
    assert (one.second_to, one.first_to) == pytest.approx((100.0, 60.0))
    assert ran.points == pytest.approx([100.0, 150 / 7])


@st.composite
def arenas(draw: st.DrawFn) -> Arena:
    """A few actors on a few issues, some without a position."""
    shape = draw(st.integers(2, 5)), draw(st.integers(2, 4))
    size = shape[0] * shape[1]
    places = draw(st.lists(st.one_of(st.integers(0, 10), st.none()), min_size=size, max_size=size))
    saliences = draw(st.lists(st.integers(0, 9), min_size=size, max_size=size))
    capabilities = draw(st.lists(st.integers(0, 4), min_size=shape[0], max_size=shape[0]))
    positions = np.array([np.nan if x is None else 10.0 * x for x in places]).reshape(shape)
    return arena_from(positions, np.array(saliences).reshape(shape), capabilities=capabilities)


def opposed(arena: Arena) -> int:
    """Potential exchanges, counted one by one."""
    middle, x = compromise(arena), arena.positions
    count = 0
    for p in range(len(arena.issues)):
        for q in range(p):
            for i in range(len(arena.actors)):
                for j in range(i):
                    across = (x[[i, j]][:, [p, q]] - middle[[p, q]]).prod(axis=0)
                    count += bool(np.all(across < 0))
    return count


@settings(deadline=None, max_examples=150)
@given(arenas(), st.integers(0, 5))
def test_rules_of_exchange(arena: Arena, seed: int) -> None:
    """Both gain the same and the others feel what outcomes do; votes move towards the partner only; nothing is left to trade."""
    (ran,) = exchange_rounds(arena, seed=seed)
    assert ran.potential == opposed(arena) == len(potential_exchanges(arena))
    votes, x = arena.positions.copy(), arena.positions
    weights = arena.weights
    for one in ran.exchanges:
        a, b, p, q = one.first, one.second, one.demand, one.supply
        before = compromise_of(votes, weights)
        for actor, issue, to, partner in ((a, q, one.first_to, b), (b, p, one.second_to, a)):
            assert min(votes[actor, issue], x[partner, issue]) - 1e-6 <= to
            assert to <= max(votes[actor, issue], x[partner, issue]) + 1e-6
            votes[actor, issue] = to
        after = compromise_of(votes, weights)
        moved_p, moved_q = abs(after[p] - before[p]), abs(after[q] - before[q])
        s = arena.saliences
        assert s[a, p] * moved_p - s[a, q] * moved_q == pytest.approx(one.gain, abs=1e-6)
        assert s[b, q] * moved_q - s[b, p] * moved_p == pytest.approx(one.gain, abs=1e-6)
        nearer = np.where(arena.known, s * (np.abs(x - before) - np.abs(x - after)), 0.0)
        assert one.effects == pytest.approx(np.nansum(nearer, axis=1), abs=1e-6)
    np.testing.assert_allclose(votes, ran.votes, atol=1e-6)
    np.testing.assert_allclose(ran.points, compromise_of(votes, weights), atol=1e-6)
    gains = [one.gain for one in ran.exchanges]
    assert gains == sorted(gains, reverse=True)  # what remains after an exchange is never worth more than it was


def compromise_of(votes: Numbers, weights: Numbers) -> Numbers:
    """Weighted means of voting positions; NaN where there is no weight."""
    total = weights.sum(axis=0)
    sums = (weights * np.nan_to_num(votes)).sum(axis=0)
    means: Numbers = np.full(len(total), np.nan)
    np.divide(sums, total, out=means, where=total > 0)
    return means


@settings(deadline=None, max_examples=60)
@given(arenas())
def test_other_scales_and_other_orders(arena: Arena) -> None:
    """A scale from 4 to 10 gives the same in its own unit, and turning all scales round turns the result round."""
    shrunk = arena_from(
        4 + arena.positions * 0.06, arena.saliences, capabilities=arena.capabilities, bounds=(4.0, 10.0)
    )
    np.testing.assert_allclose(exchange(shrunk), 4 + exchange(arena) * 0.06, atol=1e-9)
    turned = arena_from(100 - arena.positions, arena.saliences, capabilities=arena.capabilities)
    np.testing.assert_allclose(exchange(turned), 100 - exchange(arena), atol=1e-6)


def test_the_same_seed_gives_the_same_exchanges() -> None:
    """Chance decides only between equal gains, and a seed fixes it."""
    arena = case("sample_data.txt")
    told = {seed: exchange_rounds(arena, seed=seed)[0].exchanges for seed in range(8)}
    assert told[3] == exchange_rounds(arena, seed=3)[0].exchanges
    assert len({tuple((e.first, e.second, e.demand) for e in exchanges) for exchanges in told.values()}) > 1


def test_rounds_go_on_until_nobody_trades() -> None:
    """Without rounds it is the compromise; further rounds start from the voting positions and come to an end."""
    arena = arena_from([[100.0, 100.0], [0.0, 0.0]], [[60, 25], [10, 45]])
    np.testing.assert_array_equal(exchange(arena, rounds=0), compromise(arena))
    ran = exchange_rounds(arena, rounds=9)
    assert len(ran) == 2
    assert ran[-1].exchanges == ()


def test_a_single_issue_has_no_exchange() -> None:
    """It takes two issues to trade; an issue without positions has no forecast."""
    arena = arena_from([[0.0, np.nan], [100.0, np.nan]], np.ones((2, 2)))
    np.testing.assert_array_equal(exchange(arena), [50.0, np.nan])
    assert exchange_rounds(arena)[0].potential == 0
