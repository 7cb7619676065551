"""The array form that all models of collective decisions share."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
import numpy as np
import numpy.typing as npt

from treves.errors import Phrase, TableError
from treves.model.table import Scale, Table

Numbers = npt.NDArray[np.float64]
Members = npt.NDArray[np.bool_]
Passes = Callable[[Members], bool]
"""Whether the joint consent of these actors (a mask over all of them) passes a proposal."""


class ArenaMisshapen(TableError):
    """Arrays of positions, salience, capability or reference do not belong together."""

    code = "T620"


class ArenaValueRefused(TableError):
    """A number in such an array cannot be used."""

    code = "T621"


@attrs.frozen(eq=False)
class Arena:
    """Who wants what on ordered issues, as arrays.

    Attributes:
        positions: place on the scale per actor and issue, within the issue's bounds; NaN for an actor without a position.
        saliences: raw weight per actor and issue, 0 or more; 0 where the actor has no position.
        capabilities: potential influence per actor and issue, 0 or more (most often the same on all issues).
        reference: per issue, the place that takes effect without a decision; NaN where it is not known.
        lows, highs: bounds of each issue's scale; 0 and 100 unless told.
        actors, issues: their names.
        setter: index of the actor that makes the proposals; None for none in particular.
        passes: the decision rule; None where none is known.
    """

    positions: Numbers
    saliences: Numbers
    capabilities: Numbers
    reference: Numbers
    lows: Numbers
    highs: Numbers
    actors: tuple[str, ...]
    issues: tuple[str, ...]
    setter: int | None = None
    passes: Passes | None = None

    @property
    def known(self) -> Members:
        """Where an actor has a position on an issue."""
        return ~np.isnan(self.positions)

    @property
    def weights(self) -> Numbers:
        """Capability times salience per actor and issue; 0 where there is no position."""
        return np.where(self.known, self.capabilities * self.saliences, 0.0)


def arena_from(
    positions: npt.ArrayLike,
    saliences: npt.ArrayLike,
    *,
    capabilities: npt.ArrayLike | None = None,
    reference: npt.ArrayLike | None = None,
    bounds: tuple[npt.ArrayLike, npt.ArrayLike] = (0.0, 100.0),
    names: tuple[Sequence[str], Sequence[str]] | None = None,
    setter: int | None = None,
) -> Arena:
    """Make an arena from arrays.

    Args:
        positions: (actors, issues), or (actors,) for a single issue; NaN for an actor without a position.
        saliences: of the same shape, 0 or more; NaN counts as 0 where there is no position.
        capabilities: (actors,) or (actors, issues), 0 or more; 1 for each actor when left out.
        reference: (issues,) or a number, NaN where it is not known; not known when left out.
        bounds: lowest and highest place on the scales, each a number or (issues,).
        names: of the actors and of the issues; their numbers when left out.
        setter: index of the actor that makes the proposals.

    Raises:
        ArenaMisshapen: if the shapes do not agree.
        ArenaValueRefused: if a number is infinite or negative, a salience is missing beside a position, or a position
            is off its scale.
    """
    places = _columns(positions)
    n_actors, n_issues = places.shape
    lows, highs = (_spread(Phrase("bounds"), bound, (n_issues,)) for bound in bounds)
    weights = _spread(Phrase("saliences"), _columns(saliences), places.shape)
    power = _spread(Phrase("capabilities"), _capability_columns(capabilities, n_issues), places.shape)
    known = ~np.isnan(places)
    weights = np.where(known, weights, 0.0)
    power = np.where(known | ~np.isnan(power), power, 0.0)
    _check_values(places, weights, power, (lows, highs))
    given = names or (tuple(map(str, range(n_actors))), tuple(map(str, range(n_issues))))
    if (len(given[0]), len(given[1])) != places.shape:
        raise ArenaMisshapen(
            "There are {names} names for {shape} numbers.",
            hint="Give each actor and each issue one name.",
            names=f"{len(given[0])} x {len(given[1])}",
            shape=f"{n_actors} x {n_issues}",
        )
    return Arena(
        positions=places,
        saliences=weights,
        capabilities=power,
        reference=_spread(Phrase("reference"), np.nan if reference is None else reference, (n_issues,)),
        lows=lows,
        highs=highs,
        actors=tuple(given[0]),
        issues=tuple(given[1]),
        setter=setter,
    )


def arena_of(table: Table) -> Arena:
    """Make the arena of a table: its ordered issues and ranges, with the best guess of every number.

    Unordered issues are left out: these models need a scale. A party without a position on an issue neither weighs on it
    nor stands in the way of a proposal.
    """
    issues = [issue for issue in table.issues if issue.scale is not Scale.UNORDERED]
    parties = [party.key for party in table.parties]
    places = np.full((len(parties), len(issues)), np.nan)
    saliences = np.zeros_like(places)
    rows, columns = {key: i for i, key in enumerate(parties)}, {issue.key: j for j, issue in enumerate(issues)}
    for position in table.positions:
        if position.point is not None and position.issue in columns and position.party in rows:
            cell = rows[position.party], columns[position.issue]
            places[cell], saliences[cell] = position.point.value, position.salience.value
    capabilities, weights, rule = table.capabilities, table.weights, table.rule
    bounds = np.array([issue.bounds for issue in issues]).reshape(-1, 2)
    arena = arena_from(
        places,
        saliences,
        capabilities=np.array([capabilities[key] for key in parties]),
        reference=_reversion(table, columns),
        bounds=(bounds[:, 0], bounds[:, 1]),
        names=(parties, [issue.key for issue in issues]),
        setter=rows.get(rule.setter),
    )
    return attrs.evolve(
        arena,
        passes=lambda consenting: rule.passes(
            [key for key, yes in zip(parties, consenting, strict=True) if yes], weights
        ),
    )


def _reversion(table: Table, columns: dict[str, int]) -> Numbers:
    """Places of the reversion package; NaN where it says nothing."""
    places = np.full(len(columns), np.nan)
    for key, choice in table.reversion.package:
        if key not in columns:
            continue
        if isinstance(choice, str):
            at = next((o.at for o in table.issue(key).options if o.key == choice), None)
            places[columns[key]] = np.nan if at is None else at
        else:
            places[columns[key]] = choice
    return places


def _columns(numbers: npt.ArrayLike) -> Numbers:
    """As a table of actors by issues; a single issue may come as one row of actors."""
    array = np.asarray(numbers, dtype=np.float64)
    return array[:, None] if array.ndim == 1 else array


def _capability_columns(capabilities: npt.ArrayLike | None, n_issues: int) -> Numbers:
    array = _columns(1.0 if capabilities is None else capabilities)
    return np.repeat(array, n_issues, axis=1) if array.ndim == 2 and array.shape[1] == 1 else array


def _spread(what: Phrase, numbers: npt.ArrayLike, shape: tuple[int, ...]) -> Numbers:
    """Numbers of this shape; one number stands for all."""
    array = np.asarray(numbers, dtype=np.float64)
    if array.ndim and array.shape != shape:
        raise ArenaMisshapen(
            "The shape of {what} is {shape}, where {wanted} is needed.",
            hint="Give one number for each actor and issue.",
            what=what,
            shape=array.shape,
            wanted=shape,
        )
    return np.array(np.broadcast_to(array, shape))


def _check_values(places: Numbers, saliences: Numbers, capabilities: Numbers, bounds: tuple[Numbers, Numbers]) -> None:
    known = ~np.isnan(places)
    slack = 1e-9 * (1.0 + np.abs(bounds[1]))
    off_scale = known & ((places < bounds[0] - slack) | (places > bounds[1] + slack))
    for what, numbers, bad in (
        (Phrase("position"), places, np.isinf(places) | off_scale),
        (Phrase("salience"), saliences, ~(np.isfinite(saliences) & (saliences >= 0))),
        (Phrase("capability"), capabilities, ~(np.isfinite(capabilities) & (capabilities >= 0))),
    ):
        if bad.any():
            actor, issue = np.argwhere(bad)[0]
            raise ArenaValueRefused(
                "The {what} of actor {actor} on issue {issue} cannot be {value}.",
                hint="Positions lie within the bounds of their issue; saliences and capabilities are numbers of 0 or more.",
                what=what,
                actor=int(actor) + 1,
                issue=int(issue) + 1,
                value=float(numbers[actor, issue]),
            )
