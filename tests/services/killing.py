"""Kills `treves add` at random moments, and looks at what it leaves behind.

Run as a script, with a folder, a seed and a number of rounds. Every round forks a process that runs the command on a
folder of reports, and kills it after a random time; the dossier must then open, be whole, and hold every report it has
with its reading. After some rounds the command is let be, and nothing may be missing. The script tells what the rounds
were like, as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from example import made_up_report, write_made_up

from treves import cli
from treves.model.evidence import document_id
from treves.store import open_store
from treves.store.faults import DossierMissing

REPORTS = 250
ROUNDS_EACH = 5
"""Rounds on one dossier before adding is let be."""


def child(dossier: Path, reports: Path) -> int:
    """Start the command in a process of its own and return its id."""
    made = os.fork()
    if made == 0:
        try:
            cli.main(["--silent", "add", "--create", str(dossier), str(reports)])
        except SystemExit as stop:
            os._exit(stop.code if isinstance(stop.code, int) else 1)
        finally:
            os._exit(70)
    return made


def finished(process: int) -> None:
    """Wait for the command, which must succeed."""
    _, status = os.waitpid(process, 0)
    require(os.waitstatus_to_exitcode(status) == 0, f"adding exited {os.waitstatus_to_exitcode(status)}")


def look(dossier: Path) -> int:
    """Check that the dossier is whole, and return how many reports it holds."""
    try:
        store = open_store(dossier)
    except DossierMissing:
        return 0
    with store:
        require(store.intact() == [], f"{dossier}: {store.intact()}")
        filed = store.filed()
        for f in filed:
            require(f.reading is not None, f"{f.document.name} stands without its reading")
            require(
                bool(f.reading and len(f.reading.statements) >= 2), f"the reading of {f.document.name} is not whole"
            )
            number = int(f.document.name[1:5])
            require(f.document.id == document_id(made_up_report(number)), f"{f.document.name} is not whole")
        return len(filed)


def require(true: bool, complaint: str) -> None:
    """Fail with `complaint` unless all is well."""
    if not true:
        raise SystemExit(complaint)


def main(place: Path, seed: int, rounds: int) -> None:
    """Do the rounds, and tell how many left something done and something to do."""
    dice = random.Random(seed)
    reports = place / "reports"
    write_made_up(reports, REPORTS)
    begun = time.monotonic()
    finished(child(place / "whole.treves", reports))
    longest = time.monotonic() - begun
    left: list[int] = []
    for number in range(rounds):
        dossier = place / f"d{number // ROUNDS_EACH}.treves"
        process = child(dossier, reports)
        time.sleep(dice.uniform(0, longest * 0.7))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        left.append(look(dossier))
        if number % ROUNDS_EACH == ROUNDS_EACH - 1 or number == rounds - 1:
            finished(child(dossier, reports))
            require(look(dossier) == REPORTS, f"{dossier} misses reports")
    json.dump({"rounds": len(left), "partly": sum(0 < n < REPORTS for n in left)}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
