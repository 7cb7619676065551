"""A result is written whole or not at all."""

from __future__ import annotations

import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from treves.services.files import CannotWrite, write_whole
from treves.store.faults import DiskFull


def test_a_file_is_written_with_the_usual_rights(tmp_path: Path) -> None:
    """A new file gets what the umask leaves, and nothing is left beside it."""
    old = os.umask(0o027)
    try:
        write_whole(tmp_path / "brief.html", "é\n")
    finally:
        os.umask(old)
    assert (tmp_path / "brief.html").read_bytes() == "é\n".encode()
    assert stat.S_IMODE((tmp_path / "brief.html").stat().st_mode) == 0o640
    assert [p.name for p in tmp_path.iterdir()] == ["brief.html"]


def test_an_old_file_keeps_its_rights_and_links(tmp_path: Path) -> None:
    """What is written over keeps its rights, and a link goes on pointing at it."""
    target, link = tmp_path / "real.html", tmp_path / "link.html"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o600)
    link.symlink_to(target)
    write_whole(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["no-folder/brief.html", "file/brief.html"])
def test_a_place_that_is_none_is_an_error(tmp_path: Path, name: str) -> None:
    """A folder that is missing, or is a file, is said to be so."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(CannotWrite, match=r"brief\.html"):
        write_whole(tmp_path / name, "text")


def test_an_unfinished_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing is broken off, the old file is as it was and nothing stands beside it."""
    path = tmp_path / "brief.html"
    path.write_text("old", encoding="utf-8")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, "new")
    monkeypatch.undo()
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["brief.html"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """Without room the error says so, and the old file is as it was."""
    path = tmp_path / "brief.html"
    path.write_text("old", encoding="utf-8")
    code = (
        "import signal; from pathlib import Path; from treves.services.files import write_whole\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"write_whole(Path({str(path)!r}), 'x' * 1_000_000)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536)),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert DiskFull.__name__ in done.stderr
    assert DiskFull.code in done.stderr
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["brief.html"]
