"""The dossier as a file: what it does to the file, and what can be wrong with it."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection
from store_samples import READER, environment, make_document, make_reading

from treves.errors import DossierError
from treves.model.corrections import Correction, CorrectionKind
from treves.store import AddOutcome, Store, migrate, open_store
from treves.store.faults import (
    DiskFull,
    DossierCorrupt,
    DossierLocked,
    DossierMissing,
    DossierTooNew,
    NotADossier,
)
from treves.store.schema import APPLICATION_ID, REVISION
from treves.store.sqlite import SqliteStore

READS: tuple[Callable[[Store], object], ...] = (
    Store.documents,
    Store.filed,
    Store.runs,
    Store.corrections,
    Store.settings,
    Store.feeds,
    Store.info,
    Store.orphans,
    Store.read_by,
    lambda store: store.search("terpstra werf*"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A dossier of forty reports, closed."""
    path = tmp_path / "talks.treves"
    with open_store(path, create=True) as store:
        fill(store, 40)
    return path


def fill(store: Store, count: int) -> None:
    """Add numbered reports with their readings, and a correction."""
    run = store.start_run(READER, "0.1.0")
    store.add_many(((make_document(n), make_reading(make_document(n))) for n in range(count)), run=run)
    store.correct(Correction(CorrectionKind.RENAME_ACTOR, "ilse-terpstra", {"name": "I. Terpstra"}))


def tamper(path: Path, statement: str) -> None:
    """Change a dossier behind its back."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def test_file_says_what_it_is(path: Path) -> None:
    """The file carries the mark and the revision of a dossier, and keeps a write-ahead log only while open."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (REVISION,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert list(path.parent.iterdir()) == [path]


def test_every_connection_is_careful(path: Path) -> None:
    """References are enforced, and a commit is on the disk when it returns, on the connection of every thread."""
    with open_store(path) as store:
        assert isinstance(store, SqliteStore)
        with store._read() as one, store._read() as other:
            for connection in (one, other):
                assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
                assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_reading_changes_no_byte(path: Path) -> None:
    """Looking at a dossier leaves its file as it was."""
    before = path.read_bytes()
    with open_store(path) as store:
        for read in (*READS, Store.intact):
            read(store)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_missing_file_is_not_made(tmp_path: Path) -> None:
    """Reading what is not there makes nothing; making needs a folder."""
    with pytest.raises(DossierMissing, match=r"none\.treves"):
        open_store(tmp_path / "none.treves")
    with pytest.raises(DossierMissing, match="folder"):
        open_store(tmp_path / "none" / "x.treves", create=True)
    assert list(tmp_path.iterdir()) == []


def test_names_that_need_care(tmp_path: Path) -> None:
    """A name may hold what means something in an address."""
    path = tmp_path / "dossier? #1 100% één & mode=ro.treves"
    with open_store(path, create=True) as store:
        store.add(make_document())
    with open_store(str(path)) as store:
        assert len(store.documents()) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_two_make_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who makes a dossier that another has just made and filled, takes the other's."""
    path = tmp_path / "talks.treves"
    make = migrate.create

    def slowly(connection: Connection, search: tuple[str, ...]) -> None:
        make(connection, search)
        monkeypatch.setattr(migrate, "create", make)
        with open_store(path, create=True) as quicker:
            quicker.add(make_document())

    monkeypatch.setattr(migrate, "create", slowly)
    with open_store(path, create=True) as store:
        assert store.documents() == [make_document()]
    assert list(tmp_path.iterdir()) == [path]


def test_disk_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dossier can be made where a file cannot have two names."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "talks.treves"
    with open_store(path, create=True) as store:
        assert store.add(make_document()) is AddOutcome.ADDED
    assert list(tmp_path.iterdir()) == [path]


