"""Who the subject of a reporting verb is, from the parse of a spaCy pipeline that the user has installed.

An optional adapter (extra ``spacy``): spaCy is imported when a pipeline is asked for, never before. Labels are those of
Universal Dependencies v2 as in UD Dutch Alpino and LassySmall (Bouma and van Noord 2017), on which ``nl_core_news_sm``,
``_md`` and ``_lg`` are trained. A parse is a guess of its pipeline; where it has no speaker, nothing here makes one up.
"""

from __future__ import annotations

import re
import warnings
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import attrs

from treves.errors import Phrase, SettingError
from treves.model.evidence import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
_LEANING = frozenset({"aux", "aux:pass", "compound:prt"})
"""Relations of the words that stand for the verb they hang on."""
_PARTS = frozenset({"det", "amod", "nummod", "nmod", "obl", "appos", "flat", "fixed", "compound", "conj", "acl"})
"""Relations, without subtype, of the words that make up a noun phrase with its head."""
_CORE = frozenset({"det", "amod", "nummod", "appos", "flat", "fixed", "compound"})
"""Those of them that say who the head is, rather than whose or which."""
_PHRASAL = frozenset({"conj", "appos", "nmod", "obl", "flat"})
"""Relations of words that head a noun phrase within the noun phrase."""
_SETTING_OFF = frozenset(",;:([-–—")
_PARAGRAPH = re.compile(r"\n\s*\n\s*")
_SURROGATE = re.compile("[\ud800-\udfff]")


class ParserMissing(SettingError):
    """A spaCy pipeline is asked for, but spaCy is not installed."""

    code = "T411"


class PipelineMissing(SettingError):
    """The spaCy pipeline asked for is not installed, or cannot be loaded."""

    code = "T412"


class PipelineUnfit(SettingError):
    """The spaCy pipeline asked for does not parse, or does not keep the text as it is."""

    code = "T413"


