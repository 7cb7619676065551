"""The patterns of noun phrases: determiner, adjectives, office or other head, name.

A phrase is a short regular pattern over tokens. Nothing here decides who it is; that is the work of ``cast``.
"""

from __future__ import annotations

from treves.reading.lexicon import KnownName
from treves.reading.nominals import Kind, Mention
from treves.reading.organisations import first_listed, take_bracket, take_organisation
from treves.reading.pack import NO_COMPOUND, compound
from treves.reading.person_names import name_at, plain_opening, with_name
from treves.reading.scan import Head, Scan
from treves.reading.word_groups import (
    ACCORDING,
    ADHERENT,
    ADJECTIVES,
    AND,
    BODY,
    CALENDAR,
    CONJUNCTIONS,
    DETERMINERS,
    FINITE,
    FUNCTION,
    KNOWN,
    OF,
    OFFICE,
    OFFICE_PHRASE,
    OFFICE_PREFIXES,
    PARTITIVES,
    PORTFOLIO_LINKS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    PRONOUNS_F,
    PRONOUNS_M,
    PRONOUNS_P,
    RELATIVES,
    REPORTING_NOUN,
    TITLES,
    UNNAMED,
    VERB,
)
from treves.text import fold

_OPENING = DETERMINERS | POSSESSIVES | PARTITIVES
_HEADS = OFFICE | OFFICE_PHRASE | UNNAMED | ADHERENT | BODY | KNOWN | TITLES
_MAY_HEAD = _HEADS | OFFICE_PREFIXES
_REACH = 5
"""Tokens from the determiner within which the head must start."""
_POINTING = frozenset({"former", "latter", "origin"})
"""Relations of the words that take up one of two persons or somebody by origin, and stand before any noun as well."""
_SHORTEST_COMPOUND = 6
_LONGEST_PARTY = 4
_LONGEST_FIELD = 3
_NO_FIELD = FUNCTION | PREPOSITIONS | FINITE | VERB


def find_phrases(scan: Scan) -> list[Mention]:
    """Return the noun phrases of a report, in order; only the first party of a list lies within the phrase before it."""
    flags, capital, lower = scan.flags, scan.capital, scan.lower
    found: list[Mention] = []
    i = 0
    while i < scan.total:
        known = flags[i]
        mention: Mention | None = None
        if known & _OPENING:
            mention = _after_determiner(scan, i)
        elif known & PRONOUNS:
            mention = _pronoun(scan, i)
        elif capital[i] or known & _HEADS or (capital[i + 1] and _before_name(scan, i)):
            mention = _nominal(scan, i, i, "")
        if mention is None:
            i += 1
            continue
        first = mention.first
        if flags[first - 1] & PREPOSITIONS:
            mention.preposition = lower[first - 1]
        found.append(mention)
        party = first_listed(scan, mention)
        if party is not None:
            found.append(party)
        i = mention.last
    return found


def _before_name(scan: Scan, i: int) -> bool:
    """Whether the lower-case word before a capital is a compound office or an epithet ("sectoreconoom Jurriaan ...")."""
    if scan.lower[i] in scan.epithets:
        return i + 1 not in scan.openings
    return len(scan.lower[i]) >= _SHORTEST_COMPOUND and i + 1 not in scan.openings and scan.office_at(i) is not None


# --- determiners and pronouns ----------------------------------------------------------------------------------------


def _after_determiner(scan: Scan, i: int) -> Mention | None:
    """A phrase that a determiner opens: "de nieuwe minister", "de Utrechtse huisarts", "haar verwachting"."""
    flags, determiner = scan.flags, scan.lower[i]
    if flags[i] & PARTITIVES and flags[i + 1] & OF and i + 2 < scan.total:
        return _one_of(scan, i)
    limit = min(scan.total, i + _REACH)
    for j in range(i + 1, limit):
        if scan.capital[j] and j + 1 < limit and _place_adjective(scan, j):
            mention = _nominal(scan, i, j + 1, determiner)
            if mention is not None and mention.office:
                return mention
        mention = _nominal(scan, i, j, determiner)
        if (
            mention is not None
            and mention.kind is Kind.ROLE
            and not mention.plural
            and determiner in scan.pack.words["numerals"]
        ):
            return None  # "zes weken rector"
        if mention is not None:
            return mention
        if not _is_adjective(scan, j):
            break
    if flags[i] & POSSESSIVES and flags[i + 1] & REPORTING_NOUN:
        return _stands_for(scan, i)
    if flags[i] & UNNAMED:
        return _unnamed(scan, i, i, "")  # "sommigen", "enkelen"
    return _pronoun(scan, i) if flags[i] & PRONOUNS else None


