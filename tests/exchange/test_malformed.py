"""A thousand malformed inputs: no crash, no loss, each with its error code."""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from treves.exchange.intake import load_all
from treves.exchange.reports import Failure
from treves.model.evidence import Document

COUNT = 1000
SENTENCE = "de partijen praten vrijdag verder over één kade zei Ans Brink „nee” coördinatie € 12 financiën"
WORDS = SENTENCE.split()
KNOWN_CODES = {"T103", "T104", "T105", "T106", "T107", "T108", "T109", "T111", "T112", "T113", "T121", "T122", "T123"}

Maker = Callable[[random.Random], tuple[str, bytes]]


def sentences(chance: random.Random) -> str:
    """Some paragraphs of words."""
    return "\n\n".join(" ".join(chance.choices(WORDS, k=chance.randint(3, 30))) for _ in range(chance.randint(1, 6)))


def page(chance: random.Random) -> str:
    """A good page."""
    body = "".join(f"<p class='x'>{p}</p>" for p in sentences(chance).split("\n\n"))
    meta = '<meta property="article:published_time" content="2026-02-03T01:20:00+01:00"><script>var a = 1 < 2;</script>'
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>Kop</title>{meta}</head><body><article>{body}</article>"
    )


def line(chance: random.Random) -> str:
    """A good line."""
    return json.dumps({"text": sentences(chance)})


