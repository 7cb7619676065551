"""What compiled bargaining works on: a table, its draws and the results as plain arrays.

Sets of parties and of red lines are bits of an integer. Letters in shapes: N packages, P parties, C choices on all issues
together, L red lines, n draws.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Keys = NDArray[np.uint64]
Steps = NDArray[np.int32]

PROTOCOLS = ("alternating", "mediated")
ALTERNATING, MEDIATED = 0, 1
CAUSES = ("red line", "reservation", "mandate")
LINE, RESERVATION, MANDATE = 0, 1, 2
MOST_BITS = 62
"""Most parties, and most red lines, that fit into the bits of an integer."""


class Rule(NamedTuple):
    """A decision rule: a package passes with all of `veto` and any of `coalitions`, or, without those, with the quota.

    `voters` are all whose consent may count.
    """

    voters: int
    veto: int
    coalitions: Integers
    weights: Floats
    quota: float


class Board(NamedTuple):
    """What no draw changes.

    Attributes:
        columns: (N, issues), which of the C columns holds the worth of the choice.
        crossed: (N,), red lines that a package crosses. barred: (N,), parties whose mandate excludes it.
        way: (N,), number of the combination of these two; ways: how many there are.
        stated: (N,), parties that refuse it with every line in force. early: packages that may pass even so.
        lines: (P,), a party's own red lines.
        holds: (effects, N), whether an effect comes about. effect_of: its indicator. baselines: of indicators.
        valued: (valuations, 2), party and indicator. ends: (valuations, 2), worst and best.
        extra: (N, P), interactions. clipped: whether there are any.
        proposers: parties that propose, in turn.
        rule: the decision rule.
    """

    columns: Integers
    crossed: Integers
    barred: Integers
    way: Integers
    ways: int
    stated: Integers
    early: Integers
    lines: Integers
    holds: NDArray[np.bool_]
    effect_of: Integers
    baselines: Floats
    valued: Integers
    ends: Floats
    extra: Floats
    clipped: bool
    proposers: Integers
    rule: Rule


class Stakes(NamedTuple):
    """What was drawn, one row per draw; utilities are of weight times worth.

    Attributes:
        values: (n, P, C). amounts: (n, effects). weights: (n, valuations).
        reservation, concession, walk_out: (n, P). real, give_way: (n, L).
    """

    values: Floats
    amounts: Floats
    weights: Floats
    reservation: Floats
    concession: Floats
    walk_out: Floats
    real: Floats
    give_way: Floats


class Course(NamedTuple):
    """How talks are run: first draw, negotiations per protocol, rounds, part of the time that is gone, and keys."""

    start: int
    inner: Integers
    rounds: int
    elapsed: float
    search: int
    key: np.uint64
    party_keys: Keys
    line_keys: Keys


class Log(NamedTuple):
    """What came of negotiations: a row per draw, a column per negotiation, first those by alternating offers.

    Attributes:
        ended: round, from 0. found: the package agreed on, -1 for none. absent: parties that had walked out.
        objected: (n, negotiations, 6), what stood in the way when nothing could pass: lines, reservations and mandates
            that did so alone, then those that did so together.
        passable: (n,), packages that can pass with every stated line in force.
    """

    ended: Integers
    found: Integers
    absent: Integers
    objected: Integers
    passable: Integers


class Tally(NamedTuple):
    """The same as counts of negotiations; the first axis of all but `passable` tells the two protocols apart.

    Attributes:
        agreed, walked: (2, n), agreements and collapses by walk-out. passable: (n,), as above.
        rounds: (2, rounds, 2), both by round. packages: (2, N). left: (2, P), walk-outs that ended talks.
        objected: (2, P or L, 6), by party or line, what stood in the way.
    """

    agreed: Integers
    walked: Integers
    passable: Integers
    rounds: Integers
    packages: Integers
    left: Integers
    objected: Integers


class State(NamedTuple):
    """One draw, worked out: what packages are worth and when parties accept them. E of the packages are early ones.

    Attributes:
        utility: (N, P). appeal: (N,), what the least pleased of those who can pass it still gets of its best.
        meets: (N,), parties whose reservation a package meets. hopeful: packages that can pass without red lines.
        classes: one package for each way in which packages are refused: lines crossed, mandates, reservations not met.
        ready: (E, P), first step at which a party accepts it. passing: (E,), first step at which it passes if all stay;
        soonest: the first of these. order: (P, E), packages by the first step at which the party accepts them; counts:
        (P, steps), how many by then. lure: (P + 1, E), their appeal in that order, and last in their own.
    """

    utility: Floats
    appeal: Floats
    meets: Integers
    hopeful: Integers
    classes: Integers
    ready: Steps
    passing: Steps
    soonest: int
    order: Steps
    lure: Floats
    counts: Integers
