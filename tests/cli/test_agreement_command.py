"""`oppsummering agreement`: its outputs, its inputs, and every way to be refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from oppsummering.cli.app import app, main
from oppsummering.language import lexicon, pipeline
from support.words import FakeLexicon, FakePipeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Golden

ROOT = Path(__file__).parent.parent.parent
SURVEY = ROOT / "tests" / "surveys" / "runde.txt"
CODEBOOK = ROOT / "tests" / "codebooks" / "digital.yaml"
COLUMNS = """\
line,okosystem,modenhet,hr_rollen
4,0,0,0
5,1,0,0
6,1,0,0
7,0,0,0
8,1,0,0
9,0,1,0
12,0,1,1
13,0,0,0
"""


@pytest.fixture(autouse=True)
def _without_trained_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "load_lexicon", FakeLexicon)
    monkeypatch.setattr(pipeline, "load_pipeline", lambda _name=None: FakePipeline())


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Gold codes of the survey: line 14 is not coded."""
    path = tmp_path / "gold.csv"
    path.write_text(COLUMNS, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> str:
    """Run the command and return what it prints."""
    result = CliRunner().invoke(
        app, ["agreement", *map(str, arguments), "--codebook", str(CODEBOOK)]
    )
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Run the command as a process would, expect exit status 2, and return its message."""

    def refuse(*arguments: str | Path) -> str:
        command = ["agreement", *map(str, arguments), "--codebook", str(CODEBOOK)]
        monkeypatch.setattr(sys, "argv", ["oppsummering", *command])
        with pytest.raises(SystemExit) as caught:
            main()
        assert caught.value.code == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        return printed.err

    return refuse


@pytest.mark.parametrize(
    ("format_", "suffix"), [("table", "txt"), ("json", "json"), ("markdown", "md")]
)
def test_a_survey_against_gold_codes(gold: Path, golden: Golden, format_: str, suffix: str) -> None:
    """The whole output in every format, byte for byte."""
    text = run(SURVEY, "--gold", gold, "--format", format_)
    golden(f"agreement.{suffix}", text.encode())


def test_the_counts_are_those_of_the_two_codings(gold: Path) -> None:
    """Counted by hand: the survey's tags beside the gold codes."""
    document = json.loads(run(SURVEY, "--gold", gold, "--format", "json"))
    counts = {
        theme["theme"]: [theme[name] for name in ("tp", "fp", "fn", "tn")]
        for theme in document["themes"]
    }
    assert counts == {
        "okosystem": [2, 0, 1, 4],
        "modenhet": [1, 0, 1, 5],
        "hr_rollen": [0, 1, 1, 5],
    }
    assert document["not_compared"] == {"lead-ins": 1, "statements without gold codes": 1}
    assert document["pipeline"] == {"name": "fake", "version": "1"}


def test_the_texts_of_the_gold_file_are_tagged_without_a_survey(tmp_path: Path) -> None:
    """Without FILE the gold file's own texts are measured."""
    gold = tmp_path / "dev.jsonl"
    rows = [
        {"id": "r1", "text": "Et økosystem.", "themes": ["okosystem"]},
        {"id": "r2", "text": "Et hus.", "themes": []},
        {"id": "r3", "text": "En nabo.", "themes": ["okosystem"], "unsure": ["okosystem"]},
    ]
    gold.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    document = json.loads(run("--gold", gold, "--format", "json"))
    (theme,) = document["themes"]
    assert (theme["tp"], theme["fp"], theme["fn"], theme["tn"]) == (1, 0, 1, 1)
    (missed,) = document["disagreements"]
    assert missed["undecided"] is True
    assert (missed["score"], missed["threshold"]) == (0.4, 1.0)
    skipped = json.loads(run("--gold", gold, "--skip-undecided", "--format", "json"))
    assert skipped["themes"][0]["left_out"] == 1
    assert skipped["disagreements"] == []
    chosen = json.loads(run("--gold", gold, "--theme", "modenhet", "--format", "json"))
    assert [theme["theme"] for theme in chosen["themes"]] == ["modenhet"]
    assert chosen["themes"][0]["kappa"]["value"] is None


def test_one_written_standard_can_be_measured_alone(
    gold: Path, refused: Callable[..., str]
) -> None:
    """The survey is in Bokmål; short statements are in neither standard."""
    text = run(SURVEY, "--gold", gold, "--written-standard", "nb", "--format", "json")
    document = json.loads(text)
    left = document["not_compared"]["statements in another written standard"]
    assert document["statements"] + left == 7
    assert 0 < document["statements"] < 7
    message = refused(SURVEY, "--gold", gold, "--written-standard", "nn")
    assert "no statement is in the written standard nn" in message
    message = refused(gold, "--gold", gold, "--written-standard", "nn")
    assert "told by the tagger alone" in message


def test_two_files_of_codes(gold: Path, tmp_path: Path) -> None:
    """Another coder's file takes the survey's place; no text is tagged."""
    other = tmp_path / "kari.csv"
    other.write_text(COLUMNS.replace("9,0,1,0", "9,0,0,0"), encoding="utf-8")
    document = json.loads(run(other, "--gold", gold, "--format", "json"))
    assert document["pipeline"] is None
    assert document["other"] == "kari.csv"
    assert [each["statement"] for each in document["disagreements"]] == ["line 9"]


def test_two_coders_of_one_file(tmp_path: Path) -> None:
    """One file may hold both coders; each is chosen by name."""
    both = tmp_path / "both.csv"
    both.write_text("line,coder,modenhet\n1,Kari,1\n2,Kari,0\n1,Ola,1\n2,Ola,1\n", encoding="utf-8")
    text = run("--gold", both, "--coder", "Kari", "--other-coder", "Ola", "--format", "json")
    document = json.loads(text)
    assert (document["gold"], document["other"]) == ("both.csv (Kari)", "both.csv (Ola)")
    assert document["micro"]["fp"] == 1


def test_the_configuration_gives_the_codebook(gold: Path, tmp_path: Path) -> None:
    """Without `--codebook` the configured one is used, also by explain and suggest."""
    config = tmp_path / "oppsummering.toml"
    config.write_text(f'codebook = "{CODEBOOK.as_posix()}"\n', encoding="utf-8")
    commands = (
        ["agreement", str(SURVEY), "--gold", str(gold)],
        ["explain", "--text", "Et hus."],
        ["themes", "suggest", str(SURVEY)],
    )
    for command in commands:
        options = ["--config", str(config), "--format", "json"]
        result = CliRunner().invoke(app, [*command, *options])
        assert result.exit_code == 0, result.output
        assert json.loads(result.stdout)["codebook"]["name"] == "digital.yaml"


def test_an_output_file_is_written_whole(gold: Path, tmp_path: Path) -> None:
    """`--output` writes the file instead of printing."""
    target = tmp_path / "agreement.md"
    assert run(SURVEY, "--gold", gold, "--format", "markdown", "--output", target) == ""
    assert target.read_text(encoding="utf-8").startswith("# Samsvar med gullkoder\n")


def test_a_terminal_gets_the_report_at_its_width(
    gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal the report is printed with its colours."""

    class Terminal:
        """A standard output that is a terminal."""

        def isatty(self) -> bool:
            """Yes."""
            return True

    shown: list[str] = []
    monkeypatch.setattr("oppsummering.cli.agreement.sys", type("Sys", (), {"stdout": Terminal()}))
    monkeypatch.setattr(
        "oppsummering.renderers.terminal.print_report",
        lambda report, _console: shown.append(report.title),
    )
    assert run(SURVEY, "--gold", gold) == ""
    assert shown == ["Samsvar med gullkoder"]


def test_problems_of_the_gold_file_are_all_told(
    tmp_path: Path, refused: Callable[..., str]
) -> None:
    """Unknown ids, unknown themes, duplicates, empty cells: file, line and mend, exit 2."""
    gold = tmp_path / "gold.csv"
    gold.write_text("statement,themes\nq1.r1.s2,x\nq1.r1.s2,-\nq1.r1.s3,\n", encoding="utf-8")
    message = refused(SURVEY, "--gold", gold)
    themes = "okosystem, modenhet, hr_rollen"
    assert message.splitlines() == [
        f"oppsummering: {gold}: 3 problems in the file of codes:",
        f"  line 2: column 'themes': 'x' is no theme of the codebook ({themes}).",
        "  line 3: q1.r1.s2 is coded again, first on line 2.",
        "  line 4: column 'themes': the cell is empty: list themes, or write '-' for no theme.",
    ]
    gold.write_text("statement,themes\nq9.r9.s9,modenhet\n", encoding="utf-8")
    assert "line 2: runde.txt has no statement 'q9.r9.s9'." in refused(SURVEY, "--gold", gold)


def test_orders_that_make_no_sense(gold: Path, tmp_path: Path, refused: Callable[..., str]) -> None:
    """Each is told with the way out, and nothing is written."""
    other = tmp_path / "other.csv"
    other.write_text(COLUMNS, encoding="utf-8")
    assert "compared alone" in refused(SURVEY, other, "--gold", gold)
    assert "not in a survey" in refused(SURVEY, "--gold", gold, "--other-coder", "Kari")
    assert "there is no text: name the survey as FILE" in refused("--gold", gold)
    assert "There is no such file" in refused(SURVEY, "--gold", tmp_path / "none.csv")
    assert "no theme 'x'" in refused(SURVEY, "--gold", gold, "--theme", "x")
    assert "no coder 'Per'" in refused(SURVEY, "--gold", gold, "--coder", "Per")
    before = gold.read_bytes()
    own = ("--output", gold, "--format", "json")
    assert "not overwritten" in refused(SURVEY, "--gold", gold, *own)
    assert "writes no .csv" in refused(SURVEY, "--gold", gold, "--output", gold)
    assert gold.read_bytes() == before
    assert "Missing option" in refused(SURVEY)


@pytest.mark.pipeline
def test_the_sample_with_its_gold_codes_as_a_process() -> None:
    """The shipped survey, codebook and codes, run as a user runs them."""
    data = ROOT / "data"
    command = [sys.executable, "-m", "oppsummering", "agreement"]
    files = [str(data / "kompetanseloftet.txt"), "--gold", str(data / "gold.jsonl")]
    result = subprocess.run(
        [*command, *files, "--format", "json"], capture_output=True, check=False, cwd=ROOT
    )
    assert result.returncode == 0, result.stderr
    document = json.loads(result.stdout)
    assert document["statements"] == 77
    assert document["not_compared"] == {"lead-ins": 3}
    assert document["micro"]["tp"] + document["micro"]["fn"] == 61
