"""CSV: read back as it was, harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from oppsummering.errors import OutputError, SelectionError
from oppsummering.exporters.csv_files import EXCEL, RUN, CsvExporter, to_csv
from oppsummering.exporters.order import Order
from oppsummering.spreadsheet import as_written, harmless
from oppsummering.tables import STATEMENTS, TABLES
from oppsummering.visible import visible
from support.surveys import Answer, Asked, Said, build, small

EXPORTER = CsvExporter()


def rows_of(data: bytes, encoding: str = "utf-8", delimiter: str = ",") -> list[dict[str, str]]:
    """CSV as Python's own reader reads it."""
    text = io.StringIO(data.decode(encoding), newline="")
    return list(csv.DictReader(text, delimiter=delimiter, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+47 22 33 44 55",
        "-5",
        "- et punkt",
        "@SUM(A1)",
        "\tfane",
        "\rretur",
        "\nlinje",
        "  =1+1",
        "\u00a0=1+1",
        "\u200b=1+1",
        "\ufeff=1+1",
        "\u00ad-5",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
        "﹢1",
        "\t=cmd|' /C calc'!A0",
        '=HYPERLINK("http://x","y")',
    ],
)  # fmt: skip
def test_formula_is_made_harmless(text: str) -> None:
    """Formulas and their disguises get an apostrophe, and keep their text behind it."""
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["", "   ", "Vi må lære", "5", "a=b", "– en tankestrek", "'sitat'", "«=»", "1-2", "e-post"],
)
def test_other_text_is_left_alone(text: str) -> None:
    """What no spreadsheet runs stays as it is."""
    assert harmless(text) == text


def test_apostrophe_can_always_be_taken_away_again() -> None:
    """Text that already looks harmless gets its own apostrophe."""
    assert harmless("'=1+1") == "''=1+1"


@given(st.text(), st.text())
@example("=a", "'=a")
@example("'", "''")
def test_harmless_text_stays_different_text(one: str, other: str) -> None:
    """No two texts become the same cell, and each is read back from its own."""
    assert (harmless(one) == harmless(other)) == (one == other)
    assert as_written(harmless(one)) == one


@given(st.text(st.sampled_from("=+-@'\t\r\n \u00a0\u200b＝a5\"';,"), max_size=8))
def test_no_cell_begins_with_a_formula(text: str) -> None:
    """Whatever stands before it, the first visible character of a cell is no sign."""
    cell = harmless(text)

    assert not cell.replace("\u200b", "").lstrip().startswith(("=", "+", "-", "@", "＝"))
    assert not cell.startswith(("\t", "\r", "\n"))


def test_folder_holds_every_table_and_what_it_was_made_of() -> None:
    """Six files, and a seventh when labels identify respondents."""
    names = [f"{table.name}.csv" for table in TABLES]

    assert list(EXPORTER.folder(Order((small(),)))) == [*names, RUN]
    stated = EXPORTER.folder(Order((small(),), same_respondents=True))
    assert list(stated) == [*names, "theme_by_respondent.csv", RUN]


def test_folder_holds_the_tables_asked_for() -> None:
    """The description of the run goes with every set."""
    files = EXPORTER.folder(Order((small(),), tables=("matches",)))

    assert list(files) == ["matches.csv", RUN]
    assert [each["file"] for each in json.loads(files[RUN])["tables"]] == ["matches.csv"]


def test_run_describes_what_every_number_comes_from() -> None:
    """Tool, codebook, sources with their hashes and pipelines, and every column."""
    tagged = small()
    run = json.loads(EXPORTER.folder(Order((tagged,)))[RUN])

    assert run["codebook"]["sha256"] == tagged.codebook.sha256
    assert run["sources"][0]["sha256"] == tagged.survey.source.sha256
    assert run["sources"][0]["pipeline"] == {"name": "no_core_ndt_sm", "version": "0.1.0"}
    assert run["same_respondents"] is False
    for table in run["tables"]:
        frame = {each.name: each for each in TABLES}[table["file"].removesuffix(".csv")]
        assert table["rows"] == len(frame.frame([tagged]))
        assert all(column["description"] for column in table["columns"])


