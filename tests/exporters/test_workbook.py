"""The Excel workbook, read back with another library than the one that wrote it."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from oppsummering.errors import OutputError
from oppsummering.exporters import workbook
from oppsummering.exporters.order import Order
from oppsummering.exporters.workbook import LONGEST_CELL, WorkbookExporter
from oppsummering.tables import STATEMENTS, TABLES
from support.surveys import Answer, Asked, Said, build, small

EXPORTER = WorkbookExporter()


def opened(order: Order) -> Any:
    """The workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(EXPORTER.file(order)))


def test_workbook_has_a_sheet_for_each_table() -> None:
    """The last one says what the others were made of."""
    book = opened(Order((small(),)))

    assert book.sheetnames == [*(table.name for table in TABLES), "run"]
    run = {row[0]: row[1] for row in book["run"].iter_rows(values_only=True)}
    assert run["codebook.name"] == "themes.yaml"
    assert run["sources.1.pipeline.name"] == "no_core_ndt_sm"


def test_sheet_holds_what_the_table_holds() -> None:
    """Numbers are numbers, missing values are empty cells."""
    frame = STATEMENTS.frame([small()])
    rows = list(opened(Order((small(),)))["statements"].iter_rows(values_only=True))

    assert list(rows[0]) == list(frame.columns)
    expected = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    assert [list(row) for row in rows[1:]] == expected


def test_shares_are_shown_as_per_cent() -> None:
    """The cell keeps the fraction."""
    sheet = opened(Order((small(),)))["frequencies"]

    assert sheet["F4"].value == pytest.approx(4 / 6)
    assert sheet["F4"].number_format == "0.0%"


def test_text_is_never_a_formula_a_link_or_a_number() -> None:
    """Cells of text are text, whatever they begin with; control characters are visible."""
    said = [Said("=1+1"), Said("https://example.org"), Said("5"), Said("\x1b[31m")]
    tagged = build(Asked("q1", "=A1", (Answer("-5", tuple(said)),), number=1))
    sheet = opened(Order((tagged,)))["statements"]
    column = list(STATEMENTS.frame([tagged]).columns).index("text")

    cells = [row[column] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == [
        "=1+1",
        "https://example.org",
        "5",
        "\\x1b[31m",
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    """Excel would refuse the file otherwise."""
    tagged = build(Asked("q1", "Hva?", (Answer("K", (Said("a" * 40_000),)),), number=1))
    sheet = opened(Order((tagged,)))["statements"]
    longest = max(
        (str(value) for row in sheet.iter_rows(values_only=True) for value in row), key=len
    )

    assert len(longest) == LONGEST_CELL
    assert longest.endswith("a…")


def test_same_survey_gives_the_same_bytes() -> None:
    """The clock is in none of the workbook's parts."""
    assert EXPORTER.folder(Order((small(),))) == {
        "oppsummering.xlsx": EXPORTER.file(Order((small(),)))
    }


def test_table_of_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet ends at 1,048,576 rows; nothing is left out silently."""
    monkeypatch.setattr(workbook, "_MOST_ROWS", 3)

    with pytest.raises(OutputError, match=r"statements has 6 rows.*Export CSV"):
        EXPORTER.file(Order((small(),)))
