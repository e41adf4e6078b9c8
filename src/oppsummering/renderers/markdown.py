"""The report as Markdown (CommonMark with GitHub's tables)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from oppsummering.renderers import words
from oppsummering.report import ColumnKind, Facts, Grid, Quotes
from oppsummering.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from oppsummering.quotes import Quote
    from oppsummering.report import Block, Report

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$])")
_LINE_START = re.compile(r"^(?:([#=+-])|(\d{1,9})([.)]))")


def render(report: Report) -> str:
    """Lay a report out as Markdown; text from the survey stays text, whatever it holds."""
    lines = [f"# {escape(report.title)}", ""]
    for section in report.sections:
        lines += [f"## {escape(section.title)}", ""]
        for block in section.blocks:
            lines += [*_lines(block), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def escape(text: str) -> str:
    """Text on one line in which nothing is Markdown or HTML."""
    return _LINE_START.sub(_escape_start, _escape_inside(one_line(text)))


def _escape_inside(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _escape_start(found: re.Match[str]) -> str:
    mark, number, point = found.groups()
    return f"\\{mark}" if mark else f"{number}\\{point}"


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Facts):
        yield from (f"- **{escape(name)}:** {escape(value)}" for name, value in block.items)
    elif isinstance(block, Grid):
        yield from _table(block)
    elif isinstance(block, Quotes):
        yield from _quotes(block)
    else:
        yield escape(block.text)


def _table(grid: Grid) -> Iterator[str]:
    yield _row([escape(column.title) for column in grid.columns])
    yield _row(["---" if column.kind is ColumnKind.TEXT else "--:" for column in grid.columns])
    for row in grid.rows:
        yield _row(
            [
                escape(words.cell(value, column.kind))
                for value, column in zip(row, grid.columns, strict=True)
            ]
        )


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _quotes(block: Quotes) -> Iterator[str]:
    yield f"### {escape(words.heading(block.label, block.total))}"
    if not block.quotes:
        yield ""
        yield words.no_quotes(block)
    for quote in block.quotes:
        yield ""
        yield f"> «{_quote(quote)}»\\"
        yield f"> {escape(words.place(quote))}"


def _quote(quote: Quote) -> str:
    return "".join(
        f"**{_escape_inside(piece.text)}**" if piece.matched else _escape_inside(piece.text)
        for piece in quote.pieces
    )
