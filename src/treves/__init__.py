"""Trêves: from the reporting on a political negotiation to a working model of the table.

The public names are loaded when first used, so that ``import treves`` stays fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_PUBLIC: dict[str, str] = {}

__all__ = ["__version__"]

if TYPE_CHECKING:
    pass


def __getattr__(name: str) -> Any:
    """Load a public name from its module on first use.

    Raises:
        AttributeError: the package offers no such name.
    """
    if name in _PUBLIC:
        from importlib import import_module

        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'treves' has no attribute {name!r}")
