"""Table files as people type them: what is understood, and every mistake with its line and what to do next."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from treves.dates import zone
from treves.errors import InputError, TableError
from treves.exchange.tables import reader
from treves.exchange.tables.nodes import NoTableFile
from treves.exchange.tables.reader import BadTable, TableTooLarge, parse_table, read_table
from treves.exchange.tables.writer import UnwritableText, write_json, write_yaml
from treves.model.decision_rule import DecisionRule, RuleKind
from treves.model.findings import Finding
from treves.model.table import (
    Conduct,
    Constraint,
    Cost,
    Estimate,
    Issue,
    Option,
    Party,
    Position,
    RedLine,
    Reversion,
    Scale,
    Table,
    Term,
)

ROOT = Path(__file__).parents[2]
ISSUES = (
    "issues: {limit: {options: {none: 0, some: 50, full: 100}}, who: {scale: unordered, options: [state, town]}, "
    "money: {scale: range, low: 0, high: 9}}\n"
)
PARTIES = "parties: {a: {positions: {limit: none}}, b: {positions: {limit: 70}}}\n"


def parse(text: str, name: str = "t.yaml") -> Table:
    """The table of a text without mistakes."""
    parsed = parse_table(text, name=name)
    assert not parsed.errors, [f.message for f in parsed.errors]
    return parsed.table


def mistakes(text: str, name: str = "t.yaml") -> list[Finding]:
    """What is wrong in a text."""
    return list(parse_table(text, name=name).errors)


def mistake(text: str, name: str = "t.yaml") -> Finding:
    """The one mistake in a text."""
    (found,) = mistakes(text, name)
    return found


def position(written: str, issue: str = "limit") -> Position:
    """A position as it is written behind the name of its issue."""
    return parse(f"{ISSUES}parties: {{a: {{positions: {{{issue}: {written}}}}}}}\n").positions[0]


def test_the_shortest_table() -> None:
    """Issues, parties and a point each suffice; the rest is what usually counts."""
    table = parse(ISSUES + PARTIES, name="folder/Our Talks.yaml")
    assert table.key == "our-talks"
    assert [p.point for p in table.positions] == [Estimate(0), Estimate(70)]
    assert table.rule == DecisionRule()
    assert table == attrs.evolve(Table("our-talks", table.issues, table.parties), positions=table.positions)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("some", Estimate(50)),
        ("'some'", Estimate(50)),
        ("30", Estimate(30)),
        ("[10, 30, 60.5]", Estimate(30, 10, 60.5)),
        ("[none, some, full]", Estimate(50, 0, 100)),
        ("{value: 30, low: 10}", Estimate(30, low=10)),
        ("{point: {value: some, high: 60}}", Estimate(50, high=60)),
        ("{point: 1e1}", Estimate(10)),
    ],
)
def test_points(written: str, expected: Estimate) -> None:
    """A point is a number, an option, an interval or a mapping."""
    assert position(written).point == expected


def test_numbers_and_options_that_are_called_by_numbers() -> None:
    """A number on the scale is a place; in quotation marks, or off the scale, it is the option of that name."""
    issues = "issues: {start: {options: {'2028': 100, '30': 60, '2030': 0}}}\n"
    for written, expected in (("30", 30), ("'30'", 60), ("2028", 100), ("[2030, 30, '2028']", 30)):
        table = parse(f"{issues}parties: {{a: {{positions: {{start: {written}}}}}}}\n")
        assert table.positions[0].point
        assert table.positions[0].point.value == expected
        assert parse(write_yaml(table)).positions == table.positions
        assert parse(write_json(table), "t.json").positions == table.positions


def test_more_of_a_position() -> None:
    """Salience, values and reasons; one reason needs no list."""
    found = position("{point: full, salience: [0.5, 1, 2], values: {none: 0, some: .5, full: 1}, reasons: said so}")
    expected = Position(
        "a", "limit", Estimate(100), Estimate(1, 0.5, 2), (("none", 0), ("some", 0.5), ("full", 1)), ("said so",)
    )
    assert found == expected


def test_an_option_alone_on_an_issue_without_order() -> None:
    """It is worth 1 and the others nothing."""
    assert position("town", "who") == Position("a", "who", values=(("state", 0), ("town", 1)))


def test_options_in_all_their_forms() -> None:
    """Places, labels, mappings, lists; a list on a scale is spread evenly, and yes and no are plain names."""
    table = parse(
        "issues:\n"
        "  a: {options: [no, maybe, yes]}\n"
        "  b: {scale: unordered, options: {x: The first, y: {label: The second, label_nl: De tweede}, z: }}\n"
        "  c: {options: [{key: low, at: 10}, {key: high, at: 90, label: High}]}\n"
        "parties: {p: {positions: {a: yes}}}\n"
    )
    assert table.issues[0].options == (Option("no", at=0), Option("maybe", at=50), Option("yes", at=100))
    assert table.issues[1].options == (Option("x", "The first"), Option("y", "The second", "De tweede"), Option("z"))
    assert table.issues[2].options == (Option("low", at=10), Option("high", "High", at=90))
    assert table.positions[0].point == Estimate(100)


def test_lists_do_where_mappings_do() -> None:
    """Issues and parties may be lists of mappings with their key."""
    table = parse(
        "issues: [{key: x, scale: range, low: 0, high: 5, steps: 6}]\nparties:\n- key: p\n  positions: {x: 3}\n"
    )
    assert table.issues == (Issue("x", scale=Scale.RANGE, low=0, high=5, steps=6),)
    assert table.parties == (Party("p"),)


def test_conditions_in_all_their_forms() -> None:
    """An option, options, a number on a range, bounds; or a list where an issue is named twice."""
    table = parse(
        ISSUES + "parties:\n  a:\n    positions: {limit: none}\n    red_lines:\n"
        "    - refuses: {limit: full, who: [state, town]}\n"
        "    - {refuses: {money: 5}, firmness: [0.1, 0.5, 1], label: five, reasons: [x, y]}\n"
        "    - refuses: {money: {low: 2, high: 3}}\n"
        "    - refuses: [{issue: money, low: 2}, {issue: money, high: 3}]\n"
    )
    assert [line.refuses for line in table.red_lines] == [
        (Term("limit", ("full",)), Term("who", ("state", "town"))),
        (Term("money", low=5, high=5),),
        (Term("money", low=2, high=3),),
        (Term("money", low=2), Term("money", high=3)),
    ]
    assert table.red_lines[1] == RedLine(
        "a", (Term("money", low=5, high=5),), Estimate(0.5, 0.1, 1), "five", ("x", "y")
    )


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("unanimity", DecisionRule()),
        ("majority", DecisionRule(RuleKind.WEIGHTED)),
        ("weighted", DecisionRule(RuleKind.WEIGHTED)),
        ("{quota: 2, veto: a}", DecisionRule(RuleKind.WEIGHTED, quota=2, veto=("a",))),
        ("{kind: majority, setter: b}", DecisionRule(RuleKind.WEIGHTED, setter="b")),
        ("{winning: [[a, b], a]}", DecisionRule(RuleKind.COALITIONS, winning=(("a", "b"), ("a",)))),
        ("{parties: [a], veto: [a, b]}", DecisionRule(parties=("a",), veto=("a", "b"))),
    ],
)
def test_rules(written: str, rule: DecisionRule) -> None:
    """A word, or a mapping whose kind follows from what it holds."""
    assert parse(f"{ISSUES}{PARTIES}rule: {written}\n").rule == rule


def test_the_rest_of_a_table() -> None:
    """Constraints, budgets, a fallback, a deadline, a mandate and conduct are read."""
    table = parse(
        ISSUES + "parties:\n  a:\n    positions: {limit: none}\n    seats: 3\n    capability: .5\n    members: [X, Y]\n"
        "    mandate: {by: congress, until: 2023-07-07, within: {limit: {high: 60}}}\n    conduct: {bluff: 0.4}\n"
        "constraints: {c: {when: {who: town}, then: {limit: [none, some]}, label: so}}\n"
        "budgets: {m: {limit: 4, unit: euro, costs: {money: 2, limit: {full: -1}}}}\n"
        "reversion: {label: it ends, package: {limit: none, money: 3}}\n"
        "deadline: {when: 2023-07-07, rounds: 3, firmness: 1}\n"
        "as_of: 2023-07-06T12:00\n"
    )
    assert table.constraints == (Constraint("c", (Term("who", ("town",)),), (Term("limit", ("none", "some")),), "so"),)
    assert table.budgets[0].costs == (Cost("money", 2), Cost("limit", -1, "full"))
    assert table.reversion == Reversion("it ends", package=(("limit", "none"), ("money", 3)))
    assert table.deadline.when == datetime(2023, 7, 7, 22, tzinfo=UTC)
    assert table.as_of == datetime(2023, 7, 6, 12, tzinfo=zone())
    assert table.parties[0].conduct == Conduct(bluff=Estimate(0.4))
    mandate = table.parties[0].mandate
    assert mandate
    assert (mandate.by, str(mandate.until), mandate.within) == ("congress", "2023-07-07", (Term("limit", high=60),))


def test_a_fallback_in_one_line() -> None:
    """Its words alone do."""
    assert parse(f"{ISSUES}{PARTIES}reversion: nothing changes\n").reversion == Reversion("nothing changes")


def test_json_is_read_like_yaml() -> None:
    """The same table in both."""
    text = (
        '{"issues": {"x": {"options": {"a": 0, "b": 100}}},\n "parties": {"p": {"positions": {"x": "b"}}, "q": null}}'
    )
    assert parse(text, "t.json") == parse(text, "t.yaml")


@pytest.mark.parametrize(
    ("text", "line", "where", "said"),
    [
        ("issues: {x: {optoins: [a, b]}}\nparties: {p: }\n", 1, "issues.x.optoins", "Did you mean options?"),
        (
            f"{ISSUES}parties:\n  a: {{positions: {{limit: half}}}}\n",
            3,
            "parties.a.positions.limit.point",
            "none, some, full",
        ),
        (
            f"{ISSUES}parties:\n  a:\n    seats: many\n    positions: {{limit: 1}}\n",
            4,
            "parties.a.seats",
            "'many' is no number",
        ),
        (
            f"{ISSUES}parties: {{a: {{seats: '3', positions: {{limit: 1}}}}}}",
            2,
            "parties.a.seats",
            "quotation marks away",
        ),
        (f"{ISSUES}parties: {{a: {{seats: .nan, positions: {{limit: 1}}}}}}", 2, "parties.a.seats", "reckon"),
        (f"{ISSUES}parties: {{a: {{seats: -.inf, positions: {{limit: 1}}}}}}", 2, "parties.a.seats", "reckon"),
        (f"{ISSUES}parties: {{a: {{seats: 1e999, positions: {{limit: 1}}}}}}", 2, "parties.a.seats", "reckon"),
        (f"{ISSUES}parties: {{a: {{seats: [], positions: {{limit: 1}}}}}}", 2, "parties.a.seats", "a list"),
        (
            f"{ISSUES}parties: {{a: {{positions: {{limit: [1, 2]}}}}}}",
            2,
            "parties.a.positions.limit.point",
            "[low, value, high]",
        ),
        (
            f"{ISSUES}parties: {{a: {{positions: {{limit: [3, 2, 1]}}}}}}",
            2,
            "parties.a.positions.limit.point",
            "in this order",
        ),
        (
            f"{ISSUES}parties: {{a: {{positions: {{limit: {{low: 2}}}}}}}}",
            2,
            "parties.a.positions.limit.point",
            "value:",
        ),
        (f"{ISSUES}parties:\n  a: {{positions: {{limit: 1}}}}\n  a: {{}}\n", 4, "parties.a", "twice"),
        (f"{ISSUES}{PARTIES}rule: anarchy\n", 3, "rule", "unanimity"),
        (f"{ISSUES}{PARTIES}rule:\n  kind: weighted\n  quota: 0\n", 5, "rule.quota", "pass everything"),
        (f"{ISSUES}{PARTIES}deadline:\n  when: tomorrow\n", 4, "deadline.when", "'tomorrow' is no date"),
        (f"{ISSUES}{PARTIES}deadline:\n  rounds: 2.5\n", 4, "deadline.rounds", "whole"),
        (f"{ISSUES}{PARTIES}constraints:\n  c: x\n", 4, "constraints.c", "'x'"),
        (f"{ISSUES}{PARTIES}budgets:\n  c: {{costs: {{}}}}\n", 4, "budgets.c", "limit is missing"),
        (f"{ISSUES}{PARTIES}effects:\n- indicator: x\n", 4, "effects.1", "no amount"),
        (f"{ISSUES}{PARTIES}red_lines:\n- refuses: {{limit: full}}\n", 4, "red_lines.1", "no party"),
        (f"{ISSUES}{PARTIES}format: treves-table/9\n", 3, "format", "treves-table/1"),
        (
            "issues: {x: {scale: round, options: {a: 1}}}\n"
            + PARTIES.replace("limit: none", "x: a").replace("limit", "x"),
            1,
            "issues.x.scale",
            "ordered",
        ),
        (
            "issues: {x: {options: {a: {at: 1, label: One, or more}}}}\n"
            + PARTIES.replace("limit: none", "x: a").replace("limit", "x"),
            1,
            "issues.x.options.a.or more",
            "comma",
        ),
        (f"{ISSUES}parties: [{{name: x}}]\n", 2, "parties.1", "no key"),
        (
            f"{ISSUES}parties: {{a: {{mandate: {{until: 2023}}, positions: {{limit: 1}}}}}}\n",
            2,
            "parties.a.mandate.until",
            "2023-07-07",
        ),
        (f"{ISSUES}parties: {{[a]: {{}}, b: {{positions: {{limit: 1}}}}}}\n", 2, "parties", "plain word"),
        ("[]\n", 1, "table", "a table should stand"),
        ("hello\n", 1, "table", "'hello'"),
    ],
)
def test_mistakes_have_their_line(text: str, line: int, where: str, said: str) -> None:
    """Each is one finding, which says where, what is wrong and what to do."""
    found = mistake(text)
    assert (found.line, found.where) == (line, where)
    assert said in f"{found.message} {found.hint}"


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """Mistakes of form and of sense, in the order of the lines, in one error."""
    path = tmp_path / "t.yaml"
    path.write_text(
        "issues:\n  x: {options: {a: 0, b: 200}}\nparties:\n  p:\n    seats: x\n    positions: {x: a, y: 3}\n"
        "rule: {kind: weighted, quota: 99}\ndeadline: {rounds: 0}\n",
        encoding="utf-8",
    )
    with pytest.raises(BadTable) as caught:
        read_table(path)
    findings = caught.value.findings
    assert [(f.line, f.code) for f in findings] == [
        (2, "off-scale"),
        (5, "no-number"),
        (6, "unknown-issue"),
        (7, "bad-quota"),
        (8, "out-of-range"),
    ]
    assert "line 5, parties.p.seats: 'x' is no number. Write a number, such as 40 or 0.5." in str(caught.value)
    assert str(caught.value).startswith("T640: ")


def test_many_mistakes_are_counted() -> None:
    """After the first ones the message only counts."""
    options = ", ".join(f"o{n}: {200 + n}" for n in range(40))
    parsed = parse_table(
        f"issues: {{x: {{options: {{{options}}}}}}}\nparties: {{p: {{positions: {{x: 1}}}}}}", name="t.yaml"
    )
    error = reader.bad_table("t.yaml", parsed.findings)
    assert "(40)" in str(error)
    assert "… and 15 more." in str(error)


def test_what_only_follows_from_a_mistake_is_not_told() -> None:
    """Where an issue cannot be read, what refers to it is not called unknown."""
    found = mistakes("issues: [{name: x}]\nparties: {p: {positions: {x: 3}}}\n")
    assert [f.code for f in found] == ["no-key"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: [1, 2\n", 2, "no YAML"),
        ("issues:\n\t- x\n", 2, "no YAML"),
        ("a: &x [1]\nb: *x\n", 1, "aliases"),
        ("b: *x\n", 1, "aliases"),
        ("a: !!python/object:os.system x\n", 1, "tag"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("[" * 40 + "]" * 40, 1, "nested"),
        ("a: \x07\n", 1, "no YAML"),
        ("", 1, "empty"),
        ("# nothing\n", 1, "empty"),
    ],
)
def test_files_that_are_no_yaml(text: str, line: int, said: str) -> None:
    """Syntax, aliases, tags, several documents and depth are refused, with the line."""
    with pytest.raises(NoTableFile) as caught:
        parse_table(text, name="t.yaml")
    assert said in str(caught.value)
    assert said == "empty" or f"line {line}:" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"issues": {"x": ', "line 1: the file is cut off"),
        ('{"issues":\n {"x": 1,}}', "line 2: no JSON"),
        ("[" * 100_000, "T641"),
        ("[" * 40 + "]" * 40, "nested"),
        ("", "cut off"),
    ],
)
def test_files_that_are_no_json(text: str, said: str) -> None:
    """Likewise for JSON."""
    with pytest.raises(NoTableFile) as caught:
        parse_table(text, name="t.json")
    assert said in str(caught.value)


def test_json_mistakes_have_their_line() -> None:
    """Duplicate keys, NaN and half characters in JSON are mistakes of the table."""
    text = (
        '{"issues": {"x": {"options": {"a": 0, "b": 100}}},\n"parties": {\n'
        '"p": {"seats": NaN, "positions": {"x": 1}},\n"p": {},\n"q": {"name": "\\ud800"}}}'
    )
    assert [(f.line, f.code) for f in mistakes(text, "t.json")] == [
        (3, "no-number"),
        (4, "duplicate-key"),
        (5, "no-text"),
    ]


def test_an_alias_bomb_is_refused_at_once() -> None:
    """A few lines that stand for a billion values."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    with pytest.raises(NoTableFile, match="aliases"):
        parse_table("\n".join(lines), name="t.yaml")


