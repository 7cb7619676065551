"""Language packs: what the reader knows of a language, as data. One folder a language beside this file.

A pack is read once and kept. What its words may be is told beforehand, as bits (see ``word_groups``), so that the rules
need only look.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import repeat
from typing import Any, TypeVar

import attrs

from treves.reading import word_groups as bits
from treves.reading.lexicon import (
    Anaphor,
    KnownName,
    Names,
    Office,
    index_phrases,
    load_anaphora,
    load_heads,
    load_names,
    load_offices,
    load_unnamed,
    told_gender,
)
from treves.reading.pack_files import PackBroken, read_rows, read_toml
from treves.reading.verbs import QUOTED, VerbForm, load_verbs, verb_flags
from treves.text import fold

__all__ = ["KNOWN_LANGUAGES", "Compound", "Pack", "PackBroken", "Spelling", "load_pack", "read_rows", "read_toml"]

KNOWN_LANGUAGES = ("nl",)
"""ISO 639-1 codes of the languages that have a pack."""

_STOPS = ".,:;?!…()[]–—-•/|"
_MARKS = {
    **dict.fromkeys((".", "?", "!", "…", "..", "..."), bits.ENDS),
    ";": bits.ENDS | bits.SEMICOLON,
    ",": bits.COMMA,
    ":": bits.COLON,
    "(": bits.BRACKET,
    **dict.fromkeys(("-", "–", "—"), bits.DASH),
}
_REMEMBERED = 1 << 15
"""Words whose compounds are kept: enough for the running vocabulary of an archive, some megabytes."""
_SHORTEST_COMPOUND = 6
_SHORTEST_BODY = 7
_Head = TypeVar("_Head", Office, KnownName)


@attrs.frozen
class Spelling:
    """What a word's ending or beginning tells; see ``[endings]`` and ``[beginnings]`` of ``grammar.toml``."""

    plural: tuple[str, ...]
    infinitive: tuple[str, ...]
    singular: tuple[str, ...]
    past: tuple[str, ...]
    present_participle: tuple[str, ...]
    participle: tuple[str, ...]
    adverb: tuple[str, ...]
    adjective: tuple[str, ...]
    place_adjective: tuple[str, ...]
    genitive: tuple[str, ...]
    occupation: tuple[str, ...]
    adherent: tuple[str, ...]
    source: tuple[str, ...]
    plural_noun: tuple[str, ...]
    plural_ends: tuple[str, ...]
    collective: tuple[str, ...]
    participle_opening: tuple[str, ...]
    participle_inner: tuple[str, ...]
    pronominal: tuple[str, ...]


@attrs.frozen
class Compound:
    """What one printed word names by its last part: an office, a body, unnamed sources, or nothing.

    Attributes:
        office: "leider" of CDA-leider; None if none.
        modifier: "CDA" of CDA-leider, as printed.
        body: "bond" of artsenbond; None if none.
        source: whether it is a compound for unnamed sources ("coalitiebronnen").
    """

    office: Office | None
    modifier: str
    body: KnownName | None
    source: bool


NO_COMPOUND = Compound(None, "", None, source=False)
"""What a word is that names nothing by its last part."""


@attrs.frozen(eq=False)
class Pack:
    """Everything the reader knows of one language; look-ups are by lower-case word.

    Attributes:
        code: ISO 639-1 code.
        flags: what a word may be, as bits; a word that is not there is a plain word.
        words: word groups as sets.
        spelling: what beginnings and endings tell.
        verbs: what a word form may be of a reporting verb, the most demanding sense first.
        speech: finite forms that may stand right behind a quotation ("zegt").
        offices, heads: offices, and what may end a compound office.
        phrases: offices of several words, by their first word.
        anaphora: general words for persons and bodies.
        names: parties, outlets and bodies.
        unnamed: nouns for sources without a name, and whether each is plural.
        first_names: folded given names with "m", "f" or "".
    """

    code: str
    flags: dict[str, int]
    words: dict[str, frozenset[str]]
    spelling: Spelling
    verbs: dict[str, tuple[VerbForm, ...]]
    speech: frozenset[str]
    offices: dict[str, Office]
    heads: dict[str, Office]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    anaphora: dict[str, Anaphor]
    names: Names
    unnamed: dict[str, bool]
    first_names: dict[str, str]

    def flags_of(self, lower: Iterable[str]) -> list[int]:
        """Return the flags of every lower-case word."""
        return list(map(self.flags.get, lower, repeat(bits.WORD)))

    def party(self, word: str) -> str:
        """Return the shown name of the party that `word` names, a local one by its pattern; empty if it names none."""
        known = self.names.parties.get(fold(word), "")
        return word if not known and self.names.is_local_party(word.split()) else known


