"""The layers hold: every module imports only from layers to its left, and siblings never import one another."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "treves"
LAYERS = (
    {"errors", "text", "collector"},
    {"dates"},
    {"model"},
    {"reading", "bargaining", "policy", "store", "exchange", "brief", "pictures"},
    {"services"},
    {"cli", "web"},
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
DOMAIN_FORBIDDEN = {
    "sqlalchemy",
    "alembic",
    "click",
    "rich",
    "urllib3",
    "urllib",
    "http",
    "socket",
    "pathlib",
    "io",
    "os",
}
MODULES = sorted(SOURCE.rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    """All modules that `path` imports, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer_of(path: Path) -> str:
    """Name of the package or module right below ``treves``."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_only_to_the_left(path: Path) -> None:
    """A module imports its own package, or a layer further left."""
    own = layer_of(path)
    if own in {"__init__", "__main__"}:
        return
    for name in imports_of(path):
        parts = name.split(".")
        if parts[0] != "treves" or len(parts) < 2 or parts[1] in {own, "__version__"}:
            continue
        assert parts[1] in RANK, f"{name} belongs to no layer"
        assert RANK[parts[1]] < RANK[own], f"{path.name} ({own}) imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_domain_does_no_input_or_output(path: Path) -> None:
    """The model imports nothing that reads, writes or talks to a network."""
    if layer_of(path) == "model":
        assert not {name.split(".")[0] for name in imports_of(path)} & DOMAIN_FORBIDDEN


def test_modules_stay_small() -> None:
    """No module is longer than 500 lines."""
    long = {
        str(p.relative_to(SOURCE)): n for p in MODULES if (n := len(p.read_text(encoding="utf-8").splitlines())) > 500
    }
    assert not long
