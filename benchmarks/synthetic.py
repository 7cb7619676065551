"""Invented Dutch reports in any number, the same for the same seed; no two are copies of one another.

By default nearly every sentence tells what somebody said or when people meet; `NEWS` leaves room for the background,
figures and descriptions of which the greater part of a news report consists.
"""

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
_NARRATIVE = (
    "{Thing} kostte het bestuur de afgelopen jaren {number} miljoen euro, bijna twee keer zoveel als was begroot.",
    "Achter het stadhuis ligt een terrein van {number} hectare, waar vroeger de gasfabriek stond en nu schapen grazen.",
    "De raad telt {number} zetels, verdeeld over acht fracties, en geen daarvan heeft met een ander een meerderheid.",
    "Het dossier sleept al jaren: twee colleges struikelden erover en een commissie schreef er een dik rapport over.",
    "Aan de overkant van het kanaal staan de eerste huizen van de nieuwe wijk, met zonnepanelen en een gedeelde tuin.",
    "Ruim {number} procent van de inwoners is ouder dan vijfenzestig, en dat aandeel groeit sneller dan in de rest van het land.",
    "In de zaal hing een geur van koffie en natte jassen; op de tribune bleven de meeste stoelen leeg.",
    "De regeling loopt over twee jaar af, waarna gemeenten zelf voor de kosten van {thing} opdraaien.",
    "Langs de weg naar het dorp hangen spandoeken aan de lantaarnpalen, sommige verbleekt door de zon.",
    "Eerder strandde een plan met dezelfde strekking op de grond, die vervuild bleek, en op het geld, dat er niet was.",
    "Tussen de stapels papier lag een kaart van het gebied met {number} rode stippen, een voor elk bedrijf.",
    "Door de hoge rente zijn de bouwkosten met een kwart gestegen en de wachtlijsten langer geworden dan ooit.",
)
NEWS = 0.65
"""Share of sentences that tell something in reports as dense as news: a statement about every 28 words."""
_DAYS = "maandag dinsdag woensdag donderdag vrijdag".split()


def _opening(rng: random.Random, person: str) -> str:
    office, party = rng.choice(_OFFICES).capitalize(), rng.choice(_PARTIES)
    return f"{office} {person} ({party}) zat {rng.choice(_DAYS)} aan tafel."


def _sentence(rng: random.Random, cast: list[str], telling: float) -> str:
    thing = rng.choice(_THINGS)
    frames = _FRAMES if telling >= 1 or rng.random() < telling else _NARRATIVE
    return rng.choice(frames).format(
        thing=thing,
        Thing=thing.capitalize(),
        deed=rng.choice(_DEEDS),
        who=rng.choice(cast).split()[-1],
        number=rng.randint(2, 99),
        day=rng.choice(_DAYS),
        hour=rng.randint(9, 22),
    )


def texts(count: int, *, seed: int = 1, sentences: int = 24, telling: float = 1.0) -> Iterator[str]:
    """Yield `count` reports of twelve to twenty words a sentence, of which the part `telling` (0-1) tells something."""
    rng = random.Random(seed)
    people = [f"{rng.choice(_GIVEN)} {a}{b.lower()}" for a in _SURNAMES for b in _SURNAMES]
    for number in range(count):
        cast = rng.sample(people, 4)
        headline = f"Overleg {number} over {rng.choice(_THINGS)} gaat door"
        told = [_opening(rng, person) for person in cast] + [_sentence(rng, cast, telling) for _ in range(sentences)]
        yield "\n\n".join([headline, *(" ".join(told[i : i + 4]) for i in range(0, len(told), 4))])


def documents(count: int, *, seed: int = 1, telling: float = 1.0) -> Iterator[Document]:
    """Yield `count` reports with outlet and publication time; see :func:`texts`."""
    start = datetime(2025, 1, 6, 7, 0, tzinfo=UTC)
    for number, text in enumerate(texts(count, seed=seed, telling=telling)):
        appearance = Appearance(
            name=f"{number:05d}.txt",
            outlet=_OUTLETS[number % len(_OUTLETS)],
            published=at_precision(start + timedelta(minutes=47 * number), Precision.MINUTES),
            outlet_origin=Origin.SIDECAR,
            published_origin=Origin.SIDECAR,
        )
        yield Document(document_id(text), text, (appearance,), language="nl")
