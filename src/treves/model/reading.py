"""What one reading of one report yields."""

from __future__ import annotations

import attrs

from treves.model.actors import Actor
from treves.model.events import Event
from treves.model.statements import Statement


@attrs.frozen
class Reading:
    """Everything that the reader took from one report.

    Attributes:
        document: id of the report.
        reader: name and version of the reader and language pack ("nl-grammar 0.1.0"); empty when there is no pack
            for the report's language, which is then kept but not read.
        actors: the report's actors, at the index of their key.
        statements: in order of place.
        events: in order of place.
        sketch: bottom-k sketch of the body's word 5-grams, ascending, for finding wire copies.
        words: number of word tokens of the body.
    """

    document: str
    reader: str
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    sketch: tuple[int, ...] = ()
    words: int = 0
