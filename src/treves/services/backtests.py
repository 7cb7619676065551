"""Backtests on files: settled issues of the European Union, and how long cabinets lasted; with the pages that show them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from pathlib import Path

import attrs
import numpy as np

from treves.bargaining.backtests import cabinets as survival
from treves.bargaining.backtests import outcomes
from treves.bargaining.backtests.cabinets import CabinetBacktest, Cabinets
from treves.bargaining.backtests.cases import Cases, Floats
from treves.bargaining.backtests.outcomes import OutcomeBacktest, PointModel
from treves.bargaining.backtests.scores import Bin, Difference
from treves.bargaining.decisions.arena import arena_from
from treves.bargaining.decisions.models import MODELS, forecast
from treves.errors import TableError
from treves.exchange.cabinets import TRAITS, read_cabinets
from treves.exchange.source import check_file, head, readable_name
from treves.exchange.tables.deu import read_deu
from treves.pictures.charts import calibration
from treves.pictures.outlook_figures import Cells
from treves.pictures.page import Figure, Page, render
from treves.pictures.wording import Wording, wording

PROPOSER, REVISER = "com", "ep"
"""Codes of the European Commission, which proposes, and the Parliament, which must agree or be heard."""
_MAX_BYTES = 50_000_000


class NoCases(TableError):
    """A file holds too few settled issues to test anything on."""

    code = "T661"


def backtest_deu(
    path: Path,
    *,
    folds: int = 10,
    seed: int = 1,
    executor: Executor | None = None,
    progress: Callable[[], None] | None = None,
) -> OutcomeBacktest:
    """Forecast the settled issues of a DEU file, each from proposals other than its own.

    Args:
        path: positions and saliences of actors, reference points and outcomes (Decision-making in the EU: R. Thomson and
            others 2006, 2012; J. Arregui and C. Perarnaud 2021).
        folds: by proposal.
        seed: of the folds.
        executor: spreads the folds over processes or machines.
        progress: called after each fold.

    Raises:
        NoCases: fewer proposals with an outcome than folds.
        InputError, BadDeu: the file cannot be read.
    """
    cases = _deu_cases(path)
    if len(np.unique(cases.groups)) < 2 * folds:
        raise NoCases(
            "{name} holds {proposals} proposals with settled issues; {folds} folds need twice as many.",
            hint="Use fewer folds, or a larger file.",
            name=readable_name(path),
            proposals=len(np.unique(cases.groups)),
            folds=folds,
        )
    return outcomes.backtest(cases, _models(), count=folds, seed=seed, executor=executor, progress=progress)


def backtest_cabinets(path: Path, *, folds: int = 10, seed: int = 1, by_country: bool = False) -> CabinetBacktest:
    """Forecast how long cabinets last, and whether they fall, from others.

    Raises:
        StatsmodelsNeeded: the extra is not installed.
        InputError, BadCabinets: the file cannot be read.
    """
    return survival.backtest(load_cabinets(path), count=folds, seed=seed, by_country=by_country)


def load_cabinets(path: Path) -> Cabinets:
    """Read cabinets as arrays; errors as for :func:`~treves.exchange.cabinets.read_cabinets`."""
    rows = read_cabinets(path)
    codes = {country: code for code, country in enumerate(dict.fromkeys(r.country for r in rows))}
    return Cabinets(
        np.array([r.months for r in rows]),
        np.array([r.ended for r in rows]),
        np.array([r.traits for r in rows]),
        TRAITS,
        np.array([codes[r.country] for r in rows]),
    )


def deu_page(found: OutcomeBacktest, *, language: str = "en", command: str = "") -> str:
    """Return the page of a backtest on settled issues: scores and calibration."""
    words = wording(language)
    rows = [
        (
            m.model,
            m.mae,
            f"{m.mae_low:.1f}–{m.mae_high:.1f}",
            m.crps,
            m.coverage50,
            m.coverage90,
            _against(m.against, words),
        )
        for m in found.models
    ]
    heads = [
        words(f"backtest.{h}") for h in ("model", "mae", "interval", "crps", "coverage50", "coverage90", "against")
    ]
    told = words("backtest.deu_told", issues=found.issues, groups=found.groups, folds=found.folds)
    figures = [
        Figure("scores", words("backtest.scores"), words("backtest.scores_lead"), columns=heads, rows=rows),
        _calibrated([(m.model, m.reliability) for m in found.models[:3]], words),
    ]
    made = [(words("outlook.seed"), str(found.seed))]
    return render(Page(words("backtest.deu"), (told,), figures, made, command=command), language=language)


def cabinets_page(found: CabinetBacktest, *, language: str = "en", command: str = "") -> str:
    """Return the page of a backtest on cabinets: concordance, Brier scores and calibration."""
    words = wording(language)
    rows: list[Cells] = [(m.model, m.concordance, *(loss for _, loss in m.brier)) for m in found.models]
    months = [words("backtest.brier", months=f"{month:g}") for month, _ in found.models[0].brier]
    heads = [words("backtest.model"), words("backtest.concordance"), *months]
    told = words("backtest.cabinets_told", cabinets=found.cabinets, ended=found.ended, folds=found.folds)
    note = _against(found.hazard_less_cox, words)
    figures = [
        Figure(
            "scores", words("backtest.scores"), columns=heads, rows=rows, note=words("backtest.less_cox", told=note)
        ),
        _calibrated([(m.model, m.reliability) for m in found.models], words),
    ]
    made = [(words("outlook.seed"), str(found.seed))]
    return render(Page(words("backtest.cabinets"), (told,), figures, made, command=command), language=language)


def _deu_cases(path: Path) -> Cases:
    check_file(path)
    text = head(path, _MAX_BYTES).decode("utf-8", "replace")
    data = read_deu(text, name=readable_name(path)).settled()
    arrays = data.arrays()
    wealth = [g for g in data.gdp if g]
    usual = sum(wealth) / len(wealth) if wealth else 1.0
    return Cases(
        positions=arrays.positions,
        saliences=np.where(np.isfinite(arrays.positions), arrays.saliences, 0.0),
        capabilities=np.array([g or usual for g in data.gdp]),
        reference=arrays.reference,
        outcomes=arrays.outcomes,
        groups=arrays.proposals,
        proposer=data.actors.index(PROPOSER) if PROPOSER in data.actors else -1,
        reviser=data.actors.index(REVISER) if REVISER in data.actors else -1,
        names=tuple(i.key for i in data.issues),
    ).usable()


def _models() -> dict[str, PointModel]:
    """Every model of collective decisions with its default parameters; none of them has seen an outcome."""
    return {name: _of_proposals(name) for name in MODELS}


def _of_proposals(model: str) -> PointModel:
    """Return a model that looks at the issues of a proposal together, and falls back on the compromise where it is silent."""

    def run(cases: Cases) -> Floats:
        points = np.full(len(cases), np.nan)
        for group in np.unique(cases.groups):
            rows = np.flatnonzero(cases.groups == group)
            part = cases.only(rows)
            arena = arena_from(
                part.positions.T,
                part.saliences.T / max(float(part.saliences.max()), 1e-9),
                capabilities=np.sqrt(part.capabilities / part.capabilities.max()),
                reference=part.reference,
                setter=part.proposer if part.proposer >= 0 else None,
            )
            for name in (model, "compromise"):
                found = forecast(arena, name)
                points[rows] = np.where(np.isnan(points[rows]), found, points[rows])
        return np.asarray(np.clip(points, 0.0, 100.0))

    return run


def _against(found: Difference | None, words: Wording) -> str:
    if found is None:
        return words("backtest.best")
    span = f"{found.mean:+.3f} ({found.low:+.3f} – {found.high:+.3f})"
    return words("backtest.noise", span=span) if found.noise else span


def _calibrated(models: Sequence[tuple[str, Sequence[Bin]]], words: Wording) -> Figure:
    rows = [{"series": name, **attrs.asdict(b)} for name, bins in models for b in bins]
    numbers = [(r["series"], r["stated"], r["observed"], f"{r['low']:.2f}–{r['high']:.2f}", r["count"]) for r in rows]
    heads = [words(f"backtest.{h}") for h in ("model", "stated", "observed", "if_right", "count")]
    spec = calibration(rows, x=words("backtest.stated"), y=words("backtest.observed")) if rows else None
    return Figure(
        "calibration", words("backtest.calibration"), words("backtest.calibration_lead"), spec, heads, numbers
    )
