"""One utterance, told by several reports: found by speaker, time and near-same wording.

Everything is compared within one speaker only, by way of an index on rare stems and rows of four words, and within two
weeks; so the cost grows with the number of statements. Doubtful pairs stay apart: precision before recall.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import attrs

from treves.model.evidence import Document
from treves.model.statements import StatementKind
from treves.model.view import Telling, Utterance
from treves.reading.joining.apply import Tellings
from treves.reading.joining.joints import Joint, Joints
from treves.reading.joining.names import name_key
from treves.reading.joining.sets import DisjointSets
from treves.reading.joining.wording import (
    DAYS_MUCH,
    DAYS_PHRASE,
    DAYS_VERBATIM,
    RUN,
    UNLIKE,
    Likeness,
    Rarity,
    Wording,
    content_stem,
    from_words,
    likeness,
    rarity,
    wording,
)
from treves.text import digest

_KINDS = (StatementKind.DIRECT, StatementKind.MIXED, StatementKind.INDIRECT)
_RARE, _RECENT, _TRIES, _STEMS = 12, 40, 12, 2
_NOTHING: list[int] = []
_VERBATIM = 2.0
_SURE = 0.8
"""Likeness that two tellings must have when the speaker is one of several that it may be."""
_DAY = 86_400.0
_NO_TIME = float("inf")

Pair = tuple[float, float, int, int]
"""Likeness and distance in days (both with the sign turned for sorting), and two indices of units."""


@attrs.define(eq=False)
class Unit:
    """One report's telling of an utterance, in one part or several.

    Attributes:
        report: index of the report.
        tellings: its parts, in order of place.
        speakers: keys of the actors that may have spoken.
        doubts: keys of further actors with which a speaker may be confused.
        parts: the wording of each part.
        whole: the wording of all parts together.
        start, end: the earliest and latest time of publication, in days since 1970; infinite when not known.
    """

    report: int
    tellings: list[Telling]
    speakers: frozenset[str]
    doubts: frozenset[str]
    parts: list[Wording]
    whole: Wording
    start: float
    end: float

    def distance(self, other: Unit) -> float:
        """Return the days between the reports' publications; 0 when they may coincide or one is not known."""
        if _NO_TIME in (self.start, other.start):
            return 0.0
        return max(0.0, self.start - other.end, other.start - self.end)


def join_utterances(
    documents: Sequence[Document], tellings: Tellings, joints: Joints, copy_of: Mapping[int, int]
) -> tuple[Utterance, ...]:
    """Return the utterances of a view, in order of their first telling.

    Args:
        documents: the reports, earliest first.
        tellings: for every report its tellings.
        joints: the actors joined across reports.
        copy_of: for a wire copy, the index of the report that it copies.
    """
    units = list(_units(documents, tellings, joints, copy_of))
    # a quote that goes round in the same words is counted once: repetition does not make its words common
    weights = rarity({u.whole.words: u.whole for u in units}.values())
    speakers: dict[str, list[int]] = defaultdict(list)
    for i, unit in enumerate(units):
        for key in unit.speakers | unit.doubts:
            speakers[key].append(i)
    same = DisjointSets(range(len(units)))
    pairs: list[Pair] = []
    for key in sorted(speakers):
        pairs.extend(_pairs(units, speakers[key], weights))
    _link(units, pairs, same)
    return tuple(_utterance([units[i] for i in group], copy_of, joints) for group in same.groups())


def _units(
    documents: Sequence[Document], tellings: Tellings, joints: Joints, copy_of: Mapping[int, int]
) -> Iterator[Unit]:
    """Yield the units in order of report and place."""
    known: dict[str, Wording] = {}
    for report, (document, told) in enumerate(zip(documents, tellings, strict=True)):
        groups: dict[int, list[Telling]] = defaultdict(list)
        for telling in sorted(told.values(), key=_place):
            groups[telling.group].append(telling)
        moment = document.published
        start, end = _days(moment.earliest), _days(moment.latest)
        first = copy_of.get(report, report)
        for group in groups.values():
            parts = [known.get(w) or known.setdefault(w, wording(w)) for w in (t.passage.exact for t in group)]
            whole = parts[0] if len(parts) == 1 else from_words(w for p in parts for w in p.words)
            found = [joints.find(i) for t in group for ids in t.speakers for i in ids]
            named = [j for j in found if j is not None]
            keys = frozenset(_key(j, first) for j in named) or frozenset({f"{first}|"})
            doubts = frozenset(_key(d, first) for j in named for d in j.doubts) - keys
            yield Unit(report, group, keys, doubts, parts, whole, start, end)


def _place(telling: Telling) -> tuple[int, int, str]:
    span = telling.passage.span
    return (span.start, span.end, telling.statement)


def _days(instant: datetime | None) -> float:
    return instant.timestamp() / _DAY if instant else _NO_TIME


def _key(joint: Joint, first: int) -> str:
    """Return the key of a speaker: its id; for one of a single report its name, with the report that was copied."""
    return f"{first}|{name_key(joint.name)}" if joint.own else joint.id