@lru_cache(maxsize=_REMEMBERED)
def compound(pack: Pack, word: str) -> Compound:
    """Return what the printed `word` names as a whole or by its last part; bodies as a whole too, offices only in part."""
    low = word.lower()
    office, modifier = _compound_office(pack, word, low)
    named = Compound(office, modifier, _compound_body(pack, low), _is_source(pack, low))
    return NO_COMPOUND if named == NO_COMPOUND else named


def _compound_office(pack: Pack, word: str, low: str) -> tuple[Office | None, str]:
    if len(low) < _SHORTEST_COMPOUND or not low[0].isalpha() or pack.flags.get(low, 0) & bits.REPORTING:
        return None, ""
    general = pack.anaphora.get(low)
    if "-" in low and (general is None or general.relation != "adherent"):  # "christen-democraten" are no compound
        modifier, _, head = word.rpartition("-")
        head = head.lower()
        return pack.offices.get(head) or pack.heads.get(head) or _ending_in(pack.heads, head, 2), modifier
    if general is not None and general.relation not in {"body", "group", "unnamed"}:
        return Office(low, general.value or general.relation, general.gender, plural=general.plural), ""
    office = _ending_in(pack.heads, low, 2)
    return office, word[: len(low) - len(office.word)] if office is not None else ""


def _compound_body(pack: Pack, low: str) -> KnownName | None:
    bodies = pack.names.bodies
    body = bodies.get(low)
    if body is not None or len(low) < _SHORTEST_BODY or not low[0].isalpha():
        return body
    head = low.rpartition("-")[2]
    return bodies.get(head) if head != low else _ending_in(bodies, low, 3)


def _ending_in(heads: Mapping[str, _Head], low: str, shortest: int) -> _Head | None:
    """The longest of `heads` that ends the word, behind at least `shortest` letters and with `shortest` + 2 of its own."""
    return next((heads[low[cut:]] for cut in range(shortest, len(low) - shortest - 1) if low[cut:] in heads), None)


def _is_source(pack: Pack, low: str) -> bool:
    """Whether the word is a compound for unnamed sources ("coalitiebronnen")."""
    endings = pack.spelling.source
    return low.endswith(endings) and low.rsplit(endings[0], 1)[0] in pack.words["source_heads"]


