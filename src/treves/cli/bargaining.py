"""Commands on a table: packages, outlook, whatif and power."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from treves.cli.languages import catalogue
from treves.cli.output import Command, Settings, output_options, progress, write_rows
from treves.cli.tables import Column
from treves.errors import Phrase

F = TypeVar("F", bound=Callable[..., Any])
TABLE_FILE = click.Path(path_type=Path, dir_okay=False)
PACKAGES_TABLE = (
    Column("name", least=16),
    Column("passes"),
    Column("worth", least=20),
    Column("package", least=30, below=True),
    Column("objections", least=30, below=True),
)
OUTLOOK_TABLE = (
    Column("outcome", coded=True),
    Column("mean", right=True),
    Column("inner_low", right=True),
    Column("inner_high", right=True),
    Column("low", right=True),
    Column("high", right=True),
)
LEVERS_TABLE = (
    Column("change", least=30),
    Column("mean", right=True),
    Column("low", right=True),
    Column("high", right=True),
    Column("more_packages", right=True),
)
WHATIF_TABLE = (
    Column("outcome", coded=True),
    *(Column(n, right=True) for n in ("before", "after", "mean", "low", "high")),
)
POWER_TABLE = (
    Column("name", least=12),
    Column("votes", right=True),
    Column("shapley_exact", right=True),
    Column("shapley", right=True),
    Column("banzhaf_exact", right=True),
    Column("banzhaf", right=True),
    Column("veto"),
)


def figure_options(command: F) -> F:
    """Give a command the output options, and --html."""
    page = click.option(
        "--html",
        "html",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Write a self-contained page with pictures to this file.",
    )
    return page(output_options(command))


def draws_options(command: F) -> F:
    """Give a command the options of a simulation: draws, seed, effort, base rate, moment and cluster."""
    for option in (
        click.option("--scheduler", metavar="ADDRESS", default="", help="Work on a Dask cluster (extra: dask)."),
        click.option("--now", metavar="TIME", help="The moment to reckon from; by default that of the table."),
        click.option(
            "--base-rate",
            metavar="WEIGHT",
            type=click.FloatRange(0, 1),
            default=0.0,
            help="Weight of how often cabinets fall at all, beside the table; by default 0.",
        ),
        click.option(
            "--inner", type=click.IntRange(1), default=50, show_default=True, help="Negotiations simulated per draw."
        ),
        click.option(
            "--seed", type=click.IntRange(0), default=1, show_default=True, help="Seed of all random numbers."
        ),
        click.option(
            "--draws", type=click.IntRange(10), default=2_000, show_default=True, help="Draws of what is not known."
        ),
    ):
        command = option(command)
    return command


def firmness_option(command: F) -> F:
    """Give a command the option --firm."""
    told = "Firmness, 0-1, from which a red line counts."
    return click.option("--firm", type=click.FloatRange(0, 1), default=0.5, show_default=True, help=told)(command)


def spoken_phrase(words: Phrase | str, language: str) -> str:
    """Return words of the library in the language of the interface."""
    return words.told(catalogue("errors", language)) if isinstance(words, Phrase) else words


def command_line(settings: Settings) -> str:
    """Return the command as it was given, for the page that it makes."""
    return shlex.join(["treves", *settings.arguments])


def write_page(html: Path, told: Any, settings: Settings) -> None:
    """Write a page whole or not at all, and say where it is."""
    from treves.services.files import write_whole

    write_whole(html, told.html)
    settings.say("written", target=html)


def write_told(sentences: Iterable[str]) -> None:
    """Print sentences to stdout, a line each, and an empty line."""
    for sentence in sentences:
        click.echo(sentence)
    click.echo()


def write_json(thing: object) -> None:
    """Print one JSON object."""
    click.echo(json.dumps(thing, ensure_ascii=False, indent=1))


@click.command(cls=Command)
@click.argument("table", type=TABLE_FILE)
@firmness_option
@figure_options
@click.pass_obj
def packages(settings: Settings, /, table: Path, *, firm: float, form: str | None, html: Path | None) -> None:
    """Tell which packages can pass: the fair ones, the best for each party, and who blocks what.

    Where nothing can pass, the smallest conflict that closes the table is told instead. Fair packages say what would be
    fair by their axioms, not what will happen.
    """
    from treves.services.negotiations import packages_page, packages_sentences
    from treves.services.packages import packages_of
    from treves.services.tables import load_table

    language = settings.language
    found = packages_of(load_table(table), firm=firm, language=language)
    reasons = [spoken_phrase(r, language) for r in found.reasons]
    rows = [
        r | {"objections": [spoken_phrase(o, language) for o in shown.objections]}
        for r, shown in zip(found.rows(), found.shown, strict=True)
    ]
    if html:
        write_page(html, packages_page(found, reasons, language=language, command=command_line(settings)), settings)
    if form == "json":
        head = {"table": found.table.key, "size": found.size, "allowed": found.allowed, "passing": found.passing}
        write_json(head | {"feasible": found.feasible, "reasons": reasons, "packages": rows})
    elif form or not html:
        if form in (None, "table"):
            write_told([*packages_sentences(found, language), *reasons])
            rows = _for_people(found.table, rows, language)
        names = ("kind", "party", "passes", "tied", "package", "utilities", "blocking", "objections")
        write_rows(rows, form, settings, columns=PACKAGES_TABLE, names=names)


def _for_people(table: Any, rows: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """Rows of packages as a table shows them."""
    from treves.pictures.outlook_figures import package_words
    from treves.pictures.package_figures import package_name
    from treves.pictures.wording import wording

    words = wording(language)
    return [
        {
            "name": package_name(table, r, words),
            "passes": words("package.yes" if r["passes"] else "package.no"),
            "worth": ", ".join(f"{words.label(table.party(p))} {u:.2f}" for p, u in r["utilities"].items()),
            "package": package_words(table, tuple(r["package"].items()), words),
            "objections": " ".join(r["objections"]),
        }
        for r in rows
    ]


@click.command(cls=Command)
@click.argument("table", type=TABLE_FILE)
@draws_options
@click.option(
    "--levers", "with_levers", is_flag=True, help="Also tell which single change would help most; takes some seconds."
)
@figure_options
@click.pass_obj
def outlook(
    settings: Settings, /, table: Path, *, with_levers: bool, form: str | None, html: Path | None, **given: Any
) -> None:
    """Tell how likely an agreement, a collapse and open talks are at the deadline, with bands.

    What follows if the numbers of the table hold: thousands of negotiations are simulated, with what is not known drawn
    anew. The same seed gives the same result, byte for byte.
    """
    from treves.services import negotiations
    from treves.services.tables import load_table

    known = load_table(table)
    with negotiations.cluster(given["scheduler"]) as executor, progress(settings, "reckoning"):
        asked = _asked(given) | {"executor": executor}
        found = negotiations.outlook(known, draws=given["draws"], **asked)
        fewer = max(50, given["draws"] // 5)
        changes = negotiations.levers(known, draws=fewer, **asked) if with_levers else ()
    page = negotiations.outlook_page(
        known, found, changes=changes, language=settings.language, command=command_line(settings)
    )
    if html:
        write_page(html, page, settings)
    if form == "json":
        write_json(negotiations.plain(found) | ({"levers": negotiations.plain(changes)} if with_levers else {}))
    elif form or not html:
        if form in (None, "table"):
            write_told(page.sentences)
        write_rows(_percentages(found.rows(), form), form, settings, columns=OUTLOOK_TABLE)
        if changes and form in (None, "table"):
            click.echo()
            write_rows(_lever_rows(known, changes, settings.language), None, settings, columns=LEVERS_TABLE)


def _asked(given: Mapping[str, Any]) -> dict[str, Any]:
    """Seed, moment and method as the services take them."""
    from treves.dates import parse_as_of
    from treves.services.negotiations import method

    now = parse_as_of(given["now"]) if given["now"] else None
    return {"seed": given["seed"], "now": now, "method": method(inner=given["inner"], base_rate=given["base_rate"])}


def _percentages(rows: Iterable[Mapping[str, Any]], form: str | None) -> list[dict[str, Any]]:
    """Parts of 1 as percentages for people; as they are for programs."""
    if form not in (None, "table"):
        return [dict(r) for r in rows]
    return [{n: f"{100 * v:.1f}%" if isinstance(v, float) else v for n, v in r.items()} for r in rows]


def _lever_rows(table: Any, changes: Sequence[Any], language: str) -> list[dict[str, Any]]:
    from treves.pictures.outlook_figures import change_words
    from treves.pictures.wording import wording

    words = wording(language)
    return [
        {
            "change": change_words(table, c, words),
            **{n: f"{100 * getattr(c.agreement, n):+.1f}" for n in ("mean", "low", "high")},
            "more_packages": f"{c.passable.mean:.0f}",
        }
        for c in changes
    ]


@click.command(cls=Command)
@click.argument("table", type=TABLE_FILE)
@click.option(
    "--set",
    "edits",
    metavar="PATH=VALUE",
    multiple=True,
    required=True,
    help="A cell and its new value: party.cda.reservation=0.3, position.cda.limit=40, redline.cu.limit=off. May be repeated.",
)
@draws_options
@figure_options
@click.pass_obj
def whatif(
    settings: Settings, /, table: Path, *, edits: tuple[str, ...], form: str | None, html: Path | None, **given: Any
) -> None:
    """Tell what a change of one or more cells does to the outlook.

    Before and after use the same random numbers, so that a difference is an effect of the change.
    """
    from treves.services import negotiations
    from treves.services.tables import load_table

    known = load_table(table)
    with negotiations.cluster(given["scheduler"]) as executor, progress(settings, "reckoning"):
        found = negotiations.whatif(known, edits, draws=given["draws"], executor=executor, **_asked(given))
    page = negotiations.comparison_page(known, found, language=settings.language, command=command_line(settings))
    if html:
        write_page(html, page, settings)
    if form == "json":
        write_json(negotiations.plain(found))
    elif form or not html:
        if form in (None, "table"):
            write_told(page.sentences)
        write_rows(_percentages(found.rows(), form), form, settings, columns=WHATIF_TABLE)


@click.command(cls=Command)
@click.argument("table", type=TABLE_FILE)
@figure_options
@click.pass_obj
def power(settings: Settings, /, table: Path, *, form: str | None, html: Path | None) -> None:
    """Tell how much power the decision rule gives each party: Shapley-Shubik and Banzhaf, exactly."""
    from treves.pictures.wording import wording
    from treves.services.negotiations import power_of_table, power_page
    from treves.services.tables import load_table

    known = load_table(table)
    found = power_of_table(known, language=settings.language)
    told = [spoken_phrase(s, settings.language) for s in found.sentences]
    if html:
        page = power_page(known, found, told, language=settings.language, command=command_line(settings))
        write_page(html, page, settings)
    words = wording(settings.language)
    rows = [{"name": words.label(known.party(str(r["party"]))), **r} for r in found.power.rows()]
    if form == "json":
        write_json({"table": known.key, "sentences": told, "parties": rows})
    elif form or not html:
        if form in (None, "table"):
            write_told(told)
            rows = [_power_row(r, words("package.yes")) for r in rows]
        write_rows(rows, form, settings, columns=POWER_TABLE)


def _power_row(row: Mapping[str, Any], yes: str) -> dict[str, Any]:
    shares = {name: f"{row[name]:.4f}" for name in ("shapley", "banzhaf")}
    return {**row, **shares, "votes": f"{row['votes']:g}", "veto": yes if row["veto"] else ""}
