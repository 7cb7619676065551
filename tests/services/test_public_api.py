"""The public names of the package: sorted, importable, documented, and cheap to have."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import treves

HEAVY = (
    "sqlalchemy",
    "click",
    "rich",
    "jinja2",
    "lxml",
    "trafilatura",
    "pandas",
    "polars",
    "pyarrow",
    "spacy",
    "numpy",
)


def test_names_are_sorted() -> None:
    """The list stands in order, so that nobody has to search it."""
    names = [n for n in treves.__all__ if n != "__version__"]
    assert names == sorted(names)
    assert len(set(treves.__all__)) == len(treves.__all__)


@pytest.mark.parametrize("name", treves.__all__)
def test_every_name_is_there_and_documented(name: str) -> None:
    """Each public name can be had; functions and classes say what they do, and functions what they take."""
    found = getattr(treves, name)
    if name == "__version__":
        assert found.count(".") == 2
        return
    assert inspect.getdoc(found), f"{name} has no docstring"
    assert found.__module__.startswith("treves.")
    if inspect.isfunction(found):
        hints = inspect.get_annotations(found)
        assert set(inspect.signature(found).parameters) | {"return"} == set(hints)


def test_there_are_no_other_names() -> None:
    """A name that is not offered is an error that names it."""
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = treves.no_such_name


def test_importing_loads_nothing_heavy() -> None:
    """The bare import stays cheap: no database, web or data frame library is loaded."""
    code = "import sys, treves; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert not set(done.stdout.split()) & set(HEAVY)
