"""`oppsummering themes`: list, validate and test, their outputs and every exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from oppsummering.cli.app import app
from oppsummering.language import lexicon, pipeline
from support.words import FakeLexicon, FakePipeline

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

    from conftest import Golden

CODEBOOK = """\
schema_version: 1
name: Prøvekodebok
lists:
  parter: [~kommune, leverandør]
themes:
  - id: okosystem
    labels: {nb: Økosystemtenkning, nn: Økosystemtenking, en: Ecosystem thinking}
    definition: Parter som skaper verdi sammen.
    include: [samarbeid]
    exclude: [natur]
    terms:
      - lemma: økosystem
      - near: [samarbeide, "@parter"]
        strength: 0.75
      - {lemma: silo, strength: 0.5}
    vetoes:
      - {lemma: marin, scope: statement}
    examples:
      match: [Vi bygger et økosystem., Siloer der vi samarbeider med kommunene.]
      no_match: [Et marint miljø., "Vi har økosystemet, og det er marin biologi."]
  - id: ledelse
    labels: {nb: "Ledelse \\u202e[bold]"}
    definition: Å lede.
    terms:
      - {phrase: ledere går foran}
    examples:
      match: [Ledere går foran.]
      no_match: [Vi går hjem.]
"""
FAILING = (
    CODEBOOK.replace("[Vi bygger et", "[Vi rydder., Biologi i økosystemet., Vi bygger et")
    .replace("Et marint miljø.", "Siloer., Ikke økosystem.")
    .replace("- lemma: økosystem", "- {lemma: økosystem, unless: [biologi]}")
)


@pytest.fixture(autouse=True)
def _without_trained_weights(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(lexicon, "load_lexicon", FakeLexicon)
    monkeypatch.setattr(pipeline, "load_pipeline", lambda _name=None: FakePipeline())
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def codebook(tmp_path: Path) -> Path:
    """A valid codebook in the working folder."""
    return write(tmp_path, CODEBOOK)


def write(folder: Path, content: str, name: str = "min.yaml") -> Path:
    """Write a codebook."""
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return file


def run(*arguments: str) -> Result:
    """Run `oppsummering themes …` within this process."""
    return CliRunner().invoke(app, ["themes", *arguments], env={"COLUMNS": "80"})


@pytest.mark.usefixtures("codebook")
def test_list_shows_themes_and_counts(golden: Golden) -> None:
    """One row a theme; nothing that a codebook says acts on the terminal."""
    result = run("list", "min.yaml")

    assert result.exit_code == 0, result.output
    golden("themes/list.txt", result.stdout.encode())


@pytest.mark.usefixtures("codebook")
def test_list_as_json_holds_every_term(golden: Golden) -> None:
    """For other programs: ids, labels, definitions, terms with kind, strength and line."""
    result = run("list", "min.yaml", "--format", "json")

    assert result.exit_code == 0, result.output
    assert [theme["id"] for theme in json.loads(result.stdout)["themes"]] == [
        "okosystem",
        "ledelse",
    ]
    golden("themes/list.json", result.stdout.encode())


@pytest.mark.usefixtures("codebook")
def test_validate_says_what_was_found() -> None:
    """A valid codebook is summed up in one line; a word that is no base form is a warning."""
    result = run("validate", "min.yaml")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "min.yaml: valid: 2 themes, 4 terms, 1 veto, 6 examples\n"
        "min.yaml:25: warning: ledelse: ledere går foran: 'ledere' is read as a form of 'leder', "
        "so only this form is found; write the base form for every form, or '=ledere' if this "
        "one is meant.\n"
    )


@pytest.mark.usefixtures("codebook")
def test_warnings_fail_only_when_asked(tmp_path: Path) -> None:
    """`--strict` is for a project that wants none."""
    write(tmp_path, CODEBOOK.replace("ledere går", "leder går"), "ren.yaml")

    assert run("validate", "min.yaml", "--strict").exit_code == 1
    assert run("validate", "ren.yaml", "--strict").exit_code == 0


def test_warnings_name_lists(tmp_path: Path) -> None:
    """A word of a list is named at the list, and a list that nothing uses is named too."""
    lists = (
        "  parter: [~kommune, leverandør]\n  ubrukt: [kommuner|by, =ting]\n"
        '  brukt: [~ledere~]\n  indirekte: ["@brukt"]\n'
    )
    content = CODEBOOK.replace("  parter: [~kommune, leverandør]\n", lists)
    write(tmp_path, content.replace("ledere går foran", '"@indirekte går foran"'))

    result = run("validate", "min.yaml")

    warnings = [line.partition(": warning: ")[2] for line in result.stdout.splitlines()[1:]]
    assert [warning.partition(",")[0] for warning in warnings] == [
        "lists.ubrukt: 'kommuner' is read as a form of 'kommune'",
        "lists.ubrukt: no term uses this list.",
        "lists.brukt: 'ledere' is read as a form of 'leder'",
    ]


def test_warnings_name_words_that_a_term_rules_out(tmp_path: Path) -> None:
    """By its `unless` or a veto; not those of a list, which may be narrowed on purpose."""
    terms = """\
      - {near: [samarbeide|fisk, "@parter"], unless: [fisk, leverandør]}
      - {lemma: silo|marin, strength: 0.5}
      - {compound: endring, unless: [endring]}
