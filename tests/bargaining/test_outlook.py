"""The outlook: chances, landing zones, blockers, bands, and the same bytes for the same seed."""

from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import enumeration
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_tables import tables
from tables import table, unordered

from treves.bargaining.audit import NotTheSame, OtherTable, canonical, outlook_bytes, rerun, table_hash
from treves.bargaining.outlook import NoTimeLeft, UnusableSetting, outlook, task_of
from treves.bargaining.sampling import Watched, sample
from treves.bargaining.seating import TooManySeats
from treves.bargaining.whatif import whatif
from treves.model.decision_rule import DecisionRule, RuleKind
from treves.model.outlook import BaseRate, Method, Outlook
from treves.model.table import (
    Conduct,
    Constraint,
    Estimate,
    Issue,
    Mandate,
    Option,
    Party,
    Position,
    RedLine,
    Table,
    TableDeadline,
    Term,
)

PLAIN = Conduct(Estimate(1.0), Estimate(0.0), Estimate(0.0), Estimate(0.0))
"""Nobody bluffs, gives way or walks out."""
QUICK = Method(inner=10, block=16)
SURE = TableDeadline(rounds=4, firmness=Estimate(1.0))


def plain(known: Table, **changes: Any) -> Table:
    """The same table with plain conduct and a sure deadline."""
    parties = tuple(attrs.evolve(p, conduct=PLAIN) for p in known.parties)
    return attrs.evolve(known, **{"parties": parties, "deadline": SURE, **changes})


def quick(known: Table, **kwargs: Any) -> Outlook:
    """An outlook on few draws."""
    return outlook(known, **{"draws": 40, "method": QUICK, **kwargs})


def opposed(*, firmness: float = 1.0, conduct: Conduct = PLAIN) -> Table:
    """Two parties that each refuse what the other wants on the only issue."""
    made = table({"limit": (0, 100)}, {"left": {"limit": (0, 1)}, "right": {"limit": (100, 1)}})
    lines = (
        RedLine("left", (Term("limit", low=50),), Estimate(firmness)),
        RedLine("right", (Term("limit", high=50),), Estimate(firmness)),
    )
    parties = tuple(attrs.evolve(p, conduct=conduct) for p in made.parties)
    return attrs.evolve(made, parties=parties, red_lines=lines, deadline=SURE)


def uncertain() -> Table:
    """Three parties, two issues, and hardly a number that is exactly known."""
    made = table(
        {"limit": (0, 40, 70, 100), "brake": (0, 50, 100)},
        {"a": {"limit": (0, 2), "brake": (20, 1)}, "b": {"limit": (60, 1), "brake": (50, 1)}, "c": {"limit": (100, 1)}},
    )
    positions = tuple(
        attrs.evolve(p, point=Estimate(p.point.value, max(0.0, p.point.value - 20), min(100.0, p.point.value + 20)))
        for p in made.positions
        if p.point
    )
    parties = tuple(attrs.evolve(p, reservation=Estimate(0.4, 0.2, 0.6)) for p in made.parties)
    return attrs.evolve(
        made,
        positions=positions,
        parties=parties,
        red_lines=(RedLine("a", (Term("limit", low=60),), Estimate(0.7, 0.4, 0.9)),),
        deadline=TableDeadline(rounds=5),
    )


def test_parties_that_want_the_same_agree() -> None:
    """Where all want the same, they agree at once, on that, however they bargain."""
    same = table({"x": (0, 50, 100), "y": (0, 100)}, {p: {"x": (50, 1), "y": (100, 2)} for p in "abcd"})
    assert quick(same).agreement.mean == pytest.approx(1, abs=0.01)
    found = quick(plain(same))
    assert found.agreement.mean == 1
    assert found.packages[0].package == (("x", "b"), ("y", "b"))
    assert found.packages[0].share > 0.98
    assert found.rounds[0].agreement > 0.98
    assert dict(found.landing[0].choices)["b"] > 0.98
    assert (found.landing[0].low, found.landing[0].median, found.landing[0].high) == (50, 50, 50)


def test_firm_red_lines_that_cannot_be_reconciled() -> None:
    """Firm lines leave no agreement; the blockers are named, each line as one that would open it alone."""
    found = quick(opposed())
    assert (found.agreement.mean, found.collapse.mean) == (0, 1)
    assert {(b.party, b.cause, b.line, b.alone, b.together) for b in found.blockers} == {
        ("left", "red line", "redline.left.limit", 1, 0),
        ("right", "red line", "redline.right.limit", 1, 0),
    }
    assert found.packages == ()
    assert found.landing[0].median is None
    assert found.considered.passable.mean == 0


