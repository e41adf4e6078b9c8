"""The CI files that the project ships and documents: valid, and their commands run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from oppsummering.cli.app import app

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
FILES = {
    match[1]: match[2]
    for match in re.finditer(r"^```yaml\n# (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
}
SCHEMAS = {
    ".github/workflows/oppsummering.yml": "vendor.github-workflows",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
    "action.yml": "vendor.github-actions",
}
EXPECTED_STATUS = 1
"""The second round has findings, and says so by its exit status."""


def commands() -> list[str]:
    """Every `oppsummering` command of the page, in its order."""
    return re.findall(r"^(?:\s*- |\s*)?(oppsummering .*)$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_ci_files_are_valid(name: str, tmp_path: Path) -> None:
    """The workflow, the job and the action are valid by the vendors' own schemas."""
    text = FILES.get(name) or (ROOT / name).read_text(encoding="utf-8")
    path = tmp_path / Path(name).name
    path.write_text(text, encoding="utf-8")
    checker = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[name]]
    done = subprocess.run([*checker, str(path)], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_documented_hooks_are_those_that_are_shipped() -> None:
    """The hooks that the page uses are in `.pre-commit-hooks.yaml`, and run our commands."""
    hooks: list[dict[str, Any]] = yaml.safe_load(
        (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    )
    shipped = {hook["id"]: hook for hook in hooks}
    used = yaml.safe_load(FILES[".pre-commit-config.yaml"])["repos"][0]["hooks"]
    assert {hook["id"] for hook in used} == set(shipped)
    for hook in hooks:
        program, command, *_ = shlex.split(hook["entry"])
        assert program == "oppsummering"
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0


@pytest.mark.pipeline
@pytest.mark.slow
def test_documented_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page's commands, in its order, on the shipped survey and its second round."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "runder").mkdir()
    for name, source in {
        "2025.txt": ROOT / "data" / "kompetanseloftet.txt",
        "2026.txt": ROOT / "tests" / "surveys" / "kompetanseloftet-2.txt",
    }.items():
        (tmp_path / "runder" / name).write_bytes(source.read_bytes())
    found = commands()
    assert len(found) >= 4
    for command in found:
        result = CliRunner().invoke(app, shlex.split(command)[1:])
        quiet = "analyze" in command or "--fail-on off" in command
        assert result.exit_code == (0 if quiet else EXPECTED_STATUS), command + result.output
    assert (tmp_path / "findings.sarif").exists()
    assert (tmp_path / "findings.xml").exists()


@pytest.mark.pipeline
@pytest.mark.slow
def test_real_process_gives_the_exit_status(tmp_path: Path) -> None:
    """A process ends with 1 for findings and 2 for a file that is not there, without traceback."""
    program = [sys.executable, "-m", "oppsummering", "check"]
    second = ROOT / "tests" / "surveys" / "kompetanseloftet-2.txt"
    findings = subprocess.run([*program, str(second)], check=False, capture_output=True, text=True)
    assert (findings.returncode, findings.stderr) == (1, "")
    missing = subprocess.run(
        [*program, str(tmp_path / "no.txt")], check=False, capture_output=True, text=True
    )
    assert missing.returncode == 2
    assert missing.stdout == ""
    assert "Traceback" not in missing.stderr
    assert "no.txt" in missing.stderr
