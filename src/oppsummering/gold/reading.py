"""From rows to codes: what each cell means, and every problem with its place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from oppsummering.errors import GoldError, OppsummeringError, Problem
from oppsummering.gold.codes import CodedStatement, Codes, StatementKey, shorten
from oppsummering.tabular import Row, Table, read_csv, read_json_lines, read_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

READERS: Mapping[str, Callable[[Path], Table]] = {
    ".jsonl": read_json_lines,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": read_xlsx,
}
"""The formats of a file of codes, by suffix."""

CODE_SUFFIXES = frozenset(READERS)

ID_COLUMNS = ("statement", "statement_id", "id")
FILE_COLUMNS = ("file", "survey")
THEME_COLUMN = "theme"
THEMES_COLUMN = "themes"
UNDECIDED_COLUMNS = ("unsure", "disputed", "undecided")
SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, as JSON can write it: no text that could be tagged or printed."""

LINE_NUMBER = re.compile("0*[1-9][0-9]{0,8}")
NO_THEME = "-"
"""What a cell says for "no theme": an empty one may only have been forgotten."""

OTHER_COLUMNS = frozenset({
    *ID_COLUMNS, *FILE_COLUMNS, *UNDECIDED_COLUMNS, THEMES_COLUMN, THEME_COLUMN,
    "line", "text", "coder", "kind", "comment", "question", "question_number",
    "question_title", "municipality", "response", "occurrence", "level", "note", "lead_in",
    "end_line", "start", "end", "written_standard", "coders", "agreed_by_all",
})  # fmt: skip
"""Columns that may hold only 0 and 1 without being a theme."""


def read_codes(path: Path, themes: Sequence[str]) -> Codes:
    """Read a file of codes.

    Each row names its statement by `statement` (or `id`), `line` or `text`, with `file` where the
    codes belong to several surveys and `coder` where several people coded. Its themes stand in a
    list `themes`, in one 0/1 column for each theme, or one a row in a column `theme`.

    Args:
        path: A `.jsonl`, `.csv`, `.tsv` or `.xlsx` file.
        themes: The ids of the codebook's themes, in its order; no other theme may occur.

    Returns:
        The codes, in the order of the file.

    Raises:
        GoldError: The file has problems; all of them are listed, each with its place.
        OppsummeringError: The file cannot be read, or is of another kind.
    """
    reader = READERS.get(path.suffix.casefold())
    if reader is None:
        known = ", ".join(READERS)
        raise OppsummeringError(f"is no file of codes: its name must end in {known}.", path=path)
    table = reader(path)
    interpreter = _Interpreter(table, themes)
    statements = interpreter.statements()
    problems = interpreter.problems
    if not statements and not problems:
        problems = [Problem("", "it holds no codes.")]
    if problems:
        in_order = sorted(problems, key=lambda problem: problem.line or 0)
        raise GoldError(tuple(in_order), path=path)
    return Codes(path.name, interpreter.considered(statements), interpreter.closed, statements)