def test_what_blocks_only_together() -> None:
    """Lines on the same choice stand in the way together, none of them alone; a reservation is told as such."""
    made = plain(table({"x": (0,)}, {"a": {"x": (0, 1)}, "b": {"x": (0, 1)}, "c": {"x": (50, 1)}}))
    lines = tuple(RedLine(p, (Term("x", options=("a",)),)) for p in "ab")
    parties = (*made.parties[:2], attrs.evolve(made.parties[2], reservation=Estimate(0.9)))
    found = quick(attrs.evolve(made, red_lines=lines, parties=parties))
    assert {(b.party, b.cause, b.alone, b.together) for b in found.blockers} == {
        ("a", "red line", 0, 1),
        ("b", "red line", 0, 1),
        ("c", "reservation", 0, 1),
    }


def test_a_mandate_blocks_like_a_firm_line() -> None:
    """What lies outside a mandate is never agreed on, and the mandate is named."""
    made = plain(table({"x": (0, 100)}, {"a": {"x": (0, 1)}, "b": {"x": (100, 1)}}))
    mandate = Mandate(within=(Term("x", high=0),))
    barred = attrs.evolve(made, parties=(attrs.evolve(made.parties[0], mandate=mandate), made.parties[1]))
    assert [p.package for p in quick(barred).packages] == [(("x", "a"),)]
    line = RedLine("b", (Term("x", high=50),))
    found = quick(attrs.evolve(barred, red_lines=(line,)))
    assert found.agreement.mean == 0
    assert {(b.party, b.cause) for b in found.blockers} == {("a", "mandate"), ("b", "red line")}


def test_a_demand_falls_as_often_as_its_party_gives_way() -> None:
    """A line stands if it is real, or is not given up; chances follow from firmness, bluff and giving way."""
    conduct = attrs.evolve(PLAIN, give_way=Estimate(0.5), bluff=Estimate(0.2))
    one = attrs.evolve(opposed(conduct=conduct), red_lines=opposed(firmness=0.5).red_lines[:1])
    needed = attrs.evolve(one, parties=(one.parties[0], attrs.evolve(one.parties[1], reservation=Estimate(0.9))))
    found = quick(needed, draws=400, method=Method(inner=50))
    assert found.agreement.mean == pytest.approx((1 - 0.5 * 0.8) * 0.5, abs=0.02)
    refused = attrs.evolve(needed.parties[0], reservation=Estimate(0.1))
    assert quick(attrs.evolve(needed, parties=(refused, needed.parties[1]))).agreement.mean == 0


def test_without_anything_unknown_the_bands_close() -> None:
    """Chance within a draw is not uncertainty: where all numbers are exact, bands are as good as points."""
    conduct = attrs.evolve(PLAIN, give_way=Estimate(0.5))
    found = quick(opposed(firmness=0.0, conduct=conduct), draws=300, method=Method(inner=30))
    assert found.agreement.mean == pytest.approx(0.75, abs=0.02)
    assert found.agreement.high - found.agreement.low < 0.06
    unknown = attrs.evolve(conduct, give_way=Estimate(0.5, 0.2, 0.8))
    wide = quick(opposed(firmness=0.0, conduct=unknown), draws=300, method=Method(inner=30))
    assert wide.agreement.high - wide.agreement.low > 0.3
    assert wide.agreement.low < wide.agreement.inner_low < wide.agreement.inner_high < wide.agreement.high


def test_a_deadline_that_is_not_firm_leaves_it_open() -> None:
    """What is not settled at the deadline collapses with its firmness, else it is still open."""
    found = quick(attrs.evolve(opposed(), deadline=TableDeadline(rounds=3, firmness=Estimate(0.25))))
    assert (found.collapse.mean, found.still_open.mean) == (0.25, 0.75)


def test_a_party_that_walks_out_ends_what_needs_it() -> None:
    """A needed party's walk-out is a collapse in that round; another's is not."""
    made = opposed()
    leaving = attrs.evolve(PLAIN, walk_out=Estimate(1.0))
    gone = attrs.evolve(made, parties=(made.parties[0], attrs.evolve(made.parties[1], conduct=leaving)))
    found = quick(attrs.evolve(gone, deadline=TableDeadline(rounds=3, firmness=Estimate(0.0))))
    assert found.collapse.mean == 1
    assert found.rounds[0].walked_out == 1
    assert [(b.party, b.cause, b.alone) for b in found.blockers] == [("right", "walk-out", 1)]
    found = quick(attrs.evolve(gone, rule=DecisionRule(parties=("left",))))
    assert found.agreement.mean == 1


