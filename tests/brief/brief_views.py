"""Builds views by hand from invented reports: a provincial coalition that talks through the night about a dyke fund."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import attrs

from treves.dates import UNKNOWN_MOMENT, Moment, Precision, at_precision
from treves.model.actors import ActorKind
from treves.model.corrections import Correction, CorrectionKind
from treves.model.events import Certainty, EventKind, event_id
from treves.model.evidence import Appearance, Document, Passage, Span, document_id, passage_of
from treves.model.statements import StatementKind, statement_id
from treves.model.view import (
    Account,
    Difference,
    JoinedActor,
    JoinedEvent,
    LeftOut,
    SeenRole,
    Telling,
    Utterance,
    Version,
    View,
)

ZONE = ZoneInfo("Europe/Amsterdam")


def unwrap(text: str) -> str:
    """Put every paragraph on one line, as reports have it."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """An instant in June 2026, which began on a Monday."""
    return datetime(2026, 6, day, hour, minute, tzinfo=ZONE)


def minute(day: int, hour: int, minutes: int = 0) -> Moment:
    """A moment known to the minute."""
    return at_precision(at(day, hour, minutes), Precision.MINUTES)


def around(day: int, hours: int) -> Moment:
    """The moment of "around one o'clock": half an hour on either side."""
    middle, half = at(day, hours), timedelta(minutes=30)
    return Moment(middle - half, middle + half, Precision.HOURS)


def hour(day: int, hours: int) -> Moment:
    """A moment known to the hour."""
    return at_precision(at(day, hours), Precision.HOURS)


def whole_day(day: int) -> Moment:
    """A moment known to the day."""
    return at_precision(at(day), Precision.DAYS)


def report(
    text: str,
    *,
    outlet: str | None,
    published: Moment = UNKNOWN_MOMENT,
    title: str | None = None,
    url: str | None = None,
    language: str = "nl",
) -> Document:
    """A report with one appearance."""
    name = f"{document_id(text)}.txt"
    return Document(
        id=document_id(text),
        text=text,
        appearances=(Appearance(name, outlet, published, url, title),),
        language=language,
    )


def passage(document: Document, words: str) -> Passage:
    """The first place where `words` stand in the report; they must stand there."""
    start = document.text.index(words)
    return passage_of(document, Span(start, start + len(words)))


def telling(
    document: Document,
    words: str,
    *speakers: str | Sequence[str],
    kind: StatementKind = StatementKind.DIRECT,
    cue: str | None = "zei",
    named: Sequence[str] = (),
    group: int = 0,
    rule: str = "quote-before-cue",
    corrections: tuple[str, ...] = (),
    copy_of: str | None = None,
) -> Telling:
    """One report's telling; a speaker given as a list is ambiguous."""
    where = passage(document, words)
    return Telling(
        statement=statement_id(document.id, kind.value, where.span),
        document=document.id,
        kind=kind,
        passage=where,
        speakers=tuple((s,) if isinstance(s, str) else tuple(s) for s in speakers),
        cue=cue,
        speaker_words=tuple(named),
        group=group,
        rule=rule,
        corrections=corrections,
        copy_of=copy_of,
    )


def utterance(*tellings: Telling, lead: int = 0, independent: int | None = None) -> Utterance:
    """An utterance with the speakers of its lead."""
    reports = {t.document for t in tellings if not t.copy_of}
    return Utterance(
        id="U" + tellings[0].statement[1:],
        speakers=tellings[lead].speakers,
        tellings=tellings,
        lead=lead,
        independent=len(reports) if independent is None else independent,
    )


def event(kind: EventKind, label: str, *accounts: tuple[Document, str], **more: object) -> JoinedEvent:
    """An event with its accounts."""
    told = tuple(
        Account(event_id(d.id, kind.value, passage(d, words).span), d.id, passage(d, words), "session-verb")
        for d, words in accounts
    )
    made = JoinedEvent(id="J" + told[0].event[1:], kind=kind, label=label, accounts=told)
    return attrs.evolve(made, **more)  # type: ignore[arg-type]  # the keywords are the class's own


