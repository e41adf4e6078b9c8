"""Explanations: words, readings, matches and scores, and the command that shows them."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from oppsummering.cli.app import app, main
from oppsummering.codebook import load_codebook
from oppsummering.errors import SelectionError
from oppsummering.explanation import (
    Explanation,
    build_explanation_report,
    explanation_document,
    find_statement,
)
from oppsummering.language import lexicon, pipeline
from oppsummering.readers import read_survey
from oppsummering.renderers import terminal
from oppsummering.tagging import Tagger
from support.words import FakeLexicon, FakePipeline

if TYPE_CHECKING:
    from conftest import Golden

TESTS = Path(__file__).parent
SURVEY = TESTS / "surveys" / "runde.txt"
CODEBOOK = TESTS / "codebooks" / "digital.yaml"


@pytest.fixture(autouse=True)
def _without_trained_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "load_lexicon", FakeLexicon)
    monkeypatch.setattr(pipeline, "load_pipeline", lambda _name=None: FakePipeline())


def explain(text: str) -> Explanation:
    """Explain a text with the test codebook."""
    codebook = load_codebook(CODEBOOK)
    trace = Tagger(FakePipeline(), codebook, FakeLexicon()).trace(text)  # type: ignore[arg-type]
    return Explanation(text, None, trace, codebook, FakePipeline.info)


def results(text: str) -> dict[str, str]:
    """What became of each theme."""
    return {
        theme["theme"]: theme["result"] for theme in explanation_document(explain(text))["themes"]
    }


def outcomes(text: str) -> list[tuple[str, str, str | None]]:
    """The term, the outcome and the reason of each match."""
    matches: list[dict[str, Any]] = explanation_document(explain(text))["matches"]
    return [(match["term"], match["outcome"], match["reason"]) for match in matches]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Et økosystem.", "given"),
        ("En nabo.", "below the threshold"),
        ("Et økosystem for fisk.", "no match counts"),
        ("Et hus.", "no term matched"),
        ("", "no term matched"),
    ],
)
def test_each_theme_says_what_became_of_it(text: str, result: str) -> None:
    """Given, below the threshold, matched in vain, or not matched at all."""
    assert results(text)["okosystem"] == result


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Et økosystem for fisk.", ("økosystem", "vetoed", "fisk")),
        ("Et samarbeid.", ("samarbeid", "requirement missing", "kommune")),
        ("Digital modenhet og vin.", ("digital modenhet", "exception present", "vin")),
        ("Ikke kurs.", ("kurs", "negation", "negation: forbid")),
        ("Et kurs.", ("kurs", "counted", None)),
    ],
)
def test_each_match_says_why_it_counts_or_not(
    text: str, expected: tuple[str, str, str | None]
) -> None:
    """The outcome of a match, and what stood in its way."""
    assert expected in outcomes(text)


def test_a_shadowed_match_names_the_winner() -> None:
    """Of two terms on the same word one counts."""
    found = outcomes("Modenhetstrappa.")
    assert ("-modenhet-", "counted", None) in found
    assert ("modenhetstrapp", "shadowed", "-modenhet-") in found


def test_the_table_shows_the_shortest_patterns_of_a_word_and_counts_the_rest() -> None:
    """A word of many patterns leaves the table readable."""
    many = ("a|b|c|d", "modenhet", "x" * 25, "=ab")
    found = explain("Modenhet.")
    (first, *others) = found.trace.tokens
    tokens = (replace(first, patterns=many), *others)
    text = terminal.plain(
        build_explanation_report(replace(found, trace=replace(found.trace, tokens=tokens)))
    )

    assert "  =ab, a|b|c|d +2\n" in text


def test_places_count_from_the_start_of_the_text() -> None:
    """Tokens and matches quote the text."""
    text = "Opp  modenhetstrappa!"
    document = explanation_document(explain(text))
    (token,) = (t for t in document["tokens"] if t["text"] == "modenhetstrappa")
    assert text[token["start"] : token["end"]] == "modenhetstrappa"
    assert token["analyses"][0]["parts"] == ["modenhet", "trapp"]
    assert token["patterns"] == ["modenhet", "modenhetstrapp"]
    match = document["matches"][0]
    assert text[match["start"] : match["end"]] == match["words"] == "modenhetstrappa"


def test_the_report_is_readable_and_safe() -> None:
    """80 columns, whatever the text; control characters are shown, not obeyed."""
    text = "Et \x1b[31m økosystem for fisk " + "modenhetstrappa" * 20
    plain = terminal.plain(build_explanation_report(explain(text)))
    assert all(len(line) <= 80 for line in plain.splitlines())
    assert "\x1b" not in plain
    assert "vetoed: fisk" in plain
    assert "No term matched." in terminal.plain(build_explanation_report(explain("Et hus.")))
    assert "negation: forbid" in terminal.plain(build_explanation_report(explain("Ikke kurs.")))


def test_statements_are_found_by_id() -> None:
    """Lead-ins too; an unknown id tells how to see the ids."""
    survey = read_survey(SURVEY)
    assert find_statement(survey, "q1.r1.s1").text == "Vi har fått:"
    assert find_statement(survey, "q1.r3.s1").line == 9
    with pytest.raises(SelectionError, match=r"no statement 'q9'.*oppsummering structure FILE"):
        find_statement(survey, "q9")


def run(*arguments: str) -> str:
    """Run the command and return what it prints."""
    result = CliRunner().invoke(app, ["explain", *arguments, "--codebook", str(CODEBOOK)])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize(("format_", "suffix"), [("table", "txt"), ("json", "json")])
def test_a_statement_of_a_survey(golden: Golden, format_: str, suffix: str) -> None:
    """The whole output in both formats, byte for byte."""
    text = run(str(SURVEY), "--statement", "q1.r2.s1", "--format", format_)
    golden(f"explain.{suffix}", text.encode())


def test_a_text_without_a_survey() -> None:
    """`--text` needs no file."""
    document = json.loads(run("--text", "Vi holder kurs.", "--format", "json"))
    assert document["statement"] is None
    assert document["themes"][2] == {
        "theme": "hr_rollen",
        "score": 1.0,
        "threshold": 1.0,
        "result": "given",
    }


def test_a_terminal_gets_the_report_at_its_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the report is printed with its colours."""

    class Terminal:
        """A standard output that is a terminal."""

        def isatty(self) -> bool:
            """Yes."""
            return True

    shown: list[str] = []
    monkeypatch.setattr("oppsummering.cli.explain.sys", type("Sys", (), {"stdout": Terminal()}))
    monkeypatch.setattr(
        "oppsummering.renderers.terminal.print_report",
        lambda report, _console: shown.append(report.title),
    )
    assert run("--text", "Et kurs.") == ""
    assert shown == ["Text"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name FILE and --statement ID, or give --text"),
        (["FILE"], "name FILE and --statement ID, or give --text"),
        (["--statement", "q1.r1.s1"], "name FILE and --statement ID, or give --text"),
        (["FILE", "--text", "Et hus."], "--text stands alone"),
        (["--text", "half a letter \udce5"], "not valid UTF-8"),
        (["--text", " \n"], "is empty"),
        (["FILE", "--statement", "q9"], "no statement 'q9'"),
        (["missing.txt", "--statement", "q1"], "There is no such file"),
    ],
)
def test_orders_that_make_no_sense(
    arguments: list[str],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each is told on standard error with exit status 2."""
    given = [str(SURVEY) if argument == "FILE" else argument for argument in arguments]
    monkeypatch.setattr(sys, "argv", ["oppsummering", "explain", *given])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert message in " ".join(printed.err.replace("│", " ").split())
