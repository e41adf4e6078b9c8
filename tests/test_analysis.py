"""From files to surveys: names that differ, and a public API that loads late."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import oppsummering
from oppsummering.analysis import read_surveys
from oppsummering.errors import SurveyReadError

TEXT = "1) Hva har dere lært?\nKommune 1: Vi må lære mer.\n"


def survey(path: Path) -> Path:
    """Write a survey."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT, encoding="utf-8")
    return path


def names(paths: list[Path]) -> list[str]:
    """The names of the surveys when they are read together."""
    return [each.source.name for each in read_surveys(paths)]


def test_names_are_those_of_the_files(tmp_path: Path) -> None:
    """Folders are left out where the names differ without them."""
    assert names([survey(tmp_path / "x" / "a.txt"), survey(tmp_path / "y" / "b.txt")]) == [
        "a.txt",
        "b.txt",
    ]


def test_same_names_are_told_apart_by_folders(tmp_path: Path) -> None:
    """As many folders are shown as it takes, and no more."""
    paths = [
        survey(tmp_path / "2023" / "oslo" / "a.txt"),
        survey(tmp_path / "2024" / "oslo" / "a.txt"),
        survey(tmp_path / "2024" / "b.txt"),
    ]

    assert names(paths) == ["2023/oslo/a.txt", "2024/oslo/a.txt", "b.txt"]


def test_short_path_keeps_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the working folder has no folder to show."""
    monkeypatch.chdir(tmp_path)
    survey(tmp_path / "a.txt")
    survey(tmp_path / "x" / "a.txt")

    assert names([Path("a.txt"), Path("x/a.txt")]) == ["a.txt", "x/a.txt"]


def test_file_given_twice_is_refused(tmp_path: Path) -> None:
    """Its statements would count twice."""
    path = survey(tmp_path / "a.txt")

    with pytest.raises(SurveyReadError, match=r"a\.txt: The file is given twice"):
        read_surveys([path, path])


@pytest.mark.parametrize("name", oppsummering.__all__)
def test_public_name_is_there(name: str) -> None:
    """Every public name leads to something that is documented."""
    assert getattr(oppsummering, name).__doc__


def test_unknown_name_is_an_attribute_error() -> None:
    """As in any other module."""
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = oppsummering.nothing


def test_package_loads_nothing_heavy() -> None:
    """Importing it costs neither spaCy nor pandas."""
    code = "import oppsummering, sys; print([m for m in ('spacy', 'pandas') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
