"""Answers to one household: rule by rule with what each rests on, in two languages, and how long families like it wait."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from treves.model.policy import Reform, UnknownReform, Value
from treves.policy.asylum.household import Answer, Household, HouseholdRefused, Means, household
from treves.policy.asylum.household_rules import later
from treves.policy.asylum.household_texts import texts
from treves.policy.asylum.model import netherlands
from treves.policy.settings import UnknownLever

ASKED = Household(date(2024, 3, 15), spouse=True, children=2)
"""Granted B in March 2024; spouse and two children abroad, no income."""


def answer(option: Reform | str, asked: Household = ASKED, draws: int = 0, start: date | None = None) -> Answer:
    """The answer under one option."""
    (found,) = household(asked, [option], draws=draws, start=start)
    return found


def option(**set_to: Value) -> Reform:
    """A reform with these settings."""
    return Reform("option", "Option", "Optie", tuple(set_to.items()))


@pytest.mark.parametrize(
    ("key", "kind", "earliest", "needs"),
    [
        ("one-status", "at_once", date(2024, 3, 1), ()),
        ("two-status", "at_once", date(2024, 3, 1), ()),
        ("r1", "from", date(2026, 3, 1), ()),
        ("r1-no-wait", "at_once", date(2024, 3, 1), ()),
        ("r2", "conditions", date(2024, 3, 1), ("means",)),
        ("r3", "hardship", None, ()),
        ("brake", "from", date(2026, 3, 1), ()),
        ("bill-36703", "conditions", date(2026, 3, 1), ("means", "home")),
        ("deferral", "at_once", date(2024, 3, 1), ()),
        ("suspension-de", "from", date(2025, 7, 1), ()),
        ("quota-de", "at_once", date(2024, 3, 1), ()),
    ],
)
def test_from_when_by_the_rules(key: str, kind: str, earliest: date | None, needs: tuple[str, ...]) -> None:
    """Every ready-made option has its month and its conditions."""
    found = answer(key).ruling
    assert (found.kind, found.earliest, found.needs) == (kind, earliest, needs)
    assert found.count == 3


def test_every_option_is_answered_and_every_rule_has_a_source() -> None:
    """Without options all of the model's are; no rule stands without what it rests on."""
    found = household(ASKED, draws=0)
    assert [one.option for one in found] == [one.key for one in netherlands().reforms]
    for one in found:
        rows = one.rows()
        assert rows
        assert all(row["source"] and row["text"] for row in rows)
    assert {row["rule"] for one in found for row in one.rows()} >= {
        "wait",
        "income",
        "housing",
        "cap",
        "brake",
        "window",
    }


def test_an_option_may_rest_on_a_source_of_its_own() -> None:
    """The wait of R1 was told by another source than that of the bill."""
    sources = {
        key: next(r["source"] for r in answer(key).rows() if r["rule"] == "wait") for key in ("r1", "bill-36703")
    }
    assert "Kleur de Kamer" in sources["r1"]
    assert "36703" in sources["bill-36703"]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_wording_is_complete_in_both_languages(language: str) -> None:
    """No field is left unfilled; Dutch is not English."""
    for one in household(ASKED, draws=2):
        told = [one.told(language), *(row["text"] for row in one.rows(language))]
        assert not any("{" in text or "  " in text for text in told)
        assert all(text.endswith((".", ")")) for text in told)
    assert ("maart 2026" if language == "nl" else "March 2026") in answer("r1").told(language)


def test_both_languages_word_the_same() -> None:
    """What can be said in one language can be said in the other."""
    found = texts()
    assert set(found["words"]["en"]) == set(found["words"]["nl"])
    assert len(found["months"]["en"]) == len(found["months"]["nl"]) == 12
    assert all({"en", "nl", "source"} <= set(rule) for rule in found["rules"].values())
    assert all(set(own) <= set(found["rules"]) for own in found["sources"].values())


def test_status_a_is_free_of_the_limits() -> None:
    """An A holder may ask at once under the bill, but for relatives outside the core family."""
    with_a = attrs.evolve(ASKED, status="A", others=1)
    found = answer("bill-36703", with_a).ruling
    assert (found.kind, found.count) == ("at_once", 3)
    assert {step.rule for step in found.steps} == {"core_family", "status_a", "window", "term"}


def test_who_is_outside_the_core_family_stays() -> None:
    """An unmarried partner alone is left out under the bill, and comes without it."""
    alone = Household(date(2024, 3, 1), partner=True)
    found = answer("bill-36703", alone, draws=1)
    assert (found.ruling.kind, found.ruling.earliest, found.waiting) == ("excluded", None, None)
    assert answer("one-status", alone).ruling.kind == "at_once"
    mixed = answer("bill-36703", attrs.evolve(ASKED, others=2))
    assert "3 of the 5" in mixed.told()


