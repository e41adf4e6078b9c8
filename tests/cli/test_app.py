"""The command line as a whole: help and version, and what they cost."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

import oppsummering
from oppsummering.cli.app import COMMANDS, app

LOADED = """
import sys
from oppsummering.cli.app import main
sys.argv = ["oppsummering", *sys.argv[1:]]
try:
    main()
except SystemExit as stop:
    assert not stop.code, stop.code
print(sorted({"spacy", "pandas", "numpy", "scipy", "sklearn"} & set(sys.modules)))
"""


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_load_nothing_heavy(option: str) -> None:
    """Neither spaCy nor pandas is loaded before there is something to analyse."""
    command = [sys.executable, "-c", LOADED, option]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_version_is_that_of_the_package() -> None:
    """`--version` names the program and its version."""
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"oppsummering {oppsummering.__version__}\n")


def test_every_command_is_in_the_help() -> None:
    """Each command that is registered is listed, with a summary."""
    text = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).stdout
    names = [command.__name__.rsplit(".", 1)[-1] for command in COMMANDS]
    listed = [name for name in names if f" {name} " in text]
    assert sorted({*names} - {*listed}) == ["suggest"]  # `themes suggest`, below `themes`


def test_python_m_is_the_same_program() -> None:
    """`python -m oppsummering` is `oppsummering`."""
    command = [sys.executable, "-m", "oppsummering", "--version"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout == f"oppsummering {oppsummering.__version__}\n"
