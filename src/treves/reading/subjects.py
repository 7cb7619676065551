"""The subject of a verb: before it, behind it (inversion), before an insertion, at the head of a subordinate clause."""

from __future__ import annotations

from treves.reading.nominals import Kind, Mention
from treves.reading.rows import Row, Subject
from treves.reading.word_groups import (
    AND,
    AUXILIARIES,
    COLON,
    COMMA,
    COMPLEMENTIZERS,
    COORDINATORS,
    FINITE,
    FLOATING,
    JOINS,
    NOUN,
    ORGANISATION_LINKS,
    PLURAL_FORMS,
    PREPOSITIONS,
    PRONOUNS_EITHER,
    QUESTIONS,
    QUOTE,
    RELATIVES,
    RELATIVES_COMMON,
    SEMICOLON,
    STOP,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    WORD,
)

_BARRIERS = frozenset({",", ":", ".", ";", "(", "–"})
_BOUNDS = RELATIVES | SUBORDINATORS | COMPLEMENTIZERS | COMMA | COLON | SEMICOLON | QUOTE | FINITE
"""What a look for the head of a subordinate clause stops at, or at least considers."""

_REACH_AFTER = 7
_REACH_BEFORE = 5
_REACH_CLAUSE = 14
"""How many items from its verb a subject may stand: behind it, before it, at the head of a subordinate clause."""


def subject_of(row: Row, i: int) -> Subject | None:
    """Return the subject of the clause whose finite verb is item `i`; None if there is no noun phrase for it.

    The row remembers it for clauses that leave their subject out, and "zij" learns from the verb whether it is she or they.
    """
    found = _find(row, i)
    if found is not None and found.mentions:
        take_subject(row, found, i)
    return found


def take_subject(row: Row, subject: Subject, i: int) -> None:
    """Remember the subject of the verb at item `i`, and tell "zij" (she) from "zij" (they) by the verb's number."""
    row.last_subject = subject
    _number(row, subject, i)


def _find(row: Row, i: int) -> Subject | None:
    after = subject_after(row, i)
    before = subject_before(row, i)
    if after is not None and (_pronominal(row, after) or _agrees(row, after, i)):
        fronted = row.lows[i - 1] == "," and not (before is not None and before.at == 0)
        if before is None or fronted or _pronominal(row, after):
            return after
    if before is not None:
        return before
    if elided(row, i):
        earlier = row.last_subject or _earlier_subject(row, i)
        if earlier is not None:
            return Subject(earlier.mentions)
    return None


def _number(row: Row, subject: Subject, i: int) -> None:
    """Tell "zij" (she) from "zij" (they) by the number of the verb."""
    mention = row.mentions[subject.mentions[0]]
    if mention.kind is Kind.PRONOUN and row.opens_with(mention, PRONOUNS_EITHER):
        mention.plural = _plural_verb(row, i)
        mention.gender = "" if mention.plural else "f"


def _plural_verb(row: Row, i: int) -> bool:
    return row.lows[i].endswith(row.pack.spelling.plural) or bool(row.flags[i] & PLURAL_FORMS)


def _agrees(row: Row, subject: Subject, i: int) -> bool:
    """Whether a noun phrase behind the verb at `i` has its number: a plural one is no subject of a singular verb."""
    several = len(subject.mentions) > 1 or row.mentions[subject.mentions[0]].plural
    return not several or _plural_verb(row, i)


def _pronominal(row: Row, subject: Subject) -> bool:
    mention = row.mentions[subject.mentions[0]]
    return mention.kind is Kind.PRONOUN and row.opens_with(mention, SUBJECT_PRONOUNS)


def is_object_pronoun(row: Row, mention: Mention) -> bool:
    """Return whether the noun phrase is a pronoun that cannot be a subject ("hem", "haar")."""
    return mention.kind is Kind.PRONOUN and not row.opens_with(mention, SUBJECT_PRONOUNS)


def subject_after(row: Row, i: int) -> Subject | None:
    """Return the subject behind the verb at item `i` (inversion: "zei gisteren X"), past floating words and phrases."""
    flags = row.flags
    for j in range(i + 1, min(row.size, i + 1 + _REACH_AFTER)):
        known = flags[j]
        if known & NOUN:
            mention = row.mention(j)
            if not mention.preposition and not is_object_pronoun(row, mention):
                return Subject(coordinated(row, j), j, after=True)
        elif (
            known & (QUOTE | COMPLEMENTIZERS)
            or row.lows[j] in _BARRIERS
            or (known & QUESTIONS and j > i + 1 and not flags[j - 1] & PREPOSITIONS)
        ):
            return None
    return None