def test_making_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When making a dossier is broken off, there is none, nor anything else."""

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(migrate, "create", broken)
    with pytest.raises(KeyboardInterrupt):
        open_store(tmp_path / "talks.treves", create=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"Een bericht, geen dossier.", b"SQLite format 3"])
@pytest.mark.parametrize("create", [False, True])
def test_other_files_are_refused(tmp_path: Path, content: bytes, create: bool) -> None:
    """A file of another kind is left as it is, even when a dossier may be made."""
    path = tmp_path / "note.txt"
    path.write_bytes(content)
    with pytest.raises(NotADossier):
        open_store(path, create=create)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("create", [False, True])
def test_other_databases_are_refused(tmp_path: Path, create: bool) -> None:
    """Another program's SQLite file is left as it is."""
    path = tmp_path / "other.db"
    tamper(path, "CREATE TABLE document (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(NotADossier, match=r"other\.db"):
        open_store(path, create=create)
    assert path.read_bytes() == before


def test_names_that_cannot_be(tmp_path: Path) -> None:
    """A name that no file can have is an error of ours, whatever the system calls it."""
    for name in ("x" * 300, "note.txt/x.treves"):
        (tmp_path / "note.txt").touch()
        for create in (False, True):
            with pytest.raises(DossierError):
                open_store(tmp_path / name, create=create)
    (tmp_path / "hanging.treves").symlink_to(tmp_path / "nowhere" / "x.treves")
    with pytest.raises(DossierError):
        open_store(tmp_path / "hanging.treves", create=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["hanging.treves", "note.txt"]


def test_folder_is_refused(tmp_path: Path) -> None:
    """A folder is no dossier."""
    with pytest.raises(NotADossier, match="folder"):
        open_store(tmp_path, create=True)


def test_newer_version_is_refused(path: Path) -> None:
    """A dossier of a newer version is neither read nor changed."""
    tamper(path, "UPDATE alembic_version SET version_num = '0999'")
    before = path.read_bytes()
    with pytest.raises(DossierTooNew, match="0999"):
        open_store(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("statement", ["DELETE FROM alembic_version", "DROP TABLE alembic_version"])
def test_lost_revision_is_damage(path: Path, statement: str) -> None:
    """A dossier that does not say its revision is damaged."""
    tamper(path, statement)
    with pytest.raises(DossierCorrupt):
        open_store(path)


@pytest.mark.parametrize("size", [20, 100, 3000, 5000, 0.3, 0.6, 0.9])
def test_truncated_file(path: Path, size: float) -> None:
    """Of a file that was cut off, nothing comes but an error or a complaint."""
    whole = path.read_bytes()
    path.write_bytes(whole[: int(size if size > 1 else size * len(whole))])
    assert complaints(path)


def test_damaged_pages(path: Path) -> None:
    """Whatever bytes are damaged, no other error than the dossier's own comes out."""
    whole, dice, complained = path.read_bytes(), random.Random(7), 0
    for _ in range(25):
        at, length = dice.randrange(100, len(whole) - 3000), dice.choice([1, 16, 3000])
        path.write_bytes(whole[:at] + dice.randbytes(length) + whole[at + length :])
        complained += bool(complaints(path))
    assert complained > 12


def complaints(path: Path) -> list[str]:
    """What is said of the dossier when all of it is read and checked."""
    found: list[str] = []
    try:
        with open_store(path) as store:
            for read in READS:
                try:
                    read(store)
                except DossierError as error:
                    found.append(str(error))
            found += store.intact()
    except DossierError as error:
        found.append(str(error))
    return found


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("UPDATE statement SET exact = 'anders' WHERE document = 3 AND position = 1", "statement S"),
        ("UPDATE statement SET start = start + 1 WHERE document = 3 AND position = 1", "statement S"),
        ("UPDATE event SET exact = 'anders' WHERE document = 3", "event E"),
        ("UPDATE event_time SET start = 0 WHERE document = 3 AND part = 'start'", "event_time"),
        ("UPDATE mention SET suffix = '', exact = '' WHERE document = 3", "mention"),
        ("UPDATE role SET exact = 'minister' WHERE document = 3", "role"),
        ("UPDATE statement SET cue = 'riep' WHERE document = 3 AND position = 0", "statement S"),
        ('UPDATE statement_speaker SET "end" = 5 WHERE document = 3 AND position = 0', "statement_speaker"),
        ("UPDATE document SET text = replace(text, 'Werf', 'Kade') WHERE number = 3", "report"),
        ("DELETE FROM appearance WHERE document = 3", "appeared"),
        ("DELETE FROM actor WHERE document = 3 AND key = 2", "refers to a row of actor"),
        ("DELETE FROM search_index_docsize WHERE id = 3", "search index"),
    ],
)
def test_tampering_is_found(path: Path, statement: str, complaint: str) -> None:
    """A row that was changed behind the dossier's back is found, and named."""
    tamper(path, statement)
    with open_store(path) as store:
        found = store.intact()
    assert found
    assert complaint in found[0]


def test_orphans_name_the_passage(path: Path) -> None:
    """An orphan has the passage as stored, context and all."""
    tamper(path, "UPDATE statement SET exact = 'anders' WHERE document = 3 AND position = 1")
    statement = make_reading(make_document(2)).statements[1]
    with open_store(path) as store:
        (orphan,) = store.orphans()
    assert (orphan.table, orphan.id, orphan.passage.exact) == ("statement", statement.id, "anders")
    assert (orphan.passage.document, orphan.passage.span) == (statement.document, statement.content)
    assert orphan.passage.prefix.endswith("‘")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE appearance SET published_earliest = 'gisteren' WHERE document = 3",
        "UPDATE appearance SET outlet_origin = 'hearsay' WHERE document = 3",
        "UPDATE reading SET sketch = '[1,' WHERE document = 3",
        "UPDATE statement SET kind = 'loud' WHERE document = 3",
        "DELETE FROM event_time WHERE document = 3",
        "UPDATE role SET held_from = x'00ff' WHERE document = 3",
        "UPDATE document SET text = CAST(x'ff41' AS TEXT) WHERE number = 3",
    ],
)
def test_rows_that_mean_nothing(path: Path, statement: str) -> None:
    """A value that no version writes is damage, said as such."""
    tamper(path, statement)
    with open_store(path) as store, pytest.raises(DossierCorrupt, match="damaged"):
        store.filed()


