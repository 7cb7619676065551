"""Packages as numbers: numbering, utilities, constraints, budgets, red lines."""

import numpy as np
import pytest
from enumeration import holds, is_allowed, packages, refused, utility
from hypothesis import given, settings
from hypothesis import strategies as st
from random_tables import tables
from tables import ordered, table, unordered

from treves.bargaining import space as sp
from treves.bargaining.grid import told_size
from treves.errors import TableError
from treves.model.table import (
    Effect,
    Estimate,
    Indicator,
    Interaction,
    Issue,
    Mandate,
    Package,
    Party,
    Position,
    RedLine,
    Reversion,
    Scale,
    Table,
    Term,
    Valuation,
)

TWO = table(
    {"limit": (0, 50, 100), "cost": (0, 30, 100)},
    {"A": {"limit": (0, 1), "cost": (100, 2)}, "B": {"limit": (100, 1), "cost": (0, 0.5)}},
)


def test_the_last_issue_varies_fastest() -> None:
    """Numbers of packages are in mixed radix."""
    space = sp.space_of(TWO)
    assert sp.package_at(space, 5) == (("limit", "b"), ("cost", "c"))
    assert sp.index_of(space, (("cost", "c"), ("limit", "b"))) == 5
    assert space.size == 9


def test_utility_is_salience_times_nearness() -> None:
    """A known package, by hand."""
    space = sp.space_of(TWO)
    assert sp.utility_of(space, (("limit", "b"), ("cost", "b"))) == pytest.approx(
        [0.5 / 3 + 0.3 * 2 / 3, 0.5 * 2 / 3 + 0.7 / 3]
    )


@settings(max_examples=150, deadline=None)
@given(tables())
def test_utilities_equal_the_definition_to_the_last_bit(random: Table) -> None:
    """Every utility is the definition's exact value, correctly rounded, in the list and alone."""
    space = sp.space_of(random)
    listed = packages(random)
    found = sp.all_utilities(space)
    expected = np.array([[float(utility(random, p, x)) for p in space.parties] for x in listed])
    assert np.array_equal(found, expected)
    for index, row in enumerate(found):
        package = sp.package_at(space, index)
        assert sp.index_of(space, package) == index
        assert np.array_equal(sp.utility_of(space, package), row)
    if space.additive:
        total = sum(
            part[:, i] for part, i in zip(space.parts, np.unravel_index(space.size - 1, space.shape), strict=True)
        )
        assert total == pytest.approx(found[-1])


@settings(max_examples=150, deadline=None)
@given(tables(), st.sampled_from((0.2, 0.5, 1.0)))
def test_rules_and_red_lines_equal_the_definition(random: Table, firm: float) -> None:
    """Constraints, budgets, red lines and mandates, package by package."""
    space = sp.space_of(random)
    listed = packages(random)
    assert sp.allowed(space).tolist() == [is_allowed(random, x) for x in listed]
    assert sp.refusals(space, firm=firm).tolist() == [
        [refused(random, p, x, firm) for x in listed] for p in space.parties
    ]
    for line in random.red_lines:
        assert sp.red_line_mask(space, line).tolist() == [holds(x, line.refuses) for x in listed]


@given(st.lists(st.floats(0.001, 5), min_size=3, max_size=3), st.lists(st.floats(0, 100), min_size=3, max_size=3))
def test_long_decimals_stay_within_0_and_1(salience: list[float], points: list[float]) -> None:
    """Numbers that no unit divides are off by less than 1e-12 and never beyond 1; the order of issues does not matter."""
    wants = {k: (p, s) for k, p, s in zip("xyz", points, salience, strict=True)}
    places: dict[str, tuple[float, ...]] = {k: (0.0, 33.333, 100.0, p) for k, p in zip("xyz", points, strict=True)}
    made = table(places, {"A": wants})
    found = sp.all_utilities(sp.space_of(made))
    expected = [float(utility(made, "A", x)) for x in packages(made)]
    assert found[:, 0] == pytest.approx(expected, abs=1e-12)
    assert found.max() == 1.0
    turned = sp.all_utilities(sp.space_of(table(dict(reversed(places.items())), {"A": wants})))
    assert sorted(found[:, 0]) == sorted(turned[:, 0])


def test_equal_worth_is_equal_to_the_last_bit() -> None:
    """0.1 + 0.2 and 0.3 of the weight are the same utility."""
    made = table(
        {"x": (0, 100), "y": (0, 100), "z": (0, 100)}, {"A": {"x": (100, 0.1), "y": (100, 0.2), "z": (100, 0.3)}}
    )
    space = sp.space_of(made)
    found = sp.all_utilities(space)[:, 0]
    both = sp.index_of(space, (("x", "b"), ("y", "b"), ("z", "a")))
    assert found[both] == found[sp.index_of(space, (("x", "a"), ("y", "a"), ("z", "b")))] == 0.5


def test_a_range_is_looked_at_in_steps_but_valued_anywhere() -> None:
    """Packages may lie between the steps; they then have a utility but no number."""
    issue = Issue("m", scale=Scale.RANGE, low=0, high=0.3, steps=4)
    made = Table("t", (issue,), (Party("A"),), (Position("A", "m", Estimate(0.3)),))
    space = sp.space_of(made)
    assert space.choices == ((0.0, 0.1, 0.2, 0.3),)
    assert sp.utility_of(space, (("m", 0.25),)) == pytest.approx([1 - 0.05 / 0.3])
    with pytest.raises(sp.UnknownChoice, match=r"T602: Issue m has no choice 0.25. Choose one of: 0, 0.1, 0.2, 0.3"):
        sp.index_of(space, (("m", 0.25),))
    assert sp.term_mask(space, Term("m", low=0.1, high=0.2)).tolist() == [False, True, True, False]