def _pairs(units: Sequence[Unit], listed: Sequence[int], weights: Rarity) -> Iterator[Pair]:
    """Yield the pairs of one speaker's units that give the same utterance."""
    ordered = sorted(listed, key=lambda i: (units[i].start, i))
    kept: list[int] = []
    last: dict[tuple[str, ...], int] = {}
    for i in ordered:
        before = last.get(units[i].whole.words)
        last[units[i].whole.words] = i
        # word for word the same: no need to compare it with anything else as well
        if before is not None and (pair := _pair(units, before, i, weights)):
            yield pair
        else:
            kept.append(i)
    postings: dict[object, list[int]] = defaultdict(list)
    for i in kept:
        features = _features(units[i], weights)
        for j in _near(units, i, features, postings):
            if pair := _pair(units, j, i, weights):
                yield pair
        for feature in features:
            postings[feature].append(i)


def _features(unit: Unit, weights: Rarity) -> list[object]:
    """Return what a unit is found by: its rarest stems, and the rows of four words with hardly a content word."""
    rare = sorted([(-weights(s), s) for s in unit.whole.stems])[:_RARE]
    words = unit.whole.words
    content = [bool(content_stem(w)) for w in words]
    rows = {words[i : i + RUN]: None for i in range(len(words) - RUN + 1) if sum(content[i : i + RUN]) < _STEMS}
    return [*(s for _, s in rare), *rows]


def _near(units: Sequence[Unit], i: int, features: Iterable[object], postings: dict[object, list[int]]) -> list[int]:
    """Return earlier units that share two stems or a row of words with unit `i`, those that share most first."""
    counts: dict[int, int] = defaultdict(int)
    start = units[i].start
    # units come in order of their start, so this is their distance
    floor = start - DAYS_VERBATIM if start != _NO_TIME else -_NO_TIME
    for feature in features:
        weight = 1 if isinstance(feature, str) else _STEMS
        for j in reversed(postings.get(feature, _NOTHING)[-_RECENT:]):
            if units[j].end < floor:
                break
            counts[j] += weight
    ranked = sorted((-n, j) for j, n in counts.items() if n >= _STEMS)
    return [j for _, j in ranked[:_TRIES]]


def _pair(units: Sequence[Unit], i: int, j: int, weights: Rarity) -> Pair | None:
    """Return the pair if both units give the same utterance, else None."""
    first, second = units[i], units[j]
    found = _compare(first, second, weights)
    distance = first.distance(second)
    if not found.score or distance > found.days:
        return None
    if not first.speakers & second.speakers and (found.score < _SURE or found.days < DAYS_MUCH):
        return None
    return (-found.score, distance, min(i, j), max(i, j))


def _compare(first: Unit, second: Unit, weights: Rarity) -> Likeness:
    """Return the likeness of two units: of the wholes, or of any part with a part or the whole."""
    if first.whole.words == second.whole.words:
        weight = weights.sum(first.whole)
        return Likeness(_VERBATIM, DAYS_VERBATIM if weight >= 1.0 else DAYS_PHRASE)
    if len(first.parts) == len(second.parts) == 1:
        return likeness(first.whole, second.whole, weights)
    versions = [[u.whole, *(u.parts if len(u.parts) > 1 else ())] for u in (first, second)]
    found = UNLIKE
    for a in versions[0]:
        for b in versions[1]:
            one = likeness(a, b, weights)
            if (one.score, one.days) > (found.score, found.days):
                found = one
    return found


def _link(units: Sequence[Unit], pairs: Iterable[Pair], same: DisjointSets[int]) -> None:
    """Join pairs, the surest first; two utterances of one report are never joined by way of a third, save verbatim."""
    reports: dict[int, set[int]] = {i: {u.report} for i, u in enumerate(units)}
    for score, _, i, j in sorted(set(pairs)):
        a, b = same.find(i), same.find(j)
        if a == b or (-score < _VERBATIM and reports[a] & reports[b]):
            continue
        root = same.union(a, b)
        reports[root] = reports.pop(a) | reports.pop(b)


def _utterance(units: list[Unit], copy_of: Mapping[int, int], joints: Joints) -> Utterance:
    told = [t for u in units for t in u.tellings]
    lead = min(range(len(told)), key=lambda i: (_KINDS.index(told[i].kind), -len(told[i].passage.exact), i))
    plainest = min(told, key=lambda t: _vagueness(t, joints)) if len(told) > 1 else told[0]
    return Utterance(
        id="U" + digest(told[0].statement, length=12),
        speakers=plainest.speakers,
        tellings=tuple(told),
        lead=lead,
        independent=len({copy_of.get(u.report, u.report) for u in units}),
    )


def _vagueness(telling: Telling, joints: Joints) -> tuple[bool, int, int]:
    """Return a sort key: tellings with a speaker first, then the fewest candidates, then named ones."""
    ids = [i for candidates in telling.speakers for i in candidates]
    found = [j for i in ids if (j := joints.find(i)) is not None]
    return (not telling.speakers, len(ids) - len(telling.speakers), sum(j.own or bool(j.doubts) for j in found))
