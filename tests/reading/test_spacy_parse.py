"""Speakers and lemmas from a parse: small parses written by hand, and pipelines saved and loaded for real."""

from __future__ import annotations

import builtins
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treves.errors import SettingError
from treves.model.evidence import Appearance, Document, Span, document_id
from treves.reading.lemmas import with_lemmas
from treves.reading.pack import Pack, load_pack
from treves.reading.reader import read
from treves.reading.spacy_parse import (
    Parse,
    ParserMissing,
    PipelineMissing,
    PipelineUnfit,
    attach,
    load_parser,
)
from treves.reading.tokens import tokenise
from treves.reading.word_groups import REPORTING

spacy = pytest.importorskip("spacy", reason="spaCy is not installed (extra: spacy)")

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Every line is a word: form, head (from 1; 0 is the root), relation, part of speech, lemma ("-": the form itself, in
# lower case) and, where it matters, a morphological feature. "form+" means that no space follows.
PLAIN = """
De             3 det      DET   -
Gelderse       3 amod     ADJ   gelders
gedeputeerde   9 nsubj    NOUN  -
Ties           3 appos    PROPN -
van            4 flat     PROPN -
den            4 flat     PROPN -
Akker          4 flat     PROPN -
vanavond       9 advmod   ADV   -
meldt          0 ROOT     VERB  melden  VerbForm=Fin
dat           12 mark     SCONJ -
het           12 nsubj    PRON  -
lukt+          9 ccomp    VERB  lukken  VerbForm=Fin
.              9 punct    PUNCT -
"""
RELATIVE = """
De             3 det       DET   -
Gelderse       3 amod      ADJ   gelders
gedeputeerde  13 nsubj     NOUN  -
Ties           3 appos     PROPN -
van            4 flat      PROPN -
den            4 flat      PROPN -
Akker+         4 flat      PROPN -
,             11 punct     PUNCT -
die           11 nsubj     PRON  -       PronType=Rel
hierover      11 advmod    ADV   -
onderhandelt+  3 acl:relcl VERB  onderhandelen VerbForm=Fin
,              3 punct     PUNCT -
zegt           0 ROOT      VERB  zeggen  VerbForm=Fin
niets+        13 obj       PRON  -
.             13 punct     PUNCT -
"""
INVERSION = """
Morgen  2 advmod PROPN -
meldt   0 ROOT   VERB  melden  VerbForm=Fin
ook     4 advmod ADV   -
premier 2 nsubj  NOUN  -
Vos     4 appos  PROPN -
zich+   2 expl:pv PRON -
.       2 punct  PUNCT -
"""
SEPARABLE = """
Zij   2 nsubj        PRON -
geeft 0 ROOT         VERB {lemma} VerbForm=Fin
later 2 advmod       ADV  -
aan   2 compound:prt ADP  -
dat   6 mark         SCONJ -
niet  2 ccomp        ADV  -
"""
PERFECT = """
De      2 det    DET  -
fractie 5 nsubj  NOUN -
heeft   5 aux    AUX  hebben VerbForm=Fin
dat     5 obj    PRON -
gezegd+ 0 ROOT   VERB zeggen VerbForm=Part
.       5 punct  PUNCT -
"""
SHARED = """
Bakker   2 nsubj  PROPN -
knikte   0 ROOT   VERB  knikken VerbForm=Fin
en       4 cc     CCONJ -
zei      2 conj   VERB  zeggen  VerbForm=Fin
te       6 mark   ADP   -
hopen    4 xcomp  VERB  -       VerbForm=Inf
op       8 case   ADP   -
steun+   6 obl    NOUN  -
,       10 punct  PUNCT -
wijzend  4 advcl  VERB  wijzen  VerbForm=Part
op      12 case   ADP   -
haast   10 obl    NOUN  -
"""
COORDINATED = """
Minister  7 nsubj   NOUN  -
Vos       1 appos   PROPN -
(         4 punct   PUNCT -
PvM       2 nmod    PROPN -
)         4 punct   PUNCT -
Bakker    1 conj    PROPN -
zeggen    0 ROOT    VERB  -  VerbForm=Fin
niets     7 obj     PRON  -
"""
PAIR = """
Vos     4 nsubj PROPN -
en      3 cc    CCONJ -
Bakker  1 conj  PROPN -
zeggen  0 ROOT  VERB  -  VerbForm=Fin
niets+  4 obj   PRON  -
.       4 punct PUNCT -
"""
APPOSITION = """
Vos+       7 nsubj PROPN -
,          3 punct PUNCT -
leider     1 appos NOUN  -
van        5 case  ADP   -
MNP+       3 nmod  PROPN -
,          1 punct PUNCT -
weigert+   0 ROOT  VERB  weigeren VerbForm=Fin
.          7 punct PUNCT -
"""
SPOKESMAN = """
De           2 det   DET   -
woordvoerder 6 nsubj NOUN  -
van          4 case  ADP   -
minister     2 nmod  NOUN  -
Vos          4 appos PROPN -
zwijgt+      0 ROOT  VERB  zwijgen VerbForm=Fin
.            6 punct PUNCT -
"""
ACCORDING = """
Volgens 3 case  ADP   -
de      3 det   DET   -
leider  6 obl   NOUN  -
van     5 case  ADP   -
MNP     3 nmod  PROPN -
kan     0 ROOT  VERB  kunnen VerbForm=Fin
dat+    6 nsubj PRON  -
.       6 punct PUNCT -
"""
PASSIVE = """
Het        2 det        DET  -
plan       {plan}       NOUN -
werd       6 aux:pass   AUX  worden VerbForm=Fin
door       5 case       ADP  -
Vos        6 {agent}    PROPN -
besproken  0 ROOT       VERB bespreken VerbForm=Part
en         8 cc         CCONJ -
verworpen  6 conj       VERB verwerpen VerbForm=Part
"""
SUBJECTLESS = """
Naar     2 case  ADP   -
verluidt 0 ROOT  VERB  verluiden VerbForm=Fin
kan      2 ccomp VERB  kunnen VerbForm=Fin
dat      3 nsubj PRON  -
"""


@cache
def dutch() -> Language:
    """SpaCy's Dutch without any components."""
    nlp: Language = spacy.blank("nl")
    return nlp


def parsed(rows: str) -> Doc:
    """The parse that `rows` write out."""
    from spacy.tokens import Doc

    table = [line.split() for line in rows.strip().splitlines()]
    words = [row[0].removesuffix("+") for row in table]
    return Doc(
        dutch().vocab,
        words=words,
        spaces=[not row[0].endswith("+") for row in table],
        heads=[int(row[1]) - 1 if row[1] != "0" else i for i, row in enumerate(table)],
        deps=[row[2] for row in table],
        pos=[row[3] for row in table],
        lemmas=[word.lower() if row[4] == "-" else row[4] for word, row in zip(words, table, strict=True)],
        morphs=["".join(row[5:]) for row in table],
    )


def at(text: str, words: str) -> tuple[int, int]:
    """Where `words` stand in `text`, the first time."""
    start = text.index(words)
    return start, start + len(words)


def subject(rows: str, cue: str) -> str | None:
    """The words of the subject of `cue` in the parse that `rows` write out."""
    parse = Parse(parsed(rows))
    found = parse.subject_of(*at(parse.doc.text, cue))
    return None if found is None else parse.doc.text[slice(*found)]


def lemma(rows: str, cue: str) -> str | None:
    """The lemma at `cue` in the parse that `rows` write out."""
    parse = Parse(parsed(rows))
    return parse.lemma_at(*at(parse.doc.text, cue))


# --- subjects --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "cue", "expected"),
    [
        (PLAIN, "meldt", "De Gelderse gedeputeerde Ties van den Akker"),
        (RELATIVE, "zegt", "De Gelderse gedeputeerde Ties van den Akker"),
        (RELATIVE, "onderhandelt", "De Gelderse gedeputeerde Ties van den Akker"),
        (INVERSION, "meldt", "premier Vos"),
        (PERFECT, "gezegd", "De fractie"),
        (PERFECT, "heeft", "De fractie"),
        (PERFECT, "heeft dat gezegd", "De fractie"),
        (SHARED, "zei", "Bakker"),
        (SHARED, "hopen", "Bakker"),
        (SHARED, "wijzend", "Bakker"),
        (PAIR, "zeggen", "Vos en Bakker"),
        (COORDINATED, "zeggen", "Minister Vos ( PvM ) Bakker"),
        (APPOSITION, "weigert", "Vos"),
        (SPOKESMAN, "zwijgt", "De woordvoerder van minister Vos"),
        (ACCORDING, "Volgens", "de leider van MNP"),
        (SUBJECTLESS, "verluidt", None),
    ],
)
def test_subject_is_the_noun_phrase_that_speaks(rows: str, cue: str, expected: str | None) -> None:
    """The range covers the noun phrase, without what is hung on it."""
    assert subject(rows, cue) == expected


