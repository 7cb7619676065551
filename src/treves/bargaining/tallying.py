"""What negotiations brought, counted."""

from __future__ import annotations

import numpy as np

from treves.bargaining.board import PROTOCOLS, Board, Course, Integers, Log, Tally


def empty_log(draws: int, negotiations: int) -> Log:
    """Return room for negotiations to be written down."""

    def zeros(*shape: int) -> Integers:
        return np.zeros((draws, *shape), dtype=np.int64)

    return Log(zeros(negotiations), zeros(negotiations), zeros(negotiations), zeros(negotiations, 6), zeros())


def tally_of(board: Board, course: Course, log: Log) -> Tally:
    """Count what negotiations brought."""
    each = [_protocol(board, course, log, columns) for columns in _columns(course)]
    names = [name for name in Tally._fields if name != "passable"]
    return Tally(passable=log.passable, **{name: np.stack([one[name] for one in each]) for name in names})


def joined(parts: list[Tally]) -> Tally:
    """Return several blocks as one: what is kept by draw one after another, the rest added up."""
    by_draw = {"agreed", "walked", "passable"}
    found = {
        name: np.concatenate([getattr(part, name) for part in parts], axis=-1)
        if name in by_draw
        else np.sum([getattr(part, name) for part in parts], axis=0)
        for name in Tally._fields
    }
    return Tally(**found)


def _columns(course: Course) -> list[slice]:
    ends = np.cumsum(course.inner)
    return [slice(int(end - size), int(end)) for end, size in zip(ends, course.inner, strict=True)][: len(PROTOCOLS)]


def _protocol(board: Board, course: Course, log: Log, columns: slice) -> dict[str, Integers]:
    ended, found, absent = log.ended[:, columns], log.found[:, columns], log.absent[:, columns]
    agreed = found >= 0
    walked = ~agreed & (ended < course.rounds - 1)
    rounds = [np.bincount(ended[chosen], minlength=course.rounds) for chosen in (agreed, walked)]
    objected = log.objected[:, columns].reshape(-1, 6)
    return {
        "agreed": agreed.sum(axis=1),
        "walked": walked.sum(axis=1),
        "rounds": np.stack(rounds, axis=1),
        "packages": np.bincount(found[agreed], minlength=len(board.crossed)),
        "left": _left(board, absent[walked]),
        "objected": np.stack([(objected >> bit & 1).sum(axis=0) for bit in range(_bits(board, course))]),
    }


def _bits(board: Board, course: Course) -> int:
    return max(len(board.lines), len(course.line_keys))


def _left(board: Board, absent: Integers) -> Integers:
    """How often each party ended talks by walking out: those without whom nothing passes, or all if only together."""
    from treves.bargaining.protocols import passes

    parties = range(len(board.lines))
    needed = sum(1 << p for p in parties if not passes(board.rule, board.rule.voters & ~(1 << p)))
    ending = np.where(absent & needed, absent & needed, absent)
    return np.array([(ending >> p & 1).sum() for p in parties], dtype=np.int64)
