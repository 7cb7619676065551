"""The command line, run in this process as a user runs it, and the example as a dossier."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from example import HAVENMONDE, with_roster
from running import Done

from treves import cli
from treves.services.dossiers import add_paths, new_dossier
from treves.store import open_store


@pytest.fixture(scope="session")
def made_dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier that holds the example; not to be written to."""
    path = tmp_path_factory.mktemp("made") / "havenmonde.treves"
    new_dossier(path, name="Havenmonde")
    with open_store(path) as store:
        add_paths(store, [HAVENMONDE], with_roster())
    return path


@pytest.fixture
def dossier(made_dossier: Path, tmp_path: Path) -> Path:
    """A dossier that holds the example, to be written to."""
    return Path(shutil.copy(made_dossier, tmp_path / "havenmonde.treves"))


@pytest.fixture
def treves(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Runs the program with some arguments, 80 columns wide; gives exit code, stdout and stderr."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("TREVES_LANGUAGE", raising=False)

    def run(*arguments: str | Path) -> Done:
        capfd.readouterr()
        with pytest.raises(SystemExit) as stop:
            cli.main([str(a) for a in arguments])
        out, err = capfd.readouterr()
        code = stop.value.code
        return Done(code if isinstance(code, int) else -1, out, err)

    return run
