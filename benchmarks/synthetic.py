"""Invented Dutch reports in any number, the same for the same seed; no two are copies of one another."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from treves.dates import Precision, at_precision
from treves.model.evidence import Appearance, Document, Origin, document_id

_GIVEN = (
    "Anneke Bas Carla Dirk Els Femke Gerrit Hanneke Ivo Joke Karel Lotte Marijn Nienke Otto Petra Ruud Sanne".split()
)
_SURNAMES = "Aalders Boersma Cornelisse Doornbos Elzinga Fokkema Griffioen Hoogland Iedema Jorritsma Kuiper".split()
_OFFICES = "minister wethouder gedeputeerde fractievoorzitter onderhandelaar burgemeester voorzitter directeur".split()
_PARTIES = "VVD D66 CDA PvdA SP ChristenUnie GroenLinks SGP".split()
_THINGS = (
    "de tunnel;de begroting;het zwembad;de veehouderij;de huurverlaging;de opvang;het pensioen;de dijk;de buslijn;"
    "het ziekenhuis;de wijk;de haven;de sporthal;het bos;de energietoeslag;de werf"
).split(";")
_DEEDS = "later komen;duurder worden;doorgaan;wachten;krimpen;sluiten;verhuizen;op slot gaan".split(";")
_OUTLETS = "De Kustpost;Omroep Noord;Het Avondblad;Persdienst Laagland;De Stadskrant".split(";")
_FRAMES = (
    "„{Thing} moet {deed}”, zegt {who} na afloop.",
    "{who} zegt dat {thing} volgend jaar moet {deed}.",
    "Volgens {who} kan {thing} nog altijd {deed}.",
    "{who} noemt {thing} „{number} keer te klein”.",
    "„{Thing} kan niet {deed}. Dat heb ik {number} keer gezegd”, aldus {who}.",
    "{who} vindt dat {thing} niet mag {deed}, maar denkt dat het overleg verder gaat.",
    "Ingewijden melden dat {thing} voor {number} miljoen zal {deed}.",
    "Het overleg begon {day} om {hour}.30 uur en duurde {number} uur.",
    "De partijen praten {day} verder over {thing}.",
    "Voor {thing} is {number} miljoen euro nodig, en die staat nergens in de plannen.",
)
_DAYS = "maandag dinsdag woensdag donderdag vrijdag".split()


def _opening(rng: random.Random, person: str) -> str:
    office, party = rng.choice(_OFFICES).capitalize(), rng.choice(_PARTIES)
    return f"{office} {person} ({party}) zat {rng.choice(_DAYS)} aan tafel."


def _sentence(rng: random.Random, cast: list[str]) -> str:
    thing = rng.choice(_THINGS)
    return rng.choice(_FRAMES).format(
        thing=thing,
        Thing=thing.capitalize(),
        deed=rng.choice(_DEEDS),
        who=rng.choice(cast).split()[-1],
        number=rng.randint(2, 99),
        day=rng.choice(_DAYS),
        hour=rng.randint(9, 22),
    )


def texts(count: int, *, seed: int = 1, sentences: int = 24) -> Iterator[str]:
    """Yield `count` reports of about twelve words a sentence."""
    rng = random.Random(seed)
    people = [f"{rng.choice(_GIVEN)} {a}{b.lower()}" for a in _SURNAMES for b in _SURNAMES]
    for number in range(count):
        cast = rng.sample(people, 4)
        headline = f"Overleg {number} over {rng.choice(_THINGS)} gaat door"
        told = [_opening(rng, person) for person in cast] + [_sentence(rng, cast) for _ in range(sentences)]
        yield "\n\n".join([headline, *(" ".join(told[i : i + 4]) for i in range(0, len(told), 4))])


def documents(count: int, *, seed: int = 1) -> Iterator[Document]:
    """Yield `count` reports with outlet and publication time."""
    start = datetime(2025, 1, 6, 7, 0, tzinfo=UTC)
    for number, text in enumerate(texts(count, seed=seed)):
        appearance = Appearance(
            name=f"{number:05d}.txt",
            outlet=_OUTLETS[number % len(_OUTLETS)],
            published=at_precision(start + timedelta(minutes=47 * number), Precision.MINUTES),
            outlet_origin=Origin.SIDECAR,
            published_origin=Origin.SIDECAR,
        )
        yield Document(document_id(text), text, (appearance,), language="nl")
