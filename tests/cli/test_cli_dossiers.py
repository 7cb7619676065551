"""Commands that make and fill dossiers, read files, score, correct, and make briefs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest
from example import DUTCH, ENGLISH, GERMAN, HAVENMONDE, ROOT
from loopback import Answer, serving
from running import Run, environment

from treves.cli.output import masked
from treves.services.readings import STATEMENT_KEYS

GOLD = ROOT / "tests" / "gold" / "nl"


def test_a_dossier_is_made_once(treves: Run, tmp_path: Path) -> None:
    """Making it a second time is a data error that changes nothing."""
    dossier = tmp_path / "x.treves"
    assert treves("new", dossier, "--name", "Talks", "--zone", "Europe/Paris").code == 0
    before = dossier.read_bytes()
    again = treves("new", dossier, "--name", "Other")
    assert (again.code, again.out) == (1, "")
    assert "T215" in again.err
    assert dossier.read_bytes() == before
    assert treves("new", tmp_path / "y.treves", "--zone", "Mars/Olympus").code == 2
    assert not (tmp_path / "y.treves").exists()


def test_adding_tells_what_it_did(treves: Run, tmp_path: Path) -> None:
    """Counts go to stderr; adding again tells that all was known; --silent tells nothing."""
    dossier = tmp_path / "x.treves"
    first = treves("add", "--create", dossier, HAVENMONDE)
    assert (first.code, first.out) == (0, "")
    assert "Added: 7. Known already: 0." in first.err
    assert "Added: 0. Known already: 7." in treves("add", dossier, HAVENMONDE).err
    assert treves("--silent", "add", dossier, HAVENMONDE).err == ""
    assert treves("add", dossier, HAVENMONDE, "--silent").err == ""
    assert "Al bekend: 7." in treves("add", dossier, HAVENMONDE, "--language", "nl").err


def test_adding_makes_a_dossier_only_when_told(treves: Run, tmp_path: Path) -> None:
    """A misspelt name is an error, not a new dossier."""
    done = treves("add", tmp_path / "x.treves", HAVENMONDE)
    assert done.code == 1
    assert "T201" in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "language"), [(ENGLISH, "'en'"), (GERMAN, "'de'"), ("12 juni. Ja. Nee. Wel.", "told")]
)
def test_reports_in_other_languages_are_kept_and_said(treves: Run, tmp_path: Path, text: str, language: str) -> None:
    """They are told by name; --silent does not keep them out."""
    (tmp_path / "r.txt").write_text(text, encoding="utf-8")
    done = treves("add", "--create", tmp_path / "x.treves", tmp_path / "r.txt")
    assert done.code == 0
    assert "r.txt is in" in done.err
    assert language in done.err
    assert "kept, not read" in done.err
    assert "r.txt" in treves("search", tmp_path / "x.treves", text.split(maxsplit=1)[0].strip("„.,") or "12").out


def test_what_cannot_be_used_wants_review(treves: Run, tmp_path: Path) -> None:
    """Exit code 3 when some could be used, 1 when none; the faults are told even when silent."""
    (tmp_path / "good.txt").write_text(DUTCH, encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(bytes(range(256)) * 20)
    dossier = tmp_path / "x.treves"
    treves("new", dossier)
    some = treves("--silent", "add", dossier, tmp_path / "good.txt", tmp_path / "bad.txt")
    assert (some.code, some.out) == (3, "")
    assert some.err.startswith("bad.txt: T1")
    assert some.err.count("\n") == 1
    none = treves("add", dossier, tmp_path / "bad.txt", tmp_path / "none.txt")
    assert none.code == 1
    assert "Could not be used: 2" in none.err
    assert treves("add", dossier, tmp_path / "good.txt").code == 0


def test_a_bad_line_in_a_table_wants_review_and_keeps_the_report(treves: Run, tmp_path: Path) -> None:
    """The report is added without the time that could not be read."""
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "good.txt").write_text(DUTCH, encoding="utf-8")
    (tmp_path / "r" / "reports.csv").write_text("file,outlet,published\ngood.txt,De Bode,gisteren\n", encoding="utf-8")
    done = treves("add", "--create", tmp_path / "x.treves", tmp_path / "r")
    assert done.code == 3
    assert "T132" in done.err
    assert "Added: 1." in done.err


def test_outlet_and_time_by_hand(treves: Run, tmp_path: Path) -> None:
    """What the options tell outranks what the report tells."""
    dossier = tmp_path / "x.treves"
    report = HAVENMONDE / "04-nachtsessie-in-het-tolhuis.txt"
    treves("add", "--create", dossier, report, "--outlet", "Mijn krant", "--published", "2026-04-28")
    (row,) = [json.loads(line) for line in treves("export", dossier, "reports", "--format", "jsonl").out.splitlines()]
    assert (row["outlet"], row["published"], row["published_origin"]) == ("Mijn krant", "2026-04-28", "hand")
    wrong = treves("add", dossier, report, "--published", "gisteren")
    assert wrong.code == 2


def test_a_sidecar_table_of_another_place(treves: Run, tmp_path: Path) -> None:
    """A table named with --sidecar counts for all files."""
    (tmp_path / "bridge.txt").write_text(DUTCH, encoding="utf-8")
    (tmp_path / "table.csv").write_text("file,outlet,published\nbridge.txt,De Bode,2024-03-04\n", encoding="utf-8")
    dossier = tmp_path / "x.treves"
    done = treves("add", "--create", dossier, tmp_path / "bridge.txt", "--sidecar", tmp_path / "table.csv")
    assert done.code == 0
    assert "De Bode" in treves("statements", dossier).out


def test_reading_again(treves: Run, dossier: Path) -> None:
    """The number of reports is told, and the listing is as it was; several processes give the same."""
    before = treves("statements", dossier, "--csv").out
    done = treves("reread", dossier, "--jobs", "2")
    assert (done.code, done.out, done.err) == (0, "", "Reports read again: 7.\n")
    assert treves("statements", dossier, "--csv").out == before


def test_reading_gives_gold(treves: Run) -> None:
    """The lines of ``read --jsonl`` have the keys of gold files, and their words stand where they say."""
    done = treves("read", HAVENMONDE, "--jsonl")
    assert (done.code, done.err) == (0, "")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert rows
    texts = {p.name: p.read_text(encoding="utf-8") for p in HAVENMONDE.glob("*.txt")}
    for row in rows:
        assert tuple(row) == STATEMENT_KEYS
        assert row["kind"] in ("direct", "mixed", "indirect")
        assert all(isinstance(s, str) for s in row["speakers"])
        if row["document"] in texts:
            assert texts[row["document"]][row["start"] : row["end"]] == row["content"]


def test_reading_can_be_scored_against_itself(treves: Run, tmp_path: Path) -> None:
    """What the reader prints, taken for gold, scores one."""
    rows = [r for r in map(json.loads, treves("read", HAVENMONDE, "--jsonl").out.splitlines()) if r["speakers"]]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    scored = treves("evaluate", gold, HAVENMONDE, "--jsonl")
    assert scored.code == 0
    whole = json.loads(scored.out.splitlines()[0])
    assert (whole["recall"], whole["speaker"]) == (1.0, 1.0)


def test_evaluating_shows_a_table(treves: Run) -> None:
    """The whole comes first, with three decimals, and the table fits 80 columns, in both languages."""
    for language, word in (("en", "recall"), ("nl", "volledigheid")):
        done = treves("evaluate", GOLD / "open-a.jsonl", GOLD / "open", "--language", language)
        assert done.code == 0
        lines = done.out.splitlines()
        assert word in lines[0]
        assert lines[1].split()[0] in ("all", "alles")
        assert max(map(len, lines)) <= 80


def test_several_processes_read_the_same(treves: Run) -> None:
    """--jobs changes nothing but the time."""
    assert treves("read", HAVENMONDE, "--jobs", "2", "--csv").out == treves("read", HAVENMONDE, "--csv").out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("--jobs", "0"), 2), (("--roster", "none.yaml"), 1), (("--pipeline", "no_such_pipeline"), 2)],
)
def test_options_of_reading_that_cannot_be(treves: Run, arguments: tuple[str, ...], code: int) -> None:
    """Each is told in a line, and nothing is printed on stdout."""
    done = treves("read", HAVENMONDE, *arguments)
    assert (done.code, done.out) == (code, "")
    assert "Traceback" not in done.err


def test_a_cluster_that_is_not_there(treves: Run) -> None:
    """Without Dask, or without a scheduler, the error says what to do."""
    done = treves("read", HAVENMONDE, "--dask", "tcp://127.0.0.1:1")
    assert (done.code, done.out) == (2, "")
    assert "T402" in done.err or "T404" in done.err


def test_corrections_by_command(treves: Run, dossier: Path) -> None:
    """Every verb stores one correction, says so, and the log has them all with who made them."""
    row = json.loads(treves("statements", dossier, "--jsonl").out.splitlines()[2])
    event = json.loads(treves("events", dossier, "--jsonl").out.splitlines()[0])
    first = "01-vier-partijen-aan-tafel.txt"
    verbs = [
        ("rename", "famke-lindenaar", "F. Lindenaar", "--party", "Groen"),
        ("merge", "pim-rozendrecht", "hedwig-van-merelaar"),
        ("split", "barend-kwartel", "Berend Kwartel", "03-groen-stelt-ultimatum.txt"),
        ("speaker", row["statement"], "Wim Nieuweling"),
        ("reject", row["statement"]),
        ("add", first, "hij pakte zijn fiets", "barend-kwartel", "--kind", "indirect"),
        ("date", event["event"], "2026-04-22"),
        ("date", first, "2026-04-22T20:00"),
        ("outlet", first, "De Nieuwe Bode"),
    ]
    for number, (verb, *rest) in enumerate(verbs, start=1):
        done = treves("correct", verb, dossier, *rest, "--by", "anna")
        assert (done.code, done.out) == (0, ""), done.err
        assert done.err.startswith(f"C{number}: {verb} ")
    log = [json.loads(line) for line in treves("correct", "log", dossier, "--jsonl").out.splitlines()]
    assert [r["kind"] for r in log] == [v[0] for v in verbs]
    assert {r["author"] for r in log} == {"anna"}
    assert max(map(len, treves("correct", "log", dossier).out.splitlines())) <= 80
    undone = treves("undo", dossier, "--language", "nl")
    assert (undone.code, undone.err.split(":")[0]) == (0, "C9 is ongedaan gemaakt")
    assert "T305" in treves("undo", dossier, "C9").err
    for _ in verbs[1:]:
        assert treves("undo", dossier).code == 0
    assert treves("undo", dossier).code == 1


def test_who_corrects_is_the_user(treves: Run, dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --by it is the user's name, and nobody where the system knows none."""
    monkeypatch.setenv("LOGNAME", "mieke")
    treves("correct", "rename", dossier, "famke-lindenaar", "F. Lindenaar")

    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert treves("correct", "rename", dossier, "famke-lindenaar", "Famke L.").code == 0
    log = [json.loads(line) for line in treves("correct", "log", dossier, "--jsonl").out.splitlines()]
    assert [r["author"] for r in log] == ["mieke", None]


