"""What options would do: runs of policy models, what drives their figures, and the page that shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from treves.model.policy import Indicator, Reform, Result
from treves.pictures.page import Figure, Page, render
from treves.pictures.policy_figures import (
    chain_figure,
    effect_figure,
    explanation_rows,
    parameters_figure,
    policy_figures,
    source_of,
    swings_figure,
)
from treves.pictures.wording import Wording, wording
from treves.policy.protocol import PolicyModel
from treves.policy.registry import model, names
from treves.policy.runs import Simulated
from treves.policy.sensitivity import Question, swings
from treves.policy.settings import lever_of, with_settings

if TYPE_CHECKING:
    from treves.policy.asylum.household import Answer
    from treves.policy.asylum.validation import Check

__all__ = ["model", "names", "option", "policy_page", "policy_sentences"]

_MOST_SWINGS = 12


def option(known: PolicyModel, told: str) -> Reform:
    """Return a reform from words such as "r1" or "r1:cap=150,start=2024-01-01".

    Args:
        known: the model that has it.
        told: key of a ready-made reform, and after a colon levers with their values.

    Raises:
        PolicyError: there is no such reform or lever, or a value cannot be.
    """
    from treves.policy.settings import reforms_of

    key, _, rest = told.partition(":")
    (reform,) = reforms_of(known.reforms, [key.strip()])
    if not rest:
        return reform
    settings = []
    for part in rest.split(","):
        lever, _, value = part.partition("=")
        settings.append((lever_of(known.levers, lever.strip()).key, _value(value.strip())))
    changed = with_settings(reform, told, settings)
    return attrs.evolve(
        changed, label=f"{reform.label} ({rest})", label_nl=f"{reform.label_nl or reform.label} ({rest})"
    )


def _value(text: str) -> float | str | bool:
    """A value as typed: a number, on or off, or a text that the lever reads (a date, a choice)."""
    if text.lower() in ("on", "yes", "true", "aan", "ja"):
        return True
    if text.lower() in ("off", "no", "false", "uit", "nee"):
        return False
    try:
        return float(text)
    except ValueError:
        return text


def policy_sentences(found: Result, language: str) -> list[str]:
    """Return how a run was made, how much of it is assumed, and what it does not say."""
    words = wording(language)
    assumed = sum(p.assumption for p in found.parameters)
    return [
        words("policy.told", draws=found.draws, months=len(found.months), start=found.months[0]),
        words("policy.assumed", assumed=assumed, all=len(found.parameters)),
        words("policy.nothing"),
    ]


def policy_page(
    known: PolicyModel,
    found: Result,
    *,
    indicators: Sequence[str] = (),
    depends: Sequence[str] = (),
    start: date | None = None,
    language: str = "en",
    command: str = "",
) -> str:
    """Return the page of a run.

    Args:
        known: the model that made it.
        found: the run; its first reform is what the others stand beside.
        indicators: keys of those to show; all unless given.
        depends: keys of those for which to show what they depend on.
        start: first month of the run; None for that of the model.
        language: "en" or "nl".
        command: what makes the page again.

    Raises:
        UnknownIndicator: one is not reported.
    """
    words = wording(language)
    shown = [known.explain(key).indicator for key in indicators] or list(known.indicators)
    figures: list[Figure] = []
    if len(found.reforms) > 1:
        figures.append(effect_figure(found, shown, found.reforms[0], words))
    figures += policy_figures(found, shown, words)
    for key in depends:
        figures.append(_depends(known, found, known.explain(key).indicator, start, words))
    figures += [*_chain(known, words), parameters_figure(found.parameters, words)]
    made = [(words("outlook.seed"), str(found.seed)), *((name, version) for name, version in found.versions.items())]
    page = Page(known.title(language), policy_sentences(found, language), figures, made, command=command)
    return render(page, language=language)


def depends_rows(
    known: PolicyModel, reform: Reform, indicator: str, *, months: int, start: date | None = None, language: str = "en"
) -> list[Mapping[str, Any]]:
    """Return what a figure depends on: input, low, high and base (means over the run), and the source of each parameter."""
    words = wording(language)
    if not isinstance(known, Simulated):
        return []
    asked = attrs.evolve(reform, branches=())
    question = Question(asked, indicator, months=months, start=start)
    return [
        {
            "input": swing.parameter.told(language),
            "low": swing.low,
            "high": swing.high,
            "base": swing.base,
            "source": source_of(swing.parameter, words),
        }
        for swing in swings(known, question)[:_MOST_SWINGS]
    ]


def household_answers(
    name: str, options: Sequence[str], *, granted: date, means: str = "none", draws: int, seed: int, **fields: Any
) -> tuple[Answer, ...]:
    """Return for one household what each option means.

    Args:
        name: key of the asylum model.
        options: as for :func:`option`; all ready-made ones unless given.
        granted: day of the sponsor's permit.
        means: "none", "never" or "enough".
        draws: of the simulated waiting time.
        seed: of all random numbers.
        fields: the other fields of a :class:`~treves.policy.asylum.household.Household`.

    Raises:
        PolicyError: the household, an option or a lever cannot be.
    """
    from treves.policy.asylum.household import Household, Means, household
    from treves.policy.asylum.model import AsylumModel

    known = model(name)
    asked = [option(known, told) for told in options] or list(known.reforms)
    own = known if isinstance(known, AsylumModel) else None
    return household(Household(granted, means=Means(means), **fields), asked, model=own, draws=draws, seed=seed)


def validation(name: str, cases: Sequence[str] = (), *, draws: int, seed: int) -> tuple[Check, ...]:
    """Return what the asylum model would have said of what happened; errors as for its ``validate``."""
    from treves.policy.asylum.validation import validate

    model(name)
    return validate(cases, draws=draws, seed=seed)


def explained(known: PolicyModel, indicator: str, *, start: date | None = None, language: str = "en") -> list[Any]:
    """Return the parameters behind an indicator, with their sources, as plain rows."""
    return list(explanation_rows(known.explain(indicator, start=start), wording(language)))


def _depends(known: PolicyModel, found: Result, indicator: Indicator, start: date | None, words: Wording) -> Figure:
    reform = found.reforms[-1]
    rows = depends_rows(known, reform, indicator.key, months=len(found.months), start=start, language=words.language)
    return swings_figure(rows, indicator, words)


def _chain(known: PolicyModel, words: Wording) -> list[Figure]:
    """The picture of the chain, for models that have one."""
    if not known.key.startswith("asylum"):
        return []
    from treves.policy.asylum.stages import STAGES, WAYS

    language = words.language
    at = {s.key: s for s in STAGES}
    stages = [
        {"x": s.at[0], "y": s.at[1], "label": s.told(language), "kind": words(f"policy.{s.kind}")} for s in STAGES
    ]
    ways = [
        {
            "x": at[w.source].at[0],
            "y": at[w.source].at[1],
            "x2": at[w.target].at[0],
            "y2": at[w.target].at[1],
            "label": w.told(language),
            "source": at[w.source].told(language),
            "target": at[w.target].told(language),
        }
        for w in WAYS
        if w.source
    ]
    return [chain_figure(stages, ways, words)]
