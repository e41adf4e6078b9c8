"""A second round, made by hand from the shipped survey by the steps listed here."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from oppsummering.cli.app import app

if TYPE_CHECKING:
    from typer.testing import Result

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "kompetanseloftet.txt"
SECOND = ROOT / "tests" / "surveys" / "kompetanseloftet-2.txt"
NEW_RESPONSES = 12
NEW = (
    "· Personalavdelingen har laget en kompetanseplan\n"
    "· Alle ansatte får opplæring på kurs i arbeidstida\n"
)

pytestmark = pytest.mark.pipeline


def second_round() -> str:
    """The second round, step by step.

    1. The title says that it is the second round.
    2. Question 2 gets another wording.
    3. Question 3 and its four responses go.
    4. Kommune 6 does not answer question 1.
    5. There is a new question 3, and twelve municipalities answer it with two items on HR.
    """
    text = SAMPLE.read_text(encoding="utf-8")
    text = text.replace("KOMPETANSELØFTET", "KOMPETANSELØFTET, RUNDE 2", 1)
    text = text.replace(
        "og hvilken læring fra dette vil dere ta med dere videre?", "og hva tar dere med videre?", 1
    )
    text = _without(text, "3) Roller:", "Eksempel på kommende tiltak")
    text = _without(text, "Kommune 6: Det er vanskelig", "Kommune 7: Vi vet vår")
    answers = "".join(f"Kommune {n}:\n{NEW}" for n in range(1, NEW_RESPONSES + 1))
    asked = f"3) Er personalsjefen med nå?\n{answers}"
    return text.replace("Eksempel på kommende tiltak", f"{asked}Eksempel på kommende tiltak", 1)


def _without(text: str, start: str, end: str) -> str:
    return re.sub(re.escape(start) + r".*?(?=" + re.escape(end) + ")", "", text, flags=re.DOTALL)


def run(*arguments: object) -> Result:
    """Run the command line from the project's root."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def analysed(path: Path) -> dict[str, Any]:
    """The JSON of an analysis."""
    parsed: dict[str, Any] = json.loads(run("analyze", path, "--format", "json").stdout)
    return parsed


def counted(analysis: dict[str, Any], theme: str) -> tuple[int, int]:
    """The statements with a theme and all statements, counted here from the statements."""
    statements = [s for s in analysis["statements"] if s["kind"] != "lead_in"]
    having = [s for s in statements if theme in {t["theme"] for t in s["themes"]}]
    return len(having), len(statements)


def fisher(before: tuple[int, int], after: tuple[int, int]) -> float:
    """Fisher's exact test, two-sided, by its definition."""
    (a, n), (b, m) = before, after
    ways = {
        k: math.comb(n, k) * math.comb(m, a + b - k)
        for k in range(max(0, a + b - m), min(a + b, n) + 1)
    }
    return sum(w for w in ways.values() if w <= ways[a]) / sum(ways.values())


def test_kept_file_is_the_listed_steps() -> None:
    """The file in `tests/surveys` is what the steps make of the shipped survey."""
    assert SECOND.read_text(encoding="utf-8") == second_round()


def test_check_finds_what_was_changed() -> None:
    """Against the first round: one question reworded, one gone, one new, and more HR."""
    result = run("check", SECOND, "--baseline", SAMPLE, "--format", "json")
    assert result.exit_code == 1
    findings = [
        finding for finding in json.loads(result.stdout)["findings"] if finding["level"] != "info"
    ]
    lines = SECOND.read_text(encoding="utf-8").splitlines()
    by_check: dict[str, list[Any]] = {}
    for finding in findings:
        by_check.setdefault(finding["check"], []).append(finding)
    assert sorted(by_check) == [
        "changed-question",
        "repaired-heading",
        "repeated-municipality",
        "theme-shift",
    ]
    reworded, new, gone = sorted(
        by_check["changed-question"], key=lambda f: f["line"] or len(lines) + 1
    )
    assert lines[reworded["line"] - 1].startswith("2) Hva har dere lært")
    assert "another wording" in reworded["message"]
    assert lines[new["line"] - 1] == "3) Er personalsjefen med nå?"
    assert "is gone: Roller" in gone["message"]
    (shift,) = by_check["theme-shift"]
    assert shift["message"].startswith("hr_rollen: ")
    repaired = by_check["repaired-heading"][0]["line"]
    assert lines[repaired - 1].startswith("Kommune: 2:")


def test_comparison_is_what_the_counts_say() -> None:
    """Shares, differences and exact tests are those of the statements, counted independently."""
    before, after = analysed(SAMPLE), analysed(SECOND)
    result = run("compare", SAMPLE, SECOND, "--format", "json")
    (pair,) = json.loads(result.stdout)["comparisons"]
    assert counted(after, "hr_rollen")[1] == 77 - 8 - 15 + 2 * NEW_RESPONSES
    for theme in pair["themes"]:
        earlier, later = counted(before, theme["theme"]), counted(after, theme["theme"])
        assert (theme["count_before"], theme["total_before"]) == earlier
        assert (theme["count_after"], theme["total_after"]) == later
        difference = later[0] / later[1] - earlier[0] / earlier[1]
        assert theme["difference"] == pytest.approx(difference, abs=1e-6)
        assert theme["p_value"] == pytest.approx(fisher(earlier, later), abs=1e-6)
    certainties = {
        (match["before"] or match["after"])["id"]: match["certainty"] for match in pair["questions"]
    }
    assert certainties["q1"] == "same"
    assert certainties["q2"] == "reworded"
    assert sorted(c for key, c in certainties.items() if key == "q3") in (["added"], ["removed"])
    assert {match["certainty"] for match in pair["questions"]} == {
        "same",
        "reworded",
        "added",
        "removed",
    }
    assert "kompetanseplan" in {word["word"] for word in pair["words_after"]}