def person(name: str, party: str | None, *roles: SeenRole, **more: object) -> JoinedActor:
    """A person with an id made from the name."""
    key = name.lower().replace(" ", "-")
    made = JoinedActor(id=key, kind=ActorKind.PERSON, name=name, party=party, roles=roles)
    return attrs.evolve(made, **more)  # type: ignore[arg-type]  # the keywords are the class's own


def party(name: str, **more: object) -> JoinedActor:
    """A party with an id made from the name."""
    made = JoinedActor(id=name.lower().replace(" ", "-"), kind=ActorKind.PARTY, name=name)
    return attrs.evolve(made, **more)  # type: ignore[arg-type]  # the keywords are the class's own


WEDNESDAY = unwrap(
    """Oosterlandse partijen praten door over dijkfonds

De vier partijen die een provinciebestuur willen vormen, hebben woensdagavond van 19.00 tot 23.45 uur gesproken in
het Waterschapshuis. Over het dijkfonds zijn ze het niet eens geworden.

‘We hebben alle bedragen op tafel gelegd’, zei informateur Ineke Draaisma na afloop. Joris Adema van Stad en
Streek noemde het ‘een nuttige avond’. Volgens een ingewijde draait het om 240 miljoen euro.

Donderdagavond om 20.00 uur gaan de partijen verder."""
)

RADIO = unwrap(
    """Adema: niet tekenen zonder nachttrein

Fractievoorzitter Joris Adema van Stad en Streek zegt dat zijn fractie niet tekent voor een akkoord zonder
nachttrein. "Dat weten de anderen al weken", zei hij in de ochtenduitzending. Selma Bakkali (Groen Verbond) noemt
de nachttrein "bespreekbaar", maar niet "ten koste van de dijken".

De Polderpartij wil dat er vrijdag voor middernacht een handtekening staat. Anders stapt de partij eruit, zei
partijleider Marit van Loon."""
)

WIRE = unwrap(
    """Nachtelijk overleg Oosterland zonder akkoord

De vier partijen in Oosterland zijn in de nacht van donderdag op vrijdag rond 01.30 uur uit elkaar gegaan. Het
overleg was om 20.00 uur begonnen. Een akkoord over het dijkfonds is er niet.

"We zijn er nog niet, maar we zijn ook niet weg", zei Marit van Loon (Polderpartij). Onderhandelaar Pieter
Oldenkamp van De Middenweg zei dat er op onderdelen was bewogen. Adema of Oldenkamp zou hebben voorgesteld het
fonds te splitsen, aldus bronnen rond het overleg.

Vrijdagochtend om 10.00 uur vergaderen de fracties. Daarna praten de onderhandelaars verder."""
)

MORNING = unwrap(
    """Onderhandelaars Oosterland na nacht praten naar huis

Tot kwart over twee zaten ze binnen, de onderhandelaars van de vier partijen. "We zijn er niet, maar we lopen ook
niet weg", zei Van Loon bij het hek. "En dat is al heel wat."

Oldenkamp stelde vast dat er op onderdelen beweging is. Bakkali wilde weinig kwijt. "Ik ga eerst slapen."

Zaterdag kan, als er een akkoord ligt, de ledenraad van Groen Verbond bijeenkomen. Maandag moet het bestuur
volgens de provinciewet zijn aangetreden. Naar verluidt ligt er een voorstel om het fonds in tweeën te knippen."""
)

BULLETIN = unwrap(
    """Het dijkfonds blijft het struikelblok in Oosterland. Informateur Draaisma spreekt van 240 miljoen euro, de
provincie rekent op 260 miljoen. ‘Het gaat om het midden’, aldus Draaisma."""
)

LATER = "Oosterland heeft een bestuur\n\nDe vier partijen zijn het eens geworden, meldt de informateur."
FOREIGN = "Nachtsitzung ohne Einigung\n\nDie vier Parteien haben sich nicht geeinigt."