def test_full_disk(path: Path) -> None:
    """When there is no room, nothing is half-written, and what was there can be read."""
    with open_store(path) as store:
        assert isinstance(store, SqliteStore)
        with store._read() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
        before = len(store.documents())
        with pytest.raises(DiskFull):
            for n in range(1000, 2000):
                store.add_many([(make_document(n), make_reading(make_document(n)))], run="R1")
        held = store.filed()
        assert len(held) > before
        assert all(filed.reading == make_reading(filed.document) for filed in held)
        assert store.intact() == []


QUOTA = """
import resource, sys
from store_samples import make_document, make_reading
from treves.errors import DossierError
from treves.store import open_store
with open_store(sys.argv[1]) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
    try:
        for n in range(1000, 2000):
            store.add_many([(make_document(n), make_reading(make_document(n)))], run="R1")
    except DossierError as error:
        print(type(error).__name__, error.hint)
"""


def test_quota(path: Path) -> None:
    """A file that the system lets grow no further is as good as a full disk."""
    done = child(QUOTA, path)
    assert "free space" in done.lower()
    with open_store(path) as store:
        assert all(filed.reading == make_reading(filed.document) for filed in store.filed())
        assert store.intact() == []


def child(script: str, *arguments: object) -> str:
    """Run a script in a process of its own, and return what it says."""
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_lock_that_stays(path: Path) -> None:
    """Who has waited long enough for another writer is told so; reading goes on all the while."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other, open_store(path, wait=0.2) as store:
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        with pytest.raises(DossierLocked):
            store.add(make_document(99))
        assert time.monotonic() - begun > 0.1
        assert len(store.documents()) == 40
        other.execute("ROLLBACK")
        assert store.add(make_document(99)) is AddOutcome.ADDED


@pytest.fixture
def guest(path: Path) -> Iterator[Path]:
    """The dossier in a folder where other users may look."""
    folder = path.parent
    above = [p for p in (folder, *folder.parents) if not p.stat().st_mode & stat.S_IXOTH]
    modes = {p: stat.S_IMODE(p.stat().st_mode) for p in above}
    for p, mode in modes.items():
        p.chmod(mode | stat.S_IXOTH | stat.S_IROTH)
    yield path
    for p, mode in modes.items():
        p.chmod(mode)


GUEST = """
import os, sys
from pathlib import Path
from store_samples import make_document
from treves.errors import DossierError
from treves.store import open_store
path = Path(sys.argv[1])
with open_store(path) as store:  # whatever is imported late is imported now
    expected = store.filed(), store.info().counts, len(store.search("werf"))
