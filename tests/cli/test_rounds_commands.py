"""`check`, `compare` and `corrections` from the command line."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
import yaml
from typer.testing import CliRunner

from oppsummering.checks import CHECKS
from oppsummering.cli import check, compare
from oppsummering.cli.app import app
from oppsummering.errors import OppsummeringError
from oppsummering.language import lexicon, pipeline
from support.words import FakeLexicon, FakePipeline

if TYPE_CHECKING:
    from typer.testing import Result

TREES = (Path(__file__).parents[1] / "codebooks" / "trees.yaml").read_text(encoding="utf-8")
BEFORE = """OPPSUMMERING

1) Hvilke trær vokser i kommunen deres?
Kommune 1: Vi har mye gran og litt furu i skogen her.
Kommune 2: Vi har mest eik, og noen gamle furu ved elva.

2) Hva gjør dere med dem?
Kommune 1: Vi hogger gran om vinteren og planter om våren.
Kommune 2: Vi fisker, og vi selger fisk på torget hver lørdag.
"""
AFTER = BEFORE.replace("Kommune 2: Vi har mest eik", "Kommune: 2: Vi har mest bjørk").replace(
    "Hva gjør dere med dem?", "Hva gjør dere så med dem?"
)


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two rounds and a codebook, and words and a pipeline without weights."""
    monkeypatch.setattr(lexicon, "load_lexicon", FakeLexicon)
    monkeypatch.setattr(pipeline, "load_pipeline", lambda _name=None: FakePipeline())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for name, text in {
        "before.txt": BEFORE,
        "after.txt": AFTER,
        "trees.yaml": TREES,
        "oppsummering.toml": 'codebook = "trees.yaml"\n',
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    """Run the command line."""
    return CliRunner().invoke(app, arguments)


def error(*arguments: str) -> str:
    """What the user is told when a command is refused."""
    result = run(*arguments)
    assert isinstance(result.exception, OppsummeringError), result.output
    return str(result.exception)


def test_sound_round_passes() -> None:
    """A survey without findings at the level gives exit status 0."""
    result = run("check", "before.txt")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (
        0,
        f"{len(CHECKS)} checks, 1 file: no findings; nothing at warning or above.",
    )


def test_findings_fail_with_their_place() -> None:
    """A finding is `FILE:LINE: level: message [check]`, and gives exit status 1."""
    result = run("check", "after.txt")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == (
        "after.txt:5: warning: 'Kommune: 2:' was read as 'Kommune 2'. [repaired-heading]"
    )


def test_level_and_severities_decide_on_the_status() -> None:
    """`--fail-on`, `--severity` and the configuration say what fails; the options win."""
    assert run("check", "after.txt", "--fail-on", "error").exit_code == 0
    assert run("check", "after.txt", "--severity", "repaired-heading=off").exit_code == 0
    Path("oppsummering.toml").write_text(
        'codebook = "trees.yaml"\n[check.severity]\nrepaired-heading = "info"\n', encoding="utf-8"
    )
    assert run("check", "after.txt").exit_code == 0
    assert run("check", "after.txt", "--severity", "repaired-heading=error").exit_code == 1


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("found.json", "{"),
        ("found.SARIF", "{"),
        ("found.xml", "<"),
        ("found.txt", "after.txt:5:"),
        ("found", "after.txt:5:"),
    ],
)
def test_the_ending_of_the_output_decides_the_format_of_findings(name: str, start: str) -> None:
    """`.json`, `.sarif` and `.xml` (JUnit) need no --format; another ending means text."""
    assert run("check", "after.txt", "--output", name).exit_code == 1
    assert Path(name).read_text(encoding="utf-8").startswith(start)
    same = run("check", "after.txt", "--output", name, "--format", "github")
    assert same.exit_code == 1
    assert Path(name).read_text(encoding="utf-8").startswith("::")


@pytest.mark.parametrize(
    ("name", "start"),
    [("c.json", "{"), ("c.csv", "before,after,"), ("c.md", "# "), ("c.txt", "Sammenligning: ")],
)
def test_the_ending_of_the_output_decides_the_format_of_a_comparison(name: str, start: str) -> None:
    """As in `analyze`: what the file is called says what is in it."""
    assert run("compare", "before.txt", "after.txt", "--output", name).exit_code == 0
    assert Path(name).read_text(encoding="utf-8").lstrip("\ufeff").startswith(start)


