"""`oppsummering analyze`: formats, filters, outputs, and every way to be refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

import oppsummering
from oppsummering.cli import _analysis
from oppsummering.cli.app import app, main
from oppsummering.corrections.model import fingerprint
from oppsummering.language import lexicon, pipeline
from support.words import FakeLexicon, FakePipeline

if TYPE_CHECKING:
    from collections.abc import Callable

CODEBOOK = """\
schema_version: 1
name: Prøve
themes:
  - id: okosystem
    labels: {nb: Økosystemtenkning}
    definition: Samarbeid på tvers av grenser.
    terms: [{lemma: økosystem}]
    examples: {match: [Et økosystem.], no_match: [Et hus.]}
  - id: hr_rollen
    labels: {nb: HR-rollen}
    definition: HR og det HR eier.
    terms: [{lemma: kurs}]
    examples: {match: [Et kurs.], no_match: [Et hus.]}
"""
SURVEY = """\
OPPSUMMERING

1) Hva har dere lært?
Kommune 1: Vi har fått:
· et økosystem
· mange kurs
Kommune 2: Havet er stort.

2) Hva gjør dere nå?
Kommune 1: Vi holder kurs i økosystem.
"""
LINES = {
    "table": "Økosystemtenkning       2           50,0 %     2         66,7 %\n",
    "json": '      "theme": "okosystem",\n',
    "csv": "summary.txt,okosystem,Økosystemtenkning,2,4,0.5,2,3,0.6666666666666666",
    "markdown": "| Økosystemtenkning | 2 | 50,0 % | 2 | 66,7 % |\n",
    "html": '<td class="number share" style="--share: 66.7%">66,7 %</td>',
}


@pytest.fixture(autouse=True)
def _in_a_folder_without_trained_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "load_lexicon", FakeLexicon)
    monkeypatch.setattr(pipeline, "load_pipeline", lambda _name=None: FakePipeline())
    monkeypatch.chdir(tmp_path)
    Path("summary.txt").write_text(SURVEY, encoding="utf-8")
    Path("codes.yaml").write_text(CODEBOOK, encoding="utf-8")


def run(*arguments: str, stdin: str | None = None) -> str:
    """Run the command on the survey and return what it prints."""
    command = ["analyze", *(arguments or ("summary.txt",)), "--codebook", "codes.yaml"]
    result = CliRunner().invoke(app, command, input=stdin)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout_bytes.decode()


@pytest.fixture
def refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Run the command as a process would, expect exit status 2, and return its message."""

    def refuse(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["oppsummering", "analyze", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        assert stopped.value.code == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert "Traceback" not in captured.err
        return captured.err

    return refuse


@pytest.mark.parametrize(("name", "line"), LINES.items())
def test_format_holds_the_figures(name: str, line: str) -> None:
    """Every format shows the same counts and shares."""
    assert line in run("summary.txt", "--format", name)


@pytest.mark.parametrize("name", LINES)
def test_file_holds_what_would_be_printed(name: str) -> None:
    """`--output` changes where it goes and nothing else."""
    assert run("summary.txt", "--format", name, "--output", f"out.{name}") == ""

    assert Path(f"out.{name}").read_bytes().decode() == run("summary.txt", "--format", name)


@pytest.mark.parametrize(
    ("name", "format_"),
    [
        ("out.json", "json"),
        ("out.CSV", "csv"),
        ("out.md", "markdown"),
        ("out.html", "html"),
        ("out.txt", "table"),
        ("out", "table"),
    ],
)
def test_the_ending_of_the_output_decides_the_format(name: str, format_: str) -> None:
    """A file named .json holds JSON, without saying so twice; other names hold the table."""
    run("summary.txt", "--output", name)

    assert Path(name).read_bytes().decode() == run("summary.txt", "--format", format_)


def test_the_ending_of_another_commands_format_means_nothing() -> None:
    """`.xml` and `.sarif` are formats of `check`; here they are names like any other."""
    run("summary.txt", "--output", "out.xml")

    assert Path("out.xml").read_bytes().decode() == run("summary.txt", "--format", "table")


def test_a_format_that_is_asked_for_beats_the_ending() -> None:
    """As with every option that is given."""
    run("summary.txt", "--output", "out.json", "--format", "csv")

    assert Path("out.json").read_bytes().decode() == run("summary.txt", "--format", "csv")


def test_an_ending_of_another_commands_format_is_refused(refused: Callable[..., str]) -> None:
    """A workbook is not a report with another name."""
    message = refused("summary.txt", "--output", "out.xlsx")

    assert "writes no .xlsx" in message
    assert not Path("out.xlsx").exists()


def test_table_is_the_format_when_none_is_asked_for() -> None:
    """Plain where it is piped: no escape sequences, 80 columns."""
    text = run()

    assert text == run("summary.txt", "--format", "table", "--output", "-")
    assert text.startswith("OPPSUMMERING\n")
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_terminal_gets_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the matched words are styled instead of standing in asterisks."""
    monkeypatch.setattr("oppsummering.cli.analyze._is_terminal", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    text = run()

    assert "\x1b[" in text
    assert "*økosystem*" not in text


def test_standard_input_is_read() -> None:
    """`-` stands for it, and is the survey's name."""
    content = json.loads(run("-", "--format", "json", stdin=SURVEY))

    assert content["source"]["name"] == "-"
    assert len(content["statements"]) == 5


def test_filters_narrow_the_output() -> None:
    """They may be repeated and are named in the output."""
    content = json.loads(
        run(
            "summary.txt", "--format", "json", "--theme", "hr_rollen", "--question", "2",
            "--question", "Q1", "--municipality", "kommune 1",
        )
    )  # fmt: skip

    assert content["selection"] == {
        "themes": ["hr_rollen"],
        "questions": ["q1", "q2"],
        "municipalities": ["Kommune 1"],
    }
    assert [each["theme"] for each in content["frequencies"]] == ["hr_rollen"]
    assert content["frequencies"][0]["share_of_responses"] == pytest.approx(1.0)


def test_quotes_are_as_many_as_asked_for() -> None:
    """None at all with 0."""
    assert run("summary.txt", "--quotes", "1").count("Q1 · Kommune 1") == 2
    assert "Ingen sitater er bedt om." in run("summary.txt", "--quotes", "0")


def test_respondents_are_counted_when_stated() -> None:
    """The CSV has three more columns then."""
    header, first, *_ = run("summary.txt", "--format", "csv", "--same-respondents").splitlines()

    assert header.endswith(",respondents,respondents_total,share_of_respondents")
    assert first.endswith(",1,2,0.5")


def test_same_input_gives_the_same_bytes() -> None:
    """On every run."""
    assert [run("summary.txt", "--format", name) for name in LINES] == [
        run("summary.txt", "--format", name) for name in LINES
    ]


def correct() -> None:
    """Put a file of corrections beside the survey: a person added a theme to a statement."""
    entry = f"q1.r2.s1,{fingerprint('Havet er stort.')},hr_rollen,add"
    Path("summary.corrections.csv").write_text(
        f"statement,fingerprint,theme,action\n{entry}\n", encoding="utf-8"
    )


def test_corrections_beside_the_survey_are_applied() -> None:
    """The output says how many, and which themes a person gave."""
    correct()

    assert "Rettelser     summary.corrections.csv: 1 brukt, 0 uten plass\n" in run()
    content = json.loads(run("summary.txt", "--format", "json"))
    assert content["frequencies"][1]["statements"] == 3
    assert content["statements"][3]["themes"][0]["decision"] == "added"


def test_machine_has_its_own_view() -> None:
    """`--no-corrections` leaves them out."""
    correct()

    content = json.loads(run("summary.txt", "--format", "json", "--no-corrections"))
    assert content["frequencies"][1]["statements"] == 2
    assert "corrections" not in content


def test_corrections_are_not_overwritten(refused: Callable[..., str]) -> None:
    """They are input too."""
    correct()
    before = Path("summary.corrections.csv").read_bytes()

    command = ("summary.txt", "--codebook", "codes.yaml", "--output", "summary.corrections.csv")
    assert "read as input" in refused(*command)
    assert Path("summary.corrections.csv").read_bytes() == before


def test_public_function_does_the_same() -> None:
    """`oppsummering.analyze` reads, tags and corrects, and leaves corrections out if asked."""
    correct()
    survey, codebook = Path("summary.txt"), Path("codes.yaml")

    corrected = oppsummering.analyze(survey, codebook=codebook)
    machine = oppsummering.analyze(survey, codebook=codebook, corrections=False)
    assert [each.statements.count for each in oppsummering.frequencies(corrected)] == [2, 3]
    assert [each.statements.count for each in oppsummering.frequencies(machine)] == [2, 2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gone.txt"], "gone.txt: "),
        (["."], "oppsummering: "),
        (["summary.txt", "--theme", "hr"], "No theme `hr` in the codebook. Choose among: okos"),
        (["summary.txt", "--question", "3"], "No question `3` in the survey. Choose among: q1,"),
        (["summary.txt", "--municipality", "Oslo"], "Choose among: Kommune 1, Kommune 2."),
        (["summary.txt", "--output", "no/out.txt"], "no: This folder does not exist. Make it"),
        (["summary.txt", "--output", "."], ".: This is a folder, not a file."),
        (["summary.txt", "--output", "summary.txt"], "read as input and is not overwritten"),
        (["summary.txt", "--output", "codes.yaml"], "read as input and is not overwritten"),
        (["summary.txt", "--format", "pdf"], "pdf"),
        (["summary.txt", "--quotes=-1"], "--quotes"),
        ([], "FILE"),
    ],
)  # fmt: skip
def test_refusal_says_what_is_wrong(
    refused: Callable[..., str], arguments: list[str], message: str
) -> None:
    """One message on stderr, exit status 2, nothing printed, no file changed."""
    if arguments:
        arguments = [*arguments, "--codebook", "codes.yaml"]

    assert message in refused(*arguments)

    assert Path("summary.txt").read_text(encoding="utf-8") == SURVEY
    assert Path("codes.yaml").read_text(encoding="utf-8") == CODEBOOK
    assert sorted(path.name for path in Path().iterdir()) == ["codes.yaml", "summary.txt"]


def test_message_is_safe_for_a_terminal(refused: Callable[..., str]) -> None:
    """What a message quotes, from the survey or from the command line, acts on nothing."""
    message = refused(
        "summary.txt", "--codebook", "codes.yaml", "--municipality", "Oslo\x1b[31m\u202e"
    )

    assert "No municipality `Oslo\\x1b[31m\\u202e`" in message
    assert "\x1b" not in message


def test_survey_is_refused_before_anything_heavy_is_loaded(
    refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that cannot be read is told at once."""

    def heavy() -> None:
        pytest.fail("the lexicon was loaded")

    monkeypatch.setattr(lexicon, "load_lexicon", heavy)

    assert "gone.txt" in refused("gone.txt")


def test_bug_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only errors for the user become messages; a bug surfaces as it is."""

    def broken() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(lexicon, "load_lexicon", broken)
    command = ["oppsummering", "analyze", "summary.txt", "--codebook", "codes.yaml"]
    monkeypatch.setattr(sys, "argv", command)

    with pytest.raises(ZeroDivisionError):
        main()


class Terminal:
    """A standard error that says it is a terminal."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        """It is."""
        return True

    def write(self, text: str) -> int:
        """Remember what was written."""
        self.text += text
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""


@pytest.mark.parametrize(("long", "shown"), [(1, True), (2_000, False)])
def test_progress_is_shown_when_the_work_is_long(
    monkeypatch: pytest.MonkeyPatch,
    long: int,
    shown: bool,  # noqa: FBT001 - a case
) -> None:
    """A bar on stderr, if that is a terminal; none for a survey that takes no time."""
    terminal = Terminal()
    monkeypatch.setattr(_analysis, "LONG", long)
    monkeypatch.setattr(sys, "stderr", terminal)
    settings = _analysis.settle(codebook=Path("codes.yaml"), model=None, respondent=None)
    (tagged,) = _analysis.tag_files([Path("summary.txt")], settings)

    assert len(tagged.statements) == 5
    assert ("Tagging statements" in terminal.text) is shown


@pytest.mark.pipeline
def test_real_process_writes_utf_8_and_is_plain(tmp_path: Path) -> None:
    """Whatever the locale, piped output is UTF-8 without escape sequences."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "oppsummering", "analyze", "summary.txt"]
    done = subprocess.run(
        [*command, "--codebook", "codes.yaml"],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env=environment,
    )

    assert LINES["table"] in done.stdout.decode("utf-8")
    assert b"\x1b" not in done.stdout
    assert done.stderr == b""


@pytest.mark.pipeline
@pytest.mark.skipif(os.name != "posix", reason="a pipe of Unix")
def test_reader_that_has_gone_is_no_traceback(tmp_path: Path) -> None:
    """As in `oppsummering analyze … | head -0`."""
    command = f"{sys.executable} -m oppsummering analyze summary.txt --codebook codes.yaml | true"
    done = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, check=False, cwd=tmp_path
    )

    assert b"Traceback" not in done.stderr


def test_a_full_disk_behind_standard_output_is_told(
    monkeypatch: pytest.MonkeyPatch, refused: Callable[..., str]
) -> None:
    """One line with the mend, as for a file; no traceback."""

    def fail(*_args: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(_analysis, "_standard_output", fail)
    message = refused("summary.txt", "--codebook", "codes.yaml")

    assert message == (
        "oppsummering: Standard output cannot be written: No space left on device."
        " Write to a file with --output.\n"
    )


def test_a_closed_pipe_is_no_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """`oppsummering … | head` ends without a message."""

    def fail(*_args: object, **_options: object) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr(_analysis, "_standard_output", fail)
    result = CliRunner().invoke(app, ["analyze", "summary.txt", "--codebook", "codes.yaml"])

    assert result.exit_code == 1
    assert result.output == ""
