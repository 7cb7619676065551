"""How fast single persons go through the chain, against OpenFisca-core, SimPy and Mesa in the same run.

``python benchmarks/persons.py`` with the extra ``bench-persons``; a peer that is not installed is left out. The toy chain:
100,000 persons apply over 120 months and are decided first in, first out, at most 800 a month; four in five are granted;
each has one relative abroad, who may apply after 24 months, is decided first in, first out, at most 600 a month, stands in
line for 200 visas a month, and travels three months on average. The per-person mode is the one that is used for answers, with
everything else in it (appeals, homes, reception) left on. Peers are written for speed, each in its own manner. All draw
their own random numbers within the time that is measured, and must count the same arrivals to two per cent.
"""

from __future__ import annotations

import importlib.util
import time
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from types import MappingProxyType
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from treves.model.policy import Reform
from treves.policy.asylum.country import Nationality, country
from treves.policy.asylum.options import plan_of
from treves.policy.asylum.persons import run_persons

PERSONS, MONTHS, DECISIONS, CASES, VISAS, WAIT, GRANTED, TRAVEL = 100_000, 120, 800, 600, 200, 24, 0.8, 3.0
ROUNDS = 5
NEEDED = MappingProxyType({"OpenFisca-core": 5, "SimPy": 65})
TOY = MappingProxyType(
    {
        "inflow": 12.0 * PERSONS / MONTHS, "inflow_drift": 0.0, "pending": 0.0, "decision_capacity": float(DECISIONS),
        "decision_least": 0.0, "closed_share": 0.0, "grant_rate": GRANTED, "share_b": 1.0, "appeals": 0.0,
        "appeal_share": 0.3, "appeal_success": 0.0, "status_appeal_share": 0.0, "relatives": 1.0, "household": 1.0,
        "apply_lag": 0.01, "family_pending": 0.0, "case_capacity": float(CASES), "case_least": 0.0, "approval": 1.0,
        "visa_lag": TRAVEL, "holders": 0.0, "relatives_present": 0.0, "leaving": 0.0,
    }
)  # fmt: skip


def ours() -> float:
    """Run the per-person mode; return arrivals."""
    run = run_persons(_VALUES, groups=_PLACE.groups(), plan=_PLAN, seed=1)
    return float(run.series("arrivals").sum())


_PLACE = attrs.evolve(
    country("nl"), nationalities=(Nationality("ALL", "All", "Alle", 1.0, 0.8, 0.5, 1.0),), season=np.ones(12)
)
_VALUES = {one.key: one.value for one in _PLACE.at(date(2023, 7, 1))} | TOY
_PLAN = plan_of(
    Reform("toy", "Toy", settings=(("two_status", True), ("wait", WAIT), ("cap", VISAS))),
    months=MONTHS,
    start=date(2023, 7, 1),
    season=_PLACE.season,
)
_PLAN["wait"] = WAIT


def luck() -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.int64]]:
    """Return by person: month of application, whether granted, months of travel."""
    stream = np.random.default_rng(1)
    came = np.arange(PERSONS) * MONTHS // PERSONS
    return came, stream.random(PERSONS) < GRANTED, stream.geometric(1 / (1 + TRAVEL), PERSONS) - 1


def simpy_peer() -> float:
    """Run a process a person and a clerk a line."""
    import simpy

    env = simpy.Environment()
    came, granted, travel = (one.tolist() for one in luck())
    lines: dict[int, deque[Any]] = {DECISIONS: deque(), CASES: deque(), VISAS: deque()}
    arrived = 0

    def person(i: int) -> Iterator[Any]:
        nonlocal arrived
        yield env.timeout(came[i])
        for limit in (DECISIONS, CASES, VISAS):
            turn = env.event()
            lines[limit].append(turn)
            yield turn
            if limit == DECISIONS:
                if not granted[i]:
                    return
                yield env.timeout(WAIT)
        yield env.timeout(travel[i])
        arrived += 1

    def clerk(limit: int, phase: float) -> Iterator[Any]:
        yield env.timeout(phase)
        line = lines[limit]
        while True:
            for _ in range(min(limit, len(line))):
                line.popleft().succeed()
            yield env.timeout(1)

    for i in range(PERSONS):
        env.process(person(i))
    for phase, limit in ((0.1, DECISIONS), (0.2, CASES), (0.3, VISAS)):
        env.process(clerk(limit, phase))
    env.run(until=MONTHS)
    return float(arrived)


