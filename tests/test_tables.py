"""Tables: documented columns, one row a unit, figures that agree with each other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oppsummering.errors import SelectionError
from oppsummering.survey import StatementKind
from oppsummering.tables import (
    MATCHES,
    RESPONDENT_FREQUENCIES,
    STATEMENTS,
    TABLES,
    TABLES_OF_RESPONDENTS,
    THEME_BY_MUNICIPALITY,
    THEME_BY_QUESTION,
    THEME_BY_RESPONDENT,
    Table,
    choose_tables,
)
from oppsummering.tagged import CodebookInfo, TaggedSurvey, ThemeInfo
from support.surveys import CODEBOOK, Answer, Asked, Said, build, small

OUTPUTS = (Path(__file__).parents[1] / "docs" / "outputs.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", TABLES_OF_RESPONDENTS, ids=lambda table: table.name)
def test_table_has_its_documented_columns(table: Table) -> None:
    """Names, order and types are those of the documentation, also without any row."""
    columns = table.columns(CODEBOOK.themes)

    for tagged in (small(), build()):
        frame = table.frame([tagged])
        assert list(frame.columns) == [column.name for column in columns]
        assert [str(dtype) for dtype in frame.dtypes] == [column.dtype for column in columns]
    assert all(column.description.endswith((".", "…")) for column in columns)


def test_statements_are_one_row_each_without_lead_ins() -> None:
    """A lead-in is no row; it stands beside the items that it introduces."""
    frame = STATEMENTS.frame([small()])

    assert list(frame["statement"]) == [
        "q1.r1.s2",
        "q1.r1.s3",
        "q1.r2.s1",
        "q1.r3.s1",
        "h1.1.r1.s1",
        "h1.1.r3.s1",
    ]
    assert frame["lead_in"][0] == "Vi ser at vi har fått:"
    assert frame["lead_in"].isna()[2]


def test_statement_row_tells_where_it_stands() -> None:
    """Question, municipality, note and lines are those of the survey."""
    tagged = small()
    row = STATEMENTS.frame([tagged]).iloc[3]

    assert (row["question"], row["question_number"], row["municipality"]) == ("q1", 1, "Kommune 2")
    assert (row["occurrence"], row["note"]) == (2, "også fra en av de minste")
    assert (row["line"], row["end_line"], row["written_standard"]) == (11, 11, "nn")
    assert tagged.survey.source.text[row["start"] : row["end"]] == row["text"]


def test_heading_without_number_has_parents() -> None:
    """A missing number is missing, not zero."""
    row = STATEMENTS.frame([small()]).iloc[4]

    assert row["question_number"] is pd.NA
    assert row["question_parents"] == "Tiltak"


def test_codes_words_and_sources_explain_a_theme() -> None:
    """Each theme has a 0/1 column, its words with their terms, who gave it and who agreed."""
    frame = STATEMENTS.frame([small()])

    assert list(frame["hr_rollen"]) == [0, 0, 1, 1, 1, 1]
    assert frame["hr_rollen_words"][3] == "HR [hr, negated]"
    assert frame["okosystem_words"][2] == "Samarbeid … tvers … sektorer [samarbeid-tvers-sektorer]"
    assert frame["hr_rollen_words"].isna()[5]
    assert list(frame["hr_rollen_source"].dropna()) == ["codebook"] * 3 + ["correction"]
    assert list(frame["hr_rollen_decision"].dropna()) == ["machine"] * 3 + ["added"]


def test_themes_never_hide_another_column() -> None:
    """A theme that is called like a column gets a prefix, and so do the others."""
    codebook = CodebookInfo("c", "0", (ThemeInfo("text", "Tekst"), ThemeInfo("hr", "HR")))
    frame = STATEMENTS.frame([build(codebook=codebook)])

    assert frame.columns.is_unique
    assert {"text", "theme_text", "theme_hr"} <= set(frame.columns)


def test_theme_called_like_the_words_of_another_is_told_apart() -> None:
    """Also names that only clash with a column of another theme are made different."""
    codebook = CodebookInfo("c", "0", (ThemeInfo("hr", "HR"), ThemeInfo("hr_words", "Ord")))

    assert STATEMENTS.frame([build(codebook=codebook)]).columns.is_unique


def test_matches_quote_the_source() -> None:
    """Every match is a stretch of the survey's text on the line that is named."""
    tagged = small()
    frame = MATCHES.frame([tagged])
    text = tagged.survey.source.text

    assert len(frame) == 5
    for start, end, line, quoted in frame[["start", "end", "line", "text"]].to_numpy().tolist():
        assert text[start:end] == quoted
        assert quoted in text.split("\n")[line - 1]
    assert list(frame["negated"]) == [0, 0, 0, 1, 0]


def test_match_on_a_later_line_of_its_statement_names_that_line() -> None:
    """Wrapped statements have matches on other lines than their first."""
    said = Said("Vi trenger\r\nmye mer\nHR.", {"hr_rollen": ("HR",)})
    frame = MATCHES.frame([build(Asked("q1", "Hva?", (Answer("K 1", (said,)),), number=1))])

    assert list(frame["line"]) == [6]


def test_words_side_by_side_are_parted_by_a_space() -> None:
    """A line break between two matched words is no gap."""
    said = Said("digital\nmodenhet", {"modenhet": ("digital modenhet",)})
    frame = MATCHES.frame([build(Asked("q1", "Hva?", (Answer("K 1", (said,)),), number=1))])

    assert list(frame["words"]) == ["digital modenhet"]


