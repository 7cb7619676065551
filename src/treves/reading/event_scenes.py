"""Scenes: the sentences that may tell of an event, with the trigger words, session nouns, times and actors in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import attrs

from treves.model.events import EventKind
from treves.model.evidence import Span
from treves.reading.clauses import Tense, clause_bounds, tense_of
from treves.reading.event_words import COUNCIL, TALK, EventWords, Frame
from treves.reading.time_publication import Publication
from treves.reading.time_words import Relation
from treves.reading.times import TimeMention
from treves.reading.tokens import TERMINAL, Tokens

Hit = tuple[Frame, int, int]
"""A frame and the token range ``[first, last)`` of the trigger that stands there."""
_LONGEST_SENTENCE = 400
"""Tokens beyond which a "sentence" is a list or a table, which tells no events."""
_LONG_WORD = 7
"""Letters beyond which a word may be a compound with a session noun."""
_BOUND = frozenset({Relation.BEFORE, Relation.BY, Relation.WITHIN})


class Partial:
    """An event as one clause gives it; partials of the same event are merged later."""

    __slots__ = (
        *("kind", "rule", "sentence", "first", "last", "tight"),
        *("label", "label_class", "named", "anchor", "who", "by", "place", "tense"),
        *("when", "start", "end", "near", "duration", "day_key", "conditional"),
    )

    def __init__(self, kind: EventKind, rule: str, *, sentence: int, first: int, last: int) -> None:
        self.kind = kind
        self.rule = rule
        self.sentence = sentence
        self.first = first
        self.last = last
        self.tight = (first, last)
        self.label = ""
        self.label_class = TALK
        self.named = False  # whether the label is a session noun of the report
        self.when: TimeMention | None = None
        self.start: TimeMention | None = None
        self.end: TimeMention | None = None
        self.duration: int | None = None
        self.near: TimeMention | None = None  # a time shortly after it
        self.day_key: str | None = None
        self.anchor: str | None = None
        self.who: tuple[int, ...] = ()
        self.by: tuple[int, ...] = ()
        self.place: str | None = None
        self.tense: Tense | None = None
        self.conditional = False  # whether it tells what happens unless something is done

    @property
    def times(self) -> list[TimeMention]:
        """The times that it has, the most telling first."""
        return [t for t in (self.when, self.start, self.end) if t is not None]


@attrs.define(eq=False)
class Scene:
    """One sentence that may tell of an event.

    Attributes:
        tokens: the report.
        sentence: number of the sentence.
        first, last: its token range.
        times: its times, those that recur left out.
        hits: triggers of frames.
        labels: session nouns: token index and class.
        sequel: tokens such as "waarna".
        actors: spans and keys of actors in it.
        publication: when the report was published.
        pack: the words of the language.
        before: the last dated partial before this sentence.
        spoken: the last day or part of a day in the two sentences before, told as past.
    """

    tokens: Tokens
    sentence: int
    first: int
    last: int
    times: list[TimeMention]
    hits: list[Hit]
    labels: list[tuple[int, str]]
    sequel: list[int]
    actors: list[tuple[Span, int]]
    publication: Publication
    pack: EventWords
    before: Partial | None = None
    spoken: TimeMention | None = None
    _clauses: dict[tuple[int, int], tuple[int, int]] = attrs.field(init=False, factory=dict)

    def clause(self, first: int, last: int) -> tuple[int, int]:
        """Return the token range of the clause around ``[first, last)``; a comma within a time ends no clause."""
        found = self._clauses.get((first, last))
        if found is None:
            found = self._clauses[first, last] = self._clause(first, last)
        return found

    def _clause(self, first: int, last: int) -> tuple[int, int]:
        while True:
            low, high = clause_bounds(self.tokens, first, last, sentence=self.sentence, words=self.pack.clauses)
            wider = [t for t in self.times if t.first < high < t.last or t.first < low < t.last]
            if not wider:
                return low, high
            first, last = min(low, *(t.first for t in wider)), max(high, *(t.last for t in wider))

    def has(self, group: str, low: int, high: int) -> bool:
        """Return whether a word of the `group` stands in ``[low, high)``."""
        return not self.pack.words[group].isdisjoint(self.tokens.lower[low:high])

    def pauses(self, first: int, last: int) -> int:
        """Return how many clause ends stand between the tokens `first` and `last`."""
        low, high = sorted((first, last))
        pauses = self.pack.pauses
        return len([word for word in self.tokens.lower[low:high] if word in pauses])

    def partial(self, kind: EventKind, rule: str, first: int, last: int) -> Partial:
        """Return a new partial told by the tokens ``[first, last)`` and the clause around them."""
        low, high = self.clause(first, last)
        while high > last and self.tokens.words[high - 1] in TERMINAL:
            high -= 1
        found = Partial(kind, rule, sentence=self.sentence, first=low, last=high)
        found.tight = (first, last)
        found.tense = tense_of(self.tokens.lower, low, high, self.pack.clauses)
        return found

    def word(self, index: int) -> str:
        """Return token `index` as printed."""
        return self.tokens.words[index]


def find_scenes(
    tokens: Tokens,
    times: Sequence[TimeMention],
    publication: Publication,
    actor_spans: Sequence[tuple[Span, int]],
    *,
    pack: EventWords,
) -> Iterator[Scene]:
    """Yield the sentences that may tell of an event, in order."""
    interesting, suffixes = pack.interesting, pack.suffixes
    words = {w for w in set(tokens.lower) if w in interesting or (len(w) > _LONG_WORD and w.endswith(suffixes))}
    hits = [i for i, word in enumerate(tokens.lower) if word in words]
    found: dict[int, list[int]] = {}
    sentence = 0
    ends = [last for _, last in tokens.sentences]
    for i in hits:
        while ends[sentence] <= i:
            sentence += 1
        found.setdefault(sentence, []).append(i)
    timed: dict[int, list[TimeMention]] = {}
    for mention in times:
        if mention.relation is not Relation.EVERY:
            timed.setdefault(mention.sentence, []).append(mention)
            if mention.relation in _BOUND:
                found.setdefault(mention.sentence, [])
    actors = sorted(actor_spans, key=lambda a: a[0].start)
    actor_starts = [span.start for span, _ in actors]
    for number in sorted(found):
        first, last = tokens.sentences[number]
        if last - first > _LONGEST_SENTENCE:
            continue
        if number not in timed and not any(tokens.lower[i] in pack.timeless for i in found[number]):
            continue
        scene = _scene(tokens, number, found[number], timed.get(number, []), publication, pack)
        if scene is not None:
            start, end = tokens.starts[scene.first], tokens.ends[scene.last - 1]
            scene.actors = actors[bisect_left(actor_starts, start) : bisect_left(actor_starts, end)]
            scene.spoken = next((t for n in (1, 2) for t in reversed(timed.get(number - n, [])) if _spoken_of(t)), None)
            yield scene


def _spoken_of(mention: TimeMention) -> bool:
    return mention.kind in ("date", "daypart") and mention.tense is Tense.PAST and mention.day is not None


def _scene(
    tokens: Tokens,
    sentence: int,
    indices: list[int],
    times: list[TimeMention],
    publication: Publication,
    pack: EventWords,
) -> Scene | None:
    """The scene of one sentence; None when nothing in it can make an event."""
    first, last = tokens.sentences[sentence]
    lower = tokens.lower
    taken = {i for t in times for i in range(t.first, t.last)}
    hits: list[Hit] = []
    labels: list[tuple[int, str]] = []
    sequel: list[int] = []
    for i in indices:
        if i in taken:
            continue
        word = lower[i]
        for trigger, frame in pack.frames.get(word, ()):
            start = i + 1 - len(trigger)
            if start == i or (start >= first and tuple(lower[start : i + 1]) == trigger):
                hits.append((frame, start, i + 1))
        label = pack.label_class(word)
        if label and not (i + 1 < last and lower[i + 1] in pack.not_before.get(word, ())):
            labels.append((i, label))
        if word in pack.words["sequel"]:
            sequel.append(i)
    if not times and not sequel and not hits:
        return None
    scene = Scene(tokens, sentence, first, last, times, hits, labels, sequel, [], publication, pack)
    if any(c == TALK for _, c in labels):
        scene.labels = [(i, _body_class(scene, i, c)) for i, c in labels]
    return scene


def _body_class(scene: Scene, index: int, label: str) -> str:
    """A meeting of an elected body is no talks."""
    if label == TALK and scene.tokens.lower[index] in scene.pack.words["body_labels"]:
        low, high = scene.clause(index, index + 1)
        if scene.has("bodies", low, high):
            return COUNCIL
    return label