def test_rules_other_than_unanimity() -> None:
    """A majority goes on without who refuses; a veto stops it; a setter alone proposes."""
    made = plain(table({"x": (0, 100)}, {p: {"x": (v, 1)} for p, v in (("a", 0), ("b", 0), ("c", 100))}))
    made = attrs.evolve(made, red_lines=(RedLine("c", (Term("x", high=50),)),))
    assert quick(made).packages[0].package == (("x", "b"),)
    majority = attrs.evolve(made, rule=DecisionRule(RuleKind.WEIGHTED))
    assert quick(majority).packages[0].package == (("x", "a"),)
    vetoed = attrs.evolve(made, rule=DecisionRule(RuleKind.WEIGHTED, veto=("c",)))
    assert quick(vetoed).landing[0].choices[0] == ("a", 0)
    listed = attrs.evolve(made, rule=DecisionRule(RuleKind.COALITIONS, winning=(("a", "c"), ("b", "c"))))
    assert quick(listed).landing[0].choices[0] == ("a", 0)
    free = attrs.evolve(made, red_lines=(), deadline=TableDeadline(rounds=1))
    alternating = Method(protocols=(("alternating", 1.0),), inner=10)
    for setter, choice in (("a", "a"), ("c", "b")):
        found = quick(attrs.evolve(free, rule=DecisionRule(setter=setter)), method=alternating)
        assert found.packages[0].package == (("x", choice),), "the last word is the setter's"


def test_a_table_on_which_nothing_is_allowed() -> None:
    """No package at all is an answer: no agreement."""
    never = Constraint("never", (), ())
    found = quick(attrs.evolve(uncertain(), constraints=(never,)))
    assert found.agreement.mean == 0
    assert found.considered.packages == 0


@settings(deadline=None, max_examples=60)
@given(tables(most_parties=4), st.integers(0, 2**31))
def test_the_last_round_against_enumeration(known: Table, seed: int) -> None:
    """With firm lines and nobody leaving, there is agreement exactly if a package passes; it is always one of those."""
    made = plain(
        known, red_lines=tuple(attrs.evolve(line, firmness=Estimate(1.0)) for line in known.red_lines), deadline=SURE
    )
    passing = [
        tuple((issue, choice) for issue, (choice, _) in package.items())
        for package in enumeration.packages(made)
        if enumeration.is_allowed(made, package)
        and made.rule.passes([p.key for p in made.parties if enumeration.consents(made, p.key, package)], made.weights)
    ]
    found = quick(made, draws=3, seed=seed, method=Method(inner=4))
    assert found.agreement.mean == (1.0 if passing else 0.0)
    assert {p.package for p in found.packages} <= set(passing)
    assert found.considered.passable.mean == len(passing)


@settings(deadline=None, max_examples=40)
@given(tables(most_parties=4), st.floats(0, 1), st.integers(0, 2**31))
def test_a_softer_line_never_lowers_the_chance(known: Table, by: float, seed: int) -> None:
    """On common random numbers every draw has at least as many agreements once a line is held less firmly."""
    if not known.red_lines:
        return
    line = known.red_lines[0]
    softer = attrs.evolve(line, firmness=Estimate(line.firmness.value * by))
    counts = [
        sample(task_of(one, seed=seed, method=QUICK, now=None), 20).tally.agreed
        for one in (known, attrs.evolve(known, red_lines=(softer, *known.red_lines[1:])))
    ]
    assert (counts[1] >= counts[0]).all()


@settings(deadline=None, max_examples=30)
@given(tables(most_parties=4), st.integers(0, 2**31))
def test_chances_and_shares_add_up(known: Table, seed: int) -> None:
    """The three outcomes add up to 1, landing zones and rounds to the whole, and bands enclose one another."""
    found = quick(known, draws=20, seed=seed)
    parts = (found.agreement, found.collapse, found.still_open)
    assert sum(band.mean for band in parts) == pytest.approx(1)
    for band in parts:
        assert -1e-9 <= band.low <= band.inner_low <= band.inner_high <= band.high <= 1 + 1e-9
    agreed = sum(one.agreement for one in found.rounds)
    assert agreed == pytest.approx(found.agreement.mean)
    for zone in found.landing:
        assert sum(share for _, share in zone.choices) == pytest.approx(1 if agreed else 0)


