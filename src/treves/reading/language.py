"""Which language a text is in, by py3langid (Lui and Baldwin 2012, a naive Bayes over byte n-grams)."""

from __future__ import annotations

from functools import cache
from typing import Any

CANDIDATES = ("nl", "en", "de", "fr", "es", "it", "fy", "da", "sv", "pt", "pl", "tr", "af")
"""Languages told apart; a text in another one is identified as the nearest of these."""

_ENOUGH = 300
"""Code points that are looked at: from 200 on no stretch of a report that was tried is mistaken; more only costs time."""

_TOO_SHORT = 20


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(CANDIDATES))
    return identifier


def identify(text: str) -> str:
    """Return the ISO 639-1 code of the language of `text`; "und" for fewer than 20 letters.

    Afrikaans and Frisian are candidates so that they are not taken for Dutch.
    """
    sample = text[:_ENOUGH]
    if sum(map(str.isalpha, sample)) < _TOO_SHORT:
        return "und"
    code: str = _identifier().classify(sample)[0]
    return code
