"""Random tables survive every format that keeps all of them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from table_strategies import tables

from treves.exchange.tables.reader import parse_table
from treves.exchange.tables.spreadsheets import read_csv, read_parquet, write_csv_folder, write_parquet_folder
from treves.exchange.tables.writer import write_json, write_yaml
from treves.model.findings import Severity
from treves.model.table import Table
from treves.model.table_checks import problems

few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@few
@given(tables())
def test_nothing_is_lost(table: Table) -> None:
    """A table is equal after YAML, JSON and a folder of CSV files; the strategy makes no mistakes."""
    assert not [f for f in problems(table) if f.severity is Severity.ERROR]
    for text, name in ((write_yaml(table), "t.yaml"), (write_json(table), "t.json")):
        parsed = parse_table(text, name=name)
        assert not parsed.errors
        assert parsed.table == table
    files = [(name, str(text)) for name, text in write_csv_folder(table).files]
    assert read_csv(files, name="folder").table == table


@settings(few, max_examples=15)
@given(tables())
def test_parquet_loses_nothing(table: Table) -> None:
    """A table is equal after a folder of Parquet files."""
    pytest.importorskip("pyarrow", reason="the extra treves[frames] is not installed")
    files = [(name, bytes(data)) for name, data in write_parquet_folder(table).files if isinstance(data, bytes)]
    assert read_parquet(files, name="folder").table == table
