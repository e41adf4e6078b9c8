"""The documentation shows what the commands really print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from oppsummering.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "oppsummering"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*)\n", re.MULTILINE)
ELISION = "[…]"
"""A line of its own in a documented output that stands for any lines."""


def documented_commands() -> Iterator[tuple[str, str, str]]:
    """Each documented `$ oppsummering …` with its page and the output shown below it."""
    for page in PAGES:
        for block in _CONSOLE.findall(page.read_text(encoding="utf-8")):
            pieces = _COMMAND.split(block)
            for command, output in zip(pieces[1::2], pieces[2::2], strict=True):
                yield page.name, command, output


CASES = list(documented_commands())


def as_pattern(output: str) -> str:
    """The documented output as a regular expression, elisions as any lines."""
    lines = [
        r"(?:.*\n)*?" if line.strip() == ELISION else re.escape(line.rstrip()) + r"[ ]*\n"
        for line in output.splitlines()
    ]
    return "".join(lines)


def test_readme_shows_commands() -> None:
    """The README has commands with their output."""
    assert any(page == "README.md" for page, _, _ in CASES)


@pytest.mark.pipeline
@pytest.mark.parametrize(
    ("page", "command", "output"), CASES, ids=[f"{page}: {command}" for page, command, _ in CASES]
)
def test_documented_output_is_real(
    page: str, command: str, output: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A documented command prints what the page says, at 80 columns, from the project's root."""
    monkeypatch.chdir(tmp_path)
    for name in ("data", "docs", "themes.yaml"):
        (tmp_path / name).symlink_to(ROOT / name)
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    program, *arguments = shlex.split(command)
    assert program == "oppsummering", f"{page} runs {program}"
    result = CliRunner().invoke(app, arguments)
    printed = "".join(line.rstrip() + "\n" for line in result.output.splitlines())
    assert re.fullmatch(as_pattern(output), printed), f"{page}: $ {command}\n{printed}"


def test_the_architecture_names_every_module() -> None:
    """Each module and package of the source has its place in the picture, and no other has."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.split("| Place in", 1)[1].split("\n\n", 1)[0]
    first_cells = " ".join(row.split("|")[1] for row in table.splitlines()[2:])
    folders = (path.name + "/" for path in SOURCE.glob("[!_]*") if any(path.glob("[!_.]*")))
    modules = (path.name for path in SOURCE.glob("*.py"))

    assert set(re.findall(r"`([^`]+)`", first_cells)) == {*folders, *modules}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    """Every link of a page to a file of the project finds it."""
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link and not link.startswith("mailto:")]

    assert [link for link in local if not (page.parent / link).exists()] == []


def test_test_command_is_what_ci_runs() -> None:
    """`.ci/run` takes the test command from the README instead of having its own."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "<!-- test command -->" in readme
    assert "<!-- test command -->" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "pytest" in readme.split("<!-- test command -->")[1].split("<!-- end -->")[0]