def test_feeds_by_command(treves: Run, tmp_path: Path) -> None:
    """Watch, list, fetch and drop, against a server on this machine; what fails is told with exit code 3 or 1."""
    dossier = tmp_path / "x.treves"
    treves("new", dossier)
    assert "No feed is watched" in treves("feed", "fetch", dossier).err
    assert treves("feed", "watch", dossier).code == 2
    assert treves("feed", "watch", dossier, "nonsense").code == 1
    words = "„Wij stoppen niet”, zei wethouder Margriet Zeilstra maandag na het overleg over de brug in het raadhuis."
    item = f"<item><title>Brug</title><guid>brug</guid><description>{words}</description></item>"
    feed = f'<rss version="2.0"><channel><title>De Bode</title>{item}</channel></rss>'
    with serving() as site:
        site.answers["/feed"] = Answer(feed.encode(), headers={"Content-Type": "application/rss+xml"})
        url = f"{site.url}/feed"
        (tmp_path / "feeds.txt").write_text(f"{url} summary Streekbode\n", encoding="utf-8")
        assert treves("feed", "watch", dossier, "--list", tmp_path / "feeds.txt").err == f"Watching {url}.\n"
        fetched = treves("feed", "fetch", dossier)
        assert fetched.code == 0
        assert "Added: 1." in fetched.err
        assert "Streekbode" in treves("statements", dossier).out
        failed = treves("feed", "fetch", dossier, f"{site.url}/other")
        assert failed.code == 1
        assert "T164" in failed.err
    (row,) = json.loads(treves("feed", "list", dossier, "--json").out)
    assert (row["url"], row["title"], row["outlet"], row["summaries"]) == (url, "De Bode", "Streekbode", True)
    assert url in treves("feed", "list", dossier).out
    assert treves("feed", "drop", dossier, url).code == 0
    assert treves("feed", "drop", dossier, url).code == 1