def _load_words(code: str, grammar: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """The word groups of the grammar, filled up from the pack's word lists."""
    groups = {group: {w.lower() for w in listed} for group, listed in grammar.items() if isinstance(listed, list)}
    words = read_toml(code, "words.toml")
    offices = read_toml(code, "offices.toml")
    before = [w.lower() for listed in offices["prefixes"].values() for w in listed]
    groups["office_prefixes"] = {w for w in before if not w.endswith("-")}
    groups["compound_prefixes"] = {w.rstrip("-") for w in before}
    groups["fields"] = {w.rstrip("-") for w in offices["portfolios"]["modifiers"]}
    groups["portfolio_words"] = {w.lower() for name in offices["portfolios"]["names"] for w in name.split()[1:]}
    groups["titles"] = {w.rstrip(".") for w in words["names"]["titles"]}
    prefixes = " ".join(words["names"]["surname_prefixes"] + words["names"]["surname_prefixes_rare"])
    groups["prefixes"] = {*prefixes.replace("’", "'").split(), *prefixes.replace("'", "’").split()}
    groups["abbreviations"] = set(words["abbreviations"]["words"]) - set(words["abbreviations"]["ambiguous"])
    groups["floating"] |= {w for w in words["adverbs"]["between"] if " " not in w}
    groups["function"] |= {w.lower() for w in words["sentence_start"]["capitalised"]}
    groups["negations"] |= {w for w in words["negation"]["words"] if " " not in w}
    groups["source_phrases"] = {
        f"{preposition} {row['noun']}"
        for row in read_rows(code, "nouns.csv")
        for preposition in row["preposition"].split("|")
        if "z" in row["frames"] and preposition and preposition not in groups["no_source_links"]
    }
    groups["floating"] -= groups["auxiliaries"] | groups["coordinators"] | groups["complementizers"]
    return {group: frozenset(listed) for group, listed in groups.items()}


def _load_spelling(grammar: Mapping[str, Any]) -> Spelling:
    beginnings = dict(grammar["beginnings"])
    beginnings["participle_opening"] = beginnings.pop("participle")
    return Spelling(**{name: tuple(listed) for name, listed in {**grammar["endings"], **beginnings}.items()})


def _group_flags(words: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """What the word groups tell of each word, marks included."""
    flags = {mark: bits.STOP | _MARKS.get(mark, 0) for mark in (*_STOPS, *_MARKS)}
    for group, listed in words.items():
        bit = bits.BITS.get(group, 0)
        for word in listed:
            flags[word] = flags.get(word, bits.WORD) | bit
    for word, known in flags.items():
        flags[word] = known | (bits.FINITE if known & bits.AUXILIARIES else 0)
    return flags


def _add_lists(flags: dict[str, int], lists: Mapping[int, Iterable[str]]) -> None:
    """Add to `flags` what the other lists of the pack tell: a bit for each list."""
    for bit, listed in lists.items():
        for word in listed:
            flags[word] = flags.get(word, bits.WORD) | bit


@cache
def load_pack(code: str) -> Pack:
    """Return the language pack for the ISO 639-1 `code`.

    Raises:
        PackBroken: there is no such pack, or one of its files cannot be read.
    """
    if code not in KNOWN_LANGUAGES:
        packs = ", ".join(KNOWN_LANGUAGES)
        raise PackBroken("There is no language pack {code!r}.", hint="Packs: {packs}.", code=code, packs=packs)
    grammar = read_toml(code, "grammar.toml")
    words = _load_words(code, grammar)
    missing = [group for group, bit in bits.BITS.items() if bit >= bits.AND and group not in words]
    if missing:
        lacks = "{code}/grammar.toml lacks the word group {group!r}."
        raise PackBroken(lacks, hint="Every group is needed.", code=code, group=missing[0])
    spelling = _load_spelling(grammar)
    flags = _group_flags(words)
    verbs = load_verbs(code, flags, spelling.pronominal, words["prepositions"])
    offices, names = load_offices(code), load_names(code)
    phrases, unnamed = index_phrases(offices), load_unnamed(code)
    lists: dict[int, Iterable[str]] = {
        bits.OFFICE: offices,
        bits.OFFICE_PHRASE: phrases,
        bits.KNOWN: names.index,
        bits.ADHERENT: names.adherents,
        bits.BODY: names.bodies,
        bits.UNNAMED: unnamed,
        bits.REPORTING_NOUN: [row["noun"] for row in read_rows(code, "nouns.csv")],
    }
    _add_lists(flags, lists)
    for word, forms in verbs.items():
        flags[word] = flags.get(word, bits.WORD) | verb_flags(forms)
    return Pack(
        code=code,
        flags=flags,
        words=words,
        spelling=spelling,
        verbs=verbs,
        speech=frozenset(w for w, forms in verbs.items() if any(f.finite and f.verb.frames & QUOTED for f in forms)),
        offices=offices,
        heads=load_heads(code, offices),
        phrases=phrases,
        anaphora=load_anaphora(code),
        names=names,
        unnamed=unnamed,
        first_names={fold(row["name"]): told_gender(row["gender"]) for row in read_rows(code, "firstnames.csv")},
    )
