"""Language packs: what the reader knows of a language, as data. One folder a language beside this file.

A pack is read once and kept. The folder's README tells the columns of its files.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, ClassVar

import attrs

from treves.errors import TrevesError
from treves.text import fold

KNOWN_LANGUAGES = ("nl",)
"""ISO 639-1 codes of the languages that have a pack."""


class PackBroken(TrevesError):
    """A language pack's data file cannot be read."""

    code: ClassVar[str] = "T001"


@attrs.frozen(eq=False)
class Verb:
    """One reporting sense of a verb.

    Attributes:
        lemma: infinitive.
        particle: separable particle ("aan" of aangeven); empty if none.
        correlate: pronominal adverb or connecting word that must stand by ("erop", "van", "als"); empty if none.
        fixed: words that must stand by ("duidelijk", "weten").
        frames: letters as the folder's README explains them (q, d, o, t, v, n, w, s, h, p, x).
    """

    lemma: str
    particle: str
    correlate: str
    fixed: tuple[str, ...]
    frames: frozenset[str]

    @property
    def bare(self) -> bool:
        """Whether nothing else must stand by for this sense."""
        return not (self.particle or self.correlate or self.fixed)


@attrs.frozen(eq=False)
class VerbForm:
    """What a word form may be: a finite form (with its number), a participle or an infinitive of a reporting verb.

    Attributes:
        verb: the sense.
        form: "finite", "participle" or "infinitive".
        plural: whether a finite form is plural; None when it may be both.
        joined: whether the particle is part of the form ("aangeeft").
    """

    verb: Verb
    form: str
    plural: bool | None = None
    joined: bool = False


@attrs.frozen(eq=False)
class Office:
    """A word by which persons are named: an office, title or occupation."""

    word: str
    kind: str
    gender: str
    plural: bool = False
    singular: str = ""


@attrs.frozen(eq=False)
class Anaphor:
    """A general word that takes up somebody already named ("de bewindsman", "zijn partijgenoot", "de bond").

    Attributes:
        gender: "m", "f" or "".
        plural: whether it names several.
        relation: "office", "adherent", "body", "other", "person" and so on.
        value: what it says of them ("government", "same-party").
    """

    gender: str
    plural: bool
    relation: str
    value: str


@attrs.frozen(eq=False)
class KnownName:
    """A name of a party, body or outlet, or a common noun for a body."""

    name: str
    kind: str
    plural: bool = False
    abbreviation: str = ""


@attrs.frozen(eq=False)
class Pack:
    """Everything the reader knows of one language; look-ups are by lower-case word."""

    code: str
    verbs: dict[str, tuple[VerbForm, ...]]
    nouns: dict[str, frozenset[str]]
    offices: dict[str, Office]
    office_heads: dict[str, Office]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    anaphora: dict[str, Anaphor]
    names: dict[str, tuple[tuple[tuple[str, ...], KnownName], ...]]
    parties: dict[str, str]
    adherents: dict[str, str]
    bodies: dict[str, KnownName]
    unnamed: dict[str, bool]
    first_names: dict[str, str]
    words: dict[str, frozenset[str]]
    finite: frozenset[str]
    speech: frozenset[str]
    """Finite forms that may stand right behind a quotation ("zegt")."""

    def has(self, group: str, word: str) -> bool:
        """Return whether the lower-case `word` is in the word group `group`."""
        return word in self.words[group]


def _folder(code: str) -> Any:
    return resources.files("treves.reading") / code


