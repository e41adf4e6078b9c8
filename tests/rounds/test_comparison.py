"""Rounds from surveys and from JSON, compared and laid out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from oppsummering.errors import BaselineError, ComparisonError
from oppsummering.exporters.json_document import document, dump
from oppsummering.renderers import markdown, terminal
from oppsummering.report import create_view
from oppsummering.rounds import (
    Round,
    Unit,
    compare_rounds,
    read_round,
    require_same_survey,
    round_of,
)
from oppsummering.rounds.document import comparison_frame, comparison_json
from oppsummering.rounds.report import comparison_report
from oppsummering.tagged import CodebookInfo, CorrectionsInfo, ThemeInfo
from support.surveys import Answer, Asked, Said, build, small


def words(text: str) -> list[str]:
    """The words of a text, case folded."""
    return text.casefold().split()


def later() -> Round:
    """A later round than `small`: a question reworded, one gone, HR everywhere."""
    said = Said("Vi deler vakt og vakt og vakt med HR", {"hr_rollen": ("HR",)})
    answers = tuple(Answer(f"Kommune {n}", (said,)) for n in range(1, 5))
    asked = Asked("q1", "Hva har dere lært siden sist?", answers, number=1)
    return round_of(build(asked, name="later.txt"))


def read_back(path: Path, text: str) -> Round:
    """Write an analysis and read it as a round."""
    path.write_text(text, encoding="utf-8")
    return read_round(path)


def analysis() -> dict[str, Any]:
    """The JSON of an analysis, as objects."""
    parsed: dict[str, Any] = json.loads(dump(document(create_view(small()))))
    return parsed


def test_json_of_an_analysis_gives_the_same_round(tmp_path: Path) -> None:
    """What `analyze --format json` wrote is the round that the survey itself is."""
    path = tmp_path / "before.json"
    path.write_bytes(dump(document(create_view(small()))))
    assert read_round(path) == round_of(small())


def test_lead_ins_are_no_statements_of_a_round() -> None:
    """A round holds what counts, and lead-ins do not."""
    assert all(each.text != "Vi ser at vi har fått:" for each in round_of(small()).statements)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not JSON"),
        ("[1, 2", "is not JSON"),
        ("[]", "valid dictionary"),
        ("{}", "Field required"),
        ("[" * 200_000, "recursion limit exceeded"),
        ('{"schema_version": 2}', "is 2; this version of oppsummering reads 1"),
        ('{"a": ' + "9" * 10_000 + "}", "number out of range"),
        (r'{"a": "\ud800"}', "hex escape"),
        ('{"schema_version": 0}', "should be 1"),
    ],
)
def test_broken_and_hostile_baselines_are_one_message(tmp_path: Path, text: str, said: str) -> None:
    """What is no analysis, or one of a newer version, is refused with its reason."""
    with pytest.raises(BaselineError, match=said):
        read_back(tmp_path / "b.json", text)


def test_missing_folder_and_wrong_encoding_are_said(tmp_path: Path) -> None:
    """A baseline that cannot be read is one clear message."""
    with pytest.raises(BaselineError, match="cannot be read"):
        read_round(tmp_path / "no.json")
    path = tmp_path / "b.json"
    path.write_bytes(b'{"\xff": 1}')
    with pytest.raises(BaselineError, match="not UTF-8"):
        read_round(path)


def test_problems_of_a_baseline_are_named_with_their_places(tmp_path: Path) -> None:
    """Wrong types, unknown references and ids that repeat are listed."""
    broken = analysis()
    broken["statements"][1]["line"] = "x"
    broken["questions"][0]["responses"] = -1
    with pytest.raises(BaselineError) as caught:
        read_back(tmp_path / "b.json", json.dumps(broken))
    assert {p.where for p in caught.value.problems} == {
        "statements.1.line",
        "questions.0.responses",
    }
    broken = analysis()
    broken["statements"][1]["question"] = "q9"
    broken["statements"][2]["id"] = broken["statements"][1]["id"]
    broken["statements"][1]["themes"][0]["theme"] = "vær"
    with pytest.raises(BaselineError) as caught:
        read_back(tmp_path / "b.json", json.dumps(broken))
    said = str(caught.value)
    for part in ("no question 'q9'", "is there twice", "no theme 'vær'"):
        assert part in said


def test_many_problems_are_cut_short(tmp_path: Path) -> None:
    """A file that is wrong everywhere names the first problems and counts the rest."""
    broken = analysis()
    broken["questions"] = [{} for _ in range(40)]
    with pytest.raises(BaselineError, match=r"… and \d+ more"):
        read_back(tmp_path / "b.json", json.dumps(broken))


def test_comparison_finds_terms_words_and_questions() -> None:
    """New and vanished terms, typical words and matched questions are those of the rounds."""
    (pair,) = compare_rounds([round_of(small()), later()], words).pairs
    assert pair.questions[0].certainty == "reworded"
    assert {m.certainty for m in pair.questions[1:]} == {"removed"}
    (vakt,) = [word for word in pair.words_after if word.keyword.word == "vakt"]
    assert vakt.quote.text.startswith("Vi deler vakt")
    assert "vakt: «Vi deler vakt" in " ".join(
        terminal.plain(
            comparison_report(compare_rounds([round_of(small()), later()], words))
        ).split()
    )
    assert all(term.theme != "hr_rollen" for term in pair.new_terms)
    assert ("modenhet", "modenhetstrappa") in {
        (term.theme, term.term) for term in pair.vanished_terms
    }
    (matched,) = {each.question for each in pair.by_question}
    assert matched == "q1"


def test_rounds_from_other_tools_are_refused_unless_told_otherwise() -> None:
    """Another codebook or pipeline is said, and stops the comparison without the option."""
    other = replace(
        later(),
        codebook=replace(later().codebook, sha256="f" * 64),
        pipeline=replace(later().pipeline, version="9"),
    )
    with pytest.raises(ComparisonError, match=r"codebooks differ.*pipelines differ"):
        compare_rounds([round_of(small()), other], words)
    (pair,) = compare_rounds([round_of(small()), other], words, allow_differences=True).pairs
    assert len(pair.differences) == 2


def test_one_round_is_no_comparison() -> None:
    """A comparison needs two rounds."""
    with pytest.raises(ComparisonError, match="two rounds"):
        compare_rounds([later()], words)


def test_three_rounds_make_two_comparisons() -> None:
    """Each round is compared with the one before it."""
    found = compare_rounds([round_of(small()), later(), round_of(small())], words)
    assert [(p.before.name, p.after.name) for p in found.pairs] == [
        ("summary.txt", "later.txt"),
        ("later.txt", "summary.txt"),
    ]


@pytest.mark.parametrize("unit", list(Unit))
def test_outputs_tell_the_same_figures(unit: Unit) -> None:
    """JSON, CSV rows and the report hold the counts of the comparison, and fit 80 columns."""
    comparison = compare_rounds(
        [round_of(small()), later()], words, unit=unit, same_respondents=True
    )
    change = next(c for c in comparison.pairs[0].changes if c.theme == "hr_rollen")
    parsed = json.loads(comparison_json(comparison))
    row = comparison_frame(comparison).set_index("theme").loc["hr_rollen"]
    assert parsed["comparisons"][0]["themes"][2]["count_after"] == change.after.count
    assert (row["count_before"], row["total_after"]) == (change.before.count, change.after.total)
    text = terminal.plain(comparison_report(comparison))
    assert f"{change.after.count} (" in text
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "de samme svarer" in " ".join(text.split())
    assert "HR-rollen" in markdown.render(comparison_report(comparison))


def test_report_says_when_nothing_could_have_been_seen() -> None:
    """Tiny rounds are told that no change would have been seen, and who answers is unknown."""
    tiny = round_of(
        build(Asked("q1", "Hva?", (Answer("K 1", (Said("HR"),)),), number=1), name="a.txt")
    )
    empty = round_of(build(Asked("q1", "Hva?", (Answer("K 1", ()),), number=1), name="b.txt"))
    text = " ".join(terminal.plain(comparison_report(compare_rounds([tiny, empty], words))).split())
    assert "ville ingen endring ha blitt oppdaget" in text
    assert "er ikke kjent" in text
    assert "Ingen av endringene er større enn det tilfeldigheter kan forklare" in text


def test_rounds_of_different_surveys_are_refused_unless_told_otherwise() -> None:
    """Without a question in common two files are no rounds of one survey."""
    asked = Asked("q1", "Liker du is?", (Answer("Kommune 1", (Said("Ja"),)),), number=9)
    other = round_of(build(asked, name="other.txt"))
    with pytest.raises(ComparisonError, match=r"no question in common.*--allow-differences"):
        compare_rounds([round_of(small()), other], words)
    with pytest.raises(ComparisonError, match="no question in common"):
        require_same_survey(round_of(small()), other)
    require_same_survey(round_of(small()), later())
    allowed = compare_rounds([round_of(small()), other], words, allow_differences=True)
    assert "ingen spørsmål felles" in terminal.plain(comparison_report(allowed))


def test_rounds_without_themes_in_common_say_so() -> None:
    """Where the codebooks share no theme there is nothing to compare, and no test is reported."""
    other = replace(
        later(),
        codebook=CodebookInfo("other.yaml", "f" * 64, (ThemeInfo("vær", "Vær"),)),
        pipeline=replace(later().pipeline, version="9"),
        statements=tuple(replace(each, themes=(), terms=()) for each in later().statements),
    )
    comparison = compare_rounds([round_of(small()), other], words, allow_differences=True)
    text = " ".join(terminal.plain(comparison_report(comparison)).split())
    assert "Rundene har ingen temaer felles." in text
    assert "ulike kodebøker" in text
    assert "ulike språkmodeller" in text
    assert "styrke" not in text


def test_corrections_of_each_round_are_counted() -> None:
    """The report and the JSON say how many corrections each round has, and how many are lost."""
    corrected = replace(later(), corrections=CorrectionsInfo("c.yaml", "0" * 64, 4, 1))
    comparison = compare_rounds([round_of(small()), corrected], words)
    assert "4 (1 uten plass)" in " ".join(terminal.plain(comparison_report(comparison)).split())
    counts = [r["corrections"] for r in json.loads(comparison_json(comparison))["rounds"]]
    assert counts == [None, {"name": "c.yaml", "applied": 4, "unplaced": 1}]
    sound = replace(corrected, corrections=CorrectionsInfo("c.yaml", "0" * 64, 4, 0))
    text = terminal.plain(comparison_report(compare_rounds([round_of(small()), sound], words)))
    assert "uten plass" not in text


def test_analysis_that_contradicts_itself_is_refused(tmp_path: Path) -> None:
    """Repeated ids, unknown responses and wrong counts would make shares above one."""
    broken = analysis()
    broken["questions"][0]["responses"] += 1
    broken["statements"][1]["response"] = "q9.r9"
    broken["frequencies"] += broken["frequencies"][:1]
    broken["responses"] += broken["responses"][-1:]
    with pytest.raises(BaselineError) as caught:
        read_back(tmp_path / "b.json", json.dumps(broken))
    said = str(caught.value)
    for part in ("questions.0.responses: is", "no response 'q9.r9'", "frequencies: ", "responses"):
        assert part in said


def test_corrections_of_an_analysis_are_read(tmp_path: Path) -> None:
    """How many corrections an analysis had comes with its round."""
    document_ = analysis()
    document_["corrections"] = {"name": "c.yaml", "sha256": "0" * 64, "applied": 2, "unplaced": 0}
    found = read_back(tmp_path / "b.json", json.dumps(document_))
    assert found.corrections == CorrectionsInfo("c.yaml", "0" * 64, 2, 0)


def test_endless_baseline_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A device without an end is not read to its end."""
    monkeypatch.setattr("oppsummering.rounds.loading.MAX_BYTES", 1000)
    with pytest.raises(BaselineError, match="far too large"):
        read_round(Path("/dev/zero"))
