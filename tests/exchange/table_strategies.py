"""Random tables without mistakes, for tests of all layers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import attrs
from hypothesis import strategies as st

from treves.model.decision_rule import DecisionRule, RuleKind
from treves.model.findings import Severity
from treves.model.table import (
    Budget,
    Choice,
    Conduct,
    Constraint,
    Cost,
    Effect,
    Estimate,
    Indicator,
    Interaction,
    Issue,
    Mandate,
    Option,
    Party,
    Position,
    RedLine,
    Reversion,
    Scale,
    Table,
    TableDeadline,
    Term,
    Valuation,
)
from treves.model.table_checks import problems

ODD_KEYS = (
    "yes",
    "no",
    "null",
    "2028",
    "1e3",
    "a b",
    "a.b",
    "x: y",
    "#1",
    "- a",
    "&a",
    "*a",
    "!t",
    "'q'",
    "é€",
    "🙂",
    "~",
)
"""Names that a careless reader or writer of YAML, JSON or CSV gets wrong."""
_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


def keys(*, least: int, most: int, odd: bool = True) -> st.SearchStrategy[list[str]]:
    """Different names."""
    plain = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=6).map(lambda k: f"k{k}")
    one = st.one_of(plain, st.sampled_from(ODD_KEYS)) if odd else plain
    return st.lists(one, min_size=least, max_size=most, unique=True)


def texts() -> st.SearchStrategy[str]:
    """Any text that can stand in a file, often none."""
    return st.one_of(st.just(""), _TEXT)


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    """Numbers from `low` to `high`, often round ones; never negative zero."""
    spread = high - low
    round_ones = st.integers(0, 20).map(lambda n: low + spread * n / 20)
    return st.one_of(round_ones, st.floats(low, high)).map(lambda n: min(max(n, low), high) + 0.0)


@st.composite
def estimates(draw: st.DrawFn, low: float, high: float) -> Estimate:
    """Estimates of a number from `low` to `high`: exact, with an interval, or open on one side."""
    least, value, most = sorted(draw(st.tuples(*[numbers(low, high)] * 3)))
    kind = draw(st.integers(0, 3))
    return Estimate(value, least if kind in (1, 2) else None, most if kind in (1, 3) else None)


def weights() -> st.SearchStrategy[Estimate]:
    """Salience, above 0."""
    return estimates(0.05, 10)


@st.composite
def issues(draw: st.DrawFn, key: str, *, scales: tuple[Scale, ...], odd: bool = True) -> Issue:
    """An issue of one of these scales, with one to four options."""
    scale = draw(st.sampled_from(scales))
    label, label_nl = (draw(texts()), draw(texts())) if odd else ("", "")
    if scale is Scale.RANGE:
        low = draw(numbers(-50, 50))
        high = low + draw(numbers(1, 100))
        unit = draw(texts()) if odd else ""
        return Issue(key, label, label_nl, scale, (), low, high, unit, draw(st.integers(2, 5)))
    names = draw(keys(least=1, most=4, odd=odd))
    places = sorted(draw(st.lists(numbers(0, 100), min_size=len(names), max_size=len(names))))
    ordered = scale is Scale.ORDERED
    options = [
        Option(
            name,
            label=draw(texts()) if odd else "",
            label_nl=draw(texts()) if odd else "",
            at=place if ordered else None,
        )
        for name, place in zip(names, places, strict=True)
    ]
    return Issue(key, label, label_nl, scale, tuple(options))


def choices(issue: Issue) -> st.SearchStrategy[Choice]:
    """Choices on an issue."""
    if issue.scale is Scale.RANGE:
        return numbers(*issue.bounds)
    return st.sampled_from([o.key for o in issue.options])


@st.composite
def terms(draw: st.DrawFn, issue: Issue) -> Term:
    """A condition on an issue that holds for at least one of its choices."""
    choice = draw(choices(issue))
    if not isinstance(choice, str):
        low, high = sorted((choice, draw(numbers(*issue.bounds))))
        return Term(issue.key, low=low, high=draw(st.sampled_from([None, high])))
    place = next(o.at for o in issue.options if o.key == choice)
    if issue.scale is Scale.ORDERED and place is not None and draw(st.booleans()):
        return Term(issue.key, low=place) if draw(st.booleans()) else Term(issue.key, high=place)
    others = draw(st.lists(choices(issue), max_size=2, unique=True))
    return Term(issue.key, tuple(dict.fromkeys([choice, *map(str, others)])))


def conjunctions(listed: tuple[Issue, ...], *, least: int = 1) -> st.SearchStrategy[tuple[Term, ...]]:
    """Conditions on one or two issues."""
    return st.lists(st.sampled_from(listed).flatmap(terms), min_size=least, max_size=2).map(tuple)


@st.composite
def positions(draw: st.DrawFn, party: str, issue: Issue, *, rich: bool) -> Position:
    """What a party wants on an issue."""
    values: tuple[tuple[str, float], ...] = ()
    if issue.scale is Scale.UNORDERED or (rich and issue.options and draw(st.integers(0, 4)) == 0):
        values = tuple((o.key, draw(numbers(0, 1))) for o in issue.options)
    point = None if issue.scale is Scale.UNORDERED else draw(estimates(*issue.bounds))
    if rich and point and issue.options and draw(st.booleans()):
        point = Estimate(draw(st.sampled_from([o.at or 0.0 for o in issue.options])))
    reasons = tuple(draw(st.lists(_TEXT, max_size=2))) if rich else ()
    return Position(party, issue.key, point=point, salience=draw(weights()), values=values, reasons=reasons)


@st.composite
def rules(draw: st.DrawFn, parties: tuple[Party, ...]) -> DecisionRule:
    """A decision rule of these parties."""
    named = [p.key for p in parties]
    some = st.lists(st.sampled_from(named), min_size=1, max_size=3, unique=True).map(tuple)
    veto = draw(st.one_of(st.just(()), some))
    setter = draw(st.sampled_from(["", *named]))
    kind = draw(st.sampled_from(list(RuleKind)))
    if kind is RuleKind.COALITIONS:
        return DecisionRule(kind, veto=veto, winning=tuple(draw(st.lists(some, min_size=1, max_size=3))), setter=setter)
    if kind is RuleKind.WEIGHTED:
        total = sum(p.seats or 0 for p in parties) or len(parties)
        quota = draw(st.sampled_from([None, total, max(total * 0.75, 1.0)]))
        return DecisionRule(kind, quota=quota, veto=veto, setter=setter)
    return DecisionRule(kind, veto=veto, setter=setter, parties=draw(st.one_of(st.just(()), some)))


def moments() -> st.SearchStrategy[datetime | None]:
    """Moments with an offset, or none."""
    offsets = st.integers(-720, 840).map(lambda m: timezone(timedelta(minutes=m)))
    known = st.datetimes(timezones=st.one_of(st.just(UTC), offsets)).filter(lambda t: 3 < t.year < 9000)
    return st.one_of(st.none(), known)


@st.composite
def parties(draw: st.DrawFn, key: str, seats: float | None, listed: tuple[Issue, ...], *, rich: bool) -> Party:
    """A party; a rich one has members, a mandate, values of its own and a conduct."""
    if not rich:
        return Party(key, seats=seats)
    optional = st.one_of(st.none(), estimates(0, 1))
    mandate = draw(
        st.one_of(
            st.none(),
            st.builds(
                Mandate, by=texts(), until=st.one_of(st.none(), st.dates()), within=conjunctions(listed, least=0)
            ),
        )
    )
    conduct = st.builds(
        Conduct,
        concession=estimates(0.05, 3),
        give_way=estimates(0, 1),
        bluff=estimates(0, 1),
        walk_out=estimates(0, 1),
    )
    return Party(
        key,
        name=draw(texts()),
        name_nl=draw(texts()),
        seats=seats,
        capability=draw(optional),
        members=tuple(draw(st.lists(_TEXT, max_size=2))),
        mandate=mandate,
        reservation=draw(optional),
        reversion_value=draw(optional),
        conduct=draw(st.one_of(st.just(Conduct()), conduct)),
    )


@st.composite
def tables(
    draw: st.DrawFn,
    *,
    most_parties: int = 4,
    most_issues: int = 4,
    scales: tuple[Scale, ...] = tuple(Scale),
    rich: bool = True,
    odd: bool = True,
) -> Table:
    """A table without mistakes.

    Args:
        draw: given by Hypothesis.
        most_parties: how many at most; at least two.
        most_issues: how many at most; at least one.
        scales: the kinds of issues.
        rich: whether it has interactions, indicators, members, mandates, conduct, dates and other things that are
            beside the utilities, red lines, constraints, budgets and rule.
        odd: whether names and labels may hold any characters.
    """
    listed = tuple(draw(issues(key, scales=scales, odd=odd)) for key in draw(keys(least=1, most=most_issues, odd=odd)))
    named = draw(keys(least=2, most=most_parties, odd=odd))
    seated = draw(st.booleans())
    seats = [float(draw(st.integers(1, 40))) if seated else None for _ in named]
    seating = tuple(draw(parties(key, n, listed, rich=rich)) for key, n in zip(named, seats, strict=True))
    table = Table(
        "k" + draw(st.text("abc", max_size=3)),
        listed,
        seating,
        positions=tuple(draw(positions(p, i, rich=rich)) for p in named for i in listed if draw(st.integers(0, 5))),
        rule=draw(rules(seating)),
        red_lines=tuple(draw(st.lists(_red_lines(named, listed), max_size=3))),
        constraints=draw(_constraints(listed)),
        budgets=draw(_budgets(listed)),
    )
    table = attrs.evolve(table, **draw(_more(table))) if rich else table
    if any(f.severity is Severity.ERROR for f in problems(table)):  # constraints that lead back to themselves
        table = attrs.evolve(table, constraints=())
    if rich and draw(st.booleans()):  # in another order than that of the parties
        table = attrs.evolve(table, positions=table.positions[::-1], red_lines=table.red_lines[::-1])
    return table


def _red_lines(named: list[str], listed: tuple[Issue, ...]) -> st.SearchStrategy[RedLine]:
    return st.builds(
        RedLine,
        party=st.sampled_from(named),
        refuses=conjunctions(listed),
        firmness=estimates(0, 1),
        label=texts(),
        reasons=st.lists(_TEXT, max_size=2).map(tuple),
    )


@st.composite
def _constraints(draw: st.DrawFn, listed: tuple[Issue, ...]) -> tuple[Constraint, ...]:
    return tuple(
        Constraint(key, draw(conjunctions(listed, least=0)), draw(conjunctions(listed)), draw(texts()))
        for key in draw(keys(least=0, most=2))
    )


@st.composite
def _budgets(draw: st.DrawFn, listed: tuple[Issue, ...]) -> tuple[Budget, ...]:
    found = []
    for key in draw(keys(least=0, most=2)):
        possible = [(i.key, o.key) for i in listed for o in i.options]
        possible += [(i.key, "") for i in listed if i.scale is Scale.RANGE]
        costed = draw(st.lists(st.sampled_from(possible), max_size=4, unique=True))
        costs = tuple(Cost(issue, draw(numbers(-5, 20)), option) for issue, option in costed)
        found.append(Budget(key, draw(numbers(0, 60)), costs, draw(texts()), draw(texts())))
    return tuple(found)


@st.composite
def _more(draw: st.DrawFn, table: Table) -> dict[str, Any]:
    """What is beside the utilities: indicators, interactions, fallback, deadline, title and note."""
    named = [p.key for p in table.parties]
    free = [f"i{key}" for key in draw(keys(least=0, most=2)) if f"i{key}" not in {i.key for i in table.issues}]
    indicators = tuple(Indicator(key, draw(numbers(-10, 10)), *[draw(texts()) for _ in range(3)]) for key in free)
    valuations = []
    for party in named:
        for key in free:
            low, high = draw(numbers(-20, 0)), draw(numbers(1, 20))
            best, worst = draw(st.permutations((low, high)))
            valuations.append(Valuation(party, key, best, worst, draw(weights())))
    effect = st.builds(
        Effect,
        indicator=st.sampled_from(free or [""]),
        terms=conjunctions(table.issues, least=0),
        amount=estimates(-10, 10),
        reasons=st.lists(_TEXT, max_size=1).map(tuple),
    )
    interaction = st.builds(
        Interaction, party=st.sampled_from(named), terms=conjunctions(table.issues), value=numbers(-1, 1)
    )
    fallback = tuple((i.key, draw(choices(i))) for i in table.issues if draw(st.booleans()))
    return {
        "indicators": indicators,
        "effects": tuple(draw(st.lists(effect, max_size=2))) if free else (),
        "valuations": tuple(valuations),
        "interactions": tuple(draw(st.lists(interaction, max_size=2))),
        "reversion": Reversion(draw(texts()), draw(texts()), fallback),
        "deadline": TableDeadline(draw(texts()), draw(moments()), draw(st.integers(1, 50)), draw(estimates(0, 1))),
        "title": draw(texts()),
        "title_nl": draw(texts()),
        "as_of": draw(moments()),
        "note": draw(texts()),
    }