def flipped(chance: random.Random) -> tuple[str, bytes]:
    """A good file with some bytes changed."""
    name, text = chance.choice([("txt", sentences), ("html", page)])
    data = bytearray(text(chance).encode(chance.choice(["utf-8", "cp1252", "utf-16"]), "replace"))
    for _ in range(chance.randint(1, 40)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return name, bytes(data)


def cut(chance: random.Random) -> tuple[str, bytes]:
    """A good file that breaks off."""
    name, text = chance.choice(
        [("txt", sentences), ("html", page), ("jsonl", lambda c: json.dumps({"text": sentences(c)}))]
    )
    data = text(chance).encode(chance.choice(["utf-8", "utf-16", "utf-8-sig"]))
    return name, data[: chance.randrange(len(data))]


def binary(chance: random.Random) -> tuple[str, bytes]:
    """Bytes without sense, with or without the beginning of something known."""
    start = chance.choice([b"", b"%PDF-1.7", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"<html>", b"{", b"\x1f\x8b"])
    return chance.choice(["txt", "html", "mhtml", "jsonl", "md"]), start + chance.randbytes(chance.randint(0, 3000))


def nested(chance: random.Random) -> tuple[str, bytes]:
    """Tags deep inside one another, seldom closed."""
    tags = chance.choices(
        ["div", "span", "table", "tr", "td", "b", "form", "select", "svg", "template", "frameset", "p"], k=4
    )
    return "html", (
        "<html><body>" + "".join(f"<{t}>" for t in tags) * chance.randint(1, 400) + sentences(chance)
    ).encode()


def hostile(chance: random.Random) -> tuple[str, bytes]:
    """Scripts, handlers, entities and attributes where none belong."""
    parts = (
        "<script>document.write('<p>')</script>",
        "<script>",
        "<!--",
        "]]>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">',
        "&#xD800;&#0;&#99999999;&nbsp;&zwnj;",
        "<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]>",
        "<?php system('x') ?>",
        "<iframe srcdoc='<script>1</script>'>",
        '<script type="application/ld+json">' + "[" * chance.randint(1, 3000) + "</script>",
        '<script type="application/ld+json">{"datePublished": [1, {"x": null}], "publisher": [[[]]]}</script>',
        '<meta property="article:published_time" content="9999-99-99T99:99"><time datetime="">',
        '<meta charset="' + chance.choice(["utf-7", "utf-16", "zip", "\ufffd", "shift_jis"]) + '">',
        "<p " + " ".join(f"a{i}=1" for i in range(chance.randint(1, 600))) + ">",
        "<base href='//['><link rel=canonical href='http://['><meta property='og:url' content='http://[x'>",
        f"<p>{sentences(chance)}</p>",
    )
    return "html", "".join(chance.choices(parts, k=chance.randint(1, 25))).encode()


def huge_line(chance: random.Random) -> tuple[str, bytes]:
    """One line without end, or thousands without anything."""
    unit = chance.choice(["a", " ", "\n", "é", "<", "„", "a: b\n", "date 2023-07 ", "\r", "{", "&amp;", "x=", '"'])
    return chance.choice(["txt", "html", "md", "jsonl"]), (unit * chance.randint(0, 20_000)).encode()


def odd_headers(chance: random.Random) -> tuple[str, bytes]:
    """Headers with values and keys of every kind."""
    keys = ["outlet", "published", "datum", "precision", "title", "x", "taal", "url", ""]
    values = ["", "9999-12-31", "0000-00-00", "2023-07", "\x07", "ooit", "٣٢", "31 februari 2023", "T", "1" * 500]
    lines = [f"{chance.choice(keys)}: {chance.choice(values)}" for _ in range(chance.randint(1, 8))]
    return "txt", ("\n".join(lines) + "\n\n" + sentences(chance)).encode()


def odd_lines(chance: random.Random) -> tuple[str, bytes]:
    """JSONL lines with values of every kind."""
    values: list[object] = [None, 3, "", "x", [], {}, True, "2023-07", "\ud800", -1, 1e308, ["a"], sentences(chance)]
    keys = ["text", "name", "id", "outlet", "published", "precision", "title", "language", "body_start", "appearances"]
    lines = [json.dumps({chance.choice(keys): chance.choice(values) for _ in keys} | {"text": chance.choice(values)})]
    return "jsonl", ("\n".join(lines)).encode()


def mangled_archive(chance: random.Random) -> tuple[str, bytes]:
    """A saved archive with broken parts."""
    heads = ("Content-Type: multipart/related; boundary=b\r\n\r\n", "Content-Type: text/html\n\n", ":\n\n", "")
    part = f"--b\r\nContent-Type: text/html; charset={chance.choice(['utf-8', 'zip', '', '??'])}\r\n"
    encoding = chance.choice(["base64", "quoted-printable", "8bit", "x"])
    part += f"Content-Transfer-Encoding: {encoding}\r\n\r\n{page(chance)}\r\n"
    data = (chance.choice(heads) + part * chance.randint(0, 3)).encode()
    return "mhtml", data[: chance.randint(0, len(data))]


MAKERS: tuple[Maker, ...] = (
    flipped,
    cut,
    binary,
    nested,
    hostile,
    huge_line,
    odd_headers,
    odd_lines,
    mangled_archive,
)


def malformed(folder: Path) -> Iterator[Path]:
    """Write the malformed inputs to `folder`."""
    chance = random.Random(20260423)
    for number in range(COUNT):
        suffix, data = MAKERS[number % len(MAKERS)](chance)
        path = folder / f"{number:04}.{suffix}"
        path.write_bytes(data)
        yield path


def test_a_thousand_malformed_inputs(tmp_path: Path) -> None:
    """Every input gives a report, or an error with a known code and a hint; every text can be stored."""
    codes: Counter[str] = Counter()
    for path in malformed(tmp_path):
        results = list(load_all([path]))
        assert results, path.name
        for result in results:
            if isinstance(result, Failure):
                codes[result.error.code] += 1
                assert result.name.startswith(path.name) or result.kept
                assert result.error.hint
            else:
                assert not set("\0\r") & set(result.text)
                json.dumps([result.text, *(a.outlet for a in result.appearances)], ensure_ascii=False).encode()
    assert set(codes) <= KNOWN_CODES
    assert set(codes) >= {"T104", "T105", "T106", "T108", "T111", "T121", "T122", "T123"}


def test_good_reports_among_malformed_ones_are_read(tmp_path: Path) -> None:
    """Reading a folder of bad files comes to its end, and the good one is there."""
    for _ in zip(range(90), malformed(tmp_path), strict=False):
        pass
    (tmp_path / "zz-goed.txt").write_text("De partijen praten morgen gewoon verder.", encoding="utf-8")
    *_, last = load_all([tmp_path])
    assert isinstance(last, Document)
    assert last.name == "zz-goed.txt"
