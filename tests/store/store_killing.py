"""Kills processes that write to a dossier, at random moments, and looks at what they leave behind.

Run as a script, with a folder (or the address of a database), a seed and a number of rounds. Every round forks a
process that adds, reads again and corrects, and says so once each is done; it is killed after a random time, and the
dossier must hold at least what it said, and nothing half. The script tells what the rounds were like, as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from store_samples import READER, make_document, make_reading

from treves.model.corrections import Correction, CorrectionKind
from treves.store import open_store
from treves.store.sql import SqlStore

LATER = "nl-grammar 0.2.0"
CYCLES = 4
"""How often the longest-lived process gets round to all that it does, or about so."""


def work(target: str, first: int, report: int, cycles: int) -> None:
    """Write to the dossier, and tell on the pipe `report` what is done."""
    with open_store(target, create=True) as store:
        run = store.start_run(READER, "0.1.0")
        for number in range(first, first + 3 * cycles, 3):
            documents = [make_document(n) for n in range(number, number + 3)]
            store.add_many([(d, make_reading(d)) for d in documents], run=run)
            os.write(report, "".join(f"added {d.id}\n" for d in documents).encode())
            store.put_reading(make_reading(documents[1], LATER), run)
            os.write(report, f"again {documents[1].id}\n".encode())
            made = store.correct(Correction(CorrectionKind.RENAME_ACTOR, documents[1].id, {"name": str(number)}))
            os.write(report, f"corrected {made.id}\n".encode())


def killed(target: str, first: int, lifetime: float) -> list[list[str]]:
    """What a process said that was killed after `lifetime` seconds."""
    said, report = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work(target, first, report, 1000)
        finally:
            os._exit(1)
    os.close(report)
    time.sleep(lifetime)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(said) as lines:
        return [line.split() for line in lines.read().split("\n")[:-1]]


def look(target: str, said: list[list[str]]) -> None:
    """Check that the dossier holds what was said, and nothing half."""
    with open_store(target, create=True) as store:
        filed = {f.document.id: f for f in store.filed()}
        for document, reading in ((f.document, f.reading) for f in filed.values()):
            require(reading is not None, f"{document.id} stands without its reading")
            whole = make_reading(document, reading.reader if reading else "")
            require(reading == whole, f"the reading of {document.id} is not whole")
        corrections = {c.id for c in store.corrections()}
        require(corrections == {f"C{n + 1}" for n in range(len(corrections))}, "corrections are not numbered in order")
        for what, which in said:
            held = filed.get(which)
            if what == "corrected":
                require(which in corrections, f"correction {which} is lost")
            else:
                require(held is not None, f"report {which} is lost")
                require(
                    what == "added" or bool(held and held.reading and held.reading.reader == LATER), "re-reading lost"
                )
        require(store.intact() == [], f"{target}: {store.intact()}")
        require(len(store.search("terpstra", limit=10**6)) == len(filed), "a report cannot be found")


def require(true: bool, complaint: str) -> None:
    """Fail with `complaint` unless all is well."""
    if not true:
        raise SystemExit(complaint)


def make_old(path: Path) -> None:
    """Make a dossier of the first revision, of which much must be indexed when it is opened."""
    with open_store(path, create=True) as store:
        assert isinstance(store, SqlStore)
        run = store.start_run(READER, "0.1.0")
        store.add_many(((d, make_reading(d)) for d in map(make_document, range(60))), run=run)
        with store._write() as connection:
            connection.exec_driver_sql("DROP TABLE search_index")
            connection.exec_driver_sql("DROP TABLE feed")
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")


def targets(place: str, rounds: int) -> Iterator[str]:
    """Where each round writes: mostly to the same dossier, now and then to a new or an old one."""
    for number in range(rounds):
        if place.startswith("postgresql://"):
            yield place
        elif number % 5 == 1:
            yield str(Path(place) / f"new{number}.treves")
        elif number % 5 == 3:
            old = Path(place) / f"old{number}.treves"
            make_old(old)
            yield str(old)
        else:
            yield str(Path(place) / "shared.treves")


def cycle(target: str) -> float:
    """Seconds that it takes to do everything once; whatever is imported late is imported by then."""
    with Path(os.devnull).open("wb") as nobody:
        for first in (0, 3):
            begun = time.monotonic()
            work(target, first, nobody.fileno(), 1)
    return time.monotonic() - begun


def main(place: str, seed: int, rounds: int) -> None:
    """Do the rounds, and tell how many processes had said something, and how much in all."""
    dice = random.Random(seed)
    shared = place if place.startswith("postgresql://") else str(Path(place) / "shared.treves")
    longest = CYCLES * cycle(shared)
    tellings = []
    for number, target in enumerate(targets(place, rounds), 1):
        said = killed(target, number * 10_000, dice.uniform(0, longest))
        look(target, said)
        tellings.append(len(said))
    json.dump({"rounds": len(tellings), "spoke": sum(map(bool, tellings)), "said": sum(tellings)}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
