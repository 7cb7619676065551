"""Records by which a result can be made again, byte for byte."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import Executor
from datetime import date, datetime
from enum import Enum
from importlib.metadata import version
from typing import Any, ClassVar

import attrs

from treves import __version__
from treves.errors import TableError
from treves.model.outlook import Audit, Outlook
from treves.model.table import Table


class OtherTable(TableError):
    """A result is to be made again from a table that is not the one it was made from."""

    code: ClassVar[str] = "T636"


class NotTheSame(TableError):
    """A result, made again, differs from the recorded one."""

    code: ClassVar[str] = "T637"


def canonical(thing: Any) -> bytes:
    """Return an attrs object as canonical JSON: keys sorted, no spaces, whole numbers without a point, UTF-8."""
    return json.dumps(_plain(thing), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def table_hash(table: Table) -> str:
    """Return the SHA-256 of a table's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(table)).hexdigest()


def outlook_bytes(outlook: Outlook) -> bytes:
    """Return an outlook with its audit record as canonical JSON."""
    return canonical(outlook)


def result_hash(outlook: Outlook) -> str:
    """Return the SHA-256 of an outlook's canonical JSON but for its audit record."""
    plain = {name: value for name, value in _plain(outlook).items() if name != "audit"}
    return hashlib.sha256(canonical(plain)).hexdigest()


def versions() -> tuple[tuple[str, str], ...]:
    """Return the versions of what bears on a result."""
    return (("treves", __version__), *((name, version(name)) for name in ("numpy", "numba", "scipy")))


def rerun(audit: Audit, table: Table, *, beside: Sequence[Table] = (), executor: Executor | None = None) -> Outlook:
    """Make an outlook again.

    Args:
        audit: its record.
        table: the table it was made from.
        beside: the tables that `audit.beside` names.
        executor: as for :func:`~treves.bargaining.outlook.outlook`.

    Raises:
        OtherTable: the table, or one beside it, is not the recorded one.
        NotTheSame: the result differs, as it may with other versions.
    """
    from treves.bargaining.outlook import concluded, task_of
    from treves.bargaining.sampling import sample

    _require(table, audit.table)
    for other, known in zip(beside, audit.beside, strict=False):
        _require(other, known)
    if len(beside) != len(audit.beside):
        raise OtherTable(
            "The record of table {table} was made beside {known} other tables, not {given}.",
            hint="Give the tables that it was compared with, in their order.",
            table=table.key,
            known=len(audit.beside),
            given=len(beside),
        )
    now = datetime.fromisoformat(audit.now) if audit.now else None
    task = task_of(table, seed=audit.seed, method=audit.method, now=now, beside=tuple(beside))
    task = attrs.evolve(task, relief=audit.relief)
    again = concluded(sample(task, audit.draws, executor=executor), now)
    if audit.result and again.audit.result != audit.result:
        told = [f"{name} {old}" for name, old in audit.versions if (name, old) not in versions()]
        raise NotTheSame(
            "The outlook on table {table}, made again, differs from the recorded one.",
            hint="It was made with other versions: {versions}." if told else "Report this: the versions are the same.",
            table=table.key,
            versions=", ".join(told),
        )
    return again


def _require(table: Table, known: str) -> None:
    found = table_hash(table)
    if found != known:
        raise OtherTable(
            "Table {table} is not the recorded one: its hash is {found}, not {known}.",
            hint="Take the table as it was then.",
            table=table.key,
            found=found[:12],
            known=known[:12],
        )


def _plain(thing: Any) -> Any:
    """Return lists, mappings, text and numbers only."""
    if attrs.has(type(thing)):
        return {field.name: _plain(getattr(thing, field.name)) for field in attrs.fields(type(thing))}
    if isinstance(thing, dict):
        return {key: _plain(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [_plain(one) for one in thing]
    if isinstance(thing, Enum):
        return thing.value
    if isinstance(thing, datetime | date):
        return thing.isoformat()
    if isinstance(thing, float) and thing.is_integer() and abs(thing) < 2**53:
        return int(thing)
    return thing
