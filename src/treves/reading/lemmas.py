"""Reporting verbs in forms that the pack does not list ("zeide", "beweer"), told by the lemmas of a user's pipeline."""

from __future__ import annotations

from functools import cache

import attrs

from treves.reading.pack import Pack, load_pack
from treves.reading.spacy_parse import Parse
from treves.reading.tokens import Tokens
from treves.reading.verbs import VerbForm, demand, verb_flags
from treves.reading.word_groups import WORD


@cache
def _finite_forms(code: str) -> dict[tuple[str, bool], tuple[VerbForm, ...]]:
    """The finite senses of a pack's verbs, the most demanding first, by lemma and whether the particle is part of the form."""
    found: dict[tuple[str, bool], dict[int, VerbForm]] = {}
    for forms in load_pack(code).verbs.values():
        for form in forms:
            if form.finite:
                found.setdefault((form.verb.lemma, form.joined), {})[id(form.verb)] = form
    return {key: tuple(sorted(senses.values(), key=lambda f: -demand(f.verb))) for key, senses in found.items()}


def with_lemmas(pack: Pack, tokens: Tokens, parse: Parse) -> Pack:
    """Return the pack for one report, with the finite verbs in it that are not listed but whose lemma is.

    Args:
        pack: the language pack, which stays as it is.
        tokens: the report.
        parse: its parse, with lemmas; without them nothing is added.
    """
    known = _finite_forms(pack.code)
    verbs: dict[str, tuple[VerbForm, ...]] = {}
    for word, start, end in zip(tokens.lower, tokens.starts, tokens.ends, strict=True):
        if word in pack.verbs or word in verbs or not word.isalpha() or not parse.is_finite(start, end):
            continue
        lemma = parse.lemma_at(start, end) or ""
        forms = known.get((lemma, False), ())
        particle = forms[0].verb.particle if forms else ""
        if particle and word.startswith(particle):
            forms = known.get((lemma, True), ())
        if forms:
            verbs[word] = forms
    if not verbs:
        return pack
    flags = {word: pack.flags.get(word, WORD) | verb_flags(forms) for word, forms in verbs.items()}
    return attrs.evolve(pack, verbs={**pack.verbs, **verbs}, flags={**pack.flags, **flags})