def test_the_same_seed_gives_the_same_bytes() -> None:
    """Whatever the size of blocks and whoever works them; another seed gives others."""
    first = outlook_bytes(quick(uncertain()))
    assert outlook_bytes(quick(uncertain())) == first
    assert outlook_bytes(quick(uncertain(), seed=2)) != first
    with ThreadPoolExecutor(2) as pool:
        assert outlook_bytes(quick(uncertain(), executor=pool)) == first
    other_blocks = quick(uncertain(), method=attrs.evolve(QUICK, block=7))
    same = attrs.evolve(other_blocks.audit, method=QUICK, result="")
    assert canonical(attrs.evolve(other_blocks, audit=same)) == canonical(attrs.evolve(quick(uncertain()), audit=same))


def test_more_draws_keep_the_first() -> None:
    """Draw 17 is the same among twenty draws and among forty, and with more negotiations the first stay."""
    task = task_of(uncertain(), seed=1, method=QUICK, now=None)
    few, many = sample(task, 20).tally, sample(task, 40).tally
    assert np.array_equal(few.agreed, many.agreed[:, :20])
    assert np.array_equal(few.passable, many.passable[:20])


def test_progress_is_told() -> None:
    """A watched executor tells of every block, and changes nothing."""
    told: list[tuple[int, int]] = []
    watched: Executor = Watched(lambda done, total: told.append((done, total)))
    assert outlook_bytes(quick(uncertain(), executor=watched)) == outlook_bytes(quick(uncertain()))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_audit_makes_it_again() -> None:
    """A record and its table give the same bytes; another table, or another result, is told."""
    made = attrs.evolve(
        uncertain(),
        as_of=datetime(2026, 7, 1, tzinfo=UTC),
        deadline=TableDeadline(when=datetime(2026, 7, 11, tzinfo=UTC), rounds=10),
    )
    found = quick(made, now=datetime(2026, 7, 5, tzinfo=UTC))
    assert outlook_bytes(rerun(found.audit, made)) == outlook_bytes(found)
    assert found.audit.table == table_hash(made)
    with pytest.raises(OtherTable, match="T636"):
        rerun(found.audit, attrs.evolve(made, note="another"))
    with pytest.raises(OtherTable, match="beside 0 other tables, not 1"):
        rerun(found.audit, made, beside=(made,))
    old = attrs.evolve(found.audit, result="0" * 64, versions=(("numpy", "1.0"),))
    with pytest.raises(NotTheSame, match=r"T637.*numpy 1\.0"):
        rerun(old, made)


def test_the_hash_of_a_table_is_of_what_it_says() -> None:
    """Whole numbers count the same with and without a point; any other change shows."""
    one = table({"x": (0, 100)}, {"a": {"x": (50, 1)}})
    same = table({"x": (0.0, 100.0)}, {"a": {"x": (50.0, 1.0)}})
    assert table_hash(one) == table_hash(same)
    assert table_hash(one) != table_hash(attrs.evolve(one, deadline=TableDeadline(rounds=9)))


def test_time_that_is_over_leaves_fewer_rounds() -> None:
    """Half-way, half of the rounds and of the time for concessions is gone."""
    start, end = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 7, 11, tzinfo=UTC)
    made = attrs.evolve(uncertain(), as_of=start, deadline=TableDeadline(when=end, rounds=10))
    task = task_of(made, seed=1, method=QUICK, now=start + timedelta(days=5))
    assert (task.rounds, task.elapsed) == (5, 0.5)
    assert task_of(made, seed=1, method=QUICK, now=start - timedelta(days=5)).rounds == 10
    assert task_of(made, seed=1, method=QUICK, now=end - timedelta(seconds=1)).rounds == 1
    for known, now in ((made, end), (made, datetime(2026, 7, 5)), (uncertain(), start)):  # noqa: DTZ001
        with pytest.raises(NoTimeLeft, match="T635"):
            quick(known, now=now)


def test_a_record_of_cases_is_mixed_in() -> None:
    """With all weight on it the chance of collapse is the record's; with half, half-way; the rest keeps its odds."""
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    made = attrs.evolve(uncertain(), as_of=start, deadline=TableDeadline(when=end, rounds=5))
    alone = quick(made)
    recorded = 1 - np.exp(-0.05 * 12 * 365 / 365.25)
    for weight in (0.5, 1.0):
        rate = BaseRate(Estimate(0.05), weight)
        found = quick(made, method=attrs.evolve(QUICK, base_rate=rate))
        wanted = weight * recorded + (1 - weight) * alone.collapse.mean
        assert found.collapse.mean == pytest.approx(wanted, abs=1e-6)
        assert found.agreement.mean + found.collapse.mean + found.still_open.mean == pytest.approx(1)
    with pytest.raises(NoTimeLeft, match="base rate"):
        quick(uncertain(), method=attrs.evolve(QUICK, base_rate=rate))


