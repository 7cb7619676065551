"""The exchange model: pairs of actors trade support on issues that matter less to them for support where it matters more."""

from __future__ import annotations

import attrs
import numpy as np

from treves.bargaining.decisions.arena import Arena, Numbers
from treves.bargaining.decisions.compromise import compromise
from treves.bargaining.decisions.exchange_kernel import Pairs, effects_of, potential, realise


@attrs.frozen
class Exchange:
    """One exchange: `first` gets support on `demand` and gives support on `supply`; `second` the other way round.

    Attributes:
        first, second: indices of actors.
        demand, supply: indices of issues, as `first` sees them.
        first_to: voting position of `first` on `supply` from then on, on the issue's own scale.
        second_to: voting position of `second` on `demand` from then on.
        gain: what each of the two gains: salience times points (of a scale of 100) by which outcomes come nearer.
        effects: (actors,) what it does to everybody, with outcomes before and after compared: the gains of the two, and the
            externalities for the others.
    """

    first: int
    second: int
    demand: int
    supply: int
    first_to: float
    second_to: float
    gain: float
    effects: tuple[float, ...]


@attrs.frozen(eq=False)
class ExchangeRound:
    """One round of exchanges.

    Attributes:
        potential: number of potential exchanges at its start.
        exchanges: those realised, in that order.
        votes: (actors, issues) voting positions at its end, on each issue's own scale; NaN where there is none.
        points: (issues,) outcomes at its end.
    """

    potential: int
    exchanges: tuple[Exchange, ...]
    votes: Numbers
    points: Numbers


def exchange(arena: Arena, *, rounds: int = 1, seed: int = 0) -> Numbers:
    """Return what the exchange model forecasts on each issue: the compromise of voting positions after exchanges.

    See :func:`exchange_rounds` for the model; NaN where nobody with any weight has a position.

    Args:
        arena: the positions; it takes at least two issues to have exchanges.
        rounds: rounds of exchanges; 0 gives the compromise.
        seed: decides between exchanges of equal gain.
    """
    ran = exchange_rounds(arena, rounds=rounds, seed=seed)
    return ran[-1].points if ran else compromise(arena)


def exchange_rounds(arena: Arena, *, rounds: int = 1, seed: int = 0) -> tuple[ExchangeRound, ...]:
    """Run the exchange model.

    F. Stokman and R. van Oosten ("The exchange of voting positions", in Bueno de Mesquita and Stokman (eds), European
    Community Decision Making, 1994, 105-127); equal gain and externalities after M. van Assen, F. Stokman and R. van Oosten
    (Rationality and Society 15, 2003, 85-112). On a scale of 100, with outcomes ``O_p = sum c_i s_ip x_ip / sum c_i s_ip``:

    - an exchange is potential between two actors that stand on opposite sides of the outcome on both of two issues; who gives
      p the higher salience relative to q demands p and supplies q;
    - the supplier moves its voting position towards the position that the other prefers, at most all the way;
    - the two shifts are such that both gain the same, ``s_ip dO_p - s_iq dO_q = s_jq dO_q - s_jp dO_p``, so ``dO_p (s_ip +
      s_jp) = dO_q (s_iq + s_jq)``, and as large as that allows: one of the two moves all the way;
    - exchanges are realised one by one, the highest gain first (chance decides between equal gains); what an actor has moved
      on an issue is no longer there to move, so that every exchange which needs it is worked out again with what remains, and
      drops out when nothing remains; a round ends when none is left;
    - a next round starts from the voting positions.

    Limits: all exchanges are between two actors on two issues; nobody objects to what others' exchanges do to it (see
    :attr:`Exchange.effects`); saliences are compared between actors. The papers do not tell in full which exchanges remain
    possible after one is realised, and other programs realise a few more or fewer: 39, 48 and 126 in three cases (Groningen,
    Copenhagen, Paris) where these rules give 42 or 44, 43 to 45, and 129 or 130, as ties fall. Potential exchanges and first
    gains agree.

    Args:
        arena: positions, salience and capability.
        rounds: rounds at most, 0 or more; it stops sooner when a round has no exchange.
        seed: decides between exchanges of equal gain.

    Returns:
        The rounds; none when `rounds` is 0.
    """
    places, parts, width = _scaled(arena)
    generator = np.random.Generator(np.random.PCG64(seed))
    wanted, ran = places, []
    for _ in range(rounds):
        pairs = _potential(arena, wanted, parts)
        chances = generator.random(max(len(pairs), 1))
        order, agreed = realise(pairs, wanted, arena.saliences, parts, chances)
        effects, votes = effects_of(pairs[order], agreed, wanted, arena.saliences, parts)
        exchanges = _told(arena, wanted, width, pairs[order], agreed, effects)
        shown = np.where(arena.known, arena.lows + votes * width, np.nan)
        points = np.where(parts.sum(axis=0) > 0, arena.lows + (parts * votes).sum(axis=0) * width, np.nan)
        ran.append(ExchangeRound(len(pairs), exchanges, shown, points))
        if len(order) == 0:
            break
        wanted = votes
    return tuple(ran)


def potential_exchanges(arena: Arena) -> Pairs:
    """Return the potential exchanges of the first round: rows of (first, second, demand, supply) as in :class:`Exchange`."""
    places, parts, _ = _scaled(arena)
    return _potential(arena, places, parts)


def _scaled(arena: Arena) -> tuple[Numbers, Numbers, Numbers]:
    """Positions on a scale of 0 to 100 (0 where there is none), parts of the weight per issue, and what a point is worth."""
    width = np.where(arena.highs > arena.lows, arena.highs - arena.lows, 1.0) / 100.0
    weights = arena.weights
    totals = weights.sum(axis=0)
    parts = np.divide(weights, totals, out=np.zeros_like(weights), where=totals > 0)
    return np.nan_to_num((arena.positions - arena.lows) / width), parts, width


def _potential(arena: Arena, wanted: Numbers, parts: Numbers) -> Pairs:
    outcomes = (parts * wanted).sum(axis=0)
    return np.asarray(potential(wanted, arena.saliences, outcomes, arena.known), dtype=np.int64)


def _told(
    arena: Arena, votes: Numbers, width: Numbers, pairs: Pairs, agreed: Numbers, effects: Numbers
) -> tuple[Exchange, ...]:
    """Exchanges in the terms of the table; `votes` are the positions from which they start."""
    now, told = votes.copy(), []
    lows = arena.lows
    for (a, b, p, q), (gain, shift_p, shift_q), effect in zip(
        pairs.tolist(), agreed.tolist(), effects.tolist(), strict=True
    ):
        now[b, p] += shift_p
        now[a, q] += shift_q
        first_to, second_to = lows[q] + now[a, q] * width[q], lows[p] + now[b, p] * width[p]
        told.append(Exchange(a, b, p, q, float(first_to), float(second_to), gain, tuple(effect)))
    return tuple(told)
