"""Commands that test the models on what happened: settled issues, and cabinets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import click

from treves.cli.bargaining import TABLE_FILE, command_line, figure_options, write_json
from treves.cli.output import Command, Group, Settings, progress, write_rows
from treves.cli.tables import Column

SCORES_TABLE = (
    Column("model", least=12),
    *(Column(name, right=True) for name in ("mae", "mae_low", "mae_high", "crps", "coverage50", "coverage90")),
    Column("less_best", least=12),
)
SURVIVAL_TABLE = (
    Column("model", least=12),
    *(Column(name, right=True) for name in ("concordance", "brier_12", "brier_24", "brier_36")),
)


@click.group(cls=Group)
def backtest() -> None:
    """Tell how far off the models would have been on what is known to have happened."""


def _folds(command: Any) -> Any:
    seed = click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Seed of the folds.")
    folds = click.option("--folds", type=click.IntRange(2, 100), default=10, show_default=True, help="Number of folds.")
    return folds(seed(command))


@backtest.command(cls=Command)
@click.argument("data", type=TABLE_FILE)
@click.option("--scheduler", metavar="ADDRESS", default="", help="Work on a Dask cluster (extra: dask).")
@_folds
@figure_options
@click.pass_obj
def deu(
    settings: Settings, /, data: Path, *, folds: int, seed: int, scheduler: str, form: str | None, html: Path | None
) -> None:
    """Forecast settled issues of the European Union, each from proposals other than its own.

    DATA holds positions, saliences, reference points and outcomes in the layout of the DEU data set. Told are the mean
    absolute error and the continuous ranked probability score of every model, and which differences may be chance.
    """
    from treves.services.backtests import backtest_deu, deu_page
    from treves.services.negotiations import cluster

    with cluster(scheduler) as executor, progress(settings, "reckoning") as done:
        found = backtest_deu(data, folds=folds, seed=seed, executor=executor, progress=lambda: done(""))
    if html:
        _write_page(html, deu_page(found, language=settings.language, command=command_line(settings)), settings)
    if form == "json":
        write_json(attrs.asdict(found) | {"models": {m.model: _score(m) for m in found.models}})
    elif form or not html:
        rows = [_score_row(m) for m in found.models]
        write_rows(rows, form, settings, columns=SCORES_TABLE)


@backtest.command(cls=Command)
@click.argument("data", type=TABLE_FILE)
@click.option("--by-country", is_flag=True, help="Keep the cabinets of a country in one fold.")
@_folds
@figure_options
@click.pass_obj
def cabinets(
    settings: Settings, /, data: Path, *, by_country: bool, folds: int, seed: int, form: str | None, html: Path | None
) -> None:
    """Forecast how long cabinets last: a hazard, beside Cox's model and a curve that knows nothing of them.

    DATA holds duration, ciep12 and five traits of each cabinet, as in the coalition data of the Zelig package.
    """
    from treves.services.backtests import backtest_cabinets, cabinets_page

    with progress(settings, "reckoning"):
        found = backtest_cabinets(data, folds=folds, seed=seed, by_country=by_country)
    if html:
        _write_page(html, cabinets_page(found, language=settings.language, command=command_line(settings)), settings)
    if form == "json":
        noise = {"noise": found.hazard_less_cox.noise}
        models = {m.model: attrs.asdict(m) | {"brier": {f"{h:g}": loss for h, loss in m.brier}} for m in found.models}
        write_json(
            attrs.asdict(found) | {"models": models, "hazard_less_cox": attrs.asdict(found.hazard_less_cox) | noise}
        )
    elif form or not html:
        rows = [
            {"model": m.model, "concordance": round(m.concordance, 4)}
            | {f"brier_{month:g}": round(loss, 4) for month, loss in m.brier}
            for m in found.models
        ]
        write_rows(rows, form, settings, columns=SURVIVAL_TABLE)


def _write_page(html: Path, page: str, settings: Settings) -> None:
    from treves.services.files import write_whole

    write_whole(html, page)
    settings.say("written", target=html)


def _score(model: Any) -> dict[str, Any]:
    """A model's scores for JSON, with whether its difference to the best may be chance."""
    plain: dict[str, Any] = attrs.asdict(model)
    if model.against is not None:
        plain["against"]["noise"] = model.against.noise
    return plain


def _score_row(model: Any) -> dict[str, Any]:
    names = ("mae", "mae_low", "mae_high", "crps", "coverage50", "coverage90")
    less = model.against
    told = "" if less is None else f"{less.mean:+.2f} ({less.low:+.2f} – {less.high:+.2f}){' ?' if less.noise else ''}"
    return {"model": model.model, **{n: round(getattr(model, n), 3) for n in names}, "less_best": told}
