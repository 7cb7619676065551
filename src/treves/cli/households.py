"""Commands of the asylum model alone: what an option means for one household, and how far off the model would have been."""

from __future__ import annotations

from typing import Any

import click

from treves.cli.bargaining import write_json
from treves.cli.output import Command, Settings, output_options, progress, write_rows
from treves.cli.policies import month_of, policy
from treves.cli.tables import Column

RULES_TABLE = (
    Column("option"),
    Column("rule", least=14),
    Column("met"),
    Column("from"),
    Column("text", least=30, below=True),
    Column("source", least=24, below=True),
)
CHECKS_TABLE = (
    Column("label", least=18),
    Column("period"),
    Column("figure", least=12),
    *(Column(name, right=True) for name in ("model", "low80", "high80", "naive", "observed", "error", "naive_error")),
    Column("passed"),
    Column("note", least=24, below=True),
)


@policy.command(cls=Command)
@click.argument("model", metavar="MODEL", type=click.Choice(["asylum"]))
@click.option("--granted", metavar="MONTH", required=True, help="When the sponsor's permit was granted (2024-03).")
@click.option("--status", type=click.Choice(["A", "B"]), default="B", show_default=True, help="Status of the sponsor.")
@click.option("--spouse", is_flag=True, help="There is a married partner abroad.")
@click.option("--partner", is_flag=True, help="There is an unmarried partner abroad.")
@click.option("--children", type=click.IntRange(0), default=0, help="Minor children abroad.")
@click.option("--others", type=click.IntRange(0), default=0, help="Adult children and other relatives abroad.")
@click.option(
    "--means",
    type=click.Choice(["none", "never", "enough"]),
    default="none",
    show_default=True,
    help="Whether the sponsor has sufficient means: not now, never, or already.",
)
@click.option("--home", is_flag=True, help="The sponsor has a home already.")
@click.option(
    "--option", "options", metavar="OPTION", multiple=True, help="An option; all unless given. May be repeated."
)
@click.option("--draws", type=click.IntRange(1), default=200, show_default=True, help="Draws of what is not known.")
@click.option("--seed", type=click.IntRange(0), default=2023, show_default=True, help="Seed of all random numbers.")
@output_options
@click.pass_obj
def household(
    settings: Settings,
    /,
    model: str,
    *,
    options: tuple[str, ...],
    draws: int,
    seed: int,
    form: str | None,
    **given: Any,
) -> None:
    """Tell for one household from when its relatives may come under each option, and how long they wait.

    Rule by rule, with the source of each; the waiting time is simulated, with bands. This is no legal advice: it follows the
    rules as the sources report them.
    """
    from treves.services.policies import household_answers

    with progress(settings, "reckoning"):
        granted = month_of(given.pop("granted"))
        answers = household_answers(model, options, granted=granted, draws=draws, seed=seed, **given)
    rows = [row for answer in answers for row in answer.rows(settings.language)]
    if form == "json":
        write_json(
            [
                {"option": a.option, "told": a.told(settings.language), "rules": a.rows(settings.language)}
                | {"waiting": waiting_row(a.waiting)}
                for a in answers
            ]
        )
    elif form in ("csv", "jsonl"):
        write_rows(rows, form, settings, columns=RULES_TABLE)
    else:
        for answer in answers:
            click.echo(f"{answer.option}: {answer.told(settings.language)}")
        click.echo()
        write_rows([r | {"met": _yes(r["met"], settings)} for r in rows], None, settings, columns=RULES_TABLE)


def waiting_row(waiting: Any) -> dict[str, Any] | None:
    """Return a simulated waiting time as plain data."""
    import attrs

    return None if waiting is None else attrs.asdict(waiting)


@policy.command(cls=Command)
@click.argument("model", metavar="MODEL", type=click.Choice(["asylum"]))
@click.option("--case", "cases", metavar="NAME", multiple=True, help="Only this case. May be repeated.")
@click.option("--draws", type=click.IntRange(10), default=2_000, show_default=True, help="Draws of what is not known.")
@click.option("--seed", type=click.IntRange(0), default=2023, show_default=True, help="Seed of all random numbers.")
@output_options
@click.pass_obj
def validate(
    settings: Settings, /, model: str, *, cases: tuple[str, ...], draws: int, seed: int, form: str | None
) -> None:
    """Hold the model against what happened, predicted from what was known before.

    One row a figure, and one a case: model with its 80 per cent band, a naive rule, what was observed, and the errors.
    """
    from treves.services.policies import validation

    with progress(settings, "reckoning"):
        rows = [check.row(settings.language) for check in validation(model, cases, draws=draws, seed=seed)]
    if form in (None, "table"):
        rows = [_check_row(r, settings) for r in rows]
    write_rows(rows, form, settings, columns=CHECKS_TABLE)


def _check_row(row: dict[str, Any], settings: Settings) -> dict[str, Any]:
    errors = {n: "" if row[n] is None else f"{100 * row[n]:+.0f}%" for n in ("error", "naive_error")}
    whole = row["observed"] is None
    figures = {
        n: "" if row[n] is None or whole else f"{row[n]:,.0f}"
        for n in ("model", "low80", "high80", "naive", "observed")
    }
    return row | errors | figures | {"passed": _yes(row["passed"], settings)}


def _yes(value: bool | None, settings: Settings) -> str:  # noqa: FBT001 - a cell
    return "" if value is None else settings.word("yes" if value else "no")
