"""The pictures of a policy run: fan charts of every indicator, what the answer depends on, and the chain itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from treves.model.policy import Explanation, Indicator, Parameter, Reform, Result
from treves.pictures.charts import Rows, fan, flow, tornado
from treves.pictures.outlook_figures import Cells
from treves.pictures.page import Figure
from treves.pictures.wording import Wording

_TOGETHER = 3
"""Reforms that one panel holds; more stand below one another."""


def reform_name(reform: Reform, words: Wording) -> str:
    """Return what a reform of a result is called; one with a response says so, for it is no mechanical effect."""
    told = reform.told(words.language)
    return words("policy.with_response", reform=told) if reform.part != "mechanical" else told


def policy_figures(found: Result, indicators: Sequence[Indicator], words: Wording) -> list[Figure]:
    """Return a fan chart for each indicator, with all reforms of the run side by side."""
    return [_fan(found, indicator, words) for indicator in indicators]


def effect_figure(found: Result, indicators: Sequence[Indicator], base: Reform, words: Wording) -> Figure:
    """Return what each reform changes in the last month, beside a base, draw by draw."""
    numbers: list[Cells] = []
    for reform in found.reforms:
        if reform.key == base.key:
            continue
        for indicator in indicators:
            last = found.band(reform.key, indicator.key, base=base.key)[-1]
            if last["median"] is not None:
                span50 = f"{_short(last['low50'])} – {_short(last['high50'])}"
                span90 = f"{_short(last['low90'])} – {_short(last['high90'])}"
                row = (reform_name(reform, words), indicator.told(words.language), indicator.unit)
                numbers.append((*row, _short(last["median"]), span50, span90))
    heads = [words(f"policy.{h}") for h in ("reform", "indicator", "unit", "median", "half", "most")]
    title = words("policy.effect", base=reform_name(base, words), month=found.months[-1])
    return Figure("effect", title, words("policy.effect_lead"), columns=heads, rows=numbers)


def swings_figure(rows: Rows, indicator: Indicator, words: Wording) -> Figure:
    """Return what a figure depends on: rows with input, low, high, base, source."""
    shown = [
        {"input": r["input"], "low": min(r["low"], r["high"]), "high": max(r["low"], r["high"]), "told": r["source"]}
        for r in rows
    ]
    numbers: list[Cells] = [(r["input"], _short(r["low"]), _short(r["high"]), r["source"]) for r in rows]
    heads = [words(f"policy.{h}") for h in ("parameter", "at_low", "at_high", "source")]
    title = words("policy.depends", indicator=indicator.told(words.language))
    spec = tornado(shown, axis=indicator.unit, base=rows[0]["base"]) if rows else None
    return Figure(f"depends-{indicator.key}", title, words("policy.depends_lead"), spec, heads, numbers)


def parameters_figure(parameters: Sequence[Parameter], words: Wording) -> Figure:
    """Return all parameters with unit, interval, period and source; assumptions are named as such."""
    numbers: list[Cells] = [
        (
            p.told(words.language),
            _short(p.value),
            f"{_short(p.low)} – {_short(p.high)}",
            p.unit,
            p.period,
            source_of(p, words),
        )
        for p in parameters
    ]
    heads = [words(f"policy.{h}") for h in ("parameter", "value", "most", "unit", "period", "source")]
    return Figure(
        "parameters", words("policy.parameters"), words("policy.parameters_lead"), columns=heads, rows=numbers
    )


def chain_figure(stages: Rows, ways: Rows, words: Wording) -> Figure:
    """Return the stages of a chain and the ways between them; see :func:`treves.pictures.charts.flow`."""
    numbers: list[Cells] = [(w["source"], w["label"], w["target"]) for w in ways]
    heads = [words(f"policy.{h}") for h in ("from", "way", "to")]
    return Figure("chain", words("policy.chain"), words("policy.chain_lead"), flow(stages, ways), heads, numbers)


def source_of(parameter: Parameter, words: Wording) -> str:
    """Return where a parameter is from: its publication, or that it is an assumption, with its note."""
    told = words("policy.assumption") if parameter.assumption else parameter.source.title
    return ". ".join(filter(None, (told, parameter.source.note or parameter.note)))


def explanation_rows(found: Explanation, words: Wording) -> list[Mapping[str, object]]:
    """Return a plain row for each parameter that drives an indicator."""
    return [
        {
            "parameter": p.key,
            "name": p.told(words.language),
            "value": p.value,
            "low": p.low,
            "high": p.high,
            "unit": p.unit,
            "period": p.period,
            "assumption": p.assumption,
            "source": source_of(p, words),
        }
        for p in found.parameters
    ]


def _fan(found: Result, indicator: Indicator, words: Wording) -> Figure:
    rows = [
        {**row, "at": f"{row['at']}-01", "series": reform_name(reform, words)}
        for reform in found.reforms
        for row in found.band(reform.key, indicator.key)
        if row["median"] is not None
    ]
    every = max(1, len(found.months) // 12)
    numbers: list[Cells] = [
        (
            r["series"],
            r["at"][:7],
            _short(r["median"]),
            f"{_short(r['low50'])} – {_short(r['high50'])}",
            f"{_short(r['low90'])} – {_short(r['high90'])}",
        )
        for i, r in enumerate(rows)
        if i % every == 0 or r["at"][:7] == found.months[-1]
    ]
    heads = [words(f"policy.{h}") for h in ("reform", "month", "median", "half", "most")]
    panels = len(found.reforms) > _TOGETHER
    spec = fan(rows, x="", y=indicator.unit, temporal=True, panels=panels) if rows else None
    return Figure(indicator.key, indicator.told(words.language), "", spec, heads, numbers)


def _short(number: float | None) -> str:
    """A figure as people tell it: whole above 100, three digits below."""
    if number is None:
        return "–"
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"