def mesa_peer() -> float:
    """Step every agent every month."""
    import mesa

    came, granted, travel = (one.tolist() for one in luck())

    class Person(mesa.Agent):  # type: ignore[misc]
        def __init__(self, model: Any, i: int) -> None:
            super().__init__(model)
            self.i, self.stage, self.due = i, 0, came[i]

        def step(self) -> None:
            model, stage = self.model, self.stage
            if stage > 6 or self.due > model.now:
                return
            if stage in (0, 2, 4):  # joins the line for decisions, cases or visas
                model.lines[stage // 2].append(self)
                self.due = MONTHS + 1
            elif stage == 6:
                model.arrived += 1
                self.stage = 7

    class Chain(mesa.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.now, self.arrived, self.lines = 0, 0, [deque[Any]() for _ in range(3)]
            for i in range(PERSONS):
                Person(self, i)

        def step(self) -> None:
            self.agents.do("step")
            for place, limit in enumerate((DECISIONS, CASES, VISAS)):
                line = self.lines[place]
                for _ in range(min(limit, len(line))):
                    one = line.popleft()
                    one.stage = 7 if place == 0 and not granted[one.i] else 2 * place + 2
                    one.due = self.now + (WAIT, 0, travel[one.i])[place]
            self.now += 1

    model = Chain()
    for _ in range(MONTHS):
        model.step()
    return float(model.arrived)


def openfisca_peer() -> float:
    """Ask for the arrivals of every month, each variable a vector over all persons."""
    from openfisca_core import periods
    from openfisca_core.simulations import SimulationBuilder

    came, granted, travel = luck()
    system = _openfisca_system()
    simulation = SimulationBuilder().build_default_simulation(system, count=PERSONS)
    simulation.set_input("came", periods.period("ETERNITY"), came)
    simulation.set_input("granted", periods.period("ETERNITY"), granted)
    simulation.set_input("travel", periods.period("ETERNITY"), travel)
    arrived = 0
    for month in range(MONTHS):
        at = periods.period(f"{2023 + month // 12}-{month % 12 + 1:02d}")
        arrived = int(simulation.calculate("arrived", at).sum())
    return float(arrived)


def _openfisca_system() -> Any:
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity(key="person", plural="persons", label="Person", is_person=True)
    never = MONTHS + 1_000

    def number(period: Any) -> int:
        return int(12 * (period.start.year - 2023) + period.start.month - 1)

    def serve(now: int, before: Any, since: Any, limit: int) -> Any:
        waiting = np.flatnonzero((before == never) & (since <= now))
        first = waiting[np.argsort(since[waiting], kind="stable")[:limit]] if len(waiting) > limit else waiting
        found = before.copy()
        found[first] = now
        return found

    def served(name: str, since: Callable[[Any, Any], Any], limit: int) -> type:
        def formula(one: Any, period: Any) -> Any:
            now = number(period)
            before = one(name, period.last_month) if now else np.full(one.count, never)
            return serve(now, before, since(one, period), limit)

        keys = {"value_type": int, "entity": person, "definition_period": DateUnit.MONTH, "formula": formula}
        return type(name, (Variable,), {**keys, "default_value": never, "label": name})

    def input_of(name: str, kind: type) -> type:
        keys = {"value_type": kind, "entity": person, "definition_period": DateUnit.ETERNITY, "label": name}
        return type(name, (Variable,), keys)

    def wants(one: Any, period: Any) -> Any:
        decided = one("decided", period)
        return np.where(one("granted", period) & (decided < never), decided + WAIT, never + 1)

    def arrived(one: Any, period: Any) -> Any:
        return one("issued", period) + one("travel", period) <= number(period)

    system = TaxBenefitSystem([person])
    for name, kind in (("came", int), ("granted", bool), ("travel", int)):
        system.add_variable(input_of(name, kind))
    system.add_variable(served("decided", lambda one, period: one("came", period), DECISIONS))
    system.add_variable(served("approved", wants, CASES))
    system.add_variable(served("issued", lambda one, period: one("approved", period), VISAS))
    keys = {"value_type": bool, "entity": person, "definition_period": DateUnit.MONTH, "formula": arrived}
    system.add_variable(type("arrived", (Variable,), {**keys, "label": "arrived"}))
    return system


def best(work: Callable[[], float], rounds: int) -> tuple[float, float]:
    """Return the shortest CPU time that `work` took, in seconds, and what it returned."""
    taken, found = [], 0.0
    for _ in range(rounds):
        start = time.process_time()
        found = work()
        taken.append(time.process_time() - start)
    return min(taken), found


def main() -> None:
    """Print the figures."""
    ours()  # compiled, or loaded from disk
    base, arrivals = best(ours, 4 * ROUNDS)
    print(f"{PERSONS:,} persons, {MONTHS} months, CPU seconds, the best of several rounds")
    print(f"  {'Trêves':16} {base:8.3f} s   {arrivals:8,.0f} arrivals")
    peers = (
        ("OpenFisca-core", "openfisca_core", openfisca_peer),
        ("SimPy", "simpy", simpy_peer),
        ("Mesa", "mesa", mesa_peer),
    )
    for name, module, peer in peers:
        if not importlib.util.find_spec(module):
            print(f"  {name:16} not installed")
            continue
        taken, count = best(peer, ROUNDS if name == "OpenFisca-core" else 1)
        ratio, least = taken / base, NEEDED.get(name)
        told = "" if least is None or ratio >= least else f"  below {least}"
        differs = "" if abs(count / arrivals - 1) < 0.02 else "  COUNTS OTHER ARRIVALS"
        print(f"  {name:16} {taken:8.3f} s   {count:8,.0f} arrivals   {ratio:7.1f} times ours{told}{differs}")


if __name__ == "__main__":
    main()
