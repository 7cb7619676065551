"""Reporting verbs: their senses, and which word forms may be which.

A sense ("wijzen ... erop") may need other words beside the verb: a separable particle, a pronominal adverb, fixed words. Its
frames tell what may be said with it, one letter each in ``verbs.csv`` and one bit each here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

import attrs

from treves.reading import word_groups as bits
from treves.reading.pack_files import PackBroken, alternatives, read_rows

QUOTED, CLAUSE, QUESTION, INFINITIVE, FOLLOWS, NAMES, WISHED, SAID, HELD, FELT, EVIDENT, LOOSE = (
    1 << n for n in range(12)
)
_FRAMES = {
    "q": QUOTED,  # may stand beside a quotation: "'Kom terug', zegt X"
    "d": CLAUSE,  # takes a that-clause: "zegt dat"
    "o": QUESTION,  # takes a question: "vraagt of", "legt uit hoe"
    "t": INFINITIVE,  # takes an infinitive: "hoopt te", "roept op om te"
    "v": FOLLOWS,  # may follow its content: "Het akkoord is rond, meldt X"
    "n": NAMES,  # names something in quoted words: "noemt het 'onzin'", "spreekt van 'onzin'"
    "w": WISHED,  # tells a wish, demand or advice
    "s": SAID,  # tells what was said
    "h": HELD,  # tells what is thought, felt or hoped
    "e": FELT,  # who thinks so is its object: "het verbaast X dat"
    "p": EVIDENT,  # tells what shows or is seen; anything may be its subject
    "x": LOOSE,  # means something else as often
}
SPEECH = SAID | HELD


class Form(StrEnum):
    """What form of a verb a word is."""

    FINITE = "finite"
    PARTICIPLE = "participle"
    INFINITIVE = "infinitive"
    PRESENT_PARTICIPLE = "present participle"


@attrs.frozen(eq=False)
class Verb:
    """One reporting sense of a verb.

    Attributes:
        lemma: infinitive.
        particle: separable particle ("aan" of aangeven); empty if none.
        correlate: pronominal adverb or connecting word that must stand by ("erop", "van", "als"); empty if none.
        fixed: words that must stand by ("duidelijk", "weten").
        frames: bits of its frames.
        groups: bits of the word groups that list its infinitive (``RAISING``, ``DENIALS``).
        required: the correlate, unless it may be left out because fixed words stand by.
        stem: what is left of a pronominal `correlate` whose first half stands apart ("er ... op"); empty if nothing.
        merged: what such a rest and the particle make together ("er ... vanuit").
        signs: words of which one stands by wherever the required correlate does, in whatever shape.
        bare: whether nothing else must stand by for this sense.
    """

    lemma: str
    particle: str
    correlate: str
    fixed: tuple[str, ...]
    frames: int
    groups: int
    required: str
    stem: str
    merged: str
    signs: frozenset[str]
    bare: bool


@attrs.frozen(eq=False)
class VerbForm:
    """What a word form may be of a reporting verb.

    Attributes:
        verb: the sense.
        form: finite, participle, infinitive or present participle.
        joined: whether the particle, or the fixed word, is part of the form ("aangeeft", "bekendmaakt").
        finite: whether `form` is finite.
        complete: whether no other word must stand by.
        key: a word without which the sense cannot be; empty if there is no such single word.
    """

    verb: Verb
    form: Form
    joined: bool
    finite: bool
    complete: bool
    key: str


def _verb(row: Mapping[str, str], groups: Mapping[str, int], pronominal: tuple[str, ...]) -> Verb:
    particle, correlate, fixed = row["particle"], row["correlate"], tuple(row["fixed"].split())
    unknown = set(row["frames"]) - set(_FRAMES)
    if unknown:
        raise PackBroken(
            "The verb {verb!r} has the frame {frame!r}.",
            hint="Frames: {frames}.",
            verb=row["lemma"],
            frame=min(unknown),
            frames="".join(_FRAMES),
        )
    first = pronominal[0]
    stem = ""
    if correlate.startswith(pronominal) and len(correlate) > len(first) + 1:
        opening = next(p for p in pronominal if correlate.startswith(p))
        stem = correlate[len(opening) :]
    required = "" if fixed and correlate.startswith(first) else correlate
    merged = correlate[len(first) :] + particle
    return Verb(
        lemma=row["lemma"],
        particle=particle,
        correlate=correlate,
        fixed=fixed,
        frames=sum(_FRAMES[letter] for letter in set(row["frames"])),
        groups=groups.get(row["lemma"], 0),
        required=required,
        stem=stem,
        merged=merged,
        signs=frozenset((required, stem, merged)) - {""},
        bare=not (particle or correlate or fixed),
    )


def _forms_of(verb: Verb, row: Mapping[str, str]) -> Iterator[tuple[str, VerbForm]]:
    """Yield every word form of a row of ``verbs.csv`` with what it may be."""

    def form(kind: Form, *, joined: bool) -> VerbForm:
        complete = verb.bare or (joined and not verb.particle)
        apart = "" if joined or verb.correlate else verb.particle
        return VerbForm(verb, kind, joined, kind is Form.FINITE, complete, max(verb.fixed, key=len, default=apart))

    particle = verb.particle
    lemma = row["lemma"].split()[-1]
    participles = alternatives(row["participle"])
    finite = [*alternatives(row["present"]), *alternatives(row["past_sg"])]
    finite += [lemma.removeprefix(particle), *alternatives(row["past_pl"])]
    for word in finite:
        yield word, form(Form.FINITE, joined=False)
        if particle:
            yield particle + word, form(Form.FINITE, joined=True)
    for word in participles:
        yield word, form(Form.PARTICIPLE, joined=bool(particle))
    if len(verb.fixed) == 1 and not particle and not verb.correlate:  # "bekendgemaakt" beside "bekend gemaakt"
        fixed = verb.fixed[0]
        yield fixed + lemma, form(Form.INFINITIVE, joined=True)
        yield from ((fixed + word, form(Form.PARTICIPLE, joined=True)) for word in participles)
        yield from ((fixed + word, form(Form.FINITE, joined=True)) for word in finite)
    yield lemma, form(Form.INFINITIVE, joined=bool(particle))
    yield lemma + "d", form(Form.PRESENT_PARTICIPLE, joined=bool(particle))


def load_verbs(
    code: str, groups: Mapping[str, int], pronominal: tuple[str, ...], never: Iterable[str]
) -> dict[str, tuple[VerbForm, ...]]:
    """Return what every word form of the reporting verbs of a pack may be, the most demanding sense first.

    Args:
        code: the pack.
        groups: the word-group bits of every word.
        pronominal: what pronominal adverbs begin with ("er", "daar").
        never: words that are something else far more often ("uit", "over").

    Raises:
        PackBroken: the pack's ``verbs.csv`` cannot be read.
    """
    found: dict[str, list[VerbForm]] = {}
    for row in read_rows(code, "verbs.csv"):
        for word, form in _forms_of(_verb(row, groups, pronominal), row):
            found.setdefault(word, []).append(form)
    for word in never:
        found.pop(word, None)
    # the sense that asks for most words comes first: "laat weten" before "laat"
    return {word: tuple(sorted(forms, key=lambda f: -demand(f.verb))) for word, forms in found.items()}


def demand(verb: Verb) -> int:
    """Return how much else must stand by for a sense: the one that asks for most is the likeliest where all of it does."""
    return 2 * len(verb.fixed) + bool(verb.particle) + bool(verb.correlate)


def verb_flags(forms: Iterable[VerbForm]) -> int:
    """Return the bits that the senses of a word form add to its word."""
    flags = bits.VERB
    opinion: VerbForm | None = None
    for form in forms:
        verb, frames = form.verb, form.verb.frames
        if form.finite:
            flags |= bits.FINITE_SENSE
            if not form.joined:
                flags |= bits.REPORTING | bits.FINITE
            if frames & (QUOTED | FOLLOWS):
                flags |= bits.FOLLOWING
        elif form.form is not Form.PRESENT_PARTICIPLE:
            flags |= bits.DEPENDENT
        if frames & SPEECH:
            flags |= bits.SPEAKING | (bits.NAMING if frames & NAMES else 0) | (bits.URGING if urges(verb) else 0)
        if opinion is None and verb.bare and verb.groups & bits.OPINIONS:
            opinion = form
    return flags | (bits.JUDGING if opinion is not None and opinion.finite else 0)


def urges(verb: Verb) -> bool:
    """Return whether an infinitive behind the verb is what is said ("hoopt te"), not what is done ("probeert te")."""
    said = verb.frames & INFINITIVE and verb.frames & SPEECH and not verb.groups & (bits.RAISING | bits.DEEDS)
    return bool(said) and not (verb.bare and verb.frames & LOOSE)
