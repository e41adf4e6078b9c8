"""`oppsummering themes suggest`: its outputs, its inputs, and every way to be refused."""

from __future__ import annotations

import json
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

TESTS = Path(__file__).parent.parent
SURVEY = TESTS / "surveys" / "runde.txt"
CODEBOOK = TESTS / "codebooks" / "digital.yaml"


@pytest.fixture(autouse=True)
def _without_trained_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "load_lexicon", FakeLexicon)
    monkeypatch.setattr(pipeline, "load_pipeline", lambda _name=None: FakePipeline())


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Gold codes with texts: *nettverk* is what the codebook misses."""
    path = tmp_path / "gold.jsonl"
    rows = [
        {"id": f"r{n}", "text": "Et nettverk av byer.", "themes": ["okosystem"]} for n in range(4)
    ] + [{"id": f"s{n}", "text": "Et hus.", "themes": []} for n in range(12)]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def run(*arguments: str | Path) -> str:
    """Run the command and return what it prints."""
    result = CliRunner().invoke(
        app, ["themes", "suggest", *map(str, arguments), "--codebook", str(CODEBOOK)]
    )
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Run the command as a process would, expect exit status 2, and return its message."""

    def refuse(*arguments: str | Path) -> str:
        command = ["themes", "suggest", *map(str, arguments), "--codebook", str(CODEBOOK)]
        monkeypatch.setattr(sys, "argv", ["oppsummering", *command])
        with pytest.raises(SystemExit) as caught:
            main()
        assert caught.value.code == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        return " ".join(printed.err.replace("│", " ").split())

    return refuse


@pytest.mark.parametrize(
    ("format_", "suffix"), [("table", "txt"), ("json", "json"), ("markdown", "md")]
)
def test_suggestions_from_gold_codes(gold: Path, golden: Golden, format_: str, suffix: str) -> None:
    """The whole output in every format, byte for byte."""
    golden(f"suggest.{suffix}", run("--gold", gold, "--format", format_).encode())


def test_a_survey_alone_is_read_by_the_codebooks_own_themes() -> None:
    """Lead-ins are no statements; the words are those of the statements."""
    document = json.loads(run(SURVEY, "--format", "json"))
    assert document["statements"] == 8
    assert document["by_gold"] is False
    assert document["untagged"] == 4
    assert document["never"] == []
    assert {(each["theme"], each["term"]) for each in document["never_counted"]} == {
        ("modenhet", "modenhetstrapp"),
        ("modenhet", "digital modenhet"),
    }


def test_several_surveys_name_the_file_of_each_example(tmp_path: Path) -> None:
    """The name of a statement holds the file where there are several."""
    other = tmp_path / "neste.txt"
    text = SURVEY.read_text(encoding="utf-8")
    other.write_text(text + "Kommune 4: Alle skal med.\n", encoding="utf-8")
    document = json.loads(run(SURVEY, other, "--format", "json"))
    assert document["statements"] == 17
    examples = [word["example"]["statement"] for word in document["untagged_words"]]
    assert examples
    assert all(name.startswith(("runde.txt:", "neste.txt:")) for name in examples)


def test_a_survey_with_its_gold_codes(tmp_path: Path) -> None:
    """Only the statements that are coded are looked at, with the themes of the codes."""
    gold = tmp_path / "gold.csv"
    gold.write_text("line,okosystem\n5,0\n6,1\n8,1\n", encoding="utf-8")
    document = json.loads(run(SURVEY, "--gold", gold, "--theme", "okosystem", "--format", "json"))
    assert (document["statements"], document["by_gold"]) == (3, True)
    assert [theme["statements"] for theme in document["themes"]] == [2]


def test_an_output_file_is_written_whole(gold: Path, tmp_path: Path) -> None:
    """`--output` writes the file instead of printing."""
    target = tmp_path / "words.txt"
    assert run("--gold", gold, "--output", target) == ""
    assert target.read_text(encoding="utf-8").startswith("Suggestions for the codebook\n")


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
    monkeypatch.setattr("oppsummering.cli.suggest.sys", type("Sys", (), {"stdout": Terminal()}))
    monkeypatch.setattr(
        "oppsummering.renderers.terminal.print_report",
        lambda report, _console: shown.append(report.title),
    )
    assert run("--gold", gold) == ""
    assert shown == ["Suggestions for the codebook"]


def test_orders_that_make_no_sense(gold: Path, refused: Callable[..., str]) -> None:
    """Each is told on standard error with exit status 2."""
    assert "name a survey, or give codes with texts by --gold" in refused()
    assert "no theme 'x'. Its themes: okosystem, modenhet, hr_rollen" in refused(
        SURVEY, "--theme", "x"
    )
    assert "There is no such file" in refused("missing.txt")
    assert "not overwritten" in refused("--gold", gold, "--output", gold)
