"""The outputs of a check run, against golden files and the formats' own schemas."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import jsonschema
import pytest
import xmlschema
from rich.console import Console

from oppsummering.checks import Check, CheckRun, Failure, Finding
from oppsummering.checks.formats import FORMATS
from oppsummering.checks.formats.text import print_run
from oppsummering.config import Level
from oppsummering.tagged import CorrectionsInfo

if TYPE_CHECKING:
    from conftest import Golden

SCHEMAS = Path(__file__).parents[1] / "schemas"
ENDINGS = {"text": "txt", "json": "json", "github": "txt", "junit": "xml", "sarif": "json"}


def check(check_id: str) -> Check:
    """A check that is only named."""
    return Check(check_id, Level.WARNING, f"finds {check_id}", lambda _: ())


RUN = CheckRun(
    checks=(
        (check("empty-response"), Level.WARNING),
        (check("dead-term"), Level.INFO),
        (check("failing-example"), Level.ERROR),
    ),
    files=("runder/år 2026.txt", "runder/b.txt"),
    findings=(
        Finding("failing-example", Level.ERROR, "themes.yaml", 7, "Eksempelet <«æ»> & 100 %"),
        Finding("dead-term", Level.INFO, "themes.yaml", 3, "To termer", ("silo", "nav")),
        Finding("empty-response", Level.WARNING, "runder/år 2026.txt", 12, "Tomt svar, 50 %: æøå"),
        Finding("empty-response", Level.WARNING, "runder/b.txt", None, "To\nlinjer \x1b[31m\ufffe"),
    ),
    failures=(Failure("dead-term", "runder/b.txt", ZeroDivisionError("division by zero")),),
)
CLEAN = CheckRun(RUN.checks, ("a.txt",), (), ())


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_outputs_are_golden(name: str, golden: Golden) -> None:
    """Every format's whole output is as it was looked at; again and again the same."""
    output = FORMATS[name](RUN, Level.WARNING)
    assert output == FORMATS[name](RUN, Level.WARNING)
    golden(f"checks/{name}.{ENDINGS[name]}", output.encode())


@pytest.mark.parametrize("run", [RUN, CLEAN], ids=["findings", "clean"])
def test_sarif_is_valid(run: CheckRun) -> None:
    """The SARIF output is valid by OASIS's schema, with and without findings."""
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    document = json.loads(FORMATS["sarif"](run, Level.WARNING))
    jsonschema.Draft7Validator(schema).validate(document)
    results = document["runs"][0]["results"]
    rules = document["runs"][0]["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results)


@pytest.mark.parametrize("run", [RUN, CLEAN], ids=["findings", "clean"])
def test_junit_is_valid(run: CheckRun) -> None:
    """The JUnit output is valid by the schema of Jenkins' plug-in, hostile text included."""
    schema = xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")
    schema.validate(FORMATS["junit"](run, Level.WARNING))


def test_junit_fails_only_at_the_level() -> None:
    """A finding below the level is in a case's output and does not fail it."""
    xml = FORMATS["junit"](RUN, Level.ERROR)
    assert xml.count("<failure") == 1
    assert "Tomt svar" in xml


@pytest.mark.parametrize("name", ["text", "github"])
def test_no_text_breaks_out_of_its_line(name: str) -> None:
    """Line breaks and escape sequences in a message cannot forge another finding."""
    output = FORMATS[name](RUN, Level.WARNING)
    assert len(output.splitlines()) == len(RUN.findings) + len(RUN.failures) + 1
    assert "\x1b" not in output


def test_clean_run_says_so() -> None:
    """Without findings the summary says that there is nothing."""
    assert FORMATS["text"](CLEAN, Level.WARNING) == (
        "3 checks, 1 file: no findings; nothing at warning or above.\n"
    )


def test_terminal_shows_the_same_lines_in_colour_and_unbroken() -> None:
    """On a terminal the level is coloured; without colour it is the plain text, line for line."""

    def printed(colours: Literal["standard"] | None) -> str:
        file = io.StringIO()
        console = Console(
            file=file,
            width=20,
            color_system=colours,
            force_terminal=colours is not None,
            markup=False,
            emoji=False,
            highlight=False,
        )
        print_run(RUN, Level.WARNING, console)
        return file.getvalue()

    assert printed(None) == FORMATS["text"](RUN, Level.WARNING)
    coloured = printed("standard")
    assert "\x1b[1mrunder/år 2026.txt:12\x1b[0m\x1b[33m: warning: \x1b[0mTomt svar" in coloured
    assert len(coloured.splitlines()) == len(RUN.findings) + len(RUN.failures) + 1


def test_corrections_are_counted_in_the_summary() -> None:
    """A run says how many corrections were applied, and how many found no statement."""
    run = replace(CLEAN, corrections=(CorrectionsInfo("a.corrections.yaml", "0" * 64, 2, 1),))
    said = "a.corrections.yaml: 2 correction(s) applied, 1 not."
    assert FORMATS["text"](run, Level.WARNING).endswith(f" {said}\n")
    assert said in FORMATS["github"](run, Level.WARNING)
    assert json.loads(FORMATS["json"](run, Level.WARNING))["corrections"] == [
        {"name": "a.corrections.yaml", "applied": 2, "unplaced": 1}
    ]


@pytest.mark.parametrize(
    "name", ["a b,c:%d\"<é>&'.txt", "to\nlinjer\x1b[31m.txt", "-a.txt", "\udcff.txt", "../å/b.txt"]
)
def test_odd_file_names_leave_every_format_valid(name: str) -> None:
    """Whatever a file is called, the outputs stay valid and one finding stays one line."""
    finding = Finding("empty-response", Level.WARNING, name, 3, "Tomt svar")
    run = CheckRun(RUN.checks, (name,), (finding,), ())
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(json.loads(FORMATS["sarif"](run, Level.WARNING)))
    xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd").validate(FORMATS["junit"](run, Level.WARNING))
    assert json.loads(FORMATS["json"](run, Level.WARNING))["findings"][0]["file"] == name
    for format_ in ("text", "github"):
        assert len(FORMATS[format_](run, Level.WARNING).splitlines()) == 2
    properties = FORMATS["github"](run, Level.WARNING).split("::")[1]
    assert properties.count(",") == 2
