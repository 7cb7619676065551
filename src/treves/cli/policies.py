"""The command `policy`: what options would do, by models with dated and cited parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from treves.cli.bargaining import command_line, figure_options, write_json, write_told
from treves.cli.output import Command, Group, Settings, output_options, progress, write_rows
from treves.cli.tables import Column

RUN_TABLE = (
    Column("reform", least=14),
    Column("indicator", least=20),
    Column("unit"),
    *(Column(name, right=True) for name in ("median", "low50", "high50", "low90", "high90")),
)
EXPLAIN_TABLE = (
    Column("name", least=20),
    Column("value", right=True),
    Column("low", right=True),
    Column("high", right=True),
    Column("unit"),
    Column("period"),
    Column("source", least=24, below=True),
)
MODELS_TABLE = (Column("model"), Column("title", least=20), Column("options", least=30, below=True))


def _start(command: Any) -> Any:
    told = "First month of the run; by default that of the model."
    return click.option("--start", metavar="MONTH", default=None, help=told)(command)


@click.group(cls=Group)
def policy() -> None:
    """Tell what options would do: how many, how long, with bands, and what that rests on."""


@policy.command(cls=Command)
@output_options
@click.pass_obj
def models(settings: Settings, /, *, form: str | None) -> None:
    """List the models that are installed, with their ready-made options."""
    from treves.services.policies import model, names

    rows = []
    for name in names():
        known = model(name)
        options = [r.key for r in known.reforms]
        levers = [lever.key for lever in known.levers]
        rows.append({"model": name, "title": known.title(settings.language), "options": options, "levers": levers})
    columns = ("model", "title", "options", "levers")
    if form in (None, "table"):
        rows = [r | {"options": ", ".join(r["options"])} for r in rows]
    write_rows(rows, form, settings, columns=MODELS_TABLE, names=columns)


@policy.command(cls=Command)
@click.argument("name", metavar="MODEL")
@click.option(
    "--option",
    "options",
    metavar="OPTION",
    multiple=True,
    help="A ready-made option, with changes after a colon: r1:cap=150,start=2024-01. May be repeated; the first is the base.",
)
@click.option("--months", type=click.IntRange(1, 600), default=60, show_default=True, help="Months to run.")
@click.option(
    "--draws", type=click.IntRange(1, 100_000), default=2_000, show_default=True, help="Draws of what is not known."
)
@click.option("--seed", type=click.IntRange(0), default=2023, show_default=True, help="Seed of all random numbers.")
@click.option("--indicator", "indicators", metavar="NAME", multiple=True, help="Only this figure. May be repeated.")
@click.option("--depends", metavar="NAME", multiple=True, help="Also show what this figure depends on, on the page.")
@click.option(
    "--set", "overrides", metavar="NAME=NUMBER", multiple=True, help="Take a parameter as exact. May be repeated."
)
@_start
@figure_options
@click.pass_obj
def run(
    settings: Settings, /, name: str, *, options: tuple[str, ...], form: str | None, html: Path | None, **given: Any
) -> None:
    """Run options of a model on the same random numbers.

    The table tells the last month; --csv, --jsonl and --json tell every month, with 50 and 90 per cent bands. Without
    --option the baseline is run. A response of those who come is never part of an option's own effect: with the lever
    "response" it is run apart.
    """
    from treves.services import policies

    known = policies.model(name)
    asked = [policies.option(known, told) for told in options] or [known.reforms[0]]
    start = month_of(given["start"])
    with progress(settings, "reckoning"):
        found = known.run(
            asked,
            months=given["months"],
            start=start,
            draws=given["draws"],
            seed=given["seed"],
            overrides=dict(_override(one) for one in given["overrides"]),
        )
    wanted = set(given["indicators"])
    for one in wanted:
        known.explain(one)
    if html:
        page = policies.policy_page(
            known,
            found,
            indicators=given["indicators"],
            depends=given["depends"],
            start=start,
            language=settings.language,
            command=command_line(settings),
        )
        _write(html, page, settings)
    rows = [r for r in found.rows() if not wanted or r["indicator"] in wanted]
    if form == "json":
        versions = dict(found.versions)
        reforms = [
            {"key": r.key, "of": r.of, "part": r.part, "settings": {k: str(v) for k, v in r.settings}}
            for r in found.reforms
        ]
        write_json(
            {
                "model": name,
                "seed": found.seed,
                "draws": found.draws,
                "versions": versions,
                "reforms": reforms,
                "rows": rows,
            }
        )
    elif form in ("csv", "jsonl"):
        write_rows(rows, form, settings, columns=RUN_TABLE)
    elif not html:
        write_told(policies.policy_sentences(found, settings.language))
        write_rows(_last(found, rows, settings.language), None, settings, columns=RUN_TABLE)


def _last(found: Any, rows: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """The rows of the last month, as people read them."""
    from treves.pictures.policy_figures import reform_name
    from treves.pictures.wording import wording

    words = wording(language)
    reforms = {r.key: reform_name(r, words) for r in found.reforms}
    indicators = {i.key: i.told(language) for i in found.indicators}
    shown = []
    for r in rows:
        if r["at"] == found.months[-1]:
            named = {"reform": reforms[r["reform"]], "indicator": indicators[r["indicator"]], "unit": r["unit"]}
            figures = ("median", "low50", "high50", "low90", "high90")
            shown.append(
                named
                | {n: "–" if r[n] is None else f"{r[n]:,.0f}" if abs(r[n]) >= 10 else f"{r[n]:.2g}" for n in figures}
            )
    return shown


@policy.command(cls=Command)
@click.argument("name", metavar="MODEL")
@click.argument("indicator")
@_start
@output_options
@click.pass_obj
def explain(settings: Settings, /, name: str, indicator: str, *, start: str | None, form: str | None) -> None:
    """Tell which parameters drive a figure, and from which source each is."""
    from treves.services.policies import explained, model

    rows = explained(model(name), indicator, start=month_of(start), language=settings.language)
    columns = ("parameter", "name", "value", "low", "high", "unit", "period", "assumption", "source")
    if form in (None, "table"):
        rows = [r | {n: f"{r[n]:g}" for n in ("value", "low", "high")} for r in rows]
    write_rows(rows, form, settings, columns=EXPLAIN_TABLE, names=columns)


def month_of(told: str | None) -> Any:
    """Return a month or day as a date; None if none was told."""
    if told is None:
        return None
    from treves.dates import parse_moment

    earliest = parse_moment(told).earliest
    return earliest.date() if earliest else None


def _override(told: str) -> tuple[str, float]:
    name, sign, number = told.partition("=")
    try:
        return name.strip(), float(number)
    except ValueError:
        if not sign or not number:
            raise click.BadParameter(f"{told}: NAME=NUMBER", param_hint="--set") from None
        raise click.BadParameter(told, param_hint="--set") from None


def _write(html: Path, page: str, settings: Settings) -> None:
    from treves.services.files import write_whole

    write_whole(html, page)
    settings.say("written", target=html)


from treves.cli import households  # noqa: E402, F401 - adds its commands to the group above
