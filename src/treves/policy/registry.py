"""The policy models that are installed: those of Trêves, and those of any package with an entry point "treves.policy".

An entry point names a model or a function without arguments that makes one; it is loaded when it is asked for.
"""

from __future__ import annotations

from importlib import metadata
from typing import ClassVar

from treves.errors import PolicyError
from treves.policy.protocol import PolicyModel

GROUP = "treves.policy"
BUILT_IN = {"asylum": "treves.policy.asylum.model:netherlands", "asylum-de": "treves.policy.asylum.model:germany"}


class UnknownModel(PolicyError):
    """No policy model of that name is installed."""

    code: ClassVar[str] = "T708"


class ModelBroken(PolicyError):
    """A policy model cannot be loaded, or is none."""

    code: ClassVar[str] = "T709"


def names() -> tuple[str, ...]:
    """Return the names of all models that are installed, in alphabetical order; none is loaded."""
    return tuple(sorted(_entries()))


def model(name: str) -> PolicyModel:
    """Return the model registered as `name`.

    Raises:
        UnknownModel: there is none.
        ModelBroken: it cannot be loaded, or lacks something that a model must have.
    """
    entries = _entries()
    if name not in entries:
        raise UnknownModel(
            "There is no policy model {name!r}.",
            hint="There are: {names}.",
            name=name,
            names=", ".join(sorted(entries)),
        )
    try:
        found = entries[name].load()
    except (ImportError, AttributeError) as error:
        raise ModelBroken(
            "The policy model {name!r} cannot be loaded: {error}.",
            hint="Install its package again, or correct its entry point.",
            name=name,
            error=error,
        ) from error
    made = found() if callable(found) else found
    if not isinstance(made, PolicyModel):
        needed = set(PolicyModel.__annotations__) | {name for name in vars(PolicyModel) if name[0] != "_"}
        lacking = sorted(name for name in needed if not hasattr(made, name))
        raise ModelBroken(
            "{name!r} is no policy model: it lacks {lacking}.",
            hint="See the page on policy models in the documentation.",
            name=name,
            lacking=", ".join(lacking),
        )
    return made


def _entries() -> dict[str, metadata.EntryPoint]:
    """By name; what is installed outranks what is built in."""
    own = {name: metadata.EntryPoint(name, place, GROUP) for name, place in BUILT_IN.items()}
    return own | {entry.name: entry for entry in metadata.entry_points(group=GROUP)}