def test_part_of_a_word_is_enough_of_a_cue() -> None:
    """A cue that covers only part of its verb still finds it, and one beside it does not."""
    parse = Parse(parsed(PAIR))
    start, end = at(parse.doc.text, "zeggen")
    assert parse.subject_of(start + 2, end - 2) == at(parse.doc.text, "Vos en Bakker")
    assert parse.subject_of(end, end + 1) is None


@pytest.mark.parametrize("cue", [(0, 0), (500, 510)])
def test_cue_without_words_has_no_subject(cue: tuple[int, int]) -> None:
    """An empty cue, or one behind the text, gives nothing."""
    parse = Parse(parsed(PAIR))
    assert parse.subject_of(*cue) is None
    assert parse.lemma_at(*cue) is None


def test_punctuation_is_no_cue() -> None:
    """A colon or full stop speaks for nobody, even where the parse hangs it on the verb."""
    assert subject(PAIR, ".") is None


@pytest.mark.parametrize(
    "rows",
    [
        # on the noun, as a preposition
        "Onzin+ 0 ROOT NOUN -\n, 4 punct PUNCT -\naldus 4 case ADP -\nVos 1 parataxis PROPN -",
        # on the noun, as an adverb
        "Onzin+ 0 ROOT NOUN -\n, 4 punct PUNCT -\naldus 4 advmod ADV -\nVos 1 parataxis PROPN -",
        # the noun on it
        "Onzin+ 0 ROOT NOUN -\n, 3 punct PUNCT -\naldus 1 parataxis ADV -\nVos 3 obl PROPN -",
        # both on the content
        "Onzin+ 0 ROOT NOUN -\n, 4 punct PUNCT -\naldus 1 advmod ADV -\nVos 1 appos PROPN -",
    ],
)
def test_aldus_in_any_of_the_ways_that_parsers_hang_it(rows: str) -> None:
    """The noun phrase after "aldus" speaks, never a noun of what is said."""
    assert subject(rows, "aldus") == "Vos"


