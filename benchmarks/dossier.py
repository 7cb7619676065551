"""How a dossier grows: 10,000 reports added one after another, then opened, searched and briefed; and a renewal at 200.

Prints the time per report at the start and at the end (it must not grow), and the other times once each.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from synthetic import documents
from treves.model.evidence import Document
from treves.services.briefs import brief_of_dossier
from treves.services.dossiers import new_dossier
from treves.services.readings import ReadOptions, read_document
from treves.services.views import search
from treves.store import Store, open_store

COUNT, WINDOW = 10_000, 500


def add(store: Store, run: str, document: Document) -> float:
    """Read and add one report; return the seconds it took."""
    start = time.perf_counter()
    report = read_document(document, ReadOptions())
    store.add_many([(report.document, report.reading)], run=run)
    return time.perf_counter() - start


def timed(name: str, work: object) -> None:
    """Run `work` and print its time."""
    start = time.perf_counter()
    result = work()  # type: ignore[operator]
    size = f" ({len(result):,} characters)" if isinstance(result, str) else ""
    print(f"{name}: {time.perf_counter() - start:.2f} s{size}")


def main(count: int = COUNT) -> None:
    """Print the figures for `count` reports."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "bench.treves"
        new_dossier(target)
        taken: list[float] = []
        with open_store(target) as store:
            run = store.start_run("benchmark", "0")
            for number, document in enumerate(documents(count + 1)):
                if number == 200:
                    start = time.perf_counter()
                    add(store, run, document)
                    brief_of_dossier(store)
                    print(f"one report added to 200 and the brief renewed: {time.perf_counter() - start:.2f} s")
                    continue
                taken.append(add(store, run, document))
        first, last = statistics.median(taken[:WINDOW]), statistics.median(taken[-WINDOW:])
        print(f"{count:,} reports, one transaction each")
        print(f"a report takes {1000 * first:.1f} ms at the start, {1000 * last:.1f} ms at the end")
        print(f"ratio end to start {last / first:.2f}; the file has {target.stat().st_size / 1e6:.0f} MB")
        timed("open", lambda: open_store(target).close())
        with open_store(target) as store:
            timed("search", lambda: search(store, "tunnel begroting"))
            timed("brief of all", lambda: brief_of_dossier(store))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