def test_means_and_home_lift_the_conditions() -> None:
    """With means and a home only the wait is left; with means the brake does not hold."""
    rich = attrs.evolve(ASKED, means=Means.ENOUGH, home=True)
    assert answer("bill-36703", rich).ruling.kind == "from"
    assert answer("r2", rich).ruling.kind == "at_once"
    assert answer("brake", rich).ruling.kind == "at_once"


def test_a_measure_that_does_not_cover_the_household_is_told() -> None:
    """Granted before a measure for new grants, nothing changes; for new applications it does."""
    measure: dict[str, Value] = {"two_status": True, "suspended": True, "start": date(2024, 4, 1)}
    before = answer(option(transition="grants", **measure))
    assert before.ruling.kind == "at_once"
    assert before.ruling.steps[0].rule == "outside"
    assert "before it starts" in before.rows()[0]["text"]
    assert answer(option(transition="applications", **measure)).ruling.kind == "never"
    assert answer(option(transition="pending", **measure)).ruling.kind == "never"
    over = answer(option(two_status=True, suspended=True, start=date(2023, 7, 1), end=date(2024, 2, 1)))
    assert over.ruling.kind == "at_once"


def test_the_end_of_a_measure_frees_the_family() -> None:
    """A suspension until 2025, or a wait that a court strikes down, ends that month."""
    until = answer(option(two_status=True, suspended=True, end=date(2025, 5, 10)))
    assert until.ruling.earliest == date(2025, 5, 1)
    struck = answer(option(two_status=True, wait=24, struck=date(2025, 1, 1)))
    assert struck.ruling.earliest == date(2025, 1, 1)
    assert struck.ruling.steps[-1].rule == "over"
    late = answer(option(two_status=True, wait=24, struck=date(2030, 1, 1)))
    assert late.ruling.earliest == date(2026, 3, 1)


def test_families_wait_as_the_rules_say() -> None:
    """Nobody comes before the rules allow; a cap and a wait make it longer; who never gets means never comes."""
    found = {key: answer(key, draws=6).waiting for key in ("one-status", "r1", "r1-no-wait")}
    median = {key: one.median for key, one in found.items() if one is not None}
    assert median["one-status"] is not None and median["r1"] is not None and median["r1-no-wait"] is not None
    assert median["one-status"] < median["r1-no-wait"]
    assert median["r1"] > 24
    one = found["one-status"]
    assert one is not None and one.share > 0.9
    assert (one.low90 or 0) <= (one.low50 or 0) <= (one.median or 0) <= (one.high50 or 999) <= (one.high90 or 999)
    never = answer(option(two_status=True, income=True), attrs.evolve(ASKED, means=Means.NEVER), draws=4)
    assert never.waiting is not None
    assert (never.waiting.share, never.waiting.median, never.waiting.median_of_those) == (0.0, None, None)
    assert "none comes" in never.told()


def test_the_same_seed_gives_the_same_answer() -> None:
    """Answers can be repeated."""
    assert answer("r1", draws=3) == answer("r1", draws=3)


def test_branches_are_answered_one_by_one() -> None:
    """An option that may fail in court has an answer for each way."""
    from treves.policy.asylum.options import in_court

    found = household(ASKED, [in_court(option(two_status=True, wait=24), struck=date(2025, 1, 1))], draws=0)
    assert [one.option for one in found] == ["option/stands", "option/struck"]
    assert [one.ruling.earliest for one in found] == [date(2026, 3, 1), date(2025, 1, 1)]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Household(date(2024, 3, 1)), "nobody to come"),
        (Household(date(2024, 3, 1), spouse=True, children=-1), "-1 children"),
        (Household(date(2024, 3, 1), status="C", spouse=True), "no status 'C'"),
        (Household(date(2024, 3, 1), spouse=True, applies_after=99), "99 months"),
    ],
)
def test_households_that_cannot_be_are_refused(asked: Household, said: str) -> None:
    """The error names what is wrong, and what to give instead."""
    with pytest.raises(HouseholdRefused, match=said) as error:
        household(asked, draws=0)
    assert error.value.hint


def test_questions_that_cannot_be_are_refused() -> None:
    """A permit before the start, an unknown option and an unknown lever."""
    with pytest.raises(HouseholdRefused, match="2024-03-15"):
        household(ASKED, ["r1"], start=date(2024, 6, 1), draws=0)
    with pytest.raises(UnknownReform):
        household(ASKED, ["r9"], draws=0)
    with pytest.raises(UnknownLever):
        household(ASKED, [option(nothing=1)], draws=0)


def test_months_are_added_over_years() -> None:
    """Two years after March 2024 is March 2026; eleven months after December is November."""
    assert later(date(2024, 3, 15), 24) == date(2026, 3, 1)
    assert later(date(2024, 12, 1), 11) == date(2025, 11, 1)
