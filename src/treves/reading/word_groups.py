"""What a word may be, as bits: ``flags & NEGATIONS`` asks whether it belongs to that group.

Every group of a pack's ``grammar.toml`` has a bit of its name here, so that the rules ask what a word does and never which
word it is. The other bits are told by a word's place, by the pack's word lists or by its verb forms.
"""

from __future__ import annotations

# What an item of a row is.
WORD, STOP, NOUN, QUOTE = (1 << n for n in range(4))

# Marks, and the end of a sentence; whatever lies beyond a row counts as an end too.
ENDS, COMMA, COLON, SEMICOLON, DASH, BRACKET = (1 << n for n in range(4, 10))

# Told by the forms of the reporting verbs; see ``verbs``.
(
    VERB,  # a form of a reporting verb
    FINITE,  # a finite form that the pack knows, auxiliaries included; never behind "te"
    REPORTING,  # a finite form of a reporting verb that stands for itself
    FINITE_SENSE,  # may be finite, particle included
    DEPENDENT,  # may be a participle or infinitive
    SPEAKING,  # a sense of saying or thinking
    FOLLOWING,  # a finite form that may follow what is said
    NAMING,  # a sense that names something in quoted words
    URGING,  # a sense whose "te"-infinitive is what is said
    JUDGING,  # a finite form of a verb of opinion
) = (1 << n for n in range(10, 20))

# Told by the lists of offices, names, parties, bodies and sources; see ``pack``.
OFFICE, OFFICE_PHRASE, OFFICE_PREFIXES, TITLES, PREFIXES, KNOWN, ADHERENT, UNNAMED, BODY, REPORTING_NOUN = (
    1 << n for n in range(20, 30)
)

# The groups of ``grammar.toml``, by the names they have there.
(
    AND,
    JOINS,
    COORDINATORS,
    CLAUSE_COORDINATORS,
    CLAUSE_OPENERS,
    CONTRASTS,
    COMPLEMENTIZERS,
    THAT,
    WHETHER,
    QUESTIONS,
    SUBORDINATORS,
    CONDITIONALS,
    RELATIVES,
    RELATIVES_OF_NOUN,
    RELATIVES_COMMON,
    PREPOSITIONS,
    OF,
    AS,
    ABOUT,
    TO,
    IN_ORDER,
    INFINITIVE_JOINS,
    NEGATIONS,
    FLOATING,
    INFINITIVE_ADVERBS,
    ASKED,
    BOILERPLATE,
    AUXILIARIES,
    BE,
    EPISTEMIC,
    HAVE_INFINITIVES,
    IMPERSONAL,
    WRITTEN,
    SOUNDING,
    DOUBLE_FORMS,
    PLURAL_FORMS,
    REFUSALS,
    POSITIONS,
    DENIALS,
    RAISING,
    DEEDS,
    THREATS,
    WARNINGS,
    WISHES,
    OPINIONS,
    SOUNDING_VERBS,
    ACCORDING,
    THUS,
    SO,
    QUOTE_OPENERS,
    ANAPHORIC_CUES,
    AS_FOR,
    CONCERNS,
    TOWARD,
    OWN,
    SAYING,
    RUMOUR,
    JUST,
    LIKE,
    HEARD_AT,
    SOUNDS_FROM,
    RUMOURED_SUBJECTS,
    DETERMINERS,
    INDEFINITE,
    DEFINITE_ARTICLES,
    NEUTER,
    NEUTER_ARTICLES,
    POSSESSIVES,
    PARTITIVES,
    ADJECTIVES,
    FUNCTION,
    PHRASE_OPENERS,
    CONJUNCTIONS,
    ORGANISATION_LINKS,
    ORGANISATION_LINKS_UNNAMED,
    NEAR,
    NEAR_TO,
    PORTFOLIO_LINKS,
    SOURCE_HEADS,
    CALENDAR,
    PLACES,
    NO_SOURCE,
    SHOUTED,
    PRONOUNS,
    SUBJECT_PRONOUNS,
    PRONOUNS_M,
    PRONOUNS_F,
    PRONOUNS_P,
    PRONOUNS_EITHER,
    UNRESOLVED_PRONOUNS,
    IT,
    THERE,
    REFLEXIVE,
    GENERIC,
    FACTION_OFFICES,
    SINGLE_OFFICES,
    CREDITS,
    CREDIT_LINKS,
) = (1 << n for n in range(30, 128))

BITS = {name.lower(): bit for name, bit in globals().items() if name.isupper() and isinstance(bit, int)}
"""The bit of every group by its name in ``grammar.toml``."""
