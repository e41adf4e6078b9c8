"""`oppsummering export`: folders, files, formats, and every way to be refused."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from typer.testing import CliRunner

from oppsummering.cli.app import app, main
from oppsummering.cli.export import Format
from oppsummering.exporters.registry import EXPORTERS
from oppsummering.language import lexicon, pipeline
from support.words import FakeLexicon, FakePipeline

if TYPE_CHECKING:
    from collections.abc import Callable

CODEBOOK = """\
schema_version: 1
name: Prøve
themes:
  - id: hr_rollen
    labels: {nb: HR-rollen}
    definition: HR og det HR eier.
    terms: [{lemma: kurs}]
    examples: {match: [Et kurs.], no_match: [Et hus.]}
"""
SURVEY = """\
1) Hva har dere lært?
Kommune 1: Vi har fått:
· mange kurs
· =1+1
Kommune 2: Havet er stort.
"""
TABLES = [
    "statements.csv",
    "matches.csv",
    "frequencies.csv",
    "theme_by_question.csv",
    "theme_by_municipality.csv",
]


@pytest.fixture(autouse=True)
def _in_a_folder_without_trained_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "load_lexicon", FakeLexicon)
    monkeypatch.setattr(pipeline, "load_pipeline", lambda _name=None: FakePipeline())
    monkeypatch.chdir(tmp_path)
    Path("summary.txt").write_text(SURVEY, encoding="utf-8")
    Path("next.txt").write_text(SURVEY.replace("kurs", "planer"), encoding="utf-8")
    Path("codes.yaml").write_text(CODEBOOK, encoding="utf-8")


def run(*arguments: str) -> str:
    """Run the command and return what it prints."""
    result = CliRunner().invoke(app, ["export", *arguments, "--codebook", "codes.yaml"])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout_bytes.decode()


@pytest.fixture
def refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Run the command as a process would, expect exit status 2, and return its message."""

    def refuse(*arguments: str) -> str:
        command = ["oppsummering", "export", *arguments, "--codebook", "codes.yaml"]
        monkeypatch.setattr(sys, "argv", command)
        with pytest.raises(SystemExit) as stopped:
            main()
        assert stopped.value.code == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert "Traceback" not in captured.err
        return captured.err

    return refuse


def rows(path: str, encoding: str = "utf-8", delimiter: str = ",") -> list[dict[str, str]]:
    """The records of a CSV file."""
    text = Path(path).read_bytes().decode(encoding)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_folder_gets_every_table_and_its_files_are_listed() -> None:
    """The folder is made; what was written is printed, a line a file."""
    printed = run("summary.txt", "--output", "out")

    assert printed.splitlines() == [str(Path("out", name)) for name in [*TABLES, "run.json"]]
    assert sorted(path.name for path in Path("out").iterdir()) == sorted([*TABLES, "run.json"])
    assert [row["hr_rollen"] for row in rows("out/statements.csv")] == ["1", "0", "0"]
    assert rows("out/statements.csv")[1]["text"] == "'=1+1"


def test_surveys_go_into_the_same_tables() -> None:
    """Each row says which survey it is from."""
    run("summary.txt", "next.txt", "--output", "out")

    found = {row["survey"]: row["statements"] for row in rows("out/frequencies.csv")}
    assert found == {"summary.txt": "1", "next.txt": "0"}
    run_file = json.loads(Path("out/run.json").read_text(encoding="utf-8"))
    assert [source["name"] for source in run_file["sources"]] == ["summary.txt", "next.txt"]


def test_export_replaces_its_own_files_and_no_others() -> None:
    """A second run into the same folder."""
    run("summary.txt", "--output", "out")
    Path("out/notes.txt").write_text("mine", encoding="utf-8")
    run("next.txt", "--output", "out")

    assert Path("out/notes.txt").read_text(encoding="utf-8") == "mine"
    assert rows("out/frequencies.csv")[0]["survey"] == "next.txt"


def test_csv_file_is_the_statements_or_the_table_named() -> None:
    """`--table` chooses another one."""
    run("summary.txt", "--output", "a.csv")
    run("summary.txt", "--output", "b.csv", "--table", "frequencies")

    assert len(rows("a.csv")) == 3
    assert rows("b.csv")[0]["theme"] == "hr_rollen"


def test_excel_dialect() -> None:
    """Semicolons, decimal commas, a byte order mark."""
    run("summary.txt", "--output", "out", "--excel")

    (row,) = rows("out/frequencies.csv", "utf-8-sig", ";")
    assert row["share_of_responses"] == "0,5"


