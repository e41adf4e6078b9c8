"""Encodings, and input that is refused: each with what is wrong, where, and the mend."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from oppsummering.errors import SurveyReadError
from oppsummering.readers import decoding, read_survey

if TYPE_CHECKING:
    from oppsummering.survey import Source

TEXT = "1) Hva har dere lært?\nÅs kommune: Små og «stående» – til nå.\n"


def read(folder: Path, data: bytes, **options: tuple[str, ...]) -> Source:
    """Read bytes as a survey and return its source."""
    path = folder / "survey.txt"
    path.write_bytes(data)
    return read_survey(path, **options).source


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\x00\x00" + TEXT.encode("utf-32-le"), "utf-32-le"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_an_encoding_is_found(tmp_path: Path, data: bytes, encoding: str) -> None:
    """The text is the same in every encoding, its byte order mark left out."""
    source = read(tmp_path, data)
    assert source.text == TEXT
    assert source.encoding == encoding
    assert source.name == "survey.txt"
    assert len(source.sha256) == 64


def refused(path: Path, **options: tuple[str, ...]) -> SurveyReadError:
    """The error that reading a path raises."""
    with pytest.raises(SurveyReadError) as caught:
        read_survey(path, **options)
    assert caught.value.path == path
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        (b"", "empty", "saved"),
        (b" \r\n\t\n", "empty", "saved"),
        ("\ufeff\u200b \n".encode(), "empty", "saved"),
        (b"%PDF-1.7\n", "a PDF file", "plain text"),
        (b"PK\x03\x04word/document.xml", "a Word, Excel", "in Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an older Word", "in Word"),
        (b"{\\rtf1\\ansi", "an RTF file", "in Word"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary", "plain text"),
        (b"1) Hva?\nKommune 1: \x00ja", "binary", "plain text"),
        ((TEXT * 9).encode("utf-16-le") + b"\x00\xd8", "binary", "plain text"),
        (b"1) Hva?\nKommune 1: \x01\x02\x03\x04\x05", "binary", "plain text"),
        (b"Bare tekst.\nMer tekst.", "No question and no response", "--respondent"),
        (b"1) Hva?\n- Ja", "No response was found", "--respondent"),
    ],
)
def test_input_that_is_no_survey_is_refused(
    tmp_path: Path, data: bytes, message: str, hint: str
) -> None:
    """Empty, binary and unstructured files are refused with the way to mend them."""
    path = tmp_path / "survey.txt"
    path.write_bytes(data)
    error = refused(path)
    assert message in error.message
    assert hint in (error.hint or "")


def test_the_likely_label_is_proposed(tmp_path: Path) -> None:
    """Where no response is found, the noun that many lines begin with is named."""
    path = tmp_path / "survey.txt"
    path.write_text("1) Hva?\nTettsted 1: a\nTettsted 2: b\nTettsted 3: c\n", encoding="utf-8")
    assert "--respondent Tettsted" in (refused(path).hint or "")


def test_answers_without_any_question_are_refused(tmp_path: Path) -> None:
    """A file of answers without a question names the line of the first answer."""
    path = tmp_path / "survey.txt"
    path.write_text("\nKommune 1: a\nKommune 2: b\n", encoding="utf-8")
    error = refused(path)
    assert error.line == 2
    assert "No question" in error.message


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("1) Hva har dere lært?\nKommune 1: på".encode() + b"\xe5\n", 2),
        ("æ\r\rKommune".encode() + b"\xff\r", 3),
        (b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\x00", 3),
        (b"\xef\xbb\xbfA\n\n\xff", 3),
        (b"1) A\nKommune 1: \x81\n", 2),
    ],
)
def test_damaged_text_names_its_line(tmp_path: Path, data: bytes, line: int) -> None:
    """A byte that fits no encoding is named with its line instead of being misread."""
    path = tmp_path / "survey.txt"
    path.write_bytes(data)
    error = refused(path)
    assert "byte" in error.message
    assert "UTF-8" in (error.hint or "")
    assert error.line == line


def test_a_missing_file_and_a_directory_are_refused(tmp_path: Path) -> None:
    """A path that cannot be read says so."""
    assert "no such file" in refused(tmp_path / "ingen.txt").message
    assert "directory" in refused(tmp_path).message
    assert "cannot be read" in refused(tmp_path / "survey.txt" / "\0").message


def test_the_systems_reason_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the system refuses, its reason is in the message."""
    path = tmp_path / "survey.txt"
    path.write_bytes(TEXT.encode())

    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "Permission denied" in refused(path).message


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Endless input is not read to its end."""
    monkeypatch.setattr(decoding, "MAX_BYTES", 2**20)
    path = tmp_path / "survey.txt"
    path.write_bytes(b"a" * (2**20 + 1))
    assert "larger than 1 MiB" in refused(path).message


def test_an_empty_respondent_label_is_refused(tmp_path: Path) -> None:
    """A label of blanks would match everywhere."""
    assert "empty" in refused(tmp_path / "survey.txt", respondent=("Skole", " ")).message


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """The path `-` reads standard input, and is the name of the source."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(TEXT.encode())))
    source = read_survey(Path("-")).source
    assert (source.name, source.text) == ("-", TEXT)
