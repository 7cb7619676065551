"""The program in processes of its own: exit codes, streams, interruption, pipes, terminals."""

from __future__ import annotations

import json
import os
import pty
import re
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from example import DUTCH, HAVENMONDE, write_archive, write_made_up
from running import PROGRAM, environment, run_alone

from treves.store import open_store

MANY = 12_000
"""Reports, so that no machine is done with them before it is interrupted."""


def test_a_whole_session(tmp_path: Path) -> None:
    """From nothing to a brief: every step exits 0, data goes to stdout and messages to stderr."""
    dossier, page = tmp_path / "x.treves", tmp_path / "brief.html"
    made = run_alone("new", dossier)
    assert (made.code, made.out) == (0, "")
    added = run_alone("add", dossier, HAVENMONDE)
    assert (added.code, added.out) == (0, "")
    assert "Added: 7." in added.err
    listed = run_alone("statements", dossier, "--jsonl")
    assert (listed.code, listed.err) == (0, "")
    assert len([json.loads(line) for line in listed.out.splitlines()]) > 40
    briefed = run_alone("brief", "--dossier", dossier, "--out", page)
    assert (briefed.code, briefed.out) == (0, "")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ((), 2, "Commands:"),
        (("sing",), 2, "No such command 'sing'"),
        (("add",), 2, "Missing argument"),
        (("read", "--loud", "x.txt"), 2, "No such option"),
        (("read", "--zone", "Mars/Olympus", "x.txt"), 2, "T401"),
        (("brief", "--out", "x.html"), 2, "Name reports"),
        (("actors", "none.treves"), 1, "T201"),
        (("read", "none.txt"), 1, "T101"),
        (("evaluate", "none.jsonl", "none.txt"), 1, "T101"),
        (("--help",), 0, ""),
        (("--version",), 0, ""),
    ],
)
def test_exit_codes_of_what_goes_wrong(tmp_path: Path, arguments: tuple[str, ...], code: int, told: str) -> None:
    """A usage error exits 2 and a data error 1; both speak on stderr alone, without a traceback, and make nothing."""
    done = run_alone(*arguments, cwd=tmp_path)
    assert done.code == code
    assert told in done.err
    assert "Traceback" not in done.err
    assert bool(done.out) == (code == 0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("moment", [0.0, 0.3, 0.6, 0.9, 1.2])
def test_an_interruption_leaves_nothing_half_written(tmp_path: Path, moment: float) -> None:
    """Ctrl-C during add exits 130 without a traceback; every report that is there is whole, and adding goes on."""
    write_archive(tmp_path / "archive.jsonl", MANY)
    dossier = tmp_path / "x.treves"
    assert run_alone("new", dossier).code == 0
    process = subprocess.Popen(
        [*PROGRAM, "add", dossier, tmp_path / "archive.jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    deadline = time.monotonic() + 30
    with open_store(dossier) as store:
        while not store.runs() and time.monotonic() < deadline:
            time.sleep(0.02)
    time.sleep(moment)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b"")
    assert err.decode().startswith("Interrupted.")
    assert b"Traceback" not in err
    with open_store(dossier) as store:
        assert store.intact() == []
        assert all(f.reading is not None for f in store.filed())
        assert store.info().counts["documents"] < MANY


def test_an_interruption_of_several_processes_is_quiet(tmp_path: Path) -> None:
    """Ctrl-C reaches the readers too, and none of them complains."""
    write_archive(tmp_path / "archive.jsonl", MANY)
    process = subprocess.Popen(
        [*PROGRAM, "add", "--create", "--jobs", "2", tmp_path / "x.treves", tmp_path / "archive.jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
    )
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        time.sleep(0.1)
        if (tmp_path / "x.treves").exists():
            with open_store(tmp_path / "x.treves") as store:
                if store.documents():
                    break
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.decode().startswith("Interrupted.")
    assert b"Traceback" not in err


def test_a_reader_of_the_output_may_go_away(dossier: Path) -> None:
    """``| head -1`` is no failure, and nothing is said about it."""
    process = subprocess.Popen(
        [*PROGRAM, "statements", dossier, "--jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(PYTHONUNBUFFERED="1"),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert (process.wait(timeout=60), process.stderr.read()) == (0, b"")
    process.stderr.close()


@pytest.mark.parametrize("form", ["--json", "--table"])
def test_a_full_output_is_said(dossier: Path, form: str) -> None:
    """Output that cannot be written is a data error, told in one line."""
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("there is no /dev/full")
    with full.open("w") as out:
        done = subprocess.run(
            [*PROGRAM, "actors", dossier, form], stdout=out, stderr=subprocess.PIPE, check=False, env=environment()
        )
    assert done.returncode == 1
    assert done.stderr.decode().startswith("Error: the output cannot be written")
    assert done.stderr.count(b"\n") == 1


def limited(size: int) -> None:
    """Let no file of this process grow beyond `size` bytes, as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_full_disk_keeps_the_old_brief(dossier: Path, tmp_path: Path) -> None:
    """Without room for the page the old one stays, and the error is T205."""
    page = tmp_path / "brief.html"
    page.write_text("old", encoding="utf-8")
    done = subprocess.run(
        [*PROGRAM, "brief", "--dossier", dossier, "--out", page],
        capture_output=True,
        check=False,
        env=environment(),
        preexec_fn=lambda: limited(60_000),
    )
    assert done.returncode == 1
    assert b"T205" in done.stderr
    assert page.read_text(encoding="utf-8") == "old"
    assert {p.suffix for p in tmp_path.iterdir()} <= {".html", ".treves", ".treves-shm", ".treves-wal"}


def check_after_full(dossier: Path, done: subprocess.CompletedProcess[bytes]) -> None:
    """Check that adding failed for want of room, in our words, and that the dossier is whole."""
    assert (done.returncode, done.stdout) == (1, b"")
    assert re.match(rb"Error T20[05]", done.stderr), done.stderr
    assert b"Traceback" not in done.stderr
    checked = run_alone("info", dossier, "--check")
    assert checked.code == 0, checked.err


def check_complete(dossier: Path, count: int) -> None:
    """Check that all reports are there, each with its reading."""
    with open_store(dossier) as store:
        assert len(store.documents()) == count
        assert all(f.reading for f in store.filed())


def test_a_limit_on_files_harms_no_dossier(tmp_path: Path) -> None:
    """When the dossier may not grow, adding fails with a data error; it is whole, and adding later goes on."""
    write_made_up(tmp_path / "reports", 300)
    dossier = tmp_path / "x.treves"
    assert run_alone("new", dossier).code == 0
    done = subprocess.run(
        [*PROGRAM, "add", dossier, tmp_path / "reports"],
        capture_output=True,
        check=False,
        env=environment(),
        preexec_fn=lambda: limited(600_000),
    )
    check_after_full(dossier, done)
    assert run_alone("add", dossier, tmp_path / "reports").code == 0
    check_complete(dossier, 300)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for 700 kB; skips where we may not make one."""
    place = tmp_path / "small"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", place], check=False, capture_output=True)
    if made.returncode:
        pytest.skip("a small file system can be made by root only")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk_harms_no_dossier(small_disk: Path, tmp_path: Path) -> None:
    """On a disk that fills up adding fails with a data error; once there is room, adding goes on."""
    write_made_up(tmp_path / "reports", 300)
    dossier = small_disk / "x.treves"
    assert run_alone("new", dossier).code == 0
    done = subprocess.run(
        [*PROGRAM, "add", dossier, tmp_path / "reports"], capture_output=True, check=False, env=environment()
    )
    check_after_full(dossier, done)
    subprocess.run(["mount", "-o", "remount,size=9m", small_disk], check=True)
    assert run_alone("add", dossier, tmp_path / "reports").code == 0
    check_complete(dossier, 300)


def test_two_processes_add_at_once(tmp_path: Path) -> None:
    """Two that add at the same time both finish; every report is there once, with its reading."""
    write_made_up(tmp_path / "one", 150)
    write_made_up(tmp_path / "two", 220)
    dossier = tmp_path / "x.treves"
    assert run_alone("new", dossier).code == 0
    processes = [
        subprocess.Popen([*PROGRAM, "add", dossier, tmp_path / f], stderr=subprocess.PIPE, env=environment())
        for f in ("one", "two")
    ]
    said = [p.communicate(timeout=120)[1].decode() for p in processes]
    assert [p.returncode for p in processes] == [0, 0], said
    with open_store(dossier) as store:
        assert len(store.documents()) == 220
        assert all(f.reading for f in store.filed())
        assert store.intact() == []


def in_terminal(*arguments: str | Path, columns: int = 80, env: dict[str, str] | None = None) -> str:
    """What the program writes to a terminal of 24 lines and so many columns."""
    told = environment(**{"TERM": "xterm", **(env or {})})
    del told["COLUMNS"]
    child, terminal = pty.fork()
    if child == 0:
        os.execve(sys.executable, [*PROGRAM, *map(str, arguments)], told)
    import fcntl
    import struct
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    out = b""
    while select.select([terminal], [], [], 60)[0]:
        try:
            chunk = os.read(terminal, 65_536)
        except OSError:  # the other end has gone
            break
        if not chunk:
            break
        out += chunk
    os.close(terminal)
    os.waitpid(child, 0)
    return out.decode("utf-8").replace("\r\n", "\n")


def plain(text: str) -> str:
    """`text` without what makes it bold or dim."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("command", ["statements", "actors", "events", "info"])
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_listings_fit_the_terminal(dossier: Path, command: str, columns: int) -> None:
    """No line is wider than the terminal, ids stay whole, and the words of the table are all there."""
    told = in_terminal(command, dossier, columns=columns)
    assert "\x1b[1m" in told
    lines = plain(told).splitlines()
    assert max(map(len, lines)) <= columns
    whole = run_alone(command, dossier, "--jsonl").out
    for row in map(json.loads, whole.splitlines()):
        first = str(next(iter(row.values()))) if command != "statements" else row["statement"]
        if command != "info":
            assert any(line.startswith(first) for line in lines), first


def test_no_color_means_none(dossier: Path) -> None:
    """With NO_COLOR, or on a dumb terminal, no escape sequence is written."""
    assert "\x1b" not in in_terminal("actors", dossier, env={"NO_COLOR": "1"})
    assert "\x1b" not in in_terminal("actors", dossier, env={"TERM": "dumb"})


def test_progress_is_shown_on_a_terminal_only_and_not_when_silent(tmp_path: Path) -> None:
    """A terminal shows the counter; --silent shows nothing at all."""
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "a.txt").write_text(DUTCH, encoding="utf-8")
    assert "Reading" in in_terminal("add", "--create", tmp_path / "x.treves", tmp_path / "r")
    assert in_terminal("add", "--silent", "--create", tmp_path / "y.treves", tmp_path / "r") == ""
    assert "Lezen" in in_terminal("--language", "nl", "add", "--create", tmp_path / "z.treves", tmp_path / "r")


def test_the_output_is_utf_8_whatever_the_locale(dossier: Path) -> None:
    """Data in a file is UTF-8, also where the locale knows fewer letters."""
    told = run_alone(
        "statements", dossier, "--csv", env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    )
    assert told.code == 0
    assert "„" in told.out