@attrs.frozen
class Night:
    """The reports of the invented night."""

    wednesday: Document
    radio: Document
    wire: Document
    copy: Document
    morning: Document
    bulletin: Document

    @property
    def all(self) -> tuple[Document, ...]:
        """The reports in order of publication."""
        return (self.wednesday, self.radio, self.wire, self.copy, self.bulletin, self.morning)


def night() -> Night:
    """The six reports, each with its outlet and time."""
    courant = "Oosterlander Courant"
    copied = WIRE.replace("uit elkaar gegaan", "gestopt")
    return Night(
        wednesday=report(WEDNESDAY, outlet=courant, published=minute(10, 23, 58), url="https://courant.example/dijk"),
        radio=report(RADIO, outlet="Radio Oost", published=hour(11, 8)),
        wire=report(WIRE, outlet="Persdienst Noordzee", published=minute(12, 2, 40)),
        copy=report(copied, outlet="De Kustbode", published=minute(12, 3, 5)),
        morning=report(MORNING, outlet=courant, published=minute(12, 6, 30)),
        bulletin=report(BULLETIN, outlet=None, published=whole_day(12)),
    )


def actors(n: Night) -> tuple[JoinedActor, ...]:
    """Everyone in the reports."""
    chair = SeenRole("fractievoorzitter", "Stad en Streek", "Stad en Streek", (passage(n.radio, "Fractievoorzitter"),))
    leader = SeenRole("partijleider", None, "Polderpartij", (passage(n.radio, "partijleider"),))
    negotiator = SeenRole("onderhandelaar", None, "De Middenweg", (passage(n.wire, "Onderhandelaar"),))
    mediator = SeenRole("informateur", None, None, (passage(n.wednesday, "informateur"),))
    return (
        party("Polderpartij", mentions=(passage(n.radio, "De Polderpartij"),)),
        party("Stad en Streek", mentions=(passage(n.wednesday, "Stad en Streek"),)),
        party("Groen Verbond", mentions=(passage(n.radio, "Groen Verbond"),)),
        party("De Middenweg", mentions=(passage(n.wire, "De Middenweg"),)),
        person(
            "Marit van Loon",
            "Polderpartij",
            leader,
            aliases=("Van Loon",),
            mentions=(passage(n.wire, "Marit van Loon"), passage(n.morning, "Van Loon")),
        ),
        person("Joris Adema", "Stad en Streek", chair, aliases=("Adema",), mentions=(passage(n.radio, "Joris Adema"),)),
        person("Selma Bakkali", "Groen Verbond", mentions=(passage(n.radio, "Selma Bakkali"),)),
        person(
            "Pieter Oldenkamp",
            "De Middenweg",
            negotiator,
            mentions=(passage(n.wire, "Pieter Oldenkamp"),),
            doubts=("joris-adema",),
        ),
        person(
            "Ineke Draaisma", None, mediator, mentions=(passage(n.wednesday, "Ineke Draaisma"),), corrections=("C2",)
        ),
        JoinedActor(
            "een-ingewijde", ActorKind.UNNAMED, "een ingewijde", mentions=(passage(n.wednesday, "een ingewijde"),)
        ),
        JoinedActor("bronnen-rond-het-overleg", ActorKind.UNNAMED, "bronnen rond het overleg"),
        JoinedActor("provincie", ActorKind.BODY, "de provincie", mentions=(passage(n.bulletin, "provincie"),)),
        JoinedActor("radio-oost", ActorKind.OUTLET, "Radio Oost"),
    )


