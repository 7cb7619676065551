"""Evaluation: the figures equal those of another implementation, on a made example and on the gold at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from example import ROOT

from treves.exchange.gold import BadGold
from treves.exchange.source import ReportMissing
from treves.services.evaluation import GoldMismatch, evaluate
from treves.services.readings import ReadReport, read_paths, statement_rows

SHARED = ROOT.parent / "shared"
REPORT = (
    "De raad vergadert.\n\n"
    "„Wij gaan door tot het licht uitgaat”, zei wethouder Margriet Zeilstra maandag. „Dat beloof ik.”\n\n"
    "Fractievoorzitter Sjoerd Haverkamp zei dat het geld op is. Volgens ingewijden is er nog niets besloten.\n"
)


def gold_row(content: str, kind: str, *speakers: str, group: int, **more: Any) -> dict[str, Any]:
    """A gold row for words that stand in the report once."""
    start = REPORT.index(content)
    place = {"document": "raad.txt", "start": start, "end": start + len(content)}
    return {**place, "group": group, "kind": kind, "speakers": list(speakers), "content": content, **more}


GOLD = [
    gold_row("Wij gaan door tot het licht uitgaat", "direct", "Margriet Zeilstra", group=0),
    gold_row("Dat beloof ik.", "direct", "Margriet Zeilstra", group=0),
    gold_row("het geld op is", "indirect", "Tineke Oldeboom", group=1),
    gold_row("is er nog niets besloten", "indirect", "ingewijden", group=2),
    gold_row("De raad vergadert", "indirect", "ongenoemd", group=3),
    gold_row("wethouder Margriet Zeilstra maandag", "mixed", "Jan de Wit", group=4, optional=True),
]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """The report, as a file."""
    path = tmp_path / "raad.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def write_gold(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Write gold rows to a file."""
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    return path


def share(one: dict[str, Any], other: dict[str, Any]) -> float:
    """Intersection over union of two rows' places."""
    both = set(range(one["start"], one["end"])) & set(range(other["start"], other["end"]))
    either = set(range(one["start"], one["end"])) | set(range(other["start"], other["end"]))
    return len(both) / len(either)


def reckoned(gold: list[dict[str, Any]], read: list[dict[str, Any]]) -> tuple[int, int, int, int, int]:
    """Gold, predicted, found, right and attributed, by trying the best pair again and again.

    Good enough where no group's parts are joined in one prediction and no two speakers share a name in part.
    """
    wanted = [g for g in gold if not g.get("optional")]
    spare = [g for g in gold if g.get("optional")]
    counted = [p for p in read if any(share(p, g) >= 0.5 for g in wanted) or not any(share(p, o) >= 0.5 for o in spare)]
    left_gold, left_read, found, attributed = list(wanted), list(counted), 0, 0
    while pairs := [(share(g, p), g, p) for g in left_gold for p in left_read if share(g, p) >= 0.5]:
        _, best, match = max(pairs, key=lambda pair: pair[0])
        found += 1
        names = {n.split()[-1].lower() for n in match["speakers"]}
        attributed += bool(names & {n.split()[-1].lower() for n in best["speakers"]})
        left_gold.remove(best)
        left_read.remove(match)
    return len(wanted), len(counted), found, found, attributed


def test_a_made_example_scores_as_reckoned_otherwise(report: Path, tmp_path: Path) -> None:
    """The counts equal those of a slow, plain implementation; the measures follow from them."""
    gold = write_gold(tmp_path / "gold.jsonl", GOLD)
    read = [row for item in read_paths([report]) if isinstance(item, ReadReport) for row in statement_rows(item)]
    total = evaluate(gold, [report]).total
    counts = (total.gold, total.predicted, total.found, total.right, total.attributed)
    assert counts == reckoned(GOLD, read)
    assert total.gold == 5
    assert 0 < total.attributed < total.found < total.gold
    assert total.precision == total.right / total.predicted
    assert total.recall == total.found / 5
    assert total.f1 == pytest.approx(2 / (1 / total.precision + 1 / total.recall))
    assert total.speaker == total.attributed / total.found
    assert total.attributed_f1 == pytest.approx(total.f1 * total.speaker)


def test_rows_have_the_whole_the_kinds_and_the_reports(report: Path, tmp_path: Path) -> None:
    """Precision is told of the whole and of reports, not of kinds, where it has no meaning."""
    found = evaluate(write_gold(tmp_path / "gold.jsonl", GOLD), [report])
    rows = {str(r["of"]): r for r in found.rows()}
    assert list(rows) == ["all", "direct", "mixed", "indirect", "raad.txt"]
    assert rows["direct"]["precision"] is None
    assert rows["raad.txt"] == {**rows["all"], "of": "raad.txt"}
    assert rows["mixed"]["gold"] == 0


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ([{**GOLD[0], "document": "other.txt"}], GoldMismatch),
        ([{**GOLD[0], "start": GOLD[0]["start"] + 1, "end": GOLD[0]["end"] + 1}], GoldMismatch),
        ([{**GOLD[0], "kind": "sung"}], BadGold),
        ([], BadGold),
    ],
)
def test_gold_that_does_not_fit_is_refused(
    report: Path, tmp_path: Path, rows: list[dict[str, Any]], error: type[Exception]
) -> None:
    """A report that is not there, words that stand elsewhere, and a damaged or empty file are errors."""
    with pytest.raises(error):
        evaluate(write_gold(tmp_path / "gold.jsonl", rows), [report])


def test_a_marked_report_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    """The error is that of the report, not that it is missing from the gold."""
    with pytest.raises(ReportMissing):
        evaluate(write_gold(tmp_path / "gold.jsonl", GOLD), [tmp_path / "raad.txt"])


def test_figures_equal_those_of_the_shared_script(tmp_path: Path) -> None:
    """On the marked reports the measures are those of the script that everybody scores with."""
    gold, script = SHARED / "gold" / "seeds-000-002.jsonl", SHARED / "gold" / "score.py"
    if not gold.exists() or not script.exists():
        pytest.skip("the shared gold is not beside this folder")
    seeds = sorted((SHARED / "seeds").glob("*.txt"))
    read = [row for item in read_paths(seeds) if isinstance(item, ReadReport) for row in statement_rows(item)]
    predicted = write_gold(tmp_path / "read.jsonl", read)
    done = subprocess.run(
        [sys.executable, script, gold, predicted, "--by-kind"], capture_output=True, text=True, check=True, timeout=60
    )
    *kinds, whole = (line.split() for line in done.stdout.splitlines())
    found = evaluate(gold, seeds)
    total = found.total
    told = [f"{v:.3f}" for v in (total.precision, total.recall, total.f1, total.speaker, total.attributed_f1)]
    assert [whole[i] for i in (6, 8, 10, 12, 15)] == told
    assert (int(whole[2]), int(whole[4])) == (total.gold, total.predicted)
    for name, _, recall, _, count, _, speaker in kinds:
        of_kind = found.kinds[name]
        assert (recall, int(count), speaker) == (f"{of_kind.recall:.3f}", of_kind.gold, f"{of_kind.speaker:.3f}")