@pytest.mark.parametrize(
    "arguments", [("check", "after.txt"), ("compare", "before.txt", "after.txt")]
)
def test_an_ending_that_the_command_does_not_write_is_refused(arguments: tuple[str, ...]) -> None:
    """Before anything is read; nothing is written."""
    result = run(*arguments, "--output", "found.xlsx")
    assert result.exit_code == 2
    assert "writes no .xlsx" in result.output
    assert not Path("found.xlsx").exists()


@pytest.mark.parametrize(
    ("option", "said"),
    [("nothing=off", "no check 'nothing'"), ("dead-term=loud", "no level"), ("x", "no check 'x'")],
)
def test_unknown_checks_and_levels_are_refused(option: str, said: str) -> None:
    """A severity names a check and a level that there are."""
    assert said in error("check", "before.txt", "--severity", option)


def test_configuration_with_unknown_checks_is_refused() -> None:
    """The names of checks in the configuration are held against the checks that there are."""
    Path("oppsummering.toml").write_text('[check.severity]\nno = "off"\n', encoding="utf-8")
    assert "check.severity.no: unknown key" in error("check", "before.txt")


def test_baseline_of_json_and_of_a_survey_give_the_same() -> None:
    """An earlier round may be its JSON or its survey; both are compared alike."""
    assert run("analyze", "before.txt", "--format", "json", "--output", "b.json").exit_code == 0
    from_json = run("check", "after.txt", "--baseline", "b.json")
    from_text = run("check", "after.txt", "--baseline", "before.txt")
    assert from_json.stdout == from_text.stdout
    assert "another wording (similarity" in from_json.stdout


def test_same_round_is_its_own_sound_baseline() -> None:
    """Against itself a round has no findings."""
    assert run("check", "before.txt", "--baseline", "before.txt").exit_code == 0


def test_broken_baseline_is_one_message_and_nothing_is_written() -> None:
    """A baseline that is no analysis stops the run before any output is made."""
    Path("b.json").write_text("{}", encoding="utf-8")
    said = error("check", "after.txt", "--baseline", "b.json", "--output", "out.txt")
    assert "problems in the analysis" in said
    assert not Path("out.txt").exists()


@pytest.mark.parametrize("format_", ["json", "github", "junit", "sarif"])
def test_other_formats_go_to_a_file(format_: str) -> None:
    """Every format can be written to a file; the exit status stays that of the findings."""
    result = run("check", "after.txt", "--format", format_, "--output", "out")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "repaired-heading" in Path("out").read_text(encoding="utf-8")


def test_check_that_fails_itself_gives_status_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug in a check shows its traceback, and the other findings are still printed."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("oppsummering.checks.of_coverage.without_theme", fail)
    result = run("check", "after.txt")
    assert result.exit_code == 2
    assert "repaired-heading" in result.stdout
    assert "[untagged]" in result.stdout
    assert "Traceback" in result.stderr


def test_absolute_paths_are_shown_from_here(project: Path) -> None:
    """An output names files below the current folder, whatever path was given."""
    result = run("check", str(project / "after.txt"))
    assert result.stdout.startswith("after.txt:5:")


def test_comparison_in_every_format() -> None:
    """`compare` prints a table, JSON, CSV and Markdown of the same rounds."""
    table = run("compare", "before.txt", "after.txt")
    assert table.exit_code == 0
    assert max(map(len, table.stdout.splitlines())) <= 80
    assert "4/4" not in table.stdout
    parsed = json.loads(run("compare", "before.txt", "after.txt", "--format", "json").stdout)
    assert [r["name"] for r in parsed["rounds"]] == ["before.txt", "after.txt"]
    skog = parsed["comparisons"][0]["themes"][0]
    assert (skog["count_before"], skog["count_after"], skog["total_after"]) == (3, 3, 4)
    vanished = parsed["comparisons"][0]["vanished_terms"]
    assert [(t["theme"], t["term"]) for t in vanished] == [("skog", "eik")]
    csv = run("compare", "before.txt", "after.txt", "--format", "csv").stdout
    assert csv.startswith("before,after,unit,theme,label,count_before")
    markdown = run("compare", "before.txt", "after.txt", "--format", "markdown").stdout
    assert markdown.startswith("# Sammenligning: before.txt → after.txt")


def test_rounds_of_json_are_compared_without_their_surveys() -> None:
    """Two analyses are enough for a comparison; responses are a unit too."""
    for name in ("before", "after"):
        run("analyze", f"{name}.txt", "--format", "json", "--output", f"{name}.json")
    result = run(
        "compare", "before.json", "after.json", "--unit", "responses", "--same-respondents"
    )
    assert result.exit_code == 0
    assert "andeler av svar" in " ".join(result.stdout.split())


