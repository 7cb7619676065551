"""What can go wrong, said so that the reader knows what to do next.

The tree (each class stands beside the code that raises it; this file holds the root and the branches)::

    TrevesError
    ├── InputError       a report, feed, roster or gold file cannot be used      T1xx
    ├── DossierError     the dossier cannot be opened, read or written           T2xx
    ├── CorrectionError  a person's correction does not fit what is there        T3xx
    ├── SettingError     an option or environment setting is out of its range    T4xx
    └── NetworkError     a feed or page cannot be fetched                        T5xx

Every class has a stable ``code`` that can be searched for; the reference lists them all.
"""

from __future__ import annotations

from typing import ClassVar


class TrevesError(Exception):
    """Root of all errors that Trêves raises on purpose.

    Args:
        what: one sentence: what failed, where, and on which value.
        hint: what to do next; empty where nothing can be done.
    """

    code: ClassVar[str] = "T000"

    def __init__(self, what: str, *, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        """Return ``code: what hint`` on one line."""
        return f"{self.code}: {self.what} {self.hint}".rstrip()

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the hint when the error crosses a process boundary."""
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
