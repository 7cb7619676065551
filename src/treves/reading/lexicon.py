"""The words and names that a language pack lists: offices, general words for persons, parties, bodies, outlets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from treves.reading.pack_files import alternatives, read_rows, read_toml
from treves.text import fold

_SHORTEST_HEAD = 6
"""Letters of an office that may end a compound without being listed as a head."""


@attrs.frozen(eq=False)
class Office:
    """A word by which persons are named: an office, title or occupation.

    Attributes:
        word: the word itself, in lower case.
        kind: its field ("politics", "government", "press", "union", ...).
        gender: "m", "f" or "" when the word does not tell.
        plural: whether it names several.
        singular: the singular of a plural; empty otherwise.
    """

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
    """A name of a party, body or outlet, or a common noun for a body.

    Attributes:
        name: as it is shown.
        kind: "party", "body" or "outlet".
        plural: whether it names several.
    """

    name: str
    kind: str
    plural: bool = False


Forms = tuple[tuple[tuple[str, ...], KnownName], ...]
"""Names that begin with the same word, the longest first: the words of each, and what it names."""


@attrs.frozen(eq=False)
class Names:
    """Parties, outlets and bodies.

    Attributes:
        index: names by their first word in lower case.
        parties: shown name of a party by each of its folded names.
        adherents: shown name of a party by the word for its adherents ("VVD'er").
        families: the families of a party ("liberal") by its shown name.
        bodies: common nouns for bodies ("ministerie").
        local_first, local_last: words that begin or end the name of a local party ("Leefbaar ...", "... Vooruit").
    """

    index: dict[str, Forms]
    parties: dict[str, str]
    adherents: dict[str, str]
    families: dict[str, frozenset[str]]
    bodies: dict[str, KnownName]
    local_first: frozenset[str]
    local_last: frozenset[str]

    def is_local_party(self, words: Sequence[str]) -> bool:
        """Return whether two or more words with capitals make up the name of a local party ("Lijst Kade")."""
        if len(words) < 2 or not all(word[:1].isupper() for word in words):
            return False
        return words[0].lower() in self.local_first or words[-1].lower() in self.local_last


def load_offices(code: str) -> dict[str, Office]:
    """Return the offices of a pack by word, plurals included; some are phrases ("lid van de raad")."""
    offices: dict[str, Office] = {}
    for row in read_rows(code, "offices.csv"):
        word = row["office"].lower()
        gender = told_gender(row["gender"])
        offices[word] = Office(word, row["kind"], gender)
        for plural in alternatives(row["plural"].lower()):
            offices.setdefault(plural, Office(plural, row["kind"], gender, plural=True, singular=word))
    return offices


def load_heads(code: str, offices: dict[str, Office]) -> dict[str, Office]:
    """Return what may end a compound: the heads listed, and every office of at least six letters with its plural."""
    heads = {word: office for word, office in offices.items() if len(word) >= _SHORTEST_HEAD and " " not in word}
    for word, (gender, kind) in read_toml(code, "offices.toml")["heads"].items():
        if len(word) > 2:
            heads.setdefault(word, Office(word, kind, told_gender(gender)))
    return heads


def index_phrases(words: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the phrases among `words` by their first word, the longest first."""
    index: dict[str, list[tuple[str, ...]]] = {}
    for phrase in words:
        parts = tuple(phrase.split())
        if len(parts) > 1:
            index.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(forms, key=len, reverse=True)) for first, forms in index.items()}


def load_anaphora(code: str) -> dict[str, Anaphor]:
    """Return the general words for persons and bodies."""
    found: dict[str, Anaphor] = {}
    for row in read_rows(code, "anaphora.csv"):
        relation, _, value = row["means"].partition(":")
        found[row["word"].lower()] = Anaphor(told_gender(row["gender"]), row["number"] == "pl", relation, value)
    return found


def load_unnamed(code: str) -> dict[str, bool]:
    """Return the nouns for sources without a name, and whether each is plural."""
    return {row["noun"].lower(): row["number"] == "pl" for row in read_rows(code, "unnamed.csv")}


def told_gender(cell: str) -> str:
    """Return "m" or "f", and nothing for "u" (the word does not tell)."""
    return cell.replace("u", "")


def load_names(code: str) -> Names:
    """Return the parties, outlets and bodies of a pack."""
    entries: list[tuple[str, KnownName]] = []
    parties, adherents, families = _load_parties(code, entries)
    for row in read_rows(code, "outlets.csv"):
        known = KnownName(row["name"], "outlet")
        entries += [(form, known) for form in (row["name"], *alternatives(row["aliases"])) if form]
    bodies = _load_bodies(code, entries)
    return Names(_index_names(entries), parties, adherents, families, bodies, *_load_local(code))


def _load_local(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """The single words that begin, and those that end, a pattern of local parties' names."""
    patterns = [pattern.lower().split() for pattern in read_toml(code, "parties.toml")["local"]["patterns"]]
    pairs = [pattern for pattern in patterns if len(pattern) == 2]
    first = frozenset(pair[0] for pair in pairs if pair[1] == "{name}")
    return first, frozenset(pair[1] for pair in pairs if pair[0] == "{name}")


def _load_parties(
    code: str, entries: list[tuple[str, KnownName]]
) -> tuple[dict[str, str], dict[str, str], dict[str, frozenset[str]]]:
    parties: dict[str, str] = {}
    adherents: dict[str, str] = {}
    families: dict[str, frozenset[str]] = {}
    for row in read_rows(code, "parties.csv"):
        shown = row["abbreviation"] or row["name"]
        known = KnownName(shown, "party")
        for form in (row["name"], row["abbreviation"], *alternatives(row["aliases"])):
            if form:
                entries.append((form, known))
                parties.setdefault(fold(form), shown)
        for word in alternatives(row["adherent"]):
            adherents[word.lower().replace("’", "'")] = shown
        if shown not in families or not row["to_year"]:  # of two with one abbreviation that of today ("PVV")
            families[shown] = frozenset(alternatives(row["family"]))
    return parties, adherents, families


def _load_bodies(code: str, entries: list[tuple[str, KnownName]]) -> dict[str, KnownName]:
    bodies: dict[str, KnownName] = {}
    for row in read_rows(code, "bodies.csv"):
        if row["person_like"] != "1":
            continue
        name = row["name"]
        known = KnownName(name, "body", plural=row["number"] == "pl")
        entries += [(form, known) for form in alternatives(row["aliases"]) if form[0].isupper()]
        if name[0].isupper() or " " in name:
            entries.append((name, known))
            continue
        bodies[name] = known
        for plural in alternatives(row["plural"]):
            bodies.setdefault(plural, KnownName(plural, "body", plural=True))
    return bodies


def _index_names(entries: Iterable[tuple[str, KnownName]]) -> dict[str, Forms]:
    index: dict[str, list[tuple[tuple[str, ...], KnownName]]] = {}
    for form, known in entries:
        words = tuple(form.split())
        if words:
            index.setdefault(words[0].lower(), []).append((words, known))
    return {first: tuple(sorted(forms, key=lambda f: -len(f[0]))) for first, forms in index.items()}
