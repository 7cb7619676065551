"""Tables: begun from a template, read, checked, saved, and carried to and from the formats of other programs."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import attrs

from treves.errors import Phrase, TableError
from treves.exchange.source import head, readable_name
from treves.exchange.tables.carried import Exported, Imported
from treves.exchange.tables.reader import (
    MAX_TABLE_BYTES,
    Parsed,
    TableTooLarge,
    bad_table,
    parse_table,
    read_table,
    read_table_text,
)
from treves.exchange.tables.starters import TEMPLATES, template_text
from treves.exchange.tables.writer import checked, write_json, write_yaml
from treves.model.findings import Finding, Severity
from treves.model.table import Table
from treves.model.table_checks import problems
from treves.services.files import CannotWrite, write_whole

__all__ = [
    "FORMATS",
    "TEMPLATES",
    "AlreadyThere",
    "TableCheck",
    "UnknownTableFormat",
    "check_table",
    "export_table",
    "exported",
    "import_table",
    "load_table",
    "new_table",
    "save_table",
]

FORMATS = ("yaml", "json", "csv", "parquet", "genius", "geniusweb", "negmas", "exchange", "deu")
"""What tables can be written to and read from."""
_BY_SUFFIX = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".csv": "csv",
    ".parquet": "parquet",
    ".xml": "genius",
    ".tsv": "deu",
    ".txt": "exchange",
}
_IN_FOLDER = {
    ".csv": "csv",
    ".parquet": "parquet",
    ".xml": "genius",
    ".json": "geniusweb",
    ".yml": "negmas",
    ".yaml": "negmas",
}
_MOST_FILES = 200


class UnknownTableFormat(TableError):
    """A format is not known, or cannot be told from the name of the file or folder."""

    code: ClassVar[str] = "T645"


class AlreadyThere(TableError):
    """A table would be written over something that is there."""

    code: ClassVar[str] = "T646"


class FilesMissing(TableError):
    """A folder holds no files of the format, or too many."""

    code: ClassVar[str] = "T651"


@attrs.frozen
class TableCheck:
    """What a look at a table file found.

    Attributes:
        path: the file.
        table: what it says, as far as it can be understood.
        findings: what is wrong and what is odd, in the order of the file, with lines.
    """

    path: Path
    table: Table
    findings: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        """Whether nothing is wrong; it may be odd."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def new_table(path: Path, template: str = "coalition", *, overwrite: bool = False) -> None:
    """Begin a table file from a template.

    Args:
        path: where to write it.
        template: one of :data:`TEMPLATES`.
        overwrite: whether a file that is there may be replaced.

    Raises:
        UnknownTemplate: there is no such template.
        AlreadyThere: there is a file, and it may not be replaced.
        CannotWrite: the folder is missing or read-only.
    """
    text = template_text(template)
    if path.exists() and not overwrite:
        hint = "Choose another name."
        raise AlreadyThere("{path} is there already.", hint=hint, path=readable_name(path))
    write_whole(path, text)


def load_table(path: Path | str) -> Table:
    """Return the table of a YAML or JSON file.

    Raises:
        BadTable: it has mistakes; the message tells them all, with their lines.
        NoTableFile, TableTooLarge, InputError: it cannot be read as a table at all.
    """
    return read_table(Path(path))


def check_table(path: Path | str) -> TableCheck:
    """Return everything that is wrong or odd in a YAML or JSON file.

    Raises:
        NoTableFile, TableTooLarge, InputError: it cannot be read as a table at all.
    """
    path = Path(path)
    parsed: Parsed = parse_table(read_table_text(path), name=readable_name(path))
    return TableCheck(path, parsed.table, parsed.findings)


def save_table(table: Table, path: Path) -> None:
    """Write a table to a YAML file, or to a JSON file where the name ends in ``.json``; whole or not at all.

    Raises:
        BadTable: the table has mistakes.
        CannotWrite: the folder is missing or read-only.
    """
    write_whole(path, write_json(table) if path.suffix.lower() == ".json" else write_yaml(table))


def export_table(table: Table, path: Path, form: str = "") -> tuple[Phrase, ...]:
    """Write a table in another format, whole or not at all, and return notes on what was left out.

    Args:
        table: a table.
        path: a file; or a folder, which must be empty or not there yet, for Genius, GeniusWeb and NegMAS, and for CSV and
            Parquet where the name has no suffix (as a file these hold the positions only).
        form: one of :data:`FORMATS`; by default what the suffix says.

    Raises:
        UnknownTableFormat: the format is not known.
        BadTable: the table has mistakes.
        AlreadyThere: the folder is not empty.
        CannotWrite: the folder above is missing or read-only.
    """
    chosen = _known(form or _BY_SUFFIX.get(path.suffix.lower(), ""), path)
    made = exported(table, chosen, whole=not path.suffix)
    if len(made.files) == 1 and not made.files[0][0]:
        write_whole(path, made.files[0][1])
    else:
        _write_folder(path, made)
    return made.notes


def exported(table: Table, form: str, *, whole: bool = True) -> Exported:
    """Return a table in another format, as the contents of files.

    Args:
        table: a table.
        form: one of :data:`FORMATS`.
        whole: whether CSV and Parquet hold everything, in a folder, or the positions alone.

    Raises:
        UnknownTableFormat: the format is not known.
        BadTable: the table has mistakes.
    """
    from treves.exchange.tables import deu, exchange_text, genius, geniusweb, negmas, spreadsheets

    writers: dict[str, Callable[[Table], Exported]] = {
        "csv": spreadsheets.write_csv_folder if whole else spreadsheets.write_positions_csv,
        "parquet": spreadsheets.write_parquet_folder if whole else spreadsheets.write_positions_parquet,
        "genius": genius.write_genius,
        "geniusweb": geniusweb.write_geniusweb,
        "negmas": negmas.write_negmas,
        "exchange": exchange_text.write_exchange,
        "deu": deu.write_deu_table,
        "yaml": lambda table: Exported((("", write_yaml(table)),)),
        "json": lambda table: Exported((("", write_json(table)),)),
    }
    chosen = _known(form, None)
    checked(table)
    return writers[chosen](table)


