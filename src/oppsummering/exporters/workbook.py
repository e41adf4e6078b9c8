"""An Excel workbook: one sheet a table, and one that says what they were made of."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from oppsummering.errors import OutputError
from oppsummering.exporters.run import run
from oppsummering.tables import NUMBER, choose_tables
from oppsummering.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from oppsummering.exporters.order import Order

WORKBOOK = "oppsummering.xlsx"
"""The name of the workbook in a folder."""

LONGEST_CELL = 32_767
"""The most characters that Excel allows in a cell."""

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, no point in time
_MOST_ROWS = 1_048_575
_WIDEST = 60


class WorkbookExporter:
    """All tables in one file; text is always text, whatever it begins with."""

    name = "xlsx"
    suffix = ".xlsx"

    def folder(self, order: Order) -> dict[str, bytes]:
        """The workbook under its usual name."""
        return {WORKBOOK: self.file(order)}

    def file(self, order: Order) -> bytes:
        """The workbook.

        Raises:
            OutputError: The package that writes it is missing, or a table has too many rows.
        """
        import xlsxwriter  # noqa: PLC0415 - only workbooks need it

        tables = choose_tables(order.tables, same_respondents=order.same_respondents)
        frames = {table.name: table.frame(order.surveys) for table in tables}
        file = io.BytesIO()
        workbook = xlsxwriter.Workbook(file, _OPTIONS)
        workbook.set_properties({"created": _CREATED})  # the clock must not reach the bytes
        for name, frame in frames.items():
            _add_sheet(workbook, name, frame)
        _add_facts(workbook, _flat(run(order, tables, frames, "")))
        workbook.close()
        return file.getvalue()


def _add_sheet(workbook: Any, name: str, frame: pd.DataFrame) -> None:
    if len(frame) > _MOST_ROWS:
        raise OutputError(
            f"The table {name} has {len(frame)} rows, more than an Excel sheet holds.",
            hint="Export CSV.",
        )
    sheet = workbook.add_worksheet(name)
    bold = workbook.add_format({"bold": True})
    share = workbook.add_format({"num_format": "0.0%"})
    for number, column in enumerate(frame.columns):
        sheet.write_string(0, number, _cell_text(column), bold)
        is_share = column.startswith("share_of_") and frame[column].dtype == NUMBER
        for row, value in _present(frame[column]):
            if isinstance(value, str):
                sheet.write_string(row, number, _cell_text(value))
            else:
                sheet.write_number(row, number, value, share if is_share else None)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
    sheet.autofit(_WIDEST * 8)


def _present(column: pd.Series[Any]) -> Iterator[tuple[int, str | float]]:
    """The cells of a column that hold something, with their row in the sheet."""
    known = column.notna()
    for row, (value, there) in enumerate(zip(column, known, strict=True), start=1):
        if there:
            yield row, value


def _add_facts(workbook: Any, facts: Iterable[tuple[str, str]]) -> None:
    sheet = workbook.add_worksheet("run")
    for row, (name, value) in enumerate(facts):
        sheet.write_string(row, 0, _cell_text(name))
        sheet.write_string(row, 1, _cell_text(value))
    sheet.autofit(_WIDEST * 8)


def _flat(content: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """A JSON object as pairs of path and value."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _flat(value, f"{path}.{key}" if path else key)
    elif isinstance(content, list):
        for number, value in enumerate(content, start=1):
            yield from _flat(value, f"{path}.{number}")
    else:
        yield path, str(content)


def _cell_text(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= LONGEST_CELL else f"{shown[: LONGEST_CELL - 1]}…"
