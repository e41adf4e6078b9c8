"""The report as one HTML page: it needs no other file, runs no script and asks no server."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from oppsummering.renderers import words
from oppsummering.report import Column, ColumnKind, Facts, Grid, Quotes, Report
from oppsummering.visible import one_line

_Cell = tuple[str | float | None, Column]


def render(report: Report) -> str:
    """Lay a report out as a page; text from the survey is escaped, whatever it holds."""
    return _environment().get_template("report.html.jinja").render(report=report)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("oppsummering", "renderers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "attributes": _attributes,
        "cell": _cell,
        "heading": lambda block: one_line(words.heading(block.label, block.total)),
        "line": one_line,
        "no_quotes": words.no_quotes,
        "place": words.place,
    }
    environment.tests |= {
        "facts": lambda block: isinstance(block, Facts),
        "grid": lambda block: isinstance(block, Grid),
        "number": lambda column: column.kind is not ColumnKind.TEXT,
        "quotes": lambda block: isinstance(block, Quotes),
    }
    return environment


def _cell(cell: _Cell) -> str:
    value, column = cell
    return one_line(words.cell(value, column.kind))


def _attributes(cell: _Cell) -> Markup:
    """The class of a cell; a share also gets its bar."""
    value, column = cell
    if column.kind is ColumnKind.TEXT:
        return Markup()
    if column.kind is ColumnKind.SHARE and value is not None:
        return Markup(' class="number share" style="--share: {:.1f}%"').format(100 * float(value))
    return Markup(' class="number"')
