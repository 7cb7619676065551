"""A person's corrections: they outrank the reader, survive re-reading, can be undone, and are all kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import attrs

from treves.model.evidence import Passage

CorrectionValue = str | int | float | bool | None | list[str]


class CorrectionKind(StrEnum):
    """What a correction does, with the values it carries.

    The target is the id of an actor, statement, event or document, as shown in a view.
    """

    RENAME_ACTOR = "rename"
    """An actor gets another name: ``name``; optionally ``party``."""
    MERGE_ACTORS = "merge"
    """The target actor is the same as the actor ``into``."""
    SPLIT_ACTOR = "split"
    """The target actor's mentions in ``documents`` (ids) are another actor, called ``name``."""
    SET_SPEAKERS = "speaker"
    """A statement was made by ``speakers`` (names or actor ids; empty means not known)."""
    REJECT_STATEMENT = "reject"
    """The target is no statement."""
    ADD_STATEMENT = "add"
    """The passage in the target document is a statement: ``kind`` and ``speakers``."""
    SET_DATE = "date"
    """The target event took place, or will, at ``moment``; or the target document was published then."""
    SET_OUTLET = "outlet"
    """The target document was published by ``outlet``."""


@attrs.frozen
class Correction:
    """One correction by a person.

    Attributes:
        id: "C" and a number that rises within the dossier; 0 before it is stored.
        kind: what it does.
        target: id of what it corrects.
        values: what it carries; see :class:`CorrectionKind`.
        passage: where the target stands, so that the correction finds it again after a re-reading under another id.
        author: who made it.
        made_at: when, timezone-aware.
        undone_at: when it was undone; None while in force.
    """

    kind: CorrectionKind
    target: str
    values: Mapping[str, CorrectionValue] = attrs.field(factory=dict)
    passage: Passage | None = None
    author: str = ""
    made_at: datetime | None = None
    undone_at: datetime | None = None
    id: str = "C0"
