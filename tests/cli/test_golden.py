"""The outputs of the shipped survey, byte for byte.

A change here is a change that users see. `pytest --update-golden` renews the files; read the
difference before you commit it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from oppsummering.cli.app import app

if TYPE_CHECKING:
    from conftest import Golden

SURVEY = str(Path(__file__).parents[2] / "data" / "kompetanseloftet.txt")
FORMATS = {"table": "txt", "json": "json", "csv": "csv", "markdown": "md", "html": "html"}

pytestmark = pytest.mark.pipeline


@pytest.fixture(autouse=True)
def _away_from_any_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> bytes:
    """Run a command and return what it prints."""
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout_bytes


@pytest.mark.parametrize(("name", "suffix"), FORMATS.items())
def test_analyze(golden: Golden, name: str, suffix: str) -> None:
    """Every format of `analyze` on the shipped survey."""
    golden(f"kompetanseloftet/analyze.{suffix}", run("analyze", SURVEY, "--format", name))


def test_export(golden: Golden, tmp_path: Path) -> None:
    """Every file of `export` on the shipped survey."""
    run("export", SURVEY, "--output", "out")

    for path in sorted((tmp_path / "out").iterdir()):
        golden(f"kompetanseloftet/{path.name}", path.read_bytes())


def test_export_for_excel(golden: Golden, tmp_path: Path) -> None:
    """A table with numbers in the dialect of a Norwegian Excel."""
    run("export", SURVEY, "--output", "excel.csv", "--excel", "--table", "theme_by_question")

    golden("kompetanseloftet/excel.csv", (tmp_path / "excel.csv").read_bytes())
