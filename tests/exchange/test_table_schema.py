"""The published schema, the examples and the templates agree with what the reader takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from table_strategies import tables

from treves.exchange.tables import layout
from treves.exchange.tables.reader import read_table
from treves.exchange.tables.starters import TEMPLATES, UnknownTemplate, table_schema, template_text
from treves.exchange.tables.writer import checked_apart, plain_table
from treves.model.table import Scale, Table
from treves.model.table_checks import problems

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples" / "tables").glob("*.yaml"))
PACKAGED = sorted((ROOT / "src" / "treves" / "exchange" / "tables" / "templates").glob("*.yaml"))


def validator() -> Any:
    """What checks against the schema."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    schema = json.loads(table_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_the_schema_of_the_docs_is_that_of_the_package() -> None:
    """One file, published twice."""
    assert (ROOT / "docs" / "table.schema.json").read_text(encoding="utf-8") == table_schema()


@pytest.mark.parametrize("path", [*EXAMPLES, *PACKAGED], ids=lambda p: p.stem)
def test_examples_fit_the_schema(path: Path) -> None:
    """As any editor would check them."""
    plain = json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))
    assert [e.message for e in validator().iter_errors(plain)] == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(tables())
def test_what_is_written_fits_the_schema(table: Table) -> None:
    """In both orders."""
    check = validator()
    for plain in (plain_table(table), checked_apart(table)):
        assert [e.message for e in check.iter_errors(plain)] == []


@pytest.mark.parametrize(
    "spoilt",
    [
        {"issues": {}},
        {"colour": "red"},
        {"rule": "anarchy"},
        {"parties": {"a": {"seats": -1}}},
        {"parties": {"a": {"reservation": 2}}},
        {"parties": {"a": {"positions": {"x": [1, 2]}}}},
        {"deadline": {"rounds": 0}},
        {"issues": {"x": {"options": {"a": 101}}}},
    ],
    ids=str,
)
def test_the_schema_refuses_mistakes(spoilt: dict[str, Any]) -> None:
    """It is more than a list of names."""
    sound = {"issues": {"x": {"options": {"a": 0, "b": 100}}}, "parties": {"a": {"positions": {"x": "a"}}}}
    assert validator().is_valid(sound)
    assert not validator().is_valid(sound | spoilt)


def test_the_schema_knows_the_names_that_the_reader_knows() -> None:
    """No more and no fewer."""
    schema = json.loads(table_schema())
    parts = schema["$defs"]
    party = parts["party"]["oneOf"][1]["properties"]
    issue = schema["properties"]["issues"]["oneOf"][1]["items"]["properties"]
    pairs = {
        layout.TABLE: schema["properties"],
        layout.ISSUE: parts["issue"]["properties"],
        ("key", *layout.ISSUE): issue,
        layout.OPTION: parts["option"]["properties"],
        layout.PARTY: party,
        layout.MANDATE: party["mandate"]["properties"],
        layout.CONDUCT: party["conduct"]["properties"],
        layout.POSITION: parts["position"]["oneOf"][-1]["properties"],
        layout.RED_LINE: party["red_lines"]["items"]["properties"],
        layout.INTERACTION: party["interactions"]["items"]["properties"],
        layout.VALUATION: party["valuations"]["additionalProperties"]["properties"],
        ("key", *layout.CONSTRAINT): parts["constraint"]["properties"],
        ("key", *layout.BUDGET): parts["budget"]["properties"],
        ("key", *layout.INDICATOR): parts["indicator"]["properties"],
        layout.EFFECT: schema["properties"]["effects"]["items"]["properties"],
        layout.RULE: parts["rule"]["oneOf"][1]["properties"],
        layout.REVERSION: schema["properties"]["reversion"]["oneOf"][1]["properties"],
        layout.DEADLINE: schema["properties"]["deadline"]["properties"],
        layout.TERM: parts["term"]["oneOf"][2]["properties"],
        layout.ESTIMATE: parts["estimate"]["oneOf"][2]["properties"],
    }
    for names, properties in pairs.items():
        assert set(names) == set(properties)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_examples_are_sound(path: Path) -> None:
    """Without mistakes or oddities, with Dutch labels, red lines, constraints and a deadline."""
    table = read_table(path)
    assert problems(table) == ()
    assert table.title_nl
    assert all(issue.label and issue.label_nl for issue in table.issues)
    assert all(o.label and o.label_nl for issue in table.issues for o in issue.options)
    assert len(table.parties) == 4
    assert {line.party for line in table.red_lines} <= {p.key for p in table.parties}
    assert table.red_lines
    assert table.constraints
    assert table.deadline.when


def test_the_asylum_table_is_a_judgement_throughout() -> None:
    """Seats are facts; every position and red line has an interval and a reason that says that it is a judgement."""
    table = read_table(ROOT / "examples" / "tables" / "asylum-july-2023.yaml")
    assert {p.name: p.seats for p in table.parties} == {"VVD": 34, "D66": 24, "CDA": 14, "ChristenUnie": 5}
    assert len(table.issues) == 6
    assert len(table.positions) == 24
    for position in table.positions:
        assert not position.salience.exact
        assert position.values or (position.point and not position.point.exact)
        assert position.reasons[0].startswith("judgement")
    for line in table.red_lines:
        assert not line.firmness.exact
        assert line.reasons[0].startswith("judgement")
    assert all(p.reversion_value and not p.reversion_value.exact for p in table.parties)
    assert str(table.deadline.when) == "2023-07-07 22:00:00+02:00"


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_are_sound(name: str, tmp_path: Path) -> None:
    """Each is a table without mistakes or oddities, with remarks in two languages."""
    path = tmp_path / f"{name}.yaml"
    path.write_text(template_text(name), encoding="utf-8")
    table = read_table(path)
    assert problems(table) == ()
    assert table.key == name
    assert (
        "elke partij" in template_text(name)
        or "Een raad" in template_text(name)
        or "Twee partijen" in template_text(name)
    )
    assert {issue.scale for issue in table.issues} >= {Scale.RANGE, Scale.ORDERED}


def test_every_packaged_template_can_be_asked_for() -> None:
    """And no other."""
    assert {path.stem for path in PACKAGED} == set(TEMPLATES)
    with pytest.raises(UnknownTemplate, match="coalition, council, bilateral"):
        template_text("senate")
