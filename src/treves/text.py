"""Small, pure helpers on text; offsets are Unicode code points, ranges half-open ``[start, end)``."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_SPACES = re.compile(r"\s+")
_NON_SLUG = re.compile(r"[^a-z0-9]+")
_MARKS = re.compile("[\u0300-\u036f]+")
# Latin letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = (("ı", "i"), ("ł", "l"), ("ø", "o"), ("đ", "d"), ("ß", "ss"), ("æ", "ae"), ("œ", "oe"))


def fold(text: str) -> str:
    """Return `text` in lower case and without accents, for comparison ("Çelikgöz" becomes "celikgoz")."""
    if text.isascii():
        return text.lower()
    # again in lower case: some compatibility letters have none before they are decomposed ("𝛢")
    folded = _MARKS.sub("", unicodedata.normalize("NFKD", text.lower()).lower())
    # one replacement at a time: str.translate looks up every character of a text that is not all ASCII
    for letter, plain in () if folded.isascii() else _LETTERS:
        if letter in folded:
            folded = folded.replace(letter, plain)
    return folded


def squeeze(text: str) -> str:
    """Return `text` with every run of white space as one space, and none at the edges."""
    return _SPACES.sub(" ", text).strip()


def slug(text: str) -> str:
    """Return a readable identifier of lower-case ASCII letters, digits and hyphens; "unnamed" if nothing is left."""
    return _NON_SLUG.sub("-", fold(text)).strip("-") or "unnamed"


def digest(*parts: str, length: int = 64) -> str:
    """Return the first `length` hexadecimal digits (1-64) of the SHA-256 of `parts`, kept apart by a NUL."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Shrink the range ``[start, end)`` of `text` until neither edge is white space."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
