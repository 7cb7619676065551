"""Rosters and gold files: what they give, and errors that name the line."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treves.errors import InputError
from treves.exchange.gold import BadGold, GoldStatement, read_gold
from treves.exchange.roster import BadRoster, read_roster
from treves.model.actors import Gender, Role, Roster, RosterEntry
from treves.model.statements import StatementKind

ROOT = Path(__file__).parents[2]


def roster(folder: Path, text: str) -> Roster:
    """The roster `text`."""
    path = folder / "roster.yaml"
    path.write_text(text, encoding="utf-8")
    return read_roster(path)


def test_roster(tmp_path: Path) -> None:
    """Names, aliases, gender and dated roles are read; "until" is the last day in office."""
    found = roster(
        tmp_path,
        "- name: Wiebe Hoogland\n  aliases: [Hoogland, de dijkgraaf]\n  gender: m\n  roles:\n"
        "    - {office: dijkgraaf, organisation: Rietvoorde, party: null, from: 2020-03-01, until: 2024-02}\n"
        "    - office: 2e kamerlid\n      party: 50PLUS\n      from: 2024\n- name: Ans  Brink\n",
    )
    assert found == Roster(
        (
            RosterEntry(
                "Wiebe Hoogland",
                ("Hoogland", "de dijkgraaf"),
                Gender.MALE,
                (
                    Role("dijkgraaf", "Rietvoorde", None, date(2020, 3, 1), date(2024, 3, 1)),
                    Role("2e kamerlid", None, "50PLUS", date(2024, 1, 1)),
                ),
            ),
            RosterEntry("Ans Brink"),
        )
    )


def test_example_roster() -> None:
    """The roster of the worked example is read whole."""
    found = read_roster(ROOT / "examples" / "havenmonde" / "roster.yaml")
    assert len(found.entries) == 7
    assert [r.office for r in found.entries[3].roles] == ["dijkgraaf", "informateur"]
    assert found.entries[1].roles[0].end == found.entries[1].roles[1].start


@pytest.mark.parametrize("text", ["", "# niets\n", "null\n", "[]\n"])
def test_empty_roster(text: str, tmp_path: Path) -> None:
    """A roster with nobody in it is a roster."""
    assert roster(tmp_path, text) == Roster()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- name: A\n- nam: B\n", ("line 2", "nam", "aliases")),
        ("- name: A\n  gender: x\n", ("line 2", "'x'")),
        ("- name: A\n  roles:\n  - {office: x, from: ooit}\n", ("line 3", "'ooit'")),
        ("- name: A\n  roles:\n  - {office: x, from: 2024, until: 2023}\n", ("line 3", "ends before")),
        ("- name: A\n  roles:\n  - {party: x}\n", ("line 3", "office")),
        ("- name: A\n  roles:\n  - {office: x, until: 9999-12-31}\n", ("line 3", "9999")),
        ("- name: A\n  roles: minister\n", ("line 2", "roles")),
        ("- name: [A]\n", ("line 1", "name")),
        ("- name: A\n  name: B\n", ("line 2", "twice")),
        ("- aliases: [B]\n", ("line 1", "no name")),
        ("- name:\n", ("line 1", "empty")),
        ("- ? [a, b]\n  : c\n", ("line 1", "key")),
        ("- Wiebe Hoogland\n", ("line 1", "person")),
        ("name: A\n", ("line 1", "list")),
        ("- name: 'A\n", ("no YAML",)),
        ("&a [*a]\n", ("line 1",)),
        ("[" * 5000, ("no YAML",)),
        ("- name: !!python/object:os.system x\n  gender: ja\n", ("line 2",)),
    ],
)
def test_bad_roster_names_the_line(text: str, told: tuple[str, ...], tmp_path: Path) -> None:
    """Every error says where it is and what to write instead; misspelt keys are errors."""
    with pytest.raises(BadRoster) as caught:
        roster(tmp_path, text)
    assert caught.value.code == "T141"
    assert caught.value.hint
    assert all(part in str(caught.value) for part in told)


@given(st.text(max_size=60))
def test_any_text_is_a_roster_or_an_error(text: str) -> None:
    """No text crashes the reader of rosters."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.yaml"
        path.write_bytes(text.encode())
        try:
            assert isinstance(read_roster(path), Roster)
        except InputError as error:
            assert error.code in {"T141", "T105"}


GOLD: dict[str, object] = {
    "document": "a.txt",
    "group": 1,
    "start": 4,
    "end": 9,
    "kind": "direct",
    "speakers": ["Wiebe Hoogland"],
    "cue": "zei",
    "content": "Bijna",
}


def gold(folder: Path, *records: object) -> tuple[GoldStatement, ...]:
    """The gold file with `records`."""
    path = folder / "g.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in records) + "\n", encoding="utf-8")
    return read_gold(path)


def test_gold(tmp_path: Path) -> None:
    """A gold file gives its statements, in order."""
    first, second = gold(tmp_path, GOLD, {**GOLD, "cue": None, "optional": True})
    assert first == GoldStatement("a.txt", 1, 4, 9, StatementKind.DIRECT, ("Wiebe Hoogland",), "Bijna", "zei")
    assert (second.cue, second.optional) == (None, True)


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "gold").rglob("*.jsonl")), ids=lambda p: p.name)
def test_our_gold_files_are_read(path: Path) -> None:
    """The gold files of the project pass every check, and their contents stand in their reports."""
    statements = read_gold(path)
    assert statements
    folders = [path.with_suffix(""), path.parent / path.stem.split("-")[0]]
    for s in statements:
        report = next(f / s.document for f in folders if (f / s.document).exists())
        assert report.read_text(encoding="utf-8")[s.start : s.end] == s.content


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("document", ""),
        ("group", "1"),
        ("group", True),
        ("start", -1),
        ("end", 99),
        ("kind", "quoted"),
        ("speakers", []),
        ("speakers", "Hoogland"),
        ("speakers", [3]),
        ("cue", 3),
        ("content", None),
        ("optional", "ja"),
    ],
)
def test_bad_gold_names_line_and_key(key: str, value: object, tmp_path: Path) -> None:
    """An error names the line and the key with its value."""
    with pytest.raises(BadGold) as caught:
        gold(tmp_path, GOLD, {**GOLD, key: value})
    assert caught.value.code == "T151"
    assert "line 2" in caught.value.what
    assert ('"content"' if key == "end" else f'"{key}"') in caught.value.what


@pytest.mark.parametrize("line", ["{", "[]", "3", "[" * 50_000])
def test_gold_line_that_is_no_object(line: str, tmp_path: Path) -> None:
    """A line that is no JSON object is named."""
    path = tmp_path / "g.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(BadGold, match="line 2"):
        read_gold(path)
