"""The grid of packages: what can be chosen on every issue, and how packages are numbered.

Packages are numbered from 0 in mixed radix: the last issue varies fastest. A space may have more packages than any
memory holds; only what runs over all of them is limited to :data:`MOST_PACKAGES`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import ClassVar

import attrs
import numpy as np
from numpy.typing import NDArray

from treves.errors import Phrase, TableError
from treves.model.table import Choice, Issue, Package, Scale, Table, Term

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Indices = NDArray[np.int64]

MOST_PACKAGES = 10_000_000
"""Packages that methods which list all of them will take."""


class TooManyPackages(TableError):
    """A method that lists every package was asked of a space that is too large for it."""

    code: ClassVar[str] = "T601"


class UnknownChoice(TableError):
    """A package or condition names an issue or choice that the table does not have, or leaves an issue out."""

    code: ClassVar[str] = "T602"


class UnusableNumber(TableError):
    """A number of the table is not finite, or an issue has nothing to choose."""

    code: ClassVar[str] = "T603"


@attrs.frozen(eq=False)
class Piece:
    """What a party gets, in its own counts, when conditions on one or more issues hold together."""

    terms: tuple[Term, ...]
    count: float


@attrs.frozen(eq=False)
class Extra:
    """A sum of pieces that a party gets beside its positions: the value of an indicator, or its interactions.

    Attributes:
        party: index of the party.
        base: counts before any piece.
        floor, ceiling: bounds of the sum, in counts.
        pieces: what is added.
    """

    party: int
    base: float
    floor: float
    ceiling: float
    pieces: tuple[Piece, ...]


@attrs.frozen(eq=False)
class Space:
    """A table as numbers.

    Utilities are kept as whole numbers (`counts`) of a party's `units`, so that sums are exact in any order and packages
    that are worth the same are equal to the last bit.

    Attributes:
        table: what it was made of.
        choices: by issue, what can be chosen; a range gives its `steps` values.
        places: by issue, the place on its scale of each choice; nan on an unordered issue.
        parts: by issue, utility of each choice to each party, (parties, choices). They add up to the whole utility
            if `additive`, else to what positions contribute.
        additive: whether utility is the sum of `parts`.
        size: number of packages; may be far beyond what memory holds.
        parties: keys, in the order of the table.
        units: by party, how many counts make a utility of 1; a whole number up to 2**44.
        counts: `parts` in counts.
        positions: counts of positions alone, as `counts` where nothing else is valued.
        extras: what is valued beside positions.
        clipped: whether utilities are cut to 0-1 at the end (if there are interactions).
    """

    table: Table
    choices: tuple[tuple[Choice, ...], ...]
    places: tuple[Floats, ...]
    parts: tuple[Floats, ...]
    additive: bool
    size: int
    parties: tuple[str, ...]
    units: Floats
    counts: tuple[Floats, ...]
    positions: tuple[Floats, ...]
    extras: tuple[Extra, ...]
    clipped: bool

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of choices by issue."""
        return tuple(len(c) for c in self.choices)

    def issue_index(self, key: str) -> int:
        """Return the place of an issue in the table.

        Raises:
            UnknownChoice: there is no such issue.
        """
        return issue_index(self.table, key)


def issue_index(table: Table, key: str) -> int:
    """Return the place of an issue in a table.

    Raises:
        UnknownChoice: there is no such issue.
    """
    for index, issue in enumerate(table.issues):
        if issue.key == key:
            return index
    raise UnknownChoice(
        "The table {table} has no issue {issue}.",
        hint="It has: {known}.",
        table=table.key,
        issue=key,
        known=", ".join(i.key for i in table.issues),
    )


def exact(number: float) -> Fraction:
    """Return a number as the decimal fraction that a person wrote.

    Raises:
        UnusableNumber: it is not finite.
    """
    if not math.isfinite(number):
        raise UnusableNumber("{number} is not a number to reckon with.", hint="Give a finite number.", number=number)
    return Fraction(repr(float(number)))


def choices_of(issue: Issue) -> tuple[tuple[Choice, ...], tuple[Fraction | None, ...]]:
    """Return what can be chosen on an issue, and the place of each choice on its scale (None if it has none).

    Raises:
        UnusableNumber: there is nothing to choose, or a bound is not finite.
    """
    if issue.scale is Scale.RANGE:
        low, high = (exact(bound) for bound in issue.bounds)
        if issue.steps < 2 or low >= high:
            raise UnusableNumber(
                "Issue {issue} is a range from {low} to {high} in {steps} steps.",
                hint="Give a lower bound below the upper one, and 2 steps or more.",
                issue=issue.key,
                low=float(low),
                high=float(high),
                steps=issue.steps,
            )
        places = tuple(low + (high - low) * step / (issue.steps - 1) for step in range(issue.steps))
        return tuple(float(place) for place in places), places
    if not issue.options:
        raise UnusableNumber("Issue {issue} has no options.", hint="Give it at least one.", issue=issue.key)
    ordered = issue.scale is Scale.ORDERED
    return (
        tuple(option.key for option in issue.options),
        tuple(None if option.at is None or not ordered else exact(option.at) for option in issue.options),
    )


