"""Running the program in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import attrs


@attrs.frozen
class Done:
    """What a run gave: exit code, stdout and stderr."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]
PROGRAM = [sys.executable, "-m", "treves"]


def environment(**extra: str) -> dict[str, str]:
    """The environment of a run: 80 columns wide, and without what may be set on this machine."""
    plain = {k: v for k, v in os.environ.items() if k not in ("TREVES_LANGUAGE", "NO_COLOR", "COLUMNS")}
    return {**plain, "COLUMNS": "80", **extra}


def run_alone(*arguments: str | Path, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Done:
    """Run the program in a process of its own, and wait for it."""
    done = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        capture_output=True,
        check=False,
        timeout=120,
        env=environment(**(env or {})),
        cwd=cwd,
    )
    return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
