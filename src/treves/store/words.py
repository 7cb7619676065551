"""Words for searching: the same for every database, so that each finds the same reports.

Dossiers hold an index made with these rules and :func:`treves.text.fold`: who changes either adds a migration that
makes the index anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from treves.model.evidence import Span
from treves.text import fold

LONGEST = 64
"""Code points of a word that count; the rest of a longer one is cut off."""
SNIPPET = 200
"""Code points that a snippet aims at."""

_WORD = re.compile(r"[^\W_]+")
_PRINTED = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")  # letters with their accents set apart count as one word
_TERM = re.compile(r'"([^"]*)"(\*?)|(\S+)')
_LEAD, _TAIL = 60, 30
_POSITIONS = 16383  # PostgreSQL counts positions up to here
_MOST_WORDS = 100_000  # keeps an index entry below the megabyte that PostgreSQL allows


@attrs.frozen
class Term:
    """Words that must follow one another; the last one is the beginning of a word if `open` is set."""

    words: tuple[str, ...]
    open: bool = False


def index_words(text: str) -> list[str]:
    """Return the words of `text` as they are indexed: lower case, without accents, at most 64 code points long."""
    return [w[:LONGEST] for w in _WORD.findall(fold(text).lower())]


def parse_query(query: str) -> list[Term]:
    """Read a query into terms that must all be found; never fails.

    Words in double quotes are one term, and so are words that are joined by a sign ("kabinet-Bakker"). A star behind a
    term leaves its ending open. What holds no word is passed over.
    """
    terms: dict[Term, None] = {}
    for quoted, star, bare in _TERM.findall(query):
        words = tuple(index_words(quoted or bare))
        if words:
            terms[Term(words, bool(star) or bare.endswith("*"))] = None
    return list(terms)


def find_matches(text: str, terms: Sequence[Term]) -> list[Span]:
    """Return where `text` holds any of `terms`, in order of place."""
    printed = [m.span() for m in _PRINTED.finditer(text)]
    words = [_indexed(text[start:end]) for start, end in printed]
    found: set[Span] = set()
    for term in terms:
        size = len(term.words)
        for first, word in enumerate(words):
            # The first word decides most cases; only then is the rest compared.
            if not (word.startswith(term.words[0]) if size == 1 and term.open else word == term.words[0]):
                continue
            last = first + size
            tail = words[first + 1 : last]
            if size == 1 or _follows(tail, term):
                found.add(Span(printed[first][0], printed[min(last, len(printed)) - 1][1]))
    return sorted(found)


def _indexed(word: str) -> str:
    return word.lower()[:LONGEST] if word.isascii() else "".join(index_words(word))


def _follows(tail: list[str], term: Term) -> bool:
    wanted = term.words[1:]
    if len(tail) != len(wanted) or tail[:-1] != list(wanted[:-1]):
        return False
    return tail[-1].startswith(wanted[-1]) if term.open else tail[-1] == wanted[-1]


def cut_snippet(text: str, matches: Sequence[Span]) -> tuple[str, int, tuple[Span, ...]]:
    """Return a snippet of `text` around the first match, its offset, and the matches that lie within it.

    Without matches it is the beginning. White space becomes spaces, one for one, so that offsets still hold.
    """
    first = matches[0].start if matches else 0
    start = max(0, first - _LEAD)
    while start and start < first and not text[start - 1].isspace():
        start += 1
    end = max(min(len(text), start + SNIPPET), matches[0].end if matches else 0)
    limit = min(len(text), end + _TAIL)
    while end < limit and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    snippet = "".join(" " if c.isspace() else c for c in text[start:end])
    return snippet, start, tuple(m for m in matches if start <= m.start and m.end <= end)


def as_fts(text: str) -> str:
    """Return the words of `text` as SQLite's full-text search takes them."""
    return " ".join(index_words(text))


def fts_query(terms: Sequence[Term]) -> str:
    """Return `terms` as a query for SQLite's full-text search."""
    return " AND ".join(f'"{" ".join(term.words)}"' + (" *" if term.open else "") for term in terms)


def as_tsvector(text: str) -> str:
    """Return the words of `text` with their positions, written as PostgreSQL's type tsvector.

    Of a text of more than 100,000 words the rest is not found, and after 16,383 words phrases are not told apart.
    """
    places: dict[str, list[str]] = {}
    for position, word in enumerate(index_words(text)[:_MOST_WORDS], 1):
        places.setdefault(word, []).append(str(min(position, _POSITIONS)))
    # The type keeps 256 positions of a word.
    return " ".join(f"'{word}':{','.join(at[:256])}" for word, at in places.items())


def tsquery(terms: Sequence[Term]) -> str:
    """Return `terms` written as PostgreSQL's type tsquery."""
    written = []
    for term in terms:
        phrase = [f"'{word}'" for word in term.words]
        phrase[-1] += ":*" if term.open else ""
        written.append("(" + " <-> ".join(phrase) + ")")
    return " & ".join(written)