def test_reversion_and_reservation() -> None:
    """As given, else worked out: unnamed issues count for nothing, and no package is worth 0."""
    parties = (Party("A"), Party("B", reversion_value=Estimate(0.4)), Party("C", reservation=Estimate(0.7)))
    positions = tuple(Position(p.key, i, Estimate(0.0)) for p in parties for i in ("x", "y"))
    made = Table("t", (ordered("x", 0, 100), ordered("y", 0, 100)), parties, positions)
    assert sp.reservations(sp.space_of(made)).tolist() == [0.0, 0.4, 0.7]
    falls: Package = (("x", "a"),)
    space = sp.space_of(Table("t", made.issues, parties, positions, reversion=Reversion(package=falls)))
    assert sp.reversion_values(space).tolist() == [0.5, 0.4, 0.5]
    assert sp.reservations(space).tolist() == [0.5, 0.4, 0.7]


def test_indicators_and_interactions() -> None:
    """An indicator is valued within its bounds, interactions on top, and the sum is cut at 1."""
    made = Table(
        "t",
        (unordered("x", "no", "yes"), unordered("y", "no", "yes")),
        (Party("A"),),
        indicators=(Indicator("arrivals", 100),),
        effects=(
            Effect("arrivals", (Term("x", ("yes",)),), Estimate(-60)),
            Effect("arrivals", (Term("y", ("yes",)),), Estimate(-60)),
        ),
        valuations=(Valuation("A", "arrivals", best=0, worst=100),),
    )
    space = sp.space_of(made)
    assert not space.additive
    assert sp.all_utilities(space)[:, 0].tolist() == [0.0, 0.6, 0.6, 1.0]
    both = Interaction("A", (Term("x", ("yes",)), Term("y", ("no",))), 0.7)
    space = sp.space_of(Table("t", made.issues, made.parties, interactions=(both,), effects=made.effects))
    assert sp.all_utilities(space)[:, 0].tolist() == [0.0, 0.0, 0.7, 0.0]
    wide = Table(
        "t",
        made.issues,
        made.parties,
        indicators=made.indicators,
        effects=made.effects,
        valuations=(Valuation("A", "arrivals", best=-50, worst=150),),
    )
    assert sp.space_of(wide).additive
    assert sp.all_utilities(sp.space_of(wide))[:, 0].tolist() == [0.25, 0.55, 0.55, 0.85]


def test_a_mandate_refuses_what_lies_outside() -> None:
    """A mandate is a red line of firmness 1."""
    parties = (Party("A", mandate=Mandate(within=(Term("x", high=50),))), Party("B"))
    made = Table(
        "t", (ordered("x", 0, 50, 100),), parties, red_lines=(RedLine("B", (Term("x", ("a",)),), Estimate(0.6)),)
    )
    assert sp.refusals(sp.space_of(made), firm=1).tolist() == [[False, False, True], [False] * 3]
    assert sp.refusals(sp.space_of(made)).tolist() == [[False, False, True], [True, False, False]]


def test_huge_spaces_are_numbered_but_not_listed() -> None:
    """1e30 packages: each has a number; a list of all is refused with a clear message."""
    made = table({f"i{n}": tuple(range(10)) for n in range(30)}, {"A": {f"i{n}": (0, 1) for n in range(30)}})
    space = sp.space_of(made)
    assert space.size == 10**30
    assert sp.index_of(space, sp.package_at(space, 10**29 + 7)) == 10**29 + 7
    for method in (sp.all_utilities, sp.allowed, sp.refusals):
        with pytest.raises(sp.TooManyPackages, match="T601: The table test has 1e30 packages"):
            method(space)


def test_sizes_are_told_for_people() -> None:
    """All digits while that can be read, then the power of ten, of any length."""
    assert [told_size(n) for n in (1_000_000, 10**12, 10**5000)] == ["1,000,000", "1e12", "1e5000"]


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (Table("t", (Issue("x"),), ()), "T603: Issue x has no options"),
        (Table("t", (Issue("x", scale=Scale.RANGE, low=3, high=3),), ()), "T603: Issue x is a range from 3.0 to 3.0"),
        (
            Table("t", (ordered("x", 0, 100),), (Party("A"),), (Position("A", "x", Estimate(float("nan"))),)),
            "T603: nan is not a number to reckon with",
        ),
        (
            Table("t", (ordered("x", 0, 100),), (Party("A"),), (Position("A", "y", Estimate(0)),)),
            "T602: The table t has no issue y. It has: x",
        ),
    ],
)
def test_unusable_tables_say_why(made: Table, message: str) -> None:
    """What cannot be reckoned with is refused by name."""
    with pytest.raises(TableError, match=message):
        sp.space_of(made)


def test_packages_that_do_not_fit_say_why() -> None:
    """An issue left out, an issue that is not there, and a number beyond the last package."""
    space = sp.space_of(TWO)
    with pytest.raises(sp.UnknownChoice, match="leaves out issue cost"):
        sp.index_of(space, (("limit", "a"),))
    with pytest.raises(sp.UnknownChoice, match="has no issue other"):
        sp.index_of(space, (("limit", "a"), ("cost", "a"), ("other", "a")))
    with pytest.raises(sp.UnknownChoice, match="no package 9"):
        sp.package_at(space, 9)
    with pytest.raises(sp.UnknownChoice, match="has no choice z"):
        sp.utility_of(space, (("limit", "z"),))
