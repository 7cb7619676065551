"""The data of the asylum chain: parameter files, levers, options, stages and rules; and what is refused."""

from __future__ import annotations

import ast
import re
import xml.etree.ElementTree as ET
from datetime import date
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import treves
from treves.model.policy import LeverKind, Parameter, Reform, Value
from treves.policy.asylum import rules
from treves.policy.asylum.catalogue import INDICATORS, LEVERS, REFORMS
from treves.policy.asylum.country import country, read_country
from treves.policy.asylum.layout import HISTORY, NUMBERS
from treves.policy.asylum.model import germany, netherlands
from treves.policy.asylum.options import in_court, plan_of, with_start
from treves.policy.asylum.picture import stock_flow_svg
from treves.policy.asylum.stages import STAGES, STOCKS, WAYS, mermaid
from treves.policy.files import ParameterFileBroken
from treves.policy.settings import PeriodRefused, SettingRefused, UnknownLever, settings_of

DOCS = Path(treves.__file__).parent.parent.parent / "docs"
FILE = (resources.files("treves.policy.asylum") / "nl" / "parameters.toml").read_text(encoding="utf-8")
FLAT = np.ones(12)


def option(**set_to: Value) -> Reform:
    """A reform with these settings."""
    return Reform("option", "Option", settings=tuple(set_to.items()))


@pytest.mark.parametrize("key", ["nl", "de"])
def test_every_value_has_a_source_or_is_an_assumption(key: str) -> None:
    """With unit, period and labels in two languages; assumptions are wide."""
    place = country(key)
    for dated in place.dated:
        for since, parameter in dated.values:
            assert parameter.source.title or parameter.assumption, (dated.key, since)
            assert parameter.unit and parameter.period and parameter.label and parameter.label_nl
            if parameter.assumption:
                width = parameter.high - parameter.low
                assert width >= 0.1 * abs(parameter.value), (dated.key, since)
    assert all(source.title or column == "relatives" or key == "de" for column, source in place.sources.items())


def test_a_run_takes_the_values_that_were_known() -> None:
    """The later the start, the later the figures."""
    then, now = ({p.key: p for p in netherlands().at(date(year, 7, 1))} for year in (2023, 2026))
    assert (then["family_pending"].value, now["family_pending"].value) == (22_000, 66_000)
    assert then["housing_task"].value == 27_300
    assert germany().at(date(2018, 8, 1))[NUMBERS.index("family_pending")].value == 43_000


def test_shares_and_seasons_are_whole() -> None:
    """Groups add up to all applicants, months to a year."""
    place = country("nl")
    assert len(place.nationalities) == 10
    assert sum(n.share for n in place.nationalities) == pytest.approx(1)
    assert place.season.mean() == pytest.approx(1)
    assert place.season[9] > place.season[1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[parameters.approval]", "[parameters.aproval]", "aproval: it lacks values"),
        ("[[parameters.approval.values]]", "[[parameters.approval.valeus]]", "approval: it has unknown keys: valeus"),
        ("value = 38200", "value = 58200", r"inflow \(2023-01\): 58200.0 with interval"),
        ("share = 0.339", "share = 0.939", "the shares add up to 1.6"),
        ("share_b = 0.925", "share_b = 1.925", r"groups.rows.SYR.share_b: 1.925 is not from 0.0 to 1.0"),
        ("grant = 0.961", "grant = '?'", "groups.rows.SYR.grant: '[?]' is no number"),
        ("values = [0.783, ", "values = [", "season.values: it needs twelve values"),
        ("values = [0.783, ", "values = [0, ", "season.values: a month needs more than 0"),
        ('source = "AIDA Netherlands 2023 update (IND)"', 'source = ""', "groups.columns.share: it has no source"),
        ("[groups.rows.SYR]", "[groups.rows.SYR", "cannot be read"),
        ('label_nl = "Syrië"', "", "groups.rows.SYR: it lacks a label"),
    ],
)  # fmt: skip
def test_a_damaged_file_names_file_and_key(old: str, new: str, said: str) -> None:
    """Whatever is wrong in it."""
    assert old in FILE
    with pytest.raises(ParameterFileBroken, match=said) as error:
        read_country(FILE.replace(old, new, 1), key="nl", name="nl/parameters.toml")
    assert "nl/parameters.toml" in str(error.value)


def test_a_country_has_the_parameters_of_the_chain_and_no_others() -> None:
    """What is missing or too many is named."""
    with pytest.raises(ParameterFileBroken, match=r"parameters\.approval: it is missing"):
        read_country(FILE.replace("parameters.approval", "parameters.aproval"), key="nl", name="nl/parameters.toml")
    more = FILE + FILE[FILE.index("[parameters.fill_rate]") :].replace("fill_rate", "filling")
    with pytest.raises(ParameterFileBroken, match=r"parameters\.filling: the chain has no such parameter"):
        read_country(more, key="nl", name="nl/parameters.toml")


def test_a_country_without_a_file_is_an_error() -> None:
    """It names the file that is missing."""
    with pytest.raises(ParameterFileBroken, match=r"fr/parameters\.toml"):
        country("fr")


