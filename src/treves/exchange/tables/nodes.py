"""A YAML or JSON file as a tree whose every part knows its line, with the dangers of both formats kept out.

Values stay the words that are written, so that an option may be called ``yes`` and a date is no surprise. Aliases, tags,
several documents in one file and deep nesting are refused: a table needs none of them, and they are how a small file
becomes a large one in memory.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, ClassVar

import attrs

from treves.errors import Phrase, TableError

if TYPE_CHECKING:
    from yaml import Event

_DEEPEST = 30
_NOTHING = ("", "~", "null", "Null", "NULL")
_SURROGATE = re.compile("[\ud800-\udfff]")


class NoTableFile(TableError):
    """A file is no YAML or JSON, is cut off, or uses a part of YAML that a table does not need."""

    code: ClassVar[str] = "T641"


@attrs.frozen(eq=False)
class Node:
    """One value of a file.

    Attributes:
        line: where it begins, from 1.
        text: the words of a single value, else None.
        plain: whether they stand without quotation marks (numbers and null in JSON).
        pairs: names and values of a mapping, else None.
        items: the values of a list, else None.
    """

    line: int
    text: str | None = None
    plain: bool = False
    pairs: tuple[tuple[Node, Node], ...] | None = None
    items: tuple[Node, ...] | None = None

    @property
    def nothing(self) -> bool:
        """Whether it is null, or left empty."""
        return self.plain and self.text in _NOTHING


def bad_file(name: str, line: int, what: Phrase, hint: Phrase) -> NoTableFile:
    """Return the error that tells what is wrong on a line of a file that cannot be read at all."""
    return NoTableFile("{name}, line {line}: {what}.", hint=hint, name=name, line=line, what=what)


def read_json(text: str, *, name: str) -> Node:
    """Return the tree of a JSON text.

    Raises:
        NoTableFile: it is no JSON; the message names the line.
    """
    try:
        json.loads(text, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        cut = not text[error.pos :].strip()
        what = Phrase("the file is cut off") if cut else Phrase("no JSON: {error}", error=error.msg)
        hint = Phrase("Get the whole file.") if cut else Phrase("Check the commas, brackets and quotation marks.")
        raise bad_file(name, error.lineno, what, hint) from None
    except RecursionError:
        raise bad_file(name, 1, Phrase("too deeply nested"), Phrase("Is it a table?")) from None
    return _JsonTree(text, name).root()


class _JsonTree:
    """Walks through a text that is known to be good JSON, to note where each value begins."""

    _SPACE = re.compile(r"[ \t\r\n]*")
    _WORD = re.compile(r"[^\s,\]}]+")

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self._lines = [match.end() for match in re.finditer("\n", text)]
        self._decoder = json.JSONDecoder()

    def root(self) -> Node:
        return self._value(self._skip(0), 0)[0]

    def _skip(self, at: int) -> int:
        match = self._SPACE.match(self._text, at)
        return match.end() if match else at

    def _value(self, at: int, depth: int) -> tuple[Node, int]:
        line = bisect_right(self._lines, at) + 1
        if depth > _DEEPEST:
            raise bad_file(self._name, line, Phrase("too deeply nested"), Phrase("Is it a table?"))
        first = self._text[at]
        if first in "{[":
            return self._collection(at, line, depth)
        if first == '"':
            value, end = self._decoder.raw_decode(self._text, at)
            return Node(line, text=value), end
        match = self._WORD.match(self._text, at)
        word = match.group() if match else ""
        return Node(line, text=word, plain=True), at + len(word)

    def _collection(self, at: int, line: int, depth: int) -> tuple[Node, int]:
        mapping = self._text[at] == "{"
        closing = "}" if mapping else "]"
        names: list[Node] = []
        values: list[Node] = []
        at = self._skip(at + 1)
        while self._text[at] != closing:
            value, at = self._value(at, depth + 1)
            if mapping:
                names.append(value)
                value, at = self._value(self._skip(self._skip(at) + 1), depth + 1)  # past the colon
            values.append(value)
            at = self._skip(at)
            if self._text[at] == ",":
                at = self._skip(at + 1)
        if mapping:
            return Node(line, pairs=tuple(zip(names, values, strict=True))), at + 1
        return Node(line, items=tuple(values)), at + 1


def read_yaml(text: str, *, name: str) -> Node | None:
    """Return the tree of a YAML text; None if it is empty.

    Raises:
        NoTableFile: it is no YAML, or holds aliases, tags or several documents; the message names the line.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    tree = _YamlTree(name)
    try:
        for event in yaml.parse(text, Loader=loader):
            tree.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        what = Phrase("no YAML: {error}", error=error.problem or error.context or "?")
        raise bad_file(name, line, what, Phrase("Check the indentation, colons and quotation marks.")) from None
    except yaml.YAMLError as error:  # a character that YAML does not allow
        what = Phrase("no YAML: {error}", error=" ".join(str(error).split()))
        raise bad_file(name, 1, what, Phrase("Remove the character.")) from None
    return tree.root


class _YamlTree:
    """Builds the tree from what the parser meets, one after the other; never deeper than :data:`_DEEPEST`."""

    def __init__(self, name: str) -> None:
        self.root: Node | None = None
        self._name = name
        self._documents = 0
        self._open: list[tuple[int, bool, list[Node]]] = []

    def take(self, event: Event) -> None:
        import yaml

        mark = event.start_mark
        line = mark.line + 1 if mark else 1
        self._refuse(event, line)
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style is None or event.style == ""
            self._put(Node(line, text=event.value, plain=plain))
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self._open) >= _DEEPEST:
                raise bad_file(self._name, line, Phrase("too deeply nested"), Phrase("Is it a table?"))
            self._open.append((line, isinstance(event, yaml.MappingStartEvent), []))
        elif isinstance(event, yaml.CollectionEndEvent):
            begun, mapping, held = self._open.pop()
            if mapping:
                self._put(Node(begun, pairs=tuple(zip(held[::2], held[1::2], strict=True))))
            else:
                self._put(Node(begun, items=tuple(held)))

    def _put(self, node: Node) -> None:
        if self._open:
            self._open[-1][2].append(node)
        else:
            self.root = node

    def _refuse(self, event: Event, line: int) -> None:
        import yaml

        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise bad_file(
                self._name,
                line,
                Phrase("& and * stand for anchors and aliases, which a table may not have"),
                Phrase("Write the value out; put a text that begins with & or * between quotation marks."),
            )
        if getattr(event, "tag", None) not in (None, "!"):
            raise bad_file(
                self._name,
                line,
                Phrase("a tag (!) stands here, which a table may not have"),
                Phrase("Leave it out; put a text that begins with ! between quotation marks."),
            )
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise bad_file(
                    self._name, line, Phrase("a second document begins here"), Phrase("Put one table in a file.")
                )


def has_surrogates(text: str) -> bool:
    """Return whether a text holds halves of characters, which no file can keep."""
    return bool(_SURROGATE.search(text))
