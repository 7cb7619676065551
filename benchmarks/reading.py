"""How fast one process reads, end to end: language, quotes, statements, actors, events, sketch.

Usage: ``python benchmarks/reading.py [FOLDER]``

Prints words per second of processor time for two sorts of invented report. In *dense* ones nearly every sentence is a
statement or a meeting: the reader's work at its hardest, in which a rule that has become slow shows. *News-like* ones have
a statement every 28 words, as the reports have for which Trêves is made: what a user's archive will take. With a folder
of text files a third line times those.

A machine that does other work at the same time, on a core that is shared, gives fewer words per second of processor time
too. So the best of the rounds says what the code can do, the median what it did here. The peer is timed in the same
rounds: spaCy's rule-based Dutch tokeniser and sentence splitter (no model) where spaCy is installed, else a bare regular
expression over words.
"""

from __future__ import annotations

import re
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from synthetic import NEWS, documents
from treves.model.evidence import Appearance, Document, document_id
from treves.reading.language import identify
from treves.reading.reader import read

REPORTS, ROUNDS = 200, 5


def peer() -> tuple[str, Callable[[str], object]]:
    """Return the name and the function of the peer."""
    try:
        import spacy
    except ImportError:
        return "a regular expression over words", re.compile(r"\w+|[^\w\s]").findall
    pipeline = spacy.blank("nl")
    pipeline.add_pipe("sentencizer")
    return "spaCy's tokeniser and sentencizer", pipeline


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of one round."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(sort: str, reports: Sequence[Document], name: str, other: Callable[[str], object]) -> None:
    """Print how fast `reports` are read, beside the peer `other` called `name`."""
    readings = [read(d) for d in reports]
    words, statements = sum(r.words for r in readings), sum(len(r.statements) for r in readings)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(seconds(lambda: [(identify(d.text), read(d)) for d in reports]))
        theirs.append(seconds(lambda: [other(d.text) for d in reports]))
    told = f"a statement every {words / statements:.0f} words" if statements else "no statement"
    print(
        f"reading {sort} ({len(reports)} reports, {told}): {words / statistics.median(ours):,.0f} words per CPU-second "
        f"(median of {ROUNDS}), best {words / min(ours):,.0f}; peer ({name}): {words / statistics.median(theirs):,.0f}"
    )


def from_folder(folder: Path) -> list[Document]:
    """Return the text files of `folder` as reports without outlet or time."""
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))]
    return [Document(document_id(text), text, (Appearance(name),), language="nl") for name, text in texts]


def main() -> None:
    """Print the figures."""
    sorts = {"dense": list(documents(REPORTS)), "news-like": list(documents(REPORTS, telling=NEWS))}
    if len(sys.argv) > 1:
        sorts[sys.argv[1]] = from_folder(Path(sys.argv[1]))
    name, other = peer()
    for sort, reports in sorts.items():
        measure(sort, reports, name, other)
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