def package_at(space: Space, index: int) -> Package:
    """Return the package with this number.

    Raises:
        UnknownChoice: the number is below 0 or not below `space.size`.
    """
    if not 0 <= index < space.size:
        raise UnknownChoice("There is no package {index}: they run from 0.", index=index)
    chosen: list[tuple[str, Choice]] = []
    for issue, choices in zip(reversed(space.table.issues), reversed(space.choices), strict=True):
        index, choice = divmod(index, len(choices))
        chosen.append((issue.key, choices[choice]))
    return tuple(reversed(chosen))


def index_of(space: Space, package: Package) -> int:
    """Return the number of a package; a number on a range must be one of its steps.

    Raises:
        UnknownChoice: it leaves out an issue, or names one or a choice that is not there.
    """
    chosen = dict(package)
    index = 0
    for issue, choices in zip(space.table.issues, space.choices, strict=True):
        if issue.key not in chosen:
            raise UnknownChoice("The package leaves out issue {issue}.", hint="Choose on every issue.", issue=issue.key)
        index = index * len(choices) + choice_index(issue, choices, chosen.pop(issue.key))
    for key in chosen:
        issue_index(space.table, key)
    return index


def choice_index(issue: Issue, choices: Sequence[Choice], choice: Choice) -> int:
    """Return the place of a choice among those of its issue.

    Raises:
        UnknownChoice: it is none of them.
    """
    near = _near(issue)
    for index, known in enumerate(choices):
        if choice == known or (_number(choice) and _number(known) and abs(float(choice) - float(known)) <= near):
            return index
    raise UnknownChoice(
        "Issue {issue} has no choice {choice}.",
        hint="Choose one of: {known}.",
        issue=issue.key,
        choice=choice,
        known=", ".join(f"{c:g}" if isinstance(c, float) else str(c) for c in choices),
    )


def term_mask(space: Space, term: Term) -> Flags:
    """Return for each choice of a term's issue whether the term holds.

    Raises:
        UnknownChoice: it names an issue or option that is not there.
    """
    index = space.issue_index(term.issue)
    issue = space.table.issues[index]
    mask = np.ones(len(space.choices[index]), dtype=bool)
    if term.options:
        mask[:] = False
        for option in term.options:
            mask[choice_index(issue, space.choices[index], option)] = True
    places = space.places[index]
    if term.low is not None:
        mask &= places >= term.low - _near(issue)
    if term.high is not None:
        mask &= places <= term.high + _near(issue)
    return mask


def term_holds(issue: Issue, term: Term, choice: Choice) -> bool:
    """Return whether a term holds for one choice on its issue, which may lie between the steps of a range."""
    if term.options and choice not in term.options:
        return False
    if isinstance(choice, str):
        place = next((o.at for o in issue.options if o.key == choice), None) if issue.scale is Scale.ORDERED else None
    else:
        place = float(choice)
    low_holds = term.low is None or (place is not None and place >= term.low - _near(issue))
    return low_holds and (term.high is None or (place is not None and place <= term.high + _near(issue)))


def terms_by_issue(space: Space, terms: Iterable[Term]) -> dict[int, Flags]:
    """Return for each issue that the terms speak of, by its index, the choices for which all of them hold."""
    masks: dict[int, Flags] = {}
    for term in terms:
        index = space.issue_index(term.issue)
        mask = term_mask(space, term)
        masks[index] = masks[index] & mask if index in masks else mask
    return masks


def terms_mask(space: Space, terms: Iterable[Term]) -> Flags:
    """Return for every package whether all terms hold.

    Raises:
        TooManyPackages: the space is too large to list.
    """
    require_listable(space)
    masks = terms_by_issue(space, terms)
    found = np.ones(1, dtype=bool)
    for index, choices in enumerate(space.choices):
        mask = masks.get(index)
        found = np.repeat(found, len(choices)) if mask is None else np.logical_and.outer(found, mask).ravel()
    return found


def require_listable(space: Space, most: int = MOST_PACKAGES) -> None:
    """Refuse a space with more than `most` packages.

    Raises:
        TooManyPackages: it has more.
    """
    if space.size > most:
        raise TooManyPackages(
            "The table {table} has {size} packages; this method lists at most {most:,}.",
            hint="Take fewer options or steps, or ask a method that does not list them all.",
            table=space.table.key,
            size=told_size(space.size),
            most=most,
        )


def told_size(size: int) -> Phrase:
    """Return a number of packages for people: all digits up to a million million, else the power of ten below it."""
    if size < 10**12:
        return Phrase("{count:,}", count=size)
    return Phrase("1e{power}", power=math.floor(math.log10(size)))


def _near(issue: Issue) -> float:
    low, high = issue.bounds
    return 1e-9 * (high - low)


def _number(choice: Choice) -> bool:
    return isinstance(choice, int | float)