def test_aldus_with_a_longer_noun_phrase_that_hangs_on_the_content() -> None:
    """From the first word after the cue the head of its noun phrase is found."""
    rows = (
        "Wij 2 nsubj PRON -\nstoppen+ 0 ROOT VERB - VerbForm=Fin\n, 6 punct PUNCT -\naldus 2 advmod ADV -\n"
        "de 6 det DET -\nleider 2 obl NOUN -\nvan 8 case ADP -\nMNP+ 6 nmod PROPN -\n. 2 punct PUNCT -"
    )
    assert subject(rows, "aldus") == "de leider van MNP"


def test_aldus_with_nobody_behind_it() -> None:
    """A cue at the end of its sentence has no noun phrase, and the content's subject is not taken instead."""
    rows = "Wij 2 nsubj PRON -\nstoppen 0 ROOT VERB - VerbForm=Fin\naldus+ 2 advmod ADV -\n. 2 punct PUNCT -"
    assert subject(rows, "aldus") is None


def test_aldus_with_something_in_between() -> None:
    """An adverb, a comma before the cue or a line break behind it does not hide the noun phrase."""
    from spacy.tokens import Doc

    rows = "Onzin+ 0 ROOT NOUN -\n, 3 punct PUNCT -\naldus 1 parataxis ADV -\nook 3 advmod ADV -\nVos 3 obl PROPN -"
    assert subject(rows, "aldus") == "Vos"
    assert subject(rows, ", aldus") == "Vos"
    doc = Doc(
        dutch().vocab,
        words=["aldus", "\n", "Vos"],
        spaces=[False] * 3,
        heads=[0, 0, 2],
        deps=["ROOT", "dep", "ROOT"],
        pos=["ADV", "SPACE", "PROPN"],
    )
    assert Parse(doc).subject_of(0, 5) == at(doc.text, "Vos")


def test_noun_is_no_cue() -> None:
    """A noun without a verb or preposition speaks for nobody, whatever follows it."""
    rows = "Nieuws 0 ROOT NOUN -\nvan 3 case ADP -\nVos 1 nmod PROPN -"
    assert subject(rows, "Nieuws") is None


def test_cue_at_the_very_end_has_nobody_behind_it() -> None:
    """No word follows: no noun phrase."""
    rows = "Wij 2 nsubj PRON -\nstoppen 0 ROOT VERB - VerbForm=Fin\naldus 2 advmod ADV -"
    assert subject(rows, "aldus") is None


