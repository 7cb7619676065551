"""From bytes to text: which encoding a report is in, and what is no text at all."""

from __future__ import annotations

import codecs
import re
from typing import ClassVar

from treves.errors import InputError, Phrase

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", Phrase("a PDF file")),
    (b"PK\x03\x04", Phrase("a ZIP or Word file")),
    (b"\xd0\xcf\x11\xe0", Phrase("an old Office file")),
    (b"{\\rtf", Phrase("an RTF file")),
    (b"\x1f\x8b", Phrase("a gzip file")),
    (b"\x89PNG", Phrase("a picture")),
    (b"\xff\xd8\xff", Phrase("a picture")),
    (b"GIF8", Phrase("a picture")),
    (b"SQLite format 3", Phrase("a database")),
)
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1A), 0x1C, 0x1D, 0x1E, 0x1F, 0x7F])
# Encoding names that browsers read as windows-1252, because pages that claim them mean it.
_WESTERN = {"ascii", "iso8859-1", "cp1252"}
_OLDER_ENCODINGS = ("cp1252", "cp850", "mac_roman")
_NOT_WESTERN = re.compile("[^\0-\x7f\xa0-\xffŒœŠšŽžŸƒ‘’‚‹›“”„†‡•…‰€™–—ˆ˜]")
# Signs of another encoding behind a text: symbols or low quotes inside a word, capitals with an accent between plain
# small letters.
_ODD_INSIDE_WORD = re.compile(r"[^\W\d_][‚„“”‰‹›•†‡ˆ˜¨¸¹²³¼½¾¿¡¢£¤¥¦§©ª«»¬®¯°±µ¶º][^\W\d_]|[a-z][À-ÖØ-ÞŠŽŸŒ][a-z]")
_LETTER = re.compile(r"[^\W\d_]")
_FOREIGN_LETTER = re.compile(r"[À-ÿŒœŠšŽžŸ]")
_MOST_FOREIGN = 0.5


class NotText(InputError):
    """A file is binary: a picture, PDF, Word file, archive or damaged beyond reading."""

    code: ClassVar[str] = "T105"


class UnknownEncoding(InputError):
    """A text is in no encoding that can be told, or is damaged."""

    code: ClassVar[str] = "T106"


def decode(data: bytes, *, name: str, declared: str | None = None, lenient: bool = False) -> str:
    """Return the text in `data`, without a byte order mark.

    A byte order mark decides; then UTF-8 where it fits; then the encoding that the file declares; then windows-1252,
    DOS 850 or Mac Roman where the result looks like a Western European language; then the best guess of
    charset-normalizer. Text that was
    already garbled when it was saved stays as it is.

    Args:
        data: the bytes of the report.
        name: what errors call it.
        declared: name of the encoding that a page or server claims, if any.
        lenient: replace what does not decode by U+FFFD, as browsers do with pages, instead of refusing.

    Raises:
        NotText: `data` is binary.
        UnknownEncoding: `data` is damaged or in no encoding that can be told.
    """
    _refuse_magic(data, name)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _by_mark(data, encoding, name=name, lenient=lenient)
    _refuse_controls(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if (text := _as_declared(data, declared)) is not None:
            return text
        if _damaged_utf8(data, error):
            if lenient:
                return data.decode("utf-8", "replace")
            raise UnknownEncoding(
                "{name} is UTF-8 with a damaged character at byte {byte}.",
                hint="Save it again as UTF-8 from the original.",
                name=name,
                byte=error.start,
            ) from None
    return _guess(data, name=name, lenient=lenient)


def _refuse_magic(data: bytes, name: str) -> None:
    kind = next((what for magic, what in _MAGIC if data.startswith(magic)), None)
    if kind:
        raise NotText(
            "{name} is {kind}, not text.",
            hint="Save its text as a UTF-8 text file, or the page as HTML.",
            name=name,
            kind=kind,
        )


def _refuse_controls(data: bytes, name: str) -> None:
    """Refuse NUL bytes, and more control characters than a stray one."""
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls > max(3, len(data) // 100):
        raise NotText(
            "{name} is binary: {controls} of its {size} bytes are control characters.",
            hint="Save its text as a UTF-8 text file.",
            name=name,
            controls=controls,
            size=len(data),
        )


def _by_mark(data: bytes, encoding: str, *, name: str, lenient: bool) -> str:
    try:
        text = data.decode(encoding, "replace" if lenient else "strict")
    except UnicodeDecodeError as error:
        raise UnknownEncoding(
            "{name} begins as {encoding} but byte {byte} does not fit.",
            hint="Save it again as UTF-8 from the original.",
            name=name,
            encoding=error.encoding.upper(),
            byte=error.start,
        ) from None
    if "\0" in text:
        raise NotText("{name} holds NUL characters.", hint="Save its text as a UTF-8 text file.", name=name)
    return text


def _as_declared(data: bytes, declared: str | None) -> str | None:
    """The text as the file claims to be encoded; None when it claims nothing usable."""
    if not declared:
        return None
    try:
        encoding = codecs.lookup(declared.strip().strip("\"'")).name
        text = data.decode("cp1252" if encoding in _WESTERN else encoding)
    except (LookupError, ValueError):  # unknown, no text encoding, or bytes that do not fit
        return None
    return text if isinstance(text, str) and "\0" not in text else None


def _damaged_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether most of what is not ASCII is good UTF-8, so that the rest is damage, not another encoding."""
    good = sum(not c.isascii() for c in data.decode("utf-8", "ignore"))
    bad = data.decode("utf-8", "replace").count("\ufffd") - data.decode("utf-8", "ignore").count("\ufffd")
    return good > bad or (good > 0 and error.end == len(data))


def _guess(data: bytes, *, name: str, lenient: bool) -> str:
    for encoding in _OLDER_ENCODINGS:
        text = data.decode(encoding, "replace")
        if _looks_western(text):
            return text
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is not None and "\0" not in str(best):
        return str(best)
    if lenient:
        return data.decode("utf-8", "replace")
    raise UnknownEncoding(
        "The encoding of {name} cannot be told.",
        hint="Save it again as UTF-8 with the program that made it.",
        name=name,
    )


def _looks_western(text: str) -> bool:
    """Whether `text` has only characters of Western European writing, in places where they make sense."""
    if _NOT_WESTERN.search(text):
        return False
    letters = len(_LETTER.findall(text))
    if len(_FOREIGN_LETTER.findall(text)) > letters * _MOST_FOREIGN:
        return False
    return not _ODD_INSIDE_WORD.search(text)
