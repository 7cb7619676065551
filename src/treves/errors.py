"""What can go wrong, said so that the reader knows what to do next.

The tree (each class stands beside the code that raises it; this file holds the root and the branches)::

    TrevesError
    ├── InputError       a report, feed, roster or gold file cannot be used      T1xx
    ├── DossierError     the dossier cannot be opened, read or written           T2xx
    ├── CorrectionError  a person's correction does not fit what is there        T3xx
    ├── SettingError     an option or environment setting is out of its range    T4xx
    ├── NetworkError     a feed or page cannot be fetched                        T5xx
    ├── TableError       a table, or a question about it, cannot be used         T6xx
    └── PolicyError      a policy model, or a question to one, cannot be used    T7xx

Every class has a stable ``code`` that can be searched for; the reference lists them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Integral, Real
from typing import ClassVar


class Phrase(str):
    """Words of Trêves, in English, that can be told in another language: a sentence of an error, or a part of one.

    Args:
        template: the words, with fields as for :meth:`str.format`; without values they are taken as they are.
        values: what fills the fields; all but numbers and other phrases are turned into text at once.
    """

    template: str
    values: Mapping[str, str | int | float]

    def __new__(cls, template: str, /, **values: object) -> Phrase:
        """Fill the template."""
        kept = {name: _kept(value) for name, value in values.items()}
        made = super().__new__(cls, template.format(**kept) if kept else template)
        made.template, made.values = template, kept
        return made

    def told(self, templates: Mapping[str, str]) -> str:
        """Return these words in another language.

        Args:
            templates: its templates by the English ones; where one is missing, that part stays English. The comma
                stands for what sets thousands apart.
        """
        template = templates.get(self.template, self.template)
        values = {name: _told(value, templates) for name, value in self.values.items()}
        return template.format(**values) if values else template


def _kept(value: object) -> str | int | float:
    if isinstance(value, Phrase):
        return value
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, Integral):
        return int(value)  # NumPy's are no int
    return float(value) if isinstance(value, Real) else str(value)


class _Number(int):
    """A number that is written as another language does."""

    thousands = ","

    def __format__(self, spec: str) -> str:
        return super().__format__(spec).replace(",", self.thousands)


def _told(value: str | float, templates: Mapping[str, str]) -> str | float:
    if isinstance(value, Phrase):
        return value.told(templates)
    if isinstance(value, int):
        number = _Number(value)
        number.thousands = templates.get(",", ",")
        return number
    return value


class TrevesError(Exception):
    """Root of all errors that Trêves raises on purpose.

    Args:
        what: one sentence: what failed, where, and on which value; with fields as for :meth:`str.format`.
        hint: what to do next, likewise; empty where nothing can be done.
        values: what fills the fields of both.

    Attributes:
        what: the sentence, filled in: a :class:`Phrase`, so that it can be told in another language.
        hint: what to do next, likewise.
    """

    code: ClassVar[str] = "T000"

    def __init__(self, what: str, /, *, hint: str = "", **values: object) -> None:
        self.what = what if isinstance(what, Phrase) else Phrase(what, **values)
        self.hint = hint if isinstance(hint, Phrase) else Phrase(hint, **values)
        super().__init__(self.what)

    def __str__(self) -> str:
        """Return ``code: what hint`` on one line."""
        return self.told({})

    def told(self, templates: Mapping[str, str]) -> str:
        """Return the same in another language.

        Args:
            templates: its templates by the English ones; what is missing stays English.
        """
        return f"{self.code}: {self.what.told(templates)} {self.hint.told(templates)}".rstrip()

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the hint, and what both are made of, when the error crosses a process boundary."""
        return _rebuild, (type(self), self.what, self.hint)


def _rebuild(kind: type[TrevesError], what: str, hint: str) -> TrevesError:
    return kind(what, hint=hint)


class InputError(TrevesError):
    """A report, feed, roster or gold file cannot be used."""

    code = "T100"


class DossierError(TrevesError):
    """The dossier cannot be opened, read or written."""

    code = "T200"


class CorrectionError(TrevesError):
    """A person's correction does not fit what the dossier holds."""

    code = "T300"


class SettingError(TrevesError):
    """An option or environment setting is out of its range."""

    code = "T400"


class NetworkError(TrevesError):
    """A feed or page cannot be fetched."""

    code = "T500"


class TableError(TrevesError):
    """A table, or a question about it, cannot be used."""

    code = "T600"


class PolicyError(TrevesError):
    """A policy model, or a question to one, cannot be used."""

    code = "T700"