def utterances(n: Night) -> tuple[Utterance, ...]:
    """What was said."""
    indirect, mixed = StatementKind.INDIRECT, StatementKind.MIXED
    away, moved = "We zijn er nog niet, maar we zijn ook niet weg", "er op onderdelen was bewogen"
    return (
        utterance(
            telling(
                n.wednesday,
                "We hebben alle bedragen op tafel gelegd",
                "ineke-draaisma",
                named=["informateur Ineke Draaisma"],
            )
        ),
        utterance(telling(n.wednesday, "een nuttige avond", "joris-adema", cue="noemde", named=["Joris Adema"])),
        utterance(
            telling(
                n.wednesday,
                "draait het om 240 miljoen euro",
                "een-ingewijde",
                kind=indirect,
                cue="Volgens",
                named=["een ingewijde"],
            )
        ),
        utterance(
            telling(
                n.radio,
                "zijn fractie niet tekent voor een akkoord zonder nachttrein",
                "joris-adema",
                kind=indirect,
                cue="zegt dat",
                named=["Fractievoorzitter Joris Adema"],
                rule="cue-dat-clause",
            )
        ),
        utterance(telling(n.radio, "Dat weten de anderen al weken", "joris-adema", named=["hij"], corrections=("C1",))),
        utterance(
            telling(
                n.radio,
                'de nachttrein "bespreekbaar", maar niet "ten koste van de dijken"',
                "selma-bakkali",
                kind=mixed,
                cue="noemt",
            )
        ),
        utterance(
            telling(n.wire, away, "marit-van-loon", named=["Marit van Loon"]),
            telling(n.copy, away, "marit-van-loon", named=["Marit van Loon"], copy_of=n.wire.id),
            telling(
                n.morning, "We zijn er niet, maar we lopen ook niet weg", "marit-van-loon", named=["Van Loon"], group=1
            ),
            telling(n.morning, "En dat is al heel wat.", "marit-van-loon", group=1, cue=None),
        ),
        utterance(
            telling(n.wire, moved, "pieter-oldenkamp", kind=indirect, cue="zei dat"),
            telling(n.copy, moved, "pieter-oldenkamp", kind=indirect, cue="zei dat", copy_of=n.wire.id),
            telling(
                n.morning, "er op onderdelen beweging is", "pieter-oldenkamp", kind=indirect, cue="stelde vast dat"
            ),
        ),
        utterance(
            telling(
                n.wire, "het fonds te splitsen", ["joris-adema", "pieter-oldenkamp"], kind=indirect, cue="voorgesteld"
            )
        ),
        utterance(telling(n.morning, "Ik ga eerst slapen.", "selma-bakkali", cue=None)),
        utterance(
            telling(
                n.morning, "ligt er een voorstel om het fonds in tweeën te knippen", kind=indirect, cue="Naar verluidt"
            )
        ),
        utterance(telling(n.bulletin, "Het gaat om het midden", "ineke-draaisma", cue="aldus", named=["Draaisma"])),
    )


def events(n: Night) -> tuple[JoinedEvent, ...]:
    """Sessions, flags and steps."""
    table = ("marit-van-loon", "joris-adema", "selma-bakkali", "pieter-oldenkamp")
    groups = event(
        EventKind.NEXT_STEP,
        "fractievergadering",
        (n.wire, "Vrijdagochtend om 10.00 uur vergaderen de fracties."),
        when=minute(12, 10),
        start=minute(12, 10),
        certainty=Certainty.PLANNED,
        wording="Vrijdagochtend om 10.00 uur",
    )
    return (
        event(
            EventKind.SESSION,
            "overleg",
            (n.wednesday, "hebben woensdagavond van 19.00 tot 23.45 uur gesproken"),
            when=whole_day(10),
            start=minute(10, 19),
            end=minute(10, 23, 45),
            participants=table,
            place="Waterschapshuis",
        ),
        event(
            EventKind.SESSION,
            "overleg",
            (n.wire, "Het overleg was om 20.00 uur begonnen."),
            (n.morning, "Tot kwart over twee zaten ze binnen"),
            when=whole_day(11),
            start=minute(11, 20),
            end=around(12, 1),
            participants=table,
        ),
        groups,
        event(
            EventKind.NEXT_STEP,
            "overleg",
            (n.wire, "Daarna praten de onderhandelaars verder."),
            when=whole_day(12),
            certainty=Certainty.PLANNED,
            follows=groups.id,
            anchor="fractievergadering",
            wording="Daarna",
        ),
        event(
            EventKind.ULTIMATUM,
            "handtekening",
            (n.radio, "De Polderpartij wil dat er vrijdag voor middernacht een handtekening staat."),
            when=Moment(at(12), at(13), Precision.DAYS),
            certainty=Certainty.PLANNED,
            by=("polderpartij",),
            wording="vrijdag voor middernacht",
        ),
        event(
            EventKind.NEXT_STEP,
            "ledenraad",
            (n.morning, "Zaterdag kan, als er een akkoord ligt, de ledenraad van Groen Verbond bijeenkomen."),
            when=whole_day(13),
            certainty=Certainty.CONDITIONAL,
        ),
        event(
            EventKind.DEADLINE,
            "aantreden",
            (n.morning, "Maandag moet het bestuur volgens de provinciewet zijn aangetreden."),
            when=whole_day(15),
            certainty=Certainty.PLANNED,
        ),
    )