def subject_before(row: Row, i: int) -> Subject | None:
    """Return the subject before the verb: next to it, past floating words, before an insertion, or of a subclause."""
    flags = row.flags
    j = i - 1
    while (
        flags[j] & WORD
        and i - 1 - j < _REACH_BEFORE
        and (flags[j] & FLOATING or row.lows[j].endswith(row.pack.spelling.adverb))
    ):
        j -= 1
    if flags[j] & NOUN and flags[j - 1] & ORGANISATION_LINKS and flags[j - 2] & NOUN:
        j -= 2  # "voorzitter X van de club zegt"
    if flags[j] & NOUN and not row.mention(j).preposition:
        return Subject(_coordinated_before(row, j), j)
    if flags[j] & COMMA and j == i - 1:
        return _before_insertion(row, j)
    if flags[j] & RELATIVES and flags[j - 1] & STOP:
        return _antecedent(row, j)
    return _clause_final(row, i)


def _before_insertion(row: Row, comma: int) -> Subject | None:
    """The noun phrase before an insertion that ends at `comma`: "X, fractievoorzitter van Y, zegt"."""
    start = row.clause_start(comma)
    for j in range(start, comma - 1):
        if not row.flags[j] & NOUN or row.mention(j).preposition:
            continue
        if row.flags[j + 1] & (COMMA | RELATIVES):
            return None if row.any(FINITE, start, j) else Subject(_coordinated_before(row, j), j)
    return None


def _antecedent(row: Row, relative: int) -> Subject | None:
    """The noun phrase that a relative clause is about: "X, die gisteren nog sprak, ..."."""
    j = relative - 2 if row.flags[relative - 1] & STOP else relative - 1
    return Subject(_coordinated_before(row, j), j) if row.flags[j] & NOUN else None


def _clause_final(row: Row, i: int) -> Subject | None:
    """The subject of a subordinate clause whose verb stands at its end: "die ... sprak", "toen X zei"."""
    flags = row.flags
    for j in range(i - 1, max(-1, i - _REACH_CLAUSE), -1):
        known = flags[j]
        if not known & _BOUNDS:
            continue
        if known & RELATIVES and (flags[j - 1] & COMMA or (known & RELATIVES_COMMON and flags[j - 1] & NOUN)):
            return _antecedent(row, j)
        if known & (SUBORDINATORS | COMPLEMENTIZERS):
            plain = flags[j + 1] & NOUN and not row.mention(j + 1).preposition
            return Subject(coordinated(row, j + 1), j + 1) if plain else None
        if known & (COMMA | COLON | SEMICOLON) or (known & QUOTE and i - j > 2):
            return None
        if known & FINITE and j < i - 1 and not _may_be_infinitive(row, j):
            return None
    return None


def _may_be_infinitive(row: Row, j: int) -> bool:
    return row.lows[j].endswith(row.pack.spelling.plural) and not row.flags[j] & AUXILIARIES


def elided(row: Row, i: int) -> bool:
    """Return whether the clause of the verb at item `i` leaves its subject out ("..., maar zei")."""
    j = i - 1
    while j > 0 and row.flags[j] & FLOATING:
        j -= 1
    return bool(row.flags[j] & COORDINATORS)


def _earlier_subject(row: Row, i: int) -> Subject | None:
    """The subject of the nearest finite verb before item `i` that has one of its own."""
    for k in range(i - 2, -1, -1):
        if row.flags[k] & FINITE:
            found = subject_before(row, k) or subject_after(row, k)
            if found is not None:
                _number(row, found, k)
                return found
    for j in range(min(i, 2)):
        if row.flags[j] & NOUN and not row.mention(j).preposition:
            return Subject(coordinated(row, j), j)
    return None


def coordinated(row: Row, j: int) -> tuple[int, ...]:
    """Return the noun phrase at item `j` with those joined to its right ("X, Y en Z")."""
    flags, refs = row.flags, row.refs
    found = [refs[j]]
    while flags[j + 1] & (COMMA | JOINS) and flags[j + 2] & NOUN:
        listed = flags[j + 3] & (AND | COMMA) and flags[j + 4] & NOUN
        if (flags[j + 1] & COMMA and not listed) or row.mention(j + 2).appositive >= 0:
            break
        found.append(refs[j + 2])
        j += 2
    return tuple(found)


def _coordinated_before(row: Row, j: int) -> tuple[int, ...]:
    """The noun phrase at item `j` with those joined to its left."""
    found = [row.refs[j]]
    while _joined_before(row, j, JOINS):
        j -= 2
        found.insert(0, row.refs[j])
        while _joined_before(row, j, COMMA):
            j -= 2
            found.insert(0, row.refs[j])
    return tuple(found)


def _joined_before(row: Row, j: int, join: int) -> bool:
    """Whether a noun phrase without preposition stands before the `join` before item `j`."""
    return bool(row.flags[j - 1] & join and row.flags[j - 2] & NOUN) and not row.mention(j - 2).preposition