def test_preposition_with_a_participle_used_as_a_noun() -> None:
    """The treebanks tag "betrokkenen" as a verb; it is still the noun phrase of its preposition."""
    rows = "Volgens 2 case ADP -\nbetrokkenen 3 obl VERB betrekken VerbForm=Part\nkan 0 ROOT VERB kunnen VerbForm=Fin"
    assert subject(rows, "Volgens") == "betrokkenen"


def test_passive_subject_does_not_speak() -> None:
    """What is discussed is not who discusses it; the agent is, where the parse has one."""
    assert subject(PASSIVE.format(plan="6 nsubj:pass", agent="obl"), "besproken") is None
    assert subject(PASSIVE.format(plan="6 nsubj:pass", agent="obl"), "verworpen") is None
    assert subject(PASSIVE.format(plan="6 nsubj:pass", agent="obl:agent"), "besproken") == "Vos"


def test_passive_is_seen_by_its_auxiliary_alone() -> None:
    """A subject that the parse fails to mark as passive does not speak either."""
    assert subject(PASSIVE.format(plan="6 nsubj", agent="obl"), "werd") is None


def test_active_verb_shares_the_subject_of_a_passive_one() -> None:
    """In "X werd gehoord en zei" X says it."""
    rows = (
        "Vos 3 nsubj:pass PROPN -\nwerd 3 aux:pass AUX worden VerbForm=Fin\ngehoord 0 ROOT VERB horen VerbForm=Part\n"
        "en 5 cc CCONJ -\nzei 3 conj VERB zeggen VerbForm=Fin\nniets 5 obj PRON -"
    )
    assert subject(rows, "zei") == "Vos"


def test_verb_or_white_space_is_no_subject() -> None:
    """Slips that parsers make: neither a finite verb nor a line break speaks."""
    from spacy.tokens import Doc

    assert subject("Zwijgt 2 nsubj VERB zwijgen VerbForm=Fin\nzei 0 ROOT VERB zeggen VerbForm=Fin", "zei") is None
    doc = Doc(
        dutch().vocab,
        words=["zei", "\n", "Vos"],
        spaces=[False] * 3,
        heads=[0, 0, 0],
        deps=["ROOT", "nsubj", "nsubj"],
        pos=["VERB", "SPACE", "PROPN"],
    )
    assert Parse(doc).subject_of(0, 3) == at(doc.text, "Vos")


def test_relative_clause_without_a_comma_is_left_out() -> None:
    """It is known by its relation, and what stands behind it belongs to the noun phrase no more."""
    rows = (
        "Wie 5 nsubj PRON -\ndie 3 nsubj PRON - PronType=Rel\nzwijgt 1 acl:relcl VERB zwijgen VerbForm=Fin\n"
        "niet 5 advmod ADV -\nspreekt 0 ROOT VERB spreken VerbForm=Fin"
    )
    assert subject(rows, "spreekt") == "Wie"


def test_quotation_marks_at_the_edges_are_left_out() -> None:
    """Marks that hang on the noun phrase are not part of it."""
    belast = (
        "Wie 5 nsubj PRON -\nbelast 1 acl VERB belasten VerbForm=Part\nis+ 2 aux AUX zijn\n” 2 punct PUNCT -\n"
        "zwijgt 0 ROOT VERB zwijgen VerbForm=Fin"
    )
    assert subject(belast, "zwijgt") == "Wie belast is"
    rows = "“+ 2 punct PUNCT -\nVos+ 4 nsubj PROPN -\n” 2 punct PUNCT -\nzwijgt 0 ROOT VERB zwijgen VerbForm=Fin"
    assert subject(rows, "zwijgt") == "Vos"


def test_subordinate_verb_does_not_borrow_a_subject() -> None:
    """A finite complement or adverbial clause without a subject of its own stays without one."""
    rows = "Vos 2 nsubj PROPN -\nzei 0 ROOT VERB zeggen VerbForm=Fin\nkomt 2 {} VERB komen VerbForm=Fin"
    assert subject(rows.format("ccomp"), "komt") is None
    assert subject(rows.format("advcl"), "komt") is None


def test_copula_has_the_subject_of_its_predicate() -> None:
    """In "X is van mening dat" the parse hangs X on the noun."""
    rows = "Vos 4 nsubj PROPN -\nis 4 cop AUX zijn VerbForm=Fin\nvan 4 case ADP -\nmening 0 ROOT NOUN -"
    assert subject(rows, "is") == "Vos"
    assert lemma(rows, "is") == "zijn"