def test_respondents_are_a_table_when_stated() -> None:
    """And columns of the frequencies."""
    run("summary.txt", "--output", "out", "--same-respondents")

    assert len(rows("out/theme_by_respondent.csv")) == 2
    assert rows("out/frequencies.csv")[0]["share_of_respondents"] == "0.5"


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.json", b'{\n  "schema_version": 1'), ("a.MD", b"# summary"), ("a.html", b"<!doctype")],
)
def test_ending_decides_the_format(name: str, start: bytes) -> None:
    """Upper case too."""
    run("summary.txt", "--output", name)

    assert Path(name).read_bytes().startswith(start)


def test_workbook_holds_every_table() -> None:
    """Formulas are text."""
    run("summary.txt", "--output", "a.xlsx")

    book = openpyxl.load_workbook("a.xlsx")
    assert book.sheetnames == [*(name.removesuffix(".csv") for name in TABLES), "run"]
    assert "=1+1" in [cell.value for row in book["statements"] for cell in row]


def test_format_decides_the_files_of_a_folder() -> None:
    """One document a survey."""
    run("summary.txt", "next.txt", "--output", "out", "--format", "json")

    assert sorted(path.name for path in Path("out").iterdir()) == ["next.json", "summary.json"]


def test_every_exporter_can_be_asked_for() -> None:
    """The option knows the formats that there are."""
    assert [each.value for each in Format] == [exporter.name for exporter in EXPORTERS]


def test_existing_folder_may_have_any_name() -> None:
    """A dot in its name makes it no file."""
    Path("round.2024").mkdir()
    run("summary.txt", "--output", "round.2024", "--table", "matches")

    assert sorted(path.name for path in Path("round.2024").iterdir()) == ["matches.csv", "run.json"]


def test_standard_output() -> None:
    """`-` prints a single file."""
    assert run("summary.txt", "--output", "-").startswith("survey,statement,")
    assert run("summary.txt", "--output", "-", "--format", "json").startswith("{")


def test_same_input_gives_the_same_bytes() -> None:
    """In every file of every format."""
    for name in ("csv", "json", "xlsx", "markdown", "html"):
        run("summary.txt", "--output", f"one-{name}", "--format", name)
        run("summary.txt", "--output", f"two-{name}", "--format", name)
        for path in Path(f"one-{name}").iterdir():
            assert path.read_bytes() == Path(f"two-{name}", path.name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gone.txt", "--output", "out"], "gone.txt: "),
        (["summary.txt", "summary.txt", "--output", "out"], "given twice"),
        (["summary.txt", "--output", "a.tsv"], "a.tsv: No format ends in `.tsv`. End the name in"),
        (["summary.txt", "--output", "a.csv", "--format", "json"], "ending says csv, --format"),
        (["summary.txt", "--output", "out", "--table", "codes"], "No table `codes`. Choose among"),
        (["summary.txt", "--output", "a.csv", "--table", "codes"], "No table `codes`."),
        (["summary.txt", "next.txt", "--output", "a.json"], "A json file holds one survey, and 2"),
        (["summary.txt", "--output", "no/out"], "no: This folder does not exist."),
        (["summary.txt", "--output", "no/a.csv"], "no: This folder does not exist."),
        (["summary.txt", "--output", "plain"], "plain: The name has no ending."),
        (["summary.txt", "--output", "summary.txt"], "No format ends in `.txt`"),
        (["summary.txt"], "--output"),
        (["summary.txt", "--output", "a.xlsx", "--excel"], "--excel is about CSV files, not xlsx."),
        (["summary.txt", "--output", "a.md", "--table", "matches"], "markdown file has no tables"),
    ],
)  # fmt: skip
def test_refusal_says_what_is_wrong(
    refused: Callable[..., str], arguments: list[str], message: str
) -> None:
    """One message on stderr, exit status 2, nothing printed and nothing left behind."""
    Path("plain").touch()
    before = {path.name: path.read_bytes() for path in Path().iterdir()}

    assert message in refused(*arguments)

    assert {path.name: path.read_bytes() for path in Path().iterdir()} == before


def test_survey_that_is_called_like_a_table_is_not_overwritten(
    refused: Callable[..., str],
) -> None:
    """Nor is any other file of the set written then."""
    Path("out").mkdir()
    Path("summary.txt").rename("out/statements.csv")

    assert "read as input" in refused("out/statements.csv", "--output", "out")
    assert [path.name for path in Path("out").iterdir()] == ["statements.csv"]
    assert Path("out/statements.csv").read_text(encoding="utf-8") == SURVEY


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_folder_without_permission_is_refused(refused: Callable[..., str]) -> None:
    """The system's reason is passed on."""
    Path("out").mkdir(mode=0o500)

    assert "Permission denied" in refused("summary.txt", "--output", "out")
    assert list(Path("out").iterdir()) == []