def test_indicators_name_parameters_that_there_are() -> None:
    """And have labels in two languages; an explanation holds their sources."""
    for indicator in INDICATORS:
        assert set(indicator.drivers) <= set(NUMBERS)
        assert indicator.label and indicator.label_nl and indicator.unit
    told = netherlands().explain("pending")
    assert {p.key for p in told.parameters} == set(told.indicator.drivers)
    assert {p.key for p in netherlands().explain("arrivals").assumed} >= {"visa_lag", "income_24"}


def test_indicators_depend_on_what_they_say_and_on_nothing_else() -> None:
    """Moving any other parameter to an end of its interval changes nothing, under an option that uses most rules."""
    model = netherlands()
    base = {p.key: p.value for p in model.parameters}
    names = list(base)
    values = {k: np.full(2 * len(names) + 1, v) for k, v in base.items()}
    for place, parameter in enumerate(model.parameters):
        values[parameter.key][2 * place : 2 * place + 2] = parameter.low, parameter.high
    reform = option(two_status=True, wait=12, income=True, hardship_cap=50, core_family=True)
    found = model.simulate(reform, values, months=36, start=model.start)
    for row, indicator in enumerate(INDICATORS):
        for place, name in enumerate(names):
            if indicator.drivers and name not in indicator.drivers:
                moved = found[2 * place : 2 * place + 2, row]
                assert np.array_equal(np.nan_to_num(moved), np.nan_to_num(found[[-1, -1], row])), (indicator.key, name)


def test_options_set_levers_that_there_are() -> None:
    """Each ready-made one can be planned; the first is the baseline; a lever's default is the baseline's setting."""
    assert REFORMS[0].settings == ()
    assert {r.key for r in REFORMS} >= {
        "r1",
        "r2",
        "r3",
        "brake",
        "bill-36703",
        "deferral",
        "suspension-de",
        "quota-de",
    }
    for reform in REFORMS:
        assert reform.label and reform.label_nl
        plan_of(reform, months=3, start=date(2023, 7, 1), season=FLAT)
    assert all(lever.label and lever.label_nl for lever in LEVERS)
    assert {lever.kind for lever in LEVERS} == set(LeverKind)


def test_a_plan_says_which_rules_hold_when() -> None:
    """From the month of the start, until the month of the end or the ruling."""
    reform = with_start(option(two_status=True, cap=200, struck=date(2023, 12, 24)), date(2023, 9, 15))
    plan = plan_of(reform, months=8, start=date(2023, 7, 1), season=FLAT)
    assert plan["in_force"].tolist() == [False, False, True, True, True, False, False, False]
    assert plan["two_status"].tolist() == [False, False] + [True] * 6
    assert plan["since"][0] == HISTORY + 2
    assert plan["cap"][0] == 200
    assert plan["half_year"].tolist() == [True] + [False] * 5 + [True, False]
    assert np.isinf(plan_of(option(), months=1, start=date(2023, 7, 1), season=FLAT)["cap"][0])
    short = plan_of(option(months=2), months=4, start=date(2023, 7, 1), season=FLAT)
    assert short["in_force"].tolist() == [True, True, False, False]


@pytest.mark.parametrize(
    ("kind", "set_to", "said"),
    [
        (UnknownLever, {"kap": 200}, "'kap'.*cap"),
        (SettingRefused, {"cap": -5}, r"-5.*cap.*0.0 to 100000.0 persons/month"),
        (SettingRefused, {"cap": "-1"}, "cap"),
        (SettingRefused, {"transition": "all"}, "grants, applications, pending"),
        (PeriodRefused, {"start": "2024-01-01", "end": "2023-12-31"}, "2024-01-01.*end.*2023-12-31"),
        (PeriodRefused, {"start": date(2024, 1, 1), "struck": date(2023, 1, 1)}, "struck"),
        (PeriodRefused, {"struck": date(2023, 6, 1)}, "2023-07-01.*struck"),
    ],
)
def test_options_that_cannot_be_are_refused(kind: type[Exception], set_to: dict[str, Value], said: str) -> None:
    """Before anything is run, naming lever and value."""
    with pytest.raises(kind, match=said):
        netherlands().run([option(**set_to)], draws=1, months=1)


def test_chances_and_given_figures_are_checked() -> None:
    """A chance is 0 to 1; figures are for all months and for what can be given."""
    with pytest.raises(SettingRefused, match=r"1\.5"):
        in_court(REFORMS[2], struck=date(2025, 1, 1), chance=1.5)
    for given_ in ({"inflow": [1.0]}, {"inflows": [1.0, 2.0]}):
        with pytest.raises(SettingRefused, match="inflow"):
            plan_of(REFORMS[0], months=2, start=date(2023, 7, 1), season=FLAT, given=given_)


