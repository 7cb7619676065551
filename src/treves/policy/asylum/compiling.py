"""How the chain is compiled.

Only whole kernels are kept on disk between runs. Their parts are compiled into them, and a kernel's place on disk depends on
the source of every module of the chain: else a change to one part would leave an old kernel in use. Kernels allocate
nothing, so they are compiled without the counting of references, which would take nine tenths of their time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])
_IMPORT = re.compile(rb"^from treves\.policy\.asylum(?:\.| import )(\w+)", re.MULTILINE)
_HOW: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}


def compiled(function: Function) -> Function:
    """Compile a part of a kernel; it must not allocate arrays."""
    return cast(Function, njit(**_HOW)(function))


def kernel(function: Function) -> Function:
    """Compile a kernel and keep it on disk; it must close over the number that :func:`stamp` gives."""
    return cast(Function, njit(cache=True, **_HOW)(function))


@cache
def stamp(module: str = "") -> int:
    """Return a number that stands for the source of a module of the chain and of all that it imports from there.

    Args:
        module: its name within this package; empty for all modules.
    """
    folder = resources.files("treves.policy.asylum")
    sources = {
        file.name.removesuffix(".py"): file.read_bytes() for file in folder.iterdir() if file.name.endswith(".py")
    }
    needed = {module} if module else set(sources)
    waiting = list(needed)
    while waiting:
        found = {name.decode() for name in _IMPORT.findall(sources[waiting.pop()])} & set(sources)
        waiting += found - needed
        needed |= found
    digest = hashlib.sha256((folder / "chain.toml").read_bytes())
    for name in sorted(needed):
        digest.update(sources[name])
    return int.from_bytes(digest.digest()[:6], "little")