class _Interpreter:
    """Turns the rows of one table into coded statements, collecting problems as it goes.

    Args:
        table: The rows.
        themes: The ids of the codebook's themes.
    """

    def __init__(self, table: Table, themes: Sequence[str]) -> None:
        self.problems = list(table.problems)
        self._table = table
        self._themes = tuple(themes)
        self._columns = set(table.columns or ()) | {
            name for row in table.rows for name in row.cells
        }
        self._theme_columns = tuple(theme for theme in themes if theme in self._columns)
        self._check_columns()

    def statements(self) -> tuple[CodedStatement, ...]:
        """Every statement that could be read, once for each coder."""
        if self.problems and not (self._columns & {*ID_COLUMNS, "line", "text"}):
            return ()
        if THEME_COLUMN in self._columns:
            return self._long_form()
        return self._one_row_each()

    def considered(self, statements: Collection[CodedStatement]) -> tuple[str, ...]:
        """The themes that the coders considered: the columns, or those that occur."""
        if self._theme_columns:
            return self._theme_columns
        used = {theme for statement in statements for theme in statement.themes}
        used.update(theme for statement in statements for theme in statement.undecided)
        return tuple(theme for theme in self._themes if theme in used)

    @property
    def closed(self) -> bool:
        """Whether the columns say which themes were considered."""
        return bool(self._theme_columns)

    def _check_columns(self) -> None:
        if not self._columns:
            return
        if not self._columns & {*ID_COLUMNS, "line", "text"}:
            self._report(
                "no column names the statements: add 'statement' (its id), 'line' or 'text'."
            )
        forms = [name for name in (THEME_COLUMN, THEMES_COLUMN) if name in self._columns]
        forms.extend(["one 0/1 column a theme"] if self._theme_columns else [])
        if not forms:
            known = ", ".join(self._themes)
            self._report(
                "no column holds codes: add 'themes', 'theme', or a 0/1 column for each theme "
                f"({known})."
            )
        elif len(forms) > 1:
            self._report(f"the codes stand in two forms ({' and '.join(forms)}): keep one.")
        for name in sorted(self._columns - OTHER_COLUMNS - set(self._themes)):
            values = [row.cells[name] for row in self._table.rows if name in row.cells]
            if values and all(_is_code(value) and not isinstance(value, bool) for value in values):
                self._unknown_theme(f"column {name!r}", name, 1)

    def _one_row_each(self) -> tuple[CodedStatement, ...]:
        statements: dict[tuple[str | None, StatementKey], CodedStatement] = {}
        for row in self._table.rows:
            statement = self._statement(row, self._row_themes(row))
            if statement is None:
                continue
            place = (statement.coder, statement.key)
            if place in statements:
                self._report(
                    f"{statement.key} is coded again, first on line {statements[place].row}"
                    f"{_by(statement.coder)}.",
                    row.line,
                )
            else:
                statements[place] = statement
        return tuple(statements.values())

    def _long_form(self) -> tuple[CodedStatement, ...]:
        first: dict[tuple[str | None, StatementKey], CodedStatement] = {}
        given: dict[tuple[str | None, StatementKey], dict[str, int]] = {}
        for row in self._table.rows:
            theme = self._long_theme(row)
            statement = self._statement(row, ())
            if statement is None or theme is None:
                continue
            place = (statement.coder, statement.key)
            first.setdefault(place, statement)
            themes = given.setdefault(place, {})
            if theme in themes:
                self._report(
                    f"{statement.key} has the theme {theme!r} again, first on line "
                    f"{themes[theme]}{_by(statement.coder)}.",
                    row.line,
                )
            elif themes and NO_THEME in {theme, *themes}:
                self._report(f"{statement.key} has a theme and '{NO_THEME}' (no theme).", row.line)
            themes.setdefault(theme, row.line)
        return tuple(
            replace(statement, themes=self._in_order(given[place]))
            for place, statement in first.items()
        )

    def _statement(self, row: Row, themes: Collection[str]) -> CodedStatement | None:
        before = len(self.problems)
        statement = CodedStatement(
            row=row.line,
            file=self._first(row, FILE_COLUMNS),
            id=self._first(row, ID_COLUMNS),
            line=self._line(row),
            text=self._string(row, "text"),
            lead_in=row.cells.get("kind") == "lead_in",
            coder=self._string(row, "coder"),
            themes=self._in_order(themes),
            undecided=self._in_order(self._undecided(row)),
        )
        if len(self.problems) > before:
            return None
        if statement.id is None and statement.line is None and statement.text is None:
            self._report("the row does not name its statement.", row.line)
            return None
        return statement

    def _row_themes(self, row: Row) -> tuple[str, ...]:
        if self._theme_columns:
            return tuple(theme for theme in self._theme_columns if self._code(row, theme))
        return tuple(self._list(row, THEMES_COLUMN))

    def _undecided(self, row: Row) -> list[str]:
        return [
            theme
            for column in UNDECIDED_COLUMNS
            if row.cells.get(column) not in (None, "")
            for theme in self._list(row, column)
        ]

    def _long_theme(self, row: Row) -> str | None:
        theme = self._string(row, THEME_COLUMN)
        if theme is None:
            self._empty(row, THEME_COLUMN, f"name a theme, or '{NO_THEME}' for no theme.")
            return None
        return theme if theme == NO_THEME or self._known(row, THEME_COLUMN, theme) else None

    def _code(self, row: Row, theme: str) -> bool:
        value = row.cells.get(theme)
        if value is None or value == "":
            self._empty(row, theme, "write 0 or 1.")
            return False
        if not _is_code(value):
            self._report(f"{_shown(value)} is neither 0 nor 1.", row.line, row.address(theme))
            return False
        return _truth(value)

    def _list(self, row: Row, column: str) -> Iterator[str]:
        """The known themes of a list cell: a JSON list, or ids between commas or blanks."""
        value = row.cells.get(column)
        if value is None or (isinstance(value, str) and not value.strip()):
            self._empty(row, column, f"list themes, or write '{NO_THEME}' for no theme.")
            return
        items = (
            value.replace(",", " ").replace(";", " ").split() if isinstance(value, str) else value
        )
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            self._report(f"{_shown(value)} is no list of themes.", row.line, row.address(column))
            return
        if items == [NO_THEME]:
            return
        for theme, count in Counter(items).items():
            if count > 1:
                self._report(f"{theme!r} is listed twice.", row.line, row.address(column))
            if self._known(row, column, theme):
                yield theme

    def _first(self, row: Row, columns: Sequence[str]) -> str | None:
        """The text of the first of these columns that the row has."""
        column = next((name for name in columns if name in row.cells), columns[0])
        return self._string(row, column)

    def _string(self, row: Row, column: str) -> str | None:
        """A cell's text, or None for a cell that is not there; a number is read as written."""
        value = row.cells.get(column)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None:
            return None
        if not isinstance(value, str) or SURROGATE.search(value):
            self._report(f"{_shown(value)} is no text.", row.line, row.address(column))
            return None
        return value.strip() or None

    def _line(self, row: Row) -> int | None:
        text = self._string(row, "line")
        if text is None:
            return None
        if LINE_NUMBER.fullmatch(text) is None:
            self._report(f"{_shown(text)} is no line number.", row.line, row.address("line"))
            return None
        return int(text)

    def _known(self, row: Row, column: str, theme: str) -> bool:
        if theme in self._themes:
            return True
        self._unknown_theme(row.address(column), theme, row.line)
        return False

    def _unknown_theme(self, where: str, theme: str, line: int) -> None:
        known = ", ".join(self._themes)
        self._report(f"{shorten(theme)} is no theme of the codebook ({known}).", line, where)

    def _empty(self, row: Row, column: str, mend: str) -> None:
        self._report(f"the cell is empty: {mend}", row.line, row.address(column))

    def _report(self, message: str, line: int | None = None, where: str = "") -> None:
        self.problems.append(Problem(where, message, line))

    def _in_order(self, themes: Collection[str]) -> tuple[str, ...]:
        return tuple(theme for theme in self._themes if theme in themes)


def _is_code(value: Any) -> bool:
    if isinstance(value, str):
        return value.strip() in {"0", "1"}
    return isinstance(value, (int, float)) and value in (0, 1)


def _truth(value: Any) -> bool:
    return value.strip() == "1" if isinstance(value, str) else bool(value)


def _by(coder: str | None) -> str:
    return f", by {coder}" if coder else ""


def _shown(value: Any) -> str:
    return shorten(value if isinstance(value, str) else repr(value)[:200], 30)
