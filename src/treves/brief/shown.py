"""What the page shows of a view: of a large one the latest, with the reports that it leans on.

Whatever is left out is counted, and the page says how to see it. The limits keep a page of ten thousand reports at a
few megabytes; a view below them is shown whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from treves.brief import parties, said
from treves.brief.lookup import Lookup
from treves.brief.state import State, Teller, state_of
from treves.model.evidence import Document
from treves.model.view import Difference, JoinedActor, JoinedEvent, Utterance

MOST_UTTERANCES = 400
MOST_TO_COME = 60
MOST_PAST = 120
MOST_DIFFERENCES = 40
MOST_PEOPLE = 150
MOST_IN_FULL = 150
MOST_LISTED = 300
"""Reports that the table of sources lists, and likewise those left out."""


@attrs.frozen(eq=False)
class Shown:
    """What the page shows.

    Attributes:
        state: where it stands.
        utterances: the latest first.
        to_come, past: events ahead, earliest first; events behind, latest first, without a known time last.
        differences: in the order of the view.
        people: the most quoted first.
        in_full: reports to give in full, the latest first.
    """

    state: State
    utterances: tuple[Utterance, ...]
    to_come: tuple[JoinedEvent, ...]
    past: tuple[JoinedEvent, ...]
    differences: tuple[Difference, ...]
    people: tuple[JoinedActor, ...]
    in_full: tuple[Document, ...]

    @property
    def events(self) -> tuple[JoinedEvent, ...]:
        """All events, those to come first."""
        return (*self.to_come, *self.past)


def select(look: Lookup, teller: Teller, counts: Mapping[str, int]) -> Shown:
    """Choose what to show.

    Args:
        look: the view, indexed.
        teller: tells its events.
        counts: utterances of every actor, by id.
    """
    state = state_of(look, teller.clock)
    needed = frozenset(c.target for c in state.clauses)
    utterances = tuple(said.latest_first(look, MOST_UTTERANCES))
    to_come = _first(teller.to_come(), MOST_TO_COME, needed)
    past = _first(teller.past(), MOST_PAST, needed)
    differences = _latest(look, MOST_DIFFERENCES, needed)
    leaned = {t.document for u in utterances for t in u.tellings}
    leaned |= {a.document for e in (*to_come, *past) for a in e.accounts}
    leaned |= {v.passage.document for d in differences for v in d.versions}
    return Shown(
        state=state,
        utterances=utterances,
        to_come=to_come,
        past=past,
        differences=differences,
        people=tuple(parties.people(look, counts, MOST_PEOPLE)),
        in_full=_in_full(look.view.documents, leaned),
    )


def _first(events: Sequence[JoinedEvent], limit: int, needed: frozenset[str]) -> tuple[JoinedEvent, ...]:
    """Return the first events, and of the others those that the state rests on."""
    return (*events[:limit], *(e for e in events[limit:] if e.id in needed))


def _latest(look: Lookup, limit: int, needed: frozenset[str]) -> tuple[Difference, ...]:
    """Return the differences with the latest accounts, in the order of the view."""
    found = look.view.differences
    if len(found) <= limit:
        return found

    def rank(i: int) -> tuple[bool, float, int]:
        told = [t.timestamp() for v in found[i].versions if (t := look.published(v.passage.document))]
        return (found[i].id not in needed, -max(told, default=float("-inf")), i)

    return tuple(found[i] for i in sorted(sorted(range(len(found)), key=rank)[:limit]))


def _in_full(documents: Sequence[Document], leaned: Iterable[str]) -> tuple[Document, ...]:
    """Return all reports, or of very many the latest of those that something shown leans on; the latest first."""
    dated = [d for d in documents if d.published.earliest]
    ordered = [*reversed(dated), *(d for d in documents if not d.published.earliest)]
    if len(ordered) > MOST_IN_FULL:
        wanted = frozenset(leaned)
        ordered = [d for d in ordered if d.id in wanted]
    return tuple(ordered[:MOST_IN_FULL])
