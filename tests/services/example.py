"""The example dossier, and reports made up on the spot, for the tests of services and of the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from treves.exchange.roster import read_roster
from treves.services.readings import ReadOptions
from treves.services.views import rows_of
from treves.store import Store

ROOT = Path(__file__).parent.parent.parent
HAVENMONDE = ROOT / "examples" / "havenmonde"
REPORTS = 7
"""Number of reports in the example."""

ENGLISH = (
    "The aldermen of the harbour town said on Monday that the talks would go on all night.\n\n"
    "“We are nowhere near an agreement,” said the chair of the council as she left the building with her staff.\n"
)
GERMAN = (
    "Die Verhandlungen über die Koalition gehen am Mittwoch weiter, sagte die Bürgermeisterin nach der Sitzung.\n\n"
    "„Wir sind noch lange nicht fertig“, erklärte sie vor dem Rathaus, wo viele Bürger auf sie warteten.\n"
)
DUTCH = (
    "WATERDORP - De onderhandelingen over de brug zijn maandag hervat.\n\n"
    "„Wij gaan door tot het licht uitgaat”, zei wethouder Margriet Zeilstra na afloop. "
    "Volgens fractievoorzitter Sjoerd Haverkamp van de Bruggenpartij is het geld op.\n\n"
    "Morgenavond om 20.00 uur praten de partijen verder in het raadhuis.\n"
)
"""A report without a date of its own."""

_NAMES = ("Margriet Zeilstra", "Sjoerd Haverkamp", "Tineke Oldeboom", "Rutger Vlasblom", "Annemiek Duinker")
_OFFICES = ("wethouder", "fractievoorzitter", "burgemeester", "informateur", "raadslid")
_PLACES = ("raadhuis", "dorpshuis", "gemeentekantoor", "buurtcentrum")


def made_up_report(number: int) -> str:
    """Return a Dutch report unlike those with other numbers, with two statements and a session in it."""
    one, two = _NAMES[number % 5], _NAMES[(number + 2) % 5]
    office, place = _OFFICES[number % 5], _PLACES[number % 4]
    return (
        f"Partijen praten verder over dossier {number}\n\n"
        f"De onderhandelaars spraken maandag in het {place} over voorstel {number}. "
        f"„Voorstel {number} kost {number * 7} duizend euro per jaar”, zei {office} {one} na afloop. "
        f"Volgens {two} is voorstel {number} nog lang niet rijp voor besluitvorming.\n\n"
        f"Dinsdag om {8 + number % 12}.00 uur gaan de partijen verder.\n"
    )


def write_made_up(folder: Path, count: int) -> None:
    """Fill `folder` with `count` made-up reports and their sidecar table, which tells their language too."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["file,outlet,published,language"]
    for number in range(count):
        name = f"r{number:04}.txt"
        (folder / name).write_text(made_up_report(number), encoding="utf-8")
        lines.append(f"{name},De Bode,2024-03-{1 + number % 28:02}T18:00+01:00,nl")
    (folder / "reports.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_archive(path: Path, count: int) -> None:
    """Write `count` made-up reports to one JSONL file."""
    published = "2024-03-04T18:00+01:00"
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            record = {"name": f"r{number:05}", "text": made_up_report(number), "published": published}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def with_roster() -> ReadOptions:
    """Return reading options with the example's roster."""
    return ReadOptions(roster=read_roster(HAVENMONDE / "roster.yaml"))


def everything(store: Store) -> dict[str, list[Mapping[str, Any]]]:
    """Return all rows of the dossier's view."""
    kinds = ("statements", "actors", "events", "differences", "reports")
    return {kind: list(rows_of(store, kind)) for kind in kinds}
