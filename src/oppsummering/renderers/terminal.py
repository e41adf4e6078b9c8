"""The report in a terminal, and as plain text of 80 columns where there is none."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from oppsummering.renderers import words
from oppsummering.report import ColumnKind, Facts, Grid, Quotes
from oppsummering.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from oppsummering.quotes import Quote
    from oppsummering.report import Block, Column, Report

PLAIN_WIDTH = 80
"""The width of plain text, whatever the terminal: the same input gives the same bytes."""

_WIDEST_NAME = 40
_GAP = 2
_MARK = "*"


def print_report(report: Report, console: Console) -> None:
    """Lay a report out on a console, as wide as it is, with the colours that it allows."""
    console.print(Line(one_line(report.title), style="bold"))
    for section in report.sections:
        console.print()
        console.rule(Line(one_line(section.title), style="bold"), align="left", style="dim")
        for block in section.blocks:
            for part in _parts(block, console):
                console.print(part, highlight=False)


def plain(report: Report, width: int = PLAIN_WIDTH) -> str:
    """Lay a report out as text without escape sequences; matched words stand in asterisks."""
    file = io.StringIO()
    console = Console(file=file, width=width, color_system=None, force_terminal=False)
    print_report(report, console)
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().splitlines())


def _parts(block: Block, console: Console) -> Iterator[RenderableType]:
    if isinstance(block, Facts):
        yield _facts(block)
    elif isinstance(block, Grid):
        yield from _tables(block, console.width)
    elif isinstance(block, Quotes):
        yield from _quotes(block, marks=console.color_system is None)
    else:
        yield Line(one_line(block.text))


def _facts(facts: Facts) -> Table:
    table = Table.grid(padding=(0, _GAP))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in facts.items:
        table.add_row(Line(one_line(name), style="dim"), Line(one_line(value)))
    return table


def _tables(grid: Grid, width: int) -> Iterator[RenderableType]:
    """The grid as one table, or as several under each other where it is too wide."""
    rows = [
        [
            one_line(words.cell(value, column.kind))
            for value, column in zip(row, grid.columns, strict=True)
        ]
        for row in grid.rows
    ]
    for chosen in _fitting(grid.columns, rows, width):
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
        for index in chosen:
            keep_whole = index == 0 and _widest(index, rows) <= _WIDEST_NAME
            _add_column(table, grid.columns[index], keep_whole=keep_whole)
        for row in rows:
            table.add_row(*(Line(row[index]) for index in chosen))
        yield Padding(table, (1, 0))


def _add_column(table: Table, column: Column, *, keep_whole: bool) -> None:
    table.add_column(
        Line(one_line(column.title)),
        justify="left" if column.kind is ColumnKind.TEXT else "right",
        overflow="fold",
        no_wrap=keep_whole,
    )


def _widest(index: int, rows: list[list[str]]) -> int:
    return max((cell_len(row[index]) for row in rows), default=0)


def _fitting(columns: tuple[Column, ...], rows: list[list[str]], width: int) -> list[list[int]]:
    """Which columns stand in each table; the first column stands in all of them."""
    if any(column.kind is not ColumnKind.COUNT for column in columns[1:]):
        return [list(range(len(columns)))]
    widths = [
        max(cell_len(column.title), _widest(index, rows)) for index, column in enumerate(columns)
    ]
    name = min(widths[0], _WIDEST_NAME)
    groups: list[list[int]] = [[0]]
    used = name
    for index in range(1, len(columns)):
        needed = widths[index] + _GAP + 1
        if used + needed > width and len(groups[-1]) > 1:
            groups.append([0])
            used = name
        groups[-1].append(index)
        used += needed
    return groups


def _quotes(block: Quotes, *, marks: bool) -> Iterator[RenderableType]:
    yield Line()
    yield Line(one_line(words.heading(block.label, block.total)), style="bold")
    if not block.quotes:
        yield Line(f"  {words.no_quotes(block)}")
    for quote in block.quotes:
        yield Padding(_quote(quote, marks=marks), (0, 0, 0, 2))
        place = Line(words.place(quote), style="dim")
        yield Padding(place, (0, 0, 0, 4))


def _quote(quote: Quote, *, marks: bool) -> Line:
    line = Line("«")
    for piece in quote.pieces:
        if not piece.matched:
            line.append(piece.text)
        elif marks:
            line.append(f"{_MARK}{piece.text}{_MARK}")
        else:
            line.append(piece.text, style="bold underline yellow")
    return line.append("»")
