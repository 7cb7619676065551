"""Every mistake in a table is found, at its place, with words that name it; a sound table has none."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import attrs
import pytest

from treves.model.decision_rule import DecisionRule, RuleKind
from treves.model.findings import Finding, Severity
from treves.model.table import (
    Budget,
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

LIMIT = Issue("limit", options=(Option("none", at=0), Option("some", at=50), Option("full", at=100)))
WHO = Issue("who", scale=Scale.UNORDERED, options=(Option("state"), Option("town")))
MONEY = Issue("money", scale=Scale.RANGE, low=10, high=20)
SOUND = Table(
    "t",
    (LIMIT, WHO, MONEY),
    (Party("a", seats=3), Party("b", seats=2)),
    (
        Position("a", "limit", Estimate(20, 0, 50)),
        Position("a", "who", values=(("state", 1), ("town", 0.5))),
        Position("b", "money", Estimate(12)),
    ),
    red_lines=(RedLine("a", (Term("limit", ("full",)),)),),
    constraints=(Constraint("c", (Term("who", ("town",)),), (Term("limit", ("none", "some")),)),),
    budgets=(Budget("m", 30, (Cost("limit", 5, "full"), Cost("money", 1))),),
    indicators=(Indicator("flow", 5),),
    effects=(Effect("flow", (Term("limit", low=50),), Estimate(-2)),),
    valuations=(Valuation("b", "flow", 0, 10),),
    interactions=(Interaction("a", (Term("limit", ("some",)), Term("who", ("town",))), 0.1),),
    reversion=Reversion("it ends", package=(("limit", "none"), ("money", 10))),
)


def codes(table: Table, severity: Severity | None = None) -> list[str]:
    """The codes of what is found."""
    return [f.code for f in problems(table) if severity in (None, f.severity)]


def only(table: Table) -> Finding:
    """The one finding."""
    (finding,) = problems(table)
    return finding


def change(**parts: Any) -> Table:
    """The sound table with other parts."""
    return attrs.evolve(SOUND, **parts)


def with_issue(issue: Issue) -> Table:
    """The sound table with one more issue."""
    return change(issues=(*SOUND.issues, issue))


def with_position(position: Position) -> Table:
    """The sound table with one more position."""
    return change(positions=(*SOUND.positions, position))


def with_party(**parts: Any) -> Table:
    """The sound table with a party changed."""
    return change(parties=(attrs.evolve(SOUND.parties[0], **parts), SOUND.parties[1]))


def with_constraints(*pairs: tuple[tuple[Term, ...], tuple[Term, ...]]) -> Table:
    """The sound table with these constraints, called k1, k2 and so on."""
    return change(constraints=tuple(Constraint(f"k{n}", *pair) for n, pair in enumerate(pairs, 1)))


def test_a_sound_table_has_no_findings() -> None:
    """Nothing is found where nothing is wrong."""
    assert problems(SOUND) == ()


@pytest.mark.parametrize(
    ("table", "code", "where"),
    [
        (change(issues=(*SOUND.issues, LIMIT)), "duplicate-key", "issues.limit"),
        (change(parties=(*SOUND.parties, Party("a", seats=1))), "duplicate-key", "parties.a"),
        (change(key=" t"), "bad-key", "key"),
        (with_issue(Issue("", options=(Option("x", at=1),))), "bad-key", "issues."),
        (with_issue(Issue("x\ny", options=(Option("x", at=1),))), "bad-key", "issues.x\ny"),
        (change(indicators=(Indicator("flow", 5), Indicator("who", 1))), "shared-key", "indicators.who"),
        (with_issue(Issue("x")), "no-options", "issues.x.options"),
        (with_issue(Issue("x", options=(Option("o"),))), "no-place", "issues.x.options.o"),
        (with_issue(Issue("x", options=(Option("o", at=101),))), "off-scale", "issues.x.options.o"),
        (with_issue(Issue("x", options=(Option("o", at=float("nan")),))), "off-scale", "issues.x.options.o"),
        (with_issue(Issue("x", scale=Scale.RANGE)), "no-bounds", "issues.x"),
        (with_issue(Issue("x", scale=Scale.RANGE, low=3, high=3)), "empty-range", "issues.x"),
        (with_issue(Issue("x", scale=Scale.RANGE, low=3, high=float("inf"))), "not-finite", "issues.x.high"),
        (with_issue(Issue("x", scale=Scale.RANGE, low=0, high=3, steps=1)), "out-of-range", "issues.x.steps"),
        (
            with_issue(Issue("x", scale=Scale.RANGE, low=0, high=3, options=(Option("o", at=1),))),
            "options-on-range",
            "issues.x.options",
        ),
        (with_party(seats=-1.0), "out-of-range", "parties.a.seats"),
        (with_party(capability=Estimate(1.5)), "out-of-range", "parties.a.capability"),
        (with_party(reservation=Estimate(0.5, 0.6, 0.9)), "estimate-order", "parties.a.reservation"),
        (with_party(reversion_value=Estimate(0.5, -0.1, 0.9)), "out-of-range", "parties.a.reversion_value"),
        (with_party(conduct=Conduct(bluff=Estimate(2))), "out-of-range", "parties.a.conduct.bluff"),
        (with_party(conduct=Conduct(concession=Estimate(0))), "out-of-range", "parties.a.conduct.concession"),
        (
            with_party(mandate=Mandate(within=(Term("limit", ("half",)),))),
            "unknown-option",
            "parties.a.mandate.within.limit",
        ),
        (with_position(Position("c", "limit", Estimate(1))), "unknown-party", "parties.c.positions.limit"),
        (with_position(Position("b", "tax", Estimate(1))), "unknown-issue", "parties.b.positions.tax"),
        (with_position(Position("a", "limit", Estimate(1))), "stated-twice", "parties.a.positions.limit"),
        (with_position(Position("b", "limit", Estimate(120))), "out-of-range", "parties.b.positions.limit.point"),
        (
            with_position(Position("b", "limit", Estimate(20, 30, 40))),
            "estimate-order",
            "parties.b.positions.limit.point",
        ),
        (with_position(Position("b", "limit")), "no-point", "parties.b.positions.limit"),
        (with_position(Position("b", "who")), "no-values", "parties.b.positions.who.values"),
        (with_position(Position("b", "who", values=(("state", 1),))), "no-values", "parties.b.positions.who.values"),
        (
            with_position(Position("b", "who", Estimate(3), values=(("state", 1), ("town", 0)))),
            "point-on-unordered",
            "parties.b.positions.who.point",
        ),
        (
            with_position(Position("b", "who", values=(("state", 1), ("town", 2)))),
            "out-of-range",
            "parties.b.positions.who.values.town",
        ),
        (
            with_position(Position("b", "who", values=(("state", 1), ("town", 1), ("king", 1)))),
            "unknown-option",
            "parties.b.positions.who.values.king",
        ),
        (
            with_position(Position("b", "limit", Estimate(1), Estimate(-1))),
            "out-of-range",
            "parties.b.positions.limit.salience",
        ),
        (change(red_lines=(RedLine("c", (Term("limit", ("full",)),)),)), "unknown-party", "parties.c.red_lines.1"),
        (change(red_lines=(RedLine("a", ()),)), "empty-red-line", "parties.a.red_lines.1"),
        (
            change(red_lines=(SOUND.red_lines[0], RedLine("a", (Term("limit", ("half",)),)))),
            "unknown-option",
            "parties.a.red_lines.2.refuses.limit",
        ),
        (
            change(red_lines=(RedLine("a", (Term("limit", ("full",)),), Estimate(1.1)),)),
            "out-of-range",
            "parties.a.red_lines.1.firmness",
        ),
        (change(red_lines=(RedLine("a", (Term("limit"),)),)), "bad-term", "parties.a.red_lines.1.refuses.limit"),
        (
            change(red_lines=(RedLine("a", (Term("limit", ("full",), 1),)),)),
            "bad-term",
            "parties.a.red_lines.1.refuses.limit",
        ),
        (
            change(red_lines=(RedLine("a", (Term("who", low=1),)),)),
            "bounds-on-unordered",
            "parties.a.red_lines.1.refuses.who",
        ),
        (
            change(red_lines=(RedLine("a", (Term("money", low=15, high=12),)),)),
            "empty-bounds",
            "parties.a.red_lines.1.refuses.money",
        ),
        (change(interactions=(Interaction("a", (), 0.1),)), "empty-interaction", "parties.a.interactions.1"),
        (
            change(interactions=(Interaction("a", (Term("limit", ("some",)),), 2),)),
            "out-of-range",
            "parties.a.interactions.1.value",
        ),
        (with_constraints(((), ())), "empty-constraint", "constraints.k1"),
        (with_constraints(((), (Term("tax", ("x",)),))), "unknown-issue", "constraints.k1.then.tax"),
        (change(budgets=(Budget("m", 1, (Cost("tax", 1),)),)), "unknown-issue", "budgets.m.costs.tax"),
        (
            change(budgets=(Budget("m", 1, (Cost("limit", 1, "half"),)),)),
            "unknown-option",
            "budgets.m.costs.limit.half",
        ),
        (change(budgets=(Budget("m", 1, (Cost("limit", 1),)),)), "no-option", "budgets.m.costs.limit"),
        (
            change(budgets=(Budget("m", 9, (Cost("limit", 1, "some"), Cost("limit", 2, "some"))),)),
            "cost-twice",
            "budgets.m.costs.limit.some",
        ),
        (change(budgets=(Budget("m", float("nan")),)), "not-finite", "budgets.m.limit"),
        (change(effects=(Effect("tide", (), Estimate(1)),)), "unknown-indicator", "effects.1"),
        (change(effects=(Effect("flow", (), Estimate(1, 2, 3)),)), "estimate-order", "effects.1.amount"),
        (change(valuations=(Valuation("b", "tide", 0, 1),)), "unknown-indicator", "parties.b.valuations.tide"),
        (change(valuations=(Valuation("b", "flow", 1, 1),)), "best-is-worst", "parties.b.valuations.flow"),
        (change(reversion=Reversion(package=(("tax", "x"),))), "unknown-issue", "reversion.package.tax"),
        (change(reversion=Reversion(package=(("limit", "half"),))), "unknown-option", "reversion.package.limit"),
        (change(reversion=Reversion(package=(("limit", 5.0),))), "unknown-option", "reversion.package.limit"),
        (change(reversion=Reversion(package=(("money", 5.0),))), "out-of-range", "reversion.package.money"),
        (
            change(reversion=Reversion(package=(("limit", "none"), ("limit", "some")))),
            "stated-twice-fallback",
            "reversion.package.limit",
        ),
        (change(deadline=TableDeadline(rounds=0)), "out-of-range", "deadline.rounds"),
        (change(deadline=TableDeadline(firmness=Estimate(3))), "out-of-range", "deadline.firmness"),
        (change(deadline=TableDeadline(when=datetime(2023, 7, 7))), "no-zone", "deadline.when"),  # noqa: DTZ001
        (change(as_of=datetime(2023, 7, 7)), "no-zone", "as_of"),  # noqa: DTZ001
        (change(rule=DecisionRule(veto=("z",))), "unknown-party", "rule.veto"),
        (change(rule=DecisionRule(parties=("z",))), "unknown-party", "rule.parties"),
        (change(rule=DecisionRule(setter="z")), "unknown-party", "rule.setter"),
        (change(rule=DecisionRule(RuleKind.WEIGHTED, quota=0)), "bad-quota", "rule.quota"),
        (change(rule=DecisionRule(RuleKind.WEIGHTED, quota=6)), "bad-quota", "rule.quota"),
        (change(rule=DecisionRule(RuleKind.WEIGHTED, quota=3, parties=("b",))), "bad-quota", "rule.quota"),
        (change(rule=DecisionRule(RuleKind.WEIGHTED, quota=float("nan"))), "not-finite", "rule.quota"),
        (change(rule=DecisionRule(RuleKind.COALITIONS)), "no-coalitions", "rule.winning"),
        (change(rule=DecisionRule(RuleKind.COALITIONS, winning=((),))), "empty-coalition", "rule.winning.1"),
        (change(rule=DecisionRule(RuleKind.COALITIONS, winning=(("a", "z"),))), "unknown-party", "rule.winning.1"),
        (
            change(rule=DecisionRule(RuleKind.COALITIONS, winning=(("a", "b"),), parties=("a",))),
            "outside-voters",
            "rule.winning.1",
        ),
    ],
)
def test_errors(table: Table, code: str, where: str) -> None:
    """Each mistake is one finding, at its place, with its name in words."""
    finding = only(table)
    assert (finding.code, finding.where, finding.severity) == (code, where, Severity.ERROR)
    assert finding.message
    assert finding.hint
    assert "{" not in finding.message + finding.hint


@pytest.mark.parametrize(
    ("table", "code", "where"),
    [
        (change(parties=(*SOUND.parties, Party("c", seats=1))), "indifferent", "parties.c"),
        (with_issue(Issue("x", low=1, options=(Option("o", at=1),))), "bounds-ignored", "issues.x"),
        (
            with_issue(Issue("x", options=(Option("o", at=9), Option("p", at=1)))),
            "options-out-of-order",
            "issues.x.options",
        ),
        (
            with_issue(Issue("x", scale=Scale.UNORDERED, options=(Option("o", at=9),))),
            "place-ignored",
            "issues.x.options.o",
        ),
        (
            change(red_lines=(RedLine("a", (Term("limit", low=0),)),)),
            "refuses-everything",
            "parties.a.red_lines.1",
        ),
        (
            change(red_lines=(RedLine("a", (Term("money", high=20), Term("who", ("state", "town")))),)),
            "refuses-everything",
            "parties.a.red_lines.1",
        ),
        (
            change(red_lines=(RedLine("a", (Term("limit", low=60, high=90),)),)),
            "never-holds",
            "parties.a.red_lines.1.refuses.limit",
        ),
        (
            change(red_lines=(RedLine("a", (Term("money", low=30),)),)),
            "never-holds",
            "parties.a.red_lines.1.refuses.money",
        ),
        (change(budgets=(Budget("m", -1, (Cost("limit", 0, "none"),)),)), "budget-out-of-reach", "budgets.m"),
        (change(budgets=(Budget("m", -30, (Cost("money", -2),)),)), "budget-out-of-reach", "budgets.m"),
        (change(rule=DecisionRule(RuleKind.WEIGHTED, quota=2)), "low-quota", "rule.quota"),
        (change(rule=DecisionRule(quota=2)), "quota-ignored", "rule.quota"),
        (change(rule=DecisionRule(winning=(("a",),))), "coalitions-ignored", "rule.winning"),
        (
            change(rule=DecisionRule(RuleKind.COALITIONS, winning=(("a", "b"), ("a",)))),
            "needless-coalition",
            "rule.winning.1",
        ),
    ],
)
def test_warnings(table: Table, code: str, where: str) -> None:
    """What is odd is told, but does not make the table useless."""
    finding = only(table)
    assert (finding.code, finding.where, finding.severity) == (code, where, Severity.WARNING)
    assert finding.message


def test_budgets_within_reach_are_sound() -> None:
    """A yield on a range is reckoned at its best."""
    assert codes(change(budgets=(Budget("m", -20, (Cost("money", -2),)),))) == []


def test_salience_that_sums_to_nothing_names_the_party() -> None:
    """An issue more, with salience, puts it right."""
    nothing = tuple(attrs.evolve(p, salience=Estimate(0)) if p.party == "a" else p for p in SOUND.positions)
    finding = only(attrs.evolve(with_party(name="Alpha"), positions=nothing))
    assert (finding.code, finding.where) == ("no-salience", "parties.a.positions")
    assert "Alpha" in finding.message


def test_an_empty_table_says_what_is_missing() -> None:
    """No issues and no parties are two mistakes."""
    assert codes(Table("t", (), ())) == ["no-issues", "no-parties"]


def test_a_weighted_rule_needs_votes() -> None:
    """Parties that all have no seats cannot vote by them."""
    table = change(parties=(Party("a", seats=0), Party("b", seats=0)), rule=DecisionRule(RuleKind.WEIGHTED))
    assert codes(table) == ["no-votes"]


def needs(issue: str, option: str, other: str, needed: str) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """A constraint: an option needs one of another issue."""
    return (Term(issue, (option,)),), (Term(other, (needed,)),)


THIRD = Issue("third", options=(Option("x", at=0), Option("y", at=100)))
CIRCLE = (
    needs("limit", "full", "who", "state"),
    needs("who", "state", "third", "y"),
    needs("third", "y", "limit", "full"),
)


def test_constraints_in_a_circle_are_told_once_with_their_chain() -> None:
    """Each choice needs the next, and the last the first; the chain names them all."""
    table = attrs.evolve(with_constraints(*CIRCLE), issues=(*SOUND.issues, THIRD))
    finding = only(table)
    assert (finding.code, finding.severity, finding.where) == ("circular-constraints", Severity.ERROR, "constraints.k1")
    assert "limit: full → who: state → third: y → limit: full" in finding.message


def test_a_choice_that_rules_itself_out_is_told_with_its_chain() -> None:
    """It needs something that needs another choice on its own issue."""
    table = with_constraints(needs("limit", "full", "who", "state"), needs("who", "state", "limit", "none"))
    findings = {f.code: f for f in problems(table)}
    assert "limit: full → who: state → limit: none" in findings["self-excluding"].message


@pytest.mark.parametrize(
    "table", [with_constraints(CIRCLE[0]), with_constraints(*CIRCLE[:1], needs("who", "town", "limit", "none"))]
)
def test_chains_that_end_are_sound(table: Table) -> None:
    """Constraints that follow one another are no circle."""
    assert codes(table) == []


def test_bounds_and_lists_are_followed_where_they_mean_one_option() -> None:
    """From 60 up there is only the option "full" on this scale; a choice of two needs nothing in particular."""
    circle = with_constraints(
        ((Term("limit", low=60),), (Term("who", ("state",)),)), needs("who", "state", "limit", "full")
    )
    assert codes(circle) == ["circular-constraints"]
    open_end = with_constraints(
        needs("limit", "full", "who", "state"), ((Term("who", ("state",)),), (Term("limit", ("some", "full")),))
    )
    assert codes(open_end) == []


def test_many_mistakes_are_all_told() -> None:
    """One does not hide another."""
    table = attrs.evolve(
        with_issue(Issue("x", options=(Option("o", at=120), Option("o", at=3)))),
        deadline=TableDeadline(rounds=-1),
        rule=DecisionRule(veto=("z",)),
    )
    assert sorted(codes(table)) == [
        "duplicate-key",
        "off-scale",
        "options-out-of-order",
        "out-of-range",
        "unknown-party",
    ]