if os.geteuid() == 0:
    os.setresgid(65534, 65534, 65534)
    os.setresuid(65534, 65534, 65534)
files = sorted(p.name for p in path.parent.iterdir())
with open_store(path) as store:
    assert (store.filed(), store.info().counts, len(store.search("werf"))) == expected
    print(store.info().read_only)
    for write in (lambda: store.add(make_document(77)), lambda: store.put_setting("a", "b"), lambda: store.undo()):
        try:
            write()
        except DossierError as error:
            print(type(error).__name__)
try:
    open_store(path.with_name("new.treves"), create=True)
except DossierError as error:
    print(type(error).__name__)
assert files == sorted(p.name for p in path.parent.iterdir())
"""


def test_read_only_file_and_folder(guest: Path) -> None:
    """Who may only read, reads; writing is an error that says so, and nothing is left beside the file."""
    guest.chmod(0o444)
    guest.parent.chmod(0o555)
    try:
        said = child(GUEST, guest).split()
    finally:
        guest.parent.chmod(0o755)
    assert said == ["True", "DossierReadOnly", "DossierReadOnly", "DossierReadOnly", "DossierReadOnly"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_read_only_beside_a_writer(guest: Path) -> None:
    """Who may only read, reads what another has just written and not yet merged into the file."""
    guest.parent.chmod(0o755)
    with open_store(guest) as store:
        store.add(make_document(50))
        assert guest.with_name(guest.name + "-wal").stat().st_size
        assert child(GUEST, guest).split() == ["True", *["DossierReadOnly"] * 4]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_log_that_nobody_merged(guest: Path) -> None:
    """A log that a killed writer left is not passed over by who cannot merge it: that would hide what was added."""
    left = guest.with_name("left.treves")
    with open_store(guest) as store:
        store.add(make_document(50))
        for suffix in ("", "-wal"):
            left.with_name(left.name + suffix).write_bytes(guest.with_name(guest.name + suffix).read_bytes())
    guest.parent.chmod(0o755)
    assert child(LATE, guest, left).split()[0] == "T204:"
    with open_store(left) as store:
        assert store.document(make_document(50).id)


LATE = """
import os, sys
from treves.errors import DossierError
from treves.store import open_store
open_store(sys.argv[1]).close()  # whatever is imported late is imported now
os.setresgid(65534, 65534, 65534)
os.setresuid(65534, 65534, 65534)
try:
    open_store(sys.argv[2])
except DossierError as error:
    print(error)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_unreadable_file(guest: Path) -> None:
    """Who may not read is told so."""
    secret = guest.with_name("secret.treves")
    secret.write_bytes(guest.read_bytes())
    secret.chmod(0o600)
    assert "cannot be read" in child(LATE, guest, secret)


def test_opening_is_light(path: Path) -> None:
    """Opening loads no migration machinery, and importing the store loads no database library."""
    script = """
import sys
import treves.store
assert "sqlalchemy" not in sys.modules
from treves.store import open_store
open_store(sys.argv[1]).close()
assert "sqlalchemy" in sys.modules
assert "alembic" not in sys.modules
"""
    child(script, path)