def _place_adjective(scan: Scan, j: int) -> bool:
    return scan.lower[j].endswith(scan.pack.spelling.place_adjective) and scan.words[j + 1][0].islower()


def _is_adjective(scan: Scan, j: int) -> bool:
    low, known = scan.lower[j], scan.flags[j]
    if known & (FUNCTION | PREPOSITIONS) or not low[0].isalnum():
        return False
    return bool(known & ADJECTIVES) or low.endswith(scan.pack.spelling.adjective) or low.isdigit()


def _one_of(scan: Scan, i: int) -> Mention | None:
    """One of several, unnamed: "een van de betrokkenen", "een van hen"."""
    inner = _pronoun(scan, i + 2) if scan.flags[i + 2] & PRONOUNS else _after_determiner(scan, i + 2)
    if inner is None or inner.kind is Kind.PERSON:
        return None
    last = i + 3 if inner.kind is Kind.PRONOUN else inner.last
    return Mention(i, last, (i, last), Kind.UNNAMED)


def _pronoun(scan: Scan, i: int) -> Mention | None:
    """A pronoun: "hij", "hen"; "haar" and "hun" only where no noun follows, or behind "volgens"."""
    if scan.flags[i] & POSSESSIVES and _noun_follows(scan, i) and not scan.flags[i - 1] & ACCORDING:
        return None
    return _stands_for(scan, i)


def _noun_follows(scan: Scan, i: int) -> bool:
    return scan.words[i + 1][:1].isalpha() and not scan.flags[i + 1] & (FINITE | FUNCTION)


def _stands_for(scan: Scan, i: int) -> Mention:
    """A pronoun, or a possessive before a reporting noun ("haar verwachting"), which stands for whoever said it."""
    known = scan.flags[i]
    gender = "m" if known & PRONOUNS_M else "f" if known & PRONOUNS_F else ""
    return Mention(i, i + 1, (i, i + 1), Kind.PRONOUN, gender=gender, plural=bool(known & PRONOUNS_P))


# --- heads -----------------------------------------------------------------------------------------------------------


def _nominal(scan: Scan, first: int, j: int, determiner: str) -> Mention | None:
    """A phrase whose head starts at token `j`, after the determiner and adjectives from `first`."""
    known, capital = scan.flags[j], scan.capital[j]
    if capital and scan.lower[j] in scan.surnames and not (determiner or scan.capital[j + 1]):
        return with_name(scan, first, j, j, determiner)  # "Visser" after "Sam Visser"
    if scan.lower[j] in scan.epithets:
        return _called(scan, first, j, determiner)
    named = compound(scan.pack, scan.words[j])
    if named is NO_COMPOUND and not capital and not known & _MAY_HEAD:
        return None
    if known & OFFICE_PREFIXES and j + 1 < scan.total:
        after = _nominal(scan, first, j + 1, determiner)  # "Vlaams minister", "demissionair premier"
        if after is not None and after.office and after.core[0] == j + 1:
            return after
    mention = _by_name(scan, first, j, determiner)
    if mention is not None:
        return mention
    if known & ADHERENT or (capital and scan.lower[j].endswith(scan.pack.spelling.adherent)):
        return _adherent(scan, first, j, determiner)
    if known & UNNAMED or named.source:
        return _unnamed(scan, first, j, determiner)
    head = scan.office_at(j)
    if head is not None:
        return _official(scan, first, j, head, determiner)
    body = named.body
    if body is not None and (determiner or body.plural or capital or scan.named_next(j)):
        return _body(scan, first, (j, j + 1), body, determiner)
    return _bare_name(scan, first, j, determiner) if capital or known & TITLES else None


def _by_name(scan: Scan, first: int, j: int, determiner: str) -> Mention | None:
    """A party, outlet or body that is called by its name."""
    mention: Mention | None = None
    if scan.capital[j] and (scan.capital[j + 1] or scan.flags[j] & KNOWN):
        mention = _local_party(scan, first, j, determiner)
    if mention is None and scan.flags[j] & KNOWN:
        mention = _known(scan, first, j, determiner)
    return mention


