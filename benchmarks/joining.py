"""How the time of joining grows: ``python benchmarks/joining.py [REPORTS ...]``, by default for 1,000 and 10,000.

Prints processor seconds.
The reports are synthetic: invented people and sentences, one in five a wire copy, one quote in four told again in other
words by another outlet. The ratio is that of the last size to the first.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import datetime, timedelta

from treves.dates import Precision, at_precision
from treves.model.actors import Actor, ActorKind, Role
from treves.model.events import Event, EventKind, When, event_id
from treves.model.evidence import Appearance, Document, Span, document_id
from treves.model.reading import Reading
from treves.model.statements import Speaker, Statement, StatementKind, statement_id
from treves.model.view import Filed
from treves.reading.joining import join, sketch

BEGIN = datetime.fromisoformat("2031-01-01T06:00+01:00")
PERSONS, PARTIES, WORDS = 800, 12, 6_000
STATEMENTS, CAST = 16, 8


class World:
    """Invented people, parties and words, and the reports about them."""

    def __init__(self, seed: int) -> None:
        """Make people, parties and words from `seed`."""
        self.rng = random.Random(seed)
        self.words = [self._word(4 + i % 7) for i in range(WORDS)]
        self.parties = [self._word(6).title() + "partij" for _ in range(PARTIES)]
        surnames = [self._word(7).title() for _ in range(PERSONS // 2)]
        self.people = [
            (self._word(5).title(), self.rng.choice(surnames), self.rng.choice(self.parties)) for _ in range(PERSONS)
        ]
        self.recent: list[tuple[int, str]] = []

    def _word(self, length: int) -> str:
        return "".join(self.rng.choice("bdfghklmnprstvz" if i % 2 else "aeiou") for i in range(length))

    def sentence(self) -> str:
        """A sentence of common and rare words."""
        weights = self.rng.choices((300, WORDS), (2, 1), k=12)
        return " ".join(self.words[self.rng.randrange(w)] for w in weights)

    def retold(self, sentence: str) -> str:
        """The sentence with a few words left out or changed."""
        kept = [w if self.rng.random() > 0.15 else self.rng.choice(self.words) for w in sentence.split()]
        return " ".join(kept[self.rng.randrange(3) :])

    def report(self, number: int) -> Filed:
        """One report of eight actors, sixteen statements and a session."""
        cast = self.rng.sample(range(PERSONS), CAST - 2)
        parts: list[str] = []
        actors: list[Actor] = []
        contents: list[tuple[int, Span]] = []
        length = 0

        def write(words: str) -> Span:
            nonlocal length
            parts.append(words + " ")
            span = Span(length, length + len(words))
            length += len(words) + 1
            return span

        for key, person in enumerate(cast):
            first, last, party = self.people[person]
            name = last if self.rng.random() < 0.3 else f"{first} {last}"
            role = (Role("wethouder", None),) if person % 5 == 0 else ()
            actors.append(Actor(key, ActorKind.PERSON, name, (write(name),), role, party if person % 3 else None))
        party = self.rng.choice(self.parties)
        actors.append(Actor(CAST - 2, ActorKind.PARTY, party, (write(party),)))
        actors.append(Actor(CAST - 1, ActorKind.UNNAMED, "bronnen", (write("bronnen"),)))
        for _ in range(STATEMENTS):
            key = self.rng.randrange(CAST)
            old = [s for p, s in self.recent if key < CAST - 2 and p == cast[key]]
            said = self.retold(old[-1]) if old and self.rng.random() < 0.5 else self.sentence()
            if key < CAST - 2:
                self.recent.append((cast[key], said))
            contents.append((key, write(said)))
        self.recent = self.recent[-2_000:]
        session = write(self.sentence())
        return self._filed(number, "".join(parts), actors, contents, session)

    def _filed(
        self, number: int, text: str, actors: list[Actor], contents: list[tuple[int, Span]], session: Span
    ) -> Filed:
        when = at_precision(BEGIN + timedelta(minutes=20 * number), Precision.MINUTES)
        key = document_id(text)
        document = Document(key, text, (Appearance(f"{number}.txt", f"Krant {number % 40}", when),), language="nl")
        statements = tuple(
            Statement(statement_id(key, kind, span), key, i, kind, span, (Speaker((actor,)),), rule="made")
            for i, (actor, span) in enumerate(contents)
            for kind in (self.rng.choice(list(StatementKind)),)
        )
        event = Event(
            event_id(key, EventKind.SESSION, session), key, EventKind.SESSION, session, When(when), label="overleg"
        )
        reading = Reading(key, "nl-made 1", tuple(actors), statements, (event,), sketch(text), len(text.split()))
        return Filed(document, reading, "R1")


def archive(count: int) -> list[Filed]:
    """`count` reports, one in five a trimmed copy of one shortly before it."""
    world = World(3)
    found: list[Filed] = []
    for number in range(count):
        if number % 5 == 4:
            source = found[-1 - world.rng.randrange(3)]
            text = source.document.text
            actors, old = list(source.reading.actors if source.reading else ()), source.reading
            kept = [(s.speakers[0].actors[0], s.content) for s in (old.statements if old else ())]
            session = old.events[0].span if old else Span(0, 1)
            found.append(world._filed(number, text + world.sentence(), actors, kept, session))
        else:
            found.append(world.report(number))
    return found


def main(sizes: list[int]) -> None:
    """Print the time of joining for archives of `sizes` reports, and the ratio of the last to the first."""
    archive(10)
    times: list[float] = []
    for size in sizes:
        filed = archive(size)
        start = time.process_time()
        view = join(filed)
        times.append(time.process_time() - start)
        joined = sum(len(u.tellings) > 1 for u in view.utterances)
        print(
            f"{size:>7} reports {times[-1]:7.2f} s  {len(view.actors)} actors, {len(view.utterances)} utterances "
            f"({joined} told more than once), {len(view.events)} events, {len(view.copies)} groups of copies, "
            f"{len(view.differences)} differences"
        )
    print(f"{sizes[-1] / sizes[0]:.0f} times as many reports took {times[-1] / times[0]:.1f} times as long.")


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or [1_000, 10_000])