def import_table(path: Path, form: str = "", *, proposal: str = "") -> Imported:
    """Return a table from another format, with notes on what could not be kept.

    Args:
        path: a file, or a folder with the files of a scenario or of sheets.
        form: one of :data:`FORMATS`; by default what the suffix and the files of the folder say.
        proposal: of a DEU file the number of the proposal; needed where it holds several.

    Raises:
        UnknownTableFormat: the format is not known or cannot be told.
        BadTable: the table has mistakes; the message tells them all.
        TableError, InputError: the files cannot be read, or are not of the format.
    """
    chosen = _known(form or _told_by(path), path)
    name = readable_name(path)
    found = _read(path, chosen, name, proposal)
    findings = problems(found.table)
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise bad_table(name, findings)
    return found


def _known(form: str, path: Path | None) -> str:
    if form in FORMATS:
        return form
    hint = "Give one of {known}."
    if form or path is None:
        raise UnknownTableFormat("{form!r} is no format of tables.", hint=hint, form=form, known=", ".join(FORMATS))
    raise UnknownTableFormat(
        "The format of {path} cannot be told.", hint=hint, path=readable_name(path), known=", ".join(FORMATS)
    )


def _told_by(path: Path) -> str:
    """The format that a name tells, or the files of a folder; "" if none."""
    if path.is_dir():
        suffixes = {file.suffix.lower() for file in path.iterdir()}
        return next((form for suffix, form in _IN_FOLDER.items() if suffix in suffixes), "")
    suffix = path.suffix.lower()
    if suffix in (".csv", ".txt", ".tsv") and path.is_file():
        start = head(path, 2000).decode("utf-8", "replace").lstrip("\ufeff \r\n\t'\"")
        if start.startswith("#"):
            return "exchange"
        if suffix != ".txt" and "prnr" in start.partition("\n")[0]:
            return "deu"
    return _BY_SUFFIX.get(suffix, "")


def _read(path: Path, form: str, name: str, proposal: str) -> Imported:
    from treves.exchange.tables import deu, exchange_text, genius, geniusweb, negmas, spreadsheets

    match form:
        case "yaml" | "json":
            return Imported(read_table(path))
        case "csv":
            return spreadsheets.read_csv(_texts(path, ".csv"), name=name)
        case "parquet":
            files = [(file.name, _bytes(file)) for file in _files(path, ".parquet")]
            return spreadsheets.read_parquet(files, name=name)
        case "genius":
            return genius.read_genius(_texts(path, ".xml"))
        case "geniusweb":
            return geniusweb.read_geniusweb(_texts(path, ".json"))
        case "negmas":
            return negmas.read_negmas(_texts(path, ".yml", ".yaml"))
        case "exchange":
            return exchange_text.read_exchange(read_table_text(path), name=name)
        case _:
            data = deu.read_deu(read_table_text(path), name=name)
            only = data.proposals[0] if len(data.proposals) == 1 else ""
            return deu.deu_table(data, proposal or only)


def _files(path: Path, *suffixes: str) -> list[Path]:
    """The files of a folder with these suffixes, by name; or the file itself."""
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.suffix.lower() in suffixes and file.is_file())
    if not 0 < len(found) <= _MOST_FILES:
        raise FilesMissing(
            "{path} holds {count} files that end in {suffixes}; there should be 1 to {most}.",
            hint="Give the folder that holds the table.",
            path=readable_name(path),
            count=len(found),
            suffixes=", ".join(suffixes),
            most=_MOST_FILES,
        )
    return found


def _texts(path: Path, *suffixes: str) -> list[tuple[str, str]]:
    return [(file.name, read_table_text(file)) for file in _files(path, *suffixes)]


def _bytes(path: Path) -> bytes:
    data = head(path, MAX_TABLE_BYTES + 1)
    if len(data) > MAX_TABLE_BYTES:
        raise TableTooLarge(
            "{name} has {size:,} bytes; a table may have {limit:,}.",
            hint="Is it a table? Keep long reasons out of it.",
            name=readable_name(path),
            size=len(data),
            limit=MAX_TABLE_BYTES,
        )
    return data


def _write_folder(path: Path, made: Exported) -> None:
    """Write files to a folder that appears only when all of them are in it."""
    name = readable_name(path)
    try:
        target = path.resolve()
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            hint = "Choose a folder that is empty or not there yet."
            raise AlreadyThere("{path} is there already.", hint=hint, path=name)
        part = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name[:80]}."))
    except OSError as error:
        hint = "Choose another place, and make its folder first."
        raise CannotWrite("{path} cannot be written: {reason}.", hint=hint, path=name, reason=error.strerror) from error
    try:
        for file, content in made.files:
            write_whole(part / file, content)
        mask = os.umask(0)
        os.umask(mask)
        part.chmod(0o777 & ~mask)
        part.replace(target)
    except OSError as error:
        hint = "Choose another place, and make its folder first."
        raise CannotWrite("{path} cannot be written: {reason}.", hint=hint, path=name, reason=error.strerror) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