def test_analysis_of_another_codebook_is_refused() -> None:
    """Rounds of different codebooks are not compared unless told otherwise."""
    run("analyze", "before.txt", "--format", "json", "--output", "b.json")
    changed = TREES.replace("lemma: eik", "lemma: alm")
    Path("trees.yaml").write_text(changed, encoding="utf-8")
    assert "codebooks differ" in error("compare", "b.json", "after.txt")
    allowed = run("compare", "b.json", "after.txt", "--allow-differences")
    assert allowed.exit_code == 0
    assert "Obs!" in allowed.stdout


def add(*options: str, statement: str = "q1.r1.s1", theme: str = "hav") -> Result:
    """Add a correction to the earlier round."""
    return run(
        "corrections", "add", "before.txt", "--statement", statement, "--theme", theme, *options
    )


def test_corrections_are_added_listed_applied_and_left_out() -> None:
    """A correction changes what `analyze` says, is marked, and can be left out."""
    made = add("--reason", "fisk i elva", "--coder", "Kari", "--date", "2026-11-24")
    assert made.exit_code == 0
    assert made.stdout.startswith("before.corrections.yaml: add hav on q1.r1.s1: Vi har mye gran")
    (entry,) = yaml.safe_load(Path("before.corrections.yaml").read_text(encoding="utf-8"))[
        "corrections"
    ]
    assert (entry["reason"], entry["coder"]) == ("fisk i elva", "Kari")

    listed = run("corrections", "list", "before.txt").stdout
    assert "applied: add hav on q1.r1.s1 (Kari, 2026-11-24): fisk i elva" in listed
    as_json = json.loads(run("corrections", "list", "before.txt", "--format", "json").stdout)
    assert as_json[0]["outcome"] == "applied"

    def themes(*options: str) -> list[dict[str, object]]:
        parsed = json.loads(run("analyze", "before.txt", "--format", "json", *options).stdout)
        found: list[dict[str, object]] = parsed["statements"][0]["themes"]
        return found

    assert [(t["theme"], t["source"]) for t in themes()] == [
        ("skog", "codebook"),
        ("hav", "correction"),
    ]
    assert [t["theme"] for t in themes("--no-corrections")] == ["skog"]


def test_corrections_survive_edits_of_the_survey() -> None:
    """A correction follows its statement, and one whose words changed is told, not applied."""
    add()
    add("--action", "remove", statement="q2.r1.s1", theme="skog")
    text = BEFORE.replace("Kommune 1: Vi har mye", "Kommune 9: Noe nytt.\nKommune 1:  Vi har mye")
    text = text.replace("Vi hogger gran om vinteren", "Vi hogger mye gran om høsten og vinteren")
    Path("before.txt").write_text(text, encoding="utf-8")
    result = run("corrections", "verify", "before.txt")
    assert result.exit_code == 1
    assert "statement changed: remove skog on q2.r1.s1" in result.stdout
    assert "1 of 2 corrections in before.corrections.yaml find their statement" in result.stdout
    listed = run("corrections", "list", "before.txt").stdout
    assert "applied: add hav on q1.r1.s1 → q1.r2.s1" in listed
    checked = run("check", "before.txt")
    assert "[unplaced-correction]" in checked.stdout


def test_sound_corrections_verify() -> None:
    """When every correction finds its statement the exit status is 0."""
    add()
    assert run("corrections", "verify", "before.txt").exit_code == 0


def test_without_a_date_it_is_today() -> None:
    """A correction has a day of its own, which is written down."""
    add()
    (entry,) = yaml.safe_load(Path("before.corrections.yaml").read_text(encoding="utf-8"))[
        "corrections"
    ]
    assert len(str(entry["date"])) == len("2026-11-24")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "before.txt", "--statement", "q9.r1.s1", "--theme", "hav"), "no statement"),
        (("add", "before.txt", "--statement", "q1.r1.s1", "--theme", "vær"), "no theme 'vær'"),
        (
            ("add", "before.txt", "--statement", "q1.r1.s1", "--theme", "hav", "--date", "nå"),
            "is no day",
        ),
        (("list", "before.txt"), "no corrections beside"),
        (("verify", "-"), "standard input has none"),
    ],
)
def test_wrong_corrections_are_refused(arguments: tuple[str, ...], said: str) -> None:
    """What cannot be added or listed is one clear message, and nothing is written."""
    assert said in error("corrections", *arguments)
    assert not Path("before.corrections.yaml").exists()


