"""Writing coding sheets for Excel, or as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, Any, Final

from oppsummering.corrections.model import fingerprint
from oppsummering.errors import SelectionError
from oppsummering.sheets.model import (
    CODER_COLUMN,
    COMMENT_COLUMN,
    CONTEXT_COLUMNS,
    MACHINE_COLUMN,
    NO,
    YES,
    SheetRow,
)
from oppsummering.spreadsheet import harmless
from oppsummering.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oppsummering.codebook import Codebook
    from oppsummering.tagged import TaggedStatement

LONGEST_CELL: Final = 32_000
GUIDE: Final = "Veiledning"
_CREATED: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, no point in time
_FORBIDDEN_IN_TITLES: Final = frozenset("[]:*?/\\'")
_LONGEST_TITLE: Final = 31
_WIDTHS: Final = {"statement": 12, "question": 24, "municipality": 14, "context": 30, "text": 80}

INSTRUCTIONS: Final = (
    "Les utsagnet i kolonnen «text». «context» er innledningen til en liste; den teller ikke selv.",
    "Skriv 1 under hvert tema som utsagnet uttrykker, og 0 (eller ingenting) under de andre.",
    "Passer ingen tema, skriv 0 under minst ett av dem: en rad uten noe regnes som ikke kodet.",
    "Skriv gjerne en merknad i «comment».",
    "Ikke endre «statement» og «fingerprint»: de finner utsagnet igjen.",
)


def sheet_rows(statements: Iterable[TaggedStatement]) -> tuple[SheetRow, ...]:
    """The rows of a coding sheet; lead-ins are the context of their items, not rows."""
    rows = []
    for each in statements:
        if each.statement.counted:
            lead_ins = {s.id: s.text for s in each.response.statements if not s.counted}
            rows.append(
                SheetRow(
                    each.statement.id,
                    fingerprint(each.statement.text),
                    f"{each.question.id} · {one_line(each.question.title)}",
                    one_line(each.response.municipality),
                    one_line(lead_ins.get(each.statement.lead_in or "", "")),
                    one_line(each.statement.text),
                    tuple(tag.theme for tag in each.tags),
                )
            )
    return tuple(rows)


def workbook_sheet(
    rows: Sequence[SheetRow], codebook: Codebook, coders: Sequence[str], *, show_machine: bool
) -> bytes:
    """A workbook with a sheet for each coder and a guide with the themes' definitions.

    Args:
        rows: The statements.
        codebook: The themes; each is a column with a drop-down of 1 and 0.
        coders: A sheet for each; one sheet named `koding` when empty.
        show_machine: Whether the coder sees the machine's themes.

    Raises:
        SelectionError: A coder's name cannot be the title of a sheet.
    """
    import xlsxwriter  # noqa: PLC0415 - only sheets and Excel exports need it

    titles = _titles(coders)
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(file, options)
    workbook.set_properties({"created": _CREATED})  # the clock must not reach the bytes
    for title in titles:
        _add_coding(workbook, title, rows, codebook, show_machine=show_machine)
    _add_guide(workbook, codebook)
    workbook.close()
    return file.getvalue()


def csv_sheet(
    rows: Sequence[SheetRow], codebook: Codebook, coders: Sequence[str], *, show_machine: bool
) -> bytes:
    """The same as CSV that a Norwegian Excel opens; a row for each coder and statement."""
    columns = _columns(codebook, show_machine=show_machine)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([CODER_COLUMN, *columns])
    for coder in coders or ("",):
        for row in rows:
            cells = _cells(row, codebook, show_machine=show_machine)
            writer.writerow([harmless(coder), *(harmless(cell) for cell in cells)])
    return buffer.getvalue().encode("utf-8-sig")


def _columns(codebook: Codebook, *, show_machine: bool) -> list[str]:
    machine = [MACHINE_COLUMN] if show_machine else []
    return [*CONTEXT_COLUMNS, *(theme.id for theme in codebook.themes), COMMENT_COLUMN, *machine]


def _cells(row: SheetRow, codebook: Codebook, *, show_machine: bool) -> list[str]:
    context = [str(getattr(row, column))[:LONGEST_CELL] for column in CONTEXT_COLUMNS]
    machine = [", ".join(row.machine)] if show_machine else []
    return [*context, *("" for _ in codebook.themes), "", *machine]


def _titles(coders: Sequence[str]) -> tuple[str, ...]:
    titles = tuple(coder.strip() for coder in coders) or ("koding",)
    folded = [title.casefold() for title in titles]
    for title in titles:
        unfit = not title or len(title) > _LONGEST_TITLE or _FORBIDDEN_IN_TITLES & set(title)
        if unfit or title.casefold() == GUIDE.casefold() or folded.count(title.casefold()) > 1:
            raise SelectionError(
                f"The coder {title!r} cannot be the title of a sheet.",
                hint=f"Use different names of 1 to {_LONGEST_TITLE} characters, without "
                f"{' '.join(sorted(_FORBIDDEN_IN_TITLES))}, and not {GUIDE}.",
            )
    return titles


def _add_coding(
    workbook: Any, title: str, rows: Sequence[SheetRow], codebook: Codebook, *, show_machine: bool
) -> None:
    sheet = workbook.add_worksheet(title)
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    labels = {theme.id: f"{theme.label}: {theme.definition}" for theme in codebook.themes}
    for number, column in enumerate(_columns(codebook, show_machine=show_machine)):
        sheet.write_string(0, number, column, bold)
        hidden = {"hidden": True} if column == "fingerprint" else {}
        sheet.set_column(number, number, _WIDTHS.get(column, 16), wrapped, hidden)
        if column in labels and rows:
            sheet.write_comment(0, number, labels[column])
            choices = {
                "validate": "list",
                "source": [YES, NO],
                "error_title": "Ugyldig kode",
                "error_message": "Skriv 1 eller 0.",
            }
            sheet.data_validation(1, number, len(rows), number, choices)
    for line, row in enumerate(rows, start=1):
        for number, cell in enumerate(_cells(row, codebook, show_machine=show_machine)):
            if cell:
                sheet.write_string(line, number, cell, wrapped)
    sheet.freeze_panes(1, 1)


def _add_guide(workbook: Any, codebook: Codebook) -> None:
    sheet = workbook.add_worksheet(GUIDE)
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    bold = workbook.add_format({"bold": True, "valign": "top"})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    lines = [("Slik koder du", text) for text in INSTRUCTIONS]
    for theme in codebook.themes:
        lines.append((f"{theme.label} ({theme.id})", theme.definition))
        lines += [("Ta med", text) for text in theme.include]
        lines += [("Ta ikke med", text) for text in theme.exclude]
    for number, (name, text) in enumerate(lines):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, text[:LONGEST_CELL], wrapped)