def test_the_brief_of_files(treves: Run, tmp_path: Path) -> None:
    """The page is written, its place told, and the command that made it stands on it."""
    page = tmp_path / "brief.html"
    done = treves("brief", HAVENMONDE, "--out", page, "--language", "nl")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"Het overzicht staat in {page}.\n"
    text = page.read_text(encoding="utf-8")
    assert '<html lang="nl"' in text
    assert f"treves brief {HAVENMONDE} --out {page}" in text


def test_the_brief_of_a_dossier_takes_reports_in_first(treves: Run, tmp_path: Path) -> None:
    """Paths are added to the dossier, which is made if need be; as of a moment the page knows less."""
    dossier, page = tmp_path / "x.treves", tmp_path / "brief.html"
    done = treves("brief", HAVENMONDE, "--dossier", dossier, "--out", page)
    assert done.code == 0
    assert "Added: 7." in done.err
    whole = page.read_text(encoding="utf-8")
    assert treves("brief", "--dossier", dossier, "--as-of", "2026-04-24", "--out", page).code == 0
    part = page.read_text(encoding="utf-8")
    assert "Eindelijk een stoel" in whole
    assert "Eindelijk een stoel" not in part
    assert treves("brief", "--dossier", dossier, "--zone", "Europe/Paris", "--out", page).code == 2


