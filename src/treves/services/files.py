"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import ClassVar

from treves.errors import SettingError


class CannotWrite(SettingError):
    """The file that a result should go to cannot be written."""

    code: ClassVar[str] = "T403"


def write_whole(path: Path, text: str) -> None:
    """Write `text` to `path` as UTF-8; an interruption leaves the old file, or none.

    Raises:
        CannotWrite: the folder is missing, read-only or full.
    """
    part = ""
    try:
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
        Path(part).chmod(0o644)
        Path(part).replace(path)
    except OSError as error:
        if part:
            Path(part).unlink(missing_ok=True)
        raise CannotWrite(f"{path} cannot be written: {error.strerror}.", hint="Choose another place with --out.") from error
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