@pytest.mark.parametrize(
    "wrong",
    [
        {"draws": 1},
        {"seed": -1},
        {"method": Method(protocols=())},
        {"method": Method(protocols=(("auction", 1.0),))},
        {"method": Method(protocols=(("mediated", -1.0),))},
        {"method": Method(inner=1)},
        {"method": Method(search=0)},
        {"method": Method(packages=0)},
        {"method": Method(block=0)},
        {"method": Method(base_rate=BaseRate(Estimate(0.1), 1.5))},
    ],
)
def test_settings_out_of_range(wrong: dict[str, Any]) -> None:
    """Each is refused before anything runs."""
    with pytest.raises(UnusableSetting, match="T634"):
        quick(uncertain(), **wrong)


def test_tables_that_cannot_be_worked() -> None:
    """No parties, no issues, or too many of either side."""
    made = uncertain()
    for empty in (attrs.evolve(made, parties=()), attrs.evolve(made, issues=())):
        with pytest.raises(UnusableSetting, match="no parties or no issues"):
            quick(empty)
    with pytest.raises(TooManySeats, match="T633"):
        quick(attrs.evolve(made, parties=tuple(Party(f"p{n}") for n in range(63)), positions=(), red_lines=()))


def test_one_protocol_only() -> None:
    """Without weight a protocol is not run at all."""
    found = quick(uncertain(), method=attrs.evolve(QUICK, protocols=(("mediated", 1.0),)))
    assert [name for name, _ in found.by_protocol] == ["mediated"]
    assert found.by_protocol[0][1] == pytest.approx(found.agreement.mean)


def wide(issues: int, parties: int = 4) -> Table:
    """A table with ten options on every issue, on which parties differ."""
    listed = {f"i{n}": tuple(float(at) for at in range(0, 100, 10)) for n in range(issues)}
    wants = {
        f"p{p}": {key: (float((17 * p + 31 * n) % 100), 1.0 + (p + n) % 3) for n, key in enumerate(listed)}
        for p in range(parties)
    }
    return plain(table(listed, wants))


def test_a_space_too_large_to_list_is_sampled() -> None:
    """Of 1e30 packages a part is looked at, said to be one, with good packages in it; compared tables share it."""
    made = wide(30)
    demanding = attrs.evolve(made, parties=tuple(attrs.evolve(p, reservation=Estimate(0.7)) for p in made.parties))
    found = quick(demanding, draws=8, method=Method(inner=4, packages=400))
    assert not found.considered.complete
    assert found.considered.packages == 400
    assert found.agreement.mean == 1
    compared = whatif(demanding, ["party.p0.reservation=0.7"], draws=8, method=Method(inner=4, packages=400))
    assert compared.agreement.mean == 0
    assert outlook_bytes(rerun(compared.after.audit, demanding, beside=(demanding,))) == outlook_bytes(compared.after)


def test_a_part_of_a_listed_space_holds_what_matters() -> None:
    """Of 1e5 packages, a few hundred hold some that all can accept, where one in thousands can."""
    made = wide(5)
    demanding = attrs.evolve(made, parties=tuple(attrs.evolve(p, reservation=Estimate(0.7)) for p in made.parties))
    found = quick(demanding, draws=4, method=Method(inner=4, packages=300))
    assert (found.considered.complete, found.considered.packages) == (False, 300)
    assert found.agreement.mean == 1


def test_unordered_issues_have_no_quantiles() -> None:
    """Their landing zone is a distribution only."""
    made = Table(
        "t",
        (unordered("who", "a", "b"), Issue("x", options=(Option("low", at=0), Option("high", at=100)))),
        (Party("p"), Party("q")),
        tuple(Position(p, "who", values=(("a", 1.0), ("b", 0.5))) for p in "pq"),
        deadline=SURE,
    )
    found = quick(made)
    assert dict(found.landing[0].choices) == {"a": 1, "b": 0}
    assert [zone.median is None for zone in found.landing] == [True, False]


def test_rows_for_tables() -> None:
    """An outlook gives a row per outcome."""
    rows = list(quick(uncertain()).rows())
    assert [row["outcome"] for row in rows] == ["agreement", "collapse", "still_open"]
    assert {"mean", "low", "high", "inner_low", "inner_high", "error"} < set(rows[0])