def _local_party(scan: Scan, first: int, j: int, determiner: str) -> Mention | None:
    """A local party, by the pattern of its name: "Leefbaar Delft", "Lijst Kade", "Havenmonde Vooruit (HV)"."""
    end = j + 1
    while scan.capital[end] and end not in scan.openings and scan.words[end][0].isalpha() and end - j < _LONGEST_PARTY:
        end += 1
    words = scan.words[j:end]
    longer = scan.known_name(j)
    if not scan.pack.names.is_local_party(words) or scan.flags[j] & FUNCTION or (longer and longer[0] >= end - j):
        return None
    if fold(words[0]) in scan.pack.first_names:
        return None
    party = " ".join(words)
    mention = Mention(first, end, (j, end), Kind.PARTY, name=(party,), party=party, determiner=determiner)
    take_bracket(scan, mention)
    return mention


def _known(scan: Scan, first: int, j: int, determiner: str) -> Mention | None:
    """A party, outlet or body by name: "D66", "het Centraal Planbureau"."""
    found = scan.known_name(j)
    if found is None:
        return None
    length, name = found
    if name.kind != "body" and length == 1 and not scan.capital[j] and not scan.words[j].isupper():
        return None
    if length == 1 and j in scan.openings and scan.ordinary(j):
        return None
    if name.kind == "body":
        return _body(scan, first, (j, j + length), name, determiner)
    party = name.name if name.kind == "party" else ""
    core = (j, j + length)
    return Mention(first, j + length, core, Kind(name.kind), name=(name.name,), party=party, determiner=determiner)


def _adherent(scan: Scan, first: int, j: int, determiner: str) -> Mention:
    """Somebody of a party: "D66'er Vos", "de liberaal"."""
    low = scan.lower[j].replace("’", "'")
    mention = with_name(scan, first, j, j + 1, determiner)
    ending = next((e for e in scan.pack.spelling.adherent if low.endswith(e)), "")
    mention.party = scan.pack.names.adherents.get(low) or scan.pack.party(low.removesuffix(ending))
    mention.modifier = mention.party or scan.words[j][: -len(ending)]
    return mention


def _called(scan: Scan, first: int, j: int, determiner: str) -> Mention | None:
    """Somebody by an occupation that only the report knows: "imker Jan Vos", and "de imker" for him."""
    if not determiner and not name_at(scan, j + 1):
        return None
    mention = with_name(scan, first, j, j + 1, determiner)
    mention.office = scan.lower[j]
    return mention


def _unnamed(scan: Scan, first: int, j: int, determiner: str) -> Mention | None:
    """Sources without a name: "ingewijden", "coalitiebronnen rond het overleg", "iemand uit de delegatie", "een ander"."""
    low = scan.lower[j]
    plural = scan.pack.unnamed.get(low, low.endswith(scan.pack.spelling.plural_noun))
    mention = Mention(first, j + 1, (j, j + 1), Kind.UNNAMED, plural=plural, determiner=determiner)
    take_organisation(scan, mention)
    alone = mention.last == j + 1
    if low in scan.pack.words["somebody"] and alone and not scan.flags[j + 1] & RELATIVES:
        return None
    if low in scan.pack.words["another"] and not (determiner and alone and not _noun_follows(scan, j)):
        return None
    return mention


def _body(scan: Scan, first: int, core: tuple[int, int], body: KnownName, determiner: str) -> Mention:
    """A body: "het ministerie", "vakbond De Unie", "de D66-fractie"."""
    j, end = core
    word, low = scan.words[j], scan.lower[j]
    hyphenated = "-" in low
    name: tuple[str, ...] = (body.name,) if body.name[0].isupper() else ()
    if end == j + 1 and not hyphenated and not word.isupper() and not body.plural:
        named = scan.capitals_end(end)
        if named > end:
            name, end = tuple(scan.words[end:named]), named
    party = scan.pack.party(word.rpartition("-")[0]) if hyphenated else ""
    mention = Mention(
        first, end, (j, end), Kind.BODY, name=name, office=low, party=party, plural=body.plural, determiner=determiner
    )
    take_bracket(scan, mention)
    take_organisation(scan, mention)
    return mention


def _bare_name(scan: Scan, first: int, j: int, determiner: str) -> Mention | None:
    """A proper name without an office: "Anna de Wit", "J. Vos"."""
    known = scan.flags[j]
    if (determiner and j == first) or known & CALENDAR:
        return None
    opening = j in scan.openings
    if opening and known & FUNCTION and scan.prefix_end(j) == j:
        return None
    mention = with_name(scan, first, j, j, determiner)
    if not mention.name or (opening and len(mention.name) == 1 and plain_opening(scan, j)):
        return None
    return mention