SAID = st.builds(
    Said,
    st.just("Samarbeid om HR og kurs."),
    st.dictionaries(
        st.sampled_from(["okosystem", "hr_rollen", "modenhet"]),
        st.sampled_from([("HR",), ("kurs", "HR"), ()]),
    ),
    st.sampled_from(StatementKind),
)
ANSWERS = st.builds(
    Answer,
    st.sampled_from(["Kommune 1", "kommune 1", "Bergen"]),
    st.lists(SAID, max_size=4).map(tuple),
)
SURVEYS = st.lists(st.lists(ANSWERS, max_size=4).map(tuple), max_size=4).map(
    lambda questions: build(
        *(Asked(f"q{n}", "Hva?", answers, number=n) for n, answers in enumerate(questions))
    )
)


@settings(max_examples=40)
@given(SURVEYS)
def test_tables_agree_with_each_other(tagged: TaggedSurvey) -> None:
    """Counts by question and by municipality add up to the frequencies and to the codes."""
    frames = {table.name: table.frame([tagged]) for table in TABLES_OF_RESPONDENTS}
    whole = frames["frequencies"].set_index("theme")

    for name in ("theme_by_question", "theme_by_municipality", "theme_by_respondent"):
        parts = frames[name].groupby("theme")
        for column in ("statements", "statements_total", "responses", "responses_total"):
            summed = parts[column].sum().reindex(whole.index, fill_value=0)
            assert summed.to_dict() == whole[column].to_dict(), (name, column)
    codes = frames["statements"]
    assert codes[list(whole.index)].sum().to_dict() == whole["statements"].to_dict()
    assert (whole["statements_total"] == len(codes)).all()
    assert (
        whole["respondents_total"] == frames["theme_by_respondent"]["municipality"].nunique()
    ).all()
    coded = frames["matches"].drop_duplicates(["statement", "theme"])
    assert len(coded) == sum(codes[f"{theme}_words"].notna().sum() for theme in whole.index)


@settings(max_examples=40)
@given(SURVEYS)
def test_shares_follow_from_their_counts(tagged: TaggedSurvey) -> None:
    """Every share is its count by its total, between 0 and 1; no count exceeds its total."""
    for table in TABLES_OF_RESPONDENTS[2:]:
        frame = table.frame([tagged])
        for unit in ("statements", "responses", "respondents"):
            if unit in frame:
                count, total = frame[unit], frame[f"{unit}_total"]
                assert (count <= total).all()
                share = frame[f"share_of_{unit}"].dropna()
                assert share.between(0, 1).all()
                known = total > 0
                assert share.tolist() == (count[known] / total[known]).tolist()


@pytest.mark.parametrize("table", TABLES[2:], ids=lambda table: table.name)
def test_shares_are_fractions_of_their_totals(table: Table) -> None:
    """A share is between 0 and 1, and missing where its total is 0."""
    frame = table.frame([small()])

    for unit in ("statements", "responses"):
        share, total = frame[f"share_of_{unit}"], frame[f"{unit}_total"]
        assert share.dropna().between(0, 1).all()
        assert (share.isna() == (total == 0)).all()


def test_respondents_need_the_statement_that_same_respondents_them() -> None:
    """Without it there is neither a column nor a table of respondents."""
    plain = [table.name for table in choose_tables([])]
    stated = [table.name for table in choose_tables([], same_respondents=True)]

    assert set(stated) - set(plain) == {"theme_by_respondent"}
    assert not any("respondents" in column for column in TABLES[2].frame([small()]).columns)
    frame = RESPONDENT_FREQUENCIES.frame([small()]).set_index("theme")
    assert frame.loc["hr_rollen", "share_of_respondents"] == pytest.approx(0.75)
    assert len(THEME_BY_RESPONDENT.frame([small()])) == 4 * 4


def test_surveys_are_stacked_under_their_names() -> None:
    """Two surveys make one table; each row says where it comes from."""
    first, second = small(), build(name="next.txt")
    frame = THEME_BY_QUESTION.frame([first, second])

    assert set(frame["survey"]) == {"summary.txt"}
    assert list(TABLES[2].frame([first, second])["survey"].unique()) == ["summary.txt", "next.txt"]
    assert list(THEME_BY_MUNICIPALITY.frame([first, first]).index) == list(range(40))


def test_surveys_of_different_codebooks_make_no_table() -> None:
    """Their themes would not mean the same."""
    other = replace(small(), codebook=replace(CODEBOOK, sha256="0"))

    with pytest.raises(ValueError, match="share one codebook"):
        STATEMENTS.frame([small(), other])


def test_tables_are_chosen_by_name() -> None:
    """They keep their order; an unknown name lists the tables."""
    chosen = choose_tables(["matches", "statements"])

    assert [table.name for table in chosen] == ["statements", "matches"]
    with pytest.raises(SelectionError, match=r"`codes`.*statements, matches, frequencies"):
        choose_tables(["codes"])


@pytest.mark.parametrize("table", TABLES_OF_RESPONDENTS, ids=lambda table: table.name)
def test_every_column_is_documented(table: Table) -> None:
    """`docs/outputs.md` has each column of the table with the same type and description."""
    section = OUTPUTS.split(f"### `{table.name}`")[1].split("\n## ")[0]
    documented = section if table is not RESPONDENT_FREQUENCIES else OUTPUTS

    for column in table.columns((ThemeInfo("THEME", "Tema"),)):
        assert f"| `{column.name}` | {column.type_name} | {column.description} |\n" in documented
