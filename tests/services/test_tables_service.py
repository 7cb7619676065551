"""Tables by way of the services: begun, checked, saved, imported and exported, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from treves.errors import InputError
from treves.exchange.tables.deu import BadDeu
from treves.exchange.tables.nodes import NoTableFile
from treves.exchange.tables.reader import BadTable
from treves.exchange.tables.starters import UnknownTemplate
from treves.model.table import Estimate, Position, Table
from treves.services.files import CannotWrite
from treves.services.tables import (
    FORMATS,
    TEMPLATES,
    AlreadyThere,
    FilesMissing,
    UnknownTableFormat,
    check_table,
    export_table,
    exported,
    import_table,
    load_table,
    new_table,
    save_table,
)

EXAMPLE = Path(__file__).parents[2] / "examples" / "tables" / "havenmonde.yaml"


@pytest.fixture
def table() -> Table:
    """The table of the invented town."""
    return load_table(EXAMPLE)


def spoilt(table: Table) -> Table:
    """A table with a mistake."""
    return attrs.evolve(table, positions=(*table.positions, Position("nobody", "homes", Estimate(500))))


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_new_table_is_sound(template: str, tmp_path: Path) -> None:
    """It can be loaded at once, and is not written over."""
    path = tmp_path / "mine.yaml"
    new_table(path, template)
    assert load_table(path).key == template
    assert check_table(path).usable
    with pytest.raises(AlreadyThere):
        new_table(path, template)
    new_table(path, "bilateral", overwrite=True)
    assert load_table(path).key == "bilateral"


def test_an_unknown_template_writes_nothing(tmp_path: Path) -> None:
    """It is told, with those that there are."""
    with pytest.raises(UnknownTemplate):
        new_table(tmp_path / "x.yaml", "senate")
    assert not list(tmp_path.iterdir())


def test_a_check_tells_mistakes_and_oddities(tmp_path: Path) -> None:
    """Both, with lines; only mistakes make it useless."""
    path = tmp_path / "t.yaml"
    path.write_text("issues: {x: {options: [a, b]}}\nparties:\n  p: {positions: {x: a}}\n  q: {}\n", encoding="utf-8")
    found = check_table(path)
    assert found.usable
    assert [(f.line, f.code) for f in found.findings] == [(4, "indifferent")]
    path.write_text(path.read_text(encoding="utf-8") + "deadline: {rounds: 0}\n", encoding="utf-8")
    assert not check_table(path).usable
    with pytest.raises(BadTable):
        load_table(path)


@pytest.mark.parametrize("name", ["t.yaml", "t.json", "t.YML"])
def test_saving_and_loading(name: str, table: Table, tmp_path: Path) -> None:
    """Nothing is lost."""
    save_table(table, tmp_path / name)
    assert load_table(tmp_path / name) == table


@pytest.mark.parametrize("name", ["t.yaml", "t.json", "whole", "t.csv", "t.txt"])
def test_a_table_with_mistakes_is_not_written(name: str, table: Table, tmp_path: Path) -> None:
    """Neither in our format nor in another, and an old file stays."""
    path = tmp_path / name
    with pytest.raises(BadTable):
        export_table(spoilt(table), path, "csv" if name == "whole" else "")
    assert not list(tmp_path.iterdir())
    if path.suffix in (".yaml", ".json"):
        path.write_text("old", encoding="utf-8")
        with pytest.raises(BadTable):
            save_table(spoilt(table), path)
        assert path.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("form", [f for f in FORMATS if f != "parquet"])
def test_every_format_goes_out_and_comes_back(form: str, table: Table, tmp_path: Path) -> None:
    """By its name, with the same parties; those that hold everything give the same table."""
    path = tmp_path / ("out.json" if form == "json" else "out")
    notes = export_table(table, path, form)
    back = import_table(path, form)
    assert [p.key for p in back.table.parties] == [p.key for p in table.parties]
    assert (form in ("yaml", "json", "csv")) == (notes == ())
    if not notes:
        assert back.table == table


def test_parquet_goes_out_and_comes_back(table: Table, tmp_path: Path) -> None:
    """As a folder whole, as a file the positions."""
    pytest.importorskip("pyarrow", reason="the extra treves[frames] is not installed")
    export_table(table, tmp_path / "whole", "parquet")
    assert import_table(tmp_path / "whole").table == table
    assert export_table(table, tmp_path / "some.parquet")
    assert len(import_table(tmp_path / "some.parquet").table.positions) == 16


@pytest.mark.parametrize("form", ["genius", "geniusweb", "negmas", "csv"])
def test_the_format_of_a_folder_is_told_by_its_files(form: str, table: Table, tmp_path: Path) -> None:
    """Into an empty folder too."""
    (tmp_path / "out").mkdir()
    export_table(table, tmp_path / "out", form)
    assert len(import_table(tmp_path / "out").table.issues) == 5
    assert (tmp_path / "out").stat().st_mode & 0o700 == 0o700


def test_the_format_of_a_file_is_told_by_its_name_and_first_line(table: Table, tmp_path: Path) -> None:
    """An exchange model's text may be called .csv too."""
    export_table(table, tmp_path / "a.txt", "exchange")
    (tmp_path / "b.csv").write_bytes((tmp_path / "a.txt").read_bytes())
    assert import_table(tmp_path / "a.txt").table.parties == import_table(tmp_path / "b.csv").table.parties
    export_table(table, tmp_path / "c.tsv")
    assert import_table(tmp_path / "c.tsv").table.key.startswith("havenmonde")
    assert export_table(table, tmp_path / "d.csv")
    assert len(import_table(tmp_path / "d.csv").table.positions) == 16