# --- offices ---------------------------------------------------------------------------------------------------------


def _official(scan: Scan, first: int, j: int, head: Head, determiner: str) -> Mention | None:
    """An office with or without a name: "minister en vicepremier Vos", "de VVD-leider", "minister van Wonen Anna Vos"."""
    office = head.office
    if office.kind in _POINTING and _noun_follows(scan, j):
        return None  # "de laatste vergadering"
    if office.kind in ("former", "latter") and not determiner:
        return None  # "als eerste naar buiten"
    end, party = _past_offices(scan, j + head.length, head)
    if office.plural:
        return _role(scan, first, (j, j + head.length), head, party, determiner)
    named = _past_portfolio(scan, end)
    if named == end and not determiner and (office.kind == "expert" or scan.capital[j]):
        named = _past_field(scan, end, plain=office.kind == "expert")
    if not name_at(scan, named):
        known = scan.known_name(end)
        plain = known is not None and known[1].kind == "party" and not determiner
        return _role(scan, first, (j, end if plain else j + head.length), head, party, determiner)
    mention = with_name(scan, first, j, named, determiner)
    if named > end:
        mention.portfolio = scan.text(end + bool(scan.flags[end] & PORTFOLIO_LINKS), named)
    mention.office, mention.modifier = office.singular or office.word, head.modifier
    mention.party = mention.party or party
    mention.gender = mention.gender or office.gender
    return mention


def _past_offices(scan: Scan, end: int, head: Head) -> tuple[int, str]:
    """Where further offices of the same person end ("minister en vicepremier"), and the party that one of them tells."""
    party = scan.pack.party(head.modifier) if head.modifier else ""
    while scan.flags[end] & CONJUNCTIONS and end + 1 < scan.total:
        other = scan.office_at(end + 1)
        if other is None or other.office.plural:
            break
        party = party or (scan.pack.party(other.modifier) if other.modifier else "")
        end += 1 + other.length
    return end, party


def _past_portfolio(scan: Scan, end: int) -> int:
    """Where a name may start behind "van Wonen" or "voor Klimaat en Groei"; `end` itself if no portfolio stands there."""
    if not scan.flags[end] & PORTFOLIO_LINKS or not scan.capital[end + 1]:
        return end
    j = end + 2
    if scan.body(end + 1) is not None or scan.pack.names.is_local_party(scan.words[end + 1 : end + 3]):
        return end  # "voorzitter van Bewonersgroep Oude Werf", "fractievoorzitter van Lijst Kade"
    further = scan.pack.words["portfolio_words"]  # "van Buitenlandse Zaken", "van Wonen en Ruimtelijke Ordening"
    while (scan.capital[j] and scan.lower[j] in further) or (scan.flags[j] & AND and scan.capital[j + 1]):
        j += 1
    return j if scan.capital[j] and scan.known_name(j) is None and scan.gap(j) == 1 else end


def _past_field(scan: Scan, end: int, *, plain: bool) -> int:
    """Where a name may start behind a field ("hoogleraar lokaal bestuur Anna Vos"); `end` itself if none does.

    Where the office is not `plain` an expert's, a word that may be a verb ends the look.
    """
    verbal = (*scan.pack.spelling.singular, *scan.pack.spelling.past)
    j = end + 1 if scan.lower[end] in scan.pack.words["office_prefixes"] and scan.words[end + 1].islower() else end
    while (
        j - end < _LONGEST_FIELD and scan.words[j].islower() and (not scan.flags[j] & _NO_FIELD or scan.flags[j] & AND)
    ):
        if not plain and scan.lower[j].endswith(verbal):
            return end
        j += 1
    return j if name_at(scan, j) and scan.capital[scan.prefix_end(j + 1)] else end


def _role(scan: Scan, first: int, core: tuple[int, int], head: Head, party: str, determiner: str) -> Mention:
    office = head.office
    mention = Mention(
        first,
        core[1],
        core,
        Kind.ROLE,
        office=office.singular or office.word,
        modifier=head.modifier,
        party=party,
        gender=office.gender,
        plural=office.plural,
        determiner=determiner,
    )
    take_bracket(scan, mention)
    take_organisation(scan, mention)
    return mention
