"""How fast one process reads, end to end: language, quotes, statements, actors, events, sketch.

Prints words per second of processor time, the peak memory, and the ratio to a peer timed in the same run: spaCy's rule-based
Dutch tokeniser and sentence splitter (no model) where spaCy is installed, else a bare regular expression over words.
"""

from __future__ import annotations

import re
import resource
import statistics
import time
from collections.abc import Callable

from synthetic import documents
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


def main() -> None:
    """Print the figures."""
    reports = list(documents(REPORTS))
    name, other = peer()
    words = sum(read(d).words for d in reports)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(seconds(lambda: [(identify(d.text), read(d)) for d in reports]))
        theirs.append(seconds(lambda: [other(d.text) for d in reports]))
    mine, its = statistics.median(ours), statistics.median(theirs)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"reading: {words / mine:,.0f} words per CPU-second (median of {ROUNDS}), peak {peak:,.0f} MB")
    print(f"peer ({name}): {words / its:,.0f} words per CPU-second; ratio {its / mine:.2f}")


if __name__ == "__main__":
    main()
