"""The timeline: where every session, flag, step and report stands in the picture. Geometry only; the template draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import attrs

from treves.brief.axis import Axis, axis_over
from treves.brief.clock import Clock
from treves.brief.extents import Extent, extent
from treves.brief.lookup import Lookup
from treves.brief.state import AHEAD, LIMITS, Teller
from treves.brief.wording import Piece
from treves.model.events import Certainty, EventKind
from treves.model.evidence import Document
from treves.model.view import JoinedEvent

WIDTH = 1040.0
MARGIN = 14.0
MOST_EVENTS = 120
LETTER = 6.6
"""Mean width of a letter at the label's size, in pixels; labels are packed by it."""
MOST_LETTERS = 30
FLAG_ROW, BAR_ROW, REPORT_ROW = 24.0, 34.0, 13.0
BAR_HEIGHT = 11.0
MOST_REPORT_ROWS = 6
MOST_TICKS = 400
"""Beyond so many reports those that stand close together share a tick."""
TICK_STEP = 5.0
MOST_ROWS = 6
"""Beyond so many rows of events labels give way."""
FLAG_WIDTH = 18.0
BESIDE = 5.0
"""Between a flag and a label to its left."""


@attrs.frozen
class Mark:
    """One event in the picture.

    Attributes:
        target: id of the event.
        name: what it is called when it is pointed at or focused, and by a screen reader.
        label: what stands beside it.
        shape: "bar", "hollow" or "flag".
        style: "", "conditional" (dashed) or "ultimatum" (filled flag).
        x, width: left edge and width of its time, in pixels.
        y: top of its row.
        label_x: left edge of the label.
        fades: "", "left", "right" or "both": which ends are open.
        tail: how much further the end may have been, in pixels.
    """

    target: str
    name: str
    label: Piece
    shape: str
    style: str
    x: float
    width: float
    y: float = 0.0
    label_x: float = 0.0
    fades: str = ""
    tail: float = 0.0


@attrs.frozen
class Tick:
    """One report in the picture, or several close together.

    Attributes:
        target: id of the report; empty for several.
        name: what it is called.
        x, y: where it stands.
        width: how widely its time is known, in pixels.
    """

    target: str
    name: str
    x: float
    width: float
    y: float = 0.0


@attrs.frozen
class Picture:
    """The whole timeline, in pixels.

    Attributes:
        axis: the axis.
        marks, ticks: events and reports.
        days: pixel, label (empty where there is no room) and whether a midnight is drawn there.
        now: pixel of the moment spoken of; None when it lies outside.
        now_label: what stands at it.
        axis_y: where the axis stands, from the top.
        width, height: of the whole.
        untimed: events without a time, which are not in the picture.
        hidden: number of earlier events that are left out.
    """

    axis: Axis
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    days: tuple[tuple[float, str, bool], ...]
    now: float | None
    now_label: str
    axis_y: float
    width: float
    height: float
    untimed: tuple[JoinedEvent, ...]
    hidden: int

    @property
    def ticks_y(self) -> float:
        """Top of the first row of reports."""
        return self.axis_y + 26


def picture(look: Lookup, teller: Teller, events: Sequence[JoinedEvent]) -> Picture | None:
    """Lay out the timeline of `events` and the reports; None when nothing has a time.

    Of events that begin at one time, the first in `events` comes first.
    """
    timed = [(extent(e, teller.now, look.events.get(e.follows or "")), e) for e in events]
    shown = sorted(((span, e) for span, e in timed if span), key=lambda pair: pair[0].start)
    kept = shown[-MOST_EVENTS:]
    published = [d for d in look.view.documents if d.published.earliest]
    intervals = [(span.start, span.latest or span.end) for span, _ in kept]
    intervals += [(p.earliest, p.latest or p.earliest) for d in published if (p := d.published).earliest]
    if teller.now:
        intervals.append((teller.now, teller.now))
    axis = axis_over(intervals, left=MARGIN, width=WIDTH - 2 * MARGIN)
    if axis is None or not (kept or published):
        return None
    marks, axis_y = _placed([_mark(span, e, axis, teller) for span, e in kept], axis)
    ticks = _ticks(look, teller.clock, axis)
    lowest = max((t.y for t in ticks), default=0.0)
    label_ends = max((m.label_x + _wide(m.label) for m in marks), default=0.0)
    return Picture(
        axis=axis,
        marks=marks,
        ticks=ticks,
        days=tuple(_days(axis, teller.clock)),
        now=axis.x(teller.now) if teller.now else None,
        now_label=_now_label(look, teller),
        axis_y=axis_y,
        width=max(axis.right, label_ends) + MARGIN,
        height=axis_y + 26 + lowest + REPORT_ROW + 4,
        untimed=tuple(e for span, e in timed if not span),
        hidden=len(shown) - len(kept),
    )


