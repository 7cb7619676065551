"""The asylum chain as a policy model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from treves.model.policy import Parameter, Reform
from treves.policy.asylum.catalogue import INDICATORS, LEVERS, REFORMS
from treves.policy.asylum.country import Country, country
from treves.policy.draws import Floats
from treves.policy.runs import Simulated

_TITLES = {
    "nl": {"en": "Asylum and family reunification in the Netherlands", "nl": "Asiel en nareis in Nederland"},
    "de": {"en": "Asylum and family reunification in Germany", "nl": "Asiel en nareis in Duitsland"},
}


class AsylumModel(Simulated):
    """What options for two statuses and family reunification would do, month by month.

    Args:
        place: a country's parameters.
        key: name under which the model is registered.
        start: first month of a run where none is asked for.
        given: figures by month that replace drawn ones in every run (see `options.plan_of`), for past periods in which
            they are known; then `months` of a run must be as many.
    """

    levers = LEVERS
    indicators = INDICATORS
    reforms = REFORMS

    def __init__(
        self, place: Country, *, key: str, start: date, given: Mapping[str, Sequence[float]] | None = None
    ) -> None:
        self.place = place
        self.key = key
        self.titles = _TITLES.get(place.key, {"en": f"Asylum and family reunification: {place.key}"})
        self.start = start
        self.given = dict(given or {})
        self.parameters = place.at(start)

    def at(self, start: date) -> tuple[Parameter, ...]:
        """Return the parameters as they are known for a run from `start`."""
        return self.place.at(start)

    def check(self, reform: Reform, *, start: date) -> None:
        """Refuse a measure that ends before it starts.

        Raises:
            PeriodRefused: it does.
        """
        from treves.policy.asylum.options import term
        from treves.policy.settings import settings_of

        term(settings_of(LEVERS, reform), start)

    def simulate(self, reform: Reform, values: Mapping[str, Floats], *, months: int, start: date) -> Floats:
        """Return (draws, indicators, months) of a reform."""
        from treves.policy.asylum.cohort import run_cohorts
        from treves.policy.asylum.options import plan_of

        plan = plan_of(reform, months=months, start=start, season=self.place.season, given=self.given)
        found, _ = run_cohorts(values, groups=self.place.groups(), plan=plan)
        return found


def netherlands() -> AsylumModel:
    """Return the chain of the Netherlands, from July 2023 where no start is asked for."""
    return AsylumModel(country("nl"), key="asylum", start=date(2023, 7, 1))


def germany() -> AsylumModel:
    """Return the chain of Germany, from August 2018 where no start is asked for."""
    return AsylumModel(country("de"), key="asylum-de", start=date(2018, 8, 1))
