"""A time axis that leaves out long stretches in which nothing happened, and says so where it does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise

import attrs

HOUR = 3600.0
DAY = 24 * HOUR
BREAK = 26.0
"""Width in pixels of a place where a stretch was left out."""
PADDING = 1.5 * HOUR
LONGEST_WHOLE = 3 * DAY
"""An interval wider than this does not keep an empty stretch within it from being left out."""
SHORTEST_CUT = 36 * HOUR
SCALES = (0.4, 44.0)
"""Pixels an hour, at least and at most."""


@attrs.frozen
class Stretch:
    """An unbroken part of the axis: seconds since 1970 and pixels."""

    start: float
    end: float
    x: float
    width: float


@attrs.frozen
class Axis:
    """Maps instants to pixels.

    Attributes:
        stretches: the unbroken parts, in order; never empty.
    """

    stretches: tuple[Stretch, ...]

    @property
    def right(self) -> float:
        """Where the axis ends, in pixels."""
        last = self.stretches[-1]
        return last.x + last.width

    @property
    def left(self) -> float:
        """Where the axis begins, in pixels."""
        return self.stretches[0].x

    @property
    def scale(self) -> float:
        """Pixels an hour."""
        first = self.stretches[0]
        return first.width / ((first.end - first.start) / HOUR)

    @property
    def breaks(self) -> tuple[float, ...]:
        """The middles of the places where a stretch was left out."""
        return tuple((a.x + a.width + b.x) / 2 for a, b in pairwise(self.stretches))

    def x(self, instant: datetime) -> float:
        """Return the pixel of `instant`; one outside the axis falls on its end, one in a cut on the break."""
        seconds = instant.timestamp()
        for stretch in self.stretches:
            if seconds < stretch.start:
                return max(self.left, stretch.x - BREAK / 2)
            if seconds <= stretch.end:
                return stretch.x + stretch.width * (seconds - stretch.start) / (stretch.end - stretch.start)
        return self.right

    def days(self, zone: tzinfo) -> Iterable[tuple[datetime, float]]:
        """Yield every midnight of `zone` on the axis with its pixel."""
        for stretch in self.stretches:
            first = datetime.fromtimestamp(stretch.start, zone)
            midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
            while midnight.timestamp() <= stretch.end:
                if midnight.timestamp() >= stretch.start:
                    yield midnight, self.x(midnight)
                # Wall-clock arithmetic within one zone: a day is a day even when the clock changes.
                midnight += timedelta(days=1)


def axis_over(intervals: Iterable[tuple[datetime, datetime]], *, left: float, width: float) -> Axis | None:
    """Build an axis that shows all `intervals`.

    Args:
        intervals: what is to be seen, as begin and end; a point has both the same.
        left: pixel at which the axis begins.
        width: pixels it should take; it becomes wider when an hour would be too narrow, and narrower when too wide.

    Returns:
        The axis; None when there are no intervals.
    """
    merged = _merged(intervals)
    if not merged:
        return None
    hours = sum(end - start for start, end in merged) / HOUR
    room = max(0.0, width - BREAK * (len(merged) - 1))
    scale = min(max(room / hours, SCALES[0]), SCALES[1])
    stretches: list[Stretch] = []
    x = left
    for start, end in merged:
        wide = (end - start) / HOUR * scale
        stretches.append(Stretch(start, end, x, wide))
        x += wide + BREAK
    return Axis(tuple(stretches))


def _merged(intervals: Iterable[tuple[datetime, datetime]]) -> Sequence[tuple[float, float]]:
    """Return the stretches to show: padded intervals, joined where the gap is too short to be worth a cut."""
    spans: list[tuple[float, float]] = []
    for begin, finish in intervals:
        start, end = begin.timestamp(), finish.timestamp()
        ends = [(start, end)] if end - start <= LONGEST_WHOLE else [(start, start), (end, end)]
        spans += [(low - PADDING, high + PADDING) for low, high in ends]
    if not spans:
        return []
    spans.sort()
    longest_gap = max(SHORTEST_CUT, (max(e for _, e in spans) - spans[0][0]) / 12)
    merged = [spans[0]]
    for start, end in spans[1:]:
        last = merged[-1]
        if start - last[1] <= longest_gap:
            merged[-1] = (last[0], max(last[1], end))
        else:
            merged.append((start, end))
    return merged