@attrs.frozen(eq=False)
class Parse:
    """The parse of one report's text.

    Offsets are code points of the stored text, ranges half-open. Every method looks at a cue: the range of the
    reporting words, of which tokens in part count as well.

    Attributes:
        doc: the parse as spaCy gives it.
    """

    doc: Doc
    _starts: list[int] = attrs.field(init=False, repr=False)

    @_starts.default
    def _token_starts(self) -> list[int]:
        return [token.idx for token in self.doc]

    def subject_of(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the range of the noun phrase that speaks by the cue ``[start, end)``; None where the parse has none.

        That is the nominal subject of its verb, or that of the verb it shares one with; the agent of a passive ("door
        X"); the antecedent of a relative pronoun; or the noun phrase of a cue without a verb ("volgens", "aldus").
        Relative clauses, what is set off by a comma, dash or bracket, and marks at the edges are left out; subjects
        that are coordinated are one range.
        """
        head = self._speaker(start, end)
        return None if head is None else self._range(head, core=False)

    def core_of(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the part of :meth:`subject_of` that says who it is, or who the first is of several.

        It is the head with its article, adjectives and name: "de woordvoerder" of "de woordvoerder van minister X".
        """
        head = self._speaker(start, end)
        return None if head is None else self._range(head, core=True)

    def lemma_at(self, start: int, end: int) -> str | None:
        """Return the lemma of the cue's verb, in lower case and with its particle ("geeft ... aan": "aangeven").

        An auxiliary stands for its main verb. None without a verb, or when the pipeline gives no lemmas.
        """
        verb = _verb(self._tokens(start, end))
        if verb is None or not verb.lemma_:
            return None
        lemma: str = verb.lemma_.lower().replace("_", "")  # the treebanks write "aan_geven"
        loose = [t for t in verb.children if t.dep_ == "compound:prt" and _child(t, "fixed") is None]
        particle = "".join(t.text.lower() for t in loose)
        return lemma if lemma.startswith(particle) else particle + lemma

    def is_finite(self, start: int, end: int) -> bool:
        """Return whether ``[start, end)`` is one word, and itself a finite verb that is no auxiliary."""
        tokens = self._tokens(start, end)
        return len(tokens) == 1 and tokens[0].pos_ == "VERB" and _feature(tokens[0], "VerbForm") == "Fin"

    def _tokens(self, start: int, end: int) -> list[Token]:
        """The words that overlap ``[start, end)``."""
        found: list[Token] = []
        for i in range(max(0, bisect_right(self._starts, start) - 1), len(self._starts)):
            token = self.doc[i]
            if token.idx >= end:
                break
            if token.idx + len(token) > start and not token.is_space and token.pos_ != "PUNCT":
                found.append(token)
        return found

    def _speaker(self, start: int, end: int) -> Token | None:
        """The head of the noun phrase that speaks."""
        tokens = self._tokens(start, end)
        if not tokens:
            return None
        verb = _verb(tokens)
        if verb is None:
            return self._governed(tokens[0])
        subject = _subject(verb.head if verb.dep_ == "cop" else verb)
        if subject is None or _finite(subject):  # a finite verb as a subject is a slip of the parser
            return None
        clause = subject.head
        relative = clause.dep_ == "acl:relcl" and _feature(subject, "PronType") == "Rel"
        return clause.head if relative else subject

    def _governed(self, cue: Token) -> Token | None:
        """The head of the noun phrase that goes with a cue without a verb.

        Parsers differ: the cue hangs on the noun, the noun on the cue, or both on a verb of the content.
        """
        if cue.dep_ == "case":  # whatever the word is tagged as: "betrokkenen" is a verb to the treebanks
            return cue.head
        if _nominal(cue):
            return None
        if cue.head.i > cue.i and _nominal(cue.head):
            return cue.head
        below = next((t for t in cue.rights if _nominal(t)), None)
        if below is not None:
            return below
        after = next((t for t in self.doc[cue.i + 1 :] if not t.is_space), None)
        if after is None:
            return None
        while _bare(after) in _CORE | {"nmod"} and after.head.i > cue.i and after.dep_ != "appos":
            after = after.head
        return after if _nominal(after) else None

    def _range(self, head: Token, *, core: bool) -> tuple[int, int]:
        """The range of the noun phrase of `head`, as far as its words stand together."""
        whole = {t.i for t in head.subtree}
        first = last = head.i
        while first > 0 and (first - 1 in whole or self.doc[first - 1].is_space):
            first -= 1
        while last + 1 < len(self.doc) and (last + 1 in whole or self.doc[last + 1].is_space):
            last += 1
        kept = [t for t in _phrase(head, core=core) if first <= t.i <= last]
        opening, closing = min(kept, key=lambda t: t.i), max(kept, key=lambda t: t.i)
        return opening.idx, closing.idx + len(closing)


# --- verbs -----------------------------------------------------------------------------------------------------------


def _verb(tokens: Sequence[Token]) -> Token | None:
    """The verb among `tokens` that governs the others; for an auxiliary or a particle the verb it belongs to."""
    verbs = [t.head if t.dep_ in _LEANING else t for t in tokens if t.pos_ in _VERBS or t.dep_ == "compound:prt"]
    return min(verbs, key=lambda t: sum(1 for _ in t.ancestors), default=None)


def _subject(verb: Token) -> Token | None:
    """The head of the subject of `verb`: its own, or that of the verb that it is coordinated with or depends on."""
    if _passive(verb):
        return _child(verb, "obl:agent")
    while True:
        own = _child(verb, "nsubj")
        loose = verb.dep_ == "advcl" and not _finite(verb)  # "..., zei X, verwijzend naar ..."
        if own is not None or not (verb.dep_ in {"conj", "xcomp"} or loose):
            return own
        upper = verb.head
        if _passive(upper):
            # "X werd gehoord en zei dat" shares the subject; "het plan werd besproken en verworpen" the passive too.
            return None if verb.dep_ == "conj" and not _finite(verb) else _child(upper, "nsubj:pass")
        verb = upper


def _passive(verb: Token) -> bool:
    return any(t.dep_ in {"aux:pass", "nsubj:pass"} for t in verb.children)


def _finite(verb: Token) -> bool:
    """Whether the verb, or an auxiliary of its own, is finite."""
    auxiliaries = (t for t in verb.children if t.dep_ in _LEANING)
    return any(_feature(t, "VerbForm") == "Fin" for t in (verb, *auxiliaries))


def _feature(token: Token, name: str) -> str:
    """The morphological feature `name` of `token`; empty where it has none."""
    value: str = token.morph.to_dict().get(name, "")
    return value


def _child(token: Token, relation: str) -> Token | None:
    return next((t for t in token.children if t.dep_ == relation and not t.is_space), None)


# --- noun phrases ----------------------------------------------------------------------------------------------------


def _bare(token: Token) -> str:
    """The relation of `token` without its subtype."""
    relation: str = token.dep_
    return relation.partition(":")[0]


def _nominal(token: Token) -> bool:
    """Whether `token` heads a noun phrase, as an adjective with an article does ("de zieke")."""
    return token.pos_ in _NOUNS or _child(token, "det") is not None


def _phrase(head: Token, *, core: bool) -> Iterator[Token]:
    """Yield the words that belong to the noun phrase of `head`, in no order."""
    waiting = [head]
    while waiting:
        token = waiting.pop()
        yield token
        phrasal = token == head or _bare(token) in _PHRASAL
        for child in token.children:
            if child.dep_ in {"acl:relcl", "parataxis", "punct"} or child.is_space or _set_off(child):
                continue
            if phrasal and not (_says_who(child) if core else _takes_part(child, head)):
                continue
            waiting.append(child)


def _takes_part(child: Token, head: Token) -> bool:
    relation = _bare(child)
    if relation == "conj":
        return not _finite(child)
    return relation in _PARTS or (relation in {"case", "cc"} and child.head != head)


def _says_who(child: Token) -> bool:
    # Without a preposition it is a measure: in "een aantal ministers" the head is "aantal".
    measure = child.dep_ == "nmod" and _child(child, "case") is None
    return measure or _bare(child) in _CORE


def _set_off(child: Token) -> bool:
    """Whether a comma, dash or bracket sets `child` off from the word before it that it hangs on; lists are not."""
    if child.i < child.head.i or _bare(child) in {"conj", "cc"}:
        return False
    first = child.left_edge
    return first.text in _SETTING_OFF or (first.i > 0 and first.nbor(-1).text in _SETTING_OFF)


# --- pipelines -------------------------------------------------------------------------------------------------------


@cache
def load_parser(name: str) -> Callable[[str], Parse]:
    """Load an installed spaCy pipeline, once, and return the function that parses a text with it.

    Paragraphs are parsed one by one, those that are longer than the pipeline takes at once (``max_length``, by default
    a million code points) in parts; offsets are those of the whole text all the same.

    Args:
        name: name of an installed pipeline package ("nl_core_news_lg"), or path of a saved pipeline.

    Raises:
        ParserMissing: spaCy is not installed.
        PipelineMissing: there is no such pipeline, or it cannot be loaded.
        PipelineUnfit: it does not parse; when a text is parsed: its tokens do not add up to the text.
    """
    pipeline = _load(name)

    def parse(text: str) -> Parse:
        # Half a surrogate pair cannot be encoded for spaCy; the mark for unknown characters is as long.
        clean = _SURROGATE.sub("\ufffd", text)
        doc = _parsed(pipeline, clean)
        if doc.text != clean:
            raise PipelineUnfit(
                'The tokens of the spaCy pipeline "{name}" do not add up to the text.',
                hint="Use a pipeline with one of spaCy's own tokenizers.",
                name=name,
            )
        return Parse(doc)

    return parse


def _load(name: str) -> Language:
    try:
        import spacy
    except ImportError as error:
        raise ParserMissing(
            'The pipeline "{name}" needs spaCy, which cannot be imported: {error}.',
            hint="Install it: pip install 'treves[spacy]'.",
            name=name,
            error=error,
        ) from error
    try:
        pipeline = spacy.load(name)
    except (ImportError, OSError, ValueError) as error:  # ValueError: a component or setting that spaCy does not know
        reason = str(error).strip().partition("\n")[0]
        is_path = "/" in name or "\\" in name
        download = "Install it, in the version for your spaCy: python -m spacy download {name}"
        check = "Check that this folder holds a saved spaCy pipeline, and that what it needs is installed."
        hint = check if is_path else download
        raise PipelineMissing(
            'The spaCy pipeline "{name}" cannot be loaded: {reason}', hint=hint, name=name, reason=reason
        ) from error
    if not any("token.dep" in pipeline.get_pipe_meta(pipe).assigns for pipe in pipeline.pipe_names):
        parts = ", ".join(pipeline.pipe_names) or Phrase("nothing")
        raise PipelineUnfit(
            'The spaCy pipeline "{name}" does not parse: it consists of {parts}.',
            hint="Use one with a parser, such as nl_core_news_lg.",
            name=name,
            parts=parts,
        )
    return pipeline


def _parsed(pipeline: Language, text: str) -> Doc:
    """Parse paragraph by paragraph: a headline has no full stop, and parsers would run it into what follows."""
    from spacy.tokens import Doc

    with warnings.catch_warnings():
        # W108: a rule-based lemmatizer without a tagger leaves words as they are; nothing that the user can act upon.
        warnings.filterwarnings("ignore", message=r"\[W108\]", category=UserWarning)
        docs = list(pipeline.pipe(_parts(text, pipeline.max_length)))
    if len(docs) == 1:
        return docs[0]
    join: Any = Doc.from_docs  # spaCy's own types leave out `exclude`
    joined: Doc = join(docs, ensure_whitespace=False, exclude=("spans", "tensor", "user_data"))
    return joined


def _parts(text: str, limit: int) -> list[str]:
    """Cut `text` into its paragraphs, and those into parts of at most `limit` code points; together they are `text`."""
    cuts = [0, *(match.end() for match in _PARAGRAPH.finditer(text)), len(text)]
    paragraphs = (text[start:end] for start, end in pairwise(cuts) if start < end)
    return [part for paragraph in paragraphs for part in _cut(paragraph, limit)] or [""]


def _cut(paragraph: str, limit: int) -> Iterator[str]:
    """Yield parts of at most `limit` code points, cut behind a line, or else a word, or anywhere."""
    start = 0
    while len(paragraph) - start > limit:
        breaks = (paragraph.rfind(mark, start, start + limit) + 1 for mark in ("\n", " "))
        cut = next((at for at in breaks if at > start), start + limit)
        yield paragraph[start:cut]
        start = cut
    yield paragraph[start:]


# --- mentions --------------------------------------------------------------------------------------------------------


def attach(parse: Parse, cue: Span | None, mention_spans: Sequence[tuple[int, int]]) -> int | tuple[int, int] | None:
    """Return which mention speaks by `cue`, according to the parse.

    Args:
        parse: the parse of the report.
        cue: the reporting words; None if there are none.
        mention_spans: ranges of the report's mentions.

    Returns:
        The index of the mention that shares most with the subject's core (:meth:`Parse.core_of`), the shortest of
        equals; the range of the whole subject where no mention touches its core; None where the parse has no subject.
    """
    core = parse.core_of(cue.start, cue.end) if cue else None
    if cue is None or core is None:
        return None
    shared = [min(end, core[1]) - max(start, core[0]) for start, end in mention_spans]
    best = max(range(len(shared)), key=lambda i: (shared[i], mention_spans[i][0] - mention_spans[i][1]), default=None)
    return best if best is not None and shared[best] > 0 else parse.subject_of(cue.start, cue.end)
