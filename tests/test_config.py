"""The configuration: found, read, and every problem named at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oppsummering.config import Configuration, Level, load_configuration
from oppsummering.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

CHECKS = ("dead-term", "untagged")


def write(path: Path, text: str) -> Path:
    """Write a file and return its path."""
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path) -> str:
    """What is said of a configuration that is not valid."""
    with pytest.raises(ConfigurationError) as caught:
        load_configuration(path=path, checks=CHECKS)
    return str(caught.value)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    """A project that settles nothing gets the defaults."""
    assert load_configuration(folder=tmp_path) == Configuration()


def test_whole_file_is_read(tmp_path: Path) -> None:
    """Codebook, model, labels, level, severities and limits are taken over."""
    path = write(
        tmp_path / "oppsummering.toml",
        """
codebook = "koder/themes.yaml"
model = "nb_core_news_sm"
respondent = ["Skole", "Barnehage"]

[check]
fail_on = "error"

[check.severity]
dead-term = "off"

[check.limits]
untagged = 0.5
short_statement = 3
""",
    )
    found = load_configuration(path=path, checks=CHECKS)
    assert found.codebook == tmp_path / "koder" / "themes.yaml"
    assert found.model == "nb_core_news_sm"
    assert found.respondent == ("Skole", "Barnehage")
    assert found.fail_on is Level.ERROR
    assert found.severity == {"dead-term": Level.OFF}
    assert (found.limits.untagged, found.limits.short_statement) == (0.5, 3)
    assert found.limits.theme_change == Configuration().limits.theme_change


def test_file_is_found_in_a_folder_above(tmp_path: Path) -> None:
    """The nearest `oppsummering.toml` counts, from the current folder upwards."""
    path = write(tmp_path / "oppsummering.toml", 'respondent = "Skole"\n')
    below = tmp_path / "runder" / "2026"
    below.mkdir(parents=True)
    found = load_configuration(folder=below)
    assert (found.path, found.respondent) == (path, ("Skole",))


def test_own_file_wins_over_pyproject(tmp_path: Path) -> None:
    """In one folder `oppsummering.toml` is read before `pyproject.toml`."""
    write(tmp_path / "pyproject.toml", '[tool.oppsummering]\nmodel = "a"\n')
    assert load_configuration(folder=tmp_path).model == "a"
    write(tmp_path / "oppsummering.toml", 'model = "b"\n')
    assert load_configuration(folder=tmp_path).model == "b"


@pytest.mark.parametrize("text", ["", "[tool.ruff]\n", "[tool]\noppsummering = 3\n"])
def test_pyproject_of_others_is_passed_over(tmp_path: Path, text: str) -> None:
    """A `pyproject.toml` without our table is none of ours; named, it is an error."""
    path = write(tmp_path / "pyproject.toml", text)
    assert load_configuration(folder=tmp_path).path is None
    assert "no table [tool.oppsummering]" in problems(path)


def test_all_problems_are_named_at_once(tmp_path: Path) -> None:
    """Unknown keys, wrong types and values out of range are listed together."""
    path = write(
        tmp_path / "oppsummering.toml",
        """
codebok = "x"
codebook = 3
model = " "
respondent = [1]
[check]
fail_on = "maybe"
speed = 1
[check.severity]
dead-term = "loud"
other = "off"
[check.limits]
untagged = 2
short_statement = 1.5
theme_change = true
unknown = 1
""",
    )
    said = problems(path)
    for part in (
        "12 problems in the configuration",
        "codebok: unknown key",
        "codebook: must be a text",
        "model: must be a text",
        "respondent: must be a text or a list",
        "check.fail_on: must be one of",
        "check.speed: unknown key",
        "check.severity.dead-term: must be one of",
        "check.severity.other: unknown key",
        "check.limits.untagged: must be a number from 0 to 1",
        "check.limits.short_statement: must be a whole number",
        "check.limits.theme_change: must be a number",
        "check.limits.unknown: unknown key",
    ):
        assert part in said


def test_tables_must_be_tables(tmp_path: Path) -> None:
    """A key that should be a table, and is not, is named."""
    path = write(tmp_path / "oppsummering.toml", "check = 1\n")
    assert "check: must be a table" in problems(path)
    write(path, "[check]\nlimits = []\nseverity = 'off'\n")
    assert "check.limits: must be a table" in problems(path)
    assert "check.severity: must be a table" in problems(path)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a = [", "not valid TOML"),
        (b"\xff\xfe", "not valid TOML"),
        (b"a = " + b"[" * 100_000, "not valid TOML"),
        (b"#" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_broken_and_hostile_files_are_one_message(tmp_path: Path, data: bytes, said: str) -> None:
    """A file that is no TOML, or far too large, is refused with the reason."""
    path = tmp_path / "oppsummering.toml"
    path.write_bytes(data)
    assert said in problems(path)


def test_missing_file_is_said(tmp_path: Path) -> None:
    """A file that is named and not there is an error."""
    assert "cannot be read" in problems(tmp_path / "no.toml")


def test_severities_of_unknown_checks_pass_where_checks_are_not_run(tmp_path: Path) -> None:
    """Commands that run no checks leave the names of checks alone."""
    path = write(tmp_path / "oppsummering.toml", '[check.severity]\nother = "off"\n')
    assert load_configuration(path=path).severity == {"other": Level.OFF}
