"""The pictures of an outlook: chances with bands, where it would land, when, what blocks it, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from treves.model.outlook import Band, Blocker, Change, Comparison, LandingZone, Outlook
from treves.model.table import Choice, Package, Table
from treves.pictures.charts import chances, fan, landing, tornado
from treves.pictures.page import Figure
from treves.pictures.path_words import path_words
from treves.pictures.wording import Wording

_OUTCOMES = ("agreement", "collapse", "still_open")
_MOST = 12
Cells = tuple[str | float, ...]


def outlook_sentences(table: Table, found: Outlook, words: Wording) -> list[str]:
    """Return the outlook in a few sentences: the chances with their bands, what blocks most, and what that rests on."""
    told = [
        words(
            f"outlook.chance_{name}",
            chance=words.percent(band.mean),
            low=words.percent(band.low),
            high=words.percent(band.high),
        )
        for name, band in _bands(found)
    ]
    if found.blockers and found.agreement.mean < 1:
        told.append(words("outlook.most_blocks", what=blocker_words(table, found.blockers[0], words)))
    if not found.considered.passable.mean:
        told.append(words("outlook.nothing_passes"))
    return told


def outlook_figures(table: Table, found: Outlook, words: Wording, *, levers: Sequence[Change] = ()) -> list[Figure]:
    """Return the figures of an outlook.

    Args:
        table: that it is of.
        found: the outlook.
        words: the language.
        levers: single changes and what they do, the best first; none where they were not asked for.
    """
    figures = [_chances(found, words), _landing(table, found, words), _packages(table, found, words)]
    figures += [_rounds(found, words), _blockers(table, found, words), _sensitivity(table, found, words)]
    return figures + ([_levers(table, levers, words)] if levers else [])


def made_of(found: Outlook, words: Wording) -> list[tuple[str, str]]:
    """Return how an outlook was made: seed, draws, packages looked at, hash of the table, versions."""
    audit, looked = found.audit, found.considered
    return [
        (words("outlook.seed"), str(audit.seed)),
        (words("outlook.draws"), words("outlook.draws_told", draws=audit.draws, inner=audit.method.inner)),
        (words("outlook.looked_at"), words(f"outlook.{'all' if looked.complete else 'part'}", count=looked.packages)),
        (words("outlook.table"), audit.table),
        (words("outlook.versions"), ", ".join(f"{name} {version}" for name, version in audit.versions)),
    ]


def comparison_sentences(table: Table, found: Comparison, words: Wording) -> list[str]:
    """Return what was changed and what that does to the chance of an agreement."""
    cells = "; ".join(_edit_words(table, edit, words) for edit in found.edits)
    return [
        words("whatif.changed", cells=cells),
        words(
            "whatif.does",
            before=words.percent(found.before.agreement.mean),
            after=words.percent(found.after.agreement.mean),
            low=_points(found.agreement.low),
            high=_points(found.agreement.high),
        ),
    ]


def comparison_figures(found: Comparison, words: Wording) -> list[Figure]:
    """Return both outlooks beside each other, and their differences."""
    rows = [
        {"issue": words(f"outlook.{name}"), "option": words(f"whatif.{side}"), **_band_row(band)}
        for name in _OUTCOMES
        for side, whole in (("before", found.before), ("after", found.after))
        for band in (getattr(whole, name),)
    ]
    numbers = [
        (
            words(f"outlook.{name}"),
            getattr(found.before, name).mean,
            getattr(found.after, name).mean,
            d.mean,
            d.low,
            d.high,
        )
        for name in _OUTCOMES
        for d in (getattr(found, name),)
    ]
    heads = [words(f"whatif.{h}") for h in ("outcome", "before", "after", "difference", "low", "high")]
    return [
        Figure(
            "change",
            words("whatif.title"),
            words("whatif.lead"),
            landing(rows, axis=words("outlook.axis")),
            heads,
            numbers,
        )
    ]


def choice_words(table: Table, issue: str, choice: Choice, words: Wording) -> str:
    """Return a choice as readers see it."""
    one = table.issue(issue)
    if isinstance(choice, str):
        return next((words.label(o) for o in one.options if o.key == choice), choice)
    return f"{choice:g}" + (f" {one.unit}" if one.unit else "")


def package_words(table: Table, package: Package, words: Wording) -> str:
    """Return a package on one line: each issue with its choice."""
    return "; ".join(f"{words.label(table.issue(i))}: {choice_words(table, i, c, words)}" for i, c in package)


def blocker_words(table: Table, blocker: Blocker, words: Wording) -> str:
    """Return who or what stands in the way."""
    party = words.label(table.party(blocker.party))
    if blocker.cause == "red line":
        return path_words(table, blocker.line, words)
    return words(f"outlook.by_{blocker.cause.replace('-', '_')}", party=party)


def _bands(found: Outlook) -> Iterator[tuple[str, Band]]:
    for name in _OUTCOMES:
        yield name, getattr(found, name)


def _band_row(band: Band) -> dict[str, float]:
    return {
        "chance": band.mean,
        "low50": band.inner_low,
        "high50": band.inner_high,
        "low90": band.low,
        "high90": band.high,
    }


def _points(part: float) -> str:
    return f"{100 * part:+.0f}"


def _chances(found: Outlook, words: Wording) -> Figure:
    rows: list[dict[str, Any]] = [
        {"outcome": words(f"outlook.{name}"), **_band_row(band)} for name, band in _bands(found)
    ]
    numbers: list[Cells] = [tuple(r.values()) for r in rows]
    heads = [words(f"outlook.{h}") for h in ("outcome", "chance", "low50", "high50", "low90", "high90")]
    title, lead = words("outlook.title"), words("outlook.lead")
    return Figure(
        "chances", title, lead, chances(rows, axis=words("outlook.axis")), heads, numbers, words("outlook.note")
    )


def _landing(table: Table, found: Outlook, words: Wording) -> Figure:
    rows: list[dict[str, Any]] = []
    for zone in found.landing:
        for choice, share in _shown(zone):
            option = choice_words(table, zone.issue, choice, words)
            edges = dict.fromkeys(("low50", "high50", "low90", "high90"), share)
            rows.append({"issue": words.label(table.issue(zone.issue)), "option": option, "chance": share, **edges})
    numbers = [(r["issue"], r["option"], r["chance"]) for r in rows]
    heads = [words(f"outlook.{h}") for h in ("issue", "option", "share")]
    spec = landing(rows, axis=words("outlook.share_axis")) if any(r["chance"] for r in rows) else None
    return Figure("landing", words("outlook.landing"), words("outlook.landing_lead"), spec, heads, numbers)


def _shown(zone: LandingZone) -> list[tuple[Choice, float]]:
    """The choices of a zone; of a long range only those that come up."""
    return [c for c in zone.choices if c[1] > 0] if len(zone.choices) > _MOST else list(zone.choices)


def _packages(table: Table, found: Outlook, words: Wording) -> Figure:
    rows: list[Cells] = [(p.share, *(choice_words(table, i, c, words) for i, c in p.package)) for p in found.packages]
    heads = [words("outlook.share"), *(words.label(i) for i in table.issues)]
    return Figure("packages", words("outlook.packages"), words("outlook.packages_lead"), columns=heads, rows=rows)


def _rounds(found: Outlook, words: Wording) -> Figure:
    rows: list[dict[str, Any]] = []
    for name, field in (("agreement", "agreement"), ("walked_out", "walked_out")):
        total = 0.0
        for one in found.rounds:
            total += getattr(one, field)
            edges = dict.fromkeys(("low50", "high50", "low90", "high90"), total)
            rows.append({"at": one.round, "series": words(f"outlook.{name}_by"), "median": total, **edges})
    numbers = [(r.round, r.agreement, r.walked_out) for r in found.rounds]
    heads = [words(f"outlook.{h}") for h in ("round", "agreement", "walked_out")]
    spec = fan(rows, x=words("outlook.round"), y=words("outlook.axis"), share=True) if rows else None
    return Figure("rounds", words("outlook.rounds"), words("outlook.rounds_lead"), spec, heads, numbers)


def _blockers(table: Table, found: Outlook, words: Wording) -> Figure:
    rows = [(blocker_words(table, b, words), b.alone, b.together) for b in found.blockers]
    heads = [words(f"outlook.{h}") for h in ("blocker", "alone", "together")]
    return Figure("blockers", words("outlook.blockers"), words("outlook.blockers_lead"), columns=heads, rows=rows)


def _sensitivity(table: Table, found: Outlook, words: Wording) -> Figure:
    listed = found.sensitivity[:_MOST]
    rows = [
        {
            "input": path_words(table, s.name, words),
            "low": min(s.low, s.high),
            "high": max(s.low, s.high),
            "told": f"{words.percent(s.low)} – {words.percent(s.high)}",
        }
        for s in listed
    ]
    numbers = [(path_words(table, s.name, words), s.low, s.high, s.correlation, s.share) for s in found.sensitivity]
    heads = [words(f"outlook.{h}") for h in ("input", "at_low", "at_high", "correlation", "variance")]
    spec = tornado(rows, axis=words("outlook.agreement_axis"), base=found.agreement.mean) if rows else None
    return Figure("sensitivity", words("outlook.sensitivity"), words("outlook.sensitivity_lead"), spec, heads, numbers)


def _levers(table: Table, levers: Sequence[Change], words: Wording) -> Figure:
    listed = levers[:_MOST]
    named = [change_words(table, c, words) for c in listed]
    rows = [
        {"input": name, "low": c.agreement.low, "high": c.agreement.high, "told": _points(c.agreement.mean)}
        for name, c in zip(named, listed, strict=True)
    ]
    numbers = [
        (name, c.agreement.mean, c.agreement.low, c.agreement.high, c.passable.mean)
        for name, c in zip(named, listed, strict=True)
    ]
    heads = [words(f"outlook.{h}") for h in ("change", "gain", "low90", "high90", "more_packages")]
    spec = tornado(rows, axis=words("outlook.gain_axis"), base=0.0)
    return Figure("levers", words("outlook.levers"), words("outlook.levers_lead"), spec, heads, numbers)


def change_words(table: Table, change: Change, words: Wording) -> str:
    """Return a single change of one party in words."""
    party = words.label(table.party(change.party))
    issue = words.label(table.issue(change.issue)) if change.issue else ""
    to = "" if change.to is None else f"{change.to:g}"
    towards = words.label(table.party(change.towards)) if change.towards else ""
    return words(f"change.{change.kind.replace(' ', '_')}", party=party, issue=issue, to=to, towards=towards)


def _edit_words(table: Table, edit: str, words: Wording) -> str:
    path, sign, value = edit.partition("=")
    told = path_words(table, path.strip().rstrip("+-").strip(), words)
    return f"{told} {'+' if '+=' in edit else '-' if '-=' in edit else ''}{sign} {value.strip()}" if sign else told