def read_rows(code: str, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of the CSV file `name` of the pack `code`.

    Raises:
        PackBroken: the file is missing or a row has too few columns.
    """
    try:
        text = (_folder(code) / name).read_text(encoding="utf-8")
    except OSError as error:
        raise PackBroken(f"The language pack {code!r} lacks {name}: {error}.", hint="Install Trêves again.") from error
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        if None in row.values():
            raise PackBroken(f"Row {number} of {code}/{name} has too few columns.")
        yield row


def read_toml(code: str, name: str) -> dict[str, Any]:
    """Return the TOML file `name` of the pack `code`.

    Raises:
        PackBroken: the file is missing or is no TOML.
    """
    try:
        return tomllib.loads((_folder(code) / name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise PackBroken(f"{name} of the language pack {code!r} cannot be read: {error}.") from error


def _verb_forms(row: dict[str, str]) -> Iterator[tuple[str, VerbForm]]:
    particle = row["particle"]
    lemma = row["lemma"].split()[-1]
    verb = Verb(row["lemma"], particle, row["correlate"], tuple(row["fixed"].split()), frozenset(row["frames"]))
    stem = lemma.removeprefix(particle) if particle else lemma
    finite = [(w, False) for w in (*row["present"].split("|"), *row["past_sg"].split("|"))]
    finite += [(w, True) for w in (stem, *row["past_pl"].split("|"))]
    for word, plural in finite:
        if word:
            yield word, VerbForm(verb, "finite", plural)
            if particle:
                yield particle + word, VerbForm(verb, "finite", plural, joined=True)
    for word in row["participle"].split("|"):
        if word:
            yield word, VerbForm(verb, "participle", joined=bool(particle))
    if len(verb.fixed) == 1 and not particle and not verb.correlate:  # "bekendgemaakt" beside "bekend gemaakt"
        fixed = verb.fixed[0]
        yield fixed + lemma, VerbForm(verb, "infinitive", joined=True)
        yield from ((fixed + word, VerbForm(verb, "participle", joined=True)) for word in row["participle"].split("|"))
        yield from ((fixed + word, VerbForm(verb, "finite", plural, joined=True)) for word, plural in finite)
    yield lemma, VerbForm(verb, "infinitive", joined=bool(particle))
    yield lemma + "d", VerbForm(verb, "present participle", joined=bool(particle))


def _load_verbs(code: str) -> dict[str, tuple[VerbForm, ...]]:
    found: dict[str, list[VerbForm]] = {}
    for row in read_rows(code, "verbs.csv"):
        for word, form in _verb_forms(row):
            found.setdefault(word, []).append(form)
    # a word that is a preposition far more often ("uit", "over") is none of them
    for word in _load_words(code)["prepositions"]:
        found.pop(word, None)
    # the sense that asks for most words comes first: "laat weten" before "laat"
    return {w: tuple(sorted(f, key=lambda v: -_demand(v.verb))) for w, f in found.items()}


def _demand(verb: Verb) -> int:
    return 2 * len(verb.fixed) + bool(verb.particle) + bool(verb.correlate)


def _index_names(entries: list[tuple[str, KnownName]]) -> dict[str, tuple[tuple[tuple[str, ...], KnownName], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], KnownName]]] = {}
    for form, known in entries:
        words = tuple(form.split())
        if words:
            index.setdefault(words[0].lower(), []).append((words, known))
    return {first: tuple(sorted(forms, key=lambda f: -len(f[0]))) for first, forms in index.items()}


def _load_offices(code: str) -> dict[str, Office]:
    offices: dict[str, Office] = {}
    for row in read_rows(code, "offices.csv"):
        word = row["office"].lower()
        gender = row["gender"].replace("u", "")
        offices[word] = Office(word, row["kind"], gender)
        for plural in filter(None, row["plural"].split("|")):
            offices.setdefault(plural.lower(), Office(plural.lower(), row["kind"], gender, plural=True, singular=word))
    return offices


def _load_heads(code: str, offices: dict[str, Office]) -> dict[str, Office]:
    """What may end a compound: the heads listed, and every office of at least six letters with its plural."""
    heads = {word: office for word, office in offices.items() if len(word) >= 6 and " " not in word}
    for word, (gender, kind) in read_toml(code, "offices.toml")["heads"].items():
        if len(word) > 2:
            heads.setdefault(word, Office(word, kind, gender.replace("u", "")))
    return heads


def _load_anaphora(code: str) -> dict[str, Anaphor]:
    found: dict[str, Anaphor] = {}
    for row in read_rows(code, "anaphora.csv"):
        relation, _, value = row["means"].partition(":")
        found[row["word"].lower()] = Anaphor(row["gender"].replace("u", ""), row["number"] == "pl", relation, value)
    return found


def _index_phrases(words: Iterator[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    index: dict[str, list[tuple[str, ...]]] = {}
    for phrase in words:
        parts = tuple(phrase.split())
        if len(parts) > 1:
            index.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(forms, key=len, reverse=True)) for first, forms in index.items()}


def _load_known(code: str) -> tuple[list[tuple[str, KnownName]], dict[str, str], dict[str, str], dict[str, KnownName]]:
    entries: list[tuple[str, KnownName]] = []
    parties: dict[str, str] = {}
    adherents: dict[str, str] = {}
    for row in read_rows(code, "parties.csv"):
        shown = row["abbreviation"] or row["name"]
        known = KnownName(shown, "party", abbreviation=row["abbreviation"])
        for form in (row["name"], row["abbreviation"], *row["aliases"].split("|")):
            if form:
                entries.append((form, known))
                parties.setdefault(fold(form), shown)
        for word in filter(None, row["adherent"].split("|")):
            adherents[word.lower().replace("’", "'")] = shown
    for row in read_rows(code, "outlets.csv"):
        known = KnownName(row["name"], "outlet")
        entries += [(form, known) for form in (row["name"], *row["aliases"].split("|")) if form]
    bodies: dict[str, KnownName] = {}
    for row in read_rows(code, "bodies.csv"):
        if row["person_like"] != "1":
            continue
        name = row["name"]
        known = KnownName(name, "body", plural=row["number"] == "pl")
        entries += [(form, known) for form in row["aliases"].split("|") if form and form[0].isupper()]
        if name[0].isupper() or " " in name:
            entries.append((name, known))
            continue
        bodies[name] = known
        for plural in filter(None, row["plural"].split("|")):
            bodies.setdefault(plural, KnownName(plural, "body", plural=True))
    return entries, parties, adherents, bodies


def _load_unnamed(code: str) -> dict[str, bool]:
    """Nouns for sources without a name, and whether each is plural; those that need a marker of anonymity are left out."""
    rows = read_rows(code, "unnamed.csv")
    return {r["noun"].lower(): r["number"] == "pl" for r in rows if r["needs_marker"] != "1"}


def _load_words(code: str) -> dict[str, frozenset[str]]:
    """The word groups of the grammar, filled up from the pack's word lists."""
    groups = {group: {w.lower() for w in listed} for group, listed in read_toml(code, "grammar.toml").items()}
    words = read_toml(code, "words.toml")
    before = [w.lower() for listed in read_toml(code, "offices.toml")["prefixes"].values() for w in listed]
    groups["office_prefixes"] = {w for w in before if not w.endswith("-")}
    groups["titles"] = {w.rstrip(".") for w in words["names"]["titles"]}
    prefixes = words["names"]["surname_prefixes"] + words["names"]["surname_prefixes_rare"]
    groups["prefixes"] = {w for p in prefixes for w in p.replace("’", "'").split()}
    groups["abbreviations"] = set(words["abbreviations"]["words"]) - set(words["abbreviations"]["ambiguous"])
    groups["floating"] |= {w for w in words["adverbs"]["between"] if " " not in w}
    groups["function"] |= {w.lower() for w in words["sentence_start"]["capitalised"]}
    groups["negations"] |= {w for w in words["negation"]["words"] if " " not in w}
    groups["floating"] -= groups["auxiliaries"] | groups["coordinators"] | groups["complementizers"]
    return {group: frozenset(listed) for group, listed in groups.items()}


@cache
def load_pack(code: str) -> Pack:
    """Return the language pack for the ISO 639-1 `code`.

    Raises:
        PackBroken: there is no such pack, or one of its files cannot be read.
    """
    if code not in KNOWN_LANGUAGES:
        raise PackBroken(f"There is no language pack {code!r}.", hint=f"Packs: {', '.join(KNOWN_LANGUAGES)}.")
    offices = _load_offices(code)
    entries, parties, adherents, bodies = _load_known(code)
    words = _load_words(code)
    verbs = _load_verbs(code)
    finite = {w for w, forms in verbs.items() if any(f.form == "finite" and not f.joined for f in forms)}
    return Pack(
        code=code,
        verbs=verbs,
        nouns={r["noun"]: frozenset(r["frames"]) for r in read_rows(code, "nouns.csv")},
        offices=offices,
        office_heads=_load_heads(code, offices),
        phrases=_index_phrases(iter(offices)),
        anaphora=_load_anaphora(code),
        names=_index_names(entries),
        parties=parties,
        adherents=adherents,
        bodies=bodies,
        unnamed=_load_unnamed(code),
        first_names={fold(r["name"]): r["gender"].replace("u", "") for r in read_rows(code, "firstnames.csv")},
        words=words,
        finite=frozenset(finite),
        speech=frozenset(
            w for w, forms in verbs.items() if any(f.form == "finite" and "q" in f.verb.frames for f in forms)
        ),
    )