def test_a_folder_with_files_is_not_written_over(table: Table, tmp_path: Path) -> None:
    """What is in it stays, and nothing is added."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(AlreadyThere):
        export_table(table, tmp_path / "out", "genius")
    assert [p.name for p in tmp_path.rglob("*")] == ["out", "mine.txt"]


def test_a_missing_folder_is_told(table: Table, tmp_path: Path) -> None:
    """For folders and files alike."""
    for path, form in ((tmp_path / "no" / "out", "genius"), (tmp_path / "no" / "t.yaml", "")):
        with pytest.raises(CannotWrite):
            export_table(table, path, form)
    assert not list(tmp_path.iterdir())


def test_unknown_formats_are_told(table: Table, tmp_path: Path) -> None:
    """With those that there are."""
    with pytest.raises(UnknownTableFormat, match="negmas"):
        export_table(table, tmp_path / "x.doc")
    with pytest.raises(UnknownTableFormat, match="'doc'"):
        exported(table, "doc")
    with pytest.raises(UnknownTableFormat):
        import_table(tmp_path)
    assert not list(tmp_path.iterdir())


def test_imports_that_cannot_be_used(tmp_path: Path) -> None:
    """A missing file, an empty folder, a proposal that must be chosen, a file of another kind."""
    with pytest.raises(InputError):
        import_table(tmp_path / "no.yaml")
    with pytest.raises(FilesMissing):
        import_table(tmp_path, "genius")
    head = "prnr\tprname\tisnr\tpnl\tsnl\trp\tout\n"
    (tmp_path / "deu.tsv").write_text(f"{head}p1\ta\ti1\t1\t1\t\t\np2\tb\ti2\t1\t1\t\t\n", encoding="utf-8")
    with pytest.raises(BadDeu, match="p1, p2"):
        import_table(tmp_path / "deu.tsv")
    assert import_table(tmp_path / "deu.tsv", proposal="p2").table.title == "b"
    (tmp_path / "x.json").write_text("[1, ", encoding="utf-8")
    with pytest.raises(NoTableFile):
        import_table(tmp_path / "x.json")


def test_an_import_with_mistakes_is_refused(tmp_path: Path) -> None:
    """Weights that sum to nothing, in a scenario of another program."""
    (tmp_path / "d.yml").write_text(
        "type: CartesianOutcomeSpace\nname: d\nissues: [{type: CategoricalIssue, name: x, values: [a, b]}]\n",
        encoding="utf-8",
    )
    (tmp_path / "p.yml").write_text(
        "type: LinearAdditiveUtilityFunction\nname: p\nweights: [0]\nvalues: [{type: TableFun, mapping: {a: 1, b: 0}}]\n",
        encoding="utf-8",
    )
    with pytest.raises(BadTable, match="sums to nothing"):
        import_table(tmp_path)
