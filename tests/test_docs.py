"""The docs are complete and true: everything is in them, their examples run, their links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import click
import pytest

import treves
from treves import cli
from treves.errors import TrevesError

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
sys.path.insert(0, str(DOCS))
import build_reference  # noqa: E402

BRANCHES = {
    "T1": "InputError",
    "T2": "DossierError",
    "T3": "CorrectionError",
    "T4": "SettingError",
    "T5": "NetworkError",
    "T6": "TableError",
    "T7": "PolicyError",
}
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@pytest.mark.parametrize("name", build_reference.PAGES)
def test_the_reference_is_not_stale(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages are those that ``python docs/build_reference.py`` writes today."""
    monkeypatch.setenv("COLUMNS", "80")
    page = build_reference.PAGES[name]()
    assert (DOCS / name).read_text(encoding="utf-8") == page, "run: python docs/build_reference.py"


def commands() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it."""
    waiting: list[tuple[tuple[str, ...], click.Command]] = [(("treves",), cli.treves_command)]
    while waiting:
        path, command = waiting.pop()
        yield path, command
        if isinstance(command, click.Group):
            context = click.Context(command)
            names = command.list_commands(context)
            waiting += [((*path, n), below) for n in names if (below := command.get_command(context, n))]


@pytest.mark.parametrize(("path", "command"), [pytest.param(*c, id=" ".join(c[0])) for c in commands()])
def test_every_command_and_option_is_documented(path: tuple[str, ...], command: click.Command) -> None:
    """Commands have a section with all their options; each says what it does, and each option what it is for."""
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## {' '.join(path)}\n")[2].partition("\n## ")[0]
    assert section, f"{' '.join(path)} is not in docs/commands.md"
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[0] in section
            assert parameter.help, f"{' '.join(path)} {parameter.opts[0]} has no help"
        else:
            assert (parameter.metavar or parameter.human_readable_name.upper()) in section


@pytest.mark.parametrize("path", [c[0] for c in commands() if len(c[0]) > 1], ids=" ".join)
def test_every_command_is_shown_at_work(path: tuple[str, ...]) -> None:
    """Somewhere in the docs that people wrote, the command is used."""
    written = [p.read_text(encoding="utf-8") for p in PAGES if p.name not in build_reference.PAGES]
    command = dict(commands())[path]
    if not isinstance(command, click.Group):
        assert any(re.search(rf"{' '.join(path)}\b", text) for text in written)


def test_every_error_is_documented_under_a_code_of_its_own() -> None:
    """No two errors share a code, every code belongs to its branch, and every class says what it means."""
    page = (DOCS / "errors.md").read_text(encoding="utf-8")
    kinds = build_reference.error_classes()
    codes = [kind.code for kind in kinds]
    assert len(codes) == len(set(codes)) > 50
    for kind in kinds:
        assert "code" in vars(kind), f"{kind.__name__} has no code of its own"
        assert re.fullmatch(r"T\d{3}", kind.code)
        assert f"| {kind.code} |" in page
        assert kind.__doc__
        branch = BRANCHES.get(kind.code[:2])
        if kind is not TrevesError and branch:
            assert branch in {base.__name__ for base in kind.__mro__}


def test_errors_stand_beside_the_code_that_raises_them() -> None:
    """Only the root and its branches are in treves.errors."""
    ours = {kind.__name__ for kind in build_reference.error_classes() if kind.__module__ == "treves.errors"}
    assert ours == {"TrevesError", *BRANCHES.values()}


def test_every_setting_of_the_environment_is_documented() -> None:
    """Each variable that the source asks for stands in docs/commands.md, and no other."""
    asked: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r'(?:envvar=|environ(?:\.get\(|\[)|getenv\()"([A-Z_]+)"', source))
        asked |= set(re.findall(r'"([A-Z_]+)" in os\.environ', source))
    assert asked == set(build_reference.ENVIRONMENT)
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in page for name in asked)


def test_every_setting_of_a_dossier_is_documented() -> None:
    """What a dossier keeps as settings is told on the page about dossiers."""
    page = (DOCS / "dossier.md").read_text(encoding="utf-8")
    (row,) = [line for line in page.splitlines() if line.startswith("| `setting` |")]
    assert all(word in row for word in ("name", "zone", "roster", "feed"))


def test_every_public_name_is_documented() -> None:
    """Each name of the package has a heading in docs/api.md."""
    page = (DOCS / "api.md").read_text(encoding="utf-8")
    assert all(f"\n### {name}\n" in page for name in treves.__all__ if name != "__version__")


def anchor(heading: str) -> str:
    """The anchor that a heading gets."""
    return re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file or heading of the project finds it; nothing is fetched."""
    text = page.read_text(encoding="utf-8")
    for link in _LINK.findall(_FENCE.sub("", text)):
        if link.startswith(("http://", "https://")):
            continue
        place, _, part = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        assert target.exists(), f"{page.name}: {link}"
        if part:
            headings = {anchor(h) for h in _HEADING.findall(target.read_text(encoding="utf-8"))}
            assert part in headings, f"{page.name}: {link}"


def test_pictures_are_there() -> None:
    """The pictures of the pages are in the folder."""
    for page in PAGES:
        for picture in re.findall(r"!\[[^\]]+\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / picture).stat().st_size > 10_000


@attrs.frozen
class Block:
    """One block of code on a page: its language and text."""

    language: str
    text: str


def blocks(page: Path) -> list[Block]:
    """The blocks of a page that are to be run, in order."""
    found = [Block(*match) for match in _FENCE.findall(page.read_text(encoding="utf-8"))]
    return [b for b in found if b.language in ("console", "python") and page.name not in build_reference.PAGES]


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the examples use, as the current one."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "tests" / "gold", tmp_path / "tests" / "gold")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("TREVES_LANGUAGE", raising=False)
    return tmp_path


def run_command(line: str, capfd: pytest.CaptureFixture[str]) -> str:
    """Run a line of a console block, which must succeed; what the program alone does is run here, for speed."""
    capfd.readouterr()
    words = shlex.split(line)
    if words[0] == "treves" and not set(words) & {"|", ">", "&&"}:
        with pytest.raises(SystemExit) as stop:
            cli.main(words[1:])
        out, err = capfd.readouterr()
        code = stop.value.code
    else:
        done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, timeout=120)
        code, out, err = done.returncode, done.stdout, done.stderr
    assert code == 0, f"$ {line}\n{out}{err}"
    return out + err


def run_python(text: str) -> None:
    """Run a block of Python, which must succeed."""
    if "to_pandas" in text or "to_polars" in text:
        for library in ("pyarrow", "pandas", "polars"):
            pytest.importorskip(library, reason="the extra treves[frames] is not installed")
    done = subprocess.run([sys.executable, "-W", "error", "-c", text], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{text}\n{done.stderr}"
    assert done.stdout


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p)], ids=lambda p: p.name)
def test_the_examples_of_a_page_run(page: Path, workshop: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Every command of a page succeeds, one after the other, and says what the page shows, in that order."""
    for block in blocks(page):
        if block.language == "python":
            run_python(block.text)
            continue
        output: list[str] = []
        for line in block.text.splitlines():
            if line.startswith("$ "):
                output = run_command(line[2:], capfd).splitlines()
            elif line.strip():
                found = next((i for i, told in enumerate(output) if told.rstrip() == line.rstrip()), None)
                assert found is not None, f"{page.name} shows {line!r}, which is not (or no longer) in:\n" + "\n".join(
                    output
                )
                del output[: found + 1]
