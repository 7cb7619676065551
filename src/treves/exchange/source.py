"""The file of a report: its name, its bytes within the size limit, and what is known about it beforehand."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import attrs

from treves.dates import DEFAULT_ZONE
from treves.errors import InputError
from treves.exchange.reports import MAX_BYTES, NO_FACTS, Facts, Failure, ReportTooLarge
from treves.model.evidence import Document


class ReportMissing(InputError):
    """There is no such file or folder."""

    code: ClassVar[str] = "T101"


class ReportUnreadable(InputError):
    """A file is there but cannot be read (permission, device, disk)."""

    code: ClassVar[str] = "T102"


@attrs.frozen
class Source:
    """A file from which reports are read.

    Attributes:
        path: where it is.
        name: what its reports are called.
        facts: what a person or a sidecar table tells about it; outranks what the file says.
        zone: IANA name of the zone for times without an offset.
    """

    path: Path
    name: str
    facts: Facts = NO_FACTS
    zone: str = DEFAULT_ZONE

    def read(self) -> bytes:
        """Return the file's bytes.

        Raises:
            ReportMissing: there is no such file.
            ReportUnreadable: it is no regular file or cannot be read.
            ReportTooLarge: it is larger than the limit.
        """
        return read_bytes(self.path)


Reader = Callable[[Source], Iterator[Document | Failure]]
"""Reads the reports of one file; raises a TrevesError when nothing of it can be used."""


def readable_name(path: Path | str) -> str:
    """Return `path` with forward slashes and as proper Unicode, whatever bytes the file system holds."""
    name = path.as_posix() if isinstance(path, Path) else path
    return os.fsencode(name).decode("utf-8", "replace")


def check_file(path: Path) -> os.stat_result:
    """Return the status of the regular file `path`.

    Raises:
        ReportMissing: there is no such file.
        ReportUnreadable: it is no regular file or its folder cannot be read.
    """
    name = readable_name(path)
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise ReportMissing("There is no file {name}.", hint="Check the path.", name=name) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise ReportUnreadable(
            "{name} cannot be read: {error}.", hint="Check the path and its permissions.", name=name, error=error
        ) from None
    if not stat.S_ISREG(status.st_mode):
        raise ReportUnreadable("{name} is no regular file.", hint="Give a file, or a folder of files.", name=name)
    return status


def read_bytes(path: Path, *, limit: int | None = None) -> bytes:
    """Return the bytes of `path`.

    Args:
        path: a regular file.
        limit: most bytes to accept; by default :data:`MAX_BYTES`.

    Raises:
        ReportMissing, ReportUnreadable, ReportTooLarge: as their names say.
    """
    most = MAX_BYTES if limit is None else limit
    size = check_file(path).st_size
    if size <= most:
        data = head(path, most + 1)
        size = len(data)
        if size <= most:
            return data
    raise ReportTooLarge(
        "{name} has {size:,} bytes or more; the limit is {limit:,}.",
        hint="Split it into one file a report, or write JSONL with one report a line.",
        name=readable_name(path),
        size=size,
        limit=most,
    )


def head(path: Path, count: int) -> bytes:
    """Return the first `count` bytes of `path`.

    Raises:
        ReportUnreadable: it cannot be read.
    """
    try:
        with path.open("rb") as handle:
            return handle.read(count)
    except OSError as error:
        raise ReportUnreadable(
            "{name} cannot be read: {reason}.",
            hint="Check its permissions.",
            name=readable_name(path),
            reason=error.strerror or error,
        ) from None