def test_a_brief_of_nothing_is_not_made(treves: Run, tmp_path: Path) -> None:
    """When no report can be used the old page stays."""
    page = tmp_path / "brief.html"
    page.write_text("old", encoding="utf-8")
    done = treves("brief", tmp_path / "none.txt", "--out", page)
    assert done.code == 1
    assert page.read_text(encoding="utf-8") == "old"
    (tmp_path / "good.txt").write_text(DUTCH, encoding="utf-8")
    some = treves("brief", tmp_path / "none.txt", tmp_path / "good.txt", "--out", page)
    assert some.code == 3
    assert page.read_text(encoding="utf-8") != "old"


@pytest.mark.parametrize(
    ("argument", "shown"),
    [
        ("postgresql://anna:geheim@host/talks", "postgresql://anna:***@host/talks"),
        ("postgresql://anna:ge:h@im@host:5432/talks?x=1", "postgresql://anna:***@host:5432/talks?x=1"),
        ("postgres://host/talks?user=anna&password=geheim&x=1", "postgres://host/talks?user=anna&password=***&x=1"),
        ("--dossier=postgresql+psycopg://anna:geheim@host/t", "--dossier=postgresql+psycopg://anna:***@host/t"),
        ("postgresql://anna@host/talks", "postgresql://anna@host/talks"),
        ("talks.treves", "talks.treves"),
    ],
)
def test_passwords_are_never_shown(argument: str, shown: str) -> None:
    """An address of a database is shown, and printed on briefs, without its password."""
    assert masked(argument) == shown


def test_messages_are_the_same_in_both_languages() -> None:
    """Both files have the same keys, each with the same fields to fill in."""
    told = {
        language: tomllib.loads((files("treves.cli") / "words" / f"{language}.toml").read_text(encoding="utf-8"))
        for language in ("en", "nl")
    }
    assert list(told["en"]) == list(told["nl"])

    def fields(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text)}

    for key, text in told["en"].items():
        assert fields(text) == fields(told["nl"][key]), key


GUEST = """
import os, sys
from treves import cli
def run(*arguments):
    try:
        cli.main(list(arguments))
    except SystemExit as stop:
        return stop.code
def everything(dossier):
    return [
        run("statements", dossier), run("info", dossier, "--check"), run("brief", "--dossier", dossier, "--out", out),
        run("add", dossier, report), run("correct", "rename", dossier, "famke-lindenaar", "X"), run("undo", dossier),
        run("reread", dossier), run("feed", "watch", dossier, "https://example.org/rss"),
    ]
dossier, copy, report, out = sys.argv[1:]
print("codes", *everything(copy))  # whatever is imported late is imported now
if os.geteuid() == 0:
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)
os.unlink(out)
print("codes", *everything(dossier))
"""


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that everybody may look into."""
    made = Path(tempfile.mkdtemp(prefix="treves-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def test_a_dossier_that_may_only_be_read(dossier: Path, place: Path) -> None:
    """Looking and briefing work; whatever would write is a data error (T204); the file stays as it was."""
    report, out = place / "bridge.txt", place / "out"
    report.write_text(DUTCH, encoding="utf-8")
    out.mkdir()
    out.chmod(0o777)
    folder = place / "locked"
    folder.mkdir()
    locked = Path(shutil.copy(dossier, folder / "x.treves"))
    before = locked.read_bytes()
    locked.chmod(0o444)
    folder.chmod(0o555)
    try:
        done = subprocess.run(
            [sys.executable, "-c", GUEST, locked, dossier, report, out / "brief.html"],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env=environment(TMPDIR=str(out)),
            cwd="/",
        )
    finally:
        folder.chmod(0o755)
    assert done.returncode == 0, done.stderr
    codes = [line for line in done.stdout.splitlines() if line.startswith("codes")]
    assert codes == ["codes 0 0 0 0 0 0 0 0", "codes 0 0 0 1 1 1 1 1"]
    assert done.stderr.count("T204") == 5
    assert "Traceback" not in done.stderr
    assert locked.read_bytes() == before
    assert [p.name for p in folder.iterdir()] == ["x.treves"]