def test_file_is_the_statements_or_the_table_asked_for() -> None:
    """Two tables do not fit into one CSV file."""
    order = Order((small(),))

    assert EXPORTER.file(order) == EXPORTER.folder(order)["statements.csv"]
    assert (
        EXPORTER.file(Order((small(),), tables=("frequencies",)))
        == EXPORTER.folder(order)["frequencies.csv"]
    )
    with pytest.raises(OutputError, match="one table, and 2"):
        EXPORTER.file(Order((small(),), tables=("frequencies", "matches")))
    with pytest.raises(SelectionError):
        EXPORTER.file(Order((small(),), tables=("codes",)))


def test_csv_follows_rfc_4180() -> None:
    """UTF-8 without a mark, records end in CR LF, a line break inside a cell is quoted."""
    data = EXPORTER.file(Order((small(),)))

    assert data.startswith(b"survey,statement,")
    assert data.count(b"\r\n") == 7
    assert b'"kjennskap til modenhetstrappa,\nog hvor' in data
    assert len(rows_of(data)) == 6


def test_excel_csv_has_semicolons_decimal_commas_and_a_mark() -> None:
    """A Norwegian Excel opens it with a double click, columns and numbers in their places."""
    data = EXPORTER.folder(Order((small(),), excel=True))["frequencies.csv"]

    assert data.startswith("\ufeffsurvey;theme;".encode())
    assert data.endswith(b"\r\n")
    row = rows_of(data, "utf-8-sig", ";")[2]
    assert (row["statements"], row["share_of_responses"]) == ("4", "0,6666666666666666")


def test_numbers_stay_numbers() -> None:
    """Only text is made harmless: a share is a number, a missing one an empty cell."""
    data = EXPORTER.folder(Order((small(),)))["theme_by_municipality.csv"]
    frame = pd.read_csv(io.BytesIO(data))

    assert frame["share_of_statements"].dtype == "float64"
    assert frame["share_of_statements"].isna().sum() == 4
    assert frame["statements_total"].dtype == "int64"


def test_hostile_survey_has_no_formula_in_any_cell() -> None:
    """Labels, titles, notes, names and statements are all text of other people."""
    evil = "=cmd|' /C calc'!A0"
    answer = Answer(
        evil, (Said(f"{evil} HR", {"hr_rollen": (evil.split(maxsplit=1)[0],)}),), note=evil
    )
    tagged = build(Asked("q1", evil, (answer,), number=1, parents=(evil,)), name=evil)

    for name, data in EXPORTER.folder(Order((tagged,), same_respondents=True)).items():
        if name != RUN:
            cells = [cell for row in rows_of(data) for cell in row.values()]
            assert any(evil in cell for cell in cells)
            assert not any(cell.startswith("=") for cell in cells)


def test_column_of_a_theme_is_harmless_too() -> None:
    """A header is a cell."""
    frame = pd.DataFrame({"=a": ["x"]}, dtype="string")

    assert to_csv(frame) == b"'=a\r\nx\r\n"


def test_control_characters_are_visible() -> None:
    """A terminal that shows the file obeys nothing in it."""
    frame = pd.DataFrame({"text": ["\x1b[31m\x00\x9b\u202e"]}, dtype="string")

    assert to_csv(frame) == b"text\r\n\\x1b[31m\\x00\\x9b\\u202e\r\n"


TEXTS = st.text(st.sampled_from("aæ =-'\"\n\r\t;,|\u2028漢👩0"), min_size=1, max_size=20)


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_csv_comes_back_as_it_was(texts: list[str]) -> None:
    """Python's reader and pandas both find the text again, in either dialect."""
    said = tuple(Said(text) for text in texts)
    tagged = build(Asked("q1", "Hva?", (Answer("Kommune 1", said),), number=1))
    frame = STATEMENTS.frame([tagged])
    expected = [harmless(visible(text)) for text in texts]

    plain = to_csv(frame)
    assert [row["text"] for row in rows_of(plain)] == expected
    excel = to_csv(frame, EXCEL)
    assert [row["text"] for row in rows_of(excel, "utf-8-sig", ";")] == expected
    back = pd.read_csv(io.BytesIO(plain), keep_default_na=False, dtype=str)
    assert list(back["text"]) == expected
    assert list(back["line"].astype(int)) == list(frame["line"])


def test_same_survey_gives_the_same_bytes() -> None:
    """Nothing of the clock or of the order of sets is in the files."""
    assert EXPORTER.folder(Order((small(),))) == EXPORTER.folder(Order((small(),)))