def night_view() -> View:
    """The whole invented night, as of Friday morning eight o'clock."""
    n = night()
    told, said = events(n), utterances(n)
    ends = Difference(
        "Dend",
        "end",
        told[1].id,
        (
            Version("rond 01.30 uur", passage(n.wire, "rond 01.30 uur uit elkaar gegaan")),
            Version("kwart over twee", passage(n.morning, "Tot kwart over twee zaten ze binnen")),
        ),
    )
    amounts = Difference(
        "Dnumber",
        "number",
        said[2].id,
        (
            Version("240 miljoen", passage(n.wednesday, "draait het om 240 miljoen euro")),
            Version("260 miljoen", passage(n.bulletin, "de provincie rekent op 260 miljoen")),
        ),
    )
    return View(
        as_of=at(12, 8),
        documents=n.all,
        copies=((n.wire.id, n.copy.id),),
        left_out=(
            LeftOut(report(LATER, outlet="Radio Oost", published=minute(12, 19)), "published later"),
            LeftOut(
                report(FOREIGN, outlet="Grenzkurier", published=minute(12, 5), language="de"), "no language pack for de"
            ),
        ),
        actors=actors(n),
        utterances=said,
        events=told,
        differences=(ends, amounts),
        corrections=(
            Correction(
                CorrectionKind.SET_SPEAKERS,
                said[4].id,
                {"speakers": ["joris-adema"]},
                None,
                "A. Redacteur",
                at(12, 7),
                None,
                "C1",
            ),
            Correction(
                CorrectionKind.RENAME_ACTOR, "ineke-draaisma", {"name": "Ineke Draaisma"}, None, "", None, None, "C2"
            ),
        ),
    )


def large_view(reports: int, statements: int) -> View:
    """A view of many reports over months, with `statements` utterances in each."""
    people = tuple(
        person(f"Spreker {i}", f"Partij {i % 7}", SeenRole("raadslid")) for i in range(max(2, min(reports, 120)))
    )
    documents, said, told = [], [], []
    for i in range(reports):
        sentences = [
            f"Zin {i} {j} gaat over het dijkfonds en over wat er daarna met geld gebeurt" for j in range(statements)
        ]
        body = "\n\n".join(f"‘{s}’, zei Spreker {(i + j) % len(people)} na afloop." for j, s in enumerate(sentences))
        text = f"Bericht nummer {i}\n\nHet overleg van dag {i} duurde van acht tot elf.\n\n{body}"
        published = at(1) + timedelta(hours=7 * i)
        document = report(text, outlet=f"Krant {i % 9}", published=at_precision(published, Precision.MINUTES))
        documents.append(document)
        said += [
            utterance(
                telling(document, s, people[(i + j) % len(people)].id, named=[people[(i + j) % len(people)].name])
            )
            for j, s in enumerate(sentences)
        ]
        if i % 3 == 0:
            start = at_precision(published - timedelta(hours=4), Precision.MINUTES)
            told.append(
                event(
                    EventKind.SESSION, "overleg", (document, f"Het overleg van dag {i} duurde"), when=start, start=start
                )
            )
    parties = tuple(party(f"Partij {i}") for i in range(7))
    return View(documents=tuple(documents), actors=(*parties, *people), utterances=tuple(said), events=tuple(told))
