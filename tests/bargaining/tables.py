"""Small tables that the tests of bargaining share."""

from treves.model.table import Estimate, Issue, Option, Party, Position, Scale, Table


def ordered(key: str, *places: float) -> Issue:
    """An ordered issue with options at these places, keyed "a", "b" and so on."""
    return Issue(key, options=tuple(Option(chr(97 + i), at=place) for i, place in enumerate(places)))


def table(issues: dict[str, tuple[float, ...]], wants: dict[str, dict[str, tuple[float, float]]]) -> Table:
    """A table of ordered issues; `wants` holds for every party and issue its point and salience."""
    return Table(
        "test",
        tuple(ordered(key, *places) for key, places in issues.items()),
        tuple(Party(p) for p in wants),
        tuple(
            Position(p, i, Estimate(point), Estimate(salience))
            for p, wanted in wants.items()
            for i, (point, salience) in wanted.items()
        ),
    )


def unordered(key: str, *options: str) -> Issue:
    """An issue whose options have no order."""
    return Issue(key, scale=Scale.UNORDERED, options=tuple(map(Option, options)))