def test_quantity_keeps_what_it_counts() -> None:
    """The head of "een aantal ministers" is "aantal"; both belong to the core."""
    rows = (
        "Een 2 det DET -\naantal 4 nsubj NOUN -\nministers 2 nmod NOUN minister\nmorde 0 ROOT VERB morren VerbForm=Fin"
    )
    parse = Parse(parsed(rows))
    assert parse.core_of(*at(parse.doc.text, "morde")) == at(parse.doc.text, "Een aantal ministers")


def test_noun_phrase_does_not_reach_over_words_of_others() -> None:
    """A modifier that stands behind the verb is left out, so that the range never covers the verb."""
    rows = (
        "Een 2 det DET -\nvoorstel 3 nsubj NOUN -\nlag 0 ROOT VERB liggen VerbForm=Fin\nklaar 3 advmod ADV -\n"
        "van 6 case ADP -\nVos 2 nmod PROPN -"
    )
    assert subject(rows, "lag") == "Een voorstel"


def test_line_break_within_a_noun_phrase() -> None:
    """Wrapped text has a line break as a token; the range runs over it."""
    from spacy.tokens import Doc

    doc = Doc(
        dutch().vocab,
        words=["minister", "\n", "Vos", "\n", "zwijgt"],
        spaces=[False] * 5,
        heads=[4, 0, 0, 2, 4],
        deps=["nsubj", "dep", "appos", "dep", "ROOT"],
        pos=["NOUN", "SPACE", "PROPN", "SPACE", "VERB"],
    )
    parse = Parse(doc)
    assert parse.subject_of(*at(doc.text, "zwijgt")) == at(doc.text, "minister\nVos")


# --- lemmas ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given_lemma", ["geven", "aan_geven", "Aangeven"])
@pytest.mark.parametrize("cue", ["geeft", "aan", "geeft later aan"])
def test_lemma_has_its_particle_once(given_lemma: str, cue: str) -> None:
    """The particle is joined, whether or not the pipeline's lemma has it, and from any part of the cue."""
    assert lemma(SEPARABLE.format(lemma=given_lemma), cue) == "aangeven"


def test_lemma_of_a_fixed_phrase_stays_without_it() -> None:
    """In "brengt naar buiten" the whole phrase is the particle; half of it makes no verb."""
    rows = (
        "Vos 2 nsubj PROPN -\nbrengt 0 ROOT VERB brengen VerbForm=Fin\ndat 2 obj PRON -\n"
        "naar 2 compound:prt ADP -\nbuiten 4 fixed ADV -"
    )
    assert lemma(rows, "brengt") == "brengen"


def test_lemma_of_an_auxiliary_is_that_of_its_verb() -> None:
    """The cue "heeft ... gezegd" has the lemma "zeggen" from either word."""
    assert lemma(PERFECT, "heeft") == lemma(PERFECT, "gezegd") == "zeggen"


def test_lemma_of_several_verbs_is_that_of_the_one_that_governs() -> None:
    """In "te kennen gaf" it is the last one."""
    rows = (
        "Vos 4 nsubj PROPN -\nte 3 mark ADP -\nkennen 4 xcomp VERB - VerbForm=Inf\ngaf 0 ROOT VERB geven VerbForm=Fin"
    )
    assert lemma(rows, "te kennen gaf") == "geven"


def test_no_lemma_without_a_verb_or_a_lemmatizer() -> None:
    """A preposition has no verb's lemma; a pipeline without lemmas gives none."""
    assert lemma(ACCORDING, "Volgens") is None
    doc = parsed(PAIR)
    for token in doc:
        token.lemma_ = ""
    assert Parse(doc).lemma_at(*at(doc.text, "zeggen")) is None


# --- forms that the pack does not list -------------------------------------------------------------------------------

OLD_FORM = """
De       2 det   DET   -
wethouder 4 nsubj NOUN -
niet     4 advmod ADV  -
zeide    0 ROOT  VERB  {lemma} {feature}
dat      8 mark  SCONJ -
de       7 det   DET   -
sluis    8 nsubj NOUN  -
openblijft+ 4 ccomp VERB openblijven VerbForm=Fin
.        4 punct PUNCT -
"""


def extended(rows: str) -> Pack:
    """The Dutch pack, extended by the parse that `rows` write out."""
    doc = parsed(rows)
    return with_lemmas(load_pack("nl"), tokenise(doc.text), Parse(doc))


