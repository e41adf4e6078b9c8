"""The outputs of a check run, against golden files and the formats' own schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
import xmlschema

from oppsummering.checks import Check, CheckRun, Failure, Finding
from oppsummering.checks.formats import FORMATS
from oppsummering.config import Level

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