def _mark(span: Extent, event: JoinedEvent, axis: Axis, teller: Teller) -> Mark:
    x, right = axis.x(span.start), axis.x(span.end)
    label = teller.label(event)
    wording = teller.clock.wording
    name = f"{wording(f'event.{event.kind.name.lower()}')}: {label.text}, {teller.when(event)}"
    if event.kind in LIMITS:
        by = wording.join([a.name for a in teller.look.present(event.by)][:2])
        label = attrs.evolve(label, text=f"{label.text} · {by}" if by else label.text)
        name += f", {wording('event.by', who=by)}" if by else ""
    if event.certainty in AHEAD:
        name += f", {wording(f'event.{event.certainty.value}')}"
    hollow = event.certainty in AHEAD or event.kind is EventKind.NEXT_STEP
    style = "conditional" if event.certainty is Certainty.CONDITIONAL else ""
    text = label.text if len(label.text) <= MOST_LETTERS else label.text[: MOST_LETTERS - 1].rstrip() + "…"
    return Mark(
        target=event.id,
        name=name,
        label=attrs.evolve(label, text=text),
        shape="flag" if event.kind in LIMITS else "hollow" if hollow else "bar",
        style="ultimatum" if event.kind is EventKind.ULTIMATUM and not style else style,
        x=x,
        width=max(right - x, 5.0),
        fades=span.fades,
        tail=max(0.0, axis.x(span.latest) - right) if span.latest else 0.0,
    )


def _wide(label: Piece) -> float:
    return len(label.text) * LETTER


def _placed(marks: Sequence[Mark], axis: Axis) -> tuple[tuple[Mark, ...], float]:
    """Give every mark a row and its label a place: flags above, sessions and steps below; return the axis's height."""
    top = 18.0
    flags, flag_rows = _packed([m for m in marks if m.shape == "flag"], axis, top, FLAG_ROW)
    bars_top = top + flag_rows * FLAG_ROW + (4.0 if flag_rows else 0.0)
    bars, bar_rows = _packed([m for m in marks if m.shape != "flag"], axis, bars_top, BAR_ROW)
    return (*flags, *bars), bars_top + bar_rows * BAR_ROW + 10.0


def _packed(marks: Iterable[Mark], axis: Axis, top: float, row_height: float) -> tuple[list[Mark], int]:
    """Put marks into rows that keep them and their labels apart; where that takes too many, labels give way."""
    ordered = sorted(marks, key=lambda m: m.x)
    rows, ends = _rows([_reach(m, axis) for m in ordered])
    labelled = [attrs.evolve(m, label_x=_label_x(m, axis)) for m in ordered]
    if len(ends) > MOST_ROWS:
        rows, ends = _rows([(m.x, m.x + m.width + m.tail + 4.0) for m in ordered])
        labelled = _labels_with_room(ordered, rows, axis)
    placed = [attrs.evolve(m, y=top + row * row_height) for m, row in zip(labelled, rows, strict=True)]
    return placed, len(ends)


def _rows(spans: Iterable[tuple[float, float]]) -> tuple[list[int], list[float]]:
    """Return for every span, in order of their left edge, the first row that has room; and where each row ends."""
    ends: list[float] = []
    rows = []
    for low, high in spans:
        row = next((i for i, end in enumerate(ends) if end <= low), len(ends))
        ends[row : row + 1] = [high]
        rows.append(row)
    return rows, ends


def _label_x(mark: Mark, axis: Axis) -> float:
    if mark.shape != "flag":
        return max(axis.left, min(mark.x, axis.right - _wide(mark.label)))
    right = mark.x + FLAG_WIDTH
    return right if right + _wide(mark.label) <= axis.right else max(axis.left, mark.x - _wide(mark.label) - BESIDE)


