"""Writing a file whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from pathlib import Path
from typing import ClassVar

from treves.errors import SettingError
from treves.store.faults import full

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class CannotWrite(SettingError):
    """The file that a result should go to cannot be written."""

    code: ClassVar[str] = "T403"


def write_whole(path: Path, text: str | bytes) -> None:
    """Write `text` to `path`, as UTF-8 unless it is bytes; an interruption leaves the old file, or none.

    A new file gets the usual rights, an old one keeps its own. What `path` links to is written, not the link.

    Raises:
        CannotWrite: the folder is missing or read-only.
        DiskFull: there is no room.
    """
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    part = ""
    try:
        target = path.resolve()
        handle, part = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:80]}.", suffix=".part")
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(part).chmod(_rights(target))
        Path(part).replace(target)
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise full(str(path)) from error
        hint = "Choose another place, and make its folder first."
        raise CannotWrite("{path} cannot be written: {reason}.", hint=hint, path=path, reason=error.strerror) from error
    finally:
        if part:
            Path(part).unlink(missing_ok=True)


def _rights(path: Path) -> int:
    """The rights of `path` as it is, or those that a new file gets."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
