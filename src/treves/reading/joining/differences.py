"""Where accounts differ: times, lengths, places and participants of an event; numbers and negations of an utterance.

Reports that copy one another count once. Nothing here says who is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from treves.dates import Moment
from treves.model.events import When
from treves.model.evidence import Document, Span, passage_of
from treves.model.statements import StatementKind
from treves.model.view import Difference, Telling, Utterance, Version
from treves.reading.joining.accounts import Told
from treves.reading.joining.figures import differing_figures
from treves.reading.joining.joints import Joints
from treves.reading.joining.moments import differ
from treves.reading.joining.names import name_key
from treves.reading.joining.numbers import Number, find_numbers
from treves.reading.joining.timeline import Occasion
from treves.reading.joining.vocabulary import NEGATIONS
from treves.reading.joining.wording import wording
from treves.text import digest, fold

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)

LENGTH = (20, 0.1)
"""Minutes, and part of the longer, by which two lengths must differ: "bijna vijf uur" and "4 uur 50" do not."""
_LISTED = 3
"""Participants that an account must list for its list to be taken as whole."""
_ALIKE = 0.7
_OTHER_WORDS = 4
"""Words that only one of two quotations has, from which their wording counts as another."""


def differences(
    documents: Sequence[Document],
    occasions: Sequence[Occasion],
    utterances: Sequence[Utterance],
    joints: Joints,
    copy_of: Mapping[int, int],
) -> tuple[Difference, ...]:
    """Return where accounts differ: events first, then utterances, then numbers in running text, each in order of time.

    Args:
        documents: the reports, earliest first.
        occasions: the joined events with their accounts.
        utterances: the joined utterances.
        joints: the actors joined across reports.
        copy_of: for a wire copy, the index of the report that it copies.
    """
    found: list[Difference] = []
    for occasion in occasions:
        found.extend(_of_event(occasion, documents, joints))
    reports = {d.id: i for i, d in enumerate(documents)}
    for utterance in utterances:
        found.extend(_of_utterance(utterance, documents, reports, copy_of))
    told = {(v.passage.document, v.passage.span) for d in found for v in d.versions}
    for versions in differing_figures(documents, copy_of):
        fresh = [v for v in versions if (v.passage.document, v.passage.span) not in told]
        if len(fresh) > 1:
            found.append(difference("number", "", versions))
    return tuple(found)


def difference(aspect: str, about: str, versions: Iterable[Version]) -> Difference:
    """Return a difference with its id, which stays as long as aspect, subject and places do."""
    listed = tuple(versions)
    places = [f"{v.passage.document}:{v.passage.span.start}" for v in listed]
    return Difference("D" + digest(aspect, about, *places, length=12), aspect, about, listed)


def _independent(pairs: Iterable[tuple[Told, T | None]]) -> list[tuple[Told, T]]:
    """Return the first value of every report that tells one, wire copies left out."""
    found: dict[int, tuple[Told, T]] = {}
    for told, value in pairs:
        if value is not None:
            found.setdefault(told.first, (told, value))
    return list(found.values())


def _any_pair(values: Iterable[H], apart: Callable[[H, H], bool]) -> bool:
    listed = list(dict.fromkeys(values))
    return any(apart(a, b) for i, a in enumerate(listed) for b in listed[i + 1 :])


# Events


def _of_event(occasion: Occasion, documents: Sequence[Document], joints: Joints) -> list[Difference]:
    event, tolds = occasion.event, occasion.tolds
    if len({t.first for t in tolds}) < 2:
        return []
    found: list[Difference] = []
    for aspect in ("start", "end"):
        moments = _independent((t, _known(getattr(t.event, aspect))) for t in tolds)
        if _any_pair([w.moment for _, w in moments], differ):
            found.append(difference(aspect, event.id, [_timed(t, w, documents) for t, w in moments]))
    lengths = _independent((t, t.event.duration_minutes) for t in tolds)
    if _any_pair([m for _, m in lengths], _other_length):
        versions = [_said(t, f"{m} min", documents) for t, m in lengths]
        found.append(difference("duration", event.id, versions))
    places = _independent((t, t.event.place) for t in tolds)
    if _any_pair([p for _, p in places], _other_place):
        found.append(difference("place", event.id, [_said(t, p, documents) for t, p in places]))
    listed = _independent((t, t.participants if len(t.participants) >= _LISTED else None) for t in tolds)
    kinds = [(t, _of_one_kind(ids, joints)) for t, ids in listed]
    if _any_pair([ids for _, ids in kinds], _other_participants):
        versions = [_said(t, ", ".join(_names(ids, joints)), documents) for t, ids in kinds]
        found.append(difference("participants", event.id, versions))
    return found


def _known(when: When | None) -> When | None:
    if when is None or (when.moment.earliest is None and when.moment.latest is None):
        return None
    return when


def _timed(told: Told, when: When, documents: Sequence[Document]) -> Version:
    document = documents[told.report]
    span = when.span or told.event.span
    value = span.of(document.text) if when.span else _iso(when.moment)
    return Version(value, passage_of(document, span))


def _iso(moment: Moment) -> str:
    return moment.iso()


def _said(told: Told, value: str, documents: Sequence[Document]) -> Version:
    """Return a version that stands where the account has the words of `value`, or else in its sentence."""
    document, span = documents[told.report], told.event.span
    at = document.text.find(value, span.start, span.end)
    return Version(value, passage_of(document, Span(at, at + len(value)) if at >= 0 else span))


def _other_length(first: int, second: int) -> bool:
    minutes, part = LENGTH
    return abs(first - second) > max(minutes, part * max(first, second))


def _other_place(first: str, second: str) -> bool:
    """Return whether two places have no word in common: "het stadhuis" and "de Loodsenzaal van het stadhuis" have."""
    return not set(name_key(first).split()) & set(name_key(second).split())


def _of_one_kind(ids: Sequence[str], joints: Joints) -> frozenset[str]:
    """Return those participants that are of the kind most of them are."""
    kinds = [(i, j.kind) for i in ids if (j := joints.find(i)) is not None]
    listed = [k for _, k in kinds]
    most = max(sorted(set(listed)), key=listed.count) if listed else None
    return frozenset(i for i, kind in kinds if kind is most)


def _other_participants(first: frozenset[str], second: frozenset[str]) -> bool:
    """Return whether two whole lists of the same kind of participants exclude one another."""
    if min(len(first), len(second)) < _LISTED or not first & second:
        return False
    return not first <= second and not second <= first


def _names(ids: Iterable[str], joints: Joints) -> list[str]:
    return sorted(j.name for i in ids if (j := joints.find(i)) is not None)


# Utterances


def _of_utterance(
    utterance: Utterance, documents: Sequence[Document], reports: Mapping[str, int], copy_of: Mapping[int, int]
) -> list[Difference]:
    """Return the numbers, the negation or the quoted words in which the tellings of one utterance differ."""
    if utterance.independent < 2:
        return []
    told: dict[int, list[Telling]] = {}
    for telling in utterance.tellings:
        report = reports[telling.document]
        if report not in copy_of:
            told.setdefault(report, []).append(telling)
    found: list[Difference] = []
    if versions := _other_numbers(told, documents):
        found.append(difference("number", utterance.id, versions))
    if versions := _other_negation(told) or ([] if found else _other_words(told)):
        found.append(difference("wording", utterance.id, versions))
    return found


def _other_words(told: Mapping[int, Sequence[Telling]]) -> list[Version]:
    """Return the quotations of one utterance where two reports print other words between the marks; empty if none do.

    A shorter quotation that stands within the longer one is no other wording.
    """
    quoted: list[tuple[str, Telling]] = []
    for _, tellings in sorted(told.items()):
        direct = [t for t in tellings if t.kind is StatementKind.DIRECT]
        if direct:
            quoted.append((_words(direct), max(direct, key=lambda t: len(t.passage.exact))))
    if not _any_pair([words for words, _ in quoted], _other_wording):
        return []
    return [Version(telling.passage.exact, telling.passage) for _, telling in quoted]


def _other_wording(one: str, other: str) -> bool:
    """Whether two quotations, as :func:`_words` gives them, are more than one another's shorter form or near the same."""
    apart = set(one.split()) ^ set(other.split())
    return one not in other and other not in one and len(apart) >= _OTHER_WORDS