def _reach(mark: Mark, axis: Axis) -> tuple[float, float]:
    """Return from where to where a mark and its label take room."""
    label_x = _label_x(mark, axis)
    return min(mark.x, label_x), max(mark.x + mark.width + mark.tail, label_x + _wide(mark.label)) + 12.0


def _labels_with_room(marks: Sequence[Mark], rows: Sequence[int], axis: Axis) -> list[Mark]:
    """Keep the labels that end before the next mark of their row begins; the others are named when pointed at."""
    nexts: dict[int, float] = {}
    found = []
    for mark, row in reversed(list(zip(marks, rows, strict=True))):
        indent = FLAG_WIDTH if mark.shape == "flag" else 0.0
        end = mark.x + indent + _wide(mark.label)
        fits = end + 8.0 <= nexts.get(row, axis.right)
        label = mark.label if fits else Piece("")
        found.append(attrs.evolve(mark, label=label, label_x=mark.x + indent))
        nexts[row] = mark.x
    return found[::-1]


def _ticks(look: Lookup, clock: Clock, axis: Axis) -> tuple[Tick, ...]:
    """Place the reports that have a time, stacked where they are close together."""
    dated = [(early, d) for d in look.view.documents if (early := look.published(d.id))]
    dated.sort(key=lambda pair: pair[0])
    if len(dated) > MOST_TICKS:
        return _shared_ticks(dated, clock, axis)
    ends: list[float] = []
    found = []
    for early, document in dated:
        x = axis.x(early)
        width = max(axis.x(document.published.latest or early) - x, 0.0)
        row = next((i for i, end in enumerate(ends) if end <= x), len(ends))
        row = min(row, MOST_REPORT_ROWS - 1)
        if row == len(ends):
            ends.append(0.0)
        ends[row] = max(ends[row], x + max(width, 3.0) + 3.0)
        found.append(Tick(document.id, _tick_name(document, clock), x, width, row * REPORT_ROW))
    return tuple(found)


def _tick_name(document: Document, clock: Clock) -> str:
    outlet = clock.wording.join(document.outlets) or clock.wording("said.no_outlet")
    return f"{clock.wording('event.report')}: {document.title}. {outlet}, {clock.moment(document.published)}"


def _shared_ticks(dated: Sequence[tuple[datetime, Document]], clock: Clock, axis: Axis) -> tuple[Tick, ...]:
    """Place reports, which are in order of time, with one tick for all within a few pixels."""
    columns: dict[int, list[tuple[datetime, Document]]] = {}
    for early, document in dated:
        columns.setdefault(round(axis.x(early) / TICK_STEP), []).append((early, document))
    found = []
    for column, told in columns.items():
        if len(told) == 1:
            target, name = told[0][1].id, _tick_name(told[0][1], clock)
        else:
            ends = {"first": clock.instant(told[0][0]), "last": clock.instant(told[-1][0])}
            target, name = "", clock.wording("timeline.reports", n=len(told), **ends)
        found.append(Tick(target, name, column * TICK_STEP, 0.0))
    return tuple(found)


def _days(axis: Axis, clock: Clock) -> list[tuple[float, str, bool]]:
    """Return every midnight with its label; where room is short, Mondays come first and stretches without one last."""
    starts = [(datetime.fromtimestamp(s.start, clock.zone), s.x) for s in axis.stretches]
    midnights = list(axis.days(clock.zone))
    drawn = {x for _, x in midnights}
    taken: list[tuple[float, float]] = []
    labels: dict[float, str] = {}
    monday_first = sorted(midnights, key=lambda pair: (pair[0].weekday() != 0, pair[1]))
    for day, x in [*(monday_first if len(midnights) > 14 else midnights), *starts]:
        label = clock.short_day(day)
        low, high = x, x + len(label) * LETTER + 10.0
        if high <= axis.right + MARGIN and all(high <= begin or low >= end for begin, end in taken):
            taken.append((low, high))
            labels[x] = label
    return [(x, labels.get(x, ""), x in drawn) for x in sorted(drawn | labels.keys())]


def _now_label(look: Lookup, teller: Teller) -> str:
    wording = teller.clock.wording
    if look.view.as_of is None:
        return wording("timeline.now_open")
    return wording("timeline.now", time=teller.clock.time(look.view.as_of))
