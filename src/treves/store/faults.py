"""What can go wrong with a dossier, and how an error of the database library becomes one of ours.

The tree (all below :class:`treves.errors.DossierError` unless another branch is named)::

    DossierMissing    T201   nothing there, and nobody asked to make it
    NotADossier       T202   another kind of file or database
    DossierTooNew     T203   made by a newer version
    DossierReadOnly   T204   cannot be written
    DiskFull          T205   no room left
    DossierLocked     T206   another process has been writing for too long
    DossierCorrupt    T207   damaged
    ExtraMissing      T208   a driver is not installed
    CannotConnect     T209   the database does not answer, or refuses
    DossierOutdated   T210   must be upgraded, but cannot be written
    UnknownDocument   T211   no report with that id
    UnknownRun        T212   no run with that id
    ReadingMisfit     T213   a reading does not fit its report
    TextUnstorable    T214   characters that no database keeps
    NothingToUndo     T305   (CorrectionError) no such correction in force
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar

from treves.errors import CorrectionError, DossierError, Phrase


class DossierMissing(DossierError):
    """There is nothing at the target, and nobody asked to make it."""

    code: ClassVar[str] = "T201"


class NotADossier(DossierError):
    """The target is another kind of file or database."""

    code: ClassVar[str] = "T202"


class DossierTooNew(DossierError):
    """A newer version of Trêves made the dossier."""

    code: ClassVar[str] = "T203"


class DossierReadOnly(DossierError):
    """The dossier, or its folder, cannot be written."""

    code: ClassVar[str] = "T204"


class DiskFull(DossierError):
    """There is no room left to write."""

    code: ClassVar[str] = "T205"


class DossierLocked(DossierError):
    """Another process has been writing for longer than was to be waited."""

    code: ClassVar[str] = "T206"


class DossierCorrupt(DossierError):
    """The dossier is damaged."""

    code: ClassVar[str] = "T207"


class ExtraMissing(DossierError):
    """A driver that is an optional extra is not installed."""

    code: ClassVar[str] = "T208"


class CannotConnect(DossierError):
    """The database does not answer, or refuses."""

    code: ClassVar[str] = "T209"


class DossierOutdated(DossierError):
    """The dossier must be upgraded before it can be read, but cannot be written."""

    code: ClassVar[str] = "T210"


class UnknownDocument(DossierError):
    """No report has that id."""

    code: ClassVar[str] = "T211"


class UnknownRun(DossierError):
    """No run has that id."""

    code: ClassVar[str] = "T212"


class ReadingMisfit(DossierError):
    """A reading does not fit the report as stored."""

    code: ClassVar[str] = "T213"


class TextUnstorable(DossierError):
    """A text holds characters that a database cannot keep."""

    code: ClassVar[str] = "T214"


class NothingToUndo(CorrectionError):
    """There is no such correction in force."""

    code: ClassVar[str] = "T305"


def missing(target: str) -> DossierMissing:
    """Return the error for a target where there is nothing."""
    return DossierMissing(
        "There is no dossier at {target}.", hint="Check the name, or make one with: treves new.", target=target
    )


def foreign(target: str, what: Phrase) -> NotADossier:
    """Return the error for a target that is `what` instead of a dossier."""
    return NotADossier(
        "{target} is no dossier, but {what}.",
        hint="Choose another name; it was left as it is.",
        target=target,
        what=what,
    )


def unreadable(target: str, error: OSError) -> DossierError:
    """Return the error for a file that the system does not let us read."""
    return DossierError(
        "The dossier {target} cannot be read ({reason}).",
        hint="Check your rights to it.",
        target=target,
        reason=error.strerror,
    )


def read_only(target: str) -> DossierReadOnly:
    """Return the error for writing what can only be read."""
    return DossierReadOnly(
        "The dossier {target} cannot be written.",
        hint="Check your rights to it and its folder, or work on a copy.",
        target=target,
    )


def full(target: str) -> DiskFull:
    """Return the error for a full disk."""
    return DiskFull(
        "There is no room to write to {target}.",
        hint="Free some space and repeat; what was there is unharmed.",
        target=target,
    )


def locked(target: str) -> DossierLocked:
    """Return the error for a lock that did not come free."""
    return DossierLocked(
        "Another process keeps {target} locked.", hint="Wait until it is done and repeat.", target=target
    )


def corrupt(target: str, detail: str) -> DossierCorrupt:
    """Return the error for damage, with the database's own words."""
    return DossierCorrupt(
        "The dossier {target} is damaged ({detail}).",
        hint="Go back to a copy that is whole.",
        target=target,
        detail=detail,
    )


def misfit(detail: str) -> ReadingMisfit:
    """Return the error for a reading that contradicts itself or its report."""
    return ReadingMisfit(
        "What was to be stored does not hold together ({detail}).", hint="Read the report again.", detail=detail
    )


def unstorable(what: Phrase) -> TextUnstorable:
    """Return the error for characters that cannot be kept."""
    return TextUnstorable(
        "{what} holds a NUL or half of a surrogate pair, which cannot be stored.",
        hint="Decode the file again, or take those characters out.",
        what=what,
    )


@contextmanager
def translated(driver: tuple[type[Exception], ...], fault_of: Callable[[Exception], DossierError]) -> Iterator[None]:
    """Turn errors of SQLAlchemy and the `driver` into ours, as `fault_of` tells for the driver's own.

    Raises:
        DossierError: what `fault_of` returns.
        TextUnstorable: a text cannot be encoded.
        ReadingMisfit: a number is too large to be stored.
    """
    from sqlalchemy.exc import SQLAlchemyError

    failures: tuple[type[Exception], ...] = (SQLAlchemyError, *driver)
    try:
        yield
    except failures as error:
        origin = getattr(error, "orig", None)
        raise fault_of(origin if isinstance(origin, Exception) else error) from error
    except UnicodeEncodeError as error:
        raise unstorable(Phrase("A text")) from error
    except OverflowError as error:
        raise misfit(str(error)) from error