def test_files_of_many_megabytes_are_refused(tmp_path: Path) -> None:
    """Without reading them whole."""
    path = tmp_path / "t.yaml"
    with path.open("wb") as out:
        out.truncate(50_000_000)
    with pytest.raises(TableTooLarge, match="50,000,000"):
        read_table(path)


@pytest.mark.parametrize("data", [b"\x00\x01\x02binary", b"%PDF-1.7", "issues: é".encode()[:-1]])
def test_files_that_are_no_text(data: bytes, tmp_path: Path) -> None:
    """Binary files and damaged encodings are told as such."""
    path = tmp_path / "t.yaml"
    path.write_bytes(data)
    with pytest.raises((InputError, TableError)):
        read_table(path)


def test_other_encodings_are_understood(tmp_path: Path) -> None:
    """UTF-16 with a mark, and Windows-1252 with Dutch letters."""
    text = ISSUES + PARTIES.replace("a: {", "a: {name: Coöperatie, ")
    for encoding in ("utf-16", "cp1252", "utf-8-sig"):
        path = tmp_path / f"{encoding}.yaml"
        path.write_bytes(text.encode(encoding))
        assert read_table(path).parties[0].name == "Coöperatie"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """By its name."""
    with pytest.raises(InputError, match=r"nowhere\.yaml"):
        read_table(tmp_path / "nowhere.yaml")


