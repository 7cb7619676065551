"""Constraints that lead back to where they began: options that need one another in a circle, or rule themselves out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from treves.model.findings import Findings
from treves.model.table import Constraint, Issue, Scale, Table
from treves.model.table_term_checks import meant

Choice = tuple[str, str]
"""An issue and one of its options."""
Needs = dict[Choice, dict[Choice, str]]
"""For a choice what it needs, each with the constraint that says so."""


def check_cycles(found: Findings, table: Table) -> None:
    """Note chains of constraints that come back to the issue where they began, each once.

    Only constraints with a single condition are followed: those of which one choice alone needs another. They are
    searched breadth first, so that the chain that is told is a shortest one.
    """
    needs = _needs(table)
    told: set[frozenset[Choice]] = set()
    for start in needs:
        chain = _chain(needs, start)
        if not chain or frozenset(chain) in told:
            continue
        told.add(frozenset(chain))
        words = " → ".join(f"{issue}: {option}" for issue, option in chain)
        first = needs[chain[0]][chain[1]]
        if chain[-1] == start:
            found.error(
                "circular-constraints",
                ("constraints", first),
                "These choices need one another in a circle: {chain}.",
                hint="Drop one of the constraints; where each needs the other, make them one option.",
                chain=words,
            )
        else:
            found.error(
                "self-excluding",
                ("constraints", first),
                "This choice rules itself out: {chain}.",
                hint="Drop one of the constraints, or the option.",
                chain=words,
            )


def _needs(table: Table) -> Needs:
    issues = {i.key: i for i in table.issues if i.scale is not Scale.RANGE}
    needs: Needs = {}
    for constraint in table.constraints:
        for choice, needed in _implied(constraint, issues):
            needs.setdefault(choice, {}).setdefault(needed, constraint.key)
    return needs


def _implied(constraint: Constraint, issues: dict[str, Issue]) -> Iterator[tuple[Choice, Choice]]:
    """What single choices need by this constraint, where that is one choice."""
    if len(constraint.when) != 1 or constraint.when[0].issue not in issues:
        return
    (when,) = constraint.when
    for term in constraint.then:
        options = meant(issues[term.issue], term) if term.issue in issues else ()
        if len(options) == 1:
            for option in meant(issues[when.issue], when):
                yield (when.issue, option), (term.issue, options[0])


def _chain(needs: Needs, start: Choice) -> list[Choice]:
    """The shortest chain from a choice back to its issue; empty if there is none."""
    came: dict[Choice, Choice] = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for needed in needs.get(here, {}):
            if needed[0] == start[0]:
                chain = [needed, here]
                while chain[-1] != start:
                    chain.append(came[chain[-1]])
                return chain[::-1]
            if needed not in came:
                came[needed] = here
                waiting.append(needed)
    return []