def test_the_stages_are_one_chain() -> None:
    """Ways join stages that there are; every stage can be reached, and every stage but the ends is left."""
    assert len(set(STOCKS)) == len(STAGES)
    entered, left = {way.target for way in WAYS}, {way.source for way in WAYS}
    for stage in STAGES:
        assert stage.key in entered
        assert (stage.key in left) == (stage.kind != "out")
        assert stage.label and stage.label_nl
    assert (entered | left) - {""} == set(STOCKS)
    strands = {stage.key: stage.strand for stage in STAGES}
    assert all(way.source == "" or strands[way.source] == strands[way.target] for way in WAYS)


def test_the_picture_in_the_docs_is_drawn_from_the_stages() -> None:
    """It is the one that the data gives, and has a Dutch one beside it."""
    page = (DOCS / "policy-asylum.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{mermaid()}```" in page
    assert "Werkvoorraad" not in mermaid() and "Statushouders in de opvang" in mermaid("nl")
    assert all(f'-->|"{way.label}"| {way.target}' in mermaid() for way in WAYS)


def test_the_docs_name_every_parameter_lever_and_option() -> None:
    """Nothing is missing from the page on the chain."""
    page = (DOCS / "policy-asylum.md").read_text(encoding="utf-8")
    for name in (*NUMBERS, *(lever.key for lever in LEVERS), *(r.key for r in REFORMS)):
        assert re.search(rf"`{name}`", page), name


def row(parameter: Parameter) -> str:
    """How the page shows a parameter."""
    span = f"{parameter.value:,.6g}"
    if not parameter.exact:
        span += f" ({parameter.low:,.6g} to {parameter.high:,.6g})"
    basis = "**assumption**" if parameter.assumption else parameter.source.title
    return f"| `{parameter.key}` | {parameter.label} | {span} {parameter.unit} | {basis} |"


def test_the_docs_show_the_values_in_use() -> None:
    """The table of parameters is that of July 2023; levers and options are told by their labels."""
    page = (DOCS / "policy-asylum.md").read_text(encoding="utf-8")
    assert [p.key for p in netherlands().parameters if row(p) not in page] == []
    shown = [(lever.key, lever.label) for lever in LEVERS] + [(reform.key, reform.label) for reform in REFORMS]
    assert all(f"| `{key}` | {label} |" in page for key, label in shown)


def test_the_picture_is_a_document_of_its_own() -> None:
    """Well-formed, with a name, every stage and way, in two languages."""
    for language in ("en", "nl"):
        tree = ET.fromstring(stock_flow_svg(language))
        told = " ".join("".join(node.itertext()) for node in tree.iter())
        assert all(way.told(language) in told for way in WAYS if way.source)
        assert all(word in told for stage in STAGES for word in stage.told(language).split())
        assert tree.attrib["aria-label"]
    assert "Nareis" in stock_flow_svg("nl")


def test_rules_are_pure_and_need_no_library() -> None:
    """The module of the rules imports nothing, so that anything can use it."""
    source = (Path(treves.__file__).parent / "policy" / "asylum" / "rules.py").read_text(encoding="utf-8")
    imports = [node for node in ast.walk(ast.parse(source)) if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert [ast.unparse(node) for node in imports] == ["from __future__ import annotations"]


@given(st.floats(0.01, 30), st.integers(0, 60))
def test_wanting_to_apply_only_grows(mean: float, months: int) -> None:
    """From nobody to everybody."""
    before, after = rules.not_yet(mean, months - 1), rules.not_yet(mean, months)
    assert 1 >= before >= after >= 0
    assert rules.not_yet(mean, rules.LAST_APPLICATION) == 0


@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 200))
def test_means_only_grow(by_24: float, by_60: float, months: int) -> None:
    """Up to all; with the shares that were asked for at 24 and 60 months."""
    assert 0 <= rules.income_share(by_24, by_60, months) <= rules.income_share(by_24, by_60, months + 1) <= 1
    assert rules.income_share(by_24, by_60, 24) == pytest.approx(by_24)
    assert rules.income_share(by_24, by_60, 60) == pytest.approx(min(1, by_24 + by_60))


def test_conditions_of_a_person_are_yes_or_no() -> None:
    """All that are asked for must be met."""
    assert rules.conditions_met(24, (True, True), 24, (1.0, 1.0)) == 1
    assert rules.conditions_met(24, (True, True), 23, (1.0, 1.0)) == 0
    assert rules.conditions_met(24, (True, False), 30, (0.0, 1.0)) == 0
    assert rules.conditions_met(0, (False, True), 3, (0.0, 0.4)) == 0.4
    assert (rules.brake_met(24, 3, 0.2), rules.brake_met(24, 24, 0.2)) == (0.2, 1)
    assert rules.newly_met(0.2, 0.6) == pytest.approx(0.5)
    assert rules.newly_met(0.6, 0.2) == 0


def test_who_falls_under_a_measure() -> None:
    """By the month of the grant, of the application, or all."""
    assert [rules.falls_under(rule, 10, 9, 11) for rule in (0, 1, 2)] == [False, True, True]
    assert [rules.falls_under(rule, 10, 10, 9) for rule in (0, 1, 2)] == [True, False, True]
    assert settings_of(LEVERS, REFORMS[0])["transition"] == "applications"