def test_form_that_is_not_listed_is_known_by_its_lemma() -> None:
    """An old past tense of "zeggen" is a finite form with all its senses; the pack itself learns nothing."""
    pack = load_pack("nl")
    found = extended(OLD_FORM.format(lemma="zeggen", feature="VerbForm=Fin"))
    assert {f.verb for f in found.verbs["zeide"]} == {f.verb for f in pack.verbs["zei"] if f.verb.lemma == "zeggen"}
    assert found.flags["zeide"] & REPORTING
    assert "zeide" not in pack.verbs
    assert "openblijft" not in found.verbs


@pytest.mark.parametrize(
    ("lemma", "feature"), [("vissen", "VerbForm=Fin"), ("zeggen", "VerbForm=Part"), ("-", "VerbForm=Fin")]
)
def test_no_other_form_is_added(lemma: str, feature: str) -> None:
    """No verb of another lemma, no participle, and nothing without lemmas."""
    assert extended(OLD_FORM.format(lemma=lemma, feature=feature)) is load_pack("nl")


def test_separated_particle_is_no_part_of_the_form() -> None:
    """In "geve ... aan" the verb is "aangeven", with its particle apart."""
    found = extended(SEPARABLE.format(lemma="geven").replace("geeft", "geve"))
    assert {(form.verb.lemma, form.joined) for form in found.verbs["geve"]} == {("aangeven", False)}


def test_reader_finds_a_report_by_the_lemma(saved: Callable[..., str]) -> None:
    """With a pipeline the form reports what is said, without one it does not."""
    text = "De bakker zeide dat het brood duurder wordt."
    document = Document(document_id(text), text, (Appearance("report"),), language="nl")
    assert not read(document).statements
    with_pipeline = read(document, pipeline=saved())
    assert [s.content.of(text) for s in with_pipeline.statements] == ["het brood duurder wordt"]


# --- mentions --------------------------------------------------------------------------------------------------------


def attached(rows: str, cue: str, mentions: list[str]) -> int | str | None:
    """What :func:`attach` makes of mentions given by their words; a range as its words."""
    parse = Parse(parsed(rows))
    text = parse.doc.text
    found = attach(parse, Span(*at(text, cue)), [at(text, m) for m in mentions])
    return text[slice(*found)] if isinstance(found, tuple) else found


def test_mention_that_shares_most_with_the_core_is_attached() -> None:
    """The full name wins over its parts and over what stands elsewhere."""
    mentions = ["vanavond", "Gelderse", "De Gelderse gedeputeerde Ties van den Akker", "Ties van den Akker"]
    assert attached(PLAIN, "meldt", mentions) == 2
    assert attached(PLAIN, "meldt", ["Gelderse", "Ties van den Akker"]) == 1


def test_mention_of_another_within_the_noun_phrase_is_not_attached() -> None:
    """The spokesman speaks, not the minister that the phrase names at greater length."""
    assert attached(SPOKESMAN, "zwijgt", ["minister Vos", "De woordvoerder"]) == 1
    assert attached(SPOKESMAN, "zwijgt", ["minister Vos"]) == "De woordvoerder van minister Vos"


def test_shortest_of_mentions_that_share_as_much_is_attached() -> None:
    """A mention that runs on beyond the core gives way."""
    assert attached(PAIR, "zeggen", ["Vos en Bakker", "Vos", "Bakker"]) == 1


def test_nothing_is_attached_without_a_subject() -> None:
    """Without reporting words, without a subject or without mentions there is no mention to name."""
    parse = Parse(parsed(PAIR))
    assert attach(parse, None, [(0, 3)]) is None
    assert attached(SUBJECTLESS, "verluidt", ["dat"]) is None
    assert attached(PAIR, "zeggen", []) == "Vos en Bakker"


# --- pipelines -------------------------------------------------------------------------------------------------------

BAKER = """
De      2 det   DET   -
bakker  3 nsubj NOUN  -
zeide   0 ROOT  VERB  zeggen VerbForm=Fin
dat     8 mark  SCONJ -
het     6 det   DET   -
brood   8 nsubj NOUN  -
duurder 8 xcomp ADJ   duur
wordt+  3 ccomp VERB  worden VerbForm=Fin
.       3 punct PUNCT -
"""
KNOWN = (PLAIN, PERFECT, PAIR, BAKER)


