"""Random tables for property tests: small enough to enumerate, with coarse numbers so that ties are common."""

from typing import Any

from hypothesis import strategies as st

from treves.model.decision_rule import DecisionRule, RuleKind
from treves.model.table import (
    Budget,
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
    Scale,
    Table,
    Term,
    Valuation,
)

PLACES = st.sampled_from((0.0, 10.0, 25.0, 30.0, 50.0, 70.0, 100.0))
PARTS = st.sampled_from((0.0, 0.1, 0.25, 0.3, 0.5, 0.7, 1.0))


@st.composite
def issues(draw: st.DrawFn, key: str) -> Issue:
    """An issue of any scale with one to four choices."""
    scale = draw(st.sampled_from(Scale))
    if scale is Scale.RANGE:
        low = draw(st.sampled_from((-1.0, 0.0, 0.1)))
        return Issue(
            key,
            scale=scale,
            low=low,
            high=round(low + draw(st.sampled_from((0.3, 7.0))), 9),
            steps=draw(st.integers(2, 4)),
        )
    count = draw(st.integers(1, 4))
    ordered = scale is Scale.ORDERED
    return Issue(
        key, scale=scale, options=tuple(Option(f"o{i}", at=draw(PLACES) if ordered else None) for i in range(count))
    )


@st.composite
def terms(draw: st.DrawFn, listed: tuple[Issue, ...], *, most: int = 2, least: int = 1) -> tuple[Term, ...]:
    """Conditions on one or more issues."""
    found = []
    for _ in range(draw(st.integers(least, most))):
        issue = draw(st.sampled_from(listed))
        if issue.options:
            keys = draw(st.sets(st.sampled_from([o.key for o in issue.options]), min_size=1))
            found.append(Term(issue.key, options=tuple(sorted(keys))))
        else:
            bound = issue.bounds[0] + draw(PARTS) * (issue.bounds[1] - issue.bounds[0])
            found.append(Term(issue.key, low=bound) if draw(st.booleans()) else Term(issue.key, high=bound))
    return tuple(found)


@st.composite
def _position(draw: st.DrawFn, party: str, issue: Issue) -> Position:
    salience = Estimate(draw(st.sampled_from((0.0, 0.1, 0.2, 0.3, 1.0, 2.0))))
    low, high = issue.bounds
    point = None if issue.scale is Scale.UNORDERED else Estimate(round(low + draw(PARTS) * (high - low), 9))
    given_values = issue.scale is Scale.UNORDERED or (issue.options and draw(st.integers(0, 4)) == 0)
    values = tuple((o.key, draw(PARTS)) for o in issue.options) if given_values else ()
    return Position(party, issue.key, point, salience, values)


@st.composite
def rules(draw: st.DrawFn, parties: list[str]) -> DecisionRule:
    """A decision rule of any kind, sometimes with a veto and sometimes without some parties."""
    some = st.sets(st.sampled_from(parties), min_size=1).map(lambda s: tuple(sorted(s)))
    veto = draw(some) if draw(st.integers(0, 3)) == 0 else ()
    kind = draw(st.sampled_from(RuleKind))
    counted = draw(some) if draw(st.integers(0, 3)) == 0 else ()
    winning = tuple(draw(st.lists(some, min_size=1, max_size=3))) if kind is RuleKind.COALITIONS else ()
    return DecisionRule(kind, veto=veto, winning=winning, parties=counted)


@st.composite
def tables(draw: st.DrawFn, *, additive: bool = False, unanimous: bool = False, most_parties: int = 5) -> Table:
    """A table of two to `most_parties` parties and one to five issues, with all that a table can hold."""
    listed = tuple(draw(issues(f"i{n}")) for n in range(draw(st.integers(1, 5))))
    keys = [f"p{n}" for n in range(draw(st.integers(2, most_parties)))]
    made: dict[str, Any] = {}
    if not additive:
        made["interactions"] = tuple(
            Interaction(p, draw(terms(listed)), draw(st.sampled_from((-0.3, 0.1, 0.25))))
            for p in keys
            if draw(st.booleans())
        )
    if draw(st.booleans()):
        made["indicators"] = (Indicator("n", draw(st.sampled_from((0.0, 5.0, 12.0)))),)
        made["effects"] = tuple(
            Effect(
                "n", draw(terms(listed, most=1 if additive else 2)), Estimate(draw(st.sampled_from((-3.0, 1.0, 2.0))))
            )
            for _ in range(draw(st.integers(0, 3)))
        )
        best = 100.0 if additive else 10.0
        made["valuations"] = tuple(
            Valuation(p, "n", best=best, worst=-100.0 if additive else 0.0) for p in keys if draw(st.booleans())
        )
    parties = tuple(
        Party(
            key,
            seats=draw(st.integers(1, 5)),
            reservation=Estimate(draw(PARTS) / 2) if draw(st.booleans()) else None,
            mandate=Mandate(within=draw(terms(listed, most=1))) if draw(st.integers(0, 5)) == 0 else None,
        )
        for key in keys
    )
    return Table(
        "random",
        listed,
        parties,
        tuple(draw(_position(p, i)) for p in keys for i in listed if draw(st.integers(0, 9)) > 0),
        rule=DecisionRule() if unanimous else draw(rules(keys)),
        red_lines=tuple(
            RedLine(draw(st.sampled_from(keys)), draw(terms(listed)), Estimate(draw(st.sampled_from((0.2, 0.5, 0.9)))))
            for _ in range(draw(st.integers(0, 3)))
        ),
        constraints=tuple(
            Constraint(f"c{n}", draw(terms(listed, least=0)), draw(terms(listed, least=0)))
            for n in range(draw(st.integers(0, 2)))
        ),
        budgets=tuple(draw(_budget(f"b{n}", listed)) for n in range(draw(st.integers(0, 2)))),
        **made,
    )


@st.composite
def _budget(draw: st.DrawFn, key: str, listed: tuple[Issue, ...]) -> Budget:
    amounts = st.sampled_from((-0.2, 0.1, 0.2, 0.3, 1.0, 2.0))
    costs = tuple(
        Cost(i.key, draw(amounts), o.key if o else "")
        for i in listed
        for o in (i.options or (None,))
        if draw(st.booleans())
    )
    return Budget(key, draw(st.sampled_from((0.3, 0.6, 1.0, 3.0))), costs)
