"""Tables that people write, JSONL, CSV or Excel, as rows of named cells that know their place."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from oppsummering.errors import OppsummeringError, Problem
from oppsummering.readers.decoding import decode, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

MAX_UNPACKED_BYTES = 200_000_000
"""A workbook that unpacks to more than this is refused: no sheet of codes is that large."""

MAX_ROWS = 100_000
MAX_COLUMNS = 256
"""One cell at the far corner of a sheet would else make billions of empty ones."""

WORKBOOK_ERRORS = (BadZipFile, ParseError, KeyError, ValueError, IndexError, TypeError)
"""What zipfile, expat and openpyxl raise for a file that is no workbook, or a broken one."""

DELIMITERS = (",", ";", "\t")
EXCEL_HINT = re.compile("sep=([,;\t])")
"""A first line by which people tell Excel the delimiter."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        line: Its 1-based line, or row of the sheet.
        cells: What it holds, by column; names are lower case without outer blanks.
        address: From a column's name to the cell's place as the user sees it.
    """

    line: int
    cells: Mapping[str, Any]
    address: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table.

    Attributes:
        columns: The columns of the header; None where each row names its own (JSONL).
        rows: The rows that could be read, in order.
        problems: What could not be read.
    """

    columns: tuple[str, ...] | None
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def read_json_lines(path: Path) -> Table:
    """Read one JSON object a line.

    Raises:
        SurveyReadError: The file cannot be read, or is no text.
    """
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            problems.append(Problem("", f"not a JSON object: {_reason(error)}.", number))
            continue
        if isinstance(value, dict):
            cells = {_column(name): cell for name, cell in value.items()}
            rows.append(Row(number, cells, _field))
        else:
            problems.append(Problem("", "not a JSON object: write one {…} a line.", number))
    return Table(None, tuple(rows), tuple(problems))


def _reason(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return error.msg
    # Python refuses to read a whole number of thousands of digits.
    return "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"


def read_csv(path: Path) -> Table:
    """Read comma, semicolon or tab separated values with a header line.

    Raises:
        SurveyReadError: The file cannot be read, or is no text.
    """
    return csv_table(_text(path))


def csv_table(text: str) -> Table:
    """The rows of comma, semicolon or tab separated values with a header line."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=csv_delimiter(text), strict=True)
    broken: list[Problem] = []
    numbered = _numbered(lines, broken)
    if _told_delimiter(text):
        next(numbered)
    _, header = next(numbered, (1, []))
    columns = tuple(_column(name) for name in header)
    table = _with_header(columns, numbered, lambda _line, column: _field(column))
    return replace(table, problems=(*table.problems, *broken))


def csv_delimiter(text: str) -> str:
    """The delimiter of a table: the one that Excel is told of, or the header's most frequent."""
    return _told_delimiter(text) or max(DELIMITERS, key=_first_line(text).count)


def _told_delimiter(text: str) -> str | None:
    told = EXCEL_HINT.fullmatch(_first_line(text).strip(" \r"))
    return told[1] if told else None


def _first_line(text: str) -> str:
    return next((line for line in text.split("\n") if line.strip()), "")


def read_xlsx(path: Path) -> Table:
    """Read the first sheet of a workbook; its first row is the header.

    Raises:
        OppsummeringError: The file cannot be read at all.
    """
    return next(iter(read_workbook(path).values()))


def read_workbook(path: Path) -> dict[str, Table]:
    """Read every sheet of a workbook by its title; the first row of each is its header.

    Raises:
        OppsummeringError: The file cannot be read at all.
    """
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - only workbooks need it

    return {
        title: _sheet_table(title, rows, get_column_letter) for title, rows in _sheets(path).items()
    }


def _sheet_table(
    title: str, rows: Sequence[tuple[Any, ...]], letter_of: Callable[[int], str]
) -> Table:
    header = rows[0] if rows else ()
    columns = tuple(_column("" if cell is None else str(cell)) for cell in header)
    width = len(columns)
    while width and not columns[width - 1]:
        width -= 1
    columns = columns[:width]
    letters = {name: letter_of(index) for index, name in enumerate(columns, start=1)}
    numbered = (
        (number, list(row[:width]))
        for number, row in enumerate(rows[1:], start=2)
        if any(cell is not None for cell in row)
    )
    return _with_header(columns, numbered, lambda line, column: f"{title}!{letters[column]}{line}")


def _with_header(
    columns: tuple[str, ...],
    numbered: Iterator[tuple[int, list[Any]]],
    address: Callable[[int, str], str],
) -> Table:
    rows: list[Row] = []
    problems: list[Problem] = []
    repeated = sorted({name for name in columns if name and columns.count(name) > 1})
    problems.extend(Problem("", f"the column {name!r} is there twice.", 1) for name in repeated)
    for line, values in numbered:
        if len(values) != len(columns):
            problems.append(
                Problem("", f"{len(values)} cells, but the header has {len(columns)}.", line)
            )
            continue
        cells = dict(zip(columns, values, strict=True))
        rows.append(Row(line, cells, _address_of(line, address)))
    return Table(columns, tuple(rows), tuple(problems))


def _address_of(line: int, address: Callable[[int, str], str]) -> Callable[[str], str]:
    return lambda column: address(line, column)


def _numbered(lines: Any, broken: list[Problem]) -> Iterator[tuple[int, list[Any]]]:
    """Rows that are not blank, each with the line it starts on, up to where CSV breaks off."""
    start = 1
    try:
        for values in lines:
            if any(value.strip() for value in values):
                yield start, values
            start = lines.line_num + 1
    except csv.Error as error:
        broken.append(Problem("", f"not valid CSV: {error}.", start))


def _sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - only workbooks need it

    try:
        with ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED_BYTES:
            raise OppsummeringError("unpacks to far more than a sheet of codes holds.", path=path)
        with warnings.catch_warnings():
            # openpyxl warns of drop-downs and styles that it does not keep; we only read cells.
            warnings.simplefilter("ignore")
            workbook = load_workbook(path, read_only=True, data_only=True)
            sheets = {
                sheet.title: list(
                    islice(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), MAX_ROWS + 1)
                )
                for sheet in workbook.worksheets
            }
            workbook.close()
    except OSError as error:
        raise _unreadable(path, error) from error
    except WORKBOOK_ERRORS as error:
        raise OppsummeringError(
            "is not an Excel workbook.", path=path, hint="Save it again as .xlsx."
        ) from error
    if any(len(rows) > MAX_ROWS for rows in sheets.values()):
        raise OppsummeringError(
            f"has a sheet of more than {MAX_ROWS} rows.",
            path=path,
            hint="Delete the empty rows below the codes.",
        )
    return sheets


def _text(path: Path) -> str:
    return decode(read_bytes(path), path).text


def _unreadable(path: Path, error: OSError) -> OppsummeringError:
    return OppsummeringError(f"cannot be read: {error.strerror or error}.", path=path)


def _column(name: str) -> str:
    return name.strip().casefold()


def _field(column: str) -> str:
    return f"column {column!r}" if column else ""
