"""How a dossier grows: 10,000 reports added one after another, then opened, searched and briefed; and a renewal at 200.

Prints the time per report at the start and at the end (it must not grow), the renewal in its parts, and the other times
once each. What the project asks: a report added to 200 and the brief renewed in under two seconds, on a noisy machine with
two cores; the brief of 10,000 in well under a minute.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from synthetic import documents
from treves.brief import Made, render
from treves.model.evidence import Document
from treves.services.briefs import brief_of_dossier
from treves.services.dossiers import new_dossier
from treves.services.readings import ReadOptions, read_document
from treves.services.views import search, view_of
from treves.store import Store, open_store

COUNT, WINDOW, RENEWED = 10_000, 500, 200


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


def renew(store: Store, run: str, document: Document) -> None:
    """Add one report and renew the brief; print wall-clock time, and processor time of the parts."""
    start = time.perf_counter()
    add(store, run, document)
    brief_of_dossier(store)
    print(f"one report added to {RENEWED} and the brief renewed: {time.perf_counter() - start:.2f} s")
    marks = [time.process_time()]
    store.filed()
    marks.append(time.process_time())
    view = view_of(store)
    marks.append(time.process_time())
    page = render(view, language="en", made=Made("benchmark"))
    marks.append(time.process_time())
    load, both, drawn = (after - before for before, after in pairwise(marks))
    told = f"load {load:.2f} s, join {both - load:.2f} s, render {drawn:.2f} s"
    print(f"  of which processor time: {told}; a page of {len(page) / 1e6:.1f} MB")


def main(count: int = COUNT) -> None:
    """Print the figures for `count` reports."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "bench.treves"
        new_dossier(target)
        taken: list[float] = []
        with open_store(target) as store:
            run = store.start_run("benchmark", "0")
            for number, document in enumerate(documents(count + 1)):
                if number == RENEWED:
                    renew(store, run, document)
                    continue
                taken.append(add(store, run, document))
        first, last = statistics.median(taken[:WINDOW]), statistics.median(taken[-WINDOW:])
        print(f"{count:,} reports, one transaction each")
        print(f"a report takes {1000 * first:.1f} ms at the start, {1000 * last:.1f} ms at the end")
        print(f"ratio end to start {last / first:.2f}; the file has {target.stat().st_size / 1e6:.0f} MB")
        timed("open", lambda: open_store(target).close())
        with open_store(target) as store:
            timed("load", lambda: len(store.filed()))
            timed("search", lambda: search(store, "tunnel begroting"))
            timed("brief of all", lambda: brief_of_dossier(store))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
