"""Adding to a file of corrections; comments and everything else in it stay as they are."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

from oppsummering.corrections.model import Correction, fingerprint
from oppsummering.corrections.reading import COLUMNS, SCHEMA_VERSION, read_corrections
from oppsummering.errors import CorrectionsError, Problem
from oppsummering.output import write_file
from oppsummering.readers.decoding import decode
from oppsummering.spreadsheet import harmless
from oppsummering.tabular import csv_delimiter, csv_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from oppsummering.corrections.model import Action
    from oppsummering.survey import Statement

TEXT_LENGTH: Final = 80

_HEADER: Final = (
    "# Corrections of the themes that the machine gave. `oppsummering corrections add` writes\n"
    "# them, people may edit them; statements are found again by their fingerprint.\n"
)


def correction_of(  # noqa: PLR0913 - a correction has this many parts
    statement: Statement, theme: str, action: Action, *, reason: str, coder: str, date: str
) -> Correction:
    """A new correction of a statement, with its fingerprint and the beginning of its text."""
    text = " ".join(statement.text.split())
    short = text if len(text) <= TEXT_LENGTH else text[: TEXT_LENGTH - 1].rstrip() + "…"
    return Correction(
        statement.id, fingerprint(statement.text), theme, action, reason, coder, date, short
    )


def add_corrections(path: Path, corrections: Sequence[Correction], themes: Iterable[str]) -> None:
    """Add corrections at the end of a file, which is made when it is missing.

    Args:
        path: A YAML or CSV file of corrections.
        corrections: The corrections to add; all of them or none.
        themes: The ids of the codebook's themes.

    Raises:
        CorrectionsError: The file is not valid, or has decisions on the same theme of the
            same statement already.
        OutputError: The file cannot be written; it is untouched then.
    """
    entries = read_corrections(path, themes).entries if path.exists() else ()
    decided = {(each.statement, each.fingerprint, each.theme): each for each in entries}
    problems = []
    for new in corrections:
        old = decided.get((new.statement, new.fingerprint, new.theme))
        if old is not None:
            message = (
                f"{old.theme} on {old.statement} is decided already ({old.action}); "
                "change that entry, or take it out first."
            )
            problems.append(Problem("", message, old.line))
    if problems:
        raise CorrectionsError(tuple(problems), path=path)
    write = _with_rows if path.suffix.casefold() == ".csv" else _with_items
    write_file(path, write(path, [_fields(new) for new in corrections]))


def _fields(correction: Correction) -> dict[str, str]:
    return {name: str(getattr(correction, name)) for name in COLUMNS if getattr(correction, name)}


def _with_items(path: Path, items: Iterable[dict[str, str]]) -> bytes:
    """The YAML file with more items; ruamel.yaml keeps the comments."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - only editing needs it

    yaml = YAML()
    yaml.width = 100
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.preserve_quotes = True
    if path.exists():
        document: Any = yaml.load(path.read_text(encoding="utf-8-sig"))
    else:
        document = yaml.load(f"{_HEADER}schema_version: {SCHEMA_VERSION}\ncorrections: []\n")
        document["corrections"].fa.set_block_style()
    document["corrections"].extend(items)
    buffer = io.StringIO()
    yaml.dump(document, buffer)
    return buffer.getvalue().encode("utf-8")


def _with_rows(path: Path, rows: Iterable[dict[str, str]]) -> bytes:
    """The CSV file with more rows, in its own encoding, delimiter and order of columns."""
    if not path.exists():
        return _csv_rows(
            COLUMNS, [dict(zip(COLUMNS, COLUMNS, strict=True)), *rows], ",", "\n"
        ).encode()
    existing = path.read_bytes()
    decoded = decode(existing, path)
    columns = csv_table(decoded.text).columns or COLUMNS
    line_end = "\r\n" if "\r\n" in decoded.text else "\n"
    added = _csv_rows(columns, rows, csv_delimiter(decoded.text), line_end)
    end = "" if decoded.text.endswith("\n") else line_end
    try:
        return existing + (end + added).encode(decoded.encoding.removesuffix("-sig"))
    except UnicodeEncodeError:
        message = f"is {decoded.encoding}, which lacks a letter of this; save it as CSV UTF-8."
        raise CorrectionsError((Problem("", message),), path=path) from None


def _csv_rows(
    columns: Sequence[str], rows: Iterable[dict[str, str]], delimiter: str, line_end: str
) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(
        buffer, columns, delimiter=delimiter, extrasaction="ignore", lineterminator=line_end
    )
    writer.writerows({name: harmless(cell) for name, cell in row.items()} for row in rows)
    return buffer.getvalue()
