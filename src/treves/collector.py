"""Python's cycle collector, put off while very many objects without cycles are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the cycle collector from walking, again and again, over new objects that hold no cycle.

    It takes up to two thirds of the time otherwise. Nothing leaks: objects without cycles are freed as ever, and the
    collector goes on afterwards, unless it was off before. May be nested.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
