"""Killed at any moment, `treves add` loses nothing and leaves nothing half."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("seed", [20260423])
def test_fifty_kills_lose_nothing(tmp_path: Path, seed: int) -> None:
    """After each of fifty kills the dossier is whole, every report in it has its reading, and a last add completes it."""
    path = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    done = subprocess.run(
        [sys.executable, Path(__file__).parent / "killing.py", tmp_path, str(seed), "50"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["rounds"] == 50
    assert told["partly"] >= 5, "the kills came too early or too late to prove anything"
