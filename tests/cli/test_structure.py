"""`oppsummering structure`: the outline, its formats, and every way to be refused."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from oppsummering.cli.app import app, main
from oppsummering.cli.common import create_console
from oppsummering.readers import read_survey

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "kompetanseloftet.txt"
HOSTILE = "1) Hva?\nKommune 1: Ja \x1b[31mrød \u202e[bold]snudd[/bold] \x07\n"


def run(*arguments: str | Path, width: int = 80) -> str:
    """Run `structure` and return what it prints."""
    options = [str(argument) for argument in arguments]
    result = CliRunner().invoke(app, ["structure", *options], env={"COLUMNS": str(width)})
    assert result.exit_code == 0, result.output
    return result.output


def process(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command line as a process of its own, without a terminal."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    environment.pop("FORCE_COLOR", None)
    return subprocess.run(
        [sys.executable, "-m", "oppsummering", "structure", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env=environment,
    )


def test_the_outline_of_the_sample() -> None:
    """Questions, responses with counts, notes and occurrences, statements, diagnostics."""
    lines = run(SAMPLE).splitlines()
    assert lines[0].startswith("kompetanseloftet.txt (utf-8): 7 questions, 45 responses, 77")
    assert "  2  OPPSUMMERING KOMMUNER KOMPETANSELØFTET" in lines
    assert any(line.startswith("  4  q1 · 11 responses · Hvilke faglige") for line in lines)
    assert "  5    q1.r1 · Kommune 1 · 5 statements" in lines
    assert "  5      s1  lead-in   Vi ser at vi har fått:" in lines
    assert " 28    q1.r10 · Kommune 8 · occurrence 2 · 1 statement" in lines
    assert any("· note: også fra en av de minste" in line for line in lines)
    assert " 78    h1.1 · 5 responses · På kort sikt" in lines
    assert lines[-1] == " 96  warning  'Kommune: 2:' was read as 'Kommune 2'. [label-repaired]"


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_outline_fits_its_width(width: int) -> None:
    """No line is wider than the terminal, and none ends in blanks."""
    for line in run(SAMPLE, width=width).splitlines():
        assert len(line) <= width
        assert line == line.rstrip()


def test_the_outline_names_every_statement() -> None:
    """The id on a response's line and the part before a statement make the statement's id."""
    found, response = [], ""
    for line in run(SAMPLE, width=80).splitlines():
        words = line.split()
        if re.fullmatch(r"\S+\.r\d+", "".join(words[1:2])):
            response = words[1]
        elif re.fullmatch(r"s\d+", "".join(words[1:2])):
            found.append(f"{response}.{words[1]}")
    assert found == [statement.id for *_, statement in read_survey(SAMPLE).walk()]


def test_json_has_the_keys_of_the_contract() -> None:
    """`--format json` gives the survey's part of the contract of `analyze`."""
    data = json.loads(run(SAMPLE, "--format", "json"))
    assert list(data) == [
        *("schema_version", "source", "title", "questions", "responses", "statements"),
        "diagnostics",
    ]
    assert data["schema_version"] == 1
    assert data["source"]["encoding"] == "utf-8"
    assert data["questions"][4] == {
        "id": "h1.1",
        "number": None,
        "title": "På kort sikt",
        "parents": ["Eksempel på kommende tiltak i lys av programmet"],
        "line": 78,
        "responses": 5,
    }
    assert data["responses"][0]["statements"] == [f"q1.r1.s{n}" for n in range(1, 7)]
    text = SAMPLE.read_text(encoding="utf-8")
    for statement in data["statements"]:
        assert statement["text"] == text[statement["start"] : statement["end"]]
    assert [one["line"] for one in data["diagnostics"]] == [28, 29, 96]


def test_a_label_of_the_users_own(tmp_path: Path) -> None:
    """`--respondent` may be given several times."""
    path = tmp_path / "svar.txt"
    path.write_text("1) Hva?\nOslo: Ja\nTettsted 2: Nei\n", encoding="utf-8")
    output = run(path, "--respondent", "Oslo", "--respondent", "Tettsted")
    assert "Oslo · 1 statement" in output
    assert "Tettsted 2 · 1 statement" in output


