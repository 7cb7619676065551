"""Searching packages without listing them: the same as listing, and no hindrance in size."""

import math
from collections.abc import Callable

import attrs
import numpy as np
import pytest
from enumeration import consents, is_allowed, packages, utility
from hypothesis import given, settings
from hypothesis import strategies as st
from random_tables import tables
from tables import table

from treves.bargaining.search import Aim, AimKind, UnknownAim, best, first_package
from treves.bargaining.space import space_of
from treves.model.table import Budget, Constraint, Cost, Estimate, Package, Table, Term

SUM, LEAST = Aim(AimKind.SUM), Aim(AimKind.LEAST)


def passing(one: Table) -> dict[Package, tuple[float, ...]]:
    """All packages that pass, with their utilities, by listing them."""
    found = {}
    for package in packages(one):
        agreed = [p.key for p in one.parties if consents(one, p.key, package)]
        if is_allowed(one, package) and one.rule.passes(agreed, one.weights):
            made = tuple((key, choice) for key, (choice, _) in package.items())
            found[made] = tuple(float(utility(one, p.key, package)) for p in one.parties)
    return found


@settings(max_examples=60, deadline=None)
@given(tables(most_parties=4))
def test_a_package_is_found_exactly_when_listing_finds_one(one: Table) -> None:
    """What is found passes, and nothing is found only if nothing passes."""
    listed = passing(one)
    found = first_package(space_of(one))
    assert (found is None) == (not listed)
    if found:
        assert found.utilities == pytest.approx(listed[found.package], abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(tables(most_parties=4), st.sampled_from(("sum", "least", "p0")), st.integers(1, 4))
def test_the_best_are_those_of_listing(one: Table, wanted: str, count: int) -> None:
    """The best packages, their order, and everything tied with the last of them."""
    listed = passing(one)
    kinds: dict[str, Callable[[tuple[float, ...]], float]] = {"sum": math.fsum, "least": min, "p0": lambda u: u[0]}
    worth = kinds[wanted]
    aim = Aim(AimKind.PARTY, wanted) if wanted == "p0" else Aim(AimKind(wanted))
    ranking = best(space_of(one), aim, count=count, most_tied=2000)
    values = sorted((worth(u) for u in listed.values()), reverse=True)
    level = values[min(count, len(values)) - 1] if values else 0.0
    expected = {package for package, u in listed.items() if worth(u) >= level - 1e-9}
    assert {f.package for f in ranking.found} == expected
    assert len(ranking.found) == len(expected)
    assert [f.value for f in ranking.found] == pytest.approx(values[: len(expected)], abs=2e-9)
    assert ranking.every == (len(expected) == len(listed))
    for found in ranking.found:
        assert found.rank == 1 + sum(value > found.value + 1e-9 for value in values)


def test_equal_packages_share_a_rank_and_are_listed_up_to_a_number() -> None:
    """An issue that nobody cares about makes packages equal; the list says when it holds not all of them."""
    one = table({"i": (0, 100), "j": (0, 50, 100)}, {"p": {"i": (0, 1)}, "q": {"i": (0, 1)}})
    found = best(space_of(one), SUM)
    assert [f.rank for f in found.found] == [1, 1, 1]
    assert not found.more_tied
    assert not found.every
    short = best(space_of(one), SUM, most_tied=2)
    assert len(short.found) == 2
    assert short.more_tied
    everything = best(space_of(one), SUM, count=6)
    assert [f.rank for f in everything.found] == [1, 1, 1, 4, 4, 4]
    assert everything.every


def test_the_least_off_may_be_measured_by_gain() -> None:
    """A party with much to lose counts from what it has."""
    one = table({"i": (0, 30, 60, 100)}, {"p": {"i": (0, 1)}, "q": {"i": (100, 1)}})
    assert dict(best(space_of(one), LEAST).found[0].package) == {"i": "c"}
    gains = Aim(AimKind.LEAST, origin=(0.6, 0.0))
    assert dict(best(space_of(one), gains).found[0].package) == {"i": "b"}


def large(parties: int = 3, issues: int = 30) -> Table:
    """A table of 1e30 packages with constraints, a budget and reservation values."""
    random = np.random.default_rng(1)
    places = tuple(float(x) for x in np.linspace(0, 90, 10))
    one = table(
        {f"i{k}": places for k in range(issues)},
        {
            f"p{j}": {f"i{k}": (float(random.integers(0, 101)), float(random.integers(1, 6))) for k in range(issues)}
            for j in range(parties)
        },
    )
    costs = tuple(Cost(i.key, float(random.integers(0, 40)) / 8, o.key) for i in one.issues for o in i.options)
    return attrs.evolve(
        one,
        constraints=tuple(
            Constraint(f"c{k}", (Term(f"i{k}", low=50.0),), (Term(f"i{k + 1}", high=40.0),))
            for k in range(0, issues - 1, 2)
        ),
        budgets=(Budget("b", 60.0, costs),),
        parties=tuple(attrs.evolve(p, reservation=Estimate(0.55)) for p in one.parties),
    )


def test_1e30_packages() -> None:
    """A space that nobody can list is searched; the best for one party is at least as good as any found otherwise."""
    space = space_of(large())
    assert space.size == 10**30
    some = first_package(space)
    assert some is not None
    top = best(space, Aim(AimKind.PARTY, "p0")).found[0]
    assert top.utilities[0] >= some.utilities[0]
    assert min(top.utilities) >= 0.55
    spent = sum(c.amount for c in space.table.budgets[0].costs if dict(top.package)[c.issue] == c.option)
    assert spent <= 60
    assert best(space, Aim(AimKind.PARTY, "p0")).found[0] == top


def test_an_aim_for_an_unknown_party_is_refused() -> None:
    """The message names who is there."""
    one = table({"i": (0, 100)}, {"p": {"i": (0, 1)}})
    with pytest.raises(UnknownAim, match="It has: p"):
        best(space_of(one), Aim(AimKind.PARTY, "nobody"))


@st.composite
def awkward(draw: st.DrawFn) -> Table:
    """A table whose numbers have no common parts, so that a model has to round them."""
    number = st.floats(0.01, 1, allow_subnormal=False)
    issues = {f"i{n}": tuple(100 * draw(number) for _ in range(draw(st.integers(1, 3)))) for n in range(3)}
    one = table(issues, {p: {i: (100 * draw(number), draw(number)) for i in issues} for p in ("p0", "p1", "p2")})
    parties = tuple(attrs.evolve(p, reservation=Estimate(draw(number) / 2)) for p in one.parties)
    costs = tuple(Cost(i.key, draw(number), o.key) for i in one.issues for o in i.options)
    return attrs.evolve(one, parties=parties, budgets=(Budget("b", 3 * draw(number), costs),))


@settings(max_examples=60, deadline=None)
@given(awkward(), st.sampled_from(("sum", "least", "p0")), st.integers(1, 4))
def test_the_best_are_those_of_listing_where_numbers_are_awkward(one: Table, wanted: str, count: int) -> None:
    """Rounding in the model changes neither what passes nor the order."""
    test_the_best_are_those_of_listing.hypothesis.inner_test(one, wanted, count)  # type: ignore[attr-defined]


def test_a_large_common_part_loses_no_package() -> None:
    """A table on which a model with coefficients of 2**44 and more was simplified into a wrong answer."""
    issues = {"i": (0, 100), "j": (0, 100), "k": (0, 100 / 3, 200 / 3, 100)}
    wants = {"p": {"j": (70, 0.1), "k": (0, 1)}, "q": {"j": (0, 0.1)}, "r": {"i": (10, 0.1)}}
    one = table({**issues, "i": (0,)}, {party: dict(wanted) for party, wanted in wants.items()})
    found = best(space_of(one), LEAST).found
    assert [f.value for f in found] == [pytest.approx(0.9)]
    assert dict(found[0].package) == {"i": "a", "j": "a", "k": "a"}
