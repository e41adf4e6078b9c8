"""Two codings side by side: what is compared, what is not, where they differ and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from oppsummering.agreement import (
    AgreementRun,
    Comparison,
    NotCompared,
    Side,
    agreement_document,
    build_agreement_report,
    compare_codes,
    compare_surveys,
    compare_texts,
    disagreements,
    measure,
    without_undecided,
)
from oppsummering.errors import GoldError, SelectionError
from oppsummering.exporters.csv_files import EXCEL, PLAIN, Dialect, to_csv
from oppsummering.gold import Codes, read_codes
from oppsummering.renderers import markdown, terminal
from oppsummering.survey import Span
from oppsummering.tables import choose_tables
from oppsummering.tagged import Match, TagSource, ThemeTag
from oppsummering.tagging import Evidence, Outcome, ThemeScore, Trace
from oppsummering.words import WrittenStandard
from support.surveys import CODEBOOK, PIPELINE, Answer, Asked, Said, build, small

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

THEMES = tuple(theme.id for theme in CODEBOOK.themes)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the gold codes of a test are written."""
    return tmp_path / "gold.jsonl"


def gold(path: Path, *rows: dict[str, Any]) -> Codes:
    """Gold codes from rows; `themes` is empty where a row leaves it out."""
    lines = [json.dumps({"themes": [], **row}, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_codes(path, THEMES)


def names(comparison: Comparison) -> list[str]:
    """The names of the statements compared."""
    return [statement.name for statement in comparison.statements]


def problems(caught: pytest.ExceptionInfo[GoldError]) -> list[str]:
    """The problems as the user reads them."""
    return [str(problem) for problem in caught.value.problems]


def test_codes_find_their_statements_by_id_line_or_text(path: Path) -> None:
    """Whichever name a row has, it means the same statement; the order is the gold file's."""
    codes = gold(
        path,
        {"text": "Rekruttering", "themes": ["hr_rollen"]},
        {"line": 9, "themes": ["okosystem"]},
        {"id": "q1.r1.s3"},
    )
    found = compare_surveys(codes, [small()], path=path)
    assert names(found) == ["h1.1.r1.s1", "q1.r2.s1", "q1.r1.s3"]
    assert [theme.id for theme in found.themes] == ["okosystem", "hr_rollen"]
    assert found.statements[1].gold == ("okosystem",)
    assert found.statements[1].other == ("okosystem", "hr_rollen")
    assert dict(found.not_compared) == {NotCompared.NOT_IN_GOLD: 3}
    assert (found.gold, found.other) == ("gold.jsonl", "summary.txt")


def test_lead_ins_are_no_statements(path: Path) -> None:
    """A code for a lead-in is counted as left out, in a survey and among texts."""
    codes = gold(
        path,
        {"id": "q1.r1.s1", "text": "Vi ser at vi har fått:", "kind": "lead_in"},
        {"id": "q1.r1.s3", "text": "bedre innsikt i teknologien", "themes": ["modenhet"]},
    )
    in_survey = compare_surveys(codes, [small()], path=path)
    assert dict(in_survey.not_compared)[NotCompared.LEAD_IN] == 1
    assert names(in_survey) == ["q1.r1.s3"]
    among_texts = compare_texts(codes, lambda _: (), CODEBOOK, path=path)
    assert dict(among_texts.not_compared) == {NotCompared.LEAD_IN: 1}
    assert names(among_texts) == ["q1.r1.s3"]
    between = compare_codes(codes, codes, CODEBOOK)
    assert dict(between.not_compared) == {NotCompared.LEAD_IN: 1}


def test_every_code_that_fits_no_statement_is_named(path: Path) -> None:
    """Unknown ids, lines and texts, texts that differ or repeat, and a statement twice."""
    survey = build(
        Asked("q1", "Hva?", (Answer("Kommune 1", (Said("Ja."), Said("Nei."), Said("Nei."))),))
    )
    codes = gold(
        path,
        {"id": "q9.r1.s1"},
        {"line": 1},
        {"text": "Kanskje."},
        {"text": "Nei."},
        {"id": "q1.r1.s1", "text": "Tja.", "themes": ["modenhet"]},
        {"line": 4},
        {"text": "Ja."},
    )
    with pytest.raises(GoldError) as caught:
        compare_surveys(codes, [survey], path=path)
    assert problems(caught) == [
        "line 1: summary.txt has no statement 'q9.r1.s1'.",
        "line 2: no statement of summary.txt starts on line 1.",
        "line 3: summary.txt has no statement 'Kanskje.'.",
        "line 4: summary.txt has 'Nei.' on the lines 5, 6: name it by 'statement' or 'line'.",
        "line 5: q1.r1.s1 has the text 'Ja.' in summary.txt, not 'Tja.'.",
        "line 7: q1.r1.s1 is coded again, first on line 6.",
    ]


@pytest.mark.parametrize(
    "text",
    ["Rekruttering", " Rekruttering\u00a0", "'Rekruttering", "(med en merknad): Rekruttering"],
)
def test_texts_may_differ_by_blanks_marks_and_notes(path: Path, text: str) -> None:
    """A coder's sheet may hold the note before the text, or a spreadsheet's apostrophe."""
    codes = gold(path, {"id": "h1.1.r1.s1", "text": text, "themes": ["hr_rollen"]})
    assert names(compare_surveys(codes, [small()], path=path)) == ["h1.1.r1.s1"]


def test_codes_of_other_surveys_are_left_out(path: Path) -> None:
    """A gold file may hold the codes of several surveys; those that are not given are counted."""
    codes = gold(
        path,
        {"file": "summary.txt", "line": 9, "themes": ["okosystem"]},
        {"file": "next.txt", "line": 9, "themes": ["modenhet"]},
    )
    found = compare_surveys(codes, [small()], path=path)
    assert names(found) == ["q1.r2.s1"]
    assert dict(found.not_compared)[NotCompared.OTHER_SURVEY] == 1
    other = build(Asked("q1", "Hva?", (Answer("K 1", (Said("Ja."),)),)), name="next.txt")
    codes = gold(
        path,
        {"file": "summary.txt", "line": 9, "themes": ["okosystem"]},
        {"file": "next.txt", "line": 4, "themes": ["modenhet"]},
    )
    both = compare_surveys(codes, [small(), other], path=path)
    assert names(both) == ["summary.txt:q1.r2.s1", "next.txt:q1.r1.s1"]
    assert both.other == "summary.txt, next.txt"


def test_several_surveys_need_codes_that_say_which(path: Path) -> None:
    """Line 9 of two surveys is two statements."""
    codes = gold(path, {"line": 9, "themes": ["okosystem"]})
    other = build(Asked("q1", "Hva?", ()), name="next.txt")
    with pytest.raises(SelectionError, match=r"which survey.*Add a column 'file'"):
        compare_surveys(codes, [small(), other], path=path)


def test_codes_of_other_surveys_only_leave_nothing_to_compare(path: Path) -> None:
    """Nothing in common is an error, not an empty table."""
    codes = gold(path, {"file": "next.txt", "line": 9, "themes": ["modenhet"]})
    with pytest.raises(SelectionError, match="no statement in common"):
        compare_surveys(codes, [small()], path=path)


def test_themes_that_nobody_coded_are_not_compared(path: Path) -> None:
    """A list of themes cannot tell "not there" from "not looked for", so an unused one is out."""
    codes = gold(path, {"id": "q1.r2.s1", "themes": ["okosystem"]})
    assert [t.id for t in compare_surveys(codes, [small()], path=path).themes] == ["okosystem"]
    chosen = compare_surveys(codes, [small()], path=path, themes=["modenhet", "hr_rollen"])
    assert [theme.id for theme in chosen.themes] == ["hr_rollen", "modenhet"]
    assert chosen.statements[0].other == ("hr_rollen",)
    assert [tag.theme for tag in chosen.statements[0].tags] == ["hr_rollen"]
    with pytest.raises(SelectionError, match=r"no theme 'x'.*Its themes: okosystem, endr"):
        compare_surveys(codes, [small()], path=path, themes=["x"])
    without = gold(path, {"id": "q1.r2.s1"})
    with pytest.raises(SelectionError, match=r"uses no theme.*--theme"):
        compare_surveys(without, [small()], path=path)


def test_places_of_matches_count_from_the_statement(path: Path) -> None:
    """A match quotes the statement's own text, wherever the statement stands in the survey."""
    codes = gold(path, {"id": "q1.r2.s1", "themes": ["okosystem"]})
    (statement,) = compare_surveys(codes, [small()], path=path).statements
    assert statement.text is not None
    (match,) = statement.tags[0].matches
    assert match.span.of(statement.text) == match.text == "Samarbeid på tvers av sektorer"
    assert [word.of(statement.text) for word in match.words] == ["Samarbeid", "tvers", "sektorer"]


def test_texts_of_the_gold_file_are_tagged(path: Path) -> None:
    """Without a survey the gold file's own texts are what is measured."""
    codes = gold(
        path,
        {"id": "r1", "text": "Digital modenhet", "themes": ["modenhet"]},
        {"text": "Noe annet", "themes": []},
    )
    tag = ThemeTag("modenhet", TagSource.CODEBOOK, ())
    found = compare_texts(
        codes, lambda text: (tag,) if "modenhet" in text else (), CODEBOOK, path=path
    )
    assert names(found) == ["r1", "'Noe annet'"]
    assert [statement.other for statement in found.statements] == [("modenhet",), ()]
    assert (found.other, found.texts_of_gold) == ("gold.jsonl", True)


def test_texts_must_be_there_to_be_tagged(path: Path) -> None:
    """Each row without a text is named."""
    codes = gold(path, {"id": "r1", "themes": ["modenhet"]}, {"id": "r2", "text": "Ja"})
    with pytest.raises(GoldError) as caught:
        compare_texts(codes, lambda _: (), CODEBOOK, path=path)
    assert problems(caught) == ["line 1: there is no text: name the survey as FILE."]


def test_two_coders_are_compared_on_what_both_coded(tmp_path: Path) -> None:
    """Statements of one file only are counted as left out on its side."""
    one = gold(
        tmp_path / "a.jsonl",
        {"id": "s1", "themes": ["modenhet"]},
        {"id": "s2", "text": "To"},
        {"id": "s3"},
    )
    other = gold(
        tmp_path / "b.jsonl",
        {"id": "s2", "themes": ["hr_rollen"]},
        {"id": "s1", "text": "En", "themes": ["modenhet"]},
        {"id": "s4"},
        {"id": "s5"},
    )
    found = compare_codes(one, other, CODEBOOK)
    assert names(found) == ["s1", "s2"]
    assert [statement.text for statement in found.statements] == ["En", "To"]
    assert [theme.id for theme in found.themes] == ["hr_rollen", "modenhet"]
    assert dict(found.not_compared) == {NotCompared.NOT_IN_OTHER: 1, NotCompared.NOT_IN_GOLD: 2}
    assert found.other == "b.jsonl"


def test_a_theme_that_a_coder_had_no_column_for_is_not_compared(tmp_path: Path) -> None:
    """A column for each theme says what was looked for; a theme without one was not."""
    columns = tmp_path / "a.csv"
    columns.write_text("statement,modenhet,hr_rollen\ns1,1,0\n", encoding="utf-8")
    listed = gold(tmp_path / "b.jsonl", {"id": "s1", "themes": ["okosystem", "modenhet"]})
    found = compare_codes(read_codes(columns, THEMES), listed, CODEBOOK)
    assert [theme.id for theme in found.themes] == ["hr_rollen", "modenhet"]


def test_two_coders_are_compared_by_the_strongest_common_name(tmp_path: Path) -> None:
    """Where one file has ids and the other only texts, the texts name the statements."""
    one = gold(tmp_path / "a.jsonl", {"id": "s1", "text": "En", "themes": ["modenhet"]})
    other = gold(tmp_path / "b.jsonl", {"text": " En ", "themes": ["modenhet"]})
    assert names(compare_codes(one, other, CODEBOOK)) == ["s1"]
    by_line = gold(tmp_path / "c.jsonl", {"line": 3, "themes": ["modenhet"]})
    with pytest.raises(SelectionError, match="do not name their statements in the same way"):
        compare_codes(one, by_line, CODEBOOK)
    alike = gold(
        tmp_path / "d.jsonl",
        {"id": "s1", "text": "En", "themes": ["modenhet"]},
        {"id": "s2", "text": "En"},
    )
    with pytest.raises(SelectionError, match=r"the rows 1 and 2 cannot be told apart"):
        compare_codes(alike, other, CODEBOOK)


def test_files_of_codes_keep_surveys_apart(tmp_path: Path) -> None:
    """Line 3 of one survey is not line 3 of another."""
    one = gold(
        tmp_path / "a.jsonl",
        {"file": "x.txt", "line": 3, "themes": ["modenhet"]},
        {"file": "y.txt", "line": 3},
    )
    other = gold(tmp_path / "b.jsonl", {"file": "y.txt", "line": 3, "themes": ["modenhet"]})
    found = compare_codes(one, other, CODEBOOK)
    assert names(found) == ["y.txt:3"]
    assert found.statements[0].gold == ()


@pytest.mark.parametrize("dialect", [PLAIN, EXCEL])
def test_an_exported_table_is_a_file_of_codes(tmp_path: Path, dialect: Dialect) -> None:
    """`statements.csv` of `export`, also as Excel's, agrees fully with the survey it is from."""
    (table,) = choose_tables(["statements"])
    path = tmp_path / "statements.csv"
    survey = build(
        Asked(
            "q1",
            "Hva?",
            (Answer("K 1", (Said("=Modenhet;\n«nå»", {"modenhet": ("Modenhet",)}), Said("-Nei"))),),
        )
    )
    path.write_bytes(to_csv(table.frame([survey]), dialect))
    found = compare_surveys(read_codes(path, THEMES), [survey], path=path)
    assert names(found) == ["q1.r1.s1", "q1.r1.s2"]
    assert [theme.id for theme in found.themes] == list(THEMES)
    assert disagreements(found) == ()


def test_undecided_decisions_are_left_out_on_request(path: Path) -> None:
    """What the coders were in doubt about counts as coded unless it is to be left out."""
    codes = gold(
        path,
        {"id": "q1.r2.s1", "themes": ["okosystem"], "disputed": ["hr_rollen"]},
        {"id": "h1.1.r1.s1", "themes": ["hr_rollen"]},
    )
    whole = compare_surveys(codes, [small()], path=path)
    assert measure(whole).themes[1].counts == (1, 1, 0, 0)
    assert len(disagreements(whole)) == 1
    left = without_undecided(whole)
    assert measure(left).themes[1].counts == (1, 0, 0, 0)
    assert disagreements(left) == ()


def traced(text: str, evidence: Sequence[Evidence] = (), score: float = 0.0) -> Trace:
    """A trace in which one theme has some evidence."""
    assert text
    scores = tuple(ThemeScore(theme, score, 1.0) for theme in THEMES)
    return Trace((), WrittenStandard.NB, tuple(evidence), scores, ())


def evidence(outcome: Outcome, reason: str = "", strength: float = 0.5) -> Evidence:
    """A match of the word *bedre*, which begins the text of q1.r1.s3."""
    match = Match("bedre", Span(0, 5), "bedre", (Span(0, 5),), strength)
    return Evidence("modenhet", match, outcome, reason, 0)


@pytest.fixture
def run(path: Path) -> AgreementRun:
    """A measurement with a false positive, two misses, and a statement in agreement."""
    codes = gold(
        path,
        {"id": "q1.r2.s1", "themes": ["okosystem"]},
        {"id": "q1.r1.s3", "themes": ["modenhet", "okosystem"], "unsure": ["hr_rollen"]},
        {"id": "q1.r1.s2", "themes": ["modenhet"]},
        {"id": "h1.1.r1.s1", "themes": ["hr_rollen"]},
        {"id": "q1.r1.s1"},
    )
    comparison = without_undecided(compare_surveys(codes, [small()], path=path))
    found = [
        evidence(Outcome.COUNTED),
        evidence(Outcome.COUNTED),
        evidence(Outcome.VETOED, "teknologi"),
        evidence(Outcome.SHADOWED, "innsikt"),
        evidence(Outcome.REQUIREMENT_MISSING, "digital"),
        evidence(Outcome.EXCEPTION_PRESENT, "vin"),
        evidence(Outcome.NEGATION, "negation: forbid"),
    ]
    return AgreementRun(
        comparison,
        measure(comparison),
        disagreements(comparison, lambda text: traced(text, found, 0.5)),
        CODEBOOK,
        PIPELINE,
    )


def test_disagreements_come_with_their_words(run: AgreementRun) -> None:
    """A theme too many has its matches, a missed one what became of every match."""
    listed = [(x.theme, x.only_in, x.statement.name) for x in run.disagreements]
    assert listed == [
        ("okosystem", Side.GOLD, "q1.r1.s3"),
        ("hr_rollen", Side.OTHER, "q1.r2.s1"),
        ("modenhet", Side.GOLD, "q1.r1.s3"),
    ]
    nothing, too_many, missed = run.disagreements
    assert nothing.evidence == ()
    assert [match.term for match in too_many.matches] == ["hr"]
    assert len(missed.evidence) == 7
    assert missed.score == ThemeScore("modenhet", 0.5, 1.0)


def test_the_report_is_readable_at_80_columns(run: AgreementRun) -> None:
    """The whole report as plain text: figures, intervals, disagreements and their words."""
    text = terminal.plain(build_agreement_report(run))
    assert all(len(line) <= 80 for line in text.splitlines())
    flat = " ".join(text.split())
    assert (
        "Ikke sammenlignet innledninger til lister: 1; utsagn uten gullkode: 2; avgjørelser som "
        "gullkodene er i tvil om: 1; temaer som ikke er kodet: Endringsledelse" in flat
    )
    assert "hr: «HR»" in flat
    assert "ingen term traff" in flat
    assert (
        "bedre: «bedre» (teller 0,5); bedre: «bedre» (veto: teknologi); bedre: «bedre» (dekkes"
        in " ".join(cell for cell in _second_column(text))
    )


def _second_column(text: str) -> list[str]:
    """What stands between the first column and the text of the statements."""
    lines = text[text.index("Modenhetstrappa: bare") :].splitlines()
    header = next(line for line in lines if line.startswith("Utsagn"))
    start, end = header.index("Hvorfor"), header.index("Tekst")
    return [line[start:end].strip() for line in lines[1:]]


def test_the_report_says_so_where_nothing_differs(path: Path) -> None:
    """Full agreement between coders: no pipeline, no disagreements, nothing left out."""
    codes = gold(path, *({"id": f"s{n}", "themes": list(THEMES)} for n in range(3)))
    comparison = compare_codes(codes, codes, CODEBOOK)
    same = AgreementRun(comparison, measure(comparison), disagreements(comparison), CODEBOOK, None)
    text = markdown.render(build_agreement_report(same))
    assert "## Uenigheter\n\nIngen.\n" in text
    assert "Språkmodell" not in text
    assert "- **Ikke sammenlignet:** ingenting" in text
    assert "| Økosystemtenkning | 1,00 | 1,00 | 1,00 | udefinert | udefinert |" in text
    assert agreement_document(same)["pipeline"] is None
    assert agreement_document(same)["themes"][0]["kappa"] == {
        "value": None,
        "low": None,
        "high": None,
    }


def test_disagreements_between_coders_have_no_words(tmp_path: Path) -> None:
    """Nothing matched and nothing was asked: the list names the statement alone."""
    one = gold(tmp_path / "a.jsonl", {"id": "s1", "themes": ["modenhet"]}, {"id": "s2"})
    other = gold(tmp_path / "b.jsonl", {"id": "s1"}, {"id": "s2", "themes": ["modenhet"]})
    comparison = compare_codes(one, other, CODEBOOK)
    found = disagreements(comparison)
    assert [(x.only_in, x.matches, x.evidence, x.score) for x in found] == [
        (Side.OTHER, (), (), None),
        (Side.GOLD, (), (), None),
    ]
    run = AgreementRun(comparison, measure(comparison), found, CODEBOOK, None)
    assert "| s1 |  |  |" in markdown.render(build_agreement_report(run))
    assert agreement_document(run)["disagreements"][0]["score"] is None


def test_the_document_holds_every_figure_and_disagreement(run: AgreementRun) -> None:
    """JSON keys in a fixed order; numbers are rounded so that machines agree."""
    document = agreement_document(run)
    assert list(document) == [
        "schema_version",
        "tool",
        "pipeline",
        "codebook",
        "gold",
        "other",
        "statements",
        "not_compared",
        "bootstrap",
        "themes",
        "micro",
        "macro",
        "disagreements",
    ]
    assert document["not_compared"] == {"lead-ins": 1, "statements without gold codes": 2}
    hr = document["themes"][1]
    assert (hr["theme"], hr["tp"], hr["fp"], hr["fn"], hr["tn"]) == ("hr_rollen", 1, 1, 0, 1)
    assert hr["left_out"] == 1
    assert hr["precision"]["value"] == 0.5
    assert hr["prevalence_gold"] == round(1 / 3, 6)
    missed = document["disagreements"][2]
    assert missed["only_in"] == "gold"
    assert missed["evidence"][2] == {
        "term": "bedre",
        "words": "bedre",
        "start": 0,
        "end": 5,
        "outcome": "vetoed",
        "reason": "teknologi",
    }
    assert (missed["score"], missed["threshold"]) == (0.5, 1.0)
    json.dumps(document, allow_nan=False)
