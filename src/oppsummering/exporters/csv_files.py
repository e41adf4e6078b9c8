"""CSV: one file a table, quoted after RFC 4180, harmless in a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oppsummering.errors import OutputError
from oppsummering.exporters.json_document import dump
from oppsummering.exporters.run import run
from oppsummering.spreadsheet import harmless
from oppsummering.tables import TEXT, choose_tables
from oppsummering.visible import visible

if TYPE_CHECKING:
    import pandas as pd

    from oppsummering.exporters.order import Order

RUN = "run.json"
"""The file that says what the tables were made of and what their columns mean."""

DEFAULT_TABLE = "statements"
"""The table of a single file when no other is asked for."""

_LINE_END = "\r\n"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table becomes CSV: separator, decimal mark, and the encoding by name."""

    separator: str
    decimal: str
    encoding: str


PLAIN = Dialect(",", ".", "utf-8")
EXCEL = Dialect(";", ",", "utf-8-sig")
"""What a Norwegian Excel opens with a double click."""


def to_csv(frame: pd.DataFrame, dialect: Dialect = PLAIN) -> bytes:
    """A table as CSV: a header, then one record a row; missing values are empty cells.

    Text columns are made harmless and their control characters visible; numbers stay numbers.
    """
    safe = frame.rename(columns=harmless)
    for name in safe.columns[safe.dtypes == TEXT]:
        safe[name] = safe[name].map(lambda text: harmless(visible(text)), na_action="ignore")
    text = safe.to_csv(
        index=False,
        sep=dialect.separator,
        decimal=dialect.decimal,
        lineterminator=_LINE_END,
    )
    return text.encode(dialect.encoding)


class CsvExporter:
    """Every table as a CSV file, and `run.json` beside them."""

    name = "csv"
    suffix = ".csv"

    def folder(self, order: Order) -> dict[str, bytes]:
        """A file for each table, and what they were made of."""
        tables = choose_tables(order.tables, same_respondents=order.same_respondents)
        frames = {table.name: table.frame(order.surveys) for table in tables}
        dialect = EXCEL if order.excel else PLAIN
        files = {f"{name}{self.suffix}": to_csv(frame, dialect) for name, frame in frames.items()}
        return {**files, RUN: dump(run(order, tables, frames, self.suffix))}

    def file(self, order: Order) -> bytes:
        """A single table: the statements unless another one is asked for.

        Raises:
            OutputError: Several tables are asked for.
        """
        names = order.tables or (DEFAULT_TABLE,)
        tables = choose_tables(names, same_respondents=order.same_respondents)
        if len(tables) > 1:
            raise OutputError(
                f"A CSV file holds one table, and {len(tables)} were asked for.",
                hint="Name a folder with --output, or one table with --table.",
            )
        return to_csv(tables[0].frame(order.surveys), EXCEL if order.excel else PLAIN)
