"""The reader against statements marked by hand: the project's own gold, and the reports of July 2023 where they are there."""

import sys
from pathlib import Path

import pytest

from treves.reading.measured import MEASURED
from treves.services.evaluation import Evaluation, evaluate

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "gold"))
from measure import MARKERS, ROOT, part, table, told  # noqa: E402

SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="module")
def opened() -> Evaluation:
    """The reader on the texts that were read while its rules were written."""
    return part("open")


@pytest.fixture(scope="module")
def held() -> Evaluation:
    """The reader on the texts that were kept unread."""
    return part("held")


def test_open_gold(opened: Evaluation) -> None:
    """On open texts the reader finds nearly everything and gives little else."""
    assert opened.total.gold >= 500
    assert opened.total.f1 >= 0.95
    assert opened.total.speaker >= 0.95


def test_held_gold(held: Evaluation) -> None:
    """On texts that nobody read while writing the rules it stays near."""
    assert held.total.gold >= 160
    assert held.total.f1 >= 0.88
    assert held.total.speaker >= 0.88


def test_the_figures_told_are_the_figures_measured(opened: Evaluation, held: Evaluation) -> None:
    """The docs and the foot of the brief tell the scores of this very reader; tests/gold/measure.py renews them."""
    page = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    assert page.split(MARKERS[0])[1].split(MARKERS[1])[0].strip() == table(opened, held)
    assert told(opened, held) == MEASURED


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the reports of July 2023 are not beside this checkout")
def test_reports_of_july_2023() -> None:
    """Three real reports on one night's talks: F1 at least .88, speakers at least .93."""
    found = evaluate(SHARED / "gold" / "seeds-000-002.jsonl", [SHARED / "seeds"])
    assert found.total.f1 >= 0.88
    assert found.total.speaker >= 0.93
    assert found.total.attributed_f1 >= 0.82
