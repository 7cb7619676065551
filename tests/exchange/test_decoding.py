"""Decoding: every encoding that reports come in gives the same text, and what is no text is refused."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from treves.exchange.decoding import NotText, UnknownEncoding, decode

SENTENCE = (
    "de het een overleg coalitie reünie geïrriteerd financiën één vóór café coördinatie ministersploeg ’s-avonds "
    "„akkoord” ‘nee’ naïef fracties hé crèche scène maïs € 200 – zei beëindigd knieën überhaupt façade"
)
WORDS = SENTENCE.split()
dutch = st.lists(st.sampled_from(WORDS), min_size=3, max_size=40).map(" ".join)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252")


def is_utf8(data: bytes) -> bool:
    """Whether `data` could be UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@given(text=dutch, encoding=st.sampled_from(ENCODINGS))
def test_dutch_text_survives_every_encoding(text: str, encoding: str) -> None:
    """Dutch text is the same whichever of the usual encodings it was saved in."""
    data = text.encode(encoding)
    if encoding == "cp1252":
        # Some pairs of bytes mean something in both encodings; then UTF-8 is right to win.
        assume(data.isascii() or not is_utf8(data))
    assert decode(data, name="r.txt") == text


@given(text=st.text())
def test_any_text_survives_utf8(text: str) -> None:
    """Whatever UTF-8 decodes to is not changed; what is refused is binary."""
    try:
        assert decode(text.encode(), name="r.txt") == text.removeprefix("\ufeff")
    except NotText:
        assert any(c < " " or c == "\x7f" for c in text) or text.startswith(("PK", "{\\rtf", "%PDF-", "GIF8", "SQLite"))


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman", "iso8859-15"])
def test_older_encodings(encoding: str) -> None:
    """DOS, Mac and Latin-9 texts come out right."""
    text = "De coördinatie van de reünie was geëindigd, zei één van de coalitiepartners in het café."
    assert decode(text.encode(encoding), name="r.txt") == text


def test_other_languages_are_guessed() -> None:
    """A longer Bulgarian text in windows-1251 is not taken for a Western one."""
    text = "Министър-председателят каза, че разговорите ще продължат до петък. Депутатите са уморени. " * 4
    assert decode(text.encode("cp1251"), name="r.txt") == text


def test_garbled_text_is_not_repaired() -> None:
    """Text that was garbled before it was saved stays so."""
    garbled = "De coÃ¶rdinatie duurde Ã©Ã©n uur."
    assert decode(garbled.encode(), name="r.txt") == garbled


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.4 een rapport", "PDF"),
        (b"PK\x03\x04 een document", "ZIP or Word"),
        (b"{\\rtf1 een rapport}", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"drie hele woorden\0en meer", "binary"),
        (bytes(range(1, 32)) * 10, "binary"),
        ("\ufeffeen woord\0en meer".encode("utf-16-le"), "NUL"),
    ],
)
def test_binary_is_refused(data: bytes, what: str) -> None:
    """What is no text is refused, and the error says what it is."""
    with pytest.raises(NotText, match=what) as caught:
        decode(data, name="r.txt")
    assert caught.value.code == "T105"


@pytest.mark.parametrize(
    "data",
    [
        "één twee drie vóór vijf".encode() + b"\xc3",  # cut in the middle of a character
        "één twee vóór".encode() + b" \xff " + "geïnd café".encode(),
        b"\xff\xfed",  # UTF-16 with half a character
        b"\xff\xfe\x00\xd8a\x00",  # UTF-16 with half a pair
    ],
)
def test_damaged_text_is_refused(data: bytes) -> None:
    """Damage is named with its place; nothing is silently replaced."""
    with pytest.raises(UnknownEncoding, match="byte") as caught:
        decode(data, name="r.txt")
    assert caught.value.code == "T106"
    assert "\ufffd" in decode(data, name="page.html", lenient=True)


def test_declared_encoding_counts_after_utf8() -> None:
    """A declared encoding is used where the bytes are no UTF-8, and an impossible one is passed over."""
    text = "Министър каза"
    assert decode(text.encode("cp1251"), name="p", declared="windows-1251") == text
    assert decode("één café".encode("cp1252"), name="p", declared="iso-8859-1") == "één café"
    assert decode("één café".encode(), name="p", declared="windows-1251") == "één café"
    assert decode("één café".encode("cp1252"), name="p", declared="no-such-thing") == "één café"
    assert decode("één café".encode("cp1252"), name="p", declared="zip") == "één café"


@given(data=st.binary(max_size=300))
def test_any_bytes_give_text_or_a_coded_error(data: bytes) -> None:
    """Bytes of any kind give text without NUL, or one of the two errors."""
    try:
        assert "\0" not in decode(data, name="r.txt")
    except (NotText, UnknownEncoding) as error:
        assert error.hint