def test_what_cannot_be_read_back_is_not_written() -> None:
    """A table with mistakes, or with half a character in a text."""
    sound = parse(ISSUES + PARTIES)
    with pytest.raises(BadTable):
        write_yaml(attrs.evolve(sound, positions=(*sound.positions, Position("z", "limit", Estimate(1)))))
    for write in (write_yaml, write_json):
        with pytest.raises(UnwritableText):
            write(attrs.evolve(sound, note="\ud800"))


def test_written_yaml_reads_well() -> None:
    """Options by name, short things on one line, whole numbers without a point."""
    table = parse(ISSUES + "parties: {a: {seats: 3, positions: {limit: none, money: [1, 2, 3.5]}}}\n")
    text = write_yaml(table)
    assert "    seats: 3\n" in text
    assert "positions:\n      limit: none\n      money: [1, 2, 3.5]\n" in text
    assert "rule: unanimity\n" in text
    assert "conduct" not in text


EXAMPLE = (ROOT / "examples" / "tables" / "havenmonde.yaml").read_text(encoding="utf-8")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(0, len(EXAMPLE)),
    st.integers(0, 40),
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(["\n", "{", "}", "[", ": ", "- ", "'", '"', "&a ", "*a", "!x ", "1e999", ".nan", "\t"]),
    ),
    st.sampled_from(["t.yaml", "t.json"]),
)
def test_spoilt_files_never_crash(start: int, length: int, other: str, name: str) -> None:
    """A part of an example cut out and replaced gives a table, findings, or an error of ours."""
    text = EXAMPLE[:start] + other + EXAMPLE[start + length :]
    try:
        parsed = parse_table(text, name=name)
    except TableError:
        return
    assert parsed.findings or parsed.table.issues
    if not parsed.errors:
        assert parse_table(write_yaml(parsed.table), name="t.yaml").table == parsed.table


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(EXAMPLE)))
def test_truncated_files_are_told(end: int) -> None:
    """A file that is cut off is an error of ours, or a table that says what is missing; JSON is always told."""
    try:
        parsed = parse_table(EXAMPLE[:end], name="t.yaml")
    except NoTableFile:
        parsed = None
    assert parsed is None or parsed.table.key
    written = write_json(parse(EXAMPLE))
    with pytest.raises(NoTableFile):
        parse_table(written[: min(end, len(written) - 3)], name="t.json")