def _words(tellings: Sequence[Telling]) -> str:
    """The words of quotations, folded and without marks, with a space around each."""
    return " " + " ".join(re.findall(r"\w+", fold(" ".join(t.passage.exact for t in tellings)))) + " "


def _other_numbers(told: Mapping[int, Sequence[Telling]], documents: Sequence[Document]) -> list[Version]:
    """Return the numbers that reports of one utterance give differently for the same thing; empty if none."""
    counted: dict[str, dict[int, list[Number]]] = {}
    for report, tellings in told.items():
        for telling in tellings:
            span = telling.passage.span
            for number in find_numbers(documents[report].text, start=span.start, end=span.end):
                for word in number.counted:
                    counted.setdefault(word, {}).setdefault(report, []).append(number)
    for _, by_report in sorted(counted.items()):
        values = [tuple(numbers) for numbers in by_report.values()]
        if _any_pair(values, lambda a, b: all(x.differs(y) for x in a for y in b)):
            return [number_version(documents[r], numbers[0]) for r, numbers in sorted(by_report.items())]
    return []


def number_version(document: Document, number: Number) -> Version:
    """Return a number as worded, and where it stands."""
    return Version(number.span.of(document.text), passage_of(document, number.span))


def _other_negation(told: Mapping[int, Sequence[Telling]]) -> list[Version]:
    """Return two quotes of one utterance that are alike but for a negation; empty if there are none."""
    quotes = [
        (report, telling, wording(telling.passage.exact))
        for report, tellings in sorted(told.items())
        for telling in tellings
        if telling.kind is not StatementKind.INDIRECT
    ]
    for i, (report, telling, one) in enumerate(quotes):
        for other_report, other, two in quotes[i + 1 :]:
            a, b = one.stems - NEGATIONS, two.stems - NEGATIONS
            alike = len(a & b) / len(a | b) if a | b else 0.0
            if report != other_report and alike >= _ALIKE and one.negations % 2 != two.negations % 2:
                return [Version(t.passage.exact, t.passage) for t in (telling, other)]
    return []