def test_broken_corrections_stop_the_analysis() -> None:
    """Corrections that are not valid are never left out in silence."""
    Path("before.corrections.yaml").write_text("corrections: 3\n", encoding="utf-8")
    assert "schema_version" in error("analyze", "before.txt")
    assert run("analyze", "before.txt", "--no-corrections").exit_code == 0


def test_applied_corrections_are_counted() -> None:
    """`check` and `compare` say how many corrections they applied."""
    add()
    summary = run("check", "before.txt").stdout.splitlines()[-1]
    assert summary.endswith("before.corrections.yaml: 1 correction(s) applied, 0 not.")
    assert "correction" not in run("check", "before.txt", "--no-corrections").stdout
    rounds = json.loads(run("compare", "before.txt", "after.txt", "--format", "json").stdout)
    assert rounds["rounds"][0]["corrections"]["applied"] == 1
    run("analyze", "before.txt", "--format", "json", "--output", "b.json")
    from_json = json.loads(run("compare", "b.json", "after.txt", "--format", "json").stdout)
    assert from_json["rounds"] == rounds["rounds"]


def test_lead_in_cannot_be_corrected() -> None:
    """A lead-in counts for no theme, so that a correction of it would do nothing."""
    text = BEFORE.replace("Kommune 1: Vi har mye gran", "Kommune 1: Vi har:\n- mye gran")
    Path("before.txt").write_text(text, encoding="utf-8")
    said = error("corrections", "add", "before.txt", "--statement", "q1.r1.s1", "--theme", "hav")
    assert "before.txt:4: q1.r1.s1 introduces a list" in said


def test_corrections_of_another_survey_are_refused() -> None:
    """Several corrections of which none has a statement here stop the run; `list` still lists."""
    for statement in ("q1.r1.s1", "q1.r2.s1", "q2.r1.s1"):
        assert add(statement=statement).exit_code == 0
    other = "1) Liker du is?\nKommune 1: Ja, det gjør vi så absolutt alle sammen.\n"
    Path("before.txt").write_text(other, encoding="utf-8")
    said = error("check", "before.txt", "--output", "out.txt")
    assert "none of its 3 corrections has a statement in before.txt" in said
    assert not Path("out.txt").exists()
    assert run("corrections", "list", "before.txt").stdout.count("statement vanished") == 3


def test_baseline_of_another_survey_is_refused() -> None:
    """A baseline without a question in common is one message, unless told otherwise."""
    other = "1) Liker du is?\nKommune 1: Ja, det gjør vi så absolutt alle sammen.\n"
    Path("other.txt").write_text(other, encoding="utf-8")
    assert "no question in common" in error("check", "after.txt", "--baseline", "other.txt")
    allowed = run("check", "after.txt", "--baseline", "other.txt", "--allow-differences")
    assert "A new question" in allowed.stdout


@pytest.mark.parametrize("format_", ["text", "json", "github", "junit", "sarif"])
def test_file_name_that_is_no_text_can_be_checked(format_: str) -> None:
    """A name in another encoding than the system's is escaped, never a crash."""
    name = os.fsdecode(b"\xff.txt")
    Path(name).write_text(AFTER, encoding="utf-8")
    result = run("check", name, "--format", format_, "--output", "out")
    assert (result.exit_code, result.exception.__class__) == (1, SystemExit)
    Path("out").read_text(encoding="utf-8")


def test_terminal_gets_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the findings are printed by rich, the places whole."""
    printed: list[str] = []
    monkeypatch.setattr(
        "oppsummering.checks.formats.text.print_run",
        lambda found, *_: printed.append(found.files[0]),
    )
    monkeypatch.setattr(check, "sys", SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True)))
    run("check", "before.txt")
    assert printed == ["before.txt"]


def test_analyses_of_files_of_the_same_name_are_told_apart() -> None:
    """Two analyses of `before.txt` are named by their own files."""
    for name in ("one.json", "two.json"):
        run("analyze", "before.txt", "--format", "json", "--output", name)
    result = run("compare", "one.json", "two.json", "after.txt", "--format", "json")
    names = [each["name"] for each in json.loads(result.stdout)["rounds"]]
    assert names == ["one.json", "two.json", "after.txt"]


def test_terminal_gets_the_comparison_as_wide_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal rich lays the comparison out; the figures are those of the plain table."""
    plain = run("compare", "before.txt", "after.txt").stdout
    terminal = SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(compare, "sys", terminal)
    shown = run("compare", "before.txt", "after.txt").stdout
    assert [line.split() for line in shown.splitlines() if line.startswith("Skog")] == [
        line.split() for line in plain.splitlines() if line.startswith("Skog")
    ]
    assert "Skog" in shown