def _known_trees(nlp: Language, name: str, limit: int, warns: bool, shortens: bool) -> Callable[[Doc], Doc]:
    """A component that parses the sentences of KNOWN and makes every other word a sentence without a verb."""
    from spacy.errors import Warnings
    from spacy.tokens import Doc

    nlp.max_length = limit
    trees = [parsed(rows) for rows in KNOWN]

    def annotate(doc: Doc) -> Doc:
        if warns:
            warnings.warn(Warnings.W108, stacklevel=1)
        words = [t.text for t in doc]
        rows: list[tuple[int, str, str, str, str]] = [(i, "ROOT", "X", word, "") for i, word in enumerate(words)]
        black = [t.i for t in doc if not t.is_space]
        for tree in trees:
            for first in range(len(black) - len(tree) + 1):
                places = black[first : first + len(tree)]
                if [words[i] for i in places] == [t.text for t in tree]:
                    for i, t in zip(places, tree, strict=True):
                        rows[i] = (places[t.head.i], t.dep_, t.pos_, t.lemma_, str(t.morph))
        heads, deps, pos, lemmas, morphs = (list(column) for column in zip(*rows, strict=True)) if rows else [[]] * 5
        spaces = [bool(t.whitespace_) for t in doc]
        done = Doc(nlp.vocab, words, spaces, heads=heads, deps=deps, pos=pos, lemmas=lemmas, morphs=morphs)
        return done[:-1].as_doc() if shortens else done

    return annotate


@pytest.fixture(scope="module", autouse=True)
def _components() -> None:
    from spacy.language import Language

    Language.factory(
        "known_trees",
        assigns=["token.dep", "token.head", "token.lemma", "token.pos"],
        default_config={"limit": 1_000_000, "warns": False, "shortens": False},
        func=_known_trees,
    )


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """A function that saves a Dutch pipeline with the component above, one for every setting, and returns its path."""

    @cache
    def save(**config: int | bool) -> str:
        nlp = spacy.blank("nl")
        nlp.add_pipe("known_trees", config=config)
        path = tmp_path_factory.mktemp("pipeline")
        nlp.to_disk(path)
        return str(path)

    yield save
    load_parser.cache_clear()


def test_saved_pipeline_is_loaded_and_parses(saved: Callable[..., str]) -> None:
    """A pipeline from disk parses a report, tokenised by spaCy itself."""
    text = "Kort nieuws.\n\nDe fractie heeft dat gezegd. Vos en Bakker zeggen niets.\n"
    parse = load_parser(saved())(text)
    assert parse.subject_of(*at(text, "gezegd")) == at(text, "De fractie")
    assert parse.lemma_at(*at(text, "gezegd")) == "zeggen"
    assert parse.subject_of(*at(text, "zeggen")) == at(text, "Vos en Bakker")
    assert parse.subject_of(*at(text, "nieuws")) is None


def test_pipeline_is_loaded_once(saved: Callable[..., str]) -> None:
    """Loading takes seconds for a large pipeline, so that it happens once a process."""
    path = saved()
    assert load_parser(path) is load_parser(path)


@pytest.mark.parametrize("before", ["👩🏽‍⚖️🇳🇱 ", "e\u0301e\u0308n ", "𝔗 \u200b\u2028", "\ud800 ", "\x00\t ", "\r\n\n"])
def test_offsets_are_code_points_behind_any_character(saved: Callable[..., str], before: str) -> None:
    """Emoji, combining marks, astral letters and half surrogate pairs do not shift what stands behind them."""
    text = before + "Vos en Bakker zeggen niets."
    assert load_parser(saved())(text).subject_of(*at(text, "zeggen")) == at(text, "Vos en Bakker")


@settings(deadline=None)  # the first example loads the pipeline
@given(before=st.text(st.characters(), max_size=30), after=st.text(st.characters(), max_size=30))
def test_offsets_hold_for_any_text(saved: Callable[..., str], before: str, after: str) -> None:
    """Whatever stands around a sentence, its subject is found where it stands."""
    text = before + "\n\nVos en Bakker zeggen niets.\n\n" + after
    start = len(before) + 2
    cue = start + len("Vos en Bakker ")
    parse = load_parser(saved(limit=64))(text)
    assert parse.subject_of(cue, cue + 6) == (start, start + len("Vos en Bakker"))


@pytest.mark.parametrize("gap", ["\n\n", "\n", " "])
def test_text_beyond_the_limit_is_parsed_in_parts(saved: Callable[..., str], gap: str) -> None:
    """A text longer than the pipeline takes is cut between paragraphs, lines or words, with offsets unchanged."""
    text = gap.join(["Zo gaat het al weken, en morgen weer."] * 3 + ["Vos en Bakker zeggen niets."] * 4)
    parse = load_parser(saved(limit=64))(text)
    assert parse.doc.text == text
    found = [parse.subject_of(m.start(), m.end()) for m in re.finditer("zeggen", text)]
    pairs = [m.span() for m in re.finditer("Vos en Bakker", text)]
    assert found[-1] == pairs[-1]
    assert gap == " " or found == pairs  # words may be cut anywhere; lines and paragraphs stay whole