"""
    content = CODEBOOK.replace("      - {lemma: silo, strength: 0.5}\n", terms)
    write(tmp_path, content.replace("ledere går", "leder går"))

    result = run("validate", "min.yaml")

    warnings = [line.partition(": warning: ")[2] for line in result.stdout.splitlines()[1:]]
    assert [warning.removesuffix(" holds wherever it stands.") for warning in warnings] == [
        "okosystem: samarbeide|fisk … @parter: 'fisk' is of no use: `unless` 'fisk'",
        "okosystem: silo|marin: 'marin' is of no use: the veto 'marin'",
    ]


@pytest.mark.usefixtures("codebook")
def test_validate_shows_the_problems_of_every_file(tmp_path: Path) -> None:
    """One broken codebook does not hide the next; the exit status is 2."""
    write(tmp_path, "schema_version: 3\nname: \n", "gal.yaml")

    result = run("validate", "gal.yaml", "min.yaml", "mangler.yaml")

    assert result.exit_code == 2
    assert result.stdout.startswith("min.yaml: valid: ")
    assert result.stderr == (
        "oppsummering: gal.yaml: 3 problems in the codebook:\n"
        "  line 1: the key 'themes' is missing.\n"
        "  line 1: schema_version: is 3; this version of oppsummering reads 1.\n"
        "  line 2: name: must be a text, not nothing.\n"
        "oppsummering: mangler.yaml: 1 problem in the codebook:\n"
        "  cannot be read: No such file or directory.\n"
    )


def test_hostile_names_do_not_reach_the_terminal(tmp_path: Path) -> None:
    """Escape sequences and marks of direction are shown, not obeyed."""
    write(tmp_path, '"\\e[31m": x\n"\\u202etxt": y\n')

    result = run("validate", "min.yaml")

    assert result.exit_code == 2
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output


@pytest.mark.usefixtures("codebook")
def test_examples_that_pass() -> None:
    """Each theme is named with its count; the exit status is 0."""
    result = run("test", "min.yaml")

    assert result.exit_code == 0, result.output
    assert result.stdout == "okosystem: 4 of 4 examples passed\nledelse: 2 of 2 examples passed\n"


def test_examples_that_fail_say_why(tmp_path: Path, golden: Golden) -> None:
    """Which term hit and what became of it, or that none hit anything; the exit status is 1."""
    write(tmp_path, FAILING)

    result = run("test", "min.yaml")

    assert result.exit_code == 1
    golden("themes/failing.txt", result.stdout.encode())


def test_broken_codebook_is_one_message(tmp_path: Path) -> None:
    """`list` and `test` exit with 2, as a real process does it, without a traceback."""
    write(tmp_path, "themes: [")
    for command in ("list", "test", "validate"):
        done = subprocess.run(
            [sys.executable, "-m", "oppsummering", "themes", command, "min.yaml"],
            capture_output=True,
            text=True,
            check=False,
            cwd=tmp_path,
        )

        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr.startswith("oppsummering: min.yaml: 1 problem in the codebook:\n  line ")
        assert "Traceback" not in done.stderr


def test_codebook_of_the_configuration_is_used(codebook: Path, tmp_path: Path) -> None:
    """A project names its codebook once."""
    (tmp_path / "oppsummering.toml").write_text(f'codebook = "{codebook.name}"\n')

    assert "Prøvekodebok" in run("list").stdout
    assert "okosystem: 4 of 4" in run("test").stdout
    assert "2 themes, 4 terms" in run("validate").stdout


@pytest.mark.pipeline
def test_real_words_are_read(codebook: Path) -> None:
    """With the lexicon and the tokenizer of the package, as a user runs it."""
    done = subprocess.run(
        [sys.executable, "-m", "oppsummering", "themes", "test", str(codebook)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == "okosystem: 4 of 4 examples passed\nledelse: 2 of 2 examples passed\n"
