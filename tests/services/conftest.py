"""The example as a dossier, made once and copied for each test that needs it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from example import HAVENMONDE, with_roster

from treves.services.dossiers import add_paths, new_dossier
from treves.store import Store, open_store


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
def store(dossier: Path) -> Iterator[Store]:
    """The example's dossier, open."""
    with open_store(dossier) as opened:
        yield opened


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    """An empty dossier, open."""
    with open_store(tmp_path / "empty.treves", create=True) as opened:
        yield opened