def test_a_label_from_the_configuration(tmp_path: Path) -> None:
    """The labels of the configuration count where the option is not given."""
    path = tmp_path / "svar.txt"
    path.write_text("1) Hva?\nTettsted 2: Nei\n", encoding="utf-8")
    settings = tmp_path / "oppsummering.toml"
    settings.write_text('respondent = ["Tettsted"]\n', encoding="utf-8")
    assert "Tettsted 2 · 1 statement" in run(path, "--config", settings)


def test_hostile_text_is_made_visible(tmp_path: Path) -> None:
    """Escape sequences and direction marks are shown, markup is printed as it stands."""
    path = tmp_path / "svar.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    output = run(path)
    assert "\\x1b[31mrød" in output
    assert "\\u202e[bold]snudd[/bold]" in output
    assert not set(output) & set("\x1b\u202e\x07")


def test_remarks_on_lines_in_a_row_are_one(tmp_path: Path) -> None:
    """The same remark on consecutive lines is printed once, with the lines it is about."""
    path = tmp_path / "svar.txt"
    path.write_text("Notat\n\nA.\nB.\nC.\n\n1) Hva?\nKommune 1: Ja\n", encoding="utf-8")
    remarks = [line for line in run(path).splitlines() if "info" in line]
    assert len(remarks) == 1
    assert remarks[0].startswith("3–5  info")


def test_a_remark_about_the_whole_file_has_no_line(tmp_path: Path) -> None:
    """A guessed encoding is remarked on without a line."""
    path = tmp_path / "svar.txt"
    path.write_bytes("1) Hva?\nÅs kommune: Ja\n".encode("cp1252"))
    output = run(path)
    assert "svar.txt (cp1252): 1 question, 1 response" in output
    assert "\n   info     The file was read as Windows-1252" in output


def test_standard_input_and_plain_output() -> None:
    """`-` reads standard input; piped output has no escape sequence and is the file's own."""
    piped = process("-", stdin=SAMPLE.read_bytes())
    named = process(str(SAMPLE))
    assert piped.returncode == named.returncode == 0
    assert b"\x1b" not in piped.stdout
    assert piped.stdout.decode().splitlines()[2:] == named.stdout.decode().splitlines()[2:]
    assert piped.stderr == named.stderr == b""


def test_no_colour_on_a_terminal_that_wants_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR leaves no colour even where colour is forced."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[36m" in run(SAMPLE)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[36m" not in run(SAMPLE)


def test_a_console_on_a_stream_that_knows_no_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream in memory serves as well as one with an encoding."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    create_console(stderr=True).print("Ås [b]kommune[/b] :smile: 1")
    assert stream.getvalue() == "Ås [b]kommune[/b] :smile: 1\n"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("missing.txt", None, "no such file"),
        ("empty.txt", b" \n", "empty"),
        ("report.pdf", b"%PDF-1.4", "a PDF file"),
        ("notes.txt", b"Bare tekst.\n", "No question and no response"),
    ],
)
def test_bad_input_is_one_line_and_status_2(
    tmp_path: Path, name: str, data: bytes | None, message: str
) -> None:
    """A file that cannot be read is one line on stderr with its name, and exit status 2."""
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    result = process(str(path))
    error = result.stderr.decode()
    assert result.returncode == 2
    assert result.stdout == b""
    assert error.startswith(f"oppsummering: {path}: ")
    assert message in error
    assert error.count("\n") == 1


def test_wrong_usage_is_status_2() -> None:
    """An unknown format is a usage error."""
    result = CliRunner().invoke(app, ["structure", str(SAMPLE), "--format", "xml"])
    assert result.exit_code == 2


def test_a_bug_shows_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only errors of ours are caught at the top."""

    def fail(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("oppsummering.readers.read_survey", fail)
    monkeypatch.setattr(sys, "argv", ["oppsummering", "structure", str(SAMPLE)])
    with pytest.raises(RuntimeError, match="a bug"):
        main()


def test_no_heavy_import() -> None:
    """The command needs neither spaCy nor pandas."""
    code = (
        "import sys; from typer.testing import CliRunner; from oppsummering.cli.app import app;"
        f"result = CliRunner().invoke(app, ['structure', {str(SAMPLE)!r}]);"
        "assert result.exit_code == 0; assert not {'spacy', 'pandas'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
