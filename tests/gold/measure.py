"""Scores the reader on the project's own gold and writes the figures where they are told: docs/reading.md and the brief.

Run it after a change of the reader: ``.venv/bin/python tests/gold/measure.py``. A test fails while the figures are stale.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from treves.reading.scoring import Score
from treves.services.evaluation import Evaluation, evaluate

ROOT = Path(__file__).parent.parent.parent
GOLD = Path(__file__).parent / "nl"
MARKERS = "<!-- scores -->", "<!-- /scores -->"


def part(name: str) -> Evaluation:
    """Return the evaluation of "open" or "held"."""
    files = sorted(GOLD.glob(f"{name}*.jsonl"))
    with tempfile.TemporaryDirectory() as folder:
        together = Path(folder) / "gold.jsonl"
        together.write_text("".join(f.read_text(encoding="utf-8") for f in files), encoding="utf-8")
        return evaluate(together, [GOLD / name])


def _line(name: str, score: Score) -> str:
    measures = (score.precision, score.recall, score.f1, score.speaker, score.attributed_f1)
    return f"| {name} | {score.gold} | " + " | ".join(f"{m:.3f}" for m in measures) + " |"


def table(opened: Evaluation, held: Evaluation) -> str:
    """Return the table of scores in Markdown."""
    head = "| part | statements | precision | recall | F1 | speaker | attributed F1 |\n|---|---|---|---|---|---|---|"
    kinds = "\n".join(
        f"| {name}, {kind} | {score.gold} |  | {score.recall:.3f} |  | {score.speaker:.3f} |  |"
        for name, found in (("open", opened), ("held", held))
        for kind, score in found.kinds.items()
    )
    return "\n".join([head, _line("open", opened.total), _line("held", held.total), kinds])


def told(opened: Evaluation, held: Evaluation) -> dict[str, str]:
    """Return what the brief says of the reader, by language of the interface."""
    h, o = held.total, opened.total
    return {
        "en": (
            f"On {h.gold} statements in reports that were kept unread while its rules were written, the reader finds "
            f"{h.recall:.0%}, {h.precision:.0%} of what it gives is right, and {h.speaker:.0%} of those found have the right "
            f"speaker; on the {o.gold} in reports that were open, {o.recall:.0%}, {o.precision:.0%} and {o.speaker:.0%}."
        ),
        "nl": (
            f"Van {h.gold} uitspraken in berichten die ongelezen bleven toen de regels werden geschreven, vindt de lezer "
            f"{h.recall:.0%}; {h.precision:.0%} van wat hij geeft klopt, en {h.speaker:.0%} van de gevonden heeft de juiste "
            f"spreker. Bij de {o.gold} in berichten die openlagen is dat {o.recall:.0%}, {o.precision:.0%} en {o.speaker:.0%}."
        ),
    }


def measured_module(texts: dict[str, str]) -> str:
    """Return the source of ``treves/reading/measured.py``."""
    entries = "".join(f"    {code!r}: (\n" + _wrapped(text) + "    ),\n" for code, text in texts.items())
    return (
        '"""What the reader is known to get right and to miss, as printed at the foot of every brief.\n\n'
        "Written by tests/gold/measure.py; a test compares the figures with a fresh evaluation.\n"
        '"""\n\nMEASURED = {\n' + entries.replace("'", '"') + '}\n"""By language of the interface."""\n'
    )


def _wrapped(text: str) -> str:
    words, lines, line = text.split(" "), [], ""
    for word in words:
        if len(line) + len(word) > 100:
            lines.append(line)
            line = ""
        line += word + " "
    lines.append(line.rstrip())
    return "".join(f'        "{one}"\n' for one in lines)


def main() -> None:
    """Measure, and write the figures."""
    opened, held = part("open"), part("held")
    page = ROOT / "docs" / "reading.md"
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(MARKERS[0])
    after = rest.split(MARKERS[1])[1]
    filled = f"{before}{MARKERS[0]}\n{table(opened, held)}\n{MARKERS[1]}{after}"
    page.write_text(filled, encoding="utf-8")
    (ROOT / "src/treves/reading/measured.py").write_text(measured_module(told(opened, held)), encoding="utf-8")


if __name__ == "__main__":
    main()
