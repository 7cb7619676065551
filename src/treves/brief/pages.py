"""The page: what the templates are given, and how the one file is put together."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from treves.brief import parties, said, shown, sources
from treves.brief.clock import Clock, clock_for
from treves.brief.evidence import Segment, anchor, marked
from treves.brief.lookup import Lookup, lookup
from treves.brief.made import Made
from treves.brief.naming import offices, other_names
from treves.brief.shown import Shown
from treves.brief.state import Teller
from treves.brief.timeline import picture
from treves.brief.why import Reasons, actor_anchor, aspect, reasons_for, value_words
from treves.brief.wording import Language, Wording, plain, wording
from treves.collector import collector_paused
from treves.dates import zone
from treves.model.actors import ActorKind
from treves.model.evidence import Document
from treves.model.view import View

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SCRIPT_STRINGS = (
    *(f"why.{key}" for key in ("one_passage", "passages", "no_passage", "lost", "in_full", "published")),
    *("said.shown", "said.none_shown", "said.no_outlet", "page.theme_auto", "page.theme_light", "page.theme_dark"),
)
_ROWS = ("kind", "speaker", "cue", "rule", "copy", "corrected", "role")


def render(view: View, *, language: Language, made: Made) -> str:
    """Return the brief of `view` as one HTML page that needs nothing but itself.

    A third of a second for 200 reports with 4,000 statements, a second or two for 10,000 with 200,000: a large view
    shows its latest, with the reports that they lean on (:mod:`treves.brief.shown`), and says so.

    Args:
        view: what the dossier knows as of a moment.
        language: language of the interface; passages stay in their own.
        made: what made it, for the last section.

    Raises:
        UnknownBriefLanguage: there is no interface in `language`.
        InvalidTime: the view's time zone does not exist.
    """
    words = wording(language)
    look = lookup(view)
    clock = clock_for(words, zone(view.zone), look.now())
    with collector_paused():
        page = environment().get_template("brief.html.j2").render(_given(look, clock, made))
    return _UNPRINTABLE.sub("\ufffd", page)


@cache
def environment() -> Environment:
    """Return the template environment: everything is escaped, and an unknown name is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import escape

    found = Environment(
        loader=PackageLoader("treves.brief", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_without_direction,
    )
    # Escaped, but keeping every character: only for elements that isolate the direction of their text.
    found.filters["verbatim"] = escape
    found.filters["safe_url"] = safe_url
    found.globals.update(
        actor_anchor=actor_anchor, anchor=anchor, aspect=aspect, offices=offices, other_names=other_names
    )
    return found


def _without_direction(value: object) -> object:
    """Drop invisible marks that could turn the page's own words around; passages, which stand isolated, keep theirs."""
    return plain(value) if type(value) is str else value


def safe_url(url: str | None) -> str:
    """Return `url` when it is a web address, else nothing."""
    return url if url and re.match(r"https?://[^\s/]", url, re.IGNORECASE) else ""


def _given(look: Lookup, clock: Clock, made: Made) -> dict[str, Any]:
    """Return everything that the templates read."""
    view = look.view
    teller = Teller(look, clock, look.now())
    counts = parties.spoken(look)
    chosen = shown.select(look, teller, counts)
    days = list(said.by_day(chosen.utterances, look, clock))
    reasons = Reasons(
        look=look,
        clock=clock,
        in_full=frozenset(d.id for d in chosen.in_full),
        corrections={c.id: c for c in view.corrections},
    )
    why = reasons_for(reasons, teller, chosen)
    return {
        "t": clock.wording,
        "view": view,
        "look": look,
        "clock": clock,
        "made": made,
        "teller": teller,
        "counts": counts,
        "days": days,
        "sentence": reasons.sentence,
        "value": lambda difference, version: value_words(difference, version, clock),
        "shown": chosen,
        "people_anchors": {a.id for a in chosen.people},
        "full": [(d, *_segments(d, reasons)) for d in chosen.in_full],
        "in_full": reasons.in_full,
        "corrections": [(c, reasons.correction(c)) for c in view.corrections],
        "why": why,
        "data": _json(_script_data(reasons, why, days)),
        **_sections(teller, chosen, days, counts),
        **_assets(),
    }


def _sections(teller: Teller, chosen: Shown, days: list[said.Day], counts: Mapping[str, int]) -> dict[str, Any]:
    """Return what the sections show besides utterances and reports in full."""
    look, words = teller.look, teller.clock.wording
    rows = parties.rows(look, counts)
    tallies = sources.tallies(look)
    reports = sources.report_rows(look, tallies)
    return {
        "picture": picture(look, teller, chosen.events),
        "rows": rows,
        "bodies": parties.bodies(look, counts),
        "unaligned": parties.unaligned(look, counts),
        "options": _options(look, rows, days),
        "outlets": sources.outlets_of(look),
        "left_out": [(_reason(reason, words), n) for reason, n in sources.left_out(look)],
        "left_listed": look.view.left_out[: shown.MOST_LISTED],
        "outlet_rows": sources.outlet_rows(look, tallies),
        "report_rows": reports[: shown.MOST_LISTED],
        "reports_total": len(reports),
        "people_total": len(parties.listed(look)),
        "reason_of": lambda reason: _reason(reason, words),
    }


def _assets() -> dict[str, Any]:
    """Return style sheet, script, and the policy that lets only these two run."""
    from markupsafe import Markup

    style, script = asset("brief.css"), asset("brief.js")
    return {
        "style": Markup(style),  # noqa: S704 - our own file
        "script": Markup(script),  # noqa: S704 - our own file
        "policy": _policy(style, script),
    }


def _segments(document: Document, reasons: Reasons) -> tuple[list[tuple[Segment, bool]], int]:
    """Return the runs of a report, each with whether a statement, event or difference rests on it; and how many do."""
    used = reasons.used.get(document.id, {})
    loud = {anchor(p) for p, is_loud in used.items() if is_loud}
    runs = list(marked(document, used))
    return [(s, any(a in loud for a in s.covered)) for s in runs], sum(a in loud for s in runs for a in s.opens)


def _options(look: Lookup, rows: list[parties.Row], days: list[said.Day]) -> dict[str, list[tuple[str, str]]]:
    """Return the choices of the filters that something shown fits: value and name."""
    keys = {key for day in days for row in day.rows for key in row.keys}
    people = [a for a in look.view.actors if f"a:{a.id}" in keys and a.kind is not ActorKind.UNNAMED]
    outlets = sorted((key.removeprefix("o:") for key in keys if key.startswith("o:")), key=lambda o: (o.casefold(), o))
    return {
        "party": [(f"p:{r.key}", r.name) for r in rows if f"p:{r.key}" in keys],
        "person": [(f"a:{a.id}", a.name) for a in sorted(people, key=lambda a: a.name)],
        "outlet": [(f"o:{outlet}", outlet) for outlet in outlets],
    }


def _script_data(reasons: Reasons, why: Mapping[str, object], days: list[said.Day]) -> dict[str, object]:
    """Return what the script is given: strings, the reports that reasons lean on, reasons and filter keys."""
    words, clock = reasons.wording, reasons.clock
    documents = [
        {
            "id": d.id,
            "t": plain(d.title),
            "o": plain(words.join(d.outlets)),
            "p": clock.moment(d.published, year=True),
            "l": d.language,
        }
        for d in (reasons.look.documents[number] for number in reasons.numbers)
    ]
    return {
        "s": {key: words(key) for key in _SCRIPT_STRINGS},
        "rows": {key: words(f"why.{key}") for key in _ROWS},
        "d": documents,
        "why": why,
        "keys": {row.id: row.keys for day in days for row in day.rows},
    }


def _json(data: object) -> Markup:
    """Return `data` as JSON that cannot leave its script element, whatever it holds."""
    from markupsafe import Markup

    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    for character in "<>&'":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - escaped above


@cache
def asset(name: str) -> str:
    """Return the style sheet or script called `name`."""
    return (files("treves.brief") / "static" / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Return a content security policy that lets this page's own style and script run, and nothing else load."""
    hashes = [base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in (style, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _reason(reason: str, words: Wording) -> str:
    """Return why a report was left out, in the interface's language where it is a known reason."""
    known, _, language = reason.partition(" for ")
    key = f"reason.{re.sub(r'[^a-z]+', '_', known.lower())}"
    return words(key, language=language) if key in words.strings else reason