def test_paragraphs_are_parsed_one_by_one(saved: Callable[..., str]) -> None:
    """A headline without a full stop is not read on into the paragraph below it."""
    text = "Vos en Bakker zeggen\n\nniets.\n \nVos en Bakker zeggen niets."
    parse = load_parser(saved())(text)
    assert parse.subject_of(*at(text, "zeggen")) is None
    assert parse.subject_of(text.rindex("zeggen"), text.rindex("zeggen") + 6) is not None


def test_word_beyond_the_limit_is_cut(saved: Callable[..., str]) -> None:
    """Even a text without a single space is parsed."""
    assert load_parser(saved(limit=64))("x" * 200).doc.text == "x" * 200


def test_empty_text_has_an_empty_parse(saved: Callable[..., str]) -> None:
    """A report without text is no error."""
    assert load_parser(saved())("").subject_of(0, 5) is None


def test_lemmatizer_warning_is_kept_from_the_user(saved: Callable[..., str]) -> None:
    """W108 is silent, and other warnings afterwards are not."""
    parse = load_parser(saved(warns=True))
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        parse("Vos en Bakker zeggen niets.")
        warnings.warn("other", UserWarning, stacklevel=1)
    assert [str(w.message) for w in seen] == ["other"]


def test_missing_spacy_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without spaCy the error names the extra."""
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.partition(".")[0] == "spacy":
            raise ModuleNotFoundError("No module named 'spacy'", name="spacy")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ParserMissing, match="nl_core_news_lg") as caught:
        load_parser("nl_core_news_lg")
    assert caught.value.code == "T411"
    assert "pip install 'treves[spacy]'" in caught.value.hint


def test_unknown_pipeline_is_told_with_how_to_install_it() -> None:
    """A package that is not there: the error names the command that installs it, for the name that was asked."""
    with pytest.raises(PipelineMissing, match="nl_core_news_none") as caught:
        load_parser("nl_core_news_none")
    assert caught.value.code == "T412"
    assert "python -m spacy download nl_core_news_none" in caught.value.hint


def test_missing_folder_is_told_without_a_download(tmp_path: Path) -> None:
    """A path cannot be downloaded."""
    with pytest.raises(PipelineMissing) as caught:
        load_parser(str(tmp_path / "none"))
    assert "download" not in caught.value.hint


def written(folder: Path, config: str) -> str:
    """The path of a pipeline of which only the settings are there."""
    (folder / "meta.json").write_text('{"lang": "nl", "name": "written", "version": "1"}', encoding="utf-8")
    (folder / "config.cfg").write_text(config, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize("config", ["[nlp", "[nlp]\nlang = nl\n", '[nlp]\nlang = "xx-none"\n', ""])
def test_damaged_pipeline_is_told(tmp_path: Path, config: str) -> None:
    """A settings file that cannot be read is an error of ours, not of the parser's inside."""
    with pytest.raises(PipelineMissing):
        load_parser(written(tmp_path, config))


def test_pipeline_with_an_unknown_component_is_told(saved: Callable[..., str], tmp_path: Path) -> None:
    """A pipeline that needs code which is not installed says which."""
    config = (Path(saved()) / "config.cfg").read_text(encoding="utf-8").replace('"known_trees"', '"nobody_knows"')
    with pytest.raises(PipelineMissing, match="nobody_knows"):
        load_parser(written(tmp_path, config))


def test_pipeline_without_parser_is_told(tmp_path: Path) -> None:
    """A pipeline that only cuts sentences cannot name speakers."""
    nlp = spacy.blank("nl")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "cutter")
    with pytest.raises(PipelineUnfit, match="sentencizer") as caught:
        load_parser(str(tmp_path / "cutter"))
    assert caught.value.code == "T413"
    assert isinstance(caught.value, SettingError)


def test_pipeline_that_changes_the_text_is_told(saved: Callable[..., str]) -> None:
    """Offsets of a text that is not the stored one would point at other words."""
    with pytest.raises(PipelineUnfit, match="add up"):
        load_parser(saved(shortens=True))("Vos en Bakker zeggen niets.")


def test_module_is_imported_without_spacy() -> None:
    """Importing the adapter does not import spaCy, so that a start stays fast."""
    import subprocess

    code = "import sys, treves.reading.spacy_parse; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
