"""Reading a coding sheet that came back; every cell that cannot be read is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from oppsummering.errors import GoldError, Problem
from oppsummering.sheets.model import CODER_COLUMN, COMMENT_COLUMN, CodedRow, CodedSheet
from oppsummering.sheets.writing import GUIDE
from oppsummering.spreadsheet import as_written
from oppsummering.tabular import Row, Table, read_csv, read_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

YES: Final = frozenset({"1", "1.0", "x", "ja", "j", "yes", "true", "sann"})
NO: Final = frozenset({"0", "0.0", "nei", "n", "no", "false", "usann"})
SUFFIXES: Final = (".xlsx", ".csv")


def read_sheet(path: Path, themes: Sequence[str]) -> CodedSheet:
    """Read a coding sheet.

    A row without any code is not coded. In a row with codes an empty cell means that the
    statement does not have the theme.

    Args:
        path: A workbook, each sheet but the guide a coder's; or CSV with a column `coder`.
        themes: The ids of the codebook's themes.

    Returns:
        What people coded.

    Raises:
        GoldError: With every cell that cannot be read, by its address.
        OppsummeringError: The file cannot be read at all.
    """
    suffix = path.suffix.casefold()
    if suffix not in SUFFIXES:
        problem = Problem("", f"is no coding sheet: it must end in {' or '.join(SUFFIXES)}.")
        raise GoldError((problem,), path=path)
    tables = {"": read_csv(path)} if suffix == ".csv" else read_workbook(path)
    reader = _Reader(tuple(themes))
    for title, table in tables.items():
        if title != GUIDE:
            reader.read(title, table)
    if not reader.problems and not reader.rows:
        reader.problems.append(Problem("", "nobody has coded a row: write 1 and 0."))
    if reader.problems:
        raise GoldError(tuple(reader.problems), path=path)
    return CodedSheet(tuple(reader.rows), reader.uncoded)


class _Reader:
    """Collects coded rows and problems."""

    def __init__(self, themes: tuple[str, ...]) -> None:
        self.rows: list[CodedRow] = []
        self.problems: list[Problem] = []
        self.uncoded = 0
        self._themes = themes
        self._seen: dict[tuple[str, str], str] = {}

    def read(self, title: str, table: Table) -> None:
        """Read the rows of one sheet; its title is the coder where no column says."""
        columns = table.columns or ()
        self.problems += table.problems
        present = [theme for theme in self._themes if theme in columns]
        for needed in ("statement", "fingerprint", "text"):
            if needed not in columns:
                message = f"the column {needed!r} is missing; make the sheet again."
                self.problems.append(Problem(title, message, 1))
        if not present:
            known = ", ".join(self._themes)
            self.problems.append(Problem(title, f"no column is a theme; known: {known}.", 1))
        if self.problems:
            return
        for row in table.rows:
            self._row(title, row, present)

    def _row(self, title: str, row: Row, themes: Sequence[str]) -> None:
        codes = {theme: self._code(row, theme) for theme in themes}
        if all(code is None for code in codes.values()):
            self.uncoded += 1
            return
        statement = _text(row, "statement")
        coder = _text(row, CODER_COLUMN) or title
        address = row.address("statement")
        if not statement:
            self._report(row, "statement", "is empty; it names the statement.")
        elif (coder, statement) in self._seen:
            first = self._seen[coder, statement]
            self._report(row, "statement", f"{statement} is coded at {first} already.")
        self._seen.setdefault((coder, statement), address)
        self.rows.append(
            CodedRow(
                statement,
                _text(row, "fingerprint"),
                _text(row, "text"),
                coder,
                {theme: bool(code) for theme, code in codes.items()},
                _text(row, COMMENT_COLUMN),
                f"{address}, line {row.line}" if not title else address,
            )
        )

    def _code(self, row: Row, theme: str) -> bool | None:
        cell = _text(row, theme).casefold()
        if not cell:
            return None
        if cell not in YES | NO:
            self._report(row, theme, f"{cell!r} is neither 1 nor 0.")
        return cell in YES

    def _report(self, row: Row, column: str, message: str) -> None:
        self.problems.append(Problem(row.address(column), message, row.line))


def _text(row: Row, column: str) -> str:
    """The cell as text, without the apostrophe that made it harmless."""
    cell: Any = row.cells.get(column)
    return "" if cell is None else as_written(str(cell).strip())
