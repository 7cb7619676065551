"""Where a known report appeared: what an appearance that is told again adds to those held."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from treves.model.evidence import Appearance, Origin
from treves.text import fold

_WEAKNESS = {origin: rank for rank, origin in enumerate(Origin)}
_BY_A_PERSON = frozenset({Origin.HAND, Origin.SIDECAR})


def merge(held: Iterable[Appearance], told: Iterable[Appearance]) -> tuple[Appearance, ...]:
    """Return the appearances `held`, completed and corrected by those `told`, with the new ones behind.

    The same name is the same appearance, unless two sources of equal strength give it different outlets: then both are
    kept, the second under its name with the outlet in brackets, for neither may be lost. Merging the same twice changes
    nothing the second time.
    """
    by_name = {a.name: a for a in held}
    for new in told:
        old = by_name.get(new.name)
        if old is not None and _contradicts(old, new):
            new = attrs.evolve(new, name=f"{new.name} ({new.outlet})")  # noqa: PLW2901 - told under another name
            old = by_name.get(new.name)
        by_name[new.name] = _better(old, new) if old else new
    return tuple(by_name.values())


def _contradicts(old: Appearance, new: Appearance) -> bool:
    """Whether both give an outlet on equal authority, and not the same."""
    if old.outlet is None or new.outlet is None or old.outlet_origin is not new.outlet_origin:
        return False
    return fold(old.outlet) != fold(new.outlet)


def _better(old: Appearance, new: Appearance) -> Appearance:
    """The old appearance with all that the new one knows better."""
    best = attrs.evolve(old, url=old.url or new.url, title=old.title or new.title)
    if new.outlet is not None and (old.outlet is None or _stronger(new.outlet_origin, old.outlet_origin)):
        best = attrs.evolve(best, outlet=new.outlet, outlet_origin=new.outlet_origin)
    unknown = old.published.earliest is None and old.published.latest is None
    told = new.published.earliest is not None or new.published.latest is not None
    # A person who gives another time the second time has put it right; a page or feed has merely been touched.
    righted = new.published_origin is old.published_origin and new.published_origin in _BY_A_PERSON
    if told and (unknown or righted or _stronger(new.published_origin, old.published_origin)):
        best = attrs.evolve(best, published=new.published, published_origin=new.published_origin)
    return best


def _stronger(one: Origin, other: Origin) -> bool:
    return _WEAKNESS[one] < _WEAKNESS[other]
