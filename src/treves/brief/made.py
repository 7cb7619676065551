"""How a brief was made: what the last section tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import attrs


@attrs.frozen
class Made:
    """What made a brief, so that it can be made again.

    Attributes:
        version: version of Trêves.
        reader: name and version of the reader and its language packs.
        runs: ids of the runs whose readings it rests on.
        made_at: when, timezone-aware; None to leave it out (the page is then the same every time).
        settings: option names with their values, as given.
        scores: what the reader is known to get right and to miss, in plain text; empty when not measured.
        command: the command that made it; empty when it was not made by one.
        title: name of the dossier; empty when it has none.
    """

    version: str
    reader: str = ""
    runs: tuple[str, ...] = ()
    made_at: datetime | None = None
    settings: Mapping[str, str] = attrs.field(factory=dict)
    scores: str = ""
    command: str = ""
    title: str = ""
