"""Nothing is lost and nothing half-written: processes that are killed, and processes at the same time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import store_killing
from store_samples import READER, environment, make_document, make_reading

from treves.store import AddOutcome, open_store
from treves.store.protocol import Store

HERE = Path(__file__).parent
KILLER = str(HERE / "store_killing.py")


def kill(place: str, seed: int, rounds: int) -> dict[str, int]:
    """Let the script kill, and return what its rounds were like."""
    command = [sys.executable, KILLER, place, str(seed), str(rounds)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """Forty processes are killed while they make, upgrade and fill dossiers; all that they said is kept."""
    rounds = kill(str(tmp_path), 20230704, 40)
    assert rounds["rounds"] == 40
    assert rounds["spoke"] >= 8, "most were killed before they had done anything"
    with open_store(tmp_path / "shared.treves") as store:
        assert len(store.documents()) >= 30


@pytest.mark.postgres
def test_killed_while_writing_to_a_database(postgres_target: str) -> None:
    """Ten more, while they write to a database."""
    rounds = kill(postgres_target, 20230705, 10)
    assert rounds["rounds"] == 10
    assert rounds["spoke"] >= 2, "most were killed before they had done anything"


def test_loss_would_be_noticed(tmp_path: Path) -> None:
    """The check of the two tests above does see a lost report, a lost correction and a half reading."""
    path = str(tmp_path / "x.treves")
    document = make_document()
    with open_store(path, create=True) as store:
        store.add_many([(document, make_reading(document))], run=store.start_run(READER, "0.1.0"))
    store_killing.look(path, [["added", document.id]])
    for said in (["added", make_document(1).id], ["again", document.id], ["corrected", "C1"]):
        with pytest.raises(SystemExit):
            store_killing.look(path, [said])
    with open_store(path) as store:
        store.add(make_document(1))
    with pytest.raises(SystemExit, match="without its reading"):
        store_killing.look(path, [])


WRITER = """
import json, sys
from store_samples import READER, environment, make_document, make_reading
from treves.model.corrections import Correction, CorrectionKind
from treves.store import open_store
order = range(120) if sys.argv[2] == "0" else range(119, -1, -1)
outcomes, ids = {}, []
with open_store(sys.argv[1], create=True) as store:
    run = store.start_run(READER, "0.1.0")
    for n in order:
        document = make_document(n, name=f"{sys.argv[2]}-{n}.txt")
        outcomes[n] = store.add_many([(document, make_reading(document))], run=run)[0]
        if n % 10 == 0:
            ids.append(store.correct(Correction(CorrectionKind.SET_OUTLET, document.id, {"outlet": "A"})).id)
            store.put_reading(make_reading(document, "nl-grammar 0.2.0"), run)
print(json.dumps([outcomes, ids]))
"""


def test_two_processes_at_once(target: str) -> None:
    """Two processes make the same dossier and add the same reports to it, from either end, and both corrections."""
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, target, which],
            env=environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        for which in "01"
    ]
    told = [json.loads(writer.communicate(timeout=120)[0]) for writer in writers]
    for n in range(120):
        assert sorted(outcomes[str(n)] for outcomes, _ in told) == [AddOutcome.ADDED, AddOutcome.APPEARANCE]
    with open_store(target) as store:
        check(store)
        assert sorted(int(i[1:]) for _, ids in told for i in ids) == list(range(1, 25))
        assert [c.id for c in store.corrections()] == [f"C{n}" for n in range(1, 25)]


def check(store: Store) -> None:
    """Every report is there once, with both appearances and one whole reading."""
    filed = store.filed()
    assert {f.document.id for f in filed} == {make_document(n).id for n in range(120)}
    assert len(filed) == 120
    for each in filed:
        assert len(each.document.appearances) == 2
        assert each.reading
        assert each.reading == make_reading(each.document, each.reading.reader)
    assert store.intact() == []
    assert len(store.runs()) == 2
